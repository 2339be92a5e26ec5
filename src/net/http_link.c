/* SPDX-License-Identifier: MIT */
/*
 * The Link header: `<target>; rel="next", <target>; rel="last"`, re-based on our origin.
 *
 * Of a target only path and query are taken, whatever its host, and only when they lie below the
 * base's path without "." and ".." segments: a page is asked of the origin that was configured,
 * with the token, or of none.
 *
 * Layer: net. Includes: base, buf, net/http.
 */
#include "net/http_internal.h"

/* Path and query of a URL; false when it is none of http, or is relative to the page. */
static bool cut_origin(struct wls_slice *target)
{
	struct wls_slice s = *target;
	if (wls_slice_starts_nocase(s, WLS_SLICE("https:")))
		s = wls_slice_from(s, 6);
	else if (wls_slice_starts_nocase(s, WLS_SLICE("http:")))
		s = wls_slice_from(s, 5);
	bool absolute = s.ptr != target->ptr;
	if (wls_slice_starts(s, WLS_SLICE("//"))) {
		size_t i = 2;
		while (i < s.len && !strchr("/?#", s.ptr[i]))
			i++;
		s = wls_slice_from(s, i);
	} else if (absolute) {
		return false;
	}
	*target = s;
	return s.len > 0 && s.ptr[0] == '/';
}

static bool is_plain(struct wls_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] <= ' ' || (unsigned char)s.ptr[i] >= 0x7F ||
		    strchr("\\<>\"", s.ptr[i]))
			return false;
	return true;
}

/* Bytes of a dot, also percent-encoded, at `s`; 0: there is none. */
static size_t match_dot(struct wls_slice s)
{
	if (wls_slice_starts(s, WLS_SLICE(".")))
		return 1;
	return wls_slice_starts_nocase(s, WLS_SLICE("%2e")) ? 3 : 0;
}

static bool is_dots(struct wls_slice segment)
{
	size_t dots = 0;
	for (size_t n; (n = match_dot(segment)) > 0; dots++)
		segment = wls_slice_from(segment, n);
	return segment.len == 0 && (dots == 1 || dots == 2);
}

/* Whether no segment of the path leads elsewhere; encoded slashes may. */
static bool stays_below(struct wls_slice path)
{
	for (size_t i = 0; i < path.len; i++)
		if (wls_slice_starts_nocase(wls_slice_from(path, i), WLS_SLICE("%2f")) ||
		    wls_slice_starts_nocase(wls_slice_from(path, i), WLS_SLICE("%5c")))
			return false;
	while (path.len > 0) {
		path = wls_slice_from(path, 1);
		size_t slash = wls_slice_find(path, WLS_SLICE("/"));
		size_t len = slash == SIZE_MAX ? path.len : slash;
		if (is_dots(wls_slice(path.ptr, len)))
			return false;
		path = wls_slice_from(path, len);
	}
	return true;
}

static size_t length_before(struct wls_slice s, const char *mark)
{
	size_t at = wls_slice_find(s, wls_slice_of(mark));
	return at == SIZE_MAX ? s.len : at;
}

bool wls_http_link_path(const struct wls_http *http, struct wls_slice target, struct wls_buf *path)
{
	struct wls_slice s = target, base = wls_slice_of(http->base_path);
	if (!is_plain(s) || !cut_origin(&s))
		return false;
	s.len = length_before(s, "#");
	struct wls_slice below = wls_slice(s.ptr, length_before(s, "?"));
	if (!wls_slice_starts(below, base) || !stays_below(below))
		return false;
	s = wls_slice_from(s, base.len);
	/* "//host" is no path, whoever takes it up next. */
	if (s.len == 0 || s.ptr[0] != '/' || wls_slice_starts(s, WLS_SLICE("//")))
		return false;
	wls_buf_add_slice(path, s);
	return true;
}

/* ---- the header ---- */

/* The end of a parameter: the next `;` or `,` outside quotes. */
static size_t parameter_end(struct wls_slice s)
{
	bool quoted = false;
	size_t i = 0;
	for (; i < s.len && (quoted || (s.ptr[i] != ';' && s.ptr[i] != ',')); i++) {
		quoted ^= s.ptr[i] == '"';
		i += quoted && s.ptr[i] == '\\' && i + 1 < s.len;
	}
	return i;
}

/* Whether a parameter is `rel` with the word `rel` among its values. */
static bool names_relation(struct wls_slice parameter, const char *rel)
{
	size_t equals = length_before(parameter, "=");
	if (equals == parameter.len ||
	    !wls_slice_eq_nocase(wls_slice_trim(wls_slice(parameter.ptr, equals)),
				 WLS_SLICE("rel")))
		return false;
	struct wls_slice value = wls_slice_trim(wls_slice_from(parameter, equals + 1));
	if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
		value = wls_slice(value.ptr + 1, value.len - 2);
	while (value.len > 0) {
		size_t len = length_before(value, " ");
		if (wls_slice_eq_nocase(wls_slice(value.ptr, len), wls_slice_of(rel)))
			return true;
		value = wls_slice_from(value, len < value.len ? len + 1 : len);
	}
	return false;
}

/* Cuts the next link off: its target, and whether it has the relation. */
static bool next_link(struct wls_slice *rest, const char *rel, struct wls_slice *target,
		      bool *related)
{
	size_t open = length_before(*rest, "<");
	struct wls_slice s = wls_slice_from(*rest, open);
	size_t close = length_before(s, ">");
	if (s.len == 0 || close == s.len)
		return false;
	*target = wls_slice(s.ptr + 1, close - 1);
	*related = false;
	s = wls_slice_from(s, close + 1);
	while (s.len > 0 && s.ptr[0] != ',') {
		size_t end = parameter_end(s);
		*related |= names_relation(wls_slice(s.ptr, end), rel);
		s = wls_slice_from(s, end);
		if (s.len > 0 && s.ptr[0] == ';')
			s = wls_slice_from(s, 1);
	}
	*rest = s;
	return true;
}

bool wls_http_link(struct wls_http *http, const struct wls_http_response *response, const char *rel,
		   struct wls_buf *path)
{
	struct wls_slice rest = response->link, target;
	bool related;
	while (next_link(&rest, rel, &target, &related))
		if (related)
			return wls_http_link_path(http, target, path);
	return false;
}

bool wls_http_has_link(const struct wls_http_response *response, const char *rel)
{
	struct wls_slice rest = response->link, target;
	bool related;
	while (next_link(&rest, rel, &target, &related))
		if (related)
			return true;
	return false;
}
