/* SPDX-License-Identifier: MIT */
/*
 * Open blockers of the newest entry: whose they are, and whether they should be gone by now.
 *
 * Layer: check. Includes: base, doc, graph, check.
 *
 * A blocker that names another log has an owner: whoever writes that log. An ETA that is no date
 * and no span is text, and never past.
 */
#include "base/date.h"
#include "base/map.h"
#include "check/rules_shared.h"

struct blockers {
	const struct wls_check_log *log;
	const struct wls_check_file *file;
	const struct wls_entry *entry; /* NULL: of a log without entries */
	struct wls_moment now;
	struct wls_map edges; /* the lines of the file that refer to other logs */
};

static bool holds(struct wls_slice text, struct wls_slice word)
{
	for (size_t i = 0; i + word.len <= text.len; i++)
		if (wls_slice_starts_nocase(wls_slice_from(text, i), word))
			return true;
	return false;
}

/* `@ops-team`, but not the one of `a@b`. */
static bool names_someone(struct wls_slice text)
{
	for (size_t i = 0; i + 1 < text.len; i++)
		if (text.ptr[i] == '@' && wls_is_alnum(text.ptr[i + 1]) &&
		    (i == 0 || !wls_is_alnum(text.ptr[i - 1])))
			return true;
	return false;
}

static void collect_edges(struct blockers *b)
{
	const struct wls_graph *graph = b->log->check->graph;
	const struct wls_log *log = &graph->logs[b->log->log];

	for (uint32_t i = log->first_edge; i < log->first_edge + log->edge_count; i++) {
		const struct wls_edge *edge = &graph->edges[i];
		if (wls_slice_eq(edge->file, b->file->path))
			*wls_map_at(&b->edges,
				    wls_slice((const char *)&edge->line, sizeof(edge->line))) = 1;
	}
}

/* Whether the line of the blocker refers to another log. */
static bool names_log(const struct blockers *b, uint32_t at)
{
	uint32_t line, column;

	wls_doc_locate(b->file->doc, at, &line, &column);
	return wls_map_find(&b->edges, wls_slice((const char *)&line, sizeof(line))) !=
	       WLS_MAP_NONE;
}

/* `Waiting for Ada's review`, `no answer from legal`: somebody is named in words. */
static bool waits_for_someone(struct wls_slice text)
{
	static const char *const words[] = {"waiting on", "waiting for", "waits for", "await",
					    " from "};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(words); i++)
		if (holds(text, wls_slice_of(words[i])))
			return true;
	return false;
}

static bool has_owner(const struct blockers *b, const struct wls_blocker *blocker)
{
	struct wls_slice all = wls_node_bytes(b->file->doc, blocker->node);

	if (blocker->owner.len > 0)
		return !wls_value_is_empty(blocker->owner) && !wls_value_is_unknown(blocker->owner);
	return names_someone(all) || waits_for_someone(blocker->text) ||
	       holds(all, WLS_SLICE("owner")) || holds(all, WLS_SLICE("worklog")) ||
	       names_log(b, blocker->at);
}

static void check_owner(const struct blockers *b, const struct wls_blocker *blocker)
{
	struct wls_check_span span;

	if (has_owner(b, blocker))
		return;
	/* A text of several lines is marked on its first. */
	struct wls_slice rest = wls_slice_from(b->file->doc->source, blocker->at), line;
	wls_slice_next_line(&rest, &line);
	size_t len = line.len < blocker->text.len ? wls_slice_trim(line).len : blocker->text.len;
	span = (struct wls_check_span){blocker->at, blocker->at + (uint32_t)len};
	wls_check_add(b->log, b->file, WLS_RULE_BLOCKER_OWNER, span, blocker->text,
		      "nobody is named for this blocker");
}

/* When it was written: `v14: …` in v14, all else in the newest entry. */
static struct wls_moment written(const struct blockers *b, const struct wls_blocker *blocker)
{
	uint32_t version = blocker->node->version;
	const struct wls_entry *entry = version > 0 ? wls_doc_entry(b->file->doc, version) : NULL;

	if (!entry || entry->date.len == 0)
		entry = b->entry;
	if (!entry)
		return (struct wls_moment){0};
	return wls_moment_of(entry->date, entry->time);
}

static void check_eta(const struct blockers *b, const struct wls_blocker *blocker)
{
	struct wls_arena *arena = &b->log->check->arena;
	struct wls_moment entry = written(b, blocker), due;

	if (blocker->eta.len == 0 ||
	    !wls_moment_eta(blocker->eta, blocker->requested, &entry, &due))
		return;
	const char *late = wls_moment_late(arena, &due, &b->now);
	if (!late)
		return;
	struct wls_check_span span = wls_rule_span_or(b->file->doc, blocker->eta, blocker->at);
	const char *message = wls_arena_printf(arena, "the blocker's ETA is past: %s, %s",
					       wls_moment_date(arena, &due), late);
	wls_check_add(b->log, b->file, WLS_RULE_BLOCKER_OVERDUE, span, blocker->text, message);
}

static void check_blockers(const struct blockers *b)
{
	const struct wls_check *check = b->log->check;
	size_t count;
	const struct wls_blocker *list = wls_entry_blockers(b->file->doc, b->entry, &count);

	for (size_t i = 0; i < count; i++) {
		if (list[i].closed || list[i].question)
			continue;
		if (wls_check_wants(check, WLS_RULE_BLOCKER_OWNER))
			check_owner(b, &list[i]);
		if (wls_check_wants(check, WLS_RULE_BLOCKER_OVERDUE))
			check_eta(b, &list[i]);
	}
}

void wls_rules_blockers(const struct wls_check_log *log)
{
	const struct wls_check_options *options = log->check->options;
	struct blockers b = {.log = log, .file = &log->files[0]};
	struct wls_rule_entry newest;

	if (wls_rule_is_completed(log))
		return;
	b.now = wls_moment_of(options->today, options->now_time);
	if (wls_rule_newest(log, &newest)) {
		b.file = newest.file;
		b.entry = newest.entry;
	}
	collect_edges(&b);
	check_blockers(&b);
	wls_map_release(&b.edges);
}
