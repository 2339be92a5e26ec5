/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <jansson.h>

#include "wlsync/plan.h"

#define S(text)                                                                                    \
	{                                                                                          \
		(text), sizeof(text) - 1                                                           \
	}

enum { AUTH, DATA, SEARCH };

static struct wls_log logs[] = {
	[AUTH] = {.id = S("Auth")},
	[DATA] = {.id = S("Data \"Model\"")},
	[SEARCH] = {.id = S("Search")},
};
static struct wls_graph graph = {.logs = logs, .log_count = WLS_ARRAY_SIZE(logs)};
static int64_t numbers[] = {[AUTH] = 12, [DATA] = 3, [SEARCH] = 0};
static struct wls_wanted wanted[] = {
	[AUTH] = {.log = AUTH, .id = S("auth"), .name = S("Auth"), .file = S("docs/Auth.md")},
	[DATA] = {.log = DATA, .id = S("data"), .name = S("Data \"Model\""), .file = S("Data.md")},
	[SEARCH] = {.log = SEARCH, .id = S("Search"), .name = S("Search"), .file = S("S\xff.md")},
};
static struct wls_wanted_list wanted_list = {.graph = &graph, .items = wanted, .count = 3};
static const struct wls_remote remote = {
	.tracker = "github",
	.url = S("https://api.github.com"),
	.web = S("https://github.com/acme/shop"),
	.repository = S("acme/shop"),
	.account = S("wlsync-bot"),
};

/* ---- one item in every form ---- */

static const struct wls_slice added[] = {S("wlsync"), S("priority:high")};
static const struct wls_slice removed[] = {S("status:blocked")};
static const uint32_t links_added[] = {DATA, SEARCH};
static const int64_t links_removed[] = {7, 8};
static const struct wls_plan_comment comments[] = {
	{WLS_COMMENT_EDIT, 5, 1, 901},
	{WLS_COMMENT_DELETE, 5, 1, 902},
	{WLS_COMMENT_POST, 6, 2, 0},
};
static const struct wls_note notes[] = {
	{WLS_NOTE_DRIFT, "title", "a person changed it"},
	{WLS_NOTE_PROBLEM, "link", "a cycle"},
	{WLS_NOTE_INFO, NULL, "no links"},
};

#define NO_LISTS                                                                                   \
	"\"labels_add\":[],\"labels_remove\":[],\"links_add\":[],\"links_remove\":[],"             \
	"\"comments\":[]"

static const struct {
	struct wls_plan_item item;
	const char *want, *counts;
} cases[] = {
	{{.verb = WLS_VERB_NOTHING,
	  .wanted = &wanted[DATA],
	  .id = S("data"),
	  .number = 3,
	  .title = S("Data"),
	  .live = 1},
	 "{\"log\":\"Data \\\"Model\\\"\",\"id\":\"data\",\"file\":\"Data.md\",\"issue\":3,"
	 "\"action\":\"nothing\",\"title\":\"Data\",\"fields\":[],\"changes\":[]," NO_LISTS
	 ",\"duplicate_of\":null,\"live\":\"0000000000000001\",\"notes\":[]}",
	 "\"create\":0,\"update\":0,\"adopt\":0,\"duplicate\":0,\"prune\":0"},
	{{.verb = WLS_VERB_UPDATE,
	  .wanted = &wanted[AUTH],
	  .id = S("auth"),
	  .number = 12,
	  .fields = WLS_FIELD_TITLE | WLS_FIELD_REGION | WLS_FIELD_STATE | WLS_FIELD_RECORD,
	  .old_title = S("Old"),
	  .title = S("New"),
	  .old_region = S("a\n"),
	  .region = S("b\n"),
	  .old_state = WLS_ISSUE_COMPLETED,
	  .state = WLS_ISSUE_OPEN,
	  .labels_add = added,
	  .add_count = 2,
	  .labels_remove = removed,
	  .remove_count = 1,
	  .links_add = links_added,
	  .link_add_count = 2,
	  .links_remove = links_removed,
	  .link_remove_count = 2,
	  .comments = comments,
	  .comment_count = 3,
	  .live = UINT64_C(0xfedcba9876543210),
	  .notes = notes,
	  .note_count = 3},
	 "{\"log\":\"Auth\",\"id\":\"auth\",\"file\":\"docs/Auth.md\",\"issue\":12,"
	 "\"action\":\"update\",\"title\":\"New\",\"fields\":[\"title\",\"region\",\"state\","
	 "\"record\"],\"changes\":[{\"field\":\"title\",\"from\":\"Old\",\"to\":\"New\"},"
	 "{\"field\":\"region\",\"from\":\"a\\n\",\"to\":\"b\\n\"},"
	 "{\"field\":\"state\",\"from\":\"completed\",\"to\":\"open\"}],"
	 "\"labels_add\":[\"wlsync\",\"priority:high\"],\"labels_remove\":[\"status:blocked\"],"
	 "\"links_add\":[{\"log\":\"Data \\\"Model\\\"\",\"issue\":3},"
	 "{\"log\":\"Search\",\"issue\":null}],\"links_remove\":[7,8],"
	 "\"comments\":[{\"action\":\"edit\",\"version\":5,\"comment\":901},"
	 "{\"action\":\"delete\",\"version\":5,\"comment\":902},"
	 "{\"action\":\"post\",\"version\":6,\"comment\":null}],"
	 "\"duplicate_of\":null,\"live\":\"fedcba9876543210\","
	 "\"notes\":[{\"kind\":\"drift\",\"field\":\"title\",\"text\":\"a person changed it\"},"
	 "{\"kind\":\"problem\",\"field\":\"link\",\"text\":\"a cycle\"},"
	 "{\"kind\":\"info\",\"field\":null,\"text\":\"no links\"}]}",
	 "\"create\":0,\"update\":1,\"adopt\":0,\"duplicate\":0,\"prune\":0"},
	/* What is not there has no old value; invalid bytes are told. */
	{{.verb = WLS_VERB_CREATE,
	  .wanted = &wanted[SEARCH],
	  .id = S("Search"),
	  .fields = WLS_FIELD_TITLE | WLS_FIELD_REGION | WLS_FIELD_STATE | WLS_FIELD_RECORD,
	  .title = S("Search"),
	  .region = S("x"),
	  .state = WLS_ISSUE_COMPLETED},
	 "{\"log\":\"Search\",\"id\":\"Search\",\"file\":\"S\xef\xbf\xbd.md\",\"issue\":null,"
	 "\"action\":\"create\",\"title\":\"Search\",\"fields\":[\"title\",\"region\",\"state\","
	 "\"record\"],\"changes\":[{\"field\":\"title\",\"from\":null,\"to\":\"Search\"},"
	 "{\"field\":\"region\",\"from\":null,\"to\":\"x\"},"
	 "{\"field\":\"state\",\"from\":null,\"to\":\"completed\"}]," NO_LISTS
	 ",\"duplicate_of\":null,\"live\":null,\"notes\":[],\"lossy\":true}",
	 "\"create\":1,\"update\":0,\"adopt\":0,\"duplicate\":0,\"prune\":0"},
	{{.verb = WLS_VERB_ADOPT,
	  .wanted = &wanted[DATA],
	  .id = S("data"),
	  .number = 3,
	  .fields = WLS_FIELD_TITLE | WLS_FIELD_REGION,
	  .old_title = S("Model"),
	  .title = S("Data"),
	  .region = S("x"),
	  .live = 16},
	 "{\"log\":\"Data \\\"Model\\\"\",\"id\":\"data\",\"file\":\"Data.md\",\"issue\":3,"
	 "\"action\":\"adopt\",\"title\":\"Data\",\"fields\":[\"title\",\"region\"],"
	 "\"changes\":[{\"field\":\"title\",\"from\":\"Model\",\"to\":\"Data\"},"
	 "{\"field\":\"region\",\"from\":null,\"to\":\"x\"}]," NO_LISTS
	 ",\"duplicate_of\":null,\"live\":\"0000000000000010\",\"notes\":[]}",
	 "\"create\":0,\"update\":0,\"adopt\":1,\"duplicate\":0,\"prune\":0"},
	{{.verb = WLS_VERB_DUPLICATE,
	  .wanted = &wanted[AUTH],
	  .id = S("auth"),
	  .number = 15,
	  .fields = WLS_FIELD_STATE | WLS_FIELD_RECORD,
	  .title = S("Auth"),
	  .state = WLS_ISSUE_NOT_PLANNED,
	  .duplicate_of = 12},
	 "{\"log\":\"Auth\",\"id\":\"auth\",\"file\":\"docs/Auth.md\",\"issue\":15,"
	 "\"action\":\"duplicate\",\"title\":\"Auth\",\"fields\":[\"state\",\"record\"],"
	 "\"changes\":[{\"field\":\"state\",\"from\":\"open\",\"to\":\"not_planned\"}]," NO_LISTS
	 ",\"duplicate_of\":12,\"live\":null,\"notes\":[]}",
	 "\"create\":0,\"update\":0,\"adopt\":0,\"duplicate\":1,\"prune\":0"},
	/* Its log is gone: there is no file. */
	{{.verb = WLS_VERB_PRUNE, .id = S("old"), .number = 2, .fields = WLS_FIELD_RECORD},
	 "{\"log\":null,\"id\":\"old\",\"file\":null,\"issue\":2,\"action\":\"prune\","
	 "\"title\":null,\"fields\":[\"record\"],\"changes\":[]," NO_LISTS
	 ",\"duplicate_of\":null,\"live\":null,\"notes\":[]}",
	 "\"create\":0,\"update\":0,\"adopt\":0,\"duplicate\":0,\"prune\":1"},
	{{.verb = WLS_VERB_SKIP, .id = S("old"), .number = 2, .notes = notes, .note_count = 1},
	 "{\"log\":null,\"id\":\"old\",\"file\":null,\"issue\":2,\"action\":\"skip\","
	 "\"title\":null,\"fields\":[],\"changes\":[]," NO_LISTS
	 ",\"duplicate_of\":null,\"live\":null,\"notes\":[{\"kind\":\"drift\","
	 "\"field\":\"title\",\"text\":\"a person changed it\"}]}",
	 "\"create\":0,\"update\":0,\"adopt\":0,\"duplicate\":0,\"prune\":0"},
};

#define HEAD                                                                                       \
	"{\"schema\":\"wlsync.push/1\",\"tracker\":\"github\",\"url\":\"https://api.github.com\"," \
	"\"web\":\"https://github.com/acme/shop\",\"repository\":\"acme/shop\","                   \
	"\"account\":\"wlsync-bot\",\"items\":["

Test(plan_json, items)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_plan_item item = cases[i].item;
		const struct wls_plan plan = {.wanted = &wanted_list,
					      .items = &item,
					      .count = 1,
					      .numbers = numbers,
					      .unchanged = 12,
					      .drifts = 3,
					      .problems = 4,
					      .comments_left = 5};
		struct wls_buf out = WLS_BUF_INIT, want = WLS_BUF_INIT;
		wls_buf_printf(&want,
			       HEAD "%s],\"counts\":{%s,\"unchanged\":12,\"drift\":3,\"problem\":4,"
				    "\"comments_left\":5},\"brake\":null,\"result\":null}\n",
			       cases[i].want, cases[i].counts);
		wls_plan_json(&plan, &remote, NULL, &out);
		cr_expect_str_eq(wls_buf_str(&out), wls_buf_str(&want), "case %zu: %s", i,
				 wls_buf_str(&out));
		wls_buf_release(&out);
		wls_buf_release(&want);
	}
}

/* ---- brake and result ---- */

static const struct wls_slice result_ids[] = {S("auth"), S("x\xff")};
static const struct wls_note result_notes[] = {
	{WLS_NOTE_PROBLEM, "comment", "the issue is locked"},
	{WLS_NOTE_INFO, NULL, "waited"},
};

#define RESULT_NUMBERS                                                                             \
	"\"created\":1,\"updated\":2,\"closed\":3,\"labels\":4,\"links\":5,\"comments\":6,"        \
	"\"failed\":7,\"skipped\":8,\"left\":9,\"requests\":10,\"not_modified\":11,\"writes\":12,"

static const struct {
	struct wls_plan_result_view result;
	const char *want;
} results[] = {
	{{.brake = "32 creations", .created = 1}, "\"brake\":\"32 creations\",\"result\":null}\n"},
	{{.applied = true,
	  .created = 1,
	  .updated = 2,
	  .closed = 3,
	  .labels = 4,
	  .links = 5,
	  .comments = 6,
	  .failed = 7,
	  .skipped = 8,
	  .left = 9,
	  .requests = 10,
	  .not_modified = 11,
	  .writes = 12,
	  .stopped = true,
	  .why = "the limit",
	  .notes = result_notes,
	  .note_ids = result_ids,
	  .note_count = 2},
	 "\"brake\":null,\"result\":{" RESULT_NUMBERS "\"stopped\":true,\"why\":\"the limit\","
	 "\"notes\":[{\"id\":\"auth\",\"kind\":\"problem\",\"field\":\"comment\","
	 "\"text\":\"the issue is locked\"},{\"id\":\"x\xef\xbf\xbd\",\"kind\":\"info\","
	 "\"field\":null,\"text\":\"waited\"}],\"lossy\":true}}\n"},
	{{.applied = true, .why = "left over from before"},
	 "\"brake\":null,\"result\":{\"created\":0,\"updated\":0,\"closed\":0,\"labels\":0,"
	 "\"links\":0,\"comments\":0,\"failed\":0,\"skipped\":0,\"left\":0,\"requests\":0,"
	 "\"not_modified\":0,\"writes\":0,\"stopped\":false,\"why\":null,\"notes\":[]}}\n"},
};

Test(plan_json, results)
{
	const struct wls_plan plan = {.wanted = &wanted_list};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(results); i++) {
		struct wls_buf out = WLS_BUF_INIT;
		wls_plan_json(&plan, &remote, &results[i].result, &out);
		const char *end = strstr(wls_buf_str(&out), "\"brake\"");
		cr_assert(end);
		cr_expect_str_eq(end, results[i].want, "case %zu: %s", i, end);
		wls_buf_release(&out);
	}
}

/* ---- as a reader sees it ---- */

/* What it is told by the tracker may be missing, or hold any bytes. */
Test(plan_json, is_json_whatever_it_holds)
{
	struct wls_plan_item items[WLS_ARRAY_SIZE(cases)];
	const struct wls_remote odd = {.tracker = "github", .repository = S("a\xff\n\"\x01")};
	const struct wls_plan plan = {.wanted = &wanted_list,
				      .items = items,
				      .count = WLS_ARRAY_SIZE(items),
				      .numbers = numbers};
	struct wls_buf out = WLS_BUF_INIT;
	json_error_t error;

	for (size_t i = 0; i < WLS_ARRAY_SIZE(items); i++)
		items[i] = cases[i].item;
	wls_plan_json(&plan, &odd, &results[1].result, &out);
	json_t *json = json_loadb(out.ptr, out.len, JSON_REJECT_DUPLICATES, &error);
	cr_assert(json, "%s at %d", error.text, error.position);
	cr_expect(json_is_null(json_object_get(json, "web")));
	cr_expect(json_is_null(json_object_get(json, "account")));
	cr_expect(json_is_true(json_object_get(json, "lossy")));
	cr_expect_eq(json_array_size(json_object_get(json, "items")), WLS_ARRAY_SIZE(items));
	json_decref(json);
	wls_buf_release(&out);
}
