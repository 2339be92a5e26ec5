/* SPDX-License-Identifier: MIT */
/*
 * Fields and items (rule 4), by tables of sources and trees: what is a key, whose a list is,
 * what an item's atoms are, and the near misses of each.
 */
#include <criterion/criterion.h>

#include "doc_support.h"

struct tree_case {
	const char *source, *expected;
};

static void expect_trees(const struct tree_case *cases, size_t count)
{
	struct wls_buf got;
	wls_buf_init(&got, 1 << 16);
	for (size_t i = 0; i < count; i++) {
		struct wls_doc *doc = parse(wls_slice_of(cases[i].source));
		wls_buf_clear(&got);
		describe(doc, doc->root, &got);
		struct wls_slice tree = wls_buf_slice(&got);
		if (wls_slice_starts(tree, WLS_SLICE("document{")))
			tree = wls_slice(tree.ptr + 9, tree.len - 10);
		cr_expect(wls_slice_eq(tree, wls_slice_of(cases[i].expected)),
			  "%s\n  want %s\n  got  %.*s", cases[i].source, cases[i].expected,
			  WLS_SLICE_ARG(tree));
		const char *fault = tiling_fault(doc);
		cr_expect_null(fault, "%s: %s", cases[i].source, fault ? fault : "");
		wls_doc_free(doc);
	}
	wls_buf_release(&got);
}

#define EXPECT_TREES(cases) expect_trees((cases), WLS_ARRAY_SIZE(cases))

Test(fields, keys)
{
	static const struct tree_case cases[] = {
		{"**Now:** a", "field:now<a>"},
		{"**Now**: a", "field:now<a>"},
		{"**Now\xEF\xBC\x9A** a", "field:now<a>"},
		{"**Now**\xEF\xBC\x9A"
		 "a",
		 "field:now<a>"},
		{"**Now:**a", "field:now<a>"},
		{"**Now: ** a", "field:now<a>"},
		{"**NOW:**  a  ", "field:now<a>"},
		{"   **Now:** a", "field:now<a>"},
		{"**\xF0\x9F\x9A\xA7 Blockers:** a", "field:blockers<a>"},
		{"\xF0\x9F\x9A\xA7 **Blockers:** a", "field:blockers<a>"},
		{"**Blockers/Questions:** a", "field:blockers<a>"},
		{"**Next (HIGH first):** a", "field:next<a>"},
		{"**N\xC3\xA4"
		 "chste Schritte:** a",
		 "field:next<a>"},
		{"**Pr\xC3\xB3ximos pasos:** a", "field:next<a>"},
		{"**\xE4\xB8\x8B\xE4\xB8\x80\xE6\xAD\xA5\xEF\xBC\x9A** a", "field:next<a>"},
		{"**What\xE2\x80\x99s next:** a", "field:next<a>"},
		{"Now: a", "field:now<a>"},
		{"Next Steps: a", "field:next<a>"},
		{"Next session:\n- a", "field:next{item<a>}"},
		{"**Own key:** a", "field:other=Own key<a>"},
		{"**Now:**", "field:now"},
		/* near misses */
		{"**Now** a", "paragraph<**Now** a>"},
		{"**Now: a** b", "paragraph<**Now: a** b>"},
		{"*Now:* a", "paragraph<*Now:* a>"},
		{"Own key: a", "paragraph<Own key: a>"},
		{"Now:a", "paragraph<Now:a>"},
		{"now://a", "paragraph<now://a>"},
		{"** Now:** a", "paragraph<** Now:** a>"},
		{"`**Now:** a`", "paragraph<`**Now:** a`>"},
		{"\\**Now:** a", "paragraph<\\**Now:** a>"},
		{"    **Now:** a", "code<**Now:** a>"},
		{"> **Now:** a", "quote<> **Now:** a>{paragraph<**Now:** a>}"},
		{"<!--\n**Now:** a\n-->", "html<<!-- **Now:** a -->>"},
		{"```\n**Now:** a\n```", "code<``` **Now:** a ```>"},
		{"text <!-- x\n**Now:** a\n--> y\n**Open:** b",
		 "paragraph<text <!-- x **Now:** a --> y> field:open<b>"},
	};
	EXPECT_TREES(cases);
}

Test(fields, lines)
{
	static const struct tree_case cases[] = {
		/* one after the other, and further lines */
		{"**Prev:** a\n**Now:** b", "field:prev<a> field:now<b>"},
		{"**Prev:** a\nmore\n**Now:** b", "field:prev<a more> field:now<b>"},
		{"text\n**Now:** b", "paragraph<text> field:now<b>"},
		{"text\nNow: b", "paragraph<text> field:now<b>"},
		{"**Now:** a\r\n**Open:** b\r\n", "field:now<a> field:open<b>"},
		/* an unknown key only at the start, or after other keys */
		{"text\n**Own:** b", "paragraph<text **Own:** b>"},
		{"**Now:** a\n**Own:** b", "field:now<a> field:other=Own<b>"},
		{"**Now:** a\nmore\n**Own:** b", "field:now<a more **Own:** b>"},
		{"**Own:** a\n**Two:** b", "field:other=Own<a> field:other=Two<b>"},
		/* an attribute's key without bold is a field only at the start */
		{"text\nOwner: b", "paragraph<text Owner: b>"},
		{"Owner: b", "field:owner<b>"},
		{"text\n**Owner:** b", "paragraph<text> field:owner<b>"},
		/* several on a line */
		{"**Works:** a **Fails:** b", "field:works<a> field:fails<b>"},
		{"**Works:** a \xC2\xB7 **Fails:** b", "field:works<a> field:fails<b>"},
		{"**Works:** a | **Fails:** b", "field:works<a> field:fails<b>"},
		{"**Works:** a | Fails: b", "field:works<a> field:fails<b>"},
		{"**Works:** a **Own:** b", "field:works<a **Own:** b>"},
		{"**Works:** a Fails: b", "field:works<a Fails: b>"},
		{"**Works:** a|Fails: b", "field:works<a|Fails: b>"},
		{"**Works:** `x **Fails:** b` c", "field:works<`x **Fails:** b` c>"},
		{"**Works:** ``x ` **Fails:** b`` c", "field:works<``x ` **Fails:** b`` c>"},
		{"**Works:** `x **Fails:** b", "field:works<`x> field:fails<b>"},
		{"**Works:** a <!-- **Fails:** b --> c", "field:works<a <!-- **Fails:** b --> c>"},
		{"**Progress:** 60% | Started: Oct 1 | Target: Dec 1",
		 "field:progress<60%> field:started<Oct 1> field:target<Dec 1>"},
		{"**Progress:** 60% | Schema \xE2\x9C\x85 | x",
		 "field:progress<60% | Schema \xE2\x9C\x85 | x>"},
		{"**Progress:** 60% | \xE2\x9A\xA0\xEF\xB8\x8F Token budget: 40% remaining",
		 "field:progress<60%> field:token_budget<40% remaining>"},
		{"\xE2\x9A\xA0\xEF\xB8\x8F Token budget: 40%", "field:token_budget<40%>"},
		{"**Next:** a **Works:** b\n- c", "field:next<a> field:works<b>{item<c>}"},
	};
	EXPECT_TREES(cases);
}

Test(fields, ranges)
{
	static const struct tree_case cases[] = {
		{"**v1-v3:** a\n- Issue: b\n- Decision: c",
		 "field:evolution,v1-3<a>{item:issue=Issue,attr<b> "
		 "item:decision=Decision,attr<c>}"},
		{"**v7+:** a", "field:evolution,v7,open<a>"},
		{"**v6:** a", "field:evolution,v6<a>"},
		{"**v4 \xE2\x80\x93 v6**: a", "field:evolution,v4-6<a>"},
		{"**v1.2:** a", "field:other=v1.2<a>"},
		{"**v1 notes:** a", "field:other=v1 notes<a>"},
		{"**Phase 1: A** (v1-v8) \xE2\x9C\x85 Completed\n- b \xE2\x9C\x85",
		 "field:phase,v1-8,done<(v1-v8) \xE2\x9C\x85 Completed>{item,done<b>}"},
		{"**Phase 3: A** (v21+) \xE2\x8F\xB3",
		 "field:phase,v21,open,pending<(v21+) \xE2\x8F\xB3>"},
		{"**Phase 2:** a", "field:phase<a>"},
		{"**Phases** a", "paragraph<**Phases** a>"},
		{"**v1 (Chat - Research):**\n\n**Status:** done\n\n**Next:**\n- a",
		 "handoff:handoff,v1<Chat - Research>{field:status<done> field:next{item<a>}}"},
		{"**Now:** a\n\n**v1 (A):**\n**Now:** b\n\n**v2 (B):**\n**Now:** c",
		 "field:now<a> handoff:handoff,v1<A>{field:now<b>} "
		 "handoff:handoff,v2<B>{field:now<c>}"},
		{"**v1 (A):**\n\n```\nx\n```\n", "handoff:handoff,v1<A>{code<``` x ```>}"},
	};
	EXPECT_TREES(cases);
}

Test(fields, whose_a_block_is)
{
	static const struct tree_case cases[] = {
		/* a list right after a key line, whatever stands on it */
		{"**Now:** a\n- b", "field:now<a>{item<b>}"},
		{"**Now:** a\n\n- b", "field:now<a> item<b>"},
		{"**Now:**\n\n- b", "field:now{item<b>}"},
		/* after a blank line, when the value is a list */
		{"**Next:** a\n\n- b", "field:next<a>{item<b>}"},
		{"**Next:** a\n\n- b\n\n* c", "field:next<a>{item<b> item<c>}"},
		{"**Next:** a\n\ntext\n\n- b", "field:next<a> paragraph<text> item<b>"},
		{"**Next:**\n\ntext\n\n- b", "field:next{paragraph<text> item<b>}"},
		/* a paragraph after a blank line, when nothing stands on the line */
		{"**Now:** a\n\ntext", "field:now<a> paragraph<text>"},
		{"**Now:**\n\ntext\n\nmore\n\n**Open:** b",
		 "field:now{paragraph<text> paragraph<more>} field:open<b>"},
		{"**Now:**\n\ntext\n\n# H", "field:now{paragraph<text>} title<H>"},
		/* code, quotes, tables, breaks */
		{"**Now:** a\n```\nx\n```", "field:now<a>{code<``` x ```>}"},
		{"**Now:** a\n\n```\nx\n```", "field:now<a> code<``` x ```>"},
		{"**Now:** a\n> q", "field:now<a>{quote<> q>{paragraph<q>}}"},
		{"**Now:**\n| a |\n|---|\n| 1 |",
		 "field:now{table{row<| a |> row<|---|> row<| 1 |>}}"},
		{"| a |\n|---|\n| 1 |\n**Now:** b",
		 "table{row<| a |> row<|---|> row<| 1 |>} field:now<b>"},
		{"| a |\n| b |", "paragraph<| a | | b |>"},
		{"**Next:**\n- a\n\n---\n\n- b", "field:next{item<a>} break<---> item<b>"},
		/* a key ends the field even where CommonMark continues lazily */
		{"**Works:**\n- a\n**Fails:**\n- b", "field:works{item<a>} field:fails{item<b>}"},
		{"**Works:**\n- a\n  - b\n**Fails:** c\n  - d\n- e",
		 "field:works{item<a>{item<b>}} field:fails<c>{item<d> item<e>}"},
		{"**Next:**\n- a\n **Open:** b", "field:next{item<a>} field:open<b>"},
		{"**Next:**\n- a\nOpen: b", "field:next{item<a>} field:open<b>"},
		{"**Next:**\n- a\n**Own:** b", "field:next{item<a **Own:** b>}"},
		{"**Next:**\n- a\n  **Open:** b", "field:next{item<a **Open:** b>}"},
		{"**Next:**\n- a\n    **Open:** b", "field:next{item<a **Open:** b>}"},
		{"**Next:**\n1. a\n   **Open:** b", "field:next{item<a **Open:** b>}"},
		{"**Next:**\n\n10. a\n   **Open:** b", "field:next{item<a>} field:open<b>"},
		{"**Next:**\n- a\nmore\n**Open:** b", "field:next{item<a more>} field:open<b>"},
		{"> a\n**Now:** b", "quote<> a>{paragraph<a>} field:now<b>"},
		{"- a\n**Now:** b\n**Own:** c", "item<a> field:now<b> field:other=Own<c>"},
		/* a quote ends with its last line */
		{"> a\n> b\n**Now:** c", "quote<> a b>{paragraph<a b>} field:now<c>"},
		/* link definitions are nobody's text */
		{"**Now:** a\n\n[x]: y\n\n**Open:** b",
		 "field:now<a> paragraph<[x]: y> field:open<b>"},
	};
	EXPECT_TREES(cases);
}

/* Key lines that an underline makes a setext heading are fields still. */
Test(fields, over_an_underline)
{
	static const struct tree_case cases[] = {
		{"**Status:** a\n---\n\n## v1 | b", "field:status<a> break<---> entry,v1<b>"},
		{"**Now:** a\n**Next:** b\n---", "field:now<a> field:next<b> break<--->"},
		{"**Now:** a\nmore\n  ---  \nb", "field:now<a more> break<---> paragraph<b>"},
		{"text\n**Now:** a\n-----\n", "paragraph<text> field:now<a> break<----->"},
		{"**Open:** a\n===\n**Now:** b", "field:open<a> opaque<===> field:now<b>"},
		{"**Open:** a\r\n--\r\n**Now:** b", "field:open<a> opaque<--> field:now<b>"},
		{"**Now:** a\n-\n**Open:** b", "field:now<a>{item} field:open<b>"},
		{"**Now:** a\n- \n- b", "field:now<a>{item item<b>}"},
		{"**Own:** a\n---", "field:other=Own<a> break<--->"},
		{"Status: a\n---", "field:status<a> break<--->"},
		{"**Next:**\n---\n- a", "field:next break<---> item<a>"},
		{"**v1 (A):**\n---\n**Now:** b", "handoff:handoff,v1<A>{break<---> field:now<b>}"},
		{"## v1\n**Now:** a\n---\n## v2\n**Now:** b\n---\n",
		 "entry,v1{field:now<a> break<--->} entry,v2{field:now<b> break<--->}"},
		/* headings */
		{"Notes\n---\na", "section:notes<Notes>{paragraph<a>}"},
		{"Next:\n---\n- a", "section:next{item<a>}"},
		{"Feature: a\n---\n", "section:feature<a>"},
		{"**Bold**\n===\n", "title<**Bold**>"},
		{"a\n**Own:** b\n---\n", "section<a **Own:** b>"},
		{"- a\n\n  **Now:** b\n  ---\n", "item<a>{heading<**Now:** b --->}"},
	};
	EXPECT_TREES(cases);
}

Test(fields, items_that_are_fields)
{
	static const struct tree_case cases[] = {
		{"- **Status:** done\n- Progress: 5%", "field:status<done> field:progress<5%>"},
		{"- **Works:** a | **Fails:** b", "field:works<a> field:fails<b>"},
		{"- **Next:**\n  - [HIGH] a\n  - b\n- **Now:** c",
		 "field:next{item,HIGH<a> item<b>} field:now<c>"},
		{"- Now: a\n  more", "field:now<a more>"},
		{"- Now: a\n**Open:** b", "field:now<a> field:open<b>"},
		{"- **Own:** a\n- Now: b", "item<**Own:** a> field:now<b>"},
		{"- a\n  - Now: b", "item<a>{item<Now: b>}"},
		{"- v1: a\n- v2-v3: b", "item=v1<a> item=v2-v3<b>"},
		/* in a field's list they are attributes or text */
		{"**Dependencies:**\n- a\n- Status: b",
		 "field:dependencies{item<a> item:status=Status,attr<b>}"},
		{"**Dependencies:**\n- a\n- **Need**: b",
		 "field:dependencies{item<a> item:need=Need,attr<b>}"},
		{"**Dependencies:**\n- a\n  - Need: b",
		 "field:dependencies{item<a>{item:need=Need,attr<b>}}"},
		{"**Dependencies:**\n- Needs:\n  - b", "field:dependencies{item<Needs:>{item<b>}}"},
		{"**Blockers:** x\n- Owner: @a\n- ETA: b",
		 "field:blockers<x>{item:owner=Owner,attr<@a> item:eta=ETA,attr<b>}"},
		{"**Decisions:**\n- Now: b\n- Issue: c",
		 "field:decisions{item<Now: b> item<Issue: c>}"},
		{"**Next:**\n- Status: page\n- Status: b",
		 "field:next{item<Status: page> item:status=Status,attr<b>}"},
		{"**Pattern Recognition:**\n- a\n- Root cause: b",
		 "field:pattern_recognition{item<a> item:root_cause=Root cause,attr<b>}"},
		/* and in a section that is a field */
		{"## Dependencies\n\n- a\n- Status: b",
		 "section:dependencies<Dependencies>{item<a> item:status=Status,attr<b>}"},
		{"### Feature: X\n- Status: b", "section:feature<X>{field:status<b>}"},
		{"### Plan\n- Status: b", "section<Plan>{field:status<b>}"},
	};
	EXPECT_TREES(cases);
}

Test(fields, atoms)
{
	static const struct tree_case cases[] = {
		{"- [ ] a", "item,box<a>"},
		{"- [x] a", "item,box,ticked<a>"},
		{"- [X] a", "item,box,ticked<a>"},
		{"- [x]a", "item<[x]a>"},
		{"- [x](b)", "item<[x](b)>"},
		{"- [ ] [HIGH] [BLOCKED] \xE2\x9C\x85 a", "item,box,blocked,done,HIGH<a>"},
		{"- \xE2\x9C\x85 [med] a", "item,done,MED<a>"},
		{"- [MEDIUM] a", "item,MED<a>"},
		{"- [LOW][BLOCKED] a", "item,blocked,LOW<a>"},
		{"- **[HIGH]** a", "item,HIGH<a>"},
		{"- a [BLOCKED]", "item,blocked<a>"},
		{"- a [HIGH] \xE2\x8F\xB3", "item,pending,HIGH<a>"},
		{"- a \xE2\x9A\xA0", "item,attention<a>"},
		{"- a \xE2\x9A\xA0\xEF\xB8\x8F", "item,attention<a>"},
		{"- a \xF0\x9F\x94\x84 (v14 in progress)",
		 "item,active<a \xF0\x9F\x94\x84 (v14 in progress)>"},
		{"- a (now 5 \xE2\x9C\x85)", "item,inside,done<a (now 5 \xE2\x9C\x85)>"},
		{"- \xE2\x9D\x8C a \xE2\x9C\x85", "item,failed<a>"},
		{"- \xE2\x9C\x85 in progress", "item,active<in progress>"},
		{"- [HIGH] [x] a", "item,box,ticked,HIGH<a>"},
		{"- [HIGH] [x] [ ] a", "item,box,ticked,HIGH<[ ] a>"},
		/* the word beside a marker decides */
		{"- [HIGH] a \xE2\x8F\xB3 done", "item,done,HIGH<a \xE2\x8F\xB3 done>"},
		{"- \xE2\x9D\x8C Confirmed", "item,done<Confirmed>"},
		{"- \xE2\x9C\x85 Rejected", "item,failed<Rejected>"},
		{"- \xE2\x9C\x85 Review, polish", "item,done<Review, polish>"},
		{"- a \xE2\x8F\xB3 done by b", "item,inside,pending<a \xE2\x8F\xB3 done by b>"},
		{"- [HIGH](b) a", "item<[HIGH](b) a>"},
		{"- [URGENT] a", "item<[URGENT] a>"},
		{"- the [HIGH] road", "item<the [HIGH] road>"},
		{"- ~~a b~~", "item,struck<a b>"},
		{"- [x] ~~[LOW] a~~ \xE2\x9C\x85", "item,box,ticked,struck,done,LOW<a>"},
		{"- ~~a~~ b", "item<~~a~~ b>"},
		{"- ~~a~~ and ~~b~~", "item<~~a~~ and ~~b~~>"},
		{"- v14: a", "item=v14<a>"},
		{"- **v2:** a", "item=v2<a>"},
		{"- **v2**: a", "item=v2<a>"},
		{"- v7+: a", "item=v7+,open<a>"},
		{"- v2 a", "item<v2 a>"},
		{"- v1.2: a", "item<v1.2: a>"},
		{"- v2:a", "item<v2:a>"},
		/* mojibake */
		{"- \xE2\x80\x9A\xC3\xBA\xC3\x96 a", "item,done<a>"},
		{"- a \xC3\xA2\xC5\x93\xE2\x80\xA6", "item,done<a>"},
		{"- a \xC3\xA2\xC2\x9C\xC2\x85", "item,done<a>"},
		{"- a \xC3\xA2\xC5\xA1\xC2\xA0", "item,attention<a>"},
		{"- a \xC3\xA2\xC2\x9A\xC2\xA0", "item,attention<a>"},
		/* nesting and what an item holds */
		{"- a\n  - b\n    - c", "item<a>{item<b>{item<c>}}"},
		{"- - a", "item{item<a>}"},
		{"- a\n\n  more", "item<a>{paragraph<more>}"},
		{"- ```\n  x\n  ```", "item{code<``` x ```>}"},
		{"-\n\n- a", "item item<a>"},
		{"- # H", "item{heading<# H>}"},
	};
	EXPECT_TREES(cases);
}

Test(fields, lines_that_are_items)
{
	static const struct tree_case cases[] = {
		{"**Hypotheses:**\nH1: a | Refuted | b\nH2: c | \xE2\x9C\x85 Confirmed | d\nmore",
		 "field:hypotheses{item=H1,line<a | Refuted | b> "
		 "item=H2,line,inside,done<c | \xE2\x9C\x85 Confirmed | d more>}"},
		{"**Hypotheses:**\nH1: a | \xE2\x9C\x85 Refuted | b",
		 "field:hypotheses{item=H1,line,inside,failed<a | \xE2\x9C\x85 Refuted | b>}"},
		{"**Hypotheses:**\n\nH1: a\n\nH2: b",
		 "field:hypotheses{item=H1,line<a> item=H2,line<b>}"},
		{"**Hypotheses:**\n- H1: a", "field:hypotheses{item=H1<a>}"},
		{"### Hypotheses\n\nH1: a\nH2: b",
		 "section:hypotheses<Hypotheses>{item=H1,line<a> item=H2,line<b>}"},
		{"**Now:**\nH1: a", "field:now<H1: a>"},
		{"**Work:**\n+: added a\n~: changed b\n!: fixed c",
		 "field:work{item=+,line<added a> item=~,line<changed b> item=!,line<fixed c>}"},
		{"**Work:** some\n+: added a", "field:work<some>{item=+,line<added a>}"},
		{"**Reviewer Notes:**\n@tech-lead: Please\n- a",
		 "field:reviewer_notes{item=@tech-lead,line<Please> item<a>}"},
		{"**Reviewer Notes:**\n@tech lead: no", "field:reviewer_notes<@tech lead: no>"},
	};
	EXPECT_TREES(cases);
}

Test(fields, empty_values)
{
	static const struct tree_case cases[] = {
		{"**Next:** None", "field:next,empty<None>"},
		{"**Next:**\n- None", "field:next,empty{item<None>}"},
		{"**Next:**\n- None\n- a", "field:next{item<None> item<a>}"},
		{"**Next:**", "field:next"},
		{"**Next:** TBD", "field:next<TBD>"},
		{"### Blockers: None", "section:blockers,empty<None>"},
	};
	EXPECT_TREES(cases);
	struct wls_doc *doc = parse(WLS_SLICE("**Next:**\n- None\n\n## Dependencies\n\nNone.\n"));
	cr_expect(wls_node_find(doc, doc->root, WLS_KEY_NEXT)->flags & WLS_NODE_EMPTY);
	cr_expect(wls_node_find(doc, doc->root, WLS_KEY_DEPENDENCIES)->flags & WLS_NODE_EMPTY);
	wls_doc_free(doc);
}

/* When a key repeats the last holds; those that add up are walked. */
Test(fields, finding)
{
	struct wls_doc *doc = parse(
		WLS_SLICE("**Now:** a\n\n**Next:**\n- one\n\n**Now:** b\n\n## Next\n\n- two\n\n"
			  "### Sub\n\n**Now:** c\n"));
	struct wls_node *now = wls_node_find(doc, doc->root, WLS_KEY_NOW);
	cr_expect(wls_slice_eq(now->text, WLS_SLICE("b")));
	struct wls_node *next = wls_node_find_next(doc, doc->root, WLS_KEY_NEXT, NULL);
	cr_expect_eq(next->kind, WLS_NODE_FIELD);
	next = wls_node_find_next(doc, doc->root, WLS_KEY_NEXT, next);
	cr_expect_eq(next->kind, WLS_NODE_SECTION);
	cr_expect_null(wls_node_find_next(doc, doc->root, WLS_KEY_NEXT, next));
	cr_expect_null(wls_node_find(doc, doc->root, WLS_KEY_STATUS));
	struct wls_slice value;
	cr_expect_eq(wls_node_value(doc, now, &value), now);
	wls_node_value(doc, next, &value);
	cr_expect(wls_slice_eq(value, WLS_SLICE("two")));
	wls_doc_free(doc);
}

Test(fields, flatten)
{
	static const struct {
		const char *text, *flat;
	} cases[] = {
		{"a", "a"},        {" a ", "a"},
		{"a\n  b", "a b"}, {"a\r\n> b\r\n> > c", "a b c"},
		{"a\n\nb", "a b"}, {"a\rb", "a b"},
		{"", ""},          {"> a", "> a"},
	};
	struct wls_doc *doc = parse(WLS_SLICE(""));
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_slice flat = wls_text_flatten(doc, wls_slice_of(cases[i].text));
		cr_expect(wls_slice_eq(flat, wls_slice_of(cases[i].flat)), "%s: %.*s",
			  cases[i].text, WLS_SLICE_ARG(flat));
	}
	wls_doc_free(doc);
}
