# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC3043
#
# Small logs for tests. Sourced after tap.sh.

# wlog NAME VERSION STATUS PROGRESS [NEED…]: a log NAME-WorkLog.md with one entry. A NEED is the
# text after "depends on ". NAME may begin with folders.
wlog() {
	local path="$1-WorkLog.md" name="${1##*/}" version="$2" status="$3" progress="$4" need
	shift 4
	mkdir -p "$(dirname "$path")"
	{
		printf -- '---\nversion: v%s\nstatus: %s\n---\n\n' "$version" "$status"
		printf '# %s Work Log\n\n## v%s | 2025-11-10 10:00 | Work\n\n' "$name" "$version"
		printf '**Progress:** %s%%\n\n' "$progress"
		[ $# -eq 0 ] || echo '**Dependencies:**'
		for need in "$@"; do
			printf -- '- depends on %s\n' "$need"
		done
		printf '\n**Next:**\n- [HIGH] Go on with %s\n' "$name"
	} >"$path"
}

# The seed's parallel workstreams: Payment-Integration v3 needs Auth-Refactor v5.
# parallel_auth VERSION STATUS [TITLE-TAG]
parallel_auth() {
	file Auth-Refactor-WorkLog-v"$1".md <<-EOF
		---
		version: v$1
		status: $2
		---

		# Auth Refactor Work Log

		## v$1 | 2025-11-10 14:00 | OAuth flow${3:+ $3}

		**Progress:** 70% | Schema ✅ | OAuth 90% 🔄

		**Next:**
		- [HIGH] Finish token refresh
	EOF
}

# parallel_payment NEEDED-VERSION [CLAIM]: CLAIM is the Status: line's text.
parallel_payment() {
	file "${3:-.}"/Payment-Integration-WorkLog-v3.md <<-EOF
		---
		version: v3
		status: in_progress
		---

		# Payment Integration Work Log

		## v3 | 2025-11-10 15:00 | Stripe checkout

		**Progress:** 50%

		**Dependencies:**
		- Payment integration depends on Auth-Refactor-WorkLog-v$1
		- Need: OAuth flow must be complete before Stripe checkout
		${2:+- Status: $2}

		**Next:**
		- [HIGH] Stripe checkout page
	EOF
}

parallel_ui() {
	file UI-Redesign-WorkLog-v2.md <<-EOF
		---
		version: v2
		status: in_progress
		---

		# UI Redesign Work Log

		## v2 | 2025-11-09 09:00 | Colours

		**Progress:** 30%
	EOF
}
