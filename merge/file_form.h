/* SPDX-License-Identifier: MIT */
/*
 * What a file has as a whole: line endings, final newline, byte order mark. Private to merge.
 *
 * Layer: merge. Includes: base, buf, merge.
 */
#ifndef WLS_MERGE_FILE_FORM_H
#define WLS_MERGE_FILE_FORM_H

#include "merge/pieces.h"

enum wls_line_endings {
	WLS_ENDINGS_NONE, /* no line ending at all */
	WLS_ENDINGS_LF,
	WLS_ENDINGS_CRLF,
	WLS_ENDINGS_MIXED, /* also when a CR stands alone */
};

struct wls_file_form {
	enum wls_line_endings endings;
	size_t lf, crlf;    /* lines that end so */
	bool final_newline; /* true for an empty file */
	bool byte_order_mark;
};

/* O(n), as fast as memory. */
void wls_file_form_read(struct wls_slice text, struct wls_file_form *out);

/*
 * The form of the result: each of the three a three-way value (see docs/merging.md). `forms` by
 * side, 0 the base, which is not looked at when !has_base. `lf` and `crlf` of the result mean
 * nothing. Uses of a rule (sides that differ from the base and from each other) are added to
 * `resolutions` (NULL: not wanted).
 */
void wls_file_form_merge(const struct wls_file_form *forms, size_t sides, bool has_base,
			 struct wls_file_form *out, struct wls_resolutions *resolutions);

/*
 * The text as the engine wants it: without byte order mark, with a final newline (unless empty),
 * and with LF when `to_lf`. Returns the text itself, or a slice of it, when it is so already; else
 * a copy at the end of `storage`, whose later changes may move it. The newline that is added is an
 * LF, or CRLF when the form is CRLF and !to_lf. Pass `to_lf` unless the result is to be MIXED: it costs
 * nothing where no CRLF is. A last CR that stands alone counts as a final newline.
 */
struct wls_slice wls_file_form_strip(struct wls_slice text, const struct wls_file_form *form,
				     bool to_lf, struct wls_buf *storage);

/*
 * Gives a merged text (as stripped; `was_lf`: it has LF throughout by wls_file_form_strip) the
 * form: byte order mark, CRLF, no final newline, in place. The final newline stays when `keep_newline`
 * (the text ends in a conflict marker), or when the text ends in blank lines.
 */
void wls_file_form_apply(struct wls_buf *text, const struct wls_file_form *form, bool was_lf,
			 bool keep_newline);

#endif
