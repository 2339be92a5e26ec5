/* SPDX-License-Identifier: MIT */
/*
 * The table of drivers: a tracker is one row here.
 *
 * Layer: tracker. Includes: base, tracker, tracker/github.
 */
#include "tracker/github.h"
#include "wlsync/tracker.h"

const struct wls_driver *const wls_drivers[] = {
	&wls_github_driver,
	NULL,
};

const struct wls_driver *wls_driver_find(struct wls_slice name)
{
	for (size_t i = 0; wls_drivers[i]; i++)
		if (wls_slice_eq(wls_slice_of(wls_drivers[i]->name), name))
			return wls_drivers[i];
	return NULL;
}
