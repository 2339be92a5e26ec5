/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file.h"
#include "scratch.h"

static void expect_read(const char *path, struct wls_slice want)
{
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error err = {0};
	wls_buf_add_str(&buf, "left over from the file before");
	cr_assert_eq(wls_file_read(&buf, AT_FDCWD, path, &err), 0, "%s", err.text);
	cr_assert(wls_slice_eq(wls_buf_slice(&buf), want), "%s: %zu bytes", path, buf.len);
	cr_assert_eq(wls_buf_str(&buf)[buf.len], '\0');
}

static void expect_unread(const char *path, int status, const char *text)
{
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error err = {0};
	wls_buf_add_str(&buf, "left over");
	cr_assert_eq(wls_file_read(&buf, AT_FDCWD, path, &err), status, "%s: %s", path, err.text);
	cr_assert_eq((int)err.status, status);
	cr_assert(strstr(err.text, text), "%s: not in \"%s\"", text, err.text);
	cr_assert_eq(buf.len, 0);
	cr_assert(strchr(err.text, ';'), "tells what to do: %s", err.text);
}

Test(file, reads_every_kind_of_content)
{
	static const struct wls_slice contents[] = {
		{"", 0},
		{"\n", 1},
		{"no newline", 10},
		{"a\0b\0\0", 5},
		{"\xFF\xFE\xC3(", 4},
		{"\xEF\xBB\xBF# x\r\n", 8},
	};
	char dir[256];
	scratch_enter(dir);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(contents); i++) {
		scratch_write_bytes("sub/a file.md", contents[i]);
		expect_read("sub/a file.md", contents[i]);
	}
	scratch_write("new\nline\x01.md", "odd name");
	expect_read("new\nline\x01.md", WLS_SLICE("odd name"));
	scratch_write("caf\xE9.md", "latin-1 name");
	expect_read("caf\xE9.md", WLS_SLICE("latin-1 name"));
	scratch_leave(dir);
}

Test(file, reads_sizes_around_its_buffers)
{
	static const size_t sizes[] = {4095, 4096, 65535, 65536, 65537, 131072, 3000000};
	char dir[256];
	scratch_enter(dir);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(sizes); i++) {
		char *bytes = wls_alloc(sizes[i], 1);
		for (size_t j = 0; j < sizes[i]; j++)
			bytes[j] = (char)(j * 7 + j / 251);
		scratch_write_bytes("big", wls_slice(bytes, sizes[i]));
		expect_read("big", wls_slice(bytes, sizes[i]));
		free(bytes);
	}
	scratch_leave(dir);
}

Test(file, reads_what_tells_no_size)
{
	char dir[256], big[200001];
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	scratch_enter(dir);
	scratch_run("mkfifo pipe; head -c 200000 /dev/zero | tr '\\0' x > pipe &");
	expect_read("pipe", wls_slice_of(big));
	expect_read("/dev/null", WLS_SLICE(""));
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;
	cr_assert_eq(wls_file_read(&buf, AT_FDCWD, "/proc/self/status", NULL), 0);
	cr_assert_gt(buf.len, 100);
	scratch_leave(dir);
}

Test(file, reads_relative_to_a_folder)
{
	char dir[256];
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;
	scratch_enter(dir);
	scratch_write("sub/x.md", "here");
	int fd = open("sub", O_RDONLY | O_DIRECTORY);
	cr_assert_eq(wls_file_read(&buf, fd, "x.md", NULL), 0);
	cr_assert_str_eq(wls_buf_str(&buf), "here");
	close(fd);
	scratch_leave(dir);
}

Test(file, reads_what_may_be_missing_and_what_is_open)
{
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;
	char dir[256];
	bool exists = true;

	scratch_enter(dir);
	scratch_write("there.md", "one two");
	wls_buf_add_str(&buf, "left over");
	cr_expect_eq(wls_file_read_any(&buf, "missing.md", &exists, NULL), 0);
	cr_expect(!exists && buf.len == 0);
	cr_expect_eq(wls_file_read_any(&buf, "there.md", &exists, NULL), 0);
	cr_expect(exists && buf.len == 7);
	cr_expect_eq(wls_file_read_any(&buf, ".", &exists, NULL), WLS_E_IO);
	cr_expect(!exists && buf.len == 0);
	cr_expect_eq(wls_file_read_any(&buf, "there.md", NULL, NULL), 0);

	int fd = open("there.md", O_RDONLY | O_CLOEXEC);
	cr_assert_eq(lseek(fd, 4, SEEK_SET), 4);
	cr_expect_eq(wls_file_read_open(&buf, fd, "stdin", NULL), 0);
	cr_expect_str_eq(wls_buf_str(&buf), "two");
	cr_expect_eq(wls_file_read_open(&buf, fd, "stdin", NULL), 0);
	cr_expect_eq(buf.len, 0);
	close(fd);
	cr_expect_eq(wls_file_read_open(&buf, fd, "stdin", NULL), WLS_E_IO);
	scratch_leave(dir);
}

Test(file, says_why_it_cannot_read)
{
	char dir[256], longest[5000];
	scratch_enter(dir);
	expect_unread("missing.md", WLS_E_NOT_FOUND, "missing.md: cannot read it: No such file");
	expect_unread(".", WLS_E_IO, "Is a directory");
	scratch_write("plain", "");
	expect_unread("plain/x.md", WLS_E_NOT_FOUND, "Not a directory");
	cr_assert_eq(symlink("loop.md", "loop.md"), 0);
	expect_unread("loop.md", WLS_E_IO, "symbolic link");
	memset(longest, 'a', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	expect_unread(longest, WLS_E_LIMIT, "File name too long");
	scratch_write("closed.md", "secret");
	cr_assert_eq(chmod("closed.md", 0), 0);
	scratch_drop_root();
	expect_unread("closed.md", WLS_E_IO, "Permission denied; allow it");
	scratch_leave(dir);
}

/* With 256 MiB of address space left, memory for the file would abort: so none is taken. */
Test(file, refuses_what_is_too_large_before_taking_memory)
{
	char dir[256];
	scratch_enter(dir);
	scratch_run("truncate -s 268435456 exact.md; truncate -s 5T sparse.md 2>/dev/null || "
		    "truncate -s 300M sparse.md");
	expect_unread("exact.md", WLS_E_LIMIT, "256 MiB");
	expect_unread("sparse.md", WLS_E_LIMIT, "256 MiB");
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;
	cr_assert_eq(wls_file_read(&buf, AT_FDCWD, "exact.md", NULL), WLS_E_LIMIT);
	cr_assert_eq(buf.cap, 0);
	scratch_run("truncate -s 268435455 below.md");
	cr_assert_eq(wls_file_read(&buf, AT_FDCWD, "below.md", NULL), 0);
	cr_assert_eq(buf.len, WLS_FILE_MAX - 1);
	cr_assert_eq(wls_file_read(&buf, AT_FDCWD, "/dev/zero", NULL), WLS_E_LIMIT);
	scratch_leave(dir);
}

static size_t entries(void)
{
	size_t n = 0;
	DIR *dir = opendir(".");
	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 2;
}

static mode_t mode_of(const char *path)
{
	struct stat st;
	cr_assert_eq(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static void expect_written(const char *path, const char *text)
{
	struct wls_error err = {0};
	cr_assert_eq(wls_file_write(path, wls_slice_of(text), &err), 0, "%s", err.text);
	expect_read(path, wls_slice_of(text));
}

Test(file, writes_new_and_old_files)
{
	char dir[256], path[300];
	scratch_enter(dir);
	umask(027);
	expect_written("new.md", "one");
	cr_assert_eq(mode_of("new.md"), 0640);
	static const mode_t modes[] = {0600, 0644, 0755, 0664, 02755};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(modes); i++) {
		cr_assert_eq(chmod("new.md", modes[i]), 0);
		expect_written("new.md", "two, longer");
		cr_assert_eq(mode_of("new.md"), modes[i]);
		expect_written("new.md", "");
	}
	snprintf(path, sizeof(path), "%s/absolute.md", dir);
	expect_written(path, "absolute");
	cr_assert_eq(entries(), 2, "no temporary file is left");
	scratch_leave(dir);
}

Test(file, writes_through_links_and_keeps_the_old_inode_for_readers)
{
	char dir[256], old[4] = "";
	scratch_enter(dir);
	scratch_write("sub/real.md", "old");
	cr_assert_eq(symlink("sub/real.md", "link.md"), 0);
	int reader = open("link.md", O_RDONLY);
	expect_written("link.md", "new");
	struct stat st;
	cr_assert_eq(lstat("link.md", &st), 0);
	cr_assert(S_ISLNK(st.st_mode));
	expect_read("sub/real.md", WLS_SLICE("new"));
	cr_assert_eq(read(reader, old, 3), 3);
	cr_assert_str_eq(old, "old");
	close(reader);
	scratch_leave(dir);
}

static void expect_unwritten(const char *path, const char *text)
{
	struct wls_error err = {0};
	size_t before = entries();
	cr_assert_lt(wls_file_write(path, WLS_SLICE("new"), &err), 0, "%s", path);
	cr_assert(strstr(err.text, text), "%s: not in \"%s\"", text, err.text);
	cr_assert(strstr(err.text, path));
	cr_assert_eq(entries(), before);
}

Test(file, leaves_everything_when_it_cannot_write)
{
	char dir[256];
	scratch_enter(dir);
	expect_unwritten("no/such/folder.md", "No such file or directory");
	cr_assert_eq(mkdir("folder.md", 0777), 0);
	expect_unwritten("folder.md", "no regular file");
	cr_assert_eq(symlink("nowhere", "broken.md"), 0);
	expect_unwritten("broken.md", "leads nowhere");
	cr_assert_eq(symlink("loop.md", "loop.md"), 0);
	expect_unwritten("loop.md", "symbolic link");
	scratch_write("readonly.md", "old");
	cr_assert_eq(chmod("readonly.md", 0444), 0);
	expect_unwritten("readonly.md", "read-only");
	scratch_write("shut/x.md", "old");
	cr_assert_eq(chmod("shut", 0555), 0);
	scratch_drop_root();
	expect_unwritten("shut/x.md", "");
	expect_read("readonly.md", WLS_SLICE("old"));
	expect_read("shut/x.md", WLS_SLICE("old"));
	scratch_leave(dir);
}

Test(file, leaves_everything_when_the_disk_is_full)
{
	char dir[256];
	struct rlimit limit = {1000, 1000};
	char big[2000];
	memset(big, 'x', sizeof(big));
	scratch_enter(dir);
	scratch_write("a.md", "old");
	signal(SIGXFSZ, SIG_IGN);
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	struct wls_error err = {0};
	cr_assert_eq(wls_file_write("a.md", wls_slice(big, sizeof(big)), &err), WLS_E_IO);
	cr_assert(strstr(err.text, "a.md"), "%s", err.text);
	expect_read("a.md", WLS_SLICE("old"));
	cr_assert_eq(entries(), 1);
	scratch_leave(dir);
}
