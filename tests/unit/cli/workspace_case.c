/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdio.h>

#include "unit/cli/workspace_case.h"
#include "unit/io/scratch.h"

void case_log(const char *path, unsigned version)
{
	char text[200];
	snprintf(text, sizeof(text),
		 "## v%u | 2025-11-10 14:00 | Title\n\n**Now:** x\n**Next:**\n- y\n", version);
	scratch_write(path, text);
}

void case_commit(const char *path, unsigned version)
{
	case_log(path, version);
	scratch_run(CASE_GIT "add -A . && " CASE_GIT "commit -qm x");
}

struct wls_workspace *case_open(const struct wls_workspace_options *options)
{
	struct wls_workspace *ws = NULL;
	struct wls_error err = {0};
	cr_assert_eq(wls_workspace_open(&ws, options, &err), 0, "%s", err.text);
	return ws;
}

static int cmp_file(const void *va, const void *vb)
{
	const struct wls_log *const *a = va, *const *b = vb;
	int order = wls_slice_cmp((*a)->branch, (*b)->branch);
	return order != 0 ? order : wls_slice_cmp((*a)->file, (*b)->file);
}

static void describe(const struct wls_workspace *ws, struct wls_buf *out)
{
	const struct wls_log *logs[20];

	cr_assert_leq(ws->graph->log_count, WLS_ARRAY_SIZE(logs));
	for (uint32_t i = 0; i < ws->graph->log_count; i++)
		logs[i] = &ws->graph->logs[i];
	qsort(logs, ws->graph->log_count, sizeof(logs[0]), cmp_file);
	for (uint32_t i = 0; i < ws->graph->log_count; i++) {
		const struct wls_log *log = logs[i];
		if (log->branch.len > 0)
			wls_buf_printf(out, "%.*s:", WLS_SLICE_ARG(log->branch));
		wls_buf_printf(out, "%.*s|", WLS_SLICE_ARG(log->file));
	}
	for (size_t i = 0; i < ws->error_count; i++) {
		const char *end = strstr(ws->errors[i], ": ");
		cr_assert(end, "%s", ws->errors[i]);
		cr_expect(strstr(ws->errors[i], "; "), "says what to do: %s", ws->errors[i]);
		wls_buf_printf(out, "!%.*s|", (int)(end - ws->errors[i]), ws->errors[i]);
	}
}

void case_expect(const struct wls_workspace_options *options, const char *want)
{
	struct wls_workspace *ws _cleanup_workspace_ = NULL;
	struct wls_buf got _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error err = {0};

	if (wls_workspace_open(&ws, options, &err) < 0) {
		cr_expect_null(ws);
		wls_buf_printf(&got, "!!%s", err.text);
	} else {
		describe(ws, &got);
	}
	if (strncmp(want, "!!", 2) == 0)
		cr_expect(strstr(wls_buf_str(&got), want + 2), "got %s, not %s", wls_buf_str(&got),
			  want);
	else
		cr_expect_str_eq(wls_buf_str(&got), want, "got %s, not %s", wls_buf_str(&got),
				 want);
}

void case_expect_paths(const char *const *paths, const char *want)
{
	struct wls_workspace_options options = {.paths = paths};
	while (paths[options.path_count])
		options.path_count++;
	case_expect(&options, want);
}

char *case_report(const struct wls_workspace *ws, bool quiet, int *status)
{
	char *text = NULL;
	size_t len;
	FILE *to = open_memstream(&text, &len);
	cr_assert(to);
	*status = wls_workspace_report(ws, to, quiet);
	fclose(to);
	return text;
}
