#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Whole processes: the standing workspace beside `cat *.md | wc -l`, starting beside an empty
# program, ten logs in a work tree. process.sh GENERATE MEASURE EMPTY

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
generate=$1 measure=$2 empty=$3

# at_most WHAT VALUE LIMIT
at_most() {
	if awk -v v="$2" -v l="$3" 'BEGIN { exit !(v <= l) }'; then
		pass "$1: $2 (limit $3)"
	else
		fail "$1: $2 (limit $3)"
	fi
}

ratio() {
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'
}

"$generate" workspace 2000 logs || exit 99
bytes=$(cat logs/*.md | wc -c)
largest=$(find logs -name '*.md' -printf '%s\n' | sort -n | tail -1)
# shellcheck disable=SC2046 # four words
set -- $("$measure" 7 "$WLSYNC" graph --json logs -- sh -c 'cat logs/*.md | wc -l')
note "2,000 logs of 50 entries, $bytes bytes: wlsync graph --json $1 ms, cat | wc -l $3 ms"
at_most "graph --json on 2,000 logs, times cat *.md | wc -l" "$(ratio "$1" "$3")" 4
"$WLSYNC" graph --json logs >out.json
is "it has 2,000 nodes and 3,987 edges" \
	"$(jq -c '[(.nodes | length), (.edges | length)]' out.json)" '[2000,3987]'
edges=$(jq '.edges | length' out.json)
at_most "its memory in KiB" "$2" $((largest * 3 / 1024 + edges + 4 * 2000))

# shellcheck disable=SC2046
set -- $("$measure" 5 "$WLSYNC" check logs -- sh -c 'cat logs/*.md | wc -l')
note "wlsync check $1 ms, $2 KiB, cat | wc -l $3 ms"
at_most "check on 2,000 logs, times cat *.md | wc -l" "$(ratio "$1" "$3")" 6
one=$(find logs -name '*.md' | sort | head -1)
# shellcheck disable=SC2046
set -- $("$measure" 50 "$WLSYNC" check "$one" -- "$empty")
at_most "check FILE beside 2,000 logs, in ms" "$1" 10

# shellcheck disable=SC2046
set -- $("$measure" 200 "$WLSYNC" --version -- "$empty")
note "wlsync --version $1 ms, an empty program $3 ms"
at_most "wlsync --version, times an empty program" "$(ratio "$1" "$3")" 3

fresh w
fixture workspace
git_init
git_commit "ten logs"
# shellcheck disable=SC2046
set -- $("$measure" 30 "$WLSYNC" graph -- "$empty")
at_most "graph on ten logs in a work tree, in ms" "$1" 25
finish
