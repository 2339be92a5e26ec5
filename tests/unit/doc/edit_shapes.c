/* SPDX-License-Identifier: MIT */
/*
 * A new entry in every fixture, in many line endings: what was there stays, byte for byte.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "doc_support.h"
#include "wlsync/edit.h"

static struct wls_new_entry plain_entry(void)
{
	return (struct wls_new_entry){
		.date = WLS_SLICE("2025-11-14"),
		.time = WLS_SLICE("12:00"),
	};
}

/* Adds; the status of the call, with the error's text in `out` when it failed. */
static int add_to(struct wls_slice source, const struct wls_new_entry *entry, struct wls_buf *out,
		  struct wls_added *added)
{
	struct wls_doc *doc = parse(source);
	struct wls_error err = {0};
	int status = wls_edit_add_entry(doc, entry, out, added, &err);
	if (status < 0)
		wls_buf_add_str(out, err.text);
	wls_doc_free(doc);
	return status;
}

struct shape {
	const char *ending; /* in place of each LF; NULL: as it is */
	bool bom, cut;      /* a BOM before; no final newline */
};

static void reshape(struct wls_slice source, const struct shape *shape, struct wls_buf *out)
{
	if (shape->bom && !wls_slice_starts(source, WLS_SLICE("\xEF\xBB\xBF")))
		wls_buf_add_str(out, "\xEF\xBB\xBF");
	while (shape->cut && source.len > 0 && strchr("\r\n", source.ptr[source.len - 1]))
		source.len--;
	for (size_t i = 0; i < source.len; i++) {
		if (source.ptr[i] == '\n' && shape->ending && (i == 0 || source.ptr[i - 1] != '\r'))
			wls_buf_add_str(out, shape->ending);
		else
			wls_buf_add_char(out, source.ptr[i]);
	}
}

/* Whether two lines are the same but for what stands behind their key. */
static bool is_value_line(struct wls_slice a, struct wls_slice b)
{
	static const char *const keys[] = {"version", "status"};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(keys); i++) {
		size_t len = strlen(keys[i]);
		struct wls_slice key = wls_slice_of(keys[i]);
		size_t x = wls_slice_find(a, key), y = wls_slice_find(b, key);
		if (x != SIZE_MAX && x == y && x < 4 && a.len > x + len && b.len > x + len)
			return true;
	}
	return false;
}

/* NULL when `result` without its new bytes is the source but for the two values. */
static const char *fault_of(struct wls_slice source, struct wls_slice result,
			    const struct wls_added *added)
{
	struct wls_buf rest = WLS_BUF_INIT;
	const char *fault = NULL;
	size_t changed = 0;
	wls_buf_add_slice(&rest, wls_slice(result.ptr, added->begin));
	wls_buf_add_slice(&rest, wls_slice_from(result, added->end));
	struct wls_slice b = wls_buf_slice(&rest), x, y;
	if (!added->version_written && !added->status_written) {
		fault = wls_slice_eq(source, b) ? NULL : "bytes were changed";
	} else {
		while (!fault && wls_slice_next_line(&source, &x)) {
			if (!wls_slice_next_line(&b, &y))
				fault = "a line is missing";
			else if (!wls_slice_eq(x, y) && !is_value_line(x, y))
				fault = "a line was changed";
			else
				changed += !wls_slice_eq(x, y);
		}
		if (!fault && b.len > 0)
			fault = "a line too many";
		if (!fault && changed > (size_t)added->version_written + added->status_written)
			fault = "more than two values were changed";
	}
	wls_buf_release(&rest);
	return fault;
}

struct tally {
	size_t added, refused, marked;
};

static bool has_markers(struct wls_slice source)
{
	struct wls_doc *doc = parse(source);
	bool markers = doc->has_markers;
	wls_doc_free(doc);
	return markers;
}

static void check_shape(const char *path, struct wls_slice source, struct tally *tally)
{
	struct wls_new_entry entry = plain_entry();
	struct wls_buf out = WLS_BUF_INIT, again = WLS_BUF_INIT;
	struct wls_added added, next;
	entry.carry = source.len % 2 == 0;
	entry.status = source.len % 3 == 0 ? WLS_STATUS_NEEDS_REVIEW : WLS_STATUS_NONE;
	int status = add_to(source, &entry, &out, &added);
	if (status == 0) {
		struct wls_doc *doc = parse(wls_buf_slice(&out));
		const struct wls_entry *newest = wls_doc_newest(doc);
		const char *fault = fault_of(source, wls_buf_slice(&out), &added);
		cr_expect_null(fault, "%s: %s", path, fault ? fault : "");
		cr_expect_eq(newest->version, added.version, "%s", path);
		cr_expect_eq(newest->node->line, added.line, "%s", path);
		entry.time = WLS_SLICE("12:30");
		cr_expect_eq(add_to(wls_buf_slice(&out), &entry, &again, &next), 0, "%s: twice: %s",
			     path, wls_buf_str(&again));
		cr_expect_eq(next.version, added.version + 1, "%s", path);
		cr_expect_eq(next.before, added.version, "%s", path);
		wls_doc_free(doc);
		tally->added++;
	} else if (has_markers(source)) {
		cr_expect_eq(status, WLS_E_REFUSED, "%s", path);
		tally->marked++;
	} else {
		tally->refused++;
	}
	wls_buf_release(&out);
	wls_buf_release(&again);
}

static void check_file(const char *path, void *data)
{
	static const struct shape shapes[] = {
		{NULL, false, false}, {"\r\n", false, false}, {"\r\n", true, true},
		{NULL, false, true},  {"\r", false, false},
	};
	struct wls_buf source, shaped = WLS_BUF_INIT;
	wls_buf_init(&source, WLS_BUF_LIMIT);
	read_file(path, &source);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(shapes); i++) {
		wls_buf_clear(&shaped);
		reshape(wls_buf_slice(&source), &shapes[i], &shaped);
		check_shape(path, wls_buf_slice(&shaped), data);
	}
	wls_buf_release(&source);
	wls_buf_release(&shaped);
}

Test(edit_shapes, every_fixture_in_many_shapes, .timeout = 120)
{
	struct tally tally = {0};
	size_t files = each_fixture(".md", check_file, &tally);
	cr_assert_gt(files, 100);
	cr_expect_gt(tally.added, files * 4, "%zu added of %zu files", tally.added, files);
	cr_expect_gt(tally.marked, 10);
	/* Fences and comments that are never closed, and numbers at their end. */
	cr_expect_lt(tally.refused, files / 20, "%zu refused", tally.refused);
}
