/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdio.h>

#include "io/glob.h"
#include "io/path.h"
#include "scratch.h"
#include "support/random.h"

/* What git's wildmatch (t3070) and POSIX say. */
static const struct {
	bool match;
	const char *path, *pattern;
} matches[] = {
	{true, "foo", "foo"},
	{false, "foo", "bar"},
	{true, "foo", "???"},
	{false, "foo", "??"},
	{true, "foo", "*"},
	{true, "foo", "f*"},
	{false, "foo", "*f"},
	{true, "foo", "*foo*"},
	{true, "foobar", "*ob*a*r*"},
	{true, "aaaaaaabababab", "*ab"},
	{true, "foo*", "foo\\*"},
	{false, "foobar", "foo\\*bar"},
	{true, "f\\oo", "f\\\\oo"},
	{true, "ball", "*[al]?"},
	{false, "ten", "[ten]"},
	{true, "ten", "**[!te]"},
	{false, "ten", "**[!ten]"},
	{true, "ten", "t[a-g]n"},
	{false, "ten", "t[!a-g]n"},
	{true, "ton", "t[!a-g]n"},
	{true, "ton", "t[^a-g]n"},
	{true, "a]b", "a[]]b"},
	{true, "a-b", "a[]-]b"},
	{true, "a]b", "a[]-]b"},
	{false, "aab", "a[]-]b"},
	{true, "aab", "a[]a-]b"},
	{true, "]", "]"},
	{false, "foo/baz/bar", "foo*bar"},
	{false, "foo/baz/bar", "foo**bar"},
	{true, "foobazbar", "foo**bar"},
	{true, "foo/baz/bar", "foo/**/bar"},
	{true, "foo/baz/bar", "foo/**/**/bar"},
	{true, "foo/b/a/z/bar", "foo/**/bar"},
	{true, "foo/b/a/z/bar", "foo/**/**/bar"},
	{true, "foo/bar", "foo/**/bar"},
	{true, "foo/bar", "foo/**/**/bar"},
	{false, "foo/bar", "foo?bar"},
	{false, "foo/bar", "foo[/]bar"},
	{true, "foo-bar", "f[^eiu][^eiu][^eiu][^eiu][^eiu]r"},
	{true, "foo", "**/foo"},
	{true, "XXX/foo", "**/foo"},
	{true, "bar/baz/foo", "**/foo"},
	{false, "bar/baz/foo", "*/foo"},
	{false, "foo/bar/baz", "**/bar*"},
	{true, "deep/foo/bar/baz", "**/bar/*"},
	{false, "deep/foo/bar", "**/bar/*"},
	{true, "deep/foo/bar/baz/x", "**/bar/**"},
	{false, "deep/foo/bar/baz", "**/bar**"},
	{true, "foo/bar/baz", "*/bar/**"},
	{false, "deep/foo/bar/baz/x", "*/bar/**"},
	{true, "deep/foo/bar/baz/x", "**/bar/*/*"},
	{false, "acrt", "a[c-c]st"},
	{true, "acrt", "a[c-c]rt"},
	{true, "[ab]", "[[]ab]"},
	{true, "[ab]", "\\[ab]"},
	{true, "a1B", "[[:alpha:]][[:digit:]][[:upper:]]"},
	{false, "a", "[[:digit:][:upper:][:space:]]"},
	{true, "A", "[[:digit:][:upper:][:space:]]"},
	{true, "1", "[[:digit:][:upper:][:space:]]"},
	{true, " ", "[[:digit:][:upper:][:space:]]"},
	{false, ".", "[[:digit:][:upper:][:space:]]"},
	{true, ".", "[[:digit:][:punct:][:space:]]"},
	{true, "f", "[[:xdigit:]]"},
	{false, "g", "[[:xdigit:]]"},
	{true, "_", "[[:graph:]]"},
	{true, "5", "[a-c[:digit:]x-z]"},
	{true, "b", "[a-c[:digit:]x-z]"},
	{false, "q", "[a-c[:digit:]x-z]"},
	{true, "]", "[\\]]"},
	{true, "-", "[\\-_]"},
	{false, "a", "[a"},
	{false, "a", "[a-"},
	{false, "a", "[!"},
	{false, "a", "a\\"},
	{true, "\\", "[\\\\]"},
	{true, "-b", "-*"},
	{false, "ab", "a\\b\\"},
	{true, "\xC3\xA4", "??"},
	{true, "\xFF/x", "\xFF/*"},
	{true, "foo/bar/baz/bam", "foo/**/b*m"},
	{false, "foo", "foo/**"},
	{true, "x/y", "**"},
	{true, "a/b/c", "a/**/c"},
	{true, "a/a/b/a/c", "**/a/c"},
	{true, "aaa", "*a*a*a*"},
	{false, "aa", "*a*a*a*"},
	{true, "a\nb", "a?b"},
	{true, "", ""},
	{false, "", "*/x"},
};

Test(glob, matches_as_wildmatch)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(matches); i++)
		cr_expect_eq(wls_glob_match(wls_slice_of(matches[i].pattern),
					    wls_slice_of(matches[i].path)),
			     matches[i].match, "%s on %s", matches[i].pattern, matches[i].path);
}

Test(glob, covers_as_gitignore)
{
	static const struct {
		const char *pattern, *path;
		bool folder, covers, exact;
	} cases[] = {
		{"a.md", "a.md", false, true, true},
		{"a.md", "x/y/a.md", false, true, true},
		{"/a.md", "x/a.md", false, false, false},
		{"x/*.md", "x/a.md", false, true, true},
		{"x/*.md", "y/x/a.md", false, false, false},
		{"x", "x/y/a.md", false, true, false},
		{"x/", "x/y/a.md", false, true, false},
		{"x/", "x", false, false, false},
		{"x/", "x", true, true, true},
		{"/x/", "y/x/a", false, false, false},
		{"x/**", "x/a/b", false, true, false},
		{"x/**", "x", true, false, false},
		{"*.md", "x.md/a.txt", false, true, false},
		{"**/old", "a/b/old/x.md", false, true, false},
		{"", "a", false, false, false},
		{"/", "a", false, false, false},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		bool exact = false;
		bool covers = wls_glob_covers(wls_slice_of(cases[i].pattern),
					      wls_slice_of(cases[i].path), cases[i].folder, &exact);
		cr_expect_eq(covers, cases[i].covers, "%s on %s", cases[i].pattern, cases[i].path);
		cr_expect_eq(exact, cases[i].exact, "%s on %s", cases[i].pattern, cases[i].path);
	}
}

Test(glob, names_folders)
{
	static const struct {
		const char *pattern, *path;
		bool names;
	} cases[] = {
		{".notes/*.md", ".notes", true},     {".notes/x/*.md", ".notes", true},
		{".notes/x/*.md", ".notes/x", true}, {".notes/x/*.md", ".notes/y", false},
		{".notes/*.md", ".git", false},      {".notes/*.md", ".notes/.x", false},
		{"**/*.md", ".git", false},          {"*", ".git", false},
		{".notes", ".notes", true},          {".notes", "a/.notes", true},
		{".notes/", "a/.notes", true},       {"/.notes", "a/.notes", false},
		{"a/.notes/**", "a/.notes", true},   {"**", ".git", false},
		{".n*/x", ".notes", false},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		cr_expect_eq(
			wls_glob_names(wls_slice_of(cases[i].pattern), wls_slice_of(cases[i].path)),
			cases[i].names, "%s on %s", cases[i].pattern, cases[i].path);
}

static void compose(struct test_random *random, char *out, const char *const *parts,
		    size_t part_count, size_t count)
{
	out[0] = '\0';
	for (size_t i = 0; i < count; i++)
		strcat(out, parts[random_below(random, part_count)]);
}

/* git's own answers for 120 random patterns on 60 random paths. */
Test(glob, covers_what_git_check_ignore_says)
{
	static const char *const path_parts[] = {"a", "b", "ab", "/", "/", ".", "-", "]"};
	static const char *const parts[] = {"a",   "b",    "*",    "?", "/", "**/",
					    "/**", "[ab]", "[!a]", ".", "-", "\\a"};
	char dir[256], paths[60][64], command[] = "git check-ignore --no-index --stdin <paths";
	size_t covered = 0;
	struct test_random random = {42};
	scratch_enter(dir);
	scratch_run("git init -q .");
	struct wls_buf list _cleanup_buf_ = WLS_BUF_INIT;
	for (size_t i = 0; i < 60; i++) {
		compose(&random, paths[i], path_parts, WLS_ARRAY_SIZE(path_parts),
			1 + random_below(&random, 7));
		/* Only clean paths: others mean something else to git. */
		struct wls_buf clean _cleanup_buf_ = WLS_BUF_INIT;
		wls_path_add_clean(&clean, wls_slice_of(paths[i]), true);
		const char *p = wls_buf_str(&clean);
		snprintf(paths[i], 64, "%s", p[0] == '/' || p[0] == '.' ? "a/b" : p);
		wls_buf_printf(&list, "%s\n", paths[i]);
	}
	scratch_write("paths", wls_buf_str(&list));
	for (size_t n = 0; n < 120; n++) {
		char pattern[64];
		compose(&random, pattern, parts, WLS_ARRAY_SIZE(parts),
			1 + random_below(&random, 5));
		if (strstr(pattern, "//"))
			continue; /* no path has an empty component; git is inconsistent here */
		scratch_write(".git/info/exclude", pattern);
		char *said _cleanup_free_ = scratch_output(command, NULL);
		struct wls_buf ours _cleanup_buf_ = WLS_BUF_INIT;
		for (size_t i = 0; i < 60; i++) {
			if (wls_glob_covers(wls_slice_of(pattern), wls_slice_of(paths[i]), false,
					    NULL))
				wls_buf_printf(&ours, "%s\n", paths[i]);
		}
		cr_expect_str_eq(wls_buf_str(&ours), said, "pattern %s: ours {%s}, git's {%s}",
				 pattern, wls_buf_str(&ours), said);
		covered += ours.len > 0;
	}
	cr_expect_gt(covered, 30, "%zu", covered);
	scratch_leave(dir);
}

Test(glob, takes_no_time_on_hostile_patterns, .timeout = 5)
{
	char path[4001], pattern[2001], deep[4001];
	memset(path, 'a', 4000);
	for (size_t i = 0; i < 2000; i++)
		pattern[i] = i % 2 ? 'a' : '*';
	for (size_t i = 0; i < 4000; i++)
		deep[i] = i % 2 ? '/' : 'a';
	path[4000] = pattern[2000] = deep[4000] = '\0';
	pattern[1999] = 'b';
	cr_expect_not(wls_glob_match(wls_slice_of(pattern), wls_slice_of(path)));
	char stars[1201];
	for (size_t i = 0; i < 300; i++)
		memcpy(stars + 4 * i, "**/a", 4);
	for (size_t i = 4; i < 1200; i += 4)
		stars[i - 1] = '/';
	stars[1199] = 'b';
	stars[1200] = '\0';
	cr_expect_not(wls_glob_match(wls_slice_of(stars), wls_slice_of(deep)));
}
