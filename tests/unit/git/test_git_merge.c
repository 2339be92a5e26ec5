/* SPDX-License-Identifier: MIT */
/* What resolve, preview and install ask of git. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <unistd.h>

#include "git/git.h"
#include "io/scratch.h"

#define GIT "git -c user.name=A -c user.email=a@b -c init.defaultBranch=main "

static const struct wls_git_api *load(void)
{
	const struct wls_git_api *api = NULL;
	struct wls_error err = {0};
	cr_assert_eq(wls_git_load(&api, &err), 0, "%s", err.text);
	return api;
}

static struct wls_git *open_git(const char *folder)
{
	struct wls_git *git = NULL;
	struct wls_error err = {0};
	cr_assert_eq(load()->open(&git, folder, &err), 0, "%s", err.text);
	return git;
}

static struct wls_git_id commit_of(struct wls_git *git, const char *rev)
{
	struct wls_git_id id;
	struct wls_error err = {0};
	cr_assert_eq(load()->resolve(git, rev, &id, &err), 0, "%s", err.text);
	return id;
}

/* ---- commits ---- */

static void add_change(void *data, const char *path, const struct wls_git_id *old,
		       const struct wls_git_id *now)
{
	wls_buf_printf(data, "%s%s%s|", old ? "-" : "", now ? "+" : "", path);
}

static void expect_changes(struct wls_git *git, const char *from, const char *to, const char *want)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error err = {0};
	struct wls_git_id a = commit_of(git, from ? from : "HEAD"), b = commit_of(git, to);
	cr_expect_eq(load()->changes(git, from ? &a : NULL, &b, add_change, &text, &err), 0, "%s",
		     err.text);
	cr_expect_str_eq(wls_buf_str(&text), want, "%s..%s: %s", from ? from : "", to,
			 wls_buf_str(&text));
}

Test(git_merge, compares_commits)
{
	char dir[256];
	struct wls_git_id base, want, blob;
	struct wls_error err = {0};
	scratch_enter(dir);
	scratch_run(GIT "init -q .; echo a > a.md; mkdir d; echo b > d/b.md; ln -s a.md l.md;" GIT
			"add .; " GIT "commit -qm base; git branch side; echo c > a.md;" GIT
			"rm -q d/b.md; echo n > n.md; git add .; " GIT "commit -qm main;"
			"git checkout -q side; rm l.md; echo now > l.md; git add .;" GIT
			"commit -qm side; git checkout -q --orphan alone; " GIT "commit -qm alone");
	struct wls_git *git = open_git(".");
	struct wls_git_id main = commit_of(git, "main"), side = commit_of(git, "side");
	struct wls_git_id alone = commit_of(git, "alone");
	want = commit_of(git, "main~1");
	cr_expect_eq(load()->merge_base(git, &main, &side, &base, &err), 0, "%s", err.text);
	cr_expect_arr_eq(base.bytes, want.bytes, sizeof(base.bytes));
	cr_expect_eq(load()->merge_base(git, &main, &alone, &base, &err), WLS_E_NOT_FOUND);
	cr_expect(strstr(err.text, "no common ancestor"), "%s", err.text);
	expect_changes(git, "main~1", "main", "-+a.md|-d/b.md|+n.md|");
	expect_changes(git, "main", "main~1", "-+a.md|+d/b.md|-n.md|");
	expect_changes(git, "main", "main", "");
	expect_changes(git, "main~1", "side", "+l.md|");
	expect_changes(git, NULL, "side", "+a.md|+d/b.md|+l.md|");
	cr_expect_eq(load()->find(git, &side, "d/b.md", &blob, &err), 0);
	static const char *const missing[] = {"d", "none.md", "d/none.md", "a.md/x", "l.md"};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(missing); i++)
		cr_expect_eq(load()->find(git, &main, missing[i], &blob, &err), WLS_E_NOT_FOUND,
			     "%s", missing[i]);
	load()->close(git);
	scratch_leave(dir);
}

/* ---- the index ---- */

static void add_unmerged(void *data, const char *path, const struct wls_git_id *const stages[3])
{
	wls_buf_printf(data, "%s%s%s %s|", stages[0] ? "1" : "", stages[1] ? "2" : "",
		       stages[2] ? "3" : "", path);
}

static void add_tracked(void *data, const char *path, const struct wls_git_id *blob)
{
	(void)blob;
	wls_buf_printf(data, "%s|", path);
}

static void expect_index(struct wls_git *git, const char *unmerged, const char *tracked)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error err = {0};
	cr_expect_eq(load()->unmerged(git, add_unmerged, &text, &err), 0, "%s", err.text);
	cr_expect_str_eq(wls_buf_str(&text), unmerged, "%s", wls_buf_str(&text));
	wls_buf_clear(&text);
	cr_expect_eq(load()->tracked(git, add_tracked, &text, &err), 0, "%s", err.text);
	cr_expect_str_eq(wls_buf_str(&text), tracked, "%s", wls_buf_str(&text));
}

Test(git_merge, knows_what_is_unmerged)
{
	char dir[256];
	struct wls_error err = {0};
	scratch_enter(dir);
	scratch_run(GIT "init -q .; for f in a b c; do echo $f > $f.md; done; git add .;" GIT
			"commit -qm base; git checkout -q -b side; echo s > a.md; echo s > b.md;"
			"git rm -q c.md; echo s > n.md; git add .; " GIT "commit -qm side;"
			"git checkout -q main; echo m > a.md; git rm -q b.md; echo m > c.md;"
			"echo m > n.md; git add .;" GIT "commit -qm main; " GIT
			"merge -q side > log 2>&1 || rm log");
	struct wls_git *git = open_git(".");
	cr_expect_eq(load()->state(git), WLS_GIT_STATE_MERGE);
	expect_index(git, "123 a.md|13 b.md|12 c.md|23 n.md|", "");
	scratch_run("echo both > a.md");
	cr_expect_eq(load()->stage(git, "a.md", false, &err), 0, "%s", err.text);
	cr_expect_eq(load()->stage(git, "b.md", true, &err), 0, "%s", err.text);
	expect_index(git, "12 c.md|23 n.md|", "a.md|");
	char *out _cleanup_free_ = scratch_output("git show :a.md; git ls-files -u | wc -l", NULL);
	cr_expect_str_eq(out, "both\n4\n", "%s", out);
	/* Another process changes the index meanwhile. */
	scratch_run("git add c.md");
	expect_index(git, "23 n.md|", "a.md|c.md|");
	cr_expect_lt(load()->stage(git, "missing.md", false, &err), 0);
	cr_expect(strstr(err.text, "missing.md: cannot put it into the index"), "%s", err.text);
	load()->close(git);
	scratch_leave(dir);
}

Test(git_merge, knows_what_git_is_in_the_middle_of)
{
	static const struct {
		const char *command;
		enum wls_git_state want;
	} cases[] = {
		{"true", WLS_GIT_STATE_NONE},
		{GIT "merge -q side", WLS_GIT_STATE_MERGE},
		{GIT "rebase -q side", WLS_GIT_STATE_REBASE},
		{GIT "rebase -q --apply side", WLS_GIT_STATE_REBASE},
		{GIT "cherry-pick side", WLS_GIT_STATE_CHERRY_PICK},
		{GIT "revert --no-edit HEAD~1", WLS_GIT_STATE_REVERT},
	};
	char dir[256];
	scratch_enter(dir);
	scratch_run(GIT "init -q r; cd r; echo a > a; git add .; " GIT "commit -qm base;"
			"git checkout -q -b side; echo s > a;" GIT "commit -qam side;"
			"git checkout -q main; echo m > a; " GIT "commit -qam one; echo n > a;" GIT
			"commit -qam two");
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		scratch_run("rm -rf c; cp -r r c; cd c; %s >log 2>&1 || true", cases[i].command);
		struct wls_git *git = open_git("c");
		cr_expect_eq(load()->state(git), cases[i].want, "%s", cases[i].command);
		load()->close(git);
	}
	scratch_leave(dir);
}

/* ---- configuration ---- */

static void expect_setting(struct wls_git *git, enum wls_git_scope scope, const char *key,
			   const char *want)
{
	struct wls_buf value _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error err = {0};
	bool found;
	cr_expect_eq(load()->get(git, scope, key, &value, &found, &err), 0, "%s", err.text);
	cr_expect_eq(found, want != NULL, "%s", key);
	if (found && want)
		cr_expect_str_eq(wls_buf_str(&value), want);
}

static void set(struct wls_git *git, enum wls_git_scope scope, const char *key, const char *value)
{
	struct wls_error err = {0};
	cr_expect_eq(load()->set(git, scope, key, value, &err), 0, "%s", err.text);
}

static void expect_file(const char *path, const char *want)
{
	char command[600];
	snprintf(command, sizeof(command), "cat '%s'", path);
	char *got _cleanup_free_ = scratch_output(command, NULL);
	cr_expect_str_eq(got, want, "%s: %s", path, got);
}

Test(git_merge, writes_settings_and_takes_them_back)
{
	static const char odd[] = "a \"quoted\" $1; #%%X \\ and more ";
	char dir[256];
	struct wls_error err = {0};
	scratch_enter(dir);
	scratch_run(GIT
		    "init -q .; printf '# mine\\n[merge \"other\"]\\n\\tdriver = x\\n"
		    "[merge \"wlsync\"]\\n# a remark\\n[core]\\n\\tbare = false\\n' > .git/config;"
		    "chmod 600 .git/config; cp .git/config before");
	struct wls_git *git = open_git(".");
	char *before _cleanup_free_ = scratch_output("cat before", NULL);
	set(git, WLS_GIT_REPOSITORY, "diff.wlsync.command", odd);
	expect_setting(git, WLS_GIT_REPOSITORY, "diff.wlsync.command", odd);
	char *got _cleanup_free_ = scratch_output("git config diff.wlsync.command", NULL);
	cr_expect(strncmp(got, odd, sizeof(odd) - 1) == 0, "%s", got);
	set(git, WLS_GIT_REPOSITORY, "diff.wlsync.command", NULL);
	set(git, WLS_GIT_REPOSITORY, "diff.wlsync.command", NULL);
	expect_setting(git, WLS_GIT_REPOSITORY, "diff.wlsync.command", NULL);
	expect_file(".git/config", before);
	/* A section that holds a remark is not empty. */
	set(git, WLS_GIT_REPOSITORY, "merge.wlsync.name", "n");
	set(git, WLS_GIT_REPOSITORY, "merge.wlsync.name", NULL);
	char *left _cleanup_free_ = scratch_output("grep -c 'a remark' .git/config", NULL);
	cr_expect_str_eq(left, "1\n");
	char *mode _cleanup_free_ =
		scratch_output("stat -c %a .git/config; ls .git | grep lock", NULL);
	cr_expect_str_eq(mode, "600\n", "%s", mode);
	scratch_run("touch .git/config.lock");
	cr_expect_lt(load()->set(git, WLS_GIT_REPOSITORY, "a.b", "c", &err), 0);
	cr_expect(strstr(err.text, ".lock"), "%s", err.text);
	load()->close(git);
	scratch_leave(dir);
}

Test(git_merge, finds_the_users_files)
{
	char dir[256], want[400];
	struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error err = {0};
	scratch_enter(dir);
	setenv("HOME", dir, 1);
	unsetenv("XDG_CONFIG_HOME");
	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	cr_expect_eq(load()->set(NULL, WLS_GIT_USER, "a.b", "c", &err), WLS_E_REFUSED);
	setenv("GIT_CONFIG_GLOBAL", "deep/er/config", 1);
	set(NULL, WLS_GIT_USER, "a.b", "c");
	expect_file("deep/er/config", "[a]\n\tb = c\n");
	expect_setting(NULL, WLS_GIT_USER, "a.b", "c");
	expect_setting(NULL, WLS_GIT_EFFECTIVE, "a.b", "c");
	unsetenv("GIT_CONFIG_GLOBAL");
	cr_expect_eq(load()->place(NULL, WLS_GIT_PLACE_USER_CONFIG, &path, &err), 0);
	snprintf(want, sizeof(want), "%s/.gitconfig", dir);
	cr_expect_str_eq(path.ptr, want);
	scratch_write(".config/git/config", "[x]\n");
	cr_expect_eq(load()->place(NULL, WLS_GIT_PLACE_USER_CONFIG, &path, &err), 0);
	snprintf(want, sizeof(want), "%s/.config/git/config", dir);
	cr_expect_str_eq(path.ptr, want);
	cr_expect_eq(load()->place(NULL, WLS_GIT_PLACE_USER_ATTRIBUTES, &path, &err), 0);
	snprintf(want, sizeof(want), "%s/.config/git/attributes", dir);
	cr_expect_str_eq(path.ptr, want);
	unsetenv("HOME");
	cr_expect_eq(load()->place(NULL, WLS_GIT_PLACE_USER_CONFIG, &path, &err), WLS_E_NOT_FOUND);
	scratch_leave(dir);
}

Test(git_merge, reads_attributes_and_places)
{
	static const char *const cases[][3] = {
		{"a.md", "merge", "wlsync"}, {"a.md", "text", "unset"},    {"a.txt", "merge", ""},
		{"a.txt", "text", "set"},    {"d/a.md", "merge", "union"},
	};
	char dir[256], want[400];
	struct wls_buf value _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error err = {0};
	scratch_enter(dir);
	scratch_run(GIT "init -q r; cd r; " GIT "commit -q --allow-empty -m x;"
			"git worktree add -q ../tree 2>/dev/null; mkdir d;"
			"printf '*.md merge=wlsync -text\\n*.txt text\\n' > .gitattributes;"
			"echo '*.md merge=union' > d/.gitattributes");
	struct wls_git *git = open_git("r");
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		cr_expect_eq(load()->attribute(git, cases[i][0], cases[i][1], &value, &err), 0);
		cr_expect_str_eq(wls_buf_str(&value), cases[i][2], "%s %s", cases[i][0],
				 cases[i][1]);
	}
	load()->close(git);
	git = open_git("tree");
	cr_expect_eq(load()->place(git, WLS_GIT_PLACE_CONFIG, &value, &err), 0);
	snprintf(want, sizeof(want), "%s/r/.git/config", dir);
	cr_expect_str_eq(value.ptr, want);
	scratch_run("git -C r config core.hooksPath my/hooks");
	load()->close(git);
	git = open_git("tree");
	cr_expect_eq(load()->place(git, WLS_GIT_PLACE_HOOKS, &value, &err), 0);
	snprintf(want, sizeof(want), "%s/tree/my/hooks", dir);
	cr_expect_str_eq(value.ptr, want);
	load()->close(git);
	scratch_leave(dir);
}
