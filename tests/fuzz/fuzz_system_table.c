/* Any bytes as a table of an item a row: refused with one line, or a system whose document says the same. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#define DEMAND(condition)                                             \
  do {                                                                \
    if (!(condition)) {                                               \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      abort();                                                        \
    }                                                                 \
  } while (0)

#define COLUMNS 24
#define ROWS 64

/* Lines of cells parted by tabs; the first holds the names. */
typedef struct sheet {
    custval_text cells[ROWS + 1][COLUMNS]; /* data NULL: missing */
    size_t columns, rows;
} sheet;

static void cut(const char *text, size_t size, sheet *to) {
    size_t row = 0, column = 0, start = 0;
    memset(to, 0, sizeof *to);
    for (size_t at = 0; at <= size; at++) {
        if (at < size && text[at] != '\t' && text[at] != '\n') continue;
        if (column < COLUMNS && at > start) to->cells[row][column] = (custval_text){text + start, at - start};
        if (row == 0 && column < COLUMNS) to->columns = column + 1;
        column++;
        start = at + 1;
        if (at == size || text[at] == '\n') {
            column = 0;
            if (++row > ROWS) break;
        }
    }
    to->rows = row - 1;
}

/* The number that a whole cell is; 0 if it is a text. */
static int number_in(custval_text cell, double *out) {
    char copy[64], *end;
    *out = (double)NAN;
    if (cell.data == NULL) return 1;
    if (cell.length >= sizeof copy) return 0;
    memcpy(copy, cell.data, cell.length);
    copy[cell.length] = 0;
    *out = strtod(copy, &end);
    return end == copy + cell.length;
}

static void add_column(custval_table *table, const sheet *from, size_t column) {
    double numbers[ROWS];
    custval_text texts[ROWS];
    char name[256];
    int are_numbers = 1;
    const custval_text *const head = &from->cells[0][column];
    if (head->data == NULL || head->length >= sizeof name) return;
    memcpy(name, head->data, head->length);
    name[head->length] = 0;
    for (size_t row = 0; row < from->rows; row++) {
        texts[row] = from->cells[row + 1][column];
        are_numbers = number_in(texts[row], &numbers[row]) && are_numbers;
    }
    /* Names that are no text or come twice are the table's to refuse. */
    custval_column doubles = CUSTVAL_COLUMN_INIT;
    doubles.type = CUSTVAL_TYPE_FLOAT64;
    doubles.data = numbers;
    custval_status status = are_numbers ? custval_table_add_copy(table, name, &doubles, NULL)
                                        : custval_table_add_texts(table, name, texts, NULL);
    (void)status;
}

/* What was read writes itself as a document that means the same system. */
static void round_trip(const custval_system *system) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *second = NULL;
    size_t length = 0, length_again = 0;
    DEMAND(custval_system_write(system, NULL, 0, &length, NULL) == CUSTVAL_OK);
    char *const text = malloc(length + 1), *const again = malloc(length + 1);
    DEMAND(text != NULL && again != NULL);
    DEMAND(custval_system_write(system, text, length + 1, &length, NULL) == CUSTVAL_OK);
    if (custval_system_parse(NULL, text, length, &second, &error) != CUSTVAL_OK) {
        fprintf(stderr, "%s\n%s\n", error.message, text);
        abort();
    }
    DEMAND(custval_system_write(second, again, length + 1, &length_again, NULL) == CUSTVAL_OK);
    DEMAND(length == length_again && memcmp(text, again, length) == 0);
    custval_system_free(second);
    free(again);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static sheet cells;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    custval_system *system = NULL;
    cut((const char *)data, size, &cells);
    DEMAND(custval_table_new(NULL, cells.rows, &table, NULL) == CUSTVAL_OK);
    for (size_t column = 0; column < cells.columns; column++) add_column(table, &cells, column);
    const custval_status status = custval_system_from_table(NULL, table, &system, &error);
    DEMAND((status == CUSTVAL_OK) == (system != NULL));
    if (system == NULL) {
        DEMAND(error.status == status && error.message[0] != '\0' && strchr(error.message, '\n') == NULL);
        DEMAND(error.row == SIZE_MAX || error.row < cells.rows);
    } else {
        round_trip(system);
    }
    custval_system_free(system);
    custval_table_free(table);
    return 0;
}
