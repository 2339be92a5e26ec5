#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Other programs accept what is written for them: dot, jq, the JSON Schemas. (Mermaid's parser:
# mermaid.sh.)

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

for fixture in workspace mockup faults patterns deviations; do
	fresh "$fixture"
	fixture "$fixture"
	wl graph --format dot
	exits 0 "$fixture: dot"
	ok "$fixture: dot accepts it" dot -Tsvg -o "$T/out.svg" "$T/out"
	is "$fixture: one digraph, left to right" \
		"$(grep -c '^digraph' "$T/out") $(grep -cE 'rankdir ?= ?"?LR' "$T/out")" '1 1'
	dot -Tplain "$T/out" >"$T/plain"
	wl graph --json
	valid_json "$fixture: graph --json" graph
	ok "$fixture: jq accepts it" jq -e '.schema == "wlsync.graph/1"' "$T/out"
	is "$fixture: dot has every edge" "$(grep -c '^edge' "$T/plain")" "$(jq '.edges | length' "$T/out")"
	wl status --json
	valid_json "$fixture: status --json" status
	wl next --json
	valid_json "$fixture: next --json" next
	wl next --json --explain --stale-ok
	valid_json "$fixture: next --json --explain" next
	for option in --history --mentions --entries --overlaps --reduce; do
		wl graph --json $option
		valid_json "$fixture: graph --json $option" graph
		json_is "$fixture: $option: edges end at nodes, or dangle" \
			'([.nodes[].id] as $ids | [.edges[] | select(.state != "dangling") | .from, .to] | unique - $ids)' '[]'
	done
	wl graph --json
	json_is "$fixture: ready holds ids" '.ready - [.nodes[].id]' '[]'
	json_is "$fixture: waiting_for holds ids, or what dangles" \
		'[.nodes[].waiting_for[]] - [.nodes[].id] - [.edges[] | select(.state == "dangling") | .to]' '[]'
	json_is "$fixture: arrays are sorted" \
		'[([.nodes[].id] | . == sort), (.ready | . == sort)]' '[true,true]'
	for log in $(jq -r '.nodes[].file' "$T/out" | grep -v ' ' | head -20); do
		wl show "$log" --json
		valid_json "$fixture: show $log --json" show
		wl log "$log" --json
		valid_json "$fixture: log $log --json" log
	done
done

# Names that mean something to dot, JSON or TSV.
fresh quoting
for name in 'a"b' 'c\d' "e'f" 'g<h>&' 'i|j' 'k{l}' 'm%n' 'digraph' 'ü 漢'; do
	printf '# x Work Log\n\n## v1 | "q" <b> | \\n\n\n**Dependencies:**\n- needs digraph-WorkLog-v9\n' \
		>"$name-WorkLog.md"
done
wl graph --format dot
exits 0 "odd names: dot"
ok "odd names: dot accepts it" dot -Tsvg -o "$T/out.svg" "$T/out"
wl graph --json
valid_json "odd names: JSON" graph
is "odd names: all are there" "$(jq '.nodes | length' "$T/out")" 9
json_is "odd names: unchanged" '[.nodes[].name] | contains(["a\"b", "c\\d", "ü 漢"])' true
wl graph --format tsv
is "odd names: TSV has as many columns on every line" \
	"$(awk -F'\t' '{ print NF }' "$T/out" | sort -u | wc -l)" 1
finish
