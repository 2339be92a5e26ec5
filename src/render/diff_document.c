/* SPDX-License-Identifier: MIT */
/*
 * Differences as the document wlsync.diff/1.
 *
 * Layer: render. Includes: base, buf, doc, pair, diff.
 */
#include "base/json.h"
#include "render/diff.h"

static const char *method_name(enum wls_diff_method method)
{
	static const char *const names[] = {"nodes", "lines", "whole"};

	return names[method];
}

static void put_name(struct wls_json *json, const char *key, const struct wls_diff_view *view,
		     size_t side)
{
	wls_json_key(json, key);
	wls_json_open(json, '{');
	json->lossy = false;
	wls_json_put_text(json, "name", view->names[side]);
	if (json->lossy)
		wls_json_put_bool(json, "lossy", true);
	wls_json_put_int(json, "bytes", (int64_t)view->diff->given[side].len);
	wls_json_put_str(json, "line_endings", wls_diff_endings(view->diff, side));
	wls_json_close(json, '}');
}

static void put_counts(struct wls_json *json, const struct wls_diff *diff)
{
	struct wls_diff_count counts[WLS_DELTA_KIND_COUNT];
	size_t aspects[WLS_ASPECT_COUNT];

	wls_diff_count(diff, counts, aspects);
	wls_json_key(json, "counts");
	wls_json_open(json, '[');
	for (unsigned k = 0; k < WLS_DELTA_KIND_COUNT; k++) {
		if (counts[k].added + counts[k].removed + counts[k].changed == 0)
			continue;
		wls_json_open(json, '{');
		wls_json_put_str(json, "kind", wls_delta_kind_name((enum wls_delta_kind)k, false));
		wls_json_put_int(json, "added", (int64_t)counts[k].added);
		wls_json_put_int(json, "removed", (int64_t)counts[k].removed);
		wls_json_put_int(json, "changed", (int64_t)counts[k].changed);
		wls_json_close(json, '}');
	}
	wls_json_close(json, ']');
	wls_json_key(json, "aspects");
	wls_json_open(json, '[');
	for (unsigned k = 0; k < WLS_ASPECT_COUNT; k++) {
		if (aspects[k] == 0)
			continue;
		wls_json_open(json, '{');
		wls_json_put_str(json, "aspect", wls_delta_aspect_name((enum wls_delta_aspect)k));
		wls_json_put_int(json, "count", (int64_t)aspects[k]);
		wls_json_close(json, '}');
	}
	wls_json_close(json, ']');
}

/* A node's own text, or what came or went of one that has none. */
static void put_own(struct wls_json *json, const struct wls_diff *diff,
		    const struct wls_delta *delta, size_t side)
{
	const struct wls_pair_node *n = delta->node[side];
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;

	if (n && delta->kind != WLS_DELTA_BLANK_LINES)
		wls_buf_add(&text, diff->texts[side].ptr + n->begin, n->body - n->begin);
	for (size_t i = 0; i < delta->span_count && text.len == 0; i++)
		if (delta->spans[i].mark)
			wls_buf_add_slice(&text, wls_diff_bytes(diff, side, &delta->spans[i]));
	wls_json_put_text(json, "text", wls_buf_slice(&text));
}

static void put_facts(struct wls_json *json, const struct wls_node *n)
{
	wls_json_put_positive(json, "version", n->version);
	wls_json_put_text_or_null(json, "label", n->label);
	wls_json_put_str(json, "priority", wls_priority_name(n->priority));
	wls_json_put_str(json, "state", wls_mark_name(n->mark));
	wls_json_key(json, "ticked");
	if (n->flags & WLS_NODE_CHECKBOX)
		wls_json_bool(json, n->flags & WLS_NODE_TICKED);
	else
		wls_json_null(json);
}

static void put_side(struct wls_json *json, const struct wls_diff_view *view,
		     const struct wls_delta *delta, size_t side)
{
	const struct wls_pair_node *n = delta->node[side];
	bool there =
		delta->op == WLS_DELTA_CHANGED || (delta->op == WLS_DELTA_ADDED) == (side == 1);

	wls_json_key(json, side ? "to" : "from");
	if (!there) {
		wls_json_null(json);
		return;
	}
	wls_json_open(json, '{');
	wls_json_put_positive(json, "line", delta->line[side]);
	wls_json_put_text(json, "place", n ? wls_delta_place(view->arena, n) : delta->place);
	put_own(json, view->diff, delta, side);
	if (n && delta->kind != WLS_DELTA_BLANK_LINES && delta->kind != WLS_DELTA_LINES)
		put_facts(json, n->node);
	wls_json_close(json, '}');
}

static void put_marks(struct wls_json *json, const struct wls_diff *diff,
		      const struct wls_delta *delta)
{
	wls_json_key(json, "marks");
	wls_json_open(json, '[');
	for (size_t i = 0; i < delta->span_count; i++) {
		if (!delta->spans[i].mark)
			continue;
		wls_json_open(json, '{');
		wls_json_put_text(json, "removed", wls_diff_bytes(diff, 0, &delta->spans[i]));
		wls_json_put_text(json, "added", wls_diff_bytes(diff, 1, &delta->spans[i]));
		wls_json_close(json, '}');
	}
	wls_json_close(json, ']');
}

static void put_change(struct wls_json *json, const struct wls_diff_view *view,
		       const struct wls_delta *delta)
{
	static const char *const ops[] = {"changed", "added", "removed"};

	json->lossy = false;
	wls_json_open(json, '{');
	wls_json_put_str(json, "op", ops[delta->op]);
	wls_json_put_str(json, "kind", wls_delta_kind_name(delta->kind, false));
	wls_json_key(json, "aspects");
	wls_json_open(json, '[');
	for (unsigned k = 0; k < WLS_ASPECT_COUNT; k++)
		if (wls_delta_has(delta, (enum wls_delta_aspect)k))
			wls_json_text(json, wls_slice_of(wls_delta_aspect_name(
						    (enum wls_delta_aspect)k)));
	wls_json_close(json, ']');
	wls_json_put_text(json, "place", delta->place);
	put_side(json, view, delta, 0);
	put_side(json, view, delta, 1);
	put_marks(json, view->diff, delta);
	if (json->lossy)
		wls_json_put_bool(json, "lossy", true);
	wls_json_close(json, '}');
}

static void put_edit(struct wls_json *json, const struct wls_diff *diff,
		     const struct wls_diff_edit *edit)
{
	json->lossy = false;
	wls_json_open(json, '{');
	wls_json_put_int(json, "begin", edit->a0);
	wls_json_put_int(json, "end", edit->a1);
	wls_json_put_text(json, "text",
			  wls_slice(diff->given[1].ptr + edit->b0, edit->b1 - edit->b0));
	wls_json_put_int(json, "change", edit->delta);
	if (json->lossy)
		wls_json_put_bool(json, "lossy", true);
	wls_json_close(json, '}');
}

void wls_diff_document(const struct wls_diff_view *view, struct wls_buf *out)
{
	const struct wls_diff *diff = view->diff;
	struct wls_json json = {.out = out};

	wls_json_open(&json, '{');
	wls_json_put_str(&json, "schema", "wlsync.diff/1");
	put_name(&json, "from", view, 0);
	put_name(&json, "to", view, 1);
	wls_json_put_bool(&json, "same", diff->delta_count == 0);
	wls_json_put_str(&json, "method", method_name(diff->method));
	put_counts(&json, diff);
	wls_json_key(&json, "changes");
	wls_json_open(&json, '[');
	for (size_t i = 0; i < diff->delta_count; i++)
		put_change(&json, view, &diff->deltas[i]);
	wls_json_close(&json, ']');
	wls_json_key(&json, "edits");
	wls_json_open(&json, '[');
	for (size_t i = 0; i < diff->edit_count; i++)
		put_edit(&json, diff, &diff->edits[i]);
	wls_json_close(&json, ']');
	wls_json_close(&json, '}');
	wls_buf_add_char(out, '\n');
}
