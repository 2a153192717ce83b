/* custval lifetime: who is still a customer, what they will buy, and what that is worth. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lifetime_verbs.h"

static const command_verb verbs[] = {
    {"fit", lifetime_fit},         {"show", lifetime_show},   {"compare", lifetime_compare},
    {"predict", lifetime_predict}, {"track", lifetime_track},
};

static const char help[] =
    "usage: custval lifetime VERB FILE... [OPTIONS]\n"
    "\n"
    "Fits models of purchases, renewals and spend, and predicts from them: P(alive), expected purchases,\n"
    "lifetime value. Data are customers (x, t_x, T, as custval history prints them) or transactions.\n"
    "\n"
    "Verbs:\n"
    "  fit      fits a model, prints its parameters with their errors, writes it as a document\n"
    "  predict  predicts for each customer\n"
    "  track    holds a model against the course of purchases, or against their distribution\n"
    "  compare  compares models of the same data: AIC, BIC, likelihood ratios\n"
    "  show     prints a document's parameters\n"
    "\n"
    "Models: bgnbd, mbgnbd, pnbd (Pareto/NBD), nbd, bgbb (opportunities); sbg, bdw (contracts);\n"
    "gamma-gamma (spend).\n"
    "\n"
    "Options:\n"
    "  -h, --help  this text; 'custval lifetime VERB --help' explains a verb\n"
    "\n"
    "Examples:\n"
    "  custval lifetime fit transactions.csv --end 1997-09-30 -o lifetime.json\n"
    "  custval lifetime predict lifetime.json transactions.csv --end 1997-09-30 --months 12 --rate 0.1\n";

int cmd_lifetime(int argc, char **argv) {
    return command_dispatch("lifetime", "verb", verbs, sizeof verbs / sizeof verbs[0], help, argc, argv);
}
