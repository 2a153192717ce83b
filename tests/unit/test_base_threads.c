/* The pool of threads. */
/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* RTLD_NEXT */

#include "support.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#if defined(__has_feature)
#  if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#    define HAS_SANITIZER
#  endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#  define HAS_SANITIZER
#endif

#if !defined(HAS_SANITIZER)

/* These stand before the system's functions of the same names, and refuse when a countdown reaches 0. */
static int threads_until_refusal, mutexes_until_refusal, conditions_until_refusal;

static int refuses(int *countdown) {
    return *countdown > 0 && --*countdown == 0;
}

/* A pointer to a function, which C cannot make from what dlsym returns. */
static void find_next(const char *name, void *function) {
    void *const found = dlsym(RTLD_NEXT, name);
    memcpy(function, &found, sizeof found);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *data) {
    int (*next)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *) = NULL;
    find_next("pthread_create", &next);
    return refuses(&threads_until_refusal) ? EAGAIN : next(thread, attributes, start, data);
}

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes) {
    int (*next)(pthread_mutex_t *, const pthread_mutexattr_t *) = NULL;
    find_next("pthread_mutex_init", &next);
    return refuses(&mutexes_until_refusal) ? EAGAIN : next(mutex, attributes);
}

int pthread_cond_init(pthread_cond_t *condition, const pthread_condattr_t *attributes) {
    int (*next)(pthread_cond_t *, const pthread_condattr_t *) = NULL;
    find_next("pthread_cond_init", &next);
    return refuses(&conditions_until_refusal) ? EAGAIN : next(condition, attributes);
}

#endif

static custval_threads *pool_of(uint32_t count) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_threads *pool = NULL;
    assert_ok(custval_threads_new(NULL, count, &pool, &error), &error);
    assert_non_null(pool);
    return pool;
}

#define MOST_INDICES 5000

typedef struct counts {
    atomic_int times[MOST_INDICES];
    atomic_int inside[16]; /* bodies running under each thread number */
    atomic_int clashes;
    uint32_t threads;
    int init_result, init_calls;
} counts;

static int count_init(void *job, uint32_t threads) {
    counts *const in = job;
    in->init_calls++;
    in->threads = threads;
    return in->init_result;
}

static void count_body(void *job, uint32_t index, uint32_t thread) {
    counts *const in = job;
    if (thread >= in->threads || atomic_fetch_add(&in->inside[thread], 1) != 0) atomic_fetch_add(&in->clashes, 1);
    atomic_fetch_add(&in->times[index], 1);
    atomic_fetch_sub(&in->inside[thread], 1);
}

static void assert_counted(counts *in, uint32_t begin, uint32_t end) {
    for (uint32_t i = 0; i < MOST_INDICES; i++) {
        assert_int_equal(atomic_load(&in->times[i]), i >= begin && i < end);
    }
    assert_int_equal(atomic_load(&in->clashes), 0);
    assert_int_equal(in->init_calls, 1);
}

static void every_index_runs_once_in_pools_of_any_size(void **state) {
    (void)state;
    static const uint32_t sizes[] = {1, 2, 3, 8}, ranges[][2] = {{0, 0}, {0, 1}, {3, 5}, {5, 3}, {0, MOST_INDICES}};
    for (size_t i = 0; i < SUPPORT_COUNT(sizes); i++) {
        custval_threads *const pool = pool_of(sizes[i]);
        assert_int_equal(custval_threads_count(pool), sizes[i]);
        for (size_t k = 0; k < SUPPORT_COUNT(ranges); k++) {
            counts in;
            memset(&in, 0, sizeof in);
            assert_int_equal(custval_threads_run(pool, &in, count_init, count_body, ranges[k][0], ranges[k][1]), 0);
            assert_counted(&in, ranges[k][0], ranges[k][1]);
            assert_int_equal(in.threads, ranges[k][1] - ranges[k][0] < 2 ? 1 : sizes[i]); /* one piece wakes nobody */
        }
        custval_threads_free(pool);
    }
}

static void no_pool_means_the_calling_thread(void **state) {
    (void)state;
    counts in;
    memset(&in, 0, sizeof in);
    assert_int_equal(custval_threads_run(NULL, &in, count_init, count_body, 10, 20), 0);
    assert_counted(&in, 10, 20);
    assert_int_equal(in.threads, 1);
    assert_int_equal(custval_threads_count(NULL), 0);
    custval_threads_free(NULL);
}

static void a_refusal_of_init_is_returned_and_nothing_runs(void **state) {
    (void)state;
    custval_threads *const pool = pool_of(3), *const pools[] = {NULL, pool};
    for (size_t i = 0; i < SUPPORT_COUNT(pools); i++) {
        counts in;
        memset(&in, 0, sizeof in);
        in.init_result = -5;
        assert_int_equal(custval_threads_run(pools[i], &in, count_init, count_body, 0, 100), -5);
        assert_counted(&in, 0, 0);
    }
    custval_threads_free(pool);
}

static void init_may_be_missing(void **state) {
    (void)state;
    custval_threads *const pool = pool_of(2);
    counts in;
    memset(&in, 0, sizeof in);
    in.threads = 2;
    in.init_calls = 1;
    assert_int_equal(custval_threads_run(pool, &in, NULL, count_body, 0, 100), 0);
    assert_counted(&in, 0, 100);
    custval_threads_free(pool);
}

static void record_last(void *job, uint32_t index, uint32_t thread) {
    (void)thread;
    atomic_uint *const seen = job;
    atomic_fetch_add(seen, index);
}

static void the_largest_index_is_reached_and_not_passed(void **state) {
    (void)state;
    custval_threads *const pool = pool_of(3);
    atomic_uint sum = 0;
    assert_int_equal(custval_threads_run(pool, &sum, NULL, record_last, UINT32_MAX - 2, UINT32_MAX), 0);
    assert_int_equal(atomic_load(&sum), (uint32_t)(2 * (uint64_t)UINT32_MAX - 3));
    custval_threads_free(pool);
}

/* Two bodies that wait for each other: they return only if two threads run at once. */
static void meet(void *job, uint32_t index, uint32_t thread) {
    (void)index;
    (void)thread;
    pthread_barrier_wait(job);
}

static void the_threads_of_a_pool_run_at_once(void **state) {
    (void)state;
    custval_threads *const pool = pool_of(3);
    pthread_barrier_t barrier;
    assert_int_equal(pthread_barrier_init(&barrier, NULL, 3), 0);
    assert_int_equal(custval_threads_run(pool, &barrier, NULL, meet, 0, 3), 0);
    pthread_barrier_destroy(&barrier);
    custval_threads_free(pool);
}

typedef struct nesting {
    custval_threads *pool;
    counts inner[8];
} nesting;

static void run_inner(void *job, uint32_t index, uint32_t thread) {
    (void)thread;
    nesting *const in = job;
    const int result = custval_threads_run(in->pool, &in->inner[index], count_init, count_body, 0, 50);
    if (result != 0) atomic_fetch_add(&in->inner[index].clashes, 1);
}

static void a_body_may_use_its_own_pool(void **state) {
    (void)state;
    static nesting in;
    memset(&in, 0, sizeof in);
    in.pool = pool_of(4);
    assert_int_equal(custval_threads_run(in.pool, &in, NULL, run_inner, 0, 8), 0);
    for (size_t i = 0; i < 8; i++) {
        assert_counted(&in.inner[i], 0, 50);
        assert_int_equal(in.inner[i].threads, 1);
    }
    custval_threads_free(in.pool);
}

typedef struct caller {
    custval_threads *pool;
    counts in;
    int result;
    pthread_t thread;
} caller;

static void *call_often(void *data) {
    caller *const self = data;
    for (int i = 0; i < 50; i++) {
        memset(&self->in, 0, sizeof self->in);
        self->result |= custval_threads_run(self->pool, &self->in, count_init, count_body, 0, 20);
    }
    return NULL;
}

static void calls_from_several_threads_take_turns(void **state) {
    (void)state;
    static caller callers[6];
    custval_threads *const pool = pool_of(3);
    for (size_t i = 0; i < SUPPORT_COUNT(callers); i++) {
        callers[i].pool = pool;
        assert_int_equal(pthread_create(&callers[i].thread, NULL, call_often, &callers[i]), 0);
    }
    for (size_t i = 0; i < SUPPORT_COUNT(callers); i++) {
        assert_int_equal(pthread_join(callers[i].thread, NULL), 0);
        assert_int_equal(callers[i].result, 0);
        assert_counted(&callers[i].in, 0, 20);
    }
    custval_threads_free(pool);
}

static void signals_blocked(void *job, uint32_t index, uint32_t thread) {
    (void)index;
    sigset_t mask;
    pthread_sigmask(SIG_BLOCK, NULL, &mask);
    if (thread > 0 && sigismember(&mask, SIGUSR1) != 1) atomic_fetch_add((atomic_int *)job, 1);
    if (thread == 0 && sigismember(&mask, SIGUSR1) != 0) atomic_fetch_add((atomic_int *)job, 1);
}

static void signals_of_the_host_stay_with_its_own_threads(void **state) {
    (void)state;
    custval_threads *const pool = pool_of(3);
    atomic_int wrong = 0;
    assert_int_equal(custval_threads_run(pool, &wrong, NULL, signals_blocked, 0, 1000), 0);
    assert_int_equal(atomic_load(&wrong), 0);
    custval_threads_free(pool);
}

static void zero_means_one_thread_for_each_processor(void **state) {
    (void)state;
    custval_threads *const pool = pool_of(0);
    assert_int_equal(custval_threads_count(pool), sysconf(_SC_NPROCESSORS_ONLN));
    custval_threads_free(pool);
}

static void wrong_arguments_are_named(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_status(custval_threads_new(NULL, 1, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_string_equal(error.message, "out is NULL");
    custval_threads *pool = (custval_threads *)&error;
    assert_status(custval_threads_new(NULL, 1025, &pool, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "count is 1025");
    assert_null(pool);
    custval_host host = CUSTVAL_HOST_INIT;
    host.struct_size = 1;
    pool = (custval_threads *)&error;
    assert_status(custval_threads_new(&host, 1, &pool, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    assert_null(pool);
}

static custval_status make_a_pool(const custval_host *host, void *data) {
    (void)data;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_threads *pool = NULL;
    const custval_status status = custval_threads_new(host, 2, &pool, &error);
    assert_status(status, status, &error);
    assert_int_equal(pool == NULL, status != CUSTVAL_OK);
    custval_threads_free(pool);
    return status;
}

static void a_pool_leaks_nothing_when_memory_runs_out(void **state) {
    (void)state;
    support_exhaust_memory(make_a_pool, NULL);
}

static void a_system_that_refuses_is_reported_and_nothing_leaks(void **state) {
    (void)state;
#if defined(HAS_SANITIZER)
    print_message("# SKIP a sanitizer has its own pthread_create, which this test would replace\n");
    skip();
#else
    static const struct {
        int *countdown;
        int refuse_at;
        const char *message;
    } cases[] = {
        {&mutexes_until_refusal, 1, "mutex"},
        {&conditions_until_refusal, 1, "mutex"},
        {&conditions_until_refusal, 2, "mutex"},
        {&conditions_until_refusal, 3, "mutex"},
        {&threads_until_refusal, 1, "only 1 of 5 threads"},
        {&threads_until_refusal, 4, "only 4 of 5 threads"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_threads *pool = (custval_threads *)&error;
        counting_host counter;
        counting_host_init(&counter);
        *cases[i].countdown = cases[i].refuse_at;
        assert_status(custval_threads_new(&counter.host, 5, &pool, &error), CUSTVAL_ERROR_UNSUPPORTED, &error);
        assert_int_equal(*cases[i].countdown, 0);
        assert_message(&error, cases[i].message);
        assert_null(pool);
        counting_host_end(&counter);
    }
#endif
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_index_runs_once_in_pools_of_any_size),
        cmocka_unit_test(no_pool_means_the_calling_thread),
        cmocka_unit_test(a_refusal_of_init_is_returned_and_nothing_runs),
        cmocka_unit_test(init_may_be_missing),
        cmocka_unit_test(the_largest_index_is_reached_and_not_passed),
        cmocka_unit_test(the_threads_of_a_pool_run_at_once),
        cmocka_unit_test(a_body_may_use_its_own_pool),
        cmocka_unit_test(calls_from_several_threads_take_turns),
        cmocka_unit_test(signals_of_the_host_stay_with_its_own_threads),
        cmocka_unit_test(zero_means_one_thread_for_each_processor),
        cmocka_unit_test(wrong_arguments_are_named),
        cmocka_unit_test(a_pool_leaks_nothing_when_memory_runs_out),
        cmocka_unit_test(a_system_that_refuses_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
