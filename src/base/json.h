/* SPDX-License-Identifier: MIT */
/*
 * Writing JSON: one pass, keys in the order they are written.
 *
 * Layer: base. Includes: base, buf.
 *
 * The caller opens and closes objects and arrays in pairs; commas are put in. Zero `comma`
 * and `lossy` are the initial state.
 */
#ifndef WLS_BASE_JSON_H
#define WLS_BASE_JSON_H

#include "wlsync/buf.h"

struct wls_json {
	struct wls_buf *out;
	bool comma; /* a value was written where the next one comes */
	bool lossy; /* an invalid byte was replaced since the caller cleared this */
};

void wls_json_open(struct wls_json *json, char bracket);  /* '{' or '[' */
void wls_json_close(struct wls_json *json, char bracket); /* '}' or ']' */
/* The key of the next value; a literal that needs no escape. */
void wls_json_key(struct wls_json *json, const char *key);
/* Invalid bytes become U+FFFD and set `lossy`. O(s). */
void wls_json_text(struct wls_json *json, struct wls_slice s);
void wls_json_int(struct wls_json *json, int64_t n);
void wls_json_bool(struct wls_json *json, bool b);
void wls_json_null(struct wls_json *json);

/* Key and value; an empty text, a zero, a negative number as null where the name says so. */
void wls_json_put_text(struct wls_json *json, const char *key, struct wls_slice s);
void wls_json_put_text_or_null(struct wls_json *json, const char *key, struct wls_slice s);
void wls_json_put_str(struct wls_json *json, const char *key, const char *text); /* NULL: null */
void wls_json_put_int(struct wls_json *json, const char *key, int64_t n);
void wls_json_put_positive(struct wls_json *json, const char *key, int64_t n); /* 0: null */
void wls_json_put_natural(struct wls_json *json, const char *key, int64_t n);  /* < 0: null */
void wls_json_put_bool(struct wls_json *json, const char *key, bool b);

#endif
