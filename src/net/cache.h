/* SPDX-License-Identifier: MIT */
/*
 * Answers kept with their ETags, and issue numbers as hints: saves requests, decides nothing.
 *
 * Layer: net. Includes: base, buf.
 *
 * Under $XDG_CACHE_HOME/wlsync (else ~/.cache/wlsync), folders 0700, files 0600, written
 * atomically. Whatever is missing, broken or cannot be written is as if it were not there.
 */
#ifndef WLS_NET_CACHE_H
#define WLS_NET_CACHE_H

#include "wlsync/buf.h"

struct wls_http_cache;

/*
 * `scope` tells repositories and accounts apart (URL, and a hash of the token). NULL when there is
 * no place for a cache. The caller frees it.
 */
struct wls_http_cache *wls_http_cache_open(struct wls_slice scope);
void wls_http_cache_free(struct wls_http_cache *cache); /* NULL is fine */

/* What is kept of a URL: ETag, Link header and body, each replaced; false when nothing is. */
bool wls_http_cache_read(struct wls_http_cache *cache, const char *url, struct wls_buf *etag,
			 struct wls_buf *link, struct wls_buf *body);
void wls_http_cache_write(struct wls_http_cache *cache, const char *url, struct wls_slice etag,
			  struct wls_slice link, struct wls_slice body);

/* The number that a log's issue had; 0: unknown. */
int64_t wls_http_cache_hint(struct wls_http_cache *cache, struct wls_slice id);
/* Kept in memory until the cache is freed or flushed. */
void wls_http_cache_set_hint(struct wls_http_cache *cache, struct wls_slice id, int64_t number);
void wls_http_cache_flush(struct wls_http_cache *cache);

#endif
