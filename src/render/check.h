/* SPDX-License-Identifier: MIT */
/*
 * Findings as text, and as what other programs read.
 *
 * Layer: render. Includes: base, buf, graph, check.
 */
#ifndef WLS_RENDER_CHECK_H
#define WLS_RENDER_CHECK_H

#include "render/style.h"
#include "wlsync/check.h"

/* Results in a SARIF file: what code hosts take. */
#define WLS_SARIF_MAX 5000u

/* Something that --fix mended. */
struct wls_check_fixed {
	struct wls_slice file;
	enum wls_rule rule;
	uint32_t line, column; /* where it was; 0: the whole file */
	struct wls_slice to;   /* the file's new name; empty: it kept its own */
};

struct wls_check_unfixed {
	const char *text; /* "FILE: why" */
};

struct wls_check_report {
	const struct wls_check *check;
	const struct wls_style *style;
	struct wls_arena *arena;
	uint32_t logs; /* that were checked */
	bool plain;    /* one sentence a line */
	bool quiet;    /* no line of sums */
	bool fixing;   /* --fix was given */
	const struct wls_check_fixed *fixed;
	size_t fixed_count;
	const char *version; /* of wlsync */
};

/* How many findings of each severity are not switched off by a comment. */
struct wls_check_counts {
	size_t of[WLS_ERROR + 1];
	size_t ignored, fixable;
	uint32_t logs; /* that have some */
};
void wls_check_count(const struct wls_check *check, struct wls_arena *arena,
		     struct wls_check_counts *out);

void wls_render_check(const struct wls_check_report *report, struct wls_buf *out);
/* wlsync.check/1 */
void wls_document_check(const struct wls_check_report *report, struct wls_buf *out);
/* SARIF 2.1.0; of more than WLS_SARIF_MAX findings the gravest. */
void wls_sarif_check(const struct wls_check_report *report, struct wls_buf *out);
/* Workflow commands of GitHub Actions. */
void wls_github_check(const struct wls_check_report *report, struct wls_buf *out);

/* The rules with the severities that hold. */
void wls_render_rules(const struct wls_check_options *options, const struct wls_style *style,
		      struct wls_buf *out);
void wls_document_rules(const struct wls_check_options *options, struct wls_buf *out);

/* "error", "warning", "info"; "off" below. */
const char *wls_rule_severity_name(int severity);

#endif
