/* SPDX-License-Identifier: MIT */
/*
 * Dates as logs write them, ages and lateness. UTC, no clock: now is a parameter.
 *
 * Layer: base. Includes: base, buf.
 */
#ifndef WLS_BASE_DATE_H
#define WLS_BASE_DATE_H

#include "wlsync/buf.h"

/* A moment, or a whole day when only its date is known. */
struct wls_moment {
	bool known;
	bool has_time;
	int64_t seconds; /* since 1970-01-01T00:00:00Z; of a day its start */
};

/* Days since 1970-01-01 of a date of the Gregorian calendar. */
int64_t wls_date_days(int year, unsigned month, unsigned day);

/*
 * Reads `YYYY-MM-DD[(T| )HH:MM[:SS][.fff][Z|±HH[:]MM]]`. Words may follow a date after
 * a blank or punctuation; impossible dates are not read.
 */
bool wls_moment_parse(struct wls_slice text, struct wls_moment *out);
/* The same from an entry's date and time, each possibly empty. */
struct wls_moment wls_moment_of(struct wls_slice date, struct wls_slice time);

/*
 * What a log means by `text`: an ISO date; a date in words ("Nov 20", "20 November 2025"),
 * without a year the first one on or after the day of `entry`; or a span ("24 hours",
 * "3 days") after `from`, else after `entry`. Anything else is text: false.
 */
bool wls_moment_resolve(struct wls_slice text, const struct wls_moment *from,
			const struct wls_moment *entry, struct wls_moment *out);
/* When a blocker should be gone: `eta` as above, counted from `requested`, else from the entry. */
bool wls_moment_eta(struct wls_slice eta, struct wls_slice requested,
		    const struct wls_moment *entry, struct wls_moment *out);

/* "2025-11-11", of the arena. */
const char *wls_moment_date(struct wls_arena *arena, const struct wls_moment *moment);
/* Whole days from a's date to b's date; negative when b is earlier. */
int64_t wls_moment_days(const struct wls_moment *a, const struct wls_moment *b);
/* "late 3 d", "late 5 h", or NULL when `due` is not past. A day is past when it is over. */
const char *wls_moment_late(struct wls_arena *arena, const struct wls_moment *due,
			    const struct wls_moment *now);
/* "today", "3 days ago", "in 2 days". */
const char *wls_moment_age(struct wls_arena *arena, const struct wls_moment *then,
			   const struct wls_moment *now);

#endif
