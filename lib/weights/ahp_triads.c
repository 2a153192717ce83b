/* custval_ahp_triads: the triads of a matrix by their inconsistency. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ahp_triads.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../table/table.h"
#include "weights.h"

/* ---- Each triad ------------------------------------------------------------------------------------------------------ */

/* A preference weaker than this is rounding of a mean of judgements. */
#define INDIFFERENT 1e-9
/* Judgements as far from the weights as this are equally far: those of a triad alone are, but for rounding. */
#define SAME 1e-9

static int is_circle(double first, double second, double third) {
    return first > INDIFFERENT && second > INDIFFERENT && third > INDIFFERENT;
}

void custval__triads_each(const custval__group *group, void (*visit)(void *data, const custval__triad *triad),
                          void *data) {
    const size_t n = group->ahp.count;
    const double *logs = group->logs;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            for (size_t k = j + 1; k < n; k++) {
                const double ij = logs[i * n + j], jk = logs[j * n + k], ik = logs[i * n + k];
                const double inconsistency = fabs(ij + jk - ik);
                if (isnan(inconsistency)) continue;
                const int is_circular = is_circle(ij, jk, -ik) || is_circle(-ij, -jk, ik);
                visit(data, &(custval__triad){{i, j, k}, inconsistency, is_circular});
            }
        }
    }
}

static double ratio_by_weights(const custval__group *group, size_t row, size_t column) {
    if (group->log_own == NULL) return group->own[row] / group->own[column];
    return custval__exp(group->log_own[row] - group->log_own[column]);
}

custval__revisit custval__triad_revisit(const custval__group *group, const custval__triad *triad) {
    static const size_t pairs[3][3] = {{0, 1, 2}, {0, 2, 1}, {1, 2, 0}}; // the third is left out
    const size_t n = group->ahp.count;
    const double *matrix = group->matrix;
    custval__revisit out = {0};
    double most = -1.0;
    for (size_t pair = 0; pair < 3; pair++) {
        size_t row = triad->members[pairs[pair][0]], column = triad->members[pairs[pair][1]];
        const size_t third = triad->members[pairs[pair][2]];
        const double apart = fabs(group->logs[row * n + column] - custval__log(ratio_by_weights(group, row, column)));
        if (apart <= most + SAME) continue;
        most = apart;
        if (matrix[row * n + column] < 1.0) {
            const size_t kept = row;
            row = column;
            column = kept;
        }
        out = (custval__revisit){row, column, matrix[row * n + column], ratio_by_weights(group, row, column),
                                 matrix[row * n + third] * matrix[third * n + column]};
    }
    return out;
}

/* ---- The table ------------------------------------------------------------------------------------------------------- */

typedef struct entry {
    custval__triad triad;
    custval__revisit revisit;
} entry;

typedef struct list {
    const custval__group *group;
    entry *entries;
    size_t count;
} list;

static void append(void *data, const custval__triad *triad) {
    list *to = data;
    to->entries[to->count++] = (entry){*triad, custval__triad_revisit(to->group, triad)};
}

// The more inconsistent first, else as the criteria come.
static int is_before(const entry *a, const entry *b) {
    if (a->triad.inconsistency != b->triad.inconsistency) return a->triad.inconsistency > b->triad.inconsistency;
    size_t k = 0;
    while (k < 2 && a->triad.members[k] == b->triad.members[k]) k++;
    return a->triad.members[k] < b->triad.members[k];
}

static void sift_down(entry *entries, size_t at, size_t count) {
    const entry sinking = entries[at];
    for (size_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && is_before(entries + child, entries + child + 1)) child++;
        if (!is_before(&sinking, entries + child)) break;
        entries[at] = entries[child];
        at = child;
    }
    entries[at] = sinking;
}

// A heap sort, because qsort may allocate behind the host's back.
static void sort(list *of) {
    for (size_t at = of->count / 2; at-- > 0;) sift_down(of->entries, at, of->count);
    for (size_t count = of->count; count-- > 1;) {
        const entry last = of->entries[count];
        of->entries[count] = of->entries[0];
        of->entries[0] = last;
        sift_down(of->entries, 0, count);
    }
}

enum { ROW = 3, COLUMN = 4 }; // below them, a member of the triad

static custval_status add_names(const list *of, size_t which, const char *column, custval_text *texts,
                                custval_table *table, custval_error *error) {
    for (size_t k = 0; k < of->count; k++) {
        const entry *it = of->entries + k;
        const size_t criterion = which == ROW      ? it->revisit.row
                                 : which == COLUMN ? it->revisit.column
                                                   : it->triad.members[which];
        const char *name = of->group->judges->given.names[criterion];
        texts[k] = (custval_text){name, strlen(name)};
    }
    return custval__result_add_texts(table, column, texts, error);
}

static custval_status fill_table(const list *of, custval_text *texts, custval_table *table, custval_error *error) {
    double *inconsistency, *judgement, *suggested, *by_weights;
    uint32_t *circular;
    CUSTVAL__TRY(add_names(of, 0, "first", texts, table, error));
    CUSTVAL__TRY(add_names(of, 1, "second", texts, table, error));
    CUSTVAL__TRY(add_names(of, 2, "third", texts, table, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "inconsistency", &inconsistency, error));
    CUSTVAL__TRY(custval__result_add_uint32(table, "circular", &circular, error));
    CUSTVAL__TRY(add_names(of, ROW, "row", texts, table, error));
    CUSTVAL__TRY(add_names(of, COLUMN, "column", texts, table, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "judgement", &judgement, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "suggested", &suggested, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "by_weights", &by_weights, error));
    for (size_t k = 0; k < of->count; k++) {
        const entry *it = of->entries + k;
        inconsistency[k] = it->triad.inconsistency;
        circular[k] = it->triad.is_circular != 0;
        judgement[k] = it->revisit.judgement;
        suggested[k] = it->revisit.suggested;
        by_weights[k] = it->revisit.by_weights;
    }
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status list_triads(list *of, custval_table **out, custval_error *error) {
    const custval_host *host = of->group->host;
    const size_t n = of->group->ahp.count, most = n < 3 ? 0 : n * (n - 1) / 2 * (n - 2) / 3;
    of->entries = custval__alloc(host, most, sizeof *of->entries);
    custval_text *texts = custval__alloc(host, most, sizeof *texts);
    custval_status status = of->entries == NULL || texts == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
    if (status == CUSTVAL_OK) {
        custval__triads_each(of->group, append, of);
        sort(of);
        status = custval__result_new(host, of->count, out, error);
    }
    if (status == CUSTVAL_OK) status = fill_table(of, texts, *out, error);
    custval__free(host, texts);
    custval__free(host, of->entries);
    return status;
}

static custval_status find_triads(const custval_host *host, const custval__judges *judges, custval_table **out,
                                  custval_error *error) {
    custval__group group;
    list of = {.group = &group};
    custval_status status = custval__group_solve(&group, host, judges, NULL, error);
    if (status == CUSTVAL_OK) status = list_triads(&of, out, error);
    custval__group_close(&group);
    return status;
}

custval_status custval_ahp_triads(const custval_host *host, const custval_judgements *judgements,
                                  const custval_ahp_options *options, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval_host whole;
    custval__judges judges;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    CUSTVAL__TRY(custval__judges_read(&judges, judgements, options, error));
    CUSTVAL__TRY(custval__judges_need_crisp(&judges, error));
    const custval_status status = find_triads(&whole, &judges, out, error);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
