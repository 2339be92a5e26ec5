/* SPDX-License-Identifier: MIT */
/*
 * wlsync-push: the program behind `wlsync push` and `wlsync adopt`, which speaks HTTP.
 *
 * `wlsync` starts it with the command's name as its first word; started by hand without one it is
 * push.
 *
 * Layer: cli. Includes: base, buf, net, cli/push.
 */
#include <signal.h>
#include <unistd.h>

#include "cli/push.h"
#include "net/credential.h"

/* A second interrupt ends the process at once: its first one puts the default back. */
static void watch(int signal_number)
{
	struct sigaction action = {.sa_handler = wls_screen_interrupt,
				   .sa_flags = (int)SA_RESETHAND};
	struct sigaction old;

	sigemptyset(&action.sa_mask);
	/* What runs in the background of a script, or under nohup, is not to be interrupted. */
	if (sigaction(signal_number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
		sigaction(signal_number, &action, NULL);
}

static const struct wls_command *take_command(struct wls_args *args)
{
	static const struct wls_command *const commands[] = {&wls_command_push, &wls_command_adopt};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(commands) && args->count > 0; i++) {
		if (strcmp(args->words[0], commands[i]->name) != 0)
			continue;
		args->words++;
		args->count--;
		return commands[i];
	}
	return &wls_command_push;
}

int main(int argc, char **argv)
{
	struct wls_cli cli = {0};
	struct wls_args args = {argv + 1, argc > 0 ? (size_t)argc - 1 : 0};

	wls_credential_protect();
	/* A closed pipe is seen where it is written to. */
	signal(SIGPIPE, SIG_IGN);
	watch(SIGINT);
	watch(SIGTERM);
	int status = take_command(&args) == &wls_command_adopt ? wls_adopt_main(&cli, &args)
							       : wls_push_main(&cli, &args);
	int caught = wls_screen_interrupted();
	return caught ? 128 + caught : status;
}
