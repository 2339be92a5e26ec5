/* SPDX-License-Identifier: MIT */
/*
 * References that count anywhere: links, wiki links, tokens, spaced forms.
 *
 * Layer: graph. Includes: base, names.
 *
 * The text is walked once. Only a few bytes begin anything: a backtick (code span),
 * `<!--` (comment), `~~` (struck), `[` and `]` (links), `:` of `://` (a URL with a host),
 * and the w of "worklog", around which R3 and R4 are built:
 *
 *     see ../auth/Payment-Auth-WorkLog-v5.md, and Auth Refactor WorkLog v5
 *         `-path-'`--token---'`word--'`--'        `---name----'`word--'`'
 *
 * To the left of the word the token is taken whole, up to a byte that no token holds; a
 * known name that reaches farther left (over blanks) wins, a shorter one never does. To
 * the right follow a version and ".md". So nothing is ever matched by prefix.
 *
 * Everything looked for ahead (the end of a code span, a comment, struck text) is looked
 * for once: when there is none, the list of what is missing says so. Links nest at most
 * 32 parentheses and 16 brackets deep, names look back at most WLS_NAME_WINDOW bytes.
 * So the time is linear in the text.
 *
 * Not done: reference links ([text][label]), and links that go over an item's end.
 */
#include "graph/refs_internal.h"

#include "base/utf8.h"

/* ---- the list ---- */

void wls_ref_list_init(struct wls_ref_list *list, struct wls_arena *arena)
{
	*list = (struct wls_ref_list){.arena = arena};
	wls_buf_init(&list->fold, WLS_BUF_LIMIT);
}

void wls_ref_list_release(struct wls_ref_list *list)
{
	free(list->refs);
	free(list->verbs);
	free(list->masks);
	wls_buf_release(&list->fold);
}

void wls_ref_mask(struct wls_ref_list *list, size_t begin, size_t end)
{
	WLS_GROW(list->masks, list->mask_cap, list->mask_count + 1);
	list->masks[list->mask_count++] = (struct wls_span){(uint32_t)begin, (uint32_t)end};
}

struct wls_ref *wls_ref_add(struct wls_ref_list *list, enum wls_ref_form form, size_t begin,
			    size_t end)
{
	struct wls_ref *ref;

	WLS_GROW(list->refs, list->cap, list->count + 1);
	ref = &list->refs[list->count++];
	*ref = (struct wls_ref){
		.form = (uint8_t)form,
		.begin = (uint32_t)begin,
		.end = (uint32_t)end,
		.name = WLS_NAME_NONE,
		.place = WLS_PLACE_NONE,
	};
	return ref;
}

uint32_t wls_scan_name(struct wls_scanner *s, struct wls_slice name)
{
	return wls_map_find(&s->world->names, wls_name_fold_into(&s->list->fold, name));
}

void wls_scan_mask(struct wls_scanner *s, size_t end)
{
	wls_ref_mask(s->list, s->at, end);
	wls_scan_settle(s, end);
}

static bool looking_at(const struct wls_scanner *s, struct wls_slice what)
{
	return wls_slice_starts(wls_slice_from(s->text, s->at), what);
}

/* ---- R3 and R4: around the word "worklog" ---- */

/* Bytes that a token without blanks may hold, beside those above ASCII. */
static bool is_token_byte(char c)
{
	return wls_is_alnum(c) || (unsigned char)c >= 0x80 || (c != '\0' && strchr("-_.+&%$", c));
}

/* Quotes, dashes, ideographic marks and blanks above ASCII end a token: their bytes, or 0. */
static size_t wide_mark_before(struct wls_slice text, size_t at)
{
	int32_t cp;

	/* Of Latin-1 above ASCII, all but its letters: « » · § and the no-break space. */
	if (at >= 2 && text.ptr[at - 2] == '\xc2' &&
	    wls_utf8_decode(wls_slice(text.ptr + at - 2, 2), &cp, NULL) == 2 &&
	    !wls_utf8_is_word(cp))
		return 2;
	if (at < 3 || (unsigned char)text.ptr[at - 1] < 0x80)
		return 0;
	if (wls_utf8_decode(wls_slice(text.ptr + at - 3, 3), &cp, NULL) != 3)
		return 0;
	if ((cp >= 0x2000 && cp <= 0x206f) || (cp >= 0x2190 && cp <= 0x2bff) ||
	    (cp >= 0x3000 && cp <= 0x301f) || cp == 0xfe0f || (cp >= 0xff01 && cp <= 0xff0f) ||
	    (cp >= 0xff1a && cp <= 0xff20))
		return 3;
	return 0;
}

static size_t token_start(struct wls_slice text, size_t floor, size_t end)
{
	size_t at = end;

	while (at > floor && is_token_byte(text.ptr[at - 1]) && !wide_mark_before(text, at))
		at--;
	return at;
}

/* What follows the word: version, ".md", "#vN"; returns the end. */
static size_t token_end(struct wls_slice text, size_t at, uint32_t *version)
{
	uint32_t pinned;
	size_t n;

	if (at < text.len && wls_is_name_gap(text.ptr[at])) {
		n = wls_version_at(text, at + 1, version);
		if (n > 0 && (!wls_is_blank(text.ptr[at]) || wls_may_end(text, at + 1 + n)))
			at += 1 + n;
		else
			*version = 0;
	}
	if (wls_slice_starts_nocase(wls_slice_from(text, at), WLS_SLICE(".md")) &&
	    wls_may_end(text, at + 3)) {
		at += 3;
		if (at < text.len && text.ptr[at] == '#') {
			n = wls_version_at(text, at + 1, &pinned);
			if (n > 0 && wls_may_end(text, at + 1 + n)) {
				*version = pinned;
				at += 1 + n;
			}
		}
	}
	return at;
}

/* A token's start behind marks that are no part of a known name: "+Search-WorkLog". */
static size_t without_marks(struct wls_scanner *s, size_t token, size_t stop)
{
	if (wls_scan_name(s, wls_slice(s->text.ptr + token, stop - token)) != WLS_NAME_NONE)
		return token;
	while (token < stop && !wls_is_alnum(s->text.ptr[token]) &&
	       (unsigned char)s->text.ptr[token] < 0x80)
		token++;
	return token;
}

/* Other than a name in running text, a token may stand after a path. */
static bool may_begin_token(struct wls_slice text, size_t token)
{
	return !wls_is_name_gap(text.ptr[token]) &&
	       (wls_may_begin(text, token) || text.ptr[token - 1] == '/');
}

/* The path before a token, back to a byte that no path holds. */
static size_t path_start(struct wls_slice text, size_t floor, size_t at)
{
	while (at > floor && (text.ptr[at - 1] == '/' || is_token_byte(text.ptr[at - 1])) &&
	       !wide_mark_before(text, at))
		at--;
	return at;
}

uint32_t wls_scan_path(struct wls_scanner *s, struct wls_slice path)
{
	size_t hash = wls_slice_find(path, WLS_SLICE("#"));

	if (hash != SIZE_MAX)
		path.len = hash;
	wls_buf_clear(&s->list->fold);
	if (!wls_path_join(&s->list->fold, s->folder, path))
		return WLS_PLACE_NONE;
	return wls_map_find(&s->world->paths, wls_buf_slice(&s->list->fold));
}

static struct wls_ref *add_token(struct wls_scanner *s, struct wls_span name, size_t end)
{
	struct wls_slice text = s->text;
	size_t begin = name.begin;
	struct wls_ref *ref;

	if (begin > s->floor && text.ptr[begin - 1] == '/')
		begin = path_start(text, s->floor, begin);
	ref = wls_ref_add(s->list, WLS_REF_TOKEN, begin, end);
	ref->stem = true;
	ref->written = wls_slice(text.ptr + name.begin, name.end - name.begin);
	if (begin < name.begin)
		ref->place = wls_scan_path(s, wls_slice(text.ptr + begin, end - begin));
	return ref;
}

/* Where the name before the word at `word` ends: the gap between them is taken away. */
static size_t name_end(struct wls_slice text, size_t floor, size_t word)
{
	while (word > floor && wls_is_name_gap(text.ptr[word - 1]))
		word--;
	return word;
}

/*
 * The word "worklog" at s->at, within [floor, limit). True when it makes a reference, which
 * is added; the scanner then stands behind it.
 */
static bool scan_word(struct wls_scanner *s, size_t floor, size_t limit, bool in_code)
{
	struct wls_slice text = wls_slice(s->text.ptr, limit);
	size_t word = s->at, stop = name_end(text, floor, word), known, token = stop, end;
	bool tight = word > floor && (text.ptr[word - 1] == '-' || text.ptr[word - 1] == '_');
	uint32_t name = WLS_NAME_NONE, version = 0;
	struct wls_ref *ref;

	if (stop == word || stop == floor)
		return false;
	end = token_end(text, word + sizeof("worklog") - 1, &version);
	if (!wls_may_end(text, end))
		return false;
	if (tight)
		token = without_marks(s, token_start(text, floor, stop), stop);
	known = in_code ? stop
			: wls_known_before(s->world, text, floor, stop, &s->list->fold, &name);
	if (known < token) {
		ref = wls_ref_add(s->list, tight ? WLS_REF_TOKEN : WLS_REF_SPACED, known, end);
		ref->written = wls_slice(text.ptr + known, stop - known);
		ref->name = name;
	} else if (token < stop && may_begin_token(text, token)) {
		struct wls_span span = {(uint32_t)token, (uint32_t)stop};

		ref = add_token(s, span, end);
		ref->name = wls_scan_name(s, ref->written);
	} else {
		return false;
	}
	ref->version = version;
	wls_scan_settle(s, end);
	return true;
}

static bool at_word(const struct wls_scanner *s)
{
	return wls_slice_starts_nocase(wls_slice_from(s->text, s->at), WLS_SLICE("worklog"));
}

/* ---- what hides references ---- */

static size_t backticks_at(struct wls_slice text, size_t at)
{
	size_t n = 0;

	while (at + n < text.len && text.ptr[at + n] == '`')
		n++;
	return n;
}

/* The next run of exactly n backticks from `at`, or SIZE_MAX. */
static size_t find_backticks(struct wls_slice text, size_t at, size_t n)
{
	while (at < text.len) {
		const char *p = memchr(text.ptr + at, '`', text.len - at);
		size_t run;

		if (!p)
			return SIZE_MAX;
		at = (size_t)(p - text.ptr);
		run = backticks_at(text, at);
		if (run == n)
			return at;
		at += run;
	}
	return SIZE_MAX;
}

/* A code span: only tokens (R3) count in it. */
static void scan_code(struct wls_scanner *s)
{
	size_t n = backticks_at(s->text, s->at), close = SIZE_MAX, floor;

	if (n <= WLS_BACKTICKS && !s->no_backticks[n]) {
		close = find_backticks(s->text, s->at + n, n);
		s->no_backticks[n] = close == SIZE_MAX;
	}
	if (close == SIZE_MAX) {
		s->at += n;
		return;
	}
	floor = s->at + n;
	wls_ref_mask(s->list, s->at, close + n);
	for (s->at = floor; s->at < close;)
		if (!at_word(s) || !scan_word(s, floor, close, true))
			s->at++;
		else
			floor = s->at;
	wls_scan_settle(s, close + n);
}

/* Masks up to and with the next `close`, unless there is none. */
static bool scan_until(struct wls_scanner *s, size_t from, struct wls_slice close, bool *none)
{
	size_t end;

	if (*none)
		return false;
	end = wls_slice_find(wls_slice_from(s->text, from), close);
	if (end == SIZE_MAX) {
		*none = true;
		return false;
	}
	wls_scan_mask(s, from + end + close.len);
	return true;
}

static size_t url_end(struct wls_slice text, size_t at)
{
	unsigned depth = 0;

	for (; at < text.len; at++) {
		char c = text.ptr[at];

		if ((unsigned char)c <= ' ' || strchr("<>\"`|", c))
			break;
		if (c == '(')
			depth++;
		if (c == ')' && depth-- == 0)
			break;
	}
	return at;
}

/* "scheme://host": everything to the end of the URL is masked. */
static bool scan_url(struct wls_scanner *s)
{
	struct wls_slice text = s->text;
	size_t begin = s->at, slashes = s->at + 1;

	if (!wls_slice_starts(wls_slice_from(text, slashes), WLS_SLICE("//")))
		return false;
	if (slashes + 2 >= text.len || wls_is_blank(text.ptr[slashes + 2]) ||
	    text.ptr[slashes + 2] == '/')
		return false;
	while (begin > s->floor && (wls_is_alnum(text.ptr[begin - 1]) ||
				    strchr("+-.", text.ptr[begin - 1] ? text.ptr[begin - 1] : ' ')))
		begin--;
	if (begin == s->at)
		return false;
	s->at = begin;
	wls_scan_mask(s, url_end(text, slashes + 2));
	return true;
}

/* ---- the walk ---- */

static void scan_step(struct wls_scanner *s)
{
	switch (s->text.ptr[s->at]) {
	case '\\':
		s->at += s->at + 1 < s->text.len && strchr("[]`<~\\", s->text.ptr[s->at + 1]) ? 2
											      : 1;
		return;
	case '`':
		scan_code(s);
		return;
	case '<':
		if (looking_at(s, WLS_SLICE("<!--")) &&
		    scan_until(s, s->at + 4, WLS_SLICE("-->"), &s->no_comment))
			return;
		break;
	case '~':
		if (looking_at(s, WLS_SLICE("~~")) &&
		    scan_until(s, s->at + 2, WLS_SLICE("~~"), &s->no_struck))
			return;
		break;
	case '[':
		if (!looking_at(s, WLS_SLICE("[[")) || !wls_scan_wiki(s))
			wls_scan_open(s);
		return;
	case ']':
		wls_scan_close(s);
		return;
	case ':':
		if (scan_url(s))
			return;
		break;
	case 'w':
	case 'W':
		if (at_word(s) && scan_word(s, s->floor, s->text.len, false))
			return;
		break;
	default:
		break;
	}
	s->at++;
}

void wls_refs_scan(const struct wls_ref_world *world, struct wls_slice folder,
		   struct wls_slice text, struct wls_ref_list *list)
{
	struct wls_scanner s = {.world = world, .list = list, .folder = folder, .text = text};

	list->count = 0;
	list->verb_count = 0;
	list->mask_count = 0;
	while (s.at < text.len)
		scan_step(&s);
}

bool wls_refs_likely(struct wls_slice text)
{
	size_t i = 0;

	while (i < text.len) {
		struct wls_slice rest = wls_slice_from(text, i);

		switch (text.ptr[i]) {
		case 'w':
		case 'W':
			if (wls_slice_starts_nocase(rest, WLS_SLICE("worklog")))
				return true;
			break;
		case '[':
			if (wls_slice_starts(rest, WLS_SLICE("[[")))
				return true;
			break;
		case '.':
			if (wls_slice_starts_nocase(rest, WLS_SLICE(".md")))
				return true;
			break;
		default:
			break;
		}
		i++;
	}
	return false;
}
