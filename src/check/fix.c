/* SPDX-License-Identifier: MIT */
/*
 * Mending what is mechanical: spans are replaced, everything else is copied.
 *
 * Layer: check. Includes: base, doc, check.
 */
#include "check/fix.h"

struct edit {
	uint32_t begin, end;
	struct wls_slice text;
};

struct fixing {
	const struct wls_check *check;
	const struct wls_check_file *file;
	struct edit *edits;
	size_t count, cap;
	struct wls_arena arena;
};

static void add_edit(struct fixing *f, uint32_t begin, uint32_t end, struct wls_slice text)
{
	WLS_GROW(f->edits, f->cap, f->count + 1);
	f->edits[f->count++] = (struct edit){begin, end, wls_arena_copy(&f->arena, text)};
}

static struct wls_slice source_of(const struct fixing *f)
{
	return f->file->doc->source;
}

/* ---- one rule each: whether something was mended ---- */

/* `v3`, `3`, `V3.0`: the digits and what follows them of the number. */
static bool fix_version(struct fixing *f, const struct wls_check_finding *finding)
{
	struct wls_slice source = source_of(f);
	uint32_t begin = finding->place.begin, end;
	uint32_t version = f->file->doc->facts->version;

	if (begin < source.len && (source.ptr[begin] == 'v' || source.ptr[begin] == 'V'))
		begin++;
	end = begin;
	while (end < source.len && (wls_is_digit(source.ptr[end]) || source.ptr[end] == '.'))
		end++;
	if (end == begin || version == 0)
		return false;
	add_edit(f, begin, end, wls_slice_of(wls_arena_printf(&f->arena, "%u", version)));
	return true;
}

static bool replace_status(struct fixing *f, uint32_t begin, uint32_t end,
			   enum wls_work_status status)
{
	const char *name = wls_work_status_name(status);

	if (!name || end <= begin)
		return false;
	add_edit(f, begin, end, wls_slice_of(name));
	return true;
}

static bool fix_status(struct fixing *f)
{
	const struct wls_doc *doc = f->file->doc;
	struct wls_slice written = doc->frontmatter.status;
	uint32_t at = doc->frontmatter.status_at;
	struct wls_slice source = doc->source;

	/* A quoted value with escapes does not stand in the source as it is meant. */
	if (at + written.len > source.len ||
	    !wls_slice_eq(wls_slice(source.ptr + at, written.len), written))
		return false;
	return replace_status(f, at, at + (uint32_t)written.len, doc->facts->status);
}

static bool fix_spelling(struct fixing *f, const struct wls_check_finding *finding)
{
	uint32_t begin = finding->place.begin, end = finding->place.end;
	struct wls_slice written = wls_slice(source_of(f).ptr + begin, end - begin);

	return replace_status(f, begin, end, wls_work_status_parse(written));
}

/* The ending that the line before the last has; LF when there is none. */
static bool fix_newline(struct fixing *f)
{
	struct wls_slice source = source_of(f);
	size_t at = source.len;
	struct wls_slice ending = WLS_SLICE("\n");

	if (at == 0 || source.ptr[at - 1] == '\n' || source.ptr[at - 1] == '\r')
		return false;
	while (at > 0 && source.ptr[at - 1] != '\n' && source.ptr[at - 1] != '\r')
		at--;
	if (at > 1 && source.ptr[at - 1] == '\n' && source.ptr[at - 2] == '\r')
		ending = WLS_SLICE("\r\n");
	else if (at > 0 && source.ptr[at - 1] == '\r')
		ending = WLS_SLICE("\r");
	add_edit(f, (uint32_t)source.len, (uint32_t)source.len, ending);
	return true;
}

static bool fix_mojibake(struct fixing *f)
{
	struct wls_misread_scan scan;
	struct wls_misread read;
	size_t before = f->count;

	wls_misread_start(&scan, source_of(f));
	while (wls_misread_next(&scan, &read))
		add_edit(f, read.begin, read.end, wls_slice(read.bytes, read.len));
	return f->count > before;
}

static bool fix_one(struct fixing *f, const struct wls_check_finding *finding)
{
	switch (finding->rule) {
	case WLS_RULE_VERSION_MISMATCH:
		return fix_version(f, finding);
	case WLS_RULE_STATUS_MISMATCH:
		return fix_status(f);
	case WLS_RULE_STATUS_SPELLING:
		return fix_spelling(f, finding);
	case WLS_RULE_NO_FINAL_NEWLINE:
		return fix_newline(f);
	case WLS_RULE_MOJIBAKE:
		return fix_mojibake(f);
	default:
		return false;
	}
}

/* ---- all of a file ---- */

static int by_begin(const void *left, const void *right)
{
	const struct edit *a = left, *b = right;

	if (a->begin != b->begin)
		return a->begin < b->begin ? -1 : 1;
	return a->end < b->end ? -1 : a->end > b->end;
}

/* Of edits that overlap the first holds; another run mends what is left. */
static void apply(struct fixing *f, struct wls_buf *out)
{
	struct wls_slice source = source_of(f);
	uint32_t at = 0;

	qsort(f->edits, f->count, sizeof(*f->edits), by_begin);
	for (size_t i = 0; i < f->count; i++) {
		const struct edit *edit = &f->edits[i];
		if (edit->begin < at)
			continue;
		wls_buf_add(out, source.ptr + at, edit->begin - at);
		wls_buf_add_slice(out, edit->text);
		at = edit->end;
	}
	wls_buf_add(out, source.ptr + at, source.len - at);
}

size_t wls_check_fix(const struct wls_check *check, const struct wls_check_file *file,
		     struct wls_buf *out, bool *fixed)
{
	struct fixing f = {.check = check, .file = file};
	size_t count = 0;

	for (size_t i = 0; i < check->count; i++) {
		const struct wls_check_finding *finding = &check->findings[i];
		bool ours = finding->fixable && !finding->ignored &&
			    wls_slice_eq(finding->place.file, file->path);

		if (!ours || !fix_one(&f, finding))
			continue;
		count++;
		if (fixed)
			fixed[i] = true;
	}
	if (count > 0)
		apply(&f, out);
	free(f.edits);
	wls_arena_release(&f.arena);
	return count;
}

/* ---- names of files ---- */

struct wls_slice wls_check_fixed_name(struct wls_arena *arena, struct wls_slice path,
				      uint32_t version)
{
	size_t end = path.len, begin;

	while (end > 0 && path.ptr[end - 1] != '.' && path.ptr[end - 1] != '/')
		end--;
	if (end == 0 || path.ptr[end - 1] != '.' || version == 0)
		return (struct wls_slice){0};
	begin = --end;
	while (begin > 0 && wls_is_digit(path.ptr[begin - 1]))
		begin--;
	if (begin == end || begin == 0 || wls_lower(path.ptr[begin - 1]) != 'v')
		return (struct wls_slice){0};
	const char *name = wls_arena_printf(arena, "%.*s%u%.*s", (int)begin, path.ptr, version,
					    (int)(path.len - end), path.ptr + end);
	return wls_slice_of(name);
}
