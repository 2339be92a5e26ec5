#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The seed's "Parallel Workstreams", and what becomes of its edge when things change, in every
# output format.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

claim='Auth v5 shows OAuth ready ✅'
edge='.edges | map([.from, .to, .kind, .to_version, .state, .reason, .claimed, .current, .behind_by])'

# every_format CASE WORD TARGET STATE: each format names both ends and the edge's state; WORD and
# TARGET are the text's ("stale", "Auth-Refactor v5, now v6"), STATE the JSON's.
every_format() {
	wl graph
	exits 0 "$1: graph"
	out_has "$1: the waves say \"$2: $3\"" "$2: $3"
	wl graph --format tree
	out_has "$1: the tree says \"$2: \"" "$2: Auth-Refactor v"
	wl graph --plain
	out_matches "$1: --plain names both in one sentence" 'Payment-Integration.*Auth-Refactor v[0-9]'
	out_lacks "$1: --plain has no symbols" '●'
	wl graph --format tsv
	out_matches "$1: TSV has the edge and its state" \
		"Payment-Integration	.*Auth-Refactor.*	$4(	|\$)"
	wl graph --format dot
	out_matches "$1: DOT goes from the dependent to what it needs" \
		'"Payment-Integration" -> "[^"]*Auth-Refactor[^"]*"'
	ok "$1: dot accepts it" dot -Tsvg -o "$T/out.svg" "$T/out"
	wl graph --format mermaid
	out_has "$1: Mermaid is a flowchart" 'flowchart TB'
	out_matches "$1: Mermaid's list says the edge in words" \
		'needs Auth-Refactor v[0-9]'
	wl graph --format json
	cp "$T/out" "$T/format.json"
	wl graph --json
	ok "$1: --json is --format json" cmp "$T/out" "$T/format.json"
	valid_json "$1: the JSON is valid" graph
	json_is "$1: the state is $4" '[.edges[] | select(.from == "Payment-Integration") | .state]' \
		"[\"$4\"]"
}

fresh seed
parallel_auth 5 in_progress
parallel_payment 5 "$claim"
parallel_ui
every_format "as in the seed" ok "Auth-Refactor v5" satisfied
json_is "as in the seed: the edge" "$edge" \
	'[["Payment-Integration","Auth-Refactor","depends_on",5,"satisfied",null,true,5,0]]'
json_is "as in the seed: its need and place" '.edges[0] | [.need, .file, .line]' \
	'["OAuth flow must be complete before Stripe checkout","Payment-Integration-WorkLog-v3.md",13]'
json_is "as in the seed: all three are ready" '.ready' \
	'["Auth-Refactor","Payment-Integration","UI-Redesign"]'
json_is "as in the seed: all three are in wave 1" '.waves' \
	'[["Auth-Refactor","Payment-Integration","UI-Redesign"]]'
json_is "as in the seed: nothing to report" '.diagnostics' '[]'
json_is "as in the seed: the nodes" '[.nodes[] | [.id, .version, .status, .progress, .unblocks]]' \
	'[["Auth-Refactor",5,"in_progress",70,0],["Payment-Integration",3,"in_progress",50,0],["UI-Redesign",2,"in_progress",30,0]]'

fresh stale
parallel_auth 5 in_progress
parallel_auth 6 in_progress
parallel_payment 5 "$claim"
every_format "Auth goes on to v6" stale "Auth-Refactor v5, now v6" stale
json_is "Auth goes on to v6: the edge" "$edge" \
	'[["Payment-Integration","Auth-Refactor","depends_on",5,"stale",null,true,6,1]]'
json_is "Auth goes on to v6: v5 is a snapshot of the same log" \
	'.nodes | map([.id, .version, .file])' \
	'[["Auth-Refactor",6,"Auth-Refactor-WorkLog-v6.md"],["Payment-Integration",3,"Payment-Integration-WorkLog-v3.md"]]'
json_is "Auth goes on to v6: Payment waits" '[.ready, .nodes[1].waiting_for]' \
	'[["Auth-Refactor"],["Auth-Refactor"]]'
wl next --stale-ok --json
json_is "Auth goes on to v6: next --stale-ok takes it" \
	'[.. | strings | select(. == "Stripe checkout page")] | length > 0' true

fresh waits
parallel_auth 5 in_progress
parallel_payment 5 ""
every_format "without a claim" waits "Auth-Refactor v5" waiting
json_is "without a claim: the edge" "$edge" \
	'[["Payment-Integration","Auth-Refactor","depends_on",5,"waiting","in_progress",false,5,0]]'
json_is "without a claim: Auth unblocks 1" '.nodes[0].unblocks' 1
json_is "without a claim: two waves" '.waves' '[["Auth-Refactor"],["Payment-Integration"]]'
json_is "without a claim: the chain, needed first" '.critical' \
	'["Auth-Refactor","Payment-Integration"]'

fresh completed
parallel_auth 5 completed
parallel_payment 5 ""
every_format "Auth is completed" ok "Auth-Refactor v5" satisfied
json_is "Auth is completed: no wave for it" '[.nodes[0].wave, .nodes[0].ready, .waves]' \
	'[null,false,[["Payment-Integration"]]]'

fresh review
parallel_auth 5 needs_review
parallel_payment 5 ""
every_format "Auth is in review" waits "Auth-Refactor v5" waiting
json_is "Auth is in review: the reason" '[.edges[0].reason, .ready]' '["in_review",[]]'

fresh blocked
parallel_auth 5 in_progress '[BLOCKED]'
parallel_payment 5 "$claim"
every_format "Auth is blocked" waits "Auth-Refactor v5" waiting
json_is "Auth is blocked: the edge" "$edge" \
	'[["Payment-Integration","Auth-Refactor","depends_on",5,"waiting","blocked",true,5,0]]'
json_is "Auth is blocked: the claim is contradicted" \
	'[.diagnostics[] | select(.rule == "claim-contradicted") | [.file, .line]] | length' 1
json_is "Auth is blocked: neither can be ordered" '[.waves, .ready, [.nodes[].wave]]' \
	'[[],[],[null,null]]'

fresh ahead
parallel_auth 5 in_progress
parallel_payment 7 ""
every_format "Auth v7 does not exist yet" ahead "Auth-Refactor v7, now v5" waiting
json_is "Auth v7 does not exist yet: the edge" "$edge" \
	'[["Payment-Integration","Auth-Refactor","depends_on",7,"waiting","ahead",false,5,0]]'
parallel_payment 7 "Auth v7 shows OAuth ready ✅"
wl graph --json
json_is "a claim on v7 is contradicted" \
	'[.diagnostics[].rule | select(. == "claim-contradicted")] | length' 1

fresh dangling
parallel_payment 5 "$claim"
every_format "there is no Auth" dangling "Auth-Refactor v5" dangling
json_is "there is no Auth: the edge" "$edge" \
	'[["Payment-Integration","Auth-Refactor","depends_on",5,"dangling",null,true,null,null]]'
json_is "there is no Auth: a diagnostic with its place" \
	'[.diagnostics[] | select(.rule == "dangling-ref") | [.severity, .file, .line, .column]]' \
	'[["error","Payment-Integration-WorkLog-v3.md",13,34]]'
json_is "there is no Auth: Payment has no wave" '[.nodes[0].wave, .ready]' '[null,[]]'

fresh ambiguous
parallel_auth 5 in_progress
mkdir a b
cp Auth-Refactor-WorkLog-v5.md a
mv Auth-Refactor-WorkLog-v5.md b
parallel_payment 5 "$claim" c
every_format "two Auths" ambiguous "Auth-Refactor v5" dangling
json_is "two Auths: the edge" "$edge" \
	'[["Payment-Integration","Auth-Refactor","depends_on",5,"dangling","ambiguous",true,null,null]]'
json_is "two Auths: their ids" '[.nodes[].id]' \
	'["Auth-Refactor (a)","Auth-Refactor (b)","Payment-Integration"]'
json_is "two Auths: the diagnostic names both" \
	'[.diagnostics[] | select(.candidates | length == 2)] | length' 1
mv c/*.md a
wl graph --json
json_is "two Auths: the one in the same folder is meant" '[.edges[] | [.to, .state]]' \
	'[["Auth-Refactor (a)","satisfied"]]'
mkdir -p a/deep/er
mv a/Payment* a/deep/er
wl graph --json
json_is "two Auths: the nearest common ancestor is meant" '[.edges[] | [.to, .state]]' \
	'[["Auth-Refactor (a)","satisfied"]]'

fresh cyclic
parallel_auth 5 in_progress
parallel_payment 5 ""
cat >>Auth-Refactor-WorkLog-v5.md <<-'EOF'

	**Dependencies:**
	- depends on Payment-Integration-WorkLog-v3
EOF
every_format "each needs the other" waits "Auth-Refactor v5" waiting
json_is "each needs the other: one cycle" '.cycles' '[["Auth-Refactor","Payment-Integration"]]'
json_is "each needs the other: every edge of it with its place" '.cycle_paths' \
	'[[{"from":"Auth-Refactor","to":"Payment-Integration","file":"Auth-Refactor-WorkLog-v5.md","line":16},{"from":"Payment-Integration","to":"Auth-Refactor","file":"Payment-Integration-WorkLog-v3.md","line":13}]]'
json_is "each needs the other: nothing is ready or ordered" '[.ready, .waves]' '[[],[]]'
for command in graph "graph --cycles" "graph --format tree" status next "next --explain"; do
	# shellcheck disable=SC2086 # words
	wl $command
	exits 0 "each needs the other: $command survives"
done
finish
