/* SPDX-License-Identifier: MIT */
/*
 * A fuzz target as a regression test: runs it over files, and over the files in folders, named
 * on the command line. TAP; a crash ends it, as it should.
 */
#define _GNU_SOURCE /* nftw's FTW_ flags beside _XOPEN_SOURCE */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "fuzz/fuzz.h"

enum { FILE_MAX = 64 << 20, OPEN_MAX_FOLDERS = 16 };

static unsigned count;

static int replay(const char *path, const struct stat *st, int type, struct FTW *place)
{
	(void)place;
	if (type != FTW_F || !S_ISREG(st->st_mode) || st->st_size > FILE_MAX)
		return 0;
	FILE *file = fopen(path, "rb");
	if (!file) {
		perror(path);
		return 1;
	}
	/* Exactly as long as the file, so that the sanitizer sees a read past its end. */
	size_t size = (size_t)st->st_size;
	uint8_t *data = malloc(size > 0 ? size : 1);
	if (!data || fread(data, 1, size, file) != size)
		abort();
	fclose(file);
	fprintf(stderr, "%s\n", path);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
	printf("ok %u - %s\n", ++count, path);
	return 0;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (nftw(argv[i], replay, OPEN_MAX_FOLDERS, FTW_PHYS) != 0) {
			printf("Bail out! cannot read %s\n", argv[i]);
			return 1;
		}
	}
	printf("1..%u\n", count);
	return count > 0 ? 0 : 1;
}
