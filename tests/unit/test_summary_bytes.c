/* Summaries as bytes: there and back; cut off, damaged, swapped, forged; version 1 for ever. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "summaries.h"

#include "base/elementary.h"
#include "summary/bytes.h"

#define OFFERS 6

static const char *const names[] = {"x", "y"};
static const double offers[OFFERS][2] = {{1.5, 120}, {2, 95}, {NONE, 210}, {4, 60}, {4, NONE}, {4.25, 110}};

static custval_summary *sample(uint32_t parts) {
    const custval_criterion criteria[] = {benefit("x", 1, 5), sacrifice("y", 50, 250)};
    custval_table *table = rows_table(names, 2, offers[0], OFFERS);
    custval_summary *summary = empty_summary(NULL, criteria, 2, parts);
    feed(summary, table);
    custval_table_free(table);
    return summary;
}

static custval_summary *read_back(const unsigned char *bytes, size_t length) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_summary *summary = NULL;
    assert_ok(custval_summary_read(NULL, bytes, length, &summary, &error), &error);
    return summary;
}

static void assert_unreadable(const unsigned char *bytes, size_t length, const char *says) {
    /* A copy of its own, so that a sanitizer sees a byte read beyond it. */
    unsigned char *copy = malloc(length + (length == 0));
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_summary *summary = (custval_summary *)(void *)&error;
    assert_non_null(copy);
    memcpy(copy, bytes, length);
    assert_status(custval_summary_read(NULL, copy, length, &summary, &error), CUSTVAL_ERROR_DOCUMENT, &error);
    assert_message(&error, says);
    assert_null(summary);
    free(copy);
}

static void put_integer(unsigned char *to, uint64_t value, size_t size) {
    for (size_t i = 0; i < size; i++) to[i] = (unsigned char)(value >> 8 * i);
}

static void sign(unsigned char *bytes, size_t length) {
    put_integer(bytes + length - 8, custval__checksum(bytes, length - 8), 8);
}

/* ---- There and back ---------------------------------------------------------------------------------------------- */

static void what_was_written_reads_back(void **state) {
    (void)state;
    for (uint32_t parts = 0; parts <= SUMMARY_EVERYTHING; parts++) {
        custval_summary *summary = sample(parts), *fed = sample(parts);
        size_t length;
        unsigned char *bytes = summary_bytes(summary, &length);
        custval_summary *again = read_back(bytes, length);
        assert_int_equal(custval_summary_rows(again), OFFERS);
        assert_same_summary(again, summary);
        /* It goes on as if it had never been away. */
        assert_ok(custval_summary_merge(again, fed, NULL), NULL);
        assert_ok(custval_summary_merge(summary, fed, NULL), NULL);
        assert_same_summary(again, summary);
        free(bytes);
        custval_summary_free(again);
        custval_summary_free(summary);
        custval_summary_free(fed);
    }
}

static void an_empty_summary_reads_back(void **state) {
    (void)state;
    const custval_criterion criterion = benefit("\xc3\xa4", 1, 2);
    custval_summary *summary = empty_summary(NULL, &criterion, 1, SUMMARY_EVERYTHING);
    size_t length;
    unsigned char *bytes = summary_bytes(summary, &length);
    custval_summary *again = read_back(bytes, length);
    assert_same_summary(again, summary);
    custval_summary_free(again);
    custval_summary_free(summary);
    free(bytes);
}

static void a_buffer_that_is_too_small_is_left_alone(void **state) {
    (void)state;
    custval_summary *summary = sample(0);
    size_t length = 0;
    unsigned char buffer[1024];
    memset(buffer, 7, sizeof buffer);
    assert_ok(custval_summary_write(summary, NULL, 0, &length, NULL), NULL);
    const size_t whole = length;
    assert_ok(custval_summary_write(summary, buffer, whole - 1, &length, NULL), NULL);
    assert_int_equal(length, whole);
    for (size_t i = 0; i < sizeof buffer; i++) assert_int_equal(buffer[i], 7);
    assert_ok(custval_summary_write(summary, buffer, sizeof buffer, &length, NULL), NULL);
    assert_int_equal(length, whole);
    for (size_t i = whole; i < sizeof buffer; i++) assert_int_equal(buffer[i], 7);
    custval_summary_free(summary);
}

/* What test_weights_data.c weighs, with every part. */
static custval_summary *of_four_columns(void) {
    static const char *const columns[] = {"quality", "price", "service", "wait"};
    static const double rows[OFFERS][4] = {{8.5, 120, 3.25, 40}, {6, 95, 2.5, 55},   {9.75, 210, 4, 35},
                                           {4, 60, 1.5, 80},     {7.25, 150, 3, 45}, {5.5, 110, 3.75, 60}};
    const custval_criterion criteria[] = {benefit("quality", 4, 9.75), sacrifice("price", 60, 210),
                                          benefit("service", 1.5, 4), sacrifice("wait", 35, 80)};
    custval_table *table = rows_table(columns, 4, rows[0], OFFERS);
    custval_summary *summary = empty_summary(NULL, criteria, 4, SUMMARY_EVERYTHING);
    feed(summary, table);
    custval_table_free(table);
    return summary;
}

/* Written by gcc 12 on x86_64 with version 0.1.0 of the library. What it holds is right: it gives the weights of
   another library (pymcdm 1.4.0). And every platform writes the same. */
static void version_1_is_read_for_ever(void **state) {
    (void)state;
    static const double critic[] = {0.18595113828685103, 0.44182504798119904, 0.19311574284518648, 0.17910807088676345};
    size_t length;
    unsigned char *bytes = (unsigned char *)support_read_file("tests/unit/summary_version_1.bin", &length);
    custval_summary *summary = read_back(bytes, length);
    custval_data_options options = CUSTVAL_DATA_OPTIONS_INIT;
    custval_weights *weights = NULL;
    options.method = CUSTVAL_DATA_CRITIC;
    assert_ok(custval_weights_data(summary, &options, &weights, NULL), NULL);
    for (size_t i = 0; i < 4; i++) assert_double_near(custval_weights_share(weights, i), critic[i], 2e-15);
    custval_summary *today = of_four_columns();
    size_t today_length;
    unsigned char *of_today = summary_bytes(today, &today_length);
    assert_int_equal(today_length, length);
    assert_memory_equal(of_today, bytes, length);
    assert_same_summary(summary, today);
    free(of_today);
    free(bytes);
    custval_weights_free(weights);
    custval_summary_free(today);
    custval_summary_free(summary);
}

/* ---- Damage ------------------------------------------------------------------------------------------------------ */

static void every_cut_is_noticed(void **state) {
    (void)state;
    custval_summary *summary = sample(SUMMARY_EVERYTHING);
    size_t length;
    unsigned char *bytes = summary_bytes(summary, &length);
    for (size_t cut = 0; cut < length; cut++) {
        assert_unreadable(bytes, cut,
                          cut < 4                           ? "are not a summary"
                          : cut < CUSTVAL__SUMMARY_HEAD + 8 ? "end too early"
                                                            : "the summary is cut off: ");
    }
    free(bytes);
    custval_summary_free(summary);
}

static void every_damaged_byte_is_noticed(void **state) {
    (void)state;
    custval_summary *summary = sample(SUMMARY_EVERYTHING);
    size_t length;
    unsigned char *bytes = summary_bytes(summary, &length);
    for (size_t i = 0; i < length; i++) {
        for (unsigned bit = 1; bit < 256; bit *= 2) {
            bytes[i] ^= (unsigned char)bit;
            assert_unreadable(bytes, length, i < 16 ? "" : "the summary is damaged: its checksum does not fit");
            bytes[i] ^= (unsigned char)bit;
        }
    }
    free(bytes);
    custval_summary_free(summary);
}

static void the_kind_of_damage_is_said(void **state) {
    (void)state;
    custval_summary *summary = sample(0);
    size_t length;
    unsigned char *bytes = summary_bytes(summary, &length);
    unsigned char *more = calloc(length + 1, 1), swapped[64] = {0x53, 0x56, 0x43, 0x89};
    assert_non_null(more);
    memcpy(more, bytes, length);
    assert_unreadable(more, length + 1, "the summary ends after");
    assert_unreadable(swapped, sizeof swapped, "the bytes of the summary have been swapped");
    bytes[4] = 2;
    sign(bytes, length);
    assert_unreadable(bytes, length, "the summary has the format version 2; this library reads version 1");
    assert_unreadable((const unsigned char *)"{\"custval\": \"system\"}", 21, "these 21 bytes are not a summary");
    free(more);
    free(bytes);
    custval_summary_free(summary);
}

/* ---- Forgery ----------------------------------------------------------------------------------------------------- */

/* Where things stand in the bytes of the sample with every part. */
enum place {
    PARTS = 16,
    COUNT = 20,
    FED = 24,
    COMPLETE = 32,
    NAME_LENGTH = 40,
    SIDE = 44,
    LOW = 48,
    HIGH = 56,
    NAME = 64,
    OWN = 90, /* count, low, high, mean, rest, squares; of y 48 further */
    THEIL = 186,
    JOINT = 202, /* low, high, mean, rest, squares; of y 40 further */
    PRODUCT = 282,
    REMOVAL = 290,
    CELLS = 306, /* of x: 1.5, 2, 4 twice, 4.25 */
    CELL = 310
};

static void contradictions_are_noticed(void **state) {
    (void)state;
    const double nan = (double)NAN, endless = (double)INFINITY;
    static const uint64_t many = (uint64_t)1 << 53;
    const struct {
        size_t at, size; /* size 0: a double */
        uint64_t integer;
        double number;
        const char *says;
    } cases[] = {
        {PARTS, 4, 31, 0, "the summary is wrong: parts 31"},
        {PARTS, 4, 14, 0, "the summary contradicts itself"}, /* without pairs, numbers stand elsewhere */
        {COUNT, 4, 0, 0, "the summary is wrong: there are no criteria"},
        {COUNT, 4, 0xffffffff, 0, "end too early"},
        {FED, 8, 3, 0, "numbers of rows"},
        {FED, 8, many, 0, "numbers of rows"},
        {COMPLETE, 8, 7, 0, "numbers of rows"},
        {COMPLETE, 8, 6, 0, "column \"x\", number of numbers"},
        {NAME_LENGTH, 4, 0xffffffff, 0, "end too early"},
        {NAME_LENGTH, 4, 0, 0, ""},
        {SIDE, 4, 0, 0, "wrong name or side"},
        {SIDE, 4, 3, 0, "the summary is wrong: criterion \"x\": side 3"},
        {LOW, 0, 0, 2.5, "column \"x\", numbers outside its range"},
        {LOW, 0, 0, 7.0, "the summary is wrong: criterion \"x\": range 7 to 5"},
        {HIGH, 0, 0, nan, "the summary is wrong: criterion \"x\": range 1 to nan"},
        {NAME, 1, 0, 0, "wrong name or side"},
        {NAME, 1, 'y', 0, "the summary is wrong: criterion \"y\" is there twice"},
        {NAME, 1, 0xff, 0, "the summary is wrong: the name of criterion 1 is not UTF-8"},
        {OWN, 8, 7, 0, "column \"x\", number of numbers"},
        {OWN, 8, 3, 0, "column \"x\", number of numbers"},
        {OWN + 8, 0, 0, nan, "column \"x\", smallest and largest number"},
        {OWN + 8, 0, 0, 4.5, "column \"x\", smallest and largest number"},
        {OWN + 16, 0, 0, endless, "column \"x\", smallest and largest number"},
        {OWN + 16, 0, 0, 5.5, "column \"x\", numbers outside its range"},
        {OWN + 24, 0, 0, 4.5, "column \"x\", mean"},
        {OWN + 24, 0, 0, nan, "column \"x\", mean"},
        {OWN + 32, 0, 0, 0.1, "column \"x\", mean"},
        {OWN + 32, 0, 0, nan, "column \"x\", mean"},
        {OWN + 40, 0, 0, -1.0, "column \"x\", squares"},
        {OWN + 40, 0, 0, 1e6, "column \"x\", squares"},
        {OWN + 40, 0, 0, nan, "column \"x\", squares"},
        {THEIL, 0, 0, -0.1, "column \"x\", entropy"},
        {THEIL, 0, 0, 1e6, "column \"x\", entropy"},
        {THEIL + 8, 0, 0, nan, "column \"y\", entropy"},
        {JOINT, 0, 0, 1.25, "column \"x\", complete rows"},
        {JOINT + 8, 0, 0, 4.5, "column \"x\", complete rows"},
        {JOINT + 40 + 16, 0, 0, 1000.0, "column \"y\", mean"},
        {PRODUCT, 0, 0, 1e6, "column \"x\", products"},
        {PRODUCT, 0, 0, nan, "column \"x\", products"},
        {REMOVAL, 0, 0, -1.0, "column \"x\", removal effect"},
        {REMOVAL + 8, 0, 0, endless, "column \"y\", removal effect"},
        {CELLS, 4, 3, 0, "column \"x\", quantiles"},
        {CELLS, 4, 0xffffffff, 0, "end too early"},
        {CELL, 4, 1, 0, "column \"x\", quantiles"},
        {CELL, 4, 0xffffffff, 0, "column \"x\", quantiles"},
        {CELL + 4, 8, 0, 0, "column \"x\", quantiles"},
        {CELL + 4, 8, 2, 0, "column \"x\", quantiles"},
        {CELL + 4, 8, UINT64_MAX, 0, "column \"x\", quantiles"},
        {CELL + 12, 0, 0, 1.499, "column \"x\", quantiles"},
        {CELL + 20, 0, 0, 1.501, "column \"x\", quantiles"},
        {CELL + 20, 0, 0, nan, "column \"x\", quantiles"},
    };
    custval_summary *summary = sample(SUMMARY_EVERYTHING);
    size_t length;
    unsigned char *bytes = summary_bytes(summary, &length);
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        unsigned char kept[8];
        const size_t size = cases[i].size == 0 ? 8 : cases[i].size;
        memcpy(kept, bytes + cases[i].at, size);
        put_integer(bytes + cases[i].at, cases[i].size == 0 ? custval__bits_of(cases[i].number) : cases[i].integer,
                    size);
        sign(bytes, length);
        assert_unreadable(bytes, length, cases[i].says);
        memcpy(bytes + cases[i].at, kept, size);
    }
    sign(bytes, length);
    custval_summary *again = read_back(bytes, length);
    custval_summary_free(again);
    free(bytes);
    custval_summary_free(summary);
}

/* A length and a checksum that fit do not help. */
static void every_signed_cut_is_noticed(void **state) {
    (void)state;
    custval_summary *summary = sample(SUMMARY_EVERYTHING);
    size_t length;
    unsigned char *bytes = summary_bytes(summary, &length), *cut = malloc(length);
    assert_non_null(cut);
    for (size_t size = CUSTVAL__SUMMARY_HEAD + 8; size < length; size++) {
        memcpy(cut, bytes, size);
        put_integer(cut + 8, size, 8);
        sign(cut, size);
        assert_unreadable(cut, size, "");
    }
    free(cut);
    free(bytes);
    custval_summary_free(summary);
}

static void limits_hold_for_bytes(void **state) {
    (void)state;
    enum { COLUMNS = 1025 };
    static custval_criterion criteria[COLUMNS];
    static char columns[COLUMNS][8];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_summary *read = NULL;
    size_t length;
    for (int i = 0; i < COLUMNS; i++) {
        snprintf(columns[i], sizeof columns[i], "c%d", i);
        criteria[i] = benefit(columns[i], 0, 0);
    }
    custval_summary *summary = empty_summary(NULL, criteria, COLUMNS, 0);
    unsigned char *bytes = summary_bytes(summary, &length);
    put_integer(bytes + PARTS, CUSTVAL_SUMMARY_PAIRS, 4);
    sign(bytes, length);
    assert_status(custval_summary_read(NULL, bytes, length, &read, &error), CUSTVAL_ERROR_LIMIT, &error);
    assert_message(&error, "1025 criteria with pairs");
    assert_null(read);
    free(bytes);
    custval_summary_free(summary);
}

static void left_over_bytes_are_noticed(void **state) {
    (void)state;
    custval_summary *summary = sample(0);
    size_t length;
    unsigned char *bytes = summary_bytes(summary, &length), *more = calloc(length + 3, 1);
    assert_non_null(more);
    memcpy(more, bytes, length - 8);
    put_integer(more + 8, length + 3, 8);
    sign(more, length + 3);
    assert_unreadable(more, length + 3, "the summary has 3 bytes too many");
    free(more);
    free(bytes);
    custval_summary_free(summary);
}

static void moments_of_no_numbers_are_nothing(void **state) {
    (void)state;
    const custval_criterion criterion = benefit("x", 0, 0);
    custval_summary *summary = empty_summary(NULL, &criterion, 1, 0);
    size_t length;
    unsigned char *bytes = summary_bytes(summary, &length);
    put_integer(bytes + 65 + 24, custval__bits_of(1.0), 8);
    sign(bytes, length);
    assert_unreadable(bytes, length, "column \"x\", moments of no numbers");
    free(bytes);
    custval_summary_free(summary);
}

static void too_many_rows_do_not_merge(void **state) {
    (void)state;
    const custval_criterion criterion = benefit("x", 0, 0);
    custval_summary *summary = empty_summary(NULL, &criterion, 1, 0);
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t length;
    unsigned char *bytes = summary_bytes(summary, &length);
    put_integer(bytes + FED, ((uint64_t)1 << 53) - 1, 8);
    sign(bytes, length);
    custval_summary *full = read_back(bytes, length), *also = read_back(bytes, length);
    assert_status(custval_summary_merge(full, also, &error), CUSTVAL_ERROR_LIMIT, &error);
    assert_message(&error, "9007199254740991 rows and 9007199254740991 more");
    assert_int_equal(custval_summary_rows(full), ((uint64_t)1 << 53) - 1);
    assert_ok(custval_summary_merge(summary, full, NULL), NULL);
    free(bytes);
    custval_summary_free(full);
    custval_summary_free(also);
    custval_summary_free(summary);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_reads_back),
        cmocka_unit_test(an_empty_summary_reads_back),
        cmocka_unit_test(a_buffer_that_is_too_small_is_left_alone),
        cmocka_unit_test(version_1_is_read_for_ever),
        cmocka_unit_test(every_cut_is_noticed),
        cmocka_unit_test(every_damaged_byte_is_noticed),
        cmocka_unit_test(the_kind_of_damage_is_said),
        cmocka_unit_test(contradictions_are_noticed),
        cmocka_unit_test(every_signed_cut_is_noticed),
        cmocka_unit_test(limits_hold_for_bytes),
        cmocka_unit_test(left_over_bytes_are_noticed),
        cmocka_unit_test(moments_of_no_numbers_are_nothing),
        cmocka_unit_test(too_many_rows_do_not_merge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
