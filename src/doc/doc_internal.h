/* SPDX-License-Identifier: MIT */
/*
 * What the files of src/doc share over the blocks: words, keys, headings, fields.
 *
 * Layer: doc. Includes: base, buf, doc. Private to src/doc.
 *
 * Every function here is O(length of its text) unless it says otherwise.
 */
#ifndef WLS_DOC_INTERNAL_H
#define WLS_DOC_INTERNAL_H

#include "wlsync/doc.h"

/* ---- words.c ---- */

static inline bool wls_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline bool wls_is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Bytes of the blanks (and line endings) at the start of `s`. */
static inline size_t wls_skip_blanks(struct wls_slice s)
{
	size_t i = 0;
	while (i < s.len && (wls_is_blank(s.ptr[i]) || wls_is_line_end(s.ptr[i])))
		i++;
	return i;
}

static inline struct wls_slice wls_ltrim(struct wls_slice s)
{
	return wls_slice_from(s, wls_skip_blanks(s));
}

/* Bytes of the colon at the start of `s`: 1 for `:`, 3 for `：`, 0 for none. */
size_t wls_colon_at(struct wls_slice s);
/* Bytes of the dash at the start of `s` (`-`, `–`, `—`), or 0. */
size_t wls_dash_at(struct wls_slice s);
/* Bytes of the emoji (any, with its variation selector and joined parts) at the start, or 0. */
size_t wls_emoji_at(struct wls_slice s);
/* Without emoji and blanks at the start, and at the end. */
struct wls_slice wls_skip_emoji(struct wls_slice s);
struct wls_slice wls_cut_emoji(struct wls_slice s);
/* The marker at the end of `s` (trimmed), with its bytes in *len; none and 0 otherwise. */
enum wls_mark wls_mark_at_end(struct wls_slice s, size_t *len);
/* The last marker in `text`, with its place in *at and its bytes in *len; or none. */
enum wls_mark wls_mark_find_last(struct wls_slice text, size_t *at, size_t *len);
/* The state that a status or verdict word beside a marker tells, which decides over it (rule 7). */
enum wls_mark wls_word_mark(struct wls_slice word);
/* The first mojibake marker in `s`, or SIZE_MAX. Several GB/s over ASCII. */
size_t wls_mojibake_find(struct wls_slice s);
/* Whether `text` says, as a word of its own, that a blocker is over (rule 10). */
bool wls_value_is_resolved(struct wls_slice text);
/*
 * The bracketed tag at the start of `s` (`[BLOCKED]`): its bytes, its words in *word; 0 when
 * there is none.
 */
size_t wls_tag_at(struct wls_slice s, struct wls_slice *word);
enum wls_priority wls_priority_parse(struct wls_slice word);
bool wls_tag_is_blocked(struct wls_slice word);
bool wls_tag_is_review(struct wls_slice word);
/* ASCII words equal but for case, and for '-', '_' and blanks between them. */
bool wls_words_eq(struct wls_slice a, struct wls_slice b);

/* ---- key_table.c ---- */

enum wls_key_flag {
	WLS_KEY_FIELD = 1 << 0,     /* may stand without bold in the middle of a paragraph */
	WLS_KEY_LIST = 1 << 1,      /* its value is a list, also after a blank line */
	WLS_KEY_ATTRIBUTE = 1 << 2, /* `Key: v` in any list is an attribute of the item above */
	WLS_KEY_REASON = 1 << 3,    /* the same, where a list gives reasons (Evolution, …) */
	WLS_KEY_REASONS = 1 << 4,   /* the lists where it is so */
	WLS_KEY_LOG = 1 << 5,       /* as a heading after the last entry: the log's own */
	WLS_KEY_GROUP = 1 << 6,     /* as a heading: holds fields; else its lists are its value */
	WLS_KEY_PREFIX = 1 << 7,    /* as a heading: `Feature: name` */
};

unsigned wls_key_flags(enum wls_key key);
/* The spellings, folded, by the order of their bytes: row `i`, below the count. */
size_t wls_key_spelling_count(void);
struct wls_slice wls_key_spelling(size_t i, enum wls_key *key);

/* ---- key_find.c ---- */

/* ---- heading.c ---- */

/* `v3`, `v1-v3`, `v7+` at the start of `s`: its bytes, or 0. */
struct wls_range {
	uint32_t first, last;
	bool open;
	bool single;    /* a lone `vN` */
	bool too_large; /* over WLS_VERSION_MAX */
};

size_t wls_range_at(struct wls_slice s, struct wls_range *range);

/* What a heading's words are. */
struct wls_heading {
	bool is_entry;    /* matches rule 1 or 2 */
	bool full;        /* with a separator (rule 1), or a bare `vN` */
	bool bad_version; /* would be one, but its number is too large */
	uint8_t mark;     /* enum wls_mark of its trailing emoji */
	uint16_t flags;   /* WLS_NODE_BLOCKED, WLS_NODE_REVIEW, WLS_NODE_OPEN_RANGE */
	uint32_t version; /* also of a section `v1-v3: …` */
	uint32_t version_last;
	struct wls_slice date, time;
	struct wls_slice bad_date; /* one that no calendar has; `date` is empty then */
	struct wls_slice bad_time; /* one that no clock shows; `time` is empty then */
	struct wls_slice title;    /* without tags; all words when it is no entry */
};

/* Reads the words of a heading, without its marker and closing sequence. */
void wls_heading_parse(struct wls_slice words, struct wls_heading *out);
/*
 * The key of a section heading; *label and *text get its parts (`Feature`, `Login` of
 * `Feature: Login`; all words otherwise).
 */
enum wls_key wls_heading_key(struct wls_slice words, struct wls_slice *label,
			     struct wls_slice *text);

/* A date `YYYY-MM-DD` and a time `HH:MM[:SS]` at the start of `s`; bytes, or 0. */
size_t wls_date_at(struct wls_slice s, bool *valid);
size_t wls_time_at(struct wls_slice s);

/* ---- frontmatter.c ---- */

/*
 * Finds and reads the frontmatter (rule 5) behind a BOM: fills doc->frontmatter, adds its node
 * as the root's first child, and returns the offset after its closing line; 0 when there is none.
 */
uint32_t wls_frontmatter_read(struct wls_doc *doc);
/* The number that `v3`, `3`, `v3.0` name: false when it is none; *too_large when it is over. */
bool wls_version_parse(struct wls_slice text, uint32_t *version, bool *too_large);

/* ---- outline.c ---- */

/* Title, entries, sections: nodes and doc->entries from doc->blocks. O(top-level blocks). */
void wls_outline_read(struct wls_doc *doc);

/* ---- key_line.c ---- */

/* A field key in a line (rule 4). */
struct wls_key_line {
	enum wls_key key; /* OTHER: bold and unknown; HANDOFF; EVOLUTION, PHASE with a range */
	bool bold;
	size_t at;    /* where it begins in the line, emoji before it included */
	size_t value; /* where its value begins */
	struct wls_slice label;
	struct wls_slice about; /* the words of a handoff */
	struct wls_range range; /* first 0: none */
};

/* The key that `line` begins with. Looks at no more than the first few hundred bytes. */
bool wls_key_line_parse(struct wls_slice line, struct wls_key_line *out);
/* The next key on the line at or after `from`: bold, or after ` · ` or ` | `. */
bool wls_key_line_next(struct wls_slice line, size_t from, struct wls_key_line *out);
/* `text` without the separators that may stand between fields. */
struct wls_slice wls_key_value_trim(struct wls_slice text);

/* ---- items.c ---- */

/* What an item's text is read by: the list that it stands in. */
struct wls_item_context {
	enum wls_key key; /* of the field or section; NONE outside */
	bool first;       /* nothing stands before it in its list that it could belong to */
};

/* Fills flags, marks, key, label, version and text of an item from its content. */
void wls_item_read(struct wls_node *node, struct wls_slice content,
		   struct wls_item_context context);
/*
 * A line of a paragraph that is an item of its field (`H1: …`, `+: …`, `@name: …`): its label's
 * bytes, or 0.
 */
size_t wls_item_line_at(struct wls_slice line, enum wls_key key);

/* ---- field_lines.c ---- */

/* Where the line that underlines the setext heading `block` begins. */
uint32_t wls_underline_of(const struct wls_doc *doc, const struct wls_block *block);
/*
 * Whether a setext heading is fields with a line of `---` after them (rule 14). One that ends in
 * a plain key's colon (`Next:`), or names its kind (`Feature: Login`), is a heading. O(bytes).
 */
bool wls_underlined_fields(const struct wls_doc *doc, const struct wls_block *block);

/* ---- fields.c ---- */

/* The bytes [begin, end), which hold the blocks [block, block_end). */
struct wls_span {
	uint32_t begin, end;
	uint32_t block, block_end;
};

/*
 * Reads the leaves of `holder` (document, entry, section) in `span`, and appends them to its
 * children. O(bytes).
 */
void wls_fields_read(struct wls_doc *doc, struct wls_node *holder, struct wls_span span);

/* ---- tree.c ---- */

/* A new node as the last child of `parent` (NULL: none yet); [begin, begin) is its text. */
struct wls_node *wls_node_new(struct wls_doc *doc, struct wls_node *parent, enum wls_node_kind kind,
			      uint32_t begin);
void wls_node_append(struct wls_node *parent, struct wls_node *child);

/* ---- doc.c ---- */

/* Sorts the diagnostics by place. */
void wls_doc_sort_diagnostics(struct wls_doc *doc);
/* The first byte of the line that `offset` stands in, not before `floor`. O(line). */
uint32_t wls_line_begin(const struct wls_doc *doc, uint32_t offset, uint32_t floor);
/* The first byte after the ending of the line that `offset` stands in, at most `limit`. */
uint32_t wls_line_end(const struct wls_doc *doc, uint32_t offset, uint32_t limit);

#endif
