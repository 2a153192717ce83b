/* Running a job in pieces on the host's runner, or in the calling thread, with progress and cancelling. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_RUN_H
#define CUSTVAL_BASE_RUN_H

#include <stdint.h>

#include <custval/host.h>

typedef struct custval__job {
    void *data;
    /* Called once with the largest number of threads, to make per-thread scratch; may be NULL. */
    custval_status (*prepare)(void *data, uint32_t threads);
    /* One piece. A failure stops pieces of higher index not yet begun; the failure of the lowest index is returned, so
       that it does not depend on the threads. */
    custval_status (*piece)(void *data, uint32_t index, uint32_t thread);
    /* Units of work in a piece, for progress; may be NULL (1 each). */
    uint64_t (*units)(void *data, uint32_t index);
    uint64_t total_units;
    uint64_t done_before; /* progress offset, for streams */
} custval__job;

/* Runs pieces 0 .. pieces-1. Progress is reported between pieces, by one thread at a time. Returns CUSTVAL_OK; the
   status of prepare or of the failed piece with the lowest index (the error then holds the description of that status:
   a caller who knows more fills it in again; pieces must not touch it); CUSTVAL_ERROR_CANCELLED; or
   CUSTVAL_ERROR_ARGUMENT if the host's runner left out pieces or misnumbered its threads. */
custval_status custval__run(const custval_host *whole_host, const custval__job *job, uint32_t pieces,
                            custval_error *error);

#endif
