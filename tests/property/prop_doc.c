/* SPDX-License-Identifier: MIT */
/*
 * Properties of documents: round trip, tiling, nesting, hashes.
 */
#include "property/property.h"
#include "support/generate.h"
#include "support/invariants.h"

static const char *const statuses[] = {"in_progress", "blocked", "Done ✅", "needs_review", NULL};

static void random_log(struct test_random *r, struct wls_buf *out)
{
	struct generate_need needs[GENERATE_NEEDS_MAX];
	struct generate_log log = {
		.number = random_below(r, 500),
		.entries = 1 + random_below(r, 60),
		.newest_first = random_chance(r, 50),
		.crlf = random_chance(r, 30),
		.status = RANDOM_OF(r, statuses),
		.needs = needs,
	};
	log.need_count = generate_needs(r, log.number, needs);
	generate_log(r, &log, out);
}

static const char *judge(struct wls_slice text)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_error err;
	if (wls_doc_parse(&doc, text, &err) < 0)
		return "parsing failed";
	const char *fault = doc_blocks_nest(doc);
	fault = fault ? fault : doc_tiles(doc);
	fault = fault ? fault : doc_round_trips(doc);
	return fault ? fault : doc_reads(doc);
}

static const char *logs_hold(struct test_random *r)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	random_log(r, &text);
	return judge(wls_buf_slice(&text));
}

static const char *fragments_hold(struct test_random *r)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	generate_fragment(r, random_below(r, 40), &text);
	return judge(wls_buf_slice(&text));
}

/* A log whose bytes were damaged in a few places. */
static const char *damaged_logs_hold(struct test_random *r)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	random_log(r, &text);
	for (size_t n = 1 + random_below(r, 20); n > 0; n--)
		text.ptr[random_below(r, text.len)] = (char)random_below(r, 256);
	wls_buf_truncate(&text, random_below(r, text.len));
	return judge(wls_buf_slice(&text));
}

/* Every log is read with the entries that were written. */
static const char *entries_are_found(struct test_random *r)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_facts facts;
	struct wls_error err;
	struct generate_log log = {
		.number = random_below(r, 500),
		.entries = 1 + random_below(r, 60),
		.newest_first = random_chance(r, 50),
		.crlf = random_chance(r, 50),
		.status = "blocked",
	};
	generate_log(r, &log, &text);
	if (wls_doc_parse(&doc, wls_buf_slice(&text), &err) < 0)
		return "parsing failed";
	wls_doc_facts(doc, &facts);
	if (doc->entry_count != log.entries || facts.version != log.entries)
		return "entries are missing or invented";
	if (doc->newest_first != (log.newest_first && log.entries > 1))
		return "the file's order is read wrongly";
	for (uint32_t v = 1; v <= log.entries; v++)
		if (!wls_doc_entry(doc, v) || wls_doc_entry(doc, v)->version != v)
			return "an entry is not found by its number";
	if (facts.status != WLS_STATUS_BLOCKED || facts.newest != wls_doc_newest(doc))
		return "the newest entry does not tell the status";
	return doc->diagnostic_count > 0 ? "a clean log has diagnostics" : NULL;
}

static const char *same_hash(struct wls_doc *a, struct wls_doc *b)
{
	struct wls_node *m = a->root, *n = b->root;
	while (m && n) {
		bool same = wls_slice_eq(wls_node_bytes(a, m), wls_node_bytes(b, n));
		if (same != (wls_node_hash(a, m) == wls_node_hash(b, n)))
			return same ? "equal nodes hash differently" : "unequal nodes hash alike";
		m = wls_node_walk(a, a->root, m);
		n = wls_node_walk(b, b->root, n);
	}
	return NULL;
}

/* Two documents, one of them with a changed byte: equal subtrees hash equal, others do not. */
static const char *hashes_tell_apart(struct test_random *r)
{
	struct wls_buf one _cleanup_buf_ = WLS_BUF_INIT, two _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_doc *a _cleanup_doc_ = NULL, *b _cleanup_doc_ = NULL;
	struct wls_error err;
	random_log(r, &one);
	wls_buf_add_slice(&two, wls_buf_slice(&one));
	if (random_chance(r, 80)) {
		char *c = &two.ptr[random_below(r, two.len)];
		*c = *c == 'e' ? 'a' : *c == 'a' ? 'e' : *c;
	}
	if (wls_doc_parse(&a, wls_buf_slice(&one), &err) < 0 ||
	    wls_doc_parse(&b, wls_buf_slice(&two), &err) < 0)
		return "parsing failed";
	return same_hash(a, b);
}

int main(void)
{
	static const struct property properties[] = {
		{"random logs round-trip, tile and nest", logs_hold, 150},
		{"random fragments round-trip, tile and nest", fragments_hold, 20000},
		{"damaged logs round-trip, tile and nest", damaged_logs_hold, 150},
		{"every entry is found, in either order, with LF and CRLF", entries_are_found, 150},
		{"node hashes are equal for equal bytes only", hashes_tell_apart, 100},
	};
	return property_main(properties, sizeof(properties) / sizeof(properties[0]));
}
