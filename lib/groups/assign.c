/* custval_groups_assign and custval_groups_describe: customers in groups. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/parts.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../table/table.h"
#include "groups.h"

typedef struct placing {
    custval_host host; /* whole */
    custval__arena arena;
    custval_groups_options options; /* whole */
    custval_groups *fixed;
    const custval_table *table;
    size_t rows, columns[CUSTVAL_MAX_MEASURES + 1];
    uint32_t *of; /* [row] */
} placing;

/* ---- Assigning ------------------------------------------------------------------------------------------------------ */

static custval_status add_groups(placing *in, custval_table *result, custval_error *error) {
    const custval_groups *const groups = in->fixed;
    custval_text *const names = custval__arena_alloc(&in->arena, in->rows, sizeof *names);
    custval_text *const ids = custval__arena_alloc(&in->arena, groups->group_count, sizeof *ids);
    if (names == NULL || ids == NULL) return custval__fail_memory(error);
    for (uint32_t g = 0; g < groups->group_count; g++) {
        ids[g] = (custval_text){groups->groups[g].id, strlen(groups->groups[g].id)};
    }
    for (size_t row = 0; row < in->rows; row++) {
        names[row] = in->of[row] < groups->group_count ? ids[in->of[row]] : (custval_text){NULL, 0};
    }
    return custval__result_add_texts(result, "group", names, error);
}

static custval_status assign(placing *in, custval_table **out, custval_error *error) {
    double *levels[CUSTVAL_MAX_MEASURES];
    uint32_t *status;
    CUSTVAL__TRY(custval__result_new(&in->host, in->rows, out, error));
    /* The levels are computed before the column that comes first in the table. */
    custval_table *const result = *out;
    double *const room = custval__arena_alloc(&in->arena, in->rows, in->fixed->measure_count * sizeof *room);
    if (room == NULL) return custval__fail_memory(error);
    for (uint32_t m = 0; m < in->fixed->measure_count; m++) levels[m] = room + m * in->rows;
    custval__groups_place(in->fixed, in->table, in->columns, in->of, levels);
    CUSTVAL__TRY(add_groups(in, result, error));
    for (uint32_t m = 0; m < in->fixed->measure_count; m++) {
        double *to;
        CUSTVAL__TRY(custval__result_add_doubles(result, in->fixed->measures[m].id, &to, error));
        if (in->rows > 0) memcpy(to, levels[m], in->rows * sizeof *to);
    }
    CUSTVAL__TRY(custval__result_add_uint32(result, "status", &status, error));
    for (size_t row = 0; row < in->rows; row++) {
        status[row] = in->of[row] == CUSTVAL__IN_UNKNOWN ? CUSTVAL_GROUP_ROW_MISSING
                      : in->of[row] == CUSTVAL__IN_NONE  ? CUSTVAL_GROUP_ROW_NONE
                                                         : CUSTVAL_GROUP_ROW_OK;
    }
    custval__result_finish(result);
    return CUSTVAL_OK;
}

/* ---- Describing ----------------------------------------------------------------------------------------------------- */

/* Of one group and column. */
typedef struct tally {
    custval__sum sum;
    uint64_t count;
} tally;

typedef struct description {
    placing *in;
    uint32_t sets;     /* groups, those in none, all */
    uint32_t numbers;  /* columns: measures, and the value */
    uint32_t *members; /* [set] */
    tally *tallies;    /* [set][column] */
} description;

static void count_member(description *to, uint32_t set, uint32_t column, double number) {
    tally *const which = &to->tallies[(size_t)set * to->numbers + column];
    custval__sum_add(&which->sum, number);
    which->count++;
}

static void add_up(description *to) {
    const placing *const in = to->in;
    const uint32_t none = to->sets - 2, all = to->sets - 1;
    double scratch[CUSTVAL__GROUPS_ROWS];
    for (size_t row = 0; row < in->rows; row++) {
        to->members[in->of[row] < none ? in->of[row] : none]++;
        to->members[all]++;
    }
    for (size_t start = 0; start < in->rows; start += CUSTVAL__GROUPS_ROWS) {
        const size_t count = in->rows - start < CUSTVAL__GROUPS_ROWS ? in->rows - start : CUSTVAL__GROUPS_ROWS;
        for (uint32_t c = 0; c < to->numbers; c++) {
            const double *const numbers = custval__table_doubles(in->table, in->columns[c], start, count, scratch);
            for (size_t i = 0; i < count; i++) {
                const uint32_t group = in->of[start + i];
                if (isnan(numbers[i])) continue;
                count_member(to, group < none ? group : none, c, numbers[i]);
                count_member(to, all, c, numbers[i]);
            }
        }
    }
}

/* The set of a row of the result: nobody in none, no such row. */
static uint32_t set_of(const description *from, size_t row) {
    const uint32_t none = from->sets - 2;
    return row < none || from->members[none] > 0 ? (uint32_t)row : from->sets - 1;
}

static custval_status add_names(const description *from, custval_table *result, custval_error *error) {
    const custval_groups *const groups = from->in->fixed;
    const size_t rows = custval_table_rows(result);
    uint32_t *customers;
    double *shares;
    custval_text *const names = custval__arena_alloc(&from->in->arena, rows, sizeof *names);
    if (names == NULL) return custval__fail_memory(error);
    for (size_t row = 0; row < rows; row++) {
        const uint32_t set = set_of(from, row);
        const char *const id = set < groups->group_count ? groups->groups[set].id : "all";
        names[row] = set == groups->group_count ? (custval_text){NULL, 0} : (custval_text){id, strlen(id)};
    }
    CUSTVAL__TRY(custval__result_add_texts(result, "group", names, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "customers", &customers, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "share", &shares, error));
    for (size_t row = 0; row < rows; row++) {
        customers[row] = from->members[set_of(from, row)];
        shares[row] = from->in->rows == 0 ? (double)NAN : (double)customers[row] / (double)from->in->rows;
    }
    return CUSTVAL_OK;
}

static double mean_of(const tally *of) {
    return of->count == 0 ? (double)NAN : custval__sum_value(&of->sum) / (double)of->count;
}

/* "<id>_sum" and "<id>_mean" of a column. */
static custval_status add_sums(const description *from, custval_table *result, uint32_t column, custval_error *error) {
    const custval_groups *const groups = from->in->fixed;
    const char *const id = column < groups->measure_count ? groups->measures[column].id : "value";
    char name[CUSTVAL_MAX_TEXT_LENGTH + 8];
    double *sums, *means;
    custval__format(name, sizeof name, "%s_sum", id);
    CUSTVAL__TRY(custval__result_add_doubles(result, name, &sums, error));
    custval__format(name, sizeof name, "%s_mean", id);
    CUSTVAL__TRY(custval__result_add_doubles(result, name, &means, error));
    for (size_t row = 0; row < custval_table_rows(result); row++) {
        const tally *const of = &from->tallies[(size_t)set_of(from, row) * from->numbers + column];
        sums[row] = custval__sum_value(&of->sum);
        means[row] = mean_of(of);
    }
    return CUSTVAL_OK;
}

static custval_status add_spend(const description *from, custval_table *result, custval_error *error) {
    const custval_groups *const groups = from->in->fixed;
    double *allowable, *spend, *returns;
    CUSTVAL__TRY(custval__result_add_doubles(result, "allowable", &allowable, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "spend", &spend, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "return", &returns, error));
    for (size_t row = 0; row < custval_table_rows(result); row++) {
        const uint32_t set = set_of(from, row);
        const custval__group *const group = set < groups->group_count ? &groups->groups[set] : NULL;
        const double value = mean_of(&from->tallies[(size_t)set * from->numbers + groups->measure_count]);
        allowable[row] = group == NULL ? (double)NAN : group->gain * value;
        spend[row] = group == NULL ? (double)NAN : group->spend;
        returns[row] = spend[row] > 0.0 ? (allowable[row] - spend[row]) / spend[row] : (double)NAN;
    }
    return CUSTVAL_OK;
}

static custval_status describe(placing *in, custval_table **out, custval_error *error) {
    const uint32_t has_value = in->options.value != NULL;
    description from = {.in = in, .sets = in->fixed->group_count + 2, .numbers = in->fixed->measure_count + has_value};
    from.members = custval__arena_alloc(&in->arena, from.sets, sizeof *from.members);
    from.tallies = custval__arena_alloc(&in->arena, (size_t)from.sets * from.numbers, sizeof *from.tallies);
    if (from.members == NULL || from.tallies == NULL) return custval__fail_memory(error);
    custval__groups_place(in->fixed, in->table, in->columns, in->of, NULL);
    add_up(&from);
    const size_t rows = from.sets - (from.members[from.sets - 2] == 0);
    CUSTVAL__TRY(custval__result_new(&in->host, rows, out, error));
    CUSTVAL__TRY(add_names(&from, *out, error));
    for (uint32_t c = 0; c < from.numbers; c++) CUSTVAL__TRY(add_sums(&from, *out, c, error));
    if (has_value) CUSTVAL__TRY(add_spend(&from, *out, error));
    custval__result_finish(*out);
    return CUSTVAL_OK;
}

/* ---- The calls ------------------------------------------------------------------------------------------------------ */

static custval_status place(placing *in, const custval_groups *groups, const char *value, custval_error *error) {
    CUSTVAL__TRY(custval__groups_columns(groups, in->table, value, in->columns, error));
    in->rows = custval_table_rows(in->table);
    if (in->rows > UINT32_MAX) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu rows are too many for one call", in->rows);
    }
    in->of = custval__arena_alloc(&in->arena, in->rows, sizeof *in->of);
    if (in->of == NULL) return custval__fail_memory(error);
    return custval__groups_fix(groups, &in->host, in->table, in->columns, &in->fixed, error);
}

static custval_status run(const custval_groups *groups, const custval_table *table,
                          const custval_groups_options *options, int is_description, custval_table **out,
                          custval_error *error) {
    placing in = {.table = table, .options = CUSTVAL_GROUPS_OPTIONS_INIT};
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (groups == NULL) return custval__fail_null(error, "groups");
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(custval__struct_read(&in.options, sizeof in.options, sizeof in.options, options,
                                      "custval_groups_options", error));
    CUSTVAL__TRY(custval__host_read(&in.host, in.options.host, error));
    custval__arena_init(&in.arena, &in.host);
    custval_status status = place(&in, groups, is_description ? in.options.value : NULL, error);
    if (status == CUSTVAL_OK) status = is_description ? describe(&in, out, error) : assign(&in, out, error);
    custval_groups_free(in.fixed);
    custval__arena_free(&in.arena);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}

custval_status custval_groups_assign(const custval_groups *groups, const custval_table *table,
                                     const custval_groups_options *options, custval_table **out, custval_error *error) {
    return run(groups, table, options, 0, out, error);
}

custval_status custval_groups_describe(const custval_groups *groups, const custval_table *table,
                                       const custval_groups_options *options, custval_table **out,
                                       custval_error *error) {
    return run(groups, table, options, 1, out, error);
}
