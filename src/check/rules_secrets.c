/* SPDX-License-Identifier: MIT */
/*
 * Credentials that were pasted into a log.
 *
 * Layer: check. Includes: base, doc, graph, check.
 *
 * The message names the kind, never the text; the fingerprint is made of a hash of it, so that one
 * credential keeps its fingerprint wherever it moves.
 */
#include "base/map.h"
#include "check/rules_shared.h"
#include "wlsync/secret.h"

static void check_file(const struct wls_check_log *log, const struct wls_check_file *file)
{
	const struct wls_check_options *options = log->check->options;
	struct wls_slice source = file->doc->source;
	struct wls_arena *arena = &log->check->arena;
	struct wls_secret secret;

	for (size_t at = 0;
	     wls_secret_next(source, &at, options->allow, options->allow_count, &secret);) {
		uint64_t hash = wls_hash(wls_slice(source.ptr + secret.at, secret.len));
		const char *key = wls_arena_printf(arena, "%s %016llx", secret.kind,
						   (unsigned long long)hash);
		wls_check_add(
			log, file, WLS_RULE_SECRET,
			(struct wls_check_span){(uint32_t)secret.at,
						(uint32_t)(secret.at + secret.len)},
			wls_slice_of(key),
			wls_arena_printf(arena, "this looks like a credential (%s)", secret.kind));
	}
}

void wls_rules_secrets(const struct wls_check_log *log)
{
	if (!wls_check_wants(log->check, WLS_RULE_SECRET))
		return;
	for (size_t i = 0; i < log->count; i++)
		check_file(log, &log->files[i]);
}
