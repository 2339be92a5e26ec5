#!/bin/sh
# SPDX-License-Identifier: MIT
#
# wlsync status: the table, its order, filters and JSON.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

fixture mockup
wl status --json
exits 0 "status --json"
valid_json "status --json" status
is "it names every log" "$(jq -r '[.. | objects | .name? // empty] | unique | length' "$T/out")" 7

# order_is WHAT NAMES: the logs' order in the table.
order_is() {
	is "$1" "$(grep -oE '^[^ ] [A-Z][A-Za-z-]+' "$T/out" | cut -c3- | grep -v WORKSTREAM |
		sed 's/^ *//' | tr '\n' ' ')" "$2 "
}
wl status --sort name --ascii
exits 0 "--sort name"
order_is "--sort name" 'Auth-Refactor Billing Data-Model Payment-Integration Reports Search UI-Redesign'
wl status --sort updated --ascii
exits 0 "--sort updated"
wl status --sort progress --ascii
exits 0 "--sort progress"
wl status --sort colour
exits 2 "--sort by what there is not"
err_has "the keys are named" progress
wl status --status blocked
exits 0 "--status blocked"
out_has "--status blocked shows Billing" Billing
out_lacks "--status blocked shows no other" 'Search '
wl status --days 10
exits 0 "--days"
out_has "--days 10: what is older is old" '(> 10 d)'
wl status --days 0
ok "--days 0 is no crash" test "$status" -le 2
wl status --days many
exits 2 "--days with a word"
WLSYNC_NOW=2025-11-10T10:00:00Z wl status
out_lacks "another day, nothing late" 'late'
WLSYNC_NOW=yesterday wl status
exits 2 "a time that is none"

fresh unknown
printf -- '---\nversion: v1\nstatus: sleeping\n---\n# A Work Log\n\n## v1 | x\n' >A-WorkLog.md
wl status --json
valid_json "an unknown status" status
json_is "an unknown status is kept verbatim" '[.. | objects | .status_text? // empty] | first' \
	'"sleeping"'
wl graph --json
json_is "and null as status" '[.nodes[0].status, .nodes[0].status_text]' '[null,"sleeping"]'

fresh wide
printf '## v1 | 2025-11-10 | x\n\n**Progress:** 5%%\n' >"認証-WorkLog.md"
wlog Plain 1 in_progress 7
wl status
out_has "East Asian names are whole" 認証
is "their cells count twice" \
	"$(grep -E '認証|Plain' "$T/out" | sed 's/認証/xxxx/' | grep -bo 'v1' | wc -l)" 2
column() { grep "$1" "$T/out" | sed "s/認証/xxxx/; s/v1.*//" | tr -d '\n' | wc -m; }
is "so that columns stand below each other" "$(column 認証)" "$(column Plain)"
finish
