/* SPDX-License-Identifier: MIT */
/*
 * wlsync preview: what merging branches would do to the WorkLogs. Nothing is written.
 *
 * Layer: cli. Includes: base, buf, merge, git, cli/preview.
 */
#include "cli/preview.h"

static const struct wls_example examples[] = {
	{"wlsync preview", "all branches that are not merged yet, together"},
	{"wlsync preview feature", "one branch"},
	{"wlsync preview origin/main", "what a pull would do"},
	{"wlsync preview --json", "for programs"},
	{0},
};

static bool same_commit(const struct wls_git_id *a, const struct wls_git_id *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

static void add_branch(struct wls_preview *p, const char *name, const struct wls_git_id *commit)
{
	WLS_GROW(p->branches, p->branch_cap, p->branch_count + 1);
	p->branches[p->branch_count++] = (struct wls_preview_branch){
		.name = wls_arena_copy(&p->arena, wls_slice_of(name)).ptr, .commit = *commit};
}

static void take_branch(void *data, const struct wls_git_branch *branch)
{
	add_branch(data, branch->name, &branch->commit);
}

/* Finds the merge bases, and leaves out what HEAD has already. */
static int find_bases(struct wls_preview *p, struct wls_error *err)
{
	size_t kept = 0;
	int status = 0;

	for (size_t i = 0; i < p->branch_count && status == 0; i++) {
		struct wls_preview_branch b = p->branches[i];
		status = p->api->merge_base(p->git, &p->head, &b.commit, &b.base, err);
		b.has_base = status == 0;
		if (status == WLS_E_NOT_FOUND)
			status = 0;
		if (!b.has_base || !same_commit(&b.base, &b.commit))
			p->branches[kept++] = b;
	}
	p->branch_count = kept;
	return status;
}

static int find_branches(struct wls_preview *p, const struct wls_args *args, struct wls_error *err)
{
	struct wls_git_id commit;
	int status = p->api->resolve(p->git, "HEAD", &p->head, err);

	if (status == 0 && args->count == 0)
		status = p->api->branches(p->git, take_branch, p, err);
	for (size_t i = 0; i < args->count && status == 0; i++) {
		status = p->api->resolve(p->git, args->words[i], &commit, err);
		if (status == 0)
			add_branch(p, args->words[i], &commit);
	}
	return status < 0 ? status : find_bases(p, err);
}

static int open_repository(struct wls_preview *p, struct wls_error *err)
{
	char *folder _cleanup_free_ = NULL;
	char *here _cleanup_free_ = realpath(".", NULL);

	if (!here || wls_git_find(here, &folder) == WLS_GIT_NONE)
		return wls_error_set(err, WLS_E_NOT_FOUND,
				     "preview: there is no git repository here; go into one");
	int status = wls_git_load(&p->api, err);
	return status < 0 ? status : p->api->open(&p->git, here, err);
}

static int report(struct wls_preview *p)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	bool conflicts = false;

	if (p->cli->globals.json)
		wls_preview_document(p, &out);
	else
		wls_preview_text(p, &out);
	for (size_t i = 0; i < p->log_count; i++)
		conflicts = conflicts || p->logs[i].conflict_count > 0;
	int status = wls_cli_write(p->cli, &out, NULL);
	return status == WLS_EXIT_DONE && conflicts ? WLS_EXIT_FOUND : status;
}

static void release(struct wls_preview *p)
{
	for (size_t i = 0; i < p->log_count; i++) {
		free(p->logs[i].sides);
		free(p->logs[i].renumberings);
		free(p->logs[i].conflicts);
		free(p->logs[i].resolutions);
	}
	free(p->logs);
	free(p->files.items);
	free(p->branches);
	wls_map_release(&p->by_key);
	if (p->api)
		p->api->close(p->git);
	wls_arena_release(&p->arena);
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct wls_preview p = {.cli = cli};
	struct wls_error err;
	int status = wls_cli_parse(cli, &wls_command_preview, NULL, args);

	if (status != WLS_CLI_GO)
		return status;
	status = open_repository(&p, &err);
	if (status == 0)
		status = find_branches(&p, args, &err);
	if (status == 0)
		status = wls_preview_collect(&p, &err);
	if (status == 0)
		status = wls_preview_merge(&p, &err);
	status = status < 0 ? wls_cli_fail("%s", err.text) : report(&p);
	release(&p);
	return status;
}

const struct wls_command wls_command_preview = {
	.name = "preview",
	.summary = "what merging branches would do to the WorkLogs",
	.usage = "[BRANCH…]",
	.examples = examples,
	.run = run,
};
