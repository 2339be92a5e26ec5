/* SPDX-License-Identifier: MIT */
/*
 * The reader of git's configuration syntax.
 *
 *	[section]  [section "Sub \"section\""]  [section.old-style]
 *		name = value with "quoted; parts" and \t \n \b \\ \"   ; comment
 *		name = a value that \
 *	goes on
 *		flag
 *
 * One pass, a byte at a time, as git does: CR LF is read as LF, blanks around an unquoted value go,
 * those within stay as they are (git before 2.45 turned a tab into a space). What git refuses is
 * refused. There are no includes.
 *
 * Layer: io. Includes: base, buf, io/config, io/path.
 */
#include "io/config.h"
#include "io/path.h"
#include "wlsync/buf.h"

#define END (-1)

struct reader {
	struct wls_slice rest;
	uint32_t line;
	struct wls_buf key; /* "section." or "section.sub.", then the name */
	struct wls_buf value;
};

/* The next byte, or END; a CR before a LF is skipped. */
static int next(struct reader *r)
{
	if (r->rest.len >= 2 && r->rest.ptr[0] == '\r' && r->rest.ptr[1] == '\n')
		r->rest = wls_slice_from(r->rest, 1);
	if (r->rest.len == 0)
		return END;
	unsigned char c = (unsigned char)r->rest.ptr[0];
	r->rest = wls_slice_from(r->rest, 1);
	r->line += c == '\n';
	return c;
}

static bool is_blank(int c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_key_byte(int c)
{
	return c != END && (wls_is_alnum((char)c) || c == '-');
}

/* The quoted subsection, from the blank behind the section's name to ']'. */
static bool read_subsection(struct reader *r, int c)
{
	while (is_blank(c) && c != '\n')
		c = next(r);
	if (c != '"')
		return false;
	wls_buf_add_char(&r->key, '.');
	while ((c = next(r)) != '"') {
		if (c == '\\')
			c = next(r);
		if (c == '\n' || c == END)
			return false;
		wls_buf_add_char(&r->key, (char)c);
	}
	return next(r) == ']';
}

/* A section's heading, from behind '['; leaves "section." in the key. */
static bool read_section(struct reader *r)
{
	int c;
	wls_buf_clear(&r->key);
	while ((c = next(r)) != ']') {
		if (is_blank(c)) {
			if (!read_subsection(r, c))
				return false;
			break;
		}
		if (!is_key_byte(c) && c != '.')
			return false;
		wls_buf_add_char(&r->key, wls_lower((char)c));
	}
	if (r->key.len == 0)
		return false;
	wls_buf_add_char(&r->key, '.');
	return true;
}

/* What follows a backslash, or END when that is nothing known. */
static int unescape(int c)
{
	switch (c) {
	case 't':
		return '\t';
	case 'b':
		return '\b';
	case 'n':
		return '\n';
	case '\\':
	case '"':
		return c;
	default:
		return END;
	}
}

/* A value, from behind '=' through the line's end. */
static bool read_value(struct reader *r)
{
	bool quoted = false, comment = false;
	size_t solid = 0; /* length without the blanks at the end */
	int c;

	wls_buf_clear(&r->value);
	while ((c = next(r)) != '\n' && c != END) {
		bool plain = is_blank(c) && !quoted;
		comment = comment || (!quoted && (c == ';' || c == '#'));
		if (comment || (plain && r->value.len == 0))
			continue;
		solid = plain ? solid : r->value.len; /* blanks are solid once something follows */
		if (c == '"') {
			quoted = !quoted;
			continue;
		}
		if (c == '\\') {
			c = next(r);
			if (c == '\n' || c == END)
				continue;
			c = unescape(c);
			if (c == END)
				return false;
		}
		wls_buf_add_char(&r->value, (char)c);
		solid = plain ? solid : r->value.len;
	}
	wls_buf_truncate(&r->value, solid);
	return !quoted;
}

/* A name and its value; `c` is the name's first byte. */
static bool read_entry(struct reader *r, int c, bool *has_value)
{
	for (; is_key_byte(c); c = next(r))
		wls_buf_add_char(&r->key, wls_lower((char)c));
	while (c == ' ' || c == '\t')
		c = next(r);
	wls_buf_clear(&r->value);
	*has_value = c == '=';
	if (!*has_value)
		return c == '\n' || c == END;
	return read_value(r);
}

static void add_entry(struct wls_config *config, const struct reader *r, bool has_value,
		      uint32_t line)
{
	WLS_GROW(config->entries, config->cap, config->count + 1);
	config->entries[config->count++] = (struct wls_config_entry){
		.key = wls_arena_copy(&config->arena, wls_buf_slice(&r->key)),
		.value = wls_arena_copy(&config->arena, wls_buf_slice(&r->value)),
		.has_value = has_value,
		.origin = WLS_CONFIG_FILE,
		.line = line,
	};
}

/* All lines; false where it cannot be read on, with r->line near there. */
static bool read_lines(struct wls_config *config, struct reader *r)
{
	size_t section = 0;
	int c;

	while ((c = next(r)) != END) {
		if (is_blank(c))
			continue;
		uint32_t line = r->line;
		if (c == '#' || c == ';') {
			while (c != '\n' && c != END)
				c = next(r);
		} else if (c == '[') {
			if (!read_section(r))
				return r->line = line, false;
			section = r->key.len;
		} else {
			bool has_value;
			wls_buf_truncate(&r->key, section);
			if (!wls_is_alpha((char)c) || !read_entry(r, c, &has_value))
				return r->line = line, false;
			add_entry(config, r, has_value, line);
		}
	}
	return true;
}

int wls_config_parse(struct wls_config *config, struct wls_slice source, const char *file,
		     struct wls_error *err)
{
	struct reader r = {.rest = source, .line = 1, .key = WLS_BUF_INIT, .value = WLS_BUF_INIT};
	char brief[WLS_PATH_BRIEF];
	bool good = source.len == 0 || !memchr(source.ptr, '\0', source.len);

	if (!good)
		return wls_error_set(err, WLS_E_FORMAT,
				     "%s: holds NUL bytes; save it as plain text (UTF-8)",
				     wls_path_brief(file, brief));
	if (wls_slice_starts(source, WLS_SLICE("\xEF\xBB\xBF")))
		r.rest = wls_slice_from(source, 3);
	good = read_lines(config, &r);
	wls_buf_release(&r.key);
	wls_buf_release(&r.value);
	if (good)
		return 0;
	return wls_error_set(err, WLS_E_FORMAT,
			     "%s:%u: cannot read this line; write [section] or [section \"name\"], "
			     "then key = value, with quotes closed and \\ doubled",
			     wls_path_brief(file, brief), r.line);
}
