/* SPDX-License-Identifier: MIT */
/*
 * Where a log is named, to the byte.
 *
 * Layer: graph. Includes: base, refs.
 *
 * The items that were taken in are read once more, with the same scanners that make edges of them,
 * and of each reference that means the log the bytes of its name are noted. One text may have been
 * taken in as a dependency and as a mention, so equal places are dropped at the end; where a longer
 * reference (a link) and a shorter one cover the same name, they agree on its bytes.
 *
 * Short names (R7) are looked for where the graph looks for them: in the text of an item that has
 * the log in an edge, and in the details below it.
 */
#include "graph/graph_internal.h"

struct lister {
	struct wls_graph *graph;
	uint32_t log;
	struct wls_slice folded;
	struct wls_ref_list list, inner;
	struct wls_clauses clauses;
	struct wls_name_place *out;
	size_t count, cap;
	const struct wls_place *place;
	const struct wls_item *item;
	struct wls_buf fold;
	uint32_t noted_field; /* of the last item that names the log; UINT32_MAX: none */
	uint8_t noted_level;
};

static const char *form_name(uint8_t form)
{
	static const char *const names[] = {"",       "link",      "wiki", "token",
					    "spaced", "versioned", "named"};

	return names[form];
}

static bool means_log(struct lister *l, const struct wls_ref *ref)
{
	struct wls_resolved found =
		wls_ref_resolve(l->graph, ref, l->place->file->folder, l->place->branch);

	return found.log == l->log;
}

static bool spells_name(struct lister *l, struct wls_slice written)
{
	return wls_slice_eq(wls_name_fold_into(&l->fold, written), l->folded);
}

static struct wls_name_place *add(struct lister *l, const char *form, size_t begin, size_t end)
{
	uint32_t base = l->item->offset;
	struct wls_name_place *r;

	WLS_GROW(l->out, l->cap, l->count + 1);
	r = &l->out[l->count++];
	*r = (struct wls_name_place){
		.file = l->place->file->path,
		.begin = base + (uint32_t)begin,
		.end = base + (uint32_t)end,
		.form = form,
	};
	return r;
}

static void set_name(struct lister *l, struct wls_name_place *r, size_t begin, size_t end,
		     struct wls_slice name)
{
	r->name_begin = l->item->offset + (uint32_t)begin;
	r->name_end = l->item->offset + (uint32_t)end;
	r->name = wls_arena_copy(&l->graph->arena, name);
}

/* The bytes of `raw` that decode to its first `decoded` bytes. */
static size_t raw_bytes(struct wls_slice raw, size_t decoded, bool encoded)
{
	size_t i = 0;

	if (!encoded)
		return decoded;
	for (; decoded > 0 && i < raw.len; decoded--) {
		struct wls_arena scratch = {0};
		struct wls_slice three = wls_slice(raw.ptr + i, raw.len - i < 3 ? raw.len - i : 3);

		i += three.len == 3 && three.ptr[0] == '%' &&
				     wls_percent_decode(&scratch, three).len == 1
			     ? 3
			     : 1;
		wls_arena_release(&scratch);
	}
	return i;
}

/* ---- labels of links ---- */

static struct wls_slice without_marks(struct wls_slice s)
{
	s = wls_slice_trim(s);
	while (s.len > 0 && strchr("*_`", s.ptr[0] ? s.ptr[0] : ' '))
		s = wls_slice_from(s, 1);
	while (s.len > 0 && strchr("*_`", s.ptr[s.len - 1] ? s.ptr[s.len - 1] : ' '))
		s.len--;
	return s;
}

/* What a link to the log calls it: its whole label, or references in it. */
static void list_label(struct lister *l, struct wls_slice label)
{
	struct wls_slice text = l->item->text, name = without_marks(label);
	size_t at = (size_t)(label.ptr - text.ptr);

	if (name.len > 0 && spells_name(l, name)) {
		size_t begin = (size_t)(name.ptr - text.ptr);

		set_name(l, add(l, "label", begin, begin + name.len), begin, begin + name.len,
			 name);
		return;
	}
	wls_refs_scan(&l->graph->intake->world, l->place->file->folder, label, &l->inner);
	for (size_t i = 0; i < l->inner.count; i++) {
		const struct wls_ref *ref = &l->inner.refs[i];
		size_t begin;
		struct wls_name_place *r;

		if (ref->form < WLS_REF_TOKEN || !means_log(l, ref) ||
		    !spells_name(l, ref->written))
			continue;
		begin = (size_t)(ref->written.ptr - text.ptr);
		r = add(l, "label", at + ref->begin, at + ref->end);
		set_name(l, r, begin, begin + ref->written.len, ref->written);
		r->version = ref->version;
	}
}

/* ---- references ---- */

static void list_link(struct lister *l, const struct wls_ref *ref)
{
	struct wls_slice text = l->item->text, label;
	size_t target = (size_t)(ref->target.ptr - text.ptr);
	bool encoded = ref->form == WLS_REF_LINK;

	if (spells_name(l, ref->written)) {
		struct wls_name_place *r = add(l, form_name(ref->form), ref->begin, ref->end);
		size_t begin = target + raw_bytes(ref->target, ref->written_at, encoded);
		size_t end = target +
			     raw_bytes(ref->target, ref->written_at + ref->written.len, encoded);

		set_name(l, r, begin, end, ref->written);
		r->encoded = encoded;
		r->version = ref->version;
	}
	if (encoded) {
		size_t stop = target;

		while (stop > ref->begin && text.ptr[stop - 1] != ']')
			stop--;
		label = wls_slice(text.ptr + ref->begin + 1,
				  stop > ref->begin + 2 ? stop - ref->begin - 2 : 0);
	} else {
		const char *bar = memchr(ref->target.ptr + ref->target.len, '|',
					 ref->end - (target + ref->target.len));

		if (!bar)
			return;
		label = wls_slice(bar + 1, ref->end - 2 - (size_t)(bar + 1 - text.ptr));
	}
	list_label(l, label);
}

static bool within(struct wls_slice part, struct wls_slice text)
{
	return part.ptr >= text.ptr && part.ptr + part.len <= text.ptr + text.len;
}

static void list_ref(struct lister *l, const struct wls_ref *ref)
{
	struct wls_slice text = l->item->text;
	struct wls_name_place *r;
	size_t begin;

	if (!means_log(l, ref))
		return;
	if (ref->form == WLS_REF_LINK || ref->form == WLS_REF_WIKI) {
		list_link(l, ref);
		return;
	}
	if (!within(ref->written, text) || !spells_name(l, ref->written))
		return;
	begin = (size_t)(ref->written.ptr - text.ptr);
	r = add(l, form_name(ref->form), ref->begin, ref->end);
	set_name(l, r, begin, begin + ref->written.len, ref->written);
	r->version = ref->version;
}

static void list_subject(struct lister *l, const struct wls_ref *ref)
{
	struct wls_slice written = wls_slice_trim(ref->written);
	size_t begin;

	if (!within(written, l->item->text) || !means_log(l, ref) || !spells_name(l, written))
		return;
	begin = (size_t)(written.ptr - l->item->text.ptr);
	set_name(l, add(l, "subject", begin, begin + written.len), begin, begin + written.len,
		 written);
}

/* ---- short names ---- */

static bool is_free(const struct lister *l, size_t begin, size_t end)
{
	const struct wls_ref_list *list = &l->list;

	for (size_t i = 0; i < list->mask_count; i++)
		if (begin < list->masks[i].end && list->masks[i].begin < end)
			return false;
	for (size_t i = 0; i < list->count; i++)
		if (begin < list->refs[i].end && list->refs[i].begin < end)
			return false;
	return true;
}

/* Whether a version follows: " v5", "-v5", " (v5)". */
static bool version_follows(struct wls_slice text, size_t at, uint32_t *version)
{
	size_t i = at, n;
	bool paren;

	while (i < text.len && (wls_is_name_gap(text.ptr[i]) || text.ptr[i] == '*'))
		i++;
	paren = i < text.len && text.ptr[i] == '(';
	n = i > at ? wls_version_at(text, i + paren, version) : 0;
	if (n == 0 || *version == 0)
		return false;
	i += paren + n;
	return paren ? i < text.len && text.ptr[i] == ')' : wls_may_end(text, i);
}

/* Most places can be told by their first byte, unless a mark may stand on it. */
static bool may_be_name(const struct lister *l, size_t at)
{
	struct wls_slice text = l->item->text;
	bool plain = (unsigned char)text.ptr[at] < 0x80 &&
		     (at + 1 == text.len || (unsigned char)text.ptr[at + 1] < 0x80);

	return l->folded.len > 0 && !wls_is_name_gap(text.ptr[at]) &&
	       (!plain || wls_lower(text.ptr[at]) == l->folded.ptr[0]) && wls_may_begin(text, at);
}

/* The first words of the log's name with a version behind them, at byte `at`: their end, or 0. */
static size_t short_end(struct lister *l, size_t at, uint32_t *version)
{
	struct wls_slice text = l->item->text, name = l->folded;

	if (!may_be_name(l, at))
		return 0;
	for (size_t i = at + 1; i < text.len; i++) {
		struct wls_slice words;

		/* A word ends where something stands that may go before a version. */
		if ((!wls_is_name_gap(text.ptr[i]) && text.ptr[i] != '*') ||
		    wls_is_name_gap(text.ptr[i - 1]))
			continue;
		words = wls_name_fold_into(&l->fold, wls_slice(text.ptr + at, i - at));
		if (words.len >= name.len || !wls_slice_starts(name, words))
			return 0;
		if (name.ptr[words.len] == '-' && version_follows(text, i, version))
			return i;
	}
	return 0;
}

static void list_short_names(struct lister *l)
{
	uint32_t version = 0;

	for (size_t at = 0; at < l->item->text.len; at++) {
		size_t end = short_end(l, at, &version);
		struct wls_name_place *r;

		if (end == 0 || !is_free(l, at, end))
			continue;
		r = add(l, "short", at, end);
		set_name(l, r, at, end, wls_slice(l->item->text.ptr + at, end - at));
		r->version = version;
		at = end;
	}
}

/* Whether the log is named in the item (its references stand from `first` on), or above it. */
static bool is_noted(struct lister *l, size_t first)
{
	const struct wls_item *item = l->item;
	bool named = l->count > first;

	if (item->role == WLS_ROLE_MENTION || item->attribute != WLS_ATTRIBUTE_NONE)
		return false;
	if (item->field == l->noted_field && item->level > l->noted_level)
		return true;
	l->noted_field = named ? item->field : UINT32_MAX;
	l->noted_level = item->level;
	return named;
}

static void list_item(struct lister *l)
{
	const struct wls_item *item = l->item;
	const struct wls_ref_world *world = &l->graph->intake->world;
	size_t first = l->count;

	wls_refs_scan(world, l->place->file->folder, item->text, &l->list);
	if (item->role != WLS_ROLE_MENTION) {
		wls_refs_scan_item(world, item->text, (item->flags & WLS_ITEM_AFTER_VERB) != 0,
				   &l->list);
		wls_clauses_read(world, item->text, &l->list, &l->clauses);
		for (size_t i = 0; i < l->clauses.count; i++)
			if (l->clauses.edges[i].from == WLS_CLAUSE_NAME ||
			    l->clauses.edges[i].to == WLS_CLAUSE_NAME)
				list_subject(l, &l->clauses.edges[i].subject);
	}
	for (size_t i = 0; i < l->list.count; i++)
		list_ref(l, &l->list.refs[i]);
	if (is_noted(l, first))
		list_short_names(l);
}

/* ---- all of them ---- */

static int by_place(const void *left, const void *right)
{
	const struct wls_name_place *a = left, *b = right;
	int order = wls_slice_cmp(a->file, b->file);

	if (order != 0)
		return order;
	if (a->name_begin != b->name_begin)
		return a->name_begin < b->name_begin ? -1 : 1;
	/* The longer reference first: it says more. */
	if (a->end - a->begin != b->end - b->begin)
		return a->end - a->begin > b->end - b->begin ? -1 : 1;
	return strcmp(a->form, b->form);
}

/* Drops names that overlap the one before. */
static void drop_doubles(struct lister *l)
{
	size_t kept = 0;

	if (l->count > 1)
		qsort(l->out, l->count, sizeof(*l->out), by_place);
	for (size_t i = 0; i < l->count; i++) {
		const struct wls_name_place *last = kept > 0 ? &l->out[kept - 1] : NULL;

		if (last && wls_slice_eq(last->file, l->out[i].file) &&
		    l->out[i].name_begin < last->name_end)
			continue;
		l->out[kept++] = l->out[i];
	}
	l->count = kept;
}

size_t wls_graph_references(struct wls_graph *graph, uint32_t log, struct wls_name_place **out)
{
	struct wls_graph_intake *in = graph->intake;
	struct lister l = {.graph = graph,
			   .log = log,
			   .folded = graph->logs[log].folded,
			   .noted_field = UINT32_MAX};

	wls_buf_init(&l.fold, WLS_BUF_LIMIT);
	wls_ref_list_init(&l.list, &graph->arena);
	wls_ref_list_init(&l.inner, &graph->arena);
	for (uint32_t i = 0; i < in->place_count; i++) {
		l.place = &in->places[i];
		l.noted_field = UINT32_MAX;
		for (l.item = l.place->file->items; l.item; l.item = l.item->next)
			if (l.item->offset != UINT32_MAX && l.item->text.len > 0)
				list_item(&l);
	}
	drop_doubles(&l);
	wls_ref_list_release(&l.list);
	wls_ref_list_release(&l.inner);
	wls_clauses_release(&l.clauses);
	wls_buf_release(&l.fold);
	*out = l.out;
	return l.count;
}
