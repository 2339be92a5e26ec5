/* SPDX-License-Identifier: MIT */
/*
 * The cache: a folder for each scope, a file for each URL, and one for the hints.
 *
 * A file is a first line with a hash of all that follows, then URL, ETag and Link, a line each,
 * then the body. What does not fit its hash or its URL is as if it were not there; so are files
 * that nobody has read for a month, which go when the cache is opened.
 *
 * Layer: net. Includes: base, buf, map, net/cache.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/map.h"
#include "net/cache.h"

#define FILE_MAX ((size_t)32 << 20)
#define FIRST_LINE "wlsync-cache 1 %016llx\n"
#define FIRST_LEN ((size_t)32)
#define UNUSED_SECONDS ((time_t)30 * 24 * 3600)
#define HINTS "hints"

struct hint {
	struct wls_slice id;
	int64_t number;
};

struct wls_http_cache {
	int folder;
	uint64_t seed; /* of the hashes: the scope's */
	struct wls_arena arena;
	struct wls_map places; /* id → place in hints */
	struct hint *hints;
	size_t hint_count, hint_cap;
	bool changed; /* hints that are not written */
};

/* ---- files ---- */

static bool write_all(int fd, struct wls_slice bytes)
{
	while (bytes.len > 0) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = wls_slice_from(bytes, (size_t)n);
	}
	return true;
}

/* The file appears whole or not at all. */
static void replace_file(int folder, const char *name, struct wls_slice bytes)
{
	char temporary[64];
	snprintf(temporary, sizeof(temporary), ".%ld-%.40s", (long)getpid(), name);
	unlinkat(folder, temporary, 0);
	int fd = openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			S_IRUSR | S_IWUSR);
	if (fd < 0)
		return;
	bool written = write_all(fd, bytes);
	written = close(fd) == 0 && written;
	if (!written || renameat(folder, temporary, folder, name) < 0)
		unlinkat(folder, temporary, 0);
}

static bool read_all(int fd, struct wls_buf *out)
{
	char piece[1 << 16];
	for (;;) {
		ssize_t n = read(fd, piece, sizeof(piece));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (n == 0)
			return !out->overflow;
		wls_buf_add(out, piece, (size_t)n);
		if (out->overflow)
			return false;
	}
}

/* Marks the file as used. False when there is none of ours. */
static bool read_file(int folder, const char *name, struct wls_buf *out)
{
	struct stat st;
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool good = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
		    read_all(fd, out);
	if (good)
		futimens(fd, NULL);
	close(fd);
	return good;
}

/* ---- folders ---- */

/* $XDG_CACHE_HOME/wlsync/http, else below ~/.cache; false when neither is known. */
static bool find_place(struct wls_buf *path)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	if (cache && cache[0] == '/')
		wls_buf_printf(path, "%s/wlsync/http", cache);
	else if (home && home[0] == '/')
		wls_buf_printf(path, "%s/.cache/wlsync/http", home);
	return path->len > 0;
}

/* Makes the folder and those above it that are missing. */
static int open_folder(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, S_IRWXU);
		*slash = '/';
	}
	mkdir(path, S_IRWXU);
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat st;
	if (fd >= 0 && (fstat(fd, &st) < 0 || st.st_uid != geteuid())) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static DIR *open_listing(int folder, const char *name)
{
	int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	if (fd >= 0 && !dir)
		close(fd);
	return dir;
}

static void sweep_scope(int folder, const char *name, time_t oldest)
{
	DIR *dir = open_listing(folder, name);
	if (!dir)
		return;
	struct stat st;
	for (struct dirent *entry; (entry = readdir(dir));)
		if (fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode) && st.st_mtime < oldest)
			unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
}

/* Removes what has not been used for long; folders go when nothing is left in them. */
static void sweep(const char *place)
{
	DIR *dir = open_listing(AT_FDCWD, place);
	if (!dir)
		return;
	for (struct dirent *entry; (entry = readdir(dir));) {
		if (entry->d_name[0] == '.')
			continue;
		sweep_scope(dirfd(dir), entry->d_name, time(NULL) - UNUSED_SECONDS);
		unlinkat(dirfd(dir), entry->d_name, AT_REMOVEDIR);
	}
	closedir(dir);
}

/* ---- hints ---- */

/* `id` lies in the arena: the map borrows it. */
static void put_hint(struct wls_http_cache *cache, struct wls_slice id, int64_t number)
{
	uint32_t *place = wls_map_at(&cache->places, id);
	if (*place == WLS_MAP_NONE) {
		WLS_GROW(cache->hints, cache->hint_cap, cache->hint_count + 1);
		*place = (uint32_t)cache->hint_count;
		cache->hints[cache->hint_count++] = (struct hint){.id = id};
	}
	cache->hints[*place].number = number;
}

static void read_hints(struct wls_http_cache *cache)
{
	struct wls_buf text;
	wls_buf_init(&text, FILE_MAX);
	if (read_file(cache->folder, HINTS, &text)) {
		struct wls_slice all = wls_arena_copy(&cache->arena, wls_buf_slice(&text)), line;
		while (wls_slice_next_line(&all, &line)) {
			char *end;
			long long number = strtoll(line.ptr, &end, 10);
			if (number > 0 && end < line.ptr + line.len && *end == ' ')
				put_hint(
					cache,
					wls_slice(end + 1, (size_t)(line.ptr + line.len - end - 1)),
					number);
		}
	}
	wls_buf_release(&text);
}

int64_t wls_http_cache_hint(struct wls_http_cache *cache, struct wls_slice id)
{
	uint32_t place = wls_map_find(&cache->places, id);
	return place == WLS_MAP_NONE ? 0 : cache->hints[place].number;
}

void wls_http_cache_set_hint(struct wls_http_cache *cache, struct wls_slice id, int64_t number)
{
	if (wls_http_cache_hint(cache, id) == number || memchr(id.ptr ? id.ptr : "", '\n', id.len))
		return;
	put_hint(cache, wls_arena_copy(&cache->arena, id), number);
	cache->changed = true;
}

void wls_http_cache_flush(struct wls_http_cache *cache)
{
	_cleanup_buf_ struct wls_buf text = WLS_BUF_INIT;
	if (!cache->changed)
		return;
	for (size_t i = 0; i < cache->hint_count; i++)
		if (cache->hints[i].number > 0)
			wls_buf_printf(&text, "%lld %.*s\n", (long long)cache->hints[i].number,
				       WLS_SLICE_ARG(cache->hints[i].id));
	replace_file(cache->folder, HINTS, wls_buf_slice(&text));
	cache->changed = false;
}

/* ---- life ---- */

struct wls_http_cache *wls_http_cache_open(struct wls_slice scope)
{
	_cleanup_buf_ struct wls_buf path = WLS_BUF_INIT;
	uint64_t seed = wls_hash(scope);
	if (!find_place(&path))
		return NULL;
	sweep(wls_buf_str(&path));
	wls_buf_printf(&path, "/%016llx", (unsigned long long)seed);
	int folder = open_folder(path.ptr);
	if (folder < 0)
		return NULL;
	struct wls_http_cache *cache = wls_alloc(1, sizeof(*cache));
	*cache = (struct wls_http_cache){.folder = folder, .seed = seed};
	read_hints(cache);
	return cache;
}

void wls_http_cache_free(struct wls_http_cache *cache)
{
	if (!cache)
		return;
	wls_http_cache_flush(cache);
	close(cache->folder);
	wls_map_release(&cache->places);
	wls_arena_release(&cache->arena);
	free(cache->hints);
	free(cache);
}

/* ---- answers ---- */

static void name_file(const struct wls_http_cache *cache, const char *url, char name[32])
{
	uint64_t hash = wls_hash_mix(cache->seed, wls_slice_of(url));
	snprintf(name, 32, "%016llx", (unsigned long long)hash);
}

/* Cuts a line off that ends with LF, whatever else is in it. */
static bool cut_line(struct wls_slice *rest, struct wls_slice *line)
{
	size_t end = wls_slice_find(*rest, WLS_SLICE("\n"));
	if (end == SIZE_MAX)
		return false;
	*line = wls_slice(rest->ptr, end);
	*rest = wls_slice_from(*rest, end + 1);
	return true;
}

static void print_first_line(const struct wls_http_cache *cache, struct wls_slice rest,
			     char line[64])
{
	snprintf(line, 64, FIRST_LINE, (unsigned long long)wls_hash_mix(cache->seed, rest));
}

bool wls_http_cache_read(struct wls_http_cache *cache, const char *url, struct wls_buf *etag,
			 struct wls_buf *link, struct wls_buf *body)
{
	char name[32], first[64];
	_cleanup_buf_ struct wls_buf text = {.limit = FILE_MAX};
	struct wls_slice rest, shown, etag_line, link_line;

	name_file(cache, url, name);
	if (!read_file(cache->folder, name, &text) || text.len < FIRST_LEN)
		return false;
	rest = wls_slice_from(wls_buf_slice(&text), FIRST_LEN);
	print_first_line(cache, rest, first);
	if (memcmp(first, text.ptr, FIRST_LEN) != 0)
		return false;
	if (!cut_line(&rest, &shown) || !wls_slice_eq(shown, wls_slice_of(url)) ||
	    !cut_line(&rest, &etag_line) || !cut_line(&rest, &link_line) || etag_line.len == 0)
		return false;
	wls_buf_clear(etag);
	wls_buf_clear(link);
	wls_buf_clear(body);
	wls_buf_add_slice(etag, etag_line);
	wls_buf_add_slice(link, link_line);
	wls_buf_add_slice(body, rest);
	return !etag->overflow && !link->overflow && !body->overflow;
}

static bool is_line(struct wls_slice s)
{
	return wls_slice_find(s, WLS_SLICE("\n")) == SIZE_MAX;
}

void wls_http_cache_write(struct wls_http_cache *cache, const char *url, struct wls_slice etag,
			  struct wls_slice link, struct wls_slice body)
{
	char name[32], first[64];
	_cleanup_buf_ struct wls_buf rest = {.limit = FILE_MAX - FIRST_LEN};
	_cleanup_buf_ struct wls_buf text = {.limit = FILE_MAX};
	const struct wls_slice lines[] = {wls_slice_of(url), etag, link};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(lines); i++) {
		if (!is_line(lines[i]))
			return;
		wls_buf_add_slice(&rest, lines[i]);
		wls_buf_add_char(&rest, '\n');
	}
	wls_buf_add_slice(&rest, body);
	print_first_line(cache, wls_buf_slice(&rest), first);
	wls_buf_add_str(&text, first);
	wls_buf_add_slice(&text, wls_buf_slice(&rest));
	if (rest.overflow || text.overflow)
		return;
	name_file(cache, url, name);
	replace_file(cache->folder, name, wls_buf_slice(&text));
}
