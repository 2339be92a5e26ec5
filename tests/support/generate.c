/* SPDX-License-Identifier: MIT */
/*
 * Generators of logs for property tests and benchmarks.
 */
#include "support/generate.h"

#include "wlsync/base.h"

static const char *const first_words[] = {"Auth",   "Payment", "Search",  "Billing", "Catalog",
					  "Design", "Report",  "Ingest",  "Mobile",  "Gateway",
					  "Ledger", "Notify",  "Profile", "Session", "Storage"};
static const char *const second_words[] = {"Refactor", "Integration", "Service", "Migration",
					   "Redesign", "Pipeline",    "Cleanup", "Rollout"};
static const char *const verbs[] = {"added", "moved", "replaced", "measured", "documented",
				    "split", "fixed", "removed",  "tested",   "reviewed"};
static const char *const things[] = {
	"the token refresh",    "the retry loop",    "input validation", "the cache key",
	"error texts",          "the settings page", "a slow query",     "the export job",
	"the webhook handler",  "the rate limiter",  "session storage",  "the test data",
	"the schema migration", "the upload form",   "the audit trail",  "the batch size",
	"the feature flag",     "the health check",  "the search index", "the login form",
};
static const char *const marks[] = {" ✅", " 🔄", " ⏳", "", "", ""};
static const char *const priorities[] = {"[HIGH]", "[MED]", "[LOW]"};

void generate_name(struct wls_buf *out, uint32_t number)
{
	wls_buf_printf(out, "%s-%s-%04u", first_words[number % WLS_ARRAY_SIZE(first_words)],
		       second_words[(number / 7) % WLS_ARRAY_SIZE(second_words)], number);
}

void generate_path(struct wls_buf *out, uint32_t number)
{
	generate_name(out, number);
	wls_buf_add_str(out, "-WorkLog.md");
}

static void add_sentence(struct test_random *r, struct wls_buf *out)
{
	wls_buf_printf(out, "%s %s, then %s %s", RANDOM_OF(r, verbs), RANDOM_OF(r, things),
		       RANDOM_OF(r, verbs), RANDOM_OF(r, things));
}

static void add_items(struct test_random *r, const char *key, size_t count, struct wls_buf *out)
{
	wls_buf_printf(out, "**%s:**\n", key);
	for (size_t i = 0; i < count; i++) {
		wls_buf_add_str(out, "- ");
		add_sentence(r, out);
		wls_buf_printf(out, "%s\n", RANDOM_OF(r, marks));
	}
	wls_buf_add_char(out, '\n');
}

static void add_files(struct test_random *r, struct wls_buf *out)
{
	wls_buf_add_str(out, "**Files:**\n");
	for (uint32_t i = 0; i < 2; i++) {
		uint32_t from = 1 + random_below(r, 400);
		wls_buf_printf(out, "- `src/module%u/part%u.ts` (", random_below(r, 90),
			       random_below(r, 30));
		wls_buf_printf(out, "%s)\n  - L%u-%u: %s\n", RANDOM_OF(r, things), from,
			       from + random_below(r, 60), RANDOM_OF(r, things));
	}
	wls_buf_add_char(out, '\n');
}

static void add_needs(const struct generate_log *log, uint32_t version, struct wls_buf *out)
{
	bool any = false;
	for (size_t i = 0; i < log->need_count; i++) {
		const struct generate_need *need = &log->needs[i];
		if (need->entry != version)
			continue;
		if (!any)
			wls_buf_add_str(out, "**Dependencies:**\n");
		any = true;
		wls_buf_add_str(out, "- depends on ");
		generate_name(out, need->log);
		wls_buf_printf(out, "-WorkLog-v%u\n", need->version);
	}
	if (any)
		wls_buf_add_str(out, "- Need: what they promised, before the next step\n\n");
}

static void add_entry(struct test_random *r, const struct generate_log *log, uint32_t version,
		      struct wls_buf *out)
{
	wls_buf_printf(out, "## v%u | %u-%02u-%02u %02u:%02u | ", version, 2020 + version / 336,
		       1 + version / 28 % 12, 1 + version % 28, 8 + version % 10, version % 60);
	add_sentence(r, out);
	wls_buf_add_str(out, "\n\n");
	if (version > 1)
		wls_buf_printf(out, "**Prev:** v%u %s\n", version - 1, RANDOM_OF(r, things));
	wls_buf_add_str(out, "**Now:** ");
	add_sentence(r, out);
	if (version == log->entries && log->status)
		wls_buf_printf(out, "\n**Status:** %s", log->status);
	wls_buf_printf(out, "\n\n**Progress:** %u%% | Schema ✅ | Code %u%% 🔄 | Tests ⏳\n\n",
		       random_below(r, 100), random_below(r, 100));
	add_files(r, out);
	add_items(r, "Decisions", 2, out);
	add_needs(log, version, out);
	wls_buf_add_str(out, "**Next:**\n");
	for (size_t i = 0; i < 3; i++) {
		wls_buf_printf(out, "- %s ", priorities[i]);
		add_sentence(r, out);
		wls_buf_add_char(out, '\n');
	}
	wls_buf_add_char(out, '\n');
}

static void add_crlf(struct wls_slice text, struct wls_buf *out)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\n')
			wls_buf_add_char(out, '\r');
		wls_buf_add_char(out, text.ptr[i]);
	}
}

void generate_log(struct test_random *r, const struct generate_log *log, struct wls_buf *out)
{
	struct wls_buf lf _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_buf *text = log->crlf ? &lf : out;
	wls_buf_printf(text, "---\nversion: v%u\nstatus: %s\n---\n\n# ", log->entries,
		       log->status ? log->status : "in_progress");
	generate_name(text, log->number);
	wls_buf_add_str(text, " Work Log\n\n");
	for (uint32_t i = 1; i <= log->entries; i++)
		add_entry(r, log, log->newest_first ? log->entries + 1 - i : i, text);
	if (log->crlf)
		add_crlf(wls_buf_slice(&lf), out);
}

/* Whether a log or version named already would be named twice. */
static bool named(const struct generate_need *needs, size_t count, const struct generate_need *n)
{
	for (size_t i = 0; i < count; i++)
		if (needs[i].log == n->log && needs[i].version == n->version)
			return true;
	return false;
}

size_t generate_needs(struct test_random *r, uint32_t number, struct generate_need *needs)
{
	if (number == 0)
		return 0;
	/* 1 + 10 x 1 + 1,988 x 2 current ones, and 1,999 x 17 + 932 older ones. */
	size_t current = number <= 11 ? 1 : 2;
	size_t total = current + (number <= 932 ? 18 : 17);
	uint32_t reach = number < 60 ? number : 60;
	for (size_t count = 0; count < total;) {
		struct generate_need need = {
			.log = number - 1 - random_below(r, reach),
			.version = 1 + random_below(r, 50),
			.entry = count < current ? 48 : 46 - (uint32_t)(2 * (count - current)),
		};
		if (!named(needs, count, &need))
			needs[count++] = need;
	}
	return total;
}

static const char *const pieces[] = {
	"# ",
	"## v3 | ",
	"## v12 | 2025-11-10 14:00 | ",
	"### v2",
	"###### ",
	"## v1-v3: ",
	"## v7+",
	"- ",
	"* ",
	"+ ",
	"1. ",
	"12) ",
	"  - ",
	"    ",
	"\t",
	"> ",
	">",
	"- [ ] ",
	"- [x] ",
	"```",
	"~~~~",
	"```markdown",
	"<!-- ",
	" -->",
	"<div>",
	"<?php",
	"---",
	"===",
	"***",
	"___",
	"**Next:**",
	"**Prev:** ",
	"**Files:**",
	"**Dependencies:** ",
	"**Blockers:** ",
	"**Progress:** 40% | ",
	"- Need: ",
	"- ETA: 24 hours",
	"Status: done",
	"**v1-v3:** ",
	"**v2 (Code - Work):**",
	"H1: ",
	"| a | b |",
	"|---|---|",
	"[a]: ",
	"[HIGH] ",
	"[BLOCKED]",
	"Auth-Refactor-WorkLog-v5",
	"depends on ",
	"[[Auth-Refactor#v5|a]]",
	"v3..v5",
	"~~x~~",
	"<<<<<<< ours",
	"=======",
	"||||||| base",
	">>>>>>> theirs",
	"None",
	"✅",
	"🔄",
	"⚠️",
	"é",
	"\xEF\xBB\xBF",
	"\xC3",
	"\xFF",
	"\xE2\x9C",
	"\xC2\xA0",
	"text",
	" ",
	"  ",
	"`",
	"``",
	"\\",
	" · ",
	" | ",
	"**Key**: v",
	"version: v3",
	"status: [",
	"...",
	":",
	"**",
	"*",
	"_",
	"\r",
};

void generate_fragment(struct test_random *r, size_t lines, struct wls_buf *out)
{
	static const char *const endings[] = {"\n", "\n", "\n", "\n\n", "\r\n", "\r", ""};
	if (random_chance(r, 20))
		wls_buf_add_str(out, "---\nversion: v3\n---\n");
	for (size_t i = 0; i < lines; i++) {
		for (size_t n = random_below(r, 5); n > 0; n--)
			wls_buf_add_str(out, RANDOM_OF(r, pieces));
		if (random_chance(r, 1))
			wls_buf_add_char(out, '\0');
		wls_buf_add_str(out, RANDOM_OF(r, endings));
	}
}
