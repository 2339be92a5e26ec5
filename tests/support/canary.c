/* SPDX-License-Identifier: MIT */
/*
 * Canaries: tests that must fail under the sanitizers. If they pass, leaks or undefined
 * behaviour pass everywhere else too (see CONTRIBUTING.md, "Sanitizers").
 */
#include <criterion/criterion.h>
#include <limits.h>
#include <stdlib.h>

#ifdef CANARY_LEAK
Test(canary, leaks)
{
	char *volatile lost = malloc(100);
	cr_assert(lost);
	lost = NULL;
}
#else
Test(canary, overflows)
{
	volatile int most = INT_MAX;
	most = most + 1;
	cr_assert(most != 0);
}
#endif
