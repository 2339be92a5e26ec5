#!/bin/sh
# SPDX-License-Identifier: MIT
#
# clang-format would change nothing. TAP, a line a file.

SRC=${SRC:-$(cd "${0%/*}/../.." && pwd)}
cd "$SRC" || exit 99
format=$(command -v clang-format-14) || {
	echo "1..0 # SKIP clang-format-14 is not installed"
	exit 0
}
count=0
status=0
files=$(find include merge src tests -name '*.[ch]' -type f | sort)
# All in one go; only when that finds something, one by one.
# shellcheck disable=SC2086 # no name of ours holds a blank
if "$format" --dry-run -Werror $files 2>/dev/null; then
	clean=1
else
	clean=
fi
for file in $files; do
	count=$((count + 1))
	if [ -n "$clean" ] || "$format" "$file" | cmp -s "$file" -; then
		echo "ok $count - $file"
	else
		echo "not ok $count - $file: run clang-format-14 -i $file"
		status=1
	fi
done
echo "1..$count"
exit $status
