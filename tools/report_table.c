/* A table of a report, from the file that another command wrote. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "frame.h"
#include "report.h"

typedef struct carried_column {
    const char *name; /* in the payload */
    int is_text;
    const double *numbers; /* NULL for texts */
    const custval_text *texts;
} carried_column;

/* The columns that are carried, in the order of the payload. */
typedef struct carried {
    carried_column *columns;
    size_t count, rows;
} carried;

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

static int is_named(const report_kind *kind, const char *name) {
    for (size_t i = 0; i < kind->count; i++) {
        if (strcmp(kind->columns[i].name, name) == 0) return 1;
    }
    return 0;
}

static void carry(carried *to, whole *from, const char *name, const char *as, const char *reader, int is_text) {
    if (is_text) {
        whole_want_text(from, name, reader);
    } else {
        whole_want_number(from, name, reader);
    }
    to->columns = memory_resize(to->columns, to->count + 1, sizeof to->columns[0]);
    to->columns[to->count++] = (carried_column){as, is_text, NULL, NULL};
}

/* The column that says what a row is about: a name before the columns of the kind, or else the number of the row; NULL if
   they begin with the first. */
static const char *id_of(const data_file *data, const report_kind *kind) {
    const char *id = NULL;
    for (size_t i = 0; i < data->columns && !is_named(kind, data->names[i]); i++) {
        if (strcmp(data->names[i], "row") != 0) return data->names[i];
        id = data->names[i];
    }
    return id;
}

/* Has the columns of the kind read. */
static void want(carried *to, whole *from, const report_kind *kind) {
    const data_file *const data = &from->data;
    char reader[MESSAGE_SIZE];
    custval__format(reader, sizeof reader, "--%s (as '%s' writes it)", kind->name, kind->from);
    const char *const id = kind->has_id ? id_of(data, kind) : NULL;
    if (id != NULL) carry(to, from, id, "id", reader, 1);
    for (size_t i = 0; i < kind->count; i++) {
        const report_column *const column = &kind->columns[i];
        if (!column->is_needed && data_find(data, column->name) == SIZE_MAX) continue;
        carry(to, from, column->name, column->name, reader, column->is_text);
    }
    for (size_t i = 0; i < data->columns && kind->has_rest; i++) {
        if (!is_named(kind, data->names[i])) carry(to, from, data->names[i], data->names[i], reader, 0);
    }
}

/* Slots are given in the order of asking. */
static void take(carried *to, const whole *from) {
    uint32_t number = 0, text = 0;
    to->rows = from->rows.count;
    for (size_t i = 0; i < to->count; i++) {
        carried_column *const column = &to->columns[i];
        if (column->is_text) {
            column->texts = from->rows.texts[text++];
        } else {
            column->numbers = from->rows.numbers[number++];
        }
    }
}

/* NULL if it is not carried. */
static const carried_column *find(const carried *in, const char *name) {
    for (size_t i = 0; i < in->count && name != NULL; i++) {
        if (strcmp(in->columns[i].name, name) == 0) return &in->columns[i];
    }
    return NULL;
}

/* ---- Picking rows ------------------------------------------------------------------------------------------------ */

/* Evenly, with the first and the last. */
static size_t thinned_row(size_t index, size_t rows) {
    if (rows <= REPORT_MOST_ROWS) return index;
    return (size_t)((uint64_t)index * (rows - 1) / (REPORT_MOST_ROWS - 1));
}

/* The rows with the largest numbers, the largest first; of equal ones the earlier row. Gives how many. */
static size_t best_rows(const double *numbers, size_t rows, size_t best[REPORT_BEST_ROWS]) {
    size_t count = 0;
    for (size_t row = 0; row < rows; row++) {
        size_t place = count;
        if (isnan(numbers[row])) continue;
        while (place > 0 && numbers[best[place - 1]] < numbers[row]) place--;
        if (place == REPORT_BEST_ROWS) continue;
        if (count < REPORT_BEST_ROWS) count++;
        memmove(best + place + 1, best + place, (count - place - 1) * sizeof best[0]);
        best[place] = row;
    }
    return count;
}

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

static void write_cell(const carried_column *column, size_t row, buffer *to) {
    if (!column->is_text) {
        json_write_number(to, column->numbers[row]);
    } else if (column->texts[row].length == 0) {
        buffer_text(to, "null");
    } else {
        json_write_text(to, column->texts[row].data, column->texts[row].length);
    }
}

/* rows NULL: thinned ones. */
static void write_cells(const carried *from, const size_t *rows, size_t count, buffer *to) {
    buffer_byte(to, '[');
    for (size_t column = 0; column < from->count; column++) {
        buffer_text(to, column == 0 ? "[" : ", [");
        for (size_t i = 0; i < count; i++) {
            if (i > 0) buffer_text(to, ", ");
            write_cell(&from->columns[column], rows == NULL ? thinned_row(i, from->rows) : rows[i], to);
        }
        buffer_byte(to, ']');
    }
    buffer_byte(to, ']');
}

static void write_facts(const carried *from, buffer *to) {
    const char **const names = memory_new(from->count, sizeof names[0]);
    const double **const numbers = memory_new(from->count, sizeof numbers[0]);
    size_t count = 0;
    for (size_t i = 0; i < from->count; i++) {
        if (from->columns[i].is_text) continue;
        names[count] = from->columns[i].name;
        numbers[count++] = from->columns[i].numbers;
    }
    buffer_text(to, ", \"facts\": ");
    report_facts(names, numbers, count, from->rows, to);
    free(names);
    free((void *)numbers);
}

typedef struct word {
    const custval_text *text;
    uint64_t rows;
    double sum;
} word;

static word *word_of(word *words, size_t *count, const custval_text *text, const char *file, const char *column) {
    for (size_t i = 0; i < *count; i++) {
        const custval_text *const known = words[i].text;
        if (known->length == text->length && memcmp(known->data, text->data, text->length) == 0) return &words[i];
    }
    if (*count == REPORT_MOST_WORDS) {
        fail("%s: column %s has more than %d different texts", file, column, REPORT_MOST_WORDS);
    }
    words[*count] = (word){text, 0, 0.0};
    return &words[(*count)++];
}

/* How often each text of the column is there, in the order of first appearance, and the sums of the best column. */
static void write_words(const carried *from, const carried_column *column, const carried_column *summed,
                        const char *file, buffer *to) {
    word *const words = memory_new(REPORT_MOST_WORDS, sizeof words[0]);
    size_t count = 0;
    for (size_t row = 0; row < from->rows; row++) {
        const custval_text *const text = &column->texts[row];
        if (text->length == 0) continue;
        word *const one = word_of(words, &count, text, file, column->name);
        one->rows++;
        if (!isnan(summed->numbers[row])) one->sum += summed->numbers[row];
    }
    buffer_text(to, ", \"words\": [");
    for (size_t i = 0; i < count; i++) {
        buffer_text(to, i == 0 ? "[" : ", [");
        json_write_text(to, words[i].text->data, words[i].text->length);
        buffer_format(to, ", %llu, ", (unsigned long long)words[i].rows);
        json_write_number(to, words[i].sum);
        buffer_byte(to, ']');
    }
    buffer_byte(to, ']');
    free(words);
}

static void write_table(const carried *from, const report_kind *kind, const char *file, buffer *to) {
    const carried_column *const best = find(from, kind->best), *const counted = find(from, kind->counted);
    json_write_text(to, kind->name, strlen(kind->name));
    buffer_format(to, ": {\"rows\": %zu, \"columns\": [", from->rows);
    for (size_t i = 0; i < from->count; i++) {
        if (i > 0) buffer_text(to, ", ");
        json_write_text(to, from->columns[i].name, strlen(from->columns[i].name));
    }
    buffer_text(to, "], \"cells\": ");
    write_cells(from, NULL, from->rows < REPORT_MOST_ROWS ? from->rows : REPORT_MOST_ROWS, to);
    if (kind->has_facts) write_facts(from, to);
    if (best != NULL) {
        size_t rows[REPORT_BEST_ROWS];
        const size_t count = best_rows(best->numbers, from->rows, rows);
        buffer_text(to, ", \"best\": ");
        write_cells(from, rows, count, to);
    }
    if (counted != NULL) write_words(from, counted, best, file, to);
    buffer_byte(to, '}');
}

void report_table(const report_kind *kind, const char *path, const data_options *options, const char *written,
                  buffer *to) {
    carried columns = {NULL, 0, 0};
    whole file;
    whole_open(&file, path, options, written, "report");
    want(&columns, &file, kind);
    custval_table *const table = whole_read(&file);
    take(&columns, &file);
    write_table(&columns, kind, file.data.name, to);
    custval_table_free(table);
    whole_free(&file);
    free(columns.columns);
}
