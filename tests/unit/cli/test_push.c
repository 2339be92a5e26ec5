/* SPDX-License-Identifier: MIT */
/* push: where logs are from, and a number put into a log. */
#include <criterion/criterion.h>

#include "cli/push.h"

/* ---- origin ---- */

Test(push, reads_where_origin_is)
{
	static const struct {
		const char *url, *host, *repository;
	} cases[] = {
		{"https://github.com/acme/shop", "github.com", "acme/shop"},
		{"https://github.com/acme/shop.git", "github.com", "acme/shop"},
		{"https://github.com/acme/shop.git/", "github.com", "acme/shop"},
		{"https://github.com//acme/shop/", "github.com", "acme/shop"},
		{"HTTPS://GitHub.com/Acme/Shop.GIT", "GitHub.com", "Acme/Shop"},
		{"http://127.0.0.1:4001/acme/shop", "127.0.0.1", "acme/shop"},
		{"http://[::1]:4001/acme/shop", "::1", "acme/shop"},
		{"https://u:pa@ss@host.example:8443/acme/shop.git", "host.example", "acme/shop"},
		{"ssh://git@github.com/acme/shop.git", "github.com", "acme/shop"},
		{"ssh://git@ssh.github.com:443/acme/shop.git", "ssh.github.com", "acme/shop"},
		{"git+ssh://git@host/acme/shop", "host", "acme/shop"},
		{"git://host:9418/acme/shop.git", "host", "acme/shop"},
		{"git@github.com:acme/shop.git", "github.com", "acme/shop"},
		{"github.com:acme/shop", "github.com", "acme/shop"},
		{"git@host:/acme/shop.git", "host", "acme/shop"},
		{"git@[::1]:acme/shop", "::1", "acme/shop"},
		{"  git@github.com:acme/shop.git\n", "github.com", "acme/shop"},
		{"https://gitlab.com/group/sub/shop.git", "gitlab.com", "group/sub/shop"},
		{"https://github.com/acme/shop?x=/y#z", "github.com", "acme/shop"},
		/* No owner and name on another machine. */
		{"", "", ""},
		{"/srv/git/shop.git", "", ""},
		{"../shop.git", "", ""},
		{"./a:b/c", "", ""},
		{"C:/git/shop", "", ""},
		{"file:///srv/git/shop.git", "", ""},
		{"https://github.com", "", ""},
		{"https://github.com/", "", ""},
		{"https://github.com/shop.git", "", ""},
		{"https:///acme/shop", "", ""},
		{"https://github.com/acme/.git", "", ""},
		{"ssh://host/~me/shop", "", ""},
		{"git@host:shop.git", "", ""},
		{"https://host/acme//shop", "", ""},
		{"https://host/acme/sh op", "", ""},
		{"https://host/acme/sh%20op", "", ""},
		{"helper::https://host/acme/shop", "", ""},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_origin origin = wls_origin_parse(wls_slice_of(cases[i].url));
		cr_expect(wls_slice_eq(origin.host, wls_slice_of(cases[i].host)), "%s: host %.*s",
			  cases[i].url, WLS_SLICE_ARG(origin.host));
		cr_expect(wls_slice_eq(origin.repository, wls_slice_of(cases[i].repository)),
			  "%s: repository %.*s", cases[i].url, WLS_SLICE_ARG(origin.repository));
	}
}

Test(push, compares_hosts)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{"github.com", "api.github.com", true},  {"GITHUB.com", "ssh.github.com", true},
		{"www.github.com", "github.com", true},  {"acme.ghe.com", "api.acme.ghe.com", true},
		{"ghe.example", "ghe.example", true},    {"ghe.example", "api.ghe.example", false},
		{"evilgithub.com", "github.com", false}, {"github.com.evil", "github.com", false},
		{"gitlab.com", "github.com", false},
	};
	static const struct {
		const char *host;
		bool loopback;
	} hosts[] = {
		{"127.0.0.1", true},       {"127.1", true},
		{"localhost", true},       {"::1", true},
		{"127.0.0.1.evil", false}, {"128.0.0.1", false},
		{"localhost.evil", false}, {"", false},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_slice a = wls_slice_of(cases[i].a), b = wls_slice_of(cases[i].b);
		cr_expect_eq(wls_host_same(a, b), cases[i].same, "%s %s", cases[i].a, cases[i].b);
		cr_expect_eq(wls_host_same(b, a), cases[i].same, "%s %s", cases[i].b, cases[i].a);
	}
	for (size_t i = 0; i < WLS_ARRAY_SIZE(hosts); i++)
		cr_expect_eq(wls_host_is_loopback(wls_slice_of(hosts[i].host)), hosts[i].loopback,
			     "%s", hosts[i].host);
}

/* ---- frontmatter ---- */

#define BODY "# A Work Log\n\n## v1 | 2025-11-10\n**Now:** x\n"

static void expect_set(const char *from, const char *want, bool changes)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error err = {0};
	bool changed = !changes;

	cr_assert_eq(wls_frontmatter_set_issue(wls_slice_of(from), 12, &out, &changed, &err), 0,
		     "%s: %s", from, err.text);
	cr_expect_str_eq(wls_buf_str(&out), want, "of:\n%s\ngot:\n%s", from, wls_buf_str(&out));
	cr_expect_eq(changed, changes, "%s", from);
}

Test(push, puts_a_number_into_frontmatter)
{
	static const struct {
		const char *from, *want; /* want NULL: as it was */
	} cases[] = {
		{BODY, "---\nissue: 12\n---\n" BODY},
		{"", "---\nissue: 12\n---\n"},
		{"text", "---\nissue: 12\n---\ntext"},
		{"\xEF\xBB\xBF" BODY, "\xEF\xBB\xBF---\nissue: 12\n---\n" BODY},
		{"# A\r\n\r\n## v1\r\n", "---\r\nissue: 12\r\n---\r\n# A\r\n\r\n## v1\r\n"},
		{"# A\n\r\n", "---\nissue: 12\n---\n# A\n\r\n"},
		{"---\nversion: v3\n---\n" BODY, "---\nversion: v3\nissue: 12\n---\n" BODY},
		{"---\r\nversion: v3\r\n---\r\n# A\r\n",
		 "---\r\nversion: v3\r\nissue: 12\r\n---\r\n# A\r\n"},
		{"---\nversion: v3\n...\n" BODY, "---\nversion: v3\nissue: 12\n...\n" BODY},
		{"---\nversion: v3\n# end\n\n---\n\n" BODY,
		 "---\nversion: v3\n# end\n\nissue: 12\n---\n\n" BODY},
		{"---\nversion: v3\n---", "---\nversion: v3\nissue: 12\n---"},
		/* A key that is there. */
		{"---\nissue: 7\nversion: v3\n---\n" BODY,
		 "---\nissue: 12\nversion: v3\n---\n" BODY},
		{"---\nissue:  7   # the old one\n---\n" BODY,
		 "---\nissue:  12   # the old one\n---\n" BODY},
		{"---\nIssue: \"7\"\n---\n" BODY, "---\nIssue: \"12\"\n---\n" BODY},
		{"---\nissue: '#7'\nname: x\n---\n" BODY, "---\nissue: '12'\nname: x\n---\n" BODY},
		{"---\nissue:\nname: x\n---\n" BODY, "---\nissue: 12\nname: x\n---\n" BODY},
		{"---\nissue: ~\nname: x\n---\n" BODY, "---\nissue: 12\nname: x\n---\n" BODY},
		{"---\nissue:\n  - 7\n  - 8\nname: x\n---\n" BODY,
		 "---\nissue: 12\nname: x\n---\n" BODY},
		{"---\nname: x\nissue: |\n  7\n---\n" BODY, "---\nname: x\nissue: 12\n---\n" BODY},
		{"---\n{version: v3, issue: 7}\n---\n" BODY,
		 "---\n{version: v3, issue: 12}\n---\n" BODY},
		/* It says so already. */
		{"---\nissue: 12\n---\n" BODY, NULL},
		{"---\nissue: \"12\" # as is\n---\n" BODY, NULL},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		expect_set(cases[i].from, cases[i].want ? cases[i].want : cases[i].from,
			   cases[i].want != NULL);
}

Test(push, refuses_frontmatter_it_cannot_read)
{
	static const struct {
		const char *from, *why;
	} cases[] = {
		{"---\nversion: v3\n" BODY, "mend it"},
		{"---\nversion: [v3\n---\n" BODY, "mend it"},
		{"---\n{version: v3}\n---\n" BODY, "yourself"},
		{"---\n  version: v3\n---\n" BODY, "yourself"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
		struct wls_error err = {0};
		bool changed;
		cr_expect_eq(wls_frontmatter_set_issue(wls_slice_of(cases[i].from), 12, &out,
						       &changed, &err),
			     WLS_E_FORMAT, "%s\n%s", cases[i].from, wls_buf_str(&out));
		cr_expect(strstr(err.text, cases[i].why), "%s: %s", cases[i].from, err.text);
		cr_expect_eq(out.len, 0, "%s", cases[i].from);
	}
}
