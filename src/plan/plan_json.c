/* SPDX-License-Identifier: MIT */
/*
 * A plan, and what became of it, as JSON: docs/schema/push.json.
 *
 * Layer: plan. Includes: base, buf, doc, graph.
 */
#include "base/json.h"
#include "wlsync/plan.h"

static const char *const note_kinds[] = {
	[WLS_NOTE_INFO] = "info",
	[WLS_NOTE_DRIFT] = "drift",
	[WLS_NOTE_PROBLEM] = "problem",
};

static const char *const comment_verbs[] = {
	[WLS_COMMENT_POST] = "post",
	[WLS_COMMENT_EDIT] = "edit",
	[WLS_COMMENT_DELETE] = "delete",
};

static const struct {
	enum wls_field field;
	const char *name;
} fields[] = {
	{WLS_FIELD_TITLE, "title"},
	{WLS_FIELD_REGION, "region"},
	{WLS_FIELD_STATE, "state"},
	{WLS_FIELD_RECORD, "record"},
};

/* An array of texts, numbers, or objects begins and ends alike. */
static void open_array(struct wls_json *json, const char *key)
{
	wls_json_key(json, key);
	wls_json_open(json, '[');
}

static void put_texts(struct wls_json *json, const char *key, const struct wls_slice *texts,
		      size_t count)
{
	open_array(json, key);
	for (size_t i = 0; i < count; i++)
		wls_json_text(json, texts[i]);
	wls_json_close(json, ']');
}

/* ---- an item ---- */

static void put_fields(struct wls_json *json, unsigned set)
{
	open_array(json, "fields");
	for (size_t i = 0; i < WLS_ARRAY_SIZE(fields); i++)
		if (set & fields[i].field)
			wls_json_text(json, wls_slice_of(fields[i].name));
	wls_json_close(json, ']');
}

/* `is_new`: there is nothing before it. */
static void put_change(struct wls_json *json, const char *field, bool is_new, struct wls_slice from,
		       struct wls_slice to)
{
	wls_json_open(json, '{');
	wls_json_put_str(json, "field", field);
	wls_json_key(json, "from");
	if (is_new)
		wls_json_null(json);
	else
		wls_json_text(json, from);
	wls_json_put_text(json, "to", to);
	wls_json_close(json, '}');
}

static void put_changes(struct wls_json *json, const struct wls_plan_item *item)
{
	bool is_new = item->verb == WLS_VERB_CREATE;

	open_array(json, "changes");
	if (item->fields & WLS_FIELD_TITLE)
		put_change(json, "title", is_new, item->old_title, item->title);
	/* The record of a new issue holds its region; of an adopted one there is none before. */
	if (item->fields & WLS_FIELD_REGION)
		put_change(json, "region", is_new || item->verb == WLS_VERB_ADOPT, item->old_region,
			   item->region);
	if (item->fields & WLS_FIELD_STATE)
		put_change(json, "state", is_new,
			   wls_slice_of(wls_issue_state_name(item->old_state)),
			   wls_slice_of(wls_issue_state_name(item->state)));
	wls_json_close(json, ']');
}

static void put_links(struct wls_json *json, const struct wls_plan *plan,
		      const struct wls_plan_item *item)
{
	open_array(json, "links_add");
	for (size_t i = 0; i < item->link_add_count; i++) {
		uint32_t log = item->links_add[i];
		wls_json_open(json, '{');
		wls_json_put_text(json, "log", plan->wanted->graph->logs[log].id);
		wls_json_put_positive(json, "issue", plan->numbers ? plan->numbers[log] : 0);
		wls_json_close(json, '}');
	}
	wls_json_close(json, ']');
	open_array(json, "links_remove");
	for (size_t i = 0; i < item->link_remove_count; i++)
		wls_json_int(json, item->links_remove[i]);
	wls_json_close(json, ']');
}

static void put_comments(struct wls_json *json, const struct wls_plan_item *item)
{
	open_array(json, "comments");
	for (size_t i = 0; i < item->comment_count; i++) {
		const struct wls_plan_comment *comment = &item->comments[i];
		wls_json_open(json, '{');
		wls_json_put_str(json, "action", comment_verbs[comment->verb]);
		wls_json_put_int(json, "version", comment->version);
		wls_json_put_positive(json, "comment", comment->id);
		wls_json_close(json, '}');
	}
	wls_json_close(json, ']');
}

static void put_note(struct wls_json *json, const struct wls_note *note)
{
	wls_json_put_str(json, "kind", note_kinds[note->kind]);
	wls_json_put_str(json, "field", note->field);
	wls_json_put_text(json, "text", wls_slice_of(note->text));
}

static void put_notes(struct wls_json *json, const struct wls_plan_item *item)
{
	open_array(json, "notes");
	for (size_t i = 0; i < item->note_count; i++) {
		wls_json_open(json, '{');
		put_note(json, &item->notes[i]);
		wls_json_close(json, '}');
	}
	wls_json_close(json, ']');
}

/* A hash as sixteen digits; none is null. */
static void put_hash(struct wls_json *json, const char *key, uint64_t hash)
{
	static const char digits[] = "0123456789abcdef";
	char text[16];

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = digits[hash >> (60 - 4 * i) & 15];
	wls_json_put_text_or_null(json, key, wls_slice(text, hash ? sizeof(text) : 0));
}

static void put_lossy(struct wls_json *json)
{
	if (json->lossy)
		wls_json_put_bool(json, "lossy", true);
	json->lossy = false;
}

static void put_item(struct wls_json *json, const struct wls_plan *plan,
		     const struct wls_plan_item *item)
{
	const struct wls_wanted *wanted = item->wanted;

	json->lossy = false;
	wls_json_open(json, '{');
	wls_json_put_text_or_null(json, "log", wanted ? wanted->name : WLS_SLICE(""));
	wls_json_put_text(json, "id", item->id);
	wls_json_put_text_or_null(json, "file", wanted ? wanted->file : WLS_SLICE(""));
	wls_json_put_positive(json, "issue", item->number);
	wls_json_put_str(json, "action", wls_verb_name(item->verb));
	/* The title as it will stand; what is there already when it does not change. */
	wls_json_put_text_or_null(json, "title", item->title);
	put_fields(json, item->fields);
	put_changes(json, item);
	put_texts(json, "labels_add", item->labels_add, item->add_count);
	put_texts(json, "labels_remove", item->labels_remove, item->remove_count);
	put_links(json, plan, item);
	put_comments(json, item);
	wls_json_put_positive(json, "duplicate_of", item->duplicate_of);
	put_hash(json, "live", item->live);
	put_notes(json, item);
	put_lossy(json);
	wls_json_close(json, '}');
}

/* ---- the rest ---- */

static void put_counts(struct wls_json *json, const struct wls_plan *plan)
{
	size_t verbs[WLS_VERB_SKIP + 1] = {0};

	for (size_t i = 0; i < plan->count; i++)
		verbs[plan->items[i].verb]++;
	wls_json_key(json, "counts");
	wls_json_open(json, '{');
	wls_json_put_int(json, "create", (int64_t)verbs[WLS_VERB_CREATE]);
	wls_json_put_int(json, "update", (int64_t)verbs[WLS_VERB_UPDATE]);
	wls_json_put_int(json, "adopt", (int64_t)verbs[WLS_VERB_ADOPT]);
	wls_json_put_int(json, "duplicate", (int64_t)verbs[WLS_VERB_DUPLICATE]);
	wls_json_put_int(json, "prune", (int64_t)verbs[WLS_VERB_PRUNE]);
	wls_json_put_int(json, "unchanged", (int64_t)plan->unchanged);
	wls_json_put_int(json, "drift", (int64_t)plan->drifts);
	wls_json_put_int(json, "problem", (int64_t)plan->problems);
	wls_json_put_int(json, "comments_left", (int64_t)plan->comments_left);
	wls_json_close(json, '}');
}

static void put_done(struct wls_json *json, const struct wls_plan_result_view *result)
{
	wls_json_put_int(json, "created", (int64_t)result->created);
	wls_json_put_int(json, "updated", (int64_t)result->updated);
	wls_json_put_int(json, "closed", (int64_t)result->closed);
	wls_json_put_int(json, "labels", (int64_t)result->labels);
	wls_json_put_int(json, "links", (int64_t)result->links);
	wls_json_put_int(json, "comments", (int64_t)result->comments);
	wls_json_put_int(json, "failed", (int64_t)result->failed);
	wls_json_put_int(json, "skipped", (int64_t)result->skipped);
	wls_json_put_int(json, "left", (int64_t)result->left);
	wls_json_put_int(json, "requests", (int64_t)result->requests);
	wls_json_put_int(json, "not_modified", (int64_t)result->not_modified);
	wls_json_put_int(json, "writes", (int64_t)result->writes);
	wls_json_put_bool(json, "stopped", result->stopped);
	wls_json_put_str(json, "why", result->stopped ? result->why : NULL);
}

static void put_result(struct wls_json *json, const struct wls_plan_result_view *result)
{
	wls_json_key(json, "result");
	if (!result || !result->applied) {
		wls_json_null(json);
		return;
	}
	json->lossy = false;
	wls_json_open(json, '{');
	put_done(json, result);
	open_array(json, "notes");
	for (size_t i = 0; i < result->note_count; i++) {
		wls_json_open(json, '{');
		wls_json_put_text(json, "id", result->note_ids[i]);
		put_note(json, &result->notes[i]);
		wls_json_close(json, '}');
	}
	wls_json_close(json, ']');
	put_lossy(json);
	wls_json_close(json, '}');
}

void wls_plan_json(const struct wls_plan *plan, const struct wls_remote *remote,
		   const struct wls_plan_result_view *result, struct wls_buf *out)
{
	struct wls_json json = {.out = out};

	wls_json_open(&json, '{');
	wls_json_put_str(&json, "schema", "wlsync.push/1");
	wls_json_put_str(&json, "tracker", remote->tracker);
	wls_json_put_text(&json, "url", remote->url);
	wls_json_put_text_or_null(&json, "web", remote->web);
	wls_json_put_text(&json, "repository", remote->repository);
	wls_json_put_text_or_null(&json, "account", remote->account);
	bool head_lossy = json.lossy;
	open_array(&json, "items");
	for (size_t i = 0; i < plan->count; i++)
		put_item(&json, plan, &plan->items[i]);
	wls_json_close(&json, ']');
	put_counts(&json, plan);
	wls_json_put_str(&json, "brake", result ? result->brake : NULL);
	put_result(&json, result);
	json.lossy = head_lossy;
	put_lossy(&json);
	wls_json_close(&json, '}');
	wls_buf_add_char(out, '\n');
}
