/* SPDX-License-Identifier: MIT */
/*
 * The arena, and the heap that aborts when memory is exhausted.
 *
 * Layer: base. Includes: base.
 */
#include <stdio.h>

#include "wlsync/base.h"

enum { CHUNK_FIRST = 4096, CHUNK_MAX = 1 << 20, ALIGNMENT = 16 };

struct wls_arena_chunk {
	struct wls_arena_chunk *older;
	size_t size; /* of the bytes that follow */
	_Alignas(ALIGNMENT) char bytes[];
};

static _Noreturn void die_out_of_memory(void)
{
	fputs("wlsync: out of memory\n", stderr);
	abort();
}

/* Chunks double so that a small document stays small and a large one needs few. */
static void arena_grow(struct wls_arena *arena, size_t size)
{
	size_t want = arena->chunk ? arena->chunk->size * 2 : CHUNK_FIRST;
	if (want > CHUNK_MAX)
		want = CHUNK_MAX;
	if (want < size)
		want = size;
	if (want > SIZE_MAX - sizeof(struct wls_arena_chunk))
		die_out_of_memory();
	struct wls_arena_chunk *chunk = calloc(1, sizeof(*chunk) + want);
	if (!chunk)
		die_out_of_memory();
	chunk->size = want;
	chunk->older = arena->chunk;
	arena->chunk = chunk;
	arena->next = chunk->bytes;
	arena->end = chunk->bytes + want;
	arena->total += want;
}

void *wls_arena_alloc(struct wls_arena *arena, size_t size)
{
	if (size > SIZE_MAX - ALIGNMENT)
		die_out_of_memory();
	size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	if ((size_t)(arena->end - arena->next) < size || !arena->chunk)
		arena_grow(arena, size);
	void *p = arena->next;
	arena->next += size;
	return p;
}

struct wls_slice wls_arena_copy(struct wls_arena *arena, struct wls_slice s)
{
	char *copy = wls_arena_alloc(arena, s.len + 1);
	if (s.len > 0)
		memcpy(copy, s.ptr, s.len);
	return wls_slice(copy, s.len);
}

const char *wls_arena_printf(struct wls_arena *arena, const char *fmt, ...)
{
	char first[256];
	va_list args;
	va_start(args, fmt);
	int len = vsnprintf(first, sizeof(first), fmt, args);
	va_end(args);
	if (len < 0)
		return "";
	char *text = wls_arena_alloc(arena, (size_t)len + 1);
	va_start(args, fmt);
	vsnprintf(text, (size_t)len + 1, fmt, args);
	va_end(args);
	return text;
}

void wls_arena_release(struct wls_arena *arena)
{
	struct wls_arena_chunk *chunk = arena->chunk;
	while (chunk) {
		struct wls_arena_chunk *older = chunk->older;
		free(chunk);
		chunk = older;
	}
	*arena = (struct wls_arena){0};
}

void *wls_realloc(void *old, size_t n, size_t size)
{
	if (size > 0 && n > SIZE_MAX / size)
		die_out_of_memory();
	void *p = realloc(old, n * size > 0 ? n * size : 1);
	if (!p)
		die_out_of_memory();
	return p;
}

void *wls_alloc(size_t n, size_t size)
{
	void *p = calloc(n > 0 ? n : 1, size > 0 ? size : 1);
	if (!p)
		die_out_of_memory();
	return p;
}

char *wls_strdup(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = wls_alloc(size, 1);
	memcpy(copy, text, size);
	return copy;
}

void *wls_grow(void *array, size_t *cap, size_t want, size_t size)
{
	size_t next = *cap < 8 ? 8 : *cap;
	while (next < want) {
		if (next > SIZE_MAX / 2)
			die_out_of_memory();
		next *= 2;
	}
	*cap = next;
	return wls_realloc(array, next, size);
}
