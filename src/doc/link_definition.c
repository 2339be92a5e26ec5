/* SPDX-License-Identifier: MIT */
/*
 * Link reference definitions: CommonMark 0.29, section 4.7.
 *
 * Layer: doc. Includes: base.
 *
 * A paragraph may begin with definitions, which are no part of its text. Blocks need to know
 * it in one case: an underline makes a heading only of what is left. So nothing is
 * kept of a definition but its length.
 */
#include "doc/block_start.h"

enum { LABEL_MAX = 1000 };

struct scanner {
	struct wls_slice text;
	size_t at;
};

static char peek(const struct scanner *s)
{
	return s->at < s->text.len ? s->text.ptr[s->at] : '\0';
}

static bool at_end(const struct scanner *s)
{
	return s->at >= s->text.len;
}

static bool is_punctuation(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
	       (c >= '{' && c <= '~');
}

/* Over a backslash and what it escapes; false, and nothing moved, elsewhere. */
static bool skip_escape(struct scanner *s)
{
	if (peek(s) != '\\' || s->at + 1 >= s->text.len || !is_punctuation(s->text.ptr[s->at + 1]))
		return false;
	s->at += 2;
	return true;
}

static void skip_blanks(struct scanner *s)
{
	while (wls_is_space_or_tab(peek(s)))
		s->at++;
}

static bool skip_line_end(struct scanner *s)
{
	if (peek(s) == '\n')
		s->at++;
	else if (!at_end(s))
		return false;
	return true;
}

static void skip_blanks_and_one_line_end(struct scanner *s)
{
	skip_blanks(s);
	if (peek(s) == '\n') {
		s->at++;
		skip_blanks(s);
	}
}

static bool skip_label(struct scanner *s)
{
	bool any = false;
	size_t begin = ++s->at; /* over the bracket that the caller saw */
	while (!at_end(s) && peek(s) != ']') {
		if (peek(s) == '[' || s->at - begin >= LABEL_MAX)
			return false;
		any |= !wls_is_space_or_tab(peek(s)) && peek(s) != '\n';
		if (!skip_escape(s))
			s->at++;
	}
	if (at_end(s) || !any)
		return false;
	s->at++;
	return true;
}

static bool skip_bracketed_destination(struct scanner *s)
{
	s->at++;
	while (!at_end(s) && peek(s) != '>') {
		if (peek(s) == '\n' || peek(s) == '<')
			return false;
		if (!skip_escape(s))
			s->at++;
	}
	if (at_end(s))
		return false;
	s->at++;
	return true;
}

static bool skip_destination(struct scanner *s)
{
	if (peek(s) == '<')
		return skip_bracketed_destination(s);
	size_t begin = s->at, open = 0;
	while (!at_end(s)) {
		char c = peek(s);
		if (skip_escape(s))
			continue;
		if (c == '(') {
			if (++open > 32)
				return false;
		} else if (c == ')') {
			if (open == 0)
				break;
			open--;
		} else if ((unsigned char)c <= ' ' || c == 0x7F) {
			break;
		}
		s->at++;
	}
	return s->at > begin && open == 0;
}

/* A title from its quote to the closing one; nothing moved when there is none. */
static bool skip_title(struct scanner *s)
{
	size_t begin = s->at;
	char open = peek(s);
	if (open != '"' && open != '\'' && open != '(')
		return false;
	char close = open == '(' ? ')' : open;
	s->at++;
	while (!at_end(s) && peek(s) != close) {
		if (open == '(' && peek(s) == '(')
			break;
		if (!skip_escape(s))
			s->at++;
	}
	if (at_end(s) || peek(s) != close) {
		s->at = begin;
		return false;
	}
	s->at++;
	return true;
}

/* One definition with its line ending. */
static bool skip_definition(struct scanner *s)
{
	if (peek(s) != '[' || !skip_label(s) || peek(s) != ':')
		return false;
	s->at++;
	skip_blanks_and_one_line_end(s);
	if (!skip_destination(s))
		return false;
	size_t before_title = s->at;
	skip_blanks_and_one_line_end(s);
	bool title = s->at > before_title && skip_title(s);
	if (title) {
		skip_blanks(s);
		if (skip_line_end(s))
			return true;
	}
	s->at = before_title;
	skip_blanks(s);
	return skip_line_end(s);
}

size_t wls_skip_link_definitions(struct wls_slice text)
{
	struct scanner s = {text, 0};
	size_t end = 0;
	while (!at_end(&s) && skip_definition(&s))
		end = s.at;
	return end;
}

bool wls_may_be_link_definition(struct wls_slice line)
{
	if (line.len == 0 || line.ptr[0] != '[')
		return false;
	const char *end = memchr(line.ptr, ']', line.len);
	if (!end || end[-1] == '\\')
		return true;
	return end + 1 < line.ptr + line.len && end[1] == ':';
}
