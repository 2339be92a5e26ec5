/* SPDX-License-Identifier: MIT */
/*
 * Patterns in one line of text: versions, file references, verdicts, elements, phases, trends,
 * contradictions, targets.
 */
#include <criterion/criterion.h>

#include "wlsync/buf.h"
#include "wlsync/pattern.h"

struct text_case {
	const char *text, *expected;
};

typedef void describe_text(struct wls_buf *out, struct wls_slice text);

static void check_all(const struct text_case *cases, size_t count, describe_text *describe)
{
	for (size_t i = 0; i < count; i++) {
		_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
		describe(&out, wls_slice_of(cases[i].text));
		cr_expect_str_eq(wls_buf_str(&out), cases[i].expected,
				 "of <%s>:\n got <%s>\nwant <%s>", cases[i].text, wls_buf_str(&out),
				 cases[i].expected);
	}
}

#define CHECK(cases, describe) check_all((cases), WLS_ARRAY_SIZE(cases), (describe))

static void add_text(struct wls_buf *out, const char *name, struct wls_slice text)
{
	if (text.len > 0)
		wls_buf_printf(out, " %s=<%.*s>", name, WLS_SLICE_ARG(text));
}

static void add_versions(struct wls_buf *out, struct wls_versions v)
{
	if (v.first == 0)
		return;
	wls_buf_printf(out, " v%u", v.first);
	if (v.open)
		wls_buf_add_char(out, '+');
	else if (v.last != v.first)
		wls_buf_printf(out, "-%u", v.last);
}

static void add_mark(struct wls_buf *out, enum wls_mark mark)
{
	if (mark != WLS_MARK_NONE)
		wls_buf_printf(out, " %s", wls_mark_name(mark));
}

static void add_figure(struct wls_buf *out, const struct wls_figure *f)
{
	const char *sign = wls_comparison_sign(f->comparison);
	if (!f->known)
		wls_buf_printf(out, " ?%.*s", WLS_SLICE_ARG(f->text));
	else
		wls_buf_printf(out, " %s%.15g%.*s", sign ? sign : "", f->value,
			       WLS_SLICE_ARG(f->unit));
	if (f->version > 0)
		wls_buf_printf(out, "@%u", f->version);
	if (f->note.len > 0)
		wls_buf_printf(out, "{%.*s}", WLS_SLICE_ARG(f->note));
}

/* ---- versions ---- */

static void describe_versions(struct wls_buf *out, struct wls_slice text)
{
	struct wls_versions versions;
	for (size_t at = 0; wls_versions_next(text, &at, &versions);)
		add_versions(out, versions);
}

Test(pattern, versions)
{
	static const struct text_case cases[] = {
		{"", ""},
		{"v3", " v3"},
		{"(v5, v7, v9, v12)", " v5 v7 v9 v12"},
		{"v1-v3 and v7+", " v1-3 v7+"},
		{"planned for v17-20", " v17-20"},
		{"v17-20ms", " v17"},
		{"v5-3", " v5"},
		{"v1 \xE2\x80\x93 v3", " v1-3"},
		{"api/v2 checkout@v4 og-worklog-v5.png v0.1.2 rev3", ""},
		{"v1234567890", ""},
		{"V8", " v8"},
	};
	CHECK(cases, describe_versions);
}

/* ---- references ---- */

static void describe_references(struct wls_buf *out, struct wls_slice text)
{
	struct wls_reference r;
	for (size_t at = 0; wls_reference_next(text, &at, &r);) {
		wls_buf_printf(out, " %.*s", WLS_SLICE_ARG(r.path));
		if (r.first > 0)
			wls_buf_printf(out, ":%u-%u", r.first, r.last);
		cr_expect(r.at < r.end && r.end <= text.len);
		cr_expect_eq(r.end, at);
	}
}

Test(pattern, references)
{
	static const struct text_case cases[] = {
		{"", ""},
		{"src/events/emitter.ts:89-110 - Added cleanup", " src/events/emitter.ts:89-110"},
		{"Error handling in src/payments/stripe.ts:145-180",
		 " src/payments/stripe.ts:145-180"},
		{"Enhanced error handling in stripe.ts:145-180", " stripe.ts:145-180"},
		{"added src/auth/token.ts:1-40", " src/auth/token.ts:1-40"},
		{"a/b.c:7", " a/b.c:7-7"},
		{"a/b.c#L7-L9", " a/b.c:7-9"},
		{"`prisma/schema.prisma` (Database)", " prisma/schema.prisma"},
		{"`Node.js` and `a.c:3`", " Node.js a.c:3-3"},
		{"`a/b.c`:3-4", " a/b.c:3-4"},
		{"`npm run x` and `--flag`", ""},
		{"src/auth/* and prisma/*", " src/auth/* prisma/*"},
		{"Node.js, and/or, v1.2.3, 5m/1h/24h, docs/articles", ""},
		{"see src/a.ts, src/b.ts.", " src/a.ts src/b.ts"},
		{"https://example.org/a/b.html and me@x.org", ""},
		{"http://x.y/a.c:80 a/b.c", " a/b.c"},
		{"at 10:00 on 2025-11-10", ""},
		{"a/b.c:20-10", " a/b.c:20-20"},
		{"`unclosed a/b.c", " a/b.c"},
		{"src/a.ts:0", " src/a.ts"},
	};
	CHECK(cases, describe_references);
}

/* ---- hypotheses ---- */

static void describe_hypothesis(struct wls_buf *out, struct wls_slice text)
{
	struct wls_hypothesis h;
	wls_hypothesis_parse(text, &h);
	const char *verdict = wls_verdict_name(h.verdict);
	wls_buf_printf(out, "%.*s: %s", WLS_SLICE_ARG(h.text), verdict ? verdict : "-");
	add_text(out, "said", h.verdict_text);
	add_mark(out, h.mark);
	add_text(out, "because", h.evidence);
	add_versions(out, h.versions);
}

Test(pattern, hypotheses)
{
	static const struct text_case cases[] = {
		{"Large objects retained | Refuted | Heap snapshot clean (v2)",
		 "Large objects retained: refuted said=<Refuted> because=<Heap snapshot clean (v2)> v2"},
		{"Event listeners leak | \xE2\x9C\x85 Confirmed | 10k+ listeners, fixed with x() (v3)",
		 "Event listeners leak: confirmed said=<Confirmed> done "
		 "because=<10k+ listeners, fixed with x() (v3)> v3"},
		{"Circular references | Invalidated | H2 was root cause",
		 "Circular references: invalidated said=<Invalidated> because=<H2 was root cause>"},
		{"a | b | c | d", "a: - said=<b> because=<c | d>"},
		{"a | \xE2\x9D\x8C | c", "a: refuted failed because=<c>"},
		{"a | \xE2\x9D\x8C Confirmed", "a: confirmed said=<Confirmed> failed"},
		{"a | **Ruled out** by profiler | c",
		 "a: refuted said=<Ruled out** by profiler> because=<c>"},
		{"a | partially confirmed", "a: partial said=<partially confirmed>"},
		{"a | not confirmed", "a: - said=<not confirmed>"},
		{"a | notable", "a: - said=<notable>"},
		{"a |", "a |: -"},
		{"a - Refuted - b (v4)", "a: refuted said=<Refuted> because=<b (v4)> v4"},
		{"a \xE2\x80\x94 confirmed", "a: confirmed said=<confirmed>"},
		{"a - b - c", "a - b - c: -"},
		{"a \xE2\x9C\x85", "a: confirmed done"},
		{"\xF0\x9F\x94\x84 a", "a: open active"},
		{"a | testing", "a: open said=<testing>"},
		{"f(x | y) leaks | no | z", "f(x | y) leaks: refuted said=<no> because=<z>"},
		{"", ": -"},
	};
	CHECK(cases, describe_hypothesis);
}

/* ---- elements ---- */

static void describe_element(struct wls_buf *out, struct wls_slice text)
{
	struct wls_element e;
	wls_element_parse(text, &e);
	wls_buf_printf(out, "%.*s", WLS_SLICE_ARG(e.name));
	if (e.percent >= 0)
		wls_buf_printf(out, " %d%%", e.percent);
	add_mark(out, e.mark);
	if (e.priority != WLS_PRIORITY_NONE)
		wls_buf_printf(out, " %s", wls_priority_name(e.priority));
	if (e.planned)
		wls_buf_add_str(out, " planned");
	add_versions(out, e.versions);
	add_text(out, "files", e.files);
	add_text(out, "blocker", e.blocker);
	add_text(out, "note", e.note);
}

Test(pattern, elements)
{
	static const struct text_case cases[] = {
		{"JWT service", "JWT service"},
		{"\xE2\x9C\x85 User model", "User model done"},
		{"Password reset (50%) - Blocker: email provider decision pending",
		 "Password reset 50% blocker=<email provider decision pending>"},
		{"Password reset (50%) - waits", "Password reset 50% note=<waits>"},
		{"GC tuning (no effect)", "GC tuning note=<no effect>"},
		{"Auth system (src/auth/*) \xE2\x9C\x85", "Auth system done files=<src/auth/*>"},
		{"Auth (src/a.ts, src/b.ts)", "Auth files=<src/a.ts, src/b.ts>"},
		{"Product catalog (75% complete)", "Product catalog 75%"},
		{"Inventory tracking \xF0\x9F\x94\x84 (v14 in progress)",
		 "Inventory tracking active v14 note=<v14 in progress>"},
		{"Payment processing (planned for v17-20)", "Payment processing planned v17-20"},
		{"Persistence pending \xE2\x8F\xB3", "Persistence pending pending"},
		{"Caching layer (Redis)", "Caching layer note=<Redis>"},
		{"Payment webhook handler (HIGH priority)", "Payment webhook handler HIGH"},
		{"Auth layer 70% \xF0\x9F\x94\x84", "Auth layer 70% active"},
		{"Schema - 40%", "Schema 40%"},
		{"40%", "40%"},
		{"Coverage (85% of lines)", "Coverage note=<85% of lines>"},
		{"Over (120%)", "Over note=<120%>"},
		{"a (b (c)) (50%)", "a 50% note=<b (c)>"},
		{"(all of it)", "(all of it)"},
		{"a ))", "a ))"},
		{"- a", "- a"},
		{"", ""},
	};
	CHECK(cases, describe_element);
}

/* ---- phases ---- */

static void describe_phase(struct wls_buf *out, struct wls_slice text)
{
	struct wls_phase p;
	size_t bar = wls_slice_find(text, WLS_SLICE("|"));
	if (bar == SIZE_MAX)
		wls_phase_parse(text, wls_slice(NULL, 0), &p);
	else
		wls_phase_parse(wls_slice(text.ptr, bar), wls_slice_from(text, bar + 1), &p);
	wls_buf_printf(out, "%u %.*s", p.number, WLS_SLICE_ARG(p.name));
	add_versions(out, p.versions);
	add_mark(out, p.mark);
	add_text(out, "state", p.state);
	add_text(out, "date", p.date);
	if (p.percent >= 0)
		wls_buf_printf(out, " %d%%", p.percent);
}

Test(pattern, phases)
{
	static const struct text_case cases[] = {
		{"Phase 1: Foundation|(v1-v8) \xE2\x9C\x85 Completed Oct 15",
		 "1 Foundation v1-8 done state=<Completed> date=<Oct 15>"},
		{"Phase 2: Features|(v9-v16) \xF0\x9F\x94\x84 Current - 60% complete",
		 "2 Features v9-16 active state=<Current> 60%"},
		{"Phase 3: Scale|(v21+) \xE2\x8F\xB3 Planned",
		 "3 Scale v21+ pending state=<Planned>"},
		{"Phase 1: Foundation (v1-v8) \xE2\x9C\x85 Completed on Oct 15",
		 "1 Foundation v1-8 done state=<Completed> date=<Oct 15>"},
		{"Phase 4| - 20%", "4  20%"},
		{"Phase 4 \xE2\x80\x94 Polish", "4 Polish"},
		{"Phase 4: Polish|", "4 Polish"},
		{"Phase 1: A|(not started) yet", "1 A state=<(not started) yet>"},
	};
	CHECK(cases, describe_phase);
}

/* ---- figures with a name ---- */

static void add_finding(struct wls_buf *out, bool found, const struct wls_finding *f)
{
	if (!found) {
		wls_buf_add_str(out, "none");
		return;
	}
	wls_buf_printf(out, "%.*s:", WLS_SLICE_ARG(f->name));
	for (size_t i = 0; i < f->figure_count; i++)
		add_figure(out, &f->figures[i]);
	add_text(out, "remark", f->remark);
}

static void describe_trend(struct wls_buf *out, struct wls_slice text)
{
	struct wls_arena arena = {0};
	struct wls_finding f;
	bool found = wls_trend_parse(&arena, text, &f);
	add_finding(out, found, &f);
	wls_arena_release(&arena);
}

static void describe_contradiction(struct wls_buf *out, struct wls_slice text)
{
	struct wls_arena arena = {0};
	struct wls_finding f;
	bool found = wls_contradiction_parse(&arena, text, &f);
	add_finding(out, found, &f);
	wls_arena_release(&arena);
}

#define ARROW "\xE2\x86\x92"

Test(pattern, trends)
{
	static const struct text_case cases[] = {
		{"API latency: 200ms (v1) " ARROW " 180ms (v3, caching) " ARROW
		 " 250ms (v5, features) " ARROW " 150ms (v7, optimized)",
		 "API latency: 200ms@1 180ms@3{caching} 250ms@5{features} 150ms@7{optimized}"},
		{"Errors 12 (v1) -> 3 (v2)", "Errors: 12@1 3@2"},
		{"Size: v1: 5MB => v2: 4MB", "Size: 5MB@1 4MB@2"},
		{"Latency: slow (v1) " ARROW " 180ms (v3)", "Latency: ?slow@1 180ms@3"},
		{"Latency: 200ms (v1), 180ms (v3)", "Latency: 200ms@1 180ms@3"},
		{"Cache: 40% (v1, LRU " ARROW " Redis) " ARROW " 85% (v4)",
		 "Cache: 40%@1{LRU " ARROW " Redis} 85%@4"},
		{"Size: 5MB \xE2\x80\x9A\xC3\x9C\xC3\xAD 4MB", "Size: 5MB 4MB"},
		{"Proactive optimization > reactive firefighting", "none"},
		{"Docs: bad " ARROW " good", "none"},
		{"", "none"},
		{ARROW, "none"},
	};
	CHECK(cases, describe_trend);
}

Test(pattern, contradictions)
{
	static const struct text_case cases[] = {
		{"Cache hit rate 85% (v3) vs 60% (v7) - what changed?",
		 "Cache hit rate: 85%@3 60%@7 remark=<what changed?>"},
		{"Rate: 85% (v3) versus 60% (v7) vs. 70% (v9)", "Rate: 85%@3 60%@7 70%@9"},
		{"In 2 tests rate 85% vs 60% in 3", "In 2 tests rate: 85% 60% remark=<in 3>"},
		{"Rate 85% (v3), 60% (v7)", "Rate: 85%@3 60%@7"},
		{"Redis vs Memcached", "none"},
		{"Rate 85% (v3) vs much less", "none"},
		{"", "none"},
	};
	CHECK(cases, describe_contradiction);
}

static void describe_target(struct wls_buf *out, struct wls_slice text)
{
	struct wls_target t;
	if (!wls_target_parse(text, &t)) {
		wls_buf_add_str(out, "none");
		return;
	}
	wls_buf_printf(out, "%.*s:", WLS_SLICE_ARG(t.name));
	add_figure(out, &t.target);
	if (t.current.known) {
		wls_buf_add_str(out, " now");
		add_figure(out, &t.current);
	}
	add_mark(out, t.mark);
	add_text(out, "note", t.note);
}

Test(pattern, targets)
{
	static const struct text_case cases[] = {
		{"API Response: <200ms (current: 150ms \xE2\x9C\x85)",
		 "API Response: <200ms now 150ms done"},
		{"Page Load: <2s (current: 1.8s \xE2\x9C\x85)", "Page Load: <2s now 1.8s done"},
		{"Import of 10k products: <60s (current: 41s)",
		 "Import of 10k products: <60s now 41s"},
		{"Uptime >= 99.9% (currently 99.5% \xE2\x9D\x8C)",
		 "Uptime: >=99.9% now 99.5% failed"},
		{"Coverage: at least 90%, now 85%", "Coverage: >=90% now 85%"},
		{"Bundle: under 300kB (gzip)", "Bundle: <300kB note=<gzip>"},
		{"Bundle: 300kB (current: unknown)", "Bundle: 300kB"},
		{"Fast enough", "none"},
		{"", "none"},
	};
	CHECK(cases, describe_target);
}

/* ---- hostile texts ---- */

Test(pattern, hostile, .timeout = 30)
{
	static const char *const pieces[] = {
		"`",  "a/b.c:1 ", "(",   ")",  "()",    " - ",  " vs 1%", ARROW " 1",
		"| ", "v1-",      "@a ", ": ", "(v1) ", "a.b/", "1% ",
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(pieces); i++) {
		_cleanup_buf_ struct wls_buf text = WLS_BUF_INIT, out = WLS_BUF_INIT;
		while (text.len < 200000)
			wls_buf_add_str(&text, pieces[i]);
		describe_versions(&out, wls_buf_slice(&text));
		describe_references(&out, wls_buf_slice(&text));
		describe_hypothesis(&out, wls_buf_slice(&text));
		describe_element(&out, wls_buf_slice(&text));
		describe_phase(&out, wls_buf_slice(&text));
		describe_trend(&out, wls_buf_slice(&text));
		describe_contradiction(&out, wls_buf_slice(&text));
		describe_target(&out, wls_buf_slice(&text));
		cr_expect(out.len > 0);
	}
}
