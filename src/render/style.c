/* SPDX-License-Identifier: MIT */
/*
 * Colours, symbols, and text that is safe to show.
 *
 * Layer: render. Includes: base, buf.
 */
#include "render/style.h"

#include "base/utf8.h"

#include <stdio.h>

static const char *const glyphs[][2] = {
#define X(name, unicode, ascii) [WLS_GLYPH_##name] = {unicode, ascii},
	WLS_GLYPH_TABLE(X)
#undef X
};

static const char *const paints[] = {
	[WLS_PAINT_NONE] = "",
	[WLS_PAINT_OK] = "\033[36m",
	[WLS_PAINT_WAITING] = "\033[33m",
	[WLS_PAINT_STALE] = "\033[35m",
	[WLS_PAINT_ERROR] = "\033[1;31m",
	[WLS_PAINT_DONE] = "\033[2m",
	[WLS_PAINT_TITLE] = "\033[1m",
};

const char *wls_style_glyph(const struct wls_style *style, enum wls_glyph glyph)
{
	return glyphs[glyph][style->ascii];
}

void wls_style_paint(const struct wls_style *style, enum wls_paint paint, struct wls_slice text,
		     struct wls_buf *out)
{
	bool painted = style->color && paint != WLS_PAINT_NONE && text.len > 0;

	if (painted)
		wls_buf_add_str(out, paints[paint]);
	wls_buf_add_slice(out, text);
	if (painted)
		wls_buf_add_str(out, "\033[0m");
}

struct wls_slice wls_style_bar(const struct wls_style *style, struct wls_arena *arena, int percent,
			       uint32_t cells)
{
	char bytes[WLS_BAR_MAX * 4];
	size_t len = 0;

	if (percent < 0)
		return WLS_SLICE("");
	cells = cells > WLS_BAR_MAX ? WLS_BAR_MAX : cells;
	uint32_t full = (uint32_t)percent * cells / 100;
	for (uint32_t i = 0; i < cells; i++) {
		const char *glyph =
			wls_style_glyph(style, i < full ? WLS_GLYPH_FULL : WLS_GLYPH_EMPTY);
		size_t n = strlen(glyph);
		memcpy(bytes + len, glyph, n);
		len += n;
	}
	return wls_arena_copy(arena, wls_slice(bytes, len));
}

/* ---- text that is safe to show ---- */

static bool is_control(int32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x2028 || cp == 0x2029;
}

/* Embeddings, overrides and isolates, which make a line read other than it is. */
static bool is_direction(int32_t cp)
{
	return (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200e ||
	       cp == 0x200f || cp == 0x061c;
}

static bool is_fit(int32_t cp, bool valid)
{
	return valid && !is_control(cp) && !is_direction(cp);
}

/* Bytes before the first code point that must not be shown as it is. */
static size_t fit_prefix(struct wls_slice s)
{
	size_t at = 0;

	while (at < s.len) {
		unsigned char c = (unsigned char)s.ptr[at];
		int32_t cp = c;
		bool valid = true;
		size_t n = 1;

		if (c >= 0x80)
			n = wls_utf8_decode(wls_slice_from(s, at), &cp, &valid);
		if (!is_fit(cp, valid))
			break;
		at += n;
	}
	return at;
}

struct wls_slice wls_style_clean(struct wls_arena *arena, struct wls_slice s)
{
	struct wls_buf buf = WLS_BUF_INIT;
	size_t fit = fit_prefix(s);

	if (fit == s.len)
		return s;
	for (; s.len > 0; fit = fit_prefix(s)) {
		wls_buf_add(&buf, s.ptr, fit);
		s = wls_slice_from(s, fit);
		if (s.len == 0)
			break;
		if (*s.ptr == '\n' || *s.ptr == '\t' || *s.ptr == '\r')
			wls_buf_add_char(&buf, ' ');
		else
			wls_buf_add_str(&buf, "\xef\xbf\xbd");
		s = wls_slice_from(s, wls_utf8_decode(s, &(int32_t){0}, NULL));
	}
	struct wls_slice clean = wls_arena_copy(arena, wls_buf_slice(&buf));
	wls_buf_release(&buf);
	return clean;
}

size_t wls_style_fit(const struct wls_style *style, struct wls_slice text, size_t cells)
{
	size_t mark_cells = style->ascii ? 3 : 1;

	/* No text has more cells than bytes, so most need not be measured. */
	if (text.len <= cells || wls_utf8_width(text) <= cells)
		return text.len;
	size_t keep = cells > mark_cells ? wls_utf8_fit(text, cells - mark_cells) : 0;
	while (keep > 0 && text.ptr[keep - 1] == ' ')
		keep--;
	return keep;
}

struct wls_slice wls_style_cut(const struct wls_style *style, struct wls_arena *arena,
			       struct wls_slice text, size_t cells)
{
	size_t keep = wls_style_fit(style, text, cells);

	if (keep == text.len)
		return text;
	return wls_slice_of(wls_arena_printf(arena, "%.*s%s", (int)keep, text.ptr,
					     wls_style_glyph(style, WLS_GLYPH_ELLIPSIS)));
}

/* ---- numbers ---- */

const char *wls_style_count(struct wls_arena *arena, uint64_t n)
{
	char digits[32];
	char grouped[48];
	size_t len = 0;
	int count = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)n);

	for (int i = 0; i < count; i++) {
		if (i > 0 && (count - i) % 3 == 0)
			grouped[len++] = ',';
		grouped[len++] = digits[i];
	}
	return wls_arena_copy(arena, wls_slice(grouped, len)).ptr;
}

const char *wls_style_plural(struct wls_arena *arena, uint64_t n, const char *one, const char *many)
{
	return wls_arena_printf(arena, "%s %s", wls_style_count(arena, n), n == 1 ? one : many);
}
