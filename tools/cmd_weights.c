/* custval weights: how important each criterion is, by one of many methods. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "command.h"
#include "output.h"
#include "weights_verbs.h"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} verbs[] = {
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

#define VERBS (sizeof verbs / sizeof verbs[0])

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

static const char *name_at(const void *data, size_t index) {
    (void)data;
    return index < VERBS ? verbs[index].name : NULL;
}

int cmd_weights(int argc, char **argv) {
    char near[MESSAGE_SIZE], shown[QUOTED_SIZE];
    if (argc < 2) fail_usage("weights", "a method is needed");
    const char *const word = argv[1];
    for (size_t i = 0; i < VERBS; i++) {
        if (strcmp(word, verbs[i].name) == 0) return verbs[i].run(argc - 1, argv + 1);
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        output_standard(help, sizeof help - 1);
        return EXIT_DONE;
    }
    fail_usage("weights", "there is no %s %s%s", word[0] == '-' ? "option" : "method",
               quoted(word, strlen(word), shown), args_near(word, name_at, NULL, near, sizeof near));
}
