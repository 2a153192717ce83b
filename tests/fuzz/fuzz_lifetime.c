/* Any bytes as a lifetime document: refused with one line, or a lifetime that shows itself and writes itself back. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/custval.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEMAND(condition)                                                        \
    do {                                                                         \
        if (!(condition)) {                                                      \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);      \
            abort();                                                             \
        }                                                                        \
    } while (0)

static char *written(const custval_lifetime *lifetime, size_t *length) {
    DEMAND(custval_lifetime_write(lifetime, NULL, 0, length, NULL) == CUSTVAL_OK);
    char *text = malloc(*length + 1);
    size_t again;
    DEMAND(text != NULL);
    DEMAND(custval_lifetime_write(lifetime, text, *length + 1, &again, NULL) == CUSTVAL_OK && again == *length);
    return text;
}

/* Writing, reading and writing again gives the same bytes. */
static void round_trip(const custval_lifetime *lifetime) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *second = NULL;
    size_t length, length_again;
    char *text = written(lifetime, &length);
    if (length > CUSTVAL_MAX_DOCUMENT_SIZE) {
        free(text);
        return;
    }
    if (custval_lifetime_parse(NULL, text, length, &second, &error) != CUSTVAL_OK) {
        fprintf(stderr, "%s\n%s\n", error.message, text);
        abort();
    }
    char *text_again = written(second, &length_again);
    DEMAND(length == length_again && memcmp(text, text_again, length) == 0);
    custval_lifetime_free(second);
    free(text_again);
    free(text);
}

static void look_into(const custval_lifetime *lifetime) {
    custval_lifetime_facts facts = CUSTVAL_LIFETIME_FACTS_INIT;
    custval_table *table = NULL;
    DEMAND(custval_lifetime_facts_get(lifetime, &facts, NULL) == CUSTVAL_OK);
    DEMAND(custval_lifetime_parameters(lifetime, 0.95, &table, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_rows(table) == facts.parameters);
    custval_table_free(table);
    const custval_status status = custval_lifetime_covariance(lifetime, 0, &table, NULL);
    DEMAND(status == CUSTVAL_OK || status == CUSTVAL_ERROR_STATE);
    custval_table_free(table);
    const custval_status compared = custval_lifetime_compare(&lifetime, 1, &table, NULL);
    DEMAND((compared == CUSTVAL_OK) == (facts.convergence == CUSTVAL_CONVERGENCE_OPTIMUM));
    custval_table_free(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *lifetime = NULL;
    const custval_status status = custval_lifetime_parse(NULL, (const char *)data, size, &lifetime, &error);
    DEMAND((status == CUSTVAL_OK) == (lifetime != NULL));
    if (lifetime == NULL) {
        DEMAND(error.status == status && error.message[0] != '\0' && strchr(error.message, '\n') == NULL);
        return 0;
    }
    round_trip(lifetime);
    look_into(lifetime);
    custval_lifetime_free(lifetime);
    return 0;
}
