/* custval fit: scales of a system from data. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "platform.h"
#include "saved_summary.h"
#include "weights_out.h"
#include "workers.h"

static const command_help help = {
    "fit",
    "SYSTEM (DATA | --summary FILE) --method NAME [OPTIONS]",
    "Fits the scales of a system's items to data, and prints the new system, which holds the numbers\n"
    "and records where they come from. Missing codes of the items are no answers. Items with a table\n"
    "of categories or a prospect curve stay as they are.\n"
    "\n"
    "range: from the smallest to the largest number; z: 50 + 10 (x - mean)/deviation; quantile: share\n"
    "of customers at or below.",
    "  custval fit system.json survey.csv --method quantile -o fitted.json\n"
    "  custval fit system.json survey.csv --method range --columns REL1,REL2 -o fitted.json\n",
};

typedef struct choices {
    weights_choice out; /* without format and system */
    criteria_choice criteria;
    const char *method, *summary;
} choices;

/* ---- Columns of items -------------------------------------------------------------------------------------------- */

typedef struct item_columns {
    text_list names;
    missing_codes *codes; /* [column] of every item that reads it */
} item_columns;

static int can_be_fitted(const custval_item_spec *item) {
    const uint32_t type = item->curve == NULL ? 0 : item->curve->type;
    return type != CUSTVAL_CURVE_TABLE && type != CUSTVAL_CURVE_PROSPECT;
}

static size_t column_index(const item_columns *of, const char *name) {
    size_t i = 0;
    while (i < of->names.count && strcmp(of->names.texts[i], name) != 0) i++;
    return i;
}

static void add_codes(missing_codes *to, const custval_item_spec *item) {
    const size_t count = to->count + item->missing_code_count;
    double *const numbers = memory_resize((double *)to->numbers, count, sizeof *numbers);
    for (size_t i = 0; i < item->missing_code_count; i++) numbers[to->count + i] = item->missing_codes[i];
    *to = (missing_codes){numbers, count};
}

/* Columns that items read whose scales can be fitted, each once. */
static item_columns columns_of(const custval_system *system, const char *path) {
    item_columns out = {{NULL, 0}, NULL};
    const uint32_t nodes = custval_system_nodes(system);
    custval_error error = CUSTVAL_ERROR_INIT;
    out.names.texts = memory_new(nodes, sizeof out.names.texts[0]);
    out.codes = memory_new(nodes, sizeof out.codes[0]);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < nodes; i++) {
            custval_node node = CUSTVAL_NODE_INIT;
            custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
            if (custval_system_node(system, i, &node, &error) != CUSTVAL_OK) fail_error(path, &error);
            if (node.kind != CUSTVAL_KIND_ITEM) continue;
            if (custval_system_item_spec(system, i, &item, &error) != CUSTVAL_OK) fail_error(path, &error);
            const size_t at = column_index(&out, item.column);
            if (pass == 0 && can_be_fitted(&item) && at == out.names.count) {
                out.names.texts[out.names.count++] = item.column;
            } else if (pass == 1 && at < out.names.count) {
                add_codes(&out.codes[at], &item);
            }
        }
    }
    return out;
}

static void free_columns(item_columns *of) {
    for (size_t i = 0; i < of->names.count; i++) free((double *)of->codes[i].numbers);
    free(of->codes);
    free(of->names.texts);
}

/* ---- Fitting ----------------------------------------------------------------------------------------------------- */

static custval_summary *summarise(const custval_system *system, const char *system_path, const char *path,
                                  const choices *chosen, uint32_t parts, const custval_host *host) {
    criteria from;
    criteria_choice choice = chosen->criteria;
    if (chosen->summary != NULL) return summary_load(chosen->summary, host, chosen->out.output);
    item_columns items = columns_of(system, system_path);
    if (choice.columns.count == 0) choice.columns = items.names;
    if (choice.columns.count == 0) fail("%s: there is no item whose scale could be fitted", input_name(system_path));
    criteria_open(&from, path, &choice, NULL, chosen->out.output, help.name);
    missing_codes *const codes = memory_new(from.count, sizeof *codes);
    for (size_t i = 0; i < from.count; i++) {
        const size_t at = column_index(&items, from.list[i].column);
        if (at < items.names.count) codes[i] = items.codes[at];
    }
    from.codes = codes;
    custval_summary *const summary = summary_of(&from, parts, host);
    criteria_free(&from);
    free(codes);
    free_columns(&items);
    return summary;
}

static void fit(const char *system_path, const char *path, const choices *chosen, uint32_t method) {
    const char *const data = chosen->summary != NULL ? chosen->summary : path;
    char today[11], source[MESSAGE_SIZE];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_fit_options options = CUSTVAL_FIT_OPTIONS_INIT;
    custval_system *fitted = NULL;
    buffer text = {NULL, 0, 0};
    workers helpers;
    custval_system *const system = system_load(system_path, chosen->out.output);
    workers_start(&helpers);
    custval_summary *const summary =
        summarise(system, system_path, path, chosen, method == CUSTVAL_FIT_QUANTILE ? CUSTVAL_SUMMARY_QUANTILES : 0,
                  &helpers.host);
    platform_today(today);
    options.method = method;
    options.source = chosen->out.source != NULL ? chosen->out.source : source_of(&data, 1, source, sizeof source);
    options.date = chosen->out.date != NULL ? chosen->out.date : today;
    options.note = chosen->out.note;
    if (custval_system_fit(system, summary, &options, &fitted, &error) != CUSTVAL_OK) {
        fail("%s, %s: %s", input_name(system_path), input_name(data), error.message);
    }
    system_text(fitted, &text);
    command_write(chosen->out.output, &text);
    buffer_free(&text);
    custval_system_free(fitted);
    custval_system_free(system);
    custval_summary_free(summary);
    workers_stop(&helpers);
}

int cmd_fit(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--method", 0, OPTION_TEXT, &chosen.method, "NAME", "range, z or quantile"},
        {"--columns", 0, OPTION_TEXTS, &chosen.criteria.columns, "LIST",
         "columns of items, with commas between them (default: all that can\nbe); may be repeated"},
        OPTION_SUMMARY(chosen.summary),
        OPTION_OF_OUTPUT(chosen.out.output),
        OPTIONS_OF_ORIGIN(chosen.out),
        OPTIONS_OF_DATA(chosen.criteria.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &help, options, 1, 2, arguments);
    const uint32_t method = args_vocabulary(help.name, "--method", chosen.method, CUSTVAL_WORDS_FIT);
    if (method == 0) fail_usage(help.name, "how? --method says it: range, z or quantile");
    if ((arguments[1] != NULL) == (chosen.summary != NULL)) {
        fail_usage(help.name, "either DATA or --summary is to be read");
    }
    command_check_inputs(help.name, arguments[0], chosen.summary != NULL ? chosen.summary : arguments[1]);
    criteria_check_summary(&chosen.criteria, chosen.summary, help.name);
    fit(arguments[0], arguments[1], &chosen, method);
    criteria_free_choice(&chosen.criteria);
    return EXIT_DONE;
}
