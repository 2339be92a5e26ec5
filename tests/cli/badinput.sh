#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# Odd and hostile input: what is wrong is said with its place, the rest is still shown, nothing
# crashes or hangs.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

# A folder with one good log, which must always be shown.
good() {
	fresh w
	wlog Good 1 in_progress 40
}

# shown STATUS WHAT: every command ends so, and shows the good log.
shown() {
	local command
	for command in graph status next "graph --format tree" "graph --format dot" \
		"trends --metric progress" "add Good --dry-run"; do
		# shellcheck disable=SC2086 # words
		wl $command
		exits "$1" "$2: $command"
		out_has "$2: $command shows the rest" Good
	done
	wl check --json
	ok "$2: check ends well" test "$status" -le 2
	valid_json "$2: check --json is valid" check
	renamed "$1" "$2"
	wl graph --json
	exits "$1" "$2: graph --json"
	valid_json "$2: graph --json is valid" graph
	json_is "$2: graph --json has the rest" '[.nodes[].id] | index("Good") != null' true
}

# renamed STATUS WHAT: rename ends so, dry and on a copy, from where it comes back.
renamed() {
	wl rename Good Better
	exits "$1" "$2: rename, dry"
	cp -R . "$T/copy"
	wl -C "$T/copy" rename Good Better --yes
	exits "$1" "$2: rename"
	wl -C "$T/copy" rename Better Good --yes
	ok "$2: rename, and back" cmp Good-WorkLog.md "$T/copy/Good-WorkLog.md"
	rm -rf "$T/copy"
}

# diagnosed WHAT RULE LINE COLUMN: the last JSON has the diagnostic at that place.
diagnosed() {
	json_is "$1: a diagnostic with its place" \
		"[.diagnostics[] | select(.rule == \"$2\") | [.line, .column]][0]" "[$3,$4]"
}

good
printf '# Nul Work Log\n\n## v1 | 2025-11-10 | A\0b\n\n**Now:** x\n' >Nul-WorkLog.md
shown 0 "a NUL byte"
diagnosed "a NUL byte" nul-byte 3 23
json_is "a NUL byte: the log is read" '[.nodes[] | .id]' '["Good","Nul"]'

good
printf '# Bad Work Log\n\n## v1 | 2025-11-10 | Caf\351\n\n**Now:** x\n' >Bad-WorkLog.md
shown 0 "invalid UTF-8"
diagnosed "invalid UTF-8" invalid-utf8 3 25

good
printf '## v1 | x\n' >"$(printf 'Caf\351')-WorkLog.md"
shown 0 "an invalid name"
json_is "an invalid name: U+FFFD, and lossy beside it" \
	'[.nodes[] | select(.lossy) | .name]' '["Caf�"]'

good
head -c 200000 "$WLSYNC" >Binary-WorkLog.md
shown 0 "a binary"
head -c 3000000 "$WLSYNC" >Named.bin
wl graph Named.bin Good-WorkLog.md --json
exits 0 "a binary that is named"
valid_json "a binary that is named" graph

wl diff Named.bin Good-WorkLog.md --stat
exits 0 "a binary beside a log"
wl diff Named.bin Good-WorkLog.md --json
exits 0 "a binary beside a log, as JSON"
valid_json "a binary beside a log" diff
wl diff Good-WorkLog.md Missing.md
exits 2 "a file that is not there is no text"

good
: >Empty-WorkLog.md
shown 0 "an empty file"
json_is "an empty file: is no log" '[.nodes[].id]' '["Good"]'
wl status -v
exits 0 "status -v"
if cat "$T/out" "$T/err" | grep -qF Empty-WorkLog.md; then
	pass "status -v lists what matches by name only"
else
	fail "status -v lists what matches by name only"
	tap_show
fi

good
truncate -s 300M Huge-WorkLog.md
shown 2 "a file over 256 MiB"
err_has "a file over 256 MiB: it is named" Huge-WorkLog.md
err_has "a file over 256 MiB: the limit is named" 256

# ---- what cannot be read ----

good
chmod 755 "$T/w"
chmod 644 Good-WorkLog.md
wl_nobody --version
if [ "$status" = 0 ]; then
	wlog Secret 1 in_progress 10
	wlog closed/Inner 1 in_progress 10
	chmod 000 Secret-WorkLog.md closed
	for command in graph status next "graph --json" "trends --metric progress"; do
		# shellcheck disable=SC2086
		wl_nobody $command
		exits 2 "unreadable file and folder: $command"
		out_has "unreadable: $command shows the rest" Good
		err_has "unreadable: $command names the file" Secret-WorkLog.md
		err_has "unreadable: $command names the folder" closed
		is "unreadable: $command says so once each" "$(wc -l <"$T/err")" 2
	done
	chmod 755 closed
else
	skip "unreadable files" "another user cannot run a program in $T"
fi

good
ln -s . loop
mkdir deep
ln -s .. deep/up
shown 0 "folders that are linked in a circle"
json_is "folders in a circle: each log once" '[.nodes[].id]' '["Good"]'
ln -s Self-WorkLog.md Self-WorkLog.md
shown 2 "a link to itself"
err_has "a link to itself: it is named" Self-WorkLog.md
good
ln -s nowhere.md Gone-WorkLog.md
shown 2 "a link to nothing"

good
mkdir Folder-WorkLog.md
shown 0 "a folder that is named like a log"
good
mkfifo Pipe-WorkLog.md
shown 0 "a pipe that is named like a log"

# ---- names ----

good
printf '## v1 | x\n' >"$(printf 'New\nLine')-WorkLog.md"
shown 0 "a newline in a name"
json_is "a newline in a name: kept in JSON" '[.nodes[].file] | index("New\nLine-WorkLog.md") != null' \
	true
wl graph
is "a newline in a name: no line of its own" "$(grep -c '^Line' "$T/out")" 0
wl graph --format tsv
out_matches "a newline in a name: TSV lines stay whole" '	'
printf '# \033[31mRed\033[0m Work Log\n\n## v1 | \033]0;title\007 x\n\n**Next:**\n- \033[2J wipe\n' \
	>"$(printf 'Esc\033[31m')-WorkLog.md"
for command in graph status next "graph --plain" "graph --format tree" trends check "check --format github" prime; do
	# shellcheck disable=SC2086
	wl $command
	is "control characters never reach the screen: $command" \
		"$(LC_ALL=C tr -d '\n' <"$T/out" | LC_ALL=C grep -c '[[:cntrl:]]')" 0
done

# ---- numbers and depth ----

good
{
	printf '# Big Work Log\n\n## v999999999 | 2025-11-10 | the last number\n\n'
	printf '## v1000000000 | over it\n\n## v99999999999999999999999999 | far over it\n\n'
	printf '**Dependencies:**\n- depends on Good-WorkLog-v99999999999999999999\n'
} >Big-WorkLog.md
shown 0 "huge version numbers"
json_is "huge version numbers: what is over the limit is no version" \
	'[.nodes[] | select(.id == "Big") | .version]' '[999999999]'

good
{
	printf '# Deep Work Log\n\n## v1 | x\n\n**Next:**\n'
	awk 'BEGIN { for (i = 0; i < 10000; i++) printf "- "; print "x" }'
	awk 'BEGIN { for (i = 0; i < 10000; i++) printf ">"; print "y" }'
	awk 'BEGIN { s = ""; for (i = 0; i < 3000; i++) { print s "- z"; s = s "  " } }'
} >Deep-WorkLog.md
shown 0 "nesting 10,000 deep"

good
printf -- '---\nversion: [v3\nstatus: {{{\n---\n\n# Front Work Log\n\n## v2 | x\n' >Front-WorkLog.md
shown 0 "broken frontmatter"
json_is "broken frontmatter: a diagnostic in its file" \
	'[.diagnostics[] | select(.file == "Front-WorkLog.md") | .line >= 1 and .line <= 4] | any' true
json_is "broken frontmatter: the entry counts" '[.nodes[] | select(.id == "Front") | .version]' '[2]'
{
	printf -- '---\nversion: v1\nx: &a [*a, *a]\ny: '
	awk 'BEGIN { for (i = 0; i < 5000; i++) printf "["; print "" }'
	printf -- '---\n## v1 | x\n'
} >Front-WorkLog.md
shown 0 "frontmatter that nests 5,000 deep"

good
cat >Conflict-WorkLog.md <<-'EOF'
	# Conflict Work Log

	## v1 | 2025-11-10 | x

	<<<<<<< ours
	**Now:** one
	=======
	**Now:** two
	>>>>>>> theirs

	**Next:**
	- [HIGH] settle it
EOF
shown 0 "conflict markers"
diagnosed "conflict markers" conflict-marker 5 1
json_is "conflict markers: the log is read" '[.nodes[].id] | index("Conflict") != null' true

good
awk 'BEGIN { for (i = 0; i < 4000000; i++) printf "depends on [x](`*_ "; print "" }' >Line-WorkLog.md
printf '\n## v1 | x\n\n**Now:** y\n' >>Line-WorkLog.md
shown 0 "a line of 76 MB"

fresh w
fixture faults
for command in graph status next "graph --plain" "graph --format dot" "graph --format mermaid" \
	"graph --format tsv" "graph --history --json" "graph --mentions --json" \
	"graph --entries --json" "graph --overlaps" "graph --cycles" "graph --reduce" \
	trends "trends --plain" "trends --json" "trends --format csv" "trends --format svg"; do
	# shellcheck disable=SC2086
	wl $command
	exits 0 "the faults: $command"
done
wl graph --json
valid_json "the faults" graph
finish
