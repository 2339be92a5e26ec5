/* SPDX-License-Identifier: MIT */
/*
 * Claims of a document: every figure with a name, from every place where the format carries them.
 *
 * Layer: trends. Includes: base, doc, figure, pattern, trends.
 *
 * One walk over the tree. What a key's pattern reads is taken from the pattern; all other text is
 * scanned for named figures, but for keys that speak of something else than what is (Prev tells what
 * was, Next what should be, Files and Blockers name no measures). The context goes down with the walk:
 * which entry, which version the words are about, which feature a Progress belongs to.
 */
#include "trends/collect.h"

static void visit(struct wls_collector *c, struct wls_node *node,
		  struct wls_collect_context context);

/* ---- places ---- */

/*
 * The offset of a figure. A text of several lines was joined in the arena: there its figures are looked
 * for in order, each a bounded number of bytes behind the one before.
 */
static uint32_t place_of(struct wls_collector *c, const struct wls_node *node,
			 struct wls_slice text)
{
	enum { WINDOW = 4096 };
	struct wls_slice source = c->doc->source;
	if (text.ptr >= source.ptr && text.ptr < source.ptr + source.len)
		return (uint32_t)(text.ptr - source.ptr);
	if (c->place_node != node) {
		c->place_node = node;
		c->place = node->begin;
	}
	size_t end = c->place + WINDOW < node->end ? c->place + WINDOW : node->end;
	if (c->place >= end)
		return node->begin;
	size_t found = wls_slice_find(wls_slice(source.ptr + c->place, end - c->place), text);
	if (found == SIZE_MAX)
		return (uint32_t)c->place;
	uint32_t at = (uint32_t)(c->place + found);
	c->place = at + text.len;
	return at;
}

/* ---- claims ---- */

struct wls_claim *wls_collect_claim(struct wls_collector *c,
				    const struct wls_collect_context *context,
				    enum wls_claim_kind kind, struct wls_slice name,
				    const struct wls_node *node)
{
	struct wls_trends_intake *intake = c->intake;
	WLS_GROW(intake->claims, intake->claim_cap, intake->claim_count + 1);
	struct wls_claim *claim = &intake->claims[intake->claim_count++];
	*claim = (struct wls_claim){
		.kind = kind,
		.name = name,
		.metric = WLS_METRIC_NONE,
		.unit = "",
		.version = context->version,
		.entry = context->entry,
		.pinned = context->pinned,
		.snapshot = c->snapshot,
		.file = c->file,
		.at = node->begin,
		.node = node,
	};
	return claim;
}

void wls_collect_figure(struct wls_collector *c, struct wls_claim *claim,
			const struct wls_figure *figure)
{
	double factor;
	claim->text = figure->text;
	claim->comparison = figure->comparison;
	claim->unit = wls_unit_normalise(&c->trends->arena, figure->unit, &factor);
	claim->value = figure->value * factor;
	claim->note = figure->note;
	claim->at = place_of(c, claim->node, figure->text);
	if (figure->version > 0) {
		claim->version = figure->version;
		claim->pinned = true;
	}
}

static void set_percent(struct wls_claim *claim, int percent, struct wls_slice text, uint32_t at)
{
	claim->unit = "%";
	claim->value = percent;
	claim->text = text;
	claim->at = at;
}

/* The last percentage of a text, and the one before it; a text without one: false. */
static bool last_percents(struct wls_slice text, struct wls_figure *last, struct wls_figure *before)
{
	struct wls_figure figure;
	bool found = false;
	for (size_t at = 0; wls_figure_next(text, &at, &figure);) {
		if (!wls_slice_eq(figure.unit, WLS_SLICE("%")))
			continue;
		*before = found ? *last : figure;
		*last = figure;
		found = true;
	}
	return found;
}

uint32_t wls_collect_newest(const struct wls_collector *c,
			    const struct wls_collect_context *context)
{
	return context->entry > 0 ? context->entry : c->version;
}

/* ---- progress and components ---- */

static void add_element(struct wls_collector *c, const struct wls_collect_context *context,
			enum wls_key key, const struct wls_element *e)
{
	struct wls_slice name = wls_metric_name(e->name);
	bool done = e->mark == WLS_MARK_DONE || (key == WLS_KEY_DONE && e->percent < 0);
	if ((e->percent >= 0 || done) && wls_metric_named(name)) {
		int percent = e->percent >= 0 ? e->percent : 100;
		struct wls_claim *claim =
			wls_collect_claim(c, context, WLS_CLAIM_COMPONENT, name, e->node);
		const char *text = e->percent >= 0
					   ? wls_arena_printf(&c->trends->arena, "%d%%", percent)
					   : "\xE2\x9C\x85";
		set_percent(claim, percent, wls_slice_of(text), e->at);
		claim->implied = e->percent < 0;
	}
	for (size_t i = 0; i < e->element_count; i++)
		add_element(c, context, key, &e->elements[i]);
}

static void add_progress(struct wls_collector *c, const struct wls_collect_context *context,
			 const struct wls_pattern *p)
{
	struct wls_figure last = {0}, before = {0};
	struct wls_slice name = context->holder.len > 0 ? context->holder : WLS_SLICE("Progress");
	bool found = last_percents(p->progress.summary, &last, &before);
	if (p->progress.percent >= 0 && found && wls_metric_named(name)) {
		struct wls_slice text = before.text;
		if (p->progress.from >= 0) {
			struct wls_claim *from =
				wls_collect_claim(c, context, WLS_CLAIM_PROGRESS, name, p->node);
			set_percent(from, p->progress.from, text, place_of(c, p->node, text));
			from->earlier = true;
		}
		struct wls_claim *claim =
			wls_collect_claim(c, context, WLS_CLAIM_PROGRESS, name, p->node);
		set_percent(claim, p->progress.percent, last.text, place_of(c, p->node, last.text));
	}
	for (size_t i = 0; i < p->progress.component_count; i++)
		add_element(c, context, WLS_KEY_PROGRESS, &p->progress.components[i]);
}

static void add_phase(struct wls_collector *c, const struct wls_collect_context *context,
		      const struct wls_pattern *p)
{
	const struct wls_phase *phase = &p->phase;
	struct wls_slice name = phase->name;
	bool done = phase->percent < 0 && phase->mark == WLS_MARK_DONE;
	if (phase->number > 0)
		name = wls_slice_of(wls_arena_printf(&c->trends->arena, "Phase %u%s%.*s",
						     phase->number, name.len > 0 ? ": " : "",
						     WLS_SLICE_ARG(name)));
	if ((phase->percent >= 0 || done) && wls_metric_named(name)) {
		int percent = done ? 100 : phase->percent;
		struct wls_claim *claim =
			wls_collect_claim(c, context, WLS_CLAIM_COMPONENT, name, p->node);
		const char *text = done ? "\xE2\x9C\x85"
					: wls_arena_printf(&c->trends->arena, "%d%%", percent);
		set_percent(claim, percent, wls_slice_of(text), p->node->begin);
		claim->implied = done;
	}
	for (size_t i = 0; i < phase->component_count; i++)
		add_element(c, context, WLS_KEY_PHASE, &phase->components[i]);
}

static void add_budget(struct wls_collector *c, const struct wls_collect_context *context,
		       const struct wls_pattern *p)
{
	struct wls_figure last = {0}, before;
	if (p->percent < 0 || !last_percents(p->name, &last, &before))
		return;
	struct wls_claim *claim =
		wls_collect_claim(c, context, WLS_CLAIM_BUDGET, WLS_SLICE("Token budget"), p->node);
	set_percent(claim, p->percent, last.text, place_of(c, p->node, last.text));
}

/* ---- targets ---- */

static void add_target(struct wls_collector *c, const struct wls_collect_context *context,
		       const struct wls_target *target)
{
	struct wls_slice name = wls_metric_name(target->name);
	if (!wls_metric_named(name))
		return;
	wls_collect_figure(c, wls_collect_claim(c, context, WLS_CLAIM_TARGET, name, target->node),
			   &target->target);
	if (!target->current.known)
		return;
	struct wls_figure current = target->current;
	/* `<2 s (current: 1.8)`: the unit is the target's. */
	if (current.unit.len == 0)
		current.unit = target->target.unit;
	wls_collect_figure(c, wls_collect_claim(c, context, WLS_CLAIM_CURRENT, name, target->node),
			   &current);
}

/* ---- free text ---- */

/* `85% (v3) vs 60% (v7)` anywhere: both with their versions. */
static bool scan_contradiction(struct wls_collector *c, const struct wls_collect_context *context,
			       const struct wls_node *node, struct wls_slice text)
{
	struct wls_finding found;
	if (wls_slice_find(text, WLS_SLICE(" vs")) == SIZE_MAX ||
	    !wls_contradiction_parse(&c->doc->arena, text, &found) || found.figure_count != 2 ||
	    found.figures[0].version == 0 || found.figures[1].version == 0)
		return false;
	found.node = node;
	size_t before = c->intake->pair_count;
	wls_collect_contradiction(c, context, &found);
	return c->intake->pair_count > before;
}

/* Claims of a text; `name`, when not empty, names a figure at its very beginning. */
static void scan_text(struct wls_collector *c, const struct wls_collect_context *context,
		      const struct wls_node *node, struct wls_slice name, struct wls_slice text)
{
	struct wls_slice flat = wls_text_flatten(c->doc, text);
	struct wls_named_scan scan = {.text = flat, .name = name};
	struct wls_named named;
	if (flat.len == 0 || scan_contradiction(c, context, node, flat))
		return;
	while (wls_named_next(&scan, &named)) {
		/* `Node: 80ms in v18` is about another version than one of the log. */
		uint32_t newest = wls_collect_newest(c, context);
		if (newest > 0 && named.figure.version > newest)
			continue;
		struct wls_claim *claim =
			wls_collect_claim(c, context, WLS_CLAIM_STATEMENT, named.name, node);
		wls_collect_figure(c, claim, &named.figure);
		claim->earlier = named.earlier && named.figure.version == 0;
	}
}

/* The label of a field or item as a name for the figure behind it. */
static struct wls_slice label_name(const struct wls_node *node)
{
	struct wls_slice name = wls_metric_name(node->label), last;
	bool known = node->key != WLS_KEY_OTHER && node->key != WLS_KEY_NONE;
	(void)wls_cut_last_word(name, &last);
	return !known && node->version == 0 && wls_metric_named(name) &&
			       !wls_word_in(last, "target targets goal limit budget estimate")
		       ? name
		       : wls_slice(NULL, 0);
}

static void visit_children(struct wls_collector *c, struct wls_node *node,
			   const struct wls_collect_context *context)
{
	for (struct wls_node *n = wls_node_children(c->doc, node); n; n = n->next)
		visit(c, n, *context);
}

static void visit_item(struct wls_collector *c, struct wls_node *node,
		       struct wls_collect_context context)
{
	bool attribute = node->flags & WLS_NODE_ATTRIBUTE;
	bool told = !attribute || node->key == WLS_KEY_OTHER || node->key == WLS_KEY_NONE ||
		    node->key == WLS_KEY_ISSUE || node->key == WLS_KEY_RESULT;
	bool checklist = node->parent && node->parent->key == WLS_KEY_REVIEW_CHECKLIST;
	bool open = (node->flags & WLS_NODE_CHECKBOX) && !(node->flags & WLS_NODE_TICKED);
	bool off = (open && !checklist) || (node->flags & WLS_NODE_STRUCK) ||
		   node->mark == WLS_MARK_PENDING;
	if (context.only_fields || !told || off)
		return;
	if (node->version > 0 && node->version == node->version_last &&
	    !(node->flags & WLS_NODE_OPEN_RANGE)) {
		context.version = node->version;
		context.pinned = true;
	}
	scan_text(c, &context, node, label_name(node), node->text);
	visit_children(c, node, &context);
}

/* ---- fields and sections ---- */

/* Keys that tell of something else than what is. */
static bool is_silent(enum wls_key key)
{
	static const bool silent[] = {
		[WLS_KEY_PREV] = true,       [WLS_KEY_STATUS] = true,
		[WLS_KEY_STARTED] = true,    [WLS_KEY_TARGET] = true,
		[WLS_KEY_UPDATED] = true,    [WLS_KEY_CONTINUES] = true,
		[WLS_KEY_FILES] = true,      [WLS_KEY_BLOCKERS] = true,
		[WLS_KEY_NEXT] = true,       [WLS_KEY_DEPENDENCIES] = true,
		[WLS_KEY_OPEN] = true,       [WLS_KEY_HYPOTHESES] = true,
		[WLS_KEY_TRIED] = true,      [WLS_KEY_DEAD_ENDS] = true,
		[WLS_KEY_DEFERRED] = true,   [WLS_KEY_REVIEWER_NOTES] = true,
		[WLS_KEY_NEED] = true,       [WLS_KEY_OWNER] = true,
		[WLS_KEY_REQUESTED] = true,  [WLS_KEY_ETA] = true,
		[WLS_KEY_WORKAROUND] = true, [WLS_KEY_IMPLEMENTATION_PATTERNS] = true,
	};
	return key < WLS_ARRAY_SIZE(silent) && silent[key];
}

static void keep_decisions(struct wls_collector *c, const struct wls_pattern *p)
{
	struct wls_trends_intake *intake = c->intake;
	for (size_t i = 0; i < p->statement_count; i++) {
		if (p->statements[i].versions.first == 0)
			continue;
		WLS_GROW(intake->steps, intake->step_cap, intake->step_count + 1);
		intake->steps[intake->step_count] = (struct wls_step){
			.version = p->statements[i].versions.first,
			.order = (uint32_t)intake->step_count,
			.file = c->file,
			.doc = c->doc,
			.decisions = &p->statements[i],
			.decision_count = 1,
		};
		intake->step_count++;
	}
}

/* Takes the claims of a pattern; false when its key has none, and its text is to be scanned. */
static bool read_pattern(struct wls_collector *c, struct wls_node *node,
			 const struct wls_collect_context *context)
{
	static const bool typed[] = {
		[WLS_KEY_PROGRESS] = true,     [WLS_KEY_DONE] = true,
		[WLS_KEY_ACTIVE] = true,       [WLS_KEY_BACKLOG] = true,
		[WLS_KEY_COMPLETED] = true,    [WLS_KEY_COMPONENTS] = true,
		[WLS_KEY_PHASE] = true,        [WLS_KEY_PERFORMANCE_TARGETS] = true,
		[WLS_KEY_TRENDS] = true,       [WLS_KEY_CONTRADICTIONS] = true,
		[WLS_KEY_TOKEN_BUDGET] = true, [WLS_KEY_DECISIONS_LOG] = true,
	};
	if (node->key >= WLS_ARRAY_SIZE(typed) || !typed[node->key])
		return false;
	const struct wls_pattern *p = wls_pattern_read(c->doc, node);
	if (!p)
		return true;
	if (p->kind == WLS_PATTERN_PROGRESS)
		add_progress(c, context, p);
	else if (p->kind == WLS_PATTERN_PHASE)
		add_phase(c, context, p);
	else if (p->kind == WLS_PATTERN_TOKEN_BUDGET)
		add_budget(c, context, p);
	for (size_t i = 0; i < p->element_count; i++)
		add_element(c, context, node->key, &p->elements[i]);
	for (size_t i = 0; i < p->target_count; i++)
		add_target(c, context, &p->targets[i]);
	for (size_t i = 0; i < p->finding_count; i++)
		if (p->kind == WLS_PATTERN_TRENDS)
			wls_collect_trend(c, context, &p->findings[i]);
		else
			wls_collect_contradiction(c, context, &p->findings[i]);
	if (p->kind != WLS_PATTERN_DECISIONS_LOG)
		return true;
	keep_decisions(c, p);
	return false;
}

static void visit_keyed(struct wls_collector *c, struct wls_node *node,
			struct wls_collect_context context)
{
	if (is_silent(node->key))
		return;
	if (node->version > 0) {
		bool open = node->flags & WLS_NODE_OPEN_RANGE;
		uint32_t newest = wls_collect_newest(c, &context);
		context.version = open ? node->version : node->version_last;
		/* Of a phase that is still going on, or planned, the words tell how it is now. */
		if (newest > 0 && context.version > newest)
			context.version = newest;
		context.pinned = false;
	}
	context.only_fields = false;
	if (node->kind == WLS_NODE_SECTION)
		context.holder = wls_metric_name(
			wls_text_flatten(c->doc, node->text.len > 0 ? node->text : node->label));
	if (read_pattern(c, node, &context))
		context.only_fields = true;
	else if (node->kind == WLS_NODE_FIELD && !(node->flags & WLS_NODE_EMPTY))
		scan_text(c, &context, node, label_name(node), node->text);
	visit_children(c, node, &context);
}

/* ---- the walk ---- */

static bool is_seen(const struct wls_map *seen, uint32_t version)
{
	return wls_map_find(seen, wls_slice((const char *)&version, sizeof(version))) !=
	       WLS_MAP_NONE;
}

static void visit_entry(struct wls_collector *c, struct wls_node *node,
			struct wls_collect_context context)
{
	if (c->snapshot && is_seen(&c->intake->seen, node->version))
		return;
	context = (struct wls_collect_context){.entry = node->version, .version = node->version};
	visit_children(c, node, &context);
}

/* Depth is bounded by WLS_DEPTH_MAX and the levels of headings. */
static void visit(struct wls_collector *c, struct wls_node *node,
		  struct wls_collect_context context)
{
	switch ((enum wls_node_kind)node->kind) {
	case WLS_NODE_ENTRY:
		visit_entry(c, node, context);
		break;
	case WLS_NODE_HANDOFF:
		context.version = node->version > 0 ? node->version : context.version;
		visit_children(c, node, &context);
		break;
	case WLS_NODE_SECTION:
	case WLS_NODE_FIELD:
		visit_keyed(c, node, context);
		break;
	case WLS_NODE_ITEM:
		visit_item(c, node, context);
		break;
	case WLS_NODE_TABLE:
		wls_collect_table(c, &context, node);
		break;
	case WLS_NODE_PARAGRAPH:
		if (!context.only_fields)
			scan_text(c, &context, node, wls_slice(NULL, 0), node->text);
		break;
	default:
		break;
	}
}

/* ---- a file ---- */

static void keep_entries(struct wls_collector *c)
{
	struct wls_trends_intake *intake = c->intake;
	struct wls_doc *doc = c->doc;
	for (uint32_t i = doc->version_count; i > 0; i--) {
		const struct wls_entry *entry = &doc->entries[doc->by_version[i - 1]];
		WLS_GROW(intake->steps, intake->step_cap, intake->step_count + 1);
		intake->steps[intake->step_count] = (struct wls_step){
			.version = entry->version,
			.order = (uint32_t)intake->step_count,
			.file = c->file,
			.doc = doc,
			.entry = entry,
		};
		intake->step_count++;
		struct wls_slice key =
			wls_arena_copy(&c->trends->arena, wls_slice((const char *)&entry->version,
								    sizeof(entry->version)));
		*wls_map_at(&intake->seen, key) = 1;
	}
}

void wls_trends_add(struct wls_trends *trends, struct wls_slice file, struct wls_doc *doc,
		    bool snapshot)
{
	struct wls_trends_intake *intake = trends->intake;
	struct wls_facts facts;
	wls_doc_facts(doc, &facts);
	struct wls_collector c = {
		.trends = trends,
		.intake = intake,
		.doc = doc,
		.file = file,
		.version = facts.version,
		.snapshot = snapshot,
	};
	struct wls_collect_context context = {.version = facts.version};
	size_t first = intake->claim_count;
	if (intake->file_count++ == 0)
		trends->version = facts.version;
	if (!snapshot && trends->version > c.version)
		c.version = trends->version;
	visit_children(&c, doc->root, &context);
	wls_claims_locate(doc, intake->claims + first, intake->claim_count - first);
	keep_entries(&c);
}
