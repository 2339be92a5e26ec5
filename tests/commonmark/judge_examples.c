/* SPDX-License-Identifier: MIT */
/*
 * Reads documents from standard input, a NUL after each; says in TAP whether our blocks agree with
 * cmark-gfm's and whether rendering gives back every byte.
 */
#include <stdio.h>

#include "blocks_judge.h"
#include "wlsync/doc.h"

static bool renders_itself(struct wls_slice source)
{
	_cleanup_doc_ struct wls_doc *doc = NULL;
	_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
	if (wls_doc_parse(&doc, source, NULL) < 0)
		return false;
	wls_doc_render(doc, &out);
	return wls_slice_eq(wls_buf_slice(&out), source);
}

static bool check(size_t number, struct wls_slice source)
{
	_cleanup_buf_ struct wls_buf why = WLS_BUF_INIT;
	bool agrees = wls_judge_blocks(source, &why);
	bool round = renders_itself(source);
	printf("%sok %zu - example %zu: blocks as cmark-gfm, every byte back\n",
	       agrees && round ? "" : "not ", number, number);
	if (!agrees)
		fprintf(stderr, "%s\n", wls_buf_str(&why));
	return agrees && round;
}

int main(void)
{
	_cleanup_buf_ struct wls_buf source = WLS_BUF_INIT;
	size_t number = 0;
	bool ok = true;
	for (int c = getchar(); c != EOF; c = getchar()) {
		if (c != '\0') {
			wls_buf_add_char(&source, (char)c);
			continue;
		}
		ok &= check(++number, wls_buf_slice(&source));
		wls_buf_clear(&source);
	}
	printf("1..%zu\n", number);
	return ok && number > 0 ? 0 : 1;
}
