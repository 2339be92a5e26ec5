/* SPDX-License-Identifier: MIT */
/*
 * The token, from the environment or from git's credential helpers.
 *
 * Secrets go to git through a pipe, never through its arguments or its environment, and what
 * came is wiped from every buffer that it went through.
 *
 * Layer: net. Includes: base, buf, net/credential.
 */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "net/credential.h"
#include "wlsync/buf.h"

#define FIRST_VARIABLE "WLSYNC_TOKEN"
#define FROM_GIT "git credential"
#define TOKEN_MAX ((size_t)16 << 10)

void wls_credential_protect(void)
{
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
#ifdef __linux__
	prctl(PR_SET_DUMPABLE, 0);
#endif
}

static void wipe_buf(struct wls_buf *buf)
{
	if (buf->ptr)
		explicit_bzero(buf->ptr, buf->cap);
	wls_buf_release(buf);
}
/* All memory is taken at once: growing would leave copies behind. */
static struct wls_buf secret_buf(void)
{
	struct wls_buf buf;
	wls_buf_init(&buf, TOKEN_MAX);
	wls_buf_fill(&buf, ' ', TOKEN_MAX);
	wls_buf_clear(&buf);
	return buf;
}
#define _cleanup_secret_ _cleanup_(wipe_buf)

static void wipe_and_free(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
	free(text);
}

/* ---- what is asked of git ---- */

/* Protocol, host and port as git's helpers know them: the API's host is where people log in. */
static bool add_place(struct wls_buf *out, const char *url)
{
	struct wls_slice s = wls_slice_of(url);
	size_t colon = wls_slice_find(s, WLS_SLICE("://"));
	if (colon == SIZE_MAX)
		return false;
	struct wls_slice protocol = wls_slice(s.ptr, colon);
	struct wls_slice host = wls_slice_from(s, colon + 3);
	for (size_t i = 0; i < host.len; i++)
		if (host.ptr[i] == '/' || host.ptr[i] == '?' || host.ptr[i] == '#')
			host.len = i;
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] <= ' ' || s.ptr[i] == '@')
			return false;
	if (wls_slice_eq_nocase(host, WLS_SLICE("api.github.com")))
		host = WLS_SLICE("github.com");
	wls_buf_printf(out, "protocol=%.*s\nhost=%.*s\n", WLS_SLICE_ARG(protocol),
		       WLS_SLICE_ARG(host));
	return host.len > 0;
}

struct child {
	pid_t pid;
	int in, out; /* our ends */
};

static void run_git(const char *action, int in, int out, bool person)
{
	signal(SIGPIPE, SIG_DFL);
	int null = open("/dev/null", O_RDWR);
	if (dup2(in, STDIN_FILENO) < 0 || dup2(out >= 0 ? out : null, STDOUT_FILENO) < 0)
		_exit(127);
	if (!person) {
		/* Nobody can answer, and git's complaint would only stand beside ours. */
		setenv("GIT_TERMINAL_PROMPT", "0", 1);
		dup2(null, STDERR_FILENO);
	}
	execlp("git", "git", "credential", action, (char *)NULL);
	_exit(127);
}

static void close_pair(const int pair[2])
{
	if (pair[0] >= 0)
		close(pair[0]);
	if (pair[1] >= 0)
		close(pair[1]);
}

static bool open_pipe(int pair[2])
{
	if (pipe(pair) < 0) {
		pair[0] = pair[1] = -1;
		return false;
	}
	/* Not below 3, where dup2() would take them away, and not for git. */
	for (int i = 0; i < 2; i++) {
		int fd = fcntl(pair[i], F_DUPFD_CLOEXEC, 3);
		close(pair[i]);
		pair[i] = fd;
	}
	return pair[0] >= 0 && pair[1] >= 0;
}

static bool start_git(struct child *child, const char *action)
{
	int in[2] = {-1, -1}, out[2] = {-1, -1};
	bool person = isatty(STDIN_FILENO) == 1;
	if (open_pipe(in) && open_pipe(out)) {
		child->pid = fork();
		if (child->pid == 0)
			run_git(action, in[0], out[1], person);
		if (child->pid > 0) {
			close(in[0]);
			close(out[1]);
			child->in = in[1];
			child->out = out[0];
			return true;
		}
	}
	close_pair(in);
	close_pair(out);
	return false;
}

static void write_all(int fd, struct wls_slice bytes)
{
	while (bytes.len > 0) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		bytes = wls_slice_from(bytes, (size_t)n);
	}
}

static void read_all(int fd, struct wls_buf *out)
{
	char piece[1024];
	for (;;) {
		ssize_t n = read(fd, piece, sizeof(piece));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		wls_buf_add(out, piece, (size_t)n);
	}
	explicit_bzero(piece, sizeof(piece));
}

/* Runs `git credential ACTION`; what it says is added to `out`. Whether it ended well. */
static bool ask_git(const char *action, struct wls_slice question, struct wls_buf *out)
{
	struct child child;
	struct sigaction ignore = {.sa_handler = SIG_IGN}, old;
	int status = 0;
	if (!start_git(&child, action))
		return false;
	/* A git that does not read to the end must not end us. */
	sigaction(SIGPIPE, &ignore, &old);
	write_all(child.in, question);
	close(child.in);
	sigaction(SIGPIPE, &old, NULL);
	read_all(child.out, out);
	close(child.out);
	while (waitpid(child.pid, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 && !out->overflow;
}

/* ---- finding ---- */

/* One that could not stand in a header, or would end it, is none. */
static int check_token(const char *token, const char *from, struct wls_error *err)
{
	for (const char *c = token; *c; c++)
		if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 0x7F)
			return wls_error_set(err, WLS_E_AUTH,
					     "the token of %s holds blanks, controls or other than "
					     "ASCII; set it to the token alone",
					     from);
	return 0;
}

static char *copy_secret(struct wls_slice s)
{
	char *copy = wls_alloc(s.len + 1, 1);
	memcpy(copy, s.ptr ? s.ptr : "", s.len);
	copy[s.len] = '\0';
	return copy;
}

/* Takes a variable out of the environment; its value without line endings, NULL when empty. */
static char *take_variable(const char *name)
{
	char *value = getenv(name);
	char *token = NULL;
	if (value) {
		size_t len = strlen(value);
		size_t bare = len;
		while (bare > 0 && (value[bare - 1] == '\n' || value[bare - 1] == '\r'))
			bare--;
		token = bare > 0 ? copy_secret(wls_slice(value, bare)) : NULL;
		explicit_bzero(value, len);
		unsetenv(name);
	}
	return token;
}

/* All of them leave the environment, also those that are not needed. */
static void take_variables(struct wls_credential *found, const char *const *variables)
{
	found->token = take_variable(FIRST_VARIABLE);
	found->from = FIRST_VARIABLE;
	for (; variables && *variables; variables++) {
		char *token = take_variable(*variables);
		if (!found->token && token) {
			found->token = WLS_TAKE(token);
			found->from = *variables;
		}
		wipe_and_free(token);
	}
}

static void take_answer(struct wls_credential *found, struct wls_slice answer)
{
	struct wls_slice line;
	while (wls_slice_next_line(&answer, &line)) {
		size_t equals = wls_slice_find(line, WLS_SLICE("="));
		if (equals == SIZE_MAX)
			continue;
		struct wls_slice value = wls_slice_from(line, equals + 1);
		line.len = equals;
		if (wls_slice_eq(line, WLS_SLICE("password")) && !found->token)
			found->token = copy_secret(value);
		else if (wls_slice_eq(line, WLS_SLICE("username")) && !found->user)
			found->user = copy_secret(value);
	}
}

static bool take_from_git(struct wls_credential *found, const char *url)
{
	_cleanup_buf_ struct wls_buf question = WLS_BUF_INIT;
	_cleanup_secret_ struct wls_buf answer = secret_buf();
	if (!url || !add_place(&question, url))
		return false;
	wls_buf_add_char(&question, '\n');
	if (!ask_git("fill", wls_buf_slice(&question), &answer))
		return false;
	take_answer(found, wls_buf_slice(&answer));
	found->from = FROM_GIT;
	found->url = wls_strdup(url);
	return found->token && found->token[0];
}

static int fail_missing(const char *const *variables, struct wls_error *err)
{
	_cleanup_buf_ struct wls_buf names = WLS_BUF_INIT;
	for (; variables && *variables; variables++)
		wls_buf_printf(&names, " or %s", *variables);
	return wls_error_set(err, WLS_E_AUTH,
			     "no token found; set " FIRST_VARIABLE
			     "%s, or let git know it (git credential approve)",
			     wls_buf_str(&names));
}

int wls_credential_find(struct wls_credential *out, const char *url, const char *const *variables,
			struct wls_error *err)
{
	struct wls_credential found = {0};
	int status = 0;
	take_variables(&found, variables);
	if (!found.token && !take_from_git(&found, url))
		status = fail_missing(variables, err);
	if (status == 0)
		status = check_token(found.token, found.from, err);
	if (status < 0)
		wls_credential_release(&found);
	else
		*out = found;
	return status;
}

void wls_credential_approve(const struct wls_credential *credential, bool good)
{
	_cleanup_secret_ struct wls_buf question = secret_buf();
	_cleanup_secret_ struct wls_buf answer = secret_buf();
	if (!credential->url || !credential->token || !add_place(&question, credential->url))
		return;
	if (credential->user)
		wls_buf_printf(&question, "username=%s\n", credential->user);
	wls_buf_printf(&question, "password=%s\n\n", credential->token);
	if (!question.overflow)
		ask_git(good ? "approve" : "reject", wls_buf_slice(&question), &answer);
}

void wls_credential_release(struct wls_credential *credential)
{
	wipe_and_free(credential->token);
	wipe_and_free(credential->user);
	free(credential->url);
	*credential = (struct wls_credential){0};
}
