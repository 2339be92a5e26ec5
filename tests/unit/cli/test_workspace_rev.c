/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdio.h>
#include <unistd.h>

#include "unit/cli/workspace_case.h"
#include "unit/io/scratch.h"

static void expect_rev(const char *rev, const char *path, const char *want)
{
	const char *const paths[] = {path};
	const struct wls_workspace_options options = {
		.rev = rev, .paths = paths, .path_count = path ? 1 : 0};
	case_expect(&options, want);
}

static const struct wls_workspace_options branches = {.all_branches = true};

Test(workspace_rev, reads_files_of_a_commit)
{
	char dir[256];
	scratch_enter(dir);
	expect_rev("HEAD", NULL, "!!: there is no git repository here; leave --rev out");
	scratch_run(CASE_GIT "init -q repo");
	cr_assert_eq(chdir("repo"), 0);
	expect_rev("HEAD", NULL, "!!HEAD: is no commit here");
	case_log("sub/B-WorkLog.md", 1);
	case_log(".hidden/H-WorkLog.md", 1);
	case_log("node_modules/N-WorkLog.md", 1);
	case_log("odd.txt", 1);
	scratch_write("README.md", "x");
	case_commit("A-WorkLog.md", 1);
	case_commit("A-WorkLog.md", 2);
	scratch_run("rm -rf A-WorkLog.md sub");
	case_log("untracked-WorkLog.md", 1);

	expect_rev("HEAD", NULL, "A-WorkLog.md|sub/B-WorkLog.md|");
	expect_rev("HEAD~1", "A-WorkLog.md", "A-WorkLog.md|");
	expect_rev("HEAD", "sub", "sub/B-WorkLog.md|");
	expect_rev("HEAD", "sub/", "sub/B-WorkLog.md|");
	expect_rev("HEAD", ".hidden", ".hidden/H-WorkLog.md|");
	expect_rev("HEAD", "odd.txt", "odd.txt|");
	expect_rev("HEAD", "none.md", "!none.md|");
	expect_rev("HEAD", "su", "!su|");
	expect_rev("HEAD", "../away", "!!../away: is outside of the repository");
	expect_rev("nope", NULL, "!!nope: is no commit here");
	scratch_run("mkdir -p sub");
	cr_assert_eq(chdir("sub"), 0);
	expect_rev("HEAD", ".", "sub/B-WorkLog.md|");
	expect_rev("HEAD", "../A-WorkLog.md", "A-WorkLog.md|");
	expect_rev("HEAD", NULL, "A-WorkLog.md|sub/B-WorkLog.md|");
	scratch_write("../.wlsync", "[worklog]\n\tignore = sub\n\tpath = .hidden/*.md\n");
	expect_rev("HEAD", NULL, ".hidden/H-WorkLog.md|A-WorkLog.md|");
	const struct wls_workspace_options both = {.rev = "HEAD", .all_branches = true};
	case_expect(&both, "!!--rev and --all-branches exclude each other");
	scratch_leave(dir);
}

Test(workspace_rev, reads_bare_repositories)
{
	char dir[256];
	scratch_enter(dir);
	scratch_run(CASE_GIT "init -q repo");
	cr_assert_eq(chdir("repo"), 0);
	case_log("sub/B-WorkLog.md", 1);
	case_commit("A-WorkLog.md", 1);
	scratch_run("git clone -q --bare . ../bare 2>/dev/null");
	cr_assert_eq(chdir("../bare"), 0);
	case_expect(&(struct wls_workspace_options){0}, "");
	expect_rev("main", NULL, "A-WorkLog.md|sub/B-WorkLog.md|");
	expect_rev("main", "sub", "sub/B-WorkLog.md|");
	expect_rev("main", "../x", "!!../x: is outside");
	case_expect(&branches, "main:A-WorkLog.md|main:sub/B-WorkLog.md|");
	scratch_leave(dir);
}

Test(workspace_rev, reads_every_state_of_all_branches_once)
{
	char dir[256];
	scratch_enter(dir);
	scratch_run(CASE_GIT "init -q repo");
	cr_assert_eq(chdir("repo"), 0);
	case_expect(&branches, "");
	case_log("B-WorkLog.md", 1);
	case_commit("A-WorkLog.md", 1);
	scratch_run("git branch same; git switch -qc feature");
	case_commit("A-WorkLog.md", 2);
	case_commit("C-WorkLog.md", 1);
	scratch_run("git switch -q main");
	struct wls_workspace *ws = case_open(&branches);
	cr_expect_eq(ws->file_count, 4, "%zu", ws->file_count);
	cr_expect_eq(ws->graph->log_count, 4, "%u", ws->graph->log_count);
	cr_expect(ws->graph->options.branches);
	wls_workspace_free(ws);
	const char *const only[] = {"C-WorkLog.md", "gone.md"};
	const struct wls_workspace_options some = {
		.all_branches = true, .paths = only, .path_count = 2};
	case_expect(&some, "feature:C-WorkLog.md|!gone.md|");
	/* A branch that cannot be read is one error. */
	scratch_run("t=$(git rev-parse feature^{tree}); "
		    "rm -f .git/objects/$(echo $t | cut -c1-2)/$(echo $t | cut -c3-)");
	ws = case_open(&branches);
	cr_expect_eq(ws->file_count, 2);
	cr_expect_eq(ws->error_count, 1);
	wls_workspace_free(ws);
	scratch_leave(dir);
}

/* ---- finding a log and reading it again ---- */

static void expect_sources(const struct wls_workspace *ws, const char *what, const char *want)
{
	struct wls_log_files files _cleanup_log_files_ = {0};
	struct wls_buf got _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error err = {0};
	uint32_t log;
	cr_assert_eq(wls_workspace_find(ws, what, &log, &err), 0, "%s: %s", what, err.text);
	cr_assert_eq(wls_workspace_read_log(ws, log, &files, &err), 0, "%s", err.text);
	for (size_t i = 0; i < files.count; i++) {
		const struct wls_log_file *f = &files.files[i];
		cr_assert_gt(f->doc->entry_count, 0);
		cr_expect_eq(f->doc->source.ptr, f->source.ptr);
		wls_buf_printf(&got, "%.*s=v%u|", WLS_SLICE_ARG(f->path),
			       f->doc->entries[0].version);
	}
	cr_expect_str_eq(wls_buf_str(&got), want, "%s: %s", what, wls_buf_str(&got));
}

Test(workspace_rev, reads_logs_again)
{
	char dir[256];
	scratch_enter(dir);
	scratch_run(CASE_GIT "init -q repo");
	cr_assert_eq(chdir("repo"), 0);
	case_log("A-WorkLog-v1.md", 1);
	case_log("A-WorkLog-v2.md", 2);
	case_log("sub/B-WorkLog.md", 4);
	case_commit("B-WorkLog.md", 3);
	scratch_run("rm A-WorkLog-v1.md A-WorkLog-v2.md");

	const struct wls_workspace_options rev = {.rev = "HEAD"};
	struct wls_workspace *ws = case_open(&rev);
	expect_sources(ws, "a", "A-WorkLog-v2.md=v2|A-WorkLog-v1.md=v1|");
	expect_sources(ws, "A-WorkLog-v2.md", "A-WorkLog-v2.md=v2|A-WorkLog-v1.md=v1|");
	wls_workspace_free(ws);

	/* A path as typed comes first, relative to where the user stands. */
	cr_assert_eq(chdir("sub"), 0);
	ws = case_open(&(struct wls_workspace_options){0});
	expect_sources(ws, "B-WorkLog.md", "sub/B-WorkLog.md=v4|");
	expect_sources(ws, "./B-WorkLog.md", "sub/B-WorkLog.md=v4|");
	expect_sources(ws, "../B-WorkLog.md", "B-WorkLog.md=v3|");
	uint32_t log;
	struct wls_error err = {0};
	cr_expect_eq(wls_workspace_find(ws, "none", &log, &err), WLS_E_NOT_FOUND);
	cr_assert_eq(wls_workspace_find(ws, "../B-WorkLog.md", &log, &err), 0);
	scratch_run("rm ../B-WorkLog.md");
	struct wls_log_files files = {0};
	cr_expect_eq(wls_workspace_read_log(ws, log, &files, &err), WLS_E_NOT_FOUND);
	cr_expect_null(files.files);
	wls_workspace_free(ws);
	scratch_leave(dir);
}
