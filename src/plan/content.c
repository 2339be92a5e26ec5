/* SPDX-License-Identifier: MIT */
/*
 * Chunks of Markdown, and the texts in them.
 *
 * Layer: plan. Includes: base, buf, plan.
 */
#include "plan/content.h"

#include "base/utf8.h"
#include "plan/visible.h"

/* ---- chunks ---- */

void wls_chunks_init(struct wls_chunks *chunks, size_t limit, bool mentions)
{
	*chunks = (struct wls_chunks){.mentions = mentions};
	wls_buf_init(&chunks->text, limit);
}

void wls_chunks_release(struct wls_chunks *chunks)
{
	wls_buf_release(&chunks->text);
	free(chunks->ends);
	chunks->ends = NULL;
	chunks->count = chunks->cap = 0;
}

static bool begin_chunk(struct wls_chunks *chunks)
{
	if (chunks->full)
		return false;
	chunks->mark = chunks->text.len;
	chunks->list_mark = chunks->in_list;
	return true;
}

bool wls_chunks_paragraph(struct wls_chunks *chunks)
{
	if (!begin_chunk(chunks))
		return false;
	if (chunks->in_list)
		wls_buf_add_char(&chunks->text, '\n');
	chunks->in_list = false;
	return true;
}

bool wls_chunks_item(struct wls_chunks *chunks, unsigned level)
{
	if (!begin_chunk(chunks))
		return false;
	wls_buf_fill(&chunks->text, ' ', (size_t)2 * level);
	wls_buf_add_str(&chunks->text, "- ");
	chunks->in_list = true;
	return true;
}

void wls_chunks_drop(struct wls_chunks *chunks)
{
	wls_buf_truncate(&chunks->text, chunks->mark);
	chunks->in_list = chunks->list_mark;
}

void wls_chunks_end(struct wls_chunks *chunks)
{
	struct wls_buf *text = &chunks->text;

	while (text->len > chunks->mark && text->ptr[text->len - 1] == ' ')
		wls_buf_truncate(text, text->len - 1);
	wls_buf_add_str(text, chunks->in_list ? "\n" : "\n\n");
	if (text->overflow) {
		wls_chunks_drop(chunks);
		chunks->full = true;
		return;
	}
	WLS_GROW(chunks->ends, chunks->cap, chunks->count + 1);
	chunks->ends[chunks->count++] = chunks->text.len;
}

bool wls_chunks_end_if(struct wls_chunks *chunks, bool said)
{
	if (!said) {
		wls_chunks_drop(chunks);
		return false;
	}
	wls_chunks_end(chunks);
	return !chunks->full;
}

/* ---- texts ---- */

/* At most `max` bytes, whole code points, ending with a word where one ends near. */
static struct wls_slice cut_text(struct wls_slice text, size_t max)
{
	enum { WORD_MAX = 40 };
	size_t end = max;

	while (end > 0 && ((unsigned char)text.ptr[end] & 0xc0) == 0x80 && max - end < 4)
		end--;
	for (size_t i = end; i > 0 && end - i < WORD_MAX; i--)
		if (text.ptr[i - 1] == ' ')
			return wls_slice_trim(wls_slice(text.ptr, i));
	return wls_slice(text.ptr, end);
}

bool wls_content_text(struct wls_chunks *chunks, struct wls_slice text)
{
	size_t before = chunks->text.len;
	bool cut = false;

	text = wls_slice_trim(text);
	if (text.len > WLS_CONTENT_TEXT_MAX) {
		text = cut_text(text, WLS_CONTENT_TEXT_MAX);
		cut = true;
	}
	wls_inert_add(text, chunks->mentions, &chunks->text);
	if (cut)
		wls_buf_add_str(&chunks->text, " …");
	/* A text that does not fit was one, too: the chunk ends as one over the limit. */
	if (chunks->text.overflow)
		return true;
	return wls_slice_trim(wls_slice_from(wls_buf_slice(&chunks->text), before)).len > 0;
}

/* Controls, and what turns the direction of a text or is not seen at all. */
static bool is_hidden(int32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || (cp >= 0x200b && cp <= 0x200f) ||
	       (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff;
}

void wls_content_clean(struct wls_slice line, struct wls_buf *out)
{
	size_t done = 0;

	for (size_t i = 0; i < line.len;) {
		struct wls_slice rest = wls_slice_from(line, i);
		int32_t cp = (unsigned char)rest.ptr[0];
		size_t n = 1;

		if (cp >= 0x80)
			n = wls_utf8_decode(rest, &cp, NULL);
		/* U+200C and U+200D join what belongs together. */
		if (cp != '\t' && cp != 0x200c && cp != 0x200d && is_hidden(cp)) {
			wls_utf8_add_lossy(out, wls_slice(line.ptr + done, i - done));
			done = i + n;
		}
		i += n;
	}
	wls_utf8_add_lossy(out, wls_slice_from(line, done));
}

/* The longest run of that character. */
static size_t longest_run(struct wls_slice s, char c)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < s.len; i++) {
		run = s.ptr[i] == c ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	return longest;
}

void wls_content_code_span(struct wls_buf *out, struct wls_slice text)
{
	struct wls_buf _cleanup_buf_ clean = WLS_BUF_INIT;
	size_t ticks;
	bool edge;

	wls_visible_add(text, &clean);
	if (clean.len == 0)
		return;
	ticks = longest_run(wls_buf_slice(&clean), '`') + 1;
	/* A blank beside the ticks belongs to the span's frame, so that a tick may stand there. */
	edge = clean.ptr[0] == '`' || clean.ptr[clean.len - 1] == '`' || clean.ptr[0] == ' ';
	wls_buf_fill(out, '`', ticks);
	wls_buf_add_str(out, edge ? " " : "");
	wls_buf_add_slice(out, wls_buf_slice(&clean));
	wls_buf_add_str(out, edge ? " " : "");
	wls_buf_fill(out, '`', ticks);
}

/* Adds a link's target: what could end it, or is no ASCII, is percent-encoded. */
static void add_target(struct wls_buf *out, struct wls_slice s, const char *verbatim)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (wls_is_alnum(c) || (c != '\0' && strchr(verbatim, c)))
			wls_buf_add_char(out, c);
		else
			wls_buf_printf(out, "%%%02X", (unsigned char)c);
	}
}

void wls_content_file(const struct wls_plan_options *options, struct wls_slice path,
		      struct wls_buf *out)
{
	bool linked = options->file_base.len > 0;

	wls_buf_add_str(out, linked ? "[" : "");
	wls_content_code_span(out, path);
	if (!linked)
		return;
	wls_buf_add_str(out, "](");
	/* The base is a URL already. */
	add_target(out, options->file_base, "-._~:/?#@!$&'*+,;=%");
	add_target(out, path, "-._~/");
	wls_buf_add_char(out, ')');
}

const char *wls_content_mark(enum wls_mark mark)
{
	switch (mark) {
	case WLS_MARK_DONE:
		return " ✅";
	case WLS_MARK_ACTIVE:
		return " 🔄";
	case WLS_MARK_PENDING:
		return " ⏳";
	case WLS_MARK_FAILED:
		return " ❌";
	case WLS_MARK_ATTENTION:
		return " ⚠️";
	case WLS_MARK_NONE:
		break;
	}
	return "";
}

/* ---- sections ---- */

void wls_content_take(struct wls_arena *arena, const struct wls_chunks *chunks,
		      struct wls_content_section *out)
{
	size_t *ends = WLS_ARENA_ARRAY(arena, size_t, chunks->count);

	if (chunks->count > 0)
		memcpy(ends, chunks->ends, chunks->count * sizeof(*ends));
	out->text = wls_arena_copy(arena, wls_buf_slice(&chunks->text));
	out->ends = ends;
	out->count = chunks->count;
	out->cut = chunks->full;
}
