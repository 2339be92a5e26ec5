/* SPDX-License-Identifier: MIT */
/*
 * Judges of merges: conservation, locality, conflicts. See judge_entries.c for entries.
 */
#include "support/judge_internal.h"

#include <stdio.h>

static char detail[512];

const char *judge_detail(void)
{
	return detail;
}

const char *judge_fail(const char *fault, struct wls_slice where)
{
	int len = where.len < 200 ? (int)where.len : 200;
	snprintf(detail, sizeof(detail), "%.*s", len, where.ptr ? where.ptr : "");
	return fault;
}

/* ---- sorted multisets of numbers ---- */

static int compare_numbers(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

void numbers_add(struct numbers *set, uint64_t value)
{
	WLS_GROW(set->items, set->cap, set->count + 1);
	set->items[set->count++] = value;
}

void numbers_sort(struct numbers *set)
{
	if (set->count > 1)
		qsort(set->items, set->count, sizeof(*set->items), compare_numbers);
}

/* The first place whose value is at least `value`. */
static size_t lower_bound(const struct numbers *set, uint64_t value)
{
	size_t low = 0, high = set->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (set->items[middle] < value)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t numbers_count(const struct numbers *set, uint64_t value)
{
	size_t from = lower_bound(set, value), n = 0;
	while (from + n < set->count && set->items[from + n] == value)
		n++;
	return n;
}

void numbers_release(struct numbers *set)
{
	free(set->items);
	*set = (struct numbers){0};
}

/* ---- texts ---- */

bool judge_next_hash(struct wls_slice *rest, uint64_t *value)
{
	uint64_t v = 0;
	size_t run = 0;
	for (size_t i = 0; i < rest->len; i++) {
		char c = rest->ptr[i];
		bool hex = wls_is_digit(c) || (c >= 'a' && c <= 'f');
		v = hex ? v << 4 | (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10) : 0;
		run = hex ? run + 1 : 0;
		if (run == 10 && (i + 1 == rest->len || !wls_is_alnum(rest->ptr[i + 1])) &&
		    (i < 10 || !wls_is_alnum(rest->ptr[i - 10]))) {
			*value = v;
			*rest = wls_slice_from(*rest, i + 1);
			return true;
		}
	}
	return false;
}

static void collect_hashes(struct wls_slice text, struct numbers *out)
{
	uint64_t value;
	while (judge_next_hash(&text, &value))
		numbers_add(out, value);
	numbers_sort(out);
}

/* A hash of the text without blanks at its end and without the digits of `v6` and `H3`. */
uint64_t judge_neutral_hash(struct wls_slice text)
{
	uint64_t h = 7;
	text = wls_slice_trim(text);
	for (size_t i = 0; i < text.len; i++) {
		bool label = (text.ptr[i] == 'v' || text.ptr[i] == 'H') &&
			     (i == 0 || !wls_is_alnum(text.ptr[i - 1]));
		h = (h ^ (unsigned char)text.ptr[i]) * UINT64_C(0x100000001B3);
		while (label && i + 1 < text.len && wls_is_digit(text.ptr[i + 1]))
			i++;
	}
	return h ^ (h >> 31);
}

void judge_project(const struct wls_merge *merge, enum wls_pick pick, struct wls_buf *out)
{
	struct wls_conflict_blocks blocks = {0};
	wls_conflict_blocks_find(wls_buf_slice(&merge->text), &blocks);
	enum wls_pick *picks = wls_alloc(blocks.count + 1, sizeof(*picks));
	size_t next = 0;
	for (size_t i = 0; i < blocks.count; i++) {
		while (next < merge->conflict_count &&
		       merge->conflicts[next].line < blocks.items[i].line)
			next++;
		bool own = next < merge->conflict_count &&
			   merge->conflicts[next].line == blocks.items[i].line;
		picks[i] = own ? pick : WLS_PICK_NONE;
	}
	wls_conflict_blocks_settle(wls_buf_slice(&merge->text), &blocks, picks, out);
	free(picks);
	free(blocks.items);
}

/* ---- conflicts ---- */

static size_t count_markers(struct wls_slice text, char c, unsigned size)
{
	struct wls_slice line;
	size_t n = 0;
	while (wls_slice_next_line(&text, &line)) {
		size_t run = 0;
		while (run < line.len && line.ptr[run] == c)
			run++;
		n += run == size;
	}
	return n;
}

static bool same_conflict(const struct wls_conflict *conflict,
			  const struct wls_conflict_block *block)
{
	return wls_slice_eq(conflict->texts[1], block->ours) &&
	       wls_slice_eq(conflict->texts[2], block->theirs) &&
	       (!block->has_base || wls_slice_eq(conflict->texts[0], block->base)) &&
	       conflict->line == block->line;
}

const char *judge_conflicts(const struct judged *j)
{
	const struct wls_merge *m = j->merge;
	struct wls_slice text = wls_buf_slice(&m->text);
	struct wls_conflict_blocks blocks = {0};
	const char *fault = NULL;
	size_t found = 0;
	wls_conflict_blocks_find(text, &blocks);
	for (size_t i = 0; i < blocks.count && found < m->conflict_count && !fault; i++) {
		const struct wls_conflict_block *block = &blocks.items[i];
		if (block->line != m->conflicts[found].line)
			continue;
		struct wls_slice whole =
			wls_slice(text.ptr + block->begin, block->end - block->begin);
		if (!same_conflict(&m->conflicts[found++], block))
			fault = judge_fail("a conflict differs from its block", whole);
		else if (block->size != m->marker_size)
			fault = judge_fail("a marker has another size than told", whole);
		else if (wls_slice_eq(block->ours, block->theirs))
			fault = judge_fail("a conflict has two equal sides", whole);
	}
	free(blocks.items);
	if (!fault && found != m->conflict_count)
		fault = judge_fail("a conflict that is told is not found", text);
	if (m->conflict_count > 0 && !fault &&
	    (count_markers(text, '<', m->marker_size) < m->conflict_count ||
	     count_markers(text, '>', m->marker_size) < m->conflict_count))
		fault = judge_fail("markers are fewer than the conflicts", text);
	return fault;
}

/* ---- law 3 by hashes ---- */

struct projections {
	struct wls_buf ours, theirs;
};

static void projections_init(struct projections *p, const struct wls_merge *merge)
{
	wls_buf_init(&p->ours, WLS_BUF_LIMIT);
	wls_buf_init(&p->theirs, WLS_BUF_LIMIT);
	judge_project(merge, WLS_PICK_OURS, &p->ours);
	judge_project(merge, WLS_PICK_THEIRS, &p->theirs);
}

static void projections_release(struct projections *p)
{
	wls_buf_release(&p->ours);
	wls_buf_release(&p->theirs);
}

enum { BASE, OURS, THEIRS, ON_OURS, ON_THEIRS, SETS };

/* One value, seen from the side `s`; `o` is the other, on_s and on_o the projections. */
static const char *judge_count(size_t b, size_t s, size_t o, size_t on_s, size_t on_o)
{
	if (b > 1 || s > 1 || o > 1)
		return NULL;
	/* What each side added at a place of its own may stand at both. */
	if (on_s > 1)
		return b == 0 && s == 1 && o == 1 ? NULL : "what stood once stands twice";
	if (s == 1 && b == 1 && o == 0)
		return on_s == 1 && on_o == 1 ? "what one side removed is still there" : NULL;
	if (s == 1)
		return on_s == 1 ? NULL
		       : b == 0  ? "what a side added is lost"
				 : "what nobody removed is lost";
	if (b == 0 && o == 1)
		return NULL;
	return on_s == 0 ? NULL
	       : b == 1  ? "what a side removed is there, taking its side in conflicts"
			 : "something comes from nowhere";
}

static const char *judge_value(const struct numbers *sets, uint64_t value)
{
	size_t n[SETS];
	for (size_t i = 0; i < SETS; i++)
		n[i] = numbers_count(&sets[i], value);
	const char *fault = judge_count(n[BASE], n[OURS], n[THEIRS], n[ON_OURS], n[ON_THEIRS]);
	return fault ? fault : judge_count(n[BASE], n[THEIRS], n[OURS], n[ON_THEIRS], n[ON_OURS]);
}

static const char *judge_sets(const struct numbers *sets)
{
	for (size_t k = 0; k < SETS; k++)
		for (size_t i = 0; i < sets[k].count; i++) {
			char text[32];
			const char *fault = judge_value(sets, sets[k].items[i]);
			if (!fault)
				continue;
			snprintf(text, sizeof(text), "%010llx",
				 (unsigned long long)sets[k].items[i]);
			return judge_fail(fault, wls_slice_of(text));
		}
	return NULL;
}

/*
 * Takes the hashes of what one side removed as a whole and the other changed out of the other's
 * projection where they stand outside too: the removing side had moved them elsewhere.
 */
static void forgive_moved(const struct wls_merge *merge, size_t side, struct numbers *on)
{
	for (size_t i = 0; i < merge->conflict_count; i++) {
		const struct wls_slice *texts = merge->conflicts[i].texts;
		struct wls_slice rest = texts[side];
		uint64_t value;
		if (texts[3 - side].len > 0)
			continue;
		while (judge_next_hash(&rest, &value)) {
			size_t at = lower_bound(on, value);
			if (numbers_count(on, value) < 2)
				continue;
			memmove(on->items + at, on->items + at + 1,
				(on->count - at - 1) * sizeof(*on->items));
			on->count--;
		}
	}
}

const char *judge_hashes(const struct judged *j)
{
	struct projections on _cleanup_(projections_release);
	struct numbers sets[SETS] = {{0}};
	projections_init(&on, j->merge);
	const struct wls_slice texts[SETS] = {j->base, j->ours, j->theirs, wls_buf_slice(&on.ours),
					      wls_buf_slice(&on.theirs)};
	for (size_t i = 0; i < SETS; i++)
		collect_hashes(texts[i], &sets[i]);
	forgive_moved(j->merge, 1, &sets[ON_OURS]);
	forgive_moved(j->merge, 2, &sets[ON_THEIRS]);
	const char *fault = judge_sets(sets);
	for (size_t i = 0; i < SETS; i++)
		numbers_release(&sets[i]);
	return fault;
}

/* ---- law 3 by lines ---- */

/* Without a byte order mark. */
static struct wls_slice without_mark(struct wls_slice text)
{
	return wls_slice_starts(text, WLS_SLICE("\xEF\xBB\xBF")) ? wls_slice_from(text, 3) : text;
}

static bool next_word(struct wls_slice *rest, struct wls_slice *word)
{
	*rest = wls_slice_trim(*rest);
	size_t n = 0;
	while (n < rest->len && rest->ptr[n] != ' ')
		n++;
	*word = wls_slice(rest->ptr, n);
	*rest = wls_slice_from(*rest, n);
	/* What parts the elements of a list comes and goes with them. */
	if (n > 1 && word->ptr[n - 1] == ',')
		word->len--;
	return n > 0;
}

/* The lines of all inputs; and their words, once somebody asks for one. */
struct vocabulary {
	const struct judged *of;
	struct numbers lines, words;
};

static void collect_lines(struct wls_slice text, struct numbers *out)
{
	struct wls_slice line;
	text = without_mark(text);
	while (wls_slice_next_line(&text, &line))
		numbers_add(out, judge_neutral_hash(line));
}

static void collect_words(struct wls_slice text, struct numbers *out)
{
	struct wls_slice line, word;
	text = without_mark(text);
	while (wls_slice_next_line(&text, &line))
		while (next_word(&line, &word))
			numbers_add(out, judge_neutral_hash(word));
}

static void collect_all(const struct judged *j, struct numbers *out,
			void (*collect)(struct wls_slice text, struct numbers *out))
{
	collect(j->base, out);
	collect(j->ours, out);
	collect(j->theirs, out);
	numbers_sort(out);
}

static bool knows_word(struct vocabulary *v, struct wls_slice word)
{
	if (v->words.count == 0)
		collect_all(v->of, &v->words, collect_words);
	return numbers_count(&v->words, judge_neutral_hash(word)) > 0;
}

static const char *judge_new_line(struct vocabulary *v, struct wls_slice line)
{
	struct wls_slice rest = line, word;
	if (wls_slice_trim(line).len == 0 || numbers_count(&v->lines, judge_neutral_hash(line)) > 0)
		return NULL;
	if (v->of->merge->resolution_count == 0)
		return judge_fail("a line is new, and no rule is named", line);
	while (next_word(&rest, &word))
		if (!knows_word(v, word))
			return judge_fail("a word comes from nowhere", line);
	return NULL;
}

static const char *judge_new_lines(struct vocabulary *v, struct wls_slice text)
{
	struct wls_slice line;
	const char *fault = NULL;
	text = without_mark(text);
	while (!fault && wls_slice_next_line(&text, &line))
		fault = judge_new_line(v, line);
	return fault;
}

/* Keys that stand alone, headings, fences: lines that many places share. */
static bool is_structural(struct wls_slice line)
{
	struct wls_slice probe = line;
	uint64_t value;
	line = wls_slice_trim(line);
	return (wls_slice_starts(line, WLS_SLICE("**")) && line.len > 3 &&
		memcmp(line.ptr + line.len - 3, ":**", 3) == 0) ||
	       wls_slice_starts(line, WLS_SLICE("```")) ||
	       wls_slice_starts(line, WLS_SLICE("| Metric")) ||
	       (wls_slice_starts(line, WLS_SLICE("## ")) && !judge_next_hash(&probe, &value));
}

static void collect_structure(struct wls_slice text, bool all, struct numbers *out)
{
	struct wls_slice line;
	text = without_mark(text);
	while (wls_slice_next_line(&text, &line))
		if (wls_slice_trim(line).len > 0 && (all || is_structural(line)))
			numbers_add(out, judge_neutral_hash(line));
	numbers_sort(out);
}

/*
 * Lines without hash, marker, percentage or tag do not become part of others. A status is one of four
 * words: a side may take it from one entry and give it to another.
 */
static bool is_counted(struct wls_slice line)
{
	uint64_t value;
	if (wls_slice_starts(line, WLS_SLICE("**Status:**")))
		return false;
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] == '%' || line.ptr[i] == '[' || (unsigned char)line.ptr[i] >= 0x80)
			return false;
	return !judge_next_hash(&line, &value);
}

static const char *judge_line_count(bool counted, size_t b, size_t x, size_t y, size_t on)
{
	size_t most = b + (x > b ? x - b : 0) + (y > b ? y - b : 0);
	size_t least = x + y > b ? x + y - b : 0;
	if (x >= b && y >= b)
		least = x > y ? x : y;
	if (!counted && (x != b || y != b))
		least = 0;
	return on < least ? "a line is lost" : on > most ? "a line is there too often" : NULL;
}

/* Whether both sides removed, or both added, the same: then counts tell little. */
static bool overlap(const struct judged *j)
{
	struct numbers b = {0}, x = {0}, y = {0};
	bool any = false;
	collect_hashes(j->base, &b);
	collect_hashes(j->ours, &x);
	collect_hashes(j->theirs, &y);
	for (size_t i = 0; i < b.count && !any; i++)
		any = !numbers_count(&x, b.items[i]) && !numbers_count(&y, b.items[i]);
	for (size_t i = 0; i < x.count && !any; i++)
		any = !numbers_count(&b, x.items[i]) && numbers_count(&y, x.items[i]);
	numbers_release(&b);
	numbers_release(&x);
	numbers_release(&y);
	return any;
}

static const char *judge_structure(const struct judged *j, struct wls_slice text)
{
	struct numbers sets[4] = {{0}};
	const struct wls_slice texts[4] = {j->base, j->ours, j->theirs, text};
	const char *fault = NULL;
	/* Where no rule made one line of two, every line counts. */
	for (size_t i = 0; i < 4; i++)
		collect_structure(texts[i], j->merge->resolution_count == 0, &sets[i]);
	struct wls_slice line;
	for (size_t i = 0; i < 4 && !fault; i++)
		for (struct wls_slice rest = texts[i];
		     wls_slice_next_line(&rest, &line) && !fault;) {
			uint64_t h = judge_neutral_hash(line);
			fault = judge_line_count(is_counted(line), numbers_count(&sets[0], h),
						 numbers_count(&sets[1], h),
						 numbers_count(&sets[2], h),
						 numbers_count(&sets[3], h));
			if (fault)
				judge_fail(fault, line);
		}
	for (size_t i = 0; i < 4; i++)
		numbers_release(&sets[i]);
	return fault;
}

const char *judge_lines(const struct judged *j)
{
	struct projections on _cleanup_(projections_release);
	struct vocabulary v = {.of = j};
	projections_init(&on, j->merge);
	struct wls_slice x = wls_buf_slice(&on.ours), y = wls_buf_slice(&on.theirs);
	collect_all(j, &v.lines, collect_lines);
	const char *fault = judge_new_lines(&v, x);
	if (!fault && !wls_slice_eq(x, y))
		fault = judge_new_lines(&v, y);
	numbers_release(&v.lines);
	numbers_release(&v.words);
	if (!fault && j->merge->conflict_count == 0 && !overlap(j))
		fault = judge_structure(j, x);
	return fault;
}

/* ---- law 3 for any bytes ---- */

/* Whether a rule tells of (a part of) that line, or of texts whose further lines it does not show. */
static bool is_named(const struct wls_merge *merge, struct wls_slice line)
{
	for (size_t i = 0; i < merge->resolution_count; i++) {
		const struct wls_resolution *r = &merge->resolutions[i];
		const struct wls_slice texts[] = {r->base, r->ours, r->theirs, r->result};
		if (r->rule == WLS_RULE_SENTENCES || r->rule == WLS_RULE_LINES ||
		    r->rule == WLS_RULE_VERSION)
			return true;
		for (size_t k = 0; k < WLS_ARRAY_SIZE(texts); k++)
			if (texts[k].len > 0 &&
			    (wls_slice_find(line, texts[k]) != SIZE_MAX ||
			     judge_neutral_hash(texts[k]) == judge_neutral_hash(line)))
				return true;
	}
	return false;
}

/* Each line of `text` that is not in `before` is in `after`, or named. */
static const char *judge_raw_side(const struct numbers *before, struct wls_slice text,
				  const struct numbers *after, const struct wls_merge *merge)
{
	struct wls_slice line;
	text = without_mark(text);
	while (wls_slice_next_line(&text, &line)) {
		uint64_t h = judge_neutral_hash(line);
		if (wls_slice_trim(line).len > 0 && numbers_count(before, h) == 0 &&
		    numbers_count(after, h) == 0 && !is_named(merge, line))
			return judge_fail("a line that a side added is lost", line);
	}
	return NULL;
}

const char *judge_raw_lines(const struct judged *j)
{
	struct projections on _cleanup_(projections_release);
	struct numbers base = {0}, all = {0}, ours = {0}, theirs = {0};
	struct wls_slice x, y;
	projections_init(&on, j->merge);
	x = wls_buf_slice(&on.ours);
	y = wls_buf_slice(&on.theirs);
	collect_all(j, &all, collect_lines);
	collect_lines(j->base, &base);
	collect_lines(x, &ours);
	collect_lines(y, &theirs);
	numbers_sort(&base);
	numbers_sort(&ours);
	numbers_sort(&theirs);
	const char *fault = judge_raw_side(&base, j->ours, &ours, j->merge);
	fault = fault ? fault : judge_raw_side(&base, j->theirs, &theirs, j->merge);
	if (!fault && j->merge->resolution_count == 0) {
		fault = judge_raw_side(&all, x, &all, j->merge);
		fault = fault ? fault : judge_raw_side(&all, y, &all, j->merge);
		fault = fault ? "a line comes from nowhere" : NULL;
	}
	numbers_release(&base);
	numbers_release(&all);
	numbers_release(&ours);
	numbers_release(&theirs);
	return fault;
}
