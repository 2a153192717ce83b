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
#define STATES_KNOWN 64      /* a power of 2 */
#define ROWS_READ 64         /* at a time, so that what one row needs is fetched while others are worked on */
#define ROWS_AT_ONCE ((size_t)1 << 20)

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

typedef struct known_state {
    custval_text text; /* in the table; NULL: none yet */
    uint64_t hash;
    uint16_t state;
} known_state;

/* A row that waits for its part of the keys. */
typedef struct scattered {
    int64_t id;
    uint32_t row; /* of those that pass at once */
    uint16_t state;
} scattered;

typedef struct period {
    custval_migration *to;
    const custval_table *table;
    size_t id, state; /* columns */
    int has_texts, has_text_states, has_reals, has_real_states;
    const char *packed;   /* bytes of the ids, if they stand side by side as int64 and none is missing; else NULL */
    size_t known;         /* customers before */
    uint16_t *next;       /* [customer] */
    scattered *scattered; /* NULL: customers are found in the order of rows */
    size_t twice;         /* the first row known whose customer was there before; SIZE_MAX: none */
    known_state known_states[STATES_KNOWN]; /* those found last, by their hashes */
    custval_error *error;
} period;

/* A few rows on the way to their customers. */
typedef struct some {
    size_t rows[ROWS_READ];
    custval_text texts[ROWS_READ]; /* ids, or */
    int64_t integers[ROWS_READ];
    uint64_t hashes[ROWS_READ];
    uint32_t numbers[ROWS_READ]; /* of the customers */
    uint16_t states[ROWS_READ];
} some;

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

static custval_status read_ids(const period *in, size_t start, size_t count, some *out) {
    if (in->has_texts) custval__table_texts(in->table, in->id, start, count, out->texts);
    for (size_t i = 0; i < count; i++) {
        const int is_there = in->has_texts ? out->texts[i].data != NULL : read_id(in, start + i, &out->integers[i]);
        if (is_there != 1) {
            return fail_row(in, CUSTVAL_ERROR_RANGE, start + i, in->to->id,
                            is_there == 0 ? "is missing, but every row must name its customer"
                                          : "is no whole number within 2^53; use texts");
        }
        if (in->to->is_dense) continue;
        out->hashes[i] =
            in->has_texts ? custval__key_hash_text(out->texts[i]) : custval__key_hash_integer(out->integers[i]);
    }
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

static custval_status find_state(const period *in, size_t row, custval_text text, uint64_t hash, uint16_t *out) {
    const uint32_t state = custval__keys_find_text(&in->to->words, text, hash);
    if (state == CUSTVAL__NO_KEY) return fail_state(in, row, text);
    *out = (uint16_t)state;
    return CUSTVAL_OK;
}

/* A missing state is unknown. */
static custval_status read_text_state(period *in, size_t row, custval_text text, uint16_t *out) {
    *out = CUSTVAL__UNKNOWN_STATE;
    if (text.data == NULL) return CUSTVAL_OK;
    const uint64_t hash = custval__key_hash_text(text);
    known_state *const known = &in->known_states[hash % STATES_KNOWN];
    if (known->text.data != NULL && known->hash == hash && known->text.length == text.length &&
        (text.length <= CUSTVAL__KEY_TOLD_BY_HASH || memcmp(known->text.data, text.data, text.length) == 0)) {
        *out = known->state;
        return CUSTVAL_OK;
    }
    CUSTVAL__TRY(find_state(in, row, text, hash, out));
    *known = (known_state){text, hash, *out};
    return CUSTVAL_OK;
}

static custval_status read_number_state(const period *in, size_t row, uint16_t *out) {
    char digits[CUSTVAL__NUMBER_SIZE];
    int64_t number = 0;
    *out = CUSTVAL__UNKNOWN_STATE;
    const int is_there = read_whole(in->table, in->state, in->has_real_states, row, &number);
    if (is_there == 0) return CUSTVAL_OK;
    if (is_there < 0) return fail_row(in, CUSTVAL_ERROR_NOT_FOUND, row, in->to->state, "is no state");
    const custval_text text = {digits, custval__integer_text(number, digits)};
    return find_state(in, row, text, custval__key_hash_text(text), out);
}

static custval_status read_states(period *in, size_t start, size_t count, some *out) {
    custval_text texts[ROWS_READ];
    if (in->has_text_states) custval__table_texts(in->table, in->state, start, count, texts);
    for (size_t i = 0; i < count; i++) {
        CUSTVAL__TRY(in->has_text_states ? read_text_state(in, start + i, texts[i], &out->states[i])
                                         : read_number_state(in, start + i, &out->states[i]));
    }
    return CUSTVAL_OK;
}

static custval_status read_some(period *in, size_t start, size_t count, some *out) {
    for (size_t i = 0; i < count; i++) out->rows[i] = start + i;
    CUSTVAL__TRY(read_ids(in, start, count, out));
    return read_states(in, start, count, out);
}

/* ---- Finding the customers ------------------------------------------------------------------------------------------ */

/* CUSTVAL_ERROR_MEMORY, CUSTVAL_ERROR_LIMIT without a message. */
static custval_status number_some(custval_migration *to, int has_texts, size_t count, some *of) {
    if (to->is_dense) {
        for (size_t i = 0; i < count; i++) of->numbers[i] = (uint32_t)(of->integers[i] - to->low);
        return CUSTVAL_OK;
    }
    if (has_texts) return custval__keys_put_texts(&to->keys, &to->host, of->texts, of->hashes, count, of->numbers);
    return custval__keys_put_integers(&to->keys, &to->host, of->integers, of->hashes, count, of->numbers);
}

/* First all customers, so that what their states are put into is on the way. */
static custval_status put_some(period *in, size_t count, some *of) {
    const custval_status status = number_some(in->to, in->has_texts, count, of);
    if (status == CUSTVAL_ERROR_LIMIT) return custval__fail(in->error, status, "too many customers");
    if (status != CUSTVAL_OK) return custval__fail_memory(in->error);
    for (size_t i = 0; i < count; i++) CUSTVAL__PREFETCH_TO_WRITE(&in->next[of->numbers[i]]);
    for (size_t i = 0; i < count; i++) {
        uint16_t *const next = &in->next[of->numbers[i]];
        if (*next != CUSTVAL__NEVER_SEEN && of->rows[i] < in->twice) in->twice = of->rows[i];
        *next = of->states[i];
    }
    return CUSTVAL_OK;
}

static custval_status put_in_order(period *in, size_t start, size_t count) {
    some rows;
    for (size_t at = start; at < start + count; at += ROWS_READ) {
        const size_t few = start + count - at < ROWS_READ ? start + count - at : ROWS_READ;
        CUSTVAL__TRY(read_some(in, at, few, &rows));
        CUSTVAL__TRY(put_some(in, few, &rows));
    }
    return CUSTVAL_OK;
}

/* Where the rows of each part of the keys go. What cannot be read is refused before it goes anywhere. */
static void lay_out_parts(const period *in, custval__key_parts by, size_t start, size_t count, size_t *places) {
    size_t next = 0;
    memset(places, 0, CUSTVAL__KEY_PARTS_MOST * sizeof *places);
    for (size_t row = start; row < start + count; row++) {
        int64_t id;
        if (read_id(in, row, &id) == 1) places[custval__key_part(by, custval__key_hash_integer(id))]++;
    }
    for (size_t part = 0; part < CUSTVAL__KEY_PARTS_MOST; part++) {
        const size_t here = places[part];
        places[part] = next;
        next += here;
    }
}

/* Sorts rows by the part of the keys where their customers are. */
static custval_status scatter(period *in, size_t start, size_t count) {
    const custval__key_parts by = custval__key_parts_of(&in->to->keys);
    size_t places[CUSTVAL__KEY_PARTS_MOST];
    some rows;
    lay_out_parts(in, by, start, count, places);
    for (size_t at = 0; at < count; at += ROWS_READ) {
        const size_t few = count - at < ROWS_READ ? count - at : ROWS_READ;
        CUSTVAL__TRY(read_some(in, start + at, few, &rows));
        for (size_t i = 0; i < few; i++) {
            in->scattered[places[custval__key_part(by, rows.hashes[i])]++] =
                (scattered){rows.integers[i], (uint32_t)(at + i), rows.states[i]};
        }
    }
    return CUSTVAL_OK;
}

/* Part by part, so that what is looked up stays in the cache: the slots of a part stand together, and so do its keys and
   their states, as they were numbered in this order. */
static custval_status put_by_parts(period *in, size_t start, size_t count) {
    some rows;
    CUSTVAL__TRY(scatter(in, start, count));
    for (size_t at = 0; at < count; at += ROWS_READ) {
        const size_t few = count - at < ROWS_READ ? count - at : ROWS_READ;
        for (size_t i = 0; i < few; i++) {
            const scattered *const from = &in->scattered[at + i];
            rows.integers[i] = from->id;
            rows.hashes[i] = custval__key_hash_integer(from->id);
            rows.rows[i] = start + from->row;
            rows.states[i] = from->state;
        }
        CUSTVAL__TRY(put_some(in, few, &rows));
    }
    return CUSTVAL_OK;
}

static custval_status fail_twice(const period *in) {
    char digits[CUSTVAL__NUMBER_SIZE];
    custval_text text = {digits, 0};
    int64_t id;
    if (in->has_texts) {
        (void)custval__table_get_text(in->table, in->id, in->twice, &text);
        text.length = custval__utf8_cut(text.data, text.length < 80 ? text.length : 80);
    } else {
        (void)read_id(in, in->twice, &id);
        text.length = custval__integer_text(id, digits);
    }
    return custval__fail_at(in->error, CUSTVAL_ERROR_DUPLICATE, CUSTVAL_NONE, in->twice,
                            "row %zu: customer \"%.*s\" is there twice; a period has one row per customer", in->twice,
                            (int)text.length, text.data);
}

/* Rows that pass at once: none of a later lot is looked at after a customer is there twice. */
static custval_status put_rows(period *in) {
    const size_t rows = custval_table_rows(in->table);
    for (size_t start = 0; start < rows; start += ROWS_AT_ONCE) {
        const size_t count = rows - start < ROWS_AT_ONCE ? rows - start : ROWS_AT_ONCE;
        CUSTVAL__TRY(in->scattered == NULL ? put_in_order(in, start, count) : put_by_parts(in, start, count));
        if (in->twice != SIZE_MAX) return fail_twice(in);
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
    if (in->has_texts || to->is_dense) return CUSTVAL_OK;
    in->scattered = custval__alloc(&to->host, rows < ROWS_AT_ONCE ? rows : ROWS_AT_ONCE, sizeof *in->scattered);
    return in->scattered == NULL ? custval__fail_memory(in->error) : CUSTVAL_OK;
}

/* The count of a step, by its place in the block, that a customer belongs to. Without branches: what customers do is as
   good as random. Who was never seen before is in no row, or a newcomer. */
static size_t count_of(size_t n, size_t before, size_t after) {
    const size_t newcomers = n * n, unknown = newcomers + n, unknown_in = unknown + n, none = unknown_in + n;
    size_t row = before * n, to_unknown = unknown + before;
    row = before == CUSTVAL__NEVER_SEEN ? newcomers : row;
    row = before == CUSTVAL__UNKNOWN_STATE ? unknown_in : row;
    to_unknown = before < n ? to_unknown : none;
    const size_t to_absent = before == CUSTVAL__NEVER_SEEN ? none : row + n - 1;
    size_t place = row + after;
    place = after == CUSTVAL__NEVER_SEEN ? to_absent : place;
    return after == CUSTVAL__UNKNOWN_STATE ? to_unknown : place;
}

static void count_step(const period *in, uint32_t *counts) {
    const custval_migration *const from = in->to;
    const size_t n = from->count;
    for (size_t i = 0; i < in->known; i++) counts[count_of(n, from->now[i], in->next[i])]++;
    for (size_t i = in->known; i < custval__migration_customers(from); i++) {
        counts[count_of(n, CUSTVAL__NEVER_SEEN, in->next[i])]++;
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
    /* One more than there are, for who belongs to none. */
    uint32_t *const block = custval__alloc_zero(&to->host, n * (n + 3) + 1, sizeof *block);
    if (block == NULL) return custval__fail_memory(in->error);
    custval__step *const step = &to->steps[to->periods - 1];
    *step = (custval__step){block, block + n * n, block + n * (n + 1), block + n * (n + 2)};
    count_step(in, block);
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
    period in = {.to = migration, .table = table, .twice = SIZE_MAX, .error = error};
    const int was_dense = migration->is_dense;
    custval_status status = begin(&in);
    const uint32_t keys = in.next == NULL ? migration->keys.count : (uint32_t)(migration->is_dense ? 0 : in.known);
    if (status == CUSTVAL_OK) status = put_rows(&in);
    custval__free(&migration->host, in.scattered);
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
