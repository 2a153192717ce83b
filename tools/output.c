/* Where results go: standard output, or a file that appears only when it is complete. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "platform.h"
#include "progress.h"
#include "tool.h"

#define PATH_SIZE 4096

/* The file to be removed if the program ends early: a signal handler reads this. */
static char temporary[PATH_SIZE];
static FILE *temporary_file;
static volatile sig_atomic_t has_temporary;

void output_discard(void) {
    if (has_temporary) platform_discard(temporary, temporary_file);
    has_temporary = 0;
}

static _Noreturn void fail_writing(const output *to) {
    const int reason = errno;
    if (reason == EPIPE) fail_silently(); /* whoever read our output has seen enough */
    fail("cannot write %s: %s", to->name, strerror(reason));
}

/* Beside the path, so that renaming does not cross file systems. */
static void open_temporary(output *to) {
    platform_before_signals(output_discard);
    for (unsigned attempt = 0; attempt < 100; attempt++) {
        const size_t length = custval__format(temporary, sizeof temporary, "%s.custval-%llu-%u.tmp", to->path,
                                              (unsigned long long)platform_process(), attempt);
        if (length >= sizeof temporary) fail("cannot write %s: the path is too long", to->name);
        has_temporary = 1;
        to->file = platform_create(temporary, to->path);
        temporary_file = to->file;
        if (to->file != NULL) return;
        has_temporary = 0;
        if (errno != EEXIST) break;
    }
    fail("cannot write %s: %s", to->name, strerror(errno));
}

void output_open(output *to, const char *path) {
    const int is_standard = path == NULL || strcmp(path, "-") == 0;
    progress_clear();
    *to = (output){NULL, is_standard ? "standard output" : path, NULL};
    if (is_standard) {
        to->file = stdout;
    } else if (*path == 0 || platform_kind_of(path) == PLATFORM_OTHER) {
        to->file = fopen(path, "wb");
        if (to->file == NULL) fail("cannot write %s: %s", *path == 0 ? "\"\"" : path, strerror(errno));
    } else {
        to->path = platform_real_path(path);
        open_temporary(to);
    }
    setvbuf(to->file, NULL, _IONBF, 0); /* what is written is buffered already */
}

void output_write(output *to, const char *bytes, size_t count) {
    if (count > 0 && fwrite(bytes, 1, count, to->file) != count) fail_writing(to);
}

void output_close(output *to) {
    if (fflush(to->file) != 0) fail_writing(to);
    if (to->file == stdout) return;
    FILE *const file = to->file;
    temporary_file = NULL;
    if (fclose(file) != 0) fail_writing(to);
    if (to->path == NULL) return;
    platform_ignore_signals(); /* the exit code tells whether the file is there */
    if (platform_replace(temporary, to->path) != 0) fail_writing(to);
    has_temporary = 0;
    free(to->path);
}

void output_standard(const char *bytes, size_t count) {
    output to;
    output_open(&to, NULL);
    output_write(&to, bytes, count);
    output_close(&to);
}

void output_refuse(const char *path, FILE *input, const char *name) {
    if (path == NULL || strcmp(path, "-") == 0 || !platform_is_same_file(path, input)) return;
    fail("the output would overwrite %s, which is read", name);
}
