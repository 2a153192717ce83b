/* custval worth: what each customer is worth to the firm. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "whole.h"
#include "workers.h"

/* ---- What the verbs share ---------------------------------------------------------------------------------------- */

typedef struct choices {
    data_options data;
    const char *output, *format, *id, *group, *value, *own, *category;
    text_list brands, kept;
    size_t points;
} choices;

static void want_columns(whole *to, const custval_worth *worth, const char *path) {
    for (size_t i = 0; i < custval_worth_columns(worth); i++)
        whole_want_number(to, custval_worth_column(worth, i), path);
}

/* One row per customer, with its name or number. */
static void print_customers(const whole *from, const custval_table *result, uint32_t vocabulary,
                            const choices *chosen) {
    frame all = {NULL, 0, 0, 0};
    frame_add_ids(&all, custval_table_rows(result), chosen->id, whole_texts(from, chosen->id));
    for (size_t i = 0; i < chosen->kept.count; i++) {
        frame_add(&all, chosen->kept.texts[i], FRAME_TEXT, whole_texts(from, chosen->kept.texts[i]));
    }
    frame_add_results(&all, result, vocabulary);
    write_frame(&all, printer_format(chosen->format, FORMAT_CSV, "worth"), chosen->output);
    frame_free(&all);
}

/* ---- value ------------------------------------------------------------------------------------------------------- */

static const command_help value_help = {
    "worth value",
    "WORTH CUSTOMERS [OPTIONS]",
    "Gives the value of each customer by the parts of a worth document: existing, potential, influence,\n"
    "learning; the total, its share and rank. Says how many customers cost more than they bring.",
    "  custval worth value worth.json customers.csv --keep segment -o values.csv\n",
};

static void note_losses(const custval_table *values) {
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t column = 0, losses = 0;
    if (custval_table_find(values, "loss_maker", &column, NULL) != CUSTVAL_OK) return;
    for (size_t row = 0; row < custval_table_rows(values); row++) {
        double is_loss = 0.0;
        if (custval_table_number(values, column, row, &is_loss, &error) != CUSTVAL_OK) fail_error(NULL, &error);
        losses += is_loss == 1.0;
    }
    if (losses > 0)
        note("%zu of %zu customers cost more than they bring now (loss_maker)", losses, custval_table_rows(values));
}

static int worth_value(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTION_OF_ID(chosen.id),
        {"--keep", 0, OPTION_TEXTS, &chosen.kept, "COLUMN", "print this column of CUSTOMERS, too; may be repeated"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: csv)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_worth_options how = CUSTVAL_WORTH_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *values = NULL;
    whole from;
    workers helpers;
    args_read(argc, argv, &value_help, options, 2, 2, arguments);
    printer_format(chosen.format, FORMAT_CSV, value_help.name);
    command_check_inputs(value_help.name, arguments[0], arguments[1]);
    workers_start(&helpers);
    custval_worth *const worth = worth_load(arguments[0], chosen.output);
    whole_open(&from, arguments[1], &chosen.data, chosen.output, value_help.name);
    want_columns(&from, worth, arguments[0]);
    whole_want_id(&from, &chosen.id);
    for (size_t i = 0; i < chosen.kept.count; i++) whole_want_text(&from, chosen.kept.texts[i], "--keep");
    custval_table *const table = whole_read(&from);
    how.host = &helpers.host;
    if (custval_worth_value(worth, table, &how, &values, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    print_customers(&from, values, CUSTVAL_WORDS_WORTH_ROW, &chosen);
    note_losses(values);
    custval_table_free(values);
    custval_table_free(table);
    whole_free(&from);
    custval_worth_free(worth);
    workers_stop(&helpers);
    free(chosen.kept.texts);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- returns ----------------------------------------------------------------------------------------------------- */

static const command_help returns_help = {
    "worth returns",
    "WORTH CUSTOMERS [OPTIONS]",
    "Gives the return on each class of cost - attracting, acquiring, developing, keeping, service - for\n"
    "all customers or by group.",
    "  custval worth returns worth.json customers.csv --group region\n",
};

static int worth_returns(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--group", 0, OPTION_TEXT, &chosen.group, "COLUMN", "column of the group of a customer"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_returns_options how = CUSTVAL_RETURNS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *returns = NULL;
    whole from;
    args_read(argc, argv, &returns_help, options, 2, 2, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, returns_help.name);
    command_check_inputs(returns_help.name, arguments[0], arguments[1]);
    custval_worth *const worth = worth_load(arguments[0], chosen.output);
    whole_open(&from, arguments[1], &chosen.data, chosen.output, returns_help.name);
    want_columns(&from, worth, arguments[0]);
    if (chosen.group != NULL) whole_want_text(&from, chosen.group, "--group");
    custval_table *const table = whole_read(&from);
    how.segment = chosen.group;
    if (custval_worth_returns(worth, table, &how, &returns, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    command_print(returns, format, chosen.output);
    custval_table_free(returns);
    custval_table_free(table);
    whole_free(&from);
    custval_worth_free(worth);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- curve ------------------------------------------------------------------------------------------------------- */

static const command_help curve_help = {
    "worth curve",
    "VALUES [OPTIONS]",
    "Gives the whale curve: which share of the value the best customers bring, from the best to the\n"
    "worst, with the Gini coefficient. VALUES is what custval worth value prints, or any file with a\n"
    "column of values.",
    "  custval worth curve values.csv\n  custval worth curve lifetimes.csv --value value --points 100 --format csv\n",
};

static void note_facts(const custval_concentration_facts *facts) {
    note("%llu customers, %llu below 0, %llu without a value", (unsigned long long)facts->count,
         (unsigned long long)facts->negative, (unsigned long long)facts->missing);
    if (isnan(facts->gini)) return;
    note("sum %g; the best tenth brings %g %%, the curve is highest with %g %% at %g %% of the customers; Gini %g",
         round(facts->sum * 100.0) / 100.0, round(facts->top_decile * 1000.0) / 10.0,
         round(facts->peak * 1000.0) / 10.0, round(facts->peak_customers * 1000.0) / 10.0,
         round(facts->gini * 1000.0) / 1000.0);
}

static int worth_curve(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--value", 0, OPTION_TEXT, &chosen.value, "COLUMN", "column of the value (default: total)"},
        {"--points", 0, OPTION_COUNT, &chosen.points, "N", "so many equal shares of customers (default: 10)"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_concentration_options how = CUSTVAL_CONCENTRATION_OPTIONS_INIT;
    custval_concentration_facts facts = CUSTVAL_CONCENTRATION_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *curve = NULL;
    whole from;
    args_read(argc, argv, &curve_help, options, 1, 1, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, curve_help.name);
    whole_open(&from, arguments[0], &chosen.data, chosen.output, curve_help.name);
    how.column = chosen.value == NULL ? "total" : chosen.value;
    how.points = chosen.points == 0 ? 10 : (uint32_t)(chosen.points < UINT32_MAX ? chosen.points : UINT32_MAX);
    whole_want_number(&from, how.column, "the curve (--value)");
    custval_table *const table = whole_read(&from);
    if (custval_concentration(table, &how, &facts, &curve, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    command_print(curve, format, chosen.output);
    note_facts(&facts);
    custval_table_free(curve);
    custval_table_free(table);
    whole_free(&from);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- wallet ------------------------------------------------------------------------------------------------------ */

static const command_help wallet_help = {
    "worth wallet",
    "CUSTOMERS (--own COLUMN --category COLUMN | --brand COLUMN...) [OPTIONS]",
    "Gives each customer's share of wallet: own spending of all spending in the category; or, where\n"
    "spending is not known, from ratings of the brands in use (Wallet Allocation Rule).",
    "  custval worth wallet customers.csv --own spend --category category_spend\n"
    "  custval worth wallet survey.csv --brand ours --brand theirs --brand other\n",
};

static int worth_wallet(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--own", 0, OPTION_TEXT, &chosen.own, "COLUMN", "column of the spending with us"},
        {"--category", 0, OPTION_TEXT, &chosen.category, "COLUMN", "column of all spending in the category"},
        {"--brand", 0, OPTION_TEXTS, &chosen.brands, "COLUMN",
         "column of a brand's rating, higher is better; may be repeated"},
        OPTION_OF_ID(chosen.id),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: csv)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_wallet_options how = CUSTVAL_WALLET_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *shares = NULL;
    whole from;
    args_read(argc, argv, &wallet_help, options, 1, 1, arguments);
    printer_format(chosen.format, FORMAT_CSV, wallet_help.name);
    const int is_spending = chosen.own != NULL && chosen.category != NULL;
    if (is_spending == (chosen.brands.count > 0) || (!is_spending && (chosen.own != NULL || chosen.category != NULL))) {
        fail_usage(wallet_help.name, "either --own and --category, or --brand is needed");
    }
    whole_open(&from, arguments[0], &chosen.data, chosen.output, wallet_help.name);
    if (is_spending) whole_want_number(&from, chosen.own, "--own");
    if (is_spending) whole_want_number(&from, chosen.category, "--category");
    for (size_t i = 0; i < chosen.brands.count; i++) whole_want_number(&from, chosen.brands.texts[i], "--brand");
    whole_want_id(&from, &chosen.id);
    custval_table *const table = whole_read(&from);
    how.own = chosen.own;
    how.category = chosen.category;
    how.brands = chosen.brands.texts;
    how.brands_count = chosen.brands.count;
    const custval_status status = is_spending ? custval_wallet_share(table, &how, &shares, &error)
                                              : custval_wallet_allocation(table, &how, &shares, &error);
    if (status != CUSTVAL_OK) whole_fail(&from, &error);
    print_customers(&from, shares, CUSTVAL_WORDS_WALLET_ROW, &chosen);
    custval_table_free(shares);
    custval_table_free(table);
    whole_free(&from);
    free(chosen.brands.texts);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- The command ------------------------------------------------------------------------------------------------- */

static const command_verb verbs[] = {
    {"value", worth_value},
    {"returns", worth_returns},
    {"curve", worth_curve},
    {"wallet", worth_wallet},
};

static const char help[] =
    "usage: custval worth VERB FILE... [OPTIONS]\n"
    "\n"
    "What each customer is worth to the firm. A worth document says how value comes from columns:\n"
    "existing value (profit now), potential (purchases to come), influence (purchases of others),\n"
    "learning.\n"
    "\n"
    "Verbs:\n"
    "  value    the value of each customer by parts\n"
    "  returns  the return on each class of cost, by group\n"
    "  curve    the whale curve: how the value is spread over the customers\n"
    "  wallet   share of wallet\n"
    "\n"
    "Options:\n"
    "  -h, --help  this text; 'custval worth VERB --help' explains a verb\n"
    "\n"
    "Examples:\n"
    "  custval worth value worth.json customers.csv -o values.csv\n"
    "  custval worth curve values.csv\n";

int cmd_worth(int argc, char **argv) {
    return command_dispatch("worth", "verb", verbs, sizeof verbs / sizeof verbs[0], help, argc, argv);
}
