/* SPDX-License-Identifier: MIT */
/*
 * Where a log is named, to the byte.
 */
#include <criterion/criterion.h>

#include "graph_support.h"

/* What stands in a field of another log, and the names found in it: "form:bytes", blanks between. */
struct reference_case {
	const char *field, *text, *want;
};

static const struct reference_case reference_cases[] = {
	{"Work", "see Auth-Refactor-WorkLog-v2", "token:Auth-Refactor"},
	{"Work", "see `../a/auth_refactor-WorkLog.md`", "token:auth_refactor"},
	{"Work", "see Auth Refactor WorkLog v2", "spaced:Auth Refactor"},
	{"Work", "see [it](../a/Auth-Refactor-WorkLog.md#v2)", "link:Auth-Refactor"},
	{"Work", "see [it](../a/Auth%20Refactor-WorkLog.md)", "link:Auth%20Refactor"},
	{"Work", "see [Auth Refactor](../a/Auth-Refactor-WorkLog.md)",
	 "label:Auth Refactor link:Auth-Refactor"},
	{"Work", "see [`Auth-Refactor-WorkLog`](../a/Auth-Refactor-WorkLog.md)",
	 "label:Auth-Refactor link:Auth-Refactor"},
	{"Work", "see [[Auth-Refactor#v2|auth]]", "wiki:Auth-Refactor"},
	{"Work", "see [[auth refactor|Auth-Refactor]]", "wiki:auth refactor label:Auth-Refactor"},
	{"Work", "see Auth-Refactor v2", ""},
	{"Work", "see Auth-WorkLog, Auth-Refactor-Two-WorkLog, x-Auth-Refactor-WorkLog", ""},
	{"Work", "see ~~Auth-Refactor-WorkLog~~ and https://x.org/Auth-Refactor-WorkLog.md", ""},
	{"Work", "see Old-Auth-WorkLog", ""},
	{"Dependencies", "depends on Auth-Refactor", "named:Auth-Refactor"},
	{"Dependencies", "Auth-Refactor v2, Auth-Refactor-WorkLog",
	 "versioned:Auth-Refactor token:Auth-Refactor"},
	{"Dependencies", "Auth refactor needs Auth-WorkLog", "subject:Auth refactor"},
	{"Blockers", "waiting on Auth-Refactor", "named:Auth-Refactor"},
	{"Dependencies", "depends on Auth-Refactor v2 where Auth v2 does",
	 "versioned:Auth-Refactor short:Auth"},
	{"Dependencies", "Auth-Refactor v2\n  - with auth (v2), `Auth v2`",
	 "versioned:Auth-Refactor short:auth"},
	{"Dependencies", "Auth-Refactor v2\n- so Auth v2, My-Auth v2", "versioned:Auth-Refactor"},
	{"Dependencies", "needs Pay where Auth v2 does", ""},
	{"Work", "see Auth-Refactor-WorkLog where Auth v2 does", "token:Auth-Refactor"},
};

static void describe_names(struct wls_graph *graph, struct wls_slice text, struct wls_buf *out)
{
	struct wls_name_place *places = NULL;
	uint32_t log = (uint32_t)(log_of(graph, "Auth-Refactor") - graph->logs);
	size_t count = wls_graph_references(graph, log, &places);

	for (size_t i = 0; i < count; i++) {
		cr_assert(places[i].begin <= places[i].name_begin);
		cr_assert(places[i].name_end <= places[i].end ||
			  strcmp(places[i].form, "label") == 0);
		cr_assert(places[i].end <= text.len);
		wls_buf_printf(out, "%s%s:%.*s", i > 0 ? " " : "", places[i].form,
			       (int)(places[i].name_end - places[i].name_begin),
			       text.ptr + places[i].name_begin);
	}
	free(places);
}

static void run_case(const struct reference_case *c, const struct wls_graph_options *options)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT, got _cleanup_buf_ = WLS_BUF_INIT;

	wls_buf_printf(&text,
		       "# Pay Work Log\n\n## v1 | 2025-11-10 | S\n\n**Now:** x\n\n**%s:**\n- %s\n",
		       c->field, c->text);
	const struct test_file files[] = {
		{"a/Auth-Refactor-WorkLog.md",
		 "---\nversion: v2\nstatus: in_progress\naliases: [Old-Auth]\n---\n"
		 "## v2 | 2025-11-10 | S\n\n**Now:** x\n",
		 NULL},
		{"b/Auth-WorkLog.md", "## v1 | 2025-11-10 | S\n\n**Now:** x\n**Next:** y\n", NULL},
		{"b/Auth-Refactor-Two-WorkLog.md",
		 "## v1 | 2025-11-10 | S\n\n**Now:** x\n**Next:** y\n", NULL},
		{"b/Pay-WorkLog.md", wls_buf_str(&text), NULL},
	};
	struct wls_graph *graph _cleanup_graph_ =
		graph_of_files(files, WLS_ARRAY_SIZE(files), options);

	describe_names(graph, wls_buf_slice(&text), &got);
	cr_expect_str_eq(wls_buf_str(&got), c->want, "%s: %s\n got: %s\nwant: %s", c->field,
			 c->text, wls_buf_str(&got), c->want);
}

Test(references, forms)
{
	const struct wls_graph_options options = {.history = true, .mentions = true};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(reference_cases); i++)
		run_case(&reference_cases[i], &options);
}
