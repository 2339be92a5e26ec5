/* SPDX-License-Identifier: MIT */
/*
 * Records in marker lines: what is written is read back, whatever its texts; what is not right is
 * no record.
 */
#include <criterion/criterion.h>

#include "support/random.h"
#include "wlsync/plan.h"

/* ---- writing ---- */

static const struct wls_slice labels[] = {{"wlsync", 6}, {"status:in-progress", 18}, {"a,b c", 5}};
static const int64_t links[] = {3, 4, INT64_MAX};

Test(record, as_written)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_record record = {
		.id = WLS_SLICE("Auth-Refactor"),
		.source = WLS_SLICE("acme/shop"),
		.version = 5,
		.renderer = 1,
		.date = 1731250000,
		.title_hash = 0x1,
		.region_hash = UINT64_MAX,
		.labels = labels,
		.label_count = 3,
		.open = true,
		.links = links,
		.link_count = 2,
		.commented = 5,
		.commented_hash = 0xABC,
	};
	wls_record_write(&record, &out);
	cr_expect_str_eq(wls_buf_str(&out),
			 "<!-- wlsync:1 id=Auth-Refactor src=acme/shop v=5 r=1 date=1731250000 "
			 "title=0000000000000001 region=ffffffffffffffff "
			 "labels=wlsync,status:in-progress,a%2Cb%20c state=open links=3,4 "
			 "commented=5:0000000000000abc -->");
}

Test(record, of_a_duplicate)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_record record = {.id = WLS_SLICE("x-->--y \xC3\xA9%\n"), .duplicate_of = 12};
	wls_record_write(&record, &out);
	cr_expect_str_eq(wls_buf_str(&out), "<!-- wlsync:1 id=x-%2D%3E-%2Dy%20%C3%A9%25%0A v=0 r=0 "
					    "date=0 title=0000000000000000 "
					    "region=0000000000000000 state=closed dup-of #12 -->");
}

/* ---- reading ---- */

Test(record, what_is_missing_is_zero)
{
	static const char *const lines[] = {
		"<!-- wlsync:1 id=A -->",
		"<!-- wlsync:1 id=A -->  \t",
		"<!-- wlsync:1  id=A  -->",
		"<!-- wlsync:1 id=A later=x%ZZ later=y -->",
	};
	struct wls_arena arena = {0};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(lines); i++) {
		struct wls_record r = {.version = 9};
		cr_assert(wls_record_read(wls_slice_of(lines[i]), &arena, &r), "%s", lines[i]);
		cr_expect(wls_slice_eq(r.id, WLS_SLICE("A")));
		cr_expect(r.source.len == 0 && r.version == 0 && r.renderer == 0 && r.date == 0 &&
			  r.title_hash == 0 && r.region_hash == 0 && r.label_count == 0 &&
			  !r.open && r.link_count == 0 && r.commented == 0 &&
			  r.commented_hash == 0 && !r.commented_all && r.duplicate_of == 0);
	}
	wls_arena_release(&arena);
}

Test(record, lines_that_are_none)
{
	static const char *const lines[] = {
		"",
		"<!-- wlsync:1 -->",
		"<!-- wlsync:1-->",
		"<!-- wlsync:1 v=3 -->",
		"<!-- wlsync:1 id= -->",
		"<!-- wlsync:2 id=A -->",
		"<!-- wlsync:10 id=A -->",
		"<!-- wlsync:1id=A -->",
		"<!-- wlsync id=A -->",
		"<!--wlsync:1 id=A -->",
		" <!-- wlsync:1 id=A -->",
		"> <!-- wlsync:1 id=A -->",
		"<!-- wlsync:1 id=A-->",
		"<!-- wlsync:1 id=A --> x",
		"<!-- wlsync:1 id=A --",
		"<!-- wlsync:1 id=A --> -->",
		"<!-- wlsync:1 id=A\n-->",
		"<!-- wlsync:1 id=A id=A -->",
		"<!-- wlsync:1 id=A v=1 v=1 -->",
		"<!-- wlsync:1 id=%4 -->",
		"<!-- wlsync:1 id=%GG -->",
		"<!-- wlsync:1 id=A v= -->",
		"<!-- wlsync:1 id=A v=-1 -->",
		"<!-- wlsync:1 id=A v=+1 -->",
		"<!-- wlsync:1 id=A v=1x -->",
		"<!-- wlsync:1 id=A v=4294967296 -->",
		"<!-- wlsync:1 id=A date=9223372036854775808 -->",
		"<!-- wlsync:1 id=A date=- -->",
		"<!-- wlsync:1 id=A title=123 -->",
		"<!-- wlsync:1 id=A title=000000000000000g -->",
		"<!-- wlsync:1 id=A title=00000000000000000 -->",
		"<!-- wlsync:1 id=A state=Open -->",
		"<!-- wlsync:1 id=A state= -->",
		"<!-- wlsync:1 id=A labels=a,,b -->",
		"<!-- wlsync:1 id=A labels= -->",
		"<!-- wlsync:1 id=A labels=%,b -->",
		"<!-- wlsync:1 id=A links= -->",
		"<!-- wlsync:1 id=A links=0 -->",
		"<!-- wlsync:1 id=A links=4,3 -->",
		"<!-- wlsync:1 id=A links=3,3 -->",
		"<!-- wlsync:1 id=A links=3, -->",
		"<!-- wlsync:1 id=A commented=5 -->",
		"<!-- wlsync:1 id=A commented=5: -->",
		"<!-- wlsync:1 id=A commented=5:all -->",
		"<!-- wlsync:1 id=A commented=:0000000000000000 -->",
		"<!-- wlsync:1 id=A commented=5:0000000000000000:some -->",
		"<!-- wlsync:1 id=A dup-of -->",
		"<!-- wlsync:1 id=A dup-of 12 -->",
		"<!-- wlsync:1 id=A dup-of # -->",
		"<!-- wlsync:1 id=A dup-of #0 -->",
		"<!-- wlsync:1 id=A dup-of=#12 -->",
		"<!-- wlsync:1 id=A dup-of #12 dup-of #12 -->",
		"<!-- wlsync:1 id=A #12 -->",
		"<!-- wlsync:1 id=A word -->",
		"<!-- wlsync:1 id=A =word -->",
		"<!-- wlsync-comment:1 id=A v=1 hash=0000000000000000 -->",
		"<!-- /wlsync -->",
	};
	struct wls_arena arena = {0};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(lines); i++) {
		struct wls_record r = {.version = 77};
		cr_expect_not(wls_record_read(wls_slice_of(lines[i]), &arena, &r), "%s", lines[i]);
		cr_expect_eq(r.version, 77, "%s was written to", lines[i]);
	}
	wls_arena_release(&arena);
}

/* ---- back and forth ---- */

static struct wls_slice random_text(struct test_random *random, struct wls_arena *arena, bool empty)
{
	static const char hostile[] = "-->-->  \t\n\r=,%#:\"'<!\0\x7F\xC3\xA9\xFF"
				      "abcXYZ019/._";
	size_t len = random_below(random, 12) + !empty;
	char *text = WLS_ARENA_ARRAY(arena, char, len + 1);
	for (size_t i = 0; i < len; i++)
		text[i] = hostile[random_below(random, sizeof(hostile) - 1)];
	return wls_slice(text, len);
}

static void random_record(struct test_random *random, struct wls_arena *arena, struct wls_record *r)
{
	enum { MOST = 5 };
	struct wls_slice *texts = WLS_ARENA_ARRAY(arena, struct wls_slice, MOST);
	int64_t *numbers = WLS_ARENA_ARRAY(arena, int64_t, MOST);
	int64_t number = 0;
	*r = (struct wls_record){
		.id = random_text(random, arena, false),
		.source = random_text(random, arena, true),
		.version = (uint32_t)random_next(random),
		.renderer = random_below(random, 3),
		.date = (int64_t)random_next(random) / 2,
		.title_hash = random_next(random),
		.region_hash = random_next(random),
		.labels = texts,
		.label_count = random_below(random, MOST),
		.open = random_chance(random, 50),
		.links = numbers,
		.link_count = random_below(random, MOST),
		.commented = random_below(random, 3),
		.commented_hash = random_chance(random, 50) ? random_next(random) : 0,
		.commented_all = random_chance(random, 30),
		.duplicate_of = random_chance(random, 30) ? 1 + random_below(random, 99) : 0,
	};
	for (size_t i = 0; i < MOST; i++) {
		texts[i] = random_text(random, arena, false);
		numbers[i] = number += 1 + random_below(random, 99);
	}
}

static bool same_records(const struct wls_record *a, const struct wls_record *b)
{
	for (size_t i = 0; i < a->label_count && a->label_count == b->label_count; i++)
		if (!wls_slice_eq(a->labels[i], b->labels[i]))
			return false;
	for (size_t i = 0; i < a->link_count && a->link_count == b->link_count; i++)
		if (a->links[i] != b->links[i])
			return false;
	return wls_slice_eq(a->id, b->id) && wls_slice_eq(a->source, b->source) &&
	       a->version == b->version && a->renderer == b->renderer && a->date == b->date &&
	       a->title_hash == b->title_hash && a->region_hash == b->region_hash &&
	       a->label_count == b->label_count && a->open == b->open &&
	       a->link_count == b->link_count && a->commented == b->commented &&
	       a->commented_hash == b->commented_hash && a->commented_all == b->commented_all &&
	       a->duplicate_of == b->duplicate_of;
}

/* One comment on one line: its only "--" and ">" are those of its ends. */
static bool is_one_comment(struct wls_slice line)
{
	struct wls_slice inner = wls_slice(line.ptr + 4, line.len - 7);
	return wls_slice_starts(line, WLS_SLICE("<!-- ")) &&
	       wls_slice_ends_nocase(line, WLS_SLICE(" -->")) &&
	       wls_slice_find(inner, WLS_SLICE("--")) == SIZE_MAX &&
	       !memchr(inner.ptr, '>', inner.len) && !memchr(inner.ptr, '\n', inner.len) &&
	       !memchr(inner.ptr, '\r', inner.len);
}

Test(record, back_and_forth)
{
	for (uint64_t seed = 1; seed <= 5000; seed++) {
		struct test_random random = {.state = seed};
		struct wls_arena arena = {0};
		struct wls_buf line _cleanup_buf_ = WLS_BUF_INIT;
		struct wls_record record, back;
		random_record(&random, &arena, &record);
		wls_record_write(&record, &line);
		cr_assert(is_one_comment(wls_buf_slice(&line)), "seed %llu: %s",
			  (unsigned long long)seed, wls_buf_str(&line));
		cr_assert(wls_record_read(wls_buf_slice(&line), &arena, &back), "seed %llu: %s",
			  (unsigned long long)seed, wls_buf_str(&line));
		cr_assert(same_records(&record, &back), "seed %llu: %s", (unsigned long long)seed,
			  wls_buf_str(&line));
		wls_arena_release(&arena);
	}
}

/* ---- comments ---- */

Test(record, of_a_comment)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_arena arena = {0};
	struct wls_comment_marker m = {WLS_SLICE("Auth Refactor"), 6, 0x12}, back;
	wls_comment_marker_write(&m, &out);
	cr_expect_str_eq(wls_buf_str(&out), "<!-- wlsync-comment:1 id=Auth%20Refactor v=6 "
					    "hash=0000000000000012 -->");
	wls_buf_add_str(&out, "\r\n### v6\r\n");
	cr_assert(wls_comment_marker_read(wls_buf_slice(&out), &arena, &back));
	cr_expect(wls_slice_eq(back.id, m.id) && back.version == 6 && back.hash == 0x12);
	wls_arena_release(&arena);
}

Test(record, comments_that_are_none)
{
	static const char *const bodies[] = {
		"",
		"\n<!-- wlsync-comment:1 id=A v=6 hash=0000000000000012 -->",
		" <!-- wlsync-comment:1 id=A v=6 hash=0000000000000012 -->",
		"> <!-- wlsync-comment:1 id=A v=6 hash=0000000000000012 -->",
		"<!-- wlsync-comment:1 id=A v=6 hash=0000000000000012 --> x",
		"<!-- wlsync-comment:2 id=A v=6 hash=0000000000000012 -->",
		"<!-- wlsync-comment:1 id=A v=0 hash=0000000000000012 -->",
		"<!-- wlsync-comment:1 id=A hash=0000000000000012 -->",
		"<!-- wlsync-comment:1 id=A v=6 -->",
		"<!-- wlsync-comment:1 v=6 hash=0000000000000012 -->",
		"<!-- wlsync:1 id=A v=6 hash=0000000000000012 -->",
	};
	struct wls_arena arena = {0};
	struct wls_comment_marker m;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(bodies); i++)
		cr_expect_not(wls_comment_marker_read(wls_slice_of(bodies[i]), &arena, &m), "%s",
			      bodies[i]);
	wls_arena_release(&arena);
}
