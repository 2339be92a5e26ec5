/* SPDX-License-Identifier: MIT */
/*
 * Comments that switch rules off: `<!-- wlsync: ignore RULE[, RULE] -->`.
 *
 * At the end of a line it is about that line; on a line of its own about the entry or section that it
 * stands in, and before the first entry about the whole log. In code it is text.
 *
 * Layer: check. Includes: base, doc, check.
 */
#include "check/check_internal.h"

/* Comments of a file that are read, since each finding is compared with each of them. */
#define COMMENTS_MAX 1000u
#define RULE_BIT(rule) (UINT64_C(1) << (rule))
_Static_assert(WLS_RULE_COUNT <= 64, "a set of rules is a word");

struct ignored {
	uint64_t rules;
	uint32_t begin, end;
	bool whole; /* the whole log */
};

struct comments {
	struct ignored *list;
	size_t count, cap;
};

/* ---- reading a comment ---- */

static void skip_blanks(struct wls_slice *s)
{
	while (s->len > 0 && (s->ptr[0] == ' ' || s->ptr[0] == '\t'))
		*s = wls_slice_from(*s, 1);
}

static bool take_word(struct wls_slice *s, struct wls_slice word)
{
	skip_blanks(s);
	if (!wls_slice_starts_nocase(*s, word))
		return false;
	*s = wls_slice_from(*s, word.len);
	return true;
}

/* The rule of that name, in whatever case: comments are written by hand. */
static enum wls_rule find_rule(struct wls_slice name)
{
	for (size_t i = 0; i < WLS_RULE_COUNT; i++)
		if (wls_slice_eq_nocase(name, wls_slice_of(wls_rules[i].name)))
			return (enum wls_rule)i;
	return WLS_RULE_COUNT;
}

/* The rules that are named up to `-->`; 0 when there is none. */
static uint64_t read_names(struct wls_slice names)
{
	uint64_t rules = 0;

	while (names.len > 0) {
		size_t len = 0;
		while (len < names.len && (wls_is_alnum(names.ptr[len]) || names.ptr[len] == '-'))
			len++;
		enum wls_rule rule = find_rule(wls_slice(names.ptr, len));
		if (rule != WLS_RULE_COUNT)
			rules |= RULE_BIT(rule);
		names = wls_slice_from(names, len > 0 ? len : 1);
	}
	return rules;
}

/* Reads the comment that begins at the start of `line`; *len gets its bytes. */
static uint64_t read_comment(struct wls_slice line, size_t *len)
{
	size_t end = wls_slice_find(line, WLS_SLICE("-->"));
	struct wls_slice inside;

	*len = end == SIZE_MAX ? line.len : end + 3;
	if (end == SIZE_MAX || end < 4)
		return 0;
	inside = wls_slice(line.ptr + 4, end - 4);
	if (!take_word(&inside, WLS_SLICE("wlsync:")) || !take_word(&inside, WLS_SLICE("ignore")))
		return 0;
	return read_names(inside);
}

/* ---- where it stands ---- */

/* The innermost node around `at`, from the one of an earlier place. O(nodes passed). */
static struct wls_node *node_around(struct wls_doc *doc, struct wls_node *node, uint32_t at)
{
	while (node->parent && node->end <= at)
		node = node->next ? node->next : node->parent;
	while (at >= node->body) {
		struct wls_node *child = wls_node_children(doc, node);
		while (child && child->end <= at)
			child = child->next;
		if (!child)
			break;
		node = child;
	}
	return node;
}

static bool is_before_entries(const struct wls_doc *doc, uint32_t at)
{
	return doc->entry_count == 0 || at < doc->entries[0].node->begin;
}

/* What a comment on a line of its own is about: the innermost entry or section. */
static struct ignored scope_of(const struct wls_doc *doc, const struct wls_node *node, uint32_t at)
{
	if (!is_before_entries(doc, at))
		for (; node; node = node->parent)
			if (node->kind == WLS_NODE_ENTRY || node->kind == WLS_NODE_SECTION)
				return (struct ignored){.begin = node->begin, .end = node->end};
	return (struct ignored){.whole = true};
}

static bool is_code(const struct wls_node *node)
{
	for (; node; node = node->parent)
		if (node->kind == WLS_NODE_CODE || node->kind == WLS_NODE_FRONTMATTER)
			return true;
	return false;
}

/* A line, and where it begins. */
struct line {
	struct wls_slice text;
	uint32_t begin;
};

static bool is_blank(const char *ptr, size_t len)
{
	return wls_slice_trim(wls_slice(ptr, len)).len == 0;
}

static void add(struct comments *comments, struct ignored what)
{
	WLS_GROW(comments->list, comments->cap, comments->count + 1);
	comments->list[comments->count++] = what;
}

/* Takes the comment at `at` of the line; returns how far to go on from there. */
static size_t take_comment(struct comments *comments, struct wls_doc *doc, struct wls_node **node,
			   const struct line *line, size_t at)
{
	size_t len;
	uint64_t rules = read_comment(wls_slice_from(line->text, at), &len);
	struct ignored what = {.begin = line->begin,
			       .end = line->begin + (uint32_t)line->text.len + 1};
	uint32_t offset = line->begin + (uint32_t)at;

	if (rules == 0 || !is_blank(line->text.ptr + at + len, line->text.len - at - len) ||
	    (at > 0 && line->text.ptr[at - 1] == '`'))
		return len;
	*node = node_around(doc, *node, offset);
	if (is_code(*node))
		return len;
	if (is_blank(line->text.ptr, at))
		what = scope_of(doc, *node, offset);
	what.rules = rules;
	add(comments, what);
	return len;
}

/* The line around `at`; CR alone ends one, too. */
static struct line line_around(struct wls_slice source, uint32_t at)
{
	uint32_t begin = at, end = at;

	while (begin > 0 && source.ptr[begin - 1] != '\n' && source.ptr[begin - 1] != '\r')
		begin--;
	while (end < source.len && source.ptr[end] != '\n' && source.ptr[end] != '\r')
		end++;
	return (struct line){wls_slice(source.ptr + begin, end - begin), begin};
}

static void read_comments(struct wls_doc *doc, struct comments *comments)
{
	const struct wls_slice word = WLS_SLICE("<!--");
	struct wls_slice source = doc->source;
	struct wls_node *node = doc->root;
	size_t at = 0, found;

	while (comments->count < COMMENTS_MAX &&
	       (found = wls_slice_find(wls_slice_from(source, at), word)) != SIZE_MAX) {
		struct line line = line_around(source, (uint32_t)(at + found));
		size_t in_line = at + found - line.begin;

		while (in_line < line.text.len) {
			size_t next;
			in_line += take_comment(comments, doc, &node, &line, in_line);
			next = wls_slice_find(wls_slice_from(line.text, in_line), word);
			in_line = next == SIZE_MAX ? line.text.len : in_line + next;
		}
		at = line.begin + line.text.len;
	}
}

/* ---- marking ---- */

static bool covers(const struct ignored *what, const struct wls_check_finding *finding)
{
	if (!(what->rules & RULE_BIT(finding->rule)))
		return false;
	if (what->whole)
		return true;
	return finding->place.line > 0 && finding->place.begin >= what->begin &&
	       finding->place.begin < what->end;
}

static void mark_file(struct wls_check *check, size_t first, const struct wls_check_file *file,
		      const struct comments *comments)
{
	for (size_t i = first; i < check->count; i++) {
		struct wls_check_finding *finding = &check->findings[i];
		bool here = wls_slice_eq(finding->place.file, file->path);

		for (size_t c = 0; c < comments->count && !finding->ignored; c++)
			finding->ignored = (here || comments->list[c].whole) &&
					   covers(&comments->list[c], finding);
	}
}

void wls_check_ignore(const struct wls_check_log *log, size_t first)
{
	struct comments comments = {0};

	for (size_t f = 0; f < log->count; f++) {
		comments.count = 0;
		read_comments(log->files[f].doc, &comments);
		mark_file(log->check, first, &log->files[f], &comments);
	}
	free(comments.list);
}
