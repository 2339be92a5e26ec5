/* SPDX-License-Identifier: MIT */
/*
 * Asking on a terminal: one key a conflict, and one more before anything is written.
 *
 * Layer: cli. Includes: base, buf, merge, cli/resolve.
 */
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include "cli/resolve.h"

static void say(const char *text)
{
	fputs(text, stdout);
	fflush(stdout);
}

/* Keys from now on without waiting for Enter; false when this is no terminal. */
static bool begin_keys(struct termios *old)
{
	if (tcgetattr(STDIN_FILENO, old) != 0)
		return false;
	struct termios now = *old;
	now.c_lflag &= (tcflag_t) ~(ICANON | ECHO);
	now.c_cc[VMIN] = 1;
	now.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSANOW, &now);
	return true;
}

/* One key; -1 at the end of the input. */
static int read_key(void)
{
	unsigned char key = 0;
	ssize_t n = read(STDIN_FILENO, &key, 1);

	/* Ctrl-D arrives as a byte while lines are not waited for: 4, or 0 when typed before. */
	return n == 1 && key != 4 && key != 0 ? key : -1;
}

/*
 * Asks until one of the keys is typed; -1 at the end of the input. The terminal is prepared before
 * it shows the question, so that an answer cannot come too early.
 */
static int ask(const char *question, const char *keys)
{
	struct termios old;
	bool terminal = begin_keys(&old);
	int key;

	say(question);
	do
		key = read_key();
	while (key >= 0 && !strchr(keys, key));
	if (terminal)
		tcsetattr(STDIN_FILENO, TCSANOW, &old);
	return key;
}

enum answer {
	ANSWER_PICK,
	ANSWER_SKIP,
	ANSWER_QUIT,
	ANSWER_END, /* of the input */
};

static enum answer ask_one(enum wls_pick *pick)
{
	static const struct {
		char key;
		enum wls_pick pick;
		const char *word;
	} picks[] = {
		{'o', WLS_PICK_OURS, "ours\n"},
		{'t', WLS_PICK_THEIRS, "theirs\n"},
		{'u', WLS_PICK_UNION, "union\n"},
		{'b', WLS_PICK_BASE, "base\n"},
	};
	int key = ask("[o]urs, [t]heirs, [u]nion, [b]ase, [s]kip, [q]uit? ", "otubsq");

	for (size_t i = 0; i < WLS_ARRAY_SIZE(picks); i++) {
		if (key != picks[i].key)
			continue;
		*pick = picks[i].pick;
		say(picks[i].word);
		return ANSWER_PICK;
	}
	say(key == 's' ? "skip\n" : "quit\n");
	if (key == 's')
		return ANSWER_SKIP;
	return key < 0 ? ANSWER_END : ANSWER_QUIT;
}

static enum answer ask_target(struct wls_resolve *r, struct wls_target *target)
{
	enum answer answer = ANSWER_SKIP;

	for (size_t i = 0; i < target->blocks.count && answer <= ANSWER_SKIP; i++) {
		struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
		enum wls_pick pick = WLS_PICK_NONE;
		wls_resolve_conflict(r, target, i, &text);
		say(wls_buf_str(&text));
		answer = ask_one(&pick);
		target->picks[i] = pick;
	}
	wls_target_count(target);
	return answer;
}

static bool confirm(size_t picks, size_t merged)
{
	char question[160];

	snprintf(question, sizeof(question), "Write %zu choice%s%s? [y/n] ", picks,
		 picks == 1 ? "" : "s", merged > 0 ? " and what was merged again" : "");
	bool yes = ask(question, "yn") == 'y';
	say(yes ? "yes\n" : "no\n");
	return yes;
}

bool wls_resolve_ask(struct wls_resolve *r)
{
	enum answer answer = ANSWER_SKIP;
	size_t picks = 0, merged = 0, conflicts = 0;

	for (size_t i = 0; i < r->target_count && answer <= ANSWER_SKIP; i++)
		answer = ask_target(r, &r->targets[i]);
	for (size_t i = 0; i < r->target_count; i++) {
		const struct wls_target *target = &r->targets[i];
		picks += target->blocks.count - target->left;
		merged += target->kind == WLS_TARGET_MERGED;
		conflicts += target->blocks.count;
	}
	if (answer == ANSWER_END)
		return false;
	if (conflicts == 0 || (picks == 0 && merged == 0))
		return true;
	return confirm(picks, merged);
}
