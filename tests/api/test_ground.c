/* The interface: version, statuses, words, types, threads. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

static void the_version_of_the_library_is_that_of_its_headers(void **state) {
    (void)state;
    assert_int_equal(custval_version(), CUSTVAL_VERSION);
    assert_string_equal(custval_version_string(), CUSTVAL_VERSION_STRING);
    assert_int_equal(custval_abi_version(), CUSTVAL_ABI_VERSION);
}

static void features_are_asked_by_name(void **state) {
    (void)state;
    assert_int_equal(custval_has_feature("arrow"), 1);
    assert_int_equal(custval_has_feature("json"), 1);
    assert_int_equal(custval_has_feature("teleport"), 0);
    assert_int_equal(custval_has_feature(""), 0);
    assert_int_equal(custval_has_feature(NULL), 0);
    assert_true(custval_has_feature("avx512") <= custval_has_feature("avx2"));
}

static void every_status_has_a_name_and_a_sentence(void **state) {
    (void)state;
    for (custval_status status = CUSTVAL_ERROR_STREAM; status <= CUSTVAL_OK; status++) {
        assert_int_equal(strncmp(custval_status_name(status), "CUSTVAL_", 8), 0);
        assert_string_not_equal(custval_status_name(status), "CUSTVAL_ERROR_UNKNOWN");
        assert_true(strlen(custval_status_description(status)) > 10);
        for (custval_status other = CUSTVAL_ERROR_STREAM; other < status; other++) {
            assert_string_not_equal(custval_status_name(status), custval_status_name(other));
        }
    }
    assert_string_equal(custval_status_name(CUSTVAL_ERROR_WEIGHT), "CUSTVAL_ERROR_WEIGHT");
    assert_string_equal(custval_status_name(1), "CUSTVAL_ERROR_UNKNOWN");
    assert_string_equal(custval_status_name(INT32_MIN), "CUSTVAL_ERROR_UNKNOWN");
    assert_non_null(custval_status_description(INT32_MIN));
}

static void an_error_of_another_size_is_left_alone(void **state) {
    (void)state;
    static const size_t wrong[] = {0, sizeof(custval_error) - 1, LARGEST_STRUCT + 1, SIZE_MAX};
    for (size_t i = 0; i < SUPPORT_COUNT(wrong); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        uint32_t value = 1;
        error.struct_size = wrong[i];
        assert_int_equal(custval_word_value(CUSTVAL_WORDS_SIDE, "cost", &value, &error), CUSTVAL_ERROR_NOT_FOUND);
        assert_int_equal(error.status, 0);
        assert_int_equal(error.message[0], 0);
    }
}

static void words_lead_to_values_and_back(void **state) {
    (void)state;
    for (uint32_t vocabulary = CUSTVAL_WORDS_KIND; vocabulary <= CUSTVAL_WORDS_ROW_STATUS; vocabulary++) {
        uint32_t words = 0;
        for (uint32_t value = 0; value <= 32768; value++) {
            const char *word = custval_word(vocabulary, value);
            uint32_t back = UINT32_MAX;
            if (word == NULL) continue;
            assert_ok(custval_word_value(vocabulary, word, &back, NULL), NULL);
            assert_int_equal(back, value);
            words++;
        }
        assert_true(words >= 2);
    }
    assert_string_equal(custval_word(CUSTVAL_WORDS_AGGREGATOR, CUSTVAL_AGGREGATOR_GEOMETRIC), "geometric");
    assert_null(custval_word(CUSTVAL_WORDS_AGGREGATOR, 99));
    assert_null(custval_word(0, 1));
    assert_null(custval_word(99, 1));
}

static void a_word_that_is_none_names_those_that_are(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    uint32_t value = 77;
    assert_status(custval_word_value(CUSTVAL_WORDS_AGGREGATOR, "harmonica", &value, &error), CUSTVAL_ERROR_NOT_FOUND,
                  &error);
    assert_int_equal(value, 0);
    assert_message(&error, "harmonica");
    assert_message(&error, "geometric");
    value = 77;
    assert_refused(custval_word_value(CUSTVAL_WORDS_AGGREGATOR, NULL, &value, &error));
    assert_int_equal(value, 0);
    assert_refused(custval_word_value(CUSTVAL_WORDS_AGGREGATOR, "mean", NULL, &error));
    assert_refused(custval_word_value(0, "mean", &value, &error));
    assert_refused(custval_word_value(99, "mean", &value, &error));
}

static void types_have_names(void **state) {
    (void)state;
    assert_string_equal(custval_type_name(CUSTVAL_TYPE_FLOAT64), "float64");
    assert_string_equal(custval_type_name(CUSTVAL_TYPE_DICTIONARY), "dictionary");
    assert_string_equal(custval_type_name(9999), "unknown");
}

/* ---- Threads ----------------------------------------------------------------------------------------------------- */

typedef struct tally {
    uint32_t threads;
    int refuse;
    unsigned char seen[40];
} tally;

static int tally_init(void *job, uint32_t threads) {
    tally *self = job;
    self->threads = threads;
    return self->refuse;
}

static void tally_body(void *job, uint32_t index, uint32_t thread) {
    tally *self = job;
    self->seen[index] = (unsigned char)(1 + (thread >= self->threads));
}

static void assert_runs(custval_threads *threads, uint32_t count) {
    tally job = {0};
    assert_int_equal(custval_threads_run(threads, &job, tally_init, tally_body, 3, 40), 0);
    assert_int_equal(job.threads, count);
    for (uint32_t i = 0; i < 40; i++) assert_int_equal(job.seen[i], i >= 3);
    job = (tally){.refuse = 42};
    assert_int_equal(custval_threads_run(threads, &job, tally_init, tally_body, 0, 40), 42);
    assert_int_equal(job.seen[0], 0);
}

static void a_pool_runs_every_piece_once(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_threads *threads = NULL;
    const uint32_t wanted = threads_up_to(3);
    assert_ok(custval_threads_new(NULL, wanted, &threads, &error), &error);
    assert_int_equal(custval_threads_count(threads), wanted);
    assert_runs(threads, wanted);
    custval_threads_free(threads);
    assert_ok(custval_threads_new(NULL, 0, &threads, &error), &error);
    assert_true(custval_threads_count(threads) >= 1);
    custval_threads_free(threads);
}

static void no_pool_runs_here(void **state) {
    (void)state;
    assert_runs(NULL, 1);
    assert_int_equal(custval_threads_count(NULL), 0);
    custval_threads_free(NULL);
}

static custval_status threads_of_host(const void *given, custval_error *error) {
    custval_threads *threads = (custval_threads *)&threads;
    const custval_status status = custval_threads_new(given, 1, &threads, error);
    if (status != CUSTVAL_OK) assert_null(threads);
    custval_threads_free(threads);
    return status;
}

static void a_pool_refuses_what_it_cannot_use(void **state) {
    (void)state;
    const custval_host host = CUSTVAL_HOST_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_threads *threads = (custval_threads *)&error;
    assert_refused(custval_threads_new(NULL, 1, NULL, &error));
    assert_refused(custval_threads_new(NULL, 1025, &threads, &error));
    assert_null(threads);
    assert_int_equal(custval_threads_new(NULL, 1025, &threads, NULL), CUSTVAL_ERROR_ARGUMENT);
    assert_reads_struct(threads_of_host, &host, sizeof host);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_version_of_the_library_is_that_of_its_headers),
        cmocka_unit_test(features_are_asked_by_name),
        cmocka_unit_test(every_status_has_a_name_and_a_sentence),
        cmocka_unit_test(an_error_of_another_size_is_left_alone),
        cmocka_unit_test(words_lead_to_values_and_back),
        cmocka_unit_test(a_word_that_is_none_names_those_that_are),
        cmocka_unit_test(types_have_names),
        cmocka_unit_test(a_pool_runs_every_piece_once),
        cmocka_unit_test(no_pool_runs_here),
        cmocka_unit_test(a_pool_refuses_what_it_cannot_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
