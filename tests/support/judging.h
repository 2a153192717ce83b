/* What tests of judgements share: matrices from their upper halves, diagnostics and remarks of weights. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_JUDGING_H
#define CUSTVAL_TESTS_JUDGING_H

#include <math.h>
#include <string.h>

#include <custval/custval.h>

#include "json_table.h"
#include "support.h"

/* Names of as many criteria as a matrix may have: "c0", "c1" ... */
static inline const char *const *judging_names(void) {
    static char room[CUSTVAL_MAX_JUDGED][4];
    static const char *names[CUSTVAL_MAX_JUDGED];
    for (size_t i = 0; i < CUSTVAL_MAX_JUDGED; i++) {
        size_t at = 0;
        room[i][at++] = 'c';
        if (i >= 10) room[i][at++] = (char)('0' + i / 10);
        room[i][at++] = (char)('0' + i % 10);
        room[i][at] = 0;
        names[i] = room[i];
    }
    return names;
}

/* `upper`: judgements of the pairs, row by row; NaN: not judged. */
static inline void judging_fill(const double *upper, size_t count, double *matrix) {
    for (size_t i = 0; i < count; i++) {
        matrix[i * count + i] = 1.0;
        for (size_t j = i + 1; j < count; j++, upper++) {
            matrix[i * count + j] = *upper;
            matrix[j * count + i] = 1.0 / *upper;
        }
    }
}

/* Judgements of somebody who knows weights, and says exp(noise) times more or less. */
static inline void judging_random(support_random *random, size_t count, double noise, double *matrix) {
    double upper[CUSTVAL_MAX_JUDGED * (CUSTVAL_MAX_JUDGED - 1) / 2], weights[CUSTVAL_MAX_JUDGED];
    for (size_t i = 0; i < count; i++) weights[i] = random_between(random, -1.5, 1.5);
    for (size_t i = 0, k = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++, k++) {
            upper[k] = exp(weights[i] - weights[j] + random_between(random, -noise, noise));
        }
    }
    judging_fill(upper, count, matrix);
}

static inline custval_judgements judging_of(const double *matrices, size_t count, size_t members) {
    custval_judgements judgements = CUSTVAL_JUDGEMENTS_INIT;
    judgements.names = judging_names();
    judgements.count = count;
    judgements.matrices = matrices;
    judgements.members = members;
    return judgements;
}

static inline custval_weights *judging_ahp(const custval_judgements *judgements, const custval_ahp_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    assert_ok(custval_weights_ahp(NULL, judgements, options, &weights, &error), &error);
    return weights;
}

static inline double judging_diagnostic(const custval_weights *weights, const char *name) {
    custval_error error = CUSTVAL_ERROR_INIT;
    double value;
    assert_ok(custval_weights_diagnostic(weights, name, &value, &error), &error);
    return value;
}

/* A text of a table, with a NUL; good until four more are asked for. */
static inline const char *judging_text(const custval_table *table, const char *column, size_t row) {
    static char rooms[4][512];
    static size_t next;
    const custval_text text = table_cell_text(table, column, row);
    char *room = rooms[next++ % 4];
    assert_true(text.length < sizeof rooms[0]);
    memcpy(room, text.data, text.length);
    room[text.length] = 0;
    return room;
}

/* Row of the first remark with a code; SIZE_MAX if there is none. */
static inline size_t judging_note(const custval_weights *weights, const char *code) {
    const custval_table *notes = custval_weights_notes(weights);
    for (size_t row = 0; row < custval_table_rows(notes); row++) {
        if (strcmp(judging_text(notes, "code", row), code) == 0) return row;
    }
    return SIZE_MAX;
}

/* There is such a remark, about this criterion (NULL: about none), and its message contains the part. */
static inline void assert_noted(const custval_weights *weights, const char *code, const char *about, const char *part) {
    const size_t row = judging_note(weights, code);
    if (row == SIZE_MAX) fail_msg("there is no remark \"%s\"", code);
    const custval_table *notes = custval_weights_notes(weights);
    assert_string_equal(judging_text(notes, "about", row), about == NULL ? "" : about);
    support_contains(judging_text(notes, "message", row), part, __FILE__, __LINE__);
}

#define assert_not_noted(weights, code) assert_true(judging_note(weights, code) == SIZE_MAX)

#endif
