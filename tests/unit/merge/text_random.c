/* SPDX-License-Identifier: MIT */
/*
 * Three-way merges of texts: the laws on random triples.
 */
#include "../../support/random.h"
#include "text_shown.h"

#define UNITS_MAX 12

static const char *const line_units[] = {"a\n", "b\n", "c\n", "\n", "d\n", "e\n", "f\n", "g\n"};
static const char *const sentence_units[] = {"Aa a.", "Bb b.",       "Cc c…",  "Dd d!",
					     "二。",  "E `e. e` e.", "Ff\nf?", "G\n  g."};
static const char *const separators[] = {" ", "\n", "  ", "\n  ", "\n> ", "\n\n"};
/* What is cut into other sentences when its neighbours change, so that letters do not count. */
static const char *const wild_units[] = {"Aa a.", "Bb b",    "C.",     "- d.",
					 "二。",  "e `e. e", "**F:**", "\\"};
static const char *const wild_separators[] = {" ", "\n", "  ", "\n  ", "  \n", ""};

struct units {
	uint8_t unit[UNITS_MAX * 2], gap[UNITS_MAX * 2];
	size_t count;
	bool open; /* without the last line ending */
};

static void units_edit(struct test_random *r, unsigned alphabet, unsigned edits, struct units *u)
{
	for (unsigned k = 0; k < edits; k++) {
		size_t at = random_below(r, u->count + 1);
		unsigned what = random_below(r, 8);
		if (what < 3 && u->count < UNITS_MAX * 2 - 1) {
			memmove(u->unit + at + 1, u->unit + at, u->count - at);
			memmove(u->gap + at + 1, u->gap + at, u->count - at);
			u->count++;
			u->unit[at] = (uint8_t)random_below(r, alphabet);
			u->gap[at] = (uint8_t)random_below(r, 4);
		} else if (what < 5 && at < u->count) {
			memmove(u->unit + at, u->unit + at + 1, u->count - at - 1);
			memmove(u->gap + at, u->gap + at + 1, u->count - at - 1);
			u->count--;
		} else if (what < 7 && at < u->count) {
			u->unit[at] = (uint8_t)random_below(r, alphabet);
		} else if (at < u->count) {
			u->gap[at] = (uint8_t)random_below(r, 6);
			u->open = random_chance(r, 10);
		}
	}
}

static void units_write(const struct units *u, enum method method, struct wls_buf *out)
{
	const char *const *units = method == SENTENCES ? sentence_units : line_units;

	wls_buf_clear(out);
	for (size_t i = 0; i < u->count; i++) {
		wls_buf_add_str(out, (method == WILD_SENTENCES ? wild_units : units)[u->unit[i]]);
		if (method == SENTENCES && i + 1 < u->count)
			wls_buf_add_str(out, separators[u->gap[i]]);
		if (method == WILD_SENTENCES && i + 1 < u->count)
			wls_buf_add_str(out, wild_separators[u->gap[i]]);
	}
	if (method >= SENTENCES && u->count > 0)
		wls_buf_add_char(out, '\n');
	if (u->open && out->len > 0)
		wls_buf_truncate(out, out->len - 1);
}

struct triple {
	struct wls_buf base, ours, theirs;
};

static void triple_make(struct test_random *r, enum method method, struct triple *out)
{
	struct units base = {.count = random_below(r, UNITS_MAX)}, ours, theirs;
	unsigned alphabet = 1 + random_below(r, 8);

	for (size_t i = 0; i < base.count; i++) {
		/* Half of them mostly of different elements, as in real texts. */
		base.unit[i] = (uint8_t)(alphabet > 4 ? i % alphabet : random_below(r, alphabet));
		base.gap[i] = (uint8_t)random_below(r, 4);
	}
	base.open = random_chance(r, 5);
	ours = theirs = base;
	units_edit(r, alphabet, random_below(r, 4), &ours);
	units_edit(r, alphabet, random_below(r, 4), &theirs);
	units_write(&base, method, &out->base);
	units_write(&ours, method, &out->ours);
	units_write(&theirs, method, &out->theirs);
}

static void check_same(enum method method, struct wls_slice base, struct wls_slice ours,
		       struct wls_slice theirs, struct wls_slice expected)
{
	_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
	bool clean = merge_shown(method, (struct wls_slice[]){base, ours, theirs}, &out);

	cr_assert(clean && wls_slice_eq(wls_buf_slice(&out), expected),
		  "base <%.*s> ours <%.*s> theirs <%.*s>: <%s>, not <%.*s>", WLS_SLICE_ARG(base),
		  WLS_SLICE_ARG(ours), WLS_SLICE_ARG(theirs), wls_buf_str(&out),
		  WLS_SLICE_ARG(expected));
}

static int count_char(struct wls_slice s, char c)
{
	int n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.ptr[i] == c;
	return n;
}

static int positive(int x)
{
	return x > 0 ? x : 0;
}

/*
 * Counts letters; each stands in one kind of unit only. A clean result has no more than the base and
 * both sides' additions, and no less than the base without both sides' removals. With conflicts,
 * and one side's variants, it has each letter as often as that side, more or less by no more than
 * the other side changed: so what surrounds conflicts loses and doubles nothing either.
 */
static void check_conservation(const struct wls_hunks *hunks, const struct triple *t, bool ours)
{
	_cleanup_buf_ struct wls_buf text = WLS_BUF_INIT;
	struct wls_slice base = wls_buf_slice(&t->base);
	struct wls_slice mine = wls_buf_slice(ours ? &t->ours : &t->theirs);
	struct wls_slice other = wls_buf_slice(ours ? &t->theirs : &t->ours);

	for (size_t i = 0; i < hunks->count; i++) {
		const struct wls_hunk *h = &hunks->items[i];
		wls_buf_add_slice(&text, !h->conflict ? h->text : ours ? h->ours : h->theirs);
	}
	for (int c = 'A'; c <= 'h'; c++) {
		int in_base = count_char(base, (char)c), in_mine = count_char(mine, (char)c);
		int found = count_char(wls_buf_slice(&text), (char)c);
		int change = count_char(other, (char)c) - in_base, own = in_mine - in_base;
		int low = in_mine - positive(-change), high = in_mine + positive(change);
		if (!hunks->conflict) {
			low = in_base - positive(-own) - positive(-change);
			high = in_base + positive(own) + positive(change);
		}
		cr_assert(found >= low && found <= high,
			  "'%c' %d times, not %d to %d: base <%s> ours <%s> theirs <%s>: <%s>", c,
			  found, low, high, wls_buf_str(&t->base), wls_buf_str(&t->ours),
			  wls_buf_str(&t->theirs), wls_buf_str(&text));
	}
}

/* The variants of all conflicts, in order, are in their texts, and are whole lines. */
static void check_variants(const struct wls_hunks *hunks, const struct triple *t)
{
	struct wls_slice texts[3] = {wls_buf_slice(&t->base), wls_buf_slice(&t->ours),
				     wls_buf_slice(&t->theirs)};
	size_t at[3] = {0};

	for (size_t i = 0; i < hunks->count; i++) {
		const struct wls_hunk *h = &hunks->items[i];
		struct wls_slice variants[3] = {h->base, h->ours, h->theirs};
		for (int k = 0; h->conflict && k < 3; k++) {
			struct wls_slice v = variants[k];
			if (v.len == 0)
				continue;
			cr_assert(v.ptr >= texts[k].ptr + at[k] &&
				  v.ptr + v.len <= texts[k].ptr + texts[k].len);
			cr_assert(v.ptr == texts[k].ptr || v.ptr[-1] == '\n');
			at[k] = (size_t)(v.ptr - texts[k].ptr) + v.len;
			cr_assert(at[k] == texts[k].len || v.ptr[v.len - 1] == '\n');
		}
	}
}

static void check_triple(enum method method, const struct triple *t, size_t *clean)
{
	_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
	struct wls_slice b = wls_buf_slice(&t->base), x = wls_buf_slice(&t->ours);
	struct wls_slice y = wls_buf_slice(&t->theirs);
	struct wls_hunks hunks = {0};

	check_same(method, b, b, y, y);
	check_same(method, b, x, b, x);
	check_same(method, b, x, x, x);
	merge(method, b, x, y, &hunks);
	if (method == REFINED || method == SENTENCES) {
		check_conservation(&hunks, t, true);
		check_conservation(&hunks, t, false);
	}
	check_variants(&hunks, t);
	if (merge_shown(method, (struct wls_slice[]){b, x, y}, &out)) {
		(*clean)++;
		if (method != PLAIN) {
			check_same(method, b, wls_buf_slice(&out), y, wls_buf_slice(&out));
			check_same(method, b, x, wls_buf_slice(&out), wls_buf_slice(&out));
		}
	}
	wls_hunks_release(&hunks);
}

/* Sanitizers make each several times as slow: fewer there. */
#ifdef __SANITIZE_ADDRESS__
#define ROUNDS 30000
#else
#define ROUNDS 100000
#endif

static void check_laws(enum method method, uint64_t seed, int rounds, int least_clean)
{
	struct test_random r = {seed};
	struct triple t = {WLS_BUF_INIT, WLS_BUF_INIT, WLS_BUF_INIT};
	size_t clean = 0;

	for (int i = 0; i < rounds; i++) {
		triple_make(&r, method, &t);
		check_triple(method, &t, &clean);
	}
	/* The laws would hold if all were conflicts. */
	cr_expect((int)clean * 100 > rounds * least_clean, "%zu clean of %d", clean, rounds);
	wls_buf_release(&t.base);
	wls_buf_release(&t.ours);
	wls_buf_release(&t.theirs);
}

Test(text_random, laws_of_refined_lines)
{
	check_laws(REFINED, 11, ROUNDS, 50);
}

Test(text_random, laws_of_plain_lines)
{
	check_laws(PLAIN, 12, ROUNDS, 40);
}

Test(text_random, laws_of_sentences)
{
	check_laws(SENTENCES, 13, ROUNDS, 40);
}

Test(text_random, laws_of_wild_sentences)
{
	check_laws(WILD_SENTENCES, 14, ROUNDS, 20);
}
