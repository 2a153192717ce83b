/* Reading columns: every type, offset, stride and bitmap against a reading of one cell at a time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "table/table.h"

enum { ROWS = 131, SKIPPED_MOST = 13, ELEMENTS = ROWS + SKIPPED_MOST, STEP_MOST = 24 };

static const uint32_t number_types[] = {
    CUSTVAL_TYPE_INT8,    CUSTVAL_TYPE_INT16,   CUSTVAL_TYPE_INT32,  CUSTVAL_TYPE_INT64,
    CUSTVAL_TYPE_UINT8,   CUSTVAL_TYPE_UINT16,  CUSTVAL_TYPE_UINT32, CUSTVAL_TYPE_UINT64,
    CUSTVAL_TYPE_FLOAT32, CUSTVAL_TYPE_FLOAT64, CUSTVAL_TYPE_BOOL8,
};
static const size_t offsets[] = {0, 1, 7, 8, SKIPPED_MOST};

static void fill_random(support_random *random, void *memory, size_t size) {
    unsigned char *bytes = memory;
    for (size_t i = 0; i < size; i++) bytes[i] = (unsigned char)random_bits(random);
}

static double read_one(uint32_t type, const void *at) {
    switch (type) {
#define READ(name, kind)              \
  case name: {                        \
    kind value;                       \
    memcpy(&value, at, sizeof value); \
    return (double)value;             \
  }
        READ(CUSTVAL_TYPE_INT8, int8_t)
        READ(CUSTVAL_TYPE_INT16, int16_t)
        READ(CUSTVAL_TYPE_INT32, int32_t)
        READ(CUSTVAL_TYPE_INT64, int64_t)
        READ(CUSTVAL_TYPE_UINT8, uint8_t)
        READ(CUSTVAL_TYPE_UINT16, uint16_t)
        READ(CUSTVAL_TYPE_UINT32, uint32_t)
        READ(CUSTVAL_TYPE_UINT64, uint64_t)
        READ(CUSTVAL_TYPE_FLOAT32, float)
        READ(CUSTVAL_TYPE_FLOAT64, double)
#undef READ
    default: return *(const unsigned char *)at != 0;
    }
}

static int bit(const uint8_t *bitmap, size_t at) {
    return bitmap == NULL || (bitmap[at / 8] & (1 << at % 8)) != 0;
}

static custval_table *table_of(const custval_column *column) {
    custval_table *table = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_table_new(NULL, ROWS, &table, &error), &error);
    assert_ok(custval_table_add(table, "x", column, &error), &error);
    return table;
}

/* Compares blocks of many starts and lengths, and single cells, with the expected numbers. */
static void check_reading(const custval_column *column, const double *expected) {
    custval_table *table = table_of(column);
    static const size_t counts[] = {0, 1, 2, 7, 8, 9, 16, 63, 64, 65, ROWS};
    assert_true(custval__table_is_number(table, 0));
    for (size_t k = 0; k < SUPPORT_COUNT(counts); k++) {
        for (size_t start = 0; start + counts[k] <= ROWS; start++) {
            double scratch[ROWS];
            const double *got = custval__table_doubles(table, 0, start, counts[k], scratch);
            for (size_t i = 0; i < counts[k]; i++) {
                assert_double_bits(got[i], expected[start + i]);
            }
        }
    }
    for (size_t row = 0; row < ROWS; row++) {
        double number = 0;
        assert_ok(custval_table_number(table, 0, row, &number, NULL), NULL);
        assert_double_bits(number, expected[row]);
    }
    custval_table_free(table);
}

/* Runs check_reading with no bitmap, a random one, all ones, all zeros, and a single missing row. */
static void check_bitmaps(support_random *random, custval_column column, const double *present) {
    uint8_t bitmap[ELEMENTS / 8 + 1];
    double expected[ROWS];
    for (int kind = 0; kind < 5; kind++) {
        memset(bitmap, kind == 3 ? 0 : 0xff, sizeof bitmap);
        if (kind == 1) fill_random(random, bitmap, sizeof bitmap);
        if (kind == 4) bitmap[(column.offset + 64) / 8] = (uint8_t) ~(1U << (column.offset + 64) % 8);
        column.validity = kind == 0 ? NULL : bitmap;
        for (size_t row = 0; row < ROWS; row++) {
            expected[row] = bit(column.validity, column.offset + row) ? present[row] : (double)NAN;
        }
        check_reading(&column, expected);
    }
}

static void numbers_of_every_type_are_read_at_every_offset_and_stride(void **unused) {
    static const int strides[] = {0, 8, 12, 17, STEP_MOST, -8, -17, -STEP_MOST}; /* 17 leaves values unaligned */
    static unsigned char memory[(size_t)ELEMENTS * STEP_MOST];
    support_random random = random_seeded("columns");
    (void)unused;
    for (size_t t = 0; t < SUPPORT_COUNT(number_types); t++) {
        for (size_t o = 0; o < SUPPORT_COUNT(offsets); o++) {
            for (size_t s = 0; s < SUPPORT_COUNT(strides); s++) {
                custval_column column = CUSTVAL_COLUMN_INIT;
                double present[ROWS];
                fill_random(&random, memory, sizeof memory);
                column.type = number_types[t];
                column.offset = offsets[o];
                column.stride = strides[s];
                const unsigned char *first = memory;
                if (strides[s] < 0) first += (ELEMENTS - 1) * (size_t)-strides[s];
                column.data = first;
                const ptrdiff_t step = strides[s] != 0 ? strides[s] : (ptrdiff_t)custval__type_size(column.type);
                for (size_t row = 0; row < ROWS; row++) {
                    present[row] = read_one(column.type, first + (ptrdiff_t)(column.offset + row) * step);
                }
                check_bitmaps(&random, column, present);
            }
        }
    }
}

static void packed_bits_are_read_at_every_offset(void **unused) {
    uint8_t bits[ELEMENTS / 8 + 1];
    support_random random = random_seeded("columns");
    (void)unused;
    for (size_t o = 0; o < SUPPORT_COUNT(offsets); o++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        double present[ROWS];
        fill_random(&random, bits, sizeof bits);
        column.type = CUSTVAL_TYPE_BOOL;
        column.offset = offsets[o];
        column.data = bits;
        for (size_t row = 0; row < ROWS; row++) present[row] = bit(bits, column.offset + row);
        check_bitmaps(&random, column, present);
    }
}

static void packed_doubles_are_read_in_place_unless_one_in_the_range_is_missing(void **unused) {
    double values[ROWS] = {0}, scratch[ROWS];
    uint8_t bitmap[ROWS / 8 + 1];
    custval_column column = CUSTVAL_COLUMN_INIT;
    (void)unused;
    memset(bitmap, 0xff, sizeof bitmap);
    bitmap[2] = 0xfe; /* row 16 */
    column.type = CUSTVAL_TYPE_FLOAT64;
    column.data = values;
    column.validity = bitmap;
    custval_table *table = table_of(&column);
    assert_ptr_equal(custval__table_doubles(table, 0, 0, 16, scratch), values);
    assert_ptr_equal(custval__table_doubles(table, 0, 17, 100, scratch), values + 17);
    assert_ptr_equal(custval__table_doubles(table, 0, 16, 1, scratch), scratch);
    assert_ptr_equal(custval__table_doubles(table, 0, 0, 17, scratch), scratch);
    custval_table_free(table);

    column.stride = sizeof(double); /* the stride of a packed column is none */
    column.validity = NULL;
    table = table_of(&column);
    assert_ptr_equal(custval__table_doubles(table, 0, 3, 5, scratch), values + 3);
    custval_table_free(table);
}

static void unaligned_doubles_are_copied_rather_than_pointed_to(void **unused) {
    unsigned char memory[(ROWS + 1) * sizeof(double)];
    double scratch[ROWS], expected;
    custval_column column = CUSTVAL_COLUMN_INIT;
    support_random random = random_seeded("columns");
    (void)unused;
    fill_random(&random, memory, sizeof memory);
    column.type = CUSTVAL_TYPE_FLOAT64;
    column.data = memory + 1;
    custval_table *table = table_of(&column);
    assert_ptr_equal(custval__table_doubles(table, 0, 2, 1, scratch), scratch);
    memcpy(&expected, memory + 1 + 2 * sizeof(double), sizeof expected);
    assert_double_bits(scratch[0], expected);
    custval_table_free(table);
}

/* ---- Text ---- */

/* Text of element i; every fifth is empty, every third too long to lie in a view. */
static size_t text_of(size_t i, char out[32]) {
    if (i % 5 == 0) return 0;
    const size_t length = i % 3 == 0 ? 13 + i % 8 : 1 + i % 12;
    for (size_t k = 0; k < length; k++) out[k] = (char)('a' + (i + k) % 26);
    return length;
}

/* All texts once in each layout. */
typedef struct texts {
    char bytes[ELEMENTS * 32];
    int32_t offsets[ELEMENTS + 1];
    int64_t large_offsets[ELEMENTS + 1];
    int32_t views[ELEMENTS][4];
    const void *buffers[2]; /* long texts of even elements, of odd ones */
    char more_bytes[ELEMENTS * 32];
} texts;

static void lay_out(texts *t) {
    size_t end = 0, ends[2] = {0, 0};
    memset(t, 0, sizeof *t);
    t->buffers[0] = t->bytes;
    t->buffers[1] = t->more_bytes;
    for (size_t i = 0; i < ELEMENTS; i++) {
        char text[32];
        const size_t length = text_of(i, text);
        memcpy(t->bytes + end, text, length);
        if (i % 2 == 1) memcpy(t->more_bytes + ends[1], text, length);
        t->views[i][0] = (int32_t)length;
        if (length <= 12) {
            memcpy(&t->views[i][1], text, length);
        } else {
            memcpy(&t->views[i][1], text, 4);
            t->views[i][2] = (int32_t)(i % 2);
            t->views[i][3] = (int32_t)(i % 2 == 0 ? end : ends[1]);
        }
        end += length;
        if (i % 2 == 1) ends[1] += length;
        t->offsets[i + 1] = (int32_t)end;
        t->large_offsets[i + 1] = (int64_t)end;
    }
}

static custval_column text_column(const texts *t, uint32_t type) {
    custval_column column = CUSTVAL_COLUMN_INIT;
    column.type = type;
    column.data = t->bytes;
    column.offsets = t->offsets;
    if (type == CUSTVAL_TYPE_LARGE_UTF8) column.offsets = t->large_offsets;
    if (type == CUSTVAL_TYPE_UTF8_VIEW) {
        column.data = t->views;
        column.offsets = t->buffers;
        column.dictionary_length = 2;
    }
    return column;
}

static void check_text(const custval_table *table, size_t row, size_t element, int present) {
    char expected[32];
    const size_t length = text_of(element, expected);
    custval_text got = {"x", 1};
    assert_int_equal(custval_table_text(table, 0, row, &got, NULL), CUSTVAL_OK);
    if (!present) {
        assert_null(got.data);
        assert_int_equal(got.length, 0);
        return;
    }
    assert_non_null(got.data);
    assert_int_equal(got.length, length);
    assert_memory_equal(got.data, expected, length);
}

static const uint32_t text_types[] = {CUSTVAL_TYPE_UTF8, CUSTVAL_TYPE_LARGE_UTF8, CUSTVAL_TYPE_UTF8_VIEW};

static void texts_of_every_layout_are_read_at_every_offset(void **unused) {
    static texts t;
    uint8_t bitmap[ELEMENTS / 8 + 1];
    support_random random = random_seeded("columns");
    (void)unused;
    lay_out(&t);
    fill_random(&random, bitmap, sizeof bitmap);
    for (size_t k = 0; k < 3; k++) {
        for (size_t o = 0; o < SUPPORT_COUNT(offsets); o++) {
            for (int with_bitmap = 0; with_bitmap < 2; with_bitmap++) {
                custval_column column = text_column(&t, text_types[k]);
                column.offset = offsets[o];
                column.validity = with_bitmap ? bitmap : NULL;
                custval_table *table = table_of(&column);
                assert_true(custval__table_is_text(table, 0));
                for (size_t row = 0; row < ROWS; row++) {
                    check_text(table, row, offsets[o] + row, bit(column.validity, offsets[o] + row));
                }
                custval_table_free(table);
            }
        }
    }
}

static void store_index(void *at, size_t size, uint64_t value) {
    const uint8_t one = (uint8_t)value;
    const uint16_t two = (uint16_t)value;
    const uint32_t four = (uint32_t)value;
    memcpy(at,
           size == 1   ? (const void *)&one
           : size == 2 ? (const void *)&two
           : size == 4 ? (const void *)&four
                       : &value,
           size);
}

static void dictionaries_are_read_through_every_index_type_and_text_layout(void **unused) {
    static texts t;
    uint64_t indices[ELEMENTS]; /* also a good start of any narrower layout */
    uint8_t bitmap[ELEMENTS / 8 + 1], entries_bitmap[ELEMENTS / 8 + 1];
    support_random random = random_seeded("columns");
    (void)unused;
    lay_out(&t);
    fill_random(&random, bitmap, sizeof bitmap);
    fill_random(&random, entries_bitmap, sizeof entries_bitmap);
    for (uint32_t type = CUSTVAL_TYPE_INT8; type <= CUSTVAL_TYPE_UINT64; type++) {
        for (size_t k = 0; k < 3; k++) {
            const size_t size = custval__type_size(type);
            custval_column entries = text_column(&t, text_types[k]), column = CUSTVAL_COLUMN_INIT;
            entries.offset = 3;
            entries.validity = entries_bitmap;
            for (size_t i = 0; i < ELEMENTS; i++) {
                store_index((unsigned char *)indices + i * size, size, i * 7 % 130); /* 100 to 129 lie outside */
            }
            column.type = CUSTVAL_TYPE_DICTIONARY;
            column.index_type = type;
            column.data = indices;
            column.validity = bitmap;
            column.offset = 5;
            column.dictionary = &entries;
            column.dictionary_length = 100;
            custval_table *table = table_of(&column);
            for (size_t row = 0; row < ROWS; row++) {
                const size_t entry = (row + 5) * 7 % 130;
                check_text(table, row, 3 + entry,
                           entry < 100 && bit(bitmap, row + 5) && bit(entries_bitmap, 3 + entry));
            }
            custval_table_free(table);
        }
    }
}

static void an_index_outside_the_dictionary_is_missing(void **unused) {
    static const int64_t outside[] = {-1, INT64_MIN, 2, INT64_MAX, 1LL << 32, -(1LL << 32)};
    static const int32_t ends[] = {0, 1, 2};
    (void)unused;
    for (size_t i = 0; i < SUPPORT_COUNT(outside); i++) {
        int64_t indices[ROWS];
        custval_column entries = CUSTVAL_COLUMN_INIT, column = CUSTVAL_COLUMN_INIT;
        for (size_t row = 0; row < ROWS; row++) indices[row] = outside[i];
        entries.type = CUSTVAL_TYPE_UTF8;
        entries.data = "ab";
        entries.offsets = ends;
        column.type = CUSTVAL_TYPE_DICTIONARY;
        column.index_type = CUSTVAL_TYPE_INT64;
        column.data = indices;
        column.dictionary = &entries;
        column.dictionary_length = 2;
        custval_table *table = table_of(&column);
        check_text(table, 7, 0, 0);
        custval_table_free(table);
    }
}

static void text_offsets_that_run_backwards_or_below_zero_are_missing(void **unused) {
    int32_t ends[ROWS + 1] = {0, 2, 1, -5, 3};
    int64_t large_ends[ROWS + 1] = {0, 2, 1, -5, 3};
    static const int present[] = {1, 0, 0, 0};
    (void)unused;
    for (int large = 0; large < 2; large++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        column.type = large ? CUSTVAL_TYPE_LARGE_UTF8 : CUSTVAL_TYPE_UTF8;
        column.data = "xyz";
        column.offsets = large ? (const void *)large_ends : (const void *)ends;
        custval_table *table = table_of(&column);
        for (size_t row = 0; row < 4; row++) {
            custval_text text;
            assert_int_equal(custval__table_get_text(table, 0, row, &text), present[row]);
            assert_int_equal(text.data != NULL, present[row]);
        }
        custval_table_free(table);
    }
}

static void views_that_point_nowhere_are_missing(void **unused) {
    static const char bytes[] = "thirteen bytes and more";
    const void *buffers[] = {bytes, NULL};
    int32_t views[ROWS][4] = {
        {13, 0, 0, 0}, {-1, 0, 0, 0}, {13, 0, -1, 0}, {13, 0, 2, 0}, {13, 0, 0, -1}, {13, 0, 1, 0}, {13, 0, 0, 5},
    };
    static const int present[] = {1, 0, 0, 0, 0, 0, 1};
    custval_column column = CUSTVAL_COLUMN_INIT;
    (void)unused;
    column.type = CUSTVAL_TYPE_UTF8_VIEW;
    column.data = views;
    column.offsets = buffers;
    column.dictionary_length = 2;
    custval_table *table = table_of(&column);
    for (size_t row = 0; row < 7; row++) {
        custval_text text;
        assert_int_equal(custval__table_get_text(table, 0, row, &text), present[row]);
        if (present[row]) assert_ptr_equal(text.data, bytes + views[row][3]);
    }
    custval_table_free(table);
}

static void empty_texts_are_present_even_without_bytes(void **unused) {
    int32_t ends[ROWS + 1] = {0};
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_text text;
    (void)unused;
    ends[ROWS] = 1; /* the last one claims a byte that is not there */
    column.type = CUSTVAL_TYPE_UTF8;
    column.offsets = ends;
    custval_table *table = table_of(&column);
    assert_int_equal(custval__table_get_text(table, 0, 0, &text), 1);
    assert_non_null(text.data);
    assert_int_equal(text.length, 0);
    assert_int_equal(custval__table_get_text(table, 0, ROWS - 1, &text), 0);
    custval_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_every_type_are_read_at_every_offset_and_stride),
        cmocka_unit_test(packed_bits_are_read_at_every_offset),
        cmocka_unit_test(packed_doubles_are_read_in_place_unless_one_in_the_range_is_missing),
        cmocka_unit_test(unaligned_doubles_are_copied_rather_than_pointed_to),
        cmocka_unit_test(texts_of_every_layout_are_read_at_every_offset),
        cmocka_unit_test(dictionaries_are_read_through_every_index_type_and_text_layout),
        cmocka_unit_test(an_index_outside_the_dictionary_is_missing),
        cmocka_unit_test(text_offsets_that_run_backwards_or_below_zero_are_missing),
        cmocka_unit_test(views_that_point_nowhere_are_missing),
        cmocka_unit_test(empty_texts_are_present_even_without_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
