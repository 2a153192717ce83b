/* Counter-based random numbers, and the distributions made from them with our own elementary functions. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "random.h"

#include <math.h>

#include "maths.h"

/* ---- Philox 4x32-10 ------------------------------------------------------------------------------------------------ */

#define ROUNDS 10

custval__philox custval__philox_block(uint64_t seed, uint64_t stream, uint64_t index) {
    const uint32_t multiplier_0 = UINT32_C(0xD2511F53), multiplier_1 = UINT32_C(0xCD9E8D57);
    uint32_t key_0 = (uint32_t)seed, key_1 = (uint32_t)(seed >> 32);
    uint32_t c0 = (uint32_t)index, c1 = (uint32_t)(index >> 32);
    uint32_t c2 = (uint32_t)stream, c3 = (uint32_t)(stream >> 32);
    for (int round = 0; round < ROUNDS; round++) {
        const uint64_t product_0 = (uint64_t)multiplier_0 * c0, product_1 = (uint64_t)multiplier_1 * c2;
        const uint32_t next_0 = (uint32_t)(product_1 >> 32) ^ c1 ^ key_0;
        const uint32_t next_2 = (uint32_t)(product_0 >> 32) ^ c3 ^ key_1;
        c0 = next_0;
        c1 = (uint32_t)product_1;
        c2 = next_2;
        c3 = (uint32_t)product_0;
        key_0 += UINT32_C(0x9E3779B9);
        key_1 += UINT32_C(0xBB67AE85);
    }
    return (custval__philox){{c0, c1, c2, c3}};
}

void custval__random_init(custval__random *random, uint64_t seed, uint64_t stream) {
    *random = (custval__random){.seed = seed, .stream = stream};
}

uint32_t custval__random_word(custval__random *random) {
    if (random->left == 0) {
        random->block = custval__philox_block(random->seed, random->stream, random->index++);
        random->left = 4;
    }
    return random->block.word[4 - random->left--];
}

uint64_t custval__random_word64(custval__random *random) {
    const uint64_t low = custval__random_word(random);
    return (uint64_t)custval__random_word(random) << 32 | low;
}

/* ---- Distributions ------------------------------------------------------------------------------------------------- */

double custval__random_unit(custval__random *random) {
    return ((double)(custval__random_word64(random) >> 12) + 0.5) * 0x1p-52;
}

uint64_t custval__random_below(custval__random *random, uint64_t bound) {
    /* The words below this many would come up once more often than the rest. */
    const uint64_t uneven = (0 - bound) % bound;
    uint64_t word = custval__random_word64(random);
    while (word < uneven) word = custval__random_word64(random);
    return word % bound;
}

double custval__random_normal(custval__random *random) {
    return custval__normal_quantile(custval__random_unit(random));
}

double custval__random_gamma(custval__random *random, double shape) {
    /* Below 1: a gamma of shape + 1 times u^(1/shape). */
    double boost = 1.0;
    if (shape < 1.0) {
        boost = custval__exp(custval__log(custval__random_unit(random)) / shape);
        shape += 1.0;
    }
    const double d = shape - 1.0 / 3.0, c = 1.0 / sqrt(9.0 * d);
    for (;;) {
        const double z = custval__random_normal(random), root = 1.0 + c * z;
        const double u = custval__random_unit(random);
        if (!(root > 0.0)) continue;
        const double cube = root * root * root;
        if (custval__log(u) < 0.5 * z * z + d - d * cube + d * custval__log(cube)) return boost * d * cube;
    }
}

static double ratio(const double *numerator, const double *denominator, int terms, double x) {
    double above = numerator[terms - 1], below = denominator[terms - 1];
    for (int i = terms - 2; i >= 0; i--) {
        above = above * x + numerator[i];
        below = below * x + denominator[i];
    }
    return above / below;
}

double custval__normal_quantile(double p) {
    static const double a[] = {3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                               1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                               3.3430575583588128105e+4, 2.5090809287301226727e+3};
    static const double b[] = {1.0,
                               4.2313330701600911252e+1,
                               6.8718700749205790830e+2,
                               5.3941960214247511077e+3,
                               2.1213794301586595867e+4,
                               3.9307895800092710610e+4,
                               2.8729085735721942674e+4,
                               5.2264952788528545610e+3};
    static const double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                               3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                               2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double d[] = {1.0,
                               2.05319162663775882187e0,
                               1.67638483018380384940e0,
                               6.89767334985100004550e-1,
                               1.48103976427480074590e-1,
                               1.51986665636164571966e-2,
                               5.47593808499534494600e-4,
                               1.05075007164441684324e-9};
    static const double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                               2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                               2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double f[] = {1.0,
                               5.99832206555887937690e-1,
                               1.36929880922735805310e-1,
                               1.48753612908506148525e-2,
                               7.86869131145613259100e-4,
                               1.84631831751005468180e-5,
                               1.42151175831644588870e-7,
                               2.04426310338993978564e-15};
    const double q = p - 0.5;
    if (fabs(q) <= 0.425) return q * ratio(a, b, 8, 0.180625 - q * q);
    const double r = sqrt(-custval__log(q < 0.0 ? p : 1.0 - p));
    const double size = r <= 5.0 ? ratio(c, d, 8, r - 1.6) : ratio(e, f, 8, r - 5.0);
    return q < 0.0 ? -size : size;
}

double custval__normal_half_width(double level) {
    return -custval__normal_quantile((1.0 - level) / 2.0);
}
