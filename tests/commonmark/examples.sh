#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Every example of CommonMark 0.29 through our blocks and cmark-gfm's: examples.sh JUDGE FOLDER
#
# FOLDER takes the npm package; nothing is written elsewhere.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
judge=$1
work=$2
mkdir -p "$work"
cp "$here/package.json" "$here/package-lock.json" "$work/"
if ! npm ci --prefix "$work" --no-audit --no-fund --loglevel=error >"$work/npm.log" 2>&1; then
	cat "$work/npm.log" >&2
	printf '1..1\nnot ok 1 - npm ci installs commonmark-spec\n'
	exit 1
fi
node "$here/examples.cjs" "$work" | "$judge"
