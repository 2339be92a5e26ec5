/* SPDX-License-Identifier: MIT */
/*
 * Hypotheses: `text | verdict | evidence`, and what verdict the words mean.
 *
 * Layer: doc. Includes: base, doc, figure, pattern.
 */
#include "doc/pattern_internal.h"

#define WORD(literal)                                                                              \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

/* A longer row comes before the shorter one that begins it. */
static const struct {
	struct wls_slice word;
	enum wls_verdict verdict;
} verdicts[] = {
	{WORD("partially"), WLS_VERDICT_PARTIAL},
	{WORD("partly"), WLS_VERDICT_PARTIAL},
	{WORD("partial"), WLS_VERDICT_PARTIAL},
	{WORD("inconclusive"), WLS_VERDICT_PARTIAL},
	{WORD("confirmed"), WLS_VERDICT_CONFIRMED},
	{WORD("proven"), WLS_VERDICT_CONFIRMED},
	{WORD("proved"), WLS_VERDICT_CONFIRMED},
	{WORD("verified"), WLS_VERDICT_CONFIRMED},
	{WORD("true"), WLS_VERDICT_CONFIRMED},
	{WORD("yes"), WLS_VERDICT_CONFIRMED},
	{WORD("refuted"), WLS_VERDICT_REFUTED},
	{WORD("rejected"), WLS_VERDICT_REFUTED},
	{WORD("disproven"), WLS_VERDICT_REFUTED},
	{WORD("disproved"), WLS_VERDICT_REFUTED},
	{WORD("ruled out"), WLS_VERDICT_REFUTED},
	{WORD("not confirmed"), WLS_VERDICT_UNKNOWN},
	{WORD("false"), WLS_VERDICT_REFUTED},
	{WORD("wrong"), WLS_VERDICT_REFUTED},
	{WORD("no"), WLS_VERDICT_REFUTED},
	{WORD("invalidated"), WLS_VERDICT_INVALIDATED},
	{WORD("invalid"), WLS_VERDICT_INVALIDATED},
	{WORD("obsolete"), WLS_VERDICT_INVALIDATED},
	{WORD("superseded"), WLS_VERDICT_INVALIDATED},
	{WORD("moot"), WLS_VERDICT_INVALIDATED},
	{WORD("dropped"), WLS_VERDICT_INVALIDATED},
	{WORD("open"), WLS_VERDICT_OPEN},
	{WORD("untested"), WLS_VERDICT_OPEN},
	{WORD("not tested"), WLS_VERDICT_OPEN},
	{WORD("testing"), WLS_VERDICT_OPEN},
	{WORD("in progress"), WLS_VERDICT_OPEN},
	{WORD("investigating"), WLS_VERDICT_OPEN},
	{WORD("pending"), WLS_VERDICT_OPEN},
	{WORD("unknown"), WLS_VERDICT_OPEN},
	{WORD("tbd"), WLS_VERDICT_OPEN},
	{WORD("?"), WLS_VERDICT_OPEN},
};

const char *wls_verdict_name(enum wls_verdict verdict)
{
	static const char *const names[] = {
		[WLS_VERDICT_NONE] = NULL,
		[WLS_VERDICT_OPEN] = "open",
		[WLS_VERDICT_CONFIRMED] = "confirmed",
		[WLS_VERDICT_REFUTED] = "refuted",
		[WLS_VERDICT_INVALIDATED] = "invalidated",
		[WLS_VERDICT_PARTIAL] = "partial",
		[WLS_VERDICT_UNKNOWN] = NULL,
	};
	return names[verdict];
}

static enum wls_verdict verdict_of_mark(enum wls_mark mark)
{
	switch (mark) {
	case WLS_MARK_DONE:
		return WLS_VERDICT_CONFIRMED;
	case WLS_MARK_FAILED:
		return WLS_VERDICT_REFUTED;
	case WLS_MARK_ACTIVE:
	case WLS_MARK_PENDING:
		return WLS_VERDICT_OPEN;
	default:
		return WLS_VERDICT_NONE;
	}
}

/* Whether `text` begins with `word`, as a word. */
static bool begins_with(struct wls_slice text, struct wls_slice word)
{
	if (!wls_slice_starts_nocase(text, word))
		return false;
	return text.len == word.len || !wls_is_alnum(text.ptr[word.len]);
}

static struct wls_slice strip_verdict(struct wls_slice text)
{
	text = wls_cut_emoji(wls_skip_emoji(text));
	while (text.len > 0 && memchr("*_`", text.ptr[0], 3))
		text = wls_slice_from(text, 1);
	while (text.len > 0 && memchr("*_`", text.ptr[text.len - 1], 3))
		text.len--;
	return wls_cut_emoji(wls_skip_emoji(text));
}

enum wls_verdict wls_verdict_parse(struct wls_slice text)
{
	struct wls_slice words = strip_verdict(text);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(verdicts); i++)
		if (begins_with(words, verdicts[i].word))
			return verdicts[i].verdict;
	enum wls_verdict marked = verdict_of_mark(wls_mark_last(text));
	if (marked != WLS_VERDICT_NONE)
		return marked;
	return words.len > 0 ? WLS_VERDICT_UNKNOWN : WLS_VERDICT_NONE;
}

static bool is_known(enum wls_verdict verdict)
{
	return verdict != WLS_VERDICT_NONE && verdict != WLS_VERDICT_UNKNOWN;
}

static void take_verdict(struct wls_slice text, struct wls_hypothesis *out)
{
	out->verdict = wls_verdict_parse(text);
	out->verdict_text = strip_verdict(text);
	out->mark = wls_mark_last(text);
}

static void take_evidence(struct wls_slice text, struct wls_hypothesis *out)
{
	size_t at = 0;
	out->evidence = wls_slice_trim(text);
	wls_versions_next(out->evidence, &at, &out->versions);
}

/* `text - Refuted - evidence`: false unless a verdict that we know stands behind a dash. */
static bool split_at_dashes(struct wls_slice text, struct wls_hypothesis *out)
{
	for (size_t dash = wls_find_dash(text, 0); dash != SIZE_MAX;
	     dash = wls_find_dash(text, dash + 1)) {
		struct wls_slice rest = wls_after_dash(text, dash);
		size_t next = wls_find_dash(rest, 0);
		struct wls_slice verdict = next == SIZE_MAX ? rest : wls_slice(rest.ptr, next);
		enum { VERDICT_MAX = 40 };
		if (verdict.len > VERDICT_MAX || !is_known(wls_verdict_parse(verdict)))
			continue;
		out->text = wls_slice_trim(wls_slice(text.ptr, dash));
		take_verdict(verdict, out);
		if (next != SIZE_MAX)
			take_evidence(wls_after_dash(rest, next), out);
		return true;
	}
	return false;
}

void wls_hypothesis_parse(struct wls_slice text, struct wls_hypothesis *out)
{
	struct wls_slice rest = wls_slice_trim(text), part;
	*out = (struct wls_hypothesis){.text = rest};
	if (!wls_next_part(&rest, '|', &part) || rest.len == 0) {
		if (split_at_dashes(wls_slice_trim(text), out))
			return;
		out->mark = wls_mark_last(text);
		out->verdict = verdict_of_mark(out->mark);
		out->text = wls_cut_emoji(wls_skip_emoji(text));
		return;
	}
	out->text = part;
	if (wls_next_part(&rest, '|', &part))
		take_verdict(part, out);
	take_evidence(rest, out);
}
