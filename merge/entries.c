/* SPDX-License-Identifier: MIT */
/*
 * Entries across the sides: who is who, and which number each gets.
 *
 * Layer: merge. Includes: base, doc, merge, words.
 *
 * The problem: two sessions both append "v6". After the merge one of them is v7, and the branch that
 * still calls it v6 is merged again next week. So an entry's number does not tell who it is.
 *
 * The idea: an entry is what it says and when. Pairs are sought from the surest sign to the weakest:
 * equal bytes; equal bytes but for the numbers of versions; equal time and title; equal number with a
 * similar body. What then has no partner in the base was added; what of it stands behind the newest of
 * the base is for merge/tail.c.
 *
 *	base  v6 B        ours  v6 A, v7 B        theirs  v6 B', v7 C
 *	B is B and B'; A was added by ours, C by theirs
 *
 * Complexity: hashing all entries once; O(k log k) for k entries without equal bytes, and the words
 * of those few whose only sign is the number.
 */
#include "merge/entries.h"

#include "base/map.h"
#include "merge/words.h"

/* What an entry is matched by; computed when first asked for. */
struct card {
	uint64_t raw;
	uint64_t neutral;
	struct wls_words words;
	bool has_neutral, has_words;
};

struct matcher {
	struct wls_entries *entries;
	struct card *cards[WLS_MERGE_SIDES_MAX + 1];
	struct wls_slice log_name;
	struct wls_arena arena; /* of the cards */
};

/* A candidate of a join: its key, and where it stands. */
struct keyed {
	uint64_t key;
	uint32_t entry;
};

static uint32_t entry_count(const struct wls_entries *e, size_t side)
{
	return e->docs[side]->entry_count;
}

uint32_t wls_trim_blank_lines(const struct wls_doc *doc, uint32_t from, uint32_t end)
{
	const char *src = doc->source.ptr;
	uint32_t kept = end, at = end;

	while (at > from) {
		char c = src[at - 1];
		bool alone = c == '\r' && (at == doc->source.len || src[at] != '\n');
		if (c == '\n' || alone)
			kept = at;
		else if (c != ' ' && c != '\t' && c != '\r')
			return kept;
		at--;
	}
	return from;
}

struct wls_slice wls_entry_bytes(const struct wls_doc *doc, const struct wls_node *node)
{
	uint32_t end = wls_trim_blank_lines(doc, node->body, node->end);

	return wls_slice(doc->source.ptr + node->begin, end - node->begin);
}

/* ---- cards ---- */

static uint64_t neutral_hash(struct matcher *m, size_t side, uint32_t i)
{
	struct card *card = &m->cards[side][i];
	struct wls_doc *doc = m->entries->docs[side];
	struct wls_node *node = doc->entries[i].node;

	if (!card->has_neutral) {
		struct wls_labels labels = {0};
		struct wls_slice bytes = wls_entry_bytes(doc, node);

		wls_labels_find(doc, node, m->log_name, &labels);
		card->neutral = wls_labels_hash(doc->source, node->begin,
						node->begin + (uint32_t)bytes.len, &labels);
		card->has_neutral = true;
		free(labels.items);
	}
	return card->neutral;
}

static struct wls_words words_of(struct matcher *m, size_t side, uint32_t i)
{
	struct card *card = &m->cards[side][i];
	const struct wls_doc *doc = m->entries->docs[side];

	if (!card->has_words) {
		struct wls_slice bytes = wls_entry_bytes(doc, doc->entries[i].node);
		size_t skip = (size_t)(doc->entries[i].title.ptr - bytes.ptr);

		card->words = wls_words_of(wls_slice_from(bytes, skip <= bytes.len ? skip : 0),
					   m->entries->arena);
		card->has_words = true;
	}
	return card->words;
}

static uint64_t stamp_hash(const struct wls_entry *entry, bool with_number)
{
	uint64_t hash = wls_hash(entry->date);

	hash = wls_hash_mix(hash, entry->time);
	hash = wls_hash_mix(hash, entry->title);
	uint32_t parts[2] = {with_number ? entry->version : 0, entry->continuation};
	return wls_hash_mix(hash, wls_slice((const char *)parts, sizeof(parts)));
}

/* ---- identities ---- */

static struct wls_identity *new_identity(struct wls_entries *e, size_t side, uint32_t i)
{
	struct wls_identity *id = &e->items[e->count++];

	*id = (struct wls_identity){0};
	id->entry = WLS_ARENA_ARRAY(e->arena, uint32_t, e->sides + 1);
	for (size_t s = 0; s <= e->sides; s++)
		id->entry[s] = WLS_NO_ENTRY;
	id->entry[side] = i;
	e->of[side][i] = id;
	return id;
}

static bool disjoint(const struct wls_entries *e, const struct wls_identity *a,
		     const struct wls_identity *b)
{
	for (size_t s = 0; s <= e->sides; s++)
		if (a->entry[s] != WLS_NO_ENTRY && b->entry[s] != WLS_NO_ENTRY)
			return false;
	return true;
}

/* Makes two entries one; false when one of them has a partner on the other's side already. */
static bool join(struct wls_entries *e, size_t s, uint32_t i, size_t t, uint32_t j)
{
	struct wls_identity *a = e->of[s][i], *b = e->of[t][j];

	if (!b) {
		if (a->entry[t] != WLS_NO_ENTRY)
			return false;
		a->entry[t] = j;
		e->of[t][j] = a;
		return true;
	}
	if (a == b || !disjoint(e, a, b))
		return false;
	for (size_t side = 0; side <= e->sides; side++) {
		if (b->entry[side] == WLS_NO_ENTRY)
			continue;
		a->entry[side] = b->entry[side];
		e->of[side][b->entry[side]] = a;
		b->entry[side] = WLS_NO_ENTRY;
	}
	return true;
}

/* ---- joining by keys ---- */

typedef uint64_t key_function(struct matcher *m, size_t side, uint32_t i, bool *usable);
typedef bool pair_function(struct matcher *m, size_t s, uint32_t i, size_t t, uint32_t j);

static int compare_keyed(const void *x, const void *y)
{
	const struct keyed *a = x, *b = y;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->entry > b->entry) - (a->entry < b->entry);
}

/* The entries of `side` that have no partner on `other`, by key. The caller frees the array. */
static struct keyed *collect(struct matcher *m, size_t side, size_t other, key_function *key,
			     size_t *count)
{
	struct wls_entries *e = m->entries;
	uint32_t n = entry_count(e, side);
	struct keyed *list = wls_alloc(n, sizeof(*list));

	*count = 0;
	for (uint32_t i = 0; i < n; i++) {
		bool usable = true;
		if (e->of[side][i] && e->of[side][i]->entry[other] != WLS_NO_ENTRY)
			continue;
		uint64_t k = key(m, side, i, &usable);
		if (usable)
			list[(*count)++] = (struct keyed){k, i};
	}
	if (*count > 1)
		qsort(list, *count, sizeof(*list), compare_keyed);
	return list;
}

/* Joins the k-th entry of a key on one side with the k-th on the other, where `pair` agrees. */
static void join_by(struct matcher *m, size_t s, size_t t, key_function *key, pair_function *pair)
{
	size_t a_count, b_count, i = 0, j = 0;
	_cleanup_free_ struct keyed *a = collect(m, s, t, key, &a_count);
	_cleanup_free_ struct keyed *b = a_count > 0 ? collect(m, t, s, key, &b_count) : NULL;

	if (a_count == 0)
		return;
	while (i < a_count && j < b_count) {
		if (a[i].key < b[j].key) {
			i++;
		} else if (a[i].key > b[j].key) {
			j++;
		} else {
			if (!pair || pair(m, s, a[i].entry, t, b[j].entry))
				join(m->entries, s, a[i].entry, t, b[j].entry);
			i++;
			j++;
		}
	}
}

static uint64_t key_raw(struct matcher *m, size_t side, uint32_t i, bool *usable)
{
	*usable = true;
	return m->cards[side][i].raw;
}

static uint64_t key_neutral(struct matcher *m, size_t side, uint32_t i, bool *usable)
{
	*usable = true;
	return neutral_hash(m, side, i);
}

/* Date and title, and the time when there is one; number and title when there is no date. */
static uint64_t key_stamp(struct matcher *m, size_t side, uint32_t i, bool *usable)
{
	const struct wls_entry *entry = wls_entries_at(m->entries, side, i);

	*usable = entry->date.len > 0 || entry->title.len > 0;
	return stamp_hash(entry, entry->date.len == 0);
}

/* Number, date and time: whatever it says and is called now. */
static uint64_t key_moment(struct matcher *m, size_t side, uint32_t i, bool *usable)
{
	const struct wls_entry *entry = wls_entries_at(m->entries, side, i);

	*usable = entry->time.len > 0;
	return wls_hash_mix(wls_hash(entry->date), entry->time) +
	       ((uint64_t)entry->version << 1 | entry->continuation);
}

/* Number and title: of one of two entries somebody may have mended the date. */
static uint64_t key_title(struct matcher *m, size_t side, uint32_t i, bool *usable)
{
	const struct wls_entry *entry = wls_entries_at(m->entries, side, i);

	*usable = entry->title.len > 0;
	return wls_hash(entry->title) + ((uint64_t)entry->version << 1 | entry->continuation);
}

/* Date, time and title of entries that both sides added, where a day alone says too little. */
static uint64_t key_full_stamp(struct matcher *m, size_t side, uint32_t i, bool *usable)
{
	const struct wls_entry *entry = wls_entries_at(m->entries, side, i);

	*usable = entry->time.len > 0 && m->entries->of[side][i]->entry[0] == WLS_NO_ENTRY;
	return stamp_hash(entry, false);
}

static uint64_t key_number(struct matcher *m, size_t side, uint32_t i, bool *usable)
{
	const struct wls_entry *entry = wls_entries_at(m->entries, side, i);

	*usable = true;
	return (uint64_t)entry->version << 1 | entry->continuation;
}

/* Added without a time: date and title, and for undated ones the number too. */
static uint64_t key_untimed(struct matcher *m, size_t side, uint32_t i, bool *usable)
{
	const struct wls_entry *entry = wls_entries_at(m->entries, side, i);

	*usable = entry->time.len == 0 && m->entries->of[side][i]->entry[0] == WLS_NO_ENTRY;
	return stamp_hash(entry, entry->date.len == 0);
}

static bool are_similar(struct matcher *m, size_t s, uint32_t i, size_t t, uint32_t j)
{
	return wls_words_similarity(words_of(m, s, i), words_of(m, t, j)) >= WLS_SIMILAR;
}

/* Hardly a word differs: one entry, that one side renamed or dated anew. */
static bool are_nearly_equal(struct matcher *m, size_t s, uint32_t i, size_t t, uint32_t j)
{
	const unsigned nearly = 800;

	return m->entries->of[s][i]->entry[0] == WLS_NO_ENTRY &&
	       m->entries->of[t][j]->entry[0] == WLS_NO_ENTRY &&
	       wls_words_similarity(words_of(m, s, i), words_of(m, t, j)) >= nearly;
}

/* Similar, and the title or the time is the same. */
static bool are_states_of_one(struct matcher *m, size_t s, uint32_t i, size_t t, uint32_t j)
{
	const struct wls_entry *a = wls_entries_at(m->entries, s, i);
	const struct wls_entry *b = wls_entries_at(m->entries, t, j);
	bool same_title = a->title.len > 0 && wls_slice_eq(a->title, b->title);
	bool same_time = wls_slice_eq(a->date, b->date) && wls_slice_eq(a->time, b->time);

	return (same_title || same_time) && are_similar(m, s, i, t, j);
}

/* Identities for the entries of the sides that do not stand in the base byte for byte. */
static void identify_others(struct wls_entries *e)
{
	for (size_t s = 1; s <= e->sides; s++)
		for (uint32_t i = 0; i < entry_count(e, s); i++)
			if (!e->of[s][i])
				new_identity(e, s, i);
}

static void match_sides(struct matcher *m)
{
	size_t sides = m->entries->sides;

	for (size_t s = 1; s <= sides; s++)
		join_by(m, 0, s, key_raw, NULL);
	identify_others(m->entries);
	for (size_t s = 1; s <= sides; s++)
		for (size_t t = s + 1; t <= sides; t++)
			join_by(m, s, t, key_raw, NULL);
	for (size_t s = 1; s <= sides; s++)
		join_by(m, 0, s, key_neutral, NULL);
	for (size_t s = 1; s <= sides; s++)
		for (size_t t = s + 1; t <= sides; t++)
			join_by(m, s, t, key_neutral, NULL);
	for (size_t s = 1; s <= sides; s++) {
		join_by(m, 0, s, key_stamp, NULL);
		join_by(m, 0, s, key_moment, NULL);
		join_by(m, 0, s, key_number, are_similar);
	}
	for (size_t s = 1; s <= sides; s++)
		for (size_t t = s + 1; t <= sides; t++) {
			join_by(m, s, t, key_full_stamp, NULL);
			join_by(m, s, t, key_moment, are_nearly_equal);
			join_by(m, s, t, key_title, are_nearly_equal);
			join_by(m, s, t, key_untimed, are_similar);
			/* Without a base these are two states of one log. */
			if (m->entries->docs[0]->source.len == 0)
				join_by(m, s, t, key_number, are_states_of_one);
		}
}

/* ---- numbers ---- */

bool wls_identity_continues(const struct wls_entries *e, const struct wls_identity *id)
{
	for (size_t s = 0; s <= e->sides; s++)
		if (wls_identity_on(id, s) && wls_entries_at(e, s, id->entry[s])->continuation)
			return true;
	return false;
}

/* A side's change of the number wins; of several the greatest. For added ones simply that. */
static uint32_t own_number(const struct wls_entries *e, const struct wls_identity *id)
{
	uint32_t base = wls_identity_on(id, 0) ? wls_entries_at(e, 0, id->entry[0])->version : 0,
		 number = 0;

	for (size_t s = 1; s <= e->sides; s++) {
		uint32_t n =
			wls_identity_on(id, s) ? wls_entries_at(e, s, id->entry[s])->version : 0;
		if (n != base && n > number)
			number = n;
	}
	return number > 0 ? number : base;
}

static void settle_identity(struct matcher *m, struct wls_identity *id)
{
	struct wls_entries *e = m->entries;
	bool missing = false, changed = false, first = true;

	id->added = !wls_identity_on(id, 0);
	id->number = own_number(e, id);
	for (size_t s = 1; s <= e->sides; s++) {
		if (!wls_identity_on(id, s)) {
			missing = true;
			continue;
		}
		if (!id->added && m->cards[s][id->entry[s]].raw != m->cards[0][id->entry[0]].raw &&
		    neutral_hash(m, s, id->entry[s]) != neutral_hash(m, 0, id->entry[0]))
			changed = true;
		if (!id->added)
			continue;
		uint64_t hash = neutral_hash(m, s, id->entry[s]);
		if (first || hash < id->order_hash)
			id->order_hash = hash;
		first = false;
	}
	id->removed = !id->added && missing && !changed;
}

/* ---- the file as a whole ---- */

/* 1 newest first, 0 oldest first, -1 too few entries to tell. */
static int orientation(const struct wls_doc *doc)
{
	return doc->version_count < 2 ? -1 : doc->newest_first;
}

static bool is_newest_first(const struct wls_entries *e)
{
	int base = orientation(e->docs[0]), result = base;
	bool differ = false;

	for (size_t s = 1; s <= e->sides; s++) {
		int side = orientation(e->docs[s]);
		if (side < 0 || side == base)
			continue;
		differ |= result != base && result != side;
		result = side;
	}
	return differ ? false : result == 1;
}

/* The sides that have the newest entry, which the base has not: a bit each, from side 1 on. */
static uint64_t sides_of_newest(const struct wls_entries *e)
{
	const struct wls_identity *newest = NULL;
	uint64_t sides = 0;

	for (size_t i = 0; i < e->count; i++) {
		const struct wls_identity *id = &e->items[i];
		if (!id->removed && (!newest || id->number > newest->number))
			newest = id;
	}
	for (size_t s = 1; s <= e->sides && newest && newest->added; s++)
		sides |= (uint64_t)wls_identity_on(newest, s) << (s - 1);
	return sides;
}

/* ---- all together ---- */

static void make_cards(struct matcher *m)
{
	struct wls_entries *e = m->entries;
	size_t total = 0;

	for (size_t s = 0; s <= e->sides; s++)
		total += entry_count(e, s);
	e->items = wls_alloc(total, sizeof(*e->items));
	for (size_t s = 0; s <= e->sides; s++) {
		uint32_t n = entry_count(e, s);
		m->cards[s] = WLS_ARENA_ARRAY(&m->arena, struct card, n);
		e->of[s] = WLS_ARENA_ARRAY(e->arena, struct wls_identity *, n);
		for (uint32_t i = 0; i < n; i++) {
			m->cards[s][i].raw = wls_hash(
				wls_entry_bytes(e->docs[s], wls_entries_at(e, s, i)->node));
			if (s == 0)
				new_identity(e, s, i);
		}
	}
}

/* Forgets the identities that became part of others. */
static void drop_empty(struct wls_entries *e)
{
	size_t kept = 0;

	for (size_t i = 0; i < e->count; i++) {
		bool any = false;
		for (size_t s = 0; s <= e->sides && !any; s++)
			any = wls_identity_on(&e->items[i], s);
		if (!any)
			continue;
		e->items[kept] = e->items[i];
		for (size_t s = 0; s <= e->sides; s++)
			if (wls_identity_on(&e->items[kept], s))
				e->of[s][e->items[kept].entry[s]] = &e->items[kept];
		kept++;
	}
	e->count = kept;
}

void wls_entries_match(struct wls_entries *entries, struct wls_doc **docs, size_t sides,
		       struct wls_slice log_name, struct wls_arena *arena)
{
	struct matcher m = {.entries = entries, .log_name = log_name};

	*entries = (struct wls_entries){.sides = sides, .docs = docs, .arena = arena};
	make_cards(&m);
	match_sides(&m);
	drop_empty(entries);
	for (size_t i = 0; i < entries->count; i++) {
		struct wls_identity *id = &entries->items[i];
		settle_identity(&m, id);
		for (size_t s = 1; s <= sides; s++)
			entries->adds[s] |= id->added && wls_identity_on(id, s) &&
					    !wls_identity_continues(entries, id);
	}
	wls_arena_release(&m.arena);
	wls_entries_settle_tail(entries);
	entries->newest_first = is_newest_first(entries);
	entries->with_newest = sides_of_newest(entries);
	if (__builtin_popcountll(entries->with_newest) == 1)
		entries->newest_side = __builtin_ctzll(entries->with_newest) + 1;
}

void wls_entries_release(struct wls_entries *entries)
{
	free(entries->items);
	entries->items = NULL;
	entries->count = 0;
}

struct wls_identity *wls_entries_named(const struct wls_entries *entries, size_t side,
				       uint32_t number)
{
	const struct wls_doc *doc = entries->docs[side];
	const struct wls_entry *entry = wls_doc_entry(doc, number);

	return entry ? entries->of[side][entry - doc->entries] : NULL;
}
