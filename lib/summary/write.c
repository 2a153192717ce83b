/* Writing summaries as bytes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/elementary.h"
#include "../base/error.h"
#include "bytes.h"
#include "object.h"

uint64_t custval__checksum(const unsigned char *bytes, size_t length) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < length; i++) hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* `to` NULL: only counts. */
typedef struct writer {
    unsigned char *to;
    size_t length;
} writer;

static void put(writer *out, const void *bytes, size_t length) {
    if (out->to != NULL) memcpy(out->to + out->length, bytes, length);
    out->length += length;
}

static void put_integer(writer *out, uint64_t value, size_t size) {
    unsigned char bytes[8];
    for (size_t i = 0; i < size; i++) bytes[i] = (unsigned char)(value >> 8 * i);
    put(out, bytes, size);
}

static void put_double(writer *out, double value) {
    put_integer(out, custval__bits_of(value), 8);
}

static void put_doubles(writer *out, const double *values, size_t count) {
    for (size_t i = 0; i < count; i++) put_double(out, values[i]);
}

static void put_moments(writer *out, const custval__moments *moments) {
    put_double(out, moments->low);
    put_double(out, moments->high);
    put_double(out, moments->mean);
    put_double(out, moments->rest);
    put_double(out, moments->squares);
}

static void put_sketch(writer *out, const custval__sketch *sketch) {
    uint32_t key = 0, cells = 0;
    for (; custval__sketch_next(sketch, &key) != NULL; key++) cells++;
    put_integer(out, cells, 4);
    key = 0;
    for (const custval__cell *cell; (cell = custval__sketch_next(sketch, &key)) != NULL; key++) {
        put_integer(out, key, 4);
        put_integer(out, cell->count, 8);
        put_double(out, cell->low);
        put_double(out, cell->high);
    }
}

static void put_head(writer *out, const custval_summary *summary, size_t length) {
    const custval__shape *shape = &summary->shape;
    put_integer(out, CUSTVAL__SUMMARY_MAGIC, 4);
    put_integer(out, CUSTVAL__SUMMARY_VERSION, 4);
    put_integer(out, length, 8);
    put_integer(out, shape->parts, 4);
    put_integer(out, shape->count, 4);
    put_integer(out, summary->sums->rows, 8);
    put_integer(out, summary->sums->complete, 8);
    for (size_t i = 0; i < shape->count; i++) {
        const custval_criterion *column = &shape->columns[i];
        const size_t name_length = strlen(column->column);
        put_integer(out, name_length, 4);
        put_integer(out, column->side, 4);
        put_double(out, column->low);
        put_double(out, column->high);
        put(out, column->column, name_length);
    }
}

static void put_all(writer *out, const custval_summary *summary, size_t length) {
    const custval__shape *shape = &summary->shape;
    const custval__sums *sums = summary->sums;
    put_head(out, summary, length);
    for (size_t i = 0; i < shape->count; i++) {
        put_integer(out, sums->own[i].count, 8);
        put_moments(out, &sums->own[i]);
    }
    if (sums->theil != NULL) put_doubles(out, sums->theil, shape->count);
    if (sums->joint != NULL) {
        for (size_t i = 0; i < shape->count; i++) put_moments(out, &sums->joint[i]);
        put_doubles(out, sums->products, custval__pairs(shape));
    }
    if (sums->removal != NULL) put_doubles(out, sums->removal, shape->count);
    for (size_t i = 0; i < shape->count && summary->sketches != NULL; i++) put_sketch(out, &summary->sketches[i]);
    put_integer(out, out->to == NULL ? 0 : custval__checksum(out->to, out->length), 8);
}

custval_status custval_summary_write(const custval_summary *summary, void *buffer, size_t capacity, size_t *out_length,
                                     custval_error *error) {
    writer out = {NULL, 0};
    if (out_length == NULL) return custval__fail_null(error, "out_length");
    *out_length = 0;
    if (summary == NULL) return custval__fail_null(error, "summary");
    if (buffer == NULL && capacity > 0) return custval__fail_null(error, "buffer");
    put_all(&out, summary, 0);
    *out_length = out.length;
    if (out.length > capacity) return CUSTVAL_OK;
    out = (writer){buffer, 0};
    put_all(&out, summary, *out_length);
    return CUSTVAL_OK;
}
