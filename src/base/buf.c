/* SPDX-License-Identifier: MIT */
/*
 * The growing buffer.
 *
 * Layer: base. Includes: base, buf.
 */
#include <stdio.h>

#include "wlsync/buf.h"

void wls_buf_init(struct wls_buf *buf, size_t limit)
{
	*buf = (struct wls_buf){.limit = limit};
}

void wls_buf_release(struct wls_buf *buf)
{
	free(buf->ptr);
	wls_buf_init(buf, buf->limit);
}

void wls_buf_clear(struct wls_buf *buf)
{
	buf->overflow = false;
	wls_buf_truncate(buf, 0);
}

/* Room for `len` more bytes and the NUL; false, and `overflow`, over the limit. */
static bool reserve(struct wls_buf *buf, size_t len)
{
	if (len > buf->limit - buf->len) {
		buf->overflow = true;
		return false;
	}
	if (buf->cap - buf->len <= len)
		WLS_GROW(buf->ptr, buf->cap, buf->len + len + 1);
	return true;
}

void wls_buf_add(struct wls_buf *buf, const void *bytes, size_t len)
{
	if (!reserve(buf, len))
		return;
	if (len > 0)
		memcpy(buf->ptr + buf->len, bytes, len);
	buf->len += len;
	buf->ptr[buf->len] = '\0';
}

void wls_buf_add_slice(struct wls_buf *buf, struct wls_slice s)
{
	wls_buf_add(buf, s.ptr, s.len);
}

void wls_buf_add_str(struct wls_buf *buf, const char *text)
{
	wls_buf_add(buf, text, strlen(text));
}

void wls_buf_add_char(struct wls_buf *buf, char c)
{
	wls_buf_add(buf, &c, 1);
}

void wls_buf_fill(struct wls_buf *buf, char c, size_t n)
{
	if (!reserve(buf, n))
		return;
	memset(buf->ptr + buf->len, c, n);
	buf->len += n;
	buf->ptr[buf->len] = '\0';
}

void wls_buf_vprintf(struct wls_buf *buf, const char *fmt, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len < 0 || !reserve(buf, (size_t)len))
		return;
	vsnprintf(buf->ptr + buf->len, (size_t)len + 1, fmt, args);
	buf->len += (size_t)len;
}

void wls_buf_printf(struct wls_buf *buf, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	wls_buf_vprintf(buf, fmt, args);
	va_end(args);
}

void wls_buf_truncate(struct wls_buf *buf, size_t len)
{
	if (!buf->ptr || len > buf->len)
		return;
	buf->len = len;
	buf->ptr[len] = '\0';
}

char *wls_buf_take(struct wls_buf *buf)
{
	char *text = buf->ptr ? buf->ptr : wls_strdup("");
	wls_buf_init(buf, buf->limit);
	return text;
}
