#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# wlsync diff: node by node, by name, by revision, for git; counts, JSON, exit statuses.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"

cat >old.md <<'EOF'
---
version: v3
status: in_progress
---

# Auth Refactor Work Log

## v3 | 2025-11-10 14:00 | OAuth flow

**Now:** working on the token refresh
**Progress:** 60% | Form 80% 🔄

**Next:**
- [ ] [HIGH] Finish token refresh
- [ ] [MED] Write the docs
- [ ] Remove the old cookie code
- [ ] Something that goes elsewhere
- Gone tomorrow

## v2 | 2025-11-09 09:00 | Schema

**Now:** schema done

**Open:**
- a question

```sh
make all
make test
```
EOF
cat >new.md <<'EOF'
---
version: v4
status: blocked
---

# Auth Refactor Work Log

## v4 | 2025-11-11 10:00 | Review

**Now:** review

## v3 | 2025-11-10 14:00 | OAuth flow [BLOCKED]

**Now:** working on the token rotation
**Progress:** 70% | Form 100% ✅

**Next:**
- [x] [HIGH] Finish token refresh
- [ ] [HIGH] Write the docs
- [ ] Remove the new cookie code
- [ ] Brand new

## v2 | 2025-11-09 09:00 | Database schema


**Now:**  schema done

**Open:**
* a question
- [ ] Something that goes elsewhere

```sh
make all
make check
```
EOF

# ---- text ----

wl diff old.md new.md
exits 0 "diff"
out_is "every kind of change, marked" <<'EOF'
--- old.md
+++ new.md
frontmatter
  ~ version: [-v3-]{+v4+}
  ~ status: [-in_progress-]{+blocked+}  (status changed)
+ ## v4 | 2025-11-11 10:00 | Review
+
+ **Now:** review
~ ## v3 | 2025-11-10 14:00 | OAuth flow{+ [BLOCKED]+}  (blocked)
v3
  ~ **Now:** working on the token [-refresh-]{+rotation+}
  ~ **Progress:** [-60-]{+70+}% | Form [-80-]{+100+}% [-🔄-]{+✅+}  (progress changed)
v3 › Next
  ~ - [-[ ]-]{+[x]+} [HIGH] Finish token refresh  (ticked)
  ~ - [ ] [-[MED]-]{+[HIGH]+} Write the docs  (priority MED → HIGH)
  ~ - [ ] Remove the [-old-]{+new+} cookie code
  - - Gone tomorrow
  + - [ ] Brand new
~ ## v2 | 2025-11-09 09:00 | [-Schema-]{+Database schema+}  (retitled)
v2
  ~ blank lines: 1 → 2, before **Now:**  schema done
  ~ **Now:**[- -]{+  +}schema done  (white space only)
v2 › Open
  ~ [---]{+*+} a question  (bullet - → *)
  > - [ ] Something that goes elsewhere  (moved from v3 › Next, line 17)
  - make test
  + make check
EOF
wl diff old.md old.md
exits 0 "nothing differs"
out_is "and nothing is said" </dev/null
wl diff old.md new.md --exit-code
exits 1 "--exit-code, with a difference"
wl diff old.md old.md --exit-code
exits 0 "--exit-code, without"
wl diff old.md new.md --ascii
out_has "--ascii" 'priority MED -> HIGH'
wl diff old.md new.md --color always
out_matches "--color" "$(printf '\033')\\[36m{\\+rotation\\+}$(printf '\033')\\[0m"
wl diff old.md new.md --plain
exits 0 "--plain"
out_has "--plain: a sentence a change" \
	'v3 › Next: line 18: item changed (ticked): "- [ ] [HIGH] Finish token refresh" became "- [x] [HIGH] Finish token refresh"'
out_has "--plain: blanks are not hidden" '"**Now:** schema done" became "**Now:**  schema done"'
out_has "--plain: what was removed" 'line 18: item removed: "- Gone tomorrow"'
wl diff old.md new.md --stat
out_is "--stat" <<'EOF'
new.md: 1 entry added, 2 entries changed, 3 fields changed, 1 item added, 1 item removed, 5 items changed, 1 code block changed, 2 frontmatter keys changed, 1 run of blank lines changed; moved: 1, retitled: 1, ticked: 1, re-prioritised: 1, blocked: 1, status changed: 1, progress changed: 1, value changed: 1, reworded: 3, markers changed: 1, white space changed: 2
EOF
wl diff old.md old.md --stat
out_is "--stat of nothing" </dev/null

# ---- moved and reworded at once ----

cat >here.md <<'EOF'
## v2 | 2025-11-10 14:00 | OAuth

**Next:**
- [ ] Finish token refresh
- [ ] Remove the old cookie code from the session handler

**Open:**
- Should sessions survive a restart of the server?

## v1 | 2025-11-09 09:00 | Schema

**Next:**
- [ ] Add tests for the login form
- Deploy it
EOF
cat >there.md <<'EOF'
## v2 | 2025-11-10 14:00 | OAuth

**Next:**
- [ ] Should user sessions survive a restart of the server?
- [ ] Finish token refresh
- [ ] Add unit tests for the login form

**Open:**
- Nothing

## v1 | 2025-11-09 09:00 | Schema

**Next:**
- [x] Deploy it
- [x] Remove the old cookie code from all session handlers
EOF
wl diff here.md there.md
out_is "each is one change" <<'EOF'
--- here.md
+++ there.md
v2 › Next
  ~ - {+[ ] +}Should{+ user+} sessions survive a restart of the server?  (moved from v2 › Open, line 8, checkbox added)
  ~ - [ ] Add {+unit +}tests for the login form  (moved from v1 › Next, line 13)
v2 › Open
  + - Nothing
v1 › Next
  ~ - {+[x] +}Deploy it  (checkbox added, ticked)
  ~ - [-[ ]-]{+[x]+} Remove the old cookie code from [-the-]{+all+} session [-handler-]{+handlers+}  (moved from v2 › Next, line 5, ticked)
EOF

# ---- whole nodes, odd bytes ----

printf '# A Work Log\n\n## v1 | x\n\n**Now:** a\n\n**Open:** b\n' >whole.md
wl diff /dev/null whole.md
out_is "what came reads as it stands in the file" <<'EOF'
--- /dev/null
+++ whole.md
+ # A Work Log
+
+ ## v1 | x
+
+ **Now:** a
+
+ **Open:** b
EOF
wl diff whole.md /dev/null
out_has "what went, too" '- **Open:** b'
printf '## v1 | x\n\n**Now:** a\376 b c d\n' >bad.md
printf '## v1 | x\n\n**Now:** a\375 b c d\n' >bad2.md
wl diff bad.md bad2.md --exit-code
exits 1 "bytes that are not UTF-8"
out_has "they look the same, and it says so" 'b c d  (bytes that cannot be shown)'
wl diff bad.md bad2.md --json
valid_json "bytes that are not UTF-8" diff
cp here.md 'Über uns.md'
wl diff 'Über uns.md' there.md
out_has "a name with a blank and UTF-8" '--- Über uns.md'
wl diff . here.md
exits 2 "a folder"
err_has "it says that it is one" 'is a folder'
wl diff - - </dev/null
exits 2 "standard input twice"

# ---- JSON: the edits make the one of the other ----

cat >apply.py <<'EOF'
import json, sys
old = open(sys.argv[1], "rb").read()
document = json.load(open(sys.argv[2], encoding="utf-8"))
out, at = b"", 0
for edit in document["edits"]:
    assert 0 <= edit["change"] < len(document["changes"]) and edit["begin"] >= at
    out += old[at:edit["begin"]] + edit["text"].encode()
    at = edit["end"]
sys.stdout.buffer.write(out + old[at:])
EOF

# applies WHAT OLD NEW: the edits of the document are taken by hand.
applies() {
	wl diff "$2" "$3" --json
	exits 0 "$1"
	valid_json "$1: the document is valid" diff
	/usr/bin/python3 apply.py "$2" "$T/out" >applied.md
	ok "$1: its edits make the one of the other" cmp -s applied.md "$3"
}

sed 's/$/\r/' new.md >crlf.md
printf '\357\273\277' | cat - old.md >mark.md
head -c -1 new.md >cut.md
sed '3,9s/$/\r/' old.md >mixed.md
: >empty.md
for pair in old:new new:old old:crlf crlf:old mark:new crlf:mark old:cut cut:new mixed:new mixed:crlf \
	empty:new new:empty old:old here:there there:here; do
	applies "$pair" "${pair%:*}.md" "${pair#*:}.md"
done
wl diff old.md new.md --json
json_is "what was ticked" \
	'[.changes[] | select(.aspects == ["ticked"]) | [.from.ticked, .to.ticked, .to.line, .place]]' \
	'[[false,true,18,"v3 › Next"]]'
json_is "what moved" \
	'[.changes[] | select(.aspects == ["moved"]) | [.from.place, .from.line, .to.place]]' \
	'[["v3 › Next",17,"v2 › Open"]]'
json_is "what was re-prioritised" \
	'[.changes[] | select(.aspects == ["re-prioritised"]) | [.from.priority, .to.priority]]' \
	'[["MED","HIGH"]]'
wl diff old.md old.md --json
json_is "equal texts" "[.same, .changes, .edits]" \
	'[true,[],[]]'
sed 's/$/\r/' old.md >old-crlf.md
wl diff old.md old-crlf.md
out_is "line endings alone" <<EOF
--- old.md
+++ old-crlf.md
~ line endings: LF → CRLF, $(wc -l <old.md) lines
EOF
wl diff old.md mark.md
out_has "a byte order mark" '+ byte order mark'
wl diff new.md cut.md
out_has "a final newline" 'final newline removed'
printf 'one\ntwo\nthree\n' >a.txt
printf 'one\n2\nthree\nfour\n' >b.txt
wl diff a.txt b.txt
out_is "what is no log is compared by lines" <<'EOF'
--- a.txt
+++ b.txt
line 2
  - two
  + 2
line 4
  + four
EOF
printf '## v1 | x\n\n<<<<<<< ours\n- a\n=======\n- b\n>>>>>>> theirs\n' >markers.md
sed 's/- b/- c/' markers.md >markers2.md
applies "conflict markers" markers.md markers2.md

# ---- what moved is named, with what stands above it ----

H='# X Work Log\n\n## v2 | 2025-11-10 14:00 | two\n\n'

# pair A B: writes a.md and b.md, of printf's formats.
pair() {
	# shellcheck disable=SC2059 # formats are meant
	printf -- "$1" >a.md
	# shellcheck disable=SC2059
	printf -- "$2" >b.md
}

# tells WHAT A B: the changes, on stdin, without the names of both.
tells() {
	pair "$2" "$3"
	wl diff a.md b.md
	sed -i 1,2d "$T/out"
	out_is "$1"
}

tells "a line added below what moved did not move" \
	"$H**Bug:**\n\nH3: Circular references | Invalidated | was root cause\n" \
	"$H**Now:** a\n\n**Next:**\n- a\n\nH3: Circular references | Invalidated | was root cause\n90%%\n" <<'EOF'
v2
  - **Bug:**
  + **Now:** a
  +
  + **Next:**
  + - a
v2 › Next
  > H3: Circular references | Invalidated | was root cause  (moved from v2 › Bug, line 7)
  + 90%
EOF
tells "un-nested" "$H**Next:**\n- [HIGH] A\n  - sub one\n" "$H**Next:**\n- [HIGH] A\n- sub one\n" <<'EOF'
v2 › Next
  ~ [-  -]- sub one  (un-nested from "A", line 7, white space)
EOF
tells "nested" "$H**Next:**\n- [HIGH] A\n- sub one\n" "$H**Next:**\n- [HIGH] A\n  - sub one\n" <<'EOF'
v2 › Next
  ~ {+  +}- sub one  (nested under "A", from line 7, white space)
EOF
A='- item A here\n' B='- item B here\n' sub='  - sub one\n'
tells "from one item to another" "$H**Next:**\n$A$sub$B" "$H**Next:**\n$A$B$sub" <<'EOF'
v2 › Next
  > - sub one  (moved under "item B here", from under "item A here", line 7)
EOF
wl diff a.md b.md --ascii
out_has "--ascii: places, too" 'v2 > Next'
ok "--ascii: nothing else is left" sh -c "! LC_ALL=C grep '[^ -~]' '$T/out'"
tells "from a sub-item to another list" "$H**Next:**\n$A$sub\n**Open:**\n$B" \
	"$H**Next:**\n$A\n**Open:**\n$B$sub" <<'EOF'
v2 › Open
  > - sub one  (moved under "item B here", from under "item A here", v2 › Next, line 7)
EOF

pair "$H**Next:**\n- [ ] one two\n- keep\n\n**Open:**\n- why\n" \
	"$H**Next:**\n- keep\n\n**Open:**\n- why\n- [x] one two\n  - new sub\n"
applies "a change within a move" a.md b.md
json_is "it has an edit of its own" \
	'[.edits[] | [.text, .change]] , [.changes[] | [.op, .aspects]]' \
	'[["",0],["- [x] one two\n",0],["  - new sub\n",1]]
[["changed",["moved","ticked"]],["added",[]]]'

tells "a bullet, and more than it" "$H**Next:**\n- **a** b\n+ c\n" "$H**Next:**\n* a b\n- c\n" <<'EOF'
v2 › Next
  ~ [---]{+*+} [-**-]a[-**-] b  (markers only)
  ~ [-+-]{+-+} c  (bullet + → -)
EOF

# ---- facts of the file, once and first ----

tells "which line ends otherwise" "$H**Now:** a\n" "$H**Now:** a\r\n" <<'EOF'
~ line endings: LF → mixed, 1 line: 5
EOF
wl diff a.md b.md --plain
out_is "--plain: which line" <<'EOF'
line 5: line endings changed (LF to mixed, 1 line: 5)
EOF
wl diff a.md b.md --json
json_is "JSON: which line" '[.changes[] | [.kind, .from.line, .to.line]]' '[["line endings",5,5]]'
tells "of many lines the first" 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\n' \
	'a\r\nb\nc\r\nd\ne\r\nf\ng\r\nh\ni\r\nj\nk\r\nl\nm\r\nn\n' <<'EOF'
~ line endings: LF → mixed, 7 lines: 1, 3, 5, 7, 9, 11, …
EOF
tells "before the lines" '-\n- \n  text\n1.\n' '-\r\n- \r\n    text\n1.\r\n' <<'EOF'
~ line endings: LF → mixed, 3 lines: 1-2, 4
line 3
  -   text
  +     text
EOF
cp a.md same.md
wl diff a.md same.md --json
json_is "equal texts have endings, too" '[.from.line_endings, .to.line_endings]' '["LF","LF"]'
tells "letters that look the same" "$H**Now:** caf\303\251\n" "$H**Now:** cafe\314\201\n" <<EOF
v2
  ~ **Now:** [-café-]{+$(printf 'cafe\314\201')+}  (looks the same: composed and decomposed letters)
EOF
tells "other letters do not" "$H**Now:** caf\303\251\n" "$H**Now:** caf\303\250\n" <<'EOF'
v2
  ~ **Now:** [-café-]{+cafè+}
EOF
rest='---\n\n# A\n\n## v1 | x\n'
tells "a blank line before a new key is part of it" "---\nversion: v1\n$rest" \
	"---\n\nstatus: in_progress\nversion: v1\n$rest" <<'EOF'
frontmatter
  + status: in_progress
EOF
applies "a blank line before a new key" a.md b.md
json_is "it is one change" '[.changes[] | [.op, .kind]]' '[["added","frontmatter key"]]'

tells "a list in the frontmatter, by its key and its lines" "---\ntags:\n  - a\n  - b\n$rest" \
	"---\ntags:\n  - b\n  - a\n  - c\n$rest" <<'EOF'
frontmatter
  ~ tags:
  -   - a
  +   - a
  +   - c
EOF
tells "a value that becomes a list" "---\ntags: a\n$rest" "---\ntags:\n  - a\n  - b\n$rest" <<'EOF'
frontmatter
  - tags: a
  + tags:
  +   - a
  +   - b
EOF
tells "a value of one line, by its words" "---\ntags: [a, b]\n$rest" "---\ntags: [a, c]\n$rest" <<'EOF'
frontmatter
  ~ tags: [-[a, b]-]{+[a, c]+}
EOF

# ---- the final newline ----

# newline WHAT A B: as tells; and the edits make B.
newline() {
	tells "$@"
	applies "$1" a.md b.md
}

newline "appended where none was" "$H**Next:**\n- a" "$H**Next:**\n- a\n- b" <<'EOF'
v2 › Next
  + - b
EOF
json_is "it is the item's newline" '[.edits[] | [.text, .change]]' '[["\n",0],["- b",0]]'
newline "the last line removed where none was" "$H**Next:**\n- a\n- b" "$H**Next:**\n- a" <<'EOF'
v2 › Next
  - - b
EOF
newline "an entry appended where none was" "$H**Now:** y" "$H**Now:** y\n\n## v3 | 2025-11-11 | n\n\n**Now:** q" <<'EOF'
+ ## v3 | 2025-11-11 | n
+
+ **Now:** q
EOF
newline "moved where none was" "$H**Next:**\n- a\n- b" "$H**Next:**\n- b\n- a" <<'EOF'
v2 › Next
  > - a  (moved from line 6)
EOF
newline "it goes with a line that comes" "$H**Next:**\n- a\n" "$H**Next:**\n- a\n- b" <<'EOF'
~ final newline removed
v2 › Next
  + - b
EOF
newline "it comes with a line that goes" "$H**Next:**\n- a\n- b" "$H**Next:**\n- a\n" <<'EOF'
~ final newline added
v2 › Next
  - - b
EOF
newline "it comes before a line" "$H**Next:**\n- a" "$H**Next:**\n- a\n- b\n" <<'EOF'
~ final newline added
v2 › Next
  + - b
EOF
newline "with CR LF, where none was" "$H**Next:**\r\n- a" "$H**Next:**\r\n- a\r\n- b" <<'EOF'
v2 › Next
  + - b
EOF
newline "with all CR LF" '## v1 | x\r\n- a' '## v1 | x\r\n- a\r\n- b' <<'EOF'
v1
  + - b
EOF
newline "it alone" "$H**Next:**\n- a\n" "$H**Next:**\n- a" <<'EOF'
~ final newline removed
EOF
json_is "it is a change, with an edit" '[.changes[] | [.op, .kind, .aspects]] , [.edits[].text]' \
	'[["removed","final newline",[]]]
[""]'
wl diff a.md b.md --plain
out_is "--plain: it alone" <<'EOF'
final newline removed
EOF
wl diff a.md b.md --stat
out_is "--stat: it alone" <<'EOF'
b.md: 1 final newline removed
EOF
newline "lines of no log" 'a\nb' 'a\nb\nc' <<'EOF'
line 3
  + c
EOF

# ---- versions and revisions ----

fresh names
cat >Auth-Refactor-WorkLog.md <<'EOF'
# Auth Refactor Work Log

## v3 | 2025-11-12 09:00 | Third

**Next:**
- [x] write the tests
- ship it

## v2 | 2025-11-11 09:00 | Second

**Next:**
- [ ] write the tests

## v1 | 2025-11-10 09:00 | First

**Now:** planning
EOF
wl diff Auth-Refactor@v2 auth_refactor@v3
exits 0 "two entries of a log"
out_is "what of v2 is different in v3" <<'EOF'
--- Auth-Refactor@v2
+++ auth_refactor@v3
~ ## [-v2-]{+v3+} | 2025-11-[-11-]{+12+} 09:00 | [-Second-]{+Third+}  (renumbered v2 → v3, retitled, redated)
v3 › Next
  ~ - [-[ ]-]{+[x]+} write the tests  (ticked)
  + - ship it
EOF
wl diff Auth-Refactor@v2 Auth-Refactor@v3 --json
valid_json "two entries: valid" diff
json_is "lines are those of the file" '[.changes[] | [.from.line, .to.line]]' \
	'[[9,3],[12,6],[null,7]]'
wl diff Auth-Refactor@v2 Auth-Refactor@v9
exits 2 "an entry that there is not"
wl diff Auth-Refactor Auth-Refactor-WorkLog.md
exits 0 "a log by name beside its file"
out_is "which are the same" </dev/null
git_init
git_commit first
sed -i 's/ship it/ship it now/' Auth-Refactor-WorkLog.md
wl diff HEAD:Auth-Refactor-WorkLog.md Auth-Refactor-WorkLog.md
exits 0 "REV:FILE"
out_has "what changed since" '~ - ship it{+ now+}'
mkdir sub
cp Auth-Refactor-WorkLog.md sub/Sub-WorkLog.md
git add sub
git commit -q -m second -- sub
wl -C sub diff HEAD:./Sub-WorkLog.md ../Auth-Refactor-WorkLog.md
exits 0 "REV:./FILE, from a folder"
out_is "which is the same file there" </dev/null
wl diff HEAD:No-WorkLog.md Auth-Refactor-WorkLog.md
exits 2 "no such file in the commit"
err_has "and it says so" 'HEAD:No-WorkLog.md'
wl diff nobranch:Auth-Refactor-WorkLog.md Auth-Refactor-WorkLog.md
exits 2 "no such revision"
wl diff Auth-Refactor-WorkLog.md
exits 2 "one word"
err_has "it says what two are" 'wlsync diff A B'
err_has "and how to say the commit's" 'HEAD:./FILE'
wl diff
exits 2 "no word"
wl diff Auth-Refactor-WorkLog.md Nothing-Like-It
exits 2 "no such log"

# ---- git's index ----

file=Auth-Refactor-WorkLog.md
wl diff ":$file" "$file"
out_has "what is not staged" '~ - ship it{+ now+}'
git add "$file"
wl diff ":$file" "$file"
out_is "nothing is left when it is staged" </dev/null
wl diff "HEAD:$file" ":0:$file"
out_has "what is staged" '~ - ship it{+ now+}'
wl -C sub diff :./Sub-WorkLog.md Sub-WorkLog.md
exits 0 ":./FILE, from a folder"
wl diff :2:"$file" "$file"
exits 2 "a stage of a file that is merged"
err_has "it says so" 'not unmerged'
wl diff :No-WorkLog.md "$file"
exits 2 "what the index has not"
err_has "it says where paths start" "the work tree's root"
git commit -q -m third
git checkout -q -b side HEAD~1
sed -i 's/ship it/ship it soon/' "$file"
git_commit side
git merge -q main >/dev/null 2>&1
wl diff :2:"$file" :3:"$file"
out_has "ours and theirs" '~ - ship it [-soon-]{+now+}'
wl diff :1:"$file" :3:"$file"
out_has "base and theirs" '~ - ship it{+ now+}'
wl diff :"$file" "$file"
exits 2 "an unmerged file has no merged state"
err_has "it says which there are" ':1: :2: :3:'
GIT_EXTERNAL_DIFF="'$WLSYNC' diff" git diff --ours >"$T/diff" 2>&1
is "git diff --ours in a merge" "$?" 0
ok "it names the unmerged path" grep -qx "\* Unmerged path $file" "$T/diff"
git reset -q --hard
git worktree add -q "$T/linked" main
wl -C "$T/linked" diff "side:$file" ":$file"
out_has "in a linked work tree" '~ - ship it [-soon-]{+now+}'
mkdir "$T/nowhere"
wl -C "$T/nowhere" diff ":$file" "$file"
exits 2 "no repository"
err_has "it says so" 'no git repository'
git checkout -q --detach main~1
sed -i 's/ship it/ship it now/' "$file"

# ---- git ----

wl diff --textconv Auth-Refactor-WorkLog.md
exits 0 "--textconv"
out_has "lines tell where they stand" 'v3 › Next: - [x] write the tests'
wl diff --textconv "$SRC/README.md"
out_is "--textconv leaves what is no log" <"$SRC/README.md"
GIT_EXTERNAL_DIFF="'$WLSYNC' diff" git diff >"$T/diff"
is "as git's external diff" "$?" 0
ok "it names both sides" grep -qx -e '--- a/Auth-Refactor-WorkLog.md' "$T/diff"
ok "it shows the change" grep -q 'ship it{+ now+}' "$T/diff"
git mv Auth-Refactor-WorkLog.md Auth-Rework-WorkLog.md
GIT_EXTERNAL_DIFF="'$WLSYNC' diff" git diff -M HEAD >"$T/diff"
is "of a renamed file" "$?" 0
ok "it names both names" grep -qx -e '+++ b/Auth-Rework-WorkLog.md' "$T/diff"
git reset -q --hard
chmod +x Auth-Refactor-WorkLog.md
GIT_EXTERNAL_DIFF="'$WLSYNC' diff" git -c core.fileMode=true diff >"$T/diff"
ok "of a mode" grep -qx 'new mode 100755' "$T/diff"
git rm -q -f Auth-Refactor-WorkLog.md
GIT_EXTERNAL_DIFF="'$WLSYNC' diff" git diff HEAD >"$T/diff"
is "of a removed file" "$?" 0
ok "it is /dev/null now" grep -qx '+++ /dev/null' "$T/diff"
GIT_DIFF_PATH_COUNTER=1 "$WLSYNC" diff Auth-Refactor-WorkLog.md >"$T/diff"
is "of an unmerged path" "$?:$(cat "$T/diff")" "0:* Unmerged path Auth-Refactor-WorkLog.md"

# ---- installed ----

fresh installed
git_init
wl install --check --diff
exits 1 "--check --diff, with nothing there"
out_has "it tells so" '[diff-not-installed]'
wl install
wl install --check
exits 0 "--check: the driver alone is fine"
out_is "--check: git diff is not told of" <<'EOF'
the merge driver is installed
EOF
wl install --check --diff
exits 1 "--check --diff: the driver alone is not"
wl install --diff
wl install --check --diff
exits 0 "--check --diff"
out_is "--check: git diff is told of" <<'EOF'
the merge driver is installed; git diff shows WorkLogs by wlsync
EOF

# half RULE WHAT: --check finds that, and install --diff mends it.
half() {
	wl install --check
	exits 1 "--check: $2"
	out_has "--check: $2: [$1]" "[$1]"
	wl install --check --json
	valid_json "--check: $2" install
	wl install --diff
	wl install --check
	exits 0 "--check: $2: mended"
}

git config --unset diff.wlsync.command
half attribute-without-diff "no command"
git config --unset diff.wlsync.textconv
half attribute-without-diff "no textconv"
git config diff.wlsync.command 'other diff'
half foreign-diff "a command of another's"
git config diff.wlsync.textconv cat
half foreign-diff "a textconv of another's"
# shellcheck disable=SC2016 # the function's own word
git config diff.wlsync.command 'f() { /nowhere/wlsync diff -- "$@"; }; f'
half missing-program "a program that is not there"
sed -i 's/ diff=wlsync//' .gitattributes
half diff-without-attribute "no attribute"

# log NAME FILE
log() {
	printf '# %s Work Log\n\n## v1 | 2025-11-10 10:00 | First\n\n**Next:**\n- Go on\n' "$1" >"$2"
}
log A 'A b-WorkLog.md'
log Ü Ü-WorkLog.md
git_commit first
printf '*.md diff=markdown\n' >>.gitattributes
wl install --check
exits 1 "--check: another line wins"
out_has "--check: it names the file" 'A b-WorkLog.md: its diff attribute is markdown, not wlsync'
sed -i '/markdown/d' .gitattributes

# shows WHAT LINE COMMAND…: git's output has the line.
shows() {
	local what="$1" line="$2"
	shift 2
	git -c core.quotePath=false "$@" >"$T/diff" 2>"$T/diff.err"
	is "$what: status" "$?" 0
	ok "$what: $line" grep -qxF -e "$line" "$T/diff"
}
sed -i 's/Go on/Go far/' 'A b-WorkLog.md'
change='  ~ - Go [-on-]{+far+}'
shows "git diff" "$change" diff
shows "a name with a blank" '+++ b/A b-WorkLog.md' diff
git add .
shows "git diff --cached" "$change" diff --cached
git_commit second
shows "git log -p --ext-diff" "$change" log -1 -p --ext-diff
shows "git show --ext-diff" "$change" show --ext-diff
shows "git show" '+v1 › Next: - Go far' show
shows "git log -p" '+v1 › Next: - Go far' log -1 -p
git blame 'A b-WorkLog.md' >"$T/diff"
ok "git blame tells where lines stand" grep -q 'v1 › Next: - Go far' "$T/diff"
git mv Ü-WorkLog.md Ö-WorkLog.md
sed -i 's/Go on/Go on, all/' Ö-WorkLog.md
shows "a renamed file's old name" '--- a/Ü-WorkLog.md' diff -M HEAD
shows "a renamed file's new name" '+++ b/Ö-WorkLog.md' diff -M HEAD
git rm -q -f Ö-WorkLog.md
shows "a file that went" '+++ /dev/null' diff HEAD
git reset -q --hard
: >'A b-WorkLog.md'
shows "an emptied file" '- ## v1 | 2025-11-10 10:00 | First' diff
printf 'a\0b' >'A b-WorkLog.md'
shows "a binary file" '+++ b/A b-WorkLog.md' diff
git reset -q --hard

# The program's folder has a percent sign, which only the driver's command doubles.
mkdir "$T/50%"
cp "$WLSYNC" "$T/50%/wlsync"
WLSYNC_EXEC_PATH="$(dirname "$WLSYNC")/../git" "$T/50%/wlsync" install --diff >"$T/out" 2>"$T/err"
is "installed from a folder with %" "$?" 0
sed -i 's/Go far/Go near/' 'A b-WorkLog.md'
git config diff.wlsync.command >"$T/command"
ok "the command has its name" grep -qF "50%/wlsync' diff" "$T/command"
shows "a program in a folder with %" '  ~ - Go [-far-]{+near+}' diff
wl install --check
exits 0 "--check finds that program"

# ---- what git shows by textconv ----

wl install --diff
printf '# N Work Log\n\n## v1 | 2025-11-10 10:00 | First\n\n**Next:**\n- L50-70\n- Owner\n' >N-WorkLog.md
git_commit lines
git blame -L 7,7 N-WorkLog.md >"$T/diff" 2>&1
is "git blame knows the file's last line" "$?" 0
ok "and shows it" grep -q ' 7) v1 › Next: - Owner$' "$T/diff"
ok "a line of git's output is one of the file" \
	sh -c '"$1" diff --textconv N-WorkLog.md | sed "s/^v1[^:]*: //" | cmp - N-WorkLog.md' - "$WLSYNC"
sed -i 's/^- Owner/  - Owner/' N-WorkLog.md
git_commit nested
shows "git show: a nested item" '+v1 › Next:   - Owner' show
shows "git log -p: a nested item" '-v1 › Next: - Owner' log -1 -p
git blame -s N-WorkLog.md >"$T/diff" 2>&1
is "git blame tells who nested it, by the file's numbers" \
	"$(sed -n "s/^$(git rev-parse --short=7 HEAD)[0-9a-f]* *\([0-9]*\)).*/\1/p" "$T/diff")" 7
printf '\n' >>N-WorkLog.md
git_commit blank
shows "git show: a blank line" '+' show
sed -i 's/$/\r/' N-WorkLog.md
git_commit crlf
shows "git show: line endings" "$(printf '+v1 › Next: - L50-70\r')" show
sed -i 's/L50/L60/' N-WorkLog.md
git diff --no-ext-diff --no-textconv >"$T/patch"
cp N-WorkLog.md "$T/patched"
git checkout -q N-WorkLog.md
ok "--no-ext-diff --no-textconv gives a patch" git apply "$T/patch"
ok "which makes the file" cmp N-WorkLog.md "$T/patched"
git checkout -q N-WorkLog.md

# ---- what git says of a file besides its lines ----

git mv N-WorkLog.md M-WorkLog.md
git diff --cached -M >"$T/diff"
is "a pure rename" "$(cat "$T/diff")" 'similarity index 100%
rename from N-WorkLog.md
rename to M-WorkLog.md'
# What git runs when the program has gone.
command=$(git config diff.wlsync.command | sed "s|$(readlink -f "$WLSYNC")|/nowhere/wlsync|g")
git -c diff.wlsync.command="$command" diff --cached -M >"$T/diff"
ok "a pure rename, without wlsync" grep -qx 'rename to M-WorkLog.md' "$T/diff"
sed -i 's/Owner/Owned/' M-WorkLog.md
shows "a rename with a change" 'rename from N-WorkLog.md' diff -M HEAD
ok "and the change" grep -qx '  +   - Owned.*' "$T/diff"
git reset -q --hard
git config core.fileMode true
chmod +x N-WorkLog.md
git diff >"$T/diff"
is "a mode alone" "$(cat "$T/diff")" 'old mode 100644
new mode 100755'
git mv N-WorkLog.md M-WorkLog.md
git add M-WorkLog.md
shows "a mode and a rename" 'new mode 100755' diff --cached -M
ok "both are told" grep -qx 'rename to M-WorkLog.md' "$T/diff"
git config --unset core.fileMode
git reset -q --hard

wl install --uninstall --diff
exits 0 "--uninstall --diff"
is "only its settings are gone" "$(git config --get-regexp 'wlsync' | sed 's/ .*//' | tr '\n' ,)" \
	merge.wlsync.name,merge.wlsync.driver,merge.wlsync.recursive,
is "only its attribute is gone" "$(grep wlsync .gitattributes | grep -v '^#')" \
	'*WorkLog*.md merge=wlsync -text'
wl install --check
exits 0 "--check: the driver is still there"
wl install --uninstall --diff
out_is "there is nothing to do then" <<'EOF'
nothing to do: the diff command is not installed
EOF
wl install --diff
wl install --uninstall
exits 0 "--uninstall"
is "its settings are gone" "$(git config --get-regexp '^diff\.wlsync')" ''
ok "and the attribute" sh -c '! grep -s wlsync .gitattributes'

finish
