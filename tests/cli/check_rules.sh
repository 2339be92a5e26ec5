#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Every rule of check: what fixtures/rules says that it finds, what comes near and is not found, and
# what --fix makes of it; and the same for the examples of docs/rules.md, which are extracted here.

# shellcheck disable=SC3043 # dash has local
# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"

# findings RULE FOLDER: runs check there; the lines of that rule go to $T/found, all to $T/all.
findings() {
	cd "$2" || exit 99
	case $1 in
	version-gap) wl check --rule version-gap=info ;;
	*) wl check ;;
	esac
	grep -E '^[^ ].*: (error|warning|info): .* \[[a-z0-9-]+\]$' "$T/out" >"$T/all"
	grep -F "[$1]" "$T/all" >"$T/found"
	cd "$T/w" || exit 99
}

# triggers RULE FOLDER EXPECTED
triggers() {
	findings "$1" "$2"
	tap_command="wlsync check in $2"
	tap_same "$1: is found, there" "$T/found" <"$3"
}

# near RULE FOLDER: nothing is found, not even by another rule.
near() {
	findings "$1" "$2"
	tap_command="wlsync check in $2"
	tap_same "$1: a near miss is not found" "$T/all" </dev/null
	exits 0 "$1: a near miss"
}

# fixed RULE TRIGGERS FIXED: a copy of the first folder becomes the second, and stays so.
fixed() {
	rm -rf "$T/fix"
	cp -r "$2" "$T/fix"
	chmod -R u+w "$T/fix"
	cd "$T/fix" || exit 99
	wl check --fix
	ok "$1: --fix mends it" diff -r "$3" "$T/fix"
	wl check --fix
	ok "$1: --fix leaves what is mended" diff -r "$3" "$T/fix"
	findings "$1" "$T/fix"
	tap_same "$1: nothing of it is left" "$T/found" </dev/null
	cd "$T/w" || exit 99
}

# try RULE FOLDER EXPECTED: FOLDER holds triggers, near-miss and perhaps fixed.
try() {
	local folder="$2"
	# Outside of any repository, as users' copies are.
	rm -rf "$T/case"
	cp -r "$folder" "$T/case"
	chmod -R u+w "$T/case"
	triggers "$1" "$T/case/triggers" "$3"
	near "$1" "$T/case/near-miss"
	[ ! -d "$folder/fixed" ] || fixed "$1" "$T/case/triggers" "$T/case/fixed"
}

# ---- what there is ----

wl --json check --list-rules
exits 0 'check --list-rules'
jq -r '.rules[].name' "$T/out" | sort >"$T/rules"
find "$SRC/fixtures/rules" -mindepth 1 -maxdepth 1 -type d -exec basename {} \; | sort >"$T/folders"
sed -nE 's/^## ([a-z0-9-]+)$/\1/p' "$SRC/docs/rules.md" | sort >"$T/sections"
ok 'every rule has fixtures' diff "$T/rules" "$T/folders"
ok 'every rule has a section in docs/rules.md' diff "$T/rules" "$T/sections"

# ---- the examples of docs/rules.md ----

# A fence whose info string names a file is that file: under "Found" of triggers, under "Not found" of
# near-miss, under "How to mend" of fixed. One that says only `text` is what check prints.
mkdir "$T/doc"
awk -v to="$T/doc" '
	function open_file(path, escaped) {
		folder = file = to "/" rule "/" path
		sub(/\/[^\/]*$/, "", folder)
		system("mkdir -p \"" folder "\"")
		printf "" >file
		if (escaped)
			print file >(to "/escaped")
	}
	fence != "" && $0 == fence { fence = ""; close(file); next }
	fence != "" { print >file; next }
	/^## / { rule = $2 }
	/^### Found/ { part = "triggers" }
	/^### Not found/ { part = "near-miss" }
	/^### How to mend/ { part = "fixed" }
	/^```/ {
		match($0, /^`+/)
		fence = substr($0, 1, RLENGTH)
		if (NF > 1)
			open_file(part "/" $2, $3 == "escaped")
		else
			open_file("expected", 0)
	}
' "$SRC/docs/rules.md"
while IFS= read -r file; do
	# dash has no \c and \0 of its own that agree with those of the page.
	/usr/bin/printf '%b\n' "$(cat "$file")" >"$file.new"
	mv "$file.new" "$file"
done <"$T/doc/escaped"
rm "$T/doc/escaped"

while read -r rule; do
	try "$rule" "$SRC/fixtures/rules/$rule" "$SRC/fixtures/rules/$rule/expected"
	note 'docs/rules.md:'
	try "$rule" "$T/doc/$rule" "$T/doc/$rule/expected"
done <"$T/rules"

# ---- whole folders ----

fresh workspace
fixture workspace
wl check
exits 0 'fixtures/workspace has no faults'
grep -E '\[[a-z0-9-]+\]$' "$T/out" >"$T/all"
tap_same 'and nothing is found there' "$T/all" </dev/null

fresh seed
fixture seed
wl check advanced-patterns.md
grep -E '\[(contradiction|regression)\]$' "$T/out" >"$T/all"
tap_same 'the seed tells of two hit rates, and of a latency that got worse in v5' "$T/all" <<'EOF'
advanced-patterns.md:83:18: warning: Cache hit rate: 85% (v3) against 60% (v7) [contradiction]
advanced-patterns.md:88:51: warning: API latency got worse: 250ms (v5), after 180ms (v3) [regression]
EOF

# The seed's dead ends and refuted hypotheses, tried again by a later entry.
{
	printf '# Leak Work Log\n\n## v3 | 2025-11-06 16:20 | Leak found\n\n'
	sed -n '/^### Bug: Memory leak/,/^\*\*Solution/p' "$SRC/fixtures/seed/advanced-patterns.md"
	printf '\n## v4 | 2025-11-10 09:00 | Leak is back\n\n**Next:**\n'
	printf -- '- [HIGH] Try GC tuning\n- [MED] Object pool optimization\n- [LOW] Large objects retained?\n'
} >Leak-WorkLog.md
wl check Leak-WorkLog.md
grep -E '\[(dead-end|refuted)-again\]$' "$T/out" >"$T/all"
tap_same "the seed's dead ends are known again" "$T/all" <<'EOF'
Leak-WorkLog.md:20:10: warning: this was a dead end in v3 (line 13): "GC tuning" [dead-end-again]
Leak-WorkLog.md:21:9: warning: this was a dead end in v3 (line 13): "object pool optimization" [dead-end-again]
Leak-WorkLog.md:22:9: warning: this was refuted in v3 (line 8): "Large objects retained" [refuted-again]
EOF

finish
