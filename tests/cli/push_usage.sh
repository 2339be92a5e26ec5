#!/bin/sh
# SPDX-License-Identifier: MIT
#
# push and adopt: help, wrong usage, configuration; all that needs no network.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

unset WLSYNC_TOKEN GITHUB_TOKEN GH_TOKEN WLSYNC_REPOSITORY WLSYNC_URL WLSYNC_TRACKER
export XDG_CACHE_HOME="$T/cache" GIT_TERMINAL_PROMPT=0 GIT_ASKPASS=true

# help_has COMMAND OPTION…
help_has() {
	command=$1
	shift
	wl "$command" --help
	exits 0 "$command --help"
	ok "$command --help is at most 80 columns wide" \
		sh -c "! grep -qE '^.{81,}' '$T/out'"
	out_matches "$command --help has an example" "^ *wlsync $command"
	for option in "$@"; do
		out_has "$command --help names $option" "$option"
	done
	# shellcheck disable=SC2013 # words
	for option in $(sed -nE 's/^  (-[A-Za-z])?(, )?(--[a-z-]+)?.*/\1 \3/p' "$T/out" | grep -e -); do
		ok "wlsync-$command(1) explains $option" \
			grep -qE "^\.It (.* )?Fl ${option#-}( |\$)" "$SRC/docs/man/wlsync-$command.1"
	done
	cp "$T/out" "$T/help"
	wl help "$command"
	ok "help $command is the same" cmp "$T/out" "$T/help"
	wl --help
	out_matches "--help names $command" "^  $command "
}
help_has push --dry-run --exit-code --yes --force --overwrite --prune --plan --tracker --repo \
	--url --cacert --log --comments --max-create --max-comments --retries --max-wait \
	--write-interval --drift --allow-secrets --allow-public
help_has adopt --dry-run --force --overwrite --tracker --repo --url

ok "wlsync itself loads no HTTP" sh -c '! ldd "$1" | grep -qE "curl|jansson|git2"' sh "$WLSYNC"

# refused WHAT TEXT ARG…: an error that says TEXT, before anything is asked of a network.
refused() {
	what=$1 text=$2
	shift 2
	wl "$@"
	exits 2 "$what"
	err_has "$what: it says so" "$text"
	is "$what: nothing on stdout" "$(wc -c <"$T/out")" 0
}

# ---- finding the program ----

wl psuh
exits 2 "a misspelt push"
err_has "it is answered with push" '"push"'
cp "$WLSYNC" "$T/wlsync"
libexec=$(grep -aoE '/[A-Za-z0-9./_-]*/libexec/wlsync' "$WLSYNC" | head -1)
if [ -e "$libexec/wlsync-push" ] || command -v wlsync-push >/dev/null; then
	skip "a wlsync without wlsync-push" "it is installed"
else
	"$T/wlsync" push >"$T/out" 2>"$T/err"
	is "a wlsync without wlsync-push: status" $? 2
	err_has "it names what is missing, and what to do" 'WLSYNC_EXEC_PATH'
fi
mkdir "$T/exec" "$T/there"
# shellcheck disable=SC2016 # the script's own
printf '#!/bin/sh\nprintf "<%%s>" "$@"\npwd\n' >"$T/exec/wlsync-push"
chmod +x "$T/exec/wlsync-push"
got() {
	what=$1 want=$2
	shift 2
	WLSYNC_EXEC_PATH="$T/exec" "$WLSYNC" "$@" >"$T/out" 2>&1
	is "$what" "$(cat "$T/out")" "$want"
}
got "the command is the first word" "<push><--dry-run><x>$PWD" push --dry-run x
got "of adopt too" "<adopt><A#1>$PWD" adopt 'A#1'
got "global options before it arrive" \
	"<push><-C.><--json><--quiet><--verbose><--verbose><--color=never><--ascii><--plain><--width=70><x>$T/there" \
	-C "$T/there" --json -q -vv --color never --ascii --plain --width 70 push x
got "options behind it are its own" "<push><--json><--><--json>$PWD" push --json -- --json
printf '#!/bin/sh\nprintf "<%%s>" "$@"\n' >"$T/exec/wlsync-hello"
chmod +x "$T/exec/wlsync-hello"
got "other programs get global options as well" "<--json><a>" --json hello a

# ---- options ----

refused "an unknown option" "dry-run" push --dry-runn
refused "a bad number" "must be a number" push --max-create many
refused "a bad choice" "new|latest|none|all" push --comments some
refused "an option without its value" "needs a value" push --repo
refused "--exit-code alone" "--dry-run" push --exit-code
refused "--prune of one log" "--log" push --prune --log A
refused "adopt without a word" "LOG#N" adopt
refused "adopt with two" "LOG#N" adopt 'A#1' 'B#2'
for word in A 'A#' '#1' 'A#0' 'A#x' 'A#-1' 'A#1x' 'A#99999999999999999999'; do
	refused "adopt $word" "LOG#N" adopt "$word"
done

# ---- no log ----

wl push
exits 0 "no log at all"
is "no log at all: one line on stderr" "$(wc -l <"$T/err")" 1
is "no log at all: nothing on stdout" "$(wc -c <"$T/out")" 0
wl push --prune --yes
exits 0 "no log at all, with --prune"
printf '# Just notes\n' >Sunk-WorkLog.md
wl push
exits 1 "only a file with a log's name"
err_has "it is named" Sunk-WorkLog.md
rm Sunk-WorkLog.md
refused "adopt of no log" "A" adopt 'A#1'
refused "a path that is not there" missing.md push missing.md --repo acme/shop --url http://127.0.0.1:1

# ---- which repository ----

wlog A 1 in_progress 10
wlog B 1 in_progress 20
refused "no repository" "--repo OWNER/NAME" push
refused "a log that is not there" Nope push --log Nope
git_init
git_commit logs
refused "no origin" "--repo OWNER/NAME" push
for url in /srv/git/shop.git https://gitlab.example/acme/shop.git; do
	git remote remove origin 2>/dev/null
	git remote add origin "$url"
	refused "origin $url" "--repo OWNER/NAME" push
done
git remote remove origin
git remote add origin 'https://me:hunter2@gitlab.example/acme/shop.git'
wl push -vv
err_lacks "a password in origin's address is not shown" hunter2

# Here a repository is known, so what is missing is the token.
for url in https://github.com/acme/shop.git git@github.com:acme/shop.git; do
	git remote remove origin
	git remote add origin "$url"
	refused "origin $url names it; no token" WLSYNC_TOKEN push
done
refused "no token for --repo" WLSYNC_TOKEN push --repo other/place

# ---- which logs ----

mkdir empty
wl push empty
exits 0 "a folder without logs"
is "a folder without logs: one line on stderr" "$(wc -l <"$T/err")" 1
is "a folder without logs: nothing on stdout" "$(wc -c <"$T/out")" 0
wl push --json empty
exits 0 "a folder without logs, as JSON"
valid_json "a folder without logs, as JSON" push
refused "--log of none of the paths" "--log B" push --log B A-WorkLog.md
refused "--log of one of them" WLSYNC_TOKEN push --log A A-WorkLog.md
refused "a folder, and a path that is not there" missing.md push . missing.md
(cd / && "$WLSYNC" push "$T/w/A-WorkLog.md") >"$T/out" 2>"$T/err"
err_has "from elsewhere the log's own repository counts" WLSYNC_TOKEN
refused "HTTP to another machine" https push --url http://tracker.example
wl push --url http://tracker.example
err_lacks "it is refused before a token is sought" WLSYNC_TOKEN
WLSYNC_TOKEN=secret-abc wl push --url http://tracker.example -vv
err_lacks "the token is not shown" secret-abc

# ---- configuration ----

configure() {
	cat >.wlsync
}
configure <<-'X'
	[tracker "one"]
		repository = acme/one
	[tracker "two"]
		type = linear
		repository = acme/two
X
refused "several trackers" "one, two" push
refused "one that is none of them" "one, two" push --tracker three
refused "one of them" WLSYNC_TOKEN push --tracker one
refused "another type" "tracker type linear is not supported by this version (github is)" \
	push --tracker two
WLSYNC_TRACKER=two wl push
err_has "the environment chooses" "linear"
WLSYNC_TRACKER=two wl push --tracker one
err_has "an option goes before the environment" WLSYNC_TOKEN
configure <<-'X'
	[tracker "linear"]
		repository = acme/two
X
refused "a section's name tells the type" "tracker type linear" push
wl push --tracker github
err_has "a type needs no section" WLSYNC_TOKEN
rm .wlsync
refused "no section at all" '[tracker "x"]' push --tracker x
WLSYNC_MAX_WAIT=soon wl push
exits 2 "a bad value in the environment"
err_has "it is named" WLSYNC_MAX_WAIT
WLSYNC_URL=http://tracker.example wl push
err_has "an address of the environment counts" https
WLSYNC_URL=http://tracker.example wl push --url http://127.0.0.1:1
err_has "an option goes before it" WLSYNC_TOKEN
configure <<-'X'
	[tracker "github"]
		url = http://configured.example
X
wl push
err_has ".wlsync counts" configured.example
WLSYNC_URL=http://environment.example wl push
err_has "the environment goes before .wlsync" environment.example
git config wlsync.tracker.github.url http://git.example
wl push
err_has ".wlsync goes before git's configuration" configured.example
rm .wlsync
wl push
err_has "git's configuration counts" git.example
git config --remove-section wlsync.tracker.github
printf '[tracker "github"]\n\ttoken = secret-abc\n' >.wlsync
wl push
exits 2 "a token in .wlsync"
err_has "it is refused" WLSYNC_TOKEN
err_lacks "it is not shown" secret-abc
printf '[tracker "github"]\n\turl = https://elsewhere.example/api\n' >.wlsync
wl push
exits 2 "a .wlsync that sends the token elsewhere"
err_has "it is refused, and says how to allow it" "git config wlsync.tracker.github.url"
WLSYNC_TOKEN=secret-abc wl push --retries 0 --url https://127.0.0.1:1
err_has "the user's own word counts" 127.0.0.1
rm .wlsync

# Nobody answers there: the token is sent, the error names the address and not the token.
export WLSYNC_TOKEN=secret-abc
refused "nobody at the other end" 127.0.0.1 push --url http://127.0.0.1:1 --retries 0
err_lacks "the token is not shown, I" secret-abc
wl push -vv --url http://127.0.0.1:1 --retries 0
exits 2 "the same, with every exchange"
err_lacks "the token is not shown, II" secret-abc
out_lacks "the token is not shown, III" secret-abc
refused "adopt: nobody at the other end" 127.0.0.1 adopt 'A#1' --url http://127.0.0.1:1 --retries 0
ok "adopt: the log is as it was" git diff --exit-code
refused "a file of certificates that is not there" nowhere.pem \
	push --cacert nowhere.pem --url https://127.0.0.1:1 --retries 0
finish
