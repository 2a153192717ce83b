/* A pool of threads that waits for work: the ready runner. */
/* SPDX-License-Identifier: Apache-2.0 */
#if !defined(_WIN32)
#  define _POSIX_C_SOURCE 200809L /* pthread_sigmask */
#endif

#include <custval/host.h>

#include "compiler.h"
#include "error.h"
#include "memory.h"

#define MOST_THREADS 1024

static int run_here(void *job, custval_runner_init init, custval_runner_body body, uint32_t begin, uint32_t end) {
    const int refused = init == NULL ? 0 : init(job, 1);
    if (refused != 0) return refused;
    for (uint32_t index = begin; index < end; index++) body(job, index, 0);
    return 0;
}

#if CUSTVAL__HAVE_THREADS

#  include <pthread.h>
#  include <stdatomic.h>
#  if !defined(_WIN32)
#    include <signal.h>
#    include <unistd.h>
#  endif

typedef struct worker {
    custval_threads *pool;
    uint32_t number; /* 1 .. count - 1: the calling thread is 0 */
    pthread_t thread;
} worker;

struct custval_threads {
    custval_host host;
    worker *workers;
    uint32_t count, started; /* threads with the calling one; workers started */
    pthread_mutex_t mutex;   /* guards everything below but `next` */
    pthread_cond_t work;     /* a new round, or the end */
    pthread_cond_t idle;     /* the last worker has finished its round */
    pthread_cond_t turn;     /* the pool is free for another caller */
    pthread_t caller;        /* who uses the pool, if busy */
    int busy, ending;
    uint64_t round;   /* rounds begun: a worker that sees a new number takes part */
    uint32_t working; /* workers that have not finished the round */
    void *job;
    custval_runner_body body;
    uint32_t end;
    _Atomic uint32_t next; /* first index that nobody has taken */
};

/* Takes one index after the other. Never counts beyond `end`, so that the last index may be the largest uint32_t. */
static void take_part(custval_threads *pool, uint32_t number) {
    uint32_t index = atomic_load(&pool->next);
    while (index < pool->end) {
        if (!atomic_compare_exchange_weak(&pool->next, &index, index + 1)) continue;
        pool->body(pool->job, index, number);
        index = atomic_load(&pool->next);
    }
}

static void *worker_main(void *data) {
    const worker *const self = data;
    custval_threads *const pool = self->pool;
    uint64_t seen = 0;
    pthread_mutex_lock(&pool->mutex);
    for (;;) {
        while (pool->round == seen && !pool->ending) pthread_cond_wait(&pool->work, &pool->mutex);
        if (pool->ending) break;
        seen = pool->round;
        pthread_mutex_unlock(&pool->mutex);
        take_part(pool, self->number);
        pthread_mutex_lock(&pool->mutex);
        pool->working--;
        if (pool->working == 0) pthread_cond_signal(&pool->idle);
    }
    pthread_mutex_unlock(&pool->mutex);
    return NULL;
}

/* Processors in use, within what a pool may have. */
static uint32_t processors(void) {
#  if defined(_WIN32)
    const long count = pthread_num_processors_np();
#  else
    const long count = sysconf(_SC_NPROCESSORS_ONLN);
#  endif
    if (count < 1) return 1;
    return count > MOST_THREADS ? MOST_THREADS : (uint32_t)count;
}

/* Starts the workers; 0 if all run. The host's signals are not for our threads: they start with all of them blocked. */
static int start(custval_threads *pool) {
    int refused = 0;
#  if !defined(_WIN32)
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
#  endif
    while (refused == 0 && pool->started + 1 < pool->count) {
        worker *const fresh = &pool->workers[pool->started];
        fresh->pool = pool;
        fresh->number = pool->started + 1;
        refused = pthread_create(&fresh->thread, NULL, worker_main, fresh);
        if (refused == 0) pool->started++;
    }
#  if !defined(_WIN32)
    pthread_sigmask(SIG_SETMASK, &before, NULL);
#  endif
    return refused;
}

/* Makes the four objects of POSIX, or none. */
static int make_locks(custval_threads *pool) {
    if (pthread_mutex_init(&pool->mutex, NULL) != 0) return -1;
    if (pthread_cond_init(&pool->work, NULL) != 0) goto no_work;
    if (pthread_cond_init(&pool->idle, NULL) != 0) goto no_idle;
    if (pthread_cond_init(&pool->turn, NULL) != 0) goto no_turn;
    return 0;
no_turn:
    pthread_cond_destroy(&pool->idle);
no_idle:
    pthread_cond_destroy(&pool->work);
no_work:
    pthread_mutex_destroy(&pool->mutex);
    return -1;
}

static custval_status pool_new(const custval_host *whole_host, uint32_t count, custval_threads **out,
                               custval_error *error) {
    custval_threads *const pool = custval__alloc_zero(whole_host, 1, sizeof *pool);
    if (pool == NULL) return custval__fail_memory(error);
    pool->host = *whole_host;
    pool->count = count == 0 ? processors() : count;
    pool->workers = custval__alloc_zero(whole_host, pool->count, sizeof *pool->workers);
    if (pool->workers == NULL) {
        custval__free(whole_host, pool);
        return custval__fail_memory(error);
    }
    if (make_locks(pool) != 0) {
        custval__free(whole_host, pool->workers);
        custval__free(whole_host, pool);
        return custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED, "the system refuses to make a mutex");
    }
    if (start(pool) != 0) {
        const uint32_t wanted = pool->count, started = pool->started;
        custval_threads_free(pool);
        return custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED, "the system starts only %u of %u threads",
                             (unsigned)started + 1, (unsigned)wanted);
    }
    *out = pool;
    return CUSTVAL_OK;
}

void custval_threads_free(custval_threads *threads) {
    if (threads == NULL) return;
    pthread_mutex_lock(&threads->mutex);
    threads->ending = 1;
    pthread_cond_broadcast(&threads->work);
    pthread_mutex_unlock(&threads->mutex);
    for (uint32_t i = 0; i < threads->started; i++) pthread_join(threads->workers[i].thread, NULL);
    pthread_cond_destroy(&threads->turn);
    pthread_cond_destroy(&threads->idle);
    pthread_cond_destroy(&threads->work);
    pthread_mutex_destroy(&threads->mutex);
    const custval_host host = threads->host;
    custval__free(&host, threads->workers);
    custval__free(&host, threads);
}

/* Whether a body that runs in this pool asks; with the mutex held. */
static int is_nested(const custval_threads *pool) {
    const pthread_t self = pthread_self();
    if (pool->busy && pthread_equal(self, pool->caller)) return 1;
    for (uint32_t i = 0; i < pool->started; i++) {
        if (pthread_equal(self, pool->workers[i].thread)) return 1;
    }
    return 0;
}

/* Waits for the pool; 0 if that would be for ever. */
static int acquire(custval_threads *pool) {
    pthread_mutex_lock(&pool->mutex);
    const int nested = is_nested(pool);
    if (!nested) {
        while (pool->busy) pthread_cond_wait(&pool->turn, &pool->mutex);
        pool->busy = 1;
        pool->caller = pthread_self();
    }
    pthread_mutex_unlock(&pool->mutex);
    return !nested;
}

static void release(custval_threads *pool) {
    pthread_mutex_lock(&pool->mutex);
    pool->busy = 0;
    pthread_cond_signal(&pool->turn);
    pthread_mutex_unlock(&pool->mutex);
}

static void run_round(custval_threads *pool, void *job, custval_runner_body body, uint32_t begin, uint32_t end) {
    pthread_mutex_lock(&pool->mutex);
    pool->job = job;
    pool->body = body;
    pool->end = end;
    atomic_store(&pool->next, begin);
    pool->working = pool->started;
    pool->round++;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->mutex);
    take_part(pool, 0);
    pthread_mutex_lock(&pool->mutex);
    while (pool->working > 0) pthread_cond_wait(&pool->idle, &pool->mutex);
    pthread_mutex_unlock(&pool->mutex);
}

int custval_threads_run(void *threads, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin,
                        uint32_t end) {
    custval_threads *const pool = threads;
    /* Waking threads takes longer than a single piece of a small table. */
    if (pool == NULL || pool->started == 0 || end - begin < 2) return run_here(job, init, body, begin, end);
    if (!acquire(pool)) return run_here(job, init, body, begin, end);
    const int refused = init == NULL ? 0 : init(job, pool->count);
    if (refused == 0 && begin < end) run_round(pool, job, body, begin, end);
    release(pool);
    return refused;
}

#else

/* Without threads a pool has one, the calling one. */
struct custval_threads {
    custval_host host;
    uint32_t count;
};

static custval_status pool_new(const custval_host *whole_host, uint32_t count, custval_threads **out,
                               custval_error *error) {
    if (count > 1) return custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED, "this build has no threads");
    custval_threads *const pool = custval__alloc_zero(whole_host, 1, sizeof *pool);
    if (pool == NULL) return custval__fail_memory(error);
    pool->host = *whole_host;
    pool->count = 1;
    *out = pool;
    return CUSTVAL_OK;
}

void custval_threads_free(custval_threads *threads) {
    if (threads == NULL) return;
    const custval_host host = threads->host;
    custval__free(&host, threads);
}

int custval_threads_run(void *threads, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin,
                        uint32_t end) {
    (void)threads;
    return run_here(job, init, body, begin, end);
}

#endif

custval_status custval_threads_new(const custval_host *host, uint32_t count, custval_threads **out,
                                   custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (count > MOST_THREADS) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "count is %u, more than %d threads", (unsigned)count,
                             MOST_THREADS);
    }
    custval_host whole;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    return pool_new(&whole, count, out, error);
}

uint32_t custval_threads_count(const custval_threads *threads) {
    return threads == NULL ? 0 : threads->count;
}
