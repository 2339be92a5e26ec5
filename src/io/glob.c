/* SPDX-License-Identifier: MIT */
/*
 * Patterns for paths.
 *
 * The problem: naive matchers try every length for every star, and "*a*a*a*b" takes them for ever.
 * The idea: a pattern is a list of components, and `**` is to components what `*` is to bytes. In
 * both lists only the last star that was met needs to be tried again: whatever an earlier star
 * could take more, the later one can take instead. So matching walks forward with one place to
 * return to, and each list costs at most the product of its lengths.
 * What it does not do: braces, extglob, case folding.
 *
 * Layer: io. Includes: base, io/glob, io/path.
 */
#include "io/glob.h"
#include "io/path.h"

/* ---- one byte ---- */

static bool is_punct(unsigned char c)
{
	return c > ' ' && c < 0x7F && !wls_is_alnum((char)c);
}

static bool in_class(struct wls_slice name, unsigned char c)
{
	static const char *const names[] = {"alnum", "alpha", "blank", "cntrl", "digit", "graph",
					    "lower", "print", "punct", "space", "upper", "xdigit"};
	bool lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z';
	bool digit = wls_is_digit((char)c), graph = c > ' ' && c < 0x7F;
	bool blank = c == ' ' || c == '\t';
	bool hex = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
	const bool holds[] = {lower || upper || digit,
			      lower || upper,
			      blank,
			      c < ' ' || c == 0x7F,
			      digit,
			      graph,
			      lower,
			      graph || c == ' ',
			      is_punct(c),
			      blank || (c >= '\n' && c <= '\r'),
			      upper,
			      hex};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(names); i++) {
		if (wls_slice_eq(name, wls_slice_of(names[i])))
			return holds[i];
	}
	return false;
}

/* One end of a range: the byte at *i, behind a backslash if there is one. */
static bool set_byte(struct wls_slice p, size_t *i, unsigned char *c)
{
	if (*i < p.len && p.ptr[*i] == '\\')
		(*i)++;
	if (*i >= p.len)
		return false;
	*c = (unsigned char)p.ptr[(*i)++];
	return true;
}

/* A [:class:] at *i; false when there is none. */
static bool set_class(struct wls_slice p, size_t *i, struct wls_slice *name)
{
	struct wls_slice rest = wls_slice_from(p, *i);
	if (!wls_slice_starts(rest, WLS_SLICE("[:")))
		return false;
	size_t end = wls_slice_find(rest, WLS_SLICE(":]"));
	if (end == SIZE_MAX || end < 2)
		return false;
	*name = wls_slice(rest.ptr + 2, end - 2);
	*i += end + 2;
	return true;
}

/*
 * The set that starts behind the '[' at *i: moves *i behind its ']' and tells whether `c` is
 * matched. False for a set that does not end, with *i at the pattern's end.
 */
static bool match_set(struct wls_slice p, size_t *i, unsigned char c)
{
	bool negate = *i < p.len && (p.ptr[*i] == '!' || p.ptr[*i] == '^');
	bool hit = false;
	size_t at = *i + negate, first = at;

	while (at < p.len && (p.ptr[at] != ']' || at == first)) {
		struct wls_slice name;
		unsigned char low, high;
		if (set_class(p, &at, &name)) {
			hit = hit || in_class(name, c);
			continue;
		}
		if (!set_byte(p, &at, &low))
			break;
		high = low;
		if (at + 1 < p.len && p.ptr[at] == '-' && p.ptr[at + 1] != ']') {
			at++;
			if (!set_byte(p, &at, &high))
				break;
		}
		hit = hit || (low <= c && c <= high);
	}
	*i = at < p.len ? at + 1 : p.len;
	return at < p.len && hit != negate;
}

/* Matches `c` with the element at *i, which is no star; moves *i behind it. */
static bool match_one(struct wls_slice p, size_t *i, char c)
{
	switch (p.ptr[(*i)++]) {
	case '?':
		return true;
	case '[':
		return match_set(p, i, (unsigned char)c);
	case '\\':
		return *i < p.len && p.ptr[(*i)++] == c;
	default:
		return p.ptr[*i - 1] == c;
	}
}

/* ---- one component ---- */

static bool match_component(struct wls_slice p, struct wls_slice s)
{
	size_t pi = 0, si = 0, star = SIZE_MAX, retry = 0;

	while (si < s.len || pi < p.len) {
		if (pi < p.len && p.ptr[pi] == '*') {
			star = ++pi;
			retry = si;
			continue;
		}
		if (pi < p.len && si < s.len && match_one(p, &pi, s.ptr[si])) {
			si++;
			continue;
		}
		if (star == SIZE_MAX || retry >= s.len)
			return false;
		pi = star;
		si = ++retry;
	}
	return true;
}

/* ---- whole paths ---- */

/* The component at the start of `rest`. */
static struct wls_slice head(struct wls_slice rest)
{
	const char *slash = rest.len > 0 ? memchr(rest.ptr, '/', rest.len) : NULL;
	return slash ? wls_slice(rest.ptr, (size_t)(slash - rest.ptr)) : rest;
}

/* What follows the first component and its slash; `end` is set when nothing does. */
static struct wls_slice tail(struct wls_slice rest, bool *end)
{
	size_t len = head(rest).len;
	*end = len == rest.len;
	return wls_slice_from(rest, *end ? len : len + 1);
}

bool wls_glob_match(struct wls_slice pattern, struct wls_slice path)
{
	struct wls_slice p = pattern, s = path, star_p = {NULL, 0}, star_s = {NULL, 0};
	bool p_end = false, s_end = false, star = false, star_end = false;

	while (!p_end || !s_end) {
		if (!p_end && wls_slice_eq(head(p), WLS_SLICE("**"))) {
			p = tail(p, &p_end);
			if (p_end)
				return !s_end; /* everything inside, at least one component */
			star = true;
			star_p = p;
			star_s = s;
			star_end = s_end;
			continue;
		}
		if (!p_end && !s_end && match_component(head(p), head(s))) {
			p = tail(p, &p_end);
			s = tail(s, &s_end);
			continue;
		}
		if (!star || star_end)
			return false;
		star_s = tail(star_s, &star_end);
		p = star_p;
		p_end = false;
		s = star_s;
		s_end = star_end;
	}
	return true;
}

/* `pattern` without the slashes at its ends; what they meant is told. */
static struct wls_slice strip(struct wls_slice pattern, bool *anchored, bool *folders)
{
	*folders = pattern.len > 0 && pattern.ptr[pattern.len - 1] == '/';
	if (*folders)
		pattern.len--;
	*anchored = pattern.len > 0 && memchr(pattern.ptr, '/', pattern.len) != NULL;
	if (pattern.len > 0 && pattern.ptr[0] == '/')
		pattern = wls_slice_from(pattern, 1);
	return pattern;
}

bool wls_glob_covers(struct wls_slice pattern, struct wls_slice path, bool folder, bool *exact)
{
	bool anchored, only_folders;
	struct wls_slice p = strip(pattern, &anchored, &only_folders);
	size_t start = 0;

	for (size_t i = 0; i <= path.len && p.len > 0; i++) {
		bool whole = i == path.len;
		if (!whole && path.ptr[i] != '/')
			continue;
		struct wls_slice part =
			wls_slice(path.ptr + (anchored ? 0 : start), i - (anchored ? 0 : start));
		start = i + 1;
		if ((whole && only_folders && !folder) || !wls_glob_match(p, part))
			continue;
		if (exact)
			*exact = whole;
		return true;
	}
	return false;
}

static bool is_fixed(struct wls_slice component)
{
	for (size_t i = 0; i < component.len; i++) {
		if (strchr("*?[\\", component.ptr[i]))
			return false;
	}
	return true;
}

bool wls_glob_names(struct wls_slice pattern, struct wls_slice path)
{
	bool anchored, only_folders, p_end = false, s_end = false;
	struct wls_slice p = strip(pattern, &anchored, &only_folders), s = path;

	if (!anchored)
		return is_fixed(p) && wls_slice_eq(p, wls_path_name(path));
	while (!p_end && !s_end && is_fixed(head(p)) && wls_slice_eq(head(p), head(s))) {
		p = tail(p, &p_end);
		s = tail(s, &s_end);
	}
	return s_end;
}
