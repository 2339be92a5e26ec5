/* SPDX-License-Identifier: MIT */
/*
 * Pages of trends: what all forms share, and the sentences.
 *
 * Layer: render. Includes: base, buf, doc, graph, trends.
 */
#include "render/trends.h"

#include "base/utf8.h"
#include "render/document.h"

/* ---- words ---- */

const char *wls_claim_when(struct wls_arena *arena, const struct wls_claim *claim)
{
	if (claim->version == 0)
		return "-";
	return wls_arena_printf(arena, claim->earlier ? "before v%u" : "v%u", claim->version);
}

/* "in v3", "before v6". */
static const char *when_words(struct wls_arena *arena, const struct wls_claim *claim)
{
	return wls_arena_printf(arena, "%s%s", claim->earlier ? "" : "in ",
				wls_claim_when(arena, claim));
}

static struct wls_slice clean(struct wls_arena *arena, struct wls_slice s)
{
	return wls_style_clean(arena, s);
}

/* The figure as it is written; of an implied one what it means. */
static struct wls_slice figure(struct wls_arena *arena, const struct wls_claim *claim)
{
	return claim->implied ? WLS_SLICE("done") : clean(arena, claim->text);
}

const char *wls_metric_move(const struct wls_metric *metric)
{
	if (metric->point_count < 2)
		return "";
	double first = metric->points[0].claim->value;
	double last = metric->points[metric->point_count - 1].claim->value;
	if (first < last)
		return metric->better == WLS_BETTER_HIGHER  ? "better"
		       : metric->better == WLS_BETTER_LOWER ? "worse"
							    : "up";
	if (first > last)
		return metric->better == WLS_BETTER_HIGHER  ? "worse"
		       : metric->better == WLS_BETTER_LOWER ? "better"
							    : "down";
	return "same";
}

const char *wls_regression_words(struct wls_arena *arena, const struct wls_regression *regression)
{
	const struct wls_claim *claim = regression->claim, *better = regression->better;
	struct wls_slice now = figure(arena, claim), then = figure(arena, better);
	struct wls_slice note = clean(arena, claim->note);
	if (regression->kind == WLS_REGRESSION_TARGET)
		return wls_arena_printf(arena, "misses its target at %s: %.*s, target %.*s",
					wls_claim_when(arena, claim), WLS_SLICE_ARG(now),
					WLS_SLICE_ARG(then));
	return wls_arena_printf(arena, "regression at %s: %.*s, best before it %.*s %s%s%.*s%s",
				wls_claim_when(arena, claim), WLS_SLICE_ARG(now),
				WLS_SLICE_ARG(then), when_words(arena, better),
				note.len > 0 ? " (" : "", WLS_SLICE_ARG(note),
				note.len > 0 ? ")" : "");
}

/* " of FILE", for a claim in another file than the one beside it; else "". */
static const char *of_file(struct wls_arena *arena, const struct wls_claim *claim,
			   const struct wls_claim *other)
{
	struct wls_slice file = clean(arena, claim->file);
	if (wls_slice_eq(claim->file, other->file))
		return "";
	return wls_arena_printf(arena, " of %.*s", WLS_SLICE_ARG(file));
}

const char *wls_contradiction_words(struct wls_arena *arena,
				    const struct wls_contradiction *contradiction)
{
	const struct wls_claim *a = contradiction->a, *b = contradiction->b;
	struct wls_slice x = figure(arena, a), y = figure(arena, b);
	struct wls_slice remark = clean(arena, contradiction->remark);
	if (contradiction->kind == WLS_CONTRADICTION_STATED)
		return wls_arena_printf(arena, "contradiction: %.*s (%s) vs %.*s (%s)%s%.*s",
					WLS_SLICE_ARG(x), wls_claim_when(arena, a),
					WLS_SLICE_ARG(y), wls_claim_when(arena, b),
					remark.len > 0 ? ": " : "", WLS_SLICE_ARG(remark));
	return wls_arena_printf(
		arena, "contradiction: %s is %.*s in line %u%s, but %.*s in line %u%s",
		wls_claim_when(arena, a), WLS_SLICE_ARG(x), a->line, of_file(arena, a, b),
		WLS_SLICE_ARG(y), b->line, of_file(arena, b, a));
}

const char *wls_attribute_words(struct wls_arena *arena, const struct wls_attribute *attribute)
{
	struct wls_slice label = clean(arena, attribute->label);
	struct wls_slice text = clean(arena, attribute->text);
	return wls_arena_printf(arena, "%.*s: %.*s", WLS_SLICE_ARG(label), WLS_SLICE_ARG(text));
}

const char *wls_change_words(struct wls_arena *arena, const struct wls_change *change)
{
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;
	const char *joint = ": ";
	wls_buf_printf(&buf, "v%u", change->version);
	if (change->entry && change->entry->title.len > 0) {
		wls_buf_add_char(&buf, ' ');
		wls_buf_add_slice(&buf, clean(arena, change->entry->title));
	}
	for (size_t i = 0; i < change->decision_count; i++) {
		wls_buf_add_str(&buf, joint);
		wls_buf_add_slice(&buf, clean(arena, change->decisions[i].text));
		joint = "; ";
	}
	return wls_arena_copy(arena, wls_buf_slice(&buf)).ptr;
}

const struct wls_change *wls_contradiction_changes(struct wls_trends *trends,
						   const struct wls_contradiction *contradiction,
						   size_t limit, size_t *count, size_t *left_out)
{
	uint32_t a = contradiction->a->version, b = contradiction->b->version;
	return wls_trends_between(trends, a < b ? a : b, a < b ? b : a, limit, count, left_out);
}

/* ---- sparklines ---- */

/* The value that bar `cell` of `cells` shows: the last of the points it stands for. */
static const struct wls_claim *bar_claim(const struct wls_metric *metric, size_t cell, size_t cells)
{
	return metric->points[(cell + 1) * metric->point_count / cells - 1].claim;
}

struct wls_slice wls_sparkline(const struct wls_style *style, struct wls_arena *arena,
			       const struct wls_metric *metric, size_t cells)
{
	enum { LEVELS = 8 };
	static const char *const unicode[LEVELS] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	static const char *const ascii[LEVELS] = {"_", ".", ":", "-", "=", "+", "*", "#"};
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;
	double low = 0, high = 0;
	cells = metric->point_count < cells ? metric->point_count : cells;
	if (cells < 2)
		return WLS_SLICE("");
	for (size_t i = 0; i < cells; i++) {
		double value = bar_claim(metric, i, cells)->value;
		low = i == 0 || value < low ? value : low;
		high = i == 0 || value > high ? value : high;
	}
	for (size_t i = 0; i < cells; i++) {
		/* Halves: the difference of two large values may be none that a double holds. */
		double part = high > low ? (bar_claim(metric, i, cells)->value / 2 - low / 2) /
						   (high / 2 - low / 2)
					 : 0.5;
		size_t level = (size_t)(part * (LEVELS - 1) + 0.5);
		level = level < LEVELS ? level : LEVELS - 1;
		wls_buf_add_str(&buf, style->ascii ? ascii[level] : unicode[level]);
	}
	return wls_arena_copy(arena, wls_buf_slice(&buf));
}

/* ---- which metrics ---- */

struct wls_slice wls_trends_filter(struct wls_arena *arena, const char *words)
{
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;
	if (words)
		wls_utf8_add_folded_name(&buf, wls_slice_of(words));
	return wls_arena_copy(arena, wls_buf_slice(&buf));
}

bool wls_trends_shows(const struct wls_trends_page *page, const struct wls_trends *trends,
		      uint32_t metric)
{
	const struct wls_metric *m = &trends->metrics[metric];
	if (page->filter.len > 0)
		return wls_slice_find(m->key, page->filter) != SIZE_MAX;
	return m->point_count > 1 ||
	       (m->point_count == 1 && (m->target_count > 0 || m->contradicted));
}

/* ---- sentences ---- */

/* "better than", "lower than", "same as": what leads to "at first". */
static const char *move_words(const char *move)
{
	static const char *const words[][2] = {
		{"better", "better than"}, {"worse", "worse than"}, {"up", "higher than"},
		{"down", "lower than"},    {"same", "same as"},
	};
	size_t i = 0;
	while (i + 1 < WLS_ARRAY_SIZE(words) && strcmp(words[i][0], move) != 0)
		i++;
	return words[i][1];
}

static void plain_points(struct wls_trends_page *page, const struct wls_metric *m)
{
	struct wls_buf *out = &page->body;
	for (size_t i = 0; i < m->point_count; i++) {
		const struct wls_claim *claim = m->points[i].claim;
		wls_buf_printf(out, "%s %.*s %s", i == 0 ? "" : ",",
			       WLS_SLICE_ARG(figure(&page->arena, claim)),
			       when_words(&page->arena, claim));
	}
	if (m->point_count == 0)
		wls_buf_add_str(out, " no figure yet");
	const char *move = wls_metric_move(m);
	if (move[0])
		wls_buf_printf(out, "; %s at first", move_words(move));
	if (m->target_count > 0) {
		struct wls_slice target = figure(&page->arena, wls_metric_target(m));
		wls_buf_printf(out, "; target %.*s", WLS_SLICE_ARG(target));
	}
	wls_buf_add_str(out, ".\n");
}

static void plain_start(struct wls_trends_page *page, const struct wls_trends_log *log,
			uint32_t metric)
{
	struct wls_slice id = clean(&page->arena, log->log->id);
	struct wls_slice name = clean(&page->arena, log->trends->metrics[metric].name);
	wls_buf_printf(&page->body, "%.*s, %.*s:", WLS_SLICE_ARG(id), WLS_SLICE_ARG(name));
}

/* Ends a sentence, unless it ends itself. */
static void plain_end(struct wls_trends_page *page, const char *words)
{
	size_t len = strlen(words);
	bool ended = len > 0 && strchr(".?!", words[len - 1]);
	wls_buf_printf(&page->body, " %s%s\n", words, ended ? "" : ".");
}

static void plain_changes(struct wls_trends_page *page, const struct wls_trends_log *log,
			  const struct wls_contradiction *c)
{
	enum { LIMIT = 5 };
	size_t count, left_out;
	const struct wls_change *changes =
		wls_contradiction_changes(log->trends, c, LIMIT, &count, &left_out);
	for (size_t i = 0; i < c->attribute_count; i++) {
		plain_start(page, log, c->metric);
		plain_end(page, wls_attribute_words(&page->arena, &c->attributes[i]));
	}
	for (size_t i = 0; i < count; i++) {
		plain_start(page, log, c->metric);
		wls_buf_add_str(&page->body, " between them");
		plain_end(page, wls_change_words(&page->arena, &changes[i]));
	}
}

void wls_trends_plain_add(struct wls_trends_page *page, const struct wls_trends_log *log)
{
	const struct wls_trends *t = log->trends;
	for (uint32_t m = 0; m < t->metric_count; m++) {
		if (!wls_trends_shows(page, t, m))
			continue;
		plain_start(page, log, m);
		plain_points(page, &t->metrics[m]);
	}
	for (size_t i = 0; i < t->regression_count; i++) {
		if (!wls_trends_shows(page, t, t->regressions[i].metric))
			continue;
		plain_start(page, log, t->regressions[i].metric);
		plain_end(page, wls_regression_words(&page->arena, &t->regressions[i]));
	}
	for (size_t i = 0; i < t->contradiction_count; i++) {
		const struct wls_contradiction *c = &t->contradictions[i];
		if (!wls_trends_shows(page, t, c->metric))
			continue;
		plain_start(page, log, c->metric);
		plain_end(page, wls_contradiction_words(&page->arena, c));
		plain_changes(page, log, c);
	}
}

/* ---- pages ---- */

void wls_trends_page_init(struct wls_trends_page *page, enum wls_trends_format format,
			  const struct wls_style *style, const char *filter)
{
	*page = (struct wls_trends_page){.format = format, .style = style, .body = WLS_BUF_INIT};
	page->filter = wls_trends_filter(&page->arena, filter);
	page->json.out = &page->body;
	wls_trends_table_init(page);
	if (format == WLS_TRENDS_JSON) {
		wls_json_open(&page->json, '{');
		wls_json_put_str(&page->json, "schema", "wlsync.trends/1");
		wls_json_key(&page->json, "logs");
		wls_json_open(&page->json, '[');
	} else if (format == WLS_TRENDS_CSV) {
		wls_buf_add_str(
			&page->body,
			"log,metric,kind,unit,better,version,before,date,value,comparison,text,note,"
			"target,regressed,misses_target,file,line,column\r\n");
	}
}

void wls_trends_page_release(struct wls_trends_page *page)
{
	wls_table_release(&page->table);
	wls_buf_release(&page->body);
	wls_arena_release(&page->arena);
}

/* Counts what is shown; false when there is nothing of the log. */
static bool count_log(struct wls_trends_page *page, const struct wls_trends *t)
{
	uint32_t metrics = 0;
	for (uint32_t m = 0; m < t->metric_count; m++)
		metrics += wls_trends_shows(page, t, m);
	for (size_t i = 0; i < t->regression_count; i++)
		page->regressions += wls_trends_shows(page, t, t->regressions[i].metric);
	for (size_t i = 0; i < t->contradiction_count; i++)
		page->contradictions += wls_trends_shows(page, t, t->contradictions[i].metric);
	page->metrics += metrics;
	page->logs += metrics > 0;
	return metrics > 0;
}

void wls_trends_page_add(struct wls_trends_page *page, const struct wls_trends_log *log)
{
	if (!count_log(page, log->trends))
		return;
	switch (page->format) {
	case WLS_TRENDS_TABLE:
		wls_trends_table_add(page, log);
		break;
	case WLS_TRENDS_PLAIN:
		wls_trends_plain_add(page, log);
		break;
	case WLS_TRENDS_JSON:
		wls_trends_json_add(page, log);
		break;
	case WLS_TRENDS_CSV:
		wls_trends_csv_add(page, log);
		break;
	}
}

static void add_total(struct wls_trends_page *page)
{
	struct wls_json *json = &page->json;
	wls_json_close(json, ']');
	wls_json_key(json, "total");
	wls_json_open(json, '{');
	wls_json_put_int(json, "logs", page->logs);
	wls_json_put_int(json, "metrics", page->metrics);
	wls_json_put_int(json, "regressions", page->regressions);
	wls_json_put_int(json, "contradictions", page->contradictions);
	wls_json_close(json, '}');
}

static void add_sum(struct wls_trends_page *page, struct wls_buf *out)
{
	struct wls_arena *arena = &page->arena;
	wls_buf_printf(
		out, "%s in %s: %s, %s\n",
		wls_style_plural(arena, page->metrics, "figure", "figures"),
		wls_style_plural(arena, page->logs, "log", "logs"),
		wls_style_plural(arena, page->regressions, "regression", "regressions"),
		wls_style_plural(arena, page->contradictions, "contradiction", "contradictions"));
}

void wls_trends_page_finish(struct wls_trends_page *page, const struct wls_graph *graph,
			    struct wls_buf *out)
{
	if (page->format == WLS_TRENDS_JSON) {
		add_total(page);
		wls_document_diagnostics(&page->json, graph);
		wls_json_close(&page->json, '}');
		wls_buf_add_char(&page->body, '\n');
	}
	if (page->format == WLS_TRENDS_TABLE && page->table.row_count > 0) {
		wls_trends_table_fit(page);
		wls_table_render_titles(&page->table, page->style, out);
		wls_table_render(&page->table, page->style, out);
	}
	wls_buf_add_slice(out, wls_buf_slice(&page->body));
	if (page->format == WLS_TRENDS_TABLE || page->format == WLS_TRENDS_PLAIN)
		add_sum(page, out);
}
