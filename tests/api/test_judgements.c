/* The interface: weights from judgements in pairs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

#include "json_table.h"

static const char *const names[] = {"quality", "service", "price"};
static const char *const people[] = {"Ann", "Bob"};
static const double matrices[] = {1, 3, 5, 1.0 / 3, 1, 2, 1.0 / 5, 1.0 / 2, 1,
                                  1, 2, 4, 1.0 / 2, 1, 2, 1.0 / 4, 1.0 / 2, 1};
static const double from_best[] = {1, 2, 8}, to_worst[] = {8, 4, 1};

static custval_judgements judgements_of(size_t members) {
    custval_judgements judgements = CUSTVAL_JUDGEMENTS_INIT;
    judgements.names = names;
    judgements.count = 3;
    judgements.matrices = matrices;
    judgements.members = members;
    return judgements;
}

static custval_bwm_judgements bwm_judgements(void) {
    custval_bwm_judgements judgements = CUSTVAL_BWM_JUDGEMENTS_INIT;
    judgements.names = names;
    judgements.count = 3;
    judgements.best_to_others = from_best;
    judgements.others_to_worst = to_worst;
    return judgements;
}

/* The three calls that take the same judgements and options, as one. */
typedef custval_status (*any_call)(const custval_host *host, const custval_judgements *judgements,
                                   const custval_ahp_options *options, custval_error *error);

static custval_status weigh(const custval_host *host, const custval_judgements *judgements,
                            const custval_ahp_options *options, custval_error *error) {
    char rubbish = 0;
    custval_weights *weights = (custval_weights *)(void *)&rubbish;
    const custval_status status = custval_weights_ahp(host, judgements, options, &weights, error);
    assert_int_equal(weights == NULL, status != CUSTVAL_OK);
    custval_weights_free(weights);
    return status;
}

static custval_status list_members(const custval_host *host, const custval_judgements *judgements,
                                   const custval_ahp_options *options, custval_error *error) {
    char rubbish = 0;
    custval_table *table = (custval_table *)(void *)&rubbish;
    const custval_status status = custval_ahp_members(host, judgements, options, &table, error);
    assert_int_equal(table == NULL, status != CUSTVAL_OK);
    custval_table_free(table);
    return status;
}

static custval_status list_triads(const custval_host *host, const custval_judgements *judgements,
                                  const custval_ahp_options *options, custval_error *error) {
    char rubbish = 0;
    custval_table *table = (custval_table *)(void *)&rubbish;
    const custval_status status = custval_ahp_triads(host, judgements, options, &table, error);
    assert_int_equal(table == NULL, status != CUSTVAL_OK);
    custval_table_free(table);
    return status;
}

static const any_call calls[] = {weigh, list_members, list_triads};

/* ---- AHP ------------------------------------------------------------------------------------------------------------- */

static void the_example_of_the_header_is_consistent_enough(void **state) {
    (void)state;
    const custval_judgements judgements = judgements_of(1);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    double cr = 0.0;
    assert_ok(custval_weights_ahp(NULL, &judgements, NULL, &weights, &error), &error);
    assert_ok(custval_weights_diagnostic(weights, "cr", &cr, &error), &error);
    assert_true(cr > 0.0 && cr < 0.1);
    assert_string_equal(custval_weights_name(weights, 0), "quality");
    assert_double_near(custval_weights_share(weights, 0), 0.648, 0.001);
    custval_weights_free(weights);
}

static void nothing_is_not_judged(void **state) {
    (void)state;
    const custval_judgements judgements = judgements_of(1);
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_refused(custval_weights_ahp(NULL, &judgements, NULL, NULL, &error));
    assert_refused(custval_ahp_members(NULL, &judgements, NULL, NULL, &error));
    assert_refused(custval_ahp_triads(NULL, &judgements, NULL, NULL, &error));
    for (size_t k = 0; k < SUPPORT_COUNT(calls); k++) {
        assert_refused(calls[k](NULL, NULL, NULL, &error));
        assert_message(&error, "judgements");
        assert_ok(calls[k](NULL, &judgements, NULL, NULL), NULL);
        assert_status(calls[k](NULL, NULL, NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    }
}

static void assert_all_refuse(const custval_judgements *judgements, const custval_ahp_options *options,
                              custval_status status, const char *part) {
    for (size_t k = 0; k < SUPPORT_COUNT(calls); k++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        assert_status(calls[k](NULL, judgements, options, &error), status, &error);
        assert_message(&error, part);
    }
}

static void what_judgements_lack_is_named(void **state) {
    (void)state;
    static const char *const no_name[] = {"quality", NULL, "price"}, *const empty[] = {"quality", "", "price"};
    static const char *const twice[] = {"quality", "price", "price"}, *const broken[] = {"quality", "\xff", "price"};
    custval_judgements bad = judgements_of(1);
    bad.names = NULL;
    assert_all_refuse(&bad, NULL, CUSTVAL_ERROR_ARGUMENT, "names");
    bad.names = no_name;
    assert_all_refuse(&bad, NULL, CUSTVAL_ERROR_ARGUMENT, "the name of criterion 2 is NULL");
    bad.names = empty;
    assert_all_refuse(&bad, NULL, CUSTVAL_ERROR_ARGUMENT, "the name of criterion 2 is empty");
    bad.names = broken;
    assert_all_refuse(&bad, NULL, CUSTVAL_ERROR_ARGUMENT, "the name of criterion 2 is not UTF-8");
    bad.names = twice;
    assert_all_refuse(&bad, NULL, CUSTVAL_ERROR_DUPLICATE, "criterion \"price\" is there twice");
    bad = judgements_of(1);
    bad.matrices = NULL;
    assert_all_refuse(&bad, NULL, CUSTVAL_ERROR_ARGUMENT, "matrices");
    bad = judgements_of(1);
    bad.count = 0;
    assert_all_refuse(&bad, NULL, CUSTVAL_ERROR_ARGUMENT, "there are no criteria");
    bad.count = CUSTVAL_MAX_JUDGED + 1;
    assert_all_refuse(&bad, NULL, CUSTVAL_ERROR_LIMIT, "101 criteria are more than 100");
    bad = judgements_of(0);
    assert_all_refuse(&bad, NULL, CUSTVAL_ERROR_ARGUMENT, "there are no members");
    bad.members = SIZE_MAX;
    assert_all_refuse(&bad, NULL, CUSTVAL_ERROR_LIMIT, "members are too many");
    bad = judgements_of(1);
    bad.lower = matrices;
    assert_all_refuse(&bad, NULL, CUSTVAL_ERROR_ARGUMENT, "upper");
    bad = judgements_of(1);
    bad.upper = matrices;
    assert_all_refuse(&bad, NULL, CUSTVAL_ERROR_ARGUMENT, "lower");
}

static void members_have_names_and_weights(void **state) {
    (void)state;
    static const char *const no_name[] = {"Ann", NULL}, *const empty[] = {"", "Bob"}, *const broken[] = {"Ann", "\xc3"};
    static const double negative[] = {1, -1}, none[] = {0, 0}, no_number[] = {1, (double)NAN}, one[] = {0, 1};
    static const double infinite[] = {HUGE_VAL, 1}, huge[] = {1e308, 1e308};
    custval_judgements judgements = judgements_of(2);
    judgements.member_names = no_name;
    assert_all_refuse(&judgements, NULL, CUSTVAL_ERROR_ARGUMENT, "the name of member 2 is NULL");
    judgements.member_names = empty;
    assert_all_refuse(&judgements, NULL, CUSTVAL_ERROR_ARGUMENT, "the name of member 1 is empty");
    judgements.member_names = broken;
    assert_all_refuse(&judgements, NULL, CUSTVAL_ERROR_ARGUMENT, "the name of member 2 is not UTF-8");
    judgements.member_names = people;
    judgements.member_weights = negative;
    assert_all_refuse(&judgements, NULL, CUSTVAL_ERROR_WEIGHT, "member \"Bob\": weight -1 is negative");
    judgements.member_weights = no_number;
    assert_all_refuse(&judgements, NULL, CUSTVAL_ERROR_WEIGHT, "member \"Bob\": weight nan is not finite");
    judgements.member_weights = infinite;
    assert_all_refuse(&judgements, NULL, CUSTVAL_ERROR_WEIGHT, "member \"Ann\": weight inf is not finite");
    judgements.member_weights = none;
    assert_all_refuse(&judgements, NULL, CUSTVAL_ERROR_WEIGHT, "the weights of all 2 members are 0");
    /* Who has all the weight alone is heard alone: Bob's judgements are consistent, 4 : 2 : 1. */
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    judgements.member_weights = one;
    assert_ok(custval_weights_ahp(NULL, &judgements, NULL, &weights, &error), &error);
    assert_double_near(custval_weights_share(weights, 0), 4.0 / 7.0, 1e-15);
    custval_weights_free(weights);
    /* Only the proportions count, whatever their size. */
    custval_weights *equal = NULL;
    judgements.member_weights = NULL;
    assert_ok(custval_weights_ahp(NULL, &judgements, NULL, &equal, &error), &error);
    judgements.member_weights = huge;
    assert_ok(custval_weights_ahp(NULL, &judgements, NULL, &weights, &error), &error);
    for (size_t i = 0; i < 3; i++) {
        assert_double_bits(custval_weights_share(weights, i), custval_weights_share(equal, i));
    }
    custval_weights_free(weights);
    custval_weights_free(equal);
    custval_table *table = NULL;
    assert_ok(custval_ahp_members(NULL, &judgements, NULL, &table, &error), &error);
    const custval_text name = table_cell_text(table, "member", 1);
    assert_int_equal(name.length, 3);
    assert_memory_equal(name.data, "Bob", 3);
    custval_table_free(table);
}

static void unknown_options_are_refused(void **state) {
    (void)state;
    const custval_judgements judgements = judgements_of(1);
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    options.method = CUSTVAL_AHP_ARITHMETIC + 1;
    assert_all_refuse(&judgements, &options, CUSTVAL_ERROR_ARGUMENT, "method is 4, which means nothing");
    options = (custval_ahp_options)CUSTVAL_AHP_OPTIONS_INIT;
    options.random_index = CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT + 1;
    assert_all_refuse(&judgements, &options, CUSTVAL_ERROR_ARGUMENT, "random_index is 9, which means nothing");
    options = (custval_ahp_options)CUSTVAL_AHP_OPTIONS_INIT;
    options.grouping = UINT32_MAX;
    assert_all_refuse(&judgements, &options, CUSTVAL_ERROR_ARGUMENT, "grouping is 4294967295, which means nothing");
    options = (custval_ahp_options)CUSTVAL_AHP_OPTIONS_INIT;
    options.reserved = 1;
    assert_all_refuse(&judgements, &options, CUSTVAL_ERROR_ARGUMENT, "reserved is 1");
    static const double limits[] = {-0.1, (double)NAN, HUGE_VAL};
    for (size_t k = 0; k < SUPPORT_COUNT(limits); k++) {
        options = (custval_ahp_options)CUSTVAL_AHP_OPTIONS_INIT;
        options.cr_limit = limits[k];
        assert_all_refuse(&judgements, &options, CUSTVAL_ERROR_RANGE, "must be finite and at least 0");
    }
}

static custval_status read_judgements(const void *given, custval_error *error) {
    return weigh(NULL, given, NULL, error);
}

static custval_status read_options(const void *given, custval_error *error) {
    const custval_judgements judgements = judgements_of(2);
    return weigh(NULL, &judgements, given, error);
}

static custval_status read_host(const void *given, custval_error *error) {
    const custval_judgements judgements = judgements_of(1);
    custval_status status = CUSTVAL_OK;
    for (size_t k = 0; k < SUPPORT_COUNT(calls) && status == CUSTVAL_OK; k++) {
        status = calls[k](given, &judgements, NULL, error);
    }
    return status;
}

static void structs_of_other_versions_are_read_or_refused(void **state) {
    (void)state;
    const custval_judgements judgements = judgements_of(2);
    const custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    const custval_host host = CUSTVAL_HOST_INIT;
    assert_reads_struct(read_judgements, &judgements, sizeof judgements);
    assert_reads_struct(read_options, &options, sizeof options);
    assert_reads_struct(read_host, &host, sizeof host);
}

/* NULL, the initialiser, and the members of 0 in it all mean what the header calls the default. */
static void without_options_the_defaults_hold(void **state) {
    (void)state;
    const custval_judgements judgements = judgements_of(2);
    custval_ahp_options options[2] = {CUSTVAL_AHP_OPTIONS_INIT, CUSTVAL_AHP_OPTIONS_INIT};
    options[1].method = CUSTVAL_AHP_EIGENVECTOR;
    options[1].random_index = CUSTVAL_RANDOM_INDEX_SAATY_1980;
    options[1].grouping = CUSTVAL_GROUPING_JUDGEMENTS;
    options[1].cr_limit = 0.1;
    custval_weights *expected = NULL;
    assert_ok(custval_weights_ahp(NULL, &judgements, NULL, &expected, NULL), NULL);
    for (size_t k = 0; k < SUPPORT_COUNT(options); k++) {
        custval_weights *weights = NULL;
        double ri = 0.0;
        assert_ok(custval_weights_ahp(NULL, &judgements, &options[k], &weights, NULL), NULL);
        for (size_t i = 0; i < 3; i++) {
            assert_double_bits(custval_weights_share(weights, i), custval_weights_share(expected, i));
        }
        assert_ok(custval_weights_diagnostic(weights, "ri", &ri, NULL), NULL);
        assert_double_bits(ri, custval_random_index_value(0, 3));
        custval_weights_free(weights);
    }
    custval_weights_free(expected);
}

static int stop(void *data, uint64_t done, uint64_t total) {
    (void)done;
    (void)total;
    ++*(int *)data;
    return 1;
}

static void a_host_can_stop_a_large_group(void **state) {
    (void)state;
    enum { MEMBERS = 1000 };
    double *many = malloc(MEMBERS * sizeof matrices / 2);
    assert_non_null(many);
    for (size_t m = 0; m < MEMBERS; m++) memcpy(many + m * 9, matrices, sizeof matrices / 2);
    custval_judgements judgements = judgements_of(MEMBERS);
    custval_host host = CUSTVAL_HOST_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    int asked = 0;
    judgements.matrices = many;
    host.progress = stop;
    host.progress_data = &asked;
    for (size_t k = 0; k < SUPPORT_COUNT(calls); k++) {
        asked = 0;
        assert_status(calls[k](&host, &judgements, NULL, &error), CUSTVAL_ERROR_CANCELLED, &error);
        assert_int_equal(asked, 1);
    }
    free(many);
}

/* ---- Best and worst -------------------------------------------------------------------------------------------------- */

static custval_status weigh_bwm(const custval_bwm_judgements *judgements, custval_error *error) {
    char rubbish = 0;
    custval_weights *weights = (custval_weights *)(void *)&rubbish;
    const custval_status status = custval_weights_bwm(NULL, judgements, &weights, error);
    assert_int_equal(weights == NULL, status != CUSTVAL_OK);
    custval_weights_free(weights);
    return status;
}

static custval_status read_bwm(const void *given, custval_error *error) {
    return weigh_bwm(given, error);
}

static void what_best_and_worst_lack_is_named(void **state) {
    (void)state;
    const custval_bwm_judgements good = bwm_judgements();
    custval_bwm_judgements bad = good;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_refused(custval_weights_bwm(NULL, &good, NULL, &error));
    assert_refused(weigh_bwm(NULL, &error));
    assert_status(weigh_bwm(NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    bad.names = NULL;
    assert_refused(weigh_bwm(&bad, &error));
    bad = good;
    bad.best_to_others = NULL;
    assert_refused(weigh_bwm(&bad, &error));
    assert_message(&error, "best_to_others");
    bad = good;
    bad.others_to_worst = NULL;
    assert_refused(weigh_bwm(&bad, &error));
    assert_message(&error, "others_to_worst");
    bad = good;
    bad.count = 1;
    assert_refused(weigh_bwm(&bad, &error));
    bad.count = CUSTVAL_MAX_JUDGED + 1;
    assert_status(weigh_bwm(&bad, &error), CUSTVAL_ERROR_LIMIT, &error);
    bad = good;
    bad.model = CUSTVAL_BWM_NONLINEAR + 1;
    assert_refused(weigh_bwm(&bad, &error));
    assert_message(&error, "model is 3, which means nothing");
    bad = good;
    bad.reserved = 7;
    assert_refused(weigh_bwm(&bad, &error));
    bad = good;
    static const char *const twice[] = {"quality", "price", "price"};
    bad.names = twice;
    assert_status(weigh_bwm(&bad, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    assert_reads_struct(read_bwm, &good, sizeof good);
}

static void both_models_have_their_columns(void **state) {
    (void)state;
    for (uint32_t model = 0; model <= CUSTVAL_BWM_NONLINEAR; model++) {
        custval_bwm_judgements judgements = bwm_judgements();
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_weights *weights = NULL;
        judgements.model = model;
        assert_ok(custval_weights_bwm(NULL, &judgements, &weights, &error), &error);
        const custval_table *table = custval_weights_table(weights);
        assert_int_equal(custval_table_columns(table), model == CUSTVAL_BWM_NONLINEAR ? 6 : 4);
        assert_string_equal(custval_table_name(table, 2), "best_to_others");
        assert_string_equal(custval_table_name(table, 3), "others_to_worst");
        assert_int_equal(custval_table_rows(custval_weights_diagnostics(weights)), 3);
        assert_double_near(custval_weights_share(weights, 0), 8.0 / 13.0, 1e-14);
        custval_weights_free(weights);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_header_is_consistent_enough),
        cmocka_unit_test(nothing_is_not_judged),
        cmocka_unit_test(what_judgements_lack_is_named),
        cmocka_unit_test(members_have_names_and_weights),
        cmocka_unit_test(unknown_options_are_refused),
        cmocka_unit_test(structs_of_other_versions_are_read_or_refused),
        cmocka_unit_test(without_options_the_defaults_hold),
        cmocka_unit_test(a_host_can_stop_a_large_group),
        cmocka_unit_test(what_best_and_worst_lack_is_named),
        cmocka_unit_test(both_models_have_their_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
