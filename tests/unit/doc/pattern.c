/* SPDX-License-Identifier: MIT */
/*
 * Patterns of fields and sections: which one a node is, and its rows.
 */
#include <criterion/criterion.h>

#include "wlsync/pattern.h"

static void add_text(struct wls_buf *out, const char *sign, struct wls_slice text)
{
	if (text.len > 0)
		wls_buf_printf(out, "%s%.*s", sign, WLS_SLICE_ARG(text));
}

static void add_versions(struct wls_buf *out, struct wls_versions v)
{
	if (v.first > 0)
		wls_buf_printf(out, " v%u-%u%s", v.first, v.last, v.open ? "+" : "");
}

static void add_mark(struct wls_buf *out, enum wls_mark mark)
{
	if (mark != WLS_MARK_NONE)
		wls_buf_printf(out, " %s", wls_mark_name(mark));
}

static void add_elements(struct wls_buf *out, const struct wls_element *e, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		wls_buf_printf(out, " [%.*s", WLS_SLICE_ARG(e[i].name));
		add_mark(out, e[i].mark);
		if (e[i].percent >= 0)
			wls_buf_printf(out, " %d%%", e[i].percent);
		add_text(out, " # ", e[i].note);
		add_elements(out, e[i].elements, e[i].element_count);
		wls_buf_add_char(out, ']');
	}
}

static void add_statements(struct wls_buf *out, const struct wls_statement *s, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		wls_buf_add_str(out, " [");
		add_text(out, "", s[i].label);
		add_text(out, "", s[i].text);
		add_text(out, " # ", s[i].reason);
		add_versions(out, s[i].versions);
		add_mark(out, s[i].mark);
		if (s[i].checkbox)
			wls_buf_add_str(out, s[i].ticked ? " x" : " o");
		for (size_t k = 0; k < s[i].reference_count; k++)
			wls_buf_printf(out, " <%.*s:%u-%u>", WLS_SLICE_ARG(s[i].references[k].path),
				       s[i].references[k].first, s[i].references[k].last);
		wls_buf_add_char(out, ']');
	}
}

static void add_attributes(struct wls_buf *out, const struct wls_attribute *a, size_t count)
{
	for (size_t i = 0; i < count; i++)
		wls_buf_printf(out, " @%s=%.*s", wls_key_name(a[i].key), WLS_SLICE_ARG(a[i].text));
}

static void add_rows(struct wls_buf *out, const struct wls_pattern *p)
{
	for (size_t i = 0; i < p->hypothesis_count; i++) {
		const char *verdict = wls_verdict_name(p->hypotheses[i].verdict);
		wls_buf_printf(out, " [%.*s: %.*s: %s]", WLS_SLICE_ARG(p->hypotheses[i].label),
			       WLS_SLICE_ARG(p->hypotheses[i].text), verdict ? verdict : "-");
	}
	for (size_t i = 0; i < p->finding_count; i++) {
		wls_buf_printf(out, " [%.*s %zu", WLS_SLICE_ARG(p->findings[i].name),
			       p->findings[i].figure_count);
		add_attributes(out, p->findings[i].attributes, p->findings[i].attribute_count);
		wls_buf_add_char(out, ']');
	}
	for (size_t i = 0; i < p->target_count; i++)
		wls_buf_printf(out, " [%.*s %.*s]", WLS_SLICE_ARG(p->targets[i].name),
			       WLS_SLICE_ARG(p->targets[i].target.text));
	for (size_t i = 0; i < p->note_count; i++) {
		wls_buf_printf(out, " {%.*s: %.*s", WLS_SLICE_ARG(p->notes[i].names),
			       WLS_SLICE_ARG(p->notes[i].text));
		add_statements(out, p->notes[i].points, p->notes[i].point_count);
		wls_buf_add_char(out, '}');
	}
	for (size_t i = 0; i < p->file_count; i++) {
		wls_buf_printf(out, " [%.*s:%u-%u", WLS_SLICE_ARG(p->files[i].file.path),
			       p->files[i].file.first, p->files[i].file.last);
		add_text(out, " # ", p->files[i].why);
		add_statements(out, p->files[i].lines, p->files[i].line_count);
		wls_buf_add_char(out, ']');
	}
}

static void add_pattern(struct wls_buf *out, const struct wls_pattern *p)
{
	wls_buf_add_str(out, out->len > 0 ? "; " : "");
	wls_buf_add_str(out, wls_pattern_name(p->kind));
	add_text(out, " ", p->name);
	add_versions(out, p->versions);
	if (p->percent >= 0)
		wls_buf_printf(out, " %d%%", p->percent);
	if (p->kind == WLS_PATTERN_PROGRESS) {
		wls_buf_printf(out, " %d<%d", p->progress.from, p->progress.percent);
		add_text(out, " ", p->progress.summary);
		if (p->progress.phase > 0)
			wls_buf_printf(out, " (%u of %u)", p->progress.phase, p->progress.phases);
		add_elements(out, p->progress.components, p->progress.component_count);
	}
	if (p->kind == WLS_PATTERN_PHASE) {
		wls_buf_printf(out, " %u", p->phase.number);
		add_text(out, " ", p->phase.name);
		add_versions(out, p->phase.versions);
		add_mark(out, p->phase.mark);
		add_elements(out, p->phase.components, p->phase.component_count);
	}
	add_attributes(out, p->attributes, p->attribute_count);
	add_elements(out, p->elements, p->element_count);
	add_statements(out, p->statements, p->statement_count);
	add_rows(out, p);
}

/* All patterns of a document, in preorder. */
static void describe(struct wls_buf *out, struct wls_doc *doc)
{
	for (struct wls_node *n = doc->root; n; n = wls_node_walk(doc, doc->root, n)) {
		const struct wls_pattern *p = wls_pattern_read(doc, n);
		if (p)
			add_pattern(out, p);
	}
}

static void check(const char *source, const char *expected)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT, out _cleanup_buf_ = WLS_BUF_INIT;

	wls_buf_printf(&text, "# T Work Log\n\n## v9 | 2025-11-10 | t\n\n%s", source);
	cr_assert_eq(wls_doc_parse(&doc, wls_buf_slice(&text), NULL), 0);
	describe(&out, doc);
	cr_expect_str_eq(wls_buf_str(&out), expected, "of <%s>:\n got <%s>\nwant <%s>", source,
			 wls_buf_str(&out), expected);
}

#define CHECK_EACH(cases)                                                                          \
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)                                         \
	check((cases)[i][0], (cases)[i][1])

#define DONE "\xE2\x9C\x85"
#define ACTIVE "\xF0\x9F\x94\x84"
#define ARROW "\xE2\x86\x92"

Test(patterns, states)
{
	static const char *const cases[][2] = {
		{"**Progress:** 80% " ARROW " 90% | Schema " DONE " | Auth 70% " ACTIVE "\n",
		 "progress 80<90 80% " ARROW " 90% [Schema done] [Auth active 70%]"},
		{"**Progress:** Research " DONE " | Rest\n",
		 "progress -1<-1 [Research done] [Rest]"},
		{"**Progress:** Phase 2/3 - 60% overall\n",
		 "progress -1<60 Phase 2/3 - 60% overall (2 of 3)"},
		{"**Progress:** Phase 2 | a\n", "progress -1<-1 Phase 2 (2 of 0) [a]"},
		{"**Progress:** 40% |\n| a " DONE "\n", "progress -1<40 40% [a done]"},
		{"**Progress:** started\n", "progress -1<-1 started"},
		{"**Progress:**\n\n- 40%\n", "progress -1<40 40%"},
		{"**Progress:**\n", ""},
		{"### Feature: Login\n**Done:** " DONE " a, b (x, y)\n**Active:** c (50%) - d\n",
		 "feature Login; elements [a done] [b done # x, y]; elements [c 50% # d]"},
		{"**Backlog:**\n- a " ACTIVE "\n  - b " DONE "\n- c, d\n",
		 "elements [a active [b done]] [c, d]"},
		{"**Dead ends:** None\n", ""},
		{"**Tried:** one,\ntwo\n", "elements [one] [two]"},
		{"**Completed This Session:**\n- " DONE " a (HIGH priority)\n",
		 "elements [a done]"},
		{"**Phase 1: A** (v1-v8) " DONE " Completed\n- x (src/*)\n- y (50%)\n",
		 "phase 1 A v1-8 done [x] [y 50%]"},
		{"### Phase 2: B (v9+) " ACTIVE "\n- x\n", "phase 2 B v9-9+ active [x]"},
		{"\xE2\x9A\xA0\xEF\xB8\x8F Token budget: 40% remaining\n",
		 "token_budget 40% remaining 40%"},
		{"**Token budget:** 60% used\n", "token_budget 60% used 40%"},
	};
	CHECK_EACH(cases);
}

Test(patterns, findings)
{
	static const char *const cases[][2] = {
		{"**Hypotheses:**\nH1: a | Refuted | b\nH2: c\n",
		 "hypotheses [H1: a: refuted] [H2: c: -]"},
		{"**Hypotheses:**\n- H1: a | " DONE " | b\n- c " DONE "\n",
		 "hypotheses [H1: a: confirmed] [: c: confirmed]"},
		{"### Bug: leak (2GB)\n\n**Solution:** src/a.ts:8-9 - fixed\n",
		 "bug leak (2GB); solution [fixed <src/a.ts:8-9>]"},
		{"**Solution:** None\n", ""},
		{"**Hypotheses:**\n\nH1: a\n| b\n", "hypotheses [H1: a: -]"},
		{"**Evolution:** words\n", "evolution words"},
		{"**Solution:** use src/a.ts:8\n", "solution [use src/a.ts:8 <src/a.ts:8-8>]"},
		{"### Cache Evolution\n\n**v1-v3:** LRU\n- Issue: slow\n- Decision: Redis\n\n**v4+:** Redis\n",
		 "evolution Cache; evolution_step LRU v1-3 @issue=slow @decision=Redis; "
		 "evolution_step Redis v4-4+"},
		{"**Strangler:**\n- v1: a\n- v2: b\n",
		 "implementation_pattern Strangler [a v1-1] [b v2-2]"},
		{"**Notes of mine:**\n- v1: a\n- b\n", ""},
		{"**Pattern Recognition:**\n- Bugs (v5, v7)\n- Root cause: x\n- Other\n  - Result: y\n",
		 "pattern_recognition [Bugs 0 @root_cause=x] [Other 0 @result=y]"},
		{"**Trends:**\n- Latency: 2ms (v1) " ARROW
		 " 1ms (v2)\n- Insight: z\n- Nothing here\n",
		 "trends [Latency 2 @insight=z] [Nothing here 0]"},
		{"**Contradictions:**\n- Rate 85% (v3) vs 60% (v7)\n- Solution: w\n",
		 "contradictions [Rate 2 @solution=w]"},
		{"**Contradictions:** Rate 85% (v3) vs 60% (v7)\n", "contradictions [Rate 2]"},
		{"## Performance Targets\n\n- API: <200ms (current: 150ms)\n- words\n",
		 "performance_targets [API <200ms]"},
	};
	CHECK_EACH(cases);
}

Test(patterns, statements)
{
	static const char *const cases[][2] = {
		{"**Decisions:**\n- JWT: stateless (vs sessions)\n- Redis (fast)\n- Plain\n",
		 "decisions [JWT # stateless (vs sessions)] [Redis # fast] [Plain]"},
		{"**Decisions:** JWT: stateless\n", "decisions [JWT # stateless]"},
		{"**Decisions:** None\n", ""},
		{"## Key Decisions Log\n\n- v2: JWT (vs sessions)\n- v7+: Redis\n",
		 "decisions_log [JWT # vs sessions v2-2] [Redis v7-7+]"},
		{"## Lessons Learned\n\n- a " ARROW " b\n- c\n", "lessons [a # b] [c]"},
		{"**Blocker Resolution:**\n- keys came\n", "blocker_resolution [keys came]"},
		{"**Review Checklist:**\n- [ ] a\n- [x] b\n- c\n",
		 "review_checklist [a o] [b x] [c]"},
		{"**Review Feedback Applied:**\n- " DONE " a.ts:5-6 fixed\n",
		 "review_feedback [a.ts:5-6 fixed done <a.ts:5-6>]"},
		{"**Reviewer Notes:**\n@lead: look at\n- a\n- b\n\n@ops: c\n",
		 "reviewer_notes {@lead: look at [a] [b]} {@ops: c}"},
		{"**Reviewer Notes:**\n- a\n- b\n", "reviewer_notes {:  [a] [b]}"},
		{"**Reviewer Notes:**\n@a @b please\n- x\n", "reviewer_notes {@a @b: please [x]}"},
		{"**Work:**\n+: added src/a.ts:1-40\n!: fixed\n",
		 "work [+added src/a.ts:1-40 <src/a.ts:1-40>] [!fixed]"},
		{"**Files:**\n- `src/a.ts` (why)\n  - L4-6: look\n- Makefile\n- src/b.ts:7 - here\n",
		 "files [src/a.ts:0-0 # why [look <:4-6>]] [Makefile:0-0] [src/b.ts:7-7 # here]"},
		{"**Files:** src/a.ts, src/b.ts:3\n", "files [src/a.ts:0-0] [src/b.ts:3-3]"},
		{"**Files:**\n- all of them, really\n", ""},
		{"**Files:**\n- `Makefile` (x)\n  - lines 3-4 - y\n  - z\n- notes.txt: w\n",
		 "files [Makefile:0-0 # x [y <:3-4>] [z]] [notes.txt:0-0 # w]"},
	};
	CHECK_EACH(cases);
}

/* Every attribute belongs to exactly one node. */
Test(patterns, attributes)
{
	static const struct {
		const char *source;
		const char *expected;
	} cases[] = {
		{"**Blockers:** keys\n- Owner: @a\n- ETA: 1 day\n", "F @owner=@a @eta=1 day"},
		{"**Blockers:**\n- keys\n- Owner: @a\n- more\n  - Owner: @b\n",
		 "F I @owner=@a I @owner=@b"},
		{"**Dependencies:**\n- X\n  text\n\n  - Need: n\n- Status: s\n",
		 "F I @need=n @status=s"},
		{"**Dependencies:**\n- Need: n\n- X\n", "F @need=n I"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_doc *doc _cleanup_doc_ = NULL;
		struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
		cr_assert_eq(wls_doc_parse(&doc, wls_slice_of(cases[i].source), NULL), 0);
		for (struct wls_node *n = doc->root; n; n = wls_node_walk(doc, doc->root, n)) {
			bool field = n->kind == WLS_NODE_FIELD;
			if (!field && (n->kind != WLS_NODE_ITEM || (n->flags & WLS_NODE_ATTRIBUTE)))
				continue;
			size_t count;
			const struct wls_attribute *a = wls_node_attributes(doc, n, &count);
			wls_buf_add_str(&out, out.len > 0 ? " " : "");
			wls_buf_add_char(&out, field ? 'F' : 'I');
			add_attributes(&out, a, count);
		}
		cr_expect_str_eq(wls_buf_str(&out), cases[i].expected,
				 "of <%s>: got <%s>, want <%s>", cases[i].source, wls_buf_str(&out),
				 cases[i].expected);
	}
}
