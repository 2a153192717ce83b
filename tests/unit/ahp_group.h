/* A group of judges, and what its judgements come to. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_AHP_GROUP_H
#define CUSTVAL_TESTS_AHP_GROUP_H

#include "judging.h"

#define NONE ((double)NAN)

/* Three judges of five criteria: the group of the vectors file. */
static const double uppers[3][10] = {
    {1.0 / 2, 2, 1.0 / 2, 6, 4, 4, 8, 1.0 / 4, 3, 8},
    {1.0 / 2, 4, 1, 4, 4, 2, 8, 1.0 / 4, 3, 7},
    {1.0 / 4, 2, 1, 3, 7, 3, 5, 1.0 / 4, 3, 6},
};
static const double priorities[3][5] = {
    {0.17094659850096607871, 0.45871809344433381674, 0.085473299250483039353, 0.25076356364361309532,
     0.034098445160603969883},
    {0.22910089836861712014, 0.3935619593791402878, 0.082925579936137468164, 0.25319619144675845446,
     0.041215370869346669433},
    {0.15400447742908745179, 0.49219045733288078578, 0.082393713929711386175, 0.22139083584603537562,
     0.050020515462285000641},
};
static const double lambdas[3] = {5.2719662421620884045, 5.131546323468825693, 5.2809627059648789797};
static const double gcis[3] = {0.21410146608636929382, 0.10830379435191332236, 0.2259875170786809089};
static const double importance[3] = {1, 2, 3};

static double group_matrices[3][25];

static inline custval_judgements group(void) {
    for (size_t m = 0; m < 3; m++) judging_fill(uppers[m], 5, group_matrices[m]);
    return judging_of(group_matrices[0], 5, 3);
}

static inline void assert_shares(const custval_weights *weights, const double *expected, double tolerance) {
    for (size_t i = 0; i < custval_weights_count(weights); i++) {
        assert_double_near(custval_weights_share(weights, i), expected[i], tolerance);
    }
}

#endif
