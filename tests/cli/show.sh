#!/bin/sh
# SPDX-License-Identifier: MIT
#
# wlsync show and log: one log, entry, range or field, as its own Markdown or as JSON.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"

cat >Auth-Refactor-WorkLog.md <<-'EOF'
	---
	version: v3
	status: in_progress
	---

	# Auth Refactor Work Log

	## v3 | 2025-11-10 14:00 | OAuth flow

	**Prev:** v2 schema

	**Next:**
	- [HIGH] Finish token refresh

	## v2 | 2025-11-09 09:00 | Schema

	**Now:** schema done

	## v1 | 2025-11-08 | Start

	**Now:** planning
EOF
wl show Auth-Refactor
exits 0 "show LOG"
out_is "show LOG is its own Markdown" <Auth-Refactor-WorkLog.md
wl show auth_refactor@v2
exits 0 "show LOG@v2, in another spelling"
out_is "show LOG@v2 is the entry's bytes" <<-'EOF'
	## v2 | 2025-11-09 09:00 | Schema

	**Now:** schema done

EOF
wl show Auth-Refactor v1..v2
exits 0 "show LOG v1..v2"
out_has "the range has v2" '## v2'
out_has "the range has v1" '## v1'
out_lacks "the range has no v3" '## v3'
wl show 'Auth-Refactor v1..v2'
out_has "the range in one word too" '## v1'
wl show Auth-Refactor next
exits 0 "show LOG FIELD"
out_has "the field's text" 'Finish token refresh'
out_lacks "and no other" 'v2 schema'
wl show Auth-Refactor@v2 now
out_has "a field of an entry" 'schema done'
wl show Auth-Refactor-WorkLog.md
out_is "show FILE" <Auth-Refactor-WorkLog.md
wl show Auth-Refactor@v9
exits 2 "an entry that is not there"
err_has "the entries that are there are named" v3
wl show Auth-Refactor nothing-of-the-kind
exits 2 "a field that is not there"
wl show Auth-Refacto
exits 2 "a log that is not there"
err_has "the nearest is named" Auth-Refactor
wl show
exits 2 "show without a log"

for arguments in Auth-Refactor Auth-Refactor@v2 "Auth-Refactor v1..v2" "Auth-Refactor next"; do
	# shellcheck disable=SC2086 # words
	wl show $arguments --json
	exits 0 "show $arguments --json"
	valid_json "show $arguments --json" show
done

wl log Auth-Refactor
exits 0 "log"
is "log has a line an entry" "$(wc -l <"$T/out")" 3
for word in v1 v2 v3 2025-11-10 'OAuth flow' Schema Start; do
	out_has "log says $word" "$word"
done
wl log Auth-Refactor --json
exits 0 "log --json"
valid_json "log --json" log
wl log Nope
exits 2 "log of no log"

# CRLF, a BOM, no last newline: byte for byte.
printf '\357\273\277# Odd Work Log\r\n\r\n## v1 | x\r\n\r\n**Now:** y\r\n- a\tb \303\251 \351' >Odd-WorkLog.md
wl show Odd
ok "show keeps every byte" cmp Odd-WorkLog.md "$T/out"

# Every seed pattern is understood.
fresh patterns
fixture patterns
for log in *-WorkLog.md; do
	wl show "$log"
	ok "show $log is its own Markdown" cmp "$log" "$T/out"
	wl show "$log" --json
	exits 0 "show $log --json"
	valid_json "show $log --json" show
done
# ---- of several logs of one name, the one where the user stands ----

fresh near
mkdir -p shop/web shop/api
git init -q shop
printf '# Search Work Log\n\n## v1 | 2025-11-10 | Web\n\n**Now:** web\n' >shop/web/Search-WorkLog.md
printf '# Search Work Log\n\n## v1 | 2025-11-10 | Api\n\n**Now:** api\n' >shop/api/Search-WorkLog.md
wl -C shop show Search
exits 2 "a name of two logs, from above both"
wl -C shop/api show Search now
exits 0 "the same from the folder of one"
is "shows that one" "$(cat "$T/out")" "**Now:** api"
finish
