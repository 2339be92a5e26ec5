#!/bin/sh
# SPDX-License-Identifier: MIT
#
# wlsync trends: the seed's figures, regressions and contradictions; formats and options.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

# ---- the seed's own example ----
fresh seed
cp "$SRC/fixtures/seed/advanced-patterns.md" .
wl trends advanced-patterns.md
exits 0 "trends of the seed document"
out_matches "200, 180, 250, 150 ms: first and last" 'API latency .*200ms v1 +150ms v7 +150ms v7 .*better'
out_matches "its regression stands at v5" 'regression at v5: 250ms, best before it 180ms in v3 \(features\)'
out_matches "85 % against 60 %" 'contradiction: 85% \(v3\) vs 60% \(v7\): what changed\?'
out_has "with what the log says of it" 'Investigation: User base 3x larger'
out_matches "what is worse is said in a word" 'Cache hit rate .*worse'
wl trends advanced-patterns.md --json
exits 0 "as JSON"
valid_json "as JSON" trends
json_is "values by version" \
	'[.logs[0].metrics[] | select(.name == "API latency") | .points[] | [.version, .value, .regressed]]' \
	'[[1,200,false],[3,180,false],[5,250,true],[7,150,false]]'
json_is "in one unit, and which way is better" \
	'[.logs[0].metrics[] | select(.name == "API latency") | .unit, .better, .best, .worst]' \
	'["ms","lower",3,2]'
json_is "the contradiction" \
	'[.logs[0].contradictions[] | .kind, .a.version, .a.value, .b.version, .b.value, .remark]' \
	'["stated",3,85,7,60,"what changed?"]'
line=$(grep -n 'Cache hit rate 85%' advanced-patterns.md | cut -d: -f1)
json_is "the very line" '.logs[0].contradictions[0].a.line' "$line"
json_is "and column" '.logs[0].contradictions[0].a.column' 18

# ---- a workspace ----
fresh workspace
fixture workspace
wl trends
exits 0 "trends of a workspace"
out_matches "progress over versions" 'Progress .*10% v1 +70% v5'
out_matches "a target and its current value" 'Import of 10k products .*41s v16 .*<60s'
out_matches "counted" '^[0-9]+ figures in [0-9]+ logs: 0 regressions, 0 contradictions$'
wl trends --json
valid_json "a workspace as JSON" trends
json_is "no fault in a workspace without faults" '[.total.regressions, .total.contradictions]' '[0,0]'
wl trends auth-refactor Search --json
json_is "logs in any spelling, in their order" '[.logs[].name]' '["Auth-Refactor","Search"]'
wl trends Search Search search --json
json_is "each once" '[.logs[].name]' '["Search"]'
wl trends backend --json
json_is "a folder" '[.logs[].name]' '["Data-Model","E-commerce-Backend","Reports","Search"]'
wl trends backend/Search-WorkLog-v4.md
exits 0 "a file"
out_lacks "a file: no other log" Reports
wl trends Search Nowhere
exits 2 "a log that is not there"
out_has "the others are shown" 'Search v4'
err_has "and it is named" Nowhere
wl trends --metric oauth
exits 0 "--metric"
out_has "--metric folds" OAuth
out_lacks "--metric keeps only that" Progress
wl trends --metric nothing-of-that-name
exits 0 "--metric without a match"
out_matches "says so" '^0 figures in 0 logs'

# ---- forms ----
cp "$SRC/fixtures/patterns/Trends-WorkLog.md" "$SRC/fixtures/patterns/Contradictions-WorkLog.md" .
wl trends Trends --plain
out_matches "--plain: sentences" \
	'^Trends, API latency: 200ms in v1, 180ms in v3, 250ms in v5, 150ms in v7; better than at first\.$'
out_matches "--plain: regressions" '^Trends, API latency: regression at v5: 250ms'
wl trends Trends --ascii
out_matches "--ascii: a drawing" 'API latency +=:#_ '
ok "--ascii: nothing else" sh -c '! LC_ALL=C grep -q "[^ -~]" "$1"' sh "$T/out"
wl trends Trends --color always
out_has "colours" "$(printf '\033')"
wl trends Trends
out_lacks "none in a pipe" "$(printf '\033')"
wl trends Trends Contradictions --width 40
ok "free text is cut at the width" /usr/bin/python3 -c '
import sys
lines = [l.rstrip("\n") for l in open(sys.argv[1], encoding="utf-8") if l.startswith("    ")]
assert lines and max(map(len, lines)) == 40, lines
' "$T/out"
out_matches "names and figures are not" 'API latency .*150ms v7'
for w in 50 55 60; do
	wl trends Trends Contradictions --width $w
	ok "columns are left out: $w cells" /usr/bin/python3 -c '
import sys
lines = [l.rstrip("\n") for l in open(sys.argv[1], encoding="utf-8") if l.startswith("  ")]
assert lines and max(map(len, lines)) <= int(sys.argv[2]), lines
' "$T/out" $w
done
out_has "columns that fit stay" FIRST
out_lacks "the one that does not is gone" BEST
wl trends Trends --width 200
out_has "a wide terminal has all" BEST
wl trends --format csv Trends
exits 0 "csv"
is "csv: a header and a row a figure" "$(wc -l <"$T/out")" 5
is "csv: lines end with CR LF" "$(grep -c "$(printf '\r')\$" "$T/out")" 5
is "csv: it reads back" "$(/usr/bin/python3 -c '
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")))
print([(r["log"], r["version"], float(r["value"]), r["unit"], r["regressed"]) for r in rows][2])
' "$T/out")" "('Trends', '5', 250.0, 'ms', 'yes')"
fresh quoting
file 'A-WorkLog.md' <<'EOT'
# A Work Log

## v2 | 2025-11-10 | x

**Trends:**
- Latency of "a, b": 200ms (v1, slow, "cold") → 150ms (v2)
EOT
wl trends --format csv
is "csv: quotes and commas" "$(/usr/bin/python3 -c '
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8"), strict=True))
print(rows[0]["metric"] + "|" + rows[0]["note"])
' "$T/out")" 'Latency of "a, b|slow, "cold"'

fresh formulas
printf '# A Work Log\n\n## v2 | x\n\n**Trends:**\n- =cmd|x!A1: 2ms (v1) -> 0.000000000000000001ms (v2, +1)\n- \033[31mred: 2 (v1) -> -1 (v2)\n' >A-WorkLog.md
wl trends --format csv
is "csv: no formula of a log" "$(/usr/bin/python3 -c '
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8"), strict=True))
print(rows[1]["metric"], rows[1]["note"], rows[1]["value"], rows[3]["text"])
' "$T/out")" "'=cmd|x!A1 '+1 1e-18 -1"
out_lacks "csv: no escape of a log" "$(printf '\033')"

# ---- svg ----
fresh svg
cp "$SRC/fixtures/patterns/Trends-WorkLog.md" .
wl trends --format svg -o a.svg
exits 0 "svg to a file"
is "svg: nothing on stdout" "$(cat "$T/out")" ''
wl trends --format svg
cp "$T/out" b.svg
ok "svg: the same bytes again" cmp a.svg b.svg
ok "svg: XML" /usr/bin/python3 -c '
import sys, xml.etree.ElementTree as tree
root = tree.parse("a.svg").getroot()
space = "{http://www.w3.org/2000/svg}"
texts = [t.text for t in root.iter(space + "text")]
assert root.get("role") == "img"
assert root.find(space + "title").text
assert "regression at v5" in root.find(space + "desc").text
for text in ("API latency", "200ms", "250ms", "v5", "lower is better; regression at v5"):
    assert text in texts, (text, texts)
assert not list(root.iter(space + "use")), "texts are no outlines"
'
wl trends --format svg -o nowhere/a.svg
exits 2 "svg to a folder that is not there"
WLSYNC_EXEC_PATH=/nonexistent wl trends --format svg
ok "another place for the module" test "$status" -le 2
fresh many
{
	printf '## v2 | x\n\n**Trends:**\n'
	i=0
	while [ $i -lt 401 ]; do
		i=$((i + 1))
		printf -- '- Latency of call%s: 2ms (v1) → 1ms (v2)\n' $i
	done
} >A-WorkLog.md
wl trends --format svg -o a.svg
exits 2 "too many panels"
err_has "says what to do" '--metric'
ok "nothing is written" test ! -e a.svg
wl trends --format csv -o a.csv
exits 0 "csv of many"
is "csv has all" "$(wc -l <a.csv)" 803

# ---- what is between ----
fresh between
file Cache-WorkLog.md <<'EOT'
# Cache Work Log

## v4 | 2025-11-12 10:00 | Tiered TTL

**Decisions:**
- Tiered TTL: fresh data

**Contradictions:**
- Hit rate 85% (v2) vs 60% (v4) - what changed?

## v3 | 2025-11-11 10:00 | Redis

**Decisions:**
- Redis: shared

## v2 | 2025-11-10 10:00 | LRU

**Works:** hit rate: 70%
EOT
wl trends
out_matches "the versions between, with their decisions" 'v3 Redis: Redis$'
out_matches "up to the later one" 'v4 Tiered TTL: Tiered TTL$'
out_has "two claims for one version" 'contradiction: v2 is 85% in line 9, but 70% in line 18'
wl trends --json
valid_json "with changes" trends
json_is "changes" '[.logs[0].contradictions[0].changes[] | [.version, .title, .decisions]]' \
	'[[3,"Redis",["Redis"]],[4,"Tiered TTL",["Tiered TTL"]]]'

# ---- tables ----
fresh tables
file API-WorkLog.md <<'EOT'
# API Work Log

## v2 | 2025-11-11 10:00 | Cache

**Metrics:**

| Endpoint | p50 | p95 (ms) | Target |
|----------|-----|---------:|--------|
| `/orders` | 80ms | 180 | - |
| a\|b | 40ms | 95 | - |

| Language | v1 | v2 | Goal |
|----------|----|----|------|
| Deutsch | 40% | 90% | >=95% |

## v1 | 2025-11-10 10:00 | First

**Metrics:**

| Endpoint | p50 | p95 |
|----------|-----|-----|
| /orders | 90ms | 0.21s |
EOT
wl trends --json
exits 0 "tables"
valid_json "tables" trends
json_is "named by row and header, in one unit" \
	'[.logs[0].metrics[] | select(.name == "/orders p95") | .points[] | [.version, .value, .kind]]' \
	'[[1,210,"table"],[2,180,"table"]]'
json_is "columns of versions, with their target" \
	'[.logs[0].metrics[] | select(.name == "Deutsch") | .target.value, (.points[] | .version, .value)]' \
	'[95,1,40,2,90]'
json_is "the very cell" '[.logs[0].metrics[] | select(.name == "Deutsch") | .points[0] | .line, .column]' '[14,13]'
wl trends --metric 'a|b'
out_has "a bar in a cell" 'a|b p50'
wl check
out_lacks "a table is not judged as a trend" regression

# ---- versions beside figures ----
fresh beside
file A-WorkLog.md <<'EOT'
# A Work Log

## v3 | 2025-11-12 | c

**Trends:**
- Latency: v1: 10ms, v2: 20ms
- Build: 1h 30m (v1) → 1h 45m (v2)
- Clock: 1:30 (v1) → 2:00 (v2)
- Errors: 10 with v1, 20 with v2

**Detecting Contradictions:**
- Load time: 80ms in v1 vs 120ms in v3 - why?

## Components Status

**Phase 2: Features** (v2-v9) 🔄 60% complete
EOT
wl trends --plain --metric ''
out_has "a version before its figure" 'A, Latency: 10ms in v1, 20ms in v2;'
out_has "a time in two units" 'A, Build: 1h 30m in v1, 1h 45m in v2;'
out_lacks "half of a time is none" 'A, Clock'
out_lacks "versions that are not understood are none" 'A, Errors'
wl trends
out_has "a version behind its figure" 'contradiction: 80ms (v1) vs 120ms (v3): why?'
wl trends --plain --metric features
out_has "a phase goes no further than its log" 'A, Phase 2: Features: 60% in v3'

# ---- which way is better ----
fresh better
file A-WorkLog.md <<'EOT'
# A Work Log

## v2 | 2025-11-11 | b

**Trends:**
- Crash-free sessions: 98.1% (v1) → 99.7% (v2)
- Bugs fixed: 8 (v1) → 3 (v2)
- Rejection rate: 10% (v1) → 5% (v2)
- Time on page: 30s (v1) → 60s (v2)
EOT
wl trends --plain
out_has "crash-free" 'Crash-free sessions: 98.1% in v1, 99.7% in v2; better than at first.'
out_has "a rate is what it is of" 'Rejection rate: 10% in v1, 5% in v2; better than at first.'
out_has "nobody can tell: down" 'Bugs fixed: 8 in v1, 3 in v2; lower than at first.'
out_has "nobody can tell: up" 'Time on page: 30s in v1, 60s in v2; higher than at first.'
wl check
out_lacks "no false alarm" regression
wl trends --format svg -o a.svg
ok "the same words in a chart" grep -q 'in v2; higher than at first\.' a.svg

# ---- names that are no names ----
fresh misses
file A-WorkLog.md <<'EOT'
# A Work Log

## v2 | 2025-11-11 10:00 | v8.14.0, lines 45-89

**Progress:** 5/8 tasks
**Prev:** API latency: 250ms
**Work:**
- latency 40% faster, by 2s, on 2025-11-10 at 10:00
- steps 17-20 of src/a.ts:145

## v1 | 2025-11-10 10:00 | First

**Prev:** API latency: 150ms
**Work:** coverage +5%
EOT
wl trends --metric ''
exits 0 "nothing to show"
out_matches "nothing is no figure" '^0 figures in 0 logs'

# ---- usage ----
wl trends --format png
exits 2 "a format that there is not"
wl trends --json --format csv
exits 2 "--json with another format"
err_has "says why" exclude
wl trends --json --format json
exits 0 "--json with its own"
fresh empty
wl trends
exits 0 "no log at all"
wl trends --json
valid_json "no log at all, as JSON" trends
wl trends --format svg
exits 0 "an empty chart"
fresh pipe
fixture workspace
ok "a pipe that closes is no error" sh -c '"$WLSYNC" trends --format csv | head -1 >/dev/null'
git_init
git add -A && git commit -qm one && rm -r backend
wl trends --rev HEAD Search --json
exits 0 "--rev"
valid_json "--rev" trends
json_is "--rev reads the commit" '[.logs[].name]' '["Search"]'
wl trends --all-branches --json
valid_json "--all-branches" trends
finish
