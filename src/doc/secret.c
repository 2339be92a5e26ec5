/* SPDX-License-Identifier: MIT */
/*
 * Finding what looks like a credential.
 *
 * Layer: doc. Includes: base, secret.
 *
 * Credentials of today have telling beginnings; a table of these and of the form that follows
 * finds them without guessing at randomness. What documentation puts in their place is known by
 * one character repeated (`ghp_xxxx…`), or by ending in EXAMPLE. A log is stopped rather for nothing than too late: lengths
 * are lower bounds below those in use.
 *
 * Every place is looked at once: a form is tried only where a word begins, a run that is too short
 * costs its bound, and what has no bound (a JWT's parts) begins only where its alphabet does not
 * go on from the left.
 */
#include "wlsync/secret.h"

enum alphabet {
	WORD,    /* letters, digits, _ */
	HYPHEN,  /* and - */
	DOTTED,  /* and . */
	CAPITAL, /* capitals and digits */
	ALNUM,
};

struct form {
	const char *kind;
	const char *prefix;
	enum alphabet alphabet;
	unsigned min;
	unsigned max;   /* 0: none; else what is longer is something else */
	bool has_digit; /* one among the first characters */
};

static const struct form forms[] = {
	{"GitHub token", "ghp_", WORD, 36, 0, false},
	{"GitHub token", "gho_", WORD, 36, 0, false},
	{"GitHub token", "ghu_", WORD, 36, 0, false},
	{"GitHub token", "ghs_", WORD, 36, 0, false},
	{"GitHub token", "ghr_", WORD, 36, 0, false},
	{"GitHub token", "github_pat_", WORD, 22, 0, false},
	{"GitLab token", "glpat-", DOTTED, 20, 0, false},
	{"GitLab token", "gldt-", DOTTED, 20, 0, true},
	{"GitLab token", "glrt-", DOTTED, 20, 0, true},
	{"GitLab token", "glptt-", DOTTED, 20, 0, true},
	{"GitLab token", "glcbt-", DOTTED, 20, 0, true},
	{"GitLab token", "gloas-", DOTTED, 20, 0, true},
	{"Linear key", "lin_api_", WORD, 32, 0, false},
	{"Linear key", "lin_oauth_", WORD, 32, 0, false},
	{"AWS key", "AKIA", CAPITAL, 16, 16, false},
	{"AWS key", "ASIA", CAPITAL, 16, 16, false},
	{"Stripe key", "sk_live_", ALNUM, 16, 0, false},
	{"Stripe key", "rk_live_", ALNUM, 16, 0, false},
	{"Stripe key", "sk_test_", ALNUM, 16, 0, false},
	{"Stripe key", "rk_test_", ALNUM, 16, 0, false},
	{"Stripe key", "whsec_", ALNUM, 24, 0, false},
	{"Slack token", "xoxa-", HYPHEN, 10, 0, true},
	{"Slack token", "xoxb-", HYPHEN, 10, 0, true},
	{"Slack token", "xoxe-", HYPHEN, 10, 0, true},
	{"Slack token", "xoxp-", HYPHEN, 10, 0, true},
	{"Slack token", "xoxr-", HYPHEN, 10, 0, true},
	{"Slack token", "xoxs-", HYPHEN, 10, 0, true},
};

static bool is_of(enum alphabet alphabet, char c)
{
	if (alphabet == CAPITAL)
		return wls_is_digit(c) || (c >= 'A' && c <= 'Z');
	return wls_is_alnum(c) || (c == '_' && alphabet != ALNUM) ||
	       (c == '-' && (alphabet == HYPHEN || alphabet == DOTTED)) ||
	       (c == '.' && alphabet == DOTTED);
}

/* The end of the run of an alphabet that begins at `i`. */
static size_t run_end(struct wls_slice text, size_t i, enum alphabet alphabet)
{
	while (i < text.len && is_of(alphabet, text.ptr[i]))
		i++;
	return i;
}

/* `AKIAIOSFODNN7EXAMPLE`, as documentation writes it. */
static bool is_example(struct wls_slice secret)
{
	const struct wls_slice word = WLS_SLICE("EXAMPLE");
	return secret.len >= word.len &&
	       wls_slice_starts_nocase(wls_slice_from(secret, secret.len - word.len), word);
}

/* One letter or digit repeated, or what calls itself one: a placeholder. */
static bool is_placeholder(struct wls_slice secret)
{
	char seen = '\0';
	if (is_example(secret))
		return true;
	for (size_t i = 0; i < secret.len; i++) {
		char c = secret.ptr[i];
		if (!wls_is_alnum(c) || c == seen)
			continue;
		if (seen != '\0')
			return false;
		seen = c;
	}
	return true;
}

/* A digit among the first signs: words have none. Bounded, for words begin within such runs. */
static bool has_early_digit(struct wls_slice text, size_t i, enum alphabet alphabet)
{
	enum { EARLY = 24 };
	for (size_t end = i + EARLY; i < text.len && i < end && is_of(alphabet, text.ptr[i]); i++)
		if (wls_is_digit(text.ptr[i]))
			return true;
	return false;
}

/* A sentence's end is not the token's. */
static size_t without_dots(struct wls_slice text, size_t begin, size_t end)
{
	while (end > begin && (text.ptr[end - 1] == '.' || text.ptr[end - 1] == '-'))
		end--;
	return end;
}

/* The end of a secret of that form at `at`, or 0. */
static size_t match_form(struct wls_slice text, size_t at, const struct form *form)
{
	struct wls_slice prefix = wls_slice_of(form->prefix);
	if (!wls_slice_starts(wls_slice_from(text, at), prefix))
		return 0;
	size_t begin = at + prefix.len, end = begin;
	if (form->has_digit && !has_early_digit(text, begin, form->alphabet))
		return 0;
	if (form->max > 0) {
		while (end < text.len && end - begin < form->max &&
		       is_of(form->alphabet, text.ptr[end]))
			end++;
		if (end < text.len && (wls_is_alnum(text.ptr[end]) || text.ptr[end] == '_'))
			return 0;
	} else {
		end = without_dots(text, begin, run_end(text, begin, form->alphabet));
	}
	struct wls_slice secret = wls_slice(text.ptr + begin, end - begin);
	return secret.len < form->min || is_placeholder(secret) ? 0 : end;
}

/* `eyJ….….…`; the header's and the signature's lengths tell it from prose. */
static size_t match_jwt(struct wls_slice text, size_t at)
{
	static const size_t least[] = {12, 4, 8};
	size_t end = at;
	if (!wls_slice_starts(wls_slice_from(text, at), WLS_SLICE("eyJ")) ||
	    (at > 0 && is_of(HYPHEN, text.ptr[at - 1])))
		return 0;
	for (size_t part = 0; part < WLS_ARRAY_SIZE(least); part++) {
		size_t begin = end + (part > 0);
		if (part > 0 && (end == text.len || text.ptr[end] != '.'))
			return 0;
		end = run_end(text, begin, HYPHEN);
		if (end - begin < least[part])
			return 0;
	}
	return end;
}

/* The end of `-----WORD … PRIVATE KEY…-----` at `at`, WORD being BEGIN or END; or 0. */
static size_t match_pem_line(struct wls_slice text, size_t at, struct wls_slice opening)
{
	enum { LABEL_MAX = 64 };
	static const struct wls_slice dashes = {"-----", 5}, key = {"PRIVATE KEY", 11};
	if (!wls_slice_starts(wls_slice_from(text, at), opening))
		return 0;
	size_t begin = at + opening.len, end = begin;
	while (end < text.len && end - begin < LABEL_MAX &&
	       (is_of(CAPITAL, text.ptr[end]) || text.ptr[end] == ' '))
		end++;
	if (wls_slice_find(wls_slice(text.ptr + begin, end - begin), key) == SIZE_MAX ||
	    !wls_slice_starts(wls_slice_from(text, end), dashes))
		return 0;
	return end + dashes.len;
}

/* The whole key where its end follows, else its first line. */
static size_t match_pem(struct wls_slice text, size_t at)
{
	size_t end = match_pem_line(text, at, WLS_SLICE("-----BEGIN "));
	if (end == 0)
		return 0;
	size_t dashes = wls_slice_find(wls_slice_from(text, end), WLS_SLICE("-----"));
	if (dashes == SIZE_MAX)
		return end;
	size_t closed = match_pem_line(text, end + dashes, WLS_SLICE("-----END "));
	return closed > 0 ? closed : end;
}

/* What is at `at`, if anything: a word begins there. */
static size_t match(struct wls_slice text, size_t at, const char **kind)
{
	size_t end = 0;
	if (at > 0 && wls_is_alnum(text.ptr[at - 1]) && text.ptr[at] != '-')
		return 0;
	if (!memchr("-AegGlrswx", text.ptr[at], 10))
		return 0;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(forms) && end == 0; i++) {
		if (forms[i].prefix[0] != text.ptr[at])
			continue;
		*kind = forms[i].kind;
		end = match_form(text, at, &forms[i]);
	}
	if (end == 0) {
		*kind = "JSON Web Token";
		end = match_jwt(text, at);
	}
	if (end == 0) {
		*kind = "private key";
		end = match_pem(text, at);
	}
	return end;
}

/*
 * The first two characters of all forms, as bits that both must have: nearly every place of a text is
 * passed over by this look at two bytes.
 */
static const uint8_t firsts[256] = {['g'] = 1,  ['l'] = 2,  ['A'] = 4,  ['s'] = 8,  ['r'] = 8,
				    ['w'] = 16, ['x'] = 32, ['e'] = 64, ['-'] = 128};
static const uint8_t seconds[256] = {
	['h'] = 1 | 16, ['i'] = 1 | 2, ['l'] = 1,  ['K'] = 4,  ['S'] = 4,
	['k'] = 8,      ['o'] = 32,    ['y'] = 64, ['-'] = 128};

/* The next place at or after `i` where a form may begin, or the end. */
static size_t next_place(struct wls_slice text, size_t i)
{
	for (; i + 1 < text.len; i++)
		if (firsts[(unsigned char)text.ptr[i]] & seconds[(unsigned char)text.ptr[i + 1]])
			return i;
	return text.len;
}

static bool is_allowed(struct wls_slice secret, const struct wls_slice *allow, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (wls_slice_eq(secret, allow[i]))
			return true;
	return false;
}

bool wls_secret_next(struct wls_slice text, size_t *at, const struct wls_slice *allow,
		     size_t allow_count, struct wls_secret *out)
{
	for (size_t i = next_place(text, *at); i < text.len; i = next_place(text, i)) {
		const char *kind;
		size_t end = match(text, i, &kind);
		if (end == 0) {
			i++;
			continue;
		}
		struct wls_slice secret = wls_slice(text.ptr + i, end - i);
		if (!is_allowed(secret, allow, allow_count)) {
			*out = (struct wls_secret){kind, i, secret.len};
			*at = end;
			return true;
		}
		i = end;
	}
	*at = text.len;
	return false;
}
