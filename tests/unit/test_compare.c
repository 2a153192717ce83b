/* custval_compare and custval_compare_indicators, against published numbers and numbers worked out by hand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"

static custval_table *compare_of(const custval_system *system, const custval_table *offers,
                                 const custval_compare_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_compare(system, offers, options, &out, &error), &error);
    return out;
}

static custval_table *indicators_of(const custval_system *system, const custval_table *offers, size_t own) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_compare_indicators(system, offers, own, NULL, &out, &error), &error);
    return out;
}

static void assert_column(const custval_table *table, const char *name, const double *expected, double tolerance) {
    for (size_t i = 0; i < custval_table_rows(table); i++) {
        assert_double_near(cell(table, name, i), expected[i], tolerance);
    }
}

/* Four shops; the last one cannot be scored. Values 29 1/3, 29 1/3, 70, none. */
static const double shops[4][5] = {
    {80, 40, 60, 30, 50}, {80, 40, 60, 30, 50}, {100, 60, 70, 5, 40}, {80, 40, 60, NONE, NONE}};

/* ---- By value ---------------------------------------------------------------------------------------------------- */

static void offers_are_ranked_by_value(void **state) {
    (void)state;
    const double low = 66.0 - 110.0 / 3.0, high = 0.6 * 90.0 + 0.4 * 70.0 - 50.0 / 3.0;
    const double values[] = {low, low, high, NONE}, ranks[] = {2, 2, 1, NONE};
    const double margins[] = {low - high, low - high, high - low, NONE};
    const double relative[] = {low / high, low / high, high / low, NONE};
    const double odds = exp(0.1 * (high - low)), shares[] = {1 / (2 + odds), 1 / (2 + odds), odds / (2 + odds), NONE};
    custval_system *system = system_of(SHOP "}");
    custval_table *offers = table_of(SHOP_COLUMNS, shops[0], 4), *table = compare_of(system, offers, NULL);
    assert_int_equal(custval_table_rows(table), 4);
    assert_column(table, "value", values, 1e-12);
    assert_column(table, "rank", ranks, 0.0);
    assert_column(table, "margin", margins, 1e-12);
    assert_column(table, "relative_value", relative, 1e-12);
    assert_column(table, "choice_share", shares, 1e-14);
    assert_double_near(cell(table, "benefit", 2), 82.0, 1e-12);
    assert_double_near(cell(table, "sacrifice", 2), 50.0 / 3.0, 1e-12);
    assert_double_bits(cell(table, "status", 0), 0.0);
    assert_double_bits(cell(table, "status", 3), (double)CUSTVAL_ROW_MISSING);
    assert_false(has_column(table, "price_ratio"));
    custval_table_free(table);
    custval_table_free(offers);
    custval_system_free(system);
}

static void negative_values_have_no_ratio(void **state) {
    (void)state;
    static const double answers[2][5] = {{0, 0, 0, 50, 50}, {80, 40, 60, 30, 50}};
    custval_system *system = system_of(SHOP "}");
    custval_table *offers = table_of(SHOP_COLUMNS, answers[0], 2), *table = compare_of(system, offers, NULL);
    assert_double_bits(cell(table, "relative_value", 0), NONE);
    assert_double_bits(cell(table, "relative_value", 1), NONE);
    assert_double_near(cell(table, "margin", 1), 66.0 - 110.0 / 3.0 + 50.0, 1e-12);
    custval_table_free(table);
    custval_table_free(offers);
    custval_system_free(system);
}

static void one_offer_alone_leads_nobody(void **state) {
    (void)state;
    custval_system *system = system_of(SHOP "}");
    custval_table *offers = table_of(SHOP_COLUMNS, shops[0], 1), *table = compare_of(system, offers, NULL);
    assert_double_bits(cell(table, "rank", 0), 1.0);
    assert_double_bits(cell(table, "margin", 0), NONE);
    assert_double_bits(cell(table, "relative_value", 0), NONE);
    assert_double_bits(cell(table, "choice_share", 0), 1.0);
    assert_double_bits(cell(table, "copeland", 0), 0.0);
    assert_double_bits(cell(table, "quality_ratio", 0), NONE);
    custval_table_free(table);
    custval_table_free(offers);
    custval_system_free(system);
}

static void choice_shares_survive_any_scale(void **state) {
    (void)state;
    static const double answers[3][1] = {{0}, {50}, {100}};
    static const struct {
        double scale, shares[3];
    } cases[] = {
        {0.0, {1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0}},
        {1e6, {0.0, 0.0, 1.0}}, /* exp(1e8) would overflow */
        {0.02, {0.09003057317038046, 0.24472847105479767, 0.6652409557748219}},
    };
    custval_system *system =
        system_of("'dimensions': [{'id': 'd', 'side': 'benefit', 'indicators': [{'id': 'i', $P}]}]}");
    custval_table *offers = table_of("P", answers[0], 3);
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_compare_options options = CUSTVAL_COMPARE_OPTIONS_INIT;
        options.choice_scale = cases[i].scale;
        custval_table *table = compare_of(system, offers, &options);
        assert_column(table, "choice_share", cases[i].shares, 1e-15);
        custval_table_free(table);
    }
    custval_table_free(offers);
    custval_system_free(system);
}

/* ---- Copeland ---------------------------------------------------------------------------------------------------- */

/* Nine equally weighted indicators, so that the sides weigh 5 to 4 (COINr 1.1.14 gives 3 -1 5 -5 -1 -1). */
static void copeland_scores_are_the_published_ones(void **state) {
    (void)state;
    static const double answers[6][9] = {{8, 7, 9, 6, 7, 120, 15, 3, 2}, {6, 8, 7, 7, 5, 95, 25, 5, 4},
                                         {9, 9, 8, 8, 9, 210, 10, 2, 1}, {4, 5, 6, 3, 4, 60, 40, 6, 6},
                                         {7, 6, 5, 9, 6, 150, 20, 4, 3}, {5, 7, 8, 5, 8, 110, 30, 3, 5}};
    static const double scores[] = {3, -1, 5, -5, -1, -1};
    custval_system *system = system_of(
        "'form': 'index', 'benefit': {'weight': 5}, 'sacrifice': {'weight': 4}, 'dimensions': ["
        "{'id': 'B', 'side': 'benefit', 'indicators': [{'id': 'brand', $brand:0:10}, {'id': 'func', $func:0:10},"
        "{'id': 'relia', $relia:0:10}, {'id': 'svar', $svar:0:10}, {'id': 'srel', $srel:0:10}]},"
        "{'id': 'S', 'side': 'sacrifice', 'indicators': [{'id': 'money', $money:0:300}, {'id': 'time', $time:0:60},"
        "{'id': 'phys', $phys:0:10}, {'id': 'psych', $psych:0:10}]}]}");
    custval_table *offers = table_of("brand func relia svar srel money time phys psych", answers[0], 6);
    custval_table *table = compare_of(system, offers, NULL);
    assert_column(table, "copeland", scores, 0.0);
    custval_table_free(table);
    custval_table_free(offers);
    custval_system_free(system);
}

static void copeland_weighs_indicators_and_knows_ties(void **state) {
    (void)state;
    /* The third offer lacks q, so that p alone decides its duels. */
    static const double answers[3][3] = {{60, 40, 1}, {40, 60, 1}, {50, NONE, 1}};
    static const struct {
        const char *weight;
        double scores[3];
    } cases[] = {{"1", {1, -1, 0}}, {"0.5", {2, -2, 0}}, {"3", {0, 0, 0}}};
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        char document[1024];
        snprintf(document, sizeof document,
                 "'dimensions': [{'id': 'd', 'side': 'benefit', 'indicators': [{'id': 'p', $P},"
                 "{'id': 'q', 'weight': %s, $Q}]}]}",
                 cases[i].weight);
        custval_system *system = system_of(document);
        custval_table *offers = table_of("P Q R", answers[0], 3), *table = compare_of(system, offers, NULL);
        assert_column(table, "copeland", cases[i].scores, 0.0);
        custval_table_free(table);
        custval_table_free(offers);
        custval_system_free(system);
    }
}

/* ---- Quality and price ------------------------------------------------------------------------------------------- */

/* Perdue's chicken (Gale 1994, chapter 2): its rating and the average of the others, in tenths. */
static custval_system *chicken(void) {
    return system_of(
        "'dimensions': [{'id': 'quality', 'side': 'benefit', 'indicators': [{'id': 'a', 'weight': 10, $yellow:0:10},"
        "{'id': 'b', 'weight': 20, $meat:0:10}, {'id': 'c', 'weight': 20, $pins:0:10},"
        "{'id': 'd', 'weight': 15, $fresh:0:10}, {'id': 'e', 'weight': 10, $stock:0:10},"
        "{'id': 'f', 'weight': 25, $brand:0:10}]}]}");
}
static const double chickens[3][7] = {
    {8.1, 9.0, 9.2, 8.0, 8.0, 9.4, 1.05}, {7.2, 7.3, 6.5, 8.0, 8.0, 6.4, 0.9}, {7.2, 7.3, 6.5, 8.0, 8.0, 6.4, 1.1}};

static void the_quality_ratio_is_gales(void **state) {
    (void)state;
    custval_compare_options options = CUSTVAL_COMPARE_OPTIONS_INIT;
    options.price_column = "price";
    options.quality_weight = 60;
    options.price_weight = 40;
    custval_system *system = chicken();
    custval_table *offers = table_of("yellow meat pins fresh stock brand price", chickens[0], 3);
    custval_table *table = compare_of(system, offers, &options);
    const double quality = cell(table, "quality_ratio", 0);
    assert_double_near(quality, 1.25934, 5e-6); /* printed as 126.1 from rounded ratios */
    assert_double_near(cell(table, "price_ratio", 0), 1.05, 1e-12);
    assert_double_near(cell(table, "quality_per_price", 0), quality / 1.05, 1e-12);
    assert_double_near(cell(table, "value_index", 0), 0.6 * quality + 0.4 / 1.05, 1e-12);
    assert_double_near(cell(table, "price_ratio", 1), 0.9 / 1.075, 1e-12);
    custval_table_free(table);
    custval_table_free(offers);
    custval_system_free(system);
}

static void ratios_leave_out_what_nobody_can_compare(void **state) {
    (void)state;
    static const double answers[4][4] = {{80, 40, 30, 10}, {40, NONE, 30, 20}, {40, NONE, 60, NONE}, {0, 0, 30, 40}};
    custval_compare_options options = CUSTVAL_COMPARE_OPTIONS_INIT;
    options.price_column = "price";
    custval_system *system =
        system_of("'dimensions': [{'id': 'get', 'side': 'benefit', 'indicators': [{'id': 'p', 'weight': 3, $P},"
                  "{'id': 'q', $Q}]}, {'id': 'give', 'side': 'sacrifice', 'indicators': [{'id': 'r', $R}]}]}");
    custval_table *offers = table_of("P Q R price", answers[0], 3), *table = compare_of(system, offers, &options);
    /* Nobody else has q, so p alone tells the first offer's quality; the others do not have it themselves. */
    assert_double_near(cell(table, "quality_ratio", 0), 2.0, 1e-12);
    assert_double_near(cell(table, "quality_ratio", 1), 40.0 / 60.0, 1e-12);
    assert_double_near(cell(table, "price_ratio", 0), 0.5, 1e-12);
    assert_double_bits(cell(table, "price_ratio", 2), NONE);
    assert_double_bits(cell(table, "quality_per_price", 2), NONE);
    assert_double_bits(cell(table, "value_index", 2), NONE);
    custval_table_free(table);
    custval_table_free(offers);
    offers = table_of("P Q R price", answers[0], 4);
    table = compare_of(system, offers, &options);
    assert_double_bits(cell(table, "quality_ratio", 0), NONE); /* the others' mean of q is 0 */
    custval_table_free(table);
    custval_table_free(offers);
    custval_system_free(system);
}

static void a_system_of_one_side_has_columns_for_that_side(void **state) {
    (void)state;
    static const double answers[2][1] = {{10}, {30}};
    custval_system *system =
        system_of("'dimensions': [{'id': 'd', 'side': 'sacrifice', 'indicators': [{'id': 'i', $P}]}]}");
    custval_table *offers = table_of("P", answers[0], 2), *table = compare_of(system, offers, NULL);
    assert_false(has_column(table, "benefit"));
    assert_double_near(cell(table, "sacrifice", 0), 10.0, 1e-12);
    assert_double_bits(cell(table, "rank", 0), 1.0);
    assert_double_bits(cell(table, "copeland", 0), 1.0); /* a lower sacrifice is better */
    assert_double_bits(cell(table, "quality_ratio", 0), NONE);
    custval_table_free(table);
    custval_table_free(offers);
    custval_system_free(system);
}

/* ---- Indicators -------------------------------------------------------------------------------------------------- */

static void indicators_say_what_decides(void **state) {
    (void)state;
    static const double answers[3][5] = {{80, 40, 60, 30, 50}, {50, 40, 90, 60, 20}, {20, 40, 0, 60, NONE}};
    static const struct {
        const char *node, *side;
        double weight, own, rivals, lead, spread;
    } rows[] = {
        {"reliability", "benefit", 0.45, 80, 35, 13.5, 30},
        {"function", "benefit", 0.15, 40, 40, 0, 0},
        {"support", "benefit", 0.4, 60, 45, -12, 45.8257569495584},
        {"price", "sacrifice", 2.0 / 3.0, 30, 60, 20, 17.320508075688775},
        {"time", "sacrifice", 1.0 / 3.0, 50, 20, -10, 21.213203435596427},
    };
    custval_system *system = system_of(SHOP "}");
    custval_table *offers = table_of(SHOP_COLUMNS, answers[0], 3), *table = indicators_of(system, offers, 0);
    assert_int_equal(custval_table_rows(table), SUPPORT_COUNT(rows));
    for (size_t i = 0; i < SUPPORT_COUNT(rows); i++) {
        assert_text(table, "node", i, rows[i].node);
        assert_text(table, "label", i, rows[i].node);
        assert_text(table, "side", i, rows[i].side);
        assert_double_near(cell(table, "weight", i), rows[i].weight, 1e-15);
        assert_double_near(cell(table, "own", i), rows[i].own, 1e-12);
        assert_double_near(cell(table, "rivals", i), rows[i].rivals, 1e-12);
        assert_double_near(cell(table, "ratio", i), rows[i].own / rows[i].rivals, 1e-12);
        assert_double_near(cell(table, "lead", i), rows[i].lead, 1e-12);
        assert_double_near(cell(table, "spread", i), rows[i].spread, 1e-12);
        assert_double_near(cell(table, "determinance", i), rows[i].weight * rows[i].spread, 1e-12);
    }
    custval_table_free(table);
    custval_table_free(offers);
    custval_system_free(system);
}

static void leads_add_up_to_the_margin_over_the_best_rival(void **state) {
    (void)state;
    /* The best rival is the third offer, the first of two equals. */
    static const double answers[4][5] = {
        {80, 40, 60, 30, 50}, {50, 40, 20, 60, 20}, {90, NONE, 90, 0, 0}, {90, NONE, 90, 0, 0}};
    custval_system *system = system_of(SHOP "}");
    custval_table *offers = table_of(SHOP_COLUMNS, answers[0], 4), *table = indicators_of(system, offers, 0);
    double sum = 0.0;
    for (size_t i = 0; i < custval_table_rows(table); i++) sum += cell(table, "lead", i);
    assert_double_near(sum, 66.0 - 110.0 / 3.0 - 90.0, 1e-12);
    assert_double_near(cell(table, "lead", 1), 6.0, 1e-12); /* the rival has no function, so nothing from it */
    custval_table_free(table);
    custval_table_free(offers);
    custval_system_free(system);
}

static void what_neither_has_leads_nobody(void **state) {
    (void)state;
    static const double answers[2][5] = {{80, NONE, 60, 30, 50}, {50, NONE, 20, 60, 20}};
    custval_system *system = system_of(SHOP "}");
    custval_table *offers = table_of(SHOP_COLUMNS, answers[0], 2), *table = indicators_of(system, offers, 1);
    static const char *const columns[] = {"own", "rivals", "ratio", "lead", "spread", "determinance"};
    for (size_t i = 0; i < SUPPORT_COUNT(columns); i++) assert_double_bits(cell(table, columns[i], 1), NONE);
    custval_table_free(table);
    custval_table_free(offers);
    custval_system_free(system);
}

static void leads_of_ratios_are_logarithms_if_both_have_them(void **state) {
    (void)state;
    static const double answers[3][2] = {{50, 20}, {40, 40}, {0, 10}};
    custval_system *system =
        system_of("'form': 'ratio', 'dimensions': [{'id': 'get', 'side': 'benefit', 'indicators': ["
                  "{'id': 'i', $P}]}, {'id': 'give', 'side': 'sacrifice', 'indicators': [{'id': 'j', $Q}]}]}");
    custval_table *offers = table_of("P Q", answers[0], 2), *table = indicators_of(system, offers, 0);
    assert_double_near(cell(table, "lead", 0), log(50.0 / 40.0), 1e-12);
    assert_double_near(cell(table, "lead", 1), log(2.0), 1e-12);
    custval_table_free(table);
    custval_table_free(offers);
    offers = table_of("P Q", answers[0], 3);
    table = indicators_of(system, offers, 2); /* the value 0 has no logarithm: points, 0 against 2.5 */
    assert_double_near(cell(table, "lead", 0), -2.5, 1e-12);
    assert_double_bits(cell(table, "ratio", 0), 0.0);
    custval_table_free(table);
    custval_table_free(offers);
    custval_system_free(system);
}

/* ---- Failures ---------------------------------------------------------------------------------------------------- */

static void comparisons_that_make_no_sense_are_refused(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = system_of(SHOP "}");
    static const double priced[2][6] = {{80, 40, 60, 30, 50, 9}, {80, 40, 60, 30, 50, 0}};
    custval_table *offers = table_of(SHOP_COLUMNS " price", priced[0], 2), *empty = table_of(SHOP_COLUMNS, shops[0], 0);
    custval_table *out = (custval_table *)&error;
    static const char *const words[] = {"a", "b"};
    add_texts(offers, "words", words);
    const custval_compare_options usual = CUSTVAL_COMPARE_OPTIONS_INIT;
    struct {
        custval_compare_options options;
        custval_status status;
        const char *message;
    } cases[] = {
        {usual, CUSTVAL_ERROR_RANGE, "choice_scale is -1"},
        {usual, CUSTVAL_ERROR_RANGE, "quality_weight is -0.5"},
        {usual, CUSTVAL_ERROR_RANGE, "price_weight is nan"},
        {usual, CUSTVAL_ERROR_RANGE, "both 0"},
        {usual, CUSTVAL_ERROR_RANGE, "row 1: column \"price\" is 0"},
        {usual, CUSTVAL_ERROR_NOT_FOUND, "prise"},
        {usual, CUSTVAL_ERROR_TYPE, "words"},
        {usual, CUSTVAL_ERROR_STRUCT_SIZE, "custval_compare_options"},
    };
    cases[0].options.choice_scale = -1.0;
    cases[1].options.quality_weight = -0.5;
    cases[2].options.price_weight = NONE;
    cases[3].options.quality_weight = cases[3].options.price_weight = 0.0;
    cases[4].options.price_column = "price";
    cases[5].options.price_column = "prise";
    cases[6].options.price_column = "words";
    cases[7].options.struct_size = 3;
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_status(custval_compare(system, offers, &cases[i].options, &out, &error), cases[i].status, &error);
        assert_message(&error, cases[i].message);
        assert_null(out);
    }
    assert_status(custval_compare(system, empty, NULL, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "no rows");
    assert_status(custval_compare(NULL, offers, NULL, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_compare(system, NULL, NULL, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "offers");
    assert_status(custval_compare(system, offers, NULL, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    custval_table_free(empty);
    custval_table_free(offers);
    custval_system_free(system);
}

static void indicators_of_offers_without_rivals_are_refused(void **state) {
    (void)state;
    static const double answers[2][5] = {{80, 40, 60, 30, 50}, {80, 40, 60, NONE, NONE}};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = system_of(SHOP "}");
    custval_table *offers = table_of(SHOP_COLUMNS, answers[0], 2), *one = table_of(SHOP_COLUMNS, answers[0], 1);
    custval_table *out = (custval_table *)&error;
    const struct {
        const custval_table *offers;
        size_t own;
        custval_status status;
        const char *message;
    } cases[] = {
        {offers, 1, CUSTVAL_ERROR_STATE, "row 1 has no value: "},
        {offers, 0, CUSTVAL_ERROR_STATE, "none of the 1 rivals of row 0 has a value"},
        {offers, 2, CUSTVAL_ERROR_ARGUMENT, "own is 2"},
        {one, 0, CUSTVAL_ERROR_ARGUMENT, "an offer needs a rival"},
        {NULL, 0, CUSTVAL_ERROR_ARGUMENT, "offers"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_status(custval_compare_indicators(system, cases[i].offers, cases[i].own, NULL, &out, &error),
                      cases[i].status, &error);
        assert_message(&error, cases[i].message);
        assert_null(out);
    }
    assert_status(custval_compare_indicators(system, offers, 0, NULL, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    custval_table_free(one);
    custval_table_free(offers);
    custval_system_free(system);
}

static int stop_at_once(void *data, uint64_t done, uint64_t total) {
    (void)data;
    assert_int_equal(done, 0);
    assert_int_equal(total, 4);
    return 1;
}

static void the_host_can_stop_a_comparison(void **state) {
    (void)state;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_compare_options options = CUSTVAL_COMPARE_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    host.progress = stop_at_once;
    score.host = &host;
    options.score = &score;
    custval_system *system = system_of(SHOP "}");
    custval_table *offers = table_of(SHOP_COLUMNS, shops[0], 4), *out = (custval_table *)&error;
    assert_status(custval_compare(system, offers, &options, &out, &error), CUSTVAL_ERROR_CANCELLED, &error);
    assert_null(out);
    custval_table_free(offers);
    custval_system_free(system);
}

typedef struct attempt {
    const custval_system *system;
    const custval_table *offers;
} attempt;

static custval_status compare_on(const custval_host *host, void *data) {
    const attempt *with = data;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_compare_options options = CUSTVAL_COMPARE_OPTIONS_INIT;
    custval_table *out = (custval_table *)&options;
    score.host = host;
    options.score = &score;
    options.price_column = "price";
    const custval_status status = custval_compare(with->system, with->offers, &options, &out, NULL);
    assert_int_equal(out != NULL, status == CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static custval_status indicators_on(const custval_host *host, void *data) {
    const attempt *with = data;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_compare_options options = CUSTVAL_COMPARE_OPTIONS_INIT;
    custval_table *out = (custval_table *)&options;
    score.host = host;
    options.score = &score;
    const custval_status status = custval_compare_indicators(with->system, with->offers, 1, &options, &out, NULL);
    assert_int_equal(out != NULL, status == CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static void comparing_without_memory_leaves_nothing_behind(void **state) {
    (void)state;
    custval_system *system = chicken();
    custval_table *offers = table_of("yellow meat pins fresh stock brand price", chickens[0], 3);
    attempt with = {system, offers};
    support_exhaust_memory(compare_on, &with);
    support_exhaust_memory(indicators_on, &with);
    custval_table_free(offers);
    custval_system_free(system);
}

static void comparing_in_the_largest_system_without_memory_leaves_nothing_behind(void **state) {
    (void)state;
    static const double answers[] = {20, 70};
    custval_system *system = large_system();
    custval_table *offers = large_table(answers);
    attempt with = {system, offers};
    support_exhaust_memory(indicators_on, &with);
    custval_table_free(offers);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offers_are_ranked_by_value),
        cmocka_unit_test(negative_values_have_no_ratio),
        cmocka_unit_test(one_offer_alone_leads_nobody),
        cmocka_unit_test(choice_shares_survive_any_scale),
        cmocka_unit_test(copeland_scores_are_the_published_ones),
        cmocka_unit_test(copeland_weighs_indicators_and_knows_ties),
        cmocka_unit_test(the_quality_ratio_is_gales),
        cmocka_unit_test(ratios_leave_out_what_nobody_can_compare),
        cmocka_unit_test(a_system_of_one_side_has_columns_for_that_side),
        cmocka_unit_test(indicators_say_what_decides),
        cmocka_unit_test(leads_add_up_to_the_margin_over_the_best_rival),
        cmocka_unit_test(what_neither_has_leads_nobody),
        cmocka_unit_test(leads_of_ratios_are_logarithms_if_both_have_them),
        cmocka_unit_test(comparisons_that_make_no_sense_are_refused),
        cmocka_unit_test(indicators_of_offers_without_rivals_are_refused),
        cmocka_unit_test(the_host_can_stop_a_comparison),
        cmocka_unit_test(comparing_without_memory_leaves_nothing_behind),
        cmocka_unit_test(comparing_in_the_largest_system_without_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
