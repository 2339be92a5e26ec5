/* SPDX-License-Identifier: MIT */
#include "engine_support.h"

#include <criterion/criterion.h>
#include <stdio.h>

static void parse_all(struct engine_test *t)
{
	struct wls_error err;

	for (size_t s = 0; s <= t->sides; s++) {
		struct wls_slice text = wls_slice_of(wls_buf_str(&t->texts[s]));
		cr_assert_eq(wls_doc_parse(&t->docs[s], text, &err), 0);
		wls_doc_forget_blocks(t->docs[s]);
	}
}

void engine_read(struct engine_test *t, const char *const *texts, size_t sides)
{
	*t = (struct engine_test){.sides = sides};
	for (size_t s = 0; s <= sides; s++) {
		wls_buf_init(&t->texts[s], WLS_BUF_LIMIT);
		wls_buf_add_str(&t->texts[s], texts[s]);
	}
	parse_all(t);
}

void engine_read_entries(struct engine_test *t, const char *const *specs, size_t sides)
{
	*t = (struct engine_test){.sides = sides};
	for (size_t s = 0; s <= sides; s++) {
		wls_buf_init(&t->texts[s], WLS_BUF_LIMIT);
		add_entries(&t->texts[s], specs[s]);
	}
	parse_all(t);
}

void engine_fold(struct engine_test *t)
{
	struct wls_error err;

	for (size_t s = 0; s <= t->sides; s++) {
		struct wls_buf _cleanup_buf_ folded = WLS_BUF_INIT;
		if (!wls_folds_fold(&t->folds, t->docs[s], &folded, &t->arena))
			continue;
		struct wls_slice text = wls_arena_copy(&t->arena, wls_buf_slice(&folded));
		wls_doc_free(t->docs[s]);
		cr_assert_eq(wls_doc_parse(&t->docs[s], text, &err), 0);
		wls_doc_forget_blocks(t->docs[s]);
	}
}

void engine_match_entries(struct engine_test *t)
{
	wls_entries_match(&t->entries, t->docs, t->sides, wls_slice(NULL, 0), &t->arena);
}

void engine_match(struct engine_test *t)
{
	engine_match_entries(t);
	wls_units_init(&t->units, t->docs, t->sides, &t->arena);
	t->units.folds = &t->folds;
	wls_units_match(&t->units, &t->entries);
}

void engine_open_all(struct engine_test *t)
{
	wls_units_init(&t->units, t->docs, t->sides, &t->arena);
	for (size_t s = 0; s <= t->sides; s++)
		for (struct wls_unit *u = t->units.roots[s]->first; u; u = u->next)
			if (!u->class)
				wls_units_add_class(&t->units, u);
	for (struct wls_class *c = t->units.classes; c; c = c->next)
		wls_class_open(&t->units, c);
}

void engine_release(struct engine_test *t)
{
	wls_entries_release(&t->entries);
	free(t->folds.items);
	for (size_t s = 0; s <= t->sides; s++) {
		wls_doc_free(t->docs[s]);
		wls_buf_release(&t->texts[s]);
	}
	wls_arena_release(&t->arena);
}

/* ---- logs by a spec ---- */

struct spec {
	unsigned version;
	char letter;
	bool edited, rewritten, retitled, continues, refers;
	const char *day, *hour;
};

static bool read_mark(struct spec *spec, char c)
{
	bool *flag = c == '\''  ? &spec->edited
		     : c == '!' ? &spec->rewritten
		     : c == '%' ? &spec->retitled
		     : c == '+' ? &spec->continues
		     : c == '&' ? &spec->refers
				: NULL;

	if (flag)
		*flag = true;
	return flag != NULL;
}

static const char *read_spec(const char *at, struct spec *spec)
{
	char *end;

	*spec = (struct spec){.version = (unsigned)strtoul(at, &end, 10)};
	spec->letter = *end++;
	while (read_mark(spec, *end))
		end++;
	if (*end == '@') {
		spec->day = ++end;
		end += strspn(end, "0123456789");
		if (*end == '.') {
			spec->hour = ++end;
			end += strspn(end, "0123456789");
		}
	}
	cr_assert(*end == ' ' || *end == '\0', "a spec goes on: %s", end);
	return end;
}

static void add_entry(struct wls_buf *out, const struct spec *spec)
{
	char c = spec->letter, body = spec->rewritten ? 'z' : c;

	wls_buf_printf(out, "## v%u", spec->version);
	if (spec->continues)
		wls_buf_add_str(out, " Implementation Complete");
	if (spec->day)
		wls_buf_printf(out, " | 2025-11-%02d", atoi(spec->day));
	if (spec->hour)
		wls_buf_printf(out, " %02d:00", atoi(spec->hour));
	if (!spec->continues)
		wls_buf_printf(out, " | %s%c", spec->retitled ? "Other " : "", c);
	wls_buf_printf(out, "\n\n**Work:**\n- %c1 %c2 %c3 %c4 %c5 %c6 %s\n", body, body, body, body,
		       body, body, spec->edited ? "edited" : "written");
	if (spec->refers)
		wls_buf_printf(out, "- builds on it (v%u)\n", spec->version - 1);
	wls_buf_add_str(out, "\n");
}

void add_entries(struct wls_buf *out, const char *text)
{
	while (*text) {
		struct spec spec;
		size_t word = strcspn(text, " ");

		if (wls_is_digit(*text)) {
			text = read_spec(text, &spec);
			add_entry(out, &spec);
		} else {
			wls_buf_printf(out, "## %.*s\n\nAbout %.*s.\n\n", (int)word - 1, text + 1,
				       (int)word - 1, text + 1);
			text += word;
		}
		text += strspn(text, " ");
	}
}

char letter_of(const struct wls_entry *entry)
{
	return entry->title.len > 0 ? entry->title.ptr[entry->title.len - 1] : '?';
}

/* ---- what was found ---- */

static void describe_identity(const struct wls_entries *e, const struct wls_identity *id,
			      struct wls_buf *out)
{
	if (out->len > 0)
		wls_buf_add_char(out, ' ');
	for (size_t s = 0; s <= e->sides; s++) {
		wls_buf_add_str(out, s > 0 ? "/" : "");
		if (id->entry[s] == WLS_NO_ENTRY)
			wls_buf_add_char(out, '-');
		else
			wls_buf_printf(out, "%u", e->docs[s]->entries[id->entry[s]].version);
	}
	if (id->removed)
		wls_buf_add_str(out, "=gone");
	else
		wls_buf_printf(out, "=%u", id->number);
	cr_expect_eq(id->added, id->entry[0] == WLS_NO_ENTRY);
}

void describe_entries(const struct wls_entries *e, struct wls_buf *out)
{
	size_t told = 0;

	for (size_t s = 0; s <= e->sides; s++)
		for (uint32_t i = 0; i < e->docs[s]->entry_count; i++) {
			const struct wls_identity *id = e->of[s][i];
			bool first = true;

			cr_assert_eq(id->entry[s], i, "an entry's identity knows the entry");
			for (size_t t = 0; t < s; t++)
				first &= id->entry[t] == WLS_NO_ENTRY;
			if (!first)
				continue;
			describe_identity(e, id, out);
			told++;
		}
	cr_expect_eq(told, e->count, "no identity without an entry");
}

void describe_tail(const struct wls_entries *e, struct wls_buf *out)
{
	for (size_t i = 0; i < e->tail_count; i++) {
		const struct wls_identity *id = e->tail[i];
		size_t s = 1;

		while (s < e->sides && id->entry[s] == WLS_NO_ENTRY)
			s++;
		cr_expect(id->tail);
		wls_buf_printf(out, "%s%c%u", i > 0 ? " " : "",
			       letter_of(&e->docs[s]->entries[id->entry[s]]), id->number);
	}
}

struct wls_unit *next_unit(struct wls_unit *u)
{
	if (u->first)
		return u->first;
	while (u && !u->next)
		u = u->parent;
	return u ? u->next : NULL;
}

struct wls_unit *find_unit(struct engine_test *t, size_t side, const char *needle)
{
	for (struct wls_unit *u = t->units.roots[side]; u; u = next_unit(u))
		if (wls_slice_find(wls_unit_own(&t->units, u), wls_slice_of(needle)) != SIZE_MAX)
			return u;
	return NULL;
}
