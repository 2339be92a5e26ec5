#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The layers hold: no layer includes one above or beside it, a library is included only where
# the design says, and every header compiles alone. TAP; run from anywhere, SRC is the tree,
# CC the compiler.

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

# What each layer may include: itself and these.
allowed() {
	case $1 in
	base) echo base ;;
	doc) echo base doc ;;
	merge) echo base doc merge ;;
	graph) echo base doc graph ;;
	trends) echo base doc graph trends ;;
	check) echo base doc merge graph trends check ;;
	diff) echo base doc merge diff ;;
	plan) echo base doc graph plan ;;
	io | git | net | draw) echo base "$1" ;;
	tracker) echo base doc graph plan net tracker ;;
	render) echo base doc merge graph trends check diff plan render ;;
	cli) echo base doc merge graph trends check diff plan io git net draw tracker render cli ;;
	*) echo "" ;;
	esac
}

# The layer of an include, of "wlsync/NAME.h" (which says so itself) or "LAYER/NAME.h".
layer_of() {
	case $1 in
	wlsync/*) sed -nE 's/^ \* Layer: ([a-z]+)\..*/\1/p' "include/$1" | head -1 ;;
	*/*) echo "${1%%/*}" ;;
	*) echo "" ;; # same folder
	esac
}

ours() {
	sed -nE 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*"([^"]+)".*/\1/p' "$1"
}

# The merge engine stands at the top of the tree, all other layers in src/.
folder_of() {
	case $1 in
	merge) echo merge ;;
	*) echo "src/$1" ;;
	esac
}

check_layer() {
	for file in "$(folder_of "$1")"/*.[ch]; do
		[ -f "$file" ] || continue
		for name in $(ours "$file"); do
			layer=$(layer_of "$name")
			case " $1 $(allowed "$1") " in
			*" ${layer:-$1} "*) ;;
			*) echo "$file includes \"$name\", which $1 may not" ;;
			esac
		done
	done
}

for folder in src/*/ merge/; do
	layer=$(basename "$folder")
	[ -n "$(allowed "$layer")" ] || verdict "layer $layer is known to this check" "add it to allowed()"
	verdict "$(folder_of "$layer") includes only what it may" "$(check_layer "$layer")"
done

# Public headers see public headers of their own or a lower layer.
public=
for file in include/wlsync/*.h; do
	layer=$(layer_of "wlsync/${file##*/}")
	for name in $(ours "$file"); do
		case " $layer $(allowed "$layer") " in
		*" $(layer_of "$name") "*) ;;
		*) public="$public$file includes \"$name\"
" ;;
		esac
		case $name in
		wlsync/*) ;;
		*) public="$public$file includes the private \"$name\"
" ;;
		esac
	done
done
verdict "public headers include public headers of lower layers" "$public"

# only LIBRARY HEADER-REGEX WHERE-REGEX
only() {
	found=$(grep -rnE "^[[:space:]]*#[[:space:]]*include[[:space:]]*<($2)>" src merge include |
		grep -vE "^($3):")
	verdict "$1 is included only in $3" "$found"
}

only libyaml 'yaml\.h' 'src/doc/frontmatter\.c'
only libgit2 'git2(/.*)?(\.h)?' 'src/git/[a-z0-9_]+\.[ch]'
only utf8proc 'utf8proc\.h' 'src/base/utf8\.c'
only xxhash 'xxhash\.h' 'src/base/map\.c'
only jansson 'jansson\.h' 'src/(net|tracker|plan)/[a-z0-9_]+\.[ch]'
only curl 'curl/.*' 'src/net/[a-z0-9_]+\.[ch]'
only libcairo 'cairo/.*' 'src/draw/module_[a-z]+\.c'
only libgvc 'graphviz/.*|gvc\.h' 'src/render/svg\.c'

# The core neither reads nor prints nor asks the time or the environment.
core=$(grep -nE '(^|[^.>a-z_])(printf|puts|putchar|fopen|open|read|getenv|time|clock_gettime|exit|setlocale) *\(' \
	src/base/*.c src/doc/*.c src/graph/*.c src/trends/*.c src/check/*.c src/diff/*.c src/plan/*.c merge/*.c 2>/dev/null |
	grep -vE ':[[:space:]]*/?\*')
verdict "base, doc, merge, graph and plan do no input, no output, ask no clock and no environment" "$core"

# Every header compiles alone.
for header in include/wlsync/*.h src/*/*.h merge/*.h; do
	[ -f "$header" ] || continue
	errors=$(echo "#include \"$header\"" | ${CC:-cc} -std=c17 -D_XOPEN_SOURCE=700 -Wall -Wextra \
		-fsyntax-only -Iinclude -Isrc -I. -x c - 2>&1)
	verdict "$header compiles alone" "$errors"
done

echo "1..$count"
[ "$failed" -eq 0 ]
