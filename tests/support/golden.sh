#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# Runs golden cases: golden.sh FOLDER… where each FOLDER holds cases, one folder each:
#
#	cmd            the arguments, in shell quoting, of one run of wlsync
#	fixture        (optional) the folder under fixtures/ that the run starts in
#	in/            (optional, else) the files that the run starts in
#	env            (optional) NAME=VALUE lines
#	expected       stdout
#	expected.err   (optional) stderr; without it stderr must be empty
#	status         (optional) exit status; 0 without it
#	KNOWN-FAILING  (optional) why the case fails: its verdict is a TODO
#
# WLSYNC_ACCEPT=1 writes what came out as what is expected.

invoked=$(pwd)
# shellcheck source=tests/support/tap.sh
. "${0%/*}/tap.sh"

accept() {
	cp "$T/out" "$1/expected"
	rm -f "$1/expected.err" "$1/status"
	[ ! -s "$T/err" ] || cp "$T/err" "$1/expected.err"
	[ "$status" -eq 0 ] || echo "$status" >"$1/status"
}

# Prints the differences; nothing when the run is as expected.
differences() {
	local err=/dev/null want=0
	[ ! -f "$1/expected.err" ] || err="$1/expected.err"
	[ ! -f "$1/status" ] || want=$(cat "$1/status")
	[ "$status" -eq "$want" ] || echo "status $status, expected $want"
	cmp -s "$1/expected" "$T/out" || diff -u --label expected --label stdout "$1/expected" "$T/out"
	cmp -s "$err" "$T/err" || diff -u --label expected.err --label stderr "$err" "$T/err"
}

run_case() {
	local case="$1" name="$2"
	fresh w
	if [ -f "$case/fixture" ]; then
		fixture "$(cat "$case/fixture")"
	elif [ -d "$case/in" ]; then
		cp -r "$case/in/." .
	fi
	tap_todo=
	[ ! -f "$case/KNOWN-FAILING" ] || tap_todo=$(head -1 "$case/KNOWN-FAILING")
	eval "set -- $(cat "$case/cmd")"
	# shellcheck disable=SC2046 # one word a line
	wl_env $([ ! -f "$case/env" ] || cat "$case/env") -- "$@"
	[ "${WLSYNC_ACCEPT:-}" != 1 ] || accept "$case"
	differences "$case" >"$T/diff" 2>&1
	if [ -s "$T/diff" ]; then
		fail "$name"
		note "wlsync $*"
		head -80 "$T/diff" | note
	else
		pass "$name"
	fi
}

# wl_env NAME=VALUE… -- ARG…
wl_env() {
	local before=""
	while [ "$1" != -- ]; do
		before="$before $1"
		shift
	done
	shift
	# shellcheck disable=SC2086 # one word a variable
	timeout -k 5 120 env $before "$WLSYNC" "$@" >"$T/out" 2>"$T/err" </dev/null
	status=$?
}

for folder in "$@"; do
	case $folder in
	/*) ;;
	*) folder=$invoked/$folder ;;
	esac
	for cmd in "$folder"/*/cmd; do
		[ -f "$cmd" ] || continue
		case=$(cd "${cmd%/cmd}" && pwd)
		run_case "$case" "${case##*/}"
	done
done
[ "$tap_count" -gt 0 ] || {
	tap_todo=
	fail "there are cases in: $*"
}
finish
