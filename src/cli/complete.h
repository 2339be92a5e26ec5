/* SPDX-License-Identifier: MIT */
/*
 * Completion scripts, generated from the option tables.
 *
 * Layer: cli. Includes: base, buf.
 */
#ifndef WLS_CLI_COMPLETE_H
#define WLS_CLI_COMPLETE_H

#include "cli/cli.h"

void wls_complete_bash(struct wls_buf *out);
void wls_complete_zsh(struct wls_buf *out);
void wls_complete_fish(struct wls_buf *out);

/* What may stand behind `check --rule NAME=`, blanks between them. */
#define WLS_COMPLETE_SEVERITIES "off info warning error"

/*
 * Adds the names of the logs below the work tree's root, else below ".": a line each, from the
 * names of files alone (none is opened), sorted by path, each once.
 */
void wls_complete_logs(struct wls_buf *out);

#endif
