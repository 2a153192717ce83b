/* The models by number, and the rows that several of them take. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

#include <math.h>

const custval__model *custval__model_of(uint32_t id) {
    static const custval__model *const models[] = {
        &custval__bgnbd, &custval__mbgnbd, &custval__pnbd, &custval__bgbb,
        &custval__nbd,   &custval__sbg,    &custval__bdw,  &custval__gamma_gamma,
    };
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        if (models[i]->id == id) return models[i];
    }
    return NULL;
}

const char *custval__check_purchases(const custval__customers *customers, size_t row) {
    const double x = customers->x[row], t_x = customers->t_x[row], T = customers->T[row];
    if (!(x >= 0)) return "x is below 0";
    if (x != floor(x)) return "x is not an integer";
    if (!(t_x >= 0)) return "t_x is below 0";
    if (!(t_x <= T)) return "t_x is above T";
    if (x == 0 && t_x > 0) return "t_x is above 0, but x is 0";
    return NULL;
}
