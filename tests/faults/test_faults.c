/* Every allocation fails once, and with all after it: the call says so, leaves nothing alive and its outputs NULL. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "csv_table.h"
#include "faults.h"
#include "random_system.h"
#include "sample.h"

#define ALL_LEVELS (2 * CUSTVAL_LEVEL_TAG - 1)

/* What attempts work on; made before anything fails. */
typedef struct material {
    custval_system *system;
    custval_table *table;
    custval_threads *threads;
} material;

static void with_sample(custval_status (*attempt)(const custval_host *host, void *data)) {
    material sample = {sample_system(), sample_table(), NULL};
    support_exhaust_memory(attempt, &sample);
    custval_table_free(sample.table);
    custval_system_free(sample.system);
}

static custval_score_options options_of(const custval_host *host) {
    custval_score_options options = sample_options();
    options.host = host;
    options.levels = ALL_LEVELS;
    options.coverage = CUSTVAL_COVERAGE_ALL;
    return options;
}

/* ---- Systems ----------------------------------------------------------------------------------------------------- */

static custval_status parse(const custval_host *host, void *data) {
    custval_system *system = (custval_system *)data;
    const custval_status status = custval_system_parse(host, sample_document, strlen(sample_document), &system, NULL);
    assert_int_equal(system == NULL, status != CUSTVAL_OK);
    custval_system_free(system);
    return status;
}

static void reading_a_document(void **state) {
    (void)state;
    char anything = 0;
    support_exhaust_memory(parse, &anything);
}

/* The calls of a builder that a document makes in its own way. */
static custval_status build_by_hand(custval_builder *builder) {
    static const double codes[] = {98, 99}, x[] = {1, 3, 7}, y[] = {0, 60, 100};
    static const char *const classes[] = {"gold", "none"};
    custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
    custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
    custval_curve curve = CUSTVAL_CURVE_INIT;
    node.id = "a";
    node.note = "a note";
    custval_status status = custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, &node, NULL);
    node.id = "b";
    node.weight_column = "w";
    if (status == CUSTVAL_OK) status = custval_builder_indicator(builder, "a", &node, NULL);
    item.column = "q1";
    item.missing_codes = codes;
    item.missing_code_count = 2;
    item.curve = &curve;
    curve.type = CUSTVAL_CURVE_PIECEWISE;
    curve.x = x;
    curve.y = y;
    curve.count = 3;
    if (status == CUSTVAL_OK) status = custval_builder_item(builder, "b", &item, NULL);
    item = (custval_item_spec)CUSTVAL_ITEM_SPEC_INIT;
    item.column = "a"; /* an id that is taken */
    item.curve = &curve;
    curve.type = CUSTVAL_CURVE_TABLE;
    curve.x = NULL;
    curve.categories = classes;
    curve.count = 2;
    if (status == CUSTVAL_OK) status = custval_builder_item(builder, "b", &item, NULL);
    if (status == CUSTVAL_OK) status = custval_builder_label(builder, "b.a", "en", "Class", NULL);
    if (status == CUSTVAL_OK) status = custval_builder_label(builder, "b.a", "en", "Class of card", NULL);
    return status;
}

static custval_status build(const custval_host *host, void *data) {
    custval_builder *builder = (custval_builder *)data;
    custval_system *system = (custval_system *)data;
    custval_status status = custval_builder_new(host, NULL, &builder, NULL);
    assert_int_equal(builder == NULL, status != CUSTVAL_OK);
    if (status == CUSTVAL_OK) status = build_by_hand(builder);
    if (status == CUSTVAL_OK) {
        status = custval_builder_build(builder, &system, NULL);
        assert_int_equal(system == NULL, status != CUSTVAL_OK);
        custval_system_free(system);
    }
    custval_builder_free(builder);
    return status;
}

static void building_a_system(void **state) {
    (void)state;
    char anything = 0;
    support_exhaust_memory(build, &anything);
}

static custval_status build_from_table(const custval_host *host, void *data) {
    custval_system *system = (custval_system *)data;
    const custval_status status = custval_system_from_table(host, data, &system, NULL);
    assert_int_equal(system == NULL, status != CUSTVAL_OK);
    custval_system_free(system);
    return status;
}

static void building_a_system_from_a_table(void **state) {
    (void)state;
    custval_table *const table = csv_table("examples/survey/perceived-value.csv");
    support_exhaust_memory(build_from_table, table);
    custval_table_free(table);
}

/* A call that ran out of memory changed nothing: the same call succeeds afterwards, and the system is what it should
   be. */
static void a_builder_goes_on_after_running_out_of_memory(void **state) {
    (void)state;
    char wanted[8192], actual[8192];
    size_t length = 0;
    for (size_t fail_at = 0, done = 0; !done; fail_at++) {
        counting_host counter;
        custval_builder *builder = NULL;
        custval_system *system = NULL;
        custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
        custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
        counting_host_init(&counter);
        assert_ok(custval_builder_new(&counter.host, NULL, &builder, NULL), NULL);
        counting_host_fail(&counter, fail_at, 0);
        item.scale_max = 5.0;
        for (int i = 0; i < 40; i++) {
            char name[16];
            snprintf(name, sizeof name, "d%d", i);
            node.id = name;
            while (custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, &node, NULL) == CUSTVAL_ERROR_MEMORY)
                continue;
            snprintf(name, sizeof name, "i%d", i);
            char parent[16];
            snprintf(parent, sizeof parent, "d%d", i);
            while (custval_builder_indicator(builder, parent, &node, NULL) == CUSTVAL_ERROR_MEMORY) continue;
            item.column = "q";
            while (custval_builder_item(builder, name, &item, NULL) == CUSTVAL_ERROR_MEMORY) continue;
            while (custval_builder_profile(builder, name, "note", NULL) == CUSTVAL_ERROR_MEMORY) continue;
            while (custval_builder_profile_weight(builder, name, parent, 2.0, NULL) == CUSTVAL_ERROR_MEMORY) continue;
        }
        done = fail_at != 0 && counter.allocations < fail_at;
        while (custval_builder_build(builder, &system, NULL) == CUSTVAL_ERROR_MEMORY) continue;
        assert_non_null(system);
        assert_ok(custval_system_write(system, fail_at == 0 ? wanted : actual, sizeof wanted, &length, NULL), NULL);
        if (fail_at != 0) assert_string_equal(actual, wanted);
        custval_system_free(system);
        custval_builder_free(builder);
        counting_host_end(&counter);
    }
}

static custval_status check(const custval_host *host, void *data) {
    const material *self = data;
    custval_system *system = NULL;
    custval_table *warnings = rubbish();
    custval_status status = custval_system_parse(host, sample_document, strlen(sample_document), &system, NULL);
    if (status == CUSTVAL_OK) {
        status = custval_system_check(system, self->table, &warnings, NULL);
        status = end(warnings, status);
    }
    custval_system_free(system);
    return status;
}

static void checking_a_system(void **state) {
    (void)state;
    with_sample(check);
}

/* ---- Calls that allocate nothing --------------------------------------------------------------------------------- */

static void writing_and_looking_need_no_memory(void **state) {
    (void)state;
    counting_host counter;
    custval_system *system = NULL;
    char text[8192];
    double local[64], global[64];
    size_t length = 0;
    uint32_t node = 0;
    counting_host_init(&counter);
    assert_ok(custval_system_parse(&counter.host, sample_document, strlen(sample_document), &system, NULL), NULL);
    counting_host_fail(&counter, 1, 1);
    assert_ok(custval_system_write(system, text, sizeof text, &length, NULL), NULL);
    assert_ok(custval_system_text(system, NULL, text, sizeof text, &length, NULL), NULL);
    assert_ok(custval_system_find(system, "price", &node, NULL), NULL);
    assert_ok(custval_system_weights(system, "price", "airport", local, global, NULL), NULL);
    assert_int_equal(counter.allocations, 0);
    custval_system_free(system);
    counting_host_end(&counter);
}

static void scoring_a_row_needs_no_memory(void **state) {
    (void)state;
    support_random random = random_seeded("rows without memory");
    for (int i = 0; i < 20; i++) {
        counting_host counter;
        custval_system *system = random_system(&random, RANDOM_ALL);
        custval_scorer *scorer = NULL;
        const uint32_t inputs = custval_system_inputs(system);
        double *numbers = calloc(inputs + 1, sizeof *numbers), out[512];
        uint32_t status = 0;
        assert_non_null(numbers);
        counting_host_init(&counter);
        custval_score_options options = options_of(&counter.host);
        options.as_of = RANDOM_AS_OF;
        assert_ok(custval_scorer_new(system, &options, &scorer, NULL), NULL);
        assert_true(custval_scorer_columns(scorer) <= SUPPORT_COUNT(out));
        for (uint32_t k = 0; k < inputs; k++) numbers[k] = random_between(&random, 0.0, 8.0);
        counting_host_fail(&counter, 1, 1);
        for (int k = 0; k < 10; k++) assert_ok(custval_scorer_row(scorer, numbers, NULL, out, &status), NULL);
        assert_int_equal(counter.allocations, 0);
        custval_scorer_free(scorer);
        counting_host_end(&counter);
        free(numbers);
        custval_system_free(system);
    }
}

/* ---- Scores ------------------------------------------------------------------------------------------------------ */

static custval_status score(const custval_host *host, void *data) {
    const material *self = data;
    const custval_score_options options = options_of(host);
    custval_table *scores = rubbish();
    const custval_status status = custval_score(self->system, self->table, &options, &scores, NULL);
    return end(scores, status);
}

/* Weighted means over scales alone, which are scored in a way of their own. */
static void with_plain_system(custval_status (*attempt)(const custval_host *host, void *data)) {
    static const char document[] =
        "{\"custval\": \"system\", \"version\": 1, \"dimensions\": [{\"id\": \"d\", \"side\": \"benefit\", "
        "\"indicators\": [{\"id\": \"a\", \"items\": [{\"column\": \"rel2\", \"scale\": [1, 10]}]}, "
        "{\"id\": \"b\", \"items\": [{\"column\": \"staff1\", \"scale\": [1, 10]}]}]}]}";
    material plain = {NULL, sample_table(), NULL};
    assert_ok(custval_system_parse(NULL, document, strlen(document), &plain.system, NULL), NULL);
    support_exhaust_memory(attempt, &plain);
    custval_table_free(plain.table);
    custval_system_free(plain.system);
}

static void scoring_a_table(void **state) {
    (void)state;
    with_sample(score);
    with_plain_system(score);
}

static custval_status use_scorer(const custval_host *host, void *data) {
    const material *self = data;
    const custval_score_options options = options_of(host);
    custval_scorer *scorer = rubbish();
    custval_status status = custval_scorer_new(self->system, &options, &scorer, NULL);
    assert_int_equal(scorer == NULL, status != CUSTVAL_OK);
    if (status != CUSTVAL_OK) return status;
    const size_t rows = custval_table_rows(self->table);
    double *value = malloc(rows * sizeof *value);
    double **columns = calloc(custval_scorer_columns(scorer), sizeof *columns);
    assert_true(value != NULL && columns != NULL);
    columns[0] = value;
    status = custval_scorer_table(scorer, self->table, columns, NULL, NULL);
    if (status == CUSTVAL_OK) status = custval_scorer_table(scorer, self->table, columns, NULL, NULL);
    custval_scorer_free(scorer);
    free(columns);
    free(value);
    return status;
}

/* A table of several pieces of work, so that every thread of the pool gets an engine. */
static custval_status use_scorer_on_threads(const custval_host *host, void *data) {
    custval_host with_threads = *host;
    with_threads.runner = custval_threads_run;
    with_threads.runner_data = ((material *)data)->threads;
    return use_scorer(&with_threads, data);
}

static void using_a_scorer(void **state) {
    (void)state;
    with_sample(use_scorer);
}

static void scoring_on_threads(void **state) {
    (void)state;
    support_random random = random_seeded("threads without memory");
    material many = {random_system(&random, RANDOM_ALL & ~(uint32_t)RANDOM_RULES), NULL, NULL};
    many.table = random_table(&random, many.system, 40000, 0);
    assert_ok(custval_threads_new(NULL, threads_up_to(3), &many.threads, NULL), NULL);
    support_exhaust_memory(use_scorer_on_threads, &many);
    custval_threads_free(many.threads);
    custval_table_free(many.table);
    custval_system_free(many.system);
}

static custval_status of_errno(int code) {
    assert_true(code == 0 || code == ENOMEM);
    return code == 0 ? CUSTVAL_OK : CUSTVAL_ERROR_MEMORY;
}

static custval_status pull(struct ArrowArrayStream *stream) {
    struct ArrowSchema schema = {.release = NULL};
    struct ArrowArray array = {.release = NULL};
    custval_status status = of_errno(stream->get_schema(stream, &schema));
    assert_int_equal(schema.release == NULL, status != CUSTVAL_OK);
    if (schema.release != NULL) schema.release(&schema);
    if (status == CUSTVAL_OK) {
        status = of_errno(stream->get_next(stream, &array));
        assert_int_equal(array.release == NULL, status != CUSTVAL_OK);
    }
    if (array.release != NULL) array.release(&array);
    if (status != CUSTVAL_OK) assert_non_null(stream->get_last_error(stream));
    return status;
}

static custval_status score_stream(const custval_host *host, void *data) {
    const material *self = data;
    const custval_score_options options = options_of(host);
    struct ArrowArrayStream in = {.release = NULL}, out;
    assert_ok(custval_table_export_stream(self->table, &in, NULL), NULL);
    memset(&out, 0x5a, sizeof out);
    custval_status status = custval_score_stream(self->system, &in, &options, &out, NULL);
    assert_int_equal(out.release == NULL, status != CUSTVAL_OK);
    assert_int_equal(in.release == NULL, status == CUSTVAL_OK);
    if (in.release != NULL) in.release(&in);
    if (status == CUSTVAL_OK) {
        status = pull(&out);
        out.release(&out);
    }
    return status;
}

static void scoring_a_stream(void **state) {
    (void)state;
    with_sample(score_stream);
}

static custval_status reason(const custval_host *host, void *data) {
    const material *self = data;
    const custval_score_options options = options_of(host);
    char text[256] = "x";
    const custval_status status = custval_row_reason(self->system, self->table, 4, &options, text, sizeof text, NULL);
    assert_int_equal(text[0] == 0, status != CUSTVAL_OK);
    return status;
}

static void giving_a_reason(void **state) {
    (void)state;
    with_sample(reason);
}

/* ---- Explaining and comparing ------------------------------------------------------------------------------------ */

static custval_status explain(const custval_host *host, void *data) {
    const material *self = data;
    const custval_score_options options = options_of(host);
    custval_table *out = rubbish();
    const custval_status status = custval_explain(self->system, self->table, 5, &options, &out, NULL);
    return end(out, status);
}

static custval_status explain_without_value(const custval_host *host, void *data) {
    const material *self = data;
    const custval_score_options options = options_of(host);
    custval_table *out = rubbish();
    const custval_status status = custval_explain(self->system, self->table, 4, &options, &out, NULL);
    return end(out, status);
}

static void explaining(void **state) {
    (void)state;
    with_sample(explain);
    with_sample(explain_without_value);
}

static custval_status change(const custval_host *host, void *data) {
    const material *self = data;
    const custval_score_options options = options_of(host);
    custval_table *out = rubbish();
    const custval_status status =
        custval_explain_change(self->system, self->table, 0, self->table, 5, &options, &out, NULL);
    return end(out, status);
}

static void explaining_a_change(void **state) {
    (void)state;
    with_sample(change);
}

static custval_status levers(const custval_host *host, void *data) {
    const material *self = data;
    const custval_score_options options = options_of(host);
    custval_table *out = rubbish();
    const custval_status status = custval_levers(self->system, self->table, 0, &options, &out, NULL);
    return end(out, status);
}

static custval_status levers_of_all(const custval_host *host, void *data) {
    const material *self = data;
    const custval_score_options options = options_of(host);
    custval_table *out = rubbish();
    const custval_status status = custval_levers(self->system, self->table, CUSTVAL_ALL_ROWS, &options, &out, NULL);
    return end(out, status);
}

static void finding_levers(void **state) {
    (void)state;
    with_sample(levers);
    with_sample(levers_of_all);
}

static custval_status flip(const custval_host *host, void *data) {
    const material *self = data;
    const custval_score_options options = options_of(host);
    custval_table *out = rubbish();
    const custval_status status = custval_flip(self->system, self->table, 0, 2, &options, &out, NULL);
    return end(out, status);
}

static void finding_flips(void **state) {
    (void)state;
    with_sample(flip);
}

static custval_status target(const custval_host *host, void *data) {
    const material *self = data;
    const custval_score_options options = options_of(host);
    custval_table *out = rubbish();
    const custval_status status = custval_target(self->system, self->table, 0, 60.0, &options, &out, NULL);
    return end(out, status);
}

static void finding_the_way_to_a_target(void **state) {
    (void)state;
    with_sample(target);
}

static custval_status compare(const custval_host *host, void *data) {
    const material *self = data;
    const custval_score_options scoring = options_of(host);
    custval_compare_options options = CUSTVAL_COMPARE_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.score = &scoring;
    options.price_column = "price1";
    const custval_status status = custval_compare(self->system, self->table, &options, &out, NULL);
    return end(out, status);
}

static custval_status compare_indicators(const custval_host *host, void *data) {
    const material *self = data;
    const custval_score_options scoring = options_of(host);
    custval_compare_options options = CUSTVAL_COMPARE_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.score = &scoring;
    const custval_status status = custval_compare_indicators(self->system, self->table, 2, &options, &out, NULL);
    return end(out, status);
}

static void comparing_offers(void **state) {
    (void)state;
    with_sample(compare);
    with_sample(compare_indicators);
}

/* ---- Tables and Arrow -------------------------------------------------------------------------------------------- */

/* Copies every column of the sample into a table in the host's memory, and adds a dictionary. */
static custval_status copy_table(const custval_host *host, const custval_table *from, custval_table **out) {
    static const int32_t offsets[] = {0, 4, 10};
    static const int16_t indices[SAMPLE_ROWS] = {0, 1, 0, 1, 0, 1};
    custval_status status = custval_table_new(host, custval_table_rows(from), out, NULL);
    assert_int_equal(*out == NULL, status != CUSTVAL_OK);
    for (size_t i = 0; status == CUSTVAL_OK && i < custval_table_columns(from); i++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        assert_ok(custval_table_column(from, i, &column, NULL), NULL);
        status = custval_table_add_copy(*out, custval_table_name(from, i), &column, NULL);
        assert_int_equal(custval_table_columns(*out), i + (status == CUSTVAL_OK));
    }
    custval_column dictionary = CUSTVAL_COLUMN_INIT, column = CUSTVAL_COLUMN_INIT;
    dictionary.type = CUSTVAL_TYPE_UTF8;
    dictionary.data = "goldsilver";
    dictionary.offsets = offsets;
    column.type = CUSTVAL_TYPE_DICTIONARY;
    column.index_type = CUSTVAL_TYPE_INT16;
    column.data = indices;
    column.dictionary = &dictionary;
    column.dictionary_length = 2;
    if (status == CUSTVAL_OK) status = custval_table_add_copy(*out, "dictionary", &column, NULL);
    if (status == CUSTVAL_OK) status = custval_table_add(*out, "borrowed", &column, NULL);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}

static custval_status copies(const custval_host *host, void *data) {
    const material *self = data;
    static const char *const names[] = {"a", "b"};
    static const double block[] = {1, 2, 3, 4};
    custval_table *table = rubbish();
    custval_status status = copy_table(host, self->table, &table);
    custval_table_free(table);
    if (status != CUSTVAL_OK) return status;
    table = rubbish();
    status = custval_table_new_from_rows(host, names, 2, block, 2, 2, &table, NULL);
    return end(table, status);
}

static void copying_columns(void **state) {
    (void)state;
    with_sample(copies);
}

static custval_status import(const custval_host *host, void *data) {
    const material *self = data;
    struct ArrowArray array = {.release = NULL};
    struct ArrowSchema schema = {.release = NULL};
    custval_table *table = NULL, *back = rubbish();
    custval_status status = copy_table(host, self->table, &table);
    if (status != CUSTVAL_OK) return status;
    status = custval_table_export_arrow(table, &array, &schema, NULL);
    custval_table_free(table);
    if (status != CUSTVAL_OK) return status;
    status = custval_table_import_arrow(host, &array, &schema, &back, NULL);
    assert_int_equal(back == NULL, status != CUSTVAL_OK);
    assert_int_equal(array.release == NULL, status == CUSTVAL_OK);
    assert_int_equal(schema.release == NULL, status == CUSTVAL_OK);
    if (array.release != NULL) array.release(&array);
    if (schema.release != NULL) schema.release(&schema);
    custval_table_free(back);
    return status;
}

static void going_through_arrow(void **state) {
    (void)state;
    with_sample(import);
}

static custval_status stream(const custval_host *host, void *data) {
    const material *self = data;
    struct ArrowArrayStream out = {.release = NULL};
    custval_table *table = NULL, *part = rubbish();
    custval_reader *reader = rubbish();
    custval_status status = copy_table(host, self->table, &table);
    if (status != CUSTVAL_OK) return status;
    status = custval_table_export_stream(table, &out, NULL);
    custval_table_free(table);
    assert_int_equal(out.release == NULL, status != CUSTVAL_OK);
    if (status != CUSTVAL_OK) return status;
    status = custval_reader_new(host, &out, &reader, NULL);
    assert_int_equal(reader == NULL, status != CUSTVAL_OK);
    if (status != CUSTVAL_OK) {
        assert_non_null(out.release);
        out.release(&out);
        return status == CUSTVAL_ERROR_STREAM ? CUSTVAL_ERROR_MEMORY : status;
    }
    status = custval_reader_next(reader, &part, NULL);
    assert_int_equal(part == NULL, status != CUSTVAL_OK);
    custval_table_free(part);
    custval_reader_free(reader);
    /* What the producer ran out of is, to its reader, an error of the stream. */
    return status == CUSTVAL_ERROR_STREAM ? CUSTVAL_ERROR_MEMORY : status;
}

static void going_through_a_stream(void **state) {
    (void)state;
    with_sample(stream);
}

/* ---- Threads ----------------------------------------------------------------------------------------------------- */

static custval_status pool(const custval_host *host, void *data) {
    custval_threads *threads = data;
    const custval_status status = custval_threads_new(host, threads_up_to(3), &threads, NULL);
    assert_int_equal(threads == NULL, status != CUSTVAL_OK);
    custval_threads_free(threads);
    return status;
}

static void starting_threads(void **state) {
    (void)state;
    char anything = 0;
    support_exhaust_memory(pool, &anything);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_a_document),
        cmocka_unit_test(building_a_system),
        cmocka_unit_test(building_a_system_from_a_table),
        cmocka_unit_test(a_builder_goes_on_after_running_out_of_memory),
        cmocka_unit_test(checking_a_system),
        cmocka_unit_test(writing_and_looking_need_no_memory),
        cmocka_unit_test(scoring_a_row_needs_no_memory),
        cmocka_unit_test(scoring_a_table),
        cmocka_unit_test(using_a_scorer),
        cmocka_unit_test(scoring_on_threads),
        cmocka_unit_test(scoring_a_stream),
        cmocka_unit_test(giving_a_reason),
        cmocka_unit_test(explaining),
        cmocka_unit_test(explaining_a_change),
        cmocka_unit_test(finding_levers),
        cmocka_unit_test(finding_flips),
        cmocka_unit_test(finding_the_way_to_a_target),
        cmocka_unit_test(comparing_offers),
        cmocka_unit_test(copying_columns),
        cmocka_unit_test(going_through_arrow),
        cmocka_unit_test(going_through_a_stream),
        cmocka_unit_test(starting_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
