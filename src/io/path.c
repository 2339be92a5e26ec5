/* SPDX-License-Identifier: MIT */
/*
 * Paths as text.
 *
 * Layer: io. Includes: base, buf, io/path.
 */
#include <stdio.h>

#include "io/path.h"

/* Cuts the next component off *rest; false when there is none. */
static bool next_component(struct wls_slice *rest, struct wls_slice *component)
{
	while (rest->len > 0 && rest->ptr[0] == '/')
		*rest = wls_slice_from(*rest, 1);
	if (rest->len == 0)
		return false;
	const char *slash = memchr(rest->ptr, '/', rest->len);
	size_t len = slash ? (size_t)(slash - rest->ptr) : rest->len;
	*component = wls_slice(rest->ptr, len);
	*rest = wls_slice_from(*rest, len);
	return true;
}

/*
 * Takes the last component off what was added since `start`; false when there is none or it is
 * "..".
 */
static bool drop_component(struct wls_buf *out, size_t start)
{
	struct wls_slice added = wls_slice(out->ptr + start, out->len - start);
	struct wls_slice last = wls_path_name(added);
	if (last.len == 0 || wls_slice_eq(last, WLS_SLICE("..")))
		return false;
	size_t len = added.len - last.len;
	bool root = len == 1;
	wls_buf_truncate(out, start + (len > 0 && !root ? len - 1 : len));
	return true;
}

void wls_path_add_clean(struct wls_buf *out, struct wls_slice path, bool fold_parents)
{
	size_t start = out->len;
	bool absolute = path.len > 0 && path.ptr[0] == '/';
	struct wls_slice part;

	wls_buf_add_str(out, absolute ? "/" : "");
	while (next_component(&path, &part)) {
		if (wls_slice_eq(part, WLS_SLICE(".")))
			continue;
		if (fold_parents && wls_slice_eq(part, WLS_SLICE(".."))) {
			if (drop_component(out, start) || absolute)
				continue;
		}
		if (out->len > start && out->ptr[out->len - 1] != '/')
			wls_buf_add_char(out, '/');
		wls_buf_add_slice(out, part);
	}
	if (out->len == start)
		wls_buf_add_char(out, '.');
}

bool wls_path_below(struct wls_slice path, struct wls_slice folder, struct wls_slice *rest)
{
	if (folder.len == 0) {
		*rest = path;
		return true;
	}
	if (!wls_slice_starts(path, folder))
		return false;
	struct wls_slice tail = wls_slice_from(path, folder.len);
	if (tail.len > 0 && tail.ptr[0] != '/' && folder.ptr[folder.len - 1] != '/')
		return false;
	if (tail.len > 0 && tail.ptr[0] == '/')
		tail = wls_slice_from(tail, 1);
	*rest = tail;
	return true;
}

struct wls_slice wls_path_name(struct wls_slice path)
{
	size_t i = path.len;
	while (i > 0 && path.ptr[i - 1] != '/')
		i--;
	return path.len > 0 ? wls_slice_from(path, i) : path;
}

void wls_path_add_join(struct wls_buf *out, struct wls_slice folder, struct wls_slice name)
{
	if (folder.len > 0 && !wls_slice_eq(folder, WLS_SLICE("."))) {
		wls_buf_add_slice(out, folder);
		if (name.len > 0 && folder.ptr[folder.len - 1] != '/')
			wls_buf_add_char(out, '/');
	}
	wls_buf_add_slice(out, name);
}

const char *wls_path_brief(const char *path, char buf[WLS_PATH_BRIEF])
{
	size_t len = strlen(path);
	if (len < WLS_PATH_BRIEF)
		return path;
	const char *end = path + len - (WLS_PATH_BRIEF - sizeof("…"));
	while (((unsigned char)*end & 0xC0) == 0x80)
		end++;
	snprintf(buf, WLS_PATH_BRIEF, "…%s", end);
	return buf;
}
