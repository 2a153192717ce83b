/* How far a long run is: one line on a terminal, nothing elsewhere. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_PROGRESS_H
#define CUSTVAL_TOOLS_PROGRESS_H

#include <stdint.h>
#include <stdio.h>

/* Shows progress from now on, if stderr is a terminal and `results`, which are written meanwhile (NULL: at the end), is
   not. total_bytes is 0 if not known. */
void progress_start(uint64_t total_bytes, FILE *results);
/* Says what is done now, at once and before all that follows; "" ends that. */
void progress_about(const char *what);
/* Never from two threads at once. */
void progress_show(uint64_t rows, uint64_t bytes);
/* The same for work of another kind. */
void progress_show_share(uint64_t done, uint64_t total);
/* Wipes the line, if one is shown. */
void progress_clear(void);

#endif
