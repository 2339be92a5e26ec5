/* SPDX-License-Identifier: MIT */
/*
 * The region in a body: finding it as GitHub would read the body, putting another one in its place.
 *
 * Layer: plan. Includes: base, buf, doc, plan.
 *
 * A marker counts only where Markdown sees an HTML comment of its own, at the beginning of a line
 * of the top level: so the blocks are read, as for a log. Two things that a log may have and an
 * issue has not are hidden from that reading first, without moving a byte: frontmatter, and
 * conflict markers. A marker in a quote, in code or in other HTML is somebody's example; anywhere
 * else but in its place it means that the region was damaged, and nothing may be written. (Tables
 * are not read: only a lone tag as a row of one, which is no HTML to us, tells the difference.)
 */
#include "base/map.h"
#include "plan/marker_line.h"
#include "wlsync/plan.h"

#define BOM WLS_SLICE("\xEF\xBB\xBF")
#define CONFLICT WLS_SLICE("<<<<<<<")

/* ---- lines ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct wls_slice without_trailing_blanks(struct wls_slice line)
{
	while (line.len > 0 && is_blank(line.ptr[line.len - 1]))
		line.len--;
	return line;
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* The line that begins at `at`; *next is the beginning of the one after it. */
static struct wls_slice line_at(struct wls_slice body, size_t at, size_t *next)
{
	struct wls_slice rest = wls_slice_from(body, at), line = wls_slice(rest.ptr, 0);
	wls_slice_next_line(&rest, &line);
	*next = body.len - rest.len;
	return line;
}

/* ---- reading a body ---- */

static bool is_rule(struct wls_slice line)
{
	return wls_slice_eq(without_trailing_blanks(line), WLS_SLICE("---"));
}

/*
 * The body as an issue is read: a first line `---` is a rule, which `***` is as well, and
 * `<<<<<<<` is text. Both keep their lengths. `copy` holds the bytes where they differ.
 */
static struct wls_slice hide_log_syntax(struct wls_slice body, struct wls_buf *copy)
{
	size_t begin = wls_slice_starts(body, BOM) ? BOM.len : 0, next;
	bool rule = is_rule(line_at(body, begin, &next));
	if (!rule && wls_slice_find(body, CONFLICT) == SIZE_MAX)
		return body;
	wls_buf_add_slice(copy, body);
	if (copy->overflow)
		return body;
	for (size_t at = begin; at < body.len; at = next)
		if (wls_slice_starts(line_at(body, at, &next), CONFLICT))
			copy->ptr[at] = 'x';
	if (rule)
		memset(copy->ptr + begin, '*', 3);
	return wls_buf_slice(copy);
}

/* What the markers of a body add up to. */
struct finds {
	size_t begins, ends, strays;
	struct wls_region *region;
	struct wls_arena *arena;
};

enum likeness {
	LIKE_NOTHING,
	LIKE_BEGIN,
	LIKE_END,
};

/* Whether a comment's line looks as if it were meant as a marker. */
static enum likeness likeness_of(struct wls_slice line)
{
	static const struct wls_slice name = {"wlsync", 6};
	size_t i = 4; /* past `<!--` */
	while (i < line.len && is_blank(line.ptr[i]))
		i++;
	bool end = i < line.len && line.ptr[i] == '/';
	struct wls_slice rest = wls_slice_from(line, i < line.len ? i + end : line.len);
	if (!wls_slice_starts(rest, name))
		return LIKE_NOTHING;
	rest = wls_slice_from(rest, name.len);
	if (end)
		return LIKE_END;
	return rest.len > 0 && rest.ptr[0] == ':' ? LIKE_BEGIN : LIKE_NOTHING;
}

/* An HTML comment that begins at `at`; `placed`: at the top level. */
static void take_comment(struct finds *finds, struct wls_slice body, size_t at, bool placed)
{
	struct wls_region *region = finds->region;
	size_t next, bom = wls_slice_starts(body, BOM) ? BOM.len : 0;
	struct wls_slice line = line_at(body, at, &next);
	enum likeness likeness = likeness_of(line);
	placed &= at == bom || is_line_end(body.ptr[at - 1]);
	if (likeness == LIKE_NOTHING)
		return;
	if (placed && likeness == LIKE_BEGIN &&
	    wls_record_read(line, finds->arena, &region->record)) {
		finds->begins++;
		region->begin = at;
		region->text = next;
		region->crlf =
			wls_slice_eq(wls_slice(body.ptr + at + line.len, next - at - line.len),
				     WLS_SLICE("\r\n"));
	} else if (placed && likeness == LIKE_END &&
		   wls_slice_eq(without_trailing_blanks(line), WLS_SLICE(WLS_REGION_END))) {
		finds->ends++;
		region->text_end = at;
		region->end = at + line.len;
	} else {
		finds->strays++;
	}
}

static void take_blocks(struct finds *finds, const struct wls_doc *doc, struct wls_slice body)
{
	enum { COMMENT = 2 };
	uint32_t top = 1; /* the next block of the top level */
	for (uint32_t i = 1; i < doc->block_count;) {
		const struct wls_block *block = &doc->blocks[i];
		bool placed = i == top;
		if (placed)
			top = block->next;
		if (block->kind == WLS_BLOCK_HTML && block->level == COMMENT)
			take_comment(finds, body, block->begin, placed);
		i = block->kind == WLS_BLOCK_QUOTE ? block->next : i + 1;
	}
}

void wls_region_find(struct wls_slice body, struct wls_arena *arena, struct wls_region *out)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_buf copy _cleanup_buf_ = WLS_BUF_INIT;
	struct finds finds = {.region = out, .arena = arena};
	*out = (struct wls_region){.kind = WLS_REGION_NONE};
	if (wls_slice_find(body, WLS_SLICE("wlsync")) == SIZE_MAX)
		return;
	if (wls_doc_parse(&doc, hide_log_syntax(body, &copy), NULL) < 0) {
		out->kind = WLS_REGION_BROKEN;
		return;
	}
	take_blocks(&finds, doc, body);
	if (finds.begins + finds.ends + finds.strays == 0)
		return;
	bool found = finds.begins == 1 && finds.ends == 1 && finds.strays == 0 &&
		     out->begin < out->text_end;
	out->kind = found ? WLS_REGION_FOUND : WLS_REGION_BROKEN;
}

/* ---- hashing ---- */

uint64_t wls_text_hash(struct wls_slice text)
{
	struct wls_buf lines _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice line;
	size_t blank = 0; /* lines that wait for one that is not */
	while (wls_slice_next_line(&text, &line)) {
		line = without_trailing_blanks(line);
		if (line.len == 0) {
			blank++;
			continue;
		}
		wls_buf_fill(&lines, '\n', blank);
		wls_buf_add_slice(&lines, line);
		wls_buf_add_char(&lines, '\n');
		blank = 0;
	}
	return wls_hash(wls_buf_slice(&lines));
}

/* ---- splicing ---- */

/* CRLF where it ends more lines than LF does. */
static const char *ending_of(struct wls_slice body)
{
	size_t crlf = 0, lf = 0;
	for (size_t i = 0; i < body.len; i++) {
		if (body.ptr[i] != '\n')
			continue;
		if (i > 0 && body.ptr[i - 1] == '\r')
			crlf++;
		else
			lf++;
	}
	return crlf > lf ? "\r\n" : "\n";
}

/* The line endings that are missing for a blank line at the end of a body with text. */
static size_t endings_missing(struct wls_slice body)
{
	size_t i = body.len;
	while (i > 0 && is_blank(body.ptr[i - 1]))
		i--;
	bool blank = i == 0 || is_line_end(body.ptr[i - 1]);
	if (i < body.len || !blank)
		return blank ? 1 : 2;
	/* It ends in a line ending; is the line before it blank? */
	i -= i >= 2 && body.ptr[i - 1] == '\n' && body.ptr[i - 2] == '\r' ? 2 : 1;
	while (i > 0 && is_blank(body.ptr[i - 1]))
		i--;
	return i == 0 || is_line_end(body.ptr[i - 1]) ? 0 : 1;
}

/*
 * Whether the last lines of a text may be an HTML block that only a blank line ends: a marker
 * right behind it would be part of it.
 */
static bool ends_in_html(struct wls_slice text)
{
	struct wls_slice line;
	bool html = false;
	while (wls_slice_next_line(&text, &line)) {
		line = wls_slice_trim(line);
		if (line.len == 0)
			html = false;
		else
			html |= line.ptr[0] == '<';
	}
	return html;
}

static void add_region(struct wls_buf *out, const struct wls_record *record, struct wls_slice text,
		       const char *ending)
{
	struct wls_slice line;
	bool html = ends_in_html(text);
	wls_record_write(record, out);
	wls_buf_add_str(out, ending);
	while (wls_slice_next_line(&text, &line)) {
		wls_buf_add_slice(out, line);
		wls_buf_add_str(out, ending);
	}
	if (html)
		wls_buf_add_str(out, ending);
	wls_buf_add_str(out, WLS_REGION_END);
}

void wls_region_splice(struct wls_slice body, const struct wls_region *region,
		       const struct wls_record *record, struct wls_slice text, struct wls_buf *out)
{
	if (region->kind == WLS_REGION_FOUND) {
		wls_buf_add(out, body.ptr, region->begin);
		add_region(out, record, text, region->crlf ? "\r\n" : "\n");
		wls_buf_add_slice(out, wls_slice_from(body, region->end));
		return;
	}
	const char *ending = ending_of(body);
	size_t missing = body.len > 0 ? endings_missing(body) : 0;
	/* An LF behind a CR would only make that one CRLF. */
	if (missing > 0 && body.ptr[body.len - 1] == '\r' && ending[0] == '\n')
		missing++;
	wls_buf_add_slice(out, body);
	for (; missing > 0; missing--)
		wls_buf_add_str(out, ending);
	add_region(out, record, text, ending);
}
