/* SPDX-License-Identifier: MIT */
/*
 * Property: whatever an issue's body holds, a region is found where its markers stand, and putting
 * another in its place changes no byte outside of it; and whatever a text holds, what becomes of
 * it for an issue is one line of UTF-8.
 */
#include <stdio.h>

#include "base/utf8.h"
#include "fuzz/fuzz.h"
#include "wlsync/plan.h"

static void require(bool holds, const char *fault)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz_region: %s\n", fault);
	abort();
}

static struct wls_slice part(struct wls_slice s, size_t begin, size_t end)
{
	return wls_slice(s.ptr + begin, end - begin);
}

/* What a region that was found must be, on its own. */
static void require_region(struct wls_slice body, const struct wls_region *r)
{
	struct wls_slice end = WLS_SLICE(WLS_REGION_END);
	require(r->begin < r->text && r->text <= r->text_end && r->text_end < r->end &&
			r->end <= body.len,
		"the region's parts are not in order");
	require(wls_slice_starts(wls_slice_from(body, r->begin), WLS_SLICE("<!-- wlsync:1 ")),
		"the region begins with something else");
	require(wls_slice_starts(wls_slice_from(body, r->text_end), end),
		"the region ends with something else");
	require(r->end >= r->text_end + end.len, "the end marker is cut");
	struct wls_buf name _cleanup_buf_ = WLS_BUF_INIT;
	wls_utf8_add_folded_name(&name, r->record.id);
	require(name.len == 0 || wls_body_names(body, r->record.id),
		"the region does not name its log");
}

/* The region with another record and the text `text`, found again. */
static void require_splice(struct wls_slice body, const struct wls_region *r, struct wls_slice text,
			   struct wls_arena *arena)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_record record = {.id = WLS_SLICE("a -- b"), .version = 7, .open = true};
	struct wls_region again;
	bool found = r->kind == WLS_REGION_FOUND;
	wls_region_splice(body, r, &record, text, &out);
	struct wls_slice all = wls_buf_slice(&out);
	require(wls_slice_starts(all, wls_slice(body.ptr, found ? r->begin : body.len)),
		"bytes before the region changed");
	require(!found || wls_slice_eq(wls_slice_from(all, all.len - (body.len - r->end)),
				       wls_slice_from(body, r->end)),
		"bytes behind the region changed");
	wls_region_find(all, arena, &again);
	if (again.kind != WLS_REGION_FOUND) {
		require(!found, "a region is not found again");
		return;
	}
	require_region(all, &again);
	require(wls_slice_eq(again.record.id, record.id) && again.record.version == 7,
		"the record is another");
	require(wls_text_hash(part(all, again.text, again.text_end)) == wls_text_hash(text),
		"the text is another");
}

static void require_body(struct wls_slice body)
{
	struct wls_arena arena = {0};
	struct wls_region region;
	wls_region_find(body, &arena, &region);
	if (region.kind == WLS_REGION_FOUND) {
		require_region(body, &region);
		require_splice(body, &region, part(body, region.text, region.text_end), &arena);
	}
	if (region.kind != WLS_REGION_BROKEN)
		require_splice(body, &region, WLS_SLICE("one\n\n- two\n"), &arena);
	wls_arena_release(&arena);
}

/* A record that is read is written so that it is read again, in the same words. */
static void require_record(struct wls_slice body)
{
	struct wls_arena arena = {0};
	struct wls_buf once _cleanup_buf_ = WLS_BUF_INIT, twice _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice line = body;
	struct wls_record record;
	struct wls_comment_marker comment;
	wls_comment_marker_read(body, &arena, &comment);
	if (wls_slice_next_line(&body, &line) && wls_record_read(line, &arena, &record)) {
		wls_record_write(&record, &once);
		require(wls_record_read(wls_buf_slice(&once), &arena, &record),
			"a record that was written is none");
		wls_record_write(&record, &twice);
		require(wls_slice_eq(wls_buf_slice(&once), wls_buf_slice(&twice)),
			"a record changes by being read");
	}
	wls_arena_release(&arena);
}

static void require_line(struct wls_slice out)
{
	require(wls_utf8_scan(out).first_invalid == SIZE_MAX, "it is not UTF-8");
	require(wls_utf8_scan(out).first_nul == SIZE_MAX, "it holds a NUL");
	for (size_t i = 0; i < out.len; i++)
		require(out.ptr[i] != '\n' && out.ptr[i] != '\r', "it has two lines");
}

static void require_texts(struct wls_slice text)
{
	enum { TITLE_MAX = 256 };
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_secret secret;
	size_t at = 0;
	for (int mentions = 0; mentions < 2; mentions++) {
		wls_buf_clear(&out);
		wls_inert_add(text, mentions, &out);
		require_line(wls_buf_slice(&out));
	}
	wls_buf_clear(&out);
	wls_title_add(text, TITLE_MAX, &out);
	require_line(wls_buf_slice(&out));
	require(wls_utf8_count(wls_buf_slice(&out)) <= TITLE_MAX, "a title is too long");
	for (size_t last = 0; wls_secret_next(text, &at, NULL, 0, &secret); last = at)
		require(secret.at >= last && secret.len > 0 && at == secret.at + secret.len &&
				at <= text.len,
			"a secret is out of place");
	require(at == text.len, "the search for secrets ended early");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wls_slice input = wls_slice((const char *)data, size);
	require_body(input);
	require_record(input);
	require_texts(input);
	return 0;
}
