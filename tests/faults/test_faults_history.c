/* Every allocation of histories fails once, and with all after it: nothing leaks, nothing changes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "histories.h"

enum { ROWS = 700, TEXT = 16 };

static char customers[ROWS][TEXT], dates[ROWS][TEXT];
static purchase rows[ROWS];
static custval_table *table, *numbers;
static unsigned char *text_bytes, *folded_bytes;
static size_t text_length, folded_length;

static custval_history *read_back(const unsigned char *bytes, size_t length) {
    custval_history *history = NULL;
    assert_ok(custval_history_read(NULL, bytes, length, &history, NULL), NULL);
    return history;
}

static int set_up(void **state) {
    (void)state;
    static double values[3 * ROWS];
    const char *const names[] = {"since_last", "x", "total_spend"};
    for (size_t i = 0; i < ROWS; i++) {
        snprintf(customers[i], TEXT, "customer %zu", i % 150);
        snprintf(dates[i], TEXT, "2025-%02zu-%02zu", i % 12 + 1, i * 7 % 28 + 1);
        rows[i] = (purchase){customers[i], dates[i], (double)i};
        for (size_t k = 0; k < 3; k++) values[3 * i + k] = (double)(i * (k + 3) % 101);
    }
    table = purchases_table(rows, ROWS);
    assert_ok(custval_table_new_from_rows(NULL, names, 3, values, ROWS, 3, &numbers, NULL), NULL);
    custval_history *history = empty_history(NULL, NULL);
    feed_history(history, rows, ROWS);
    text_bytes = history_bytes(history, &text_length);
    assert_ok(custval_history_fold(history, "2025-06-30", NULL), NULL);
    folded_bytes = history_bytes(history, &folded_length);
    custval_history_free(history);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    custval_table_free(table);
    custval_table_free(numbers);
    free(text_bytes);
    free(folded_bytes);
    return 0;
}

static custval_status make(const custval_host *host, void *data) {
    (void)data;
    custval_history *history = NULL;
    const custval_status status = custval_history_new(host, NULL, &history, NULL);
    assert_int_equal(history == NULL, status != CUSTVAL_OK);
    custval_history_free(history);
    return status;
}

/* What a history of the failing host is made to do; before and after are compared by copies that never fail. */
typedef custval_status deed(custval_history *history);

/* Its bytes, but without its memory: they are written in parts of a history that fails no more. */
static custval_status do_to(const custval_host *host, const unsigned char *bytes, size_t length, deed *act) {
    custval_history *history = NULL, *before = NULL;
    custval_status status = custval_history_read(host, bytes, length, &history, NULL);
    if (status != CUSTVAL_OK) return status;
    before = read_back(bytes, length);
    status = act(history);
    if (status != CUSTVAL_OK) {
        custval_history *copy = empty_history(NULL, NULL);
        assert_ok(custval_history_merge(copy, history, NULL), NULL); /* takes memory of its own host only */
        assert_same_history(copy, before);
        custval_history_free(copy);
    }
    custval_history_free(history);
    custval_history_free(before);
    return status;
}

static custval_status add(custval_history *history) {
    return custval_history_add(history, table, NULL);
}

static custval_status fold(custval_history *history) {
    return custval_history_fold(history, "2025-09-30", NULL);
}

static custval_status merge(custval_history *history) {
    const purchase later[] = {{"zoe", "2026-01-01", 1.0}, {"zoe", "2026-01-03", 1.0}, {"ann", "2026-01-01", 1.0}};
    custval_history *other = empty_history(NULL, NULL);
    feed_history(other, later, 3);
    const custval_status status = custval_history_merge(history, other, NULL);
    custval_history_free(other);
    return status;
}

static custval_status view_one(custval_status (*call)(const custval_history *, const custval_history_view *,
                                                      custval_table **, custval_error *),
                               custval_history *history) {
    const custval_history_view view = view_until("2025-11-30", "2026-12-31");
    custval_table *out = NULL;
    const custval_status status = call(history, &view, &out, NULL);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static custval_status show_table(custval_history *history) {
    return view_one(custval_history_table, history);
}

static custval_status show_course(custval_history *history) {
    return view_one(custval_history_course, history);
}

static custval_status show_path(custval_history *history) {
    custval_table *out = NULL;
    const custval_status status = custval_history_path(history, "customer 7", NULL, &out, NULL);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static custval_status write(custval_history *history) {
    size_t length = 1;
    const custval_status status = custval_history_write(history, NULL, 0, &length, NULL);
    assert_int_equal(length == 0, status != CUSTVAL_OK);
    return status;
}

static custval_status do_whole(const custval_host *host, void *data) {
    return do_to(host, text_bytes, text_length, *(deed **)data);
}

static custval_status do_folded(const custval_host *host, void *data) {
    return do_to(host, folded_bytes, folded_length, *(deed **)data);
}

static custval_status feed_empty(const custval_host *host, void *data) {
    (void)data;
    custval_history *history = NULL, *empty = empty_history(NULL, NULL);
    custval_status status = custval_history_new(host, NULL, &history, NULL);
    if (status == CUSTVAL_OK) {
        status = custval_history_add(history, table, NULL);
        if (status != CUSTVAL_OK) {
            assert_ok(custval_history_merge(empty, history, NULL), NULL);
            assert_string_equal(history_facts(empty).first, "");
        }
    }
    custval_history_free(empty);
    custval_history_free(history);
    return status;
}

static custval_status score(const custval_host *host, void *data) {
    (void)data;
    custval_rfm_options options = CUSTVAL_RFM_OPTIONS_INIT;
    custval_table *out = NULL, *cuts = NULL;
    options.host = host;
    const custval_status status = custval_rfm(numbers, &options, &out, &cuts, NULL);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    assert_int_equal(cuts == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    custval_table_free(cuts);
    return status;
}

static void making(void **state) {
    (void)state;
    support_exhaust_memory(make, NULL);
}

static void feeding(void **state) {
    (void)state;
    support_exhaust_memory(feed_empty, NULL);
}

static void doing(void **state) {
    (void)state;
    deed *whole[] = {add, fold, merge, show_table, show_course, show_path, write};
    deed *folded[] = {fold, merge, show_table, show_course, write};
    for (size_t i = 0; i < SUPPORT_COUNT(whole); i++) support_exhaust_memory(do_whole, &whole[i]);
    for (size_t i = 0; i < SUPPORT_COUNT(folded); i++) support_exhaust_memory(do_folded, &folded[i]);
}

static void scoring(void **state) {
    (void)state;
    support_exhaust_memory(score, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(making), cmocka_unit_test(feeding), cmocka_unit_test(doing),
                                       cmocka_unit_test(scoring)};
    return cmocka_run_group_tests_name("faults of histories", tests, set_up, tear_down);
}
