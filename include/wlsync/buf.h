/* SPDX-License-Identifier: MIT */
/*
 * A growing byte buffer with a limit.
 *
 * Layer: base. Includes: base.
 *
 * Invariants
 * - ptr[len] is always NUL once anything was added; ptr is NULL before.
 * - len never exceeds `limit`: an addition that would is dropped whole, and
 *   `overflow` is set, so that a caller may add many pieces and ask once.
 */
#ifndef WLSYNC_BUF_H
#define WLSYNC_BUF_H

#include "wlsync/base.h"

struct wls_buf {
	char *ptr;
	size_t len;
	size_t cap;
	size_t limit; /* most bytes that the buffer may hold */
	bool overflow;
};

#define WLS_BUF_LIMIT ((size_t)1 << 30)
#define WLS_BUF_INIT                                                                               \
	{                                                                                          \
		.limit = WLS_BUF_LIMIT                                                             \
	}

void wls_buf_init(struct wls_buf *buf, size_t limit);
/* Frees the bytes; the buffer is empty afterwards and keeps its limit. */
void wls_buf_release(struct wls_buf *buf);
/* Forgets the bytes, keeps the memory. */
void wls_buf_clear(struct wls_buf *buf);
#define _cleanup_buf_ _cleanup_(wls_buf_release)

void wls_buf_add(struct wls_buf *buf, const void *bytes, size_t len);
void wls_buf_add_slice(struct wls_buf *buf, struct wls_slice s);
void wls_buf_add_str(struct wls_buf *buf, const char *text);
void wls_buf_add_char(struct wls_buf *buf, char c);
/* `n` times the character `c`. */
void wls_buf_fill(struct wls_buf *buf, char c, size_t n);
void wls_buf_printf(struct wls_buf *buf, const char *fmt, ...) WLS_PRINTF(2, 3);
void wls_buf_vprintf(struct wls_buf *buf, const char *fmt, va_list args) WLS_PRINTF(2, 0);
/* Shortens to `len` bytes, at most the present length. */
void wls_buf_truncate(struct wls_buf *buf, size_t len);

/* What is in the buffer, borrowed until the next change. */
static inline struct wls_slice wls_buf_slice(const struct wls_buf *buf)
{
	return (struct wls_slice){buf->ptr, buf->len};
}
/* The text, NUL-terminated, never NULL; borrowed. */
static inline const char *wls_buf_str(const struct wls_buf *buf)
{
	return buf->ptr ? buf->ptr : "";
}
/* Moves the text out (the caller frees it); "" when empty. */
char *wls_buf_take(struct wls_buf *buf);

#endif
