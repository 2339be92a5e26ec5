/* SPDX-License-Identifier: MIT */
/*
 * The laws of differences: the edits make the second text of the first, every edit belongs to a change
 * that is told, what moved and was reworded is one change, and a text does not differ from itself.
 */
#include "property/property.h"
#include "support/edit_log.h"
#include "support/generate.h"
#include "support/generate_log.h"
#include "wlsync/diff.h"

static const char *const statuses[] = {"in_progress", "blocked", "Done ✅", "needs_review", NULL};

static void random_log(struct test_random *r, struct wls_buf *out)
{
	struct generate_need needs[GENERATE_NEEDS_MAX];
	if (random_chance(r, 50)) {
		struct worklog_shape shape = {
			.entries = 1 + random_below(r, 8),
			.newest_first = random_chance(r, 50),
			.frontmatter = random_chance(r, 80),
			.sections = random_chance(r, 50),
		};
		worklog_generate(r, &shape, out);
		return;
	}
	struct generate_log log = {
		.number = random_below(r, 500),
		.entries = 1 + random_below(r, 12),
		.newest_first = random_chance(r, 50),
		.status = RANDOM_OF(r, statuses),
		.needs = needs,
	};
	log.need_count = generate_needs(r, log.number, needs);
	generate_log(r, &log, out);
}

static void edit_text(struct test_random *r, struct wls_slice text, struct wls_buf *out)
{
	struct wls_buf now _cleanup_buf_ = WLS_BUF_INIT;
	wls_buf_add_slice(out, text);
	for (uint32_t n = random_below(r, 12); n > 0; n--) {
		struct edit edit = {edit_random_kind(r), EDIT_ANYWHERE, random_next(r)};
		wls_buf_clear(&now);
		edit_apply(&edit, wls_buf_slice(out), &now);
		wls_buf_clear(out);
		wls_buf_add_slice(out, wls_buf_slice(&now));
	}
}

/* LF becomes CRLF in all lines, or in `percent` of them. */
static void give_crlf(struct test_random *r, uint32_t percent, struct wls_buf *text)
{
	struct wls_buf now = WLS_BUF_INIT;
	for (size_t i = 0; i < text->len; i++) {
		if (text->ptr[i] == '\n' && random_chance(r, percent))
			wls_buf_add_char(&now, '\r');
		wls_buf_add_char(&now, text->ptr[i]);
	}
	wls_buf_release(text);
	*text = now;
}

static void give_form(struct test_random *r, struct wls_buf *text)
{
	struct wls_buf now = WLS_BUF_INIT;
	if (random_chance(r, 30))
		give_crlf(r, random_chance(r, 70) ? 100 : 50, text);
	if (random_chance(r, 10) && text->len > 0)
		wls_buf_truncate(text, text->len - 1);
	if (random_chance(r, 10))
		wls_buf_add_str(&now, "\xEF\xBB\xBF");
	wls_buf_add_slice(&now, wls_buf_slice(text));
	wls_buf_release(text);
	*text = now;
}

/* Whether the changes say what they are about, and have something to show. */
static const char *judge_changes(const struct wls_diff *diff)
{
	for (size_t i = 0; i < diff->delta_count; i++) {
		const struct wls_delta *d = &diff->deltas[i];
		bool shown = wls_delta_is_form(d) || (d->aspects & 1u << WLS_ASPECT_MOVED);
		for (size_t k = 0; k < d->span_count; k++)
			shown |= d->spans[k].mark;
		if (!shown)
			return "a change shows nothing";
		if (diff->method == WLS_DIFF_BY_NODES && d->op == WLS_DELTA_CHANGED &&
		    d->aspects == 0 && !wls_delta_is_form(d))
			return "a change does not say what changed";
	}
	return NULL;
}

static bool rises(const struct wls_diff *diff)
{
	uint32_t a = 0, b = 0;
	for (size_t i = 0; i < diff->edit_count; i++) {
		const struct wls_diff_edit *e = &diff->edits[i];
		if (e->a0 < a || e->b0 < b || e->a1 < e->a0 || e->b1 < e->b0)
			return false;
		a = e->a1;
		b = e->b1;
	}
	return true;
}

static const char *judge_edits(const struct wls_diff *diff)
{
	struct wls_buf made _cleanup_buf_ = WLS_BUF_INIT;
	bool *told _cleanup_free_ = wls_alloc(diff->delta_count + 1, sizeof(*told));
	for (size_t i = 0; i < diff->delta_count; i++)
		told[i] = false;
	for (size_t i = 0; i < diff->edit_count; i++) {
		const struct wls_diff_edit *e = &diff->edits[i];
		if (e->delta >= diff->delta_count)
			return "an edit belongs to no change";
		if (wls_slice_eq(wls_slice(diff->given[0].ptr + e->a0, e->a1 - e->a0),
				 wls_slice(diff->given[1].ptr + e->b0, e->b1 - e->b0)))
			return "an edit changes nothing";
		told[e->delta] = true;
	}
	wls_diff_apply(diff, &made);
	if (!wls_slice_eq(wls_buf_slice(&made), diff->given[1]))
		return "the edits do not make the second text of the first";
	if (!rises(diff))
		return "the edits are not in order";
	for (size_t i = 0; i < diff->delta_count; i++)
		if (!told[i] && diff->deltas[i].kind != WLS_DELTA_FINAL_NEWLINE)
			return "a change has no edit";
	return NULL;
}

static const char *judge_as(struct wls_slice a, struct wls_slice b, bool logs, bool by_order)
{
	struct wls_diff *diff _cleanup_diff_ = NULL;
	struct wls_pair_options options = {.by_order = by_order};
	struct wls_error err;
	if (wls_diff_make(&diff, a, b, &options, &err) < 0)
		return "comparing failed";
	if (wls_slice_eq(a, b) != (diff->delta_count == 0 && diff->edit_count == 0))
		return "a difference of equal texts, or none of unequal ones";
	if (diff->delta_count > 0 && diff->method != WLS_DIFF_BY_NODES && logs)
		return "two logs were not compared by nodes";
	const char *fault = judge_edits(diff);
	return fault ? fault : judge_changes(diff);
}

static const char *judge(struct wls_slice a, struct wls_slice b, bool logs)
{
	return judge_as(a, b, logs, false);
}

static const char *edits_make_the_other(struct test_random *r)
{
	struct wls_buf a _cleanup_buf_ = WLS_BUF_INIT, b _cleanup_buf_ = WLS_BUF_INIT;
	random_log(r, &a);
	edit_text(r, wls_buf_slice(&a), &b);
	if (random_chance(r, 20)) {
		give_crlf(r, 100, &a);
		give_crlf(r, 100, &b);
	}
	const char *fault = judge(wls_buf_slice(&a), wls_buf_slice(&b), true);
	return fault ? fault : judge(wls_buf_slice(&b), wls_buf_slice(&a), true);
}

static const char *forms_are_edits_too(struct test_random *r)
{
	struct wls_buf a _cleanup_buf_ = WLS_BUF_INIT, b _cleanup_buf_ = WLS_BUF_INIT;
	random_log(r, &a);
	edit_text(r, wls_buf_slice(&a), &b);
	give_form(r, &a);
	give_form(r, &b);
	return judge(wls_buf_slice(&a), wls_buf_slice(&b), true);
}

static const char *strangers_are_told(struct test_random *r)
{
	struct wls_buf a _cleanup_buf_ = WLS_BUF_INIT, b _cleanup_buf_ = WLS_BUF_INIT;
	random_log(r, &a);
	random_log(r, &b);
	const char *fault = judge(wls_buf_slice(&a), wls_buf_slice(&b), true);
	return fault ? fault : judge_as(wls_buf_slice(&a), wls_buf_slice(&b), true, true);
}

static const char *no_text_differs_from_itself(struct test_random *r)
{
	struct wls_buf a _cleanup_buf_ = WLS_BUF_INIT, b _cleanup_buf_ = WLS_BUF_INIT;
	random_log(r, &a);
	give_form(r, &a);
	wls_buf_add_slice(&b, wls_buf_slice(&a));
	return judge(wls_buf_slice(&a), wls_buf_slice(&b), true);
}

static const char *any_bytes_are_told(struct test_random *r)
{
	struct wls_buf a _cleanup_buf_ = WLS_BUF_INIT, b _cleanup_buf_ = WLS_BUF_INIT;
	generate_fragment(r, random_below(r, 40), &a);
	if (random_chance(r, 50))
		edit_text(r, wls_buf_slice(&a), &b);
	else
		generate_fragment(r, random_below(r, 40), &b);
	give_form(r, &b);
	return judge_as(wls_buf_slice(&a), wls_buf_slice(&b), false, random_chance(r, 30));
}

enum { MOVERS = 12, MOVER_WORDS = 7 };

/* Items of random words, of which those with a bit in `moved` stand in the second list, one word changed. */
static void add_lists(uint32_t words[MOVERS][MOVER_WORDS], size_t order[MOVERS], uint32_t moved,
		      bool after, struct wls_buf *out)
{
	wls_buf_add_str(out, "## v1 | 2025-11-10 | T\n\n**Next:**\n- keep\n");
	for (size_t list = 0; list < 2; list++) {
		if (list == 1)
			wls_buf_add_str(out, "\n**Open:**\n- why\n");
		for (size_t i = 0; i < MOVERS; i++) {
			size_t k = list == 1 ? order[i] : i;
			bool there = after && (moved >> k & 1);
			if (there != (list == 1))
				continue;
			wls_buf_add_str(out, "-");
			for (size_t w = 0; w < MOVER_WORDS; w++)
				wls_buf_printf(out, " %s%u",
					       there && w == k % MOVER_WORDS ? "n" : "w",
					       words[k][w]);
			wls_buf_add_char(out, '\n');
		}
	}
}

static const char *moves_are_told(struct test_random *r)
{
	struct wls_buf a _cleanup_buf_ = WLS_BUF_INIT, b _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_diff *diff _cleanup_diff_ = NULL;
	uint32_t words[MOVERS][MOVER_WORDS];
	uint32_t moved = 1 + random_below(r, (1u << MOVERS) - 1);
	size_t order[MOVERS], count = 0;
	struct wls_error err;
	for (size_t i = 0; i < MOVERS; i++) {
		size_t at = random_below(r, i + 1);
		order[i] = order[at];
		order[at] = i;
		count += moved >> i & 1;
		for (size_t w = 0; w < MOVER_WORDS; w++)
			words[i][w] = random_below(r, 1000000);
	}
	add_lists(words, order, moved, false, &a);
	add_lists(words, order, moved, true, &b);
	if (wls_diff_make(&diff, wls_buf_slice(&a), wls_buf_slice(&b),
			  &(struct wls_pair_options){0}, &err) < 0)
		return "comparing failed";
	if (diff->delta_count != count)
		return "there are more changes than items that moved, or less";
	for (size_t i = 0; i < count; i++)
		if (diff->deltas[i].aspects != (1u << WLS_ASPECT_MOVED | 1u << WLS_ASPECT_REWORDED))
			return "an item that moved and was reworded is not told so";
	return judge(wls_buf_slice(&a), wls_buf_slice(&b), true);
}

static void cut_newlines(struct wls_buf *text)
{
	while (text->len > 0 && text->ptr[text->len - 1] == '\n')
		wls_buf_truncate(text, text->len - 1);
}

/* Whether changes are the same but for those of the file as a whole. */
static bool tell_alike(const struct wls_diff *x, const struct wls_diff *y)
{
	size_t i = 0, k = 0;
	for (;;) {
		while (i < x->delta_count && wls_delta_is_form(&x->deltas[i]))
			i++;
		while (k < y->delta_count && wls_delta_is_form(&y->deltas[k]))
			k++;
		if (i == x->delta_count || k == y->delta_count)
			return i == x->delta_count && k == y->delta_count;
		const struct wls_delta *p = &x->deltas[i++], *q = &y->deltas[k++];
		if (p->op != q->op || p->kind != q->kind || p->aspects != q->aspects ||
		    p->line[0] != q->line[0] || p->line[1] != q->line[1] ||
		    p->span_count != q->span_count)
			return false;
	}
}

static size_t count_final_newlines(const struct wls_diff *diff)
{
	size_t n = 0;
	for (size_t i = 0; i < diff->delta_count; i++)
		n += diff->deltas[i].kind == WLS_DELTA_FINAL_NEWLINE;
	return n;
}

/* Whatever else changed, a final newline is told once when it came or went, and else never. */
static const char *final_newline_is_of_the_file(struct test_random *r)
{
	struct wls_buf a _cleanup_buf_ = WLS_BUF_INIT, b _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_diff *open _cleanup_diff_ = NULL, *ended _cleanup_diff_ = NULL;
	struct wls_pair_options options = {0};
	struct wls_error err;
	random_log(r, &a);
	edit_text(r, wls_buf_slice(&a), &b);
	cut_newlines(&a);
	cut_newlines(&b);
	bool first = random_chance(r, 50), second = random_chance(r, 50);
	struct wls_slice x = wls_buf_slice(&a), y = wls_buf_slice(&b);
	wls_buf_add_char(&a, '\n');
	wls_buf_add_char(&b, '\n');
	x = wls_slice(a.ptr, x.len + (first ? 1 : 0));
	y = wls_slice(b.ptr, y.len + (second ? 1 : 0));
	if (a.len == 1 || b.len == 1)
		return NULL;
	if (wls_diff_make(&open, x, y, &options, &err) < 0 ||
	    wls_diff_make(&ended, wls_buf_slice(&a), wls_buf_slice(&b), &options, &err) < 0)
		return "comparing failed";
	if (count_final_newlines(open) != (first != second))
		return "a final newline is not told once, or told where none changed";
	if (!tell_alike(open, ended))
		return "a final newline changes what else is told";
	return judge(x, y, true);
}

/* A log beside itself with damaged bytes, cut off somewhere. */
static const char *damage_is_told(struct test_random *r)
{
	struct wls_buf a _cleanup_buf_ = WLS_BUF_INIT, b _cleanup_buf_ = WLS_BUF_INIT;
	random_log(r, &a);
	wls_buf_add_slice(&b, wls_buf_slice(&a));
	for (size_t n = 1 + random_below(r, 20); n > 0; n--)
		b.ptr[random_below(r, b.len)] = (char)random_below(r, 256);
	if (random_chance(r, 50))
		wls_buf_truncate(&b, random_below(r, b.len));
	return judge(wls_buf_slice(&a), wls_buf_slice(&b), false);
}

int main(void)
{
	static const struct property properties[] = {
		{"the edits of two states of a log make the one of the other", edits_make_the_other,
		 1000},
		{"line endings, byte order marks and final newlines are edits too",
		 forms_are_edits_too, 500},
		{"logs that have nothing in common are told apart", strangers_are_told, 100},
		{"no text differs from itself", no_text_differs_from_itself, 100},
		{"the edits of any two texts make the one of the other", any_bytes_are_told, 5000},
		{"what moved and was reworded is one change", moves_are_told, 500},
		{"a final newline is a fact of the file", final_newline_is_of_the_file, 1000},
		{"damage is told", damage_is_told, 300},
	};
	return property_main(properties, sizeof(properties) / sizeof(properties[0]));
}
