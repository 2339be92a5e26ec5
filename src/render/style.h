/* SPDX-License-Identifier: MIT */
/*
 * How terminal output looks: colour, symbols, width; and text made fit to be shown.
 *
 * Layer: render. Includes: base, buf.
 *
 * Invariants
 * - A colour only repeats what a word and a symbol already say.
 * - Text from files reaches a terminal only through wls_style_clean(): no control
 *   character, no direction override, no invalid byte passes it.
 */
#ifndef WLS_RENDER_STYLE_H
#define WLS_RENDER_STYLE_H

#include "wlsync/buf.h"

struct wls_style {
	bool color;
	bool ascii;     /* symbols of ASCII only; texts of users stay as they are */
	bool cut;       /* free text is cut at `width` (a terminal, or --width) */
	bool brief;     /* what is too much is summed up and counted (a terminal, without --all) */
	uint32_t width; /* cells of a line */
};

/* The longest output that a terminal gets in full. */
#define WLS_BRIEF_LINES 40u
/* From this width on, graph shows its table. */
#define WLS_WIDE 120u

enum wls_paint {
	WLS_PAINT_NONE,
	WLS_PAINT_OK,      /* cyan */
	WLS_PAINT_WAITING, /* yellow */
	WLS_PAINT_STALE,   /* magenta */
	WLS_PAINT_ERROR,   /* bold red */
	WLS_PAINT_DONE,    /* dim */
	WLS_PAINT_TITLE,   /* bold */
};

/* Name, Unicode, ASCII. */
#define WLS_GLYPH_TABLE(X)                                                                         \
	X(READY, "●", "*")                                                                         \
	X(WAITING, "○", "o")                                                                       \
	X(STALE, "~", "~")                                                                         \
	X(DANGLING, "?", "?")                                                                      \
	X(BLOCKED, "!", "!")                                                                       \
	X(DONE, "✓", "+")                                                                          \
	X(BRANCH, "├─ ", "|- ")                                                                    \
	X(LAST, "└─ ", "`- ")                                                                      \
	X(BAR, "│  ", "|  ")                                                                       \
	X(SPACE, "   ", "   ")                                                                     \
	X(FULL, "█", "#")                                                                          \
	X(EMPTY, "░", "-")                                                                         \
	X(ELLIPSIS, "…", "...")

enum wls_glyph {
#define X(name, unicode, ascii) WLS_GLYPH_##name,
	WLS_GLYPH_TABLE(X)
#undef X
};

const char *wls_style_glyph(const struct wls_style *style, enum wls_glyph glyph);

/* Adds `text`, painted when the style has colours and `paint` is one. */
void wls_style_paint(const struct wls_style *style, enum wls_paint paint, struct wls_slice text,
		     struct wls_buf *out);

/* The longest progress bar, in cells. */
#define WLS_BAR_MAX 64u
/* A bar of `cells` cells, `percent` of them full; -1 (none) is an empty text. */
struct wls_slice wls_style_bar(const struct wls_style *style, struct wls_arena *arena, int percent,
			       uint32_t cells);

/*
 * One line that may be shown: line endings and tabs become blanks; other control
 * characters, direction overrides and invalid bytes U+FFFD. `s` itself when it is
 * fit already. O(s).
 */
struct wls_slice wls_style_clean(struct wls_arena *arena, struct wls_slice s);

/* Bytes of `text` that stay before an ellipsis within `cells` cells; text.len when it fits. */
size_t wls_style_fit(const struct wls_style *style, struct wls_slice text, size_t cells);
/* `text` cut to `cells` cells, the last of them an ellipsis; `text` when it fits. */
struct wls_slice wls_style_cut(const struct wls_style *style, struct wls_arena *arena,
			       struct wls_slice text, size_t cells);

/* "1,960". */
const char *wls_style_count(struct wls_arena *arena, uint64_t n);
/* "1 dependency", "1,960 dependencies". */
const char *wls_style_plural(struct wls_arena *arena, uint64_t n, const char *one,
			     const char *many);

#endif
