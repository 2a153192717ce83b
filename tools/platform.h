/* What differs between systems. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_PLATFORM_H
#define CUSTVAL_TOOLS_PLATFORM_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Once, first of all: text to a console is UTF-8, and no file opened later takes the place of a closed standard one. */
void platform_start(void);
int platform_is_terminal(FILE *file);
/* No translation of line ends. */
void platform_set_binary(FILE *file);
/* Size of a regular file, else 0. */
uint64_t platform_file_size(FILE *file);
/* 1 if the path names the open file. */
int platform_is_same_file(const char *path, FILE *file);

enum platform_kind { PLATFORM_NOTHING, PLATFORM_REGULAR, PLATFORM_OTHER };
int platform_kind_of(const char *path);
/* The path without symbolic links, if it exists; else the path as it is. free() it. */
char *platform_real_path(const char *path);
int platform_is_separator(char letter); /* between the folders of a path */
int platform_is_absolute(const char *path);
/* Makes a folder, unless it is there. 0, or -1 and errno. */
int platform_make_folder(const char *path);
/* Creates a file that must not exist, with the permissions of `like` if that exists; NULL and errno on failure. */
FILE *platform_create(const char *path, const char *like);
/* Puts a file in the place of another, whether that exists or not. 0 on success. */
int platform_replace(const char *from, const char *to);
/* Removes a file that may be open (NULL: is not) and is not used any more. */
void platform_discard(const char *path, FILE *file);
unsigned long platform_process(void);

/* Calls this before an interrupt, a hang-up or a termination ends the program. It may only call platform_discard. */
void platform_before_signals(void (*clean)(void));

/* From now on those signals do nothing; until the second call. */
void platform_ignore_signals(void);
void platform_heed_signals(void);

double platform_seconds(void);     /* on a clock that never goes back */
void platform_today(char out[11]); /* local date, YYYY-MM-DD */

#endif
