/* SPDX-License-Identifier: MIT */
/*
 * The bytes of the files: the last line's ending. (Markers of conflicts, mojibake and bytes that
 * are no text are diagnostics of the document already.)
 *
 * Layer: check. Includes: base, doc, graph, check.
 */
#include "check/rules_shared.h"

void wls_rules_text(const struct wls_check_log *log)
{
	if (!wls_check_wants(log->check, WLS_RULE_NO_FINAL_NEWLINE))
		return;
	for (size_t i = 0; i < log->count; i++) {
		const struct wls_check_file *file = &log->files[i];
		struct wls_slice source = file->doc->source;
		uint32_t end = (uint32_t)source.len;
		if (end == 0 || source.ptr[end - 1] == '\n' || source.ptr[end - 1] == '\r')
			continue;
		wls_check_add(log, file, WLS_RULE_NO_FINAL_NEWLINE,
			      (struct wls_check_span){end, end}, file->path,
			      "the last line has no ending");
	}
}
