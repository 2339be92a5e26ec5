/* SPDX-License-Identifier: MIT */
/*
 * Markers of state and other emoji, and what they look like after being read in a wrong encoding.
 *
 * Layer: doc. Includes: base, doc.
 *
 * A marker's mojibake is its UTF-8 bytes taken for Mac Roman, Windows-1252 or Latin-1 and
 * written as UTF-8 again; bytes that Windows-1252 leaves undefined are taken for C1 controls.
 * The table holds the results; tests/unit/doc derives them anew.
 */
#include "base/utf8.h"
#include "doc/doc_internal.h"

#define SPELLING(literal) (literal), sizeof(literal) - 1

static const struct marker {
	enum wls_mark mark;
	bool mojibake;
	const char *bytes;
	size_t len;
} markers[] = {
	{WLS_MARK_DONE, false, SPELLING("\xE2\x9C\x85")}, /* ✅ */
	{WLS_MARK_DONE, true, SPELLING("\xE2\x80\x9A\xC3\xBA\xC3\x96")},
	{WLS_MARK_DONE, true, SPELLING("\xC3\xA2\xC5\x93\xE2\x80\xA6")},
	{WLS_MARK_DONE, true, SPELLING("\xC3\xA2\xC2\x9C\xC2\x85")},
	{WLS_MARK_DONE, false, SPELLING("\xE2\x98\x91")}, /* ☑ */
	{WLS_MARK_DONE, true, SPELLING("\xE2\x80\x9A\xC3\xB2\xC3\xAB")},
	{WLS_MARK_DONE, true, SPELLING("\xC3\xA2\xCB\x9C\xE2\x80\x98")},
	{WLS_MARK_DONE, true, SPELLING("\xC3\xA2\xC2\x98\xC2\x91")},
	{WLS_MARK_DONE, false, SPELLING("\xE2\x9C\x94")}, /* ✔ */
	{WLS_MARK_DONE, true, SPELLING("\xE2\x80\x9A\xC3\xBA\xC3\xAE")},
	{WLS_MARK_DONE, true, SPELLING("\xC3\xA2\xC5\x93\xE2\x80\x9D")},
	{WLS_MARK_DONE, true, SPELLING("\xC3\xA2\xC2\x9C\xC2\x94")},
	{WLS_MARK_DONE, false, SPELLING("\xF0\x9F\x9F\xA2")}, /* 🟢 */
	{WLS_MARK_DONE, true, SPELLING("\xEF\xA3\xBF\xC3\xBC\xC3\xBC\xC2\xA2")},
	{WLS_MARK_DONE, true, SPELLING("\xC3\xB0\xC5\xB8\xC5\xB8\xC2\xA2")},
	{WLS_MARK_DONE, true, SPELLING("\xC3\xB0\xC2\x9F\xC2\x9F\xC2\xA2")},
	{WLS_MARK_ACTIVE, false, SPELLING("\xF0\x9F\x94\x84")}, /* 🔄 */
	{WLS_MARK_ACTIVE, true, SPELLING("\xEF\xA3\xBF\xC3\xBC\xC3\xAE\xC3\x91")},
	{WLS_MARK_ACTIVE, true, SPELLING("\xC3\xB0\xC5\xB8\xE2\x80\x9D\xE2\x80\x9E")},
	{WLS_MARK_ACTIVE, true, SPELLING("\xC3\xB0\xC2\x9F\xC2\x94\xC2\x84")},
	{WLS_MARK_ACTIVE, false, SPELLING("\xF0\x9F\x9A\xA7")}, /* 🚧 */
	{WLS_MARK_ACTIVE, true, SPELLING("\xEF\xA3\xBF\xC3\xBC\xC3\xB6\xC3\x9F")},
	{WLS_MARK_ACTIVE, true, SPELLING("\xC3\xB0\xC5\xB8\xC5\xA1\xC2\xA7")},
	{WLS_MARK_ACTIVE, true, SPELLING("\xC3\xB0\xC2\x9F\xC2\x9A\xC2\xA7")},
	{WLS_MARK_ACTIVE, false, SPELLING("\xF0\x9F\x9F\xA1")}, /* 🟡 */
	{WLS_MARK_ACTIVE, true, SPELLING("\xEF\xA3\xBF\xC3\xBC\xC3\xBC\xC2\xB0")},
	{WLS_MARK_ACTIVE, true, SPELLING("\xC3\xB0\xC5\xB8\xC5\xB8\xC2\xA1")},
	{WLS_MARK_ACTIVE, true, SPELLING("\xC3\xB0\xC2\x9F\xC2\x9F\xC2\xA1")},
	{WLS_MARK_PENDING, false, SPELLING("\xE2\x8F\xB3")}, /* ⏳ */
	{WLS_MARK_PENDING, true, SPELLING("\xE2\x80\x9A\xC3\xA8\xE2\x89\xA5")},
	{WLS_MARK_PENDING, true, SPELLING("\xC3\xA2\xC2\x8F\xC2\xB3")},
	{WLS_MARK_PENDING, false, SPELLING("\xE2\x8F\xB8")}, /* ⏸ */
	{WLS_MARK_PENDING, true, SPELLING("\xE2\x80\x9A\xC3\xA8\xE2\x88\x8F")},
	{WLS_MARK_PENDING, true, SPELLING("\xC3\xA2\xC2\x8F\xC2\xB8")},
	{WLS_MARK_FAILED, false, SPELLING("\xE2\x9D\x8C")}, /* ❌ */
	{WLS_MARK_FAILED, true, SPELLING("\xE2\x80\x9A\xC3\xB9\xC3\xA5")},
	{WLS_MARK_FAILED, true, SPELLING("\xC3\xA2\xC2\x9D\xC5\x92")},
	{WLS_MARK_FAILED, true, SPELLING("\xC3\xA2\xC2\x9D\xC2\x8C")},
	{WLS_MARK_FAILED, false, SPELLING("\xF0\x9F\x94\xB4")}, /* 🔴 */
	{WLS_MARK_FAILED, true, SPELLING("\xEF\xA3\xBF\xC3\xBC\xC3\xAE\xC2\xA5")},
	{WLS_MARK_FAILED, true, SPELLING("\xC3\xB0\xC5\xB8\xE2\x80\x9D\xC2\xB4")},
	{WLS_MARK_FAILED, true, SPELLING("\xC3\xB0\xC2\x9F\xC2\x94\xC2\xB4")},
	{WLS_MARK_ATTENTION, false, SPELLING("\xE2\x9A\xA0")}, /* ⚠ */
	{WLS_MARK_ATTENTION, true, SPELLING("\xE2\x80\x9A\xC3\xB6\xE2\x80\xA0")},
	{WLS_MARK_ATTENTION, true, SPELLING("\xC3\xA2\xC5\xA1\xC2\xA0")},
	{WLS_MARK_ATTENTION, true, SPELLING("\xC3\xA2\xC2\x9A\xC2\xA0")},
};

/* VS16, which asks for the emoji's coloured form, and its mojibake. */
static const struct wls_slice selectors[] = {
	{SPELLING("\xEF\xB8\x8F")},
	{SPELLING("\xC3\x94\xE2\x88\x8F\xC3\xA8")},
	{SPELLING("\xC3\xAF\xC2\xB8\xC2\x8F")},
};

/* Bytes of the shortest marker. */
#define SHORTEST ((size_t)3)

enum { ZERO_WIDTH_JOINER = 0x200D, VARIATION_EMOJI = 0xFE0F, KEYCAP = 0x20E3 };

const char *wls_mark_name(enum wls_mark mark)
{
	static const char *const names[] = {
		[WLS_MARK_NONE] = NULL,       [WLS_MARK_DONE] = "done",
		[WLS_MARK_ACTIVE] = "active", [WLS_MARK_PENDING] = "pending",
		[WLS_MARK_FAILED] = "failed", [WLS_MARK_ATTENTION] = "attention",
	};
	return names[mark];
}

/* The first bytes of all spellings: one look rules out nearly every text. */
static bool may_begin_marker(char c)
{
	return c == '\xE2' || c == '\xF0' || c == '\xC3' || c == '\xEF';
}

static size_t selector_at(struct wls_slice text)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(selectors); i++)
		if (wls_slice_starts(text, selectors[i]))
			return selectors[i].len;
	return 0;
}

enum wls_mark wls_mark_at(struct wls_slice text, size_t *len, bool *mojibake)
{
	*len = 0;
	if (text.len < SHORTEST || !may_begin_marker(text.ptr[0]))
		return WLS_MARK_NONE;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(markers); i++) {
		const struct marker *m = &markers[i];
		if (memcmp(text.ptr, m->bytes, SHORTEST) != 0 ||
		    !wls_slice_starts(text, wls_slice(m->bytes, m->len)))
			continue;
		*len = m->len + selector_at(wls_slice_from(text, m->len));
		if (mojibake)
			*mojibake |= m->mojibake;
		return m->mark;
	}
	return WLS_MARK_NONE;
}

/* The first byte at or after `i` that is not ASCII, or the end. */
static size_t skip_ascii(struct wls_slice s, size_t i)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	for (; s.len - i >= 32; i += 32) {
		uint64_t w[4];
		memcpy(w, s.ptr + i, sizeof(w));
		if ((w[0] | w[1] | w[2] | w[3]) & high)
			break;
	}
	while (i < s.len && (signed char)s.ptr[i] >= 0)
		i++;
	return i;
}

enum wls_mark wls_mark_find_last(struct wls_slice text, size_t *at, size_t *len)
{
	size_t first = skip_ascii(text, 0);
	for (size_t i = text.len; i > first; i--) {
		enum wls_mark mark = wls_mark_at(wls_slice_from(text, i - 1), len, NULL);
		*at = i - 1;
		if (mark != WLS_MARK_NONE)
			return mark;
	}
	return WLS_MARK_NONE;
}

enum wls_mark wls_mark_last(struct wls_slice text)
{
	size_t at, len;
	return wls_mark_find_last(text, &at, &len);
}

static bool ends_with(struct wls_slice s, struct wls_slice suffix)
{
	return s.len >= suffix.len && s.ptr[s.len - 1] == suffix.ptr[suffix.len - 1] &&
	       wls_slice_eq(wls_slice_from(s, s.len - suffix.len), suffix);
}

enum wls_mark wls_mark_at_end(struct wls_slice s, size_t *len)
{
	*len = 0;
	if (s.len == 0 || (signed char)s.ptr[s.len - 1] >= 0)
		return WLS_MARK_NONE;
	struct wls_slice bare = s;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(selectors) && bare.len == s.len; i++)
		if (ends_with(s, selectors[i]))
			bare.len -= selectors[i].len;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(markers); i++) {
		struct wls_slice bytes = wls_slice(markers[i].bytes, markers[i].len);
		/* Whoever trimmed the text took the no-break space that ends some mojibake. */
		bool cut = ends_with(bytes, WLS_SLICE("\xC2\xA0")) &&
			   ends_with(bare, wls_slice(bytes.ptr, bytes.len - 2));
		if (!cut && !ends_with(bare, bytes))
			continue;
		*len = s.len - bare.len + bytes.len - (cut ? 2 : 0);
		return markers[i].mark;
	}
	return WLS_MARK_NONE;
}

/* ---- emoji of any kind ---- */

static bool is_emoji(int32_t cp)
{
	return (cp >= 0x1F000 && cp <= 0x1FAFF) || (cp >= 0x2600 && cp <= 0x27BF) ||
	       (cp >= 0x231A && cp <= 0x23FF) || (cp >= 0x2B05 && cp <= 0x2B55);
}

static bool joins_emoji(int32_t cp)
{
	return cp == VARIATION_EMOJI || cp == ZERO_WIDTH_JOINER || cp == KEYCAP;
}

size_t wls_emoji_at(struct wls_slice s)
{
	size_t len;
	if (s.len == 0 || (signed char)s.ptr[0] >= 0)
		return 0;
	if (wls_mark_at(s, &len, NULL) != WLS_MARK_NONE)
		return len;
	int32_t cp;
	len = wls_utf8_decode(s, &cp, NULL);
	if (!is_emoji(cp))
		return 0;
	bool joined = false;
	while (len < s.len) {
		size_t n = wls_utf8_decode(wls_slice_from(s, len), &cp, NULL);
		if (!joins_emoji(cp) && !(joined && is_emoji(cp)))
			break;
		joined = cp == ZERO_WIDTH_JOINER;
		len += n;
	}
	return len;
}

struct wls_slice wls_skip_emoji(struct wls_slice s)
{
	size_t n;
	s = wls_slice_trim(s);
	while ((n = wls_emoji_at(s)) > 0)
		s = wls_slice_trim(wls_slice_from(s, n));
	return s;
}

/* The last code point of `s` (not empty) and where it begins. */
static size_t last_code_point(struct wls_slice s, int32_t *cp)
{
	size_t at = s.len - 1;
	while (at > 0 && s.len - at < 4 && ((unsigned char)s.ptr[at] & 0xC0) == 0x80)
		at--;
	if (wls_utf8_decode(wls_slice_from(s, at), cp, NULL) == s.len - at)
		return at;
	*cp = 0;
	return s.len - 1;
}

struct wls_slice wls_cut_emoji(struct wls_slice s)
{
	s = wls_slice_trim(s);
	while (s.len > 0 && (signed char)s.ptr[s.len - 1] < 0) {
		size_t len;
		if (wls_mark_at_end(s, &len) == WLS_MARK_NONE) {
			int32_t cp;
			size_t at = last_code_point(s, &cp);
			if (!is_emoji(cp) && !joins_emoji(cp))
				break;
			len = s.len - at;
		}
		s.len -= len;
		s = wls_slice_trim(s);
	}
	return s;
}

/* ---- mojibake anywhere ---- */

size_t wls_mojibake_find(struct wls_slice s)
{
	for (size_t i = skip_ascii(s, 0); i < s.len; i = skip_ascii(s, i)) {
		/* Mojibake begins like `â`, `ð`, a low quote or Apple's logo. */
		char c = s.ptr[i], after = i + 1 < s.len ? s.ptr[i + 1] : '\0';
		if ((c == '\xC3' && (after == '\xA2' || after == '\xB0')) ||
		    (c == '\xE2' && after == '\x80') || (c == '\xEF' && after == '\xA3')) {
			bool mojibake = false;
			size_t len;
			wls_mark_at(wls_slice_from(s, i), &len, &mojibake);
			if (mojibake)
				return i;
		}
		i++;
	}
	return SIZE_MAX;
}
