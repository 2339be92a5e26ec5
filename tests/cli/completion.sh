#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Completion in real shells: bash, zsh, fish. Log names come from directory entries.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"
# shellcheck source=tests/support/worklogs.sh
. "$SRC/tests/support/worklogs.sh"

mkdir "$T/bin"
ln -s "$WLSYNC" "$T/bin/wlsync"
export PATH="$T/bin:$PATH"
wlog Auth-Refactor 5 in_progress 10
wlog UI-Redesign 2 in_progress 10
wlog sub/Deep-One 2 in_progress 10
echo text >notes.txt
for shell in bash zsh fish; do
	wl completion $shell
	exits 0 "completion $shell"
	cp "$T/out" "$T/completion.$shell"
done
wl completion tcsh
exits 2 "completion for another shell"

# Each in_SHELL WORD… prints what completes the last word, one a line.
in_bash() {
	bash --norc --noprofile -c '
		source "$1" || exit
		shift
		spec=$(complete -p wlsync)
		function=${spec#*-F }
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
		COMP_POINT=${#COMP_LINE}
		"${function%% *}" wlsync "${@: -1}" "${@: -2:1}"
		printf "%s\n" "${COMPREPLY[@]}"' bash "$T/completion.bash" "$@"
}

in_fish() {
	# The description after the tab is for people.
	fish --no-config -c 'source $argv[1]; complete -C "$argv[2]"' "$T/completion.fish" "$*" |
		cut -f1
}

# A server of its own each time: the last one may be on its way out.
tmux_count=0

# A terminal is what zsh completes in; the line after Tab is what it made of it.
in_zsh() {
	mkdir -p "$T/functions"
	cp "$T/completion.zsh" "$T/functions/_wlsync"
	tmux_count=$((tmux_count + 1))
	tmux -S "$T/tmux.$tmux_count" -f /dev/null new-session -d -x 200 -y 50 -e "FPATH_EXTRA=$T/functions" zsh -f
	tmux -S "$T/tmux.$tmux_count" send-keys "PS1='> '; fpath=(\$FPATH_EXTRA \$fpath); autoload -Uz compinit; compinit -u -D; setopt no_list_beep; clear; echo go" Enter
	zsh_wait '^go$'
	tmux -S "$T/tmux.$tmux_count" send-keys "$*" Tab
	zsh_wait "^> $*[^ ]"
	tmux -S "$T/tmux.$tmux_count" capture-pane -p | sed -n '2,$s/^> //p; /^[^>g]/p' | tr -s ' ' '\n'
	tmux -S "$T/tmux.$tmux_count" kill-server
}

# zsh_wait REGEX: up to ten seconds, until a line of the screen matches.
zsh_wait() {
	for _ in $(seq 100); do
		if tmux -S "$T/tmux.$tmux_count" capture-pane -p | grep -q "$1"; then
			return 0
		fi
		sleep 0.1
	done
	return 1
}

# completes SHELL WANTED UNWANTED WORD…
completes() {
	shell=$1 wanted=$2 unwanted=$3
	shift 3
	case $shell in
	bash) in_bash "$@" ;;
	fish) in_fish "$@" ;;
	zsh) in_zsh "$@" ;;
	esac >"$T/words" 2>&1
	if grep -qxE -e "$wanted" "$T/words" && ! grep -qxE -e "$unwanted" "$T/words"; then
		pass "$shell: wlsync completes \"$*\""
	else
		fail "$shell: wlsync completes \"$*\""
		note "wanted $wanted, not $unwanted; got:"
		head -20 "$T/words" | note
	fi
}

for shell in bash zsh fish; do
	if ! command -v $shell >/dev/null || { [ $shell = zsh ] && ! command -v tmux >/dev/null; }; then
		skip "$shell" "it is not installed"
		continue
	fi
	completes "$shell" graph status wlsync gr
	completes "$shell" next 'graph' wlsync ne
	completes "$shell" --focus '--limit' wlsync graph --fo
	completes "$shell" '(--format=)?mermaid' 'dot' wlsync graph --format me
	completes "$shell" Auth-Refactor 'UI-Redesign|notes.txt' wlsync graph --focus Au
	completes "$shell" UI-Redesign 'Auth-Refactor|notes.txt' wlsync show UI
	completes "$shell" Auth-Refactor 'UI-Redesign' wlsync log Au
	completes "$shell" resolve 'graph' wlsync res
	completes "$shell" preview 'graph' wlsync pre
	completes "$shell" install 'graph' wlsync ins
	completes "$shell" merge-driver 'graph|install' wlsync merge-
	completes "$shell" --explain '--report' wlsync merge --ex
	completes "$shell" '(--style=)?zdiff3' 'diff3' wlsync merge --style zd
	completes "$shell" notes.txt 'Auth-Refactor' wlsync merge no
	completes "$shell" always 'never' wlsync --color al
	[ "$shell" = bash ] || continue
	# Bash breaks the words at "="; the others do not.
	completes bash 'stale-ref=' 'cycle=' wlsync check --rule sta
	completes bash 'stale-ref=' 'cycle=' wlsync check --rule = sta
	completes bash warning 'off|stale-ref=' wlsync check --rule stale-ref = w
	completes bash off 'warning|stale-ref=' wlsync check --rule = stale-ref = o
	completes bash names notes.txt wlsync check --fix = n
	completes bash notes.txt names wlsync check --fix n
done
if command -v fish >/dev/null; then
	completes fish 'stale-ref=warning' 'cycle=warning|stale-ref=off' wlsync check --rule stale-ref=w
	completes fish '--fix=names' 'names' wlsync check --fix=n
fi
if command -v zsh >/dev/null && command -v tmux >/dev/null; then
	completes zsh 'dangling-ref=' 'cycle=' wlsync check --rule dang
	completes zsh 'stale-ref=warning' 'stale-ref=off' wlsync check --rule stale-ref=w
	completes zsh '--fix=names' '--fix' wlsync check --fix=n
fi
finish
