/* Migrations: making them, and feeding them period by period. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "migration.h"

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../base/text.h"
#include "../table/table.h"

#define LARGEST_WHOLE 0x1p53 /* doubles hold all whole numbers up to this size */
#define TEXTS_KNOWN 64
#define ROWS_READ 64 /* at a time, so that what one row needs is fetched while others are worked on */

/* ---- Making one ----------------------------------------------------------------------------------------------------- */

static custval_status copy_name(custval_migration *to, const char *given, const char *otherwise, const char **out,
                                custval_error *error) {
    const char *const name = given == NULL ? otherwise : given;
    *out = custval__arena_text(&to->arena, name, strlen(name));
    return *out == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
}

static custval_status add_state(custval_migration *to, const char *name, custval_error *error) {
    uint32_t index;
    if (name == NULL) return custval__fail_null(error, "states");
    const custval_text text = {name, strlen(name)};
    if (text.length == 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of a state is empty");
    CUSTVAL__TRY(copy_name(to, name, NULL, &to->names[to->count], error));
    if (custval__keys_put_text(&to->words, &to->host, text, custval__key_hash_text(text), &index) != CUSTVAL_OK) {
        return custval__fail_memory(error);
    }
    if (index == to->count++) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "there are two states \"%.*s\"", 80, name);
}

static custval_status read_options(custval_migration *to, const custval_migration_options *options,
                                   custval_error *error) {
    to->names = custval__arena_alloc(&to->arena, options->states_count + 1, sizeof *to->names);
    if (to->names == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(copy_name(to, options->id, "customer", &to->id, error));
    CUSTVAL__TRY(copy_name(to, options->state, "state", &to->state, error));
    to->empty = options->empty;
    to->words.kind = CUSTVAL__KEYS_TEXT;
    for (size_t i = 0; i < options->states_count; i++) CUSTVAL__TRY(add_state(to, options->states[i], error));
    CUSTVAL__TRY(add_state(to, options->absent == NULL ? "absent" : options->absent, error));
    custval__keys_cut(&to->words, to->count - 1); /* no table may name it: who is absent has no row */
    return CUSTVAL_OK;
}

static custval_status check_options(const custval_migration_options *options, custval_error *error) {
    if (options->states == NULL) return custval__fail_null(error, "states");
    if (options->states_count < 1 || options->states_count >= CUSTVAL_MAX_STATES) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%zu states, but there must be 1 to %d", options->states_count,
                             CUSTVAL_MAX_STATES - 1);
    }
    if (options->empty > CUSTVAL_EMPTY_POOLED || options->reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "empty is %u, it must be at most %d; reserved is %u, not 0",
                             (unsigned)options->empty, CUSTVAL_EMPTY_POOLED, (unsigned)options->reserved);
    }
    return CUSTVAL_OK;
}

custval_status custval_migration_new(const custval_migration_options *options, custval_migration **out,
                                     custval_error *error) {
    custval_migration_options whole = CUSTVAL_MIGRATION_OPTIONS_INIT;
    custval_host host;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (options == NULL) return custval__fail_null(error, "options");
    CUSTVAL__TRY(custval__struct_read(&whole, sizeof whole, sizeof whole, options, "custval_migration_options", error));
    CUSTVAL__TRY(check_options(&whole, error));
    CUSTVAL__TRY(custval__host_read(&host, whole.host, error));
    custval_migration *const migration = custval__alloc_zero(&host, 1, sizeof *migration);
    if (migration == NULL) return custval__fail_memory(error);
    migration->host = host;
    custval__arena_init(&migration->arena, &host);
    const custval_status status = read_options(migration, &whole, error);
    if (status != CUSTVAL_OK) {
        custval_migration_free(migration);
        return status;
    }
    *out = migration;
    return CUSTVAL_OK;
}

void custval_migration_free(custval_migration *migration) {
    if (migration == NULL) return;
    const custval_host host = migration->host;
    for (uint32_t i = 0; i < custval_migration_steps(migration); i++) custval__free(&host, migration->steps[i].moved);
    custval__free(&host, migration->steps);
    custval__free(&host, migration->now);
    custval__keys_free(&migration->keys, &host);
    custval__keys_free(&migration->words, &host);
    custval__arena_free(&migration->arena);
    custval__free(&host, migration);
}

uint32_t custval_migration_steps(const custval_migration *migration) {
    return migration == NULL || migration->periods == 0 ? 0 : migration->periods - 1;
}

uint32_t custval_migration_states(const custval_migration *migration) {
    return migration == NULL ? 0 : migration->count;
}

const char *custval_migration_state(const custval_migration *migration, uint32_t state) {
    return state < custval_migration_states(migration) ? migration->names[state] : NULL;
}

/* ---- Reading a period ----------------------------------------------------------------------------------------------- */

typedef struct period {
    custval_migration *to;
    const custval_table *table;
    size_t id, state; /* columns */
    int has_texts, has_text_states, has_reals, has_real_states;
    const char *packed; /* bytes of the ids, if they stand side by side as int64 and none is missing; else NULL */
    size_t known;       /* customers before */
    uint16_t *next;     /* [customer] */
    /* States found last, by the address of their texts: those of a dictionary are the same again and again. */
    const char *known_texts[TEXTS_KNOWN];
    size_t known_lengths[TEXTS_KNOWN];
    uint16_t known_states[TEXTS_KNOWN];
    custval_error *error;
} period;

/* The customers of a few rows. */
typedef struct ids {
    custval_text texts[ROWS_READ];
    int64_t integers[ROWS_READ];
    uint64_t hashes[ROWS_READ];
} ids;

static custval_status fail_row(const period *in, custval_status status, size_t row, const char *column,
                               const char *message) {
    return custval__fail_at(in->error, status, CUSTVAL_NONE, row, "row %zu: column \"%s\" %s", row, column, message);
}

/* A whole number of any type: as custval__table_get_integer. */
static int read_whole(const custval_table *table, size_t column, int is_real, size_t row, int64_t *out) {
    double scratch;
    if (!is_real) return custval__table_get_integer(table, column, row, out);
    const double number = *custval__table_doubles(table, column, row, 1, &scratch);
    if (isnan(number)) return 0;
    if (number != floor(number) || fabs(number) > LARGEST_WHOLE) return -1;
    *out = (int64_t)number;
    return 1;
}

static int read_id(const period *in, size_t row, int64_t *out) {
    if (in->packed == NULL) return read_whole(in->table, in->id, in->has_reals, row, out);
    memcpy(out, in->packed + row * sizeof *out, sizeof *out); /* which may stand anywhere */
    return 1;
}

static custval_status read_ids(const period *in, size_t start, size_t count, ids *out) {
    for (size_t i = 0; i < count; i++) {
        const int is_there = in->has_texts ? custval__table_get_text(in->table, in->id, start + i, &out->texts[i])
                                           : read_id(in, start + i, &out->integers[i]);
        if (is_there != 1) {
            return fail_row(in, CUSTVAL_ERROR_RANGE, start + i, in->to->id,
                            is_there == 0 ? "is missing, but every row must name its customer"
                                          : "is no whole number within 2^53; use texts");
        }
        if (in->to->is_dense) continue;
        out->hashes[i] =
            in->has_texts ? custval__key_hash_text(out->texts[i]) : custval__key_hash_integer(out->integers[i]);
    }
    if (!in->to->is_dense) custval__keys_prefetch(&in->to->keys, out->hashes, count);
    return CUSTVAL_OK;
}

static const char *name_at(const void *data, size_t index) {
    const custval_migration *const migration = data;
    return index + 1 < migration->count ? migration->names[index] : NULL;
}

static custval_status fail_state(const period *in, size_t row, custval_text text) {
    char near[CUSTVAL_ERROR_MESSAGE_SIZE], wanted[81];
    const size_t length = custval__utf8_cut(text.data, text.length < 80 ? text.length : 80);
    memcpy(wanted, text.data, length);
    wanted[length] = 0;
    custval__nearest_names(wanted, name_at, in->to, 3, near, sizeof near);
    return custval__fail_at(in->error, CUSTVAL_ERROR_NOT_FOUND, CUSTVAL_NONE, row,
                            "row %zu: column \"%s\" is \"%s\", which is no state%s%s%s", row, in->to->state, wanted,
                            near[0] == 0 ? "" : "; did you mean ", near, near[0] == 0 ? "" : "?");
}

static custval_status read_state(period *in, size_t row, uint16_t *out) {
    char digits[CUSTVAL__NUMBER_SIZE];
    custval_text text;
    int64_t number = 0;
    *out = CUSTVAL__UNKNOWN_STATE;
    if (in->has_text_states) {
        if (!custval__table_get_text(in->table, in->state, row, &text)) return CUSTVAL_OK;
    } else {
        const int is_there = read_whole(in->table, in->state, in->has_real_states, row, &number);
        if (is_there == 0) return CUSTVAL_OK;
        if (is_there < 0) return fail_row(in, CUSTVAL_ERROR_NOT_FOUND, row, in->to->state, "is no state");
        text = (custval_text){digits, custval__integer_text(number, digits)};
    }
    const size_t place = (uintptr_t)text.data % TEXTS_KNOWN;
    if (in->has_text_states && in->known_texts[place] == text.data && in->known_lengths[place] == text.length) {
        *out = in->known_states[place];
        return CUSTVAL_OK;
    }
    const uint32_t state = custval__keys_find_text(&in->to->words, text, custval__key_hash_text(text));
    if (state == CUSTVAL__NO_KEY) return fail_state(in, row, text);
    *out = (uint16_t)state;
    in->known_texts[place] = in->has_text_states ? text.data : NULL;
    in->known_lengths[place] = text.length;
    in->known_states[place] = *out;
    return CUSTVAL_OK;
}

static custval_status fail_twice(const period *in, size_t row, const ids *from, size_t i) {
    char digits[CUSTVAL__NUMBER_SIZE];
    custval_text text = {digits, 0};
    if (in->has_texts) {
        text = (custval_text){
            from->texts[i].data,
            custval__utf8_cut(from->texts[i].data, from->texts[i].length < 80 ? from->texts[i].length : 80)};
    } else {
        text.length = custval__integer_text(from->integers[i], digits);
    }
    return custval__fail_at(in->error, CUSTVAL_ERROR_DUPLICATE, CUSTVAL_NONE, row,
                            "row %zu: customer \"%.*s\" is there twice; a period has one row per customer", row,
                            (int)text.length, text.data);
}

/* The number of a row's customer; CUSTVAL_ERROR_MEMORY, CUSTVAL_ERROR_LIMIT without a message. */
static custval_status number_of(custval_migration *to, int has_texts, const ids *read, size_t i, uint32_t *out) {
    if (to->is_dense) {
        *out = (uint32_t)(read->integers[i] - to->low);
        return CUSTVAL_OK;
    }
    if (has_texts) return custval__keys_put_text(&to->keys, &to->host, read->texts[i], read->hashes[i], out);
    return custval__keys_put_integer(&to->keys, &to->host, read->integers[i], read->hashes[i], out);
}

/* First all customers, so that their states are on the way while others are looked up. */
static custval_status read_customers(const period *in, const ids *read, size_t count, uint32_t *customers) {
    for (size_t i = 0; i < count; i++) {
        const custval_status status = number_of(in->to, in->has_texts, read, i, &customers[i]);
        if (status == CUSTVAL_ERROR_LIMIT) return custval__fail(in->error, status, "too many customers");
        if (status != CUSTVAL_OK) return custval__fail_memory(in->error);
        CUSTVAL__PREFETCH_TO_WRITE(&in->next[customers[i]]);
    }
    return CUSTVAL_OK;
}

static custval_status read_rows(period *in, size_t start, size_t count) {
    uint32_t customers[ROWS_READ];
    ids read;
    CUSTVAL__TRY(read_ids(in, start, count, &read));
    CUSTVAL__TRY(read_customers(in, &read, count, customers));
    for (size_t i = 0; i < count; i++) {
        uint16_t *const next = &in->next[customers[i]];
        if (*next != CUSTVAL__NEVER_SEEN) return fail_twice(in, start + i, &read, i);
        CUSTVAL__TRY(read_state(in, start + i, next));
    }
    return CUSTVAL_OK;
}

/* ---- Adding a period ------------------------------------------------------------------------------------------------ */

/* Finds a column of texts or whole numbers. */
static custval_status find_column(const period *in, const char *name, size_t *out, int *out_is_text, int *out_is_real) {
    custval_column described = CUSTVAL_COLUMN_INIT;
    char words[128];
    CUSTVAL__TRY(custval_table_find(in->table, name, out, in->error));
    *out_is_text = custval__table_is_text(in->table, *out);
    if (*out_is_text) return CUSTVAL_OK;
    CUSTVAL__TRY(custval_table_column(in->table, *out, &described, in->error));
    *out_is_real = described.type == CUSTVAL_TYPE_FLOAT32 || described.type == CUSTVAL_TYPE_FLOAT64;
    if (*out_is_real || custval__type_is_integer(described.type)) return CUSTVAL_OK;
    return custval__fail(in->error, CUSTVAL_ERROR_TYPE, "column \"%s\" holds %s, but texts or whole numbers are needed",
                         name, custval__table_type_words(in->table, *out, words, sizeof words));
}

static custval_status check_kind(const period *in) {
    const custval_migration *const to = in->to;
    const int had_texts = to->keys.count > 0 && to->keys.kind == CUSTVAL__KEYS_TEXT;
    const int says_nothing = custval_table_rows(in->table) == 0;
    if ((to->keys.count == 0 && !to->is_dense) || had_texts == in->has_texts || says_nothing) return CUSTVAL_OK;
    return custval__fail(in->error, CUSTVAL_ERROR_TYPE,
                         "column \"%s\" has %s, but in the periods before customers were %s", to->id,
                         in->has_texts ? "texts" : "numbers", in->has_texts ? "numbers" : "texts");
}

/* Lowest and highest customer, as far as they can be read: what cannot is refused when its row is. */
static void find_range(const period *in, int64_t *low, int64_t *high) {
    *low = INT64_MAX;
    *high = INT64_MIN;
    for (size_t row = 0; row < custval_table_rows(in->table); row++) {
        int64_t number;
        if (read_id(in, row, &number) != 1) continue;
        if (number < *low) *low = number;
        if (number > *high) *high = number;
    }
}

static const char *packed_ids(const period *in) {
    custval_column column = CUSTVAL_COLUMN_INIT;
    const custval_status status = custval_table_column(in->table, in->id, &column, NULL);
    const int is_packed = status == CUSTVAL_OK && column.type == CUSTVAL_TYPE_INT64 && column.validity == NULL &&
                          (column.stride == 0 || column.stride == (ptrdiff_t)sizeof(int64_t));
    return is_packed && column.data != NULL ? (const char *)column.data + column.offset * sizeof(int64_t) : NULL;
}

static custval_status lay_out(const period *in, size_t rows) {
    custval_migration *const to = in->to;
    int64_t low, high;
    if (!in->has_texts && to->keys.count == 0 && rows > 0) {
        find_range(in, &low, &high);
        if (low <= high) CUSTVAL__TRY(custval__migration_lay_out(to, low, high, rows));
    }
    if (to->is_dense) return CUSTVAL_OK;
    if (to->keys.count == 0) {
        custval__keys_free(&to->keys, &to->host);
        to->keys.kind = in->has_texts ? CUSTVAL__KEYS_TEXT : CUSTVAL__KEYS_INTEGER;
    }
    /* The first period says how many customers there may be. */
    return custval__keys_reserve(&to->keys, &to->host, to->keys.count == 0 ? rows : to->keys.count);
}

static custval_status begin(period *in) {
    custval_migration *const to = in->to;
    const size_t rows = custval_table_rows(in->table);
    CUSTVAL__TRY(find_column(in, to->id, &in->id, &in->has_texts, &in->has_reals));
    CUSTVAL__TRY(find_column(in, to->state, &in->state, &in->has_text_states, &in->has_real_states));
    if (to->periods >= CUSTVAL__PERIODS_MOST) {
        return custval__fail(in->error, CUSTVAL_ERROR_LIMIT, "a migration has at most %d periods",
                             CUSTVAL__PERIODS_MOST);
    }
    CUSTVAL__TRY(check_kind(in));
    in->packed = packed_ids(in);
    if (lay_out(in, rows) != CUSTVAL_OK) return custval__fail_memory(in->error);
    const size_t most = to->is_dense ? to->span : to->keys.count + rows;
    in->known = custval__migration_customers(to);
    in->next = custval__alloc(&to->host, most, sizeof *in->next);
    if (in->next == NULL) return custval__fail_memory(in->error);
    for (size_t i = 0; i < most; i++) in->next[i] = CUSTVAL__NEVER_SEEN;
    return CUSTVAL_OK;
}

/* Who was never seen before is in no row, or a newcomer. */
static void count_step(const period *in, custval__step *step) {
    const custval_migration *const from = in->to;
    const uint16_t absent = (uint16_t)(from->count - 1);
    for (size_t i = 0; i < custval__migration_customers(from); i++) {
        const uint16_t before = i < in->known ? from->now[i] : CUSTVAL__NEVER_SEEN;
        const uint16_t after = in->next[i] == CUSTVAL__NEVER_SEEN ? absent : in->next[i];
        if (before < from->count && after < from->count) {
            step->moved[(size_t)before * from->count + after]++;
        } else if (before == CUSTVAL__NEVER_SEEN) {
            if (in->next[i] < from->count) step->newcomers[after]++;
        } else if (before < from->count) {
            step->unknown[before]++;
        } else if (after < from->count) {
            step->unknown_in[after]++;
        }
    }
}

static custval_status make_step(const period *in) {
    custval_migration *const to = in->to;
    const size_t n = to->count;
    void *steps = to->steps;
    if (to->periods == 0) return CUSTVAL_OK;
    if (custval__grow(&to->host, &steps, &to->step_capacity, to->periods - 1, sizeof *to->steps) != 0) {
        return custval__fail_memory(in->error);
    }
    to->steps = steps;
    uint32_t *const block = custval__alloc_zero(&to->host, n * (n + 3), sizeof *block);
    if (block == NULL) return custval__fail_memory(in->error);
    custval__step *const step = &to->steps[to->periods - 1];
    *step = (custval__step){block, block + n * n, block + n * (n + 1), block + n * (n + 2)};
    count_step(in, step);
    return CUSTVAL_OK;
}

/* Takes back what a failed period has made: keys, or numbers straight from integers where there was nobody before. */
static void undo(period *in, uint32_t keys, int was_dense) {
    custval_migration *const to = in->to;
    custval__keys_cut(&to->keys, keys);
    custval__free(&to->host, in->next);
    if (was_dense || !to->is_dense) return;
    custval__free(&to->host, to->now);
    to->now = NULL;
    to->span = 0;
    to->is_dense = 0;
}

custval_status custval_migration_add(custval_migration *migration, const custval_table *table, custval_error *error) {
    if (migration == NULL) return custval__fail_null(error, "migration");
    if (table == NULL) return custval__fail_null(error, "table");
    period in = {.to = migration, .table = table, .error = error};
    const int was_dense = migration->is_dense;
    const size_t rows = custval_table_rows(table);
    custval_status status = begin(&in);
    const uint32_t keys = in.next == NULL ? migration->keys.count : (uint32_t)(migration->is_dense ? 0 : in.known);
    for (size_t start = 0; start < rows && status == CUSTVAL_OK; start += ROWS_READ) {
        status = read_rows(&in, start, rows - start < ROWS_READ ? rows - start : ROWS_READ);
    }
    if (status == CUSTVAL_OK) status = make_step(&in);
    if (status != CUSTVAL_OK) {
        undo(&in, keys, was_dense);
        return status;
    }
    for (size_t i = 0; i < in.known; i++) {
        if (in.next[i] != CUSTVAL__NEVER_SEEN || migration->now[i] == CUSTVAL__NEVER_SEEN) continue;
        in.next[i] = (uint16_t)(migration->count - 1);
    }
    custval__free(&migration->host, migration->now);
    migration->now = in.next;
    migration->periods++;
    return CUSTVAL_OK;
}
