/* SPDX-License-Identifier: MIT */
/*
 * Slices, status codes, errors and arenas: what every other module speaks.
 *
 * Layer: base. Includes: nothing of ours.
 *
 * Invariants
 * - A slice borrows its bytes; it is never NUL-terminated by promise.
 * - A fallible function returns 0 or a negative enum wls_status, fills the
 *   caller's struct wls_error once, where it failed, and writes its outputs
 *   only on success.
 * - Arenas and buffers abort, after one line on stderr, when memory is
 *   exhausted: sizes are limited before anything is allocated, so that this
 *   is the machine's failure and never the input's.
 */
#ifndef WLSYNC_BASE_H
#define WLSYNC_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define WLS_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define WLS_MUST_USE __attribute__((warn_unused_result))
#define WLS_ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* The largest file that is read, in bytes. */
#define WLS_FILE_MAX ((size_t)256 << 20)

/*
 * Every status: name, text for users, whether trying again may help.
 */
#define WLS_STATUS_TABLE(X)                                                                        \
	X(WLS_OK, 0, "ok", false)                                                                  \
	X(WLS_E_USAGE, -1, "wrong usage", false)                                                   \
	X(WLS_E_NOT_FOUND, -2, "not found", false)                                                 \
	X(WLS_E_IO, -3, "input or output failed", true)                                            \
	X(WLS_E_LIMIT, -4, "over a limit", false)                                                  \
	X(WLS_E_FORMAT, -5, "malformed", false)                                                    \
	X(WLS_E_AMBIGUOUS, -6, "ambiguous", false)                                                 \
	X(WLS_E_GIT, -7, "git failed", false)                                                      \
	X(WLS_E_REFUSED, -8, "refused", false)                                                     \
	X(WLS_E_UNSUPPORTED, -9, "not supported", false)                                           \
	X(WLS_E_NETWORK, -10, "network failure", true)                                             \
	X(WLS_E_AUTH, -11, "not authenticated", false)                                             \
	X(WLS_E_DENIED, -12, "not permitted", false)                                               \
	X(WLS_E_LIMITED, -13, "over the server's limit", true)                                     \
	X(WLS_E_UNCLEAR, -14, "outcome unknown", true)                                             \
	X(WLS_E_ANSWER, -15, "unexpected answer", false)                                           \
	X(WLS_E_MOVED, -16, "moved", false)                                                        \
	X(WLS_E_GONE, -17, "deleted", false)                                                       \
	X(WLS_E_LOCKED, -18, "locked", false)                                                      \
	X(WLS_E_STOPPED, -19, "interrupted", true)

enum wls_status {
#define X(name, value, text, retryable) name = (value),
	WLS_STATUS_TABLE(X)
#undef X
};

/* The text of a status, for users; never NULL. */
const char *wls_status_text(enum wls_status status);
/* Whether the same call may succeed later. */
bool wls_status_retryable(enum wls_status status);

/* What went wrong: operation, object, reason, and what to do, in one line. */
struct wls_error {
	enum wls_status status;
	char text[1024]; /* NUL-terminated, cut at a code point */
};

/*
 * Fills `err` (NULL is fine) and returns `status`, so that a failing function
 * can end with `return wls_error_set(err, WLS_E_IO, "cannot open %s: …")`.
 */
int wls_error_set(struct wls_error *err, enum wls_status status, const char *fmt, ...)
	WLS_PRINTF(3, 4);

/* ---- slices ---- */

/* Borrowed bytes. ptr may be NULL only when len is 0. */
struct wls_slice {
	const char *ptr;
	size_t len;
};

#define WLS_SLICE(literal) ((struct wls_slice){(literal), sizeof(literal) - 1})
/* For printf's "%.*s"; slices of sources are under 256 MiB. */
#define WLS_SLICE_ARG(s) (int)(s).len, ((s).ptr ? (s).ptr : "")

static inline struct wls_slice wls_slice(const char *ptr, size_t len)
{
	return (struct wls_slice){ptr, len};
}

static inline struct wls_slice wls_slice_of(const char *text)
{
	return (struct wls_slice){text, text ? strlen(text) : 0};
}

static inline bool wls_slice_eq(struct wls_slice a, struct wls_slice b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Byte order, shorter first on a tie: <0, 0, >0. */
int wls_slice_cmp(struct wls_slice a, struct wls_slice b);
/* ASCII case folded. */
bool wls_slice_eq_nocase(struct wls_slice a, struct wls_slice b);
bool wls_slice_starts(struct wls_slice s, struct wls_slice prefix);
bool wls_slice_starts_nocase(struct wls_slice s, struct wls_slice prefix);
bool wls_slice_ends_nocase(struct wls_slice s, struct wls_slice suffix);
/* s without its first n bytes; n is at most s.len. */
static inline struct wls_slice wls_slice_from(struct wls_slice s, size_t n)
{
	return (struct wls_slice){n > 0 ? s.ptr + n : s.ptr, s.len - n};
}
/* Without blanks (space, tab, CR, LF, and U+00A0) at both ends. */
struct wls_slice wls_slice_trim(struct wls_slice s);
/* The first place of `needle`, or SIZE_MAX. Linear in practice (memmem). */
size_t wls_slice_find(struct wls_slice s, struct wls_slice needle);
/*
 * Cuts the next line off `rest` (LF, CRLF or CR end it; the end is not part of
 * `line`). False when nothing is left.
 */
bool wls_slice_next_line(struct wls_slice *rest, struct wls_slice *line);

static inline bool wls_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool wls_is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool wls_is_alnum(char c)
{
	return wls_is_digit(c) || wls_is_alpha(c);
}

static inline char wls_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* ---- arena ---- */

/*
 * A bump allocator: everything dies with one wls_arena_release(). Zero is the
 * initial state. Chunks double up to 1 MiB; an allocation is O(1).
 */
struct wls_arena {
	struct wls_arena_chunk *chunk; /* the newest; linked to the older ones */
	char *next;                    /* free bytes of the newest chunk */
	char *end;
	size_t total; /* bytes of all chunks */
};

/* Zeroed memory, aligned for any type; lives until the arena is released. */
void *wls_arena_alloc(struct wls_arena *arena, size_t size) __attribute__((malloc));
#define WLS_ARENA_NEW(arena, type) ((type *)wls_arena_alloc((arena), sizeof(type)))
#define WLS_ARENA_ARRAY(arena, type, n) ((type *)wls_arena_alloc((arena), (n) * sizeof(type)))
/* A copy of the bytes, followed by a NUL that the slice does not count. */
struct wls_slice wls_arena_copy(struct wls_arena *arena, struct wls_slice s);
/* A formatted, NUL-terminated text of the arena. */
const char *wls_arena_printf(struct wls_arena *arena, const char *fmt, ...) WLS_PRINTF(2, 3)
	__attribute__((nonnull(2)));
/* Frees everything; the arena may be used again. */
void wls_arena_release(struct wls_arena *arena);

/* ---- heap, for what must be freed one by one ---- */

/* malloc, realloc that abort with one line when memory is exhausted or n*size overflows. */
void *wls_alloc(size_t n, size_t size) __attribute__((malloc));
void *wls_realloc(void *old, size_t n, size_t size) WLS_MUST_USE;
char *wls_strdup(const char *text) __attribute__((malloc));

/*
 * Grows `array` (of *cap elements of `size` bytes) so that `want` fit; *cap is
 * doubled at least. Use through WLS_GROW(array, cap, want).
 */
void *wls_grow(void *array, size_t *cap, size_t want, size_t size) WLS_MUST_USE;
#define WLS_GROW(array, cap, want)                                                                 \
	((want) <= (cap) ? (void)0                                                                 \
			 : (void)((array) = wls_grow((array), &(cap), (want), sizeof(*(array)))))

static inline void wls_cleanup_free(void *p)
{
	free(*(void **)p);
}
/* Frees a pointer from the heap when it leaves its scope. */
#define _cleanup_free_ __attribute__((cleanup(wls_cleanup_free)))
#define _cleanup_(f) __attribute__((cleanup(f)))
/* Moves a pointer out of a variable that would free it. */
#define WLS_TAKE(p)                                                                                \
	__extension__({                                                                            \
		__typeof__(p) _taken = (p);                                                        \
		(p) = NULL;                                                                        \
		_taken;                                                                            \
	})

#endif
