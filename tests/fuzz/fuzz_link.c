/* Any bytes as a link document: refused with one line, or a link that writes itself back and predicts anything. */
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

static char *written(const custval_link *link, size_t *length) {
    size_t again;
    DEMAND(custval_link_write(link, NULL, 0, length, NULL) == CUSTVAL_OK);
    char *const text = malloc(*length + 1);
    DEMAND(text != NULL);
    DEMAND(custval_link_write(link, text, *length + 1, &again, NULL) == CUSTVAL_OK && again == *length);
    return text;
}

/* Writing, reading and writing again gives the same bytes. */
static void round_trip(const custval_link *link) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link *second = NULL;
    size_t length, length_again;
    char *const text = written(link, &length);
    if (length <= CUSTVAL_MAX_DOCUMENT_SIZE) {
        if (custval_link_parse(NULL, text, length, &second, &error) != CUSTVAL_OK) {
            fprintf(stderr, "%s\n%s\n", error.message, text);
            abort();
        }
        char *const text_again = written(second, &length_again);
        DEMAND(length == length_again && memcmp(text, text_again, length) == 0);
        free(text_again);
    }
    custval_link_free(second);
    free(text);
}

/* Rows of plain numbers, of strange ones, and of none. */
static void predict_something(const custval_link *link, size_t predictors) {
    static const double numbers[ROWS] = {1.0, 0.0, 0.5, -3.0, 1e300, (double)NAN, (double)INFINITY};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL, *out = NULL;
    size_t column;
    DEMAND(custval_table_new(NULL, ROWS, &table, NULL) == CUSTVAL_OK);
    for (size_t i = 0; i < predictors; i++) {
        DEMAND(custval_table_add_doubles(table, custval_link_column(link, i), numbers, NULL) == CUSTVAL_OK);
    }
    if (custval_link_predict(link, table, NULL, &out, &error) != CUSTVAL_OK) {
        fprintf(stderr, "%s\n", error.message);
        abort();
    }
    DEMAND(custval_table_find(out, "prediction", &column, NULL) == CUSTVAL_OK);
    for (size_t row = 0; row < ROWS; row++) {
        double number;
        DEMAND(custval_table_number(out, column, row, &number, NULL) == CUSTVAL_OK && !isinf(number));
    }
    custval_table_free(out);
    out = NULL;
    DEMAND(custval_link_coefficients(link, NULL, 0.95, &out, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_rows(out) == predictors + 1);
    custval_table_free(out);
    custval_table_free(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link_facts facts = CUSTVAL_LINK_FACTS_INIT;
    custval_link *link = NULL;
    const custval_status status = custval_link_parse(NULL, (const char *)data, size, &link, &error);
    DEMAND((status == CUSTVAL_OK) == (link != NULL));
    if (link == NULL) {
        DEMAND(error.status == status && error.message[0] != '\0' && strchr(error.message, '\n') == NULL);
        return 0;
    }
    DEMAND(custval_link_describe(link, &facts, NULL) == CUSTVAL_OK);
    round_trip(link);
    predict_something(link, (size_t)facts.terms - 1);
    custval_link_free(link);
    return 0;
}
