/* SPDX-License-Identifier: MIT */
/*
 * The text of a comment: an entry, read anew when it is about to be written.
 *
 * A plan holds hashes only, so that many versions of many logs cost no memory; what has changed
 * since the plan was made is not posted.
 *
 * Layer: cli. Includes: base, buf, doc, plan, cli/push, cli/workspace.
 */
#include <inttypes.h>

#include "cli/push.h"

static bool find_entry(const struct wls_log_files *files, uint32_t version, uint64_t hash,
		       const struct wls_log_file **file, const struct wls_entry **entry)
{
	for (size_t i = 0; i < files->count; i++) {
		struct wls_doc *doc = files->files[i].doc;
		const struct wls_entry *found = wls_doc_entry(doc, version);
		if (!found || wls_entry_hash(doc, found) != hash)
			continue;
		*file = &files->files[i];
		*entry = found;
		return true;
	}
	return false;
}

int wls_pushing_comment_text(void *data, const struct wls_wanted *wanted, uint32_t version,
			     uint64_t hash, struct wls_buf *out, struct wls_error *err)
{
	struct wls_pushing *run = data;
	struct wls_log_files files _cleanup_log_files_ = {0};
	const struct wls_log_file *file;
	const struct wls_entry *entry;
	int status = wls_workspace_read_log(run->ws, wanted->log, &files, err);

	if (status < 0)
		return status;
	if (!find_entry(&files, version, hash, &file, &entry))
		return wls_error_set(err, WLS_E_REFUSED,
				     "%.400s: v%" PRIu32 " changed while it was pushed; push again",
				     wls_arena_copy(&run->arena, wanted->file).ptr, version);
	wls_comment_render(&run->plan_options, file->doc, entry, file->path, out);
	return 0;
}
