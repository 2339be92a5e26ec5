#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Which files are WorkLogs, and what they are called.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

entry='## v1 | 2025-11-10 | x'
files='[.nodes[].file] | sort'

# named FILE TEXT NAME: a folder with that one file has one log of that name.
named() {
	fresh one
	mkdir -p "$(dirname "$1")"
	printf '%b\n' "$2" >"$1"
	wl graph --json
	json_is "$1 is the log \"$3\"" '[.nodes[].name]' "[\"$3\"]"
}
named Auth-Refactor-WorkLog.md "$entry" Auth-Refactor
named Auth-Refactor-worklog-v5.md "$entry" Auth-Refactor
named auth_refactor_WORKLOG_v5.md "$entry" auth_refactor
named 'Auth Refactor WorkLog.md' "$entry" 'Auth Refactor'
named WORKLOG-auth.md "$entry" auth
named billing/worklog.md "$entry" billing
named billing/worklog-v2.md "# Big Billing Work Log\n\n$entry" 'Big Billing'
named notes.md "# Some Notes\n\n$entry" 'Some Notes'
named notes.md '---\nversion: v3\nstatus: in_progress\n---\n# Front WorkLog' Front
named A-WorkLog.md "---\nname: Real Name\n---\n$entry" 'Real Name'

# no_log FILE TEXT
no_log() {
	fresh one
	mkdir -p "$(dirname "$1")"
	printf '%b\n' "$2" >"$1"
	wl graph --json
	exits 0 "$1"
	json_is "$1 ($2) is no log" '.nodes' '[]'
}
no_log notes.md '# Notes\n\n## v1.2 released'
no_log notes.md '## v1-v3: Foundation'
no_log Auth-WorkLog.md 'nothing that a log has'
no_log Auth-WorkLog.txt "$entry"
no_log .hidden/A-WorkLog.md "$entry"
no_log node_modules/x/A-WorkLog.md "$entry"
no_log notes.md '```\n## v1 | in a fence\n```'

fresh paths
wlog A 1 in_progress 1
wlog sub/B 1 in_progress 1
printf '%s\n' "$entry" >odd.txt
wl graph --json
json_is "folders are searched to their depth" "$files" '["A-WorkLog.md","sub/B-WorkLog.md"]'
wl graph --json sub
json_is "a folder: paths are relative to it" "$files" '["B-WorkLog.md"]'
wl graph --json sub A-WorkLog.md
json_is "several paths" '[.nodes[].id]' '["A","B"]'
wl graph --json odd.txt
json_is "a named file is taken whatever its name" '.nodes | length' 1
wl graph --json A-WorkLog.md A-WorkLog.md ./A-WorkLog.md .
json_is "named twice is once" '[.nodes[].id]' '["A","B"]'

fresh snapshots
wlog Auth 1 in_progress 10
mv Auth-WorkLog.md Auth-WorkLog-v1.md
wlog Auth 2 in_progress 20
mv Auth-WorkLog.md Auth-WorkLog-v2.md
wl graph --json
json_is "snapshots are one log, the highest is current" '[.nodes[] | [.id, .version, .file]]' \
	'[["Auth",2,"Auth-WorkLog-v2.md"]]'

fresh aliases
printf -- '---\naliases: [Old-Name]\n---\n%s\n' "$entry" >New-WorkLog.md
wlog User 1 in_progress 5 Old-Name-WorkLog-v1
wl graph --json
json_is "aliases resolve old names" '[.edges[] | [.to, .state]]' '[["New","waiting"]]'
wl graph --focus old_name
exits 0 "--focus by an alias, in another spelling"

fresh config
wlog A 1 in_progress 1
wlog archive/Old 1 in_progress 1
mkdir notes
printf 'no heading\n\n**Now:** x\n' >notes/free.md
printf '[worklog]\n\tpath = notes/*.md ; comment\n\tignore = archive/**\n' >.wlsync
wl -C "$T/config" graph --json
json_is ".wlsync adds and leaves out" "$files" '["A-WorkLog.md","notes/free.md"]'
printf '[worklog]\n\tpaht = x\n' >.wlsync
wl -C "$T/config" graph
exits 2 ".wlsync with an unknown key"
ok "file and line are named" grep -qE '\.wlsync:2' "$T/err"
printf '[tracker "github"]\n\ttoken = abc\n' >.wlsync
wl -C "$T/config" graph
exits 2 ".wlsync with a token"
err_lacks "the token is not shown" abc
finish
