/* SPDX-License-Identifier: MIT */
/*
 * The outline: title, entries and sections, from the top-level headings.
 *
 * Layer: doc. Includes: base, doc.
 *
 * The problem: what a heading is depends on what else is in the file. `### v3` is an entry, but a
 * section where entries are `## vN`; `## v3 Done` goes on with an entry v3 if there is one; a
 * section after the last entry may be the log's.
 *
 * The idea: two passes over the headings alone. The first reads their words and learns the
 * level of the entries and which is the last; the second builds nodes, with the open sections
 * on a stack by level. Leaves are left for wls_node_children(); nothing here looks at any other
 * block or line. A setext heading of key lines (`**Status:** done` over `---`) is no heading here:
 * its fields are leaves.
 *
 * Complexity: O(headings), hashing entry numbers only where they are not in order.
 */
#include "base/map.h"
#include "doc/doc_internal.h"

enum { HEADING_LEVELS = 6 };

/* A heading, as the first pass found it. */
struct found {
	uint32_t block;
	uint32_t at; /* the start of its line */
	struct wls_slice words;
	struct wls_heading heading;
};

struct outline {
	struct wls_doc *doc;
	struct found *found;
	size_t count;
	size_t last_entry; /* index into found, or count */
	struct wls_node *title;
	struct wls_node *entry;                /* the open one, or NULL */
	struct wls_node *open[HEADING_LEVELS]; /* open sections, by rising level */
	size_t depth;
	bool after_entries; /* in the log's own sections after the last entry */
};

static const struct wls_block *block_of(const struct outline *o, const struct found *found)
{
	return &o->doc->blocks[found->block];
}

/* ---- first pass ---- */

static struct wls_slice cut_closing_sequence(struct wls_slice words)
{
	struct wls_slice s = wls_slice_trim(words);
	size_t n = s.len;
	while (n > 0 && s.ptr[n - 1] == '#')
		n--;
	if (n == s.len || (n > 0 && !wls_is_blank(s.ptr[n - 1])))
		return s;
	return wls_slice_trim(wls_slice(s.ptr, n));
}

/* The words of a heading: without marker, closing sequence, underline. */
static struct wls_slice words_of(const struct wls_doc *doc, const struct wls_block *block)
{
	struct wls_slice s =
		wls_slice(doc->source.ptr + block->content, block->end - block->content);
	if (!(block->flags & WLS_BLOCK_SETEXT))
		return cut_closing_sequence(s);
	s = wls_slice_trim(wls_slice(doc->source.ptr + block->begin, block->end - block->begin));
	while (s.len > 0 && !wls_is_line_end(s.ptr[s.len - 1]))
		s.len--;
	return wls_slice_trim(s);
}

static void read_heading(const struct wls_doc *doc, struct found *found)
{
	const struct wls_block *block = &doc->blocks[found->block];
	bool may_be_entry =
		(block->level == 2 || block->level == 3) && !(block->flags & WLS_BLOCK_SETEXT);
	found->at = wls_line_begin(doc, block->begin, doc->root->body);
	found->words = words_of(doc, block);
	wls_heading_parse(found->words, &found->heading);
	found->heading.is_entry &= may_be_entry;
	found->heading.bad_version &= may_be_entry;
}

/* Reads all headings, and fetches those that come next: their lines left the cache long ago. */
static void find_headings(struct outline *o)
{
	const size_t ahead = 8;
	const struct wls_doc *doc = o->doc;
	size_t count = doc->heading_count;
	o->found = wls_alloc(count, sizeof(*o->found));
	for (size_t i = 0; i < count; i++) {
		if (i + 2 * ahead < count)
			__builtin_prefetch(&doc->blocks[doc->headings[i + 2 * ahead]]);
		if (i + ahead < count)
			__builtin_prefetch(doc->source.ptr +
					   doc->blocks[doc->headings[i + ahead]].begin);
		if (wls_underlined_fields(doc, &doc->blocks[doc->headings[i]]))
			continue;
		o->found[o->count].block = doc->headings[i];
		read_heading(doc, &o->found[o->count++]);
	}
}

/* Settles which headings are entries: the level of the others is known now. */
static uint32_t settle_entries(struct outline *o)
{
	bool second_level = false;
	uint32_t entries = 0;
	for (size_t i = 0; i < o->count; i++)
		second_level |=
			o->found[i].heading.is_entry && block_of(o, &o->found[i])->level == 2;
	o->last_entry = o->count;
	for (size_t i = 0; i < o->count; i++) {
		struct wls_heading *heading = &o->found[i].heading;
		bool dated = heading->date.len > 0 || heading->bad_date.len > 0;
		if (second_level && block_of(o, &o->found[i])->level == 3 && !dated)
			heading->is_entry = false;
		if (!heading->is_entry)
			continue;
		o->last_entry = i;
		entries++;
	}
	return entries;
}

/* ---- second pass ---- */

static struct wls_node *add_heading(struct outline *o, struct wls_node *parent,
				    enum wls_node_kind kind, const struct found *found)
{
	const struct wls_block *block = block_of(o, found);
	struct wls_node *node = wls_node_new(o->doc, parent, kind, found->at);
	node->body = node->end = block->end;
	node->line = block->line;
	node->level = block->level;
	node->block = found->block;
	node->block_end = block->next;
	node->label = node->text = found->words;
	if (kind != WLS_NODE_TITLE)
		node->flags |= WLS_NODE_UNREAD;
	return node;
}

static void close_node(struct wls_node *node, uint32_t at, uint32_t block)
{
	node->end = at;
	node->block_end = block;
}

/* Closes the open sections of `level` and deeper. */
static void close_sections(struct outline *o, unsigned level, uint32_t at, uint32_t block)
{
	while (o->depth > 0 && o->open[o->depth - 1]->level >= level)
		close_node(o->open[--o->depth], at, block);
}

static void close_entry(struct outline *o, uint32_t at, uint32_t block)
{
	close_sections(o, 0, at, block);
	if (o->entry)
		close_node(o->entry, at, block);
	o->entry = NULL;
}

static void add_section(struct outline *o, const struct found *found)
{
	struct wls_node *parent = o->entry ? o->entry : o->doc->root;
	if (o->depth > 0)
		parent = o->open[o->depth - 1];
	struct wls_node *node = add_heading(o, parent, WLS_NODE_SECTION, found);
	const struct wls_heading *heading = &found->heading;
	node->key = (uint16_t)wls_heading_key(found->words, &node->label, &node->text);
	node->version = heading->version;
	node->version_last = heading->version_last;
	node->flags |= heading->flags & WLS_NODE_OPEN_RANGE;
	node->mark = (uint8_t)wls_mark_last(found->words);
	if (node->text.ptr != node->label.ptr && wls_value_is_empty(node->text))
		node->flags |= WLS_NODE_EMPTY;
	o->open[o->depth++] = node;
}

static void add_entry(struct outline *o, const struct found *found)
{
	const struct wls_heading *heading = &found->heading;
	struct wls_node *node = add_heading(o, o->doc->root, WLS_NODE_ENTRY, found);
	node->version = heading->version;
	node->version_last = heading->version;
	node->text = heading->title;
	node->flags |= heading->flags;
	node->mark = heading->mark;
	o->entry = node;
	o->doc->entries[o->doc->entry_count++] = (struct wls_entry){
		.node = node,
		.version = heading->version,
		.date = heading->date,
		.time = heading->time,
		.title = heading->title,
		.continued_by = WLS_ENTRY_NONE,
		.continuation = !heading->full, /* until link_entries() knows better */
	};
}

/* Whether a heading after the last entry is the log's own (rule 3). */
static bool is_logs_section(const struct outline *o, size_t i)
{
	const struct found *found = &o->found[i];
	if (!o->entry || o->last_entry > i || block_of(o, found)->level > o->entry->level)
		return false;
	struct wls_slice label, text;
	return wls_key_flags(wls_heading_key(found->words, &label, &text)) & WLS_KEY_LOG;
}

static void add_found(struct outline *o, size_t i)
{
	const struct found *found = &o->found[i];
	const struct wls_block *block = block_of(o, found);
	uint32_t at = found->at;
	if (found->heading.is_entry) {
		close_entry(o, at, found->block);
		add_entry(o, found);
	} else if (!o->entry && !o->title && block->level == 1 && !o->after_entries) {
		close_sections(o, 0, at, found->block);
		o->title = add_heading(o, o->doc->root, WLS_NODE_TITLE, found);
	} else {
		if (is_logs_section(o, i)) {
			close_entry(o, at, found->block);
			o->after_entries = true;
		}
		close_sections(o, block->level, at, found->block);
		add_section(o, found);
	}
}

/* ---- entries among each other ---- */

static struct wls_slice key_of(const uint32_t *version)
{
	return wls_slice((const char *)version, sizeof(*version));
}

/* Whether the full entries stand in strictly rising or falling order, with nothing to link. */
static bool are_in_order(const struct wls_doc *doc)
{
	bool rising = true, falling = true;
	for (uint32_t i = 0; i < doc->entry_count; i++) {
		if (doc->entries[i].continuation)
			return false;
		if (i == 0)
			continue;
		rising &= doc->entries[i].version > doc->entries[i - 1].version;
		falling &= doc->entries[i].version < doc->entries[i - 1].version;
	}
	return rising || falling;
}

static void append_continuation(struct wls_doc *doc, uint32_t *tails, uint32_t main, uint32_t i)
{
	uint32_t tail = tails[main] == 0 ? main : tails[main] - 1;
	doc->entries[tail].continued_by = i;
	doc->entries[i].node->flags |= WLS_NODE_CONTINUES;
	tails[main] = i + 1;
}

/*
 * Duplicates and continuations (rule 2). A heading without separator goes on with the full
 * entry of its number before it, else with the first one after it; without any it is an entry
 * itself.
 */
static void link_entries(struct wls_doc *doc)
{
	_cleanup_(wls_map_release) struct wls_map first = {0};
	_cleanup_(wls_map_release) struct wls_map latest = {0};
	_cleanup_free_ uint32_t *tails = wls_alloc(doc->entry_count, sizeof(*tails));
	for (uint32_t i = 0; i < doc->entry_count; i++) {
		struct wls_entry *entry = &doc->entries[i];
		if (entry->continuation)
			continue;
		uint32_t *place = wls_map_at(&first, key_of(&entry->version));
		entry->duplicate = *place != WLS_MAP_NONE;
		if (!entry->duplicate)
			*place = i;
	}
	for (uint32_t i = 0; i < doc->entry_count; i++) {
		struct wls_entry *entry = &doc->entries[i];
		uint32_t full = wls_map_find(&first, key_of(&entry->version));
		uint32_t *before = wls_map_at(&latest, key_of(&entry->version));
		if (entry->continuation && *before != WLS_MAP_NONE) {
			append_continuation(doc, tails, *before, i);
		} else if (entry->continuation && full != WLS_MAP_NONE) {
			append_continuation(doc, tails, full, i);
		} else {
			entry->continuation = false;
			*before = i;
		}
	}
}

/* The orientation of the file (rule 8): what most neighbours say. */
static bool is_newest_first(const struct wls_doc *doc)
{
	const struct wls_entry *before = NULL;
	uint32_t rising = 0, falling = 0;
	for (uint32_t i = 0; i < doc->entry_count; i++) {
		const struct wls_entry *entry = &doc->entries[i];
		if (entry->continuation)
			continue;
		rising += before && before->version < entry->version;
		falling += before && before->version > entry->version;
		before = entry;
	}
	return falling > rising;
}

/* What puts entries in order: number, then time, then the place in the file's orientation. */
struct rank {
	uint32_t version;
	uint32_t place;
	uint32_t entry;
	struct wls_slice date, time;
};

static int compare_ranks(const void *x, const void *y)
{
	const struct rank *a = x, *b = y;
	if (a->version != b->version)
		return a->version < b->version ? -1 : 1;
	/* A missing time is the start of the day, a missing date before all others. */
	int order = wls_slice_cmp(a->date, b->date);
	if (order == 0)
		order = wls_slice_cmp(a->time, b->time);
	return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

static void rank_entries(struct wls_doc *doc)
{
	_cleanup_free_ struct rank *ranks = wls_alloc(doc->entry_count, sizeof(*ranks));
	uint32_t count = 0;
	for (uint32_t i = 0; i < doc->entry_count; i++) {
		const struct wls_entry *entry = &doc->entries[i];
		if (entry->continuation)
			continue;
		uint32_t place = doc->newest_first ? doc->entry_count - i : i;
		ranks[count++] = (struct rank){entry->version, place, i, entry->date, entry->time};
	}
	qsort(ranks, count, sizeof(*ranks), compare_ranks);
	doc->version_count = count;
	for (uint32_t i = 0; i < count; i++)
		doc->by_version[i] = ranks[i].entry;
}

static void order_entries(struct wls_doc *doc)
{
	doc->by_version = WLS_ARENA_ARRAY(&doc->arena, uint32_t, doc->entry_count);
	if (are_in_order(doc)) {
		uint32_t n = doc->entry_count;
		doc->newest_first = n > 1 && doc->entries[0].version > doc->entries[1].version;
		doc->version_count = n;
		for (uint32_t i = 0; i < n; i++)
			doc->by_version[i] = doc->newest_first ? n - 1 - i : i;
		return;
	}
	link_entries(doc);
	doc->newest_first = is_newest_first(doc);
	rank_entries(doc);
}

/* ---- diagnostics ---- */

/* `9:00` says what is meant, but does not sort and is no time for who reads it as one. */
static bool lacks_zero(struct wls_slice time)
{
	return time.len > 3 && time.ptr[1] == ':' && time.ptr[2] < '6';
}

static void report_time(struct wls_doc *doc, struct wls_slice time)
{
	uint32_t at = (uint32_t)(time.ptr - doc->source.ptr);
	if (lacks_zero(time))
		wls_doc_diagnose(doc, "bad-date", WLS_INFO, at, "the hour has one digit",
				 wls_arena_printf(&doc->arena, "write 0%.*s", WLS_SLICE_ARG(time)));
	else
		wls_doc_diagnose(doc, "bad-date", WLS_WARNING, at, "this is no time of day",
				 "write HH:MM, from 00:00 to 23:59");
}

static void report_date(struct wls_doc *doc, const struct wls_heading *heading)
{
	const char *source = doc->source.ptr;
	if (heading->bad_date.len > 0)
		wls_doc_diagnose(doc, "bad-date", WLS_WARNING,
				 (uint32_t)(heading->bad_date.ptr - source),
				 "no calendar has this date",
				 "write YYYY-MM-DD, with a day that the month has");
	if (heading->bad_time.len > 0)
		report_time(doc, heading->bad_time);
}

static void report_headings(const struct outline *o)
{
	for (size_t i = 0; i < o->count; i++) {
		const struct found *found = &o->found[i];
		uint32_t at = (uint32_t)(found->words.ptr - o->doc->source.ptr);
		if (found->heading.bad_version)
			wls_doc_diagnose(
				o->doc, "bad-version", WLS_WARNING, at,
				"the version number is over 999,999,999, so this is no entry",
				"give the entry the next free number");
		if (found->heading.is_entry)
			report_date(o->doc, &found->heading);
	}
}

static void report_duplicates(struct wls_doc *doc)
{
	for (uint32_t i = 0; i < doc->entry_count; i++) {
		const struct wls_entry *entry = &doc->entries[i];
		if (!entry->duplicate)
			continue;
		wls_doc_diagnose(doc, "duplicate-entry", WLS_WARNING, entry->node->begin,
				 wls_arena_printf(&doc->arena, "a second entry has the number v%u",
						  entry->version),
				 "give one of the two the next free number");
	}
}

void wls_outline_read(struct wls_doc *doc)
{
	struct outline o = {.doc = doc};
	find_headings(&o);
	uint32_t entries = settle_entries(&o);
	doc->entries = WLS_ARENA_ARRAY(&doc->arena, struct wls_entry, entries);
	for (size_t i = 0; i < o.count; i++)
		add_found(&o, i);
	close_entry(&o, doc->root->end, doc->block_count);
	order_entries(doc);
	report_headings(&o);
	report_duplicates(doc);
	free(o.found);
}
