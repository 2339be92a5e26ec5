#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Mermaid's own parser accepts what graph --format mermaid writes, up to the documented limit;
# beyond it, wlsync refuses and says what to do. mermaid.sh FOLDER, where the parser is installed.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

if ! command -v npm >/dev/null; then
	skip "Mermaid's parser" "npm is not installed"
	finish
fi
modules=${1:?}
lock=tests/mermaid/package-lock.json
if ! cmp -s "$SRC/$lock" "$modules/installed"; then
	mkdir -p "$modules"
	cp "$SRC/tests/mermaid/package.json" "$SRC/$lock" "$SRC/tests/mermaid/.npmrc" "$modules"
	if ! (cd "$modules" && npm ci --ignore-scripts >npm.log 2>&1); then
		fail "npm ci installs Mermaid"
		tail -20 "$modules/npm.log" | note
		finish
	fi
	cp "$SRC/$lock" "$modules/installed"
fi
export MERMAID_MODULES="$modules"

# Loading the parser takes a second: what must be accepted is kept, and judged in one go by judge_kept.
kept=0

# accepted WHAT FROM [TO]: the last output parses, with FROM to TO edges.
accepted() {
	kept=$((kept + 1))
	cp "$T/out" "$T/kept.$kept"
	printf '%s %s %s\n' "$2" "${3:-$2}" "$1" >>"$T/kept"
}

# The parser prints "ok N - FILE is a flowchart-v2: 9 nodes, 8 edges", or "not ok N - FILE" and why.
judge_kept() {
	n=0
	# shellcheck disable=SC2046 # numbers
	node "$SRC/tests/mermaid/parse.mjs" $(seq -f "$T/kept.%g" "$kept") >"$T/parsed" 2>&1
	while read -r from to what; do
		n=$((n + 1))
		edges=$(sed -nE "s/^ok $n - .*: [0-9]+ nodes, ([0-9]+) edges\$/\1/p" "$T/parsed")
		if [ "${edges:--1}" -ge "$from" ] && [ "${edges:--1}" -le "$to" ]; then
			pass "$what"
		else
			fail "$what"
			sed -n "/^not ok $n -/,/^[on1]/p; /^ok $n -/p" "$T/parsed" | note
			[ -n "$edges" ] || tail -n 5 "$T/parsed" | note
			head -c 2000 "$T/kept.$n" | note
		fi
	done <"$T/kept"
}

# The judge judges: it refuses what is wrong, and over its limits.
printf 'flowchart TB\n  n1["a]\n' >bad.mmd
ok "the parser refuses a broken diagram" sh -c "! node '$SRC/tests/mermaid/parse.mjs' bad.mmd"
awk 'BEGIN { print "flowchart TB"; for (i = 0; i < 501; i++) print "  a --> n" i }' >over.mmd
ok "the parser refuses 501 edges" sh -c "! node '$SRC/tests/mermaid/parse.mjs' over.mmd"

for fixture in workspace mockup faults patterns; do
	fresh "$fixture"
	fixture "$fixture"
	wl graph --json
	edges=$(jq '.edges | length' "$T/out")
	wl graph --format mermaid
	exits 0 "$fixture"
	accepted "$fixture: the parser accepts it, with every edge" "$edges"
	out_has "$fixture: it has a title" accTitle
	out_has "$fixture: it has a description" accDescr
	is "$fixture: every edge again in the list below" \
		"$(grep -cE '^ *(%%|-|\*) .*(needs|depends|waits|stale|ahead|dangling|ok|blocked)' "$T/out" |
			awk -v e="$edges" '{ print ($1 >= e) ? "yes" : "no" }')" yes
done

fresh quoting
for name in 'a"b' 'c\d' "e'f" 'g<h>&' 'i|j' 'k{l}' 'm%n' end 'n;o' 'p#quot;q' 'ü 漢' 'r]s' '`t`'; do
	printf '# x Work Log\n\n## v1 | "q" <b>\n\n**Dependencies:**\n- needs end-WorkLog-v9\n' \
		>"$name-WorkLog.md"
done
wl graph --format mermaid
accepted "odd names are escaped" 12

# A hub and its spokes, some of them satisfied.
hub() {
	fresh hub
	wlog Hub 1 in_progress 10
	wlog Done 1 completed 100
	for i in $(seq "$1"); do
		wlog "Waits-$i" 1 in_progress 10 Hub-WorkLog-v1
	done
	for i in $(seq "$2"); do
		wlog "Fine-$i" 1 in_progress 10 Done-WorkLog-v1
	done
}
hub 250 0
wl graph --format mermaid
exits 0 "250 edges"
accepted "250 edges: the parser accepts them" 250
hub 200 100
wl graph --format mermaid
exits 0 "300 edges, 100 of them satisfied"
accepted "first satisfied edges go" 200 250
hub 251 0
wl graph --format mermaid
exits 2 "251 unsatisfied edges are refused"
is "nothing is written" "$(wc -c <"$T/out")" 0
err_has "the way out is named" --focus
wl graph --format mermaid --focus Waits-7
exits 0 "--focus is the way out"
accepted "--focus: the parser accepts it" 1
wl graph --format mermaid -o refused.mmd
exits 2 "-o, refused"
ok "-o writes no file when refused" test ! -e refused.mmd

# Long names: over 45,000 characters long before 250 edges.
fresh long
long=$(printf 'Long%.0s' $(seq 50))
wlog Hub 1 in_progress 10
for i in $(seq 200); do
	wlog "$long-$i" 1 in_progress 10 Hub-WorkLog-v1
done
wl graph --format mermaid
if [ "$status" -eq 0 ]; then
	accepted "200 long names: accepted" 200
else
	exits 2 "200 long names are refused"
	err_has "the way out is named" --focus
fi
judge_kept
finish
