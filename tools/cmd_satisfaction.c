/* custval satisfaction: what customers expected, what they got, and what follows from it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "satisfaction_verbs.h"

/* ---- What the verbs share ---------------------------------------------------------------------------------------- */

void satisfaction_print_rows(const whole *from, const custval_table *result, const satisfaction_choice *chosen) {
    frame all = {NULL, 0, 0, 0};
    frame_add_ids(&all, custval_table_rows(result), chosen->id, whole_texts(from, chosen->id));
    frame_add_table(&all, result);
    write_frame(&all, printer_format(chosen->format, FORMAT_CSV, "satisfaction"), chosen->output);
    frame_free(&all);
}

/* ---- The command ------------------------------------------------------------------------------------------------- */

static const command_verb verbs[] = {
    {"gap", satisfaction_gap},
    {"zone", satisfaction_zone},
    {"encounters", satisfaction_encounters},
    {"fit", satisfaction_fit},
    {"disconfirmation", satisfaction_disconfirmation},
    {"show", satisfaction_show},
    {"effects", satisfaction_effects},
    {"predict", satisfaction_predict},
    {"penalty", satisfaction_penalty},
    {"kano", satisfaction_kano},
    {"quadrants", satisfaction_quadrants},
    {"nps", satisfaction_nps},
    {"backtest", satisfaction_backtest},
};

static const char help[] =
    "usage: custval satisfaction VERB FILE... [OPTIONS]\n"
    "\n"
    "Value weighs benefit against sacrifice; satisfaction compares what was got with what was expected.\n"
    "\n"
    "Verbs:\n"
    "  gap              performance less expectation, per customer and level\n"
    "  zone             below, within or above the zone of tolerance\n"
    "  encounters       expectation and cumulative satisfaction over time\n"
    "  fit              a link: how an outcome follows from predictors\n"
    "  disconfirmation  satisfaction from expectation and gap; loss aversion\n"
    "  show             the coefficients of a link\n"
    "  effects          what each thing does along a chain of links, directly and indirectly\n"
    "  predict          the outcome that a link expects of each row\n"
    "  penalty          basic, performance and excitement factors\n"
    "  kano             a Kano survey\n"
    "  quadrants        importance against performance\n"
    "  nps              the net promoter score with its error\n"
    "  backtest         a score against what happened later\n"
    "\n"
    "Options:\n"
    "  -h, --help  this text; 'custval satisfaction VERB --help' explains a verb\n"
    "\n"
    "Examples:\n"
    "  custval satisfaction gap system.json answers.csv expectations.csv -o gaps.csv\n"
    "  custval satisfaction fit customers.csv --outcome stayed --predictors value --logistic -o link.json\n"
    "  custval satisfaction predict link.json customers.csv -o predictions.csv\n";

int cmd_satisfaction(int argc, char **argv) {
    return command_dispatch("satisfaction", "verb", verbs, sizeof verbs / sizeof verbs[0], help, argc, argv);
}
