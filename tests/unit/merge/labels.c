/* SPDX-License-Identifier: MIT */
/*
 * Labels: which places name entries and hypotheses of their own log. In the tables «6» is a
 * number that may be rewritten, «=6» that of an entry's own heading, ‹6› one that is only reported;
 * any other number is none.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "merge/labels.h"

static const char *const opens[] = {"«=", "«", "‹"};
static const char *const closes[] = {"»", "»", "›"};

static struct wls_doc *parse(struct wls_slice source)
{
	struct wls_doc *doc = NULL;
	struct wls_error err;

	cr_assert_eq(wls_doc_parse(&doc, source, &err), 0);
	return doc;
}

static void find(struct wls_doc *doc, struct wls_node *node, struct wls_labels *out)
{
	wls_labels_find(doc, node, WLS_SLICE("Auth-Refactor"), out);
}

/* Adds `text` without the signs around numbers. */
static void add_plain(struct wls_buf *out, const char *text)
{
	while (*text) {
		size_t n = 0;

		for (size_t i = 0; i < 3 && n == 0; i++) {
			if (strncmp(text, opens[i], strlen(opens[i])) == 0)
				n = strlen(opens[i]);
			else if (strncmp(text, closes[i], strlen(closes[i])) == 0)
				n = strlen(closes[i]);
		}
		if (n == 0)
			wls_buf_add_char(out, *text++);
		text += n;
	}
}

/* Adds the source with signs around what was found. */
static void add_marked(struct wls_buf *out, struct wls_slice source,
		       const struct wls_labels *labels)
{
	size_t at = 0;

	for (size_t i = 0; i < labels->count; i++) {
		const struct wls_label *label = &labels->items[i];
		int kind = label->heading ? 0 : label->rewritable ? 1 : 2;

		cr_assert_geq(label->at, at, "labels stand in order");
		wls_buf_add(out, source.ptr + at, label->at - at);
		wls_buf_add_str(out, opens[kind]);
		wls_buf_add(out, source.ptr + label->at, label->len);
		wls_buf_add_str(out, closes[kind]);
		at = label->at + (size_t)label->len;
	}
	wls_buf_add(out, source.ptr + at, source.len - at);
}

/* What a label says of itself, looked up the slow way. */
static void check_labels(struct wls_slice source, const struct wls_labels *labels)
{
	for (size_t i = 0; i < labels->count; i++) {
		const struct wls_label *label = &labels->items[i];
		uint32_t line = label->at;
		char digits[16];

		snprintf(digits, sizeof(digits), "%.*s", (int)label->len, source.ptr + label->at);
		cr_expect_eq(strtoul(digits, NULL, 10), label->number);
		while (line > 0 && source.ptr[line - 1] != '\n' && source.ptr[line - 1] != '\r')
			line--;
		cr_expect_eq(label->line, line, "%s", digits);
		cr_expect(label->letter == 'v' || label->letter == 'H');
		cr_expect(!label->heading || label->rewritable);
	}
}

static void check_same(const struct wls_labels *some, const struct wls_labels *others)
{
	cr_expect_eq(some->count, others->count);
	for (size_t i = 0; i < some->count && i < others->count; i++) {
		const struct wls_label *a = &some->items[i], *b = &others->items[i];

		cr_expect(a->at == b->at && a->len == b->len && a->number == b->number &&
			  a->line == b->line && a->letter == b->letter &&
			  a->heading == b->heading && a->rewritable == b->rewritable);
	}
}

/* Each child of the root by itself finds what the root finds. */
static void check_parts(struct wls_doc *doc, const struct wls_labels *whole)
{
	struct wls_labels parts = {0};

	for (struct wls_node *n = wls_node_children(doc, doc->root); n; n = n->next)
		find(doc, n, &parts);
	check_same(&parts, whole);
	free(parts.items);
}

/* A document that forgot its blocks tells the same. */
static void check_forgotten(struct wls_slice source, const struct wls_labels *whole)
{
	struct wls_doc *doc = parse(source);
	struct wls_labels labels = {0};

	wls_doc_forget_blocks(doc);
	find(doc, doc->root, &labels);
	check_same(&labels, whole);
	free(labels.items);
	wls_doc_free(doc);
}

static void expect(const char *expected)
{
	_cleanup_buf_ struct wls_buf plain = WLS_BUF_INIT, marked = WLS_BUF_INIT;
	struct wls_labels labels = {0};

	add_plain(&plain, expected);
	struct wls_doc *doc = parse(wls_buf_slice(&plain));
	find(doc, doc->root, &labels);
	add_marked(&marked, doc->source, &labels);
	cr_expect_str_eq(wls_buf_str(&marked), expected);
	check_labels(doc->source, &labels);
	check_parts(doc, &labels);
	check_forgotten(doc->source, &labels);
	free(labels.items);
	wls_doc_free(doc);
}

static void expect_all(const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect(texts[i]);
}

/* ---- the specification's forms ---- */

Test(labels, headings)
{
	static const char *const texts[] = {
		"## v«=6» | 2025-11-10 14:00 | OAuth\n",
		"## v«=6»\n",
		"## v«=6»: OAuth\r\n\r\ntext\r\n",
		"## v«=06» – OAuth\n",
		"### v«=6» | 2025-11-10 | OAuth\n",
		"## v«=3» | 2025-11-10 | A\n\n## v«=3» Implementation Complete\n",
		"## v«=3» Implementation Complete\n",
		"## v«=7» | 2025-11-10 | Follow-up to v«6»\n",
		"## v«=7» | 2025-11-10 | React v‹6›\n",
		"## v«=2» | A\n\n### v«1»\n\n### v«1» changes\n",
		"## v«1»-v«3»: Foundation\n",
		"## v«7»+\n",
		"#### v«6» details\n",
		"## Plan for v«6»\n",
		"## Plan v‹6›\n",
		"Since v«6»\n========\n",
		"## v6.1 | 2025-11-10\n## v0.1.2\n## v1234567890 | x\n",
		"## v«=999999999» | x\n\nin v«999999999», in v1000000000, in v9999999999999999999999\n",
	};

	expect_all(texts, WLS_ARRAY_SIZE(texts));
}

Test(labels, parentheses_and_starts)
{
	static const char *const texts[] = {
		"Fixed (v«6»).\n",
		"Bugs (v«5», v«6») and (v«7»)\n",
		"Bugs cluster (v«5», v«7», v«9», v«12»)\n",
		"Phase (v«1»-v«8») done, (v«9»+), (v«9»–v«16»)\n",
		"Fixed (resolved, v«6»), (see notes; v«6»)\n",
		"Inventory (v«14» in progress), not (v‹2› API)\n",
		"Full width （v«6»） and（v«5»、v«6»）\n",
		"Cut (v«6»: keys) (v«6»; keys) (**v«6»**) (since v«5»)\n",
		"v«6»: text\n",
		"**v«6»:** text\n",
		"**v«6»**: text\n",
		"**v«6»-v«8»:** text\n",
		"**v«6» – v«8»:** text\n",
		"**v«7»+:** text\n",
		"v«6»+ text\n",
		"**v«1» (Chat - Research):**\n",
		"- v«6»: JWT\n* v«6»: JWT\n+ v«6»: JWT\n1. v«6»: JWT\n",
		"- v«6» - JWT\n- v«6» — JWT\n- **v«6»** → JWT\n- [x] v«6»: JWT\n- [ ] **v«6»:** x\n",
		"- [HIGH] v«6»: JWT\n- ✅ v«6»: JWT\n- v«6» ✅ JWT\n- ~~v«6»: JWT~~\n- v«6»\n",
		"  - v«6»: nested\n\n> v«6»: quoted\n> v«7»: quoted\n",
		"| v«6» | Redis |\n| --- | --- |\n| **v«5»** | JWT since v«4» |\n| React | v‹3› |\n",
		"v«6» | Redis\n",
		"text\nv«6»: text\n",
		"text\nv‹6› | text\n",
		"- v‹6› engine is loud\n",
		"v«6»: v‹5› works, v‹4›\n",
	};

	expect_all(texts, WLS_ARRAY_SIZE(texts));
}

Test(labels, words_and_keys)
{
	static const char *const texts[] = {
		"Broken in v«6», since v«6», from v«6», see v«6», of v«6», by v«6», until v«6».\n",
		"After v«6» and before v«7»; back to v«6», faster than v«6», with v«6», at v«6»\n",
		"In V«6» SINCE v«6» See: v«6», cf. v«6» vs. v«7»\n",
		"from v«5» to v«7», between v«5» and v«6», in v«5» → v«6», in v«5»/v«6», for v«17»-«20»\n",
		"since **v«6»**, in \"v«6»\", in _v«6»_, in ~~v«6»~~, in\xC2\xA0v«6»\n",
		"pre-v«6» and Post-v«6» state\n",
		"we waited until\nv«6» for it\n",
		"> we waited until\n> v«6» for it\n",
		"we waited until\r\nv«6» for it\r\n",
		"we waited until\n\nv‹6› for it\n",
		"**Prev:** v«6» blocked on Stripe keys\n",
		"**Prev**: v«6» done\n**Now:** v«7»\n",
		"Prev: v«6» done\n",
		"**Prev:** v«5», v«6» done\n",
		"**Vorher:** v«6» fertig\n",
		"Progress: 60% | Started: v«1» | Target: v«5»\n",
		"**Progress:** 60% · Started: v«1» · Target: v«5»\n",
		"**Continuation of:** v«5»\n**Since:** v«4»\n**Fixed in:** v«3»\n**Version:** v«2»\n",
		"**Stack:** v‹6›, Node version: v‹18›\n",
		"- Cache hit rate 85% (v«3») vs 60% (v«7») - what changed?\n",
		"- API latency: 200ms (v«1») → 180ms (v«3», caching) → 250ms (v«5», features)\n",
		"- Solution: Added auth tests (v«13»)\n- v«14»: needs credentials (ETA: Nov 20)\n",
		"**Phase 1: Foundation** (v«1»-v«8») ✅ Completed Oct 15\n",
		"- Payment processing (planned for v«17»-«20»)\n",
		"entry v«6», session v«6»; the v‹6› entry\n",
	};

	expect_all(texts, WLS_ARRAY_SIZE(texts));
}

Test(labels, names_of_logs)
{
	static const char *const texts[] = {
		"see Auth-Refactor-WorkLog-v«6» now\n",
		"Auth-Refactor-WorkLog-v«6»\n",
		"Auth Refactor WorkLog v«6», auth_refactor_worklog_v«6», AUTH--Refactor-WORKLOG-v«6»\n",
		"Auth-Refactor-WorkLog-v«6».md, `x` ./logs/Auth-Refactor-WorkLog-v«6».md.\n",
		"Auth-Refactor-WorkLog-v«5», v«6»\n",
		"[link](../Auth-Refactor-WorkLog-v«6».md) [l](Auth-Refactor-WorkLog-v«6».md#v«6»--x)\n",
		"[link](Auth-Refactor-WorkLog.md#v«6»--2025)\n",
		"Auth-Refactor-WorkLog-v6.1, Auth-Refactor-WorkLogs-v6, Auth-Refactor-WorkLog-v6beta\n",
		"My-Auth-Refactor-WorkLog-v6, Refactor-WorkLog-v6, Other-WorkLog-v6\n",
		"Continuation of: Other-WorkLog-v5.md\n",
		"- depends on Payment-WorkLog-v5, v‹6›\n",
		"- depends on Payment-WorkLog since v‹5›\n- since v«5»\n",
		"- Payment-WorkLog, since: v‹5›, cf. v‹5› (Payment, v‹5›)\n",
		"- Payment-WorkLog-v5 (v‹6›), but ours (v«6»)\n",
		"[p](../Payment-WorkLog-v5.md#v5--x) [p](Payment-WorkLog.md#v5)\n",
		"WorkLog v‹6›, the WorkLog-v6\n",
		"- Status: Auth v‹5› shows OAuth ready ✅\n",
		"see v‹5› of Payments, in v‹5› of the API\n",
	};
	struct wls_labels labels = {0};

	expect_all(texts, WLS_ARRAY_SIZE(texts));
	/* Without a name no log's name is this one's. */
	struct wls_doc *doc = parse(WLS_SLICE("Auth-Refactor-WorkLog-v6 -WorkLog-v6\n"));
	wls_labels_find(doc, doc->root, WLS_SLICE(""), &labels);
	cr_expect_eq(labels.count, 0);
	wls_labels_find(doc, doc->root, WLS_SLICE("auth refactor"), &labels);
	cr_expect_eq(labels.count, 1);
	free(labels.items);
	wls_doc_free(doc);
}

Test(labels, links)
{
	static const char *const texts[] = {
		"[text](#v«6»--2025-11-10-1400--title)\n",
		"[text](#v«6»), [text](<#v«6»--x>), [v«6»](#v«6»--x), [v«6» plan](#v«6»--plan)\n",
		"[v‹6›](#v«7»--x) [v‹6›](https://example.org/v‹6›) [v«6»]\n",
		"[ref]: #v«6»--2025\n\n[a]: https://example.org/v‹6›#v‹6›\n",
		"[ref]: #v«6»--2025\r\rin v«6»\r",
		"[t](https://example.org/x#v‹6›) [t](other.md#v‹6›) [t](docs/v‹6›/x.md)\n",
		"see https://example.org/v‹6›/since-v6 and since v«6»\n",
		"see (https://example.org/a(v‹6›)) (v«6»)\n",
		"<https://example.org/v‹6›> <a href=\"v‹6›\">since v«6»</a> <v‹6›>\n",
		"see #v‹6› here\n",
	};

	expect_all(texts, WLS_ARRAY_SIZE(texts));
}

/* ---- where nothing is rewritten ---- */

Test(labels, code)
{
	static const char *const texts[] = {
		"```\nin v‹6›\n## v‹6› | x\nOther-WorkLog-v6 Auth-Refactor-WorkLog-v‹6›\n```\nin v«6»\n",
		"~~~ in v‹6›\nH‹3›: x\n~~~\n",
		"- item\n\n  ```\n  in v‹6›\n  ```\n  in v«6»\n",
		"text\n\n    in v‹6›\n\nin v«6»\n",
		"`in v‹6›` in v«6»\n",
		"``in ` v‹6›`` in v«6» `` in v«6»\n",
		"`in v‹6›\nin v‹7›` in v«6»\n",
		"`in v«6»\n\nin v«7»` x\n",
		"\\`in v«6»` in v«7»\n",
		"- `in v«6»\n- in v«7»` x\n",
		"## v«=6» | `v‹5›` | since v«4»\n",
		"`` in v«6» ` in v«7» ``` in v«8»\n",
		"`v‹5›`, v‹6›\n",
		"<!-- in v‹6›\nin v‹7› -->\n\nin v«6»\n",
		"text <!-- in v‹6› --> in v«6» <!-- in v«7»\n",
		"<div>\nin v‹6›\n</div>\n\nin v«6»\n",
		"a <b and in v«6» > c, x < y in v«6»\n",
		"<<<<<<< HEAD (v6)\nin v«6»\n||||||| base\n=======\nin v«7»\n>>>>>>> x (v6)\n",
	};

	expect_all(texts, WLS_ARRAY_SIZE(texts));
}

Test(labels, other_words)
{
	static const char *const texts[] = {
		"React v‹6›, API v‹6›, node v‹18›, improved v‹5› → v‹6›, React v‹5› to v‹6›\n",
		"in v6.1, v0.1.2, v6beta, xv6, v6_2, _xv6, ñv6, v6ñ, v6-rc1, v6.x, v6(), v6@x\n",
		"actions/checkout@v6, $v6, .v6, \\v6, --v6, Auth-v6, foo_v6, %v6, &v6\n",
		"api/v‹6›/users, version=v‹6›, v‹6›/users, v‹6›?\n",
		"v6-2025, in v«6»'s notes, in v«6»’s notes, in v«6»…\n",
		"v, v., H, HTTP/1, 6v6, vv6, in v, in v six\n",
		"the v‹6› fix, vs(v‹2› API), React, v‹6›\n",
		"login v‹6›, built-in v‹6›, foo.in v‹6›\n",
		"in v6で, 在v6, ✅\xEF\xB8\x8Fv‹6›, v‹6›\xEF\xB8\x8F, in\xE2\x86\x92v‹6›\n",
		"a\0in v6",
	};

	expect_all(texts, WLS_ARRAY_SIZE(texts));
}

Test(labels, hypotheses)
{
	static const char *const texts[] = {
		("**Hypotheses:**\nH«1»: Large objects | Refuted | Heap snapshot clean (v«2»)\n"
		 "H«3»: Circular | Invalidated | H«2» was root cause\n"),
		"- H«3»: x\n- **H«3»:** x\n- [ ] H«3»: x\n| H«3» | x |\n",
		"(H«3»), see H«3», H«3» confirmed, H«1»-H«3», H«1»/H«2», H«1» → H«2»\n",
		"`H‹3›` <H‹1›> [x](#H‹3›) https://x.org/H‹3›\n",
		"H2O, xH3, H3x, H3.1, h3, HH3, Auth-H3, H1234567890\n",
		"in H‹1› 2025, 2025 H‹2›, H‹2› headings and H‹3› tags, H«2» 20255, H«2» tagsoup\n",
	};

	expect_all(texts, WLS_ARRAY_SIZE(texts));
}

Test(labels, frontmatter)
{
	static const char *const texts[] = {
		"---\nversion: v6\nstatus: in_progress # since v«6»\nprev: v«5»\nname: x v‹6›\n---\n\nin v«6»\n",
		"---\nname: a\nversion: \"v6\"\n---\nv«6»: x\n",
		"---\nversion: 'v6'\n---\nv«6»: x\n",
		"---\rversion: v6\rprev: v«5»\r---\r\rin v«6»\r",
		"---\nversion: 6\n---\n## v«=6» | x\n",
		"\xEF\xBB\xBF---\nversion: v6\n---\n## v«=6» | x\n",
		"version: v«6»\n",
	};

	expect_all(texts, WLS_ARRAY_SIZE(texts));
}

/* ---- parts, hashes, patches ---- */

static const char log_text[] =
	"---\nversion: v«»\n---\n\n"
	"## v«» | 2025-11-10 14:00 | Follow-up to v«»\n\n"
	"**Prev:** v«» done\n**Now:** `v5` since v«», H3 holds\n\n"
	"- v«»: JWT (v«», v«») [x](#v«»--2025) React v9\n- Auth-Refactor-WorkLog-v«»\n";

/* `text` with each «» as `number`. */
static void fill(struct wls_buf *out, const char *text, unsigned number)
{
	const char *p;

	for (; (p = strstr(text, "«»")); text = p + strlen("«»")) {
		wls_buf_add(out, text, (size_t)(p - text));
		wls_buf_printf(out, "%u", number);
	}
	wls_buf_add_str(out, text);
}

static uint64_t hash_of(const char *text, unsigned number)
{
	_cleanup_buf_ struct wls_buf source = WLS_BUF_INIT;
	struct wls_labels labels = {0};

	fill(&source, text, number);
	struct wls_doc *doc = parse(wls_buf_slice(&source));
	struct wls_node *entry = wls_doc_newest(doc)->node;
	find(doc, doc->root, &labels);
	uint64_t hash = wls_labels_hash(doc->source, entry->begin, entry->end, &labels);
	free(labels.items);
	wls_doc_free(doc);
	return hash;
}

Test(labels, hash_knows_no_numbers)
{
	char changed[sizeof(log_text)];
	uint64_t hash = hash_of(log_text, 6);

	cr_expect_eq(hash_of(log_text, 7), hash);
	cr_expect_eq(hash_of(log_text, 12345), hash);
	/* Every other byte of the entry counts: those in code, after names, of hypotheses. */
	for (size_t i = (size_t)(strstr(log_text, "| 2025") - log_text); i < sizeof(log_text) - 1;
	     i++) {
		bool counts = wls_is_digit(log_text[i]);

		if (!counts)
			continue;
		memcpy(changed, log_text, sizeof(changed));
		changed[i] = changed[i] == '1' ? '2' : '1';
		cr_expect_neq(hash_of(changed, 6), hash, "byte %zu", i);
	}
}

Test(labels, hash_of_a_part)
{
	struct wls_slice source = WLS_SLICE("in v6, in v7, in v8\n");
	struct wls_labels labels = {0}, none = {0};
	struct wls_doc *doc = parse(source);

	find(doc, doc->root, &labels);
	cr_assert_eq(labels.count, 3);
	cr_expect_eq(wls_labels_hash(source, 5, 12, &labels),
		     wls_labels_hash(source, 12, 19, &labels), "`, in v`, then a number");
	cr_expect_neq(wls_labels_hash(source, 5, 12, &none),
		      wls_labels_hash(source, 12, 19, &none));
	cr_expect_eq(wls_labels_hash(source, 6, 10, &labels), wls_labels_hash(source, 6, 10, &none),
		     "nothing left out there");
	cr_expect_neq(wls_labels_hash(source, 0, 4, &labels),
		      wls_labels_hash(source, 0, 5, &labels) + 1);
	cr_expect_eq(wls_labels_hash(source, 3, 3, &labels), wls_labels_hash(source, 9, 9, &none));
	labels.items[0].rewritable = false;
	labels.items[1].letter = 'H';
	cr_expect_eq(wls_labels_hash(source, 0, 14, &labels),
		     wls_labels_hash(source, 0, 14, &none));
	free(labels.items);
	wls_doc_free(doc);
}

Test(labels, patches)
{
	static const struct {
		const char *source;
		struct wls_patch patches[3];
		size_t count;
		const char *expected;
	} cases[] = {
		{"", {{0}}, 0, ""},
		{"in v6", {{0}}, 0, "in v6"},
		{"in v9, v9.", {{4, 1, 10}, {8, 1, 10}}, 2, "in v10, v10."},
		{"v10 v9", {{1, 2, 9}, {5, 1, 10}}, 2, "v9 v10"},
		{"06", {{0, 2, 7}}, 1, "7"},
		{"12", {{0, 1, 999999999}, {1, 1, 0}}, 2, "9999999990"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;

		wls_buf_add_str(&out, "> ");
		wls_patches_apply(wls_slice_of(cases[i].source), cases[i].patches, cases[i].count,
				  &out);
		cr_expect_str_eq(wls_buf_str(&out) + 2, cases[i].expected);
	}
}

/* Every label patched by what was found: the text with other numbers. */
Test(labels, renumbering_a_log)
{
	_cleanup_buf_ struct wls_buf source = WLS_BUF_INIT, out = WLS_BUF_INIT,
				     expected = WLS_BUF_INIT;
	struct wls_labels labels = {0};
	struct wls_patch patches[16];
	size_t count = 0;
	const char *body = strstr(log_text, "## v");

	fill(&source, body, 9);
	fill(&expected, body, 10);
	/* The name after React stays, though its number is the same. */
	memcpy(strstr(source.ptr, "React v9"), "React v9", 8);
	struct wls_doc *doc = parse(wls_buf_slice(&source));
	find(doc, doc->root, &labels);
	for (size_t i = 0; i < labels.count; i++)
		if (labels.items[i].rewritable && labels.items[i].letter == 'v')
			patches[count++] =
				(struct wls_patch){labels.items[i].at, labels.items[i].len, 10};
	wls_patches_apply(doc->source, patches, count, &out);
	cr_expect_str_eq(wls_buf_str(&out), wls_buf_str(&expected));
	cr_expect_eq(count, 9);
	free(labels.items);
	wls_doc_free(doc);
}

/* A token at every place around the blocks by which bytes are searched. */
Test(labels, every_place)
{
	char text[300];

	for (size_t len = 4; len < sizeof(text); len += len < 60 ? 1 : 37) {
		for (size_t at = 0; at + 3 <= len; at++) {
			struct wls_labels labels = {0};

			memset(text, '.', len);
			memcpy(text + at, " v6", 3);
			struct wls_doc *doc = parse(wls_slice(text, len));
			find(doc, doc->root, &labels);
			cr_expect(labels.count == 1 && labels.items[0].at == at + 2, "%zu of %zu",
				  at, len);
			free(labels.items);
			wls_doc_free(doc);
		}
	}
}

/* Fields in the middle of a paragraph find what the whole finds: code spans reach over lines. */
Test(labels, parts_of_a_paragraph)
{
	struct wls_doc *doc =
		parse(WLS_SLICE("## v6 | x\n\n**Now:** `in v5\n**Next:** in v6` in v7\n"
				"**Open:** in v8\n"));
	struct wls_labels labels = {0};
	struct wls_node *next = wls_node_find(doc, doc->entries[0].node, WLS_KEY_NEXT);

	cr_assert_not_null(next);
	find(doc, next, &labels);
	cr_assert_eq(labels.count, 2);
	cr_expect_eq(labels.items[0].number, 6);
	cr_expect_not(labels.items[0].rewritable);
	cr_expect_eq(labels.items[1].number, 7);
	cr_expect(labels.items[1].rewritable);
	free(labels.items);
	wls_doc_free(doc);
}
