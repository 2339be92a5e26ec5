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

# ---- spellings that the new name cannot carry ----

# styles NAME: a log whose name is spelled in many ways, and one log that has the new name in a label.
styles() {
	fresh "$1"
	mkdir shop 'my pay'
	entry 'E-commerce Backend' >shop/E-Commerce-Backend-WorkLog.md
	entry 'E-commerce Backend' >shop/e_commerce-backend-WorkLog-v1.md
	{
		entry Pay
		cat <<-'EOF'

			**Work:** [Shop](../shop/E-Commerce-Backend-WorkLog.md), E-COMMERCE_backend-WorkLog

			**Dependencies:**
			- depends on E-commerce Backend
			- depends on E-Commerce-Backend
			- e-commerce backend v1: tokens
			- E-commerce  Backend v1: tokens
			  - E-commerce v1 is ready
			- E-commerce_Backend v1: tokens
		EOF
	} >'my pay/Pay-WorkLog.md'
	printf '\357\273\277# E-Commerce Backend x\r\n\r\n## v1 | x\r\n\r\n**Work:** e-commerce-Backend-WorkLog A\0b' \
		>Other-WorkLog.md
}

# same WHAT FOLDER: the current folder has these files, and nothing else.
same() {
	ok "$1" diff -r -x .git . "$2"
}

for place in git plain; do
	styles styles.old
	styles styles
	[ $place = plain ] || git_init
	wl rename E-Commerce-Backend Shop --yes
	exits 0 "$place: a name of one word"
	out_has "$place: counts" '2 files renamed'
	ok "$place: what it looked like is remembered" \
		test -e "$([ $place = git ] && echo .git/wlsync-renames || echo .wlsync-renames)"
	is "$place: all of them are one now" "$(grep -c '^- .*[Ss]hop' 'my pay/Pay-WorkLog.md')" 5
	cp -r . "$T/styles.shop"
	wl rename Shop Market-Place --yes
	wl rename Market-Place Shop --yes
	exits 0 "$place: over a third name"
	same "$place: and back to the second" "$T/styles.shop"
	rm -rf "$T/styles.shop"
	wl rename Shop 'e-commerce backend' --yes
	exits 0 "$place: and to the first, in another spelling"
	wl rename e-commerce-backend Shop --yes
	wl rename shop E-Commerce-Backend --yes
	exits 0 "$place: and to the first"
	same "$place: restores every byte" "$T/styles.old"
	ok "$place: and nothing is left to remember" test ! -e .git/wlsync-renames -a ! -e .wlsync-renames
done

styles styles
wl rename E-Commerce-Backend Shop --yes
sed -i 's/^- depends on Shop$/- depends on  Shop/; s/^- shop v1: tokens/- shop v1: new tokens/' 'my pay/Pay-WorkLog.md'
wl rename Shop E-Commerce-Backend --yes
is "a line that was changed since is spelled as the names say" \
	"$(grep -e '- depends on' -e 'new tokens' 'my pay/Pay-WorkLog.md')" \
	'- depends on  E-Commerce-Backend
- depends on  E-Commerce-Backend
- e-commerce-backend v1: new tokens'
styles styles
wl rename E-Commerce-Backend Shop --yes
printf -- '- depends on Shop\n' >>'my pay/Pay-WorkLog.md'
wl rename Shop E-Commerce-Backend --yes
is "nor is one taken for another that is equal" \
	"$(grep -c -e '- depends on E-Commerce-Backend' 'my pay/Pay-WorkLog.md')" 3
styles styles
wl rename E-Commerce-Backend Shop --yes
printf 'rubbish\n\0\t\t%%' >.wlsync-renames
wl rename Shop E-Commerce-Backend --yes
exits 0 "a memory that is none"
printf 'wlsync-renames 1\nshop\te-commerce-backend\tshop/Shop-WorkLog.md\t0\t0\t0\t0\tx\t../../evil\nshop\n%%\n\t\t\t\n' >.wlsync-renames
wl rename E-Commerce-Backend Shop --yes
wl rename Shop E-Commerce-Backend --yes
exits 0 "a memory that leads elsewhere"
ok "is not followed" test ! -e "$T/evil" -a ! -e "$T/evil.md"

# ---- short names ----

short() {
	fresh short
	entry 'Auth Refactor' >Auth-Refactor-WorkLog.md
	entry 'Login' >Login-WorkLog.md
	{
		entry Pay
		printf '\n**Dependencies:**\n- Auth-Refactor v1: tokens; Auth v1 has them\n'
		printf '  - Auth v1 shows OAuth ready\n- Login v1\n  - Auth v1 is something else\n'
	} >Pay-WorkLog.md
}
short
wl rename Auth-Refactor Sign-In-Flow --yes
is "a short name goes with its log" "$(tail -4 Pay-WorkLog.md)" \
	'- Sign-In-Flow v1: tokens; Sign v1 has them
  - Sign v1 shows OAuth ready
- Login v1
  - Auth v1 is something else'
short
wl rename Auth-Refactor Auth-Rework --yes
is "it stays when it is short for the new name" "$(grep -c 'Auth v1' Pay-WorkLog.md)" 3
short
wl rename Auth-Refactor Gate --yes
is "and when that has no shorter form" "$(grep -c 'Auth v1' Pay-WorkLog.md)" 3
short
wl rename Auth-Refactor Login-Flow --yes
is "and when that is another log's name" "$(grep -c 'Auth v1' Pay-WorkLog.md)" 3

# A first word that folding changes is compared folded; what no name tells is remembered.
for name in 'Über-Auth' 'straße-weg' 'İx-y' 'ﬁx-it' 'ς-σ' 'Ünï Cödé' '日本-語' Auth Gate; do
	short
	rm Login-WorkLog.md
	printf '\n**Work:** [[auth refactor]], AUTH_REFACTOR-WORKLOG-V1, Auth  Refactor WorkLog v1\n' >>Pay-WorkLog.md
	cp -r . "$T/folded.old"
	wl rename Auth-Refactor "$name" --yes
	exits 0 "there: $name"
	[ "$name" != 'Ünï Cödé' ] || is "letters beyond ASCII stay as they were given" \
		"$(tail -1 Pay-WorkLog.md)" '**Work:** [[Ünï Cödé]], Ünï_Cödé-WORKLOG-V1, Ünï  Cödé WorkLog v1'
	[ "$name" != 'Über-Auth' ] || is "and a short name is found by them" "$(grep -c 'Über v1' Pay-WorkLog.md)" 2
	wl rename "$name" Auth-Refactor --yes
	exits 0 "and back: $name"
	same "with every byte: $name" "$T/folded.old"
	rm -rf "$T/folded.old"
done

# ---- names that mean something already ----

short
printf -- '- depends on Gate-WorkLog-v1\n' >>Pay-WorkLog.md
cp -r . "$T/short.old"
wl rename Auth-Refactor Gate --yes
exits 2 "a name that texts use already"
err_has "with the line" 'Pay-WorkLog.md:20'
same "and nothing is written" "$T/short.old"

fresh twice
mkdir a b c
entry Auth >a/Auth-WorkLog.md
entry Auth >b/Auth-WorkLog.md
{
	entry Pay
	printf '\n**Dependencies:**\n- depends on [it](../a/Auth-WorkLog.md#v1)\n- Auth v1\n'
} >c/Pay-WorkLog.md
cp -r . "$T/twice.old"
wl rename a/Auth-WorkLog.md Login --yes
exits 0 "one of two logs of a name"
is "only its references" "$(tail -2 c/Pay-WorkLog.md)" '- depends on [it](../a/Login-WorkLog.md#v1)
- Auth v1'
wl graph --json
json_is "what was ambiguous means the other one" \
	'[.edges[] | [.to, .state]] | sort' '[["Auth","waiting"],["Login","waiting"]]'
wl rename Login Auth --yes
exits 0 "it may be one of two again"
same "with every byte" "$T/twice.old"
wl rename c/Pay-WorkLog.md Auth --yes
exits 2 "but no third one, that never was"

styles styles
wl rename E-Commerce-Backend Shop --yes
entry 'E-Commerce Backend' >'my pay/E-Commerce-Backend-WorkLog.md'
wl rename Shop E-Commerce-Backend --yes
exits 2 "nor one whose old name another log has got since"

fresh links
mkdir logs
entry Auth >logs/Auth-WorkLog.md
ln -s logs/Auth-WorkLog.md Current.md
wl rename Auth Login --yes
exits 2 "a link that would lead nowhere"
err_has "which is named" 'Current.md: is a link to logs/Auth-WorkLog.md'

fresh own
{
	printf -- '---\nid: "Auth"  # ours\nversion: v1\nstatus: in_progress\n---\n\n# Gate Work Log\n\n'
	printf '## v1 | 2025-11-10 10:00 | Start\n\n**Now:** works\n'
} >Gate-WorkLog.md
cp -r . "$T/own.old"
wl rename Gate Auth --yes
wl rename Auth Gate --yes
same "an id that was there before stays as it was" "$T/own.old"

# ---- what cannot be written ----

forms full
dd if=/dev/zero bs=1024 count=20 2>/dev/null | tr '\0' x >>pay/Pay-WorkLog.md
cp -r . "$T/full.old"
(
	trap '' XFSZ
	ulimit -f 8
	"$WLSYNC" rename Auth-Refactor Login --yes >"$T/out" 2>"$T/err"
)
status=$?
exits 2 "a disk that is full"
same "leaves all as it was" "$T/full.old"

forms onward
cp -r . "$T/onward.old"
for name in 'auth-refactor' 'Auth_Refactor' 'AUTH REFACTOR'; do
	wl rename Auth-Refactor "$name" --yes
	exits 0 "the same name, spelled $name"
	wl rename "$name" Auth-Refactor --yes
	same "and back" "$T/onward.old"
done

# blank: a log whose file's name has blanks, and one that refers to it in several forms.
blank() {
	fresh "$1"
	entry 'Auth Refactor' >'Auth Refactor-WorkLog.md'
	{
		entry Pay
		printf '\n**Work:** [it](Auth%%20Refactor-WorkLog.md), [[Auth Refactor]]\n'
		printf '\n**Dependencies:**\n- depends on Auth Refactor\n- Auth-Refactor v1\n'
	} >Pay-WorkLog.md
}
blank blank.old
blank blank
wl rename 'Auth Refactor' New-Name --yes
exits 0 "a file's name with blanks"
wl rename New-Name Third --yes
exits 0 "and a third name"
wl rename Third New-Name --yes
wl rename New-Name 'Auth Refactor' --yes
exits 0 "all the way back"
same "has its blanks again, and no id" "$T/blank.old"

# A log that speaks of something that has the new name already.
fresh vue.old
{ entry Shop && printf '\n**Dependencies:**\n- Vue v2 shows ready\n'; } >Shop-WorkLog.md
cp -r . "$T/vue"
cd "$T/vue" || exit 99
wl rename Shop Vue --yes
exits 0 "a name that the log itself speaks of"
wl rename Vue Shop --yes
exits 0 "and back"
same "byte for byte" "$T/vue.old"

# ---- two at a time ----

# pair: two renames, and somebody who adds an entry to a log that both of them edit.
pair() {
	"$WLSYNC" rename Auth-Refactor Login-Flow --yes >"$T/one" 2>&1 &
	one=$!
	"$WLSYNC" rename Pay Billing --yes >"$T/two" 2>&1 &
	two=$!
	"$WLSYNC" add Auth-Refactor-Two --title More >"$T/add" 2>&1
	added=$?
	wait $one
	one=$?
	wait $two
	two=$?
}

bad=''
run=0
while [ $run -lt 15 ]; do
	run=$((run + 1))
	forms pair
	[ $((run % 2)) -eq 0 ] || git_init
	printf '\n**Dependencies:**\n- Auth-Refactor v1\n- Pay v1\n' >>pay/Auth-Refactor-Two-WorkLog.md
	pair
	# Who finds a file that was changed since he read it says so, and nothing of his is done.
	for side in "$one Login-Flow Auth-Refactor-WorkLog auth/Login-Flow-WorkLog-v1.md $T/one" \
		"$two Billing Pay-WorkLog pay/Billing-WorkLog.md $T/two"; do
		# shellcheck disable=SC2086 # five words
		set -- $side
		case $1 in
		0) [ -e "$4" ] && grep -q "$2 v1" pay/Auth-Refactor-Two-WorkLog.md || bad="$bad $run:half" ;;
		2) [ ! -e "$4" ] && grep -q changed "$5" || bad="$bad $run:odd" ;;
		*) bad="$bad $run:$1" ;;
		esac
	done
	[ $added -ne 0 ] || grep -q '| More$' pay/Auth-Refactor-Two-WorkLog.md || bad="$bad $run:entry"
	[ -z "$(find . -name '*wlsync-rename' -o -name '*wlsync-rename-*')" ] || bad="$bad $run:left"
done
is "two renames and an entry at a time: each is done, or says that it is not" "$bad" ''

forms held
if command -v flock >/dev/null; then
	mkfifo "$T/held.now"
	flock . sh -c 'echo >"$1"; sleep 1; echo free' sh "$T/held.now" >"$T/free" &
	holder=$!
	read -r _ <"$T/held.now"
	wl rename Auth-Refactor Login-Flow --yes
	is "one that is at work is waited for" "$(cat "$T/free") $status" 'free 0'
	wait $holder
fi

# ---- journals of others ----

forms foreign
mkdir "$T/elsewhere"
echo safe >"$T/elsewhere/file"
for line in "$T/elsewhere/file" ../elsewhere/file auth/../../elsewhere/file; do
	for state in prepare commit; do
		echo evil >.wlsync-rename-0.tmp
		printf '%s\n%s\t%s\t%s\t0\nend\n' $state "$line" "$line" "$line" >.wlsync-rename
		wl rename Auth-Refactor Login-Flow --yes
		exits 2 "a journal that leads elsewhere ($state)"
		printf '%s\n.wlsync-rename-0.tmp\t%s\t%s\tcbf29ce484222325\nend\n' $state "$line.new" "$line.new" >.wlsync-rename
		wl rename Auth-Refactor Login-Flow --yes
		exits 2 "a journal that would make a file elsewhere ($state)"
	done
done
is "nothing is touched there" "$(cd "$T/elsewhere" && grep . ./*)" safe

# ---- killed at every step ----

# Our files, and what is remembered of them.
state() {
	find . -type f ! -path './.git/*' | sort | xargs sha256sum
	cat .git/wlsync-renames .wlsync-renames 2>/dev/null
}

# stopped STEP ARG…: runs it until that step; true when it was killed there.
stopped() {
	WLSYNC_STOP_AT=$1 LD_PRELOAD="$STOPPER" ASAN_OPTIONS=verify_asan_link_order=0 \
		"$WLSYNC" rename "$2" "$3" --yes >"$T/out" 2>"$T/err"
	[ $? -eq 137 ]
}

# begin_killed WHERE WAY: the files before the rename $from to $to, which is the way there, or back.
begin_killed() {
	forms kill
	[ "$1" != git ] || git_init
	from=Auth-Refactor to=Login
	[ "$2" = back ] || return 0
	wl rename "$from" "$to" --yes
	from=Login to=Auth-Refactor
}

# killed WHERE WAY: at each step; after the next run, the old files or the new ones. That run is
# killed, too.
# shellcheck disable=SC3043 # dash has local
killed() {
	local n=1 old new after bad='' rolled=0 gone=0
	begin_killed "$1" "$2"
	old=$(state)
	wl rename "$from" "$to" --yes
	new=$(state)
	while [ "$n" -lt 200 ]; do
		begin_killed "$1" "$2"
		stopped $n "$from" "$to" || break
		stopped $((n % 9 + 1)) Nobody Nowhere
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
	is "killed at each of its steps ($1, $2): all or nothing" "$bad" ''
	is "both came out ($1, $2: $rolled back, $gone on)" \
		"$([ "$rolled" -gt 5 ] && [ "$gone" -gt 5 ] && echo yes)" yes
	[ "$n" -lt 200 ] || fail "it ends at last"
}

# until_committed MOVED: stops a rename when it holds, and the log's own file has (yes), or no file has
# (no), taken its place.
until_committed() {
	n=1
	while begin_killed git there && stopped $n "$from" "$to"; do
		if grep -qsx commit .git/wlsync-rename &&
			[ "$([ -e auth/Login-WorkLog-v1.md ] && echo yes || echo no)" = "$1" ]; then
			return 0
		fi
		n=$((n + 1))
	done
	fail "it never stops there"
}

if [ -n "${STOPPER-}" ]; then
	killed git there
	killed plain there
	killed git back
	killed plain back

	until_committed no
	printf 'mine\n' >>pay/Pay-WorkLog.md
	old=$(state | grep -v '\.tmp$')
	wl rename Nobody Nowhere
	err_has "a file that was changed before any took its place: all is taken back" 'taken back'
	is "with the change" "$(state)" "$old"

	until_committed yes
	wl status
	err_has "other commands tell of it" 'a rename is at work here, or was cut short'
	wl check
	err_has "so does check" '"wlsync rename" settles it'
	is "nothing of it lies among the logs" "$(git status --short -uall | grep -v WorkLog)" ''
	mv ../kill ../kill.moved
	cd ../kill.moved || exit 99
	wl rename
	exits 0 "without a word, in a tree that was moved"
	err_has "it is finished" finished
	is "as a whole" "$(grep -rl Auth-Refactor-WorkLog-v1.md#v1 . --include='*.md')" ''
	wl rename
	exits 2 "and then there is nothing to settle"
	wl status
	err_is "nor to tell" </dev/null

	until_committed yes
	cp pay/Pay-WorkLog.md "$T/pay"
	printf 'mine\n' >>pay/Pay-WorkLog.md
	wl rename Nobody Nowhere
	exits 2 "a file that was changed later"
	err_has "which is named" 'pay/Pay-WorkLog.md: was changed'
	printf 'mine\n' >>.git/wlsync-rename-1.tmp
	mv .git/wlsync-rename-1.tmp pay/Pay-WorkLog.md
	wl rename Nobody Nowhere
	err_has "goes on once it is brought up to date as the message says" finished
	is "with the change" "$(tail -1 pay/Pay-WorkLog.md) $(grep -c Auth-Refactor-WorkLog-v1 pay/Pay-WorkLog.md)" 'mine 0'
else
	fail "STOPPER names the library"
fi
finish
