/* Random indices: the mean consistency index of random matrices, as several authors found it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/judgements.h>

#include <math.h>

#define LARGEST 15

/* [table][n], as printed. */
static const double tables[][LARGEST + 1] = {
    [CUSTVAL_RANDOM_INDEX_SAATY_1980] = {0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56,
                                         1.57, 1.59},
    [CUSTVAL_RANDOM_INDEX_SAATY_2008] = {0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.53, 1.56,
                                         1.57, 1.59},
    [CUSTVAL_RANDOM_INDEX_SAATY_2005] = {0, 0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56,
                                         1.58, 1.59},
    [CUSTVAL_RANDOM_INDEX_DONEGAN_DODD_1991] = {0, 0, 0, 0.4914, 0.8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055,
                                                1.4213, 1.4497, 1.4643, 1.4822, 1.4969},
    [CUSTVAL_RANDOM_INDEX_TUMMALA_LING_1998] = {0, 0, 0, 0.5799, 0.8921, 1.1159, 1.2358, 1.3322, 1.3952, 1.4537, 1.4882,
                                                1.5117, 1.5356, 1.5571, 1.5714, 1.5831},
    [CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_2006] = {0, 0, 0, 0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499,
                                                 1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838},
    [CUSTVAL_RANDOM_INDEX_AHPSURVEY] = {0, 0, 0, 0.5251686, 0.8836651, 1.1081014, 1.2492774, 1.3415514, 1.4048466,
                                        1.4507197, 1.4857266, 1.5141022, 1.5356638, 1.5545925, 1.5703498, 1.5839958},
};

double custval_random_index_value(uint32_t table, size_t count) {
    if (table == 0) table = CUSTVAL_RANDOM_INDEX_SAATY_1980;
    if (table > CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT || count == 0) return (double)NAN;
    if (count < 3) return 0.0;
    const double n = (double)count;
    if (table == CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT) return (2.7699 * n - 4.3513 - n) / (n - 1.0);
    return count <= LARGEST ? tables[table][count] : (double)NAN;
}
