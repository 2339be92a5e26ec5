/* SPDX-License-Identifier: MIT */
/*
 * Tests of the rules about blockers.
 */
#include "rules_support.h"

#define H "# Sample Work Log\n\n## v5 | 2025-11-10 14:00 | T\n\n"
#define NOBODY WLS_RULE_BLOCKER_OWNER
#define LATE WLS_RULE_BLOCKER_OVERDUE

Test(rules_blockers, owners)
{
	static const struct rules_case cases[] = {
		{"nobody", NOBODY, H "**Blockers:** Missing keys\n", "5:15-27"},
		{"nobody, in a list", NOBODY, H "**Blockers:**\n- Missing keys\n- Other keys\n",
		 "6:3-15 7:3-13"},
		{"an attribute", NOBODY, H "**Blockers:** Missing keys\n- Owner: @ops\n", ""},
		{"an attribute that says nothing", NOBODY,
		 H "**Blockers:** Missing keys\n- Owner: TBD\n", "5:15-27"},
		{"in parentheses", NOBODY, H "**Blockers:** Missing keys (@ops, ETA: Nov 20)\n",
		 ""},
		{"in its words", NOBODY, H "**Blockers:** @ops must send the keys\n", ""},
		{"somebody in words", NOBODY,
		 H "**Blockers:**\n- Waiting for Ada's review\n- No answer from legal\n", ""},
		{"an address is no name", NOBODY, H "**Blockers:** ops@example.org is silent\n",
		 "5:15-40"},
		{"a field after it", NOBODY, H "**Blockers:** Missing keys\n**Owner:** Ada\n", ""},
		{"closed", NOBODY, H "**Blockers:**\n- [x] Missing keys\n- ~~Other~~\n", ""},
		{"closed, and one that is not", NOBODY,
		 H "**Blockers:**\n- [x] Missing keys\n- Other keys\n", "7:3-13"},
		{"none", NOBODY, H "**Blockers:** None\n", ""},
		{"a question", NOBODY, H "**Blockers/Questions:**\n- Which keys?\n", ""},
		{"another log", NOBODY, H "**Blockers:** Waits for Auth-WorkLog-v3\n", ""},
		{"two lines", NOBODY, H "**Blockers:** Missing keys\nand certificates\n",
		 "5:15-27"},
		{"an older entry", NOBODY,
		 H "**Blockers:** Missing keys\n\n## v6 | 2025-11-11 | T\n\n**Now:** on\n", ""},
		{"completed", NOBODY, H "**Status:** completed\n**Blockers:** Missing keys\n", ""},
		{"current blockers", NOBODY,
		 H "**Now:** on\n\n## Current Blockers\n\n- v5: Missing keys\n", "9:7-19"},
	};
	RULES_TRY(cases);
}

Test(rules_blockers, lateness)
{
	static const struct rules_case cases[] = {
		{"a date", LATE, H "**Blockers:** Missing keys\n- ETA: 2025-11-13\n", "6:8-18"},
		{"today", LATE, H "**Blockers:** Missing keys\n- ETA: 2025-11-14\n", ""},
		{"a date in words", LATE, H "**Blockers:** Missing keys (ETA: Nov 12)\n",
		 "5:34-40"},
		{"next year's date in words", LATE, H "**Blockers:** Missing keys (ETA: Nov 9)\n",
		 ""},
		{"a span from Requested", LATE,
		 H "**Blockers:** Keys\n- Requested: 2025-11-13 10:00\n- ETA: 24 hours\n",
		 "7:8-16"},
		{"a span that is not over", LATE,
		 H "**Blockers:** Keys\n- Requested: 2025-11-13 10:00\n- ETA: 3 days\n", ""},
		{"a span from the entry", LATE, H "**Blockers:** Keys\n- ETA: 3 days\n", "6:8-14"},
		{"words", LATE, H "**Blockers:** Keys\n- ETA: when they are back\n", ""},
		{"closed", LATE, H "**Blockers:**\n- [x] Keys\n  - ETA: 2025-11-01\n", ""},
		{"completed", LATE, H "**Status:** done\n**Blockers:** Keys\n- ETA: 2025-11-01\n",
		 ""},
		{"of its own version", LATE,
		 "# S Work Log\n\n## v4 | 2025-10-01 | T\n\n**Now:** a\n\n"
		 "## v5 | 2025-11-10 | T\n\n**Now:** b\n\n"
		 "## Current Blockers\n\n- v4: Keys (ETA: Oct 20)\n",
		 "13:18-24"},
	};
	RULES_TRY(cases);
}
