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
for file in $(find include merge src tests -name '*.[ch]' -type f | sort); do
	count=$((count + 1))
	if "$format" "$file" | cmp -s "$file" -; then
		echo "ok $count - $file"
	else
		echo "not ok $count - $file: run clang-format-14 -i $file"
		status=1
	fi
done
echo "1..$count"
exit $status
