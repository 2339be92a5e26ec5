/* SPDX-License-Identifier: MIT */
/*
 * WorkLogs with every pattern that people use.
 */
#include "support/generate_log.h"

#include <stdio.h>

static const char *const verbs[] = {"added",    "moved", "replaced", "measured", "documented",
				    "split",    "fixed", "removed",  "tested",   "reviewed",
				    "inlined",  "typed", "renamed",  "profiled", "mocked",
				    "reverted", "drew",  "planned",  "cached",   "sampled"};
static const char *const adjectives[] = {"slow",    "old",     "new",    "shared", "partial",
					 "nightly", "stale",   "flaky",  "strict", "remote",
					 "broken",  "default", "hidden", "legacy", "signed"};
static const char *const nouns[] = {
	"token refresh", "retry loop",   "input check",    "cache key",    "error texts",
	"settings page", "query",        "export job",     "webhook",      "rate limiter",
	"session store", "test data",    "schema upgrade", "upload form",  "audit trail",
	"batch size",    "feature flag", "health check",   "search index", "login form",
};
static const char *const names[] = {"Search", "Billing", "Catalog", "Cart", "Ledger", "Auth"};
static const char *const marks[] = {"✅", "🔄", "⏳"};
static const char *const states[] = {"in_progress", "blocked", "needs_review", "completed"};
static const char *const priorities[] = {"[HIGH] ", "[MED] ", "[LOW] "};

const char *worklog_word(struct test_random *r)
{
	return random_chance(r, 50) ? RANDOM_OF(r, verbs) : RANDOM_OF(r, adjectives);
}

void worklog_add_hash(struct test_random *r, struct wls_buf *out)
{
	wls_buf_printf(out, "%010llx",
		       (unsigned long long)(random_next(r) & UINT64_C(0xFFFFFFFFFF)));
}

static void add_clause(struct test_random *r, struct wls_buf *out)
{
	wls_buf_printf(out, "%s the %s %s", RANDOM_OF(r, verbs), RANDOM_OF(r, adjectives),
		       RANDOM_OF(r, nouns));
}

void worklog_add_phrase(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	static const char *const words[] = {"since", "from", "see", "after", "in"};
	add_clause(r, out);
	if (random_chance(r, 40)) {
		wls_buf_add_str(out, ", then ");
		add_clause(r, out);
	}
	if (version > 0 && random_chance(r, 8))
		wls_buf_printf(out, " %s v%u", RANDOM_OF(r, words), 1 + random_below(r, version));
	else if (version > 0 && random_chance(r, 5))
		wls_buf_printf(out, " (v%u)", 1 + random_below(r, version));
	else if (version > 0 && random_chance(r, 2))
		wls_buf_printf(out, " with React v%u", 1 + random_below(r, version));
	if (random_chance(r, 85)) {
		wls_buf_add_str(out, " (");
		worklog_add_hash(r, out);
		wls_buf_add_char(out, ')');
	}
}

void worklog_add_sentence(struct test_random *r, struct wls_buf *out)
{
	static const char *const starts[] = {"Measured", "Found", "Tested", "Kept", "Changed"};
	wls_buf_printf(out, "%s the %s %s and %s it after ", RANDOM_OF(r, starts),
		       RANDOM_OF(r, adjectives), RANDOM_OF(r, nouns), RANDOM_OF(r, verbs));
	worklog_add_hash(r, out);
	wls_buf_add_str(out, random_chance(r, 80) ? "." : "!");
}

static void add_items(struct test_random *r, uint32_t version, unsigned marked, struct wls_buf *out)
{
	for (size_t n = 1 + random_below(r, 4); n > 0; n--) {
		wls_buf_add_str(out, "- ");
		if (random_chance(r, marked / 2))
			wls_buf_printf(out, "%s ", RANDOM_OF(r, marks));
		worklog_add_phrase(r, version, out);
		if (random_chance(r, marked / 2))
			wls_buf_printf(out, " %s", RANDOM_OF(r, marks));
		wls_buf_add_char(out, '\n');
		if (random_chance(r, 10)) {
			wls_buf_add_str(out, "  - ");
			worklog_add_phrase(r, version, out);
			wls_buf_add_char(out, '\n');
		}
	}
}

/* ---- fields and sections of an entry ---- */

static void part_progress(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	unsigned percent = random_below(r, 90);
	(void)version;
	wls_buf_add_str(out, "**Progress:** ");
	if (random_chance(r, 15))
		wls_buf_printf(out, "%u%% → ", percent / 2);
	wls_buf_printf(out, "%u%%", percent);
	for (size_t i = random_below(r, 4); i > 0; i--) {
		wls_buf_printf(out, " | %s", names[i]);
		if (random_chance(r, 50))
			wls_buf_printf(out, " %u%%", 5 + random_below(r, 90));
		wls_buf_printf(out, " %s", RANDOM_OF(r, marks));
	}
	wls_buf_add_str(out, random_chance(r, 10) ? " | ⚠️ Token budget: 40% remaining\n\n"
						  : "\n\n");
}

static void part_files(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	wls_buf_add_str(out, "**Files:**\n");
	for (uint32_t i = 1 + random_below(r, 3); i > 0; i--) {
		uint32_t from = 1 + random_below(r, 400);
		wls_buf_printf(out, "- `src/module%u/part%u.ts` (", random_below(r, 90), i);
		worklog_add_phrase(r, 0, out);
		wls_buf_printf(out, ")\n  - L%u-%u: ", from, from + random_below(r, 60));
		worklog_add_phrase(r, version, out);
		wls_buf_add_char(out, '\n');
	}
	wls_buf_add_char(out, '\n');
}

static void part_work(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	static const char *const signs[] = {"+", "~", "!"};
	wls_buf_add_str(out, "**Work:**\n");
	for (size_t n = 1 + random_below(r, 3); n > 0; n--) {
		wls_buf_printf(out, "%s: ", RANDOM_OF(r, signs));
		worklog_add_phrase(r, version, out);
		wls_buf_add_char(out, '\n');
	}
	wls_buf_add_char(out, '\n');
}

static void part_list(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	static const char *const keys[] = {"Open", "Pattern Recognition", "Lessons Learned",
					   "Tried", "Detecting Contradictions"};
	wls_buf_printf(out, "**%s:**\n", RANDOM_OF(r, keys));
	add_items(r, version, 0, out);
	wls_buf_add_char(out, '\n');
}

static void part_decisions(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	wls_buf_add_str(out, "**Decisions:**\n");
	for (size_t n = 1 + random_below(r, 3); n > 0; n--) {
		wls_buf_printf(out, "- %s over %s: ", RANDOM_OF(r, names), RANDOM_OF(r, names));
		worklog_add_phrase(r, version, out);
		wls_buf_add_char(out, '\n');
	}
	wls_buf_add_char(out, '\n');
}

static void part_next(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	wls_buf_add_str(out, "**Next:**\n");
	for (size_t n = 1 + random_below(r, 4); n > 0; n--) {
		wls_buf_printf(out, "- %s%s", RANDOM_OF(r, priorities),
			       random_chance(r, 8) ? "[BLOCKED] " : "");
		worklog_add_phrase(r, version, out);
		wls_buf_add_char(out, '\n');
	}
	wls_buf_add_char(out, '\n');
}

static void part_blockers(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	wls_buf_add_str(out, "**Blockers:** ");
	worklog_add_phrase(r, version, out);
	wls_buf_printf(out,
		       "\n- Owner: @ops-%s\n- Requested: 2025-11-%02u 10:00\n- ETA: %u hours\n",
		       worklog_word(r), 1 + random_below(r, 28), 1 + random_below(r, 90));
	wls_buf_add_str(out, "- Workaround: ");
	worklog_add_phrase(r, version, out);
	wls_buf_add_str(out, "\n\n**Blocker Resolution:**\n");
	add_items(r, version, 0, out);
	wls_buf_add_char(out, '\n');
}

static void part_dependencies(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	wls_buf_printf(out, "**Dependencies:**\n- %s depends on %s-Refactor-WorkLog\n- Need: ",
		       RANDOM_OF(r, names), RANDOM_OF(r, names));
	worklog_add_phrase(r, version, out);
	wls_buf_add_str(out, "\n- Status: ");
	worklog_add_phrase(r, 0, out);
	wls_buf_add_str(out, " ✅\n\n");
}

static void part_feature(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	static const char *const keys[] = {"**Done:** ✅", "**Active:** 🔄", "**Backlog:** ⏳"};
	wls_buf_printf(out, "### Feature: %s ", RANDOM_OF(r, names));
	worklog_add_hash(r, out);
	wls_buf_printf(out, "\n**Progress:** %u%% | Started: 2025-11-05 | Target: 2025-12-%02u\n\n",
		       random_below(r, 100), 1 + random_below(r, 28));
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		wls_buf_printf(out, "%s", keys[i]);
		for (size_t n = 1 + random_below(r, 3); n > 0; n--) {
			wls_buf_printf(out, " %s %s ", RANDOM_OF(r, names), RANDOM_OF(r, nouns));
			worklog_add_hash(r, out);
			wls_buf_add_str(out, n > 1 ? "," : "\n");
		}
	}
	(void)version;
	wls_buf_add_char(out, '\n');
}

static void part_bug(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	static const char *const verdicts[] = {"Refuted", "✅ Confirmed", "Invalidated", "Testing"};
	uint32_t count = 1 + random_below(r, 3);
	wls_buf_printf(out, "### Bug: %s leak ", RANDOM_OF(r, names));
	worklog_add_hash(r, out);
	wls_buf_add_str(out, "\n\n**Hypotheses:**\n");
	for (uint32_t i = 1; i <= count; i++) {
		wls_buf_printf(out, "H%u: ", i);
		worklog_add_phrase(r, 0, out);
		wls_buf_printf(out, " | %s | ", RANDOM_OF(r, verdicts));
		worklog_add_phrase(r, version, out);
		wls_buf_add_char(out, '\n');
	}
	wls_buf_add_str(out, "\n**Dead ends:** ");
	worklog_add_phrase(r, version, out);
	if (random_chance(r, 30))
		wls_buf_printf(out, ", H%u was root cause", count);
	wls_buf_add_str(out, "\n\n");
}

static void part_checklist(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	wls_buf_add_str(out, "**Review Checklist:**\n");
	for (size_t n = 1 + random_below(r, 4); n > 0; n--) {
		wls_buf_add_str(out, random_chance(r, 30) ? "- [x] " : "- [ ] ");
		worklog_add_phrase(r, version, out);
		wls_buf_add_char(out, '\n');
	}
	wls_buf_add_char(out, '\n');
}

static void part_reviewer(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	wls_buf_add_str(out, "**Reviewer Notes:**\n@tech-lead: Please focus on:\n");
	add_items(r, version, 0, out);
	wls_buf_add_str(out, "\n**Review Feedback Applied:**\n");
	add_items(r, version, 100, out);
	wls_buf_add_char(out, '\n');
}

static void part_budget(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	wls_buf_add_str(out, "**Completed This Session:**\n");
	add_items(r, version, 100, out);
	wls_buf_add_str(out, "\n**Deferred to Next Session:**\n");
	add_items(r, version, 100, out);
	wls_buf_add_char(out, '\n');
}

static void part_text(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	(void)version;
	if (random_chance(r, 60))
		wls_buf_add_str(out, "**Notes:**\n\n");
	for (size_t n = 2 + random_below(r, 4); n > 0; n--) {
		worklog_add_sentence(r, out);
		wls_buf_add_char(out, n > 1 && random_chance(r, 50) ? ' ' : '\n');
	}
	wls_buf_add_str(out, random_chance(r, 5) ? "  \n" : "\n");
}

static void part_code(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	wls_buf_add_str(out, random_chance(r, 80) ? "```sh\n" : "```\n");
	for (size_t n = 1 + random_below(r, 6); n > 0; n--) {
		wls_buf_printf(out, "%s --%s v%u ", RANDOM_OF(r, verbs), worklog_word(r),
			       1 + random_below(r, version));
		worklog_add_hash(r, out);
		wls_buf_add_str(out, random_chance(r, 10) ? "\n\n" : "\n");
	}
	wls_buf_add_str(out, "```\n\n");
}

static void part_table(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	wls_buf_add_str(out, "| Metric | Before | After |\n|---|---|---|\n");
	for (size_t n = 1 + random_below(r, 4); n > 0; n--) {
		wls_buf_printf(out, "| %s ", RANDOM_OF(r, nouns));
		worklog_add_hash(r, out);
		wls_buf_printf(out, " | %u ms | %u ms (v%u) |\n", random_below(r, 900),
			       random_below(r, 900), 1 + random_below(r, version));
	}
	wls_buf_add_char(out, '\n');
}

static void part_handoff(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	wls_buf_printf(out, "**v%u (Code - Implementation):**\n\n**Works:** ",
		       1 + random_below(r, version));
	worklog_add_phrase(r, 0, out);
	wls_buf_add_str(out, "\n**Fails:** ");
	worklog_add_phrase(r, 0, out);
	wls_buf_add_str(out, "\n\n");
}

static void part_comment(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	(void)version;
	wls_buf_add_str(out, "<!-- ");
	worklog_add_sentence(r, out);
	wls_buf_add_str(out, " -->\n\n");
}

typedef void part_fn(struct test_random *r, uint32_t version, struct wls_buf *out);

/* In the order in which they follow each other; how many of 100 entries have one. */
static const struct {
	part_fn *add;
	unsigned chance;
} parts[] = {
	{part_progress, 60}, {part_files, 30},        {part_work, 12},   {part_decisions, 35},
	{part_list, 25},     {part_blockers, 12},     {part_text, 25},   {part_code, 15},
	{part_table, 12},    {part_dependencies, 10}, {part_next, 55},   {part_checklist, 12},
	{part_reviewer, 8},  {part_budget, 6},        {part_comment, 3}, {part_feature, 8},
	{part_bug, 10},      {part_handoff, 6},
};

void worklog_add_part(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	RANDOM_OF(r, parts).add(r, version, out);
}

void worklog_add_entry(struct test_random *r, uint32_t version, const char *stamp,
		       struct wls_buf *out)
{
	wls_buf_printf(out, "## v%u%s | ", version, stamp);
	add_clause(r, out);
	wls_buf_add_char(out, ' ');
	worklog_add_hash(r, out);
	wls_buf_add_str(out, random_chance(r, 8) ? " [BLOCKED]\n\n" : "\n\n");
	if (version > 1 && random_chance(r, 70)) {
		wls_buf_printf(out, "**Prev:** v%u ", version - 1);
		worklog_add_phrase(r, version, out);
		wls_buf_add_char(out, '\n');
	}
	wls_buf_add_str(out, "**Now:** ");
	worklog_add_phrase(r, version, out);
	if (random_chance(r, 40))
		wls_buf_printf(out, "\n**Status:** %s", RANDOM_OF(r, states));
	wls_buf_add_str(out, "\n\n");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (random_chance(r, parts[i].chance))
			parts[i].add(r, version, out);
}

/* ---- the log's own sections ---- */

static void section_components(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	wls_buf_add_str(out, "## Components Status\n\n");
	for (uint32_t i = 1; i <= 2; i++) {
		wls_buf_printf(out, "**Phase %u: %s** (v1-v%u) %s Current\n", i,
			       RANDOM_OF(r, names), 1 + random_below(r, version),
			       RANDOM_OF(r, marks));
		for (size_t n = 1 + random_below(r, 3); n > 0; n--) {
			wls_buf_add_str(out, "- ");
			worklog_add_phrase(r, 0, out);
			wls_buf_printf(out, " (%u%% complete)\n  - ", random_below(r, 100));
			worklog_add_phrase(r, version, out);
			wls_buf_printf(out, " %s\n", RANDOM_OF(r, marks));
		}
		wls_buf_add_char(out, '\n');
	}
}

static void section_targets(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	(void)version;
	wls_buf_add_str(out, "## Performance Targets\n\n");
	for (size_t n = 1 + random_below(r, 3); n > 0; n--) {
		wls_buf_printf(out, "- %s ", RANDOM_OF(r, names));
		worklog_add_hash(r, out);
		wls_buf_printf(out, ": <200ms (current: %ums %s)\n", random_below(r, 400),
			       RANDOM_OF(r, marks));
	}
	wls_buf_add_char(out, '\n');
}

static void section_decisions(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	wls_buf_add_str(out, "## Key Decisions Log\n\n");
	for (uint32_t v = 1; v <= version; v++) {
		if (v > 1 && random_chance(r, 40))
			continue;
		wls_buf_printf(out, "- v%u: ", v);
		worklog_add_phrase(r, 0, out);
		wls_buf_add_char(out, '\n');
	}
	wls_buf_add_char(out, '\n');
}

static void section_blockers(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	wls_buf_printf(out, "## Current Blockers\n\n- v%u: ", 1 + random_below(r, version));
	worklog_add_phrase(r, 0, out);
	wls_buf_add_str(out, " (ETA: Nov 20)\n\n");
}

static void section_lessons(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	wls_buf_add_str(out, "## Lessons Learned\n\n");
	add_items(r, version, 0, out);
	wls_buf_add_char(out, '\n');
}

static void section_evolution(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	uint32_t middle = 1 + random_below(r, version);
	wls_buf_printf(out, "### Caching Strategy Evolution\n\n**v1-v%u:** ", middle);
	worklog_add_phrase(r, 0, out);
	wls_buf_add_str(out, "\n- Issue: ");
	worklog_add_phrase(r, 0, out);
	wls_buf_add_str(out, "\n- Decision: ");
	worklog_add_phrase(r, 0, out);
	wls_buf_printf(out, "\n\n**v%u+:** ", middle);
	worklog_add_phrase(r, 0, out);
	wls_buf_add_str(out, "\n- Lesson: ");
	worklog_add_phrase(r, 0, out);
	wls_buf_add_str(out, "\n\n**Incremental:**\n- v1: ");
	worklog_add_phrase(r, 0, out);
	wls_buf_printf(out, "\n\n**Trend Tracking:**\n- API latency: 200ms (v1) → 180ms (v%u, ",
		       middle);
	worklog_add_hash(r, out);
	wls_buf_add_str(out, ")\n\n");
}

static part_fn *const sections[] = {section_components, section_targets,   section_decisions,
				    section_blockers,   section_evolution, section_lessons};

void worklog_add_section(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	RANDOM_OF(r, sections)(r, version, out);
}

/* ---- the log ---- */

static void add_head(struct test_random *r, const struct worklog_shape *shape, struct wls_buf *out)
{
	if (shape->frontmatter)
		wls_buf_printf(out, "---\nversion: v%u\nstatus: %s\nowner: %s\n---\n\n",
			       shape->entries, RANDOM_OF(r, states), worklog_word(r));
	wls_buf_printf(out, "# %s Refactor Work Log\n\n", RANDOM_OF(r, names));
	if (shape->sections && random_chance(r, 30)) {
		worklog_add_sentence(r, out);
		wls_buf_add_str(out, "\n\n");
	}
}

static void add_sections(struct test_random *r, uint32_t version, struct wls_buf *out)
{
	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
		if (i == 2 || random_chance(r, 40))
			sections[i](r, version, out);
}

void worklog_generate(struct test_random *r, const struct worklog_shape *shape, struct wls_buf *out)
{
	bool before = shape->newest_first || random_chance(r, 50);
	add_head(r, shape, out);
	if (shape->sections && before)
		add_sections(r, shape->entries, out);
	for (uint32_t i = 1; i <= shape->entries; i++) {
		uint32_t v = shape->newest_first ? shape->entries + 1 - i : i;
		char stamp[64] = "";
		if (random_chance(r, 90))
			snprintf(stamp, sizeof(stamp), " | 2025-%02u-%02u %02u:%02u",
				 1 + v / 28 % 11, 1 + v % 28, 8 + v % 10,
				 (unsigned)random_below(r, 60));
		if (random_chance(r, 15) && *stamp)
			stamp[13] = '\0';
		worklog_add_entry(r, v, stamp, out);
	}
	if (shape->sections && !before)
		add_sections(r, shape->entries, out);
	/* One line feed at the end, as editors leave it. */
	while (out->len > 1 && out->ptr[out->len - 2] == '\n')
		wls_buf_truncate(out, out->len - 1);
}

void worklog_form_apply(const struct worklog_form *form, struct wls_slice text, struct wls_buf *out)
{
	size_t line = 0, end = text.len;
	if (form->no_final_newline && end > 0 && text.ptr[end - 1] == '\n')
		end--;
	if (form->byte_order_mark)
		wls_buf_add_str(out, "\xEF\xBB\xBF");
	for (size_t i = 0; i < end; i++) {
		bool crlf = form->crlf || (form->mixed && (i - line) % 3 == 0);
		if (text.ptr[i] == '\n') {
			line = i + 1;
			if (crlf)
				wls_buf_add_char(out, '\r');
		}
		wls_buf_add_char(out, text.ptr[i]);
	}
}
