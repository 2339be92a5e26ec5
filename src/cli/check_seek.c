/* SPDX-License-Identifier: MIT */
/*
 * Which files may be of the logs that others depend on, told without parsing them: by their names,
 * else by the first bytes, where a frontmatter gives a name. `check FILE` is for editors, and must
 * not cost what all logs cost.
 *
 * Layer: cli. Includes: base, buf, graph, io.
 */
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/check.h"
#include "io/path.h"

/* A frontmatter that goes on behind these bytes may say anything. */
enum { HEAD_BYTES = 4096 };

/* Names of which others are told that may be meant. */
enum { MEANT_MAX = 64 };

/* ---- names ---- */

void wls_sought_add(struct wls_sought *sought, struct wls_arena *arena, struct wls_slice name)
{
	struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT;

	wls_utf8_add_folded_name(&folded, name);
	if (folded.len == 0 || wls_map_find(&sought->names, wls_buf_slice(&folded)) != WLS_MAP_NONE)
		return;
	WLS_GROW(sought->list, sought->cap, sought->count + 1);
	struct wls_sought_name *added = &sought->list[sought->count++];
	*added = (struct wls_sought_name){.name = wls_arena_copy(arena, wls_buf_slice(&folded))};
	wls_nearest_init(&added->spelling, added->name);
	wls_nearest_init(&added->word, added->name);
	added->word.distance = SIZE_MAX;
	*wls_map_at(&sought->names, added->name) = 0;
}

void wls_sought_release(struct wls_sought *sought)
{
	wls_map_release(&sought->names);
	free(sought->list);
	*sought = (struct wls_sought){0};
}

static bool is_sought(const struct wls_sought *sought, struct wls_slice name)
{
	struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT;

	wls_utf8_add_folded_name(&folded, name);
	return wls_map_find(&sought->names, wls_buf_slice(&folded)) != WLS_MAP_NONE;
}

bool wls_sought_by_name(const struct wls_sought *sought, const char *path)
{
	struct wls_slice name;

	return wls_name_from_path(wls_slice_of(path), &name, NULL) && is_sought(sought, name);
}

/* ---- names that may be meant ---- */

static struct wls_slice first_word(struct wls_slice name)
{
	const char *gap = memchr(name.ptr, '-', name.len);

	return gap ? wls_slice(name.ptr, (size_t)(gap - name.ptr)) : name;
}

void wls_sought_note(struct wls_sought *sought, struct wls_arena *arena, const char *path)
{
	struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice name;

	if (!wls_name_from_path(wls_slice_of(path), &name, NULL) || name.len == 0)
		return;
	wls_utf8_add_folded_name(&folded, name);
	name = wls_arena_copy(arena, wls_buf_slice(&folded));
	for (size_t i = 0; name.len > 0 && i < sought->count && i < MEANT_MAX; i++) {
		wls_nearest_offer(&sought->list[i].spelling, name.ptr);
		if (wls_slice_eq(first_word(name), first_word(sought->list[i].name)))
			wls_nearest_offer(&sought->list[i].word, name.ptr);
	}
}

void wls_sought_add_meant(struct wls_sought *sought)
{
	for (size_t i = 0; i < sought->count && i < MEANT_MAX; i++) {
		const struct wls_sought_name *n = &sought->list[i];

		if (n->spelling.best)
			*wls_map_at(&sought->names, wls_slice_of(n->spelling.best)) = 0;
		if (n->word.best)
			*wls_map_at(&sought->names, wls_slice_of(n->word.best)) = 0;
	}
}

/* ---- first bytes ---- */

static bool any_in(const struct wls_sought *sought, struct wls_slice text)
{
	struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT;

	wls_utf8_add_folded_name(&folded, text);
	for (size_t i = 0; i < sought->count; i++)
		if (wls_slice_find(wls_buf_slice(&folded), sought->list[i].name) != SIZE_MAX)
			return true;
	return false;
}

static bool is_fence(struct wls_slice line, bool first)
{
	line = wls_slice_trim(line);
	return wls_slice_eq(line, WLS_SLICE("---")) ||
	       (!first && wls_slice_eq(line, WLS_SLICE("...")));
}

/*
 * The frontmatter at the start of `head`, with its lines of `---`; *open: it is not closed there.
 */
static struct wls_slice frontmatter(struct wls_slice head, bool *open)
{
	struct wls_slice rest = head, line;

	*open = false;
	if (wls_slice_starts(rest, WLS_SLICE("\xEF\xBB\xBF")))
		rest = wls_slice_from(rest, 3);
	if (!wls_slice_next_line(&rest, &line) || !is_fence(line, true))
		return WLS_SLICE("");
	while (wls_slice_next_line(&rest, &line))
		if (is_fence(line, false))
			return wls_slice(head.ptr, head.len - rest.len);
	*open = true;
	return head;
}

/* Escapes may spell a name in any way. */
static bool head_may_name(const struct wls_sought *sought, struct wls_slice head, bool nameless)
{
	bool open;
	struct wls_slice front = frontmatter(head, &open);

	if (open || (front.len > 0 && memchr(front.ptr, '\\', front.len)))
		return true;
	/* What has no name of its own is called as its heading says. */
	return any_in(sought, nameless ? head : front);
}

bool wls_sought_by_head(const struct wls_sought *sought, const char *root, const char *path)
{
	struct wls_buf full _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice name = {0}, shown = wls_slice_of(path);
	struct wls_slice folder = wls_slice(path, shown.len - wls_path_name(shown).len);
	char head[HEAD_BYTES];
	bool nameless = !wls_name_from_path(shown, &name, NULL) || name.len == 0;

	if (!nameless && is_sought(sought, name))
		return true;
	if (nameless && (folder.len == 0 || any_in(sought, folder)))
		return true;
	wls_path_add_join(&full, root && path[0] != '/' ? wls_slice_of(root) : WLS_SLICE(""),
			  shown);
	int fd = open(wls_buf_str(&full), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t len = fd >= 0 ? read(fd, head, sizeof(head)) : 0;
	if (fd >= 0)
		close(fd);
	return len > 0 && head_may_name(sought, wls_slice(head, (size_t)len), nameless);
}

/* ---- beside the files that were named ---- */

static void add_from_folder(const struct wls_sought *sought, struct wls_arena *arena,
			    const char *folder, struct wls_check_paths *paths)
{
	DIR *dir = opendir(*folder ? folder : ".");

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		struct wls_slice name = wls_slice_of(entry->d_name);

		if (name.ptr[0] == '.' || !wls_slice_ends_nocase(name, WLS_SLICE(".md")) ||
		    !wls_sought_by_name(sought, entry->d_name))
			continue;
		WLS_GROW(paths->list, paths->cap, paths->count + 1);
		paths->list[paths->count++] = wls_arena_printf(arena, "%s%s", folder, name.ptr);
	}
	if (dir)
		closedir(dir);
}

/* The folder of a file, "" or with a slash at its end; NULL for what is a folder itself. */
static const char *folder_of(struct wls_arena *arena, const char *path)
{
	struct wls_slice whole = wls_slice_of(path);
	size_t len = whole.len - wls_path_name(whole).len;
	struct stat st;

	if (stat(path, &st) < 0 || S_ISDIR(st.st_mode))
		return NULL;
	return len > 0 ? wls_arena_copy(arena, wls_slice(path, len)).ptr : "";
}

bool wls_sought_beside(const struct wls_sought *sought, struct wls_arena *arena,
		       struct wls_check_paths *paths)
{
	struct wls_map seen = {0};
	size_t named = paths->count;

	for (size_t i = 0; i < named; i++) {
		const char *folder = folder_of(arena, paths->list[i]);
		uint32_t *before = folder ? wls_map_at(&seen, wls_slice_of(folder)) : NULL;

		if (!before || *before != WLS_MAP_NONE)
			continue;
		*before = 0;
		add_from_folder(sought, arena, folder, paths);
	}
	wls_map_release(&seen);
	return paths->count > named;
}
