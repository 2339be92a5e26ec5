/* SPDX-License-Identifier: MIT */
/*
 * Tests of the rules about entries.
 */
#include "rules_support.h"

#define H "# Sample Work Log\n\n"
#define N "\n\n**Now:** Nothing new\n\n"

Test(rules_entries, dates_to_come)
{
	static const struct rules_case cases[] = {
		{"today", WLS_RULE_FUTURE_DATE, H "## v1 | 2025-11-14 23:59 | T" N, ""},
		{"tomorrow, where it has begun", WLS_RULE_FUTURE_DATE,
		 H "## v1 | 2025-11-15 01:59 | T" N, ""},
		{"tomorrow without a time", WLS_RULE_FUTURE_DATE, H "## v1 | 2025-11-15 | T" N, ""},
		{"tomorrow noon", WLS_RULE_FUTURE_DATE, H "## v1 | 2025-11-15 12:00 | T" N,
		 "3:9-19"},
		{"the day after", WLS_RULE_FUTURE_DATE, H "## v1 | 2025-11-16 | T" N, "3:9-19"},
		{"only the wrong one", WLS_RULE_FUTURE_DATE,
		 H "## v1 | 2025-11-01 | T" N "## v2 | 2025-12-01 | T" N, "7:9-19"},
		{"no day of a calendar", WLS_RULE_FUTURE_DATE, H "## v1 | 2031-02-30 | T" N, ""},
		{"no date", WLS_RULE_FUTURE_DATE, H "## v1 | T" N, ""},
		{"a date in the title", WLS_RULE_FUTURE_DATE,
		 H "## v1 | 2025-11-01 | Plan for 2031-01-01" N, ""},
	};
	RULES_TRY(cases);
}

Test(rules_entries, gaps)
{
	static const struct rules_case cases[] = {
		{"none", WLS_RULE_VERSION_GAP, H "## v1 | T" N "## v2 | T" N, ""},
		{"one", WLS_RULE_VERSION_GAP, H "## v1 | T" N "## v3 | T" N, "7:4-6"},
		{"newest first", WLS_RULE_VERSION_GAP, H "## v9 | T" N "## v7 | T" N, "3:4-6"},
		{"not before the first", WLS_RULE_VERSION_GAP, H "## v5 | T" N "## v6 | T" N, ""},
		{"duplicates", WLS_RULE_VERSION_GAP, H "## v1 | T" N "## v1 | T" N "## v2 | T" N,
		 ""},
		{"summed up", WLS_RULE_VERSION_GAP,
		 H "## v1 | T" N "## Summary of v2-v4\n\nText\n\n## v5 | T" N, ""},
		{"several, one summed up", WLS_RULE_VERSION_GAP,
		 H "## v1-v9: Start\n\nText\n\n## v2-v3: More\n\nText\n\n"
		   "## v1 | T" N "## v5 | T" N "## v12 | T" N "## v14 | T" N,
		 "19:4-7 23:4-7"},
		{"summed up in part", WLS_RULE_VERSION_GAP,
		 H "## v1 | T" N "## Summary of v2-v3\n\nText\n\n## v5 | T" N, "11:4-6"},
	};
	RULES_TRY(cases);
}

#define FIVE "## v1 | T" N "## v2 | T" N "## v3 | T" N "## v4 | T" N "## v5 | T" N

Test(rules_entries, summaries)
{
	static const struct rules_case cases[] = {
		{"five", WLS_RULE_NO_SUMMARY, H FIVE, ""},
		{"six", WLS_RULE_NO_SUMMARY, H FIVE "## v6 | T" N, "23:4-6"},
		{"five, one of them twice", WLS_RULE_NO_SUMMARY, H FIVE "## v5 | T" N, ""},
		{"completed", WLS_RULE_NO_SUMMARY, H FIVE "## v6 | T\n\n**Status:** done\n", ""},
		{"a field of the log", WLS_RULE_NO_SUMMARY,
		 H "**Summary:** all\n\n" FIVE "## v6 | T" N, ""},
		{"five versions since", WLS_RULE_NO_SUMMARY,
		 H "## v0 | T\n\n**Summary:** all\n\n" FIVE, ""},
		{"six versions since", WLS_RULE_NO_SUMMARY,
		 H "## v0 | T\n\n**Summary:** all\n\n" FIVE "## v6 | T" N, "27:4-6"},
		{"a section", WLS_RULE_NO_SUMMARY, H "## Summary\n\nAll\n\n" FIVE "## v6 | T" N,
		 ""},
		{"a section of an entry", WLS_RULE_NO_SUMMARY,
		 H FIVE "## v6 | T" N "### Executive summary\n\nAll\n", ""},
		{"a field in a section of an entry", WLS_RULE_NO_SUMMARY,
		 H FIVE "## v6 | T" N "### Feature: Login\n\n**Summary:** All\n", ""},
		{"another language", WLS_RULE_NO_SUMMARY,
		 H "**Zusammenfassung:** alles\n\n" FIVE "## v6 | T" N, ""},
		{"components", WLS_RULE_NO_SUMMARY,
		 H "## Components Status\n\n- Parser\n\n" FIVE "## v6 | T" N, ""},
		{"a range", WLS_RULE_NO_SUMMARY, H "## v1-v4: Start\n\nAll\n\n" FIVE "## v6 | T" N,
		 ""},
		{"a word in a text", WLS_RULE_NO_SUMMARY,
		 H FIVE "## v6 | T\n\n**Now:** The summary is missing\n", "23:4-6"},
	};
	RULES_TRY(cases);
}

Test(rules_entries, spellings)
{
	static const struct rules_case cases[] = {
		{"as it ought to be", WLS_RULE_STATUS_SPELLING,
		 "---\nstatus: in_progress\n---\n" H "## v1 | T" N, ""},
		{"capitals", WLS_RULE_STATUS_SPELLING,
		 "---\nstatus: In Progress\n---\n" H "## v1 | T" N, "2:9-20"},
		{"in quotes", WLS_RULE_STATUS_SPELLING,
		 "---\nstatus: \"in-progress\"\n---\n" H "## v1 | T" N, "2:10-21"},
		{"a synonym", WLS_RULE_STATUS_SPELLING, "---\nstatus: wip\n---\n" H "## v1 | T" N,
		 "2:9-12"},
		{"unknown", WLS_RULE_STATUS_SPELLING, "---\nstatus: parked\n---\n" H "## v1 | T" N,
		 ""},
		{"a field", WLS_RULE_STATUS_SPELLING, H "## v1 | T\n\n**Status:** Done\n",
		 "5:13-17"},
		{"a field with marker and remark", WLS_RULE_STATUS_SPELLING,
		 H "## v1 | T\n\n**Status:** ✅ Complete (v2)\n", "5:15-23"},
		{"a remark behind a dash", WLS_RULE_STATUS_SPELLING,
		 H "## v1 | T\n\n**Status:** Done - all of it\n", "5:13-17"},
		{"a remark behind the word", WLS_RULE_STATUS_SPELLING,
		 H "## v1 | T\n\n**Status:** in_progress (applying feedback)\n", ""},
		{"emphasis", WLS_RULE_STATUS_SPELLING, H "## v1 | T\n\n**Status:** *Blocked*\n",
		 "5:14-21"},
		{"the log's own", WLS_RULE_STATUS_SPELLING, H "**Status:** WIP\n\n## v1 | T" N,
		 "3:13-16"},
		{"an older entry", WLS_RULE_STATUS_SPELLING,
		 H "## v1 | T\n\n**Status:** Done\n\n## v2 | T\n\n**Status:** blocked\n", ""},
		{"a template", WLS_RULE_STATUS_SPELLING,
		 H "## v1 | T\n\n**Status:** in_progress | completed | blocked\n", ""},
		{"of a dependency", WLS_RULE_STATUS_SPELLING,
		 H "## v1 | T\n\n**Dependencies:**\n- Auth-WorkLog\n- Status: Done\n", ""},
	};
	RULES_TRY(cases);
}

Test(rules_entries, messages)
{
	static const struct rules_file file = {"A-WorkLog.md", "# A Work Log\n\n## v1 | T" N
							       "## v3 | T" N "## v6 | T" N};
	_cleanup_free_ char *got = rules_messages(WLS_RULE_VERSION_GAP, &file, 1);
	cr_expect_str_eq(got, "A-WorkLog.md:7:4: v2 is missing before v3\n"
			      "A-WorkLog.md:11:4: v4 to v5 are missing before v6\n");
}

Test(rules_entries, parts_are_one_log)
{
	static const struct rules_file files[] = {
		{"A-WorkLog-v2.md", "# A Work Log\n\n## v1 | T" N "## v2 | T" N},
		{"A-WorkLog-v4.md", "# A Work Log\n\nContinuation of A-WorkLog-v2.md\n\n"
				    "## v3 | T" N "## v4 | 2026-01-01 | T" N},
	};
	_cleanup_free_ char *gaps = rules_messages(WLS_RULE_VERSION_GAP, files, 2);
	_cleanup_free_ char *dates = rules_messages(WLS_RULE_FUTURE_DATE, files, 2);
	cr_expect_str_eq(gaps, "");
	cr_expect_str_eq(dates,
			 "A-WorkLog-v4.md:9:9: v4 is dated 2026-01-01, after today (2025-11-14)\n");
}

/* What is understood is a note; of one day the times are told. */
Test(rules_entries, times)
{
	static const struct {
		const char *text, *severity, *message;
		enum wls_rule rule;
	} cases[] = {
		{H "## v1 | 2025-11-01 9:00 | T\n", "info",
		 "A-WorkLog.md:3:20: the hour has one digit\n", WLS_RULE_BAD_DATE},
		{H "## v1 | 2025-11-01 9:75 | T\n", "warning",
		 "A-WorkLog.md:3:20: this is no time of day\n", WLS_RULE_BAD_DATE},
		{H "## v1 | 2025-11-10 17:00 | T\n\n## v2 | 2025-11-10 09:00 | T\n", "warning",
		 "A-WorkLog.md:5:20: v2 is dated before v1 (2025-11-10 17:00)\n",
		 WLS_RULE_DATE_ORDER},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		const struct rules_file file = {"A-WorkLog.md", cases[i].text};
		_cleanup_free_ char *message = rules_messages(cases[i].rule, &file, 1);
		_cleanup_free_ char *severity = rules_severities(cases[i].rule, &file, 1);
		cr_expect_str_eq(message, cases[i].message);
		cr_expect_str_eq(severity, cases[i].severity, "%s", message);
	}
}
