#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# wlsync resolve: listing and settling conflicts, with the driver and without it.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/mergelogs.sh
. "$SRC/tests/support/mergelogs.sh"

file=Auth-WorkLog.md

# repository NAME: a new one without the driver, and a log of two entries.
repository() {
	fresh "$1"
	git_init
	log 5 "$v5" "$v4" >$file
	git_commit base
}

# sides: side and main each add an entry, and disagree on one priority; main is checked out.
sides() {
	git checkout -q -b side
	log 6 "$(entry_b 6)" "$v5_low" "$v4" >$file
	git_commit side
	git checkout -q main
	log 6 "$(entry_a 6)" "$v5_high" "$v4" >$file
	git_commit main
}

# clean_sides: they only add an entry each.
clean_sides() {
	git checkout -q -b side
	log 6 "$(entry_b 6)" "$v5" "$v4" >$file
	git_commit side
	git checkout -q main
	log 6 "$(entry_a 6)" "$v5" "$v4" >$file
	git_commit main
}

# merge_stops BRANCH: git merge does.
merge_stops() {
	git merge "$1" >"$T/merge.log" 2>&1
	is "git stops" "$?" 1
}

# is_log WHAT VERSION ENTRY…: the log is exactly that.
is_log() {
	local what="$1"
	shift
	log "$@" >"$T/wanted"
	tap_same "$what" $file <"$T/wanted"
}

unmerged() {
	git ls-files -u | cut -f2 | sort -u | tr '\n' ' '
}

# ---- a merge without the driver ----

repository list
sides
merge_stops side
cp $file "$T/before"
wl resolve --list
exits 1 "--list: a conflict is left"
out_has "the place is told" 'v5 › Next'
out_has "ours" '[HIGH] Ask Ada'
out_has "theirs" '[LOW] Ask Ada'
out_has "their branch is named" '(side)'
out_has "the new number is told" 'v6 → v7 (theirs)'
ok "nothing is written" cmp $file "$T/before"
wl resolve --list --json
exits 1 "--list --json"
valid_json "--list --json" resolve
json_is "it holds what a program needs" \
	'[.operation, .left, (.files[] | .file, .kind, .unmerged, (.conflicts[] | .number, .place, .ours, .base, .theirs))]' \
	'["merge",1,"Auth-WorkLog.md","merged-again",true,1,"v5 › Next","- [ ] [HIGH] Ask Ada\n","- [ ] [MED] Ask Ada\n","- [ ] [LOW] Ask Ada\n"]'
wl resolve
exits 1 "resolve: a conflict is left"
out_has "it is merged again" 'merged again from the index'
is "the file holds one conflict, not git's" "$(grep -c '^<<<<<<<' $file)" 1
line=$(grep -n '^<<<<<<<' $file | cut -d: -f1)
out_has "the line is that in the file" "$file:$line: conflict 1"
is "nothing is added to the index" "$(unmerged)" "$file "
wl resolve --list
exits 1 "again: it is still there"
out_lacks "and not merged again" 'merged again'
wl resolve $file --pick 1=theirs
exits 0 "--pick 1=theirs"
is_log "both entries, and their priority" 7 "$(entry_b 7)" "$(entry_a 6)" "$v5_low" "$v4"
out_has "it tells to add the file" "git add -A -- $file"
out_has "and what continues" 'git merge --continue'
is "it does not add it itself" "$(unmerged)" "$file "
wl resolve
exits 0 "resolve, when nothing is left"
is_log "the file stays" 7 "$(entry_b 7)" "$(entry_a 6)" "$v5_low" "$v4"
wl resolve --stage
exits 0 "--stage"
is "the file is merged now" "$(unmerged)" ''
ok "git goes on" git -c core.editor=true merge --continue
wl resolve
exits 0 "no conflict at all"
out_has "it says so" 'no conflict'

for choice in ours:high theirs:low; do
	repository "all-${choice%:*}"
	sides
	merge_stops side
	wl resolve "--${choice%:*}" --stage
	exits 0 "--${choice%:*} --stage"
	if [ "$choice" = ours:high ]; then v5_now=$v5_high; else v5_now=$v5_low; fi
	is_log "--${choice%:*}: that side" 7 "$(entry_b 7)" "$(entry_a 6)" "$v5_now" "$v4"
	is "--${choice%:*}: staged" "$(unmerged)" ''
done
repository union
sides
merge_stops side
wl resolve --union
exits 0 "--union"
is "--union: both, ours first" "$(grep -o '\[[A-Z]*\] Ask Ada' $file | tr '\n' ' ')" \
	'[HIGH] Ask Ada [LOW] Ask Ada '
repository base
sides
merge_stops side
wl resolve --base
exits 0 "--base"
is_log "--base: what stood there" 7 "$(entry_b 7)" "$(entry_a 6)" "$v5" "$v4"

repository clean
clean_sides
merge_stops side
wl resolve
exits 0 "what merges clean leaves nothing"
is_log "both entries are there" 7 "$(entry_b 7)" "$(entry_a 6)" "$v5" "$v4"

# ---- with the driver ----

repository driver
wl install
git_commit attributes
sides
merge_stops side
cp $file "$T/before"
wl resolve
exits 1 "the driver's conflicts are listed"
out_lacks "nothing is merged again" 'merged again'
ok "nothing is written" cmp $file "$T/before"
wl resolve $file --pick 1=ours --stage
exits 0 "--pick --stage"
is "it is settled" "$(unmerged)" ''

repository policies
sides
merge_stops side
wl install --policy priority=theirs
wl resolve
exits 0 "the policies of the installed driver count"
is_log "for a file that is merged again" 7 "$(entry_b 7)" "$(entry_a 6)" "$v5_low" "$v4"

# ---- what the user did stays ----

repository edited
sides
merge_stops side
sed -i 's/Tidy up/Tidy up everything/' $file
cp $file "$T/before"
wl resolve
exits 1 "a file that was edited since"
out_has "is not merged again, with advice" '--again'
ok "and not touched" cmp $file "$T/before"
wl resolve --stage
is "nor staged" "$(unmerged)" "$file "
wl resolve --again
exits 1 "--again"
ok "merges it anew" sh -c "! grep -q 'Tidy up everything' $file"

repository half
sides
merge_stops side
# Settles one of git's conflicts by hand, taking ours.
awk '/^<<<<<<</ && !n { n = 1; next } n == 1 && /^=======/ { n = 2 } n == 2 { if (/^>>>>>>>/) n = 3; next } { print }' $file >new
mv new $file
cp $file "$T/before"
wl resolve
exits 1 "a file in which a conflict was settled since"
ok "is not touched" cmp $file "$T/before"

repository by-hand
sides
merge_stops side
log 7 "$(entry_b 7)" "$(entry_a 6)" "$v5" "$v4" >$file
cp $file "$T/before"
wl resolve
exits 0 "a file that was settled by hand"
out_has "it is told" 'settled in the work tree'
ok "it stays" cmp $file "$T/before"

repository ours-only
sides
merge_stops side
git checkout -q --ours $file
wl resolve
exits 1 "a file that holds one side only is merged again"
is "with both entries" "$(grep -c '^## v[67]' $file)" 2

# ---- line endings ----

repository crlf
git config core.autocrlf true
clean_sides
rm $file
git checkout -q $file
merge_stops side
wl resolve
exits 0 "core.autocrlf"
is "the file has the endings that git writes" "$(grep -vc "$(printf '\r')\$" $file)" 0
git add $file
is "and the index those that git keeps" "$(git show :$file | grep -c "$(printf '\r')")" 0

# ---- one side removed the file ----

# removed NAME BRANCH: BRANCH (side or main) removes the log, the other changes it; git stops.
removed() {
	repository "$1"
	git checkout -q -b side
	if [ "$2" = side ]; then git rm -q $file; else log 6 "$(entry_b 6)" "$v5" "$v4" >$file; fi
	git_commit side
	git checkout -q main
	if [ "$2" = main ]; then git rm -q $file; else log 6 "$(entry_a 6)" "$v5" "$v4" >$file; fi
	git_commit main
	merge_stops side
}
removed deleted-1 side
cp $file "$T/before"
wl resolve
exits 1 "removed by theirs, changed by ours"
out_has "it is told" 'theirs removed the file, ours changed it'
ok "the file stays" cmp $file "$T/before"
wl resolve --json
valid_json "removed: JSON" resolve
json_is "removed: by whom" '[.files[] | .kind, .deleted_by]' '["deleted","theirs"]'
wl resolve --ours --stage
exits 0 "--ours keeps it"
is "--ours: merged" "$(unmerged)" ''
ok "--ours: the file is ours" cmp $file "$T/before"
removed deleted-2 side
wl resolve --theirs
exits 0 "--theirs removes it"
ok "--theirs: gone" test ! -e $file
is "--theirs: not in the index without --stage" "$(unmerged)" "$file "
wl resolve --stage
is "--theirs: in the index with it" "$(git ls-files)" ''
removed deleted-3 main
wl resolve
out_has "the other way round" 'ours removed the file, theirs changed it'
echo '- mine' >>$file
wl resolve --ours
exits 2 "what was edited since is not removed"
wl resolve --theirs
exits 0 "--theirs keeps it, as it is"
ok "with the edit" grep -q mine $file

# ---- both renamed the log ----

# renamed NAME: v5 becomes v6 on main, v7 on side.
renamed() {
	fresh "$1"
	git_init
	log 5 "$v5" "$v4" >Auth-WorkLog-v5.md
	git_commit base
	git checkout -q -b side
	git mv Auth-WorkLog-v5.md Auth-WorkLog-v7.md
	log 7 "$(entry_c 7)" "$(entry_b 6)" "$v5" "$v4" >Auth-WorkLog-v7.md
	git_commit side
	git checkout -q main
	git mv Auth-WorkLog-v5.md Auth-WorkLog-v6.md
	log 6 "$(entry_a 6)" "$v5" "$v4" >Auth-WorkLog-v6.md
	git_commit main
	[ -z "${2:-}" ] || wl install
	merge_stops side
}
for driver in '' driver; do
	renamed "renamed$driver" $driver
	is "three names are unmerged" "$(unmerged)" \
		'Auth-WorkLog-v5.md Auth-WorkLog-v6.md Auth-WorkLog-v7.md '
	wl resolve
	exits 0 "both renamed ${driver:-without driver}"
	file=Auth-WorkLog-v7.md
	is_log "one file, with all entries" 8 "$(entry_c 8)" "$(entry_b 7)" "$(entry_a 6)" "$v5" "$v4"
	file=Auth-WorkLog.md
	ok "the other name is gone" test ! -e Auth-WorkLog-v6.md
	is "the index waits" "$(unmerged)" \
		'Auth-WorkLog-v5.md Auth-WorkLog-v6.md Auth-WorkLog-v7.md '
	out_has "it tells what to remove" 'git rm -q --cached -- Auth-WorkLog-v6.md Auth-WorkLog-v5.md'
	wl resolve --stage
	exits 0 "--stage"
	is "one file is in the index" "$(git ls-files | grep WorkLog)" Auth-WorkLog-v7.md
	is "and nothing is unmerged" "$(unmerged)" ''
done
renamed renamed-edited
echo '- mine' >>Auth-WorkLog-v6.md
wl resolve
out_has "a renamed file that was edited since: advice" '--again'
ok "it stays" grep -q mine Auth-WorkLog-v6.md

# ---- both added the same snapshot ----

fresh copied
git_init
log 5 "$v5" "$v4" >Auth-WorkLog-v5.md
git_commit base
git checkout -q -b side
log 6 "$(entry_b 6)" "$v5_theirs" "$v4" >Auth-WorkLog-v6.md
git_commit side
git checkout -q main
log 6 "$(entry_a 6)" "$v5_ours" "$v4" >Auth-WorkLog-v6.md
git_commit main
merge_stops side
wl resolve
exits 0 "both copied v5 to v6: v5 is the base"
file=Auth-WorkLog-v6.md
is_log "what both did to older entries is there" 7 "$(entry_b 7)" "$(entry_a 6)" "$v5_both" "$v4"
file=Auth-WorkLog.md

# ---- other operations ----

repository rebase
sides
git checkout -q side
git rebase main >"$T/merge.log" 2>&1
is "git rebase stops" "$?" 1
wl resolve --theirs --stage
exits 0 "in a rebase"
out_has "what continues it" 'git rebase --continue'
ok "it goes on" git -c core.editor=true rebase --continue
is_log "theirs is the commit that is picked" 7 "$(entry_b 7)" "$(entry_a 6)" "$v5_low" "$v4"

repository cherry
sides
git cherry-pick side >"$T/merge.log" 2>&1
wl resolve --ours
out_has "in a cherry-pick" 'git cherry-pick --continue'
git cherry-pick --abort
log 6 "$(entry_a 6)" "$v5_low" "$v4" >$file
git_commit again
git revert --no-edit HEAD~1 >"$T/merge.log" 2>&1
wl resolve --list --json
json_is "in a revert" '[.operation, .continue]' '["revert","git revert --continue"]'

# ---- references in other logs ----

repository references
printf '# Pay Work Log\n\n## v1 | 2025-11-10 | Start\n\n- depends on Auth-WorkLog-v5\n' >Pay-WorkLog.md
printf '# Ui Work Log\n\n## v1 | 2025-11-10 | Start\n\n- depends on Auth-WorkLog-v5\n' >Ui-WorkLog.md
git_commit others
git checkout -q -b side
log 6 "$(entry_b 6)" "$v5" "$v4" >$file
echo '- needs Auth-WorkLog-v6 (its Auth-WorkLog-v6.md, not My-Auth-WorkLog-v6)' >>Pay-WorkLog.md
git_commit side
git checkout -q main
log 6 "$(entry_a 6)" "$v5" "$v4" >$file
echo '- needs Auth-WorkLog-v6, ours' >>Ui-WorkLog.md
git_commit main
merge_stops side
wl resolve --list
out_has "a reference to the entry that moved is told" 'Pay-WorkLog.md:6: names the old number: v6 → v7'
out_lacks "one to the entry that stayed is not" 'Ui-WorkLog.md'
wl resolve
ok "nothing is rewritten unasked" grep -q 'needs Auth-WorkLog-v6 ' Pay-WorkLog.md
wl resolve --again --rewrite $file
exits 0 "--rewrite"
is "the reference is rewritten, and nothing else" "$(tail -1 Pay-WorkLog.md)" \
	'- needs Auth-WorkLog-v7 (its Auth-WorkLog-v6.md, not My-Auth-WorkLog-v6)'
is "the other one stays" "$(tail -1 Ui-WorkLog.md)" '- needs Auth-WorkLog-v6, ours'
wl resolve --again --list --json
valid_json "references as JSON" resolve

# Two logs that get longer numbers, both named in one line of a third.
repository longer
log 8 "$v4" >$file
log 8 "$v4" >Pay-WorkLog.md
printf '# Ui Work Log\n\n## v1 | 2025-11-10 | Start\n\n- depends on both\n' >Ui-WorkLog.md
git_commit others
git checkout -q -b side
log 9 "$(entry_b 9)" "$v4" >$file
log 9 "$(entry_b 9)" "$v4" >Pay-WorkLog.md
echo '- needs Pay-WorkLog-v9, Auth-WorkLog-v9, Pay-WorkLog-v9.' >>Ui-WorkLog.md
git_commit side
git checkout -q main
log 9 "$(entry_a 9)" "$v4" >$file
log 9 "$(entry_a 9)" "$v4" >Pay-WorkLog.md
git_commit main
merge_stops side
wl resolve --rewrite
is "references to two logs in one line" "$(tail -1 Ui-WorkLog.md)" \
	'- needs Pay-WorkLog-v10, Auth-WorkLog-v10, Pay-WorkLog-v10.'

# ---- outside of a repository, and odd names ----

fresh plain
log 5 "$v4" >Other-WorkLog.md
printf '%s\n' '# Auth Work Log' '' '## v5 | 2025-11-10 | T' '' '**Next:**' '<<<<<<< a (v5 › Next)' \
	'- [HIGH] x' '||||||| base' '- [MED] x' '=======' '- [LOW] x' '>>>>>>> b (v5 › Next)' >$file
wl resolve
exits 1 "outside of a repository"
out_has "the conflict is found" "$file:6: conflict 1"
wl resolve $file --pick 2=ours
exits 2 "a number that is not there"
wl resolve $file --pick 1=mine
exits 2 "a side that is not there"
wl resolve --pick 1=ours
exits 2 "--pick without a file"
wl resolve --ours --theirs
exits 2 "two sides"
wl resolve --list --ours
exits 2 "--list that should settle"
wl resolve missing.md
exits 2 "a file that does not exist"
wl resolve $file --pick 1=ours
exits 0 "it is settled"
is "by ours" "$(tail -1 $file)" '- [HIGH] x'
printf '%s\n' 'text' '<<<<<<< HEAD' 'a' '=======' 'b' '>>>>>>> b' >notes.md
wl resolve notes.md --theirs
exits 0 "a file that is named is taken whatever its markers"
is "theirs" "$(tr '\n' ' ' <notes.md)" 'text b '

fresh odd
git_init
file="it's; a -log's WorkLog.md"
mkdir -p "sub dir"
cd "sub dir" || exit 99
log 5 "$v5" "$v4" >"./$file"
git_commit base
git checkout -q -b side
log 6 "$(entry_b 6)" "$v5" "$v4" >"./$file"
git_commit side
git checkout -q main
log 6 "$(entry_a 6)" "$v5" "$v4" >"./$file"
git_commit main
merge_stops side
wl resolve "$file"
exits 0 "a name with everything, from a folder below"
sed -n 's/^  \(git .* add\)/\1/p' "$T/out" >"$T/command"
ok "the command that it tells works" sh "$T/command"
is "so that nothing is unmerged" "$(git ls-files -u)" ''
file=Auth-WorkLog.md

# ---- on a terminal ----

# typed KEYS: runs resolve on a terminal that types them; Z is the end of the input.
typed() {
	/usr/bin/python3 - "$WLSYNC" "$1" >"$T/out" 2>"$T/err" <<-'EOF'
		import os, pty, select, sys
		program, keys = sys.argv[1:]
		pid, fd = pty.fork()
		if pid == 0:
		    os.execv(program, [program, "resolve"])
		seen = b""
		keys = list(keys)
		while True:
		    ready, _, _ = select.select([fd], [], [], 20)
		    if not ready:
		        os.kill(pid, 9)
		        break
		    try:
		        data = os.read(fd, 65536)
		    except OSError:
		        break
		    if not data:
		        break
		    seen += data
		    while keys and seen.endswith(b"? ") or keys and seen.endswith(b"[y/n] "):
		        key = keys.pop(0)
		        if key == "x":  # no answer: nothing is asked again
		            os.write(fd, b"x")
		            key = keys.pop(0)
		        os.write(fd, b"\x04" if key == "Z" else key.encode())
		        seen += b"!"
		_, how = os.waitpid(pid, 0)
		sys.stdout.buffer.write(seen)
		sys.exit(os.waitstatus_to_exitcode(how) if os.WIFEXITED(how) else 99)
	EOF
	status=$?
	tap_command="resolve on a terminal: $1"
}
repository asked
sides
merge_stops side
cp $file "$T/before"
typed Z
exits 1 "the input ends"
ok "nothing is written" cmp $file "$T/before"
typed tn
exits 1 "a choice, not confirmed"
ok "nothing is written then" cmp $file "$T/before"
typed xty
exits 0 "a choice, confirmed; other keys are passed over"
is_log "it is written" 7 "$(entry_b 7)" "$(entry_a 6)" "$v5_low" "$v4"
repository skipped
sides
merge_stops side
typed sy
exits 1 "a conflict that is skipped is left"
is "what was merged again is written" "$(grep -c '^<<<<<<<' $file)" 1
typed q
exits 1 "quit"
finish
