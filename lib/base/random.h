/* Random numbers that are counted, not drawn: number i of stream s of a seed is always the same. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_RANDOM_H
#define CUSTVAL_BASE_RANDOM_H

#include <stdint.h>

/* Philox 4x32-10 (Salmon, Moraes, Dror & Shaw 2011): a bijection of the counter under the key, so that any thread makes
   any number, in any order. */
typedef struct custval__philox {
    uint32_t word[4];
} custval__philox;

/* Block `index` of stream `stream`, e.g. of draw number `stream`. */
custval__philox custval__philox_block(uint64_t seed, uint64_t stream, uint64_t index);

/* A sequence within one stream, for what uses up a varying number of them. */
typedef struct custval__random {
    uint64_t seed, stream, index; /* of the next block */
    custval__philox block;
    unsigned left; /* words of the block not yet used */
} custval__random;

void custval__random_init(custval__random *random, uint64_t seed, uint64_t stream);
uint32_t custval__random_word(custval__random *random);
uint64_t custval__random_word64(custval__random *random);
/* Uniform on (0, 1): the middles of 2^52 equal parts, never 0 or 1. */
double custval__random_unit(custval__random *random);
/* Uniform on 0 .. bound - 1, without bias; bound > 0. */
uint64_t custval__random_below(custval__random *random, uint64_t bound);
/* Standard normal, by inversion: one unit each. */
double custval__random_normal(custval__random *random);
/* Gamma with that shape > 0 and scale 1 (Marsaglia & Tsang 2000). */
double custval__random_gamma(custval__random *random, double shape);

/* Quantile of the standard normal distribution, 0 < p < 1 (Wichura 1988, AS 241), within 1e-15 relative. */
double custval__normal_quantile(double p);
/* Standard errors to either side of a normal interval, 0 < level < 1. By the lower tail, as the upper one may round to 1. */
double custval__normal_half_width(double level);

#endif
