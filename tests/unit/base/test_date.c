/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdio.h>

#include "base/date.h"

static struct wls_moment moment(const char *text)
{
	struct wls_moment m = {0};

	cr_assert(wls_moment_parse(wls_slice_of(text), &m), "%s", text);
	return m;
}

static const struct {
	int year;
	unsigned month, day;
	int64_t days;
} civil[] = {
	{1970, 1, 1, 0},      {1969, 12, 31, -1},    {2000, 2, 29, 11016},  {2000, 3, 1, 11017},
	{1900, 3, 1, -25508}, {2025, 11, 14, 20406}, {2400, 2, 29, 157113}, {1, 1, 1, -719162},
};

Test(date, counts_days)
{
	struct wls_arena arena = {0};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(civil); i++) {
		int64_t days = wls_date_days(civil[i].year, civil[i].month, civil[i].day);
		struct wls_moment m = {.known = true, .seconds = days * 86400};
		char text[32];
		cr_expect_eq(days, civil[i].days, "%d-%u-%u", civil[i].year, civil[i].month,
			     civil[i].day);
		snprintf(text, sizeof(text), "%04d-%02u-%02u", civil[i].year, civil[i].month,
			 civil[i].day);
		cr_expect_str_eq(wls_moment_date(&arena, &m), text);
	}
	wls_arena_release(&arena);
}

/* Text, the moment in seconds since 2025-11-14T00:00:00Z, whether it has a time. */
static const struct {
	const char *text;
	int64_t seconds;
	bool has_time;
} iso[] = {
	{"2025-11-14", 0, false},
	{" 2025-11-14 ", 0, false},
	{"2025-11-14 12:30", 45000, true},
	{"2025-11-14T12:30", 45000, true},
	{"2025-11-14T12:30Z", 45000, true},
	{"2025-11-14T12:30:05Z", 45005, true},
	{"2025-11-14T12:30:05.250Z", 45005, true},
	{"2025-11-14T12:30:00+02:00", 37800, true},
	{"2025-11-14T12:30:00-0130", 50400, true},
	{"2025-11-14T12:30:00+02", 37800, true},
	{"2025-11-14 9:05", 32700, true},
	{"2025-11-14 (end of day)", 0, false},
	{"2025-11-14, if all goes well", 0, false},
	{"2025-11-14 EOD", 0, false},
};

static const char *const not_iso[] = {
	"",
	"soon",
	"2025-11",
	"2025-02-30",
	"2025-13-01",
	"2025-00-10",
	"2025-11-00",
	"25-11-14",
	"2025-11-145",
	"2025/11/14",
	"2025-11-14x",
	"2025-11-14-3",
	"2100-02-29",
	"2025-11-14Tnoon",
	"12:30",
	"20251114",
};

Test(date, reads_iso)
{
	struct wls_moment m;

	for (size_t i = 0; i < WLS_ARRAY_SIZE(iso); i++) {
		m = moment(iso[i].text);
		cr_expect_eq(m.seconds - INT64_C(20406) * 86400, iso[i].seconds, "%s: %lld",
			     iso[i].text, (long long)m.seconds - INT64_C(20406) * 86400);
		cr_expect_eq(m.has_time, iso[i].has_time, "%s", iso[i].text);
	}
	for (size_t i = 0; i < WLS_ARRAY_SIZE(not_iso); i++)
		cr_expect_not(wls_moment_parse(wls_slice_of(not_iso[i]), &m), "%s", not_iso[i]);
}

/* ETA, Requested, the entry's date and time, the day it means (NULL: text). */
static const struct {
	const char *eta, *requested, *date, *time, *day;
} etas[] = {
	{"2025-11-20", "", "2025-11-10", "", "2025-11-20"},
	{"2025-11-20 17:00", "", "", "", "2025-11-20"},
	{"24 hours", "2025-11-10 10:00", "2025-11-12", "", "2025-11-11"},
	{"24 hours", "", "2025-11-12", "23:30", "2025-11-13"},
	{"24 hours", "", "2025-11-12", "", "2025-11-13"},
	{"24h", "2025-11-10", "", "", "2025-11-11"},
	{"3 days", "Nov 10", "2025-11-12", "", "2026-11-13"},
	{"3 days", "Nov 10", "2025-11-09", "", "2025-11-13"},
	{"in 2 weeks", "", "2025-11-10", "", "2025-11-24"},
	{"~3d", "", "2025-11-10", "", "2025-11-13"},
	{"30 minutes", "2025-11-10 23:45", "", "", "2025-11-11"},
	{"1 month", "", "2025-11-01", "", "2025-12-01"},
	{"2 Days (maybe)", "", "2025-11-10", "", "2025-11-12"},
	{"Nov 20", "", "2025-11-10", "", "2025-11-20"},
	{"Nov 10", "", "2025-11-10", "18:00", "2025-11-10"},
	{"Nov 9", "", "2025-11-10", "", "2026-11-09"},
	{"November 20th", "", "2025-11-10", "", "2025-11-20"},
	{"20 nov", "", "2025-11-10", "", "2025-11-20"},
	{"20th of", "", "2025-11-10", "", NULL},
	{"Nov. 20, 2026", "", "2025-11-10", "", "2026-11-20"},
	{"20 November 2026", "", "", "", "2026-11-20"},
	{"Jan 2", "", "2025-12-30", "", "2026-01-02"},
	{"Feb 29", "", "2025-03-01", "", "2028-02-29"},
	{"Feb 30", "", "2025-03-01", "", NULL},
	{"Sept 1", "", "2025-03-01", "", "2025-09-01"},
	{"Ju 1", "", "2025-03-01", "", NULL},
	{"Nov 20", "", "", "", NULL},
	{"24 hours", "", "", "", NULL},
	{"24 hours after the audit", "", "2025-11-10", "", NULL},
	{"24-48 hours", "", "2025-11-10", "", NULL},
	{"tomorrow", "", "2025-11-10", "", NULL},
	{"11/20", "", "2025-11-10", "", NULL},
	{"99999999 days", "", "2025-11-10", "", NULL},
	{"", "2025-11-10", "2025-11-10", "", NULL},
	{"TBD", "2025-11-10", "2025-11-10", "", NULL},
};

Test(date, resolves_etas)
{
	struct wls_arena arena = {0};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(etas); i++) {
		struct wls_moment entry =
			wls_moment_of(wls_slice_of(etas[i].date), wls_slice_of(etas[i].time));
		struct wls_moment due;
		bool known = wls_moment_eta(wls_slice_of(etas[i].eta),
					    wls_slice_of(etas[i].requested), &entry, &due);
		const char *day = known ? wls_moment_date(&arena, &due) : "text";
		cr_expect_str_eq(day, etas[i].day ? etas[i].day : "text", "%s of %s: %s",
				 etas[i].eta, etas[i].date, day);
	}
	wls_arena_release(&arena);
}

static const struct {
	const char *due, *now, *late;
} lates[] = {
	{"2025-11-11", "2025-11-14T12:00:00Z", "late 3 d"},
	{"2025-11-11", "2025-11-14", "late 3 d"},
	{"2025-11-11 23:00", "2025-11-12 01:00", "late 1 d"},
	{"2025-11-14", "2025-11-14 23:59", NULL},
	{"2025-11-14 10:00", "2025-11-14 15:30", "late 5 h"},
	{"2025-11-14 10:00", "2025-11-14 10:30", NULL},
	{"2025-11-14 10:00", "2025-11-14", NULL},
	{"2025-11-15", "2025-11-14", NULL},
};

static const struct {
	const char *then, *now, *age;
} ages[] = {
	{"2025-11-14", "2025-11-14 12:00", "today"},
	{"2025-11-13 23:00", "2025-11-14", "1 day ago"},
	{"2025-10-14", "2025-11-14", "31 days ago"},
	{"2025-11-15", "2025-11-14", "in 1 day"},
	{"2025-11-16", "2025-11-14 12:00", "in 2 days"},
};

Test(date, tells_lateness_and_age)
{
	struct wls_arena arena = {0};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(lates); i++) {
		struct wls_moment due = moment(lates[i].due), now = moment(lates[i].now);
		const char *late = wls_moment_late(&arena, &due, &now);
		cr_expect_str_eq(late ? late : "-", lates[i].late ? lates[i].late : "-", "%s at %s",
				 lates[i].due, lates[i].now);
	}
	for (size_t i = 0; i < WLS_ARRAY_SIZE(ages); i++) {
		struct wls_moment then = moment(ages[i].then), now = moment(ages[i].now);
		cr_expect_str_eq(wls_moment_age(&arena, &then, &now), ages[i].age);
	}
	wls_arena_release(&arena);
}
