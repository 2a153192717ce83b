/* The verbs of custval weights. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_WEIGHTS_VERBS_H
#define CUSTVAL_TOOLS_WEIGHTS_VERBS_H

/* Each gets its own name as argv[0] and gives the exit code. */
int weights_ahp(int argc, char **argv);
int weights_bwm(int argc, char **argv);
int weights_rank(int argc, char **argv);
int weights_rate(int argc, char **argv);
int weights_entropy(int argc, char **argv);
int weights_critic(int argc, char **argv);
int weights_deviation(int argc, char **argv);
int weights_variation(int argc, char **argv);
int weights_merec(int argc, char **argv);
int weights_drivers(int argc, char **argv);
int weights_mix(int argc, char **argv);
int weights_compare(int argc, char **argv);
int weights_apply_verb(int argc, char **argv);

#endif
