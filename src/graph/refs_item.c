/* SPDX-License-Identifier: MIT */
/*
 * References that count only in items that may be dependencies: names in running text.
 *
 * Layer: graph. Includes: base, names, refs.
 *
 * "Auth-Refactor v5" (R5) counts at the start of an item and after a verb, a comma,
 * semicolon, colon, opening parenthesis, "and", "or". A bare name (R6) counts after a verb
 * only, or in the list that begins there ("needs Auth-Refactor, Search and Billing"). So
 * the text is walked word by word with one state:
 *
 *     state     after                                   tries
 *     NOTHING   any other word                          verbs
 *     LIST      the start, `,` `;` `:` `(` and, or      R5, verbs
 *     VERB      a verb; `,` and, or behind a name       R5, R6, verbs
 *               that was found in this state
 *
 * What wls_refs_scan() found is stepped over: a reference there is a name found, a mask
 * is a word. Each place looks at most WLS_NAME_WINDOW bytes ahead.
 */
#include "graph/refs_internal.h"

#include "base/utf8.h"

enum expect { NOTHING, LIST, VERB };

struct walker {
	const struct wls_ref_world *world;
	struct wls_ref_list *list;
	struct wls_slice text;
	size_t at;
	enum expect expect;
	bool after_name; /* a name, found where a verb led to it, and only blanks since */
	bool in_verb;    /* the list that a verb began goes on */
	size_t ref, ref_count, mask; /* next of wls_refs_scan()'s findings */
	size_t code_end;             /* of the code span that the walk is or was in */
};

/* ---- verbs ---- */

struct verb_form {
	struct wls_slice words;
	enum wls_verb_direction direction;
};

#define FORM(words, direction)                                                                     \
	{                                                                                          \
		{(words), sizeof(words) - 1}, WLS_VERB_##direction                                 \
	}
/* Longer forms stand before those they begin with. */
static const struct verb_form verb_forms[] = {
	FORM("after", NEEDS),         FORM("blocked by", NEEDS),   FORM("blocked on", NEEDS),
	FORM("blocking", NEEDED),     FORM("blocks", NEEDED),      FORM("block", NEEDED),
	FORM("dependent on", NEEDS),  FORM("depending on", NEEDS), FORM("depends on", NEEDS),
	FORM("depend on", NEEDS),     FORM("depends upon", NEEDS), FORM("depend upon", NEEDS),
	FORM("needed by", NEEDED),    FORM("needed for", NEEDED),  FORM("needing", NEEDS),
	FORM("needs", NEEDS),         FORM("need", NEEDS),         FORM("required by", NEEDED),
	FORM("required for", NEEDED), FORM("requires", NEEDS),     FORM("requiring", NEEDS),
	FORM("require", NEEDS),       FORM("unblocked by", NEEDS), FORM("unblocking", NEEDED),
	FORM("unblocks", NEEDED),     FORM("unblock", NEEDED),     FORM("waiting for", NEEDS),
	FORM("waiting on", NEEDS),    FORM("waits for", NEEDS),    FORM("waits on", NEEDS),
	FORM("wait for", NEEDS),      FORM("wait on", NEEDS),
};

/* The bytes of `text` at `at` that spell `words`, blanks as wide as they like; or 0. */
static size_t words_at(struct wls_slice text, size_t at, struct wls_slice words)
{
	size_t i = at;

	for (size_t w = 0; w < words.len; w++) {
		if (words.ptr[w] == ' ') {
			if (i >= text.len || !wls_is_blank(text.ptr[i]))
				return 0;
			while (i < text.len && wls_is_blank(text.ptr[i]))
				i++;
		} else if (i < text.len && wls_lower(text.ptr[i]) == words.ptr[w]) {
			i++;
		} else {
			return 0;
		}
	}
	return wls_may_end(text, i) ? i - at : 0;
}

size_t wls_verb_at(struct wls_slice text, size_t at, enum wls_verb_direction *direction)
{
	char first = wls_lower(text.ptr[at]);

	for (size_t i = 0; i < WLS_ARRAY_SIZE(verb_forms); i++) {
		size_t n;

		if (verb_forms[i].words.ptr[0] != first)
			continue;
		n = words_at(text, at, verb_forms[i].words);
		if (n > 0) {
			*direction = verb_forms[i].direction;
			return n;
		}
	}
	return 0;
}

/* ---- R5 and R6 ---- */

/* A version that belongs to the name that ends at `at`: "v5", "-v5", "(v5)"; the end, or 0. */
static size_t version_after(struct wls_slice text, size_t at, uint32_t *version)
{
	size_t i = at, n;
	bool paren;

	while (i < text.len && (wls_is_name_gap(text.ptr[i]) || text.ptr[i] == '*'))
		i++;
	if (i == at)
		return 0;
	paren = i < text.len && text.ptr[i] == '(';
	n = wls_version_at(text, i + paren, version);
	if (n == 0 || *version == 0)
		return 0;
	i += paren + n;
	if (paren)
		return i < text.len && text.ptr[i] == ')' ? i + 1 : 0;
	return wls_may_end(text, i) ? i : 0;
}

/* Whether a bare name may end at `at`: at punctuation, the end, or before a word of the table. */
static bool name_closes(struct wls_slice text, size_t at)
{
	static const struct wls_slice words[] = {
		{"for", 3}, {"to", 2}, {"before", 6}, {"and", 3}, {"or", 2},
	};
	size_t i = at;

	if (!wls_may_end(text, at))
		return false;
	while (i < text.len && (wls_is_blank(text.ptr[i]) || strchr("*`", text.ptr[i])))
		i++;
	if (i >= text.len || strchr(",;:.()[]!?\"-|~&", text.ptr[i] ? text.ptr[i] : ' '))
		return true;
	if ((unsigned char)text.ptr[i] >= 0x80) {
		int32_t cp;

		wls_utf8_decode(wls_slice_from(text, i), &cp, NULL);
		return !wls_utf8_is_word(cp);
	}
	for (size_t w = 0; i > at && w < WLS_ARRAY_SIZE(words); w++)
		if (words_at(text, i, words[w]) > 0)
			return true;
	return false;
}

/* Where the text that names may use ends: at the next finding of wls_refs_scan(). */
static size_t free_end(const struct walker *w)
{
	size_t end = w->text.len;

	if (w->ref < w->ref_count && w->list->refs[w->ref].begin < end)
		end = w->list->refs[w->ref].begin;
	if (w->mask < w->list->mask_count && w->list->masks[w->mask].begin < end)
		end = w->list->masks[w->mask].begin;
	return end;
}

static bool take_name(struct walker *w)
{
	struct wls_known_names known;
	size_t limit = free_end(w);

	wls_known_after(w->world, w->text, w->at, limit, &w->list->fold, &known);
	for (size_t i = 0; i < known.count; i++) {
		uint32_t version = 0;
		size_t end = version_after(w->text, known.end[i], &version);
		enum wls_ref_form form;
		struct wls_ref *ref;

		if (end > limit)
			end = 0;
		form = end > 0 ? WLS_REF_VERSIONED : WLS_REF_NAMED;
		if (end == 0 && (w->expect != VERB || !name_closes(w->text, known.end[i])))
			continue;
		ref = wls_ref_add(w->list, form, w->at, end > 0 ? end : known.end[i]);
		ref->name = known.name[i];
		ref->version = end > 0 ? version : 0;
		ref->written = wls_slice(w->text.ptr + w->at, known.end[i] - w->at);
		w->at = ref->end;
		return true;
	}
	return false;
}

/* ---- the walk ---- */

static void saw_name(struct walker *w)
{
	w->after_name = true;
	w->expect = NOTHING;
}

static void saw_word(struct walker *w)
{
	w->after_name = false;
	w->in_verb = false;
	w->expect = NOTHING;
}

/* What may join names in a list. */
static void saw_join(struct walker *w, bool ends_list)
{
	if (ends_list)
		w->in_verb = false;
	w->expect = w->in_verb && w->after_name ? VERB : LIST;
}

/*
 * Steps over the mask that begins here: a comment is nothing; of a code span only the backticks, since
 * people put names between them, but what it holds is no verb.
 */
static void step_over_mask(struct walker *w)
{
	struct wls_span mask = w->list->masks[w->mask++];

	if (w->text.ptr[mask.begin] == '`') {
		w->code_end = mask.end;
		while (w->at < mask.end && w->text.ptr[w->at] == '`')
			w->at++;
		return;
	}
	while (w->ref < w->ref_count && w->list->refs[w->ref].begin < mask.end)
		w->ref++;
	w->at = mask.end;
	if (w->text.ptr[mask.begin] != '<')
		saw_word(w);
}

/* Steps over a finding of wls_refs_scan() that begins here. */
static bool step_over(struct walker *w)
{
	struct wls_ref_list *list = w->list;

	while (w->mask < list->mask_count && list->masks[w->mask].end <= w->at)
		w->mask++;
	while (w->ref < w->ref_count && list->refs[w->ref].end <= w->at)
		w->ref++;
	if (w->ref < w->ref_count && list->refs[w->ref].begin <= w->at) {
		w->at = list->refs[w->ref++].end;
		saw_name(w);
		return true;
	}
	if (w->mask < list->mask_count && list->masks[w->mask].begin <= w->at) {
		step_over_mask(w);
		return true;
	}
	return false;
}

static bool take_verb(struct walker *w)
{
	struct wls_ref_list *list = w->list;
	enum wls_verb_direction direction;
	size_t n = wls_verb_at(w->text, w->at, &direction);

	if (n == 0 || w->at + n > free_end(w))
		return false;
	WLS_GROW(list->verbs, list->verb_cap, list->verb_count + 1);
	list->verbs[list->verb_count++] =
		(struct wls_verb){(uint32_t)w->at, (uint32_t)(w->at + n), direction};
	w->at += n;
	w->expect = VERB;
	w->in_verb = true;
	w->after_name = false;
	return true;
}

/* Bytes of the word character at `at`, or of one that words are joined by; or 0. */
static size_t word_char_at(struct wls_slice text, size_t at)
{
	int32_t cp;
	size_t n;

	if (at >= text.len)
		return 0;
	if ((unsigned char)text.ptr[at] < 0x80)
		return wls_is_alnum(text.ptr[at]) || text.ptr[at] == '_';
	n = wls_utf8_decode(wls_slice_from(text, at), &cp, NULL);
	return wls_utf8_is_word(cp) ? n : 0;
}

static size_t word_end(struct wls_slice text, size_t at)
{
	size_t n;

	while ((n = word_char_at(text, at)) > 0 ||
	       (at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '/')))
		at += n > 0 ? n : 1;
	return at;
}

/* Words between a verb and its names that are neither: "needs both A and B". */
static bool leads_to_name(struct wls_slice word)
{
	return wls_slice_eq_nocase(word, WLS_SLICE("the")) ||
	       wls_slice_eq_nocase(word, WLS_SLICE("both")) ||
	       wls_slice_eq_nocase(word, WLS_SLICE("either"));
}

static void take_word(struct walker *w)
{
	size_t end = word_end(w->text, w->at), limit = free_end(w);
	struct wls_slice word = wls_slice(w->text.ptr + w->at, end - w->at);

	if (wls_slice_eq_nocase(word, WLS_SLICE("and")) ||
	    wls_slice_eq_nocase(word, WLS_SLICE("or")))
		saw_join(w, false);
	else if (w->expect == NOTHING || !leads_to_name(word))
		saw_word(w);
	w->at = end < limit ? end : limit;
}

/* A character above ASCII that is no word's: a dash ends what went before, quotes and emoji do not. */
static void take_wide_mark(struct walker *w)
{
	int32_t cp;

	w->at += wls_utf8_decode(wls_slice_from(w->text, w->at), &cp, NULL);
	if (cp == 0x2013 || cp == 0x2014 || cp == 0x2026)
		saw_word(w);
}

static void take_mark(struct walker *w)
{
	char c = w->text.ptr[w->at];

	if ((unsigned char)c >= 0x80) {
		take_wide_mark(w);
		return;
	}
	w->at++;
	if (c == ',' || c == ';' || c == ':' || c == '(') {
		if (c == ':' && w->expect == VERB)
			return;
		saw_join(w, c == ':' || c == '(');
	} else if (c == '&' || c == '+') {
		saw_join(w, false);
	} else if (!wls_is_blank(c) && !strchr("*_\"`", c ? c : ' ')) {
		saw_word(w);
	}
}

static void walk_step(struct walker *w)
{
	char c = w->text.ptr[w->at];
	bool begins = wls_may_begin(w->text, w->at);
	bool wordy = word_char_at(w->text, w->at) > 0;

	if (!wls_is_blank(c) && c != '*' && begins && w->expect != NOTHING) {
		bool in_verb = w->expect == VERB;

		if (take_name(w)) {
			saw_name(w);
			w->in_verb = w->in_verb && in_verb;
			return;
		}
	}
	if (wordy && begins && w->at >= w->code_end && take_verb(w))
		return;
	if (wordy)
		take_word(w);
	else
		take_mark(w);
}

static int by_place(const void *a, const void *b)
{
	const struct wls_ref *left = a, *right = b;

	return left->begin < right->begin ? -1 : left->begin > right->begin;
}

void wls_refs_scan_item(const struct wls_ref_world *world, struct wls_slice text, bool after_verb,
			struct wls_ref_list *list)
{
	struct walker w = {
		.world = world,
		.list = list,
		.text = text,
		.expect = after_verb ? VERB : LIST,
		.in_verb = after_verb,
		.ref_count = list->count,
	};

	while (w.at < text.len)
		if (!step_over(&w))
			walk_step(&w);
	if (list->count > w.ref_count)
		qsort(list->refs, list->count, sizeof(list->refs[0]), by_place);
}

/* ---- R7 and R8 ---- */

bool wls_refs_short(struct wls_slice text, struct wls_slice name)
{
	for (size_t at = 0; at < text.len; at++) {
		size_t i = at, n = 0;
		uint32_t version;

		if (wls_is_name_gap(text.ptr[at]) || !wls_may_begin(text, at))
			continue;
		while (i < text.len && n < name.len) {
			char c = wls_is_name_gap(text.ptr[i]) ? '-' : wls_lower(text.ptr[i]);

			if (c != name.ptr[n])
				break;
			i++;
			n++;
			if (n < name.len && name.ptr[n] == '-' &&
			    version_after(text, i, &version) > 0)
				return true;
		}
	}
	return false;
}

bool wls_refs_own(struct wls_slice text, size_t *at, uint32_t *first, uint32_t *last)
{
	for (; *at < text.len; ++*at) {
		size_t n, i;

		if (wls_lower(text.ptr[*at]) != 'v' || !wls_may_begin(text, *at))
			continue;
		n = wls_version_at(text, *at, first);
		if (n == 0)
			continue;
		i = *at + n;
		*last = *first;
		if (i < text.len && text.ptr[i] == '+') {
			*last = 0;
			i++;
		} else if (i < text.len && text.ptr[i] == '-') {
			n = wls_version_at(text, i + 1, last);
			i += n > 0 ? 1 + n : 0;
		}
		if (!wls_may_end(text, i))
			continue;
		*at = i;
		return true;
	}
	return false;
}
