/* Threads and progress that the command lends the library. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_WORKERS_H
#define CUSTVAL_TOOLS_WORKERS_H

#include <custval/custval.h>

typedef struct workers {
    custval_host host;
    custval_threads *threads;
} workers;

/* One thread per processor. */
void workers_start(workers *of);
/* After all that uses the host is freed. */
void workers_stop(workers *of);

#endif
