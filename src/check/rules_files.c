/* SPDX-License-Identifier: MIT */
/*
 * Files and lines that the newest entry names, and that are not there.
 *
 * Layer: check. Includes: base, doc, graph, check.
 *
 * Checked are the files of Files with the lines beneath them, and elsewhere in the entry (Next, Solution,
 * Reviewer Notes, Review Feedback) what has line numbers: a step may name a file that is yet to
 * be written, but not its lines. Work is history, and may name what was removed. Only what can be a
 * path of this repository is asked for; globs, other roots, generated folders and prose are not. An
 * item that says itself that the file is gone, moved or planned is left alone.
 */
#include "check/rules_shared.h"
#include "wlsync/pattern.h"

struct files {
	const struct wls_check_log *log;
	const struct wls_check_file *file;
};

#define WORD(literal)                                                                              \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

/* ---- what is a path ---- */

/* Folders that are made, not kept. */
static bool is_generated(struct wls_slice component)
{
	static const struct wls_slice names[] = {
		WORD("node_modules"), WORD("dist"),   WORD("build"), WORD("target"), WORD("out"),
		WORD(".git"),         WORD("vendor"), WORD("tmp"),   WORD("venv"),   WORD(".venv"),
		WORD("coverage"),     WORD(".next"),  WORD("logs"),  WORD("bin"),    WORD("obj"),
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(names); i++)
		if (wls_slice_eq(component, names[i]))
			return true;
	return false;
}

static bool has_generated(struct wls_slice path)
{
	while (path.len > 0) {
		const char *slash = memchr(path.ptr, '/', path.len);
		size_t len = slash ? (size_t)(slash - path.ptr) : path.len;
		if (slash && is_generated(wls_slice(path.ptr, len)))
			return true;
		path = wls_slice_from(path, slash ? len + 1 : len);
	}
	return false;
}

/* The ending of the last component: `.ts`, `.prisma`. */
static bool has_ending(struct wls_slice path)
{
	enum { ENDING_MAX = 12 };
	size_t i = path.len;

	while (i > 0 && path.len - i <= ENDING_MAX && wls_is_alnum(path.ptr[i - 1]))
		i--;
	return i > 1 && i < path.len && path.ptr[i - 1] == '.' && path.ptr[i - 2] != '/' &&
	       wls_is_alpha(path.ptr[i]);
}

/* `example.com/page.html`: a host, no folder. */
static bool begins_with_host(struct wls_slice path)
{
	const char *slash = memchr(path.ptr, '/', path.len);
	const char *dot = memchr(path.ptr, '.', path.len);

	return slash && dot && dot < slash && dot > path.ptr;
}

static bool is_path_char(char c)
{
	return wls_is_alnum(c) || (c != '\0' && memchr("_-./+", c, 5)) || (signed char)c < 0;
}

static bool is_local_path(struct wls_slice path)
{
	for (size_t i = 0; i < path.len; i++)
		if (!is_path_char(path.ptr[i]))
			return false;
	if (path.len < 3 || path.ptr[0] == '/' || !memchr(path.ptr, '/', path.len) ||
	    wls_slice_find(path, WLS_SLICE("//")) != SIZE_MAX ||
	    wls_slice_find(path, WLS_SLICE("...")) != SIZE_MAX)
		return false;
	return has_ending(path) && !begins_with_host(path) && !has_generated(path);
}

/* ---- what an item says of its file ---- */

static bool is_word_at(struct wls_slice text, size_t at, struct wls_slice word)
{
	if (!wls_slice_starts_nocase(wls_slice_from(text, at), word))
		return false;
	return at == 0 || !wls_is_alnum(text.ptr[at - 1]);
}

/* Words that begin what says that a file is not there (`deleted`, `to be created`). */
static bool tells_absence(struct wls_slice text)
{
	static const struct wls_slice words[] = {
		WORD("delet"),     WORD("remov"),        WORD("renam"),       WORD("moved"),
		WORD("gone"),      WORD("planned"),      WORD("to be "),      WORD("to write"),
		WORD("to create"), WORD("creat"),        WORD("missing"),     WORD("not yet"),
		WORD("will "),     WORD("generated"),    WORD("ignored"),     WORD("other "),
		WORD("external"),  WORD("split "),       WORD("merged into"), WORD("todo"),
		WORD("->"),        WORD("\xE2\x86\x92"), WORD("former"),      WORD("e.g."),
	};

	for (size_t i = 0; i < text.len; i++)
		for (size_t k = 0; k < WLS_ARRAY_SIZE(words); k++)
			if (is_word_at(text, i, words[k]))
				return true;
	return false;
}

/* `text`: the node's own bytes, or those beneath it, too. */
static bool is_left_alone(const struct wls_node *node, struct wls_slice text)
{
	return (node->flags & WLS_NODE_STRUCK) || node->mark == WLS_MARK_FAILED ||
	       tells_absence(text);
}

/* ---- asking ---- */

static void report_lines(const struct files *f, const struct wls_reference *path,
			 const struct wls_reference *lines, struct wls_check_span span,
			 int64_t have)
{
	struct wls_arena *arena = &f->log->check->arena;
	const char *key = wls_arena_printf(arena, "%.*s:%u-%u", WLS_SLICE_ARG(path->path),
					   lines->first, lines->last);
	const char *message = wls_arena_printf(arena, "%.*s has %lld line%s, no line %u",
					       WLS_SLICE_ARG(path->path), (long long)have,
					       have == 1 ? "" : "s", lines->last);

	wls_check_add(f->log, f->file, WLS_RULE_MISSING_LINE, span, wls_slice_of(key), message);
}

/*
 * As options->lines() says, of the folders between the log's and the root, too: in a repository of several
 * packages a path begins at its package.
 */
static int64_t look_up(const struct files *f, struct wls_slice path)
{
	const struct wls_check_options *options = f->log->check->options;
	struct wls_slice log = f->file->path;
	int64_t lines = options->lines(options->data, log, path);

	for (size_t end = log.len, slashes = 0; lines == -1 && end > 0; end--) {
		/* The first slash ends the log's own folder, which was looked into. */
		if (log.ptr[end - 1] != '/' || ++slashes == 1 || path.ptr[0] == '.')
			continue;
		const char *from_root = wls_arena_printf(&f->log->check->arena, "%.*s%.*s",
							 (int)end, log.ptr, WLS_SLICE_ARG(path));
		int64_t there = options->lines(options->data, log, wls_slice_of(from_root));
		/* A folder that is not there tells nothing. */
		lines = there >= 0 ? there : lines;
	}
	return lines;
}

/* How many lines the file of a reference has; reports it missing. */
static int64_t ask(const struct files *f, const struct wls_reference *reference, uint32_t at)
{
	struct wls_arena *arena = &f->log->check->arena;

	if (!is_local_path(reference->path))
		return -2;
	int64_t lines = look_up(f, reference->path);
	if (lines != -1)
		return lines;
	struct wls_check_span span = wls_rule_span_or(f->file->doc, reference->path, at);
	const char *message =
		wls_arena_printf(arena, "no file \"%.*s\"", WLS_SLICE_ARG(reference->path));
	wls_check_add(f->log, f->file, WLS_RULE_MISSING_FILE, span, reference->path, message);
	return lines;
}

/* Whether a line number begins at `at`: `12`, `L12`. */
static bool begins_line_number(struct wls_slice source, uint32_t at)
{
	at += at < source.len && source.ptr[at] == 'L';
	return at < source.len && wls_is_digit(source.ptr[at]);
}

/* The `145-180` of `src/a.ts:145-180`, of `src/a.ts (lines 145-180)`, behind its path in the source. */
static struct wls_check_span suffix_span(const struct files *f,
					 const struct wls_reference *reference, uint32_t at)
{
	enum { BEFORE_MAX = 16 }; /* bytes between them */
	struct wls_slice source = f->file->doc->source;
	struct wls_check_span path, span;

	if (!wls_rule_span(f->file->doc, reference->path, &path))
		return (struct wls_check_span){at, 0};
	span.begin = path.end;
	while (span.begin < source.len && span.begin < path.end + BEFORE_MAX &&
	       !begins_line_number(source, span.begin))
		span.begin++;
	span.end = span.begin;
	while (span.end < source.len && source.ptr[span.end] != '`' &&
	       (is_path_char(source.ptr[span.end])))
		span.end++;
	while (span.end > span.begin && source.ptr[span.end - 1] == '.')
		span.end--;
	return span;
}

static int64_t check_reference(const struct files *f, const struct wls_reference *reference,
			       uint32_t at)
{
	int64_t lines = ask(f, reference, at);

	if (lines >= 0 && reference->first > 0 && (int64_t)reference->last > lines)
		report_lines(f, reference, reference, suffix_span(f, reference, at), lines);
	return lines;
}

/* ---- Files ---- */

/* `L45-67, L80: …` beneath a file of `have` lines. */
static void check_lines(const struct files *f, const struct wls_file_use *use,
			const struct wls_statement *line, int64_t have)
{
	for (size_t i = 0; i < line->reference_count; i++) {
		const struct wls_reference *lines = &line->references[i];
		struct wls_slice own =
			wls_slice(lines->path.ptr + lines->at, lines->end - lines->at);
		if ((int64_t)lines->last > have)
			report_lines(f, &use->file, lines,
				     wls_rule_span_or(f->file->doc, own, line->node->begin), have);
	}
}

static void check_use(const struct files *f, const struct wls_file_use *use)
{
	int64_t have = check_reference(f, &use->file, use->node->begin);

	for (size_t i = 0; have >= 0 && i < use->line_count; i++)
		check_lines(f, use, &use->lines[i], have);
}

static void check_files_field(const struct files *f, struct wls_node *node)
{
	const struct wls_pattern *pattern = wls_pattern_read(f->file->doc, node);
	const struct wls_node *judged = NULL;
	bool alone = false;

	for (size_t i = 0; pattern && i < pattern->file_count; i++) {
		const struct wls_file_use *use = &pattern->files[i];
		/* Several files may stand on one line: it is read once. */
		if (use->node != judged)
			alone = is_left_alone(use->node, wls_node_bytes(f->file->doc, use->node));
		judged = use->node;
		if (!alone)
			check_use(f, use);
	}
}

/* ---- elsewhere ---- */

static bool tells_of_files(uint16_t key)
{
	return key == WLS_KEY_NEXT || key == WLS_KEY_SOLUTION || key == WLS_KEY_REVIEWER_NOTES ||
	       key == WLS_KEY_REVIEW_FEEDBACK || key == WLS_KEY_OPEN;
}

/* References with line numbers in the text of a field or of an item in it. */
static void check_text(const struct files *f, const struct wls_node *node)
{
	struct wls_slice text = wls_text_flatten(f->file->doc, node->text);
	struct wls_reference reference;
	bool judged = false;

	for (size_t at = 0; wls_reference_next(text, &at, &reference);) {
		if (reference.first == 0)
			continue;
		if (!judged && is_left_alone(node, wls_node_own(f->file->doc, node)))
			return;
		judged = true;
		check_reference(f, &reference, node->begin);
	}
}

static void check_others(const struct files *f, struct wls_node *field)
{
	struct wls_doc *doc = f->file->doc;

	for (struct wls_node *n = field; n; n = wls_node_walk(doc, field, n))
		if (n->kind == WLS_NODE_FIELD || n->kind == WLS_NODE_ITEM ||
		    n->kind == WLS_NODE_PARAGRAPH)
			check_text(f, n);
}

/* ---- the newest entry ---- */

static void check_holder(const struct files *f, struct wls_node *holder, unsigned depth)
{
	for (struct wls_node *n = wls_node_children(f->file->doc, holder); n; n = n->next) {
		if (n->key == WLS_KEY_FILES)
			check_files_field(f, n);
		else if (tells_of_files(n->key))
			check_others(f, n);
		else if ((n->kind == WLS_NODE_SECTION || n->kind == WLS_NODE_HANDOFF) &&
			 depth < WLS_DEPTH_MAX)
			check_holder(f, n, depth + 1);
	}
}

void wls_rules_files(const struct wls_check_log *log)
{
	const struct wls_check *check = log->check;
	bool wants = wls_check_wants(check, WLS_RULE_MISSING_FILE) ||
		     wls_check_wants(check, WLS_RULE_MISSING_LINE);
	struct wls_rule_entry newest;

	if (!wants || !check->options->lines || wls_rule_is_completed(log) ||
	    !wls_rule_newest(log, &newest))
		return;
	const struct files f = {log, newest.file};
	const struct wls_doc *doc = newest.file->doc;
	check_holder(&f, newest.entry->node, 0);
	for (uint32_t i = newest.entry->continued_by; i != WLS_ENTRY_NONE;
	     i = doc->entries[i].continued_by)
		check_holder(&f, doc->entries[i].node, 0);
}
