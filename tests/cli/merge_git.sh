#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# The real git with wlsync as its merge driver, in scratch repositories: what people do with
# branches that both write into one log.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/mergelogs.sh
. "$SRC/tests/support/mergelogs.sh"

driver="'$WLSYNC' merge-driver %O %A %B -L %L -P %P -S %S -X %X -Y %Y"
file=Auth-WorkLog.md

# repository NAME: a new one, with the driver, and a log of two entries as its first commit.
repository() {
	fresh "$1"
	git_init
	git config merge.wlsync.name 'WorkLogs'
	git config merge.wlsync.driver "$driver"
	git config merge.wlsync.recursive binary
	printf '*WorkLog*.md merge=wlsync\n' >.gitattributes
	log 5 "$v5" "$v4" >$file
	git_commit base
}

# commit_log MESSAGE VERSION ENTRY…: the log as it is now, committed.
commit_log() {
	local message="$1"
	shift
	log "$@" >$file
	git_commit "$message"
}

# run COMMAND…: as wl does, for git.
run() {
	tap_command="$*"
	GIT_AUTHOR_DATE='2025-11-11T12:00:00Z' GIT_COMMITTER_DATE='2025-11-11T12:00:00Z' \
		GIT_EDITOR=true timeout 120 "$@" >"$T/out" 2>"$T/err" </dev/null
	status=$?
}

# log_is WHAT VERSION ENTRY…: the log in the work tree is exactly that, and git's tree is clean.
log_is() {
	local what="$1"
	shift
	log "$@" >"$T/want"
	if cmp -s "$T/want" $file; then
		pass "$what"
	else
		fail "$what"
		diff -u "$T/want" $file | head -60 | note
		tap_show
	fi
}

# settled WHAT: nothing is unmerged or changed, no file is left over.
settled() {
	is "$1: nothing is left open" "$(git status --porcelain)" ''
}

# named WHAT OURS THEIRS: the one conflict's names.
named() {
	is "$1" "$(sed -nE 's/^(<{7}|>{7}) (.*)/\2/p' $file | sed 's/ (v[0-9].*//' | tr '\n' ',')" "$2,$3,"
}

# ---- merge, go on, merge again ----

repository merge
git checkout -q -b feature
commit_log 'b' 6 "$(entry_b 6)" "$v5_theirs" "$v4"
git checkout -q main
commit_log 'a' 6 "$(entry_a 6)" "$v5_ours" "$v4"
run git merge feature
exits 0 "merge"
log_is "merge: both entries, the later one renumbered" 7 "$(entry_b 7)" "$(entry_a 6)" "$v5_both" "$v4"
settled merge
is "merge: one line of the driver" "$(cat "$T/out" "$T/err" | grep -c 'wlsync: merged Auth-WorkLog.md: v6 → v7$')" 1
cp $file "$T/merged"

git checkout -q feature
commit_log 'c' 7 "$(entry_c 7)" "$(entry_b 6)" "$v5_theirs" "$v4"
git checkout -q main
run git merge feature
exits 0 "the branch goes on, and is merged again"
log_is "merged again: its new entry comes after both" \
	8 "$(entry_c 8)" "$(entry_b 7)" "$(entry_a 6)" "$v5_both" "$v4"
git checkout -q feature
run git merge main
exits 0 "then main into the branch"
log_is "then main into the branch: a fast-forward" \
	8 "$(entry_c 8)" "$(entry_b 7)" "$(entry_a 6)" "$v5_both" "$v4"

repository edit_after
git checkout -q -b feature
commit_log 'b' 6 "$(entry_b 6)" "$v5" "$v4"
git checkout -q main
commit_log 'a' 6 "$(entry_a 6)" "$v5" "$v4"
run git merge feature
git checkout -q feature
commit_log 'b, done' 6 "$(entry_b 6 | sed 's/\[ \]/[x]/')" "$v5" "$v4"
git checkout -q main
run git merge feature
exits 0 "the branch edits its entry, which has another number by now"
log_is "the edit arrives there" 7 "$(entry_b 7 | sed 's/\[ \]/[x]/')" "$(entry_a 6)" "$v5" "$v4"

# The other way round gives the same.
repository other
git checkout -q -b feature
commit_log 'b' 6 "$(entry_b 6)" "$v5_theirs" "$v4"
git checkout -q main
commit_log 'a' 6 "$(entry_a 6)" "$v5_ours" "$v4"
git checkout -q feature
run git merge main
exits 0 "main into the branch"
ok "main into the branch: the same bytes" cmp $file "$T/merged"

# ---- conflicts ----

repository conflict
git checkout -q -b feature
commit_log low 5 "$v5_low" "$v4"
git checkout -q main
commit_log high 5 "$v5_high" "$v4"
run git merge feature
exits 1 "a conflict"
named "a conflict: names and place" HEAD feature
ok "a conflict: the place is in the markers" grep -q '^<<<<<<< HEAD (v5 › Next)' $file
is "a conflict: git knows it" "$(git status --porcelain)" "UU $file"
is "a conflict: told in one line" "$(cat "$T/out" "$T/err" | grep -c 'wlsync: ')" 1
cp $file "$T/conflict"
run git checkout -m -- $file
exits 0 "checkout -m does it again"
ok "checkout -m: the same text" sh -c "grep -v '^[<|>]\{7\}' $file >a; grep -v '^[<|>]\{7\}' '$T/conflict' | cmp - a; rm a"
git merge --abort
run env WLSYNC=0 git merge feature
exits 1 "WLSYNC=0: git's own merge"
is "WLSYNC=0: no place in its markers" "$(grep -c '^<<<<<<< HEAD$' $file)" 1
git merge --abort

# ---- rebase ----

repository rebase
git checkout -q -b feature
commit_log 'b' 6 "$(entry_b 6)" "$v5_theirs" "$v4"
commit_log 'c' 7 "$(entry_c 7)" "$(entry_b 6)" "$v5_theirs" "$v4"
git checkout -q main
commit_log 'a' 6 "$(entry_a 6)" "$v5_ours" "$v4"
for backend in --merge --apply; do
	git checkout -q -B work feature
	run git rebase $backend main
	exits 0 "rebase $backend of two commits"
	log_is "rebase $backend: the second pick goes on from the first" \
		8 "$(entry_c 8)" "$(entry_b 7)" "$(entry_a 6)" "$v5_both" "$v4"
	git show "HEAD~1:$file" >"$T/out"
	ok "rebase $backend: the first pick" cmp "$T/out" "$T/merged"
	settled "rebase $backend"
done

repository rebase_conflict
git checkout -q -b feature
commit_log low 5 "$v5_low" "$v4"
git checkout -q main
commit_log high 5 "$v5_high" "$v4"
id=$(git rev-parse feature | cut -c1-7)
for backend in --merge --apply; do
	git checkout -q -B work feature
	run git rebase $backend main
	exits 1 "rebase $backend with a conflict"
	named "rebase $backend: who is who" upstream "your commit $id"
	git rebase --abort
done

# ---- cherry-pick, revert, stash ----

repository pick
git checkout -q -b feature
commit_log 'b' 6 "$(entry_b 6)" "$v5_theirs" "$v4"
commit_log 'c' 7 "$(entry_c 7)" "$(entry_b 6)" "$v5_theirs" "$v4"
git checkout -q main
commit_log 'a' 6 "$(entry_a 6)" "$v5_ours" "$v4"
start=$(git rev-parse HEAD)
run git cherry-pick feature~1
exits 0 "cherry-pick"
ok "cherry-pick: the entry gets the next number" cmp $file "$T/merged"
run git cherry-pick feature
exits 0 "cherry-pick of the next one"
log_is "cherry-pick of the next one" 8 "$(entry_c 8)" "$(entry_b 7)" "$(entry_a 6)" "$v5_both" "$v4"
git reset -q --hard "$start"
run git cherry-pick feature~1 feature
exits 0 "cherry-pick of both"
log_is "cherry-pick of both" 8 "$(entry_c 8)" "$(entry_b 7)" "$(entry_a 6)" "$v5_both" "$v4"
git reset -q --hard "$start"
run git cherry-pick feature
exits 0 "cherry-pick of the second alone"
log_is "cherry-pick of the second alone: only its entry" 7 "$(entry_c 7)" "$(entry_a 6)" "$v5_ours" "$v4"

repository pick_conflict
git checkout -q -b feature
printf 'unrelated\n' >other.txt
git_commit unrelated
commit_log low 5 "$v5_low" "$v4"
git checkout -q main
commit_log high 5 "$v5_high" "$v4"
run git cherry-pick feature~1 feature
exits 1 "cherry-pick of a series, with a conflict"
named "cherry-pick of a series: which commit" HEAD "$(git rev-parse feature | cut -c1-7)"
git cherry-pick --abort
run git cherry-pick feature
exits 1 "cherry-pick with a conflict"
ok "cherry-pick: ours is HEAD" grep -q '^<<<<<<< HEAD (v5' $file
git cherry-pick --abort

repository revert
commit_log 'a' 6 "$(entry_a 6)" "$v5" "$v4"
commit_log 'b' 7 "$(entry_b 7)" "$(entry_a 6)" "$v5" "$v4"
run git revert HEAD~1
exits 0 "revert of an older entry"
log_is "revert: it is gone, the newer one keeps its number" 7 "$(entry_b 7)" "$v5" "$v4"
settled revert
run git revert HEAD
exits 0 "revert of the revert"
log_is "revert of the revert: it is back in its place" \
	7 "$(entry_b 7)" "$(entry_a 6)" "$v5" "$v4"

repository stash
log 5 "$v5_theirs" "$v4" >$file
git stash -q
commit_log 'a' 6 "$(entry_a 6)" "$v5_ours" "$v4"
run git stash pop
exits 0 "stash pop"
log_is "stash pop: both changes" 6 "$(entry_a 6)" "$v5_both" "$v4"
git checkout -q -- $file
log 7 "$(entry_b 7)" "$(entry_a 6)" "$v5_ours" "$v4" >$file
git stash -q
commit_log 'c' 7 "$(entry_c 7)" "$(entry_a 6)" "$v5_ours" "$v4"
run git stash pop
exits 0 "stash pop of an entry"
log_is "stash pop of an entry: by time" \
	8 "$(entry_c 8)" "$(entry_b 7)" "$(entry_a 6)" "$v5_ours" "$v4"

# ---- criss-cross, octopus ----

repository crisscross
git checkout -q -b feature
commit_log 'b' 6 "$(entry_b 6)" "$v5_theirs" "$v4"
git checkout -q main
commit_log 'a' 6 "$(entry_a 6)" "$v5_ours" "$v4"
git branch main1
run git merge feature
git checkout -q feature
run git merge main1
ok "criss-cross: both merges are the same" cmp $file "$T/merged"
commit_log 'd' 8 "$(entry_d 8)" "$(entry_b 7)" "$(entry_a 6)" "$v5_both" "$v4"
git checkout -q main
commit_log 'c' 8 "$(entry_c 8)" "$(entry_b 7)" "$(entry_a 6)" "$v5_both" "$v4"
run git merge feature
exits 0 "criss-cross"
log_is "criss-cross: each entry once" \
	9 "$(entry_d 9)" "$(entry_c 8)" "$(entry_b 7)" "$(entry_a 6)" "$v5_both" "$v4"
git config --unset merge.wlsync.recursive
git reset -q --hard HEAD~1
run git merge feature
exits 0 "criss-cross through a merged base"
log_is "criss-cross through a merged base: the same" \
	9 "$(entry_d 9)" "$(entry_c 8)" "$(entry_b 7)" "$(entry_a 6)" "$v5_both" "$v4"

repository octopus
for letter in b c d; do
	git checkout -q -b $letter main
	commit_log $letter 6 "$(entry_$letter 6)" "$v5" "$v4"
	log 1 "$(entry 1 10:00 Start)" >$letter-WorkLog.md
	git_commit "$letter's own"
done
git checkout -q main
for letter in b c d; do
	git checkout -q -b own-$letter main
	log 1 "$(entry 1 10:00 Start)" >$letter-WorkLog.md
	git_commit "$letter's own"
done
git checkout -q main
commit_log 'a' 6 "$(entry_a 6)" "$v5" "$v4"
start=$(git rev-parse HEAD)
run git merge own-b own-c own-d
exits 0 "octopus of different logs"
is "octopus of different logs: all are there" "$(find . -name '*-WorkLog.md' | wc -l)" 4
git reset -q --hard "$start"
# The octopus strategy runs no drivers, and refuses what its line merge cannot do.
run git merge b c d
ok "octopus of one log: git refuses" test "$status" -ne 0
git reset -q --hard "$start"
for letter in d b c; do
	run git merge $letter
	exits 0 "one after another: $letter"
done
log_is "one after another, in any order: by time" \
	9 "$(entry_d 9)" "$(entry_c 8)" "$(entry_b 7)" "$(entry_a 6)" "$v5" "$v4"
cp $file "$T/all"
git show "b:$file" >o1
git show "c:$file" >o2
git show "d:$file" >o3
git show "$start:$file" >oa
git show "$start~1:$file" >o0
wl merge --base o0 o3 o1 oa o2
ok "wlsync merge of all at once: the same" cmp "$T/out" "$T/all"

# ---- added by both, renamed ----

repository addadd
git rm -q $file
git_commit none
git checkout -q -b feature
commit_log 'b' 6 "$(entry_b 6)" "$v5" "$v4"
git checkout -q main
commit_log 'a' 6 "$(entry_a 6)" "$v5" "$v4"
run git merge feature
exits 0 "added by both"
log_is "added by both: what they share is the base" 7 "$(entry_b 7)" "$(entry_a 6)" "$v5" "$v4"

repository unrelated
git rm -q $file
git_commit none
git checkout -q -b feature
printf '# Other Work Log\n\n## v1 | 2025-01-01 | Something\n\nQuite different words.\n' >$file
git_commit other
git checkout -q main
log 5 "$v5" "$v4" >$file
git_commit log
run git merge feature
exits 1 "added by both, with nothing in common: a conflict"
ok "nothing in common: both are there" \
	sh -c "grep -q '^<<<<<<< ' $file && grep -q 'Quite different' $file && grep -q Tokens $file"

repository rename
old=Auth-WorkLog-v5.md
git mv $file $old
git_commit snapshot
git branch snapshot
git checkout -q -b feature
log 5 "$v5_theirs" "$v4" >$old
git_commit 'edits v5'
git checkout -q main
git mv $old Auth-WorkLog-v6.md
log 6 "$(entry_a 6)" "$v5" "$v4" >Auth-WorkLog-v6.md
git_commit 'goes on as v6'
run git merge feature
exits 0 "renamed by one side, edited by the other"
file=Auth-WorkLog-v6.md
log_is "renamed by one side: the edit is there" 6 "$(entry_a 6)" "$v5_theirs" "$v4"
settled "renamed by one side"

git checkout -q -b both1 snapshot
git mv $old $file
log 6 "$(entry_a 6)" "$v5" "$v4" >$file
git_commit 'one v6'
git checkout -q -b both2 snapshot
git mv $old $file
log 6 "$(entry_b 6)" "$v5" "$v4" >$file
git_commit 'another v6'
run git merge both1
exits 0 "renamed by both to the same name"
log_is "renamed by both to the same name" 7 "$(entry_b 7)" "$(entry_a 6)" "$v5" "$v4"

git checkout -q -b both3 snapshot
git mv $old Auth-WorkLog-v7.md
log 7 "$(entry_b 7)" "$v5" "$v4" >Auth-WorkLog-v7.md
git_commit 'goes on as v7'
run git merge both1
exits 1 "renamed by both to different names: git asks"
for name in Auth-WorkLog-v6.md Auth-WorkLog-v7.md; do
	log 7 "$(entry_b 7)" "$(entry_a 6)" "$v5" "$v4" >"$T/want"
	ok "renamed to different names: $name holds both" cmp "$T/want" $name
done
file=Auth-WorkLog.md

# ---- places ----

repository worktrees
git branch side
git checkout -q -b feature
commit_log 'b' 6 "$(entry_b 6)" "$v5_theirs" "$v4"
commit_log 'low' 6 "$(entry_b 6)" "$v5_low" "$v4"
git worktree add -q "$T/linked" side
cd "$T/linked" || exit 99
commit_log 'a' 6 "$(entry_a 6)" "$v5_ours" "$v4"
run git merge feature~1
exits 0 "in a linked worktree"
ok "in a linked worktree: the result" cmp $file "$T/merged"
git reset -q --hard HEAD~1
commit_log 'high' 6 "$(entry_a 6)" "$v5_high" "$v4"
git checkout -q -b work feature
run git rebase side
named "a rebase in a linked worktree: who is who" upstream \
	"your commit $(git rev-parse feature | cut -c1-7)"
git rebase --abort
cd "$T/worktrees" || exit 99
git checkout -q main
mkdir deep
git mv $file deep/
git_commit moved
git checkout -q -b deep1
log 6 "$(entry_b 6)" "$v5_theirs" "$v4" >deep/$file
git_commit b
git checkout -q main
log 6 "$(entry_a 6)" "$v5_ours" "$v4" >deep/$file
git_commit a
cd deep || exit 99
run git merge deep1
exits 0 "from a folder within"
ok "from a folder within: the result" cmp $file "$T/merged"
is "from a folder within: the path is told" "$(cat "$T/out" "$T/err" | grep -c "merged deep/$file: ")" 1

repository names
git rm -q $file
# shellcheck disable=SC2016
for name in 'a b' "it's" '"q"' '$(touch pwned)' '`touch pwned`' ';touch pwned;' '-dash' '--help' 'ä 漢' 'back\slash' '%A' '*'; do
	log 5 "$v5" "$v4" >"./$name-WorkLog.md"
done
git_commit names
git checkout -q -b feature
for path in ./*-WorkLog.md; do
	log 6 "$(entry_b 6)" "$v5_theirs" "$v4" >"$path"
done
git_commit b
git checkout -q main
for path in ./*-WorkLog.md; do
	log 6 "$(entry_a 6)" "$v5_ours" "$v4" >"$path"
done
git_commit a
run git merge feature
exits 0 "odd file names"
for path in ./*-WorkLog.md; do
	ok "odd file names: $path" cmp "$path" "$T/merged"
done
is "odd file names: nothing was run" "$(find . -name 'pwned*' | wc -l)" 0
settled "odd file names"

# ---- line endings ----

repository autocrlf
git checkout -q -b feature
commit_log 'b' 6 "$(entry_b 6)" "$v5_theirs" "$v4"
git checkout -q main
commit_log 'a' 6 "$(entry_a 6)" "$v5_ours" "$v4"
printf '*WorkLog*.md merge=wlsync text\n' >.gitattributes
git_commit attributes
git config core.autocrlf true
rm $file
git checkout -q -- $file
ok "autocrlf: CRLF in the work tree" grep -q "$(printf '\r')" $file
run git merge feature
exits 0 "autocrlf"
git show "HEAD:$file" >"$T/out"
ok "autocrlf: LF in the repository" cmp "$T/out" "$T/merged"
sed 's/$/\r/' "$T/merged" >"$T/want"
ok "autocrlf: CRLF in the work tree, afterwards too" cmp $file "$T/want"
settled autocrlf

repository crlf
printf '*WorkLog*.md merge=wlsync -text\n' >.gitattributes
log 5 "$v5" "$v4" | sed 's/$/\r/' >$file
git_commit crlf
git checkout -q -b feature
log 6 "$(entry_b 6)" "$v5_theirs" "$v4" | sed 's/$/\r/' >$file
git_commit b
git checkout -q main
log 6 "$(entry_a 6)" "$v5_ours" "$v4" | sed 's/$/\r/' >$file
git_commit a
run git merge feature
exits 0 "CRLF in the repository"
ok "CRLF in the repository stays" cmp $file "$T/want"

# ---- rerere ----

repository rerere
git config rerere.enabled true
git checkout -q -b feature
commit_log low 5 "$v5_low" "$v4"
git checkout -q main
commit_log high 5 "$v5_high" "$v4"
run git merge feature
is "rerere records the conflict" "$(cat "$T/out" "$T/err" | grep -c 'Recorded preimage')" 1
log 5 "$v5_low" "$v4" >$file
git_commit 'settled'
git reset -q --hard HEAD~1
run git merge feature
is "rerere replays the resolution" "$(cat "$T/out" "$T/err" | grep -c 'using previous resolution')" 1
log_is "rerere: the resolution" 5 "$v5_low" "$v4"
git merge --abort 2>/dev/null || git reset -q --hard

# ---- the driver is gone, fails, is killed ----

# broken NAME DRIVER: two branches with a conflict, merged with another driver.
broken() {
	repository "$1"
	git config merge.wlsync.driver "$2"
	git checkout -q -b feature
	commit_log low 5 "$v5_low" "$v4"
	git checkout -q main
	commit_log high 5 "$v5_high" "$v4"
	cp $file "$T/ours"
	run git merge feature
}
broken gone "if command -v no-such-wlsync >/dev/null 2>&1; then no-such-wlsync merge-driver %O %A %B -L %L -P %P; else git merge-file --marker-size=%L %A %O %B; fi"
exits 1 "the binary is gone: a conflict"
ok "the binary is gone: with git's markers" grep -q '^<<<<<<< ' $file
broken killed "'$WLSYNC' merge-driver %O %A %B -P %P & kill -9 \$!; wait \$!"
exits 1 "the driver is killed at once: a conflict"
ok "the driver is killed: the file is whole" sh -c "cmp -s $file '$T/ours' || grep -q '^>>>>>>> ' $file"
is "the driver is killed: git has all sides" "$(git ls-files -u | wc -l)" 3
git merge --abort
ok "the driver is killed: it can be undone" cmp $file "$T/ours"
broken failing "'$WLSYNC' merge-driver %O %A %B.missing -P %P"
ok "the driver cannot read: git stops" test "$status" -ne 0
ok "the driver cannot read: our file stays" cmp $file "$T/ours"
is "the driver cannot read: nothing is half done" "$(git ls-files -u | wc -l)" 0
git config merge.wlsync.driver "$driver"
run git merge feature
exits 1 "the driver is back: a conflict with markers"
ok "no file of ours is left anywhere" sh -c '! find . -name ".wlsync*" -o -name ".merge_file*" | grep -q .'

# ---- policies and styles in the command, as install writes them ----

broken policy "$driver --policy priority=theirs"
exits 0 "a policy in the driver's command"
log_is "a policy: its choice" 5 "$v5_low" "$v4"
broken style "$driver --style merge"
exits 1 "a style in the driver's command"
is "a style: no base" "$(grep -c '^|||||||' $file)" 0
printf '*WorkLog*.md merge=wlsync conflict-marker-size=12\n' >.gitattributes
git merge --abort
git_commit size
git config merge.wlsync.driver "$driver"
run git merge feature
is "conflict-marker-size" "$(grep -cE '^(<{12} |>{12} |={12}$)' $file)" 3
finish
