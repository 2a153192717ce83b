/* The models by number. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

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
