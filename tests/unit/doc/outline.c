/* SPDX-License-Identifier: MIT */
/*
 * Headings: which are entries (rules 1 and 2), whose sections are (rule 3), order (rule 8).
 */
#include <criterion/criterion.h>

#include "doc_support.h"

/* `v3 2025-11-10 14:00 <Title>`, or `-` for a heading that is no entry. */
static void describe_entry(const struct wls_doc *doc, struct wls_buf *out)
{
	if (doc->entry_count == 0) {
		wls_buf_add_char(out, '-');
		return;
	}
	const struct wls_entry *entry = &doc->entries[0];
	wls_buf_printf(out, "v%u", entry->version);
	if (entry->date.len > 0)
		wls_buf_printf(out, " %.*s", WLS_SLICE_ARG(entry->date));
	if (entry->time.len > 0)
		wls_buf_printf(out, " %.*s", WLS_SLICE_ARG(entry->time));
	if (entry->title.len > 0)
		wls_buf_printf(out, " <%.*s>", WLS_SLICE_ARG(entry->title));
	if (entry->node->flags & WLS_NODE_BLOCKED)
		wls_buf_add_str(out, " blocked");
	if (entry->node->flags & WLS_NODE_REVIEW)
		wls_buf_add_str(out, " review");
	if (entry->node->mark)
		wls_buf_printf(out, " %s", wls_mark_name(entry->node->mark));
}

Test(outline, entry_headings)
{
	static const struct {
		const char *heading, *expected;
	} cases[] = {
		/* separators */
		{"## v2 | 2025-11-10 14:00 | OAuth flow", "v2 2025-11-10 14:00 <OAuth flow>"},
		{"## v2|2025-11-10|OAuth", "v2 2025-11-10 <OAuth>"},
		{"## v2: OAuth", "v2 <OAuth>"},
		{"## v2 : 2025-11-10 - OAuth", "v2 2025-11-10 <OAuth>"},
		{"## v2\xEF\xBC\x9AOAuth", "v2 <OAuth>"},
		{"## v2 - OAuth", "v2 <OAuth>"},
		{"## v2\xC2\xA0| OAuth", "v2 <OAuth>"},
		{"## v2\xC2\xA0|\xC2\xA0"
		 "2025-11-10\xC2\xA0"
		 "14:00\xC2\xA0| OAuth",
		 "v2 2025-11-10 14:00 <OAuth>"},
		{"## v2 -- OAuth", "v2 <OAuth>"},
		{"## v2 \xE2\x80\x93 OAuth", "v2 <OAuth>"},
		{"## v2 \xE2\x80\x94 2025-11-10 \xE2\x80\x94 OAuth", "v2 2025-11-10 <OAuth>"},
		{"## v2", "v2"},
		{"## v2 ##", "v2"},
		{"##\tv2 | x", "v2 <x>"},
		{"   ## v2 | x", "v2 <x>"},
		{"### v2 | x", "v2 <x>"},
		{"## V2 | x", "v2 <x>"},
		{"## v002 | x", "v2 <x>"},
		/* no separator */
		{"## v3 Implementation Complete", "v3 <Implementation Complete>"},
		{"## v3 2025-11-10 Done", "v3 2025-11-10 <Done>"},
		/* dates and times */
		{"## v2 | 2025-11-10", "v2 2025-11-10"},
		{"## v2 | 2025-11-10 |", "v2 2025-11-10"},
		{"## v2 | 2025-11-10T14:00:30Z | x", "v2 2025-11-10 14:00:30 <x>"},
		{"## v2 | 2025-11-10 14:00 UTC | x", "v2 2025-11-10 14:00 <x>"},
		{"## v2 | 2025-11-10 x", "v2 2025-11-10 <x>"},
		{"## v2 | x | 2025-11-10 14:00", "v2 2025-11-10 14:00 <x>"},
		{"## v2 | a | b", "v2 <a | b>"},
		{"## v2 | 2024-02-29 | x", "v2 2024-02-29 <x>"},
		{"## v2 | 2025-02-29 | x", "v2 <x>"},
		{"## v2 | 2025-13-01 | x", "v2 <x>"},
		{"## v2 | 25-11-10 | x", "v2 <25-11-10 | x>"},
		{"## v2 | 2025-11-100 | x", "v2 <2025-11-100 | x>"},
		/* tags */
		{"## v5 | x [BLOCKED]", "v5 <x> blocked"},
		{"## v5 | x [needs-review]", "v5 <x> review"},
		{"## v5 | x [NEEDS_REVIEW] \xF0\x9F\x9A\xA7", "v5 <x> review active"},
		{"## v5 | x \xE2\x9C\x85 [BLOCKED]", "v5 <x> blocked done"},
		{"## v5 | [BLOCKED] x", "v5 <x> blocked"},
		{"## v5 | 2025-11-10 | x | [BLOCKED]", "v5 2025-11-10 <x> blocked"},
		{"## v5 [BLOCKED]", "v5 blocked"},
		{"## v5 | x \xF0\x9F\x8E\x89", "v5 <x>"},
		{"## v5 | x [WIP]", "v5 <x [WIP]>"},
		{"## v5 | the [BLOCKED] tag", "v5 <the [BLOCKED] tag>"},
		{"## v5 | x [BLOCKED](a.md)", "v5 <x [BLOCKED](a.md)>"},
		/* sections */
		{"# v2 | x", "-"},
		{"#### v2 | x", "-"},
		{"v2 | x\n-------", "-"},
		{"## v1-v3: Foundation", "-"},
		{"## v1 - v3", "-"},
		{"## v1 \xE2\x80\x93 v3: x", "-"},
		{"## v1 to v3", "-"},
		{"## v1 -> v2 migration", "-"},
		{"## v1 \xE2\x86\x92 v2", "-"},
		{"## v1 and v2", "-"},
		{"## v7+", "-"},
		{"## v0.1.2", "-"},
		{"## v8.14.0 | x", "-"},
		{"## v8.14.0", "-"},
		{"## v2-beta notes", "-"},
		{"## v2\xE2\x80\x94x", "-"},
		{"## v2_old | x", "-"},
		{"## v2b | x", "-"},
		{"## V8 engine", "-"},
		{"## version 2 | x", "-"},
		{"## v | x", "-"},
		{"## 2 | x", "-"},
		{"##v2 | x", "-"},
		/* limits */
		{"## v999999999 | x", "v999999999 <x>"},
		{"## v1000000000 | x", "-"},
		{"## v99999999999999999999999999 | x", "-"},
	};
	struct wls_buf got;
	wls_buf_init(&got, 4096);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_doc *doc = parse(wls_slice_of(cases[i].heading));
		wls_buf_clear(&got);
		describe_entry(doc, &got);
		cr_expect_str_eq(wls_buf_str(&got), cases[i].expected, "%s: got %s",
				 cases[i].heading, wls_buf_str(&got));
		wls_doc_free(doc);
	}
	wls_buf_release(&got);
}

/* The outline: titles, entries, sections, with what they hold. */
static void add_outline(struct wls_doc *doc, struct wls_node *node, struct wls_buf *out)
{
	bool any = false;
	for (struct wls_node *n = wls_node_children(doc, node); n; n = n->next) {
		if (n->kind != WLS_NODE_TITLE && n->kind != WLS_NODE_ENTRY &&
		    n->kind != WLS_NODE_SECTION)
			continue;
		wls_buf_add_str(out, any ? " " : "{");
		any = true;
		if (n->kind == WLS_NODE_ENTRY)
			wls_buf_printf(out, "v%u%s", n->version,
				       n->flags & WLS_NODE_CONTINUES ? "+" : "");
		else
			wls_buf_printf(out, "%s%.*s", n->kind == WLS_NODE_TITLE ? "T:" : "",
				       WLS_SLICE_ARG(n->text));
		add_outline(doc, n, out);
	}
	if (any)
		wls_buf_add_char(out, '}');
}

Test(outline, whose_a_heading_is)
{
	static const struct {
		const char *source, *expected;
	} cases[] = {
		{"# A\n## v1 | x\n", "{T:A v1}"},
		{"A\n===\n\n## v1 | x\n", "{T:A v1}"},
		{"# A\n# B\n## C\n### D\n## E\n", "{T:A B{C{D} E}}"},
		{"## C\n# A\n## D\n", "{C T:A D}"},
		{"## v1 | x\n# A\n", "{v1{A}}"},
		/* a heading after an entry is the entry's, whatever its level */
		{"## v1 | x\n## Plan\n### Sub\n# Top\n## v2 | y\n", "{v1{Plan{Sub} Top} v2}"},
		{"## v1 | x\n### a\n##### b\n#### c\n### d\n", "{v1{a{b c} d}}"},
		/* the log's own sections: before the first entry, and by name after the last */
		{"## Goal\n### Sub\n## v1 | x\n", "{Goal{Sub} v1}"},
		{"## v1 | x\n## Lessons Learned\n", "{v1 Lessons Learned}"},
		{"## v1 | x\n## Lessons Learned\n## Other\n### Sub\n",
		 "{v1 Lessons Learned Other{Sub}}"},
		{"## v1 | x\n## Lessons Learned\n## v2 | y\n", "{v1{Lessons Learned} v2}"},
		{"## v1 | x\n### Lessons Learned\n", "{v1{Lessons Learned}}"},
		{"### v1 | x\n### Lessons Learned\n", "{v1 Lessons Learned}"},
		{"## v1 | x\n## Next Steps\n", "{v1{Next Steps}}"},
		{"## v1 | x\n## Dependencies\n", "{v1 Dependencies}"},
		{"## v1 | x\n# Components Status\n", "{v1 Components Status}"},
		/* levels */
		{"## v1 | x\n### v2\n### v3: y\n", "{v1{v2 v3: y}}"},
		{"## v1 | x\n### v2 | 2025-11-10 | y\n", "{v1 v2}"},
		{"### v1 | x\n### v2: y\n", "{v1 v2}"},
		{"### v1\n## v1-v3: z\n", "{v1{v1-v3: z}}"},
		/* continuations */
		{"## v3 | x\n## v3 Done\n", "{v3 v3+}"},
		{"## v3 Done\n## v3 | x\n", "{v3+ v3}"},
		{"## v3 A\n## v3 B\n", "{v3 v3+}"},
		{"## v3 A\n", "{v3}"},
		/* no headings at all */
		{"> ## v1 | x\n", ""},
		{"- ## v1 | x\n", ""},
		{"```\n## v1 | x\n```\n", ""},
		{"    ## v1 | x\n", ""},
		{"<!--\n## v1 | x\n-->\n", ""},
		{"```\n## v1 | x\n", ""},
	};
	struct wls_buf got;
	wls_buf_init(&got, 4096);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_doc *doc = parse(wls_slice_of(cases[i].source));
		wls_buf_clear(&got);
		add_outline(doc, doc->root, &got);
		cr_expect_str_eq(wls_buf_str(&got), cases[i].expected, "%s: got %s",
				 cases[i].source, wls_buf_str(&got));
		wls_doc_free(doc);
	}
	wls_buf_release(&got);
}

Test(outline, section_keys)
{
	static const struct {
		const char *heading;
		enum wls_key key;
		const char *label, *text;
	} cases[] = {
		{"### Next", WLS_KEY_NEXT, "Next", "Next"},
		{"### \xF0\x9F\x9A\x80 Next Steps", WLS_KEY_NEXT, "\xF0\x9F\x9A\x80 Next Steps",
		 "\xF0\x9F\x9A\x80 Next Steps"},
		{"### NEXT_STEPS", WLS_KEY_NEXT, "NEXT_STEPS", "NEXT_STEPS"},
		{"### Next:", WLS_KEY_NEXT, "Next", ""},
		{"### Blockers: None", WLS_KEY_BLOCKERS, "Blockers", "None"},
		{"### Lessons Learned (v1-v5)", WLS_KEY_LESSONS, "Lessons Learned (v1-v5)",
		 "Lessons Learned (v1-v5)"},
		{"### Feature: Login", WLS_KEY_FEATURE, "Feature", "Login"},
		{"### Bug: a: b", WLS_KEY_BUG, "Bug", "a: b"},
		{"### Phase 2: Features", WLS_KEY_PHASE, "Phase 2: Features", "Phase 2: Features"},
		{"### Caching Strategy Evolution", WLS_KEY_EVOLUTION, "Caching Strategy Evolution",
		 "Caching Strategy Evolution"},
		{"### Next to nothing", WLS_KEY_NONE, "Next to nothing", "Next to nothing"},
		{"### Decisions: a b", WLS_KEY_NONE, "Decisions: a b", "Decisions: a b"},
		{"### Phases", WLS_KEY_NONE, "Phases", "Phases"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_doc *doc = parse(wls_slice_of(cases[i].heading));
		struct wls_node *n = wls_node_children(doc, doc->root);
		cr_expect_eq(n->key, cases[i].key, "%s: %s", cases[i].heading,
			     wls_key_name(n->key));
		cr_expect(wls_slice_eq(n->label, wls_slice_of(cases[i].label)), "%s: label %.*s",
			  cases[i].heading, WLS_SLICE_ARG(n->label));
		cr_expect(wls_slice_eq(n->text, wls_slice_of(cases[i].text)), "%s: text %.*s",
			  cases[i].heading, WLS_SLICE_ARG(n->text));
		wls_doc_free(doc);
	}
}

Test(outline, order_and_newest)
{
	static const struct {
		const char *source;
		uint32_t newest_line;
		bool newest_first;
	} cases[] = {
		{"## v1 |\n## v2 |\n", 2, false},
		{"## v2 |\n## v1 |\n", 1, true},
		{"## v2 |\n## v3 |\n## v1 |\n", 2, false},
		{"## v9 |\n## v3 |\n## v4 |\n## v1 |\n", 1, true},
		{"## v7 |\n", 1, false},
		/* duplicates: the later by time, else in the file's orientation */
		{"## v1 |\n## v2 | 2025-11-02\n## v2 | 2025-11-01\n", 2, false},
		{"## v1 |\n## v2 | 2025-11-01 10:00\n## v2 | 2025-11-01 09:00\n", 2, false},
		{"## v1 |\n## v2 | a\n## v2 | b\n", 3, false},
		{"## v2 | a\n## v2 | b\n## v1 |\n", 1, true},
		{"## v1 |\n## v2 | a\n## v2 | 2025-11-01\n", 3, false},
		/* a continuation is no entry of its own */
		{"## v1 |\n## v2 | a\n## v2 Done\n", 2, false},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_doc *doc = parse(wls_slice_of(cases[i].source));
		struct wls_entry *newest = wls_doc_newest(doc);
		cr_assert_not_null(newest);
		cr_expect_eq(newest->node->line, cases[i].newest_line, "%s: line %u",
			     cases[i].source, newest->node->line);
		cr_expect_eq(doc->newest_first, cases[i].newest_first, "%s", cases[i].source);
		cr_expect_eq(wls_doc_entry(doc, newest->version), newest);
		cr_expect_null(wls_doc_entry(doc, newest->version + 1));
		wls_doc_free(doc);
	}
}

/* Continuations are one chain, and fields of all of them are the entry's. */
Test(outline, continuations)
{
	struct wls_doc *doc =
		parse(WLS_SLICE("## v3 | x\n\n**Now:** a\n\n**Next:**\n- one\n\n## v4 | y\n\n"
				"## v3 Done\n\n**Now:** b\n\n## v3 Really\n\n**Next:**\n- two\n"));
	const struct wls_entry *entry = wls_doc_entry(doc, 3);
	cr_assert_eq(doc->entry_count, 4);
	cr_expect_eq(doc->version_count, 2);
	cr_expect_eq(entry, &doc->entries[0]);
	cr_expect_eq(entry->continued_by, 2);
	cr_expect_eq(doc->entries[2].continued_by, 3);
	cr_expect_eq(doc->entries[3].continued_by, WLS_ENTRY_NONE);
	cr_expect(doc->entries[3].continuation && !entry->continuation);
	cr_expect(wls_slice_eq(wls_entry_find(doc, entry, WLS_KEY_NOW)->text, WLS_SLICE("b")));
	struct wls_node *next = wls_entry_find_next(doc, entry, WLS_KEY_NEXT, NULL);
	cr_expect_eq(next->line, 5);
	next = wls_entry_find_next(doc, entry, WLS_KEY_NEXT, next);
	cr_expect_eq(next->line, 16);
	cr_expect_null(wls_entry_find_next(doc, entry, WLS_KEY_NEXT, next));
	cr_expect_null(wls_entry_find(doc, wls_doc_entry(doc, 4), WLS_KEY_NOW));
	wls_doc_free(doc);
}
