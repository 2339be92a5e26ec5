#!/bin/sh
# SPDX-License-Identifier: MIT
#
# clang-tidy finds nothing in merge/ and src/: tidy.sh BUILD, where compile_commands.json is. TAP, a line
# a file; as many at a time as there are processors.

SRC=${SRC:-$(cd "${0%/*}/../.." && pwd)}
tidy=$(command -v clang-tidy-14) || {
	echo "1..0 # SKIP clang-tidy-14 is not installed"
	exit 0
}
logs=$(mktemp -d) || exit 99
trap 'rm -rf "$logs"' EXIT
cd "$SRC" || exit 99
# gcc's own warning options are unknown to clang and none of its business.
find merge src -name '*.c' | sort | xargs -P "$(nproc)" -I FILE sh -c '
	log=$2/$(echo "$1" | tr / _)
	"$3" -p "$4" --quiet --extra-arg=-Wno-unknown-warning-option "$1" >"$log" 2>/dev/null
	echo "$?" >"$log.status"' sh FILE "$logs" "$tidy" "$1"
count=0
status=0
for file in $(find merge src -name '*.c' | sort); do
	count=$((count + 1))
	log=$logs/$(echo "$file" | tr / _)
	if [ "$(cat "$log.status")" = 0 ]; then
		echo "ok $count - $file"
	else
		echo "not ok $count - $file"
		sed 's/^/# /' "$log" | head -60
		status=1
	fi
done
echo "1..$count"
exit $status
