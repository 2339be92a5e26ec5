#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# wlsync merge: files, outputs, options, errors. What is resolved how is tested by the cases of
# fixtures/merge.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/mergelogs.sh
. "$SRC/tests/support/mergelogs.sh"

log 5 "$v5" "$v4" >base.md
log 6 "$(entry_a 6)" "$v5_ours" "$v4" >ours.md
log 6 "$(entry_b 6)" "$v5_theirs" "$v4" >theirs.md
log 7 "$(entry_b 7)" "$(entry_a 6)" "$v5_both" "$v4" >merged.md
log 5 "$v5_high" "$v4" >high.md
log 5 "$v5_low" "$v4" >low.md

# ---- results ----

wl merge base.md ours.md theirs.md
exits 0 "three files"
out_is "three files: the result" <merged.md
err_has "three files: the new number" 'wlsync: v6 → v7 ('
is "three files: one line on stderr" "$(wc -l <"$T/err")" 1
wl merge -q base.md ours.md theirs.md
err_is "-q: nothing on stderr" </dev/null
wl merge --ascii base.md ours.md theirs.md
err_has "--ascii: the arrow" 'v6 -> v7'
wl merge base.md theirs.md ours.md
out_is "sides swapped: the same" <merged.md
wl merge base.md base.md theirs.md
out_is "an unchanged side: the other one" <theirs.md
wl merge base.md ours.md base.md
out_is "the other way round too" <ours.md
wl merge base.md ours.md ours.md
out_is "both sides the same" <ours.md
err_is "nothing to tell" </dev/null

wl merge base.md high.md low.md
exits 1 "a conflict"
is "a conflict: one block" "$(grep -c '^<<<<<<< ours (v5' "$T/out") $(grep -c '^>>>>>>> theirs' "$T/out")" '1 1'
out_has "a conflict: ours" '[HIGH] Ask Ada'
out_has "a conflict: theirs" '[LOW] Ask Ada'
out_has "a conflict: the base" '|||||||'
out_has "a conflict: the base's line" '[MED] Ask Ada'
is "a conflict: only the one item" "$(grep -c 'Write the tests' "$T/out")" 1
err_has "a conflict is told" '1 conflict at v5'

# ---- -o ----

wl merge -o out.md base.md ours.md theirs.md
exits 0 "-o"
ok "-o: the result" cmp out.md merged.md
is "-o: nothing on stdout" "$(wc -c <"$T/out")" 0
cp ours.md mine.md
chmod 640 mine.md
wl merge -o mine.md base.md mine.md theirs.md
exits 0 "-o on an input"
ok "-o on an input: the result" cmp mine.md merged.md
is "-o on an input: its mode stays" "$(stat -c %a mine.md)" 640
wl merge -o out.md base.md high.md low.md
exits 1 "-o with conflicts"
ok "-o with conflicts: they are there" grep -q '^<<<<<<< ' out.md
wl merge -o - base.md ours.md theirs.md
out_is "-o - is stdout" <merged.md
is "no temporary file is left" "$(find . -name '.*tmp*' | wc -l)" 0

# ---- stdin ----

for place in 1 2 3; do
	set -- base.md ours.md theirs.md
	case $place in
	1) input=base.md && set -- - ours.md theirs.md ;;
	2) input=ours.md && set -- base.md - theirs.md ;;
	3) input=theirs.md && set -- base.md ours.md - ;;
	esac
	"$WLSYNC" merge "$@" <"$input" >"$T/out" 2>"$T/err"
	status=$?
	exits 0 "- in place of $input"
	out_is "- in place of $input: the result" <merged.md
done
wl merge - - theirs.md
exits 2 "- twice"

# ---- many sides, no base, snapshots ----

log 6 "$(entry_c 6)" "$v5" "$v4" >third.md
log 8 "$(entry_c 8)" "$(entry_b 7)" "$(entry_a 6)" "$v5_both" "$v4" >three.md
wl merge --base base.md ours.md theirs.md third.md
exits 0 "--base and three files"
out_is "--base and three files: one set of numbers" <three.md
is "--base and three files: told in one line" "$(grep -c 'v6 → v7 .*v6 → v8 ' "$T/err")" 1
wl merge --base base.md third.md theirs.md ours.md
out_is "in another order" <three.md
wl merge base.md --base=base.md ours.md
out_is "--base and two files" <ours.md

wl merge ours.md theirs.md
exits 0 "two files without base"
out_is "two files: what both share is the base" <merged.md
: >empty.md
wl merge empty.md ours.md theirs.md
exits 0 "an empty base"
out_is "an empty base: the same" <merged.md

mkdir snapshots
cp base.md snapshots/Auth-WorkLog-v5.md
cp ours.md snapshots/Auth-WorkLog-v6.md
cp theirs.md snapshots/Auth-WorkLog-v7.md
printf 'something else\n' >snapshots/Auth-WorkLog-v4.md
printf '# Other Work Log\n\n## v5 | 2025-01-01 | Something\n\nQuite other words.\n' >snapshots/Other-WorkLog-v5.md
wl merge snapshots/Auth-WorkLog-v6.md snapshots/Auth-WorkLog-v7.md
exits 0 "two snapshots"
err_has "two snapshots: the newest lower one is the base" 'base: snapshots/Auth-WorkLog-v5.md'
out_is "two snapshots: the result" <merged.md
grep -v 'Tidy up' ours.md >snapshots/Auth-WorkLog-v6.md
cp base.md snapshots/Auth-WorkLog-v7.md
wl -C snapshots merge Auth-WorkLog-v7.md Auth-WorkLog-v6.md
out_lacks "what one side removed is gone" 'Tidy up'
mkdir elsewhere
cp theirs.md elsewhere/Auth-WorkLog-v7.md
wl merge snapshots/Auth-WorkLog-v6.md elsewhere/Auth-WorkLog-v7.md
err_lacks "snapshots of two folders: no base" 'base:'
wl merge snapshots/Other-WorkLog-v5.md elsewhere/Auth-WorkLog-v7.md
exits 1 "two files that have nothing in common"

# ---- log names in references ----

log 6 "$(entry 6 11:00 'Rate limits' '- [ ] [MED] See Auth-WorkLog-v6 and Other-WorkLog-v6')" "$v5" "$v4" >r.md
log 6 "$(entry_a 6)" "$v5" "$v4" >a.md
wl merge -o Auth-WorkLog.md base.md a.md r.md
ok "the name of -o says which references are the log's own" \
	grep -qF 'See Auth-WorkLog-v7 and Other-WorkLog-v6' Auth-WorkLog.md

# ---- reports ----

wl merge base.md ours.md theirs.md --json -o out.md
exits 0 "--json"
valid_json "--json" merge
json_is "--json: what it says" '[.schema, .clean, .method, .marker_size, .sides]' \
	'["wlsync.merge/1",true,"structure",7,["ours","theirs"]]'
json_is "--json: the new number" '[.renumbered[] | [.from, .to, .side]]' '[["v6","v7",1]]'
ok "--json: the result is in the file" cmp out.md merged.md
cp "$T/out" first.json
wl merge base.md ours.md theirs.md --report report.json
out_is "--report: the result on stdout" <merged.md
ok "--report: the same document" cmp report.json first.json
wl merge base.md ours.md theirs.md --report - -o out.md
ok "--report - is stdout" cmp "$T/out" first.json
wl merge base.md high.md low.md --json -o out.md
exits 1 "--json with a conflict"
valid_json "--json with a conflict" merge
json_is "--json with a conflict: what it says" \
	'[.clean, (.conflicts | length), (.conflicts[0].place | startswith("v5"))]' '[false,1,true]'
json_is "--json with a conflict: its texts" \
	'[.conflicts[0] | .base, .sides[] | contains("Ask Ada")]' '[true,true,true]'
is "--json with a conflict: its line" \
	"$(sed -n "$(jq '.conflicts[0].line' "$T/out")p" out.md | cut -c1-8)" '<<<<<<< '
wl merge --base base.md ours.md theirs.md third.md --json -o out.md
valid_json "--json of three sides" merge
json_is "--json of three sides: they have names" '.sides' '["ours","theirs","side 3"]'
printf 'x\377y\n' >bad1.md
printf 'x\376y\n' >bad2.md
wl merge empty.md bad1.md bad2.md --json -o out.md
valid_json "--json of invalid UTF-8" merge

wl merge base.md ours.md theirs.md --explain
err_has "--explain: new numbers" 'renumbered v6 → v7: '
out_is "--explain: the result stays" <merged.md
wl merge base.md high.md low.md --explain
err_has "--explain: conflicts" 'conflict v5'
log 5 "$(entry 5 09:00 Tokens '- [x] [HIGH] Write the tests' '- [ ] [MED] Ask Ada')" "$v4" >t1.md
log 5 "$(entry 5 09:00 Tokens '- [x] [HIGH] Write the tests' '- [ ] [LOW] Tidy up')" "$v4" >t2.md
wl merge base.md t1.md t2.md --explain
is "--explain: no empty line" "$(grep -c '^$' "$T/err")" 0

# ---- options ----

wl merge --style merge base.md high.md low.md
out_lacks "--style merge: no base" '|||||||'
wl merge --style zdiff3 base.md high.md low.md
out_has "--style zdiff3: with base" '|||||||'
wl merge --style fancy base.md high.md low.md
exits 2 "--style that there is not"
wl merge --marker-size 11 base.md high.md low.md
is "--marker-size" "$(grep -cE '^(<{11} |>{11} |={11}$|\|{11} )' "$T/out")" 4
wl merge --marker-size 0 base.md high.md low.md
exits 2 "--marker-size 0"
wl merge --labels mine,old,yours base.md high.md low.md
is "--labels" "$(grep -cE '^(<{7} mine \(v5|\|{7} old|>{7} yours)' "$T/out")" 3
# shellcheck disable=SC1003
wl merge --labels 'a\,b\\,,c' base.md high.md low.md
is "--labels: commas and backslashes, and one that is left out" \
	"$(grep -cE '^(<{7} a,b\\ \(v5|\|{7} base|>{7} c)' "$T/out")" 3
wl merge --labels a,b,c,d base.md high.md low.md
exits 2 "--labels: too many"
wl merge --labels "$(printf 'a\nb'),o,t" base.md high.md low.md
out_has "--labels: a line ending does not break a marker" '<<<<<<< a?b'
wl merge --policy priority=ours base.md high.md low.md
exits 0 "--policy"
out_has "--policy: its choice" '[HIGH] Ask Ada'
wl merge --policy priority=theirs --policy text=ours base.md high.md low.md
out_has "--policy twice" '[LOW] Ask Ada'
wl merge --policy priority=mine base.md high.md low.md
exits 2 "--policy with a choice that there is not"
err_has "--policy: the choices are named" union
wl merge --policy colour=ours base.md high.md low.md
exits 2 "--policy with a key that there is not"
err_has "--policy: the keys are named" priority
wl merge --trace base.md ours.md theirs.md
out_has "--trace" '<!-- wlsync: was v6 -->'
grep -v 'wlsync: was' "$T/out" >"$T/untraced"
ok "--trace: nothing else" sh -c "diff -B '$T/untraced' merged.md"

# ---- other logs that name a new number's old one ----

cp base.md ours.md theirs.md third.md high.md low.md "$T"
# tree: a work tree with the merged log in a folder, and two logs that name it.
tree() {
	fresh tree
	git_init
	mkdir -p auth pay .hidden
	cp "$T/ours.md" auth/Auth-WorkLog.md
	printf '# Pay Work Log\n\n## v1 | 2025-11-10 | Start\n\n- needs Auth-WorkLog-v6 (its Auth-WorkLog-v6.md) and auth-worklog-v5\n- blocks Auth-WorkLog-v6\n' >pay/Pay-WorkLog.md
	printf '# Ui Work Log\n\n## v1 | 2025-11-10 | Start\n\n- needs Auth-WorkLog-v6, My-Auth-WorkLog-v6\n' >Ui-WorkLog.md
	cp Ui-WorkLog.md .hidden/Hidden-WorkLog.md
	cp pay/Pay-WorkLog.md "$T/Pay"
}
tree
wl merge -o auth/Auth-WorkLog.md "$T/base.md" "$T/ours.md" "$T/theirs.md"
exits 0 "in a work tree"
err_has "places in other logs are counted" \
	'wlsync: 3 places in 2 other logs name the old number; --rewrite rewrites them'
is "that is one line more" "$(wc -l <"$T/err")" 2
ok "nothing is rewritten unasked" cmp pay/Pay-WorkLog.md "$T/Pay"
wl -C pay merge -o ../auth/Auth-WorkLog.md "$T/base.md" ../auth/Auth-WorkLog.md "$T/theirs.md" --rewrite --explain
exits 0 "--rewrite, of what was merged before, from a folder beside it"
err_has "--rewrite: told" 'wlsync: 3 places in 2 other logs rewritten'
err_has "--rewrite --explain: each" 'wlsync: pay/Pay-WorkLog.md:5: v6 was rewritten to v7'
is "--rewrite: what names the log, and nothing else" \
	"$(cat pay/Pay-WorkLog.md Ui-WorkLog.md .hidden/* | grep '^- ')" \
	"$(printf '%s\n' '- needs Auth-WorkLog-v7 (its Auth-WorkLog-v6.md) and auth-worklog-v5' \
		'- blocks Auth-WorkLog-v7' '- needs Auth-WorkLog-v7, My-Auth-WorkLog-v6' \
		'- needs Auth-WorkLog-v6, My-Auth-WorkLog-v6')"
tree
wl merge -q -o auth/Auth-WorkLog.md "$T/base.md" "$T/ours.md" "$T/theirs.md"
err_is "-q: no count" </dev/null
wl merge -q -o auth/Auth-WorkLog.md "$T/base.md" "$T/ours.md" "$T/theirs.md" --rewrite
err_is "-q --rewrite: silent" </dev/null
ok "-q --rewrite: rewritten" grep -qF 'blocks Auth-WorkLog-v7' pay/Pay-WorkLog.md
wl merge -o auth/Auth-WorkLog.md "$T/base.md" "$T/high.md" "$T/low.md" --rewrite
exits 1 "--rewrite without a new number"
err_lacks "--rewrite without a new number: nothing to tell" 'other log'
tree
chmod 444 pay/Pay-WorkLog.md
wl merge -o auth/Auth-WorkLog.md "$T/base.md" "$T/ours.md" "$T/theirs.md" --rewrite
exits 2 "--rewrite of a file that is read-only"
err_has "--rewrite of a file that is read-only: its name" Pay-WorkLog.md
ok "--rewrite of a file that is read-only: it stays" cmp pay/Pay-WorkLog.md "$T/Pay"
tree
printf '[bad\n' >.wlsync
wl merge -o auth/Auth-WorkLog.md "$T/base.md" "$T/ours.md" "$T/theirs.md"
exits 0 "other logs that cannot be searched"
err_has "other logs that cannot be searched: told" 'other logs were not looked at'
cp auth/Auth-WorkLog.md "$T/before"
wl merge -o auth/Auth-WorkLog.md "$T/base.md" "$T/high.md" "$T/low.md" --rewrite
ok "without a new number no log is looked at" test "$status" -eq 1
cp "$T/before" auth/Auth-WorkLog.md
wl merge -o auth/Auth-WorkLog.md "$T/base.md" "$T/ours.md" "$T/theirs.md" --rewrite
exits 2 "--rewrite when other logs cannot be searched"
ok "--rewrite when other logs cannot be searched: nothing is written" cmp auth/Auth-WorkLog.md "$T/before"
cd "$T/w" || exit 99
wl merge -o out.md base.md ours.md theirs.md --rewrite
exits 2 "--rewrite outside of a work tree"
wl merge base.md ours.md theirs.md --rewrite
exits 2 "--rewrite without -o"
err_has "--rewrite without -o: what to do" '-o FILE'

# ---- markers in the text ----

{
	cat base.md
	printf '\n```\n<<<<<<< HEAD\n=======\n>>>>>>> x\n```\n'
} >marked.md
sed 's/\[MED\] Ask/[HIGH] Ask/' marked.md >marked1.md
sed 's/\[MED\] Ask/[LOW] Ask/' marked.md >marked2.md
wl merge marked.md marked1.md marked2.md --json -o out.md
valid_json "lines like markers" merge
is "lines like markers: no conflict is mistaken" \
	"$(jq -r '.marker_size as $n | .conflicts[0].line' "$T/out" | xargs -I{} sed -n '{}p' out.md | grep -cE '^<{7,} ours')" 1

# ---- errors: told, status 2, nothing written ----

# refused WHAT ARG…: status 2, one line, nothing on stdout, no out.md.
refused() {
	local what="$1"
	shift
	rm -f out.md
	wl "$@"
	exits 2 "$what"
	is "$what: nothing written, one line told" \
		"$(wc -c <"$T/out") $(wc -l <"$T/err") $(test -e out.md && echo written)" '0 1 '
}
refused "no file" merge
refused "one file" merge base.md
refused "four files without --base" merge base.md ours.md theirs.md third.md
err_has "four files: what to do" '--base'
refused "--base and one file" merge --base base.md ours.md
refused "--json without -o" merge --json base.md ours.md theirs.md
err_has "--json without -o: what to do" '-o FILE'
refused "--report - without -o" merge --report - base.md ours.md theirs.md
refused "-o and --report the same" merge -o out.md --report out.md base.md ours.md theirs.md
for place in 1 2 3; do
	set -- base.md ours.md theirs.md
	case $place in
	1) set -- missing.md ours.md theirs.md ;;
	2) set -- base.md missing.md theirs.md ;;
	3) set -- base.md ours.md missing.md ;;
	esac
	refused "a missing file in place $place" merge -o out.md "$@"
	err_has "a missing file in place $place: its name" missing.md
done
refused "a folder" merge -o out.md base.md snapshots theirs.md
refused "-o a folder" merge -o snapshots base.md ours.md theirs.md
refused "-o in a folder that is not there" merge -o nowhere/out.md base.md ours.md theirs.md
refused "-o a full device" merge -o /dev/full base.md ours.md theirs.md
truncate -s 256M huge.md
refused "a file of 256 MiB" merge -o out.md base.md ours.md huge.md
err_has "a file of 256 MiB: the limit" '256 MiB'
rm huge.md
"$WLSYNC" merge base.md ours.md theirs.md >/dev/full 2>"$T/err"
status=$?
exits 2 "a full stdout"
"$WLSYNC" merge base.md ours.md theirs.md --report /dev/full >"$T/out" 2>"$T/err"
status=$?
exits 2 "a report that cannot be written"
is "a report that cannot be written: no result" "$(wc -c <"$T/out")" 0
cp merged.md kept.md
chmod 444 kept.md
wl merge -o kept.md base.md high.md low.md
exits 2 "-o a file that is read-only"
ok "-o a file that is read-only: it stays" cmp kept.md merged.md

# ---- odd content ----

printf 'a\0b\n' >n0
printf 'a\0b\nc\n' >n1
printf 'x\na\0b\n' >n2
wl merge n0 n0 n2
exits 0 "NUL bytes: one side changed"
out_is "NUL bytes: that side" <n2
wl merge n0 n1 n2 --json -o out.md
ok "NUL bytes: a result" test "$status" -le 1
json_is "NUL bytes: by lines" '.method' '"lines"'
valid_json "NUL bytes" merge
wl merge empty.md empty.md theirs.md
exits 0 "a side that is empty"
out_is "a side that is empty, and nothing else: the other" <theirs.md
wl merge empty.md empty.md empty.md
exits 0 "all empty"
is "all empty: nothing" "$(wc -c <"$T/out")" 0
wl merge -- base.md ours.md theirs.md
out_is "-- ends the options" <merged.md

# ---- memory ----

awk 'BEGIN {
	print "# Big Work Log\n"
	for (i = 9000; i > 0; i--) {
		printf "## v%d | 2025-11-10 %02d:%02d | Entry %d\n\n**Next:**\n", i, i / 600 % 24, i % 60, i
		for (k = 0; k < 12; k++) printf "- [ ] [MED] Item %d of entry %d, with some words after it\n", k, i
		print ""
	}
}' >big.md
sed '20000s/MED/HIGH/' big.md >big1.md
sed '90000s/MED/LOW/' big.md >big2.md
bytes=$(cat big.md big1.md big2.md | wc -c)
if [ -x /usr/bin/time ] && ! grep -qa __asan_init "$WLSYNC"; then
	/usr/bin/time -f %M -o "$T/kib" "$WLSYNC" merge big.md big1.md big2.md >"$T/out" 2>"$T/err"
	ok "memory within 3 times the input's $bytes bytes" \
		test "$(($(cat "$T/kib") * 1024))" -le "$((bytes * 3))"
	note "$(cat "$T/kib") KiB"
else
	skip "memory" "it is measured with /usr/bin/time, without sanitizers"
fi
wl merge big.md big1.md big2.md
exits 0 "a large log"
sed '90000s/MED/LOW/' big1.md >big3.md
ok "a large log: the result" cmp "$T/out" big3.md
finish
