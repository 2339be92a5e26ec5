# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC3043 # dash has local
#
# A small TAP library for tests of the binary. A test is a shell script that begins with
#
#	. "${0%/*}/../support/tap.sh"
#
# and ends with `finish`. It gets a temporary folder, $T, as its current one (outside any
# work tree, removed at the end), runs the binary with `wl`, and judges with the words
# below, each of which is one line of TAP. WLSYNC names the binary, SRC the source tree;
# both come from the build, or from the caller's environment.

set -u
: "${WLSYNC:?set WLSYNC to the binary under test}"
SRC=${SRC:-$(cd "${0%/*}/../.." && pwd)}
export LC_ALL=C.UTF-8 TZ=UTC WLSYNC_NOW="${WLSYNC_NOW:-2025-11-14T12:00:00Z}"
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
unset NO_COLOR CLICOLOR_FORCE ACCESSIBLE COLUMNS GIT_DIR GIT_WORK_TREE 2>/dev/null
T=$(mktemp -d "${TMPDIR:-/tmp}/wlsync-test.XXXXXX") || exit 99
T=$(cd "$T" && pwd -P)
export HOME="$T/home" GIT_CEILING_DIRECTORIES="$T"
mkdir "$HOME" "$T/w"
cd "$T/w" || exit 99
tap_count=0
tap_failed=0
tap_todo=
tap_judge=
status=0
# TAP goes where stdout went; what else is printed must not look like it.
exec 3>&1 >&2

tap_clean() {
	cd /
	[ -z "$tap_judge" ] || kill "$tap_judge" 2>/dev/null
	chmod -R u+rwX "$T" 2>/dev/null
	rm -rf "$T"
}
trap tap_clean EXIT
trap 'exit 130' INT TERM

# Prints the rest of the arguments, or stdin, as TAP comments.
note() {
	if [ $# -gt 0 ]; then
		printf '%s\n' "$*" | note
	else
		sed 's/^/# /' >&3
	fi
}

# tap_line VERDICT WHAT [DIRECTIVE]: a line, whatever WHAT holds.
tap_line() {
	tap_count=$((tap_count + 1))
	printf '%s %d - %s%s\n' "$1" "$tap_count" "$(printf '%s' "$2" | tr '\n' '?')" "${3-}" >&3
}

pass() {
	tap_line ok "$1" "${tap_todo:+ # TODO $tap_todo}"
}

fail() {
	[ -n "$tap_todo" ] || tap_failed=$((tap_failed + 1))
	tap_line 'not ok' "$1" "${tap_todo:+ # TODO $tap_todo}"
}

# todo REASON: what follows is known to fail; `todo ""` ends it.
todo() {
	tap_todo=$1
}

# skip WHAT REASON
skip() {
	tap_line ok "$1" " # SKIP $2"
}

# Prints the plan; the script's last word.
finish() {
	printf '1..%d\n' "$tap_count" >&3
	[ "$tap_failed" -eq 0 ]
	exit
}

# wl ARG…: runs the binary; $status, and the files $T/out and $T/err, tell the rest.
# A run that takes over two minutes counts as hanging (status 124).
wl() {
	tap_command="wlsync $*"
	timeout -k 5 120 "$WLSYNC" "$@" >"$T/out" 2>"$T/err" </dev/null
	status=$?
}

# The same as somebody to whom things are forbidden: as nobody when the test runs as root, with a copy of
# the program where nobody may go.
wl_nobody() {
	tap_command="wlsync $*"
	[ -x "$T/wlsync" ] || cp "$WLSYNC" "$T/wlsync"
	chmod 755 "$T" "$T/wlsync"
	if [ "$(id -u)" -eq 0 ]; then
		set -- setpriv --reuid=65534 --regid=65534 --clear-groups "$T/wlsync" "$@"
	else
		set -- "$T/wlsync" "$@"
	fi
	timeout -k 5 120 "$@" >"$T/out" 2>"$T/err" </dev/null
	status=$?
}

tap_show() {
	note "command: ${tap_command:-none} (status $status)"
	note "stdout:"
	head -c 3000 "$T/out" | note
	note "stderr:"
	head -c 3000 "$T/err" | note
}

# ok WHAT COMMAND ARG…: the command succeeds.
ok() {
	local what="$1"
	shift
	if "$@" >"$T/ok.log" 2>&1; then
		pass "$what"
	else
		fail "$what"
		note "failed: $*"
		head -c 3000 "$T/ok.log" | note
	fi
}

# is WHAT GOT WANT: two texts are equal.
is() {
	if [ "$2" = "$3" ]; then
		pass "$1"
	else
		fail "$1"
		note "got:  $2"
		note "want: $3"
	fi
}

# exits N WHAT: the last run ended with that status, without a sanitizer's report.
exits() {
	if [ "$status" -eq "$1" ] && ! grep -qE 'Sanitizer|runtime error:' "$T/err"; then
		pass "$2: status $1"
	else
		fail "$2: status $1"
		tap_show
	fi
}

# out_is WHAT, err_is WHAT: the last run's output is exactly stdin.
out_is() {
	tap_same "$1" "$T/out"
}

err_is() {
	tap_same "$1" "$T/err"
}

tap_same() {
	cat >"$T/want"
	if cmp -s "$T/want" "$2"; then
		pass "$1"
	else
		fail "$1"
		note "command: ${tap_command:-none} (status $status)"
		diff -u "$T/want" "$2" | head -60 | note
		[ "$2" = "$T/err" ] || head -c 1000 "$T/err" | note
	fi
}

# out_has WHAT TEXT, err_has WHAT TEXT: a line holds the text; *_lacks: none does.
out_has() {
	tap_has "$1" "$2" "$T/out"
}

err_has() {
	tap_has "$1" "$2" "$T/err"
}

tap_has() {
	if grep -qF -e "$2" "$3"; then
		pass "$1"
	else
		fail "$1"
		note "missing: $2"
		tap_show
	fi
}

out_lacks() {
	tap_lacks "$1" "$2" "$T/out"
}

err_lacks() {
	tap_lacks "$1" "$2" "$T/err"
}

tap_lacks() {
	if grep -qF -e "$2" "$3"; then
		fail "$1"
		note "unwanted: $2"
		tap_show
	else
		pass "$1"
	fi
}

# out_matches WHAT REGEX: a line matches the extended regular expression.
out_matches() {
	if grep -qE -e "$2" "$T/out"; then
		pass "$1"
	else
		fail "$1"
		note "no line matches: $2"
		tap_show
	fi
}

# json_is WHAT FILTER WANT: jq's compact answer about the last run's stdout.
json_is() {
	local got
	got=$(jq -c "$2" <"$T/out" 2>&1)
	if [ "$got" = "$3" ]; then
		pass "$1"
	else
		fail "$1"
		note "filter: $2"
		note "got:  $got"
		note "want: $3"
		note "command: ${tap_command:-none} (status $status)"
		head -c 1000 "$T/err" | note
	fi
}

# Starts the judge of JSON, once for all documents of a test; 8 asks it, 9 answers.
tap_judge_start() {
	rm -f "$T/ask" "$T/answer"
	mkfifo "$T/ask" "$T/answer"
	/usr/bin/python3 "$SRC/tests/support/validate.py" --serve <"$T/ask" >"$T/answer" 3>&- &
	tap_judge=$!
	exec 8>"$T/ask" 9<"$T/answer"
}

# tap_judged SCHEMA FILE: prints what the judge says against the file; fails when that is anything, or
# when there is no answer.
tap_judged() {
	local line faults=0
	printf '%s %s\n' "$1" "$2" >&8
	while IFS= read -r line <&9; do
		[ "$line" != . ] || return "$faults"
		printf '%s\n' "$line"
		faults=1
	done
	echo "tests/support/validate.py ended"
	return 1
}

# valid_json WHAT SCHEMA: the last run's stdout is one document of docs/schema/SCHEMA.json.
valid_json() {
	[ -n "$tap_judge" ] || tap_judge_start
	if tap_judged "$2" "$T/out" >"$T/ok.log" 2>&1; then
		pass "$1"
	else
		fail "$1"
		note "command: ${tap_command:-none} (status $status)"
		head -30 "$T/ok.log" | note
	fi
}

# file NAME: writes stdin to a file of the current folder.
file() {
	mkdir -p "$(dirname "$1")"
	cat >"$1"
}

# fixture NAME: copies a folder of fixtures/ to the current one, outside any work tree.
fixture() {
	cp -r "$SRC/fixtures/$1/." .
}

# fresh NAME: a new empty folder, and goes there.
fresh() {
	rm -rf "${T:?}/$1"
	mkdir -p "$T/$1"
	cd "$T/$1" || exit 99
}

# A repository with an identity and a first branch "main", for tests.
git_init() {
	git init -q -b main .
	git config user.name Tester
	git config user.email tester@example.org
	git config commit.gpgsign false
}

git_commit() {
	git add -A
	GIT_AUTHOR_DATE='2025-11-10T12:00:00Z' GIT_COMMITTER_DATE='2025-11-10T12:00:00Z' \
		git commit -q -m "$1"
}
