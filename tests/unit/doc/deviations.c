/* SPDX-License-Identifier: MIT */
/*
 * fixtures/deviations: one deviation of the format a file, and beside it the facts to be found,
 * written from the specification. Every key of a `NAME.expect.json` is compared with what the
 * document says; the folders `13-…` are the graph's.
 */
#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>

#include "doc_support.h"

/* A deviation whose facts are checked, and where in them we are. */
struct check {
	const char *path;
	const char *place;
	struct wls_doc *doc;
	struct wls_facts facts;
};

static void expect_text(const struct check *c, const char *what, json_t *want, struct wls_slice got)
{
	if (json_is_null(want))
		cr_expect_eq(got.len, 0, "%s: %s %s: want null, got \"%.*s\"", c->path, c->place,
			     what, WLS_SLICE_ARG(got));
	else
		cr_expect(wls_slice_eq(got, wls_slice_of(json_string_value(want))),
			  "%s: %s %s: want \"%s\", got \"%.*s\"", c->path, c->place, what,
			  json_string_value(want), WLS_SLICE_ARG(got));
}

static void expect_number(const struct check *c, const char *what, json_t *want, long got,
			  long none)
{
	long number = json_is_null(want) ? none : (long)json_integer_value(want);
	cr_expect_eq(got, number, "%s: %s %s: want %ld, got %ld", c->path, c->place, what, number,
		     got);
}

static void expect_texts(const struct check *c, const char *what, json_t *want, json_t *got)
{
	char *a = json_dumps(want, JSON_COMPACT), *b = json_dumps(got, JSON_COMPACT);
	cr_expect(json_equal(want, got), "%s: %s %s: want %s, got %s", c->path, c->place, what, a,
		  b);
	free(a);
	free(b);
}

static json_t *text_json(struct wls_slice s)
{
	return json_stringn(s.len > 0 ? s.ptr : "", s.len);
}

/* ---- values ---- */

static struct wls_slice value_of(struct wls_doc *doc, struct wls_node *node)
{
	struct wls_slice value = {0};
	if (node)
		wls_node_value(doc, node, &value);
	return wls_text_flatten(doc, value);
}

static void expect_status(const struct check *c, json_t *want, struct wls_slice text)
{
	enum wls_work_status status = wls_work_status_parse(text);
	const char *name = wls_work_status_name(status);
	struct wls_slice got = name ? wls_slice_of(name) : text;
	expect_text(c, "status", want, got);
}

/* `src/a.c` of "`src/a.c` (why)". */
static struct wls_slice file_path(struct wls_slice text)
{
	const char *end = text.len > 1 ? memchr(text.ptr + 1, '`', text.len - 1) : NULL;
	return text.len > 0 && text.ptr[0] == '`' && end
		       ? wls_slice(text.ptr + 1, (size_t)(end - text.ptr - 1))
		       : text;
}

static void add_items(struct wls_doc *doc, struct wls_node *field, bool paths, json_t *out)
{
	struct wls_component part;
	struct wls_slice rest = field->text;
	bool listed = field->key == WLS_KEY_DONE || field->key == WLS_KEY_ACTIVE ||
		      field->key == WLS_KEY_BACKLOG;
	for (struct wls_slice before = rest; listed && wls_component_next(&rest, ',', &part);
	     before = rest) {
		/* As written, from the name on: with its percentage. */
		size_t end = (size_t)(rest.ptr - before.ptr) - (rest.len > 0);
		size_t from = (size_t)(part.name.ptr - before.ptr);
		json_array_append_new(out, text_json(wls_slice(part.name.ptr, end - from)));
	}
	for (struct wls_node *n = wls_node_children(doc, field); n; n = n->next)
		if (n->kind == WLS_NODE_ITEM && !(n->flags & WLS_NODE_ATTRIBUTE) && n->text.len > 0)
			json_array_append_new(out, text_json(paths ? file_path(n->text) : n->text));
}

/* ---- what belongs to an entry, a section, the log itself ---- */

/* An entry with what continues it, or another holder. */
struct holder {
	const struct wls_entry *entry;
	struct wls_node *node;
};

static struct wls_node *find(const struct check *c, struct holder h, enum wls_key key)
{
	return h.entry ? wls_entry_find(c->doc, h.entry, key) : wls_node_find(c->doc, h.node, key);
}

static struct wls_node *find_next(const struct check *c, struct holder h, enum wls_key key,
				  struct wls_node *after)
{
	return h.entry ? wls_entry_find_next(c->doc, h.entry, key, after)
		       : wls_node_find_next(c->doc, h.node, key, after);
}

/* Items of a key; Next and Files add up, of the others the last field holds. */
static void expect_items(const struct check *c, struct holder h, const char *what, enum wls_key key,
			 json_t *want)
{
	json_t *got = json_array();
	struct wls_node *last = find(c, h, key), *node = NULL;
	bool adds_up = key == WLS_KEY_NEXT || key == WLS_KEY_FILES;
	while ((node = find_next(c, h, key, node)) != NULL)
		if ((adds_up || node == last) && !(node->flags & WLS_NODE_EMPTY))
			add_items(c->doc, node, key == WLS_KEY_FILES, got);
	if (json_array_size(got) == 0 && last && !(last->flags & WLS_NODE_EMPTY) &&
	    last->text.len > 0 && last->kind == WLS_NODE_FIELD && key != WLS_KEY_EVOLUTION)
		json_array_append_new(got, text_json(last->text));
	expect_texts(c, what, want, got);
	json_decref(got);
}

static const struct {
	const char *name;
	enum wls_key key;
} text_keys[] =
	{
		{"prev", WLS_KEY_PREV},   {"now", WLS_KEY_NOW},   {"works", WLS_KEY_WORKS},
		{"fails", WLS_KEY_FAILS}, {"open", WLS_KEY_OPEN},
},
  item_keys[] = {
	  {"next", WLS_KEY_NEXT},           {"dependencies", WLS_KEY_DEPENDENCIES},
	  {"decisions", WLS_KEY_DECISIONS}, {"files", WLS_KEY_FILES},
	  {"done", WLS_KEY_DONE},           {"active", WLS_KEY_ACTIVE},
	  {"backlog", WLS_KEY_BACKLOG},
};

static void expect_sections(const struct check *c, struct wls_node *node, json_t *want)
{
	json_t *got = json_array();
	for (struct wls_node *n = wls_node_children(c->doc, node); n; n = n->next) {
		if (n->kind != WLS_NODE_SECTION)
			continue;
		struct wls_slice line = wls_node_own(c->doc, n);
		while (line.len > 0 && (line.ptr[0] == '#' || line.ptr[0] == ' '))
			line = wls_slice_from(line, 1);
		json_array_append_new(got, text_json(wls_slice_trim(line)));
	}
	expect_texts(c, "sections", want, got);
	json_decref(got);
}

/*
 * Whether an item's text is `want`. The document keeps the text as it is written and
 * understands the markers (rule 7), so an arrow in `want` may stand there in one of its three
 * mojibake forms.
 */
static bool reads_as(struct wls_slice text, const char *want)
{
	static const char *const arrows[] = {
		"\xE2\x86\x92",
		"\xE2\x80\x9A\xC3\x9C\xC3\xAD",
		"\xC3\xA2\xE2\x80\xA0\xE2\x80\x99",
		"\xC3\xA2\xC2\x86\xC2\x92",
	};
	const char *arrow = strstr(want, arrows[0]);
	char spelled[256];
	if (!arrow)
		return wls_slice_eq(text, wls_slice_of(want));
	for (size_t i = 0; i < WLS_ARRAY_SIZE(arrows); i++) {
		snprintf(spelled, sizeof(spelled), "%.*s%s%s", (int)(arrow - want), want, arrows[i],
			 arrow + strlen(arrows[0]));
		if (wls_slice_eq(text, wls_slice_of(spelled)))
			return true;
	}
	return false;
}

static void expect_mark(const struct check *c, const struct wls_node *holder, const char *text,
			const char *want)
{
	for (struct wls_node *n = wls_node_children(c->doc, c->doc->root); n;
	     n = wls_node_walk(c->doc, c->doc->root, n)) {
		if (n->begin < holder->begin || n->begin >= holder->end ||
		    n->kind != WLS_NODE_ITEM || !reads_as(n->text, text))
			continue;
		const char *mark = wls_mark_name(n->mark);
		cr_expect(mark && strcmp(mark, want) == 0, "%s: %s: want %s, got %s", c->path, text,
			  want, mark ? mark : "none");
		return;
	}
	cr_expect_fail("%s: no item \"%s\"", c->path, text);
}

static void expect_verdict(const struct check *c, struct holder h, const char *label,
			   const char *want)
{
	struct wls_node *field = find(c, h, WLS_KEY_HYPOTHESES);
	cr_assert_not_null(field, "%s", c->path);
	for (struct wls_node *n = wls_node_children(c->doc, field); n; n = n->next) {
		if (!wls_slice_eq(n->label, wls_slice_of(label)))
			continue;
		struct wls_slice rest = n->text;
		struct wls_component part;
		wls_component_next(&rest, '|', &part);
		wls_component_next(&rest, '|', &part);
		cr_expect(wls_slice_eq_nocase(part.name, wls_slice_of(want)), "%s: %s: \"%.*s\"",
			  c->path, label, WLS_SLICE_ARG(part.name));
		cr_expect_eq(n->mark,
			     strcmp(want, "confirmed") == 0 ? WLS_MARK_DONE : WLS_MARK_FAILED);
		return;
	}
	cr_expect_fail("%s: no hypothesis %s", c->path, label);
}

static void expect_blockers(const struct check *c, struct holder h, const char *key, json_t *want)
{
	size_t count, open = 0, closed = 0, questions = 0;
	const struct wls_blocker *list = wls_entry_blockers(c->doc, h.entry, &count);
	for (size_t i = 0; i < count; i++) {
		open += !list[i].closed && !list[i].question;
		closed += list[i].closed;
		questions += list[i].question;
	}
	size_t got = strcmp(key, "questions") == 0       ? questions
		     : strcmp(key, "blockers_open") == 0 ? open
							 : closed;
	expect_number(c, key, want, (long)got, 0);
}

static void expect_holder(struct check *c, struct holder h, json_t *want);

/* Sections or handoffs by their heading or key. */
static void expect_subholders(struct check *c, struct holder h, enum wls_node_kind kind,
			      json_t *want)
{
	const char *name;
	json_t *facts;
	json_object_foreach(want, name, facts)
	{
		struct wls_node *found = NULL;
		for (struct wls_node *n = wls_node_children(c->doc, h.node); n; n = n->next) {
			size_t at = wls_slice_find(wls_node_own(c->doc, n), wls_slice_of(name));
			if (n->kind == kind && at != SIZE_MAX)
				found = n;
		}
		cr_assert_not_null(found, "%s: no %s", c->path, name);
		expect_holder(c, (struct holder){NULL, found}, facts);
	}
}

/* Fields by their label: of the user's own, or of the evolution. */
static void expect_labels(const struct check *c, struct holder h, enum wls_key key, json_t *want)
{
	json_t *got = json_object();
	struct wls_node *node = NULL;
	while ((node = find_next(c, h, key, node)) != NULL) {
		char label[64];
		snprintf(label, sizeof(label), "%.*s", WLS_SLICE_ARG(node->label));
		json_object_set_new(got, label, text_json(node->text));
	}
	expect_texts(c, wls_key_name(key), want, got);
	json_decref(got);
}

static void expect_tags(const struct check *c, struct holder h, json_t *want)
{
	json_t *got = json_array();
	if (h.node->flags & WLS_NODE_BLOCKED)
		json_array_append_new(got, json_string("BLOCKED"));
	if (h.node->flags & WLS_NODE_REVIEW)
		json_array_append_new(got, json_string("NEEDS_REVIEW"));
	expect_texts(c, "tags", want, got);
	json_decref(got);
}

static bool expect_table_key(const struct check *c, struct holder h, const char *key, json_t *want)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(text_keys); i++)
		if (strcmp(key, text_keys[i].name) == 0) {
			expect_text(c, key, want, value_of(c->doc, find(c, h, text_keys[i].key)));
			return true;
		}
	for (size_t i = 0; i < WLS_ARRAY_SIZE(item_keys); i++)
		if (strcmp(key, item_keys[i].name) == 0) {
			expect_items(c, h, key, item_keys[i].key, want);
			return true;
		}
	return false;
}

static void expect_key(struct check *c, struct holder h, const char *key, json_t *want)
{
	const char *name;
	json_t *value;
	if (expect_table_key(c, h, key, want))
		return;
	if (h.entry && strcmp(key, "title") == 0)
		expect_text(c, key, want, h.entry->title);
	else if (h.entry && strcmp(key, "date") == 0)
		expect_text(c, key, want, h.entry->date);
	else if (h.entry && strcmp(key, "time") == 0)
		expect_text(c, key, want, h.entry->time);
	else if (strcmp(key, "tags") == 0)
		expect_tags(c, h, want);
	else if (strcmp(key, "status") == 0)
		expect_status(c, want, value_of(c->doc, find(c, h, WLS_KEY_STATUS)));
	else if (strcmp(key, "progress") == 0)
		expect_number(
			c, key, want,
			wls_progress_parse(value_of(c->doc, find(c, h, WLS_KEY_PROGRESS)), NULL),
			-1);
	else if (strcmp(key, "sections") == 0)
		expect_sections(c, h.node, want);
	else if (strcmp(key, "section_fields") == 0)
		expect_subholders(c, h, WLS_NODE_SECTION, want);
	else if (strcmp(key, "handoffs") == 0)
		expect_subholders(c, h, WLS_NODE_HANDOFF, want);
	else if (strcmp(key, "custom") == 0)
		expect_labels(c, h, WLS_KEY_OTHER, want);
	else if (strcmp(key, "evolution") == 0)
		expect_labels(c, h, WLS_KEY_EVOLUTION, want);
	else if (strncmp(key, "blockers_", 9) == 0 || strcmp(key, "questions") == 0)
		expect_blockers(c, h, key, want);
	else if (strcmp(key, "items") == 0)
		json_object_foreach(want, name, value)
			expect_mark(c, h.node, name, json_string_value(value));
	else if (strcmp(key, "hypotheses") == 0)
		json_object_foreach(want, name, value)
			expect_verdict(c, h, name, json_string_value(value));
	else
		cr_expect_fail("%s: nothing checks \"%s\"", c->path, key);
}

static void expect_holder(struct check *c, struct holder h, json_t *want)
{
	const char *key;
	json_t *value;
	json_object_foreach(want, key, value) expect_key(c, h, key, value);
}

/* "3" or "3#2": the second entry v3 in file order. */
static const struct wls_entry *entry_named(const struct check *c, const char *name)
{
	char *end;
	unsigned long version = strtoul(name, &end, 10);
	unsigned long nth = *end == '#' ? strtoul(end + 1, NULL, 10) : 1;
	for (uint32_t i = 0; i < c->doc->entry_count; i++) {
		const struct wls_entry *entry = &c->doc->entries[i];
		if (entry->version == version && !entry->continuation && --nth == 0)
			return entry;
	}
	return NULL;
}

static void expect_fields(struct check *c, json_t *want)
{
	const char *name;
	json_t *facts;
	json_object_foreach(want, name, facts)
	{
		struct holder h = {NULL, c->doc->root};
		c->place = name;
		if (strcmp(name, "own") != 0) {
			h.entry = entry_named(c, name);
			cr_assert_not_null(h.entry, "%s: no entry %s", c->path, name);
			h.node = h.entry->node;
		}
		expect_holder(c, h, facts);
	}
	c->place = "log";
}

/* ---- of the log ---- */

static void expect_entries(const struct check *c, json_t *want)
{
	json_t *got = json_array();
	for (uint32_t i = 0; i < c->doc->entry_count; i++)
		if (!c->doc->entries[i].continuation)
			json_array_append_new(got, json_integer(c->doc->entries[i].version));
	expect_texts(c, "entries", want, got);
	json_decref(got);
}

static void expect_diagnostics(const struct check *c, json_t *want)
{
	static const struct {
		const char *word, *rule;
	} rules[] = {
		{"dates", "date-order"},
		{"unknown-status", "unknown-status"},
		{"status-disagreement", "status-mismatch"},
		{"mojibake", "mojibake"},
		{"invalid-utf8", "invalid-utf8"},
		{"nul", "nul-byte"},
		{"frontmatter", "bad-frontmatter"},
		{"conflict-markers", "conflict-marker"},
		{"duplicate-entry", "duplicate-entry"},
		{"version-mismatch", "version-mismatch"},
	};
	size_t index;
	json_t *word;
	json_array_foreach(want, index, word)
	{
		const char *rule = "?";
		bool found = false;
		for (size_t i = 0; i < WLS_ARRAY_SIZE(rules); i++)
			if (strcmp(json_string_value(word), rules[i].word) == 0)
				rule = rules[i].rule;
		for (size_t i = 0; i < c->doc->diagnostic_count; i++)
			found |= strcmp(c->doc->diagnostics[i].rule, rule) == 0;
		cr_expect(found, "%s: %s is not reported", c->path, json_string_value(word));
	}
}

static void expect_frontmatter_list(const struct check *c, const char *key, json_t *want)
{
	const struct wls_frontmatter *front = &c->doc->frontmatter;
	json_t *got = json_array();
	if (strcmp(key, "aliases") == 0) {
		for (size_t i = 0; i < front->alias_count; i++)
			json_array_append_new(got, text_json(front->aliases[i]));
		expect_texts(c, key, want, got);
	} else {
		size_t index;
		json_t *name;
		json_array_foreach(want, index, name)
		{
			bool found = false;
			for (struct wls_node *n = c->doc->root->first_child->first_child; n;
			     n = n->next)
				found |= wls_slice_eq(n->label,
						      wls_slice_of(json_string_value(name)));
			cr_expect(found, "%s: no key %s", c->path, json_string_value(name));
		}
	}
	json_decref(got);
}

static void expect_log_key(struct check *c, const char *key, json_t *want)
{
	char issue[32];
	if (strcmp(key, "is_worklog") == 0)
		cr_expect_eq(c->facts.is_worklog, json_is_true(want), "%s: is_worklog", c->path);
	else if (strcmp(key, "version") == 0)
		expect_number(c, key, want, c->facts.version, 0);
	else if (strcmp(key, "status") == 0 && !c->facts.is_worklog)
		cr_expect(json_is_null(want), "%s: what is no log has no status", c->path);
	else if (strcmp(key, "status") == 0)
		expect_text(c, key, want,
			    c->facts.status == WLS_STATUS_UNKNOWN
				    ? c->facts.status_text
				    : wls_slice_of(wls_work_status_name(c->facts.status)));
	else if (strcmp(key, "progress") == 0)
		expect_number(c, key, want, c->facts.progress, -1);
	else if (strcmp(key, "entries") == 0)
		expect_entries(c, want);
	else if (strcmp(key, "fields") == 0)
		expect_fields(c, want);
	else if (strcmp(key, "newest") == 0)
		cr_expect_eq(c->facts.newest, entry_named(c, json_string_value(want)), "%s: newest",
			     c->path);
	else if (strcmp(key, "frontmatter") == 0)
		cr_expect_eq(c->doc->frontmatter.present, json_is_true(want), "%s: frontmatter",
			     c->path);
	else if (strcmp(key, "name") == 0)
		expect_text(c, key, want, c->doc->frontmatter.name);
	else if (strcmp(key, "issue") == 0) {
		snprintf(issue, sizeof(issue), "%lld", (long long)json_integer_value(want));
		cr_expect(wls_slice_eq(c->doc->frontmatter.issue, wls_slice_of(issue)), "%s: issue",
			  c->path);
	} else if (strcmp(key, "aliases") == 0 || strcmp(key, "user_keys") == 0)
		expect_frontmatter_list(c, key, want);
	else if (strcmp(key, "diagnostics") == 0)
		expect_diagnostics(c, want);
	else if (strcmp(key, "title") == 0) {
		struct wls_node *n = wls_node_children(c->doc, c->doc->root);
		while (n && n->kind != WLS_NODE_TITLE)
			n = n->next;
		expect_text(c, key, want, n ? n->text : wls_slice(NULL, 0));
	} else if (strcmp(key, "current_dependencies") != 0) /* the graph's */
		cr_expect_fail("%s: nothing checks \"%s\"", c->path, key);
}

static void check_expectation(const char *expect_path, void *data)
{
	char path[4096];
	size_t len = strlen(expect_path) - strlen(".expect.json");
	snprintf(path, sizeof(path), "%.*s.md", (int)len, expect_path);
	FILE *file = fopen(path, "rb");
	if (!file)
		return; /* a log in several files */
	fclose(file);
	struct wls_buf source;
	wls_buf_init(&source, WLS_BUF_LIMIT);
	read_file(path, &source);
	struct check c = {.path = strrchr(path, '/') + 1, .place = "log"};
	c.doc = parse(wls_buf_slice(&source));
	wls_doc_facts(c.doc, &c.facts);
	json_error_t error;
	json_t *want = json_load_file(expect_path, 0, &error);
	cr_assert_not_null(want, "%s: %s", expect_path, error.text);
	const char *key;
	json_t *value;
	json_object_foreach(want, key, value) expect_log_key(&c, key, value);
	json_decref(want);
	wls_doc_free(c.doc);
	wls_buf_release(&source);
	++*(size_t *)data;
}

Test(deviations, as_the_specification_says)
{
	size_t checked = 0;
	each_fixture(".expect.json", check_expectation, &checked);
	cr_assert_gt(checked, 90);
}
