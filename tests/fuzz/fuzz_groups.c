/* Any bytes as a groups document: refused with one line, or groups that write themselves back and take anybody. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#define DEMAND(condition)                                             \
  do {                                                                \
    if (!(condition)) {                                               \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      abort();                                                        \
    }                                                                 \
  } while (0)

#define ROWS 7

static char *written(const custval_groups *groups, size_t *length) {
    size_t again;
    DEMAND(custval_groups_write(groups, NULL, 0, length, NULL) == CUSTVAL_OK);
    char *text = malloc(*length + 1);
    DEMAND(text != NULL);
    DEMAND(custval_groups_write(groups, text, *length + 1, &again, NULL) == CUSTVAL_OK && again == *length);
    return text;
}

/* Writing, reading and writing again gives the same bytes. */
static void round_trip(const custval_groups *groups) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_groups *second = NULL;
    size_t length, length_again;
    char *text = written(groups, &length);
    if (length <= CUSTVAL_MAX_DOCUMENT_SIZE) {
        if (custval_groups_parse(NULL, text, length, &second, &error) != CUSTVAL_OK) {
            fprintf(stderr, "%s\n%s\n", error.message, text);
            abort();
        }
        char *text_again = written(second, &length_again);
        DEMAND(length == length_again && memcmp(text, text_again, length) == 0);
        DEMAND(custval_groups_count(groups) == custval_groups_count(second));
        free(text_again);
    }
    custval_groups_free(second);
    free(text);
}

/* Rows of plain numbers, of strange ones, and of none; a group is there exactly where the status says so. */
static void take_somebody(const custval_groups *groups) {
    static const double numbers[ROWS] = {1.0, 0.0, 0.5, -3.0, 1e300, (double)NAN, 40.0};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL, *assigned = NULL;
    size_t group, status;
    DEMAND(custval_table_new(NULL, ROWS, &table, NULL) == CUSTVAL_OK);
    for (size_t i = 0; i < custval_groups_measures(groups); i++) {
        const char *column;
        DEMAND(custval_groups_measure(groups, i, &column) != NULL);
        const custval_status added = custval_table_add_doubles(table, column, numbers, NULL);
        DEMAND(added == CUSTVAL_OK || added == CUSTVAL_ERROR_DUPLICATE);
    }
    if (custval_groups_assign(groups, table, NULL, &assigned, &error) != CUSTVAL_OK) {
        fprintf(stderr, "%s\n", error.message);
        abort();
    }
    DEMAND(custval_table_find(assigned, "group", &group, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_find(assigned, "status", &status, NULL) == CUSTVAL_OK);
    for (size_t row = 0; row < ROWS; row++) {
        custval_text text;
        double state;
        DEMAND(custval_table_text(assigned, group, row, &text, NULL) == CUSTVAL_OK);
        DEMAND(custval_table_number(assigned, status, row, &state, NULL) == CUSTVAL_OK);
        DEMAND((state == CUSTVAL_GROUP_ROW_OK) == (text.data != NULL));
    }
    custval_table_free(assigned);
    assigned = NULL;
    const custval_status described = custval_groups_describe(groups, table, NULL, &assigned, &error);
    DEMAND(described == CUSTVAL_OK || described == CUSTVAL_ERROR_DUPLICATE);
    custval_table_free(assigned);
    custval_table_free(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_groups *groups = NULL;
    const custval_status status = custval_groups_parse(NULL, (const char *)data, size, &groups, &error);
    DEMAND((status == CUSTVAL_OK) == (groups != NULL));
    if (groups == NULL) {
        DEMAND(error.status == status && error.message[0] != '\0' && strchr(error.message, '\n') == NULL);
        return 0;
    }
    round_trip(groups);
    take_somebody(groups);
    custval_groups_free(groups);
    return 0;
}
