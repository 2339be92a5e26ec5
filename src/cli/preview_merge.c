/* SPDX-License-Identifier: MIT */
/*
 * Merging the branches' states of each log into HEAD's, in memory.
 *
 * When all go on from the same bytes, they are merged at once, with one set of new numbers. Otherwise
 * (branches that left HEAD at different times) one after another, as git would: each against its own base.
 * States that are equal count once; a state equal to its base has nothing to say.
 *
 * Layer: cli. Includes: base, buf, merge, git, cli/install, cli/preview.
 */
#include "cli/install.h"
#include "cli/preview.h"

/* A state of a log. */
struct state {
	bool exists;
	const char *path;
	struct wls_git_id id; /* when it is a blob */
	const char *name;     /* of the first branch that has it; "HEAD" */
	bool read;
	struct wls_buf text;
};

struct merging {
	struct wls_preview *p;
	struct wls_preview_log *log;
	struct state *states; /* distinct, HEAD's first when it differs from the base */
	size_t count;
	struct state base;
};

static bool same_id(const struct wls_git_id *a, const struct wls_git_id *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

static bool same_state(const struct state *a, const struct state *b)
{
	if (a->exists != b->exists)
		return false;
	return !a->exists || same_id(&a->id, &b->id);
}

static int read_state(struct wls_preview *p, struct state *s, struct wls_error *err)
{
	if (!s->exists || s->read)
		return 0;
	s->text = (struct wls_buf)WLS_BUF_INIT;
	s->read = true;
	return p->api->read(p->git, &s->id, s->path ? s->path : "a file", &s->text, err);
}

static struct wls_slice text_of(const struct state *s)
{
	return s->exists ? wls_slice(wls_buf_str(&s->text), s->text.len) : (struct wls_slice){0};
}

static void release_state(struct state *s)
{
	if (s->read)
		wls_buf_release(&s->text);
	s->read = false;
}

/* ---- what is told ---- */

static void add_conflict(struct wls_preview_log *log, struct wls_slice place, const char *reason)
{
	WLS_GROW(log->conflicts, log->conflict_cap, log->conflict_count + 1);
	log->conflicts[log->conflict_count++] = (struct wls_preview_conflict){place, reason};
}

/* What an earlier merge of the log has renumbered may move on: then it is told once. */
static void tell_renumbering(struct merging *m, const struct wls_renumbering *n, const char *branch)
{
	struct wls_preview_log *log = m->log;

	for (size_t i = 0; i < log->renumbering_count && n->side == 0; i++) {
		struct wls_preview_renumbering *old = &log->renumberings[i];
		if (old->moved || old->letter != n->letter || old->to != n->from)
			continue;
		old->to = n->to;
		old->moved = true;
		return;
	}
	WLS_GROW(log->renumberings, log->renumbering_cap, log->renumbering_count + 1);
	log->renumberings[log->renumbering_count++] = (struct wls_preview_renumbering){
		.branch = branch,
		.letter = n->letter,
		.from = n->from,
		.to = n->to,
		.title = wls_arena_copy(&m->p->arena, n->title),
		.moved = true,
	};
}

static void tell(struct merging *m, const struct wls_merge *merge, const char *const *names)
{
	struct wls_preview_log *log = m->log;
	struct wls_arena *arena = &m->p->arena;

	log->by_lines = log->by_lines || merge->method != WLS_METHOD_STRUCTURE;
	for (size_t i = 0; i < merge->conflict_count; i++)
		add_conflict(log, wls_arena_copy(arena, merge->conflicts[i].place),
			     merge->conflicts[i].reason);
	for (size_t i = 0; i < log->renumbering_count; i++)
		log->renumberings[i].moved = false;
	for (size_t i = 0; i < merge->renumbering_count; i++)
		tell_renumbering(m, &merge->renumberings[i], names[merge->renumberings[i].side]);
	for (size_t i = 0; i < merge->resolution_count; i++) {
		const struct wls_resolution *r = &merge->resolutions[i];
		WLS_GROW(log->resolutions, log->resolution_cap, log->resolution_count + 1);
		log->resolutions[log->resolution_count++] = (struct wls_preview_resolution){
			r->rule, wls_arena_copy(arena, r->place), wls_arena_copy(arena, r->result)};
	}
}

/* ---- merging ---- */

/* What is merged in one go. */
struct round {
	struct wls_slice sides[WLS_MERGE_SIDES_MAX];
	const char *names[WLS_MERGE_SIDES_MAX];
	size_t count;
};

/* Merges texts, tells about it, and replaces `out` by the result; `out` may be one of the sides. */
static int merge_texts(struct merging *m, struct wls_slice base, const struct round *round,
		       struct wls_buf *out, struct wls_error *err)
{
	struct wls_merge *merge _cleanup_merge_ = NULL;
	struct wls_merge_options options = m->p->options;
	struct wls_log_path log;

	options.labels = round->names;
	if (wls_log_path_read(m->log->path, &log))
		options.log_name = log.name;
	int status = wls_merge(&merge, base, round->sides, round->count, &options, err);
	if (status < 0)
		return status;
	tell(m, merge, round->names);
	wls_buf_release(out);
	wls_buf_init(out, WLS_BUF_LIMIT);
	wls_buf_add_slice(out, wls_buf_slice(&merge->text));
	return 0;
}

/* All states at once; more than the engine takes go in rounds, the result being the first side. */
static int merge_at_once(struct merging *m, struct wls_slice base, struct wls_error *err)
{
	struct wls_buf so_far _cleanup_buf_ = WLS_BUF_INIT;
	size_t at = 0;
	int status = 0;

	while (at < m->count && status == 0) {
		struct round round = {.count = 0};
		if (at > 0) {
			round.names[round.count] = "earlier branches";
			round.sides[round.count++] = wls_buf_slice(&so_far);
		}
		for (; round.count < WLS_MERGE_SIDES_MAX && at < m->count; at++) {
			round.names[round.count] = m->states[at].name;
			round.sides[round.count++] = text_of(&m->states[at]);
		}
		status = merge_texts(m, base, &round, &so_far, err);
	}
	return status;
}

/* Some removed the log, some changed it: nobody can say what is meant. */
static bool tell_removed(struct merging *m)
{
	const char *removed = NULL, *changed = NULL;

	for (size_t i = 0; i < m->count; i++) {
		if (m->states[i].exists)
			changed = changed ? changed : m->states[i].name;
		else
			removed = removed ? removed : m->states[i].name;
	}
	if (!removed || !changed)
		return false;
	add_conflict(m->log, WLS_SLICE("file"),
		     wls_arena_printf(&m->p->arena, "%s removed the file, %s changed it", removed,
				      changed));
	return true;
}

static int merge_shared(struct merging *m, struct wls_error *err)
{
	struct wls_preview *p = m->p;
	struct wls_buf snapshot _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice base, *texts;
	int status = read_state(p, &m->base, err);

	for (size_t i = 0; i < m->count && status == 0; i++)
		status = read_state(p, &m->states[i], err);
	if (status < 0 || tell_removed(m))
		return status;
	base = text_of(&m->base);
	texts = wls_alloc(m->count, sizeof(*texts));
	for (size_t i = 0; i < m->count; i++)
		texts[i] = text_of(&m->states[i]);
	if (!m->base.exists &&
	    wls_snapshot_find(&p->files, m->log->path, texts, m->count, &snapshot))
		base = wls_slice(wls_buf_str(&snapshot), snapshot.len);
	free(texts);
	return merge_at_once(m, base, err);
}

/* ---- one after another ---- */

/* Merges one branch's state into what there is so far. */
static int merge_next(struct merging *m, struct state *base, struct state *so_far,
		      struct state *next, struct wls_error *err)
{
	int status = read_state(m->p, base, err);

	if (status == 0)
		status = read_state(m->p, so_far, err);
	if (status == 0)
		status = read_state(m->p, next, err);
	if (status < 0)
		return status;
	bool equal = so_far->exists == next->exists && wls_slice_eq(text_of(so_far), text_of(next));
	bool still = base->exists == so_far->exists && wls_slice_eq(text_of(base), text_of(so_far));
	if (equal)
		return 0;
	if (still) {
		release_state(so_far);
		*so_far = *next;
		next->read = false;
		return 0;
	}
	if (!so_far->exists || !next->exists) {
		add_conflict(m->log, WLS_SLICE("file"),
			     wls_arena_printf(&m->p->arena, "%s removed the file, %s changed it",
					      so_far->exists ? next->name : so_far->name,
					      so_far->exists ? so_far->name : next->name));
		return 0;
	}
	const struct round round = {.sides = {text_of(so_far), text_of(next)},
				    .names = {so_far->name, next->name},
				    .count = 2};
	m->log->kind = WLS_PREVIEW_MERGED;
	return merge_texts(m, text_of(base), &round, &so_far->text, err);
}

static struct state state_of(const struct wls_preview *p, const struct wls_preview_side *side)
{
	return (struct state){.exists = side->path != NULL,
			      .path = side->path,
			      .id = side->now,
			      .name = p->branches[side->branch].name};
}

static struct state base_of(const struct wls_preview_log *log, const struct wls_preview_side *side)
{
	return (struct state){.exists = side->has_base, .path = log->key, .id = side->base};
}

static int merge_in_turn(struct merging *m, const struct state *head, struct wls_error *err)
{
	struct wls_preview_log *log = m->log;
	struct state so_far = *head;
	int status = 0;

	log->kind = head->exists ? WLS_PREVIEW_TAKEN : WLS_PREVIEW_ADDED;
	for (size_t i = 0; i < log->side_count && status == 0; i++) {
		struct state base = base_of(log, &log->sides[i]);
		struct state next = state_of(m->p, &log->sides[i]);
		status = merge_next(m, &base, &so_far, &next, err);
		release_state(&base);
		release_state(&next);
	}
	if (!so_far.exists && log->conflict_count == 0)
		log->kind = WLS_PREVIEW_REMOVED;
	release_state(&so_far);
	return status;
}

/* ---- a log ---- */

/* What HEAD has of the log; it may have renamed it too. */
static struct state head_state(struct wls_preview *p, const struct wls_preview_log *log)
{
	const struct wls_snapshot *file = wls_preview_head_file(p, log->key);
	const struct wls_preview_side *side = &log->sides[0];
	const struct wls_preview_branch *b = &p->branches[side->branch];
	struct wls_log_path own, other;
	struct wls_git_id ignored_id;
	struct wls_error ignored;
	size_t found = 0;

	wls_log_path_read(log->key, &own);
	/* Removed at HEAD: a file of the log that the base had not is where it went. */
	for (size_t i = 0; !file && side->has_base && i < p->files.count; i++) {
		if (!wls_log_path_read(p->files.items[i].path, &other) ||
		    !wls_log_path_same(&own, &other) ||
		    p->api->find(p->git, &b->base, p->files.items[i].path, &ignored_id, &ignored) ==
			    0)
			continue;
		if (found++ == 0)
			file = &p->files.items[i];
	}
	if (!file || found > 1)
		return (struct state){.name = "HEAD"};
	return (struct state){.exists = true, .path = file->path, .id = file->blob, .name = "HEAD"};
}

static void add_state(struct merging *m, const struct state *state)
{
	if (same_state(state, &m->base))
		return;
	for (size_t i = 0; i < m->count; i++)
		if (same_state(state, &m->states[i]))
			return;
	m->states[m->count++] = *state;
}

static bool shares_base(const struct wls_preview_log *log)
{
	const struct wls_preview_side *first = &log->sides[0];

	for (size_t i = 1; i < log->side_count; i++) {
		const struct wls_preview_side *s = &log->sides[i];
		if (s->has_base != first->has_base ||
		    (s->has_base && !same_id(&s->base, &first->base)))
			return false;
	}
	return true;
}

/* The path of the result: that with the highest version; different new names stop git. */
static void choose_path(struct merging *m, const struct state *head)
{
	struct wls_preview_log *log = m->log;
	struct wls_log_path best = {0}, other;
	const char *renamed = NULL;

	for (size_t i = 0; i <= log->side_count; i++) {
		const char *path = i == 0 ? head->path : log->sides[i - 1].path;
		if (!path || !wls_log_path_read(path, &other))
			continue;
		if (strcmp(path, log->key) != 0) {
			if (renamed && strcmp(renamed, path) != 0)
				add_conflict(log, WLS_SLICE("file"),
					     "renamed to different names; after the merge, wlsync "
					     "resolve makes one file of them");
			renamed = path;
		}
		if (!best.name.ptr || other.version > best.version) {
			best = other;
			log->path = path;
		}
	}
}

static int merge_log(struct wls_preview *p, struct wls_preview_log *log, struct wls_error *err)
{
	struct merging m = {.p = p, .log = log, .base = base_of(log, &log->sides[0])};
	struct state head = head_state(p, log);
	int status = 0;

	choose_path(&m, &head);
	m.states = wls_alloc(log->side_count + 1, sizeof(*m.states));
	if (!shares_base(log)) {
		status = merge_in_turn(&m, &head, err);
		free(m.states);
		return status;
	}
	add_state(&m, &head);
	for (size_t i = 0; i < log->side_count; i++) {
		struct state state = state_of(p, &log->sides[i]);
		add_state(&m, &state);
	}
	log->kind = WLS_PREVIEW_MERGED;
	if (m.count > 1)
		status = merge_shared(&m, err);
	else if (m.count == 1 && !m.states[0].exists)
		log->kind = WLS_PREVIEW_REMOVED;
	else
		log->kind = m.base.exists ? WLS_PREVIEW_TAKEN : WLS_PREVIEW_ADDED;
	for (size_t i = 0; i < m.count; i++)
		release_state(&m.states[i]);
	release_state(&m.base);
	free(m.states);
	return status;
}

int wls_preview_merge(struct wls_preview *p, struct wls_error *err)
{
	int status = 0;

	wls_driver_options(p->api, p->git, &p->options);
	for (size_t i = 0; i < p->log_count && status == 0; i++)
		status = merge_log(p, &p->logs[i], err);
	return status;
}
