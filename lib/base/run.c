/* Running a job in pieces, with progress, cancelling and an outcome that does not depend on the threads. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run.h"

#include <stdatomic.h>
#include <stddef.h>

#include "error.h"

#define NO_FAILURE UINT64_MAX

typedef struct run {
    const custval_host *host;
    const custval__job *job;
    custval_status prepared;
    uint32_t pieces, threads;
    atomic_int stopped;       /* the progress callback asked to stop, or the runner is broken */
    atomic_int misnumbered;   /* the runner used a thread number that it had not announced */
    atomic_int overran;       /* the runner ran a piece that does not exist */
    _Atomic uint64_t failure; /* index << 32 | -status of the failed piece with the lowest index */
    _Atomic uint64_t done;    /* units of the finished pieces */
    _Atomic uint64_t pieces_begun;
    _Atomic uint64_t marks_begun; /* sum of their marks */
    atomic_flag reporting; /* held by the one thread that calls progress */
    uint64_t reported;     /* last number given to progress; belongs to the holder of `reporting` */
} run;

/* Pieces below a failed one still run, so that the failure returned is the one that a single thread would meet. */
static int is_skipped(run *in, uint32_t index) {
    return atomic_load(&in->stopped) != 0 || index > atomic_load(&in->failure) >> 32;
}

/* Sums of marks tell that as many pieces as there are were other ones: one ran twice, another never (splitmix64). */
static uint64_t mark_of(uint32_t index) {
    uint64_t mark = (index + 1U) * UINT64_C(0x9e3779b97f4a7c15);
    mark = (mark ^ mark >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mark = (mark ^ mark >> 27) * UINT64_C(0x94d049bb133111eb);
    return mark ^ mark >> 31;
}

static uint64_t marks_of_all(uint32_t pieces) {
    uint64_t sum = 0;
    for (uint32_t index = 0; index < pieces; index++) sum += mark_of(index);
    return sum;
}

static void note_failure(run *in, uint32_t index, custval_status status) {
    const uint64_t mine = (uint64_t)index << 32 | (uint32_t)-status;
    uint64_t lowest = atomic_load(&in->failure);
    while (mine < lowest) {
        if (atomic_compare_exchange_weak(&in->failure, &lowest, mine)) return;
    }
}

/* Whoever finds another thread reporting goes on working; the number it did not report is part of the next report. */
static void report(run *in) {
    if (in->host->progress == NULL || atomic_flag_test_and_set(&in->reporting)) return;
    const uint64_t done = atomic_load(&in->done);
    if (done != in->reported && atomic_load(&in->stopped) == 0) {
        in->reported = done;
        const int stop = in->host->progress(in->host->progress_data, in->job->done_before + done, in->job->total_units);
        if (stop != 0) atomic_store(&in->stopped, 1);
    }
    atomic_flag_clear(&in->reporting);
}

static int run_init(void *data, uint32_t threads) {
    run *const in = data;
    in->threads = threads;
    if (in->job->prepare != NULL) in->prepared = in->job->prepare(in->job->data, threads);
    return in->prepared != CUSTVAL_OK;
}

static void run_body(void *data, uint32_t index, uint32_t thread) {
    run *const in = data;
    const custval__job *const job = in->job;
    atomic_fetch_add(&in->pieces_begun, 1);
    atomic_fetch_add(&in->marks_begun, mark_of(index));
    if (thread >= in->threads || index >= in->pieces) {
        atomic_store(thread >= in->threads ? &in->misnumbered : &in->overran, 1);
        atomic_store(&in->stopped, 1);
    }
    if (is_skipped(in, index)) return;
    const custval_status status = job->piece(job->data, index, thread);
    if (status != CUSTVAL_OK) {
        note_failure(in, index, status);
        return;
    }
    atomic_fetch_add(&in->done, job->units == NULL ? 1 : job->units(job->data, index));
    report(in);
}

static int run_here(run *in) {
    if (run_init(in, 1) != 0) return 1;
    for (uint32_t index = 0; index < in->pieces && !is_skipped(in, index); index++) run_body(in, index, 0);
    return 0;
}

/* What the host's runner did other than it should. */
static custval_status broken_promise(run *in, int result, custval_error *error) {
    const uint64_t begun = atomic_load(&in->pieces_begun);
    if (atomic_load(&in->misnumbered) != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "the host's runner used a thread number beyond the %u threads that it announced",
                             (unsigned)in->threads);
    }
    if (atomic_load(&in->overran) != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the host's runner ran a piece beyond the %u that there are",
                             (unsigned)in->pieces);
    }
    if (result != 0 || atomic_load(&in->stopped) != 0) return CUSTVAL_OK;
    if (begun != in->pieces) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the host's runner ran %llu of %u pieces",
                             (unsigned long long)begun, (unsigned)in->pieces);
    }
    if (atomic_load(&in->marks_begun) != marks_of_all(in->pieces)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "the host's runner ran some of the %u pieces twice and others never", (unsigned)in->pieces);
    }
    return CUSTVAL_OK;
}

static custval_status outcome(run *in, int runner_result, custval_error *error) {
    const uint64_t failure = atomic_load(&in->failure);
    custval_status failed = in->prepared;
    if (failed == CUSTVAL_OK && failure != NO_FAILURE) failed = -(custval_status)(failure & 0xffffffffU);
    if (failed == CUSTVAL_ERROR_MEMORY) return custval__fail_memory(error);
    if (failed != CUSTVAL_OK) return custval__fail(error, failed, "%s", custval_status_description(failed));
    if (in->host->runner != NULL) CUSTVAL__TRY(broken_promise(in, runner_result, error));
    if (runner_result != 0) {
        return custval__fail(error, CUSTVAL_ERROR_CANCELLED, "the host's runner gave up with %d", runner_result);
    }
    if (atomic_load(&in->stopped) != 0) {
        return custval__fail(error, CUSTVAL_ERROR_CANCELLED, "stopped by the host's progress callback");
    }
    return CUSTVAL_OK;
}

custval_status custval__run(const custval_host *whole_host, const custval__job *job, uint32_t pieces,
                            custval_error *error) {
    run in = {.host = whole_host, .job = job, .pieces = pieces, .reporting = ATOMIC_FLAG_INIT};
    atomic_init(&in.failure, NO_FAILURE);
    const int result = whole_host->runner == NULL
                           ? run_here(&in)
                           : whole_host->runner(whole_host->runner_data, &in, run_init, run_body, 0, pieces);
    report(&in); /* what the last thread could not report */
    return outcome(&in, result, error);
}
