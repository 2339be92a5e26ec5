/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/config.h"
#include "scratch.h"
#include "support/random.h"
#include "wlsync/buf.h"

/* ---- the syntax: git is the judge ---- */

static const char *const syntax[] = {
	"",
	"\n\n",
	"[a]\n",
	"[a]\n\tb = c\n",
	"[a]\r\n\tb = c\r\n",
	"[a] b = c",
	"[a]b=c\nd=e\n",
	"[A]\nBc-1 = VaLue\n",
	"[a \"B c\"]\nx=1\n",
	"[a   \t\"B\"]\nx=1\n",
	"[a \"\"]\nx=1\n",
	"[a \"q\\\"q\\\\b\\xc\"]\nx=1\n",
	"[a \"b]c\"] x=1",
	"[a.B.c]\nx=1\n",
	"[a-b]\nx=1\n",
	"[1]\nx=1\n",
	"[]\nx=1\n",
	"[a]\nflag\n",
	"[a]\nflag",
	"[a]\nflag   \n",
	"[a]\nempty =\n",
	"[a]\nempty = \"\"\n",
	"[a]\nb = # comment\n",
	"[a]\nb = c # comment\n",
	"[a]\nb = c;comment\n",
	"[a]\nb = \"c # d\" # e\n",
	"[a]\nb = \"  c  \"  \n",
	"[a]\nb =   c   d   \n",
	"[a]\nb = \"\" c\n",
	"[a]\nb = c\" d \"e\n",
	"[a]\nb = one \\\n two\n",
	"[a]\nb = one\\\ntwo\\\nthree\n",
	"[a]\nb = one \\\r\n two\r\n",
	"[a]\nb = \"one \\\n two\"\n",
	"[a]\nb = c \\",
	"[a]\nb = \\\n",
	"[a]\nb = \\t\\n\\b\\\\\\\"\n",
	"[a]\nb = c \\t\n",
	"[a]\nb = c\\n \n",
	"# comment\n; comment\n[a] # c\n; d\nb=1\n",
	"# comment \\\n[a]\nb=1\n",
	"[a]\nb = c # d \\\ne = f\n",
	"\xEF\xBB\xBF[a]\nb = c\n",
	"[a]\nb = \xC3\xA4\xFF\n",
	"[a]\nb=1\nb=2\n[A]\nB=3\n",
	"[a]\nb = c=d\n",
	"[a]\nb==\n",
	"[a]\nb = 'c'\n",
	"[a]\nb = [c]\n",
	"[a]\nb = c\n\n\n[d]\n",
	"[a]\nb = \"tab\there\"\n",
	"b = 1\n",
	/* refused */
	"[a",
	"[a\n]\nb=1\n",
	"[a \"b\"\nx=1\n",
	"[a \"b\nc\"]\nx=1\n",
	"[a \"b\" ]\nx=1\n",
	"[a b]\nx=1\n",
	"[a ]\nx=1\n",
	"[a\"b\"]\nx=1\n",
	"[a_b]\nx=1\n",
	"[a \"b\\\nc\"]\nx=1\n",
	"[a]\n1b = c\n",
	"[a]\n-b = c\n",
	"[a]\nb_c = d\n",
	"[a]\nb c = d\n",
	"[a]\nb # comment\n",
	"[a]\nb : c\n",
	"[a]\n= c\n",
	"[a]\nb = \"c\n",
	"[a]\nb = \"c",
	"[a]\nb = c\\x\n",
	"[a]\nb = c\\",
	"[a]\nb\rc = d\n",
	"garbage\n\"",
	"]\n",
	"\xEF\xBB[a]\nb = c\n",
	"\xC3\xA4 = 1\n",
};

/* What `git config --list -z` would print, or "refused". */
static void list_ours(struct wls_buf *out, const char *text)
{
	struct wls_config config = {0};
	struct wls_error err = {0};
	if (wls_config_parse(&config, wls_slice_of(text), "F", &err) < 0) {
		wls_buf_add_str(out, "refused");
		cr_expect(strncmp(err.text, "F:", 2) == 0 && wls_is_digit(err.text[2]), "%s",
			  err.text);
	}
	size_t count = out->len > 0 ? 0 : config.count; /* git lists all or nothing */
	for (size_t i = 0; i < count; i++)
		wls_buf_printf(out, "%.*s%s%.*s|", WLS_SLICE_ARG(config.entries[i].key),
			       config.entries[i].has_value ? "\n" : "",
			       WLS_SLICE_ARG(config.entries[i].value));
	wls_config_release(&config);
}

static void list_all(struct wls_buf *out, const char *text)
{
	struct wls_buf one _cleanup_buf_ = WLS_BUF_INIT;
	list_ours(&one, text);
	wls_buf_printf(out, "%s~", wls_buf_str(&one));
}

/* Runs git once over files 0 … count-1, and returns the same form of listing for all. */
static char *list_git(size_t count)
{
	char command[400];
	snprintf(command, sizeof(command),
		 "for i in $(seq 0 %zu); do "
		 "if git config --no-includes -f c$i -l -z >o 2>/dev/null; then tr '\\0' '|' <o; "
		 "else printf refused; fi; printf '~'; done",
		 count - 1);
	return scratch_output(command, NULL);
}

static void expect_listings(const char *const *texts, size_t count)
{
	char name[32];
	struct wls_buf ours _cleanup_buf_ = WLS_BUF_INIT;
	for (size_t i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "c%zu", i);
		scratch_write(name, texts[i]);
		list_all(&ours, texts[i]);
	}
	char *gits _cleanup_free_ = list_git(count);
	const char *a = wls_buf_str(&ours), *b = gits;
	for (size_t i = 0; i < count; i++) {
		size_t la = strcspn(a, "~"), lb = strcspn(b, "~");
		cr_expect(wls_slice_eq(wls_slice(a, la), wls_slice(b, lb)),
			  "file {%s}: ours {%.*s}, git's {%.*s}", texts[i], (int)la, a, (int)lb, b);
		a += la + 1;
		b += lb + 1;
	}
}

Test(config, reads_what_git_reads)
{
	char dir[256];
	scratch_enter(dir);
	expect_listings(syntax, WLS_ARRAY_SIZE(syntax));
	scratch_leave(dir);
}

/*
 * Random files of the words that mean something; without tabs and lone CRs within values, which git
 * before 2.45 turns into spaces.
 */
Test(config, reads_random_files_as_git_does)
{
	static const char *const words[] = {"[a]",   "[b \"c\"]", "[", "]",          "\"",   "\\",
					    "\n",    "\n",        "k", "=",          " = ",  "v",
					    " ",     "#",         ";", "\\n",        "\r\n", "\\\n",
					    "x=1\n", "-",         ".", "\n[s]\nk = "};
	enum { FILES = 400 };
	static char texts[FILES][200];
	const char *list[FILES];
	struct test_random random = {7};
	char dir[256];
	scratch_enter(dir);
	for (size_t i = 0; i < FILES; i++) {
		size_t count = random_below(&random, 14);
		if (random_chance(&random, 80))
			strcat(texts[i], "[a]\nk = ");
		for (size_t n = 0; n < count; n++)
			strcat(texts[i], RANDOM_OF(&random, words));
		list[i] = texts[i];
	}
	expect_listings(list, FILES);
	scratch_leave(dir);
}

Test(config, keeps_tabs_within_values_and_names_lines)
{
	struct wls_config config = {0};
	struct wls_error err = {0};
	const char *text = "# one\n[a]\n\n\tb = x\ty \\\n z\t\n\tc\n[d \"e\"] f = 1\n";
	cr_assert_eq(wls_config_parse(&config, wls_slice_of(text), "F", &err), 0);
	cr_assert_eq(config.count, 3);
	cr_expect_str_eq(config.entries[0].value.ptr, "x\ty  z");
	cr_expect_eq(config.entries[0].line, 4);
	cr_expect_eq(config.entries[1].line, 6);
	cr_expect_not(config.entries[1].has_value);
	cr_expect_eq(config.entries[2].line, 7);
	wls_config_release(&config);
	cr_expect_eq(wls_config_parse(&config, wls_slice("[a]\n\0", 5), "F", &err), WLS_E_FORMAT);
	cr_expect(strstr(err.text, "NUL"));
	wls_config_release(&config);
}

/* ---- the keys ---- */

static int read_config(struct wls_config *config, const char *text, struct wls_error *err)
{
	scratch_write(".wlsync", text);
	int dir = open(".", O_RDONLY | O_DIRECTORY);
	int status = wls_config_read(config, dir, "", err);
	close(dir);
	return status;
}

Test(config, refuses_bad_keys_and_values_with_file_and_line)
{
	static const struct {
		const char *text;
		int status;
		const char *message;
	} cases[] = {
		{"[worklog]\n\tpath = x\n\tpth = y\n", WLS_E_FORMAT,
		 ".wlsync:3: unknown key \"worklog.pth\"; [worklog] knows path, ignore"},
		{"[wrklog]\npath = x\n", WLS_E_FORMAT,
		 ".wlsync:2: unknown key \"wrklog.path\"; the sec"},
		{"[worklog \"x\"]\npath = x\n", WLS_E_FORMAT, "unknown key \"worklog.x.path\""},
		{"[tracker]\ntype = github\n", WLS_E_FORMAT,
		 "unknown key \"tracker.type\"; [tracker \"NAME\"] knows type"},
		{"path = x\n", WLS_E_FORMAT, ".wlsync:1: unknown key \"path\""},
		{"[include]\npath = x\n", WLS_E_FORMAT, "unknown key \"include.path\""},
		{"[worklog]\npath\n", WLS_E_FORMAT,
		 ".wlsync:2: worklog.path is \"\"; it takes a pattern"},
		{"[worklog]\npath =\n", WLS_E_FORMAT, "takes a pattern"},
		{"[merge]\n\n\nprogress = jion\n", WLS_E_FORMAT,
		 ".wlsync:4: merge.progress is \"jion\"; it takes one of: conflict join"},
		{"[merge]\nprogress = Join\n", WLS_E_FORMAT, "it takes one of"},
		{"[tracker \"g\"]\ntype = svn\n", WLS_E_FORMAT, "one of: github linear"},
		{"[tracker \"g\"]\nurl = ftp://x\n", WLS_E_FORMAT, "https://"},
		{"[tracker \"g\"]\nurl = https://\n", WLS_E_FORMAT, "https://"},
		{"[tracker \"g\"]\nmentions = maybe\n", WLS_E_FORMAT, "true or false"},
		{"[tracker \"g\"]\nmax-create = -1\n", WLS_E_FORMAT, "whole number"},
		{"[tracker \"g\"]\nmax-create = 99999999999999999999\n", WLS_E_FORMAT,
		 "whole number"},
		{"[tracker \"g\"]\nrepository =\n", WLS_E_FORMAT, "a text"},
		{"[tracker \"g\"]\n\ttoken = ghp_abc\n", WLS_E_REFUSED,
		 ".wlsync:2: \"tracker.g.token\""},
		{"[token]\ntoken = x\n", WLS_E_REFUSED, "WLSYNC_TOKEN"},
		{"token = x\n", WLS_E_REFUSED, "WLSYNC_TOKEN"},
		{"[tracker \"g\"]\nPassword = x\n", WLS_E_REFUSED, "tracker.g.password"},
		{"[worklog\n", WLS_E_FORMAT, ".wlsync:1: cannot read this line"},
		{"[worklog]\n\n\tpath = \"x\n", WLS_E_FORMAT, ".wlsync:3: cannot read"},
	};
	char dir[256];
	scratch_enter(dir);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_config config = {0};
		struct wls_error err = {0};
		cr_expect_eq(read_config(&config, cases[i].text, &err), cases[i].status, "%s",
			     cases[i].text);
		cr_expect(strstr(err.text, cases[i].message), "%s: %s", cases[i].text, err.text);
		cr_expect(!strstr(err.text, "ghp_abc"), "a secret is not shown");
		wls_config_release(&config);
	}
	scratch_leave(dir);
}

Test(config, answers_for_keys)
{
	struct wls_config config = {0};
	struct wls_error err = {0};
	char dir[256];
	scratch_enter(dir);
	cr_assert_eq(wls_config_read(&config, AT_FDCWD, "", &err), 0, "no file is no error");
	cr_expect_eq(config.count, 0);
	cr_expect_null(wls_config_find(&config, "worklog.path"));
	cr_expect_null(wls_config_next(&config, "worklog.path", NULL));

	/* A user's defaults, in git's configuration. */
	struct wls_config_entry defaults[] = {
		{WLS_SLICE("worklog.path"), WLS_SLICE("mine/*.md"), true, WLS_CONFIG_GIT, 0},
		{WLS_SLICE("worklog.ignore"), WLS_SLICE("old"), true, WLS_CONFIG_GIT, 0},
		{WLS_SLICE("merge.text"), WLS_SLICE("ours"), true, WLS_CONFIG_GIT, 0},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(defaults); i++)
		cr_assert_eq(wls_config_add(&config, &defaults[i], "git", &err), 0, "%s", err.text);
	cr_assert_eq(
		read_config(&config,
			    "[worklog]\npath = a\npath = b\n[merge]\ntext = join\ntext = union\n"
			    "[tracker \"Git.Hub\"]\nType = github\nmentions\nretries = 0\n",
			    &err),
		0, "%s", err.text);
	cr_expect_str_eq(wls_config_find(&config, "merge.text")->value.ptr, "union");
	const struct wls_config_entry *e = wls_config_next(&config, "worklog.path", NULL);
	cr_expect_str_eq(e->value.ptr, "a");
	e = wls_config_next(&config, "worklog.path", e);
	cr_expect_str_eq(e->value.ptr, "b");
	cr_expect_null(wls_config_next(&config, "worklog.path", e));
	cr_expect_str_eq(wls_config_find(&config, "worklog.ignore")->value.ptr, "old");
	cr_expect_str_eq(wls_config_find(&config, "tracker.Git.Hub.type")->value.ptr, "github");
	cr_expect(wls_config_true(wls_config_find(&config, "tracker.Git.Hub.mentions")));
	cr_expect_null(wls_config_find(&config, "tracker.git.hub.type"));
	struct wls_config_entry off = {.value = WLS_SLICE("Off"), .has_value = true};
	cr_expect_not(wls_config_true(&off));
	wls_config_release(&config);
	scratch_leave(dir);
}

Test(config, refuses_files_that_are_none)
{
	struct wls_config config = {0};
	struct wls_error err = {0};
	char dir[256];
	scratch_enter(dir);
	cr_assert_eq(mkdir(".wlsync", 0777), 0);
	cr_expect_lt(wls_config_read(&config, AT_FDCWD, "sub", &err), 0);
	cr_expect(strstr(err.text, "sub/.wlsync: cannot read it: Is a directory"), "%s", err.text);
	cr_assert_eq(rmdir(".wlsync"), 0);
	scratch_run("truncate -s 2M .wlsync");
	cr_expect_eq(wls_config_read(&config, AT_FDCWD, "", &err), WLS_E_LIMIT);
	scratch_run("rm .wlsync; echo x > .wlsync; chmod 000 .wlsync");
	scratch_drop_root();
	cr_expect_eq(wls_config_read(&config, AT_FDCWD, "", &err), WLS_E_IO);
	cr_expect(strstr(err.text, ".wlsync: cannot read it: Permission denied"), "%s", err.text);
	wls_config_release(&config);
	scratch_leave(dir);
}
