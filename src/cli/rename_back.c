/* SPDX-License-Identifier: MIT */
/*
 * The way back, tried in memory.
 *
 * The logs as they will be are renamed back, with nothing but the two names to go by. Wherever that
 * puts other bytes than there are now, the bytes of now are remembered: a spelling that the new
 * name could not carry, and a text that was spelled like the new name already.
 *
 * Layer: cli. Includes: base, buf, graph, cli/rename.
 */
#include "base/map.h"
#include "cli/rename.h"

/* A text to remember, and its line in the new bytes. */
struct pending {
	struct wls_memory_entry entry;
	size_t begin, end; /* of the line */
};

struct recall {
	struct wls_rename *rename;
	struct pending *pending;
	size_t count, cap;
};

/* ---- bytes after, and before ---- */

/* A walk over the edits of a file, by their places in its new bytes. */
struct places {
	const struct wls_rename_edit *edits;
	size_t count, i;
	size_t old, new; /* behind the last edit */
};

/* The next edit's place in the new bytes: false when there is none. */
static bool next_edit(const struct places *p, size_t *begin, size_t *end)
{
	if (p->i == p->count)
		return false;
	*begin = p->new + (p->edits[p->i].begin - p->old);
	*end = *begin + p->edits[p->i].text.len;
	return true;
}

static void step(struct places *p, size_t end)
{
	p->old = p->edits[p->i++].end;
	p->new = end;
}

/*
 * A part of the new bytes in which this rename or the way back, or both, put something; everything
 * outside of such parts is left alone by both.
 */
struct part {
	size_t begin, end;
	size_t first, count; /* edits of the way back */
	size_t from, to;     /* the part before */
};

/* Whether [begin, end) belongs to the part: texts that only touch it do not, but insertions do. */
static bool belongs(const struct part *part, size_t begin, size_t end)
{
	return begin < part->end ||
	       (begin == part->end && (begin == end || part->begin == part->end));
}

/* The next part, from back edit *next on; false when there is none. */
static bool next_part(struct places *p, const struct wls_rename_file *back, size_t *next,
		      struct part *part)
{
	const struct wls_rename_edit *edits = back->edits;
	size_t a = SIZE_MAX, b, old = p->old, new = p->new;
	bool more = next_edit(p, &a, &b);

	if (!more && *next == back->edit_count)
		return false;
	*part = (struct part){.begin = a, .first = *next};
	if (!more || (*next < back->edit_count && edits[*next].begin < a))
		part->begin = edits[*next].begin;
	part->end = part->begin;
	for (bool grew = true; grew;) {
		grew = false;
		while (next_edit(p, &a, &b) && belongs(part, a, b)) {
			part->end = b > part->end ? b : part->end;
			step(p, b);
			grew = true;
		}
		for (; *next < back->edit_count &&
		       belongs(part, edits[*next].begin, edits[*next].end);
		     ++*next) {
			if (edits[*next].end > part->end)
				part->end = edits[*next].end;
			grew = true;
		}
	}
	part->count = *next - part->first;
	part->from = old + (part->begin - new);
	part->to = p->old + (part->end - p->new);
	return true;
}

/* What the way back makes of the part. */
static struct wls_slice way_back(const struct wls_rename_file *back, const struct part *part,
				 struct wls_buf *out)
{
	struct wls_slice source = wls_buf_slice(&back->before);
	size_t at = part->begin;

	wls_buf_clear(out);
	for (size_t i = part->first; i < part->first + part->count; i++) {
		const struct wls_rename_edit *edit = &back->edits[i];

		wls_buf_add(out, source.ptr + at, edit->begin - at);
		wls_buf_add_slice(out, edit->text);
		at = edit->end;
	}
	wls_buf_add(out, source.ptr + at, part->end - at);
	return wls_buf_slice(out);
}

/* ---- lines ---- */

static size_t line_end(struct wls_slice source, size_t at)
{
	while (at < source.len && source.ptr[at] != '\n' && source.ptr[at] != '\r')
		at++;
	return at;
}

static struct wls_slice line_of(struct wls_slice source, const struct pending *p)
{
	return wls_slice(source.ptr + p->begin, p->end - p->begin);
}

/* Numbers the equal lines of a file, whose texts stand in pending[first..] by place. */
static void number_lines(struct recall *r, size_t first, struct wls_slice source)
{
	_cleanup_(wls_map_release) struct wls_map lines = {0};
	uint32_t *counts _cleanup_free_ = wls_alloc(r->count - first + 1, sizeof(*counts));
	size_t i = first;

	for (size_t k = first; k < r->count; k++)
		*wls_map_at(&lines, line_of(source, &r->pending[k])) = (uint32_t)(k - first);
	for (size_t begin = 0, end; begin < source.len; begin = end + 1) {
		uint32_t found;

		end = line_end(source, begin);
		found = wls_map_find(&lines, wls_slice(source.ptr + begin, end - begin));
		if (found == WLS_MAP_NONE)
			continue;
		counts[found]++;
		for (; i < r->count && r->pending[i].begin == begin; i++)
			r->pending[i].entry.nth = counts[found];
	}
	for (size_t k = first; k < r->count; k++)
		r->pending[k].entry.of =
			counts[wls_map_find(&lines, line_of(source, &r->pending[k]))];
}

/* ---- what to remember ---- */

static struct pending *add(struct recall *r, struct wls_slice file, struct wls_slice now,
			   struct wls_slice then)
{
	struct pending *p;

	WLS_GROW(r->pending, r->cap, r->count + 1);
	p = &r->pending[r->count++];
	*p = (struct pending){.entry = {.from = r->rename->memory.to,
					.to = r->rename->memory.from,
					.file = file,
					.now = now,
					.then = then}};
	return p;
}

static void compare_bytes(struct recall *r, const struct wls_rename_file *file,
			  const struct wls_rename_file *forward)
{
	struct wls_buf made _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice source = wls_buf_slice(&file->before);
	struct wls_slice old = forward ? wls_buf_slice(&forward->before) : source;
	struct places places = {forward ? forward->edits : NULL, forward ? forward->edit_count : 0,
				0, 0, 0};
	size_t first = r->count, line = 0, next = 0;
	struct part part;

	while (next_part(&places, file, &next, &part)) {
		struct wls_slice then = wls_slice(old.ptr + part.from, part.to - part.from);
		struct pending *p;

		if (wls_slice_eq(then, way_back(file, &part, &made)))
			continue;
		p = add(r, file->path, wls_slice(source.ptr + part.begin, part.end - part.begin),
			then);
		while (line_end(source, line) < part.begin)
			line = line_end(source, line) + 1;
		p->begin = line;
		p->end = line_end(source, line);
		p->entry.line = wls_hash(line_of(source, p));
		p->entry.at = (uint32_t)(part.begin - line);
	}
	if (r->count > first)
		number_lines(r, first, source);
}

static struct wls_slice base_of(struct wls_slice path)
{
	size_t begin = path.len;

	while (begin > 0 && path.ptr[begin - 1] != '/')
		begin--;
	return wls_slice_from(path, begin);
}

static bool has_namesake(const struct wls_rename *r)
{
	const struct wls_graph *graph = r->graph;

	for (uint32_t i = 0; i < graph->log_count; i++)
		if (i != r->log && wls_slice_eq(graph->logs[i].folded, graph->logs[r->log].folded))
			return true;
	return false;
}

static void compare_file(struct recall *r, const struct wls_rename_file *file)
{
	const struct wls_rename_file *forward = wls_rename_file_at(r->rename, file->path, true);
	struct wls_slice path = forward ? forward->path : file->path;
	bool shared = has_namesake(r->rename) &&
		      wls_slice_eq(path, r->rename->graph->logs[r->rename->log].file);

	/* That of a log that was not the only one of its name is kept, too: it may have it again. */
	if (shared || !wls_slice_eq(file->to, path))
		add(r, file->path, base_of(file->path), base_of(path))->entry.at = shared;
	compare_bytes(r, file, forward);
}

/* A file that names the log no more, for those who go by the new name alone. */
static void compare_missed(struct recall *r, const struct wls_rename *back)
{
	for (size_t i = 0; i < r->rename->file_count; i++) {
		const struct wls_rename_file *forward = &r->rename->files[i];
		const struct wls_rename_file file = {
			.path = forward->to, .to = forward->to, .before = forward->after};

		if (!wls_rename_file_at(back, file.path, false))
			compare_bytes(r, &file, forward);
	}
}

int wls_rename_remember(struct wls_rename *rename, struct wls_graph *graph, uint32_t log,
			struct wls_error *err)
{
	struct wls_rename back = {.ws = rename->ws,
				  .graph = graph,
				  .log = log,
				  .from = graph->logs[log].name,
				  .to = rename->from,
				  .forward = rename};
	struct recall r = {.rename = rename};
	int status = wls_rename_plan(&back, err);

	if (status == 0) {
		struct wls_memory_entry *entries _cleanup_free_ = NULL;

		for (size_t i = 0; i < back.file_count; i++)
			compare_file(&r, &back.files[i]);
		compare_missed(&r, &back);
		entries = wls_alloc(r.count + 1, sizeof(*entries));
		for (size_t i = 0; i < r.count; i++)
			entries[i] = r.pending[i].entry;
		wls_rename_memory_update(rename, entries, r.count);
	}
	free(r.pending);
	wls_rename_release(&back);
	return status;
}
