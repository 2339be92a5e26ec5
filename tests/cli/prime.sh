#!/bin/sh
# SPDX-License-Identifier: MIT
#
# wlsync prime: what to know before going on, in at most 40 lines.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

fixture mockup
wl prime
exits 0 "prime"
out_has "a ready log once, with its first HIGH" \
	'- Auth-Refactor v5: [HIGH] Finish token refresh (src/auth/service.ts:84-120)'
is "only once" "$(grep -c '^- Auth-Refactor' "$T/out")" 1
out_has "what waits, and why" '- Payment-Integration v3: waits: Auth-Refactor v5'
out_has "a stale pin, and what happened since" \
	'- UI-Redesign v2: stale: Auth-Refactor v2, now v5 -- v5 OAuth done, refresh started; v4'
out_has "a blocker past its ETA" '(@ops-team, ETA 2025-11-11, late 3 d)'
WLSYNC_NOW=2025-11-01T00:00:00Z wl prime
out_lacks "not before that day" 'past their ETA'
wl prime --color always
out_lacks "no colour" "$(printf '\033')"
wl prime --json
valid_json "the document" prime
json_is "its parts" '[.ready, .waiting, .stale, .overdue, .avoid] | map(length)' '[2,4,1,1,0]'
cp "$T/out" "$T/first"
wl prime --json
ok "the same bytes again" cmp "$T/first" "$T/out"
wl prime reports
exits 0 "of one log"
out_has "that one" '- Reports v1: ahead: Search v6'
out_has "what it needs" '- Search v4:'
out_lacks "and no other" 'Auth-Refactor'
wl prime Nope
exits 2 "no such log"

fresh avoid
wlog Memory 2 in_progress 10
cat >>Memory-WorkLog.md <<-'EOF'

	## Dead ends

	- Bigger heap: only later

	### Bug: leak

	**Hypotheses:**
	- H1: Large objects are retained | Refuted | heap snapshot clean (v2)
	- H2: Listeners pile up | Confirmed | count grows
EOF
wl prime
out_has "what was refuted" 'Large objects are retained (refuted: heap snapshot clean (v2))'
out_has "a dead end" 'Bigger heap'
out_lacks "not what was confirmed" 'Listeners pile up'
wl prime --json
valid_json "with failures" prime

fresh many
i=0
while [ "$i" -lt 60 ]; do
	wlog "Ready$i" 1 in_progress 10
	wlog "Waits$i" 1 in_progress 10 "Ready$i-WorkLog-v1"
	i=$((i + 1))
done
wl prime
is "40 lines at most" "$(wc -l <"$T/out")" 40
out_has "and the rest counted" 'Ready (19 of 60):'
wl prime --json
json_is "the document has all" '.ready | length' 60

fresh none
wl prime
exits 0 "no log"
finish
