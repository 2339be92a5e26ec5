/* SPDX-License-Identifier: MIT */
/*
 * HTML blocks: CommonMark 0.29, section 4.6, kinds 1 to 7.
 *
 * Layer: doc. Includes: base.
 */
#include "doc/block_start.h"

/* Kind 6, sorted for the binary search. */
static const char *const block_tags[] = {
	"address", "article",  "aside",   "base",     "basefont", "blockquote", "body",
	"caption", "center",   "col",     "colgroup", "dd",       "details",    "dialog",
	"dir",     "div",      "dl",      "dt",       "fieldset", "figcaption", "figure",
	"footer",  "form",     "frame",   "frameset", "h1",       "h2",         "h3",
	"h4",      "h5",       "h6",      "head",     "header",   "hr",         "html",
	"iframe",  "legend",   "li",      "link",     "main",     "menu",       "menuitem",
	"nav",     "noframes", "ol",      "optgroup", "option",   "p",          "param",
	"section", "source",   "summary", "table",    "tbody",    "td",         "tfoot",
	"th",      "thead",    "title",   "tr",       "track",    "ul",
};

static const char *const verbatim_tags[] = {"script", "pre", "style"};

static bool is_html_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_named(struct wls_slice name, const char *lower)
{
	return wls_slice_eq_nocase(name, wls_slice_of(lower));
}

static bool is_block_tag(struct wls_slice name)
{
	size_t low = 0, high = WLS_ARRAY_SIZE(block_tags);
	char folded[16];
	if (name.len == 0 || name.len >= sizeof(folded))
		return false;
	for (size_t i = 0; i < name.len; i++)
		folded[i] = wls_lower(name.ptr[i]);
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = wls_slice_cmp(wls_slice(folded, name.len),
					  wls_slice_of(block_tags[middle]));
		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

/* The letters and digits from `i` on. */
static struct wls_slice name_at(struct wls_slice line, size_t i)
{
	size_t end = i;
	while (end < line.len && wls_is_alnum(line.ptr[end]))
		end++;
	return wls_slice(line.ptr + i, end - i);
}

static bool is_verbatim_tag(struct wls_slice line)
{
	struct wls_slice name = name_at(line, 1);
	size_t end = 1 + name.len;
	if (end < line.len && line.ptr[end] != '>' && !is_html_space(line.ptr[end]))
		return false;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(verbatim_tags); i++)
		if (is_named(name, verbatim_tags[i]))
			return true;
	return false;
}

static bool is_block_tag_line(struct wls_slice line)
{
	size_t i = line.len > 1 && line.ptr[1] == '/' ? 2 : 1;
	struct wls_slice name = name_at(line, i);
	if (!is_block_tag(name))
		return false;
	i += name.len;
	if (i == line.len || is_html_space(line.ptr[i]) || line.ptr[i] == '>')
		return true;
	return line.ptr[i] == '/' && i + 1 < line.len && line.ptr[i + 1] == '>';
}

static size_t skip_space(struct wls_slice line, size_t i)
{
	while (i < line.len && is_html_space(line.ptr[i]))
		i++;
	return i;
}

static bool is_attribute_name_char(char c, bool first)
{
	if (wls_is_alpha(c) || c == '_' || c == ':')
		return true;
	return !first && (wls_is_digit(c) || c == '.' || c == '-');
}

/* An attribute's value from `i` on, after `=` and blanks; 0 when there is none. */
static size_t skip_attribute_value(struct wls_slice line, size_t i)
{
	if (i == line.len)
		return 0;
	char quote = line.ptr[i];
	if (quote == '"' || quote == '\'') {
		const char *end = memchr(line.ptr + i + 1, quote, line.len - i - 1);
		return end ? (size_t)(end - line.ptr) + 1 : 0;
	}
	size_t begin = i;
	while (i < line.len && !is_html_space(line.ptr[i]) && !strchr("\"'=<>`", line.ptr[i]))
		i++;
	return i > begin ? i : 0;
}

/* One attribute with the blanks before it; `i` itself when there is none. */
static size_t skip_attribute(struct wls_slice line, size_t i)
{
	size_t name = skip_space(line, i);
	if (name == i || name == line.len || !is_attribute_name_char(line.ptr[name], true))
		return i;
	size_t end = name + 1;
	while (end < line.len && is_attribute_name_char(line.ptr[end], false))
		end++;
	size_t equals = skip_space(line, end);
	if (equals == line.len || line.ptr[equals] != '=')
		return end;
	size_t value = skip_attribute_value(line, skip_space(line, equals + 1));
	return value > 0 ? value : end;
}

/* Kind 7: one complete open or closing tag, alone on its line. */
static bool is_tag_line(struct wls_slice line)
{
	bool closing = line.len > 1 && line.ptr[1] == '/';
	size_t i = closing ? 2 : 1;
	if (i >= line.len || !wls_is_alpha(line.ptr[i]))
		return false;
	while (i < line.len && (wls_is_alnum(line.ptr[i]) || line.ptr[i] == '-'))
		i++;
	if (!closing) {
		size_t before;
		do {
			before = i;
			i = skip_attribute(line, i);
		} while (i > before);
	}
	i = skip_space(line, i);
	if (!closing && i < line.len && line.ptr[i] == '/')
		i++;
	if (i == line.len || line.ptr[i] != '>')
		return false;
	return skip_space(line, i + 1) == line.len;
}

unsigned wls_start_html(struct wls_slice line, bool in_paragraph)
{
	if (line.len == 0 || line.ptr[0] != '<')
		return 0;
	if (is_verbatim_tag(line))
		return 1;
	if (wls_slice_starts(line, WLS_SLICE("<!--")))
		return 2;
	if (wls_slice_starts(line, WLS_SLICE("<?")))
		return 3;
	if (line.len > 2 && line.ptr[1] == '!' && line.ptr[2] >= 'A' && line.ptr[2] <= 'Z')
		return 4;
	if (wls_slice_starts(line, WLS_SLICE("<![CDATA[")))
		return 5;
	if (is_block_tag_line(line))
		return 6;
	return !in_paragraph && is_tag_line(line) ? 7 : 0;
}

/* </script>, </pre> or </style> anywhere, in any case. */
static bool ends_verbatim(struct wls_slice line)
{
	for (size_t i = 0; i + 1 < line.len; i++) {
		if (line.ptr[i] != '<' || line.ptr[i + 1] != '/')
			continue;
		struct wls_slice name = name_at(line, i + 2);
		size_t end = i + 2 + name.len;
		if (end == line.len || line.ptr[end] != '>')
			continue;
		for (size_t t = 0; t < WLS_ARRAY_SIZE(verbatim_tags); t++)
			if (is_named(name, verbatim_tags[t]))
				return true;
	}
	return false;
}

bool wls_end_html(struct wls_slice line, unsigned kind)
{
	static const char *const ends[] = {[2] = "-->", [3] = "?>", [4] = ">", [5] = "]]>"};
	if (kind == 1)
		return ends_verbatim(line);
	if (kind < 2 || kind > 5)
		return false;
	return wls_slice_find(line, wls_slice_of(ends[kind])) != SIZE_MAX;
}
