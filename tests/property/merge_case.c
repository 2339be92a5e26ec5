/* SPDX-License-Identifier: MIT */
/*
 * Cases for properties of merging, and making them small: edits are left out, then lines of
 * the base, and the edits are made again.
 */
#include "property/merge_case.h"

#include <stdio.h>
#include <sys/stat.h>

#include "support/log_lines.h"
#include "support/merge_judge.h"

struct merge_case {
	enum case_kind kind;
	uint64_t seed;
	struct wls_buf base; /* in LF */
	struct worklog_form form[1 + CASE_SIDES];
	struct edit edit[CASE_SIDES][CASE_EDITS];
	size_t edits[CASE_SIDES];
	size_t sides;
};

void case_texts_release(struct case_texts *texts)
{
	wls_buf_release(&texts->base);
	for (size_t i = 0; i < CASE_SIDES; i++)
		wls_buf_release(&texts->side[i]);
	wls_merge_free(texts->merge);
	texts->merge = NULL;
}

static void case_release(struct merge_case *c)
{
	wls_buf_release(&c->base);
}

/* ---- making ---- */

static void random_form(struct test_random *r, struct worklog_form *form)
{
	form->crlf = random_chance(r, 25);
	form->mixed = random_chance(r, 3);
	form->byte_order_mark = random_chance(r, 6);
	form->no_final_newline = random_chance(r, 10);
}

/* A side seldom changes the form of the file. */
static void side_form(struct test_random *r, struct worklog_form *form)
{
	if (random_chance(r, 3))
		form->crlf = !form->crlf;
	if (random_chance(r, 2))
		form->byte_order_mark = !form->byte_order_mark;
	if (random_chance(r, 4))
		form->no_final_newline = !form->no_final_newline;
}

static bool fits(const struct merge_case *c, enum edit_kind kind)
{
	switch (c->kind) {
	case CASE_IN_PLACE:
		return edit_in_place(kind);
	case CASE_DISJOINT:
		return kind != EDIT_ADD_SECTION && kind != EDIT_REMOVE_SECTION;
	case CASE_ADDING:
		return kind == EDIT_APPEND_ENTRY;
	default:
		return true;
	}
}

static enum edit_domain domain_of(enum case_kind kind, size_t side)
{
	if (kind == CASE_IN_PLACE)
		return side == 0 ? EDIT_LINES_EVEN : EDIT_LINES_ODD;
	if (kind == CASE_DISJOINT)
		return side == 0 ? EDIT_CHUNKS_EVEN : EDIT_CHUNKS_ODD;
	return EDIT_ANYWHERE;
}

static void random_edits(struct merge_case *c, struct test_random *r, size_t side)
{
	size_t most = c->kind == CASE_ADDING ? 3 : CASE_EDITS + 1;
	c->edits[side] = random_below(r, most);
	for (size_t i = 0; i < c->edits[side]; i++) {
		struct edit *edit = &c->edit[side][i];
		do
			edit->kind = edit_random_kind(r);
		while (!fits(c, edit->kind));
		edit->domain = domain_of(c->kind, side);
		edit->seed = random_next(r);
	}
	/* Both sides may do the same. */
	if (side > 0 && (c->kind == CASE_MIXED || c->kind == CASE_ADDING) && c->edits[side] > 0 &&
	    c->edits[0] > 0 && random_chance(r, 15))
		c->edit[side][0] = c->edit[0][0];
}

static void case_init(struct merge_case *c, enum case_kind kind, uint64_t seed)
{
	struct test_random r = {seed * 64 + kind};
	struct worklog_shape shape = {
		.entries = 1 + random_below(&r, random_chance(&r, 80) ? 5 : 12),
		.newest_first = random_chance(&r, 50),
		.frontmatter = random_chance(&r, 80),
		.sections = random_chance(&r, 60),
	};
	*c = (struct merge_case){.kind = kind, .seed = seed, .sides = 2};
	wls_buf_init(&c->base, WLS_BUF_LIMIT);
	worklog_generate(&r, &shape, &c->base);
	if (kind == CASE_ADDING)
		c->sides = 3 + random_below(&r, 2);
	if (kind != CASE_IN_PLACE)
		random_form(&r, &c->form[0]);
	for (size_t i = 0; i < c->sides; i++) {
		c->form[1 + i] = c->form[0];
		if (kind == CASE_MIXED)
			side_form(&r, &c->form[1 + i]);
		random_edits(c, &r, i);
	}
}

static void damage(const struct merge_case *c, size_t side, struct wls_buf *text)
{
	struct test_random r = {c->seed * 8 + side};
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_slice whole = wls_buf_slice(text), line;
	size_t at = random_below(&r, 20);
	for (size_t n = 0; wls_slice_next_line(&whole, &line); n++) {
		bool item = wls_slice_starts(line, WLS_SLICE("- "));
		wls_buf_add_slice(&out, line);
		if (c->kind == CASE_FORWARD && item && n % 5 == at % 5)
			wls_buf_printf(&out, " until v%u", 3 + random_below(&r, 12));
		if (c->kind == CASE_BINARY && n % 20 == at)
			wls_buf_add_char(&out, '\0');
		wls_buf_add_char(&out, '\n');
	}
	wls_buf_release(text);
	*text = out;
}

static void side_build(const struct merge_case *c, size_t side, struct wls_buf *out)
{
	struct wls_buf text = WLS_BUF_INIT;
	wls_buf_add_slice(&text, wls_buf_slice(&c->base));
	for (size_t i = 0; i < c->edits[side]; i++) {
		struct wls_buf next = WLS_BUF_INIT;
		edit_apply(&c->edit[side][i], wls_buf_slice(&text), &next);
		wls_buf_release(&text);
		text = next;
	}
	if (c->kind == CASE_FORWARD || c->kind == CASE_BINARY)
		damage(c, side, &text);
	worklog_form_apply(&c->form[1 + side], wls_buf_slice(&text), out);
	wls_buf_release(&text);
}

static void case_build(const struct merge_case *c, struct case_texts *out)
{
	*out = (struct case_texts){.sides = c->sides};
	wls_buf_init(&out->base, WLS_BUF_LIMIT);
	worklog_form_apply(&c->form[0], wls_buf_slice(&c->base), &out->base);
	for (size_t i = 0; i < CASE_SIDES; i++)
		wls_buf_init(&out->side[i], WLS_BUF_LIMIT);
	for (size_t i = 0; i < c->sides; i++)
		side_build(c, i, &out->side[i]);
}

/* The highest number after `letter` where a word begins. */
static uint32_t highest_label(struct wls_slice text, char letter)
{
	uint32_t highest = 0;
	for (size_t i = 0; i + 1 < text.len; i++) {
		uint32_t number = 0;
		if (text.ptr[i] != letter || (i > 0 && wls_is_alnum(text.ptr[i - 1])))
			continue;
		while (i + 1 < text.len && number < 100000 && wls_is_digit(text.ptr[i + 1]))
			number = number * 10 + (uint32_t)(text.ptr[++i] - '0');
		highest = number > highest ? number : highest;
	}
	return highest;
}

/* Frontmatter is there whole or not at all. */
static bool front_is_whole(struct wls_slice text)
{
	size_t version = wls_slice_find(text, WLS_SLICE("\nversion: "));
	size_t status = wls_slice_find(text, WLS_SLICE("\nstatus: "));
	size_t open = wls_slice_find(text, WLS_SLICE("---\n"));
	size_t close = wls_slice_find(text, WLS_SLICE("\n---\n"));
	if (version == SIZE_MAX && status == SIZE_MAX)
		return true;
	return open == 0 && close != SIZE_MAX && (version == SIZE_MAX || version < close) &&
	       (status == SIZE_MAX || status < close);
}

/* Nothing names a version or hypothesis past the last one: no forward references. */
static bool text_is_admissible(struct wls_slice text)
{
	struct log_lines lines;
	uint32_t hypotheses = 0;
	log_lines_read(&lines, text);
	for (size_t i = 0; i < lines.count; i++) {
		const struct log_line *line = &lines.items[i];
		if (line->kind == LINE_KEYED && line->text.ptr[0] == 'H') {
			uint32_t number =
				highest_label(wls_slice(line->text.ptr,
							wls_slice_find(line->text, WLS_SLICE(":"))),
					      'H');
			hypotheses = number > hypotheses ? number : hypotheses;
		}
	}
	bool fine = highest_label(text, 'v') <= log_lines_newest(&lines) &&
		    highest_label(text, 'H') <= hypotheses;
	log_lines_release(&lines);
	return fine;
}

static bool is_admissible(const struct merge_case *c, const struct case_texts *texts)
{
	struct wls_slice base = wls_buf_slice(&texts->base);
	bool fine = text_is_admissible(base);
	/* Logs without an entry in common are in conflict. */
	if ((c->kind == CASE_ADDING || c->kind == CASE_DISJOINT) &&
	    wls_slice_find(base, WLS_SLICE("## v")) == SIZE_MAX)
		return false;
	if (!front_is_whole(wls_buf_slice(&c->base)))
		return false;
	for (size_t i = 0; i < texts->sides && fine; i++)
		fine = text_is_admissible(wls_buf_slice(&texts->side[i]));
	return fine || c->kind == CASE_FORWARD;
}

/* ---- making small ---- */

struct search {
	case_law *law;
	const char *fault;
	size_t tries; /* left */
};

static bool texts_fail(const struct merge_case *c, struct case_texts *texts, struct search *s)
{
	if (s->tries == 0 || !is_admissible(c, texts))
		return false;
	s->tries--;
	const char *fault = s->law(texts);
	return fault && strcmp(fault, s->fault) == 0;
}

static bool still_fails(const struct merge_case *c, struct search *s)
{
	struct case_texts texts _cleanup_(case_texts_release);
	case_build(c, &texts);
	return texts_fail(c, &texts, s);
}

static void drop_edits(struct merge_case *c, struct search *s)
{
	for (size_t side = 0; side < c->sides; side++)
		for (size_t i = c->edits[side]; i > 0; i--) {
			struct merge_case smaller = *c;
			size_t after = c->edits[side] - i;
			memmove(&smaller.edit[side][i - 1], &smaller.edit[side][i],
				after * sizeof(struct edit));
			smaller.edits[side]--;
			if (still_fails(&smaller, s))
				*c = smaller;
		}
}

static void drop_forms(struct merge_case *c, struct search *s)
{
	struct merge_case smaller = *c;
	memset(smaller.form, 0, sizeof(smaller.form));
	if (still_fails(&smaller, s))
		*c = smaller;
}

/* The text without its lines [from, to). */
static void without_lines(struct wls_slice text, size_t from, size_t to, struct wls_buf *out)
{
	struct wls_slice rest = text;
	for (size_t n = 0; rest.len > 0; n++) {
		const char *end = memchr(rest.ptr, '\n', rest.len);
		size_t len = end ? (size_t)(end - rest.ptr) + 1 : rest.len;
		if (n < from || n >= to)
			wls_buf_add(out, rest.ptr, len);
		rest = wls_slice_from(rest, len);
	}
}

static size_t count_lines(struct wls_slice text)
{
	size_t n = 0;
	for (size_t i = 0; i < text.len; i++)
		n += text.ptr[i] == '\n';
	return n;
}

static void drop_lines(struct merge_case *c, struct search *s)
{
	for (size_t size = count_lines(wls_buf_slice(&c->base)); size > 0; size /= 2)
		for (size_t at = 0; at < count_lines(wls_buf_slice(&c->base));) {
			struct merge_case smaller = *c;
			wls_buf_init(&smaller.base, WLS_BUF_LIMIT);
			without_lines(wls_buf_slice(&c->base), at, at + size, &smaller.base);
			if (still_fails(&smaller, s)) {
				wls_buf_release(&c->base);
				*c = smaller;
			} else {
				wls_buf_release(&smaller.base);
				at += size;
			}
		}
}

/* ---- telling ---- */

static void print_text(const char *name, const struct wls_buf *text)
{
	struct wls_slice rest = wls_buf_slice(text), line;
	printf("# ---- %s (%zu bytes)\n", name, text->len);
	while (wls_slice_next_line(&rest, &line))
		printf("# | %.*s\n", WLS_SLICE_ARG(line));
}

static void keep_text(const char *folder, const char *name, const struct wls_buf *text)
{
	struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT;
	wls_buf_printf(&path, "%s/%s.md", folder, name);
	FILE *file = fopen(wls_buf_str(&path), "wb");
	if (file) {
		fwrite(wls_buf_str(text), 1, text->len, file);
		fclose(file);
	}
}

static void tell(const struct merge_case *c, const struct case_texts *texts, const char *fault)
{
	static const char *const names[] = {"ours", "theirs", "third", "fourth"};
	const char *folder = getenv("WLSYNC_KEEP");
	printf("# %s: %s\n", fault, judge_detail());
	for (size_t side = 0; side < c->sides; side++)
		for (size_t i = 0; i < c->edits[side]; i++)
			printf("# %s: %s\n", names[side], edit_name(c->edit[side][i].kind));
	print_text("base", &texts->base);
	for (size_t i = 0; i < texts->sides; i++)
		print_text(names[i], &texts->side[i]);
	if (!folder || !*folder)
		return;
	mkdir(folder, 0777);
	keep_text(folder, "base", &texts->base);
	for (size_t i = 0; i < texts->sides; i++)
		keep_text(folder, names[i], &texts->side[i]);
}

/* Makes the case small, and tells of it. */
static void explain(const struct merge_case *whole, case_law *law, const char *fault)
{
	struct merge_case c _cleanup_(case_release) = *whole;
	struct case_texts texts _cleanup_(case_texts_release);
	struct search s = {.law = law, .fault = fault, .tries = 4000};
	wls_buf_init(&c.base, WLS_BUF_LIMIT);
	wls_buf_add_slice(&c.base, wls_buf_slice(&whole->base));
	drop_edits(&c, &s);
	drop_forms(&c, &s);
	drop_lines(&c, &s);
	drop_edits(&c, &s);
	case_build(&c, &texts);
	law(&texts); /* for the detail */
	tell(&c, &texts, fault);
}

static bool is_asked(const struct law *law, enum case_kind kind, uint64_t seed)
{
	return law->kind == kind && !law->refuted && seed <= law->cases;
}

void case_judge(enum case_kind kind, uint64_t seed, struct law *laws, size_t count)
{
	struct merge_case c _cleanup_(case_release) = {.base = WLS_BUF_INIT};
	struct case_texts texts _cleanup_(case_texts_release) = {0};
	bool made = false, admissible = false;
	for (size_t i = 0; i < count; i++) {
		struct law *law = &laws[i];
		if (!is_asked(law, kind, seed))
			continue;
		if (!made) {
			case_init(&c, kind, seed);
			case_build(&c, &texts);
			admissible = is_admissible(&c, &texts);
			made = true;
		}
		const char *fault = admissible ? law->holds(&texts) : NULL;
		law->tried++;
		if (!fault)
			continue;
		law->refuted = true;
		printf("# %s:\n", law->name);
		explain(&c, law->holds, fault);
		printf("# %s, with WLSYNC_SEED=%llu\n", fault, (unsigned long long)seed);
	}
}
