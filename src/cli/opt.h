/* SPDX-License-Identifier: MIT */
/*
 * Options as tables: one table parses them, explains them, and completes them.
 *
 * Layer: cli. Includes: base, buf.
 */
#ifndef WLS_CLI_OPT_H
#define WLS_CLI_OPT_H

#include "wlsync/buf.h"

enum wls_opt_type {
	WLS_OPT_FLAG,   /* bool; --x, or --x=1|0|true|false|yes|no */
	WLS_OPT_COUNT,  /* int: how many times */
	WLS_OPT_TEXT,   /* const char * */
	WLS_OPT_PAIR,   /* const char *[2] */
	WLS_OPT_NUMBER, /* uint32_t, `min` to `max` */
	WLS_OPT_CHOICE, /* int: place in `choices`, from 0; -1 is for the caller's "not given" */
	WLS_OPT_LIST,   /* struct wls_opt_list: every value, in order */
	WLS_OPT_MODE,   /* int: 0 not given, 1 given alone, 2 and more: --x=CHOICE of `choices` */
	WLS_OPT_FOLDER, /* const char *; the process goes there at once, as git's -C */
};

/* The values of an option that may be given several times; borrowed, the array is the caller's. */
struct wls_opt_list {
	const char **items;
	size_t count, cap;
};

static inline void wls_opt_list_release(struct wls_opt_list *list)
{
	free(list->items);
	*list = (struct wls_opt_list){0};
}

/* What a shell offers for a value or an argument. */
enum wls_complete {
	WLS_COMPLETE_NONE,
	WLS_COMPLETE_FILE,
	WLS_COMPLETE_FOLDER,
	WLS_COMPLETE_LOG,
	WLS_COMPLETE_LOG_OR_FILE,
	WLS_COMPLETE_COMMAND,
	WLS_COMPLETE_SHELL, /* bash, zsh, fish */
	WLS_COMPLETE_RULE,  /* a rule of `check`, "=", and a severity */
};

struct wls_opt {
	const char *name;  /* without dashes; NULL: only a letter */
	char letter;       /* 0: only a name */
	uint8_t type;      /* enum wls_opt_type */
	uint8_t complete;  /* enum wls_complete */
	const char *value; /* what the value is called in help: "LOG"; NULL: no value */
	const char *help;
	const char *choices; /* "waves|tree|dot" */
	size_t offset;       /* of the field in the target */
	uint32_t min, max;
};

/*
 * A row of a table; what follows `help` names further fields:
 * WLS_OPT("focus", 0, TEXT, "LOG", "one log", .offset = …, .complete = WLS_COMPLETE_LOG)
 */
#define WLS_OPT(name_, letter_, type_, value_, help_, ...)                                         \
	{                                                                                          \
		.name = (name_), .letter = (letter_), .type = WLS_OPT_##type_, .value = (value_),  \
		.help = (help_), __VA_ARGS__                                                       \
	}

/* A table and the structure it writes into. */
struct wls_opt_set {
	const struct wls_opt *opts;
	size_t count;
	void *target;
};

/* Arguments: before parsing all of them, after it what was no option, in order. */
struct wls_args {
	char **words;
	size_t count;
};

/*
 * Takes the options out of `args`, wherever they stand; "--" ends them. With
 * `stop_at_word` the first word that is no option ends them too, and it and the rest stay.
 * Values are borrowed from the words. Fails with WLS_E_USAGE: a line that names the nearest
 * option; targets may then be half written.
 */
int wls_opt_parse(const struct wls_opt_set *sets, size_t set_count, struct wls_args *args,
		  bool stop_at_word, struct wls_error *err);

/* Adds the table's help: a line an option, its text aligned. */
void wls_opt_help(const struct wls_opt *opts, size_t count, struct wls_buf *out);

/* The n-th choice of "a|b|c"; false when there are fewer. */
bool wls_opt_choice(const char *choices, size_t n, struct wls_slice *choice);

#endif
