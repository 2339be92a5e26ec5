/* SPDX-License-Identifier: MIT */
/*
 * Runs the rules, and puts what they find in order.
 *
 * Layer: check. Includes: base, doc, graph, check.
 */
#include "base/map.h"
#include "check/check_internal.h"

/* The families; a rule's function stands in rules_NAME.c. */
static void (*const families[])(const struct wls_check_log *log) = {
	wls_rules_entries, wls_rules_figures, wls_rules_hypotheses, wls_rules_blockers,
	wls_rules_files,   wls_rules_text,    wls_rules_secrets,
};

/* ---- life ---- */

struct wls_check *wls_check_new(const struct wls_graph *graph,
				const struct wls_check_options *options)
{
	struct wls_check *check = wls_alloc(1, sizeof(*check));
	struct wls_check_scratch *scratch = wls_alloc(1, sizeof(*scratch));

	static const enum wls_key keys[] = {WLS_KEY_HYPOTHESES, WLS_KEY_DEAD_ENDS, WLS_KEY_TRIED};

	*scratch = (struct wls_check_scratch){0};
	wls_key_scan_init(&scratch->failure_keys, keys, WLS_ARRAY_SIZE(keys));
	*check = (struct wls_check){.graph = graph, .options = options, .scratch = scratch};
	return check;
}

void wls_check_free(struct wls_check *check)
{
	if (!check)
		return;
	wls_arena_release(&check->arena);
	free(check->findings);
	free(check->scratch->secrets);
	free(check->scratch->in_cycles);
	free(check->scratch);
	free(check);
}

/* ---- adding ---- */

bool wls_check_wants(const struct wls_check *check, enum wls_rule rule)
{
	return check->options->severity[rule] >= 0;
}

static uint64_t hash_of(const struct wls_check_log *log, enum wls_rule rule, struct wls_slice key)
{
	const struct wls_log *of = &log->check->graph->logs[log->log];
	uint64_t hash = wls_hash(wls_slice_of(wls_rules[rule].name));

	hash = wls_hash_mix(hash, of->folded);
	return wls_hash_mix(hash, key);
}

/* Whether --fix would mend it here: in the frontmatter, and not between conflict markers. */
static bool is_fixable(const struct wls_doc *doc, const struct wls_new_finding *what)
{
	if (!wls_rules[what->rule].fix || what->whole_file || doc->has_markers)
		return false;
	if (what->rule == WLS_RULE_VERSION_MISMATCH)
		return what->span.begin == doc->frontmatter.version_at;
	if (what->rule == WLS_RULE_STATUS_MISMATCH)
		return what->span.begin == doc->frontmatter.status_at;
	return true;
}

/* A copy in which no credential stands: whatever quotes a log may quote one. */
static const char *copy_text(struct wls_check *check, const char *text)
{
	size_t len = strlen(text);
	char *copy = wls_arena_alloc(&check->arena, len + 1);

	memcpy(copy, text, len + 1);
	wls_place_blank(check, copy, len);
	return copy;
}

void wls_check_put(const struct wls_check_log *log, const struct wls_check_file *file,
		   const struct wls_new_finding *what)
{
	struct wls_check *check = log->check;
	struct wls_check_finding *finding;

	if (!wls_check_wants(check, what->rule))
		return;
	WLS_GROW(check->findings, check->cap, check->count + 1);
	finding = &check->findings[check->count++];
	*finding = (struct wls_check_finding){
		.rule = what->rule,
		.severity = what->note ? WLS_INFO
				       : (enum wls_severity)check->options->severity[what->rule],
		.log = log->log,
		.place.file = file->path,
		.message = copy_text(check, what->message),
		.hint = what->hint ? copy_text(check, what->hint) : wls_rules[what->rule].how,
		.fingerprint = hash_of(log, what->rule, what->key),
		.fixable = is_fixable(file->doc, what),
	};
	if (!what->whole_file)
		wls_place_fill(check, file->doc, &what->span, &finding->place);
}

void wls_check_add(const struct wls_check_log *log, const struct wls_check_file *file,
		   enum wls_rule rule, struct wls_check_span span, struct wls_slice key,
		   const char *message)
{
	wls_check_put(log, file,
		      &(struct wls_new_finding){
			      .rule = rule, .span = span, .key = key, .message = message});
}

/* ---- running ---- */

void wls_check_log(struct wls_check *check, uint32_t log, const struct wls_check_file *files,
		   size_t count)
{
	size_t first = check->count, parts = check->graph->logs[log].part_count;
	const struct wls_check_log at = {
		.check = check,
		.log = log,
		.files = files,
		.count = count,
		.part_count = parts < count ? parts : count,
		.failure_keys = &check->scratch->failure_keys,
	};

	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++) {
		struct wls_facts facts;
		wls_doc_facts(files[i].doc, &facts);
	}
	check->scratch->doc = NULL;
	wls_check_diagnostics(&at);
	wls_check_cycle(&at);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(families); i++)
		families[i](&at);
	if (check->count > first)
		wls_check_ignore(&at, first);
}

/* ---- finishing ---- */

static int compare_numbers(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

/* What is the same place, rule and message is the same finding. */
static int by_place(const void *left, const void *right)
{
	const struct wls_check_finding *a = left, *b = right;
	int order = wls_slice_cmp(a->place.file, b->place.file);

	if (order == 0)
		order = compare_numbers(a->place.line, b->place.line);
	if (order == 0)
		order = compare_numbers(a->place.column, b->place.column);
	if (order == 0)
		order = strcmp(wls_rules[a->rule].name, wls_rules[b->rule].name);
	return order != 0 ? order : strcmp(a->message, b->message);
}

/* What a comment does not switch off first, so that of doubles (of branches) it stays. */
static int by_place_ignored(const void *left, const void *right)
{
	const struct wls_check_finding *a = left, *b = right;
	int order = by_place(left, right);

	if (order == 0)
		order = (int)a->ignored - (int)b->ignored;
	return order != 0 ? order : compare_numbers(a->log, b->log);
}

static void drop_doubles(struct wls_check *check)
{
	size_t n = 0;

	for (size_t i = 0; i < check->count; i++)
		if (n == 0 || by_place(&check->findings[n - 1], &check->findings[i]) != 0)
			check->findings[n++] = check->findings[i];
	check->count = n;
}

/* The n-th finding of the same names gets a fingerprint of its own. */
static void tell_apart(struct wls_check *check)
{
	struct wls_map seen = {0};

	for (size_t i = 0; i < check->count; i++) {
		struct wls_check_finding *finding = &check->findings[i];
		uint64_t *key = WLS_ARENA_NEW(&check->arena, uint64_t);
		uint32_t *times;

		*key = finding->fingerprint;
		times = wls_map_at(&seen, wls_slice((const char *)key, sizeof(*key)));
		*times = *times == WLS_MAP_NONE ? 1 : *times + 1;
		if (*times > 1)
			finding->fingerprint =
				wls_hash_mix(*key, wls_slice((const char *)times, sizeof(*times)));
	}
	wls_map_release(&seen);
}

void wls_check_finish(struct wls_check *check)
{
	wls_check_cycles_finish(check);
	if (check->count > 1)
		qsort(check->findings, check->count, sizeof(*check->findings), by_place_ignored);
	drop_doubles(check);
	tell_apart(check);
}
