/* SPDX-License-Identifier: MIT */
/*
 * Words: statuses (rule 6), markers and their mojibake (rule 7), empty values (rule 10), keys,
 * figures.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "doc/doc_internal.h"
#include "doc_support.h"

Test(words, statuses)
{
	static const struct {
		const char *text;
		enum wls_work_status status;
	} cases[] = {
		{"", WLS_STATUS_NONE},
		{"  ", WLS_STATUS_NONE},
		{"in_progress", WLS_STATUS_IN_PROGRESS},
		{"In Progress", WLS_STATUS_IN_PROGRESS},
		{"IN-PROGRESS", WLS_STATUS_IN_PROGRESS},
		{"in_progress (applying feedback)", WLS_STATUS_IN_PROGRESS},
		{"in_progress; see below", WLS_STATUS_IN_PROGRESS},
		{"in_progress \xE2\x80\x94 waiting", WLS_STATUS_IN_PROGRESS},
		{"in_progress - waiting", WLS_STATUS_IN_PROGRESS},
		{"in_progress \xF0\x9F\x94\x84", WLS_STATUS_IN_PROGRESS},
		{"\xF0\x9F\x94\x84 completed", WLS_STATUS_COMPLETED},
		{"`in_progress`", WLS_STATUS_IN_PROGRESS},
		{"**blocked**", WLS_STATUS_BLOCKED},
		{"wip", WLS_STATUS_IN_PROGRESS},
		{"Partial", WLS_STATUS_IN_PROGRESS},
		{"started", WLS_STATUS_IN_PROGRESS},
		{"blocked", WLS_STATUS_BLOCKED},
		{"needs review", WLS_STATUS_NEEDS_REVIEW},
		{"needs_review", WLS_STATUS_NEEDS_REVIEW},
		{"done", WLS_STATUS_COMPLETED},
		{"Complete.", WLS_STATUS_COMPLETED},
		{"shipped \xE2\x9C\x85\xF0\x9F\x8E\x89", WLS_STATUS_COMPLETED},
		{"Completed!", WLS_STATUS_COMPLETED},
		{"done, but for the docs", WLS_STATUS_COMPLETED},
		{"in_progress <!-- or completed -->", WLS_STATUS_IN_PROGRESS},
		{"parked", WLS_STATUS_UNKNOWN},
		{"almost done", WLS_STATUS_UNKNOWN},
		{"not started", WLS_STATUS_UNKNOWN},
		{"in_progress | completed | blocked", WLS_STATUS_UNKNOWN},
		{"blocked/in_progress", WLS_STATUS_UNKNOWN},
		{"inprogressive", WLS_STATUS_UNKNOWN},
		{"\xE2\x9C\x85", WLS_STATUS_NONE},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		cr_expect_eq(wls_work_status_parse(wls_slice_of(cases[i].text)), cases[i].status,
			     "%s", cases[i].text);
}

Test(words, empty_values)
{
	static const struct {
		const char *text;
		bool empty;
	} cases[] = {
		{"None", true},
		{"none", true},
		{"N/A", true},
		{"Nothing", true},
		{"-", true},
		{"\xE2\x80\x94", true},
		{"None.", true},
		{"None!", false},
		{"(none)", true},
		{"*None*", true},
		{"None - all resolved", true},
		{"None \xE2\x80\x94 all resolved", true},
		{"None\xE2\x80\x94"
		 "all",
		 true},
		{"None: all", true},
		{"None; x", true},
		{"None, x", true},
		{"None (x)", true},
		{"Nothing, for now", true},
		{"None \xE2\x9C\x85", true},
		{"\xE2\x9C\x85 None", true},
		{"Nothing works without the keys", false},
		{"None-blocking issue", false},
		{"nonesuch", false},
		{"none.c is broken", false},
		{"None yet", false},
		{"TBD", false},
		{"", false},
		{"- item", false},
		{"N/Ax", false},
		{"No", false},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		cr_expect_eq(wls_value_is_empty(wls_slice_of(cases[i].text)), cases[i].empty, "%s",
			     cases[i].text);
	cr_expect(wls_value_is_unknown(WLS_SLICE("TBD.")));
	cr_expect_not(wls_value_is_unknown(WLS_SLICE("TBD by Ann")));
}

Test(words, resolved)
{
	static const struct {
		const char *text;
		bool resolved;
	} cases[] = {
		{"resolved", true},
		{"All resolved \xE2\x9C\x85", true},
		{"RESOLVED: keys", true},
		{"Done - keys", true},
		{"keys (resolved)", true},
		{"keys (resolved, v6)", true},
		{"keys \xE2\x80\x94 resolved", true},
		{"keys - fixed", true},
		{"[RESOLVED] keys", true},
		{"keys [done]", true},
		{"keys \xE2\x86\x92 resolved", true},
		{"keys -> fixed", true},
		{"keys: done", true},
		{"RESOLVED keys came", true},
		{"keys: not done", false},
		{"keys::done", false},
		{"RESOLVEDness", false},
		{"resolved keys are missing", false},
		{"keys (not resolved)", false},
		{"keys unresolved", false},
		{"Done-button is missing", false},
		{"keys", false},
		{"", false},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		cr_expect_eq(wls_value_is_resolved(wls_slice_of(cases[i].text)), cases[i].resolved,
			     "%s", cases[i].text);
}

/* ---- markers ---- */

/* What the bytes 0x80 to 0xFF are in Mac Roman and Windows-1252 (C1 controls where undefined). */
static const unsigned short mac_roman[128] = {
	0x00C4, 0x00C5, 0x00C7, 0x00C9, 0x00D1, 0x00D6, 0x00DC, 0x00E1, 0x00E0, 0x00E2, 0x00E4,
	0x00E3, 0x00E5, 0x00E7, 0x00E9, 0x00E8, 0x00EA, 0x00EB, 0x00ED, 0x00EC, 0x00EE, 0x00EF,
	0x00F1, 0x00F3, 0x00F2, 0x00F4, 0x00F6, 0x00F5, 0x00FA, 0x00F9, 0x00FB, 0x00FC, 0x2020,
	0x00B0, 0x00A2, 0x00A3, 0x00A7, 0x2022, 0x00B6, 0x00DF, 0x00AE, 0x00A9, 0x2122, 0x00B4,
	0x00A8, 0x2260, 0x00C6, 0x00D8, 0x221E, 0x00B1, 0x2264, 0x2265, 0x00A5, 0x00B5, 0x2202,
	0x2211, 0x220F, 0x03C0, 0x222B, 0x00AA, 0x00BA, 0x03A9, 0x00E6, 0x00F8, 0x00BF, 0x00A1,
	0x00AC, 0x221A, 0x0192, 0x2248, 0x2206, 0x00AB, 0x00BB, 0x2026, 0x00A0, 0x00C0, 0x00C3,
	0x00D5, 0x0152, 0x0153, 0x2013, 0x2014, 0x201C, 0x201D, 0x2018, 0x2019, 0x00F7, 0x25CA,
	0x00FF, 0x0178, 0x2044, 0x20AC, 0x2039, 0x203A, 0xFB01, 0xFB02, 0x2021, 0x00B7, 0x201A,
	0x201E, 0x2030, 0x00C2, 0x00CA, 0x00C1, 0x00CB, 0x00C8, 0x00CD, 0x00CE, 0x00CF, 0x00CC,
	0x00D3, 0x00D4, 0xF8FF, 0x00D2, 0x00DA, 0x00DB, 0x00D9, 0x0131, 0x02C6, 0x02DC, 0x00AF,
	0x02D8, 0x02D9, 0x02DA, 0x00B8, 0x02DD, 0x02DB, 0x02C7,
};
static const unsigned short windows_1252[32] = {
	0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

static unsigned decode_byte(int encoding, unsigned char byte)
{
	if (encoding == 0)
		return mac_roman[byte - 0x80];
	return encoding == 1 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
}

static void add_utf8(struct wls_buf *out, unsigned cp)
{
	if (cp < 0x800) {
		wls_buf_add_char(out, (char)(0xC0 | cp >> 6));
	} else {
		wls_buf_add_char(out, (char)(0xE0 | cp >> 12));
		wls_buf_add_char(out, (char)(0x80 | (cp >> 6 & 0x3F)));
	}
	wls_buf_add_char(out, (char)(0x80 | (cp & 0x3F)));
}

static void mangle(int encoding, struct wls_slice marker, struct wls_buf *out)
{
	wls_buf_clear(out);
	for (size_t i = 0; i < marker.len; i++)
		add_utf8(out, decode_byte(encoding, (unsigned char)marker.ptr[i]));
}

static void expect_marker(struct wls_slice text, enum wls_mark mark, bool mojibake)
{
	size_t len;
	bool is_mojibake = false;
	cr_expect_eq(wls_mark_at(text, &len, &is_mojibake), mark, "%.*s", WLS_SLICE_ARG(text));
	cr_expect_eq(len, text.len, "%.*s", WLS_SLICE_ARG(text));
	cr_expect_eq(is_mojibake, mojibake, "%.*s", WLS_SLICE_ARG(text));
	cr_expect_eq(wls_mark_at_end(text, &len), mark, "%.*s", WLS_SLICE_ARG(text));
	cr_expect_eq(len, text.len, "%.*s", WLS_SLICE_ARG(text));
	cr_expect_eq(wls_mark_last(text), mark);
	cr_expect_eq(wls_mojibake_find(text), mojibake ? 0 : SIZE_MAX, "%.*s", WLS_SLICE_ARG(text));
}

Test(words, markers_in_every_encoding)
{
	static const struct {
		const char *bytes;
		enum wls_mark mark;
	} markers[] = {
		{"\xE2\x9C\x85", WLS_MARK_DONE},       {"\xE2\x98\x91", WLS_MARK_DONE},
		{"\xE2\x9C\x94", WLS_MARK_DONE},       {"\xF0\x9F\x9F\xA2", WLS_MARK_DONE},
		{"\xF0\x9F\x94\x84", WLS_MARK_ACTIVE}, {"\xF0\x9F\x9A\xA7", WLS_MARK_ACTIVE},
		{"\xF0\x9F\x9F\xA1", WLS_MARK_ACTIVE}, {"\xE2\x8F\xB3", WLS_MARK_PENDING},
		{"\xE2\x8F\xB8", WLS_MARK_PENDING},    {"\xE2\x9D\x8C", WLS_MARK_FAILED},
		{"\xF0\x9F\x94\xB4", WLS_MARK_FAILED}, {"\xE2\x9A\xA0", WLS_MARK_ATTENTION},
	};
	struct wls_buf plain, mangled;
	wls_buf_init(&plain, 64);
	wls_buf_init(&mangled, 64);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(markers); i++)
		for (int selector = 0; selector < 2; selector++) {
			wls_buf_clear(&plain);
			wls_buf_add_str(&plain, markers[i].bytes);
			wls_buf_add_str(&plain, selector ? "\xEF\xB8\x8F" : "");
			expect_marker(wls_buf_slice(&plain), markers[i].mark, false);
			for (int encoding = 0; encoding < 3; encoding++) {
				mangle(encoding, wls_buf_slice(&plain), &mangled);
				expect_marker(wls_buf_slice(&mangled), markers[i].mark, true);
			}
		}
	wls_buf_release(&plain);
	wls_buf_release(&mangled);
}

Test(words, what_is_no_marker)
{
	static const char *const texts[] = {
		"",         "a",        "\xE2\x86\x92", "\xF0\x9F\x8E\x89",
		"\xC3\xA4", "\xE2\x9C", "\xE2\x80\x9A", "\xC3",
		"\xFF"};
	size_t len;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(texts); i++) {
		cr_expect_eq(wls_mark_at(wls_slice_of(texts[i]), &len, NULL), WLS_MARK_NONE);
		cr_expect_eq(len, 0);
		cr_expect_eq(wls_mojibake_find(wls_slice_of(texts[i])), SIZE_MAX);
	}
	cr_expect_eq(wls_mark_last(WLS_SLICE("a \xE2\x9C\x85 b \xE2\x8F\xB3 c")), WLS_MARK_PENDING);
}

/* ---- keys ---- */

Test(words, key_table)
{
	struct wls_slice before = {0};
	enum wls_key key;
	for (size_t i = 0; i < wls_key_spelling_count(); i++) {
		struct wls_slice spelling = wls_key_spelling(i, &key);
		cr_expect_lt(wls_slice_cmp(before, spelling), 0, "%.*s is out of order",
			     WLS_SLICE_ARG(spelling));
		cr_expect_eq(wls_key_find(spelling), key, "%.*s", WLS_SLICE_ARG(spelling));
		before = spelling;
	}
	/* The canonical names are spellings, but for what no word names. */
	for (key = WLS_KEY_PREV; key < WLS_KEY_OTHER; key++)
		if (key != WLS_KEY_PHASE)
			cr_expect_eq(wls_key_find(wls_slice_of(wls_key_name(key))), key, "%s",
				     wls_key_name(key));
}

/* ---- figures ---- */

Test(words, progress)
{
	static const struct {
		const char *text;
		int percent, from;
	} cases[] = {
		{"70%", 70, -1},
		{"70% | Schema 90%", 70, -1},
		{"80% \xE2\x86\x92 90%", 90, 80},
		{"80% -> 90% | x", 90, 80},
		{"80% \xE2\x80\x9A\xC3\x9C\xC3\xAD 90%", 90, 80},
		{"Phase 2/3 - 60% overall", 60, -1},
		{"50% of 80%", 80, -1},
		{"100%", 100, -1},
		{"0%", 0, -1},
		{"87.5%", 87, -1},
		{"70 %", 70, -1},
		{"a|b 70%", 70, -1},
		{"Research complete | 40%", -1, -1},
		{"", -1, -1},
		{"%", -1, -1},
		{"120%", -1, -1},
		{"99999999999999999999%", -1, -1},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		int from;
		cr_expect_eq(wls_progress_parse(wls_slice_of(cases[i].text), &from),
			     cases[i].percent, "%s", cases[i].text);
		cr_expect_eq(from, cases[i].from, "%s: from %d", cases[i].text, from);
	}
}

Test(words, components)
{
	static const struct {
		const char *text;
		char separator;
		const char *expected;
	} cases[] = {
		{"70% | Schema \xE2\x9C\x85 | Auth layer 70% \xF0\x9F\x94\x84 | Mail \xE2\x8F\xB3",
		 '|', "70%=70 Schema=done Auth layer=70,active Mail=pending "},
		{"\xE2\x9C\x85 User model, JWT (a, b), Login", ',',
		 "User model=done JWT (a, b)= Login= "},
		{"Password reset (50%), x: 20%, y - 3%", ',', "Password reset=50 x=20 y=3 "},
		{"Auth \xE2\x8F\xB3 done | Mail 90% \xE2\x9D\x8C Confirmed | a \xE2\x8F\xB3 b", '|',
		 "Auth=done Mail=90,done a \xE2\x8F\xB3 b=pending "},
		{"a|b | c", '|', "a|b= c= "},
		{" , ,a", ',', "a= "},
		{"", ',', ""},
		{"a), b", ',', "a)= b= "},
	};
	struct wls_buf got;
	wls_buf_init(&got, 4096);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_slice rest = wls_slice_of(cases[i].text);
		struct wls_component part;
		wls_buf_clear(&got);
		while (wls_component_next(&rest, cases[i].separator, &part)) {
			wls_buf_printf(&got, "%.*s=", WLS_SLICE_ARG(part.name));
			if (part.percent >= 0)
				wls_buf_printf(&got, "%d", part.percent);
			if (part.mark)
				wls_buf_printf(&got, "%s%s", part.percent >= 0 ? "," : "",
					       wls_mark_name(part.mark));
			wls_buf_add_char(&got, ' ');
		}
		cr_expect_str_eq(wls_buf_str(&got), cases[i].expected, "%s: %s", cases[i].text,
				 wls_buf_str(&got));
	}
	wls_buf_release(&got);
}
