/* SPDX-License-Identifier: MIT */
/*
 * What a merge did, told to programs (JSON) and to people (lines).
 *
 * Layer: cli. Includes: base, buf, merge.
 */
#include "cli/merge_report.h"

#include <stdio.h>

#include "base/json.h"
#include "base/utf8.h"

/* Cells of a text within a line for people. */
#define SHOWN_CELLS 60u

const char *wls_merge_side_name(const char *const *labels, size_t i, char buf[24])
{
	if (labels && labels[i])
		return labels[i];
	if (i < 2)
		return i == 0 ? "ours" : "theirs";
	snprintf(buf, 24, "side %zu", i + 1);
	return buf;
}

/* ---- JSON ---- */

static void open_object(struct wls_json *json)
{
	wls_json_open(json, '{');
	json->lossy = false;
}

static void close_object(struct wls_json *json)
{
	if (json->lossy)
		wls_json_put_bool(json, "lossy", true);
	wls_json_close(json, '}');
}

/* "v6" */
static void put_label(struct wls_json *json, const char *key, char letter, uint32_t number)
{
	char label[16];

	snprintf(label, sizeof(label), "%c%u", letter, number);
	wls_json_put_str(json, key, label);
}

static void add_conflicts(struct wls_json *json, const struct wls_merge *merge)
{
	wls_json_key(json, "conflicts");
	wls_json_open(json, '[');
	for (size_t i = 0; i < merge->conflict_count; i++) {
		const struct wls_conflict *conflict = &merge->conflicts[i];
		open_object(json);
		wls_json_put_text(json, "place", conflict->place);
		wls_json_put_int(json, "line", conflict->line);
		wls_json_put_str(json, "reason", conflict->reason);
		wls_json_put_text(json, "base", conflict->texts[0]);
		wls_json_key(json, "sides");
		wls_json_open(json, '[');
		for (size_t side = 0; side < merge->side_count; side++)
			wls_json_text(json, conflict->texts[1 + side]);
		wls_json_close(json, ']');
		close_object(json);
	}
	wls_json_close(json, ']');
}

static void add_resolutions(struct wls_json *json, const struct wls_merge *merge)
{
	wls_json_key(json, "resolutions");
	wls_json_open(json, '[');
	for (size_t i = 0; i < merge->resolution_count; i++) {
		const struct wls_resolution *resolution = &merge->resolutions[i];
		open_object(json);
		wls_json_put_text(json, "place", resolution->place);
		wls_json_put_str(json, "rule", wls_rule_name(resolution->rule));
		wls_json_put_text(json, "base", resolution->base);
		wls_json_put_text(json, "ours", resolution->ours);
		wls_json_put_text(json, "theirs", resolution->theirs);
		wls_json_put_text(json, "result", resolution->result);
		close_object(json);
	}
	wls_json_close(json, ']');
}

static void add_renumbered(struct wls_json *json, const struct wls_merge *merge)
{
	wls_json_key(json, "renumbered");
	wls_json_open(json, '[');
	for (size_t i = 0; i < merge->renumbering_count; i++) {
		const struct wls_renumbering *r = &merge->renumberings[i];
		open_object(json);
		put_label(json, "from", r->letter, r->from);
		put_label(json, "to", r->letter, r->to);
		wls_json_put_int(json, "side", (int64_t)r->side);
		wls_json_put_text(json, "title", r->title);
		close_object(json);
	}
	wls_json_close(json, ']');
}

/* The letter of what was renumbered so; a left reference has none of its own. */
static char letter_of(const struct wls_merge *merge, const struct wls_left_reference *left)
{
	for (size_t i = 0; i < merge->renumbering_count; i++)
		if (merge->renumberings[i].from == left->from &&
		    merge->renumberings[i].to == left->to &&
		    merge->renumberings[i].side == left->side)
			return merge->renumberings[i].letter;
	return 'v';
}

static void add_left(struct wls_json *json, const struct wls_merge *merge)
{
	wls_json_key(json, "left");
	wls_json_open(json, '[');
	for (size_t i = 0; i < merge->left_count; i++) {
		const struct wls_left_reference *left = &merge->left[i];
		char letter = letter_of(merge, left);
		open_object(json);
		put_label(json, "from", letter, left->from);
		put_label(json, "to", letter, left->to);
		wls_json_put_int(json, "side", (int64_t)left->side);
		wls_json_put_text(json, "text", left->text);
		close_object(json);
	}
	wls_json_close(json, ']');
}

static const char *method_name(enum wls_merge_method method)
{
	static const char *const names[] = {
		[WLS_METHOD_STRUCTURE] = "structure",
		[WLS_METHOD_LINES] = "lines",
		[WLS_METHOD_WHOLE] = "whole",
	};

	return names[method];
}

void wls_merge_report_json(const struct wls_merge *merge, const char *const *labels,
			   struct wls_buf *out)
{
	struct wls_json json = {.out = out};
	char name[24];
	bool lossy;

	wls_json_open(&json, '{');
	wls_json_put_str(&json, "schema", "wlsync.merge/1");
	wls_json_put_bool(&json, "clean", merge->conflict_count == 0);
	wls_json_put_str(&json, "method", method_name(merge->method));
	wls_json_put_int(&json, "marker_size", merge->marker_size);
	wls_json_key(&json, "sides");
	wls_json_open(&json, '[');
	for (size_t i = 0; i < merge->side_count; i++)
		wls_json_text(&json, wls_slice_of(wls_merge_side_name(labels, i, name)));
	wls_json_close(&json, ']');
	lossy = json.lossy;
	add_conflicts(&json, merge);
	add_resolutions(&json, merge);
	add_renumbered(&json, merge);
	add_left(&json, merge);
	json.lossy = lossy;
	close_object(&json);
	wls_buf_add_char(out, '\n');
}

/* ---- lines ---- */

/* A text within a line: blanks at its ends left out, cut, line endings and controls as '?'. */
static void add_shown(struct wls_buf *out, struct wls_slice text)
{
	size_t start = out->len, fit;

	text = wls_slice_trim(text);
	fit = wls_utf8_fit(text, SHOWN_CELLS);
	(void)wls_utf8_add_lossy(out, wls_slice(text.ptr, fit));
	for (size_t i = start; i < out->len; i++)
		if ((unsigned char)out->ptr[i] < 0x20 || out->ptr[i] == 0x7f)
			out->ptr[i] = '?';
	if (fit < text.len)
		wls_buf_add_str(out, "…");
}

/* The same in quotes; "nothing" when it is empty. */
static void add_quoted(struct wls_buf *out, struct wls_slice text)
{
	if (wls_slice_trim(text).len == 0) {
		wls_buf_add_str(out, "nothing");
		return;
	}
	wls_buf_add_char(out, '"');
	add_shown(out, text);
	wls_buf_add_char(out, '"');
}

static void add_place(struct wls_buf *out, struct wls_slice place)
{
	if (place.len > 0)
		add_shown(out, place);
	else
		wls_buf_add_str(out, "the file");
}

static const char *arrow(bool ascii)
{
	return ascii ? "->" : "→";
}

static void add_number(struct wls_buf *out, const struct wls_renumbering *r, bool ascii)
{
	wls_buf_printf(out, "%c%u %s %c%u", r->letter, r->from, arrow(ascii), r->letter, r->to);
}

void wls_merge_report_numbers(const struct wls_merge *merge, bool titles, bool ascii,
			      struct wls_buf *out)
{
	for (size_t i = 0; i < merge->renumbering_count; i++) {
		const struct wls_renumbering *r = &merge->renumberings[i];
		wls_buf_add_str(out, i > 0 ? ", " : "");
		add_number(out, r, ascii);
		if (!titles || wls_slice_trim(r->title).len == 0)
			continue;
		wls_buf_add_str(out, " (");
		add_shown(out, r->title);
		wls_buf_add_char(out, ')');
	}
}

void wls_merge_report_conflicts(const struct wls_merge *merge, struct wls_buf *out)
{
	if (merge->conflict_count == 0)
		return;
	if (merge->conflict_count == 1)
		wls_buf_add_str(out, "1 conflict at ");
	else
		wls_buf_printf(out, "%zu conflicts, the first at ", merge->conflict_count);
	add_place(out, merge->conflicts[0].place);
}

void wls_merge_report_method(const struct wls_merge *merge, unsigned marker_size,
			     struct wls_buf *out)
{
	if (merge->method == WLS_METHOD_LINES)
		wls_buf_add_str(out, "; merged by lines");
	if (merge->method == WLS_METHOD_WHOLE && merge->conflict_count > 0)
		wls_buf_add_str(out, "; the whole file is one conflict");
	if (merge->conflict_count > 0 && merge->marker_size != marker_size)
		wls_buf_printf(out, "; markers are %u long", merge->marker_size);
}

static void add_resolution(struct wls_buf *out, const struct wls_resolution *r, bool ascii)
{
	wls_buf_add_str(out, "resolved ");
	add_place(out, r->place);
	wls_buf_printf(out, " (%s)", wls_rule_name(r->rule));
	/* A rule about order has no texts to show. */
	if (r->base.len + r->ours.len + r->theirs.len + r->result.len == 0) {
		wls_buf_add_char(out, '\n');
		return;
	}
	wls_buf_add_str(out, ": ");
	add_quoted(out, r->ours);
	wls_buf_add_str(out, " and ");
	add_quoted(out, r->theirs);
	wls_buf_printf(out, " %s ", arrow(ascii));
	add_quoted(out, r->result);
	wls_buf_add_char(out, '\n');
}

static void add_left_line(struct wls_buf *out, const struct wls_merge *merge,
			  const struct wls_left_reference *left)
{
	char letter = letter_of(merge, left);

	wls_buf_printf(out, "left %c%u, now %c%u: ", letter, left->from, letter, left->to);
	add_quoted(out, left->text);
	wls_buf_add_char(out, '\n');
}

void wls_merge_report_lines(const struct wls_merge *merge, bool ascii, struct wls_buf *out)
{
	for (size_t i = 0; i < merge->resolution_count; i++)
		add_resolution(out, &merge->resolutions[i], ascii);
	for (size_t i = 0; i < merge->renumbering_count; i++) {
		wls_buf_add_str(out, "renumbered ");
		add_number(out, &merge->renumberings[i], ascii);
		wls_buf_add_str(out, ": ");
		add_quoted(out, merge->renumberings[i].title);
		wls_buf_add_char(out, '\n');
	}
	for (size_t i = 0; i < merge->left_count; i++)
		add_left_line(out, merge, &merge->left[i]);
	for (size_t i = 0; i < merge->conflict_count; i++) {
		wls_buf_add_str(out, "conflict ");
		add_place(out, merge->conflicts[i].place);
		wls_buf_printf(out, ", line %u", merge->conflicts[i].line);
		if (merge->conflicts[i].reason)
			wls_buf_printf(out, ": %s", merge->conflicts[i].reason);
		wls_buf_add_char(out, '\n');
	}
}
