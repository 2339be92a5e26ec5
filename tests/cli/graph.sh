#!/bin/sh
# SPDX-License-Identifier: MIT
#
# wlsync graph: its options, dependencies and their direction, cycles, waves.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

ids='[.nodes[].id]'
ends='[.edges[] | [.from, .to]]'

# A needs B needs C; A needs C; D stands alone; E is done.
fresh chain
wlog A 1 in_progress 10 B-WorkLog-v1 C-WorkLog-v1
wlog B 1 in_progress 20 C-WorkLog-v1
wlog C 1 in_progress 30
wlog D 1 needs_review 40
wlog E 1 completed 100

wl graph --json
valid_json "the chain" graph
json_is "waves, needed first" .waves '[["C"],["B"],["A"]]'
json_is "the critical chain, needed first" .critical '["C","B","A"]'
json_is "unblocks counts what waits directly or not" '[.nodes[] | [.id, .unblocks, .wave]]' \
	'[["A",0,3],["B",1,2],["C",2,1],["D",0,null],["E",0,null]]'
json_is "waiting_for names what is needed" '.nodes[0].waiting_for' '["B","C"]'
json_is "only C is ready" .ready '["C"]'
wl graph
out_has "the text has the headline" '5 workstreams, 3 dependencies: 3 waiting'
out_has "the chain in words" 'Longest unfinished chain (3): C > B > A'
out_has "what cannot be ordered has its place" 'Cannot be ordered'
out_has "what is done has its place" 'Done (1): E'

wl graph --json --focus B
json_is "--focus keeps both directions" "$ids" '["A","B","C"]'
valid_json "--focus" graph
wl graph --json --focus B --up
json_is "--up keeps what it needs" "$ids" '["B","C"]'
wl graph --json --focus B --down
json_is "--down keeps what needs it" "$ids" '["A","B"]'
wl graph --json --focus C --down --depth 1
json_is "--depth 1 keeps the neighbours" "$ids" '["A","B","C"]'
wl graph --json --focus A --up --depth 1
json_is "--depth 1 upward" "$ids" '["A","B","C"]'
wl graph --focus A --up
out_is "the tree says a log once" <<-'EOF'
	A v1, in progress
	├─ waits: B v1 (in progress 20%)
	│  └─ waits: C v1 (in progress 30%)
	└─ waits: C v1 (in progress 30%) (shown above)
EOF
wl graph --focus a.b
exits 2 "--focus on no log"
wl graph --focus A-WorkLog.md --up --json
json_is "--focus by a file" "$ids" '["A","B","C"]'

wl graph --json --status completed
json_is "--status keeps those" "$ids" '["E"]'
wl graph --json --status in-progress
json_is "--status in another spelling" "$ids" '["A","B","C"]'
wl graph --status sleeping
exits 2 "--status with no such word"

wl graph --path A C
exits 0 "--path"
out_has "--path names the way" C
wl graph --json --path A C
json_is "--path is the shortest" "$ends" '[["A","C"]]'
wl graph --path C A
exits 0 "--path where there is none"
wl graph --path A
exits 2 "--path with one log"
wl graph --path A Nope
exits 2 "--path to no log"

wl graph --format dot
out_has "without --reduce all edges are drawn" '"A" -> "C"'
wl graph --format dot --reduce
exits 0 "--reduce"
out_has "--reduce keeps what does not follow" '"A" -> "B"'
out_lacks "--reduce leaves out what follows" '"A" -> "C"'

wl graph -o "$T/chain.txt"
is "-o prints nothing" "$(wc -c <"$T/out")" 0
wl graph
ok "-o writes the same" cmp "$T/out" "$T/chain.txt"
wl graph --format tsv
is "TSV has every edge" "$(grep -cE '^(A|B)	' "$T/out")" 3

# ---- directions and words ----

# edges_of TEXT WANT: the Dependencies of Here as given make these edges.
edges_of() {
	fresh words
	wlog Auth 5 in_progress 10
	wlog Payment-Integration 3 in_progress 10
	{
		printf '# Here Work Log\n\n## v2 | 2025-11-10 | x\n\n**Dependencies:**\n'
		printf '%b\n' "$1"
	} >Here-WorkLog.md
	wl graph --json
	json_is "$1" '[.edges[] | "\(.from) needs \(.to) v\(.to_version // "-") \(.state)"] | join(", ")' \
		"\"$2\""
}
edges_of '- Auth-WorkLog-v5' 'Here needs Auth v5 waiting'
edges_of '- depends on Auth-WorkLog' 'Here needs Auth v- waiting'
edges_of '- depends on Auth-WorkLog.md' 'Here needs Auth v- waiting'
edges_of '- requires [auth](Auth-WorkLog.md#v5)' 'Here needs Auth v5 waiting'
edges_of '- needs [[Auth-WorkLog-v5]]' 'Here needs Auth v5 waiting'
edges_of '- needs [[Auth#v5|the auth log]]' 'Here needs Auth v5 waiting'
edges_of '- waiting on `notes/Auth-WorkLog-v5.md`' 'Here needs Auth v5 waiting'
edges_of '- waiting for Auth WorkLog v5' 'Here needs Auth v5 waiting'
edges_of '- blocked by Auth v5' 'Here needs Auth v5 waiting'
edges_of '- depends on Auth.' 'Here needs Auth v- waiting'
edges_of '- depends on auth for the tokens' 'Here needs Auth v- waiting'
edges_of '- Auth-WorkLog-v5 blocks Payment-Integration-WorkLog-v3' \
	'Payment-Integration needs Auth v5 waiting'
edges_of '- Auth-WorkLog-v5 is required by Payment-Integration-WorkLog-v3' \
	'Payment-Integration needs Auth v5 waiting'
edges_of '- Payment integration depends on Auth-WorkLog-v5' 'Payment-Integration needs Auth v5 waiting'
edges_of '- Payment integration currently depends on Auth-WorkLog-v5' \
	'Payment-Integration needs Auth v5 waiting'
edges_of '- Something else depends on Auth-WorkLog-v5' 'Here needs Auth v5 waiting'
edges_of '- depends on Auth-WorkLog-v5 and Payment-Integration-WorkLog-v3' \
	'Here needs Auth v5 waiting, Here needs Payment-Integration v3 waiting'
edges_of '- needs Auth-WorkLog-v5\n- needs Auth-WorkLog-v5' 'Here needs Auth v5 waiting'
edges_of '- needs Auth-WorkLog-v4' 'Here needs Auth v4 stale'
edges_of '- needs Auth-WorkLog-v6' 'Here needs Auth v6 waiting'
edges_of '- ✅ Auth-WorkLog-v5' 'Here needs Auth v5 satisfied'
edges_of '- [x] Auth-WorkLog-v5' 'Here needs Auth v5 satisfied'
edges_of '- Auth-WorkLog-v5\n- Status: done' 'Here needs Auth v5 satisfied'
edges_of '- Auth-WorkLog-v5 ✅\n- Status: still open 🔄' 'Here needs Auth v5 waiting'
edges_of '- does not depend on Auth-WorkLog-v5' ''
edges_of '- no longer needs Auth-WorkLog-v5' ''
edges_of '- ~~needs Auth-WorkLog-v5~~' ''
edges_of '- Payment v3 shows checkout ready' ''
edges_of '- Auth v5 shows OAuth ready' 'Here needs Auth v5 waiting'
edges_of '- the auth team' ''
edges_of '- see https://example.org/Auth-WorkLog-v5.md' ''
edges_of '- <!-- needs Auth-WorkLog-v5 -->' ''
edges_of '- Need: Auth-WorkLog-v5' ''
edges_of 'None' ''
edges_of '- og-worklog-v5.png, api/v2, checkout@v4' ''
edges_of '- needs Here-WorkLog-v1' ''
edges_of '- needs No-Such-WorkLog-v2' 'Here needs No-Such v2 dangling'
edges_of '- Needs:\n  - Auth-WorkLog-v5\n  - Payment-Integration-WorkLog-v3' \
	'Here needs Auth v5 waiting, Here needs Payment-Integration v3 waiting'

# ---- current and historical ----

fresh history
wlog Auth 1 in_progress 10
wlog Data 1 in_progress 10
cat >Here-WorkLog.md <<-'EOF'
	# Here Work Log

	## v1 | 2025-11-01 | one

	**Dependencies:**
	- needs Auth-WorkLog-v1

	## v2 | 2025-11-02 | two

	**Dependencies:**
	- needs Data-WorkLog-v1

	## v3 | 2025-11-03 | three

	**Now:** nothing about it; see Auth-WorkLog-v1
EOF
wl graph --json
json_is "the newest entry that has the field holds" "$ends" '[["Here","Data"]]'
wl graph --json --history
json_is "--history shows the rest" "$ends" '[["Here","Auth"],["Here","Data"]]'
valid_json "--history" graph
wl graph --json --mentions
json_is "--mentions shows other references" '[.edges[] | [.to, .kind]]' \
	'[["Auth","mentions"],["Data","depends_on"]]'
valid_json "--mentions" graph
wl graph --json --entries
exits 0 "--entries"
valid_json "--entries" graph
json_is "--entries: nodes are versions" '[.nodes[].id | select(startswith("Here"))]' \
	'["Here@v1","Here@v2","Here@v3"]'
printf '\n## v4 | 2025-11-04 | four\n\n**Dependencies:** None\n' >>Here-WorkLog.md
wl graph --json
json_is "None clears" .edges '[]'

# ---- blockers ----

fresh blockers
wlog Auth 1 in_progress 10
cat >Here-WorkLog.md <<-'EOF'
	# Here Work Log

	## v1 | 2025-11-01 | one

	**Blockers:**
	- waiting for Auth-WorkLog-v1

	**Next:**
	- [HIGH] [BLOCKED] Needs Auth-WorkLog-v1 first
	- [MED] read Auth-WorkLog-v1
EOF
wl graph --json
json_is "Blockers and [BLOCKED] items make blocked_by" '[.edges[] | [.to, .kind]]' \
	'[["Auth","blocked_by"]]'
wl next --json
json_is "an open blocker is not ready" '[.items[] | select(.log == "Here")] | length' 0

# ---- cycles ----

fresh cycles
wlog A 1 in_progress 10 B-WorkLog-v1
wlog B 1 in_progress 10 C-WorkLog-v1
wlog C 1 in_progress 10 A-WorkLog-v1 B-WorkLog-v1
wlog X 1 in_progress 10 A-WorkLog-v1
wlog Y 1 in_progress 10
wl graph --json
json_is "one report a component" .cycles '[["A","B","C"]]'
json_is "one shortest cycle through its first log" '[.cycle_paths[] | [.[] | [.from, .to]]]' \
	'[[["A","B"],["B","C"],["C","A"]]]'
json_is "every edge with file and line" '[.cycle_paths[][] | [.file, .line]]' \
	'[["A-WorkLog.md",13],["B-WorkLog.md",13],["C-WorkLog.md",13]]'
json_is "what waits for a cycle has no wave" '[.nodes[] | .wave]' '[null,null,null,null,1]'
wl graph --cycles
exits 0 "--cycles"
out_has "--cycles names the size" 3
out_has "--cycles names the places" 'A-WorkLog.md:13'
wl graph --format tree
exits 0 "a tree of a cycle ends"
# B completed: the cycle is cut.
wlog B 1 completed 100 C-WorkLog-v1
wl graph --json
json_is "a satisfied edge is in no cycle" .cycles '[]'

# ---- overlaps ----

fresh overlaps
for name in A B C; do
	wlog $name 1 in_progress 10
done
printf '\n**Files:**\n- `src/auth.ts` (the flow)\n  - L10-40: here\n' >>A-WorkLog.md
printf '\n**Files:**\n- `src/auth.ts` (the flow)\n  - L30-50: there\n' >>B-WorkLog.md
printf '\n**Files:**\n- `src/auth.ts` (the flow)\n  - L60-70: elsewhere\n' >>C-WorkLog.md
wl graph --overlaps
exits 0 "--overlaps"
out_has "--overlaps names the file" src/auth.ts
wl graph --overlaps --json
exits 0 "--overlaps --json"
valid_json "--overlaps" graph
finish
