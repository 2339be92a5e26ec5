/* SPDX-License-Identifier: MIT */
/*
 * Loading the module that draws.
 *
 * Layer: draw. Includes: base, base/module, draw/draw.
 */
#include "base/module.h"
#include "draw/draw.h"

int wls_draw_load(const struct wls_draw_api **out, struct wls_error *err)
{
	const struct wls_module module = {
		.file = "wlsync-draw.so",
		.symbol = "wls_draw_module",
		.version = WLS_DRAW_VERSION,
		.build = "/../draw",
		.purpose = "draws charts",
		.needs = "libcairo2",
		.exec_path = getenv("WLSYNC_EXEC_PATH"),
		.libexec = WLS_LIBEXEC_DIR,
	};
	const void *table;
	int status = wls_module_load(&module, &table, err);

	if (status == 0)
		*out = table;
	return status;
}
