/* SPDX-License-Identifier: MIT */
/*
 * The verdict on an attempt, and HTTP dates.
 *
 * Layer: net. Includes: base, net/retry.
 *
 *   answer                  first of these that holds        verdict
 *   none, 408, 5xx          tries used up                    FAIL (sent, not repeatable: UNCLEAR)
 *                           never sent, or repeatable        RETRY, or retry-after when longer
 *                           else                             UNCLEAR
 *   429, 403 of a limit     retry-after                      LIMIT, that long
 *                           a secondary limit's message      LIMIT, 60 s doubled
 *                           remaining 0 or unknown, reset    LIMIT, reset less Date
 *                           else                             LIMIT, 60 s doubled
 *   anything else                                            TAKE
 */
#include "net/retry.h"

#define BACKOFF_FIRST 1.0
#define BACKOFF_MAX 60.0
#define LIMIT_FIRST 60.0
#define LIMIT_MAX 3600.0
/* No server means more; keeps sums far from overflow. */
#define SECONDS_MAX ((int64_t)1 << 40)

/* `first` doubled for every try after the first, at most `max`. */
static double doubled(double first, uint32_t number, double max)
{
	double seconds = first;
	for (uint32_t i = 1; i < number && seconds < max; i++)
		seconds *= 2;
	return seconds < max ? seconds : max;
}

/* A whole decimal number, or -1. */
static int64_t parse_number(struct wls_slice s)
{
	int64_t n = 0;
	if (s.len == 0)
		return -1;
	for (size_t i = 0; i < s.len; i++) {
		if (!wls_is_digit(s.ptr[i]))
			return -1;
		n = n * 10 + (s.ptr[i] - '0');
		if (n > SECONDS_MAX)
			return -1;
	}
	return n;
}

/* ---- dates ---- */

/* What is left of a text that is taken apart from its start; `ok` once it stops fitting. */
struct reader {
	struct wls_slice rest;
	bool ok;
};

static void take_char(struct reader *r, char c)
{
	r->ok = r->ok && r->rest.len > 0 && r->rest.ptr[0] == c;
	if (r->ok)
		r->rest = wls_slice_from(r->rest, 1);
}

/* Exactly `digits` digits; with `padded` the first may be a blank. */
static int64_t take_digits(struct reader *r, size_t digits, bool padded)
{
	struct wls_slice s = wls_slice(r->rest.ptr, digits);
	r->ok = r->ok && r->rest.len >= digits;
	if (!r->ok)
		return 0;
	r->rest = wls_slice_from(r->rest, digits);
	if (padded && s.ptr[0] == ' ')
		s = wls_slice_from(s, 1);
	int64_t n = parse_number(s);
	r->ok = n >= 0;
	return n;
}

/* The place of the next three letters in `names`, from 0. */
static int64_t take_name(struct reader *r, const char *names)
{
	r->ok = r->ok && r->rest.len >= 3;
	for (size_t i = 0; r->ok && names[i]; i += 3) {
		if (memcmp(names + i, r->rest.ptr, 3) == 0) {
			r->rest = wls_slice_from(r->rest, 3);
			return (int64_t)(i / 3);
		}
	}
	r->ok = false;
	return 0;
}

struct moment {
	int64_t year, month, day, hour, minute, second; /* month from 0 */
};

static void take_time(struct reader *r, struct moment *m)
{
	m->hour = take_digits(r, 2, false);
	take_char(r, ':');
	m->minute = take_digits(r, 2, false);
	take_char(r, ':');
	m->second = take_digits(r, 2, false);
}

#define MONTHS "JanFebMarAprMayJunJulAugSepOctNovDec"

/* Days since 1970-01-01, by the proleptic Gregorian calendar (years from March). */
static int64_t days_of(const struct moment *m)
{
	int64_t month = m->month + 1;
	int64_t year = m->year - (month <= 2);
	int64_t era = year / 400, of_era = year % 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + m->day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int64_t seconds_of(const struct reader *r, const struct moment *m)
{
	if (!r->ok || r->rest.len > 0 || m->year < 1970 || m->day < 1 || m->day > 31 ||
	    m->hour > 23 || m->minute > 59 || m->second > 60)
		return -1;
	return days_of(m) * 86400 + m->hour * 3600 + m->minute * 60 + m->second;
}

/* "Sun Nov  6 08:49:37 1994", after the day's name. */
static int64_t parse_asctime(struct wls_slice s)
{
	struct reader r = {s, true};
	struct moment m = {0};
	take_char(&r, ' ');
	m.month = take_name(&r, MONTHS);
	take_char(&r, ' ');
	m.day = take_digits(&r, 2, true);
	take_char(&r, ' ');
	take_time(&r, &m);
	take_char(&r, ' ');
	m.year = take_digits(&r, 4, false);
	return seconds_of(&r, &m);
}

/* "06 Nov 1994 08:49:37 GMT", or with hyphens and two digits of the year. */
static int64_t parse_dated(struct wls_slice s)
{
	struct reader r = {s, true};
	struct moment m = {0};
	m.day = take_digits(&r, 2, false);
	char between = r.rest.len > 0 && r.rest.ptr[0] == '-' ? '-' : ' ';
	take_char(&r, between);
	m.month = take_name(&r, MONTHS);
	take_char(&r, between);
	m.year = take_digits(&r, between == '-' ? 2 : 4, false);
	if (between == '-')
		m.year += m.year < 70 ? 2000 : 1900;
	take_char(&r, ' ');
	take_time(&r, &m);
	if (!r.ok || !wls_slice_eq(r.rest, WLS_SLICE(" GMT")))
		return -1;
	r.rest.len = 0;
	return seconds_of(&r, &m);
}

int64_t wls_http_date(struct wls_slice text)
{
	struct wls_slice s = wls_slice_trim(text);
	int64_t number = parse_number(s);
	if (number >= 0)
		return number;
	size_t comma = wls_slice_find(s, WLS_SLICE(", "));
	if (comma != SIZE_MAX && comma >= 3)
		return parse_dated(wls_slice_from(s, comma + 2));
	return s.len > 3 ? parse_asctime(wls_slice_from(s, 3)) : -1;
}

/* ---- the verdict ---- */

/* Seconds that retry-after asks for, or -1. A date needs the server's own to compare with. */
static double retry_after(const struct wls_attempt *a)
{
	struct wls_slice s = wls_slice_trim(a->retry_after);
	int64_t seconds = parse_number(s);
	if (seconds >= 0)
		return (double)seconds;
	int64_t until = wls_http_date(s), now = wls_http_date(a->date);
	if (until < 0 || now < 0)
		return -1;
	return until > now ? (double)(until - now) : 0;
}

/* Seconds to the reset, never under one, or -1. One more than the difference: both are cut. */
static double until_reset(const struct wls_attempt *a)
{
	int64_t reset = wls_http_date(a->reset), now = wls_http_date(a->date);
	if (reset <= 0 || now < 0)
		return -1;
	return reset > now ? (double)(reset - now + 1) : 1;
}

static bool contains_nocase(struct wls_slice s, struct wls_slice needle)
{
	for (size_t i = 0; i + needle.len <= s.len; i++)
		if (wls_slice_starts_nocase(wls_slice_from(s, i), needle))
			return true;
	return false;
}

static bool names_secondary(struct wls_slice message)
{
	return contains_nocase(message, WLS_SLICE("secondary rate")) ||
	       contains_nocase(message, WLS_SLICE("abuse")) ||
	       contains_nocase(message, WLS_SLICE("submitted too quickly"));
}

static bool is_limit(const struct wls_attempt *a)
{
	if (a->status == 429)
		return true;
	if (a->status != 403)
		return false;
	return retry_after(a) >= 0 || names_secondary(a->message) ||
	       parse_number(wls_slice_trim(a->remaining)) == 0 ||
	       contains_nocase(a->message, WLS_SLICE("rate limit exceeded"));
}

static struct wls_verdict_step decide_limit(const struct wls_attempt *a)
{
	int64_t remaining = parse_number(wls_slice_trim(a->remaining));
	struct wls_verdict_step v = {.step = WLS_STEP_LIMIT};
	v.secondary = names_secondary(a->message) || remaining > 0;
	v.seconds = retry_after(a);
	if (v.seconds < 0 && !v.secondary)
		v.seconds = until_reset(a);
	if (v.seconds < 0)
		v.seconds = doubled(LIMIT_FIRST, a->number, LIMIT_MAX);
	return v;
}

static struct wls_verdict_step decide_fault(const struct wls_attempt *a)
{
	bool safe = a->repeatable || !(a->sent || a->status > 0);
	if (!safe)
		return (struct wls_verdict_step){.step = WLS_STEP_UNCLEAR};
	if (a->number > a->retries)
		return (struct wls_verdict_step){.step = WLS_STEP_FAIL};
	struct wls_verdict_step v = {.step = WLS_STEP_RETRY};
	v.seconds = doubled(BACKOFF_FIRST, a->number, BACKOFF_MAX) * (0.5 + a->random / 2);
	double asked = retry_after(a);
	if (asked > v.seconds)
		v.seconds = asked;
	return v;
}

struct wls_verdict_step wls_retry_decide(const struct wls_attempt *attempt)
{
	if (is_limit(attempt))
		return decide_limit(attempt);
	if (attempt->status == 0 || attempt->status == 408 || attempt->status >= 500)
		return decide_fault(attempt);
	return (struct wls_verdict_step){.step = WLS_STEP_TAKE};
}
