/* SPDX-License-Identifier: MIT */
/*
 * Figures: what is one, what it means, and what only looks like one.
 */
#include <criterion/criterion.h>

#include "wlsync/buf.h"
#include "wlsync/figure.h"

/* `<200 ms @3 {note}`: comparison, value, unit, version, note. */
static void describe(struct wls_buf *out, const struct wls_figure *f)
{
	const char *sign = wls_comparison_sign(f->comparison);
	if (!f->known) {
		wls_buf_printf(out, "?%.*s", WLS_SLICE_ARG(f->text));
	} else {
		wls_buf_printf(out, "%s%.15g", sign ? sign : "", f->value);
		if (f->unit.len > 0)
			wls_buf_printf(out, " %.*s", WLS_SLICE_ARG(f->unit));
	}
	if (f->version > 0)
		wls_buf_printf(out, " @%u", f->version);
	if (f->note.len > 0)
		wls_buf_printf(out, " {%.*s}", WLS_SLICE_ARG(f->note));
}

Test(figure, at_the_start)
{
	static const struct {
		const char *text;
		size_t len;
		const char *expected;
	} cases[] = {
		{"200ms", 5, "200 ms"},
		{"1.8s", 4, "1.8 s"},
		{"<200ms", 6, "<200 ms"},
		{"< 2s (current: 1.8s)", 4, "<2 s"},
		{"<= 5 min", 8, "<=5 min"},
		{"\xE2\x89\xA4"
		 "5m",
		 5, "<=5 m"},
		{">10k", 4, ">10000"},
		{">=99.9%", 7, ">=99.9 %"},
		{"~3x", 3, "~3 x"},
		{"85%", 3, "85 %"},
		{"85 %", 4, "85 %"},
		{"90% hit rate", 3, "90 %"},
		{"10k", 3, "10000"},
		{"10k+ listeners", 4, ">=10000"},
		{"1.5M", 4, "1500000"},
		{"1.5MB", 5, "1.5 MB"},
		{"100MB/s", 7, "100 MB/s"},
		{"1,000", 5, "1000"},
		{"12,345,678ms", 12, "12345678 ms"},
		{"-5%", 3, "-5 %"},
		{"+5%", 3, "5 %"},
		{"$1,200", 6, "1200 $"},
		{"\xE2\x82\xAC"
		 "5",
		 4, "5 \xE2\x82\xAC"},
		{"under 200ms", 11, "<200 ms"},
		{"At least 3 days", 15, ">=3 days"},
		{"0", 1, "0"},
		{"0.1", 3, "0.1"},
		{"123456789012345678", 18, "1.23456789012346e+17"},
		{"200ms.", 5, "200 ms"},
		{"200ms\xE2\x86\x92"
		 "3",
		 5, "200 ms"},
		{"5m /", 2, "5 m"},
		{"30 requests", 2, "30"},
		{"24 hours", 8, "24 hours"},
		{"95%+", 4, ">=95 %"},
		/* A time in several units, in the last of them. */
		{"1h 30m", 6, "90 m"},
		{"1h30m", 5, "90 m"},
		{"1 hr 5 min left", 10, "65 min"},
		{"2 hours and 5 minutes", 21, "125 minutes"},
		{"1d 2h 3m 4.5s", 13, "93784.5 s"},
		{"<1m 30s", 7, "<90 s"},
		{"-1h 30m", 7, "-90 m"},
		/* Two figures: not smaller, or as much as one of the larger. */
		{"30m 1h", 3, "30 m"},
		{"1h 90m", 2, "1 h"},
		{"1h 30", 2, "1 h"},
		{"1.5h 30m", 4, "1.5 h"},
		/* Blanks between thousands; but two numbers side by side are two. */
		{"1 234 KB", 8, "1234 KB"},
		{"12 300 (v1)", 6, "12300"},
		{"1\xC2\xA0"
		 "234\xE2\x80\xAF"
		 "567.5s",
		 15, "1234567.5 s"},
		{"2 100%", 1, "2"},
		{"12 34", 2, "12"},
		{"0 100", 1, "0"},
		{"1234 567", 4, "1234"},
		/* Zeros in front are no digits that count. */
		{"0.0000000000000000012", 21, "1.2e-18"},
		{"0000000000000000000000001", 25, "1"},
	};
	static const char *const none[] = {
		"",
		"<",
		"ms",
		"v3",
		"2FA",
		"3rd",
		"1-2h",
		"2025-11-10",
		"10:00",
		"1.2.3",
		"2/3",
		"5m/1h",
		"17-20",
		"5-minute",
		"1\xE2\x80\x93"
		"2",
		"200msx",
		"10_000",
		"1,2",
		"1000,000",
		"1,8s",
		"underneath 5",
		"9999999999999999999999999999999999999999999999",
		"1h 30m/x1",
		"10 000 rows",
		"1:30",
		"\xC3\xA9"
		"2",
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
		struct wls_figure figure = {0};
		size_t len = wls_figure_at(wls_slice_of(cases[i].text), &figure);
		describe(&out, &figure);
		cr_expect_eq(len, cases[i].len, "%s: %zu bytes", cases[i].text, len);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].expected, "%s", cases[i].text);
		cr_expect(wls_slice_eq(figure.text, wls_slice(cases[i].text, cases[i].len)));
	}
	for (size_t i = 0; i < WLS_ARRAY_SIZE(none); i++) {
		struct wls_figure figure;
		cr_expect_eq(wls_figure_at(wls_slice_of(none[i]), &figure), 0, "%s", none[i]);
	}
}

Test(figure, all_of_a_text)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{"", ""},
		{"Cache hit rate 85% (v3) vs 60% (v7) - what changed?", "85 % @3; 60 % @7"},
		{"200ms (v1) \xE2\x86\x92 180ms (v3, caching)", "200 ms @1; 180 ms @3 {caching}"},
		{"Memory leak (200MB\xE2\x86\x92"
		 "2GB over 2h)",
		 "200 MB; 2 GB; 2 h"},
		{"200ms->180ms=>90ms", "200 ms; 180 ms; 90 ms"},
		{"Redis tiered TTL (5m/1h/24h by data type)", ""},
		{"Redis 2h TTL for all data", "2 h"},
		{"In-memory LRU, 1000 items", "1000"},
		{"45% hit rate, too small", "45 %"},
		{"10k+ listeners, fixed with removeAllListeners() (v3)", ">=10000"},
		{"Elasticsearch for search (>10k products)", ">10000"},
		{"src/events/emitter.ts:89-110 - Added", ""},
		{"a.ts:145 and L45-89 and #12 and v14 and OAuth2", ""},
		{"2025-11-10 10:00 and 1.2.3 and planned for v17-20", ""},
		{"Access patterns > cache size", ""},
		{"Latency:200ms, ttl=5m", "200 ms; 5 m"},
		{"40%-50% or 5-10ms", ""},
		{"40% - 50% or 5-10ms", "40 %; 50 %"},
		{"a -5% b (-3%)", "-5 %; -3 %"},
		{"x-5% y", ""},
		{"85% (caching, v3)", "85 % @3 {caching}"},
		{"85% (a, v3, b)", "85 % {a, v3, b}"},
		{"85% (in v3)", "85 % @3"},
		{"85% (v7+)", "85 % @7"},
		{"85% (p99 (warm), v2)", "85 % @2 {p99 (warm)}"},
		{"85% (never closed", "85 %"},
		{"one, 2,3 and 4", "4"},
		{"1,000,000 users and $5", "1000000; 5 $"},
		/* The version beside a figure, in other forms. */
		{"80ms in v1 vs 120ms in v3", "80 ms @1; 120 ms @3"},
		{"10ms in v1, 20ms at v2.", "10 ms @1; 20 ms @2"},
		{"10ms @v1 \xE2\x86\x92 20ms @ v2", "10 ms @1; 20 ms @2"},
		{"10ms v1, 20ms v2", "10 ms @1; 20 ms @2"},
		{"10ms in v1 (cold), 20ms", "10 ms @1 {cold}; 20 ms"},
		{"10ms in v1 (v3)", "10 ms @1"},
		{"v1: 10ms, v2: 20ms", "10 ms @1; 20 ms @2"},
		{"v1 = 10ms; v2 = 20ms", "10 ms @1; 20 ms @2"},
		{"v1 10ms, v2 20ms", "10 ms @1; 20 ms @2"},
		{"was 10ms, then v2: 20ms but v3: 30ms", "10 ms; 20 ms @2; 30 ms @3"},
		{"v3:180ms", "180 ms @3"},
		/* Versions of something else, or of nothing certain. */
		{"Node v18: 10ms", "10 ms"},
		{"10ms in v2 of the API", "10 ms"},
		{"10ms in v1-v3, 10ms in v3+", "10 ms; 10 ms"},
		{"10ms in v1.2", "10 ms"},
		{"12 v2, 13 v3", "12; 13"},
		{"v1.2: 10ms", "10 ms"},
		{"v1 v2: 10ms", "10 ms"},
		{"ipv4: 10ms", "10 ms"},
		/* Nor of a number. */
		{"Size: 1 234 KB (v1) \xE2\x86\x92 900 KB (v2)", "1234 KB @1; 900 KB @2"},
		{"Phase 2 100% done", "2; 100 %"},
		{"tier 1 200ms", ""},
		{"ports 80 443 open", ""},
		{"p95 200ms, top10 100ms", "200 ms; 100 ms"},
		/* No half of a time. */
		{"took 1:30 min", ""},
		{"1:30 (v1)", ""},
		{"1h 30m (v1) \xE2\x86\x92 1h 45m (v2)", "90 m @1; 105 m @2"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
		struct wls_figure figure;
		size_t at = 0;
		while (wls_figure_next(wls_slice_of(cases[i].text), &at, &figure)) {
			wls_buf_add_str(&out, out.len > 0 ? "; " : "");
			describe(&out, &figure);
		}
		cr_expect_str_eq(wls_buf_str(&out), cases[i].expected, "%s: %s", cases[i].text,
				 wls_buf_str(&out));
		cr_expect_eq(at, strlen(cases[i].text));
	}
}

Test(figure, whole_text)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{"180ms (v3, caching)", "180 ms @3 {caching}"},
		{"v3: 180ms", "180 ms @3"},
		{"v3 = 180ms (warm)", "180 ms @3 {warm}"},
		{"v3 180ms", "180 ms @3"},
		{"slow (v1)", "?slow @1"},
		{"slow", "?slow"},
		{"", "?"},
		{"\xE2\x9C\x85 150ms", "150 ms"},
		{"150ms \xE2\x9C\x85", "150 ms"},
		{"about 180ms after caching (v3)", "~180 ms @3"},
		{"p99 of 180ms (v3)", "180 ms @3"},
		{"v3", "?v3"},
		{"1:30 (v1)", "?1:30 @1"},
		{"1h 30m (v1)", "90 m @1"},
		{"180ms in v3", "180 ms @3"},
		{"180ms v3", "180 ms @3"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
		struct wls_figure figure;
		wls_figure_parse(wls_slice_of(cases[i].text), &figure);
		describe(&out, &figure);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].expected, "%s: %s", cases[i].text,
				 wls_buf_str(&out));
	}
}

Test(figure, units)
{
	struct wls_figure a, b, c;
	wls_figure_at(WLS_SLICE("200ms"), &a);
	wls_figure_at(WLS_SLICE("180 MS"), &b);
	wls_figure_at(WLS_SLICE("180s"), &c);
	cr_expect(wls_figure_same_unit(&a, &b));
	cr_expect_not(wls_figure_same_unit(&a, &c));
}

/* Linear, whatever the text. */
Test(figure, hostile, .timeout = 20)
{
	static const char *const pieces[] = {"1 (",   "<",        "9",    "1,111,", "(",
					     "- -",   "v1 ",      "1% (", "1h 1m ", "1h ",
					     "v1 1 ", "1 in v1 ", "1:",   "1:1s "};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(pieces); i++) {
		_cleanup_buf_ struct wls_buf text = WLS_BUF_INIT;
		while (text.len < 400000)
			wls_buf_add_str(&text, pieces[i]);
		struct wls_figure figure;
		size_t at = 0, count = 0;
		while (wls_figure_next(wls_buf_slice(&text), &at, &figure))
			count++;
		cr_expect_leq(count, text.len);
		wls_figure_parse(wls_buf_slice(&text), &figure);
	}
}
