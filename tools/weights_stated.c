/* custval weights rank, rate: weights that people state. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "name_list.h"
#include "weights_out.h"
#include "weights_verbs.h"

/* ---- Ranks ------------------------------------------------------------------------------------------------------- */

static const command_help rank_help = {
    "weights rank",
    "FILE [OPTIONS]",
    "Makes weights from an order of importance. The file has the columns criterion and rank (1 is the\n"
    "most important, equal ranks share their places), or one criterion per line, the most important\n"
    "first.",
    "  custval weights rank order.csv\n"
    "  custval weights rank order.csv --method exponent --exponent 2\n",
};

int weights_rank(int argc, char **argv) {
    static const char *const columns[NAME_LIST_COLUMNS] = {"rank", NULL, NULL};
    const char *arguments[ARGS_MOST], *method = NULL;
    double exponent = 0.0;
    weights_choice out = {0};
    data_options data = {0};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_ranking_options how = CUSTVAL_RANKING_OPTIONS_INIT;
    custval_weights *weights = NULL;
    name_list list;
    const option options[] = {
        {"--method", 0, OPTION_TEXT, &method, "NAME",
         "centroid, sum, reciprocal or exponent (default: centroid, the\nrank-order centroid)"},
        {"--exponent", 0, OPTION_NUMBER, &exponent, "P", "of the method exponent: 0 equal weights, 1 rank sum"},
        OPTIONS_OF_WEIGHTS(out),
        OPTION_DELIMITER(data),
        OPTION_DECIMAL(data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &rank_help, options, 1, 1, arguments);
    args_check_range(rank_help.name, "--exponent", exponent, 0.0, 50.0);
    weights_check(&out, rank_help.name, arguments[0]);
    how.ranking = args_vocabulary(rank_help.name, "--method", method, CUSTVAL_WORDS_RANKING);
    if (!isnan(exponent)) {
        if (how.ranking != CUSTVAL_RANKING_EXPONENT) fail_usage(rank_help.name, "--exponent needs --method exponent");
        how.exponent = exponent;
    }
    name_list_open(&list, arguments[0], columns, 0, &data, out.output, rank_help.name);
    if (list.numbers[0] == NULL) {
        list.numbers[0] = memory_new(list.count, sizeof list.numbers[0][0]);
        for (size_t i = 0; i < list.count; i++) list.numbers[0][i] = (double)(i + 1);
    }
    if (custval_weights_ranks(NULL, (const char *const *)list.names, list.numbers[0], list.count, &how, &weights,
                              &error) != CUSTVAL_OK) {
        name_list_fail(&list, &error);
    }
    name_list_free(&list);
    weights_finish(weights, &out, rank_help.name, arguments, 1);
    return EXIT_DONE;
}

/* ---- Ratings ----------------------------------------------------------------------------------------------------- */

static const command_help rate_help = {
    "weights rate",
    "FILE [OPTIONS]",
    "Makes weights from numbers that people gave. The file has the columns criterion and rating; for\n"
    "swings range_judged (width of the range that the judge saw) and range_in_use too, if they differ.",
    "  custval weights rate ratings.csv\n"
    "  custval weights rate ratings.csv --method points --apply system.json -o weighted.json\n",
};

int weights_rate(int argc, char **argv) {
    static const char *const columns[NAME_LIST_COLUMNS] = {"rating", "range_judged", "range_in_use"};
    const char *arguments[ARGS_MOST], *method = NULL;
    weights_choice out = {0};
    data_options data = {0};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_rating_options how = CUSTVAL_RATING_OPTIONS_INIT;
    custval_weights *weights = NULL;
    name_list list;
    const option options[] = {
        {"--method", 0, OPTION_TEXT, &method, "NAME",
         "stated: proportions count; points: shares of 100; swing: the\n"
         "largest is 100; smart: the least is 10 (default: stated)"},
        OPTIONS_OF_WEIGHTS(out),
        OPTION_DELIMITER(data),
        OPTION_DECIMAL(data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &rate_help, options, 1, 1, arguments);
    weights_check(&out, rate_help.name, arguments[0]);
    how.rating = args_vocabulary(rate_help.name, "--method", method, CUSTVAL_WORDS_RATING);
    name_list_open(&list, arguments[0], columns, 1, &data, out.output, rate_help.name);
    how.range_judged = list.numbers[1];
    how.range_in_use = list.numbers[2];
    if (custval_weights_ratings(NULL, (const char *const *)list.names, list.numbers[0], list.count, &how, &weights,
                                &error) != CUSTVAL_OK) {
        name_list_fail(&list, &error);
    }
    name_list_free(&list);
    weights_finish(weights, &out, rate_help.name, arguments, 1);
    return EXIT_DONE;
}
