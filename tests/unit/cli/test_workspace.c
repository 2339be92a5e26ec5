/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/config.h"
#include "unit/cli/workspace_case.h"
#include "unit/io/scratch.h"

static const struct wls_workspace_options here = {0};
static const char *const dot[] = {".", NULL};

/* ---- without a repository ---- */

Test(workspace, finds_logs_in_a_plain_folder)
{
	char dir[256];
	scratch_enter(dir);
	case_expect(&here, "");
	case_log("A-WorkLog-v1.md", 1);
	case_log("sub/deep/B-WorkLog.md", 2);
	case_log("plain.md", 3);
	case_log("new\nline/C-WorkLog.md", 1);
	case_log("caf\xE9/D-WorkLog.md", 1);
	case_log(".hidden/E-WorkLog.md", 1);
	case_log("node_modules/F-WorkLog.md", 1);
	case_log("G-WorkLog.txt", 1);
	scratch_write("README.md", "# Nothing\n\ntext\n");
	scratch_write("empty-WorkLog.md", "");
	scratch_write_bytes("nul-WorkLog.md", wls_slice("\0\1\2\xFF", 4));
	case_expect(&here, "A-WorkLog-v1.md|caf\xE9/D-WorkLog.md|new\nline/C-WorkLog.md|plain.md|"
			   "sub/deep/B-WorkLog.md|");
	case_expect_paths(dot, "A-WorkLog-v1.md|caf\xE9/D-WorkLog.md|new\nline/C-WorkLog.md|"
			       "plain.md|sub/deep/B-WorkLog.md|");
	/* Relative to the one folder that was named. */
	case_expect_paths((const char *const[]){"sub/", NULL}, "deep/B-WorkLog.md|");
	case_expect_paths((const char *const[]){".hidden", NULL}, "E-WorkLog.md|");
	/* Several, or files: as given. */
	case_expect_paths((const char *const[]){"./sub//deep", "caf\xE9", NULL},
			  "caf\xE9/D-WorkLog.md|sub/deep/B-WorkLog.md|");
	case_expect_paths((const char *const[]){"G-WorkLog.txt", "./A-WorkLog-v1.md",
						"A-WorkLog-v1.md", ".", NULL},
			  "A-WorkLog-v1.md|G-WorkLog.txt|caf\xE9/D-WorkLog.md|"
			  "new\nline/C-WorkLog.md|plain.md|sub/deep/B-WorkLog.md|");
	cr_assert_eq(chdir("sub"), 0);
	case_expect_paths((const char *const[]){"../A-WorkLog-v1.md", NULL}, "../A-WorkLog-v1.md|");
	scratch_leave(dir);
}

Test(workspace, goes_on_after_what_cannot_be_read)
{
	char dir[256];
	int status;
	scratch_enter(dir);
	case_log("A-WorkLog.md", 1);
	case_log("shut/B-WorkLog.md", 1);
	case_log("closed-WorkLog.md", 1);
	scratch_run("truncate -s 256M big-WorkLog.md; ln -s loop-WorkLog.md loop-WorkLog.md; "
		    "ln -s /nowhere 'broken\nWorkLog.md'; mkfifo fifo-WorkLog.md; "
		    "chmod 000 shut closed-WorkLog.md");
	scratch_drop_root();
	const char *const paths[] = {"missing.md", ".", "gone/", NULL};
	case_expect_paths(paths, "A-WorkLog.md|!missing.md|!broken\nWorkLog.md|!loop-WorkLog.md|"
				 "!shut|!gone/|!big-WorkLog.md|!closed-WorkLog.md|");
	const struct wls_workspace_options options = {.paths = paths, .path_count = 3};
	struct wls_workspace *ws _cleanup_workspace_ = case_open(&options);
	char *text _cleanup_free_ = case_report(ws, true, &status);
	cr_expect_eq(status, 2);
	cr_expect(strstr(text, "wlsync: missing.md: cannot find it: No such file or directory; "
			       "check the spelling\n"),
		  "%s", text);
	cr_expect(strstr(text, "wlsync: broken\\nWorkLog.md: "), "%s", text);
	cr_expect(strstr(text, "wlsync: big-WorkLog.md: holds 256 MiB or more"), "%s", text);
	cr_expect(strstr(text, "wlsync: closed-WorkLog.md: cannot read it: Permission denied"));
	scratch_leave(dir);
}

Test(workspace, says_when_there_is_no_log)
{
	char dir[256], want[300];
	int status;
	scratch_enter(dir);
	struct wls_workspace *ws = case_open(&here);
	char *text = case_report(ws, false, &status);
	snprintf(want, sizeof(want), "wlsync: no WorkLog found in %s; ", dir);
	cr_expect_eq(status, 0);
	cr_expect_eq(strncmp(text, want, strlen(want)), 0, "%s", text);
	free(text);
	text = case_report(ws, true, &status);
	cr_expect_str_eq(text, "");
	free(text);
	wls_workspace_free(ws);
	wls_workspace_free(NULL);
	scratch_leave(dir);
}

/* ---- configuration ---- */

Test(workspace, follows_its_configuration)
{
	static const struct {
		const char *config, *want;
	} cases[] = {
		{"", "A-WorkLog.md|arch/old/B-WorkLog.md|"},
		{"ignore = arch", "A-WorkLog.md|"},
		{"ignore = arch/**", "A-WorkLog.md|"},
		{"ignore = /old", "A-WorkLog.md|arch/old/B-WorkLog.md|"},
		{"ignore = old/", "A-WorkLog.md|"},
		{"ignore = *-WorkLog.md", ""},
		{"path = notes/*.txt", "A-WorkLog.md|arch/old/B-WorkLog.md|notes/n.txt|"},
		{"path = notes/*", "A-WorkLog.md|arch/old/B-WorkLog.md|"},
		{"path = .mine/*.md", ".mine/D-WorkLog.md|A-WorkLog.md|arch/old/B-WorkLog.md|"},
		{"path = .mine", ".mine/D-WorkLog.md|A-WorkLog.md|arch/old/B-WorkLog.md|"},
		{"path = .mine/\n\tignore = arch", ".mine/D-WorkLog.md|A-WorkLog.md|"},
		{"path = .mine/x/*.md", "A-WorkLog.md|arch/old/B-WorkLog.md|"},
		{"path = **", "A-WorkLog.md|arch/old/B-WorkLog.md|"},
		{"path = .mine\n\tignore = .mine", "A-WorkLog.md|arch/old/B-WorkLog.md|"},
		{"pth = x", "!!.wlsync:2: unknown key \"worklog.pth\""},
		{"path = \"x", "!!.wlsync:2: cannot read this line"},
		{"token = x", "!!.wlsync:2: \"worklog.token\": nothing secret"},
	};
	char dir[256], text[300];
	scratch_enter(dir);
	case_log("A-WorkLog.md", 1);
	case_log("arch/old/B-WorkLog.md", 1);
	case_log("notes/n.txt", 1);
	case_log(".mine/D-WorkLog.md", 1);
	case_log(".git-like/E-WorkLog.md", 1);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		snprintf(text, sizeof(text), "[worklog]\n\t%s\n", cases[i].config);
		scratch_write(".wlsync", cases[i].config[0] ? text : "");
		case_expect(&here, cases[i].want);
	}
	scratch_write(".wlsync", "[worklog]\n\tignore = arch\n");
	case_expect_paths((const char *const[]){"arch/old", NULL}, "");
	case_expect_paths((const char *const[]){"arch/old/B-WorkLog.md", NULL},
			  "arch/old/B-WorkLog.md|");
	scratch_leave(dir);
}

Test(workspace, takes_configuration_by_precedence)
{
	char dir[256];
	scratch_enter(dir);
	scratch_write("global",
		      "[wlsync \"worklog\"]\n\tignore = A*\n[wlsync \"merge\"]\n\ttext = ours\n");
	setenv("GIT_CONFIG_GLOBAL", "global", 1);
	case_log("A-WorkLog.md", 1);
	case_log("B-WorkLog.md", 1);
	case_expect(&here, "B-WorkLog.md|");
	scratch_write(".wlsync", "[worklog]\n\tignore = B*\n");
	case_expect(&here, "A-WorkLog.md|");
	struct wls_workspace *ws _cleanup_workspace_ = case_open(&here);
	cr_expect_str_eq(wls_config_find(ws->config, "merge.text")->value.ptr, "ours");
	scratch_write("global", "[wlsync]\n\tnonsense = 1\n");
	case_expect(&here, "!!git's global configuration: unknown key \"nonsense\"");
	scratch_leave(dir);
}

/* ---- in a work tree ---- */

Test(workspace, follows_gits_rules_in_a_work_tree)
{
	char dir[256];
	scratch_enter(dir);
	scratch_run(CASE_GIT "init -q repo");
	cr_assert_eq(chdir("repo"), 0);
	scratch_write(".gitignore", "ignored/\n*.tmp.md\n");
	case_log("A-WorkLog.md", 1);
	case_log("sub/B-WorkLog.md", 1);
	case_log("ignored/C-WorkLog.md", 1);
	case_log("D-WorkLog.tmp.md", 1);
	case_log("tracked/E-WorkLog.tmp.md", 1);
	case_log("other/F-WorkLog.md", 1);
	case_log(".git/G-WorkLog.md", 1);
	scratch_run("git add -f tracked; " CASE_GIT "init -q other; " CASE_GIT
		    "commit -qm x; git worktree add -q -b wt inner 2>/dev/null");
	case_log("inner/H-WorkLog.md", 1);
	case_expect(&here, "A-WorkLog.md|sub/B-WorkLog.md|tracked/E-WorkLog.tmp.md|");
	cr_assert_eq(chdir("sub"), 0);
	case_expect(&here, "A-WorkLog.md|sub/B-WorkLog.md|tracked/E-WorkLog.tmp.md|");
	case_expect_paths(dot, "sub/B-WorkLog.md|");
	/* What is named is taken, whatever git says. */
	case_expect_paths((const char *const[]){"../ignored", "../D-WorkLog.tmp.md", NULL},
			  "D-WorkLog.tmp.md|ignored/C-WorkLog.md|");
	case_expect_paths((const char *const[]){"../other", NULL}, "F-WorkLog.md|");
	case_expect_paths((const char *const[]){".", "../other", NULL},
			  "other/F-WorkLog.md|sub/B-WorkLog.md|");
	/* `.wlsync` stands at the root; its patterns may add what git ignores. */
	scratch_write("../.wlsync", "[worklog]\n\tpath = ignored/*.md\n\tignore = sub\n");
	case_expect(&here, "A-WorkLog.md|ignored/C-WorkLog.md|tracked/E-WorkLog.tmp.md|");
	/* -C sub: the configuration there comes first. */
	scratch_write(".wlsync", "[worklog]\n\tignore = B*\n");
	case_expect(&(struct wls_workspace_options){.dir_given = true},
		    "A-WorkLog.md|tracked/E-WorkLog.tmp.md|");
	scratch_write("../.wlsync", "[worklog]\n\tbad = 1\n");
	case_expect(&here, "!!/.wlsync:2: unknown key");
	scratch_leave(dir);
}

Test(workspace, shows_logs_when_git_cannot_be_used)
{
	char dir[256];
	scratch_enter(dir);
	scratch_run(CASE_GIT "init -q repo; git -C repo config core.repositoryFormatVersion 1; "
			     "git -C repo config extensions.unheardOf true");
	cr_assert_eq(chdir("repo"), 0);
	case_log("A-WorkLog.md", 1);
	char want[400];
	snprintf(want, sizeof(want), "A-WorkLog.md|!%s/repo|", dir);
	case_expect(&here, want);
	setenv("WLSYNC_EXEC_PATH", "/nowhere", 1);
	struct wls_workspace *ws = case_open(&here);
	cr_expect_eq(ws->graph->log_count, 1);
	cr_assert_eq(ws->error_count, 1);
	cr_expect(strstr(ws->errors[0], "wlsync-git.so"), "%s", ws->errors[0]);
	wls_workspace_free(ws);
	/* Not needed for files that are named. */
	case_expect_paths((const char *const[]){"A-WorkLog.md", NULL}, "A-WorkLog.md|");
	scratch_leave(dir);
}

Test(workspace, leaves_git_alone_when_its_work_tree_is_elsewhere)
{
	char dir[256];
	scratch_enter(dir);
	scratch_run(CASE_GIT
		    "init -q repo; mkdir away; git -C repo config core.worktree ../../away");
	scratch_write("repo/.git/info/exclude", "sub\n");
	case_log("repo/sub/A-WorkLog.md", 1);
	cr_assert_eq(chdir("repo"), 0);
	case_expect(&here, "sub/A-WorkLog.md|");
	case_expect_paths((const char *const[]){"", NULL}, "!\"\"|");
	scratch_leave(dir);
}

Test(workspace, works_in_a_hooks_environment)
{
	char dir[256];
	scratch_enter(dir);
	scratch_run(CASE_GIT "init -q repo; mkdir -p away/sub");
	case_log("repo/A-WorkLog.md", 1);
	case_log("away/B-WorkLog.md", 1);
	case_log("away/ig/C-WorkLog.md", 1);
	scratch_write("repo/.git/info/exclude", "ig\n");
	setenv("GIT_DIR", "../repo/.git", 1);
	cr_assert_eq(chdir("away"), 0);
	case_expect(&here, "B-WorkLog.md|");
	setenv("GIT_WORK_TREE", "../repo", 1);
	case_expect(&here, "A-WorkLog.md|");
	scratch_leave(dir);
}
