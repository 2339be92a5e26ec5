/* SPDX-License-Identifier: MIT */
/*
 * UTF-8 by libutf8proc, with a word-wise path over ASCII, which is most of any log.
 *
 * Layer: base. Includes: base, buf.
 */
#include <utf8proc.h>

#include "base/utf8.h"

#define EACH_BYTE(b) (UINT64_C(0x0101010101010101) * (b))
#define HIGH_BITS EACH_BYTE(0x80)

enum { VARIATION_EMOJI = 0xFE0F, REPLACEMENT = 0xFFFD };

static uint64_t load64(const char *p)
{
	uint64_t word;
	memcpy(&word, p, sizeof(word));
	return word;
}

/* Non-zero when a byte of `word` is 0 or has its high bit set; may be so by a borrow, too. */
static uint64_t nul_or_high(uint64_t word)
{
	return ((word - EACH_BYTE(1)) | word) & HIGH_BITS;
}

/* Bytes from `i` on that are ASCII and not NUL. */
static size_t skip_plain(struct wls_slice s, size_t i)
{
	for (; s.len - i >= 32; i += 32) {
		const char *p = s.ptr + i;
		if (nul_or_high(load64(p)) | nul_or_high(load64(p + 8)) |
		    nul_or_high(load64(p + 16)) | nul_or_high(load64(p + 24)))
			break;
	}
	while (i < s.len && (signed char)s.ptr[i] > 0)
		i++;
	return i;
}

struct wls_utf8_scan wls_utf8_scan(struct wls_slice s)
{
	struct wls_utf8_scan scan = {SIZE_MAX, SIZE_MAX, SIZE_MAX};
	for (size_t i = skip_plain(s, 0); i < s.len; i = skip_plain(s, i)) {
		if (s.ptr[i] == '\0') {
			if (scan.first_nul == SIZE_MAX)
				scan.first_nul = i;
			i++;
			continue;
		}
		if (scan.non_ascii == SIZE_MAX)
			scan.non_ascii = i;
		bool valid;
		size_t n = wls_utf8_decode(wls_slice_from(s, i), NULL, &valid);
		if (!valid && scan.first_invalid == SIZE_MAX)
			scan.first_invalid = i;
		i += n;
	}
	return scan;
}

size_t wls_utf8_decode(struct wls_slice s, int32_t *cp, bool *valid)
{
	utf8proc_int32_t point;
	utf8proc_ssize_t max = s.len < 4 ? (utf8proc_ssize_t)s.len : 4;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.ptr, max, &point);
	if (valid)
		*valid = n > 0;
	if (cp)
		*cp = n > 0 ? point : REPLACEMENT;
	return n > 0 ? (size_t)n : 1;
}

size_t wls_utf8_count(struct wls_slice s)
{
	size_t count = 0;
	for (size_t i = 0; i < s.len; count++)
		i += (signed char)s.ptr[i] >= 0 ? 1
						: wls_utf8_decode(wls_slice_from(s, i), NULL, NULL);
	return count;
}

static size_t code_point_width(int32_t cp)
{
	if (cp < 0x20 || cp == 0x7F)
		return 1;
	int width = utf8proc_charwidth(cp);
	return width > 0 ? (size_t)width : 0;
}

/*
 * The grapheme cluster at the start of `s` (not empty): its bytes, and its cells in
 * *width. A cluster is as wide as its widest code point, or 2 when VS16 asks for emoji.
 */
static size_t cluster_at(struct wls_slice s, size_t *width)
{
	utf8proc_int32_t state = 0;
	int32_t cp, next;
	size_t len = wls_utf8_decode(s, &cp, NULL);
	*width = code_point_width(cp);
	while (len < s.len) {
		size_t n = wls_utf8_decode(wls_slice_from(s, len), &next, NULL);
		if (utf8proc_grapheme_break_stateful(cp, next, &state))
			break;
		size_t more = next == VARIATION_EMOJI ? 2 : code_point_width(next);
		if (more > *width)
			*width = more;
		cp = next;
		len += n;
	}
	return len;
}

size_t wls_utf8_width(struct wls_slice s)
{
	size_t total = 0, width;
	for (size_t i = 0; i < s.len; total += width)
		i += cluster_at(wls_slice_from(s, i), &width);
	return total;
}

size_t wls_utf8_fit(struct wls_slice s, size_t cells)
{
	size_t i = 0, width;
	while (i < s.len) {
		size_t n = cluster_at(wls_slice_from(s, i), &width);
		if (width > cells)
			break;
		cells -= width;
		i += n;
	}
	return i;
}

bool wls_utf8_add_lossy(struct wls_buf *out, struct wls_slice s)
{
	bool lossy = false;
	size_t done = 0;
	for (size_t i = 0; i < s.len;) {
		bool valid = true;
		size_t n = (signed char)s.ptr[i] >= 0
				   ? 1
				   : wls_utf8_decode(wls_slice_from(s, i), NULL, &valid);
		if (!valid) {
			wls_buf_add(out, s.ptr + done, i - done);
			wls_buf_add_str(out, "\xEF\xBF\xBD");
			done = i + n;
			lossy = true;
		}
		i += n;
	}
	wls_buf_add(out, s.ptr + done, s.len - done);
	return lossy;
}

static bool is_name_separator(int32_t cp)
{
	return cp == '-' || cp == '_' || cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' ||
	       cp == 0xA0;
}

/* NFC and case folding of a valid text; the separators are ASCII and stay themselves. */
static void add_mapped(struct wls_buf *out, struct wls_slice s)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t n =
		utf8proc_map((const utf8proc_uint8_t *)s.ptr, (utf8proc_ssize_t)s.len, &mapped,
			     UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
	if (n >= 0)
		wls_buf_add(out, mapped, (size_t)n);
	else
		wls_buf_add_slice(out, s);
	free(mapped);
}

/* A word without separators, folded; ASCII by hand, since names mostly are. */
static void add_folded_word(struct wls_buf *out, struct wls_slice s)
{
	struct wls_utf8_scan scan = wls_utf8_scan(s);
	if (scan.non_ascii != SIZE_MAX && scan.first_invalid == SIZE_MAX) {
		add_mapped(out, s);
		return;
	}
	for (size_t i = 0; i < s.len; i++)
		wls_buf_add_char(out, wls_lower(s.ptr[i]));
}

void wls_utf8_add_folded_name(struct wls_buf *out, struct wls_slice s)
{
	bool any = false;
	size_t i = 0;
	while (i < s.len) {
		size_t start = i;
		int32_t cp = 0;
		size_t n = 0;
		while (i < s.len) {
			n = wls_utf8_decode(wls_slice_from(s, i), &cp, NULL);
			if (is_name_separator(cp))
				break;
			i += n;
		}
		if (i > start) {
			if (any)
				wls_buf_add_char(out, '-');
			add_folded_word(out, wls_slice(s.ptr + start, i - start));
			any = true;
		}
		if (i < s.len)
			i += n;
	}
}

bool wls_utf8_is_word(int32_t cp)
{
	if (cp < 0x80)
		return cp == '_' || wls_is_alnum((char)cp);
	switch (utf8proc_category(cp)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return true;
	default:
		return false;
	}
}
