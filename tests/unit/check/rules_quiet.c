/* SPDX-License-Identifier: MIT */
/*
 * On ordinary logs next to nothing is found: what is wrong there by chance is counted, and the rules
 * that guess must find nothing.
 */
#include "rules_support.h"
#include "support/generate_log.h"

enum { LOGS = 120, ENTRIES = 12 };

/* Rules that compare words and figures, and so could guess wrong. */
static const enum wls_rule guessing[] = {
	WLS_RULE_CONTRADICTION,  WLS_RULE_REGRESSION,      WLS_RULE_REFUTED_AGAIN,
	WLS_RULE_DEAD_END_AGAIN, WLS_RULE_SECRET,          WLS_RULE_FUTURE_DATE,
	WLS_RULE_MISSING_LINE,   WLS_RULE_MOJIBAKE,        WLS_RULE_CONFLICT_MARKER,
	WLS_RULE_INVALID_UTF8,   WLS_RULE_NUL_BYTE,        WLS_RULE_NO_FINAL_NEWLINE,
	WLS_RULE_BAD_DATE,       WLS_RULE_STATUS_SPELLING,
};

Test(rules_quiet, generated_logs)
{
	for (unsigned i = 0; i < LOGS; i++) {
		struct test_random r = {UINT64_C(7000) + i};
		const struct worklog_shape shape = {
			.entries = ENTRIES,
			.newest_first = i % 2,
			.frontmatter = i % 3,
			.sections = i % 4,
		};
		_cleanup_buf_ struct wls_buf text = WLS_BUF_INIT;
		worklog_generate(&r, &shape, &text);
		const struct rules_file file = {"A-WorkLog.md", wls_buf_str(&text)};
		for (size_t k = 0; k < WLS_ARRAY_SIZE(guessing); k++) {
			_cleanup_free_ char *got = rules_messages(guessing[k], &file, 1);
			cr_expect_str_eq(got, "", "log %u, %s: %s", i, wls_rules[guessing[k]].name,
					 got);
		}
	}
}
