/* SPDX-License-Identifier: MIT */
/*
 * Fields of a server's JSON, read strictly: the first that is wrong is the error, the rest is
 * skipped.
 *
 * Layer: tracker. Includes: base, buf. Private to src/tracker.
 *
 * Use: one reader an object; read all fields, then look at `status` once. A name may say where its
 * object stands, "user.login": the key is what follows the last dot.
 */
#ifndef WLS_TRACKER_ANSWER_H
#define WLS_TRACKER_ANSWER_H

#include <jansson.h>

#include "wlsync/buf.h"

/* Above 2^53 - 1 a JSON number is not what was meant; numbers of issues are 32 bits. */
#define WLS_ANSWER_ID_MAX INT64_C(9007199254740991)
#define WLS_ANSWER_NUMBER_MAX INT64_C(2147483647)

enum wls_answer_need {
	WLS_ANSWER_NEEDED = 0,
	WLS_ANSWER_OR_NULL = 1,
	WLS_ANSWER_OR_MISSING = 2,
};

/* Where an answer came from; borrowed. */
struct wls_answer_origin {
	const char *request;    /* "GET /repos/acme/shop/issues/12", for errors */
	const char *repository; /* "acme/shop"; NULL: any is ours */
};

struct wls_answer_reader {
	const struct wls_answer_origin *origin;
	const char *object; /* "issue" */
	int64_t number;     /* of the object, once known; 0 */
	struct wls_error *err;
	int status; /* 0, or WLS_E_ANSWER since a field was wrong */
};

/* Says what stands in a field and what was expected; `name` NULL: the object itself. */
void wls_answer_wrong(struct wls_answer_reader *reader, const char *name, json_t *value,
		      const char *expected);
bool wls_answer_is_object(struct wls_answer_reader *reader, json_t *json);
/* `need` is a set of enum wls_answer_need. Empty where null or missing is fine. */
struct wls_slice wls_answer_text(struct wls_answer_reader *reader, json_t *object, const char *name,
				 unsigned need);
bool wls_answer_bool(struct wls_answer_reader *reader, json_t *object, const char *name,
		     unsigned need);
/* NULL where null or missing is fine. */
json_t *wls_answer_object(struct wls_answer_reader *reader, json_t *object, const char *name,
			  unsigned need);
json_t *wls_answer_list(struct wls_answer_reader *reader, json_t *object, const char *name);
/* From 1 to `max`. */
int64_t wls_answer_id(struct wls_answer_reader *reader, json_t *object, const char *name,
		      int64_t max);
/* 0 or more; -1 when missing. */
int64_t wls_answer_count(struct wls_answer_reader *reader, json_t *object, const char *name);

/*
 * Adds at most `max` bytes of what a server said, as one line without controls and direction
 * overrides. O(n).
 */
void wls_answer_add_visible(struct wls_slice text, size_t max, struct wls_buf *out);

#endif
