/* SPDX-License-Identifier: MIT */
/*
 * What several families of rules need.
 *
 * Layer: check. Includes: base, doc, graph, check.
 *
 * Phrases are compared strictly: two texts are alike when a reader would call them one sentence.
 * A figure that differs makes them different (`512MB of heap`, `1GB of heap`): that is another try.
 */
#include "check/rules_shared.h"

#include "base/map.h"
#include "base/utf8.h"

/* ---- places ---- */

bool wls_rule_span(const struct wls_doc *doc, struct wls_slice text, struct wls_check_span *out)
{
	uintptr_t begin = (uintptr_t)doc->source.ptr, at = (uintptr_t)text.ptr;

	if (text.len == 0 || at < begin || at + text.len > begin + doc->source.len)
		return false;
	out->begin = (uint32_t)(at - begin);
	out->end = (uint32_t)(at - begin + text.len);
	return true;
}

struct wls_check_span wls_rule_span_or(const struct wls_doc *doc, struct wls_slice text,
				       uint32_t at)
{
	struct wls_check_span span;

	if (!wls_rule_span(doc, text, &span))
		return (struct wls_check_span){at, 0};
	return span;
}

struct wls_check_span wls_rule_heading_span(const struct wls_doc *doc,
					    const struct wls_entry *entry)
{
	uint32_t at = entry->node->begin, end;

	while (at < entry->node->body && !wls_is_alnum(doc->source.ptr[at]))
		at++;
	for (end = at; end < entry->node->body && wls_is_alnum(doc->source.ptr[end]); end++)
		;
	return (struct wls_check_span){at, end};
}

/* ---- entries ---- */

static int by_version(const void *left, const void *right)
{
	const struct wls_rule_entry *a = left, *b = right;

	if (a->entry->version != b->entry->version)
		return a->entry->version < b->entry->version ? -1 : 1;
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return a->entry < b->entry ? -1 : a->entry > b->entry;
}

struct wls_rule_entry *wls_rule_entries(const struct wls_check_log *log, size_t *count)
{
	struct wls_rule_entry *list = NULL;
	size_t cap = 0, n = 0;

	for (size_t i = 0; i < log->part_count; i++) {
		struct wls_doc *doc = log->files[i].doc;
		WLS_GROW(list, cap, n + doc->entry_count);
		for (uint32_t e = 0; e < doc->entry_count; e++)
			list[n++] = (struct wls_rule_entry){&log->files[i], &doc->entries[e]};
	}
	if (n > 1)
		qsort(list, n, sizeof(*list), by_version);
	*count = n;
	return list;
}

/* Takes over the entries of a file whose versions no file before it has. */
static size_t add_older(struct wls_rule_entry *list, struct wls_map *files,
			const struct wls_check_log *log, size_t file)
{
	struct wls_doc *doc = log->files[file].doc;
	size_t n = 0;

	for (uint32_t e = 0; e < doc->entry_count; e++) {
		const uint32_t *version = &doc->entries[e].version;
		uint32_t *first =
			wls_map_at(files, wls_slice((const char *)version, sizeof(*version)));
		if (*first == WLS_MAP_NONE)
			*first = (uint32_t)file;
		if (*first == file && file >= log->part_count)
			list[n++] = (struct wls_rule_entry){&log->files[file], &doc->entries[e]};
	}
	return n;
}

struct wls_rule_entry *wls_rule_older_entries(const struct wls_check_log *log, size_t *count)
{
	struct wls_rule_entry *list = NULL;
	struct wls_map files = {0};
	size_t cap = 0;

	*count = 0;
	for (size_t i = 0; i < log->count && log->count > log->part_count; i++) {
		WLS_GROW(list, cap, *count + log->files[i].doc->entry_count);
		*count += add_older(list + *count, &files, log, i);
	}
	wls_map_release(&files);
	return list;
}

bool wls_rule_newest(const struct wls_check_log *log, struct wls_rule_entry *out)
{
	bool found = false;

	for (size_t i = 0; i < log->part_count; i++) {
		struct wls_entry *newest = wls_doc_newest(log->files[i].doc);
		if (!newest || (found && newest->version <= out->entry->version))
			continue;
		*out = (struct wls_rule_entry){&log->files[i], newest};
		found = true;
	}
	return found;
}

bool wls_rule_is_completed(const struct wls_check_log *log)
{
	return log->check->graph->logs[log->log].status == WLS_STATUS_COMPLETED;
}

/* ---- words ---- */

#define WORD(literal)                                                                              \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

static const struct wls_slice empty_words[] = {
	WORD("a"),    WORD("an"),   WORD("the"),  WORD("of"),   WORD("to"),   WORD("in"),
	WORD("on"),   WORD("at"),   WORD("for"),  WORD("with"), WORD("and"),  WORD("or"),
	WORD("by"),   WORD("is"),   WORD("are"),  WORD("was"),  WORD("were"), WORD("be"),
	WORD("it"),   WORD("its"),  WORD("this"), WORD("that"), WORD("as"),   WORD("from"),
	WORD("some"), WORD("more"), WORD("all"),  WORD("our"),  WORD("der"),  WORD("die"),
	WORD("das"),  WORD("und"),  WORD("le"),   WORD("la"),   WORD("el"),   WORD("de"),
};

static const struct wls_slice denying_words[] = {
	WORD("not"),      WORD("no"),         WORD("never"),    WORD("without"),  WORD("don"),
	WORD("dont"),     WORD("avoid"),      WORD("remove"),   WORD("removed"),  WORD("revert"),
	WORD("reverted"), WORD("undo"),       WORD("undid"),    WORD("drop"),     WORD("dropped"),
	WORD("stop"),     WORD("instead"),    WORD("document"), WORD("why"),      WORD("explain"),
	WORD("abandon"),  WORD("abandoned"),  WORD("rejected"), WORD("delete"),   WORD("deleted"),
	WORD("despite"),  WORD("documented"), WORD("nicht"),    WORD("clean"),    WORD("disable"),
	WORD("disabled"), WORD("unlike"),     WORD("rather"),   WORD("replace"),  WORD("replaced"),
	WORD("kein"),     WORD("keine"),      WORD("ohne"),     WORD("entfernt"),
};

/* What says that something is tried, and not what. */
static const struct wls_slice trying_words[] = {
	WORD("try"),         WORD("retry"),      WORD("tried"),   WORD("trying"),
	WORD("again"),       WORD("attempt"),    WORD("revisit"), WORD("retest"),
	WORD("explore"),     WORD("reconsider"), WORD("apply"),   WORD("implement"),
	WORD("implemented"), WORD("add"),        WORD("added"),   WORD("introduce"),
	WORD("another"),     WORD("once"),       WORD("maybe"),   WORD("perhaps"),
};

static bool is_one_of(struct wls_slice word, const struct wls_slice *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (wls_slice_eq(word, words[i]))
			return true;
	return false;
}

#define IS(word, list) is_one_of((word), (list), WLS_ARRAY_SIZE(list))

/* The next word outside parentheses, folded into `buffer`; empty at the end. */
static struct wls_slice next_word(struct wls_slice *rest, unsigned *depth, char *buffer, size_t cap)
{
	size_t n = 0;

	while (rest->len > 0) {
		int32_t cp;
		bool valid;
		size_t len = wls_utf8_decode(*rest, &cp, &valid);
		bool word = *depth == 0 && (wls_utf8_is_word(cp) || !valid) && cp != '_';
		if (!word && n > 0)
			break;
		if (cp == '(')
			++*depth;
		else if (cp == ')' && *depth > 0)
			--*depth;
		for (size_t i = 0; word && i < len && n < cap; i++)
			buffer[n++] = wls_lower(rest->ptr[i]);
		*rest = wls_slice_from(*rest, len);
	}
	return wls_slice(buffer, n);
}

static bool has_digit(struct wls_slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (wls_is_digit(word.ptr[i]))
			return true;
	return false;
}

static int compare_hashes(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return a < b ? -1 : a > b;
}

static void sort_words(struct wls_phrase *phrase)
{
	size_t n = 0;

	if (phrase->count > 1)
		qsort(phrase->hashes, phrase->count, sizeof(phrase->hashes[0]), compare_hashes);
	for (size_t i = 0; i < phrase->count; i++)
		if (n == 0 || phrase->hashes[n - 1] != phrase->hashes[i])
			phrase->hashes[n++] = phrase->hashes[i];
	phrase->count = n;
}

void wls_phrase_read(struct wls_slice text, struct wls_phrase *out)
{
	enum { WORD_MAX = 64 };
	char buffer[WORD_MAX];
	unsigned depth = 0;
	struct wls_slice word;

	*out = (struct wls_phrase){0};
	while ((word = next_word(&text, &depth, buffer, sizeof(buffer))).len > 0) {
		uint32_t hash = (uint32_t)wls_hash(word);
		out->denied |= IS(word, denying_words);
		if (IS(word, trying_words) || IS(word, empty_words))
			continue;
		if (out->count == WLS_PHRASE_MAX) {
			out->count = 0;
			return;
		}
		out->hashes[out->count++] = hash;
		/* A sum: in whatever order they stand. */
		if (has_digit(word))
			out->figures += hash | 1;
	}
	sort_words(out);
}

bool wls_phrase_alike(const struct wls_phrase *a, const struct wls_phrase *b)
{
	size_t common = 0;

	if (a->figures != b->figures)
		return false;
	for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
		common += a->hashes[i] == b->hashes[k];
		if (a->hashes[i] < b->hashes[k])
			i++;
		else if (a->hashes[i] > b->hashes[k])
			k++;
		else
			i++, k++;
	}
	if (common == a->count && common == b->count)
		return common >= 2;
	return common >= 4 && 20 * common >= 8 * (a->count + b->count);
}
