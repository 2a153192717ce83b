/* How far a long run is: one line on a terminal, nothing elsewhere. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "progress.h"

#include <stdio.h>

#include "base/error.h"
#include "platform.h"

#define SECONDS_BEFORE 0.5 /* a short run shows nothing */
#define SECONDS_BETWEEN 0.1
#define LINE_SIZE 160

static struct {
    int is_on, is_shown;
    uint64_t total;
    double started, last;
    char what[LINE_SIZE]; /* "" if that goes without saying */
} progress;

void progress_start(uint64_t total_bytes, FILE *results) {
    progress.is_on = platform_is_terminal(stderr) && (results == NULL || !platform_is_terminal(results));
    progress.total = total_bytes;
    progress.started = platform_seconds();
    progress.last = progress.started + SECONDS_BEFORE - SECONDS_BETWEEN;
}

/* "1.2 M" */
static size_t rounded(char *out, size_t capacity, double value, const char *unit) {
    return custval__format(out, capacity, "%g%s", (double)(int64_t)(value * 10.0 + 0.5) / 10.0, unit);
}

/* 1 if the line is to be written again. */
static int is_time(double now) {
    if (!progress.is_on || now - progress.last < SECONDS_BETWEEN) return 0;
    progress.last = now;
    return 1;
}

/* A line that begins with what is done. */
static void show_about(const char *text) {
    char line[2 * LINE_SIZE];
    custval__format(line, sizeof line, "\r%s%s%s\033[K", progress.what,
                    progress.what[0] != 0 && text[0] != 0 ? ", " : "", text);
    fputs(line, stderr);
    fflush(stderr);
    progress.is_shown = 1;
}

void progress_about(const char *what) {
    progress_clear();
    custval__format(progress.what, sizeof progress.what, "%s", what);
    if (what[0] != 0 && platform_is_terminal(stderr)) show_about("");
}

void progress_show(uint64_t rows, uint64_t bytes) {
    const double now = platform_seconds();
    if (!is_time(now)) return;
    char line[LINE_SIZE], size[LINE_SIZE], left[LINE_SIZE] = "";
    rounded(size, sizeof size, (double)bytes / 1e6, " MB");
    if (progress.total > 0 && bytes > 0 && bytes <= progress.total) {
        const double part = (double)bytes / (double)progress.total;
        const double seconds = (now - progress.started) * (1.0 - part) / part;
        custval__format(left, sizeof left, ", %d %%, %llu s left", (int)(part * 100.0),
                        (unsigned long long)(seconds + 0.5));
    }
    custval__format(line, sizeof line, "%llu rows, %s%s", (unsigned long long)rows, size, left);
    show_about(line);
}

void progress_show_share(uint64_t done, uint64_t total) {
    char line[LINE_SIZE];
    if (total == 0 || !is_time(platform_seconds())) return;
    custval__format(line, sizeof line, "%d %%", (int)((double)done / (double)total * 100.0));
    show_about(line);
}

void progress_clear(void) {
    if (!progress.is_shown) return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    progress.is_shown = 0;
}
