/* custval equity acquisition, retention, multiple, contract: formulas on single numbers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "equity_verbs.h"

/* Fails as usage unless the number was given. */
static double needed(const char *command, const char *option_name, double number) {
    if (isnan(number)) fail_usage(command, "%s is needed", option_name);
    return number;
}

static double number_or(double number, double otherwise) {
    return isnan(number) ? otherwise : number;
}

/* One row of named numbers. */
static void print_numbers(const char *const *names, const double *numbers, size_t count, const char *format,
                          const char *output, const char *command) {
    frame all = {NULL, 0, 1, 0};
    buffer text = {NULL, 0, 0};
    for (size_t i = 0; i < count; i++) frame_add(&all, names[i], FRAME_NUMBER, &numbers[i]);
    print_frame(&all, printer_format(format, FORMAT_TABLE, command), ',', '.', &text);
    command_write(output, &text);
    buffer_free(&text);
    frame_free(&all);
}

/* ---- Spending ---------------------------------------------------------------------------------------------------- */

static const command_help acquisition_help = {
    "equity acquisition",
    "--ceiling C --efficiency K --value V [OPTIONS]",
    "Gives the spending per prospect that leaves most, where the share won is\n"
    "ceiling x (1 - exp(-efficiency x spend)) (Blattberg & Deighton 1996), the share, what is left, and\n"
    "the spending above which nothing is left.",
    "  custval equity acquisition --ceiling 0.4 --efficiency 0.2 --value 100\n",
};

static const command_help retention_help = {
    "equity retention",
    "--ceiling C --efficiency K --margin M --rate R [OPTIONS]",
    "Gives the spending per customer and period on keeping that leaves most, where the share kept is\n"
    "ceiling x (1 - exp(-efficiency x spend)) (Blattberg & Deighton 1996).",
    "  custval equity retention --ceiling 0.9 --efficiency 0.1 --margin 50 --rate 0.1\n",
};

typedef struct spending_choices {
    const char *format, *output;
    double ceiling, efficiency, value, margin, rate;
} spending_choices;

static int spend(int argc, char **argv, const command_help *help, int is_retention) {
    static const char *const names[] = {"spend", "share", "value", "allowable"};
    const char *arguments[ARGS_MOST];
    spending_choices chosen = {0};
    const option response[] = {
        {"--ceiling", 0, OPTION_NUMBER, &chosen.ceiling, "C", "share that no spending exceeds, above 0 to 1"},
        {"--efficiency", 0, OPTION_NUMBER, &chosen.efficiency, "K", "how fast it is approached, per unit of money"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        {"--value", 0, OPTION_NUMBER, &chosen.value, "V", "what a customer who was won is worth"},
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    const option retention[] = {
        response[0],
        response[1],
        response[2],
        response[3],
        {"--margin", 0, OPTION_NUMBER, &chosen.margin, "M", "margin per period of a customer who was kept"},
        {"--rate", 0, OPTION_NUMBER, &chosen.rate, "R", "discount rate per period"},
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_spending out;
    args_read(argc, argv, help, is_retention ? retention : response, 0, 0, arguments);
    const custval_response how = {needed(help->name, "--ceiling", chosen.ceiling),
                                  needed(help->name, "--efficiency", chosen.efficiency)};
    const custval_status status =
        is_retention ? custval_retention_optimum(&how, needed(help->name, "--margin", chosen.margin),
                                                 needed(help->name, "--rate", chosen.rate), &out, &error)
                     : custval_acquisition_optimum(&how, needed(help->name, "--value", chosen.value), &out, &error);
    if (status != CUSTVAL_OK) fail_error(NULL, &error);
    const double numbers[] = {out.spend, out.share, out.value, out.allowable};
    print_numbers(names, numbers, sizeof numbers / sizeof numbers[0], chosen.format, chosen.output, help->name);
    return EXIT_DONE;
}

int equity_acquisition(int argc, char **argv) {
    return spend(argc, argv, &acquisition_help, 0);
}

int equity_retention(int argc, char **argv) {
    return spend(argc, argv, &retention_help, 1);
}

/* ---- Multiples and contracts ------------------------------------------------------------------------------------- */

typedef struct terms_choices {
    const char *format, *output, *first, *timing;
    double retention, rate, growth, contribution, cost;
    size_t periods;
} terms_choices;

#define OPTION_FIRST(chosen)                                             \
  {                                                                      \
    "--first", 0, OPTION_TEXT, &(chosen).first, "WHEN",                  \
        "the first margin comes now, or next: after one period (needed)" \
  }

static uint32_t first_of(const terms_choices *chosen, const char *command) {
    if (chosen->first == NULL) fail_usage(command, "--first now or next is needed: the two differ by a whole margin");
    return args_vocabulary(command, "--first", chosen->first, CUSTVAL_WORDS_FIRST_MARGIN);
}

static uint32_t periods_of(const terms_choices *chosen) {
    return (uint32_t)(chosen->periods < UINT32_MAX ? chosen->periods : UINT32_MAX);
}

static const command_help multiple_help = {
    "equity multiple",
    "--retention P --rate R --first WHEN [OPTIONS]",
    "Gives how many times the margin of a period a customer is worth (Gupta & Lehmann 2003).",
    "  custval equity multiple --retention 0.8 --rate 0.12 --first next\n"
    "  custval equity multiple --retention 0.8 --rate 0.12 --first now --growth 0.02 --periods 5\n",
};

int equity_multiple(int argc, char **argv) {
    static const char *const names[] = {"multiple"};
    const char *arguments[ARGS_MOST];
    terms_choices chosen = {0};
    const option options[] = {
        {"--retention", 0, OPTION_NUMBER, &chosen.retention, "P", "share of customers kept per period"},
        {"--rate", 0, OPTION_NUMBER, &chosen.rate, "R", "discount rate per period"},
        OPTION_FIRST(chosen),
        {"--growth", 0, OPTION_NUMBER, &chosen.growth, "G", "growth of the margin per period (default: 0)"},
        {"--periods", 0, OPTION_COUNT, &chosen.periods, "N", "number of margins (default: for ever)"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_multiple_terms terms = CUSTVAL_MULTIPLE_TERMS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    double multiple = 0.0;
    args_read(argc, argv, &multiple_help, options, 0, 0, arguments);
    terms.retention = needed(multiple_help.name, "--retention", chosen.retention);
    terms.rate = needed(multiple_help.name, "--rate", chosen.rate);
    terms.growth = number_or(chosen.growth, 0.0);
    terms.first = first_of(&chosen, multiple_help.name);
    terms.periods = periods_of(&chosen);
    if (custval_margin_multiple(&terms, &multiple, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    print_numbers(names, &multiple, 1, chosen.format, chosen.output, multiple_help.name);
    return EXIT_DONE;
}

static const command_help contract_help = {
    "equity contract",
    "--contribution M --retention P --rate R --periods N --first WHEN\n                              [OPTIONS]",
    "Gives the value of a customer under contract over N periods (Berger & Nasr 1998).",
    "  custval equity contract --contribution 260 --retention 0.75 --rate 0.2 --periods 10 --first now\n",
};

int equity_contract(int argc, char **argv) {
    static const char *const names[] = {"value"};
    const char *arguments[ARGS_MOST];
    terms_choices chosen = {0};
    const option options[] = {
        {"--contribution", 0, OPTION_NUMBER, &chosen.contribution, "M", "contribution of a period"},
        {"--cost", 0, OPTION_NUMBER, &chosen.cost, "C", "cost of keeping the customer, per period (default: 0)"},
        {"--cost-timing", 0, OPTION_TEXT, &chosen.timing, "T",
         "it is paid at the end, middle or begin of a period\n(default: middle)"},
        {"--retention", 0, OPTION_NUMBER, &chosen.retention, "P", "probability of renewal"},
        {"--rate", 0, OPTION_NUMBER, &chosen.rate, "R", "discount rate per period"},
        {"--periods", 0, OPTION_COUNT, &chosen.periods, "N", "last period"},
        OPTION_FIRST(chosen),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_contract_terms terms = CUSTVAL_CONTRACT_TERMS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    double value = 0.0;
    args_read(argc, argv, &contract_help, options, 0, 0, arguments);
    terms.contribution = needed(contract_help.name, "--contribution", chosen.contribution);
    terms.cost = number_or(chosen.cost, 0.0);
    terms.cost_timing = args_vocabulary(contract_help.name, "--cost-timing", chosen.timing, CUSTVAL_WORDS_TIMING);
    terms.retention = needed(contract_help.name, "--retention", chosen.retention);
    terms.rate = needed(contract_help.name, "--rate", chosen.rate);
    terms.first = first_of(&chosen, contract_help.name);
    terms.periods = periods_of(&chosen);
    if (terms.periods == 0) fail_usage(contract_help.name, "--periods is needed");
    if (custval_contractual_value(&terms, &value, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    print_numbers(names, &value, 1, chosen.format, chosen.output, contract_help.name);
    return EXIT_DONE;
}
