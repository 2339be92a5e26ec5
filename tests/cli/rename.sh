#!/bin/sh
# SPDX-License-Identifier: MIT
#
# wlsync rename: every form of a reference, what is refused, there and back, and a process that is
# killed at each of its steps. STOPPER is a library that kills it.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"

# entry NAME [TEXT…]: a small log.
entry() {
	printf -- '---\nversion: v1\nstatus: in_progress\n---\n\n# %s Work Log\n\n' "$1"
	printf '## v1 | 2025-11-10 10:00 | Start\n\n**Now:** works\n\n**Next:**\n- [HIGH] go on\n'
}

forms() {
	fresh "$1"
	mkdir auth pay
	entry 'Auth Refactor' >auth/Auth-Refactor-WorkLog-v1.md
	entry 'Auth' >pay/Auth-WorkLog.md
	entry 'Auth Refactor Two' >pay/Auth-Refactor-Two-WorkLog.md
	{
		entry Pay
		cat <<-'EOF'

			**Work:**
			See [the log](../auth/Auth-Refactor-WorkLog-v1.md#v1), [[Auth-Refactor#v1|it]],
			`../auth/Auth-Refactor-WorkLog-v1.md`, auth_refactor-WorkLog-v1.md and
			Auth Refactor WorkLog v1; [Auth-Refactor](../auth/Auth-Refactor-WorkLog-v1.md).
			Not: Auth-WorkLog, Auth-Refactor-Two-WorkLog, api/Auth-Refactor, My-Auth-Refactor-WorkLog,
			https://example.org/Auth-Refactor-WorkLog.md, Auth-Refactor alone.

			```
			Auth-Refactor-WorkLog in a fence
			```
			<!-- Auth-Refactor-WorkLog in a comment -->

			**Dependencies:**
			- depends on Auth-Refactor
			- Auth-Refactor v1: tokens
			- Auth Refactor blocks Auth-WorkLog

			**Blockers:** waiting on Auth-Refactor v1
		EOF
	} >pay/Pay-WorkLog.md
}

forms forms
cp -r . "$T/forms.old"
wl rename Auth-Refactor Login-Flow
exits 0 "a dry run"
out_has "names the file" 'auth/Auth-Refactor-WorkLog-v1.md -> auth/Login-Flow-WorkLog-v1.md'
out_has "shows a line" '  + - depends on Login-Flow'
err_has "says that nothing was written" '--yes'
ok "and writes nothing" diff -r . "$T/forms.old"
wl rename Auth-Refactor Login-Flow --json
valid_json "the dry run as JSON" rename
json_is "every form" '[.files[].edits[].what] | unique' \
	'["id","label","link","named","spaced","subject","title","token","versioned","wiki"]'
wl graph --json --history --mentions
jq -S '[.edges[] | [.from, .to, .kind, .state, .to_version, .line] |
	map(if . == "Auth-Refactor" then "Login-Flow" else . end)] | sort' "$T/out" >"$T/edges.old"
wl rename Auth-Refactor Login-Flow --yes --json
exits 0 "--yes"
valid_json "what was written as JSON" rename
wl graph --json --history --mentions
jq -S '[.edges[] | [.from, .to, .kind, .state, .to_version, .line]] | sort' "$T/out" >"$T/edges"
ok "the graph has the same edges" diff "$T/edges.old" "$T/edges"
sed -n '/^\*\*Work/,$p' pay/Pay-WorkLog.md >"$T/out"
out_is "exactly the references" <<-'EOF'
	**Work:**
	See [the log](../auth/Login-Flow-WorkLog-v1.md#v1), [[Login-Flow#v1|it]],
	`../auth/Login-Flow-WorkLog-v1.md`, login_flow-WorkLog-v1.md and
	Login Flow WorkLog v1; [Login-Flow](../auth/Login-Flow-WorkLog-v1.md).
	Not: Auth-WorkLog, Auth-Refactor-Two-WorkLog, api/Auth-Refactor, My-Auth-Refactor-WorkLog,
	https://example.org/Auth-Refactor-WorkLog.md, Auth-Refactor alone.

	```
	Auth-Refactor-WorkLog in a fence
	```
	<!-- Auth-Refactor-WorkLog in a comment -->

	**Dependencies:**
	- depends on Login-Flow
	- Login-Flow v1: tokens
	- Login Flow blocks Auth-WorkLog

	**Blockers:** waiting on Login-Flow v1
EOF
ok "the old name is the id" grep -qx 'id: Auth-Refactor' auth/Login-Flow-WorkLog-v1.md
wl rename login_flow Auth-Refactor --yes
exits 0 "back again"
ok "restores every byte" diff -r . "$T/forms.old"

fresh bare
printf '# Auth Work Log\r\n\r\n## v1 | 2025-11-10 | Start\r\n\r\n**Now:** a\r\n\r\n**Next:**\r\n- b' >Auth-WorkLog.md
cp Auth-WorkLog.md Auth-WorkLog-v1.md
cp -r . "$T/bare.old"
wl rename Auth 'Login Flow' --yes
exits 0 "a log without frontmatter, with a snapshot"
is "both files go" "$(echo ./*)" './Login-Flow-WorkLog-v1.md ./Login-Flow-WorkLog.md'
wl rename 'login flow' Auth --yes
ok "and all of it comes back" diff -r . "$T/bare.old"

# ---- refused ----

forms no
cp -r . "$T/no.old"
for name in Auth 'auth refactor two' 'a/b' '../x' 'Auth-WorkLog' v5 '' '-x' 'x-' 'a[b' 'x.md'; do
	wl rename Auth-Refactor "$name" --yes
	exits 2 "no name to have: $name"
done
wl rename Auth-Refactor Auth-Refactor --yes
exits 2 "the name that it has"
wl rename Nope Other --yes
exits 2 "no such log"
wl rename Auth-Refactor
exits 2 "no new name"
echo taken >auth/Login-WorkLog-v1.md
wl rename Auth-Refactor Login --yes
exits 2 "a file of that name"
err_has "which is named" 'auth/Login-WorkLog-v1.md'
rm auth/Login-WorkLog-v1.md
chmod a-w pay/Pay-WorkLog.md
wl rename Auth-Refactor Login --yes
exits 2 "a file that is read-only"
chmod u+w pay/Pay-WorkLog.md
ok "nothing of that changed a byte" diff -r . "$T/no.old"
printf '<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n' >>pay/Pay-WorkLog.md
wl rename Auth-Refactor Login --yes
exits 2 "conflict markers"
err_has "which are named" 'resolve'

# ---- killed at every step ----

state() {
	find . -type f ! -path './.git/*' | sort | xargs sha256sum
}

# killed WHERE: at each step; after the next run, the old files or the new ones.
# shellcheck disable=SC3043 # dash has local
killed() {
	local n=1 old new after bad='' rolled=0 gone=0
	forms kill
	[ "$1" = git ] && git_init
	old=$(state)
	wl rename Auth-Refactor Login-Flow --yes
	new=$(state)
	while [ "$n" -lt 200 ]; do
		forms kill
		[ "$1" = git ] && git_init
		WLSYNC_STOP_AT=$n LD_PRELOAD="$STOPPER" ASAN_OPTIONS=verify_asan_link_order=0 \
			"$WLSYNC" rename Auth-Refactor Login-Flow --yes >"$T/out" 2>"$T/err"
		[ $? -eq 137 ] || break
		wl rename Nobody Nowhere
		after=$(state)
		case $after in
		"$old") rolled=$((rolled + 1)) ;;
		"$new") gone=$((gone + 1)) ;;
		*) bad="$bad $n" ;;
		esac
		[ ! -e .git/wlsync-rename ] || bad="$bad journal:$n"
		n=$((n + 1))
	done
	is "killed at each of its steps ($1): all or nothing" "$bad" ''
	is "both came out ($1: $rolled back, $gone on)" \
		"$([ "$rolled" -gt 5 ] && [ "$gone" -gt 5 ] && echo yes)" yes
	[ "$n" -lt 200 ] || fail "it ends at last"
}
if [ -n "${STOPPER-}" ]; then
	killed git
	killed plain
else
	fail "STOPPER names the library"
fi
finish
