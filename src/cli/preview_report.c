/* SPDX-License-Identifier: MIT */
/*
 * What preview says: text, and wlsync.preview/1.
 *
 * Layer: cli. Includes: base, buf, merge, render, cli/preview.
 */
#include "base/json.h"
#include "cli/preview.h"

/* Branches that are named; the others are counted. */
#define NAMES_MAX 6u

static const char *kind_name(enum wls_preview_kind kind)
{
	static const char *const names[] = {"taken", "added", "removed", "merged"};

	return names[kind];
}

/* ---- text ---- */

static void add_clean(struct wls_preview *p, const char *text, struct wls_buf *out)
{
	wls_buf_add_slice(out, wls_style_clean(&p->arena, wls_slice_of(text)));
}

static void add_names(struct wls_preview *p, const struct wls_preview_log *log, struct wls_buf *out)
{
	size_t shown = log->side_count > NAMES_MAX ? NAMES_MAX - 1 : log->side_count;

	wls_buf_add_str(out, " (");
	for (size_t i = 0; i < shown; i++) {
		wls_buf_add_str(out, i > 0 ? ", " : "");
		add_clean(p, p->branches[log->sides[i].branch].name, out);
	}
	if (shown < log->side_count)
		wls_buf_printf(out, " and %zu more", log->side_count - shown);
	wls_buf_add_str(out, ")\n");
}

/* "3 checkbox, 1 entries": how often each rule was used. */
static void add_rules(const struct wls_preview_log *log, struct wls_buf *out)
{
#define X(name, word) 0,
	size_t counts[] = {WLS_RULE_TABLE(X)};
#undef X
	const char *between = "";

	if (log->resolution_count == 0)
		return;
	for (size_t i = 0; i < log->resolution_count; i++)
		counts[log->resolutions[i].rule]++;
	wls_buf_add_str(out, "  resolved: ");
	for (size_t i = 0; i < WLS_ARRAY_SIZE(counts); i++) {
		if (counts[i] == 0)
			continue;
		wls_buf_printf(out, "%s%s", between, wls_rule_name((enum wls_rule)i));
		if (counts[i] > 1)
			wls_buf_printf(out, " × %zu", counts[i]);
		between = ", ";
	}
	wls_buf_add_char(out, '\n');
}

static void add_log(struct wls_preview *p, const struct wls_preview_log *log, struct wls_buf *out)
{
	static const char *const words[] = {"changed by one side only", "new", "removed",
					    "merges clean"};

	add_clean(p, log->path, out);
	if (log->conflict_count > 0)
		wls_buf_printf(
			out, ": %s",
			wls_style_plural(&p->arena, log->conflict_count, "conflict", "conflicts"));
	else
		wls_buf_printf(out, ": %s", words[log->kind]);
	add_names(p, log, out);
	for (size_t i = 0; i < log->conflict_count; i++) {
		wls_buf_add_str(out, "  conflict in ");
		wls_buf_add_slice(out, wls_style_clean(&p->arena, log->conflicts[i].place));
		wls_buf_add_str(out, ": ");
		add_clean(p, log->conflicts[i].reason, out);
		wls_buf_add_char(out, '\n');
	}
	for (size_t i = 0; i < log->renumbering_count; i++) {
		const struct wls_preview_renumbering *n = &log->renumberings[i];
		wls_buf_printf(out, "  %c%u → %c%u (", n->letter, n->from, n->letter, n->to);
		add_clean(p, n->branch, out);
		wls_buf_add_str(out, "): ");
		wls_buf_add_slice(out, wls_style_clean(&p->arena, n->title));
		wls_buf_add_char(out, '\n');
	}
	add_rules(log, out);
	if (log->by_lines)
		wls_buf_add_str(out, "  merged by lines\n");
}

static size_t count_conflicts(const struct wls_preview *p, size_t *logs)
{
	size_t count = 0;

	*logs = 0;
	for (size_t i = 0; i < p->log_count; i++) {
		count += p->logs[i].conflict_count;
		*logs += p->logs[i].conflict_count > 0;
	}
	return count;
}

void wls_preview_text(struct wls_preview *p, struct wls_buf *out)
{
	size_t logs, conflicts = count_conflicts(p, &logs);

	for (size_t i = 0; i < p->log_count; i++)
		add_log(p, &p->logs[i], out);
	if (p->branch_count == 0) {
		wls_buf_add_str(out, "no branch has anything that HEAD has not\n");
		return;
	}
	wls_buf_printf(
		out, "%s, %s: ", wls_style_plural(&p->arena, p->branch_count, "branch", "branches"),
		wls_style_plural(&p->arena, p->log_count, "log", "logs"));
	if (conflicts == 0)
		wls_buf_add_str(out, "no conflict\n");
	else
		wls_buf_printf(out, "%s in %s\n",
			       wls_style_plural(&p->arena, conflicts, "conflict", "conflicts"),
			       wls_style_plural(&p->arena, logs, "log", "logs"));
}

/* ---- JSON ---- */

static void put_id(struct wls_json *json, const char *key, const struct wls_git_id *id)
{
	char hex[2 * sizeof(id->bytes)];

	for (size_t i = 0; i < sizeof(id->bytes); i++) {
		hex[2 * i] = "0123456789abcdef"[id->bytes[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[id->bytes[i] & 15];
	}
	wls_json_put_text(json, key, wls_slice(hex, sizeof(hex)));
}

static void put_branches(struct wls_json *json, const struct wls_preview *p)
{
	wls_json_key(json, "branches");
	wls_json_open(json, '[');
	for (size_t i = 0; i < p->branch_count; i++) {
		const struct wls_preview_branch *b = &p->branches[i];
		wls_json_open(json, '{');
		wls_json_put_str(json, "name", b->name);
		put_id(json, "commit", &b->commit);
		if (b->has_base)
			put_id(json, "base", &b->base);
		else
			wls_json_put_str(json, "base", NULL);
		wls_json_close(json, '}');
	}
	wls_json_close(json, ']');
}

static void put_renumberings(struct wls_json *json, const struct wls_preview_log *log)
{
	wls_json_key(json, "renumberings");
	wls_json_open(json, '[');
	for (size_t i = 0; i < log->renumbering_count; i++) {
		const struct wls_preview_renumbering *n = &log->renumberings[i];
		wls_json_open(json, '{');
		wls_json_put_str(json, "kind", n->letter == 'v' ? "entry" : "hypothesis");
		wls_json_put_str(json, "branch", n->branch);
		wls_json_put_int(json, "from", n->from);
		wls_json_put_int(json, "to", n->to);
		wls_json_put_text(json, "title", n->title);
		wls_json_close(json, '}');
	}
	wls_json_close(json, ']');
}

static void put_resolutions(struct wls_json *json, const struct wls_preview_log *log)
{
	wls_json_key(json, "resolutions");
	wls_json_open(json, '[');
	for (size_t i = 0; i < log->resolution_count; i++) {
		const struct wls_preview_resolution *r = &log->resolutions[i];
		wls_json_open(json, '{');
		wls_json_put_str(json, "rule", wls_rule_name(r->rule));
		wls_json_put_text(json, "place", r->place);
		wls_json_put_text(json, "result", r->result);
		wls_json_close(json, '}');
	}
	wls_json_close(json, ']');
}

static void put_conflicts(struct wls_json *json, const struct wls_preview_log *log)
{
	wls_json_key(json, "conflicts");
	wls_json_open(json, '[');
	for (size_t i = 0; i < log->conflict_count; i++) {
		wls_json_open(json, '{');
		wls_json_put_text(json, "place", log->conflicts[i].place);
		wls_json_put_str(json, "reason", log->conflicts[i].reason);
		wls_json_close(json, '}');
	}
	wls_json_close(json, ']');
}

static void put_log(struct wls_json *json, const struct wls_preview *p,
		    const struct wls_preview_log *log)
{
	json->lossy = false;
	wls_json_open(json, '{');
	wls_json_put_str(json, "file", log->path);
	wls_json_put_str(json, "result", kind_name(log->kind));
	wls_json_put_bool(json, "by_lines", log->by_lines);
	wls_json_key(json, "branches");
	wls_json_open(json, '[');
	for (size_t i = 0; i < log->side_count; i++)
		wls_json_text(json, wls_slice_of(p->branches[log->sides[i].branch].name));
	wls_json_close(json, ']');
	put_renumberings(json, log);
	put_resolutions(json, log);
	put_conflicts(json, log);
	if (json->lossy)
		wls_json_put_bool(json, "lossy", true);
	wls_json_close(json, '}');
}

void wls_preview_document(struct wls_preview *p, struct wls_buf *out)
{
	struct wls_json json = {.out = out};
	size_t logs;

	wls_json_open(&json, '{');
	wls_json_put_str(&json, "schema", "wlsync.preview/1");
	put_id(&json, "head", &p->head);
	put_branches(&json, p);
	wls_json_put_int(&json, "conflicts", (int64_t)count_conflicts(p, &logs));
	wls_json_key(&json, "logs");
	wls_json_open(&json, '[');
	for (size_t i = 0; i < p->log_count; i++)
		put_log(&json, p, &p->logs[i]);
	wls_json_close(&json, ']');
	wls_json_close(&json, '}');
	wls_buf_add_char(out, '\n');
}
