/* How similar past customers are to those of a block. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "crowd.h"

static double part_of_numbers(const custval__trait *trait, double a, double b) {
    const double part = 1.0 - fabs(a - b) / (trait->high - trait->low);
    return part > 0.0 ? part : 0.0;
}

static double part_of_codes(const custval__trait *trait, uint32_t a, uint32_t b) {
    if (trait->similarities != NULL) return trait->similarities[(size_t)a * trait->value_count + b];
    return a == b ? 1.0 : 0.0;
}

double custval__crowd_part(const custval__crowd *block, const custval__case_trait *of, size_t row) {
    const custval__trait *const trait = &block->base->traits[of->trait];
    const size_t at = (size_t)of->trait * CUSTVAL__CROWD + row;
    if ((block->known[of->trait] >> row & 1) == 0) return (double)NAN;
    return trait->type == CUSTVAL_TRAIT_NUMBER ? part_of_numbers(trait, of->number, block->numbers[at])
                                               : part_of_codes(trait, of->code, block->codes[at]);
}

/* Adds weight x part and weight where the trait is known; the additions of a row keep the order of the traits. */
static void add_trait(const custval__crowd *block, const custval__case_trait *of, double *sum, double *weight) {
    const custval__trait *const trait = &block->base->traits[of->trait];
    const double *const numbers = block->numbers + (size_t)of->trait * CUSTVAL__CROWD;
    const uint32_t *const codes = block->codes + (size_t)of->trait * CUSTVAL__CROWD;
    const double w = trait->weight;
    if (trait->type == CUSTVAL_TRAIT_NUMBER) {
        for (size_t i = 0; i < CUSTVAL__CROWD; i++) {
            const int is_known = numbers[i] == numbers[i];
            sum[i] += is_known ? w * part_of_numbers(trait, of->number, numbers[i]) : 0.0;
            weight[i] += is_known ? w : 0.0;
        }
        return;
    }
    for (size_t i = 0; i < CUSTVAL__CROWD; i++) {
        if (codes[i] == trait->value_count) continue;
        sum[i] += w * part_of_codes(trait, of->code, codes[i]);
        weight[i] += w;
    }
}

void custval__crowd_similarity(const custval__crowd *block, const custval__case *which, double *similarity,
                               double *known) {
    for (size_t i = 0; i < CUSTVAL__CROWD; i++) similarity[i] = known[i] = 0.0;
    for (uint32_t t = 0; t < which->trait_count; t++) add_trait(block, &which->traits[t], similarity, known);
    for (size_t i = 0; i < CUSTVAL__CROWD; i++) {
        similarity[i] = known[i] > 0.0 ? similarity[i] / known[i] : (double)NAN;
        known[i] = which->weight > 0.0 ? known[i] / which->weight : 0.0;
    }
}

void custval__crowd_nearest(const custval__crowd *block, const custval__programme *programme, custval__nearest *out) {
    double similarity[CUSTVAL__CROWD], known[CUSTVAL__CROWD];
    for (size_t i = 0; i < CUSTVAL__CROWD; i++) out[i] = (custval__nearest){(double)NAN, (double)NAN, CUSTVAL_NONE};
    for (uint32_t k = 0; k < programme->case_count; k++) {
        const uint32_t index = block->base->case_order[programme->first_case + k];
        custval__crowd_similarity(block, &block->base->cases[index], similarity, known);
        for (size_t i = 0; i < CUSTVAL__CROWD; i++) {
            const int is_nearer =
                out[i].index == CUSTVAL_NONE ? similarity[i] == similarity[i] : similarity[i] > out[i].similarity;
            if (is_nearer && known[i] >= block->base->known_least) {
                out[i] = (custval__nearest){similarity[i], known[i], index};
            }
        }
    }
}
