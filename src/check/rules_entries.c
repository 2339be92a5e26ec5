/* SPDX-License-Identifier: MIT */
/*
 * Entries: dates to come, numbers left out, statuses spelled in their own way, no summary.
 *
 * Layer: check. Includes: base, doc, graph, check.
 */
#include "base/date.h"
#include "check/rules_shared.h"
#include "wlsync/pattern.h"

/* ---- future-date ---- */

/* It is tomorrow already where clocks are furthest ahead of UTC. */
#define AHEAD_OF_UTC (INT64_C(14) * 3600)

static void check_date(const struct wls_check_log *log, const struct wls_rule_entry *at,
		       const struct wls_moment *now)
{
	const struct wls_entry *entry = at->entry;
	struct wls_moment date = wls_moment_of(entry->date, entry->time);
	struct wls_arena *arena = &log->check->arena;
	struct wls_check_span span;

	if (!date.known || date.seconds <= now->seconds + AHEAD_OF_UTC)
		return;
	span = wls_rule_span_or(at->file->doc, entry->date, entry->node->begin);
	const char *message =
		wls_arena_printf(arena, "v%u is dated %.*s, after today (%s)", entry->version,
				 WLS_SLICE_ARG(entry->date), wls_moment_date(arena, now));
	wls_check_add(log, at->file, WLS_RULE_FUTURE_DATE, span,
		      wls_slice_of(wls_arena_printf(arena, "v%u", entry->version)), message);
}

static void check_dates(const struct wls_check_log *log, const struct wls_rule_entry *entries,
			size_t count)
{
	const struct wls_check_options *options = log->check->options;
	struct wls_moment now = wls_moment_of(options->today, options->now_time);

	if (!now.known)
		return;
	for (size_t i = 0; i < count; i++)
		if (entries[i].entry->date.len > 0)
			check_date(log, &entries[i], &now);
}

/* ---- version-gap ---- */

/* Ranges that sections stand for: `## v1-v3: Foundation`, `## Summary of v1-v13`. */
struct ranges {
	struct wls_versions *list; /* by first */
	size_t count, cap;
	size_t next;   /* the first that begins after all gaps so far */
	uint32_t last; /* the highest number of those before it */
};

static void add_ranges(struct ranges *ranges, struct wls_slice label)
{
	struct wls_versions versions;

	for (size_t at = 0; wls_versions_next(label, &at, &versions);) {
		WLS_GROW(ranges->list, ranges->cap, ranges->count + 1);
		ranges->list[ranges->count++] = versions;
	}
}

static int by_first(const void *left, const void *right)
{
	const struct wls_versions *a = left, *b = right;

	return a->first < b->first ? -1 : a->first > b->first;
}

static void collect_ranges(const struct wls_check_log *log, struct ranges *ranges)
{
	for (size_t i = 0; i < log->part_count; i++) {
		struct wls_doc *doc = log->files[i].doc;
		for (struct wls_node *n = doc->root; n; n = wls_node_walk(doc, doc->root, n))
			if (n->kind == WLS_NODE_SECTION)
				add_ranges(ranges, n->label);
	}
	if (ranges->count > 1)
		qsort(ranges->list, ranges->count, sizeof(*ranges->list), by_first);
}

/* Whether one range holds from..to; `from` rises from call to call. */
static bool is_covered(struct ranges *ranges, uint32_t from, uint32_t to)
{
	for (; ranges->next < ranges->count && ranges->list[ranges->next].first <= from;
	     ranges->next++)
		if (ranges->list[ranges->next].last > ranges->last)
			ranges->last = ranges->list[ranges->next].last;
	return ranges->last >= to;
}

static void report_gap(const struct wls_check_log *log, const struct wls_rule_entry *at,
		       uint32_t from, uint32_t to)
{
	struct wls_check_span span = wls_rule_heading_span(at->file->doc, at->entry);
	struct wls_arena *arena = &log->check->arena;
	const char *missing = from == to ? wls_arena_printf(arena, "v%u", from)
					 : wls_arena_printf(arena, "v%u to v%u", from, to);
	const char *message = wls_arena_printf(arena, "%s %s missing before v%u", missing,
					       from == to ? "is" : "are", at->entry->version);

	wls_check_add(log, at->file, WLS_RULE_VERSION_GAP, span, wls_slice_of(missing), message);
}

static void check_gaps(const struct wls_check_log *log, const struct wls_rule_entry *entries,
		       size_t count)
{
	struct ranges ranges = {0};

	collect_ranges(log, &ranges);
	for (size_t i = 1; i < count; i++) {
		uint32_t from = entries[i - 1].entry->version + 1, to = entries[i].entry->version;
		if (from < to && !is_covered(&ranges, from, to - 1))
			report_gap(log, &entries[i], from, to - 1);
	}
	free(ranges.list);
}

/* ---- no-summary ---- */

#define SUMMARY_WITHIN 6u /* versions, one of which should have one: five can be read without */

/* `## Summary of v1-v13`, `## v1-v3: Foundation`, `## Components Status`: what sums up the past. */
static bool sums_up(const struct wls_node *n)
{
	struct wls_versions versions;
	size_t at = 0;

	if (n->key == WLS_KEY_SUMMARY || n->key == WLS_KEY_COMPONENTS || n->key == WLS_KEY_PHASE)
		return true;
	if (n->kind != WLS_NODE_SECTION)
		return false;
	for (size_t i = 0; i < n->label.len; i++)
		if (wls_slice_starts_nocase(wls_slice_from(n->label, i), WLS_SLICE("summar")))
			return true;
	while (wls_versions_next(n->label, &at, &versions))
		if (versions.last > versions.first)
			return true;
	return false;
}

static bool has_summary(struct wls_doc *doc, struct wls_node *holder, unsigned depth)
{
	for (struct wls_node *n = wls_node_children(doc, holder); n; n = n->next) {
		if (sums_up(n))
			return true;
		bool holds = n->kind == WLS_NODE_SECTION || n->kind == WLS_NODE_HANDOFF;
		if (holds && depth < WLS_DEPTH_MAX && has_summary(doc, n, depth + 1))
			return true;
	}
	return false;
}

/* How many versions there are; *recent gets the first entry of the newest SUMMARY_WITHIN. */
static size_t count_versions(const struct wls_rule_entry *entries, size_t count, size_t *recent)
{
	size_t versions = 0;

	*recent = 0;
	for (size_t i = count; i > 0; i--) {
		versions +=
			i == count || entries[i - 1].entry->version != entries[i].entry->version;
		if (versions <= SUMMARY_WITHIN)
			*recent = i - 1;
	}
	return versions;
}

/*
 * By the log's own part, or by an entry since `recent`: what older entries sum up, the versions after
 * them are not in.
 */
static bool is_summed_up(const struct wls_check_log *log, const struct wls_rule_entry *entries,
			 size_t count, size_t recent)
{
	for (size_t i = 0; i < log->part_count; i++)
		if (has_summary(log->files[i].doc, log->files[i].doc->root, 0))
			return true;
	for (size_t i = count; i > recent; i--)
		if (has_summary(entries[i - 1].file->doc, entries[i - 1].entry->node, 0))
			return true;
	return false;
}

static void check_summary(const struct wls_check_log *log, const struct wls_rule_entry *entries,
			  size_t count)
{
	size_t recent, versions = count_versions(entries, count, &recent);

	if (versions < SUMMARY_WITHIN || wls_rule_is_completed(log) ||
	    is_summed_up(log, entries, count, recent))
		return;
	struct wls_rule_entry newest;
	wls_rule_newest(log, &newest);
	struct wls_check_span span = wls_rule_heading_span(newest.file->doc, newest.entry);
	const char *message =
		wls_arena_printf(&log->check->arena, "%zu versions%s no summary%s", versions,
				 versions > SUMMARY_WITHIN ? "," : " and",
				 versions > SUMMARY_WITHIN ? " in the newest six" : "");
	wls_check_add(log, newest.file, WLS_RULE_NO_SUMMARY, span, wls_slice(NULL, 0), message);
}

/* ---- status-spelling ---- */

static bool is_name_char(char c)
{
	return wls_is_alpha(c) || c == ' ' || c == '-' || c == '_';
}

/* The words at the start of a status value that tell the status, without what stands around them. */
static struct wls_slice status_words(struct wls_slice value)
{
	size_t begin = 0, end;

	while (begin < value.len && !wls_is_alpha(value.ptr[begin]))
		begin++;
	for (end = begin; end < value.len && is_name_char(value.ptr[end]); end++)
		;
	/* `done - all of it`: what follows a dash between blanks is a remark. */
	struct wls_slice words = wls_slice(value.ptr + begin, end - begin);
	size_t dash = wls_slice_find(words, WLS_SLICE(" - "));
	if (dash != SIZE_MAX)
		words.len = dash;
	while (words.len > 0 && !wls_is_alpha(words.ptr[words.len - 1]))
		words.len--;
	return words;
}

static void check_spelling(const struct wls_check_log *log, const struct wls_check_file *file,
			   struct wls_slice value, const char *place)
{
	struct wls_slice words = status_words(value);
	enum wls_work_status status = wls_work_status_parse(value);
	const char *name = wls_work_status_name(status);
	struct wls_arena *arena = &log->check->arena;
	struct wls_check_span span;

	if (!name || wls_work_status_parse(words) != status ||
	    wls_slice_eq(words, wls_slice_of(name)) || !wls_rule_span(file->doc, words, &span))
		return;
	const char *message = wls_arena_printf(arena, "status \"%.*s\" is usually written %s",
					       WLS_SLICE_ARG(words), name);
	wls_check_add(log, file, WLS_RULE_STATUS_SPELLING, span, wls_slice_of(place), message);
}

static void check_field(const struct wls_check_log *log, const struct wls_check_file *file,
			struct wls_node *field, const char *place)
{
	struct wls_slice value = {0};

	if (!field)
		return;
	wls_node_value(file->doc, field, &value);
	check_spelling(log, file, value, place);
}

/* What tells the log's status now; how it was spelled in older entries is history. */
static void check_spellings(const struct wls_check_log *log)
{
	struct wls_rule_entry newest;

	for (size_t i = 0; i < log->part_count; i++) {
		const struct wls_check_file *file = &log->files[i];
		check_spelling(log, file, file->doc->frontmatter.status, "frontmatter");
		check_field(log, file, wls_node_find(file->doc, file->doc->root, WLS_KEY_STATUS),
			    "log");
	}
	if (wls_rule_newest(log, &newest))
		check_field(log, newest.file,
			    wls_entry_find(newest.file->doc, newest.entry, WLS_KEY_STATUS),
			    "newest entry");
}

/* ---- all ---- */

void wls_rules_entries(const struct wls_check_log *log)
{
	const struct wls_check *check = log->check;
	size_t count = 0;
	_cleanup_free_ struct wls_rule_entry *entries = wls_rule_entries(log, &count);

	if (wls_check_wants(check, WLS_RULE_FUTURE_DATE))
		check_dates(log, entries, count);
	if (wls_check_wants(check, WLS_RULE_VERSION_GAP))
		check_gaps(log, entries, count);
	if (wls_check_wants(check, WLS_RULE_NO_SUMMARY))
		check_summary(log, entries, count);
	if (wls_check_wants(check, WLS_RULE_STATUS_SPELLING))
		check_spellings(log);
}
