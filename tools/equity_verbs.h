/* The verbs of custval equity. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_EQUITY_VERBS_H
#define CUSTVAL_TOOLS_EQUITY_VERBS_H

#include "command.h"

/* Each gets its own name as argv[0] and gives the exit code. */
int equity_sum(int argc, char **argv);
int equity_markov(int argc, char **argv);
int equity_switching(int argc, char **argv);
int equity_acquisition(int argc, char **argv);
int equity_retention(int argc, char **argv);
int equity_multiple(int argc, char **argv);
int equity_contract(int argc, char **argv);

#endif
