#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What README.md claims is true: its examples come out as shown, its commands build the program,
# its lists of packages are those of tests/run-all.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
readme=$SRC/README.md

# block PATTERN: the code block whose first line matches it.
block() {
	awk -v p="$1" '/^```/ { if (inside) { if (hit) exit; inside = 0 } else { inside = 1; first = 1 } next }
		inside && first { hit = ($0 ~ p); first = 0 }
		inside && hit' "$readme"
}

mkdir fixtures
cp -r "$SRC/fixtures/workspace" fixtures
block '^\$ wlsync' >"$T/blocks"
ok "there is an example" test "$(wc -l <"$T/blocks")" -gt 5

# Each "$ wlsync …" of the example, with what follows it up to the next or a blank line before it.
grep -n '^\$ wlsync ' "$T/blocks" | while IFS=: read -r line command; do
	tail -n +$((line + 1)) "$T/blocks" | awk '/^\$ /{ exit } { print }' |
		sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' >"$T/example.$line"
	echo "$line ${command#\$ wlsync }" >>"$T/examples"
done
while read -r line arguments; do
	# shellcheck disable=SC2086 # words
	wl $arguments
	exits 0 "wlsync $arguments"
	out_is "wlsync $arguments comes out as shown" <"$T/example.$line"
done <"$T/examples"

# The build command, as written, on a copy; installing is another's business.
command=$(block 'apt-get install')
is "the build command is one line" "$(echo "$command" | wc -l)" 1
packages=$(echo "$command" | sed -E "s/.*apt-get install -y ([^']*)'.*/\\1/")
wanted=$(awk '/^build_packages=\(/, /\)/' "$SRC/tests/run-all" | sed 's/build_packages=(//; s/)//' | xargs)
is "it installs what tests/run-all builds with" "$packages" "$wanted"
mkdir -p "$T/stubs" copy
printf '#!/bin/sh\nexit 0\n' | tee "$T/stubs/apt-get" >"$T/stubs/apt"
printf '#!/bin/sh\nexec "$@"\n' >"$T/stubs/sudo"
chmod +x "$T"/stubs/*
(cd "$SRC" && tar -c meson.build meson_options.txt include merge src docs fixtures tests) | tar -x -C copy
cd copy || exit 99
# As written; that it compiles without a warning when optimized is for the build of this test.
CFLAGS='-O0 -g0' PATH="$T/stubs:$PATH" sh -c "$command" >"$T/out" 2>"$T/err" </dev/null
status=$?
tap_command=$command
exits 0 "the build command"
"$WLSYNC" graph fixtures/workspace >"$T/want"
ok "and shows the graph" sh -c "tail -n $(wc -l <"$T/want") '$T/out' | cmp - '$T/want'"
is "the test command is there" "$(block 'run-all')" 'tests/run-all --install'
ok "and is what .ci/run runs" grep -qxF 'exec tests/run-all --install' "$SRC/.ci/run"

# Every file that the documentation names is there (CASE, LAYER, TARGET stand for any).
for document in README.md CONTRIBUTING.md docs/architecture.md docs/adding-a-field.md; do
	missing=$(grep -oE '(\]\(|`)[A-Za-z0-9_./-]+(\)|`)' "$SRC/$document" | tr -d '[]()`' |
		grep -E '^(docs|include|merge|src|tests|fixtures|\.ci)/' | grep -vE '/[A-Z]+/?$' | sort -u |
		while read -r path; do [ -e "$SRC/$path" ] || echo "$path"; done)
	is "$document names only what is there" "$missing" ""
done
finish
