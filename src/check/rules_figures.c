/* SPDX-License-Identifier: MIT */
/*
 * Figures that contradict each other, that got worse, that miss their target.
 *
 * Layer: check. Includes: base, doc, graph, trends, check.
 *
 * src/trends finds them; here is decided which of them are worth a reader's time:
 * - Progress goes back when more is found to do, and is rounded as one likes: neither that nor two
 *   values of it are faults.
 * - What a sentence states counts when it is measured, not set or done, and when the newest entry says
 *   so; a trend line is a statement about all its versions. Sentences of two entries may be about
 *   two conditions (a bigger run, more users), so what they tell is a note at most, unless a target says
 *   how it should be.
 * - Where a figure has a target, it may get worse as long as it meets it.
 * - A figure of a stated contradiction is told once, as that.
 * - A target that is missed is told when it is missed now, and not marked as being worked on.
 */
#include "base/map.h"
#include "check/check_internal.h"
#include "check/rules_shared.h"
#include "wlsync/trends.h"

/* ---- places and words ---- */

/* The file that a claim stands in. */
static const struct wls_check_file *file_of(const struct wls_check_log *log,
					    const struct wls_claim *claim)
{
	for (size_t i = 0; i < log->count; i++)
		if (wls_slice_eq(log->files[i].path, claim->file))
			return &log->files[i];
	return &log->files[0];
}

static struct wls_check_span span_of(const struct wls_claim *claim)
{
	return (struct wls_check_span){claim->at, claim->at + (uint32_t)claim->text.len};
}

static const char *shown(const struct wls_check_log *log, const struct wls_claim *claim)
{
	struct wls_arena *arena = &log->check->arena;

	if (claim->version == 0)
		return wls_arena_printf(arena, "%.*s", WLS_SLICE_ARG(claim->text));
	return wls_arena_printf(arena, "%.*s (v%u)", WLS_SLICE_ARG(claim->text), claim->version);
}

/* ---- contradictions ---- */

static void report_stated(const struct wls_check_log *log, const struct wls_contradiction *c,
			  struct wls_slice key)
{
	struct wls_check_span span = span_of(c->a), last = span_of(c->b);
	const struct wls_check_file *file = file_of(log, c->a);

	/* From the one figure to the other, when they stand in one line. */
	if (c->a->line == c->b->line && last.end > span.begin &&
	    wls_slice_eq(c->a->file, c->b->file))
		span.end = last.end;
	const char *message =
		wls_arena_printf(&log->check->arena, "%.*s: %s against %s",
				 WLS_SLICE_ARG(c->a->name), shown(log, c->a), shown(log, c->b));
	wls_check_add(log, file, WLS_RULE_CONTRADICTION, span, key, message);
}

static void report_two_values(const struct wls_check_log *log, const struct wls_contradiction *c,
			      struct wls_slice key)
{
	struct wls_arena *arena = &log->check->arena;
	struct wls_check_span span = span_of(c->b);
	bool same = wls_slice_eq(c->a->file, c->b->file);
	const char *file =
		same ? "" : wls_arena_printf(arena, " of %.*s", WLS_SLICE_ARG(c->a->file));
	const char *message =
		wls_arena_printf(arena, "%.*s is %.*s here and %.*s in line %u%s, both of v%u",
				 WLS_SLICE_ARG(c->b->name), WLS_SLICE_ARG(c->b->text),
				 WLS_SLICE_ARG(c->a->text), c->a->line, file, c->b->version);

	wls_check_add(log, file_of(log, c->b), WLS_RULE_CONTRADICTION, span, key, message);
}

static bool is_of_progress(const struct wls_claim *claim)
{
	return claim->kind == WLS_CLAIM_PROGRESS || claim->kind == WLS_CLAIM_BUDGET;
}

static bool is_told(const struct wls_contradiction *c)
{
	if (c->kind == WLS_CONTRADICTION_STATED)
		return true;
	return !is_of_progress(c->a) && !is_of_progress(c->b);
}

static void check_contradictions(const struct wls_check_log *log, const struct wls_trends *trends)
{
	struct wls_arena *arena = &log->check->arena;
	struct wls_map seen = {0};

	for (size_t i = 0; i < trends->contradiction_count; i++) {
		const struct wls_contradiction *c = &trends->contradictions[i];
		struct wls_slice name = trends->metrics[c->metric].key;
		if (!is_told(c))
			continue;
		/* What is carried from entry to entry is told once. */
		struct wls_slice key = wls_slice_of(wls_arena_printf(
			arena, "%.*s v%u %.*s v%u %.*s", WLS_SLICE_ARG(name), c->a->version,
			WLS_SLICE_ARG(c->a->text), c->b->version, WLS_SLICE_ARG(c->b->text)));
		uint32_t *told = wls_map_at(&seen, key);
		if (*told != WLS_MAP_NONE)
			continue;
		*told = 1;
		if (c->kind == WLS_CONTRADICTION_STATED)
			report_stated(log, c, key);
		else
			report_two_values(log, c, key);
	}
	wls_map_release(&seen);
}

/* ---- regressions and targets ---- */

/* Whether a name is that of something set, not measured: `Retry delay`, `Max upload size`. */
static bool names_setting(struct wls_slice name)
{
	static const char *const words[] = {
		"backoff",  "budget",   "cap",   "debounce", "default", "delay",
		"expiry",   "interval", "limit", "lifetime", "max",     "maximum",
		"min",      "minimum",  "quota", "setting",  "sleep",   "threshold",
		"throttle", "timeout",  "ttl",   "wait",     "window",
	};
	for (size_t i = 0, end; i < name.len; i = end + 1) {
		for (end = i; end < name.len && wls_is_alnum(name.ptr[end]); end++)
			;
		for (size_t k = 0; k < WLS_ARRAY_SIZE(words); k++)
			if (wls_slice_eq_nocase(wls_slice(name.ptr + i, end - i),
						wls_slice_of(words[k])))
				return true;
	}
	return false;
}

/* What Work and Decisions state was done or settled; elsewhere it is how things are. */
static bool is_of_work(const struct wls_claim *claim)
{
	for (const struct wls_node *n = claim->node; n; n = n->parent)
		if (n->key == WLS_KEY_WORK || n->key == WLS_KEY_DECISIONS)
			return true;
	return false;
}

/* What a heading tells of its bug (`Memory leak (200MB→2GB over 2h)`) is the bug itself. */
static bool is_of_bug(const struct wls_claim *claim)
{
	return claim->node && claim->node->key == WLS_KEY_BUG;
}

static bool is_measured(const struct wls_claim *claim)
{
	if (is_of_bug(claim))
		return false;
	if (claim->kind == WLS_CLAIM_TREND || claim->kind == WLS_CLAIM_CURRENT)
		return true;
	return claim->kind == WLS_CLAIM_STATEMENT && *claim->unit != '\0' &&
	       !names_setting(claim->name) && !is_of_work(claim);
}

static bool is_sentence(const struct wls_claim *claim)
{
	return claim->kind == WLS_CLAIM_STATEMENT;
}

/*
 * A sentence of an older entry, or better since: that is history. And what got worse within one version
 * is how the work went.
 */
static bool is_over(const struct wls_check_log *log, const struct wls_regression *r)
{
	struct wls_rule_entry newest;

	if (r->claim->version <= r->better->version)
		return true;
	if (!is_sentence(r->claim))
		return false;
	return !r->newest || (r->claim->entry > 0 && wls_rule_newest(log, &newest) &&
			      r->claim->entry < newest.entry->version);
}

static void check_regression(const struct wls_check_log *log, const struct wls_metric *metric,
			     const struct wls_regression *r)
{
	struct wls_check_span span = span_of(r->claim);
	struct wls_arena *arena = &log->check->arena;
	bool has_target = metric->target_count > 0;
	bool meets = has_target && !metric->points[r->point].misses;

	if (meets || is_over(log, r) || !is_measured(r->claim) || !is_measured(r->better))
		return;
	const char *key =
		wls_arena_printf(arena, "%.*s v%u", WLS_SLICE_ARG(metric->key), r->claim->version);
	const char *message = wls_arena_printf(arena, "%.*s got worse: %s, after %s",
					       WLS_SLICE_ARG(r->claim->name), shown(log, r->claim),
					       shown(log, r->better));
	wls_check_put(
		log, file_of(log, r->claim),
		&(struct wls_new_finding){
			.rule = WLS_RULE_REGRESSION,
			.span = span,
			.key = wls_slice_of(key),
			.message = message,
			.note = !has_target && (is_sentence(r->claim) || is_sentence(r->better)),
		});
}

static bool is_worked_on(const struct wls_claim *claim)
{
	uint8_t mark = claim->node ? claim->node->mark : WLS_MARK_NONE;

	return mark == WLS_MARK_ACTIVE || mark == WLS_MARK_PENDING;
}

static void check_target(const struct wls_check_log *log, const struct wls_metric *metric,
			 const struct wls_regression *r)
{
	struct wls_check_span span = span_of(r->claim);

	if (!r->newest || is_of_progress(r->claim) || is_worked_on(r->claim))
		return;
	const char *message =
		wls_arena_printf(&log->check->arena, "%.*s misses its target: %s, target %.*s",
				 WLS_SLICE_ARG(r->claim->name), shown(log, r->claim),
				 WLS_SLICE_ARG(r->better->text));
	wls_check_add(log, file_of(log, r->claim), WLS_RULE_TARGET_MISSED, span, metric->key,
		      message);
}

static void check_regressions(const struct wls_check_log *log, const struct wls_trends *trends)
{
	for (size_t i = 0; i < trends->regression_count; i++) {
		const struct wls_regression *r = &trends->regressions[i];
		const struct wls_metric *metric = &trends->metrics[r->metric];
		if (r->kind == WLS_REGRESSION_BEST)
			check_regression(log, metric, r);
		else
			check_target(log, metric, r);
	}
}

/* ---- logs without figures ---- */

/* Whether a number at `i` may be a figure: nothing before it ties it to a word, a path or a date. */
static bool may_begin_figure(struct wls_slice source, size_t i)
{
	char before = i > 0 ? source.ptr[i - 1] : ' ';

	/* A sign, but for the one within `2025-11`. */
	if (before == '-')
		return i < 2 || !wls_is_alnum(source.ptr[i - 2]);
	return !wls_is_alnum(before) && before != '_' && before != '.' && before != '/';
}

/* The line around `at`. */
static struct wls_slice line_around(struct wls_slice source, size_t at)
{
	size_t begin = at, end = at;

	while (begin > 0 && source.ptr[begin - 1] != '\n' && source.ptr[begin - 1] != '\r')
		begin--;
	while (end < source.len && source.ptr[end] != '\n' && source.ptr[end] != '\r')
		end++;
	return wls_slice(source.ptr + begin, end - begin);
}

/* `## …`; `#12: …` is text. */
static bool is_heading(struct wls_slice line)
{
	enum { LEVELS = 6 };
	size_t n = 0;

	while (n < line.len && line.ptr[n] == '#')
		n++;
	return n > 0 && n <= LEVELS && n < line.len && (line.ptr[n] == ' ' || line.ptr[n] == '\t');
}

/* A heading, with its date and time, or a line of Progress on which no other field begins. */
static bool is_without_measures(struct wls_slice line)
{
	const struct wls_slice progress = WLS_SLICE("**Progress:**");

	if (!wls_slice_starts(line, progress))
		return is_heading(line);
	line = wls_slice_from(line, progress.len);
	return !memchr(line.ptr, ':', line.len) &&
	       wls_slice_find(line, WLS_SLICE("\xEF\xBC\x9A")) == SIZE_MAX; /* ： */
}

/* Whether the number that begins at `at` is that of a list's item. */
static bool numbers_item(struct wls_slice line, size_t at)
{
	size_t end = at;

	if (wls_slice_trim(wls_slice(line.ptr, at)).len > 0)
		return false;
	while (end < line.len && wls_is_digit(line.ptr[end]))
		end++;
	return end + 1 < line.len && (line.ptr[end] == '.' || line.ptr[end] == ')') &&
	       line.ptr[end + 1] == ' ';
}

/*
 * Whether anything but Progress may hold a figure. All that is told above is measured, has a target or
 * names its version, which progress alone never does: most logs need not be read for it.
 */
static bool may_measure(struct wls_slice source)
{
	for (size_t i = 0; i < source.len; i++) {
		if (!wls_is_digit(source.ptr[i]) || !may_begin_figure(source, i))
			continue;
		struct wls_slice line = line_around(source, i);
		size_t at = (size_t)(source.ptr + i - line.ptr);
		if (is_without_measures(line))
			i += line.len - at;
		else if (!numbers_item(line, at))
			return true;
	}
	return false;
}

static bool any_measures(const struct wls_check_log *log)
{
	for (size_t i = 0; i < log->count; i++)
		if (may_measure(log->files[i].doc->source))
			return true;
	return false;
}

/* ---- all ---- */

void wls_rules_figures(const struct wls_check_log *log)
{
	const struct wls_check *check = log->check;

	if (!wls_check_wants(check, WLS_RULE_CONTRADICTION) &&
	    !wls_check_wants(check, WLS_RULE_REGRESSION) &&
	    !wls_check_wants(check, WLS_RULE_TARGET_MISSED))
		return;
	if (!any_measures(log))
		return;
	_cleanup_trends_ struct wls_trends *trends = wls_trends_new();
	for (size_t i = 0; i < log->count; i++)
		wls_trends_add(trends, log->files[i].path, log->files[i].doc, i >= log->part_count);
	wls_trends_build(trends);
	check_contradictions(log, trends);
	check_regressions(log, trends);
}
