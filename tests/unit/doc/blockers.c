/* SPDX-License-Identifier: MIT */
/*
 * Blockers: who owns them, which are closed, which are questions (rule 10), Current Blockers
 * (rule 6).
 */
#include <criterion/criterion.h>

#include "doc_support.h"

static void describe_blocker(const struct wls_blocker *b, struct wls_buf *out)
{
	wls_buf_printf(out, "<%.*s>", WLS_SLICE_ARG(b->text));
	if (b->owner.len > 0)
		wls_buf_printf(out, " owner=%.*s", WLS_SLICE_ARG(b->owner));
	if (b->requested.len > 0)
		wls_buf_printf(out, " requested=%.*s", WLS_SLICE_ARG(b->requested));
	if (b->eta.len > 0)
		wls_buf_printf(out, " eta=%.*s", WLS_SLICE_ARG(b->eta));
	if (b->workaround.len > 0)
		wls_buf_printf(out, " workaround=%.*s", WLS_SLICE_ARG(b->workaround));
	wls_buf_add_str(out, b->closed ? " closed" : "");
	wls_buf_add_str(out, b->question ? " question" : "");
	wls_buf_add_char(out, ';');
}

Test(blockers, of_the_newest_entry)
{
	static const struct {
		const char *source, *expected;
	} cases[] = {
		{"**Blockers:** Missing keys\n- Owner: @ops\n- Requested: 2025-11-10 10:00\n"
		 "- ETA: 24 hours\n"
		 "- Workaround: test keys\n",
		 "<Missing keys> owner=@ops requested=2025-11-10 10:00 eta=24 hours "
		 "workaround=test keys;"},
		{"**Blockers:**\n- a\n  - Owner: @x\n- b\n- ETA: Nov 20\n",
		 "<a> owner=@x;<b> eta=Nov 20;"},
		{"**Blockers:** a\n**Owner:** @x\n**ETA:** soon\n**Next:** y\n",
		 "<a> owner=@x eta=soon;"},
		{"**Blocked by:** a (@x, ETA: Nov 20)\n",
		 "<a (@x, ETA: Nov 20)> owner=@x eta=Nov 20;"},
		{"**Blockers:**\n- a (ETA Nov 20)\n- b (owner: @y)\n",
		 "<a (ETA Nov 20)> eta=Nov 20;<b (owner: @y)> owner=@y;"},
		{"**Blockers:**\n\nMissing keys\n", "<Missing keys>;"},
		{"### Blockers\n\n- a\n- Owner: @x\n", "<a> owner=@x;"},
		{"### Blockers: a\n", "<a>;"},
		{"**Blockers:** a\n  more\n", "<a more>;"},
		/* attributes on the blocker's line, and on lines of their own */
		{"**Blockers:** a | Owner: @x | ETA: 24 hours\n", "<a> owner=@x eta=24 hours;"},
		{"**Blockers:** a \xC2\xB7 Owner: @x \xC2\xB7 **ETA:** soon\n",
		 "<a> owner=@x eta=soon;"},
		{"**Blockers:**\n- a | Owner: @x | ETA: Nov 20\n- b\n",
		 "<a> owner=@x eta=Nov 20;<b>;"},
		{"**Blockers:**\n- a\n  - Owner: @x | ETA: Nov 20\n", "<a> owner=@x eta=Nov 20;"},
		{"**Blockers:**\n- a | Status: resolved\n", "<a> closed;"},
		{"**Blockers:**\na\nOwner: @x\nETA: soon\n", "<a> owner=@x eta=soon;"},
		{"**Blockers:** a | b | Owner: @x | c\n", "<a | b> owner=@x | c;"},
		{"**Blockers:** a | Owners: x\n", "<a | Owners: x>;"},
		{"**Blockers:** a|Owner: x\n", "<a|Owner: x>;"},
		/* none */
		{"**Blockers:** None currently\n", ""},
		{"**Blockers:** No blockers.\n", ""},
		{"**Blockers:**\n- None!\n", ""},
		{"", ""},
		{"**Blockers:**\n", ""},
		{"**Blockers:** None\n", ""},
		{"**Blockers:** None - all resolved\n", ""},
		{"**Blockers:**\n- None\n", ""},
		{"**Blockers:** TBD\n", ""},
		{"**Blockers:** Nothing works without the keys\n",
		 "<Nothing works without the keys>;"},
		/* closed */
		{"**Blockers:**\n- [x] a\n- ~~b~~\n- \xE2\x9C\x85 c\n- d \xE2\x9C\x85\n"
		 "- e (resolved)\n- DONE: f\n",
		 "<a> closed;<b> closed;<c> closed;<d> closed;<e (resolved)> closed;"
		 "<DONE: f> closed;"},
		{"**Blockers:** \xE2\x9C\x85 a\n", "<a> closed;"},
		{"**Blockers:**\n- a\n  - Status: resolved\n- b\n- Status: completed\n",
		 "<a> closed;<b> closed;"},
		{"**Blockers:**\n- [ ] a\n- \xF0\x9F\x94\x84 b\n- c (sandbox \xE2\x9C\x85)\n"
		 "- d\n  - Status: waiting\n",
		 "<a>;<b>;<c (sandbox \xE2\x9C\x85)>;<d>;"},
		{"**Blockers:**\n- a \xE2\x86\x92 resolved\n- b: done\n- RESOLVED c\n",
		 "<a \xE2\x86\x92 resolved> closed;<b: done> closed;<RESOLVED c> closed;"},
		{"**Blockers:**\n- a\n  - \xE2\x9C\x85 resolved in v2\n- b\n  - \xE2\x9C\x85 c\n"
		 "- d\n  - e (done)\n  - fixed\n",
		 "<a> closed;<b>;<d> closed;"},
		{"**Blockers:**\n- d\n  - e (done)\n", "<d>;"},
		/* an item in an empty one */
		{"**Blockers:**\n- - a\n", "<a>;"},
		/* questions */
		{"**Blockers/Questions:**\n- Which?\n- a\n", "<Which?> question;<a>;"},
		{"**Blockers:**\n- Which?\n", "<Which?>;"},
		/* the last field holds */
		{"**Blockers:** a\n\n**Blockers:** b\n", "<b>;"},
		/* in fences they are text */
		{"```\n**Blockers:** a\n```\n", ""},
	};
	struct wls_buf source, got;
	wls_buf_init(&source, 4096);
	wls_buf_init(&got, 4096);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		wls_buf_clear(&source);
		wls_buf_clear(&got);
		wls_buf_printf(&source, "## v1 | x\n\n%s", cases[i].source);
		struct wls_doc *doc = parse(wls_buf_slice(&source));
		size_t count;
		const struct wls_blocker *list =
			wls_entry_blockers(doc, wls_doc_newest(doc), &count);
		for (size_t n = 0; n < count; n++)
			describe_blocker(&list[n], &got);
		cr_expect_str_eq(wls_buf_str(&got), cases[i].expected, "%s: got %s",
				 cases[i].source, wls_buf_str(&got));
		wls_doc_free(doc);
	}
	wls_buf_release(&source);
	wls_buf_release(&got);
}

Test(blockers, current_blockers_are_the_newest_entrys)
{
	struct wls_doc *doc = parse(WLS_SLICE(
		"# A\n\n## v1 | x\n\n**Blockers:** old\n\n## v2 | y\n\n## Current Blockers\n\n"
		"- v14: sync (ETA: Nov 20)\n- [x] gone\n"));
	struct wls_buf got;
	wls_buf_init(&got, 4096);
	size_t count;
	const struct wls_blocker *list = wls_entry_blockers(doc, wls_doc_entry(doc, 2), &count);
	cr_assert_eq(count, 1);
	describe_blocker(&list[0], &got);
	cr_expect_str_eq(wls_buf_str(&got), "<sync (ETA: Nov 20)> eta=Nov 20;");
	uint32_t line, column;
	wls_doc_locate(doc, list[0].at, &line, &column);
	cr_expect(line == 11 && column == 8, "%u:%u", line, column);
	list = wls_entry_blockers(doc, wls_doc_entry(doc, 1), &count);
	cr_assert_eq(count, 1);
	cr_expect(wls_slice_eq(list[0].text, WLS_SLICE("old")));
	wls_doc_free(doc);
	doc = parse(WLS_SLICE("**Now:** a\n\n**Blockers:** b\n"));
	list = wls_entry_blockers(doc, NULL, &count);
	cr_assert_eq(count, 1);
	cr_expect(wls_slice_eq(list[0].text, WLS_SLICE("b")));
	wls_doc_free(doc);
	wls_buf_release(&got);
}
