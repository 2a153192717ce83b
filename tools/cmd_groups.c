/* custval groups: groups of customers that are managed apart. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "transactions.h"
#include "whole.h"
#include "workers.h"

/* ---- What the verbs share ---------------------------------------------------------------------------------------- */

typedef struct choices {
    data_options data;
    const char *output, *format, *id, *value, *language;
} choices;

/* Opens the customers and has the columns of the measures read. */
static void customers_open(whole *to, const char *const *arguments, const choices *chosen, const custval_groups *groups,
                           const char *command) {
    whole_open(to, arguments[1], &chosen->data, chosen->output, command);
    for (size_t i = 0; i < custval_groups_measures(groups); i++) {
        const char *column;
        (void)custval_groups_measure(groups, i, &column);
        whole_want_number(to, column, arguments[0]);
    }
}

static custval_text label_of(const custval_groups *groups, const custval_text *id, const char *language) {
    for (size_t i = 0; i < custval_groups_count(groups); i++) {
        const char *const name = custval_groups_id(groups, i);
        if (id->data == NULL || strlen(name) != id->length || memcmp(name, id->data, id->length) != 0) continue;
        const char *const label = custval_groups_text(groups, i, CUSTVAL_GROUP_LABEL, language);
        return (custval_text){label, strlen(label)};
    }
    return (custval_text){NULL, 0}; /* of all customers, or of those without a group */
}

/* Behind their ids, if a language is asked for. */
static void add_labels(frame *to, const custval_groups *groups, const char *language) {
    if (language == NULL) return;
    custval_text *const labels = memory_new(to->rows, sizeof *labels);
    const frame_column *at = to->columns;
    while (strcmp(at->name, "group") != 0 || at->kind != FRAME_TEXT) at++;
    const custval_text *const ids = at->data;
    for (size_t row = 0; row < to->rows; row++) labels[row] = label_of(groups, &ids[row], language);
    frame_add_behind(to, "group", "label", labels);
}

#define OPTION_OF_LABELS(language) \
  { "--language", 0, OPTION_TEXT, &(language), "CODE", "add labels of the groups, e.g. in zh (default: none)" }

/* ---- assign ------------------------------------------------------------------------------------------------------ */

static const command_help assign_help = {
    "groups assign",
    "GROUPS CUSTOMERS [OPTIONS]",
    "Gives the group of each customer, and its level of each measure, by a groups document.",
    "  custval groups assign loyalty-profit.json customers.csv -o groups.csv\n",
};

static void print_assigned(const whole *from, const custval_table *assigned, const custval_groups *groups,
                           const choices *chosen) {
    frame all = {NULL, 0, 0, 0};
    frame_add_ids(&all, custval_table_rows(assigned), chosen->id, whole_texts(from, chosen->id));
    frame_add_results(&all, assigned, CUSTVAL_WORDS_GROUP_ROW);
    add_labels(&all, groups, chosen->language);
    write_frame(&all, printer_format(chosen->format, FORMAT_CSV, assign_help.name), chosen->output);
    frame_free(&all);
}

static int groups_assign(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTION_OF_ID(chosen.id),
        OPTION_OF_LABELS(chosen.language),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: csv)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *assigned = NULL;
    whole from;
    args_read(argc, argv, &assign_help, options, 2, 2, arguments);
    printer_format(chosen.format, FORMAT_CSV, assign_help.name);
    command_check_inputs(assign_help.name, arguments[0], arguments[1]);
    custval_groups *const groups = groups_load(arguments[0], chosen.output);
    customers_open(&from, arguments, &chosen, groups, assign_help.name);
    whole_want_id(&from, &chosen.id);
    custval_table *const table = whole_read(&from);
    if (custval_groups_assign(groups, table, NULL, &assigned, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    print_assigned(&from, assigned, groups, &chosen);
    custval_table_free(assigned);
    custval_table_free(table);
    whole_free(&from);
    custval_groups_free(groups);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- describe ---------------------------------------------------------------------------------------------------- */

static const command_help describe_help = {
    "groups describe",
    "GROUPS CUSTOMERS [OPTIONS]",
    "Describes the groups: customers, sums and means of the measures; with --value also what a programme\n"
    "that keeps more of them may cost per customer, and the return on what is planned.",
    "  custval groups describe loyalty-profit.json customers.csv --value value\n"
    "  custval groups describe loyalty-profit.json customers.csv --language zh\n",
};

static int groups_describe(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--value", 0, OPTION_TEXT, &chosen.value, "COLUMN", "column of what a customer is worth if kept"},
        OPTION_OF_LABELS(chosen.language),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_groups_options how = CUSTVAL_GROUPS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *described = NULL;
    whole from;
    args_read(argc, argv, &describe_help, options, 2, 2, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, describe_help.name);
    command_check_inputs(describe_help.name, arguments[0], arguments[1]);
    custval_groups *const groups = groups_load(arguments[0], chosen.output);
    customers_open(&from, arguments, &chosen, groups, describe_help.name);
    if (chosen.value != NULL) whole_want_number(&from, chosen.value, "--value");
    custval_table *const table = whole_read(&from);
    how.value = chosen.value;
    if (custval_groups_describe(groups, table, &how, &described, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    frame all = {NULL, 0, 0, 0};
    frame_add_table(&all, described);
    add_labels(&all, groups, chosen.language);
    write_frame(&all, format, chosen.output);
    frame_free(&all);
    custval_table_free(described);
    custval_table_free(table);
    whole_free(&from);
    custval_groups_free(groups);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- fix --------------------------------------------------------------------------------------------------------- */

static const command_help fix_help = {
    "groups fix",
    "GROUPS CUSTOMERS [OPTIONS]",
    "Prints the document with the quantiles replaced by the cuts of these customers, so that a later\n"
    "period is measured by the same rule.",
    "  custval groups fix loyalty-profit.json spring.csv -o fixed.json\n",
};

static int groups_fix(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_groups *fixed = NULL;
    buffer text = {NULL, 0, 0};
    whole from;
    args_read(argc, argv, &fix_help, options, 2, 2, arguments);
    command_check_inputs(fix_help.name, arguments[0], arguments[1]);
    custval_groups *const groups = groups_load(arguments[0], chosen.output);
    customers_open(&from, arguments, &chosen, groups, fix_help.name);
    custval_table *const table = whole_read(&from);
    if (custval_groups_fix(groups, table, NULL, &fixed, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    groups_text(fixed, &text);
    command_write(chosen.output, &text);
    buffer_free(&text);
    custval_groups_free(fixed);
    custval_table_free(table);
    whole_free(&from);
    custval_groups_free(groups);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- texts ------------------------------------------------------------------------------------------------------- */

static const command_help texts_help = {
    "groups texts",
    "GROUPS [OPTIONS]",
    "Prints what each group is called and what to do with it.",
    "  custval groups texts loyalty-profit.json --language zh\n",
};

static custval_text *texts_of(const custval_groups *groups, uint32_t kind, const char *language) {
    const size_t count = custval_groups_count(groups);
    custval_text *const texts = memory_new(count, sizeof *texts);
    for (size_t i = 0; i < count; i++) {
        const char *const text =
            kind == 0 ? custval_groups_id(groups, i) : custval_groups_text(groups, i, kind, language);
        texts[i] = (custval_text){text, strlen(text)};
    }
    return texts;
}

static int groups_texts(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTION_OF_LANGUAGE(chosen.language),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    buffer text = {NULL, 0, 0};
    frame all = {NULL, 0, 0, 0};
    args_read(argc, argv, &texts_help, options, 1, 1, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, texts_help.name);
    custval_groups *const groups = groups_load(arguments[0], chosen.output);
    all.rows = custval_groups_count(groups);
    frame_add(&all, "group", FRAME_TEXT, texts_of(groups, 0, NULL))->is_owned = 1;
    frame_add(&all, "label", FRAME_TEXT, texts_of(groups, CUSTVAL_GROUP_LABEL, chosen.language))->is_owned = 1;
    frame_add(&all, "advice", FRAME_TEXT, texts_of(groups, CUSTVAL_GROUP_ADVICE, chosen.language))->is_owned = 1;
    print_frame(&all, format, ',', '.', &text);
    command_write(chosen.output, &text);
    buffer_free(&text);
    frame_free(&all);
    custval_groups_free(groups);
    return EXIT_DONE;
}

/* ---- cohorts ----------------------------------------------------------------------------------------------------- */

static const command_help cohorts_help = {
    "groups cohorts",
    "(TRANSACTIONS... | --merge FILE) [OPTIONS]",
    "Gives retention and repeat purchase by cohort: of the customers who came in the same stretch of\n"
    "time, how many bought again, age by age.",
    "  custval groups cohorts transactions.csv --period month --length 3 --end 1998-06-30\n",
};

static int groups_cohorts(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    const char *output = NULL, *format_name = NULL;
    transactions_choice chosen = {0};
    size_t length = 0;
    const option options[] = {
        OPTIONS_OF_TRANSACTIONS(chosen),
        {"--length", 0, OPTION_COUNT, &length, "N", "periods of a stretch (default: 1)"},
        OPTION_OF_FORMAT(format_name, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_cohort_options how = CUSTVAL_COHORT_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *cohorts = NULL;
    workers helpers;
    const size_t count = args_read(argc, argv, &cohorts_help, options, 0, ARGS_MOST, arguments);
    const int format = printer_format(format_name, FORMAT_TABLE, cohorts_help.name);
    if (count == 0 && chosen.merged.count == 0) fail_usage(cohorts_help.name, "TRANSACTIONS or --merge is needed");
    workers_start(&helpers);
    custval_history *const history =
        transactions_read(arguments, count, &chosen, &helpers.host, output, cohorts_help.name);
    if (length != 0) how.length = (uint32_t)length;
    how.end = chosen.end;
    if (custval_cohorts(history, &how, &cohorts, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    command_print(cohorts, format, output);
    custval_table_free(cohorts);
    custval_history_free(history);
    workers_stop(&helpers);
    transactions_free_choice(&chosen);
    return EXIT_DONE;
}

/* ---- The command ------------------------------------------------------------------------------------------------- */

static const command_verb verbs[] = {
    {"assign", groups_assign}, {"describe", groups_describe}, {"fix", groups_fix},
    {"texts", groups_texts},   {"cohorts", groups_cohorts},
};

static const char help[] =
    "usage: custval groups VERB FILE... [OPTIONS]\n"
    "\n"
    "Groups of customers that are managed apart. A groups document cuts columns into levels, and names\n"
    "groups by them: profit and loyalty, bands of a score, recency, frequency and money.\n"
    "\n"
    "Verbs:\n"
    "  assign    the group of each customer\n"
    "  describe  who is in the groups, and what may be spent on them\n"
    "  fix       turns quantiles into the cuts of a base period\n"
    "  texts     what the groups are called, and what to do with them\n"
    "  cohorts   retention and repeat purchase by cohort, from transactions\n"
    "\n"
    "Options:\n"
    "  -h, --help  this text; 'custval groups VERB --help' explains a verb\n"
    "\n"
    "Examples:\n"
    "  custval groups assign loyalty-profit.json customers.csv -o groups.csv\n"
    "  custval groups texts loyalty-profit.json --language zh\n";

int cmd_groups(int argc, char **argv) {
    return command_dispatch("groups", "verb", verbs, sizeof verbs / sizeof verbs[0], help, argc, argv);
}
