/* SPDX-License-Identifier: MIT */
/*
 * wlsync prime: what to know before going on.
 *
 * The graph tells most of it. What happened since a stale pin, and what was tried in vain, stands in the
 * logs' older entries: the logs that are shown are read again, one at a time, and no more than
 * have room.
 *
 * Layer: cli. Includes: base, buf, doc, graph, pattern, render.
 */
#include "cli/gather.h"
#include "render/prime.h"
#include "wlsync/pattern.h"

/* Logs that are read again for what failed in them, and versions told of one. */
enum { LOGS_READ = 100, SINCE_MAX = 3 };

struct options {
	struct wls_source source;
};

static const struct wls_opt opts[] = {
	WLS_SOURCE_OPTS(struct options),
};

static const struct wls_example examples[] = {
	{"wlsync prime", "what is ready, what waits, what not to try again"},
	{"wlsync prime Payment", "of one log, and what it needs"},
	{"wlsync prime --json", "for programs, without a limit"},
	{0},
};

struct priming {
	const struct wls_workspace *ws;
	const struct wls_report *report;
	struct wls_prime *prime;
	uint32_t log; /* at hand */
};

/* ---- what happened since ---- */

static void add_stale(struct priming *p, const struct wls_edge *edge)
{
	struct wls_log_files files _cleanup_log_files_ = {0};
	struct wls_arena *arena = p->report->arena;
	struct wls_prime_detail *details =
		WLS_ARENA_ARRAY(arena, struct wls_prime_detail, SINCE_MAX);
	struct wls_error err;
	size_t count = 0;

	if (wls_workspace_read_log(p->ws, edge->to, &files, &err) == 0) {
		const struct wls_doc *doc = files.files[0].doc;

		for (uint32_t i = doc->version_count; i-- > 0 && count < SINCE_MAX;) {
			const struct wls_entry *entry = &doc->entries[doc->by_version[i]];

			if (entry->version <= edge->to_version)
				break;
			details[count++] = (struct wls_prime_detail){
				entry->version,
				wls_arena_copy(arena,
					       wls_text_flatten(files.files[0].doc, entry->title))};
		}
	}
	wls_prime_add(p->prime, WLS_PRIME_STALE,
		      (struct wls_prime_item){.log = edge->from,
					      .text = wls_edge_label(p->report, edge),
					      .details = details,
					      .detail_count = count});
}

static void read_stale(struct priming *p)
{
	const struct wls_graph *graph = p->ws->graph;
	size_t read = 0;

	for (uint32_t e = 0; e < graph->edge_count && read < LOGS_READ; e++) {
		const struct wls_edge *edge = &graph->edges[e];

		if (edge->state != WLS_EDGE_STALE || !wls_edge_holds(edge) ||
		    !wls_report_log(p->report, edge->from) ||
		    graph->logs[edge->from].status == WLS_STATUS_COMPLETED)
			continue;
		add_stale(p, edge);
		read++;
	}
}

/* ---- what failed ---- */

static void add_failure(struct priming *p, struct wls_doc *doc, uint32_t version, const char *what,
			struct wls_slice text, struct wls_slice why)
{
	struct wls_arena *arena = p->report->arena;
	struct wls_slice line = wls_text_flatten(doc, text), reason = wls_text_flatten(doc, why);
	const char *whole = wls_arena_printf(arena, "%.*s (%s%s%.*s)", WLS_SLICE_ARG(line), what,
					     reason.len > 0 ? ": " : "", WLS_SLICE_ARG(reason));

	if (line.len > 0)
		wls_prime_add(p->prime, WLS_PRIME_AVOID,
			      (struct wls_prime_item){.log = p->log,
						      .version = version,
						      .text = wls_slice_of(whole)});
}

static uint32_t version_of(const struct wls_node *node)
{
	for (; node; node = node->parent)
		if (node->kind == WLS_NODE_ENTRY)
			return node->version;
	return 0;
}

static void read_field(struct priming *p, struct wls_doc *doc, struct wls_node *field)
{
	const struct wls_pattern *pattern = wls_pattern_read(doc, field);
	uint32_t version = version_of(field);

	if (!pattern)
		return;
	for (size_t i = 0; i < pattern->hypothesis_count; i++) {
		const struct wls_hypothesis *h = &pattern->hypotheses[i];

		if (h->verdict == WLS_VERDICT_REFUTED || h->verdict == WLS_VERDICT_INVALIDATED)
			add_failure(p, doc, version, wls_verdict_name(h->verdict), h->text,
				    h->evidence);
	}
	for (size_t i = 0; i < pattern->element_count; i++) {
		const struct wls_element *e = &pattern->elements[i];

		if (field->key == WLS_KEY_DEAD_ENDS || e->mark == WLS_MARK_FAILED)
			add_failure(p, doc, version,
				    field->key == WLS_KEY_DEAD_ENDS ? "dead end" : "tried", e->name,
				    e->note);
	}
}

static void read_failures(struct priming *p, uint32_t log)
{
	struct wls_log_files files _cleanup_log_files_ = {0};
	struct wls_error err;

	p->log = log;
	if (wls_workspace_read_log(p->ws, log, &files, &err) < 0)
		return;
	size_t parts = p->ws->graph->logs[log].part_count;
	for (size_t i = 0; i < files.count && i < parts; i++) {
		struct wls_doc *doc = files.files[i].doc;

		for (struct wls_node *n = doc->root; n; n = wls_node_walk(doc, doc->root, n))
			if ((n->kind == WLS_NODE_FIELD || n->kind == WLS_NODE_SECTION) &&
			    (n->key == WLS_KEY_HYPOTHESES || n->key == WLS_KEY_DEAD_ENDS ||
			     n->key == WLS_KEY_TRIED))
				read_field(p, doc, n);
	}
}

/* Of the logs that are ready, then of those that wait. */
static void read_all_failures(struct priming *p)
{
	size_t read = 0;

	for (int part = WLS_PRIME_READY; part <= WLS_PRIME_WAITING; part++)
		for (size_t i = 0; i < p->prime->parts[part].count && read < LOGS_READ; i++, read++)
			read_failures(p, p->prime->parts[part].items[i].log);
}

/* ---- the command ---- */

static int show(struct wls_cli *cli, const struct wls_workspace *ws, const struct wls_view *view)
{
	const struct wls_style style = {.ascii = cli->globals.ascii, .width = 80};
	struct wls_arena arena = {0};
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_prime prime = {0};
	struct wls_report report;
	struct priming p = {.ws = ws, .report = &report, .prime = &prime};

	wls_report_init(&report, ws->graph, view, &style, cli->now, &arena);
	wls_prime_read(&prime, &report);
	read_stale(&p);
	read_all_failures(&p);
	if (cli->globals.json)
		wls_document_prime(&report, &prime, &out);
	else
		wls_render_prime(&report, &prime, &out);
	int status = wls_cli_write(cli, &out, NULL);
	wls_prime_release(&prime);
	wls_arena_release(&arena);
	return status;
}

/* Marks the logs that were named, and all that they need. */
static int choose(const struct wls_workspace *ws, const struct wls_args *args, bool *keep)
{
	const struct wls_graph *graph = ws->graph;
	bool *one _cleanup_free_ = wls_alloc(graph->log_count + 1, sizeof(*one));

	for (size_t i = 0; i < args->count; i++) {
		struct wls_error err;
		uint32_t log;

		if (wls_workspace_find(ws, args->words[i], &log, &err) < 0)
			return wls_cli_fail("%s", err.text);
		memset(one, 0, graph->log_count * sizeof(*one));
		wls_graph_focus(graph, log, true, false, 0, one);
		for (uint32_t l = 0; l < graph->log_count; l++)
			keep[l] = keep[l] || one[l];
	}
	return WLS_CLI_GO;
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct options options = {0};
	struct wls_workspace *ws _cleanup_workspace_ = NULL;
	int found = WLS_EXIT_DONE;
	int status = wls_cli_parse(cli, &wls_command_prime, &options, args);

	if (status == WLS_CLI_GO)
		status = wls_gather(cli, &options.source, &(struct wls_graph_options){0},
				    &(struct wls_args){0}, &ws, &found);
	if (status != WLS_CLI_GO)
		return status;
	bool *keep _cleanup_free_ = wls_alloc(ws->graph->log_count + 1, sizeof(*keep));
	memset(keep, args->count == 0, ws->graph->log_count * sizeof(*keep));
	status = choose(ws, args, keep);
	if (status == WLS_CLI_GO)
		status = show(cli, ws, &(struct wls_view){.logs = keep});
	return found != WLS_EXIT_DONE ? found : status;
}

const struct wls_command wls_command_prime = {
	.name = "prime",
	.summary = "what to know before going on, in 40 lines",
	.usage = "[LOG…]",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_LOG,
	.run = run,
};
