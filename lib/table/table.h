/* Tables inside the library: their layout, reading in blocks, and result tables that own their columns. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TABLE_TABLE_H
#define CUSTVAL_TABLE_TABLE_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <custval/arrow.h>
#include <custval/table.h>

#include "../base/memory.h"

/* ---- For every author: reading numbers and text ---- */

/* Numbers and booleans; text of the three kinds and dictionaries of text. A column of Arrow's null type is both: every
   cell of it is missing. */
int custval__table_is_number(const custval_table *table, size_t column);
int custval__table_is_text(const custval_table *table, size_t column);

/* CUSTVAL_OK, or CUSTVAL_ERROR_TYPE with a message that names column and type and says what to do. */
custval_status custval__table_need_number(const custval_table *table, size_t column, custval_error *error);
custval_status custval__table_need_text(const custval_table *table, size_t column, custval_error *error);

/* Gives rows [start, start + count) of a number column as doubles with NaN for missing: a pointer into the column
   itself where it is packed float64 and the range has no null bit, else `scratch` (room for count doubles) filled in.
   No allocation, no failure: the type was checked with custval__table_is_number, and the range lies in the table. */
const double *custval__table_doubles(const custval_table *table, size_t column, size_t start, size_t count,
                                     double *scratch);

/* Gives a cell of a column of integers or times: 1; 0 if it is missing; -1 if it is beyond int64_t. */
int custval__table_get_integer(const custval_table *table, size_t column, size_t row, int64_t *out);

/* Gives a cell of a text column; 0 (and NULL in *out) if it is missing. The bytes live as long as the table. */
int custval__table_get_text(const custval_table *table, size_t column, size_t row, custval_text *out);

/* The same for rows [start, start + count). */
void custval__table_texts(const custval_table *table, size_t column, size_t start, size_t count, custval_text *out);

/* What a column holds, for messages: "whole numbers", "text", or where it cannot be read
   Arrow type timestamp ("tsu:UTC"). Returns `buffer`; 128 bytes are always enough. */
const char *custval__table_type_words(const custval_table *table, size_t column, char *buffer, size_t capacity);

/* ---- For every author: result tables, which own their columns ---- */

/* Makes a table without columns; `whole_host` comes from custval__host_read. */
custval_status custval__result_new(const custval_host *whole_host, size_t rows, custval_table **out,
                                   custval_error *error);

/* Add a column of the table's rows and give its memory, uninitialised and aligned to 64 bytes, for the caller to fill.
   In doubles NaN stands for missing. */
custval_status custval__result_add_doubles(custval_table *table, const char *name, double **values,
                                           custval_error *error);
custval_status custval__result_add_uint32(custval_table *table, const char *name, uint32_t **values,
                                          custval_error *error);
custval_status custval__result_add_int64(custval_table *table, const char *name, int64_t **values,
                                         custval_error *error);

/* Says that nothing is missing in a column of doubles, so that custval__result_finish() need not look. NULL: none. */
void custval__result_whole(custval_table *table, const double *values);

/* Adds a copy of one text per row; data NULL is missing. */
custval_status custval__result_add_texts(custval_table *table, const char *name, const custval_text *texts,
                                         custval_error *error);

/* Derives the validity bitmaps of all columns of doubles from their NaNs; a column where nothing is missing gets none.
   Call once, when the columns are filled and before the table is handed out. */
void custval__result_finish(custval_table *table);

/* Hands a table over if the status is well, or else frees it and leaves `out` alone. Gives the status. */
custval_status custval__result_give(custval_table *table, custval_status status, custval_table **out);

/* ---- For the files of this folder ---- */

typedef struct custval__column {
    const char *name;          /* in the arena */
    custval_column data;       /* whole: stride 0 if packed; its dictionary, if any, is the next member */
    custval_column dictionary; /* whole */
    const int64_t *view_sizes; /* views from Arrow: size of each data buffer, to check views against; else NULL */
    const char *arrow_words;   /* neither number nor text, from Arrow: words for the type, in the arena; else NULL */
    const char *arrow_format;  /* times from Arrow: their format with the time zone, in the arena; else NULL */
    int null_type;             /* Arrow's null type, kept as a BOOL column without a single valid bit */
    uint8_t *validity_room;    /* result doubles: where custval__result_finish may put a bitmap; else NULL */
    void *memory[2];           /* blocks that the table owns for this column, or NULL */
} custval__column;

struct custval_table {
    atomic_size_t owners;
    custval_host host; /* whole */
    custval__arena arena;
    size_t rows; /* at most CUSTVAL__ROWS_MOST */
    size_t count, capacity;
    custval__column **columns; /* each in the arena, so that a column never moves */
    struct ArrowArray array;   /* what was imported; release NULL if nothing was */
    struct ArrowSchema schema;
};

/* No element is wider than 16 bytes, so every byte position in a packed column of so many rows fits ptrdiff_t, and the
   size of a copied column, whose elements are at most 8 bytes, is far below SIZE_MAX. Dictionaries obey it, too. */
#define CUSTVAL__ROWS_MOST ((size_t)PTRDIFF_MAX / 16)

/* Checks that a name is text, not empty and new to the table. */
custval_status custval__table_check_name(const custval_table *table, const char *name, custval_error *error);

/* Checks what a caller of custval_table_add hands in, name included, and makes a whole column of it. */
custval_status custval__column_read(const custval_table *table, const char *name, const custval_column *given,
                                    custval__column *out, custval_error *error);

/* Checks a whole description of `rows` elements, and that of its dictionary; sets stride 0 if the values are packed. */
custval_status custval__column_check(custval__column *column, const char *name, size_t rows, custval_error *error);

/* Appends a column under a name already checked. The table takes the column's memory blocks in any case: they are
   freed if this fails. */
custval_status custval__table_append(custval_table *table, const char *name, const custval__column *column,
                                     custval_error *error);

/* Bytes of one packed value of a number or of BOOL8; 0 for any other type. */
size_t custval__type_size(uint32_t type);
int custval__type_is_integer(uint32_t type);
int custval__type_is_time(uint32_t type); /* dates and timestamps */
int custval__type_is_text(uint32_t type);

/* Eight bits (or the `count` < 8 that are left, the rest 0) of a bitmap from any position. */
static inline unsigned custval__bits(const uint8_t *bitmap, size_t at, size_t count) {
    const size_t byte = at / 8, shift = at % 8;
    unsigned bits = (unsigned)bitmap[byte] >> shift;
    if (shift + count > 8) bits |= (unsigned)bitmap[byte + 1] << (8 - shift);
    return bits & ((1U << count) - 1);
}

static inline int custval__bit(const uint8_t *bitmap, size_t at) {
    return bitmap[at / 8] >> (at % 8) & 1;
}

/* Reads a cell of a text column, as custval__table_get_text. */
int custval__column_text(const custval__column *column, size_t row, custval_text *out);

/* Moves a column of anything but text (of a dictionary column, the indices) to a new block: packed, offset 0, BOOL8 as
   BOOL if `bits`. On failure *memory is NULL if it was. */
custval_status custval__copy_packed(const custval_host *host, size_t rows, int bits, custval_column *column,
                                    void **memory, custval_error *error);

/* A block of custval__alloc cut into pieces aligned to 64 bytes: sizes are added up first, then pieces are taken in the
   same order. No sum overflows: see CUSTVAL__ROWS_MOST, and texts are at most 2^31 - 1 bytes. */
typedef struct custval__pieces {
    size_t size;
    unsigned char *next;
} custval__pieces;
void custval__pieces_add(custval__pieces *pieces, size_t bytes);
void *custval__pieces_alloc(custval__pieces *pieces, const custval_host *host); /* the block, or NULL */
void *custval__pieces_take(custval__pieces *pieces, size_t bytes);

/* Makes a table over an Arrow array and moves the array, but not the schema, into it. */
custval_status custval__import_array(const custval_host *whole_host, struct ArrowArray *array,
                                     const struct ArrowSchema *schema, custval_table **out, custval_error *error);
/* Checks what a schema must be before any array comes: not released, a struct. */
custval_status custval__import_check_schema(const struct ArrowSchema *schema, custval_error *error);

/* Checks that every column has a type that can be exported; then gives type and data apart, as streams do. */
custval_status custval__export_check(const custval_table *table, custval_error *error);
custval_status custval__export_schema(const custval_table *table, struct ArrowSchema *out, custval_error *error);
custval_status custval__export_array(custval_table *table, struct ArrowArray *out, custval_error *error);

#endif
