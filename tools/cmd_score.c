/* custval score: every row of a file. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "id_set.h"
#include "levels.h"
#include "progress.h"
#include "score_run.h"

static const command_help help = {
    "score",
    "SYSTEM DATA [OPTIONS]",
    "Scores every row of a CSV file with a header, e.g. one row per customer and one column per\n"
    "question. Prints the value, benefit and sacrifice, the coverage (answered weight / total weight)\n"
    "and a status; a row that cannot be scored has a status that says why, and never fails the\n"
    "others. Files of any length are read in little memory.\n"
    "\n"
    "Rows are counted from 1 in a column \"row\", unless they keep columns that identify them (--id),\n"
    "which together must differ from row to row, or all columns. A column kept whose name is that of\n"
    "a score is called \"input.NAME\". Delimiter and decimal character of CSV are those of the data.",
    "  custval score system.json survey.csv -o scores.csv\n"
    "  custval score system.json survey.csv --id customer --levels value,indicator\n"
    "  custval score system.json survey.csv --summary --against overall\n"
    "  zcat survey.csv.gz | custval score system.json - --format json\n",
};

typedef struct choices {
    const char *output, *levels, *coverage, *format, *against;
    score_choice scoring;
    data_options data;
    text_list ids;
    size_t threads;
    int all_columns, row_numbers, repeated_ids, summary, quiet;
} choices;

/* ---- Options ----------------------------------------------------------------------------------------------------- */

static uint32_t coverage_of(const char *word) {
    char shown[QUOTED_SIZE];
    if (word == NULL || strcmp(word, "value") == 0) return CUSTVAL_COVERAGE_VALUE;
    if (strcmp(word, "all") == 0) return CUSTVAL_COVERAGE_ALL;
    if (strcmp(word, "none") == 0) return CUSTVAL_COVERAGE_NONE;
    fail_usage(help.name, "--coverage: %s is neither value, all nor none", quoted(word, strlen(word), shown));
}

/* ---- Columns of the output --------------------------------------------------------------------------------------- */

/* What custval_score() is going to name its columns; also finds what is wrong with the options. */
static void name_scores(score_run *run, custval_system *system) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scorer *scorer = NULL;
    if (custval_scorer_new(system, &run->options, &scorer, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    run->score_count = custval_scorer_columns(scorer);
    run->score_names = memory_new(run->score_count, sizeof run->score_names[0]);
    for (size_t i = 0; i < SUMMARY_MOMENTS; i++) run->sides[i] = SIZE_MAX;
    for (size_t i = 0; i < run->score_count; i++) {
        static const char *const summarised[SUMMARY_MOMENTS] = {"value", "benefit", "sacrifice", "coverage"};
        const char *const name = custval_scorer_column_name(scorer, (uint32_t)i);
        run->score_names[i] = memory_text(name, strlen(name));
        for (size_t side = 0; side < SUMMARY_MOMENTS; side++) {
            if (strcmp(name, summarised[side]) == 0) run->sides[side] = i;
        }
    }
    custval_scorer_free(scorer);
}

static int is_taken(const score_run *run, const char *name) {
    if (strcmp(name, "status") == 0) return 1;
    for (size_t i = 0; i < run->score_count; i++) {
        if (strcmp(name, run->score_names[i]) == 0) return 1;
    }
    for (size_t i = 0; i < run->carried_count; i++) {
        if (strcmp(name, run->carried[i].name) == 0) return 1;
    }
    return 0;
}

/* Adds a column in front of the scores, under a name that no other has: "input." is put before one that is taken. */
static void carry(score_run *run, const char *name, int kind, uint32_t slot) {
    buffer unique = {NULL, 0, 0};
    buffer_put(&unique, name, strlen(name) + 1);
    while (is_taken(run, unique.data)) {
        buffer longer = {NULL, 0, 0};
        buffer_text(&longer, "input.");
        buffer_put(&longer, unique.data, unique.length);
        buffer_free(&unique);
        unique = longer;
    }
    const size_t count = run->carried_count;
    run->carried = memory_resize(run->carried, count + 1, sizeof run->carried[0]);
    run->carried_slots = memory_resize(run->carried_slots, count + 1, sizeof run->carried_slots[0]);
    run->carried[count] = (frame_column){unique.data, kind, NULL, 0};
    run->carried_slots[count] = slot;
    run->carried_count++;
}

static void carry_columns(score_run *run, const choices *chosen) {
    const data_file *const data = run->data;
    if (chosen->row_numbers) carry(run, "row", FRAME_ROW, ROWS_NO_SLOT);
    if (chosen->all_columns) {
        for (size_t i = 0; i < data->columns; i++)
            carry(run, data->names[i], FRAME_TEXT, rows_want_text(&run->plan, i));
    }
    uint32_t *const slots = memory_new(chosen->ids.count, sizeof *slots);
    for (size_t i = 0; i < chosen->ids.count; i++) {
        slots[i] = rows_want_text(&run->plan, data_column(data, chosen->ids.texts[i], "--id"));
        if (!chosen->all_columns) carry(run, chosen->ids.texts[i], FRAME_TEXT, slots[i]);
    }
    run->id_slots = slots;
    run->id_count = chosen->repeated_ids ? 0 : chosen->ids.count;
    if (run->carried_count > 0) return;
    carry(run, "row", FRAME_ROW, ROWS_NO_SLOT);
}

/* ---- Afterwards -------------------------------------------------------------------------------------------------- */

/* What to do about rows without a value, if it can be said in general. */
static const char *advice(const custval_row_summary *of) {
    const size_t out_of_scale = 9, unknown_category = 11; /* bits of custval_row_status */
    if (of->count[out_of_scale] > 0) {
        return ". Fix the cells, name codes such as 99 in \"missing_codes\", or set \"out_of_scale\" in the system";
    }
    return of->count[unknown_category] > 0 ? ". Fix the cells, or add the categories to the system" : "";
}

static void note_rows(const score_run *run) {
    const custval_row_summary *const of = &run->summary.rows;
    char counts[MESSAGE_SIZE / 4];
    if (of->rows == 0) note("%s has a header and no rows", run->data->name);
    if (of->scored < of->rows) {
        summary_counts(of, CUSTVAL_ROW_NO_VALUE, counts, sizeof counts);
        note("%zu of %zu rows have no value: %s, the first in line %llu: %s%s", of->rows - of->scored, of->rows, counts,
             (unsigned long long)run->first_lines[SCORE_NO_VALUE], run->first_reasons[SCORE_NO_VALUE], advice(of));
    }
    summary_counts(of, SCORE_CHANGES, counts, sizeof counts);
    if (counts[0] != 0) {
        note("of %zu rows: %s, the first in line %llu: %s", of->rows, counts,
             (unsigned long long)run->first_lines[SCORE_CHANGED_ANSWERS], run->first_reasons[SCORE_CHANGED_ANSWERS]);
    }
    if (run->ids_were_dropped) note("repeated ids were looked for among the first %zu only", (size_t)ID_SET_MOST);
}

static void print_summary(const score_run *run, const choices *chosen, int format, buffer *to) {
    const char *names[SUMMARY_MOMENTS];
    for (size_t i = 0; i < SUMMARY_MOMENTS; i++) {
        names[i] = run->sides[i] == SIZE_MAX ? NULL : run->score_names[run->sides[i]];
    }
    summary_print(&run->summary, names, &run->agreement, chosen->against, format, to);
}

static void free_run(score_run *run) {
    for (size_t i = 0; i < run->score_count; i++) free(run->score_names[i]);
    for (size_t i = 0; i < run->carried_count; i++) free((char *)run->carried[i].name);
    free(run->score_names);
    free(run->carried);
    free(run->carried_slots);
    free((uint32_t *)run->id_slots);
    agreement_free(&run->agreement);
    binding_free(&run->system);
    rows_plan_free(&run->plan);
}

/* ---- The command ------------------------------------------------------------------------------------------------- */

static void score(const char *system_path, const char *data_path, const choices *chosen) {
    const int wants_rows = !chosen->summary || chosen->output != NULL;
    const int format = printer_format(chosen->format, chosen->summary ? FORMAT_TABLE : FORMAT_CSV, help.name);
    const uint32_t wanted_levels = levels_of(chosen->levels, help.name), coverage = coverage_of(chosen->coverage);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    char today[11];
    data_file data;
    custval_system *const system = system_load(system_path, chosen->output);
    if (custval_system_get(system, &spec, &error) != CUSTVAL_OK) fail_error(system_path, &error);
    score_run run = {.data = &data, .options = score_options(system, &chosen->scoring, today), .against = ROWS_NO_SLOT};
    run.options.levels = wanted_levels;
    run.options.coverage = coverage;
    run.wants_summary = chosen->summary;
    if (chosen->summary) { /* which looks at these */
        run.options.levels |= CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_SIDE;
        if (coverage == CUSTVAL_COVERAGE_NONE) run.options.coverage = CUSTVAL_COVERAGE_VALUE;
    }
    run.form = spec.form;
    summary_init(&run.summary, run.form);
    name_scores(&run, system);

    data_open(&data, data_path, &chosen->data, help.name);
    output_refuse(chosen->output, data.file, data.name);
    rows_plan_init(&run.plan, &data);
    binding_init(&run.system, system, system_path, &run.options, &run.plan);
    carry_columns(&run, chosen);
    if (chosen->against != NULL)
        run.against = rows_want_number(&run.plan, data_column(&data, chosen->against, "--against"));

    printer with = {
        wants_rows && chosen->format == NULL ? FORMAT_CSV : format, data.reader.delimiter, data.decimal, NULL, NULL, 0};
    output to = {NULL, NULL, NULL};
    run.with = &with;
    run.to = wants_rows ? &to : NULL;
    if (wants_rows) output_open(&to, chosen->output);
    if (!chosen->quiet) progress_start(data.size, wants_rows ? to.file : stdout);
    score_run_all(&run, chosen->threads);

    if (chosen->summary) {
        buffer text = {NULL, 0, 0};
        print_summary(&run, chosen, wants_rows ? FORMAT_TABLE : format, &text);
        output_standard(text.data, text.length);
        buffer_free(&text);
    }
    if (!chosen->quiet) note_rows(&run);
    if (wants_rows) output_close(&to);
    printer_free(&with);
    free_run(&run);
    data_close(&data);
    custval_system_free(system);
}

int cmd_score(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTION_OF_OUTPUT(chosen.output),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: csv; of a summary: table)"),
        {"--levels", 0, OPTION_TEXT, &chosen.levels, "LIST", HELP_LEVELS},
        {"--coverage", 0, OPTION_TEXT, &chosen.coverage, "WHICH", "of the value, of all, or none (default: value)"},
        {"--id", 0, OPTION_TEXTS, &chosen.ids, "COLUMN", "keep this column, which identifies rows; may be repeated"},
        {"--repeated-ids", 0, OPTION_FLAG, &chosen.repeated_ids, NULL, "accept that ids occur more than once"},
        {"--all-columns", 0, OPTION_FLAG, &chosen.all_columns, NULL, "keep every column of the data"},
        {"--row-numbers", 0, OPTION_FLAG, &chosen.row_numbers, NULL, "number rows although they keep columns"},
        {"--summary", 0, OPTION_FLAG, &chosen.summary, NULL,
         "print a summary to standard output: means, statuses, distribution;\nrows are printed only with -o"},
        {"--against", 0, OPTION_TEXT, &chosen.against, "COLUMN",
         "summary with the agreement of the value and one that was stated\n(keeps two numbers per row in memory)"},
        OPTIONS_OF_SCORING(chosen.scoring),
        OPTIONS_OF_DATA(chosen.data),
        {"--threads", 0, OPTION_COUNT, &chosen.threads, "N",
         "at most 16 (default: one per processor); results do not depend on it"},
        {"--quiet", 'q', OPTION_FLAG, &chosen.quiet, NULL, "no progress and no notes about rows"},
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &help, options, 2, 2, arguments);
    command_check_inputs(help.name, arguments[0], arguments[1]);
    if (chosen.against != NULL) chosen.summary = 1;
    score(arguments[0], arguments[1], &chosen);
    free(chosen.ids.texts);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}
