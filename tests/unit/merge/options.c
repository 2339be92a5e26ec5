/* SPDX-License-Identifier: MIT */
/*
 * Options of a merge: defaults, policies, styles, the names of rules.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "wlsync/merge.h"

Test(options, defaults)
{
	static const uint8_t expected[] = {
		[WLS_POLICY_PROGRESS] = WLS_POLICY_JOIN,
		[WLS_POLICY_STATUS] = WLS_POLICY_CONFLICT,
		[WLS_POLICY_PRIORITY] = WLS_POLICY_CONFLICT,
		[WLS_POLICY_ITEM] = WLS_POLICY_CONFLICT,
		[WLS_POLICY_TEXT] = WLS_POLICY_CONFLICT,
	};
	struct wls_merge_options options;

	memset(&options, 0xff, sizeof(options));
	wls_merge_options_init(&options);
	cr_expect_eq(options.style, WLS_STYLE_DIFF3);
	cr_expect_eq(options.marker_size, 0);
	cr_expect_null(options.base_label);
	cr_expect_null(options.labels);
	cr_expect_not(options.trace);
	cr_expect_eq(options.log_name.len, 0);
	cr_expect_arr_eq(options.policy, expected, sizeof(expected));
}

/* Every key with every choice: taken, and no other key touched, or refused. */
Test(options, every_policy)
{
	static const char *const keys[] = {"progress", "status", "priority", "item", "text"};
	static const struct {
		const char *word;
		enum wls_policy policy;
	} choices[] = {
		{"conflict", WLS_POLICY_CONFLICT}, {"join", WLS_POLICY_JOIN},
		{"latest", WLS_POLICY_LATEST},     {"ours", WLS_POLICY_OURS},
		{"theirs", WLS_POLICY_THEIRS},     {"union", WLS_POLICY_UNION},
	};

	for (size_t k = 0; k < WLS_ARRAY_SIZE(keys); k++) {
		for (size_t c = 0; c < WLS_ARRAY_SIZE(choices); c++) {
			struct wls_merge_options options, expected;
			struct wls_error err = {0};
			char text[32];
			bool refused = k > 0 && choices[c].policy == WLS_POLICY_JOIN;

			snprintf(text, sizeof(text), "%s=%s", keys[k], choices[c].word);
			wls_merge_options_init(&options);
			wls_merge_options_init(&expected);
			if (!refused)
				expected.policy[k] = (uint8_t)choices[c].policy;
			cr_expect_eq(wls_merge_policy_parse(&options, wls_slice_of(text), &err),
				     refused ? WLS_E_USAGE : 0, "%s", text);
			cr_expect_arr_eq(options.policy, expected.policy, sizeof(expected.policy),
					 "%s", text);
		}
	}
}

Test(options, refused_policies)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{"", "policy: \"\" has no \"=\"; write KEY=CHOICE, as in progress=join"},
		{"status",
		 "policy: \"status\" has no \"=\"; write KEY=CHOICE, as in progress=join"},
		{"=ours", "policy: there is no key \"\"; use one of progress, status, priority, "
			  "item, text"},
		{"Status=ours", "policy: there is no key \"Status\"; use one of progress, status, "
				"priority, item, text"},
		{"progress=", "policy: progress cannot be \"\"; use one of conflict, join, latest, "
			      "ours, theirs, union"},
		{"text=mine", "policy: text cannot be \"mine\"; use one of conflict, latest, ours, "
			      "theirs, union"},
		{"item=join", "policy: item cannot be \"join\"; use one of conflict, latest, ours, "
			      "theirs, union"},
		{"item=ours=theirs", "policy: item cannot be \"ours=theirs\"; use one of conflict, "
				     "latest, ours, theirs, union"},
	};
	struct wls_merge_options options, before;

	wls_merge_options_init(&options);
	before = options;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_error err = {0};

		cr_expect_eq(wls_merge_policy_parse(&options, wls_slice_of(cases[i].text), &err),
			     WLS_E_USAGE, "%s", cases[i].text);
		cr_expect_eq(err.status, WLS_E_USAGE);
		cr_expect_str_eq(err.text, cases[i].message);
		cr_expect_arr_eq(options.policy, before.policy, sizeof(before.policy));
	}
	cr_expect_eq(wls_merge_policy_parse(&options, WLS_SLICE("x"), NULL), WLS_E_USAGE);
}

Test(options, styles)
{
	static const struct {
		const char *text;
		int style; /* -1: none */
	} cases[] = {
		{"diff3", WLS_STYLE_DIFF3},
		{"merge", WLS_STYLE_MERGE},
		{"zdiff3", WLS_STYLE_ZDIFF3},
		{"", -1},
		{"Diff3", -1},
		{"diff", -1},
		{"diff33", -1},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		enum wls_merge_style style = WLS_STYLE_MERGE;
		bool known = wls_merge_style_parse(wls_slice_of(cases[i].text), &style);

		cr_expect_eq(known, cases[i].style >= 0, "%s", cases[i].text);
		cr_expect_eq((int)style, known ? cases[i].style : (int)WLS_STYLE_MERGE, "%s",
			     cases[i].text);
	}
}

Test(options, rule_names)
{
	cr_expect_str_eq(wls_rule_name(WLS_RULE_CHECKBOX), "checkbox");
	cr_expect_str_eq(wls_rule_name(WLS_RULE_BYTE_ORDER_MARK), "byte-order-mark");
	cr_expect_str_eq(wls_rule_name(WLS_RULE_POLICY), "policy");
	for (int a = 0; a <= WLS_RULE_POLICY; a++)
		for (int b = 0; b < a; b++)
			cr_expect_str_neq(wls_rule_name((enum wls_rule)a),
					  wls_rule_name((enum wls_rule)b));
}
