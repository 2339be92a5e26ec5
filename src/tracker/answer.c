/* SPDX-License-Identifier: MIT */
/*
 * Fields of JSON objects, and a server's words made fit to be shown.
 *
 * Layer: tracker. Includes: base, utf8, tracker/answer.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "tracker/answer.h"

static const char *kind_of(const json_t *value)
{
	if (!value)
		return "missing";
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return "an object";
	case JSON_ARRAY:
		return "a list";
	case JSON_STRING:
		return json_string_length(value) > 0 ? "another text" : "an empty text";
	case JSON_INTEGER:
		return "a number";
	case JSON_REAL:
		return "a fraction or a number that is too large";
	case JSON_NULL:
		return "null";
	default:
		return "true or false";
	}
}

void wls_answer_wrong(struct wls_answer_reader *reader, const char *name, json_t *value,
		      const char *expected)
{
	char object[64], what[96];

	if (reader->status != 0)
		return;
	if (reader->number > 0)
		(void)snprintf(object, sizeof(object), "%s %" PRId64, reader->object,
			       reader->number);
	else
		(void)snprintf(object, sizeof(object), "%s", reader->object);
	if (json_is_integer(value))
		(void)snprintf(what, sizeof(what), "the number %" JSON_INTEGER_FORMAT,
			       json_integer_value(value));
	else
		(void)snprintf(what, sizeof(what), "%s", kind_of(value));
	reader->status = wls_error_set(
		reader->err, WLS_E_ANSWER,
		"%s: unexpected answer: %s%s%s is %s, expected %s; nothing was taken from it; see "
		"it with -vv",
		reader->origin->request, object, name ? ": " : "", name ? name : "", what,
		expected);
}

bool wls_answer_is_object(struct wls_answer_reader *reader, json_t *json)
{
	if (!json_is_object(json))
		wls_answer_wrong(reader, NULL, json, "an object");
	return json_is_object(json);
}

/* The value, or NULL when there is none; that may be an error. */
static json_t *value_of(struct wls_answer_reader *reader, json_t *object, const char *name,
			unsigned need, const char *expected)
{
	const char *dot = strrchr(name, '.');
	json_t *value = json_object_get(object, dot ? dot + 1 : name);

	if (!value && !(need & WLS_ANSWER_OR_MISSING))
		wls_answer_wrong(reader, name, value, expected);
	if (json_is_null(value) && !(need & WLS_ANSWER_OR_NULL))
		wls_answer_wrong(reader, name, value, expected);
	return json_is_null(value) ? NULL : value;
}

struct wls_slice wls_answer_text(struct wls_answer_reader *reader, json_t *object, const char *name,
				 unsigned need)
{
	json_t *value = value_of(reader, object, name, need, "text");

	if (value && !json_is_string(value))
		wls_answer_wrong(reader, name, value, "text");
	if (!json_is_string(value))
		return (struct wls_slice){0};
	return wls_slice(json_string_value(value), json_string_length(value));
}

bool wls_answer_bool(struct wls_answer_reader *reader, json_t *object, const char *name,
		     unsigned need)
{
	json_t *value = value_of(reader, object, name, need, "true or false");

	if (value && !json_is_boolean(value))
		wls_answer_wrong(reader, name, value, "true or false");
	return json_is_true(value);
}

json_t *wls_answer_object(struct wls_answer_reader *reader, json_t *object, const char *name,
			  unsigned need)
{
	json_t *value = value_of(reader, object, name, need, "an object");

	if (value && !json_is_object(value))
		wls_answer_wrong(reader, name, value, "an object");
	return json_is_object(value) ? value : NULL;
}

json_t *wls_answer_list(struct wls_answer_reader *reader, json_t *object, const char *name)
{
	json_t *value = value_of(reader, object, name, WLS_ANSWER_NEEDED, "a list");

	if (value && !json_is_array(value))
		wls_answer_wrong(reader, name, value, "a list");
	return json_is_array(value) ? value : NULL;
}

/* From `min` to `max`; -1 when it is neither there nor needed. */
static int64_t number(struct wls_answer_reader *reader, json_t *object, const char *name,
		      unsigned need, const int64_t range[2])
{
	char expected[64];
	(void)snprintf(expected, sizeof(expected), "a number from %" PRId64 " to %" PRId64,
		       range[0], range[1]);
	json_t *value = value_of(reader, object, name, need, expected);

	if (!value)
		return -1;
	int64_t n = json_integer_value(value);
	if (!json_is_integer(value) || n < range[0] || n > range[1])
		wls_answer_wrong(reader, name, value, expected);
	return n;
}

int64_t wls_answer_id(struct wls_answer_reader *reader, json_t *object, const char *name,
		      int64_t max)
{
	return number(reader, object, name, WLS_ANSWER_NEEDED, (const int64_t[2]){1, max});
}

int64_t wls_answer_count(struct wls_answer_reader *reader, json_t *object, const char *name)
{
	return number(reader, object, name, WLS_ANSWER_OR_MISSING,
		      (const int64_t[2]){0, WLS_ANSWER_NUMBER_MAX});
}

/* What moves, hides or reorders text on a terminal. */
static bool is_hostile(int32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x200E || cp == 0x200F ||
	       (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

void wls_answer_add_visible(struct wls_slice text, size_t max, struct wls_buf *out)
{
	size_t begin = out->len;

	for (size_t i = 0; i < text.len;) {
		int32_t cp;
		bool valid;
		size_t len = wls_utf8_decode(wls_slice_from(text, i), &cp, &valid);
		if (out->len - begin + len > max) {
			wls_buf_add_str(out, "…");
			break;
		}
		if (!valid || is_hostile(cp))
			wls_buf_add_char(out, cp == '\n' || cp == '\t' ? ' ' : '?');
		else
			wls_buf_add(out, text.ptr + i, len);
		i += len;
	}
}
