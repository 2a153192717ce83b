/* custval weights ahp, bwm: weights from judgements. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "judgement_file.h"
#include "name_list.h"
#include "number_parse.h"
#include "weights_out.h"
#include "weights_verbs.h"
#include "workers.h"

/* ---- AHP --------------------------------------------------------------------------------------------------------- */

static const command_help ahp_help = {
    "weights ahp",
    "FILE... [OPTIONS]",
    "Makes weights from judgements \"how many times more important is this than that\" (analytic\n"
    "hierarchy process), and says how consistent they are and which judgement to revisit. A file is a\n"
    "matrix: the header names the criteria, each row begins with one of them, a cell says how many\n"
    "times the row is as important as the column: 3, 1/3, or blank for the reciprocal or what was not\n"
    "judged. Or it is a list of pairs with the columns first, second, value, and if need be lower and\n"
    "upper (fuzzy judgements), member and member_weight (a group). Several files are as many members\n"
    "of a group, called by their files.",
    "  custval weights ahp judgements.csv\n"
    "  custval weights ahp anna.csv bert.csv --grouping aip-geometric --members\n"
    "  custval weights ahp judgements.csv --triads --format csv\n"
    "  custval weights ahp judgements.csv --apply system.json -o weighted.json\n",
};

static const option_word groupings[] = {{"aij", CUSTVAL_GROUPING_JUDGEMENTS},
                                        {"aip-geometric", CUSTVAL_GROUPING_PRIORITIES_GEOMETRIC},
                                        {"aip-arithmetic", CUSTVAL_GROUPING_PRIORITIES_ARITHMETIC},
                                        {NULL, 0}};

typedef struct ahp_choices {
    weights_choice out;
    data_options data;
    const char *method, *random_index, *grouping, *member_weights;
    double cr_limit;
    int members, triads;
} ahp_choices;

/* One number per member, in their order. */
static void read_member_weights(const char *list, judgement_set *of) {
    char shown[QUOTED_SIZE];
    const text_list lists = {&list, 1};
    if (list == NULL) return;
    text_list numbers = args_split(ahp_help.name, "--member-weights", &lists);
    if (numbers.count != of->member_count) {
        fail_usage(ahp_help.name, "--member-weights: there are %zu members, not %zu", of->member_count, numbers.count);
    }
    for (size_t i = 0; i < numbers.count; i++) {
        const char *const text = numbers.texts[i];
        if (number_parse(text, strlen(text), '.', &of->member_weights[i]) != NUMBER_READ ||
            of->member_weights[i] < 0.0) {
            fail_usage(ahp_help.name, "--member-weights: %s is not a number of 0 or more",
                       quoted(text, strlen(text), shown));
        }
    }
    of->has_weights = 1;
    args_free_split(&numbers);
}

static void ahp(const char *const *paths, size_t count, const ahp_choices *chosen) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    custval_weights *weights = NULL;
    custval_table *table = NULL;
    judgement_set set = {0};
    workers helpers;
    options.method = args_vocabulary(ahp_help.name, "--method", chosen->method, CUSTVAL_WORDS_AHP);
    options.random_index = args_vocabulary(ahp_help.name, "--ri", chosen->random_index, CUSTVAL_WORDS_RANDOM_INDEX);
    options.grouping = args_word(ahp_help.name, "--grouping", chosen->grouping, groupings);
    if (!isnan(chosen->cr_limit)) options.cr_limit = chosen->cr_limit;
    judgement_set_open(&set, paths, count, &chosen->data, chosen->out.output, ahp_help.name);
    read_member_weights(chosen->member_weights, &set);
    const custval_judgements judgements = judgement_set_complete(&set);
    workers_start(&helpers);
    const custval_status status =
        chosen->members  ? custval_ahp_members(&helpers.host, &judgements, &options, &table, &error)
        : chosen->triads ? custval_ahp_triads(&helpers.host, &judgements, &options, &table, &error)
                         : custval_weights_ahp(&helpers.host, &judgements, &options, &weights, &error);
    if (status != CUSTVAL_OK) judgement_set_fail(&set, &error);
    workers_stop(&helpers);
    judgement_set_free(&set);
    if (table != NULL) {
        command_print(table, printer_format(chosen->out.format, FORMAT_TABLE, ahp_help.name), chosen->out.output);
        custval_table_free(table);
    } else {
        weights_finish(weights, &chosen->out, ahp_help.name, paths, count);
    }
}

int weights_ahp(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    ahp_choices chosen = {0};
    const option options[] = {
        {"--method", 0, OPTION_TEXT, &chosen.method, "NAME",
         "eigenvector, geometric or arithmetic (default: eigenvector)"},
        {"--ri", 0, OPTION_TEXT, &chosen.random_index, "NAME",
         "random index: saaty-1980, saaty-2008, saaty-2005,\n"
         "donegan-dodd-1991, tummala-ling-1998, alonso-lamata-2006, ahpsurvey,\n"
         "alonso-lamata-fit (default: saaty-1980)"},
        {"--cr-limit", 0, OPTION_NUMBER, &chosen.cr_limit, "CR", "remark on a larger consistency ratio (default: 0.1)"},
        {"--grouping", 0, OPTION_TEXT, &chosen.grouping, "NAME",
         "put together judgements, aij, or everyone's weights, aip-geometric\nor aip-arithmetic (default: aij)"},
        {"--member-weights", 0, OPTION_TEXT, &chosen.member_weights, "LIST",
         "importance of each member, in order, with commas between them"},
        {"--members", 0, OPTION_FLAG, &chosen.members, NULL, "show every member's own weights and consistency instead"},
        {"--triads", 0, OPTION_FLAG, &chosen.triads, NULL,
         "list the triads instead, the most inconsistent first, with the\n"
         "judgement to revisit and what would repair it"},
        OPTIONS_OF_WEIGHTS(chosen.out),
        OPTION_DELIMITER(chosen.data),
        OPTION_DECIMAL(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    const size_t count = args_read(argc, argv, &ahp_help, options, 1, ARGS_MOST, arguments);
    args_check_range(ahp_help.name, "--cr-limit", chosen.cr_limit, 0.0, (double)INFINITY);
    for (size_t i = 0; i < count; i++) weights_check(&chosen.out, ahp_help.name, arguments[i]);
    if (chosen.members + chosen.triads + (chosen.out.system != NULL) > 1) {
        fail_usage(ahp_help.name, "only one of --members, --triads and --apply can be asked for");
    }
    ahp(arguments, count, &chosen);
    return EXIT_DONE;
}

/* ---- BWM --------------------------------------------------------------------------------------------------------- */

static const command_help bwm_help = {
    "weights bwm",
    "FILE [OPTIONS]",
    "Makes weights by the best-worst method. The file has the columns criterion, best_to_others (how\n"
    "many times the best is as important as it; 1 for the best) and others_to_worst (how many times\n"
    "it is as important as the worst; 1 for the worst).",
    "  custval weights bwm best-worst.csv\n"
    "  custval weights bwm best-worst.csv --model nonlinear --format json\n",
};

int weights_bwm(int argc, char **argv) {
    static const char *const columns[NAME_LIST_COLUMNS] = {"best_to_others", "others_to_worst", NULL};
    const char *arguments[ARGS_MOST], *model = NULL;
    weights_choice out = {0};
    data_options data = {0};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_bwm_judgements judgements = CUSTVAL_BWM_JUDGEMENTS_INIT;
    custval_weights *weights = NULL;
    name_list list;
    const option options[] = {
        {"--model", 0, OPTION_TEXT, &model, "NAME", "linear or nonlinear (default: linear)"},
        OPTIONS_OF_WEIGHTS(out),
        OPTION_DELIMITER(data),
        OPTION_DECIMAL(data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &bwm_help, options, 1, 1, arguments);
    weights_check(&out, bwm_help.name, arguments[0]);
    judgements.model = args_vocabulary(bwm_help.name, "--model", model, CUSTVAL_WORDS_BWM);
    name_list_open(&list, arguments[0], columns, 2, &data, out.output, bwm_help.name);
    judgements.names = (const char *const *)list.names;
    judgements.count = list.count;
    judgements.best_to_others = list.numbers[0];
    judgements.others_to_worst = list.numbers[1];
    if (custval_weights_bwm(NULL, &judgements, &weights, &error) != CUSTVAL_OK) name_list_fail(&list, &error);
    name_list_free(&list);
    weights_finish(weights, &out, bwm_help.name, arguments, 1);
    return EXIT_DONE;
}
