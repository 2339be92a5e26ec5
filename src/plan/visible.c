/* SPDX-License-Identifier: MIT */
/*
 * Taking out of a text what is not seen, and what makes it look like another.
 *
 * Layer: plan. Includes: base, buf.
 */
#include "plan/visible.h"

#include "base/utf8.h"

enum what {
	TEXT,
	SPACE,
	BREAK, /* a tab or line ending */
	NOTHING,
};

/* Joiners (U+200C, U+200D) stay: scripts and emoji need them. */
static enum what what_is(int32_t cp)
{
	if (cp == ' ')
		return SPACE;
	if ((cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0x2028 || cp == 0x2029)
		return BREAK;
	if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
		return NOTHING;
	if (cp == 0x61C || cp == 0x200B || cp == 0x200E || cp == 0x200F || cp == 0xFEFF)
		return NOTHING;
	if ((cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x206F))
		return NOTHING;
	return TEXT;
}

void wls_visible_add(struct wls_slice text, struct wls_buf *out)
{
	size_t spaces = 0, begin = out->len, n;
	bool broken = false, valid;
	for (size_t i = 0; i < text.len; i += n) {
		int32_t cp;
		n = wls_utf8_decode(wls_slice_from(text, i), &cp, &valid);
		enum what what = what_is(cp);
		spaces += what == SPACE;
		broken |= what == BREAK;
		if (what != TEXT)
			continue;
		if (out->len > begin)
			wls_buf_fill(out, ' ', broken ? 1 : spaces);
		spaces = 0;
		broken = false;
		if (valid)
			wls_buf_add(out, text.ptr + i, n);
		else
			wls_buf_add_str(out, "\xEF\xBF\xBD");
	}
}
