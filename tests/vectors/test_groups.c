/* Known groups of customers by profit and loyalty. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <custval/custval.h>

#include "cases.h"
#include "json_table.h"

/* The shipped document, with the thresholds of the case instead of medians. */
static custval_groups *groups_of(const json_t *test) {
    const json_t *const input = json_object_get(test, "input");
    char *const text = support_read_file("examples/groups/loyalty-profit.json", NULL);
    json_t *const document = json_loads(text, 0, NULL);
    free(text);
    assert_non_null(document);
    json_t *const measures = json_object_get(document, "measures");
    const char *const thresholds[] = {"profit_threshold", "loyalty_threshold_months"};
    for (size_t i = 0; i < 2; i++) {
        json_t *const measure = json_array_get(measures, i);
        json_object_del(measure, "quantiles");
        json_object_set_new(measure, "cuts", json_pack("[O]", json_object_get(input, thresholds[i])));
    }
    char *const changed = json_dumps(document, 0);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_groups *groups = NULL;
    assert_ok(custval_groups_parse(NULL, changed, strlen(changed), &groups, &error), &error);
    free(changed);
    json_decref(document);
    return groups;
}

static void reinartz_kumar(const json_t *test) {
    const json_t *const rows = json_object_get(json_object_get(test, "input"), "customers_profit_months");
    const json_t *const expected = json_object_get(test, "expected");
    json_t *const names = json_pack("[ss]", "value", "alive");
    custval_table *const customers = json_table(names, rows, NULL);
    custval_groups *const groups = groups_of(test);
    custval_table *assigned = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_groups_assign(groups, customers, NULL, &assigned, &error), &error);
    assert_int_equal(json_array_size(expected), custval_table_rows(assigned));
    for (size_t row = 0; row < json_array_size(expected); row++) {
        const custval_text group = table_cell_text(assigned, "group", row);
        const char *const wanted = json_string_value(json_array_get(expected, row));
        assert_int_equal(group.length, strlen(wanted));
        assert_memory_equal(group.data, wanted, group.length);
    }
    custval_table_free(assigned);
    custval_groups_free(groups);
    custval_table_free(customers);
    json_decref(names);
}

static const named_case cases[] = {
    {"reinartz_kumar", reinartz_kumar},
};

int main(void) {
    return cases_run_named("groups", "lifetime_and_equity.json", cases, SUPPORT_COUNT(cases));
}
