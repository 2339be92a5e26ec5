/* SPDX-License-Identifier: MIT */
/*
 * The lines of `wlsync prime`.
 *
 * There are 40 lines at most: one for the head, one for each part's title, and the rest is dealt out a
 * line at a time, to each part in turn that still has something to say, so that no long part
 * pushes another one out. A part that has to leave something out says how much in its title.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#include "render/prime.h"

#include "base/json.h"
#include "render/next.h"
#include "render/table.h"
#include "wlsync/secret.h"

enum { TEXT_CELLS = 160 };

static const char *const keys[] = {
#define X(name, key, title) key,
	WLS_PRIME_TABLE(X)
#undef X
};

static const char *const titles[] = {
#define X(name, key, title) title,
	WLS_PRIME_TABLE(X)
#undef X
};

void wls_prime_add(struct wls_prime *prime, enum wls_prime_part part, struct wls_prime_item item)
{
	WLS_GROW(prime->parts[part].items, prime->parts[part].cap, prime->parts[part].count + 1);
	prime->parts[part].items[prime->parts[part].count++] = item;
}

void wls_prime_release(struct wls_prime *prime)
{
	for (size_t i = 0; i < WLS_PRIME_COUNT; i++)
		free(prime->parts[i].items);
	*prime = (struct wls_prime){0};
}

/* ---- what the graph tells ---- */

static struct wls_slice item_text(struct wls_arena *arena, const struct wls_next_item *item)
{
	const char *priority = wls_priority_name(item->priority);

	if (!priority)
		return item->text;
	return wls_slice_of(
		wls_arena_printf(arena, "[%s] %.*s", priority, WLS_SLICE_ARG(item->text)));
}

/* Of a log without an item that one could begin with. */
static struct wls_slice no_item(struct wls_arena *arena, const struct wls_log *log)
{
	if (log->next_count == 0)
		return WLS_SLICE("no open item");
	struct wls_slice first = item_text(arena, &log->next[0]);
	return wls_slice_of(wls_arena_printf(
		arena,
		log->next_count == 1 ? "its open item is blocked: %.*s"
				     : "its open items are all blocked, first: %.*s",
		WLS_SLICE_ARG(first)));
}

static void read_ready(struct wls_prime *prime, const struct wls_report *report)
{
	struct wls_next_row *rows = NULL;
	size_t count = wls_graph_next(report->graph, false, &rows);
	bool *seen _cleanup_free_ = wls_alloc((size_t)report->graph->log_count + 1, sizeof(*seen));

	memset(seen, 0, ((size_t)report->graph->log_count + 1) * sizeof(*seen));
	for (size_t i = 0; i < count; i++) {
		const struct wls_log *log = &report->graph->logs[rows[i].log];
		struct wls_slice text;

		if (seen[rows[i].log] || !wls_report_log(report, rows[i].log))
			continue;
		seen[rows[i].log] = true;
		text = rows[i].item != WLS_LOG_NONE
			       ? item_text(report->arena, &log->next[rows[i].item])
			       : no_item(report->arena, log);
		wls_prime_add(prime, WLS_PRIME_READY,
			      (struct wls_prime_item){.log = rows[i].log, .text = text});
	}
	free(rows);
}

/* Who is to be asked, and until when, behind a reason that names the first blocker. */
static void add_blocker_tail(const struct wls_report *report, uint32_t l, struct wls_slice reason,
			     struct wls_buf *out)
{
	const struct wls_log *log = &report->graph->logs[l];

	if (log->blocker_count > 0 && wls_slice_starts(reason, WLS_SLICE("blocker: ")))
		wls_buf_add_slice(out, wls_blocker_tail(report, log, &log->blockers[0]));
}

static void read_waiting(struct wls_prime *prime, const struct wls_report *report)
{
	uint32_t count;
	const uint32_t *logs = wls_report_not_ready(report, false, &count);

	for (uint32_t i = 0; i < count; i++) {
		struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;
		size_t n;
		const struct wls_part *parts = wls_log_reasons(report, logs[i], &n);

		for (size_t k = 0; k < n; k++) {
			wls_buf_add_str(&buf, k > 0 ? "; " : "");
			wls_buf_add_slice(&buf, parts[k].text);
			add_blocker_tail(report, logs[i], parts[k].text, &buf);
		}
		wls_prime_add(prime, WLS_PRIME_WAITING,
			      (struct wls_prime_item){
				      .log = logs[i],
				      .text = wls_arena_copy(report->arena, wls_buf_slice(&buf))});
	}
}

static void read_overdue(struct wls_prime *prime, const struct wls_report *report)
{
	for (uint32_t l = 0; l < report->graph->log_count; l++) {
		const struct wls_log *log = &report->graph->logs[l];

		if (!wls_report_log(report, l))
			continue;
		for (size_t i = 0; i < log->blocker_count; i++) {
			struct wls_moment due;
			struct wls_slice tail;

			if (!wls_blocker_due(log, &log->blockers[i], &due) ||
			    !wls_moment_late(report->arena, &due, &report->now))
				continue;
			tail = wls_blocker_tail(report, log, &log->blockers[i]);
			const char *text = wls_arena_printf(report->arena, "%.*s%.*s",
							    WLS_SLICE_ARG(log->blockers[i].text),
							    WLS_SLICE_ARG(tail));
			wls_prime_add(
				prime, WLS_PRIME_OVERDUE,
				(struct wls_prime_item){.log = l, .text = wls_slice_of(text)});
		}
	}
}

void wls_prime_read(struct wls_prime *prime, const struct wls_report *report)
{
	read_ready(prime, report);
	read_waiting(prime, report);
	read_overdue(prime, report);
}

/* ---- credentials ---- */

/* What is meant for the context of an agent leaves the machine: credentials become stars. */
static struct wls_slice cover(struct wls_arena *arena, struct wls_slice text)
{
	struct wls_secret secret;
	char *covered = NULL;
	size_t at = 0;

	while (wls_secret_next(text, &at, NULL, 0, &secret)) {
		if (!covered) {
			covered = wls_arena_alloc(arena, text.len);
			memcpy(covered, text.ptr, text.len);
		}
		memset(covered + secret.at, '*', secret.len);
	}
	return covered ? wls_slice(covered, text.len) : text;
}

/* ---- text ---- */

/* How many items of each part have room. Items have one line, and their details share it. */
static void deal(const struct wls_prime *prime, size_t *shown)
{
	size_t left = WLS_PRIME_LINES - 1;
	bool dealt = true;

	for (size_t p = 0; p < WLS_PRIME_COUNT; p++) {
		shown[p] = 0;
		left -= prime->parts[p].count > 0;
	}
	while (left > 0 && dealt) {
		dealt = false;
		for (size_t p = 0; p < WLS_PRIME_COUNT && left > 0; p++) {
			if (shown[p] >= prime->parts[p].count)
				continue;
			shown[p]++;
			left--;
			dealt = true;
		}
	}
}

static void add_item(const struct wls_report *report, const struct wls_prime_item *item,
		     struct wls_buf *out)
{
	struct wls_buf line _cleanup_buf_ = WLS_BUF_INIT;
	const struct wls_style *style = report->style;
	uint32_t version =
		item->version > 0 ? item->version : report->graph->logs[item->log].version;

	wls_buf_add_str(&line, "- ");
	wls_buf_add_slice(&line, wls_log_label(report, item->log));
	if (version > 0)
		wls_buf_printf(&line, " v%u", version);
	wls_buf_add_str(&line, ": ");
	wls_buf_add_slice(&line, cover(report->arena, item->text));
	for (size_t i = 0; i < item->detail_count; i++) {
		struct wls_slice title = cover(report->arena, item->details[i].text);

		wls_buf_printf(&line, "%s v%u %.*s", i > 0 ? ";" : " --", item->details[i].version,
			       WLS_SLICE_ARG(title));
	}
	wls_buf_add_slice(out, wls_style_cut(style, report->arena,
					     wls_style_clean(report->arena, wls_buf_slice(&line)),
					     TEXT_CELLS));
	wls_buf_add_char(out, '\n');
}

void wls_render_prime(const struct wls_report *report, const struct wls_prime *prime,
		      struct wls_buf *out)
{
	size_t shown[WLS_PRIME_COUNT];
	struct wls_counts counts;

	wls_report_count(report, &counts);
	wls_buf_add_slice(out, wls_report_headline(report, &counts));
	wls_buf_add_char(out, '\n');
	deal(prime, shown);
	for (size_t p = 0; p < WLS_PRIME_COUNT; p++) {
		size_t count = prime->parts[p].count;

		if (count == 0)
			continue;
		wls_buf_printf(out, "%s", titles[p]);
		if (shown[p] < count)
			wls_buf_printf(out, " (%zu of %zu)", shown[p], count);
		wls_buf_add_str(out, ":\n");
		for (size_t i = 0; i < shown[p]; i++)
			add_item(report, &prime->parts[p].items[i], out);
	}
}

/* ---- JSON ---- */

static void put_item(struct wls_json *json, const struct wls_report *report,
		     const struct wls_prime_item *item)
{
	const struct wls_log *log = &report->graph->logs[item->log];

	wls_json_open(json, '{');
	json->lossy = false;
	wls_json_put_text(json, "log", log->id);
	wls_json_put_text(json, "file", log->file);
	wls_json_put_positive(json, "version", item->version > 0 ? item->version : log->version);
	wls_json_put_text(json, "text", cover(report->arena, item->text));
	wls_json_key(json, "since");
	wls_json_open(json, '[');
	for (size_t i = 0; i < item->detail_count; i++) {
		wls_json_open(json, '{');
		wls_json_put_int(json, "version", item->details[i].version);
		wls_json_put_text(json, "title", cover(report->arena, item->details[i].text));
		wls_json_close(json, '}');
	}
	wls_json_close(json, ']');
	if (json->lossy)
		wls_json_put_bool(json, "lossy", true);
	wls_json_close(json, '}');
}

void wls_document_prime(const struct wls_report *report, const struct wls_prime *prime,
			struct wls_buf *out)
{
	struct wls_json json = {.out = out};

	wls_json_open(&json, '{');
	wls_json_put_str(&json, "schema", "wlsync.prime/1");
	for (size_t p = 0; p < WLS_PRIME_COUNT; p++) {
		wls_json_key(&json, keys[p]);
		wls_json_open(&json, '[');
		for (size_t i = 0; i < prime->parts[p].count; i++)
			put_item(&json, report, &prime->parts[p].items[i]);
		wls_json_close(&json, ']');
	}
	wls_json_close(&json, '}');
	wls_buf_add_char(out, '\n');
}
