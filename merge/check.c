/* SPDX-License-Identifier: MIT */
/*
 * The last word on a result: is everything there, and nothing else?
 *
 * Layer: merge. Includes: base, doc, ledger, merge.
 *
 * The problem. A merge that matches, moves and composes nodes can lose one, or write one twice.
 * The check must find that without trusting any of it, and must never refuse a right result.
 *
 * The idea is book-keeping: how often each line stands in each text. What the result left open is
 * taken out of all books first: a conflict's variants from base and sides, a composed text's
 * sources likewise. Of what remains, let a line be b times in the base and x_s times in side s;
 * the side removed m_s = max(0, b - x_s) of them and added a_s = max(0, x_s - b). It stands p
 * times in the result outside of conflicts. At most all removals met different lines of the base,
 * at least they met the same; at least all additions were one line, at most each was its own
 * (lists of two entries may each have got it from another side). Composed texts may bring it c
 * times. Hence
 *
 *	max(0, b - sum m_s) + max a_s  <=  p  <=  b - max m_s + sum a_s + c            (1)
 *
 * and no variant of side s holds a line more often than side s does (but for composed ones). With
 * its own variants put back, side s finds what it added and what nobody removed: v_s being in
 * them,
 *
 *	max(0, b - sum m) + a_s  <=  p + v_s  <=  x_s + sum of others' a + c           (2)
 *
 * where nothing but composed texts is taken out, since in conflicts others' changes are not made.
 *
 * Net counts hide something: a side that removes a line here and adds the same there has changed
 * nothing in the books, but m_s and a_s are both one more. Two agents who each tick off an item
 * and put it anew into entries of their own rightly make two of it; by net counts it is one. So
 * where (1) does not hold, or more than one side removed some of several equal lines, the places
 * are looked at. A line's place is its scope: the entry (by its version, else its heading) with
 * the next heading or bold key on a line of its own above. Side s may have moved t_s lines beyond
 * its net change, 0 <= t_s <= T_s, where T_s counts what it has less in some scopes and more in
 * others; of equal lines within one scope that it changed, and of fences and braces, any may have
 * moved, for nothing tells them apart. The result is right when (1) and (2) hold for some t, with
 * m_s + t_s and a_s + t_s in them. Upwards that is t = T. Downwards, p = z + max (a_s + t_s) for z
 * lines of the base that stay: t_s = min(T_s, p - a_s - z) removes the most, and since each z more
 * costs a t_s as soon as one is held back by it, the best z is the greatest that holds none back,
 * or 0.
 *
 * Where no side moved anything (all T_s = 0) and nothing was taken out, the scopes tell more than
 * the sums do: the lines of the base that stay are counted in each scope on its own.
 *
 * Entries that stand equally often in base, sides and result are passed over by a hash of their
 * bytes: they would add the same to each term. So the cost is a search for headings in all bytes,
 * and a hash table's for the lines of changed entries. O(bytes).
 *
 * Blank lines do not count, nor does a bold key alone on its line.
 *
 * What it does not do: order. A line that stands at another place is as good; the laws of the
 * merge have their own tests. Nor does it see a line doubled that both sides added, or one of
 * several equal lines of a scope that both sides changed, nor one back that a side removed while
 * the other gave its scope another name. A line which both sides moved, to different places of one
 * scope, is refused when it stands at both.
 */
#include "merge/check.h"
#include "base/map.h"
#include "merge/ledger.h"

/* ---- the check ---- */

/* A stretch of whole lines, at most one entry. */
struct stretch {
	struct wls_slice text;
	uint32_t row; /* of its hash in the ledger of entries */
};

struct stretches {
	struct stretch *items;
	size_t count, cap;
};

/*
 * The columns of a line's row: by side how often it stands in the text, in conflicts' variants, in
 * sources of composed texts, and how often the side has less of it in some scope; then:
 */
enum { IN_TEXT, IN_VARIANTS, IN_SOURCES, GROSS, BY_SIDE };
enum { IN_RESULT, IN_COMPOSED, STAY_LEAST, STAY_MOST, FLAGGED, SINGLES };
/* Of a place: rows of its line and its scope, and whether the line says nothing. */
enum { OF_LINE, OF_SCOPE, IS_WEAK, PLACE_SINGLES };

struct check {
	size_t columns;            /* base and sides */
	struct stretches *texts;   /* by side; the result's last */
	struct wls_ledger entries; /* by text and result: how often */
	struct wls_ledger lines;   /* see above */
	struct wls_ledger scopes;  /* by side: a hash of the lines in it */
	struct wls_ledger places;  /* by side: how often; then the rows of line and scope */
	struct wls_arena arena;    /* of lines that pieces share */
};

static uint32_t *cells_of(const struct check *check, size_t row, int kind)
{
	return wls_ledger_row(&check->lines, row) + (size_t)kind * check->columns;
}

static uint32_t *single_of(const struct check *check, size_t row, int what)
{
	return wls_ledger_row(&check->lines, row) + BY_SIDE * check->columns + (size_t)what;
}

static uint64_t fold(uint64_t a, uint64_t b)
{
	return (a ^ (b + UINT64_C(0x9E3779B97F4A7C15) + (a << 6) + (a >> 2))) *
	       UINT64_C(0xFF51AFD7ED558CCD);
}

/* ---- entries ---- */

/* Where the next line begins that starts with `## `; the end when there is none. */
static size_t next_entry(struct wls_slice text, size_t from)
{
	while (from < text.len) {
		const char *mark = memchr(text.ptr + from, '#', text.len - from);
		if (!mark)
			break;
		size_t at = (size_t)(mark - text.ptr), n = at;
		while (n < text.len && text.ptr[n] == '#')
			n++;
		if (n - at == 2 && n < text.len && text.ptr[n] == ' ' &&
		    (at == 0 || text.ptr[at - 1] == '\n'))
			return at;
		from = n;
	}
	return text.len;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Blank lines at an end may stand in another piece. */
static struct wls_slice without_blank_end(struct wls_slice text)
{
	while (text.len > 0 && is_blank(text.ptr[text.len - 1]))
		text.len--;
	return text;
}

static void add_stretches(struct check *check, size_t column, struct wls_slice text)
{
	struct stretches *list = &check->texts[column];
	size_t begin = 0;

	while (begin < text.len) {
		size_t end = next_entry(text, begin + 1);
		struct wls_slice part = without_blank_end(wls_slice(text.ptr + begin, end - begin));
		begin = end;
		if (part.len == 0)
			continue;
		size_t row = wls_ledger_at(&check->entries, wls_hash(part));
		wls_ledger_row(&check->entries, row)[column]++;
		WLS_GROW(list->items, list->cap, list->count + 1);
		list->items[list->count++] = (struct stretch){.text = part, .row = (uint32_t)row};
	}
}

/* The texts of the result in whole lines: one may begin in a piece and end in another. */
static void add_result(struct check *check, const struct wls_pieces *pieces)
{
	_cleanup_buf_ struct wls_buf line = WLS_BUF_INIT;
	size_t column = check->columns;

	for (size_t i = 0; i <= pieces->count; i++) {
		const struct wls_piece *piece = i < pieces->count ? &pieces->items[i] : NULL;
		struct wls_slice text = WLS_SLICE("");
		if (piece && !piece->variants) {
			text = piece->text;
			const char *lf = line.len > 0 ? memchr(text.ptr, '\n', text.len) : NULL;
			size_t head = lf             ? (size_t)(lf - text.ptr) + 1
				      : line.len > 0 ? text.len
						     : 0;
			wls_buf_add(&line, text.ptr, head);
			text = wls_slice_from(text, head);
			if (!lf && line.len > 0)
				continue;
		}
		if (line.len > 0)
			add_stretches(check, column,
				      wls_arena_copy(&check->arena, wls_buf_slice(&line)));
		wls_buf_clear(&line);
		size_t whole = text.len;
		while (whole > 0 && text.ptr[whole - 1] != '\n')
			whole--;
		wls_buf_add(&line, text.ptr + whole, text.len - whole);
		add_stretches(check, column, wls_slice(text.ptr, whole));
	}
}

/* Whether base, sides and result all have the entry equally often. */
static bool is_common(const struct check *check, const struct stretch *stretch)
{
	const uint32_t *counts = wls_ledger_row(&check->entries, stretch->row);

	for (size_t i = 1; i <= check->columns; i++)
		if (counts[i] != counts[0])
			return false;
	return true;
}

/* ---- lines ---- */

/* A bold key alone says nothing: it goes and comes with what stands below it. */
static bool is_bare_key(struct wls_slice line)
{
	return line.len > 5 && wls_slice_starts(line, WLS_SLICE("**")) &&
	       wls_slice_ends_nocase(line, WLS_SLICE(":**")) &&
	       wls_slice_find(wls_slice_from(line, 2), WLS_SLICE("**")) == line.len - 4;
}

/* Cuts the next line that is not blank off `rest`, without blanks at its end. */
static bool next_line(struct wls_slice *rest, struct wls_slice *line)
{
	while (rest->len > 0) {
		const char *lf = memchr(rest->ptr, '\n', rest->len);
		size_t len = lf ? (size_t)(lf - rest->ptr) : rest->len;
		*line = without_blank_end(wls_slice(rest->ptr, len));
		*rest = wls_slice_from(*rest, lf ? len + 1 : len);
		if (line->len > 0)
			return true;
	}
	return false;
}

static void count_lines(struct check *check, struct wls_slice text, int kind, size_t column)
{
	struct wls_slice line;

	while (next_line(&text, &line))
		if (!is_bare_key(line))
			cells_of(check, wls_ledger_at(&check->lines, wls_hash(line)),
				 kind)[column]++;
}

static void count_singles(struct check *check, struct wls_slice text, int what)
{
	struct wls_slice line;

	while (next_line(&text, &line))
		if (!is_bare_key(line))
			++*single_of(check, wls_ledger_at(&check->lines, wls_hash(line)), what);
}

static void count_all(struct check *check, const struct wls_pieces *pieces,
		      const struct wls_composed_list *composed)
{
	for (size_t column = 0; column <= check->columns; column++) {
		const struct stretches *list = &check->texts[column];
		for (size_t i = 0; i < list->count; i++) {
			if (is_common(check, &list->items[i]))
				continue;
			if (column < check->columns)
				count_lines(check, list->items[i].text, IN_TEXT, column);
			else
				count_singles(check, list->items[i].text, IN_RESULT);
		}
	}
	for (size_t i = 0; i < pieces->count; i++)
		for (size_t side = 0; pieces->items[i].variants && side < check->columns; side++)
			count_lines(check, pieces->items[i].variants[side], IN_VARIANTS, side);
	for (size_t i = 0; composed && i < composed->count; i++) {
		for (size_t side = 0; side < check->columns; side++)
			count_lines(check, composed->items[i].sources[side], IN_SOURCES, side);
		count_singles(check, composed->items[i].result, IN_COMPOSED);
	}
}

/* ---- scopes ---- */

/* What names a scope: a heading, of entries their version, or a bold key alone; else nothing. */
static struct wls_slice scope_name(struct wls_slice line)
{
	size_t n = 0;

	if (line.ptr[0] == '#')
		while (n < line.len && line.ptr[n] == '#')
			n++;
	if (n > 0 && n < line.len && line.ptr[n] == ' ') {
		size_t end = n + 2;
		while (n == 2 && end < line.len && wls_is_digit(line.ptr[end]))
			end++;
		bool version = n == 2 && end > 4 && line.ptr[3] == 'v';
		return version ? wls_slice(line.ptr, end) : line;
	}
	if (wls_slice_starts(line, WLS_SLICE("**"))) {
		size_t end = wls_slice_find(wls_slice_from(line, 2), WLS_SLICE("**"));
		if (end != SIZE_MAX && end + 5 >= line.len)
			return wls_slice(line.ptr, end + 4);
	}
	return (struct wls_slice){0};
}

/* A fence, a brace, a rule: any of them may be any other. */
static bool is_weak(struct wls_slice line)
{
	struct wls_slice text = wls_slice_trim(line);

	if (wls_slice_starts(text, WLS_SLICE("```")) || wls_slice_starts(text, WLS_SLICE("~~~")))
		return true;
	for (size_t i = 0; i < text.len; i++)
		if (wls_is_alnum(text.ptr[i]) || (unsigned char)text.ptr[i] >= 0x80)
			return false;
	return true;
}

/* Enters the lines of one entry under their scopes; of a line only when it is flagged. */
static void place_lines(struct check *check, struct wls_slice text, size_t column)
{
	uint64_t entry = 0, scope = 0;
	struct wls_slice line;

	while (next_line(&text, &line)) {
		uint64_t hash = wls_hash(line);
		struct wls_slice name = scope_name(line);
		bool heads_entry = wls_slice_starts(line, WLS_SLICE("## "));
		if (heads_entry)
			entry = wls_hash(name);
		if (name.len > 0)
			scope = heads_entry ? entry : fold(entry, wls_hash(name));
		size_t scope_row = wls_ledger_at(&check->scopes, scope);
		uint32_t *seen = &wls_ledger_row(&check->scopes, scope_row)[column];
		*seen = (uint32_t)(fold(*seen, hash) >> 16);
		size_t row = wls_ledger_at(&check->lines, hash);
		if (*single_of(check, row, FLAGGED) == 0)
			continue;
		uint32_t *place = wls_ledger_row(&check->places,
						 wls_ledger_at(&check->places, fold(scope, hash)));
		place[column]++;
		place[check->columns + OF_LINE] = (uint32_t)row;
		place[check->columns + OF_SCOPE] = (uint32_t)scope_row;
		place[check->columns + IS_WEAK] = is_weak(line);
	}
}

static uint32_t minus(uint32_t a, uint32_t b)
{
	return a > b ? a - b : 0;
}

/* Adds up, in the line's row, what its count in one scope tells. */
static void sum_place(struct check *check, const uint32_t *place)
{
	size_t row = place[check->columns + OF_LINE];
	const uint32_t *seen = wls_ledger_row(&check->scopes, place[check->columns + OF_SCOPE]);
	uint32_t *gross = cells_of(check, row, GROSS);
	uint32_t base = place[0], most = 0;
	uint64_t removed = 0;
	bool alike = base > 1 || place[check->columns + IS_WEAK];

	for (size_t side = 1; side < check->columns; side++) {
		uint32_t less = minus(base, place[side]);
		removed += less;
		most = less > most ? less : most;
		gross[side] += alike && seen[side] != seen[0] ? base : less;
	}
	*single_of(check, row, STAY_LEAST) += removed < base ? base - (uint32_t)removed : 0;
	*single_of(check, row, STAY_MOST) += base - most;
}

static void look_at_places(struct check *check)
{
	for (size_t column = 0; column < check->columns; column++) {
		const struct stretches *list = &check->texts[column];
		for (size_t i = 0; i < list->count; i++)
			if (!is_common(check, &list->items[i]))
				place_lines(check, list->items[i].text, column);
	}
	for (size_t i = 0; i < check->places.count; i++)
		sum_place(check, wls_ledger_row(&check->places, i));
}

/* ---- the verdict ---- */

/* The terms of (1) for a line, conflicts and composed texts taken out. */
struct account {
	int64_t base, result, composed;
	int64_t removed;      /* sum of m_s */
	int64_t added;        /* sum of a_s */
	int64_t removed_most; /* the greatest m_s + T_s */
	int64_t added_most;   /* the greatest a_s */
	int64_t moved;        /* sum of T_s */
	size_t removers;      /* sides with m_s > 0 */
	bool untouched;       /* nothing was taken out */
	bool conflicts;       /* a conflict holds it */
};

static uint32_t composed_out(const struct check *check, size_t row, size_t side)
{
	return minus(cells_of(check, row, IN_TEXT)[side], cells_of(check, row, IN_SOURCES)[side]);
}

static uint32_t remaining(const struct check *check, size_t row, size_t side)
{
	return minus(composed_out(check, row, side), cells_of(check, row, IN_VARIANTS)[side]);
}

/* T_s: 0 as long as the places were not looked at. */
static int64_t may_have_moved(const struct check *check, size_t row, size_t side, int64_t base,
			      int64_t count)
{
	const uint32_t *texts = cells_of(check, row, IN_TEXT);
	int64_t moved = (int64_t)cells_of(check, row, GROSS)[side] - minus(texts[0], texts[side]);
	int64_t both = base < count ? base : count;

	moved = moved > 0 ? moved : 0;
	return moved < both ? moved : both;
}

static void read_account(const struct check *check, size_t row, struct account *out)
{
	int64_t base = remaining(check, row, 0);

	*out = (struct account){
		.base = base,
		.result = *single_of(check, row, IN_RESULT),
		.composed = *single_of(check, row, IN_COMPOSED),
		.untouched = *single_of(check, row, IN_COMPOSED) == 0,
	};
	for (size_t side = 0; side < check->columns; side++) {
		int64_t count = remaining(check, row, side);
		int64_t removed = base > count ? base - count : 0;
		int64_t added = count > base ? count - base : 0;
		int64_t moved = side == 0 ? 0 : may_have_moved(check, row, side, base, count);
		out->removed += removed;
		out->added += added;
		out->moved += moved;
		out->removers += removed > 0;
		if (removed + moved > out->removed_most)
			out->removed_most = removed + moved;
		if (added > out->added_most)
			out->added_most = added;
		out->conflicts |= cells_of(check, row, IN_VARIANTS)[side] > 0;
		out->untouched &= !out->conflicts && cells_of(check, row, IN_SOURCES)[side] == 0;
	}
}

/* Whether some t within T explains that the line is there no more often. */
static bool is_enough(const struct check *check, size_t row, const struct account *account)
{
	int64_t stay = account->result, moved = 0;

	if (account->result < account->added_most)
		return false;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t side = 1; side < check->columns; side++) {
			int64_t count = remaining(check, row, side);
			int64_t added = count > account->base ? count - account->base : 0;
			int64_t most = may_have_moved(check, row, side, account->base, count);
			int64_t left = account->result - added;
			if (pass == 0)
				stay = left - most < stay ? left - most : stay;
			else
				moved += most < left - stay ? most : left - stay;
		}
		stay = stay > 0 ? stay : 0;
	}
	return account->base - account->removed - moved <= stay;
}

/* What stands in conflicts comes from somewhere. */
static bool variants_are_right(const struct check *check, size_t row)
{
	const uint32_t *texts = cells_of(check, row, IN_TEXT);
	const uint32_t *variants = cells_of(check, row, IN_VARIANTS);
	uint32_t composed = *single_of(check, row, IN_COMPOSED), most = texts[0];

	for (size_t side = 1; side < check->columns; side++) {
		if (minus(variants[side], texts[side]) > composed)
			return false;
		most = texts[side] > most ? texts[side] : most;
	}
	/* Without a base the sides' common text is shown as such. */
	return minus(variants[0], most) <= composed;
}

/*
 * Whether side s finds its own again when it takes its variant of each conflict: there others'
 * changes have not been made, so that only what was not taken out bounds them.
 */
static bool sides_are_right(const struct check *check, size_t row, const struct account *account)
{
	const uint32_t *variants = cells_of(check, row, IN_VARIANTS);
	int64_t removed = 0, added = 0, moved = 0;

	for (int pass = 0; pass < 2; pass++) {
		int64_t base = composed_out(check, row, 0);
		for (size_t side = 1; side < check->columns; side++) {
			int64_t count = composed_out(check, row, side);
			int64_t less = base > count ? base - count : 0;
			int64_t more = count > base ? count - base : 0;
			int64_t may = may_have_moved(check, row, side, base, count);
			int64_t there = account->result + variants[side];
			int64_t stay = base - removed - (moved - may);
			if (pass == 0) {
				removed += less;
				added += more;
				moved += may;
			} else if (there < (stay > 0 ? stay : 0) + more ||
				   there > count + added - more + moved - may + account->composed) {
				return false;
			}
		}
	}
	return true;
}

static bool is_right(const struct check *check, size_t row, const struct account *account)
{
	bool placed = *single_of(check, row, FLAGGED) > 0;
	int64_t most = account->base - account->removed_most + account->added + account->moved;

	if (placed && account->untouched && account->moved == 0)
		return account->result >=
			       *single_of(check, row, STAY_LEAST) + account->added_most &&
		       account->result <= *single_of(check, row, STAY_MOST) + account->added;
	if (account->conflicts && !sides_are_right(check, row, account))
		return false;
	return account->result <= most + account->composed && is_enough(check, row, account);
}

/* Judges by sums, and flags what needs a closer look. False when no look can help. */
static bool judge_sums(struct check *check, bool *closer)
{
	for (size_t row = 0; row < check->lines.count; row++) {
		struct account account;
		if (!variants_are_right(check, row))
			return false;
		read_account(check, row, &account);
		bool several = account.base > 1 && account.removers > 1;
		if (!several && is_right(check, row, &account))
			continue;
		*single_of(check, row, FLAGGED) = 1;
		*closer = true;
	}
	return true;
}

static bool judge_places(const struct check *check)
{
	for (size_t row = 0; row < check->lines.count; row++) {
		struct account account;
		if (*single_of(check, row, FLAGGED) == 0)
			continue;
		read_account(check, row, &account);
		if (!is_right(check, row, &account))
			return false;
	}
	return true;
}

static void check_release(struct check *check)
{
	for (size_t i = 0; i <= check->columns; i++)
		free(check->texts[i].items);
	free(check->texts);
	wls_ledger_release(&check->entries);
	wls_ledger_release(&check->lines);
	wls_ledger_release(&check->scopes);
	wls_ledger_release(&check->places);
	wls_arena_release(&check->arena);
}

bool wls_check_conservation(const struct wls_pieces *pieces, const struct wls_slice *texts,
			    const struct wls_composed_list *composed)
{
	size_t columns = pieces->sides + 1;
	struct check check = {
		.columns = columns,
		.texts = wls_alloc(columns + 1, sizeof(*check.texts)),
		.entries = {.width = columns + 1},
		.lines = {.width = BY_SIDE * columns + SINGLES},
		.scopes = {.width = columns},
		.places = {.width = columns + PLACE_SINGLES},
	};
	bool closer = false;

	for (size_t side = 0; side < columns; side++)
		add_stretches(&check, side, texts[side]);
	add_result(&check, pieces);
	count_all(&check, pieces, composed);
	bool right = judge_sums(&check, &closer);
	if (right && closer) {
		look_at_places(&check);
		right = judge_places(&check);
	}
	check_release(&check);
	return right;
}
