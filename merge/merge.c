/* SPDX-License-Identifier: MIT */
/*
 * Three-way structural merge: the phases, in order.
 *
 * Layer: merge. Includes: base, doc, merge.
 *
 * 1. Shortcuts: who changed nothing has no say (law 1).
 * 2. The sides are put in an order that comes from their bytes, so that nothing below can depend on
 *    who is ours (law 2); line endings, byte order mark and final newline are taken off.
 * 3. Each text is parsed; entries are matched and numbered; texts whose numbers change are written
 *    anew and parsed again. From here on, equal bytes mean the same.
 * 4. Nodes are matched; the tree is resolved into pieces; these are written out.
 * 5. The result is checked: nothing lost, nothing invented, and read again it is the tree that was
 *    meant. A result that fails is not given out: a plain merge by lines takes its place, and where
 *    that finds no conflict, one conflict of the whole file; for something is wrong then.
 */
#include "wlsync/merge.h"

#include "merge/check.h"
#include "merge/conflict.h"
#include "merge/entries.h"
#include "merge/file_form.h"
#include "merge/finish.h"
#include "merge/fold.h"
#include "merge/hypotheses.h"
#include "merge/match.h"
#include "merge/renumber.h"
#include "merge/reread.h"
#include "merge/resolve.h"
#include "merge/text.h"

/* Everything that one merge needs; by side, 0 the base. */
struct engine {
	const struct wls_merge_options *options;
	struct wls_merge *merge;
	size_t sides;
	bool has_base;
	size_t order[WLS_MERGE_SIDES_MAX];               /* caller's side → engine's */
	struct wls_slice given[WLS_MERGE_SIDES_MAX + 1]; /* stripped */
	struct wls_slice texts[WLS_MERGE_SIDES_MAX + 1]; /* as merged: the same, or renumbered */
	struct wls_buf stripped[WLS_MERGE_SIDES_MAX + 1];
	struct wls_folds folds;
	struct wls_buf folded[WLS_MERGE_SIDES_MAX + 1];
	struct wls_file_form settled; /* form of the result */
	struct wls_file_form form; /* the same, but that a conflict may hold the byte order mark */
	bool to_lf;
	struct wls_doc *docs[WLS_MERGE_SIDES_MAX + 1]; /* of `texts` */
	struct wls_renumbered renumbered;
	struct wls_hypotheses hypotheses;
	struct wls_entries entries;
	struct wls_units units;
	struct wls_pieces pieces;
	struct wls_resolutions resolutions;
	struct wls_composed_list composed;
	struct wls_landmarks landmarks;
	struct wls_arena arena;   /* of what the pieces consist of */
	struct wls_arena scratch; /* of entries and units */
};

/* The trees are not needed once they are pieces; freed early, since they are most of the memory. */
static void release_trees(struct engine *e)
{
	for (size_t s = 0; s <= e->sides; s++) {
		wls_doc_free(e->docs[s]);
		e->docs[s] = NULL;
	}
	wls_entries_release(&e->entries);
	wls_arena_release(&e->scratch);
}

static void release_engine(struct engine *e)
{
	release_trees(e);
	for (size_t s = 0; s <= e->sides; s++) {
		wls_buf_release(&e->stripped[s]);
		wls_buf_release(&e->folded[s]);
	}
	free(e->folds.items);
	wls_renumbered_release(&e->renumbered);
	wls_hypotheses_release(&e->hypotheses);
	wls_pieces_release(&e->pieces);
	free(e->resolutions.items);
	free(e->composed.items);
	free(e->landmarks.items);
	wls_arena_release(&e->arena);
}

/* ---- 1. shortcuts ---- */

/* The one text that is the result because at most one side differs from the base, or NULL. */
static const struct wls_slice *only_change(const struct wls_slice *base,
					   const struct wls_slice *sides, size_t count)
{
	const struct wls_slice *changed = NULL;

	for (size_t s = 0; s < count; s++) {
		if (base->ptr && wls_slice_eq(sides[s], *base))
			continue;
		if (changed && !wls_slice_eq(sides[s], *changed))
			return NULL;
		changed = &sides[s];
	}
	return changed ? changed : base;
}

static bool is_binary(struct wls_slice text)
{
	return text.len > 0 && memchr(text.ptr, '\0', text.len);
}

/* ---- 2. order and form ---- */

static void order_sides(struct engine *e, const struct wls_slice *sides)
{
	for (size_t s = 0; s < e->sides; s++) {
		size_t before = 0;
		for (size_t t = 0; t < e->sides; t++) {
			int order = wls_slice_cmp(sides[t], sides[s]);
			before += order < 0 || (order == 0 && t < s);
		}
		e->order[s] = before + 1;
	}
}

/* Whether texts with these endings can be compared as they are. */
static bool same_endings(const struct wls_file_form *forms, size_t sides)
{
	enum wls_line_endings first = WLS_ENDINGS_NONE;

	for (size_t s = 0; s <= sides; s++) {
		if (forms[s].endings == WLS_ENDINGS_NONE)
			continue;
		if (first != WLS_ENDINGS_NONE && forms[s].endings != first)
			return false;
		first = forms[s].endings;
	}
	return true;
}

static void strip_forms(struct engine *e, struct wls_slice base, const struct wls_slice *sides)
{
	struct wls_file_form forms[WLS_MERGE_SIDES_MAX + 1], named[WLS_MERGE_SIDES_MAX + 1];
	struct wls_slice raw[WLS_MERGE_SIDES_MAX + 1];

	raw[0] = base;
	for (size_t s = 0; s < e->sides; s++)
		raw[e->order[s]] = sides[s];
	for (size_t s = 0; s <= e->sides; s++)
		wls_file_form_read(raw[s], &forms[s]);
	/* As the caller names them, for the report. */
	named[0] = forms[0];
	for (size_t s = 0; s < e->sides; s++)
		named[s + 1] = forms[e->order[s]];
	wls_file_form_merge(named, e->sides, e->has_base, &e->form, &e->resolutions);
	e->settled = e->form;
	e->to_lf = !same_endings(forms, e->sides) && e->form.endings != WLS_ENDINGS_MIXED;
	for (size_t s = 0; s <= e->sides; s++) {
		/* The newline that a lone line gets is like those of the others. */
		if (forms[s].endings == WLS_ENDINGS_NONE)
			forms[s].endings = e->form.endings;
		wls_buf_init(&e->stripped[s], WLS_BUF_LIMIT);
		e->given[s] = wls_file_form_strip(raw[s], &forms[s], e->to_lf, &e->stripped[s]);
		e->texts[s] = e->given[s];
	}
}

/* ---- 3. parse, match entries, renumber ---- */

/* Parses a text; once more, when conflicts that an earlier merge left in it had to be folded. */
static int parse_side(struct engine *e, size_t side, struct wls_error *err)
{
	int status = wls_doc_parse(&e->docs[side], e->texts[side], err);

	if (status < 0 || !e->docs[side]->has_markers)
		return status;
	wls_buf_init(&e->folded[side], WLS_BUF_LIMIT);
	if (!wls_folds_fold(&e->folds, e->docs[side], &e->folded[side], &e->arena))
		return 0;
	wls_doc_free(e->docs[side]);
	e->docs[side] = NULL;
	e->texts[side] = wls_buf_slice(&e->folded[side]);
	return wls_doc_parse(&e->docs[side], e->texts[side], err);
}

static int parse_all(struct engine *e, struct wls_error *err)
{
	for (size_t s = 0; s <= e->sides; s++) {
		int status = parse_side(e, s, err);
		if (status < 0)
			return status;
		wls_doc_forget_blocks(e->docs[s]);
	}
	return 0;
}

/*
 * Reads a text that was written anew. A number does not change what a text is, in any that was seen;
 * but any bytes may come, and then the renumbering is not to be trusted.
 */
static bool parse_again(struct engine *e, size_t side, struct wls_slice text)
{
	struct wls_error err;

	wls_doc_free(e->docs[side]);
	e->docs[side] = NULL;
	e->texts[side] = text;
	if (wls_doc_parse(&e->docs[side], text, &err) < 0)
		return false;
	wls_doc_forget_blocks(e->docs[side]);
	return true;
}

/* The line of the frontmatter's version as a side had it. */
static struct wls_slice version_line(const struct engine *e, size_t side, struct wls_slice text)
{
	const struct wls_frontmatter *front = &e->docs[side]->frontmatter;
	uint32_t at = front->version_at;
	struct wls_slice rest, line = {0};

	if (!front->present || front->version == 0)
		return line;
	while (at > 0 && text.ptr[at - 1] != '\n')
		at--;
	rest = wls_slice_from(text, at);
	wls_slice_next_line(&rest, &line);
	return line;
}

static void tell_version(struct engine *e)
{
	size_t ours = e->order[0], theirs = e->order[e->sides > 1 ? 1 : 0];

	wls_resolutions_add(&e->resolutions,
			    &(struct wls_resolution){
				    .rule = WLS_RULE_VERSION,
				    .place = WLS_SLICE("frontmatter \xE2\x80\xBA version"),
				    .base = version_line(e, 0, e->given[0]),
				    .ours = version_line(e, ours, e->given[ours]),
				    .theirs = version_line(e, theirs, e->given[theirs]),
				    .result = version_line(e, ours, e->texts[ours]),
			    });
}

/* From here on nobody asks for the numbers that the inputs had. */
static bool renumber(struct engine *e)
{
	bool version = false;

	wls_renumber(&e->entries, e->options->log_name, &e->renumbered, e->merge);
	for (size_t s = 0; s <= e->sides; s++) {
		if (!e->renumbered.changed[s])
			continue;
		uint32_t count = e->docs[s]->entry_count;
		uint32_t before = e->docs[s]->frontmatter.version;
		if (!parse_again(e, s, wls_buf_slice(&e->renumbered.text[s])) ||
		    e->docs[s]->entry_count != count)
			return false;
		version |= e->docs[s]->frontmatter.version != before;
	}
	if (version)
		tell_version(e);
	return true;
}

/* Without a base, logs that have no entry in common are not two states of one log. */
static bool have_something_in_common(const struct engine *e)
{
	size_t with_entries = 0;

	for (size_t s = 1; s <= e->sides; s++)
		with_entries += e->docs[s]->entry_count > 0;
	if (e->has_base || with_entries < 2)
		return true;
	for (size_t i = 0; i < e->entries.count; i++) {
		size_t held = 0;
		for (size_t s = 1; s <= e->sides; s++)
			held += e->entries.items[i].entry[s] != WLS_NO_ENTRY;
		if (held > 1)
			return true;
	}
	return false;
}

/* ---- 4. match nodes, resolve ---- */

static void match_nodes(struct engine *e)
{
	wls_units_init(&e->units, e->docs, e->sides, &e->scratch);
	e->units.folds = &e->folds;
	wls_units_match(&e->units, &e->entries);
}

/* Matches the nodes, and once more when hypotheses were renumbered by what the first time showed. */
static bool match(struct engine *e)
{
	match_nodes(e);
	if (!wls_hypotheses_renumber(&e->units, &e->hypotheses, e->merge))
		return true;
	for (size_t s = 0; s <= e->sides; s++)
		if (e->hypotheses.changed[s] &&
		    !parse_again(e, s, wls_buf_slice(&e->hypotheses.text[s])))
			return false;
	match_nodes(e);
	return true;
}

static void resolve(struct engine *e)
{
	bool crlf = !e->to_lf && e->form.endings == WLS_ENDINGS_CRLF;
	struct wls_resolver r = {
		.units = &e->units,
		.entries = &e->entries,
		.options = e->options,
		.order = e->order,
		.pieces = &e->pieces,
		.resolutions = &e->resolutions,
		.composed = &e->composed,
		.landmarks = &e->landmarks,
		.line_ending = crlf ? WLS_SLICE("\r\n") : WLS_SLICE("\n"),
		.has_base = e->has_base,
	};

	wls_resolve(&r);
}

/*
 * Markers must stand at the beginning of their lines: where the file begins with a conflict, the byte order
 * mark goes into each of its texts.
 */
static void move_mark_into_conflict(struct engine *e)
{
	struct wls_piece *first = e->pieces.count > 0 ? &e->pieces.items[0] : NULL;

	if (!e->form.byte_order_mark || !first || !first->variants)
		return;
	struct wls_slice *variants = WLS_ARENA_ARRAY(&e->arena, struct wls_slice, e->sides + 1);
	for (size_t s = 0; s <= e->sides; s++) {
		struct wls_buf _cleanup_buf_ buf = WLS_BUF_INIT;
		if (first->variants[s].len > 0)
			wls_buf_add_str(&buf, "\xEF\xBB\xBF");
		wls_buf_add_slice(&buf, first->variants[s]);
		variants[s] = wls_arena_copy(&e->arena, wls_buf_slice(&buf));
	}
	first->variants = variants;
	e->form.byte_order_mark = false;
}

/* Writes the result. False when it does not read as it was meant, in either order of the sides. */
static bool write_out(struct engine *e)
{
	struct wls_conflict_form form = {
		.options = e->options,
		.order = e->order,
		.crlf = !e->to_lf && e->form.endings == WLS_ENDINGS_CRLF,
	};

	move_mark_into_conflict(e);
	for (size_t s = 0; s <= e->sides; s++) {
		unsigned size = wls_conflicts_least_size(e->given[s]);
		form.least_size = size > form.least_size ? size : form.least_size;
	}
	wls_conflicts_write(&e->pieces, &form, e->merge);
	return wls_reread_holds(e->merge, &e->landmarks) &&
	       wls_reread_holds_swapped(e->merge, &e->pieces, &form);
}

/* ---- 5. check, and what to do when the structure does not hold ---- */

/* Forgets what was put out, for another try. */
static void start_over(struct engine *e)
{
	struct wls_merge *m = e->merge;

	wls_pieces_release(&e->pieces);
	wls_buf_clear(&m->text);
	free(m->conflicts);
	m->conflicts = NULL;
	m->conflict_count = 0;
	m->renumbering_count = 0;
	m->left_count = 0;
	e->resolutions.count = 0;
	e->composed.count = 0;
	e->folds.count = 0;
	e->form = e->settled;
	memcpy(e->texts, e->given, sizeof(e->texts));
}

/* Plain diff3 by lines. True when it may be given out: with a conflict, and nothing lost. */
static bool merge_lines(struct engine *e)
{
	struct wls_hunks hunks = {0};

	if (e->sides != 2)
		return false;
	wls_text_merge_lines(e->texts[0], e->texts[1], e->texts[2], false, &hunks);
	for (size_t i = 0; i < hunks.count; i++) {
		const struct wls_hunk *h = &hunks.items[i];
		const struct wls_slice variants[] = {h->base, h->ours, h->theirs};
		if (h->conflict)
			wls_pieces_add_conflict(&e->pieces, variants, WLS_SLICE("lines"),
						"both sides changed the same lines");
		else
			wls_pieces_add_text(&e->pieces, h->text);
	}
	wls_hunks_release(&hunks);
	e->merge->method = WLS_METHOD_LINES;
	return true;
}

static void merge_whole(struct engine *e)
{
	wls_pieces_add_conflict(&e->pieces, e->texts, WLS_SLICE("whole file"),
				"the texts could not be merged by their structure");
	write_out(e);
	e->merge->method = WLS_METHOD_WHOLE;
}

static void fall_back(struct engine *e)
{
	bool plain = e->folds.count == 0;

	start_over(e);
	if (plain && merge_lines(e) && e->pieces.conflict_count > 0 &&
	    wls_check_conservation(&e->pieces, e->texts, &e->composed) && write_out(e))
		return;
	start_over(e);
	merge_whole(e);
}

/* ---- all together ---- */

static int merge_structure(struct engine *e, struct wls_error *err)
{
	int status = parse_all(e, err);

	if (status < 0)
		return status;
	wls_entries_match(&e->entries, e->docs, e->sides, e->options->log_name, &e->scratch);
	if (!have_something_in_common(e)) {
		merge_whole(e);
		return 0;
	}
	if (renumber(e) && match(e)) {
		resolve(e);
		release_trees(e);
		if (wls_check_conservation(&e->pieces, e->texts, &e->composed) && write_out(e))
			return 0;
	}
	fall_back(e);
	return 0;
}

/* Bytes that are no text: by line, whatever comes of it. */
static void merge_bytes(struct engine *e)
{
	if (!merge_lines(e)) {
		merge_whole(e);
		return;
	}
	if (write_out(e) || e->merge->conflict_count == 0)
		return;
	start_over(e);
	merge_whole(e);
}

/* What the slices of the report point into dies with the engine. */
static void keep_resolutions(struct engine *e)
{
	struct wls_arena *arena = &e->merge->arena;

	for (size_t i = 0; i < e->resolutions.count; i++) {
		struct wls_resolution *r = &e->resolutions.items[i];
		r->place = wls_arena_copy(arena, r->place);
		r->base = wls_arena_copy(arena, r->base);
		r->ours = wls_arena_copy(arena, r->ours);
		r->theirs = wls_arena_copy(arena, r->theirs);
		r->result = wls_arena_copy(arena, r->result);
	}
	e->merge->resolutions = WLS_TAKE(e->resolutions.items);
	e->merge->resolution_count = e->resolutions.count;
}

/* The engine's numbers of sides back to the caller's. */
static void rename_sides(struct engine *e)
{
	size_t caller[WLS_MERGE_SIDES_MAX];
	struct wls_merge *m = e->merge;

	for (size_t s = 0; s < e->sides; s++)
		caller[e->order[s] - 1] = s;
	for (size_t i = 0; i < m->renumbering_count; i++)
		m->renumberings[i].side = caller[m->renumberings[i].side];
	for (size_t i = 0; i < m->left_count; i++)
		m->left[i].side = caller[m->left[i].side];
}

static int run(struct engine *e, struct wls_slice base, const struct wls_slice *sides,
	       struct wls_error *err)
{
	bool binary = is_binary(base);
	int status = 0;

	for (size_t s = 0; s < e->sides; s++)
		binary |= is_binary(sides[s]);
	order_sides(e, sides);
	strip_forms(e, base, sides);
	if (binary)
		merge_bytes(e);
	else
		status = merge_structure(e, err);
	if (status < 0)
		return status;
	wls_merge_unfold(e->merge, &e->folds);
	bool ends_in_conflict =
		e->pieces.count > 0 && e->pieces.items[e->pieces.count - 1].variants;
	wls_file_form_apply(&e->merge->text, &e->form, e->to_lf, ends_in_conflict);
	if (e->to_lf && e->form.endings == WLS_ENDINGS_CRLF)
		wls_merge_end_lines(e->merge);
	keep_resolutions(e);
	rename_sides(e);
	return 0;
}

static int check_inputs(struct wls_slice base, const struct wls_slice *sides, size_t count,
			struct wls_error *err)
{
	if (count == 0 || count > WLS_MERGE_SIDES_MAX)
		return wls_error_set(err, WLS_E_USAGE, "merge takes 1 to %u sides, not %zu",
				     WLS_MERGE_SIDES_MAX, count);
	size_t largest = base.len;
	for (size_t s = 0; s < count; s++)
		largest = sides[s].len > largest ? sides[s].len : largest;
	if (largest >= WLS_FILE_MAX)
		return wls_error_set(err, WLS_E_LIMIT,
				     "a text of %zu bytes is over the limit of 256 MiB", largest);
	return 0;
}

int wls_merge(struct wls_merge **out, struct wls_slice base, const struct wls_slice *sides,
	      size_t count, const struct wls_merge_options *options, struct wls_error *err)
{
	int status = check_inputs(base, sides, count, err);

	if (status < 0)
		return status;
	struct wls_merge _cleanup_merge_ *merge = wls_alloc(1, sizeof(*merge));
	*merge = (struct wls_merge){.side_count = count, .marker_size = WLS_MARKER_SIZE};
	wls_buf_init(&merge->text, WLS_BUF_LIMIT);
	if (options->marker_size > 0)
		merge->marker_size = options->marker_size;
	const struct wls_slice *only = only_change(&base, sides, count);
	if (only) {
		wls_buf_add_slice(&merge->text, *only);
		*out = WLS_TAKE(merge);
		return 0;
	}
	struct engine _cleanup_(release_engine) e = {
		.options = options,
		.merge = merge,
		.sides = count,
		.has_base = base.ptr && base.len > 0,
	};
	e.pieces.arena = e.resolutions.arena = &e.arena;
	e.pieces.sides = count;
	status = run(&e, base, sides, err);
	if (status < 0)
		return status;
	*out = WLS_TAKE(merge);
	return 0;
}

void wls_merge_free(struct wls_merge *merge)
{
	if (!merge)
		return;
	wls_buf_release(&merge->text);
	wls_arena_release(&merge->arena);
	free(merge->conflicts);
	free(merge->resolutions);
	free(merge->renumberings);
	free(merge->left);
	free(merge);
}
