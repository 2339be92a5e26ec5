/* SPDX-License-Identifier: MIT */
/*
 * Trends for programs: JSON (wlsync.trends/1) and CSV (RFC 4180).
 *
 * Layer: render. Includes: base, buf, doc, graph, trends.
 *
 * Values are in the metric's normalised unit, with 15 digits, which every double in a log survives.
 */
#include "render/trends.h"

/* ---- JSON ---- */

/* An object with texts: beside those where a byte was replaced stands "lossy":true. */
static bool open_record(struct wls_json *json)
{
	bool outer = json->lossy;
	wls_json_open(json, '{');
	json->lossy = false;
	return outer;
}

static void close_record(struct wls_json *json, bool outer)
{
	if (json->lossy)
		wls_json_put_bool(json, "lossy", true);
	wls_json_close(json, '}');
	json->lossy = outer;
}

static void put_number(struct wls_json *json, const char *key, double value)
{
	wls_json_key(json, key);
	wls_buf_printf(json->out, "%.15g", value);
	json->comma = true;
}

/* What a claim says and where; the keys of an object that is open. */
static void put_claim(struct wls_json *json, const struct wls_claim *claim)
{
	wls_json_put_positive(json, "version", claim->version);
	wls_json_put_bool(json, "before", claim->earlier);
	wls_json_put_text_or_null(json, "date", claim->date);
	put_number(json, "value", claim->value);
	wls_json_put_str(json, "comparison", wls_comparison_sign(claim->comparison));
	wls_json_put_text(json, "text", claim->text);
	wls_json_put_text_or_null(json, "note", claim->note);
	wls_json_put_str(json, "kind", wls_claim_kind_name(claim->kind));
	wls_json_put_positive(json, "entry", claim->entry);
	wls_json_put_text(json, "file", claim->file);
	wls_json_put_int(json, "line", claim->line);
	wls_json_put_int(json, "column", claim->column);
}

static void put_record(struct wls_json *json, const char *key, const struct wls_claim *claim)
{
	wls_json_key(json, key);
	if (!claim) {
		wls_json_null(json);
		return;
	}
	bool outer = open_record(json);
	put_claim(json, claim);
	close_record(json, outer);
}

static void put_points(struct wls_json *json, const struct wls_metric *m)
{
	wls_json_key(json, "points");
	wls_json_open(json, '[');
	for (size_t i = 0; i < m->point_count; i++) {
		bool outer = open_record(json);
		put_claim(json, m->points[i].claim);
		wls_json_put_bool(json, "regressed", m->points[i].regressed);
		wls_json_put_bool(json, "misses_target", m->points[i].misses);
		close_record(json, outer);
	}
	wls_json_close(json, ']');
}

static void put_metric(struct wls_json *json, const struct wls_metric *m)
{
	bool judged = m->better != WLS_BETTER_UNKNOWN && m->point_count > 0;
	const char *move = wls_metric_move(m);
	bool outer = open_record(json);
	wls_json_put_text(json, "name", m->name);
	wls_json_put_str(json, "kind", wls_claim_kind_name(m->kind));
	wls_json_put_str(json, "unit", m->unit[0] ? m->unit : NULL);
	wls_json_put_str(json, "better", wls_better_name(m->better));
	wls_json_put_str(json, "move", move[0] ? move : NULL);
	put_record(json, "target", wls_metric_target(m));
	wls_json_put_natural(json, "best", judged ? (int64_t)m->best : -1);
	wls_json_put_natural(json, "worst", judged ? (int64_t)m->worst : -1);
	put_points(json, m);
	close_record(json, outer);
}

static void put_name(struct wls_json *json, const struct wls_metric *m)
{
	wls_json_put_text(json, "metric", m->name);
	wls_json_put_str(json, "unit", m->unit[0] ? m->unit : NULL);
}

static void put_regressions(struct wls_trends_page *page, const struct wls_trends *t)
{
	struct wls_json *json = &page->json;
	wls_json_key(json, "regressions");
	wls_json_open(json, '[');
	for (size_t i = 0; i < t->regression_count; i++) {
		const struct wls_regression *r = &t->regressions[i];
		if (!wls_trends_shows(page, t, r->metric))
			continue;
		bool outer = open_record(json);
		wls_json_put_str(json, "kind", wls_regression_kind_name(r->kind));
		put_name(json, &t->metrics[r->metric]);
		wls_json_put_bool(json, "newest", r->newest);
		put_record(json, "claim", r->claim);
		put_record(json, "better", r->better);
		close_record(json, outer);
	}
	wls_json_close(json, ']');
}

static void put_change(struct wls_json *json, const struct wls_change *change)
{
	bool outer = open_record(json);
	wls_json_put_int(json, "version", change->version);
	wls_json_put_text_or_null(json, "date",
				  change->entry ? change->entry->date : wls_slice(NULL, 0));
	wls_json_put_text_or_null(json, "title",
				  change->entry ? change->entry->title : wls_slice(NULL, 0));
	wls_json_key(json, "decisions");
	wls_json_open(json, '[');
	for (size_t i = 0; i < change->decision_count; i++)
		wls_json_text(json, change->decisions[i].text);
	wls_json_close(json, ']');
	wls_json_put_text(json, "file", change->file);
	close_record(json, outer);
}

static void put_attributes(struct wls_json *json, const struct wls_contradiction *c)
{
	wls_json_key(json, "attributes");
	wls_json_open(json, '[');
	for (size_t i = 0; i < c->attribute_count; i++) {
		bool outer = open_record(json);
		wls_json_put_text(json, "label", c->attributes[i].label);
		wls_json_put_text(json, "text", c->attributes[i].text);
		close_record(json, outer);
	}
	wls_json_close(json, ']');
}

static void put_contradiction(struct wls_json *json, struct wls_trends *t,
			      const struct wls_contradiction *c)
{
	enum { CHANGES_MAX = 20 };
	size_t count, left_out;
	const struct wls_change *changes =
		wls_contradiction_changes(t, c, CHANGES_MAX, &count, &left_out);
	bool outer = open_record(json);
	wls_json_put_str(json, "kind", wls_contradiction_kind_name(c->kind));
	put_name(json, &t->metrics[c->metric]);
	put_record(json, "a", c->a);
	put_record(json, "b", c->b);
	wls_json_put_text_or_null(json, "remark", c->remark);
	put_attributes(json, c);
	wls_json_key(json, "changes");
	wls_json_open(json, '[');
	for (size_t i = 0; i < count; i++)
		put_change(json, &changes[i]);
	wls_json_close(json, ']');
	wls_json_put_int(json, "changes_left_out", (int64_t)left_out);
	close_record(json, outer);
}

void wls_trends_json_add(struct wls_trends_page *page, const struct wls_trends_log *log)
{
	struct wls_json *json = &page->json;
	struct wls_trends *t = log->trends;
	bool outer = open_record(json);
	wls_json_put_text(json, "id", log->log->id);
	wls_json_put_text(json, "name", log->log->name);
	wls_json_put_text(json, "file", log->log->file);
	wls_json_put_positive(json, "version", log->log->version);
	wls_json_key(json, "metrics");
	wls_json_open(json, '[');
	for (uint32_t m = 0; m < t->metric_count; m++)
		if (wls_trends_shows(page, t, m))
			put_metric(json, &t->metrics[m]);
	wls_json_close(json, ']');
	put_regressions(page, t);
	wls_json_key(json, "contradictions");
	wls_json_open(json, '[');
	for (size_t i = 0; i < t->contradiction_count; i++)
		if (wls_trends_shows(page, t, t->contradictions[i].metric))
			put_contradiction(json, t, &t->contradictions[i]);
	wls_json_close(json, ']');
	close_record(json, outer);
}

/* ---- CSV ---- */

/*
 * A field, quoted when it must be: with a comma, a quote or a blank at its ends. Control characters are
 * none of a text in RFC 4180, and on a terminal they would act.
 */
static void add_field(struct wls_trends_page *page, struct wls_slice text, const char *before)
{
	struct wls_buf *out = &page->body;
	struct wls_slice clean = wls_style_clean(&page->arena, text);
	bool quote = clean.len > 0 && (clean.ptr[0] == ' ' || clean.ptr[clean.len - 1] == ' ');
	for (size_t i = 0; i < clean.len; i++)
		quote |= memchr(",\"", clean.ptr[i], 2) != NULL;
	if (quote)
		wls_buf_add_char(out, '"');
	wls_buf_add_str(out, before);
	for (size_t i = 0; i < clean.len; i++) {
		if (clean.ptr[i] == '"')
			wls_buf_add_char(out, '"');
		wls_buf_add_char(out, clean.ptr[i]);
	}
	wls_buf_add_str(out, quote ? "\"," : ",");
}

/* A text; one that a spreadsheet would run as a formula gets an apostrophe in front. */
static void add_text(struct wls_trends_page *page, struct wls_slice text)
{
	bool formula = text.len > 0 && memchr("=+-@\t\r", text.ptr[0], 6);
	add_field(page, text, formula ? "'" : "");
}

static void add_word(struct wls_trends_page *page, const char *word)
{
	add_field(page, wls_slice_of(word), "");
}

static void add_point(struct wls_trends_page *page, const struct wls_trends_log *log,
		      const struct wls_metric *m, const struct wls_point *point)
{
	struct wls_buf *out = &page->body;
	const struct wls_claim *claim = point->claim, *target = wls_metric_target(m);
	add_text(page, log->log->id);
	add_text(page, m->name);
	add_word(page, wls_claim_kind_name(claim->kind));
	add_word(page, m->unit);
	add_word(page, wls_better_name(m->better));
	if (claim->version > 0)
		wls_buf_printf(out, "%u", claim->version);
	wls_buf_printf(out, ",%s,", claim->earlier ? "yes" : "no");
	add_text(page, claim->date);
	wls_buf_printf(out, "%.15g,", claim->value);
	add_word(page, wls_comparison_sign(claim->comparison));
	/* A sign and digits at most: no formula. */
	add_field(page, claim->text, "");
	add_text(page, claim->note);
	if (target)
		wls_buf_printf(out, "%.15g", target->value);
	wls_buf_printf(out, ",%s,%s,", point->regressed ? "yes" : "no",
		       point->misses ? "yes" : "no");
	add_text(page, claim->file);
	wls_buf_printf(out, "%u,%u\r\n", claim->line, claim->column);
}

void wls_trends_csv_add(struct wls_trends_page *page, const struct wls_trends_log *log)
{
	const struct wls_trends *t = log->trends;
	for (uint32_t m = 0; m < t->metric_count; m++)
		if (wls_trends_shows(page, t, m))
			for (size_t i = 0; i < t->metrics[m].point_count; i++)
				add_point(page, log, &t->metrics[m], &t->metrics[m].points[i]);
}
