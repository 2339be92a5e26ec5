/* SPDX-License-Identifier: MIT */
/*
 * How a name is spelled where the old one stood.
 *
 * A name may be written in any way that folds to it: "Auth Refactor", "auth_refactor". What was
 * written tells two things that the new name takes over: its separators, one by one as long as
 * there are any, and whether it was all small or all capital where the name itself is not. A name
 * with letters beyond ASCII keeps its own: half of it in capitals would be neither.
 *
 * Layer: cli. Includes: base, buf, cli/rename.
 */
#include "base/utf8.h"
#include "cli/rename.h"

enum { NAME_MAX_BYTES = 150 };

static bool is_gap(char c)
{
	return c == '-' || c == '_' || c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_blank(char c)
{
	return is_gap(c) && c != '-' && c != '_';
}

/* ---- names that may be given ---- */

/* Bytes that a reference may hold in all its forms. */
static bool may_stand_in_name(char c)
{
	return wls_is_alnum(c) || (unsigned char)c >= 0x80 || (c != '\0' && strchr("-_.+& ", c));
}

static bool is_version(struct wls_slice name)
{
	size_t i = 1;

	while (i < name.len && wls_is_digit(name.ptr[i]))
		i++;
	return name.len > 1 && wls_lower(name.ptr[0]) == 'v' && i == name.len;
}

static bool is_usable_end(char c)
{
	return wls_is_alnum(c) || (unsigned char)c >= 0x80;
}

int wls_rename_check_name(struct wls_slice name, struct wls_error *err)
{
	struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT;

	if (name.len == 0 || name.len > NAME_MAX_BYTES)
		return wls_error_set(err, WLS_E_USAGE, "a log's name has 1 to %d bytes",
				     NAME_MAX_BYTES);
	for (size_t i = 0; i < name.len; i++)
		if (!may_stand_in_name(name.ptr[i]))
			return wls_error_set(
				err, WLS_E_USAGE,
				"\"%.*s\" cannot be a log's name: references to it would "
				"not be found; use letters, digits and - _ . + &",
				WLS_SLICE_ARG(name));
	for (size_t i = 0; i < name.len;) {
		bool valid;

		i += wls_utf8_decode(wls_slice_from(name, i), NULL, &valid);
		if (!valid)
			return wls_error_set(err, WLS_E_USAGE, "the new name is not UTF-8");
	}
	wls_utf8_add_folded_name(&folded, name);
	if (!is_usable_end(name.ptr[0]) || !is_usable_end(name.ptr[name.len - 1]) ||
	    is_version(name) || wls_slice_ends_nocase(name, WLS_SLICE("worklog")) ||
	    wls_slice_starts_nocase(wls_buf_slice(&folded), WLS_SLICE("worklog-")))
		return wls_error_set(err, WLS_E_USAGE,
				     "\"%.*s\" cannot be a log's name: give the name alone, as in "
				     "Auth-Refactor, without \"WorkLog\", version or \".md\"",
				     WLS_SLICE_ARG(name));
	if (wls_slice_ends_nocase(name, WLS_SLICE(".md")))
		return wls_error_set(err, WLS_E_USAGE,
				     "\"%.*s\" ends in .md; give the log's name, not its file's",
				     WLS_SLICE_ARG(name));
	return 0;
}

/* ---- spelling ---- */

/* The next run of separators at *at or after: false when there is none. */
static bool next_gap(struct wls_slice s, size_t *at, struct wls_slice *gap)
{
	size_t begin = *at;

	while (begin < s.len && !is_gap(s.ptr[begin]))
		begin++;
	if (begin == s.len)
		return false;
	for (*at = begin; *at < s.len && is_gap(s.ptr[*at]); ++*at)
		;
	*gap = wls_slice(s.ptr + begin, *at - begin);
	return true;
}

static bool has(struct wls_slice s, char from, char to)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] >= from && s.ptr[i] <= to)
			return true;
	return false;
}

static bool has_blank(struct wls_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (is_blank(s.ptr[i]))
			return true;
	return false;
}

/* Whether every word but the first begins with a letter of [from, to]; there is more than one. */
static bool later_words(struct wls_slice s, char from, char to)
{
	bool any = false;

	for (size_t i = 1; i < s.len; i++) {
		if (!is_gap(s.ptr[i - 1]) || is_gap(s.ptr[i]))
			continue;
		if (s.ptr[i] < from || s.ptr[i] > to)
			return false;
		any = true;
	}
	return any;
}

static bool fold_equal(struct wls_slice a, struct wls_slice b)
{
	struct wls_buf x _cleanup_buf_ = WLS_BUF_INIT, y _cleanup_buf_ = WLS_BUF_INIT;

	wls_utf8_add_folded_name(&x, a);
	wls_utf8_add_folded_name(&y, b);
	return wls_slice_eq(wls_buf_slice(&x), wls_buf_slice(&y));
}

static void add_words(struct wls_slice written, struct wls_slice from, struct wls_slice to,
		      struct wls_slice gap, struct wls_buf *out)
{
	bool ascii = wls_utf8_scan(to).non_ascii == SIZE_MAX;
	bool small = ascii && !has(written, 'A', 'Z') && has(from, 'A', 'Z');
	bool capital =
		ascii && !has(written, 'a', 'z') && has(from, 'a', 'z') && has(written, 'A', 'Z');
	/* "Payment integration" for Payment-Integration. */
	bool sentence =
		ascii && !small && later_words(written, 'a', 'z') && later_words(from, 'A', 'Z');
	size_t at = 0;

	for (size_t i = 0; i < to.len; i++) {
		char c = to.ptr[i];

		if (is_gap(c)) {
			if (!next_gap(written, &at, &gap) && has_blank(gap))
				gap = WLS_SLICE(" ");
			if (gap.len > 0)
				wls_buf_add_slice(out, gap);
			else
				wls_buf_add_char(out, c);
			while (gap.len > 0 && i + 1 < to.len && is_gap(to.ptr[i + 1]))
				i++;
			continue;
		}
		if (small || (sentence && i > 0 && is_gap(to.ptr[i - 1])))
			c = wls_lower(c);
		else if (capital && c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		wls_buf_add_char(out, c);
	}
}

void wls_rename_spell(struct wls_slice written, struct wls_slice from, struct wls_slice to,
		      enum wls_spelling spelling, struct wls_buf *out)
{
	struct wls_slice gap = {0}, any;
	size_t start = out->len, at = 0;
	bool several = next_gap(written, &at, &any);

	if (spelling == WLS_SPELL_WORDS && !several)
		gap = WLS_SLICE(" ");
	/* Where the name stood as it is, the new one stands as it is given; titles are in words. */
	if (gap.len == 0 && wls_slice_eq(written, from) &&
	    (!several || spelling != WLS_SPELL_WORDS || fold_equal(from, to)))
		wls_buf_add_slice(out, to);
	else
		add_words(written, from, to, gap, out);
	if (spelling == WLS_SPELL_FILE && !has_blank(written))
		for (size_t i = start; i < out->len; i++)
			if (is_blank(out->ptr[i]))
				out->ptr[i] = '-';
}
