/* SPDX-License-Identifier: MIT */
/*
 * Who needs whom in one item: subject, verb, objects.
 *
 * Layer: graph. Includes: base, refs.
 *
 *     Payment integration  depends on  Auth-Refactor v5, Search v2 and blocks  Reports v1
 *     `-----subject-----'  `--verb--'  `----------objects--------'     `verb'  `-object-'
 *
 * The verbs cut an item into clauses. What stands behind a verb, up to the next, are its
 * objects. Its subject is, in this order: the reference right before it; in a later clause
 * that only goes on ("… and blocks …"), the subject of the clause before; the words before
 * it, when they are a log's name; else the log that the item stands in. "A needs B, C
 * blocks D": C is no object of "needs", since it stands right before the next verb and not
 * right behind its own. "not", "no longer", "doesn't", "without" in a clause before its
 * verb take the verb's meaning away, "until" and "unless" give it back.
 *
 * Without a verb, or with none that has an object ("Auth v5 blocks us"), the log needs
 * every log named.
 *
 * This is no grammar of English: it reads what people write in such lists, and what it
 * does not understand it takes for the simplest case. Linear in the item.
 */
#include "graph/graph_internal.h"

enum {
	SUBJECTS_MAX = 8,
	SUBJECT_BYTES_MAX = 4 * WLS_NAME_WINDOW, /* words before a verb that are compared */
};

struct clause {
	size_t first, end; /* its objects: refs [first, end) */
	bool negated;
	bool needed;                     /* the direction of its verb */
	uint32_t subjects[SUBJECTS_MAX]; /* refs, or one of WLS_CLAUSE_… */
	size_t subject_count;
	struct wls_ref named; /* for WLS_CLAUSE_NAME */
};

struct reader {
	const struct wls_ref_world *world;
	struct wls_slice text;
	struct wls_ref_list *list;
	struct wls_clauses *out;
};

/* ---- words ---- */

/* Cuts the next word off *rest: letters, digits, apostrophes, and what is above ASCII. */
static bool next_word(struct wls_slice *rest, struct wls_slice *word)
{
	size_t i = 0, n = 0;

	if (rest->len == 0)
		return false;
	while (i < rest->len && !wls_is_alnum(rest->ptr[i]) && (unsigned char)rest->ptr[i] < 0x80)
		i++;
	while (i + n < rest->len && (wls_is_alnum(rest->ptr[i + n]) || rest->ptr[i + n] == '\'' ||
				     (unsigned char)rest->ptr[i + n] >= 0x80))
		n++;
	*word = wls_slice(rest->ptr + i, n);
	*rest = wls_slice_from(*rest, i + n);
	return n > 0;
}

static bool is_one_of(struct wls_slice word, const char *const *words)
{
	for (; *words; words++)
		if (wls_slice_eq_nocase(word, wls_slice_of(*words)))
			return true;
	return false;
}

/* Words that may stand between a subject and its verb. */
static bool is_filler(struct wls_slice word)
{
	static const char *const words[] = {"is",    "are", "was",  "were", "must", "currently",
					    "still", "now", "also", "then", "only", NULL};

	return is_one_of(word, words);
}

static bool is_relative(struct wls_slice word)
{
	static const char *const words[] = {"which", "that", "who", NULL};

	return is_one_of(word, words);
}

static bool is_join(struct wls_slice word)
{
	static const char *const words[] = {"and", "or", "but", "also", "then", "so", NULL};

	return is_one_of(word, words);
}

static bool is_negation(struct wls_slice word)
{
	static const char *const words[] = {"not",
					    "without",
					    "never",
					    "doesn't",
					    "don't",
					    "isn't",
					    "aren't",
					    "wasn't",
					    "doesn\xe2\x80\x99t",
					    "don\xe2\x80\x99t",
					    "isn\xe2\x80\x99t",
					    "aren\xe2\x80\x99t",
					    "wasn\xe2\x80\x99t",
					    NULL};

	return is_one_of(word, words);
}

static bool is_clause_mark(char c)
{
	return c == ',' || c == ';' || c == ':' || c == '(' || c == '.';
}

/* What stands behind the last clause mark of `s`. */
static struct wls_slice last_part(struct wls_slice s)
{
	for (size_t i = s.len; i > 0; i--)
		if (is_clause_mark(s.ptr[i - 1]))
			return wls_slice_from(s, i);
	return s;
}

/* Whether the words of `s`, before a verb, negate it. */
static bool negates(struct wls_slice s)
{
	struct wls_slice rest = last_part(s), word, before = {0};
	bool negated = false;

	while (next_word(&rest, &word)) {
		if (is_negation(word) || (wls_slice_eq_nocase(word, WLS_SLICE("longer")) &&
					  wls_slice_eq_nocase(before, WLS_SLICE("no"))))
			negated = true;
		if (wls_slice_eq_nocase(word, WLS_SLICE("until")) ||
		    wls_slice_eq_nocase(word, WLS_SLICE("unless")))
			negated = false;
		before = word;
	}
	return negated;
}

/* What the text between a reference and a later verb is. */
enum gap {
	GAP_DIRECT,   /* nothing, or "is currently" */
	GAP_RELATIVE, /* "which" */
	GAP_JOIN,     /* ", and" */
	GAP_WORDS,    /* other words, perhaps a subject of their own */
};

static enum gap read_gap(struct wls_slice s)
{
	struct wls_slice rest = s, word;
	enum gap gap = GAP_DIRECT;

	for (size_t i = 0; i < s.len; i++)
		if (is_clause_mark(s.ptr[i]))
			gap = GAP_JOIN;
	while (next_word(&rest, &word)) {
		if (is_relative(word))
			return GAP_RELATIVE;
		if (is_filler(word) || is_negation(word) ||
		    wls_slice_eq_nocase(word, WLS_SLICE("no")) ||
		    wls_slice_eq_nocase(word, WLS_SLICE("longer")))
			continue;
		if (!is_join(word))
			return GAP_WORDS;
		gap = GAP_JOIN;
	}
	return gap;
}

/* ---- subjects ---- */

static void set_subject(struct clause *clause, uint32_t subject)
{
	clause->subjects[0] = subject;
	clause->subject_count = 1;
}

static bool find_subject(struct reader *r, struct wls_slice words, struct clause *clause)
{
	uint32_t name = wls_map_find(&r->world->names, wls_name_fold_into(&r->list->fold, words));

	if (name == WLS_MAP_NONE)
		return false;
	clause->named = (struct wls_ref){
		.form = WLS_REF_NAMED, .name = name, .place = WLS_PLACE_NONE, .written = words};
	set_subject(clause, WLS_CLAUSE_NAME);
	return true;
}

/* The words without fillers at their end. */
static struct wls_slice without_fillers(struct wls_slice s)
{
	for (;;) {
		size_t begin;

		s = wls_slice_trim(s);
		begin = s.len;
		while (begin > 0 && wls_is_alpha(s.ptr[begin - 1]))
			begin--;
		if (begin == s.len || !is_filler(wls_slice_from(s, begin)))
			return s;
		s.len = begin;
	}
}

/* Without emphasis, quotes and backticks around it, which are no words. */
static struct wls_slice without_emphasis(struct wls_slice s)
{
	s = wls_slice_trim(s);
	while (s.len > 0 && strchr("*_`\"'", s.ptr[0] ? s.ptr[0] : ' '))
		s = wls_slice_from(s, 1);
	while (s.len > 0 && strchr("*_`\"'", s.ptr[s.len - 1] ? s.ptr[s.len - 1] : ' '))
		s.len--;
	return s;
}

/* The log that the words before a verb name; else the log that the item stands in. */
static void words_subject(struct reader *r, struct wls_slice words, struct clause *clause)
{
	struct wls_slice cut;

	if (words.len > SUBJECT_BYTES_MAX)
		words = wls_slice_from(words, words.len - SUBJECT_BYTES_MAX);
	words = without_emphasis(words);
	cut = without_emphasis(without_fillers(words));
	if (cut.len > 0 && (find_subject(r, words, clause) || find_subject(r, cut, clause) ||
			    find_subject(r, without_emphasis(last_part(cut)), clause)))
		return;
	set_subject(clause, WLS_CLAUSE_SELF);
}

static struct wls_slice between(const struct reader *r, size_t begin, size_t end)
{
	return wls_slice(r->text.ptr + begin, end > begin ? end - begin : 0);
}

/* The references that are joined to refs[last], which stands before a verb. */
static void refs_subject(struct reader *r, size_t first, size_t last, struct clause *clause)
{
	const struct wls_ref *refs = r->list->refs;

	set_subject(clause, (uint32_t)last);
	while (last > first && clause->subject_count < SUBJECTS_MAX) {
		struct wls_slice gap = between(r, refs[last - 1].end, refs[last].begin), word;
		struct wls_slice rest = gap;
		bool joined = true;

		for (size_t i = 0; i < gap.len; i++)
			joined &= gap.ptr[i] != ';' && gap.ptr[i] != '.' && gap.ptr[i] != ':';
		while (next_word(&rest, &word))
			joined &= wls_slice_eq_nocase(word, WLS_SLICE("and")) ||
				  wls_slice_eq_nocase(word, WLS_SLICE("or"));
		if (!joined)
			return;
		clause->subjects[clause->subject_count++] = (uint32_t)--last;
	}
}

/* ---- clauses ---- */

/* "not" or "without" right before an object takes it away. */
static bool object_negated(const struct reader *r, size_t from, const struct wls_ref *ref)
{
	struct wls_slice rest = between(r, from, ref->begin), word, last = {0}, before = {0};

	while (next_word(&rest, &word)) {
		before = last;
		last = word;
	}
	if (wls_slice_eq_nocase(last, WLS_SLICE("on")) ||
	    wls_slice_eq_nocase(last, WLS_SLICE("for")) ||
	    wls_slice_eq_nocase(last, WLS_SLICE("by")))
		last = before;
	return wls_slice_eq_nocase(last, WLS_SLICE("not")) ||
	       wls_slice_eq_nocase(last, WLS_SLICE("without"));
}

static void add_edge(struct reader *r, uint32_t from, uint32_t to, const struct clause *clause)
{
	struct wls_clauses *out = r->out;

	WLS_GROW(out->edges, out->cap, out->count + 1);
	out->edges[out->count++] = (struct wls_clause_edge){from, to, clause->named};
}

/* The first verb's clause: everything before it may be the subject. */
static void first_clause(struct reader *r, const struct wls_verb *verb, struct clause *clause)
{
	size_t n = 0;

	while (n < r->list->count && r->list->refs[n].begin < verb->begin)
		n++;
	clause->first = n;
	if (n > 0 &&
	    object_negated(r, n > 1 ? r->list->refs[n - 2].end : 0, &r->list->refs[n - 1])) {
		set_subject(clause, WLS_CLAUSE_SELF);
	} else if (n > 0) {
		refs_subject(r, 0, n - 1, clause);
		clause->negated = negates(between(r, r->list->refs[n - 1].end, verb->begin));
	} else {
		words_subject(r, between(r, 0, verb->begin), clause);
		clause->negated = negates(between(r, 0, verb->begin));
	}
}

/* A later verb: takes the last object away from the clause before when it is the subject. */
static void later_clause(struct reader *r, struct clause *before, const struct wls_verb *verb,
			 size_t verb_before_end, struct clause *clause)
{
	const struct wls_ref *refs = r->list->refs;
	size_t n = before->first, from = verb_before_end;
	enum gap gap;

	while (n < r->list->count && refs[n].begin < verb->begin)
		n++;
	before->end = clause->first = n;
	if (n > before->first)
		from = refs[n - 1].end;
	clause->negated = negates(between(r, from, verb->begin));
	gap = read_gap(between(r, from, verb->begin));
	if (n == before->first) {
		*clause = (struct clause){.first = n, .negated = clause->negated};
		memcpy(clause->subjects, before->subjects, sizeof(clause->subjects));
		clause->subject_count = before->subject_count;
		clause->named = before->named;
		if (gap == GAP_WORDS)
			words_subject(r, between(r, from, verb->begin), clause);
	} else if (gap == GAP_RELATIVE) {
		set_subject(clause, (uint32_t)(n - 1));
	} else if (gap == GAP_DIRECT) {
		set_subject(clause, (uint32_t)(n - 1));
		if (n - 1 > before->first)
			before->end = n - 1;
	} else if (gap == GAP_JOIN) {
		memcpy(clause->subjects, before->subjects, sizeof(clause->subjects));
		clause->subject_count = before->subject_count;
		clause->named = before->named;
	} else {
		words_subject(r, between(r, from, verb->begin), clause);
	}
}

static void emit(struct reader *r, const struct clause *clause, size_t from)
{
	if (clause->negated)
		return;
	for (size_t i = clause->first; i < clause->end; i++) {
		bool negated = object_negated(r, from, &r->list->refs[i]);

		from = r->list->refs[i].end;
		for (size_t k = 0; !negated && k < clause->subject_count; k++) {
			if (clause->needed)
				add_edge(r, (uint32_t)i, clause->subjects[k], clause);
			else
				add_edge(r, clause->subjects[k], (uint32_t)i, clause);
		}
	}
}

static void read_verbs(struct reader *r)
{
	const struct wls_verb *verbs = r->list->verbs;
	size_t n = r->list->verb_count;
	struct clause clause = {0}, next;

	first_clause(r, &verbs[0], &clause);
	for (size_t i = 0; i < n; i++) {
		clause.needed = verbs[i].direction == WLS_VERB_NEEDED;
		clause.end = r->list->count;
		next = (struct clause){0};
		if (i + 1 < n)
			later_clause(r, &clause, &verbs[i + 1], verbs[i].end, &next);
		emit(r, &clause, verbs[i].end);
		if (i + 1 == n) {
			r->out->negated = clause.negated;
			r->out->needed = clause.needed;
		} else {
			clause = next;
		}
	}
}

/* Whether nothing but marks follows the last verb. */
static bool ends_in_verb(const struct reader *r)
{
	const struct wls_ref_list *list = r->list;
	struct wls_slice rest, word;

	if (list->verb_count == 0)
		return false;
	rest = wls_slice_from(r->text, list->verbs[list->verb_count - 1].end);
	return !next_word(&rest, &word);
}

/* Whether a reference stands behind a verb. "Auth v5 blocks us" has none: it is just named. */
static bool has_objects(const struct wls_ref_list *list)
{
	return list->count > 0 && list->refs[list->count - 1].begin > list->verbs[0].begin;
}

void wls_clauses_read(const struct wls_ref_world *world, struct wls_slice text,
		      struct wls_ref_list *list, struct wls_clauses *out)
{
	struct reader r = {.world = world, .text = text, .list = list, .out = out};
	struct clause none = {.end = list->count};

	out->count = 0;
	out->negated = false;
	out->needed = false;
	if (list->verb_count > 0)
		read_verbs(&r);
	if (list->verb_count == 0 || (!out->negated && !has_objects(list))) {
		set_subject(&none, WLS_CLAUSE_SELF);
		for (size_t i = 0; i < list->count; i++)
			add_edge(&r, WLS_CLAUSE_SELF, (uint32_t)i, &none);
	}
	out->ends_in_verb = ends_in_verb(&r);
}

void wls_clauses_release(struct wls_clauses *clauses)
{
	free(clauses->edges);
	*clauses = (struct wls_clauses){0};
}
