/* What every test may use, cmocka included: comparing doubles and statuses, a host that fails on demand, seeded random
   numbers, files and vectors. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_SUPPORT_H
#define CUSTVAL_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

#include <custval/host.h>
#include <custval/status.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SUPPORT_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- Comparing --------------------------------------------------------------------------------------------------- */

/* |actual - expected| <= tolerance; two NaN are near, and so are two equal infinities. */
#define assert_double_near(actual, expected, tolerance) \
  support_double_near((actual), (expected), (tolerance), #actual, __FILE__, __LINE__)

/* The same 64 bits; any NaN equals any other. */
#define assert_double_bits(actual, expected) support_double_bits((actual), (expected), #actual, __FILE__, __LINE__)

/* The call returns this status. A failure must also have filled in `error` (which may be NULL) with one line of text. */
#define assert_status(call, expected, error) support_status((call), (expected), (error), #call, __FILE__, __LINE__)
#define assert_ok(call, error) assert_status(call, CUSTVAL_OK, error)

/* The message contains the part. */
#define assert_message(error, part) support_contains((error)->message, (part), __FILE__, __LINE__)

void support_double_near(double actual, double expected, double tolerance, const char *what, const char *file,
                         int line);
void support_double_bits(double actual, double expected, const char *what, const char *file, int line);
void support_status(custval_status actual, custval_status expected, const custval_error *error, const char *what,
                    const char *file, int line);
void support_contains(const char *text, const char *part, const char *file, int line);

/* Steps between two finite doubles, counted in representable numbers. */
uint64_t support_ulps(double a, double b);

/* ---- A host that counts and fails -------------------------------------------------------------------------------- */

/* Its allocator counts what lives, checks every old size it is given, moves every block that it resizes, fills new
   memory with rubbish, and fails when told to. Thread-safe. */
typedef struct counting_host {
    custval_host host;
    size_t live_blocks, live_bytes, most_bytes;
    size_t allocations; /* allocated or resized since the last counting_host_fail */
    size_t fail_at;     /* the allocation that fails, counted from 1; 0 for none */
    int for_ever;       /* and all after it */
    size_t wrong_sizes; /* calls whose old size is not the one last asked for */
    struct counting_lock *lock;
} counting_host;

void counting_host_init(counting_host *counter);
/* Fails the test if anything lives or a size was wrong. The last call on a counter. */
void counting_host_end(counting_host *counter);
void counting_host_fail(counting_host *counter, size_t fail_at, int for_ever);
void counting_host_assert_nothing_lives(const counting_host *counter);

/* Runs the attempt with the 1st, 2nd, 3rd ... allocation failing, once and for ever, until it succeeds. Each failure must
   be CUSTVAL_ERROR_MEMORY and leave nothing alive. The attempt frees what it made, and checks that its outputs are NULL
   when it fails. */
void support_exhaust_memory(custval_status (*attempt)(const custval_host *host, void *data), void *data);

/* ---- Random numbers ---------------------------------------------------------------------------------------------- */

/* splitmix64. The seed is that of the environment variable CUSTVAL_SEED, or a fixed one, and is printed. */
typedef struct support_random {
    uint64_t state;
} support_random;

support_random random_seeded(const char *what);
uint64_t random_bits(support_random *random);
uint32_t random_below(support_random *random, uint32_t bound); /* 0 .. bound - 1 */
double random_unit(support_random *random);                    /* [0, 1) */
double random_between(support_random *random, double low, double high);
double random_double(support_random *random); /* any finite double, by its bits */

/* ---- Threads ------------------------------------------------------------------------------------------------------ */

/* So many threads, or 1 where the library has been built without them. */
uint32_t threads_up_to(uint32_t wanted);

/* ---- Files and vectors ------------------------------------------------------------------------------------------- */

/* Reads a file, whose path starts at the top of the source tree, with a NUL added; free() it. Fails the test without. */
char *support_read_file(const char *path, size_t *out_length);
/* Loads tests/vectors/<name>; json_decref() it. Fails the test if it is not there or not JSON. */
json_t *support_vectors(const char *name);
/* A number of a vector: a JSON number, or a text with a C99 hexadecimal double, "nan", "inf" or "-inf". */
double support_number(const json_t *value);
/* strtod with a decimal point, whatever the locale. Fails the test if the text is not a number throughout. */
double support_double(const char *text);

#ifdef __cplusplus
}
#endif
#endif
