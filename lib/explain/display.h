/* Numbers for people: rounded, without the locale. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_EXPLAIN_DISPLAY_H
#define CUSTVAL_EXPLAIN_DISPLAY_H

#include "../base/text.h"

/* At most two decimals, no zeros at the end: "35", "0.5", "66.67". */
size_t custval__display(double value, char out[CUSTVAL__NUMBER_SIZE]);
/* The same, but exact where rounding would make it look like the number that it is compared with. */
size_t custval__display_beside(double value, double other, char out[CUSTVAL__NUMBER_SIZE]);
/* Always two decimals; with_sign: "+" before what is not negative. */
size_t custval__display_fixed(double value, int with_sign, char out[CUSTVAL__NUMBER_SIZE]);

#endif
