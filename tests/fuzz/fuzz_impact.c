/* Any bytes as an impact document: refused with one line, or an impact that writes itself back, is fitted and runs. */
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

#define ROWS 9

static char *written(const custval_impact *impact, size_t *length) {
    size_t again;
    DEMAND(custval_impact_write(impact, NULL, 0, length, NULL) == CUSTVAL_OK);
    char *const text = malloc(*length + 1);
    DEMAND(text != NULL);
    DEMAND(custval_impact_write(impact, text, *length + 1, &again, NULL) == CUSTVAL_OK && again == *length);
    return text;
}

/* Writing, reading and writing again gives the same bytes. */
static void round_trip(const custval_impact *impact) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_impact *second = NULL;
    size_t length, length_again;
    char *const text = written(impact, &length);
    if (length <= CUSTVAL_MAX_DOCUMENT_SIZE) {
        if (custval_impact_parse(NULL, text, length, &second, &error) != CUSTVAL_OK) {
            fprintf(stderr, "%s\n%s\n", error.message, text);
            abort();
        }
        char *const text_again = written(second, &length_again);
        DEMAND(length == length_again && memcmp(text, text_again, length) == 0);
        free(text_again);
    }
    custval_impact_free(second);
    free(text);
}

static void list_assumptions(const custval_impact *impact) {
    custval_table *table = NULL;
    DEMAND(custval_impact_assumptions(impact, NULL, &table, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_rows(table) > custval_impact_links(impact));
    custval_table_free(table);
}

static const char document[] =
    "{\"custval\": \"system\", \"version\": 1, \"dimensions\": [{\"id\": \"d\", \"side\": \"benefit\", \"indicators\": ["
    "{\"id\": \"i\", \"items\": [{\"column\": \"a\", \"scale\": [0, 10]}]}]}, {\"id\": \"m\", \"side\": \"sacrifice\", "
    "\"indicators\": [{\"id\": \"p\", \"items\": [{\"column\": \"b\", \"scale\": [0, 10], \"reversed\": true}]}]}]}";

/* Answers and cells of all kinds; outcomes are 0 and 1. */
static custval_table *customers(const custval_impact *impact, const custval_system *system) {
    static const double answers[ROWS] = {1.0, 0.0, 10.0, 3.0, (double)NAN, 5.5, 7.0, 2.0, 9.0};
    static const double others[ROWS] = {9.0, 2.0, 0.5, 10.0, 1.0, 4.0, -3.0, 8.0, 5.0};
    static const double cells[ROWS] = {0.0, 1.0, 1.0, 0.0, 1.0, (double)NAN, 0.0, 1.0, 0.0};
    custval_table *table = NULL;
    DEMAND(custval_table_new(NULL, ROWS, &table, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_add_doubles(table, "a", answers, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_add_doubles(table, "b", others, NULL) == CUSTVAL_OK);
    for (uint32_t fitting = 0; fitting < 2; fitting++) {
        const char *name;
        for (size_t i = 0; i < 40 && (name = custval_impact_column(impact, system, fitting, i)) != NULL; i++) {
            size_t column;
            if (custval_table_find(table, name, &column, NULL) == CUSTVAL_OK) continue;
            DEMAND(custval_table_add_doubles(table, name, i % 2 == 0 ? cells : others, NULL) == CUSTVAL_OK);
        }
    }
    return table;
}

/* Every number is finite or missing. */
static void check_numbers(const custval_table *table) {
    for (size_t i = 0; i < custval_table_columns(table); i++) {
        for (size_t row = 0; row < custval_table_rows(table); row++) {
            double number;
            if (custval_table_number(table, i, row, &number, NULL) == CUSTVAL_OK) DEMAND(isinf(number) == 0);
        }
    }
}

static void run_somewhere(const custval_impact *impact) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_impact_options options = CUSTVAL_IMPACT_OPTIONS_INIT;
    custval_system *system = NULL;
    custval_impact *fitted = NULL;
    custval_table *levers = NULL, *people = NULL;
    DEMAND(custval_system_parse(NULL, document, sizeof document - 1, &system, &error) == CUSTVAL_OK);
    custval_table *const table = customers(impact, system);
    options.draws = 3;
    options.levels = CUSTVAL_LEVEL_DIMENSION | CUSTVAL_LEVEL_INDICATOR | CUSTVAL_LEVEL_ITEM;
    custval_status status = custval_impact_fit(impact, system, table, NULL, &fitted, &error);
    DEMAND((status == CUSTVAL_OK) == (fitted != NULL));
    if (fitted != NULL) round_trip(fitted);
    status =
        custval_impact_run(fitted == NULL ? impact : fitted, system, table, &options, NULL, &levers, &people, &error);
    DEMAND((status == CUSTVAL_OK) == (levers != NULL) && (status == CUSTVAL_OK) == (people != NULL));
    DEMAND(status == CUSTVAL_OK || (error.message[0] != '\0' && strchr(error.message, '\n') == NULL));
    DEMAND(status != CUSTVAL_ERROR_INTERNAL && status != CUSTVAL_ERROR_ARGUMENT);
    if (people != NULL) check_numbers(people);
    if (levers != NULL) check_numbers(levers);
    custval_table_free(people);
    custval_table_free(levers);
    custval_impact_free(fitted);
    custval_table_free(table);
    custval_system_free(system);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_impact *impact = NULL;
    const custval_status status = custval_impact_parse(NULL, (const char *)data, size, &impact, &error);
    DEMAND((status == CUSTVAL_OK) == (impact != NULL));
    if (impact == NULL) {
        DEMAND(error.status == status && error.message[0] != '\0' && strchr(error.message, '\n') == NULL);
        return 0;
    }
    round_trip(impact);
    list_assumptions(impact);
    run_somewhere(impact);
    custval_impact_free(impact);
    return 0;
}
