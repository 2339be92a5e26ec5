/* SPDX-License-Identifier: MIT */
/*
 * Places that go on from one another, and the quick look for keys: both spare work, and must say what
 * the whole work would.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "base/utf8.h"
#include "doc/doc_internal.h"
#include "doc_support.h"
#include "support/generate.h"

enum { DOCUMENTS = 60, STEPS = 40 };

/* From the top, character by character, to the first at or behind `offset`. */
static struct wls_doc_place place_by_hand(const struct wls_doc *doc, uint32_t offset)
{
	struct wls_slice source = doc->source;
	struct wls_doc_place place = {doc->root->body, 1, 1};

	while (place.at < offset) {
		char c = source.ptr[place.at];
		struct wls_slice rest = wls_slice_from(source, place.at);
		place.at += (uint32_t)wls_utf8_decode(rest, NULL, NULL);
		place.column++;
		if (c == '\n' || (c == '\r' && (rest.len == 1 || rest.ptr[1] != '\n'))) {
			place.line++;
			place.column = 1;
		}
	}
	return place;
}

static void try_places(struct test_random *r, struct wls_doc *doc, bool in_order)
{
	struct wls_doc_place place = {0}, back = {0};
	uint32_t size = (uint32_t)doc->source.len, offset = 0;

	for (size_t i = 0; i < STEPS; i++) {
		uint32_t far = random_below(r, size + 1);
		struct wls_doc_place want =
			place_by_hand(doc, in_order ? offset + far / STEPS : far);
		offset = want.at;
		wls_doc_locate_from(doc, &place, offset);
		cr_assert(place.line == want.line && place.column == want.column,
			  "%u: %u:%u, want %u:%u", offset, place.line, place.column, want.line,
			  want.column);
		cr_assert_eq(wls_doc_offset(doc, &back, want.line, want.column), want.at);
	}
}

Test(places, go_on)
{
	struct test_random r = {20261123};

	for (size_t i = 0; i < DOCUMENTS; i++) {
		struct wls_buf source _cleanup_buf_ = WLS_BUF_INIT;
		generate_fragment(&r, 60, &source);
		for (size_t c = 0; i % 3 == 1 && c < source.len; c++)
			if (source.ptr[c] == '\n')
				source.ptr[c] = '\r';
		struct wls_doc *doc = parse(wls_buf_slice(&source));
		try_places(&r, doc, false);
		try_places(&r, doc, true);
		wls_doc_free(doc);
	}
}

/* ---- keys ---- */

/* Whether a node beneath `node` has that key. */
static bool holds_key(struct wls_doc *doc, struct wls_node *node, enum wls_key key)
{
	for (struct wls_node *n = node; n; n = wls_node_walk(doc, node, n))
		if (n->key == key)
			return true;
	return false;
}

static bool may_hold(enum wls_key key, const char *text)
{
	struct wls_key_scan scan;

	wls_key_scan_init(&scan, &key, 1);
	return wls_key_scan_may_hold(&scan, wls_slice_of(text));
}

Test(key_scan, every_spelling)
{
	static const struct {
		const char *before, *behind;
	} forms[] = {
		{"**", ":** x"},        {"", ": x"},
		{"a\n- **", "**: x\n"}, {"## ", ""},
		{"a | ", ": x"},        {"\xF0\x9F\x94\x8D ", ": x"},
		{"**", " (v3):**"},     {"> ", ":"},
		{"x **", ":** y"},      {"- \xE2\x9C\x85 ", ":"},
		{"- [x] ", ": \n"},
	};
	for (size_t i = 0; i < wls_key_spelling_count(); i++) {
		enum wls_key key;
		struct wls_slice spelling = wls_key_spelling(i, &key);
		for (size_t f = 0; f < WLS_ARRAY_SIZE(forms); f++) {
			char text[160], upper[160], parted[160];
			(void)snprintf(text, sizeof(text), "%s%.*s%s", forms[f].before,
				       WLS_SLICE_ARG(spelling), forms[f].behind);
			for (size_t c = 0; c < sizeof(text); c++) {
				bool letter = text[c] >= 'a' && text[c] <= 'z';
				upper[c] = letter ? (char)(text[c] - 32) : text[c];
				parted[c] = text[c] == '-' && c > 3 ? ' ' : text[c];
			}
			cr_expect(may_hold(key, text), "%s", text);
			cr_expect(may_hold(key, upper), "%s", upper);
			cr_expect(may_hold(key, parted), "%s", parted);
		}
	}
}

Test(key_scan, other_texts)
{
	static const char *const texts[] = {
		"",
		"tr",
		"**Now:** what was done \xE2\x9C\x85 \xE2\x80\x94 and entries retried",
		"- `src/dead.c`: deadlines, hypothetical \xF0\x9F\x94\x84",
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(texts); i++) {
		cr_expect_not(may_hold(WLS_KEY_TRIED, texts[i]), "%s", texts[i]);
		cr_expect_not(may_hold(WLS_KEY_DEAD_ENDS, texts[i]), "%s", texts[i]);
		cr_expect_not(may_hold(WLS_KEY_HYPOTHESES, texts[i]), "%s", texts[i]);
	}
	/* Letters that fold into others may be anything. */
	cr_expect(may_hold(WLS_KEY_TRIED, "**\xEF\xBC\xB4ried:**"));
	cr_expect(may_hold(WLS_KEY_TRIED, "**T\xEF\xBD\x92ied:**"));
}

/* Whatever stands in the fixtures is seen by the quick look. */
static void look_into(const char *path, void *data)
{
	struct wls_buf source _cleanup_buf_ = WLS_BUF_INIT;
	size_t *found = data;

	read_file(path, &source);
	struct wls_doc *doc = parse(wls_buf_slice(&source));
	for (uint32_t e = 0; e < doc->entry_count; e++) {
		struct wls_node *node = doc->entries[e].node;
		for (int key = WLS_KEY_NONE + 1; key < WLS_KEY_OTHER; key++) {
			enum wls_key one = (enum wls_key)key;
			struct wls_key_scan scan;
			/* What is no word: an entry's own range, phases by their number. */
			if (one == WLS_KEY_EVOLUTION || one == WLS_KEY_HANDOFF ||
			    !holds_key(doc, node, one))
				continue;
			wls_key_scan_init(&scan, &one, 1);
			cr_expect(wls_key_scan_may_hold(&scan, wls_node_bytes(doc, node)),
				  "%s: v%u, %s", path, doc->entries[e].version, wls_key_name(one));
			++*found;
		}
	}
	wls_doc_free(doc);
}

Test(key_scan, fixtures)
{
	size_t found = 0;

	cr_assert_gt(each_fixture(".md", look_into, &found), 50);
	cr_expect_gt(found, 300);
}
