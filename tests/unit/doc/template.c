/* SPDX-License-Identifier: MIT */
/*
 * The template of a new log is a log as worklog(5) describes it, with nothing to remark.
 */
#include <criterion/criterion.h>

#include "doc_support.h"
#include "wlsync/edit.h"

static const char *const whole = "---\n"
				 "version: v1\n"
				 "status: in_progress\n"
				 "---\n"
				 "\n"
				 "# Auth Refactor Work Log\n"
				 "\n"
				 "## v1 | 2025-11-14 12:00 | Plan\n"
				 "\n"
				 "**Prev:** None\n"
				 "**Now:**\n"
				 "\n"
				 "**Progress:** 0%\n"
				 "\n"
				 "**Files:**\n"
				 "\n"
				 "**Work:**\n"
				 "\n"
				 "**Decisions:**\n"
				 "\n"
				 "**Works:**\n"
				 "**Fails:**\n"
				 "\n"
				 "**Blockers:** None\n"
				 "\n"
				 "**Dependencies:** None\n"
				 "\n"
				 "**Next:**\n"
				 "\n"
				 "**Open:** None\n";

static const struct wls_new_entry entry = {
	.date = {"2025-11-14", 10},
	.time = {"12:00", 5},
	.title = {"Plan", 4},
};

Test(template, a_new_log)
{
	struct wls_buf out = WLS_BUF_INIT;
	wls_template_log(WLS_SLICE("Auth Refactor"), &entry, &out);
	cr_expect_str_eq(wls_buf_str(&out), whole, "got\n%s", wls_buf_str(&out));
	wls_buf_release(&out);
}

Test(template, is_read_as_it_is_meant)
{
	static const enum wls_work_status statuses[] = {
		WLS_STATUS_NONE,         WLS_STATUS_IN_PROGRESS, WLS_STATUS_BLOCKED,
		WLS_STATUS_NEEDS_REVIEW, WLS_STATUS_COMPLETED,
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(statuses); i++) {
		struct wls_new_entry said = entry;
		struct wls_buf out = WLS_BUF_INIT;
		struct wls_facts facts;
		size_t blockers;
		said.status = statuses[i];
		wls_template_log(WLS_SLICE("Auth Refactor"), &said, &out);
		struct wls_doc *doc = parse(wls_buf_slice(&out));
		wls_doc_facts(doc, &facts);
		cr_expect_eq(doc->diagnostic_count, 0, "%s",
			     doc->diagnostic_count ? doc->diagnostics[0].message : "");
		cr_expect_eq(facts.version, 1);
		cr_expect_eq(facts.status, i == 0 ? WLS_STATUS_IN_PROGRESS : statuses[i]);
		cr_expect_eq(facts.progress, 0);
		cr_expect(wls_slice_eq(facts.title, WLS_SLICE("Auth Refactor")));
		cr_expect(wls_slice_eq(facts.newest->title, WLS_SLICE("Plan")));
		wls_entry_blockers(doc, facts.newest, &blockers);
		cr_expect_eq(blockers, 0);
		wls_doc_free(doc);
		wls_buf_release(&out);
	}
}
