# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2034 # used by those who source it
#
# Logs for tests of merging, newest entry first. Sourced after tap.sh.

# entry NUMBER TIME TITLE [ITEM…]: an entry whose list Next holds the items, as they are written.
entry() {
	printf '## v%s | 2025-11-10 %s | %s\n\n**Status:** in_progress\n\n**Next:**\n' "$1" "$2" "$3"
	shift 3
	[ $# -gt 0 ] || set -- '- [ ] [MED] Go on'
	printf '%s\n' "$@"
}

# log VERSION ENTRY…: a log on stdout; ENTRY is what entry printed.
log() {
	printf -- '---\nversion: v%s\nstatus: in_progress\n---\n\n# Auth Work Log\n' "$1"
	shift
	for log_entry in "$@"; do
		printf '\n%s\n' "$log_entry"
	done
}

v4=$(entry 4 08:00 'Schema' '- [x] [HIGH] Draw the tables')
v5=$(entry 5 09:00 'Tokens' '- [ ] [HIGH] Write the tests' '- [ ] [MED] Ask Ada' '- [ ] [LOW] Tidy up')
v5_ours=$(entry 5 09:00 'Tokens' '- [x] [HIGH] Write the tests' '- [ ] [MED] Ask Ada' '- [ ] [LOW] Tidy up')
v5_theirs=$(entry 5 09:00 'Tokens' '- [ ] [HIGH] Write the tests' '- [ ] [MED] Ask Ada' '- [x] [LOW] Tidy up')
v5_both=$(entry 5 09:00 'Tokens' '- [x] [HIGH] Write the tests' '- [ ] [MED] Ask Ada' '- [x] [LOW] Tidy up')
# Priorities that both sides changed, differently: a conflict.
v5_high=$(entry 5 09:00 'Tokens' '- [ ] [HIGH] Write the tests' '- [ ] [HIGH] Ask Ada' '- [ ] [LOW] Tidy up')
v5_low=$(entry 5 09:00 'Tokens' '- [ ] [HIGH] Write the tests' '- [ ] [LOW] Ask Ada' '- [ ] [LOW] Tidy up')

# Entries A, B, C, D that are new, under any number.
entry_a() {
	entry "$1" 10:00 'Login page' '- [ ] [HIGH] Draw the login page'
}
entry_b() {
	entry "$1" 11:00 'Rate limits' '- [ ] [MED] Count requests by address'
}
entry_c() {
	entry "$1" 12:00 'Refresh of sessions' '- [ ] [LOW] Renew cookies before midnight'
}
entry_d() {
	entry "$1" 13:00 'Audit trail' '- [ ] [MED] Store who signed in from where'
}
