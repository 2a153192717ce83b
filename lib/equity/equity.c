/* custval_equity: the value of current customers and prospects, by segment. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/equity.h>

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../table/grouping.h"
#include "../table/table.h"

#define ROWS_READ 256
#define SEGMENTS_MOST 10000
#define COLUMNS_MOST 5

/* What is added up; the columns of the result stand in this order. */
enum { CUSTOMERS, CURRENT, INFLUENCE, PROSPECTS, ACQUIRED, PROSPECTIVE, COST, SUMS };

typedef struct segment {
    custval_text key; /* data NULL: rows without one */
    custval__sum sums[SUMS];
    uint32_t skipped;
} segment;

typedef struct equity {
    custval_host host; /* whole */
    custval__arena arena;
    custval_equity_options options; /* whole */
    segment *segments;
    size_t count;
} equity;

/* The numbers of a row; those without a column keep what they are. */
typedef struct reader {
    const custval_table *table;
    const char *names[COLUMNS_MOST]; /* NULL: not read */
    size_t columns[COLUMNS_MOST];
    double scratch[COLUMNS_MOST][ROWS_READ];
} reader;

static custval_status find_columns(reader *in, custval_error *error) {
    for (size_t i = 0; i < COLUMNS_MOST; i++) {
        if (in->names[i] == NULL) continue;
        CUSTVAL__TRY(custval_table_find(in->table, in->names[i], &in->columns[i], error));
        CUSTVAL__TRY(custval__table_need_number(in->table, in->columns[i], error));
    }
    return CUSTVAL_OK;
}

/* ---- One row -------------------------------------------------------------------------------------------------------- */

static int is_not_negative(double x) {
    return x >= 0.0 && isfinite(x);
}

/* value, influence, count. 0: the row counts nowhere. */
static int current_row(const equity *in, const double *numbers, double *parts) {
    const double count = numbers[2];
    if (!isfinite(numbers[0]) || !isfinite(numbers[1]) || !is_not_negative(count)) return 0;
    parts[CUSTOMERS] = count;
    parts[CURRENT] = count * numbers[0];
    parts[INFLUENCE] = in->options.influence == NULL ? 0.0 : count * in->options.attribution * numbers[1];
    return 1;
}

/* probability, value, cost, count, period. */
static int prospect_row(const equity *in, const double *numbers, double *parts) {
    const double probability = numbers[0], cost = numbers[2], count = numbers[3], period = numbers[4];
    if (!(probability >= 0.0 && probability <= 1.0) || !isfinite(numbers[1])) return 0;
    if (!is_not_negative(cost) || !is_not_negative(count) || !is_not_negative(period)) return 0;
    const double now = custval__pow(1.0 + in->options.rate, -period);
    parts[PROSPECTS] = count;
    parts[ACQUIRED] = count * probability;
    parts[PROSPECTIVE] = count * probability * numbers[1] * now;
    parts[COST] = count * cost * now;
    return 1;
}

/* ---- Tables --------------------------------------------------------------------------------------------------------- */

/* Finds the segment of a group, or begins it. */
static custval_status place_group(equity *in, custval_text key, uint32_t *out, custval_error *error) {
    for (size_t i = 0; i < in->count; i++) {
        const custval_text known = in->segments[i].key;
        *out = (uint32_t)i;
        if ((known.data == NULL) != (key.data == NULL)) continue;
        if (key.data == NULL) return CUSTVAL_OK;
        if (known.length == key.length && memcmp(known.data, key.data, key.length) == 0) return CUSTVAL_OK;
    }
    if (in->count == SEGMENTS_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "more than %d segments", SEGMENTS_MOST);
    }
    *out = (uint32_t)in->count;
    in->segments[in->count++].key = key;
    return CUSTVAL_OK;
}

static custval_status read_groups(equity *in, const custval_table *table, const uint32_t **out_of, uint32_t **out_place,
                                  custval_error *error) {
    custval__grouping groups;
    size_t column = SIZE_MAX;
    if (in->options.segment != NULL) CUSTVAL__TRY(custval_table_find(table, in->options.segment, &column, error));
    CUSTVAL__TRY(custval__grouping_read(&in->arena, table, column, &groups, error));
    *out_of = groups.of;
    *out_place = custval__arena_alloc(&in->arena, groups.count, sizeof **out_place);
    if (*out_place == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < groups.count; i++) {
        CUSTVAL__TRY(place_group(in, groups.keys[i], &(*out_place)[i], error));
    }
    return CUSTVAL_OK;
}

static custval_status add_rows(equity *in, reader *from, const double *defaults,
                               int (*row_of)(const equity *in, const double *numbers, double *parts),
                               custval_error *error) {
    const size_t rows = custval_table_rows(from->table);
    const uint32_t *of = NULL;
    uint32_t *place = NULL;
    const double *cells[COLUMNS_MOST] = {NULL};
    CUSTVAL__TRY(find_columns(from, error));
    CUSTVAL__TRY(read_groups(in, from->table, &of, &place, error));
    for (size_t row = 0; row < rows; row++) {
        const size_t at = row % ROWS_READ;
        double numbers[COLUMNS_MOST], parts[SUMS] = {0.0};
        for (size_t i = 0; i < COLUMNS_MOST; i++) {
            const size_t count = rows - row < ROWS_READ ? rows - row : ROWS_READ;
            if (at == 0 && from->names[i] != NULL) {
                cells[i] = custval__table_doubles(from->table, from->columns[i], row, count, from->scratch[i]);
            }
            numbers[i] = cells[i] == NULL ? defaults[i] : cells[i][at];
        }
        segment *const to = &in->segments[place[of[row]]];
        if (!row_of(in, numbers, parts)) {
            to->skipped++;
            continue;
        }
        for (size_t i = 0; i < SUMS; i++) custval__sum_add(&to->sums[i], parts[i]);
    }
    return CUSTVAL_OK;
}

static custval_status add_current(equity *in, const custval_table *table, custval_error *error) {
    static const double defaults[COLUMNS_MOST] = {0.0, 0.0, 1.0, 0.0, 0.0};
    const custval_equity_options *const options = &in->options;
    reader from = {.table = table};
    if (table == NULL) return CUSTVAL_OK;
    from.names[0] = options->value == NULL ? "value" : options->value;
    from.names[1] = options->influence;
    from.names[2] = options->count;
    return add_rows(in, &from, defaults, current_row, error);
}

static custval_status add_prospects(equity *in, const custval_table *table, custval_error *error) {
    static const double defaults[COLUMNS_MOST] = {0.0, 0.0, 0.0, 1.0, 0.0};
    const custval_equity_options *const options = &in->options;
    reader from = {.table = table};
    if (table == NULL) return CUSTVAL_OK;
    from.names[0] = options->probability == NULL ? "probability" : options->probability;
    from.names[1] = options->prospect_value == NULL ? "value" : options->prospect_value;
    from.names[2] = options->cost;
    from.names[3] = options->prospect_count;
    from.names[4] = options->period;
    return add_rows(in, &from, defaults, prospect_row, error);
}

/* ---- The result ----------------------------------------------------------------------------------------------------- */

static custval_status add_names(equity *in, custval_table *result, custval_error *error) {
    const size_t rows = custval_table_rows(result);
    custval_text *const texts = custval__arena_alloc(&in->arena, rows, sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    for (size_t row = 0; row + 1 < rows; row++) texts[row] = in->segments[row].key;
    return custval__result_add_texts(result, "segment", texts, error);
}

/* The last row is the sum of the others, or of the only segment where none were asked for. */
static void total(const equity *in, segment *out) {
    *out = (segment){.skipped = 0};
    for (size_t i = 0; i < in->count; i++) {
        out->skipped += in->segments[i].skipped;
        for (size_t k = 0; k < SUMS; k++) custval__sum_add(&out->sums[k], custval__sum_value(&in->segments[i].sums[k]));
    }
}

static custval_status fill(equity *in, custval_table *result, custval_error *error) {
    static const char *const names[] = {"customers",   "current",          "influence", "prospects", "acquired",
                                        "prospective", "acquisition_cost", "equity",    "share"};
    const size_t rows = custval_table_rows(result);
    double *to[SUMS + 2];
    uint32_t *skipped;
    segment all;
    total(in, &all);
    CUSTVAL__TRY(add_names(in, result, error));
    for (size_t i = 0; i < SUMS + 2; i++) CUSTVAL__TRY(custval__result_add_doubles(result, names[i], &to[i], error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "skipped", &skipped, error));
    for (size_t row = 0; row < rows; row++) {
        const segment *const one = row + 1 == rows ? &all : &in->segments[row];
        for (size_t i = 0; i < SUMS; i++) to[i][row] = custval__sum_value(&one->sums[i]);
        to[SUMS][row] = ((to[CURRENT][row] + to[INFLUENCE][row]) + to[PROSPECTIVE][row]) - to[COST][row];
        skipped[row] = one->skipped;
        for (size_t i = 0; i <= SUMS; i++) {
            if (isfinite(to[i][row])) continue;
            return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "%s: the sum is too large for a double", names[i]);
        }
    }
    const double whole = to[SUMS][rows - 1];
    for (size_t row = 0; row < rows; row++) to[SUMS + 1][row] = whole > 0.0 ? to[SUMS][row] / whole : (double)NAN;
    custval__result_finish(result);
    return CUSTVAL_OK;
}

static custval_status make_table(equity *in, const custval_table *current, const custval_table *prospects,
                                 custval_table **out, custval_error *error) {
    in->segments = custval__arena_alloc(&in->arena, SEGMENTS_MOST, sizeof *in->segments);
    if (in->segments == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(add_current(in, current, error));
    CUSTVAL__TRY(add_prospects(in, prospects, error));
    const size_t shown = in->options.segment == NULL ? 0 : in->count;
    CUSTVAL__TRY(custval__result_new(&in->host, shown + 1, out, error));
    return fill(in, *out, error);
}

static custval_status read_options(equity *in, const custval_equity_options *options, custval_error *error) {
    custval_equity_options *const whole = &in->options;
    CUSTVAL__TRY(custval__struct_read(whole, sizeof *whole, sizeof *whole, options, "custval_equity_options", error));
    if (whole->influence != NULL && !(whole->attribution >= 0.0 && whole->attribution <= 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE,
                             "attribution is %g, but with influence it must be stated, between 0 and 1: the share that "
                             "is not counted in the referred customers' own value",
                             whole->attribution);
    }
    if (!(whole->rate > -1.0 && isfinite(whole->rate))) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "rate is %g, but must be above -1 (0.1 for 10 %%)",
                             whole->rate);
    }
    return custval__host_read(&in->host, whole->host, error);
}

custval_status custval_equity(const custval_table *current, const custval_table *prospects,
                              const custval_equity_options *options, custval_table **out, custval_error *error) {
    equity in = {.options = CUSTVAL_EQUITY_OPTIONS_INIT};
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (current == NULL && prospects == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "current and prospects are both NULL: one is needed");
    }
    CUSTVAL__TRY(read_options(&in, options, error));
    custval__arena_init(&in.arena, &in.host);
    const custval_status status = make_table(&in, current, prospects, out, error);
    custval__arena_free(&in.arena);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
