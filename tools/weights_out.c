/* What becomes of a set of weights: it is printed, and may go into a system. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "weights_out.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "output.h"
#include "platform.h"

/* ---- Printing ---------------------------------------------------------------------------------------------------- */

static custval_text text_at(const custval_table *table, size_t column, size_t row) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_text text = {NULL, 0};
    if (custval_table_text(table, column, row, &text, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    return text;
}

static void print_table(const custval_table *table, int format, buffer *to) {
    frame all = {NULL, 0, 0, 0};
    frame_add_table(&all, table);
    print_frame(&all, format, ',', '.', to);
    frame_free(&all);
}

enum note_column { NOTE_CODE, NOTE_ABOUT, NOTE_MESSAGE };

static double number_at(const custval_table *table, size_t column, size_t row) {
    custval_error error = CUSTVAL_ERROR_INIT;
    double number = 0.0;
    if (custval_table_number(table, column, row, &number, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    return number;
}

#define DIAGNOSTIC_WIDTH 20

/* Each rounded by itself: counts stand beside shares. */
static void print_diagnostics(const custval_table *diagnostics, buffer *to) {
    for (size_t row = 0; row < custval_table_rows(diagnostics); row++) {
        const custval_text name = text_at(diagnostics, 0, row);
        const double value = number_at(diagnostics, 1, row);
        buffer_put(to, name.data, name.length);
        buffer_repeat(to, ' ', name.length < DIAGNOSTIC_WIDTH ? DIAGNOSTIC_WIDTH - name.length : 1);
        if (isnan(value)) {
            buffer_text(to, "-\n");
        } else {
            buffer_format(to, "%g\n", round(value * 1e4) / 1e4);
        }
    }
}

/* For people: the criteria, the numbers about the whole, the remarks. */
static void print_text(const custval_weights *weights, buffer *to) {
    const custval_table *const diagnostics = custval_weights_diagnostics(weights);
    const custval_table *const notes = custval_weights_notes(weights);
    const uint64_t sample = custval_weights_sample(weights);
    print_table(custval_weights_table(weights), FORMAT_TABLE, to);
    buffer_format(to, "\nmethod %s", custval_weights_method(weights));
    if (sample > 0) buffer_format(to, ", n = %llu", (unsigned long long)sample);
    buffer_byte(to, '\n');
    print_diagnostics(diagnostics, to);
    for (size_t row = 0; row < custval_table_rows(notes); row++) {
        const custval_text code = text_at(notes, NOTE_CODE, row), message = text_at(notes, NOTE_MESSAGE, row);
        buffer_text(to, row == 0 ? "\nremark: " : "remark: ");
        buffer_put(to, message.data, message.length);
        buffer_text(to, " (");
        buffer_put(to, code.data, code.length);
        buffer_text(to, ")\n");
    }
}

/* Rows alone have no place for remarks. */
static void note_remarks(const custval_weights *weights) {
    const custval_table *const notes = custval_weights_notes(weights);
    for (size_t row = 0; row < custval_table_rows(notes); row++) {
        const custval_text code = text_at(notes, NOTE_CODE, row), message = text_at(notes, NOTE_MESSAGE, row);
        note("remark: %.*s (%.*s)", (int)message.length, message.data, (int)code.length, code.data);
    }
}

static void print_json(const custval_weights *weights, buffer *to) {
    const custval_table *const diagnostics = custval_weights_diagnostics(weights);
    const char *const method = custval_weights_method(weights);
    buffer_text(to, "{\n\"method\": ");
    json_write_text(to, method, strlen(method));
    buffer_format(to, ",\n\"sample\": %llu,\n\"weights\": ", (unsigned long long)custval_weights_sample(weights));
    print_table(custval_weights_table(weights), FORMAT_JSON, to);
    to->length--; /* the newline */
    buffer_text(to, ",\n\"diagnostics\": {");
    for (size_t row = 0; row < custval_table_rows(diagnostics); row++) {
        const custval_text name = text_at(diagnostics, 0, row);
        if (row > 0) buffer_text(to, ", ");
        json_write_text(to, name.data, name.length);
        buffer_text(to, ": ");
        json_write_number(to, number_at(diagnostics, 1, row));
    }
    buffer_text(to, "},\n\"remarks\": ");
    print_table(custval_weights_notes(weights), FORMAT_JSON, to);
    buffer_text(to, "}\n");
}

static void print_weights(const custval_weights *weights, int format, buffer *to) {
    if (format == FORMAT_TABLE) print_text(weights, to);
    if (format == FORMAT_JSON) print_json(weights, to);
    if (format != FORMAT_CSV) return;
    print_table(custval_weights_table(weights), FORMAT_CSV, to);
    note_remarks(weights);
}

/* ---- Applying ---------------------------------------------------------------------------------------------------- */

const char *source_of(const char *const *files, size_t count, char *out, size_t capacity) {
    const char *base = files[0];
    for (const char *at = base; *at != 0; at++) {
        if (*at == '/' || *at == '\\') base = at + 1;
    }
    if (strcmp(base, "-") == 0) base = "standard input";
    custval__format(out, capacity, count > 1 ? "%s and %zu more" : "%s", base, count - 1);
    return out;
}

/* Where sides have no weights, those of both sides say nothing about benefit against sacrifice. */
static void note_sides(const custval_weights *weights, const custval_system *system) {
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    uint32_t sides = 0;
    if (custval_system_get(system, &spec, NULL) != CUSTVAL_OK || spec.form == CUSTVAL_FORM_INDEX) return;
    for (size_t i = 0; i < custval_weights_count(weights); i++) {
        custval_node node = CUSTVAL_NODE_INIT;
        uint32_t index = CUSTVAL_NONE;
        if (custval_system_find(system, custval_weights_name(weights, i), &index, NULL) != CUSTVAL_OK ||
            custval_system_node(system, index, &node, NULL) != CUSTVAL_OK) {
            continue;
        }
        sides |= 1U << node.side;
    }
    if (sides != (1U << CUSTVAL_SIDE_BENEFIT | 1U << CUSTVAL_SIDE_SACRIFICE)) return;
    note(
        "the form \"%s\" has no weights for the sides: only proportions within benefit and within sacrifice count (the form "
        "\"index\" weighs the sides, too)",
        custval_word(CUSTVAL_WORDS_FORM, spec.form));
}

static void apply(const custval_weights *weights, const weights_choice *choice, const char *const *files,
                  size_t file_count, buffer *to) {
    char today[11], source[MESSAGE_SIZE];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_apply_options options = CUSTVAL_APPLY_OPTIONS_INIT;
    custval_system *applied = NULL;
    custval_system *const system = system_load(choice->system, choice->output);
    platform_today(today);
    options.profile = choice->profile;
    options.source = choice->source != NULL ? choice->source : source_of(files, file_count, source, sizeof source);
    options.date = choice->date != NULL ? choice->date : today;
    options.note = choice->note;
    if (custval_weights_apply(weights, system, &options, &applied, &error) != CUSTVAL_OK) {
        fail_error(input_name(choice->system), &error);
    }
    note_sides(weights, system);
    system_text(applied, to);
    custval_system_free(applied);
    custval_system_free(system);
}

void weights_apply(const custval_weights *weights, const weights_choice *choice, const char *const *files,
                   size_t file_count) {
    buffer text = {NULL, 0, 0};
    apply(weights, choice, files, file_count, &text);
    command_write(choice->output, &text);
    buffer_free(&text);
}

void weights_check(const weights_choice *choice, const char *command, const char *input) {
    const int is_standard = choice->output == NULL || strcmp(choice->output, "-") == 0;
    printer_format(choice->format, FORMAT_TABLE, command);
    if (choice->system == NULL) {
        const char *const useless = choice->profile != NULL  ? "--profile"
                                    : choice->source != NULL ? "--source"
                                    : choice->date != NULL   ? "--date"
                                    : choice->note != NULL   ? "--note"
                                                             : NULL;
        if (useless != NULL) fail_usage(command, "%s is for the new system: it needs --apply", useless);
        return;
    }
    if (is_standard) fail_usage(command, "--apply needs a file for the new system: --output");
    if (input != NULL && strcmp(input, "-") == 0 && strcmp(choice->system, "-") == 0) {
        fail_usage(command, "only one file can be standard input");
    }
}

void weights_finish(custval_weights *weights, const weights_choice *choice, const char *command,
                    const char *const *files, size_t file_count) {
    buffer text = {NULL, 0, 0}, document = {NULL, 0, 0};
    print_weights(weights, printer_format(choice->format, FORMAT_TABLE, command), &text);
    if (choice->system == NULL) {
        command_write(choice->output, &text);
    } else {
        output to;
        apply(weights, choice, files, file_count, &document);
        output_open(&to, choice->output);
        output_write(&to, document.data, document.length);
        output_standard(text.data, text.length);
        output_close(&to);
    }
    buffer_free(&document);
    buffer_free(&text);
    custval_weights_free(weights);
}
