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
  ~ [---]{+*+} a question  (markers only)
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
new.md: 1 entry added, 2 entries changed, 3 fields changed, 1 item added, 1 item removed, 5 items changed, 1 code block changed, 2 frontmatter keys changed, 1 run of blank lines changed; 1 moved, 1 retitled, 1 ticked, 1 re-prioritised, 1 blocked, 1 status changed, 1 progress changed, 1 value changed, 3 reworded, 1 markers changed, 2 white space changed
EOF
wl diff old.md old.md --stat
out_is "--stat of nothing" </dev/null

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
	empty:new new:empty old:old; do
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
wl diff Auth-Refactor-WorkLog.md Nothing-Like-It
exits 2 "no such log"

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

finish
