/* SPDX-License-Identifier: MIT */
/*
 * The rules, as the table of check.h has them.
 *
 * Layer: check. Includes: check.
 */
#include "wlsync/check.h"

#define WLS_OFF (-1)

const struct wls_rule_info wls_rules[WLS_RULE_COUNT] = {
#define X(id, name, severity, what, how, fix) {name, WLS_##severity, what, how, fix},
	WLS_RULE_TABLE(X)
#undef X
};

enum wls_rule wls_rule_find(struct wls_slice name)
{
	for (size_t i = 0; i < WLS_RULE_COUNT; i++)
		if (wls_slice_eq(name, wls_slice_of(wls_rules[i].name)))
			return (enum wls_rule)i;
	return WLS_RULE_COUNT;
}

void wls_check_defaults(struct wls_check_options *options)
{
	for (size_t i = 0; i < WLS_RULE_COUNT; i++)
		options->severity[i] = wls_rules[i].severity;
}
