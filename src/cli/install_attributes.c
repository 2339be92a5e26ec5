/* SPDX-License-Identifier: MIT */
/*
 * Lines of ours in files of others: .gitattributes, and the hook.
 *
 * They stand between two comment lines, so that exactly they can be taken out again; nothing else of the
 * file is touched. When the file's last line had no ending, it gets one, and the block's first line says
 * so.
 *
 * `-text` keeps git from converting line endings, so that what is merged are the bytes that were
 * written. Where somebody has decided about line endings already (text or eol in an attributes file,
 * core.autocrlf), it is left out: work trees hold converted files there, which `-text` would turn into
 * changed ones; the merge then sees what git has stored, in one form, as for every other file.
 *
 * Layer: cli. Includes: base, buf, io, git, cli/install.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/install.h"
#include "io/file.h"

#define BEGIN "# wlsync: begin"
#define BEGIN_GLUED "# wlsync: begin, the line above had no ending"
#define END "# wlsync: end"

/* ---- blocks ---- */

bool wls_install_block_find(struct wls_slice text, size_t *begin, size_t *end)
{
	struct wls_slice rest = text, line;
	size_t at = 0;
	bool open = false;

	while (wls_slice_next_line(&rest, &line)) {
		bool glued = wls_slice_eq(line, WLS_SLICE(BEGIN_GLUED));
		if (!open && (glued || wls_slice_eq(line, WLS_SLICE(BEGIN)))) {
			open = true;
			*begin = glued && at > 0 ? at - 1 : at;
			if (glued && at > 1 && text.ptr[at - 2] == '\r')
				--*begin;
		}
		at = text.len - rest.len;
		if (open && wls_slice_eq(line, WLS_SLICE(END))) {
			*end = at;
			return true;
		}
	}
	return false;
}

static bool has_crlf(struct wls_slice text)
{
	const char *lf = text.len > 0 ? memchr(text.ptr, '\n', text.len) : NULL;

	return lf && lf > text.ptr && lf[-1] == '\r';
}

static void add_line(struct wls_slice line, bool crlf, struct wls_buf *out)
{
	wls_buf_add_slice(out, line);
	wls_buf_add_str(out, crlf ? "\r\n" : "\n");
}

void wls_install_block_put(struct wls_slice text, size_t at, const char *lines, struct wls_buf *out)
{
	struct wls_slice rest = wls_slice_of(lines), line;
	bool crlf = has_crlf(text);
	size_t begin = at, end = at;

	wls_install_block_find(text, &begin, &end);
	wls_buf_add(out, text.ptr, begin);
	if (*lines) {
		bool glued = begin > 0 && text.ptr[begin - 1] != '\n';
		if (glued)
			add_line((struct wls_slice){0}, crlf, out);
		add_line(glued ? WLS_SLICE(BEGIN_GLUED) : WLS_SLICE(BEGIN), crlf, out);
		while (wls_slice_next_line(&rest, &line))
			add_line(line, crlf, out);
		add_line(WLS_SLICE(END), crlf, out);
	}
	wls_buf_add(out, text.ptr + end, text.len - end);
}

int wls_install_block_remove(struct wls_install *in, const char *path, struct wls_slice rest,
			     struct wls_error *err)
{
	struct wls_buf old _cleanup_buf_ = WLS_BUF_INIT, text _cleanup_buf_ = WLS_BUF_INIT;
	size_t begin, end;
	int status = wls_file_read_any(&old, path, NULL, err);

	if (status < 0 || !wls_install_block_find(wls_buf_slice(&old), &begin, &end))
		return status;
	wls_install_block_put(wls_buf_slice(&old), 0, "", &text);
	bool others = !wls_slice_eq(wls_buf_slice(&text), rest);
	if (others)
		status = wls_file_write(path, wls_buf_slice(&text), err);
	else if (unlink(path) < 0)
		status = wls_file_error(err, path, "remove", errno);
	if (status == 0)
		wls_install_changed(in, wls_install_shown(in, path), NULL,
				    others ? "the lines of wlsync are gone" : "removed");
	return status;
}

/* ---- attributes ---- */

bool wls_install_has_attribute(struct wls_slice text, const char *word)
{
	struct wls_slice rest = text, line, want = wls_slice_of(word);

	while (wls_slice_next_line(&rest, &line)) {
		size_t i = 0;
		while (i < line.len && line.ptr[0] != '#') {
			size_t start = i;
			while (i < line.len && line.ptr[i] != ' ' && line.ptr[i] != '\t')
				i++;
			if (start > 0 && wls_slice_eq(wls_slice(line.ptr + start, i - start), want))
				return true;
			i++;
		}
	}
	return false;
}

int wls_install_attributes_path(struct wls_install *in, const char **path, struct wls_error *err)
{
	struct wls_buf place _cleanup_buf_ = WLS_BUF_INIT;
	int status = 0;

	if (in->scope == WLS_GIT_USER) {
		status = in->api->place(in->git, WLS_GIT_PLACE_USER_ATTRIBUTES, &place, err);
	} else if (in->root) {
		wls_buf_printf(&place, "%s/.gitattributes", in->root);
	} else {
		/* Without a work tree git reads no other file. */
		status = in->api->place(in->git, WLS_GIT_PLACE_COMMON, &place, err);
		wls_buf_add_str(&place, "info/attributes");
	}
	if (status == 0)
		*path = wls_arena_copy(&in->arena, wls_buf_slice(&place)).ptr;
	return status;
}

/*
 * Whether nobody wants line endings of WorkLogs converted. `-text` wants what we do: it may be our own line,
 * which git still reads from its index when an uninstall has taken it out of the file.
 */
static int endings_are_free(struct wls_install *in, bool *out, struct wls_error *err)
{
	enum { OF_TEXT };
	static const char *const names[] = {"text", "eol", "crlf"};
	struct wls_buf value _cleanup_buf_ = WLS_BUF_INIT;
	bool found;
	int status = in->api->get(in->git, WLS_GIT_EFFECTIVE, "core.autocrlf", &value, &found, err);

	*out = !found || strcmp(wls_buf_str(&value), "false") == 0;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(names) && status == 0 && in->git; i++) {
		status = in->api->attribute(in->git, WLS_INSTALL_PROBE, names[i], &value, err);
		*out = *out && (value.len == 0 ||
				(i == OF_TEXT && strcmp(wls_buf_str(&value), "unset") == 0));
	}
	return status;
}

/* The line that the block holds. What an earlier run put there stays. */
static int attributes_line(struct wls_install *in, struct wls_slice text, const char **line,
			   struct wls_error *err)
{
	size_t begin = 0, end = 0;
	bool exists = wls_install_block_find(text, &begin, &end);
	struct wls_slice block = wls_slice(text.ptr + begin, end - begin);
	bool diff = !in->options->uninstall &&
		    (in->options->diff || wls_install_has_attribute(block, WLS_INSTALL_DIFF));
	bool bytes = wls_install_has_attribute(block, "-text");
	int status = exists ? 0 : endings_are_free(in, &bytes, err);

	*line = wls_arena_printf(&in->arena, "%s %s%s%s\n", WLS_INSTALL_PATTERN,
				 WLS_INSTALL_ATTRIBUTE, bytes ? " -text" : "",
				 diff ? " " WLS_INSTALL_DIFF : "");
	return status;
}

static int make_folder(const char *path, struct wls_error *err)
{
	char *folder _cleanup_free_ = wls_strdup(path);
	char *slash = strrchr(folder, '/');

	if (!slash || slash == folder)
		return 0;
	*slash = '\0';
	if (access(folder, F_OK) == 0)
		return 0;
	int status = make_folder(folder, err);
	if (status == 0 && mkdir(folder, 0777) < 0 && errno != EEXIST)
		return wls_file_error(err, folder, "make the folder", errno);
	return status;
}

int wls_install_attributes(struct wls_install *in, struct wls_error *err)
{
	struct wls_buf old _cleanup_buf_ = WLS_BUF_INIT, text _cleanup_buf_ = WLS_BUF_INIT;
	const char *path, *line;
	size_t begin, end;
	int status = wls_install_attributes_path(in, &path, err);

	if (status == 0)
		status = wls_file_read_any(&old, path, NULL, err);
	if (status < 0)
		return status;
	struct wls_slice was = wls_slice(wls_buf_str(&old), old.len);
	bool own = !wls_install_block_find(was, &begin, &end) &&
		   wls_install_has_attribute(was, WLS_INSTALL_ATTRIBUTE);
	if (own && (!in->options->diff || wls_install_has_attribute(was, WLS_INSTALL_DIFF)))
		return 0;
	status = attributes_line(in, was, &line, err);
	if (status < 0)
		return status;
	wls_install_block_put(was, was.len, line, &text);
	if (wls_slice_eq(was, wls_buf_slice(&text)))
		return 0;
	status = make_folder(path, err);
	if (status == 0)
		status = wls_file_write(path, wls_buf_slice(&text), err);
	if (status == 0)
		wls_install_changed(in, wls_install_shown(in, path), NULL,
				    wls_arena_printf(&in->arena, "now says: %.*s",
						     (int)strcspn(line, "\n"), line));
	return status;
}

int wls_uninstall_attributes(struct wls_install *in, struct wls_error *err)
{
	const char *path;
	int status = wls_install_attributes_path(in, &path, err);

	return status < 0 ? status : wls_install_block_remove(in, path, WLS_SLICE(""), err);
}

int wls_uninstall_diff_attribute(struct wls_install *in, struct wls_error *err)
{
	struct wls_buf old _cleanup_buf_ = WLS_BUF_INIT;
	const char *path;
	size_t begin, end;
	int status = wls_install_attributes_path(in, &path, err);

	if (status == 0)
		status = wls_file_read_any(&old, path, NULL, err);
	if (status < 0 || !wls_install_block_find(wls_buf_slice(&old), &begin, &end))
		return status;
	return wls_install_attributes(in, err);
}
