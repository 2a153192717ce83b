/* Reading columns: numbers in blocks as doubles, text cell by cell. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <math.h>
#include <string.h>

/* ---- Numbers ---- */

/* Values go through memcpy because a stride may leave them unaligned; compilers make plain loads of it. The packed loop
   is apart so that it is vectorised. */
#define GATHER(name, type, expression)                                                                         \
  static void name(const unsigned char *restrict from, ptrdiff_t stride, size_t count, double *restrict out) { \
    type value;                                                                                                \
    if (stride == 0) {                                                                                         \
      for (size_t i = 0; i < count; i++) {                                                                     \
        memcpy(&value, from + i * sizeof value, sizeof value);                                                 \
        out[i] = (expression);                                                                                 \
      }                                                                                                        \
    } else {                                                                                                   \
      for (size_t i = 0; i < count; i++) {                                                                     \
        memcpy(&value, from + (ptrdiff_t)i * stride, sizeof value);                                            \
        out[i] = (expression);                                                                                 \
      }                                                                                                        \
    }                                                                                                          \
  }

GATHER(gather_int8, int8_t, (double)value)
GATHER(gather_int16, int16_t, (double)value)
GATHER(gather_int32, int32_t, (double)value)
GATHER(gather_int64, int64_t, (double)value)
GATHER(gather_uint8, uint8_t, (double)value)
GATHER(gather_uint16, uint16_t, (double)value)
GATHER(gather_uint32, uint32_t, (double)value)
GATHER(gather_uint64, uint64_t, (double)value)
GATHER(gather_float32, float, (double)value)
GATHER(gather_float64, double, value)
GATHER(gather_bool8, uint8_t, value != 0 ? 1.0 : 0.0)

static void gather_bits(const uint8_t *bitmap, size_t at, size_t count, double *out) {
    for (size_t i = 0; i < count; i += 8) {
        const size_t some = count - i < 8 ? count - i : 8;
        const unsigned bits = custval__bits(bitmap, at + i, some);
        for (size_t k = 0; k < some; k++) out[i + k] = (double)(bits >> k & 1);
    }
}

static void gather(const custval_column *c, size_t at, size_t count, double *out) {
    if (c->type == CUSTVAL_TYPE_BOOL) {
        gather_bits(c->data, at, count, out);
        return;
    }
    const ptrdiff_t step = c->stride != 0 ? c->stride : (ptrdiff_t)custval__type_size(c->type);
    const unsigned char *from = (const unsigned char *)c->data + (ptrdiff_t)at * step;
    switch (c->type) {
    case CUSTVAL_TYPE_INT8: gather_int8(from, c->stride, count, out); break;
    case CUSTVAL_TYPE_INT16: gather_int16(from, c->stride, count, out); break;
    case CUSTVAL_TYPE_INT32: gather_int32(from, c->stride, count, out); break;
    case CUSTVAL_TYPE_INT64: gather_int64(from, c->stride, count, out); break;
    case CUSTVAL_TYPE_UINT8: gather_uint8(from, c->stride, count, out); break;
    case CUSTVAL_TYPE_UINT16: gather_uint16(from, c->stride, count, out); break;
    case CUSTVAL_TYPE_UINT32: gather_uint32(from, c->stride, count, out); break;
    case CUSTVAL_TYPE_UINT64: gather_uint64(from, c->stride, count, out); break;
    case CUSTVAL_TYPE_FLOAT32: gather_float32(from, c->stride, count, out); break;
    case CUSTVAL_TYPE_FLOAT64: gather_float64(from, c->stride, count, out); break;
    default: gather_bool8(from, c->stride, count, out); break;
    }
}

/* 1 if every bit of [at, at + count) is 1; count > 0. */
static int all_present(const uint8_t *validity, size_t at, size_t count) {
    const size_t first = at / 8, last = (at + count - 1) / 8;
    const unsigned before = (1U << (at % 8)) - 1;                     /* bits of the first byte that do not count */
    const unsigned after = 0xffU & ~0U << ((at + count - 1) % 8 + 1); /* bits of the last byte that do not count */
    if (first == last) return (validity[first] | before | after) == 0xff;
    unsigned all = (validity[first] | before) & (validity[last] | after);
    for (size_t i = first + 1; i < last; i++) all &= validity[i];
    return all == 0xff;
}

/* No branch per cell: which ones are missing is as good as random. */
static void blank_missing(const uint8_t *validity, size_t at, size_t count, double *out) {
    static const double nan = (double)NAN;
    uint64_t missing;
    memcpy(&missing, &nan, sizeof missing);
    for (size_t i = 0; i < count; i += 8) {
        const size_t some = count - i < 8 ? count - i : 8;
        const unsigned bits = custval__bits(validity, at + i, some);
        if (bits == 0xff) continue;
        for (size_t k = 0; k < some; k++) {
            const uint64_t keep = (uint64_t)0 - (bits >> k & 1);
            uint64_t value;
            memcpy(&value, out + i + k, sizeof value);
            value = (value & keep) | (missing & ~keep);
            memcpy(out + i + k, &value, sizeof value);
        }
    }
}

const double *custval__table_doubles(const custval_table *table, size_t column, size_t start, size_t count,
                                     double *scratch) {
    const custval_column *c = &table->columns[column]->data;
    const size_t at = c->offset + start;
    if (count == 0) return scratch;
    const int whole = c->validity == NULL || all_present(c->validity, at, count);
    if (whole && c->type == CUSTVAL_TYPE_FLOAT64 && c->stride == 0 && (uintptr_t)c->data % _Alignof(double) == 0) {
        return (const double *)c->data + at;
    }
    gather(c, at, count, scratch);
    if (!whole) blank_missing(c->validity, at, count, scratch);
    return scratch;
}

/* ---- Text ---- */

/* Cuts the text [begin, end) out of the bytes. Offsets that run backwards make it missing; so do bytes that are NULL,
   unless the text is empty: Arrow allows NULL when all texts are. */
static int cut_text(const char *bytes, int64_t begin, int64_t end, custval_text *out) {
    if (begin < 0 || end < begin || (bytes == NULL && end > begin)) return 0;
    if ((uint64_t)end > PTRDIFF_MAX) return 0;
    out->data = bytes == NULL ? "" : bytes + begin;
    out->length = (size_t)(end - begin);
    return 1;
}

static int view_text(const custval_column *c, const int64_t *sizes, size_t element, custval_text *out) {
    enum { SIZE = 16, INLINE_MOST = 12 };
    const char *view = (const char *)c->data + element * SIZE;
    int32_t part[4]; /* length, first four bytes, data buffer, offset in it */
    memcpy(part, view, sizeof part);
    if (part[0] < 0) return 0;
    if (part[0] <= INLINE_MOST) return cut_text(view + 4, 0, part[0], out);
    if (part[2] < 0 || (size_t)part[2] >= c->dictionary_length || part[3] < 0) return 0;
    const int64_t end = (int64_t)part[3] + part[0];
    if (sizes != NULL && end > sizes[part[2]]) return 0;
    return cut_text(((const void *const *)c->offsets)[part[2]], part[3], end, out);
}

static int plain_text(const custval_column *c, const int64_t *view_sizes, size_t row, custval_text *out) {
    const size_t element = c->offset + row;
    if (c->validity != NULL && !custval__bit(c->validity, element)) return 0;
    if (c->type == CUSTVAL_TYPE_UTF8_VIEW) return view_text(c, view_sizes, element, out);
    if (c->type == CUSTVAL_TYPE_UTF8) {
        int32_t ends[2];
        memcpy(ends, (const char *)c->offsets + element * sizeof ends[0], sizeof ends);
        return cut_text(c->data, ends[0], ends[1], out);
    }
    int64_t ends[2];
    memcpy(ends, (const char *)c->offsets + element * sizeof ends[0], sizeof ends);
    return cut_text(c->data, ends[0], ends[1], out);
}

/* An integer of a type other than uint64, which comes out as if it were int64. */
static int64_t integer_at(const unsigned char *at, uint32_t type) {
    union {
        int8_t i8;
        int16_t i16;
        int32_t i32;
        int64_t i64;
        uint16_t u16;
        uint32_t u32;
    } value;
    switch (type) { /* copies of a known size are plain loads */
    case CUSTVAL_TYPE_INT8: memcpy(&value, at, sizeof value.i8); return value.i8;
    case CUSTVAL_TYPE_INT16: memcpy(&value, at, sizeof value.i16); return value.i16;
    case CUSTVAL_TYPE_INT32:
    case CUSTVAL_TYPE_DATE32: memcpy(&value, at, sizeof value.i32); return value.i32;
    case CUSTVAL_TYPE_UINT8: return at[0];
    case CUSTVAL_TYPE_UINT16: memcpy(&value, at, sizeof value.u16); return value.u16;
    case CUSTVAL_TYPE_UINT32: memcpy(&value, at, sizeof value.u32); return value.u32;
    default: memcpy(&value, at, sizeof value.i64); return value.i64;
    }
}

int custval__table_get_integer(const custval_table *table, size_t column, size_t row, int64_t *out) {
    const custval_column *c = &table->columns[column]->data;
    const size_t element = c->offset + row;
    *out = 0;
    if (c->validity != NULL && !custval__bit(c->validity, element)) return 0;
    const ptrdiff_t step = c->stride != 0 ? c->stride : (ptrdiff_t)custval__type_size(c->type);
    *out = integer_at((const unsigned char *)c->data + (ptrdiff_t)element * step, c->type);
    return c->type == CUSTVAL_TYPE_UINT64 && *out < 0 ? -1 : 1;
}

/* Entry that a cell of a dictionary column points to; SIZE_MAX if it points to none. */
static size_t dictionary_entry(const custval_column *c, size_t row) {
    const size_t element = c->offset + row, size = custval__type_size(c->index_type);
    if (c->validity != NULL && !custval__bit(c->validity, element)) return SIZE_MAX;
    const unsigned char *at = (const unsigned char *)c->data + element * size;
    const uint64_t entry = (uint64_t)integer_at(at, c->index_type); /* a negative index becomes a huge one */
    return entry < c->dictionary_length ? (size_t)entry : SIZE_MAX;
}

int custval__column_text(const custval__column *column, size_t row, custval_text *out) {
    out->data = NULL;
    out->length = 0;
    if (column->null_type) return 0;
    if (column->data.type != CUSTVAL_TYPE_DICTIONARY) return plain_text(&column->data, column->view_sizes, row, out);
    const size_t entry = dictionary_entry(&column->data, row);
    return entry != SIZE_MAX && plain_text(&column->dictionary, column->view_sizes, entry, out);
}

int custval__table_get_text(const custval_table *table, size_t column, size_t row, custval_text *out) {
    return custval__column_text(table->columns[column], row, out);
}

void custval__table_texts(const custval_table *table, size_t column, size_t start, size_t count, custval_text *out) {
    const custval__column *const from = table->columns[column];
    for (size_t i = 0; i < count; i++) (void)custval__column_text(from, start + i, &out[i]);
}
