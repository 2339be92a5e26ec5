/* SPDX-License-Identifier: MIT */
/*
 * A tracker in memory.
 */
#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>

#include "plan_support.h"

void store_release(struct store *store)
{
	free(store->issues);
	wls_arena_release(&store->arena);
	*store = (struct store){0};
}

void store_clone(struct store *to, const struct store *from)
{
	*to = (struct store){.last_comment = from->last_comment};
	WLS_GROW(to->issues, to->cap, from->count + 1);
	if (from->count > 0)
		memcpy(to->issues, from->issues, from->count * sizeof(*to->issues));
	to->count = from->count;
}

struct store_issue *store_find(const struct store *store, int64_t number)
{
	if (number < 1 || number > (int64_t)store->count || store->issues[number - 1].gone)
		return NULL;
	return &store->issues[number - 1];
}

struct store_issue *store_create(struct store *store, const char *account, struct wls_slice title,
				 struct wls_slice body)
{
	struct store_issue *issue;

	WLS_GROW(store->issues, store->cap, store->count + 1);
	issue = &store->issues[store->count++];
	*issue = (struct store_issue){.number = (int64_t)store->count,
				      .title = wls_arena_copy(&store->arena, title),
				      .body = wls_arena_copy(&store->arena, body),
				      .author =
					      wls_arena_copy(&store->arena, wls_slice_of(account))};
	return issue;
}

/* ---- labels and links ---- */

bool store_has_label(const struct store_issue *issue, struct wls_slice label)
{
	for (size_t i = 0; i < issue->label_count; i++)
		if (wls_slice_eq_nocase(issue->labels[i], label))
			return true;
	return false;
}

void store_add_label(struct store *store, struct store_issue *issue, struct wls_slice label)
{
	if (store_has_label(issue, label))
		return;
	cr_assert_lt(issue->label_count, STORE_LABELS);
	issue->labels[issue->label_count++] = wls_arena_copy(&store->arena, label);
}

void store_remove_label(struct store_issue *issue, struct wls_slice label)
{
	size_t n = 0;

	for (size_t i = 0; i < issue->label_count; i++)
		if (!wls_slice_eq_nocase(issue->labels[i], label))
			issue->labels[n++] = issue->labels[i];
	issue->label_count = n;
}

void store_add_link(struct store_issue *issue, int64_t number)
{
	store_remove_link(issue, number);
	cr_assert_lt(issue->link_count, STORE_LINKS);
	issue->links[issue->link_count++] = number;
}

void store_remove_link(struct store_issue *issue, int64_t number)
{
	size_t n = 0;

	for (size_t i = 0; i < issue->link_count; i++)
		if (issue->links[i] != number)
			issue->links[n++] = issue->links[i];
	issue->link_count = n;
}

/* ---- comments ---- */

struct store_comment *store_find_comment(const struct store *store, int64_t id)
{
	for (size_t i = 0; i < store->count; i++)
		for (size_t k = 0; k < store->issues[i].comment_count; k++)
			if (store->issues[i].comments[k].id == id)
				return &store->issues[i].comments[k];
	return NULL;
}

void store_post(struct store *store, struct store_issue *issue, const char *author,
		struct wls_slice body)
{
	cr_assert_lt(issue->comment_count, STORE_COMMENTS);
	issue->comments[issue->comment_count++] = (struct store_comment){
		++store->last_comment, wls_arena_copy(&store->arena, wls_slice_of(author)),
		wls_arena_copy(&store->arena, body)};
}

void store_delete_comment(struct store *store, int64_t id)
{
	for (size_t i = 0; i < store->count; i++) {
		struct store_issue *issue = &store->issues[i];
		size_t n = 0;
		for (size_t k = 0; k < issue->comment_count; k++)
			if (issue->comments[k].id != id)
				issue->comments[n++] = issue->comments[k];
		issue->comment_count = n;
	}
}

/* ---- what people do ---- */

/* Puts lines around or into the body. `\` in `text` is a line ending. */
static void set_body(struct store *store, struct store_issue *issue, struct wls_slice head,
		     const char *text, struct wls_slice tail)
{
	struct wls_buf body _cleanup_buf_ = WLS_BUF_INIT;

	wls_buf_add_slice(&body, head);
	for (; *text; text++)
		wls_buf_add_char(&body, *text == '\\' ? '\n' : *text);
	wls_buf_add_slice(&body, tail);
	issue->body = wls_arena_copy(&store->arena, wls_buf_slice(&body));
}

static void each_line(struct store *store, struct store_issue *issue, const char *before,
		      const char *ending)
{
	struct wls_buf body _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice rest = issue->body, line;

	while (wls_slice_next_line(&rest, &line)) {
		wls_buf_add_str(&body, before);
		wls_buf_add_slice(&body, line);
		wls_buf_add_str(&body, ending);
	}
	issue->body = wls_arena_copy(&store->arena, wls_buf_slice(&body));
}

/* The bytes of the region, with its marker lines. */
static struct wls_slice region_of(const struct store_issue *issue, size_t *begin)
{
	size_t end = wls_slice_find(issue->body, WLS_SLICE(WLS_REGION_END));

	*begin = wls_slice_find(issue->body, WLS_SLICE("<!-- wlsync:"));
	cr_assert(*begin != SIZE_MAX && end != SIZE_MAX, "no region in #%" PRId64, issue->number);
	return wls_slice(issue->body.ptr + *begin, end + sizeof(WLS_REGION_END) - 1 - *begin);
}

static void edit_region(struct store *store, struct store_issue *issue, const char *word)
{
	size_t begin, at = issue->body.len - (sizeof(WLS_REGION_END) - 1);
	struct wls_slice whole = region_of(issue, &begin), body = issue->body;
	size_t end = begin + whole.len, inside = end - (sizeof(WLS_REGION_END) - 1);

	if (strcmp(word, "region") == 0)
		set_body(store, issue, wls_slice(body.ptr, inside), "Said by a person.\\",
			 wls_slice_from(body, inside));
	else if (strcmp(word, "nomarker") == 0)
		set_body(store, issue, wls_slice(body.ptr, begin), "People's text.",
			 wls_slice_from(body, end));
	else if (strcmp(word, "noend") == 0)
		set_body(store, issue, wls_slice(body.ptr, inside), "", wls_slice_from(body, end));
	else if (strcmp(word, "double") == 0)
		set_body(store, issue, body, "\\\\", whole);
	else
		cr_assert_fail("no edit %s at %zu", word, at);
}

static enum wls_issue_state state_of(const char *name)
{
	enum wls_issue_state state = WLS_ISSUE_OPEN;

	while (strcmp(wls_issue_state_name(state), name) != 0)
		state++;
	return state;
}

static bool edit_set(struct store *store, struct store_issue *issue, const char *word)
{
	struct wls_slice s = wls_slice_of(word);

	if (wls_slice_starts(s, WLS_SLICE("label+")))
		store_add_label(store, issue, wls_slice_from(s, 6));
	else if (wls_slice_starts(s, WLS_SLICE("label-")))
		store_remove_label(issue, wls_slice_from(s, 6));
	else if (wls_slice_starts(s, WLS_SLICE("link+")))
		store_add_link(issue, atoi(word + 5));
	else if (wls_slice_starts(s, WLS_SLICE("link-")))
		store_remove_link(issue, atoi(word + 5));
	else if (wls_slice_starts(s, WLS_SLICE("comment=")))
		store_post(store, issue, "somebody", wls_slice_from(s, 8));
	else if (wls_slice_starts(s, WLS_SLICE("mine=")))
		store_post(store, issue, "me", wls_slice_from(s, 5));
	else if (strcmp(word, "uncomment") == 0)
		issue->comment_count = 0;
	else
		return false;
	return true;
}

static void edit(struct store *store, struct store_issue *issue, const char *word)
{
	struct wls_slice s = wls_slice_of(word), body = issue->body, none = {0};

	if (edit_set(store, issue, word))
		return;
	if (wls_slice_starts(s, WLS_SLICE("title=")))
		issue->title = wls_arena_copy(&store->arena, wls_slice_from(s, 6));
	else if (wls_slice_starts(s, WLS_SLICE("author=")))
		issue->author = wls_arena_copy(&store->arena, wls_slice_from(s, 7));
	else if (wls_slice_starts(s, WLS_SLICE("state=")))
		issue->state = state_of(word + 6);
	else if (wls_slice_starts(s, WLS_SLICE("above=")))
		set_body(store, issue, none, word + 6, body);
	else if (wls_slice_starts(s, WLS_SLICE("below=")))
		set_body(store, issue, body, word + 6, none);
	else if (wls_slice_starts(s, WLS_SLICE("body=")))
		set_body(store, issue, none, word + 5, none);
	else if (strcmp(word, "role") == 0)
		issue->role = true;
	else if (strcmp(word, "delete") == 0)
		issue->gone = true;
	else if (strcmp(word, "crlf") == 0)
		each_line(store, issue, "", "\r\n");
	else if (strcmp(word, "quote") == 0)
		each_line(store, issue, "> ", "\n");
	else
		edit_region(store, issue, word);
}

void store_edit(struct store *store, int64_t number, const char *script)
{
	struct store_issue *issue = store_find(store, number);
	char word[1024];

	cr_assert_not_null(issue, "no #%" PRId64, number);
	while (*script) {
		size_t n = strcspn(script, ";");
		(void)snprintf(word, sizeof(word), "%.*s", (int)n, script);
		edit(store, issue, word);
		script += n + (script[n] == ';');
	}
}

/* ---- as a driver gives it ---- */

void store_list(const struct store_issue *issue, struct wls_remote *remote)
{
	const struct wls_issue listed = {.number = issue->number,
					 .id = issue->number + 1000,
					 .title = issue->title,
					 .body = issue->body,
					 .author = issue->author,
					 .state = issue->state,
					 .trusted = issue->role,
					 .labels = issue->labels,
					 .label_count = issue->label_count,
					 .comment_count = (int64_t)issue->comment_count,
					 .link_total = (int64_t)issue->link_count};

	wls_remote_put(remote, &listed);
}

void store_read_comments(const struct store_issue *issue, struct wls_remote *remote)
{
	struct wls_comment comments[STORE_COMMENTS];
	struct wls_issue now = *wls_remote_find(remote, issue->number);

	for (size_t i = 0; i < issue->comment_count; i++)
		comments[i] = (struct wls_comment){issue->comments[i].id, issue->comments[i].author,
						   false, issue->comments[i].body};
	now.comments = comments;
	now.comments_len = issue->comment_count;
	now.comments_read = true;
	now.comment_count = (int64_t)issue->comment_count;
	wls_remote_put(remote, &now);
}

static int by_number(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return (a > b) - (a < b);
}

void store_read_links(const struct store_issue *issue, struct wls_remote *remote)
{
	int64_t links[STORE_LINKS] = {0};
	struct wls_issue now = *wls_remote_find(remote, issue->number);

	memcpy(links, issue->links, issue->link_count * sizeof(*links));
	qsort(links, issue->link_count, sizeof(*links), by_number);
	now.links = links;
	now.link_count = issue->link_count;
	now.links_read = true;
	now.link_total = (int64_t)issue->link_count;
	wls_remote_put(remote, &now);
}

/* ---- telling ---- */

/* An issue, and what its marker says. */
struct told {
	const struct store_issue *issue;
	struct wls_region region;
	struct wls_slice id;
};

static struct told tell(const struct store_issue *issue, struct wls_arena *arena)
{
	struct told told = {.issue = issue};

	wls_region_find(issue->body, arena, &told.region);
	told.id = told.region.kind == WLS_REGION_FOUND
			  ? told.region.record.id
			  : wls_slice_of(wls_arena_printf(arena, "~%" PRId64, issue->number));
	return told;
}

static int by_id(const void *x, const void *y)
{
	const struct told *a = x, *b = y;
	int order = wls_slice_cmp(a->id, b->id);

	return order ? order : (a->issue->number > b->issue->number) * 2 - 1;
}

static void add_number(struct wls_buf *out, const struct store *store, int64_t number)
{
	const struct store_issue *issue = store_find(store, number);
	struct wls_arena arena = {0};

	if (issue)
		wls_buf_printf(out, "<%.*s>", WLS_SLICE_ARG(tell(issue, &arena).id));
	else
		wls_buf_printf(out, "%" PRId64, number);
	wls_arena_release(&arena);
}

/* Numbers behind `#` and `issues/` become ids. */
static void add_text(struct wls_buf *out, const struct store *store, struct wls_slice text)
{
	size_t i = 0;

	while (i < text.len) {
		struct wls_slice rest = wls_slice_from(text, i);
		size_t n = wls_slice_starts(rest, WLS_SLICE("#"))         ? 1
			   : wls_slice_starts(rest, WLS_SLICE("issues/")) ? 7
									  : 0;
		if (n == 0 || n == rest.len || !wls_is_digit(rest.ptr[n])) {
			wls_buf_add_char(out, text.ptr[i++]);
			continue;
		}
		wls_buf_add_slice(out, wls_slice(rest.ptr, n));
		add_number(out, store, atoi(rest.ptr + n));
		for (i += n; i < text.len && wls_is_digit(text.ptr[i]);)
			i++;
	}
}

static int by_slice(const void *x, const void *y)
{
	const struct wls_slice *a = x, *b = y;

	return wls_slice_cmp(*a, *b);
}

/* Texts in order, whatever order they were added in. */
static void add_sorted(struct wls_buf *out, const char *name, const struct wls_slice *texts,
		       size_t count)
{
	struct wls_slice sorted[STORE_LINKS + STORE_COMMENTS + STORE_LABELS];

	for (size_t i = 0; i < count; i++)
		sorted[i] = texts[i];
	qsort(sorted, count, sizeof(*sorted), by_slice);
	wls_buf_printf(out, "%s:", name);
	for (size_t i = 0; i < count; i++)
		wls_buf_printf(out, " {%.*s}", WLS_SLICE_ARG(sorted[i]));
	wls_buf_add_str(out, "\n");
}

static void add_numbers(struct wls_buf *out, const struct store *store, const char *name,
			const int64_t *numbers, size_t count)
{
	struct wls_slice ids[STORE_LINKS];
	struct wls_arena arena = {0};

	for (size_t i = 0; i < count; i++) {
		struct wls_buf id _cleanup_buf_ = WLS_BUF_INIT;
		add_number(&id, store, numbers[i]);
		ids[i] = wls_arena_copy(&arena, wls_buf_slice(&id));
	}
	add_sorted(out, name, ids, count);
	wls_arena_release(&arena);
}

static void add_record(struct wls_buf *out, const struct store *store, const struct told *told)
{
	const struct wls_record *record = &told->region.record;
	struct wls_slice body = told->issue->body;
	uint64_t live = wls_text_hash(
		wls_slice(body.ptr + told->region.text, told->region.text_end - told->region.text));

	wls_buf_printf(
		out, "record: v%u %s src=%.*s title=%d region=%d commented=%u:%" PRIx64 "%s\n",
		record->version, record->open ? "open" : "closed", WLS_SLICE_ARG(record->source),
		record->title_hash == wls_text_hash(told->issue->title),
		record->region_hash == live || record->stored_hash == live, record->commented,
		record->commented_hash, record->commented_all ? " all" : "");
	add_sorted(out, "record's labels", record->labels, record->label_count);
	add_numbers(out, store, "record's links", record->links, record->link_count);
}

static void add_issue(struct wls_buf *out, const struct store *store, const struct told *told)
{
	const struct store_issue *issue = told->issue;
	struct wls_slice comments[STORE_COMMENTS];
	size_t begin = 0, text = 0;

	wls_buf_printf(out, "== %.*s: %.*s (%s)\n", WLS_SLICE_ARG(told->id),
		       WLS_SLICE_ARG(issue->title), wls_issue_state_name(issue->state));
	add_sorted(out, "labels", issue->labels, issue->label_count);
	add_numbers(out, store, "links", issue->links, issue->link_count);
	for (size_t i = 0; i < issue->comment_count; i++)
		comments[i] = issue->comments[i].body;
	add_sorted(out, "comments", comments, issue->comment_count);
	if (told->region.kind == WLS_REGION_FOUND) {
		add_record(out, store, told);
		begin = told->region.begin;
		text = told->region.text;
	}
	add_text(out, store, wls_slice(issue->body.ptr, begin));
	add_text(out, store, wls_slice_from(issue->body, text));
	wls_buf_add_str(out, "\n");
}

void store_describe(const struct store *store, struct wls_buf *out)
{
	struct wls_arena arena = {0};
	struct told *told = WLS_ARENA_ARRAY(&arena, struct told, store->count + 1);
	size_t count = 0;

	for (size_t i = 0; i < store->count; i++) {
		if (store->issues[i].gone)
			continue;
		told[count] = tell(&store->issues[i], &arena);
		count += told[count].region.record.duplicate_of == 0;
	}
	qsort(told, count, sizeof(*told), by_id);
	for (size_t i = 0; i < count; i++)
		add_issue(out, store, &told[i]);
	wls_arena_release(&arena);
}

size_t store_living(const struct store *store, const char *id)
{
	struct wls_arena arena = {0};
	size_t n = 0;

	for (size_t i = 0; i < store->count; i++) {
		struct told told = tell(&store->issues[i], &arena);
		n += !store->issues[i].gone && told.region.kind == WLS_REGION_FOUND &&
		     told.region.record.duplicate_of == 0 &&
		     wls_slice_eq(told.id, wls_slice_of(id));
	}
	wls_arena_release(&arena);
	return n;
}
