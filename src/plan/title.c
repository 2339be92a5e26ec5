/* SPDX-License-Identifier: MIT */
/*
 * Titles of issues.
 *
 * Layer: plan. Includes: base, buf, plan.
 */
#include "base/utf8.h"
#include "plan/visible.h"
#include "wlsync/plan.h"

#define ELLIPSIS "\xE2\x80\xA6"

/* Whether the code point at `i` is drawn over the one before it. */
static bool is_combining(struct wls_slice s, size_t i, size_t *n)
{
	*n = wls_utf8_decode(wls_slice_from(s, i), NULL, NULL);
	return wls_utf8_width(wls_slice(s.ptr + i, *n)) == 0;
}

/* The bytes of the first `count` code points; the text has more. Not amid a character. */
static size_t cut_at(struct wls_slice s, uint32_t count)
{
	size_t i = 0, cut = 0, n;
	for (uint32_t k = 0; k <= count; k++, i += n)
		if (!is_combining(s, i, &n))
			cut = i;
	return cut;
}

/* The end of the last whole word before `cut`, when that leaves at least half of it. */
static size_t word_cut(struct wls_slice s, size_t cut)
{
	size_t word = cut;
	while (word > cut / 2 && s.ptr[word] != ' ')
		word--;
	if (s.ptr[word] != ' ')
		return cut;
	while (word > 0 && s.ptr[word - 1] == ' ')
		word--;
	return word > 0 ? word : cut;
}

void wls_title_add(struct wls_slice text, uint32_t max, struct wls_buf *out)
{
	struct wls_buf line _cleanup_buf_ = WLS_BUF_INIT;
	wls_visible_add(text, &line);
	struct wls_slice title = wls_slice_trim(wls_buf_slice(&line));
	if (wls_utf8_count(title) <= max) {
		wls_buf_add_slice(out, title);
	} else if (max > 0) {
		wls_buf_add(out, title.ptr, word_cut(title, cut_at(title, max - 1)));
		wls_buf_add_str(out, ELLIPSIS);
	}
}
