/* SPDX-License-Identifier: MIT */
/*
 * Edits of a log as people and agents make them: the parts of a line. What changes several lines
 * stands in edit_lines.c.
 */
#include "support/edit_internal.h"

#include <stdio.h>

#include "support/generate_log.h"

static const char *const marks[] = {"✅", "🔄", "⏳"};
static const char *const priorities[] = {"[HIGH] ", "[MED] ", "[LOW] "};
static const char *const states[] = {"in_progress", "blocked", "needs_review", "completed"};

/* ---- choosing a line ---- */

static uint64_t line_hash(const struct edit_context *c, size_t at, uint64_t seed)
{
	const struct log_line *line = &c->lines.items[at];
	uint64_t h = seed;
	if (line->chunk != SIZE_MAX)
		h = log_text_hash(h, c->lines.items[line->chunk].text);
	return log_text_hash(h, line->text);
}

static bool edit_owns(const struct edit_context *c, size_t at)
{
	size_t chunk = c->lines.items[at].chunk;
	switch (c->edit->domain) {
	case EDIT_LINES_EVEN:
	case EDIT_LINES_ODD:
		return line_hash(c, c->lines.items[at].node, 1) % 2 ==
		       (c->edit->domain == EDIT_LINES_ODD);
	case EDIT_CHUNKS_EVEN:
	case EDIT_CHUNKS_ODD:
		return chunk != SIZE_MAX && log_text_hash(2, c->lines.items[chunk].text) % 2 ==
						    (c->edit->domain == EDIT_CHUNKS_ODD);
	case EDIT_ANYWHERE:
		break;
	}
	return true;
}

size_t edit_pick(const struct edit_context *c, edit_accept *accept)
{
	size_t best = SIZE_MAX;
	uint64_t least = UINT64_MAX;
	for (size_t i = 0; i < c->lines.count; i++) {
		if (!edit_owns(c, i) || !accept(c, i))
			continue;
		uint64_t h = line_hash(c, i, c->edit->seed ^ c->turn);
		if (h < least) {
			least = h;
			best = i;
		}
	}
	return best;
}

/* ---- changing a line ---- */

static void replace(struct edit_context *c, size_t at, struct wls_slice part, const char *with)
{
	struct wls_slice text = c->lines.items[at].text;
	size_t from = (size_t)(part.ptr - text.ptr);
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	wls_buf_add(&out, text.ptr, from);
	wls_buf_add_str(&out, with);
	wls_buf_add_slice(&out, wls_slice_from(text, from + part.len));
	c->lines.items[at].text = wls_arena_copy(&c->lines.arena, wls_buf_slice(&out));
}

static void append(struct edit_context *c, size_t at, const char *with)
{
	struct wls_slice text = c->lines.items[at].text;
	replace(c, at, wls_slice_from(text, text.len), with);
}

/* The place of `needle` in line `at`; len 0 when there is none. */
static struct wls_slice find(const struct edit_context *c, size_t at, const char *needle)
{
	struct wls_slice text = c->lines.items[at].text;
	size_t place = wls_slice_find(text, wls_slice_of(needle));
	return place == SIZE_MAX ? wls_slice(text.ptr, 0)
				 : wls_slice(text.ptr + place, strlen(needle));
}

bool edit_line_starts(const struct edit_context *c, size_t at, const char *prefix)
{
	const struct log_line *line = &c->lines.items[at];
	return wls_slice_starts(wls_slice_from(line->text, line->indent), wls_slice_of(prefix));
}

static struct wls_slice find_any(const struct edit_context *c, size_t at,
				 const char *const *needles, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct wls_slice found = find(c, at, needles[i]);
		if (found.len > 0)
			return found;
	}
	return wls_slice(c->lines.items[at].text.ptr, 0);
}

static bool is_lower(char ch)
{
	return ch >= 'a' && ch <= 'z';
}

/* Words that make a version after them a reference. */
static bool is_reference_word(struct wls_slice word)
{
	static const char *const words[] = {"since", "from", "see", "after", "complete", "with"};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(words); i++)
		if (wls_slice_eq(word, wls_slice_of(words[i])))
			return true;
	return false;
}

/* The next lower-case word of three letters or more, outside inline code. */
static bool next_word(struct wls_slice *rest, struct wls_slice *word)
{
	size_t i = 0;
	bool code = false;
	while (i < rest->len) {
		size_t end = i;
		code = code != (rest->ptr[i] == '`');
		while (end < rest->len && is_lower(rest->ptr[end]))
			end++;
		*word = wls_slice(rest->ptr + i, end - i);
		bool whole = (i == 0 || rest->ptr[i - 1] == ' ') &&
			     (end == rest->len || memchr(" ,.!", rest->ptr[end], 4));
		if (word->len >= 3 && whole && !code && !is_reference_word(*word)) {
			*rest = wls_slice_from(*rest, end);
			return true;
		}
		i = end > i ? end : i + 1;
	}
	return false;
}

/* A run of ten hexadecimal digits. */
static struct wls_slice find_hash(struct wls_slice text)
{
	size_t run = 0;
	for (size_t i = 0; i < text.len; i++) {
		char ch = text.ptr[i];
		run = wls_is_digit(ch) || (ch >= 'a' && ch <= 'f') ? run + 1 : 0;
		if (run == 10 && (i + 1 == text.len || !wls_is_alnum(text.ptr[i + 1])))
			return wls_slice(text.ptr + i - 9, 10);
	}
	return wls_slice(text.ptr, 0);
}

static void change_hash(struct edit_context *c, size_t at)
{
	struct wls_buf hash _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice old = find_hash(c->lines.items[at].text);
	worklog_add_hash(&c->r, &hash);
	if (old.len > 0)
		replace(c, at, old, wls_buf_str(&hash));
}

static void change_word(struct edit_context *c, size_t at)
{
	struct wls_slice rest = c->lines.items[at].text, word, chosen = wls_slice(rest.ptr, 0);
	for (size_t n = 1; next_word(&rest, &word); n++)
		if (random_below(&c->r, n) == 0)
			chosen = word;
	if (chosen.len > 0)
		replace(c, at, chosen, worklog_word(&c->r));
}

/* ---- edits of one line ---- */

static bool is_item(const struct edit_context *c, size_t at)
{
	return c->lines.items[at].kind == LINE_ITEM;
}

/* What is written anew is another item: no one may go on with what hangs on it. */
static bool is_rewritten(const struct edit_context *c, size_t at)
{
	return is_item(c, at) &&
	       (c->edit->domain == EDIT_ANYWHERE || c->edit->domain >= EDIT_CHUNKS_EVEN ||
		log_lines_item_end(&c->lines, at) == at + 1);
}

static bool is_reworded(const struct edit_context *c, size_t at)
{
	enum log_line_kind kind = c->lines.items[at].kind;
	return kind == LINE_ITEM || kind == LINE_KEYED || edit_line_starts(c, at, "**Now:**") ||
	       edit_line_starts(c, at, "**Prev:**") || edit_line_starts(c, at, "**Works:**");
}

static bool is_text(const struct edit_context *c, size_t at)
{
	return c->lines.items[at].kind == LINE_TEXT && find_hash(c->lines.items[at].text).len > 0 &&
	       !edit_line_starts(c, at, "<!--");
}

static bool is_code(const struct edit_context *c, size_t at)
{
	return c->lines.items[at].kind == LINE_CODE;
}

static bool is_entry(const struct edit_context *c, size_t at)
{
	return c->lines.items[at].kind == LINE_ENTRY;
}

static bool is_cell(const struct edit_context *c, size_t at)
{
	return c->lines.items[at].kind == LINE_ROW && find(c, at, " ms").len > 0;
}

static bool is_open(const struct edit_context *c, size_t at)
{
	return is_item(c, at) && find(c, at, "- [ ] ").len > 0;
}

static bool is_ticked(const struct edit_context *c, size_t at)
{
	return is_item(c, at) && find(c, at, "- [x] ").len > 0;
}

static bool is_marked(const struct edit_context *c, size_t at)
{
	return (is_item(c, at) || edit_line_starts(c, at, "**P")) &&
	       (find_any(c, at, marks, WLS_ARRAY_SIZE(marks)).len > 0 ||
		(is_item(c, at) && c->edit->seed % 4 == 0));
}

static bool is_prioritised(const struct edit_context *c, size_t at)
{
	return is_item(c, at) && find_any(c, at, priorities, WLS_ARRAY_SIZE(priorities)).len > 0;
}

static bool has_percent(const struct edit_context *c, size_t at)
{
	struct wls_slice place = find(c, at, "%");
	return c->lines.items[at].kind != LINE_CODE && place.len > 0 &&
	       place.ptr > c->lines.items[at].text.ptr && wls_is_digit(place.ptr[-1]);
}

static bool is_progress(const struct edit_context *c, size_t at)
{
	return edit_line_starts(c, at, "**Progress:**") && find(c, at, "Started").len == 0;
}

static bool has_component(const struct edit_context *c, size_t at)
{
	return is_progress(c, at) && find(c, at, " | ").len > 0 && find(c, at, "budget").len == 0;
}

static bool is_comma_list(const struct edit_context *c, size_t at)
{
	return edit_line_starts(c, at, "**Done:") || edit_line_starts(c, at, "**Active:") ||
	       edit_line_starts(c, at, "**Backlog:");
}

static bool is_verdict(const struct edit_context *c, size_t at)
{
	return c->lines.items[at].kind == LINE_KEYED && find(c, at, " | ").len > 0;
}

static bool is_status(const struct edit_context *c, size_t at)
{
	return edit_line_starts(c, at, "**Status:**");
}

static bool is_front_status(const struct edit_context *c, size_t at)
{
	return c->lines.items[at].kind == LINE_FRONT && edit_line_starts(c, at, "status: ");
}

static bool is_front_owner(const struct edit_context *c, size_t at)
{
	return c->lines.items[at].kind == LINE_FRONT && edit_line_starts(c, at, "owner: ");
}

static bool is_log_title(const struct edit_context *c, size_t at)
{
	return c->lines.items[at].kind == LINE_TITLE;
}

static void do_tick(struct edit_context *c, size_t at)
{
	replace(c, at, find(c, at, "[ ]"), "[x]");
}

static void do_untick(struct edit_context *c, size_t at)
{
	replace(c, at, find(c, at, "[x]"), "[ ]");
}

static void do_mark(struct edit_context *c, size_t at)
{
	struct wls_slice mark = find_any(c, at, marks, WLS_ARRAY_SIZE(marks));
	struct wls_buf with _cleanup_buf_ = WLS_BUF_INIT;
	if (mark.len > 0) {
		replace(c, at, mark, RANDOM_OF(&c->r, marks));
		return;
	}
	wls_buf_printf(&with, " %s", RANDOM_OF(&c->r, marks));
	append(c, at, wls_buf_str(&with));
}

static void do_priority(struct edit_context *c, size_t at)
{
	struct wls_slice old = find_any(c, at, priorities, WLS_ARRAY_SIZE(priorities));
	replace(c, at, old, random_chance(&c->r, 15) ? "" : RANDOM_OF(&c->r, priorities));
}

static void do_percent(struct edit_context *c, size_t at)
{
	struct wls_slice text = c->lines.items[at].text, chosen = wls_slice(text.ptr, 0);
	char with[32];
	for (size_t i = 0, n = 1; i < text.len; i++) {
		size_t from = i;
		if (text.ptr[i] != '%')
			continue;
		while (from > 0 && wls_is_digit(text.ptr[from - 1]))
			from--;
		if (from < i && random_below(&c->r, n++) == 0)
			chosen = wls_slice(text.ptr + from, i - from);
	}
	unsigned old = (unsigned)strtoul(chosen.ptr, NULL, 10);
	bool up = random_chance(&c->r, 80) && old < 100;
	snprintf(with, sizeof(with), "%u",
		 up ? old + 1 + random_below(&c->r, 100 - old) : random_below(&c->r, old + 1));
	replace(c, at, chosen, with);
}

static void do_add_component(struct edit_context *c, size_t at)
{
	struct wls_buf with _cleanup_buf_ = WLS_BUF_INIT;
	wls_buf_add_str(&with, " | Part ");
	worklog_add_hash(&c->r, &with);
	wls_buf_printf(&with, " %u%% %s", random_below(&c->r, 100), RANDOM_OF(&c->r, marks));
	append(c, at, wls_buf_str(&with));
}

/* From the last `separator` on. */
static void cut_last(struct edit_context *c, size_t at, const char *separator)
{
	struct wls_slice rest = c->lines.items[at].text, cut = wls_slice(rest.ptr, 0);
	size_t place;
	while ((place = wls_slice_find(rest, wls_slice_of(separator))) != SIZE_MAX) {
		cut = wls_slice_from(rest, place);
		rest = wls_slice_from(rest, place + 1);
	}
	if (cut.len > 0)
		replace(c, at, cut, "");
}

static void do_remove_component(struct edit_context *c, size_t at)
{
	cut_last(c, at, " | ");
}

static void do_blocked(struct edit_context *c, size_t at)
{
	struct wls_slice tag = find(c, at, "[BLOCKED] ");
	struct wls_slice priority = find_any(c, at, priorities, WLS_ARRAY_SIZE(priorities));
	if (tag.len > 0)
		replace(c, at, tag, "");
	else
		replace(c, at, wls_slice(priority.ptr + priority.len, 0), "[BLOCKED] ");
}

static void do_reword(struct edit_context *c, size_t at)
{
	for (size_t n = 1 + random_below(&c->r, 2); n > 0; n--)
		change_word(c, at);
	if (random_chance(&c->r, 40))
		change_hash(c, at);
}

/* What stands before an item's text: bullet, tags, key, path. */
static size_t prefix_length(const struct edit_context *c, size_t at)
{
	static const char *const tags[] = {"[ ] ",       "[x] ", "[HIGH] ", "[MED] ", "[LOW] ",
					   "[BLOCKED] ", "✅ ",   "🔄 ",      "⏳ "};
	const struct log_line *line = &c->lines.items[at];
	size_t n = line->indent + (line->kind == LINE_ITEM ? 2 : 0);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(tags); i++)
		if (wls_slice_starts(wls_slice_from(line->text, n), wls_slice_of(tags[i])))
			n += strlen(tags[i]);
	struct wls_slice colon = find(c, at, ": "), path = find(c, at, "` (");
	if (path.len > 0)
		return (size_t)(path.ptr - line->text.ptr) + path.len;
	return colon.len > 0 ? (size_t)(colon.ptr - line->text.ptr) + colon.len : n;
}

static void do_rewrite(struct edit_context *c, size_t at)
{
	struct wls_slice text = c->lines.items[at].text;
	size_t n = prefix_length(c, at);
	struct wls_buf with _cleanup_buf_ = WLS_BUF_INIT;
	worklog_add_phrase(&c->r, 0, &with);
	replace(c, at, wls_slice_from(text, n), wls_buf_str(&with));
}

static void do_add_sentence(struct edit_context *c, size_t at)
{
	struct wls_buf with _cleanup_buf_ = WLS_BUF_INIT;
	wls_buf_add_char(&with, ' ');
	worklog_add_sentence(&c->r, &with);
	append(c, at, wls_buf_str(&with));
}

static void do_hash(struct edit_context *c, size_t at)
{
	change_hash(c, at);
}

static void do_cell(struct edit_context *c, size_t at)
{
	struct wls_slice unit = find(c, at, " ms"), text = c->lines.items[at].text;
	char with[32];
	if (random_chance(&c->r, 50)) {
		struct wls_slice rest =
			wls_slice_from(text, (size_t)(unit.ptr - text.ptr) + unit.len);
		size_t next = wls_slice_find(rest, WLS_SLICE(" ms"));
		unit = next == SIZE_MAX ? unit : wls_slice(rest.ptr + next, 3);
	}
	const char *from = unit.ptr;
	while (from > text.ptr && wls_is_digit(from[-1]))
		from--;
	snprintf(with, sizeof(with), "%u", random_below(&c->r, 1000));
	replace(c, at, wls_slice(from, (size_t)(unit.ptr - from)), with);
}

static void do_verdict(struct edit_context *c, size_t at)
{
	static const char *const verdicts[] = {" | Refuted | ", " | ✅ Confirmed | ",
					       " | Invalidated | "};
	struct wls_slice text = c->lines.items[at].text;
	struct wls_slice first = find(c, at, " | ");
	struct wls_slice rest = wls_slice_from(text, (size_t)(first.ptr - text.ptr) + 3);
	size_t second = wls_slice_find(rest, WLS_SLICE(" | "));
	if (second != SIZE_MAX)
		replace(c, at, wls_slice(first.ptr, second + 6), RANDOM_OF(&c->r, verdicts));
}

static void do_status(struct edit_context *c, size_t at)
{
	struct wls_slice text = c->lines.items[at].text, colon = find(c, at, ":");
	struct wls_buf with _cleanup_buf_ = WLS_BUF_INIT;
	wls_buf_printf(&with, ":%s %s", find(c, at, ":**").len > 0 ? "**" : "",
		       RANDOM_OF(&c->r, states));
	replace(c, at, wls_slice_from(text, (size_t)(colon.ptr - text.ptr)), wls_buf_str(&with));
}

static void do_front_owner(struct edit_context *c, size_t at)
{
	struct wls_slice text = c->lines.items[at].text;
	replace(c, at, wls_slice_from(text, strlen("owner: ")), worklog_word(&c->r));
}

static void do_comma(struct edit_context *c, size_t at)
{
	struct wls_buf with _cleanup_buf_ = WLS_BUF_INIT;
	if (random_chance(&c->r, 30)) {
		cut_last(c, at, ", ");
	} else if (random_chance(&c->r, 25)) {
		change_hash(c, at);
	} else {
		wls_buf_printf(&with, ", %s ", worklog_word(&c->r));
		worklog_add_hash(&c->r, &with);
		append(c, at, wls_buf_str(&with));
	}
}

static void do_retitle(struct edit_context *c, size_t at)
{
	change_word(c, at);
	if (random_chance(&c->r, 40))
		append(c, at, " ✅");
}

static void do_redate(struct edit_context *c, size_t at)
{
	struct wls_slice date = find(c, at, "2025-");
	if (date.len > 0)
		replace(c, at, date, "2024-");
}

static void do_log_title(struct edit_context *c, size_t at)
{
	struct wls_buf with _cleanup_buf_ = WLS_BUF_INIT;
	wls_buf_printf(&with, "# %s ", worklog_word(&c->r));
	replace(c, at, wls_slice(c->lines.items[at].text.ptr, 2), wls_buf_str(&with));
}

static const struct {
	edit_accept *accept;
	void (*change)(struct edit_context *c, size_t at);
} line_edits[EDIT_COUNT] = {
	[EDIT_TICK] = {is_open, do_tick},
	[EDIT_UNTICK] = {is_ticked, do_untick},
	[EDIT_MARK] = {is_marked, do_mark},
	[EDIT_PRIORITY] = {is_prioritised, do_priority},
	[EDIT_PERCENT] = {has_percent, do_percent},
	[EDIT_ADD_COMPONENT] = {is_progress, do_add_component},
	[EDIT_REMOVE_COMPONENT] = {has_component, do_remove_component},
	[EDIT_BLOCKED] = {is_prioritised, do_blocked},
	[EDIT_REWORD] = {is_reworded, do_reword},
	[EDIT_REWRITE] = {is_rewritten, do_rewrite},
	[EDIT_SENTENCE] = {is_text, do_reword},
	[EDIT_ADD_SENTENCE] = {is_text, do_add_sentence},
	[EDIT_CODE_LINE] = {is_code, do_hash},
	[EDIT_CELL] = {is_cell, do_cell},
	[EDIT_VERDICT] = {is_verdict, do_verdict},
	[EDIT_STATUS] = {is_status, do_status},
	[EDIT_FRONT_STATUS] = {is_front_status, do_status},
	[EDIT_FRONT_OWNER] = {is_front_owner, do_front_owner},
	[EDIT_COMMA] = {is_comma_list, do_comma},
	[EDIT_RETITLE] = {is_entry, do_retitle},
	[EDIT_REDATE] = {is_entry, do_redate},
	[EDIT_LOG_TITLE] = {is_log_title, do_log_title},
};

/* ---- what others call ---- */

const char *edit_name(enum edit_kind kind)
{
	static const char *const words[] = {
#define X(name, word, weight, in_place) word,
		EDIT_TABLE(X)
#undef X
	};
	return words[kind];
}

bool edit_in_place(enum edit_kind kind)
{
	static const bool values[] = {
#define X(name, word, weight, in_place) in_place,
		EDIT_TABLE(X)
#undef X
	};
	return values[kind];
}

enum edit_kind edit_random_kind(struct test_random *r)
{
	static const unsigned weights[] = {
#define X(name, word, weight, in_place) weight,
		EDIT_TABLE(X)
#undef X
	};
	unsigned total = 0;
	for (size_t i = 0; i < EDIT_COUNT; i++)
		total += weights[i];
	unsigned left = random_below(r, total);
	size_t kind = 0;
	for (; left >= weights[kind]; kind++)
		left -= weights[kind];
	return (enum edit_kind)kind;
}

void edit_apply(const struct edit *edit, struct wls_slice text, struct wls_buf *out)
{
	struct edit_context c = {.edit = edit, .r = {edit->seed}};
	log_lines_read(&c.lines, text);
	if (line_edits[edit->kind].accept) {
		size_t at = edit_pick(&c, line_edits[edit->kind].accept);
		if (at != SIZE_MAX)
			line_edits[edit->kind].change(&c, at);
	} else {
		edit_lines(&c);
	}
	log_lines_render(&c.lines, out);
	log_lines_release(&c.lines);
}
