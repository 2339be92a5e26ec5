#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# wlsync init: a new log, and what names are refused.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"

fresh plain
wl init Auth-Refactor --title 'Plan & schema'
exits 0 "init"
out_is "it tells the file" <<'EOF'
Auth-Refactor-WorkLog.md: made, with v1
EOF
cat >"$T/want" <<'EOF'
---
version: v1
status: in_progress
---

# Auth Refactor Work Log

## v1 | 2025-11-14 12:00 | Plan & schema

**Prev:** None
**Now:**

**Progress:** 0%

**Files:**

**Work:**

**Decisions:**

**Works:**
**Fails:**

**Blockers:** None

**Dependencies:** None

**Next:**

**Open:** None
EOF
ok "the file is the template" cmp "$T/want" Auth-Refactor-WorkLog.md
wl graph --json
json_is "it is read as a log" '[.nodes[] | [.id, .version, .status, .progress]]' \
	'[["Auth-Refactor",1,"in_progress",0]]'
json_is "without a diagnostic" '.diagnostics' '[]'
is "the mode is that of any new file" "$(stat -c %a Auth-Refactor-WorkLog.md)" \
	"$(printf '%o' $((0666 & ~0$(umask))))"

# What is there is never overwritten.
cp Auth-Refactor-WorkLog.md "$T/before"
for name in Auth-Refactor auth_refactor 'AUTH REFACTOR' Auth-Refactor-WorkLog Auth-Refactor-WorkLog.md; do
	wl init "$name"
	exits 2 "init $name, which is there"
	err_has "init $name: it says what to do" 'wlsync add'
done
ok "the file is untouched" cmp "$T/before" Auth-Refactor-WorkLog.md
is "and the only one" "$(ls)" Auth-Refactor-WorkLog.md
printf '## v3 | x\n' >Search-WorkLog-v3.md
wl init Search
exits 2 "a snapshot of that name is there"
err_has "it is named" Search-WorkLog-v3.md
mkdir Folder-WorkLog.md
wl init Folder
exits 2 "a folder is in the way"
ln -s nowhere Link-WorkLog.md
wl init Link
exits 2 "a symbolic link to nothing is in the way"
ok "it stays" test -L Link-WorkLog.md

fresh names
for name in 'Auth Refactor' Auth_Refactor2 Suche-für-Alle 検索 'C++' Node.js; do
	wl init "$name"
	exits 0 "init $name"
done
# shellcheck disable=SC2012 # the names are known
is "files" "$(LC_ALL=C ls | tr '\n' ' ')" \
	"Auth-Refactor-WorkLog.md Auth_Refactor2-WorkLog.md C++-WorkLog.md Node.js-WorkLog.md Suche-für-Alle-WorkLog.md 検索-WorkLog.md "
wl graph --json
json_is "all are read" '[.nodes[].id] | sort' \
	'["Auth-Refactor","Auth_Refactor2","C++","Node.js","Suche-für-Alle","検索"]'

fresh refused
long=$(printf '%0250d' 0 | tr 0 a)
for name in '' ' ' a/b ../up /abs 'a\b' 'a:b' 'Auth@v3' 'Auth#1' '[x]' 'a|b' '---' '...' .hidden \
	Auth-v3 'Auth v12' "$(printf 'a\tb')" "$(printf 'a\nb')" "$(printf 'caf\351')" "$long"; do
	wl init -- "$name"
	exits 2 "the name '$(printf %s "$name" | head -c 20 | LC_ALL=C tr -c '[:print:]' '?')'"
done
wl init -- -dash
exits 2 "a name that begins with a dash"
wl init
exits 2 "no name"
err_has "no name: it says how" 'wlsync init NAME'
wl init A B
exits 2 "two names"
wl init A --status 'done'
exits 2 "a status that is none"
wl init A --title "$(printf 'a\nb')"
exits 2 "a title of two lines"
wl init A --title "$(printf 'caf\351')"
exits 2 "a title that is not UTF-8"
wl init A --force
exits 2 "there is no --force"
is "nothing was written" "$(ls -A)" ""

fresh options
wl init Search --status blocked --json
exits 0 "--json"
valid_json "--json" init
json_is "--json" '[.file, .name, .version, .status, .title]' \
	'["Search-WorkLog.md","Search",1,"blocked",""]'
ok "--status" grep -qx 'status: blocked' Search-WorkLog.md
ok "no title" grep -qx '## v1 | 2025-11-14 12:00 |' Search-WorkLog.md
WLSYNC_NOW=2025-12-31T23:30:00-02:00 wl init Late
ok "the time is UTC" grep -q '^## v1 | 2026-01-01 01:30 |' Late-WorkLog.md
mkdir notes
wl -C notes init Inner
exits 0 "-C"
ok "-C: the file is there" test -f notes/Inner-WorkLog.md
wl -C nowhere init Inner
exits 2 "-C to no folder"

if command -v git >/dev/null; then
	fresh repository
	git_init
	mkdir notes
	wl -C notes init Inner --json
	valid_json "in a work tree" init
	json_is "the file is told from the root" .file '"notes/Inner-WorkLog.md"'
fi

fresh tags
wl init A --title 'Keys [BLOCKED]'
ok "a title with a tag: the frontmatter agrees" grep -qx 'status: blocked' A-WorkLog.md
wl check
out_lacks "the log is clean" 'status-mismatch'
wl init B --title 'Keys [BLOCKED]' --status in_progress
exits 2 "a tag against --status"
ok "nothing is made" test ! -e B-WorkLog.md

fresh locked
chmod a-w .
wl_nobody init A
exits 2 "a folder that may not be written"
chmod u+w .
is "nothing is left" "$(ls -A)" ""

# The editor opens only on a terminal.
fresh editor
printf '#!/bin/sh\nprintf "%%s\\n" "$@" >%s/edited\n' "$T" >"$T/vim"
chmod +x "$T/vim"
EDITOR="$T/vim" wl init A
exits 0 "no terminal"
ok "no terminal, no editor" test ! -e "$T/edited"
finish
