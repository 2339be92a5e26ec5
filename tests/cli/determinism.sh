#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Identical input, identical bytes: between two runs, in every locale, in any time zone, in
# whatever order the folder lists its files.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"

cp -r "$SRC/fixtures/workspace" "$SRC/fixtures/faults" .
locales=$(locale -a | grep -xiE 'C|C\.utf-?8|tr_TR\.utf-?8|de_DE\.utf-?8')

# A locale that folds I to dotless i, where it can be made.
if ! echo "$locales" | grep -qi tr_TR && command -v localedef >/dev/null &&
	localedef -i tr_TR -f UTF-8 "$T/tr_TR.UTF-8" 2>/dev/null; then
	export LOCPATH="$T"
	locales="$locales tr_TR.UTF-8"
fi
note "locales: $locales"

# The same files, created in the other order.
mkdir reversed
for folder in workspace faults; do
	mkdir "reversed/$folder"
	(cd $folder && find . -type f | sort -r) | while IFS= read -r file; do
		mkdir -p "reversed/$folder/$(dirname "$file")"
		cp "$folder/$file" "reversed/$folder/$file"
	done
done

for command in 'graph' 'graph --json' 'graph --format dot' 'graph --format mermaid' \
	'graph --format tsv' 'graph --format tree' 'graph --history --mentions --overlaps --json' \
	'graph --entries --json' 'graph --plain' 'rename Auth-Refactor Sign' 'rename Search Find --json' 'status' 'status --json' 'next' 'next --json' \
	'next --explain' 'prime' 'prime --json' 'check' 'check --json' 'check --format sarif' 'check --format github' 'trends' 'trends --json' 'trends --format csv' 'trends --format svg'; do
	for folder in workspace faults; do
		cd "$T/w/$folder" || exit 99
		# shellcheck disable=SC2086 # words
		wl $command
		cp "$T/out" "$T/first"
		# shellcheck disable=SC2086
		wl $command
		ok "$folder: $command: two runs" cmp "$T/first" "$T/out"
		for locale in $locales; do
			# shellcheck disable=SC2086
			LC_ALL=$locale LANG=$locale wl $command
			ok "$folder: $command: in $locale" cmp "$T/first" "$T/out"
		done
		# shellcheck disable=SC2086
		TZ=Pacific/Auckland wl $command
		ok "$folder: $command: elsewhere on earth" cmp "$T/first" "$T/out"
		cd "$T/w/reversed/$folder" || exit 99
		# shellcheck disable=SC2086
		wl $command
		ok "$folder: $command: files made in another order" cmp "$T/first" "$T/out"
	done
done
# What rename writes.
for locale in $locales; do
	for folder in "$T/w/workspace" "$T/w/reversed/workspace"; do
		rm -rf "$T/renamed"
		cp -r "$folder" "$T/renamed"
		LC_ALL=$locale LANG=$locale wl -C "$T/renamed" rename load_testing Load --yes
		exits 0 "rename in $locale"
		[ -e "$T/renamed.first" ] || cp -r "$T/renamed" "$T/renamed.first"
		ok "rename in $locale writes the same" diff -r "$T/renamed.first" "$T/renamed"
	done
done
for format in json dot mermaid tsv; do
	cd "$T/w/workspace" || exit 99
	WLSYNC_NOW=2025-11-14T12:00:00Z wl graph --format $format
	cp "$T/out" "$T/first"
	WLSYNC_NOW=2031-01-01T00:00:00Z wl graph --format $format
	ok "graph --format $format does not depend on the time" cmp "$T/first" "$T/out"
done
finish
