/* SPDX-License-Identifier: MIT */
/*
 * Frontmatter (rule 5), by libyaml; nothing else includes it.
 *
 * Layer: doc. Includes: base, doc.
 *
 * libyaml's events are read without building its document: a mapping's keys at the first level,
 * with the scalar or the list of scalars that each holds. Its marks count code points, so a
 * cursor that only goes forward turns them into bytes. Whatever libyaml refuses, and whatever
 * is no mapping, leaves the file without frontmatter: its lines are blocks like any others.
 */
#include <yaml.h>

#include "base/utf8.h"
#include "doc/doc_internal.h"
#include "doc/lines.h"

struct reader {
	struct wls_doc *doc;
	yaml_parser_t parser;
	struct wls_slice yaml; /* between the two lines */
	uint32_t base;         /* its offset in the source */
	struct wls_node *node;
	struct wls_frontmatter found;
	size_t alias_cap;
	struct wls_slice *aliases; /* heap; copied to the arena at the end */
	/* Code point `index` of the YAML is its byte `byte`. */
	size_t index, byte;
	const char *problem; /* ours, when libyaml has none */
};

bool wls_version_parse(struct wls_slice text, uint32_t *version, bool *too_large)
{
	text = wls_slice_trim(text);
	*too_large = false;
	if (text.len > 0 && wls_lower(text.ptr[0]) == 'v')
		text = wls_slice_from(text, 1);
	uint64_t n = 0;
	size_t i = 0;
	for (; i < text.len && wls_is_digit(text.ptr[i]); i++)
		if (n <= WLS_VERSION_MAX)
			n = n * 10 + (uint64_t)(text.ptr[i] - '0');
	if (i == 0)
		return false;
	while (i < text.len) {
		size_t zero = i + 1;
		while (zero < text.len && text.ptr[zero] == '0')
			zero++;
		if (text.ptr[i] != '.' || zero == i + 1)
			return false;
		i = zero;
	}
	*too_large = n > WLS_VERSION_MAX;
	*version = (uint32_t)n;
	return !*too_large;
}

/* ---- places ---- */

/* The source offset of a mark; near the last one, since libyaml goes forward. */
static uint32_t offset_of(struct reader *r, yaml_mark_t mark)
{
	for (; mark.index < r->index && r->byte > 0; r->index--) {
		r->byte--;
		while (r->byte > 0 && ((unsigned char)r->yaml.ptr[r->byte] & 0xC0) == 0x80)
			r->byte--;
	}
	while (r->index < mark.index && r->byte < r->yaml.len) {
		struct wls_slice rest = wls_slice_from(r->yaml, r->byte);
		r->byte += (signed char)rest.ptr[0] >= 0 ? 1 : wls_utf8_decode(rest, NULL, NULL);
		r->index++;
	}
	return r->base + (uint32_t)r->byte;
}

/* The scalar as a slice of the source where it stands there as it is, else a copy. */
static struct wls_slice scalar_of(struct reader *r, const yaml_event_t *event, uint32_t begin)
{
	struct wls_slice value =
		wls_slice((const char *)event->data.scalar.value, event->data.scalar.length);
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	uint32_t at = begin + (plain ? 0 : 1);
	if (at + value.len <= r->doc->source.len &&
	    wls_slice_eq(value, wls_slice(r->doc->source.ptr + at, value.len)))
		return wls_slice(r->doc->source.ptr + at, value.len);
	return wls_arena_copy(&r->doc->arena, value);
}

static bool is_null(const yaml_event_t *event)
{
	struct wls_slice value =
		wls_slice((const char *)event->data.scalar.value, event->data.scalar.length);
	return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	       (wls_slice_eq(value, WLS_SLICE("~")) || wls_slice_eq(value, WLS_SLICE("null")));
}

/* ---- keys ---- */

static uint32_t count_lines(const struct wls_doc *doc, uint32_t from, uint32_t to)
{
	struct wls_lines lines = {.src = doc->source.ptr, .len = to, .next = from};
	uint32_t count = 0;
	while (wls_lines_next(&lines))
		count += lines.next > lines.end;
	return count;
}

/* Ends the last child at `at`, and begins one there. */
static struct wls_node *add_key(struct reader *r, uint32_t at)
{
	uint32_t begin = wls_line_begin(r->doc, at, r->node->body);
	if (wls_slice_trim(wls_slice(r->doc->source.ptr + begin, at - begin)).len > 0)
		begin = at; /* within a line: a flow mapping */
	struct wls_node *last = r->node->last_child;
	if (!last && begin > r->node->body) {
		last = wls_node_new(r->doc, r->node, WLS_NODE_OPAQUE, r->node->body);
		last->line = r->node->line + 1;
	}
	if (last)
		last->body = last->end = begin;
	const struct wls_node *before = last ? last : r->node;
	struct wls_node *key = wls_node_new(r->doc, r->node, WLS_NODE_KEY, begin);
	key->line = before->line + count_lines(r->doc, before->begin, begin);
	key->block = r->node->block;
	key->block_end = r->node->block_end;
	return key;
}

static void add_alias(struct reader *r, struct wls_slice alias)
{
	if (r->found.alias_count == r->alias_cap)
		WLS_GROW(r->aliases, r->alias_cap, r->found.alias_count + 1);
	r->aliases[r->found.alias_count++] = alias;
}

static void note_version(struct reader *r, struct wls_slice value, uint32_t at)
{
	bool too_large;
	r->found.version_at = at;
	if (wls_version_parse(value, &r->found.version, &too_large))
		return;
	r->found.version = 0;
	if (value.len == 0)
		return;
	wls_doc_diagnose(r->doc, "bad-version", WLS_WARNING, at,
			 too_large ? "the version number is over 999,999,999"
				   : "this is no version number",
			 "write `version: v3`");
}

static void note_scalar(struct reader *r, struct wls_slice key, struct wls_slice value, uint32_t at)
{
	if (wls_slice_eq_nocase(key, WLS_SLICE("version"))) {
		note_version(r, value, at);
	} else if (wls_slice_eq_nocase(key, WLS_SLICE("status"))) {
		r->found.status = value;
		r->found.status_at = at;
	} else if (wls_slice_eq_nocase(key, WLS_SLICE("name"))) {
		r->found.name = value;
		r->found.name_at = at;
	} else if (wls_slice_eq_nocase(key, WLS_SLICE("id"))) {
		r->found.id = value;
	} else if (wls_slice_eq_nocase(key, WLS_SLICE("issue"))) {
		r->found.issue = value;
	} else if (wls_slice_eq_nocase(key, WLS_SLICE("aliases")) && value.len > 0) {
		add_alias(r, value);
	}
}

/* ---- events ---- */

/* A list or mapping, from its start event to its end; notes aliases. False on a fault. */
static bool read_nested(struct reader *r, struct wls_slice key, uint32_t *end)
{
	bool aliases = wls_slice_eq_nocase(key, WLS_SLICE("aliases"));
	for (size_t depth = 1; depth > 0;) {
		yaml_event_t event;
		if (!yaml_parser_parse(&r->parser, &event))
			return false;
		if (event.type == YAML_SEQUENCE_START_EVENT ||
		    event.type == YAML_MAPPING_START_EVENT)
			depth++;
		else if (event.type == YAML_SEQUENCE_END_EVENT ||
			 event.type == YAML_MAPPING_END_EVENT)
			depth--;
		else if (event.type == YAML_SCALAR_EVENT && aliases && depth == 1)
			add_alias(r, scalar_of(r, &event, offset_of(r, event.start_mark)));
		*end = offset_of(r, event.end_mark);
		yaml_event_delete(&event);
		if (depth > WLS_DEPTH_MAX) {
			r->problem = "nested too deep";
			return false;
		}
	}
	return true;
}

/* The value of `node` (NULL: of a key that is no scalar). */
static bool read_value(struct reader *r, struct wls_node *node)
{
	yaml_event_t event;
	if (!yaml_parser_parse(&r->parser, &event))
		return false;
	uint32_t begin = offset_of(r, event.start_mark), end = begin;
	struct wls_slice key = node ? node->label : wls_slice(NULL, 0);
	yaml_event_type_t type = event.type;
	if (type == YAML_SCALAR_EVENT && node) {
		bool quoted = event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
		if (!is_null(&event))
			node->text = scalar_of(r, &event, begin);
		note_scalar(r, key, node->text, begin + quoted);
	}
	yaml_event_delete(&event);
	if (type != YAML_SEQUENCE_START_EVENT && type != YAML_MAPPING_START_EVENT)
		return true;
	if (!read_nested(r, key, &end))
		return false;
	if (wls_slice_eq_nocase(key, WLS_SLICE("status")) ||
	    wls_slice_eq_nocase(key, WLS_SLICE("version")))
		wls_doc_diagnose(r->doc, "bad-frontmatter", WLS_INFO, begin,
				 "a list or mapping tells no status or version: it is not read",
				 "write one word: `status: completed`, `version: v3`");
	if (node)
		node->text = wls_slice_trim(wls_slice(r->doc->source.ptr + begin, end - begin));
	return true;
}

/* The pairs of the mapping, to its end. False on a fault. */
static bool read_pairs(struct reader *r)
{
	for (;;) {
		yaml_event_t event;
		if (!yaml_parser_parse(&r->parser, &event))
			return false;
		yaml_event_type_t type = event.type;
		uint32_t at = type == YAML_MAPPING_END_EVENT ? 0 : offset_of(r, event.start_mark);
		struct wls_node *node = NULL;
		if (type == YAML_SCALAR_EVENT) {
			node = add_key(r, at);
			node->label = scalar_of(r, &event, at);
		}
		yaml_event_delete(&event);
		if (type == YAML_MAPPING_END_EVENT)
			return true;
		uint32_t end;
		if ((type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT) &&
		    !read_nested(r, wls_slice(NULL, 0), &end))
			return false;
		if (!read_value(r, node))
			return false;
	}
}

/* Whether the next event is `type`; it is consumed. */
static bool expect(struct reader *r, yaml_event_type_t type)
{
	yaml_event_t event;
	if (!yaml_parser_parse(&r->parser, &event))
		return false;
	bool found = event.type == type;
	yaml_event_delete(&event);
	return found;
}

/* Reads one mapping and nothing else. */
static bool read_mapping(struct reader *r)
{
	return expect(r, YAML_STREAM_START_EVENT) && expect(r, YAML_DOCUMENT_START_EVENT) &&
	       expect(r, YAML_MAPPING_START_EVENT) && read_pairs(r) &&
	       expect(r, YAML_DOCUMENT_END_EVENT) && expect(r, YAML_STREAM_END_EVENT);
}

static bool read_yaml(struct reader *r)
{
	if (!yaml_parser_initialize(&r->parser)) {
		r->problem = "libyaml could not be started";
		return false;
	}
	yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r->parser, (const unsigned char *)r->yaml.ptr, r->yaml.len);
	return read_mapping(r);
}

/* ---- the lines around it ---- */

static bool is_fence(struct wls_slice line, struct wls_slice fence)
{
	return wls_slice_starts(line, fence) &&
	       wls_slice_trim(wls_slice_from(line, fence.len)).len == 0;
}

/*
 * Whether the author meant frontmatter, and not a thematic break: `key:` on the first line, or
 * a closing line with no blank line before it.
 */
static bool looks_meant(struct wls_slice yaml, bool closed)
{
	size_t i = 0;
	while (i < yaml.len &&
	       (wls_is_alnum(yaml.ptr[i]) || yaml.ptr[i] == '_' || yaml.ptr[i] == '-'))
		i++;
	if (i > 0 && i < yaml.len && yaml.ptr[i] == ':')
		return true;
	struct wls_slice line;
	bool any = false;
	while (closed && wls_slice_next_line(&yaml, &line)) {
		any = wls_slice_trim(line).len > 0;
		if (!any)
			return false;
	}
	return any;
}

static void report(struct reader *r, uint32_t begin, bool closed)
{
	if (!looks_meant(r->yaml, closed))
		return;
	const char *problem = r->problem ? r->problem : r->parser.problem;
	unsigned long line = (unsigned long)r->parser.problem_mark.line + 2;
	const char *message =
		problem ? wls_arena_printf(&r->doc->arena,
					   "the frontmatter is no YAML mapping: line %lu: %s", line,
					   problem)
			: "the frontmatter is no YAML mapping";
	wls_doc_diagnose(r->doc, "bad-frontmatter", WLS_WARNING, begin, message,
			 "write `key: value` lines between the two `---`");
}

static void accept(struct reader *r, struct wls_lines closing)
{
	struct wls_doc *doc = r->doc;
	struct wls_node *last = r->node->last_child;
	if (last)
		last->body = last->end = closing.begin;
	uint32_t from = last ? closing.begin : r->node->body;
	struct wls_node *end = wls_node_new(doc, r->node, WLS_NODE_OPAQUE, from);
	end->line = last ? closing.number : 2;
	end->body = end->end = closing.next;
	r->node->end = closing.next;
	wls_node_append(doc->root, r->node);
	struct wls_slice *aliases =
		WLS_ARENA_ARRAY(&doc->arena, struct wls_slice, r->found.alias_count);
	for (size_t i = 0; i < r->found.alias_count; i++)
		aliases[i] = r->aliases[i];
	doc->frontmatter = r->found;
	doc->frontmatter.present = true;
	doc->frontmatter.aliases = aliases;
}

uint32_t wls_frontmatter_read(struct wls_doc *doc)
{
	struct wls_slice source = doc->source;
	uint32_t begin = doc->root->body;
	struct wls_lines lines = {.src = source.ptr, .len = (uint32_t)source.len, .next = begin};
	if (!wls_slice_starts(wls_slice_from(source, begin), WLS_SLICE("---")) ||
	    !wls_lines_next(&lines) ||
	    !is_fence(wls_slice(source.ptr + lines.begin, lines.end - lines.begin),
		      WLS_SLICE("---")))
		return 0;
	struct reader r = {.doc = doc, .base = lines.next};
	bool closed = false;
	while (!closed && wls_lines_next(&lines)) {
		struct wls_slice line =
			wls_slice(source.ptr + lines.begin, lines.end - lines.begin);
		closed = is_fence(line, WLS_SLICE("---")) || is_fence(line, WLS_SLICE("..."));
	}
	r.yaml = wls_slice(source.ptr + r.base, (closed ? lines.begin : source.len) - r.base);
	if (!closed) {
		r.problem = "its closing `---` is missing";
		report(&r, begin, false);
		return 0;
	}
	r.node = wls_node_new(doc, NULL, WLS_NODE_FRONTMATTER, begin);
	r.node->body = r.base;
	r.node->line = 1;
	r.node->block = 1;
	r.node->block_end = 2;
	size_t diagnostics = doc->diagnostic_count;
	bool ok = read_yaml(&r);
	if (ok) {
		accept(&r, lines);
	} else {
		doc->diagnostic_count = diagnostics;
		report(&r, begin, true);
	}
	yaml_parser_delete(&r.parser);
	free(r.aliases);
	return ok ? lines.next : 0;
}
