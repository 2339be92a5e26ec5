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

# A list of hypotheses is repeated from entry to entry.
fresh repeated
file Flaky-WorkLog.md <<-'END'
	---
	version: v4
	status: in_progress
	---

	# Flaky Work Log

	## v4 | 2025-11-13 10:00 | Retry

	**Hypotheses:**
	- H1: Clock skew | Refuted | v2
	- H2: Slow disk | Confirmed | iostat
	- H3: Late retry | Refuted | logs

	**Dead ends:** Retry 3x (hides it)

	## v3 | 2025-11-12 10:00 | Disk

	**Hypotheses:**
	- H1: clock skew | Refuted | v2
	- H2: Slow disk | Refuted | seemed idle

	**Dead ends:** Retry 3x (hides it)

	## v2 | 2025-11-11 10:00 | Clock

	**Hypotheses:**
	- H1: Clock skew | Refuted | same with a fake clock

	## v1 | 2025-11-10 10:00 | Start

	**Hypotheses:**
	- H1: Clock skew | Open |
	- H3: Late retry | Confirmed | at first
END
wl prime
sed -n '/^Do not/,$p' "$T/out" >"$T/end"
cp "$T/end" "$T/out"
out_is "each failure once, from the entry that had it first, and none that was right after all" <<-'END'
	Do not try again:
	- Flaky v2: Clock skew (refuted: same with a fake clock)
	- Flaky v4: Late retry (refuted: logs)
	- Flaky v3: Retry 3x (dead end: hides it)
END

# What only an older file of the log has is not forgotten.
fresh older
file A-WorkLog-v3.md <<-'END'
	# A Work Log

	## v3 | 2025-11-12 10:00 | Now

	**Hypotheses:**
	- H1: Large objects retained | Open |

	**Dead ends:** Bigger heap (no)
END
file A-WorkLog-v2.md <<-'END'
	# A Work Log

	## Dead ends

	- Smaller heap

	## v3 | 2025-11-12 09:00 | As it was before it was mended

	**Dead ends:** Mended since

	## v2 | 2025-11-11 10:00 | Before

	**Hypotheses:**
	- H1: Large objects retained | Refuted | snapshot clean

	**Dead ends:** GC tuning
END
wl prime
sed -n '/^Do not/,$p' "$T/out" >"$T/end"
cp "$T/end" "$T/out"
out_is "what older files have; entries that the newer one has are as it has them" <<-'END'
	Do not try again:
	- A v3: Bigger heap (dead end: no)
	- A v3: Smaller heap (dead end)
	- A v2: Large objects retained (refuted: snapshot clean)
	- A v2: GC tuning (dead end)
END

# What looks like a credential is not handed on.
fresh secrets
secret=ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8
file A-WorkLog.md <<-END
	# A Work Log

	## v2 | 2025-11-12 10:00 | Key $secret

	**Dead ends:** curl with $secret (refused)

	**Next:**
	- [HIGH] Revoke $secret soon
END
wlog B 1 in_progress 10 'A-WorkLog-v1'
for form in '' --json; do
	wl prime $form
	out_has "prime $form: the text is there" '[HIGH] Revoke ****'
	out_has "prime $form: with what follows" '**** soon'
	out_has "prime $form: so is the dead end" 'curl with ****'
	out_has "prime $form: and the title" 'Key ****'
	out_lacks "prime $form: not the credential" 'a1B2c3D4'
done

fresh blocked
file A-WorkLog.md <<-'END'
	# A Work Log

	## v1 | 2025-11-12 10:00 | Keys

	**Blockers:** Keys
	- Owner: @ops
	- ETA: 2025-11-20
END
file B-WorkLog.md <<-'END'
	# B Work Log

	## v1 | 2025-11-12 10:00 | Pay

	**Next:**
	- [HIGH] [BLOCKED] Pay
END
file C-WorkLog.md <<-'END'
	# C Work Log

	## v1 | 2025-11-12 10:00 | Pay

	**Next:**
	- [BLOCKED] One
	- [BLOCKED] Two
END
wl prime
out_has "what waits for a blocker names its owner and day" '- A v1: blocker: Keys (@ops, ETA 2025-11-20'
out_has "a ready log whose open item is blocked" '- B v1: its open item is blocked: [HIGH] Pay'
out_has "and of several" '- C v1: its open items are all blocked, first: One'

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
