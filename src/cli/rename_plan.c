/* SPDX-License-Identifier: MIT */
/*
 * The edits of every file: references, and in the log's own files the name in the frontmatter, the
 * title, and `id:`.
 *
 * `id:` keeps the identity of a log's issue: the first rename writes the old name there, and a
 * rename back to that name takes the line out again, with a frontmatter that holds nothing else.
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
	}
	free(rename->files);
	wls_arena_release(&rename->arena);
	*rename = (struct wls_rename){0};
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

static void add_edit(struct wls_rename_file *file, const struct wls_doc *doc, size_t begin,
		     size_t end, struct wls_slice text, const char *what)
{
	struct wls_rename_edit *edit;

	if (wls_slice_eq(wls_slice(doc->source.ptr + begin, end - begin), text))
		return;
	WLS_GROW(file->edits, file->edit_cap, file->edit_count + 1);
	edit = &file->edits[file->edit_count++];
	*edit = (struct wls_rename_edit){.begin = begin, .end = end, .text = text, .what = what};
	wls_doc_locate(doc, (uint32_t)begin, &edit->line, &edit->column);
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
	add_edit(file, doc, begin, begin + written.len, spelled(r, written, spelling), what);
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

static struct wls_slice id_line(struct wls_rename *r, const char *ending)
{
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;

	wls_buf_add_str(&buf, "id: ");
	if (is_plain(r->from)) {
		wls_buf_add_slice(&buf, r->from);
	} else {
		wls_buf_add_char(&buf, '"');
		for (size_t i = 0; i < r->from.len; i++) {
			if (r->from.ptr[i] == '"' || r->from.ptr[i] == '\\')
				wls_buf_add_char(&buf, '\\');
			wls_buf_add_char(&buf, r->from.ptr[i]);
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

static void remove_id(struct wls_rename_file *file, const struct wls_doc *doc)
{
	const struct wls_node *frontmatter = frontmatter_of(doc), *id = NULL;
	size_t keys = 0;

	if (!frontmatter)
		return;
	for (const struct wls_node *n = frontmatter->first_child; n; n = n->next) {
		keys += n->kind == WLS_NODE_KEY || n->end < frontmatter->end;
		if (n->kind == WLS_NODE_KEY && wls_slice_eq_nocase(n->label, WLS_SLICE("id")))
			id = n;
	}
	if (!id)
		return;
	size_t end = id->begin;
	while (end < id->end && doc->source.ptr[end] != '\n')
		end++;
	end += end < id->end;
	if (keys == 1 && end == id->end)
		add_edit(file, doc, frontmatter->begin, frontmatter->end, WLS_SLICE(""), "id");
	else
		add_edit(file, doc, id->begin, end, WLS_SLICE(""), "id");
}

static void insert_id(struct wls_rename *r, struct wls_rename_file *file, const struct wls_doc *doc)
{
	const struct wls_node *frontmatter = frontmatter_of(doc), *last;
	const char *ending = line_ending(doc->source);
	struct wls_slice line = id_line(r, ending);

	if (!frontmatter) {
		const char *block = wls_arena_printf(&r->arena, "---%s%.*s---%s", ending,
						     WLS_SLICE_ARG(line), ending);

		add_edit(file, doc, doc->root->body, doc->root->body, wls_slice_of(block), "id");
		return;
	}
	last = frontmatter->last_child;
	add_edit(file, doc, last->begin, last->begin, line, "id");
}

static void edit_id(struct wls_rename *r, struct wls_rename_file *file, const struct wls_doc *doc)
{
	if (doc->frontmatter.present && doc->frontmatter.id.len > 0) {
		if (folds_to(doc->frontmatter.id, r->to))
			remove_id(file, doc);
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
	if (wls_slice_eq(file->path, r->ws->graph->logs[r->log].file))
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

static void edit_reference(struct wls_rename *r, struct wls_rename_file *file,
			   const struct wls_doc *doc, const struct wls_name_place *ref)
{
	static const char *const in_files[] = {"link", "wiki", "token"};
	enum wls_spelling spelling =
		strcmp(ref->form, "spaced") == 0 ? WLS_SPELL_WORDS : WLS_SPELL_TEXT;
	struct wls_slice raw =
		wls_slice(doc->source.ptr + ref->name_begin, ref->name_end - ref->name_begin);

	for (size_t i = 0; i < WLS_ARRAY_SIZE(in_files); i++)
		if (strcmp(ref->form, in_files[i]) == 0)
			spelling = WLS_SPELL_FILE;
	struct wls_slice text = spelled(r, ref->name, spelling);
	if (ref->encoded && wls_slice_find(raw, WLS_SLICE(" ")) == SIZE_MAX)
		text = encoded(r, text);
	add_edit(file, doc, ref->name_begin, ref->name_end, text, ref->form);
}

static int by_place(const void *left, const void *right)
{
	const struct wls_rename_edit *a = left, *b = right;

	if (a->begin != b->begin)
		return a->begin < b->begin ? -1 : 1;
	return a->end < b->end ? -1 : a->end > b->end;
}

/* The bytes with the edits in them; of two edits at one place (a title is also a mention) the first. */
static void apply(struct wls_rename *r, struct wls_rename_file *file)
{
	struct wls_slice source = wls_buf_slice(&file->before);
	size_t at = 0, kept = 0;

	if (file->edit_count > 1)
		qsort(file->edits, file->edit_count, sizeof(*file->edits), by_place);
	for (size_t i = 0; i < file->edit_count; i++) {
		struct wls_rename_edit *edit = &file->edits[i];

		if (edit->begin < at)
			continue;
		wls_buf_add(&file->after, source.ptr + at, edit->begin - at);
		wls_buf_add_slice(&file->after, edit->text);
		at = edit->end;
		r->reference_count += strcmp(edit->what, "name") != 0 &&
				      strcmp(edit->what, "title") != 0 &&
				      strcmp(edit->what, "id") != 0;
		file->edits[kept++] = *edit;
	}
	file->edit_count = kept;
	wls_buf_add_slice(&file->after, wls_slice_from(source, at));
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

static int plan_file(struct wls_rename *r, struct wls_rename_file *file,
		     const struct wls_name_place *refs, size_t count, struct wls_error *err)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	const char *path =
		wls_arena_printf(&r->arena, "%s/%.*s", r->ws->root, WLS_SLICE_ARG(file->path));
	int status = wls_file_read_any(&file->before, path, NULL, err);

	if (status == 0)
		status = wls_doc_parse(&doc, wls_buf_slice(&file->before), err);
	if (status < 0)
		return status;
	for (size_t i = 0; i < count; i++) {
		struct wls_slice name = refs[i].name;

		if (refs[i].name_end > file->before.len || name.len == 0)
			return wls_error_set(err, WLS_E_MOVED,
					     "%.400s: changed while it was read; try again",
					     file->path.ptr);
		edit_reference(r, file, doc, &refs[i]);
	}
	if (file->own)
		status = edit_own(r, file, doc, err);
	if (status < 0 || (file->edit_count == 0 && wls_slice_eq(file->path, file->to)))
		return status;
	if (doc->has_markers)
		return refuse_markers(file, err);
	apply(r, file);
	return check_disk(r, file, err);
}

/* ---- all files ---- */

/* The path with the name in it exchanged, when the file's name carries the log's. */
static struct wls_slice new_path(struct wls_rename *r, struct wls_slice path)
{
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice name = {0};

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
			continue;
		}
		r->files[kept++] = r->files[i];
	}
	r->file_count = kept;
}

int wls_rename_plan(struct wls_rename *rename, struct wls_error *err)
{
	struct wls_graph *graph = rename->ws->graph;
	struct wls_name_place *refs = NULL;
	size_t count = wls_graph_references(graph, rename->log, &refs), files, at = 0;
	const struct wls_slice *paths = wls_graph_files(graph, rename->log, &files);
	int status = 0;

	for (size_t i = 0; i < files; i++)
		add_file(rename, paths[i], true);
	for (size_t i = 0; i < count; i++) {
		bool own = false;

		rename->found_count += strcmp(refs[i].form, "label") != 0;
		for (size_t f = 0; f < files; f++)
			own |= wls_slice_eq(paths[f], refs[i].file);
		if (!own && (i == 0 || !wls_slice_eq(refs[i - 1].file, refs[i].file)))
			add_file(rename, refs[i].file, false);
	}
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
	if (status < 0)
		return status;
	drop_unchanged(rename);
	return check_targets(rename, err);
}
