/* custval_system_from_table: a system written as a table, one item a row. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/builder.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/text.h"
#include "../table/table.h"
#include "builder.h"

enum field {
    SIDE,
    DIMENSION,
    DIMENSION_LABEL,
    DIMENSION_WEIGHT,
    INDICATOR,
    INDICATOR_LABEL,
    INDICATOR_WEIGHT,
    ITEM,
    ITEM_LABEL,
    ITEM_WEIGHT,
    ITEM_NOTE,
    COLUMN,
    LOW,
    HIGH,
    REVERSED,
    MISSING_CODE,
    FORM,
    MISSING,
    OUT_OF_SCALE,
    FIELDS
};

static const struct {
    const char *name;
    int is_number;
} fields[FIELDS] = {
    [SIDE] = {"side", 0},
    [DIMENSION] = {"dimension", 0},
    [DIMENSION_LABEL] = {"dimension_label", 0},
    [DIMENSION_WEIGHT] = {"dimension_weight", 1},
    [INDICATOR] = {"indicator", 0},
    [INDICATOR_LABEL] = {"indicator_label", 0},
    [INDICATOR_WEIGHT] = {"indicator_weight", 1},
    [ITEM] = {"item", 0},
    [ITEM_LABEL] = {"item_label", 0},
    [ITEM_WEIGHT] = {"item_weight", 1},
    [ITEM_NOTE] = {"item_note", 0},
    [COLUMN] = {"column", 0},
    [LOW] = {"low", 1},
    [HIGH] = {"high", 1},
    [REVERSED] = {"reversed", 1},
    [MISSING_CODE] = {"missing_code", 1},
    [FORM] = {"form", 0},
    [MISSING] = {"missing", 0},
    [OUT_OF_SCALE] = {"out_of_scale", 0},
};

typedef struct reading {
    const custval_table *table;
    size_t columns[FIELDS]; /* SIZE_MAX: the table has no such column */
    custval__arena texts;   /* of cells */
    custval_builder *builder;
    size_t row;
    uint32_t side;                     /* of the rows above, which blank cells repeat; 0: none yet */
    const char *dimension, *indicator; /* likewise; NULL: none yet, or a new dimension has begun */
    custval_error error;
} reading;

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static const char *field_at(const void *data, size_t index) {
    (void)data;
    return index < FIELDS ? fields[index].name : NULL;
}

static custval_status fail_unknown(const char *name, custval_error *error) {
    char near[CUSTVAL_ERROR_MESSAGE_SIZE];
    custval__nearest_names(name, field_at, NULL, 1, near, sizeof near);
    return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "a system's table has no column \"%.*s\"%s%s%s", 80, name,
                         near[0] == 0 ? "" : "; did you mean ", near, near[0] == 0 ? "" : "?");
}

static custval_status find_columns(reading *from, custval_error *error) {
    for (int f = 0; f < FIELDS; f++) from->columns[f] = SIZE_MAX;
    for (size_t column = 0; column < custval_table_columns(from->table); column++) {
        const char *const name = from->table->columns[column]->name;
        int f = 0;
        while (f < FIELDS && strcmp(fields[f].name, name) != 0) f++;
        if (f == FIELDS) return fail_unknown(name, error);
        from->columns[f] = column;
        if (fields[f].is_number) CUSTVAL__TRY(custval__table_need_number(from->table, column, error));
        if (!custval__table_is_number(from->table, column)) {
            CUSTVAL__TRY(custval__table_need_text(from->table, column, error));
        }
    }
    return CUSTVAL_OK;
}

/* ---- Cells ------------------------------------------------------------------------------------------------------- */

/* NaN: the cell is missing. */
static double number_of(const reading *from, enum field field) {
    double scratch = (double)NAN;
    if (from->columns[field] == SIZE_MAX) return scratch;
    return *custval__table_doubles(from->table, from->columns[field], from->row, 1, &scratch);
}

/* A whole number stands for its digits: dimensions may be numbered. */
static custval_status digits_of(reading *from, enum field field, char digits[CUSTVAL__NUMBER_SIZE], custval_text *out) {
    const double number = number_of(from, field);
    *out = (custval_text){NULL, 0};
    if (isnan(number) != 0) return CUSTVAL_OK;
    if (fabs(number) > 0x1p53 || floor(number) != number) {
        return custval__fail(&from->error, CUSTVAL_ERROR_TYPE, "column \"%s\" is %g, neither a text nor a whole number",
                             fields[field].name, number);
    }
    *out = (custval_text){digits, custval__integer_text((int64_t)number, digits)};
    return CUSTVAL_OK;
}

/* NULL: the cell is missing, or an empty text. */
static custval_status text_of(reading *from, enum field field, const char **out) {
    const size_t column = from->columns[field];
    char digits[CUSTVAL__NUMBER_SIZE];
    custval_text text = {NULL, 0};
    *out = NULL;
    if (column == SIZE_MAX) return CUSTVAL_OK;
    if (custval__table_is_text(from->table, column)) {
        (void)custval__table_get_text(from->table, column, from->row, &text);
    } else {
        CUSTVAL__TRY(digits_of(from, field, digits, &text));
    }
    if (text.data == NULL || text.length == 0) return CUSTVAL_OK;
    if (memchr(text.data, 0, text.length) != NULL) {
        return custval__fail(&from->error, CUSTVAL_ERROR_ARGUMENT, "column \"%s\" holds a NUL character",
                             fields[field].name);
    }
    *out = custval__arena_text(&from->texts, text.data, text.length);
    return *out == NULL ? custval__fail_memory(&from->error) : CUSTVAL_OK;
}

/* 0: the cell is missing. The side of what stands on none has a word as well, but is no side of a dimension. */
static custval_status word_of(reading *from, enum field field, uint32_t vocabulary, uint32_t *out) {
    const char *word;
    *out = 0;
    CUSTVAL__TRY(text_of(from, field, &word));
    if (word == NULL) return CUSTVAL_OK;
    CUSTVAL__TRY(custval_word_value(vocabulary, word, out, &from->error));
    if (*out != 0) return CUSTVAL_OK;
    return custval__fail(&from->error, CUSTVAL_ERROR_NOT_FOUND, "column \"%s\" must not be \"%s\" here",
                         fields[field].name, word);
}

/* Spreadsheets have blank rows between groups. */
static int is_blank(const reading *from) {
    for (int f = 0; f < FIELDS; f++) {
        const size_t column = from->columns[f];
        custval_text text;
        if (column == SIZE_MAX) continue;
        if (custval__table_is_text(from->table, column)) {
            if (custval__table_get_text(from->table, column, from->row, &text) && text.length > 0) return 0;
        } else if (isnan(number_of(from, (enum field)f)) == 0) {
            return 0;
        }
    }
    return 1;
}

static custval_status fail_missing(reading *from, enum field field) {
    return custval__fail(&from->error, CUSTVAL_ERROR_STRUCTURE, "column \"%s\" is missing", fields[field].name);
}

/* ---- Nodes ------------------------------------------------------------------------------------------------------- */

/* The node of an id and kind that a row above has added, or CUSTVAL_NONE. */
static uint32_t find(const reading *from, const char *id, uint32_t kind) {
    const uint32_t node = custval__names_find(&from->builder->names, CUSTVAL__SPACE_NODE, 0, id);
    return node != CUSTVAL_NONE && custval__draft_node_at(from->builder, node)->kind == kind ? node : CUSTVAL_NONE;
}

static custval_status label(reading *from, const char *id, const char *text) {
    return text == NULL ? CUSTVAL_OK : custval_builder_label(from->builder, id, "en", text, &from->error);
}

/* A row may repeat what a row above has said of a node, but not contradict it. */
static custval_status agree(reading *from, uint32_t node, enum field weight_field, enum field label_field,
                            const char *text) {
    const custval__draft_node *const known = custval__draft_node_at(from->builder, node);
    const char *const said = known->labels.first == NULL ? NULL : known->labels.first->text;
    const double weight = number_of(from, weight_field);
    if (isnan(weight) == 0 && weight != known->spec.weight) {
        return custval__fail(&from->error, CUSTVAL_ERROR_DUPLICATE, "column \"%s\" is %g, but \"%s\" has %g further up",
                             fields[weight_field].name, weight, known->spec.id, known->spec.weight);
    }
    if (text != NULL && (said == NULL || strcmp(text, said) != 0)) {
        return custval__fail(&from->error, CUSTVAL_ERROR_DUPLICATE, "column \"%s\": \"%s\" has %s further up",
                             fields[label_field].name, known->spec.id, said == NULL ? "no label" : "another label");
    }
    return CUSTVAL_OK;
}

static custval_node_spec node_spec(const reading *from, const char *id, enum field weight_field) {
    const double weight = number_of(from, weight_field);
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    spec.id = id;
    if (isnan(weight) == 0) spec.weight = weight;
    return spec;
}

static custval_status read_dimension(reading *from) {
    const char *id, *text;
    uint32_t side;
    CUSTVAL__TRY(text_of(from, DIMENSION, &id));
    CUSTVAL__TRY(text_of(from, DIMENSION_LABEL, &text));
    CUSTVAL__TRY(word_of(from, SIDE, CUSTVAL_WORDS_SIDE, &side));
    if (id == NULL) id = from->dimension;
    if (id == NULL) return fail_missing(from, DIMENSION);
    if (from->dimension == NULL || strcmp(id, from->dimension) != 0) from->indicator = NULL;
    from->dimension = id;
    const uint32_t node = find(from, id, CUSTVAL_KIND_DIMENSION);
    if (node == CUSTVAL_NONE) {
        const custval_node_spec spec = node_spec(from, id, DIMENSION_WEIGHT);
        if (side != 0) from->side = side;
        if (from->side == 0) return fail_missing(from, SIDE);
        CUSTVAL__TRY(custval_builder_dimension(from->builder, from->side, &spec, &from->error));
        return label(from, id, text);
    }
    from->side = custval__draft_node_at(from->builder, node)->side;
    if (side != 0 && side != from->side) {
        return custval__fail(&from->error, CUSTVAL_ERROR_DUPLICATE, "dimension \"%s\" is a %s further up", id,
                             custval_word(CUSTVAL_WORDS_SIDE, from->side));
    }
    return agree(from, node, DIMENSION_WEIGHT, DIMENSION_LABEL, text);
}

static custval_status read_indicator(reading *from) {
    const char *id, *text;
    CUSTVAL__TRY(text_of(from, INDICATOR, &id));
    CUSTVAL__TRY(text_of(from, INDICATOR_LABEL, &text));
    if (id == NULL) id = from->indicator;
    if (id == NULL) return fail_missing(from, INDICATOR);
    from->indicator = id;
    const uint32_t node = find(from, id, CUSTVAL_KIND_INDICATOR);
    const uint32_t parent = find(from, from->dimension, CUSTVAL_KIND_DIMENSION);
    if (node == CUSTVAL_NONE || custval__draft_node_at(from->builder, node)->parent != parent) {
        const custval_node_spec spec = node_spec(from, id, INDICATOR_WEIGHT);
        CUSTVAL__TRY(custval_builder_indicator(from->builder, from->dimension, &spec, &from->error));
        return label(from, id, text);
    }
    return agree(from, node, INDICATOR_WEIGHT, INDICATOR_LABEL, text);
}

/* 0 or 1 of a cell of which a missing one means 0. */
static custval_status read_reversed(reading *from, uint32_t *out) {
    const double reversed = number_of(from, REVERSED);
    *out = reversed == 1;
    if (isnan(reversed) != 0 || reversed == 0 || reversed == 1) return CUSTVAL_OK;
    return custval__fail(&from->error, CUSTVAL_ERROR_RANGE, "column \"%s\" is %g, neither 0 nor 1",
                         fields[REVERSED].name, reversed);
}

static custval_status read_item(reading *from) {
    const char *text;
    const double weight = number_of(from, ITEM_WEIGHT), low = number_of(from, LOW), high = number_of(from, HIGH),
                 code = number_of(from, MISSING_CODE);
    custval_item_spec spec = CUSTVAL_ITEM_SPEC_INIT;
    CUSTVAL__TRY(text_of(from, COLUMN, &spec.column));
    CUSTVAL__TRY(text_of(from, ITEM, &spec.id));
    CUSTVAL__TRY(text_of(from, ITEM_LABEL, &text));
    CUSTVAL__TRY(text_of(from, ITEM_NOTE, &spec.note));
    CUSTVAL__TRY(read_reversed(from, &spec.reversed));
    if (spec.column == NULL) return fail_missing(from, COLUMN);
    if (isnan(low) != 0) return fail_missing(from, LOW);
    if (isnan(high) != 0) return fail_missing(from, HIGH);
    if (isnan(weight) == 0) spec.weight = weight;
    if (isnan(code) == 0) {
        spec.missing_codes = &code;
        spec.missing_code_count = 1;
    }
    spec.scale_min = low;
    spec.scale_max = high;
    CUSTVAL__TRY(custval_builder_item(from->builder, from->indicator, &spec, &from->error));
    /* The builder has chosen the id if the table did not. */
    return label(from, custval__draft_node_at(from->builder, from->builder->nodes.count - 1)->spec.id, text);
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

/* A word about the whole system stands in any row, or in several that agree. */
static custval_status read_policy(reading *from, enum field field, uint32_t vocabulary, uint32_t *out) {
    uint32_t word;
    CUSTVAL__TRY(word_of(from, field, vocabulary, &word));
    if (word == 0 || word == *out) return CUSTVAL_OK;
    if (*out != 0) {
        return custval__fail(&from->error, CUSTVAL_ERROR_DUPLICATE, "column \"%s\" is \"%s\", but \"%s\" further up",
                             fields[field].name, custval_word(vocabulary, word), custval_word(vocabulary, *out));
    }
    *out = word;
    return CUSTVAL_OK;
}

static custval_status read_policies(reading *from, custval_system_spec *out) {
    CUSTVAL__TRY(read_policy(from, FORM, CUSTVAL_WORDS_FORM, &out->form));
    CUSTVAL__TRY(read_policy(from, MISSING, CUSTVAL_WORDS_MISSING, &out->missing));
    return read_policy(from, OUT_OF_SCALE, CUSTVAL_WORDS_OUT_OF_SCALE, &out->out_of_scale);
}

static custval_status read_row(reading *from) {
    if (is_blank(from)) return CUSTVAL_OK;
    CUSTVAL__TRY(read_dimension(from));
    CUSTVAL__TRY(read_indicator(from));
    return read_item(from);
}

static custval_status fail_row(const reading *from, custval_status status, custval_error *error) {
    if (status == CUSTVAL_OK) return CUSTVAL_OK;
    if (status == CUSTVAL_ERROR_MEMORY) return custval__fail_memory(error);
    return custval__fail_at(error, status, CUSTVAL_NONE, from->row, "row %zu: %s", from->row, from->error.message);
}

static custval_status build(reading *from, const custval_host *host, custval_system **out, custval_error *error) {
    const size_t rows = custval_table_rows(from->table);
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    CUSTVAL__TRY(find_columns(from, error));
    for (from->row = 0; from->row < rows; from->row++) {
        CUSTVAL__TRY(fail_row(from, read_policies(from, &spec), error));
    }
    CUSTVAL__TRY(custval_builder_new(host, &spec, &from->builder, error));
    for (from->row = 0; from->row < rows; from->row++) {
        CUSTVAL__TRY(fail_row(from, read_row(from), error));
    }
    return custval_builder_build(from->builder, out, error);
}

custval_status custval_system_from_table(const custval_host *host, const custval_table *table, custval_system **out,
                                         custval_error *error) {
    reading from = {.table = table, .error = CUSTVAL_ERROR_INIT};
    custval_host whole;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    custval__arena_init(&from.texts, &whole);
    const custval_status status = build(&from, &whole, out, error);
    custval_builder_free(from.builder);
    custval__arena_free(&from.texts);
    return status;
}
