#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# wlsync check: places, severities, formats, comments, what is read; the rules themselves are tested in
# check_rules.sh, --fix in check_fix.sh. check.sh FOLDER, where SARIF's schema is installed.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

# ---- the fixtures ----

fresh workspace
fixture workspace
wl check --rule version-gap=off
exits 0 "a workspace without faults"
out_is "a workspace without faults: nothing is found" <<'OUT'
nothing found in 14 logs
OUT
wl check --fail-on info
exits 0 "a workspace without faults, --fail-on info"

# Every fault that fixtures/faults/README.md plants, and no other.
fresh faults
fixture faults
wl check --json
exits 1 "faults"
valid_json "faults" check
jq -r '.findings[] | "\(.file):\(.line // 0):\(.column // 0) \(.rule)"' "$T/out" >"$T/found"
cat >"$T/want" <<'WANT'
Ahead-Pin-WorkLog-v1.md:15:25 ahead-ref
Broken-Frontmatter-WorkLog-v2.md:1:1 bad-frontmatter
Claim-Ahead-WorkLog-v1.md:15:23 ahead-ref
Claim-Ahead-WorkLog-v1.md:15:23 claim-contradicted
Claim-Contradicted-WorkLog-v1.md:15:28 claim-contradicted
Conflict-Markers-WorkLog-v2.md:13:1 conflict-marker
Cycle-Three-A-WorkLog-v1.md:15:26 cycle
Cycle-Two-A-WorkLog-v1.md:15:26 cycle
Dangling-Ref-WorkLog-v1.md:15:25 dangling-ref
Duplicate-Entry-WorkLog-v3.md:32:1 duplicate-entry
Invalid-Utf8-WorkLog-v1.md:10:22 invalid-utf8
Mojibake-WorkLog-v2.md:12:28 mojibake
Self-Ahead-WorkLog-v3.md:15:28 self-ahead
Stale-Claim-WorkLog-v1.md:15:24 stale-ref
Stale-Pin-WorkLog-v2.md:15:26 stale-ref
Status-Disagreement-WorkLog-v2.md:3:9 status-mismatch
Unknown-Status-WorkLog-v1.md:3:9 unknown-status
Unknown-Status-WorkLog-v1.md:12:13 unknown-status
Version-Mismatch-File-Name-WorkLog-v4.md:0:0 version-mismatch
Version-Mismatch-WorkLog.md:2:10 version-mismatch
Wrong-Dates-WorkLog-v4.md:14:9 date-order
Wrong-Dates-WorkLog-v4.md:21:9 bad-date
Wrong-Dates-WorkLog-v4.md:28:9 future-date
tools/Ambiguous-Name-WorkLog-v1.md:15:27 ambiguous-ref
WANT
ok "faults: exactly what was planted is found" diff -u "$T/want" "$T/found"
# The rows of the README that name a rule are among them, at their places.
sed -nE 's/^\| ([^ |]+:[0-9]+:[0-9]+) \|.*\| ([a-z-]+) \|$/\1 \2/p' README.md |
	sed 's/:6:1 version-mismatch/:0:0 version-mismatch/' |
	sort >"$T/planted"
ok "the README names rules" test "$(wc -l <"$T/planted")" -ge 6
sort "$T/found" >"$T/sorted"
is "every row of the README that names a rule is found" "$(comm -23 "$T/planted" "$T/sorted")" ""
wl check
exits 1 "faults as text"
out_has "the sums" '8 errors, 14 warnings, 2 notes in 20 of 36 logs; wlsync check --fix mends 3'
wl -q check
out_lacks "no sums with -q" 'of 36 logs'
wl check --format github
exits 1 "--format github"
is "github: a line a finding" "$(grep -cE '^::(error|warning|notice) file=' "$T/out")" 24
out_has "github: the place" '::error file=Dangling-Ref-WorkLog-v1.md,line=15,endLine=15,col=25,endColumn=42,title=dangling-ref::no WorkLog named "Gatway"; did you mean "Gateway"?'

# ---- the drawing of the specification ----

fresh mockup
fixture mockup
wl check Billing-WorkLog-v2.md --rule blocker-overdue=off
exits 1 "the drawn finding"
out_is "the drawn finding, of a file alone" <<'OUT'
Billing-WorkLog-v2.md:31:22: error: no WorkLog named "Auth-Core" [dangling-ref]
  31 | - Billing depends on Auth-Core-WorkLog-v5
     |                      ^~~~~~~~~~~~~~~~~~~~ did you mean "Auth-Refactor"?
1 error in 1 of 1 log
OUT
wl --plain check Billing-WorkLog-v2.md
out_has "--plain: a line, with its hint" \
	'Billing-WorkLog-v2.md:31:22: error: no WorkLog named "Auth-Core"; did you mean "Auth-Refactor"? [dangling-ref]'
out_lacks "--plain: no drawing" '^~'

# ---- which files ----

wl check UI-Redesign-WorkLog-v2.md
exits 0 "a file that depends on another: a warning"
out_has "what it depends on is found by itself" 'has gone on to v5 since v2'
out_lacks "of other files nothing is told" Billing
wl check Nope-WorkLog.md
exits 2 "a file that does not exist"
mkdir sub
cp Billing-WorkLog-v2.md sub/
fresh byname
wlog A 1 in_progress 10 Elsewhere-WorkLog
mkdir notes
printf -- '---\nname: Elsewhere\nversion: v1\nstatus: completed\n---\n\n## v1 | 2025-11-10 | x\n' >notes/other.md
git_init
wl check A-WorkLog.md
exits 0 "a dependency whose name stands in its frontmatter"
out_lacks "it does not dangle" dangling-ref
wl check
exits 0 "the whole workspace"

# ---- severities ----

fresh severity
parallel_auth 5 in_progress
parallel_payment 4
wl check
exits 0 "a warning"
out_has "a stale pin is a warning" 'warning: "Auth-Refactor" has gone on'
wl check --fail-on warning
exits 1 "--fail-on warning"
wl check --fail-on info
exits 1 "--fail-on info"
wl check --rule stale-ref=error
exits 1 "--rule stale-ref=error"
wl check --rule stale-ref=off --fail-on info
exits 0 "--rule stale-ref=off"
out_lacks "a rule that is off" stale-ref
wl check --rule stale-ref=error --rule stale-ref=info
exits 0 "the last --rule holds"
out_has "it is an info" 'info: "Auth-Refactor"'
wl check --rule stale-reff=off
exits 2 "a rule that there is not"
err_has "the nearest is named" 'did you mean stale-ref?'
wl check --rule stale-ref=loud
exits 2 "a severity that there is not"
wl check --rule stale-ref
exits 2 "no severity"
printf '[check]\n\tstale-ref = error\n' >.wlsync
wl check
exits 1 "a severity in .wlsync"
wl check --rule stale-ref=warning
exits 0 "--rule goes before .wlsync"
wl check --list-rules --json
exits 0 "--list-rules --json"
valid_json "--list-rules --json" check
json_is "--list-rules: what holds, and the default" \
	'[.rules[] | select(.name == "stale-ref") | .severity, .default]' '["error","warning"]'
wl check --list-rules
out_matches "--list-rules" '^mojibake +warning +UTF-8 .*; --fix'
wl check --list-rules x
exits 2 "--list-rules with a file"
printf '[check]\n\tstale-ref = loud\n' >.wlsync
wl check
exits 2 "a bad severity in .wlsync"
err_has "it names file and line" '.wlsync:2'
printf '[check]\n\tno-such-rule = off\n' >.wlsync
wl check
exits 2 "an unknown rule in .wlsync"
err_has "it is named" 'no-such-rule'
wl status
exits 0 "other commands do not mind"
rm .wlsync

# ---- comments ----

# quiet WHAT: stale-ref is not told of, but counted.
quiet() {
	wl check --json
	json_is "$1" '[([.findings[] | select(.rule == "stale-ref")] | length), .counts.ignored]' '[0,1]'
}

# loud WHAT
loud() {
	wl check --json
	json_is "$1" '[([.findings[] | select(.rule == "stale-ref")] | length), .counts.ignored]' '[1,0]'
}

payment=Payment-Integration-WorkLog-v3.md
cp "$payment" "$T/payment"
# edited SED-SCRIPT: the log, changed.
edited() {
	sed "$1" "$T/payment" >"$payment"
}
loud "no comment"
edited '/depends on/s/$/ <!-- wlsync: ignore stale-ref -->/'
quiet "a comment at the line's end"
edited '/depends on/s/$/ <!-- wlsync: ignore no-summary, stale-ref -->/'
quiet "of several rules"
edited '/depends on/s/$/ <!-- wlsync: ignore no-summary -->/'
loud "a comment about another rule"
edited '/depends on/s/$/ `<!-- wlsync: ignore stale-ref -->`/'
loud "a comment in a code span"
edited '/Need:/s/$/ <!-- wlsync: ignore stale-ref -->/'
loud "a comment at another line's end"
edited '/^## v3/a\\n<!-- wlsync: ignore stale-ref -->'
quiet "a line of its own in the entry"
edited '/^# Payment/a\\n<!--wlsync: ignore stale-ref-->'
quiet "before the first entry"
edited '$a\\n## v2 | 2025-11-01 | Before\n\n<!-- wlsync: ignore stale-ref -->'
loud "in another entry"
edited '/^## v3/a\\n```\n<!-- wlsync: ignore stale-ref -->\n```'
loud "in a fence"
edited '/depends on/s/$/ <!-- wlsync: ignore stale-ref -->/'
wl check --format sarif
json_is "SARIF: what a comment switches off is suppressed" \
	'[.runs[0].results[] | select(.ruleId == "stale-ref") | .suppressions[0].kind]' '["inSource"]'
cp "$T/payment" "$payment"

# ---- fingerprints ----

wl check --json
before=$(jq -c '[.findings[].fingerprint]' "$T/out")
edited '2,4!{/^## v3/i\Some words before.\n
}'
wl check --json
is "fingerprints stay when lines move" "$(jq -c '[.findings[].fingerprint]' "$T/out")" "$before"
parallel_auth 6 in_progress
rm Auth-Refactor-WorkLog-v5.md
wl check --json
is "and when what is named goes on" "$(jq -c '[.findings[].fingerprint]' "$T/out")" "$before"

# ---- odd names and texts ----

fresh odd
wlog "we, 100%: odd" 1 in_progress 10 'Nope-WorkLog'
wl check --format github
out_has "github: names are escaped" '::error file=we%2C 100%25%3A odd-WorkLog.md,'
wlog "$(printf 'x\033[31m')" 1 in_progress 10 Nope-WorkLog
wl check --format github
out_has "github: names that a terminal would obey" '::error file=x�[31m-WorkLog.md,'
is "github: no control bytes" "$(tr -d '\n' <"$T/out" | LC_ALL=C tr -cd '\000-\037\177' | wc -c)" 0
rm x*-WorkLog.md
wl check --format sarif
json_is "SARIF: a path is a URI" '.runs[0].results[0].locations[0].physicalLocation.artifactLocation' \
	'{"uri":"we,%20100%25%3A%20odd-WorkLog.md","uriBaseId":"%SRCROOT%"}'
{
	printf '# Long Work Log\n\n## v1 | 2025-11-10 | x\n\n**Dependencies:**\n- '
	awk 'BEGIN { for (i = 0; i < 2000; i++) printf "wörter \033[31m " }'
	printf 'depends on Nope-WorkLog and \377\n'
} >Long-WorkLog.md
wl check Long-WorkLog.md
exits 1 "a long line"
ok "a long line is cut, and holds no controls" sh -c "! grep -q '[[:cntrl:]]' '$T/out' && test \$(wc -c <'$T/out') -lt 4000"
wl check Long-WorkLog.md --json
valid_json "a long line" check
json_is "its column counts characters" '[.findings[] | select(.rule == "dangling-ref") | .column]' '[26014]'

# ---- circles ----

# The commit that closes a circle is told of it, whatever the other logs are called.
fresh circle
git_init
wlog A 1 in_progress 10 B-WorkLog-v1
wlog B 1 in_progress 10
wlog C 1 in_progress 10 A-WorkLog-v1
git_commit one
wlog B 1 in_progress 10 C-WorkLog-v1
git add -A
wl check --staged --json
exits 1 "a circle that is staged is an error"
json_is "a circle is told at a log that is staged" '[.findings[] | .file + " " + .rule]' '["B-WorkLog.md cycle"]'
json_is "a circle: from there on" '.findings[0].message' '"3 logs wait for each other: B > C > A > B"'
wl check --json
json_is "a circle is told once" '[.findings[] | .file + " " + .rule]' '["A-WorkLog.md cycle"]'
wl check C-WorkLog.md B-WorkLog.md --json
json_is "a circle is told at the first that is named" '[.findings[] | .file + " " + .rule]' '["B-WorkLog.md cycle"]'
# D is in it too, but not in the shortest way around.
wlog A 1 in_progress 10 B-WorkLog-v1 D-WorkLog-v1
git_commit two
wlog D 1 in_progress 10 B-WorkLog-v1
git add -A
wl check --staged --json
json_is "a log beside the shortest way: it is named" '[.findings[] | .rule, .message]' \
	'["cycle","4 logs wait for each other: A > B > C > A, and D with them"]'

# ---- what is over ----

fresh over
wlog B 2 in_progress 10
wlog A 1 in_progress 10 B-WorkLog-v1
wl check
out_has "a dependency that is behind" 'A-WorkLog.md:13:14: warning: "B" has gone on to v2 since v1'
wlog A 1 completed 100 B-WorkLog-v1
wl check
out_lacks "nothing waits in a log that is completed" stale-ref

# ---- git: revisions, and what is staged ----

fresh staged
git_init
wl check --staged
exits 0 "--staged in an empty repository"
parallel_auth 5 in_progress
parallel_payment 5
wlog Old 1 in_progress 10 Nope-WorkLog
git_commit one
wl check --staged
exits 0 "--staged: nothing is staged"
wlog New 1 in_progress 10 Missing-WorkLog
wl check --staged
exits 0 "--staged: an untracked file is not looked at"
git add New-WorkLog.md
wlog New 1 in_progress 10
wl check --staged --json
exits 1 "--staged: what the index holds, not the disk"
valid_json "--staged" check
json_is "--staged: only what is staged" '[.findings[] | .file + " " + .rule]' '["New-WorkLog.md dangling-ref"]'
git add New-WorkLog.md
wl check --staged
exits 0 "--staged: mended in the index"
wlog New 1 in_progress 10 Auth-Refactor-WorkLog-v5
git add New-WorkLog.md
wl check --staged
exits 0 "--staged: a dependency on a log that is not staged"
wl check --staged x
exits 2 "--staged with a path"
wl check --rev HEAD
exits 1 "--rev"
out_has "--rev finds what was committed" Old-WorkLog.md
wl check --rev HEAD Payment-Integration-WorkLog-v3.md
exits 0 "--rev with a file"
wl check --all-branches
exits 1 "--all-branches"
wl check --rev HEAD --fix
exits 2 "--fix in a revision"
wl check --staged --fix
exits 2 "--fix of what is staged"

# The hook, in a commit.
PATH="$(dirname "$WLSYNC"):$PATH"
wlog Old 1 in_progress 10
git_commit clean
wl install --hook
exits 0 "install --hook"
git add -A
ok "a commit without findings" git commit -q -m hook
wlog Bad 1 in_progress 10 Nope-WorkLog
git add Bad-WorkLog.md
ok "the hook stops a commit that adds an error" sh -c '! git commit -q -m bad >"$1" 2>&1' sh "$T/commit"
ok "and says why" grep -q 'Bad-WorkLog.md:13:14: error: no WorkLog named "Nope"' "$T/commit"
wlog Bad 1 in_progress 10
ok "git commit -a: what it commits is looked at" git commit -q -a -m good
wlog Bad 1 in_progress 10 Nope-WorkLog
ok "git commit -a is stopped, too" sh -c '! git commit -q -a -m bad >/dev/null 2>&1'
git checkout -q Bad-WorkLog.md
printf 'x\n' >other.txt
git add other.txt
ok "a commit of other files" git commit -q -m other

# ---- usage ----

wl check --format xml
exits 2 "--format xml"
wl check --json --format sarif
exits 2 "--json and --format sarif"
wl check --fix=everything
exits 2 "--fix=everything"
wl check --rev HEAD --all-branches
exits 2 "--rev and --all-branches"
mkdir "$T/none"
wl -C "$T/none" check
exits 0 "no log at all"
err_has "no log at all: a line" 'no WorkLog found'

# ---- SARIF, by its published schema ----

modules=${1:-}
if [ -z "$modules" ] || ! command -v npm >/dev/null; then
	skip "SARIF is valid" "npm is not installed, or no folder given"
	finish
fi
lock=tests/sarif/package-lock.json
if ! cmp -s "$SRC/$lock" "$modules/installed"; then
	mkdir -p "$modules"
	cp "$SRC/tests/sarif/package.json" "$SRC/$lock" "$SRC/tests/sarif/.npmrc" "$modules"
	if ! (cd "$modules" && npm ci --ignore-scripts >npm.log 2>&1); then
		fail "npm ci installs the schema"
		tail -20 "$modules/npm.log" | note
		finish
	fi
	cp "$SRC/$lock" "$modules/installed"
fi
schema="$modules/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"

# sarif WHAT: the last output is SARIF 2.1.0.
sarif() {
	ok "$1: valid SARIF 2.1.0" /usr/bin/python3 "$SRC/tests/sarif/validate.py" "$schema" "$T/out"
}

printf '{"version": "2.1.0", "runs": [{"results": 1}]}\n' >"$T/bad.sarif"
ok "the schema refuses what is wrong" sh -c \
	"! /usr/bin/python3 '$SRC/tests/sarif/validate.py' '$schema' '$T/bad.sarif'"
for name in workspace faults mockup seed patterns deviations; do
	fresh "sarif-$name"
	fixture "$name"
	wl check --format sarif
	sarif "$name"
done
cd "$T/odd" || exit 99
wl check --format sarif
sarif "odd names and bytes"
fresh many
{
	printf '# Many Work Log\n\n## v1 | 2025-11-10 | x\n\n**Dependencies:**\n'
	awk 'BEGIN { for (i = 0; i < 5100; i++) printf "- depends on Nope-%d-WorkLog\n", i }'
} >Many-WorkLog.md
wl check --format sarif
sarif "5,100 findings"
json_is "at most 5,000 results" '.runs[0].results | length' 5000
json_is "that some are left out is said" '.runs[0].invocations[0].toolExecutionNotifications | length' 1
json_is "how many, and that they are not the gravest" \
	'.runs[0].invocations[0].toolExecutionNotifications[0].message.text | test("^[0-9,]+ more findings were left out; the gravest are here$")' true
json_is "every fingerprint is another" \
	'[.runs[0].results[].partialFingerprints["wlsync/1"]] | unique | length' 5000
finish
