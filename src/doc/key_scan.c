/* SPDX-License-Identifier: MIT */
/*
 * A quick look whether a text may hold a key, to spare reading it.
 *
 * Layer: doc. Includes: base, doc.
 *
 * Most entries hold few kinds of fields, and finding that out from their bytes is ten times
 * faster than reading their fields. Wherever a key's spelling stands, the key may stand. Beyond ASCII many letters fold into others, so every such letter may begin or go on
 * with anything; what logs are full of, marks and punctuation, may not.
 */
#include "doc/doc_internal.h"

/* The bit of what begins beyond ASCII. */
#define BEYOND (UINT32_C(1) << WLS_KEY_SCAN_MAX)

static bool parts_words(char c)
{
	return wls_is_blank(c) || c == '-' || c == '_';
}

/* Whether `c` may stand for a byte of a spelling, which is folded. */
static bool stands_for(char c, char folded)
{
	return folded == '-' ? parts_words(c) : wls_lower(c) == folded;
}

/* Bits of the bytes that may stand at the first places of a start. */
static void add_bits(struct wls_key_scan *scan, const char *start, uint32_t bit)
{
	bool ended = false;
	for (size_t n = 0; n < WLS_ARRAY_SIZE(scan->bytes); n++) {
		ended |= start[n] == '\0';
		for (int c = 0; c < 0x80; c++)
			if (ended || stands_for((char)c, start[n]))
				scan->bytes[n][c] |= bit;
	}
}

static void add_start(struct wls_key_scan *scan, struct wls_slice spelling)
{
	/* What begins beyond ASCII is found as that. */
	if ((signed char)spelling.ptr[0] < 0)
		return;
	scan->full |= scan->count == WLS_ARRAY_SIZE(scan->starts);
	if (scan->full)
		return;
	char *start = scan->starts[scan->count];
	for (size_t n = 0;
	     n < WLS_KEY_SCAN_START && n < spelling.len && (signed char)spelling.ptr[n] >= 0; n++)
		start[n] = spelling.ptr[n];
	add_bits(scan, start, UINT32_C(1) << scan->count++);
}

void wls_key_scan_init(struct wls_key_scan *scan, const enum wls_key *keys, size_t count)
{
	*scan = (struct wls_key_scan){0};
	for (size_t i = 0; i < wls_key_spelling_count(); i++) {
		enum wls_key key;
		struct wls_slice spelling = wls_key_spelling(i, &key);
		for (size_t k = 0; k < count; k++)
			if (keys[k] == key)
				add_start(scan, spelling);
	}
	for (size_t c = 0; c < 0x100; c++) {
		scan->bytes[0][c] |= c >= 0x80 ? BEYOND : 0;
		scan->bytes[1][c] |= c >= 0x80 ? UINT32_MAX : BEYOND;
		scan->bytes[2][c] |= c >= 0x80 ? UINT32_MAX : BEYOND;
	}
}

/* Punctuation, arrows, marks and emoji: no letters, nor what folds into some. */
static bool is_sign(struct wls_slice s)
{
	unsigned char lead = (unsigned char)s.ptr[0];
	unsigned char next = s.len > 1 ? (unsigned char)s.ptr[1] : 0;
	unsigned char third = s.len > 2 ? (unsigned char)s.ptr[2] : 0;
	if (lead == 0xE2)
		return next == 0x80 || (next >= 0x86 && next <= 0x8F) ||
		       (next >= 0x94 && next <= 0x9F);
	if (lead == 0xF0)
		return next == 0x9F && third >= 0x8C;
	return (lead & 0xC0) == 0x80 || (lead == 0xEF && next == 0xB8);
}

/* Whether `s` begins like a spelling; what goes on beyond ASCII, may. */
static bool begins_like(struct wls_slice s, const char *start)
{
	size_t i = 0;
	for (size_t n = 0; n < WLS_KEY_SCAN_START && start[n] != '\0'; n++) {
		if (i == s.len)
			return false;
		if ((signed char)s.ptr[i] < 0)
			return true;
		if (!stands_for(s.ptr[i], start[n]))
			return false;
		i++;
		while (start[n] == '-' && i < s.len && parts_words(s.ptr[i]))
			i++;
	}
	return start[WLS_KEY_SCAN_START - 1] != '\0' || i == s.len || !wls_is_alnum(s.ptr[i]);
}

static bool begins_key(const struct wls_key_scan *scan, struct wls_slice s)
{
	if ((signed char)s.ptr[0] < 0)
		return !is_sign(s);
	for (size_t i = 0; i < scan->count; i++)
		if (begins_like(s, scan->starts[i]))
			return true;
	return false;
}

static bool begins_at(const struct wls_key_scan *scan, struct wls_slice text, size_t i)
{
	return (i == 0 || !wls_is_alnum(text.ptr[i - 1])) &&
	       begins_key(scan, wls_slice_from(text, i));
}

bool wls_key_scan_may_hold(const struct wls_key_scan *scan, struct wls_slice text)
{
	const unsigned char *at = (const unsigned char *)text.ptr;
	size_t i = 0;
	if (scan->full)
		return true;
	for (; i + 2 < text.len; i++)
		if ((scan->bytes[0][at[i]] & scan->bytes[1][at[i + 1]] &
		     scan->bytes[2][at[i + 2]]) != 0 &&
		    begins_at(scan, text, i))
			return true;
	for (; i < text.len; i++)
		if (begins_at(scan, text, i))
			return true;
	return false;
}
