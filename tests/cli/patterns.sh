#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Every fact of the seed's patterns comes out of `show --json` as structure.

# shellcheck source=tests/support/tap.sh
. "${0%/*}/../support/tap.sh"

fixture patterns

# pattern LOG: reads that log.
pattern() {
	wl show "./$1-WorkLog.md" --json
	exits 0 "$1"
	valid_json "$1 is valid" show
}

# Words for jq: all fields of an entry with what is nested, patterns of a type, figures in short.
defs='
def entry(n): .entries[] | select(.version == n);
def patterns(t): [.. | objects | select(.type? == t)];
def field(k): [.. | objects | select(has("pattern")? and .key == k)][0];
def short: [.comparison, .value, .unit, .version, .note];
def range: if . == null then null else [.first, .last] end;
'
fact() {
	json_is "$1" "$defs $2" "$3"
}

pattern Feature-Status
fact "the feature's name" 'entry(6) | patterns("feature")[0].name' '"User Authentication"'
fact "its fields" 'entry(6).sections[0].fields | map([.key, .text])[0:3]' \
	'[["progress","60%"],["started","2025-11-05"],["target","2025-11-15"]]'
fact "what is done" 'field("done").pattern.elements | map([.name, .mark])' \
	'[["User model","done"],["JWT service","done"],["Login endpoint","done"],["Middleware","done"]]'
fact "what is active" 'field("active").pattern.elements | map([.name, .mark, .percent, .blocker])' \
	'[["Password reset","active",50,"email provider decision pending"]]'
fact "the backlog" 'field("backlog").pattern.elements | map([.name, .mark])' \
	'[["Account lockout","pending"],["2FA integration","pending"],["UI polish","pending"]]'

pattern Hypotheses
fact "the bug" 'patterns("bug")[0] | [.name, (.figures | map(short[1:3]))]' \
	'["Memory leak (200MB→2GB over 2h)",[[200,"MB"],[2,"GB"],[2,"h"]]]'
fact "hypotheses" 'patterns("hypotheses")[0].hypotheses | map([.label, .text, .verdict, .mark])' \
	'[["H1","Large objects retained","refuted",null],["H2","Event listeners leak","confirmed","done"],["H3","Circular references","invalidated",null]]'
fact "evidence" 'patterns("hypotheses")[0].hypotheses | map([.evidence, (.versions | range)])' \
	'[["Heap snapshot clean (v2)",[2,2]],["10k+ listeners, fixed with removeAllListeners() (v3)",[3,3]],["H2 was root cause",null]]'
fact "what was tried" 'field("tried").pattern.elements | map(.name)' \
	'["Heap snapshots","profiling","minimal reproduction test case"]'
fact "dead ends" 'field("dead_ends").pattern.elements | map([.name, .note])' \
	'[["GC tuning","no effect"],["object pool optimization","wrong direction"]]'
fact "the solution" 'field("solution").pattern.solutions | map([.text, (.references[] | [.path, .first, .last])])' \
	'[["Added cleanup on component unmount",["src/events/emitter.ts",89,110]]]'

pattern Architecture-Evolution
fact "what evolved" 'patterns("evolution") | map(.name)' '["Caching Strategy"]'
fact "its steps" 'patterns("evolution_step") | map([(.versions | range), .text])' \
	'[[[1,3],"In-memory LRU, 1000 items"],[[4,6],"Redis 2h TTL for all data"],[[7,null],"Redis tiered TTL (5m/1h/24h by data type)"]]'
fact "issues" 'patterns("evolution_step") | map(.issue)' \
	'["45% hit rate, too small for production load","85% hit rate BUT stale data causing user complaints",null]'
fact "decisions" 'patterns("evolution_step") | map(.decision)' \
	'["Need distributed cache","Differentiate by data type",null]'
fact "results and lessons" 'patterns("evolution_step")[2] | [.result, .lesson]' \
	'["90% hit rate, fresh data","Access patterns > cache size; different data needs different TTL"]'
fact "figures of the issues" '[.. | objects | select(.label? == "Issue" or .label? == "Result") | .figures[] | short[1:3]]' \
	'[[45,"%"],[85,"%"],[90,"%"]]'
fact "the mark of the result" '[.. | objects | select(.label? == "Result") | .mark]' '["done"]'

pattern Implementation-Patterns
fact "names and lengths" 'patterns("implementation_pattern") | map([.name, (.steps | length)])' \
	'[["Incremental",4],["Spike-and-Implement",3],["Research-and-Apply",3]]'
fact "steps" 'patterns("implementation_pattern")[0].steps | map([.versions.first, .text])' \
	'[[1,"Core happy path"],[2,"Error handling"],[3,"Tests and validation"],[4,"Performance optimization"]]'

pattern Pattern-Recognition
fact "the pattern" 'patterns("pattern_recognition")[0].patterns | map([.name, [.named[].first]])' \
	'[["Auth bugs cluster on Fridays",[5,7,9,12]]]'
fact "cause, solution, result" 'patterns("pattern_recognition")[0].patterns[0].attributes | map([.key, .text, [.named[].first], [.figures[] | short[1:3]]])' \
	'[["root_cause","Thursday deployments → insufficient pre-deploy testing",[],[]],["solution","Added comprehensive auth test suite (v13)",[13],[]],["result","90% reduction in Friday incidents",[],[[90,"%"]]]]'

pattern Contradictions
fact "the contradiction" 'patterns("contradictions")[0].contradictions | map([.name, (.figures | map(short[1:4])), .remark])' \
	'[["Cache hit rate",[[85,"%",3],[60,"%",7]],"what changed?"]]'
fact "what came of it" 'patterns("contradictions")[0].contradictions[0].attributes | map([.key, .text])' \
	'[["investigation","User base 3x larger → access patterns shifted"],["solution","Dynamic TTL based on access frequency (v8)"]]'

pattern Trends
fact "the trend" 'patterns("trends")[0].trends | map([.name, (.figures | map(short[1:]))])' \
	'[["API latency",[[200,"ms",1,null],[180,"ms",3,"caching"],[250,"ms",5,"features"],[150,"ms",7,"optimized"]]]]'
fact "the insight" 'patterns("trends")[0].trends[0].attributes | map([.key, .text])' \
	'[["insight","Proactive optimization > reactive firefighting"]]'

pattern Handoffs
fact "handoffs" '[.entries[].handoffs[] | [.version, .title]]' \
	'[[1,"Chat - Research"],[2,"Code - Implementation"]]'
fact "their fields" '[.entries[].handoffs[] | [.fields[].key]]' \
	'[["status","progress","decisions","next"],["status","progress","files","next"]]'
fact "they are not the entries'" '[.entries[] | .status, .progress]' '[null,null,null,null]'
fact "components" '[.entries[].handoffs[] | patterns("progress")[0] | [.percent, [.components[] | [.name, .mark, .percent]]]]' \
	'[[null,[["Research complete","done",null],["Implementation pending","pending",null]]],[40,[["Schema","done",null],["Auth layer","active",70],["Migrations pending","pending",null]]]]'
fact "decisions and their reasons" 'patterns("decisions")[0].decisions | map([.text, .reason])' \
	'[["PostgreSQL over MongoDB","ACID guarantees needed for financial transactions"],["Row-level security","Multi-tenancy isolation at database level"]]'
fact "files, why, and lines" 'patterns("files")[0].files | map([.path, .why, (.lines[] | [.first, .last, .text])])' \
	'[["prisma/schema.prisma","Database schema with RLS",[45,89,"User and Tenant models with relationships"]],["src/auth/rls.ts","Row-level security policies, partial",[23,56,"Tenant isolation logic (needs testing)"]]]'
fact "what is next" '[.entries[].handoffs[].fields[] | select(.key == "next") | .items[].priority]' \
	'["HIGH","HIGH","MED","HIGH","HIGH"]'

pattern Components-By-Phase
fact "progress of the log" '.own | field("progress").pattern | [.percent, .phase, .phases]' '[60,2,3]'
fact "start and target" '.own.fields | map([.key, .text])[2:]' '[["started","Oct 1"],["target","Dec 1"]]'
fact "phases" 'patterns("phase") | map([.number, .name, (.versions | range), .mark, .state, .date, .percent])' \
	'[[1,"Foundation",[1,8],"done","Completed","Oct 15",null],[2,"Features",[9,16],"active","Current",null,60],[3,"Scale",[21,null],"pending","Planned",null,null]]'
fact "components of the first" 'patterns("phase")[0].components | map([.name, .files, .mark])' \
	'[["Auth system","src/auth/*","done"],["Database schema","prisma/*","done"],["API framework","src/api/*","done"]]'
fact "nested components" 'patterns("phase")[1].components | map([.name, .percent, (.elements | map([.name, .mark, .versions.first]))])' \
	'[["Product catalog",75,[["Search implemented","done",null],["Inventory tracking","active",14]]],["Shopping cart",50,[["Cart operations","done",null],["Persistence pending","pending",null]]],["Payment processing",null,[]]]'
fact "what is planned" 'patterns("phase")[1].components[2] | [.planned, (.versions | range)]' '[true,[17,20]]'
fact "and later" 'patterns("phase")[2].components | map([.name, .note])' \
	'[["Caching layer","Redis"],["Read replicas",null],["Rate limiting",null]]'

pattern Performance-Targets
fact "targets" 'patterns("performance_targets")[0].targets | map([.name, (.target | short[0:3]), (.current | short[1:3]), .mark])' \
	'[["API Response",["<",200,"ms"],[150,"ms"],"done"],["Page Load",["<",2,"s"],[1.8,"s"],"done"],["Search",["<",100,"ms"],[85,"ms"],"done"]]'

pattern Decisions-Log
fact "decisions by version" 'patterns("decisions_log")[0].decisions | map([.versions.first, .text, .reason])' \
	'[[1,"PostgreSQL for ACID guarantees",null],[2,"JWT for stateless auth","vs sessions"],[5,"Redis for session storage","performance"],[11,"Stripe for payments","vs in-house"],[13,"Elasticsearch for search",">10k products"]]'
fact "a figure in a reason" 'patterns("decisions_log")[0].decisions[4].figures | map(short)' \
	'[[">",10000,null,null,null]]'

pattern Blockers
fact "blockers" 'entry(14).blockers | map([.text, .owner, .requested, .eta, .workaround, .version, .closed])' \
	'[["Missing production Stripe API keys","@ops-team","2025-11-10 10:00","24 hours","Continuing with test keys in staging",null,false],["Inventory sync needs warehouse API credentials (ETA: Nov 20)",null,null,"Nov 20",null,14,false]]'
fact "the tag" 'entry(14) | [.tags, .status]' '[["BLOCKED"],"blocked"]'

pattern Blocked-Unblocked
fact "blocked" 'entry(5) | [.tags, .status, (.blockers | length)]' '[["BLOCKED"],"blocked",1]'
fact "a blocked item" 'entry(5) | field("next").items | map([.priority, .blocked])' \
	'[["HIGH",true],["MED",false],["LOW",false]]'
fact "unblocked" 'entry(6) | [.tags, .status, .blockers]' '[[],null,[]]'
fact "the step of progress" 'entry(6) | patterns("progress")[0] | [.from, .percent, [.components[] | [.name, .mark]]]' \
	'[80,90,[["Unblocked","done"]]]'
fact "how it was resolved" 'entry(6) | patterns("blocker_resolution")[0].steps | map(.text)' \
	'["Stripe production keys received from @ops-team","Configured in environment variables","Webhook endpoint verified"]'

pattern Review-Cycle
fact "for review" 'entry(8) | [.tags, .status, .progress]' '[["NEEDS_REVIEW"],"needs_review",100]'
fact "the checklist" 'entry(8) | patterns("review_checklist")[0].checks | map([.text, .checked])' \
	'[["Code quality and style",false],["Test coverage (current: 85%)",false],["Performance benchmarks",false],["Security review",false],["Documentation complete",false]]'
fact "its figure" 'entry(8) | patterns("review_checklist")[0].checks[1].figures | map(short[1:3])' '[[85,"%"]]'
fact "who asks for what" 'entry(8) | patterns("reviewer_notes")[0].notes | map([.names, .text, (.points | map(.text))])' \
	'[[["@tech-lead"],"Please focus on:",["Error handling in src/payments/stripe.ts:145-180","Race condition prevention in webhook handler","Token optimization strategy"]]]'
fact "where" 'entry(8) | patterns("reviewer_notes")[0].notes[0].points[0].references | map([.path, .first, .last])' \
	'[["src/payments/stripe.ts",145,180]]'
fact "the status after it" 'entry(9) | [.status, field("status").text]' \
	'["in_progress","in_progress (applying feedback)"]'
fact "feedback applied" 'entry(9) | patterns("review_feedback")[0].points | map([.mark, .text])' \
	'[["done","Enhanced error handling in stripe.ts:145-180"],["done","Added mutex lock for webhook race condition"],["done","Optimized token refresh strategy"],["active","Documentation updates in progress"]]'
fact "and where" 'entry(9) | [patterns("review_feedback")[0].points[].references[] | [.path, .first, .last]]' \
	'[["stripe.ts",145,180]]'

pattern Token-Budget
fact "progress" 'entry(6) | patterns("progress")[0] | [.percent, .phase]' '[60,2]'
fact "the budget" 'entry(6) | patterns("token_budget") | map(.remaining)' '[40]'
fact "what was completed" 'field("completed").pattern.elements | map([.name, .mark, .priority])' \
	'[["Payment webhook handler","done","HIGH"],["Error recovery logic","done","HIGH"]]'
fact "what was deferred" 'field("deferred").pattern.elements | map([.name, .mark, .priority])' \
	'[["Payment analytics","pending","LOW"],["Admin dashboard","pending","LOW"],["Email notifications","pending","MED"]]'
fact "what comes next" 'field("next").items | map([.priority, .text])' \
	'[["HIGH","Complete MED priority: Email notifications"],["HIGH","Deploy to staging for testing"],["MED","Then tackle LOW priority items if budget allows"]]'

pattern Lessons-Learned
fact "lessons" 'patterns("lessons")[0].lessons | map([.text, .reason])' \
	'[["Integration tests first","caught issues early"],["API contracts upfront","prevented breaking changes"],["Performance budget from day one","stayed within targets"]]'

pattern Parallel-Workstreams
fact "the dependency and its attributes" 'field("dependencies").items | map([.text, (.attributes | map([.key, .text, .mark]))])' \
	'[["Payment integration depends on Auth-Refactor-WorkLog-v5",[["need","OAuth flow must be complete before Stripe checkout",null],["status","Auth v5 shows OAuth ready","done"]]]]'

# Values of several lines: every component has the place where it stands.
# places NAME VALUE WANT: of the components of `**Progress:**VALUE` on line 4.
fresh places
places() {
	printf '# X Work Log\n\n## v2 | two\n**Progress:**%b' "$2" >X-WorkLog.md
	wl show X --json
	valid_json "$1: valid" show
	json_is "$1" '[.. | objects | select(.type? == "progress").components[] | [.name, .line, .column]]' "$3"
}
places "on one line" ' 60% | a | b\n' '[["a",4,21],["b",4,25]]'
places "on the next line" ' 60%\n| Schema ✅ | Auth 90% 🔄\n' '[["Schema",5,3],["Auth",5,14]]'
places "below the key" '\n60% | a\n| b\n' '[["a",5,7],["b",6,3]]'
places "below a blank line" '\n\n60% | Schema ✅\n| Auth 90% 🔄\n' '[["Schema",6,7],["Auth",7,3]]'
places "an item" '\n- 60% | a\n  | b' '[["a",5,9],["b",6,5]]'
places "with CRLF" '\r\n\r\n60% | a\r\n\t| b\r\n' '[["a",6,7],["b",7,4]]'
printf '# X Work Log\n\n## v1 | a\n**Done:** a, b\n  , c\n' >X-WorkLog.md
wl show X --json
fact "elements on two lines" 'field("done").pattern.elements | map([.name, .line, .column])' \
	'[["a",4,11],["b",4,14],["c",5,5]]'
printf '# X Work Log\n\n## v1 | a\n**Hypotheses:**\n- H6: F | ⏳\n' >X-WorkLog.md
wl show X --json
fact "a marker alone behind its separator" \
	'patterns("hypotheses")[0].hypotheses | map([.text, .verdict, .mark])' '[["F","open","pending"]]'

# What holds now is what the log's facts say.
# holds NAME FIELD WANT
holds() {
	wl show X "$2"
	exits 0 "$1: done"
	printf '%s' "$3" >"$T/holds"
	[ -z "$3" ] || echo >>"$T/holds"
	out_is "$1" <"$T/holds"
}
printf '# X\n\n**Status:** wip\n\n## v2 | b\n**Next:** a\n\n## v1 | a\n**Blockers:** old\n**Status:** blocked\n**Progress:** 10%%\n' >X-WorkLog.md
holds "the log's own status, not an older entry's" status '**Status:** wip'
holds "no progress of an older entry" progress ''
holds "no blockers of an older entry" blockers ''
printf '# X\n\n**Status:** wip\n\n## v2 [BLOCKED] | b\n' >X-WorkLog.md
holds "a title's tag stands in no field" status ''
printf -- '---\nstatus: done\n---\n# X\n\n## v2 | b\n**Now:** c · **Next:** d\n**Sub:** e\n**Sub:** f\n' >X-WorkLog.md
holds "the frontmatter's status" status 'status: done'
holds "a field before another on its line" now '**Now:** c'
holds "the last field of a line" next '**Next:** d'
wl show X nope
is "every name once" "$(cat "$T/err")" 'wlsync: X has no field "nope"; it has Now, Next, Sub'

# Where a byte was replaced, "lossy" stands beside the text.
printf '## v1 | a\n**Now:** \377 a\n**Blockers:** \377 b\n**My\377Key:** v\n**Next:**\n- \377 i\n- j\n' >X-WorkLog.md
wl show X --json
valid_json "lossy texts are valid" show
json_is "lossy beside each text" '[.. | objects | select(.lossy?) | .text]' \
	'["� b","� a","� b","v","� i"]'
wl status --json
valid_json "lossy blockers are valid" status
json_is "lossy beside a blocker" '[.. | objects | select(.lossy?) | .text]' '["� b"]'

# next says what graph says.
printf '# Q Work Log\n\n## v1 | t\n**Status:** blocked\n**Blockers:** keys\n**Dependencies:**\n- Gone-WorkLog-v1\n- needs X v9\n' >Q-WorkLog.md
wl graph --json
waits=$(jq -c '.nodes[] | select(.id == "Q").waiting_for' "$T/out")
wl next --json
valid_json "next is valid" next
json_is "next and graph wait for the same" '.not_ready[] | select(.log == "Q").waiting_for' "$waits"
json_is "what dangles is waited for" '.not_ready[] | select(.log == "Q").waiting_for' '["Gone","X"]'
json_is "every reason" '.not_ready[] | select(.log == "Q").reasons' \
	'["blocked","blocker","ahead","dangling"]'
wl next --explain --plain
out_has "the blocker is told" 'keys'
wl next --explain --width 30
out_has "what is explained is not cut" 'dangling: Gone v1; ahead: X v9, now v1; blocker: keys'

# Whatever can be read gives valid documents and its own bytes.
# document COMMAND ARG…: one more document in $T/json, by the name of the command.
document() {
	n=$((n + 1))
	"$WLSYNC" "$@" --json >"$T/json/$1-$n.json" 2>>"$T/err" || bad="$bad $*;"
}
mkdir "$T/json"
n=0
for folder in patterns deviations workspace faults roundtrip mockup; do
	bad=
	find "$SRC/fixtures/$folder" -name '*.md' | sort >"$T/files"
	while IFS= read -r file; do
		document show "$file"
		"$WLSYNC" show "$file" >"$T/bytes" 2>>"$T/err"
		cmp -s "$T/bytes" "$file" || bad="$bad bytes of $file;"
		case $folder in
		patterns | faults)
			document log "$file"
			document show "$file" next
			document show "$file" progress
			;;
		esac
	done <"$T/files"
	is "every file of fixtures/$folder is shown" "$bad" ""
done
for schema in show log; do
	ok "all documents are valid ($schema)" /usr/bin/python3 "$SRC/tests/support/validate.py" \
		"$schema" "$T"/json/"$schema"-*.json
done
finish
