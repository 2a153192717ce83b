/* custval explain: why a row has its value, what changed it, and what would raise it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "command.h"
#include "loaded.h"
#include "row_name.h"

static const command_help help = {
    "explain",
    "SYSTEM DATA --row ROW [OPTIONS]",
    "Says what the value of one row is made of: the parts add up to it exactly. A row is named by its\n"
    "number, counted from 1 without the header, or with --id by what stands in a column. Instead of\n"
    "the parts it can show what differs between two rows, what one point of each indicator is worth,\n"
    "the weights at which two offers tie, or the cheapest way to reach a value.",
    "  custval explain system.json survey.csv --row 17\n"
    "  custval explain system.json survey.csv --id customer --row A17 --to B20\n"
    "  custval explain system.json survey.csv --row 17 --target 40\n"
    "  custval explain system.json survey.csv --levers --format csv\n",
};

typedef struct choices {
    const char *output, *format, *row, *id, *to, *flip;
    score_choice scoring;
    data_options data;
    double target;
    int levers;
} choices;

/* ---- Finding rows ------------------------------------------------------------------------------------------------ */

#define MOST_ROWS 2

typedef struct wanted {
    named_rows in;
    size_t count;
    const char *names[MOST_ROWS];   /* as the user names them */
    uint64_t numbers[MOST_ROWS];    /* counted from 0, if rows have numbers */
    uint32_t id_slot;               /* else the texts that name them */
    size_t found[MOST_ROWS];        /* which of the kept rows; SIZE_MAX if not found yet */
    uint64_t found_rows[MOST_ROWS]; /* which of all */
    size_t kept;
} wanted;

static int is_wanted(const wanted *want, size_t which, const row_set *some, size_t index, uint64_t row) {
    if (want->id_slot == ROWS_NO_SLOT) return want->numbers[which] == row;
    return row_is(&some->texts[want->id_slot][index], want->names[which]);
}

/* Rows named by number: no more are read than needed. By id: all, as one that occurs twice names no row. */
static int choose(void *data, const row_set *some, size_t index, uint64_t row) {
    wanted *const want = data;
    int verdict = LOADED_SKIP;
    size_t found = 0;
    for (size_t i = 0; i < want->count; i++) {
        if (is_wanted(want, i, some, index, row)) {
            if (want->found[i] != SIZE_MAX) row_fail_twice(&want->in, want->names[i], want->found_rows[i], row);
            want->found[i] = want->kept;
            want->found_rows[i] = row;
            verdict = LOADED_KEEP;
        }
        found += want->found[i] != SIZE_MAX;
    }
    want->kept += verdict == LOADED_KEEP;
    return verdict == LOADED_KEEP && found == want->count && want->id_slot == ROWS_NO_SLOT ? LOADED_KEEP_LAST : verdict;
}

/* The second row, if one is asked for, is named like the first. */
static void want_rows(wanted *want, const choices *chosen, loaded *with) {
    const char *const second = chosen->to != NULL ? chosen->to : chosen->flip;
    const char *const options[MOST_ROWS] = {"--row", chosen->to != NULL ? "--to" : "--flip"};
    *want = (wanted){.in = {with->data.name, help.name, chosen->id},
                     .count = second == NULL ? 1 : 2,
                     .names = {chosen->row, second},
                     .id_slot = ROWS_NO_SLOT,
                     .found = {SIZE_MAX, SIZE_MAX}};
    if (chosen->id != NULL) {
        want->id_slot = rows_want_text(&with->plan, data_column(&with->data, chosen->id, "--id"));
        return;
    }
    for (size_t i = 0; i < want->count; i++) want->numbers[i] = row_number(&want->in, options[i], want->names[i]);
}

static void check_found(const wanted *want, const loaded *with) {
    for (size_t i = 0; i < want->count; i++) {
        if (want->found[i] != SIZE_MAX) continue;
        if (want->id_slot != ROWS_NO_SLOT) row_fail_unknown(&want->in, want->names[i]);
        row_fail_beyond(&want->in, want->numbers[i], with->rows_in_all);
    }
}

/* ---- Asking and printing ----------------------------------------------------------------------------------------- */

static custval_table *ask(const loaded *with, const wanted *want, const choices *chosen) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *answer = NULL;
    custval_status status = CUSTVAL_OK;
    const size_t row = want->count == 0 ? CUSTVAL_ALL_ROWS : want->found[0], other = want->found[1];
    if (chosen->levers) {
        status = custval_levers(with->system, with->table, row, &with->options, &answer, &error);
    } else if (chosen->to != NULL) {
        status =
            custval_explain_change(with->system, with->table, row, with->table, other, &with->options, &answer, &error);
    } else if (chosen->flip != NULL) {
        status = custval_flip(with->system, with->table, row, other, &with->options, &answer, &error);
    } else if (!isnan(chosen->target)) {
        status = custval_target(with->system, with->table, row, chosen->target, &with->options, &answer, &error);
    } else {
        status = custval_explain(with->system, with->table, row, &with->options, &answer, &error);
    }
    if (status != CUSTVAL_OK) loaded_fail(with, &error);
    return answer;
}

static void print_text(const custval_table *explanation, buffer *to) {
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t length = 0;
    custval_status status = custval_explain_text(explanation, NULL, 0, &length, &error);
    char *const at = buffer_room(to, length + 1);
    if (status == CUSTVAL_OK) status = custval_explain_text(explanation, at, length + 1, &length, &error);
    if (status != CUSTVAL_OK) fail_error(NULL, &error);
    to->length += length;
}

static void explain(const char *system_path, const char *data_path, const choices *chosen) {
    const int is_tree = chosen->format == NULL && !chosen->levers && chosen->to == NULL && chosen->flip == NULL &&
                        isnan(chosen->target);
    const int format = printer_format(chosen->format, FORMAT_TABLE, help.name);
    loaded with;
    wanted want = {.count = 0};
    buffer text = {NULL, 0, 0};
    loaded_open(&with, system_path, data_path, &chosen->scoring, &chosen->data, chosen->output, help.name);
    if (chosen->row != NULL) want_rows(&want, chosen, &with);
    loaded_read(&with, chosen->row != NULL ? choose : NULL, &want);
    check_found(&want, &with);
    custval_table *const answer = ask(&with, &want, chosen);
    if (is_tree) {
        print_text(answer, &text);
    } else {
        frame all = {NULL, 0, 0, 0};
        frame_add_table(&all, answer);
        if (chosen->levers && format == FORMAT_TABLE) frame_order(&all, "potential", 1);
        print_frame(&all, format, with.data.reader.delimiter, with.data.decimal, &text);
        frame_free(&all);
    }
    command_write(chosen->output, &text);
    buffer_free(&text);
    custval_table_free(answer);
    loaded_free(&with);
}

/* ---- The command ------------------------------------------------------------------------------------------------- */

static void check_choices(const choices *chosen) {
    const int questions = chosen->levers + (chosen->to != NULL) + (chosen->flip != NULL) + !isnan(chosen->target);
    if (questions > 1) fail_usage(help.name, "only one of --to, --levers, --flip and --target can be answered");
    if (chosen->row == NULL && !chosen->levers) fail_usage(help.name, "which row? --row says it");
    if (chosen->row == NULL && chosen->id != NULL)
        fail_usage(help.name, "--id needs --row, which says what stands there");
}

int cmd_explain(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--row", 0, OPTION_TEXT, &chosen.row, "ROW", HELP_ROW},
        {"--id", 0, OPTION_TEXT, &chosen.id, "COLUMN", HELP_ROW_ID},
        {"--to", 0, OPTION_TEXT, &chosen.to, "ROW", "what makes the difference between the row and this one"},
        {"--levers", 0, OPTION_FLAG, &chosen.levers, NULL,
         "what one point of each indicator is worth to the row, or without\n"
         "a row to all on average (keeps them in memory); as a table with the\n"
         "strongest first"},
        {"--flip", 0, OPTION_TEXT, &chosen.flip, "ROW", "at which weights the row and this one tie"},
        {"--target", 0, OPTION_NUMBER, &chosen.target, "VALUE", "the cheapest way to bring the row to this value"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: a tree; of other questions: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTION_OF_LANGUAGE(chosen.scoring.language),
        OPTIONS_OF_SCORING(chosen.scoring),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &help, options, 2, 2, arguments);
    command_check_inputs(help.name, arguments[0], arguments[1]);
    check_choices(&chosen);
    explain(arguments[0], arguments[1], &chosen);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}
