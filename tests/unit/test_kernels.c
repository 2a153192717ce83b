/* The inner loops: what they compute, and that every instruction set gives the same bits. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "score/kernels.h"

#define LONGEST CUSTVAL__BLOCK
#define ROOM (LONGEST + 8) /* for arrays that begin anywhere in a vector, and to see what is written beyond the end */
#define ARRAYS 8

typedef struct memory {
    double array[ARRAYS][ROOM];
    uint32_t status[ROOM];
} memory;

/* Arrays of a run: the first row is `at` rows into the memory. */
typedef struct run {
    const custval__kernels *kernels;
    memory *memory;
    uint32_t at, n;
    custval__scale scale;
    double weight;
} run;

static double *array(const run *in, uint32_t which) {
    return &in->memory->array[which][in->at];
}

/* ---- What they compute, written down in the plainest way --------------------------------------------------------- */

static double score_of(double x, const custval__scale *scale) {
    if (!(x >= scale->low && x <= scale->high)) return (double)NAN;
    const double distance = scale->reversed ? scale->high - x : x - scale->low;
    return fmin(distance * scale->slope, 100.0);
}

static const custval__scale scales[] = {
    {1, 10, 0x1.638e38e38e38fp+3, 0x1.4000000000001p+3, 0},
    {1, 10, 0x1.638e38e38e38fp+3, 0x1.4000000000001p+3, 1},
    {0, 500, 0.2, 0x1.f400000000001p+8, 0},
    {-5, 0, 20, DBL_TRUE_MIN, 1},
    {-0.3, 0.1, 250, 0x1.999999999999bp-4, 0},
};

/* Answers that lie at the edges of a scale, or beyond everything. */
static double edge(support_random *random, const custval__scale *scale) {
    const double edges[] = {
        scale->low,
        nextafter(scale->low, -HUGE_VAL),
        nextafter(scale->low, HUGE_VAL),
        scale->high,
        scale->above,
        nextafter(scale->high, -HUGE_VAL),
        0.0,
        -0.0,
        (double)NAN,
        -(double)NAN,
        HUGE_VAL,
        -HUGE_VAL,
        DBL_MAX,
        -DBL_MAX,
        DBL_MIN,
        DBL_TRUE_MIN,
        -DBL_TRUE_MIN,
    };
    return edges[random_below(random, SUPPORT_COUNT(edges))];
}

static void scores_are_those_of_the_formula_and_nan_where_there_is_none(void **unused) {
    (void)unused;
    support_random random = random_seeded("scale");
    const custval__kernels *kernels = custval__kernels_named("portable");
    for (uint32_t s = 0; s < SUPPORT_COUNT(scales); s++) {
        for (int round = 0; round < 2000; round++) {
            double x[5], score[5], sum[5], out[5];
            int some_without = 0;
            for (int i = 0; i < 5; i++) {
                x[i] = round % 2 ? edge(&random, &scales[s]) : random_between(&random, scales[s].low, scales[s].high);
                sum[i] = random_between(&random, -100, 100);
                if (isnan(score_of(x[i], &scales[s]))) some_without = 1;
            }
            assert_int_equal(kernels->scale(x, 5, &scales[s], score), some_without);
            const int refused = kernels->add_scaled(x, 5, &scales[s], 0.3, sum, out);
            if (some_without) assert_true(refused);
            for (int i = 0; i < 5; i++) {
                const double expected = score_of(x[i], &scales[s]);
                assert_double_bits(score[i], expected + 0.0);
                if (!refused) assert_double_bits(out[i], sum[i] + 0.3 * expected);
            }
        }
    }
}

static void an_answer_at_either_end_is_not_refused(void **unused) {
    (void)unused;
    const custval__kernels *kernels = custval__kernels_best();
    for (uint32_t s = 0; s < SUPPORT_COUNT(scales); s++) {
        const double ends[2] = {scales[s].low, scales[s].high}, sum[2] = {0, 0};
        double out[2];
        assert_int_equal(kernels->add_scaled(ends, 2, &scales[s], 1, sum, out), 0);
        assert_double_bits(out[scales[s].reversed], 0);
        assert_double_bits(out[!scales[s].reversed], 100);
    }
}

/* ---- Every instruction set gives the same bits ------------------------------------------------------------------- */

typedef int kernel_call(const run *in);

static int call_scale(const run *in) {
    return in->kernels->scale(array(in, 0), in->n, &in->scale, array(in, 1));
}

static int call_add_scaled(const run *in) {
    const int refused =
        in->kernels->add_scaled(array(in, 0), in->n, &in->scale, in->weight, array(in, 1), array(in, 2));
    if (refused) memset(array(in, 2), 0, in->n * sizeof(double));
    return refused;
}

static int call_add_full(const run *in) {
    in->kernels->add_full(array(in, 0), in->n, in->weight, array(in, 1), array(in, 2));
    return 0;
}

static int call_add(const run *in) {
    in->kernels->add(array(in, 0), array(in, 1), in->n, in->weight, array(in, 2), array(in, 3), array(in, 4));
    return 0;
}

static int call_add_rows(const run *in) {
    in->kernels->add_rows(array(in, 0), array(in, 1), array(in, 2), array(in, 3), in->n, array(in, 4), array(in, 5),
                          array(in, 6), array(in, 7));
    return 0;
}

static int call_divide(const run *in) {
    in->kernels->divide(array(in, 0), array(in, 1), in->n);
    return 0;
}

static int call_subtract(const run *in) {
    in->kernels->subtract(array(in, 0), array(in, 1), in->n, array(in, 2));
    return 0;
}

static int call_subtract_in_place(const run *in) {
    in->kernels->subtract(array(in, 0), array(in, 1), in->n, array(in, 0));
    return 0;
}

static int call_has_unread(const run *in) {
    return in->kernels->has_unread(array(in, 0), array(in, 1), in->n);
}

static int call_cover(const run *in) {
    in->kernels->cover(array(in, 0), in->n, in->weight, array(in, 1));
    return 0;
}

static int call_is_remarkable(const run *in) {
    return in->kernels->is_remarkable(array(in, 0), &in->memory->status[in->at], in->n);
}

static kernel_call *const calls[] = {
    call_scale,    call_add_scaled,        call_add_full,   call_add,   call_add_rows,      call_divide,
    call_subtract, call_subtract_in_place, call_has_unread, call_cover, call_is_remarkable,
};

/* oddity: how many of 1000 numbers are odd ones. */
static void fill(memory *out, support_random *random, const custval__scale *scale, uint32_t oddity) {
    for (uint32_t a = 0; a < ARRAYS; a++) {
        for (uint32_t i = 0; i < ROOM; i++) {
            const int odd = random_below(random, 1000) < oddity;
            out->array[a][i] = !odd                      ? random_between(random, scale->low, scale->high)
                               : random_below(random, 4) ? edge(random, scale)
                                                         : random_double(random);
        }
    }
    for (uint32_t i = 0; i < ROOM; i++) {
        out->status[i] = random_below(random, 1000) < oddity ? 1U << random_below(random, 32) : 0;
    }
}

/* Runs a call on both sets over equal memory: it returns the same, and leaves all of the memory the same. */
static void compare(const custval__kernels *kernels, kernel_call *call, const memory *given, run in) {
    static memory expected, actual;
    expected = actual = *given;
    in.kernels = custval__kernels_named("portable");
    in.memory = &expected;
    const int expected_result = call(&in);
    in.kernels = kernels;
    in.memory = &actual;
    assert_int_equal(call(&in), expected_result);
    for (uint32_t a = 0; a < ARRAYS; a++) {
        for (uint32_t i = 0; i < ROOM; i++) assert_double_bits(actual.array[a][i], expected.array[a][i]);
    }
    assert_memory_equal(actual.status, given->status, sizeof given->status);
}

static void compare_all(const custval__kernels *kernels, support_random *random, uint32_t n) {
    static const uint32_t oddities[] = {0, 3, 300};
    static memory given;
    for (uint32_t o = 0; o < SUPPORT_COUNT(oddities); o++) {
        run in = {.at = random_below(random, 8), .n = n, .scale = scales[random_below(random, SUPPORT_COUNT(scales))]};
        in.weight = oddities[o] > 100 && random_below(random, 2) ? (double)NAN : random_unit(random);
        fill(&given, random, &in.scale, oddities[o]);
        for (uint32_t c = 0; c < SUPPORT_COUNT(calls); c++) compare(kernels, calls[c], &given, in);
    }
}

static void every_instruction_set_gives_the_same_bits(void **unused) {
    (void)unused;
    static const char *const names[] = {"avx2", "avx512"};
    support_random random = random_seeded("kernels");
    for (uint32_t k = 0; k < SUPPORT_COUNT(names); k++) {
        const custval__kernels *kernels = custval__kernels_named(names[k]);
        if (kernels == NULL) continue;
        assert_string_equal(kernels->name, names[k]);
        for (uint32_t n = 0; n <= 130; n++) compare_all(kernels, &random, n);
        for (int round = 0; round < 20; round++) compare_all(kernels, &random, LONGEST);
    }
}

static void the_best_set_is_one_that_is_there(void **unused) {
    (void)unused;
    const custval__kernels *best = custval__kernels_best();
    assert_ptr_equal(custval__kernels_named(best->name), best);
    assert_non_null(custval__kernels_named("portable"));
    assert_null(custval__kernels_named("mmx"));
    assert_null(custval__kernels_named(NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_are_those_of_the_formula_and_nan_where_there_is_none),
        cmocka_unit_test(an_answer_at_either_end_is_not_refused),
        cmocka_unit_test(every_instruction_set_gives_the_same_bits),
        cmocka_unit_test(the_best_set_is_one_that_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
