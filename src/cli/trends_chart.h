/* SPDX-License-Identifier: MIT */
/*
 * Figures across versions as a chart.
 *
 * Layer: cli. Includes: base, buf, render, draw.
 */
#ifndef WLS_CLI_TRENDS_CHART_H
#define WLS_CLI_TRENDS_CHART_H

#include "draw/draw.h"
#include "render/trends.h"

/* Panels as they are gathered, log by log; zero but for the page is the initial state. */
struct wls_trends_chart {
	struct wls_trends_page *page; /* of sentences: they become the description */
	struct wls_chart_panel *panels;
	size_t panel_count, panel_cap;
	bool several; /* logs: panels name theirs */
};

/* Adds a panel for each metric of the log that the page shows; texts go into the page's arena. */
void wls_trends_chart_add(struct wls_trends_chart *chart, const struct wls_trends_log *log);
/* Draws them. WLS_E_REFUSED when there are too many panels, else as wls_draw_load(). */
int wls_trends_chart_draw(const struct wls_trends_chart *chart, struct wls_buf *out,
			  struct wls_error *err);
void wls_trends_chart_release(struct wls_trends_chart *chart);

#endif
