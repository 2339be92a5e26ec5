/* SPDX-License-Identifier: MIT */
/*
 * Names of figures: what belongs to one, what may be one, and which way is better.
 *
 * Layer: trends. Includes: base, buf, doc, trends.
 */
#include "trends/trends_internal.h"

#define NAME_BYTES 80u
#define NAME_WORDS 8u

/* ---- words ---- */

bool wls_word_in(struct wls_slice word, const char *list)
{
	struct wls_slice rest = wls_slice_of(list);
	while (rest.len > 0) {
		const char *blank = memchr(rest.ptr, ' ', rest.len);
		size_t len = blank ? (size_t)(blank - rest.ptr) : rest.len;
		if (wls_slice_eq_nocase(wls_slice(rest.ptr, len), word))
			return true;
		rest = wls_slice_from(rest, len + (blank != NULL));
	}
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

struct wls_slice wls_cut_last_word(struct wls_slice s, struct wls_slice *word)
{
	s = wls_slice_trim(s);
	size_t begin = s.len;
	while (begin > 0 && !is_blank(s.ptr[begin - 1]))
		begin--;
	*word = wls_slice_from(s, begin);
	return wls_slice_trim(wls_slice(s.ptr, begin));
}

/* Cuts the first word of letters and digits off *rest; false when there is none. */
static bool next_word(struct wls_slice *rest, struct wls_slice *word)
{
	size_t i = 0;
	while (i < rest->len && !wls_is_alnum(rest->ptr[i]) && (signed char)rest->ptr[i] >= 0)
		i++;
	size_t begin = i;
	while (i < rest->len && (wls_is_alnum(rest->ptr[i]) || (signed char)rest->ptr[i] < 0))
		i++;
	*word = wls_slice(rest->ptr + begin, i - begin);
	*rest = wls_slice_from(*rest, i);
	return word->len > 0;
}

bool wls_metric_word(struct wls_slice word)
{
	return wls_word_in(
		word, "latency duration time times delay lag rate rates ratio size sizes coverage "
		      "throughput uptime downtime availability memory heap rss cpu usage "
		      "utilization utilisation score accuracy precision recall errors failures "
		      "crashes warnings bugs defects vulnerabilities incidents count load overhead "
		      "bandwidth jitter loss cost costs fps rps qps tps speed footprint "
		      "p50 p75 p90 p95 p99 lcp fcp ttfb cls inp lighthouse hits misses bundle");
}

/* ---- names ---- */

/* Without marks and emphasis in front. */
static struct wls_slice skip_front(struct wls_slice s)
{
	for (;;) {
		size_t len = 0;
		s = wls_slice_trim(s);
		if (s.len > 0 && memchr("*_`\"'([", s.ptr[0], 7))
			len = 1;
		else
			(void)wls_mark_at(s, &len, NULL);
		if (len == 0)
			return s;
		s = wls_slice_from(s, len);
	}
}

static struct wls_slice cut_marks(struct wls_slice s)
{
	s = wls_slice_trim(s);
	while (s.len > 0 && memchr("*_`\"':=,([|-", s.ptr[s.len - 1], 12))
		s = wls_slice_trim(wls_slice(s.ptr, s.len - 1));
	return s;
}

struct wls_slice wls_metric_name(struct wls_slice text)
{
	struct wls_slice s = cut_marks(skip_front(text)), word, rest;
	for (;;) {
		rest = wls_cut_last_word(s, &word);
		if (rest.len == 0 ||
		    !wls_word_in(word, "is are at now of to from down up reached stays "
				       "currently measured about around"))
			break;
		s = cut_marks(rest);
	}
	static const struct wls_slice articles[] = {{"the ", 4}, {"our ", 4}, {"a ", 2}};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(articles); i++)
		if (s.len > articles[i].len && wls_slice_starts_nocase(s, articles[i]))
			s = skip_front(wls_slice_from(s, articles[i].len));
	return s;
}

bool wls_metric_named(struct wls_slice name)
{
	size_t words = 0;
	bool letter = false;
	struct wls_slice rest = name, word;
	if (name.len == 0 || name.len > NAME_BYTES ||
	    wls_slice_find(name, WLS_SLICE("//")) != SIZE_MAX)
		return false;
	while (next_word(&rest, &word)) {
		words++;
		for (size_t i = 0; i < word.len; i++)
			letter |= wls_is_alpha(word.ptr[i]) || (signed char)word.ptr[i] < 0;
	}
	return letter && words <= NAME_WORDS;
}

/* ---- which way is better ---- */

/* Set by people, not measured: neither way is better. */
static const char set_words[] =
	"ttl limit limits timeout interval window lifetime expiry threshold budget capacity quota "
	"deadline eta estimate estimated remaining left effort age session schedule due retention "
	"batch pool sample";
static const char strong_lower[] =
	"latency delay lag error errors failure failures failed failing fails crash crashes bug bugs "
	"defect defects incident incidents leak leaks leaked miss misses bounce churn warnings "
	"vulnerabilities overhead jitter downtime timeouts retries loss flaky complaints drops "
	"duplicates rejections rollbacks";
static const char higher_words[] =
	"rate coverage throughput uptime availability score accuracy precision recall pass passed "
	"passing passes success progress complete completion conversion bandwidth speed speedup "
	"satisfaction adoption lighthouse hits fps rps qps tps reliability";
static const char weak_lower[] =
	"time duration memory heap rss cpu cost costs bundle footprint load p50 p75 p90 p95 p99 lcp fcp "
	"ttfb cls inp";
/* What is better small when its size is told. */
static const char sized_words[] =
	"bundle binary image package build download artifact page payload js css apk ipa app repo "
	"response docker install wheel jar asset assets chunk dist executable";

static bool any_word(struct wls_slice name, const char *list)
{
	struct wls_slice word;
	while (next_word(&name, &word))
		if (wls_word_in(word, list))
			return true;
	return false;
}

static enum wls_better better_by_unit(const char *unit)
{
	if (strcmp(unit, "ms") == 0)
		return WLS_BETTER_LOWER;
	return wls_word_in(wls_slice_of(unit), "req/s fps qps tps MB/s Mbit/s")
		       ? WLS_BETTER_HIGHER
		       : WLS_BETTER_UNKNOWN;
}

enum wls_better wls_better_of(struct wls_slice name, const char *unit)
{
	if (any_word(name, set_words))
		return WLS_BETTER_UNKNOWN;
	if (any_word(name, strong_lower))
		return WLS_BETTER_LOWER;
	if (any_word(name, higher_words))
		return WLS_BETTER_HIGHER;
	if (any_word(name, weak_lower))
		return WLS_BETTER_LOWER;
	if (any_word(name, "size sizes"))
		return any_word(name, sized_words) ? WLS_BETTER_LOWER : WLS_BETTER_UNKNOWN;
	return better_by_unit(unit);
}
