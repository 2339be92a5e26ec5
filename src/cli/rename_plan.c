/* SPDX-License-Identifier: MIT */
/*
 * The edits of every file: references, and in the log's own files the name in the frontmatter, the
 * title, and `id:`.
 *
 * `id:` keeps the identity of a log's issue: the first rename writes the old name there, and a
 * rename back to that name takes the line out again, with a frontmatter that holds nothing else.
 * Only a line that stands where and as a rename would write it is taken out.
 *
 * Layer: cli. Includes: base, buf, doc, graph, io, cli/rename.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/rename.h"
#include "io/file.h"

void wls_rename_release(struct wls_rename *rename)
{
	for (size_t i = 0; i < rename->file_count; i++) {
		wls_buf_release(&rename->files[i].before);
		wls_buf_release(&rename->files[i].after);
		free(rename->files[i].edits);
		free(rename->files[i].remembered);
	}
	free(rename->files);
	wls_rename_memory_release(&rename->memory);
	wls_arena_release(&rename->arena);
	*rename = (struct wls_rename){0};
}

const struct wls_rename_file *wls_rename_file_at(const struct wls_rename *rename,
						 struct wls_slice path, bool after)
{
	size_t low = 0, high = after ? 0 : rename->file_count;

	for (size_t i = 0; after && i < rename->file_count; i++)
		if (wls_slice_eq(rename->files[i].to, path))
			return &rename->files[i];
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = wls_slice_cmp(rename->files[middle].path, path);

		if (order == 0)
			return &rename->files[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static bool folds_to(struct wls_slice written, struct wls_slice name)
{
	struct wls_buf a _cleanup_buf_ = WLS_BUF_INIT, b _cleanup_buf_ = WLS_BUF_INIT;

	wls_utf8_add_folded_name(&a, written);
	wls_utf8_add_folded_name(&b, name);
	return wls_slice_eq(wls_buf_slice(&a), wls_buf_slice(&b));
}

static struct wls_slice spelled(struct wls_rename *r, struct wls_slice written,
				enum wls_spelling spelling)
{
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;

	wls_rename_spell(written, r->from, r->to, spelling, &buf);
	return wls_arena_copy(&r->arena, wls_buf_slice(&buf));
}

static bool within(struct wls_slice part, const struct wls_doc *doc)
{
	return part.ptr && part.ptr >= doc->source.ptr &&
	       part.ptr + part.len <= doc->source.ptr + doc->source.len;
}

/* Edits a text of the document that spells the old name. */
static void edit_name(struct wls_rename *r, struct wls_rename_file *file, const struct wls_doc *doc,
		      struct wls_slice written, enum wls_spelling spelling, const char *what)
{
	size_t begin;

	if (written.len == 0 || !within(written, doc) || !folds_to(written, r->from))
		return;
	begin = (size_t)(written.ptr - doc->source.ptr);
	wls_rename_add_edit(file, doc, begin, begin + written.len, spelled(r, written, spelling),
			    what);
}

/* ---- id ---- */

static const char *line_ending(struct wls_slice source)
{
	for (size_t i = 0; i < source.len; i++) {
		if (source.ptr[i] == '\n')
			return "\n";
		if (source.ptr[i] == '\r')
			return i + 1 < source.len && source.ptr[i + 1] == '\n' ? "\r\n" : "\r";
	}
	return "\n";
}

/* Whether YAML reads the name as it is. */
static bool is_plain(struct wls_slice name)
{
	bool letters = false;

	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		letters |= wls_is_alpha(c);
		if (!wls_is_alnum(c) && (unsigned char)c < 0x80 && !(i > 0 && strchr("-_. ", c)))
			return false;
	}
	return letters && !wls_slice_eq_nocase(name, WLS_SLICE("null")) &&
	       name.ptr[name.len - 1] != ' ';
}

static struct wls_slice id_line(struct wls_rename *r, struct wls_slice name, const char *ending)
{
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;

	wls_buf_add_str(&buf, "id: ");
	if (is_plain(name)) {
		wls_buf_add_slice(&buf, name);
	} else {
		wls_buf_add_char(&buf, '"');
		for (size_t i = 0; i < name.len; i++) {
			if (name.ptr[i] == '"' || name.ptr[i] == '\\')
				wls_buf_add_char(&buf, '\\');
			wls_buf_add_char(&buf, name.ptr[i]);
		}
		wls_buf_add_char(&buf, '"');
	}
	wls_buf_add_str(&buf, ending);
	return wls_arena_copy(&r->arena, wls_buf_slice(&buf));
}

static const struct wls_node *frontmatter_of(const struct wls_doc *doc)
{
	const struct wls_node *first = doc->root->first_child;

	return doc->frontmatter.present && first && first->kind == WLS_NODE_FRONTMATTER ? first
											: NULL;
}

static const char *id_block(struct wls_rename *r, struct wls_slice line, const char *ending)
{
	return wls_arena_printf(&r->arena, "---%s%.*s---%s", ending, WLS_SLICE_ARG(line), ending);
}

/* Takes out what insert_id() of the new name would put in. */
static void remove_id(struct wls_rename *r, struct wls_rename_file *file, const struct wls_doc *doc)
{
	const struct wls_node *frontmatter = frontmatter_of(doc);
	const char *ending = line_ending(doc->source);
	struct wls_slice line = id_line(r, r->to, ending), head, block;
	size_t at;

	if (!frontmatter)
		return;
	block = wls_slice_of(id_block(r, line, ending));
	if (wls_slice_starts(wls_slice_from(doc->source, doc->root->body), block)) {
		wls_rename_add_edit(file, doc, doc->root->body, doc->root->body + block.len,
				    WLS_SLICE(""), "id");
		return;
	}
	at = frontmatter->last_child->begin;
	head = wls_slice(doc->source.ptr, at);
	if (at >= line.len && wls_slice_eq(wls_slice_from(head, at - line.len), line))
		wls_rename_add_edit(file, doc, at - line.len, at, WLS_SLICE(""), "id");
}

static void insert_id(struct wls_rename *r, struct wls_rename_file *file, const struct wls_doc *doc)
{
	const struct wls_node *frontmatter = frontmatter_of(doc), *last;
	const char *ending = line_ending(doc->source);
	struct wls_slice line = id_line(r, r->from, ending);

	if (!frontmatter) {
		wls_rename_add_edit(file, doc, doc->root->body, doc->root->body,
				    wls_slice_of(id_block(r, line, ending)), "id");
		return;
	}
	last = frontmatter->last_child;
	wls_rename_add_edit(file, doc, last->begin, last->begin, line, "id");
}

static void edit_id(struct wls_rename *r, struct wls_rename_file *file, const struct wls_doc *doc)
{
	if (doc->frontmatter.present && doc->frontmatter.id.len > 0) {
		if (folds_to(doc->frontmatter.id, r->to))
			remove_id(r, file, doc);
		return;
	}
	if (!folds_to(r->from, r->to))
		insert_id(r, file, doc);
}

/* ---- one file ---- */

static int refuse_markers(const struct wls_rename_file *file, struct wls_error *err)
{
	return wls_error_set(err, WLS_E_REFUSED,
			     "%.400s: has conflict markers; settle them first (wlsync resolve)",
			     file->path.ptr);
}

static bool is_malformed(const struct wls_doc *doc)
{
	for (size_t i = 0; i < doc->diagnostic_count; i++)
		if (strcmp(doc->diagnostics[i].rule, "bad-frontmatter") == 0 &&
		    doc->diagnostics[i].severity != WLS_INFO)
			return true;
	return false;
}

/* Frontmatter, title and id. */
static int edit_own(struct wls_rename *r, struct wls_rename_file *file, struct wls_doc *doc,
		    struct wls_error *err)
{
	struct wls_facts facts;

	if (is_malformed(doc))
		return wls_error_set(err, WLS_E_FORMAT,
				     "%.400s: its frontmatter cannot be read; mend it first",
				     file->path.ptr);
	wls_doc_facts(doc, &facts);
	if (doc->frontmatter.present)
		edit_name(r, file, doc, doc->frontmatter.name, WLS_SPELL_TEXT, "name");
	edit_name(r, file, doc, facts.title, WLS_SPELL_WORDS, "title");
	if (wls_slice_eq(file->path, r->graph->logs[r->log].file))
		edit_id(r, file, doc);
	return 0;
}

static struct wls_slice encoded(struct wls_rename *r, struct wls_slice name)
{
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;

	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] == ' ')
			wls_buf_add_str(&buf, "%20");
		else
			wls_buf_add_char(&buf, name.ptr[i]);
	return wls_arena_copy(&r->arena, wls_buf_slice(&buf));
}

/* The first `count` words of a name, without the last; fewer when there are no more. */
static struct wls_slice first_words(struct wls_slice name, size_t count)
{
	size_t end = 0;

	for (size_t i = 0; i < name.len; i++) {
		if (!strchr("-_ ", name.ptr[i]) || (i > 0 && strchr("-_ ", name.ptr[i - 1])))
			continue;
		end = i;
		if (--count == 0)
			break;
	}
	return wls_slice(name.ptr, end);
}

static size_t count_words(struct wls_slice name)
{
	size_t words = 1;

	for (size_t i = 1; i < name.len; i++)
		words +=
			!!strchr("-_ \t\r\n", name.ptr[i]) && !strchr("-_ \t\r\n", name.ptr[i - 1]);
	return words;
}

/*
 * A short name becomes the new name's first words, as many as it had; it stays when it is short for
 * the new name, too, and when that has no shorter form, or one that is another log's.
 */
static bool shorten(struct wls_rename *r, struct wls_slice written, struct wls_slice *text)
{
	size_t words = count_words(written);
	struct wls_slice old = first_words(r->from, words), new = first_words(r->to, words);
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error ignored;
	uint32_t other;

	if (new.len == 0 || folds_to(written, new) ||
	    wls_graph_find(r->graph, new, &other, &ignored) != WLS_E_NOT_FOUND)
		return false;
	wls_rename_spell(written, old, new, WLS_SPELL_TEXT, &buf);
	*text = wls_arena_copy(&r->arena, wls_buf_slice(&buf));
	return true;
}

static void edit_reference(struct wls_rename *r, struct wls_rename_file *file,
			   const struct wls_doc *doc, const struct wls_name_place *ref)
{
	static const char *const in_files[] = {"link", "wiki", "token"};
	enum wls_spelling spelling =
		strcmp(ref->form, "spaced") == 0 ? WLS_SPELL_WORDS : WLS_SPELL_TEXT;
	struct wls_slice raw =
		wls_slice(doc->source.ptr + ref->name_begin, ref->name_end - ref->name_begin);

	if (strcmp(ref->form, "short") == 0) {
		struct wls_slice text = ref->name;

		shorten(r, ref->name, &text);
		wls_rename_add_edit(file, doc, ref->name_begin, ref->name_end, text, ref->form);
		return;
	}
	for (size_t i = 0; i < WLS_ARRAY_SIZE(in_files); i++)
		if (strcmp(ref->form, in_files[i]) == 0)
			spelling = WLS_SPELL_FILE;
	struct wls_slice text = spelled(r, ref->name, spelling);
	if (ref->encoded && wls_slice_find(raw, WLS_SLICE(" ")) == SIZE_MAX)
		text = encoded(r, text);
	wls_rename_add_edit(file, doc, ref->name_begin, ref->name_end, text, ref->form);
}

static int check_disk(const struct wls_rename *r, const struct wls_rename_file *file,
		      struct wls_error *err)
{
	struct wls_arena arena = {0};
	const char *path =
		wls_arena_printf(&arena, "%s/%.*s", r->ws->root, WLS_SLICE_ARG(file->path));
	struct stat st;
	int status = 0;

	if (lstat(path, &st) < 0 || !S_ISREG(st.st_mode))
		status = wls_error_set(err, WLS_E_REFUSED,
				       "%.400s: is no file of its own (a symbolic link?); rename "
				       "what it leads to, where that is",
				       file->path.ptr);
	else if (!(st.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) || access(path, W_OK) < 0)
		status = wls_error_set(err, WLS_E_REFUSED,
				       "%.400s: is read-only; allow writing (chmod u+w), then try "
				       "again",
				       file->path.ptr);
	wls_arena_release(&arena);
	return status;
}

/* The file's bytes: the disk's, or those that another rename is going to write. */
static int load(struct wls_rename *r, struct wls_rename_file *file, struct wls_error *err)
{
	const struct wls_rename_file *other =
		r->forward ? wls_rename_file_at(r->forward, file->path, true) : NULL;

	if (other) {
		wls_buf_add_slice(&file->before, wls_buf_slice(&other->after));
		return 0;
	}
	return wls_file_read_any(
		&file->before,
		wls_arena_printf(&r->arena, "%s/%.*s", r->ws->root, WLS_SLICE_ARG(file->path)),
		NULL, err);
}

/* Whether something else stood there before: it need not be found by the new name. */
static bool is_remembered(const struct wls_rename_file *file, const struct wls_name_place *ref)
{
	for (size_t i = 0; i < file->remembered_count; i++) {
		const struct wls_remembered *was = &file->remembered[i];

		if (was->begin < ref->name_end && ref->name_begin < was->begin + was->now.len)
			return true;
	}
	return false;
}

static int find_edits(struct wls_rename *r, struct wls_rename_file *file, struct wls_doc *doc,
		      const struct wls_name_place *refs, size_t count, struct wls_error *err)
{
	file->keep_all = r->forward != NULL;
	if (!r->forward)
		wls_rename_remembered(r, file);
	for (size_t i = 0; i < count; i++) {
		if (refs[i].name_end > file->before.len || refs[i].name.len == 0)
			return wls_error_set(err, WLS_E_MOVED,
					     "%.400s: changed while it was read; try again",
					     file->path.ptr);
		r->found_count += wls_rename_is_found(&refs[i]) && !is_remembered(file, &refs[i]);
		edit_reference(r, file, doc, &refs[i]);
	}
	return file->own ? edit_own(r, file, doc, err) : 0;
}

static int plan_file(struct wls_rename *r, struct wls_rename_file *file,
		     const struct wls_name_place *refs, size_t count, struct wls_error *err)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	int status = load(r, file, err);

	if (status == 0)
		status = wls_doc_parse(&doc, wls_buf_slice(&file->before), err);
	if (status == 0)
		status = find_edits(r, file, doc, refs, count, err);
	if (status < 0)
		return status;
	wls_rename_settle(file, doc);
	if (r->forward || (file->edit_count == 0 && wls_slice_eq(file->path, file->to)))
		return 0;
	if (doc->has_markers)
		return refuse_markers(file, err);
	wls_rename_apply(r, file);
	return check_disk(r, file, err);
}

/* ---- all files ---- */

/* The path with the name in it exchanged, when the file's name carries the log's. */
static struct wls_slice new_path(struct wls_rename *r, struct wls_slice path)
{
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice name = {0}, before;

	if (!r->forward && wls_rename_recall_path(r, path, &before))
		return before;
	if (!wls_name_from_path(path, &name, NULL) || name.len == 0 || !folds_to(name, r->from))
		return path;
	wls_buf_add(&buf, path.ptr, (size_t)(name.ptr - path.ptr));
	wls_rename_spell(name, r->from, r->to, WLS_SPELL_FILE, &buf);
	wls_buf_add(&buf, name.ptr + name.len, path.len - (size_t)(name.ptr + name.len - path.ptr));
	return wls_arena_copy(&r->arena, wls_buf_slice(&buf));
}

static void add_file(struct wls_rename *r, struct wls_slice path, bool own)
{
	struct wls_rename_file *file;

	for (size_t i = 0; own && i < r->file_count; i++)
		if (wls_slice_eq(r->files[i].path, path))
			return;
	WLS_GROW(r->files, r->file_cap, r->file_count + 1);
	file = &r->files[r->file_count++];
	*file = (struct wls_rename_file){.path = wls_arena_copy(&r->arena, path),
					 .own = own,
					 .before = WLS_BUF_INIT,
					 .after = WLS_BUF_INIT};
	file->to = own ? new_path(r, file->path) : file->path;
}

static int check_targets(const struct wls_rename *r, struct wls_error *err)
{
	for (size_t i = 0; i < r->file_count; i++) {
		const struct wls_rename_file *file = &r->files[i];
		struct wls_arena arena = {0};
		struct stat old, new;
		const char *to =
			wls_arena_printf(&arena, "%s/%.*s", r->ws->root, WLS_SLICE_ARG(file->to));
		const char *from =
			wls_arena_printf(&arena, "%s/%.*s", r->ws->root, WLS_SLICE_ARG(file->path));
		bool taken = !wls_slice_eq(file->path, file->to) && lstat(to, &new) == 0 &&
			     !(lstat(from, &old) == 0 &&
			       old.st_ino == new.st_ino &&old.st_dev == new.st_dev);

		for (size_t k = 0; k < i; k++)
			taken |= wls_slice_eq(r->files[k].to, file->to);
		wls_arena_release(&arena);
		if (taken)
			return wls_error_set(err, WLS_E_REFUSED,
					     "%.400s: exists already; move it away, or choose "
					     "another name",
					     file->to.ptr);
	}
	return 0;
}

static int by_path(const void *left, const void *right)
{
	const struct wls_rename_file *a = left, *b = right;

	return wls_slice_cmp(a->path, b->path);
}

/* Drops files in which nothing changes. */
static void drop_unchanged(struct wls_rename *r)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->file_count; i++) {
		if (r->files[i].edit_count == 0 && wls_slice_eq(r->files[i].path, r->files[i].to)) {
			wls_buf_release(&r->files[i].before);
			free(r->files[i].edits);
			free(r->files[i].remembered);
			continue;
		}
		r->files[kept++] = r->files[i];
	}
	r->file_count = kept;
}

bool wls_rename_is_found(const struct wls_name_place *ref)
{
	return strcmp(ref->form, "label") != 0 && strcmp(ref->form, "short") != 0;
}

static bool is_read(const struct wls_graph *graph, struct wls_slice path)
{
	for (uint32_t i = 0; i < graph->log_count; i++)
		for (size_t f = 0; f < graph->logs[i].file_count; f++)
			if (wls_slice_eq(graph->logs[i].files[f], path))
				return true;
	return false;
}

/* Files of which something is remembered, though they do not name the log. */
static void add_remembered(struct wls_rename *r)
{
	const struct wls_memory_entry *e = NULL;

	while ((e = wls_rename_memory_next(r, e)) != NULL) {
		bool listed = false;

		for (size_t i = 0; i < r->file_count && !listed; i++)
			listed = wls_slice_eq(r->files[i].path, e->file);
		if (!listed && is_read(r->graph, e->file))
			add_file(r, e->file, false);
	}
}

int wls_rename_plan(struct wls_rename *rename, struct wls_error *err)
{
	struct wls_graph *graph = rename->graph;
	struct wls_name_place *refs = NULL;
	size_t count = wls_graph_references(graph, rename->log, &refs), files, at = 0;
	const struct wls_slice *paths = wls_graph_files(graph, rename->log, &files);
	int status = 0;

	for (size_t i = 0; i < files; i++)
		add_file(rename, paths[i], true);
	for (size_t i = 0; i < count; i++) {
		bool own = false;

		for (size_t f = 0; f < files; f++)
			own |= wls_slice_eq(paths[f], refs[i].file);
		if (!own && (i == 0 || !wls_slice_eq(refs[i - 1].file, refs[i].file)))
			add_file(rename, refs[i].file, false);
	}
	add_remembered(rename);
	if (rename->file_count > 1)
		qsort(rename->files, rename->file_count, sizeof(*rename->files), by_path);
	for (size_t i = 0; i < rename->file_count && status == 0; i++) {
		struct wls_rename_file *file = &rename->files[i];
		size_t first;

		while (at < count && wls_slice_cmp(refs[at].file, file->path) < 0)
			at++;
		for (first = at; at < count && wls_slice_eq(refs[at].file, file->path);)
			at++;
		status = plan_file(rename, file, refs + first, at - first, err);
	}
	free(refs);
	if (status < 0 || rename->forward)
		return status;
	drop_unchanged(rename);
	return check_targets(rename, err);
}
