/* SPDX-License-Identifier: MIT */
/*
 * Growth of merging: every family of triples is merged at size n and at 2n; the second may take
 * 2.5 times as long as the first. What is quadratic takes 4 times as long.
 */
#include <stdio.h>

#include "bench/clock.h"
#include "support/generate.h"
#include "wlsync/merge.h"

static const double LIMIT = 2.5;
enum { ROUNDS = 5, TRIES = 4 };

static const char HEAD[] = "# Grow Work Log\n\n## v1 | 2025-11-10 | Start\n\n**Next:**\n";

struct triple {
	struct wls_buf base, ours, theirs;
};

static void make_log(struct wls_buf *out, size_t n)
{
	struct test_random r = {n};
	struct generate_log log = {.number = 1, .entries = (uint32_t)n};
	generate_log(&r, &log, out);
}

static void add(struct wls_buf *out, const struct wls_buf *text)
{
	wls_buf_add_slice(out, wls_buf_slice(text));
}

/* Each side adds a twentieth as many entries. */
static void make_appends(struct triple *t, size_t n)
{
	make_log(&t->base, n);
	add(&t->ours, &t->base);
	add(&t->theirs, &t->base);
	for (size_t i = 1; i <= n / 20; i++) {
		wls_buf_printf(&t->ours, "## v%zu | 2099-01-01 10:00 | Ours %zu\n\n**Now:** x\n\n",
			       n + i, i);
		wls_buf_printf(&t->theirs,
			       "## v%zu | 2099-01-01 11:00 | Theirs %zu\n\n- y (v%zu)\n\n", n + i,
			       i, n + i);
	}
}

/* The base with words put in where a line begins so, every fifth time from `first` on. */
static void scatter(const struct wls_buf *base, size_t first, const char *words,
		    struct wls_buf *out)
{
	struct wls_slice rest = wls_buf_slice(base), line;
	for (size_t n = 0; wls_slice_next_line(&rest, &line);) {
		wls_buf_add_slice(out, line);
		if (wls_slice_starts(line, WLS_SLICE("- [")) && n++ % 5 == first)
			wls_buf_add_str(out, words);
		wls_buf_add_char(out, '\n');
	}
}

static void make_scattered(struct triple *t, size_t n)
{
	make_log(&t->base, n);
	scatter(&t->base, 1, ", at once", &t->ours);
	scatter(&t->base, 3, ", later on", &t->theirs);
}

/* A list of n items; some texts get words, and every tenth a neighbour. */
static void add_list(struct wls_buf *out, size_t n, size_t turn, const char *words)
{
	wls_buf_add_str(out, HEAD);
	for (size_t i = 0; i < n; i++) {
		bool mine = i % 10 == turn;
		wls_buf_printf(out, "- [HIGH] item %zu of the list%s\n", i, mine ? words : "");
		if (i % 10 == turn + 1)
			wls_buf_printf(out, "- [LOW] after %zu, %s\n", i, words);
	}
}

static void make_items(struct triple *t, size_t n)
{
	add_list(&t->base, n, 20, "");
	add_list(&t->ours, n, 2, ", as we said");
	add_list(&t->theirs, n, 6, ", as they said");
}

static void add_worded(struct wls_buf *out, size_t n, const char *word)
{
	struct test_random r = {n};
	wls_buf_add_str(out, HEAD);
	for (size_t i = 0; i < n; i++)
		wls_buf_printf(out, "- %s part %u of the %s work, by step %u\n", word,
			       random_below(&r, n), word, random_below(&r, n));
}

/* Every item of both sides says something else than the base's. */
static void make_reworded(struct triple *t, size_t n)
{
	add_worded(&t->base, n, "begin");
	add_worded(&t->ours, n, "finish");
	add_worded(&t->theirs, n, "review");
}

static void add_ordered(struct wls_buf *out, size_t n, size_t step)
{
	wls_buf_add_str(out, HEAD);
	for (size_t i = 0, at = 0; i < n; i++, at = (at + step) % n)
		wls_buf_printf(out, "- item %zu with words of its own\n", at);
}

/* Steps that share no factor with n reach every item. */
static void make_reordered(struct triple *t, size_t n)
{
	add_ordered(&t->base, n, 1);
	add_ordered(&t->ours, n, n - 1);
	add_ordered(&t->theirs, n, n / 2 - (n % 4 == 0 ? 1 : 2));
}

static void add_equal(struct wls_buf *out, size_t n)
{
	wls_buf_add_str(out, "# Grow Work Log\n\n");
	for (size_t i = 0; i < n; i++)
		wls_buf_add_str(out, "## v1 | 2025-11-10 | Start\n\n**Next:**\n- the same\n\n");
}

static void make_equal(struct triple *t, size_t n)
{
	add_equal(&t->base, n);
	add_equal(&t->ours, n + 1);
	add_equal(&t->theirs, n + n / 10);
}

/* ---- measuring ---- */

struct family {
	const char *name;
	size_t n;
	void (*make)(struct triple *t, size_t n);
};

static double measure(const struct family *f, size_t n)
{
	struct triple t = {WLS_BUF_INIT, WLS_BUF_INIT, WLS_BUF_INIT};
	double least = 0;
	f->make(&t, n);
	const struct wls_slice sides[] = {wls_buf_slice(&t.ours), wls_buf_slice(&t.theirs)};
	for (int i = 0; i < ROUNDS; i++) {
		struct wls_merge *merge _cleanup_merge_ = NULL;
		struct wls_merge_options options;
		struct wls_error err;
		wls_merge_options_init(&options);
		double start = clock_ms();
		if (wls_merge(&merge, wls_buf_slice(&t.base), sides, 2, &options, &err) < 0)
			abort();
		clock_least(&least, start);
	}
	wls_buf_release(&t.base);
	wls_buf_release(&t.ours);
	wls_buf_release(&t.theirs);
	return least;
}

/* A busy machine may spoil a try, never all of them; what is quadratic fails all. */
static bool grows_linearly(const struct family *f, double *once, double *twice)
{
	for (int i = 0; i < TRIES; i++) {
		*once = measure(f, f->n);
		*twice = measure(f, 2 * f->n);
		if (*twice < LIMIT * *once)
			return true;
	}
	return false;
}

int main(void)
{
	static const struct family families[] = {
		{"appends", 5000, make_appends},
		{"scattered edits", 5000, make_scattered},
		{"100,000 list items", 50000, make_items},
		{"everything reworded", 20000, make_reworded},
		{"everything reordered", 20000, make_reordered},
		{"all entries equal", 20000, make_equal},
	};
	bool all = true;
	printf("1..%zu\n", WLS_ARRAY_SIZE(families));
	for (size_t i = 0; i < WLS_ARRAY_SIZE(families); i++) {
		double once, twice;
		bool fine = grows_linearly(&families[i], &once, &twice);
		printf("%s %zu - %s: time(2n)/time(n) = %.2f (limit %.1f; %.1f ms, %.1f ms)\n",
		       fine ? "ok" : "not ok", i + 1, families[i].name, twice / once, LIMIT, once,
		       twice);
		fflush(stdout);
		all = all && fine;
	}
	return all ? 0 : 1;
}
