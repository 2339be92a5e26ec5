/* SPDX-License-Identifier: MIT */
/*
 * GitHub, and GitHub Enterprise Server by its own base URL: opening, preflight, and the table.
 *
 * Layer: tracker. Includes: base, buf, plan, net/http, tracker/answer, tracker/github.
 */
#include <stdio.h>

#include "tracker/github.h"

#define DEFAULT_URL "https://api.github.com"
/* Whom a token of GitHub Actions, which has no account, writes as. */
#define ACTIONS_ACCOUNT "github-actions[bot]"

/* ---- opening ---- */

static bool is_component(struct wls_slice s)
{
	if (s.len == 0 || wls_slice_eq(s, WLS_SLICE(".")) || wls_slice_eq(s, WLS_SLICE("..")))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!wls_is_alnum(s.ptr[i]) && !memchr("._-", s.ptr[i], 3))
			return false;
	return true;
}

/* OWNER/NAME, neither of which needs an escape in a path. */
static bool is_repository(const char *text)
{
	struct wls_slice all = wls_slice_of(text);
	size_t slash = wls_slice_find(all, WLS_SLICE("/"));

	return all.len <= 200 && slash != SIZE_MAX && is_component(wls_slice(text, slash)) &&
	       is_component(wls_slice_from(all, slash + 1));
}

static void github_close(struct wls_tracker *tracker)
{
	struct wls_github *github = wls_github_of(tracker);

	if (!github)
		return;
	wls_http_free(github->http);
	wls_arena_release(&github->arena);
	free(github);
}

static const char *base_url(struct wls_arena *arena, const char *url)
{
	struct wls_slice base = wls_slice_of(url && url[0] ? url : DEFAULT_URL);

	while (base.len > 0 && base.ptr[base.len - 1] == '/')
		base.len--;
	return wls_arena_copy(arena, base).ptr;
}

static int github_open(struct wls_tracker **out, const struct wls_tracker_options *options,
		       struct wls_error *err)
{
	static const char *const headers[] = {"Accept: application/vnd.github+json",
					      "X-GitHub-Api-Version: 2022-11-28", NULL};
	struct wls_http_options http = *options->http;

	if (!options->repository || !is_repository(options->repository))
		return wls_error_set(err, WLS_E_USAGE,
				     "a repository on GitHub is OWNER/NAME, of letters, digits, "
				     "'-', '_' and '.': set it with --repo or in .wlsync");
	struct wls_github *github = wls_alloc(1, sizeof(*github));
	*github = (struct wls_github){0};
	github->url = base_url(&github->arena, options->url);
	github->repository = wls_arena_printf(&github->arena, "%s", options->repository);
	github->root = wls_arena_printf(&github->arena, "/repos/%s", options->repository);
	http.base = github->url;
	http.token_header = "Authorization: Bearer ";
	http.headers = headers;
	int status = wls_http_new(&github->http, &http, err);
	if (status < 0) {
		github_close((struct wls_tracker *)(void *)github);
		return status;
	}
	*out = (struct wls_tracker *)(void *)github;
	return 0;
}

static struct wls_http *github_http(struct wls_tracker *tracker)
{
	return wls_github_of(tracker)->http;
}

/* ---- preflight ---- */

enum { ASK_REPOSITORY, ASK_USER, ASK_COUNT };

/* The answers to both questions. */
struct preflight {
	const struct wls_github *github;
	const char *paths[ASK_COUNT];
	struct wls_http_response responses[ASK_COUNT];
	json_t *json[ASK_COUNT];
	struct wls_github_repository repository;
	struct wls_slice account;
	bool is_app; /* a token without an account */
};

static void preflight_release(struct preflight *p)
{
	for (int i = 0; i < ASK_COUNT; i++) {
		wls_http_response_release(&p->responses[i]);
		json_decref(p->json[i]);
	}
}

static struct wls_http_request question(const struct preflight *p, int which)
{
	return (struct wls_http_request){
		.method = "GET", .path = p->paths[which], .repeatable = true};
}

static int answer_json(struct preflight *p, int which, struct wls_error *err)
{
	struct wls_http_request request = question(p, which);

	if (p->responses[which].status != 200)
		return wls_github_judge(p->github, &request, &p->responses[which], err);
	return wls_http_json(p->github->http, &request, &p->responses[which], &p->json[which], err);
}

static int answer_user(struct preflight *p, struct wls_error *err)
{
	struct wls_answer_origin origin = {.request = "GET /user"};

	if (p->responses[ASK_USER].status == 403) {
		p->is_app = true;
		p->account = WLS_SLICE(ACTIONS_ACCOUNT);
		return 0;
	}
	int status = answer_json(p, ASK_USER, err);
	if (status < 0)
		return status;
	return wls_github_decode_user(p->json[ASK_USER], &origin, &p->account, err);
}

static int answer_repository(struct preflight *p, struct wls_error *err)
{
	char request[256];
	struct wls_answer_origin origin = {.request = request};
	(void)snprintf(request, sizeof(request), "GET %s", p->paths[ASK_REPOSITORY]);

	if (p->responses[ASK_REPOSITORY].status == 404)
		return wls_error_set(err, WLS_E_NOT_FOUND,
				     "the repository %s does not exist at %s, or the token cannot "
				     "see it: check its name and what the token may read",
				     p->github->repository, p->github->url);
	int status = answer_json(p, ASK_REPOSITORY, err);
	if (status < 0)
		return status;
	return wls_github_decode_repository(p->json[ASK_REPOSITORY], &origin, &p->repository, err);
}

/*
 * The roles of an app's token are not told in `permissions` (a token of Actions that may write
 * issues says false to all); for it, the first answer that lacks a label tells.
 */
static int check_repository(const struct preflight *p, struct wls_error *err)
{
	const struct wls_github_repository *r = &p->repository;
	const char *named = p->github->repository;

	if (!wls_slice_eq_nocase(r->full_name, wls_slice_of(named))) {
		_cleanup_buf_ struct wls_buf name = WLS_BUF_INIT;
		wls_answer_add_visible(r->full_name, 200, &name);
		return wls_error_set(err, WLS_E_MOVED, "the repository %s is now %s: name that one",
				     named, wls_buf_str(&name));
	}
	if (r->archived)
		return wls_error_set(err, WLS_E_DENIED,
				     "the repository %s is archived: unarchive it, or name "
				     "another",
				     named);
	if (!r->has_issues)
		return wls_error_set(err, WLS_E_DENIED,
				     "issues are disabled in %s: enable them in its settings",
				     named);
	if (r->has_permissions && !r->may_label && !p->is_app)
		return wls_error_set(err, WLS_E_DENIED,
				     "the token may not set labels in %s, and GitHub would leave "
				     "them out silently: give it the role triage or write",
				     named);
	return 0;
}

static void fill_head(const struct preflight *p, struct wls_remote *remote)
{
	struct wls_slice web = p->repository.web;

	while (web.len > 0 && web.ptr[web.len - 1] == '/')
		web.len--;
	remote->tracker = "github";
	remote->url = wls_arena_copy(&remote->arena, wls_slice_of(p->github->url));
	remote->web = wls_arena_copy(&remote->arena, web);
	remote->repository = wls_arena_copy(&remote->arena, p->repository.full_name);
	remote->account = wls_arena_copy(&remote->arena, p->account);
	remote->is_private = p->repository.is_private;
	remote->has_links = true;
}

static int github_preflight(struct wls_tracker *tracker, struct wls_remote *remote,
			    struct wls_error *err)
{
	const struct wls_github *github = wls_github_of(tracker);
	_cleanup_(preflight_release) struct preflight p = {.github = github,
							   .paths = {github->root, "/user"}};

	int status = wls_http_get_all(github->http, p.paths, ASK_COUNT, p.responses, err);
	if (status == 0)
		status = answer_user(&p, err);
	if (status == 0)
		status = answer_repository(&p, err);
	if (status == 0)
		status = check_repository(&p, err);
	if (status == 0)
		fill_head(&p, remote);
	return status;
}

static int github_is_private(struct wls_tracker *tracker, const char *repository,
			     struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);
	struct wls_github_repository answer;

	if (!is_repository(repository))
		return wls_error_set(err, WLS_E_NOT_FOUND,
				     "the logs' repository is none that GitHub can have");
	call.request = (struct wls_http_request){
		.method = "GET",
		.path = wls_arena_printf(&call.arena, "/repos/%s", repository),
		.repeatable = true};
	int status = wls_github_call_send(&call, github, 200, err);
	if (status < 0)
		return status;
	struct wls_answer_origin origin = wls_github_call_origin(&call, github);
	status = wls_github_decode_repository(call.json, &origin, &answer, err);
	return status < 0 ? status : answer.is_private;
}

/* ---- the table ---- */

static const char *const token_variables[] = {"GITHUB_TOKEN", "GH_TOKEN", NULL};

const struct wls_driver wls_github_driver = {
	.name = "github",
	.default_url = DEFAULT_URL,
	.token_variables = token_variables,
	.title_max = 256,
	.write_interval = 1,
	.open = github_open,
	.close = github_close,
	.http = github_http,
	.preflight = github_preflight,
	.is_private = github_is_private,
	.list = wls_github_list,
	.list_newer = wls_github_list_newer,
	.read = wls_github_read,
	.read_comments = wls_github_read_comments,
	.read_links = wls_github_read_links,
	.create = wls_github_create,
	.update = wls_github_update,
	.add_labels = wls_github_add_labels,
	.remove_label = wls_github_remove_label,
	.add_link = wls_github_add_link,
	.remove_link = wls_github_remove_link,
	.post_comment = wls_github_post_comment,
	.edit_comment = wls_github_edit_comment,
	.delete_comment = wls_github_delete_comment,
	.lease_take = wls_github_lease_take,
	.lease_read = wls_github_lease_read,
	.lease_write = wls_github_lease_write,
	.lease_drop = wls_github_lease_drop,
};
