/* SPDX-License-Identifier: MIT */
/*
 * Names, versions and paths as they are written.
 *
 * Layer: graph. Includes: base, buf, doc.
 */
#include "graph/names.h"

#include "base/utf8.h"
#include "wlsync/graph.h"

/* ---- paths ---- */

static size_t last_slash(struct wls_slice path)
{
	for (size_t i = path.len; i > 0; i--)
		if (path.ptr[i - 1] == '/')
			return i - 1;
	return SIZE_MAX;
}

struct wls_slice wls_path_folder(struct wls_slice path)
{
	size_t slash = last_slash(path);

	return slash == SIZE_MAX ? wls_slice(path.ptr, 0) : wls_slice(path.ptr, slash);
}

struct wls_slice wls_path_base(struct wls_slice path)
{
	size_t slash = last_slash(path);

	return slash == SIZE_MAX ? path : wls_slice_from(path, slash + 1);
}

/* Takes the last component off what was added after `start`; false when there is none. */
static bool drop_component(struct wls_buf *out, size_t start)
{
	size_t len = out->len;

	if (len == start)
		return false;
	while (len > start && out->ptr[len - 1] != '/')
		len--;
	wls_buf_truncate(out, len > start ? len - 1 : len);
	return true;
}

static bool add_components(struct wls_buf *out, size_t start, struct wls_slice path)
{
	size_t i = 0;

	while (i < path.len) {
		size_t begin = i;
		struct wls_slice part;

		while (i < path.len && path.ptr[i] != '/')
			i++;
		part = wls_slice(path.ptr + begin, i - begin);
		i++;
		if (part.len == 0 || wls_slice_eq(part, WLS_SLICE(".")))
			continue;
		if (wls_slice_eq(part, WLS_SLICE(".."))) {
			if (!drop_component(out, start))
				return false;
			continue;
		}
		if (out->len > start)
			wls_buf_add_char(out, '/');
		wls_buf_add_slice(out, part);
	}
	return true;
}

bool wls_path_join(struct wls_buf *out, struct wls_slice folder, struct wls_slice written)
{
	size_t start = out->len;

	if (written.len == 0 || written.ptr[0] != '/')
		if (!add_components(out, start, folder))
			return false;
	return add_components(out, start, written);
}

void wls_path_relative(struct wls_buf *out, struct wls_slice folder, struct wls_slice path)
{
	size_t common = 0; /* bytes of path that are shared whole components */

	for (size_t i = 0; i <= folder.len && i < path.len; i++) {
		bool ends = i == folder.len;

		if (ends && i > 0 && path.ptr[i] == '/')
			common = i + 1;
		if (ends || folder.ptr[i] != path.ptr[i])
			break;
		if (folder.ptr[i] == '/')
			common = i + 1;
	}
	if (common <= folder.len && folder.len > 0) {
		wls_buf_add_str(out, "../");
		for (size_t i = common; i < folder.len; i++)
			if (folder.ptr[i] == '/')
				wls_buf_add_str(out, "../");
	}
	wls_buf_add_slice(out, wls_slice_from(path, common));
}

static int hex_value(char c)
{
	if (wls_is_digit(c))
		return c - '0';
	c = wls_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct wls_slice wls_percent_decode(struct wls_arena *arena, struct wls_slice s)
{
	char *out;
	size_t n = 0;

	if (s.len == 0 || !memchr(s.ptr, '%', s.len))
		return s;
	out = wls_arena_alloc(arena, s.len + 1);
	for (size_t i = 0; i < s.len; i++) {
		int high = -1;

		if (s.ptr[i] == '%' && s.len - i > 2)
			high = hex_value(s.ptr[i + 1]);
		if (high >= 0 && hex_value(s.ptr[i + 2]) >= 0) {
			out[n++] = (char)(high * 16 + hex_value(s.ptr[i + 2]));
			i += 2;
		} else {
			out[n++] = s.ptr[i];
		}
	}
	return wls_slice(out, n);
}

/* ---- versions and stems ---- */

size_t wls_version_at(struct wls_slice s, size_t at, uint32_t *version)
{
	uint64_t n = 0;
	size_t i = at + 1;

	if (at >= s.len || wls_lower(s.ptr[at]) != 'v')
		return 0;
	for (; i < s.len && wls_is_digit(s.ptr[i]); i++) {
		n = n * 10 + (uint64_t)(s.ptr[i] - '0');
		if (n > WLS_VERSION_MAX)
			return 0;
	}
	if (i == at + 1)
		return 0;
	*version = (uint32_t)n;
	return i - at;
}

struct wls_slice wls_stem(struct wls_slice base)
{
	if (wls_slice_ends_nocase(base, WLS_SLICE(".md")))
		base.len -= 3;
	return base;
}

static bool is_stem_gap(char c)
{
	return c == '-' || c == '_' || c == ' ';
}

/* The stem without a [-_ ]vN at its end, whose number goes to *version. */
static struct wls_slice cut_version(struct wls_slice stem, uint32_t *version)
{
	size_t i = stem.len;

	while (i > 0 && wls_is_digit(stem.ptr[i - 1]))
		i--;
	if (i < 2 || i == stem.len || !is_stem_gap(stem.ptr[i - 2]))
		return stem;
	if (wls_version_at(stem, i - 1, version) != stem.len - (i - 1))
		return stem;
	return wls_slice(stem.ptr, i - 2);
}

bool wls_name_from_stem(struct wls_slice stem, struct wls_slice *name, uint32_t *version)
{
	const struct wls_slice word = WLS_SLICE("worklog");
	uint32_t number = 0;
	struct wls_slice rest = cut_version(stem, &number);

	*version = 0;
	*name = wls_slice(stem.ptr, 0);
	if (wls_slice_ends_nocase(rest, word)) {
		size_t n = rest.len - word.len;

		if (n == 0 || (n > 1 && is_stem_gap(rest.ptr[n - 1]))) {
			*name = wls_slice(rest.ptr, n > 0 ? n - 1 : 0);
			*version = number;
			return true;
		}
	}
	if (!wls_slice_starts_nocase(stem, WLS_SLICE("worklog-")) || stem.len == word.len + 1)
		return false;
	*name = wls_slice_from(stem, word.len + 1);
	return true;
}

bool wls_name_from_path(struct wls_slice path, struct wls_slice *name, uint32_t *version)
{
	struct wls_slice ignored_name;
	uint32_t ignored_version;

	return wls_name_from_stem(wls_stem(wls_path_base(path)), name ? name : &ignored_name,
				  version ? version : &ignored_version);
}

/* ---- folding ---- */

struct wls_slice wls_name_fold_into(struct wls_buf *buf, struct wls_slice name)
{
	wls_buf_clear(buf);
	wls_utf8_add_folded_name(buf, name);
	return wls_buf_slice(buf);
}

struct wls_slice wls_name_fold(struct wls_arena *arena, struct wls_slice name)
{
	struct wls_buf _cleanup_buf_ buf = WLS_BUF_INIT;

	return wls_arena_copy(arena, wls_name_fold_into(&buf, name));
}

/* ---- neighbours ---- */

static bool is_word_byte(char c)
{
	return wls_is_alnum(c) || c == '_';
}

/* Whether the code point that ends before `at` is a word character. */
static bool word_before(struct wls_slice s, size_t at)
{
	size_t start = at - 1;
	int32_t cp;
	bool valid;

	if ((unsigned char)s.ptr[start] < 0x80)
		return is_word_byte(s.ptr[start]);
	while (start > 0 && at - start < 4 && ((unsigned char)s.ptr[start] & 0xc0) == 0x80)
		start--;
	wls_utf8_decode(wls_slice(s.ptr + start, at - start), &cp, &valid);
	return valid && wls_utf8_is_word(cp);
}

static bool word_at(struct wls_slice s, size_t at)
{
	int32_t cp;
	bool valid;

	if ((unsigned char)s.ptr[at] < 0x80)
		return is_word_byte(s.ptr[at]);
	wls_utf8_decode(wls_slice_from(s, at), &cp, &valid);
	return valid && wls_utf8_is_word(cp);
}

bool wls_may_begin(struct wls_slice s, size_t at)
{
	if (at == 0)
		return true;
	return !strchr("-_/@.", s.ptr[at - 1] ? s.ptr[at - 1] : ' ') && !word_before(s, at);
}

bool wls_may_end(struct wls_slice s, size_t at)
{
	char c;

	if (at >= s.len)
		return true;
	c = s.ptr[at];
	if (c == '-' || c == '_' || c == '/' || c == '@')
		return false;
	if (c == '.') {
		if (at + 1 >= s.len)
			return true;
		if (wls_is_digit(s.ptr[at + 1]))
			return at == 0 || !wls_is_digit(s.ptr[at - 1]);
		return !word_at(s, at + 1);
	}
	return !word_at(s, at);
}
