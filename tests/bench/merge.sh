#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Merging as whole processes, beside `git merge-file` on the same files in turns; memory; the
# driver under git, beside a driver that is `true`. merge.sh TRIPLE TURNS

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
triple=$1 turns=$2

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

for size in 10000:61 1000000:15 14000000:5; do
	for kind in disjoint append both; do
		fresh "$kind-$size"
		"$triple" "$kind" "${size%:*}" . || exit 99
		bytes=$(cat ./*.md | wc -c)
		wl merge base.md ours.md theirs.md
		exits 0 "$kind, ${size%:*} bytes, merges"
		# shellcheck disable=SC2046 # four words
		set -- $("$turns" "${size#*:}" "$WLSYNC" merge base.md ours.md theirs.md -- \
			git merge-file -p ours.md base.md theirs.md)
		note "$kind, ${size%:*} bytes: wlsync $1 ms $2 KiB, git merge-file $3 ms $4 KiB"
		at_most "$kind, ${size%:*} bytes, times git merge-file" "$(ratio "$1" "$3")" 1
		[ "${size%:*}" -lt 14000000 ] ||
			at_most "$kind, ${size%:*} bytes, memory in KiB" "$2" $((bytes * 3 / 1024))
	done
done

# A hundred files that both branches changed.
fresh driver
"$triple" both 10000 . || exit 99
mkdir base ours theirs
for i in $(seq 100); do
	for side in base ours theirs; do
		cp "$side.md" "$side/Log-$i-WorkLog.md"
	done
done
mkdir work
cd work || exit 99
git_init
echo '*.md merge=wlsync' >.gitattributes
cp ../base/* . && git_commit "base"
git checkout -q -b side
cp ../theirs/* . && git_commit "theirs"
git checkout -q -
cp ../ours/* . && git_commit "ours"
driver="'$WLSYNC' merge-driver %O %A %B -L %L -P %P"
# git_merge DRIVER: the command that merges the branch, and forgets it.
git_merge='git -c merge.wlsync.driver="$0" merge -q --no-commit side; git reset -q --hard'
git -c merge.wlsync.driver="$driver" merge -q --no-commit side >"$T/log" 2>&1
is "the driver merges all of them" "$(git diff --name-only --diff-filter=U | wc -l)" 0
is "and both entries are there" "$(grep -c '^## v14 ' Log-7-WorkLog.md)" 1
git reset -q --hard
# shellcheck disable=SC2046,SC2086
set -- $("$turns" 9 sh -c "$git_merge" "$driver" -- sh -c "$git_merge" true)
note "100 files: wlsync $1 ms, true $3 ms"
at_most "a file's merge by the driver over one that is true, in ms" \
	"$(awk -v a="$1" -v b="$3" 'BEGIN { printf "%.2f", (a - b) / 100 }')" 3

libraries=$(ldd "$WLSYNC")
is "the binary that git starts loads neither libcurl nor libgit2" \
	"$(printf '%s\n' "$libraries" | grep -cE 'libcurl|libgit2')" 0
finish
