/* SPDX-License-Identifier: MIT */
/*
 * Dates: reading, resolving, counting.
 *
 * Layer: base. Includes: base, buf.
 *
 * A date is counted in days since 1970 by the usual trick: the year starts in March, so
 * that the leap day is its last, and an era of 400 years has 146,097 days. Months in words are
 * known by their first three letters, in full or cut. What is ambiguous ("11/10", "next
 * Friday") is deliberately not guessed.
 */
#include "base/date.h"

#define DAY INT64_C(86400)

int64_t wls_date_days(int year, unsigned month, unsigned day)
{
	int64_t y = year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

static void civil_of(int64_t days, int *year, unsigned *month, unsigned *day)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	*day = (unsigned)(doy - (153 * mp + 2) / 5 + 1);
	*month = (unsigned)(mp < 10 ? mp + 3 : mp - 9);
	*year = (int)(yoe + era * 400 + (*month <= 2));
}

static bool is_date(int year, unsigned month, unsigned day)
{
	static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (month < 1 || month > 12 || day < 1)
		return false;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return day <= days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

/* ---- scanning ---- */

/* Takes between `least` and `most` digits off the front. */
static bool take_number(struct wls_slice *s, size_t least, size_t most, unsigned *out)
{
	size_t n = 0;
	unsigned value = 0;

	while (n < s->len && n < most && wls_is_digit(s->ptr[n]))
		value = value * 10 + (unsigned)(s->ptr[n++] - '0');
	if (n < least || (n < s->len && wls_is_digit(s->ptr[n])))
		return false;
	*s = wls_slice_from(*s, n);
	*out = value;
	return true;
}

static bool take_char(struct wls_slice *s, char c)
{
	if (s->len == 0 || *s->ptr != c)
		return false;
	*s = wls_slice_from(*s, 1);
	return true;
}

static struct wls_slice take_word(struct wls_slice *s)
{
	size_t n = 0;

	while (n < s->len && wls_is_alpha(s->ptr[n]))
		n++;
	struct wls_slice word = wls_slice(s->ptr, n);
	*s = wls_slice_from(*s, n);
	return word;
}

static void skip_blanks(struct wls_slice *s)
{
	while (take_char(s, ' ') || take_char(s, '\t'))
		;
}

/* Whether a phrase may end here: nothing follows, or a remark does. */
static bool at_remark(struct wls_slice s)
{
	struct wls_slice rest = wls_slice_trim(s);

	return rest.len == 0 || *rest.ptr == '(' || *rest.ptr == ',' || *rest.ptr == ';' ||
	       *rest.ptr == '.';
}

/* ---- ISO 8601 ---- */

/* `Z`, `+02:00`, `-0530`, or nothing; false when malformed. */
static bool take_zone(struct wls_slice *s, int64_t *offset)
{
	unsigned hours, minutes = 0;

	*offset = 0;
	if (take_char(s, 'Z') || s->len == 0 || (*s->ptr != '+' && *s->ptr != '-'))
		return true;
	int64_t sign = *s->ptr == '-' ? -1 : 1;
	*s = wls_slice_from(*s, 1);
	if (!(s->len >= 2 && wls_is_digit(s->ptr[0]) && wls_is_digit(s->ptr[1])))
		return false;
	hours = (unsigned)(s->ptr[0] - '0') * 10 + (unsigned)(s->ptr[1] - '0');
	*s = wls_slice_from(*s, 2);
	take_char(s, ':');
	if (s->len > 0 && wls_is_digit(*s->ptr) && !take_number(s, 2, 2, &minutes))
		return false;
	*offset = sign * ((int64_t)hours * 3600 + (int64_t)minutes * 60);
	return hours <= 23 && minutes <= 59;
}

/* `HH:MM[:SS][.fff][zone]` in seconds of its day. */
static bool take_time(struct wls_slice *s, int64_t *seconds)
{
	unsigned hour, minute, second = 0;
	int64_t offset;

	if (!take_number(s, 1, 2, &hour) || !take_char(s, ':') || !take_number(s, 2, 2, &minute))
		return false;
	if (take_char(s, ':') && !take_number(s, 2, 2, &second))
		return false;
	if (take_char(s, '.'))
		while (s->len > 0 && wls_is_digit(*s->ptr))
			*s = wls_slice_from(*s, 1);
	if (!take_zone(s, &offset) || hour > 24 || minute > 59 || second > 60)
		return false;
	*seconds = (int64_t)hour * 3600 + (int64_t)minute * 60 + second - offset;
	return true;
}

static bool take_date(struct wls_slice *s, int64_t *days)
{
	unsigned year, month, day;

	if (!take_number(s, 4, 4, &year) || !take_char(s, '-') || !take_number(s, 2, 2, &month) ||
	    !take_char(s, '-') || !take_number(s, 2, 2, &day) || !is_date((int)year, month, day))
		return false;
	*days = wls_date_days((int)year, month, day);
	return true;
}

bool wls_moment_parse(struct wls_slice text, struct wls_moment *out)
{
	struct wls_slice s = wls_slice_trim(text);
	int64_t days, seconds;

	if (!take_date(&s, &days))
		return false;
	if (s.len > 0 && (wls_is_alnum(*s.ptr) || *s.ptr == '-') && *s.ptr != 'T')
		return false;
	*out = (struct wls_moment){.known = true, .seconds = days * DAY};
	if (s.len == 0)
		return true;
	bool strict = take_char(&s, 'T');
	skip_blanks(&s);
	if (take_time(&s, &seconds)) {
		out->has_time = true;
		out->seconds += seconds;
		return true;
	}
	return !strict;
}

struct wls_moment wls_moment_of(struct wls_slice date, struct wls_slice time)
{
	struct wls_moment moment = {0};
	int64_t seconds;

	if (!wls_moment_parse(date, &moment))
		return (struct wls_moment){0};
	if (take_time(&time, &seconds)) {
		moment.has_time = true;
		moment.seconds += seconds;
	}
	return moment;
}

/* ---- words ---- */

static unsigned month_of(struct wls_slice word)
{
	static const char *const months[] = {
		"january", "february", "march",     "april",   "may",      "june",
		"july",    "august",   "september", "october", "november", "december",
	};

	for (unsigned i = 0; word.len >= 3 && i < WLS_ARRAY_SIZE(months); i++)
		if (wls_slice_starts_nocase(wls_slice_of(months[i]), word))
			return i + 1;
	return wls_slice_eq_nocase(word, WLS_SLICE("sept")) ? 9 : 0;
}

/* "st", "nd", "rd", "th" after a day. */
static void skip_ordinal(struct wls_slice *s)
{
	static const char *const endings[] = {"st", "nd", "rd", "th"};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(endings); i++)
		if (wls_slice_starts_nocase(*s, wls_slice_of(endings[i]))) {
			*s = wls_slice_from(*s, 2);
			return;
		}
}

/* Month and day in either order: "Nov 20", "November 20th", "20 Nov". */
static bool take_month_day(struct wls_slice *s, unsigned *month, unsigned *day)
{
	bool day_first = s->len > 0 && wls_is_digit(*s->ptr);

	if (day_first && !take_number(s, 1, 2, day))
		return false;
	if (day_first)
		skip_ordinal(s);
	skip_blanks(s);
	*month = month_of(take_word(s));
	take_char(s, '.');
	skip_blanks(s);
	if (!day_first && !take_number(s, 1, 2, day))
		return false;
	if (!day_first)
		skip_ordinal(s);
	return *month != 0;
}

/* The year after a date in words; 0 when there is none. */
static unsigned take_year(struct wls_slice *s)
{
	struct wls_slice rest = *s;
	unsigned year = 0;

	take_char(&rest, ',');
	skip_blanks(&rest);
	if (!take_number(&rest, 4, 4, &year))
		return 0;
	*s = rest;
	return year;
}

static bool resolve_words(struct wls_slice s, const struct wls_moment *entry,
			  struct wls_moment *out)
{
	unsigned month, day, year;
	int first = 0;

	if (!take_month_day(&s, &month, &day))
		return false;
	year = take_year(&s);
	if (!at_remark(s) || (year == 0 && !entry->known))
		return false;
	int64_t from = entry->seconds / DAY - (entry->seconds % DAY < 0);
	if (year == 0)
		civil_of(from, &first, &(unsigned){0}, &(unsigned){0});
	/* A leap day may be up to eight years away. */
	for (int y = year ? (int)year : first; y <= (year ? (int)year : first + 8); y++) {
		if (!is_date(y, month, day))
			continue;
		int64_t days = wls_date_days(y, month, day);
		if (year == 0 && days < from)
			continue;
		*out = (struct wls_moment){.known = true, .seconds = days * DAY};
		return true;
	}
	return false;
}

/* Seconds of a unit of time, 0 when it is none; a month has 30 days. */
static int64_t unit_of(struct wls_slice word)
{
	static const struct {
		const char *name;
		int64_t seconds;
	} units[] = {
		{"m", 60},         {"min", 60},        {"mins", 60},        {"minute", 60},
		{"minutes", 60},   {"h", 3600},        {"hr", 3600},        {"hrs", 3600},
		{"hour", 3600},    {"hours", 3600},    {"d", DAY},          {"day", DAY},
		{"days", DAY},     {"w", 7 * DAY},     {"wk", 7 * DAY},     {"wks", 7 * DAY},
		{"week", 7 * DAY}, {"weeks", 7 * DAY}, {"month", 30 * DAY}, {"months", 30 * DAY},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(units); i++)
		if (wls_slice_eq_nocase(word, wls_slice_of(units[i].name)))
			return units[i].seconds;
	return 0;
}

static bool resolve_span(struct wls_slice s, const struct wls_moment *from, struct wls_moment *out)
{
	unsigned n;

	if (wls_slice_starts_nocase(s, WLS_SLICE("in ")))
		s = wls_slice_from(s, 3);
	take_char(&s, '~');
	skip_blanks(&s);
	if (!take_number(&s, 1, 6, &n))
		return false;
	skip_blanks(&s);
	int64_t unit = unit_of(take_word(&s));
	if (unit == 0 || !at_remark(s) || !from->known)
		return false;
	*out = *from;
	out->seconds += (int64_t)n * unit;
	return true;
}

bool wls_moment_resolve(struct wls_slice text, const struct wls_moment *from,
			const struct wls_moment *entry, struct wls_moment *out)
{
	struct wls_slice s = wls_slice_trim(text);

	return wls_moment_parse(s, out) || resolve_words(s, entry, out) ||
	       resolve_span(s, from->known ? from : entry, out);
}

bool wls_moment_eta(struct wls_slice eta, struct wls_slice requested,
		    const struct wls_moment *entry, struct wls_moment *out)
{
	struct wls_moment from = {0};

	if (!wls_moment_resolve(requested, entry, entry, &from))
		from.known = false;
	return wls_moment_resolve(eta, &from, entry, out);
}

/* ---- showing ---- */

static int64_t day_of(const struct wls_moment *moment)
{
	return moment->seconds / DAY - (moment->seconds % DAY < 0);
}

const char *wls_moment_date(struct wls_arena *arena, const struct wls_moment *moment)
{
	int year;
	unsigned month, day;

	civil_of(day_of(moment), &year, &month, &day);
	return wls_arena_printf(arena, "%04d-%02u-%02u", year, month, day);
}

int64_t wls_moment_days(const struct wls_moment *a, const struct wls_moment *b)
{
	return day_of(b) - day_of(a);
}

const char *wls_moment_late(struct wls_arena *arena, const struct wls_moment *due,
			    const struct wls_moment *now)
{
	int64_t days = wls_moment_days(due, now);

	if (!due->known || !now->known || days < 0)
		return NULL;
	if (days > 0)
		return wls_arena_printf(arena, "late %lld d", (long long)days);
	int64_t hours = (now->seconds - due->seconds) / 3600;
	if (!due->has_time || !now->has_time || hours < 1)
		return NULL;
	return wls_arena_printf(arena, "late %lld h", (long long)hours);
}

const char *wls_moment_age(struct wls_arena *arena, const struct wls_moment *then,
			   const struct wls_moment *now)
{
	int64_t days = wls_moment_days(then, now);

	if (days == 0)
		return "today";
	if (days < 0)
		return wls_arena_printf(arena, "in %lld day%s", (long long)-days,
					days == -1 ? "" : "s");
	return wls_arena_printf(arena, "%lld day%s ago", (long long)days, days == 1 ? "" : "s");
}
