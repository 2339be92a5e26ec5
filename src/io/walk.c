/* SPDX-License-Identifier: MIT */
/*
 * The walk: folders still to be searched lie on a heap-allocated stack as paths, each is opened from
 * the start, read to its end and closed. File types come from fstatat(2), since not every file
 * system fills in d_type.
 *
 * Layer: io. Includes: base, buf, io/file, io/path, io/walk.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file.h"
#include "io/path.h"
#include "io/walk.h"

struct found {
	const char *path;
	dev_t device;
	ino_t inode;
	bool link;
};

struct search {
	struct wls_walk *walk;
	const struct wls_walk_rules *rules;
	int start;
	const char **folders; /* still to be searched */
	size_t folder_count, folder_cap;
	struct found *found;
	size_t found_count, found_cap;
	bool links; /* a file was found through a link */
	struct wls_walk_error *errors;
	size_t error_count, error_cap;
	struct wls_buf path; /* of the entry at hand */
};

bool wls_walk_left_out(struct wls_slice name)
{
	return wls_slice_starts(name, WLS_SLICE(".")) ||
	       wls_slice_eq(name, WLS_SLICE("node_modules"));
}

static const char *keep(struct search *s, const char *path)
{
	return wls_arena_copy(&s->walk->arena, wls_slice_of(path)).ptr;
}

static void add_error(struct search *s, const char *path, const char *doing, int number)
{
	WLS_GROW(s->errors, s->error_cap, s->error_count + 1);
	s->errors[s->error_count++] = (struct wls_walk_error){keep(s, path), doing, number};
}

static void add_found(struct search *s, const struct stat *st, bool link)
{
	WLS_GROW(s->found, s->found_cap, s->found_count + 1);
	s->found[s->found_count++] =
		(struct found){keep(s, s->path.ptr), st->st_dev, st->st_ino, link};
	s->links = s->links || link;
}

static void visit_folder(struct search *s, const char *name)
{
	if (!s->rules->enter(s->rules->data, s->path.ptr, wls_walk_left_out(wls_slice_of(name))))
		return;
	WLS_GROW(s->folders, s->folder_cap, s->folder_count + 1);
	s->folders[s->folder_count++] = keep(s, s->path.ptr);
}

static void visit_link(struct search *s, int fd, const char *name)
{
	struct stat st;
	if (!s->rules->take(s->rules->data, s->path.ptr))
		return;
	if (fstatat(fd, name, &st, 0) == 0) {
		if (S_ISREG(st.st_mode))
			add_found(s, &st, true);
	} else if (strncmp(name, ".#", 2) != 0) {
		add_error(s, s->path.ptr, "follow", errno);
	}
}

static void visit_entry(struct search *s, int fd, const char *name)
{
	struct stat st;
	if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0) {
		/* Gone since the folder was read: as if it had never been there. */
		if (errno != ENOENT)
			add_error(s, s->path.ptr, "look at", errno);
	} else if (S_ISDIR(st.st_mode)) {
		visit_folder(s, name);
	} else if (S_ISLNK(st.st_mode)) {
		visit_link(s, fd, name);
	} else if (S_ISREG(st.st_mode) && s->rules->take(s->rules->data, s->path.ptr)) {
		add_found(s, &st, false);
	}
}

static void read_folder(struct search *s, DIR *dir, const char *folder)
{
	for (;;) {
		errno = 0;
		struct dirent *entry = readdir(dir);
		if (!entry) {
			if (errno != 0)
				add_error(s, folder, "search", errno);
			return;
		}
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		wls_buf_clear(&s->path);
		wls_path_add_join(&s->path, wls_slice_of(folder), wls_slice_of(entry->d_name));
		visit_entry(s, dirfd(dir), entry->d_name);
	}
}

/* Whether a path has more components than may be searched. */
static bool is_too_deep(const char *folder)
{
	unsigned depth = 1;
	for (; *folder; folder++)
		depth += *folder == '/';
	return depth > WLS_WALK_DEPTH;
}

static void search_folder(struct search *s, const char *folder)
{
	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	bool too_long = strlen(folder) >= PATH_MAX;
	if (too_long || is_too_deep(folder)) {
		add_error(s, folder, "search", too_long ? ENAMETOOLONG : WLS_FILE_TOO_DEEP);
		return;
	}
	if (strcmp(folder, ".") != 0)
		flags |= O_NOFOLLOW;
	int fd = openat(s->start, folder, flags);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		add_error(s, folder, "search", errno);
		if (fd >= 0)
			close(fd);
		return;
	}
	read_folder(s, dir, folder);
	closedir(dir);
}

static int cmp_identity(const void *va, const void *vb)
{
	const struct found *a = va, *b = vb;
	if (a->device != b->device)
		return a->device < b->device ? -1 : 1;
	if (a->inode != b->inode)
		return a->inode < b->inode ? -1 : 1;
	if (a->link != b->link)
		return a->link ? 1 : -1;
	return strcmp(a->path, b->path);
}

static int cmp_found(const void *va, const void *vb)
{
	const struct found *a = va, *b = vb;
	return strcmp(a->path, b->path);
}

static int cmp_error(const void *va, const void *vb)
{
	const struct wls_walk_error *a = va, *b = vb;
	return strcmp(a->path, b->path);
}

/* Drops links to files that were found themselves or through an earlier link. */
static void drop_doubles(struct search *s)
{
	size_t kept = 0;
	qsort(s->found, s->found_count, sizeof(*s->found), cmp_identity);
	for (size_t i = 0; i < s->found_count; i++) {
		const struct found *f = &s->found[i];
		const struct found *last = kept > 0 ? &s->found[kept - 1] : NULL;
		if (last && f->link && last->device == f->device && last->inode == f->inode)
			continue;
		s->found[kept++] = *f;
	}
	s->found_count = kept;
}

static void hand_over(struct search *s)
{
	struct wls_walk *walk = s->walk;

	if (s->links)
		drop_doubles(s);
	if (s->found_count > 0)
		qsort(s->found, s->found_count, sizeof(*s->found), cmp_found);
	walk->paths = WLS_ARENA_ARRAY(&walk->arena, const char *, s->found_count);
	walk->count = s->found_count;
	for (size_t i = 0; i < s->found_count; i++)
		walk->paths[i] = s->found[i].path;

	if (s->error_count > 0)
		qsort(s->errors, s->error_count, sizeof(*s->errors), cmp_error);
	walk->errors = WLS_ARENA_ARRAY(&walk->arena, struct wls_walk_error, s->error_count);
	walk->error_count = s->error_count;
	if (s->error_count > 0)
		memcpy(walk->errors, s->errors, s->error_count * sizeof(*s->errors));
}

void wls_walk_run(struct wls_walk *walk, int folder, const struct wls_walk_rules *rules)
{
	struct search s = {.walk = walk, .rules = rules, .start = folder, .path = WLS_BUF_INIT};

	search_folder(&s, ".");
	while (s.folder_count > 0)
		search_folder(&s, s.folders[--s.folder_count]);
	hand_over(&s);
	free(s.folders);
	free(s.found);
	free(s.errors);
	wls_buf_release(&s.path);
}

void wls_walk_release(struct wls_walk *walk)
{
	wls_arena_release(&walk->arena);
	*walk = (struct wls_walk){0};
}
