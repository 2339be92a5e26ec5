/* SPDX-License-Identifier: MIT */
/*
 * The golden cases of the merge, and the examples of docs/merging.md: cases FOLDER DOCUMENT [NAME…]
 *
 * Each case is merged in both orientations (three sides: in every order) and with both line endings;
 * what is clean is merged again with either side (law 5 of docs/merging.md). TAP, one point a case.
 * There is no way to write expectations from results. See fixtures/merge/README.md.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>

#include "merge/judge.h"
#include "wlsync/merge.h"

enum { SIDES_MAX = 3, EXPECTED_MAX = 2, TEXT_MAX = 1 << 20 };

struct merge_case {
	const char *name;
	struct wls_buf base, sides[SIDES_MAX], expected[EXPECTED_MAX];
	struct wls_buf words; /* the file `options`, which the options slice */
	size_t side_count, expected_count;
	struct wls_merge_options options;
	bool one_orientation, one_ending, no_remerge;
};

static unsigned points, failures;

static void case_release(struct merge_case *c)
{
	wls_buf_release(&c->base);
	wls_buf_release(&c->words);
	for (size_t i = 0; i < SIDES_MAX; i++)
		wls_buf_release(&c->sides[i]);
	for (size_t i = 0; i < EXPECTED_MAX; i++)
		wls_buf_release(&c->expected[i]);
}

static void case_init(struct merge_case *c, const char *name)
{
	*c = (struct merge_case){.name = name, .base = WLS_BUF_INIT, .words = WLS_BUF_INIT};
	for (size_t i = 0; i < SIDES_MAX; i++)
		wls_buf_init(&c->sides[i], WLS_BUF_LIMIT);
	for (size_t i = 0; i < EXPECTED_MAX; i++)
		wls_buf_init(&c->expected[i], WLS_BUF_LIMIT);
	wls_merge_options_init(&c->options);
	static const char *const labels[SIDES_MAX] = {JUDGE_OURS, JUDGE_THEIRS, "third"};
	c->options.labels = labels;
	c->options.base_label = JUDGE_BASE;
}

/* ---- reading a case ---- */

/* Adds the file to `out`; false when there is none. Anything else that fails ends the program. */
static bool read_file(const char *folder, const char *name, struct wls_buf *out)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *file = fopen(path, "rb");
	if (!file && errno == ENOENT)
		return false;
	char block[4096];
	size_t n = 0;
	while (file && (n = fread(block, 1, sizeof(block), file)) > 0 && out->len < TEXT_MAX)
		wls_buf_add(out, block, n);
	if (!file || ferror(file)) {
		printf("Bail out! %s: %s\n", path, strerror(errno));
		exit(1);
	}
	fclose(file);
	return true;
}

static unsigned number_of(struct wls_slice text)
{
	unsigned n = 0;
	for (size_t i = 0; i < text.len && wls_is_digit(text.ptr[i]) && n < 1000; i++)
		n = n * 10 + (unsigned)(text.ptr[i] - '0');
	return n;
}

/* One line `KEY=VALUE` of the file `options`; false when it is none that we know. */
static bool read_option(struct merge_case *c, struct wls_slice key, struct wls_slice value)
{
	if (wls_slice_eq(key, WLS_SLICE("policy"))) {
		c->no_remerge = true;
		return wls_merge_policy_parse(&c->options, value, NULL) == 0;
	}
	if (wls_slice_eq(key, WLS_SLICE("style")))
		return wls_merge_style_parse(value, &c->options.style);
	if (wls_slice_eq(key, WLS_SLICE("log_name")))
		c->options.log_name = value;
	else if (wls_slice_eq(key, WLS_SLICE("marker_size")))
		c->options.marker_size = number_of(value);
	else if (wls_slice_eq(key, WLS_SLICE("trace")))
		c->options.trace = c->no_remerge = true;
	else if (wls_slice_eq(key, WLS_SLICE("orientation")))
		c->one_orientation = true;
	else if (wls_slice_eq(key, WLS_SLICE("remerge")))
		c->no_remerge = true;
	else
		return false;
	return true;
}

static bool read_options(struct merge_case *c)
{
	struct wls_slice rest = wls_buf_slice(&c->words), line;
	while (wls_slice_next_line(&rest, &line)) {
		size_t at = wls_slice_find(line, WLS_SLICE("="));
		if (at == SIZE_MAX ||
		    !read_option(c, wls_slice(line.ptr, at), wls_slice_from(line, at + 1))) {
			printf("# option not understood: %.*s\n", WLS_SLICE_ARG(line));
			return false;
		}
	}
	return true;
}

static bool has_cr(const struct wls_buf *text)
{
	return text->len > 0 && memchr(text->ptr, '\r', text->len);
}

/* False, said why, when the folder holds no complete case. */
static bool case_read(struct merge_case *c, const char *folder)
{
	bool complete = read_file(folder, "base.md", &c->base);
	complete = read_file(folder, "ours.md", &c->sides[0]) && complete;
	complete = read_file(folder, "theirs.md", &c->sides[1]) && complete;
	complete = read_file(folder, "expected.md", &c->expected[0]) && complete;
	c->side_count = read_file(folder, "third.md", &c->sides[2]) ? 3 : 2;
	c->expected_count = read_file(folder, "expected.2.md", &c->expected[1]) ? 2 : 1;
	_cleanup_buf_ struct wls_buf why = WLS_BUF_INIT;
	complete = read_file(folder, "why", &why) && complete;
	read_file(folder, "options", &c->words);
	c->one_ending = has_cr(&c->base) || has_cr(&c->sides[0]) || has_cr(&c->sides[1]);
	if (!complete)
		puts("# a case has base.md, ours.md, theirs.md, expected.md, why");
	return complete && read_options(c);
}

/* ---- merging ---- */

/* The texts of a case as one run merges them. */
struct run {
	struct wls_buf base, sides[SIDES_MAX], expected[EXPECTED_MAX];
};

static void run_release(struct run *r)
{
	wls_buf_release(&r->base);
	for (size_t i = 0; i < SIDES_MAX; i++)
		wls_buf_release(&r->sides[i]);
	for (size_t i = 0; i < EXPECTED_MAX; i++)
		wls_buf_release(&r->expected[i]);
}

static void add_text(struct wls_slice text, bool crlf, struct wls_buf *out)
{
	wls_buf_init(out, WLS_BUF_LIMIT);
	if (crlf)
		judge_crlf(text, out);
	else
		wls_buf_add_slice(out, text);
}

/* order[i]: which side of the case stands at i. */
static void run_init(struct run *r, const struct merge_case *c, const size_t *order, bool crlf)
{
	add_text(wls_buf_slice(&c->base), crlf, &r->base);
	for (size_t i = 0; i < SIDES_MAX; i++)
		add_text(wls_buf_slice(&c->sides[order[i]]), crlf, &r->sides[i]);
	for (size_t i = 0; i < EXPECTED_MAX; i++) {
		_cleanup_buf_ struct wls_buf swapped = WLS_BUF_INIT;
		struct wls_slice text = wls_buf_slice(&c->expected[i]);
		if (order[0] > order[1] && c->side_count == 2) {
			judge_swap(text, &swapped);
			text = wls_buf_slice(&swapped);
		}
		add_text(text, crlf, &r->expected[i]);
	}
}

/* The merge, or NULL, said why. A base of no bytes is a missing one. */
static struct wls_merge *merge(const struct merge_case *c, struct wls_slice base,
			       const struct wls_slice *sides, size_t count)
{
	struct wls_error err;
	struct wls_merge *out = NULL;
	if (base.len == 0)
		base.ptr = NULL;
	if (wls_merge(&out, base, sides, count, &c->options, &err) == 0)
		return out;
	printf("#   error: %s\n", err.text);
	return NULL;
}

/* Which expectation the text is; said how it differs, and SIZE_MAX, when none. */
static size_t judge(const struct merge_case *c, const struct run *r, struct wls_slice text)
{
	for (size_t i = 0; i < c->expected_count; i++)
		if (judge_agree(wls_buf_slice(&r->expected[i]), text))
			return i;
	judge_print(wls_buf_slice(&r->expected[0]), text);
	if (c->expected_count > 1)
		puts("#   (nor is it the other expectation)");
	return SIZE_MAX;
}

/* Law 5: merging the result again with either side changes nothing. */
static bool merges_again(const struct merge_case *c, const struct run *r, struct wls_slice m)
{
	struct wls_slice base = wls_buf_slice(&r->base);
	struct wls_slice x = wls_buf_slice(&r->sides[0]), y = wls_buf_slice(&r->sides[1]);
	const struct {
		const char *what;
		struct wls_slice base, ours, theirs;
	} again[] = {{"merge(base, result, theirs)", base, m, y},
		     {"merge(base, ours, result)", base, x, m},
		     {"merge(ours, result, ours)", x, m, x}};
	bool good = true;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(again); i++) {
		const struct wls_slice sides[] = {again[i].ours, again[i].theirs};
		_cleanup_merge_ struct wls_merge *out = merge(c, again[i].base, sides, 2);
		if (out && wls_slice_eq(wls_buf_slice(&out->text), m))
			continue;
		printf("#   %s is not the result\n", again[i].what);
		if (out)
			judge_print(m, wls_buf_slice(&out->text));
		good = false;
	}
	return good;
}

/*
 * One orientation, one line ending. *which is the expectation that earlier runs met (SIZE_MAX: none
 * yet): each must meet the same.
 */
static bool run_once(const struct merge_case *c, const struct run *r, size_t *which)
{
	struct wls_slice sides[SIDES_MAX];
	for (size_t i = 0; i < c->side_count; i++)
		sides[i] = wls_buf_slice(&r->sides[i]);
	_cleanup_merge_ struct wls_merge *out =
		merge(c, wls_buf_slice(&r->base), sides, c->side_count);
	if (!out)
		return false;
	struct wls_slice text = wls_buf_slice(&out->text);
	size_t met = judge(c, r, text);
	if (met == SIZE_MAX)
		return false;
	bool good = true;
	if (*which != SIZE_MAX && *which != met) {
		puts("#   not the expectation that the other orientation met");
		good = false;
	}
	*which = met;
	if (out->conflict_count != judge_count(text)) {
		printf("#   %zu conflicts counted, %zu in the text\n", out->conflict_count,
		       judge_count(text));
		good = false;
	}
	if (out->conflict_count == 0 && c->side_count == 2 && !c->no_remerge)
		good = merges_again(c, r, text) && good;
	return good;
}

static bool run_orders(const struct merge_case *c, bool crlf, size_t *which)
{
	static const size_t orders[][SIDES_MAX] = {{0, 1, 2}, {1, 0, 2}, {0, 2, 1},
						   {2, 0, 1}, {1, 2, 0}, {2, 1, 0}};
	size_t count = c->one_orientation ? 1 : c->side_count == 2 ? 2 : WLS_ARRAY_SIZE(orders);
	bool good = true;
	for (size_t i = 0; i < count && good; i++) {
		struct run r;
		run_init(&r, c, orders[i], crlf);
		good = run_once(c, &r, which);
		if (!good)
			printf("#   (sides in the order %zu %zu%s)\n", orders[i][0] + 1,
			       orders[i][1] + 1, crlf ? ", CRLF" : "");
		run_release(&r);
	}
	return good;
}

static void point(const char *name, bool good)
{
	printf("%sok %u - %s\n", good ? "" : "not ", ++points, name);
	fflush(stdout);
	failures += !good;
}

static void case_run(const struct merge_case *c)
{
	size_t which = SIZE_MAX;
	bool good = run_orders(c, false, &which);
	/* With CRLF the hashes, and what is ordered by them, may be others. */
	which = SIZE_MAX;
	if (good && !c->one_ending)
		good = run_orders(c, true, &which);
	point(c->name, good);
}

/* ---- the examples of the documentation ---- */

/* Where a fence's text goes by the second word of its info string; NULL: it is no part of one. */
static struct wls_buf *example_part(struct merge_case *c, struct wls_slice info)
{
	const struct {
		const char *word;
		struct wls_buf *part;
	} parts[] = {{"markdown base", &c->base},
		     {"markdown ours", &c->sides[0]},
		     {"markdown theirs", &c->sides[1]},
		     {"markdown result", &c->expected[0]}};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(parts); i++)
		if (wls_slice_eq(info, wls_slice_of(parts[i].word)))
			return parts[i].part;
	return NULL;
}

/* Runs the example and forgets it, but for the base, which holds until another one stands there. */
static void example_finish(struct merge_case *c, unsigned line)
{
	char name[64];
	snprintf(name, sizeof(name), "the example at line %u of the document", line);
	c->name = name;
	c->side_count = 2;
	c->expected_count = 1;
	case_run(c);
	wls_buf_clear(&c->sides[0]);
	wls_buf_clear(&c->sides[1]);
	wls_buf_clear(&c->expected[0]);
}

static unsigned run_examples(struct wls_slice document)
{
	struct merge_case c;
	case_init(&c, "");
	struct wls_slice line;
	struct wls_buf *part = NULL;
	size_t fence = 0;
	unsigned count = 0;
	for (unsigned n = 1; wls_slice_next_line(&document, &line); n++) {
		size_t ticks = 0;
		while (ticks < line.len && line.ptr[ticks] == '`')
			ticks++;
		struct wls_slice info = wls_slice_from(line, ticks);
		if (fence == 0 && ticks >= 3) {
			fence = ticks;
			part = example_part(&c, info);
			if (part)
				wls_buf_clear(part);
		} else if (fence > 0 && ticks >= fence && info.len == 0) {
			fence = 0;
			if (part == &c.expected[0]) {
				example_finish(&c, n);
				count++;
			}
		} else if (fence > 0 && part) {
			wls_buf_add_slice(part, line);
			wls_buf_add_char(part, '\n');
		}
	}
	case_release(&c);
	return count;
}

/* ---- main ---- */

static bool wanted(const char *name, char *const *names, int count)
{
	for (int i = 0; i < count; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return count == 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && !strchr(entry->d_name, '.');
}

static unsigned run_folder(const char *folder, char *const *names, int name_count)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, visible, by_bytes);
	unsigned count = 0;
	for (int i = 0; i < n; i++) {
		const char *name = entries[i]->d_name;
		if (wanted(name, names, name_count)) {
			char path[4096];
			snprintf(path, sizeof(path), "%s/%s", folder, name);
			struct merge_case c;
			case_init(&c, name);
			if (case_read(&c, path))
				case_run(&c);
			else
				point(name, false);
			case_release(&c);
			count++;
		}
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	return count;
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fputs("usage: merge-cases FOLDER DOCUMENT [NAME...]\n", stderr);
		return 2;
	}
	unsigned cases = run_folder(argv[1], argv + 3, argc - 3);
	if (argc == 3) {
		point("there are at least 120 cases", cases >= 120);
		_cleanup_buf_ struct wls_buf document = WLS_BUF_INIT;
		bool there =
			read_file(".", argv[2], &document) || read_file("", argv[2], &document);
		unsigned examples = run_examples(wls_buf_slice(&document));
		point("the document has examples", there && examples >= 5);
	}
	printf("1..%u\n", points);
	return failures > 0 || cases == 0;
}
