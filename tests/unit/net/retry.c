/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "net/retry.h"

#define DATE "Sun, 06 Nov 1994 08:49:37 GMT"
#define DATE_SECONDS 784111777

Test(retry, dates)
{
	static const struct {
		const char *text;
		int64_t seconds;
	} cases[] = {
		{DATE, DATE_SECONDS},
		{"Sunday, 06-Nov-94 08:49:37 GMT", DATE_SECONDS},
		{"Sun Nov  6 08:49:37 1994", DATE_SECONDS},
		{"  " DATE "\r\n", DATE_SECONDS},
		{"Thu, 01 Jan 1970 00:00:00 GMT", 0},
		{"Tue, 29 Feb 2000 00:00:00 GMT", 951782400},
		{"Thu, 29 Feb 2024 23:59:60 GMT", 1709251200},
		{"Fri, 31 Dec 2100 23:59:59 GMT", 4133980799},
		{"Monday, 01-Jan-69 00:00:00 GMT", 3124224000},
		{"0", 0},
		{"120", 120},
		{"1731250000", 1731250000},
		{"", -1},
		{"-1", -1},
		{"1.5", -1},
		{"1e3", -1},
		{"12 s", -1},
		{"99999999999999999999999", -1},
		{"Sun, 06 Nov 1994 08:49:37", -1},
		{"Sun, 06 Nov 1994 08:49:37 CET", -1},
		{"Sun, 06 Nov 1994 08:49:37 GMT+1", -1},
		{"Sun, 6 Nov 1994 08:49:37 GMT", -1},
		{"Sun, 06 Foo 1994 08:49:37 GMT", -1},
		{"Sun, 00 Nov 1994 08:49:37 GMT", -1},
		{"Sun, 32 Nov 1994 08:49:37 GMT", -1},
		{"Sun, 06 Nov 1994 24:49:37 GMT", -1},
		{"Sun, 06 Nov 1994 08:60:37 GMT", -1},
		{"Sun, 06 Nov 1969 08:49:37 GMT", -1},
		{"Sun, ", -1},
		{", 06 Nov 1994 08:49:37 GMT", -1},
		{"Sun Nov 6", -1},
		{"tomorrow", -1},
		{"2025-11-14T12:00:00Z", -1},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		int64_t seconds = wls_http_date(wls_slice_of(cases[i].text));
		cr_expect_eq(seconds, cases[i].seconds, "%s: %lld", cases[i].text,
			     (long long)seconds);
	}
	/* Every prefix of a good date is none, and none is read beyond its end. */
	for (size_t len = 0; len < strlen(DATE); len++) {
		char *copy = wls_alloc(len + 1, 1);
		memcpy(copy, DATE, len);
		cr_expect_eq(wls_http_date(wls_slice(copy, len)), -1, "%zu", len);
		free(copy);
	}
}

struct retry_case {
	long status;
	bool repeatable, sent;
	uint32_t number, retries;
	const char *retry_after, *remaining, *reset, *message;
	bool no_date;
	double random;
	enum wls_next_step step;
	double seconds;
	bool secondary;
};

#define SECONDARY "You have exceeded a secondary rate limit. Please wait"

static const struct retry_case cases[] = {
	/* answers */
	{.status = 200, .step = WLS_STEP_TAKE},
	{.status = 304, .step = WLS_STEP_TAKE},
	{.status = 301, .step = WLS_STEP_TAKE},
	{.status = 401, .step = WLS_STEP_TAKE},
	{.status = 403, .step = WLS_STEP_TAKE},
	{.status = 403, .remaining = "4999", .reset = "784112777", .step = WLS_STEP_TAKE},
	{.status = 403, .message = "Issue is locked", .step = WLS_STEP_TAKE},
	{.status = 404, .retry_after = "60", .step = WLS_STEP_TAKE},
	{.status = 410, .step = WLS_STEP_TAKE},
	{.status = 422, .message = SECONDARY, .step = WLS_STEP_TAKE},
	/* the hourly limit */
	{.status = 403,
	 .remaining = "0",
	 .reset = "784112777",
	 .step = WLS_STEP_LIMIT,
	 .seconds = 1001},
	{.status = 403,
	 .remaining = "0",
	 .reset = "784111000",
	 .step = WLS_STEP_LIMIT,
	 .seconds = 1},
	{.status = 403,
	 .remaining = " 0 ",
	 .reset = "784111777",
	 .step = WLS_STEP_LIMIT,
	 .seconds = 1},
	{.status = 403, .remaining = "0", .reset = "junk", .step = WLS_STEP_LIMIT, .seconds = 60},
	{.status = 403,
	 .remaining = "0",
	 .reset = "784112777",
	 .no_date = true,
	 .step = WLS_STEP_LIMIT,
	 .seconds = 60},
	{.status = 403,
	 .message = "API rate limit exceeded for user",
	 .step = WLS_STEP_LIMIT,
	 .seconds = 60},
	{.status = 429, .reset = "784111877", .step = WLS_STEP_LIMIT, .seconds = 101},
	{.status = 429, .step = WLS_STEP_LIMIT, .seconds = 60},
	/* retry-after comes first */
	{.status = 403,
	 .retry_after = "5",
	 .remaining = "0",
	 .reset = "784112777",
	 .step = WLS_STEP_LIMIT,
	 .seconds = 5},
	{.status = 403,
	 .retry_after = "5",
	 .message = SECONDARY,
	 .step = WLS_STEP_LIMIT,
	 .seconds = 5,
	 .secondary = true},
	{.status = 429, .retry_after = "0", .step = WLS_STEP_LIMIT, .seconds = 0},
	{.status = 429,
	 .retry_after = "Sun, 06 Nov 1994 08:50:37 GMT",
	 .step = WLS_STEP_LIMIT,
	 .seconds = 60},
	{.status = 429,
	 .retry_after = "Sun, 06 Nov 1994 08:40:37 GMT",
	 .step = WLS_STEP_LIMIT,
	 .seconds = 0},
	{.status = 429,
	 .retry_after = "Sun, 06 Nov 1994 08:55:37 GMT",
	 .no_date = true,
	 .step = WLS_STEP_LIMIT,
	 .seconds = 60},
	{.status = 429, .retry_after = "-5", .step = WLS_STEP_LIMIT, .seconds = 60},
	/* secondary: the hour's reset says nothing about it */
	{.status = 403,
	 .message = SECONDARY,
	 .remaining = "4000",
	 .reset = "784112777",
	 .step = WLS_STEP_LIMIT,
	 .seconds = 60,
	 .secondary = true},
	{.status = 403,
	 .message = "Abuse detection mechanism",
	 .step = WLS_STEP_LIMIT,
	 .seconds = 60,
	 .secondary = true},
	{.status = 403,
	 .message = "was submitted too quickly",
	 .step = WLS_STEP_LIMIT,
	 .seconds = 60,
	 .secondary = true},
	{.status = 429,
	 .remaining = "9",
	 .reset = "784112777",
	 .step = WLS_STEP_LIMIT,
	 .seconds = 60,
	 .secondary = true},
	{.status = 403,
	 .message = SECONDARY,
	 .number = 3,
	 .step = WLS_STEP_LIMIT,
	 .seconds = 240,
	 .secondary = true},
	{.status = 403,
	 .message = SECONDARY,
	 .number = 4000000000u,
	 .step = WLS_STEP_LIMIT,
	 .seconds = 3600,
	 .secondary = true},
	/* a limit is told, whoever asked, and however often */
	{.status = 429, .sent = true, .step = WLS_STEP_LIMIT, .seconds = 60},
	{.status = 429, .number = 2, .retries = 1, .step = WLS_STEP_LIMIT, .seconds = 120},
	/* no answer, and bad ones */
	{.repeatable = true, .sent = true, .retries = 5, .step = WLS_STEP_RETRY, .seconds = 0.5},
	{.repeatable = true,
	 .sent = true,
	 .retries = 5,
	 .random = 1,
	 .step = WLS_STEP_RETRY,
	 .seconds = 1},
	{.repeatable = true,
	 .number = 4,
	 .retries = 5,
	 .random = 1,
	 .step = WLS_STEP_RETRY,
	 .seconds = 8},
	{.repeatable = true, .number = 5, .retries = 5, .step = WLS_STEP_RETRY, .seconds = 8},
	{.repeatable = true,
	 .number = 50,
	 .retries = 99,
	 .random = 1,
	 .step = WLS_STEP_RETRY,
	 .seconds = 60},
	{.repeatable = true, .sent = true, .number = 6, .retries = 5, .step = WLS_STEP_FAIL},
	{.repeatable = true, .sent = true, .step = WLS_STEP_FAIL},
	{.sent = true, .retries = 5, .step = WLS_STEP_UNCLEAR},
	{.sent = true, .number = 6, .retries = 5, .step = WLS_STEP_UNCLEAR},
	{.retries = 5, .step = WLS_STEP_RETRY, .seconds = 0.5},
	{.number = 6, .retries = 5, .step = WLS_STEP_FAIL},
	{.status = 500,
	 .repeatable = true,
	 .sent = true,
	 .retries = 1,
	 .step = WLS_STEP_RETRY,
	 .seconds = 0.5},
	{.status = 502, .repeatable = true, .sent = true, .step = WLS_STEP_FAIL},
	{.status = 502, .sent = true, .retries = 5, .step = WLS_STEP_UNCLEAR},
	{.status = 502, .retries = 5, .step = WLS_STEP_UNCLEAR},
	{.status = 408, .repeatable = true, .retries = 5, .step = WLS_STEP_RETRY, .seconds = 0.5},
	{.status = 408, .sent = true, .retries = 5, .step = WLS_STEP_UNCLEAR},
	{.status = 503,
	 .repeatable = true,
	 .retries = 5,
	 .retry_after = "30",
	 .step = WLS_STEP_RETRY,
	 .seconds = 30},
	{.status = 503,
	 .repeatable = true,
	 .retries = 5,
	 .retry_after = "0",
	 .step = WLS_STEP_RETRY,
	 .seconds = 0.5},
};

Test(retry, decide)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		const struct retry_case *c = &cases[i];
		struct wls_verdict_step v = wls_retry_decide(&(struct wls_attempt){
			.number = c->number ? c->number : 1,
			.retries = c->retries,
			.repeatable = c->repeatable,
			.sent = c->sent,
			.status = c->status,
			.retry_after = wls_slice_of(c->retry_after),
			.remaining = wls_slice_of(c->remaining),
			.reset = wls_slice_of(c->reset),
			.date = wls_slice_of(c->no_date ? NULL : DATE),
			.message = wls_slice_of(c->message),
			.random = c->random,
		});
		cr_expect_eq(v.step, c->step, "case %zu: step %d", i, (int)v.step);
		cr_expect_float_eq(v.seconds, c->seconds, 1e-9, "case %zu: %f s", i, v.seconds);
		cr_expect_eq(v.secondary, c->secondary, "case %zu", i);
	}
}
