/* SPDX-License-Identifier: MIT */
/*
 * A plan in sentences, one a line.
 *
 * Layer: render. Includes: base, buf, doc, graph, plan.
 */
#include "render/push_page.h"

static void add_text(const struct wls_push_page *page, const char *before, struct wls_slice text,
		     const char *after, struct wls_buf *out)
{
	wls_buf_add_str(out, before);
	wls_buf_add_slice(out, wls_style_clean(page->arena, text));
	wls_buf_add_str(out, after);
}

static void add_number(const char *before, int64_t number, const char *after, struct wls_buf *out)
{
	wls_buf_printf(out, "%s%lld%s", before, (long long)number, after);
}

void wls_push_note_sentence(struct wls_arena *arena, struct wls_slice name, int64_t number,
			    const struct wls_note *note, struct wls_buf *out)
{
	static const char *const words[] = {
		[WLS_NOTE_INFO] = "Note on ",
		[WLS_NOTE_DRIFT] = "Drift in ",
		[WLS_NOTE_PROBLEM] = "Problem with ",
	};

	wls_buf_add_str(out, words[note->kind]);
	wls_buf_add_slice(out, name);
	if (number > 0)
		add_number(", issue ", number, "", out);
	if (note->field)
		wls_buf_printf(out, ", %s", note->field);
	wls_buf_add_str(out, ": ");
	struct wls_slice text = wls_style_clean(arena, wls_slice_of(note->text));
	wls_buf_add_slice(out, text);
	wls_buf_add_str(out, text.len > 0 && text.ptr[text.len - 1] == '.' ? "\n" : ".\n");
}

/* ---- what an item does ---- */

static void add_create(const struct wls_push_page *page, const struct wls_plan_item *item,
		       struct wls_buf *out)
{
	add_text(page, "Creates an issue for ", wls_push_name(page, item), ", titled \"", out);
	add_text(page, "", item->title, "\"", out);
	if (item->add_count > 0)
		add_text(page, ", with the labels ",
			 wls_push_names(page, item->labels_add, item->add_count), "", out);
	if (item->state != WLS_ISSUE_OPEN)
		wls_buf_printf(out, ", %s", wls_push_state(item->state));
	wls_buf_add_str(out, ".\n");
}

static void add_update(const struct wls_push_page *page, const struct wls_plan_item *item,
		       struct wls_buf *out)
{
	add_number(item->verb == WLS_VERB_ADOPT ? "Adopts issue " : "Updates issue ", item->number,
		   item->verb == WLS_VERB_ADOPT ? " for " : " of ", out);
	wls_buf_add_slice(out, wls_push_name(page, item));
	add_text(page, ": ", wls_push_fields(page, item), ".\n", out);
}

static void add_close(const struct wls_push_page *page, const struct wls_plan_item *item,
		      struct wls_buf *out)
{
	add_number("Closes issue ", item->number, " of ", out);
	wls_buf_add_slice(out, wls_push_name(page, item));
	if (item->verb == WLS_VERB_DUPLICATE)
		add_number(" as a duplicate of issue ", item->duplicate_of, ".\n", out);
	else
		wls_buf_add_str(out, ", since its log is gone.\n");
}

/* ---- details ---- */

static void add_region(const struct wls_push_page *page, const struct wls_plan_item *item,
		       struct wls_buf *out)
{
	size_t count, more;
	const struct wls_diff_line *lines = wls_push_region(page, item, &count, &more);

	if (count == 0)
		wls_buf_add_str(out, "Only line endings of the region change.\n");
	for (size_t i = 0; i < count; i++) {
		/* What stays is of no use to the ear; neither are blank lines. */
		bool is_blank = wls_slice_trim(lines[i].text).len == 0;
		if (lines[i].op == WLS_DIFF_REMOVED && !is_blank)
			add_text(page, "The region loses: ", lines[i].text, "\n", out);
		if (lines[i].op == WLS_DIFF_ADDED && !is_blank)
			add_text(page, "The region gains: ", lines[i].text, "\n", out);
	}
	if (more > 0)
		wls_buf_printf(out, "The region changes further, in %s (--verbose).\n",
			       wls_style_plural(page->arena, more, "more line", "more lines"));
}

static void add_links(const struct wls_push_page *page, const struct wls_plan_item *item,
		      struct wls_buf *out)
{
	for (size_t i = 0; i < item->link_add_count; i++)
		add_text(page, "Links it to ", wls_push_link(page, item->links_add[i], ", issue "),
			 ".\n", out);
	for (size_t i = 0; i < item->link_remove_count; i++)
		add_number("Removes its link to issue ", item->links_remove[i], ".\n", out);
}

static void add_comments(const struct wls_plan_item *item, struct wls_buf *out)
{
	static const char *const words[] = {
		[WLS_COMMENT_POST] = "Posts a comment for",
		[WLS_COMMENT_EDIT] = "Edits the comment for",
		[WLS_COMMENT_DELETE] = "Deletes a doubled comment for",
	};

	for (size_t i = 0; i < item->comment_count; i++)
		wls_buf_printf(out, "%s version %u.\n", words[item->comments[i].verb],
			       item->comments[i].version);
}

static void add_changes(const struct wls_push_page *page, const struct wls_plan_item *item,
			struct wls_buf *out)
{
	if (item->fields & WLS_FIELD_TITLE) {
		add_text(page, "The title changes from \"", item->old_title, "\" to \"", out);
		add_text(page, "", item->title, "\".\n", out);
	}
	if (item->fields & WLS_FIELD_STATE)
		wls_buf_printf(out, "The state changes from %s to %s.\n",
			       wls_push_state(item->old_state), wls_push_state(item->state));
	for (size_t i = 0; i < item->add_count; i++)
		add_text(page, "Adds the label ", item->labels_add[i], ".\n", out);
	for (size_t i = 0; i < item->remove_count; i++)
		add_text(page, "Removes the label ", item->labels_remove[i], ".\n", out);
}

/* ---- the whole ---- */

static void add_item(const struct wls_push_page *page, const struct wls_plan_item *item,
		     struct wls_buf *out)
{
	if (item->verb == WLS_VERB_CREATE)
		add_create(page, item, out);
	else if (item->verb == WLS_VERB_DUPLICATE || item->verb == WLS_VERB_PRUNE)
		add_close(page, item, out);
	else
		add_update(page, item, out);
	if (item->verb == WLS_VERB_DUPLICATE || item->verb == WLS_VERB_PRUNE)
		return;
	if (item->verb != WLS_VERB_CREATE)
		add_changes(page, item, out);
	add_links(page, item, out);
	if (wls_push_shows_region(page, item))
		add_region(page, item, out);
	add_comments(item, out);
}

static void add_unchanged(const struct wls_push_page *page, const struct wls_plan_item *item,
			  struct wls_buf *out)
{
	add_number("Issue ", item->number, " of ", out);
	add_text(page, "", wls_push_name(page, item), " is unchanged.\n", out);
}

void wls_push_sentences(const struct wls_push_page *page, struct wls_buf *out)
{
	const struct wls_remote *remote = page->remote;

	add_text(page, "Pushes to ", remote->repository, "", out);
	wls_buf_printf(out, " on %s", remote->tracker);
	if (remote->account.len > 0)
		add_text(page, " as ", remote->account, "", out);
	add_text(page, ", ", remote->web.len > 0 ? remote->web : remote->url, "\n", out);
	for (size_t i = 0; i < page->plan->count; i++) {
		const struct wls_plan_item *item = &page->plan->items[i];
		if (wls_plan_item_writes(item))
			add_item(page, item, out);
		else if (page->view->verbose && item->verb == WLS_VERB_NOTHING)
			add_unchanged(page, item, out);
		for (size_t n = 0; n < item->note_count; n++)
			wls_push_note_sentence(page->arena, wls_push_name(page, item), item->number,
					       &item->notes[n], out);
	}
	wls_push_sum(page, out);
}
