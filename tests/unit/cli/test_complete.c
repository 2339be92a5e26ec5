/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdio.h>

#include "cli/complete.h"

static const struct {
	const char *shell;
	void (*write)(struct wls_buf *out);
	const char *option; /* how it writes one */
} shells[] = {
	{"bash", wls_complete_bash, "--%s"},
	{"zsh", wls_complete_zsh, "--%s"},
	{"fish", wls_complete_fish, "-l %s "},
};

static void has_options(const char *shell, const char *script, const char *format,
			const struct wls_opt *opts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct wls_buf want = WLS_BUF_INIT;
		struct wls_slice choice;

		if (!opts[i].name)
			continue;
		const char *place = strstr(format, "%s");
		wls_buf_printf(&want, "%.*s%s%s", (int)(place - format), format, opts[i].name,
			       place + 2);
		cr_expect_not_null(strstr(script, wls_buf_str(&want)), "%s: %s", shell,
				   wls_buf_str(&want));
		for (size_t c = 0; opts[i].choices && wls_opt_choice(opts[i].choices, c, &choice);
		     c++)
			cr_expect_neq(wls_slice_find(wls_slice_of(script), choice), SIZE_MAX,
				      "%s: %.*s", shell, WLS_SLICE_ARG(choice));
		wls_buf_release(&want);
	}
}

Test(complete, scripts_know_every_option)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(shells); i++) {
		struct wls_buf script = WLS_BUF_INIT;
		shells[i].write(&script);
		has_options(shells[i].shell, wls_buf_str(&script), shells[i].option,
			    wls_global_opts, wls_global_opt_count);
		for (size_t c = 0; c < wls_command_count; c++) {
			cr_expect_not_null(strstr(wls_buf_str(&script), wls_commands[c]->name));
			has_options(shells[i].shell, wls_buf_str(&script), shells[i].option,
				    wls_commands[c]->opts, wls_commands[c]->opt_count);
		}
		wls_buf_release(&script);
	}
}

/* ---- man pages ---- */

static char *page_of(const char *name)
{
	const char *source = getenv("SRC");
	struct wls_buf path = WLS_BUF_INIT, text = WLS_BUF_INIT;
	char chunk[4096];
	size_t n;

	cr_assert_not_null(source, "SRC must name the source tree");
	wls_buf_printf(&path, "%s/docs/man/%s", source, name);
	FILE *file = fopen(wls_buf_str(&path), "rb");
	cr_assert_not_null(file, "%s", wls_buf_str(&path));
	while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0)
		wls_buf_add(&text, chunk, n);
	fclose(file);
	wls_buf_release(&path);
	return wls_buf_take(&text);
}

static void has_items(const char *page, const char *text, const struct wls_opt *opts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct wls_buf want = WLS_BUF_INIT;

		if (opts[i].name)
			wls_buf_printf(&want, "Fl -%s", opts[i].name);
		else
			wls_buf_printf(&want, "Fl %c", opts[i].letter);
		cr_expect_not_null(strstr(text, wls_buf_str(&want)), "%s lacks %s", page,
				   wls_buf_str(&want));
		wls_buf_release(&want);
	}
}

Test(complete, man_pages_know_every_option)
{
	static const char *const without_page[] = {"help", "version"};
	char *text = page_of("wlsync.1");

	has_items("wlsync.1", text, wls_global_opts, wls_global_opt_count);
	for (size_t c = 0; c < wls_command_count; c++)
		cr_expect_not_null(strstr(text, wls_commands[c]->name), "wlsync.1 lacks %s",
				   wls_commands[c]->name);
	free(text);
	for (size_t c = 0; c < wls_command_count; c++) {
		const struct wls_command *command = wls_commands[c];
		char page[64];
		if (strcmp(command->name, without_page[0]) == 0 ||
		    strcmp(command->name, without_page[1]) == 0)
			continue;
		snprintf(page, sizeof(page), "wlsync-%s.1", command->name);
		text = page_of(page);
		has_items(page, text, command->opts, command->opt_count);
		free(text);
	}
}
