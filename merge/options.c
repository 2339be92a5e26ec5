/* SPDX-License-Identifier: MIT */
/*
 * The options of a merge: defaults, and the words by which users name them.
 *
 * Layer: merge. Includes: base, merge.
 */
#include "wlsync/merge.h"

struct choice {
	const char *word;
	enum wls_policy policy;
};

/* In the order in which messages name them. */
static const struct choice choices[] = {
	{"conflict", WLS_POLICY_CONFLICT}, {"join", WLS_POLICY_JOIN},
	{"latest", WLS_POLICY_LATEST},     {"ours", WLS_POLICY_OURS},
	{"theirs", WLS_POLICY_THEIRS},     {"union", WLS_POLICY_UNION},
};

static const struct {
	const char *word;
	enum wls_policy otherwise;
} keys[] = {
#define X(name, word, choice) [WLS_POLICY_##name] = {word, WLS_POLICY_##choice},
	WLS_POLICY_TABLE(X)
#undef X
};

void wls_merge_options_init(struct wls_merge_options *options)
{
	*options = (struct wls_merge_options){.style = WLS_STYLE_DIFF3};
	for (size_t i = 0; i < WLS_POLICY_COUNT; i++)
		options->policy[i] = (uint8_t)keys[i].otherwise;
}

/* Only what has a furthest value can be joined. */
static bool may_choose(enum wls_policy_key key, enum wls_policy policy)
{
	return policy != WLS_POLICY_JOIN || key == WLS_POLICY_PROGRESS;
}

static void add_word(struct wls_buf *out, const char *word)
{
	wls_buf_add_str(out, out->len > 0 ? ", " : "");
	wls_buf_add_str(out, word);
}

static int fail_key(struct wls_slice key, struct wls_error *err)
{
	_cleanup_buf_ struct wls_buf words = WLS_BUF_INIT;

	for (size_t i = 0; i < WLS_POLICY_COUNT; i++)
		add_word(&words, keys[i].word);
	return wls_error_set(err, WLS_E_USAGE, "policy: there is no key \"%.*s\"; use one of %s",
			     WLS_SLICE_ARG(key), wls_buf_str(&words));
}

static int fail_choice(enum wls_policy_key key, struct wls_slice choice, struct wls_error *err)
{
	_cleanup_buf_ struct wls_buf words = WLS_BUF_INIT;

	for (size_t i = 0; i < WLS_ARRAY_SIZE(choices); i++)
		if (may_choose(key, choices[i].policy))
			add_word(&words, choices[i].word);
	return wls_error_set(err, WLS_E_USAGE, "policy: %s cannot be \"%.*s\"; use one of %s",
			     keys[key].word, WLS_SLICE_ARG(choice), wls_buf_str(&words));
}

int wls_merge_policy_parse(struct wls_merge_options *options, struct wls_slice text,
			   struct wls_error *err)
{
	size_t sign = wls_slice_find(text, WLS_SLICE("=")), key = 0;
	struct wls_slice word;

	if (sign == SIZE_MAX)
		return wls_error_set(err, WLS_E_USAGE,
				     "policy: \"%.*s\" has no \"=\"; write KEY=CHOICE, as in "
				     "progress=join",
				     WLS_SLICE_ARG(text));
	word = wls_slice(text.ptr, sign);
	while (key < WLS_POLICY_COUNT && !wls_slice_eq(word, wls_slice_of(keys[key].word)))
		key++;
	if (key == WLS_POLICY_COUNT)
		return fail_key(word, err);
	word = wls_slice_from(text, sign + 1);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(choices); i++) {
		if (!wls_slice_eq(word, wls_slice_of(choices[i].word)))
			continue;
		if (!may_choose((enum wls_policy_key)key, choices[i].policy))
			break;
		options->policy[key] = (uint8_t)choices[i].policy;
		return 0;
	}
	return fail_choice((enum wls_policy_key)key, word, err);
}

bool wls_merge_style_parse(struct wls_slice text, enum wls_merge_style *out)
{
	static const char *const words[] = {
		[WLS_STYLE_DIFF3] = "diff3",
		[WLS_STYLE_MERGE] = "merge",
		[WLS_STYLE_ZDIFF3] = "zdiff3",
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(words); i++) {
		if (!wls_slice_eq(text, wls_slice_of(words[i])))
			continue;
		*out = (enum wls_merge_style)i;
		return true;
	}
	return false;
}

const char *wls_rule_name(enum wls_rule rule)
{
	static const char *const names[] = {
#define X(name, word) [WLS_RULE_##name] = (word),
		WLS_RULE_TABLE(X)
#undef X
	};

	return names[rule];
}
