/* SPDX-License-Identifier: MIT */
/*
 * Labels in running text: what labels.c, label_text.c, label_context.c and label_token.c share.
 * Private to them.
 *
 * Layer: merge. Includes: base, labels.
 *
 * All offsets count bytes of the document's source.
 */
#ifndef WLS_MERGE_LABEL_TEXT_H
#define WLS_MERGE_LABEL_TEXT_H

#include "merge/labels.h"

/* ---- bytes ---- */

static inline bool wls_label_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline bool wls_label_is_emphasis(char c)
{
	return c == '*' || c == '_' || c == '~' || c == '"' || c == '\'';
}

/* The byte at `at`, or NUL past the end. */
static inline char wls_label_byte(struct wls_slice text, size_t at)
{
	return at < text.len ? text.ptr[at] : '\0';
}

static inline bool wls_label_has(struct wls_slice text, size_t at, struct wls_slice what)
{
	return at <= text.len && wls_slice_starts(wls_slice_from(text, at), what);
}

/* Whether `c`, other than NUL, is one of `set`. */
static inline bool wls_label_in(const char *set, char c)
{
	return c != '\0' && strchr(set, c);
}

/* A word of a table. */
#define WLS_LABEL_WORD(literal)                                                                    \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

enum {
	WLS_LABEL_LOOK = 48,     /* bytes of blanks, a key, or what joins two tokens */
	WLS_LABEL_WORD_MAX = 16, /* bytes of the longest word that is looked for */
};

/* ---- label_token.c: tokens, and how they touch what stands beside them ---- */

/* `v6` or `H3` as it stands; of the second half of `v6-8` the letter is missing. */
struct wls_label_token {
	uint32_t begin, digits, end;
	uint32_t number;
	char letter; /* 'v' or 'H' */
};

/* How a token touches what stands beside it. */
enum wls_label_edge {
	WLS_EDGE_WORD, /* part of a longer word or number: no label at all */
	WLS_EDGE_PATH, /* part of a path: looks like one */
	WLS_EDGE_FREE, /* a word of its own */
};

/* The running text around a token. */
struct wls_label_context {
	struct wls_slice text; /* the source up to the end of the block */
	uint32_t floor;        /* where the block begins */
	uint32_t line;         /* where the line begins */
	uint32_t content;      /* its first byte after bullets, boxes, tags, emphasis … */
	bool first_line;       /* of its block */
	bool row;              /* of a table: the line begins with `|` */
	bool heading;
	uint32_t foreign_end; /* after the last name of another log on this line; 0: none */
};

/* The token whose letter stands at `at`: false when none does, or its number is too large. */
bool wls_label_token_at(struct wls_slice text, uint32_t at, struct wls_label_token *out);
/* The number after the dash of `v6-8`, `token` being the `v6`. */
bool wls_label_range_tail(struct wls_slice text, const struct wls_label_token *token,
			  struct wls_label_token *out);
enum wls_label_edge wls_label_edge_before(const struct wls_label_context *c, uint32_t at);
enum wls_label_edge wls_label_edge_after(struct wls_slice text, uint32_t end);
/* Whether a comma, dash, arrow or `and` joins two tokens, the first of which ends at `end`. */
bool wls_label_joined(struct wls_slice text, uint32_t end, uint32_t begin);
/* The dash (`-` or `–`) at `at`: its bytes, or 0. */
size_t wls_label_dash(struct wls_slice text, size_t at);
/* Whether the code point that ends before `at`, or the one at `at`, is part of a word. */
bool wls_label_word_before(struct wls_slice text, uint32_t floor, uint32_t at);
bool wls_label_word_after(struct wls_slice text, size_t at);
/* Where the word of letters begins that ends at `end`; too long a one is cut. */
uint32_t wls_label_word_begin(const struct wls_label_context *c, uint32_t end);
/* Whether `pre-` or `post-` ends at `at`. */
bool wls_label_has_prefix(const struct wls_label_context *c, uint32_t at);
/* Whether `word` is one of `words`, whatever its case. */
bool wls_label_is_one_of(struct wls_slice word, const struct wls_slice *words, size_t count);

/* ---- label_context.c: what a token is, by what stands around it ---- */

/* Fills line and content for the line at `line`, whose text of this block begins at `from`. */
void wls_label_line(struct wls_label_context *c, uint32_t line, uint32_t from);

/* Whether a token in running text, not joined to one before it, names one of the log's own. */
bool wls_label_refers(const struct wls_label_context *c, const struct wls_label_token *token);

/* ---- label_text.c: the walk ---- */

struct wls_label_scan {
	struct wls_slice source;
	struct wls_slice log_name;
	struct wls_labels *out;
	uint32_t from, to;   /* labels outside are found, but not added */
	uint32_t version_at; /* the value of the frontmatter's version, or UINT32_MAX */
};

/* A stretch that is read at once: a leaf block, or a line between blocks. */
struct wls_label_unit {
	uint32_t begin, end;
	bool raw; /* code or HTML: nothing in it is rewritten */
	bool heading;
	bool entry;      /* an entry's own heading, */
	uint32_t number; /* with this number */
};

/* Adds the labels of a unit. O(bytes). */
void wls_label_scan_unit(const struct wls_label_scan *scan, const struct wls_label_unit *unit);

#endif
