/* SPDX-License-Identifier: MIT */
/*
 * A tracker in memory behind a driver.
 */
#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "fake_driver.h"

const char *fake_fault_name(enum fake_fault fault)
{
	static const char *const names[] = {
		"none",    "kill before", "kill after", "lost before", "lost after",
		"limited", "refused",     "denied",     "not found",   "bad answer"};

	return names[fault];
}

void fake_server_release(struct fake_server *server)
{
	store_release(&server->store);
	*server = (struct fake_server){0};
}

void fake_server_clone(struct fake_server *to, const struct fake_server *from)
{
	*to = *from;
	store_clone(&to->store, &from->store);
}

/* ---- calls ---- */

/* Whether a call that was not answered may not be sent again. */
static bool is_once(const char *name)
{
	return strcmp(name, "create") == 0 || strcmp(name, "post_comment") == 0 ||
	       strcmp(name, "lease_take") == 0;
}

static bool is_hit(const struct wls_tracker *t, const char *name, size_t at)
{
	return at > 0 && t->calls == at && (!t->only || strcmp(t->only, name) == 0);
}

static bool counts(const struct wls_tracker *t, const char *name)
{
	return !t->only || strcmp(t->only, name) == 0;
}

static int fail(struct wls_tracker *t, const char *name, int status, struct wls_error *err)
{
	return wls_error_set(err, (enum wls_status)status, "%s: %s (call %zu)", name,
			     wls_status_text((enum wls_status)status), t->calls);
}

static int lost(struct wls_tracker *t, const char *name, struct wls_error *err)
{
	return fail(t, name, is_once(name) ? WLS_E_UNCLEAR : WLS_E_NETWORK, err);
}

static int fault_before(struct wls_tracker *t, const char *name, struct wls_error *err)
{
	switch (t->fault) {
	case FAKE_KILL_BEFORE:
		t->dead = true;
		return fail(t, name, WLS_E_STOPPED, err);
	case FAKE_LOST_BEFORE:
		return lost(t, name, err);
	case FAKE_LIMITED:
		t->http.limit = (struct wls_http_limit){90, 0};
		return fail(t, name, WLS_E_LIMITED, err);
	case FAKE_REFUSED:
		return fail(t, name, WLS_E_REFUSED, err);
	case FAKE_DENIED:
		return fail(t, name, WLS_E_DENIED, err);
	case FAKE_NOT_FOUND:
		return fail(t, name, WLS_E_NOT_FOUND, err);
	case FAKE_BAD_ANSWER:
		return fail(t, name, WLS_E_ANSWER, err);
	default:
		return 0;
	}
}

/* What happens before a call has its effect; a negative status: it has none. */
static int begin(struct wls_tracker *t, const char *name, int64_t number, struct wls_error *err)
{
	if (t->each)
		t->each(t->each_data);
	fake_now += t->server->seconds_a_call;
	t->calls += counts(t, name);
	if (t->between && is_hit(t, name, t->between_at)) {
		void (*between)(void *data) = t->between;
		t->between = NULL;
		between(t->between_data);
	}
	wls_buf_printf(&t->log, "%s %" PRId64 "\n", name, number);
	if (t->dead)
		return fail(t, name, WLS_E_STOPPED, err);
	if (is_hit(t, name, t->fault_at))
		return fault_before(t, name, err);
	return 0;
}

/* What happens to the answer. */
static int end(struct wls_tracker *t, const char *name, struct wls_error *err)
{
	if (!is_hit(t, name, t->fault_at))
		return 0;
	if (t->fault == FAKE_KILL_AFTER) {
		t->dead = true;
		return fail(t, name, WLS_E_STOPPED, err);
	}
	return t->fault == FAKE_LOST_AFTER ? lost(t, name, err) : 0;
}

/* ---- reading ---- */

static struct wls_http *fake_http(struct wls_tracker *t)
{
	return &t->http;
}

static int fake_preflight(struct wls_tracker *t, struct wls_remote *remote, struct wls_error *err)
{
	(void)err;
	remote->tracker = "fake";
	remote->web = WLS_SLICE("https://example.org/acme/shop");
	remote->repository = WLS_SLICE("acme/shop");
	remote->account = wls_slice_of(t->account);
	remote->has_links = !t->server->no_links;
	return 0;
}

static bool is_hidden(const struct fake_server *server, const struct store_issue *issue)
{
	return server->hidden_left > 0 && issue->number >= server->hidden_from &&
	       !wls_slice_eq(issue->author, WLS_SLICE("stranger"));
}

static void list_into(struct wls_tracker *t, const char *label, int64_t above,
		      struct wls_remote *remote)
{
	struct fake_server *server = t->server;

	for (size_t i = 0; i < server->store.count; i++) {
		const struct store_issue *issue = &server->store.issues[i];
		if (!issue->gone && issue->number > above && !is_hidden(server, issue) &&
		    (!label || store_has_label(issue, wls_slice_of(label))))
			store_list(issue, remote);
	}
	server->hidden_left -= server->hidden_left > 0;
}

static int fake_list(struct wls_tracker *t, const char *label, struct wls_remote *remote,
		     struct wls_error *err)
{
	int rc = begin(t, label ? "list_label" : "list", 0, err);

	if (rc < 0)
		return rc;
	list_into(t, label, 0, remote);
	return end(t, label ? "list_label" : "list", err);
}

static int fake_list_newer(struct wls_tracker *t, int64_t number, struct wls_remote *remote,
			   struct wls_error *err)
{
	int rc = begin(t, "list_newer", number, err);

	if (rc < 0)
		return rc;
	list_into(t, NULL, number, remote);
	return end(t, "list_newer", err);
}

/* The issue, after begin(). */
static int find(struct wls_tracker *t, const char *name, int64_t number, struct store_issue **out,
		struct wls_error *err)
{
	int rc = begin(t, name, number, err);

	if (rc < 0)
		return rc;
	*out = store_find(&t->server->store, number);
	return *out ? 0 : fail(t, name, WLS_E_GONE, err);
}

static int fake_read(struct wls_tracker *t, int64_t number, struct wls_remote *remote,
		     struct wls_error *err)
{
	struct store_issue *issue;
	int rc = find(t, "read", number, &issue, err);

	if (rc < 0)
		return rc;
	store_list(issue, remote);
	return end(t, "read", err);
}

static int fake_read_comments(struct wls_tracker *t, int64_t number, struct wls_remote *remote,
			      struct wls_error *err)
{
	struct store_issue *issue = NULL;
	int rc = find(t, "read_comments", number, &issue, err);

	if (rc < 0 || !issue)
		return rc;
	struct store_issue shown = *issue;
	if (t->server->hide_comments > 0) {
		t->server->hide_comments--;
		shown.comment_count = 0;
	}
	store_read_comments(&shown, remote);
	return end(t, "read_comments", err);
}

static int fake_read_links(struct wls_tracker *t, int64_t number, struct wls_remote *remote,
			   struct wls_error *err)
{
	struct store_issue *issue;
	int rc = find(t, "read_links", number, &issue, err);

	if (rc < 0)
		return rc;
	if (t->server->no_links)
		return fail(t, "read_links", WLS_E_UNSUPPORTED, err);
	store_read_links(issue, remote);
	return end(t, "read_links", err);
}

/* ---- writing ---- */

static struct wls_slice stored_body(struct fake_server *server, struct wls_slice body)
{
	char *bytes = wls_arena_alloc(&server->store.arena, body.len + 1);
	struct wls_slice rest = body, line;
	bool first = true;

	memcpy(bytes, body.ptr, body.len);
	while (wls_slice_next_line(&rest, &line)) {
		char *at = bytes + (line.ptr - body.ptr);
		if (line.len == 0 || wls_slice_starts(line, WLS_SLICE("<!--")))
			continue;
		for (size_t i = 0; i < line.len && server->stores_as; i++)
			if (at[i] == '*')
				at[i] = server->stores_as;
		if (first && server->never_the_same)
			at[0] = (char)('a' + server->stored % 26);
		first = false;
	}
	server->stored++;
	return wls_slice(bytes, body.len);
}

static int fake_create(struct wls_tracker *t, const struct wls_draft *draft, int64_t *number,
		       struct wls_remote *remote, struct wls_error *err)
{
	struct fake_server *server = t->server;
	struct store_issue *issue;
	int rc = begin(t, "create", 0, err);

	if (rc < 0)
		return rc;
	issue = store_create(&server->store, t->account, draft->title, draft->body);
	issue->body = stored_body(server, draft->body);
	for (size_t i = 0; i < draft->label_count && !server->drops_labels; i++)
		store_add_label(&server->store, issue, draft->labels[i]);
	if (server->hidden_left == 0)
		server->hidden_from = issue->number;
	server->hidden_left = server->hide_for;
	t->writes++;
	t->creates++;
	rc = end(t, "create", err);
	if (rc < 0)
		return rc;
	*number = issue->number;
	store_list(issue, remote);
	wls_remote_find(remote, issue->number)->made = true;
	return 0;
}

static int fake_update(struct wls_tracker *t, int64_t number, const struct wls_patch_issue *patch,
		       struct wls_remote *remote, struct wls_error *err)
{
	struct wls_arena *arena = &t->server->store.arena;
	struct store_issue *issue;
	int rc = find(t, "update", number, &issue, err);

	if (rc < 0)
		return rc;
	cr_assert_neq(patch->fields, 0, "a PATCH of nothing");
	if (patch->fields & WLS_FIELD_TITLE)
		issue->title = wls_arena_copy(arena, patch->title);
	if (patch->fields & WLS_FIELD_REGION)
		issue->body = stored_body(t->server, patch->body);
	if (patch->fields & WLS_FIELD_STATE)
		issue->state = patch->state;
	t->writes++;
	rc = end(t, "update", err);
	if (rc == 0)
		store_list(issue, remote);
	return rc;
}

static int fake_add_labels(struct wls_tracker *t, int64_t number, const struct wls_slice *labels,
			   size_t count, struct wls_error *err)
{
	struct store_issue *issue;
	int rc = find(t, "add_labels", number, &issue, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < count; i++)
		store_add_label(&t->server->store, issue, labels[i]);
	t->writes++;
	return end(t, "add_labels", err);
}

static int fake_remove_label(struct wls_tracker *t, int64_t number, struct wls_slice label,
			     struct wls_error *err)
{
	struct store_issue *issue;
	int rc = find(t, "remove_label", number, &issue, err);

	if (rc < 0)
		return rc;
	store_remove_label(issue, label);
	t->writes++;
	return end(t, "remove_label", err);
}

static int fake_add_link(struct wls_tracker *t, int64_t number, int64_t other_id,
			 struct wls_error *err)
{
	struct store_issue *issue;
	int rc = find(t, "add_link", number, &issue, err);

	if (rc < 0)
		return rc;
	if (t->server->no_links)
		return fail(t, "add_link", WLS_E_UNSUPPORTED, err);
	store_add_link(issue, other_id - 1000);
	t->writes++;
	return end(t, "add_link", err);
}

static int fake_remove_link(struct wls_tracker *t, int64_t number, int64_t other_id,
			    struct wls_error *err)
{
	struct store_issue *issue;
	int rc = find(t, "remove_link", number, &issue, err);

	if (rc < 0)
		return rc;
	store_remove_link(issue, other_id - 1000);
	t->writes++;
	return end(t, "remove_link", err);
}

/* ---- comments ---- */

static int fake_post_comment(struct wls_tracker *t, int64_t number, struct wls_slice body,
			     struct wls_error *err)
{
	struct store_issue *issue;
	int rc = find(t, "post_comment", number, &issue, err);

	if (rc < 0)
		return rc;
	store_post(&t->server->store, issue, t->account, body);
	t->writes++;
	return end(t, "post_comment", err);
}

static int fake_edit_comment(struct wls_tracker *t, int64_t id, struct wls_slice body,
			     struct wls_error *err)
{
	struct store_comment *comment = store_find_comment(&t->server->store, id);
	int rc = begin(t, "edit_comment", id, err);

	if (rc < 0)
		return rc;
	if (!comment)
		return fail(t, "edit_comment", WLS_E_NOT_FOUND, err);
	comment->body = wls_arena_copy(&t->server->store.arena, body);
	t->writes++;
	return end(t, "edit_comment", err);
}

static int fake_delete_comment(struct wls_tracker *t, int64_t id, struct wls_error *err)
{
	int rc = begin(t, "delete_comment", id, err);

	if (rc < 0)
		return rc;
	store_delete_comment(&t->server->store, id);
	t->writes++;
	return end(t, "delete_comment", err);
}

/* ---- the lease ---- */

static int fake_lease_take(struct wls_tracker *t, const char *text, struct wls_error *err)
{
	int rc = begin(t, "lease_take", 0, err);

	if (rc < 0)
		return rc;
	if (t->server->no_lease)
		return fail(t, "lease_take", WLS_E_DENIED, err);
	if (t->server->leased)
		return fail(t, "lease_take", WLS_E_REFUSED, err);
	t->server->leased = true;
	t->leases++;
	(void)snprintf(t->server->lease, sizeof(t->server->lease), "%s", text);
	return end(t, "lease_take", err);
}

/* Seconds since 1970 of a date in UTC. */
static int64_t read_time(const char *text)
{
	int y, m, d, hour, minute, second;

	if (sscanf(text, "%d-%d-%dT%d:%d:%dZ", &y, &m, &d, &hour, &minute, &second) != 6)
		return 0;
	y -= m <= 2;
	int64_t days = (int64_t)y * 365 + y / 4 - y / 100 + y / 400 +
		       (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1 - 719468;
	return ((days * 24 + hour) * 60 + minute) * 60 + second;
}

static int fake_lease_read(struct wls_tracker *t, struct wls_arena *arena, struct wls_lease *out,
			   struct wls_error *err)
{
	int rc = begin(t, "lease_read", 0, err);

	if (rc < 0)
		return rc;
	*out = (struct wls_lease){.found = t->server->leased};
	if (out->found) {
		struct wls_slice text = wls_slice_of(t->server->lease);
		size_t at = wls_slice_find(text, WLS_SLICE(" expires "));
		out->holder =
			wls_arena_copy(arena, at == SIZE_MAX ? text : wls_slice(text.ptr, at));
		out->expires = at == SIZE_MAX ? 0 : read_time(text.ptr + at + 9);
	}
	return end(t, "lease_read", err);
}

static int fake_lease_write(struct wls_tracker *t, const char *text, struct wls_error *err)
{
	int rc = begin(t, "lease_write", 0, err);

	if (rc < 0)
		return rc;
	if (!t->server->leased)
		return fail(t, "lease_write", WLS_E_NOT_FOUND, err);
	(void)snprintf(t->server->lease, sizeof(t->server->lease), "%s", text);
	return end(t, "lease_write", err);
}

static int fake_lease_drop(struct wls_tracker *t, struct wls_error *err)
{
	int rc = begin(t, "lease_drop", 0, err);

	if (rc < 0)
		return rc;
	t->server->leased = false;
	return end(t, "lease_drop", err);
}

const struct wls_driver fake_driver = {
	.name = "fake",
	.title_max = 256,
	.http = fake_http,
	.preflight = fake_preflight,
	.list = fake_list,
	.list_newer = fake_list_newer,
	.read = fake_read,
	.read_comments = fake_read_comments,
	.read_links = fake_read_links,
	.create = fake_create,
	.update = fake_update,
	.add_labels = fake_add_labels,
	.remove_label = fake_remove_label,
	.add_link = fake_add_link,
	.remove_link = fake_remove_link,
	.post_comment = fake_post_comment,
	.edit_comment = fake_edit_comment,
	.delete_comment = fake_delete_comment,
	.lease_take = fake_lease_take,
	.lease_read = fake_lease_read,
	.lease_write = fake_lease_write,
	.lease_drop = fake_lease_drop,
};

/* ---- a run ---- */

static int comment_text(void *data, const struct wls_wanted *wanted, uint32_t version,
			uint64_t hash, struct wls_buf *out, struct wls_error *err)
{
	const struct fake_run *run = data;

	if (run->bad_comments)
		return wls_error_set(err, WLS_E_FORMAT, "the entry changed meanwhile");
	wls_buf_printf(out, "v%u of %.*s: %" PRIx64 "\n", version, WLS_SLICE_ARG(wanted->name),
		       hash);
	return 0;
}

static int64_t no_hint(void *data, struct wls_slice id)
{
	const struct fake_run *run = data;

	return run->hint ? run->hint(data, id) : 0;
}

static void keep_notes(struct fake_run *run, const struct wls_push_result *result)
{
	for (size_t i = 0; i < result->note_count; i++)
		wls_buf_printf(&run->notes, "%.*s %s: %s\n", WLS_SLICE_ARG(result->note_ids[i]),
			       result->notes[i].field, result->notes[i].text);
	(void)snprintf(run->why, sizeof(run->why), "%s", result->why ? result->why : "");
	run->result = *result;
	run->result.why = NULL;
	run->result.notes = NULL;
	run->result.note_ids = NULL;
}

void fake_push(struct fake_server *server, const struct world *world, struct fake_run *run)
{
	struct wls_push push = {.driver = &fake_driver,
				.tracker = &run->tracker,
				.wanted = &world->wanted,
				.max_wait = run->max_wait > 0 ? run->max_wait : 600,
				.comment_text = comment_text,
				.hint = no_hint,
				.data = run};
	struct wls_error err = {0};

	run->tracker.server = server;
	if (!run->tracker.account)
		run->tracker.account = "me";
	run->tracker.log.limit = run->notes.limit = WLS_BUF_LIMIT;
	(void)fake_preflight(&run->tracker, &push.remote, &err);
	run->status = wls_push_read(&push, &err);
	run->planned = run->status == 0;
	if (run->planned)
		run->status = wls_push_apply(&push, &err);
	keep_notes(run, &push.result);
	if (!run->planned)
		(void)snprintf(run->why, sizeof(run->why), "%s", err.text);
	wls_push_release(&push);
}

void fake_run_release(struct fake_run *run)
{
	wls_buf_release(&run->tracker.log);
	wls_buf_release(&run->notes);
}

uint64_t fake_rounds(uint64_t usual)
{
	const char *rounds = getenv("WLSYNC_ROUNDS");

	return rounds ? usual * (uint64_t)atoi(rounds) : usual;
}
