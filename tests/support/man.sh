#!/bin/sh
# SPDX-License-Identifier: MIT
#
# groff and mandoc find nothing to warn about in the man pages. TAP.

SRC=${SRC:-$(cd "${0%/*}/../.." && pwd)}
cd "$SRC" || exit 99
count=0
status=0

# judge NAME COMMAND…: the command succeeds and says nothing.
judge() {
	name=$1
	shift
	count=$((count + 1))
	if said=$("$@" 2>&1) && [ -z "$said" ]; then
		echo "ok $count - $name"
	else
		echo "not ok $count - $name"
		printf '%s\n' "$said" | sed 's/^/# /'
		status=1
	fi
}

pages=$(find docs -name '*.[15]' | sort)
for page in $pages; do
	judge "groff reads $page" groff -mdoc -Tutf8 -ww -z "$page"
	judge "mandoc lints $page" mandoc -Tlint -Wwarning "$page"
done
judge "there are man pages" test -n "$pages"
echo "1..$count"
exit $status
