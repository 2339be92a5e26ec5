/* SPDX-License-Identifier: MIT */
/*
 * The record in a region's marker line, and the marker of a comment.
 *
 * Layer: plan. Includes: base, buf, plan.
 *
 * A word of a record is `key=value`, but for the pair `dup-of #12`, which people and scripts look
 * for. Keys that are not known are passed over, so that a later renderer may add some; what is
 * known must be right, or the line is no record: no decision is taken from half a record.
 */
#include <inttypes.h>

#include "plan/marker_line.h"
#include "wlsync/plan.h"

/* Nothing is written that is not read back: a key stands for a field, in writing order. */
enum record_key {
	KEY_ID,
	KEY_SOURCE,
	KEY_VERSION,
	KEY_RENDERER,
	KEY_DATE,
	KEY_TITLE,
	KEY_REGION,
	KEY_STORED,
	KEY_LABELS,
	KEY_STATE,
	KEY_LINKS,
	KEY_COMMENTED,
	KEY_DUPLICATE,
	KEY_HASH, /* of comments only */
	KEY_COUNT,
};

static const char *const key_names[KEY_COUNT] = {
	[KEY_ID] = "id",
	[KEY_SOURCE] = "src",
	[KEY_VERSION] = "v",
	[KEY_RENDERER] = "r",
	[KEY_DATE] = "date",
	[KEY_TITLE] = "title",
	[KEY_REGION] = "region",
	[KEY_STORED] = "stored",
	[KEY_LABELS] = "labels",
	[KEY_STATE] = "state",
	[KEY_LINKS] = "links",
	[KEY_COMMENTED] = "commented",
	[KEY_DUPLICATE] = "dup-of",
	[KEY_HASH] = "hash",
};

/* ---- writing ---- */

static void add_labels(struct wls_buf *out, const struct wls_record *record)
{
	size_t written = 0;
	for (size_t i = 0; i < record->label_count; i++) {
		if (record->labels[i].len == 0)
			continue;
		wls_buf_add_str(out, written++ == 0 ? " labels=" : ",");
		wls_marker_add_value(out, record->labels[i]);
	}
}

void wls_record_write(const struct wls_record *record, struct wls_buf *out)
{
	wls_buf_add_str(out, WLS_MARKER_REGION);
	wls_marker_add(out, " id=", record->id);
	if (record->source.len > 0)
		wls_marker_add(out, " src=", record->source);
	wls_buf_printf(out, " v=%" PRIu32 " r=%" PRIu32 " date=%" PRId64, record->version,
		       record->renderer, record->date);
	wls_buf_printf(out, " title=%016" PRIx64 " region=%016" PRIx64, record->title_hash,
		       record->region_hash);
	if (record->stored_hash != 0)
		wls_buf_printf(out, " stored=%016" PRIx64, record->stored_hash);
	add_labels(out, record);
	wls_buf_printf(out, " state=%s", record->open ? "open" : "closed");
	for (size_t i = 0; i < record->link_count; i++)
		wls_buf_printf(out, "%s%" PRId64, i == 0 ? " links=" : ",", record->links[i]);
	if (record->commented > 0 || record->commented_hash != 0 || record->commented_all)
		wls_buf_printf(out, " commented=%" PRIu32 ":%016" PRIx64 "%s", record->commented,
			       record->commented_hash, record->commented_all ? ":all" : "");
	if (record->duplicate_of > 0)
		wls_buf_printf(out, " dup-of #%" PRId64, record->duplicate_of);
	wls_buf_add_str(out, " -->");
}

void wls_comment_marker_write(const struct wls_comment_marker *marker, struct wls_buf *out)
{
	wls_buf_add_str(out, WLS_MARKER_COMMENT);
	wls_marker_add(out, " id=", marker->id);
	wls_buf_printf(out, " v=%" PRIu32 " hash=%016" PRIx64 " -->", marker->version,
		       marker->hash);
}

/* ---- reading: words ---- */

/* The values of a line by key; ptr NULL: not there. */
struct values {
	struct wls_slice of[KEY_COUNT];
};

static enum record_key key_of(struct wls_slice name)
{
	size_t key = 0;
	while (key < KEY_COUNT && !wls_slice_eq(name, wls_slice_of(key_names[key])))
		key++;
	return (enum record_key)key;
}

static bool collect(struct wls_slice words, struct values *values)
{
	struct wls_slice word, name, value;
	*values = (struct values){0};
	while (wls_marker_next(&words, &word)) {
		enum record_key key = KEY_DUPLICATE;
		if (wls_slice_eq(word, wls_slice_of(key_names[KEY_DUPLICATE]))) {
			if (!wls_marker_next(&words, &word) || word.ptr[0] != '#')
				return false;
			value = wls_slice_from(word, 1);
		} else if (!wls_marker_part(word, &name, &value) ||
			   (key = key_of(name)) == KEY_DUPLICATE) {
			return false;
		}
		if (key == KEY_COUNT)
			continue;
		if (values->of[key].ptr)
			return false;
		values->of[key] = value;
	}
	return true;
}

/* ---- reading: values; one that is missing leaves its field alone ---- */

static bool read_text(struct wls_slice value, struct wls_arena *arena, struct wls_slice *out)
{
	return !value.ptr || wls_marker_text(value, arena, out);
}

static bool read_u32(struct wls_slice value, uint32_t *out)
{
	uint64_t number;
	if (!value.ptr)
		return true;
	if (!wls_marker_number(value, UINT32_MAX, &number))
		return false;
	*out = (uint32_t)number;
	return true;
}

static bool read_i64(struct wls_slice value, int64_t *out)
{
	uint64_t number;
	if (!value.ptr)
		return true;
	bool minus = value.len > 0 && value.ptr[0] == '-';
	if (!wls_marker_number(wls_slice_from(value, minus), INT64_MAX, &number))
		return false;
	*out = minus ? -(int64_t)number : (int64_t)number;
	return true;
}

/* The number of an issue: over 0. */
static bool read_number(struct wls_slice value, int64_t *out)
{
	uint64_t number = 1;
	if (value.ptr && (!wls_marker_number(value, INT64_MAX, &number) || number == 0))
		return false;
	if (value.ptr)
		*out = (int64_t)number;
	return true;
}

static bool read_hash(struct wls_slice value, uint64_t *out)
{
	return !value.ptr || wls_marker_hash(value, out);
}

static bool read_state(struct wls_slice value, bool *open)
{
	*open = value.ptr && wls_slice_eq(value, WLS_SLICE("open"));
	return !value.ptr || *open || wls_slice_eq(value, WLS_SLICE("closed"));
}

/* `5:HASH`, with `:all` behind it perhaps. */
static bool read_commented(struct wls_slice value, struct wls_record *out)
{
	static const struct wls_slice all = {":all", 4};
	if (!value.ptr)
		return true;
	const char *colon = memchr(value.ptr, ':', value.len);
	if (!colon)
		return false;
	struct wls_slice number = wls_slice(value.ptr, (size_t)(colon - value.ptr));
	struct wls_slice hash = wls_slice_from(value, number.len + 1);
	out->commented_all =
		hash.len > all.len && wls_slice_eq(wls_slice_from(hash, hash.len - all.len), all);
	if (out->commented_all)
		hash.len -= all.len;
	return read_u32(number, &out->commented) && read_hash(hash, &out->commented_hash);
}

/* Cuts the next part off a list; false when nothing is left. */
static bool next_part(struct wls_slice *list, struct wls_slice *part)
{
	if (!list->ptr)
		return false;
	const char *comma = memchr(list->ptr, ',', list->len);
	*part = wls_slice(list->ptr, comma ? (size_t)(comma - list->ptr) : list->len);
	*list = comma ? wls_slice_from(*list, part->len + 1) : wls_slice(NULL, 0);
	return true;
}

static size_t count_parts(struct wls_slice list)
{
	struct wls_slice part;
	size_t count = 0;
	while (next_part(&list, &part))
		count++;
	return count;
}

static bool read_labels(struct wls_slice list, struct wls_arena *arena, struct wls_record *out)
{
	struct wls_slice *labels = WLS_ARENA_ARRAY(arena, struct wls_slice, count_parts(list));
	struct wls_slice part;
	out->labels = labels;
	while (next_part(&list, &part))
		if (part.len == 0 || !wls_marker_text(part, arena, &labels[out->label_count++]))
			return false;
	return true;
}

static bool read_links(struct wls_slice list, struct wls_arena *arena, struct wls_record *out)
{
	int64_t *links = WLS_ARENA_ARRAY(arena, int64_t, count_parts(list));
	struct wls_slice part;
	out->links = links;
	for (int64_t last = 0; next_part(&list, &part); last = links[out->link_count++])
		if (!read_number(part, &links[out->link_count]) || links[out->link_count] <= last)
			return false;
	return true;
}

/* ---- reading ---- */

bool wls_record_read(struct wls_slice line, struct wls_arena *arena, struct wls_record *out)
{
	struct wls_record record = {0};
	struct wls_slice words;
	struct values values;
	if (!wls_marker_body(line, WLS_SLICE(WLS_MARKER_REGION), &words) ||
	    !collect(words, &values))
		return false;
	if (!read_text(values.of[KEY_ID], arena, &record.id) || record.id.len == 0 ||
	    !read_text(values.of[KEY_SOURCE], arena, &record.source) ||
	    !read_u32(values.of[KEY_VERSION], &record.version) ||
	    !read_u32(values.of[KEY_RENDERER], &record.renderer) ||
	    !read_i64(values.of[KEY_DATE], &record.date) ||
	    !read_hash(values.of[KEY_TITLE], &record.title_hash) ||
	    !read_hash(values.of[KEY_REGION], &record.region_hash) ||
	    !read_hash(values.of[KEY_STORED], &record.stored_hash) ||
	    !read_labels(values.of[KEY_LABELS], arena, &record) ||
	    !read_state(values.of[KEY_STATE], &record.open) ||
	    !read_links(values.of[KEY_LINKS], arena, &record) ||
	    !read_commented(values.of[KEY_COMMENTED], &record) ||
	    !read_number(values.of[KEY_DUPLICATE], &record.duplicate_of))
		return false;
	*out = record;
	return true;
}

bool wls_comment_marker_read(struct wls_slice body, struct wls_arena *arena,
			     struct wls_comment_marker *out)
{
	struct wls_comment_marker marker = {.version = 0};
	struct wls_slice line, words;
	struct values values;
	if (!wls_slice_next_line(&body, &line) ||
	    !wls_marker_body(line, WLS_SLICE(WLS_MARKER_COMMENT), &words) ||
	    !collect(words, &values))
		return false;
	if (!read_text(values.of[KEY_ID], arena, &marker.id) || marker.id.len == 0 ||
	    !read_u32(values.of[KEY_VERSION], &marker.version) || marker.version == 0 ||
	    !values.of[KEY_HASH].ptr || !read_hash(values.of[KEY_HASH], &marker.hash))
		return false;
	*out = marker;
	return true;
}
