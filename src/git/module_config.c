/* SPDX-License-Identifier: MIT */
/*
 * git's own configuration, as far as it is ours: keys below "wlsync.".
 *
 * Layer: git. Includes: base, buf, git/git, git/module, libgit2.
 */
#include "git/module.h"

#define PREFIX "wlsync."

struct found {
	struct wls_git_setting setting;
	int level;
	size_t place; /* qsort is not stable */
};

struct found_list {
	struct found *items;
	size_t count, cap;
	struct wls_arena arena;
};

static const char *level_name(int level)
{
	switch (level) {
	case GIT_CONFIG_LEVEL_SYSTEM:
		return "git's system configuration";
	case GIT_CONFIG_LEVEL_XDG:
	case GIT_CONFIG_LEVEL_GLOBAL:
		return "git's global configuration";
	case GIT_CONFIG_LEVEL_LOCAL:
		return "git's configuration of this repository";
	default:
		return "git's configuration";
	}
}

static int cmp_found(const void *va, const void *vb)
{
	const struct found *a = va, *b = vb;
	if (a->level != b->level)
		return a->level < b->level ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

static void add_found(struct found_list *list, const git_config_entry *entry)
{
	struct wls_slice name = wls_slice_of(entry->name);

	WLS_GROW(list->items, list->cap, list->count + 1);
	list->items[list->count] = (struct found){
		.setting =
			{
				.key = wls_arena_copy(&list->arena,
						      wls_slice_from(name, sizeof(PREFIX) - 1)),
				.value = wls_arena_copy(&list->arena, wls_slice_of(entry->value)),
				.has_value = entry->value != NULL,
				.where = level_name((int)entry->level),
			},
		.level = (int)entry->level,
		.place = list->count,
	};
	list->count++;
}

static int collect(struct found_list *list, git_config *config)
{
	git_config_iterator *iterator = NULL;
	git_config_entry *entry;
	/* Not the iterator that takes an expression: libgit2 1.5 leaks at each match. */
	int code = git_config_iterator_new(&iterator, config);

	while (code == 0 && (code = git_config_next(&entry, iterator)) == 0) {
		if (wls_slice_starts(wls_slice_of(entry->name), WLS_SLICE(PREFIX)))
			add_found(list, entry);
	}
	git_config_iterator_free(iterator);
	if (list->count > 0)
		qsort(list->items, list->count, sizeof(*list->items), cmp_found);
	return code == GIT_ITEROVER ? 0 : code;
}

int wls_git_user_config(git_config **out)
{
	int code = git_config_open_default(out);
	const char *global = getenv("GIT_CONFIG_GLOBAL");
	if (code == 0 && global && *global)
		code = git_config_add_file_ondisk(*out, global, GIT_CONFIG_LEVEL_GLOBAL, NULL, 1);
	return code;
}

int wls_git_settings(struct wls_git *git,
		     int (*each)(void *data, const struct wls_git_setting *setting), void *data,
		     struct wls_error *err)
{
	struct found_list list = {0};
	git_config *config = NULL;
	int status = 0;

	int code = git ? git_repository_config_snapshot(&config, git->repository)
		       : wls_git_user_config(&config);
	if (code == 0)
		code = collect(&list, config);
	git_config_free(config);
	for (size_t i = 0; code == 0 && status >= 0 && i < list.count; i++)
		status = each(data, &list.items[i].setting);
	free(list.items);
	wls_arena_release(&list.arena);
	if (code < 0)
		return wls_git_fail(err, code, "git's configuration", "cannot read it",
				    "see `git config --list`");
	return status < 0 ? status : 0;
}
