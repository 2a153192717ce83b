/* custval_row_reason: every status of a row in words. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/custval.h>

#include "sample.h"
#include "score_support.h"

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
