/* SPDX-License-Identifier: MIT */
/*
 * The module: its table, opening and closing a repository.
 *
 * Layer: git. Includes: base, buf, git/git, git/module, libgit2.
 */
#include <stdio.h>

#include "git/module.h"

int wls_git_fail(struct wls_error *err, int code, const char *object, const char *what,
		 const char *hint)
{
	const git_error *last = git_error_last();
	enum wls_status status = code == GIT_ENOTFOUND ? WLS_E_NOT_FOUND : WLS_E_GIT;
	return wls_error_set(err, status, "%.480s: %s: %.200s; %s", object, what,
			     last && last->message ? last->message : "no reason given", hint);
}

/*
 * libgit2 1.5 does not know the variables by which git is told to leave out or replace its
 * system and user configuration.
 */
static void follow_environment(void)
{
	const char *no_system = getenv("GIT_CONFIG_NOSYSTEM");

	if (no_system && *no_system && strcmp(no_system, "0") != 0 &&
	    strcmp(no_system, "false") != 0)
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_SYSTEM, "");
	if (getenv("GIT_CONFIG_GLOBAL")) {
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL, "");
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_XDG, "");
	}
}

/*
 * Extensions that change nothing for a reader of ignore rules and objects, but would make libgit2
 * refuse the repository: `git sparse-checkout` sets the first, `git clone --filter` the second.
 */
static void accept_extensions(void)
{
	static const char *extensions[] = {"worktreeconfig", "partialclone", "preciousobjects",
					   "relativeworktrees"};
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, WLS_ARRAY_SIZE(extensions));
}

int wls_git_start(struct wls_error *err)
{
	int count = git_libgit2_init();
	if (count < 0)
		return wls_git_fail(err, count, "libgit2", "cannot start", "install it again");
	follow_environment();
	accept_extensions();
	/* As git itself, which trusts the checksums of packs and zlib when it reads. */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	return 0;
}

static int fail_open(struct wls_error *err, int code, const char *folder)
{
	if (code == GIT_EOWNER)
		return wls_error_set(
			err, WLS_E_REFUSED,
			"%.300s: the git repository belongs to another user; if you trust "
			"it: git config --global --add safe.directory '%.300s'",
			folder, folder);
	return wls_git_fail(err, code, folder, "cannot open the git repository",
			    "see what `git status` says there");
}

static void release(struct wls_git *git)
{
	if (!git)
		return;
	git_index_free(git->index);
	git_odb_free(git->odb);
	git_repository_free(git->repository);
	wls_buf_release(&git->path);
	free(git->root);
	free(git);
}

/* The configuration file that GIT_CONFIG_GLOBAL names takes the place of the user's own. */
static int add_global(git_config *config, git_repository *repository)
{
	const char *global = getenv("GIT_CONFIG_GLOBAL");
	if (!global || !*global)
		return 0;
	int code =
		git_config_add_file_ondisk(config, global, GIT_CONFIG_LEVEL_GLOBAL, repository, 0);
	return code == GIT_EEXISTS ? 0 : code;
}

/* Sets the work tree; not when it is that one already, since libgit2 1.5 then leaks a path. */
static int set_work_tree(git_repository *repository, const char *folder)
{
	const char *old = git_repository_workdir(repository);
	char *real _cleanup_free_ = realpath(folder, NULL);
	size_t len = real ? strlen(real) : 0;

	if (old && real && strncmp(old, real, len) == 0 && strcmp(old + len, "/") == 0)
		return 0;
	return git_repository_set_workdir(repository, folder, 0);
}

/*
 * The repository that GIT_DIR names, with the work tree that git would take: GIT_WORK_TREE, else
 * core.worktree, else the current folder. libgit2 1.5 itself refuses GIT_WORK_TREE.
 */
static int open_named(git_repository **out, const char *git_dir)
{
	const char *tree = getenv("GIT_WORK_TREE");
	git_config *config = NULL;
	git_buf set = {0};

	int code = git_repository_open_ext(
		out, git_dir, GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT, NULL);
	if (code < 0)
		return code;
	if (tree && *tree)
		return set_work_tree(*out, tree);
	if (git_repository_is_bare(*out))
		return 0;
	code = git_repository_config_snapshot(&config, *out);
	if (code == 0 && git_config_get_string_buf(&set, config, "core.worktree") == GIT_ENOTFOUND)
		code = set_work_tree(*out, ".");
	git_buf_dispose(&set);
	git_config_free(config);
	return code;
}

/* Whether the repository was refused because it is another user's. */
static bool is_foreign(int code)
{
	const git_error *last = git_error_last();
	/* libgit2 1.5 says "not found" when there is no safe.directory at all. */
	return code == GIT_EOWNER || (code == GIT_ENOTFOUND && last && last->message &&
				      strstr(last->message, "safe.directory"));
}

/* The repository above `folder`. A foreign one is tried again when the user trusts it. */
static int open_found(git_repository **out, const char *folder)
{
	const char *ceilings = getenv("GIT_CEILING_DIRECTORIES");
	int code = git_repository_open_ext(out, folder, 0, ceilings);
	if (code == 0 || !is_foreign(code))
		return code;
	if (!wls_git_is_trusted(folder))
		return GIT_EOWNER;
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	code = git_repository_open_ext(out, folder, 0, ceilings);
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
	return code;
}

static int open_repository(struct wls_git *git, const char *folder)
{
	const char *git_dir = getenv("GIT_DIR");
	git_config *config = NULL;

	int code = git_dir ? open_named(&git->repository, git_dir)
			   : open_found(&git->repository, folder);
	if (code == 0)
		code = git_repository_config(&config, git->repository);
	if (code == 0)
		code = add_global(config, git->repository);
	git_config_free(config);
	return code;
}

static void set_root(struct wls_git *git)
{
	const char *folder = git_repository_workdir(git->repository);
	if (!folder)
		return;
	git->root = wls_strdup(folder);
	size_t len = strlen(folder);
	if (len > 1 && folder[len - 1] == '/')
		git->root[len - 1] = '\0';
}

static int open_git(struct wls_git **out, const char *folder, struct wls_error *err)
{
	int code = wls_git_start(err);
	if (code < 0)
		return code;
	struct wls_git *git = wls_alloc(1, sizeof(*git));
	*git = (struct wls_git){.path = WLS_BUF_INIT};
	code = open_repository(git, folder);
	if (code < 0) {
		release(git);
		return fail_open(err, code, folder);
	}
	set_root(git);
	*out = git;
	return 0;
}

static const char *root_of(const struct wls_git *git)
{
	return git->root;
}

static int settings(struct wls_git *git,
		    int (*each)(void *data, const struct wls_git_setting *setting), void *data,
		    struct wls_error *err)
{
	int status = git ? 0 : wls_git_start(err);
	return status < 0 ? status : wls_git_settings(git, each, data, err);
}

extern const struct wls_git_api wls_git_module;

__attribute__((visibility("default"))) const struct wls_git_api wls_git_module = {
	.version = WLS_GIT_VERSION,
	.open = open_git,
	.close = release,
	.root = root_of,
	.ignored = wls_git_ignored,
	.resolve = wls_git_resolve,
	.visit = wls_git_visit,
	.read = wls_git_read,
	.branches = wls_git_branches,
	.settings = settings,
	.merge_base = wls_git_merge_base,
	.changes = wls_git_changes,
	.find = wls_git_find_file,
	.unmerged = wls_git_unmerged,
	.tracked = wls_git_tracked,
	.stage = wls_git_stage,
	.state = wls_git_state_of,
	.get = wls_git_get,
	.set = wls_git_set,
	.place = wls_git_place_of,
	.attribute = wls_git_attribute,
	.head_date = wls_git_head_date,
};
