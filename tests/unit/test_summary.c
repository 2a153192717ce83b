/* Summaries of tables: moments, correlations, entropy; awkward numbers, missing cells, merging, refusals. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "summaries.h"

#include "summary/summary.h"

#define ROWS 3000

/* 0 to 1008 in an order without pattern. */
static double step(size_t row) {
    return (double)(row * 7919 % 1009);
}

static double offset_number(size_t row) {
    return 1e9 + step(row) / 1024;
}

static double near_number(size_t row) {
    return 5 + step(row) * 0x1p-44;
}

static double large_number(size_t row) {
    return (1 + step(row)) * 1e200;
}

static double small_number(size_t row) {
    return (1 + step(row)) * 1e-200;
}

static double zeros_number(size_t row) {
    return (double)((size_t)step(row) % 5);
}

static double wide_number(size_t row) {
    return ldexp(1.0, (int)step(row) - 500);
}

static double levels_number(size_t row) {
    static const double levels[] = {1e-250, 1.0, 1e250};
    return (1 + step(row)) * levels[row / 1000];
}

static double negative_number(size_t row) {
    return step(row) / 8 - 60;
}

/* Mean, deviation and divergence with 50 digits (mpmath 1.4.1) of the doubles that the rules above give. */
static const struct known {
    const char *name;
    double (*number)(size_t row);
    double mean, deviation, divergence;
} known[] = {
    {"offset", offset_number, 1000000000.4922428385, 0.28448491546610071846, 5.0525215799876250001e-21},
    {"near", near_number, 5.0000000000286523042, 1.6559201494447230271e-11, 6.8474435986030967129e-25},
    {"large", large_number, 5.0505666666666665089e+202, 2.9131255343728712662e+202, 0.024059695017335269986},
    {"small", small_number, 5.0505666666666665756e-198, 2.9131255343728713019e-198, 0.02405969501733526995},
    {"zeros", zeros_number, 1.9983333333333333333, 1.4136230045130555936, 0.041173685666661162573},
    {"wide", wide_number, 1.6759759902022417854e+150, 3.0558155690106398738e+151, 0.68963370510397168158},
    {"levels", levels_number, 1.683693333333333198e+252, 2.9143662094452840085e+252, 0.16120477319120808288},
    {"negative", negative_number, 3.0070833333333333333, 36.414069179660891962, NONE},
};
#define KNOWN SUPPORT_COUNT(known)

typedef struct sample {
    const char *names[KNOWN];
    double *values;
    custval_table *table;
} sample;

static sample sample_new(size_t rows) {
    sample out;
    out.values = malloc(KNOWN * rows * sizeof *out.values);
    assert_non_null(out.values);
    for (size_t i = 0; i < KNOWN; i++) {
        out.names[i] = known[i].name;
        for (size_t row = 0; row < rows; row++) out.values[i * rows + row] = known[i].number(row);
    }
    out.table = columns_table(out.names, KNOWN, out.values, rows);
    return out;
}

static void sample_free(sample *self) {
    custval_table_free(self->table);
    free(self->values);
}

static void assert_relative(double actual, double expected, double tolerance) {
    assert_double_near(actual, expected, tolerance * fabs(expected));
}

/* ---- Known answers ----------------------------------------------------------------------------------------------- */

static void moments_and_entropies_lose_no_digit(void **state) {
    (void)state;
    sample in = sample_new(ROWS);
    custval_summary *summary = summary_of(in.names, KNOWN, CUSTVAL_SUMMARY_ENTROPY, in.table);
    custval_table *table = summary_table(summary);
    for (size_t i = 0; i < KNOWN; i++) {
        assert_double_bits(table_cell(table, "count", i), ROWS);
        assert_double_bits(table_cell(table, "missing", i), 0.0);
        assert_relative(table_cell(table, "mean", i), known[i].mean, 4e-16);
        assert_relative(table_cell(table, "deviation", i), known[i].deviation, 1e-15);
        assert_relative(table_cell(table, "variation", i), known[i].deviation / known[i].mean, 2e-15);
        assert_relative(table_cell(table, "divergence", i), known[i].divergence, 4e-15);
        assert_double_near(table_cell(table, "entropy", i), 1.0 - known[i].divergence, 1e-15);
    }
    custval_table_free(table);
    custval_summary_free(summary);
    sample_free(&in);
}

/* Pearson's correlations with 50 digits (mpmath 1.4.1). */
static void correlations_lose_no_digit(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        double r;
    } pairs[] = {
        {"offset", "near", 1.0},
        {"offset", "zeros", 0.0029662055307948247031},
        {"large", "levels", 0.33249545125504247347},
        {"small", "zeros", 0.002966205530794826181},
        {"wide", "negative", 0.094720787112826371196},
        {"levels", "small", 0.33249545125504247381},
    };
    sample in = sample_new(ROWS);
    custval_summary *summary = summary_of(in.names, KNOWN, CUSTVAL_SUMMARY_PAIRS, in.table);
    custval_table *table = NULL;
    assert_ok(custval_summary_correlations(summary, &table, NULL), NULL);
    assert_int_equal(custval_table_columns(table), KNOWN + 1);
    for (size_t i = 0; i < SUPPORT_COUNT(pairs); i++) {
        const size_t a = table_row(table, "name", pairs[i].a), b = table_row(table, "name", pairs[i].b);
        assert_double_near(table_cell(table, pairs[i].a, b), pairs[i].r, 1e-15);
        assert_double_bits(table_cell(table, pairs[i].b, a), table_cell(table, pairs[i].a, b));
        assert_double_bits(table_cell(table, pairs[i].a, a), 1.0);
    }
    custval_table_free(table);
    custval_summary_free(summary);
    sample_free(&in);
}

/* Divergence of 4 - x, with 50 digits. */
static void entropy_of_a_sacrifice_is_that_of_its_reflection(void **state) {
    (void)state;
    sample in = sample_new(ROWS);
    const custval_criterion criterion = sacrifice("zeros", 0.0, 4.0);
    custval_summary *summary = empty_summary(NULL, &criterion, 1, CUSTVAL_SUMMARY_ENTROPY);
    feed(summary, in.table);
    const custval__facts facts = custval__summary_facts(summary, 0);
    assert_relative(facts.divergence, 0.041052179641404156536, 4e-15);
    assert_relative(facts.mean, 1.9983333333333333333, 4e-16);
    custval_summary_free(summary);
    sample_free(&in);
}

static void drivers_and_scales_find_what_they_need(void **state) {
    (void)state;
    static const double rows[5][2] = {{1, 2}, {2, NONE}, {3, 3}, {4, 7}, {9, 4}};
    static const char *const names[] = {"a", "b"};
    custval_table *table = rows_table(names, 2, rows[0], 5);
    custval_summary *summary = summary_of(names, 2, CUSTVAL_SUMMARY_PAIRS, table);
    assert_int_equal(custval__summary_find(summary, "b"), 1);
    assert_true(custval__summary_find(summary, "c") == SIZE_MAX);
    assert_int_equal(custval__summary_complete(summary), 4);
    const custval__facts own = custval__summary_facts(summary, 0), joint = custval__summary_complete_facts(summary, 0);
    assert_double_near(own.mean, 3.8, 1e-15);
    assert_double_near(own.deviation, sqrt(9.7), 1e-14);
    assert_double_near(joint.mean, 4.25, 1e-15);
    assert_double_near(joint.deviation, sqrt(34.75 / 3), 1e-14);
    assert_double_bits(joint.low, 1.0);
    assert_int_equal(joint.missing, 1);
    assert_double_near(joint.spread, sqrt(34.75 / 3) / 8, 1e-15);
    /* Products 7 over squares 34.75 and 14. */
    assert_double_near(custval__summary_correlation(summary, 0, 1), 7.0 / sqrt(34.75 * 14.0), 1e-15);
    custval_summary_free(summary);
    custval_table_free(table);
}

/* ---- Awkward columns --------------------------------------------------------------------------------------------- */

static void what_cannot_be_said_is_missing(void **state) {
    (void)state;
    static const double rows[3][5] = {{7, 0, NONE, 1, NONE},
                                      {7, -0.0, NONE, -1, 4},
                                      {7, 0, NONE, 0, NONE}}; /* constant, zero, nothing, mean 0, one */
    static const char *const names[] = {"constant", "zero", "nothing", "balanced", "one"};
    custval_table *in = rows_table(names, 5, rows[0], 3);
    custval_summary *summary =
        summary_of(names, 5, CUSTVAL_SUMMARY_PAIRS | CUSTVAL_SUMMARY_ENTROPY | CUSTVAL_SUMMARY_QUANTILES, in);
    custval_table *table = summary_table(summary), *correlations = NULL;
    assert_double_bits(table_cell(table, "deviation", 0), 0.0);
    assert_double_bits(table_cell(table, "divergence", 0), 0.0);
    assert_double_bits(table_cell(table, "entropy", 0), 1.0);
    assert_double_bits(table_cell(table, "low", 1), 0.0);
    assert_double_bits(table_cell(table, "variation", 1), NONE);
    assert_double_bits(table_cell(table, "entropy", 1), NONE);
    assert_double_bits(table_cell(table, "missing", 2), 3.0);
    assert_double_bits(table_cell(table, "low", 2), NONE);
    assert_double_bits(table_cell(table, "median", 2), NONE);
    assert_double_bits(table_cell(table, "mean", 3), 0.0);
    assert_double_bits(table_cell(table, "variation", 3), NONE);
    assert_double_bits(table_cell(table, "divergence", 3), NONE);
    assert_double_bits(table_cell(table, "mean", 4), 4.0);
    assert_double_bits(table_cell(table, "deviation", 4), NONE);
    assert_double_bits(table_cell(table, "q95", 4), 4.0);
    assert_ok(custval_summary_correlations(summary, &correlations, NULL), NULL);
    assert_double_bits(table_cell(correlations, "constant", 0), NONE);
    custval_table_free(correlations);
    custval_table_free(table);
    custval_table_free(in);
    custval_summary_free(summary);
}

static void the_largest_doubles_overflow_nothing(void **state) {
    (void)state;
    static const double rows[4][2] = {{1.7e308, -1.7e308}, {1.6e308, 1.7e308}, {1.5e308, -1.7e308}, {1.7e308, 1.7e308}};
    static const char *const names[] = {"a", "b"};
    custval_table *in = rows_table(names, 2, rows[0], 4);
    custval_summary *summary = summary_of(names, 2, CUSTVAL_SUMMARY_PAIRS | CUSTVAL_SUMMARY_ENTROPY, in);
    const custval__facts a = custval__summary_facts(summary, 0), b = custval__summary_facts(summary, 1);
    assert_relative(a.mean, 1.625e308, 1e-15);
    assert_relative(a.deviation, 9.574271077563381e306, 1e-15);
    assert_double_near(b.mean, 0.0, 1e293);
    assert_double_bits(b.deviation, NONE); /* 1.96e308 */
    assert_double_near(b.spread, 1.0 / sqrt(3.0), 1e-15);
    assert_double_near(custval__summary_correlation(summary, 0, 1), 0.3015113445777636, 1e-15); /* 1 / sqrt(11) */
    custval_table_free(in);
    custval_summary_free(summary);
}

static void every_type_of_number_is_read(void **state) {
    (void)state;
    static const int32_t integers[] = {2000000000, 2000000001, 2000000002, 0};
    static const uint8_t valid[] = {7};
    static const double strided[] = {1, 0, 2, 0, 3, 0, 4, 0};
    const custval_criterion criteria[] = {benefit("i", 0, 0), benefit("s", 0, 0)};
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, 4, &table, NULL), NULL);
    column.type = CUSTVAL_TYPE_INT32;
    column.data = integers;
    column.validity = valid;
    assert_ok(custval_table_add(table, "i", &column, NULL), NULL);
    column = (custval_column)CUSTVAL_COLUMN_INIT;
    column.type = CUSTVAL_TYPE_FLOAT64;
    column.data = strided;
    column.stride = 16;
    assert_ok(custval_table_add(table, "s", &column, NULL), NULL);
    custval_summary *summary = empty_summary(NULL, criteria, 2, CUSTVAL_SUMMARY_PAIRS);
    feed(summary, table);
    const custval__facts i = custval__summary_facts(summary, 0), s = custval__summary_facts(summary, 1);
    assert_double_bits(i.mean, 2000000001.0);
    assert_double_bits(i.deviation, 1.0);
    assert_int_equal(i.missing, 1);
    assert_double_bits(s.mean, 2.5);
    assert_double_near(custval__summary_correlation(summary, 0, 1), 1.0, 1e-15);
    custval_summary_free(summary);
    custval_table_free(table);
}

/* ---- Merging and refusing ---------------------------------------------------------------------------------------- */

static void merging_is_feeding(void **state) {
    (void)state;
    sample in = sample_new(ROWS), part = sample_new(500);
    const custval_criterion criterion = benefit("offset", 0, 0);
    custval_summary *whole = empty_summary(NULL, &criterion, 1, CUSTVAL_SUMMARY_QUANTILES);
    custval_summary *merged = empty_summary(NULL, &criterion, 1, CUSTVAL_SUMMARY_QUANTILES);
    custval_summary *nothing = empty_summary(NULL, &criterion, 1, CUSTVAL_SUMMARY_QUANTILES);
    custval_summary *second = empty_summary(NULL, &criterion, 1, CUSTVAL_SUMMARY_QUANTILES);
    feed(whole, in.table);
    feed(whole, part.table);
    feed(second, part.table);
    feed(merged, in.table);
    assert_ok(custval_summary_merge(merged, second, NULL), NULL);
    assert_same_summary(whole, merged);
    assert_int_equal(custval_summary_rows(merged), ROWS + 500);
    assert_ok(custval_summary_merge(merged, nothing, NULL), NULL);
    assert_same_summary(whole, merged);
    assert_ok(custval_summary_merge(nothing, whole, NULL), NULL);
    assert_same_summary(whole, nothing);
    custval_summary_free(whole);
    custval_summary_free(merged);
    custval_summary_free(nothing);
    custval_summary_free(second);
    sample_free(&in);
    sample_free(&part);
}

/* Sums are kept in other units for tiny numbers than for usual or huge ones; whichever comes first. */
static void tiny_and_huge_numbers_merge_in_any_order(void **state) {
    (void)state;
    static const size_t orders[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {1, 0, 2}};
    static const uint32_t parts = CUSTVAL_SUMMARY_PAIRS | CUSTVAL_SUMMARY_ENTROPY;
    sample in = sample_new(ROWS);
    const size_t levels = 6;
    assert_string_equal(known[levels].name, "levels");
    for (size_t i = 0; i < SUPPORT_COUNT(orders); i++) {
        const custval_criterion criteria[] = {benefit("levels", 0, 0), benefit("small", 0, 0)};
        static const char *const names[] = {"levels", "small"};
        custval_summary *summary = empty_summary(NULL, criteria, 2, parts);
        for (size_t k = 0; k < 3; k++) {
            double numbers[2000];
            memcpy(numbers, in.values + levels * ROWS + orders[i][k] * 1000, 1000 * sizeof *numbers);
            memcpy(numbers + 1000, in.values + 3 * ROWS + orders[i][k] * 1000, 1000 * sizeof *numbers);
            custval_table *table = columns_table(names, 2, numbers, 1000);
            feed(summary, table);
            custval_table_free(table);
        }
        const custval__facts facts = custval__summary_facts(summary, 0);
        assert_relative(facts.mean, known[levels].mean, 4e-16);
        assert_relative(facts.deviation, known[levels].deviation, 1e-15);
        assert_relative(facts.divergence, known[levels].divergence, 4e-15);
        assert_double_near(custval__summary_correlation(summary, 0, 1), 0.33249545125504247381, 1e-15);
        custval_summary_free(summary);
    }
    sample_free(&in);
}

static void only_like_summaries_merge(void **state) {
    (void)state;
    const custval_criterion a[] = {benefit("x", 0, 10), benefit("y", 0, 0)};
    const custval_criterion name[] = {benefit("x", 0, 10), benefit("z", 0, 0)};
    const custval_criterion side[] = {sacrifice("x", 0, 10), benefit("y", 0, 0)};
    const custval_criterion range[] = {benefit("x", 0, 9), benefit("y", 0, 0)};
    const struct {
        const custval_criterion *criteria;
        size_t count;
        uint32_t parts;
        const char *says;
    } others[] = {
        {name, 2, 0, "column 2 is \"y\" in one summary, \"z\" in the other"},
        {side, 2, 0, "column \"x\" is a benefit in one summary only"},
        {range, 2, 0, "column \"x\" has the range 0 to 10 in one summary, 0 to 9 in the other"},
        {a, 1, 0, "one summary has 2 columns, the other 1"},
        {a, 2, 1, "one summary keeps the parts 0, the other 1"},
    };
    custval_summary *summary = empty_summary(NULL, a, 2, 0);
    for (size_t i = 0; i < SUPPORT_COUNT(others); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_summary *other = empty_summary(NULL, others[i].criteria, others[i].count, others[i].parts);
        assert_status(custval_summary_merge(summary, other, &error), CUSTVAL_ERROR_STRUCTURE, &error);
        assert_message(&error, others[i].says);
        custval_summary_free(other);
    }
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_status(custval_summary_merge(summary, summary, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    custval_summary_free(summary);
}

static void columns_are_checked(void **state) {
    (void)state;
    const double endless = (double)INFINITY;
    custval_criterion strange = benefit("x", 0, 0), reserved = benefit("x", 0, 0);
    strange.side = 3;
    reserved.reserved = 1;
    const struct {
        custval_criterion criterion;
        uint32_t parts;
        custval_status status;
        const char *says;
    } cases[] = {
        {benefit(NULL, 0, 0), 0, CUSTVAL_ERROR_ARGUMENT, "the name of criterion 2 is NULL"},
        {benefit("", 0, 0), 0, CUSTVAL_ERROR_ARGUMENT, "the name of criterion 2 is empty"},
        {benefit("\xff", 0, 0), 0, CUSTVAL_ERROR_ARGUMENT, "the name of criterion 2 is not UTF-8"},
        {benefit("first", 0, 0), 0, CUSTVAL_ERROR_DUPLICATE, "criterion \"first\" is there twice"},
        {strange, 0, CUSTVAL_ERROR_ARGUMENT, "criterion \"x\": side 3 is unknown"},
        {reserved, 0, CUSTVAL_ERROR_ARGUMENT, "criterion \"x\": reserved is 1"},
        {benefit("x", 0, 0), 16, CUSTVAL_ERROR_ARGUMENT, "parts 16"},
        {benefit("x", 1, 1), 0, CUSTVAL_ERROR_RANGE, "criterion \"x\": range 1 to 1 is empty"},
        {benefit("x", 2, 1), 0, CUSTVAL_ERROR_RANGE, "criterion \"x\": range 2 to 1 is empty"},
        {benefit("x", 0, endless), 0, CUSTVAL_ERROR_RANGE, "is not finite"},
        {benefit("x", NONE, 1), 0, CUSTVAL_ERROR_RANGE, "is not finite"},
        {benefit("x", -1e308, 1e308), 0, CUSTVAL_ERROR_RANGE, "is too wide for a double"},
        {benefit("x", 1e308, 1.1e308), 0, CUSTVAL_ERROR_RANGE, "is too wide for a double"},
        {sacrifice("x", 0, 0), CUSTVAL_SUMMARY_ENTROPY, CUSTVAL_ERROR_RANGE, "without a declared range"},
        {benefit("x", 0, 0), CUSTVAL_SUMMARY_REMOVAL, CUSTVAL_ERROR_RANGE, "has no declared range"},
        {benefit("x", 0, 1), CUSTVAL_SUMMARY_REMOVAL, CUSTVAL_ERROR_RANGE, "is not above 0"},
        {benefit("x", 1e-200, 1e200), CUSTVAL_SUMMARY_REMOVAL, CUSTVAL_ERROR_RANGE, "is too wide for removal effects"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        const custval_criterion criteria[] = {benefit("first", 1, 2), cases[i].criterion};
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_summary *summary = (custval_summary *)(void *)&error;
        assert_status(custval_summary_new(NULL, criteria, 2, cases[i].parts, &summary, &error), cases[i].status,
                      &error);
        assert_message(&error, cases[i].says);
        assert_null(summary);
    }
}

static void numbers_of_columns_are_limited(void **state) {
    (void)state;
    custval_criterion *criteria = calloc(CUSTVAL_MAX_CRITERIA + 1, sizeof *criteria);
    char(*names)[8] = calloc(CUSTVAL_MAX_CRITERIA + 1, sizeof *names);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_summary *summary = NULL;
    assert_true(criteria != NULL && names != NULL);
    for (int i = 0; i <= CUSTVAL_MAX_CRITERIA; i++) {
        snprintf(names[i], sizeof names[i], "c%d", i);
        criteria[i] = benefit(names[i], 0, 0);
    }
    assert_status(custval_summary_new(NULL, criteria, CUSTVAL_MAX_CRITERIA + 1, 0, &summary, &error),
                  CUSTVAL_ERROR_LIMIT, &error);
    assert_message(&error, "4097 criteria are more than 4096");
    assert_status(custval_summary_new(NULL, criteria, 1025, CUSTVAL_SUMMARY_PAIRS, &summary, &error),
                  CUSTVAL_ERROR_LIMIT, &error);
    assert_message(&error, "1025 criteria with pairs are more than 1024");
    summary = empty_summary(NULL, criteria, CUSTVAL_MAX_CRITERIA, 0);
    custval_summary_free(summary);
    free(names);
    free(criteria);
}

/* Whatever is wrong, and wherever, the summary stays as it was. */
static void bad_cells_are_named_and_change_nothing(void **state) {
    (void)state;
    enum { MANY = 70000 };
    static const char *const names[] = {"a", "b"};
    static const size_t rows[] = {0, 511, 512, 65535, 65536, MANY - 1};
    const custval_criterion criteria[] = {benefit("a", 0, 0), benefit("b", 1, 9)};
    double *values = malloc(2 * MANY * sizeof *values);
    assert_non_null(values);
    for (size_t i = 0; i < 2 * MANY; i++) values[i] = 1.0 + (double)(i % 9);
    custval_table *table = columns_table(names, 2, values, MANY);
    for (uint32_t parts = 0; parts < 8; parts++) {
        custval_summary *summary = empty_summary(NULL, criteria, 2, parts);
        custval_summary *before = empty_summary(NULL, criteria, 2, parts);
        feed(summary, table);
        feed(before, table);
        for (size_t i = 0; i < SUPPORT_COUNT(rows); i++) {
            const double kept = values[rows[i]], kept_b = values[MANY + rows[i]];
            custval_error error = CUSTVAL_ERROR_INIT;
            char where[64];
            snprintf(where, sizeof where, "row %zu, column \"a\": -inf is not finite", rows[i]);
            values[rows[i]] = -(double)INFINITY;
            assert_status(custval_summary_add(summary, table, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
            assert_message(&error, where);
            assert_int_equal(error.row, rows[i]);
            values[rows[i]] = kept;
            snprintf(where, sizeof where, "row %zu, column \"b\": 9.5 lies outside", rows[i]);
            values[MANY + rows[i]] = 9.5;
            values[MANY - 1] = (double)INFINITY; /* later, or in the same row but before */
            const int is_last = rows[i] == MANY - 1;
            assert_status(custval_summary_add(summary, table, &error),
                          is_last ? CUSTVAL_ERROR_NOT_FINITE : CUSTVAL_ERROR_RANGE, &error);
            if (!is_last) assert_message(&error, where);
            values[MANY - 1] = 1.0 + (double)((MANY - 1) % 9);
            values[MANY + rows[i]] = kept_b;
            assert_same_summary(summary, before);
        }
        custval_summary_free(summary);
        custval_summary_free(before);
    }
    custval_table_free(table);
    free(values);
}

/* What a mean of top answers may come to. */
static void numbers_beyond_the_range_by_a_rounding_count_as_its_end(void **state) {
    (void)state;
    static const char *const names[] = {"x", "y"};
    static const double scores[] = {100.00000000000001, 40, 100, 40, 7, 40, -1e-14, 40},
                        ends[] = {100, 40, 100, 40, 7, 40, 0, 40}, beyond[] = {100.001, 40};
    const custval_criterion criteria[] = {sacrifice("x", 0, 100), benefit("y", 0, 100)};
    const uint32_t parts = CUSTVAL_SUMMARY_PAIRS | CUSTVAL_SUMMARY_ENTROPY | CUSTVAL_SUMMARY_QUANTILES;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_summary *summary = empty_summary(NULL, criteria, 2, parts), *same = empty_summary(NULL, criteria, 2, parts);
    custval_table *rounded = rows_table(names, 2, scores, 4), *exact = rows_table(names, 2, ends, 4),
                  *outside = rows_table(names, 2, beyond, 1);
    feed(summary, rounded);
    feed(same, exact);
    assert_same_summary(summary, same);
    assert_status(custval_summary_add(summary, outside, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "row 0, column \"x\": 100.001 lies outside the declared range 0 to 100");
    custval_table_free(rounded);
    custval_table_free(exact);
    custval_table_free(outside);
    custval_summary_free(summary);
    custval_summary_free(same);
}

static void tables_are_checked(void **state) {
    (void)state;
    static const double values[] = {1, 2};
    static const char *const names[] = {"score"};
    static const custval_text texts[] = {{"a", 1}, {"b", 1}};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = columns_table(names, 1, values, 2);
    assert_ok(custval_table_add_texts(table, "words", texts, NULL), NULL);
    const custval_criterion near = benefit("scores", 0, 0), text = benefit("words", 0, 0);
    custval_summary *summary = empty_summary(NULL, &near, 1, 0);
    assert_status(custval_summary_add(summary, table, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "\"score\"");
    custval_summary_free(summary);
    summary = empty_summary(NULL, &text, 1, 0);
    assert_status(custval_summary_add(summary, table, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_message(&error, "\"words\"");
    custval_summary_free(summary);
    custval_table_free(table);
}

static void a_table_without_rows_changes_nothing(void **state) {
    (void)state;
    static const char *const names[] = {"a"};
    static const double unused[1];
    custval_table *table = columns_table(names, 1, unused, 0);
    custval_summary *summary = summary_of(names, 1, CUSTVAL_SUMMARY_PAIRS, table);
    assert_int_equal(custval_summary_rows(summary), 0);
    custval_table_free(table);
    custval_summary_free(summary);
}

static void a_column_called_name_gets_a_point(void **state) {
    (void)state;
    static const double rows[3][3] = {{1, 2, 3}, {2, 1, 5}, {4, 4, 4}};
    static const char *const names[] = {"name", "name.", "x"};
    custval_table *table = rows_table(names, 3, rows[0], 3), *correlations = NULL;
    custval_summary *summary = summary_of(names, 3, CUSTVAL_SUMMARY_PAIRS, table);
    assert_ok(custval_summary_correlations(summary, &correlations, NULL), NULL);
    assert_string_equal(custval_table_name(correlations, 1), "name..");
    assert_string_equal(custval_table_name(correlations, 2), "name.");
    custval_table_free(correlations);
    custval_table_free(table);
    custval_summary_free(summary);
}

static int stop(void *data, uint64_t done, uint64_t total) {
    (void)total;
    *(uint64_t *)data = done;
    return 1;
}

static void feeding_can_be_stopped(void **state) {
    (void)state;
    enum { MANY = 200000 };
    static const char *const names[] = {"a"};
    double *values = calloc(MANY, sizeof *values);
    uint64_t done = 0;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_host host = CUSTVAL_HOST_INIT;
    host.progress = stop;
    host.progress_data = &done;
    assert_non_null(values);
    const custval_criterion criterion = benefit("a", 0, 0);
    custval_table *table = columns_table(names, 1, values, MANY);
    custval_summary *summary = empty_summary(&host, &criterion, 1, 0);
    assert_status(custval_summary_add(summary, table, &error), CUSTVAL_ERROR_CANCELLED, &error);
    assert_int_equal(done, 65536);
    assert_int_equal(custval_summary_rows(summary), 0);
    custval_summary_free(summary);
    custval_table_free(table);
    free(values);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_and_entropies_lose_no_digit),
        cmocka_unit_test(correlations_lose_no_digit),
        cmocka_unit_test(entropy_of_a_sacrifice_is_that_of_its_reflection),
        cmocka_unit_test(drivers_and_scales_find_what_they_need),
        cmocka_unit_test(what_cannot_be_said_is_missing),
        cmocka_unit_test(the_largest_doubles_overflow_nothing),
        cmocka_unit_test(every_type_of_number_is_read),
        cmocka_unit_test(merging_is_feeding),
        cmocka_unit_test(tiny_and_huge_numbers_merge_in_any_order),
        cmocka_unit_test(only_like_summaries_merge),
        cmocka_unit_test(columns_are_checked),
        cmocka_unit_test(numbers_of_columns_are_limited),
        cmocka_unit_test(bad_cells_are_named_and_change_nothing),
        cmocka_unit_test(numbers_beyond_the_range_by_a_rounding_count_as_its_end),
        cmocka_unit_test(tables_are_checked),
        cmocka_unit_test(a_table_without_rows_changes_nothing),
        cmocka_unit_test(a_column_called_name_gets_a_point),
        cmocka_unit_test(feeding_can_be_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
