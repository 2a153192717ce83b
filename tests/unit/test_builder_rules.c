/* The builder: profiles, contexts, labels, parts, gates and overrides that it refuses. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "refusal.h"

/* ---- Profiles, contexts, derived nodes, rules ---- */

static void bad_frames_are_refused(void **unused) {
    (void)unused;
    custval_builder *const builder = with_everything();
    char *const before = seen(builder);
    REFUSE(builder, before, custval_builder_profile(builder, NULL, NULL, &error), CUSTVAL_ERROR_ARGUMENT,
           "the profile has no id");
    REFUSE(builder, before, custval_builder_context(builder, A128 "x", NULL, &error), CUSTVAL_ERROR_LIMIT, "129 bytes");
    REFUSE(builder, before, custval_builder_profile(builder, "p", NULL, &error), CUSTVAL_ERROR_DUPLICATE,
           "there is already a profile \"p\"");
    REFUSE(builder, before, custval_builder_context(builder, "x", "\xff", &error), CUSTVAL_ERROR_ARGUMENT,
           "context \"x\": note is not UTF-8");
    REFUSE(builder, before, custval_builder_profile_weight(builder, "q", "q1", 1, &error), CUSTVAL_ERROR_NOT_FOUND,
           "there is no profile \"q\" yet");
    REFUSE(builder, before, custval_builder_context_weight(builder, NULL, "q1", 1, &error), CUSTVAL_ERROR_ARGUMENT,
           "context is NULL");
    REFUSE(builder, before, custval_builder_profile_weight(builder, "p", "q7", 1, &error), CUSTVAL_ERROR_NOT_FOUND,
           "there is no node \"q7\" yet; did you mean \"q1\"");
    REFUSE(builder, before, custval_builder_profile_weight(builder, "p", "value", 1, &error), CUSTVAL_ERROR_STRUCTURE,
           "value \"value\" has no weight that a profile");
    REFUSE(builder, before, custval_builder_context_weight(builder, "c", "image", 1, &error), CUSTVAL_ERROR_STRUCTURE,
           "derived \"image\" has no weight that a profile");
    REFUSE(builder, before, custval_builder_profile_weight(builder, "p", "q2", -1, &error), CUSTVAL_ERROR_WEIGHT,
           "item \"q2\": weight -1 is negative");
    REFUSE(builder, before, custval_builder_profile_weight(builder, "p", "q1", 3, &error), CUSTVAL_ERROR_DUPLICATE,
           "profile \"p\": the weight of \"q1\" is declared already");
    REFUSE(builder, before, custval_builder_context_weight(builder, "c", "q1", 3, &error), CUSTVAL_ERROR_DUPLICATE,
           "context \"c\": the weight of \"q1\" is declared already");
    REFUSE(builder, before, custval_builder_context_expectation(builder, "c", "q1", 3, &error), CUSTVAL_ERROR_DUPLICATE,
           "the expectation of \"q1\" is declared already");
    REFUSE(builder, before, custval_builder_context_expectation(builder, "c", "q2", 0.5, &error), CUSTVAL_ERROR_RANGE,
           "item \"q2\": expectation 0.5 lies outside 1..5");
    REFUSE(builder, before, custval_builder_context_expectation(builder, "c", "q2", HUGE_VAL, &error),
           CUSTVAL_ERROR_NOT_FINITE, "expectation is inf");
    REFUSE(builder, before, custval_builder_context_expectation(builder, "c", "product", 3, &error),
           CUSTVAL_ERROR_STRUCTURE, "dimension \"product\" cannot have an expectation");
    REFUSE(builder, before, custval_builder_context_expectation(builder, "d", "q1", 3, &error), CUSTVAL_ERROR_NOT_FOUND,
           "there is no context \"d\" yet");
    free(before);
    custval_builder_free(builder);
}

static void bad_labels_are_refused(void **unused) {
    (void)unused;
    const struct {
        const char *language, *text;
        custval_status status;
        const char *message;
    } cases[] = {
        {NULL, "x", CUSTVAL_ERROR_ARGUMENT, "language is NULL"},
        {"en", NULL, CUSTVAL_ERROR_ARGUMENT, "text is NULL"},
        {"", "x", CUSTVAL_ERROR_ARGUMENT, "\"\" is no language tag"},
        {"e n", "x", CUSTVAL_ERROR_ARGUMENT, "\"e n\" is no language tag such as en, zh or pt-BR"},
        {"abcdefghijklmnopqrstuvwxyzabcdefghij", "x", CUSTVAL_ERROR_ARGUMENT, "is no language tag"},
        {"en", "", CUSTVAL_ERROR_ARGUMENT, "label is missing"},
        {"en", "\xff", CUSTVAL_ERROR_ARGUMENT, "label is not UTF-8"},
        {"en", "a\nb", CUSTVAL_ERROR_ARGUMENT, "the label has a control character"},
        {"en", long_text(), CUSTVAL_ERROR_LIMIT, "label has 4097 bytes"},
    };
    custval_builder *const builder = with_everything();
    char *const before = seen(builder);
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        REFUSE(builder, before, custval_builder_label(builder, "q1", cases[i].language, cases[i].text, &error),
               cases[i].status, cases[i].message);
        REFUSE(builder, before, custval_builder_profile_label(builder, "p", cases[i].language, cases[i].text, &error),
               cases[i].status, cases[i].message);
        REFUSE(builder, before, custval_builder_context_label(builder, "c", cases[i].language, cases[i].text, &error),
               cases[i].status, cases[i].message);
    }
    REFUSE(builder, before, custval_builder_label(builder, "q8", "en", "x", &error), CUSTVAL_ERROR_NOT_FOUND,
           "there is no node \"q8\" yet");
    REFUSE(builder, before, custval_builder_profile_label(builder, "x", "en", "x", &error), CUSTVAL_ERROR_NOT_FOUND,
           "there is no profile \"x\" yet");
    free(before);
    custval_builder_free(builder);
}

static void bad_parts_and_demands_are_refused(void **unused) {
    (void)unused;
    static const struct {
        const char *derived, *node;
        double weight;
        custval_status status;
        const char *message;
    } cases[] = {
        {"imag", "product", 1, CUSTVAL_ERROR_NOT_FOUND, "did you mean \"image\"?"},
        {NULL, "product", 1, CUSTVAL_ERROR_ARGUMENT, "derived is NULL"},
        {"image", NULL, 1, CUSTVAL_ERROR_ARGUMENT, "node is NULL"},
        {"product", "q1", 1, CUSTVAL_ERROR_STRUCTURE,
         "dimension \"product\" cannot have parts, only a derived node can"},
        {"image", "q1", 1, CUSTVAL_ERROR_STRUCTURE, "item \"q1\" cannot be a part"},
        {"image", "value", 1, CUSTVAL_ERROR_STRUCTURE, "value \"value\" cannot be a part"},
        {"image", "image", 1, CUSTVAL_ERROR_STRUCTURE, "derived \"image\" cannot be a part"},
        {"image", "product", 2, CUSTVAL_ERROR_DUPLICATE, "derived \"image\": \"product\" is a part of it already"},
        {"image", "fee", -1, CUSTVAL_ERROR_WEIGHT, "indicator \"fee\": weight -1 is negative"},
    };
    custval_builder *const builder = with_everything();
    char *const before = seen(builder);
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        REFUSE(builder, before,
               custval_builder_derived_part(builder, cases[i].derived, cases[i].node, cases[i].weight, &error),
               cases[i].status, cases[i].message);
    }
    REFUSE(builder, before, custval_builder_highest(builder, "benefit", &error), CUSTVAL_ERROR_STRUCTURE,
           "side \"benefit\" cannot be asked to have the highest weight");
    REFUSE(builder, before, custval_builder_highest(builder, "nobody", &error), CUSTVAL_ERROR_NOT_FOUND,
           "there is no node \"nobody\" yet");
    REFUSE(builder, before, custval_builder_highest(builder, "product", &error), CUSTVAL_ERROR_DUPLICATE,
           "dimension \"product\": the highest weight is asked for already");
    free(before);
    custval_builder_free(builder);
}

static void bad_rules_are_refused(void **unused) {
    (void)unused;
    const struct {
        custval_gate_spec spec;
        custval_status status;
        const char *message;
    } gates[] = {
        {{.node = NULL}, CUSTVAL_ERROR_ARGUMENT, "spec.node is NULL"},
        {{.node = "prod"}, CUSTVAL_ERROR_NOT_FOUND, "did you mean \"product\"?"},
        {{.node = "value"}, CUSTVAL_ERROR_STRUCTURE, "value \"value\" cannot have a gate"},
        {{.node = "q1"}, CUSTVAL_ERROR_STRUCTURE, "item \"q1\" cannot have a gate"},
        {{.node = "fee", .type = 3}, CUSTVAL_ERROR_ARGUMENT, "gate of \"fee\": there is no gate type 3"},
        {{.node = "fee", .reserved = 1}, CUSTVAL_ERROR_ARGUMENT, "reserved is 1"},
        {{.node = "fee", .threshold = HUGE_VAL}, CUSTVAL_ERROR_NOT_FINITE, "threshold is inf"},
        {{.node = "fee", .cap = not_a_number()}, CUSTVAL_ERROR_NOT_FINITE, "cap is nan"},
        {{.node = "fee", .note = "\xff"}, CUSTVAL_ERROR_ARGUMENT, "note is not UTF-8"},
    };
    const struct {
        custval_override_spec spec;
        custval_status status;
        const char *message;
    } overrides[] = {
        {{.node = "valu"}, CUSTVAL_ERROR_NOT_FOUND, "did you mean \"value\"?"},
        {{.node = "q1"}, CUSTVAL_ERROR_STRUCTURE, "item \"q1\" cannot have an override"},
        {{.node = "image"}, CUSTVAL_ERROR_STRUCTURE, "derived \"image\" cannot have an override"},
        {{.key = ""}, CUSTVAL_ERROR_ARGUMENT, "override of \"value\": key is missing"},
        {{.key = "k"}, CUSTVAL_ERROR_ARGUMENT, "author is missing"},
        {{.key = "k", .author = "a"}, CUSTVAL_ERROR_ARGUMENT, "reason is missing"},
        {{.key = "k", .author = "a", .reason = "r"}, CUSTVAL_ERROR_ARGUMENT, "expires is missing"},
        {{.key = "k", .author = "a", .reason = "\xff"}, CUSTVAL_ERROR_ARGUMENT, "reason is not UTF-8"},
        {{.key = "k", .author = "a", .reason = "r", .expires = "2025-02-29"},
         CUSTVAL_ERROR_ARGUMENT,
         "\"2025-02-29\" is no date such as 2025-12-31"},
        {{.key = "k", .author = "a", .reason = "r", .expires = "2025-02-28", .score = HUGE_VAL},
         CUSTVAL_ERROR_NOT_FINITE,
         "score is inf"},
        {{.key = "c17", .author = "a", .reason = "r", .expires = "2025-02-28"},
         CUSTVAL_ERROR_DUPLICATE,
         "override of \"value\": there is already one for \"c17\""},
    };
    custval_builder *const builder = with_everything();
    char *const before = seen(builder);
    for (size_t i = 0; i < SUPPORT_COUNT(gates); i++) {
        custval_gate_spec spec = gates[i].spec;
        spec.struct_size = sizeof spec;
        REFUSE(builder, before, custval_builder_gate(builder, &spec, &error), gates[i].status, gates[i].message);
    }
    for (size_t i = 0; i < SUPPORT_COUNT(overrides); i++) {
        custval_override_spec spec = overrides[i].spec;
        spec.struct_size = sizeof spec;
        REFUSE(builder, before, custval_builder_override(builder, &spec, &error), overrides[i].status,
               overrides[i].message);
    }
    free(before);
    custval_builder_free(builder);
}

static void overrides_need_a_column_that_says_whose_row_it_is(void **unused) {
    (void)unused;
    custval_builder *const builder = draft_small(NULL);
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_status(full_override(builder, "product", "c17", &error), CUSTVAL_ERROR_STRUCTURE, &error);
    assert_message(&error, "the system has no override_column");
    custval_builder_free(builder);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_frames_are_refused),
        cmocka_unit_test(bad_labels_are_refused),
        cmocka_unit_test(bad_parts_and_demands_are_refused),
        cmocka_unit_test(bad_rules_are_refused),
        cmocka_unit_test(overrides_need_a_column_that_says_whose_row_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
