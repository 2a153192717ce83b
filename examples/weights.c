#include <custval/custval.h>
#include <stdio.h>

/* Weights from judgements in pairs, into a system, which then scores. */
int main(void) {
    const char json[] = "{\"custval\": \"system\", \"version\": 1, \"dimensions\": ["
        "{\"id\": \"product\", \"side\": \"benefit\", \"indicators\": ["
        "{\"id\": \"quality\", \"items\": [{\"column\": \"Q\", \"scale\": [1, 10]}]},"
        "{\"id\": \"service\", \"items\": [{\"column\": \"S\", \"scale\": [1, 10]}]},"
        "{\"id\": \"image\", \"items\": [{\"column\": \"I\", \"scale\": [1, 10]}]}]},"
        "{\"id\": \"money\", \"side\": \"sacrifice\", \"indicators\": ["
        "{\"id\": \"price\", \"items\": [{\"column\": \"P\", \"scale\": [1, 10]}]}]}]}";
    const char *const names[] = {"quality", "service", "image"};
    const double matrix[] = {1,       3,       5,    /* quality is 3 times as important as service, ... */
                             1.0 / 3, 1,       2,
                             1.0 / 5, 1.0 / 2, 1};
    const char *const columns[] = {"Q", "S", "I", "P"};
    const double answers[2][4] = {{9, 6, 5, 7}, {6, 9, 9, 7}};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_judgements judgements = CUSTVAL_JUDGEMENTS_INIT;
    custval_apply_options apply = CUSTVAL_APPLY_OPTIONS_INIT;
    custval_system *equal = NULL, *weighted = NULL;
    custval_weights *weights = NULL;
    custval_table *offers = NULL, *scores = NULL;
    double cr = 0, value = 0;
    judgements.names = names;
    judgements.count = 3;
    judgements.matrices = matrix;
    apply.source = "product manager"; /* recorded in the new system, with the method and the consistency */
    apply.date = "2026-03-02";
    if (custval_weights_ahp(NULL, &judgements, NULL, &weights, &error) ||
        custval_weights_diagnostic(weights, "cr", &cr, &error) ||
        custval_system_parse(NULL, json, sizeof json - 1, &equal, &error) ||
        custval_weights_apply(weights, equal, &apply, &weighted, &error) ||
        custval_table_new_from_rows(NULL, columns, 4, answers[0], 2, 4, &offers, &error) ||
        custval_score(weighted, offers, NULL, &scores, &error)) {
        fprintf(stderr, "%s\n", error.message);
    }
    for (size_t i = 0; i < custval_weights_count(weights); i++) {
        printf("%-8s %.3f\n", custval_weights_name(weights, i), custval_weights_share(weights, i));
    }
    printf("consistency ratio %.3f\n", cr);
    for (size_t row = 0; row < custval_table_rows(scores); row++) {
        if (custval_table_number(scores, 0, row, &value, &error)) fprintf(stderr, "%s\n", error.message);
        printf("offer %d: value %.1f\n", (int)row + 1, value);
    }
    custval_table_free(scores);
    custval_table_free(offers);
    custval_system_free(weighted);
    custval_system_free(equal);
    custval_weights_free(weights);
    return error.status != CUSTVAL_OK;
}
