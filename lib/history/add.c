/* Feeding a history: rows are read into cells behind those that it has, and become its own when all are good. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/run.h"
#include "../base/text.h"
#include "../table/table.h"
#include "object.h"

enum {
    BLOCK = 128,            /* rows whose keys are fetched together */
    ROWS_PER_PIECE = 65536, /* between two reports of progress; whole blocks */
    SHOWN = 40              /* bytes of a value in a message */
};

/* How a column is read. */
enum reading { READS_TEXT, READS_INTEGERS, READS_NUMBERS };

/* The keys and numbers of some rows. */
typedef struct block {
    size_t start, count;
    uint64_t hash[BLOCK];
    union {
        custval_text text[BLOCK];
        int64_t integer[BLOCK];
    } key;
    unsigned char has_key[BLOCK];
    double scratch[CUSTVAL__HISTORY_COLUMNS][BLOCK];
    const double *numbers[CUSTVAL__HISTORY_COLUMNS]; /* of the columns that are read so */
} block;

typedef struct feeding {
    custval_history *history;
    const custval_table *table;
    size_t columns[CUSTVAL__HISTORY_COLUMNS]; /* in the table */
    enum reading reading[CUSTVAL__HISTORY_COLUMNS];
    int64_t per_day;        /* times as integers: units in a day */
    custval__counts counts; /* of this table */
    size_t cells;           /* that it brought */
    custval_error why;
    block block;
} feeding;

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static int64_t units_per_day(uint32_t type) {
    const int64_t seconds = 86400;
    switch (type) {
    case CUSTVAL_TYPE_DATE32: return 1;
    case CUSTVAL_TYPE_TIMESTAMP_S: return seconds;
    case CUSTVAL_TYPE_DATE64:
    case CUSTVAL_TYPE_TIMESTAMP_MS: return seconds * 1000;
    case CUSTVAL_TYPE_TIMESTAMP_US: return seconds * 1000000;
    default: return seconds * 1000000000;
    }
}

static uint32_t type_of(const feeding *in, enum custval__history_column column) {
    return in->table->columns[in->columns[column]]->data.type;
}

static custval_status check_kind(feeding *in, uint32_t kind) {
    const uint32_t known = in->history->keys.kind;
    if (known == CUSTVAL__KEYS_NONE || known == kind || custval_table_rows(in->table) == 0) return CUSTVAL_OK;
    return custval__fail(&in->why, CUSTVAL_ERROR_TYPE, "column \"%s\" has %s, but the history's customers are %s",
                         in->history->names[CUSTVAL__CUSTOMER], kind == CUSTVAL__KEYS_TEXT ? "text" : "numbers",
                         kind == CUSTVAL__KEYS_TEXT ? "integers" : "text");
}

/* Whole numbers are taken as integers in whatever type they come. */
static custval_status find_customer(feeding *in) {
    const size_t column = in->columns[CUSTVAL__CUSTOMER];
    enum reading *reading = &in->reading[CUSTVAL__CUSTOMER];
    *reading = READS_TEXT;
    if (custval__table_is_text(in->table, column)) return check_kind(in, CUSTVAL__KEYS_TEXT);
    *reading = custval__type_is_integer(type_of(in, CUSTVAL__CUSTOMER)) ? READS_INTEGERS : READS_NUMBERS;
    CUSTVAL__TRY(custval__table_need_number(in->table, column, &in->why));
    return check_kind(in, CUSTVAL__KEYS_INTEGER);
}

static custval_status find_time(feeding *in) {
    const size_t column = in->columns[CUSTVAL__TIME];
    const uint32_t type = type_of(in, CUSTVAL__TIME);
    enum reading *reading = &in->reading[CUSTVAL__TIME];
    if (in->history->clock.period == CUSTVAL_PERIOD_NUMBER) {
        *reading = READS_NUMBERS;
        return custval__table_need_number(in->table, column, &in->why);
    }
    *reading = custval__type_is_time(type) ? READS_INTEGERS : READS_TEXT;
    in->per_day = units_per_day(type);
    if (*reading == READS_INTEGERS || custval__table_is_text(in->table, column)) return CUSTVAL_OK;
    char words[128];
    return custval__fail(&in->why, CUSTVAL_ERROR_TYPE, "column \"%s\" holds %s, but dates are needed here",
                         in->history->names[CUSTVAL__TIME],
                         custval__table_type_words(in->table, column, words, sizeof words));
}

static custval_status find_columns(feeding *in) {
    for (size_t i = 0; i < CUSTVAL__HISTORY_COLUMNS; i++) {
        if (in->history->names[i] == NULL) continue;
        CUSTVAL__TRY(custval_table_find(in->table, in->history->names[i], &in->columns[i], &in->why));
        in->reading[i] = READS_NUMBERS;
        if (i >= CUSTVAL__AMOUNT) CUSTVAL__TRY(custval__table_need_number(in->table, in->columns[i], &in->why));
    }
    CUSTVAL__TRY(find_customer(in));
    return find_time(in);
}

/* ---- Blocks ------------------------------------------------------------------------------------------------------ */

static void read_text_keys(feeding *in) {
    block *b = &in->block;
    for (size_t i = 0; i < b->count; i++) {
        custval_text *text = &b->key.text[i];
        (void)custval__table_get_text(in->table, in->columns[CUSTVAL__CUSTOMER], b->start + i, text);
        b->has_key[i] = text->length > 0;
        b->hash[i] = b->has_key[i] ? custval__key_hash_text(*text) : 0;
    }
}

/* A whole number that doubles tell from its neighbours; else 0. */
static int read_whole(double number, int64_t *out) {
    if (!(fabs(number) <= 0x1p53) || floor(number) != number) return 0;
    *out = (int64_t)number;
    return 1;
}

static void read_integer_keys(feeding *in) {
    block *b = &in->block;
    const double *numbers = b->numbers[CUSTVAL__CUSTOMER];
    const int whole = in->reading[CUSTVAL__CUSTOMER] == READS_NUMBERS;
    for (size_t i = 0; i < b->count; i++) {
        int64_t *key = &b->key.integer[i];
        const int has = whole
                            ? read_whole(numbers[i], key)
                            : custval__table_get_integer(in->table, in->columns[CUSTVAL__CUSTOMER], b->start + i, key);
        b->has_key[i] = has == 1;
        b->hash[i] = has == 1 ? custval__key_hash_integer(*key) : 0;
    }
}

static void read_block(feeding *in, size_t start, size_t count) {
    block *b = &in->block;
    b->start = start;
    b->count = count;
    for (size_t i = 0; i < CUSTVAL__HISTORY_COLUMNS; i++) {
        if (in->history->names[i] == NULL || in->reading[i] != READS_NUMBERS) continue;
        b->numbers[i] = custval__table_doubles(in->table, in->columns[i], start, count, b->scratch[i]);
    }
    if (in->reading[CUSTVAL__CUSTOMER] == READS_TEXT) {
        read_text_keys(in);
    } else {
        read_integer_keys(in);
    }
    custval__keys_prefetch(&in->history->keys, b->hash, count);
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* One row on its way into a cell. */
typedef struct row {
    size_t at; /* in the block */
    int64_t period;
    double money[CUSTVAL__HISTORY_COLUMNS];
    uint32_t customer; /* CUSTVAL__NO_KEY: new */
    int is_left_out;
} row;

static size_t row_number(const feeding *in, const row *r) {
    return in->block.start + r->at;
}

/* What stands in a cell, for messages. */
static const char *show(const feeding *in, const row *r, size_t column, char out[SHOWN + 3]) {
    custval_text text = {NULL, 0};
    const size_t at = in->columns[column];
    if (custval__table_is_text(in->table, at)) {
        (void)custval__table_get_text(in->table, at, row_number(in, r), &text);
        size_t length = text.length < SHOWN ? text.length : SHOWN;
        if (text.data == NULL) return "missing";
        if (memchr(text.data, '\0', text.length) != NULL) return "a text with a NUL character";
        if (length < text.length) length = custval__utf8_cut(text.data, length);
        if (!custval__utf8_valid(text.data, length)) return "not well-formed UTF-8";
        custval__format(out, SHOWN + 3, "\"%.*s\"", (int)length, text.data);
        return out;
    }
    int64_t integer;
    double scratch;
    if (in->reading[column] == READS_INTEGERS) {
        const int has = custval__table_get_integer(in->table, at, row_number(in, r), &integer);
        custval__format(out, SHOWN + 3, has == 0 ? "missing" : has < 0 ? "above 2^63 - 1" : "%lld", (long long)integer);
        return out;
    }
    const double number = *custval__table_doubles(in->table, at, row_number(in, r), 1, &scratch);
    custval__format(out, SHOWN + 3, isnan(number) ? "missing" : "%g", number);
    return out;
}

static custval_status fail_row(feeding *in, const row *r, size_t column, custval_status status, const char *what) {
    char value[SHOWN + 3];
    return custval__fail_at(&in->why, status, CUSTVAL_NONE, row_number(in, r), "column \"%s\", row %zu: %s is %s%s",
                            in->history->names[column], row_number(in, r),
                            column == CUSTVAL__CUSTOMER ? "the customer"
                            : column == CUSTVAL__TIME   ? "the time"
                                                        : "it",
                            show(in, r, column, value), what);
}

/* A row that cannot be read is an error, or left out. */
static custval_status refuse(feeding *in, row *r, size_t column, const char *what) {
    if (in->history->bad_rows == CUSTVAL_BAD_ROWS_DROP) {
        in->counts.bad++;
        r->is_left_out = 1;
        return CUSTVAL_OK;
    }
    return fail_row(in, r, column, CUSTVAL_ERROR_RANGE, what);
}

static int period_of_row(const feeding *in, const row *r, int64_t *out) {
    const custval__clock *clock = &in->history->clock;
    const size_t column = in->columns[CUSTVAL__TIME];
    if (in->reading[CUSTVAL__TIME] == READS_NUMBERS) {
        return custval__period_of_number(clock, in->block.numbers[CUSTVAL__TIME][r->at], out);
    }
    if (in->reading[CUSTVAL__TIME] == READS_INTEGERS) {
        int64_t units;
        if (custval__table_get_integer(in->table, column, row_number(in, r), &units) == 0) return CUSTVAL__TIME_NONE;
        return custval__period_of_units(clock, units, in->per_day, out);
    }
    custval_text text;
    (void)custval__table_get_text(in->table, column, row_number(in, r), &text);
    return text.data == NULL ? CUSTVAL__TIME_NONE : custval__period_of_text(clock, text.data, text.length, out);
}

static custval_status read_time(feeding *in, row *r) {
    const custval_history *history = in->history;
    const int result = period_of_row(in, r, &r->period);
    if (result == CUSTVAL__TIME_NONE) {
        return refuse(in, r, CUSTVAL__TIME,
                      in->reading[CUSTVAL__TIME] == READS_TEXT ? ", which is no date such as \"2026-11-26\"" : "");
    }
    if (result != CUSTVAL__TIME_OK) {
        return fail_row(in, r, CUSTVAL__TIME, CUSTVAL_ERROR_LIMIT,
                        history->clock.period == CUSTVAL_PERIOD_NUMBER ? ", 2^39 steps or more from 0"
                                                                       : ", beyond the years 1 to 9999");
    }
    if (!history->is_folded || r->period > history->folded) return CUSTVAL_OK;
    char text[CUSTVAL__PERIOD_TEXT], what[64];
    (void)custval__period_text(&history->clock, history->folded, text);
    custval__format(what, sizeof what, ", but the history is folded up to %s", text);
    return fail_row(in, r, CUSTVAL__TIME, CUSTVAL_ERROR_STATE, what);
}

static custval_status read_money(feeding *in, row *r) {
    for (size_t i = CUSTVAL__AMOUNT; i < CUSTVAL__HISTORY_COLUMNS; i++) {
        if (in->history->names[i] == NULL) continue;
        r->money[i] = in->block.numbers[i][r->at];
        if (isinf(r->money[i])) return fail_row(in, r, i, CUSTVAL_ERROR_NOT_FINITE, "");
        if (fabs(r->money[i]) > CUSTVAL__AMOUNT_MOST) {
            return fail_row(in, r, i, CUSTVAL_ERROR_RANGE, ", beyond 1e14 in size");
        }
    }
    for (size_t i = CUSTVAL__AMOUNT; i < CUSTVAL__HISTORY_COLUMNS && !r->is_left_out; i++) {
        if (in->history->names[i] != NULL && isnan(r->money[i])) CUSTVAL__TRY(refuse(in, r, i, ""));
    }
    return CUSTVAL_OK;
}

/* What the rules make of the amount; `*purchases` 0 for a refund that is netted. */
static custval_status judge(feeding *in, row *r, uint32_t *purchases) {
    const custval_history *history = in->history;
    const double amount = history->moneys.amount < 0 ? 1.0 : r->money[CUSTVAL__AMOUNT];
    *purchases = 1;
    if (amount < 0.0 && history->refunds != CUSTVAL_REFUNDS_KEEP) {
        if (history->refunds == CUSTVAL_REFUNDS_REJECT) {
            return fail_row(in, r, CUSTVAL__AMOUNT, CUSTVAL_ERROR_RANGE,
                            ", below 0: say with the option refunds what that means");
        }
        in->counts.refunds++;
        *purchases = 0;
        r->is_left_out = history->refunds == CUSTVAL_REFUNDS_DROP;
    } else if (amount == 0.0 && history->zeros != CUSTVAL_ZEROS_KEEP) {
        if (history->zeros == CUSTVAL_ZEROS_REJECT) return fail_row(in, r, CUSTVAL__AMOUNT, CUSTVAL_ERROR_RANGE, "");
        in->counts.zeros++;
        r->is_left_out = 1;
    }
    return CUSTVAL_OK;
}

static custval_status put_customer(feeding *in, const row *r, uint32_t *out) {
    custval_history *history = in->history;
    *out = r->customer;
    if (r->customer != CUSTVAL__NO_KEY) return CUSTVAL_OK;
    custval__keys *keys = &history->keys;
    const block *b = &in->block;
    custval_status status;
    if (keys->kind == CUSTVAL__KEYS_TEXT) {
        status = custval__keys_put_text(keys, &history->host, b->key.text[r->at], b->hash[r->at], out);
    } else {
        status = custval__keys_put_integer(keys, &history->host, b->key.integer[r->at], b->hash[r->at], out);
    }
    if (status == CUSTVAL_ERROR_MEMORY) return custval__fail_memory(&in->why);
    if (status != CUSTVAL_OK) {
        return custval__fail(&in->why, status, "a history holds at most %u customers", (unsigned)UINT32_MAX);
    }
    return CUSTVAL_OK;
}

static custval_status put_row(feeding *in, const row *r, uint32_t purchases) {
    custval__cells *cells = &in->history->cells;
    custval__cell *cell = custval__cells_at(cells, cells->count + in->cells);
    CUSTVAL__TRY(put_customer(in, r, &cell->customer));
    cell->rows = purchases;
    cell->period = r->period;
    for (size_t i = CUSTVAL__AMOUNT, place = 0; i < CUSTVAL__HISTORY_COLUMNS; i++) {
        if (in->history->names[i] == NULL) continue;
        const custval__fixed money = custval__fixed_of(r->money[i]);
        custval__fixed *volume = &in->counts.volume[place];
        cell->money[place++] = money;
        *volume = custval__fixed_add(*volume, custval__fixed_size(money));
        if (custval__fixed_is_negative(*volume)) {
            return custval__fail(&in->why, CUSTVAL_ERROR_LIMIT, "column \"%s\" adds up to more than a history can hold",
                                 in->history->names[i]);
        }
    }
    in->counts.held += purchases;
    custval__counts_see(&in->counts, r->period);
    in->cells++;
    return CUSTVAL_OK;
}

static custval_status check_key(feeding *in, row *r) {
    const block *b = &in->block;
    if (!b->has_key[r->at]) {
        double scratch = 0.0;
        const int is_wrong =
            in->reading[CUSTVAL__CUSTOMER] == READS_NUMBERS &&
            !isnan(*custval__table_doubles(in->table, in->columns[CUSTVAL__CUSTOMER], row_number(in, r), 1, &scratch));
        return refuse(in, r, CUSTVAL__CUSTOMER, is_wrong ? ", which is no whole number within 2^53" : "");
    }
    const custval__keys *keys = &in->history->keys;
    const uint64_t hash = b->hash[r->at];
    if (in->reading[CUSTVAL__CUSTOMER] != READS_TEXT) {
        r->customer = custval__keys_find_integer(keys, b->key.integer[r->at], hash);
        return CUSTVAL_OK;
    }
    const custval_text text = b->key.text[r->at];
    r->customer = custval__keys_find_text(keys, text, hash);
    if (r->customer != CUSTVAL__NO_KEY || custval__utf8_valid(text.data, text.length)) return CUSTVAL_OK;
    return refuse(in, r, CUSTVAL__CUSTOMER, "");
}

static custval_status add_row(feeding *in, size_t at) {
    row r = {.at = at};
    uint32_t purchases;
    in->counts.rows++;
    CUSTVAL__TRY(check_key(in, &r));
    if (r.is_left_out) return CUSTVAL_OK;
    CUSTVAL__TRY(read_time(in, &r));
    if (r.is_left_out) return CUSTVAL_OK;
    CUSTVAL__TRY(read_money(in, &r));
    if (r.is_left_out) return CUSTVAL_OK;
    CUSTVAL__TRY(judge(in, &r, &purchases));
    return r.is_left_out ? CUSTVAL_OK : put_row(in, &r, purchases);
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

static custval_status add_piece(void *data, uint32_t index, uint32_t thread) {
    feeding *in = data;
    const size_t rows = custval_table_rows(in->table);
    size_t start = (size_t)index * ROWS_PER_PIECE;
    const size_t end = rows - start < ROWS_PER_PIECE ? rows : start + ROWS_PER_PIECE;
    (void)thread;
    for (; start < end; start += BLOCK) {
        read_block(in, start, end - start < BLOCK ? end - start : BLOCK);
        for (size_t i = 0; i < in->block.count; i++) CUSTVAL__TRY(add_row(in, i));
    }
    return CUSTVAL_OK;
}

static uint64_t rows_of_piece(void *data, uint32_t index) {
    const feeding *in = data;
    const size_t rows = custval_table_rows(in->table), start = (size_t)index * ROWS_PER_PIECE;
    return rows - start < ROWS_PER_PIECE ? rows - start : ROWS_PER_PIECE;
}

/* Customers are numbered in the order of rows: one thread. */
static custval_status add_rows(feeding *in) {
    custval_history *history = in->history;
    const size_t rows = custval_table_rows(in->table), pieces = (rows + ROWS_PER_PIECE - 1) / ROWS_PER_PIECE;
    custval_host host = history->host;
    custval_error why = CUSTVAL_ERROR_INIT;
    host.runner = NULL;
    if (pieces > UINT32_MAX) return custval__fail(&in->why, CUSTVAL_ERROR_LIMIT, "%zu rows are too many", rows);
    if (custval__cells_reserve(&history->cells, &history->host, rows) != 0) return custval__fail_memory(&in->why);
    const custval__job job = {.data = in, .piece = add_piece, .units = rows_of_piece, .total_units = rows};
    const custval_status status = custval__run(&host, &job, (uint32_t)pieces, &why);
    if (status == CUSTVAL_ERROR_CANCELLED) in->why = why;
    return status;
}

static custval_status feed(feeding *in) {
    custval_history *history = in->history;
    custval__keys *keys = &history->keys;
    const uint32_t customers = keys->count, kind = keys->kind;
    CUSTVAL__TRY(find_columns(in));
    if (kind == CUSTVAL__KEYS_NONE) {
        keys->kind = in->reading[CUSTVAL__CUSTOMER] == READS_TEXT ? CUSTVAL__KEYS_TEXT : CUSTVAL__KEYS_INTEGER;
    }
    custval_status status = add_rows(in);
    if (status == CUSTVAL_OK) status = custval__counts_add(&history->counts, &in->counts, &in->why);
    if (status == CUSTVAL_OK) {
        history->cells.count += in->cells;
        if (in->cells > 0) history->cells.is_compact = 0;
    } else {
        custval__keys_cut(keys, customers);
    }
    if (keys->count == 0) custval__keys_free(keys, &history->host); /* the next table may have another kind */
    return status;
}

custval_status custval_history_add(custval_history *history, const custval_table *transactions, custval_error *error) {
    if (history == NULL) return custval__fail_null(error, "history");
    if (transactions == NULL) return custval__fail_null(error, "transactions");
    feeding in = {.history = history, .table = transactions, .why = CUSTVAL_ERROR_INIT};
    const custval_status status = feed(&in);
    if (status == CUSTVAL_OK) return CUSTVAL_OK;
    return custval__fail_at(error, status, in.why.node, in.why.row, "%s", in.why.message);
}
