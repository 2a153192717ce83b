/* What the databases share: every allocation fails once and with all after it; documents are shared, and used up. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "shared/shared.h"
#include "support.h"
#include "wrapped.h"

#if defined(__unix__)
#  include <pthread.h>
#endif

/* --- Documents ---------------------------------------------------------------------------------------------------- */

static const char system_text[] = "{\"custval\": \"system\", \"version\": 1, \"dimensions\": ["
                                  "{\"id\": \"product\", \"side\": \"benefit\", \"indicators\": ["
                                  "{\"id\": \"quality\", \"items\": [{\"column\": \"quality\", \"scale\": [0, 100]}]},"
                                  "{\"id\": \"kind\", \"items\": [{\"column\": \"kind\", "
                                  "\"curve\": {\"type\": \"table\", \"scores\": {\"good\": 90, \"bad\": 10}}}]}]}]}";
static const char overridden_text[] =
    "{\"custval\": \"system\", \"version\": 1, \"dimensions\": [{\"id\": \"product\", \"side\": \"benefit\","
    "\"indicators\": [{\"id\": \"quality\", \"items\": [{\"column\": \"quality\", \"scale\": [0, 100]}]}]}],"
    "\"override_column\": \"customer\", \"overrides\": [{\"key\": \"7\", \"score\": 20, \"author\": \"a\","
    "\"reason\": \"r\", \"expires\": \"2026-06-01\"}]}";
static const char groups_text[] =
    "{\"custval\": \"groups\", \"version\": 1, \"measures\": [{\"id\": \"profit\", \"cuts\": [100]}],"
    "\"groups\": [{\"id\": \"high\", \"when\": {\"profit\": 2}}, {\"id\": \"low\"}]}";
static const char lifetime_text[] = "{\"custval\": \"lifetime\", \"version\": 1, \"model\": \"bgnbd\","
                                    "\"parameters\": {\"r\": 0.243, \"alpha\": 4.414, \"a\": 0.793, \"b\": 2.426}}";

/* Texts too long to be kept by the cache, so that each step reads them again and leaves nothing behind. */
#define LONG_SIZE ((size_t)1100000)
static char *long_texts[4], *dated_text;

static char *lengthened(const char *text) {
    char *const out = malloc(LONG_SIZE);
    assert_non_null(out);
    memset(out, ' ', LONG_SIZE);
    memcpy(out, text, strlen(text));
    return out;
}

static int set_up(void **state) {
    static const char *const texts[] = {NULL, system_text, groups_text, lifetime_text};
    (void)state;
    for (size_t i = 1; i < SUPPORT_COUNT(texts); i++) long_texts[i] = lengthened(texts[i]);
    dated_text = lengthened(overridden_text);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(long_texts); i++) free(long_texts[i]);
    free(dated_text);
    return 0;
}

static custval_status use(sql_site *site, custval_error *error) {
    const custval_status status = sql_site_use(site, long_texts[site->kind], LONG_SIZE, error);
    if (status != CUSTVAL_OK) {
        assert_null(site->document);
    } else if (site->kind == SQL_SYSTEM) {
        site->numbers[0] = 80.0;
        site->texts[1] = (custval_text){"good", 4};
    } else {
        for (size_t i = 0; i < site->document->input_count; i++) site->numbers[i] = i < 2 ? 2.0 : 120.0;
    }
    return status;
}

/* --- Steps, each of which leaves nothing behind however it ends --------------------------------------------------- */

typedef custval_status (*step)(custval_error *error);

static custval_status score(custval_error *error) {
    sql_site site = SQL_SITE_VALUE;
    double value = 0.0;
    custval_status status = use(&site, error);
    if (status == CUSTVAL_OK) status = sql_site_value(&site, &value, error);
    if (status == CUSTVAL_OK) assert_double_bits(value, 85.0);
    sql_site_clear(&site);
    return status;
}

static custval_status write_scores(custval_error *error) {
    sql_site site = SQL_SITE_SCORES;
    sql_text text = {0};
    custval_status status = use(&site, error);
    if (status == CUSTVAL_OK) status = sql_site_scores(&site, &text, error);
    if (status == CUSTVAL_OK) assert_non_null(strstr(text.data, "\"value\": 85"));
    sql_text_clear(&text);
    sql_site_clear(&site);
    return status;
}

static custval_status write_explanation(custval_error *error) {
    sql_site site = SQL_SITE_VALUE;
    sql_text text = {0};
    custval_table *table = NULL;
    custval_status status = use(&site, error);
    if (status == CUSTVAL_OK) status = sql_site_explain(&site, &table, error);
    if (status == CUSTVAL_OK) status = sql_text_add_table(&text, table, error);
    if (status == CUSTVAL_OK) assert_non_null(strstr(text.data, "\"contribution\": 45"));
    custval_table_free(table);
    sql_text_clear(&text);
    sql_site_clear(&site);
    return status;
}

static custval_status write_reason(custval_error *error) {
    sql_site site = SQL_SITE_VALUE;
    sql_text text = {0};
    custval_status status = use(&site, error);
    if (status == CUSTVAL_OK) {
        site.numbers[0] = 101.0;
        status = sql_site_reason(&site, &text, error);
    }
    if (status == CUSTVAL_OK) assert_non_null(strstr(text.data, "101"));
    sql_text_clear(&text);
    sql_site_clear(&site);
    return status;
}

/* Asked as of two dates, between which an override expires. */
static custval_status score_dated(custval_error *error) {
    static const custval_text dates[] = {{"2026-05-31", 10}, {"2026-06-01", 10}, {"2026-06-01", 10}};
    static const double expected[] = {20.0, 80.0, 80.0};
    sql_site site = SQL_SITE_VALUE;
    double value = 0.0;
    custval_status status = sql_site_use(&site, dated_text, LONG_SIZE, error);
    for (size_t i = 0; status == CUSTVAL_OK && i < SUPPORT_COUNT(dates); i++) {
        site.numbers[0] = 80.0;
        site.texts[1] = (custval_text){"7", 1};
        site.texts[2] = dates[i];
        status = sql_site_value(&site, &value, error);
        if (status == CUSTVAL_OK) assert_double_bits(value, expected[i]);
    }
    sql_site_clear(&site);
    return status;
}

static custval_status find_group(custval_error *error) {
    sql_site site = {.kind = SQL_GROUPS};
    custval_text id = {NULL, 0};
    custval_status status = use(&site, error);
    if (status == CUSTVAL_OK) status = sql_site_group(&site, &id, error);
    if (status == CUSTVAL_OK) assert_memory_equal(id.data, "low", 3);
    sql_site_clear(&site);
    return status;
}

static custval_status predict(custval_error *error) {
    sql_site site = {.kind = SQL_LIFETIME};
    const sql_terms terms = SQL_TERMS;
    double alive = 0.0;
    custval_status status = use(&site, error);
    if (status == CUSTVAL_OK) status = sql_site_predict(&site, CUSTVAL_LIFETIME_ALIVE, &terms, &alive, error);
    if (status == CUSTVAL_OK) assert_true(alive > 0.0 && alive < 1.0);
    sql_site_clear(&site);
    return status;
}

static custval_status weigh(custval_error *error) {
    static const double matrix[] = {1.0, 3.0, 1.0 / 3.0, 1.0};
    sql_text text = {0};
    custval_weights *made = NULL;
    custval_status status = sql_weights_ahp(matrix, 4, &made, error);
    if (status == CUSTVAL_OK) status = sql_weights_write(made, 1, &text, error);
    if (status == CUSTVAL_OK) assert_string_equal(text.data, "{\"1\": 0.75, \"2\": 0.25}");
    custval_weights_free(made);
    sql_text_clear(&text);
    return status;
}

/* Two gatherings, one of which is written, read and merged into the other. */
static custval_status summarise(custval_error *error) {
    static const char columns[] = "a=0:10, -b";
    static const double rows[][2] = {{1.0, 4.0}, {2.0, 3.0}, {5.0, 7.0}};
    sql_gather *first = NULL, *second = NULL;
    sql_text bytes = {0}, text = {0};
    custval_weights *made = NULL;
    custval_status status = sql_gather_new(columns, strlen(columns), &first, error);
    for (size_t i = 0; status == CUSTVAL_OK && i < 3; i++) status = sql_gather_row(first, rows[i], error);
    if (status == CUSTVAL_OK) status = sql_gather_write(first, &bytes, error);
    if (status == CUSTVAL_OK) status = sql_gather_merge_bytes(&second, bytes.data, bytes.length, error);
    if (status == CUSTVAL_OK) status = sql_gather_merge_bytes(&second, bytes.data, bytes.length, error);
    if (status == CUSTVAL_OK) status = sql_gather_merge(first, second, error);
    if (status == CUSTVAL_OK) status = sql_summary_statistics(bytes.data, bytes.length, &text, error);
    if (status == CUSTVAL_OK) status = sql_summary_weights(bytes.data, bytes.length, "deviation", 9, &made, error);
    if (status == CUSTVAL_OK) {
        assert_int_equal(custval_summary_rows(first->summary), 9);
        assert_int_equal(custval_weights_count(made), 2);
    }
    custval_weights_free(made);
    sql_text_clear(&bytes);
    sql_text_clear(&text);
    sql_gather_free(first);
    sql_gather_free(second);
    return status;
}

static void run_step(step of, size_t fail_at, int for_ever, custval_status *status) {
    custval_error error = CUSTVAL_ERROR_INIT;
    wrapped_begin(fail_at, for_ever);
    *status = of(&error);
    assert_int_equal(wrapped_end(), 0);
    if (*status != CUSTVAL_OK) assert_status(*status, CUSTVAL_ERROR_MEMORY, &error);
}

static void every_allocation_may_fail(void **state) {
    static const step steps[] = {score,      score_dated, write_scores, write_explanation, write_reason,
                                 find_group, predict,     weigh,        summarise};
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(steps); i++) {
        for (int for_ever = 0; for_ever < 2; for_ever++) {
            custval_status status = CUSTVAL_ERROR_MEMORY;
            size_t fail_at = 0;
            while (status != CUSTVAL_OK) run_step(steps[i], ++fail_at, for_ever, &status);
            assert_true(fail_at > 3);
            assert_true(wrapped.calls < fail_at);
        }
    }
}

static void scoring_a_row_allocates_nothing(void **state) {
    sql_site site = SQL_SITE_VALUE;
    custval_error error = CUSTVAL_ERROR_INIT;
    double value = 0.0;
    (void)state;
    assert_ok(use(&site, &error), &error);
    wrapped_begin(0, 0);
    for (int i = 0; i < 100; i++) {
        assert_ok(sql_site_use(&site, long_texts[SQL_SYSTEM], LONG_SIZE, &error), &error);
        site.numbers[0] = i;
        assert_ok(sql_site_value(&site, &value, &error), &error);
    }
    assert_int_equal(wrapped_end(), 0);
    assert_int_equal(wrapped.calls, 0);
    sql_site_clear(&site);
}

static void equal_texts_share_a_document(void **state) {
    custval_error error = CUSTVAL_ERROR_INIT;
    sql_document *first = NULL, *second = NULL, *third = NULL;
    char copy[sizeof(system_text)];
    (void)state;
    memcpy(copy, system_text, sizeof(copy));
    assert_ok(sql_document_get(SQL_SYSTEM, system_text, strlen(system_text), &first, &error), &error);
    assert_ok(sql_document_get(SQL_SYSTEM, copy, strlen(copy), &second, &error), &error);
    assert_ptr_equal(first, second);
    assert_status(sql_document_get(SQL_GROUPS, copy, strlen(copy), &third, &error), CUSTVAL_ERROR_DOCUMENT, &error);
    assert_null(third);
    sql_document_free(first);
    sql_document_free(second);
    sql_document_free(NULL);
}

/* The system text with so many blanks: another document of the same content. */
static sql_document *with_blanks(size_t blanks) {
    custval_error error = CUSTVAL_ERROR_INIT;
    char text[sizeof(system_text) + 256];
    sql_document *out = NULL;
    memset(text, ' ', sizeof(text));
    memcpy(text, system_text, strlen(system_text));
    assert_ok(sql_document_get(SQL_SYSTEM, text, strlen(system_text) + blanks, &out, &error), &error);
    return out;
}

static void documents_in_use_outlive_the_cache(void **state) {
    (void)state;
    sql_document *const held = with_blanks(0);
    for (size_t blanks = 1; blanks < 100; blanks++) sql_document_free(with_blanks(blanks));
    assert_int_equal(custval_system_inputs(held->system), 2);
    sql_document *const again = with_blanks(0);
    assert_ptr_not_equal(held, again);
    sql_document_free(held);
    sql_document_free(again);
}

static void columns_are_read_as_written(void **state) {
    static const char *const bad[] = {"",      "a,,b", "a=1", "a=1:",  "a=:2",   "a=1:2:3",
                                      "a=x:2", "a,a",  "-",   "a=5:1", "a=1:inf"};
    custval_error error = CUSTVAL_ERROR_INIT;
    sql_gather *gather = NULL;
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(bad); i++) {
        assert_true(sql_gather_new(bad[i], strlen(bad[i]), &gather, &error) != CUSTVAL_OK);
        assert_null(gather);
    }
    assert_status(sql_gather_new(NULL, 0, &gather, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_ok(sql_gather_new(" -a b = -1.5 : 2e3 ,\tc", 22, &gather, &error), &error);
    assert_int_equal(gather->columns, 2);
    assert_string_equal(gather->names[0], "a b");
    assert_string_equal(gather->names[1], "c");
    sql_gather_free(gather);
    sql_gather_free(NULL);
}

static void texts_are_quoted_as_json(void **state) {
    sql_text text = {0};
    (void)state;
    sql_text_add_quoted(&text, "a\"b\\c\n\x01\xc3\xa9", 9);
    sql_text_add_quoted(&text, NULL, 0);
    sql_text_add_number(&text, 0.1);
    sql_text_add_number(&text, (double)NAN);
    sql_text_add_number(&text, (double)INFINITY);
    assert_string_equal(text.data, "\"a\\\"b\\\\c\\u000a\\u0001\xc3\xa9\"null0.1nullnull");
    assert_null(sql_text_room(&text, SIZE_MAX / 2));
    sql_text_add(&text, "more", 4);
    assert_true(text.failed);
    sql_text_clear(&text);
}

#if defined(__unix__)
static void *use_many(void *data) {
    const size_t first = *(const size_t *)data;
    for (size_t i = 0; i < 300; i++) {
        sql_document *const document = with_blanks((first + i * 7) % 80);
        assert_int_equal(custval_system_inputs(document->system), 2);
        sql_document_free(document);
    }
    return NULL;
}

static void threads_share_documents(void **state) {
    pthread_t threads[8];
    size_t first[8];
    (void)state;
    for (size_t i = 0; i < 8; i++) {
        first[i] = i * 10;
        assert_int_equal(pthread_create(threads + i, NULL, use_many, first + i), 0);
    }
    for (size_t i = 0; i < 8; i++) assert_int_equal(pthread_join(threads[i], NULL), 0);
}
#endif

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(scoring_a_row_allocates_nothing),
        cmocka_unit_test(equal_texts_share_a_document),
        cmocka_unit_test(documents_in_use_outlive_the_cache),
        cmocka_unit_test(columns_are_read_as_written),
        cmocka_unit_test(texts_are_quoted_as_json),
#if defined(__unix__)
        cmocka_unit_test(threads_share_documents),
#endif
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
