/* custval equity: what all customers are worth, now and to come. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "equity_verbs.h"

static const command_verb verbs[] = {
    {"sum", equity_sum},
    {"markov", equity_markov},
    {"switching", equity_switching},
    {"acquisition", equity_acquisition},
    {"retention", equity_retention},
    {"multiple", equity_multiple},
    {"contract", equity_contract},
};

static const char help[] =
    "usage: custval equity VERB [FILE...] [OPTIONS]\n"
    "\n"
    "What all customers are worth, those to come included, and what winning and keeping them may cost.\n"
    "\n"
    "Verbs:\n"
    "  sum          adds up the values of customers and of prospects, by segment\n"
    "  markov       the value of a customer in each state of a Markov chain\n"
    "  switching    the value of customers to each brand, with a matrix of switching\n"
    "  acquisition  the best spending on winning a prospect\n"
    "  retention    the best spending on keeping a customer\n"
    "  multiple     how many times its margin a customer is worth\n"
    "  contract     the value of a customer under contract\n"
    "\n"
    "Options:\n"
    "  -h, --help  this text; 'custval equity VERB --help' explains a verb\n"
    "\n"
    "Examples:\n"
    "  custval equity sum values.csv --value total --prospects prospects.csv --rate 0.1\n"
    "  custval equity multiple --retention 0.8 --rate 0.12 --first next\n"
    "  custval equity acquisition --ceiling 0.4 --efficiency 0.2 --value 100\n";

int cmd_equity(int argc, char **argv) {
    return command_dispatch("equity", "verb", verbs, sizeof verbs / sizeof verbs[0], help, argc, argv);
}
