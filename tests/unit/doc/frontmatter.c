/* SPDX-License-Identifier: MIT */
/*
 * Frontmatter (rule 5).
 */
#include <criterion/criterion.h>

#include "doc_support.h"

/* `3 status=done name=X aliases=a,b keys=version,status` or `none`. */
static void describe_frontmatter(const struct wls_doc *doc, struct wls_buf *out)
{
	const struct wls_frontmatter *f = &doc->frontmatter;
	if (!f->present) {
		wls_buf_add_str(out, "none");
		return;
	}
	wls_buf_printf(out, "%u", f->version);
	if (f->status.len > 0)
		wls_buf_printf(out, " status=%.*s", WLS_SLICE_ARG(f->status));
	if (f->name.len > 0)
		wls_buf_printf(out, " name=%.*s", WLS_SLICE_ARG(f->name));
	if (f->id.len > 0)
		wls_buf_printf(out, " id=%.*s", WLS_SLICE_ARG(f->id));
	if (f->issue.len > 0)
		wls_buf_printf(out, " issue=%.*s", WLS_SLICE_ARG(f->issue));
	for (size_t i = 0; i < f->alias_count; i++)
		wls_buf_printf(out, " aka=%.*s", WLS_SLICE_ARG(f->aliases[i]));
}

Test(frontmatter, values)
{
	static const struct {
		const char *source, *expected;
	} cases[] = {
		{"---\nversion: v3\nstatus: in_progress   # or done\n---\n",
		 "3 status=in_progress"},
		{"---\nversion: 3\n---", "3"},
		{"---\nversion: \"v3\"\n---\n", "3"},
		{"---\nversion: 'v3'\n---\n", "3"},
		{"---\nversion: v3.0\n---\n", "3"},
		{"---\nversion: 3.00\n---\n", "3"},
		{"---\nversion: v3.1\n---\n", "0"},
		{"---\nversion: three\n---\n", "0"},
		{"---\nversion: v1000000000\n---\n", "0"},
		{"---\nversion: ~\n---\n", "0"},
		{"---\nversion: v3\n...\n", "3"},
		{"---  \nversion: v3\n--- \t\n", "3"},
		{"---\r\nversion: v3\r\nstatus: done\r\n---\r\n", "3 status=done"},
		{"---\rversion: v3\r---\r", "3"},
		{"\xEF\xBB\xBF---\nversion: v3\n---\n", "3"},
		{"---\nVersion: v3\nSTATUS: done\n---\n", "3 status=done"},
		{"---\nname: \"A\\tB\"\nid: x\nissue: 12\n---\n", "0 name=A\tB id=x issue=12"},
		{"---\naliases: [a, 'b c']\n---\n", "0 aka=a aka=b c"},
		{"---\naliases:\n- a\n- b\nversion: v2\n---\n", "2 aka=a aka=b"},
		{"---\naliases: a\n---\n", "0 aka=a"},
		{"---\nuser: {version: v9, deep: [1, {a: b}]}\nversion: v2\n---\n", "2"},
		{"---\nstatus: in_progress | completed | blocked\n---\n",
		 "0 status=in_progress | completed | blocked"},
		{"---\n{version: v3, status: done}\n---\n", "3 status=done"},
		{"---\n# comment\n\nversion: v3\n# end\n---\n", "3"},
		{"---\nna\xC3\xAFve: \xE2\x9C\x85\nstatus: d\xC3\xB6ne\n---\n",
		 "0 status=d\xC3\xB6ne"},
		{"---\n? [a, b]\n: c\nversion: v3\n---\n", "3"},
		{"---\nstatus: >\n  done\n  today\n---\n", "0 status=done today\n"},
		/* none */
		{"", "none"},
		{"---\n", "none"},
		{"---\n---\n", "none"},
		{"---\nversion: v3\n", "none"},
		{"\n---\nversion: v3\n---\n", "none"},
		{" ---\nversion: v3\n---\n", "none"},
		{"----\nversion: v3\n----\n", "none"},
		{"---\n- version: v3\n---\n", "none"},
		{"---\nwords\n---\n", "none"},
		{"---\nversion: [v3\n---\n", "none"},
		{"---\nversion: v3\n--- x\na: b\n---\n", "none"},
		{"---\nversion: v\xFF\n---\n", "none"},
		{"---\n<<<<<<< a\nversion: v3\n=======\nversion: v4\n>>>>>>> b\n---\n", "none"},
	};
	struct wls_buf got;
	wls_buf_init(&got, 4096);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_doc *doc = parse(wls_slice_of(cases[i].source));
		wls_buf_clear(&got);
		describe_frontmatter(doc, &got);
		cr_expect_str_eq(wls_buf_str(&got), cases[i].expected, "%s: got %s",
				 cases[i].source, wls_buf_str(&got));
		const char *fault = tiling_fault(doc);
		cr_expect_null(fault, "%s: %s", cases[i].source, fault ? fault : "");
		wls_doc_free(doc);
	}
	wls_buf_release(&got);
}

Test(frontmatter, nodes)
{
	static const struct {
		const char *source, *expected;
	} cases[] = {
		{"---\nversion: v3\nlist:\n- a\n- b\n\nlast: x\n---\ntext\n",
		 "document{frontmatter{key<v3> key<- a - b> key<x> opaque} paragraph<text>}"},
		{"---\n# c\na: b\n---\n", "document{frontmatter{opaque key<b> opaque}}"},
		{"---\n{a: b, c: d}\n---\n", "document{frontmatter{opaque key<b> key<d> opaque}}"},
		{"---\n{}\n---\n", "document{frontmatter{opaque}}"},
	};
	struct wls_buf got;
	wls_buf_init(&got, 4096);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_doc *doc = parse(wls_slice_of(cases[i].source));
		wls_buf_clear(&got);
		describe(doc, doc->root, &got);
		cr_expect_str_eq(wls_buf_str(&got), cases[i].expected, "%s: got %s",
				 cases[i].source, wls_buf_str(&got));
		wls_doc_free(doc);
	}
	wls_buf_release(&got);
}

/* A mapping deeper than we read is none, and takes no time. */
Test(frontmatter, hostile_nesting)
{
	struct wls_buf source;
	wls_buf_init(&source, WLS_BUF_LIMIT);
	wls_buf_add_str(&source, "---\na: ");
	wls_buf_fill(&source, '[', 200000);
	wls_buf_add_str(&source, "\n---\n");
	struct wls_doc *doc = parse(wls_buf_slice(&source));
	cr_expect_not(doc->frontmatter.present);
	cr_expect_null(tiling_fault(doc));
	wls_doc_free(doc);
	wls_buf_release(&source);
}
