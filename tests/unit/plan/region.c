/* SPDX-License-Identifier: MIT */
/*
 * Regions: what stands in them, how they are cut, and that nothing gets out of them.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "plan/content.h"
#include "region_support.h"

/* ---- what stands in it ---- */

static const char auth[] = "# Auth Refactor Work Log\n"
			   "\n"
			   "## v1 | 2025-10-27 09:30 | Planning\n"
			   "\n"
			   "**Progress:** 10%\n"
			   "\n"
			   "## v2 | 2025-11-12 17:45 | OAuth complete [BLOCKED]\n"
			   "\n"
			   "**Now:** Ask @ops about #12\n"
			   "\n"
			   "**Status:** blocked\n"
			   "**Progress:** 60% \xE2\x86\x92 70% | Schema ✅ | Refresh 40% 🔄\n"
			   "\n"
			   "**Decisions:**\n"
			   "- JWT: stateless (vs sessions)\n"
			   "\n"
			   "**Dependencies:**\n"
			   "- Needs Data-Model-WorkLog-v6\n"
			   "  - Need: the table\n"
			   "- Needs Nowhere-WorkLog\n"
			   "\n"
			   "**Blockers:** Missing keys\n"
			   "- Owner: @ops-team\n"
			   "- ETA: 2025-11-21\n"
			   "\n"
			   "**Next:**\n"
			   "- Plain one\n"
			   "- [LOW] Remove the form\n"
			   "- [HIGH] [BLOCKED] Rotate\n"
			   "  - with a test\n"
			   "- [x] Sessions\n"
			   "- [MED] Docs ✅\n"
			   "\n"
			   "**Open:** Who decides?\n";

static const char model[] = "# Data Model\n\n## v6 | 2025-10-28 | Done\n\n**Status:** completed\n";

static const char auth_region[] =
	"**blocked** · v2 · 2025-11-12 17:45 · OAuth complete\n"
	"\n"
	"`███████░░░` 60% → 70% · Schema ✅ · Refresh 40% 🔄\n"
	"\n"
	"**Now:** Ask @\xE2\x80\x8Bops about #\xE2\x80\x8B"
	"12\n"
	"\n"
	"### Next\n"
	"\n"
	"- [ ] **HIGH** 🚫 **blocked** Rotate\n"
	"  - with a test\n"
	"- [x] **MED** Docs ✅\n"
	"- [ ] **LOW** Remove the form\n"
	"- [ ] Plain one\n"
	"- [x] Sessions\n"
	"\n"
	"### Blockers\n"
	"\n"
	"- Missing keys\n"
	"  - Owner: @\xE2\x80\x8Bops-team\n"
	"  - ETA: 2025-11-21\n"
	"\n"
	"### Dependencies\n"
	"\n"
	"- #7 · **ok** · Data-Model v6\n"
	"  - Need: the table\n"
	"- **dangling** (no log has this name) · Nowhere\n"
	"\n"
	"### Open questions\n"
	"\n"
	"- Who decides?\n"
	"\n"
	"### Decisions\n"
	"\n"
	"- JWT: stateless (vs sessions)\n"
	"\n"
	"```mermaid\n"
	"flowchart TB\n"
	"    accTitle: WorkLogs and what they need\n"
	"    accDescr: 2 workstreams, 2 dependencies: 1 ok, 1 dangling\n"
	"    n1[\"Auth<br/>v2, blocked, 70%\"]\n"
	"    n2([\"Data-Model<br/>v6, completed\"])\n"
	"    n1 -->|\"v6 ok\"| n2\n"
	"    n1 ==>|\"dangling\"| g1{{\"Nowhere\"}}\n"
	"```\n"
	"\n"
	"<details><summary>History: 2 entries</summary>\n"
	"\n"
	"- v2 · 2025-11-12 17:45 · blocked · OAuth complete\n"
	"- v1 · 2025-10-27 09:30 · Planning\n"
	"\n"
	"</details>\n"
	"\n"
	"Kept by wlsync from [`a b/Auth-WorkLog.md`]"
	"(https://github.com/acme/shop/blob/HEAD/a%20b/Auth-WorkLog.md); write above or below this "
	"part.\n"
	"\n";

static void read_auth(struct shown_world *world)
{
	const struct shown_file files[] = {
		{"a b/Auth-WorkLog.md", WLS_SLICE(auth)},
		{"Data-Model-WorkLog.md", WLS_SLICE(model)},
	};

	shown_world_init(world);
	shown_world_read(world, files, WLS_ARRAY_SIZE(files));
}

Test(plan_region, says_all)
{
	struct shown_world _cleanup_world_ world;
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
	const struct wls_wanted *wanted;
	int64_t of_log[2] = {0, 7};

	read_auth(&world);
	wanted = shown_wanted(&world, "Auth");
	cr_assert_eq(shown_wanted(&world, "Data-Model")->log, 1);
	cr_assert(wls_region_render(&world.list, wanted, &(struct wls_numbers){of_log},
				    WLS_BODY_MAX, &out));
	cr_assert_str_eq(wls_buf_str(&out), auth_region);
	check_markdown(wls_buf_slice(&out), "auth");
}

/* A log that says nothing has a region all the same; without options, no link. */
Test(plan_region, says_nothing)
{
	struct shown_world _cleanup_world_ world;
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;

	shown_world_init(&world);
	world.options.file_base = WLS_SLICE("");
	shown_world_of(&world, WLS_SLICE(""));
	cr_assert(shown_region(&world, shown_wanted(&world, "Log"), WLS_BODY_MAX, &out));
	cr_assert_str_eq(wls_buf_str(&out), "Kept by wlsync from `Log-WorkLog.md`; write above or "
					    "below this part.\n\n");
}

static const struct {
	const char *log, *line;
} lines[] = {
	{"## v1 | 2025-11-10 | X\n\n**Status:** paused @me\n", "**paused @\xE2\x80\x8Bme** · v1 · "
							       "2025-11-10 · X\n"},
	{"## v1 | 2025-11-10 | X [BLOCKED]\n\n**Status:** in_progress\n",
	 "**in progress** · blocked by its title · v1 · 2025-11-10 · X\n"},
	{"## v1 | 2025-11-10 | X\n\n**Progress:** 4%\n", "`░░░░░░░░░░` 4%\n"},
	{"## v1 | 2025-11-10 | X\n\n**Progress:** 5%\n", "`█░░░░░░░░░` 5%\n"},
	{"## v1 | 2025-11-10 | X\n\n**Progress:** 99%\n", "`█████████░` 99%\n"},
	{"## v1 | 2025-11-10 | X\n\n**Progress:** 100% | a | b\n", "`██████████` 100% · a · b\n"},
	{"---\nversion: 2\nstatus: completed\nprogress: 30%\n---\n", "`███░░░░░░░` 30%\n"},
	{"# E Work Log\n\n**Progress:** Phase 2/3 - 60% overall | Started: Oct 1 | Target: Dec 1\n",
	 "\nStarted: Oct 1 · Target: Dec 1\n"},
	{"## v1 | 2025-11-10 | X\n\n**Blockers/Questions:**\n- Which colour?\n",
	 "### Open questions\n\n- Which colour?\n"},
	{"## v1 | 2025-11-10 | X\n\n**Review Checklist:**\n- [x] Tests\n- [ ] Docs\n",
	 "### Review\n\n**Review Checklist:**\n\n- [x] Tests\n- [ ] Docs\n"},
	{"## v1 | 2025-11-10 | X\n\n### Feature: Login\n**Done:** ✅ Model\n",
	 "### Details\n\n**Feature:** Login\n\n- **Done:** ✅ Model\n"},
	{"## v1 | 2025-11-10 | X\n\n**Hypotheses:**\nH1: Leak | Refuted | clean\n",
	 "**Hypotheses:**\n\n- **H1:** Leak | Refuted | clean\n"},
	{"# E\n\n## Components Status\n\n**Phase 1: Base** (v1-v8) ✅ Done\n- Auth (src/*) ✅\n"
	 "  - Deep\n    - Deeper\n      - Deepest\n",
	 "### Components\n\n- **Phase 1: Base** (v1-v8) ✅ Done\n  - Auth (src/*) ✅\n"
	 "    - Deep\n    - Deeper\n    - Deepest\n"},
	{"# E\n\n**Status:** in_progress\n\n## Performance Targets\n\n- API: <200ms\n",
	 "### Performance targets\n\n- API: &lt;200ms\n"},
	{"## v2 | 2025-11-10 | X\n\n## v1 | 2025-11-09 | Y\n\n**Next:**\n- Still to do\n",
	 "### Next\n\n- [ ] Still to do\n"},
	{"## v1 | 2025-11-10 | X\n\n**Next:** Write it down\n",
	 "### Next\n\n- [ ] Write it down\n"},
	{"## v1 | 2025-11-10 | X\n\n**Next:**\n- ~~Old way~~\n", "- [x] Old way\n"},
	{"## v1 | 2025-11-10 | X\n\n**Next:**\n- a 🔄\n- b ⏳\n- c ❌\n- d ⚠️\n- e ✅\n",
	 "- [ ] a 🔄\n- [ ] b ⏳\n- [ ] c ❌\n- [ ] d ⚠️\n- [x] e ✅\n"},
};

Test(plan_region, lines)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(lines); i++) {
		struct shown_world _cleanup_world_ world;
		struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;

		shown_world_init(&world);
		shown_world_of(&world, wls_slice_of(lines[i].log));
		cr_assert(shown_region(&world, &world.list.items[0], WLS_BODY_MAX, &out));
		cr_assert(strstr(wls_buf_str(&out), lines[i].line), "%zu: %s", i,
			  wls_buf_str(&out));
		check_markdown(wls_buf_slice(&out), lines[i].log);
	}
}

/* What is settled, empty or of an older entry is not shown. */
static const struct {
	const char *log, *word;
} absent[] = {
	{"## v1 | 2025-11-10 | X\n\n**Next:** None\n\n**Blockers:** None\n", "###"},
	{"## v1 | 2025-11-10 | X\n\n**Blockers:**\n- [x] Keys came\n", "Keys"},
	{"## v1 | 2025-11-10 | X\n\n**Decisions:**\n- Old\n\n## v2 | 2025-11-11 | Y\n", "Old"},
	{"## v1 | 2025-11-10 | X\n", "History"},
	{"## v1 | 2025-11-10 | X\n", "mermaid"},
	{"## v1 | 2025-11-10 | X\n\n### Feature: Login\n\n```\ncode\n```\n", "code"},
};

Test(plan_region, leaves_out)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(absent); i++) {
		struct shown_world _cleanup_world_ world;
		struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;

		shown_world_init(&world);
		shown_world_of(&world, wls_slice_of(absent[i].log));
		cr_assert(shown_region(&world, &world.list.items[0], WLS_BODY_MAX, &out));
		cr_assert_not(strstr(wls_buf_str(&out), absent[i].word), "%zu: %s", i,
			      wls_buf_str(&out));
	}
}

/* ---- dependencies ---- */

static const struct shown_file needs[] = {
	{"A-WorkLog.md",
	 SHOWN_SLICE("## v2 | 2025-11-10 | A\n\n**Dependencies:**\n- Needs B-WorkLog-v2\n"
		     "- Needs C-WorkLog-v1\n- Needs D-WorkLog-v9\n"
		     "- Needs E-WorkLog\n- Needs F-WorkLog\n")},
	{"B-WorkLog.md", SHOWN_SLICE("## v2 | 2025-11-10 | B\n\n**Status:** in_progress\n\n"
				     "**Dependencies:**\n- Needs A-WorkLog-v2\n")},
	{"C-WorkLog.md", SHOWN_SLICE("## v2 | 2025-11-10 | C\n\n**Status:** in_progress\n")},
	{"D-WorkLog.md", SHOWN_SLICE("## v2 | 2025-11-10 | D\n\n**Status:** in_progress\n")},
	{"E-WorkLog.md", SHOWN_SLICE("## v2 | 2025-11-10 | E\n\n**Status:** blocked\n")},
	{"F-WorkLog.md", SHOWN_SLICE("## v2 | 2025-11-10 | F\n\n**Status:** needs_review\n")},
};

Test(plan_region, dependency_states)
{
	struct shown_world _cleanup_world_ world;
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;

	shown_world_init(&world);
	shown_world_read(&world, needs, WLS_ARRAY_SIZE(needs));
	cr_assert(shown_region(&world, shown_wanted(&world, "A"), WLS_BODY_MAX, &out));
	cr_assert(strstr(wls_buf_str(&out), "### Dependencies\n\n"
					    "- **waits** (in progress), in a cycle · B v2\n"
					    "- **stale** (now v2) · C v1\n"
					    "- **ahead** (now v2) · D v9\n"
					    "- **waits** (it is blocked) · E\n"
					    "- **waits** (in review) · F\n"
					    "\n"
					    "These wait for each other: A → B → A\n\n"),
		  "%s", wls_buf_str(&out));
	check_markdown(wls_buf_slice(&out), "states");
}

/* What only mentions, or held once, is no dependency; what is needed is told once. */
Test(plan_region, only_what_holds)
{
	const struct shown_file files[] = {
		{"A-WorkLog.md", WLS_SLICE("## v1 | 2025-11-09 | A\n\n**Dependencies:**\n"
					   "- Needs Old-WorkLog-v2\n\n"
					   "## v2 | 2025-11-10 | A\n\nSee Seen-WorkLog-v2.\n\n"
					   "**Dependencies:**\n- Needs B-WorkLog-v2\n"
					   "  - Need: the table\n"
					   "- Also needs B-WorkLog-v2\n  - Need: the table\n")},
		{"B-WorkLog.md", WLS_SLICE("## v2 | 2025-11-10 | B\n")},
		{"Old-WorkLog.md", WLS_SLICE("## v2 | 2025-11-10 | O\n")},
		{"Seen-WorkLog.md", WLS_SLICE("## v2 | 2025-11-10 | S\n")},
	};
	struct shown_world _cleanup_world_ world;
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
	const struct wls_wanted *wanted;

	shown_world_init(&world);
	world.graph_options = (struct wls_graph_options){.history = true, .mentions = true};
	shown_world_read(&world, files, WLS_ARRAY_SIZE(files));
	wanted = shown_wanted(&world, "A");
	cr_assert_gt(world.graph->logs[wanted->log].edge_count + world.graph->edge_count, 2);
	cr_assert_eq(wanted->need_count, 1);
	cr_assert(shown_region(&world, wanted, WLS_BODY_MAX, &out));
	cr_assert(strstr(wls_buf_str(&out), "### Dependencies\n\n- **waits** (in progress) · B v2\n"
					    "  - Need: the table\n\n"),
		  "%s", wls_buf_str(&out));
	cr_assert_not(strstr(wls_buf_str(&out), "Old"));
	cr_assert_not(strstr(wls_buf_str(&out), "Seen"));
}

/* A name of two logs, a claim that is not so, and a cycle that is too long to write out. */
Test(plan_region, odd_dependencies)
{
	enum { RING = 15, PATH = 32, TEXT = 96 };
	static char paths[RING][PATH], texts[RING][TEXT];
	struct shown_file files[RING + 3] = {
		{"x/Two-WorkLog.md", WLS_SLICE("## v1 | 2025-11-10 | T\n")},
		{"y/Two-WorkLog.md", WLS_SLICE("## v1 | 2025-11-10 | T\n")},
		{"Log-WorkLog.md", WLS_SLICE("## v1 | 2025-11-10 | L\n\n**Dependencies:**\n"
					     "- [x] R00-WorkLog-v9\n- Needs Two-WorkLog\n")},
	};
	struct shown_world _cleanup_world_ world;
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
	struct wls_buf _cleanup_buf_ ring = WLS_BUF_INIT;

	for (unsigned i = 0; i < RING; i++) {
		snprintf(paths[i], PATH, "R%02u-WorkLog.md", i);
		snprintf(texts[i], TEXT,
			 "## v2 | 2025-11-10 | R\n\n**Dependencies:**\n- Needs R%02u-WorkLog\n",
			 (i + 1) % RING);
		files[3 + i] = (struct shown_file){paths[i], wls_slice_of(texts[i])};
	}
	shown_world_init(&world);
	shown_world_read(&world, files, WLS_ARRAY_SIZE(files));
	cr_assert(shown_region(&world, shown_wanted(&world, "Log"), WLS_BODY_MAX, &out));
	cr_assert(strstr(wls_buf_str(&out),
			 "### Dependencies\n\n"
			 "- **ahead** (now v2), though this log says it is done · R00 v9\n"
			 "- **ambiguous** (several logs have this name) · Two\n\n"),
		  "%s", wls_buf_str(&out));
	cr_assert(shown_region(&world, shown_wanted(&world, "R03"), WLS_BODY_MAX, &ring));
	cr_assert(strstr(wls_buf_str(&ring), "These wait for each other: R00 → R01 → R02 → R03 → "
					     "R04 → R05 → R06 → R07 → R08 → R09 → R10 → R11 → … "
					     "→ R00\n"),
		  "%s", wls_buf_str(&ring));
}

/* Without "#12 · " behind the dash. */
static void without_numbers(struct wls_slice text, struct wls_buf *out)
{
	struct wls_slice line;

	while (wls_slice_next_line(&text, &line)) {
		if (wls_slice_starts(line, WLS_SLICE("- #"))) {
			size_t at = wls_slice_find(line, WLS_SLICE(" · "));

			wls_buf_add_str(out, "- ");
			line = wls_slice_from(line, at + sizeof(" · ") - 1);
		}
		wls_buf_add_slice(out, line);
		wls_buf_add_char(out, '\n');
	}
}

Test(plan_region, numbers_change_only_links)
{
	static const int64_t sets[][6] = {{0, 1, 2, 3, 4, 5}, {0, 0, 900000000000, 0, 7, 1}};
	struct shown_world _cleanup_world_ world;
	struct wls_buf _cleanup_buf_ none = WLS_BUF_INIT;

	shown_world_init(&world);
	shown_world_read(&world, needs, WLS_ARRAY_SIZE(needs));
	cr_assert(shown_region(&world, shown_wanted(&world, "A"), WLS_BODY_MAX, &none));
	for (size_t i = 0; i < WLS_ARRAY_SIZE(sets); i++) {
		struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
		struct wls_buf _cleanup_buf_ bare = WLS_BUF_INIT;

		cr_assert(wls_region_render(&world.list, shown_wanted(&world, "A"),
					    &(struct wls_numbers){sets[i]}, WLS_BODY_MAX, &out));
		cr_assert_str_neq(wls_buf_str(&out), wls_buf_str(&none));
		without_numbers(wls_buf_slice(&out), &bare);
		cr_assert_str_eq(wls_buf_str(&bare), wls_buf_str(&none));
	}
}

/* ---- limits ---- */

static void make_large(struct wls_buf *out)
{
	wls_buf_add_str(out, "# Large\n\n");
	for (int i = 1; i <= 300; i++)
		wls_buf_printf(out, "## v%d | 2025-11-10 | Step %d\n\n", i, i);
	wls_buf_add_str(out, "**Blockers:** The one blocker\n\n**Next:**\n");
	for (int i = 0; i < 5000; i++)
		wls_buf_printf(out, "- [MED] Item %d with some words behind it\n", i);
	wls_buf_add_str(out, "\n**Decisions:**\n- The one decision\n");
}

/* The most important stays; what is cut says so; nothing is over the limit, whatever it is. */
Test(plan_region, cut_by_importance)
{
	struct shown_world _cleanup_world_ world;
	struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
	const size_t limits[] = {60000, 20000, 5000, 1000, 600};

	shown_world_init(&world);
	make_large(&text);
	shown_world_of(&world, wls_buf_slice(&text));
	for (size_t i = 0; i < WLS_ARRAY_SIZE(limits); i++) {
		struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;

		cr_assert(shown_region(&world, &world.list.items[0], limits[i], &out));
		cr_assert_leq(out.len, limits[i]);
		cr_assert_geq(out.len + 100, limits[i], "%zu of %zu used", out.len, limits[i]);
		cr_assert(strstr(wls_buf_str(&out), "The one blocker"));
		cr_assert(strstr(wls_buf_str(&out), "The one decision"));
		cr_assert(strstr(wls_buf_str(&out), "- [ ] **MED** Item 0 "));
		cr_assert_not(strstr(wls_buf_str(&out), "History"));
		cr_assert(strstr(wls_buf_str(&out), "Shortened: all of it is in [`Log-WorkLog.md`]"
						    "(https://github.com/acme/shop/blob/HEAD/"
						    "Log-WorkLog.md).\n\n"));
		check_markdown(wls_buf_slice(&out), "large");
	}
}

Test(plan_region, every_limit)
{
	struct shown_world _cleanup_world_ world;
	struct wls_buf _cleanup_buf_ whole = WLS_BUF_INIT;
	const struct wls_wanted *wanted;
	bool before = false;

	read_auth(&world);
	wanted = shown_wanted(&world, "Auth");
	cr_assert(shown_region(&world, wanted, WLS_BODY_MAX, &whole));
	for (size_t limit = 0; limit <= whole.len + 1; limit++) {
		struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
		bool fits = shown_region(&world, wanted, limit, &out);

		cr_assert_leq(out.len, limit);
		cr_assert(fits || (out.len == 0 && !before));
		cr_assert_eq(limit >= whole.len,
			     wls_slice_eq(wls_buf_slice(&out), wls_buf_slice(&whole)));
		if (fits)
			check_markdown(wls_buf_slice(&out), "cut");
		if (fits && !before)
			cr_assert(wls_slice_starts(wls_buf_slice(&out), WLS_SLICE("Shortened: ")));
		before = fits;
	}
	cr_assert(before);
}

/* One text of 200 KB, and a history that is longer than what is told of it. */
Test(plan_region, long_texts)
{
	struct shown_world _cleanup_world_ world;
	struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;

	shown_world_init(&world);
	for (int i = 1; i <= 150; i++)
		wls_buf_printf(&text, "## v%d | 2025-11-10 | Step %d\n\n", i, i);
	wls_buf_add_str(&text, "**Next:**\n- ");
	for (int i = 0; i < 40000; i++)
		wls_buf_add_str(&text, i % 2 ? "@you " : "#7 `");
	shown_world_of(&world, wls_buf_slice(&text));
	cr_assert(shown_region(&world, &world.list.items[0], WLS_BODY_MAX, &out));
	cr_assert_leq(out.len, 20000);
	cr_assert(strstr(wls_buf_str(&out), " …\n"));
	cr_assert(strstr(wls_buf_str(&out), "- v51 · 2025-11-10 · Step 51\n- and 50 earlier\n"));
	check_markdown(wls_buf_slice(&out), "long");
}

/* A word of 200 KB is cut between code points. */
Test(plan_region, long_word)
{
	struct shown_world _cleanup_world_ world;
	struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;

	shown_world_init(&world);
	wls_buf_add_str(&text, "## v1 | 2025-11-10 | X\n\n**Next:**\n- a");
	for (int i = 0; i < 100000; i++)
		wls_buf_add_str(&text, "ä");
	shown_world_of(&world, wls_buf_slice(&text));
	cr_assert(shown_region(&world, &world.list.items[0], WLS_BODY_MAX, &out));
	cr_assert(strstr(wls_buf_str(&out), "ää …\n"));
	cr_assert_geq(out.len, 900);
	cr_assert_leq(out.len, 1500);
	check_markdown(wls_buf_slice(&out), "word");
}

/* ---- files ---- */

static const struct {
	struct wls_slice path;
	const char *span;
} spans[] = {
	{SHOWN_SLICE("a.md"), "[`a.md`](u/a.md)"},
	{SHOWN_SLICE("a`b.md"), "[``a`b.md``](u/a%60b.md)"},
	{SHOWN_SLICE("`a.md`"), "[`` `a.md` ``](u/%60a.md%60)"},
	{SHOWN_SLICE("x](y) <z>.md"), "[`x](y) <z>.md`](u/x%5D%28y%29%20%3Cz%3E.md)"},
	{SHOWN_SLICE("ä/ö\n.md"), "[`ä/ö .md`](u/%C3%A4/%C3%B6%0A.md)"},
	{SHOWN_SLICE("50%#?.md"), "[`50%#?.md`](u/50%25%23%3F.md)"},
};

Test(plan_region, file_links)
{
	const struct wls_plan_options options = {.file_base = WLS_SLICE("u/")};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(spans); i++) {
		struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;

		wls_content_file(&options, spans[i].path, &out);
		cr_assert_str_eq(wls_buf_str(&out), spans[i].span);
	}
}

/* ---- hostile ---- */

static void check_hostile(struct wls_slice text, uint64_t *state)
{
	struct shown_world _cleanup_world_ world;
	struct wls_buf _cleanup_buf_ first = WLS_BUF_INIT;
	struct wls_buf _cleanup_buf_ again = WLS_BUF_INIT;
	struct wls_buf _cleanup_buf_ small = WLS_BUF_INIT;
	const struct shown_file files[] = {
		{"Log-WorkLog.md", text},
		{"Other-WorkLog.md", WLS_SLICE("## v1 | 2025-11-10 | O\n\n**Dependencies:**\n"
					       "- Needs Log-WorkLog-v3\n")},
	};
	size_t limit = shown_random(state, 4000);

	shown_world_init(&world);
	world.options.allow_secrets = true;
	shown_world_read(&world, files, WLS_ARRAY_SIZE(files));
	cr_assert(shown_region(&world, shown_wanted(&world, "Log"), WLS_BODY_MAX, &first));
	cr_assert(shown_region(&world, shown_wanted(&world, "Log"), WLS_BODY_MAX, &again));
	cr_assert(wls_slice_eq(wls_buf_slice(&first), wls_buf_slice(&again)));
	cr_assert_leq(first.len, WLS_BODY_MAX);
	check_markdown(wls_buf_slice(&first), wls_buf_str(&first));
	if (shown_region(&world, shown_wanted(&world, "Log"), limit, &small))
		check_markdown(wls_buf_slice(&small), wls_buf_str(&small));
	cr_assert_leq(small.len, limit);
	for (size_t i = 0; i < world.list.count; i++)
		cr_assert_gt(world.list.items[i].title.len, 0);
}

Test(plan_region, hostile)
{
	for (uint64_t seed = 1; seed <= 1500; seed++) {
		struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
		uint64_t state = seed;

		shown_hostile_log(&state, &text);
		check_hostile(wls_buf_slice(&text), &state);
	}
}
