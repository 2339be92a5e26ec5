/* SPDX-License-Identifier: MIT */
/*
 * Names, versions and paths as they are written.
 */
#include <criterion/criterion.h>

#include "graph/names.h"
#include "wlsync/graph.h"

Test(names, from_path)
{
	static const struct {
		const char *path, *name; /* NULL: no log's name */
		uint32_t version;
	} cases[] = {
		{"Auth-Refactor-WorkLog-v5.md", "Auth-Refactor", 5},
		{"a/b/Auth-Refactor-WorkLog.md", "Auth-Refactor", 0},
		{"auth_refactor_worklog_v12.md", "auth_refactor", 12},
		{"Auth Refactor WorkLog v5.MD", "Auth Refactor", 5},
		{"API-v2-WORKLOG-v3.md", "API-v2", 3},
		{"worklog.md", "", 0},
		{"WorkLog-v7.md", "", 7},
		{"WORKLOG-Observability.md", "Observability", 0},
		{"WORKLOG-auth-v3.md", "auth-v3", 0},
		{"worklog-v3.md", "", 3},
		{"x-worklog-v1000000000.md", NULL, 0},
		{"myworklog.md", NULL, 0},
		{"-worklog.md", NULL, 0},
		{"worklog-.md", NULL, 0},
		{"og-worklog-v5.png", NULL, 0},
		{"og-worklogs.md", NULL, 0},
		{"worklog_auth.md", NULL, 0},
		{"README.md", NULL, 0},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_slice name;
		uint32_t version;
		bool is = wls_name_from_path(wls_slice_of(cases[i].path), &name, &version);

		cr_expect_eq(is, cases[i].name != NULL, "%s", cases[i].path);
		if (!is || !cases[i].name)
			continue;
		cr_expect(wls_slice_eq(name, wls_slice_of(cases[i].name)), "%s: %.*s",
			  cases[i].path, WLS_SLICE_ARG(name));
		cr_expect_eq(version, cases[i].version, "%s: v%u", cases[i].path, version);
	}
}

Test(names, versions)
{
	static const struct {
		const char *text;
		size_t length;
		uint32_t version;
	} cases[] = {
		{"v5", 2, 5},
		{"V12x", 3, 12},
		{"v", 0, 0},
		{"5", 0, 0},
		{"v999999999", 10, 999999999},
		{"v1000000000", 0, 0},
		{"", 0, 0},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		uint32_t version = 0;
		size_t n = wls_version_at(wls_slice_of(cases[i].text), 0, &version);

		cr_expect_eq(n, cases[i].length, "%s: %zu", cases[i].text, n);
		cr_expect_eq(version, cases[i].version, "%s: %u", cases[i].text, version);
	}
}

Test(names, folding)
{
	static const char *const same[][2] = {
		{"Auth-Refactor", "auth refactor"},
		{"Auth__Refactor", "AUTH-REFACTOR"},
		{" Auth Refactor ", "auth\trefactor"},
		{"Stra\xc3\x9f"
		 "e",
		 "STRASSE"},
		{"Caf\xc3\xa9", "CAFE\xcc\x81"},
	};
	struct wls_arena arena = {0};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(same); i++)
		cr_expect(wls_slice_eq(wls_name_fold(&arena, wls_slice_of(same[i][0])),
				       wls_name_fold(&arena, wls_slice_of(same[i][1]))),
			  "%s", same[i][0]);
	cr_expect(!wls_slice_eq(wls_name_fold(&arena, WLS_SLICE("authrefactor")),
				wls_name_fold(&arena, WLS_SLICE("auth-refactor"))));
	wls_arena_release(&arena);
}

Test(names, joining_paths)
{
	static const char *const cases[][3] = {
		{"a/b", "x.md", "a/b/x.md"},     {"a/b", "../x.md", "a/x.md"},
		{"a/b", "../../x.md", "x.md"},   {"a/b", "../../../x.md", NULL},
		{"", "./x.md", "x.md"},          {"a", "/c/x.md", "c/x.md"},
		{"a", ".././b//x.md", "b/x.md"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
		bool inside =
			wls_path_join(&out, wls_slice_of(cases[i][0]), wls_slice_of(cases[i][1]));

		cr_expect_eq(inside, cases[i][2] != NULL, "%s", cases[i][1]);
		if (cases[i][2])
			cr_expect_str_eq(wls_buf_str(&out), cases[i][2]);
	}
}

Test(names, relative_paths)
{
	static const char *const cases[][3] = {
		{"a", "a/x.md", "x.md"},
		{"a", "b/x.md", "../b/x.md"},
		{"", "b/x.md", "b/x.md"},
		{"a/b", "x.md", "../../x.md"},
		{"a/b", "a/bc/x.md", "../bc/x.md"},
		{"a/b/c", "a/b/x.md", "../x.md"},
		{"a", "ab/x.md", "../ab/x.md"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT, back = WLS_BUF_INIT;

		wls_path_relative(&out, wls_slice_of(cases[i][0]), wls_slice_of(cases[i][1]));
		cr_expect_str_eq(wls_buf_str(&out), cases[i][2]);
		cr_expect(wls_path_join(&back, wls_slice_of(cases[i][0]), wls_buf_slice(&out)));
		cr_expect_str_eq(wls_buf_str(&back), cases[i][1], "there and back");
		wls_buf_release(&back);
	}
}

Test(names, percent_decoding)
{
	static const char *const cases[][2] = {
		{"a%20b.md", "a b.md"}, {"plain", "plain"}, {"50%", "50%"},
		{"%4", "%4"},           {"%zz%41", "%zzA"}, {"%C3%A9", "\xc3\xa9"},
	};
	struct wls_arena arena = {0};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		cr_expect(wls_slice_eq(wls_percent_decode(&arena, wls_slice_of(cases[i][0])),
				       wls_slice_of(cases[i][1])),
			  "%s", cases[i][0]);
	wls_arena_release(&arena);
}
