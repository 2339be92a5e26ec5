/* SPDX-License-Identifier: MIT */
/*
 * What a merge puts out: texts and conflicts, in order.
 *
 * Layer: merge. Includes: base, merge.
 */
#include "merge/pieces.h"

void wls_pieces_add_text(struct wls_pieces *pieces, struct wls_slice text)
{
	struct wls_piece *last = pieces->count > 0 ? &pieces->items[pieces->count - 1] : NULL;

	if (text.len == 0)
		return;
	if (last && !last->variants && last->text.ptr + last->text.len == text.ptr) {
		last->text.len += text.len;
		return;
	}
	WLS_GROW(pieces->items, pieces->cap, pieces->count + 1);
	pieces->items[pieces->count++] = (struct wls_piece){.text = text};
}

void wls_pieces_add_conflict(struct wls_pieces *pieces, const struct wls_slice *variants,
			     struct wls_slice place, const char *reason)
{
	size_t n = pieces->sides + 1;
	struct wls_slice *copy = WLS_ARENA_ARRAY(pieces->arena, struct wls_slice, n);

	memcpy(copy, variants, n * sizeof(*copy));
	WLS_GROW(pieces->items, pieces->cap, pieces->count + 1);
	pieces->items[pieces->count++] =
		(struct wls_piece){.variants = copy, .place = place, .reason = reason};
	pieces->conflict_count++;
}

void wls_pieces_release(struct wls_pieces *pieces)
{
	free(pieces->items);
	pieces->items = NULL;
	pieces->count = pieces->cap = pieces->conflict_count = 0;
}

/* The first line that says something. */
static struct wls_slice first_line(struct wls_slice text)
{
	struct wls_slice line = {0};

	text = wls_slice_trim(text);
	wls_slice_next_line(&text, &line);
	return wls_slice_trim(line);
}

void wls_resolutions_add(struct wls_resolutions *list, const struct wls_resolution *resolution)
{
	struct wls_resolution copy = *resolution;

	copy.base = first_line(copy.base);
	copy.ours = first_line(copy.ours);
	copy.theirs = first_line(copy.theirs);
	copy.result = first_line(copy.result);
	WLS_GROW(list->items, list->cap, list->count + 1);
	list->items[list->count++] = copy;
}
