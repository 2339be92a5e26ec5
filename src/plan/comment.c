/* SPDX-License-Identifier: MIT */
/*
 * A version's comment: all that its entry says, compact.
 *
 * Layer: plan. Includes: base, buf, doc, plan.
 */
#include "plan/content.h"

/* Room for the marker line, and for what a tracker makes of the text. */
enum { ROOM = 1000 };

static void write_heading(struct wls_chunks *chunks, struct wls_doc *doc,
			  const struct wls_entry *entry)
{
	if (!wls_chunks_paragraph(chunks))
		return;
	wls_buf_add_str(&chunks->text, "### ");
	wls_content_heading(chunks, doc, entry);
	wls_chunks_end(chunks);
}

/* The entry, and the headings that go on with it. */
static void write_entry(struct wls_chunks *chunks, struct wls_doc *doc,
			const struct wls_entry *entry)
{
	while (entry) {
		for (struct wls_node *n = wls_node_children(doc, entry->node); n && !chunks->full;
		     n = n->next)
			wls_content_block(chunks, doc, n);
		entry = entry->continued_by == WLS_ENTRY_NONE ? NULL
							      : &doc->entries[entry->continued_by];
	}
}

void wls_comment_render(const struct wls_plan_options *options, struct wls_doc *doc,
			const struct wls_entry *entry, struct wls_slice path, struct wls_buf *out)
{
	struct wls_buf _cleanup_buf_ footer = WLS_BUF_INIT;
	struct wls_chunks _cleanup_chunks_ chunks;
	size_t room = WLS_BODY_MAX - ROOM;

	wls_region_footer(options, path, true, &footer);
	/* A path alone is never so long; if it were, the text would go without it. */
	if (footer.len > room / 2)
		wls_buf_clear(&footer);
	wls_chunks_init(&chunks, room - footer.len - 1, options->mentions);
	chunks.code = true;
	write_heading(&chunks, doc, entry);
	write_entry(&chunks, doc, entry);
	wls_buf_add_slice(out, wls_buf_slice(&chunks.text));
	if (!chunks.full)
		return;
	wls_buf_add_str(out, chunks.in_list ? "\n" : "");
	wls_buf_add_slice(out, wls_buf_slice(&footer));
}
