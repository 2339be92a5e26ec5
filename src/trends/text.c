/* SPDX-License-Identifier: MIT */
/*
 * Names of figures: what belongs to one, and what may be one.
 *
 * Layer: trends. Includes: base, buf, doc, trends.
 */
#include "trends/trends_internal.h"

#define NAME_BYTES 80u
#define NAME_WORDS 8u

/* ---- words ---- */

/* Whether the word of the list that begins at `at` is `word`. */
static bool is_word_at(struct wls_slice word, const char *at)
{
	size_t i = 0;
	while (i < word.len && at[i] != '\0' && wls_lower(at[i]) == wls_lower(word.ptr[i]))
		i++;
	return i == word.len && (at[i] == ' ' || at[i] == '\0');
}

bool wls_word_in(struct wls_slice word, const char *list)
{
	if (word.len == 0)
		return false;
	char first = wls_lower(word.ptr[0]);
	for (const char *at = list; at; at = strchr(at, ' ')) {
		at += *at == ' ';
		if (wls_lower(*at) == first && is_word_at(word, at))
			return true;
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

bool wls_next_name_word(struct wls_slice *rest, struct wls_slice *word)
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
	while (wls_next_name_word(&rest, &word)) {
		words++;
		for (size_t i = 0; i < word.len; i++)
			letter |= wls_is_alpha(word.ptr[i]) || (signed char)word.ptr[i] < 0;
	}
	return letter && words <= NAME_WORDS;
}
