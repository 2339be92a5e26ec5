/* SPDX-License-Identifier: MIT */
/*
 * Running text cut into sentences.
 *
 * Layer: merge. Includes: base, merge.
 *
 * A sentence ends at . ! ? or … and the quotes, brackets and emphasis that close after it, before a
 * blank or a line ending; at 。！？ wherever they stand; before a blank line; and at a hard line
 * break (two blanks or a backslash at a line's end). A full stop does not end one after an
 * abbreviation, after a single capital letter (an initial), or after the number that begins the
 * text. Nothing ends one within a code span. A URL holds no blank, so nothing in it does.
 *
 * But for hard breaks, which mean something, it does not matter where the lines end: a text that
 * was wrapped anew is cut into the same sentences.
 *
 * Linear: code spans are skipped as a whole, and whether one closes is known from a table of the
 * last place of each length of backticks, so that no search is in vain.
 */
#include "merge/sentence.h"

#include "merge/text.h"

/* Longer runs of backticks open no code span here. */
#define TICKS_MAX 32u

struct scanner {
	struct wls_slice text;
	size_t last_ticks[TICKS_MAX + 1]; /* past the last run of that length; 0: none */
};

static size_t run_length(struct wls_slice text, size_t at, char c)
{
	size_t end = at;

	while (end < text.len && text.ptr[end] == c)
		end++;
	return end - at;
}

static void scanner_init(struct scanner *s, struct wls_slice text)
{
	*s = (struct scanner){.text = text};
	for (size_t i = 0; i < text.len; i++) {
		const char *tick = memchr(text.ptr + i, '`', text.len - i);
		if (!tick)
			break;
		i = (size_t)(tick - text.ptr);
		size_t n = run_length(text, i, '`');
		i += n;
		if (n <= TICKS_MAX)
			s->last_ticks[n] = i;
	}
}

/* Past the code span that opens at `at`, or past the backticks when none does. */
static size_t skip_code(const struct scanner *s, size_t at)
{
	size_t n = run_length(s->text, at, '`'), i = at + n;

	if (n > TICKS_MAX || s->last_ticks[n] <= i)
		return at + n;
	for (;;) {
		while (s->text.ptr[i] != '`')
			i++;
		size_t m = run_length(s->text, i, '`');
		i += m;
		if (m == n)
			return i;
	}
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The length of the word of `words` (each NUL-terminated, "" ends them) at `at`, or 0. */
static size_t one_of(struct wls_slice text, size_t at, const char *const *words)
{
	struct wls_slice rest = wls_slice_from(text, at);

	for (; **words; words++)
		if (wls_slice_starts(rest, wls_slice_of(*words)))
			return strlen(*words);
	return 0;
}

static size_t skip_any(struct wls_slice text, size_t at, const char *const *words)
{
	size_t n;

	while ((n = one_of(text, at, words)) > 0)
		at += n;
	return at;
}

static const char *const stops[] = {".", "!", "?", "…", ""};
static const char *const tight_stops[] = {"。", "！", "？", ""};
static const char *const closers[] = {"\"", "'", ")", "]", "}",  "*",  "_",  "`",  "~",  "”", "’",
				      "“",  "»", "«", "›", "」", "』", "）", "】", "》", ""};

/* ---- full stops that end nothing ---- */

/* The second list counts before a number only: "No. 5", but "Is it? No. We …". */
static const char *const abbreviations[] = {"e.g",  "i.e", "vs",  "etc", "cf",  "approx", "resp",
					    "incl", "dr",  "mr",  "mrs", "ms",  "prof",   "st",
					    "ca",   "bzw", "z.b", "d.h", "usw", "ggf",    "u.a",
					    "al",   "eg",  "ie",  "viz", "vgl"};
static const char *const number_words[] = {"no", "nos", "nr", "fig", "sec", "ch", "vol",
					   "eq", "p",   "pp", "art", "bd",  "v",  "ver"};

static bool is_word_of(struct wls_slice word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (wls_slice_eq_nocase(word, wls_slice_of(words[i])))
			return true;
	return false;
}

/* The next byte that is no blank, line ending or container prefix; 0 at the end. */
static char next_byte(struct wls_slice text, size_t at)
{
	while (at < text.len && (is_blank(text.ptr[at]) || text.ptr[at] == '\n'))
		at++;
	return at < text.len ? text.ptr[at] : 0;
}

/* Whether the single full stop at `at` belongs to the word before it; nothing before `begin`. */
static bool is_abbreviation(struct wls_slice text, size_t begin, size_t at)
{
	size_t from = at;

	while (from > begin && at - from < 8 &&
	       (wls_is_alnum(text.ptr[from - 1]) || text.ptr[from - 1] == '.'))
		from--;
	if (from == at || (from > begin && (wls_is_alnum(text.ptr[from - 1]) ||
					    (unsigned char)text.ptr[from - 1] >= 0x80)))
		return false;

	struct wls_slice word = wls_slice(text.ptr + from, at - from);
	char last = word.ptr[word.len - 1];
	if (last >= 'A' && last <= 'Z' && (word.len == 1 || word.ptr[word.len - 2] == '.'))
		return true;
	if (is_word_of(word, abbreviations, WLS_ARRAY_SIZE(abbreviations)))
		return true;
	return is_word_of(word, number_words, WLS_ARRAY_SIZE(number_words)) &&
	       wls_is_digit(next_byte(text, at + 1));
}

/* ---- where a sentence ends ---- */

/*
 * Looks at the stop at `at`: sets *end past its closers when it ends a sentence that began at
 * `begin`. Returns where to go on.
 */
static size_t look_at_stop(struct wls_slice text, size_t begin, size_t at, size_t *end)
{
	size_t tight = skip_any(text, at, tight_stops);

	if (tight > at) {
		*end = skip_any(text, tight, closers);
		return *end;
	}

	size_t past = skip_any(text, at, stops);
	if (past == at)
		return at + 1;
	size_t closed = skip_any(text, past, closers);
	if (closed < text.len && !is_blank(text.ptr[closed]) && text.ptr[closed] != '\n')
		return past;
	if (past == at + 1 && text.ptr[at] == '.' && is_abbreviation(text, begin, at))
		return past;
	*end = closed;
	return closed;
}

/* Before the blanks that end at `at`. */
static size_t before_blanks(struct wls_slice text, size_t begin, size_t at)
{
	while (at > begin && is_blank(text.ptr[at - 1]))
		at--;
	return at;
}

/* Past the container prefix of a line that begins at `at`. */
static size_t past_prefix(struct wls_slice text, size_t at)
{
	while (at < text.len && (is_blank(text.ptr[at]) || text.ptr[at] == '>'))
		at++;
	return at;
}

/* Whether the line that ends at `at` (its LF), with its text up to `bare`, breaks the text. */
static bool is_break(struct wls_slice text, size_t bare, size_t at)
{
	size_t end = at > bare && text.ptr[at - 1] == '\r' ? at - 1 : at;
	size_t next = past_prefix(text, at + 1);

	if (end - bare >= 2 && text.ptr[end - 1] == ' ' && text.ptr[end - 2] == ' ')
		return true;
	if (end == bare && text.ptr[bare - 1] == '\\')
		return true;
	return next == text.len || text.ptr[next] == '\n';
}

/* The end of the sentence that begins at `begin` (no blank), without the blanks after it. */
static size_t sentence_end(const struct scanner *s, size_t begin)
{
	struct wls_slice text = s->text;
	size_t at = begin;

	while (at < text.len) {
		unsigned char c = (unsigned char)text.ptr[at];
		size_t end = 0, bare;
		if (c == '`') {
			at = skip_code(s, at);
		} else if (c == '\n') {
			bare = before_blanks(text, begin, at);
			if (is_break(text, bare, at))
				return bare;
			at = past_prefix(text, at + 1);
		} else if (c == '.' || c == '!' || c == '?' || c == 0xE2 || c == 0xE3 ||
			   c == 0xEF) {
			at = look_at_stop(text, begin, at, &end);
			if (end > 0)
				return end;
		} else {
			at++;
		}
	}
	at = text.len;
	while (at > begin && (is_blank(text.ptr[at - 1]) || text.ptr[at - 1] == '\n'))
		at--;
	return at;
}

/* Past blanks, line endings and the prefixes of the lines that begin there. */
static size_t past_separator(struct wls_slice text, size_t at, bool line_begins)
{
	if (line_begins)
		at = past_prefix(text, at);
	for (;;) {
		while (at < text.len && is_blank(text.ptr[at]))
			at++;
		if (at == text.len || text.ptr[at] != '\n')
			return at;
		at = past_prefix(text, at + 1);
	}
}

/* ---- what stands before the first sentence ---- */

static bool ends_word(struct wls_slice text, size_t at)
{
	return at == text.len || is_blank(text.ptr[at]) || text.ptr[at] == '\n';
}

/* `-`, `*`, `+`, `12.`, `12)`: past it, or `at` when there is none. */
static size_t past_bullet(struct wls_slice text, size_t at)
{
	size_t i = at;

	while (i < text.len && i - at < 9 && wls_is_digit(text.ptr[i]))
		i++;
	if (i == text.len || !strchr(i > at ? ".)" : "-*+", text.ptr[i]) || text.ptr[i] == '\0')
		return at;
	return ends_word(text, i + 1) ? i + 1 : at;
}

/* `[ ]`, `[x]`. */
static size_t past_checkbox(struct wls_slice text, size_t at)
{
	bool is = text.len - at >= 3 && text.ptr[at] == '[' && text.ptr[at + 2] == ']' &&
		  ends_word(text, at + 3);

	return is ? at + 3 : at;
}

/* `**Now:**`, `**Now**:`, on one line. */
static size_t past_key(struct wls_slice text, size_t at)
{
	struct wls_slice rest = wls_slice_from(text, at), line = {0};

	if (!wls_slice_starts(rest, WLS_SLICE("**")))
		return at;
	wls_slice_next_line(&rest, &line);
	size_t close = wls_slice_find(wls_slice_from(line, 2), WLS_SLICE("**"));
	if (close == SIZE_MAX || close == 0)
		return at;
	close += at + 2;
	if (text.ptr[close - 1] == ':' && ends_word(text, close + 2))
		return close + 2;
	if (close + 2 < text.len && text.ptr[close + 2] == ':' && ends_word(text, close + 3))
		return close + 3;
	return at;
}

static size_t (*const leads[])(struct wls_slice text, size_t at) = {past_bullet, past_checkbox,
								    past_key};

/* ---- the cut ---- */

/* Adds text[begin, end) to the keys, each run of blanks and what goes with it as one blank. */
static void add_folded(struct wls_buf *out, struct wls_slice text, size_t begin, size_t end)
{
	size_t from = begin;

	for (size_t i = begin; i < end;) {
		if (!is_blank(text.ptr[i]) && text.ptr[i] != '\n') {
			i++;
			continue;
		}
		wls_buf_add(out, text.ptr + from, i - from);
		wls_buf_add_char(out, ' ');
		i = from = past_separator(text, i, false);
	}
	wls_buf_add(out, text.ptr + from, end - from);
}

static void add_sentence(struct wls_tokens *seq, size_t begin, size_t end)
{
	struct wls_token element = {(uint32_t)begin, (uint32_t)end, (uint32_t)seq->folded.len, 0};

	add_folded(&seq->folded, seq->text, begin, end);
	element.key_len = (uint32_t)seq->folded.len - element.key;
	seq->keys = seq->folded.ptr;
	wls_tokens_add(seq, element);
}

void wls_sentences_cut(struct wls_tokens *seq, struct wls_slice text)
{
	struct scanner s;
	size_t at, end;

	*seq = (struct wls_tokens){.text = text};
	wls_buf_init(&seq->folded, WLS_BUF_LIMIT);
	scanner_init(&s, text);
	wls_tokens_add(seq, (struct wls_token){0});
	at = past_separator(text, 0, true);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(leads) && at < text.len; i++) {
		end = leads[i](text, at);
		if (end == at)
			continue;
		add_sentence(seq, at, end);
		at = past_separator(text, end, false);
	}
	for (; at < text.len; at = past_separator(text, end, false)) {
		end = sentence_end(&s, at);
		add_sentence(seq, at, end);
	}
}

size_t wls_sentence_length(struct wls_slice text)
{
	struct scanner s;
	size_t at = past_separator(text, 0, true), end;

	if (at == text.len)
		return text.len;
	scanner_init(&s, text);
	at = past_separator(text, past_bullet(text, at), false);
	end = at < text.len ? sentence_end(&s, at) : at;
	while (end < text.len && is_blank(text.ptr[end]))
		end++;
	return end < text.len && text.ptr[end] == '\n' ? end + 1 : end;
}

bool wls_sentence_ends_tight(struct wls_slice sentence)
{
	size_t at = sentence.len;
	bool closed = true;

	while (closed) {
		closed = false;
		for (const char *const *c = closers; **c && !closed; c++) {
			size_t n = strlen(*c);
			closed = at >= n && memcmp(sentence.ptr + at - n, *c, n) == 0;
			at -= closed ? n : 0;
		}
	}
	for (const char *const *stop = tight_stops; **stop; stop++) {
		size_t n = strlen(*stop);
		if (at >= n && memcmp(sentence.ptr + at - n, *stop, n) == 0)
			return true;
	}
	return false;
}
