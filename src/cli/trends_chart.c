/* SPDX-License-Identifier: MIT */
/*
 * From metrics to the panels of a chart.
 *
 * Layer: cli. Includes: base, buf, render, draw.
 */
#include "cli/trends_chart.h"

enum { TITLE_CELLS = 46, NOTE_CELLS = 62, TEXT_CELLS = 12 };

static const struct wls_style whole = {0};

/* A clean copy, cut to what there is room for. */
static const char *fit(struct wls_trends_page *page, struct wls_slice text, size_t cells)
{
	struct wls_slice clean = wls_style_clean(&page->arena, text);
	clean = wls_style_cut(&whole, &page->arena, clean, cells);
	return wls_arena_copy(&page->arena, clean).ptr;
}

static const char *claim_text(struct wls_trends_page *page, const struct wls_claim *claim)
{
	return claim->implied ? "done" : fit(page, claim->text, TEXT_CELLS);
}

/* "lower is better; regression at v5" */
static const char *note_of(struct wls_trends_page *page, const struct wls_metric *m)
{
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;
	const char *better = wls_better_name(m->better);
	const char *joint = "regression at";
	if (better)
		wls_buf_printf(&buf, "%s is better", better);
	for (size_t i = 0; i < m->point_count; i++) {
		if (!m->points[i].regressed)
			continue;
		wls_buf_printf(&buf, "%s%s %s", buf.len > 0 && joint[0] == 'r' ? "; " : "", joint,
			       wls_claim_when(&page->arena, m->points[i].claim));
		joint = ",";
	}
	return fit(page, wls_buf_slice(&buf), NOTE_CELLS);
}

static void set_points(struct wls_trends_page *page, const struct wls_metric *m,
		       struct wls_chart_panel *panel)
{
	struct wls_chart_point *points =
		WLS_ARENA_ARRAY(&page->arena, struct wls_chart_point, m->point_count + 1);
	for (size_t i = 0; i < m->point_count; i++)
		points[i] = (struct wls_chart_point){
			.value = m->points[i].claim->value,
			.label = wls_claim_when(&page->arena, m->points[i].claim),
			.text = claim_text(page, m->points[i].claim),
			.marked = m->points[i].regressed,
		};
	panel->points = points;
	panel->point_count = m->point_count;
}

static void add_panel(struct wls_trends_chart *chart, const struct wls_trends_log *log,
		      const struct wls_metric *m)
{
	struct wls_trends_page *page = chart->page;
	const struct wls_claim *target = wls_metric_target(m);
	struct wls_chart_panel panel = {.note = note_of(page, m)};
	const char *title = wls_arena_printf(&page->arena, "%.*s", WLS_SLICE_ARG(m->name));
	if (chart->several)
		title = wls_arena_printf(&page->arena, "%.*s: %.*s", WLS_SLICE_ARG(log->log->id),
					 WLS_SLICE_ARG(m->name));
	panel.title = fit(page, wls_slice_of(title), TITLE_CELLS);
	set_points(page, m, &panel);
	if (target) {
		panel.has_target = true;
		panel.target = target->value;
		panel.target_text = wls_arena_printf(&page->arena, "target %s",
						     fit(page, target->text, TEXT_CELLS));
	}
	WLS_GROW(chart->panels, chart->panel_cap, chart->panel_count + 1);
	chart->panels[chart->panel_count++] = panel;
}

void wls_trends_chart_add(struct wls_trends_chart *chart, const struct wls_trends_log *log)
{
	wls_trends_page_add(chart->page, log);
	for (uint32_t m = 0; m < log->trends->metric_count; m++)
		if (wls_trends_shows(chart->page, log->trends, m))
			add_panel(chart, log, &log->trends->metrics[m]);
}

int wls_trends_chart_draw(const struct wls_trends_chart *chart, struct wls_buf *out,
			  struct wls_error *err)
{
	struct wls_buf words _cleanup_buf_ = WLS_BUF_INIT;
	const struct wls_draw_api *api;
	if (chart->panel_count > WLS_CHART_PANELS)
		return wls_error_set(err, WLS_E_REFUSED,
				     "%zu figures are too many for one chart (%u at most); name a "
				     "log, or say --metric NAME",
				     chart->panel_count, WLS_CHART_PANELS);
	int status = wls_draw_load(&api, err);
	if (status < 0)
		return status;
	wls_trends_page_finish(chart->page, NULL, &words);
	struct wls_chart drawn = {
		.title = "Figures across versions",
		.description = wls_buf_str(&words),
		.panels = chart->panels,
		.panel_count = chart->panel_count,
	};
	return api->chart(&drawn, out, err);
}

void wls_trends_chart_release(struct wls_trends_chart *chart)
{
	free(chart->panels);
}
