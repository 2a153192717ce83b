/* custval weights mix, compare, apply: what can be done with weights that there are. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "name_list.h"
#include "weights_out.h"
#include "weights_verbs.h"

static void check_two_inputs(const char *command, const char *const *paths) {
    if (strcmp(paths[0], "-") == 0 && strcmp(paths[1], "-") == 0) {
        fail_usage(command, "only one file can be standard input");
    }
}

/* A message of two files. */
static _Noreturn void fail_both(const char *const *paths, const custval_error *error) {
    fail("%s, %s: %s", input_name(paths[0]), input_name(paths[1]), error->message);
}

/* ---- Mixing ------------------------------------------------------------------------------------------------------ */

static const command_help mix_help = {
    "weights mix",
    "FIRST SECOND [OPTIONS]",
    "Mixes two files of weights with the same names, such as --format csv writes: columns name and\n"
    "weight.",
    "  custval weights mix stated.csv derived.csv --share 0.7\n"
    "  custval weights mix stated.csv derived.csv --method multiplicative --format csv\n",
};

int weights_mix(int argc, char **argv) {
    const char *arguments[ARGS_MOST], *method = NULL;
    double share = 0.0;
    weights_choice out = {0};
    data_options data = {0};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_mix_options mixing = CUSTVAL_MIX_OPTIONS_INIT;
    custval_weights *mixed = NULL;
    const option options[] = {
        {"--method", 0, OPTION_TEXT, &method, "NAME", "arithmetic or multiplicative (default: arithmetic)"},
        {"--share", 0, OPTION_NUMBER, &share, "SHARE", "of the first, 0 to 1 (default: 0.5)"},
        OPTIONS_OF_WEIGHTS(out),
        OPTION_DELIMITER(data),
        OPTION_DECIMAL(data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &mix_help, options, 2, 2, arguments);
    args_check_range(mix_help.name, "--share", share, 0.0, 1.0);
    check_two_inputs(mix_help.name, arguments);
    for (size_t i = 0; i < 2; i++) weights_check(&out, mix_help.name, arguments[i]);
    mixing.mixing = args_vocabulary(mix_help.name, "--method", method, CUSTVAL_WORDS_MIXING);
    if (!isnan(share)) mixing.share = share;
    custval_weights *const first = weights_open(arguments[0], &data, out.output, mix_help.name);
    custval_weights *const second = weights_open(arguments[1], &data, out.output, mix_help.name);
    if (custval_weights_mix(NULL, first, second, &mixing, &mixed, &error) != CUSTVAL_OK) fail_both(arguments, &error);
    custval_weights_free(first);
    custval_weights_free(second);
    weights_finish(mixed, &out, mix_help.name, arguments, 2);
    return EXIT_DONE;
}

/* ---- Comparing --------------------------------------------------------------------------------------------------- */

static const command_help compare_help = {
    "weights compare",
    "STATED DERIVED [OPTIONS]",
    "Compares what people say is important with what turns out to be, in two files of weights with the\n"
    "same names: both (key), only derived (hidden), only stated (expected), neither (minor).",
    "  custval weights compare stated.csv derived.csv\n",
};

int weights_compare(int argc, char **argv) {
    const char *arguments[ARGS_MOST], *format_name = NULL, *path = NULL;
    data_options data = {0};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    const option options[] = {
        OPTION_OF_FORMAT(format_name, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(path),
        OPTION_DELIMITER(data),
        OPTION_DECIMAL(data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &compare_help, options, 2, 2, arguments);
    check_two_inputs(compare_help.name, arguments);
    const int format = printer_format(format_name, FORMAT_TABLE, compare_help.name);
    custval_weights *const stated = weights_open(arguments[0], &data, path, compare_help.name);
    custval_weights *const derived = weights_open(arguments[1], &data, path, compare_help.name);
    if (custval_weights_compare(NULL, stated, derived, &table, &error) != CUSTVAL_OK) fail_both(arguments, &error);
    command_print(table, format, path);
    custval_table_free(table);
    custval_weights_free(stated);
    custval_weights_free(derived);
    return EXIT_DONE;
}

/* ---- Applying ---------------------------------------------------------------------------------------------------- */

static const command_help apply_help = {
    "weights apply",
    "WEIGHTS SYSTEM [OPTIONS]",
    "Gives the weights of a file, with the columns name and weight, to the nodes of a system, and\n"
    "prints the new system. The names are ids of nodes: all children of one node, or all nodes of one\n"
    "level of every group that they touch. The new system records them as stated weights; --apply of\n"
    "the other methods records the method with its diagnostics.",
    "  custval weights apply weights.csv system.json -o weighted.json\n"
    "  custval weights apply weights.csv system.json --profile young --source \"panel of 12\"\n",
};

int weights_apply_verb(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    weights_choice out = {0};
    data_options data = {0};
    const option options[] = {
        OPTION_OF_OUTPUT(out.output), OPTION_OF_APPLIED_PROFILE(out), OPTIONS_OF_ORIGIN(out),
        OPTION_DELIMITER(data),       OPTION_DECIMAL(data),           {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &apply_help, options, 2, 2, arguments);
    check_two_inputs(apply_help.name, arguments);
    custval_weights *const weights = weights_open(arguments[0], &data, out.output, apply_help.name);
    out.system = arguments[1];
    weights_apply(weights, &out, arguments, 1);
    custval_weights_free(weights);
    return EXIT_DONE;
}
