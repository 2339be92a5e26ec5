/* SPDX-License-Identifier: MIT */
/*
 * Charts, within the module: the only file that includes libcairo.
 *
 * Layer: draw. Includes: base, buf, draw/draw, libcairo.
 *
 * Two columns of panels, one a metric: its points in their order at equal distances, a line between
 * them, a dashed line for the target. Cairo draws shapes. It would write text as outlines of whatever
 * font this machine has: unreadable to a screen reader, and different elsewhere. So texts are gathered
 * while shapes are drawn, and put as <text> before the document's end.
 */
#include <cairo/cairo-svg.h>

#include "draw/draw.h"

enum {
	COLUMNS = 2,
	PANEL_WIDTH = 400,
	PANEL_HEIGHT = 190,
	TITLE_HEIGHT = 44,
	LEFT = 36,  /* of the plot within its panel */
	RIGHT = 44, /* room for the last label */
	TOP = 68,
	BOTTOM = 48,
	LABEL_WIDTH = 52, /* a label of a point takes about so much */
};

struct color {
	double red, green, blue;
	const char *name;
};

/* Dark enough on white for small text (WCAG AA), and apart for those who see no red. */
static const struct color ink = {0.13, 0.16, 0.20, "#212933"};
static const struct color grey = {0.40, 0.43, 0.47, "#666e78"};
static const struct color blue = {0.05, 0.36, 0.62, "#0d5c9e"};
static const struct color red = {0.70, 0.11, 0.11, "#b31c1c"};

struct drawing {
	cairo_t *cairo;
	struct wls_buf *texts;
	double x, y; /* of the panel */
	double low, high;
	const struct wls_chart_panel *panel;
};

/* ---- texts ---- */

static void add_escaped(struct wls_buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '&')
			wls_buf_add_str(out, "&amp;");
		else if (*text == '<')
			wls_buf_add_str(out, "&lt;");
		else if (*text == '>')
			wls_buf_add_str(out, "&gt;");
		else if (*text == '"')
			wls_buf_add_str(out, "&quot;");
		else
			wls_buf_add_char(out, *text);
	}
}

struct text_style {
	int size;
	const struct color *color;
	const char *anchor; /* "start", "middle", "end" */
	bool bold;
};

static void add_text(struct drawing *d, double x, double y, const struct text_style *style,
		     const char *text)
{
	if (!text || !*text)
		return;
	wls_buf_printf(d->texts,
		       "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" fill=\"%s\" "
		       "text-anchor=\"%s\"%s>",
		       x, y, style->size, style->color->name, style->anchor,
		       style->bold ? " font-weight=\"bold\"" : "");
	add_escaped(d->texts, text);
	wls_buf_add_str(d->texts, "</text>\n");
}

/* ---- places ---- */

static double plot_width(void)
{
	return PANEL_WIDTH - LEFT - RIGHT;
}

static double x_of(const struct drawing *d, size_t i)
{
	size_t count = d->panel->point_count;
	double step = count > 1 ? plot_width() / (double)(count - 1) : 0;
	return d->x + LEFT + (count > 1 ? step * (double)i : plot_width() / 2);
}

static double y_of(const struct drawing *d, double value)
{
	double height = PANEL_HEIGHT - TOP - BOTTOM;
	/* Halves: the difference of two large values may be none that a double holds. */
	double part =
		d->high > d->low ? (value / 2 - d->low / 2) / (d->high / 2 - d->low / 2) : 0.5;
	return d->y + TOP + height * (1 - part);
}

static void set_range(struct drawing *d)
{
	const struct wls_chart_panel *p = d->panel;
	double low = p->has_target ? p->target : p->points[0].value, high = low;
	for (size_t i = 0; i < p->point_count; i++) {
		low = p->points[i].value < low ? p->points[i].value : low;
		high = p->points[i].value > high ? p->points[i].value : high;
	}
	d->low = low;
	d->high = high;
}

/* ---- shapes ---- */

static void set_color(struct drawing *d, const struct color *color)
{
	cairo_set_source_rgb(d->cairo, color->red, color->green, color->blue);
}

static void draw_frame(struct drawing *d)
{
	cairo_set_source_rgb(d->cairo, 0.87, 0.88, 0.90);
	cairo_set_line_width(d->cairo, 1);
	cairo_rectangle(d->cairo, d->x + 4.5, d->y + 4.5, PANEL_WIDTH - 9, PANEL_HEIGHT - 9);
	cairo_stroke(d->cairo);
}

static void draw_target(struct drawing *d)
{
	static const double dashes[] = {4, 4};
	static const struct text_style style = {11, &grey, "end", false};
	double y = y_of(d, d->panel->target);
	if (!d->panel->has_target)
		return;
	set_color(d, &grey);
	cairo_set_line_width(d->cairo, 1);
	cairo_set_dash(d->cairo, dashes, 2, 0);
	cairo_move_to(d->cairo, d->x + 12, y);
	cairo_line_to(d->cairo, d->x + PANEL_WIDTH - 12, y);
	cairo_stroke(d->cairo);
	cairo_set_dash(d->cairo, NULL, 0, 0);
	add_text(d, d->x + PANEL_WIDTH - 12, y - 4, &style, d->panel->target_text);
}

static void draw_line(struct drawing *d)
{
	set_color(d, &blue);
	cairo_set_line_width(d->cairo, 2);
	for (size_t i = 0; i < d->panel->point_count; i++)
		cairo_line_to(d->cairo, x_of(d, i), y_of(d, d->panel->points[i].value));
	cairo_stroke(d->cairo);
}

/* A circle; a point that went back is a larger triangle. */
static void draw_point(struct drawing *d, size_t i)
{
	const struct wls_chart_point *point = &d->panel->points[i];
	double x = x_of(d, i), y = y_of(d, point->value);
	set_color(d, point->marked ? &red : &blue);
	cairo_new_path(d->cairo);
	if (point->marked) {
		cairo_move_to(d->cairo, x, y - 6);
		cairo_line_to(d->cairo, x + 6, y + 5);
		cairo_line_to(d->cairo, x - 6, y + 5);
		cairo_close_path(d->cairo);
	} else {
		cairo_arc(d->cairo, x, y, 3.5, 0, 6.283185307179586);
	}
	cairo_fill(d->cairo);
}

/* Labels of every n-th point, so that they do not stand in each other. */
static size_t label_step(const struct wls_chart_panel *panel)
{
	size_t fit = (size_t)(plot_width() / LABEL_WIDTH) + 1;
	return panel->point_count <= fit ? 1 : (panel->point_count + fit - 1) / fit;
}

/* Whether both neighbours of a point stand higher: then its line is above it, and its text goes below. */
static bool is_valley(const struct wls_chart_panel *panel, size_t i)
{
	double value = panel->points[i].value;
	if (i > 0 && panel->points[i - 1].value <= value)
		return false;
	if (i + 1 < panel->point_count && panel->points[i + 1].value <= value)
		return false;
	return panel->point_count > 1;
}

static void label_point(struct drawing *d, size_t i, size_t step)
{
	static const struct text_style version = {11, &grey, "middle", false};
	static const struct text_style value = {11, &ink, "middle", false};
	static const struct text_style marked = {11, &red, "middle", true};
	const struct wls_chart_point *point = &d->panel->points[i];
	double x = x_of(d, i), y = y_of(d, point->value);
	bool last = i + 1 == d->panel->point_count;
	/* The last one always; the one before it only when there is room. */
	bool shown = last || (i % step == 0 && i + step <= d->panel->point_count - 1 + (step == 1));
	if (shown || point->marked)
		add_text(d, x, d->y + PANEL_HEIGHT - 14, &version, point->label);
	if (shown || point->marked)
		add_text(d, x, y + (is_valley(d->panel, i) ? 18 : -10),
			 point->marked ? &marked : &value, point->text);
}

static void draw_panel(struct drawing *d)
{
	static const struct text_style title = {14, &ink, "start", true};
	static const struct text_style note = {11, &grey, "start", false};
	size_t step = label_step(d->panel);
	draw_frame(d);
	add_text(d, d->x + 16, d->y + 24, &title, d->panel->title);
	add_text(d, d->x + 16, d->y + 40, &note, d->panel->note);
	if (d->panel->point_count == 0)
		return;
	set_range(d);
	draw_target(d);
	draw_line(d);
	for (size_t i = 0; i < d->panel->point_count; i++) {
		draw_point(d, i);
		label_point(d, i, step);
	}
}

/* ---- the document ---- */

static cairo_status_t take(void *closure, const unsigned char *bytes, unsigned len)
{
	wls_buf_add(closure, bytes, len);
	return CAIRO_STATUS_SUCCESS;
}

/* Puts title, description and texts into what cairo wrote. */
static int assemble(const struct wls_chart *chart, const struct wls_buf *shapes,
		    const struct wls_buf *texts, struct wls_buf *out, struct wls_error *err)
{
	struct wls_slice svg = wls_buf_slice(shapes);
	size_t begin = wls_slice_find(svg, WLS_SLICE("<svg "));
	size_t close = begin == SIZE_MAX
			       ? SIZE_MAX
			       : wls_slice_find(wls_slice_from(svg, begin), WLS_SLICE(">"));
	size_t end = svg.len;
	while (end > 0 && !wls_slice_starts(wls_slice_from(svg, end - 1), WLS_SLICE("</svg>")))
		end--;
	if (close == SIZE_MAX || end == 0)
		return wls_error_set(err, WLS_E_UNSUPPORTED,
				     "libcairo wrote no SVG document; install libcairo2 again");
	end--;
	close += begin;
	wls_buf_add(out, svg.ptr, close);
	wls_buf_add_str(out, " role=\"img\" aria-labelledby=\"title description\">\n"
			     "<title id=\"title\">");
	add_escaped(out, chart->title);
	wls_buf_add_str(out, "</title>\n<desc id=\"description\">");
	add_escaped(out, chart->description);
	wls_buf_add_str(out, "</desc>");
	wls_buf_add(out, svg.ptr + close + 1, end - close - 1);
	wls_buf_add_str(out, "<g font-family=\"system-ui, sans-serif\">\n");
	wls_buf_add_slice(out, wls_buf_slice(texts));
	wls_buf_add_str(out, "</g>\n");
	wls_buf_add(out, svg.ptr + end, svg.len - end);
	return 0;
}

static void draw_chart(cairo_t *cairo, const struct wls_chart *chart, struct wls_buf *texts)
{
	static const struct text_style title = {18, &ink, "start", true};
	struct drawing d = {.cairo = cairo, .texts = texts};
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	add_text(&d, 16, 30, &title, chart->title);
	for (size_t i = 0; i < chart->panel_count; i++) {
		d.panel = &chart->panels[i];
		size_t row = i / COLUMNS, column = i % COLUMNS;
		d.x = (double)column * PANEL_WIDTH;
		d.y = TITLE_HEIGHT + (double)row * PANEL_HEIGHT;
		draw_panel(&d);
	}
}

static int chart(const struct wls_chart *chart, struct wls_buf *out, struct wls_error *err)
{
	struct wls_buf shapes _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_buf texts _cleanup_buf_ = WLS_BUF_INIT;
	size_t columns = chart->panel_count < COLUMNS ? 1 : COLUMNS;
	size_t rows = (chart->panel_count + COLUMNS - 1) / COLUMNS;
	cairo_surface_t *surface =
		cairo_svg_surface_create_for_stream(take, &shapes, (double)(columns * PANEL_WIDTH),
						    (double)(TITLE_HEIGHT + rows * PANEL_HEIGHT));
	cairo_t *cairo = cairo_create(surface);

	cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX);
	draw_chart(cairo, chart, &texts);
	cairo_status_t status = cairo_status(cairo);
	cairo_destroy(cairo);
	cairo_surface_finish(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (status != CAIRO_STATUS_SUCCESS)
		return wls_error_set(err, WLS_E_UNSUPPORTED, "cannot draw the chart: libcairo: %s",
				     cairo_status_to_string(status));
	return assemble(chart, &shapes, &texts, out, err);
}

extern const struct wls_draw_api wls_draw_module;

__attribute__((visibility("default"))) const struct wls_draw_api wls_draw_module = {
	.version = WLS_DRAW_VERSION,
	.chart = chart,
};
