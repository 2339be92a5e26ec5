/* SPDX-License-Identifier: MIT */
/*
 * Which way is better, by the words of a name.
 *
 * Layer: trends. Includes: base, trends.
 *
 * A wrong direction makes every improvement a regression, an unknown one costs a word in a table. So one
 * word never decides alone: what else the name says may turn it round (`latency reduction`, `bugs fixed`,
 * `time on page`) or decide the other way (`error handling coverage`), and then nothing is said. `Rate`
 * and `ratio` say nothing at all: only what they are of does.
 */
#include "trends/trends_internal.h"

enum says {
	SET = 1 << 0,
	TURNED = 1 << 1,
	MENDED = 1 << 2,
	LASTING = 1 << 3,
	LOWER = 1 << 4,
	HIGHER = 1 << 5,
	LESS = 1 << 6,
	LOWER_RATE = 1 << 7,
	HIGHER_RATE = 1 << 8,
	SIZED = 1 << 9,
	USED = 1 << 10,
	RATE = 1 << 11,
	SIZE = 1 << 12,
	FREED = 1 << 13,   /* `crash-free` */
	AWAITED = 1 << 14, /* `to failure` */
};

static const struct {
	unsigned says;
	const char *words;
} lists[] = {
	/* Set by people, not measured: neither way is better. */
	{SET, "ttl limit limits timeout interval window lifetime expiry threshold "
	      "budget capacity quota deadline eta estimate estimated remaining left "
	      "effort age session schedule due retention batch pool sample"},
	/* What turns anything round, or makes it a difference. */
	{TURNED, "reduction reductions reduced decrease decreased increase increased "
		 "decline degradation gap gaps improvement improvements gain gained gains "
		 "saved saving savings delta diff change changes zero no non without not "
		 "never risk cvss anomaly severity complexity debt threat fraud spam "
		 "stress pain deviation variance spread unused wasted lost missing minus"},
	/* What turns round something bad: it is dealt with, looked for, absent, or waited for. */
	{MENDED, "fixed fixes fix resolved closed caught found detected detection patched "
		 "prevented prevention avoided handled handling recovered recovery removed "
		 "eliminated blocked stopped tolerated tolerance tracked tracking triaged "
		 "covered tested reported reporting solved mitigated free available total "
		 "installed between since until before per"},
	/* Times, or what takes one, that may well be long. */
	{LASTING, "on life battery mtbf mttf watch watched dwell engagement play playtime "
		  "listening viewing reading screen visit video audio call recording "
		  "recordings clip song stay length runway streak notice history archive "
		  "contract warranty focus sleep rest free saved stability flight active "
		  "token cookie lease cache backoff cooldown"},
	{LOWER, "latency delay lag error errors failure failures failed failing fails "
		"crash crashes bug bugs defect defects incident incidents outage outages "
		"leak leaks leaked miss misses bounce churn warnings vulnerabilities "
		"overhead jitter downtime timeouts retries loss flaky complaints drop "
		"drops dropped duplicates rejections rollbacks mttr"},
	{HIGHER, "coverage throughput uptime availability score accuracy precision recall "
		 "pass passed passing passes success progress complete completion "
		 "conversion bandwidth speed speedup satisfaction adoption lighthouse hit "
		 "hits fps rps qps tps reliability"},
	/* Times, sizes and costs: what one wants less of, unless something else is said. */
	{LESS, "time duration memory heap rss cpu cost costs bundle footprint load p50 "
	       "p75 p90 p95 p99 lcp fcp ttfb cls inp"},
	/* Better large, or small, when it is the rate or ratio of it that is told. */
	{HIGHER_RATE, "open click frame win activation renewal survival acceptance approval"},
	{LOWER_RATE, "rejection reject fault cancellation cancel retry duplicate refund "
		     "complaint abandonment death mortality attrition unsubscribe chargeback "
		     "overflow collision eviction fail false"},
	/* What is better small when its size is told. */
	{SIZED, "bundle binary image package build download artifact page payload js css "
		"apk ipa app repo response docker install wheel jar asset assets chunk "
		"dist executable"},
	/* More of these is use, not yield. */
	{USED, "usage used use consumption consumed utilization utilisation"},
	{RATE, "rate rates ratio ratios"},
	{SIZE, "size sizes"},
};

static unsigned word_says(struct wls_slice word)
{
	unsigned says = 0;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(lists); i++)
		if (wls_word_in(word, lists[i].words))
			says |= lists[i].says;
	return says;
}

/* What two words say together. */
static unsigned pair_says(struct wls_slice first, struct wls_slice second)
{
	bool out = wls_word_in(first, "opt") && wls_word_in(second, "out");
	bool alarm = wls_word_in(first, "false") &&
		     wls_word_in(second, "positive positives negative negatives alarm alarms");
	return out || alarm ? LOWER : 0;
}

static unsigned name_says(struct wls_slice name)
{
	struct wls_slice word, before = {0};
	unsigned all = 0, last = 0;
	for (; wls_next_name_word(&name, &word); before = word) {
		unsigned says = word_says(word);
		all |= says | pair_says(before, word);
		if ((last & LOWER) && wls_word_in(word, "free"))
			all |= FREED;
		if ((says & LOWER) && wls_word_in(before, "to"))
			all |= AWAITED;
		last = says;
	}
	return all;
}

static enum wls_better better_by_unit(unsigned says, const char *unit)
{
	if (strcmp(unit, "ms") == 0)
		return says & LASTING ? WLS_BETTER_UNKNOWN : WLS_BETTER_LOWER;
	return wls_word_in(wls_slice_of(unit), "req/s fps qps tps mb/s mbit/s")
		       ? WLS_BETTER_HIGHER
		       : WLS_BETTER_UNKNOWN;
}

/* By words that need no unit; neither of them is there when it is UNKNOWN and *told is false. */
static enum wls_better better_by_words(unsigned says, bool *told)
{
	bool lower = (says & LOWER) || ((says & RATE) && (says & LOWER_RATE));
	bool higher = (says & HIGHER) || ((says & RATE) && (says & HIGHER_RATE));
	*told = lower || higher || (says & RATE);
	if (lower && !higher && !(says & (MENDED | AWAITED)))
		return WLS_BETTER_LOWER;
	return higher && !lower && !(says & USED) ? WLS_BETTER_HIGHER : WLS_BETTER_UNKNOWN;
}

enum wls_better wls_better_of(struct wls_slice name, const char *unit)
{
	unsigned says = name_says(name);
	bool told;
	if ((says & TURNED) || ((says & SET) && !(says & FREED)))
		return WLS_BETTER_UNKNOWN;
	if (says & FREED)
		return WLS_BETTER_HIGHER;
	enum wls_better better = better_by_words(says, &told);
	if (told)
		return better;
	bool less = (says & LESS) || ((says & SIZE) && (says & SIZED));
	better = better_by_unit(says, unit);
	if (!(says & (LESS | SIZE)))
		return says & (MENDED | USED) ? WLS_BETTER_UNKNOWN : better;
	return less && better != WLS_BETTER_HIGHER && !(says & (MENDED | LASTING))
		       ? WLS_BETTER_LOWER
		       : WLS_BETTER_UNKNOWN;
}
