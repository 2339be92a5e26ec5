/* SPDX-License-Identifier: MIT */
/*
 * References R1 to R8, every form and its near misses; and who needs whom in an item.
 */
#include <criterion/criterion.h>

#include "graph/graph_internal.h"

static const char *const names[] = {
	"auth-refactor",
	"auth",
	"payment-integration",
	"search",
	"data-model",
	"api-v2",
	"after-party",
	"r&d",
	("stra\xc3\x9f"
	 "e-plan"),
	"ui-redesign",
	"billing",
};
static const char *const paths[] = {"auth/WORKLOG.md", "auth/Auth-Refactor-WorkLog-v5.md",
				    "docs/my plan.md"};

struct world {
	struct wls_ref_world world;
	struct wls_arena arena;
	struct wls_ref_list list;
	struct wls_clauses clauses;
};

static void world_init(struct world *w)
{
	*w = (struct world){0};
	wls_ref_list_init(&w->list, &w->arena);
	for (uint32_t i = 0; i < WLS_ARRAY_SIZE(names); i++) {
		struct wls_slice name = wls_name_fold(&w->arena, wls_slice_of(names[i]));

		*wls_map_at(&w->world.names, name) = i;
		if (name.len > w->world.longest)
			w->world.longest = name.len;
	}
	for (uint32_t i = 0; i < WLS_ARRAY_SIZE(paths); i++)
		*wls_map_at(&w->world.paths, wls_slice_of(paths[i])) = i;
}

static void world_release(struct world *w)
{
	wls_clauses_release(&w->clauses);
	wls_ref_list_release(&w->list);
	wls_map_release(&w->world.names);
	wls_map_release(&w->world.paths);
	wls_arena_release(&w->arena);
}

/* "R3 search v5 [8-25]" for each; a path's index as @N; `?` before a name that is unknown. */
static void describe(const struct wls_ref_list *list, struct wls_buf *out)
{
	wls_buf_clear(out);
	for (size_t i = 0; i < list->count; i++) {
		const struct wls_ref *ref = &list->refs[i];

		wls_buf_printf(out, "%sR%u ", i > 0 ? ", " : "", ref->form);
		if (ref->place != WLS_PLACE_NONE)
			wls_buf_printf(out, "@%u", ref->place);
		else if (ref->name != WLS_NAME_NONE)
			wls_buf_add_str(out, names[ref->name]);
		else
			wls_buf_printf(out, "?%.*s%s", WLS_SLICE_ARG(ref->written),
				       ref->stem ? "" : " (no stem)");
		if (ref->version > 0)
			wls_buf_printf(out, " v%u", ref->version);
		wls_buf_printf(out, " [%u-%u]", ref->begin, ref->end);
	}
}

struct ref_case {
	const char *text, *refs;
};

static void expect_refs(const struct ref_case *cases, size_t count, bool item, bool after_verb)
{
	struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;
	struct world w;

	world_init(&w);
	for (size_t i = 0; i < count; i++) {
		struct wls_slice text = wls_slice_of(cases[i].text);

		wls_refs_scan(&w.world, WLS_SLICE("pay"), text, &w.list);
		if (item)
			wls_refs_scan_item(&w.world, text, after_verb, &w.list);
		describe(&w.list, &got);
		cr_expect_str_eq(wls_buf_str(&got), cases[i].refs, "%s: got %s", cases[i].text,
				 wls_buf_str(&got));
	}
	world_release(&w);
}

#define EXPECT_REFS(cases) expect_refs((cases), WLS_ARRAY_SIZE(cases), false, false)
#define EXPECT_ITEM(cases) expect_refs((cases), WLS_ARRAY_SIZE(cases), true, false)

Test(refs, links)
{
	static const struct ref_case cases[] = {
		{"[auth](../auth/Auth-Refactor-WorkLog-v5.md#v4)", "R1 @1 v4 [0-46]"},
		{"[auth](../auth/Auth-Refactor-WorkLog-v5.md)", "R1 @1 v5 [0-43]"},
		{"see [x](/auth/WORKLOG.md), ok", "R1 @0 [4-25]"},
		{"[x](../docs/my%20plan.md#v2--2025-11-10)", "R1 @2 v2 [0-40]"},
		{"[x](<../docs/my plan.md> \"title\")", "R1 @2 [0-33]"},
		{"[x](../docs/my%20plan.md#v2x)", "R1 @2 [0-29]"},
		/* The path does not resolve: its last component, as R3. */
		{"[a](gone/Auth-Refactor-WorkLog-v3.md)", "R1 auth-refactor v3 [0-37]"},
		{"[a](gone/Nobody-WorkLog-v3.md)", "R1 ?Nobody v3 [0-30]"},
		{"[a](gone/WORKLOG-v3.md)", "R1 ?gone/WORKLOG-v3.md v3 [0-23]"},
		/* The label belongs to the link. */
		{"[Search-WorkLog-v1](../auth/WORKLOG.md)", "R1 @0 [0-39]"},
		{"[[x] Search-WorkLog](../auth/WORKLOG.md)", "R1 @0 [0-40]"},
		/* No log, no link: label and destination are text. */
		{"[Search-WorkLog-v1](../README.md)", "R3 search v1 [1-18]"},
		{"[x](../README.md)", ""},
		{"[x](../auth/Auth-Refactor-WorkLog-v5)", "R3 auth-refactor v5 [4-36]"},
		{"[x](https://host/auth/Auth-Refactor-WorkLog-v5.md)", ""},
		{"[x](//host/Auth-Refactor-WorkLog-v5.md)", ""},
		{"[Search-WorkLog](https://host/a.md)", "R3 search [1-15]"},
		{"\\[x](../auth/WORKLOG.md)", ""},
		{"[x](../auth/WORKLOG.md", ""},
		{"[x] (../auth/WORKLOG.md)", ""},
		{"![og](og-worklog-v5.png)", ""},
		{"[a](b(c)/Search-WorkLog.md)", "R1 search [0-27]"},
	};

	EXPECT_REFS(cases);
}

Test(refs, wiki_links)
{
	static const struct ref_case cases[] = {
		{"[[Auth-Refactor-WorkLog-v5]]", "R2 auth-refactor v5 [0-28]"},
		{"[[Auth-Refactor#v5|auth]]", "R2 auth-refactor v5 [0-25]"},
		{"| [[Auth Refactor#v5\\|auth]] |", "R2 auth-refactor v5 [2-28]"},
		{"[[Auth-Refactor]]", "R2 auth-refactor [0-17]"},
		{"[[auth/WORKLOG.md]]", "R2 @0 [0-19]"},
		{"[[/auth/WORKLOG]]", "R2 @0 [0-17]"},
		{"[[../auth/WORKLOG.md#v3]]", "R2 @0 v3 [0-25]"},
		{"[[Nobody-WorkLog-v3]]", "R2 ?Nobody v3 [0-21]"},
		{"[[Nobody]]", ""},
		{"[[Nobody Search-WorkLog]]", "R2 ?Nobody Search [0-25]"},
		{"[[Auth-Refactor]", ""},
		{"[[]]", ""},
	};

	EXPECT_REFS(cases);
}

Test(refs, tokens)
{
	static const struct ref_case cases[] = {
		{"Auth-Refactor-WorkLog-v5", "R3 auth-refactor v5 [0-24]"},
		{"see auth_refactor_worklog_v5.", "R3 auth-refactor v5 [4-28]"},
		{"`Auth-Refactor-WorkLog-v5.md`", "R3 auth-refactor v5 [1-28]"},
		{"`../auth/Auth-Refactor-WorkLog-v5.md`", "R3 @1 v5 [1-36]"},
		{"../old/Auth-Refactor-WorkLog-v3.md, x", "R3 auth-refactor v3 [0-34]"},
		{"(Search-WorkLog)", "R3 search [1-15]"},
		{"**Search-WorkLog**", "R3 search [2-16]"},
		{"Search-WorkLog v4 is", "R3 search v4 [0-17]"},
		{"Search-WorkLog.md#v4", "R3 search v4 [0-20]"},
		{"R&D-WorkLog-v1", "R3 r&d v1 [0-14]"},
		{"API-v2-WorkLog-v3", "R3 api-v2 v3 [0-17]"},
		{"\xe2\x80\x9cSearch-WorkLog-v4\xe2\x80\x9d", "R3 search v4 [3-20]"},
		{"Stra\xc3\x9f"
		 "e-Plan-WorkLog-v2",
		 "R3 stra\xc3\x9f"
		 "e-plan v2 [0-23]"},
		{"STRASSE-PLAN-worklog-v2", "R3 stra\xc3\x9f"
					    "e-plan v2 [0-23]"},
		/* Taken whole: never a shorter name in it. */
		{"Payment-Auth-Refactor-WorkLog-v5", "R3 ?Payment-Auth-Refactor v5 [0-32]"},
		{"my-Search-WorkLog", "R3 ?my-Search [0-17]"},
		{"Nobody-WorkLog-v5.", "R3 ?Nobody v5 [0-17]"},
		/* A known name that reaches over blanks is longer. */
		{"see Data Model-WorkLog-v5", "R3 data-model v5 [4-25]"},
		/* Neighbours. */
		{"og-worklog-v5.png", ""},
		{"Search-WorkLog-v5-draft", ""},
		{"Search-WorkLog-draft", ""},
		{"Search-WorkLog-v5/x", ""},
		{"Search-WorkLog-v5@2", ""},
		{"me@Search-WorkLog-v5", ""},
		{"Search-WorkLogs", ""},
		{"...Search-WorkLog", ""},
		{"--Search-WorkLog", ""},
		{"+Search-WorkLog", "R3 search [1-15]"},
		{"needs Search v2.Search-WorkLog-v5", "R3 ?v2.Search v5 [13-33]"},
		{"Search-WorkLog-v5.1", ""},
		{"Search-WorkLog.md.bak", ""},
		{"Search-WorkLog-v1000000000", ""},
		{"the worklog-v3 is", ""},
		/* Where nothing counts. */
		{"https://host/Search-WorkLog-v5.md", ""},
		{"<https://host/Search-WorkLog-v5> x", ""},
		{"(https://host/a_(b)/Search-WorkLog-v5)", ""},
		{"<!-- Search-WorkLog-v5 --> x", ""},
		{"~~Search-WorkLog-v5~~ Billing-WorkLog", "R3 billing [22-37]"},
		{"<!-- Search-WorkLog-v5", "R3 search v5 [5-22]"},
		{"~~Search-WorkLog-v5", "R3 search v5 [2-19]"},
		{"file:///a/Search-WorkLog-v5.md", "R3 search v5 [5-30]"},
		{"`Data Model WorkLog`", ""},
		{"``Search-WorkLog` x`` Billing-WorkLog", "R3 search [2-16], R3 billing [22-37]"},
	};

	EXPECT_REFS(cases);
}

Test(refs, spaced)
{
	static const struct ref_case cases[] = {
		{"Auth Refactor WorkLog v5", "R4 auth-refactor v5 [0-24]"},
		{"the Auth-Refactor WorkLog says", "R4 auth-refactor [4-25]"},
		{"see auth\nrefactor worklog v5", "R4 auth-refactor v5 [4-28]"},
		{"Nobody Refactor WorkLog v5", ""},
		{"unauth Refactor WorkLog", ""},
		{"x/Search WorkLog", ""},
		{"Search WorkLog v5.1", "R4 search [0-14]"},
		{"Search WorkLog-v5", "R4 search v5 [0-17]"},
	};

	EXPECT_REFS(cases);
}

Test(refs, versioned_and_named)
{
	static const struct ref_case cases[] = {
		/* R5: at the start, after a verb, marks, and, or. */
		{"Auth-Refactor v5", "R5 auth-refactor v5 [0-16]"},
		{"**Auth-Refactor** v5: x", "R5 auth-refactor v5 [2-20]"},
		{"Auth-Refactor-v5", "R5 auth-refactor v5 [0-16]"},
		{"Search (v3) first", "R5 search v3 [0-11]"},
		{"x, Auth-Refactor v5; Search v2",
		 "R5 auth-refactor v5 [3-19], R5 search v2 [21-30]"},
		{"x (Search v2) and Billing v3", "R5 search v2 [3-12], R5 billing v3 [18-28]"},
		{"depends on Search v2 or Billing v3",
		 "R5 search v2 [11-20], R5 billing v3 [24-34]"},
		{"API-v2 v3", "R5 api-v2 v3 [0-9]"},
		{"After-Party v2 needs Search v1",
		 "R5 after-party v2 [0-14], R5 search v1 [21-30]"},
		{"stra\xc3\x9f"
		 "e plan v2",
		 "R5 stra\xc3\x9f"
		 "e-plan v2 [0-15]"},
		/* The longest name wins. */
		{"Auth Refactor v5", "R5 auth-refactor v5 [0-16]"},
		{"Auth v5 and x", "R5 auth v5 [0-7]"},
		/* Near misses. */
		{"the new Search v2", ""},
		{"Researching v2", ""},
		{"Search-Engine v2", ""},
		{"x Search v2", ""},
		{"Search v2.1", ""},
		{"Search v2-v4", ""},
		{"api/v2", ""},
		{"checkout@v4", ""},
		{"Search", ""},
		{"needs Search@v4", ""},
		{"needs pay/Search v4", ""},
		{"needs `Search v4`", "R5 search v4 [7-16]"},
		{"needs `Search`.", "R6 search [7-13]"},
		{"needs both Search and Billing.", "R6 search [11-17], R6 billing [22-29]"},
		{"needs Search & Billing", "R6 search [6-12], R6 billing [15-22]"},
		{"needs Search; Billing", "R6 search [6-12], R6 billing [14-21]"},
		{"Blocked\xe2\x80\x94waiting on Search v4", "R5 search v4 [21-30]"},
		{"Search v0", ""},
		/* R6: after a verb only, and closed. */
		{"depends on Auth-Refactor", "R6 auth-refactor [11-24]"},
		{"depends on: Auth-Refactor.", "R6 auth-refactor [12-25]"},
		{"waiting for the Search to finish", "R6 search [16-22]"},
		{"needs Search, Billing and Data Model",
		 "R6 search [6-12], R6 billing [14-21], R6 data-model [26-36]"},
		{"needs Search v2, Billing", "R5 search v2 [6-15], R6 billing [17-24]"},
		{"needs Search-WorkLog-v2 and Billing", "R3 search v2 [6-23], R6 billing [28-35]"},
		{"needs `Search-WorkLog` and Billing", "R3 search [7-21], R6 billing [27-34]"},
		{"needs <!-- why --> Search", "R6 search [19-25]"},
		{"needs Search \xe2\x9c\x85", "R6 search [6-12]"},
		{"needs Search for facets, search to work", "R6 search [6-12]"},
		{"depends on Search engines", ""},
		{"depends on a Search", ""},
		{"for Search", ""},
		{"needs Search's API", ""},
	};

	EXPECT_ITEM(cases);
}

Test(refs, after_a_verb_above)
{
	static const struct ref_case cases[] = {
		{"Search", "R6 search [0-6]"},
		{"Search, Billing", "R6 search [0-6], R6 billing [8-15]"},
		{"something else", ""},
	};

	expect_refs(cases, WLS_ARRAY_SIZE(cases), true, true);
}

Test(refs, short_names)
{
	cr_expect(
		wls_refs_short(WLS_SLICE("Auth v5 shows OAuth ready"), WLS_SLICE("auth-refactor")));
	cr_expect(wls_refs_short(WLS_SLICE("the auth v5"), WLS_SLICE("auth-refactor")));
	cr_expect(!wls_refs_short(WLS_SLICE("Aut v5"), WLS_SLICE("auth-refactor")));
	cr_expect(!wls_refs_short(WLS_SLICE("OAuth v5"), WLS_SLICE("auth-refactor")));
	cr_expect(!wls_refs_short(WLS_SLICE("Auth is ready"), WLS_SLICE("auth-refactor")));
	cr_expect(!wls_refs_short(WLS_SLICE("Search v5"), WLS_SLICE("auth-refactor")));
}

Test(refs, own_versions)
{
	static const struct {
		const char *text, *found;
	} cases[] = {
		{"60% (v7)", "7-7"},       {"(v3, v5) and v1-v3", "3-3 5-5 1-3"},
		{"v7+ only", "7-0"},       {"api/v2 checkout@v4 v5.1 xv3", ""},
		{"v1000000000 v2", "2-2"}, {"og-v3", ""},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;
		uint32_t first, last;
		size_t at = 0;

		while (wls_refs_own(wls_slice_of(cases[i].text), &at, &first, &last))
			wls_buf_printf(&got, "%s%u-%u", got.len > 0 ? " " : "", first, last);
		cr_expect_str_eq(wls_buf_str(&got), cases[i].found, "%s: %s", cases[i].text,
				 wls_buf_str(&got));
	}
}

/* ---- clauses ---- */

static void describe_end(const struct world *w, uint32_t end, const struct wls_clause_edge *edge,
			 struct wls_buf *out)
{
	if (end == WLS_CLAUSE_SELF) {
		wls_buf_add_str(out, "self");
	} else if (end == WLS_CLAUSE_NAME) {
		wls_buf_printf(out, "=%s", names[edge->subject.name]);
	} else {
		const struct wls_ref *ref = &w->list.refs[end];

		wls_buf_add_str(out, ref->name == WLS_NAME_NONE ? "?" : names[ref->name]);
	}
}

Test(clauses, directions)
{
	static const struct ref_case cases[] = {
		/* Without a verb. */
		{"Search-WorkLog-v2", "self>search"},
		{"Search v2, Billing v1", "self>search self>billing"},
		{"Search v2 blocks us", "self>search"},
		{"Search v2 is required by the shop", "self>search"},
		{"no such thing", ""},
		/* Every verb. */
		{"depends on Search v2", "self>search"},
		{"requires Search v2", "self>search"},
		{"needs Search v2", "self>search"},
		{"blocked by Search v2", "self>search"},
		{"waiting on Search v2", "self>search"},
		{"waiting for Search v2", "self>search"},
		{"after Search v2", "self>search"},
		{"blocks Search v2", "search>self"},
		{"unblocks Search v2", "search>self"},
		{"required by Search v2", "search>self"},
		{"needed by Search v2", "search>self"},
		{"unblocked by Search v2", "self>search"},
		/* Subjects. */
		{"Billing-WorkLog-v1 depends on Search v2", "billing>search"},
		{"Billing v1 blocks Search v2", "search>billing"},
		{"Payment integration depends on Search v2", "=payment-integration>search"},
		{"Payment integration is currently blocked by Search v2",
		 "=payment-integration>search"},
		{"Payment integration must wait for Search v2", "=payment-integration>search"},
		{"The payment page depends on Search v2", "self>search"},
		{"Next: payment integration needs Search v2", "=payment-integration>search"},
		{"Billing v1 and UI-Redesign v2 need Search v2",
		 "ui-redesign>search billing>search"},
		/* Several objects, several verbs. */
		{"needs Search v2, Billing v1 and Auth v1", "self>search self>billing self>auth"},
		{"needs Search v2 and blocks Billing v1", "self>search billing>self"},
		{"Auth v1 needs Search v2, blocks Billing v1", "auth>search billing>auth"},
		{"Auth v1 needs Search v2, which requires Billing v1",
		 "auth>search search>billing"},
		{"needs Auth v1, Search v2 requires Billing v1", "self>auth search>billing"},
		{"needs Search v2; UI redesign requires Billing v1",
		 "self>search =ui-redesign>billing"},
		/* Negation. */
		{"does not depend on Search v2", ""},
		{"doesn't require Search v2", ""},
		{"doesn\xe2\x80\x99t need Search v2", ""},
		{"no longer needs Search v2", ""},
		{"is no longer blocked by Search v2", ""},
		{"works without needing Search v2", ""},
		{"Search v2 no longer blocks us", ""},
		{"not urgent: depends on Search v2", "self>search"},
		{"must not start until after Search v2", "self>search"},
		{"cannot start: needs Search v2", "self>search"},
		{"needs Search v2, not Billing v1", "self>search"},
		{"needs Search v2, no longer needs Billing v1", "self>search"},
		{"~~needs Billing v1~~ needs Search v2", "self>search"},
		{"~~Billing-WorkLog-v1~~", ""},
	};
	struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;
	struct world w;

	world_init(&w);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_slice text = wls_slice_of(cases[i].text);

		wls_refs_scan(&w.world, WLS_SLICE("pay"), text, &w.list);
		wls_refs_scan_item(&w.world, text, false, &w.list);
		wls_clauses_read(&w.world, text, &w.list, &w.clauses);
		wls_buf_clear(&got);
		for (size_t k = 0; k < w.clauses.count; k++) {
			const struct wls_clause_edge *edge = &w.clauses.edges[k];

			wls_buf_add_str(&got, k > 0 ? " " : "");
			describe_end(&w, edge->from, edge, &got);
			wls_buf_add_char(&got, '>');
			describe_end(&w, edge->to, edge, &got);
		}
		cr_expect_str_eq(wls_buf_str(&got), cases[i].refs, "%s: got %s", cases[i].text,
				 wls_buf_str(&got));
	}
	world_release(&w);
}

Test(clauses, ends_in_verb)
{
	static const struct {
		const char *text;
		bool ends, negated, needed;
	} cases[] = {
		{"Needs:", true, false, false},
		{"**Blocked by**", true, false, false},
		{"No longer needs:", true, true, false},
		{"Needed by:", true, false, true},
		{"Needs a database", false, false, false},
		{"Plans:", false, false, false},
	};
	struct world w;

	world_init(&w);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_slice text = wls_slice_of(cases[i].text);

		wls_refs_scan(&w.world, WLS_SLICE("pay"), text, &w.list);
		wls_refs_scan_item(&w.world, text, false, &w.list);
		wls_clauses_read(&w.world, text, &w.list, &w.clauses);
		cr_expect_eq(w.clauses.ends_in_verb, cases[i].ends, "%s", cases[i].text);
		cr_expect_eq(w.clauses.negated, cases[i].negated, "%s", cases[i].text);
		cr_expect_eq(w.clauses.needed, cases[i].needed, "%s", cases[i].text);
	}
	world_release(&w);
}

/* ---- whatever the text ---- */

static void make_soup(struct wls_buf *out, uint32_t *seed)
{
	static const char *const tokens[] = {
		"Search-WorkLog-v5",
		"[[Search]]",
		"[x](/auth/WORKLOG.md)",
		"Search v2",
		"Billing WorkLog",
		"Search",
		"-",
		"WorkLog",
		" ",
		"v5",
		"[",
		"](",
		")",
		"]",
		"[[",
		"]]",
		"`",
		"``",
		"<!--",
		"-->",
		"~~",
		"https://",
		"/",
		".md",
		"#v2",
		"needs ",
		"and ",
		", ",
		"no longer ",
		"blocks ",
		"\n",
		"\xc3\x9f",
		"\xff",
		"@",
		".",
		"Auth Refactor",
		"(",
		"worklog",
		"depends on ",
		"\\",
		"|",
		"\xe2\x80\x9c",
		"..",
		"which ",
		";",
	};
	unsigned count;

	wls_buf_clear(out);
	*seed = *seed * 1664525u + 1013904223u;
	count = *seed >> 26;
	for (unsigned i = 0; i < count; i++) {
		*seed = *seed * 1664525u + 1013904223u;
		wls_buf_add_str(out, tokens[(*seed >> 8) % WLS_ARRAY_SIZE(tokens)]);
	}
}

Test(refs, stay_in_the_text_and_apart)
{
	struct wls_buf _cleanup_buf_ soup = WLS_BUF_INIT, got = WLS_BUF_INIT;
	uint32_t seed = 1;
	size_t found = 0;
	struct world w;

	world_init(&w);
	for (unsigned round = 0; round < 20000; round++) {
		struct wls_slice text;
		uint32_t end = 0;

		make_soup(&soup, &seed);
		text = wls_slice(wls_buf_str(&soup), soup.len);
		wls_refs_scan(&w.world, WLS_SLICE("pay"), text, &w.list);
		wls_refs_scan_item(&w.world, text, round % 2, &w.list);
		wls_clauses_read(&w.world, text, &w.list, &w.clauses);
		describe(&w.list, &got);
		for (size_t i = 0; i < w.list.count; i++) {
			cr_assert_geq(w.list.refs[i].begin, end, "%s: %s", soup.ptr,
				      wls_buf_str(&got));
			end = w.list.refs[i].end;
			cr_assert(end > w.list.refs[i].begin && end <= text.len, "%s", soup.ptr);
		}
		found += w.list.count;
		cr_assert(w.list.count == 0 || wls_refs_likely(text) || w.list.refs[0].form >= 5,
			  "%s", soup.ptr);
	}
	cr_expect_gt(found, 5000);
	wls_buf_release(&got);
	world_release(&w);
}
