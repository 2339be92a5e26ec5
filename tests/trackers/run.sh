#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh TEST FOLDER: runs tests/trackers/TEST.mjs with the servers installed in FOLDER. TAP.

set -u
SRC=${SRC:-$(cd "${0%/*}/../.." && pwd)}
export SRC TRACKER_MODULES="${2:?usage: run.sh TEST FOLDER}"
if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
	echo "1..1"
	echo "ok 1 - the emulated tracker # SKIP npm is not installed"
	exit 0
fi
exec node "$SRC/tests/trackers/${1:?}.mjs"
