/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "cli/cli.h"
#include "cli/nearest.h"

struct target {
	bool flag, other;
	int count, choice;
	const char *text;
	const char *pair[2];
	uint32_t number;
};

#define AT(field) offsetof(struct target, field)

static const struct wls_opt opts[] = {
	WLS_OPT("flag", 'f', FLAG, NULL, "a flag", .offset = AT(flag)),
	WLS_OPT("other", 0, FLAG, NULL, "another", .offset = AT(other)),
	WLS_OPT("count", 'c', COUNT, NULL, "counts", .offset = AT(count)),
	WLS_OPT(NULL, 't', TEXT, "TEXT", "a text", .offset = AT(text)),
	WLS_OPT("pair", 0, PAIR, "A B", "two texts", .offset = AT(pair)),
	WLS_OPT("number", 'n', NUMBER, "N", "a number", .offset = AT(number), .min = 1, .max = 100),
	WLS_OPT("choice", 0, CHOICE, "KIND", "one of three", .offset = AT(choice),
		.choices = "one|two|three"),
};

/*
 * A command line, words parted by blanks; what is left of it; and what the options became:
 * flag other count choice number text pair. An error has no `left`, its message is `state`.
 */
static const struct {
	const char *line, *left, *state;
} lines[] = {
	{"", "", "0 0 0 -1 0 - - -"},
	{"a b", "a b", "0 0 0 -1 0 - - -"},
	{"-f a --other b", "a b", "1 1 0 -1 0 - - -"},
	{"a -f", "a", "1 0 0 -1 0 - - -"},
	{"-fcc", "", "1 0 2 -1 0 - - -"},
	{"-c --count", "", "0 0 2 -1 0 - - -"},
	{"-fn5 a", "a", "1 0 0 -1 5 - - -"},
	{"-fn 5 a", "a", "1 0 0 -1 5 - - -"},
	{"--number 7", "", "0 0 0 -1 7 - - -"},
	{"--number=7", "", "0 0 0 -1 7 - - -"},
	{"-n 1 -n 100", "", "0 0 0 -1 100 - - -"},
	{"-tx", "", "0 0 0 -1 0 x - -"},
	{"-t -f", "", "0 0 0 -1 0 -f - -"},
	{"-t=x", "", "0 0 0 -1 0 =x - -"},
	{"--choice two", "", "0 0 0 1 0 - - -"},
	{"--choice=three", "", "0 0 0 2 0 - - -"},
	{"--pair a b c", "c", "0 0 0 -1 0 - a b"},
	{"--pair=a b c", "c", "0 0 0 -1 0 - a b"},
	{"--flag=1", "", "1 0 0 -1 0 - - -"},
	{"-f --flag=0", "", "0 0 0 -1 0 - - -"},
	{"--flag=yes --other=false", "", "1 0 0 -1 0 - - -"},
	{"a -- -f --other", "a -f --other", "0 0 0 -1 0 - - -"},
	{"-- --", "--", "0 0 0 -1 0 - - -"},
	{"- a", "- a", "0 0 0 -1 0 - - -"},
	{"--flags", NULL, "unknown option --flags; did you mean --flag?"},
	{"--chioce one", NULL, "unknown option --chioce; did you mean --choice?"},
	{"--zzzzzzzz", NULL, "unknown option --zzzzzzzz; --help lists all"},
	{"--text x", NULL, "unknown option --text; --help lists all"},
	{"--=x", NULL, "unknown option --; --help lists all"},
	{"-fx", NULL, "unknown option -x; --help lists all"},
	{"-t", NULL, "-t needs a value: -t TEXT"},
	{"--number", NULL, "--number needs a value: --number N"},
	{"--pair a", NULL, "--pair needs two values: --pair A B"},
	{"--number 0", NULL, "--number 0: must be a number from 1 to 100"},
	{"--number 101", NULL, "--number 101: must be a number from 1 to 100"},
	{"--number 99999999999999999999", NULL,
	 "--number 99999999999999999999: must be a number from 1 to 100"},
	{"--number -1", NULL, "--number -1: must be a number from 1 to 100"},
	{"--number 5x", NULL, "--number 5x: must be a number from 1 to 100"},
	{"--number=", NULL, "--number : must be a number from 1 to 100"},
	{"--choice four", NULL, "--choice four: must be one of one|two|three"},
	{"--choice tw", NULL, "--choice tw: must be one of one|two|three"},
	{"--flag=maybe", NULL, "--flag=maybe: must be 1 or 0"},
	{"--count=2", NULL, "--count takes no value"},
};

/* Cuts a line into words, in place. */
static size_t words_of(char *line, char *words[16])
{
	size_t n = 0;

	for (char *word = strtok(line, " "); word; word = strtok(NULL, " "))
		words[n++] = word;
	return n;
}

static void describe(const struct target *target, struct wls_buf *out)
{
	wls_buf_printf(out, "%d %d %d %d %u %s %s %s", target->flag, target->other, target->count,
		       target->choice, target->number, target->text ? target->text : "-",
		       target->pair[0] ? target->pair[0] : "-",
		       target->pair[1] ? target->pair[1] : "-");
}

Test(opt, parses)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(lines); i++) {
		struct target target = {.choice = -1};
		const struct wls_opt_set set = {opts, WLS_ARRAY_SIZE(opts), &target};
		struct wls_buf left = WLS_BUF_INIT, state = WLS_BUF_INIT;
		char *line = wls_strdup(lines[i].line);
		char *words[16];
		struct wls_args args = {words, words_of(line, words)};
		struct wls_error err;

		int status = wls_opt_parse(&set, 1, &args, false, &err);
		cr_expect_eq(status, lines[i].left ? 0 : WLS_E_USAGE, "%s", lines[i].line);
		for (size_t w = 0; status == 0 && w < args.count; w++)
			wls_buf_printf(&left, "%s%s", w > 0 ? " " : "", args.words[w]);
		if (status == 0)
			describe(&target, &state);
		else
			wls_buf_add_str(&state, err.text);
		if (lines[i].left)
			cr_expect_str_eq(wls_buf_str(&left), lines[i].left, "%s", lines[i].line);
		cr_expect_str_eq(wls_buf_str(&state), lines[i].state, "%s", lines[i].line);
		wls_buf_release(&left);
		wls_buf_release(&state);
		free(line);
	}
}

Test(opt, collects_a_list)
{
	struct {
		struct wls_opt_list list;
	} target = {0};
	static const struct wls_opt table[] = {
		WLS_OPT("policy", 'p', LIST, "KEY=CHOICE", "several", .offset = 0)};
	const struct wls_opt_set set = {table, WLS_ARRAY_SIZE(table), &target};
	char line[] = "--policy a=1 x --policy=b=2 -pc=3 -p -d";
	char *words[16];
	struct wls_args args = {words, words_of(line, words)};
	static const char *const want[] = {"a=1", "b=2", "c=3", "-d"};

	cr_assert_eq(wls_opt_parse(&set, 1, &args, false, NULL), 0);
	cr_expect_eq(args.count, 1);
	cr_assert_eq(target.list.count, WLS_ARRAY_SIZE(want));
	for (size_t i = 0; i < WLS_ARRAY_SIZE(want); i++)
		cr_expect_str_eq(target.list.items[i], want[i]);
	wls_opt_list_release(&target.list);
	cr_expect_eq(target.list.count, 0);

	char last[] = "-p a=1 --policy";
	struct wls_error err;
	args = (struct wls_args){words, words_of(last, words)};
	cr_expect_eq(wls_opt_parse(&set, 1, &args, false, &err), WLS_E_USAGE);
	cr_expect_str_eq(err.text, "--policy needs a value: --policy KEY=CHOICE");
	wls_opt_list_release(&target.list);
}

Test(opt, stops_at_the_command)
{
	struct target target = {0};
	const struct wls_opt_set set = {opts, WLS_ARRAY_SIZE(opts), &target};
	char line[] = "-f -n 3 command -c --unknown -- x";
	char *words[16];
	struct wls_args args = {words, words_of(line, words)};
	struct wls_error err;

	cr_assert_eq(wls_opt_parse(&set, 1, &args, true, &err), 0);
	cr_expect_eq(args.count, 5);
	cr_expect_str_eq(args.words[0], "command");
	cr_expect_str_eq(args.words[2], "--unknown");
	cr_expect_eq(target.number, 3);
	cr_expect_eq(target.count, 0);
}

Test(opt, helps)
{
	struct wls_buf out = WLS_BUF_INIT;

	wls_opt_help(opts, WLS_ARRAY_SIZE(opts), &out);
	cr_expect_str_eq(wls_buf_str(&out), "  -f, --flag              a flag\n"
					    "  --other                 another\n"
					    "  -c, --count             counts\n"
					    "  -t TEXT                 a text\n"
					    "  --pair A B              two texts\n"
					    "  -n, --number N          a number\n"
					    "  --choice KIND           one of three\n");
	wls_buf_release(&out);
}

/* ---- the tables of the commands ---- */

static void check_table(const char *command, const struct wls_opt *table, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct wls_opt *opt = &table[i];
		const char *name = opt->name ? opt->name : "";
		bool mode = opt->type == WLS_OPT_MODE;
		bool value = opt->type != WLS_OPT_FLAG && opt->type != WLS_OPT_COUNT && !mode;

		cr_expect(opt->name || opt->letter, "%s %zu", command, i);
		cr_expect_eq(opt->value != NULL, value, "%s --%s", command, name);
		cr_expect_eq(opt->choices != NULL, mode || opt->type == WLS_OPT_CHOICE, "%s --%s",
			     command, name);
		cr_expect(opt->help && *opt->help, "%s --%s", command, name);
		for (size_t k = i + 1; k < count; k++) {
			cr_expect_str_neq(name, table[k].name ? table[k].name : "-", "%s", command);
			cr_expect(!opt->letter || opt->letter != table[k].letter, "%s -%c", command,
				  opt->letter);
		}
		for (size_t g = 0; table != wls_global_opts && g < wls_global_opt_count; g++)
			cr_expect(!wls_global_opts[g].name ||
					  strcmp(name, wls_global_opts[g].name) != 0,
				  "%s --%s is global", command, name);
	}
}

Test(opt, tables_are_sound)
{
	check_table("wlsync", wls_global_opts, wls_global_opt_count);
	for (size_t c = 0; c < wls_command_count; c++) {
		const struct wls_command *command = wls_commands[c];
		cr_expect_eq(wls_command_find(command->name), command);
		cr_expect(command->summary && command->usage, "%s", command->name);
		/* It is done here, or by a program of its own. */
		cr_expect_neq(command->run == NULL, command->program == NULL, "%s", command->name);
		cr_expect(command->examples && command->examples[0].command, "%s has an example",
			  command->name);
		check_table(command->name, command->opts, command->opt_count);
	}
	cr_expect_null(wls_command_find("grap"));
}

/* A line of help that is wider than a terminal wraps, and a screen has few lines. */
Test(opt, help_is_a_screen)
{
	for (size_t c = 0; c <= wls_command_count; c++) {
		struct wls_buf out = WLS_BUF_INIT;
		struct wls_slice rest, line;
		size_t count = 0;

		wls_cli_help(c < wls_command_count ? wls_commands[c] : NULL, &out);
		rest = wls_buf_slice(&out);
		while (wls_slice_next_line(&rest, &line)) {
			cr_expect_leq(line.len, 84, "%.*s", WLS_SLICE_ARG(line));
			count++;
		}
		cr_expect_leq(count, 40);
		wls_buf_release(&out);
	}
}

/* ---- nearest names ---- */

static const struct {
	const char *word, *nearest;
} nearests[] = {
	{"grpah", "graph"},  {"graph", "graph"},     {"grap", "graph"},
	{"stats", "status"}, {"sttaus", "status"},   {"nxt", "next"},
	{"shw", "show"},     {"lgo", "log"},         {"frobnicate", NULL},
	{"", NULL},          {"xyz", NULL},          {"completions", "completion"},
	{"g", NULL},         {"verison", "version"},
};

Test(nearest, finds)
{
	char endless[1000];
	struct wls_nearest nearest;

	for (size_t i = 0; i < WLS_ARRAY_SIZE(nearests); i++) {
		wls_nearest_init(&nearest, wls_slice_of(nearests[i].word));
		for (size_t c = 0; c < wls_command_count; c++)
			wls_nearest_offer(&nearest, wls_commands[c]->name);
		const char *want = nearests[i].nearest;
		cr_expect_str_eq(nearest.best ? nearest.best : "-", want ? want : "-", "%s",
				 nearests[i].word);
	}
	memset(endless, 'x', sizeof(endless));
	wls_nearest_init(&nearest, wls_slice(endless, sizeof(endless)));
	wls_nearest_offer(&nearest, "xxxx");
	cr_expect_null(nearest.best);
	/* Ties go by name, whatever the order. */
	wls_nearest_init(&nearest, WLS_SLICE("bat"));
	wls_nearest_offer(&nearest, "rat");
	wls_nearest_offer(&nearest, "cat");
	wls_nearest_offer(&nearest, "hat");
	cr_expect_str_eq(nearest.best, "cat");
}
