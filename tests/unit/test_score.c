/* Scoring: what known answers cannot express: pieces of work, memory of the host, progress, the life of options. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "random_system.h"
#include "sample.h"
#include "score/scorer.h"

#define ALL_LEVELS (2 * CUSTVAL_LEVEL_TAG - 1)
#define PIECE 16384 /* rows of a piece of work, as docs/threads.md says */

static custval_score_options everything(void) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = RANDOM_AS_OF;
    options.levels = ALL_LEVELS;
    options.coverage = CUSTVAL_COVERAGE_ALL;
    return options;
}

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

static const double *doubles_of(const custval_table *table, size_t column) {
    custval_column memory = CUSTVAL_COLUMN_INIT;
    assert_ok(custval_table_column(table, column, &memory, NULL), NULL);
    return memory.data;
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

/* ---- Streams ----------------------------------------------------------------------------------------------------- */

/* Gives one table any number of times. */
typedef struct repeat {
    custval_table *table;
    int left;
} repeat;

static int repeat_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    struct ArrowArray array = {.release = NULL};
    const repeat *self = stream->private_data;
    assert_ok(custval_table_export_arrow(self->table, &array, out, NULL), NULL);
    array.release(&array);
    return 0;
}

static int repeat_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    struct ArrowSchema schema = {.release = NULL};
    repeat *self = stream->private_data;
    out->release = NULL;
    if (self->left-- <= 0) return 0;
    assert_ok(custval_table_export_arrow(self->table, out, &schema, NULL), NULL);
    schema.release(&schema);
    return 0;
}

static const char *repeat_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return NULL;
}

static void repeat_release(struct ArrowArrayStream *stream) {
    stream->release = NULL;
}

static void a_stream_of_scores_pulls_one_part_at_a_time(void **state) {
    (void)state;
    const custval_score_options options = sample_options();
    custval_system *system = sample_system();
    repeat source = {sample_table(), 2};
    struct ArrowArrayStream in = {repeat_schema, repeat_next, repeat_error, repeat_release, &source}, out;
    struct ArrowSchema schema = {.release = NULL};
    struct ArrowArray array = {.release = NULL};
    assert_ok(custval_score_stream(system, &in, &options, &out, NULL), NULL);
    custval_system_free(system); /* the stream keeps it */
    assert_int_equal(out.get_schema(&out, &schema), 0);
    assert_int_equal(source.left, 2); /* the type is known without reading */
    assert_int_equal(schema.n_children, 5);
    assert_string_equal(schema.children[0]->name, "value");
    assert_string_equal(schema.children[0]->format, "g");
    assert_string_equal(schema.children[4]->format, "I");
    schema.release(&schema);
    assert_null(out.get_last_error(&out));
    for (int part = 1; part >= 0; part--) {
        assert_int_equal(out.get_next(&out, &array), 0);
        assert_int_equal(source.left, part);
        assert_int_equal(array.length, SAMPLE_ROWS);
        array.release(&array);
    }
    assert_int_equal(out.get_next(&out, &array), 0);
    assert_null(array.release);
    out.release(&out);
    custval_table_free(source.table);
}

static int fail_to_give_the_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    (void)stream;
    out->release = NULL;
    return ENXIO;
}

static const char *say_what_failed(struct ArrowArrayStream *stream) {
    (void)stream;
    return "the tape is torn";
}

static void what_the_producer_says_reaches_the_consumer(void **state) {
    (void)state;
    const custval_score_options options = sample_options();
    custval_system *system = sample_system();
    repeat source = {sample_table(), 2};
    struct ArrowArrayStream in = {repeat_schema, fail_to_give_the_next, say_what_failed, repeat_release, &source}, out;
    struct ArrowArray array = {.release = NULL};
    assert_ok(custval_score_stream(system, &in, &options, &out, NULL), NULL);
    assert_int_equal(out.get_next(&out, &array), EIO);
    assert_null(array.release);
    support_contains(out.get_last_error(&out), "the tape is torn", __FILE__, __LINE__);
    out.release(&out);
    custval_table_free(source.table);
    custval_system_free(system);
}

static int refuse_to_go_on(void *data, uint64_t done, uint64_t total) {
    (void)data, (void)done, (void)total;
    return 1;
}

static void a_stream_that_is_stopped_says_so(void **state) {
    (void)state;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_score_options options = sample_options();
    custval_system *system = sample_system();
    repeat source = {sample_table(), 2};
    struct ArrowArrayStream in = {repeat_schema, repeat_next, repeat_error, repeat_release, &source}, out;
    struct ArrowArray array = {.release = NULL};
    host.progress = refuse_to_go_on;
    options.host = &host;
    assert_ok(custval_score_stream(system, &in, &options, &out, NULL), NULL);
    assert_int_equal(out.get_next(&out, &array), ECANCELED);
    assert_null(array.release);
    support_contains(out.get_last_error(&out), "progress", __FILE__, __LINE__);
    out.release(&out);
    custval_table_free(source.table);
    custval_system_free(system);
}

/* ---- Words ------------------------------------------------------------------------------------------------------- */

/* A system that has a word for everything, a row that gives cause, and what is said of it. */
static const char talkative[] =
    "{\"custval\": \"system\", \"version\": 1, \"profile_column\": \"kind\", \"context_column\": \"place\","
    " \"override_column\": \"who\", \"out_of_scale\": \"clamp\", \"dimensions\": ["
    "{\"id\": \"d\", \"side\": \"benefit\", \"aggregator\": \"geometric\", \"indicators\": ["
    "{\"id\": \"a\", \"weight_column\": \"wa\", \"items\": [{\"column\": \"q1\", \"scale\": [1, 5]}]},"
    "{\"id\": \"b\", \"weight_column\": \"wb\", \"items\": ["
    "{\"column\": \"q2\", \"scale\": [1, 5], \"out_of_scale\": \"missing\"},"
    "{\"column\": \"q3\", \"curve\": {\"type\": \"linear\", \"intercept\": -50, \"slope\": 10}}]},"
    "{\"id\": \"c\", \"weight_column\": \"wc\", \"items\": ["
    "{\"column\": \"class\", \"curve\": {\"type\": \"table\", \"scores\": {\"gold\": 100}}},"
    "{\"column\": \"q4\", \"curve\": {\"type\": \"table\", \"points\": [[1, 10], [2, 20]]}}]}]}],"
    " \"gates\": [{\"node\": \"a\", \"below\": 10, \"cap\": 1}],"
    " \"overrides\": [{\"key\": \"7\", \"score\": 3.5, \"author\": \"A. Meyer\", \"reason\": \"complaint\","
    " \"expires\": \"2027-01-01\"}]}";

typedef struct talk {
    double q1, q2, q3, q4, wa, wb, wc;
    const char *class, *kind, *place, *who;
    const char *reason;
} talk;

static const talk talks[] = {
    {3, 3, 9, 1, 1, 1, 1, "gold", NULL, NULL, NULL, ""},
    {6, 3, 9, 1, 1, 1, 1, "gold", NULL, NULL, NULL, "column \"q1\" is 6, outside 1..5 (out_of_scale: clamp)"},
    {3, 6, 9, 1, 1, 1, 1, "gold", NULL, NULL, NULL, "column \"q2\" is 6, outside 1..5 (out_of_scale: missing)"},
    {3, 3, (double)INFINITY, 1, 1, 1, 1, "gold", NULL, NULL, NULL, "column \"q3\" is inf"},
    {3, 3, 9, 1, 1, 1, 1, "tin", NULL, NULL, NULL,
     "column \"class\" is \"tin\", which is not in the table of \"class\""},
    {3, 3, 9, 3.5, 1, 1, 1, "gold", NULL, NULL, NULL, "column \"q4\" is \"3.5\", which is not in the table of \"q4\""},
    {3, 3, 9, 1, 1, 1, 1, "gold", "x", NULL, NULL, "column \"kind\" is \"x\", which is no profile of the system"},
    {3, 3, 9, 1, 1, 1, 1, "gold", NULL, "y", NULL, "column \"place\" is \"y\", which is no context of the system"},
    {3, 3, 9, 1, (double)NAN, 1, 1, "gold", NULL, NULL, NULL, "importance \"wa\" is missing: declared weights used"},
    {3, 3, 9, 1, 1, -2, 1, "gold", NULL, NULL, NULL, "importance \"wb\" is -2"},
    {3, 3, 9, 1, 0, 0, 0, "gold", NULL, NULL, NULL, "all own importances of a group are 0"},
    {3, 3, 9, 1, 1, 1, 1, "gold", NULL, NULL, "7", "\"value\" judged 3.5 by A. Meyer until 2027-01-01: complaint"},
    {1.3, 3, 9, 1, 1, 1, 1, "gold", NULL, NULL, NULL, "a gate lowered the value"},
    {3, 3, -5, 1, 1, 1, 1, "gold", NULL, NULL, NULL, "the value is not defined: a score below 0"},
    {3, 3, 1e308, 1, 1, 1, 1, "gold", NULL, NULL, NULL, "a score is too large for a number"},
    {(double)NAN, (double)NAN, (double)NAN, (double)NAN, 1, 1, 1, NULL, NULL, NULL, NULL,
     "too little was answered (coverage 0)"},
    {6, 6, 9, 7, 1, 1, 1, "tin", "x", "y", NULL,
     "column \"q1\" is 6, outside 1..5 (out_of_scale: clamp); "
     "column \"q2\" is 6, outside 1..5 (out_of_scale: missing); "
     "column \"class\" is \"tin\", which is not in the table of \"class\"; "
     "column \"kind\" is \"x\", which is no profile of the system; "
     "column \"place\" is \"y\", which is no context of the system"},
};

static custval_text text_of(const char *words) {
    return words == NULL ? (custval_text){NULL, 0} : (custval_text){words, strlen(words)};
}

static custval_table *table_of(const talk *row) {
    const struct {
        const char *name;
        double number;
    } numbers[] = {{"q1", row->q1}, {"q2", row->q2}, {"q3", row->q3}, {"q4", row->q4},
                   {"wa", row->wa}, {"wb", row->wb}, {"wc", row->wc}};
    const struct {
        const char *name, *words;
    } texts[] = {{"class", row->class}, {"kind", row->kind}, {"place", row->place}, {"who", row->who}};
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, 1, &table, NULL), NULL);
    for (size_t i = 0; i < SUPPORT_COUNT(numbers); i++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        column.type = CUSTVAL_TYPE_FLOAT64;
        column.data = &numbers[i].number;
        assert_ok(custval_table_add_copy(table, numbers[i].name, &column, NULL), NULL);
    }
    for (size_t i = 0; i < SUPPORT_COUNT(texts); i++) {
        const custval_text text = text_of(texts[i].words);
        assert_ok(custval_table_add_texts(table, texts[i].name, &text, NULL), NULL);
    }
    return table;
}

static void every_status_can_be_said_in_words(void **state) {
    (void)state;
    const custval_score_options options = sample_options();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    uint32_t seen = 0;
    assert_ok(custval_system_parse(NULL, talkative, strlen(talkative), &system, &error), &error);
    for (size_t i = 0; i < SUPPORT_COUNT(talks); i++) {
        custval_table *table = table_of(&talks[i]), *scores = NULL;
        char reason[1024];
        double status = 0.0;
        assert_ok(custval_row_reason(system, table, 0, &options, reason, sizeof reason, &error), &error);
        assert_string_equal(reason, talks[i].reason);
        assert_ok(custval_score(system, table, &options, &scores, &error), &error);
        assert_ok(custval_table_number(scores, custval_table_columns(scores) - 1, 0, &status, NULL), NULL);
        seen |= (uint32_t)status;
        custval_table_free(scores);
        custval_table_free(table);
    }
    /* All but OUT_OF_SCALE, which takes the policy "reject". */
    assert_int_equal(seen, 0xff00U + 31 - CUSTVAL_ROW_OUT_OF_SCALE);
    custval_system_free(system);
}

/* A coverage of a half looks like enough where no floor is set: the side that is missing has to be named. */
static void a_side_without_an_answer_is_named(void **state) {
    (void)state;
    static const char document[] = "{\"custval\": \"system\", \"version\": 1, \"dimensions\": ["
                                   "{\"id\": \"d\", \"side\": \"benefit\", \"indicators\": ["
                                   "{\"id\": \"a\", \"items\": [{\"column\": \"q1\", \"scale\": [1, 5]}]}]},"
                                   "{\"id\": \"e\", \"side\": \"sacrifice\", \"indicators\": ["
                                   "{\"id\": \"b\", \"items\": [{\"column\": \"q2\", \"scale\": [1, 5]}]}]}]}";
    static const char *const names[] = {"q1", "q2"};
    static const char *const reasons[] = {"nothing was answered of \"sacrifice\" (coverage 0.5)",
                                          "nothing was answered of \"benefit\" (coverage 0.5)",
                                          "too little was answered (coverage 0)", ""};
    const double answers[] = {3, (double)NAN, (double)NAN, 3, (double)NAN, (double)NAN, 3, 3};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    custval_table *table = NULL;
    assert_ok(custval_system_parse(NULL, document, strlen(document), &system, &error), &error);
    assert_ok(custval_table_new_from_rows(NULL, names, 2, answers, 4, 2, &table, &error), &error);
    for (size_t row = 0; row < SUPPORT_COUNT(reasons); row++) {
        char reason[200];
        assert_ok(custval_row_reason(system, table, row, NULL, reason, sizeof reason, &error), &error);
        assert_string_equal(reason, reasons[row]);
    }
    custval_table_free(table);
    custval_system_free(system);
}

static void a_column_of_a_wrong_type_is_named_with_its_use(void **state) {
    (void)state;
    static const struct {
        const char *column, *part;
        int is_text;
    } cases[] = {
        {"rel1", "column \"rel1\" holds text, but item \"rel1\" needs numbers", 1},
        {"w_staff", "column \"w_staff\" holds text, but the importance of \"staff\" needs numbers", 1},
        {"class", "column \"class\" holds numbers, but item \"class\" needs text", 0},
    };
    const custval_score_options options = sample_options();
    custval_system *system = sample_system();
    custval_table *table = sample_table();
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        static const double numbers[SAMPLE_ROWS] = {0};
        static const custval_text texts[SAMPLE_ROWS] = {{NULL, 0}};
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_table *other = NULL, *scores = NULL;
        assert_ok(custval_table_new(NULL, SAMPLE_ROWS, &other, NULL), NULL);
        for (size_t k = 0; k < custval_table_columns(table); k++) {
            const char *name = custval_table_name(table, k);
            custval_column column = CUSTVAL_COLUMN_INIT;
            assert_ok(custval_table_column(table, k, &column, NULL), NULL);
            if (strcmp(name, cases[i].column) != 0)
                assert_ok(custval_table_add(other, name, &column, NULL), NULL);
            else if (cases[i].is_text)
                assert_ok(custval_table_add_texts(other, name, texts, NULL), NULL);
            else
                assert_ok(custval_table_add_doubles(other, name, numbers, NULL), NULL);
        }
        assert_status(custval_score(system, other, &options, &scores, &error), CUSTVAL_ERROR_TYPE, &error);
        assert_message(&error, cases[i].part);
        custval_table_free(other);
    }
    custval_table_free(table);
    custval_system_free(system);
}

/* Columns of bytes, which cannot be read as texts. */
static void a_column_of_bytes_is_named_with_its_use(void **state) {
    (void)state;
    static const struct {
        const char *column, *part;
    } cases[] = {
        {"kind", "column \"kind\" holds Arrow type binary (\"z\"), but the profile needs text"},
        {"place", "column \"place\" holds Arrow type binary (\"z\"), but the context needs text"},
        {"customer", "column \"customer\" holds Arrow type binary (\"z\"), but the customer of overrides needs text"},
    };
    const custval_score_options options = sample_options();
    custval_system *system = sample_system();
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        struct ArrowArray array = {.release = NULL};
        struct ArrowSchema schema = {.release = NULL};
        custval_table *table = sample_table(), *imported = NULL, *scores = NULL;
        size_t column = 0;
        assert_ok(custval_table_find(table, cases[i].column, &column, NULL), NULL);
        assert_ok(custval_table_export_arrow(table, &array, &schema, NULL), NULL);
        custval_table_free(table);
        schema.children[column]->format = "z";
        assert_ok(custval_table_import_arrow(NULL, &array, &schema, &imported, &error), &error);
        assert_status(custval_score(system, imported, &options, &scores, &error), CUSTVAL_ERROR_TYPE, &error);
        assert_message(&error, cases[i].part);
        custval_table_free(imported);
    }
    custval_system_free(system);
}

/* Zeros that somebody wrote with a sign: a judgement, a cap, a neutral score, a listed score. */
static void no_score_is_negative_zero(void **state) {
    (void)state;
    static const char document[] =
        "{\"custval\": \"system\", \"version\": 1, \"override_column\": \"who\","
        " \"missing\": {\"policy\": \"neutral\", \"neutral\": -0.0}, \"dimensions\": ["
        "{\"id\": \"d\", \"side\": \"benefit\", \"indicators\": [{\"id\": \"i\", \"items\": ["
        "{\"column\": \"q\", \"curve\": {\"type\": \"table\", \"points\": [[1, -0.0], [2, 50]]}}]}]}],"
        " \"gates\": [{\"node\": \"i\", \"above\": 40, \"cap\": -0.0}],"
        " \"overrides\": [{\"key\": \"7\", \"score\": -0.0, \"author\": \"A\", \"reason\": \"B\", \"expires\": "
        "\"2027-01-01\"}]}";
    static const double answers[] = {1, 2, (double)NAN, 2}, who[] = {1, 2, 3, 7};
    const custval_score_options options = sample_options();
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    custval_table *table = NULL, *scores = NULL;
    assert_ok(custval_system_parse(NULL, document, strlen(document), &system, &error), &error);
    assert_ok(custval_table_new(NULL, 4, &table, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "q", answers, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "who", who, NULL), NULL);
    assert_ok(custval_score(system, table, &options, &scores, &error), &error);
    for (size_t row = 0; row < 4; row++) assert_double_bits(doubles_of(scores, 0)[row], 0.0);
    custval_table_free(scores);
    custval_table_free(table);
    custval_system_free(system);
}

/* x^-50 of both answers vanishes: the benefit would be infinite, and the gate would make an ordinary value of it. */
static void a_power_mean_of_scores_that_are_too_large_is_not_finite(void **state) {
    (void)state;
    static const char document[] =
        "{\"custval\": \"system\", \"version\": 1, \"dimensions\": [{\"id\": \"a\", \"side\": \"benefit\",\n"
        "  \"aggregator\": \"power\", \"exponent\": -50, \"indicators\": [\n"
        "  {\"id\": \"p\", \"items\": [{\"column\": \"q1\",\n"
        "   \"curve\": {\"type\": \"linear\", \"intercept\": 0, \"slope\": 1}}]},\n"
        "  {\"id\": \"r\", \"items\": [{\"column\": \"q2\",\n"
        "   \"curve\": {\"type\": \"linear\", \"intercept\": 0, \"slope\": 1}}]}]}],\n"
        " \"gates\": [{\"node\": \"a\", \"above\": 50, \"cap\": 10}]}";
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    custval_scorer *scorer = NULL;
    double scores[3];
    uint32_t status = 0;
    assert_ok(custval_system_parse(NULL, document, strlen(document), &system, &error), &error);
    assert_ok(custval_scorer_new(system, NULL, &scorer, &error), &error);
    assert_int_equal(custval_scorer_columns(scorer), 3);
    assert_ok(custval_scorer_row(scorer, (double[]){5e6, 4e6}, NULL, scores, &status), NULL);
    assert_int_equal(status, CUSTVAL_ROW_NOT_FINITE);
    for (size_t i = 0; i < SUPPORT_COUNT(scores); i++) assert_double_bits(scores[i], (double)NAN);
    assert_ok(custval_scorer_row(scorer, (double[]){0.0, 4e6}, NULL, scores, &status), NULL);
    assert_int_equal(status, CUSTVAL_ROW_OK);
    assert_double_bits(scores[0], 0.0);
    custval_scorer_free(scorer);
    custval_system_free(system);
}

/* Overrides whose keys collide in the table of keys, and customers who have none. */
static void many_overrides_are_all_found(void **state) {
    (void)state;
    enum { CUSTOMERS = 3000 };
    custval_builder *builder = NULL;
    custval_system *system = NULL;
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
    custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
    spec.override_column = "who";
    assert_ok(custval_builder_new(NULL, &spec, &builder, NULL), NULL);
    node.id = "d";
    assert_ok(custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, &node, NULL), NULL);
    node.id = "i";
    assert_ok(custval_builder_indicator(builder, "d", &node, NULL), NULL);
    item.column = "q";
    item.scale_max = 100.0;
    assert_ok(custval_builder_item(builder, "i", &item, NULL), NULL);
    int32_t who[2 * CUSTOMERS];
    double answers[2 * CUSTOMERS];
    for (int32_t i = 0; i < 2 * CUSTOMERS; i++) {
        char key[16];
        custval_override_spec override = CUSTVAL_OVERRIDE_SPEC_INIT;
        who[i] = i;
        answers[i] = 50.0;
        if (i >= CUSTOMERS) continue;
        snprintf(key, sizeof key, "%d", (int)i);
        override.key = key;
        override.author = "A";
        override.reason = "B";
        override.expires = i % 3 == 0 ? "2026-01-01" : "2027-01-01";
        override.score = i / 100.0;
        assert_ok(custval_builder_override(builder, &override, NULL), NULL);
    }
    assert_ok(custval_builder_build(builder, &system, NULL), NULL);
    custval_builder_free(builder);
    const custval_score_options options = sample_options();
    custval_table *table = NULL, *scores = NULL;
    custval_column column = CUSTVAL_COLUMN_INIT;
    column.type = CUSTVAL_TYPE_INT32;
    column.data = who;
    assert_ok(custval_table_new(NULL, 2 * CUSTOMERS, &table, NULL), NULL);
    assert_ok(custval_table_add(table, "who", &column, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "q", answers, NULL), NULL);
    assert_ok(custval_score(system, table, &options, &scores, NULL), NULL);
    for (int32_t i = 0; i < 2 * CUSTOMERS; i++) {
        assert_double_bits(doubles_of(scores, 0)[i], i < CUSTOMERS && i % 3 != 0 ? i / 100.0 : 50.0);
    }
    custval_table_free(scores);
    custval_table_free(table);
    custval_system_free(system);
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
        cmocka_unit_test(a_stream_of_scores_pulls_one_part_at_a_time),
        cmocka_unit_test(what_the_producer_says_reaches_the_consumer),
        cmocka_unit_test(a_stream_that_is_stopped_says_so),
        cmocka_unit_test(every_status_can_be_said_in_words),
        cmocka_unit_test(a_side_without_an_answer_is_named),
        cmocka_unit_test(a_column_of_a_wrong_type_is_named_with_its_use),
        cmocka_unit_test(a_column_of_bytes_is_named_with_its_use),
        cmocka_unit_test(no_score_is_negative_zero),
        cmocka_unit_test(a_power_mean_of_scores_that_are_too_large_is_not_finite),
        cmocka_unit_test(many_overrides_are_all_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
