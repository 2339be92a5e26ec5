#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# Several wlsync add at the same time: no entry is lost, no number given twice, also when some are
# killed, and nothing is left behind.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"

count=20

# add_all: `count` of them at once; what each said is in $T/said/.
add_all() {
	rm -rf "$T/said"
	mkdir "$T/said"
	pids=
	i=0
	while [ "$i" -lt "$count" ]; do
		i=$((i + 1))
		"$WLSYNC" add A --no-edit --title "T$i" >"$T/said/$i" 2>&1 &
		pids="$pids $!"
	done
}

# The titles that stand in the log, in order.
titles() {
	sed -nE 's/^## v[0-9]+ \| .* \| (T[0-9]+)$/\1/p' A-WorkLog.md | sort -V
}

# numbers WHAT: versions of the log and of its frontmatter follow each other.
numbers() {
	sed -nE 's/^## v([0-9]+) .*/\1/p' A-WorkLog.md >"$T/numbers"
	is "$1: each number once, in order" "$(cat "$T/numbers")" "$(seq "$(wc -l <"$T/numbers")")"
	is "$1: the frontmatter has the last" "$(sed -n 's/^version: v//p' A-WorkLog.md)" \
		"$(tail -1 "$T/numbers")"
}

log() {
	fresh "$1"
	"$WLSYNC" init A --no-edit >/dev/null
}

log all
add_all
for pid in $pids; do
	wait "$pid" || fail "one of them ended with $?"
done
is "all are there" "$(titles | wc -l)" "$count"
is "each title once" "$(titles | uniq -d)" ''
numbers "all"
is "each was told its own number" "$(sed -nE 's/.*: v([0-9]+) added.*/\1/p' "$T/said"/* | sort -n)" \
	"$(seq 2 $((count + 1)))"
is "nothing is left behind" "$(ls -A)" A-WorkLog.md
wl check
exits 0 "the log is clean"

# ---- the file in another folder, by a link ----

log link
mkdir real
mv A-WorkLog.md real
ln -s real/A-WorkLog.md A-WorkLog.md
i=0
pids=
while [ "$i" -lt 10 ]; do
	i=$((i + 1))
	"$WLSYNC" add A-WorkLog.md --no-edit --title "T$i" >/dev/null 2>&1 &
	"$WLSYNC" add real/A-WorkLog.md --no-edit --title "T$i$i" >/dev/null 2>&1 &
	pids="$pids $!"
done
wait
is "through a link and without: all are there" "$(titles | wc -l)" 20
numbers "through a link"

# ---- a log that is only made ----

fresh making
i=0
while [ "$i" -lt 30 ]; do
	i=$((i + 1))
	"$WLSYNC" init "L$i" --no-edit >/dev/null 2>&1 &
	"$WLSYNC" init "L$i" --no-edit >/dev/null 2>&1 &
	"$WLSYNC" add "L$i-WorkLog.md" --no-edit --title Mine >"$T/made$i" 2>&1
	wait
	if grep -q ' added' "$T/made$i" && ! grep -q '| Mine$' "L$i-WorkLog.md"; then
		fail "the entry of L$i was overwritten by init"
	fi
done
is "each log is made once" "$(grep -l '^# L[0-9]* Work Log$' L*-WorkLog.md | wc -l)" 30

# ---- some are killed ----

log killed
add_all
n=0
for pid in $pids; do
	n=$((n + 1))
	[ $((n % 3)) -ne 0 ] || kill -9 "$pid" 2>/dev/null
done
wait
numbers "killed"
for file in "$T/said"/*; do
	! grep -q ' added' "$file" || echo "T${file##*/}"
done | sort >"$T/promised"
titles | sort >"$T/titles"
is "killed: what was said to be added is there" "$(comm -13 "$T/titles" "$T/promised")" ''
wl add A --no-edit --title After
exits 0 "the next one is not held up"

# ---- it waits for another one, and reads again what that one wrote ----

log held
if command -v flock >/dev/null; then
	flock . sh -c '
		touch "$1/locked"
		while [ ! -e "$1/go" ]; do sleep 0.05; done
		printf "\n## v2 | 2025-11-14 11:00 | Other\n" >>A-WorkLog.md
	' sh "$T" &
	while [ ! -e "$T/locked" ]; do sleep 0.05; done
	"$WLSYNC" add A --no-edit --title Mine >"$T/out" 2>"$T/err" &
	mine=$!
	sleep 0.5
	is "nothing is written while another one writes" "$(grep -c '^## ' A-WorkLog.md)" 1
	wl add A --dry-run
	exits 0 "--dry-run does not wait"
	touch "$T/go"
	wait "$mine"
	status=$?
	exits 0 "it goes on afterwards"
	is "with the next number" "$(sed -nE 's/^## (v[0-9]+) .*(Other|Mine)$/\1 \2/p' A-WorkLog.md | tr '\n' ' ')" \
		'v2 Other v3 Mine '
	wait
else
	skip "waiting" "flock(1) is not installed"
fi

# ---- a folder that may not be written ----

log readonly
chmod a+w A-WorkLog.md
chmod a-w .
wl_nobody add A --no-edit
exits 2 "a read-only folder"
err_has "is said" 'A-WorkLog.md: cannot write a temporary file beside it: Permission denied'
chmod u+w .
finish
