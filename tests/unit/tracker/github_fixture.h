/* SPDX-License-Identifier: MIT */
/* Answers of fixtures/http/github, as they are or with one value changed. */
#ifndef WLS_TEST_GITHUB_FIXTURE_H
#define WLS_TEST_GITHUB_FIXTURE_H

#include "tracker/github.h"

/* The caller drops the reference. */
json_t *fixture_load(const char *name);
/*
 * Puts `value` (JSON; NULL takes it away) at `path` below `root`: "user.login", "labels.0".
 */
void fixture_set(json_t *root, const char *path, const char *value);

#endif
