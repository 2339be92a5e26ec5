/* SPDX-License-Identifier: MIT */
/*
 * Writes a base and two sides that go on from it: base.md, ours.md and theirs.md in FOLDER.
 *
 *	bench_triple disjoint|append|both BYTES FOLDER
 *
 * disjoint: each side changes two lines in every tenth entry, others than the other side. append:
 * each adds the next entry and says so in the frontmatter. both: both.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "support/generate.h"

enum { ENTRY_BYTES = 735 };

static void die(const char *what)
{
	fprintf(stderr, "bench_triple: %s: %s\n", what, strerror(errno));
	exit(2);
}

static void write_file(const char *folder, const char *name, const struct wls_buf *text)
{
	struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT;
	wls_buf_printf(&path, "%s/%s.md", folder, name);
	FILE *file = fopen(wls_buf_str(&path), "wb");
	if (!file || fwrite(text->ptr, 1, text->len, file) != text->len || fclose(file) != 0)
		die(wls_buf_str(&path));
}

/* The side that changes entries whose number ends in `digit`; 10: none. */
static void add_side(struct wls_slice base, uint32_t digit, uint32_t append, const char *title,
		     struct wls_buf *out)
{
	struct wls_slice rest = base, line;
	uint32_t version = 0;
	while (wls_slice_next_line(&rest, &line)) {
		if (wls_slice_starts(line, WLS_SLICE("## v")))
			version = (uint32_t)strtoul(line.ptr + 4, NULL, 10);
		bool mine = version > 0 && version % 10 == digit;
		if (append > 0 && wls_slice_starts(line, WLS_SLICE("version: v")))
			wls_buf_printf(out, "version: v%u", append);
		else if (mine && wls_slice_starts(line, WLS_SLICE("- [MED] ")))
			wls_buf_printf(out, "- [MED] %s, that is, %.*s", title, (int)line.len - 8,
				       line.ptr + 8);
		else
			wls_buf_add_slice(out, line);
		if (mine && wls_slice_starts(line, WLS_SLICE("**Now:** ")))
			wls_buf_printf(out, ", and %s", title);
		wls_buf_add_char(out, '\n');
	}
	if (append > 0)
		wls_buf_printf(out,
			       "## v%u | 2099-01-0%u 10:00 | Work on %s\n\n**Prev:** v%u done\n"
			       "**Now:** %s started\n\n**Next:**\n- [HIGH] go on with %s (v%u)\n\n",
			       append, 1 + digit % 9, title, append - 1, title, title, append);
}

int main(int argc, char **argv)
{
	struct wls_buf base _cleanup_buf_ = WLS_BUF_INIT, ours _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_buf theirs _cleanup_buf_ = WLS_BUF_INIT;
	struct test_random r = {14};
	if (argc != 4)
		return fprintf(stderr, "usage: bench_triple disjoint|append|both BYTES FOLDER\n"),
		       2;
	uint32_t entries = (uint32_t)(strtoul(argv[2], NULL, 10) / ENTRY_BYTES);
	bool edits = strcmp(argv[1], "append") != 0, append = strcmp(argv[1], "disjoint") != 0;
	struct generate_log log = {.number = 1, .entries = entries, .status = "in_progress"};
	generate_log(&r, &log, &base);
	uint32_t next = append ? entries + 1 : 0;
	add_side(wls_buf_slice(&base), edits ? 3 : 10, next, "the billing rewrite", &ours);
	add_side(wls_buf_slice(&base), edits ? 8 : 10, next, "the search rewrite", &theirs);
	if (mkdir(argv[3], 0777) < 0 && errno != EEXIST)
		die(argv[3]);
	write_file(argv[3], "base", &base);
	write_file(argv[3], "ours", &ours);
	write_file(argv[3], "theirs", &theirs);
	return 0;
}
