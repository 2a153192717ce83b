/* Rows of the shop explained: with other policies, with gates and judgements; and a system with labels. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_EXPLAIN_SHOP_H
#define CUSTVAL_TESTS_EXPLAIN_SHOP_H

#include "explain_support.h"

static const double usual[] = {80, 40, 60, 30, 50};

static inline custval_table *explain_with(const custval_system *system, const custval_table *table, size_t row,
                                          const custval_score_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_explain(system, table, row, options, &out, &error), &error);
    return out;
}

/* Explains one row of the shop, with other policies in front of its dimensions. */
static inline custval_table *explain_shop(const char *policies, const double *answers) {
    char document[4096];
    assert_true(strlen(policies) + strlen(SHOP) + 4 < sizeof document);
    strcpy(document, policies);
    strcat(document, SHOP "}");
    custval_system *system = system_of(document);
    custval_table *table = table_of(SHOP_COLUMNS, answers, 1), *out = explain_with(system, table, 0, NULL);
    custval_table_free(table);
    custval_system_free(system);
    return out;
}

#define RULES                                                                                             \
  "'override_column': 'customer', 'gates': [{'node': 'product', 'below': 75, 'cap': 12.3, "               \
  "'note': 'the product is the pass'},"                                                                   \
  "{'node': 'time', 'above': 90, 'cap': 1}, {'node': 'price', 'above': 10, 'cap': 5}], 'overrides': ["    \
  "{'node': 'service', 'key': 'k1', 'score': 90, 'author': 'A. Mueller', 'reason': 'complaint pending', " \
  "'expires': '2026-12-31'},"                                                                             \
  "{'node': 'value', 'key': 'k2', 'score': 35, 'author': 'B. Lee', 'reason': 'a friend', "                \
  "'expires': '2026-12-31'},"                                                                             \
  "{'node': 'product', 'key': 'k2', 'score': 10, 'author': 'B. Lee', 'reason': 'seen', 'expires': '2025-12-31'}], "

static inline custval_table *explain_rules(const char *key, const double *answers) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = "2026-06-30";
    custval_system *system = system_of(RULES SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers, 1);
    add_texts(table, "customer", &key);
    custval_table *explanation = explain_with(system, table, 0, &options);
    custval_table_free(table);
    custval_system_free(system);
    return explanation;
}

static const char *const labelled =
    "'label': {'en': 'Perceived value', 'zh': '\xe6\x84\x9f\xe7\x9f\xa5\xe4\xbb\xb7\xe5\x80\xbc'},"
    "'derived': [{'id': 'image', 'from': {'get': 1}}],"
    "'dimensions': [{'id': 'get', 'label': {'zh': '\xe5\x88\xa9\xe7\x9b\x8a'}, 'side': 'benefit', 'indicators': ["
    "{'id': 'i', 'items': [{'column': 'tier', 'curve': {'type': 'table', 'scores': {'gold': 100, 'none': 0}}}]}]},"
    "{'id': 'give', 'side': 'sacrifice', 'indicators': [{'id': 'j', $P}]}]}";

#endif
