/* SPDX-License-Identifier: MIT */
/*
 * What a fuzz target is: libFuzzer's entry point, also called by replay.c.
 */
#ifndef WLS_TEST_FUZZ_H
#define WLS_TEST_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Aborts, after one line on stderr, when the target's property does not hold. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
