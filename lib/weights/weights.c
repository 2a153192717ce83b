/* Sets of weights: their making, and looking into them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "weights.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../summary/criteria.h"
#include "../system/system.h"
#include "../table/table.h"

#define NOTE_SIZE 480

typedef struct diagnostic {
    const char *name;
    double value;
} diagnostic;

typedef struct note {
    const char *code, *about, *message; /* the message is in the arena */
} note;

struct custval_weights {
    custval__arena arena; /* its host is that of the set */
    atomic_size_t owners;
    const char *method;
    uint64_t sample;
    size_t count;
    const char **names; /* in the arena */
    double *numbers;    /* the column `weight` of the table */
    diagnostic *diagnostics;
    size_t diagnostic_count, diagnostic_capacity;
    note *notes;
    size_t note_count, note_capacity;
    custval_table *table, *diagnostic_table, *note_table;
};

/* ---- Making -------------------------------------------------------------------------------------------------------- */

custval_status custval__weights_check_names(const char *const *names, size_t count, custval_error *error) {
    if (names == NULL) return custval__fail_null(error, "names");
    if (count == 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there are no criteria");
    if (count > CUSTVAL_MAX_CRITERIA) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu criteria are more than %d", count, CUSTVAL_MAX_CRITERIA);
    }
    for (size_t i = 0; i < count; i++) {
        CUSTVAL__TRY(custval__criterion_check_name(names[i], i, error));
        for (size_t k = 0; k < i; k++) {
            if (strcmp(names[i], names[k]) != 0) continue;
            return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "criterion \"%s\" is there twice", names[i]);
        }
    }
    return CUSTVAL_OK;
}

static custval_status fill_names(custval_weights *weights, const char *const *names, custval_error *error) {
    weights->names = custval__arena_alloc(&weights->arena, weights->count, sizeof *weights->names);
    custval_text *texts = custval__arena_alloc(&weights->arena, weights->count, sizeof *texts);
    if (weights->names == NULL || texts == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < weights->count; i++) {
        const size_t length = strlen(names[i]);
        weights->names[i] = custval__arena_text(&weights->arena, names[i], length);
        if (weights->names[i] == NULL) return custval__fail_memory(error);
        texts[i] = (custval_text){weights->names[i], length};
    }
    CUSTVAL__TRY(custval__result_new(&weights->arena.host, weights->count, &weights->table, error));
    CUSTVAL__TRY(custval__result_add_texts(weights->table, "name", texts, error));
    return custval__result_add_doubles(weights->table, "weight", &weights->numbers, error);
}

custval_status custval__weights_new(const custval_host *whole_host, const char *const *names, size_t count,
                                    const char *method, custval_weights **out, custval_error *error) {
    *out = NULL;
    CUSTVAL__TRY(custval__weights_check_names(names, count, error));
    custval_weights *weights = custval__alloc_zero(whole_host, 1, sizeof *weights);
    if (weights == NULL) return custval__fail_memory(error);
    custval__arena_init(&weights->arena, whole_host);
    atomic_init(&weights->owners, 1);
    weights->method = method;
    weights->count = count;
    *out = weights;
    return fill_names(weights, names, error);
}

double *custval__weights_numbers(custval_weights *weights) {
    return weights->numbers;
}

void custval__weights_set_sample(custval_weights *weights, uint64_t sample) {
    weights->sample = sample;
}

custval_status custval__weights_column(custval_weights *weights, const char *name, double **out_values,
                                       custval_error *error) {
    return custval__result_add_doubles(weights->table, name, out_values, error);
}

custval_status custval__weights_diagnose(custval_weights *weights, const char *name, double value,
                                         custval_error *error) {
    if (custval__grow(&weights->arena.host, (void **)&weights->diagnostics, &weights->diagnostic_capacity,
                      weights->diagnostic_count, sizeof *weights->diagnostics) != 0) {
        return custval__fail_memory(error);
    }
    weights->diagnostics[weights->diagnostic_count++] = (diagnostic){name, value};
    return CUSTVAL_OK;
}

custval_status custval__weights_note(custval_weights *weights, const char *code, const char *about,
                                     custval_error *error, const char *format, ...) {
    char message[NOTE_SIZE];
    va_list list;
    va_start(list, format);
    custval__format_list(message, sizeof message, format, list);
    va_end(list);
    if (custval__grow(&weights->arena.host, (void **)&weights->notes, &weights->note_capacity, weights->note_count,
                      sizeof *weights->notes) != 0) {
        return custval__fail_memory(error);
    }
    const char *kept = custval__arena_text(&weights->arena, message, strlen(message));
    const char *kept_about = about == NULL ? NULL : custval__arena_text(&weights->arena, about, strlen(about));
    if (kept == NULL || (about != NULL && kept_about == NULL)) return custval__fail_memory(error);
    weights->notes[weights->note_count++] = (note){code, kept_about, kept};
    return CUSTVAL_OK;
}

/* ---- Finishing ----------------------------------------------------------------------------------------------------- */

static custval_status make_shares(custval_weights *weights, custval_error *error) {
    for (size_t i = 0; i < weights->count; i++) {
        const double number = weights->numbers[i];
        if (!(number >= 0.0) || !isfinite(number)) {
            return custval__fail(error, CUSTVAL_ERROR_WEIGHT, "criterion \"%s\": weight %g is %s", weights->names[i],
                                 number, number < 0.0 ? "negative" : "not finite");
        }
        if (number == 0.0) {
            CUSTVAL__TRY(custval__weights_note(weights, "zero-weight", weights->names[i], error,
                                               "criterion \"%s\" has weight 0: it plays no part", weights->names[i]));
        }
    }
    if (custval__weights_normalise(weights->numbers, weights->count) == 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_WEIGHT, "the weights of all %zu criteria are 0", weights->count);
}

static custval_text text_of(const char *text) {
    return (custval_text){text, text == NULL ? 0 : strlen(text)};
}

static custval_status make_diagnostic_table(custval_weights *weights, custval_error *error) {
    const size_t count = weights->diagnostic_count;
    custval_text *names = custval__arena_alloc(&weights->arena, count, sizeof *names);
    if (names == NULL) return custval__fail_memory(error);
    double *values;
    CUSTVAL__TRY(custval__result_new(&weights->arena.host, count, &weights->diagnostic_table, error));
    for (size_t i = 0; i < count; i++) names[i] = text_of(weights->diagnostics[i].name);
    CUSTVAL__TRY(custval__result_add_texts(weights->diagnostic_table, "name", names, error));
    CUSTVAL__TRY(custval__result_add_doubles(weights->diagnostic_table, "value", &values, error));
    for (size_t i = 0; i < count; i++) values[i] = weights->diagnostics[i].value;
    custval__result_finish(weights->diagnostic_table);
    return CUSTVAL_OK;
}

static custval_status make_note_table(custval_weights *weights, custval_error *error) {
    const size_t count = weights->note_count;
    custval_text *texts = custval__arena_alloc(&weights->arena, 3 * count, sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        texts[i] = text_of(weights->notes[i].code);
        texts[count + i] = text_of(weights->notes[i].about);
        texts[2 * count + i] = text_of(weights->notes[i].message);
    }
    CUSTVAL__TRY(custval__result_new(&weights->arena.host, count, &weights->note_table, error));
    CUSTVAL__TRY(custval__result_add_texts(weights->note_table, "code", texts, error));
    CUSTVAL__TRY(custval__result_add_texts(weights->note_table, "about", texts + count, error));
    return custval__result_add_texts(weights->note_table, "message", texts + 2 * count, error);
}

custval_status custval__weights_finish(custval_weights *weights, custval_error *error) {
    CUSTVAL__TRY(make_shares(weights, error));
    custval__result_finish(weights->table);
    CUSTVAL__TRY(make_diagnostic_table(weights, error));
    return make_note_table(weights, error);
}

custval_status custval__weights_give(custval_weights *weights, custval_status status, custval_weights **out) {
    *out = status == CUSTVAL_OK ? weights : NULL;
    if (status != CUSTVAL_OK) custval_weights_free(weights);
    return status;
}

/* ---- Looking into a set -------------------------------------------------------------------------------------------- */

custval_weights *custval_weights_ref(custval_weights *weights) {
    if (weights != NULL) atomic_fetch_add_explicit(&weights->owners, 1, memory_order_relaxed);
    return weights;
}

void custval_weights_free(custval_weights *weights) {
    if (weights == NULL || atomic_fetch_sub_explicit(&weights->owners, 1, memory_order_acq_rel) != 1) return;
    const custval_host host = weights->arena.host;
    custval_table_free(weights->table);
    custval_table_free(weights->diagnostic_table);
    custval_table_free(weights->note_table);
    custval__free(&host, weights->diagnostics);
    custval__free(&host, weights->notes);
    custval__arena_free(&weights->arena);
    custval__free(&host, weights);
}

const custval_host *custval__weights_host(const custval_weights *weights) {
    return &weights->arena.host;
}

size_t custval_weights_count(const custval_weights *weights) {
    return weights == NULL ? 0 : weights->count;
}

const char *custval_weights_name(const custval_weights *weights, size_t index) {
    return weights == NULL || index >= weights->count ? NULL : weights->names[index];
}

double custval_weights_share(const custval_weights *weights, size_t index) {
    return weights == NULL || index >= weights->count ? (double)NAN : weights->numbers[index];
}

const char *custval_weights_method(const custval_weights *weights) {
    return weights == NULL ? NULL : weights->method;
}

uint64_t custval_weights_sample(const custval_weights *weights) {
    return weights == NULL ? 0 : weights->sample;
}

const custval_table *custval_weights_table(const custval_weights *weights) {
    return weights == NULL ? NULL : weights->table;
}

const custval_table *custval_weights_diagnostics(const custval_weights *weights) {
    return weights == NULL ? NULL : weights->diagnostic_table;
}

const custval_table *custval_weights_notes(const custval_weights *weights) {
    return weights == NULL ? NULL : weights->note_table;
}

const char *custval__weights_diagnostic_at(const custval_weights *weights, size_t index, double *out) {
    if (index >= weights->diagnostic_count) return NULL;
    *out = weights->diagnostics[index].value;
    return weights->diagnostics[index].name;
}

static const char *diagnostic_name(const void *data, size_t index) {
    double value;
    return custval__weights_diagnostic_at(data, index, &value);
}

custval_status custval_weights_diagnostic(const custval_weights *weights, const char *name, double *out,
                                          custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = (double)NAN;
    if (weights == NULL) return custval__fail_null(error, "weights");
    if (name == NULL) return custval__fail_null(error, "name");
    for (size_t i = 0; i < weights->diagnostic_count; i++) {
        if (strcmp(weights->diagnostics[i].name, name) != 0) continue;
        *out = weights->diagnostics[i].value;
        return CUSTVAL_OK;
    }
    char near[160];
    custval__nearest_names(name, diagnostic_name, weights, 3, near, sizeof near);
    return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "weights by \"%s\" have no diagnostic \"%s\"%s%s",
                         weights->method, name, near[0] ? "; the nearest are " : "", near);
}

/* ---- Two sets ------------------------------------------------------------------------------------------------------ */

static custval_status fail_only_one(const char *name, const char *has, const char *lacks, custval_error *error) {
    return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "criterion \"%s\" is in the %s set of weights, not in the %s",
                         name, has, lacks);
}

custval_status custval__weights_match(const custval_host *whole_host, const custval_weights *first,
                                      const custval_weights *second, size_t **out, custval_error *error) {
    *out = NULL;
    size_t *match = custval__alloc(whole_host, first->count, sizeof *match);
    unsigned char *taken = custval__alloc_zero(whole_host, second->count, 1);
    custval_status status = match == NULL || taken == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
    for (size_t i = 0; i < first->count && status == CUSTVAL_OK; i++) {
        size_t k = 0;
        while (k < second->count && strcmp(first->names[i], second->names[k]) != 0) k++;
        if (k == second->count) {
            status = fail_only_one(first->names[i], "first", "second", error);
        } else {
            match[i] = k;
            taken[k] = 1;
        }
    }
    for (size_t k = 0; k < second->count && status == CUSTVAL_OK; k++) {
        if (!taken[k]) status = fail_only_one(second->names[k], "second", "first", error);
    }
    custval__free(whole_host, taken);
    if (status == CUSTVAL_OK) {
        *out = match;
    } else {
        custval__free(whole_host, match);
    }
    return status;
}
