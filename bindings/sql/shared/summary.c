/* Weights of judgements, and summaries that are fed row by row and stored as bytes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "shared.h"

/* --- Judgements --------------------------------------------------------------------------------------------------- */

custval_status sql_weights_ahp(const double *matrix, size_t entries, custval_weights **out, custval_error *error) {
    char digits[CUSTVAL_MAX_JUDGED][CUSTVAL__NUMBER_SIZE];
    const char *names[CUSTVAL_MAX_JUDGED];
    *out = NULL;
    size_t count = 0;
    while (count <= CUSTVAL_MAX_JUDGED && count * count < entries) count++;
    if (count == 0 || count * count != entries) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "%zu judgements are no square matrix of 1 to %d criteria, row by row", entries,
                             CUSTVAL_MAX_JUDGED);
    }
    for (size_t i = 0; i < count; i++) {
        custval__unsigned_text(i + 1, digits[i]);
        names[i] = digits[i];
    }
    custval_judgements judgements = CUSTVAL_JUDGEMENTS_INIT;
    judgements.names = names;
    judgements.count = count;
    judgements.matrices = matrix;
    return custval_weights_ahp(NULL, &judgements, NULL, out, error);
}

custval_status sql_weights_consistency(const custval_weights *weights, double *out, custval_error *error) {
    return custval_weights_diagnostic(weights, "cr", out, error);
}

custval_status sql_weights_write(const custval_weights *weights, int with_names, sql_text *out, custval_error *error) {
    const size_t count = custval_weights_count(weights);
    sql_text_add(out, with_names ? "{" : "[", 1);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) sql_text_add(out, ", ", 2);
        if (with_names) {
            const char *const name = custval_weights_name(weights, i);
            sql_text_add_quoted(out, name, strlen(name));
            sql_text_add(out, ": ", 2);
        }
        sql_text_add_number(out, custval_weights_share(weights, i));
    }
    sql_text_add(out, with_names ? "}" : "]", 1);
    return sql_text_status(out, error);
}

/* --- Gathering ---------------------------------------------------------------------------------------------------- */

/* Rows that wait before they are summarised together: what a call costs is then spread over them. */
#define ROWS_TOGETHER 1024

void sql_gather_free(sql_gather *gather) {
    if (gather == NULL) return;
    custval_summary_free(gather->summary);
    for (size_t i = 0; i < gather->columns; i++) free(gather->names[i]);
    free(gather->names);
    free(gather->cells);
    free(gather);
}

typedef struct piece {
    const char *begin, *end;
} piece;

static int is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static piece trimmed(const char *begin, const char *end) {
    while (begin < end && is_blank(*begin)) begin++;
    while (begin < end && is_blank(end[-1])) end--;
    return (piece){begin, end};
}

static int read_number(piece from, double *out) {
    const size_t length = (size_t)(from.end - from.begin);
    return length > 0 && custval__number_read(from.begin, length, out) == length;
}

/* One column: a minus if less is better, its name, "=low:high" if it has a range. Gives a copy of the name. */
static char *read_column(piece from, custval_criterion *out, custval_error *error) {
    const custval_criterion initial = CUSTVAL_CRITERION_INIT;
    const piece whole = from;
    *out = initial;
    out->side = CUSTVAL_SIDE_BENEFIT;
    if (from.begin < from.end && *from.begin == '-') {
        out->side = CUSTVAL_SIDE_SACRIFICE;
        from.begin++;
    }
    const char *const equals = memchr(from.begin, '=', (size_t)(from.end - from.begin));
    const piece name = trimmed(from.begin, equals != NULL ? equals : from.end);
    if (equals != NULL) {
        const char *const colon = memchr(equals, ':', (size_t)(from.end - equals));
        if (colon == NULL || !read_number(trimmed(equals + 1, colon), &out->low) ||
            !read_number(trimmed(colon + 1, from.end), &out->high)) {
            custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "column \"%.*s\": a range is written as name=low:high",
                          (int)(whole.end - whole.begin), whole.begin);
            return NULL;
        }
    }
    const size_t length = (size_t)(name.end - name.begin);
    char *const copy = malloc(length + 1);
    if (copy == NULL) {
        custval__fail_memory(error);
        return NULL;
    }
    memcpy(copy, name.begin, length);
    copy[length] = '\0';
    out->column = copy;
    return copy;
}

static custval_status read_columns(sql_gather *gather, const char *text, size_t length, custval_criterion *criteria,
                                   custval_error *error) {
    const char *const end = text + length;
    for (const char *begin = text; begin <= end;) {
        const char *const comma = memchr(begin, ',', (size_t)(end - begin));
        const char *const stop = comma != NULL ? comma : end;
        gather->names[gather->columns] = read_column(trimmed(begin, stop), criteria + gather->columns, error);
        if (gather->names[gather->columns] == NULL) return error->status;
        gather->columns++;
        begin = stop + 1;
    }
    return CUSTVAL_OK;
}

/* The entropy of a sacrifice needs its range; without one the summary does without entropies. */
static uint32_t parts_of(const custval_criterion *criteria, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const int has_range = criteria[i].low < criteria[i].high || criteria[i].low > criteria[i].high;
        if (criteria[i].side == CUSTVAL_SIDE_SACRIFICE && !has_range) return CUSTVAL_SUMMARY_PAIRS;
    }
    return CUSTVAL_SUMMARY_PAIRS | CUSTVAL_SUMMARY_ENTROPY;
}

custval_status sql_gather_new(const char *columns, size_t length, sql_gather **out, custval_error *error) {
    *out = NULL;
    if (columns == NULL) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the list of columns is NULL");
    size_t most = 1;
    for (size_t i = 0; i < length; i++) most += columns[i] == ',';
    if (most > CUSTVAL_MAX_CRITERIA) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu columns are more than %d", most, CUSTVAL_MAX_CRITERIA);
    }
    sql_gather *const made = calloc(1, sizeof(*made));
    custval_criterion *const criteria = calloc(most, sizeof(*criteria));
    custval_status status = CUSTVAL_OK;
    if (made != NULL) {
        made->names = calloc(most, sizeof(*made->names));
        made->cells = malloc(most * ROWS_TOGETHER * sizeof(*made->cells));
    }
    if (made == NULL || criteria == NULL || made->names == NULL || made->cells == NULL) {
        status = custval__fail_memory(error);
    }
    if (status == CUSTVAL_OK) status = read_columns(made, columns, length, criteria, error);
    if (status == CUSTVAL_OK) {
        status = custval_summary_new(NULL, criteria, most, parts_of(criteria, most), &made->summary, error);
    }
    free(criteria);
    if (status == CUSTVAL_OK) {
        *out = made;
    } else {
        sql_gather_free(made);
    }
    return status;
}

static custval_status flush(sql_gather *gather, custval_error *error) {
    if (gather->rows == 0) return CUSTVAL_OK;
    custval_table *table = NULL;
    custval_status status = custval_table_new(NULL, gather->rows, &table, error);
    for (size_t i = 0; status == CUSTVAL_OK && i < gather->columns; i++) {
        status = custval_table_add_doubles(table, gather->names[i], gather->cells + i * ROWS_TOGETHER, error);
    }
    if (status == CUSTVAL_OK) status = custval_summary_add(gather->summary, table, error);
    custval_table_free(table);
    gather->rows = 0;
    return status;
}

custval_status sql_gather_row(sql_gather *gather, const double *numbers, custval_error *error) {
    for (size_t i = 0; i < gather->columns; i++) gather->cells[i * ROWS_TOGETHER + gather->rows] = numbers[i];
    gather->rows++;
    return gather->rows < ROWS_TOGETHER ? CUSTVAL_OK : flush(gather, error);
}

custval_status sql_gather_merge(sql_gather *gather, sql_gather *other, custval_error *error) {
    custval_status status = flush(gather, error);
    if (status == CUSTVAL_OK) status = flush(other, error);
    return status == CUSTVAL_OK ? custval_summary_merge(gather->summary, other->summary, error) : status;
}

custval_status sql_gather_merge_bytes(sql_gather **gather, const void *bytes, size_t length, custval_error *error) {
    custval_summary *read = NULL;
    custval_status status = custval_summary_read(NULL, bytes, length, &read, error);
    if (status != CUSTVAL_OK) return status;
    if (*gather != NULL) {
        status = flush(*gather, error);
        if (status == CUSTVAL_OK) status = custval_summary_merge((*gather)->summary, read, error);
        custval_summary_free(read);
        return status;
    }
    *gather = calloc(1, sizeof(**gather));
    if (*gather == NULL) {
        custval_summary_free(read);
        return custval__fail_memory(error);
    }
    (*gather)->summary = read;
    return CUSTVAL_OK;
}

custval_status sql_gather_write(sql_gather *gather, sql_text *out, custval_error *error) {
    size_t length = 0;
    custval_status status = flush(gather, error);
    if (status == CUSTVAL_OK) status = custval_summary_write(gather->summary, NULL, 0, &length, error);
    if (status != CUSTVAL_OK) return status;
    char *const room = sql_text_room(out, length);
    if (room == NULL) return custval__fail_memory(error);
    out->length += length;
    return custval_summary_write(gather->summary, room, length, &length, error);
}

/* --- Written summaries -------------------------------------------------------------------------------------------- */

custval_status sql_summary_statistics(const void *bytes, size_t length, sql_text *out, custval_error *error) {
    custval_summary *summary = NULL;
    custval_table *table = NULL;
    custval_status status = custval_summary_read(NULL, bytes, length, &summary, error);
    if (status == CUSTVAL_OK) status = custval_summary_table(summary, &table, error);
    if (status == CUSTVAL_OK) status = sql_text_add_table(out, table, error);
    custval_table_free(table);
    custval_summary_free(summary);
    return status;
}

static uint32_t method_of(const char *name, size_t length) {
    static const struct {
        const char *name;
        uint32_t method;
    } methods[] = {{"critic", CUSTVAL_DATA_CRITIC},
                   {"entropy", CUSTVAL_DATA_ENTROPY},
                   {"deviation", CUSTVAL_DATA_DEVIATION},
                   {"variation", CUSTVAL_DATA_VARIATION}};
    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
        if (strlen(methods[i].name) == length && memcmp(methods[i].name, name, length) == 0) return methods[i].method;
    }
    return 0;
}

custval_status sql_summary_weights(const void *bytes, size_t length, const char *method, size_t method_length,
                                   custval_weights **out, custval_error *error) {
    custval_data_options options = CUSTVAL_DATA_OPTIONS_INIT;
    options.method = method_of(method, method_length);
    *out = NULL;
    if (options.method == 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "there is no method \"%.*s\": critic, entropy, deviation or variation",
                             (int)(method_length < 40 ? method_length : 40), method);
    }
    custval_summary *summary = NULL;
    custval_status status = custval_summary_read(NULL, bytes, length, &summary, error);
    if (status == CUSTVAL_OK) status = custval_weights_data(summary, &options, out, error);
    custval_summary_free(summary);
    return status;
}
