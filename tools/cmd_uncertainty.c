/* custval uncertainty: how far values, ranks and means can be relied on. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "judgement_file.h"
#include "levels.h"
#include "loaded.h"
#include "workers.h"

static const command_help help = {
    "uncertainty",
    "SYSTEM OFFERS [OPTIONS]",
    "Weights are never known exactly: draws thousands of sets of weights that might as well be true,\n"
    "and says what they do to the value and rank of each offer: intervals, how often it is first. A\n"
    "table has the best first, csv and json keep the order of the file. Instead it can say which\n"
    "weights the uncertainty comes from (--sensitivity), which smallest change of a weight changes the\n"
    "winner (--reversal), or how exact the means of many customers are (--means). Keeps the columns in\n"
    "memory. The same seed gives the same numbers on any machine.",
    "  custval uncertainty system.json offers.csv --id brand --ranks 2\n"
    "  custval uncertainty system.json offers.csv --id brand --sensitivity Ours --rival Theirs\n"
    "  custval uncertainty system.json offers.csv --id brand --reversal\n"
    "  custval uncertainty system.json survey.csv --means --levels value,dimension --top 50\n",
};

typedef struct choices {
    const char *output, *format, *id, *noise, *sensitivity, *rival, *group, *levels;
    text_list judgements;
    score_choice scoring;
    data_options data;
    size_t draws, seed, ranks, resamples;
    double concentration, spread, confidence, top;
    int reversal, means;
} choices;

typedef struct question {
    loaded with;
    uint32_t id_slot, group_slot; /* or ROWS_NO_SLOT */
    workers helpers;
    const choices *chosen;
} question;

static custval_noise_options noise_of(const question *of) {
    const choices *const chosen = of->chosen;
    custval_noise_options noise = CUSTVAL_NOISE_OPTIONS_INIT;
    noise.host = &of->helpers.host;
    noise.profile = chosen->scoring.profile;
    noise.noise = args_vocabulary(help.name, "--noise", chosen->noise, CUSTVAL_WORDS_NOISE);
    if (chosen->draws > 0) noise.draws = (uint32_t)chosen->draws;
    if (chosen->seed > 0) noise.seed = chosen->seed;
    if (!isnan(chosen->concentration)) noise.concentration = chosen->concentration;
    if (!isnan(chosen->spread)) noise.spread = chosen->spread;
    return noise;
}

/* ---- Values and ranks -------------------------------------------------------------------------------------------- */

static custval_table *draw(const question *of) {
    const choices *const chosen = of->chosen;
    const custval_noise_options noise = noise_of(of);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *draws = NULL;
    judgement_set set = {0};
    if (chosen->judgements.count == 0) {
        if (custval_draw_system(of->with.system, &noise, &draws, &error) != CUSTVAL_OK) fail_error(NULL, &error);
        return draws;
    }
    judgement_set_open(&set, chosen->judgements.texts, chosen->judgements.count, &chosen->data, chosen->output,
                       help.name);
    const custval_judgements judgements = judgement_set_complete(&set);
    if (custval_draw_judgements(&judgements, NULL, &noise, &draws, &error) != CUSTVAL_OK) {
        judgement_set_fail(&set, &error);
    }
    judgement_set_free(&set);
    return draws;
}

static custval_table *ask_intervals(const question *of) {
    const text_list *const judged = &of->chosen->judgements;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_uncertainty_options options = CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    custval_table *answer = NULL;
    custval_table *const draws = draw(of);
    options.score = &of->with.options;
    options.ranks = (uint32_t)of->chosen->ranks;
    if (!isnan(of->chosen->confidence)) options.level = of->chosen->confidence;
    if (custval_uncertainty(of->with.system, of->with.table, draws, &options, &answer, &error) != CUSTVAL_OK) {
        const int is_about_draws = error.status == CUSTVAL_ERROR_NOT_FOUND || error.status == CUSTVAL_ERROR_STRUCTURE;
        if (is_about_draws && judged->count > 0) fail_error(input_name(judged->texts[0]), &error);
        loaded_fail(&of->with, &error);
    }
    custval_table_free(draws);
    return answer;
}

/* ---- Which weights ----------------------------------------------------------------------------------------------- */

static custval_table *ask_sensitivity(const question *of) {
    const choices *const chosen = of->chosen;
    const custval_noise_options noise = noise_of(of);
    const size_t row = loaded_row(&of->with, chosen->id, of->id_slot, chosen->sensitivity, "--sensitivity", help.name);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *answer = NULL;
    size_t rival = CUSTVAL_ALL_ROWS;
    if (chosen->rival != NULL)
        rival = loaded_row(&of->with, chosen->id, of->id_slot, chosen->rival, "--rival", help.name);
    if (rival == row) fail_usage(help.name, "--rival: this is the offer of --sensitivity itself");
    if (custval_sensitivity(of->with.system, of->with.table, row, rival, &of->with.options, &noise, &answer, &error) !=
        CUSTVAL_OK) {
        loaded_fail(&of->with, &error);
    }
    return answer;
}

/* The rival is counted from 0. */
static void count_from_one(frame *of, const char *column) {
    for (size_t i = 0; i < of->count; i++) {
        double *const numbers = (double *)of->columns[i].data;
        for (size_t row = 0; strcmp(of->columns[i].name, column) == 0 && row < of->rows; row++) numbers[row] += 1.0;
    }
}

static custval_table *ask_reversal(const question *of) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *answer = NULL;
    if (custval_reversal(of->with.system, of->with.table, &of->with.options, &answer, &error) != CUSTVAL_OK) {
        loaded_fail(&of->with, &error);
    }
    return answer;
}

/* ---- Means ------------------------------------------------------------------------------------------------------- */

/* The scores and the group as one table, which borrows both; gives the names of the scores. */
static custval_table *scores_with_group(const question *of, const custval_table *scores, const char **names,
                                        size_t *count) {
    const loaded *const with = &of->with;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    custval_status status = custval_table_new(NULL, with->rows.count, &table, &error);
    for (size_t i = 0; i < custval_table_columns(scores) && status == CUSTVAL_OK; i++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        const char *const name = custval_table_name(scores, i);
        if (strcmp(name, "status") == 0) continue;
        status = custval_table_column(scores, i, &column, &error);
        if (status == CUSTVAL_OK) status = custval_table_add(table, name, &column, &error);
        names[(*count)++] = name;
    }
    if (status == CUSTVAL_OK && of->group_slot != ROWS_NO_SLOT) {
        status = custval_table_add_texts(table, of->chosen->group, with->rows.texts[of->group_slot], &error);
    }
    if (status != CUSTVAL_OK) loaded_fail(with, &error);
    return table;
}

static custval_table *ask_means(question *of) {
    const choices *const chosen = of->chosen;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
    custval_table *scores = NULL, *answer = NULL;
    of->with.options.levels = levels_of(chosen->levels, help.name);
    of->with.options.coverage = CUSTVAL_COVERAGE_NONE;
    if (custval_score(of->with.system, of->with.table, &of->with.options, &scores, &error) != CUSTVAL_OK) {
        loaded_fail(&of->with, &error);
    }
    const char **const names = memory_new(custval_table_columns(scores), sizeof *names);
    custval_table *const table = scores_with_group(of, scores, names, &options.count);
    options.host = &of->helpers.host;
    options.columns = names;
    options.group = chosen->group;
    if (chosen->seed > 0) options.seed = chosen->seed;
    if (chosen->resamples > 0) options.resamples = (uint32_t)chosen->resamples;
    if (!isnan(chosen->confidence)) options.level = chosen->confidence;
    if (!isnan(chosen->top)) {
        options.has_top = 1;
        options.top = chosen->top;
    }
    if (custval_means(table, &options, &answer, &error) != CUSTVAL_OK) loaded_fail(&of->with, &error);
    custval_table_free(table);
    custval_table_free(scores);
    free(names);
    return answer;
}

/* ---- The command ------------------------------------------------------------------------------------------------- */

static void check_count(const char *option_name, size_t count, double least, double most) {
    if (count > 0) args_check_range(help.name, option_name, (double)count, least, most);
}

/* The ranges of the library, which would call them as its own options. */
static void check_ranges(const choices *chosen) {
    const double fewest_draws = chosen->sensitivity != NULL ? 32.0 : 1.0;
    const double largest_spread = chosen->judgements.count > 0 ? 10.0 : 1.0;
    args_check_between(help.name, "--concentration", chosen->concentration, 0.0, (double)INFINITY);
    args_check_range(help.name, "--spread", chosen->spread, 0.0, largest_spread);
    args_check_between(help.name, "--confidence", chosen->confidence, 0.0, 1.0);
    check_count("--draws", chosen->draws, fewest_draws, ARGS_LARGEST_COUNT);
    check_count("--ranks", chosen->ranks, 1.0, 10000.0);
    check_count("--resamples", chosen->resamples, 1.0, 1048576.0);
}

static void check_choices(const choices *chosen) {
    const int questions = (chosen->sensitivity != NULL) + chosen->reversal + chosen->means;
    const int has_draws = questions == 0 || chosen->sensitivity != NULL;
    if (questions > 1) fail_usage(help.name, "only one of --sensitivity, --reversal and --means can be answered");
    if (chosen->rival != NULL && chosen->sensitivity == NULL) fail_usage(help.name, "--rival needs --sensitivity");
    if (chosen->judgements.count > 0 && questions > 0) {
        fail_usage(help.name, "--judgements is for intervals and ranks only");
    }
    if (chosen->ranks > 0 && questions > 0) fail_usage(help.name, "--ranks is for intervals and ranks only");
    if (!chosen->means &&
        (chosen->group != NULL || chosen->levels != NULL || !isnan(chosen->top) || chosen->resamples > 0)) {
        fail_usage(help.name, "--group, --levels, --top and --resamples need --means");
    }
    if (!has_draws &&
        (chosen->noise != NULL || chosen->draws > 0 || !isnan(chosen->concentration) || !isnan(chosen->spread))) {
        fail_usage(help.name, "nothing is drawn for --reversal and --means: no --noise, --draws");
    }
}

static void print_answer(const question *of, const custval_table *answer, int format, buffer *to) {
    const choices *const chosen = of->chosen;
    const int is_of_rows = chosen->sensitivity == NULL && !chosen->reversal && !chosen->means;
    frame all = {NULL, 0, 0, 0};
    if (is_of_rows) {
        frame_add_names(&all, of->with.rows.count, chosen->id, loaded_texts(&of->with, of->id_slot));
    }
    frame_add_table(&all, answer);
    if (chosen->reversal) count_from_one(&all, "rival");
    if (is_of_rows && format == FORMAT_TABLE) frame_order(&all, "rank", 0);
    print_frame(&all, format, of->with.data.reader.delimiter, of->with.data.decimal, to);
    frame_free(&all);
}

static void answer(const char *system_path, const char *data_path, const choices *chosen) {
    const int format = printer_format(chosen->format, FORMAT_TABLE, help.name);
    question of = {.id_slot = ROWS_NO_SLOT, .group_slot = ROWS_NO_SLOT, .chosen = chosen};
    loaded *const with = &of.with;
    buffer text = {NULL, 0, 0};
    noise_of(&of); /* before files are read */
    loaded_open(with, system_path, data_path, &chosen->scoring, &chosen->data, chosen->output, help.name);
    if (chosen->id != NULL) {
        of.id_slot = rows_want_text(&with->plan, data_column(&with->data, chosen->id, "--id"));
    }
    if (chosen->group != NULL) {
        of.group_slot = rows_want_text(&with->plan, data_column(&with->data, chosen->group, "--group"));
    }
    loaded_read(with, NULL, NULL);
    workers_start(&of.helpers);
    with->options.host = &of.helpers.host;
    custval_table *const result = chosen->sensitivity != NULL ? ask_sensitivity(&of)
                                  : chosen->reversal          ? ask_reversal(&of)
                                  : chosen->means             ? ask_means(&of)
                                                              : ask_intervals(&of);
    print_answer(&of, result, format, &text);
    custval_table_free(result);
    workers_stop(&of.helpers);
    command_write(chosen->output, &text);
    buffer_free(&text);
    loaded_free(with);
}

int cmd_uncertainty(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--id", 0, OPTION_TEXT, &chosen.id, "COLUMN", "column that names the offers"},
        {"--noise", 0, OPTION_TEXT, &chosen.noise, "NAME",
         "dirichlet: around the weights; relative: each times a factor; any:\n"
         "nothing is known about weights (default: dirichlet)"},
        {"--concentration", 0, OPTION_NUMBER, &chosen.concentration, "C",
         "dirichlet: the larger, the nearer to the weights (default: 50)"},
        {"--spread", 0, OPTION_NUMBER, &chosen.spread, "S",
         "relative: factors from 1 - S to 1 + S; judgements: standard\n"
         "deviation of their logarithms (default: 0.25)"},
        {"--judgements", 0, OPTION_TEXTS, &chosen.judgements, "FILE",
         "draw the weights of the siblings named there from judgements with\n"
         "noise, as custval weights ahp reads them; one file per member"},
        {"--draws", 0, OPTION_COUNT, &chosen.draws, "N", "sets of weights (default: 10000)"},
        {"--seed", 0, OPTION_COUNT, &chosen.seed, "N", "of the draws (default: 1)"},
        {"--confidence", 0, OPTION_NUMBER, &chosen.confidence, "SHARE",
         "of the intervals (default: 0.9; of means: 0.95)"},
        {"--ranks", 0, OPTION_COUNT, &chosen.ranks, "K", "show how often each offer has rank 1 to K"},
        {"--sensitivity", 0, OPTION_TEXT, &chosen.sensitivity, "ROW",
         "from which weights the uncertainty of this row, an offer, comes\n"
         "(Sobol indices): its number, counted from 1, or with --id what\nstands there"},
        {"--rival", 0, OPTION_TEXT, &chosen.rival, "ROW", "--sensitivity: of the lead over this row"},
        {"--reversal", 0, OPTION_FLAG, &chosen.reversal, NULL,
         "smallest change of each weight that changes the winner"},
        {"--means", 0, OPTION_FLAG, &chosen.means, NULL, "means of scores with their errors"},
        {"--group", 0, OPTION_TEXT, &chosen.group, "COLUMN", "means of each group of rows"},
        {"--levels", 0, OPTION_TEXT, &chosen.levels, "LIST",
         "means of these scores, of value, side, dimension, indicator, item,\nderived, tag, all (default: value,side)"},
        {"--top", 0, OPTION_NUMBER, &chosen.top, "SCORE", "also the share of rows with at least this score"},
        {"--resamples", 0, OPTION_COUNT, &chosen.resamples, "N", "samples of the bootstrap of means (default: 1000)"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_SCORING(chosen.scoring),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &help, options, 2, 2, arguments);
    command_check_inputs(help.name, arguments[0], arguments[1]);
    for (size_t i = 0; i < chosen.judgements.count; i++) {
        for (size_t k = 0; k < 2; k++) {
            if (strcmp(chosen.judgements.texts[i], "-") == 0 && strcmp(arguments[k], "-") == 0) {
                fail_usage(help.name, "only one file can be standard input");
            }
        }
    }
    check_choices(&chosen);
    check_ranges(&chosen);
    answer(arguments[0], arguments[1], &chosen);
    free(chosen.judgements.texts);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}
