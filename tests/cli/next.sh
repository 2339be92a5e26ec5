#!/bin/sh
# SPDX-License-Identifier: MIT
#
# wlsync next: what can be worked on, in order.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

fixture mockup
wl next --json
exits 0 "next --json"
valid_json "next --json" next
wl next --limit 1
exits 0 "--limit 1"
out_has "--limit 1 has the first" Auth-Refactor
out_lacks "--limit 1 has no second" 'Facets for colour'
wl next --limit none
exits 2 "--limit with a word"
wl next --log Search
exits 0 "--log"
out_has "--log shows that one" 'Facets for colour and size'
out_lacks "--log shows no other" 'token refresh'
wl next --log search
out_has "--log in another spelling" 'Facets for colour and size'
wl next --log Nope
exits 2 "--log of no log"
wl next --explain
exits 0 "--explain"
out_has "--explain: a stale pin" 'stale: Auth-Refactor v2'
out_has "--explain: a version ahead" 'ahead: Search v6'
out_has "--explain: a dangling reference" 'dangling: Auth-Core v5'
wl next --stale-ok
out_has "--stale-ok takes UI-Redesign" UI-Redesign
wl next --exit-code
exits 0 "--exit-code with something ready"

# first_of WHAT NAME TEXT: the first item of all.
order() {
	jq -r '[.. | objects | .text? // empty] | join(" ")' "$T/out"
}

fresh priorities
cat >A-WorkLog.md <<-'EOF'
	# A Work Log

	## v1 | 2025-11-10 | x

	**Next:**
	- [LOW] three
	- [MED] two
	- [HIGH] one
	- [x] [HIGH] ticked
	- ~~[HIGH] struck~~
	- [HIGH] done ✅
	- [HIGH] [BLOCKED] blocked
EOF
wl next --json
is "HIGH before MED before LOW; what is done, struck or blocked is left out" "$(order)" 'one two three'
wlog B 1 in_progress 10 A-WorkLog-v1
wlog C 1 in_progress 20
wl next --json
is "what unblocks another goes first" "$(order | cut -d' ' -f1)" one

fresh age
wlog Young 1 in_progress 10
wlog Old 1 in_progress 10
sed -i 's/2025-11-10/2025-10-01/' Old-WorkLog.md
wl next --json
is "at equal weight the older goes first" "$(order)" 'Go on with Old Go on with Young'

fresh nothing
wlog A 1 blocked 10
wlog B 1 completed 100
wlog C 1 needs_review 100
wl next
exits 0 "nothing ready"
wl next --exit-code
exits 1 "nothing ready, --exit-code"
wl next --json --exit-code
exits 1 "nothing ready, --exit-code --json"
valid_json "nothing ready" next
wl next --explain
out_has "--explain: why A is not" A
finish
