/* SPDX-License-Identifier: MIT */
/*
 * What looks like a credential. The samples are put together here, so that no scanner takes this
 * file for a leak.
 */
#include <criterion/criterion.h>

#include "support/random.h"
#include "wlsync/plan.h"

#define A20 "aB3dE6gH9jK2mN5pQ8rS"
#define A36 A20 "tU1vW4xY7zA0bC3d"
#define CAPS16                                                                                     \
	"ABCDEFGH"                                                                                 \
	"23456789"

static const struct sample {
	const char *prefix, *rest, *kind;
} samples[] = {
	{"ghp_", A36, "GitHub token"},
	{"gho_", A36, "GitHub token"},
	{"ghu_", A36, "GitHub token"},
	{"ghs_", A36, "GitHub token"},
	{"ghr_", A36 A36, "GitHub token"},
	{"github_pat_", A20 "_" A36, "GitHub token"},
	{"glpat-", A20, "GitLab token"},
	{"glpat-", "aB3-_" A20 ".0z.1a2b3c4d5", "GitLab token"},
	{"lin_api_", A36 "abcd", "Linear key"},
	{"AKIA", CAPS16, "AWS key"},
	{"ASIA", CAPS16, "AWS key"},
	{"sk_live_", A20, "Stripe key"},
	{"rk_live_", A20, "Stripe key"},
	{"sk_test_", A20, "Stripe key"},
	{"rk_test_", A20, "Stripe key"},
	{"whsec_", A36, "Stripe key"},
	{"xoxa-", "2-123456789012", "Slack token"},
	{"xoxb-", "123456789012-123456789012-" A20, "Slack token"},
	{"xoxp-", "123456789012-" A20, "Slack token"},
	{"xoxr-", "123456789012-" A20, "Slack token"},
	{"xoxs-", "123456789012-" A20, "Slack token"},
	{"eyJ", "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl-_x", "JSON Web Token"},
	{"-----BEGIN ", "RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----", "private key"},
	{"-----BEGIN ", "PRIVATE KEY-----", "private key"},
	{"-----BEGIN ", "OPENSSH PRIVATE KEY-----", "private key"},
	{"-----BEGIN ", "PGP PRIVATE KEY BLOCK-----", "private key"},
};

static struct wls_slice sample_text(const struct sample *sample, struct wls_buf *out)
{
	wls_buf_clear(out);
	wls_buf_add_str(out, sample->prefix);
	wls_buf_add_str(out, sample->rest);
	return wls_buf_slice(out);
}

/* Every kind, with what may stand around it: found whole, once, and then no more. */
Test(secret, samples)
{
	static const char *const befores[] = {"", " ", "key=", "`", "(", "\n- ", "\"", "_", "x:"};
	static const char *const afters[] = {"", " ", ".", ". Then", "`", "\n", ")", "\"", ","};
	struct wls_buf value _cleanup_buf_ = WLS_BUF_INIT, text _cleanup_buf_ = WLS_BUF_INIT;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(samples) * WLS_ARRAY_SIZE(befores); i++) {
		const struct sample *sample = &samples[i / WLS_ARRAY_SIZE(befores)];
		const char *before = befores[i % WLS_ARRAY_SIZE(befores)];
		struct wls_slice want = sample_text(sample, &value);
		if (sample->prefix[0] == 'e' && before[0] == '_')
			continue; /* of a JWT's own alphabet */
		for (size_t k = 0; k < WLS_ARRAY_SIZE(afters); k++) {
			struct wls_secret found;
			size_t at = 0;
			wls_buf_clear(&text);
			wls_buf_add_str(&text, before);
			wls_buf_add_slice(&text, want);
			wls_buf_add_str(&text, afters[k]);
			cr_assert(wls_secret_next(wls_buf_slice(&text), &at, NULL, 0, &found),
				  "`%s` passed", wls_buf_str(&text));
			cr_expect_str_eq(found.kind, sample->kind);
			cr_expect(found.at == strlen(before) && found.len == want.len,
				  "`%s`: %zu, %zu", wls_buf_str(&text), found.at, found.len);
			cr_expect_eq(at, found.at + found.len);
			cr_expect_not(wls_secret_next(wls_buf_slice(&text), &at, NULL, 0, &found));
			cr_expect_not(wls_secret_next(wls_buf_slice(&text), &at, NULL, 0, &found));
			at = 0;
			cr_expect_not(wls_secret_next(wls_buf_slice(&text), &at, &want, 1, &found),
				      "`%s` is allowed", wls_buf_str(&text));
		}
	}
}

/* In JSON the escaped line ending before a key ends in a letter. */
Test(secret, key_in_json)
{
	struct wls_slice text = WLS_SLICE("\"a\\n-----BEGIN "
					  "PRIVATE KEY-----\\nMIIB\\n\"");
	struct wls_secret found;
	size_t at = 0;
	cr_assert(wls_secret_next(text, &at, NULL, 0, &found));
	cr_expect_str_eq(found.kind, "private key");
	cr_expect_eq(found.at, 4);
}

Test(secret, harmless)
{
	static const char *const texts[] = {
		"",
		"ghp_",
		"tokens begin with ghp_, gho_ or github_pat_",
		"ghp_short",
		"ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
		"ghp_XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
		"ghp_000000000000000000000000000000000000",
		"glpat-xxxxxxxxxxxxxxxxxxxx",
		"sk_test_xxxxxxxxxxxxxxxxxxxxxxxx",
		"sk_live_...",
		"xoxb-your-token-here-please",
		"AKIAXXXXXXXXXXXXXXXX",
		"AKIAIOSFODNN7EXAMPLE",
		"ASIAIOSFODNN7EXAMPLE",
		"ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6example",
		"AKIA" CAPS16 "9",
		"AKIA" CAPS16 "a",
		"AKIA1234",
		"xghp_" A36,
		"1AKIA" CAPS16,
		"eyJ",
		"eyJhbGciOiJIUzI1NiJ9",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0",
		"eyJhbGciOiJIUzI1NiJ9..",
		"-----BEGIN PUBLIC KEY-----",
		"-----BEGIN CERTIFICATE-----",
		"-----BEGIN RSA PRIVATE KEY",
		"-----END RSA PRIVATE KEY-----",
		"a PRIVATE KEY-----",
		"task_live_" A20,
		"d41d8cd98f00b204e9800998ecf8427e",
	};
	struct wls_secret found;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(texts); i++) {
		size_t at = 0;
		bool any = wls_secret_next(wls_slice_of(texts[i]), &at, NULL, 0, &found);
		cr_expect_not(any, "`%s` was found", texts[i]);
		cr_expect_eq(at, strlen(texts[i]));
	}
}

/* Many in one text are found in order; one that is allowed is passed over. */
Test(secret, one_after_the_other)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT, value _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_secret found;
	size_t at = 0, count = WLS_ARRAY_SIZE(samples);
	for (size_t i = 0; i < count; i++) {
		wls_buf_add_slice(&text, sample_text(&samples[i], &value));
		wls_buf_add_str(&text, "\n");
	}
	struct wls_slice allowed = sample_text(&samples[3], &value);
	for (size_t i = 0; i < count; i++) {
		if (i == 3)
			continue;
		cr_assert(wls_secret_next(wls_buf_slice(&text), &at, &allowed, 1, &found));
		cr_expect_str_eq(found.kind, samples[i].kind, "%zu", i);
		cr_expect(strncmp(text.ptr + found.at, samples[i].prefix,
				  strlen(samples[i].prefix)) == 0);
	}
	cr_expect_not(wls_secret_next(wls_buf_slice(&text), &at, &allowed, 1, &found));
}

/* Any text is gone through to its end, in places that rise and lie in it. */
Test(secret, any_text)
{
	static const char *const pieces[] = {
		"ghp_",  "eyJ",    "AKIA",     "-----", "BEGIN ", "END ",        "PRIVATE KEY",
		"xoxb-", "glpat-", "sk_live_", ".",     "-",      "_",           " ",
		"\n",    A20,      CAPS16,     "a",     "1",      "github_pat_", "whsec_",
	};
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	size_t total = 0;
	for (uint64_t seed = 1; seed <= 20000; seed++) {
		struct test_random random = {.state = seed};
		struct wls_secret found;
		size_t at = 0, last = 0;
		wls_buf_clear(&text);
		for (uint32_t n = random_below(&random, 16); n > 0; n--)
			wls_buf_add_str(&text, RANDOM_OF(&random, pieces));
		while (wls_secret_next(wls_buf_slice(&text), &at, NULL, 0, &found)) {
			cr_assert(found.len > 0 && found.at >= last && at == found.at + found.len &&
					  at <= text.len,
				  "seed %llu", (unsigned long long)seed);
			last = at;
			total++;
		}
		cr_assert_eq(at, text.len);
	}
	cr_expect_gt(total, 1000);
}
