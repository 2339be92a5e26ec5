/* SPDX-License-Identifier: MIT */
/*
 * Progress and waits, on stderr.
 *
 * On a terminal there is one line that is drawn over, after a second and at most ten times a second
 * from then on. Elsewhere nothing but waits that somebody might wonder about.
 *
 * Layer: cli. Includes: base, buf, net, render, cli/push.
 */
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "cli/push.h"
#include "net/http.h"

#define BAR_CELLS 20u
#define DRAW_AFTER 1.0    /* seconds */
#define DRAW_INTERVAL 0.1 /* seconds */
/* Shorter waits are not told where they cannot be taken back; longer ones again after a minute. */
#define TELL_FROM 5.0   /* seconds */
#define TELL_AGAIN 60.0 /* seconds */
/* Waits of one reason that are farther apart have nothing to do with each other. */
#define SERIES_GAP 10.0 /* seconds */

/* ---- interrupts ---- */

static volatile sig_atomic_t interrupted;

void wls_screen_interrupt(int signal_number)
{
	interrupted = signal_number;
}

int wls_screen_interrupted(void)
{
	return interrupted;
}

/* ---- drawing ---- */

void wls_screen_init(struct wls_screen *screen, const struct wls_cli *cli)
{
	const char *term = getenv("TERM");

	*screen = (struct wls_screen){
		.silent = cli->globals.quiet,
		.bar = !cli->globals.quiet && !cli->plain && isatty(STDERR_FILENO) == 1 && term &&
		       *term && strcmp(term, "dumb") != 0,
		.style = cli->style,
		.start = wls_http_clock(),
	};
}

void wls_screen_release(struct wls_screen *screen)
{
	wls_screen_clear(screen);
	wls_arena_release(&screen->arena);
}

void wls_screen_clear(struct wls_screen *screen)
{
	if (screen->visible)
		fputs("\r\033[K", stderr);
	screen->visible = false;
}

/* Draws one line in the place of the last one, cut to the terminal. */
static void draw(struct wls_screen *screen, struct wls_slice text)
{
	struct wls_style style = screen->style;

	style.cut = true;
	text = wls_style_clean(&screen->arena, text);
	text = wls_style_cut(&style, &screen->arena, text, style.width > 1 ? style.width - 1 : 1);
	fprintf(stderr, "\r\033[K%.*s", WLS_SLICE_ARG(text));
	fflush(stderr);
	screen->visible = true;
	wls_arena_release(&screen->arena);
}

void wls_screen_progress(struct wls_screen *screen, const struct wls_push_progress *progress)
{
	double now = wls_http_clock();

	if (!screen->bar || now - screen->start < DRAW_AFTER ||
	    now - screen->drawn < DRAW_INTERVAL || progress->total == 0)
		return;
	screen->drawn = now;
	int percent = (int)(progress->done * 100 / progress->total);
	struct wls_slice bar = wls_style_bar(&screen->style, &screen->arena,
					     percent > 100 ? 100 : percent, BAR_CELLS);
	draw(screen,
	     wls_slice_of(wls_arena_printf(&screen->arena, "%.*s %zu of %zu: %s",
					   WLS_SLICE_ARG(bar), progress->done, progress->total,
					   progress->what ? progress->what : "")));
}

/* " until 12:30:05 UTC", or nothing when that is not known or too near to matter. */
static const char *until(struct wls_screen *screen, const struct wls_http_wait *wait)
{
	time_t when = (time_t)wait->until;
	struct tm tm;
	char text[64];

	if (wait->until <= 0 || !gmtime_r(&when, &tm) ||
	    strftime(text, sizeof(text), " until %H:%M:%S UTC", &tm) == 0)
		return "";
	return wls_arena_printf(&screen->arena, "%s", text);
}

/* Notes the wait; whether it is another one, and not the rest of the last. */
static bool note_wait(struct wls_screen *screen, const struct wls_http_wait *wait, double now)
{
	char why[sizeof(screen->wait_why)];

	snprintf(why, sizeof(why), "%s", wait->why ? wait->why : "the server asks for it");
	bool other = strcmp(why, screen->wait_why) != 0;
	bool begins = other || wait->seconds > screen->wait_left;
	if (other || now - screen->wait_seen > SERIES_GAP) {
		screen->wait_begun = now;
		screen->wait_told = 0;
	}
	memcpy(screen->wait_why, why, sizeof(why));
	screen->wait_left = wait->seconds;
	screen->wait_seen = now;
	return begins;
}

/* Where nothing can be drawn over: what takes long, and once a minute that it still does. */
static bool should_tell(struct wls_screen *screen, const struct wls_http_wait *wait, double now)
{
	bool is_long = wait->seconds >= TELL_FROM || now - screen->wait_begun >= TELL_FROM;

	if (!is_long || (screen->wait_told > 0 && now - screen->wait_told < TELL_AGAIN))
		return false;
	screen->wait_told = now;
	return true;
}

void wls_screen_wait(struct wls_screen *screen, const struct wls_http_wait *wait)
{
	double now = wls_http_clock();
	bool begins = note_wait(screen, wait, now);

	if (screen->silent)
		return;
	if (screen->bar ? !begins && now - screen->drawn < DRAW_INTERVAL
			: !should_tell(screen, wait, now))
		return;
	screen->drawn = now;
	const char *text = wls_arena_printf(&screen->arena, "waiting %.0f s%s: %s", wait->seconds,
					    until(screen, wait), screen->wait_why);
	if (screen->bar)
		draw(screen, wls_slice_of(text));
	else
		wls_cli_say("%s", text);
	wls_arena_release(&screen->arena);
}

void wls_screen_line(struct wls_screen *screen, const char *text)
{
	wls_screen_clear(screen);
	wls_cli_say("%s", text);
}
