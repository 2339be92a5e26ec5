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
#include "check/rules.h"

static void check_file(const struct wls_check_log *log, const struct wls_check_file *file)
{
	struct wls_slice source = file->doc->source;
	struct wls_arena *arena = &log->check->arena;
	size_t count;
	const struct wls_secret *list = wls_place_secrets(log->check, file->doc, &count);

	for (size_t i = 0; i < count; i++) {
		uint32_t begin = (uint32_t)list[i].at, end = begin + (uint32_t)list[i].len;
		uint64_t hash = wls_hash(wls_slice(source.ptr + begin, end - begin));
		const char *key = wls_arena_printf(arena, "%s %016llx", list[i].kind,
						   (unsigned long long)hash);
		wls_check_add(
			log, file, WLS_RULE_SECRET, (struct wls_check_span){begin, end},
			wls_slice_of(key),
			wls_arena_printf(arena, "this looks like a credential (%s)", list[i].kind));
	}
}

void wls_rules_secrets(const struct wls_check_log *log)
{
	if (!wls_check_wants(log->check, WLS_RULE_SECRET))
		return;
	for (size_t i = 0; i < log->count; i++)
		check_file(log, &log->files[i]);
}
