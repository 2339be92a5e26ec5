#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# wlsync preview: what merging branches would do, in memory.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/mergelogs.sh
. "$SRC/tests/support/mergelogs.sh"

file=Auth-WorkLog.md

repository() {
	fresh "$1"
	git_init
	log 5 "$v5" "$v4" >$file
	git_commit base
}

# branch NAME VERSION ENTRY…: a branch from main's first commit with that log; main is checked out.
branch() {
	git checkout -q -b "$1" "${from:-main}"
	shift
	log "$@" >$file
	git_commit "on a branch"
	git checkout -q main
}

# state: everything that a command could have changed.
state() {
	find . -type f -exec sha256sum {} + | sort
	find . -exec stat -c '%n %a %Y' {} + | sort
}

repository one
git branch merged
branch side 6 "$(entry_b 6)" "$v5" "$v4"
wl preview
exits 0 "one branch, changed by one side only"
out_has "it is told" "$file: changed by one side only (side)"
out_lacks "a branch that is merged is left out" merged
log 6 "$(entry_a 6)" "$v5" "$v4" >$file
git_commit main
wl preview
exits 0 "both sides add an entry"
out_has "it merges clean" "$file: merges clean (side)"
out_has "the new number is told" 'v6 → v7 (side): '
wl preview side --json
exits 0 "--json"
valid_json "--json" preview
json_is "what a program needs" \
	'[.conflicts, (.branches[] | .name), (.logs[] | .file, .result, (.renumberings[] | .branch, .from, .to))]' \
	'[0,"side","Auth-WorkLog.md","merged","side",6,7]'
git merge -q side -s ours
wl preview
exits 0 "when all is merged"
out_has "there is nothing" 'no branch has anything'
wl preview --json
valid_json "nothing: JSON" preview

repository several
branch one 6 "$(entry_a 6)" "$v5_high" "$v4"
branch two 6 "$(entry_b 6)" "$v5_low" "$v4"
branch three 6 "$(entry_c 6)" "$v5" "$v4"
branch same 6 "$(entry_c 6)" "$v5" "$v4"
git checkout -q -b other
echo '# New Work Log' >New-WorkLog.md
echo text >notes.md
git_commit other
git checkout -q main
git update-index --refresh -q
state >"$T/before"
wl preview
exits 1 "several branches at once: a conflict"
out_has "its place" 'conflict in v5 › Next'
out_has "who moves: the second" 'v6 → v7 (two)'
out_has "the third" 'v6 → v8'
out_has "a log that is new" 'New-WorkLog.md: new (other)'
out_lacks "no other file" notes.md
out_has "a sum" '5 branches, 2 logs: 1 conflict in 1 log'
wl preview --json
exits 1 "several: JSON"
valid_json "several: JSON" preview
state >"$T/after"
ok "the repository is the same, byte for byte" cmp "$T/before" "$T/after"
wl preview one three
exits 0 "only the branches that are named"
wl preview three same
out_has "branches that say the same are one" 'changed by one side only (three, same)'
wl preview one nonsense
exits 2 "a branch that does not exist"
err_has "it is named" nonsense

# What preview says is what git does.
wl install
git_commit attributes
wl preview two three one
cp "$T/out" "$T/preview"
for name in two three; do
	git merge -q -m merge $name >"$T/merge.log" 2>&1
	is "git merges $name clean" "$?" 0
done
git merge -q -m merge one >"$T/merge.log" 2>&1
is "and stops at the one with the conflict" "$?" 1
is "at the place that was foretold" "$(grep -c '^<<<<<<< .*(v5 › Next)' $file)" 1
is "with the numbers that were foretold" "$(grep '^## ' $file | cut -d' ' -f2 | tr '\n' ' ')" \
	'v8 v7 v6 v5 v4 '

git merge --abort
wl install --policy priority=ours
wl preview one
exits 0 "the policies of the installed driver count"

# ---- branches that left at different times ----

repository turn
branch early 6 "$(entry_a 6)" "$v5" "$v4"
log 5 "$v5_ours" "$v4" >$file
git_commit "main goes on"
branch late 6 "$(entry_b 6)" "$v5_both" "$v4"
wl preview
exits 0 "bases that differ: one after another"
out_has "it merges clean" 'merges clean (early, late)'
out_has "with a new number" 'v6 → v7 (late)'

# ---- removed, renamed, copied ----

repository removed
git checkout -q -b gone
git rm -q $file
git_commit gone
git checkout -q main
wl preview
exits 0 "removed by one side"
out_has "it is told" "$file: removed (gone)"
branch changed 6 "$(entry_a 6)" "$v5" "$v4"
wl preview
exits 1 "removed by one, changed by another"
out_has "it is told too" 'gone removed the file, changed changed it'

fresh renamed
git_init
file=Auth-WorkLog-v5.md
log 5 "$v5" "$v4" >$file
git_commit base
git checkout -q -b side
git mv $file Auth-WorkLog-v6.md
log 6 "$(entry_a 6)" "$v5_theirs" "$v4" >Auth-WorkLog-v6.md
git_commit renamed
git checkout -q main
log 5 "$v5_ours" "$v4" >$file
git_commit main
wl preview
exits 0 "renamed by one side, edited by the other"
out_has "merged under the new name" 'Auth-WorkLog-v6.md: merges clean (side)'
git mv $file Auth-WorkLog-v7.md
git_commit renamed
wl preview
exits 1 "renamed by both, differently"
out_has "git stops there; it is told what mends it" 'wlsync resolve'

fresh copied
git_init
log 5 "$v5" "$v4" >$file
git_commit base
for name in one two; do
	git checkout -q -b $name main
	log 6 "$(if [ $name = one ]; then entry_a 6; else entry_b 6; fi)" "$v5" "$v4" >Auth-WorkLog-v6.md
	git_commit $name
done
git checkout -q main
wl preview
exits 0 "the same snapshot added by two"
out_has "the older one is the base" 'Auth-WorkLog-v6.md: merges clean (one, two)'
out_has "with a new number" 'v6 → v7 (two)'
file=Auth-WorkLog.md

repository unrelated
git checkout -q --orphan alone
log 6 "$(entry_a 6)" "$v5" "$v4" >$file
git_commit alone
git checkout -q main
wl preview
is "histories without a common commit: no error" "$((status < 2))" 1

# ---- many ----

repository many
i=0
while [ $i -lt 120 ]; do
	i=$((i + 1))
	minute=$(printf '%02d:%02d' $((10 + i / 60)) $((i % 60)))
	log 6 "$(entry 6 "$minute" "Work number $i" "- [ ] [LOW] Task$i of branch$i")" "$v5" "$v4" >$file
	blob=$(git hash-object -w $file)
	tree=$(printf '100644 blob %s\t%s\n' "$blob" $file | git mktree)
	git update-ref "refs/heads/b$i" "$(git commit-tree -p main -m "$i" "$tree")"
done
git checkout -q -f main
start=$(date +%s)
wl preview
exits 0 "120 branches"
ok "in reasonable time" test $(($(date +%s) - start)) -le 10
out_has "the last in time gets the last number" 'v6 → v125 (b120)'
is "each of them another one" "$(grep -o '→ v[0-9]*' "$T/out" | sort -u | wc -l)" 119
out_has "all are counted" '120 branches, 1 log: no conflict'

# ---- elsewhere ----

git clone -q --bare . "$T/bare.git" 2>/dev/null
cd "$T/bare.git" || exit 99
wl preview b1
exits 0 "in a bare repository"
fresh plain
wl preview
exits 2 "outside of a repository"
git_init
wl preview
exits 2 "without a commit"
finish
