/* SPDX-License-Identifier: MIT */
/*
 * Words that mean something: statuses, priorities, tags, values that are empty on purpose.
 *
 * Layer: doc. Includes: base, doc.
 */
#include "doc/doc_internal.h"

#define WORD(literal)                                                                              \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

/* ---- small pieces ---- */

size_t wls_colon_at(struct wls_slice s)
{
	if (s.len > 0 && s.ptr[0] == ':')
		return 1;
	return wls_slice_starts(s, WLS_SLICE("\xEF\xBC\x9A")) ? 3 : 0;
}

size_t wls_dash_at(struct wls_slice s)
{
	if (s.len > 0 && s.ptr[0] == '-')
		return 1;
	if (wls_slice_starts(s, WLS_SLICE("\xE2\x80\x93")) ||
	    wls_slice_starts(s, WLS_SLICE("\xE2\x80\x94")))
		return 3;
	return 0;
}

static bool is_word_gap(char c)
{
	return c == ' ' || c == '\t' || c == '-' || c == '_';
}

static size_t skip_gap(struct wls_slice s, size_t i)
{
	while (i < s.len && is_word_gap(s.ptr[i]))
		i++;
	return i;
}

bool wls_words_eq(struct wls_slice a, struct wls_slice b)
{
	size_t i = skip_gap(a, 0), j = skip_gap(b, 0);
	while (i < a.len && j < b.len) {
		bool gap = is_word_gap(a.ptr[i]);
		if (gap != is_word_gap(b.ptr[j]))
			break;
		if (gap) {
			i = skip_gap(a, i);
			j = skip_gap(b, j);
		} else if (wls_lower(a.ptr[i++]) != wls_lower(b.ptr[j++])) {
			return false;
		}
	}
	return skip_gap(a, i) == a.len && skip_gap(b, j) == b.len;
}

static bool is_one_of(struct wls_slice word, const struct wls_slice *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (wls_words_eq(word, words[i]))
			return true;
	return false;
}

static bool is_emphasis(char c)
{
	return c == '*' || c == '_' || c == '`' || c == '"' || c == '\'';
}

/* Without the marks of emphasis, code or quotation around it. */
static struct wls_slice strip_emphasis(struct wls_slice s)
{
	while (s.len > 0 && is_emphasis(s.ptr[0]))
		s = wls_slice_from(s, 1);
	while (s.len > 0 && is_emphasis(s.ptr[s.len - 1]))
		s.len--;
	return wls_slice_trim(s);
}

/* ---- statuses (rule 6) ---- */

const char *wls_work_status_name(enum wls_work_status status)
{
	static const char *const names[] = {
		[WLS_STATUS_NONE] = NULL,
		[WLS_STATUS_IN_PROGRESS] = "in_progress",
		[WLS_STATUS_BLOCKED] = "blocked",
		[WLS_STATUS_NEEDS_REVIEW] = "needs_review",
		[WLS_STATUS_COMPLETED] = "completed",
		[WLS_STATUS_UNKNOWN] = NULL,
	};
	return names[status];
}

static const struct {
	struct wls_slice word;
	enum wls_work_status status;
} status_words[] = {
	{WORD("in_progress"), WLS_STATUS_IN_PROGRESS},
	{WORD("inprogress"), WLS_STATUS_IN_PROGRESS},
	{WORD("partial"), WLS_STATUS_IN_PROGRESS},
	{WORD("partially done"), WLS_STATUS_IN_PROGRESS},
	{WORD("started"), WLS_STATUS_IN_PROGRESS},
	{WORD("wip"), WLS_STATUS_IN_PROGRESS},
	{WORD("work in progress"), WLS_STATUS_IN_PROGRESS},
	{WORD("active"), WLS_STATUS_IN_PROGRESS},
	{WORD("ongoing"), WLS_STATUS_IN_PROGRESS},
	{WORD("blocked"), WLS_STATUS_BLOCKED},
	{WORD("needs_review"), WLS_STATUS_NEEDS_REVIEW},
	{WORD("need review"), WLS_STATUS_NEEDS_REVIEW},
	{WORD("in review"), WLS_STATUS_NEEDS_REVIEW},
	{WORD("review"), WLS_STATUS_NEEDS_REVIEW},
	{WORD("ready for review"), WLS_STATUS_NEEDS_REVIEW},
	{WORD("awaiting review"), WLS_STATUS_NEEDS_REVIEW},
	{WORD("completed"), WLS_STATUS_COMPLETED},
	{WORD("complete"), WLS_STATUS_COMPLETED},
	{WORD("done"), WLS_STATUS_COMPLETED},
	{WORD("shipped"), WLS_STATUS_COMPLETED},
	{WORD("finished"), WLS_STATUS_COMPLETED},
};

/* Cut at '(', ';', ',', a comment, and dashes that stand between blanks. */
static struct wls_slice cut_remark(struct wls_slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		struct wls_slice rest = wls_slice_from(s, i);
		size_t dash = wls_dash_at(rest);
		if (memchr("(;,", s.ptr[i], 3) || dash == 3 ||
		    wls_slice_starts(rest, WLS_SLICE("<!--")))
			return wls_slice(s.ptr, i);
		if (dash == 1 && i > 0 && is_word_gap(s.ptr[i - 1]) &&
		    (i + 1 == s.len || wls_is_blank(s.ptr[i + 1])))
			return wls_slice(s.ptr, i);
	}
	return s;
}

enum wls_work_status wls_work_status_parse(struct wls_slice text)
{
	struct wls_slice word = strip_emphasis(wls_skip_emoji(text));
	if (word.len == 0)
		return WLS_STATUS_NONE;
	word = strip_emphasis(wls_cut_emoji(cut_remark(word)));
	while (word.len > 0 && memchr(".!", word.ptr[word.len - 1], 2))
		word.len--;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(status_words); i++)
		if (wls_words_eq(word, status_words[i].word))
			return status_words[i].status;
	return WLS_STATUS_UNKNOWN;
}

/* Verdicts that tell a state wherever they stand beside a marker. */
static enum wls_mark verdict_word_mark(struct wls_slice word)
{
	static const struct wls_slice confirmed[] = {WORD("confirmed"), WORD("verified")};
	static const struct wls_slice refuted[] = {WORD("refuted"), WORD("rejected"),
						   WORD("invalidated")};
	word = strip_emphasis(word);
	if (is_one_of(word, confirmed, WLS_ARRAY_SIZE(confirmed)))
		return WLS_MARK_DONE;
	return is_one_of(word, refuted, WLS_ARRAY_SIZE(refuted)) ? WLS_MARK_FAILED : WLS_MARK_NONE;
}

enum wls_mark wls_word_mark(struct wls_slice word)
{
	word = wls_slice_trim(word);
	/* `Review, polish` names things to do. */
	if (word.len == 0 || memchr(word.ptr, ',', word.len))
		return WLS_MARK_NONE;
	switch (wls_work_status_parse(word)) {
	case WLS_STATUS_COMPLETED:
		return WLS_MARK_DONE;
	case WLS_STATUS_IN_PROGRESS:
		return WLS_MARK_ACTIVE;
	case WLS_STATUS_NEEDS_REVIEW:
		return WLS_MARK_PENDING;
	case WLS_STATUS_BLOCKED:
		return WLS_MARK_FAILED;
	default:
		return verdict_word_mark(word);
	}
}

/* ---- tags and priorities ---- */

size_t wls_tag_at(struct wls_slice s, struct wls_slice *word)
{
	enum { TAG_MAX = 24 };
	if (s.len < 3 || s.ptr[0] != '[')
		return 0;
	size_t i = 1;
	while (i < s.len && i < TAG_MAX && (wls_is_alpha(s.ptr[i]) || is_word_gap(s.ptr[i])))
		i++;
	if (i == 1 || i == s.len || s.ptr[i] != ']')
		return 0;
	if (i + 1 < s.len && s.ptr[i + 1] == '(')
		return 0; /* a link */
	*word = wls_slice(s.ptr + 1, i - 1);
	return i + 1;
}

enum wls_priority wls_priority_parse(struct wls_slice word)
{
	if (wls_words_eq(word, WLS_SLICE("high")))
		return WLS_PRIORITY_HIGH;
	if (wls_words_eq(word, WLS_SLICE("med")) || wls_words_eq(word, WLS_SLICE("medium")))
		return WLS_PRIORITY_MED;
	if (wls_words_eq(word, WLS_SLICE("low")))
		return WLS_PRIORITY_LOW;
	return WLS_PRIORITY_NONE;
}

const char *wls_priority_name(enum wls_priority priority)
{
	static const char *const names[] = {NULL, "HIGH", "MED", "LOW"};
	return names[priority];
}

bool wls_tag_is_blocked(struct wls_slice word)
{
	return wls_words_eq(word, WLS_SLICE("blocked"));
}

bool wls_tag_is_review(struct wls_slice word)
{
	return wls_words_eq(word, WLS_SLICE("needs review"));
}

/* ---- values (rule 10) ---- */

/* Whether what follows an empty value's word leaves it one: the end, or punctuation. */
static bool ends_empty_value(struct wls_slice rest)
{
	while (rest.len > 0 && is_emphasis(rest.ptr[0]))
		rest = wls_slice_from(rest, 1);
	size_t blanks = wls_skip_blanks(rest);
	rest = wls_skip_emoji(wls_slice_from(rest, blanks));
	if (rest.len == 0 || wls_dash_at(rest) == 3)
		return true;
	if (!memchr("-:;,.()", rest.ptr[0], 7))
		return false;
	/* `None-blocking` and `none.c` are words. */
	if (blanks > 0 || !memchr("-.:", rest.ptr[0], 3))
		return true;
	return rest.len == 1 || !wls_is_alnum(rest.ptr[1]);
}

bool wls_value_is_empty(struct wls_slice text)
{
	static const struct wls_slice words[] = {
		WORD("none"), WORD("n/a"),          WORD("nothing"),
		WORD("-"),    WORD("\xE2\x80\x93"), WORD("\xE2\x80\x94"),
	};
	text = wls_skip_emoji(text);
	while (text.len > 0 && (is_emphasis(text.ptr[0]) || text.ptr[0] == '('))
		text = wls_slice_from(text, 1);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(words); i++)
		if (wls_slice_starts_nocase(text, words[i]) &&
		    ends_empty_value(wls_slice_from(text, words[i].len)))
			return true;
	return false;
}

bool wls_value_is_unknown(struct wls_slice text)
{
	static const struct wls_slice open[] = {WORD("tbd"), WORD("tba"), WORD("to be determined")};
	static const struct wls_slice alone[] = {WORD("?"), WORD("unknown")};
	text = strip_emphasis(wls_slice_trim(text));
	for (size_t i = 0; i < WLS_ARRAY_SIZE(open); i++)
		if (wls_slice_starts_nocase(text, open[i]) &&
		    ends_empty_value(wls_slice_from(text, open[i].len)))
			return true;
	while (text.len > 0 && text.ptr[text.len - 1] == '.')
		text.len--;
	return is_one_of(text, alone, WLS_ARRAY_SIZE(alone));
}

static const struct wls_slice resolved_words[] = {
	WORD("resolved"), WORD("all resolved"), WORD("done"),    WORD("fixed"),
	WORD("solved"),   WORD("unblocked"),    WORD("cleared"), WORD("closed"),
};

static bool is_resolved_word(struct wls_slice word)
{
	word = strip_emphasis(wls_cut_emoji(wls_skip_emoji(word)));
	while (word.len > 0 && memchr(".!", word.ptr[word.len - 1], 2))
		word.len--;
	return is_one_of(word, resolved_words, WLS_ARRAY_SIZE(resolved_words));
}

/* The words before the first of `:`, `(`, `,`, `;` or a dash between blanks. */
static struct wls_slice first_clause(struct wls_slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		struct wls_slice rest = wls_slice_from(s, i);
		size_t dash = wls_dash_at(rest);
		if (memchr(":(,;", s.ptr[i], 4) || dash == 3 ||
		    (dash == 1 && i > 0 && wls_is_blank(s.ptr[i - 1])))
			return wls_slice(s.ptr, i);
	}
	return s;
}

/* Bytes of what joins a last clause, at the start of `s`: a dash, an arrow, a colon; or 0. */
static size_t joint_at(struct wls_slice s, bool after_blank)
{
	if (s.len > 1 && s.ptr[0] == ':' && wls_is_blank(s.ptr[1]))
		return 1;
	if (!after_blank)
		return 0;
	if (wls_slice_starts(s, WLS_SLICE("\xE2\x86\x92")))
		return 3;
	if (wls_slice_starts(s, WLS_SLICE("->")) || wls_slice_starts(s, WLS_SLICE("=>")))
		return 2;
	return wls_dash_at(s);
}

/* The words after the last dash, arrow or colon, or in the parenthesis at the end. */
static struct wls_slice last_clause(struct wls_slice s)
{
	bool in_parenthesis = s.len > 0 && s.ptr[s.len - 1] == ')';
	if (in_parenthesis)
		s.len--;
	for (size_t i = s.len; i > 0; i--) {
		struct wls_slice rest = wls_slice_from(s, i - 1);
		size_t joint = joint_at(rest, i > 1 && wls_is_blank(s.ptr[i - 2]));
		if (in_parenthesis && rest.ptr[0] == '(')
			return first_clause(wls_slice_from(rest, 1));
		if (!in_parenthesis && joint > 0)
			return wls_slice_from(rest, joint);
	}
	return wls_slice(NULL, 0);
}

/* `RESOLVED the keys came`: in capitals the word needs nothing after it. */
static bool shouts_resolved(struct wls_slice text)
{
	static const struct wls_slice words[] = {WORD("RESOLVED"), WORD("UNBLOCKED"),
						 WORD("SOLVED")};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(words); i++)
		if (wls_slice_starts(text, words[i]) && text.len > words[i].len &&
		    wls_is_blank(text.ptr[words[i].len]))
			return true;
	return false;
}

bool wls_value_is_resolved(struct wls_slice text)
{
	struct wls_slice word;
	text = wls_slice_trim(text);
	if (shouts_resolved(text))
		return true;
	size_t tag = wls_tag_at(text, &word);
	if (tag > 0 && is_resolved_word(word))
		return true;
	struct wls_slice bare = wls_cut_emoji(text);
	const char *open = bare.len > 0 && bare.ptr[bare.len - 1] == ']'
				   ? memchr(bare.ptr, '[', bare.len)
				   : NULL;
	if (open && wls_tag_at(wls_slice_from(bare, (size_t)(open - bare.ptr)), &word) > 0 &&
	    is_resolved_word(word))
		return true;
	return is_resolved_word(first_clause(bare)) || is_resolved_word(last_clause(bare));
}
