/* SPDX-License-Identifier: MIT */
/*
 * The runner of property tests.
 */
#include "property/property.h"

#include <stdio.h>
#include <stdlib.h>

static unsigned long number_of(const char *variable, unsigned long otherwise)
{
	const char *text = getenv(variable);
	return text && *text ? strtoul(text, NULL, 10) : otherwise;
}

static bool try_seed(const struct property *p, unsigned long seed)
{
	struct test_random r = {seed};
	const char *fault = p->holds(&r);
	if (fault)
		printf("# %s, with WLSYNC_SEED=%lu\n", fault, seed);
	return !fault;
}

static bool try_all(const struct property *p)
{
	unsigned long only = number_of("WLSYNC_SEED", 0);
	unsigned long rounds = p->rounds * number_of("WLSYNC_ROUNDS", 1);
	if (only > 0)
		return try_seed(p, only);
	for (unsigned long seed = 1; seed <= rounds; seed++)
		if (!try_seed(p, seed))
			return false;
	return rounds > 0;
}

int property_main(const struct property *properties, size_t count)
{
	bool all = true;
	for (size_t i = 0; i < count; i++) {
		bool holds = try_all(&properties[i]);
		printf("%s %zu - %s\n", holds ? "ok" : "not ok", i + 1, properties[i].name);
		fflush(stdout);
		all = all && holds;
	}
	printf("1..%zu\n", count);
	return all ? 0 : 1;
}
