/* Which keys the objects of a lifetime document have. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/words.h>

#include "lifetime.h"

enum {
    NUMBER = CUSTVAL__JSON_NUMBER,
    TEXT = CUSTVAL__JSON_TEXT,
    ARRAY = CUSTVAL__JSON_ARRAY,
    OBJECT = CUSTVAL__JSON_OBJECT
};

static const custval__member lifetime_members[] = {
    {"custval", TEXT, 0, 0, 1},
    {"version", NUMBER, 0, 0, 1},
    {"model", TEXT, 0, CUSTVAL_WORDS_MODEL, 1},
    {"parameters", OBJECT, NUMBER, 0, 1},
    {"purchase", OBJECT, NUMBER, 0, 0},
    {"dropout", OBJECT, NUMBER, 0, 0},
    {"unit", TEXT, 0, 0, 0},
    {"from", TEXT, 0, 0, 0},
    {"to", TEXT, 0, 0, 0},
    {"fit", OBJECT, 0, 0, 0},
    {"covariance", ARRAY, ARRAY, 0, 0},
    {"spend", OBJECT, 0, 0, 0},
    {NULL, 0, 0, 0, 0},
};

static const custval__member fit_members[] = {
    {"convergence", TEXT, 0, CUSTVAL_WORDS_CONVERGENCE, 1},
    {"iterations", NUMBER, 0, 0, 0},
    {"distinct", NUMBER, 0, 0, 0},
    {"customers", NUMBER, 0, 0, 1},
    {"log_likelihood", NUMBER, 0, 0, 1},
    {"gradient", NUMBER, 0, 0, 0},
    {"condition", NUMBER, 0, 0, 0},
    {"ridge", NUMBER, 0, 0, 0},
    {NULL, 0, 0, 0, 0},
};

const custval__shape custval__lifetime_shapes[CUSTVAL__LIFETIME_SHAPES] = {
    [CUSTVAL__LIFETIME_SHAPE_LIFETIME] = {"lifetime", "a lifetime", lifetime_members},
    [CUSTVAL__LIFETIME_SHAPE_FIT] = {"fit", "a fit", fit_members},
};
