#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# wlsync check --fix: what is mended, and that nothing else is.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

# mends WHAT SED-SCRIPT: --fix makes of Log-WorkLog.md what the script makes of it, and once more nothing.
mends() {
	cp Log-WorkLog.md "$T/before"
	sed "$2" "$T/before" >"$T/want"
	wl check --fix --json
	valid_json "$1" check
	ok "$1: mended, and no other byte" cmp "$T/want" Log-WorkLog.md
	json_is "$1: it is told" '.fixed | length > 0' true
	wl check --fix --json
	json_is "$1: twice is once" '[(.fixed | length), .counts.fixable]' '[0,0]'
	ok "$1: twice leaves it" cmp "$T/want" Log-WorkLog.md
}

# keeps WHAT: --fix leaves Log-WorkLog.md.
keeps() {
	cp Log-WorkLog.md "$T/before"
	wl check --fix
	ok "$1: left as it is" cmp "$T/before" Log-WorkLog.md
}

# log FRONTMATTER-VERSION FRONTMATTER-STATUS STATUS: Log-WorkLog.md at v2.
log() {
	printf -- '---\nversion: %s\nstatus: %s # kept\nowner: me\n---\n\n# Log Work Log\n\n' "$1" "$2"
	printf '## v2 | 2025-11-10 | Work\n\n**Status:** %s\n\n**Now:** x\n' "$3"
}

log v5 in_progress in_progress >Log-WorkLog.md
mends "the frontmatter's version" 's/v5/v2/'
log 5 in_progress in_progress >Log-WorkLog.md
mends "a version without v" 's/^version: 5/version: 2/'
log '"v5"' in_progress in_progress >Log-WorkLog.md
mends "a version in quotes" 's/v5/v2/'
log v5.0 in_progress in_progress >Log-WorkLog.md
mends "a version with a point" 's/v5.0/v2/'
log v2 completed in_progress >Log-WorkLog.md
mends "the frontmatter's status" 's/completed/in_progress/'
log v2 "'completed'" in_progress >Log-WorkLog.md
mends "a status in quotes" 's/completed/in_progress/'
log v7 completed blocked >Log-WorkLog.md
mends "version and status" 's/v7/v2/;s/completed/blocked/'
log v2 in_progress 'In Progress (nearly)' >Log-WorkLog.md
mends "a status spelled otherwise" 's/In Progress/in_progress/'
log v2 in_progress in_progress | head -c -1 >Log-WorkLog.md
{
	cat Log-WorkLog.md
	echo
} >"$T/ended"
wl check --fix
ok "a last line without ending gets one" cmp "$T/ended" Log-WorkLog.md
log v2 in_progress in_progress | sed 's/$/\r/' | head -c -2 >Log-WorkLog.md
wl check --fix
is "the ending that the other lines have" "$(tail -c 2 Log-WorkLog.md | od -An -tx1 | tr -d ' ')" 0d0a
log v5 in_progress in_progress | sed 's/$/\r/' >Log-WorkLog.md
mends "CR LF stays" 's/v5/v2/'

# ---- mojibake ----

# misread ENCODING: UTF-8 on stdin, taken for another encoding.
misread() {
	/usr/bin/python3 -c '
import sys
text = sys.stdin.buffer.read()
def one(b):
    try:
        return bytes([b]).decode(sys.argv[1])
    except UnicodeDecodeError:
        return chr(b)
sys.stdout.buffer.write("".join(map(one, text)).encode())' "$1"
}

{
	log v2 in_progress in_progress
	printf '**Progress:** 60%% | Reader ✅ | Matching 70%% 🔄 | Report ⏳ | ⚠️ – “a” → b\n'
} >"$T/right"
for encoding in mac_roman cp1252 latin-1; do
	misread "$encoding" <"$T/right" >Log-WorkLog.md
	ok "mojibake of $encoding is another text" sh -c "! cmp -s '$T/right' Log-WorkLog.md"
	wl check --fix --json
	valid_json "mojibake of $encoding" check
	ok "mojibake of $encoding is mended, every marker and sign" cmp "$T/right" Log-WorkLog.md
	misread "$encoding" <"$T/right" | misread "$encoding" >Log-WorkLog.md
	cp Log-WorkLog.md "$T/before"
	wl check --fix
	wl check --fix --json
	json_is "mojibake of mojibake ($encoding): twice is once" '.fixed | length' 0
done
# Ordinary text beside it decodes as well: it is not touched.
{
	log v2 in_progress in_progress
	printf '**Progress:** 60%% | Serif ✅\n'
} | misread mac_roman >Log-WorkLog.md
printf '**Works:** Pendant l\342\200\231été, “Über” et «École»; Ä€, Ç¡, ß©, Ã©\n' >>Log-WorkLog.md
mends "a marker beside ordinary text" 's/‚úÖ/✅/'
{
	log v2 in_progress in_progress
	printf '**Progress:** 60%% | Serif ✅\n'
} | misread cp1252 >Log-WorkLog.md
printf '**Works:** Pendant l\342\200\231été, “Über” et «École»; Ä€, Ç¡, ß©, Ã©\n' >>Log-WorkLog.md
mends "a marker beside ordinary text, Windows-1252" 's/âœ…/✅/'
cp "$T/right" Log-WorkLog.md
keeps "a text without mojibake"
{
	log v2 in_progress in_progress
	printf '**Works:** Ã©, √© and “ä” are no markers\n'
} >Log-WorkLog.md
keeps "what looks like it, without a marker that was misread"

# ---- what is left alone ----

log v5 completed in_progress | sed '/Now/i\<!-- wlsync: ignore x -->' |
	sed 's/^# Log.*/&\n\n<!-- wlsync: ignore version-mismatch, status-mismatch -->/' >Log-WorkLog.md
keeps "what a comment switches off"
log v5 in_progress in_progress >Log-WorkLog.md
cp Log-WorkLog.md "$T/before"
wl check --fix --rule version-mismatch=off
ok "a rule that is off" cmp "$T/before" Log-WorkLog.md
{
	log v5 in_progress in_progress
	printf '<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n'
} >Log-WorkLog.md
keeps "a file with conflict markers"
log v2 parked in_progress >Log-WorkLog.md
keeps "a status that is none of the four"

# ---- files ----

log v5 in_progress in_progress >Log-WorkLog.md
chmod 640 Log-WorkLog.md
wl check --fix
is "the mode stays" "$(stat -c %a Log-WorkLog.md)" 640
is "no temporary file is left" "$(find . -type f | wc -l)" 1
log v5 in_progress in_progress >Log-WorkLog.md
chmod 444 Log-WorkLog.md
wl_nobody check --fix
exits 2 "a file that may not be written"
err_has "it is named" Log-WorkLog.md
chmod 640 Log-WorkLog.md
fresh link
log v5 in_progress in_progress >"$T/Target.md"
ln -s "$T/Target.md" Log-WorkLog.md
wl check --fix
ok "through a link its target is mended" grep -qx 'version: v2' "$T/Target.md"
ok "the link stays" test -L Log-WorkLog.md

# ---- names ----

fresh names
wlog 'Log' 2 in_progress 10
mv Log-WorkLog.md Log-WorkLog-v4.md
wl check --fix
ok "--fix renames nothing" test -e Log-WorkLog-v4.md
wl check --fix=names --json
valid_json "--fix=names" check
json_is "--fix=names: the new name is told" '[.fixed[].renamed_to]' '["Log-WorkLog-v2.md"]'
ok "--fix=names: the file has it" test -e Log-WorkLog-v2.md
ok "--fix=names: and not the old one" test ! -e Log-WorkLog-v4.md
wl check --fix=names --json
json_is "--fix=names: twice is once" '.fixed | length' 0
cp Log-WorkLog-v2.md "$T/two"
cp Log-WorkLog-v2.md Log-WorkLog-v4.md
printf 'more\n' >>Log-WorkLog-v4.md
cp Log-WorkLog-v4.md "$T/four"
wl check --fix=names
exits 2 "--fix=names where the name is taken"
err_has "it is said" 'Log-WorkLog-v2.md exists'
ok "neither file changes" sh -c "cmp '$T/two' Log-WorkLog-v2.md && cmp '$T/four' Log-WorkLog-v4.md"
finish
