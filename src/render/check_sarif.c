/* SPDX-License-Identifier: MIT */
/*
 * Findings as SARIF 2.1.0, for code hosts and editors.
 *
 * Places are code points (`columnKind`), paths are relative URIs below %SRCROOT%, and a finding is
 * known again by its fingerprint, which is made of names: it stays when lines move.
 *
 * Layer: render. Includes: base, buf, check, render/check.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/json.h"
#include "base/utf8.h"
#include "render/check.h"

static const char *level_of(int severity)
{
	switch (severity) {
	case WLS_ERROR:
		return "error";
	case WLS_WARNING:
		return "warning";
	case WLS_INFO:
		return "note";
	default:
		return "none";
	}
}

static void put_message(struct wls_json *json, const char *key, struct wls_slice text)
{
	wls_json_key(json, key);
	wls_json_open(json, '{');
	wls_json_put_text(json, "text", text);
	wls_json_close(json, '}');
}

/* ---- the tool and its rules ---- */

static void put_rule(struct wls_json *json, const struct wls_check_options *options,
		     enum wls_rule rule)
{
	const struct wls_rule_info *info = &wls_rules[rule];
	int severity = options->severity[rule];

	wls_json_open(json, '{');
	wls_json_put_str(json, "id", info->name);
	put_message(json, "shortDescription", wls_slice_of(info->what));
	put_message(json, "help", wls_slice_of(info->how));
	wls_json_key(json, "defaultConfiguration");
	wls_json_open(json, '{');
	wls_json_put_bool(json, "enabled", severity >= 0);
	wls_json_put_str(json, "level", level_of(severity >= 0 ? severity : info->severity));
	wls_json_close(json, '}');
	wls_json_close(json, '}');
}

static void put_tool(struct wls_json *json, const struct wls_check_report *report)
{
	wls_json_key(json, "tool");
	wls_json_open(json, '{');
	wls_json_key(json, "driver");
	wls_json_open(json, '{');
	wls_json_put_str(json, "name", "wlsync");
	wls_json_put_str(json, "version", report->version);
	wls_json_key(json, "rules");
	wls_json_open(json, '[');
	for (size_t i = 0; i < WLS_RULE_COUNT; i++)
		put_rule(json, report->check->options, (enum wls_rule)i);
	wls_json_close(json, ']');
	wls_json_close(json, '}');
	wls_json_close(json, '}');
}

/* ---- places ---- */

static bool is_plain(char c)
{
	return wls_is_alnum(c) || (c != '\0' && strchr("-._~!$&'()*+,;=@/", c));
}

/* A path as a URI: everything that is not plain is percent-encoded, invalid bytes too. */
static void add_uri(struct wls_slice path, struct wls_buf *out)
{
	if (path.len > 0 && path.ptr[0] == '/')
		wls_buf_add_str(out, "file://");
	for (size_t i = 0; i < path.len; i++) {
		if (is_plain(path.ptr[i]))
			wls_buf_add_char(out, path.ptr[i]);
		else
			wls_buf_printf(out, "%%%02X", (unsigned)(unsigned char)path.ptr[i]);
	}
}

static void put_artifact(struct wls_json *json, struct wls_slice path)
{
	struct wls_buf uri _cleanup_buf_ = WLS_BUF_INIT;

	add_uri(path, &uri);
	wls_json_key(json, "artifactLocation");
	wls_json_open(json, '{');
	wls_json_put_text(json, "uri", wls_buf_slice(&uri));
	if (path.len > 0 && path.ptr[0] != '/')
		wls_json_put_str(json, "uriBaseId", "%SRCROOT%");
	wls_json_close(json, '}');
}

static void put_location(struct wls_json *json, const struct wls_finding_place *place)
{
	wls_json_key(json, "locations");
	wls_json_open(json, '[');
	wls_json_open(json, '{');
	wls_json_key(json, "physicalLocation");
	wls_json_open(json, '{');
	put_artifact(json, place->file);
	if (place->line > 0) {
		wls_json_key(json, "region");
		wls_json_open(json, '{');
		wls_json_put_int(json, "startLine", place->line);
		wls_json_put_int(json, "startColumn", place->column);
		wls_json_put_int(json, "endColumn", place->end_column);
		wls_json_close(json, '}');
	}
	wls_json_close(json, '}');
	wls_json_close(json, '}');
	wls_json_close(json, ']');
}

/* ---- results ---- */

static void put_text(struct wls_json *json, const struct wls_check_finding *finding)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;

	wls_buf_add_str(&text, finding->message);
	if (finding->hint)
		wls_buf_printf(&text, "; %s", finding->hint);
	put_message(json, "message", wls_buf_slice(&text));
}

static void put_result(struct wls_json *json, const struct wls_check_finding *finding)
{
	char fingerprint[24];

	snprintf(fingerprint, sizeof(fingerprint), "%016" PRIx64, finding->fingerprint);
	wls_json_open(json, '{');
	wls_json_put_str(json, "ruleId", wls_rules[finding->rule].name);
	wls_json_put_int(json, "ruleIndex", finding->rule);
	wls_json_put_str(json, "level", level_of((int)finding->severity));
	put_text(json, finding);
	put_location(json, &finding->place);
	wls_json_key(json, "partialFingerprints");
	wls_json_open(json, '{');
	wls_json_put_str(json, "wlsync/1", fingerprint);
	wls_json_close(json, '}');
	if (finding->ignored) {
		wls_json_key(json, "suppressions");
		wls_json_open(json, '[');
		wls_json_open(json, '{');
		wls_json_put_str(json, "kind", "inSource");
		wls_json_close(json, '}');
		wls_json_close(json, ']');
	}
	wls_json_close(json, '}');
}

/* How grave a finding is: what a comment switches off is least. */
static int grade(const struct wls_check_finding *finding)
{
	return finding->ignored ? 0 : 1 + (int)finding->severity;
}

enum { GRADES = 2 + WLS_ERROR };

/* How many of each grade are written. */
static size_t share(const struct wls_check *check, size_t quota[GRADES])
{
	size_t counts[GRADES] = {0}, left = WLS_SARIF_MAX;

	for (size_t i = 0; i < check->count; i++)
		counts[grade(&check->findings[i])]++;
	for (size_t g = GRADES; g-- > 0;) {
		quota[g] = counts[g] < left ? counts[g] : left;
		left -= quota[g];
	}
	return check->count - (WLS_SARIF_MAX - left);
}

static void put_invocation(struct wls_json *json, size_t left_out)
{
	char text[120];

	snprintf(text, sizeof(text), "%zu more findings were left out; the gravest are here",
		 left_out);
	wls_json_key(json, "invocations");
	wls_json_open(json, '[');
	wls_json_open(json, '{');
	wls_json_put_bool(json, "executionSuccessful", true);
	if (left_out > 0) {
		wls_json_key(json, "toolExecutionNotifications");
		wls_json_open(json, '[');
		wls_json_open(json, '{');
		wls_json_put_str(json, "level", "warning");
		put_message(json, "message", wls_slice_of(text));
		wls_json_close(json, '}');
		wls_json_close(json, ']');
	}
	wls_json_close(json, '}');
	wls_json_close(json, ']');
}

void wls_sarif_check(const struct wls_check_report *report, struct wls_buf *out)
{
	struct wls_json json = {.out = out};
	size_t quota[GRADES], left_out = share(report->check, quota);

	wls_json_open(&json, '{');
	wls_json_put_str(&json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
	wls_json_put_str(&json, "version", "2.1.0");
	wls_json_key(&json, "runs");
	wls_json_open(&json, '[');
	wls_json_open(&json, '{');
	put_tool(&json, report);
	put_invocation(&json, left_out);
	wls_json_put_str(&json, "columnKind", "unicodeCodePoints");
	wls_json_key(&json, "results");
	wls_json_open(&json, '[');
	for (size_t i = 0; i < report->check->count; i++) {
		const struct wls_check_finding *finding = &report->check->findings[i];
		size_t *room = &quota[grade(finding)];

		if (*room > 0) {
			put_result(&json, finding);
			--*room;
		}
	}
	wls_json_close(&json, ']');
	wls_json_close(&json, '}');
	wls_json_close(&json, ']');
	wls_json_close(&json, '}');
	wls_buf_add_char(out, '\n');
}
