/* SPDX-License-Identifier: MIT */
/*
 * How grave each rule is: --rule, then the configuration, then the rule's own.
 *
 * Layer: cli. Includes: base, check, io.
 */
#include "cli/check.h"
#include "cli/nearest.h"
#include "io/config.h"

/* False for a word that is no severity. */
static bool read_severity(struct wls_slice word, int *out)
{
	for (int severity = -1; severity <= WLS_ERROR; severity++) {
		if (wls_slice_eq(word, wls_slice_of(wls_rule_severity_name(severity)))) {
			*out = severity;
			return true;
		}
	}
	return false;
}

/* "FILE:LINE" of an entry of ours; git tells no line. */
static const char *place_of(struct wls_arena *arena, const struct wls_config *config,
			    const struct wls_config_entry *entry)
{
	if (entry->origin != WLS_CONFIG_FILE || !config->file)
		return "git's configuration";
	return wls_arena_printf(arena, "%s:%u", config->file, entry->line);
}

static int unknown_rule(const char *where, struct wls_slice name)
{
	struct wls_nearest nearest;

	wls_nearest_init(&nearest, name);
	for (size_t i = 0; i < WLS_RULE_COUNT; i++)
		wls_nearest_offer(&nearest, wls_rules[i].name);
	if (nearest.best)
		return wls_cli_fail("%s: no rule \"%.*s\"; did you mean %s?", where,
				    WLS_SLICE_ARG(name), nearest.best);
	return wls_cli_fail("%s: no rule \"%.*s\"; wlsync check --list-rules has all", where,
			    WLS_SLICE_ARG(name));
}

/* A key `check.RULE` whose rule there is not; the others have been judged when they were read. */
static int judge_keys(const struct wls_config *config)
{
	const struct wls_slice section = WLS_SLICE("check.");

	for (size_t i = 0; i < config->count; i++) {
		const struct wls_config_entry *entry = &config->entries[i];
		struct wls_slice name;

		if (!wls_slice_starts(entry->key, section) ||
		    wls_slice_eq(entry->key, WLS_SLICE("check.allow-secret")))
			continue;
		name = wls_slice_from(entry->key, section.len);
		if (wls_rule_find(name) != WLS_RULE_COUNT)
			continue;
		struct wls_arena arena = {0};
		int status = unknown_rule(place_of(&arena, config, entry), name);
		wls_arena_release(&arena);
		return status;
	}
	return WLS_CLI_GO;
}

static int take_config(const struct wls_config *config, struct wls_check_options *options)
{
	int status = judge_keys(config);

	for (size_t i = 0; status == WLS_CLI_GO && i < WLS_RULE_COUNT; i++) {
		struct wls_arena arena = {0};
		const char *key = wls_arena_printf(&arena, "check.%s", wls_rules[i].name);
		const struct wls_config_entry *entry = wls_config_find(config, key);

		if (entry)
			read_severity(entry->value, &options->severity[i]);
		wls_arena_release(&arena);
	}
	return status;
}

static int take_rule(const char *text, struct wls_check_options *options)
{
	size_t len = strcspn(text, "=");
	struct wls_slice name = wls_slice(text, len);
	enum wls_rule rule = wls_rule_find(name);

	if (rule == WLS_RULE_COUNT)
		return unknown_rule("--rule", name);
	if (text[len] == '=' &&
	    read_severity(wls_slice_of(text + len + 1), &options->severity[rule]))
		return WLS_CLI_GO;
	return wls_cli_fail("--rule %s: write NAME=off, info, warning or error", text);
}

int wls_check_severities(const struct wls_check_request *request, const struct wls_config *config,
			 struct wls_check_options *options)
{
	int status;

	wls_check_defaults(options);
	status = take_config(config, options);
	for (size_t i = 0; status == WLS_CLI_GO && i < request->rules.count; i++)
		status = take_rule(request->rules.items[i], options);
	return status;
}
