/* SPDX-License-Identifier: MIT */
/*
 * Rules run on texts, and what they find as one line.
 */
#ifndef WLS_TEST_RULES_SUPPORT_H
#define WLS_TEST_RULES_SUPPORT_H

#include <criterion/criterion.h>

#include "wlsync/check.h"

/* It is 2025-11-14 12:00. */
struct rules_case {
	const char *what;
	enum wls_rule rule;
	const char *text;
	const char *want; /* `LINE:COLUMN-END`, of several with blanks between */
};

#define RULES_FILES_MAX 4

struct rules_file {
	const char *path, *text;
};

/* What one rule (WLS_RULE_COUNT: every rule) finds in these files, in wls_check's order; freed by the caller. */
char *rules_places(enum wls_rule rule, const struct rules_file *files, size_t count);
/* The same with messages: a line each. */
char *rules_messages(enum wls_rule rule, const struct rules_file *files, size_t count);

/* Their severities, of several with blanks between. */
char *rules_severities(enum wls_rule rule, const struct rules_file *files, size_t count);

/* Each case is a file `Sample-WorkLog.md`; says which fails. */
void rules_try(const struct rules_case *cases, size_t count);
#define RULES_TRY(cases) rules_try((cases), WLS_ARRAY_SIZE(cases))

#endif
