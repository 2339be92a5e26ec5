/* SPDX-License-Identifier: MIT */
/*
 * Edits of a log that add, remove or move lines.
 */
#include <stdio.h>

#include "support/edit_internal.h"
#include "support/generate_log.h"

/* ---- lines and blocks ---- */

static enum log_line_kind kind_at(const struct edit_context *c, size_t at)
{
	return c->lines.items[at].kind;
}

/* The bytes of lines [from, to), in LF. */
static void cut(const struct edit_context *c, size_t from, size_t to, struct wls_buf *out)
{
	for (size_t i = from; i < to; i++) {
		wls_buf_add_slice(out, c->lines.items[i].text);
		wls_buf_add_char(out, '\n');
	}
}

static void insert(struct edit_context *c, size_t at, const struct wls_buf *text)
{
	log_lines_insert(&c->lines, at, wls_buf_slice(text));
}

/* Puts in a text that ends in a blank line, apart from what stands before it. */
static void insert_block(struct edit_context *c, size_t at, struct wls_buf *text)
{
	struct wls_buf whole _cleanup_buf_ = WLS_BUF_INIT;
	bool last = at == c->lines.count;
	if (at > 0 && kind_at(c, at - 1) != LINE_BLANK)
		wls_buf_add_char(&whole, '\n');
	wls_buf_add_slice(&whole, wls_buf_slice(text));
	if (last && whole.len > 1)
		wls_buf_truncate(&whole, whole.len - 1);
	insert(c, at, &whole);
}

/* No blank line may be left over at the end of the file. */
static void remove_block(struct edit_context *c, size_t from, size_t to)
{
	bool last = to == c->lines.count;
	log_lines_remove(&c->lines, from, to - from);
	while (last && c->lines.count > 0 && kind_at(c, c->lines.count - 1) == LINE_BLANK)
		log_lines_remove(&c->lines, c->lines.count - 1, 1);
}

/* ---- items ---- */

static bool is_item(const struct edit_context *c, size_t at)
{
	return kind_at(c, at) == LINE_ITEM;
}

static bool is_top_item(const struct edit_context *c, size_t at)
{
	return is_item(c, at) && c->lines.items[at].indent == 0;
}

/* A bullet, tags and key like those of the item at `at`. */
static void add_like(struct edit_context *c, size_t at, struct wls_buf *out)
{
	static const char *const priorities[] = {"[HIGH] ", "[MED] ", "[LOW] "};
	uint32_t newest = log_lines_newest(&c->lines);
	wls_buf_fill(out, ' ', c->lines.items[at].indent);
	wls_buf_add_str(out, "- ");
	if (edit_line_starts(c, at, "- [ ]") || edit_line_starts(c, at, "- [x]"))
		wls_buf_add_str(out, "[ ] ");
	else if (edit_line_starts(c, at, "- [HIGH]") || edit_line_starts(c, at, "- [MED]"))
		wls_buf_add_str(out, RANDOM_OF(&c->r, priorities));
	else if (edit_line_starts(c, at, "- v") && newest > 0)
		wls_buf_printf(out, "v%u: ", 1 + random_below(&c->r, newest));
	else if (edit_line_starts(c, at, "- `"))
		wls_buf_printf(out, "`src/new%u.ts` ", random_below(&c->r, 1000));
	worklog_add_phrase(&c->r, newest, out);
	wls_buf_add_char(out, '\n');
}

static void add_item(struct edit_context *c)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	size_t at = edit_pick(c, is_item);
	if (at == SIZE_MAX)
		return;
	add_like(c, at, &text);
	insert(c, random_chance(&c->r, 60) ? log_lines_item_end(&c->lines, at) : at, &text);
}

static void add_subitem(struct edit_context *c)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	size_t at = edit_pick(c, is_top_item);
	if (at == SIZE_MAX)
		return;
	wls_buf_add_str(&text, "  - ");
	worklog_add_phrase(&c->r, 0, &text);
	wls_buf_add_char(&text, '\n');
	insert(c, log_lines_item_end(&c->lines, at), &text);
}

/* Both its own and whatever hangs on it. */
static bool is_lone_item(const struct edit_context *c, size_t at)
{
	return is_item(c, at) &&
	       (c->edit->domain == EDIT_ANYWHERE || c->edit->domain >= EDIT_CHUNKS_EVEN ||
		log_lines_item_end(&c->lines, at) == at + 1);
}

static void remove_item(struct edit_context *c)
{
	size_t at = edit_pick(c, is_lone_item);
	if (at != SIZE_MAX)
		remove_block(c, at, log_lines_item_end(&c->lines, at));
}

/* The list that the item at `at` stands in: [*from, *to). */
static void list_of(const struct edit_context *c, size_t at, size_t *from, size_t *to)
{
	*from = at;
	*to = at + 1;
	while (*from > 0 && is_item(c, *from - 1))
		--*from;
	while (*to < c->lines.count && is_item(c, *to))
		++*to;
}

static void move_to(struct edit_context *c, size_t at, size_t target)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	size_t end = log_lines_item_end(&c->lines, at);
	if (target >= at && target <= end)
		return;
	cut(c, at, end, &text);
	insert(c, target, &text);
	size_t shift = target < at ? end - at : 0;
	remove_block(c, at + shift, end + shift);
}

static void move_item(struct edit_context *c)
{
	size_t from, to, at = edit_pick(c, is_top_item);
	if (at == SIZE_MAX)
		return;
	list_of(c, at, &from, &to);
	size_t target = from + random_below(&c->r, to - from + 1);
	while (target < to && c->lines.items[target].indent > 0)
		target++;
	move_to(c, at, target);
}

static bool is_attribute_line(const struct edit_context *c, size_t at)
{
	struct wls_slice text = wls_slice_trim(c->lines.items[at].text);
	return wls_slice_starts(text, WLS_SLICE("- Status:")) ||
	       wls_slice_starts(text, WLS_SLICE("- Need:"));
}

static void move_far(struct edit_context *c)
{
	size_t at = edit_pick(c, is_top_item);
	c->turn++;
	size_t target = edit_pick(c, is_top_item);
	/* `- Status: …` is a field in an entry and an item in a list: moved, it is another thing. */
	if (at != SIZE_MAX && target != SIZE_MAX && !is_attribute_line(c, at))
		move_to(c, at, target);
}

/* Puts the first item last, or the last one first, one to three times. */
static void reorder(struct edit_context *c)
{
	size_t from, to, at = edit_pick(c, is_top_item);
	if (at == SIZE_MAX)
		return;
	list_of(c, at, &from, &to);
	if (c->lines.items[from].indent > 0)
		return;
	for (size_t n = 1 + random_below(&c->r, 3); n > 0; n--)
		move_to(c, from, to);
}

/* ---- fields, sections, entries ---- */

static bool is_entry(const struct edit_context *c, size_t at)
{
	return kind_at(c, at) == LINE_ENTRY;
}

static bool is_field_of_entry(const struct edit_context *c, size_t at)
{
	size_t chunk = c->lines.items[at].chunk;
	return kind_at(c, at) == LINE_FIELD && chunk != SIZE_MAX && is_entry(c, chunk) &&
	       kind_at(c, at - 1) == LINE_BLANK;
}

/* Whether the entry of line `at` has the part's key already: repeated keys have cases of their own. */
static bool has_twin(const struct edit_context *c, size_t at, struct wls_slice part)
{
	struct wls_slice key = {0};
	while (wls_slice_trim(key).len == 0 && wls_slice_next_line(&part, &key))
		;
	for (size_t i = 0; i < c->lines.count; i++)
		if (c->lines.items[i].chunk == c->lines.items[at].chunk &&
		    wls_slice_eq(c->lines.items[i].text, key))
			return true;
	return false;
}

static void add_field(struct edit_context *c)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	size_t at = edit_pick(c, random_chance(&c->r, 60) ? is_entry : is_field_of_entry);
	if (at == SIZE_MAX)
		return;
	uint32_t version = c->lines.items[c->lines.items[at].chunk].version;
	worklog_add_part(&c->r, version, &text);
	if (has_twin(c, at, wls_buf_slice(&text)))
		return;
	insert_block(c, is_entry(c, at) ? log_lines_chunk_end(&c->lines, at) : at, &text);
}

static void remove_field(struct edit_context *c)
{
	size_t at = edit_pick(c, is_field_of_entry);
	if (at != SIZE_MAX)
		remove_block(c, at, log_lines_field_end(&c->lines, at));
}

static void rename_field(struct edit_context *c)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	size_t at = edit_pick(c, is_field_of_entry);
	if (at == SIZE_MAX)
		return;
	struct wls_slice old = c->lines.items[at].text;
	size_t end = wls_slice_find(old, WLS_SLICE(":**"));
	if (end == SIZE_MAX || old.ptr[2] == 'v')
		return;
	wls_buf_add_str(&text, "**Remarks");
	wls_buf_add_slice(&text, wls_slice_from(old, end));
	c->lines.items[at].text = wls_arena_copy(&c->lines.arena, wls_buf_slice(&text));
}

static bool is_section(const struct edit_context *c, size_t at)
{
	return kind_at(c, at) == LINE_HEADING && edit_line_starts(c, at, "## ");
}

static bool has_line(const struct edit_context *c, struct wls_slice text)
{
	for (size_t i = 0; i < c->lines.count; i++)
		if (wls_slice_eq(c->lines.items[i].text, text))
			return true;
	return false;
}

static void add_section(struct edit_context *c)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	size_t at = edit_pick(c, is_section);
	uint32_t newest = log_lines_newest(&c->lines);
	if (at == SIZE_MAX || newest == 0)
		return;
	worklog_add_section(&c->r, newest, &text);
	struct wls_slice rest = wls_buf_slice(&text), heading;
	wls_slice_next_line(&rest, &heading);
	if (!has_line(c, heading))
		insert_block(c, at, &text);
}

static void remove_section(struct edit_context *c)
{
	size_t at = edit_pick(c, is_section);
	if (at != SIZE_MAX)
		remove_block(c, at, log_lines_chunk_end(&c->lines, at));
}

static bool is_older_entry(const struct edit_context *c, size_t at)
{
	return is_entry(c, at) && c->lines.items[at].version < log_lines_newest(&c->lines);
}

static void remove_entry(struct edit_context *c)
{
	size_t at = edit_pick(c, is_older_entry);
	if (at != SIZE_MAX)
		remove_block(c, at, log_lines_chunk_end(&c->lines, at));
}

/* ---- a new entry, and what goes with it ---- */

/* Later than the newest entry of December, when the base's are older. */
static void make_stamp(struct edit_context *c, uint32_t newest, char *stamp, size_t size)
{
	unsigned day = 0;
	for (size_t i = 0; i < c->lines.count; i++) {
		struct wls_slice text = c->lines.items[i].text;
		size_t at = wls_slice_find(text, WLS_SLICE("2025-12-"));
		if (c->lines.items[i].version == newest && newest > 0 && at != SIZE_MAX)
			day = (unsigned)strtoul(text.ptr + at + 8, NULL, 10);
	}
	day = day + 1 + random_below(&c->r, 3);
	if (random_chance(&c->r, 6))
		*stamp = '\0';
	else if (random_chance(&c->r, 10))
		snprintf(stamp, size, " | 2025-12-%02u", day);
	else
		snprintf(stamp, size, " | 2025-12-%02u %02u:%02u", day, random_below(&c->r, 24),
			 random_below(&c->r, 60));
}

static void set_front_version(struct edit_context *c, uint32_t version)
{
	for (size_t i = 0; i < c->lines.count && kind_at(c, i) == LINE_FRONT; i++)
		if (edit_line_starts(c, i, "version: "))
			c->lines.items[i].text = wls_slice_of(
				wls_arena_printf(&c->lines.arena, "version: v%u", version));
}

static void set_front_status(struct edit_context *c)
{
	static const char *const states[] = {"status: in_progress", "status: completed"};
	for (size_t i = 0; i < c->lines.count && kind_at(c, i) == LINE_FRONT; i++)
		if (edit_line_starts(c, i, "status: "))
			c->lines.items[i].text = wls_slice_of(RANDOM_OF(&c->r, states));
}

/* Adds an item at the end of that section, when there is one. */
static void add_to_section(struct edit_context *c, const char *heading, const struct wls_buf *item)
{
	for (size_t i = 0; i < c->lines.count; i++) {
		size_t end = log_lines_chunk_end(&c->lines, i);
		if (!is_section(c, i) || !edit_line_starts(c, i, heading))
			continue;
		while (end > i && !is_item(c, end - 1))
			end--;
		if (end > i)
			insert(c, end, item);
		return;
	}
}

static void append_entry(struct edit_context *c)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT, line _cleanup_buf_ = WLS_BUF_INIT;
	uint32_t newest = log_lines_newest(&c->lines);
	char stamp[64];
	make_stamp(c, newest, stamp, sizeof(stamp));
	worklog_add_entry(&c->r, newest + 1, stamp, &text);
	size_t at = c->lines.count;
	bool first = log_lines_newest_first(&c->lines);
	for (size_t i = c->lines.count; i > 0; i--)
		if (is_entry(c, i - 1) && (first || at == c->lines.count)) {
			at = first ? i - 1 : log_lines_chunk_end(&c->lines, i - 1);
			if (!first)
				break;
		}
	insert_block(c, at, &text);
	if (random_chance(&c->r, 90))
		set_front_version(c, newest + 1);
	if (random_chance(&c->r, 30))
		set_front_status(c);
	if (random_chance(&c->r, 60)) {
		wls_buf_printf(&line, "- v%u: ", newest + 1);
		worklog_add_phrase(&c->r, 0, &line);
		wls_buf_add_char(&line, '\n');
		add_to_section(c, "## Key Decisions Log", &line);
	}
	if (random_chance(&c->r, 20)) {
		wls_buf_clear(&line);
		wls_buf_add_str(&line, "- ");
		worklog_add_phrase(&c->r, 0, &line);
		wls_buf_printf(&line, " (v%u)\n", newest + 1);
		add_to_section(c, "## Lessons Learned", &line);
	}
}

/* ---- code, tables, keyed lines, blank lines ---- */

static bool is_code(const struct edit_context *c, size_t at)
{
	return kind_at(c, at) == LINE_CODE;
}

static bool is_row(const struct edit_context *c, size_t at)
{
	return kind_at(c, at) == LINE_ROW && at > 0 &&
	       (kind_at(c, at - 1) == LINE_ROW && !edit_line_starts(c, at, "|---"));
}

static bool is_keyed(const struct edit_context *c, size_t at)
{
	return kind_at(c, at) == LINE_KEYED &&
	       (at + 1 == c->lines.count || kind_at(c, at + 1) != LINE_KEYED);
}

static bool is_blank(const struct edit_context *c, size_t at)
{
	return kind_at(c, at) == LINE_BLANK && at + 1 < c->lines.count;
}

static bool is_blank_below_heading(const struct edit_context *c, size_t at)
{
	return is_blank(c, at) && at > 0 &&
	       (is_entry(c, at - 1) || kind_at(c, at - 1) == LINE_BLANK);
}

static void add_code(struct edit_context *c)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	size_t at = edit_pick(c, is_code);
	if (at == SIZE_MAX)
		return;
	wls_buf_printf(&text, "run --%s ", worklog_word(&c->r));
	worklog_add_hash(&c->r, &text);
	wls_buf_add_char(&text, '\n');
	insert(c, at + random_below(&c->r, 2), &text);
}

static void add_row(struct edit_context *c)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	size_t at = edit_pick(c, is_row);
	if (at == SIZE_MAX)
		return;
	wls_buf_printf(&text, "| %s ", worklog_word(&c->r));
	worklog_add_hash(&c->r, &text);
	wls_buf_printf(&text, " | %u ms | %u ms |\n", random_below(&c->r, 900),
		       random_below(&c->r, 900));
	insert(c, at + 1, &text);
}

static void add_keyed(struct edit_context *c)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	size_t at = edit_pick(c, is_keyed);
	if (at == SIZE_MAX)
		return;
	const char *last = c->lines.items[at].text.ptr;
	if (last[0] == 'H')
		wls_buf_printf(&text, "H%lu: ", strtoul(last + 1, NULL, 10) + 1);
	else
		wls_buf_add_str(&text, "+: ");
	worklog_add_phrase(&c->r, 0, &text);
	if (last[0] == 'H')
		wls_buf_add_str(&text, " | Testing | none so far");
	wls_buf_add_char(&text, '\n');
	insert(c, at + 1, &text);
}

static void add_blank(struct edit_context *c)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	size_t at = edit_pick(c, is_blank);
	wls_buf_add_char(&text, '\n');
	if (at != SIZE_MAX)
		insert(c, at, &text);
}

static void remove_one(struct edit_context *c, edit_accept *accept)
{
	size_t at = edit_pick(c, accept);
	if (at != SIZE_MAX)
		log_lines_remove(&c->lines, at, 1);
}

static void remove_code(struct edit_context *c)
{
	remove_one(c, is_code);
}

static void remove_row(struct edit_context *c)
{
	remove_one(c, is_row);
}

static void remove_blank(struct edit_context *c)
{
	remove_one(c, is_blank_below_heading);
}

void edit_lines(struct edit_context *c)
{
	static void (*const table[EDIT_COUNT])(struct edit_context * c) = {
		[EDIT_APPEND_ENTRY] = append_entry, [EDIT_ADD_ITEM] = add_item,
		[EDIT_ADD_SUBITEM] = add_subitem,   [EDIT_REMOVE_ITEM] = remove_item,
		[EDIT_MOVE_ITEM] = move_item,       [EDIT_MOVE_FAR] = move_far,
		[EDIT_REORDER] = reorder,           [EDIT_ADD_FIELD] = add_field,
		[EDIT_REMOVE_FIELD] = remove_field, [EDIT_RENAME_FIELD] = rename_field,
		[EDIT_ADD_SECTION] = add_section,   [EDIT_REMOVE_SECTION] = remove_section,
		[EDIT_ADD_CODE] = add_code,         [EDIT_REMOVE_CODE] = remove_code,
		[EDIT_ADD_ROW] = add_row,           [EDIT_REMOVE_ROW] = remove_row,
		[EDIT_ADD_KEYED] = add_keyed,       [EDIT_ADD_BLANK] = add_blank,
		[EDIT_REMOVE_BLANK] = remove_blank, [EDIT_REMOVE_ENTRY] = remove_entry,
	};
	if (table[c->edit->kind])
		table[c->edit->kind](c);
}
