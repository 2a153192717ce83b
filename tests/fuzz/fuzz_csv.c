/* Fuzzes reading of CSV: where blocks are cut changes neither cells nor mistakes, and numbers are what strtod says. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "csv_cell.h"
#include "csv_reader.h"
#include "number_parse.h"
#include "tool.h"
#include "memory_source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds) {
    if (!holds) abort();
}

/* ---- Numbers ----------------------------------------------------------------------------------------------------- */

static int is_blank(char byte) {
    return byte == ' ' || byte == '\t';
}

/* What strtod reads besides: hexadecimal, infinities, NaN, and other blanks in front. */
static int has_other_letters(const char *text) {
    for (; *text != 0; text++) {
        if (strchr("0123456789+-.eE", *text) == NULL) return 1;
    }
    return 0;
}

/* 1 and the number if strtod reads the text to its end. */
static int reference_number(const char *text, size_t length, char decimal, double *out) {
    while (length > 0 && is_blank(text[length - 1])) length--;
    for (; length > 0 && is_blank(*text); text++) length--;
    char *const copy = memory_text(text, length);
    char *end = copy;
    if (decimal == ',') {
        for (char *at = copy; *at != 0; at++) *at = *at == ',' ? '.' : *at == '.' ? 'x' : *at;
    }
    if (strlen(copy) == length && !has_other_letters(copy)) *out = strtod(copy, &end);
    const int complete = end == copy + length && length > 0;
    free(copy);
    return complete;
}

static void check_number(const custval_text *cell, char decimal) {
    double number = 0.0, expected = 0.0, fast = 0.0;
    const int result = number_parse(cell->data, cell->length, decimal, &number);
    const int is_number = reference_number(cell->data, cell->length, decimal, &expected);
    must(is_number == (result != NUMBER_NONE));
    must(!is_number || (isinf(expected) != 0) == (result == NUMBER_TOO_LARGE));
    must(result != NUMBER_READ || memcmp(&number, &expected, sizeof number) == 0);
    char *const copy = memory_text(cell->data, cell->length);
    const char *const end = number_parse_start(copy, decimal, &fast);
    if (end != NULL) {
        must(number_parse(copy, (size_t)(end - copy), decimal, &number) == NUMBER_READ);
        must(memcmp(&number, &fast, sizeof number) == 0);
    }
    free(copy);
}

/* ---- Cells ------------------------------------------------------------------------------------------------------- */

/* Adds every cell of a block with its line and what ended it; gives the csv_end of the last one. */
static int read_block(csv_block *block, char delimiter, char decimal, size_t *lines, buffer *log) {
    csv_cursor cursor;
    int end = CSV_RECORD;
    csv_cursor_init(&cursor, delimiter, block->data, block->length);
    while (end == CSV_RECORD && csv_next_record(&cursor)) {
        do {
            custval_text cell = {"", 0};
            buffer_format(log, "%zu:", *lines + cursor.lines);
            end = csv_cell(&cursor, &cell);
            if (end <= CSV_RECORD) check_number(&cell, decimal);
            buffer_format(log, "%d:%zu:", end, cell.length);
            buffer_put(log, cell.data, cell.length);
        } while (end == CSV_DELIMITER);
    }
    must(end > CSV_RECORD || cursor.at == block->data + block->length);
    *lines += cursor.lines;
    return end;
}

/* Reads all of the data and writes down what it holds. 0 if it holds a byte 0, where blocks do matter. */
static int read_all(const uint8_t *data, size_t size, size_t block_size, char delimiter, char decimal, buffer *log) {
    memory_source source = {data, size};
    csv_reader reader;
    csv_block block = {NULL, 0, 0, 0, 0};
    size_t lines = 0, given = 0;
    int end = CSV_RECORD, is_text = memchr(data, 0, size) == NULL;
    const int problem = csv_reader_start(&reader, read_memory, &source, block_size, delimiter);
    if (problem != CSV_NO_PROBLEM) buffer_format(log, "problem %d", problem);
    while (problem == CSV_NO_PROBLEM && end <= CSV_RECORD && csv_reader_next(&reader, &block)) {
        must(block.problem != CSV_NUL || !is_text);
        if (block.problem != CSV_NO_PROBLEM) break;
        must(block.length > 0 && block.data[block.length - 1] == '\n');
        if (given++ == 0) { /* as the header does it */
            char *const first_line_end = memchr(block.data, '\n', block.length);
            if (memchr(block.data, '"', (size_t)(first_line_end - block.data)) == NULL) {
                csv_reader_return(&reader, &block, first_line_end + 1);
                block.length = (size_t)(first_line_end + 1 - block.data);
            }
        }
        end = read_block(&block, reader.delimiter, decimal, &lines, log);
    }
    csv_block_free(&block);
    csv_reader_free(&reader);
    return is_text;
}

/* The first byte chooses delimiter and decimal character, the second the size of small blocks; the rest is the file. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char delimiters[] = {0, ',', ';', '\t', '|'};
    if (size < 2) return 0;
    const char delimiter = delimiters[(data[0] >> 1) % sizeof delimiters], decimal = (data[0] & 1) != 0 ? ',' : '.';
    buffer small = {NULL, 0, 0}, large = {NULL, 0, 0};
    const size_t block_size = 4 + data[1] % 64;
    /* The delimiter is found in the first block: a small one may not hold the header. */
    const int is_text = read_all(data + 2, size - 2, block_size, delimiter == 0 ? ',' : delimiter, decimal, &small);
    read_all(data + 2, size - 2, CSV_BLOCK_SIZE, delimiter == 0 ? ',' : delimiter, decimal, &large);
    must(!is_text || small.length == large.length);
    must(!is_text || small.length == 0 || memcmp(small.data, large.data, small.length) == 0);
    large.length = 0;
    if (delimiter == 0) read_all(data + 2, size - 2, CSV_BLOCK_SIZE, 0, decimal, &large);
    buffer_free(&small);
    buffer_free(&large);
    return 0;
}
