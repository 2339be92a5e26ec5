/* SPDX-License-Identifier: MIT */
/*
 * Configuration: holding entries, and answering for keys.
 *
 * Layer: io. Includes: base, buf, io/config, io/file, io/path.
 */
#include <stdio.h>

#include "io/config.h"
#include "io/file.h"
#include "io/path.h"

#define FILE_NAME ".wlsync"
/* A configuration that is larger is none. */
#define CONFIG_MAX ((size_t)1 << 20)

void wls_config_release(struct wls_config *config)
{
	wls_arena_release(&config->arena);
	free(config->entries);
	*config = (struct wls_config){0};
}

static void append(struct wls_config *config, const struct wls_config_entry *entry)
{
	WLS_GROW(config->entries, config->cap, config->count + 1);
	struct wls_config_entry *e = &config->entries[config->count++];
	*e = *entry;
	e->key = wls_arena_copy(&config->arena, entry->key);
	e->value = wls_arena_copy(&config->arena, entry->value);
}

int wls_config_add(struct wls_config *config, const struct wls_config_entry *entry,
		   const char *where, struct wls_error *err)
{
	int status = wls_config_check(entry, where, err);
	if (status < 0)
		return status;
	append(config, entry);
	return 0;
}

/* Judges what was added since `first`. */
static int check_since(const struct wls_config *config, size_t first, const char *file,
		       struct wls_error *err)
{
	char brief[WLS_PATH_BRIEF], where[WLS_PATH_BRIEF + 16];

	for (size_t i = first; i < config->count; i++) {
		const struct wls_config_entry *e = &config->entries[i];
		snprintf(where, sizeof(where), "%s:%u", wls_path_brief(file, brief), e->line);
		int status = wls_config_check(e, where, err);
		if (status < 0)
			return status;
	}
	return 0;
}

int wls_config_read(struct wls_config *config, int dir, const char *shown, struct wls_error *err)
{
	struct wls_buf bytes _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_buf file _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error failed;
	char brief[WLS_PATH_BRIEF];
	size_t first = config->count;

	wls_path_add_join(&file, wls_slice_of(shown), WLS_SLICE(FILE_NAME));
	int status = wls_file_read(&bytes, dir, FILE_NAME, &failed);
	if (status == WLS_E_NOT_FOUND)
		return 0;
	if (status < 0)
		return wls_error_set(err, failed.status, "%s%s%s", shown, *shown ? "/" : "",
				     failed.text);
	if (bytes.len > CONFIG_MAX)
		return wls_error_set(err, WLS_E_LIMIT,
				     "%s: is larger than 1 MiB; this is no configuration",
				     wls_path_brief(wls_buf_str(&file), brief));
	config->file = wls_arena_copy(&config->arena, wls_buf_slice(&file)).ptr;
	status = wls_config_parse(config, wls_buf_slice(&bytes), config->file, err);
	if (status < 0)
		return status;
	return check_since(config, first, config->file, err);
}

/* Whether entries of that key stand in `.wlsync`. */
static enum wls_config_origin origin_of(const struct wls_config *config, struct wls_slice key)
{
	for (size_t i = 0; i < config->count; i++) {
		if (config->entries[i].origin == WLS_CONFIG_FILE &&
		    wls_slice_eq(config->entries[i].key, key))
			return WLS_CONFIG_FILE;
	}
	return WLS_CONFIG_GIT;
}

const struct wls_config_entry *wls_config_find(const struct wls_config *config, const char *key)
{
	const struct wls_config_entry *found = NULL, *e = NULL;
	while ((e = wls_config_next(config, key, e)))
		found = e;
	return found;
}

const struct wls_config_entry *wls_config_next(const struct wls_config *config, const char *key,
					       const struct wls_config_entry *last)
{
	struct wls_slice name = wls_slice_of(key);
	enum wls_config_origin origin = last ? last->origin : origin_of(config, name);
	size_t i = last ? (size_t)(last - config->entries) + 1 : 0;

	for (; i < config->count; i++) {
		const struct wls_config_entry *e = &config->entries[i];
		if (e->origin == origin && wls_slice_eq(e->key, name))
			return e;
	}
	return NULL;
}

bool wls_config_true(const struct wls_config_entry *entry)
{
	static const char *const words[] = {"true", "yes", "on", "1"};
	if (!entry->has_value)
		return true;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(words); i++) {
		if (wls_slice_eq_nocase(entry->value, wls_slice_of(words[i])))
			return true;
	}
	return false;
}
