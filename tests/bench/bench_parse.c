/* SPDX-License-Identifier: MIT */
/*
 * Parsing a log of 14 MB, beside md4c on the same bytes (GitHub's flags, callbacks that do
 * nothing), and beside the physical limit: looking for newlines with memchr.
 */
#include <md4c.h>
#include <stdio.h>

#include "bench/clock.h"
#include "support/generate.h"
#include "wlsync/doc.h"

enum { ENTRIES = 19200, ROUNDS = 9 };
static const double LEAST = 5, AIM = 8; /* times as fast as md4c */

static int on_block(MD_BLOCKTYPE type, void *detail, void *userdata)
{
	(void)type, (void)detail, (void)userdata;
	return 0;
}

static int on_span(MD_SPANTYPE type, void *detail, void *userdata)
{
	(void)type, (void)detail, (void)userdata;
	return 0;
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *userdata)
{
	(void)type, (void)text, (void)size, (void)userdata;
	return 0;
}

static void peer_md4c(struct wls_slice text)
{
	const MD_PARSER parser = {
		.flags = MD_DIALECT_GITHUB,
		.enter_block = on_block,
		.leave_block = on_block,
		.enter_span = on_span,
		.leave_span = on_span,
		.text = on_text,
	};
	if (md_parse(text.ptr, (MD_SIZE)text.len, &parser, NULL) != 0)
		abort();
}

static void peer_memchr(struct wls_slice text)
{
	volatile size_t lines = 0;
	const char *end = text.ptr + text.len;
	for (const char *p = text.ptr; p && (p = memchr(p, '\n', (size_t)(end - p))); p++)
		lines = lines + 1;
}

static void parse(struct wls_slice text)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_error err;
	if (wls_doc_parse(&doc, text, &err) < 0 || doc->entry_count != ENTRIES)
		abort();
}

/* The same, and every node of every entry read. */
static void parse_and_walk(struct wls_slice text)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_error err;
	volatile size_t nodes = 0;
	if (wls_doc_parse(&doc, text, &err) < 0)
		abort();
	for (struct wls_node *n = doc->root; n; n = wls_node_walk(doc, doc->root, n))
		nodes = nodes + 1;
}

static struct {
	const char *name;
	void (*run)(struct wls_slice text);
	double least;
} runs[] = {
	{"md4c md_parse", peer_md4c, 0},
	{"memchr newline scan", peer_memchr, 0},
	{"wls_doc_parse", parse, 0},
	{"wls_doc_parse and a walk over every node", parse_and_walk, 0},
};

int main(void)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct test_random r = {14};
	struct generate_log log = {.number = 1, .entries = ENTRIES, .status = "in_progress"};
	generate_log(&r, &log, &text);
	for (int round = 0; round < ROUNDS; round++) {
		for (size_t i = 0; i < WLS_ARRAY_SIZE(runs); i++) {
			double start = clock_ms();
			runs[i].run(wls_buf_slice(&text));
			clock_least(&runs[i].least, start);
		}
	}
	printf("1..1\n# a log of %.1f MB\n", (double)text.len / 1e6);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(runs); i++)
		printf("# %8.2f ms %7.0f MB/s %6.1f x md4c  %s\n", runs[i].least,
		       (double)text.len / 1e3 / runs[i].least, runs[0].least / runs[i].least,
		       runs[i].name);
	double ratio = runs[0].least / runs[2].least;
	printf("%s 1 - parsing is %.1f times as fast as md4c (least %.0f, aim %.0f); "
	       "a newline scan %.1f times, parsing with a walk %.1f times\n",
	       ratio >= LEAST ? "ok" : "not ok", ratio, LEAST, AIM, runs[0].least / runs[1].least,
	       runs[0].least / runs[3].least);
	return ratio >= LEAST ? 0 : 1;
}
