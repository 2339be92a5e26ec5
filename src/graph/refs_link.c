/* SPDX-License-Identifier: MIT */
/*
 * References by link: Markdown's [label](path.md#v5) and [[wiki|label]].
 *
 * Layer: graph. Includes: base, names, refs.
 *
 * A link is recognised at the ']' between its label and its destination, so that nothing
 * is looked for ahead but the destination itself, which holds no blank, at most 32 nested
 * parentheses and LINK_MAX bytes. What was found inside the label is taken back when the
 * link is itself a reference; otherwise label and destination are read as text.
 */
#include "graph/refs_internal.h"

enum {
	PARENS = 32, /* parentheses within a destination, as in CommonMark */
	LINK_MAX = 4096,
};

/* The fragment of a link: "#v5", or "#v5-…" as hosts make anchors of headings. */
static uint32_t fragment_version(struct wls_slice target, uint32_t otherwise)
{
	size_t hash = wls_slice_find(target, WLS_SLICE("#"));
	uint32_t version;
	size_t n;

	if (hash == SIZE_MAX)
		return otherwise;
	n = wls_version_at(target, hash + 1, &version);
	if (n == 0 || (hash + 1 + n < target.len && wls_is_alnum(target.ptr[hash + 1 + n])))
		return otherwise;
	return version;
}

static struct wls_slice without_fragment(struct wls_slice target)
{
	size_t hash = wls_slice_find(target, WLS_SLICE("#"));

	if (hash != SIZE_MAX)
		target.len = hash;
	return target;
}

/* A wiki link's path may lack ".md", and may begin at the root without saying so. */
static uint32_t wiki_path(struct wls_scanner *s, struct wls_slice path)
{
	struct wls_buf _cleanup_buf_ buf = WLS_BUF_INIT;
	uint32_t place = WLS_PLACE_NONE;

	for (size_t i = 0; i < 3 && place == WLS_PLACE_NONE; i++) {
		wls_buf_clear(&buf);
		wls_buf_add_str(&buf, i > 0 ? "/" : "");
		wls_buf_add_slice(&buf, path);
		wls_buf_add_str(&buf, i != 1 ? ".md" : "");
		place = wls_scan_path(s, wls_buf_slice(&buf));
	}
	return place;
}

/*
 * Makes a reference of a link's target, by path, else by its last component. False, and
 * nothing is added, when it is neither a known log nor has a WorkLog stem.
 */
static bool add_target(struct wls_scanner *s, enum wls_ref_form form, struct wls_slice target,
		       struct wls_span span)
{
	struct wls_slice path = without_fragment(target), name, stem;
	uint32_t place = wls_scan_path(s, path), version = 0, known = WLS_NAME_NONE;
	bool is_stem;
	struct wls_ref *ref;

	stem = wls_stem(wls_path_base(path));
	is_stem = wls_name_from_stem(stem, &name, &version);
	if (place == WLS_PLACE_NONE && form == WLS_REF_WIKI)
		place = wiki_path(s, path);
	if (is_stem && name.len > 0)
		known = wls_scan_name(s, name);
	else if (!is_stem && form == WLS_REF_WIKI)
		known = wls_scan_name(s, name = stem);
	if (place == WLS_PLACE_NONE && known == WLS_NAME_NONE && !is_stem)
		return false;
	ref = wls_ref_add(s->list, form, span.begin, span.end);
	ref->stem = is_stem;
	ref->name = known;
	ref->place = place;
	ref->version = fragment_version(target, version);
	ref->written = name.len > 0 ? name : path;
	ref->target = target;
	ref->written_at = (uint32_t)(ref->written.ptr - target.ptr);
	return true;
}

bool wls_scan_wiki(struct wls_scanner *s)
{
	struct wls_slice text = s->text, target;
	size_t begin = s->at + 2, at = begin, stop = SIZE_MAX;
	struct wls_span span = {(uint32_t)s->at, 0};

	for (; at + 1 < text.len && at - begin < LINK_MAX; at++) {
		if (text.ptr[at] == '[' || text.ptr[at] == '\n')
			return false;
		if (text.ptr[at] == '|' && stop == SIZE_MAX)
			stop = at;
		if (text.ptr[at] == ']')
			break;
	}
	if (at + 1 >= text.len || text.ptr[at] != ']' || text.ptr[at + 1] != ']')
		return false;
	if (stop == SIZE_MAX)
		stop = at;
	else if (stop > begin && text.ptr[stop - 1] == '\\')
		stop--;
	target = wls_slice_trim(wls_slice(text.ptr + begin, stop - begin));
	span.end = (uint32_t)(at + 2);
	if (target.len == 0 || !add_target(s, WLS_REF_WIKI, target, span))
		return false;
	wls_scan_settle(s, span.end);
	return true;
}

/* The destination of a link that begins at `at`: its end, or SIZE_MAX. */
static size_t destination_end(struct wls_slice text, size_t at)
{
	unsigned depth = 0;
	size_t start = at;

	for (; at < text.len && at - start < LINK_MAX; at++) {
		char c = text.ptr[at];

		if (wls_is_blank(c) || (c == ')' && depth == 0))
			return at;
		if (c == '(' && ++depth > PARENS)
			return SIZE_MAX;
		if (c == ')')
			depth--;
	}
	return SIZE_MAX;
}

/* The end of a link's title and its closing parenthesis, or SIZE_MAX. */
static size_t link_end(struct wls_slice text, size_t at)
{
	while (at < text.len && wls_is_blank(text.ptr[at]))
		at++;
	if (at < text.len && (text.ptr[at] == '"' || text.ptr[at] == '\'')) {
		size_t limit = text.len - at > LINK_MAX ? LINK_MAX : text.len - at;
		const char *close = memchr(text.ptr + at + 1, text.ptr[at], limit - 1);

		if (!close)
			return SIZE_MAX;
		at = (size_t)(close - text.ptr) + 1;
		while (at < text.len && wls_is_blank(text.ptr[at]))
			at++;
	}
	return at < text.len && text.ptr[at] == ')' ? at + 1 : SIZE_MAX;
}

/* Reads "(destination "title")" at `at`: the end, or SIZE_MAX. */
static size_t read_link(struct wls_slice text, size_t at, struct wls_slice *destination)
{
	size_t begin = ++at, end;

	if (at < text.len && text.ptr[at] == '<') {
		for (begin = ++at; at < text.len && !strchr("<>\n", text.ptr[at]); at++)
			;
		if (at >= text.len || text.ptr[at] != '>')
			return SIZE_MAX;
		end = at++;
	} else {
		end = at = destination_end(text, at);
		if (end == SIZE_MAX)
			return SIZE_MAX;
	}
	*destination = wls_slice(text.ptr + begin, end - begin);
	return link_end(text, at);
}

/* Takes back what was found inside the brackets of a link that is itself a reference. */
static void forget_from(struct wls_ref_list *list, size_t begin)
{
	while (list->count > 0 && list->refs[list->count - 1].begin >= begin)
		list->count--;
	while (list->mask_count > 0 && list->masks[list->mask_count - 1].begin >= begin)
		list->mask_count--;
}

static bool has_host(struct wls_slice destination)
{
	return wls_slice_starts(destination, WLS_SLICE("//")) ||
	       wls_slice_find(destination, WLS_SLICE("://")) != SIZE_MAX;
}

void wls_scan_close(struct wls_scanner *s)
{
	struct wls_slice text = s->text, destination = {0}, raw;
	size_t open = s->open > 0 ? s->brackets[--s->open] : SIZE_MAX, end;
	struct wls_ref_list *list = s->list;
	size_t refs = list->count;

	if (open == SIZE_MAX || s->at + 1 >= text.len || text.ptr[s->at + 1] != '(') {
		s->at++;
		return;
	}
	end = read_link(text, s->at + 1, &destination);
	if (end == SIZE_MAX) {
		s->at++;
		return;
	}
	if (wls_slice_starts(destination, WLS_SLICE("//"))) {
		wls_scan_mask(s, end);
		return;
	}
	raw = destination;
	destination = wls_percent_decode(list->arena, destination);
	if (!has_host(destination) &&
	    wls_slice_ends_nocase(without_fragment(destination), WLS_SLICE(".md")) &&
	    add_target(s, WLS_REF_LINK, destination,
		       (struct wls_span){(uint32_t)open, (uint32_t)end})) {
		struct wls_ref link = list->refs[refs];

		link.target = raw;
		list->count = refs;
		forget_from(list, open);
		*wls_ref_add(list, WLS_REF_LINK, open, end) = link;
		wls_scan_settle(s, end);
		return;
	}
	s->at++;
}

void wls_scan_open(struct wls_scanner *s)
{
	if (s->open == WLS_BRACKETS) {
		memmove(s->brackets, s->brackets + 1, (WLS_BRACKETS - 1) * sizeof(s->brackets[0]));
		s->open--;
	}
	s->brackets[s->open++] = s->at++;
}
