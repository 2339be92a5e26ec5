/* SPDX-License-Identifier: MIT */
/*
 * What was refuted, or was a dead end, and is tried again.
 *
 * Layer: check. Includes: base, doc, graph, check.
 *
 * Failures are collected from older entries, those that only snapshots have, too: hypotheses with the
 * verdict refuted (or invalidated, in that word), rows of Dead ends, and rows of Tried that are marked
 * ❌; of `GC tuning: no effect` what stands before the reason, too. Against them stand the attempts:
 * open hypotheses of the newest entry that has any, and open steps, Now and Work of the newest entry.
 * What older entries planned is history, and Tried and Decisions of the newest carry it along. A log's
 * own Dead ends belong to no version, so only open steps and hypotheses are compared with them: the
 * newest Work may be what led there.
 *
 *	v3  H1: Large objects are retained | Refuted        failure
 *	v5  H4: Large objects retained | Testing            attempt: the same words
 *	v5  - [HIGH] Remove the cache of large objects      none: other words, and it denies
 *
 * Each attempt is compared with the failures that share a word with it, the latest CANDIDATES_MAX of
 * each word, so that all is linear in the text; among hundreds of failures in the same words an old
 * one may be missed. An attempt that names the failure's version (`again, unlike v3`) knows of it.
 */
#include "base/map.h"
#include "check/rules_shared.h"
#include "wlsync/pattern.h"

#define CANDIDATES_MAX 64u

struct failure {
	struct wls_phrase phrase;
	struct wls_slice text;
	uint32_t version; /* 0: of the log's own part */
	bool hypothesis;
	const struct wls_check_file *file;
	uint32_t at;
	uint32_t line; /* 0: not looked up yet */
};

struct attempt {
	struct wls_phrase phrase;
	struct wls_slice text; /* as written, for its versions */
	struct wls_check_span span;
	uint32_t version;
	bool hypothesis, work;
	const struct wls_check_file *file;
};

/* One word of one failure; those of one word are linked, the latest first. */
struct posting {
	uint32_t failure, next;
};

struct hunt {
	const struct wls_check_log *log;
	struct failure *failures;
	size_t failure_count, failure_cap;
	struct attempt *attempts;
	size_t attempt_count, attempt_cap;
	struct posting *postings;
	size_t posting_count, posting_cap;
	struct wls_map words; /* hash's bytes → first posting; keys are those of failures */
	bool has_hypotheses;  /* a Hypotheses field was seen */
};

/* Whether the entry need be read for failures and hypotheses. */
static bool may_tell(const struct hunt *h, const struct wls_rule_entry *at)
{
	return wls_key_scan_may_hold(h->log->failure_keys,
				     wls_node_bytes(at->file->doc, at->entry->node));
}

/* Whether any failure can be told at all: in most logs none. */
static bool log_may_tell(const struct wls_check_log *log)
{
	for (size_t i = 0; i < log->count; i++)
		if (wls_key_scan_may_hold(log->failure_keys, log->files[i].doc->source))
			return true;
	return false;
}

/* The fields of an entry or section, sections and handoffs within entered. */
typedef void field_fn(struct hunt *h, const struct wls_rule_entry *at, struct wls_node *field);

static void each_field(struct hunt *h, const struct wls_rule_entry *at, struct wls_node *holder,
		       field_fn *fn, unsigned depth)
{
	for (struct wls_node *n = wls_node_children(at->file->doc, holder); n; n = n->next) {
		fn(h, at, n);
		if ((n->kind == WLS_NODE_SECTION || n->kind == WLS_NODE_HANDOFF) &&
		    depth < WLS_DEPTH_MAX)
			each_field(h, at, n, fn, depth + 1);
	}
}

static uint32_t version_of(const struct wls_rule_entry *at)
{
	return at->entry ? at->entry->version : 0;
}

/* ---- failures ---- */

static void add_failure(struct hunt *h, const struct wls_rule_entry *at, struct wls_slice text,
			uint32_t place, bool hypothesis)
{
	struct failure failure = {
		.text = text,
		.version = version_of(at),
		.hypothesis = hypothesis,
		.file = at->file,
		.at = place,
	};

	wls_phrase_read(text, &failure.phrase);
	if (failure.phrase.count < 2)
		return;
	WLS_GROW(h->failures, h->failure_cap, h->failure_count + 1);
	h->failures[h->failure_count++] = failure;
}

/* `GC tuning: no effect`, `GC tuning - no effect`: what stands before the reason; else all. */
static struct wls_slice without_reason(struct wls_slice text)
{
	static const struct wls_slice separators[] = {
		{": ", 2}, {" - ", 3}, {" \xE2\x80\x93 ", 5}, {" \xE2\x80\x94 ", 5}};
	size_t end = text.len;

	for (size_t i = 0; i < WLS_ARRAY_SIZE(separators); i++) {
		size_t at = wls_slice_find(wls_slice(text.ptr, end), separators[i]);
		if (at != SIZE_MAX)
			end = at;
	}
	return wls_slice(text.ptr, end);
}

static void add_dead_end(struct hunt *h, const struct wls_rule_entry *at,
			 const struct wls_element *element)
{
	struct wls_slice what = without_reason(element->name);

	add_failure(h, at, element->name, element->at, false);
	if (what.len < element->name.len)
		add_failure(h, at, what, element->at, false);
}

static bool is_refuted(const struct wls_hypothesis *hypothesis)
{
	return hypothesis->verdict == WLS_VERDICT_REFUTED ||
	       (hypothesis->verdict == WLS_VERDICT_INVALIDATED &&
		wls_slice_starts_nocase(hypothesis->verdict_text, WLS_SLICE("invalid")));
}

static void collect_failures(struct hunt *h, const struct wls_rule_entry *at,
			     struct wls_node *field)
{
	bool wanted = field->key == WLS_KEY_HYPOTHESES || field->key == WLS_KEY_DEAD_ENDS ||
		      field->key == WLS_KEY_TRIED;
	const struct wls_pattern *p = wanted ? wls_pattern_read(at->file->doc, field) : NULL;

	if (!p)
		return;
	for (size_t i = 0; i < p->hypothesis_count; i++)
		if (is_refuted(&p->hypotheses[i]))
			add_failure(h, at, p->hypotheses[i].text, p->hypotheses[i].node->begin,
				    true);
	for (size_t i = 0; i < p->element_count; i++)
		if (field->key == WLS_KEY_DEAD_ENDS || p->elements[i].mark == WLS_MARK_FAILED)
			add_dead_end(h, at, &p->elements[i]);
}

/* ---- attempts ---- */

static void add_attempt(struct hunt *h, const struct wls_rule_entry *at,
			const struct wls_node *node, struct attempt attempt)
{
	attempt.version = version_of(at);
	attempt.file = at->file;
	attempt.span = wls_rule_span_or(at->file->doc, attempt.text, node->begin);
	wls_phrase_read(attempt.text, &attempt.phrase);
	if (attempt.phrase.count < 2)
		return;
	WLS_GROW(h->attempts, h->attempt_cap, h->attempt_count + 1);
	h->attempts[h->attempt_count++] = attempt;
}

static void collect_hypotheses(struct hunt *h, const struct wls_rule_entry *at,
			       struct wls_node *field)
{
	if (field->key != WLS_KEY_HYPOTHESES)
		return;
	const struct wls_pattern *p = wls_pattern_read(at->file->doc, field);

	h->has_hypotheses = true;
	for (size_t i = 0; p && i < p->hypothesis_count; i++) {
		const struct wls_hypothesis *one = &p->hypotheses[i];
		bool open = one->verdict == WLS_VERDICT_OPEN || one->verdict == WLS_VERDICT_NONE;
		if (open && !(one->node->flags & WLS_NODE_STRUCK))
			add_attempt(h, at, one->node,
				    (struct attempt){.text = one->text, .hypothesis = true});
	}
}

static bool is_open_step(const struct wls_node *n)
{
	return n->kind == WLS_NODE_ITEM && n->text.len > 0 &&
	       !(n->flags & (WLS_NODE_TICKED | WLS_NODE_STRUCK | WLS_NODE_ATTRIBUTE)) &&
	       n->mark != WLS_MARK_DONE && n->mark != WLS_MARK_FAILED;
}

/* `-: removed …` takes something away. */
static bool is_addition(const struct wls_node *n)
{
	return n->label.len != 1 || n->label.ptr[0] != '-';
}

static void collect_steps(struct hunt *h, const struct wls_rule_entry *at, struct wls_node *field)
{
	struct wls_doc *doc = at->file->doc;
	bool work = field->key == WLS_KEY_WORK || field->key == WLS_KEY_NOW;

	if (field->key != WLS_KEY_NEXT && !work)
		return;
	for (struct wls_node *n = field; n; n = wls_node_walk(doc, field, n)) {
		bool line = n == field && n->kind == WLS_NODE_FIELD && n->text.len > 0 &&
			    !(n->flags & WLS_NODE_EMPTY);
		if (line || (is_open_step(n) && (!work || is_addition(n))))
			add_attempt(h, at, n,
				    (struct attempt){.text = wls_text_flatten(doc, n->text),
						     .work = work});
	}
}

/* Open hypotheses of the newest entry that has any hypotheses, steps, Now and Work of the newest. */
static void collect_attempts(struct hunt *h, const struct wls_rule_entry *entries, size_t count)
{
	uint32_t newest = entries[count - 1].entry->version, latest = newest;

	for (size_t i = count; i > 0; i--) {
		const struct wls_rule_entry *at = &entries[i - 1];
		uint32_t version = at->entry->version;
		if (version != latest && version != newest && h->has_hypotheses)
			return;
		if (version == newest)
			each_field(h, at, at->entry->node, collect_steps, 0);
		if (may_tell(h, at))
			each_field(h, at, at->entry->node, collect_hypotheses, 0);
		latest = version;
	}
}

/* ---- comparing ---- */

static struct wls_slice word_key(const uint32_t *hash)
{
	return wls_slice((const char *)hash, sizeof(*hash));
}

static void add_posting(struct hunt *h, uint32_t failure, const uint32_t *word)
{
	uint32_t *first = wls_map_at(&h->words, word_key(word));

	WLS_GROW(h->postings, h->posting_cap, h->posting_count + 1);
	h->postings[h->posting_count] = (struct posting){failure, *first};
	*first = (uint32_t)h->posting_count++;
}

static void index_failures(struct hunt *h)
{
	for (uint32_t i = 0; i < h->failure_count; i++)
		for (size_t w = 0; w < h->failures[i].phrase.count; w++)
			add_posting(h, i, &h->failures[i].phrase.hashes[w]);
}

/* Whether the attempt names the version that the failure stands in. */
static bool knows_of(const struct attempt *attempt, const struct failure *failure)
{
	struct wls_versions versions;

	for (size_t at = 0; wls_versions_next(attempt->text, &at, &versions);)
		if (versions.first <= failure->version && failure->version <= versions.last)
			return true;
	return false;
}

static bool repeats(const struct attempt *attempt, const struct failure *failure)
{
	if (failure->version == 0 ? attempt->work : failure->version >= attempt->version)
		return false;
	if (attempt->phrase.denied && !failure->phrase.denied)
		return false;
	return wls_phrase_alike(&attempt->phrase, &failure->phrase) && !knows_of(attempt, failure);
}

/* The newest failure that the attempt repeats, among those that share word `w`; or NULL. */
static const struct failure *search(const struct hunt *h, const struct attempt *attempt,
				    const uint32_t *word, unsigned *left)
{
	const struct failure *best = NULL;

	for (uint32_t i = wls_map_find(&h->words, word_key(word)); i != WLS_MAP_NONE && *left > 0;
	     i = h->postings[i].next, --*left) {
		const struct failure *failure = &h->failures[h->postings[i].failure];
		if ((!best || failure->version > best->version) && repeats(attempt, failure))
			best = failure;
	}
	return best;
}

static const struct failure *find_failure(const struct hunt *h, const struct attempt *attempt)
{
	const struct failure *best = NULL;

	for (size_t w = 0; w < attempt->phrase.count; w++) {
		unsigned left = CANDIDATES_MAX;
		const struct failure *found = search(h, attempt, &attempt->phrase.hashes[w], &left);
		if (found && (!best || found->version > best->version))
			best = found;
	}
	return best;
}

/* All of them at once: in the order of their places that is linear, whatever is reported. */
static void locate_failures(struct hunt *h)
{
	const struct wls_check_file *file = NULL;
	struct wls_doc_place place = {0};

	for (size_t i = 0; i < h->failure_count; i++) {
		struct failure *failure = &h->failures[i];
		if (failure->file != file)
			place = (struct wls_doc_place){0};
		file = failure->file;
		wls_doc_locate_from(file->doc, &place, failure->at);
		failure->line = place.line;
	}
}

static void report(const struct hunt *h, const struct attempt *attempt,
		   const struct failure *failure)
{
	struct wls_arena *arena = &h->log->check->arena;
	enum wls_rule rule = failure->hypothesis ? WLS_RULE_REFUTED_AGAIN : WLS_RULE_DEAD_END_AGAIN;
	const char *where = failure->version > 0
				    ? wls_arena_printf(arena, "in v%u", failure->version)
				    : "in this log";
	const char *file =
		failure->file == attempt->file
			? ""
			: wls_arena_printf(arena, " of %.*s", WLS_SLICE_ARG(failure->file->path));
	const char *message =
		wls_arena_printf(arena, "%s %s (line %u%s): \"%.*s\"",
				 failure->hypothesis ? "this was refuted" : "this was a dead end",
				 where, failure->line, file, WLS_SLICE_ARG(failure->text));
	wls_check_add(h->log, attempt->file, rule, attempt->span, failure->text, message);
}

/* ---- all ---- */

static void collect_from(struct hunt *h, const struct wls_rule_entry *entries, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (may_tell(h, &entries[i]))
			each_field(h, &entries[i], entries[i].entry->node, collect_failures, 0);
}

static void hunt_failures(struct hunt *h, const struct wls_rule_entry *entries, size_t count)
{
	size_t older_count;
	_cleanup_free_ struct wls_rule_entry *older = wls_rule_older_entries(h->log, &older_count);

	collect_from(h, older, older_count);
	collect_from(h, entries, count);
	for (size_t i = 0; i < h->log->part_count; i++) {
		const struct wls_rule_entry own = {&h->log->files[i], NULL};
		each_field(h, &own, own.file->doc->root, collect_failures, 0);
	}
	index_failures(h);
	for (size_t i = 0; i < h->attempt_count; i++) {
		const struct failure *failure = find_failure(h, &h->attempts[i]);
		if (!failure)
			continue;
		if (failure->line == 0)
			locate_failures(h);
		report(h, &h->attempts[i], failure);
	}
}

void wls_rules_hypotheses(const struct wls_check_log *log)
{
	const struct wls_check *check = log->check;
	bool wants = wls_check_wants(check, WLS_RULE_REFUTED_AGAIN) ||
		     wls_check_wants(check, WLS_RULE_DEAD_END_AGAIN);
	struct hunt h = {.log = log};
	size_t count = 0;

	if (!wants || wls_rule_is_completed(log) || !log_may_tell(log))
		return;
	_cleanup_free_ struct wls_rule_entry *entries = wls_rule_entries(log, &count);
	if (count > 0)
		collect_attempts(&h, entries, count);
	if (h.attempt_count > 0)
		hunt_failures(&h, entries, count);
	wls_map_release(&h.words);
	free(h.postings);
	free(h.attempts);
	free(h.failures);
}
