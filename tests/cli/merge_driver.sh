#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# wlsync merge-driver as git calls it, without git: arguments, names of the sides, exit status, and
# that the file %A is whole or untouched at any time.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/mergelogs.sh
. "$SRC/tests/support/mergelogs.sh"
unset WLSYNC_NOW GIT_REFLOG_ACTION GIT_CHERRY_PICK_HELP

# setup: fresh %O, %A, %B; files of other contents beside them.
setup() {
	rm -rf O A B
	log 5 "$v5" "$v4" >O
	log 6 "$(entry_a 6)" "$v5_ours" "$v4" >A
	log 6 "$(entry_b 6)" "$v5_theirs" "$v4" >B
	chmod 600 O A B
}
log 7 "$(entry_b 7)" "$(entry_a 6)" "$v5_both" "$v4" >merged
setup
cp A ours
cp B theirs

# conflicting: the same with a conflict.
conflicting() {
	rm -rf O A B
	log 5 "$v5" "$v4" >O
	log 5 "$v5_high" "$v4" >A
	log 5 "$v5_low" "$v4" >B
}

# driver ARG…: the driver on O, A, B as git 2.39 calls it, with further arguments.
driver() {
	wl merge-driver O A B -L 7 -P notes/Auth-WorkLog.md -S %S -X %X -Y %Y "$@"
}

# whole WHAT FILE…: A is one of the files.
whole() {
	local what="$1" file
	shift
	for file in "$@"; do
		if cmp -s A "$file"; then
			pass "$what"
			return
		fi
	done
	fail "$what"
	head -c 1000 A | note
}

# ---- results ----

setup
driver
exits 0 "a clean merge"
ok "a clean merge: the result" cmp A merged
out_is "a clean merge: nothing on stdout" </dev/null
err_is "a clean merge with new numbers: one line" <<-EOF
	wlsync: merged notes/Auth-WorkLog.md: v6 → v7
EOF
is "mode 600 stays" "$(stat -c %a A)" 600
ok "O and B stay" sh -c 'cmp B theirs'
is "no other file" "$(find . -mindepth 1 | sort | tr '\n' ' ')" './A ./B ./O ./merged ./ours ./theirs '

setup
cp O A
driver
exits 0 "only their side changed"
ok "only their side changed: it is the result" cmp A theirs
err_is "nothing to tell" </dev/null
setup
cp O B
driver
ok "only our side changed" cmp A ours
setup
cp ours B
driver
ok "both sides the same" cmp A ours

conflicting
driver
exits 1 "a conflict"
is "a conflict: its markers" "$(grep -cE '^(<{7} HEAD \(v5|\|{7} base|={7}$|>{7} theirs)' A)" 4
out_is "a conflict: nothing on stdout" </dev/null
is "a conflict: one line, with the place" "$(grep -c 'merged notes/Auth-WorkLog.md: 1 conflict at v5' "$T/err") $(wc -l <"$T/err")" '1 1'
cp A conflicted
driver -q
is "-q: no line" "$(wc -c <"$T/err")" 0

: >O
cp ours A
cp theirs B
driver
exits 0 "an empty base, as for a file that both added"
ok "an empty base: what both share counts" cmp A merged

# ---- arguments ----

conflicting
wl merge-driver O A B -L 12 -P x -S base-label -X 'my branch' -Y 'a1b2c3 (their work)'
is "given names and size" \
	"$(grep -cE '^(<{12} my branch \(v5|\|{12} base-label|={12}$|>{12} a1b2c3 \(their work\))' A)" 4
for size in 0 garbage -1 '' %L; do
	conflicting
	wl merge-driver O A B -L "$size" -P x
	exits 1 "-L '$size'"
	is "-L '$size': 7" "$(grep -cE '^<{7} ' A)" 1
done
conflicting
wl merge-driver O A B -L 100000 -P x
exits 1 "-L 100000"
# shellcheck disable=SC2016
for path in -dash.md --help -P '' "it's.md" '$(touch pwned).md' 'a b.md' 'ä.md' '%P' "$(printf 'new\nline.md')"; do
	setup
	wl merge-driver O A B -L 7 -P "$path" -S %S -X %X -Y %Y
	exits 0 "-P '$path'"
	ok "-P '$path': merged" cmp A merged
	is "-P '$path': one line at most" "$(wc -l <"$T/err")" 1
done
ok "no path is executed" test ! -e pwned
setup
wl merge-driver O A B
exits 0 "no options"
ok "no options: merged" cmp A merged
setup
wl merge-driver -L 7 O -P x A B
ok "options anywhere" cmp A merged
setup
driver --no-such-option
exits 0 "an option that is not known does not stop a merge"
ok "an option that is not known: merged" cmp A merged
err_has "an option that is not known: told" no-such-option
setup
driver --policy colour=ours
ok "a policy that is not known: merged" cmp A merged
conflicting
driver --policy priority=theirs
exits 0 "--policy"
ok "--policy: its choice" grep -qF '[LOW] Ask Ada' A
conflicting
driver --style merge
is "--style merge" "$(grep -c '^|||||||' A)" 0
setup
driver --trace
ok "--trace" grep -qF '<!-- wlsync: was v6 -->' A
setup
(cd / && "$WLSYNC" -C "$T/w" merge-driver O A B -P x) >"$T/out" 2>"$T/err"
ok "-C" cmp A merged
setup
WLSYNC_NOW=nonsense "$WLSYNC" merge-driver O A B -P x >"$T/out" 2>"$T/err"
ok "no clock is read" cmp A merged
setup
printf '[bad\n' >.wlsync
driver
ok "no configuration is read" cmp A merged
rm .wlsync
log 6 "$(entry 6 11:00 'Rate limits' '- [ ] [MED] See Auth-WorkLog-v6')" "$v5" "$v4" >B
driver
setup
log 6 "$(entry 6 11:00 'Rate limits' '- [ ] [MED] See Auth-WorkLog-v6')" "$v5" "$v4" >B
driver
ok "the log's name comes from -P" grep -qF 'See Auth-WorkLog-v7' A

for count in 0 1 2; do
	setup
	case $count in
	0) wl merge-driver ;;
	1) wl merge-driver O ;;
	2) wl merge-driver O A ;;
	esac
	exits 129 "$count files"
	whole "$count files: A stays" ours
done

# ---- names of the sides, from what git 2.39 leaves ----

# named WHAT OURS BASE THEIRS: the names in the markers.
named() {
	is "$1" "$(sed -nE 's/^(<{7}|\|{7}|>{7}) (.*)/\2/p' A | sed 's/ (v5.*//' | tr '\n' ',')" "$2,$3,$4,"
}
id=0123456789abcdef0123456789abcdef01234567
conflicting
env "GITHEAD_$id=feature/x" GIT_REFLOG_ACTION='merge feature/x' \
	"$WLSYNC" merge-driver O A B -P x -S %S -X %X -Y %Y 2>/dev/null
named "merge" HEAD base feature/x
conflicting
env "GITHEAD_$id=one" "GITHEAD_f$id=two" GIT_REFLOG_ACTION='merge two' \
	"$WLSYNC" merge-driver O A B -P x -S %S -X %X -Y %Y 2>/dev/null
named "merge, of several heads the one that is named" HEAD base two
git_init
mkdir -p .git/rebase-merge .git/sequencer
printf 'pick aaaaaaaaaaaa one\n# comment\npick %s two\n' $id >.git/rebase-merge/done
conflicting
GIT_CHERRY_PICK_HELP=x "$WLSYNC" merge-driver O A B -P x -S %S -X %X -Y %Y 2>/dev/null
named "rebase" upstream 'parent of 0123456' 'your commit 0123456'
rm -r .git/rebase-merge
mkdir .git/rebase-apply
echo $id >.git/rebase-apply/original-commit
conflicting
GIT_REFLOG_ACTION='rebase (pick)' "$WLSYNC" merge-driver O A B -P x -S %S -X %X -Y %Y 2>/dev/null
named "rebase --apply" upstream 'parent of 0123456' 'your commit 0123456'
rm -r .git/rebase-apply
conflicting
GIT_REFLOG_ACTION='rebase (pick)' "$WLSYNC" merge-driver O A B -P x 2>/dev/null
named "rebase, and nothing else is there" upstream base 'your commit'
printf 'pick 0123456789 two\npick abcdef0123 three\n' >.git/sequencer/todo
conflicting
driver
named "a series of picks" HEAD 'parent of 0123456' 0123456
printf 'revert 0123456789 two\n' >.git/sequencer/todo
conflicting
driver
named "a series of reverts" HEAD 0123456 'parent of 0123456'
rm -r .git/sequencer
for file in CHERRY_PICK_HEAD REVERT_HEAD REBASE_HEAD MERGE_HEAD; do
	echo $id >.git/$file
	conflicting
	driver
	case $file in
	CHERRY_PICK_HEAD) named "again in a cherry-pick" HEAD 'parent of 0123456' 0123456 ;;
	REVERT_HEAD) named "again in a revert" HEAD 0123456 'parent of 0123456' ;;
	REBASE_HEAD) named "again in a rebase" upstream 'parent of 0123456' 'your commit 0123456' ;;
	MERGE_HEAD) named "again in a merge" HEAD base 0123456 ;;
	esac
	rm .git/$file
done
mkdir -p "$T/gitdir"
echo $id >"$T/gitdir/MERGE_HEAD"
conflicting
GIT_DIR="$T/gitdir" "$WLSYNC" merge-driver O A B -P x 2>/dev/null
named "GIT_DIR is looked at" HEAD base 0123456
rm -rf .git
printf 'gitdir: %s\n' "$T/gitdir" >.git
conflicting
driver
named "a .git that is a file is followed" HEAD base 0123456
rm .git

# ---- WLSYNC=0 ----

cat >lines.o <<-EOF
	a
	b
	c
EOF
setup
sed 's/b/ours/' lines.o >A
sed 's/b/theirs/' lines.o >B
cp lines.o O
env WLSYNC=0 "$WLSYNC" merge-driver O A B -L 9 -P x -S o -X mine -Y yours >"$T/out" 2>"$T/err"
status=$?
exits 1 "WLSYNC=0"
printf 'a\n<<<<<<<<< mine\nours\n=========\ntheirs\n>>>>>>>>> yours\nc\n' >want
ok "WLSYNC=0: what git merge-file writes" cmp A want
out_is "WLSYNC=0: nothing on stdout" </dev/null
sed 's/b/theirs/' lines.o >A
env WLSYNC=0 "$WLSYNC" merge-driver O A B -P x
is "WLSYNC=0, clean" "$?" 0
sed 's/b/ours/' lines.o >A
env WLSYNC=0 "$WLSYNC" merge-driver O A B -P x --style diff3
ok "WLSYNC=0 with --style diff3" grep -q '^|||||||' A
seq 1 2000 >O
sed 's/[05]$/&a/' O >A
sed 's/[05]$/&b/' O >B
env WLSYNC=0 "$WLSYNC" merge-driver O A B -P x
is "WLSYNC=0 with 400 conflicts: status 1" "$? $(grep -c '^<<<<<<<' A)" '1 400'
setup
env WLSYNC=1 "$WLSYNC" merge-driver O A B -P x 2>/dev/null
ok "WLSYNC=1 is no switch" cmp A merged
setup
env WLSYNC=0 PATH="$T/none" "$WLSYNC" merge-driver O A B -P x 2>"$T/err"
is "WLSYNC=0 without git: 129, and A is removed" "$? $(test -e A && echo there)" '129 '

# ---- files ----

for missing in O B A; do
	setup
	rm $missing
	driver
	exits 129 "$missing is missing"
	err_has "$missing is missing: told" 'cannot read it'
	ok "$missing is missing: A is removed, so that git stops" test ! -e A
done
setup
mkdir folder
wl merge-driver O folder B -P x
exits 129 "A is a folder"
wl merge-driver folder A B -P x
exits 129 "O is a folder"

setup
cp A target
chmod 640 target
ln -sf target A
driver
exits 0 "A is a symbolic link"
ok "a symbolic link: it stays one, its target is the result" sh -c 'test -L A && cmp target merged'
is "a symbolic link: its target's mode stays" "$(stat -c %a target)" 640
rm A
setup
ln A hard
driver
ok "another hard link keeps the old bytes" sh -c 'cmp A merged && cmp hard ours'
rm hard

setup
mkdir closed
cp O A B closed
chmod 555 closed
if touch closed/x 2>/dev/null; then
	rm -f closed/x
	chmod 755 closed "$T" "$T/w"
	cp "$WLSYNC" "$T/wlsync" && chmod 755 "$T/wlsync"
	chmod 644 closed/?
	chmod 555 closed
	as_nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
else
	cp "$WLSYNC" "$T/wlsync"
	as_nobody=
fi
# shellcheck disable=SC2086 # words
if $as_nobody "$T/wlsync" --version >/dev/null 2>&1; then
	$as_nobody "$T/wlsync" merge-driver closed/O closed/A closed/B -P x >"$T/out" 2>"$T/err"
	status=$?
	exits 129 "a folder that is read-only"
	ok "a folder that is read-only: A stays as it is" cmp closed/A ours
	chmod 777 closed
	chmod 444 closed/A
	$as_nobody "$T/wlsync" merge-driver closed/O closed/A closed/B -P x >"$T/out" 2>"$T/err"
	status=$?
	exits 129 "a file that is read-only"
	ok "a file that is read-only: no half of it" sh -c '! test -e closed/A || cmp closed/A ours'
else
	skip "a folder that is read-only" "another user cannot run a program in $T"
fi
rm -rf closed

setup
(
	ulimit -f 0
	exec "$WLSYNC" merge-driver O A B -P x
) >"$T/log" 2>&1
is "no room on the disk: 129" "$?" 129
ok "no room on the disk: A is removed, so that git stops" test ! -e A
is "no room on the disk: no temporary file is left" "$(find . -name '.wlsync-*')" ''

# ---- content ----

setup
printf 'a\0b\n' >O
printf 'a\0b\nours\n' >A
printf 'theirs\na\0b\n' >B
driver
ok "NUL bytes: 0 or 1" test "$status" -le 1
ok "NUL bytes: nothing is lost" sh -c 'grep -qa ours A && grep -qa theirs A'
setup
: >A
: >B
driver
exits 0 "both sides empty"
is "both sides empty: so is the result" "$(wc -c <A)" 0
for text in 'no ending' 'a\r\nb\r\n' '\xef\xbb\xbfx\n' '\xff\xfe\n' '<<<<<<< x\n=======\n>>>>>>> y\n' '>>>>>>>\n'; do
	setup
	# shellcheck disable=SC2059
	printf "$text" >O
	cp O A
	cp O B
	echo new >>B
	cp B want
	driver
	exits 0 "odd bytes: $text"
	ok "odd bytes: $text: their side" cmp A want
done

# ---- killed at any time: A is whole or untouched ----

awk 'BEGIN {
	print "# Big Work Log\n"
	for (i = 3000; i > 0; i--) {
		printf "## v%d | 2025-11-10 %02d:%02d | Entry %d\n\n**Next:**\n", i, i / 60 % 24, i % 60, i
		for (k = 0; k < 8; k++) printf "- [ ] [MED] Item %d of entry %d, with some words after it\n", k, i
		print ""
	}
}' >big.o
sed '2000s/MED/HIGH/' big.o >big.ours
sed '9000s/MED/LOW/' big.o >big.theirs
sed '9000s/MED/LOW/' big.ours >big.merged
cp big.o O
cp big.ours A
cp big.theirs B
start=$(date +%s%N)
"$WLSYNC" merge-driver O A B -P x 2>/dev/null
length=$(($(date +%s%N) - start))
ok "the large log is merged" cmp A big.merged

# A fault of our own (here sent from outside) lets git merge.
sed '2000s/MED/LOW/' big.o >B
cp big.ours A
"$WLSYNC" merge-driver O A B -L 9 -P x -X mine -Y yours 2>"$T/err" &
pid=$!
sleep "$(awk -v ns="$length" 'BEGIN { printf "%.4f", ns / 1e9 / 3 }')"
kill -SEGV $pid
wait $pid
is "a fault: status 1" "$?" 1
err_has "a fault: told" 'git merges this file by lines'
is "a fault: git's markers" "$(grep -cE '^(<{9} mine|={9}|>{9} yours)$' A)" 3
is "a fault: nothing is lost" "$(sed '/^[<=>]\{9\}/d' A | wc -l)" "$(($(wc -l <big.o) + 1))"

killed=0
for round in $(seq 60); do
	cp big.o O
	cp big.ours A
	cp big.theirs B
	"$WLSYNC" merge-driver O A B -P x 2>/dev/null &
	pid=$!
	# From the start to twice the time that it takes.
	sleep "$(awk -v ns="$length" -v round="$round" 'BEGIN { printf "%.4f", ns / 1e9 * round / 30 }')"
	if [ $((round % 2)) -eq 0 ]; then
		kill -TERM $pid 2>/dev/null
	else
		kill -KILL $pid 2>/dev/null
	fi
	wait $pid
	[ $? -lt 128 ] || killed=$((killed + 1))
	if ! cmp -s A big.ours && ! cmp -s A big.merged; then
		fail "killed in round $round: A is half"
		cp A "$T/half"
		break
	fi
	if [ $((round % 2)) -eq 0 ] && [ -n "$(find . -name '.wlsync-*')" ]; then
		fail "ended in round $round: a temporary file is left"
		break
	fi
	rm -f .wlsync-*
done 2>/dev/null
pass "killed at 60 moments, $killed of them before the end: A is whole or untouched"
ok "some were killed before the end, some were not" test "$killed" -gt 0 -a "$killed" -lt 60
finish
