/* custval check: a system's tree, and what is probably not meant. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "loaded.h"

static const command_help help = {
    "check",
    "SYSTEM [DATA] [OPTIONS]",
    "Prints the tree of a system with the weights of each node: among its siblings, and in the whole.\n"
    "Then warns of what is allowed but probably not meant. With data, looks at the answers too: items\n"
    "that run against their siblings, that nobody answered, or that never vary (keeps the columns in\n"
    "memory).",
    "  custval check system.json\n"
    "  custval check system.json survey.csv --strict\n"
    "  custval check system.json --language zh\n",
};

static void print_tree(const custval_system *system, const char *language, buffer *to) {
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t length = 0;
    custval_status status = custval_system_text(system, language, NULL, 0, &length, &error);
    char *const at = buffer_room(to, length + 1);
    if (status == CUSTVAL_OK) status = custval_system_text(system, language, at, length + 1, &length, &error);
    if (status != CUSTVAL_OK) fail_error(NULL, &error);
    to->length += length;
}

/* One line per warning, and how many there are. */
static void print_warnings(const custval_table *warnings, buffer *to) {
    const size_t count = custval_table_rows(warnings);
    custval_error error = CUSTVAL_ERROR_INIT;
    for (size_t row = 0; row < count; row++) {
        custval_text code = {NULL, 0}, message = {NULL, 0};
        if (custval_table_text(warnings, 0, row, &code, &error) != CUSTVAL_OK ||
            custval_table_text(warnings, 2, row, &message, &error) != CUSTVAL_OK) {
            fail_error(NULL, &error);
        }
        buffer_text(to, row == 0 ? "\nwarning: " : "warning: ");
        buffer_put(to, message.data, message.length);
        buffer_text(to, " (");
        buffer_put(to, code.data, code.length);
        buffer_text(to, ")\n");
    }
    if (count == 0) buffer_text(to, "\nno warnings\n");
}

int cmd_check(int argc, char **argv) {
    const char *arguments[ARGS_MOST], *path = NULL, *format_name = NULL, *language = NULL;
    data_options data = {NULL, NULL, {NULL, 0}};
    int is_strict = 0;
    const option options[] = {
        {"--strict", 0, OPTION_FLAG, &is_strict, NULL, "exit code 1 if there is a warning"},
        OPTION_OF_LANGUAGE(language),
        OPTION_OF_FORMAT(format_name, "print the warnings only, as csv, json or table"),
        OPTION_OF_OUTPUT(path),
        OPTIONS_OF_DATA(data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &help, options, 1, 2, arguments);
    command_check_inputs(help.name, arguments[0], arguments[1]);
    const int format = printer_format(format_name, FORMAT_TABLE, help.name);
    const score_choice choice = {NULL, NULL, NULL, NULL};
    custval_error error = CUSTVAL_ERROR_INIT;
    loaded with = {0};
    custval_table *warnings = NULL;
    if (arguments[1] == NULL) {
        with.system = system_load(arguments[0], path);
    } else {
        loaded_open(&with, arguments[0], arguments[1], &choice, &data, path, help.name);
        loaded_read(&with, NULL, NULL);
    }
    if (custval_system_check(with.system, with.table, &warnings, &error) != CUSTVAL_OK) {
        fail_error(arguments[0], &error);
    }
    const int found = custval_table_rows(warnings) > 0;
    buffer text = {NULL, 0, 0};
    if (format_name == NULL) {
        print_tree(with.system, language, &text);
        print_warnings(warnings, &text);
    } else {
        frame all = {NULL, 0, 0, 0};
        frame_add_table(&all, warnings);
        print_frame(&all, format, ',', '.', &text);
        frame_free(&all);
    }
    command_write(path, &text);
    buffer_free(&text);
    custval_table_free(warnings);
    if (arguments[1] != NULL) {
        loaded_free(&with);
    } else {
        custval_system_free(with.system);
    }
    return is_strict && found ? EXIT_FAILED : EXIT_DONE;
}
