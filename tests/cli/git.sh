#!/bin/sh
# SPDX-License-Identifier: MIT
#
# In a git repository: what git ignores, revisions, branches, worktrees.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

files='[.nodes[].file] | sort'

fresh repo
git_init
wlog A 1 in_progress 10
wlog docs/B 1 in_progress 20 A-WorkLog-v1
wlog build/C 1 in_progress 30
wlog sub/scratch/D 1 in_progress 40
wlog sub/E 1 in_progress 50
wlog kept/F 1 in_progress 60
printf 'build/\nkept/*\n!kept/F-WorkLog.md\n' >.gitignore
printf 'scratch\n' >sub/.gitignore
mkdir -p .git/info
echo 'G-*' >>.git/info/exclude
wlog G 1 in_progress 70
wl graph --json
json_is "what git ignores is left out" "$files" \
	'["A-WorkLog.md","docs/B-WorkLog.md","kept/F-WorkLog.md","sub/E-WorkLog.md"]'
cp "$T/out" "$T/root"
wl -C sub graph --json
ok "from a folder below, the whole work tree" cmp "$T/out" "$T/root"
cd sub || exit 99
wl graph --json
ok "standing in a folder below, too" cmp "$T/out" "$T/root"
wl graph --json ..
json_is "a path is taken from where one stands; files are told from the root" "$files" \
	'["A-WorkLog.md","docs/B-WorkLog.md","kept/F-WorkLog.md","sub/E-WorkLog.md"]'
wl graph --json .
json_is "one folder of the work tree" "$files" '["sub/E-WorkLog.md"]'
cd ..
wl graph --json build/C-WorkLog.md
json_is "an ignored file that is named is taken" "$files" '["build/C-WorkLog.md"]'

git_commit first
wlog A 2 in_progress 90
wlog H 1 in_progress 5
git_commit second
rm A-WorkLog.md
wl graph --json --rev HEAD
json_is "--rev HEAD reads the commit, not the disk" \
	'[.nodes[] | [.id, .version]]' '[["A",2],["B",1],["E",1],["F",1],["H",1]]'
wl graph --json --rev HEAD~1
json_is "--rev HEAD~1" '[.nodes[] | [.id, .version]]' '[["A",1],["B",1],["E",1],["F",1]]'
valid_json "--rev: valid" graph
for command in graph status next; do
	wl "$command" --rev HEAD~1
	exits 0 "$command --rev"
	out_has "$command --rev shows A" A
done
wl graph --json --rev HEAD -- docs
json_is "--rev with a folder" "$files" '["docs/B-WorkLog.md"]'
wl graph --rev nonsense
exits 2 "--rev of a revision that is not there"
err_has "it is named" nonsense
git checkout -q -- A-WorkLog.md

git checkout -q -b feature
wlog A 3 in_progress 95
wlog Only 1 in_progress 1
git_commit "on the branch"
git checkout -q main
wl graph --json --all-branches
exits 0 "--all-branches"
valid_json "--all-branches" graph
json_is "a log that differs is shown once for each state" \
	'[.nodes[] | select(.name == "A") | [.id, .version]]' '[["A@feature",3],["A@main",2]]'
json_is "a log that is the same is shown once" '[.nodes[] | select(.name == "E") | .id]' '["E"]'
json_is "a log of one branch is there" '[.nodes[] | select(.name == "Only") | .id] | length' 1
wl graph --all-branches
exits 0 "--all-branches as text"

git worktree add -q "$T/tree" feature
cd "$T/tree" || exit 99
wl graph --json
json_is "a linked worktree shows its own files" '[.nodes[] | [.id, .version]]' \
	'[["A",3],["B",1],["E",1],["F",1],["H",1],["Only",1]]'
wl graph --json --rev main
json_is "and revisions of the repository" '[.nodes[] | select(.id == "A") | .version]' '[2]'
git clone -q --bare "$T/repo" "$T/bare.git" 2>/dev/null
cd "$T/bare.git" || exit 99
wl graph --json --rev main
json_is "--rev in a bare repository" '[.nodes[] | select(.id == "A") | .version]' '[2]'

fresh empty
git_init
wl graph
exits 0 "a repository without a commit"
wl graph --rev HEAD
exits 2 "--rev HEAD without a commit"
wl graph --all-branches
exits 0 "--all-branches without a branch"

fresh plain
wlog A 1 in_progress 10
wl graph --rev HEAD
exits 2 "--rev outside of a repository"
wl graph --all-branches
exits 2 "--all-branches outside of a repository"

fresh nested
git_init
wlog A 1 in_progress 10
mkdir inner
cd inner || exit 99
git_init
wlog B 1 in_progress 10
git_commit inner
cd ..
wl -C inner graph --json
json_is "a repository within: its own work tree" "$files" '["B-WorkLog.md"]'
printf 'garbage\n' >.git/HEAD
wl graph
ok "a broken repository: no crash" test "$status" -le 2
finish
