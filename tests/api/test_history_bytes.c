/* Histories as bytes: written, read, damaged, and made by somebody who means no good. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"
#include "histories.h"

static const purchase four[] = {
    {"ann", "2025-01-01", 10.0}, {"bob", "2025-01-05", 20.0}, {"ann", "2025-01-08", 30.5}, {"bob", "2025-02-01", 5.0}};

static void bytes_are_whole_or_refused(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_history *history = empty_history(NULL, NULL), *read = NULL;
    unsigned char small[4] = {1, 2, 3, 4};
    size_t length = 9;
    feed_history(history, four, 4);
    assert_refused(custval_history_write(NULL, NULL, 0, &length, &error));
    assert_int_equal(length, 0);
    assert_refused(custval_history_write(history, NULL, 0, NULL, &error));
    assert_refused(custval_history_write(history, NULL, 1, &length, &error));
    assert_ok(custval_history_write(history, small, sizeof small, &length, &error), &error);
    assert_true(length > sizeof small && small[0] == 1);
    unsigned char *whole = history_bytes(history, &length);
    assert_refused(custval_history_read(NULL, whole, length, NULL, &error));
    assert_refused(custval_history_read(NULL, NULL, length, &read, &error));
    for (size_t cut = 0; cut < length; cut++) {
        assert_status(custval_history_read(NULL, whole, cut, &read, &error), CUSTVAL_ERROR_DOCUMENT, &error);
        assert_null(read);
    }
    for (size_t i = 0; i < length; i++) {
        whole[i] ^= 1;
        assert_status(custval_history_read(NULL, whole, length, &read, &error), CUSTVAL_ERROR_DOCUMENT, &error);
        whole[i] ^= 1;
    }
    assert_ok(custval_history_read(NULL, whole, length, &read, &error), &error);
    assert_same_history(history, read);
    feed_history(read, four, 4);
    feed_history(history, four, 4);
    assert_same_history(history, read);
    custval_history_free(read);
    custval_history_free(history);
    free(whole);
}

/* Bytes that the first version wrote: ann bought for 1 and 3.5 on days 0 and 5 of 1970 and returned 1 on day 9, bob for 2
   and 4 on days 3 and 12, cy only returned 7; folded up to 1970-01-08. */
static void bytes_of_version_1(void **state) {
    (void)state;
    size_t length;
    char *file = support_read_file("tests/api/history_version_1.bin", &length);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_history *history = NULL;
    assert_ok(custval_history_read(NULL, file, length, &history, &error), &error);
    const custval_history_facts facts = history_facts(history);
    assert_string_equal(facts.folded, "1970-01-08");
    assert_int_equal(facts.rows, 6);
    assert_int_equal(facts.refunds, 2);
    assert_int_equal(facts.purchases, 4);
    custval_table *table = history_table(history, "1970-01-31", NULL);
    assert_int_equal(custval_table_rows(table), 2);
    assert_int_equal(table_row(table, "customer", "bob"), 1);
    assert_double_near(table_cell(table, "total_spend", 0), 3.5, 0.0);
    assert_double_near(table_cell(table, "mean_spend", 0), 2.5, 0.0);
    assert_double_near(table_cell(table, "t_x", 1), 9.0, 0.0);
    assert_double_near(table_cell(table, "total_spend", 1), 6.0, 0.0);
    size_t again_length;
    unsigned char *again = history_bytes(history, &again_length);
    assert_int_equal(again_length, length);
    assert_memory_equal(again, file, length);
    custval_table_free(table);
    custval_history_free(history);
    free(again);
    free(file);
}

/* ---- Other numbers in a frame that fits ------------------------------------------------------------------------------ */

/* What a history says of itself and cannot be. */
static const char *const contradictions[] = {
    "the name of a column",
    "first and last period",
    "the period up to which it is folded",
    "numbers of rows",
    "rows that its rules do not drop",
    "volume",
    "its kind",
    "money without a column",
    "money",
    "money beyond its volume",
    "a key",
    "the order of keys",
    "numbers of purchases",
    "totals of a customer",
    "totals of nothing",
    "first spend of a customer",
    "a period",
    "a period without a purchase",
    "what it has of a customer",
    "the order of periods",
    "the number of customers",
    "a folded period",
    "the sums of folded periods",
};

typedef struct altered {
    unsigned char *bytes;
    size_t length;
    size_t read, refused; /* how many were */
    int seen[SUPPORT_COUNT(contradictions)];
} altered;

static void put(unsigned char *to, uint64_t value, size_t size) {
    for (size_t i = 0; i < size; i++) to[i] = (unsigned char)(value >> 8 * i);
}

static uint64_t get(const unsigned char *from, size_t size) {
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) value |= (uint64_t)from[i] << 8 * i;
    return value;
}

/* The length and the checksum, FNV-1a, are those of the altered bytes. What is not refused is read as it stands. */
static void read_framed(altered *of, size_t length) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_history *history = NULL;
    uint64_t hash = UINT64_C(14695981039346656037);
    put(of->bytes + 8, length, 8);
    for (size_t i = 0; i < length - 8; i++) hash = (hash ^ of->bytes[i]) * UINT64_C(1099511628211);
    put(of->bytes + length - 8, hash, 8);
    const custval_status status = custval_history_read(NULL, of->bytes, length, &history, &error);
    if (status == CUSTVAL_OK) {
        size_t again;
        unsigned char *const written = history_bytes(history, &again);
        assert_int_equal(again, length);
        assert_memory_equal(written, of->bytes, length);
        free(written);
        custval_history_free(history);
        of->read++;
        return;
    }
    assert_status(status, CUSTVAL_ERROR_DOCUMENT, &error);
    assert_null(history);
    of->refused++;
    for (size_t k = 0; k < SUPPORT_COUNT(contradictions); k++) {
        const char *const colon = strstr(error.message, "contradicts itself: ");
        of->seen[k] |= colon != NULL && strcmp(colon + strlen("contradicts itself: "), contradictions[k]) == 0;
    }
}

/* Every number, wherever it stands, becomes one more, one less, and the ends of its range. */
static void alter_numbers(altered *of, size_t size) {
    for (size_t at = 16; at + 8 + size <= of->length; at++) {
        const uint64_t was = get(of->bytes + at, size), top = UINT64_C(1) << (8 * size - 1);
        const uint64_t others[] = {was + 1, was - 1, 0, 1, top, top - 1, UINT64_MAX};
        for (size_t i = 0; i < SUPPORT_COUNT(others); i++) {
            put(of->bytes + at, others[i], size);
            read_framed(of, of->length);
        }
        put(of->bytes + at, was, size);
    }
}

/* Money, which takes 16 bytes, becomes nothing. */
static void clear_money(altered *of) {
    unsigned char was[16];
    for (size_t at = 16; at + 8 + sizeof was <= of->length; at++) {
        memcpy(was, of->bytes + at, sizeof was);
        memset(of->bytes + at, 0, sizeof was);
        read_framed(of, of->length);
        memcpy(of->bytes + at, was, sizeof was);
    }
}

static void alter(custval_history *history, altered *of) {
    of->bytes = history_bytes(history, &of->length);
    unsigned char *const whole = history_bytes(history, &of->length);
    alter_numbers(of, 1);
    alter_numbers(of, 4);
    alter_numbers(of, 8);
    clear_money(of);
    const size_t read = of->read;
    for (size_t length = 56; length < of->length; length++) {
        memcpy(of->bytes, whole, of->length);
        read_framed(of, length);
    }
    assert_int_equal(of->read, read); /* nothing that is cut off can be read */
    custval_history_free(history);
    free(whole);
    free(of->bytes);
}

static custval_history *fed(const custval_history_options *options, const char *columns, const char *rows,
                            const char *fold) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_history *const history = empty_history(NULL, options);
    custval_table *const table = json_text_table(columns, rows);
    assert_ok(custval_history_add(history, table, &error), &error);
    if (fold != NULL) assert_ok(custval_history_fold(history, fold, &error), &error);
    custval_table_free(table);
    return history;
}

static void whatever_bytes_say_holds_or_is_refused(void **state) {
    (void)state;
    altered of = {.read = 0};
    custval_history_options texts = CUSTVAL_HISTORY_OPTIONS_INIT, numbers = CUSTVAL_HISTORY_OPTIONS_INIT,
                            bare = CUSTVAL_HISTORY_OPTIONS_INIT;
    texts.cost = "cost";
    texts.refunds = CUSTVAL_REFUNDS_NET;
    texts.zeros = CUSTVAL_ZEROS_DROP;
    texts.bad_rows = CUSTVAL_BAD_ROWS_DROP;
    static const char four_columns[] = "[\"customer\", \"date\", \"amount\", \"cost\"]";
    static const char many[] =
        "[[\"ann\", \"1970-01-02\", 8, 2], [\"ann\", \"1970-01-05\", 9, 1], [\"ann\", \"1970-01-09\", 4, 1],"
        " [\"bob\", \"1970-01-03\", 5, 3], [\"bob\", \"1970-01-10\", -2, 0], [\"bo\", \"1970-01-12\", 1, 1],"
        " [\"cy\", \"1970-01-04\", -3, 0], [\"ann\", \"1970-01-13\", 0, 0], [\"ann\", \"soon\", 1, 1]]";
    alter(fed(&texts, four_columns, many, "1970-01-06"), &of);
    alter(fed(&texts, four_columns, many, NULL), &of);
    numbers.period = CUSTVAL_PERIOD_NUMBER;
    numbers.step = 0.5;
    numbers.quantity = "quantity";
    alter(fed(&numbers, "[\"customer\", \"date\", \"amount\", \"quantity\"]",
              "[[7, 1.5, 3, 1], [7, 2.5, 4, 1], [-2, 0, 1, 2]]", NULL),
          &of);
    bare.amount = "";
    alter(fed(&bare, "[\"customer\", \"date\"]", "[[1, \"2025-01-01\"], [1, \"2025-01-02\"], [2, \"2025-01-01\"]]",
              "2025-01-01"),
          &of);
    alter(empty_history(NULL, NULL), &of);
    assert_true(of.read > 100 && of.refused > of.read);
    for (size_t k = 0; k < SUPPORT_COUNT(contradictions); k++) {
        if (!of.seen[k]) fail_msg("nothing contradicts itself in %s", contradictions[k]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_whole_or_refused),
        cmocka_unit_test(bytes_of_version_1),
        cmocka_unit_test(whatever_bytes_say_holds_or_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
