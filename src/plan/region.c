/* SPDX-License-Identifier: MIT */
/*
 * A region: a log's sections in their order, as much of them as there is room for.
 *
 * Layer: plan. Includes: base, buf, graph, plan.
 *
 * Sections are chunks that may be cut behind each one. When all do not fit, the sections are served by
 * importance: first those that say how the log stands get up to a share each, so that a thousand
 * next steps do not push out the one blocker; then every section in that order takes what it can of
 * the room that is left. So the history goes first, then the diagram, and so on. A line at the end
 * says that something is missing, and where it is.
 *
 *     room for 10:  facts 2, next 9, blockers 3, history 5    (share 3)
 *     shares:       facts 2, blockers 3, next 3     → 2 left
 *     the rest:     next 5                          → 0 left, no history
 *
 * O(sections · log of chunks + bytes).
 */
#include "plan/content.h"

/* A share is this part of the room. */
enum { SHARE_OF = 4 };

/* By importance; the first SHARED of them get shares. */
static const enum wls_content_part by_importance[] = {
	WLS_PART_FACTS,   WLS_PART_BLOCKERS,  WLS_PART_NEXT,    WLS_PART_DEPENDENCIES,
	WLS_PART_OPEN,    WLS_PART_DECISIONS, WLS_PART_REVIEW,  WLS_PART_COMPONENTS,
	WLS_PART_DETAILS, WLS_PART_TARGETS,   WLS_PART_DIAGRAM, WLS_PART_HISTORY,
};
enum { SHARED = 6 };

struct layout {
	struct wls_content_section sections[WLS_PART_COUNT];
	size_t taken[WLS_PART_COUNT]; /* chunks of each */
	size_t room;
};

/* The first `n` chunks. */
static struct wls_slice chunks_of(const struct wls_content_section *section, size_t n)
{
	return wls_slice(section->text.ptr, section->ends[n - 1]);
}

/* Whether a blank line is missing behind chunks: behind a list it is. */
static bool lacks_blank(struct wls_slice text)
{
	return !wls_slice_ends_nocase(text, WLS_SLICE("\n\n"));
}

/* The bytes that the first `n` chunks take, with head, tail and the blank lines between. */
static size_t size_of(const struct wls_content_section *section, size_t n)
{
	struct wls_slice text;
	size_t size;

	if (n == 0)
		return 0;
	text = chunks_of(section, n);
	size = text.len + lacks_blank(text);
	if (section->head.len > 0)
		size += section->head.len + 2;
	if (section->tail.len > 0)
		size += section->tail.len + 2;
	return size;
}

/* As many chunks as fit into `room`. */
static size_t fit(const struct wls_content_section *section, size_t room)
{
	size_t low = 0, high = section->count;

	while (low < high) {
		size_t middle = low + (high - low + 1) / 2;

		if (size_of(section, middle) <= room)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

/* Lets a section have up to `most` bytes. */
static void serve(struct layout *layout, enum wls_content_part part, size_t most)
{
	const struct wls_content_section *section = &layout->sections[part];
	size_t has = size_of(section, layout->taken[part]);
	size_t n = fit(section, most < layout->room + has ? most : layout->room + has);

	if (n <= layout->taken[part])
		return;
	layout->room -= size_of(section, n) - has;
	layout->taken[part] = n;
}

/* Returns whether something is left out. */
static bool take_all(struct layout *layout, size_t *size)
{
	bool cut = false;

	*size = 0;
	for (size_t part = 0; part < WLS_PART_COUNT; part++) {
		const struct wls_content_section *section = &layout->sections[part];

		layout->taken[part] = section->count;
		*size += size_of(section, section->count);
		cut |= section->cut;
	}
	return cut;
}

static void take_by_importance(struct layout *layout, size_t room)
{
	memset(layout->taken, 0, sizeof(layout->taken));
	layout->room = room;
	for (size_t i = 0; i < SHARED; i++)
		serve(layout, by_importance[i], room / SHARE_OF);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(by_importance); i++)
		serve(layout, by_importance[i], SIZE_MAX);
}

static void write_section(const struct wls_content_section *section, size_t n, struct wls_buf *out)
{
	struct wls_slice text;

	if (n == 0)
		return;
	text = chunks_of(section, n);
	if (section->head.len > 0) {
		wls_buf_add_slice(out, section->head);
		wls_buf_add_str(out, "\n\n");
	}
	wls_buf_add_slice(out, text);
	if (lacks_blank(text))
		wls_buf_add_char(out, '\n');
	if (section->tail.len > 0) {
		wls_buf_add_slice(out, section->tail);
		wls_buf_add_str(out, "\n\n");
	}
}

static void prepare(const struct wls_wanted *wanted, const struct wls_chunks *dependencies,
		    struct layout *layout)
{
	memcpy(layout->sections, wanted->content->sections, sizeof(layout->sections));
	layout->sections[WLS_PART_DEPENDENCIES] = (struct wls_content_section){
		.head = WLS_SLICE("### Dependencies"),
		.text = wls_buf_slice(&dependencies->text),
		.ends = dependencies->ends,
		.count = dependencies->count,
		.cut = dependencies->full,
	};
}

bool wls_region_render(const struct wls_wanted_list *list, const struct wls_wanted *wanted,
		       const struct wls_numbers *numbers, size_t limit, struct wls_buf *out)
{
	struct wls_chunks _cleanup_chunks_ dependencies;
	struct wls_buf _cleanup_buf_ footer = WLS_BUF_INIT;
	struct layout layout;
	size_t size;
	bool cut;

	wls_chunks_init(&dependencies, WLS_BODY_MAX, list->options->mentions);
	if (!wanted->content)
		return false;
	wls_region_dependencies(list, wanted, numbers, &dependencies);
	prepare(wanted, &dependencies, &layout);
	cut = take_all(&layout, &size);
	wls_region_footer(list->options, wanted->file, cut, &footer);
	if (size + footer.len > limit) {
		wls_buf_clear(&footer);
		wls_region_footer(list->options, wanted->file, true, &footer);
		if (footer.len > limit)
			return false;
		take_by_importance(&layout, limit - footer.len);
	}
	for (size_t part = 0; part < WLS_PART_COUNT; part++)
		write_section(&layout.sections[part], layout.taken[part], out);
	wls_buf_add_slice(out, wls_buf_slice(&footer));
	return true;
}
