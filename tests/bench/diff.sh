#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Comparing as whole processes, beside `git diff --no-index` on the same files in turns; and growth.
# diff.sh TRIPLE TURNS

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

# git says with 1 that there is a difference.
cat >"$T/git-diff" <<'EOS'
#!/bin/sh
git diff --no-index --no-color "$@" || [ $? = 1 ]
EOS
chmod +x "$T/git-diff"

for kind in disjoint append both; do
	fresh "$kind"
	"$triple" "$kind" 14000000 . || exit 99
	wl diff base.md ours.md --stat
	exits 0 "$kind: diff"
	# shellcheck disable=SC2046 # four words
	set -- $("$turns" 7 "$WLSYNC" diff base.md ours.md -- "$T/git-diff" base.md ours.md)
	note "$kind, 14 MB: wlsync $1 ms $2 KiB, git diff --no-index $3 ms $4 KiB"
	at_most "$kind, 14 MB, times git diff --no-index" "$(ratio "$1" "$3")" 1
done

fresh growth
for size in 7000000 14000000; do
	mkdir "$size"
	"$triple" both "$size" "$size" || exit 99
done
# shellcheck disable=SC2046 # four words
set -- $("$turns" 7 "$WLSYNC" diff 14000000/base.md 14000000/ours.md -- \
	"$WLSYNC" diff 7000000/base.md 7000000/ours.md)
at_most "time(2n) / time(n)" "$(ratio "$1" "$3")" 2.5

# movers COUNT: a.md and b.md, where as many items stand in another list, in another order, one word changed.
movers() {
	awk -v n="$1" -v seed=1 'BEGIN {
		srand(seed)
		printf "## v1 | 2025-11-10 | T\n\n**Next:**\n- keep\n" >"a.md"
		printf "## v1 | 2025-11-10 | T\n\n**Next:**\n- keep\n\n**Open:**\n- why\n" >"b.md"
		for (i = 0; i < n; i++) {
			a = b = "-"
			changed = int(12 * rand())
			for (w = 0; w < 12; w++) {
				word = " w" int(4000 * rand())
				a = a word
				b = b (w == changed ? " new" : word)
			}
			print a >"a.md"
			moved[i] = b
		}
		printf "\n**Open:**\n- why\n" >"a.md"
		for (i = 0; i < n; i++)
			print moved[(i * 7919 + 13) % n] >"b.md"
	}'
}

for count in 20000 40000; do
	fresh "movers-$count"
	movers "$count"
done
wl diff a.md b.md --stat
out_has "each of them moved" 'moved: 40,000'
# shellcheck disable=SC2046 # four words
set -- $("$turns" 5 "$WLSYNC" diff a.md b.md -- \
	"$WLSYNC" diff ../movers-20000/a.md ../movers-20000/b.md)
at_most "moved and reworded, time(2n) / time(n)" "$(ratio "$1" "$3")" 2.5

finish
