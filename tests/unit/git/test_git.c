/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
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

static struct wls_git *open_git(const struct wls_git_api *api, const char *folder)
{
	struct wls_git *git = NULL;
	struct wls_error err = {0};
	cr_assert_eq(api->open(&git, folder, &err), 0, "%s", err.text);
	return git;
}

/* ---- finding ---- */

/* Expects what is found from `folder`, with paths relative to the scratch folder. */
static void expect_found(const char *dir, const char *folder, enum wls_git_kind kind,
			 const char *root)
{
	char path[600], want[600];
	char *got _cleanup_free_ = NULL;
	snprintf(path, sizeof(path), "%s%s%s", dir, *folder ? "/" : "", folder);
	snprintf(want, sizeof(want), "%s%s%s", dir, root && *root ? "/" : "", root ? root : "");
	cr_expect_eq(wls_git_find(path, &got), kind, "%s", folder);
	cr_expect_eq(got == NULL, root == NULL, "%s", folder);
	if (got && root)
		cr_expect_str_eq(got, want);
}

Test(git, finds_repositories_without_libgit2)
{
	char dir[256], above[256];
	scratch_enter(dir);
	snprintf(above, sizeof(above), "%s", dir);
	setenv("GIT_CEILING_DIRECTORIES", "/tmp", 1);
	scratch_run("mkdir -p none/deep repo/a/b/c 'odd\nna me/x' fake/.git/x filed/x;" GIT
		    "init -q repo; " GIT "init -q 'odd\nna me'; " GIT "init -q --bare bare.git;"
		    "echo text > filed/.git");
	expect_found(dir, "none/deep", WLS_GIT_NONE, NULL);
	expect_found(dir, "repo", WLS_GIT_WORK_TREE, "repo");
	expect_found(dir, "repo/a/b/c", WLS_GIT_WORK_TREE, "repo");
	expect_found(dir, "odd\nna me/x", WLS_GIT_WORK_TREE, "odd\nna me");
	expect_found(dir, "fake/.git/x", WLS_GIT_NONE, NULL);
	expect_found(dir, "filed/x", WLS_GIT_WORK_TREE, "filed");
	expect_found(dir, "bare.git", WLS_GIT_BARE, "bare.git");
	expect_found(dir, "bare.git/refs/heads", WLS_GIT_BARE, "bare.git");
	expect_found(dir, "repo/.git", WLS_GIT_BARE, "repo/.git");
	expect_found(dir, "missing", WLS_GIT_NONE, NULL);

	scratch_run("cd repo && " GIT "commit -q --allow-empty -m x && "
		    "git worktree add -q ../tree 2>/dev/null && "
		    "git -c protocol.file.allow=always submodule --quiet add ./ sub 2>/dev/null");
	expect_found(dir, "tree", WLS_GIT_WORK_TREE, "tree");
	expect_found(dir, "repo/sub", WLS_GIT_WORK_TREE, "repo/sub");
	int fd = open("repo", O_RDONLY | O_DIRECTORY);
	cr_expect(wls_git_is_nested(fd, "sub"));
	cr_expect_not(wls_git_is_nested(fd, "a"));
	close(fd);

	char ceiling[600];
	snprintf(ceiling, sizeof(ceiling), "relative:/nowhere::%s/repo/a/", dir);
	setenv("GIT_CEILING_DIRECTORIES", ceiling, 1);
	expect_found(dir, "repo/a/b/c", WLS_GIT_NONE, NULL);
	expect_found(dir, "repo/a", WLS_GIT_WORK_TREE, "repo");
	unsetenv("GIT_CEILING_DIRECTORIES");

	cr_assert_eq(chdir("none"), 0);
	setenv("GIT_DIR", "../repo/.git", 1);
	expect_found(dir, "repo/a", WLS_GIT_WORK_TREE, "none");
	setenv("GIT_WORK_TREE", "../repo", 1);
	expect_found(dir, "none", WLS_GIT_WORK_TREE, "repo");
	setenv("GIT_WORK_TREE", "../nowhere", 1);
	expect_found(dir, "none", WLS_GIT_NONE, NULL);
	unsetenv("GIT_DIR");
	unsetenv("GIT_WORK_TREE");
	scratch_leave(dir);
}

Test(git, tells_whether_a_user_may_have_settings)
{
	char dir[256];
	scratch_enter(dir);
	setenv("HOME", dir, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	unsetenv("GIT_CONFIG_GLOBAL");
	unsetenv("XDG_CONFIG_HOME");
	cr_expect_not(wls_git_may_configure());
	scratch_write(".gitconfig", "[user]\n\tname = x\n");
	cr_expect_not(wls_git_may_configure());
	scratch_write(".config/git/config", "[WLSync \"worklog\"]\n\tpath = x\n");
	cr_expect(wls_git_may_configure());
	setenv("XDG_CONFIG_HOME", "/nowhere", 1);
	cr_expect_not(wls_git_may_configure());
	scratch_write(".gitconfig", "[includeIf \"x\"]\n\tpath = y\n");
	cr_expect(wls_git_may_configure());
	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	cr_expect_not(wls_git_may_configure());
	scratch_leave(dir);
}

/* ---- loading ---- */

Test(git, says_when_the_module_is_missing_or_broken)
{
	const struct wls_git_api *api = NULL;
	struct wls_error err = {0};
	char dir[256];
	scratch_enter(dir);
	scratch_write("wlsync-git.so", "no module");
	setenv("WLSYNC_EXEC_PATH", dir, 1);
	cr_expect_eq(wls_git_load(&api, &err), WLS_E_UNSUPPORTED);
	cr_expect(strstr(err.text, "cannot load wlsync-git.so"), "%s", err.text);
	scratch_run("printf 'const unsigned wls_git_module = 0;' > m.c && "
		    "cc -shared -o wlsync-git.so m.c");
	cr_expect_eq(wls_git_load(&api, &err), WLS_E_UNSUPPORTED);
	cr_expect(strstr(err.text, "another version"), "%s", err.text);
	setenv("WLSYNC_EXEC_PATH", "/nowhere", 1);
	cr_expect_eq(wls_git_load(&api, &err), WLS_E_UNSUPPORTED);
	cr_expect(strstr(err.text, "cannot find wlsync-git.so"), "%s", err.text);
	cr_expect(strstr(err.text, "WLSYNC_EXEC_PATH"));
	cr_expect_null(api);
	scratch_leave(dir);
}

/* ---- opening ---- */

static void expect_refused(const char *folder, int status, const char *text)
{
	struct wls_git *git = NULL;
	struct wls_error err = {0};
	cr_expect_eq(load()->open(&git, folder, &err), status, "%s: %s", folder, err.text);
	cr_expect(strstr(err.text, text), "%s", err.text);
	cr_expect_null(git);
}

Test(git, opens_every_kind_of_repository)
{
	const struct wls_git_api *api = load();
	char dir[256], want[300];
	scratch_enter(dir);
	scratch_run(GIT
		    "init -q repo && mkdir repo/sub && " GIT
		    "init -q --bare bare && cd repo && " GIT
		    "commit -q --allow-empty -m x && git worktree add -q ../tree 2>/dev/null && "
		    "git config extensions.worktreeConfig true && "
		    "git config core.repositoryFormatVersion 1");
	static const char *const cases[][2] = {
		{"repo", "repo"},
		{"repo/sub", "repo"},
		{"tree", "tree"},
		{"bare", NULL},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_git *git = open_git(api, cases[i][0]);
		const char *root = api->root(git);
		snprintf(want, sizeof(want), "%s/%s", dir, cases[i][1] ? cases[i][1] : "");
		cr_expect_eq(root == NULL, cases[i][1] == NULL);
		if (root)
			cr_expect_str_eq(root, want);
		api->close(git);
	}
	setenv("GIT_DIR", "repo/.git", 1);
	setenv("GIT_WORK_TREE", "repo/sub", 1);
	struct wls_git *git = open_git(api, ".");
	snprintf(want, sizeof(want), "%s/repo/sub", dir);
	cr_expect_str_eq(api->root(git), want);
	api->close(git);
	unsetenv("GIT_DIR");
	unsetenv("GIT_WORK_TREE");
	api->close(NULL);
	expect_refused(dir, WLS_E_NOT_FOUND, "cannot open the git repository");
	scratch_run("git -C repo config extensions.objectFormat sha256");
	expect_refused("repo", WLS_E_GIT, "unsupported extension");
	scratch_leave(dir);
}

/* Criterion has started libgit2 already, so that HOME is not read again: GIT_CONFIG_GLOBAL is. */
Test(git, refuses_others_repositories_unless_they_are_trusted)
{
	static const struct {
		const char *before, *after; /* around the scratch folder's path */
		bool trusted;
	} cases[] = {
		{"[safe]\n\tdirectory = ", "/repo\n", true},
		{"[safe]\n\tdirectory = ", "/repo/\n", true},
		{"[safe]\n\tdirectory = ", "/*\n", true},
		{"[safe]\n\tdirectory = * # ", "\n", true},
		{"[safe]\n\tdirectory = *\n\tdirectory =\n# ", "\n", false},
		{"[safe]\n\tdirectory = ", "/rep\n", false},
		{"[safe]\n\tdirectory = ", "\n", false},
		{"[user]\n\tname = x # ", "\n", false},
	};
	char dir[256], config[600];
	scratch_enter(dir);
	if (getuid() != 0) {
		scratch_leave(dir);
		return; /* giving files away takes root */
	}
	scratch_run(GIT "init -q repo; mkdir repo/sub; chown -R 65533 repo");
	expect_refused("repo", WLS_E_REFUSED, "git config --global --add safe.directory 'repo'");
	setenv("GIT_CONFIG_GLOBAL", "global", 1);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		snprintf(config, sizeof(config), "%s%s%s", cases[i].before, dir, cases[i].after);
		scratch_write("global", config);
		if (cases[i].trusted)
			load()->close(open_git(load(), "repo/sub"));
		else
			expect_refused("repo", WLS_E_REFUSED, "belongs to another user");
	}
	scratch_leave(dir);
}

/* ---- ignoring ---- */

static void expect_ignored(struct wls_git *git, const char *path, bool folder, bool want)
{
	struct wls_error err = {0};
	bool got = !want;
	cr_expect_eq(load()->ignored(git, path, folder, &got, &err), 0, "%s", err.text);
	cr_expect_eq(got, want, "%s", path);
}

Test(git, ignores_what_git_ignores)
{
	static const struct {
		const char *path;
		bool folder, ignored;
	} cases[] = {
		{"a.md", false, false},           {"x.tmp.md", false, true},
		{"keep.tmp.md", false, false},    {"build", true, true},
		{"build/x.md", false, true},      {"build.md", false, false},
		{"docs/draft.md", false, true},   {"draft.md", false, false},
		{"docs/private", true, true},     {"docs/private/x.md", false, true},
		{"excluded.md", false, true},     {"mine.md", false, true},
		{"tracked.tmp.md", false, false}, {"vendor", true, false},
		{"vendor/in.md", false, false},   {"vendor/out.md", false, true},
		{"vendor/other", true, true},     {"odd\nname.tmp.md", false, true},
		{"caf\xE9.tmp.md", false, true},  {"missing/x.md", false, false},
		{"white/x.md", false, false},     {"white/x.txt", false, true},
	};
	char dir[256];
	scratch_enter(dir);
	scratch_write("mine", "mine.md\n");
	char global[600];
	snprintf(global, sizeof(global), "[core]\n\texcludesFile = %s/mine\n", dir);
	scratch_write("global", global);
	setenv("GIT_CONFIG_GLOBAL", "../global", 1);
	scratch_run(GIT "init -q repo");
	cr_assert_eq(chdir("repo"), 0);
	scratch_write(".gitignore", "*.tmp.md\n!keep.tmp.md\nbuild/\nvendor/\n");
	scratch_write("docs/.gitignore", "/draft.md\nprivate\n");
	scratch_write("white/.gitignore", "*\n!*.md\n");
	scratch_write(".git/info/exclude", "excluded.md\n");
	scratch_write("tracked.tmp.md", "x");
	scratch_write("vendor/in.md", "x");
	scratch_run(GIT "add -f tracked.tmp.md vendor/in.md");
	struct wls_git *git = open_git(load(), ".");
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		expect_ignored(git, cases[i].path, cases[i].folder, cases[i].ignored);
	load()->close(git);
	scratch_leave(dir);
}

Test(git, ignores_in_linked_work_trees_and_says_when_it_cannot_tell)
{
	char dir[256];
	struct wls_error err = {0};
	bool ignored;
	scratch_enter(dir);
	scratch_run(GIT "init -q repo; cd repo; echo '*.o.md' > .gitignore; git add .; " GIT
			"commit -qm x; echo only.md > .git/info/exclude; "
			"git worktree add -q ../tree 2>/dev/null");
	struct wls_git *git = open_git(load(), "tree");
	expect_ignored(git, "a.o.md", false, true);
	expect_ignored(git, "only.md", false, true);
	expect_ignored(git, "a.md", false, false);
	load()->close(git);
	scratch_run("printf garbage > repo/.git/index");
	git = open_git(load(), "repo");
	expect_ignored(git, "a.md", false, false);
	cr_expect_lt(load()->ignored(git, "a.o.md", false, &ignored, &err), 0);
	cr_expect(strstr(err.text, "a.o.md: cannot tell whether git ignores it"), "%s", err.text);
	load()->close(git);
	scratch_leave(dir);
}

/* ---- revisions ---- */

struct listing {
	struct wls_git *git;
	struct wls_buf text;
};

static bool enter(void *data, const char *folder)
{
	(void)data;
	return strcmp(folder, "skip") != 0;
}

static void add_file(void *data, const char *path, const struct wls_git_id *blob)
{
	struct listing *l = data;
	struct wls_buf bytes _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error err = {0};
	cr_assert_eq(load()->read(l->git, blob, path, &bytes, &err), 0, "%s", err.text);
	wls_buf_printf(&l->text, "%s=%s|", path, wls_buf_str(&bytes));
}

static void add_broken(void *data, const char *folder, const struct wls_error *error)
{
	struct listing *l = data;
	size_t len = strlen(folder);
	cr_expect(strstr(error->text, "; ") || strstr(error->text, "too long"));
	wls_buf_printf(&l->text, "!%s|", len > 40 ? "long" : folder);
}

static void expect_files(struct wls_git *git, const char *rev, const char *want)
{
	struct listing l = {git, WLS_BUF_INIT};
	const struct wls_git_visitor visitor = {enter, add_file, add_broken, &l};
	struct wls_git_id commit;
	struct wls_error err = {0};
	cr_assert_eq(load()->resolve(git, rev, &commit, &err), 0, "%s", err.text);
	cr_assert_eq(load()->visit(git, &commit, &visitor, &err), 0, "%s", err.text);
	cr_expect_str_eq(wls_buf_str(&l.text), want, "%s: %s", rev, wls_buf_str(&l.text));
	wls_buf_release(&l.text);
}

static void expect_no_commit(struct wls_git *git, const char *rev, const char *text)
{
	struct wls_git_id commit;
	struct wls_error err = {0};
	cr_expect_lt(load()->resolve(git, rev, &commit, &err), 0, "%s", rev);
	cr_expect(strstr(err.text, text), "%s: %s", rev, err.text);
}

Test(git, reads_files_of_revisions)
{
	char dir[256];
	scratch_enter(dir);
	scratch_run(GIT "init -q repo");
	cr_assert_eq(chdir("repo"), 0);
	struct wls_git *git = open_git(load(), ".");
	expect_no_commit(git, "HEAD", "HEAD: is no commit here");
	load()->close(git);

	scratch_write("a.md", "one");
	scratch_write("sub/b.md", "");
	scratch_write("skip/c.md", "x");
	scratch_write("new\nline.md", "odd");
	scratch_write("-dash.md", "dash");
	scratch_run("ln -s a.md link.md; printf x > run.md; chmod +x run.md; git add .; " GIT
		    "commit -qm one; " GIT "tag -a -m t v1; printf two > a.md; " GIT
		    "commit -qam two; git gc -q; rm -rf a.md sub");
	git = open_git(load(), ".");
	expect_files(git, "HEAD", "-dash.md=dash|a.md=two|new\nline.md=odd|run.md=x|sub/b.md=|");
	expect_files(git, "HEAD~1", "-dash.md=dash|a.md=one|new\nline.md=odd|run.md=x|sub/b.md=|");
	expect_files(git, "v1", "-dash.md=dash|a.md=one|new\nline.md=odd|run.md=x|sub/b.md=|");
	static const char *const bad[] = {"nope", "",      "HEAD:a.md", "HEAD^{tree}", "HEAD~9",
					  "a..b", "--all", "\n",        "@{upstream}"};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(bad); i++)
		expect_no_commit(git, bad[i], "is no commit here");
	load()->close(git);
	scratch_leave(dir);
}

Test(git, survives_broken_and_hostile_trees)
{
	char dir[256];
	scratch_enter(dir);
	scratch_run(GIT "init -q repo");
	cr_assert_eq(chdir("repo"), 0);
	scratch_write("a.md", "a");
	scratch_write("gone/b.md", "b");
	scratch_run("git add . && " GIT "commit -qm x && t=$(git rev-parse HEAD:gone) && "
		    "rm -f .git/objects/$(echo $t | cut -c1-2)/$(echo $t | cut -c3-)");
	struct wls_git *git = open_git(load(), ".");
	expect_files(git, "HEAD", "a.md=a|!gone|");
	load()->close(git);

	/* Trees within each other, by name far beyond PATH_MAX. */
	scratch_run("b=$(echo deep | git hash-object -w --stdin);"
		    "t=$(printf '100644 blob %%s\\tx.md\\n' $b | git mktree);"
		    "n=$(printf '%%0200d' 0); i=0; while [ $i -lt 30 ]; do i=$((i+1));"
		    "t=$(printf '040000 tree %%s\\t%%s\\n' $t $n | git mktree); done;" GIT
		    "update-ref refs/heads/deep $(" GIT "commit-tree -m x $t)");
	git = open_git(load(), ".");
	expect_files(git, "deep", "!long|");
	load()->close(git);
	scratch_leave(dir);
}

Test(git, refuses_large_and_missing_blobs)
{
	char dir[256];
	struct wls_buf bytes _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_git_id id = {{1, 2, 3}}, commit;
	struct wls_error err = {0};
	scratch_enter(dir);
	scratch_run(GIT "init -q .; truncate -s 256M big.md; git -c core.compression=1 add .;" GIT
			"commit -qm x");
	struct wls_git *git = open_git(load(), ".");
	wls_buf_add_str(&bytes, "left over");
	cr_expect_eq(load()->read(git, &id, "x.md", &bytes, &err), WLS_E_NOT_FOUND);
	cr_expect(strstr(err.text, "x.md: cannot read it from git: "), "%s", err.text);
	cr_expect_eq(bytes.len, 0);
	char *hex _cleanup_free_ = scratch_output("git rev-parse HEAD:big.md", NULL);
	for (size_t i = 0; i < sizeof(id.bytes); i++) {
		char pair[3] = {hex[2 * i], hex[2 * i + 1], '\0'};
		id.bytes[i] = (unsigned char)strtoul(pair, NULL, 16);
	}
	cr_expect_eq(load()->read(git, &id, "big.md", &bytes, &err), WLS_E_LIMIT);
	cr_expect(strstr(err.text, "big.md: holds 256 MiB or more"), "%s", err.text);
	cr_expect_lt(bytes.cap, 1 << 20);
	cr_expect_lt(load()->visit(git, &id, NULL, &err), 0, "%s", err.text);
	cr_expect(strstr(err.text, "cannot read the commit"), "%s", err.text);
	cr_expect_eq(load()->resolve(git, "HEAD", &commit, &err), 0);
	load()->close(git);
	scratch_leave(dir);
}

/* ---- branches and settings ---- */

static void add_branch(void *data, const struct wls_git_branch *branch)
{
	wls_buf_printf(data, "%s%s|", branch->head ? "*" : "", branch->name);
}

static void expect_branches(const char *want)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error err = {0};
	struct wls_git *git = open_git(load(), ".");
	cr_expect_eq(load()->branches(git, add_branch, &text, &err), 0, "%s", err.text);
	cr_expect_str_eq(wls_buf_str(&text), want, "%s", wls_buf_str(&text));
	load()->close(git);
}

Test(git, lists_branches)
{
	char dir[256];
	scratch_enter(dir);
	scratch_run(GIT "init -q .");
	expect_branches("");
	scratch_run(GIT "commit -q --allow-empty -m x; git branch b/one; git branch a; "
			"git branch z\xC3\xA4; git tag t; git update-ref refs/remotes/o/r HEAD");
	expect_branches("*main|a|b/one|z\xC3\xA4|");
	scratch_run("git pack-refs --all; git switch -q a");
	expect_branches("*a|b/one|main|z\xC3\xA4|");
	scratch_run("git checkout -q --detach");
	expect_branches("a|b/one|main|z\xC3\xA4|");
	scratch_leave(dir);
}

static int add_setting(void *data, const struct wls_git_setting *s)
{
	if (wls_slice_eq(s->key, WLS_SLICE("stop.here")))
		return WLS_E_FORMAT;
	wls_buf_printf(data, "%.*s%s%.*s (%s)|", WLS_SLICE_ARG(s->key), s->has_value ? "=" : "",
		       WLS_SLICE_ARG(s->value), s->where);
	return 0;
}

static int list_settings(struct wls_git *git, struct wls_buf *out)
{
	struct wls_error err = {0};
	wls_buf_clear(out);
	return load()->settings(git, add_setting, out, &err);
}

Test(git, reads_its_configuration)
{
	char dir[256];
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	scratch_enter(dir);
	scratch_write("global", "[wlsync \"worklog\"]\n\tpath = mine\n[user]\n\tname = x\n");
	setenv("GIT_CONFIG_GLOBAL", "global", 1);
	scratch_run(GIT "init -q .; git config --add wlsync.worklog.path a; "
			"git config --add wlsync.worklog.path b; "
			"git config wlsync.tracker.Git.Hub.type github; git config wlsyncx.y z; "
			"printf '[wlsync \"tracker.x\"]\\n\\tmentions\\n' >> .git/config");
	struct wls_git *git = open_git(load(), ".");
	cr_expect_eq(list_settings(git, &text), 0);
	cr_expect_str_eq(wls_buf_str(&text),
			 "worklog.path=mine (git's global configuration)|"
			 "worklog.path=a (git's configuration of this repository)|"
			 "worklog.path=b (git's configuration of this repository)|"
			 "tracker.Git.Hub.type=github (git's configuration of this repository)|"
			 "tracker.x.mentions (git's configuration of this repository)|",
			 "%s", wls_buf_str(&text));
	cr_expect_eq(list_settings(NULL, &text), 0);
	cr_expect_str_eq(wls_buf_str(&text), "worklog.path=mine (git's global configuration)|");
	scratch_run("git config wlsync.stop.here 1");
	cr_expect_eq(list_settings(git, &text), WLS_E_FORMAT);
	load()->close(git);
	scratch_leave(dir);
}

/* ---- dates ---- */

static int64_t date_in(const char *folder)
{
	const struct wls_git_api *api = load();
	struct wls_git *git = open_git(api, folder);
	int64_t date = api->head_date(git);
	api->close(git);
	return date;
}

Test(git, tells_when_head_was_committed)
{
	char dir[256];
	scratch_enter(dir);
	/* The author's date is another one, and so is the date of a commit that HEAD is not at. */
	scratch_run(GIT "init -q none; " GIT "init -q repo; cd repo;"
			"export GIT_AUTHOR_DATE='2020-01-01T00:00:00Z';"
			"GIT_COMMITTER_DATE='2025-11-10T12:00:00+0200' " GIT
			"commit -q --allow-empty -m 1; git branch old;"
			"GIT_COMMITTER_DATE='2025-11-11T12:00:00Z' " GIT
			"commit -q --allow-empty -m 2; git clone -q --bare . ../bare;"
			"git worktree add -q ../tree old 2>/dev/null;"
			"git clone -q . ../apart; git -C ../apart checkout -q --detach HEAD~1");
	static const struct {
		const char *folder;
		int64_t date;
	} cases[] = {
		{"none", 0},          {"repo", 1762862400},  {"bare", 1762862400},
		{"tree", 1762768800}, {"apart", 1762768800},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		int64_t date = date_in(cases[i].folder);
		cr_expect_eq(date, cases[i].date, "%s: %" PRId64, cases[i].folder, date);
	}
	scratch_leave(dir);
}
