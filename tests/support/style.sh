#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What no compiler says: size of files, the first lines, words that must not stay, shell
# scripts by shellcheck. TAP. (The size of functions is clang-tidy's: see .clang-tidy.)

set -u
SRC=${SRC:-$(cd "${0%/*}/../.." && pwd)}
cd "$SRC" || exit 99
count=0
failed=0

verdict() {
	count=$((count + 1))
	if [ -z "$2" ]; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
		failed=$((failed + 1))
	fi
}

sources() {
	find include merge src tests -name '*.[ch]' -type f | sort
}

scripts() {
	find tests .ci -type f | sort | while IFS= read -r file; do
		case $(head -c 20 "$file" | head -1 | tr -d '\0') in
		'#!/bin/sh'* | '#!/bin/bash'* | '#!/usr/bin/env bash'* | '#!/usr/bin/env sh'*)
			echo "$file"
			;;
		esac
	done
}

verdict "no C file is over 600 lines" \
	"$(sources | xargs wc -l | awk '$2 != "total" && $1 > 600 { print $2 ": " $1 " lines" }')"
verdict "every C file begins with its license" \
	"$(sources | while read -r file; do
		head -1 "$file" | grep -qxF '/* SPDX-License-Identifier: MIT */' || echo "$file"
	done)"
verdict "every script says its license" \
	"$(scripts | while read -r file; do
		head -3 "$file" | grep -qF 'SPDX-License-Identifier: MIT' || echo "$file"
	done)"
verdict "every C file names its layer or its place in the tests" \
	"$(find include merge src -name '*.[ch]' | sort | xargs grep -LE '^ \* Layer: [a-z]+\.')"
verdict "nothing is left for later" \
	"$(sources | xargs grep -nE '\b(TODO|FIXME|HACK)\b|XXX:')"
verdict "no unbounded or locale-bound function is called" \
	"$(find merge src -name '*.[ch]' | sort |
		xargs grep -nE '\b(strcpy|strcat|sprintf|vsprintf|gets|atoi|strtok|system|popen|setlocale|isalpha|isdigit|isspace|tolower|toupper)[[:space:]]*\(')"
if command -v shellcheck >/dev/null; then
	verdict "shellcheck finds nothing" "$(scripts | xargs shellcheck -x -f gcc 2>&1)"
else
	count=$((count + 1))
	echo "ok $count - shellcheck finds nothing # SKIP shellcheck is not installed"
fi

echo "1..$count"
[ "$failed" -eq 0 ]
