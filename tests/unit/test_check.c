/* custval_system_check: each warning, and that there is none without a reason. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "draft.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ROWS 60

/* One warning as "code node: message" would read; NULL for one that does not exist. */
static const char *cell(const custval_table *table, const char *column, size_t row) {
    static char texts[3][CUSTVAL_ERROR_MESSAGE_SIZE];
    size_t index = 0;
    custval_text text = {NULL, 0};
    assert_ok(custval_table_find(table, column, &index, NULL), NULL);
    assert_ok(custval_table_text(table, index, row, &text, NULL), NULL);
    assert_true(text.length < sizeof texts[0]);
    memcpy(texts[index], text.data, text.length);
    texts[index][text.length] = 0;
    return texts[index];
}

typedef struct warning {
    const char *code, *node, *message; /* part of the message; code NULL ends a list */
} warning;

/* Checks and frees the system: exactly these warnings, in this order. */
static void expect(custval_system *system, const custval_table *data, const warning *expected) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_system_check(system, data, &table, &error), &error);
    assert_int_equal(custval_table_columns(table), 3);
    size_t count = 0;
    for (; expected[count].code != NULL; count++) {
        if (count >= custval_table_rows(table))
            fail_msg("no warning %s of %s", expected[count].code, expected[count].node);
        assert_string_equal(cell(table, "code", count), expected[count].code);
        assert_string_equal(cell(table, "node", count), expected[count].node);
        support_contains(cell(table, "message", count), expected[count].message, __FILE__, __LINE__);
    }
    if (custval_table_rows(table) > count) fail_msg("one warning too many: %s", cell(table, "message", count));
    custval_table_free(table);
    custval_system_free(system);
}

static const warning nothing[] = {{NULL, NULL, NULL}};

/* ---- Without data ---- */

static void a_plain_system_has_no_warnings(void **unused) {
    (void)unused;
    expect(draft_build(draft_small(NULL)), NULL, nothing);
}

static void a_column_of_two_items_is_reported(void **unused) {
    (void)unused;
    custval_builder *const builder = draft_small(NULL);
    draft_indicator(builder, "product", "look", 1);
    draft_item(builder, "look", "q1", 1);
    static const warning expected[] = {
        {"column-twice", "look.q1", "item \"look.q1\": item \"q1\" reads the column \"q1\" too"}, {NULL, NULL, NULL}};
    expect(draft_build(builder), NULL, expected);
}

static void an_item_without_a_scale_is_reported_unless_it_has_a_table(void **unused) {
    (void)unused;
    static const double x[] = {1, 2}, y[] = {0, 100};
    const custval_curve line = {sizeof line, .type = CUSTVAL_CURVE_LINEAR, .parameters = {0, 1}};
    const custval_curve table = {sizeof line, CUSTVAL_CURVE_TABLE, 2, x, y, NULL, {0}};
    custval_builder *const builder = draft_small(NULL);
    custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
    item.column = "euro";
    item.curve = &line;
    assert_ok(custval_builder_item(builder, "reliability", &item, NULL), NULL);
    item.column = "tier";
    item.curve = &table;
    assert_ok(custval_builder_item(builder, "reliability", &item, NULL), NULL);
    static const warning expected[] = {
        {"no-scale", "euro", "item \"euro\": no scale is declared, so no answer is ever out of scale"},
        {NULL, NULL, NULL}};
    expect(draft_build(builder), NULL, expected);
}

static custval_builder *weighted(double first, double second, double third) {
    custval_builder *const builder = draft_new(NULL);
    draft_dimension(builder, CUSTVAL_SIDE_BENEFIT, "product", 1);
    draft_indicator(builder, "product", "reliability", 1);
    draft_item(builder, "reliability", "q1", first);
    draft_item(builder, "reliability", "q2", second);
    draft_item(builder, "reliability", "q3", third);
    return builder;
}

static void weights_that_add_up_to_neither_1_nor_100_are_reported(void **unused) {
    (void)unused;
    static const struct {
        double weights[3];
        const char *message; /* NULL: none */
    } cases[] = {
        {{0.1, 0.2, 0.7}, NULL},
        {{50, 25, 25}, NULL},
        {{33.3, 33.3, 33.4}, NULL},
        {{7, 7, 7}, NULL},
        {{0.1, 0.2, 0.6},
         "indicator \"reliability\": its weights add up to 0.9, neither 1 nor 100, and were normalised"},
        {{1, 2, 1}, "its weights add up to 4, neither"},
        {{2, 1, 1}, "its weights add up to 4, neither"},
        {{2e12, 1, 1}, "its weights add up to 2000000000002, neither"},
        {{2e-12, 1e-12, 1e-12}, "its weights add up to 4e-12, neither"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        const double *const weights = cases[i].weights;
        const warning expected[] = {{"weights-normalised", "reliability", cases[i].message}, {NULL, NULL, NULL}};
        expect(draft_build(weighted(weights[0], weights[1], weights[2])), NULL,
               cases[i].message == NULL ? nothing : expected);
    }
}

static void a_weight_of_0_is_reported_if_no_profile_and_no_context_changes_it(void **unused) {
    (void)unused;
    static const warning expected[] = {{"zero-weight", "q2", "item \"q2\": the weight is 0, so it never counts"},
                                       {NULL, NULL, NULL}};
    expect(draft_build(weighted(50, 0, 50)), NULL, expected);
    custval_builder *const builder = weighted(50, 0, 50);
    assert_ok(custval_builder_profile(builder, "p", NULL, NULL), NULL);
    assert_ok(custval_builder_profile_weight(builder, "p", "q2", 50, NULL), NULL);
    expect(draft_build(builder), NULL, nothing);
}

static void weights_of_the_sides_matter_in_the_index_form_only(void **unused) {
    (void)unused;
    static const warning expected[] = {
        {"weights-normalised", "value", "value \"value\": its weights add up to 3, neither 1 nor 100"},
        {"zero-weight", "benefit", "side \"benefit\": the weight is 0"},
        {NULL, NULL, NULL},
    };
    for (uint32_t form = CUSTVAL_FORM_DIFFERENCE; form <= CUSTVAL_FORM_INDEX; form++) {
        custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
        custval_node_spec side = CUSTVAL_NODE_SPEC_INIT;
        spec.form = form;
        custval_builder *const builder = draft_small(&spec);
        side.weight = 0;
        assert_ok(custval_builder_side(builder, CUSTVAL_SIDE_BENEFIT, &side, NULL), NULL);
        assert_ok(full_side(builder, NULL), NULL);
        draft_dimension(builder, CUSTVAL_SIDE_SACRIFICE, "money", 1);
        draft_indicator(builder, "money", "fee", 1);
        draft_item(builder, "fee", "q3", 1);
        expect(draft_build(builder), NULL, form == CUSTVAL_FORM_INDEX ? expected : nothing);
    }
}

/* Two dimensions; the first must weigh most, and does so in some sets only. */
static custval_builder *demanding(double product, double service) {
    custval_builder *const builder = draft_new(NULL);
    draft_dimension(builder, CUSTVAL_SIDE_BENEFIT, "product", product);
    draft_dimension(builder, CUSTVAL_SIDE_BENEFIT, "service", service);
    draft_indicator(builder, "product", "quality", 1);
    draft_indicator(builder, "service", "advice", 1);
    draft_item(builder, "quality", "q1", 1);
    draft_item(builder, "advice", "q2", 1);
    assert_ok(custval_builder_highest(builder, "product", NULL), NULL);
    return builder;
}

static void a_node_that_must_have_the_highest_weight_and_has_not_is_reported_once(void **unused) {
    (void)unused;
    expect(draft_build(demanding(60, 40)), NULL, nothing);
    expect(draft_build(demanding(50, 50)), NULL, nothing);
    const warning base[] = {
        {"not-highest", "product", "dimension \"product\": must have the highest weight, but \"service\" weighs more"},
        {NULL, NULL, NULL}};
    expect(draft_build(demanding(40, 60)), NULL, base);
    const warning framed[] = {{"not-highest", "product", "weighs more in profile \"p\" in context \"c\""},
                              {NULL, NULL, NULL}};
    custval_builder *const builder = demanding(60, 40);
    assert_ok(custval_builder_profile(builder, "p", NULL, NULL), NULL);
    assert_ok(custval_builder_context(builder, "c", NULL, NULL), NULL);
    assert_ok(custval_builder_profile_weight(builder, "p", "product", 35, NULL), NULL);
    assert_ok(custval_builder_context_weight(builder, "c", "service", 34, NULL), NULL);
    assert_ok(custval_builder_profile_weight(builder, "p", "service", 33, NULL), NULL);
    expect(draft_build(builder), NULL, nothing);
    custval_builder *const worse = demanding(60, 40);
    assert_ok(custval_builder_profile(worse, "p", NULL, NULL), NULL);
    assert_ok(custval_builder_context(worse, "c", NULL, NULL), NULL);
    assert_ok(custval_builder_profile_weight(worse, "p", "product", 50, NULL), NULL);
    assert_ok(custval_builder_context_weight(worse, "c", "service", 55, NULL), NULL);
    expect(draft_build(worse), NULL, framed);
}

static void derived_nodes_that_count_something_twice_are_reported(void **unused) {
    (void)unused;
    custval_builder *const builder = draft_small(NULL);
    assert_ok(full_derived(builder, NULL), NULL);
    assert_ok(custval_builder_derived_part(builder, "image", "product", 1, NULL), NULL);
    custval_system *system = NULL;
    assert_ok(custval_builder_build(builder, &system, NULL), NULL);
    static const warning repeats[] = {
        {"double-counting", "image", "derived \"image\": only repeats \"product\", its one part"}, {NULL, NULL, NULL}};
    expect(system, NULL, repeats);
    assert_ok(custval_builder_derived_part(builder, "image", "reliability", 1, NULL), NULL);
    static const warning twice[] = {
        {"double-counting", "image",
         "derived \"image\": counts \"reliability\" twice, once by itself and once within \"product\""},
        {NULL, NULL, NULL}};
    expect(draft_build(builder), NULL, twice);
    custval_builder *const proper = demanding(60, 40);
    assert_ok(full_derived(proper, NULL), NULL);
    assert_ok(custval_builder_derived_part(proper, "image", "product", 60, NULL), NULL);
    assert_ok(custval_builder_derived_part(proper, "image", "service", 20, NULL), NULL);
    static const warning total[] = {{"weights-normalised", "image", "its weights add up to 80"}, {NULL, NULL, NULL}};
    expect(draft_build(proper), NULL, total);
}

/* ---- With data ---- */

/* product: quality (q1, q2), look (q3); service: advice (q4). Equal weights. */
static custval_builder *measured(int reverse_q2, int reverse_q4) {
    custval_builder *const builder = draft_new(NULL);
    draft_dimension(builder, CUSTVAL_SIDE_BENEFIT, "product", 1);
    draft_dimension(builder, CUSTVAL_SIDE_BENEFIT, "service", 1);
    draft_indicator(builder, "product", "quality", 1);
    draft_indicator(builder, "product", "look", 1);
    draft_indicator(builder, "service", "advice", 1);
    static const char *const columns[] = {"q1", "q2", "q3", "q4"};
    static const char *const indicators[] = {"quality", "quality", "look", "advice"};
    for (int i = 0; i < 4; i++) {
        custval_item_spec spec = draft_item_spec(columns[i]);
        spec.reversed = (i == 1 && reverse_q2) || (i == 3 && reverse_q4);
        assert_ok(custval_builder_item(builder, indicators[i], &spec, NULL), NULL);
    }
    return builder;
}

static double answers[4][ROWS]; /* of q1 .. q4 */

/* Answers that go up and down together, each with some noise of its own. */
static void draw_answers(void) {
    support_random random = random_seeded("check");
    for (int row = 0; row < ROWS; row++) {
        const double mood = random_between(&random, 1.5, 4.5);
        for (int i = 0; i < 4; i++) answers[i][row] = mood + random_between(&random, -0.5, 0.5);
    }
}

static custval_table *data_of(size_t rows) {
    static const char *const columns[] = {"q4", "q3", "q2", "q1"};
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, rows, &table, NULL), NULL);
    for (int i = 0; i < 4; i++) assert_ok(custval_table_add_doubles(table, columns[i], answers[3 - i], NULL), NULL);
    return table;
}

static void answers_that_agree_give_no_warning(void **unused) {
    (void)unused;
    draw_answers();
    custval_table *const data = data_of(ROWS);
    expect(draft_build(measured(0, 0)), data, nothing);
    custval_table_free(data);
}

/* The correlation by the textbook, for comparison. */
static double correlation_of(const double *x, const double *y, size_t count) {
    double mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < count; i++) {
        mean_x += x[i] / (double)count;
        mean_y += y[i] / (double)count;
    }
    for (size_t i = 0; i < count; i++) {
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        yy += (y[i] - mean_y) * (y[i] - mean_y);
        xy += (x[i] - mean_x) * (y[i] - mean_y);
    }
    return xy / sqrt(xx * yy);
}

static void a_wrong_direction_of_an_item_is_reported_with_its_correlation(void **unused) {
    (void)unused;
    draw_answers();
    custval_table *const data = data_of(ROWS);
    char message[160];
    const int hundredths = (int)floor(0.5 + 100 * correlation_of(answers[0], answers[1], ROWS));
    snprintf(message, sizeof message,
             "correlates -0.%02d with the rest of \"quality\" (n = 60); is its direction right, "
             "or reversed twice?",
             hundredths);
    assert_true(hundredths > 50 && hundredths < 100);
    const warning expected[] = {{"direction", "q1", message}, {"direction", "q2", message}, {NULL, NULL, NULL}};
    expect(draft_build(measured(1, 0)), data, expected);
    custval_table_free(data);
}

static void a_wrong_direction_of_an_indicator_is_reported(void **unused) {
    (void)unused;
    draw_answers();
    custval_table *const data = data_of(ROWS);
    static const warning expected[] = {{"direction", "advice", "indicator \"advice\": correlates -0.9"},
                                       {NULL, NULL, NULL}};
    expect(draft_build(measured(0, 1)), data, expected);
    custval_table_free(data);
}

static void a_perfectly_wrong_direction_correlates_by_one(void **unused) {
    (void)unused;
    draw_answers();
    memcpy(answers[1], answers[0], sizeof answers[0]);
    custval_table *const data = data_of(ROWS);
    static const warning expected[] = {
        {"direction", "q1", "correlates -1.00 with"}, {"direction", "q2", "correlates -1.00 with"}, {NULL, NULL, NULL}};
    expect(draft_build(measured(1, 0)), data, expected);
    custval_table_free(data);
}

static void fewer_than_30_answers_say_nothing_about_directions(void **unused) {
    (void)unused;
    draw_answers();
    custval_table *data = data_of(29);
    expect(draft_build(measured(1, 1)), data, nothing);
    custval_table_free(data);
    for (int row = 0; row < 31; row++) answers[1][row] = (double)NAN; /* 29 pairs of q1 and q2 are left */
    data = data_of(ROWS);
    expect(draft_build(measured(1, 0)), data, nothing);
    custval_table_free(data);
}

static void a_weak_correlation_of_few_answers_says_nothing(void **unused) {
    (void)unused;
    support_random random = random_seeded("check");
    draw_answers();
    /* Noise with a correlation between -0.1 and -2/sqrt(60): drawn until it comes up. */
    double r = 0;
    do {
        for (int row = 0; row < ROWS; row++) answers[3][row] = random_between(&random, 1, 5);
        double rest[ROWS];
        for (int row = 0; row < ROWS; row++) {
            rest[row] = ((answers[0][row] + answers[1][row]) / 2 + answers[2][row]) / 2;
        }
        r = correlation_of(answers[3], rest, ROWS);
    } while (r > -0.12 || r < -0.24);
    custval_table *const data = data_of(ROWS);
    expect(draft_build(measured(0, 0)), data, nothing);
    custval_table_free(data);
}

static void items_that_tell_nothing_are_reported(void **unused) {
    (void)unused;
    draw_answers();
    for (int row = 0; row < ROWS; row++) {
        answers[0][row] = 3;
        answers[3][row] = row % 2 ? 7 : (double)NAN; /* out of scale, or missing */
    }
    custval_table *const data = data_of(ROWS);
    static const warning expected[] = {{"constant", "q1", "item \"q1\": all 60 answers give the score 50"},
                                       {"out-of-scale", "q4",
                                        "item \"q4\": 30 answers lie outside 1..5, the first is 7; if that means no "
                                        "answer, name it in missing_codes"},
                                       {"no-answers", "q4", "item \"q4\": not one valid answer in 60 rows"},
                                       {NULL, NULL, NULL}};
    expect(draft_build(measured(0, 0)), data, expected);
    custval_table_free(data);
}

static void a_table_without_rows_gives_no_warning(void **unused) {
    (void)unused;
    custval_table *const data = data_of(0);
    expect(draft_build(measured(0, 0)), data, nothing);
    custval_table_free(data);
}

static void answers_are_read_by_the_items_rules_in_every_block(void **unused) {
    (void)unused;
    static const char *const levels[] = {"low", "middle", "high"};
    static const double scores[] = {0, 50, 100}, numbers[] = {1, 2, 3}, codes[] = {3};
    const custval_curve texts = {sizeof texts, CUSTVAL_CURVE_TABLE, 3, NULL, scores, levels, {0}};
    const custval_curve table = {sizeof texts, CUSTVAL_CURVE_TABLE, 3, numbers, scores, NULL, {0}};
    const custval_curve line = {sizeof texts, .type = CUSTVAL_CURVE_LINEAR, .parameters = {0, 1e308}};
    custval_builder *const builder = draft_new(NULL);
    draft_dimension(builder, CUSTVAL_SIDE_BENEFIT, "d", 1);
    draft_indicator(builder, "d", "i", 1);
    custval_item_spec spec = CUSTVAL_ITEM_SPEC_INIT;
    const custval_curve *const curves[] = {&texts, &table, &line};
    static const char *const columns[] = {"word", "number", "huge"};
    for (int i = 0; i < 3; i++) {
        spec.column = columns[i];
        spec.curve = curves[i];
        spec.reversed = i == 1;
        if (i == 2) spec.scale_max = 20;
        assert_ok(custval_builder_item(builder, "i", &spec, NULL), NULL);
    }
    spec = draft_item_spec("coded");
    spec.missing_codes = codes;
    spec.missing_code_count = 1;
    assert_ok(custval_builder_item(builder, "i", &spec, NULL), NULL);
    enum { MANY = 600 };
    static custval_text words[MANY];
    static double number[MANY], huge[MANY], coded[MANY];
    for (size_t row = 0; row < MANY; row++) {
        const size_t level = row % 3;
        words[row] = row % 7 == 0 ? (custval_text){NULL, 0} : (custval_text){levels[level], strlen(levels[level])};
        if (row % 11 == 0) words[row] = (custval_text){"other", 5};
        number[row] = row % 5 == 0 ? 2.5 : numbers[level];
        huge[row] = 19; /* overflows */
        coded[row] = 3; /* means missing */
    }
    custval_table *data = NULL;
    assert_ok(custval_table_new(NULL, MANY, &data, NULL), NULL);
    assert_ok(custval_table_add_texts(data, "word", words, NULL), NULL);
    assert_ok(custval_table_add_doubles(data, "number", number, NULL), NULL);
    assert_ok(custval_table_add_doubles(data, "huge", huge, NULL), NULL);
    assert_ok(custval_table_add_doubles(data, "coded", coded, NULL), NULL);
    /* 600 rows without those of 5, 7 and 11: 600 x 4/5 x 6/7 x 10/11, counted. */
    size_t pairs = 0;
    for (size_t row = 0; row < MANY; row++) pairs += row % 5 != 0 && row % 7 != 0 && row % 11 != 0;
    char message[80];
    snprintf(message, sizeof message, "correlates -1.00 with the rest of \"i\" (n = %zu)", pairs);
    const warning expected[] = {{"direction", "word", message},
                                {"direction", "number", message},
                                {"no-answers", "huge", "not one valid answer in 600 rows"},
                                {"no-answers", "coded", "not one valid answer in 600 rows"},
                                {NULL, NULL, NULL}};
    expect(draft_build(builder), data, expected);
    custval_table_free(data);
}

/* ---- Failures ---- */

static void columns_that_are_missing_or_of_the_wrong_type_are_named(void **unused) {
    (void)unused;
    custval_system *const system = draft_build(measured(0, 0));
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *data = NULL, *table = NULL;
    assert_ok(custval_table_new(NULL, 1, &data, NULL), NULL);
    assert_ok(custval_table_add_doubles(data, "q1", answers[0], NULL), NULL);
    assert_status(custval_system_check(system, data, &table, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "q2");
    assert_null(table);
    const custval_text text = {"five", 4};
    assert_ok(custval_table_add_texts(data, "q2", &text, NULL), NULL);
    assert_status(custval_system_check(system, data, &table, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_message(&error, "q2");
    assert_status(custval_system_check(NULL, data, &table, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_system_check(system, data, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    custval_table_free(data);
    custval_system_free(system);
}

static custval_status attempt_check(const custval_host *host, void *data) {
    custval_system *system = NULL;
    custval_table *table = NULL;
    custval_status status = full_build(host, &system, NULL);
    if (status == CUSTVAL_OK) status = custval_system_check(system, data, &table, NULL);
    if (status != CUSTVAL_OK) assert_null(table);
    custval_table_free(table);
    custval_system_free(system);
    return status;
}

static void a_check_that_runs_out_of_memory_leaks_nothing(void **unused) {
    (void)unused;
    custval_table *data = NULL;
    static const double numbers[ROWS];
    static custval_text words[ROWS];
    static const char *const columns[] = {"q1", "q2", "level", "status", "q9", "fee_column", "minutes"};
    assert_ok(custval_table_new(NULL, ROWS, &data, NULL), NULL);
    assert_ok(custval_table_add_texts(data, "tier", words, NULL), NULL);
    for (size_t i = 0; i < SUPPORT_COUNT(columns); i++) {
        assert_ok(custval_table_add_doubles(data, columns[i], numbers, NULL), NULL);
    }
    support_exhaust_memory(attempt_check, data);
    support_exhaust_memory(attempt_check, NULL);
    custval_table_free(data);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_system_has_no_warnings),
        cmocka_unit_test(a_column_of_two_items_is_reported),
        cmocka_unit_test(an_item_without_a_scale_is_reported_unless_it_has_a_table),
        cmocka_unit_test(weights_that_add_up_to_neither_1_nor_100_are_reported),
        cmocka_unit_test(a_weight_of_0_is_reported_if_no_profile_and_no_context_changes_it),
        cmocka_unit_test(weights_of_the_sides_matter_in_the_index_form_only),
        cmocka_unit_test(a_node_that_must_have_the_highest_weight_and_has_not_is_reported_once),
        cmocka_unit_test(derived_nodes_that_count_something_twice_are_reported),
        cmocka_unit_test(answers_that_agree_give_no_warning),
        cmocka_unit_test(a_wrong_direction_of_an_item_is_reported_with_its_correlation),
        cmocka_unit_test(a_wrong_direction_of_an_indicator_is_reported),
        cmocka_unit_test(a_perfectly_wrong_direction_correlates_by_one),
        cmocka_unit_test(fewer_than_30_answers_say_nothing_about_directions),
        cmocka_unit_test(a_weak_correlation_of_few_answers_says_nothing),
        cmocka_unit_test(items_that_tell_nothing_are_reported),
        cmocka_unit_test(a_table_without_rows_gives_no_warning),
        cmocka_unit_test(answers_are_read_by_the_items_rules_in_every_block),
        cmocka_unit_test(columns_that_are_missing_or_of_the_wrong_type_are_named),
        cmocka_unit_test(a_check_that_runs_out_of_memory_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
