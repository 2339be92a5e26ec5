/* SPDX-License-Identifier: MIT */
/*
 * What stood there before a rename, where the two names do not tell it.
 *
 * The problem: "E-commerce Backend" and "e-commerce_backend" may both become "Shop", and nothing in
 * "Shop" tells which was which when the log is renamed back.
 *
 * The idea: a small file in git's folder (outside of git beside the journal) holds, for each text
 * that the way back would spell otherwise, what it was. A text is known again by its file, its
 * line, which of the equal lines of the file it is, and its place in the line; so that a line that
 * someone wrote, or changed, since is never taken for one that the rename wrote. It is one more
 * file of the rename's transaction, and gone once nothing is left to remember.
 *
 *	FROM TAB TO TAB FILE TAB HASH TAB NTH TAB OF TAB AT TAB NOW TAB THEN
 *
 * Layer: cli. Includes: base, buf, io, cli/rename.
 */
#include "base/map.h"
#include "base/utf8.h"
#include "cli/rename.h"
#include "io/file.h"

#define FIRST_LINE "wlsync-renames 1\n"

/* The oldest go first when there are more bytes. */
enum { MEMORY_BYTES_MAX = 8 << 20 };

void wls_rename_memory_release(struct wls_rename_memory *memory)
{
	free(memory->entries);
	wls_buf_release(&memory->before);
	wls_buf_release(&memory->after);
	*memory = (struct wls_rename_memory){0};
}

/* ---- its file ---- */

static int hex_value(char c)
{
	if (wls_is_digit(c))
		return c - '0';
	c = wls_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void add_text(struct wls_buf *out, struct wls_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c < 0x20 || c == '%')
			wls_buf_printf(out, "%%%02X", (unsigned)c);
		else
			wls_buf_add_char(out, (char)c);
	}
}

static void add_entry(struct wls_buf *out, const struct wls_memory_entry *e)
{
	add_text(out, e->from);
	wls_buf_add_char(out, '\t');
	add_text(out, e->to);
	wls_buf_add_char(out, '\t');
	add_text(out, e->file);
	wls_buf_printf(out, "\t%016llx\t%u\t%u\t%u\t", (unsigned long long)e->line, e->nth, e->of,
		       e->at);
	add_text(out, e->now);
	wls_buf_add_char(out, '\t');
	add_text(out, e->then);
	wls_buf_add_char(out, '\n');
}

/* Cuts the next field off a line. */
static struct wls_slice take_field(struct wls_slice *line)
{
	size_t tab = wls_slice_find(*line, WLS_SLICE("\t"));
	struct wls_slice field = wls_slice(line->ptr, tab == SIZE_MAX ? line->len : tab);

	*line = wls_slice_from(*line, tab == SIZE_MAX ? line->len : tab + 1);
	return field;
}

static struct wls_slice take_text(struct wls_arena *arena, struct wls_slice *line)
{
	struct wls_slice field = take_field(line);
	char *out = wls_arena_alloc(arena, field.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < field.len; i++) {
		int high =
			i + 2 < field.len && field.ptr[i] == '%' ? hex_value(field.ptr[i + 1]) : -1;
		int low = high >= 0 ? hex_value(field.ptr[i + 2]) : -1;

		out[n++] = low >= 0 ? (char)(high * 16 + low) : field.ptr[i];
		i += low >= 0 ? 2 : 0;
	}
	return wls_slice(out, n);
}

static uint64_t take_number(struct wls_slice *line, unsigned base)
{
	struct wls_slice field = take_field(line);
	uint64_t value = 0;

	for (size_t i = 0; i < field.len && hex_value(field.ptr[i]) >= 0; i++)
		value = value * base + (unsigned)hex_value(field.ptr[i]);
	return value;
}

static void read_entry(struct wls_rename *r, struct wls_slice line)
{
	struct wls_rename_memory *m = &r->memory;
	struct wls_memory_entry e = {.from = take_text(&r->arena, &line)};

	e.to = take_text(&r->arena, &line);
	e.file = take_text(&r->arena, &line);
	e.line = take_number(&line, 16);
	e.nth = (uint32_t)take_number(&line, 10);
	e.of = (uint32_t)take_number(&line, 10);
	e.at = (uint32_t)take_number(&line, 10);
	e.now = take_text(&r->arena, &line);
	e.then = take_text(&r->arena, &line);
	/* A file's name leads nowhere else. */
	if (e.of == 0 && (e.then.len == 0 || memchr(e.then.ptr, '/', e.then.len) ||
			  memchr(e.then.ptr, '\0', e.then.len)))
		return;
	WLS_GROW(m->entries, m->cap, m->count + 1);
	m->entries[m->count++] = e;
}

static struct wls_slice folded(struct wls_rename *r, struct wls_slice name)
{
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;

	wls_utf8_add_folded_name(&buf, name);
	return wls_arena_copy(&r->arena, wls_buf_slice(&buf));
}

int wls_rename_memory_read(struct wls_rename *rename, struct wls_error *err)
{
	struct wls_rename_memory *m = &rename->memory;
	struct wls_slice rest, line;

	wls_buf_init(&m->before, WLS_BUF_LIMIT);
	wls_buf_init(&m->after, WLS_BUF_LIMIT);
	m->from = folded(rename, rename->from);
	m->to = folded(rename, rename->to);
	m->path = wls_rename_place(&rename->arena, rename->ws->root, "wlsync-renames");
	int status = wls_file_read_any(&m->before, m->path, NULL, err);
	if (status < 0)
		return status;
	rest = wls_buf_slice(&m->before);
	if (!wls_slice_starts(rest, WLS_SLICE(FIRST_LINE)))
		return 0;
	rest = wls_slice_from(rest, sizeof(FIRST_LINE) - 1);
	while (wls_slice_next_line(&rest, &line))
		if (line.len > 0)
			read_entry(rename, line);
	return 0;
}

/* ---- what holds for a file ---- */

/* Whether the entry is of this rename and this file. */
static bool concerns(const struct wls_memory_entry *e, const struct wls_rename *r,
		     struct wls_slice file)
{
	return wls_slice_eq(e->file, file) && wls_slice_eq(e->from, r->memory.from) &&
	       wls_slice_eq(e->to, r->memory.to);
}

const struct wls_memory_entry *wls_rename_memory_next(const struct wls_rename *rename,
						      const struct wls_memory_entry *last)
{
	const struct wls_rename_memory *m = &rename->memory;

	for (size_t i = last ? (size_t)(last - m->entries) + 1 : 0; i < m->count; i++) {
		const struct wls_memory_entry *e = &m->entries[i];

		if (e->of > 0 && concerns(e, rename, e->file) &&
		    !(last && wls_slice_eq(last->file, e->file)))
			return e;
	}
	return NULL;
}

static int by_line(const void *left, const void *right)
{
	const struct wls_memory_entry *a = *(struct wls_memory_entry *const *)left;
	const struct wls_memory_entry *b = *(struct wls_memory_entry *const *)right;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->nth != b->nth)
		return a->nth < b->nth ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static int by_begin(const void *left, const void *right)
{
	const struct wls_remembered *a = left, *b = right;

	return a->begin < b->begin ? -1 : a->begin > b->begin;
}

/* The entries of one file, equal lines together. */
struct search {
	struct wls_memory_entry **entries;
	size_t *begins; /* of their texts; SIZE_MAX: not found */
	size_t count;
	struct wls_map first;  /* a line's hash → the first of its entries */
	uint32_t *seen, *next; /* of those: equal lines so far, the next entry that waits */
};

static void search_line(struct search *s, struct wls_slice line, size_t begin)
{
	uint64_t hash = wls_hash(line);
	uint32_t first = wls_map_find(&s->first, wls_slice((char *)&hash, sizeof(hash)));

	if (first == WLS_MAP_NONE)
		return;
	s->seen[first]++;
	while (s->next[first] < s->count) {
		uint32_t i = s->next[first];

		if (s->entries[i]->line != hash || s->entries[i]->nth != s->seen[first])
			return;
		s->begins[i] = begin + s->entries[i]->at;
		s->next[first]++;
	}
}

static void search_file(struct search *s, struct wls_slice source)
{
	for (size_t begin = 0, end; begin < source.len; begin = end + 1) {
		for (end = begin;
		     end < source.len && source.ptr[end] != '\n' && source.ptr[end] != '\r'; end++)
			;
		search_line(s, wls_slice(source.ptr + begin, end - begin), begin);
	}
}

/* Takes over what was found, in lines that are as many as they were. */
static void take_found(struct search *s, struct wls_rename_file *file)
{
	struct wls_slice source = wls_buf_slice(&file->before);

	for (size_t i = 0; i < s->count; i++) {
		const struct wls_memory_entry *e = s->entries[i];
		uint32_t first =
			wls_map_find(&s->first, wls_slice((const char *)&e->line, sizeof(e->line)));

		if (s->begins[i] == SIZE_MAX || s->seen[first] != e->of ||
		    s->begins[i] > source.len ||
		    !wls_slice_starts(wls_slice_from(source, s->begins[i]), e->now))
			continue;
		file->remembered[file->remembered_count++] =
			(struct wls_remembered){s->begins[i], e->now, e->then};
	}
	if (file->remembered_count > 1)
		qsort(file->remembered, file->remembered_count, sizeof(*file->remembered),
		      by_begin);
}

void wls_rename_remembered(struct wls_rename *rename, struct wls_rename_file *file)
{
	const struct wls_rename_memory *m = &rename->memory;
	struct wls_arena arena = {0};
	struct search s = {0};

	s.entries = WLS_ARENA_ARRAY(&arena, struct wls_memory_entry *, m->count);
	for (size_t i = 0; i < m->count; i++)
		if (m->entries[i].of > 0 && concerns(&m->entries[i], rename, file->path))
			s.entries[s.count++] = &m->entries[i];
	if (s.count > 1)
		qsort(s.entries, s.count, sizeof(*s.entries), by_line);
	s.begins = WLS_ARENA_ARRAY(&arena, size_t, s.count);
	s.seen = WLS_ARENA_ARRAY(&arena, uint32_t, s.count);
	s.next = WLS_ARENA_ARRAY(&arena, uint32_t, s.count);
	for (uint32_t i = 0; i < s.count; i++) {
		uint32_t *place = wls_map_at(&s.first, wls_slice((char *)&s.entries[i]->line,
								 sizeof(s.entries[i]->line)));

		if (*place == WLS_MAP_NONE)
			*place = i;
		s.begins[i] = SIZE_MAX;
		s.next[i] = i;
	}
	if (s.count > 0) {
		file->remembered = wls_alloc(s.count, sizeof(*file->remembered));
		search_file(&s, wls_buf_slice(&file->before));
		take_found(&s, file);
	}
	wls_map_release(&s.first);
	wls_arena_release(&arena);
}

bool wls_rename_had_namesake(const struct wls_rename *rename, struct wls_slice path)
{
	const struct wls_rename_memory *m = &rename->memory;

	for (size_t i = 0; i < m->count; i++)
		if (m->entries[i].of == 0 && m->entries[i].at > 0 &&
		    concerns(&m->entries[i], rename, path))
			return true;
	return false;
}

bool wls_rename_recall_path(struct wls_rename *rename, struct wls_slice path,
			    struct wls_slice *before)
{
	const struct wls_rename_memory *m = &rename->memory;

	for (size_t i = m->count; i > 0; i--) {
		const struct wls_memory_entry *e = &m->entries[i - 1];
		struct wls_slice folder = path;

		if (e->of > 0 || !concerns(e, rename, path))
			continue;
		while (folder.len > 0 && folder.ptr[folder.len - 1] != '/')
			folder.len--;
		*before = wls_slice_of(wls_arena_printf(
			&rename->arena, "%.*s%.*s", WLS_SLICE_ARG(folder), WLS_SLICE_ARG(e->then)));
		return true;
	}
	return false;
}

/* ---- the new bytes ---- */

/* Whether the entry is used up by this rename, or replaced by what it remembers. */
static bool is_done(const struct wls_memory_entry *e, const struct wls_rename_memory *m)
{
	return (wls_slice_eq(e->from, m->from) && wls_slice_eq(e->to, m->to)) ||
	       (wls_slice_eq(e->from, m->to) && wls_slice_eq(e->to, m->from));
}

void wls_rename_memory_update(struct wls_rename *rename, const struct wls_memory_entry *entries,
			      size_t count)
{
	struct wls_rename_memory *m = &rename->memory;
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice rest, line;

	for (size_t i = 0; i < m->count; i++) {
		struct wls_memory_entry e = m->entries[i];
		const struct wls_rename_file *moved = wls_rename_file_at(rename, e.file, false);

		if (is_done(&e, m))
			continue;
		if (moved)
			e.file = moved->to;
		add_entry(&text, &e);
	}
	for (size_t i = 0; i < count; i++)
		add_entry(&text, &entries[i]);
	rest = wls_buf_slice(&text);
	while (rest.len > MEMORY_BYTES_MAX && wls_slice_next_line(&rest, &line))
		;
	wls_buf_clear(&m->after);
	if (rest.len > 0) {
		wls_buf_add_str(&m->after, FIRST_LINE);
		wls_buf_add_slice(&m->after, rest);
	}
	m->changed = !wls_slice_eq(wls_buf_slice(&m->before), wls_buf_slice(&m->after));
}
