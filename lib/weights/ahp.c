/* custval_weights_ahp and custval_ahp_members: weights from judgements in pairs, with what there is to say about them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/judgements.h>

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../table/table.h"
#include "ahp_fuzzy.h"
#include "ahp_group.h"
#include "ahp_triads.h"
#include "weights.h"

/* ---- Remarks --------------------------------------------------------------------------------------------------------- */

// For people: three decimals say enough, or three digits of what is below .1.
static double rounded(double x) {
    double scale = 1000.0;
    while (x > 0.0 && x * scale < 100.0) scale *= 10.0;
    return floor(x * scale + 0.5) / scale;
}

typedef struct survey {
    custval__triad worst, worst_circle;
    size_t triads, circles;
} survey;

static void look(void *data, const custval__triad *triad) {
    survey *in = data;
    if (in->triads++ == 0 || triad->inconsistency > in->worst.inconsistency) in->worst = *triad;
    if (!triad->is_circular) return;
    if (in->circles++ == 0 || triad->inconsistency > in->worst_circle.inconsistency) in->worst_circle = *triad;
}

static custval_status note_inconsistent(custval_weights *weights, const custval__group *group, const survey *found,
                                        custval_error *error) {
    const char *const *names = group->judges->given.names;
    const size_t *members = found->worst.members;
    const double cr = rounded(group->cr), limit = group->judges->options.cr_limit;
    if (found->triads == 0) {
        return custval__weights_note(weights, "inconsistent", NULL, error, "the consistency ratio %g is above %g", cr,
                                     limit);
    }
    const custval__revisit revisit = custval__triad_revisit(group, &found->worst);
    return custval__weights_note(
        weights, "inconsistent", names[revisit.row], error,
        "the consistency ratio %g is above %g: \"%s\", \"%s\" and \"%s\" fit worst; \"%s\" over \"%s\" was judged %g, "
        "but the other two judgements imply %g",
        cr, limit, names[members[0]], names[members[1]], names[members[2]], names[revisit.row], names[revisit.column],
        rounded(revisit.judgement), rounded(revisit.suggested));
}

static custval_status note_circular(custval_weights *weights, const custval__group *group, const survey *found,
                                    custval_error *error) {
    const char *const *names = group->judges->given.names;
    const size_t *members = found->worst_circle.members;
    const size_t n = group->ahp.count;
    const int is_forward = group->matrix[members[0] * n + members[1]] > 1.0;
    const char *first = names[members[0]], *second = names[members[is_forward ? 1 : 2]],
               *third = names[members[is_forward ? 2 : 1]];
    return custval__weights_note(weights, "circular", first, error,
                                 "\"%s\" is preferred to \"%s\", \"%s\" to \"%s\", and \"%s\" to \"%s\" (%zu such "
                                 "%s in all)",
                                 first, second, second, third, third, first, found->circles,
                                 found->circles == 1 ? "circle" : "circles");
}

static custval_status note_judgements(custval_weights *weights, const custval__group *group, custval_error *error) {
    if (group->ahp.count < 3) return CUSTVAL_OK;
    survey found = {0};
    custval__triads_each(group, look, &found);
    if (isnan(group->cr)) {
        CUSTVAL__TRY(custval__weights_note(weights, "no-random-index", NULL, error,
                                           "the table has no random index for %zu criteria, so that there is no "
                                           "consistency ratio; that of Alonso and Lamata's fit has one for any number",
                                           group->ahp.count));
    }
    if (group->cr > group->judges->options.cr_limit) {
        CUSTVAL__TRY(note_inconsistent(weights, group, &found, error));
    }
    return found.circles == 0 ? CUSTVAL_OK : note_circular(weights, group, &found, error);
}

static custval_status note_members(custval_weights *weights, const custval__group *group, custval_error *error) {
    const custval__judges *judges = group->judges;
    char room[CUSTVAL__MEMBER_ROOM];
    if (group->inconsistent > 0) {
        CUSTVAL__TRY(custval__weights_note(
            weights, "inconsistent-member", NULL, error,
            "%zu of %zu members have a consistency ratio above %g; the largest, %g, is that of \"%s\"",
            group->inconsistent, judges->given.members, judges->options.cr_limit, rounded(group->largest_cr),
            custval__judges_member(judges, group->least_consistent, room)));
    }
    if (group->apart == 0) return CUSTVAL_OK;
    return custval__weights_note(weights, "unconnected-member", NULL, error,
                                 "the judgements of %zu of %zu members do not connect all criteria: they count, but "
                                 "give no weights of their own for the consensus",
                                 group->apart, judges->given.members);
}

static custval_status note_all(custval_weights *weights, const custval__group *group, custval_error *error) {
    CUSTVAL__TRY(note_judgements(weights, group, error));
    if (group->judges->given.members > 1) CUSTVAL__TRY(note_members(weights, group, error));
    if (group->converged && group->astray == 0) return CUSTVAL_OK;
    return custval__weights_note(weights, "no-convergence", NULL, error,
                                 "the iteration did not settle%s: the judgements contradict each other too much; row "
                                 "geometric means need none",
                                 group->converged ? " for some members" : "");
}

/* ---- Weights --------------------------------------------------------------------------------------------------------- */

static custval_status diagnose(custval_weights *weights, const custval__group *group, custval_error *error) {
    const struct {
        const char *name;
        double value;
    } all[] = {
        {"lambda_max", group->lambda_max},
        {"ci", group->ci},
        {"ri", group->ahp.random_index},
        {"cr", group->cr},
        {"gci", group->gci},
        {"missing", group->missing},
        {"steps", group->steps},
        {"members", (double)group->judges->given.members},
        {"consensus", group->consensus},
        {"least_cr", group->least_cr},
        {"largest_cr", group->largest_cr},
    };
    const size_t of_one = 7;
    const size_t count = group->judges->given.members > 1 ? sizeof all / sizeof *all : of_one;
    for (size_t k = 0; k < count; k++) {
        CUSTVAL__TRY(custval__weights_diagnose(weights, all[k].name, all[k].value, error));
    }
    return CUSTVAL_OK;
}

static custval_status fill_fuzzy(custval_weights *weights, custval__group *group, custval_error *error) {
    const size_t n = group->ahp.count;
    double *low, *middle, *high, *numbers = custval__weights_numbers(weights);
    double *scratch = custval__arena_alloc(&group->arena, 3 * n, sizeof *scratch);
    if (scratch == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(custval__weights_column(weights, "low", &low, error));
    CUSTVAL__TRY(custval__weights_column(weights, "middle", &middle, error));
    CUSTVAL__TRY(custval__weights_column(weights, "high", &high, error));
    CUSTVAL__TRY(custval__fuzzy_weights(group->judges, low, middle, high, scratch, error));
    for (size_t i = 0; i < n; i++) numbers[i] = (low[i] + middle[i] + high[i]) / 3.0;
    return CUSTVAL_OK;
}

static custval_status fill(custval_weights *weights, custval__group *group, custval_error *error) {
    const custval__judges *judges = group->judges;
    if (judges->is_fuzzy) {
        CUSTVAL__TRY(fill_fuzzy(weights, group, error));
    } else {
        memcpy(custval__weights_numbers(weights), group->weights, group->ahp.count * sizeof *group->weights);
    }
    custval__weights_set_sample(weights, judges->given.members);
    CUSTVAL__TRY(diagnose(weights, group, error));
    CUSTVAL__TRY(note_all(weights, group, error));
    return custval__weights_finish(weights, error);
}

static const char *method_name(const custval__judges *judges) {
    if (judges->is_fuzzy) return "ahp-fuzzy";
    return judges->options.method == CUSTVAL_AHP_EIGENVECTOR ? "ahp-eigenvector"
           : judges->options.method == CUSTVAL_AHP_GEOMETRIC ? "ahp-geometric"
                                                             : "ahp-arithmetic";
}

static custval_status make(const custval_host *host, const custval__judges *judges, custval_weights **weights,
                           custval_error *error) {
    custval__group group;
    custval_status status = custval__group_solve(&group, host, judges, NULL, error);
    if (status == CUSTVAL_OK) {
        status =
            custval__weights_new(host, judges->given.names, judges->given.count, method_name(judges), weights, error);
    }
    if (status == CUSTVAL_OK) status = fill(*weights, &group, error);
    custval__group_close(&group);
    return status;
}

custval_status custval_weights_ahp(const custval_host *host, const custval_judgements *judgements,
                                   const custval_ahp_options *options, custval_weights **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval_host whole;
    custval__judges judges;
    custval_weights *weights = NULL;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    CUSTVAL__TRY(custval__judges_read(&judges, judgements, options, error));
    if (judges.is_fuzzy && judges.options.grouping != CUSTVAL_GROUPING_JUDGEMENTS) {
        return custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED, "fuzzy judgements are grouped by judgements only");
    }
    const custval_status status = make(&whole, &judges, &weights, error);
    return custval__weights_give(weights, status, out);
}

/* ---- Members --------------------------------------------------------------------------------------------------------- */

static const char *const own_columns[] = {"member", "lambda_max", "ci", "cr", "gci", "missing", "distance"};

static int is_taken(const custval__judges *judges, size_t criterion, const char *name) {
    for (size_t k = 0; k < sizeof own_columns / sizeof *own_columns; k++) {
        if (strcmp(name, own_columns[k]) == 0) return 1;
    }
    for (size_t i = 0; i < judges->given.count; i++) {
        if (i != criterion && strcmp(name, judges->given.names[i]) == 0) return 1;
    }
    return 0;
}

static custval_status add_shares(const custval__judges *judges, custval__arena *arena, double **columns,
                                 custval_table *table, custval_error *error) {
    static const char before[] = "weight of ";
    const size_t extra = sizeof before - 1;
    for (size_t i = 0; i < judges->given.count; i++) {
        const char *name = judges->given.names[i];
        while (is_taken(judges, i, name)) {
            const size_t length = strlen(name);
            char *longer = custval__arena_alloc(arena, extra + length + 1, 1);
            if (longer == NULL) return custval__fail_memory(error);
            memcpy(longer, before, extra);
            memcpy(longer + extra, name, length);
            name = longer;
        }
        CUSTVAL__TRY(custval__result_add_doubles(table, name, columns + i, error));
    }
    return CUSTVAL_OK;
}

static custval_status add_names(const custval_host *host, const custval__judges *judges, custval_table *table,
                                custval_error *error) {
    const size_t members = judges->given.members;
    custval_text *texts = custval__alloc(host, members, sizeof *texts + CUSTVAL__MEMBER_ROOM);
    if (texts == NULL) return custval__fail_memory(error);
    char *rooms = (char *)(texts + members);
    for (size_t m = 0; m < members; m++) {
        const char *name = custval__judges_member(judges, m, rooms + m * CUSTVAL__MEMBER_ROOM);
        texts[m] = (custval_text){name, strlen(name)};
    }
    const custval_status status = custval__result_add_texts(table, "member", texts, error);
    custval__free(host, texts);
    return status;
}

static void set_distances(const custval__group *group, const custval__ahp_columns *columns, double *distance) {
    const size_t members = group->judges->given.members;
    for (size_t m = 0; m < members; m++) distance[m] = 0.0;
    for (size_t i = 0; i < group->ahp.count; i++) {
        const double *shares = columns->weights[i], mean = group->weights[i];
        for (size_t m = 0; m < members; m++) distance[m] += 0.5 * fabs(shares[m] - mean);
    }
}

static custval_status fill_members(const custval_host *host, const custval__judges *judges, custval__arena *arena,
                                   custval_table *table, custval_error *error) {
    custval__ahp_columns columns;
    double *distance;
    columns.weights = custval__arena_alloc(arena, judges->given.count, sizeof *columns.weights);
    if (columns.weights == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(add_names(host, judges, table, error));
    CUSTVAL__TRY(add_shares(judges, arena, columns.weights, table, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "lambda_max", &columns.lambda_max, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "ci", &columns.ci, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "cr", &columns.cr, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "gci", &columns.gci, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "missing", &columns.missing, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "distance", &distance, error));
    custval__group group;
    const custval_status status = custval__group_solve(&group, host, judges, &columns, error);
    if (status == CUSTVAL_OK) set_distances(&group, &columns, distance);
    custval__group_close(&group);
    if (status == CUSTVAL_OK) custval__result_finish(table);
    return status;
}

custval_status custval_ahp_members(const custval_host *host, const custval_judgements *judgements,
                                   const custval_ahp_options *options, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval_host whole;
    custval__judges judges;
    custval__arena arena;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    CUSTVAL__TRY(custval__judges_read(&judges, judgements, options, error));
    CUSTVAL__TRY(custval__judges_need_crisp(&judges, error));
    custval__arena_init(&arena, &whole);
    custval_status status = custval__result_new(&whole, judges.given.members, out, error);
    if (status == CUSTVAL_OK) status = fill_members(&whole, &judges, &arena, *out, error);
    custval__arena_free(&arena);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
