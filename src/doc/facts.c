/* SPDX-License-Identifier: MIT */
/*
 * What a log says of itself: version, status, progress, title (rules 5, 6, 8, 12).
 *
 * Layer: doc. Includes: base, doc.
 *
 * Only the newest entry's fields and the log's own are read, since a workspace has thousands of
 * logs: nothing here looks at older entries but their headings.
 */
#include "base/utf8.h"
#include "doc/doc_internal.h"

static uint32_t offset_in(const struct wls_doc *doc, struct wls_slice text, uint32_t otherwise)
{
	const char *begin = doc->source.ptr;
	if (text.ptr < begin || text.ptr > begin + doc->source.len)
		return otherwise;
	return (uint32_t)(text.ptr - begin);
}

/* ---- title ---- */

static const struct wls_slice log_words[] = {
	{"work log", 8},
	{"worklog", 7},
	{"work-log", 8},
	{"work_log", 8},
};

static struct wls_slice trim_joints(struct wls_slice s)
{
	s = wls_slice_trim(s);
	while (s.len > 0 && memchr("-_,:|", s.ptr[s.len - 1], 5))
		s = wls_slice_trim(wls_slice(s.ptr, s.len - 1));
	while (s.len > 3 && wls_dash_at(wls_slice_from(s, s.len - 3)) == 3)
		s = wls_slice_trim(wls_slice(s.ptr, s.len - 3));
	for (;;) {
		size_t joint = wls_dash_at(s);
		if (joint == 0)
			joint = wls_colon_at(s);
		if (joint == 0)
			return s;
		s = wls_slice_trim(wls_slice_from(s, joint));
	}
}

/* Without "Work Log" at its end or start, and what joined it. */
static struct wls_slice title_of(struct wls_slice words)
{
	words = wls_cut_emoji(wls_skip_emoji(words));
	for (size_t i = 0; i < WLS_ARRAY_SIZE(log_words); i++) {
		size_t len = log_words[i].len;
		if (!wls_slice_ends_nocase(words, log_words[i]))
			continue;
		if (words.len == len || !wls_is_alnum(words.ptr[words.len - len - 1]))
			return trim_joints(wls_slice(words.ptr, words.len - len));
	}
	for (size_t i = 0; i < WLS_ARRAY_SIZE(log_words); i++) {
		size_t len = log_words[i].len;
		struct wls_slice rest = wls_slice_from(words, words.len > len ? len : words.len);
		bool joined = wls_dash_at(wls_ltrim(rest)) > 0 || wls_colon_at(wls_ltrim(rest)) > 0;
		if (wls_slice_starts_nocase(words, log_words[i]) && joined)
			return trim_joints(rest);
	}
	return words;
}

static void find_title(struct wls_doc *doc, struct wls_facts *facts)
{
	for (struct wls_node *n = doc->root->first_child; n; n = n->next)
		if (n->kind == WLS_NODE_TITLE)
			facts->title = title_of(n->text);
}

/* ---- status (rule 6) ---- */

/* One place where a log's status may stand. */
struct voice {
	struct wls_slice text;
	const char *place; /* for messages */
	enum wls_work_status status;
	uint32_t at;
};

static struct voice voice_of(const struct wls_doc *doc, struct wls_slice text, uint32_t at,
			     const char *place)
{
	return (struct voice){
		.text = text,
		.place = place,
		/* `None` says nothing: the next one is asked. */
		.status = wls_value_is_empty(text) ? WLS_STATUS_NONE : wls_work_status_parse(text),
		.at = offset_in(doc, text, at),
	};
}

/* The own Status of a holder: a field or section of it. */
static struct voice field_voice(struct wls_doc *doc, struct wls_node *status, const char *place)
{
	struct wls_slice value = {0};
	if (!status)
		return (struct voice){.place = place};
	wls_node_value(doc, status, &value);
	return voice_of(doc, value, status->begin, place);
}

/* The last heading of an entry that has a tag, of those that go on with it too; or its own. */
static const struct wls_node *tagged_heading(const struct wls_doc *doc,
					     const struct wls_entry *entry)
{
	const struct wls_node *heading = entry->node;
	for (uint32_t i = entry->continued_by; i != WLS_ENTRY_NONE;
	     i = doc->entries[i].continued_by)
		if (doc->entries[i].node->flags & (WLS_NODE_BLOCKED | WLS_NODE_REVIEW))
			heading = doc->entries[i].node;
	return heading;
}

static struct voice tag_voice(const struct wls_doc *doc, const struct wls_entry *newest)
{
	struct voice voice = {.place = "the newest entry's title"};
	if (!newest)
		return voice;
	const struct wls_node *heading = tagged_heading(doc, newest);
	voice.at = heading->begin;
	if (heading->flags & WLS_NODE_BLOCKED)
		voice.status = WLS_STATUS_BLOCKED;
	else if (heading->flags & WLS_NODE_REVIEW)
		voice.status = WLS_STATUS_NEEDS_REVIEW;
	return voice;
}

static void report_unknown(struct wls_doc *doc, const struct voice *voice)
{
	struct wls_slice text = wls_text_flatten(doc, voice->text);
	wls_doc_diagnose(
		doc, "unknown-status", WLS_INFO, voice->at,
		wls_arena_printf(&doc->arena, "unknown status \"%.*s\"", WLS_SLICE_ARG(text)),
		"known are in_progress, blocked, needs_review and completed");
}

static void report_disagreement(struct wls_doc *doc, const struct voice *voice,
				const struct voice *decided)
{
	const char *name = wls_work_status_name(voice->status);
	const char *decided_name = wls_work_status_name(decided->status);
	if (!name || !decided_name || voice->status == decided->status)
		return;
	wls_doc_diagnose(
		doc, "status-mismatch", WLS_WARNING, voice->at,
		wls_arena_printf(&doc->arena, "%s says %s, but %s says %s", voice->place, name,
				 decided->place, decided_name),
		wls_arena_printf(&doc->arena, "write %s here, or change the other", decided_name));
}

static void find_status(struct wls_doc *doc, struct wls_facts *facts)
{
	const struct wls_entry *newest = facts->newest;
	const struct wls_frontmatter *front = &doc->frontmatter;
	/* In the order in which they decide. */
	struct voice voices[] = {
		field_voice(doc, newest ? wls_entry_find(doc, newest, WLS_KEY_STATUS) : NULL,
			    "the newest entry"),
		tag_voice(doc, newest),
		field_voice(doc, wls_node_find(doc, doc->root, WLS_KEY_STATUS),
			    "the log's own Status"),
		voice_of(doc, front->status, front->status_at, "the frontmatter"),
	};
	const struct voice *decided = NULL;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(voices); i++) {
		if (voices[i].status == WLS_STATUS_NONE)
			continue;
		if (voices[i].status == WLS_STATUS_UNKNOWN)
			report_unknown(doc, &voices[i]);
		if (decided)
			report_disagreement(doc, &voices[i], decided);
		else
			decided = &voices[i];
	}
	if (!decided)
		return;
	facts->status = decided->status;
	facts->status_at = decided->at;
	if (decided->status == WLS_STATUS_UNKNOWN)
		facts->status_text = wls_text_flatten(doc, decided->text);
}

/* ---- progress ---- */

static struct wls_slice frontmatter_value(const struct wls_doc *doc, struct wls_slice key)
{
	const struct wls_node *front = doc->frontmatter.present ? doc->root->first_child : NULL;
	while (front && front->kind != WLS_NODE_FRONTMATTER)
		front = front->next;
	for (const struct wls_node *n = front ? front->first_child : NULL; n; n = n->next)
		if (n->kind == WLS_NODE_KEY && wls_slice_eq_nocase(n->label, key))
			return n->text;
	return wls_slice(NULL, 0);
}

static void find_progress(struct wls_doc *doc, struct wls_facts *facts)
{
	struct wls_node *node = NULL;
	if (facts->newest)
		node = wls_entry_find(doc, facts->newest, WLS_KEY_PROGRESS);
	if (!node)
		node = wls_node_find(doc, doc->root, WLS_KEY_PROGRESS);
	struct wls_slice value = frontmatter_value(doc, WLS_SLICE("progress"));
	if (node)
		wls_node_value(doc, node, &value);
	facts->progress = wls_progress_parse(value, NULL);
}

/* ---- version and dates ---- */

static void find_version(struct wls_doc *doc, struct wls_facts *facts)
{
	const struct wls_frontmatter *front = &doc->frontmatter;
	facts->newest = wls_doc_newest(doc);
	facts->version = facts->newest ? facts->newest->version : front->version;
	if (!facts->newest)
		return;
	facts->updated = facts->newest->date;
	facts->updated_time = facts->newest->time;
	facts->title_blocked = (tagged_heading(doc, facts->newest)->flags & WLS_NODE_BLOCKED) != 0;
	if (front->version == 0 || front->version == facts->version)
		return;
	wls_doc_diagnose(doc, "version-mismatch", WLS_WARNING, front->version_at,
			 wls_arena_printf(&doc->arena,
					  "the frontmatter says v%u, but the highest entry is v%u",
					  front->version, facts->version),
			 wls_arena_printf(&doc->arena, "write `version: v%u`", facts->version));
}

static bool is_before(const struct wls_entry *a, const struct wls_entry *b)
{
	int order = wls_slice_cmp(a->date, b->date);
	if (order == 0 && a->time.len > 0 && b->time.len > 0)
		order = wls_slice_cmp(a->time, b->time);
	return order < 0;
}

/* On one day the times tell them apart. */
static void report_order(struct wls_doc *doc, const struct wls_entry *entry,
			 const struct wls_entry *before)
{
	bool same_day = wls_slice_eq(entry->date, before->date);
	struct wls_slice time = same_day ? before->time : wls_slice(NULL, 0);
	uint32_t at = offset_in(doc, entry->date, entry->node->begin);

	if (same_day)
		at = offset_in(doc, entry->time, at);
	wls_doc_diagnose(doc, "date-order", WLS_WARNING, at,
			 wls_arena_printf(&doc->arena, "v%u is dated before v%u (%.*s%s%.*s)",
					  entry->version, before->version,
					  WLS_SLICE_ARG(before->date), same_day ? " " : "",
					  WLS_SLICE_ARG(time)),
			 same_day ? "mend the time that is wrong" : "mend the date that is wrong");
}

/* Entries that are dated before the one of the next lower number. */
static void check_dates(struct wls_doc *doc)
{
	const struct wls_entry *before = NULL;
	for (uint32_t i = 0; i < doc->version_count; i++) {
		const struct wls_entry *entry = &doc->entries[doc->by_version[i]];
		if (entry->date.len == 0)
			continue;
		if (before && before->version < entry->version && is_before(entry, before))
			report_order(doc, entry, before);
		before = entry;
	}
}

/* ---- whether it is a log at all (rule 12) ---- */

static bool has_two_fields(struct wls_doc *doc)
{
	size_t known = 0;
	for (struct wls_node *n = doc->root; n; n = wls_node_walk(doc, doc->root, n)) {
		bool may_be = n->kind == WLS_NODE_FIELD || n->kind == WLS_NODE_SECTION;
		if (may_be && n->key != WLS_KEY_OTHER && n->key != WLS_KEY_NONE && ++known == 2)
			return true;
	}
	return false;
}

/* A look at all bytes: left to whoever asks for the facts, since a merge need not know. */
static void report_bytes(struct wls_doc *doc)
{
	struct wls_utf8_scan scan = wls_utf8_scan(doc->source);
	doc->valid_utf8 = scan.first_invalid == SIZE_MAX;
	doc->has_nul = scan.first_nul != SIZE_MAX;
	if (!doc->valid_utf8)
		wls_doc_diagnose(
			doc, "invalid-utf8", WLS_WARNING, (uint32_t)scan.first_invalid,
			"this byte, and what may follow, is not UTF-8",
			"save the file as UTF-8; until then its bytes are kept as they are");
	if (doc->has_nul)
		wls_doc_diagnose(doc, "nul-byte", WLS_WARNING, (uint32_t)scan.first_nul,
				 "the file holds NUL bytes",
				 "see whether it is a text file at all");
}

static void report_mojibake(struct wls_doc *doc)
{
	size_t at = wls_mojibake_find(doc->source);
	if (at == SIZE_MAX)
		return;
	doc->has_mojibake = true;
	wls_doc_diagnose(doc, "mojibake", WLS_WARNING, (uint32_t)at,
			 "markers were read in a wrong encoding once (mojibake)",
			 "they are understood; wlsync check --fix mends them");
}

void wls_doc_facts(struct wls_doc *doc, struct wls_facts *out)
{
	if (!doc->facts) {
		struct wls_facts *facts = WLS_ARENA_NEW(&doc->arena, struct wls_facts);
		doc->facts = facts;
		find_title(doc, facts);
		find_version(doc, facts);
		find_status(doc, facts);
		find_progress(doc, facts);
		facts->is_worklog = facts->newest || facts->version > 0 || has_two_fields(doc);
		check_dates(doc);
		report_bytes(doc);
		report_mojibake(doc);
		wls_doc_sort_diagnostics(doc);
	}
	*out = *doc->facts;
}
