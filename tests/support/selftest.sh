#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The judges judge: the golden runner, the TAP words and the JSON validator fail when they must.

printf '#!/bin/sh\necho "out $*"\n[ "$1" != bad ] || { echo err >&2; exit 3; }\n' >"${TMPDIR:-/tmp}/fake.$$"
chmod +x "${TMPDIR:-/tmp}/fake.$$"
WLSYNC="${TMPDIR:-/tmp}/fake.$$"
export WLSYNC
# shellcheck source=tests/support/tap.sh
. "${0%/*}/tap.sh"
mv "$WLSYNC" "$T/fake"
export WLSYNC="$T/fake"

# case NAME ARGUMENTS EXPECTED [STATUS [STDERR]]
golden_case() {
	mkdir -p "cases/$1"
	echo "$2" >"cases/$1/cmd"
	printf '%s\n' "$3" >"cases/$1/expected"
	[ -z "${4:-}" ] || echo "$4" >"cases/$1/status"
	[ -z "${5:-}" ] || echo "$5" >"cases/$1/expected.err"
}

# judged WANT WHAT: what the golden runner says of the cases, and its exit status.
judged() {
	"$SRC/tests/support/golden.sh" cases >"$T/verdict"
	result="$? $(grep -E '^(not )?ok' "$T/verdict" | tr '\n' ';')"
	is "$2" "$result" "$1"
	rm -rf cases
}

golden_case right 'a "b c"' 'out a b c'
judged '0 ok 1 - right;' "golden: the same is right"
golden_case out a 'out b'
judged '1 not ok 1 - out;' "golden: another stdout is wrong"
golden_case status bad 'out bad' 2 err
judged '1 not ok 1 - status;' "golden: another status is wrong"
golden_case err bad 'out bad' 3
judged '1 not ok 1 - err;' "golden: stderr that is not expected is wrong"
golden_case both bad 'out bad' 3 err
judged '0 ok 1 - both;' "golden: stderr and status as expected are right"
golden_case known a 'out b'
echo 'not yet' >cases/known/KNOWN-FAILING
judged '0 not ok 1 - known # TODO not yet;' "golden: a known failure is a TODO"
mkdir cases
judged '1 not ok 1 - there are cases in: cases;' "golden: no case at all is wrong"
golden_case accepted bad wrong
WLSYNC_ACCEPT=1 "$SRC/tests/support/golden.sh" cases >/dev/null
is "golden: WLSYNC_ACCEPT=1 writes all three" \
	"$(cat cases/accepted/expected cases/accepted/expected.err cases/accepted/status | tr '\n' ' ')" \
	'out bad err 3 '
judged '0 ok 1 - accepted;' "golden: and they are right from then on"

# words WANT WHAT COMMAND: what a script of that one word says.
words() {
	printf '. "%s/tests/support/tap.sh"\n%s\nfinish\n' "$SRC" "$3" >"$T/script"
	sh "$T/script" >"$T/verdict" 2>/dev/null
	result="$? $(grep -cE '^not ok' "$T/verdict")"
	is "$2" "$result" "$1"
	is "$2: nothing but TAP" "$(grep -vE '^(# |ok |not ok |1\.\.)' "$T/verdict")" ''
}
words '0 0' "tap: is, equal" 'is x 1 1'
words '1 1' "tap: is, unequal" 'is x 1 2'
words '1 1' "tap: ok with a command that fails" 'ok x false'
words '0 0' "tap: out_is, equal" 'wl a; echo "out a" >w; out_is x <w'
words '1 1' "tap: out_is, unequal" 'wl a; echo "out b" >w; out_is x <w'
words '1 1' "tap: out_has what is not there" 'wl a; out_has x b'
words '1 1' "tap: out_lacks what is there" 'wl a; out_lacks x a'
words '1 1' "tap: exits with another status" 'wl bad; exits 0 x'
words '0 1' "tap: a failure under todo" 'todo why; is x 1 2'
words '0 0' "tap: what a command prints" 'echo loud; sh -c "echo louder"; is x 1 1'
words '1 1' "tap: a name of two lines" 'fail "$(printf "new\nline")"'

# json WANT WHAT TEXT: the validator's verdict on that document of docs/schema/graph.json.
json() {
	printf '%s\n' "$3" >"$T/document"
	/usr/bin/python3 "$SRC/tests/support/validate.py" graph "$T/document" >"$T/verdict" 2>&1
	is "$2" "$?" "$1"
}
empty='"nodes":[],"edges":[],"cycles":[],"cycle_paths":[],"ready":[],"waves":[],"critical":[]'
json 0 "schema: a valid document" "{\"schema\":\"wlsync.graph/1\",$empty,\"diagnostics\":[]}"
json 1 "schema: a missing key" "{\"schema\":\"wlsync.graph/1\",$empty}"
json 1 "schema: an unknown key" "{\"schema\":\"wlsync.graph/1\",$empty,\"diagnostics\":[],\"x\":1}"
json 1 "schema: another order of keys" "{$empty,\"schema\":\"wlsync.graph/1\",\"diagnostics\":[]}"
json 1 "schema: a key that comes twice" \
	"{\"schema\":\"wlsync.graph/1\",$empty,\"diagnostics\":[],\"diagnostics\":[]}"
json 1 "schema: two documents" "{\"schema\":\"wlsync.graph/1\",$empty,\"diagnostics\":[]} {}"
finish
