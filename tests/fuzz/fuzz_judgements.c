/* Fuzzes reading of judgement files: what is accepted are matrices that the library takes or refuses, never harm. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "judgement_file.h"
#include "memory_source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds) {
    if (!holds) abort();
}

static void check_problem(const sheet_problem *problem) {
    must(problem->message[0] != 0);
}

/* Every number is one that stands in the file: above 0, finite, in order. */
static void check_matrices(const custval_judgements *of) {
    must(of->count >= 1 && of->count <= CUSTVAL_MAX_JUDGED && of->members >= 1);
    const size_t cells = of->count * of->count;
    for (size_t i = 0; i < cells * of->members; i++) {
        const double value = of->matrices[i];
        must(isnan(value) || (value > 0.0 && isfinite(value)));
        if (i % cells / of->count == i % of->count) must(value == 1.0);
        if (of->lower == NULL) continue;
        must(isnan(value) == isnan(of->lower[i]) && isnan(value) == isnan(of->upper[i]));
        must(isnan(value) || (of->lower[i] <= value && value <= of->upper[i]));
    }
    for (size_t i = 0; i < of->members; i++) {
        must(of->member_weights == NULL || (of->member_weights[i] >= 0.0 && isfinite(of->member_weights[i])));
    }
}

static void check_weights(const custval_judgements *of) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    double sum = 0.0;
    if (custval_weights_ahp(NULL, of, NULL, &weights, &error) != CUSTVAL_OK) {
        must(weights == NULL && error.message[0] != 0);
        return;
    }
    for (size_t i = 0; i < of->count; i++) sum += custval_weights_share(weights, i);
    must(sum == 1.0);
    custval_weights_free(weights);
}

/* The first byte chooses delimiter, decimal character and whether the file is read as two; the rest is the file. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char delimiters[] = {0, ',', ';', '\t', '|'};
    if (size < 1) return 0;
    const char delimiter = delimiters[(data[0] >> 2) % sizeof delimiters], decimal = (data[0] & 1) != 0 ? ',' : '.';
    const int files = 1 + ((data[0] & 2) != 0);
    static const char *const members[] = {"anna", "bert"};
    judgement_set set = {0};
    int is_fine = 1;
    for (int i = 0; i < files && is_fine; i++) {
        memory_source source = {data + 1, size - 1};
        sheet_problem problem = {0, ""};
        sheet from;
        is_fine = sheet_read(&from, read_memory, &source, delimiter, decimal, &problem) &&
                  judgement_set_add(&set, &from, members[i], &problem);
        if (!is_fine) check_problem(&problem);
        sheet_free(&from);
    }
    if (is_fine) {
        const custval_judgements judgements = judgement_set_complete(&set);
        check_matrices(&judgements);
        if (judgements.count <= 20 && judgements.members <= 50) check_weights(&judgements);
    }
    judgement_set_free(&set);
    return 0;
}
