/* Judgements in pairs: what is wrong with them, and reading what is not. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "pairwise.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/options.h"
#include "../base/text.h"
#include "weights.h"

#define MOST_MEMBERS 100000000

/* ---- Everything but the matrices ------------------------------------------------------------------------------------- */

static custval_status read_choice(uint32_t *inout, uint32_t most, const char *name, custval_error *error) {
    if (*inout > most) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s is %u, which means nothing", name, (unsigned)*inout);
    }
    if (*inout == 0) *inout = 1;
    return CUSTVAL_OK;
}

static custval_status read_options(custval_ahp_options *out, const custval_ahp_options *options, custval_error *error) {
    *out = (custval_ahp_options)CUSTVAL_AHP_OPTIONS_INIT;
    CUSTVAL__TRY(custval__struct_read(out, sizeof *out, sizeof *out, options, "custval_ahp_options", error));
    CUSTVAL__TRY(read_choice(&out->method, CUSTVAL_AHP_ARITHMETIC, "method", error));
    CUSTVAL__TRY(read_choice(&out->random_index, CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT, "random_index", error));
    CUSTVAL__TRY(read_choice(&out->grouping, CUSTVAL_GROUPING_PRIORITIES_ARITHMETIC, "grouping", error));
    if (out->reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "reserved is %u, it must be 0", (unsigned)out->reserved);
    }
    if (out->cr_limit >= 0.0 && isfinite(out->cr_limit)) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "cr_limit is %g, but must be finite and at least 0",
                         out->cr_limit);
}

static custval_status check_counts(const custval_judgements *given, custval_error *error) {
    if (given->count == 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there are no criteria");
    if (given->count > CUSTVAL_MAX_JUDGED) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu criteria are more than %d", given->count,
                             CUSTVAL_MAX_JUDGED);
    }
    if (given->members == 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there are no members");
    // Their matrices could not be in memory, or not in as many pieces as a job may have.
    const size_t room = (size_t)PTRDIFF_MAX / (given->count * given->count * sizeof *given->matrices);
    if (given->members <= (room < MOST_MEMBERS ? room : MOST_MEMBERS)) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu members are too many", given->members);
}

static custval_status check_member_names(const custval__judges *judges, custval_error *error) {
    const custval_judgements *given = &judges->given;
    for (size_t m = 0; m < given->members && given->member_names != NULL; m++) {
        const char *name = given->member_names[m];
        if (name != NULL && name[0] != 0 && custval__utf8_valid(name, strlen(name))) continue;
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of member %zu is %s", m + 1,
                             name == NULL   ? "NULL"
                             : name[0] == 0 ? "empty"
                                            : "not UTF-8");
    }
    return CUSTVAL_OK;
}

static custval_status check_member_weights(custval__judges *judges, custval_error *error) {
    const custval_judgements *given = &judges->given;
    judges->largest_weight = given->member_weights == NULL ? 1.0 : 0.0;
    for (size_t m = 0; m < given->members && given->member_weights != NULL; m++) {
        const double weight = given->member_weights[m];
        char room[CUSTVAL__MEMBER_ROOM];
        if (!(weight >= 0.0) || !isfinite(weight)) {
            return custval__fail(error, CUSTVAL_ERROR_WEIGHT, "member \"%s\": weight %g is %s",
                                 custval__judges_member(judges, m, room), weight,
                                 weight < 0.0 ? "negative" : "not finite");
        }
        judges->largest_weight = fmax(judges->largest_weight, weight);
    }
    if (judges->largest_weight > 0.0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_WEIGHT, "the weights of all %zu members are 0", given->members);
}

custval_status custval__judges_read(custval__judges *out, const custval_judgements *judgements,
                                    const custval_ahp_options *options, custval_error *error) {
    *out = (custval__judges){.given = CUSTVAL_JUDGEMENTS_INIT};
    custval_judgements *given = &out->given;
    if (judgements == NULL) return custval__fail_null(error, "judgements");
    CUSTVAL__TRY(custval__struct_read(given, sizeof *given, sizeof *given, judgements, "custval_judgements", error));
    CUSTVAL__TRY(read_options(&out->options, options, error));
    CUSTVAL__TRY(check_counts(given, error));
    CUSTVAL__TRY(custval__weights_check_names(given->names, given->count, error));
    if (given->matrices == NULL) return custval__fail_null(error, "matrices");
    if ((given->lower == NULL) != (given->upper == NULL)) {
        return custval__fail_null(error, given->lower == NULL ? "lower" : "upper");
    }
    out->is_fuzzy = given->lower != NULL;
    CUSTVAL__TRY(check_member_names(out, error));
    return check_member_weights(out, error);
}

custval_status custval__judges_need_crisp(const custval__judges *judges, custval_error *error) {
    if (!judges->is_fuzzy) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED,
                         "lower and upper are given, but this takes crisp judgements only");
}

void custval__judges_ahp(const custval__judges *judges, custval__ahp *out) {
    custval__ahp_init(out, judges->given.count, judges->is_fuzzy ? CUSTVAL_AHP_GEOMETRIC : judges->options.method,
                      judges->options.random_index);
}

double custval__judges_weight(const custval__judges *judges, size_t member) {
    return judges->given.member_weights == NULL ? 1.0 : judges->given.member_weights[member] / judges->largest_weight;
}

const char *custval__judges_member(const custval__judges *judges, size_t member, char room[CUSTVAL__MEMBER_ROOM]) {
    if (judges->given.member_names != NULL) return judges->given.member_names[member];
    custval__unsigned_text(member + 1, room);
    return room;
}

/* ---- The matrices ---------------------------------------------------------------------------------------------------- */

int custval__judges_load(const custval__judges *judges, const custval__ahp *ahp, size_t first,
                         custval__ahp_block *block) {
    const double *matrices[CUSTVAL__LANES];
    const size_t size = ahp->count * ahp->count;
    for (size_t lane = 0; lane < CUSTVAL__LANES; lane++) {
        const size_t member = first + lane < judges->given.members ? first + lane : first;
        matrices[lane] = judges->given.matrices + member * size;
    }
    block->is_logged = 0;
    const int is_wrong = ahp->kernels->read(matrices, ahp->count, block->cells, block->missing);
    for (size_t lane = judges->given.members - first; lane < CUSTVAL__LANES; lane++) {
        if (block->missing[lane] > 0.0) custval__ahp_block_blank(block, ahp->count, lane);
    }
    return is_wrong;
}

// What a message begins with: who judged, if there are several.
#define WHO 120
static const char *prefix(const custval__judges *judges, size_t member, char out[WHO]) {
    char room[CUSTVAL__MEMBER_ROOM];
    out[0] = 0;
    if (judges->given.members > 1 && member != SIZE_MAX) {
        custval__format(out, WHO, "member \"%s\": ", custval__judges_member(judges, member, room));
    }
    return out;
}

static custval_status refuse_cell(const custval__judges *judges, size_t member, size_t i, size_t j,
                                  custval_error *error) {
    const size_t n = judges->given.count;
    const double a = judges->given.matrices[(member * n + i) * n + j];
    const char *const *names = judges->given.names;
    char who[WHO];
    if (i == j && a != 1.0) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s\"%s\" over itself is %g, but must be 1",
                             prefix(judges, member, who), names[i], a);
    }
    if (!(a < CUSTVAL__JUDGEMENT_LEAST || a > CUSTVAL__JUDGEMENT_MOST)) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE,
                         "%s\"%s\" over \"%s\" is %g, but must be " CUSTVAL__JUDGEMENT_RANGE,
                         prefix(judges, member, who), names[i], names[j], a);
}

static custval_status refuse_pair(const custval__judges *judges, size_t member, size_t i, size_t j,
                                  custval_error *error) {
    CUSTVAL__TRY(refuse_cell(judges, member, i, j, error));
    CUSTVAL__TRY(refuse_cell(judges, member, j, i, error));
    const size_t n = judges->given.count;
    const double *matrix = judges->given.matrices + member * n * n;
    const double a = matrix[i * n + j], b = matrix[j * n + i];
    const char *const *names = judges->given.names;
    char who[WHO];
    if (!(fabs(a * b - 1.0) > CUSTVAL__RECIPROCAL_WITHIN)) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE,
                         "%s\"%s\" over \"%s\" is %g, but \"%s\" over \"%s\" is %g: they are not reciprocal",
                         prefix(judges, member, who), names[i], names[j], a, names[j], names[i], b);
}

custval_status custval__judges_refuse(const custval__judges *judges, custval_error *error) {
    const size_t n = judges->given.count;
    for (size_t member = 0; member < judges->given.members; member++) {
        for (size_t i = 0; i < n; i++) {
            for (size_t j = i; j < n; j++) CUSTVAL__TRY(refuse_pair(judges, member, i, j, error));
        }
    }
    return CUSTVAL_OK;
}

custval_status custval__judges_refuse_apart(const custval__judges *judges, size_t member, size_t criterion,
                                            custval_error *error) {
    char who[WHO];
    return custval__fail(error, CUSTVAL_ERROR_STATE,
                         "%sno chain of judgements connects \"%s\" with \"%s\": more pairs must be judged",
                         prefix(judges, member, who), judges->given.names[criterion], judges->given.names[0]);
}
