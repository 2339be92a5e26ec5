/* SPDX-License-Identifier: MIT */
/*
 * What a file has as a whole: line endings, final newline, byte order mark.
 *
 * Layer: merge. Includes: base, buf, merge.
 *
 * The problem: an editor that turns every LF into CRLF, or drops the last newline, changes every
 * line of a file, or its last one, without having changed what anybody wrote.
 *
 * The idea: these three are taken off the texts before they are merged, merged as values of their
 * own, and put on the result. A value that one side changed wins; of values that sides changed
 * differently a uniform one wins over a mixture. Where LF is left to stand against CRLF, the base
 * (a mixture then) decides by its lines, and without a base the lines of all sides: the result has
 * at least as many lines of the ending that won as the side that brought it, and the base is the
 * same next time, so merging the result again settles the same way. LF on a tie.
 *
 * A file without any line ending has no opinion of endings, an empty one none of its last newline.
 *
 * Complexity: one pass over the bytes for reading, one for taking off, one for putting on; each
 * goes from ending to ending (memchr) or counts in blocks that compilers turn into vectors.
 *
 * Not done: a CR that stands alone is text like any other, and files of them are mixtures; mixtures
 * that win stay byte for byte as they were merged.
 */
#include "merge/file_form.h"

#define BOM "\xEF\xBB\xBF"
enum { BOM_LEN = 3 };

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* ---- reading ---- */

struct counts {
	size_t lf, cr, crlf; /* an LF after a CR counts in all three */
};

/* Counters of a byte each over so few bytes that none runs over. */
#define COUNT_BLOCK 128

static void count_block(const char *p, struct counts *counts)
{
	uint8_t lf = 0, cr = 0, crlf = 0;

	for (size_t i = 0; i < COUNT_BLOCK; i++) {
		uint8_t is_lf = p[i] == '\n', is_cr = p[i] == '\r', after = p[i + 1] == '\n';

		lf = (uint8_t)(lf + is_lf);
		cr = (uint8_t)(cr + is_cr);
		crlf = (uint8_t)(crlf + (is_cr & after));
	}
	counts->lf += lf;
	counts->cr += cr;
	counts->crlf += crlf;
}

static struct counts count_endings(struct wls_slice text)
{
	struct counts counts = {0};
	size_t i = 0;

	/* A block looks one byte ahead. */
	for (; text.len - i > COUNT_BLOCK; i += COUNT_BLOCK)
		count_block(text.ptr + i, &counts);
	for (; i < text.len; i++) {
		bool cr = text.ptr[i] == '\r';

		counts.lf += text.ptr[i] == '\n';
		counts.cr += cr;
		counts.crlf += cr && i + 1 < text.len && text.ptr[i + 1] == '\n';
	}
	return counts;
}

static enum wls_line_endings endings_of(const struct counts *counts)
{
	if (counts->lf == 0 && counts->cr == 0)
		return WLS_ENDINGS_NONE;
	if (counts->cr == 0)
		return WLS_ENDINGS_LF;
	if (counts->crlf == counts->lf && counts->crlf == counts->cr)
		return WLS_ENDINGS_CRLF;
	return WLS_ENDINGS_MIXED;
}

void wls_file_form_read(struct wls_slice text, struct wls_file_form *out)
{
	struct counts counts = count_endings(text);
	bool bom = wls_slice_starts(text, WLS_SLICE(BOM));

	*out = (struct wls_file_form){
		.endings = endings_of(&counts),
		.lf = counts.lf - counts.crlf,
		.crlf = counts.crlf,
		.final_newline =
			text.len == (bom ? BOM_LEN : 0) || is_line_end(text.ptr[text.len - 1]),
		.byte_order_mark = bom,
	};
}

/* ---- merging ---- */

/* One of the three values. */
enum value {
	VALUE_ENDINGS,
	VALUE_FINAL_NEWLINE,
	VALUE_BYTE_ORDER_MARK,
};

static unsigned value_of(const struct wls_file_form *form, enum value value)
{
	if (value == VALUE_ENDINGS)
		return form->endings;
	return value == VALUE_FINAL_NEWLINE ? form->final_newline : form->byte_order_mark;
}

static bool has_opinion(const struct wls_file_form *form, enum value value)
{
	bool bare = form->endings == WLS_ENDINGS_NONE;

	if (value == VALUE_ENDINGS)
		return !bare;
	/* Without an ending there is no last one, except in an empty file, which needs none. */
	return value != VALUE_FINAL_NEWLINE || !(bare && form->final_newline);
}

/* What the sides make of a value. */
struct votes {
	enum value value;
	const struct wls_file_form *base;          /* NULL: missing, or without an opinion */
	const struct wls_file_form *first, *other; /* NULL; other differs from first */
	unsigned seen;                             /* bits: values that take part */
	size_t lf, crlf;
};

static void add_vote(struct votes *votes, const struct wls_file_form *form)
{
	unsigned value = value_of(form, votes->value);

	if (!has_opinion(form, votes->value))
		return;
	if (votes->base && value == value_of(votes->base, votes->value))
		return;
	if (!votes->first)
		votes->first = form;
	else if (!votes->other && value != value_of(votes->first, votes->value))
		votes->other = form;
	votes->seen |= 1u << value;
	votes->lf += form->lf;
	votes->crlf += form->crlf;
}

static void take_votes(const struct wls_file_form *forms, size_t sides, bool has_base,
		       enum value value, struct votes *votes)
{
	*votes = (struct votes){.value = value};
	if (has_base && has_opinion(&forms[0], value))
		votes->base = &forms[0];
	for (size_t i = 1; i <= sides; i++)
		add_vote(votes, &forms[i]);
}

static struct wls_slice text_of(const struct wls_file_form *form, enum value value)
{
	static const char *const endings[] = {
		[WLS_ENDINGS_NONE] = "",
		[WLS_ENDINGS_LF] = "LF",
		[WLS_ENDINGS_CRLF] = "CRLF",
		[WLS_ENDINGS_MIXED] = "mixed",
	};

	if (!form)
		return WLS_SLICE("");
	if (value == VALUE_ENDINGS)
		return wls_slice_of(endings[form->endings]);
	return value_of(form, value) ? WLS_SLICE("yes") : WLS_SLICE("no");
}

static void report(const struct votes *votes, const struct wls_file_form *out,
		   struct wls_resolutions *resolutions)
{
	static const enum wls_rule rules[] = {
		[VALUE_ENDINGS] = WLS_RULE_LINE_ENDINGS,
		[VALUE_FINAL_NEWLINE] = WLS_RULE_FINAL_NEWLINE,
		[VALUE_BYTE_ORDER_MARK] = WLS_RULE_BYTE_ORDER_MARK,
	};

	if (!resolutions || !votes->other)
		return;
	wls_resolutions_add(resolutions, &(struct wls_resolution){
						 .rule = rules[votes->value],
						 .place = WLS_SLICE("file"),
						 .base = text_of(votes->base, votes->value),
						 .ours = text_of(votes->first, votes->value),
						 .theirs = text_of(votes->other, votes->value),
						 .result = text_of(out, votes->value),
					 });
}

static enum wls_line_endings settle_endings(const struct votes *votes)
{
	const struct wls_file_form *base = votes->base;
	unsigned uniform = votes->seen & ~(1u << WLS_ENDINGS_MIXED);
	size_t lf = base ? base->lf : votes->lf, crlf = base ? base->crlf : votes->crlf;

	if (!votes->first)
		return base ? base->endings : WLS_ENDINGS_NONE;
	if (!votes->other)
		return votes->first->endings;
	if (base && uniform == 1u << WLS_ENDINGS_LF)
		return WLS_ENDINGS_LF;
	if (base && uniform == 1u << WLS_ENDINGS_CRLF)
		return WLS_ENDINGS_CRLF;
	return crlf > lf ? WLS_ENDINGS_CRLF : WLS_ENDINGS_LF;
}

/* `otherwise`: when nobody has an opinion. */
static bool settle_presence(const struct votes *votes, bool otherwise)
{
	if (!votes->first)
		return votes->base ? value_of(votes->base, votes->value) : otherwise;
	return (votes->seen & 1u << true) != 0;
}

void wls_file_form_merge(const struct wls_file_form *forms, size_t sides, bool has_base,
			 struct wls_file_form *out, struct wls_resolutions *resolutions)
{
	struct votes endings, newline, mark;

	take_votes(forms, sides, has_base, VALUE_ENDINGS, &endings);
	take_votes(forms, sides, has_base, VALUE_FINAL_NEWLINE, &newline);
	take_votes(forms, sides, has_base, VALUE_BYTE_ORDER_MARK, &mark);
	*out = (struct wls_file_form){
		.endings = settle_endings(&endings),
		.final_newline = settle_presence(&newline, true),
		.byte_order_mark = settle_presence(&mark, false),
	};
	report(&endings, out, resolutions);
	report(&newline, out, resolutions);
	report(&mark, out, resolutions);
}

/* ---- taking off ---- */

/* Adds `text` with each CRLF as LF. */
static void add_with_lf(struct wls_buf *out, struct wls_slice text)
{
	size_t from = 0, at = 0;
	const char *cr;

	while (at < text.len && (cr = memchr(text.ptr + at, '\r', text.len - at))) {
		at = (size_t)(cr - text.ptr) + 1;
		if (at == text.len || text.ptr[at] != '\n')
			continue;
		wls_buf_add(out, text.ptr + from, at - 1 - from);
		from = at++;
	}
	wls_buf_add(out, text.ptr + from, text.len - from);
}

struct wls_slice wls_file_form_strip(struct wls_slice text, const struct wls_file_form *form,
				     bool to_lf, struct wls_buf *storage)
{
	bool convert = to_lf && form->crlf > 0;
	size_t before = storage->len;

	if (form->byte_order_mark)
		text = wls_slice_from(text, BOM_LEN);
	if (!convert && form->final_newline)
		return text;
	/* At once what will be needed: growing by steps costs more than the conversion. */
	if (before + text.len < storage->limit)
		WLS_GROW(storage->ptr, storage->cap, before + text.len - form->crlf + 3);
	if (convert)
		add_with_lf(storage, text);
	else
		wls_buf_add_slice(storage, text);
	if (!form->final_newline)
		wls_buf_add_str(storage,
				!to_lf && form->endings == WLS_ENDINGS_CRLF ? "\r\n" : "\n");
	return wls_slice_from(wls_buf_slice(storage), before);
}

/* ---- putting on ---- */

/* The final newline goes, unless the text would end in one all the same, or in nothing. */
static void cut_final_newline(struct wls_buf *text)
{
	size_t len = text->len;

	if (len == 0 || text->ptr[len - 1] != '\n')
		return;
	len -= len > 1 && text->ptr[len - 2] == '\r' ? 2 : 1;
	if (len > 0 && !is_line_end(text->ptr[len - 1]))
		wls_buf_truncate(text, len);
}

/* Moves the text `by` bytes to the right: true when there was room. */
static bool make_room(struct wls_buf *text, size_t by)
{
	size_t len = text->len;

	wls_buf_fill(text, '\0', by);
	if (text->len == len)
		return false;
	memmove(text->ptr + by, text->ptr, len);
	return true;
}

/* A CR before each LF, in place: behind the place that is written there is always as much room as
 * LFs are still to come. */
static void put_crlf(struct wls_buf *text)
{
	size_t growth = count_endings(wls_buf_slice(text)).lf, to = 0, from = growth;

	if (growth == 0 || !make_room(text, growth))
		return;
	while (to < from) {
		const char *lf = memchr(text->ptr + from, '\n', text->len - from);
		size_t line = (size_t)(lf - (text->ptr + from));

		memmove(text->ptr + to, text->ptr + from, line);
		to += line;
		from += line + 1;
		text->ptr[to++] = '\r';
		text->ptr[to++] = '\n';
	}
}

void wls_file_form_apply(struct wls_buf *text, const struct wls_file_form *form, bool was_lf,
			 bool keep_newline)
{
	if (!form->final_newline && !keep_newline)
		cut_final_newline(text);
	if (was_lf && form->endings == WLS_ENDINGS_CRLF)
		put_crlf(text);
	if (form->byte_order_mark && make_room(text, BOM_LEN))
		memcpy(text->ptr, BOM, BOM_LEN);
}
