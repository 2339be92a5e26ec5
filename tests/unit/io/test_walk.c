/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file.h"
#include "io/walk.h"
#include "scratch.h"
#include "wlsync/buf.h"

static bool enter_usual(void *data, const char *path, bool left_out)
{
	(void)data;
	(void)path;
	return !left_out;
}

static bool enter_all(void *data, const char *path, bool left_out)
{
	(void)data;
	(void)path;
	(void)left_out;
	return true;
}

static bool take_md(void *data, const char *path)
{
	(void)data;
	return wls_slice_ends_nocase(wls_slice_of(path), WLS_SLICE(".md"));
}

static const struct wls_walk_rules usual = {enter_usual, take_md, NULL};

static void run(struct wls_walk *walk, const char *folder, const struct wls_walk_rules *rules)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY);
	cr_assert_geq(fd, 0);
	wls_walk_run(walk, fd, rules);
	close(fd);
}

/* What was found, '|' behind each; errors as "!path". */
static void expect(const char *folder, const struct wls_walk_rules *rules, const char *want)
{
	struct wls_walk walk = {0};
	struct wls_buf got _cleanup_buf_ = WLS_BUF_INIT;
	run(&walk, folder, rules);
	for (size_t i = 0; i < walk.count; i++)
		wls_buf_printf(&got, "%s|", walk.paths[i]);
	for (size_t i = 0; i < walk.error_count; i++)
		wls_buf_printf(&got, "!%s|", walk.errors[i].path);
	cr_expect_str_eq(wls_buf_str(&got), want, "got %s", wls_buf_str(&got));
	wls_walk_release(&walk);
}

Test(walk, finds_files_in_order)
{
	char dir[256];
	scratch_enter(dir);
	expect(".", &usual, "");
	static const char *const files[] = {
		"b.md",
		"a.md",
		"B.MD",
		"x.txt",
		"a/z.md",
		"a/b/c/d.md",
		"a-b.md",
		".hidden.md",
		".git/x.md",
		".notes/y.md",
		"node_modules/n.md",
		"a/node_modules/n.md",
		"a/.cache/n.md",
		"node_modules2/m.md",
		"new\nline/odd\tname.md",
		"caf\xE9/\xFF.md",
		"-dash.md",
		"md",
		"folder.md/in.md",
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(files); i++)
		scratch_write(files[i], "x");
	cr_assert_eq(mkdir("empty", 0777), 0);
	expect(".", &usual,
	       "-dash.md|.hidden.md|B.MD|a-b.md|a.md|a/b/c/d.md|a/z.md|b.md|caf\xE9/\xFF.md|"
	       "folder.md/in.md|new\nline/odd\tname.md|node_modules2/m.md|");
	expect("a", &usual, "b/c/d.md|z.md|");
	const struct wls_walk_rules all = {enter_all, take_md, NULL};
	expect("a", &all, ".cache/n.md|b/c/d.md|node_modules/n.md|z.md|");
	scratch_leave(dir);
}

Test(walk, survives_links)
{
	char dir[256];
	scratch_enter(dir);
	scratch_write("real/a.md", "x");
	scratch_write("outside.txt", "x");
	cr_assert_eq(symlink("..", "real/up"), 0);
	cr_assert_eq(symlink("real", "again"), 0);
	cr_assert_eq(symlink(".", "self"), 0);
	expect(".", &usual, "real/a.md|");

	cr_assert_eq(symlink("real/a.md", "double.md"), 0);
	expect(".", &usual, "real/a.md|");
	cr_assert_eq(symlink("outside.txt", "only.md"), 0);
	cr_assert_eq(symlink("outside.txt", "only2.md"), 0);
	expect(".", &usual, "only.md|real/a.md|");
	cr_assert_eq(symlink("real", "folder.md"), 0);
	expect(".", &usual, "only.md|real/a.md|");

	cr_assert_eq(symlink("user@host.1:2", ".#a.md"), 0);
	expect(".", &usual, "only.md|real/a.md|");
	cr_assert_eq(symlink("loop.md", "loop.md"), 0);
	cr_assert_eq(symlink("nowhere", "broken.md"), 0);
	cr_assert_eq(symlink("nowhere", "broken.txt"), 0);
	expect(".", &usual, "only.md|real/a.md|!broken.md|!loop.md|");
	cr_assert_eq(link("real/a.md", "hard.md"), 0);
	cr_assert_eq(unlink("loop.md"), 0);
	expect(".", &usual, "hard.md|only.md|real/a.md|!broken.md|");
	scratch_leave(dir);
}

Test(walk, passes_over_what_is_no_file)
{
	char dir[256];
	scratch_enter(dir);
	cr_assert_eq(mkfifo("pipe.md", 0666), 0);
	cr_assert_eq(mkdir("folder.md", 0777), 0);
	scratch_write("a.md", "x");
	expect(".", &usual, "a.md|");
	scratch_leave(dir);
}

Test(walk, tells_of_folders_that_cannot_be_searched_and_goes_on)
{
	char dir[256];
	struct wls_walk walk = {0};
	scratch_enter(dir);
	scratch_write("a/a.md", "x");
	scratch_write("shut/b.md", "x");
	scratch_write("listed/c.md", "x");
	scratch_write("z/z.md", "x");
	cr_assert_eq(chmod("shut", 0), 0);
	cr_assert_eq(chmod("listed", 0444), 0);
	scratch_drop_root();
	expect(".", &usual, "a/a.md|z/z.md|!listed/c.md|!shut|");
	run(&walk, ".", &usual);
	cr_expect_str_eq(walk.errors[0].doing, "look at");
	cr_expect_str_eq(walk.errors[1].doing, "search");
	cr_expect_eq(walk.errors[1].number, EACCES);
	wls_walk_release(&walk);
	scratch_leave(dir);
}

/* Makes folders named `name` within each other, an "x.md" in each 10th, and returns to `start`. */
static void make_deep(const char *start, const char *name, int levels)
{
	for (int i = 1; i <= levels; i++) {
		cr_assert_eq(mkdir(name, 0777), 0);
		cr_assert_eq(chdir(name), 0);
		if (i % 10 == 0 && i < 1000)
			scratch_write("x.md", "x");
	}
	cr_assert_eq(chdir(start), 0);
}

static void expect_limit(size_t found, size_t path_len, int number)
{
	struct wls_walk walk = {0};
	run(&walk, ".", &usual);
	cr_expect_eq(walk.count, found, "%zu", walk.count);
	cr_assert_eq(walk.error_count, 1);
	cr_expect_eq(strlen(walk.errors[0].path), path_len);
	cr_expect_eq(walk.errors[0].number, number);
	cr_expect_str_eq(walk.errors[0].doing, "search");
	wls_walk_release(&walk);
}

Test(walk, survives_depth, .timeout = 60)
{
	char dir[256], name[201];
	struct rlimit all, few;
	scratch_enter(dir);
	make_deep(dir, "d", 3000);
	cr_assert_eq(getrlimit(RLIMIT_NOFILE, &all), 0);
	few = (struct rlimit){16, all.rlim_max};
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
	expect_limit(WLS_WALK_DEPTH / 10, 2 * (WLS_WALK_DEPTH + 1) - 1, WLS_FILE_TOO_DEEP);
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &all), 0);
	scratch_run("rm -rf d");
	memset(name, 'n', 200);
	name[200] = '\0';
	make_deep(dir, name, 40);
	/* 20 levels are 4,019 bytes, 21 are over PATH_MAX. */
	expect_limit(2, 21 * 201 - 1, ENAMETOOLONG);
	scratch_leave(dir);
}

Test(walk, says_what_is_too_deep)
{
	struct wls_error err = {0};
	cr_expect_eq(wls_file_error(&err, "a/b", "search", WLS_FILE_TOO_DEEP), WLS_E_LIMIT);
	cr_expect_str_eq(err.text, "a/b: cannot search it: Too many folders within each other; "
				   "start from a folder nearer to it (wlsync -C FOLDER)");
}
