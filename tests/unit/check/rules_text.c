/* SPDX-License-Identifier: MIT */
/*
 * Tests of the rules about bytes and credentials.
 */
#include "rules_support.h"

#define H "# Sample Work Log\n\n## v1 | T\n\n"
#define TOKEN                                                                                      \
	"ghp_"                                                                                     \
	"a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"

Test(rules_text, last_line)
{
	static const struct rules_case cases[] = {
		{"ended", WLS_RULE_NO_FINAL_NEWLINE, H "**Now:** a\n", ""},
		{"ended by CR LF", WLS_RULE_NO_FINAL_NEWLINE, H "**Now:** a\r\n", ""},
		{"ended by CR", WLS_RULE_NO_FINAL_NEWLINE, H "**Now:** a\r", ""},
		{"open", WLS_RULE_NO_FINAL_NEWLINE, H "**Now:** ä", "5:11-12"},
		{"open blank", WLS_RULE_NO_FINAL_NEWLINE, H "**Now:** a\n ", "6:2-3"},
	};
	RULES_TRY(cases);
}

Test(rules_text, every_file)
{
	static const struct rules_file files[] = {
		{"A-WorkLog-v2.md", "# A Work Log\n\n## v1 | T\n\n## v2 | T\n"},
		{"A-WorkLog-v1.md", "# A Work Log\n\n## v1 | T"},
	};
	_cleanup_free_ char *got = rules_messages(WLS_RULE_NO_FINAL_NEWLINE, files, 2);
	cr_expect_str_eq(got, "A-WorkLog-v1.md:3:10: the last line has no ending\n");
}

Test(rules_text, credentials)
{
	static const struct rules_case cases[] = {
		{"a token", WLS_RULE_SECRET, H "**Now:** see " TOKEN ".\n", "5:14-54"},
		{"two", WLS_RULE_SECRET, H "- " TOKEN "\n- " TOKEN "\n", "5:3-43 6:3-43"},
		{"in a fence", WLS_RULE_SECRET, H "```\n" TOKEN "\n```\n", "6:1-41"},
		{"a placeholder", WLS_RULE_SECRET, H "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
		 ""},
		{"prose", WLS_RULE_SECRET, H "**Now:** the token is ghp_something\n", ""},
	};
	static const struct rules_file file = {"A-WorkLog.md", H TOKEN "\n"};
	RULES_TRY(cases);
	_cleanup_free_ char *message = rules_messages(WLS_RULE_SECRET, &file, 1);
	cr_expect_null(strstr(message, "ghp_"), "a message shows what it is about: %s", message);
}
