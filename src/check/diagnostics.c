/* SPDX-License-Identifier: MIT */
/*
 * What documents and graph already said, as findings of the same rule.
 *
 * Layer: check. Includes: base, doc, graph, check.
 */
#include "check/check_internal.h"

/* The first diagnostic of that file: they are sorted by it. */
static size_t first_of(const struct wls_graph *graph, struct wls_slice file)
{
	size_t low = 0, high = graph->diagnostic_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(graph->diagnostics[middle].file, file.ptr) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Whether what stands at the place names the finding better than its message does. */
static bool is_about_word(enum wls_rule rule)
{
	switch (rule) {
	case WLS_RULE_DANGLING_REF:
	case WLS_RULE_AMBIGUOUS_REF:
	case WLS_RULE_AHEAD_REF:
	case WLS_RULE_STALE_REF:
	case WLS_RULE_SELF_AHEAD:
	case WLS_RULE_CLAIM_CONTRADICTED:
		return true;
	default:
		return false;
	}
}

/* What a rule is about at its place; others underline the word. */
static uint32_t end_of(struct wls_slice source, enum wls_rule rule, uint32_t at)
{
	struct wls_slice rest = wls_slice_from(source, at), line;

	if (rule != WLS_RULE_DUPLICATE_ENTRY && rule != WLS_RULE_CONFLICT_MARKER)
		return wls_place_word_end(source, at);
	return wls_slice_next_line(&rest, &line) ? at + (uint32_t)line.len : at;
}

static void take(const struct wls_check_log *log, const struct wls_check_file *file,
		 const struct wls_diagnostic *d, struct wls_doc_place *place)
{
	struct wls_new_finding what = {
		.rule = wls_rule_find(wls_slice_of(d->rule)),
		.whole_file = d->line == 0,
		.key = wls_slice_of(d->message),
		.message = d->message,
		.hint = d->hint,
	};
	struct wls_slice source = file->doc->source;

	/* Circles are told by cycles.c, at a log that is judged. */
	if (what.rule == WLS_RULE_COUNT || what.rule == WLS_RULE_CYCLE ||
	    !wls_check_wants(log->check, what.rule))
		return;
	/* What is understood is a note: `9:00` among dates that are none. */
	what.note = d->severity == WLS_INFO && wls_rules[what.rule].severity != (int)WLS_INFO;
	if (!what.whole_file) {
		what.span.begin = wls_doc_offset(file->doc, place, d->line, d->column);
		what.span.end = end_of(source, what.rule, what.span.begin);
		if (is_about_word(what.rule))
			what.key = wls_slice(source.ptr + what.span.begin,
					     what.span.end - what.span.begin);
	}
	wls_check_put(log, file, &what);
}

void wls_check_diagnostics(const struct wls_check_log *log)
{
	const struct wls_graph *graph = log->check->graph;

	for (size_t f = 0; f < log->count; f++) {
		const struct wls_check_file *file = &log->files[f];
		struct wls_doc_place place = {0};

		for (size_t i = first_of(graph, file->path); i < graph->diagnostic_count; i++) {
			const struct wls_diagnostic *d = &graph->diagnostics[i];
			if (!wls_slice_eq(wls_slice_of(d->file), file->path))
				break;
			take(log, file, d, &place);
		}
	}
}
