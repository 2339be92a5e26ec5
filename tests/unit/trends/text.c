/* SPDX-License-Identifier: MIT */
/*
 * Units, names, and which way is better.
 */
#include <criterion/criterion.h>

#include "wlsync/trends.h"

Test(text, units_are_normalised)
{
	static const struct {
		double value;
		const char *unit;
		const char *expected;
	} cases[] = {
		{1.8, "s", "1800 ms"},
		{200, "ms", "200 ms"},
		{200, "MS", "200 ms"},
		{250, "us", "0.25 ms"},
		{250, "\xC2\xB5s", "0.25 ms"},
		{250, "\xCE\xBCs", "0.25 ms"},
		{5, "ns", "5e-06 ms"},
		{2, "min", "120000 ms"},
		{5, "m", "300000 ms"},
		{2, "hours", "7200000 ms"},
		{1, "day", "86400000 ms"},
		{1, "week", "604800000 ms"},
		{85, "%", "85 %"},
		{85, "percent", "85 %"},
		{500, "KB", "0.5 MB"},
		{2, "GB", "2000 MB"},
		{2, "GiB", "2147.483648 MB"},
		{1024, "B", "0.001024 MB"},
		{100, "MB/s", "100 MB/s"},
		{500, "KB/sec", "0.5 MB/s"},
		{500, "rps", "500 req/s"},
		{500, "requests/s", "500 req/s"},
		{500, "req/min", "500 req/min"},
		{800, "kbps", "0.8 Mbit/s"},
		{2, "GHz", "2000 MHz"},
		{12, "$", "12 USD"},
		{3, "\xC3\x97", "3 x"},
		{60, "fps", "60 fps"},
		{60, "FPS", "60 fps"},
		{10000, "", "10000 "},
	};
	struct wls_arena arena = {0};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		double factor;
		const char *unit = wls_unit_normalise(&arena, wls_slice_of(cases[i].unit), &factor);
		const char *got =
			wls_arena_printf(&arena, "%.10g %s", cases[i].value * factor, unit);
		cr_expect_str_eq(got, cases[i].expected, "%s: %s", cases[i].unit, got);
	}
	wls_arena_release(&arena);
}

Test(text, which_way_is_better)
{
	static const struct {
		const char *name, *unit, *expected;
	} cases[] = {
		{"API latency", "ms", "lower"},
		{"p95", "ms", "lower"},
		{"Build time", "ms", "lower"},
		{"Page Load", "ms", "lower"},
		{"Checkout", "ms", "lower"},
		{"Bundle size", "MB", "lower"},
		{"Docker image size", "MB", "lower"},
		{"Memory", "MB", "lower"},
		{"Error rate", "%", "lower"},
		{"Cache miss rate", "%", "lower"},
		{"Bounce rate", "%", "lower"},
		{"Failed logins", "", "lower"},
		{"Cache hit rate", "%", "higher"},
		{"Success rate", "%", "higher"},
		{"Test coverage", "%", "higher"},
		{"Throughput", "MB/s", "higher"},
		{"Uptime", "%", "higher"},
		{"Checkout", "req/s", "higher"},
		{"Checkout", "MB/s", "higher"},
		{"Scrolling", "fps", "higher"},
		{"Lighthouse score", "", "higher"},
		{"memory hit rate", "%", "higher"},
		{"Cache size", "MB", NULL},
		{"Session timeout", "ms", NULL},
		{"Cache TTL", "ms", NULL},
		{"Rate limit", "req/s", NULL},
		{"Users", "", NULL},
		{"Customers", "%", NULL},
		{"Time remaining", "ms", NULL},
		/* What is free of something bad. */
		{"Error-free sessions", "%", "higher"},
		{"Crash-free users", "%", "higher"},
		{"failure free session rate", "%", "higher"},
		{"Zero-downtime deployments", "%", NULL},
		{"Ad-free users", "%", NULL},
		/* A rate is what it is of. */
		{"Rejection rate", "%", "lower"},
		{"Drop-off rate", "%", "lower"},
		{"Opt-out rate", "%", "lower"},
		{"Unsubscribe rate", "%", "lower"},
		{"Cancellation rate", "%", "lower"},
		{"Retry rate", "%", "lower"},
		{"False positive rate", "%", "lower"},
		{"Duplicate rate", "%", "lower"},
		{"Refund rate", "%", "lower"},
		{"Death rate", "%", "lower"},
		{"Complaint rate", "%", "lower"},
		{"Packet loss rate", "%", "lower"},
		{"Failure rate", "req/s", "lower"},
		{"Conversion rate", "%", "higher"},
		{"Frame rate", "fps", "higher"},
		{"click rate", "%", "higher"},
		{"Interest rate", "%", NULL},
		{"Heart rate", "", NULL},
		{"Response rate", "%", NULL},
		{"Request rate", "req/s", NULL},
		{"Compression ratio", "x", NULL},
		/* What turns it round. */
		{"Bugs fixed", "", NULL},
		{"Errors caught", "", NULL},
		{"Time saved", "ms", NULL},
		{"Cost savings", "USD", NULL},
		{"Latency reduction", "%", NULL},
		{"Memory saved", "MB", NULL},
		{"Free memory", "MB", NULL},
		{"Disk free", "MB", NULL},
		{"Total memory", "MB", NULL},
		{"MTBF", "ms", NULL},
		{"Mean time between failures", "ms", NULL},
		{"Time to failure", "ms", NULL},
		{"Time since last incident", "ms", NULL},
		{"MTTR", "ms", "lower"},
		{"Battery life", "ms", NULL},
		{"Time on page", "ms", NULL},
		{"Watch time", "ms", NULL},
		{"Session duration", "ms", NULL},
		{"Video length", "ms", NULL},
		{"Bandwidth usage", "MB/s", NULL},
		{"Load", "req/s", NULL},
		/* Two words that say different things. */
		{"Error handling coverage", "%", NULL},
		{"Fraud detection rate", "%", NULL},
		{"Crash recovery success rate", "%", NULL},
		{"Throughput loss", "%", NULL},
		{"Risk score", "", NULL},
		{"Failing tests", "", "lower"},
		{"Passing tests", "", "higher"},
		{"Open bugs", "", "lower"},
		{"Load time", "ms", "lower"},
		{"Cold start", "ms", "lower"},
		{"Audio latency", "ms", "lower"},
		{"/orders p95", "ms", "lower"},
		{"", "", NULL},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		const char *got =
			wls_better_name(wls_better_of(wls_slice_of(cases[i].name), cases[i].unit));
		cr_expect_str_eq(got ? got : "-", cases[i].expected ? cases[i].expected : "-",
				 "%s %s: %s", cases[i].name, cases[i].unit, got ? got : "-");
	}
}

/* `Hit rate=85%` for each figure, `>` behind one whose chain goes on. */
static void describe(const char *text, struct wls_buf *out)
{
	struct wls_named_scan scan = {.text = wls_slice_of(text)};
	struct wls_named named;
	while (wls_named_next(&scan, &named))
		wls_buf_printf(out, "%s%.*s=%.*s%s", out->len > 0 ? "; " : "",
			       WLS_SLICE_ARG(named.name), WLS_SLICE_ARG(named.figure.text),
			       named.earlier ? ">" : "");
}

Test(text, named_figures)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{"API latency: 200ms", "API latency=200ms"},
		{"Bundle size = 412KB", "Bundle size=412KB"},
		{"p95 latency is 180ms", "p95 latency=180ms"},
		{"p95 latency is now under 200ms", "p95 latency=under 200ms"},
		{"The cache hit rate reached 85%", "cache hit rate=85%"},
		{"cache hit rate 85%, error rate 0.5%", "cache hit rate=85%; error rate=0.5%"},
		{"API latency: 250ms \xE2\x86\x92 150ms", "API latency=250ms>; API latency=150ms"},
		{"API latency: 250ms -> 200ms -> 150ms",
		 "API latency=250ms>; API latency=200ms>; API latency=150ms"},
		{"reduced API latency from 250ms to 150ms",
		 "API latency=250ms>; API latency=150ms"},
		{"Build time down to 42s", "Build time=42s"},
		{"85% hit rate BUT stale data", "hit rate=85%"},
		{"Tests pass with 91% branch coverage", "branch coverage=91%"},
		{"Test coverage (current: 85%)", "Test coverage=85%"},
		{"Spam score below 2 (current: 1.4)", "Spam score=1.4"},
		{"Latency: <2s (now 1.4, cold 3s), errors: 3", "Latency=1.4; errors=3"},
		{"Test coverage: 85% (now)", "Test coverage=85%"},
		{"Works: throughput 500 req/s", "throughput=500 req/s"},
		{"Import of 10k rows: 41s", "Import of 10k rows=41s"},
		{"Errors: 12", "Errors=12"},
		{"error count 12", "error count=12"},
		{"**Memory usage:** 210MB over a night", "Memory usage=210MB"},
		/* Near misses. */
		{"Upgraded to v8.14.0 on 2025-11-10 at 14:00", ""},
		{"lines 45-89 of src/a.ts:145", ""},
		{"phases v1-v3 and 17-20", ""},
		{"Items: 12", ""},
		{"Retry after 30s", ""},
		{"API latency: 40% faster", ""},
		{"API latency reduced by 40%", ""},
		{"API latency: -20%", ""},
		{"API latency +5%", ""},
		{"API latency was 250ms", ""},
		{"API latency target: 200ms", ""},
		{"API latency (target: <200ms)", ""},
		{"API latency before: 250ms", ""},
		{"90% reduction in Friday incidents", ""},
		{"60% overall", ""},
		{"ETA: 24 hours", ""},
		{"Access token 15 minutes, refresh token 30 days", ""},
		/* Of a version, but not as it is read. */
		{"v1 latency: 200ms", ""},
		{"Latency in v1: 200ms", ""},
		{"Latency v1: 200ms", ""},
		{"Latency: 1:30 min", ""},
		{"see https://example.org/latency: 200ms", ""},
		{"", ""},
		{"200ms", ""},
		{": 200ms", ""},
		{"(((: 200ms", ""},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
		describe(cases[i].text, &out);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].expected, "%s: %s", cases[i].text,
				 wls_buf_str(&out));
	}
}

Test(text, a_preset_name_holds_at_the_start_only)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{"85%", "Hit rate=85%"},
		{"85% \xE2\x86\x92 90%", "Hit rate=85%>Hit rate=90%"},
		{"good, about 85%", ""},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_named_scan scan = {.text = wls_slice_of(cases[i].text),
					      .name = WLS_SLICE("Hit rate")};
		struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
		struct wls_named named;
		while (wls_named_next(&scan, &named))
			wls_buf_printf(&out, "%.*s=%.*s%s", WLS_SLICE_ARG(named.name),
				       WLS_SLICE_ARG(named.figure.text), named.earlier ? ">" : "");
		cr_expect_str_eq(wls_buf_str(&out), cases[i].expected, "%s: %s", cases[i].text,
				 wls_buf_str(&out));
	}
}
