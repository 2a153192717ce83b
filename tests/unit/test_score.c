/* Scoring: what known answers cannot express: pieces of work, memory of the host, progress, the life of options. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "sample.h"
#include "score/scorer.h"
#include "score_support.h"

#define PIECE 16384 /* rows of a piece of work, as docs/threads.md says */

/* A system and a table of the given number of rows, from a seed. */
typedef struct survey {
    custval_system *system;
    custval_table *table;
} survey;

static survey survey_new(uint64_t seed, size_t rows) {
    support_random random = {seed};
    survey out = {NULL, NULL};
    out.system = random_system(&random, RANDOM_ALL);
    out.table = random_table(&random, out.system, rows, 0);
    return out;
}

static void survey_free(survey *self) {
    custval_table_free(self->table);
    custval_system_free(self->system);
}

/* The first rows of a table, without copying. */
static custval_table *first_rows(const custval_table *table, size_t rows) {
    custval_table *out = NULL;
    assert_ok(custval_table_new(NULL, rows, &out, NULL), NULL);
    for (size_t i = 0; i < custval_table_columns(table); i++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        assert_ok(custval_table_column(table, i, &column, NULL), NULL);
        assert_ok(custval_table_add(out, custval_table_name(table, i), &column, NULL), NULL);
    }
    return out;
}

/* ---- Pieces ------------------------------------------------------------------------------------------------------ */

static void any_number_of_rows_has_the_scores_of_its_rows(void **state) {
    (void)state;
    static const size_t counts[] = {0, 1, 63, 511, 512, 513, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 600};
    const custval_score_options options = everything();
    survey all = survey_new(11, 2 * PIECE + 600);
    custval_table *scores = NULL;
    assert_ok(custval_score(all.system, all.table, &options, &scores, NULL), NULL);
    for (size_t k = 0; k < SUPPORT_COUNT(counts); k++) {
        custval_table *some = first_rows(all.table, counts[k]), *scores_of_some = NULL;
        assert_ok(custval_score(all.system, some, &options, &scores_of_some, NULL), NULL);
        assert_int_equal(custval_table_rows(scores_of_some), counts[k]);
        for (size_t c = 0; c < custval_table_columns(scores); c++) {
            const size_t size =
                strcmp(custval_table_name(scores, c), "status") == 0 ? sizeof(uint32_t) : sizeof(double);
            if (counts[k] > 0)
                assert_memory_equal(doubles_of(scores_of_some, c), doubles_of(scores, c), counts[k] * size);
        }
        custval_table_free(scores_of_some);
        custval_table_free(some);
    }
    custval_table_free(scores);
    survey_free(&all);
}

static void a_table_without_rows_has_scores_without_rows(void **state) {
    (void)state;
    const custval_score_options options = sample_options();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = sample_system();
    custval_table *table = sample_table(), *empty = first_rows(table, 0), *scores = NULL, *missing = NULL;
    assert_ok(custval_score(system, empty, &options, &scores, &error), &error);
    assert_int_equal(custval_table_rows(scores), 0);
    assert_int_equal(custval_table_columns(scores), 5);
    custval_table_free(scores);
    /* Its columns are looked at all the same. */
    assert_ok(custval_table_new(NULL, 0, &missing, NULL), NULL);
    assert_status(custval_score(system, missing, &options, &scores, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    custval_table_free(missing);
    custval_table_free(empty);
    custval_table_free(table);
    custval_system_free(system);
}

/* One more row than all pieces hold. Nothing is read: the memory behind the columns is not there. */
static void more_rows_than_pieces_can_be_counted_are_refused(void **state) {
    (void)state;
#if SIZE_MAX > 0xffffffffU
    static const char document[] =
        "{\"custval\": \"system\", \"version\": 1, \"dimensions\": [{\"id\": \"d\", \"side\": "
        "\"benefit\", \"indicators\": [{\"id\": \"i\", \"items\": [{\"column\": \"q\", "
        "\"scale\": [1, 5]}]}]}]}";
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    custval_table *table = NULL;
    custval_scorer *scorer = NULL;
    custval_column column = CUSTVAL_COLUMN_INIT;
    double *none[4] = {NULL, NULL, NULL, NULL}, cell = 3.0;
    column.type = CUSTVAL_TYPE_FLOAT64;
    column.data = &cell;
    assert_ok(custval_system_parse(NULL, document, strlen(document), &system, &error), &error);
    assert_ok(custval_table_new(NULL, ((size_t)PIECE << 32) + 1, &table, &error), &error);
    assert_ok(custval_table_add(table, "q", &column, &error), &error);
    assert_ok(custval_scorer_new(system, NULL, &scorer, &error), &error);
    assert_status(custval_scorer_table(scorer, table, none, NULL, &error), CUSTVAL_ERROR_LIMIT, &error);
    assert_message(&error, "70368744177665 rows");
    custval_scorer_free(scorer);
    custval_table_free(table);
    custval_system_free(system);
#endif
}

/* ---- Memory of the host ------------------------------------------------------------------------------------------ */

#define UNTOUCHED 4711.25

typedef struct landing {
    uint32_t columns;
    size_t rows;
    double **scores;
    uint32_t *status;
} landing;

static landing landing_new(const custval_scorer *scorer, size_t rows) {
    landing out = {custval_scorer_columns(scorer), rows, NULL, NULL};
    out.scores = calloc(out.columns, sizeof *out.scores);
    out.status = calloc(rows, sizeof *out.status);
    assert_true(out.scores != NULL && out.status != NULL);
    for (uint32_t i = 0; i < out.columns; i++) {
        out.scores[i] = malloc(rows * sizeof(double));
        assert_non_null(out.scores[i]);
        for (size_t row = 0; row < rows; row++) out.scores[i][row] = UNTOUCHED;
    }
    return out;
}

static void landing_free(landing *self) {
    for (uint32_t i = 0; i < self->columns; i++) free(self->scores[i]);
    free(self->scores);
    free(self->status);
}

/* Where columns are left out, and in a later call where others are, nothing is written to what an earlier call was
   given. */
static void arrays_of_one_call_are_forgotten_by_the_next(void **state) {
    (void)state;
    support_random random = random_seeded("placing");
    for (int i = 0; i < 30; i++) {
        survey all = survey_new(random_bits(&random), 700);
        const custval_score_options options = everything();
        custval_scorer *scorer = NULL;
        custval_table *expected = NULL;
        assert_ok(custval_scorer_new(all.system, &options, &scorer, NULL), NULL);
        assert_ok(custval_score(all.system, all.table, &options, &expected, NULL), NULL);
        for (int call = 0; call < 4; call++) {
            landing to = landing_new(scorer, 700);
            double **some = calloc(to.columns, sizeof *some);
            assert_non_null(some);
            for (uint32_t k = 0; k < to.columns; k++) some[k] = random_below(&random, 2) ? to.scores[k] : NULL;
            uint32_t *status = random_below(&random, 2) ? to.status : NULL;
            assert_ok(custval_scorer_table(scorer, all.table, some, status, NULL), NULL);
            for (uint32_t k = 0; k < to.columns; k++) {
                for (size_t row = 0; row < 700; row++) {
                    const double wanted = some[k] != NULL ? doubles_of(expected, k)[row] : UNTOUCHED;
                    assert_double_bits(to.scores[k][row], wanted);
                }
            }
            const uint32_t *statuses = (const uint32_t *)(const void *)doubles_of(expected, to.columns);
            if (status != NULL) assert_memory_equal(status, statuses, 700 * sizeof *status);
            free(some);
            landing_free(&to);
        }
        custval_table_free(expected);
        custval_scorer_free(scorer);
        survey_free(&all);
    }
}

static void the_same_scorer_takes_tables_of_any_size(void **state) {
    (void)state;
    static const size_t counts[] = {600, 5, 0, 513, 1};
    survey all = survey_new(77, 600);
    const custval_score_options options = everything();
    custval_scorer *scorer = NULL;
    custval_table *expected = NULL;
    assert_ok(custval_scorer_new(all.system, &options, &scorer, NULL), NULL);
    assert_ok(custval_score(all.system, all.table, &options, &expected, NULL), NULL);
    for (size_t k = 0; k < SUPPORT_COUNT(counts); k++) {
        custval_table *some = first_rows(all.table, counts[k]);
        landing to = landing_new(scorer, counts[k] + 1);
        assert_ok(custval_scorer_table(scorer, some, to.scores, to.status, NULL), NULL);
        for (uint32_t c = 0; c < to.columns; c++) {
            for (size_t row = 0; row < counts[k]; row++)
                assert_double_bits(to.scores[c][row], doubles_of(expected, c)[row]);
            assert_double_bits(to.scores[c][counts[k]], UNTOUCHED);
        }
        landing_free(&to);
        custval_table_free(some);
    }
    custval_table_free(expected);
    custval_scorer_free(scorer);
    survey_free(&all);
}

/* Results that lack nothing have no validity bitmap, be the rows before or after them incomplete. */
static void only_columns_with_holes_have_a_bitmap(void **state) {
    (void)state;
    const custval_score_options options = sample_options();
    custval_system *system = sample_system();
    custval_table *table = sample_table(), *clean = first_rows(table, 3), *scores = NULL;
    custval_column value = CUSTVAL_COLUMN_INIT;
    assert_ok(custval_score(system, clean, &options, &scores, NULL), NULL);
    assert_ok(custval_table_column(scores, 0, &value, NULL), NULL);
    assert_null(value.validity);
    custval_table_free(scores);
    assert_ok(custval_score(system, table, &options, &scores, NULL), NULL);
    assert_ok(custval_table_column(scores, 0, &value, NULL), NULL);
    assert_non_null(value.validity);
    assert_int_equal(value.validity[0] & 0x3f, 0x2f); /* row 4 has no value */
    custval_table_free(scores);
    custval_table_free(clean);
    custval_table_free(table);
    custval_system_free(system);
}

static void results_live_in_the_memory_of_the_options_else_of_the_system(void **state) {
    (void)state;
    counting_host of_system, of_options;
    custval_system *system = NULL;
    custval_table *table = sample_table(), *scores = NULL;
    custval_score_options options = sample_options();
    counting_host_init(&of_system);
    counting_host_init(&of_options);
    assert_ok(custval_system_parse(&of_system.host, sample_document, strlen(sample_document), &system, NULL), NULL);
    const size_t blocks = of_system.live_blocks;
    assert_ok(custval_score(system, table, &options, &scores, NULL), NULL);
    assert_true(of_system.live_blocks > blocks);
    custval_table_free(scores);
    assert_int_equal(of_system.live_blocks, blocks);
    options.host = &of_options.host;
    assert_ok(custval_score(system, table, &options, &scores, NULL), NULL);
    assert_int_equal(of_system.live_blocks, blocks);
    assert_true(of_options.live_blocks > 0);
    custval_table_free(scores);
    counting_host_end(&of_options);
    custval_system_free(system);
    custval_table_free(table);
    counting_host_end(&of_system);
}

/* ---- The life of options ----------------------------------------------------------------------------------------- */

/* Everything in the options is gone when the scorer is used. */
static void a_scorer_needs_nothing_of_its_options_any_more(void **state) {
    (void)state;
    const custval_score_options usual = {
        .struct_size = sizeof usual, .as_of = SAMPLE_AS_OF, .profile = "price", .context = "airport"};
    custval_system *system = sample_system();
    custval_table *table = sample_table(), *expected = NULL;
    custval_scorer *scorer = NULL;
    assert_ok(custval_score(system, table, &usual, &expected, NULL), NULL);
    {
        char as_of[] = SAMPLE_AS_OF, profile[] = "price", context[] = "airport", language[] = "zh";
        custval_host host = CUSTVAL_HOST_INIT;
        custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
        options.host = &host;
        options.as_of = as_of;
        options.profile = profile;
        options.context = context;
        options.language = language;
        assert_ok(custval_scorer_new(system, &options, &scorer, NULL), NULL);
        memset(as_of, 'x', sizeof as_of);
        memset(profile, 'x', sizeof profile);
        memset(context, 'x', sizeof context);
        memset(language, 'x', sizeof language);
        memset(&host, 0x5a, sizeof host);
        memset(&options, 0x5a, sizeof options);
    }
    double value[SAMPLE_ROWS], *columns[4] = {value, NULL, NULL, NULL};
    assert_ok(custval_scorer_table(scorer, table, columns, NULL, NULL), NULL);
    for (size_t row = 0; row < SAMPLE_ROWS; row++) assert_double_bits(value[row], doubles_of(expected, 0)[row]);
    custval_scorer_free(scorer);
    custval_table_free(expected);
    custval_table_free(table);
    custval_system_free(system);
}

/* ---- Progress and runners ---------------------------------------------------------------------------------------- */

typedef struct watch {
    uint64_t total, last, calls, stop_at; /* stop_at: the call that stops, counted from 1; 0 for none */
} watch;

static int look(void *data, uint64_t done, uint64_t total) {
    watch *self = data;
    assert_true(done >= self->last && done <= total);
    self->last = done;
    self->total = total;
    self->calls++;
    return self->calls == self->stop_at;
}

static void progress_goes_from_piece_to_piece_up_to_all_rows(void **state) {
    (void)state;
    survey all = survey_new(5, 3 * PIECE + 1);
    watch eye = {0};
    custval_host host = CUSTVAL_HOST_INIT;
    custval_score_options options = everything();
    custval_table *scores = NULL;
    host.progress = look;
    host.progress_data = &eye;
    options.host = &host;
    assert_ok(custval_score(all.system, all.table, &options, &scores, NULL), NULL);
    assert_int_equal(eye.calls, 4);
    assert_int_equal(eye.total, 3 * PIECE + 1);
    assert_int_equal(eye.last, eye.total);
    custval_table_free(scores);
    survey_free(&all);
}

static void a_host_may_stop_between_pieces(void **state) {
    (void)state;
    survey all = survey_new(6, 3 * PIECE);
    watch eye = {.stop_at = 2};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_score_options options = everything();
    custval_table *scores = all.table;
    custval_scorer *scorer = NULL;
    host.progress = look;
    host.progress_data = &eye;
    options.host = &host;
    assert_status(custval_score(all.system, all.table, &options, &scores, &error), CUSTVAL_ERROR_CANCELLED, &error);
    assert_null(scores);
    assert_int_equal(eye.calls, 2);

    /* A scorer that was stopped scores again. */
    eye = (watch){.stop_at = 1};
    assert_ok(custval_scorer_new(all.system, &options, &scorer, NULL), NULL);
    double **none = calloc(custval_scorer_columns(scorer), sizeof *none);
    assert_non_null(none);
    assert_status(custval_scorer_table(scorer, all.table, none, NULL, &error), CUSTVAL_ERROR_CANCELLED, &error);
    eye = (watch){0};
    assert_ok(custval_scorer_table(scorer, all.table, none, NULL, &error), &error);
    assert_int_equal(eye.last, 3 * PIECE);
    free(none);
    custval_scorer_free(scorer);
    survey_free(&all);
}

/* Runners of hosts, good and bad. */
static int run_backwards(void *data, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin,
                         uint32_t end) {
    (void)data;
    const int refused = init(job, 2);
    if (refused != 0) return refused;
    for (uint32_t i = end; i > begin; i--) body(job, i - 1, i % 2);
    return 0;
}

static int run_not_at_all(void *data, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin,
                          uint32_t end) {
    (void)data, (void)job, (void)init, (void)body, (void)begin, (void)end;
    return 3;
}

static int run_misnumbered(void *data, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin,
                           uint32_t end) {
    (void)data;
    const int refused = init(job, 1);
    if (refused != 0) return refused;
    for (uint32_t i = begin; i < end; i++) body(job, i, i);
    return 0;
}

static int run_half(void *data, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin,
                    uint32_t end) {
    (void)data;
    const int refused = init(job, 1);
    if (refused != 0) return refused;
    for (uint32_t i = begin; i < end; i += 2) body(job, i, 0);
    return 0;
}

static void a_runner_of_the_host_is_used_and_not_trusted(void **state) {
    (void)state;
    static const struct {
        custval_runner runner;
        custval_status status;
    } runners[] = {
        {run_backwards, CUSTVAL_OK},
        {run_not_at_all, CUSTVAL_ERROR_CANCELLED},
        {run_misnumbered, CUSTVAL_ERROR_ARGUMENT},
        {run_half, CUSTVAL_ERROR_ARGUMENT},
    };
    survey all = survey_new(8, 3 * PIECE + 5);
    const custval_score_options usual = everything();
    custval_table *expected = NULL;
    assert_ok(custval_score(all.system, all.table, &usual, &expected, NULL), NULL);
    for (size_t i = 0; i < SUPPORT_COUNT(runners); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_host host = CUSTVAL_HOST_INIT;
        custval_score_options options = everything();
        custval_table *scores = NULL;
        host.runner = runners[i].runner;
        options.host = &host;
        assert_status(custval_score(all.system, all.table, &options, &scores, &error), runners[i].status, &error);
        assert_int_equal(scores != NULL, runners[i].status == CUSTVAL_OK);
        if (scores != NULL) {
            assert_memory_equal(doubles_of(scores, 0), doubles_of(expected, 0), (3 * PIECE + 5) * sizeof(double));
        }
        custval_table_free(scores);
    }
    custval_table_free(expected);
    survey_free(&all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_rows_has_the_scores_of_its_rows),
        cmocka_unit_test(a_table_without_rows_has_scores_without_rows),
        cmocka_unit_test(more_rows_than_pieces_can_be_counted_are_refused),
        cmocka_unit_test(arrays_of_one_call_are_forgotten_by_the_next),
        cmocka_unit_test(the_same_scorer_takes_tables_of_any_size),
        cmocka_unit_test(only_columns_with_holes_have_a_bitmap),
        cmocka_unit_test(results_live_in_the_memory_of_the_options_else_of_the_system),
        cmocka_unit_test(a_scorer_needs_nothing_of_its_options_any_more),
        cmocka_unit_test(progress_goes_from_piece_to_piece_up_to_all_rows),
        cmocka_unit_test(a_host_may_stop_between_pieces),
        cmocka_unit_test(a_runner_of_the_host_is_used_and_not_trusted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
