/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "github_fixture.h"

json_t *fixture_load(const char *name)
{
	char path[512];
	json_error_t error;

	(void)snprintf(path, sizeof(path), "%s/http/github/%s", FIXTURES, name);
	json_t *json = json_load_file(path, 0, &error);
	cr_assert_not_null(json, "%s:%d: %s", path, error.line, error.text);
	return json;
}

void fixture_set(json_t *root, const char *path, const char *value)
{
	json_t *at = root;
	json_t *new = value ? json_loads(value, JSON_DECODE_ANY, NULL) : NULL;
	char key[64];

	cr_assert(!value || new, "%s is JSON", value);
	for (;;) {
		size_t len = strcspn(path, ".");
		(void)snprintf(key, sizeof(key), "%.*s", (int)len, path);
		if (path[len] == '\0')
			break;
		at = json_is_array(at) ? json_array_get(at, strtoul(key, NULL, 10))
				       : json_object_get(at, key);
		cr_assert_not_null(at, "%s leads somewhere", path);
		path += len + 1;
	}
	if (json_is_array(at))
		cr_assert_eq(json_array_set_new(at, strtoul(key, NULL, 10), new), 0);
	else if (new)
		cr_assert_eq(json_object_set_new(at, key, new), 0);
	else
		(void)json_object_del(at, key);
}
