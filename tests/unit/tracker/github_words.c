/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <string.h>

#include "github_fixture.h"

/* ---- the lease ---- */

struct lease_case {
	const char *text, *holder;
	int64_t expires;
};

static const struct lease_case leases[] = {
	{"runner-7 expires 2026-11-22T19:50:00Z", "runner-7", 1795377000},
	{"a b expires c expires 1970-01-01T00:00:01Z", "a b expires c", 1},
	{" expires 2026-11-22T19:50:00Z", "", 1795377000},
	{"x expires 2024-02-29T23:59:59Z", "x", 1709251199},
	{"x expires 2000-03-01T00:00:00Z", "x", 951868800},
	{"x expires 9999-12-31T23:59:59Z", "x", INT64_C(253402300799)},
	{"x expires 2023-02-29T00:00:00Z", NULL, 0},
	{"x expires 1900-01-01T00:00:00Z", NULL, 0},
	{"x expires 2026-13-01T00:00:00Z", NULL, 0},
	{"x expires 2026-00-01T00:00:00Z", NULL, 0},
	{"x expires 2026-11-00T00:00:00Z", NULL, 0},
	{"x expires 2026-11-31T00:00:00Z", NULL, 0},
	{"x expires 2026-11-22T24:00:00Z", NULL, 0},
	{"x expires 2026-11-22T23:60:00Z", NULL, 0},
	{"x expires 2026-11-22T23:59:60Z", NULL, 0},
	{"x expires 2026-11-22T19:50:00", NULL, 0},
	{"x expires 2026-11-22T19:50:00Z ", NULL, 0},
	{"x expires 2026-11-22 19:50:00Z", NULL, 0},
	{"x expires +026-11-22T19:50:00Z", NULL, 0},
	{"x expires ", NULL, 0},
	{"x expires2026-11-22T19:50:00Z", NULL, 0},
	{"do not touch", NULL, 0},
	{"", NULL, 0},
};

Test(github_words, leases)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(leases); i++) {
		const struct lease_case *c = &leases[i];
		struct wls_lease out;
		wls_github_lease_parse(wls_slice_of(c->text), &out);
		cr_assert(out.found);
		cr_assert_eq(out.expires, c->expires, "%s: %lld", c->text, (long long)out.expires);
		cr_assert(wls_slice_eq(out.holder, wls_slice_of(c->holder ? c->holder : c->text)),
			  "%s: %.*s", c->text, WLS_SLICE_ARG(out.holder));
	}
}

Test(github_words, lease_label)
{
	struct wls_answer_origin here = {"GET /x", NULL};
	json_t *json = fixture_load("lease.json");
	struct wls_lease out = {0};

	cr_assert_eq(wls_github_decode_lease(json, &here, &out, NULL), 0);
	cr_assert(out.found && wls_slice_eq(out.holder, WLS_SLICE("runner-7")));
	cr_assert_eq(out.expires, 1795377000);
	fixture_set(json, "description", "null");
	cr_assert_eq(wls_github_decode_lease(json, &here, &out, NULL), 0);
	cr_assert(out.found && out.holder.len == 0 && out.expires == 0);
	out = (struct wls_lease){0};
	fixture_set(json, "description", "{}");
	cr_assert_eq(wls_github_decode_lease(json, &here, &out, NULL), WLS_E_ANSWER);
	fixture_set(json, "description", NULL);
	cr_assert_eq(wls_github_decode_lease(json, &here, &out, NULL), WLS_E_ANSWER);
	cr_assert(!out.found);
	json_decref(json);
}

/* ---- refusals ---- */

struct refusal {
	const char *json, *text;
	bool exists, any;
};

static const struct refusal refusals[] = {
	{"{\"errors\":[{\"resource\":\"Label\",\"code\":\"already_exists\",\"field\":\"name\"}]}",
	 "name: already_exists", true, true},
	{"{\"errors\":[{\"code\":\"custom\",\"message\":\"too long\",\"field\":\"body\"},{\"field\":"
	 "\"x\"}]}",
	 "body: too long; x", false, true},
	{"{\"errors\":[\"plain\",5,null,{},[]]}", "plain; ; ; ; ", false, true},
	{"{\"errors\":[1,2,3,4,5,{\"code\":\"already_exists\"}]}", "; ; ; ; ", true, true},
	{"{\"errors\":[\"a\\u001b[2Jb\\u202ec\\nd\"]}", "a?[2Jb?c d", false, true},
	{"{\"errors\":[]}", "", false, false},
	{"{\"errors\":{}}", "", false, false},
	{"{\"errors\":\"already_exists\"}", "", false, false},
	{"{}", "", false, false},
	{"[]", "", false, false},
};

Test(github_words, refusals)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(refusals); i++) {
		const struct refusal *c = &refusals[i];
		_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
		json_t *json = json_loads(c->json, 0, NULL);
		bool exists = !c->exists, any = !c->any;
		cr_assert_not_null(json, "%s", c->json);
		wls_github_decode_errors(json, &out, &exists, &any);
		cr_assert_str_eq(wls_buf_str(&out), c->text);
		cr_assert_eq(exists, c->exists, "%s", c->json);
		cr_assert_eq(any, c->any, "%s", c->json);
		json_decref(json);
	}
}

/* ---- a server's words ---- */

struct shown {
	const char *text;
	size_t max;
	const char *shown;
};

static const struct shown shown[] = {
	{"plain", 10, "plain"},
	{"plain", 5, "plain"},
	{"plain", 4, "plai\xE2\x80\xA6"},
	{"\xE4\xB8\xAD\xE4\xB8\xAD", 5, "\xE4\xB8\xAD\xE2\x80\xA6"},
	{"a\r\nb\tc", 10, "a? b c"},
	{"\x1B]0;x\x07", 10, "?]0;x?"},
	{"\xC2\x9B"
	 "31m",
	 10, "?31m"},
	{"\xE2\x80\xAE"
	 "abc\xE2\x81\xA6",
	 10, "?abc?"},
	{"\xFF\xC3", 10, "??"},
	{"", 10, ""},
};

Test(github_words, shown)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(shown); i++) {
		_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
		wls_answer_add_visible(wls_slice_of(shown[i].text), shown[i].max, &out);
		cr_assert_str_eq(wls_buf_str(&out), shown[i].shown, "case %zu: %s", i,
				 wls_buf_str(&out));
	}
}
