#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# wlsync check PATH…: what is judged, what is read besides, and how places are named.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

# sub/A needs a log that is nowhere, so that wlsync looks everywhere; other/B has a fault, too.
dangling() {
	fresh "$1"
	wlog sub/A 1 in_progress 10 'Nope-WorkLog-v5'
	wlog sub/Clean 1 in_progress 10
	wlog other/B 1 in_progress 10 'Nought-WorkLog-v5'
}

# judged WHAT FINDINGS: they are these, each "FILE [rule];".
judged() {
	is "$1" "$(sed -nE 's/^([^:]+):.* (\[[a-z-]+\])$/\1 \2/p' "$T/out" | sort | tr '\n' ';')" "$2"
}

both='other/B-WorkLog.md [dangling-ref];sub/A-WorkLog.md [dangling-ref];'
one='sub/A-WorkLog.md [dangling-ref];'

# ---- a folder of a work tree ----

dangling tree
git init -q .
for path in sub ./sub "$PWD/sub" sub/A-WorkLog.md sub/../sub; do
	wl check --plain "$path"
	exits 1 "check $path"
	judged "check $path: what is in it, and nothing else" "$one"
	err_lacks "check $path: there is a log" 'no WorkLog found'
done
wl check --plain sub
out_has "all logs of the folder are judged" '1 error in 1 of 2 logs'
for path in . "$PWD"; do
	wl check --plain "$path"
	exits 1 "check $path"
	judged "check $path: everything" "$both"
done
cd sub || exit 99
wl check --plain ..
judged "check ..: everything" "$both"
wl check --plain .
judged "check . in a folder" "$one"
cd ..
wl check --plain sub other
judged "two folders" "$both"
wl check --plain sub sub/A-WorkLog.md "$PWD/sub/A-WorkLog.md"
judged "a folder and its file" "$one"
cat >other/notes-WorkLog.md <<-'END'
	---
	name: Nope
	version: v5
	status: in_progress
	---

	# Nope Work Log

	## v5 | 2025-11-10 10:00 | Work

	**Now:** x
END
wl check --plain sub
exits 0 "a log that has its name from its frontmatter is found from a folder"
judged "and nothing is left" ''

# ---- outside of a work tree ----

dangling plain
wl check --plain sub
judged "outside: a folder" 'A-WorkLog.md [dangling-ref];'
wl check --plain sub other
judged "outside: two folders" "$both"
wl check --plain .
judged "outside: the current folder" "$both"

fresh elsewhere
wlog x/A 1 in_progress 10 'B-WorkLog-v2'
wlog y/B 2 in_progress 10
wlog y/Faulty 1 in_progress 10 'Nope-WorkLog-v5'
wl check --plain x/A-WorkLog.md
exits 0 "a log below the current folder is known"
judged "and the rest is not judged" ''
wl check --plain "$PWD/x/A-WorkLog.md"
exits 0 "of a file by its absolute path, too"
wl check --plain x y/B-WorkLog.md
exits 0 "of a folder among several paths, too"
cd x || exit 99
wl check --plain A-WorkLog.md
exits 1 "what lies beside the current folder is not"
cd ../y || exit 99
wl check --plain ../x/A-WorkLog.md
exits 1 "nor for a file that lies elsewhere"
cd ..
wlog .hidden/A 1 in_progress 10 'C-WorkLog-v1'
wlog .hidden/C 1 in_progress 10
wl check --plain .hidden/A-WorkLog.md
exits 0 "a file's own folder is looked in, though it is hidden"

# ---- what is read for a file's sake ----

# What its dependencies depend on is of no interest, and no file without the name is parsed: one
# that cannot be read would be an error.
fresh seek
git init -q .
wlog A 1 in_progress 10 'B-WorkLog-v1'
wlog B 1 in_progress 10 'Nope-WorkLog-v1'
wlog C 1 in_progress 10 'A-WorkLog-v1'
ln -s nowhere Broken-WorkLog.md
wl check --plain A-WorkLog.md
exits 0 "a dependency that has a fault of its own"
judged "is not judged" ''
wl check
exits 2 "everything is read when nothing is named"
rm Broken-WorkLog.md
wlog deep/E 1 in_progress 10 'F-WorkLog-v1' 'Renamed-WorkLog-v1' 'Headed-WorkLog-v1' 'Older-WorkLog-v1'
wlog other/F 1 in_progress 10
wlog other/Is-Now 1 in_progress 10
sed -i '2i name: renamed' other/Is-Now-WorkLog.md
wlog other/Newer 1 in_progress 10
sed -i '2i aliases: [Old, "OLDER"]' other/Newer-WorkLog.md
wlog other/Headed 1 in_progress 10
mv other/Headed-WorkLog.md other/notes.md
wl check --plain deep/E-WorkLog.md
exits 0 "dependencies by a file's name, a frontmatter's name, a heading, an alias"
judged "are all found" ''
wlog deep/G 1 in_progress 10 'Autentication-WorkLog-v1' 'Is-Later-WorkLog-v1'
wlog other/Authentication 1 in_progress 10
wlog other/Is-Late 1 in_progress 10
wl check deep/G-WorkLog.md
exits 1 "a name that is misspelt"
out_has "is told the right one" 'did you mean "Authentication"?'
out_has "and so is another" 'did you mean "Is-Late"?'

# ---- files that a log of a package names ----

fresh packages
git init -q .
mkdir -p src packages/web/src packages/web/docs packages/src
touch src/main.ts packages/web/src/index.ts packages/web/notes.ts
file packages/web/docs/W-WorkLog.md <<-'END'
	# W Work Log

	## v1 | 2025-11-10 10:00 | Work

	**Files:**
	- `src/index.ts` (the package's)
	- `web/src/index.ts`
	- `packages/web/src/index.ts`
	- `src/main.ts`
END
wl check
judged "from the folders between a log's and the root" ''
printf -- '- `src/third.ts`\n' >>packages/web/docs/W-WorkLog.md
wl check --plain
judged "what is nowhere is missing" 'packages/web/docs/W-WorkLog.md [missing-file];'
rm -r src packages/web/src
wl check --plain --rule missing-file=error packages/web/docs/W-WorkLog.md
out_lacks "a folder between says nothing of what is not in it" 'src/third.ts'

# ---- one file in two spellings ----

dangling twice
for second in "$PWD/sub/A-WorkLog.md" ./sub/A-WorkLog.md sub/../sub/A-WorkLog.md sub//A-WorkLog.md; do
	wl check --plain sub/A-WorkLog.md "$second"
	judged "sub/A-WorkLog.md and $second" "$one"
	out_has "are one log" 'in 1 of 1 log'
done
wl check --plain "$PWD/sub" sub/A-WorkLog.md
judged "a folder, absolute, and its file" "$one"
wl check --plain . "$PWD/sub/A-WorkLog.md"
judged "the current folder and an absolute file" "$both"
wl check --plain "$PWD/sub/A-WorkLog.md" "$PWD/sub/../sub/A-WorkLog.md"
judged "two absolute ones" "$PWD/$one"
ln -s sub link
wl check --plain link/A-WorkLog.md sub/A-WorkLog.md
judged "through a link" "$one"
wl check --plain sub/A-WorkLog.md sub/Nope.md
exits 2 "one of them missing"
err_has "is named" 'sub/Nope.md'

# ---- .wlsync ----

fresh settings
wlog A 1 in_progress 10
printf '[check]\n\tno-summary = off\n\tdangling-reff = warning\n' >.wlsync
wl check
exits 2 "an unknown rule in .wlsync"
err_is "names file, line and the rule that is meant" <<-'END'
	wlsync: .wlsync:3: no rule "dangling-reff"; did you mean dangling-ref?
END
mkdir sub
cd sub || exit 99
wl -C .. check --list-rules
err_has "with -C" 'wlsync: .wlsync:3: no rule'
cd ..
rm .wlsync
git init -q .
git config wlsync.check.nosuch off
wl check
exits 2 "an unknown rule in git's configuration"
err_has "is said to be there" "git's configuration: no rule \"nosuch\""

# ---- the hook's folder ----

fresh hook
git init -q .
git config core.hooksPath "$PWD/none/hooks"
wl install --hook
exits 2 "a folder of hooks that cannot be made"
err_has "in plain words" 'none/hooks: cannot make it: No such file or directory'
finish
