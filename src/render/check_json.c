/* SPDX-License-Identifier: MIT */
/*
 * Findings as wlsync.check/1, and as annotations of GitHub's.
 *
 * Layer: render. Includes: base, buf, check, render/check.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/json.h"
#include "base/utf8.h"
#include "render/check.h"

#define SCHEMA "wlsync.check/1"

/* ---- JSON ---- */

static void put_fingerprint(struct wls_json *json, uint64_t fingerprint)
{
	char text[24];

	snprintf(text, sizeof(text), "%016" PRIx64, fingerprint);
	wls_json_put_str(json, "fingerprint", text);
}

static void put_finding(struct wls_json *json, const struct wls_check *check,
			const struct wls_check_finding *finding)
{
	const struct wls_finding_place *place = &finding->place;

	json->lossy = false;
	wls_json_open(json, '{');
	wls_json_put_str(json, "rule", wls_rules[finding->rule].name);
	wls_json_put_str(json, "severity", wls_severity_name(finding->severity));
	wls_json_put_text(json, "file", place->file);
	wls_json_put_positive(json, "line", place->line);
	wls_json_put_positive(json, "column", place->line > 0 ? place->column : 0);
	wls_json_put_positive(json, "end_column", place->line > 0 ? place->end_column : 0);
	if (finding->log != WLS_LOG_NONE)
		wls_json_put_text(json, "log", check->graph->logs[finding->log].id);
	else
		wls_json_put_str(json, "log", NULL);
	wls_json_put_str(json, "message", finding->message);
	wls_json_put_str(json, "hint", finding->hint);
	wls_json_put_bool(json, "fixable", finding->fixable);
	put_fingerprint(json, finding->fingerprint);
	if (json->lossy)
		wls_json_put_bool(json, "lossy", true);
	wls_json_close(json, '}');
}

static void put_fixed(struct wls_json *json, const struct wls_check_fixed *fixed)
{
	json->lossy = false;
	wls_json_open(json, '{');
	wls_json_put_str(json, "rule", wls_rules[fixed->rule].name);
	wls_json_put_text(json, "file", fixed->file);
	wls_json_put_positive(json, "line", fixed->line);
	wls_json_put_positive(json, "column", fixed->column);
	wls_json_put_text_or_null(json, "renamed_to", fixed->to);
	if (json->lossy)
		wls_json_put_bool(json, "lossy", true);
	wls_json_close(json, '}');
}

static void put_counts(struct wls_json *json, const struct wls_check_report *report)
{
	struct wls_check_counts counts;

	wls_check_count(report->check, report->arena, &counts);
	wls_json_key(json, "counts");
	wls_json_open(json, '{');
	wls_json_put_int(json, "logs", report->logs);
	wls_json_put_int(json, "error", (int64_t)counts.of[WLS_ERROR]);
	wls_json_put_int(json, "warning", (int64_t)counts.of[WLS_WARNING]);
	wls_json_put_int(json, "info", (int64_t)counts.of[WLS_INFO]);
	wls_json_put_int(json, "ignored", (int64_t)counts.ignored);
	wls_json_put_int(json, "fixable", (int64_t)counts.fixable);
	wls_json_close(json, '}');
}

void wls_document_check(const struct wls_check_report *report, struct wls_buf *out)
{
	struct wls_json json = {.out = out};

	wls_json_open(&json, '{');
	wls_json_put_str(&json, "schema", SCHEMA);
	put_counts(&json, report);
	wls_json_key(&json, "findings");
	wls_json_open(&json, '[');
	for (size_t i = 0; i < report->check->count; i++)
		if (!report->check->findings[i].ignored)
			put_finding(&json, report->check, &report->check->findings[i]);
	wls_json_close(&json, ']');
	wls_json_key(&json, "fixed");
	wls_json_open(&json, '[');
	for (size_t i = 0; i < report->fixed_count; i++)
		put_fixed(&json, &report->fixed[i]);
	wls_json_close(&json, ']');
	wls_json_close(&json, '}');
	wls_buf_add_char(out, '\n');
}

void wls_document_rules(const struct wls_check_options *options, struct wls_buf *out)
{
	struct wls_json json = {.out = out};

	wls_json_open(&json, '{');
	wls_json_put_str(&json, "schema", SCHEMA);
	wls_json_key(&json, "rules");
	wls_json_open(&json, '[');
	for (size_t i = 0; i < WLS_RULE_COUNT; i++) {
		const struct wls_rule_info *rule = &wls_rules[i];

		wls_json_open(&json, '{');
		wls_json_put_str(&json, "name", rule->name);
		wls_json_put_str(&json, "severity", wls_rule_severity_name(options->severity[i]));
		wls_json_put_str(&json, "default", wls_rule_severity_name(rule->severity));
		wls_json_put_str(&json, "what", rule->what);
		wls_json_put_str(&json, "how", rule->how);
		wls_json_put_bool(&json, "fix", rule->fix);
		wls_json_close(&json, '}');
	}
	wls_json_close(&json, ']');
	wls_json_close(&json, '}');
	wls_buf_add_char(out, '\n');
}

/* ---- GitHub ---- */

/* A value of a workflow command: `%`, line endings, and in properties `:` and `,` are escaped. */
static void add_escaped(struct wls_slice text, bool property, struct wls_buf *out)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool mark =
			c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));

		if (mark)
			wls_buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
		else
			wls_buf_add_char(out, c);
	}
}

/*
 * A file's name keeps what stands in names of files, so that the annotation finds it; invalid bytes and
 * what a terminal would obey become U+FFFD, but for line endings, which are escaped.
 */
static void add_property(const char *name, struct wls_slice text, struct wls_buf *out)
{
	struct wls_buf valid _cleanup_buf_ = WLS_BUF_INIT, shown _cleanup_buf_ = WLS_BUF_INIT;

	wls_utf8_add_lossy(&valid, text);
	for (struct wls_slice rest = wls_buf_slice(&valid); rest.len > 0;) {
		int32_t cp;
		size_t n = wls_utf8_decode(rest, &cp, NULL);
		bool control = (cp < ' ' && cp != '\r' && cp != '\n') || (cp >= 0x7F && cp < 0xA0);
		wls_buf_add_slice(&shown,
				  control ? WLS_SLICE("\xEF\xBF\xBD") : wls_slice(rest.ptr, n));
		rest = wls_slice_from(rest, n);
	}
	wls_buf_add_str(out, name);
	add_escaped(wls_buf_slice(&shown), true, out);
}

static void add_message(const struct wls_check_report *report, const char *text,
			struct wls_buf *out)
{
	add_escaped(wls_style_clean(report->arena, wls_slice_of(text)), false, out);
}

void wls_github_check(const struct wls_check_report *report, struct wls_buf *out)
{
	static const char *const commands[] = {"notice", "warning", "error"};

	for (size_t i = 0; i < report->check->count; i++) {
		const struct wls_check_finding *finding = &report->check->findings[i];
		const struct wls_finding_place *place = &finding->place;

		if (finding->ignored)
			continue;
		wls_buf_printf(out, "::%s ", commands[finding->severity]);
		add_property("file=", place->file, out);
		if (place->line > 0)
			wls_buf_printf(out, ",line=%u,endLine=%u,col=%u,endColumn=%u", place->line,
				       place->line, place->column, place->end_column);
		add_property(",title=", wls_slice_of(wls_rules[finding->rule].name), out);
		wls_buf_add_str(out, "::");
		add_message(report, finding->message, out);
		if (finding->hint) {
			wls_buf_add_str(out, "; ");
			add_message(report, finding->hint, out);
		}
		wls_buf_add_char(out, '\n');
	}
}
