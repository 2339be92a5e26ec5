/* SPDX-License-Identifier: MIT */
/*
 * A plan as a table, its differences below their items.
 *
 * Layer: render. Includes: base, buf, doc, graph, plan.
 */
#include "render/push.h"

#include "render/push_page.h"
#include "render/table.h"

static const struct wls_column columns[] = {
	{"", WLS_LEFT, 0, 0},
	{"", WLS_LEFT, 2, 0},
	{"", WLS_LEFT, 1, 0},
	{"", WLS_LIST, 2, 0},
};

/* Cells before a detail, and before a line of a region. */
#define INDENT 4u
#define INDENT_REGION 6u

/* Symbol, word and colour of what is done. */
static const struct {
	const char *word;
	enum wls_paint paint;
} verbs[] = {
	[WLS_VERB_NOTHING] = {"= same", WLS_PAINT_DONE},
	[WLS_VERB_CREATE] = {"+ create", WLS_PAINT_OK},
	[WLS_VERB_UPDATE] = {"~ update", WLS_PAINT_WAITING},
	[WLS_VERB_ADOPT] = {"> adopt", WLS_PAINT_OK},
	[WLS_VERB_DUPLICATE] = {"x close", WLS_PAINT_DONE},
	[WLS_VERB_PRUNE] = {"x close", WLS_PAINT_DONE},
	[WLS_VERB_SKIP] = {"- skip", WLS_PAINT_NONE},
};

/* The same of a note. */
static const struct {
	const char *word;
	enum wls_paint paint;
} notes[] = {
	[WLS_NOTE_INFO] = {"i note", WLS_PAINT_DONE},
	[WLS_NOTE_DRIFT] = {"! drift", WLS_PAINT_STALE},
	[WLS_NOTE_PROBLEM] = {"! problem", WLS_PAINT_ERROR},
};

/* ---- rows ---- */

static struct wls_cell *add_row(struct wls_table *table, const char *word, enum wls_paint paint,
				struct wls_slice name, int64_t number)
{
	struct wls_cell *cells = wls_table_row(table);

	wls_table_set(table, &cells[0], wls_slice_of(word), paint);
	wls_table_set(table, &cells[1], name, WLS_PAINT_TITLE);
	if (number > 0)
		wls_table_set(
			table, &cells[2],
			wls_slice_of(wls_arena_printf(table->arena, "#%lld", (long long)number)),
			WLS_PAINT_NONE);
	return cells;
}

static void set_new_issue(const struct wls_push_page *page, const struct wls_plan_item *item,
			  struct wls_cell *cell)
{
	struct wls_part *parts = WLS_ARENA_ARRAY(page->arena, struct wls_part, 3);
	struct wls_slice title = wls_style_clean(page->arena, item->title);
	struct wls_slice labels = wls_push_names(page, item->labels_add, item->add_count);

	cell->parts = parts;
	parts[cell->count++] = (struct wls_part){
		.text = wls_slice_of(
			wls_arena_printf(page->arena, "\"%.*s\"", WLS_SLICE_ARG(title))),
		.free = !page->view->verbose,
	};
	if (labels.len > 0)
		parts[cell->count++].text = wls_slice_of(
			wls_arena_printf(page->arena, "labels %.*s", WLS_SLICE_ARG(labels)));
	if (item->state != WLS_ISSUE_OPEN)
		parts[cell->count++].text = wls_slice_of(wls_push_state(item->state));
}

static void set_facts(const struct wls_push_page *page, const struct wls_plan_item *item,
		      struct wls_table *table, struct wls_cell *cell)
{
	switch (item->verb) {
	case WLS_VERB_CREATE:
		set_new_issue(page, item, cell);
		break;
	case WLS_VERB_UPDATE:
	case WLS_VERB_ADOPT:
		wls_table_set(table, cell, wls_push_fields(page, item), WLS_PAINT_NONE);
		break;
	case WLS_VERB_DUPLICATE:
		wls_table_set(table, cell,
			      wls_slice_of(wls_arena_printf(page->arena, "duplicate of #%lld",
							    (long long)item->duplicate_of)),
			      WLS_PAINT_NONE);
		break;
	case WLS_VERB_PRUNE:
		wls_table_set(table, cell, WLS_SLICE("its log is gone"), WLS_PAINT_NONE);
		break;
	case WLS_VERB_NOTHING:
	case WLS_VERB_SKIP:
		break;
	}
}

static void add_note(struct wls_table *table, struct wls_slice name, int64_t number,
		     const struct wls_note *note)
{
	struct wls_cell *cells =
		add_row(table, notes[note->kind].word, notes[note->kind].paint, name, number);
	const char *text =
		note->field ? wls_arena_printf(table->arena, "%s: %s", note->field, note->text)
			    : note->text;

	wls_table_set(table, &cells[3], wls_style_clean(table->arena, wls_slice_of(text)),
		      WLS_PAINT_NONE);
}

/* ---- details ---- */

static void add_title(const struct wls_push_page *page, const struct wls_plan_item *item,
		      struct wls_table *table)
{
	struct wls_slice old = wls_style_clean(page->arena, item->old_title);
	struct wls_slice title = wls_style_clean(page->arena, item->title);

	wls_table_line(table, INDENT,
		       wls_slice_of(wls_arena_printf(
			       page->arena, "title: \"%.*s\" %s \"%.*s\"", WLS_SLICE_ARG(old),
			       page->style->ascii ? "->" : "→", WLS_SLICE_ARG(title))));
}

static void add_state(const struct wls_push_page *page, const struct wls_plan_item *item,
		      struct wls_table *table)
{
	wls_table_line(table, INDENT,
		       wls_slice_of(wls_arena_printf(
			       page->arena, "state: %s %s %s", wls_push_state(item->old_state),
			       page->style->ascii ? "->" : "→", wls_push_state(item->state))));
}

static void add_region_line(const struct wls_push_page *page, const struct wls_diff_line *line,
			    struct wls_table *table)
{
	static const struct {
		char sign;
		enum wls_paint paint;
	} looks[] = {
		[WLS_DIFF_SAME] = {' ', WLS_PAINT_DONE},
		[WLS_DIFF_REMOVED] = {'-', WLS_PAINT_WAITING},
		[WLS_DIFF_ADDED] = {'+', WLS_PAINT_OK},
		[WLS_DIFF_GAP] = {' ', WLS_PAINT_DONE},
	};
	struct wls_slice text =
		line->op == WLS_DIFF_GAP
			? wls_slice_of(wls_style_glyph(page->style, WLS_GLYPH_ELLIPSIS))
			: wls_style_clean(page->arena, line->text);
	const char *whole = wls_arena_printf(page->arena, text.len > 0 ? "%c %.*s" : "%c%.*s",
					     looks[line->op].sign, WLS_SLICE_ARG(text));
	size_t len = strlen(whole);

	/* No line of the output ends in blanks. */
	while (len > 0 && whole[len - 1] == ' ')
		len--;
	struct wls_row *row = wls_table_line(table, INDENT_REGION, wls_slice(whole, len));
	row->text.paint = looks[line->op].paint;
	row->text.free = !page->view->verbose;
}

static void add_region(const struct wls_push_page *page, const struct wls_plan_item *item,
		       struct wls_table *table)
{
	size_t count, more;
	const struct wls_diff_line *lines = wls_push_region(page, item, &count, &more);

	wls_table_line(table, INDENT,
		       count > 0 ? WLS_SLICE("region:") : WLS_SLICE("region: only line endings"));
	for (size_t i = 0; i < count; i++)
		add_region_line(page, &lines[i], table);
	if (more > 0)
		wls_table_line(
			table, INDENT_REGION,
			wls_slice_of(wls_arena_printf(
				page->arena, "%s %s (--verbose)",
				wls_style_glyph(page->style, WLS_GLYPH_ELLIPSIS),
				wls_style_plural(page->arena, more, "more line", "more lines"))))
			->text.paint = WLS_PAINT_DONE;
}

/* A line "KEY: +a, -b", from what `buf` holds behind the key. */
static void end_list(struct wls_buf *buf, size_t key, struct wls_table *table)
{
	if (buf->len > key)
		wls_table_line(table, INDENT, wls_arena_copy(table->arena, wls_buf_slice(buf)));
	wls_buf_clear(buf);
}

static void add_labels(const struct wls_push_page *page, const struct wls_plan_item *item,
		       struct wls_table *table)
{
	_cleanup_buf_ struct wls_buf buf = WLS_BUF_INIT;

	wls_buf_add_str(&buf, "labels:");
	size_t key = buf.len;
	for (size_t i = 0; i < item->add_count; i++)
		wls_buf_printf(&buf, "%s +%.*s", buf.len > key ? "," : "",
			       WLS_SLICE_ARG(wls_style_clean(page->arena, item->labels_add[i])));
	for (size_t i = 0; i < item->remove_count; i++)
		wls_buf_printf(&buf, "%s -%.*s", buf.len > key ? "," : "",
			       WLS_SLICE_ARG(wls_style_clean(page->arena, item->labels_remove[i])));
	end_list(&buf, key, table);
}

static void add_links(const struct wls_push_page *page, const struct wls_plan_item *item,
		      struct wls_table *table)
{
	_cleanup_buf_ struct wls_buf buf = WLS_BUF_INIT;

	wls_buf_add_str(&buf, "links:");
	size_t key = buf.len;
	for (size_t i = 0; i < item->link_add_count; i++)
		wls_buf_printf(&buf, "%s +%.*s", buf.len > key ? "," : "",
			       WLS_SLICE_ARG(wls_push_link(page, item->links_add[i], " #")));
	for (size_t i = 0; i < item->link_remove_count; i++)
		wls_buf_printf(&buf, "%s -#%lld", buf.len > key ? "," : "",
			       (long long)item->links_remove[i]);
	end_list(&buf, key, table);
}

static void add_comments(const struct wls_push_page *page, const struct wls_plan_item *item,
			 struct wls_table *table)
{
	static const char *const words[] = {
		[WLS_COMMENT_POST] = "comment",
		[WLS_COMMENT_EDIT] = "comment, edited:",
		[WLS_COMMENT_DELETE] = "comment, deleted:",
	};

	for (size_t i = 0; i < item->comment_count; i++)
		wls_table_line(table, INDENT,
			       wls_slice_of(wls_arena_printf(page->arena, "%s v%u",
							     words[item->comments[i].verb],
							     item->comments[i].version)));
}

static void add_details(const struct wls_push_page *page, const struct wls_plan_item *item,
			struct wls_table *table)
{
	bool is_new = item->verb == WLS_VERB_CREATE;

	if (!is_new && item->fields & WLS_FIELD_TITLE)
		add_title(page, item, table);
	if (!is_new && item->fields & WLS_FIELD_STATE)
		add_state(page, item, table);
	if (!is_new)
		add_labels(page, item, table);
	add_links(page, item, table);
	if (wls_push_shows_region(page, item))
		add_region(page, item, table);
	add_comments(page, item, table);
}

/* ---- the whole ---- */

static void add_item(const struct wls_push_page *page, const struct wls_plan_item *item,
		     struct wls_table *table)
{
	struct wls_slice name = wls_push_name(page, item);
	bool closes = item->verb == WLS_VERB_DUPLICATE || item->verb == WLS_VERB_PRUNE;

	if (wls_plan_item_writes(item) || (page->view->verbose && item->verb == WLS_VERB_NOTHING)) {
		struct wls_cell *cells = add_row(table, verbs[item->verb].word,
						 verbs[item->verb].paint, name, item->number);
		set_facts(page, item, table, &cells[3]);
		if (!closes)
			add_details(page, item, table);
	}
	for (size_t i = 0; i < item->note_count; i++)
		add_note(table, name, item->number, &item->notes[i]);
}

/* "github: acme/shop as wlsync-bot, https://github.com/acme/shop" */
static void add_header(const struct wls_push_page *page, struct wls_buf *out)
{
	const struct wls_remote *remote = page->remote;
	struct wls_slice url = remote->web.len > 0 ? remote->web : remote->url;
	struct wls_slice account = wls_style_clean(page->arena, remote->account);

	wls_buf_printf(out, "%s: ", remote->tracker);
	wls_style_paint(page->style, WLS_PAINT_TITLE,
			wls_style_clean(page->arena, remote->repository), out);
	if (account.len > 0)
		wls_buf_printf(out, " as %.*s", WLS_SLICE_ARG(account));
	wls_buf_add_str(out, ", ");
	wls_buf_add_slice(out, wls_style_clean(page->arena, url));
	wls_buf_add_char(out, '\n');
}

static void render_table(const struct wls_push_page *page, struct wls_buf *out)
{
	_cleanup_table_ struct wls_table table;

	wls_table_init(&table, page->arena, columns, WLS_ARRAY_SIZE(columns));
	add_header(page, out);
	for (size_t i = 0; i < page->plan->count; i++)
		add_item(page, &page->plan->items[i], &table);
	if (table.row_count > 0)
		wls_buf_add_char(out, '\n');
	wls_table_render(&table, page->style, out);
	if (page->plan->unchanged > 0 && !page->view->verbose) {
		const char *same =
			wls_arena_printf(page->arena, "= %s unchanged",
					 wls_style_count(page->arena, page->plan->unchanged));
		wls_style_paint(page->style, WLS_PAINT_DONE, wls_slice_of(same), out);
		wls_buf_add_char(out, '\n');
	}
	wls_buf_add_char(out, '\n');
	wls_push_sum(page, out);
}

void wls_render_push(const struct wls_plan *plan, const struct wls_remote *remote,
		     const struct wls_style *style, const struct wls_push_view *view,
		     struct wls_buf *out)
{
	_cleanup_(wls_arena_release) struct wls_arena arena = {0};
	struct wls_style whole = *style;
	struct wls_push_page page = {
		.plan = plan, .remote = remote, .style = &whole, .view = view, .arena = &arena};

	if (view->verbose)
		whole.cut = whole.brief = false;
	if (view->plain)
		wls_push_sentences(&page, out);
	else
		render_table(&page, out);
}

/* ---- what became of it ---- */

static void add_done(struct wls_arena *arena, struct wls_buf *buf, size_t count, const char *joint,
		     const char *words)
{
	if (count > 0)
		wls_buf_printf(buf, "%s%s%s", buf->len > 0 ? joint : "",
			       wls_style_count(arena, count), words);
}

/* "12 created, 3 updated, 4 comments; 1 failed; 2 left; 31 requests, 10 from the cache" */
static void add_result(const struct wls_plan_result_view *result, struct wls_arena *arena,
		       struct wls_buf *out)
{
	_cleanup_buf_ struct wls_buf buf = WLS_BUF_INIT;

	add_done(arena, &buf, result->created, ", ", " created");
	add_done(arena, &buf, result->updated, ", ", " updated");
	add_done(arena, &buf, result->closed, ", ", " closed");
	add_done(arena, &buf, result->labels, ", ", result->labels == 1 ? " label" : " labels");
	add_done(arena, &buf, result->links, ", ", result->links == 1 ? " link" : " links");
	add_done(arena, &buf, result->comments, ", ",
		 result->comments == 1 ? " comment" : " comments");
	if (buf.len == 0)
		wls_buf_add_str(&buf, "Nothing written");
	add_done(arena, &buf, result->failed, "; ", " failed");
	add_done(arena, &buf, result->skipped, "; ", " skipped");
	add_done(arena, &buf, result->left, "; ", " left");
	wls_buf_printf(&buf, "; %s",
		       wls_style_plural(arena, result->requests, "request", "requests"));
	if (result->not_modified > 0)
		wls_buf_printf(&buf, ", %s from the cache",
			       wls_style_count(arena, result->not_modified));
	wls_buf_add_slice(out, wls_buf_slice(&buf));
}

void wls_render_push_result(const struct wls_plan_result_view *result,
			    const struct wls_style *style, const struct wls_push_view *view,
			    struct wls_buf *out)
{
	_cleanup_(wls_arena_release) struct wls_arena arena = {0};
	_cleanup_table_ struct wls_table table;

	wls_table_init(&table, &arena, columns, WLS_ARRAY_SIZE(columns));
	for (size_t i = 0; i < result->note_count; i++) {
		struct wls_slice name = wls_style_clean(&arena, result->note_ids[i]);
		if (view->plain)
			wls_push_note_sentence(&arena, name, 0, &result->notes[i], out);
		else
			add_note(&table, name, 0, &result->notes[i]);
	}
	wls_table_render(&table, style, out);
	add_result(result, &arena, out);
	wls_buf_add_str(out, view->plain ? ".\n" : "\n");
	if (result->stopped)
		wls_buf_printf(out, "Stopped%s%.*s\n", result->why ? ": " : "",
			       WLS_SLICE_ARG(wls_style_clean(&arena, wls_slice_of(result->why))));
}
