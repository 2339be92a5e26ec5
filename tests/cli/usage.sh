#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Options, help, exit status: what is the same for every command.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

wl --version
exits 0 "--version"
out_matches "--version says name and version" '^wlsync [0-9]+\.[0-9]+\.[0-9]+'
wl --help
exits 0 "--help"
for command in graph status next show log merge merge-driver preview resolve install; do
	out_matches "--help names $command" "(^| )$command( |\$)"
done

# help_has COMMAND OPTION…
help_has() {
	command=$1
	shift
	wl "$command" --help
	exits 0 "$command --help"
	ok "$command --help is at most 80 columns wide" \
		sh -c "! grep -qE '^.{81,}' '$T/out'"
	out_matches "$command --help has an example" "^ *(\\\$ )?wlsync $command"
	for option in "$@"; do
		out_has "$command --help names $option" "$option"
	done
	# shellcheck disable=SC2013 # words
	for option in $(sed -nE 's/^  (-[A-Za-z])?(, )?(--[a-z-]+)?.*/\1 \3/p' "$T/out" | grep -e -); do
		ok "wlsync-$command(1) explains $option" \
			grep -qE "^\.It (.* )?Fl ${option#-}( |\$)" "$SRC/docs/man/wlsync-$command.1"
	done
	cp "$T/out" "$T/help"
	wl "$command" -h
	ok "$command -h is the same" cmp "$T/out" "$T/help"
}
help_has graph --format --focus --up --down --depth --path --status --cycles --history \
	--overlaps --mentions --entries --reduce --all -o --rev --all-branches
help_has status --sort --status --days
help_has next --log --limit --explain --stale-ok --exit-code
help_has show LOG
help_has log LOG
help_has merge BASE -o --base --explain --report --style --marker-size --labels --policy --trace
help_has merge-driver %O -L -P -S -X -Y --style --policy --trace
help_has preview BRANCH
help_has resolve --ours --theirs --union --pick --stage
help_has install --global --check --uninstall --diff --hook

wl grpah
exits 2 "a misspelt command"
err_has "it is answered with the nearest" graph
wl frobnicate
exits 2 "a command that nothing is like"
wl graph --frmat dot
exits 2 "a misspelt option"
err_has "it is named" frmat
wl graph --format pdf
exits 2 "a format that there is not"
err_has "the formats are named" mermaid
wl --color sometimes graph
exits 2 "a bad value of --color"
wl --width nine graph
exits 2 "a bad value of --width"
wl graph --depth -1 --focus A
exits 2 "a bad value of --depth"
wl -C nowhere graph
exits 2 "-C to a folder that is not there"
err_has "the folder is named" nowhere

mkdir "$T/bin"
printf '#!/bin/sh\necho "ran with $*"\nexit 7\n' >"$T/bin/wlsync-hello"
chmod +x "$T/bin/wlsync-hello"
PATH="$T/bin:$PATH"
wl hello a 'b c'
is "an unknown command runs wlsync-COMMAND from PATH" "$(cat "$T/out") $status" 'ran with a b c 7'

wl graph
exits 0 "no log at all"
is "no log at all: one line on stderr" "$(wc -l <"$T/err")" 1
wl graph --json
exits 0 "no log at all, as JSON"
valid_json "no log at all, as JSON" graph
json_is "no log at all: nothing is invented" \
	'[.nodes, .edges, .cycles, .cycle_paths, .ready, .waves, .critical, .diagnostics]' \
	'[[],[],[],[],[],[],[],[]]'
for command in status next; do
	wl "$command"
	exits 0 "$command without a log"
	wl "$command" --json
	exits 0 "$command --json without a log"
	valid_json "$command --json without a log" "$command"
done

fresh some
wlog A 1 in_progress 10 B-WorkLog-v1
wlog B 1 in_progress 20
wl graph --json .
cp "$T/out" "$T/first"
for arguments in 'graph . --json' '--json graph .' '--json=1 graph' 'graph --json -- .' \
	'graph --format json' 'graph --format=json' "-C $T/some graph --json"; do
	# shellcheck disable=SC2086 # words
	wl $arguments
	ok "wlsync $arguments is the same" cmp "$T/out" "$T/first"
done
(cd / && "$WLSYNC" -C "$T/some" graph --json) >"$T/out" 2>"$T/err"
ok "-C from elsewhere is the same" cmp "$T/out" "$T/first"
for command in graph status next; do
	wl "$command" --json
	err_is "$command --json says nothing on stderr" </dev/null
	wl "$command"
	exits 0 "$command"
	err_is "$command says nothing on stderr" </dev/null
done

wl graph . missing.md
exits 2 "a path that is not there"
err_has "it is named" missing.md
out_has "the rest is shown" 'B'
wl show Nope
exits 2 "a log that is not there"
err_has "it is named too" Nope
wlog Alphabet 1 in_progress 30
wl graph --focus Alhpabet
exits 2 "--focus on a log that is not there"
err_matches() {
	if grep -qE -e "$2" "$T/err"; then pass "$1"; else fail "$1" && tap_show; fi
}
err_matches "near names are offered" 'did you mean'

wlog ./--odd 1 in_progress 5
mv ./--odd-WorkLog.md ./--odd.md
wl graph --json -- --odd.md
json_is "-- ends the options; a named file is taken whatever its name" '[.nodes[].file]' \
	'["--odd.md"]'

for format in svg html; do
	wl graph --format $format
	exits 2 "$format comes later"
	is "$format: nothing on stdout" "$(wc -c <"$T/out")" 0
	err_has "$format: it says so" "$format"
done
wl graph -o "$T/nowhere/graph.txt"
exits 2 "-o into a folder that is not there"
finish
