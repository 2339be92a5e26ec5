/* SPDX-License-Identifier: MIT */
/*
 * Drawing charts as SVG.
 *
 * Layer: draw. Includes: base, buf.
 *
 * libcairo and what it pulls in cost a process some milliseconds before it does anything, so that
 * `wlsync` does not link it: whoever draws calls wls_draw_load() and gets a table of functions from a
 * module, `wlsync-draw.so`. Program and module are built and installed together; a module of another
 * version is refused.
 */
#ifndef WLS_DRAW_DRAW_H
#define WLS_DRAW_DRAW_H

#include "wlsync/buf.h"

#define WLS_DRAW_VERSION 1u

/* The most panels of a chart: more cannot be read, and take long to show. */
#define WLS_CHART_PANELS 400u

/* All texts are valid UTF-8 without control characters, and borrowed. */
struct wls_chart_point {
	double value;
	const char *label; /* beneath: "v5" */
	const char *text;  /* beside the point: "250ms" */
	bool marked;       /* went back: drawn and named as such */
};

struct wls_chart_panel {
	const char *title;
	const char *note; /* a line beneath the title; may be empty */
	const struct wls_chart_point *points;
	size_t point_count;
	bool has_target;
	double target;
	const char *target_text; /* "target <200ms" */
};

struct wls_chart {
	const char *title;
	const char *description; /* for those who do not see it */
	const struct wls_chart_panel *panels;
	size_t panel_count; /* at most WLS_CHART_PANELS */
};

struct wls_draw_api {
	unsigned version; /* WLS_DRAW_VERSION */
	/*
	 * Adds the chart as an SVG document: lines and points by cairo, texts as <text>, so that no
	 * font of this machine is in it, and readers find them. O(points).
	 */
	int (*chart)(const struct wls_chart *chart, struct wls_buf *out, struct wls_error *err);
};

/* Loads the module. Fails with WLS_E_UNSUPPORTED when it is not there, or of another version. */
int wls_draw_load(const struct wls_draw_api **out, struct wls_error *err);

#endif
