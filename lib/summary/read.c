/* Reading summaries from bytes, which may be damaged or made by somebody who means no good. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/elementary.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "bytes.h"
#include "criteria.h"
#include "object.h"

/* What rounding may take a sum beyond what its numbers allow, relative to it. */
#define SLACK 1e-9
/* Below this, squares have lost digits, and say nothing about products. */
#define LEAST_SQUARES 0x1p-900

typedef struct reader {
    const unsigned char *from;
    size_t at, length; /* without the checksum */
    const custval_host *host;
    custval_error *error;
} reader;

static custval_status fail_cut_off(const reader *in) {
    return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "the bytes of the summary end too early, at %zu",
                         in->length);
}

static uint64_t integer_at(const unsigned char *from, size_t size) {
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) value |= (uint64_t)from[i] << 8 * i;
    return value;
}

/* The caller has checked that there are so many bytes. */
static uint64_t take_integer(reader *in, size_t size) {
    const uint64_t value = integer_at(in->from + in->at, size);
    in->at += size;
    return value;
}

static double take_double(reader *in) {
    return custval__double_of(take_integer(in, 8));
}

static custval_status need(const reader *in, size_t count, size_t size) {
    return count <= (in->length - in->at) / size ? CUSTVAL_OK : fail_cut_off(in);
}

/* ---- The head ---------------------------------------------------------------------------------------------------- */

static custval_status check_frame(reader *in) {
    const uint32_t magic = in->length < 4 ? 0 : (uint32_t)integer_at(in->from, 4);
    if (magic == UINT32_C(0x89435653)) {
        return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "the bytes of the summary have been swapped");
    }
    if (magic != CUSTVAL__SUMMARY_MAGIC) {
        return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "these %zu bytes are not a summary", in->length);
    }
    if (in->length < CUSTVAL__SUMMARY_HEAD + 8) return fail_cut_off(in);
    const uint64_t version = integer_at(in->from + 4, 4), length = integer_at(in->from + 8, 8);
    if (version != CUSTVAL__SUMMARY_VERSION) {
        return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT,
                             "the summary has the format version %llu; this library reads version %d",
                             (unsigned long long)version, CUSTVAL__SUMMARY_VERSION);
    }
    if (length > in->length) {
        return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "the summary is cut off: %zu of %llu bytes", in->length,
                             (unsigned long long)length);
    }
    if (length < in->length) {
        return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "the summary ends after %llu of %zu bytes",
                             (unsigned long long)length, in->length);
    }
    in->length -= 8;
    in->at = 16;
    if (integer_at(in->from + in->length, 8) == custval__checksum(in->from, in->length)) return CUSTVAL_OK;
    return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "the summary is damaged: its checksum does not fit");
}

static custval_status read_column(reader *in, custval__arena *arena, custval_criterion *out) {
    CUSTVAL__TRY(need(in, 1, CUSTVAL__SUMMARY_COLUMN));
    const size_t length = (size_t)take_integer(in, 4);
    *out = (custval_criterion)CUSTVAL_CRITERION_INIT;
    out->side = (uint32_t)take_integer(in, 4);
    out->low = take_double(in);
    out->high = take_double(in);
    CUSTVAL__TRY(need(in, length, 1));
    char *name = custval__arena_text(arena, (const char *)in->from + in->at, length);
    if (name == NULL) return custval__fail_memory(in->error);
    in->at += length;
    out->column = name;
    if (strlen(name) == length && out->side != CUSTVAL_SIDE_NONE) return CUSTVAL_OK;
    return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "column \"%s\" of the summary has a wrong name or side",
                         name);
}

static custval_status read_columns(reader *in, custval__arena *arena, custval_summary **out) {
    const uint32_t parts = (uint32_t)take_integer(in, 4), count = (uint32_t)take_integer(in, 4);
    const size_t numbers_at = in->at;
    custval_error why = CUSTVAL_ERROR_INIT;
    in->at = CUSTVAL__SUMMARY_HEAD;
    CUSTVAL__TRY(need(in, count, CUSTVAL__SUMMARY_COLUMN));
    custval_criterion *columns = custval__arena_alloc(arena, count, sizeof *columns);
    if (columns == NULL) return custval__fail_memory(in->error);
    for (uint32_t i = 0; i < count; i++) CUSTVAL__TRY(read_column(in, arena, &columns[i]));
    const custval_status status = custval_summary_new(in->host, columns, count, parts, out, &why);
    if (status == CUSTVAL_OK) {
        (*out)->sums->rows = integer_at(in->from + numbers_at, 8);
        (*out)->sums->complete = integer_at(in->from + numbers_at + 8, 8);
        return CUSTVAL_OK;
    }
    const int is_theirs = status != CUSTVAL_ERROR_MEMORY && status != CUSTVAL_ERROR_LIMIT;
    return custval__fail(in->error, is_theirs ? CUSTVAL_ERROR_DOCUMENT : status, "%s%s",
                         is_theirs ? "the summary is wrong: " : "", why.message);
}

/* ---- Sums -------------------------------------------------------------------------------------------------------- */

static custval_status fail_contradiction(const reader *in, const custval_criterion *column, const char *what) {
    return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "the summary contradicts itself: column \"%s\", %s",
                         column->column, what);
}

/* The square root of the largest sum of squares of deviations that `n` numbers of that range can have, and more. */
static double most_deviation(const custval_criterion *column, const custval__moments *moments) {
    const double unit = custval__unit(column, moments->low, moments->high);
    return (moments->high * unit - moments->low * unit) * sqrt((double)moments->count);
}

static custval_status read_moments(reader *in, const custval_criterion *column, uint64_t count, custval__moments *out) {
    *out = (custval__moments){count, 0.0, 0.0, 0.0, 0.0, 0.0};
    out->low = take_double(in);
    out->high = take_double(in);
    out->mean = take_double(in);
    out->rest = take_double(in);
    out->squares = take_double(in);
    if (count == 0) {
        static const custval__moments nothing;
        return memcmp(out, &nothing, sizeof nothing) == 0 ? CUSTVAL_OK
                                                          : fail_contradiction(in, column, "moments of no numbers");
    }
    if (!isfinite(out->low) || !isfinite(out->high) || !(out->low <= out->high)) {
        return fail_contradiction(in, column, "smallest and largest number");
    }
    if (custval__criterion_has_range(column) && (out->low < column->low || out->high > column->high)) {
        return fail_contradiction(in, column, "numbers outside its range");
    }
    const double unit = custval__unit(column, out->low, out->high), low = out->low * unit, high = out->high * unit;
    const double slack = SLACK * fmax(fabs(low), fabs(high)), most = most_deviation(column, out);
    if (!(out->mean >= low - slack && out->mean <= high + slack) || out->mean + out->rest != out->mean) {
        return fail_contradiction(in, column, "mean");
    }
    if (!(out->squares >= 0.0 && sqrt(out->squares) <= most)) return fail_contradiction(in, column, "squares");
    return CUSTVAL_OK;
}

static custval_status read_own(reader *in, custval_summary *summary) {
    const custval__shape *shape = &summary->shape;
    custval__sums *sums = summary->sums;
    const int knows_complete = (shape->parts & (CUSTVAL_SUMMARY_PAIRS | CUSTVAL_SUMMARY_REMOVAL)) != 0;
    if (sums->rows >= CUSTVAL__MOST_ROWS || sums->complete > sums->rows || (!knows_complete && sums->complete > 0)) {
        return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "the summary contradicts itself: numbers of rows");
    }
    CUSTVAL__TRY(need(in, shape->count, 48));
    for (size_t i = 0; i < shape->count; i++) {
        const uint64_t count = take_integer(in, 8);
        if (count > sums->rows || count < sums->complete) {
            return fail_contradiction(in, &shape->columns[i], "number of numbers");
        }
        CUSTVAL__TRY(read_moments(in, &shape->columns[i], count, &sums->own[i]));
    }
    return CUSTVAL_OK;
}

static custval_status read_theil(reader *in, custval_summary *summary) {
    const custval__shape *shape = &summary->shape;
    CUSTVAL__TRY(need(in, shape->count, 8));
    for (size_t i = 0; i < shape->count; i++) {
        const custval_criterion *column = &shape->columns[i];
        const custval__moments *own = &summary->sums->own[i];
        const double theil = take_double(in), n = (double)own->count;
        const int has_none = own->count == 0 || custval__theil_low(column, own) < 0.0;
        const double most = has_none ? 0.0 : (1.0 + SLACK) * n * custval__theil_mean(column, own) * custval__log(n);
        if (!(theil >= 0.0 && theil <= most)) return fail_contradiction(in, column, "entropy");
        summary->sums->theil[i] = theil;
    }
    return CUSTVAL_OK;
}

static custval_status read_pairs(reader *in, custval_summary *summary) {
    const custval__shape *shape = &summary->shape;
    custval__sums *sums = summary->sums;
    CUSTVAL__TRY(need(in, shape->count, 40));
    for (size_t i = 0; i < shape->count; i++) {
        const custval_criterion *column = &shape->columns[i];
        custval__moments *joint = &sums->joint[i];
        CUSTVAL__TRY(read_moments(in, column, sums->complete, joint));
        if (sums->complete > 0 && (joint->low < sums->own[i].low || joint->high > sums->own[i].high)) {
            return fail_contradiction(in, column, "complete rows");
        }
    }
    CUSTVAL__TRY(need(in, custval__pairs(shape), 8));
    double *product = sums->products;
    for (size_t a = 0; a < shape->count; a++) {
        const custval__moments *of_a = &sums->joint[a];
        for (size_t b = a + 1; b < shape->count; b++, product++) {
            const custval__moments *of_b = &sums->joint[b];
            const int is_known = of_a->squares > LEAST_SQUARES && of_b->squares > LEAST_SQUARES;
            const double most =
                is_known ? sqrt(of_a->squares) * sqrt(of_b->squares) * (1.0 + SLACK)
                         : most_deviation(&shape->columns[a], of_a) * most_deviation(&shape->columns[b], of_b);
            *product = take_double(in);
            if (!(fabs(*product) <= most)) return fail_contradiction(in, &shape->columns[a], "products");
        }
    }
    return CUSTVAL_OK;
}

static custval_status read_removal(reader *in, custval_summary *summary) {
    CUSTVAL__TRY(need(in, summary->shape.count, 8));
    for (size_t i = 0; i < summary->shape.count; i++) {
        const double removal = take_double(in);
        if (!(removal >= 0.0) || !isfinite(removal) || (removal > 0.0 && summary->sums->complete == 0)) {
            return fail_contradiction(in, &summary->shape.columns[i], "removal effect");
        }
        summary->sums->removal[i] = removal;
    }
    return CUSTVAL_OK;
}

/* ---- Sketches ---------------------------------------------------------------------------------------------------- */

static int is_cell(uint32_t key, const custval__cell *cell) {
    return cell->count > 0 && cell->low <= cell->high && (cell->count > 1 || cell->low == cell->high) &&
           custval__sketch_key(cell->low) == key && custval__sketch_key(cell->high) == key;
}

static custval_status read_sketch(reader *in, custval_summary *summary, size_t index) {
    const custval_criterion *column = &summary->shape.columns[index];
    const custval__moments *own = &summary->sums->own[index];
    uint64_t counted = 0, next = 0;
    double low = 0.0, high = 0.0;
    CUSTVAL__TRY(need(in, 1, 4));
    const size_t cells = (size_t)take_integer(in, 4);
    CUSTVAL__TRY(need(in, cells, CUSTVAL__SUMMARY_CELL));
    for (size_t i = 0; i < cells; i++) {
        const uint32_t key = (uint32_t)take_integer(in, 4);
        custval__cell cell;
        cell.count = take_integer(in, 8);
        cell.low = take_double(in);
        cell.high = take_double(in);
        if (key < next || !is_cell(key, &cell) || cell.count > own->count - counted) {
            return fail_contradiction(in, column, "quantiles");
        }
        if (custval__sketch_put(in->host, &summary->sketches[index], key, cell) != 0) {
            return custval__fail_memory(in->error);
        }
        if (i == 0) low = cell.low;
        high = cell.high;
        counted += cell.count;
        next = (uint64_t)key + 1;
    }
    if (counted == own->count && low == own->low && high == own->high) return CUSTVAL_OK;
    return fail_contradiction(in, column, "quantiles");
}

static custval_status read_all(reader *in, custval__arena *arena, custval_summary **out) {
    CUSTVAL__TRY(read_columns(in, arena, out));
    custval_summary *summary = *out;
    CUSTVAL__TRY(read_own(in, summary));
    if (summary->sums->theil != NULL) CUSTVAL__TRY(read_theil(in, summary));
    if (summary->sums->joint != NULL) CUSTVAL__TRY(read_pairs(in, summary));
    if (summary->sums->removal != NULL) CUSTVAL__TRY(read_removal(in, summary));
    for (size_t i = 0; i < summary->shape.count && summary->sketches != NULL; i++) {
        CUSTVAL__TRY(read_sketch(in, summary, i));
    }
    if (in->at == in->length) return CUSTVAL_OK;
    return custval__fail(in->error, CUSTVAL_ERROR_DOCUMENT, "the summary has %zu bytes too many", in->length - in->at);
}

custval_status custval_summary_read(const custval_host *host, const void *bytes, size_t length, custval_summary **out,
                                    custval_error *error) {
    custval_host whole;
    custval__arena arena;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    if (bytes == NULL) return custval__fail_null(error, "bytes");
    reader in = {bytes, 0, length, &whole, error};
    CUSTVAL__TRY(check_frame(&in));
    custval__arena_init(&arena, &whole);
    const custval_status status = read_all(&in, &arena, out);
    custval__arena_free(&arena);
    if (status != CUSTVAL_OK) {
        custval_summary_free(*out);
        *out = NULL;
    }
    return status;
}
