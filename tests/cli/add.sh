#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# wlsync add: a new entry, and nothing else, in logs of many shapes.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

keep() {
	cp "$1" "$T/kept"
}

# changed WHAT FILE: what changed in the file since it was kept is exactly stdin, as diff says it.
changed() {
	diff "$T/kept" "$2" >"$T/out" 2>&1
	out_is "$1"
}

untouched() {
	ok "$1: the file is untouched" cmp "$T/kept" "$2"
}

log() {
	cat >Auth-WorkLog.md <<-'EOF'
		---
		version: v2
		status: in_progress
		---

		# Auth Work Log

		## v1 | 2025-11-10 10:00 | Plan

		**Next:**
		- [HIGH] Schema

		## v2 | 2025-11-11 10:00 | Schema

		**Prev:** v1 plan
		**Progress:** 40% | Schema ✅

		**Blockers:** No keys
		- Owner: @ops
		- ETA: Nov 20

		**Next:**
		- [HIGH] Refresh
		  - with rotation
		- [x] [HIGH] Login
		- [LOW] Docs
	EOF
	keep Auth-WorkLog.md
}

fresh add
log
wl add auth --title 'OAuth flow'
exits 0 "add"
out_is "it tells file, line and number" <<'EOF'
Auth-WorkLog.md:28: v3 added; version: v3
EOF
err_has "what stays behind is told" '2 open steps and 1 open blocker of v2 stay behind in it; --carry'
changed "the entry and the version, nothing else" Auth-WorkLog.md <<'EOF'
2c2
< version: v2
---
> version: v3
26a27,50
> 
> ## v3 | 2025-11-14 12:00 | OAuth flow
> 
> **Prev:** v2 Schema
> **Now:**
> 
> **Progress:** 40%
> 
> **Files:**
> 
> **Work:**
> 
> **Decisions:**
> 
> **Works:**
> **Fails:**
> 
> **Blockers:**
> 
> **Dependencies:**
> 
> **Next:**
> 
> **Open:**
EOF

log
wl add Auth-WorkLog.md --carry --blocked -q
exits 0 "--carry --blocked"
is "-q: no word on stderr" "$(cat "$T/err")" ""
sed -n '/^## v3/,$p' Auth-WorkLog.md | sed -n '/Blockers/,/Open/p' >"$T/out"
out_is "what is open is carried, as it is written" <<'EOF'
**Blockers:** No keys
- Owner: @ops
- ETA: Nov 20

**Dependencies:**

**Next:**
- [HIGH] Refresh
  - with rotation
- [LOW] Docs

**Open:**
EOF
ok "--blocked: the title" grep -qx '## v3 | 2025-11-14 12:00 | \[BLOCKED\]' Auth-WorkLog.md
ok "--blocked: the status" grep -qx 'status: blocked' Auth-WorkLog.md
wl show Auth@v3 --json
json_is "the blocker is read as one" '[.entries[0].blockers[] | [.text, .owner, .eta]]' \
	'[["No keys","@ops","Nov 20"]]'
wl graph --json
json_is "the log is blocked" '[.nodes[] | [.version, .status]]' '[[3,"blocked"]]'
json_is "and says nothing odd" '.diagnostics' '[]'

log
wl add Auth --dry-run --status completed
exits 0 "--dry-run"
untouched "--dry-run" Auth-WorkLog.md
out_has "--dry-run: where" 'Auth-WorkLog.md:28: v3 would be added; version: v3; status: completed'
out_has "--dry-run: what" '## v3 | 2025-11-14 12:00 |'
wl add Auth --dry-run --json
valid_json "--dry-run --json" add
json_is "--dry-run --json" \
	'[.dry_run, .version, .previous, .line, .open_steps, .open_blockers, .carried]' \
	'[true,3,2,28,2,1,false]'
untouched "--dry-run --json" Auth-WorkLog.md
wl add Auth --json --status needs_review --title Done
valid_json "--json" add
json_is "--json" '[.file, .name, .status, .title, .dry_run]' \
	'["Auth-WorkLog.md","Auth","needs_review","Done",false]'
is "--json: its text is what was added" "$(jq -r .text "$T/out")" \
	"$(sed -n '/^## v3/,$p' Auth-WorkLog.md)"

# ---- the same again ----

log
wl add Auth
keep Auth-WorkLog.md
wl add Auth
exits 2 "the same call in the same minute"
err_has "it says why" 'v3 is this entry already'
untouched "the same call in the same minute" Auth-WorkLog.md
WLSYNC_NOW=2025-11-14T12:01:00Z wl add Auth
exits 0 "a minute later"
printf 'more\n' >>Auth-WorkLog.md
WLSYNC_NOW=2025-11-14T12:01:00Z wl add Auth
exits 0 "the entry was written into"
wl log Auth
out_has "five entries" v5

# ---- bytes ----

fresh bytes
printf '\357\273\277---\r\nversion: "v1"\r\nstatus: wip # x\r\n---\r\n\r\n## v1 | x\r\n\r\nOne.' \
	>A-WorkLog.md
keep A-WorkLog.md
wl add A
exits 0 "BOM, CRLF, no final newline"
is "no LF alone" "$(tr -d '\r' <A-WorkLog.md | wc -l)" "$(grep -c "$(printf '\r')" A-WorkLog.md)"
is "no final newline" "$(tail -c 9 A-WorkLog.md)" '**Open:**'
is "the old bytes, but for the number" \
	"$(head -c "$(wc -c <"$T/kept")" A-WorkLog.md | sed 's/"v2"/"v1"/' | od -c)" \
	"$(od -c <"$T/kept")"
printf '## v1 | caf\351\n\n\0**Next:**\n- \377\n' >A-WorkLog.md
wl add A --carry --json
exits 0 "invalid bytes and NUL"
valid_json "invalid bytes and NUL" add
json_is "invalid bytes are replaced in JSON" .lossy true
is "and kept in the file" "$(LC_ALL=C grep -ac "$(printf 'v1 caf\351')" A-WorkLog.md)" 1

printf '## v1 | x\n' >"$T/real.md"
rm A-WorkLog.md
ln -s ../real.md A-WorkLog.md
chmod 640 "$T/real.md"
wl add A-WorkLog.md
exits 0 "a symbolic link"
ok "it stays one" test -L A-WorkLog.md
ok "its target is written" grep -q '^## v2' "$T/real.md"
is "its mode stays" "$(stat -c %a "$T/real.md")" 640

# ---- which log, which file ----

fresh files
wlog a/Search 1 in_progress 10
wlog b/Search 1 in_progress 10
wl add Search
exits 2 "two logs of a name"
wl add b/Search-WorkLog.md
exits 0 "one of them, by its file"
wl -C a add Search --json
json_is "one of them, from its folder" .version 2
wl add Nope
exits 2 "no log"
wl add
exits 2 "no argument"
err_has "no argument: it says how" 'wlsync add LOG'
wl add a/Search-WorkLog.md b/Search-WorkLog.md
exits 2 "two logs"
wl add a/Search-WorkLog.md@v1
exits 2 "a version"
wl add a/Search-WorkLog.md --blocked --status completed
exits 2 "--blocked and another status"
wl add a/Search-WorkLog.md --status shipped
exits 2 "a status that is none"

# A tag in the title is as good as an option.
fresh tags
log
wl add Auth --title 'Keys [BLOCKED]'
out_has "a title with [BLOCKED]: the frontmatter agrees" 'v3 added; version: v3; status: blocked'
wl check
exits 0 "the log is clean"
out_lacks "and no status differs from another" 'status-mismatch'
wl add Auth --blocked --title 'Keys [BLOCKED] 🔴' --dry-run
out_has "the tag stands once" '## v4 | 2025-11-14 12:00 | Keys [BLOCKED] 🔴'
out_lacks "not twice" '[BLOCKED] 🔴 [BLOCKED]'
wl add Auth --title 'Look [NEEDS_REVIEW]' --dry-run
out_has "a title with [NEEDS_REVIEW]" 'status: needs_review'
wl add Auth --title 'The [BLOCKED] tag' --dry-run
out_lacks "a word of the title is no tag" 'status:'
keep Auth-WorkLog.md
wl add Auth --title 'Done [BLOCKED]' --status completed
exits 2 "a tag against --status"
err_is "is said" <<-'EOF'
	wlsync: add: --title says [BLOCKED], but the status is to be completed; leave one out
EOF
wl add Auth --title 'Look [NEEDS_REVIEW]' --blocked
exits 2 "a tag against --blocked"
untouched "a tag against an option" Auth-WorkLog.md

# A status of the log's own is left to the user, who hears of it.
fresh own
printf '# A Work Log\n\n**Status:** in_progress\n\n## v1 | 2025-11-10 | a\n\n**Now:** x\n' >A-WorkLog.md
wl add A --status completed
err_is "the other status is spoken of" <<-'EOF'
	wlsync: line 3: the log's own Status says in_progress, but the newest entry says completed; write completed here, or change the other
EOF
wl add A --status in_progress
err_is "not when they agree" </dev/null

# The version in a file's name stays, and check would tell of it.
fresh names
wlog Auth 5 in_progress 10
mv Auth-WorkLog.md Auth-WorkLog-v5.md
wl add Auth --title Next
err_has "the name of the file is spoken of" \
	"the file's name still says v5; wlsync check --fix=names renames it"
wl check --fix=names
ok "which it does" test -e Auth-WorkLog-v6.md
wl -q add Auth --title Quiet
err_is "not when quiet" </dev/null
wlog Plain 5 in_progress 10
wl add Plain --title Next
err_lacks "nor of a name without a version" "file's name"

# What a file holds does nothing to the terminal.
fresh escapes
printf '# A Work Log\n\n## v1 | 2025-11-10 | t\033[31mred\033]0;x\007\n\n**Next:**\n- step\n\t- under\033[1m it\n' >A-WorkLog.md
wl add A --carry --dry-run
is "no control character is shown" "$(tr -d '\t\n' <"$T/out" | LC_ALL=C grep -c '[[:cntrl:]]')" 0
out_has "tabs stay" "$(printf '\t- under')"
wl add A --carry
ok "the file has the bytes" grep -q "$(printf 'under\033')" A-WorkLog.md

fresh snapshots
for n in 1 2 3; do
	printf -- '---\nversion: v%s\nstatus: in_progress\n---\n\n## v%s | x\n\n**Now:** y\n' $n $n \
		>Pay-WorkLog-v$n.md
done
cp Pay-WorkLog-v1.md "$T/one"
wl add Pay --json
exits 0 "snapshots"
json_is "snapshots: the current file gets the entry" '[.file, .version]' '["Pay-WorkLog-v3.md",4]'
wl add Pay-WorkLog-v1.md
exits 2 "an older file by its name"
err_has "the current one is named" Pay-WorkLog-v3.md
ok "and nothing is written" cmp "$T/one" Pay-WorkLog-v1.md
WLSYNC_NOW=2025-11-15T12:00:00Z wl add Pay-WorkLog-v3.md
exits 0 "the current file by its name"
is "the file keeps its name" "$(echo ./*)" \
	'./Pay-WorkLog-v1.md ./Pay-WorkLog-v2.md ./Pay-WorkLog-v3.md'

fresh parts
printf '# Big Work Log\n\n## v1 | x\n\n**Now:** a\n' >Big-WorkLog-v1.md
printf '# Big Work Log\n\nContinuation of Big-WorkLog-v1\n\n## v2 | y\n\n**Now:** b\n' \
	>Big-WorkLog-v2.md
cp Big-WorkLog-v1.md "$T/one"
wl add Big --json
json_is "parts: the current one gets the entry" '[.file, .version, .previous]' \
	'["Big-WorkLog-v2.md",3,2]'
ok "and the other none" cmp "$T/one" Big-WorkLog-v1.md

fresh named
printf -- '---\nversion: v7\nstatus: blocked\n---\n\n# X Work Log\n' >X-WorkLog.md
wl add X --json
json_is "a version in the frontmatter and no entry" '[.version, .previous, .line]' '[8,null,8]'

# ---- refusals ----

fresh refused
printf '## v1 | x\n\n<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n' >A-WorkLog.md
keep A-WorkLog.md
wl add A
exits 2 "conflict markers"
err_has "conflict markers: the line" 'A-WorkLog.md: line 3: conflict markers'
untouched "conflict markers" A-WorkLog.md
# shellcheck disable=SC2016 # a code fence
printf '## v1 | x\n\n```\ncode\n' >A-WorkLog.md
keep A-WorkLog.md
wl add A
exits 2 "a fence that is not closed"
untouched "a fence that is not closed" A-WorkLog.md
wl add missing-WorkLog.md
exits 2 "a file that is not there"
printf 'Some text.\n' >note.md
wl add note.md
exits 2 "a file that is no log"
is "and stays none" "$(cat note.md)" 'Some text.'
printf '# Bare Work Log\n' >Bare-WorkLog.md
wl add Bare-WorkLog.md
exits 0 "a file that is one by its name"
wlog Open 1 in_progress 10
wl -q add Open --dry-run
exits 0 "another log is not in the way"
chmod a-w Open-WorkLog.md
keep Open-WorkLog.md
wl_nobody add Open
exits 2 "a file that may not be written"
untouched "a file that may not be written" Open-WorkLog.md
chmod 000 A-WorkLog.md
wl_nobody add A-WorkLog.md
exits 2 "a file that may not be read"
chmod 644 A-WorkLog.md

# ---- what others make of it ----

fresh graph
wlog Auth 5 in_progress 70
wlog Pay 3 in_progress 50 Auth-WorkLog-v5
wl graph --json
edges='[.edges[] | [.from, .to, .to_version, .state]]'
jq -c "$edges" "$T/out" >"$T/edges"
wl add Pay
wl graph --json
is "dependencies go on to hold" "$(jq -c "$edges" "$T/out")" "$(cat "$T/edges")"
wl add Auth
wl graph --json
json_is "the one that is waited for has a new version" '[.edges[] | .behind_by]' '[1]'

# A new log and many entries.
fresh long
wl init Long
for minute in 01 02 03 04 05 06 07 08 09 10; do
	WLSYNC_NOW=2025-11-14T12:$minute:00Z wl add Long --carry --title "Step $minute"
done
wl log Long --json
json_is "eleven entries" '.entries | length' 11
wl graph --json
json_is "nothing odd in them" .diagnostics '[]'

# Every odd file is served or refused, and none is written.
fresh odd
cp "$SRC"/fixtures/deviations/*.md "$SRC"/fixtures/roundtrip/*.md .
bad=
for name in *.md; do
	keep "$name"
	wl add "$name" --dry-run --carry
	cmp -s "$T/kept" "$name" || bad="$bad $name"
	case $status in
	0 | 2) ! grep -qE 'Sanitizer|runtime error:' "$T/err" || bad="$bad $name" ;;
	*) bad="$bad $name" ;;
	esac
done
is "all odd files survive" "$bad" ""

# ---- the editor ----

fresh editor
log
cat >"$T/vim" <<EOF
#!/bin/sh
printf '%s\n' "\$@" >$T/edited
exit \${EDITOR_STATUS:-0}
EOF
chmod +x "$T/vim"
cp "$T/vim" "$T/other"
EDITOR="$T/vim" wl add Auth
ok "no terminal, no editor" test ! -e "$T/edited"

# on_terminal ARG…: wl with a terminal as stdin and stdout.
on_terminal() {
	rm -f "$T/edited"
	tap_command="wlsync $*"
	timeout -k 5 60 /usr/bin/python3 -c '
import os, pty, sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))' \
		"$WLSYNC" "$@" >"$T/out" 2>"$T/err" </dev/null
	status=$?
}

log
VISUAL='' EDITOR="$T/vim -u NONE" on_terminal add Auth
exits 0 "on a terminal"
is "the editor opens at the entry" "$(tr '\n' ' ' <"$T/edited")" \
	"-u NONE +28 $PWD/Auth-WorkLog.md "
log
VISUAL="$T/other" EDITOR="$T/vim" on_terminal add Auth
is "VISUAL goes first; an unknown one gets the file" "$(cat "$T/edited")" "$PWD/Auth-WorkLog.md"
log
VISUAL="$T/vim" on_terminal add Auth --no-edit
ok "--no-edit" test ! -e "$T/edited"
VISUAL="$T/vim" on_terminal add Auth --json --title j
ok "--json: no editor" test ! -e "$T/edited"
VISUAL="$T/vim" on_terminal add Auth --dry-run --title d
ok "--dry-run: no editor" test ! -e "$T/edited"
log
EDITOR_STATUS=3 VISUAL="$T/vim" on_terminal add Auth
exits 2 "an editor that fails"
ok "the entry is written" grep -q '^## v3' Auth-WorkLog.md
mkdir "$T/editor/it's; touch x"
cd "$T/editor/it's; touch x" || exit 99
log
VISUAL="$T/vim" on_terminal add Auth-WorkLog.md
is "a path is no shell's" "$(basename "$(tail -1 "$T/edited")")" "Auth-WorkLog.md"
ok "and runs nothing" test ! -e x
VISUAL="$T/vim" on_terminal init Fresh
is "init opens it too" "$(head -1 "$T/edited")" "+8"
finish
