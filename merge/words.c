/* SPDX-License-Identifier: MIT */
/*
 * Texts as multisets of words: Dice's coefficient, 2·|A ∩ B| / (|A| + |B|) (Dice 1945).
 *
 * Layer: merge. Includes: base.
 */
#include "merge/words.h"

#include "base/map.h"

static bool is_word_byte(char c)
{
	return wls_is_alnum(c) || (signed char)c < 0;
}

/* Cuts the next word off `rest`; false when there is none. */
static bool next_word(struct wls_slice *rest, struct wls_slice *word)
{
	size_t i = 0;

	*word = *rest;
	if (rest->len == 0)
		return false;
	while (i < rest->len && !is_word_byte(rest->ptr[i]))
		i++;
	size_t begin = i;
	while (i < rest->len && is_word_byte(rest->ptr[i]))
		i++;
	*word = wls_slice(rest->ptr + begin, i - begin);
	*rest = wls_slice_from(*rest, i);
	return word->len > 0;
}

/* Folded, since "Add" and "add" are one word; long words are told apart by their start and length. */
static uint32_t hash_word(struct wls_slice word)
{
	char folded[48];
	size_t n = word.len < sizeof(folded) ? word.len : sizeof(folded);

	for (size_t i = 0; i < n; i++)
		folded[i] = wls_lower(word.ptr[i]);
	uint64_t hash = wls_hash(wls_slice(folded, n)) + word.len;
	return (uint32_t)(hash ^ hash >> 32);
}

static int compare_hashes(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

struct wls_words wls_words_of(struct wls_slice text, struct wls_arena *arena)
{
	struct wls_slice rest = text, word;
	uint32_t count = 0;

	while (next_word(&rest, &word))
		count++;
	uint32_t *hashes = WLS_ARENA_ARRAY(arena, uint32_t, count);
	rest = text;
	for (uint32_t i = 0; i < count && next_word(&rest, &word); i++)
		hashes[i] = hash_word(word);
	if (count > 1)
		qsort(hashes, count, sizeof(*hashes), compare_hashes);
	return (struct wls_words){hashes, count};
}

unsigned wls_words_similarity(struct wls_words a, struct wls_words b)
{
	uint32_t i = 0, j = 0, common = 0;

	if (a.count + b.count == 0)
		return 1000;
	while (i < a.count && j < b.count) {
		if (a.hashes[i] == b.hashes[j]) {
			common++;
			i++;
			j++;
		} else if (a.hashes[i] < b.hashes[j]) {
			i++;
		} else {
			j++;
		}
	}
	return (unsigned)(2000ull * common / ((uint64_t)a.count + b.count));
}
