#!/bin/bash
# SPDX-License-Identifier: MIT
#
# The peer of the benchmark: a folder of logs to issues as a script in CI does it. No markers, no
# comments, no dependencies, no check of anything: what it leaves out, it does not pay for.
#
#	push_by_hand.sh gh|curl URL OWNER/REPO FOLDER	(the token in GH_TOKEN)

set -euo pipefail
with=$1 url=$2 repo=$3 folder=$4

# api METHOD PATH [JSON]
api() {
	if [ "$with" = gh ]; then
		local more=(--paginate)
		[ "$1" = GET ] || more=(--input -)
		printf '%s' "${3-}" | GH_HOST=github.localhost HTTP_PROXY=$url http_proxy=$url \
			gh api -X "$1" "repos/$repo/$2" "${more[@]}"
	else
		curl -sS --fail --noproxy '*' -X "$1" -H "Authorization: Bearer $GH_TOKEN" \
			-H 'Content-Type: application/json' "$url/repos/$repo/$2" ${3+-d "$3"}
	fi
}

for log in "$folder"/*-WorkLog.md; do
	title=$(sed -n 's/^# \(.*\) Work Log$/\1/p' "$log" | head -1)
	status=$(sed -n 's/^status: //p' "$log" | head -1)
	# curl has no --paginate: one page is what such scripts read.
	number=$(api GET 'issues?state=all&per_page=100' |
		jq -r --arg t "$title" '.[] | select(.title == $t) | .number' | head -1)
	body=$(jq -n --arg title "$title" --rawfile body "$log" '{title: $title, body: $body}')
	if [ -z "$number" ]; then
		number=$(api POST issues "$body" | jq .number)
	else
		api PATCH "issues/$number" "$body" >/dev/null
	fi
	api POST "issues/$number/labels" "$(jq -n --arg l "status:$status" '{labels: [$l]}')" >/dev/null
done
