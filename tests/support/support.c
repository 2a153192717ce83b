/* What every test may use: the functions of support.h. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <custval/version.h>

/* ---- Comparing --------------------------------------------------------------------------------------------------- */

static uint64_t bits_of(double value) {
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static int is_nan(double value) {
    return (bits_of(value) & INT64_MAX) > 0x7ff0000000000000U;
}

static void fail_double(double actual, double expected, const char *what, const char *file, int line) {
    print_error("%s is %.17g (%a), expected %.17g (%a)\n", what, actual, actual, expected, expected);
    _fail(file, line);
}

void support_double_near(double actual, double expected, double tolerance, const char *what, const char *file,
                         int line) {
    if (is_nan(actual) && is_nan(expected)) return;
    if (actual == expected || fabs(actual - expected) <= tolerance) return;
    print_error("beyond %.17g: ", tolerance);
    fail_double(actual, expected, what, file, line);
}

void support_double_bits(double actual, double expected, const char *what, const char *file, int line) {
    if (bits_of(actual) == bits_of(expected) || (is_nan(actual) && is_nan(expected))) return;
    fail_double(actual, expected, what, file, line);
}

void support_status(custval_status actual, custval_status expected, const custval_error *error, const char *what,
                    const char *file, int line) {
    const char *const message = error == NULL || actual == CUSTVAL_OK ? "" : error->message;
    if (actual != expected) {
        print_error("%s returned %d, expected %d: %s\n", what, (int)actual, (int)expected, message);
        _fail(file, line);
    }
    if (actual == CUSTVAL_OK || error == NULL) return;
    if (error->status != actual || message[0] == 0 || strchr(message, '\n') != NULL) {
        print_error("%s left an error of status %d: \"%s\"\n", what, (int)error->status, message);
        _fail(file, line);
    }
}

void support_contains(const char *text, const char *part, const char *file, int line) {
    if (strstr(text, part) != NULL) return;
    print_error("\"%s\" does not contain \"%s\"\n", text, part);
    _fail(file, line);
}

/* Maps doubles to integers in the same order. */
static int64_t rank(double value) {
    const uint64_t bits = bits_of(value), size = bits & INT64_MAX;
    return bits == size ? (int64_t)size : -(int64_t)size;
}

uint64_t support_ulps(double a, double b) {
    const int64_t first = rank(a), second = rank(b);
    return first > second ? (uint64_t)first - (uint64_t)second : (uint64_t)second - (uint64_t)first;
}

/* ---- A host that counts and fails -------------------------------------------------------------------------------- */

struct counting_lock {
    pthread_mutex_t mutex;
};

/* In front of every block: its size, and room to keep the alignment of malloc. */
#define FRONT 16

static size_t size_of(const unsigned char *block) {
    size_t size = 0;
    memcpy(&size, block - FRONT, sizeof size);
    return size;
}

static unsigned char *block_new(counting_host *counter, size_t size) {
    counter->allocations++;
    const int is_due =
        counter->for_ever ? counter->allocations >= counter->fail_at : counter->allocations == counter->fail_at;
    if (counter->fail_at != 0 && is_due) return NULL;
    unsigned char *const memory = size > SIZE_MAX - FRONT ? NULL : malloc(size + FRONT);
    if (memory == NULL) return NULL;
    memcpy(memory, &size, sizeof size);
    memset(memory + FRONT, 0xa5, size);
    counter->live_blocks++;
    counter->live_bytes += size;
    if (counter->live_bytes > counter->most_bytes) counter->most_bytes = counter->live_bytes;
    return memory + FRONT;
}

static void block_free(counting_host *counter, unsigned char *block) {
    counter->live_blocks--;
    counter->live_bytes -= size_of(block);
    free(block - FRONT);
}

static void *counting_allocator(void *data, void *ptr, size_t old_size, size_t new_size) {
    counting_host *const counter = data;
    unsigned char *const old = ptr, *fresh = NULL;
    pthread_mutex_lock(&counter->lock->mutex);
    if (old_size != (old == NULL ? 0 : size_of(old))) counter->wrong_sizes++;
    if (new_size != 0) fresh = block_new(counter, new_size);
    if (fresh != NULL && old != NULL) memcpy(fresh, old, size_of(old) < new_size ? size_of(old) : new_size);
    if (old != NULL && (new_size == 0 || fresh != NULL)) block_free(counter, old);
    pthread_mutex_unlock(&counter->lock->mutex);
    return fresh;
}

void counting_host_init(counting_host *counter) {
    *counter = (counting_host){.host = CUSTVAL_HOST_INIT};
    counter->host.allocator = counting_allocator;
    counter->host.allocator_data = counter;
    counter->lock = malloc(sizeof *counter->lock);
    assert_non_null(counter->lock);
    assert_int_equal(pthread_mutex_init(&counter->lock->mutex, NULL), 0);
}

void counting_host_assert_nothing_lives(const counting_host *counter) {
    assert_int_equal(counter->live_blocks, 0);
    assert_int_equal(counter->live_bytes, 0);
    assert_int_equal(counter->wrong_sizes, 0);
}

void counting_host_end(counting_host *counter) {
    pthread_mutex_destroy(&counter->lock->mutex);
    free(counter->lock);
    counter->lock = NULL;
    counting_host_assert_nothing_lives(counter);
}

void counting_host_fail(counting_host *counter, size_t fail_at, int for_ever) {
    counter->allocations = 0;
    counter->fail_at = fail_at;
    counter->for_ever = for_ever;
}

void support_exhaust_memory(custval_status (*attempt)(const custval_host *host, void *data), void *data) {
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        custval_status status = CUSTVAL_ERROR_MEMORY;
        for (size_t fail_at = 1; status != CUSTVAL_OK; fail_at++) {
            counting_host counter;
            counting_host_init(&counter);
            counting_host_fail(&counter, fail_at, for_ever);
            status = attempt(&counter.host, data);
            const int has_failed = counter.allocations >= fail_at;
            if (status != (has_failed ? CUSTVAL_ERROR_MEMORY : CUSTVAL_OK)) {
                print_error("allocation %zu failed%s: status %d\n", fail_at, for_ever ? " with all after it" : "",
                            (int)status);
                fail();
            }
            counting_host_end(&counter);
        }
    }
}

/* ---- Random numbers ---------------------------------------------------------------------------------------------- */

support_random random_seeded(const char *what) {
    const char *const given = getenv("CUSTVAL_SEED");
    const uint64_t seed = given == NULL ? 20260101 : strtoull(given, NULL, 0);
    print_message("# %s: CUSTVAL_SEED=%llu\n", what, (unsigned long long)seed);
    return (support_random){seed};
}

uint64_t random_bits(support_random *random) {
    random->state += 0x9e3779b97f4a7c15U;
    uint64_t mixed = random->state;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31);
}

uint32_t random_below(support_random *random, uint32_t bound) {
    return (uint32_t)((random_bits(random) >> 32) * bound >> 32);
}

double random_unit(support_random *random) {
    return (double)(random_bits(random) >> 11) * 0x1p-53;
}

double random_between(support_random *random, double low, double high) {
    return low + (high - low) * random_unit(random);
}

double random_double(support_random *random) {
    for (;;) {
        const uint64_t bits = random_bits(random);
        double value = 0;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value)) return value;
    }
}

/* ---- Threads ------------------------------------------------------------------------------------------------------ */

uint32_t threads_up_to(uint32_t wanted) {
    return custval_has_feature("threads") ? wanted : 1;
}

/* ---- Files and vectors ------------------------------------------------------------------------------------------- */

char *support_read_file(const char *path, size_t *out_length) {
    const char *const source = getenv("CUSTVAL_SOURCE");
    char name[1024];
    snprintf(name, sizeof name, "%s/%s", source == NULL ? "." : source, path);
    FILE *const file = fopen(name, "rb");
    if (file == NULL) {
        print_error("cannot open %s: run in the source tree, or set CUSTVAL_SOURCE to it\n", name);
        fail();
        return NULL;
    }
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    const long size = ftell(file);
    assert_true(size >= 0);
    rewind(file);
    char *const text = malloc((size_t)size + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)size, file), size);
    text[size] = 0;
    fclose(file);
    if (out_length != NULL) *out_length = (size_t)size;
    return text;
}

json_t *support_vectors(const char *name) {
    char path[256];
    snprintf(path, sizeof path, "tests/vectors/%s", name);
    size_t length = 0;
    char *const text = support_read_file(path, &length);
    json_error_t problem;
    json_t *const vectors = json_loadb(text, length, JSON_REJECT_DUPLICATES, &problem);
    free(text);
    if (vectors == NULL) {
        print_error("%s:%d: %s\n", path, problem.line, problem.text);
        fail();
    }
    return vectors;
}

double support_number(const json_t *value) {
    if (json_is_number(value)) return json_number_value(value);
    if (!json_is_string(value)) {
        print_error("a number is wanted, or a text that is one\n");
        fail();
        return 0;
    }
    return support_double(json_string_value(value));
}

double support_double(const char *text) {
    char local[128];
    const size_t length = strlen(text);
    assert_true(length > 0 && length < sizeof local);
    memcpy(local, text, length + 1);
    char *const point = strchr(local, '.');
    if (point != NULL) *point = localeconv()->decimal_point[0];
    char *end = local;
    const double value = strtod(local, &end);
    if (*end != 0) {
        print_error("\"%s\" is not a number\n", text);
        fail();
    }
    return value;
}
