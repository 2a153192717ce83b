/* The parts of histories: fixed-point money, keys, cells in order, totals. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "history/cells.h"
#include "history/dates.h"
#include "history/fixed.h"
#include "history/keys.h"
#include "history/totals.h"
#include "support.h"

/* ---- Money ------------------------------------------------------------------------------------------------------- */

static void assert_fixed(double value, uint64_t high, uint64_t low) {
    const custval__fixed fixed = custval__fixed_of(value);
    assert_int_equal(fixed.high, high);
    assert_int_equal(fixed.low, low);
}

/* Python: round(Fraction(value) * 2**50). */
static void known_money(void **state) {
    (void)state;
    assert_fixed(0.0, 0, 0);
    assert_fixed(-0.0, 0, 0);
    assert_fixed(1.0, 0, UINT64_C(1) << 50);
    assert_fixed(-1.0, UINT64_MAX, UINT64_MAX << 50);
    assert_fixed(0.1, 0, UINT64_C(112589990684262)); /* 112589990684262.406... */
    assert_fixed(0x1p-50, 0, 1);
    assert_fixed(0x1p-51, 0, 0); /* ties go to even */
    assert_fixed(0x1.8p-50, 0, 2);
    assert_fixed(0x1.000001p-51, 0, 1);
    assert_fixed(-0x1.8p-50, UINT64_MAX, UINT64_MAX - 1);
    assert_fixed(5e-324, 0, 0);
    assert_fixed(0x1p-55, 0, 0);
    assert_fixed(16384.0, 1, 0);
    assert_fixed(1e14, UINT64_C(6103515625), UINT64_C(0));
}

/* Money of 1/8 and more survives as it is; a sum in any order is the same. */
static void exact_sums(void **state) {
    (void)state;
    enum { COUNT = 1000 };
    support_random random = random_seeded("sums of money");
    double values[COUNT];
    custval__fixed forward = {0, 0}, backward = {0, 0};
    for (size_t i = 0; i < COUNT; i++) {
        values[i] = random_between(&random, -1.0, 1.0) * (i % 2 == 0 ? 1e14 : 1000.0);
        if (fabs(values[i]) >= 0.125)
            assert_double_bits(custval__fixed_double(custval__fixed_of(values[i])), values[i]);
        forward = custval__fixed_add(forward, custval__fixed_of(values[i]));
    }
    for (size_t i = COUNT; i-- > 0;) backward = custval__fixed_add(backward, custval__fixed_of(values[i]));
    assert_true(custval__fixed_same(forward, backward));
    for (size_t i = 0; i < COUNT; i++) forward = custval__fixed_subtract(forward, custval__fixed_of(values[i]));
    assert_int_equal(forward.low | forward.high, 0);
}

/* The nearest double, ties to even: Python's float(Fraction(...)). */
static void wide_to_double(void **state) {
    (void)state;
    assert_double_bits(custval__wide_double((custval__fixed){UINT64_MAX, 0}), 0x1p64);
    assert_double_bits(custval__wide_double((custval__fixed){0, 1}), 0x1p64);
    assert_double_bits(custval__wide_double((custval__fixed){UINT64_C(1) << 11, 1}), 0x1p64); /* a tie */
    assert_double_bits(custval__wide_double((custval__fixed){(UINT64_C(1) << 11) + 1, 1}), 0x1.0000000000001p64);
    assert_double_bits(custval__wide_double((custval__fixed){UINT64_C(3) << 11, 1}), 0x1.0000000000002p64); /* a tie */
    assert_double_bits(custval__wide_double((custval__fixed){1, UINT64_C(1) << 63}), 0x1p127);
    assert_double_bits(custval__wide_double((custval__fixed){UINT64_MAX, UINT64_MAX}), 0x1p128);
    assert_double_bits(custval__fixed_double((custval__fixed){UINT64_MAX, UINT64_MAX}), -0x1p-50);
    const custval__fixed product = custval__wide_product(UINT64_MAX, UINT64_MAX);
    assert_int_equal(product.high, UINT64_MAX - 1);
    assert_int_equal(product.low, 1);
    const custval__fixed other = custval__wide_product(UINT64_C(0x123456789abcdef0), UINT64_C(0xfedcba9876543210));
    assert_int_equal(other.high, UINT64_C(0x121fa00ad77d7422));
    assert_int_equal(other.low, UINT64_C(0x236d88fe5618cf00));
}

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

static custval_text number_text(char room[24], uint64_t value) {
    const int length = snprintf(room, 24, "c%llu", (unsigned long long)value);
    return (custval_text){room, (size_t)length};
}

static uint32_t put(custval__keys *keys, const custval_host *host, uint64_t value) {
    char room[24];
    uint32_t index;
    if (keys->kind == CUSTVAL__KEYS_INTEGER) {
        const int64_t integer = (int64_t)(value * UINT64_C(0x100000001));
        assert_int_equal(custval__keys_put_integer(keys, host, integer, custval__key_hash_integer(integer), &index),
                         CUSTVAL_OK);
    } else {
        const custval_text text = number_text(room, value);
        assert_int_equal(custval__keys_put_text(keys, host, text, custval__key_hash_text(text), &index), CUSTVAL_OK);
    }
    return index;
}

static uint32_t find(const custval__keys *keys, uint64_t value) {
    char room[24];
    const int64_t integer = (int64_t)(value * UINT64_C(0x100000001));
    if (keys->kind == CUSTVAL__KEYS_INTEGER) {
        return custval__keys_find_integer(keys, integer, custval__key_hash_integer(integer));
    }
    const custval_text text = number_text(room, value);
    return custval__keys_find_text(keys, text, custval__key_hash_text(text));
}

/* Keys are numbered as they come; those that came last can be taken back, also after the table has grown. */
static void keys_come_and_go(void **state) {
    (void)state;
    enum { COUNT = 5000 };
    custval_host host;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    for (uint32_t kind = CUSTVAL__KEYS_INTEGER; kind <= CUSTVAL__KEYS_TEXT; kind++) {
        custval__keys keys = {.kind = kind};
        assert_int_equal(find(&keys, 1), CUSTVAL__NO_KEY);
        for (uint32_t cut = 0; cut < COUNT; cut = cut * 2 + 7) {
            for (uint32_t i = keys.count; i < COUNT; i++) assert_int_equal(put(&keys, &host, i), i);
            for (uint32_t i = 0; i < COUNT; i++) assert_int_equal(put(&keys, &host, i), i);
            custval__keys_cut(&keys, cut);
            assert_int_equal(keys.count, cut);
            for (uint32_t i = 0; i < COUNT; i++) assert_int_equal(find(&keys, i), i < cut ? i : CUSTVAL__NO_KEY);
        }
        custval__keys_free(&keys, &host);
    }
}

/* Else texts that differ in it would all crowd into one slot. */
static void every_byte_of_a_text_counts_in_its_hash(void **state) {
    (void)state;
    enum { LENGTHS = 27 };
    char bytes[LENGTHS];
    uint64_t lengths[LENGTHS];
    memset(bytes, 'x', sizeof bytes);
    for (size_t length = 0; length < LENGTHS; length++) {
        const custval_text text = {bytes, length};
        lengths[length] = custval__key_hash_text(text);
        for (size_t i = 0; i < length; i++) {
            assert_true(lengths[i] != lengths[length]);
            bytes[i] = 'y';
            assert_true(custval__key_hash_text(text) != lengths[length]);
            bytes[i] = 'x';
        }
    }
}

static void order_of_keys(void **state) {
    (void)state;
    static const char *const texts[] = {"b",         "",  "abcdefghi", "abcdefgh", "a",
                                        "abcdefghh", "Z", "\xc3\xa4",  "ab",       "\xf0\x9f\x98\x80"};
    static const char *const sorted[] = {"",          "Z",         "a", "ab",       "abcdefgh",
                                         "abcdefghh", "abcdefghi", "b", "\xc3\xa4", "\xf0\x9f\x98\x80"};
    static const int64_t integers[] = {5, -1, INT64_MAX, INT64_MIN, 0, 7};
    static const int64_t ascending[] = {INT64_MIN, -1, 0, 5, 7, INT64_MAX};
    custval_host host;
    custval__keys keys = {.kind = CUSTVAL__KEYS_TEXT}, numbers = {.kind = CUSTVAL__KEYS_INTEGER};
    uint32_t index;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    for (size_t i = 0; i < SUPPORT_COUNT(texts); i++) {
        const custval_text text = {texts[i], strlen(texts[i])};
        assert_int_equal(custval__keys_put_text(&keys, &host, text, custval__key_hash_text(text), &index), CUSTVAL_OK);
    }
    uint32_t *order = custval__keys_order(&keys, &host);
    for (size_t i = 0; i < SUPPORT_COUNT(sorted); i++) {
        const custval_text text = custval__keys_text(&keys, order[i]);
        assert_int_equal(text.length, strlen(sorted[i]));
        assert_memory_equal(text.data, sorted[i], text.length);
    }
    custval__free(&host, order);
    for (size_t i = 0; i < SUPPORT_COUNT(integers); i++) {
        assert_int_equal(
            custval__keys_put_integer(&numbers, &host, integers[i], custval__key_hash_integer(integers[i]), &index),
            CUSTVAL_OK);
    }
    order = custval__keys_order(&numbers, &host);
    for (size_t i = 0; i < SUPPORT_COUNT(ascending); i++) assert_true(numbers.integers[order[i]] == ascending[i]);
    custval__free(&host, order);
    custval__keys_free(&keys, &host);
    custval__keys_free(&numbers, &host);
}

enum { LONGEST = 40 };

static int compare_texts(const void *a, const void *b) {
    const custval_text *x = a, *y = b;
    const int order = memcmp(x->data, y->data, x->length < y->length ? x->length : y->length);
    return order != 0 ? order : (x->length > y->length) - (x->length < y->length);
}

/* Texts of few letters, among them NUL and the highest byte, behind a beginning that all, most or none of them share. */
static void order_of_texts_that_begin_alike(void **state) {
    (void)state;
    enum { COUNT = 2000 };
    static const char letters[] = {'\0', 'a', 'b', '\xff'};
    support_random random = random_seeded("texts");
    custval_host host;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    for (uint32_t round = 0; round < 24; round++) {
        const uint32_t common = round % 12, most = round % 5 == 4 ? 25 : 9, others = round / 12;
        custval__keys keys = {.kind = CUSTVAL__KEYS_TEXT};
        custval_text *sorted = malloc(COUNT * sizeof *sorted);
        for (uint32_t i = 0; i < COUNT; i++) {
            char bytes[LONGEST];
            uint32_t index, length = common + random_below(&random, most);
            memset(bytes, others == 1 && random_below(&random, 50) == 0 ? 'y' : 'x', sizeof bytes);
            for (uint32_t k = common; k < length; k++) bytes[k] = letters[random_below(&random, 4)];
            if (length == 0) length = 1;
            const custval_text text = {bytes, length};
            assert_int_equal(custval__keys_put_text(&keys, &host, text, custval__key_hash_text(text), &index),
                             CUSTVAL_OK);
        }
        for (uint32_t i = 0; i < keys.count; i++) sorted[i] = custval__keys_text(&keys, i);
        qsort(sorted, keys.count, sizeof *sorted, compare_texts);
        uint32_t *order = custval__keys_order(&keys, &host);
        for (uint32_t i = 0; i < keys.count; i++) {
            const custval_text text = custval__keys_text(&keys, order[i]);
            assert_int_equal(compare_texts(&text, &sorted[i]), 0);
        }
        custval__free(&host, order);
        custval__keys_free(&keys, &host);
        free(sorted);
    }
}

/* ---- Cells ------------------------------------------------------------------------------------------------------- */

static int compare_cells(const void *a, const void *b) {
    const custval__cell *x = a, *y = b;
    if (x->customer != y->customer) return x->customer < y->customer ? -1 : 1;
    return x->period < y->period ? -1 : x->period > y->period;
}

/* As qsort and a loop would do it, for every number of columns and every spread of customers and periods. */
static void cells_in_order(void **state) {
    (void)state;
    enum { COUNT = 20000 };
    support_random random = random_seeded("cells");
    custval_host host;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    for (uint32_t round = 0; round < 24; round++) {
        const size_t columns = round % 4;
        const uint32_t customers = (uint32_t[]){1, 30, 3000, UINT32_MAX, 5, 70000}[round / 4];
        const uint64_t periods = (uint64_t[]){UINT64_C(1) << 40, 3, 700, 50, UINT64_C(1) << 35, 1}[round / 4];
        custval__cells cells = {.size = sizeof(custval__cell) + columns * sizeof(custval__fixed), .is_compact = 1};
        assert_int_equal(custval__cells_reserve(&cells, &host, COUNT), 0);
        for (size_t i = 0; i < COUNT; i++) {
            custval__cell *cell = custval__cells_at(&cells, i);
            cell->customer = random_below(&random, customers);
            cell->rows = random_below(&random, 2);
            cell->period = (int64_t)(random_bits(&random) % periods) - (int64_t)(periods / 2);
            for (size_t k = 0; k < columns; k++) cell->money[k] = (custval__fixed){random_bits(&random), 0};
        }
        cells.count = COUNT;
        cells.is_compact = 0;
        unsigned char *expected = malloc(COUNT * cells.size);
        memcpy(expected, cells.data, COUNT * cells.size);
        qsort(expected, COUNT, cells.size, compare_cells);
        custval__cells_compact(&cells);
        size_t at = 0;
        for (size_t i = 0; i < cells.count; i++) {
            const custval__cell *cell = custval__cells_at(&cells, i);
            custval__fixed money[CUSTVAL__MONEYS] = {{0, 0}};
            uint32_t rows = 0;
            for (; at < COUNT && compare_cells(expected + at * cells.size, cell) == 0; at++) {
                const custval__cell *one = (const custval__cell *)(const void *)(expected + at * cells.size);
                rows += one->rows;
                for (size_t k = 0; k < columns; k++) money[k] = custval__fixed_add(money[k], one->money[k]);
            }
            assert_int_equal(rows, cell->rows);
            assert_memory_equal(money, cell->money, columns * sizeof *money);
            if (i > 0) assert_true(compare_cells(custval__cells_at(&cells, i - 1), cell) < 0);
        }
        assert_int_equal(at, COUNT);
        free(expected);
        custval__free(&host, cells.data);
    }
}

/* ---- Totals ------------------------------------------------------------------------------------------------------ */

/* Intervals so long that their squares leave 64 bits: 2^39, 2^38 and 1. Python, with fractions: the variance is
   (3 Q - S^2) / 6 = 7.5557863725639446e+22. */
static void far_intervals(void **state) {
    (void)state;
    const custval__moneys none = {-1, -1, -1};
    const int64_t periods[] = {-(INT64_C(1) << 38), INT64_C(1) << 38, INT64_C(1) << 39, (INT64_C(1) << 39) + 1};
    custval__totals totals = {0};
    for (size_t i = 0; i < SUPPORT_COUNT(periods); i++) {
        const custval__cell cell = {0, 1, periods[i]};
        custval__totals_take(&totals, &none, &cell);
    }
    assert_int_equal(totals.purchases, 4);
    assert_true(totals.longest == INT64_C(1) << 39);
    assert_double_near(custval__totals_interval_variance(&totals), 7.5557863725639446e+22, 0x1p26);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_money),
        cmocka_unit_test(exact_sums),
        cmocka_unit_test(wide_to_double),
        cmocka_unit_test(keys_come_and_go),
        cmocka_unit_test(every_byte_of_a_text_counts_in_its_hash),
        cmocka_unit_test(order_of_keys),
        cmocka_unit_test(order_of_texts_that_begin_alike),
        cmocka_unit_test(cells_in_order),
        cmocka_unit_test(far_intervals),
    };
    return cmocka_run_group_tests_name("parts of histories", tests, NULL, NULL);
}
