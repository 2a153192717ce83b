/* Any bytes as a worth document: refused with one line, or a worth that writes itself back and values anything. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>
#include <custval/worth.h>

#define DEMAND(condition)                                             \
  do {                                                                \
    if (!(condition)) {                                               \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      abort();                                                        \
    }                                                                 \
  } while (0)

#define ROWS 7

static char *written(const custval_worth *worth, size_t *length) {
    size_t again;
    DEMAND(custval_worth_write(worth, NULL, 0, length, NULL) == CUSTVAL_OK);
    char *text = malloc(*length + 1);
    DEMAND(text != NULL);
    DEMAND(custval_worth_write(worth, text, *length + 1, &again, NULL) == CUSTVAL_OK && again == *length);
    return text;
}

/* Writing, reading and writing again gives the same bytes. */
static void round_trip(const custval_worth *worth) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_worth *second = NULL;
    size_t length, length_again;
    char *text = written(worth, &length);
    if (length <= CUSTVAL_MAX_DOCUMENT_SIZE) {
        if (custval_worth_parse(NULL, text, length, &second, &error) != CUSTVAL_OK) {
            fprintf(stderr, "%s\n%s\n", error.message, text);
            abort();
        }
        char *text_again = written(second, &length_again);
        DEMAND(length == length_again && memcmp(text, text_again, length) == 0);
        DEMAND(custval_worth_columns(worth) == custval_worth_columns(second));
        DEMAND(custval_worth_parts(worth) == custval_worth_parts(second));
        free(text_again);
    }
    custval_worth_free(second);
    free(text);
}

/* Rows of plain numbers, of strange ones, and of none; a value is there exactly where the status says so. */
static void value_something(const custval_worth *worth) {
    static const double numbers[ROWS] = {1.0, 0.0, 0.5, -3.0, 1e300, (double)NAN, (double)INFINITY};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL, *values = NULL;
    size_t total, status;
    if (custval_worth_columns(worth) > 200) return; /* time */
    DEMAND(custval_table_new(NULL, ROWS, &table, NULL) == CUSTVAL_OK);
    for (size_t i = 0; i < custval_worth_columns(worth); i++) {
        DEMAND(custval_table_add_doubles(table, custval_worth_column(worth, i), numbers, NULL) == CUSTVAL_OK);
    }
    if (custval_worth_value(worth, table, NULL, &values, &error) != CUSTVAL_OK) {
        fprintf(stderr, "%s\n", error.message);
        abort();
    }
    DEMAND(custval_table_find(values, "total", &total, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_find(values, "status", &status, NULL) == CUSTVAL_OK);
    for (size_t row = 0; row < ROWS; row++) {
        double number, state;
        DEMAND(custval_table_number(values, total, row, &number, NULL) == CUSTVAL_OK);
        DEMAND(custval_table_number(values, status, row, &state, NULL) == CUSTVAL_OK);
        DEMAND(state == CUSTVAL_WORTH_ROW_OK ? isfinite(number) : isnan(number));
    }
    custval_table_free(values);
    values = NULL;
    const custval_status returned = custval_worth_returns(worth, table, NULL, &values, &error);
    DEMAND(returned == CUSTVAL_OK || returned == CUSTVAL_ERROR_STATE);
    custval_table_free(values);
    custval_table_free(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_worth *worth = NULL;
    const custval_status status = custval_worth_parse(NULL, (const char *)data, size, &worth, &error);
    DEMAND((status == CUSTVAL_OK) == (worth != NULL));
    if (worth == NULL) {
        DEMAND(error.status == status && error.message[0] != '\0' && strchr(error.message, '\n') == NULL);
        return 0;
    }
    round_trip(worth);
    value_something(worth);
    custval_worth_free(worth);
    return 0;
}
