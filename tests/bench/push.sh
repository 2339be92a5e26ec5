#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What a push costs beside a script as people write it, on the same tracker: for each of 50 logs
# the script lists the issues, finds its own by title, creates or edits it and sets its labels,
# with `gh api` when gh is there, else with curl. Both make 50 issues, then run again with nothing
# changed. Prints requests and seconds; the emulated server is in this machine, so a request costs
# milliseconds here and a hundred times that elsewhere.
#
#	WLSYNC=build/src/cli/wlsync tests/bench/push.sh [LOGS]

set -eu
SRC=${SRC:-$(cd "${0%/*}/../.." && pwd)}
: "${WLSYNC:=$SRC/build/src/cli/wlsync}"
export SRC WLSYNC
exec node "$SRC/tests/bench/push.mjs" "${1:-50}"
