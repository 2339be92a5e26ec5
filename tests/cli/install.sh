#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC3043
#
# wlsync install: what it writes, takes back and finds; and what git then does with it.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

line='*WorkLog*.md merge=wlsync -text'

# diverge [FILE]: branches main and side that both add an entry to a log; main is checked out.
diverge() {
	local log="${1:-A-WorkLog.md}"
	git checkout -q -b side
	printf '\n## v2 | 2025-11-12 10:00 | Theirs\n\n**Next:**\n- [LOW] T\n' >>"$log"
	git_commit side
	git checkout -q main
	printf '\n## v2 | 2025-11-11 10:00 | Ours\n\n**Next:**\n- [LOW] O\n' >>"$log"
	git_commit ours
}

# ---- writing and taking back ----

fresh repo
git_init
printf '*.png binary' >.gitattributes
cp .git/config "$T/config"
cp .gitattributes "$T/attributes"
wl install
exits 0 "install"
out_has "it says what it set" '.git/config: merge.wlsync.driver set'
out_has "it says what it wrote" ".gitattributes: now says: $line"
is "the driver has a name" "$(git config merge.wlsync.name | wc -l)" 1
is "virtual ancestors are not merged by the driver" "$(git config merge.wlsync.recursive)" binary
ok "the other lines of .gitattributes stay" grep -qx '\*.png binary' .gitattributes
is "one line of ours" "$(grep -c merge=wlsync .gitattributes)" 1
ok "the line stands by itself" grep -qxF "$line" .gitattributes
is "git sees it" "$(git check-attr merge -- sub/A-WorkLog-v3.md)" \
	'sub/A-WorkLog-v3.md: merge: wlsync'
ok "no placeholder stands within quotes" sh -c "! git config merge.wlsync.driver | grep -q \"['\\\"]%\""
cp .git/config "$T/once"
wl install
exits 0 "install again"
out_has "twice is once" 'nothing to do'
ok "twice is once, byte for byte" cmp .git/config "$T/once"
wl install --check
exits 0 "--check: all is well"
wl install --uninstall
exits 0 "--uninstall"
ok "the configuration is what it was" cmp .git/config "$T/config"
ok ".gitattributes is what it was" cmp .gitattributes "$T/attributes"
wl install --uninstall
exits 0 "--uninstall again"
out_has "there is nothing to do" 'nothing to do'

fresh crlf
git_init
printf '*.png binary\r\n' >.gitattributes
cp .gitattributes "$T/attributes"
wl install
is "in a file with CRLF all lines end so" "$(grep -c "$(printf '\r')" .gitattributes)" 4
wl install --uninstall
ok "and it is what it was" cmp .gitattributes "$T/attributes"

fresh own
git_init
echo '*WorkLog*.md merge=wlsync' >.gitattributes
cp .gitattributes "$T/attributes"
wl install
ok "a line of the user's own is enough" cmp .gitattributes "$T/attributes"
wl install --uninstall
ok "and stays" cmp .gitattributes "$T/attributes"

fresh new
git_init
wl install --json
exits 0 "--json"
valid_json "--json" install
json_is "it lists the changes" '[.action, [.changes[].key]]' \
	'["install",["merge.wlsync.name","merge.wlsync.driver","merge.wlsync.recursive",null]]'
wl install --uninstall
ok "a .gitattributes that install made goes" test ! -e .gitattributes

# ---- line endings ----

for setting in '* text=auto' '*.md eol=crlf' '*.md text'; do
	fresh endings
	git_init
	echo "$setting" >.gitattributes
	wl install
	ok "where line endings are converted, they still are ($setting)" \
		grep -qxF '*WorkLog*.md merge=wlsync' .gitattributes
done
fresh endings
git_init
git config core.autocrlf true
wl install
ok "also with core.autocrlf" grep -qxF '*WorkLog*.md merge=wlsync' .gitattributes

# ---- what git does with it ----

fresh "a folder's name, with blanks"
git_init
wlog A 1 in_progress 10
wlog "sub folder/it's; \$(touch pwned) B" 1 in_progress 10
wl install
git_commit first
diverge "sub folder/it's; \$(touch pwned) B-WorkLog.md"
git merge -q side >"$T/merge.log" 2>&1
is "git merges by wlsync: clean" "$?" 0
is "both entries are there, with numbers of their own" \
	"$(grep -h '^## ' "sub folder/"*.md | cut -d' ' -f2 | tr '\n' ' ')" 'v1 v2 v3 '
ok "nothing of the name was run" test ! -e pwned
git reset -q --hard HEAD^
git worktree add -q "$T/other tree" main~0 --detach
(cd "$T/other tree" && git merge -q side) >"$T/merge.log" 2>&1
is "in a linked work tree too" "$?" 0

fresh gone
git_init
wlog A 1 in_progress 10
mkdir "$T/bin"
cp "$WLSYNC" "$T/bin/wlsync-copy"
WLSYNC_EXEC_PATH=$(dirname "$WLSYNC")/../git
export WLSYNC_EXEC_PATH
WLSYNC_KEPT=$WLSYNC
WLSYNC=$T/bin/wlsync-copy
wl install
WLSYNC=$WLSYNC_KEPT
git_commit first
diverge
rm "$T/bin/wlsync-copy"
git merge side >"$T/merge.log" 2>&1
is "without wlsync git stops at the conflict" "$?" 1
is "with its markers" "$(grep -c '^<<<<<<<\|^>>>>>>>' A-WorkLog.md)" 2
ok "both texts are there" sh -c 'grep -q Ours A-WorkLog.md && grep -q Theirs A-WorkLog.md'
ok "it is said" grep -q 'wlsync: not found' "$T/merge.log"
git merge --abort
printf '*WorkLog*.md conflict-marker-size=12\n' >>.gitattributes
git merge side >"$T/merge.log" 2>&1
ok "in the size that the attribute asks for" grep -q '^<<<<<<<<<<<< ' A-WorkLog.md
git merge --abort
git checkout -q .gitattributes
git config merge.conflictStyle diff3
git merge side >"$T/merge.log" 2>&1
ok "in the style that git is configured for" grep -q '^|||||||' A-WorkLog.md
git merge --abort
wl install --check
exits 1 "--check: the program is missing"
out_has "it is named" 'missing-program'
out_has "so is the style that the command does not have" '[style]'
unset WLSYNC_EXEC_PATH

fresh clean-without
git_init
wlog A 1 in_progress 10
wl install
git config merge.wlsync.driver "$(git config merge.wlsync.driver | sed "s,'[^']*wlsync',/nowhere/wlsync,g")"
git_commit first
git checkout -q -b side
sed -i 's/Go on/Go far/' A-WorkLog.md
git_commit side
git checkout -q main
sed -i 's/in_progress/blocked/' A-WorkLog.md
git_commit main
git merge -q side >"$T/merge.log" 2>&1
is "what merges by lines merges without wlsync" "$?" 0
ok "with both changes" sh -c 'grep -q "Go far" A-WorkLog.md && grep -q blocked A-WorkLog.md'

# ---- options ----

fresh options
git_init
git config merge.conflictStyle zdiff3
wl install --policy status=latest --policy progress=ours
exits 0 "--policy"
ok "policies are in the command" sh -c \
	'git config merge.wlsync.driver | grep -q -- "--policy=status=latest --policy=progress=ours"'
ok "so is the style" sh -c 'git config merge.wlsync.driver | grep -q -- "--style=zdiff3"'
wl install --policy status=nonsense
exits 2 "a bad --policy"
wl install --policy 'status=latest;touch pwned'
exits 2 "a --policy that is a command"
wl install --check --uninstall
exits 2 "--check and --uninstall"
wl install here
exits 2 "an argument"
cd "$T/w" || exit 99
wl install
exits 2 "outside of a repository"
err_has "it says what to do" '--global'

# ---- the user's configuration ----

fresh user
git_init
wl install --global
exits 2 "--global with a configuration that is a device"
ok "the device is still one" test -c /dev/null
export GIT_CONFIG_GLOBAL="$T/user.conf"
wl install --global
exits 0 "--global"
ok "it is in the user's file" grep -q 'merge "wlsync"' "$T/user.conf"
ok "and not in the repository's" sh -c '! grep -q wlsync .git/config'
ok "the attributes are the user's" grep -q merge=wlsync "$HOME/.config/git/attributes"
wl install --check
exits 0 "--check knows the user's files"
cd "$T/w" || exit 99
wl install --global
out_has "outside of a repository, too" 'nothing to do'
git config --global core.attributesFile "$T/deep/er/attributes"
wl install --global
ok "core.attributesFile is where git reads" grep -q merge=wlsync "$T/deep/er/attributes"
wl install --global --uninstall
exits 0 "--global --uninstall"
ok "nothing is left" sh -c "! grep -q '\"wlsync\"' '$T/user.conf' && test ! -e '$T/deep/er/attributes'"
export GIT_CONFIG_GLOBAL=/dev/null
rm -rf "$HOME/.config"

# ---- hooks ----

fresh hooks
git_init
wl install --hook
exits 0 "--hook"
ok "the hook can be run" test -x .git/hooks/pre-commit
wlog A 1 in_progress 10
git add -A
git commit -q -m first >"$T/commit.log" 2>&1
is "a commit works when wlsync is not in PATH" "$?" 0
wl install --hook
out_has "--hook twice is once" 'nothing to do'
chmod -x .git/hooks/pre-commit
wl install --check
exits 1 "--check: a hook that git does not run"
out_has "it is named" 'hook-not-executable'
wl install --hook
ok "--hook mends it" test -x .git/hooks/pre-commit
wl install --uninstall
ok "a hook that install made goes" test ! -e .git/hooks/pre-commit
mkdir mine
printf '#!/usr/bin/env bash\necho mine\nexit 0\n' >mine/pre-commit
chmod +x mine/pre-commit
cp mine/pre-commit "$T/mine"
git config core.hooksPath mine
wl install --hook
exits 0 "--hook with core.hooksPath"
is "another hook keeps its lines" "$(grep -cxF -e 'echo mine' -e 'exit 0' mine/pre-commit)" 2
mkdir -p "$T/bin2"
printf '#!/bin/sh\necho "check ran: $*" >&2\n[ "$2" = --help ]\n' >"$T/bin2/wlsync"
chmod +x "$T/bin2/wlsync"
echo x >x
git add x
PATH="$T/bin2:$PATH" git commit -q -m second >"$T/commit.log" 2>&1
is "a check that finds something stops the commit" "$?" 1
wl install --uninstall
ok "the other hook is what it was" cmp mine/pre-commit "$T/mine"
printf '#!/usr/bin/python3\nprint(1)\n' >mine/pre-commit
wl install --hook
exits 2 "a hook that is no shell script"
err_has "it is left alone, with advice" 'wlsync check'

# ---- differences ----

fresh differences
git_init
wlog A 1 in_progress 10
wl install --diff
exits 0 "--diff"
git_commit first
sed -i 's/Go on/Go far/' A-WorkLog.md
wlog New 1 in_progress 10
git add -N New-WorkLog.md
git diff >"$T/diff" 2>"$T/diff.err"
is "git diff works" "$?" 0
ok "and shows the change by wlsync diff" grep -q 'Go {+far+}\|\[-on-\]{+far+}' "$T/diff"
ok "and the new file" grep -q '^+ # New Work Log' "$T/diff"
git show >"$T/diff" 2>&1
ok "git show tells where lines stand" grep -q '^+v1 › Next: ' "$T/diff"
# What git runs when the program has gone.
command=$(git config diff.wlsync.command | sed "s|$(readlink -f "$WLSYNC")|/nowhere/wlsync|g")
ok "the command names the program" test "${command#*/nowhere/wlsync}" != "$command"
git -c diff.wlsync.command="$command" diff >"$T/diff" 2>"$T/diff.err"
is "git diff works without wlsync" "$?" 0
ok "and shows the change" grep -q '^+.*Go far' "$T/diff"
ok "and the new file" grep -q '^+# New Work Log' "$T/diff"
git checkout -q A-WorkLog.md
git rm -q --cached New-WorkLog.md
rm New-WorkLog.md
ok "what is shown can be applied" git apply --check "$T/diff"
git checkout -q -b side
sed -i 's/Go on/Go left/' A-WorkLog.md
git_commit side
git checkout -q main
sed -i 's/Go on/Go right/' A-WorkLog.md
git_commit main
git merge -q side >"$T/merge.log" 2>&1
git diff >"$T/diff" 2>&1
is "git diff works in a merge" "$?" 0
git reset -q --hard
wl install
ok "install without --diff keeps it" grep -q diff=wlsync .gitattributes

# ---- the workflow of docs/github-actions ----

fresh origin
git_init
wlog A 1 in_progress 10
git_commit first
diverge
git clone -q --bare "$T/origin" "$T/origin.git"
git clone -q "$T/origin.git" "$T/runner" 2>/dev/null
cd "$T/runner" || exit 99
mkdir -p "$T/bin3"
ln -s "$WLSYNC" "$T/bin3/wlsync"
printf '#!/bin/sh\ncase $* in *headRefName*) echo side ;; *) echo main ;; esac\n' >"$T/bin3/gh"
chmod +x "$T/bin3/gh"
sed -n '/- name: Merge$/,/- name: Take/s/^          //p' "$SRC/docs/github-actions/merge-base.yml" \
	>"$T/workflow.sh"
export GIT_CONFIG_GLOBAL="$T/runner.conf" NUMBER=1 GITHUB_STEP_SUMMARY="$T/summary"
wl install --global
PATH="$T/bin3:$PATH" sh "$T/workflow.sh" >"$T/ok.log" 2>&1
is "the workflow merges the base branch" "$?" 0
is "and pushes it to the pull request's branch" \
	"$(git -C "$T/origin.git" show side:A-WorkLog.md | grep -c '^## v[23]')" 2
git checkout -q -B main origin/main
sed -i 's/LOW. T/HIGH] T/; s/HIGH. Go/LOW] Go/' A-WorkLog.md
git_commit one
git push -q origin main
git checkout -q side
sed -i 's/HIGH. Go/MED] Go/' A-WorkLog.md
git_commit two
git push -q origin side
PATH="$T/bin3:$PATH" sh "$T/workflow.sh" >"$T/ok.log" 2>&1
is "it fails when a conflict is left" "$?" 1
ok "and tells which" grep -q 'conflict 1 in v1 › Next' "$T/summary"
is "and leaves nothing behind" "$(git status --porcelain)" ''
echo 'A-WorkLog.md merge=union' >>.gitattributes
wl install --check
exits 1 "--check: a line of the repository's wins over the user's"
out_has "it is named" '[other-attribute]'
export GIT_CONFIG_GLOBAL=/dev/null
rm -rf "$HOME/.config"

# ---- half installed ----

# finds RULE WHAT: --check finds that, and ends with 1.
finds() {
	wl install --check
	exits 1 "--check: $2"
	out_has "--check: $2: [$1]" "[$1]"
	out_has "--check: $2: and how to mend it" '; '
	wl install --check --json
	valid_json "--check: $2: JSON" install
	json_is "--check: $2: the rule" "[.findings[].rule] | index(\"$1\") != null" true
}

fresh half
git_init
finds not-installed "nothing is installed"
wl install
rm .gitattributes
finds driver-without-attribute "no attribute"
wl install
git config --remove-section merge.wlsync
finds attribute-without-driver "no driver"
wl install
git config --unset merge.wlsync.recursive
finds recursive "recursive is not set"
git config merge.wlsync.recursive text
finds recursive "recursive is another"
wl install
wl install --check
exits 0 "install mends it all"
git config merge.wlsync.driver 'my-merge %O %A %B'
finds foreign-driver "another driver"
git config merge.wlsync.driver "wlsync merge-driver %O %A %B -P '%P'"
finds quoted-placeholder "a placeholder within quotes"
wl install
wlog A 1 in_progress 10
echo 'A-WorkLog.md merge=union' >>.gitattributes
git add -A
finds other-attribute "another line wins"
git checkout -q --orphan old
git rm -q --cached .gitattributes
git commit -q -m old
git checkout -q -f --orphan main
wl install
git_commit main
finds branch-without-attribute "an old branch"
out_has "the branch is named" 'branch old'
echo '*WorkLog*.md merge=wlsync' >.git/info/attributes
wl install --check
exits 0 "--check: info/attributes count for all branches"
finish
