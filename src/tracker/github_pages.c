/* SPDX-License-Identifier: MIT */
/*
 * Lists that come in pages.
 *
 * Layer: tracker. Includes: base, buf, map, net/http, tracker/github.
 *
 * The first page's Link header tells the next and, often, the last page. When these two differ in
 * nothing but the number behind `page=`, all pages between are known, and are asked for at the same
 * time, WINDOW of them at once, so that memory holds that many and not a thousand. A link of
 * any other form (a cursor) is followed from page to page. The last page's own `next` is always
 * looked at: the list may have grown.
 *
 * A full page that comes from the cache may have got a successor since, which its old Link header does
 * not know: the page after a full last one is always asked for, so that the cache knows it too.
 *
 * A page that fails, that was seen before, or that is one too many fails the whole list: the caller
 * must be able to tell from what is not there that it does not exist.
 */
#include <stdio.h>

#include "base/map.h"
#include "tracker/github.h"

#define WINDOW 32u
/* What `per_page` asks for. */
#define PAGE_FULL 100u

struct pager {
	const struct wls_github *github;
	wls_github_take *take;
	void *data;
	struct wls_arena arena;
	struct wls_map seen; /* paths that were asked for */
	size_t count;
	const char *last; /* the page taken last */
	bool full;
};

/* Where the number of `page=` stands in a path's query. */
struct page_number {
	size_t at, len;
	uint32_t value;
};

/* False unless there is exactly one `page=N`, and no cursor beside it. */
static bool find_page(struct wls_slice path, struct page_number *out)
{
	size_t found = 0;
	struct wls_slice key = WLS_SLICE("page=");

	for (size_t i = 0; i < path.len; i++) {
		if (path.ptr[i] != '?' && path.ptr[i] != '&')
			continue;
		struct wls_slice rest = wls_slice_from(path, i + 1);
		if (wls_slice_starts(rest, WLS_SLICE("after=")) ||
		    wls_slice_starts(rest, WLS_SLICE("before=")) ||
		    wls_slice_starts(rest, WLS_SLICE("cursor=")))
			return false;
		if (!wls_slice_starts(rest, key))
			continue;
		*out = (struct page_number){.at = i + 1 + key.len};
		for (; out->at + out->len < path.len && out->len < 9; out->len++) {
			char c = path.ptr[out->at + out->len];
			if (!wls_is_digit(c))
				break;
			out->value = out->value * 10 + (uint32_t)(c - '0');
		}
		found++;
	}
	size_t end = out->at + out->len;
	return found == 1 && out->len > 0 && (end == path.len || path.ptr[end] == '&');
}

static const char *with_page(struct wls_arena *arena, struct wls_slice path,
			     const struct page_number *place, uint32_t page)
{
	struct wls_slice rest = wls_slice_from(path, place->at + place->len);

	return wls_arena_printf(arena, "%.*s%u%.*s", (int)place->at, path.ptr, page,
				WLS_SLICE_ARG(rest));
}

/* Counts a page that is about to be asked for. */
static int note_page(struct pager *pager, const char *path, struct wls_error *err)
{
	uint32_t *place = wls_map_at(&pager->seen, wls_slice_of(path));

	if (*place != WLS_MAP_NONE)
		return wls_error_set(err, WLS_E_ANSWER,
				     "GET %s: the list leads back to this page, so that its end is "
				     "not known; nothing was changed; run again later",
				     path);
	*place = 1;
	if (++pager->count > WLS_GITHUB_PAGES_MAX)
		return wls_error_set(err, WLS_E_ANSWER,
				     "GET %s: the list has more than %u pages, which no list of "
				     "ours has; nothing was changed; check the address of the API",
				     path, WLS_GITHUB_PAGES_MAX);
	return 0;
}

/* Judges and hands over one page's answer. */
static int take_page(struct pager *pager, const char *path,
		     const struct wls_http_response *response, struct wls_error *err)
{
	struct wls_http_request request = {.method = "GET", .path = path, .repeatable = true};
	struct wls_answer_origin origin = {
		.request = wls_arena_printf(&pager->arena, "GET %s", path),
		.repository = pager->github->repository,
	};
	json_t *json = NULL;

	if (response->status != 200)
		return wls_github_judge(pager->github, &request, response, err);
	int status = wls_http_json(pager->github->http, &request, response, &json, err);
	if (status == 0)
		status = wls_github_decode_list(json, &origin, err);
	if (status == 0)
		status = pager->take(pager->data, json, &origin, err);
	pager->last = path;
	pager->full = json_array_size(json) >= PAGE_FULL;
	json_decref(json);
	return status;
}

/* The page behind the one that was taken last; NULL when it cannot be told. */
static const char *following(struct pager *pager)
{
	struct wls_slice path = wls_slice_of(pager->last);
	struct page_number place = {0};

	if (find_page(path, &place))
		return with_page(&pager->arena, path, &place, place.value + 1);
	if (wls_slice_find(path, WLS_SLICE("&page=")) != SIZE_MAX ||
	    wls_slice_find(path, WLS_SLICE("?")) == SIZE_MAX)
		return NULL;
	return wls_arena_printf(&pager->arena, "%s&page=2", pager->last);
}

/* The path of a response's `rel`, in the arena; NULL when there is none. */
static const char *link_of(struct pager *pager, const struct wls_http_response *response,
			   const char *rel)
{
	_cleanup_buf_ struct wls_buf path = WLS_BUF_INIT;

	if (!wls_http_link(pager->github->http, response, rel, &path))
		return NULL;
	return wls_arena_copy(&pager->arena, wls_slice_of(wls_buf_str(&path))).ptr;
}

/* The next page's path in *next, NULL behind the last; a link that cannot be followed is no end. */
static int next_of(struct pager *pager, const struct wls_http_response *response, const char **next,
		   struct wls_error *err)
{
	*next = link_of(pager, response, "next");
	if (*next || !wls_http_has_link(response, "next"))
		return 0;
	return wls_error_set(
		err, WLS_E_ANSWER,
		"GET %s: the link to the next page leads elsewhere than to this API, so "
		"that the list's end is not known; nothing was changed; check --url",
		pager->last);
}

/* A run of pages that are known: `count` paths; *next gets what follows the last. */
static int take_window(struct pager *pager, const char *const *paths, uint32_t count,
		       const char **next, struct wls_error *err)
{
	struct wls_http_response responses[WINDOW] = {0};
	int status = 0;

	for (uint32_t i = 0; i < count && status == 0; i++)
		status = note_page(pager, paths[i], err);
	if (status == 0)
		status = wls_http_get_all(pager->github->http, paths, count, responses, err);
	for (uint32_t i = 0; i < count && status == 0; i++)
		status = take_page(pager, paths[i], &responses[i], err);
	if (status == 0)
		status = next_of(pager, &responses[count - 1], next, err);
	for (uint32_t i = 0; i < count; i++)
		wls_http_response_release(&responses[i]);
	return status;
}

/* Takes pages 2 to the last, when `response` of the first tells them; else leaves *next. */
static int take_ahead(struct pager *pager, const struct wls_http_response *response,
		      const char **next, struct wls_error *err)
{
	const char *last = link_of(pager, response, "last");
	struct page_number place = {0};
	struct wls_slice path = wls_slice_of(last);

	if (!last || !*next || !find_page(path, &place) ||
	    strcmp(with_page(&pager->arena, path, &place, 2), *next) != 0)
		return 0;
	if (place.value > WLS_GITHUB_PAGES_MAX)
		pager->count = WLS_GITHUB_PAGES_MAX; /* told before they are all read */
	int status = 0;
	for (uint32_t page = 2; page <= place.value && status == 0; page += WINDOW) {
		const char *paths[WINDOW];
		uint32_t count = place.value - page + 1;
		count = count < WINDOW ? count : WINDOW;
		for (uint32_t i = 0; i < count; i++)
			paths[i] = with_page(&pager->arena, path, &place, page + i);
		status = take_window(pager, paths, count, next, err);
	}
	return status;
}

/* One page; *next gets the path of the following one. */
static int take_one(struct pager *pager, const char *path, bool ahead, const char **next,
		    struct wls_error *err)
{
	struct wls_http_request request = {.method = "GET", .path = path, .repeatable = true};
	_cleanup_response_ struct wls_http_response response = {0};

	int status = note_page(pager, path, err);
	if (status == 0)
		status = wls_http_send(pager->github->http, &request, &response, err);
	if (status == 0)
		status = take_page(pager, path, &response, err);
	if (status != 0)
		return status;
	status = next_of(pager, &response, next, err);
	return status == 0 && ahead ? take_ahead(pager, &response, next, err) : status;
}

int wls_github_pages(const struct wls_github *github, const char *path, bool ahead,
		     wls_github_take *take, void *data, struct wls_error *err)
{
	struct pager pager = {.github = github, .take = take, .data = data};
	int status = 0;

	for (const char *at = path, *next = NULL; at && status == 0; at = next, next = NULL) {
		status = take_one(&pager, at, ahead, &next, err);
		ahead = false;
		if (status == 0 && !next && pager.full)
			next = following(&pager);
	}
	wls_map_release(&pager.seen);
	wls_arena_release(&pager.arena);
	return status < 0 ? status : 0;
}
