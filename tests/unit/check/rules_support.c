/* SPDX-License-Identifier: MIT */
/*
 * Rules run on texts.
 */
#include "rules_support.h"

/* `src/a.c` has ten lines, `src/empty.c` none, `src` nothing else; what stands in `lib/` cannot be told. */
static int64_t fake_lines(void *data, struct wls_slice file, struct wls_slice path)
{
	(void)data;
	bool package = wls_slice_starts(file, WLS_SLICE("packages/"));
	if (package && wls_slice_eq(path, WLS_SLICE("packages/web/src/a.c")))
		return 10;
	if (!package && (wls_slice_eq(path, WLS_SLICE("src/a.c")) ||
			 wls_slice_eq(path, WLS_SLICE("../src/a.c"))))
		return 10;
	if (wls_slice_eq(path, WLS_SLICE("src/empty.c")))
		return 0;
	return wls_slice_starts(path, WLS_SLICE("lib/")) ||
			       wls_slice_starts(path, WLS_SLICE("packages/src/"))
		       ? -2
		       : -1;
}

static void options_for(enum wls_rule rule, struct wls_check_options *options)
{
	wls_check_defaults(options);
	options->today = WLS_SLICE("2025-11-14");
	options->now_time = WLS_SLICE("12:00");
	options->lines = fake_lines;
	for (size_t i = 0; i < WLS_RULE_COUNT && rule != WLS_RULE_COUNT; i++)
		options->severity[i] = i == (size_t)rule ? WLS_WARNING : -1;
}

static void add_file(struct wls_graph *graph, struct wls_check_file *file,
		     const struct rules_file *from)
{
	struct wls_error err;
	struct wls_file named = {.path = wls_slice_of(from->path), .named = true};

	file->path = named.path;
	cr_assert_eq(wls_doc_parse(&file->doc, wls_slice_of(from->text), &err), 0, "%s", err.text);
	wls_graph_add(graph, &named, file->doc);
}

static void check_log(struct wls_check *check, uint32_t log, const struct wls_check_file *all,
		      size_t all_count)
{
	struct wls_check_file files[RULES_FILES_MAX];
	size_t count, n = 0;
	const struct wls_slice *paths = wls_graph_files(check->graph, log, &count);

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < all_count; k++)
			if (wls_slice_eq(paths[i], all[k].path))
				files[n++] = all[k];
	cr_assert_eq(n, count);
	wls_check_log(check, log, files, n);
}

typedef void show_fn(struct wls_buf *out, const struct wls_check_finding *finding);

static void add_message(struct wls_buf *out, const struct wls_check_finding *finding)
{
	const struct wls_finding_place *place = &finding->place;

	wls_buf_printf(out, "%.*s:%u:%u: %s\n", WLS_SLICE_ARG(place->file), place->line,
		       place->column, finding->message);
}

static void add_place(struct wls_buf *out, const struct wls_check_finding *finding)
{
	const struct wls_finding_place *place = &finding->place;

	wls_buf_printf(out, "%s%u:%u-%u", out->len > 0 ? " " : "", place->line, place->column,
		       place->end_column);
}

static void add_severity(struct wls_buf *out, const struct wls_check_finding *finding)
{
	wls_buf_printf(out, "%s%s", out->len > 0 ? " " : "", wls_severity_name(finding->severity));
}

static char *run(enum wls_rule rule, const struct rules_file *files, size_t count, show_fn *show)
{
	_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
	_cleanup_graph_ struct wls_graph *graph =
		wls_graph_new(&(struct wls_graph_options){.history = false});
	struct wls_check_file read[RULES_FILES_MAX];
	struct wls_check_options options = {.today = {NULL, 0}};

	cr_assert_leq(count, RULES_FILES_MAX);
	for (size_t i = 0; i < count; i++)
		add_file(graph, &read[i], &files[i]);
	wls_graph_build(graph);
	options_for(rule, &options);
	struct wls_check *check = wls_check_new(graph, &options);
	for (uint32_t log = 0; log < graph->log_count; log++)
		check_log(check, log, read, count);
	/* What was found stands without the documents. */
	for (size_t i = 0; i < count; i++)
		wls_doc_free(read[i].doc);
	wls_check_finish(check);
	for (size_t i = 0; i < check->count; i++)
		show(&out, &check->findings[i]);
	wls_check_free(check);
	return wls_buf_take(&out);
}

char *rules_places(enum wls_rule rule, const struct rules_file *files, size_t count)
{
	return run(rule, files, count, add_place);
}

char *rules_messages(enum wls_rule rule, const struct rules_file *files, size_t count)
{
	return run(rule, files, count, add_message);
}

char *rules_severities(enum wls_rule rule, const struct rules_file *files, size_t count)
{
	return run(rule, files, count, add_severity);
}

void rules_try(const struct rules_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct rules_file file = {"Sample-WorkLog.md", cases[i].text};
		_cleanup_free_ char *got = rules_places(cases[i].rule, &file, 1);
		cr_expect_str_eq(got, cases[i].want, "%s: found \"%s\", want \"%s\"", cases[i].what,
				 got, cases[i].want);
	}
}
