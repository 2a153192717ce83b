/* The same row has the same scores alone, in a table, in a part of it, in a stream, permuted, and on any threads. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "random_system.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROWS 1500
#define SYSTEMS 60

static custval_score_options everything(void) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = RANDOM_AS_OF;
    options.levels = 2 * CUSTVAL_LEVEL_TAG - 1;
    options.coverage = CUSTVAL_COVERAGE_ALL;
    return options;
}

static custval_table *score(const custval_system *system, const custval_table *table,
                            const custval_score_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *scores = NULL;
    assert_ok(custval_score(system, table, options, &scores, &error), &error);
    return scores;
}

/* Rows [0, count) of `part` have the bits of rows [from, from + count) of `whole`; rows maps them if not NULL. */
static void assert_same_rows(const custval_table *part, const custval_table *whole, size_t from, const size_t *rows) {
    assert_int_equal(custval_table_columns(part), custval_table_columns(whole));
    for (size_t c = 0; c < custval_table_columns(whole); c++) {
        assert_string_equal(custval_table_name(part, c), custval_table_name(whole, c));
        for (size_t i = 0; i < custval_table_rows(part); i++) {
            double a, b;
            assert_ok(custval_table_number(part, c, i, &a, NULL), NULL);
            assert_ok(custval_table_number(whole, c, rows != NULL ? rows[i] : from + i, &b, NULL), NULL);
            support_double_bits(a, b, custval_table_name(whole, c), __FILE__, __LINE__);
        }
    }
}

/* Some rows of a table, by index, each column copied cell by cell through the public reading calls. */
static custval_table *pick_rows(const custval_table *table, const size_t *rows, size_t count) {
    custval_table *out = NULL;
    assert_ok(custval_table_new(NULL, count, &out, NULL), NULL);
    for (size_t c = 0; c < custval_table_columns(table); c++) {
        double *numbers = malloc((count + 1) * sizeof *numbers);
        custval_text *texts = malloc((count + 1) * sizeof *texts);
        custval_column column = CUSTVAL_COLUMN_INIT;
        assert_ok(custval_table_column(table, c, &column, NULL), NULL);
        if (column.type == CUSTVAL_TYPE_FLOAT64) {
            for (size_t i = 0; i < count; i++) {
                assert_ok(custval_table_number(table, c, rows[i], &numbers[i], NULL), NULL);
            }
            column = (custval_column)CUSTVAL_COLUMN_INIT;
            column.type = CUSTVAL_TYPE_FLOAT64;
            column.data = numbers;
            assert_ok(custval_table_add_copy(out, custval_table_name(table, c), &column, NULL), NULL);
        } else {
            for (size_t i = 0; i < count; i++) {
                assert_ok(custval_table_text(table, c, rows[i], &texts[i], NULL), NULL);
            }
            assert_ok(custval_table_add_texts(out, custval_table_name(table, c), texts, NULL), NULL);
        }
        free(numbers);
        free(texts);
    }
    return out;
}

static void assert_single_rows(custval_system *system, const custval_table *table, const custval_table *scores) {
    const custval_score_options options = everything();
    const uint32_t inputs = custval_system_inputs(system);
    custval_scorer *scorer = NULL;
    assert_ok(custval_scorer_new(system, &options, &scorer, NULL), NULL);
    const uint32_t columns = custval_scorer_columns(scorer);
    double *numbers = malloc((inputs + 1) * sizeof *numbers), *out = malloc((columns + 1) * sizeof *out);
    custval_text *texts = calloc(inputs + 1, sizeof *texts);
    for (size_t row = 0; row < custval_table_rows(table); row += 7) {
        uint32_t status;
        for (uint32_t i = 0; i < inputs; i++) {
            custval_input input = CUSTVAL_INPUT_INIT;
            size_t column;
            numbers[i] = (double)NAN;
            texts[i] = (custval_text){NULL, 0};
            assert_ok(custval_system_input(system, i, &input, NULL), NULL);
            assert_ok(custval_table_find(table, input.column, &column, NULL), NULL);
            if (input.is_text) assert_ok(custval_table_text(table, column, row, &texts[i], NULL), NULL);
            else assert_ok(custval_table_number(table, column, row, &numbers[i], NULL), NULL);
        }
        assert_ok(custval_scorer_row(scorer, numbers, texts, out, &status), NULL);
        for (uint32_t c = 0; c <= columns; c++) {
            double expected;
            assert_ok(custval_table_number(scores, c, row, &expected, NULL), NULL);
            support_double_bits(c < columns ? out[c] : (double)status, expected, custval_table_name(scores, c),
                                __FILE__, __LINE__);
        }
    }
    free(numbers);
    free(texts);
    free(out);
    custval_scorer_free(scorer);
}

static void one_row_has_the_bits_of_the_table(void **state) {
    (void)state;
    support_random random = random_seeded("one row");
    for (int i = 0; i < SYSTEMS; i++) {
        custval_system *system = random_system(&random, RANDOM_ALL);
        custval_table *table = random_table(&random, system, ROWS, i % 4 == 0);
        const custval_score_options options = everything();
        custval_table *scores = score(system, table, &options);
        assert_single_rows(system, table, scores);
        custval_table_free(scores);
        custval_table_free(table);
        custval_system_free(system);
    }
}

static void permuted_rows_have_permuted_scores(void **state) {
    (void)state;
    support_random random = random_seeded("permutation");
    size_t rows[ROWS];
    for (int i = 0; i < SYSTEMS / 2; i++) {
        custval_system *system = random_system(&random, RANDOM_ALL);
        custval_table *table = random_table(&random, system, ROWS, 0);
        const custval_score_options options = everything();
        for (size_t k = 0; k < ROWS; k++) rows[k] = k;
        for (size_t k = ROWS - 1; k > 0; k--) {
            const size_t other = random_below(&random, (uint32_t)k + 1);
            const size_t kept = rows[k];
            rows[k] = rows[other];
            rows[other] = kept;
        }
        custval_table *shuffled = pick_rows(table, rows, ROWS);
        custval_table *scores = score(system, table, &options), *shuffled_scores = score(system, shuffled, &options);
        assert_same_rows(shuffled_scores, scores, 0, rows);
        custval_table_free(shuffled_scores);
        custval_table_free(scores);
        custval_table_free(shuffled);
        custval_table_free(table);
        custval_system_free(system);
    }
}

static void any_number_of_threads_gives_the_same_bits(void **state) {
    (void)state;
    support_random random = random_seeded("threads");
    static const uint32_t counts[] = {1, 2, 3, 8};
    for (int i = 0; i < 4; i++) {
        custval_system *system = random_system(&random, RANDOM_ALL);
        custval_table *table = random_table(&random, system, 70000, 0);
        custval_score_options options = everything();
        custval_table *serial = score(system, table, &options);
        for (size_t k = 0; k < SUPPORT_COUNT(counts); k++) {
            custval_threads *threads = NULL;
            custval_host host = CUSTVAL_HOST_INIT;
            assert_ok(custval_threads_new(NULL, threads_up_to(counts[k]), &threads, NULL), NULL);
            host.runner = custval_threads_run;
            host.runner_data = threads;
            options.host = &host;
            custval_table *parallel = score(system, table, &options);
            for (size_t c = 0; c < custval_table_columns(serial); c++) {
                custval_column a = CUSTVAL_COLUMN_INIT, b = CUSTVAL_COLUMN_INIT;
                assert_ok(custval_table_column(serial, c, &a, NULL), NULL);
                assert_ok(custval_table_column(parallel, c, &b, NULL), NULL);
                assert_int_equal(a.type, b.type);
                const size_t size = a.type == CUSTVAL_TYPE_FLOAT64 ? sizeof(double) : sizeof(uint32_t);
                assert_memory_equal(a.data, b.data, custval_table_rows(serial) * size);
                assert_int_equal(a.validity == NULL, b.validity == NULL);
            }
            custval_table_free(parallel);
            custval_threads_free(threads);
            options.host = NULL;
        }
        custval_table_free(serial);
        custval_table_free(table);
        custval_system_free(system);
    }
}

/* A stream that gives a table in parts of any size. */
typedef struct parts {
    custval_table *table;
    size_t next, rows;
    support_random random;
} parts;

static int parts_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    parts *self = stream->private_data;
    struct ArrowArray array = {0};
    assert_ok(custval_table_export_arrow(self->table, &array, out, NULL), NULL);
    array.release(&array);
    return 0;
}

static int parts_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    parts *self = stream->private_data;
    struct ArrowSchema schema = {0};
    size_t rows[ROWS], count = 0;
    out->release = NULL;
    if (self->next == self->rows) return 0;
    const size_t wanted = random_below(&self->random, 700);
    while (count < wanted && self->next < self->rows) rows[count++] = self->next++;
    custval_table *part = pick_rows(self->table, rows, count);
    assert_ok(custval_table_export_arrow(part, out, &schema, NULL), NULL);
    schema.release(&schema);
    custval_table_free(part);
    return 0;
}

static const char *parts_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return NULL;
}

static void parts_release(struct ArrowArrayStream *stream) {
    stream->release = NULL;
}

static void a_stream_in_parts_has_the_bits_of_the_table(void **state) {
    (void)state;
    support_random random = random_seeded("stream");
    for (int i = 0; i < SYSTEMS / 2; i++) {
        custval_system *system = random_system(&random, RANDOM_ALL);
        custval_table *table = random_table(&random, system, ROWS, 0);
        const custval_score_options options = everything();
        custval_table *scores = score(system, table, &options);
        parts source = {.table = table, .rows = ROWS, .random = random};
        struct ArrowArrayStream in = {parts_schema, parts_next, parts_error, parts_release, &source}, out;
        custval_reader *reader = NULL;
        custval_error error = CUSTVAL_ERROR_INIT;
        assert_ok(custval_score_stream(system, &in, &options, &out, &error), &error);
        assert_null(in.release);
        assert_ok(custval_reader_new(NULL, &out, &reader, &error), &error);
        size_t seen = 0;
        for (;;) {
            custval_table *part = NULL;
            assert_ok(custval_reader_next(reader, &part, &error), &error);
            if (part == NULL) break;
            assert_same_rows(part, scores, seen, NULL);
            seen += custval_table_rows(part);
            custval_table_free(part);
        }
        assert_int_equal(seen, ROWS);
        custval_reader_free(reader);
        custval_table_free(scores);
        custval_table_free(table);
        custval_system_free(system);
    }
}

/* Raises one answer of every row a little and compares the values: up on the benefit side, down on the other. */
static void the_value_is_monotone_in_every_answer(void **state) {
    (void)state;
    support_random random = random_seeded("monotone");
    for (int i = 0; i < SYSTEMS; i++) {
        custval_system *system = random_system(&random, RANDOM_AGGREGATORS | RANDOM_CURVES);
        custval_table *table = random_table(&random, system, 200, 1);
        custval_table *before = score(system, table, NULL);
        for (uint32_t n = 0; n < custval_system_nodes(system); n++) {
            custval_node node = CUSTVAL_NODE_INIT;
            custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
            size_t column;
            assert_ok(custval_system_node(system, n, &node, NULL), NULL);
            if (node.kind != CUSTVAL_KIND_ITEM) continue;
            assert_ok(custval_system_item_spec(system, n, &item, NULL), NULL);
            if (item.curve->type == CUSTVAL_CURVE_TABLE || item.missing_code_count > 0) continue;
            assert_ok(custval_table_find(table, item.column, &column, NULL), NULL);
            custval_table *raised = NULL;
            double answers[200];
            assert_ok(custval_table_new(NULL, 200, &raised, NULL), NULL);
            for (size_t c = 0; c < custval_table_columns(table); c++) {
                custval_column memory = CUSTVAL_COLUMN_INIT;
                assert_ok(custval_table_column(table, c, &memory, NULL), NULL);
                if (c == column) {
                    for (size_t row = 0; row < 200; row++) {
                        assert_ok(custval_table_number(table, c, row, &answers[row], NULL), NULL);
                        answers[row] = random_between(&random, answers[row], item.scale_max);
                    }
                    memory.data = answers;
                }
                assert_ok(custval_table_add(raised, custval_table_name(table, c), &memory, NULL), NULL);
            }
            custval_table *after = score(system, raised, NULL);
            const int up = (node.side == CUSTVAL_SIDE_BENEFIT) != (item.reversed == 1);
            for (size_t row = 0; row < 200; row++) {
                double a, b;
                assert_ok(custval_table_number(before, 0, row, &a, NULL), NULL);
                assert_ok(custval_table_number(after, 0, row, &b, NULL), NULL);
                if (isnan(a) || isnan(b)) continue; /* ratio with a sacrifice of 0 */
                /* Each operation rounds monotonically but exp, log and pow, which are off by an ulp or two. */
                const double slack = 1e-12 * (fabs(a) + 1.0);
                if (up ? b < a - slack : b > a + slack) fail_msg("%s: %.17g became %.17g", item.column, a, b);
            }
            custval_table_free(after);
            custval_table_free(raised);
        }
        custval_table_free(before);
        custval_table_free(table);
        custval_system_free(system);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_row_has_the_bits_of_the_table),
        cmocka_unit_test(permuted_rows_have_permuted_scores),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bits),
        cmocka_unit_test(a_stream_in_parts_has_the_bits_of_the_table),
        cmocka_unit_test(the_value_is_monotone_in_every_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
