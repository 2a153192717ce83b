/* custval weights: how important each criterion is, by one of many methods. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
#include "weights_verbs.h"

static const command_verb verbs[] = {
    {"ahp", weights_ahp},
    {"bwm", weights_bwm},
    {"rank", weights_rank},
    {"rate", weights_rate},
    {"entropy", weights_entropy},
    {"critic", weights_critic},
    {"deviation", weights_deviation},
    {"variation", weights_variation},
    {"merec", weights_merec},
    {"drivers", weights_drivers},
    {"mix", weights_mix},
    {"compare", weights_compare},
    {"apply", weights_apply_verb},
};

static const char help[] =
    "usage: custval weights METHOD FILE... [OPTIONS]\n"
    "\n"
    "Finds out how important each criterion is. Prints the weights with the numbers that say how far\n"
    "they can be trusted, and remarks; --apply puts them into a system.\n"
    "\n"
    "From judgements, which people write down:\n"
    "  ahp        pairs: how many times more important one is than another (AHP); groups of people\n"
    "  bwm        the best against all, all against the worst (best-worst method)\n"
    "  rank       an order of importance\n"
    "  rate       numbers: shares, points, swings, SMART\n"
    "\n"
    "From data, by how much each column tells apart:\n"
    "  entropy    Shannon's entropy\n"
    "  critic     deviation and conflict (CRITIC)\n"
    "  deviation  standard deviation\n"
    "  variation  coefficient of variation\n"
    "  merec      effect of leaving it out (MEREC)\n"
    "\n"
    "From an outcome:\n"
    "  drivers    what goes with satisfaction, loyalty, a stated value\n"
    "\n"
    "From weights:\n"
    "  mix        mixes two files of weights\n"
    "  compare    stated against derived importance\n"
    "  apply      puts a file of weights into a system\n"
    "\n"
    "Options:\n"
    "  -h, --help  this text; 'custval weights METHOD --help' explains a method\n"
    "\n"
    "Examples:\n"
    "  custval weights ahp judgements.csv\n"
    "  custval weights drivers survey.csv --outcome overall --system system.json\n";

int cmd_weights(int argc, char **argv) {
    return command_dispatch("weights", "method", verbs, sizeof verbs / sizeof verbs[0], help, argc, argv);
}
