/* SPDX-License-Identifier: MIT */
/*
 * Judges of merges: entries, their numbers and bytes, references to them.
 */
#include "support/invariants.h"
#include "support/judge_internal.h"
#include "support/log_lines.h"

/* ---- law 4 ---- */

/* The bytes of a line's chunk, without blank lines at its end when `trimmed`. */
static struct wls_slice chunk_bytes(const struct log_lines *lines, size_t at, struct wls_slice text,
				    bool trimmed)
{
	size_t end = log_lines_chunk_end(lines, at);
	bool last = end == lines->count;
	const char *from = lines->items[at].text.ptr;
	const char *to = last ? text.ptr + text.len : lines->items[end].text.ptr;
	struct wls_slice bytes = wls_slice(from, (size_t)(to - from));
	return trimmed || last ? wls_slice_trim(bytes) : bytes;
}

static bool is_chunk(const struct log_lines *lines, size_t at)
{
	return lines->items[at].chunk == at;
}

static void collect_chunks(struct wls_slice text, bool trimmed, struct numbers *out)
{
	struct log_lines lines;
	log_lines_read(&lines, text);
	for (size_t i = 0; i < lines.count; i++)
		if (is_chunk(&lines, i))
			numbers_add(out, log_text_hash(0, chunk_bytes(&lines, i, text, trimmed)));
	log_lines_release(&lines);
}

/* Of `chunks`, in their order, those that stand exactly once in each of the sorted sets. */
static void keep_common(const struct numbers *chunks, const struct numbers *sorted, size_t count,
			struct numbers *out)
{
	for (size_t i = 0; i < chunks->count; i++) {
		bool common = true;
		for (size_t k = 0; k < count; k++)
			common = common && numbers_count(&sorted[k], chunks->items[i]) == 1;
		if (common)
			numbers_add(out, chunks->items[i]);
	}
}

static bool same_numbers(const struct numbers *a, const struct numbers *b)
{
	return a->count == b->count &&
	       (a->count == 0 || memcmp(a->items, b->items, a->count * sizeof(*a->items)) == 0);
}

/* The last entry of a text, without blank lines. */
static uint64_t last_chunk(struct wls_slice text)
{
	struct numbers chunks = {0};
	collect_chunks(text, true, &chunks);
	uint64_t last = chunks.count > 0 ? chunks.items[chunks.count - 1] : 0;
	numbers_release(&chunks);
	return last;
}

static const char *judge_chunks(const struct judged *j, struct wls_slice result, bool trimmed)
{
	/* Nothing can be said of blank lines after what has become the end of the file. */
	if (!trimmed && last_chunk(result) != last_chunk(j->base))
		return NULL;
	const struct wls_slice texts[4] = {j->base, j->ours, j->theirs, result};
	struct numbers sorted[3] = {{0}}, kept[4] = {{0}};
	const char *fault = NULL;
	for (size_t i = 0; i < 3; i++) {
		collect_chunks(texts[i], trimmed, &sorted[i]);
		numbers_sort(&sorted[i]);
	}
	for (size_t i = 0; i < 4; i++) {
		struct numbers chunks = {0};
		collect_chunks(texts[i], trimmed, &chunks);
		keep_common(&chunks, sorted, 3, &kept[i]);
		numbers_release(&chunks);
	}
	bool ordered = same_numbers(&kept[0], &kept[1]) && same_numbers(&kept[0], &kept[2]);
	if (ordered && !same_numbers(&kept[0], &kept[3]))
		fault = kept[0].count == kept[3].count ? "untouched entries change places"
			: trimmed                      ? "an untouched entry changes"
				  : "blank lines after an untouched entry change";
	for (size_t i = 0; i < 4; i++)
		numbers_release(&kept[i]);
	for (size_t i = 0; i < 3; i++)
		numbers_release(&sorted[i]);
	return fault ? judge_fail(fault, result) : NULL;
}

const char *judge_locality(const struct judged *j)
{
	const char *fault = NULL;
	for (size_t i = 0; i < 2 && !fault; i++) {
		struct wls_buf on _cleanup_buf_ = WLS_BUF_INIT;
		judge_project(j->merge, i == 0 ? WLS_PICK_OURS : WLS_PICK_THEIRS, &on);
		fault = judge_chunks(j, wls_buf_slice(&on), true);
		/* Blank lines beside a conflict are of either side. */
		if (!fault && j->merge->conflict_count == 0)
			fault = judge_chunks(j, wls_buf_slice(&on), false);
	}
	return fault;
}

/* ---- law 8 ---- */

struct form {
	bool ordered; /* numbers unique, and rising or falling */
	bool falling, rising;
	bool front;  /* the frontmatter's version is the highest, or there is none */
	bool closed; /* every fence */
	bool lf, crlf, final_newline, byte_order_mark;
	uint32_t entries;
};

static void read_entries(struct wls_slice text, struct form *out)
{
	struct log_lines lines;
	uint32_t before = 0, newest;
	log_lines_read(&lines, text);
	newest = log_lines_newest(&lines);
	for (size_t i = 0; i < lines.count; i++) {
		const struct log_line *line = &lines.items[i];
		if (line->kind == LINE_FENCE)
			out->closed = !out->closed;
		if (line->kind == LINE_FRONT && wls_slice_starts(line->text, WLS_SLICE("version:")))
			out->front = wls_slice_eq(
				line->text, wls_slice_of(wls_arena_printf(&lines.arena,
									  "version: v%u", newest)));
		if (line->kind != LINE_ENTRY)
			continue;
		out->ordered = out->ordered && line->version != before;
		out->rising = out->rising || (before > 0 && line->version > before);
		out->falling = out->falling || (before > 0 && line->version < before);
		before = line->version;
		out->entries++;
	}
	out->ordered = out->ordered && !(out->rising && out->falling);
	log_lines_release(&lines);
}

static void read_form(struct wls_slice text, struct form *out)
{
	*out = (struct form){.ordered = true, .front = true, .closed = true};
	out->final_newline = text.len > 0 && text.ptr[text.len - 1] == '\n';
	out->byte_order_mark = wls_slice_starts(text, WLS_SLICE("\xEF\xBB\xBF"));
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '\n') {
			bool crlf = i > 0 && text.ptr[i - 1] == '\r';
			out->crlf = out->crlf || crlf;
			out->lf = out->lf || !crlf;
		}
	read_entries(text, out);
}

static const char *judge_reading(struct wls_slice text, const struct form *form)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_error err;
	if (wls_doc_parse(&doc, text, &err) < 0)
		return "the result is not read";
	const char *fault = doc_round_trips(doc);
	fault = fault ? fault : doc_tiles(doc);
	if (!fault && doc->entry_count != form->entries)
		fault = "the result is read with other entries";
	return fault;
}

static const char *judge_form(const struct form *in, const struct form *out)
{
	const struct form *b = &in[0], *x = &in[1], *y = &in[2];
	bool rising = b->rising || x->rising || y->rising;
	bool falling = b->falling || x->falling || y->falling;
	if (b->ordered && x->ordered && y->ordered && !(rising && falling) &&
	    (!out->ordered || (rising && out->falling) || (falling && out->rising)))
		return "numbers are not unique or not in order";
	if (b->front && x->front && y->front && !out->front)
		return "the frontmatter's version is not the highest";
	if (b->closed && x->closed && y->closed && !out->closed)
		return "a fence is not closed";
	if (!(b->lf && b->crlf) && !(x->lf && x->crlf) && !(y->lf && y->crlf) && out->lf &&
	    out->crlf)
		return "line endings are mixed";
	if (b->final_newline && x->final_newline && y->final_newline && !out->final_newline)
		return "the final newline is lost";
	if (b->byte_order_mark && x->byte_order_mark && y->byte_order_mark && !out->byte_order_mark)
		return "the byte order mark is lost";
	return NULL;
}

const char *judge_well_formed(const struct judged *j)
{
	struct form in[3], out;
	struct wls_slice whole = wls_buf_slice(&j->merge->text);
	const char *fault = NULL;
	read_form(j->base, &in[0]);
	read_form(j->ours, &in[1]);
	read_form(j->theirs, &in[2]);
	for (size_t i = 0; i < 2 && !fault; i++) {
		struct wls_buf on _cleanup_buf_ = WLS_BUF_INIT;
		judge_project(j->merge, i == 0 ? WLS_PICK_OURS : WLS_PICK_THEIRS, &on);
		read_form(wls_buf_slice(&on), &out);
		fault = judge_form(in, &out);
		fault = fault ? fault : judge_reading(wls_buf_slice(&on), &out);
	}
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_error err;
	if (!fault && wls_doc_parse(&doc, whole, &err) < 0)
		fault = "the result is not read";
	if (!fault && j->merge->conflict_count > 0 && !doc->has_markers)
		fault = "conflict markers are not read as such";
	return fault ? judge_fail(fault, whole) : NULL;
}

/* ---- renumbering ---- */

/* A line by its hash. */
struct known {
	uint64_t hash;
	struct wls_slice text;
	uint32_t version; /* of an entry's heading */
	bool code;
};

struct known_lines {
	struct known *items;
	size_t count, cap;
};

static int compare_known(const void *a, const void *b)
{
	const struct known *x = a, *y = b;
	return (x->hash > y->hash) - (x->hash < y->hash);
}

/* Every line under each of its hashes. */
static void known_read(struct known_lines *out, struct wls_slice text)
{
	struct log_lines lines;
	*out = (struct known_lines){0};
	log_lines_read(&lines, text);
	for (size_t i = 0; i < lines.count; i++) {
		const struct log_line *line = &lines.items[i];
		struct wls_slice rest = line->text;
		uint64_t hash;
		while (judge_next_hash(&rest, &hash)) {
			WLS_GROW(out->items, out->cap, out->count + 1);
			out->items[out->count++] = (struct known){
				.hash = hash,
				.text = line->text,
				.version = line->version,
				.code = line->kind == LINE_CODE || line->kind == LINE_FENCE,
			};
		}
	}
	log_lines_release(&lines);
	if (out->count > 1)
		qsort(out->items, out->count, sizeof(*out->items), compare_known);
}

/* The line with that hash, when there is exactly one. */
static const struct known *known_find(const struct known_lines *lines, uint64_t hash)
{
	struct known key = {.hash = hash};
	const struct known *found = lines->count == 0 ? NULL
						      : bsearch(&key, lines->items, lines->count,
								sizeof(key), compare_known);
	if (!found || (found > lines->items && found[-1].hash == hash) ||
	    (found + 1 < lines->items + lines->count && found[1].hash == hash))
		return NULL;
	return found;
}

/* What the side's entry `version` is called in the result; the same when it has none. */
static uint32_t new_number(const struct known_lines *side, const struct known_lines *result,
			   uint32_t version)
{
	const struct known *heading = NULL;
	for (size_t i = 0; i < side->count; i++)
		if (side->items[i].version == version)
			heading = &side->items[i];
	const struct known *found = heading ? known_find(result, heading->hash) : NULL;
	return found && found->version > 0 ? found->version : version;
}

/* The next `v6` outside inline code and not after a name. */
static bool next_reference(struct wls_slice *rest, uint32_t *version)
{
	bool code = false;
	for (size_t i = 0; i + 1 < rest->len; i++) {
		const char *p = rest->ptr + i;
		code = code != (*p == '`');
		bool reference = !code && *p == 'v' && wls_is_digit(p[1]) &&
				 (i == 0 || !wls_is_alnum(p[-1])) &&
				 !(i >= 6 && memcmp(p - 6, "React ", 6) == 0);
		if (!reference)
			continue;
		*version = 0;
		for (i++; i < rest->len && wls_is_digit(rest->ptr[i]); i++)
			*version = *version * 10 + (uint32_t)(rest->ptr[i] - '0');
		*rest = wls_slice_from(*rest, i);
		return true;
	}
	return false;
}

static const char *judge_line_references(const struct known_lines *side,
					 const struct known_lines *result, const struct known *line,
					 const struct known *merged)
{
	struct wls_slice a = line->text, b = merged->text;
	uint32_t from, to;
	if (line->code)
		return wls_slice_eq(a, b) ? NULL : "a line of code is rewritten";
	if (judge_neutral_hash(a) != judge_neutral_hash(b))
		return NULL;
	while (next_reference(&a, &from))
		if (!next_reference(&b, &to) || to != new_number(side, result, from))
			return "a reference does not follow its entry";
	return NULL;
}

static bool listed(const struct wls_merge *merge, uint32_t from, uint32_t to)
{
	for (size_t i = 0; i < merge->renumbering_count; i++)
		if (merge->renumberings[i].letter == 'v' && merge->renumberings[i].from == from &&
		    merge->renumberings[i].to == to)
			return true;
	return false;
}

/* Lines that this side alone added, and that stand outside of conflicts. */
static const char *judge_side(const struct known_lines *base, const struct known_lines *side,
			      const struct known_lines *other, const struct known_lines *on,
			      const struct wls_merge *merge)
{
	for (size_t i = 0; i < side->count; i++) {
		const struct known *line = &side->items[i], *a, *b;
		if (known_find(base, line->hash) || known_find(other, line->hash))
			continue;
		a = known_find(&on[0], line->hash);
		b = known_find(&on[1], line->hash);
		if (!a || !b || !wls_slice_eq(a->text, b->text))
			continue;
		const char *fault = judge_line_references(side, &on[0], line, a);
		if (!fault && line->version != a->version &&
		    !listed(merge, line->version, a->version))
			fault = "a renumbering is not told";
		if (fault)
			return judge_fail(fault, line->text);
	}
	return NULL;
}

/* Each renumbered entry stands in the result under its new number. */
static const char *judge_map(const struct wls_merge *merge, struct wls_slice text)
{
	struct log_lines lines;
	const char *fault = NULL;
	log_lines_read(&lines, text);
	for (size_t i = 0; i < merge->renumbering_count && !fault; i++) {
		const struct wls_renumbering *r = &merge->renumberings[i];
		bool found = r->letter != 'v';
		for (size_t k = 0; k < lines.count && !found; k++)
			found = lines.items[k].version == r->to &&
				wls_slice_find(lines.items[k].text, r->title) != SIZE_MAX;
		if (!found || r->from == r->to)
			fault = judge_fail("a renumbering is told and not seen", r->title);
	}
	log_lines_release(&lines);
	return fault;
}

const char *judge_references(const struct judged *j)
{
	struct wls_buf ours _cleanup_buf_ = WLS_BUF_INIT, theirs _cleanup_buf_ = WLS_BUF_INIT;
	struct known_lines base, x, y, on[2];
	judge_project(j->merge, WLS_PICK_OURS, &ours);
	judge_project(j->merge, WLS_PICK_THEIRS, &theirs);
	known_read(&base, j->base);
	known_read(&x, j->ours);
	known_read(&y, j->theirs);
	known_read(&on[0], wls_buf_slice(&ours));
	known_read(&on[1], wls_buf_slice(&theirs));
	const char *fault = judge_side(&base, &x, &y, on, j->merge);
	fault = fault ? fault : judge_side(&base, &y, &x, on, j->merge);
	if (!fault && j->merge->conflict_count == 0)
		fault = judge_map(j->merge, wls_buf_slice(&ours));
	free(base.items);
	free(x.items);
	free(y.items);
	free(on[0].items);
	free(on[1].items);
	return fault;
}
