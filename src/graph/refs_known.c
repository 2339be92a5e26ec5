/* SPDX-License-Identifier: MIT */
/*
 * Known names in running text.
 *
 * Layer: graph. Includes: base, names, refs.
 *
 * A name may be spelled over several words ("Auth Refactor", "auth_refactor"), so at one
 * place there are as many candidates as words follow. The stretch is folded once, a byte
 * at a time; since folding works word by word, every candidate is then a prefix (or,
 * backwards, a suffix) of the folded stretch, and costs one hash. Stretches that are not
 * ASCII are rare and folded once a candidate. No stretch is longer than WLS_NAME_WINDOW.
 */
#include "graph/refs_internal.h"

#include "base/utf8.h"

struct window {
	char folded[WLS_NAME_WINDOW];
	size_t len;
	uint16_t at[WLS_NAME_WINDOW + 1]; /* folded length before each byte of the text */
	bool ascii;
};

/* Folds text[begin, end), at most WLS_NAME_WINDOW bytes. */
static void fold_window(struct window *w, struct wls_slice text, size_t begin, size_t end)
{
	bool gap = false;

	w->len = 0;
	w->ascii = true;
	for (size_t i = begin; i < end; i++) {
		char c = text.ptr[i];

		if ((unsigned char)c >= 0x80)
			w->ascii = false;
		if (wls_is_name_gap(c)) {
			gap = w->len > 0;
			w->at[i - begin] = (uint16_t)w->len;
			continue;
		}
		if (gap)
			w->folded[w->len++] = '-';
		gap = false;
		w->at[i - begin] = (uint16_t)w->len;
		w->folded[w->len++] = wls_lower(c);
	}
	w->at[end - begin] = (uint16_t)w->len;
}

static uint32_t look_up(const struct wls_ref_world *world, const struct window *w,
			struct wls_slice written, struct wls_slice folded, struct wls_buf *fold)
{
	if (!w->ascii)
		folded = wls_name_fold_into(fold, written);
	return wls_map_find(&world->names, folded);
}

size_t wls_known_before(const struct wls_ref_world *world, struct wls_slice text, size_t floor,
			size_t end, struct wls_buf *fold, uint32_t *name)
{
	struct window w;
	size_t reach = wls_name_reach(world);

	if (end - floor > reach)
		floor = end - reach;
	fold_window(&w, text, floor, end);
	for (size_t at = floor; at < end; at++) {
		size_t skip = w.at[at - floor];
		uint32_t found;

		if (wls_is_name_gap(text.ptr[at]) || ((unsigned char)text.ptr[at] & 0xc0) == 0x80 ||
		    !wls_may_begin(text, at))
			continue;
		found = look_up(world, &w, wls_slice(text.ptr + at, end - at),
				wls_slice(w.folded + skip, w.len - skip), fold);
		if (found != WLS_MAP_NONE) {
			*name = found;
			return at;
		}
	}
	return end;
}

void wls_known_after(const struct wls_ref_world *world, struct wls_slice text, size_t at,
		     size_t limit, struct wls_buf *fold, struct wls_known_names *out)
{
	struct window w;
	size_t reach = wls_name_reach(world);

	out->count = 0;
	if (limit - at > reach)
		limit = at + reach;
	fold_window(&w, text, at, limit);
	for (size_t end = limit; end > at && out->count < WLS_ARRAY_SIZE(out->end); end--) {
		uint32_t found;

		if (wls_is_name_gap(text.ptr[end - 1]))
			continue;
		if (end < text.len &&
		    (((unsigned char)text.ptr[end] & 0xc0) == 0x80 || wls_is_alnum(text.ptr[end])))
			continue;
		found = look_up(world, &w, wls_slice(text.ptr + at, end - at),
				wls_slice(w.folded, w.at[end - 1 - at] + 1u), fold);
		if (found == WLS_MAP_NONE)
			continue;
		out->end[out->count] = (uint32_t)end;
		out->name[out->count++] = found;
	}
}
