#include <custval/custval.h>
#include <stdio.h>

int main(void) {
    const char json[] = "{\"custval\": \"system\", \"version\": 1, \"dimensions\": ["
        "{\"id\": \"product\", \"side\": \"benefit\", \"indicators\": [{\"id\": \"reliability\", \"items\": "
        "[{\"column\": \"REL1\", \"scale\": [1, 10]}, {\"column\": \"REL2\", \"scale\": [1, 10]}]}]},"
        "{\"id\": \"money\", \"side\": \"sacrifice\", \"indicators\": [{\"id\": \"price\", \"items\": "
        "[{\"column\": \"PRICE\", \"scale\": [1, 10]}]}]}]}";
    const char *const columns[] = {"REL1", "REL2", "PRICE"};
    const double answers[3][3] = {{9, 8, 4}, {6, 7, 9}, {10, 99, 2}};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    custval_table *table = NULL, *scores = NULL;
    if (custval_system_parse(NULL, json, sizeof json - 1, &system, &error) ||
        custval_table_new_from_rows(NULL, columns, 3, answers[0], 3, 3, &table, &error) ||
        custval_score(system, table, NULL, &scores, &error)) {
        fprintf(stderr, "%s\n", error.message);
    }
    for (size_t row = 0; row < custval_table_rows(scores); row++) {
        double value = 0;
        char reason[200] = "";
        if (custval_table_number(scores, 0, row, &value, &error) ||
            custval_row_reason(system, table, row, NULL, reason, sizeof reason, &error)) {
            fprintf(stderr, "%s\n", error.message);
        }
        printf("customer %d: value %.1f %s\n", (int)row + 1, value, reason);
    }
    custval_table_free(scores);
    custval_table_free(table);
    custval_system_free(system);
    return error.status != CUSTVAL_OK;
}
