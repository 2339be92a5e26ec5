/* SPDX-License-Identifier: MIT */
/*
 * What was refuted or was a dead end in a log, each once.
 *
 * A list of hypotheses is repeated from entry to entry, so that a failure is told of the first
 * entry that has it, and not at all once a later one says that it was right after all. Entries that
 * only an older file of the log has count as well; of those that it shares with a newer file, the
 * newer one's hold.
 *
 * Layer: cli. Includes: base, buf, doc, graph, pattern, render.
 */
#include "base/map.h"
#include "cli/prime.h"
#include "graph/names.h"
#include "wlsync/pattern.h"

/* What the log says of one thing that was tried. */
struct tried {
	uint32_t failed_in; /* the first version that says so; 0: in no entry */
	uint32_t judged_in; /* the last version with a verdict */
	bool failed, right; /* by any; by that last one */
	struct wls_slice text;
};

static const enum wls_key keys[] = {WLS_KEY_HYPOTHESES, WLS_KEY_DEAD_ENDS, WLS_KEY_TRIED};

struct reading {
	struct wls_arena *arena; /* of what is handed out */
	struct wls_map by_name;  /* folded → index of list */
	struct tried *list;
	size_t count, cap;

	/* Of the file at hand. */
	struct wls_doc *doc;
	const struct wls_map *told; /* versions of newer files, as text; NULL: it is the newest */
	const bool *owns;           /* by place in `keys`: newer files have one of the log's own */
};

/* ---- one thing ---- */

static struct tried *find(struct reading *r, struct wls_slice name)
{
	uint32_t *index = wls_map_at(&r->by_name, wls_name_fold(r->arena, name));

	if (*index == WLS_MAP_NONE) {
		*index = (uint32_t)r->count;
		WLS_GROW(r->list, r->cap, r->count + 1);
		r->list[r->count++] = (struct tried){0};
	}
	return &r->list[*index];
}

static void note_verdict(struct tried *t, uint32_t version, bool right)
{
	if (version < t->judged_in)
		return;
	t->judged_in = version;
	t->right = right;
}

static void note_failure(struct reading *r, uint32_t version, const char *what,
			 struct wls_slice text, struct wls_slice why)
{
	struct wls_slice line = wls_text_flatten(r->doc, text);
	struct wls_slice reason = wls_text_flatten(r->doc, why);
	struct tried *t;

	if (line.len == 0)
		return;
	t = find(r, line);
	note_verdict(t, version, false);
	if (t->failed && version >= t->failed_in)
		return;
	t->failed = true;
	t->failed_in = version;
	t->text = wls_slice_of(wls_arena_printf(r->arena, "%.*s (%s%s%.*s)", WLS_SLICE_ARG(line),
						what, reason.len > 0 ? ": " : "",
						WLS_SLICE_ARG(reason)));
}

/* ---- fields ---- */

static void read_hypotheses(struct reading *r, const struct wls_pattern *pattern, uint32_t version)
{
	for (size_t i = 0; i < pattern->hypothesis_count; i++) {
		const struct wls_hypothesis *h = &pattern->hypotheses[i];
		struct wls_slice line = wls_text_flatten(r->doc, h->text);

		if (h->verdict == WLS_VERDICT_REFUTED || h->verdict == WLS_VERDICT_INVALIDATED)
			note_failure(r, version, wls_verdict_name(h->verdict), h->text,
				     h->evidence);
		else if (h->verdict == WLS_VERDICT_CONFIRMED && line.len > 0)
			note_verdict(find(r, line), version, true);
	}
}

static void read_field(struct reading *r, struct wls_node *field, uint32_t version)
{
	const struct wls_pattern *pattern = wls_pattern_read(r->doc, field);
	bool dead = field->key == WLS_KEY_DEAD_ENDS;

	if (!pattern)
		return;
	read_hypotheses(r, pattern, version);
	for (size_t i = 0; i < pattern->element_count; i++) {
		const struct wls_element *e = &pattern->elements[i];

		if (dead || e->mark == WLS_MARK_FAILED)
			note_failure(r, version, dead ? "dead end" : "tried", e->name, e->note);
	}
}

/* ---- files ---- */

static uint32_t version_of(const struct wls_node *node)
{
	for (; node; node = node->parent)
		if (node->kind == WLS_NODE_ENTRY)
			return node->version;
	return 0;
}

/* The place in `keys`; their number for what is none of them. */
static size_t kind_of(const struct wls_node *node)
{
	size_t i = 0;

	if (node->kind != WLS_NODE_FIELD && node->kind != WLS_NODE_SECTION)
		return WLS_ARRAY_SIZE(keys);
	while (i < WLS_ARRAY_SIZE(keys) && node->key != keys[i])
		i++;
	return i;
}

static struct wls_slice version_text(struct wls_arena *arena, uint32_t version)
{
	return wls_slice_of(wls_arena_printf(arena, "%u", version));
}

/* Whether a newer file says the same, or something else in its place. */
static bool is_told(const struct reading *r, size_t kind, uint32_t version)
{
	if (!r->told)
		return false;
	if (version == 0)
		return r->owns[kind];
	return wls_map_find(r->told, version_text(r->arena, version)) != WLS_MAP_NONE;
}

static void read_file(struct reading *r, bool *owns)
{
	struct wls_doc *doc = r->doc;

	for (struct wls_node *n = doc->root; n; n = wls_node_walk(doc, doc->root, n)) {
		size_t kind = kind_of(n);
		uint32_t version = version_of(n);

		if (kind == WLS_ARRAY_SIZE(keys) || is_told(r, kind, version))
			continue;
		read_field(r, n, version);
		owns[kind] = owns[kind] || version == 0;
	}
}

static void note_versions(const struct reading *r, struct wls_map *told)
{
	for (uint32_t i = 0; i < r->doc->entry_count; i++)
		*wls_map_at(told, version_text(r->arena, r->doc->entries[i].version)) = 0;
}

static void hand_out(const struct reading *r, struct wls_prime *prime, uint32_t log)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->list[i].failed && !r->list[i].right)
			wls_prime_add(prime, WLS_PRIME_AVOID,
				      (struct wls_prime_item){.log = log,
							      .version = r->list[i].failed_in,
							      .text = r->list[i].text});
}

void wls_prime_failures(struct wls_prime *prime, const struct wls_workspace *ws, uint32_t log,
			struct wls_arena *arena)
{
	struct wls_log_files files _cleanup_log_files_ = {0};
	struct wls_map told = {0};
	bool owned[WLS_ARRAY_SIZE(keys)] = {false}, owns[WLS_ARRAY_SIZE(keys)] = {false};
	struct reading r = {.arena = arena, .owns = owned};
	size_t parts = ws->graph->logs[log].part_count;
	struct wls_error err;

	if (wls_workspace_read_log(ws, log, &files, &err) < 0)
		return;
	for (size_t i = 0; i < files.count; i++) {
		r.doc = files.files[i].doc;
		/*
		 * Parts of one state stand beside each other; an older state adds what is new in
		 * it.
		 */
		r.told = i < parts ? NULL : &told;
		memcpy(owned, owns, sizeof(owned));
		read_file(&r, owns);
		note_versions(&r, &told);
	}
	hand_out(&r, prime, log);
	wls_map_release(&told);
	wls_map_release(&r.by_name);
	free(r.list);
}
