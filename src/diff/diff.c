/* SPDX-License-Identifier: MIT */
/*
 * What differs between two texts of a log: the order of things.
 *
 * Layer: diff. Includes: base, doc, pair, diff, diff_internal.
 *
 * 1. Byte order mark and, where the texts differ in them, line endings are taken off; a text that does
 *    not end in a newline gets one.
 * 2. Nodes are matched, what moved and was reworded too, and both trees walked in step; texts that are
 *    no log are compared by line.
 * 3. What was told becomes edits. If these do not make the second text of the first, which no text that
 *    was seen did, lines take the nodes' place, and last one edit of everything.
 */
#include "diff/diff_internal.h"

uint32_t wls_differ_add(struct wls_differ *d, struct wls_delta delta)
{
	WLS_GROW(d->deltas, d->delta_cap, d->delta_count + 1);
	d->deltas[d->delta_count] = delta;
	return (uint32_t)d->delta_count++;
}

void wls_differ_span(struct wls_differ *d, uint32_t delta, struct wls_delta_span span, bool edit)
{
	WLS_GROW(d->spans, d->span_cap, d->span_count + 1);
	d->spans[d->span_count++] = (struct wls_told_span){span, delta, edit};
}

/* Forgets what was told, for another try. */
static void start_over(struct wls_differ *d)
{
	d->delta_count = 0;
	d->span_count = 0;
	d->moved_count = 0;
	wls_pairing_free(d->diff->pairing);
	d->diff->pairing = NULL;
}

static void release(struct wls_differ *d)
{
	free(d->deltas);
	free(d->spans);
	free(d->moved);
}

/* ---- form ---- */

static void count_endings(struct wls_slice text, size_t *lf, size_t *crlf)
{
	const char *at = text.ptr, *end = text.ptr + text.len;

	*lf = *crlf = 0;
	for (; at < end && (at = memchr(at, '\n', (size_t)(end - at))); at++) {
		if (at > text.ptr && at[-1] == '\r')
			++*crlf;
		else
			++*lf;
	}
}

static void to_lf(struct wls_slice text, struct wls_buf *out)
{
	while (text.len > 0) {
		const char *cr = memchr(text.ptr, '\r', text.len);
		size_t n = cr ? (size_t)(cr - text.ptr) : text.len;
		bool ends = n + 1 < text.len && text.ptr[n + 1] == '\n';
		wls_buf_add(out, text.ptr, cr && !ends ? n + 1 : n);
		text = wls_slice_from(text, cr ? n + 1 : n);
	}
}

static void take_off_form(struct wls_diff *diff)
{
	bool lf = false, crlf = false, open[2];

	for (size_t s = 0; s < 2; s++) {
		struct wls_slice text = diff->given[s];
		if (wls_slice_starts(text, WLS_SLICE("\xEF\xBB\xBF")))
			text = wls_slice_from(text, 3);
		diff->texts[s] = text;
		count_endings(text, &diff->lf[s], &diff->crlf[s]);
		lf |= diff->lf[s] > 0;
		crlf |= diff->crlf[s] > 0;
		open[s] = text.len > 0 && text.len < WLS_FILE_MAX && !wls_ends_line(text);
	}
	lf |= open[0] || open[1];
	for (size_t s = 0; s < 2; s++) {
		bool converts = lf && crlf && diff->crlf[s] > 0;
		if (!converts && !open[s])
			continue;
		if (converts)
			to_lf(diff->texts[s], &diff->storage[s]);
		else
			wls_buf_add_slice(&diff->storage[s], diff->texts[s]);
		if (open[s])
			wls_buf_add_char(&diff->storage[s], '\n');
		diff->texts[s] = wls_buf_slice(&diff->storage[s]);
	}
}

/* ---- nodes, lines, whole ---- */

static bool is_log(struct wls_doc *doc)
{
	struct wls_facts facts;

	if (doc->entry_count > 0 || doc->frontmatter.present)
		return true;
	wls_doc_facts(doc, &facts);
	return facts.is_worklog;
}

static bool is_binary(struct wls_slice text)
{
	return text.len > 0 && memchr(text.ptr, '\0', text.len);
}

/* False when the texts are not to be compared by nodes. */
static int compare_nodes(struct wls_differ *d, const struct wls_pair_options *options, bool *done,
			 struct wls_error *err)
{
	struct wls_diff *diff = d->diff;
	int status;

	*done = false;
	if (is_binary(diff->texts[0]) || is_binary(diff->texts[1]))
		return 0;
	status = wls_pairing_make(&diff->pairing, diff->texts[0], diff->texts[1], options, err);
	if (status < 0)
		return status;
	if (!is_log(diff->pairing->docs[0]) && !is_log(diff->pairing->docs[1]))
		return 0;
	diff->method = WLS_DIFF_BY_NODES;
	wls_differ_pair_reworded(d);
	wls_differ_walk(d);
	*done = wls_differ_finish(d);
	return 0;
}

static void compare_whole(struct wls_differ *d)
{
	struct wls_diff *diff = d->diff;
	struct wls_delta_span span = {0, (uint32_t)diff->texts[0].len, 0,
				      (uint32_t)diff->texts[1].len, true};

	diff->method = WLS_DIFF_WHOLE;
	wls_differ_span(d,
			wls_differ_add(d, (struct wls_delta){.kind = WLS_DELTA_LINES,
							     .place = WLS_SLICE(""),
							     .line = {1, 1}}),
			span, true);
	wls_differ_finish(d);
}

static int compare(struct wls_differ *d, const struct wls_pair_options *options,
		   struct wls_error *err)
{
	bool done;
	int status = compare_nodes(d, options, &done, err);

	if (status < 0 || done)
		return status;
	start_over(d);
	d->diff->method = WLS_DIFF_BY_LINES;
	wls_differ_lines(d);
	if (wls_differ_finish(d))
		return 0;
	start_over(d);
	compare_whole(d);
	return 0;
}

int wls_diff_make(struct wls_diff **out, struct wls_slice a, struct wls_slice b,
		  const struct wls_pair_options *options, struct wls_error *err)
{
	struct wls_diff *diff = wls_alloc(1, sizeof(*diff));
	struct wls_differ d = {.diff = diff};
	int status = 0;

	*diff = (struct wls_diff){.given = {a, b}};
	for (size_t s = 0; s < 2; s++)
		if (!diff->given[s].ptr)
			diff->given[s] = WLS_SLICE("");
	for (size_t s = 0; s < 2 && status == 0; s++) {
		wls_buf_init(&diff->storage[s], WLS_BUF_LIMIT);
		if (diff->given[s].len > WLS_FILE_MAX)
			status = wls_error_set(err, WLS_E_LIMIT,
					       "a text of %zu bytes is too large to compare; the "
					       "most are %zu",
					       diff->given[s].len, WLS_FILE_MAX);
	}
	if (status == 0)
		take_off_form(diff);
	if (status == 0 && !wls_slice_eq(a, b))
		status = compare(&d, options, err);
	release(&d);
	if (status < 0) {
		wls_diff_free(diff);
		return status;
	}
	*out = diff;
	return 0;
}

void wls_diff_free(struct wls_diff *diff)
{
	if (!diff)
		return;
	free(diff->edits);
	wls_pairing_free(diff->pairing);
	wls_buf_release(&diff->storage[0]);
	wls_buf_release(&diff->storage[1]);
	wls_arena_release(&diff->arena);
	free(diff);
}

/* ---- uses ---- */

void wls_diff_apply(const struct wls_diff *diff, struct wls_buf *out)
{
	uint32_t at = 0;

	for (size_t i = 0; i < diff->edit_count; i++) {
		const struct wls_diff_edit *e = &diff->edits[i];
		wls_buf_add(out, diff->given[0].ptr + at, e->a0 - at);
		wls_buf_add(out, diff->given[1].ptr + e->b0, e->b1 - e->b0);
		at = e->a1;
	}
	wls_buf_add_slice(out, wls_slice_from(diff->given[0], at));
}

void wls_diff_count(const struct wls_diff *diff, struct wls_diff_count counts[WLS_DELTA_KIND_COUNT],
		    size_t aspects[WLS_ASPECT_COUNT])
{
	memset(counts, 0, sizeof(*counts) * WLS_DELTA_KIND_COUNT);
	memset(aspects, 0, sizeof(*aspects) * WLS_ASPECT_COUNT);
	for (size_t i = 0; i < diff->delta_count; i++) {
		const struct wls_delta *delta = &diff->deltas[i];
		struct wls_diff_count *count = &counts[delta->kind];
		count->added += delta->op == WLS_DELTA_ADDED;
		count->removed += delta->op == WLS_DELTA_REMOVED;
		count->changed += delta->op == WLS_DELTA_CHANGED;
		for (size_t k = 0; k < WLS_ASPECT_COUNT; k++)
			aspects[k] += delta->aspects >> k & 1;
	}
}
