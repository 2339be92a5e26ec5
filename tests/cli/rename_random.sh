#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# wlsync rename, as a law: the graph stays the same but for the name, and the way back restores
# every byte, over two names too. For every log of fixtures/workspace, and of workspaces made up from a
# seed, in which names are spelled in every way that means them.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"

: "${WLSYNC_SEED:=1}" "${WLSYNC_CASES:=12}"

# The graph without names: logs by file, what the order of names and files decides left out (which
# of two equal references is shown). PAIRS are files before and after.
normal='
($pairs | map({key: .to, value: .file}) | from_entries) as $old |
def path: $old[.] // .;
(.nodes | map({key: .id, value: (.file | path)}) | from_entries) as $log |
def name: if . == null then null else $log[.] // ascii_downcase end;
{nodes: [.nodes[] | [(.file | path), .version, .status, .status_text, .progress, .ready,
		(.waiting_for | map(if type == "string" then name else . end) | length), .unblocks, .wave]] | sort,
 edges: [.edges[] | [(.from | name), (.to | name), .kind, .to_version, .state, .reason, .claimed,
		.current, .behind_by]] | sort,
 ready: [.ready[] | name] | sort,
 waves: [.waves[] | map(name) | sort],
 cycles: [.cycles[] | length] | sort,
 critical: (.critical | length),
 diagnostics: [.diagnostics[] | [.rule, .severity]] | sort}'

# graph FILE [PAIRS]
graph() {
	wl graph --json --history --mentions
	jq -S --argjson pairs "${2:-[]}" "$normal" "$T/out" >"$1" || fail "jq"
}

# A workspace of 6 logs in the current folder.
generate() {
	LC_ALL=C awk -v seed="$1" '
	function below(n) { return int(rand() * n) }
	function of(list,   a, n) { n = split(list, a, "|"); return a[1 + below(n)] }
	# The words, with these separators and letters.
	function spell(words, seps,   a, n, i, s, w) {
		n = split(words, a, " ")
		s = ""
		style = below(6)
		for (i = 1; i <= n; i++) {
			w = a[i]
			if (style == 1) w = tolower(w)
			if (style == 2) w = toupper(w)
			if (style == 3 && i > 1) w = tolower(w)
			if (style == 4 && below(2)) w = tolower(w)
			s = s (i > 1 ? of(seps) : "") w
		}
		return s
	}
	function stem(i) { return file[i] }
	function up(i) { return of("../" dir[i] "/" stem(i) "|" stem(i) "-WorkLog.md") }
	function reference(   i, v) {
		i = below(count)
		v = of("|-v1|-v2|-v3")
		switch_ = below(9)
		if (switch_ == 0) return "[" of("it|" spell(words[i], " ") "|Shop|New Name") "](../" dir[i] "/" stem(i) "-WorkLog.md" of("|#v1|#v2") ")"
		if (switch_ == 1) return "[[" spell(words[i], "-|_| ") of("|#v1|-WorkLog-v2") of("|" "\\|it|" "\\|" spell(words[i], " ")) "]]"
		if (switch_ == 2) return "`../" dir[i] "/" spell(words[i], "-|_") "-WorkLog" v ".md`"
		if (switch_ == 3) return spell(words[i], "-|_") "-WorkLog" v
		if (switch_ == 4) return spell(words[i], " ") " WorkLog v" (1 + below(3))
		if (switch_ == 5) return spell(words[i], "-| |_|  ") " v" (1 + below(3))
		if (switch_ == 6) return "depends on " spell(words[i], "-| |_")
		if (switch_ == 7) return spell(words[i], "-| ") " needs " spell(words[below(count)], "-") " v1"
		return "blocked by " spell(words[i], "-| |_") ": later"
	}
	function put(text) { printf "%s%s", text, eol[at] > path }
	BEGIN {
		srand(seed)
		count = 6
		split("Auth Refactor|E-Commerce Backend|Search|Load Testing Suite|Data Model|\303\234ber Blick", pool, "|")
		for (i = 0; i < count; i++) {
			words[i] = pool[i + 1]
			dir[i] = of("a|b|c d")
			file[i] = spell(words[i], "-|_| ")
			gsub(/ /, "-", file[i])
			eol[i] = of("\n|\n|\r\n")
		}
		for (at = 0; at < count; at++) {
			path = dir[at] "/" file[at] "-WorkLog.md"
			if (!below(5)) printf "\357\273\277" > path
			if (below(4)) {
				put("---"); put("version: v2"); put("status: in_progress")
				if (!below(3)) put("name: " words[at])
				put("---"); put("")
			}
			put("# " of(spell(words[at], " |-") "|Shop|" spell(words[at], " ")) " Work Log"); put("")
			for (v = 2; v >= 1; v--) {
				put("## v" v " | 2025-11-1" v " 10:00 | Step"); put("")
				put("**Now:** see " reference() ", " reference()); put("")
				put("**Dependencies:**")
				for (k = below(4); k >= 0; k--) {
					put("- " reference())
					if (!below(3)) put("  - " spell(of(words[at] "|Load Testing|Auth|Data"), " |-") " v2 is ready")
				}
				if (below(2)) { put(""); put("**Blockers:**"); put("- waiting on " reference()) }
				put(""); put("**Next:**"); put("- [HIGH] " of("go on|[BLOCKED] until " reference())); put("")
			}
			if (below(2)) printf "last" > path
			close(path)
			if (!below(4)) {
				path = dir[at] "/" spell(words[at], "-|_") "-WorkLog-v1.md"
				put("# " words[at] " Work Log"); put(""); put("## v1 | 2025-11-10 10:00 | Old"); put("")
				put("**Dependencies:**"); put("- " reference())
				close(path)
			}
		}
	}'
}

renames=0
refused=0
# there_and_back WHAT NAME NEW THIRD: renames, compares, renames back; the old files are in $T/old,
# their graph in $T/before. What is wrong goes to $T/wrong.
there_and_back() {
	local pairs
	wl rename "$2" "$3" --yes --json
	if [ $status -ne 0 ]; then
		refused=$((refused + 1))
		diff -r "$T/old" . >"$T/diff" || echo "$1: $2 -> $3: refused, but changed" >>"$T/wrong"
		grep -qE 'Sanitizer|runtime error' "$T/err" && echo "$1: $2 -> $3: sanitizer" >>"$T/wrong"
		sed "s/^/# $1: $2: /" "$T/err" >>"$T/refusals"
		return
	fi
	renames=$((renames + 1))
	pairs=$(jq -c '[.files[] | {file, to}]' "$T/out")
	graph "$T/after" "$pairs"
	diff -U 8 "$T/before" "$T/after" >"$T/diff" ||
		{ echo "$1: $2 -> $3: another graph"; head -20 "$T/diff"; } >>"$T/wrong"
	if wl rename "$3" "$4" --yes && [ $status -eq 0 ]; then
		wl rename "$4" "$3" --yes
		[ $status -eq 0 ] || { echo "$1: $2 -> $3 -> $4: no way back"; cat "$T/err"; } >>"$T/wrong"
	fi
	wl rename "$3" "$2" --yes
	[ $status -eq 0 ] || { echo "$1: $2 -> $3: no way back"; cat "$T/err"; } >>"$T/wrong"
	if ! diff -r -x .wlsync-renames "$T/old" . >"$T/diff"; then
		{ echo "$1: $2 -> $3 ($4): other bytes"; head -20 "$T/diff"; } >>"$T/wrong"
		rm -rf ./* ./.wlsync-renames
		cp -r "$T/old/." .
	fi
	rm -f .wlsync-renames
}

# every_log WHAT NEW THIRD: for each log of the current folder. NEW may be "=": the name itself, in
# capitals and with other separators.
every_log() {
	rm -rf "$T/old"
	cp -r . "$T/old"
	graph "$T/before"
	wl graph --json
	jq -r '.nodes[].id' "$T/out" >"$T/names"
	while IFS= read -r name; do
		new=$2
		[ "$new" != = ] || new=$(printf '%s' "$name" | tr 'a-z_-' 'A-Z-_')
		[ "$new" = "$name" ] || there_and_back "$1" "$name" "$new" "$3"
	done <"$T/names"
}

: >"$T/wrong"
: >"$T/refusals"
fresh ws
fixture workspace
every_log workspace Shop 'New Name'
every_log workspace 'Some-longer_name x' Shop
every_log workspace = shop
is "fixtures/workspace: the same graph, and back to every byte" "$(cat "$T/wrong")" ''
is "every log of it is renamed" "$refused" 0

: >"$T/wrong"
seed=$WLSYNC_SEED
while [ "$seed" -lt $((WLSYNC_SEED + WLSYNC_CASES)) ]; do
	fresh random
	mkdir a b 'c d'
	generate "$seed"
	case $((seed % 5)) in
	0) every_log "seed $seed" Shop Zero-One ;;
	1) every_log "seed $seed" 'New Name' Shop ;;
	2) every_log "seed $seed" 'load-balancer_X' Älter ;;
	3) every_log "seed $seed" 'One Two Three Four' 'Zwei-drei' ;;
	4) every_log "seed $seed" = shop ;;
	esac
	seed=$((seed + 1))
done
is "seeds $WLSYNC_SEED to $seed: the same graph, and back to every byte" "$(head -60 "$T/wrong")" ''
note "$renames renames, $refused refused"
[ ! -s "$T/refusals" ] || sort -u "$T/refusals" | head -20 | note
ok "few are refused" test $((refused * 5)) -lt "$renames"
finish
