/* SPDX-License-Identifier: MIT */
/*
 * What a line must look like to start, or to end, a block. Private to blocks.c.
 *
 * Layer: doc. Includes: base.
 *
 * Every function looks at one line's text from its first character that is no blank, without
 * the line ending, and is O(line). The rules are CommonMark 0.29's, section by section.
 */
#ifndef WLS_DOC_BLOCK_START_H
#define WLS_DOC_BLOCK_START_H

#include "wlsync/base.h"

static inline bool wls_is_space_or_tab(char c)
{
	return c == ' ' || c == '\t';
}

/* 4.2: level 1-6 of an ATX heading, 0 for none; *content: bytes before its text. */
unsigned wls_start_atx(struct wls_slice line, size_t *content);
/* 4.3: level 1 or 2 of a setext underline, 0 for none. */
unsigned wls_start_setext(struct wls_slice line);
/* 4.1 */
bool wls_start_break(struct wls_slice line);
/* 4.5: length of an opening fence, 0 for none. */
size_t wls_start_fence(struct wls_slice line);
/* Whether `line` closes a fence of `length` characters `mark`. */
bool wls_end_fence(struct wls_slice line, char mark, size_t length);
/* 4.6: kind 1-7 of an HTML block, 0 for none; kind 7 cannot interrupt a paragraph. */
unsigned wls_start_html(struct wls_slice line, bool in_paragraph);
/* Whether `line` holds the end condition of kinds 1-5. */
bool wls_end_html(struct wls_slice line, unsigned kind);

/* 5.2: a list marker. */
struct wls_list_marker {
	size_t len; /* of the marker; 0: none */
	char mark;  /* - + * . ) */
	bool ordered;
};

struct wls_list_marker wls_start_item(struct wls_slice line, bool in_paragraph);

/*
 * 4.7: bytes of `text` (a paragraph's lines without their containers' prefixes and indentation) that
 * are link reference definitions; the rest is the paragraph's own. O(n).
 */
size_t wls_skip_link_definitions(struct wls_slice text);
/*
 * Whether a paragraph's first line may begin one: its label's end, when it is on that line, has a
 * colon. Most brackets are `[HIGH]` or `[ ]`.
 */
bool wls_may_be_link_definition(struct wls_slice line);

#endif
