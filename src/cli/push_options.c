/* SPDX-License-Identifier: MIT */
/*
 * What holds for a push: flag, then environment, then `.wlsync`, then git's configuration, then
 * default.
 *
 * In the environment a key of [tracker "NAME"] is written WLSYNC_KEY: WLSYNC_REPOSITORY,
 * WLSYNC_MAX_CREATE. Keys that hold several values have no variable.
 *
 * Layer: cli. Includes: base, buf, plan, tracker, io, git, cli/push.
 */
#include <inttypes.h>
#include <stdio.h>

#include "cli/push.h"
#include "git/git.h"
#include "io/config.h"
#include "io/path.h"

#define MAX_CREATE 20u
#define MAX_COMMENTS 20u
#define RETRIES 5u
#define MAX_WAIT 600u

/* ---- which tracker ---- */

/* "github" of "tracker.github.url"; false when it is no tracker's key. */
static bool tracker_of(const struct wls_config_entry *entry, struct wls_slice *name)
{
	struct wls_slice prefix = WLS_SLICE("tracker.");
	size_t end = entry->key.len;

	if (!wls_slice_starts(entry->key, prefix))
		return false;
	while (end > 0 && entry->key.ptr[end - 1] != '.')
		end--;
	if (end <= prefix.len)
		return false;
	*name = wls_slice(entry->key.ptr + prefix.len, end - 1 - prefix.len);
	return true;
}

struct names {
	struct wls_slice *items;
	size_t count;
};

static struct names list_trackers(struct wls_pushing *run)
{
	const struct wls_config *config = run->ws->config;
	struct names names = {WLS_ARENA_ARRAY(&run->arena, struct wls_slice, config->count + 1), 0};
	struct wls_slice name;

	for (size_t i = 0; i < config->count; i++) {
		size_t n = 0;
		if (!tracker_of(&config->entries[i], &name))
			continue;
		while (n < names.count && !wls_slice_eq(names.items[n], name))
			n++;
		if (n == names.count)
			names.items[names.count++] = name;
	}
	return names;
}

static const char *join(struct wls_pushing *run, const struct names *names)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;

	for (size_t i = 0; i < names->count; i++) {
		wls_buf_add_str(&out, i > 0 ? ", " : "");
		wls_buf_add_slice(&out, names->items[i]);
	}
	return wls_arena_copy(&run->arena, wls_buf_slice(&out)).ptr;
}

static bool has_name(const struct names *names, struct wls_slice name)
{
	for (size_t i = 0; i < names->count; i++)
		if (wls_slice_eq(names->items[i], name))
			return true;
	return false;
}

/* Whether a section's name says what kind of tracker it is, supported or not. */
static bool is_type(struct wls_slice name)
{
	const struct wls_config_entry entry = {
		.key = WLS_SLICE("tracker.name.type"), .value = name, .has_value = true};

	return wls_config_check(&entry, "", NULL) == 0;
}

/* The section that holds; *name is empty when there is none. */
static int choose_tracker(struct wls_pushing *run, struct wls_slice *name)
{
	struct names names = list_trackers(run);
	struct wls_slice asked = wls_slice_of(run->options.tracker ? run->options.tracker
								   : getenv("WLSYNC_TRACKER"));

	*name = names.count == 1 ? names.items[0] : (struct wls_slice){0};
	if (asked.len == 0 && names.count > 1)
		return wls_cli_fail("there are several trackers: %s; choose one with --tracker "
				    "NAME",
				    join(run, &names));
	if (asked.len == 0)
		return WLS_CLI_GO;
	*name = asked;
	/* A kind of tracker needs no section. */
	if (has_name(&names, asked) || is_type(asked))
		return WLS_CLI_GO;
	if (names.count == 0)
		return wls_cli_fail("--tracker %.*s: .wlsync and git's configuration have no "
				    "[tracker \"%.*s\"]",
				    WLS_SLICE_ARG(asked), WLS_SLICE_ARG(asked));
	return wls_cli_fail("--tracker %.*s: there is no such tracker, but %s",
			    WLS_SLICE_ARG(asked), join(run, &names));
}

/* ---- one setting ---- */

struct settings {
	struct wls_pushing *run;
	struct wls_slice tracker; /* name of the section */
	int status;               /* WLS_CLI_GO, or what the first bad value made of it */
};

/* WLSYNC_MAX_CREATE of "max-create". */
static const char *variable(struct wls_arena *arena, const char *key)
{
	struct wls_slice name =
		wls_arena_copy(arena, wls_slice_of(wls_arena_printf(arena, "WLSYNC_%s", key)));
	char *c = wls_arena_alloc(arena, name.len + 1);

	memcpy(c, name.ptr, name.len);
	for (size_t i = 0; i < name.len; i++) {
		if (c[i] == '-')
			c[i] = '_';
		else if (c[i] >= 'a' && c[i] <= 'z')
			c[i] = (char)(c[i] - ('a' - 'A'));
	}
	return c;
}

/* A value of the environment, judged as one of the configuration would be. */
static const struct wls_config_entry *from_environment(struct settings *s, const char *key)
{
	struct wls_arena *arena = &s->run->arena;
	const char *name = variable(arena, key);
	const char *value = getenv(name);
	struct wls_config_entry *entry = WLS_ARENA_NEW(arena, struct wls_config_entry);
	struct wls_error err;

	if (!value || !*value)
		return NULL;
	*entry = (struct wls_config_entry){
		.key = wls_slice_of(wls_arena_printf(arena, "tracker.environment.%s", key)),
		.value = wls_slice_of(value),
		.has_value = true,
	};
	if (wls_config_check(entry, name, &err) < 0) {
		s->status = wls_cli_fail("%s", err.text);
		return NULL;
	}
	return entry;
}

static const struct wls_config_entry *from_configuration(const struct settings *s, const char *key)
{
	if (s->tracker.len == 0)
		return NULL;
	return wls_config_find(s->run->ws->config,
			       wls_arena_printf(&s->run->arena, "tracker.%.*s.%s",
						WLS_SLICE_ARG(s->tracker), key));
}

static const struct wls_config_entry *find_setting(struct settings *s, const char *key)
{
	const struct wls_config_entry *entry = from_environment(s, key);

	return entry ? entry : from_configuration(s, key);
}

/* `flag` when it was given, else what is configured, else `otherwise`. */
static const char *text_setting(struct settings *s, const char *key, const char *flag,
				const char *otherwise)
{
	const struct wls_config_entry *entry = flag ? NULL : find_setting(s, key);

	if (flag)
		return flag;
	return entry && entry->value.len > 0 ? entry->value.ptr : otherwise;
}

static uint32_t number_setting(struct settings *s, const char *key, uint32_t flag,
			       uint32_t otherwise)
{
	const struct wls_config_entry *entry = flag != WLS_PUSH_UNSET ? NULL : find_setting(s, key);
	uint32_t number = 0;

	if (flag != WLS_PUSH_UNSET)
		return flag;
	if (!entry)
		return otherwise;
	/* It has been judged: digits, at most a million. */
	for (size_t i = 0; i < entry->value.len; i++)
		number = number * 10 + (uint32_t)(entry->value.ptr[i] - '0');
	return number;
}

/* The place of a word among "new|latest|none|all". */
static int word_setting(struct settings *s, const char *key, int flag, const char *choices)
{
	const struct wls_config_entry *entry = flag >= 0 ? NULL : find_setting(s, key);
	struct wls_slice choice;

	if (flag >= 0 || !entry)
		return flag >= 0 ? flag : 0;
	for (size_t i = 0; wls_opt_choice(choices, i, &choice); i++)
		if (wls_slice_eq(choice, entry->value))
			return (int)i;
	return 0;
}

static const struct wls_slice *list_setting(struct settings *s, const char *key, size_t *count)
{
	struct wls_arena *arena = &s->run->arena;
	const struct wls_config *config = s->run->ws->config;
	struct wls_slice *items = WLS_ARENA_ARRAY(arena, struct wls_slice, config->count + 1);
	const char *full =
		wls_arena_printf(arena, "tracker.%.*s.%s", WLS_SLICE_ARG(s->tracker), key);

	*count = 0;
	if (s->tracker.len == 0)
		return items;
	for (const struct wls_config_entry *entry = NULL;
	     (entry = wls_config_next(config, full, entry));)
		items[(*count)++] = entry->value;
	return items;
}

/* ---- the repository of the logs ---- */

/* Origin's address, and when HEAD was committed. */
static int read_git(struct settings *s)
{
	struct wls_pushing *run = s->run;
	struct wls_buf url _cleanup_buf_ = WLS_BUF_INIT;
	const struct wls_git_api *api;
	struct wls_git *git = NULL;
	struct wls_error err;
	bool found = false;

	if (!run->ws->in_git)
		return WLS_CLI_GO;
	if (wls_git_load(&api, &err) < 0 || api->open(&git, run->ws->root, &err) < 0)
		return wls_cli_fail("%s", err.text);
	run->plan_options.date = api->head_date(git);
	int status = api->get(git, WLS_GIT_EFFECTIVE, "remote.origin.url", &url, &found, &err);
	api->close(git);
	if (status < 0)
		return wls_cli_fail("%s", err.text);
	if (found)
		run->settings.origin =
			wls_origin_parse(wls_arena_copy(&run->arena, wls_buf_slice(&url)));
	return WLS_CLI_GO;
}

static bool may_be_repository(const struct wls_push_settings *settings)
{
	struct wls_slice host = settings->origin.host;

	return settings->origin.repository.len > 0 &&
	       (wls_host_same(host, WLS_SLICE("github.com")) ||
		wls_host_same(host, wls_url_host(wls_slice_of(settings->url))));
}

static int set_repository(struct settings *s)
{
	struct wls_push_settings *settings = &s->run->settings;
	struct wls_slice origin = settings->origin.repository;

	settings->repository = text_setting(s, "repository", s->run->options.repo, NULL);
	if (settings->repository)
		return WLS_CLI_GO;
	if (!may_be_repository(settings))
		return wls_cli_fail("which repository is to have the issues? %s --repo OWNER/NAME, "
				    "or \"repository = OWNER/NAME\" in [tracker \"%.*s\"] of "
				    ".wlsync",
				    origin.len > 0 ? "Origin is on another host: say"
						   : "No remote \"origin\" tells: say",
				    s->tracker.len > 0 ? (int)s->tracker.len : 6,
				    s->tracker.len > 0 ? s->tracker.ptr : "github");
	settings->repository = wls_arena_copy(&s->run->arena, origin).ptr;
	return WLS_CLI_GO;
}

/* ---- all of them ---- */

static int set_driver(struct settings *s)
{
	struct wls_push_settings *settings = &s->run->settings;
	const char *type = text_setting(s, "type", NULL, NULL);

	if (!type)
		type = is_type(s->tracker) ? wls_arena_copy(&s->run->arena, s->tracker).ptr
					   : "github";
	settings->driver = wls_driver_find(wls_slice_of(type));
	if (settings->driver || s->status != WLS_CLI_GO)
		return s->status;
	return wls_cli_fail("tracker type %s is not supported by this version (github is)", type);
}

/* A path of a file counts from where the file is, not from where the user stands. */
static const char *set_cacert(struct settings *s)
{
	struct wls_pushing *run = s->run;
	const char *flag = run->options.cacert;
	const char *path = text_setting(s, "cacert", flag, NULL);
	struct wls_buf joined _cleanup_buf_ = WLS_BUF_INIT;

	if (!path || flag || path[0] == '/' || !run->ws->in_git || from_environment(s, "cacert"))
		return path;
	wls_path_add_join(&joined, wls_slice_of(run->ws->root), wls_slice_of(path));
	return wls_arena_copy(&run->arena, wls_buf_slice(&joined)).ptr;
}

static const char *without_slash(struct wls_arena *arena, const char *url)
{
	struct wls_slice kept = wls_slice_of(url);

	while (kept.len > 0 && kept.ptr[kept.len - 1] == '/')
		kept.len--;
	return wls_arena_copy(arena, kept).ptr;
}

static void set_numbers(struct settings *s)
{
	const struct wls_push_options *flags = &s->run->options;
	struct wls_push_settings *settings = &s->run->settings;
	bool usual = strcmp(settings->url, settings->driver->default_url) == 0;

	settings->max_create = number_setting(s, "max-create", flags->max_create, MAX_CREATE);
	settings->retries = number_setting(s, "retries", flags->retries, RETRIES);
	settings->max_wait = number_setting(s, "max-wait", flags->max_wait, MAX_WAIT);
	uint32_t interval =
		number_setting(s, "write-interval", flags->write_interval, WLS_PUSH_UNSET);
	if (interval != WLS_PUSH_UNSET)
		settings->write_interval = interval;
	else
		settings->write_interval = usual ? settings->driver->write_interval : 0;
}

static void set_plan(struct settings *s)
{
	const struct wls_push_options *flags = &s->run->options;
	struct wls_push_settings *settings = &s->run->settings;
	struct wls_plan_options *plan = &s->run->plan_options;
	const char *source = text_setting(s, "source", NULL, NULL);
	const struct wls_config_entry *mentions = find_setting(s, "mentions");

	settings->source_given = source != NULL;
	plan->source = source ? wls_slice_of(source) : settings->origin.repository;
	plan->label_prefix = wls_slice_of(text_setting(s, "label-prefix", NULL, ""));
	plan->allow = list_setting(s, "allow-secret", &plan->allow_count);
	plan->trust = list_setting(s, "trust", &plan->trust_count);
	plan->title_max = settings->driver->title_max;
	plan->max_comments = number_setting(s, "max-comments", flags->max_comments, MAX_COMMENTS);
	plan->comments = (enum wls_comments_policy)word_setting(s, "comments", flags->comments,
								"new|latest|none|all");
	plan->mentions = mentions && wls_config_true(mentions);
	plan->allow_secrets = flags->allow_secrets;
	plan->force = flags->force;
	plan->overwrite = flags->overwrite;
	plan->prune = flags->prune;
	settings->drift_ok = word_setting(s, "drift", flags->drift, "report|ok") == 1;
}

/* Whether git's own configuration, which no clone brings along, holds the same value. */
static bool is_own_word(const struct settings *s, const struct wls_config_entry *said)
{
	const struct wls_config *config = s->run->ws->config;

	for (size_t i = 0; i < config->count; i++) {
		const struct wls_config_entry *entry = &config->entries[i];
		if (entry->origin == WLS_CONFIG_GIT && wls_slice_eq(entry->key, said->key) &&
		    wls_slice_eq(entry->value, said->value))
			return true;
	}
	return false;
}

/*
 * A clone's `.wlsync` comes from whoever wrote the repository, and the token goes to the URL. So what it
 * names must be where the logs are from anyway, or the user's own word.
 */
static int guard_url(struct settings *s)
{
	const struct wls_push_settings *settings = &s->run->settings;
	const struct wls_config_entry *entry = find_setting(s, "url");
	struct wls_slice host = wls_url_host(wls_slice_of(settings->url));

	if (s->run->options.url || !entry || entry->origin != WLS_CONFIG_FILE ||
	    is_own_word(s, entry) || wls_host_is_loopback(host) ||
	    wls_host_same(settings->origin.host, host) ||
	    wls_host_same(host, wls_url_host(wls_slice_of(settings->driver->default_url))))
		return WLS_CLI_GO;
	return wls_cli_fail(
		".wlsync:%" PRIu32 ": the token would be sent to %.*s, which is not where "
		"this repository comes from; if that is right: git config "
		"wlsync.tracker.%.*s.url %s",
		entry->line, WLS_SLICE_ARG(host), WLS_SLICE_ARG(s->tracker), settings->url);
}

int wls_pushing_configure(struct wls_pushing *run)
{
	struct settings s = {.run = run, .status = WLS_CLI_GO};
	struct wls_push_settings *settings = &run->settings;
	int status = choose_tracker(run, &s.tracker);

	if (status == WLS_CLI_GO)
		status = set_driver(&s);
	if (status == WLS_CLI_GO)
		status = read_git(&s);
	if (status != WLS_CLI_GO)
		return status;
	settings->url = without_slash(&run->arena, text_setting(&s, "url", run->options.url,
								settings->driver->default_url));
	status = guard_url(&s);
	if (status != WLS_CLI_GO)
		return status;
	settings->cacert = set_cacert(&s);
	set_numbers(&s);
	set_plan(&s);
	return s.status == WLS_CLI_GO ? set_repository(&s) : s.status;
}
