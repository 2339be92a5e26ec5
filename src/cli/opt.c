/* SPDX-License-Identifier: MIT */
/*
 * Options: parsing and explaining.
 *
 * Layer: cli. Includes: base, buf.
 */
#include "cli/opt.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/nearest.h"

/* Column where the explanation of an option starts. */
#define HELP_COLUMN 26u

/* ---- finding ---- */

struct found {
	const struct wls_opt *opt;
	void *field;
};

static struct found found_at(const struct wls_opt_set *set, const struct wls_opt *opt)
{
	return (struct found){opt, (char *)set->target + opt->offset};
}

static struct found find_name(const struct wls_opt_set *sets, size_t set_count,
			      struct wls_slice name)
{
	for (size_t s = 0; s < set_count; s++)
		for (size_t i = 0; i < sets[s].count; i++)
			if (sets[s].opts[i].name &&
			    wls_slice_eq(wls_slice_of(sets[s].opts[i].name), name))
				return found_at(&sets[s], &sets[s].opts[i]);
	return (struct found){0};
}

static struct found find_letter(const struct wls_opt_set *sets, size_t set_count, char letter)
{
	for (size_t s = 0; s < set_count; s++)
		for (size_t i = 0; i < sets[s].count; i++)
			if (sets[s].opts[i].letter == letter)
				return found_at(&sets[s], &sets[s].opts[i]);
	return (struct found){0};
}

static int unknown_option(const struct wls_opt_set *sets, size_t set_count, struct wls_slice name,
			  struct wls_error *err)
{
	struct wls_nearest nearest;

	wls_nearest_init(&nearest, name);
	for (size_t s = 0; s < set_count; s++)
		for (size_t i = 0; i < sets[s].count; i++)
			if (sets[s].opts[i].name)
				wls_nearest_offer(&nearest, sets[s].opts[i].name);
	if (nearest.best)
		return wls_error_set(err, WLS_E_USAGE, "unknown option --%.*s; did you mean --%s?",
				     WLS_SLICE_ARG(name), nearest.best);
	return wls_error_set(err, WLS_E_USAGE, "unknown option --%.*s; --help lists all",
			     WLS_SLICE_ARG(name));
}

/* ---- values ---- */

struct spelling {
	char text[48];
};

/* "--limit", "-o": how an error names an option. */
static struct spelling spell(const struct wls_opt *opt)
{
	struct spelling spelling;

	if (opt->name)
		snprintf(spelling.text, sizeof(spelling.text), "--%s", opt->name);
	else
		snprintf(spelling.text, sizeof(spelling.text), "-%c", opt->letter);
	return spelling;
}

bool wls_opt_choice(const char *choices, size_t n, struct wls_slice *choice)
{
	for (;; n--) {
		size_t len = strcspn(choices, "|");
		*choice = wls_slice(choices, len);
		if (n == 0)
			return len > 0;
		if (choices[len] == '\0')
			return false;
		choices += len + 1;
	}
}

static int set_choice(const struct found *found, const char *value, struct wls_error *err)
{
	struct wls_slice choice;

	for (size_t i = 0; wls_opt_choice(found->opt->choices, i, &choice); i++) {
		if (wls_slice_eq(choice, wls_slice_of(value))) {
			*(int *)found->field = (int)i;
			return 0;
		}
	}
	return wls_error_set(err, WLS_E_USAGE, "%s %s: must be one of %s", spell(found->opt).text,
			     value, found->opt->choices);
}

static int set_number(const struct found *found, const char *value, struct wls_error *err)
{
	const struct wls_opt *opt = found->opt;
	uint64_t number = 0;
	const char *c = value;

	for (; wls_is_digit(*c) && number <= opt->max; c++)
		number = number * 10 + (uint64_t)(*c - '0');
	if (c == value || *c != '\0' || number < opt->min || number > opt->max)
		return wls_error_set(err, WLS_E_USAGE, "%s %s: must be a number from %u to %u",
				     spell(opt).text, value, opt->min, opt->max);
	*(uint32_t *)found->field = (uint32_t)number;
	return 0;
}

static int set_flag(const struct found *found, const char *value, struct wls_error *err)
{
	static const char *const words[] = {"0", "1", "false", "true", "no", "yes"};

	*(bool *)found->field = true;
	if (!value)
		return 0;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(words); i++) {
		if (strcmp(value, words[i]) == 0) {
			*(bool *)found->field = i % 2 == 1;
			return 0;
		}
	}
	return wls_error_set(err, WLS_E_USAGE, "%s=%s: must be 1 or 0", spell(found->opt).text,
			     value);
}

static int set_folder(const struct found *found, const char *value, struct wls_error *err)
{
	if (chdir(value) != 0)
		return wls_error_set(err, WLS_E_USAGE, "%s %s: cannot go there: %s",
				     spell(found->opt).text, value, strerror(errno));
	*(const char **)found->field = value;
	return 0;
}

static bool wants_value(const struct wls_opt *opt)
{
	return opt->type != WLS_OPT_FLAG && opt->type != WLS_OPT_COUNT && opt->type != WLS_OPT_MODE;
}

/* Alone, or with one of its choices behind '='. */
static int set_mode(const struct found *found, const char *value, struct wls_error *err)
{
	*(int *)found->field = 1;
	if (!value)
		return 0;
	int status = set_choice(found, value, err);
	if (status == 0)
		*(int *)found->field += 2;
	return status;
}

/* An option without a value of its own; `value` is what stands after '=', or NULL. */
static int set_switch(const struct found *found, const char *value, struct wls_error *err)
{
	if (found->opt->type == WLS_OPT_FLAG)
		return set_flag(found, value, err);
	if (found->opt->type == WLS_OPT_MODE)
		return set_mode(found, value, err);
	if (value)
		return wls_error_set(err, WLS_E_USAGE, "%s takes no value", spell(found->opt).text);
	++*(int *)found->field;
	return 0;
}

static int add_to_list(const struct found *found, const char *value)
{
	struct wls_opt_list *list = found->field;

	WLS_GROW(list->items, list->cap, list->count + 1);
	list->items[list->count++] = value;
	return 0;
}

static int set_value(const struct found *found, const char *value, struct wls_error *err)
{
	switch (found->opt->type) {
	case WLS_OPT_NUMBER:
		return set_number(found, value, err);
	case WLS_OPT_CHOICE:
		return set_choice(found, value, err);
	case WLS_OPT_FOLDER:
		return set_folder(found, value, err);
	case WLS_OPT_LIST:
		return add_to_list(found, value);
	default:
		*(const char **)found->field = value;
		return 0;
	}
}

/* ---- parsing ---- */

struct parser {
	const struct wls_opt_set *sets;
	size_t set_count;
	struct wls_args *args;
	size_t next; /* word to read */
	struct wls_error *err;
};

static const char *next_word(struct parser *parser)
{
	return parser->next < parser->args->count ? parser->args->words[parser->next++] : NULL;
}

static int needs_value(const struct wls_opt *opt, const char *how_many, struct wls_error *err)
{
	return wls_error_set(err, WLS_E_USAGE, "%s needs %s: %s %s", spell(opt).text, how_many,
			     spell(opt).text, opt->value);
}

/* An option with the value that stands in its own word, or else in the next ones. */
static int take_option(struct parser *parser, const struct found *found, const char *value)
{
	const struct wls_opt *opt = found->opt;
	const char *second = NULL;

	if (!wants_value(opt))
		return set_switch(found, value, parser->err);
	if (!value)
		value = next_word(parser);
	if (!value)
		return needs_value(opt, "a value", parser->err);
	int status = set_value(found, value, parser->err);
	if (status < 0 || opt->type != WLS_OPT_PAIR)
		return status;
	second = next_word(parser);
	if (!second)
		return needs_value(opt, "two values", parser->err);
	((const char **)found->field)[1] = second;
	return 0;
}

static int take_long(struct parser *parser, const char *word)
{
	size_t len = strcspn(word, "=");
	struct wls_slice name = wls_slice(word, len);
	struct found found = find_name(parser->sets, parser->set_count, name);

	if (!found.opt)
		return unknown_option(parser->sets, parser->set_count, name, parser->err);
	return take_option(parser, &found, word[len] == '=' ? word + len + 1 : NULL);
}

static int take_short(struct parser *parser, const char *letters)
{
	for (; *letters; letters++) {
		struct found found = find_letter(parser->sets, parser->set_count, *letters);
		if (!found.opt)
			return wls_error_set(parser->err, WLS_E_USAGE,
					     "unknown option -%c; --help lists all", *letters);
		bool whole = wants_value(found.opt);
		int status = take_option(parser, &found, whole && letters[1] ? letters + 1 : NULL);
		if (status < 0 || whole)
			return status;
	}
	return 0;
}

int wls_opt_parse(const struct wls_opt_set *sets, size_t set_count, struct wls_args *args,
		  bool stop_at_word, struct wls_error *err)
{
	struct parser parser = {sets, set_count, args, 0, err};
	size_t kept = 0;

	while (parser.next < args->count) {
		char *word = args->words[parser.next++];
		int status = 0;

		if (strcmp(word, "--") == 0)
			break;
		if (word[0] == '-' && word[1] == '-')
			status = take_long(&parser, word + 2);
		else if (word[0] == '-' && word[1] != '\0')
			status = take_short(&parser, word + 1);
		else
			args->words[kept++] = word;
		if (status < 0)
			return status;
		if (kept > 0 && stop_at_word)
			break;
	}
	while (parser.next < args->count)
		args->words[kept++] = args->words[parser.next++];
	args->count = kept;
	return 0;
}

/* ---- help ---- */

void wls_opt_help(const struct wls_opt *opts, size_t count, struct wls_buf *out)
{
	for (size_t i = 0; i < count; i++) {
		const struct wls_opt *opt = &opts[i];
		size_t start = out->len;

		wls_buf_add_str(out, "  ");
		if (opt->letter)
			wls_buf_printf(out, "-%c%s", opt->letter, opt->name ? ", " : "");
		if (opt->name)
			wls_buf_printf(out, "--%s", opt->name);
		if (opt->value)
			wls_buf_printf(out, " %s", opt->value);
		size_t width = wls_utf8_width(wls_slice(out->ptr + start, out->len - start));
		wls_buf_fill(out, ' ', width + 2 <= HELP_COLUMN ? HELP_COLUMN - width : 2);
		wls_buf_printf(out, "%s\n", opt->help);
	}
}
