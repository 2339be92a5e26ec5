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

/*
 * Adds the names of the logs below the work tree's root, else below ".": a line each, from the
 * names of files alone (none is opened), sorted by path, each once.
 */
void wls_complete_logs(struct wls_buf *out);

#endif
