/* effects.json: through the public interface only. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "cases.h"
#include "json_table.h"

static custval_link *link_of(const json_t *document) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link *link = NULL;
    char *const text = json_dumps(document, JSON_COMPACT);
    assert_non_null(text);
    assert_ok(custval_link_parse(NULL, text, strlen(text), &link, &error), &error);
    free(text);
    return link;
}

static void assert_column(const custval_table *out, const char *name, const json_t *expected) {
    assert_int_equal(custval_table_rows(out), json_array_size(expected));
    for (size_t row = 0; row < json_array_size(expected); row++) {
        const json_t *const cell = json_array_get(expected, row);
        if (json_is_string(cell)) {
            const custval_text text = table_cell_text(out, name, row);
            assert_int_equal(text.length, json_string_length(cell));
            assert_memory_equal(text.data, json_string_value(cell), text.length);
            continue;
        }
        const double wanted = json_is_null(cell) ? (double)NAN : json_number_value(cell);
        assert_double_near(table_cell(out, name, row), wanted, 1e-12 * fmax(1.0, fabs(wanted)));
    }
}

static void run(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link *links[CUSTVAL_MAX_LINKS];
    custval_table *out = NULL;
    const json_t *const documents = json_object_get(test, "links");
    const size_t count = json_array_size(documents);
    const char *name;
    json_t *column;
    assert_true(count <= SUPPORT_COUNT(links));
    for (size_t i = 0; i < count; i++) links[i] = link_of(json_array_get(documents, i));
    const double level = json_number_value(json_object_get(test, "level"));
    assert_ok(custval_link_effects((const custval_link *const *)links, count, NULL, level, &out, &error), &error);
    json_object_foreach(json_object_get(test, "expected"), name, column) assert_column(out, name, column);
    custval_table_free(out);
    for (size_t i = 0; i < count; i++) custval_link_free(links[i]);
}

int main(void) {
    return cases_run_all("vectors_effects", "effects.json", run);
}
