/* SPDX-License-Identifier: MIT */
/*
 * Mending mojibake: UTF-8 whose bytes were taken for Mac Roman or Windows-1252 and written as UTF-8
 * again. In `‚úÖ` the bytes of Mac Roman are E2 9C 85, which is ✅.
 *
 * Mended are markers (wls_mark_at), and beside them, of a file whose markers went through the same
 * encoding, the signs that logs are written with: arrows, dashes, quotes, lines of trees. All of them are
 * three bytes or more, so their mojibake is three characters or more that no language writes in a row.
 * Letters are never mended: `’é` and `Ä€` would decode as well, and are ordinary text.
 *
 * Windows-1252 leaves five bytes undefined, and Latin-1 has controls from 80 to 9F: both are taken.
 *
 * Layer: check. Includes: base, doc.
 */
#include "base/utf8.h"
#include "check/fix.h"

/* What the bytes 80 to FF are in Mac Roman (with DB as the euro sign). */
static const uint16_t mac_roman[128] = {
	0x00C4, 0x00C5, 0x00C7, 0x00C9, 0x00D1, 0x00D6, 0x00DC, 0x00E1, 0x00E0, 0x00E2, 0x00E4,
	0x00E3, 0x00E5, 0x00E7, 0x00E9, 0x00E8, 0x00EA, 0x00EB, 0x00ED, 0x00EC, 0x00EE, 0x00EF,
	0x00F1, 0x00F3, 0x00F2, 0x00F4, 0x00F6, 0x00F5, 0x00FA, 0x00F9, 0x00FB, 0x00FC, 0x2020,
	0x00B0, 0x00A2, 0x00A3, 0x00A7, 0x2022, 0x00B6, 0x00DF, 0x00AE, 0x00A9, 0x2122, 0x00B4,
	0x00A8, 0x2260, 0x00C6, 0x00D8, 0x221E, 0x00B1, 0x2264, 0x2265, 0x00A5, 0x00B5, 0x2202,
	0x2211, 0x220F, 0x03C0, 0x222B, 0x00AA, 0x00BA, 0x03A9, 0x00E6, 0x00F8, 0x00BF, 0x00A1,
	0x00AC, 0x221A, 0x0192, 0x2248, 0x2206, 0x00AB, 0x00BB, 0x2026, 0x00A0, 0x00C0, 0x00C3,
	0x00D5, 0x0152, 0x0153, 0x2013, 0x2014, 0x201C, 0x201D, 0x2018, 0x2019, 0x00F7, 0x25CA,
	0x00FF, 0x0178, 0x2044, 0x20AC, 0x2039, 0x203A, 0xFB01, 0xFB02, 0x2021, 0x00B7, 0x201A,
	0x201E, 0x2030, 0x00C2, 0x00CA, 0x00C1, 0x00CB, 0x00C8, 0x00CD, 0x00CE, 0x00CF, 0x00CC,
	0x00D3, 0x00D4, 0xF8FF, 0x00D2, 0x00DA, 0x00DB, 0x00D9, 0x0131, 0x02C6, 0x02DC, 0x00AF,
	0x02D8, 0x02D9, 0x02DA, 0x00B8, 0x02DD, 0x02DB, 0x02C7,
};

/* What the bytes 80 to 9F are in Windows-1252; from A0 on they are themselves. */
static const uint16_t windows_1252[32] = {
	0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

/* The byte that a character stands for, or -1. */
static int mac_byte(int32_t cp)
{
	if (cp == 0xA4)
		return 0xDB;
	for (int i = 0; i < 128; i++)
		if (mac_roman[i] == cp)
			return 0x80 + i;
	return -1;
}

static int western_byte(int32_t cp)
{
	if (cp >= 0x80 && cp <= 0xFF)
		return cp;
	for (int i = 0; i < 32; i++)
		if (windows_1252[i] == cp)
			return 0x80 + i;
	return -1;
}

typedef int byte_fn(int32_t cp);

/* ---- what is mended ---- */

/* Beside markers: in UTF-8, three bytes each. */
static const char signs[] =
	"\xE2\x86\x90\xE2\x86\x91\xE2\x86\x92\xE2\x86\x93\xE2\x87\x92" /* ← ↑ → ↓ ⇒ */
	"\xE2\x80\x93\xE2\x80\x94\xE2\x80\xA2\xE2\x80\xA6"             /* – — • … */
	"\xE2\x80\x98\xE2\x80\x99\xE2\x80\x9C\xE2\x80\x9D\xE2\x80\x9E" /* ‘ ’ “ ” „ */
	"\xE2\x89\xA0\xE2\x89\xA4\xE2\x89\xA5\xE2\x89\x88"             /* ≠ ≤ ≥ ≈ */
	"\xE2\x94\x80\xE2\x94\x82\xE2\x94\x8C\xE2\x94\x90"             /* ─ │ ┌ ┐ */
	"\xE2\x94\x94\xE2\x94\x98\xE2\x94\x9C\xE2\x94\xA4";            /* └ ┘ ├ ┤ */

enum { SIGN = 3 };

/* VS16, which may follow a marker. */
static const struct wls_slice selector = {"\xEF\xB8\x8F", SIGN};

static bool is_sign(const char *bytes)
{
	for (size_t i = 0; i + SIGN < sizeof(signs); i += SIGN)
		if (memcmp(bytes, signs + i, SIGN) == 0)
			return true;
	return false;
}

static bool is_marker(struct wls_slice character)
{
	bool mojibake = false;
	size_t len;

	return wls_mark_at(character, &len, &mojibake) != WLS_MARK_NONE && !mojibake;
}

/*
 * The character that was misread at the start of `s`, when it is one that is mended (VS16 only with
 * `selects`); returns the bytes it takes there, or 0.
 */
static size_t read_character(struct wls_slice s, byte_fn *byte_of, bool selects,
			     struct wls_misread *out)
{
	size_t at = 0, want = 1;

	out->len = 0;
	while (out->len < want && at < s.len) {
		int32_t cp;
		bool valid;
		size_t n = wls_utf8_decode(wls_slice_from(s, at), &cp, &valid);
		int byte = valid && cp >= 0x80 ? byte_of(cp) : -1;

		/* Three bytes, or four: nothing else is mended. */
		if (byte < 0 || (out->len == 0 && (byte < 0xE0 || byte > 0xF4)))
			return 0;
		if (out->len == 0)
			want = byte < 0xF0 ? SIGN : sizeof(out->bytes);
		out->bytes[out->len++] = (char)byte;
		at += n;
	}
	struct wls_slice character = wls_slice(out->bytes, out->len);
	bool mends = out->len == want &&
		     (is_marker(character) || (want == SIGN && is_sign(out->bytes)) ||
		      (selects && wls_slice_eq(character, selector)));
	return mends ? at : 0;
}

/* Which encodings the markers of a text went through. */
static void find_encodings(struct wls_slice s, bool *mac, bool *western)
{
	*mac = *western = false;
	for (size_t i = 0; i < s.len && !(*mac && *western); i++) {
		bool mojibake = false;
		size_t len;
		struct wls_misread read;
		struct wls_slice rest = wls_slice_from(s, i);

		if ((signed char)s.ptr[i] >= 0)
			continue;
		wls_mark_at(rest, &len, &mojibake);
		if (!mojibake)
			continue;
		*mac = *mac || read_character(rest, mac_byte, false, &read) > 0;
		*western = *western || read_character(rest, western_byte, false, &read) > 0;
	}
}

void wls_misread_start(struct wls_misread_scan *scan, struct wls_slice text)
{
	*scan = (struct wls_misread_scan){.text = text};
	find_encodings(text, &scan->mac, &scan->western);
}

bool wls_misread_next(struct wls_misread_scan *scan, struct wls_misread *out)
{
	bool selects = scan->at > 0 && scan->at == scan->after_marker;

	for (; (scan->mac || scan->western) && scan->at < scan->text.len; scan->at++) {
		struct wls_slice rest = wls_slice_from(scan->text, scan->at);
		size_t n = 0;

		if ((signed char)rest.ptr[0] < 0 && scan->mac)
			n = read_character(rest, mac_byte, selects, out);
		if ((signed char)rest.ptr[0] < 0 && n == 0 && scan->western)
			n = read_character(rest, western_byte, selects, out);
		selects = false;
		if (n == 0)
			continue;
		out->begin = (uint32_t)scan->at;
		scan->at += n;
		out->end = (uint32_t)scan->at;
		if (is_marker(wls_slice(out->bytes, out->len)))
			scan->after_marker = scan->at;
		return true;
	}
	return false;
}
