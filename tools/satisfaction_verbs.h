/* The verbs of custval satisfaction, and what they share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_SATISFACTION_VERBS_H
#define CUSTVAL_TOOLS_SATISFACTION_VERBS_H

#include "command.h"
#include "whole.h"

/* Each gets its own name as argv[0] and gives the exit code. */
int satisfaction_gap(int argc, char **argv);
int satisfaction_zone(int argc, char **argv);
int satisfaction_encounters(int argc, char **argv);
int satisfaction_penalty(int argc, char **argv);
int satisfaction_kano(int argc, char **argv);
int satisfaction_quadrants(int argc, char **argv);
int satisfaction_nps(int argc, char **argv);
int satisfaction_backtest(int argc, char **argv);
int satisfaction_fit(int argc, char **argv);
int satisfaction_disconfirmation(int argc, char **argv);
int satisfaction_show(int argc, char **argv);
int satisfaction_effects(int argc, char **argv);
int satisfaction_predict(int argc, char **argv);

/* Options of every verb. */
typedef struct satisfaction_choice {
    data_options data;
    const char *output, *format, *id;
} satisfaction_choice;

#define OPTIONS_OF_RESULT(choice, help) OPTION_OF_FORMAT((choice).format, help), OPTION_OF_OUTPUT((choice).output)

/* One row per row of the file, with its name or number. */
void satisfaction_print_rows(const whole *from, const custval_table *result, const satisfaction_choice *chosen);

#endif
