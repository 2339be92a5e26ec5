/* SPDX-License-Identifier: MIT */
/*
 * The keys of the configuration: a new one is a row here and a line in the manual.
 *
 * Layer: io. Includes: base, io/config.
 */
#include <stdio.h>

#include "io/config.h"

enum kind {
	TEXT,    /* anything but nothing */
	PATTERN, /* a glob pattern */
	URL,     /* http:// or https:// */
	BOOL,
	COUNT, /* a whole number from 0 to 1,000,000 */
	WORD,  /* one of `words` */
};

#define POLICIES "conflict join latest ours theirs union"

static const struct key {
	const char *section;
	bool subsection;  /* section.NAME.name */
	const char *name; /* NULL: any, which who reads it judges */
	enum kind kind;
	const char *words; /* blank between them */
} keys[] = {
	{"worklog", false, "path", PATTERN, NULL},
	{"worklog", false, "ignore", PATTERN, NULL},
	{"merge", false, "progress", WORD, POLICIES},
	{"merge", false, "status", WORD, POLICIES},
	{"merge", false, "priority", WORD, POLICIES},
	{"merge", false, "item", WORD, POLICIES},
	{"merge", false, "text", WORD, POLICIES},
	{"check", false, "allow-secret", TEXT, NULL},
	{"check", false, NULL, WORD, "off info warning error"}, /* a rule's name */
	{"tracker", true, "type", WORD, "github linear redmine gitlab gitea jira"},
	{"tracker", true, "repository", TEXT, NULL},
	{"tracker", true, "url", URL, NULL},
	{"tracker", true, "cacert", TEXT, NULL},
	{"tracker", true, "source", TEXT, NULL},
	{"tracker", true, "trust", TEXT, NULL},
	{"tracker", true, "mentions", BOOL, NULL},
	{"tracker", true, "allow-secret", TEXT, NULL},
	{"tracker", true, "label-prefix", TEXT, NULL},
	{"tracker", true, "comments", WORD, "new latest none all"},
	{"tracker", true, "drift", WORD, "report ok"},
	{"tracker", true, "max-create", COUNT, NULL},
	{"tracker", true, "max-comments", COUNT, NULL},
	{"tracker", true, "retries", COUNT, NULL},
	{"tracker", true, "max-wait", COUNT, NULL},
	{"tracker", true, "write-interval", COUNT, NULL},
};

/* Names under which people put what must not stand in a file. */
static const char *const secrets[] = {"token",   "password", "passwd",     "secret",
				      "api-key", "apikey",   "auth-token", "access-token"};

/* A key cut into its parts; `sub` is empty when there is none. */
struct parts {
	struct wls_slice section, sub, name;
	bool has_sub;
};

static struct parts cut(struct wls_slice key)
{
	struct parts p = {.name = key};
	size_t first = 0, last = key.len;

	while (first < key.len && key.ptr[first] != '.')
		first++;
	while (last > 0 && key.ptr[last - 1] != '.')
		last--;
	if (first == key.len)
		return p;
	p.section = wls_slice(key.ptr, first);
	p.name = wls_slice_from(key, last);
	p.has_sub = last > first + 1;
	if (p.has_sub)
		p.sub = wls_slice(key.ptr + first + 1, last - first - 2);
	return p;
}

static bool is_secret(struct wls_slice name)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(secrets); i++) {
		if (wls_slice_eq(name, wls_slice_of(secrets[i])))
			return true;
	}
	return false;
}

static const struct key *find_key(const struct parts *p)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(keys); i++) {
		const struct key *k = &keys[i];
		if (k->subsection == p->has_sub &&
		    wls_slice_eq(p->section, wls_slice_of(k->section)) &&
		    (!k->name || wls_slice_eq(p->name, wls_slice_of(k->name))))
			return k;
	}
	return NULL;
}

/* Writes what could stand where `p` stands, for the message about an unknown key. */
static void list_known(const struct parts *p, char *out, size_t size)
{
	size_t used = 0;
	out[0] = '\0';
	for (size_t i = 0; i < WLS_ARRAY_SIZE(keys) && used < size; i++) {
		const struct key *k = &keys[i];
		if (!wls_slice_eq(p->section, wls_slice_of(k->section)))
			continue;
		int n = snprintf(out + used, size - used, "%s%s", used ? ", " : "",
				 k->name ? k->name : "RULE");
		used += n > 0 ? (size_t)n : 0;
	}
}

static int unknown(const struct wls_config_entry *entry, const struct parts *p, const char *where,
		   struct wls_error *err)
{
	char known[400];

	list_known(p, known, sizeof(known));
	if (!known[0])
		return wls_error_set(err, WLS_E_FORMAT,
				     "%s: unknown key \"%.*s\"; the sections are [worklog], "
				     "[merge], [check], [tracker \"NAME\"]",
				     where, WLS_SLICE_ARG(entry->key));
	return wls_error_set(err, WLS_E_FORMAT, "%s: unknown key \"%.*s\"; [%.*s%s] knows %s",
			     where, WLS_SLICE_ARG(entry->key), WLS_SLICE_ARG(p->section),
			     wls_slice_eq(p->section, WLS_SLICE("tracker")) ? " \"NAME\"" : "",
			     known);
}

/* Whether `value` is one of the words. */
static bool is_word(struct wls_slice value, const char *words)
{
	struct wls_slice rest = wls_slice_of(words);
	while (rest.len > 0) {
		const char *blank = memchr(rest.ptr, ' ', rest.len);
		size_t len = blank ? (size_t)(blank - rest.ptr) : rest.len;
		if (wls_slice_eq(value, wls_slice(rest.ptr, len)))
			return true;
		rest = wls_slice_from(rest, blank ? len + 1 : len);
	}
	return false;
}

static bool is_bool(struct wls_slice value)
{
	static const char *const words[] = {"true", "yes", "on", "1", "false",
					    "no",   "off", "0",  ""};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(words); i++) {
		if (wls_slice_eq_nocase(value, wls_slice_of(words[i])))
			return true;
	}
	return false;
}

static bool is_count(struct wls_slice value)
{
	unsigned long n = 0;
	for (size_t i = 0; i < value.len; i++) {
		if (!wls_is_digit(value.ptr[i]))
			return false;
		n = n * 10 + (unsigned long)(value.ptr[i] - '0');
		if (n > 1000000)
			return false;
	}
	return value.len > 0;
}

static bool is_url(struct wls_slice value)
{
	struct wls_slice https = WLS_SLICE("https://"), http = WLS_SLICE("http://");
	return (wls_slice_starts(value, https) && value.len > https.len) ||
	       (wls_slice_starts(value, http) && value.len > http.len);
}

/* What the value should be, or NULL when it is right. */
static const char *wanted(const struct key *k, const struct wls_config_entry *entry)
{
	struct wls_slice v = entry->value;

	switch (k->kind) {
	case BOOL:
		return !entry->has_value || is_bool(v) ? NULL : "true or false";
	case WORD:
		return is_word(v, k->words) ? NULL : k->words;
	case COUNT:
		return is_count(v) ? NULL : "a whole number up to 1000000";
	case URL:
		return is_url(v) ? NULL : "an address that starts with https:// or http://";
	case PATTERN:
		return v.len > 0 ? NULL : "a pattern of paths, as in .gitignore";
	case TEXT:
		break;
	}
	return v.len > 0 ? NULL : "a text";
}

int wls_config_check(const struct wls_config_entry *entry, const char *where, struct wls_error *err)
{
	struct parts p = cut(entry->key);

	if (is_secret(p.name))
		return wls_error_set(
			err, WLS_E_REFUSED,
			"%s: \"%.*s\": nothing secret may stand here; remove it, and set "
			"WLSYNC_TOKEN in the environment or use git credential",
			where, WLS_SLICE_ARG(entry->key));
	const struct key *k = find_key(&p);
	if (!k)
		return unknown(entry, &p, where, err);
	const char *want = wanted(k, entry);
	if (!want)
		return 0;
	return wls_error_set(err, WLS_E_FORMAT, "%s: %.*s is \"%.*s\"; it takes %s%s", where,
			     WLS_SLICE_ARG(entry->key), WLS_SLICE_ARG(entry->value),
			     k->kind == WORD ? "one of: " : "", want);
}
