/* SPDX-License-Identifier: MIT */
/*
 * What the tests of the engine's files share: base and sides from literals, entries and units
 * matched, and both told as short texts.
 *
 * Layer: tests. Includes: base, doc, merge.
 */
#ifndef WLS_TEST_ENGINE_SUPPORT_H
#define WLS_TEST_ENGINE_SUPPORT_H

#include "merge/entries.h"
#include "merge/fold.h"
#include "merge/match.h"
#include "merge/unit.h"

#define SIDES_MAX 3u /* that the rows of tables have */

/* Base (0) and sides, as far as the engine has come with them. */
struct engine_test {
	size_t sides;
	struct wls_arena arena;
	struct wls_buf texts[SIDES_MAX + 1];
	struct wls_doc *docs[SIDES_MAX + 1];
	struct wls_folds folds;
	struct wls_entries entries;
	struct wls_units units;
};

/* Parses copies of the texts (base first); their entries are not matched yet. */
void engine_read(struct engine_test *t, const char *const *texts, size_t sides);
/* The same, for texts of add_entries(). */
void engine_read_entries(struct engine_test *t, const char *const *specs, size_t sides);
/* Folds conflicts that stand in the texts, as the engine does first. */
void engine_fold(struct engine_test *t);
void engine_match_entries(struct engine_test *t);
/* Matches entries, then units. */
void engine_match(struct engine_test *t);
/* Opens every unit, with nothing matched but what is equal at the ends. */
void engine_open_all(struct engine_test *t);
void engine_release(struct engine_test *t);

/*
 * Adds a log of entries by a short spec, in its order: `5a` is v5 with the text of letter `a`;
 * `'` edits a word of it, `!` writes another text under the same title, `%` another title over the
 * same text, `+` makes it a continuation, `&` makes it say "(v5)" of the entry before. `@3` dates it on the third, `@3.10`
 * at ten o'clock. Other words are taken as lines: `#Notes` is a section.
 */
void add_entries(struct wls_buf *out, const char *spec);
/* "a" for an entry of such a log. */
char letter_of(const struct wls_entry *entry);

/* `5/5/6=6` for each identity: its numbers by side, and the one that it gets; `+` added, `-`
 * removed. In order of the first side that has it. */
void describe_entries(const struct wls_entries *e, struct wls_buf *out);
/* `b6 c7`: the tail, oldest first, by letter and number. */
void describe_tail(const struct wls_entries *e, struct wls_buf *out);

/* The first unit (in preorder) whose own text holds `needle`, or NULL. */
struct wls_unit *find_unit(struct engine_test *t, size_t side, const char *needle);
/* The next unit in preorder, or NULL. */
struct wls_unit *next_unit(struct wls_unit *u);

#endif
