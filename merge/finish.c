/* SPDX-License-Identifier: MIT */
/*
 * The last touch on a result.
 *
 * Layer: merge. Includes: base, buf, merge.
 */
#include "merge/finish.h"

#include "merge/file_form.h"

/* Puts each text of each conflict through `change`. */
static void change_texts(struct wls_merge *m,
			 void (*change)(struct wls_buf *text, const void *data), const void *data)
{
	for (size_t i = 0; i < m->conflict_count; i++) {
		struct wls_slice *texts =
			WLS_ARENA_ARRAY(&m->arena, struct wls_slice, m->side_count + 1);
		for (size_t s = 0; s <= m->side_count; s++) {
			struct wls_buf _cleanup_buf_ buf = WLS_BUF_INIT;
			wls_buf_add_slice(&buf, m->conflicts[i].texts[s]);
			change(&buf, data);
			texts[s] = wls_arena_copy(&m->arena, wls_buf_slice(&buf));
		}
		m->conflicts[i].texts = texts;
	}
}

static void unfold_text(struct wls_buf *text, const void *data)
{
	wls_folds_unfold(data, text);
}

void wls_merge_unfold(struct wls_merge *merge, const struct wls_folds *folds)
{
	struct wls_conflict_blocks blocks = {0};
	size_t next = 0;

	if (folds->count == 0)
		return;
	wls_folds_unfold(folds, &merge->text);
	/* Lines moved down. */
	wls_conflict_blocks_find(wls_buf_slice(&merge->text), &blocks);
	for (size_t i = 0; i < blocks.count && next < merge->conflict_count; i++)
		if (blocks.items[i].size == merge->marker_size)
			merge->conflicts[next++].line = blocks.items[i].line;
	free(blocks.items);
	change_texts(merge, unfold_text, folds);
}

static void end_lines(struct wls_buf *text, const void *data)
{
	wls_file_form_apply(text, data, true, true);
}

void wls_merge_end_lines(struct wls_merge *merge)
{
	const struct wls_file_form crlf = {.endings = WLS_ENDINGS_CRLF, .final_newline = true};

	change_texts(merge, end_lines, &crlf);
}
