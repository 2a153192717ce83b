/* custval compare: a ranking of offers, and which indicators decide. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "command.h"
#include "loaded.h"

static const command_help help = {
    "compare",
    "SYSTEM OFFERS [OPTIONS]",
    "Ranks offers, one per row of a CSV file, by their value: by how much each leads, its share of\n"
    "choices, how it compares indicator by indicator, and, with prices, quality for money. A table\n"
    "has the best first, csv and json keep the order of the file. With --own it says which indicators\n"
    "decide between that offer and its rivals; in csv and json only that.",
    "  custval compare system.json offers.csv --id brand\n"
    "  custval compare system.json offers.csv --id brand --price price --own Ours\n"
    "  custval compare system.json offers.csv --own 2 --format csv\n",
};

typedef struct choices {
    const char *output, *format, *id, *price, *own;
    score_choice scoring;
    data_options data;
} choices;

typedef struct comparison {
    loaded with;
    custval_compare_options options;
    const char *id;   /* column, may be NULL */
    uint32_t id_slot; /* or ROWS_NO_SLOT */
} comparison;

static int is_in_table(const loaded *with, const char *column) {
    size_t found = 0;
    return custval_table_find(with->table, column, &found, NULL) == CUSTVAL_OK;
}

static void open_comparison(comparison *of, const char *system_path, const char *data_path, const choices *chosen) {
    loaded *const with = &of->with;
    uint32_t price = ROWS_NO_SLOT;
    custval_error error = CUSTVAL_ERROR_INIT;
    loaded_open(with, system_path, data_path, &chosen->scoring, &chosen->data, chosen->output, help.name);
    of->id = chosen->id;
    of->id_slot = ROWS_NO_SLOT;
    if (chosen->id != NULL) of->id_slot = rows_want_text(&with->plan, data_column(&with->data, chosen->id, "--id"));
    if (chosen->price != NULL)
        price = rows_want_number(&with->plan, data_column(&with->data, chosen->price, "--price"));
    loaded_read(with, NULL, NULL);
    if (price != ROWS_NO_SLOT && !is_in_table(with, chosen->price) &&
        custval_table_add_doubles(with->table, chosen->price, with->rows.numbers[price], &error) != CUSTVAL_OK) {
        loaded_fail(with, &error);
    }
    of->options = (custval_compare_options)CUSTVAL_COMPARE_OPTIONS_INIT;
    of->options.score = &with->options;
    of->options.price_column = chosen->price;
}

/* ---- Ranking ----------------------------------------------------------------------------------------------------- */

static void print_ranking(comparison *of, int format, buffer *to) {
    const loaded *const with = &of->with;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *ranking = NULL;
    if (custval_compare(with->system, with->table, &of->options, &ranking, &error) != CUSTVAL_OK) {
        loaded_fail(with, &error);
    }
    frame all = {NULL, 0, 0, 0};
    frame_add_names(&all, with->rows.count, of->id, loaded_texts(with, of->id_slot));
    frame_add_table(&all, ranking);
    if (format == FORMAT_TABLE) frame_order(&all, "rank", 0);
    print_frame(&all, format, with->data.reader.delimiter, with->data.decimal, to);
    frame_free(&all);
    custval_table_free(ranking);
}

/* ---- What decides ------------------------------------------------------------------------------------------------ */

static void print_indicators(comparison *of, const char *own, int format, buffer *to) {
    const loaded *const with = &of->with;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *indicators = NULL;
    if (custval_compare_indicators(with->system, with->table,
                                   loaded_row(with, of->id, of->id_slot, own, "--own", help.name), &of->options,
                                   &indicators, &error) != CUSTVAL_OK) {
        loaded_fail(with, &error);
    }
    frame all = {NULL, 0, 0, 0};
    frame_add_table(&all, indicators);
    print_frame(&all, format, with->data.reader.delimiter, with->data.decimal, to);
    frame_free(&all);
    custval_table_free(indicators);
}

int cmd_compare(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--id", 0, OPTION_TEXT, &chosen.id, "COLUMN", "column that names the offers"},
        {"--price", 0, OPTION_TEXT, &chosen.price, "COLUMN", "column with the price of each offer"},
        {"--own", 0, OPTION_TEXT, &chosen.own, "ROW",
         "what decides for or against this row, an offer: its number,\ncounted from 1, or with --id what stands there"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTION_OF_LANGUAGE(chosen.scoring.language),
        OPTIONS_OF_SCORING(chosen.scoring),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &help, options, 2, 2, arguments);
    command_check_inputs(help.name, arguments[0], arguments[1]);
    const int format = printer_format(chosen.format, FORMAT_TABLE, help.name);
    comparison of;
    buffer text = {NULL, 0, 0};
    open_comparison(&of, arguments[0], arguments[1], &chosen);
    if (format == FORMAT_TABLE || chosen.own == NULL) print_ranking(&of, format, &text);
    if (chosen.own != NULL) {
        if (format == FORMAT_TABLE) buffer_byte(&text, '\n');
        print_indicators(&of, chosen.own, format, &text);
    }
    command_write(chosen.output, &text);
    buffer_free(&text);
    loaded_free(&of.with);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}
