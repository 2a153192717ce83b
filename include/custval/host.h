/* custval: what the host may lend the library: memory, threads, progress. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_HOST_H
#define CUSTVAL_HOST_H

#include <stddef.h>
#include <stdint.h>

#include "macros.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file host.h
 * @brief Memory, threads and progress, all lent by the host.
 *
 * @defgroup host The host: memory, threads, progress
 *
 * custval lives inside somebody else's process. It has no global state, prints nothing, reads no clock, file, locale
 * or environment variable, and starts no thread behind the host's back. What it needs, the host lends it in a
 * `custval_host`; a NULL host, or a NULL member, means the default: `malloc`, no threads, no progress.
 *
 *     custval_threads *threads = NULL;
 *     if (custval_threads_new(NULL, 0, &threads, &error) != CUSTVAL_OK) ...     // 0: one per processor
 *     custval_host host = CUSTVAL_HOST_INIT;
 *     host.runner = custval_threads_run;
 *     host.runner_data = threads;
 *     custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
 *     options.host = &host;                                  // this call uses all processors
 *
 * The number of threads never changes a result, not by a bit.
 * @{
 */

/**
 * @brief Allocates, resizes or frees memory.
 *
 * `ptr` NULL allocates, `new_size` 0 frees and returns NULL, anything else resizes. Memory must be aligned as
 * `malloc` aligns it. Returning NULL for a non-zero size is a normal event: the call in progress fails with
 * #CUSTVAL_ERROR_MEMORY. May be called from every thread that uses an object made with it, so it must be thread-safe
 * if objects are shared.
 * @param data custval_host::allocator_data.
 * @param ptr the block, or NULL.
 * @param old_size its size in bytes as last asked for, 0 for NULL.
 * @param new_size wanted size in bytes.
 * @return the block, or NULL.
 * @since 0.1
 */
typedef void *(*custval_allocator)(void *data, void *ptr, size_t old_size, size_t new_size);

/**
 * @brief Tells the host how far a long call is, and asks whether to go on.
 *
 * Called between chunks of work, never from two threads at once, but possibly from a thread of the runner.
 * @param data custval_host::progress_data.
 * @param done units done so far (rows for scoring).
 * @param total all units, or 0 when the total is not known.
 * @return 0 to go on, anything else to stop: the call returns #CUSTVAL_ERROR_CANCELLED.
 * @since 0.1
 */
typedef int (*custval_progress)(void *data, uint64_t done, uint64_t total);

/**
 * @brief Called once by a runner, before any body, with the largest number of threads it will use.
 * @param job the job that the runner was given.
 * @param threads number of threads, at least 1; bodies get a thread number below it.
 * @return 0 to go on; anything else, and the runner returns it at once.
 * @since 0.1
 */
typedef int (*custval_runner_init)(void *job, uint32_t threads);

/**
 * @brief One piece of work; pieces may run in any order and at the same time.
 * @param job the job that the runner was given.
 * @param index which piece.
 * @param thread number of the thread, below the number given to init; two bodies that run at once have two numbers.
 * @since 0.1
 */
typedef void (*custval_runner_body)(void *job, uint32_t index, uint32_t thread);

/**
 * @brief Runs `body(job, i, thread)` for every i of [begin, end) and returns when all are done.
 *
 * A host with a thread pool of its own wraps it in this shape; ::custval_threads_run is the ready one.
 * @param data custval_host::runner_data.
 * @param job passed through.
 * @param init called once first; its failure is returned.
 * @param body called once for each index.
 * @param begin first index.
 * @param end one past the last index.
 * @return 0, or what init returned, or a non-zero value of its own (the call then fails with #CUSTVAL_ERROR_CANCELLED).
 * @since 0.1
 */
typedef int (*custval_runner)(void *data, void *job, custval_runner_init init, custval_runner_body body,
                              uint32_t begin, uint32_t end);

/**
 * @brief What the host lends. Copied by every call that takes it; the functions and data must outlive the objects made.
 * @since 0.1
 */
typedef struct custval_host {
    size_t struct_size;          /**< `sizeof(custval_host)`, set by #CUSTVAL_HOST_INIT. */
    custval_allocator allocator; /**< NULL: `malloc`, `realloc` and `free`. */
    void *allocator_data;        /**< First argument of the allocator. */
    custval_runner runner;       /**< NULL: everything runs in the calling thread. */
    void *runner_data;           /**< First argument of the runner. */
    custval_progress progress;   /**< NULL: no progress, no cancelling. */
    void *progress_data;         /**< First argument of progress. */
} custval_host;

/** @brief Initialiser of a ::custval_host with every default. @since 0.1 */
#define CUSTVAL_HOST_INIT {sizeof(custval_host), 0, 0, 0, 0, 0, 0}

/** @brief A pool of threads that waits for work; the ready runner. @since 0.1 */
typedef struct custval_threads custval_threads;

/**
 * @brief Starts a pool of threads.
 * @param host memory for the pool; may be NULL. Its runner and progress are not used.
 * @param count number of threads that work, the calling one included; 0 means one for each processor in use.
 * @param[out] out the pool, to be freed with custval_threads_free(); NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT (out is NULL, count above 1024), #CUSTVAL_ERROR_MEMORY,
 *         #CUSTVAL_ERROR_UNSUPPORTED (the system refuses to start a thread).
 * @note Thread-safe. A pool does not survive `fork`: make a new one in the child.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_threads_new(const custval_host *host, uint32_t count,
                                                                 custval_threads **out, custval_error *error);

/**
 * @brief Ends the threads and frees the pool.
 * @param threads a pool that no call uses any more, or NULL.
 * @since 0.1
 */
CUSTVAL_API void custval_threads_free(custval_threads *threads);

/**
 * @brief Gives the number of threads that work in a pool, the calling one included.
 * @param threads a pool; NULL gives 0.
 * @return the number.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API uint32_t custval_threads_count(const custval_threads *threads);

/**
 * @brief The runner of a pool: a ::custval_runner whose data is a ::custval_threads.
 * @param threads the pool, as `void *`; NULL runs everything in the calling thread.
 * @param job passed through.
 * @param init as in ::custval_runner.
 * @param body as in ::custval_runner.
 * @param begin first index.
 * @param end one past the last index.
 * @return 0, or what init returned.
 * @note Thread-safe: calls from several threads on one pool wait for each other.
 * @since 0.1
 */
CUSTVAL_API int custval_threads_run(void *threads, void *job, custval_runner_init init, custval_runner_body body,
                                    uint32_t begin, uint32_t end);

/** @} */

#ifdef __cplusplus
}
#endif
#endif
