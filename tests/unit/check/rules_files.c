/* SPDX-License-Identifier: MIT */
/*
 * Tests of the rules about files and lines. `src/a.c` has ten lines; of `lib/` nothing is known.
 */
#include "rules_support.h"

#define H "# Sample Work Log\n\n## v5 | 2025-11-10 14:00 | T\n\n"
#define GONE WLS_RULE_MISSING_FILE
#define SHORT WLS_RULE_MISSING_LINE

Test(rules_files, missing_files)
{
	static const struct rules_case cases[] = {
		{"there", GONE, H "**Files:**\n- `src/a.c` (why)\n", ""},
		{"not there", GONE, H "**Files:**\n- `src/b.c` (why)\n", "6:4-11"},
		{"bare", GONE, H "**Files:**\n- src/b.c\n", "6:3-10"},
		{"with lines", GONE, H "**Files:**\n- `src/b.c:1-3`\n", "6:4-11"},
		{"on one line", GONE, H "**Files:** src/a.c, src/b.c\n", "5:21-28"},
		{"behind another", GONE, H "**Files:**\n- src/a.c, src/b.c (why)\n", "6:12-19"},
		{"behind another, as code", GONE, H "**Files:**\n- `src/a.c`, `src/b.c`\n",
		 "6:15-22"},
		{"words behind a comma", GONE, H "**Files:**\n- src/a.c, see src/b.c\n", ""},
		{"bold", GONE, H "**Files:**\n- **src/b.c** (why)\n", "6:5-12"},
		{"a link", GONE, H "**Files:**\n- [b](src/b.c)\n- [a](src/a.c): why\n", "6:7-14"},
		{"a link elsewhere", GONE, H "**Files:**\n- [b](https://example.org/src/b.c)\n",
		 ""},
		{"an empty file", GONE, H "**Files:**\n- src/empty.c\n", ""},
		{"above", GONE, H "**Files:**\n- `../src/a.c`\n", ""},
		{"cannot be told", GONE, H "**Files:**\n- `lib/b.c`\n", ""},
		{"a glob", GONE, H "**Files:**\n- `src/*.c`\n- `src/{a,b}.c`\n", ""},
		{"a bare name", GONE, H "**Files:**\n- b.c\n- Makefile\n", ""},
		{"no ending", GONE, H "**Files:**\n- src/b\n- `feature/login`\n", ""},
		{"an absolute path", GONE, H "**Files:**\n- `/etc/b.conf`\n", ""},
		{"a home", GONE, H "**Files:**\n- `~/src/b.c`\n", ""},
		{"an alias", GONE, H "**Files:**\n- `@/src/b.ts`\n", ""},
		{"a host", GONE, H "**Files:**\n- `example.org/b.html`\n", ""},
		{"a URL", GONE, H "**Files:**\n- https://example.org/src/b.c\n", ""},
		{"generated", GONE, H "**Files:**\n- `web/node_modules/b/b.js`\n", ""},
		{"deleted", GONE, H "**Files:**\n- `src/b.c` (deleted)\n", ""},
		{"renamed", GONE, H "**Files:**\n- `src/b.c`: renamed to a.c\n", ""},
		{"moved", GONE, H "**Files:**\n- `src/b.c` → `src/a.c`\n- src/b.c -> src/a.c\n",
		 ""},
		{"planned", GONE, H "**Files:**\n- `src/b.c` - to be written\n", ""},
		{"struck", GONE, H "**Files:**\n- ~~`src/b.c`~~\n", ""},
		{"an older entry", GONE,
		 H "**Files:**\n- `src/b.c`\n\n## v6 | 2025-11-11 | T\n\n**Now:** on\n", ""},
		{"completed", GONE, H "**Status:** done\n**Files:**\n- `src/b.c`\n", ""},
		{"a step that names a file", GONE, H "**Next:**\n- [HIGH] Write src/b.c\n", ""},
		{"a step that names lines", GONE, H "**Next:**\n- [HIGH] Fix src/b.c:4-9\n",
		 "6:14-21"},
		{"a solution", GONE, H "### Bug: x\n\n**Solution:** src/b.c:89-110 - it works\n",
		 "7:15-22"},
		{"a solution in a paragraph", GONE,
		 H "**Solution:**\n\nThe lock in src/b.c:89 was wrong\n", "7:13-20"},
		{"Work is history", GONE, H "**Work:**\n-: removed src/b.c:1-40\n", ""},
		{"prose", GONE, H "**Now:** src/b.c:1-4 was the reason\n", ""},
		{"a fence", GONE, H "**Files:**\n```\nsrc/b.c:1\n```\n", ""},
	};
	RULES_TRY(cases);
}

Test(rules_files, missing_lines)
{
	static const struct rules_case cases[] = {
		{"all there", SHORT, H "**Files:**\n- `src/a.c:1-10`\n", ""},
		{"one too many", SHORT, H "**Files:**\n- `src/a.c:1-11`\n", "6:12-16"},
		{"bare", SHORT, H "**Files:**\n- src/a.c:11 (why)\n", "6:11-13"},
		{"outside of the code", SHORT, H "**Files:**\n- `src/a.c`:5-40 (why)\n", "6:13-17"},
		{"beneath", SHORT, H "**Files:**\n- `src/a.c` (why)\n  - L8-10: a\n  - L9-12: b\n",
		 "8:5-10"},
		{"beneath, in words", SHORT, H "**Files:**\n- `src/a.c`\n  - Lines 9-12: b\n",
		 "7:11-15"},
		{"beneath, several", SHORT,
		 H "**Files:**\n- `src/a.c`\n  - L1-2, L9-12, 14: b\n  - L1, see L90\n",
		 "7:11-16 7:18-20"},
		{"in parentheses", SHORT,
		 H "**Files:**\n- src/a.c (lines 9-12)\n- `src/a.c` (L11)\n", "6:18-22 7:14-17"},
		{"figures in parentheses", SHORT,
		 H "**Files:**\n- src/a.c (12 tests)\n- src/a.c (12)\n", ""},
		{"in a link", SHORT, H "**Files:**\n- [a](src/a.c#L9-L12)\n", "6:15-21"},
		{"of the file behind another", SHORT,
		 H "**Files:**\n- src/empty.c, src/a.c\n  - L9-10: b\n", ""},
		{"of an empty file", SHORT, H "**Files:**\n- src/empty.c:1-2\n  - L1: b\n",
		 "6:15-18 7:5-7"},
		{"beneath one that is not there", SHORT,
		 H "**Files:**\n- `src/b.c` (why)\n  - L9-12: b\n", ""},
		{"a step", SHORT, H "**Next:**\n- [HIGH] Fix it (src/a.c:4-90)\n", "6:26-30"},
		{"a review note", SHORT,
		 H "**Reviewer Notes:**\n@lead: Look at:\n- Errors in src/a.c:45-80.\n", "7:21-26"},
		{"feedback", SHORT, H "**Review Feedback Applied:**\n- ✅ Errors in src/a.c:45-80\n",
		 "6:23-28"},
		{"a question", SHORT, H "**Open:** Is src/a.c:12 right?\n", "5:22-24"},
		{"several in one step", SHORT,
		 H "**Next:**\n- See src/a.c:4, src/a.c:11, src/a.c:12\n", "6:26-28 6:38-40"},
		{"a step that is gone", SHORT, H "**Next:**\n- ~~Fix src/a.c:4-90~~\n", ""},
	};
	RULES_TRY(cases);
}

/* In a repository of several packages a path begins at its package. */
Test(rules_files, between_log_and_root)
{
	static const char text[] = H "**Files:**\n- zz/x.c\n- src/a.c:11\n- src/b.c\n";
	static const struct rules_file inner = {"packages/web/docs/A-WorkLog.md", text};
	_cleanup_free_ char *gone = rules_messages(GONE, &inner, 1);
	_cleanup_free_ char *lines = rules_messages(SHORT, &inner, 1);
	cr_expect_str_eq(gone, "packages/web/docs/A-WorkLog.md:6:3: no file \"zz/x.c\"\n"
			       "packages/web/docs/A-WorkLog.md:8:3: no file \"src/b.c\"\n");
	cr_expect_str_eq(lines, "packages/web/docs/A-WorkLog.md:7:11: src/a.c has 10 lines, no "
				"line 11\n");
}
