/* SPDX-License-Identifier: MIT */
/*
 * Patterns as JSON: an object with `type`, and what that type says.
 *
 * Layer: render. Includes: base, buf, doc, figure, pattern.
 */
#include "render/show_json.h"

/* ---- rows ---- */

void wls_show_figure(struct wls_show_writer *w, const struct wls_figure *figure)
{
	struct wls_json *json = &w->json;

	bool outer = wls_show_open(w);
	wls_json_put_text(json, "text", figure->text);
	wls_json_put_str(json, "comparison",
			 figure->known ? wls_comparison_sign(figure->comparison) : NULL);
	wls_json_key(json, "value");
	if (figure->known) {
		wls_buf_printf(json->out, "%.15g", figure->value);
		json->comma = true;
	} else {
		wls_json_null(json);
	}
	wls_json_put_text_or_null(json, "unit", figure->unit);
	wls_json_put_positive(json, "version", figure->version);
	wls_json_put_text_or_null(json, "note", figure->note);
	wls_show_close(w, outer);
}

static void put_figures(struct wls_show_writer *w, const struct wls_figure *figures, size_t count)
{
	wls_json_key(&w->json, "figures");
	wls_json_open(&w->json, '[');
	for (size_t i = 0; i < count; i++)
		wls_show_figure(w, &figures[i]);
	wls_json_close(&w->json, ']');
}

static void put_lines(struct wls_show_writer *w, const struct wls_reference *reference)
{
	wls_json_put_positive(&w->json, "first", reference->first);
	wls_json_put_positive(&w->json, "last", reference->last);
}

static void put_references(struct wls_show_writer *w, const struct wls_statement *statement)
{
	wls_json_key(&w->json, "references");
	wls_json_open(&w->json, '[');
	for (size_t i = 0; i < statement->reference_count; i++) {
		bool outer = wls_show_open(w);
		wls_json_put_text(&w->json, "path", statement->references[i].path);
		put_lines(w, &statement->references[i]);
		wls_show_close(w, outer);
	}
	wls_json_close(&w->json, ']');
}

static void put_elements(struct wls_show_writer *w, const char *key,
			 const struct wls_element *elements, size_t count)
{
	struct wls_json *json = &w->json;

	wls_json_key(json, key);
	wls_json_open(json, '[');
	for (size_t i = 0; i < count; i++) {
		const struct wls_element *e = &elements[i];
		bool outer = wls_show_open(w);
		wls_json_put_text(json, "name", e->name);
		wls_show_place_in(w, e->node, e->at);
		wls_json_put_str(json, "mark", wls_mark_name(e->mark));
		wls_json_put_str(json, "priority", wls_priority_name(e->priority));
		wls_json_put_natural(json, "percent", e->percent);
		wls_show_versions(w, e->versions);
		wls_json_put_bool(json, "planned", e->planned);
		wls_json_put_text_or_null(json, "files", e->files);
		wls_json_put_text_or_null(json, "blocker", e->blocker);
		wls_json_put_text_or_null(json, "note", e->note);
		put_elements(w, "elements", e->elements, e->element_count);
		wls_show_close(w, outer);
	}
	wls_json_close(json, ']');
}

static void put_statement(struct wls_show_writer *w, const struct wls_statement *s)
{
	struct wls_json *json = &w->json;

	bool outer = wls_show_open(w);
	wls_json_put_text(json, "text", s->text);
	wls_show_place(w, s->node);
	wls_json_put_text_or_null(json, "label", s->label);
	wls_json_put_text_or_null(json, "reason", s->reason);
	wls_show_versions(w, s->versions);
	wls_json_put_str(json, "mark", wls_mark_name(s->mark));
	wls_json_key(json, "checked");
	if (s->checkbox)
		wls_json_bool(json, s->ticked);
	else
		wls_json_null(json);
	put_figures(w, s->figures, s->figure_count);
	put_references(w, s);
	wls_show_close(w, outer);
}

static void put_statements(struct wls_show_writer *w, const char *key,
			   const struct wls_statement *list, size_t count)
{
	wls_json_key(&w->json, key);
	wls_json_open(&w->json, '[');
	for (size_t i = 0; i < count; i++)
		put_statement(w, &list[i]);
	wls_json_close(&w->json, ']');
}

static void put_hypotheses(struct wls_show_writer *w, const struct wls_pattern *p)
{
	struct wls_json *json = &w->json;

	wls_json_key(json, "hypotheses");
	wls_json_open(json, '[');
	for (size_t i = 0; i < p->hypothesis_count; i++) {
		const struct wls_hypothesis *h = &p->hypotheses[i];
		bool outer = wls_show_open(w);
		wls_json_put_text_or_null(json, "label", h->label);
		wls_json_put_text(json, "text", h->text);
		wls_show_place(w, h->node);
		wls_json_put_str(json, "verdict", wls_verdict_name(h->verdict));
		wls_json_put_text_or_null(json, "verdict_text", h->verdict_text);
		wls_json_put_str(json, "mark", wls_mark_name(h->mark));
		wls_json_put_text_or_null(json, "evidence", h->evidence);
		wls_show_versions(w, h->versions);
		wls_show_close(w, outer);
	}
	wls_json_close(json, ']');
}

static void put_named_versions(struct wls_show_writer *w, const struct wls_finding *f)
{
	wls_json_key(&w->json, "named");
	wls_json_open(&w->json, '[');
	for (size_t i = 0; i < f->version_count; i++) {
		wls_json_open(&w->json, '{');
		wls_json_put_int(&w->json, "first", f->versions[i].first);
		wls_json_put_positive(&w->json, "last",
				      f->versions[i].open ? 0 : f->versions[i].last);
		wls_json_close(&w->json, '}');
	}
	wls_json_close(&w->json, ']');
}

static void put_findings(struct wls_show_writer *w, const char *key, const struct wls_pattern *p)
{
	struct wls_json *json = &w->json;

	wls_json_key(json, key);
	wls_json_open(json, '[');
	for (size_t i = 0; i < p->finding_count; i++) {
		const struct wls_finding *f = &p->findings[i];
		bool outer = wls_show_open(w);
		wls_json_put_text(json, "name", f->name);
		wls_show_place(w, f->node);
		put_figures(w, f->figures, f->figure_count);
		wls_json_put_text_or_null(json, "remark", f->remark);
		put_named_versions(w, f);
		wls_json_key(json, "attributes");
		wls_json_open(json, '[');
		for (size_t k = 0; k < f->attribute_count; k++)
			wls_show_attribute(w, &f->attributes[k]);
		wls_json_close(json, ']');
		wls_show_close(w, outer);
	}
	wls_json_close(json, ']');
}

static void put_targets(struct wls_show_writer *w, const struct wls_pattern *p)
{
	struct wls_json *json = &w->json;

	wls_json_key(json, "targets");
	wls_json_open(json, '[');
	for (size_t i = 0; i < p->target_count; i++) {
		const struct wls_target *t = &p->targets[i];
		bool outer = wls_show_open(w);
		wls_json_put_text(json, "name", t->name);
		wls_show_place(w, t->node);
		wls_json_key(json, "target");
		wls_show_figure(w, &t->target);
		wls_json_key(json, "current");
		if (t->current.known)
			wls_show_figure(w, &t->current);
		else
			wls_json_null(json);
		wls_json_put_str(json, "mark", wls_mark_name(t->mark));
		wls_json_put_text_or_null(json, "note", t->note);
		wls_show_close(w, outer);
	}
	wls_json_close(json, ']');
}

/* `@a, @b` as an array. */
static void put_names(struct wls_show_writer *w, struct wls_slice names)
{
	wls_json_key(&w->json, "names");
	wls_json_open(&w->json, '[');
	for (size_t i = 0; i < names.len;) {
		size_t end = i;
		while (end < names.len && names.ptr[end] != ' ' && names.ptr[end] != '\t' &&
		       names.ptr[end] != ',')
			end++;
		if (end > i)
			wls_json_text(&w->json, wls_slice(names.ptr + i, end - i));
		i = end + 1;
	}
	wls_json_close(&w->json, ']');
}

static void put_notes(struct wls_show_writer *w, const struct wls_pattern *p)
{
	wls_json_key(&w->json, "notes");
	wls_json_open(&w->json, '[');
	for (size_t i = 0; i < p->note_count; i++) {
		const struct wls_review_note *note = &p->notes[i];
		bool outer = wls_show_open(w);
		put_names(w, note->names);
		wls_json_put_text_or_null(&w->json, "text", note->text);
		wls_show_place(w, note->node);
		put_statements(w, "points", note->points, note->point_count);
		wls_show_close(w, outer);
	}
	wls_json_close(&w->json, ']');
}

static void put_files(struct wls_show_writer *w, const struct wls_pattern *p)
{
	struct wls_json *json = &w->json;

	wls_json_key(json, "files");
	wls_json_open(json, '[');
	for (size_t i = 0; i < p->file_count; i++) {
		const struct wls_file_use *use = &p->files[i];
		bool outer = wls_show_open(w);
		wls_json_put_text(json, "path", use->file.path);
		put_lines(w, &use->file);
		wls_json_put_text_or_null(json, "why", use->why);
		wls_show_place(w, use->node);
		wls_json_key(json, "lines");
		wls_json_open(json, '[');
		for (size_t k = 0; k < use->line_count; k++) {
			const struct wls_reference none = {0};
			const struct wls_statement *s = &use->lines[k];
			bool around = wls_show_open(w);
			put_lines(w, s->reference_count > 0 ? s->references : &none);
			wls_json_put_text_or_null(json, "text", s->text);
			wls_show_close(w, around);
		}
		wls_json_close(json, ']');
		wls_show_close(w, outer);
	}
	wls_json_close(json, ']');
}

/* ---- patterns ---- */

static void put_progress(struct wls_show_writer *w, const struct wls_progress *p)
{
	wls_json_put_natural(&w->json, "percent", p->percent);
	wls_json_put_natural(&w->json, "from", p->from);
	wls_json_put_text_or_null(&w->json, "summary", p->summary);
	wls_json_put_positive(&w->json, "phase", p->phase);
	wls_json_put_positive(&w->json, "phases", p->phases);
	put_elements(w, "components", p->components, p->component_count);
}

static void put_phase(struct wls_show_writer *w, const struct wls_phase *p)
{
	wls_json_put_positive(&w->json, "number", p->number);
	wls_json_put_text_or_null(&w->json, "name", p->name);
	wls_show_versions(w, p->versions);
	wls_json_put_str(&w->json, "mark", wls_mark_name(p->mark));
	wls_json_put_text_or_null(&w->json, "state", p->state);
	wls_json_put_text_or_null(&w->json, "date", p->date);
	wls_json_put_natural(&w->json, "percent", p->percent);
	put_elements(w, "components", p->components, p->component_count);
}

/* The last attribute of that key. */
static void put_reason(struct wls_show_writer *w, const struct wls_pattern *p, enum wls_key key)
{
	struct wls_slice text = {0};

	for (size_t i = 0; i < p->attribute_count; i++)
		if (p->attributes[i].key == key)
			text = p->attributes[i].text;
	wls_json_put_text_or_null(&w->json, wls_key_name(key), text);
}

static void put_step(struct wls_show_writer *w, const struct wls_pattern *p)
{
	wls_show_versions(w, p->versions);
	wls_json_put_text_or_null(&w->json, "text", p->name);
	put_reason(w, p, WLS_KEY_ISSUE);
	put_reason(w, p, WLS_KEY_DECISION);
	put_reason(w, p, WLS_KEY_RESULT);
	put_reason(w, p, WLS_KEY_LESSON);
}

static void put_statement_pattern(struct wls_show_writer *w, const struct wls_pattern *p)
{
	static const char *const keys[] = {
		[WLS_PATTERN_SOLUTION] = "solutions",  [WLS_PATTERN_IMPLEMENTATION] = "steps",
		[WLS_PATTERN_DECISIONS] = "decisions", [WLS_PATTERN_DECISIONS_LOG] = "decisions",
		[WLS_PATTERN_LESSONS] = "lessons",     [WLS_PATTERN_RESOLUTION] = "steps",
		[WLS_PATTERN_CHECKLIST] = "checks",    [WLS_PATTERN_FEEDBACK] = "points",
		[WLS_PATTERN_WORK] = "changes",
	};
	put_statements(w, keys[p->kind], p->statements, p->statement_count);
}

static void put_pattern(struct wls_show_writer *w, const struct wls_pattern *p)
{
	switch (p->kind) {
	case WLS_PATTERN_PROGRESS:
		put_progress(w, &p->progress);
		break;
	case WLS_PATTERN_ELEMENTS:
		put_elements(w, "elements", p->elements, p->element_count);
		break;
	case WLS_PATTERN_HYPOTHESES:
		put_hypotheses(w, p);
		break;
	case WLS_PATTERN_EVOLUTION_STEP:
		put_step(w, p);
		break;
	case WLS_PATTERN_RECOGNITION:
		put_findings(w, "patterns", p);
		break;
	case WLS_PATTERN_CONTRADICTIONS:
	case WLS_PATTERN_TRENDS:
		put_findings(w, wls_pattern_name(p->kind), p);
		break;
	case WLS_PATTERN_PHASE:
		put_phase(w, &p->phase);
		break;
	case WLS_PATTERN_TARGETS:
		put_targets(w, p);
		break;
	case WLS_PATTERN_REVIEWER_NOTES:
		put_notes(w, p);
		break;
	case WLS_PATTERN_TOKEN_BUDGET:
		wls_json_put_natural(&w->json, "remaining", p->percent);
		wls_json_put_text(&w->json, "text", p->name);
		break;
	case WLS_PATTERN_FILES:
		put_files(w, p);
		break;
	case WLS_PATTERN_BUG:
		wls_json_put_text(&w->json, "name", p->name);
		put_figures(w, p->figures, p->figure_count);
		break;
	case WLS_PATTERN_FEATURE:
	case WLS_PATTERN_EVOLUTION:
		wls_json_put_text(&w->json, "name", p->name);
		break;
	default:
		if (p->kind == WLS_PATTERN_IMPLEMENTATION)
			wls_json_put_text(&w->json, "name", p->name);
		put_statement_pattern(w, p);
	}
}

void wls_show_pattern(struct wls_show_writer *w, struct wls_node *node)
{
	const struct wls_pattern *pattern = wls_pattern_read(w->doc, node);

	wls_json_key(&w->json, "pattern");
	if (!pattern) {
		wls_json_null(&w->json);
		return;
	}
	bool outer = wls_show_open(w);
	wls_json_put_str(&w->json, "type", wls_pattern_name(pattern->kind));
	put_pattern(w, pattern);
	wls_show_close(w, outer);
}
