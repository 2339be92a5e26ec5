/* SPDX-License-Identifier: MIT */
/*
 * Claims of a table.
 *
 * Layer: trends. Includes: base, doc, figure, pattern, trends.
 *
 *     | Endpoint | p95 (ms) | Target |        `/orders p95` is 120 ms, its target 150 ms
 *     | Metric | v1 | v2 | Target |           each cell a figure of that version
 *     | Version | p95 | Coverage |            each row the figures of that version
 *     | Metric | Before | After |             after, and what was before
 *
 * The header says what a column holds, the first column what a row is about; a cell counts when it is a
 * figure and nothing else. Tables hold much that measures nothing, and columns mean anything: whatever is
 * not clear (a label twice, two columns of targets, versions that the log has not, priorities, estimates)
 * makes no claim. Rows are walked twice: labels first, then figures.
 */
#include "base/map.h"
#include "trends/collect.h"

enum { COLUMNS_MAX = 64 };

enum role {
	ROLE_NONE,
	ROLE_VALUE, /* what is: named by the row */
	ROLE_NAMED, /* what is: named by row and header */
	ROLE_VERSION,
	ROLE_BEFORE,
	ROLE_TARGET,
	ROLE_UNIT,
};

struct column {
	enum role role;
	struct wls_slice name;
	struct wls_slice unit;
	uint32_t version;
};

struct table {
	struct wls_collector *c;
	const struct wls_collect_context *context;
	struct column columns[COLUMNS_MAX];
	size_t count;
	size_t label;        /* the column that names the rows */
	size_t named;        /* the only column of ROLE_NAMED, or SIZE_MAX */
	bool rows_versions;  /* a row may be about a version */
	struct wls_map rows; /* by label: how many */
};

/* A row while it is read. */
struct row {
	const struct wls_node *node;
	struct wls_slice name;
	struct wls_slice unit;
	uint32_t version; /* its label is one; else 0 */
};

/* ---- cells ---- */

/* Cuts the next cell off *rest; false when the row has no more. */
static bool next_cell(struct wls_slice *rest, struct wls_slice *cell)
{
	size_t i = 0;
	if (rest->len == 0)
		return false;
	while (i < rest->len && rest->ptr[i] != '|')
		i += rest->ptr[i] == '\\' && i + 1 < rest->len ? 2 : 1;
	*cell = wls_slice_trim(wls_slice(rest->ptr, i));
	*rest = wls_slice_from(*rest, i + (i < rest->len));
	return true;
}

static struct wls_slice cells_of(const struct wls_node *row)
{
	struct wls_slice text = wls_slice_trim(row->text);
	return text.len > 0 && text.ptr[0] == '|' ? wls_slice_from(text, 1) : text;
}

/* The cell of a column; empty when the row ends before it. */
static struct wls_slice cell_at(const struct wls_node *row, size_t column)
{
	struct wls_slice rest = cells_of(row), cell = {0};
	for (size_t i = 0; next_cell(&rest, &cell); i++)
		if (i == column)
			return cell;
	return wls_slice(NULL, 0);
}

/* Without blanks, marks and emphasis in front. */
static struct wls_slice skip_front(struct wls_slice s)
{
	for (;;) {
		size_t len = 0;
		s = wls_slice_trim(s);
		if (s.len > 0 && memchr("*_`", s.ptr[0], 3))
			len = 1;
		else
			(void)wls_mark_at(s, &len, NULL);
		if (len == 0)
			return s;
		s = wls_slice_from(s, len);
	}
}

/* The figure that a cell is; a difference (`-20%`), or one that is struck, is none. */
static bool cell_figure(struct wls_slice cell, struct wls_figure *out)
{
	struct wls_slice s = skip_front(cell);
	size_t at = 0;
	if (wls_slice_starts(s, WLS_SLICE("~~")) || !wls_figure_next(s, &at, out))
		return false;
	return out->text.ptr == s.ptr && skip_front(wls_slice_from(s, at)).len == 0 &&
	       s.ptr[0] != '+' && out->value >= 0;
}

/* A name of a cell: bare, and without the backslashes that keep its bars. */
static struct wls_slice cell_name(const struct table *t, struct wls_slice cell)
{
	struct wls_slice name = wls_metric_name(cell);
	if (name.len == 0 || !memchr(name.ptr, '\\', name.len))
		return name;
	char *bare = wls_arena_alloc(&t->c->trends->arena, name.len);
	size_t len = 0;
	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] != '\\' || i + 1 == name.len || name.ptr[i + 1] != '|')
			bare[len++] = name.ptr[i];
	return wls_slice(bare, len);
}

/* The version that a cell is: `v3`, `v3 (now)`; 0: none. */
static uint32_t cell_version(struct wls_slice cell)
{
	struct wls_slice s = skip_front(cell);
	struct wls_versions versions;
	size_t len = wls_versions_at(s, &versions);
	if (len == 0 || versions.open || versions.first != versions.last)
		return 0;
	s = skip_front(wls_slice_from(s, len));
	return s.len == 0 || s.ptr[0] == '(' ? versions.first : 0;
}

/* Whether a word is a version of something: then a column is not about this log's as such. */
static bool names_version(struct wls_slice name)
{
	struct wls_slice word;
	while (wls_next_name_word(&name, &word))
		if (word.len > 1 && wls_lower(word.ptr[0]) == 'v' && wls_is_digit(word.ptr[1]))
			return true;
	return false;
}

/* ---- columns ---- */

/* Whether a text is a unit and nothing else; `m` alone may be metres, and is none. */
static bool is_unit(struct wls_slice text)
{
	enum { UNIT_MAX = 16 };
	char one[UNIT_MAX + 3] = "1 ";
	struct wls_figure figure;
	text = wls_slice_trim(text);
	if (text.len == 0 || text.len > UNIT_MAX)
		return false;
	memcpy(one + 2, text.ptr, text.len);
	return wls_figure_at(wls_slice(one, text.len + 2), &figure) == text.len + 2 &&
	       figure.unit.len == text.len;
}

/* Cuts the unit off a header: `p95 (ms)`, `Size [KB]`, `Coverage %`. */
static struct wls_slice take_unit(struct wls_slice header, struct wls_slice *unit)
{
	struct wls_slice s = header;
	*unit = wls_slice(NULL, 0);
	while (s.len > 0 && memchr("*_`", s.ptr[s.len - 1], 3))
		s = wls_slice_trim(wls_slice(s.ptr, s.len - 1));
	if (s.len > 0 && s.ptr[s.len - 1] == '%') {
		*unit = wls_slice_from(s, s.len - 1);
		return wls_slice(s.ptr, s.len - 1);
	}
	if (s.len < 3 || (s.ptr[s.len - 1] != ')' && s.ptr[s.len - 1] != ']'))
		return header;
	size_t open = s.len - 1;
	while (open > 0 && s.ptr[open] != '(' && s.ptr[open] != '[')
		open--;
	struct wls_slice inside = wls_slice(s.ptr + open + 1, s.len - open - 2);
	if (!is_unit(inside))
		return header;
	*unit = wls_slice_trim(inside);
	return wls_slice(s.ptr, open);
}

static bool any_word(struct wls_slice name, const char *list)
{
	struct wls_slice word;
	while (wls_next_name_word(&name, &word))
		if (wls_word_in(word, list))
			return true;
	return false;
}

/* Columns of numbers that measure nothing, or not what is. */
static bool is_idle(struct wls_slice name)
{
	return any_word(name,
			"id issue issues pr prs ticket tickets commit line lines port date year "
			"month week day sprint order rank step phase priority weight points "
			"effort estimate estimated eta due planned expected budget limit "
			"threshold slo sla baseline delta diff change changes improvement gain "
			"growth vs versus next step todo cap quota default setting");
}

static enum role role_of(const struct table *t, struct wls_slice header, struct column *column)
{
	column->version = cell_version(header);
	if (column->version > 0)
		return ROLE_VERSION;
	column->name = cell_name(t, take_unit(header, &column->unit));
	struct wls_slice name = column->name;
	if (names_version(header) || is_idle(name))
		return ROLE_NONE;
	if (any_word(name, "target targets goal goals"))
		return ROLE_TARGET;
	if (wls_word_in(name, "before previous previously old was"))
		return ROLE_BEFORE;
	if (wls_word_in(name, "unit units"))
		return ROLE_UNIT;
	if (name.len == 0 && column->unit.len == 0)
		return ROLE_NONE;
	if (name.len == 0 || wls_word_in(name, "value values current currently now actual measured "
					       "result results today after new figure progress "
					       "status completion complete done percent"))
		return ROLE_VALUE;
	return wls_metric_named(name) ? ROLE_NAMED : ROLE_NONE;
}

static size_t count_role(const struct table *t, enum role role)
{
	size_t count = 0;
	for (size_t i = 0; i < t->count; i++)
		count += t->columns[i].role == role;
	return count;
}

static void change_role(struct table *t, enum role from, enum role to)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->columns[i].role == from)
			t->columns[i].role = to;
}

/* Drops what the columns together leave unclear. */
static void settle_roles(struct table *t)
{
	size_t versions = count_role(t, ROLE_VERSION);
	if (versions > 0)
		change_role(t, ROLE_NAMED, ROLE_NONE);
	if (count_role(t, ROLE_VALUE) > 1)
		change_role(t, ROLE_VALUE, ROLE_NAMED);
	size_t values = count_role(t, ROLE_VALUE), named = count_role(t, ROLE_NAMED);
	t->named = SIZE_MAX;
	for (size_t i = 0; values + versions == 0 && named == 1 && i < t->count; i++)
		if (t->columns[i].role == ROLE_NAMED)
			t->named = i;
	if (values != 1 || count_role(t, ROLE_BEFORE) > 1)
		change_role(t, ROLE_BEFORE, ROLE_NONE);
	if (count_role(t, ROLE_TARGET) > 1 || (values + versions == 0 && named != 1))
		change_role(t, ROLE_TARGET, ROLE_NONE);
	if (count_role(t, ROLE_UNIT) > 1)
		change_role(t, ROLE_UNIT, ROLE_NONE);
}

/*
 * Whether the versions of columns are not the log's: later than it is, or in no order, as those of
 * programs or of choices may be.
 */
static bool has_foreign_columns(const struct table *t)
{
	uint32_t newest = wls_collect_newest(t->c, t->context), before = 0;
	bool up = true, down = true;
	for (size_t i = 0; i < t->count; i++) {
		const struct column *column = &t->columns[i];
		if (column->role != ROLE_VERSION)
			continue;
		if (newest > 0 && column->version > newest)
			return true;
		up &= before == 0 || column->version > before;
		down &= before == 0 || column->version < before;
		before = column->version;
	}
	return !up && !down;
}

/* Reads the header; false when the table is none of those that are understood. */
static bool read_header(struct table *t, const struct wls_node *header)
{
	struct wls_slice rest = cells_of(header), cell, name;
	for (; t->count < COLUMNS_MAX && next_cell(&rest, &cell); t->count++) {
		struct column *column = &t->columns[t->count];
		column->role = role_of(t, cell, column);
	}
	name = wls_slice_trim(cell_at(header, 0));
	t->label = t->count > 2 && wls_word_in(name, "# no no. nr nr. id rank") ? 1 : 0;
	if (t->count < t->label + 2 || t->columns[t->label].role == ROLE_VERSION ||
	    t->columns[t->label].role == ROLE_TARGET)
		return false;
	name = t->columns[t->label].name;
	t->rows_versions = name.len == 0 || wls_word_in(name, "version versions entry entries");
	t->columns[0].role = t->columns[t->label].role = ROLE_NONE;
	settle_roles(t);
	return !has_foreign_columns(t);
}

/* ---- rows ---- */

static struct wls_slice label_of(const struct table *t, const struct wls_node *row)
{
	return cell_at(row, t->label);
}

/* Counts the labels; false when a row is about a version that the log has not. */
static bool count_labels(struct table *t, const struct wls_node *row)
{
	uint32_t newest = wls_collect_newest(t->c, t->context);
	for (; row; row = row->next) {
		struct wls_slice label = label_of(t, row);
		uint32_t version = cell_version(label);
		if (row->kind != WLS_NODE_ROW || label.len == 0)
			continue;
		if (t->rows_versions && newest > 0 && version > newest)
			return false;
		uint32_t *count = wls_map_at(&t->rows, label);
		*count = *count == WLS_MAP_NONE ? 1 : *count + 1;
	}
	return true;
}

/* What a cell's figure is called; empty: it has no clear name. */
static struct wls_slice name_of(const struct table *t, const struct row *row, size_t i)
{
	enum role role = t->columns[i].role;
	if (row->version > 0)
		return role == ROLE_NAMED ? t->columns[i].name : wls_slice(NULL, 0);
	if (role == ROLE_TARGET && t->named != SIZE_MAX)
		i = t->named;
	else if (role != ROLE_NAMED)
		return row->name;
	return wls_slice_of(wls_arena_printf(&t->c->trends->arena, "%.*s %.*s",
					     WLS_SLICE_ARG(row->name),
					     WLS_SLICE_ARG(t->columns[i].name)));
}

static void add_cell(struct table *t, const struct row *row, size_t i, struct wls_slice cell)
{
	const struct column *column = &t->columns[i];
	uint32_t newest = wls_collect_newest(t->c, t->context);
	struct wls_figure figure;
	if (column->role == ROLE_NONE || column->role == ROLE_UNIT || !cell_figure(cell, &figure))
		return;
	struct wls_slice name = name_of(t, row, i);
	if (!wls_metric_named(name) || (newest > 0 && figure.version > newest))
		return;
	if (figure.unit.len == 0)
		figure.unit = column->unit.len > 0 ? column->unit : row->unit;
	if (figure.version == 0)
		figure.version = column->version > 0 ? column->version : row->version;
	enum wls_claim_kind kind = column->role == ROLE_TARGET ? WLS_CLAIM_TARGET : WLS_CLAIM_CELL;
	struct wls_claim *claim = wls_collect_claim(t->c, t->context, kind, name, row->node);
	wls_collect_figure(t->c, claim, &figure);
	claim->earlier = column->role == ROLE_BEFORE;
}

static void add_row(struct table *t, const struct wls_node *node)
{
	struct wls_slice label = label_of(t, node), rest = cells_of(node), cell;
	struct row row = {.node = node, .name = cell_name(t, label)};
	enum wls_mark mark = wls_mark_last(node->text);
	bool open = mark == WLS_MARK_ACTIVE || mark == WLS_MARK_PENDING;
	struct wls_figure figure;
	if (label.len == 0 || *wls_map_at(&t->rows, label) != 1 || cell_figure(label, &figure) ||
	    wls_slice_starts(label, WLS_SLICE("~~")))
		return;
	row.version = t->rows_versions ? cell_version(label) : 0;
	if (row.version == 0 && (names_version(label) || !wls_metric_named(row.name)))
		return;
	for (size_t i = 0; i < t->count; i++)
		if (t->columns[i].role == ROLE_UNIT && is_unit(cell_at(node, i)))
			row.unit = cell_at(node, i);
	/* What is being worked on need not meet its target yet. */
	for (size_t i = 0; i < t->count && next_cell(&rest, &cell); i++)
		if (!open || t->columns[i].role != ROLE_TARGET)
			add_cell(t, &row, i, cell);
}

/* Whether a table compares what might be: the choices of a decision. */
static bool is_of_choices(const struct wls_node *node)
{
	for (; node; node = node->parent)
		if (node->key == WLS_KEY_DECISIONS || node->key == WLS_KEY_DECISIONS_LOG)
			return true;
	return false;
}

void wls_collect_table(struct wls_collector *c, const struct wls_collect_context *context,
		       struct wls_node *table)
{
	struct table t = {.c = c, .context = context};
	const struct wls_node *header = wls_node_children(c->doc, table);
	/* Behind the header stands the row of dashes, which made it a table. */
	if (!header || !header->next || is_of_choices(table) || !read_header(&t, header))
		return;
	const struct wls_node *first = header->next->next;
	if (count_labels(&t, first))
		for (const struct wls_node *row = first; row; row = row->next)
			if (row->kind == WLS_NODE_ROW)
				add_row(&t, row);
	wls_map_release(&t.rows);
}
