/* SPDX-License-Identifier: MIT */
/*
 * Patterns: which one a field or section is, and what it says.
 *
 * Layer: doc. Includes: base, doc, figure, pattern.
 *
 * One table tells the pattern of a key and what reads its rows. A few keys need a look at the node: a
 * range of versions makes a step of an evolution, items that all begin with a version make an
 * implementation pattern whatever it is called.
 */
#include "doc/pattern_internal.h"

const char *wls_pattern_name(enum wls_pattern_kind kind)
{
	static const char *const names[] = {
#define X(name, text) [WLS_PATTERN_##name] = (text),
		WLS_PATTERN_TABLE(X)
#undef X
	};
	return names[kind];
}

typedef void wls_pattern_reader(struct wls_doc *doc, struct wls_node *node,
				struct wls_pattern *out);

/* ---- patterns that are no lists ---- */

/* `Phase 2/3` at the start. */
static void read_phase_of(struct wls_slice text, struct wls_progress *out)
{
	uint32_t numbers[2] = {0, 0};
	if (!wls_slice_starts_nocase(text, WLS_SLICE("phase ")))
		return;
	size_t i = 6;
	for (size_t k = 0; k < 2; k++) {
		for (size_t from = i; i < text.len && i - from < 6 && wls_is_digit(text.ptr[i]);
		     i++)
			numbers[k] = numbers[k] * 10 + (uint32_t)(text.ptr[i] - '0');
		if (k == 0 && (i >= text.len || text.ptr[i++] != '/'))
			break;
	}
	out->phase = numbers[0];
	out->phases = numbers[1];
}

static void read_progress(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out)
{
	struct wls_progress *p = &out->progress;
	struct wls_element *components = NULL;
	struct wls_slice value, part;
	const struct wls_node *holder = wls_node_value(doc, node, &value);
	struct wls_slice flat = wls_text_flatten(doc, value), rest = flat;
	struct wls_flat_place place = wls_flat_place_of(doc, value);
	p->percent = wls_progress_parse(rest, &p->from);
	bool first = true;
	for (; wls_next_part(&rest, '|', &part); first = false) {
		if (part.len == 0)
			continue;
		if (first) {
			read_phase_of(part, p);
			/* A first part without a figure is a component like the others. */
			if (p->percent >= 0 || p->phase > 0 || rest.len == 0) {
				p->summary = part;
				continue;
			}
		}
		struct wls_element *c = WLS_ARENA_MORE(&doc->arena, components, p->component_count);
		wls_element_parse(part, c);
		c->node = holder;
		c->at = wls_flat_place_at(&place, (size_t)(part.ptr - flat.ptr), holder->begin);
	}
	p->components = components;
}

static void read_name(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out)
{
	out->name = wls_text_flatten(doc, node->text);
	if (out->kind == WLS_PATTERN_BUG)
		out->figures = wls_figures_of(&doc->arena, out->name, &out->figure_count);
}

static void read_solution(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out)
{
	wls_pattern_statements(doc, node, out);
	if (out->statement_count == 0)
		return;
	/* `src/a.ts:89-110 - what was done`: the place, and the words. */
	struct wls_statement *copy =
		WLS_ARENA_ARRAY(&doc->arena, struct wls_statement, out->statement_count);
	for (size_t i = 0; i < out->statement_count; i++) {
		copy[i] = out->statements[i];
		if (copy[i].reference_count == 0 || copy[i].references[0].at > 0)
			continue;
		struct wls_slice rest =
			wls_slice_trim(wls_slice_from(copy[i].text, copy[i].references[0].end));
		size_t dash = wls_dash_at(rest);
		if (dash > 0)
			copy[i].text = wls_slice_trim(wls_slice_from(rest, dash));
	}
	out->statements = copy;
}

static void read_evolution(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out)
{
	out->name = wls_text_flatten(doc, node->text);
	if (node->version == 0) {
		if (wls_slice_ends_nocase(out->name, WLS_SLICE(" evolution")))
			out->name = wls_slice_trim(wls_slice(out->name.ptr, out->name.len - 10));
		return;
	}
	out->kind = WLS_PATTERN_EVOLUTION_STEP;
	out->versions = (struct wls_versions){node->version, node->version_last,
					      (node->flags & WLS_NODE_OPEN_RANGE) != 0};
	out->attributes = wls_node_attributes(doc, node, &out->attribute_count);
}

static void read_phase(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out)
{
	struct wls_slice value = node->kind == WLS_NODE_FIELD ? node->text : wls_slice(NULL, 0);
	wls_phase_parse(node->label, wls_text_flatten(doc, value), &out->phase);
	out->phase.components = wls_pattern_items(doc, node, &out->phase.component_count);
}

static void read_token_budget(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out)
{
	struct wls_slice value;
	wls_node_value(doc, node, &value);
	out->name = wls_text_flatten(doc, value);
	out->percent = wls_percent_in(out->name);
	static const char *const spent[] = {"used", "spent", "consumed", "gone"};
	for (size_t i = 0; out->percent >= 0 && i < WLS_ARRAY_SIZE(spent); i++)
		if (wls_slice_ends_nocase(out->name, wls_slice_of(spent[i]))) {
			out->percent = 100 - out->percent;
			break;
		}
}

/* Whether the node's items all begin with a version, and there are several. */
static bool has_version_items(struct wls_doc *doc, struct wls_node *node)
{
	size_t count = 0;
	for (struct wls_node *n = wls_node_children(doc, node); n; n = n->next) {
		if (n->kind != WLS_NODE_ITEM)
			continue;
		if (n->version == 0)
			return false;
		count++;
	}
	return count > 1;
}

static void read_implementation(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out)
{
	if (!has_version_items(doc, node)) {
		out->kind = WLS_PATTERN_NONE;
		return;
	}
	out->name = wls_text_flatten(doc, node->label);
	wls_pattern_statements(doc, node, out);
}

/* ---- which pattern ---- */

static const struct {
	enum wls_pattern_kind kind;
	wls_pattern_reader *fill;
} readers[] = {
	[WLS_KEY_PROGRESS] = {WLS_PATTERN_PROGRESS, read_progress},
	[WLS_KEY_FEATURE] = {WLS_PATTERN_FEATURE, read_name},
	[WLS_KEY_BUG] = {WLS_PATTERN_BUG, read_name},
	[WLS_KEY_DONE] = {WLS_PATTERN_ELEMENTS, wls_pattern_elements},
	[WLS_KEY_ACTIVE] = {WLS_PATTERN_ELEMENTS, wls_pattern_elements},
	[WLS_KEY_BACKLOG] = {WLS_PATTERN_ELEMENTS, wls_pattern_elements},
	[WLS_KEY_TRIED] = {WLS_PATTERN_ELEMENTS, wls_pattern_elements},
	[WLS_KEY_DEAD_ENDS] = {WLS_PATTERN_ELEMENTS, wls_pattern_elements},
	[WLS_KEY_COMPLETED] = {WLS_PATTERN_ELEMENTS, wls_pattern_elements},
	[WLS_KEY_DEFERRED] = {WLS_PATTERN_ELEMENTS, wls_pattern_elements},
	[WLS_KEY_COMPONENTS] = {WLS_PATTERN_ELEMENTS, wls_pattern_elements},
	[WLS_KEY_HYPOTHESES] = {WLS_PATTERN_HYPOTHESES, wls_pattern_hypotheses},
	[WLS_KEY_SOLUTION] = {WLS_PATTERN_SOLUTION, read_solution},
	[WLS_KEY_EVOLUTION] = {WLS_PATTERN_EVOLUTION, read_evolution},
	[WLS_KEY_IMPLEMENTATION_PATTERNS] = {WLS_PATTERN_IMPLEMENTATION, read_implementation},
	[WLS_KEY_OTHER] = {WLS_PATTERN_IMPLEMENTATION, read_implementation},
	[WLS_KEY_PATTERN_RECOGNITION] = {WLS_PATTERN_RECOGNITION, wls_pattern_findings},
	[WLS_KEY_CONTRADICTIONS] = {WLS_PATTERN_CONTRADICTIONS, wls_pattern_findings},
	[WLS_KEY_TRENDS] = {WLS_PATTERN_TRENDS, wls_pattern_findings},
	[WLS_KEY_PHASE] = {WLS_PATTERN_PHASE, read_phase},
	[WLS_KEY_PERFORMANCE_TARGETS] = {WLS_PATTERN_TARGETS, wls_pattern_targets},
	[WLS_KEY_DECISIONS] = {WLS_PATTERN_DECISIONS, wls_pattern_statements},
	[WLS_KEY_DECISIONS_LOG] = {WLS_PATTERN_DECISIONS_LOG, wls_pattern_statements},
	[WLS_KEY_LESSONS] = {WLS_PATTERN_LESSONS, wls_pattern_statements},
	[WLS_KEY_BLOCKER_RESOLUTION] = {WLS_PATTERN_RESOLUTION, wls_pattern_statements},
	[WLS_KEY_REVIEW_CHECKLIST] = {WLS_PATTERN_CHECKLIST, wls_pattern_statements},
	[WLS_KEY_REVIEWER_NOTES] = {WLS_PATTERN_REVIEWER_NOTES, wls_pattern_notes},
	[WLS_KEY_REVIEW_FEEDBACK] = {WLS_PATTERN_FEEDBACK, wls_pattern_statements},
	[WLS_KEY_TOKEN_BUDGET] = {WLS_PATTERN_TOKEN_BUDGET, read_token_budget},
	[WLS_KEY_FILES] = {WLS_PATTERN_FILES, wls_pattern_files},
	[WLS_KEY_WORK] = {WLS_PATTERN_WORK, wls_pattern_statements},
};

/* Whether the reader found anything to say. */
static bool says_nothing(const struct wls_pattern *p)
{
	if (p->kind == WLS_PATTERN_NONE)
		return true;
	if (p->kind == WLS_PATTERN_PROGRESS)
		return p->progress.summary.len == 0 && p->progress.component_count == 0;
	if (p->kind == WLS_PATTERN_PHASE || p->kind == WLS_PATTERN_EVOLUTION_STEP)
		return false;
	return p->name.len == 0 && p->element_count == 0 && p->hypothesis_count == 0 &&
	       p->statement_count == 0 && p->finding_count == 0 && p->target_count == 0 &&
	       p->note_count == 0 && p->file_count == 0;
}

const struct wls_pattern *wls_pattern_read(struct wls_doc *doc, struct wls_node *node)
{
	if ((node->kind != WLS_NODE_FIELD && node->kind != WLS_NODE_SECTION) ||
	    node->key >= WLS_ARRAY_SIZE(readers) || !readers[node->key].fill)
		return NULL;
	struct wls_pattern *pattern = WLS_ARENA_NEW(&doc->arena, struct wls_pattern);
	*pattern = (struct wls_pattern){
		.kind = readers[node->key].kind,
		.node = node,
		.percent = -1,
	};
	readers[node->key].fill(doc, node, pattern);
	return says_nothing(pattern) ? NULL : pattern;
}

/* ---- attributes ---- */

static bool is_attribute(const struct wls_node *node)
{
	return node->kind == WLS_NODE_ITEM && (node->flags & WLS_NODE_ATTRIBUTE);
}

/* Adds the attributes from `node` on, up to the next item that is none. */
static void add_attributes(struct wls_doc *doc, struct wls_node *node, struct wls_attribute **list,
			   size_t *count)
{
	for (; node; node = node->next) {
		if (node->kind != WLS_NODE_ITEM)
			continue;
		if (!is_attribute(node))
			return;
		*WLS_ARENA_MORE(&doc->arena, *list, *count) = (struct wls_attribute){
			.key = node->key,
			.label = node->label,
			.text = wls_text_flatten(doc, node->text),
			.node = node,
		};
	}
}

const struct wls_attribute *wls_node_attributes(struct wls_doc *doc, struct wls_node *node,
						size_t *count)
{
	struct wls_attribute *list = NULL;
	*count = 0;
	add_attributes(doc, wls_node_children(doc, node), &list, count);
	if (node->kind == WLS_NODE_ITEM)
		add_attributes(doc, node->next, &list, count);
	return list;
}
