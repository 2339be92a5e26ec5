/* SPDX-License-Identifier: MIT */
/*
 * Texts of GitHub's answers that have a form: refusals, and the lease in a label's description.
 *
 * Layer: tracker. Includes: base, buf, tracker/answer, tracker/github.
 */
#include "tracker/github.h"

/* Most errors of a refusal that are shown, and most bytes of one word in them. */
#define ERRORS_SHOWN 5
#define WORD_MAX 120

static struct wls_slice word(json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	return wls_slice(json_string_value(value), json_string_length(value));
}

/* One element: a text, or an object with field, and message or code. */
static void add_error(json_t *error, struct wls_buf *out)
{
	struct wls_slice field = word(error, "field"), text = word(error, "message");

	if (json_is_string(error))
		text = wls_slice(json_string_value(error), json_string_length(error));
	else if (text.len == 0)
		text = word(error, "code");
	if (field.len > 0) {
		wls_answer_add_visible(field, WORD_MAX, out);
		wls_buf_add_str(out, text.len > 0 ? ": " : "");
	}
	wls_answer_add_visible(text, WORD_MAX, out);
}

void wls_github_decode_errors(json_t *json, struct wls_buf *out, bool *exists, bool *any)
{
	json_t *list = json_object_get(json, "errors");
	size_t count = json_is_array(list) ? json_array_size(list) : 0;

	*exists = false;
	*any = count > 0;
	for (size_t i = 0; i < count; i++) {
		json_t *error = json_array_get(list, i);
		if (wls_slice_eq(word(error, "code"), WLS_SLICE("already_exists")))
			*exists = true;
		if (i >= ERRORS_SHOWN)
			continue;
		wls_buf_add_str(out, i > 0 ? "; " : "");
		add_error(error, out);
	}
}

/* ---- the lease ---- */

/* Digits of `width` at `at`, or -1. */
static int64_t digits(struct wls_slice s, size_t at, size_t width)
{
	int64_t n = 0;

	for (size_t i = at; i < at + width; i++) {
		if (!wls_is_digit(s.ptr[i]))
			return -1;
		n = n * 10 + (s.ptr[i] - '0');
	}
	return n;
}

/* Days since 1970-01-01, of the proleptic Gregorian calendar; March begins the year. */
static int64_t days_since_1970(int64_t year, int64_t month, int64_t day)
{
	int64_t y = year - (month <= 2);
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return 365 * y + y / 4 - y / 100 + y / 400 + of_year - 719468;
}

static int64_t month_days(int64_t year, int64_t month)
{
	static const int64_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

/* "2026-11-22T19:50:00Z" as seconds since 1970; 0 when it is none. */
static int64_t seconds_of(struct wls_slice s)
{
	static const char form[] = "0000-00-00T00:00:00Z";

	if (s.len != sizeof(form) - 1)
		return 0;
	for (size_t i = 0; i < s.len; i++)
		if (form[i] != '0' && s.ptr[i] != form[i])
			return 0;
	int64_t year = digits(s, 0, 4), month = digits(s, 5, 2), day = digits(s, 8, 2);
	int64_t hour = digits(s, 11, 2), minute = digits(s, 14, 2), second = digits(s, 17, 2);
	if (year < 1970 || month < 1 || month > 12 || day < 1 || day > month_days(year, month) ||
	    hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
		return 0;
	return days_since_1970(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
}

void wls_github_lease_parse(struct wls_slice text, struct wls_lease *out)
{
	static const char word[] = " expires ";
	size_t len = sizeof(word) - 1, at = SIZE_MAX;

	for (size_t i = 0; i + len <= text.len; i++)
		if (memcmp(text.ptr + i, word, len) == 0)
			at = i;
	*out = (struct wls_lease){.found = true, .holder = text};
	if (at == SIZE_MAX)
		return;
	out->expires = seconds_of(wls_slice_from(text, at + len));
	if (out->expires > 0)
		out->holder.len = at;
}
