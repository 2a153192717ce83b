/* Judgements from bytes, wild numbers among them: refused in one line, or weights that add up to exactly 1, with numbers
   about them that are numbers, in every table the same. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/custval.h>

#include "demand.h"

#define MOST 12
#define MOST_MEMBERS 10

static const char *const names[MOST] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "cr", "member", "weight of cr"};

/* ---- Numbers from bytes ---------------------------------------------------------------------------------------------- */

typedef struct input {
    const uint8_t *data;
    size_t size, at;
} input;

static unsigned take(input *in) {
    return in->at < in->size ? in->data[in->at++] : 0U;
}

/* 0 to 16: the scale 1/9 to 9; a few that are not judgements; what eight bytes make; tenths up to 20. */
static double take_number(input *in) {
    static const double odd[] = {0.0, -1.0, 1e-9, 1e9, 1e-10, 1e300, 0.33, 0.13};
    const unsigned byte = take(in) ^ 8U; /* no bytes at all: 1 */
    if (byte < 8) return 1.0 / (9.0 - byte);
    if (byte < 17) return byte - 7.0;
    if (byte < 25) return odd[byte - 17];
    if (byte == 25) return (double)NAN;
    if (byte == 26) return (double)INFINITY;
    if (byte > 27) return byte / 10.0;
    uint64_t bits = 0;
    double number;
    for (int i = 0; i < 8; i++) bits = bits << 8 | take(in);
    memcpy(&number, &bits, sizeof number);
    return number;
}

/* Reciprocal by pairs, and then a few numbers anywhere. */
static void fill(input *in, double *matrices, size_t n, size_t members) {
    for (size_t m = 0; m < members; m++) {
        double *matrix = matrices + m * n * n;
        for (size_t i = 0; i < n; i++) {
            matrix[i * n + i] = 1.0;
            for (size_t j = i + 1; j < n; j++) {
                matrix[i * n + j] = take_number(in);
                matrix[j * n + i] = 1.0 / matrix[i * n + j];
            }
        }
    }
    for (size_t changes = take(in) % 4; changes > 0; changes--) {
        const size_t at = (take(in) * 256U + take(in)) % (n * n * members);
        matrices[at] = take_number(in);
    }
}

/* ---- What must hold -------------------------------------------------------------------------------------------------- */

static void check_refusal(custval_status status, const void *out, const custval_error *error) {
    static const custval_status allowed[] = {CUSTVAL_ERROR_RANGE,    CUSTVAL_ERROR_STATE,
                                             CUSTVAL_ERROR_WEIGHT,   CUSTVAL_ERROR_STRUCTURE,
                                             CUSTVAL_ERROR_ARGUMENT, CUSTVAL_ERROR_UNSUPPORTED};
    size_t k = 0;
    while (k < sizeof allowed / sizeof *allowed && status != allowed[k]) k++;
    DEMAND(k < sizeof allowed / sizeof *allowed);
    DEMAND(out == NULL);
    DEMAND(error->status == status);
    DEMAND(error->message[0] != 0 && strchr(error->message, '\n') == NULL);
}

static double cell(const custval_table *table, const char *name, size_t row) {
    size_t column;
    double value;
    DEMAND(custval_table_find(table, name, &column, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_number(table, column, row, &value, NULL) == CUSTVAL_OK);
    return value;
}

static double diagnostic(const custval_weights *weights, const char *name) {
    double value;
    DEMAND(custval_weights_diagnostic(weights, name, &value, NULL) == CUSTVAL_OK);
    return value;
}

static int is_share(double x) {
    return x >= 0.0 && x <= 1.0;
}

static void check_shares(const custval_weights *weights, size_t n) {
    double sum = 0.0;
    DEMAND(custval_weights_count(weights) == n);
    for (size_t i = 0; i < n; i++) {
        DEMAND(is_share(custval_weights_share(weights, i)));
        sum += custval_weights_share(weights, i);
    }
    DEMAND(sum == 1.0);
}

static int same_bits(double a, double b) {
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

/* ---- AHP ------------------------------------------------------------------------------------------------------------- */

static void check_weights(const custval_judgements *judgements, const custval_weights *weights) {
    const size_t n = judgements->count;
    check_shares(weights, n);
    const double lambda = diagnostic(weights, "lambda_max"), ci = diagnostic(weights, "ci");
    DEMAND(isfinite(lambda) && lambda > 0.0);
    DEMAND(isfinite(ci) && ci >= 0.0);
    DEMAND(!(diagnostic(weights, "cr") < 0.0) && !isinf(diagnostic(weights, "cr")));
    DEMAND(n < 3 ? isnan(diagnostic(weights, "gci")) : diagnostic(weights, "gci") >= 0.0);
    if (judgements->members < 2) return;
    const double consensus = diagnostic(weights, "consensus");
    DEMAND(isnan(consensus) || is_share(consensus));
    DEMAND(!(diagnostic(weights, "least_cr") > diagnostic(weights, "largest_cr")));
}

static void check_members(const custval_judgements *judgements, const custval_ahp_options *options,
                          const custval_weights *weights) {
    static const char *const numbers[] = {"lambda_max", "ci", "cr", "gci", "missing"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    DEMAND(custval_ahp_members(NULL, judgements, options, &table, &error) == CUSTVAL_OK);
    DEMAND(custval_table_rows(table) == judgements->members);
    for (size_t m = 0; m < judgements->members; m++) {
        double sum = 0.0;
        for (size_t i = 0; i < judgements->count; i++) {
            double share;
            DEMAND(custval_table_number(table, 1 + i, m, &share, NULL) == CUSTVAL_OK);
            DEMAND(isnan(share) || is_share(share));
            if (judgements->members == 1) DEMAND(same_bits(share, custval_weights_share(weights, i)));
            sum += share;
        }
        DEMAND(sum == 1.0 || isnan(sum));
        DEMAND(isnan(sum) || is_share(cell(table, "distance", m)));
        if (judgements->members > 1) continue;
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
            DEMAND(same_bits(cell(table, numbers[k], m), diagnostic(weights, numbers[k])));
        }
    }
    custval_table_free(table);
}

static void check_triads(const custval_judgements *judgements, const custval_ahp_options *options) {
    static const char *const above_0[] = {"judgement", "suggested", "by_weights"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    DEMAND(custval_ahp_triads(NULL, judgements, options, &table, &error) == CUSTVAL_OK);
    for (size_t row = 0; row < custval_table_rows(table); row++) {
        const double inconsistency = cell(table, "inconsistency", row);
        DEMAND(isfinite(inconsistency) && inconsistency >= 0.0);
        if (row > 0) DEMAND(inconsistency <= cell(table, "inconsistency", row - 1));
        for (size_t k = 0; k < 3; k++) {
            const double number = cell(table, above_0[k], row);
            DEMAND(isfinite(number) && number > 0.0);
        }
    }
    custval_table_free(table);
}

static void try_ahp(input *in) {
    static double matrices[3][MOST_MEMBERS * MOST * MOST];
    double importance[MOST_MEMBERS];
    custval_judgements judgements = CUSTVAL_JUDGEMENTS_INIT;
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    const unsigned flags = take(in);
    judgements.names = names;
    judgements.count = 1 + take(in) % MOST;
    judgements.members = 1 + take(in) % MOST_MEMBERS;
    options.method = take(in) % 5;
    options.grouping = take(in) % 5;
    options.random_index = take(in) % 10;
    fill(in, matrices[0], judgements.count, judgements.members);
    judgements.matrices = matrices[0];
    if ((flags & 1U) != 0) {
        for (size_t m = 0; m < judgements.members; m++) importance[m] = take_number(in);
        judgements.member_weights = importance;
    }
    const int is_fuzzy = (flags & 6U) == 6U;
    if (is_fuzzy) {
        fill(in, matrices[1], judgements.count, judgements.members);
        fill(in, matrices[2], judgements.count, judgements.members);
        judgements.lower = matrices[1];
        judgements.upper = (flags & 8U) != 0 ? matrices[0] : matrices[2];
        if ((flags & 16U) != 0) judgements.lower = matrices[0];
    }
    const custval_status status = custval_weights_ahp(NULL, &judgements, &options, &weights, &error);
    if (status != CUSTVAL_OK) {
        check_refusal(status, weights, &error);
        return;
    }
    check_weights(&judgements, weights);
    if (!is_fuzzy) {
        check_members(&judgements, &options, weights);
        check_triads(&judgements, &options);
    }
    custval_weights_free(weights);
}

/* ---- Best and worst -------------------------------------------------------------------------------------------------- */

static void try_bwm(input *in) {
    double best[MOST], worst[MOST];
    custval_bwm_judgements judgements = CUSTVAL_BWM_JUDGEMENTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    judgements.names = names;
    judgements.count = take(in) % (MOST + 1);
    judgements.model = take(in) % 4;
    judgements.best_to_others = best;
    judgements.others_to_worst = worst;
    for (size_t i = 0; i < judgements.count; i++) {
        best[i] = take_number(in);
        worst[i] = take_number(in);
    }
    const custval_status status = custval_weights_bwm(NULL, &judgements, &weights, &error);
    if (status != CUSTVAL_OK) {
        check_refusal(status, weights, &error);
        return;
    }
    check_shares(weights, judgements.count);
    DEMAND(isfinite(diagnostic(weights, "ksi")) && diagnostic(weights, "ksi") >= 0.0);
    DEMAND(!(diagnostic(weights, "cr") < 0.0) && !isinf(diagnostic(weights, "cr")));
    DEMAND(diagnostic(weights, "input_cr") >= 0.0);
    for (size_t i = 0; i < judgements.count && judgements.model == CUSTVAL_BWM_NONLINEAR; i++) {
        const custval_table *table = custval_weights_table(weights);
        DEMAND(is_share(cell(table, "low", i)) && cell(table, "low", i) <= cell(table, "high", i) + 1e-15);
    }
    custval_weights_free(weights);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    input in = {data, size, 0};
    if (take(&in) % 2 == 0) {
        try_ahp(&in);
    } else {
        try_bwm(&in);
    }
    return 0;
}
