/* SPDX-License-Identifier: MIT */
/*
 * From a key as somebody wrote it to the key.
 *
 * Layer: doc. Includes: base, doc.
 */
#include "base/utf8.h"
#include "doc/doc_internal.h"

/* Bytes; the longest row of the table has fewer. */
#define SPELLING_MAX ((size_t)48)

static enum wls_key find_folded(struct wls_slice folded)
{
	size_t low = 0, high = wls_key_spelling_count();
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		enum wls_key key;
		int order = wls_slice_cmp(folded, wls_key_spelling(middle, &key));
		if (order == 0)
			return key;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return WLS_KEY_NONE;
}

/* A typographic apostrophe is one like any other ("What’s next"). */
static enum wls_key find_beyond_ascii(struct wls_slice s)
{
	struct wls_buf folded;
	wls_buf_init(&folded, 4 * SPELLING_MAX);
	size_t apostrophe = wls_slice_find(s, WLS_SLICE("\xE2\x80\x99"));
	if (apostrophe != SIZE_MAX) {
		wls_utf8_add_folded_name(&folded, wls_slice(s.ptr, apostrophe));
		wls_buf_add_char(&folded, '\'');
		wls_utf8_add_folded_name(&folded, wls_slice_from(s, apostrophe + 3));
	} else {
		wls_utf8_add_folded_name(&folded, s);
	}
	enum wls_key key = find_folded(wls_buf_slice(&folded));
	wls_buf_release(&folded);
	return key;
}

static enum wls_key find_exact(struct wls_slice s)
{
	char folded[SPELLING_MAX];
	size_t len = 0;
	bool gap = false;
	if (s.len == 0 || s.len > SPELLING_MAX)
		return WLS_KEY_NONE;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if ((signed char)c < 0)
			return find_beyond_ascii(s);
		if (wls_is_blank(c) || c == '-' || c == '_') {
			gap = len > 0;
			continue;
		}
		if (gap)
			folded[len++] = '-';
		gap = false;
		folded[len++] = wls_lower(c);
	}
	return find_folded(wls_slice(folded, len));
}

enum wls_key wls_key_find(struct wls_slice written)
{
	if (written.len > 2 * SPELLING_MAX)
		return WLS_KEY_NONE;
	struct wls_slice s = wls_cut_emoji(wls_skip_emoji(written));
	enum wls_key key = find_exact(s);
	if (key != WLS_KEY_NONE || s.len == 0 || s.ptr[s.len - 1] != ')')
		return key;
	const char *open = memchr(s.ptr, '(', s.len);
	return open ? find_exact(wls_slice_trim(wls_slice(s.ptr, (size_t)(open - s.ptr))))
		    : WLS_KEY_NONE;
}
