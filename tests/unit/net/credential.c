/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdio.h>
#include <sys/resource.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "net/credential.h"
#include "scratch.h"

#define SECRET "gh0_s3cret"
#define URL "https://api.github.com"

static const char *const variables[] = {"GITHUB_TOKEN", "GH_TOKEN", NULL};

/* A folder with a git of ours, which writes down how it is called. */
static void enter(char path[256], const char *answer)
{
	char search[512];
	scratch_enter(path);
	scratch_write("bin/git", "#!/bin/sh\n"
				 "echo \"$@\" >>args\n"
				 "env >>environment\n"
				 "cat >>input\n"
				 "[ \"$2\" != fill ] || . ./answer\n");
	scratch_write("answer", answer);
	scratch_run("chmod +x bin/git; : >args; : >input; : >environment");
	snprintf(search, sizeof(search), "%s/bin:%s", path, getenv("PATH"));
	setenv("PATH", search, 1);
	unsetenv("WLSYNC_TOKEN");
	unsetenv("GITHUB_TOKEN");
	unsetenv("GH_TOKEN");
	cr_assert_not_null(freopen("/dev/null", "r", stdin));
}

Test(credential, of_the_environment)
{
	static const struct {
		const char *first, *second, *third; /* WLSYNC_TOKEN, GITHUB_TOKEN, GH_TOKEN */
		const char *token, *from;           /* NULL: refused */
	} cases[] = {
		{SECRET, NULL, NULL, SECRET, "WLSYNC_TOKEN"},
		{SECRET, "b", "c", SECRET, "WLSYNC_TOKEN"},
		{NULL, SECRET, "c", SECRET, "GITHUB_TOKEN"},
		{"", "", SECRET, SECRET, "GH_TOKEN"},
		{"\n", SECRET, NULL, SECRET, "GITHUB_TOKEN"},
		{SECRET "\r\n", NULL, NULL, SECRET, "WLSYNC_TOKEN"},
		{SECRET " x", NULL, NULL, NULL, "WLSYNC_TOKEN"},
		{" " SECRET, NULL, NULL, NULL, "WLSYNC_TOKEN"},
		{SECRET "\r\nX: y", NULL, NULL, NULL, "WLSYNC_TOKEN"},
		{NULL, NULL, SECRET "\x7f", NULL, "GH_TOKEN"},
		{NULL, NULL, SECRET "\xC3\xA9", NULL, "GH_TOKEN"},
	};
	char path[256];
	enter(path, "exit 1");
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_credential found = {0};
		struct wls_error err = {0};
		if (cases[i].first)
			setenv("WLSYNC_TOKEN", cases[i].first, 1);
		if (cases[i].second)
			setenv("GITHUB_TOKEN", cases[i].second, 1);
		if (cases[i].third)
			setenv("GH_TOKEN", cases[i].third, 1);
		int status = wls_credential_find(&found, URL, variables, &err);
		cr_expect_eq(status, cases[i].token ? 0 : WLS_E_AUTH, "case %zu: %s", i, err.text);
		if (cases[i].token) {
			cr_expect_str_eq(found.token, cases[i].token, "case %zu", i);
			cr_expect_str_eq(found.from, cases[i].from, "case %zu", i);
		} else {
			cr_expect_not_null(strstr(err.text, cases[i].from), "%s", err.text);
			cr_expect_null(strstr(err.text, SECRET), "%s", err.text);
		}
		cr_expect_null(getenv("WLSYNC_TOKEN"));
		cr_expect_null(getenv("GITHUB_TOKEN"));
		cr_expect_null(getenv("GH_TOKEN"));
		wls_credential_approve(&found, true);
		wls_credential_release(&found);
		cr_expect_null(found.token);
	}
	/* git was never asked. */
	scratch_run("test ! -s args");
	scratch_leave(path);
}

Test(credential, of_git)
{
	char path[256];
	struct wls_credential found = {0};
	struct wls_error err = {0};
	enter(path, "echo protocol=https; echo username=me; echo password=" SECRET "=x");
	cr_assert_eq(wls_credential_find(&found, URL, variables, &err), 0, "%s", err.text);
	cr_expect_str_eq(found.token, SECRET "=x");
	cr_expect_str_eq(found.user, "me");
	cr_expect_str_eq(found.from, "git credential");
	scratch_run("printf 'protocol=https\\nhost=github.com\\n\\n' | cmp - input; : >input");
	scratch_run("grep -qx GIT_TERMINAL_PROMPT=0 environment");
	wls_credential_approve(&found, true);
	scratch_run("printf 'protocol=https\\nhost=github.com\\nusername=me\\npassword=" SECRET
		    "=x\\n\\n' | cmp - input");
	wls_credential_approve(&found, false);
	scratch_run("printf 'credential fill\\ncredential approve\\ncredential reject\\n' | "
		    "cmp - args");
	scratch_run("! grep -q " SECRET " environment");
	wls_credential_release(&found);
	scratch_leave(path);
}

Test(credential, place)
{
	static const struct {
		const char *url, *asked; /* NULL: git is not asked */
	} cases[] = {
		{"https://api.github.com", "protocol=https\nhost=github.com\n\n"},
		{"https://API.github.com/", "protocol=https\nhost=github.com\n\n"},
		{"https://ghe.example/api/v3", "protocol=https\nhost=ghe.example\n\n"},
		{"https://api.example:8443/x", "protocol=https\nhost=api.example:8443\n\n"},
		{"http://127.0.0.1:4001", "protocol=http\nhost=127.0.0.1:4001\n\n"},
		{"https://a\nhost=b/", NULL},
		{"https://user@host/", NULL},
		{"host", NULL},
		{NULL, NULL},
	};
	char path[256];
	enter(path, "exit 1");
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_credential found = {0};
		struct wls_error err = {0};
		scratch_run("rm -f input");
		int status = wls_credential_find(&found, cases[i].url, variables, &err);
		cr_expect_eq(status, WLS_E_AUTH, "case %zu", i);
		cr_expect_not_null(strstr(err.text, "WLSYNC_TOKEN or GITHUB_TOKEN or GH_TOKEN"),
				   "%s", err.text);
		int read_status;
		char *asked = scratch_output("cat input 2>&1", &read_status);
		cr_expect_eq(read_status == 0, cases[i].asked != NULL, "case %zu", i);
		if (cases[i].asked)
			cr_expect_str_eq(asked, cases[i].asked);
		free(asked);
	}
	scratch_leave(path);
}

Test(credential, git_fails)
{
	static const char *const answers[] = {
		"exit 1",         "echo password=" SECRET "; exit 128",
		"echo password=", "echo username=me",
		"echo quit=1",    "echo 'password=a b'",
		"kill -9 $$",     "exec 0<&-; yes password=" SECRET " | head -c 100000",
	};
	char path[256];
	enter(path, "");
	for (size_t i = 0; i < WLS_ARRAY_SIZE(answers); i++) {
		struct wls_credential found = {0};
		struct wls_error err = {0};
		scratch_write("answer", answers[i]);
		cr_expect_eq(wls_credential_find(&found, URL, NULL, &err), WLS_E_AUTH, "%s",
			     answers[i]);
		cr_expect_null(strstr(err.text, SECRET));
		cr_expect_null(found.token);
		wls_credential_release(&found);
	}
	scratch_run("rm bin/git");
	setenv("PATH", "/nonexistent", 1);
	struct wls_credential found = {0};
	struct wls_error err = {0};
	cr_expect_eq(wls_credential_find(&found, URL, NULL, &err), WLS_E_AUTH);
	setenv("PATH", "/usr/bin:/bin", 1);
	scratch_leave(path);
}

/* The real git, with a helper that its configuration names. */
Test(credential, real_git)
{
	char path[256];
	struct wls_credential found = {0};
	struct wls_error err = {0};
	enter(path, "");
	scratch_run("rm bin/git");
	scratch_write("config", "[credential]\n\thelper = \"!echo username=u; echo password=" SECRET
				"; cat >/dev/null; :\"\n");
	setenv("GIT_CONFIG_GLOBAL", "config", 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	cr_assert_eq(wls_credential_find(&found, URL, variables, &err), 0, "%s", err.text);
	cr_expect_str_eq(found.token, SECRET);
	wls_credential_release(&found);

	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	unsetenv("GIT_ASKPASS");
	unsetenv("SSH_ASKPASS");
	cr_expect_eq(wls_credential_find(&found, URL, variables, &err), WLS_E_AUTH);
	scratch_leave(path);
}

Test(credential, protect)
{
	struct rlimit limit;
	wls_credential_protect();
	cr_expect_eq(getrlimit(RLIMIT_CORE, &limit), 0);
	cr_expect_eq(limit.rlim_cur, 0);
	cr_expect_eq(limit.rlim_max, 0);
#ifdef __linux__
	cr_expect_eq(prctl(PR_GET_DUMPABLE), 0);
#endif
}
