/* Running a job in pieces: outcome, order of failures, progress, cancelling, broken runners. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"
#include "base/run.h"

#define MOST_PIECES 1000

typedef struct work {
    atomic_int times[MOST_PIECES]; /* how often each piece ran */
    custval_status results[MOST_PIECES];
    custval_status prepared;
    uint32_t threads;
    atomic_uint most_thread;
    atomic_int prepare_calls;
} work;

static work the_work;

static custval_status prepare(void *data, uint32_t threads) {
    work *const in = data;
    atomic_fetch_add(&in->prepare_calls, 1);
    in->threads = threads;
    return in->prepared;
}

static custval_status piece(void *data, uint32_t index, uint32_t thread) {
    work *const in = data;
    atomic_fetch_add(&in->times[index], 1);
    unsigned most = atomic_load(&in->most_thread);
    while (thread > most && !atomic_compare_exchange_weak(&in->most_thread, &most, thread)) continue;
    return in->results[index];
}

static uint64_t ten_and_index(void *data, uint32_t index) {
    (void)data;
    return 10 + index;
}

static custval__job job_new(void) {
    memset(&the_work, 0, sizeof the_work);
    return (custval__job){.data = &the_work, .prepare = prepare, .piece = piece};
}

static int ran(uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        if (atomic_load(&the_work.times[i]) != 1) return 0;
    }
    return 1;
}

static int rested(uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        if (atomic_load(&the_work.times[i]) != 0) return 0;
    }
    return 1;
}

/* A runner in one thread that takes the pieces from the last to the first and tells of three threads. */
static int backwards(void *data, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin,
                     uint32_t end) {
    (void)data;
    const int refused = init(job, 3);
    if (refused != 0) return refused;
    for (uint32_t i = end; i-- > begin;) body(job, i, i % 3);
    return 0;
}

static custval_host host_with(custval_runner runner, void *data) {
    custval_host host = CUSTVAL_HOST_INIT;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    host.runner = runner;
    host.runner_data = data;
    return host;
}

/* Every runner there is: none, the one above, pools of several sizes. */
#define RUNNERS 5
static custval_threads *pools[RUNNERS];
static custval_host hosts[RUNNERS];

static int make_runners(void **state) {
    (void)state;
    hosts[0] = host_with(NULL, NULL);
    hosts[1] = host_with(backwards, NULL);
    for (uint32_t i = 2; i < RUNNERS; i++) {
        assert_ok(custval_threads_new(NULL, threads_up_to(i * i - 3), &pools[i], NULL), NULL);
        hosts[i] = host_with(custval_threads_run, pools[i]);
    }
    return 0;
}

static int free_runners(void **state) {
    (void)state;
    for (size_t i = 0; i < RUNNERS; i++) custval_threads_free(pools[i]);
    return 0;
}

static void every_piece_runs_once_on_every_runner(void **state) {
    (void)state;
    static const uint32_t counts[] = {0, 1, 2, 7, MOST_PIECES};
    for (size_t i = 0; i < RUNNERS; i++) {
        for (size_t k = 0; k < SUPPORT_COUNT(counts); k++) {
            custval_error error = CUSTVAL_ERROR_INIT;
            const custval__job job = job_new();
            assert_ok(custval__run(&hosts[i], &job, counts[k], &error), &error);
            assert_true(ran(0, counts[k]) && rested(counts[k], MOST_PIECES));
            assert_int_equal(the_work.prepare_calls, 1);
            assert_true(the_work.most_thread < the_work.threads);
        }
    }
}

static void prepare_may_be_missing(void **state) {
    (void)state;
    custval__job job = job_new();
    job.prepare = NULL;
    assert_ok(custval__run(&hosts[0], &job, 3, NULL), NULL);
    assert_true(ran(0, 3));
}

static void a_failed_preparation_is_returned_and_nothing_runs(void **state) {
    (void)state;
    for (size_t i = 0; i < RUNNERS; i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        const custval__job job = job_new();
        the_work.prepared = CUSTVAL_ERROR_MEMORY;
        assert_status(custval__run(&hosts[i], &job, 10, &error), CUSTVAL_ERROR_MEMORY, &error);
        assert_true(rested(0, MOST_PIECES));
    }
}

static void the_failure_of_the_lowest_index_is_returned_by_every_runner(void **state) {
    (void)state;
    for (size_t i = 0; i < RUNNERS; i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        const custval__job job = job_new();
        the_work.results[900] = CUSTVAL_ERROR_TYPE;
        the_work.results[400] = CUSTVAL_ERROR_RANGE;
        the_work.results[401] = CUSTVAL_ERROR_LIMIT;
        assert_status(custval__run(&hosts[i], &job, MOST_PIECES, &error), CUSTVAL_ERROR_RANGE, &error);
        assert_string_equal(error.message, custval_status_description(CUSTVAL_ERROR_RANGE));
        assert_true(ran(0, 401));
        if (i == 0) assert_true(rested(401, MOST_PIECES));
    }
}

static void the_failure_of_the_first_or_last_piece_is_seen(void **state) {
    (void)state;
    static const uint32_t failing[] = {0, MOST_PIECES - 1};
    for (size_t i = 0; i < RUNNERS; i++) {
        for (size_t k = 0; k < SUPPORT_COUNT(failing); k++) {
            const custval__job job = job_new();
            the_work.results[failing[k]] = CUSTVAL_ERROR_STREAM;
            assert_status(custval__run(&hosts[i], &job, MOST_PIECES, NULL), CUSTVAL_ERROR_STREAM, NULL);
        }
    }
}

/* What the progress callback saw. Only one thread at a time may be in it, which ThreadSanitizer checks as well. */
typedef struct reports {
    uint64_t last, total;
    uint64_t stop_at; /* asks to stop once this many units are done */
    size_t calls;
    int monotone;
    atomic_int inside;
    int overlapped;
} reports;

static int watch(void *data, uint64_t done, uint64_t total) {
    reports *const seen = data;
    if (atomic_fetch_add(&seen->inside, 1) != 0) seen->overlapped = 1;
    if (done <= seen->last) seen->monotone = 0;
    seen->last = done;
    seen->total = total;
    seen->calls++;
    atomic_fetch_sub(&seen->inside, 1);
    return done >= seen->stop_at;
}

static custval_host watched(size_t runner, reports *seen) {
    *seen = (reports){.stop_at = UINT64_MAX, .monotone = 1};
    custval_host host = hosts[runner];
    host.progress = watch;
    host.progress_data = seen;
    return host;
}

static void progress_grows_to_the_total(void **state) {
    (void)state;
    for (size_t i = 0; i < RUNNERS; i++) {
        reports seen;
        const custval_host host = watched(i, &seen);
        custval__job job = job_new();
        job.units = ten_and_index;
        job.total_units = 7 + 10 * MOST_PIECES + MOST_PIECES * (MOST_PIECES - 1) / 2;
        job.done_before = 7;
        assert_ok(custval__run(&host, &job, MOST_PIECES, NULL), NULL);
        assert_int_equal(seen.last, job.total_units);
        assert_int_equal(seen.total, job.total_units);
        assert_true(seen.monotone && !seen.overlapped);
        if (i < 2) assert_int_equal(seen.calls, MOST_PIECES);
    }
}

static void a_piece_without_units_counts_one(void **state) {
    (void)state;
    reports seen;
    const custval_host host = watched(0, &seen);
    const custval__job job = job_new();
    assert_ok(custval__run(&host, &job, 12, NULL), NULL);
    assert_int_equal(seen.last, 12);
    assert_int_equal(seen.total, 0);
}

static void the_progress_callback_can_stop_the_run(void **state) {
    (void)state;
    for (size_t i = 0; i < RUNNERS; i++) {
        reports seen;
        const custval_host host = watched(i, &seen);
        seen.stop_at = 5;
        custval_error error = CUSTVAL_ERROR_INIT;
        const custval__job job = job_new();
        assert_status(custval__run(&host, &job, MOST_PIECES, &error), CUSTVAL_ERROR_CANCELLED, &error);
        assert_message(&error, "progress");
        if (i == 0) assert_true(ran(0, 5) && rested(5, MOST_PIECES));
        if (i == 1) assert_true(ran(MOST_PIECES - 5, MOST_PIECES) && rested(0, MOST_PIECES - 5));
        assert_true(seen.last >= 5 && !seen.overlapped);
    }
}

static void a_failure_counts_more_than_the_wish_to_stop(void **state) {
    (void)state;
    reports seen;
    const custval_host host = watched(1, &seen);
    seen.stop_at = 5;
    const custval__job job = job_new();
    the_work.results[MOST_PIECES - 2] = CUSTVAL_ERROR_STRUCTURE;
    assert_status(custval__run(&host, &job, MOST_PIECES, NULL), CUSTVAL_ERROR_STRUCTURE, NULL);
}

/* Runners that break their promise. */
static int gives_up(void *data, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin,
                    uint32_t end) {
    (void)data;
    (void)end;
    init(job, 1);
    body(job, begin, 0);
    return 77;
}

static int forgets_some(void *data, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin,
                        uint32_t end) {
    (void)data;
    const int refused = init(job, 1);
    for (uint32_t i = begin; refused == 0 && i + 2 < end; i++) body(job, i, 0);
    return refused;
}

static int misnumbers(void *data, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin,
                      uint32_t end) {
    (void)data;
    const int refused = init(job, 2);
    for (uint32_t i = begin; refused == 0 && i < end; i++) body(job, i, i);
    return refused;
}

static int never_prepares(void *data, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin,
                          uint32_t end) {
    (void)data;
    (void)init;
    for (uint32_t i = begin; i < end; i++) body(job, i, 0);
    return 0;
}

static int runs_too_many(void *data, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin,
                         uint32_t end) {
    (void)data;
    const int refused = init(job, 1);
    for (uint32_t i = begin; refused == 0 && i < end; i++) body(job, i, 0);
    body(job, end, 0);
    return refused;
}

/* As many pieces as there should be. */
static int swaps_one(void *data, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin,
                     uint32_t end) {
    (void)data;
    const int refused = init(job, 1);
    for (uint32_t i = begin; refused == 0 && i + 1 < end; i++) body(job, i, 0);
    if (refused == 0) body(job, begin + 3, 0);
    return refused;
}

static void a_runner_that_breaks_its_promise_is_found_out(void **state) {
    (void)state;
    static const struct {
        custval_runner runner;
        custval_status expected;
        const char *message;
        uint32_t pieces_run;
    } cases[] = {
        {gives_up, CUSTVAL_ERROR_CANCELLED, "gave up with 77", 1},
        {forgets_some, CUSTVAL_ERROR_ARGUMENT, "ran 8 of 10 pieces", 8},
        {misnumbers, CUSTVAL_ERROR_ARGUMENT, "beyond the 2 threads", 2},
        {never_prepares, CUSTVAL_ERROR_ARGUMENT, "beyond the 0 threads", 0},
        {runs_too_many, CUSTVAL_ERROR_ARGUMENT, "a piece beyond the 10 that there are", 10},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        const custval_host host = host_with(cases[i].runner, NULL);
        const custval__job job = job_new();
        assert_status(custval__run(&host, &job, 10, &error), cases[i].expected, &error);
        assert_message(&error, cases[i].message);
        assert_true(ran(0, cases[i].pieces_run) && rested(cases[i].pieces_run, MOST_PIECES));
    }
}

static void a_runner_that_runs_one_piece_twice_instead_of_another_is_found_out(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    const custval_host host = host_with(swaps_one, NULL);
    const custval__job job = job_new();
    assert_status(custval__run(&host, &job, 10, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "twice and others never");
    assert_int_equal(atomic_load(&the_work.times[3]), 2);
    assert_true(rested(9, MOST_PIECES));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_piece_runs_once_on_every_runner),
        cmocka_unit_test(prepare_may_be_missing),
        cmocka_unit_test(a_failed_preparation_is_returned_and_nothing_runs),
        cmocka_unit_test(the_failure_of_the_lowest_index_is_returned_by_every_runner),
        cmocka_unit_test(the_failure_of_the_first_or_last_piece_is_seen),
        cmocka_unit_test(progress_grows_to_the_total),
        cmocka_unit_test(a_piece_without_units_counts_one),
        cmocka_unit_test(the_progress_callback_can_stop_the_run),
        cmocka_unit_test(a_failure_counts_more_than_the_wish_to_stop),
        cmocka_unit_test(a_runner_that_breaks_its_promise_is_found_out),
        cmocka_unit_test(a_runner_that_runs_one_piece_twice_instead_of_another_is_found_out),
    };
    return cmocka_run_group_tests(tests, make_runners, free_runners);
}
