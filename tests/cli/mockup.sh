#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# The drawings of the specification come out as drawn: at 80 and 120 columns, in a pipe, in a
# real terminal (tmux), without colour, in ASCII, in plain sentences.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"
drawn=$SRC/fixtures/mockup/expected
escape=$(printf '\033')

fixture mockup
rm -rf expected

# as_drawn NAME ARG…
as_drawn() {
	local name="$1"
	shift
	wl "$@"
	exits 0 "$*"
	out_is "$*: as drawn in $name" <"$drawn/$name"
}
as_drawn graph-80.txt graph
as_drawn graph-80.txt graph --width 80
as_drawn focus-reports-up.txt graph --focus Reports --up
as_drawn status-80.txt status
as_drawn next.txt next

export COLUMNS=120
wl status --width 80
out_is "--width goes before COLUMNS" <"$drawn/status-80.txt"
for command in graph status; do
	wl "$command"
	exits 0 "$command at 120 columns"
	ok "$command: no line is wider than 120" sh -c "! grep -qP '^.{121,}' '$T/out'"
	for log in Auth-Refactor Billing Data-Model Payment-Integration Reports Search UI-Redesign; do
		out_matches "$command at 120 columns has $log whole" "(^|[^A-Za-z-])$log([^A-Za-z-]|\$)"
	done
	cp "$T/out" "$T/wide"
	COLUMNS='' wl "$command" --width 120
	ok "$command: COLUMNS=120 is --width 120" cmp "$T/out" "$T/wide"
done
unset COLUMNS
wl graph --width 120
out_has "graph at 120 columns has DEPENDS ON" 'DEPENDS ON'
out_has "graph at 120 columns has UNBLOCKS" 'UNBLOCKS'

for width in 40 60 79 81 200; do
	for command in graph status next; do
		wl "$command" --width $width
		exits 0 "$command --width $width"
		for log in Auth-Refactor Search; do
			out_has "$command --width $width: $log is whole" "$log"
		done
	done
done

# ---- without colour, and with ----

# colours WHAT yes|no: whether the last output has escape sequences.
colours() {
	if grep -qF "$escape" "$T/out"; then is "$1" yes "$2"; else is "$1" no "$2"; fi
}
uncoloured() {
	sed "s/$escape\\[[0-9;]*m//g" "$T/out" >"$T/bare"
}
wl graph
colours "a pipe has no colour" no
for command in graph "graph --focus Reports --up" status next; do
	# shellcheck disable=SC2086 # words
	wl $command
	cp "$T/out" "$T/plain"
	# shellcheck disable=SC2086
	wl $command --color always
	colours "$command --color always has colours" yes
	uncoloured
	ok "$command: colours change nothing else" cmp "$T/bare" "$T/plain"
done
export CLICOLOR_FORCE=1
wl graph
colours "CLICOLOR_FORCE=1 has colours" yes
wl graph --color never
colours "--color never goes before it" no
unset CLICOLOR_FORCE
export NO_COLOR=1
wl graph --color always
colours "--color always goes before NO_COLOR" yes
unset NO_COLOR

# ---- ASCII and plain ----

for command in graph "graph --focus Reports --up" status next; do
	# shellcheck disable=SC2086
	wl $command --ascii
	exits 0 "$command --ascii"
	ok "$command --ascii is ASCII" sh -c "! LC_ALL=C grep -q '[^ -~]' '$T/out'"
done
wl graph --ascii
# The same drawing, symbol for symbol.
sed 's/●/*/; s/○/o/' "$drawn/graph-80.txt" >"$T/ascii"
ok "graph --ascii is the same drawing" cmp "$T/out" "$T/ascii"
wl graph --focus Reports --up --ascii
sed 's/└─ /`- /' "$drawn/focus-reports-up.txt" >"$T/ascii"
ok "the tree with --ascii is the same drawing" cmp "$T/out" "$T/ascii"

for command in graph status next; do
	wl "$command" --plain
	exits 0 "$command --plain"
	ok "$command --plain: every line is a sentence" \
		sh -c "! grep -vqE '^[A-Z0-9].*[.:]\$' '$T/out'"
	ok "$command --plain: no columns" sh -c "! grep -q '   ' '$T/out'"
	ok "$command --plain: no symbols" sh -c "! grep -qE '[●○✓│└├─]|^ *[~?!*+] ' '$T/out'"
	cp "$T/out" "$T/plain"
	ACCESSIBLE=1 wl "$command"
	ok "$command: ACCESSIBLE=1 is --plain" cmp "$T/out" "$T/plain"
done
wl graph --plain
out_matches "graph --plain says the stale edge" 'UI-Redesign.*Auth-Refactor v2.*v5'
out_matches "graph --plain says the dangling edge" 'Billing.*Auth-Core v5'

# ---- a real terminal ----

# in_tmux WIDTH HEIGHT COMMAND…: runs it in a terminal; the screen comes to $T/screen, with
# escapes to $T/screen.esc. A server of its own each time: the last one may be on its way out.
tmux_count=0
in_tmux() {
	local width="$1" height="$2"
	shift 2
	rm -f "$T/done"
	tmux_count=$((tmux_count + 1))
	tmux -S "$T/tmux.$tmux_count" -f /dev/null new-session -d -x "$width" -y "$height" \
		"$*; echo \$? >'$T/done'; sleep 30"
	for _ in $(seq 100); do
		[ ! -s "$T/done" ] || break
		sleep 0.1
	done
	sleep 0.3
	tmux -S "$T/tmux.$tmux_count" capture-pane -p >"$T/screen.all"
	tmux -S "$T/tmux.$tmux_count" capture-pane -e -p >"$T/screen.esc"
	tmux -S "$T/tmux.$tmux_count" kill-server
	# Without the empty rest of the screen.
	sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' "$T/screen.all" >"$T/screen"
}

if command -v tmux >/dev/null; then
	unset TMUX
	export TERM=xterm-256color
	in_tmux 80 60 "'$WLSYNC' graph"
	ok "in a terminal of 80 columns graph is as drawn" diff -u "$drawn/graph-80.txt" "$T/screen"
	ok "it is coloured" grep -qF "${escape}[" "$T/screen.esc"
	in_tmux 80 60 "'$WLSYNC' status"
	ok "in a terminal of 80 columns status is as drawn" diff -u "$drawn/status-80.txt" "$T/screen"
	in_tmux 80 60 "'$WLSYNC' next"
	ok "in a terminal of 80 columns next is as drawn" diff -u "$drawn/next.txt" "$T/screen"
	in_tmux 120 60 "'$WLSYNC' graph"
	wl graph --width 120
	sed 's/ *$//' "$T/out" >"$T/wide"
	ok "in a terminal of 120 columns graph is that of --width 120" diff -u "$T/wide" "$T/screen"
	in_tmux 80 60 "NO_COLOR=1 '$WLSYNC' graph"
	ok "NO_COLOR: no colour on the screen" sh -c "! grep -qF '${escape}[' '$T/screen.esc'"
	ok "NO_COLOR: the same drawing" diff -u "$drawn/graph-80.txt" "$T/screen"
	in_tmux 80 60 "TERM=dumb '$WLSYNC' graph"
	ok "TERM=dumb: no colour on the screen" sh -c "! grep -qF '${escape}[' '$T/screen.esc'"

	fresh many
	wlog Root 1 in_progress 10
	for i in $(seq -w 80); do
		wlog "Part-$i" 1 in_progress 10 Root-WorkLog-v1
	done
	in_tmux 80 100 "'$WLSYNC' graph"
	ok "over 40 lines are cut on a terminal" grep -qE 'more: --all or --focus' "$T/screen"
	ok "and fit 40 lines" test "$(wc -l <"$T/screen")" -le 41
	in_tmux 80 100 "'$WLSYNC' graph --all"
	ok "--all cuts nothing" sh -c "! grep -q 'more: --all' '$T/screen'"
	wl graph
	out_lacks "a pipe is never cut" 'more: --all'
	is "a pipe gets every log" "$(grep -c '^  . Part-[0-9][0-9] ' "$T/out")" 80
else
	skip "in a real terminal" "tmux is not installed"
fi
finish
