/* SPDX-License-Identifier: MIT */
/*
 * Three-way merges of texts: tables for each rule.
 */
#include "text_shown.h"

struct row {
	const char *name, *base, *ours, *theirs, *expected;
};

/* Words stand for lines: "a b" is "a\nb\n". */
static const struct row line_rows[] = {
	{"nothing", "", "", "", ""},
	{"ours alone", "a b c", "a B c", "a b c", "a B c"},
	{"theirs alone", "a b c", "a b c", "a c", "a c"},
	{"far apart", "a b c d e", "A b c d e", "a b c d E", "A b c d E"},
	{"ours adds at the head, theirs at the end", "a", "x a", "a y", "x a y"},

	{"a: both alike", "a b c", "a X Y c", "a X Y c", "a X Y c"},
	{"a: both alike, and one more", "a b c d e", "a X c d E", "a X c d e", "a X c d E"},
	{"a: both removed", "a b c", "a c", "a c", "a c"},
	{"a: both added", "a c", "a b c", "a b c", "a b c"},
	{"a: from nothing", "", "a", "a", "a"},

	{"b: neighbours", "a b c d", "a B c d", "a b C d", "a B C d"},
	{"b: all of it", "a b", "A b", "a B", "A B"},
	{"b: zip", "a b c d e", "A b C d E", "a B c D e", "A B C D E"},
	{"b: one alike", "a b c", "A B c", "a B C", "A B C"},
	{"b: the same line", "a b c", "a B c", "a X c", "a {B|b|X} c"},
	{"b: the same line, and the next", "a b c d", "a B C d", "a X c d", "a {B|b|X} C d"},
	{"b: two lines", "a b c d", "a B C d", "a X Y d", "a {B C|b c|X Y} d"},
	{"b: unequal counts", "a b c d", "a B1 B2 c d", "a b C d", "a {B1 B2 c|b c|b C} d"},

	{"c: behind a changed line", "a b c", "a B c", "a b n c", "a B n c"},
	{"c: before a changed line", "a b c", "a B c", "a n b c", "a n B c"},
	{"c: around a changed line", "a b c", "a B c", "a n b p c", "a n B p c"},
	{"c: behind one that became two", "a b c", "a B1 B2 c", "a b n c", "a B1 B2 n c"},
	{"c: at the end", "a", "A", "a n", "A n"},
	{"c: at the head", "a", "A", "n a", "n A"},
	{"c: behind a removed line", "a b c", "a c", "a b n c", "a {|b|b n} c"},
	{"c: before a removed line", "a b c", "a c", "a n b c", "a {|b|n b} c"},
	{"c: behind two that became one", "a b c d", "a X d", "a b c n d", "a {X|b c|b c n} d"},
	{"c: inside", "a b c d", "a B C d", "a b n c d", "a {B C|b c|b n c} d"},
	{"c: inside, as small as can be", "a b c d e f", "a B C D E f", "a b n c d e f",
	 "a {B C|b c|b n c} D E f"},
	{"c: both at one place", "a b", "a x b", "a y b", "a {x||y} b"},
	{"c: both at the end", "a", "a x", "a y", "a {x||y}"},
	{"c: from nothing", "", "x", "y", "{x||y}"},
	{"c: shares an element", "a b c", "a B n c", "a b n p c", "a {B n|b|b n p} c"},
	{"c: neighbour of a conflict", "a b c d", "a X c d", "a Y n c d", "a {X|b|Y n} c d"},

	{"d: both added, one more", "a b", "a x b", "a x y b", "a x y b"},
	{"d: both added, one more before", "a b", "a x b", "a y x b", "a y x b"},
	{"d: both added, one more within", "a b", "a x y b", "a x z y b", "a x z y b"},
	{"d: both added, in another order", "a b", "a x y b", "a y x b", "a {x y||y x} b"},
	{"d: already there behind a change", "a b c", "a B n c", "a b n c", "a B n c"},
	{"d: already there before a change", "a b c", "a n B c", "a n b c", "a n B c"},
	{"d: both changed, one added", "a b c", "a B c", "a B n c", "a B n c"},
	{"d: nothing comes back", "a b c", "a n c", "a b n c", "a n c"},
	{"d: not with a removal", "a b c d", "a X c d", "a d", "a {X c|b c|} d"},
	{"d: not over a removal", "a b c d", "a n d", "a b n c d", "a {n|b c|b n c} d"},

	{"e: removed, changed", "a b c", "a c", "a B c", "a {|b|B} c"},
	{"e: removed, neighbour changed", "a b c d", "a c d", "a b C d", "a {c|b c|b C} d"},
	{"e: two conflicts", "a b c d e", "a B c D e", "a X c Y e", "a {B|b|X} c {D|d|Y} e"},
	{"e: all", "a b", "x", "y z w", "{x|a b|y z w}"},
	{"e: removed by one, all else by the other", "a b c", "", "a B c", "{|a b c|a B c}"},

	{"equal lines, which one became X", "- - -", "- - - -", "- - X", "- - {- -|-|X}"},
	{"equal lines, removed by both", "- - - -", "- - -", "- -", "- - {-|- -|}"},
	{"moved by both", "a b c d e", "c a b d e", "a b d c e", "{c a b d|a b c d|a b d c} e"},
	{"line doubled", "a b c x d e f g", "a x b c x d e f g", "a b c x d e e f g",
	 "a x b c x d e e f g"},
	{"moved by one", "a b c d e", "c a b d e", "a b c d E", "c a b d E"},
};

static const struct row plain_rows[] = {
	{"far apart", "a b c", "A b c", "a b C", "A b C"},
	{"neighbours", "a b c d", "a B c d", "a b C d", "a {B c|b c|b C} d"},
	{"added behind a change", "a b c", "a B c", "a b n c", "a {B|b|b n} c"},
	{"both alike", "a b c", "a X c", "a X c", "a X c"},
	{"both added, one more", "a b", "a x b", "a x y b", "a {x||x y} b"},
	{"both removed", "a b c", "a c", "a c", "a c"},
	{"alike beside another", "a b c d", "a X c d", "a X Y d", "a {X c|b c|X Y} d"},
};

/* Words to lines, the marks of conflicts as they are. */
static void to_lines(const char *words, struct wls_buf *out)
{
	wls_buf_clear(out);
	for (const char *c = words; *c; c++) {
		bool word = !strchr(" {|}", *c);
		bool ends = word && (c[1] == '\0' || strchr(" {|}", c[1]));
		if (*c != ' ')
			wls_buf_add_char(out, *c);
		if (ends)
			wls_buf_add_char(out, '\n');
	}
}

static void check_row(enum method method, const struct row *row, const char *const texts[4])
{
	_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
	struct wls_slice slices[3];

	for (int i = 0; i < 3; i++)
		slices[i] = texts[i][0] ? wls_slice_of(texts[i]) : (struct wls_slice){0};
	merge_shown(method, slices, &out);
	cr_expect_str_eq(wls_buf_str(&out), texts[3], "%s: %s", row->name, wls_buf_str(&out));
}

static void check_line_rows(enum method method, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *words[4] = {rows[i].base, rows[i].ours, rows[i].theirs,
					rows[i].expected};
		struct wls_buf bufs[4];
		const char *texts[4];
		for (int k = 0; k < 4; k++) {
			wls_buf_init(&bufs[k], WLS_BUF_LIMIT);
			to_lines(words[k], &bufs[k]);
			texts[k] = wls_buf_str(&bufs[k]);
		}
		check_row(method, &rows[i], texts);
		for (int k = 0; k < 4; k++)
			wls_buf_release(&bufs[k]);
	}
}

static void check_rows(enum method method, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_row(method, &rows[i],
			  (const char *const[]){rows[i].base, rows[i].ours, rows[i].theirs,
						rows[i].expected});
}

/* Line endings, verbatim. */
static const struct row ending_rows[] = {
	{"CRLF", "a\r\nb\r\n", "a\r\nB\r\n", "A\r\nb\r\n", "A\r\nB\r\n"},
	{"ending changed", "a\nb\n", "a\r\nb\n", "a\nB\n", "a\r\nB\n"},
	{"ending and text changed", "a\n", "a\r\n", "A\n", "{a\r\n|a\n|A\n}"},
	{"lone CR", "a\rb\nc\nd\n", "a\rB\nc\nd\n", "a\rb\nc\nD\n", "a\rB\nc\nD\n"},
	{"no final newline", "a\nb", "A\nb", "a\nb", "A\nb"},
	{"no final newline, kept", "a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC"},
	{"nothing glued", "a\nb\n", "a\nb", "a\nb\nc\n", "a\n{b|b\n|b\nc\n}"},
	{"nothing glued behind a conflict", "x\na\nb\n", "X\na\nb", "Y\na\nb\nc\n",
	 "{X\n|x\n|Y\n}a\n{b|b\n|b\nc\n}"},
	{"newline added by both", "a", "a\nx\n", "y\na", "y\na\nx\n"},
};

Test(text, lines)
{
	check_line_rows(REFINED, line_rows, WLS_ARRAY_SIZE(line_rows));
	check_line_rows(PLAIN, plain_rows, WLS_ARRAY_SIZE(plain_rows));
	check_rows(REFINED, ending_rows, WLS_ARRAY_SIZE(ending_rows));
}

static const struct row sentence_rows[] = {
	{"different sentences", "One. Two. Three.\n", "One! Two. Three.\n", "One. Two. Four.\n",
	 "One! Two. Four.\n"},
	{"neighbours", "One. Two.\n", "Uno. Two.\n", "One. Due.\n", "Uno. Due.\n"},
	{"the same", "One. Two.\n", "Uno. Two.\n", "Eins. Two.\n",
	 "{Uno. Two.\n|One. Two.\n|Eins. Two.\n}"},
	{"behind the last", "First.\n", "First. New.\n", "Foremost.\n", "Foremost. New.\n"},
	{"behind the last, on a line of its own", "First.\n", "First.\nNew.\n", "Foremost.\n",
	 "Foremost.\nNew.\n"},
	{"behind the last, indented", "- First.\n", "- First.\n  New.\n", "- Foremost.\n",
	 "- Foremost.\n  New.\n"},
	{"within", "One. Two.\n", "One. New. Two.\n", "One. Two. Three.\n",
	 "One. New. Two. Three.\n"},
	{"before the first", "One. Two.\n", "New. One. Two.\n", "One. Due.\n", "New. One. Due.\n"},
	{"the last removed", "One. Two. Three.\n", "One. Two.\n", "Uno. Two. Three.\n",
	 "Uno. Two.\n"},
	{"the first removed", "One. Two. Three.\n", "Two. Three.\n", "One. Two. Tre.\n",
	 "Two. Tre.\n"},
	{"one within removed", "One. Two.\nThree. Four.\n", "One. Three. Four.\n",
	 "One. Two.\nThree. Quattro.\n", "One. Three. Quattro.\n"},
	{"both put one behind", "One.\n", "One. Ours.\n", "One. Theirs.\n",
	 "{One. Ours.\n|One.\n|One. Theirs.\n}"},
	{"both put one behind, on lines", "One.\n", "One.\nOurs.\n", "One.\nTheirs.\n",
	 "One.\n{Ours.\n||Theirs.\n}"},
	{"both put in the same", "One.\n", "One. New.\n", "One. New.\n", "One. New.\n"},
	{"both put in the same, another layout", "One. Two.\n", "One. New. Two.\n",
	 "One.\nNew. Two.\n", "One.\nNew. Two.\n"},

	{"key", "**Now:** One. Two.\n", "**Now:** Uno. Two.\n", "**Now**: One. Two.\n",
	 "**Now**: Uno. Two.\n"},
	{"new first sentence behind the key", "**Now:** One.\n", "**Now:** New. One.\n",
	 "**Now:** Uno.\n", "**Now:** New. Uno.\n"},
	{"bullet and checkbox", "- [ ] One.\n", "* [ ] One.\n", "- [x] One. Two.\n",
	 "* [x] One. Two.\n"},
	{"number", "1. One. Two.\n", "2. One. Two.\n", "1. One. Due.\n", "2. One. Due.\n"},

	{"wrapped anew and edited", "One is here. Two is\nthere. Three.\n",
	 "One is\nhere. Two\nis there.\nThree.\n", "One is here. Two is\nthere. Four.\n",
	 "One is\nhere. Two\nis there.\nFour.\n"},
	{"wrapped anew, edited there", "One is here. Two is\nthere.\n",
	 "One\nis here. Two is\nthere.\n", "One was here. Two is\nthere.\n",
	 "One was here. Two is\nthere.\n"},
	{"both wrapped anew", "One is here. Two.\n", "One\nis here. Two.\n", "One is\nhere. Two.\n",
	 "One\nis here. Two.\n"},
	{"wrapped in a quote", "> One is\n> here. Two.\n", "> One\n> is here. Two.\n",
	 "> One is\n> here. Due.\n", "> One\n> is here. Due.\n"},
	{"wrapped into a quote", "> One is here. Two is here.\n",
	 "> One is here.\n> Two is here.\n", "> One is here. Two is here. Three.\n",
	 "> One is here.\n> Two is here. Three.\n"},
	{"moved in", "- One.\n  Two.\n", "  - One.\n    Two.\n", "- One.\n  Two. Three.\n",
	 "  - One.\n    Two. Three.\n"},

	{"conflict on its line", "One.\nTwo.\nThree.\n", "One.\nDue.\nThree.\n",
	 "One.\nZwei.\nThree.\n", "One.\n{Due.\n|Two.\n|Zwei.\n}Three.\n"},
	{"conflict on its line, indented", "- One.\n  Two.\n  Three.\n",
	 "- One.\n  Due.\n  Three.\n", "- One.\n  Zwei.\n  Three.\n",
	 "- One.\n{  Due.\n|  Two.\n|  Zwei.\n}  Three.\n"},
	{"conflict of two lines", "Aa. Bb\nb. Cc.\nDd.\n", "Aa. X\nx. Cc.\nDd.\n",
	 "Aa. Y\ny. Cc.\nDd.\n", "{Aa. X\nx. Cc.\n|Aa. Bb\nb. Cc.\n|Aa. Y\ny. Cc.\n}Dd.\n"},
	{"conflict, and a merged line", "Aa.\nBb.\nCc.\nDd.\n", "Aa2.\nBb.\nCc.\nDd2.\n",
	 "Aa.\nBb.\nCc2.\nDd3.\n", "Aa2.\nBb.\nCc2.\n{Dd2.\n|Dd.\n|Dd3.\n}"},
	{"conflict up to a common line end", "Aa.\nBb. Cc.\nDd.\n", "Aa. Bb. Xx.\nDd.\n",
	 "Aa.\nBb. Yy.\nDd.\n", "{Aa. Bb. Xx.\n|Aa.\nBb. Cc.\n|Aa.\nBb. Yy.\n}Dd.\n"},
	{"conflicts that meet", "Aa.\nBb. Cc.\nDd.\n", "Aa.\nXx. Vv.\nDd.\n", "Aa.\nYy. Ww.\nDd.\n",
	 "Aa.\n{Xx. Vv.\n|Bb. Cc.\n|Yy. Ww.\n}Dd.\n"},
	{"two conflicts", "Aa.\nBb.\nCc.\n", "Xx.\nBb.\nVv.\n", "Yy.\nBb.\nWw.\n",
	 "{Xx.\n|Aa.\n|Yy.\n}Bb.\n{Vv.\n|Cc.\n|Ww.\n}"},
	{"two conflicts on one line", "Aa. Bb. Cc.\n", "Xx. Bb. Vv.\n", "Yy. Bb. Ww.\n",
	 "{Xx. Bb. Vv.\n|Aa. Bb. Cc.\n|Yy. Bb. Ww.\n}"},
	{"removed, changed", "Aa.\nBb.\n", "Aa.\n", "Aa.\nXx.\n", "Aa.\n{|Bb.\n|Xx.\n}"},

	{"hard break", "One  \nTwo\n", "Uno  \nTwo\n", "One  \nDue\n", "Uno  \nDue\n"},
	{"backslash", "One\\\nTwo\n", "Uno\\\nTwo\n", "One\\\nDue\n", "Uno\\\nDue\n"},
	{"no stop at the end", "One\n", "One. Two\n", "One\n", "One. Two\n"},
	{"no stop, words", "one\n", "one two\n", "zero one\n", "{one two\n|one\n|zero one\n}"},
	{"CJK", "一。二。\n", "甲。二。\n", "一。乙。\n", "甲。乙。\n"},
	{"CJK gets a Latin neighbour", "一。二。\n", "One. 二。\n", "一。乙。\n", "One. 乙。\n"},
	{"CRLF", "One.\r\nTwo.\r\n", "Uno.\r\nTwo.\r\n", "One.\r\nDue.\r\n", "Uno.\r\nDue.\r\n"},
	{"two paragraphs", "One\n\n  Two\n", "Uno\n\n  Two\n", "One\n\n  Due\n", "Uno\n\n  Due\n"},
	{"no trailing blank is made", "One. Two.\n", "One.\n", "One. Two. \n", "One. \n"},
	{"an end is not taken for a place within", "Aa.\n", "Aa.\n\n", "Aa. Bb.\n", "Aa. Bb.\n\n"},
	{"from nothing", "", "Aa.\n", "Bb.\n", "{Aa.\n||Bb.\n}"},
	{"all removed", "Aa. Bb.\n", "", "Aa. Cc.\n", "{|Aa. Bb.\n|Aa. Cc.\n}"},
};

Test(text, sentences)
{
	check_rows(SENTENCES, sentence_rows, WLS_ARRAY_SIZE(sentence_rows));
}

/* The first sentence ends at the |. */
static const char *const firsts[] = {"One. |Two.",
				     "One.\n|Two.",
				     "One. \n|Two.",
				     "One.  |Two.",
				     "One.\r\n|  Two.",
				     "One|",
				     "",
				     "  One. |Two.",
				     "Really?! |Yes.",
				     "Wait… |What?",
				     "Wait... |What?",
				     "He said \"no.\" |Then",
				     "(All of it.) |Then",
				     "**All.** |Then",
				     "*All*. |Then",
				     "_All._ |Then",
				     "„All.“ |Then",
				     "See e.g. this. |That.",
				     "See (i.e. this). |That.",
				     "This vs. that, etc. and so on. |That.",
				     "In No. 5 it is. |That.",
				     "Is it? |No. We",
				     "It is no. |We do.",
				     "By J. R. Smith. |That.",
				     "In the U.S. it is. |That.",
				     "It took 1.5 s. |That.",
				     "It took 15. |That.",
				     "1. One. |Two.",
				     "1) One. |Two.",
				     "- One. |Two.",
				     "See foo.c and a.b.c. |That.",
				     "See `a. b` now. |That.",
				     "See ``a. ` b`` now. |That.",
				     "See `a. |b now.",
				     "See `a. b` and `c. |d now.",
				     "See https://x.y/z?a=1. |That.",
				     "See https://x.y/?q now. |That.",
				     "One\ntwo. |Three.",
				     "One  \n|two.",
				     "One\\\n|two.",
				     "One\n|\ntwo.",
				     "List:\nmore. |That.",
				     "一。|二。",
				     "「一。」|二。",
				     "一！？|二。",
				     ".",
				     ". |a",
				     "...",
				     "`",
				     "é. |a"};

Test(text, first_sentence)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(firsts); i++) {
		_cleanup_buf_ struct wls_buf text = WLS_BUF_INIT;
		const char *bar = strchr(firsts[i], '|');
		size_t expected = bar ? (size_t)(bar - firsts[i]) : strlen(firsts[i]);
		wls_buf_add(&text, firsts[i], expected);
		wls_buf_add_str(&text, bar ? bar + 1 : "");
		cr_expect_eq(wls_sentence_length(wls_buf_slice(&text)), expected, "%s: %zu",
			     firsts[i], wls_sentence_length(wls_buf_slice(&text)));
	}
}
