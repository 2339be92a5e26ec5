/* SPDX-License-Identifier: MIT */
/*
 * Units: what each spelling is called, and how many of that it is.
 *
 * Layer: trends. Includes: base, buf, trends.
 */
#include "trends/trends_internal.h"

/* clang-format off */
#define ROW(written, unit, factor) {{(written), sizeof(written) - 1}, (unit), (factor)}
/* clang-format on */

#define MINUTE 60000.0
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Sizes are decimal, as disks and bundlers count; KiB and its kin are not. */
static const struct {
	struct wls_slice written; /* in lower case */
	const char *unit;
	double factor;
} units[] = {
	ROW("%", "%", 1),
	ROW("percent", "%", 1),
	ROW("ms", "ms", 1),
	ROW("ns", "ms", 1e-6),
	ROW("us", "ms", 1e-3),
	ROW("\xC2\xB5s", "ms", 1e-3),
	ROW("\xCE\xBCs", "ms", 1e-3),
	ROW("s", "ms", 1e3),
	ROW("sec", "ms", 1e3),
	ROW("secs", "ms", 1e3),
	ROW("second", "ms", 1e3),
	ROW("seconds", "ms", 1e3),
	ROW("m", "ms", MINUTE),
	ROW("min", "ms", MINUTE),
	ROW("mins", "ms", MINUTE),
	ROW("minute", "ms", MINUTE),
	ROW("minutes", "ms", MINUTE),
	ROW("h", "ms", HOUR),
	ROW("hrs", "ms", HOUR),
	ROW("hour", "ms", HOUR),
	ROW("hours", "ms", HOUR),
	ROW("d", "ms", DAY),
	ROW("day", "ms", DAY),
	ROW("days", "ms", DAY),
	ROW("w", "ms", 7 * DAY),
	ROW("week", "ms", 7 * DAY),
	ROW("weeks", "ms", 7 * DAY),
	ROW("b", "MB", 1e-6),
	ROW("bytes", "MB", 1e-6),
	ROW("kb", "MB", 1e-3),
	ROW("mb", "MB", 1),
	ROW("gb", "MB", 1e3),
	ROW("tb", "MB", 1e6),
	ROW("kib", "MB", 1.024e-3),
	ROW("mib", "MB", 1.048576),
	ROW("gib", "MB", 1073.741824),
	ROW("req/s", "req/s", 1),
	ROW("requests/s", "req/s", 1),
	ROW("rps", "req/s", 1),
	ROW("kbit/s", "Mbit/s", 1e-3),
	ROW("kbps", "Mbit/s", 1e-3),
	ROW("mbit/s", "Mbit/s", 1),
	ROW("mbps", "Mbit/s", 1),
	ROW("hz", "MHz", 1e-6),
	ROW("mhz", "MHz", 1),
	ROW("ghz", "MHz", 1e3),
	ROW("$", "USD", 1),
	ROW("usd", "USD", 1),
	ROW("\xE2\x82\xAC", "EUR", 1),
	ROW("eur", "EUR", 1),
	ROW("x", "x", 1),
	ROW("\xC3\x97", "x", 1),
};

static const char *find_unit(struct wls_slice written, double *factor)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(units); i++) {
		if (!wls_slice_eq_nocase(units[i].written, written))
			continue;
		*factor = units[i].factor;
		return units[i].unit;
	}
	return NULL;
}

/* In lower case, of the arena. */
static char *lowered(struct wls_arena *arena, struct wls_slice s)
{
	char *text = wls_arena_alloc(arena, s.len + 1);
	for (size_t i = 0; i < s.len; i++)
		text[i] = wls_lower(s.ptr[i]);
	return text;
}

const char *wls_unit_normalise(struct wls_arena *arena, struct wls_slice unit, double *factor)
{
	*factor = 1;
	unit = wls_slice_trim(unit);
	if (unit.len == 0)
		return "";
	const char *found = find_unit(unit, factor);
	if (found)
		return found;
	/* `MB/s`, `GB/min`: the size is normalised, what it is divided by stays. */
	size_t slash = wls_slice_find(unit, WLS_SLICE("/"));
	if (slash == SIZE_MAX)
		return lowered(arena, unit);
	struct wls_slice below = wls_slice_from(unit, slash);
	if (wls_slice_eq_nocase(below, WLS_SLICE("/sec")) ||
	    wls_slice_eq_nocase(below, WLS_SLICE("/second")))
		below = WLS_SLICE("/s");
	const char *above = find_unit(wls_slice(unit.ptr, slash), factor);
	if (!above)
		above = lowered(arena, wls_slice(unit.ptr, slash));
	return wls_arena_printf(arena, "%s%s", above, lowered(arena, below));
}
