/* Quantiles of Student's t. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/random.h"
#include "base/student.h"
#include "support.h"

/* By mpmath 1.3 with 40 digits: the regularised incomplete beta function, inverted. */
static void quantiles_are_those_of_forty_digits(void **state) {
    (void)state;
    static const struct {
        double freedom, p, t;
    } cases[] = {
        {1, 0.6, 0.324919696232906249},
        {1, 0.95, 6.3137515146750374},
        {1, 0.975, 12.7062047361746933},
        {1, 0.9995, 636.61924876878973},
        {1, 0.9999999, 3183098.8635132447},
        {2, 0.6, 0.288675134594812815},
        {2, 0.95, 2.91998558035372417},
        {2, 0.975, 4.30265272974946179},
        {2, 0.9995, 31.5990545764453634},
        {2, 0.9999999, 2236.06764267806291},
        {3, 0.6, 0.276670662332689847},
        {3, 0.95, 2.3533634348018229},
        {3, 0.975, 3.18244630528370844},
        {3, 0.9995, 12.9239786366879643},
        {3, 0.9999999, 222.571590986251243},
        {4, 0.6, 0.270722294707597363},
        {4, 0.95, 2.13184678632664953},
        {4, 0.975, 2.77644510519779349},
        {4, 0.9995, 8.61030158137952276},
        {4, 0.9999999, 73.9857580575105313},
        {5, 0.6, 0.267180865704145066},
        {5, 0.95, 2.01504837333302354},
        {5, 0.975, 2.57058183563631478},
        {5, 0.9995, 6.86882662588127513},
        {5, 0.9999999, 39.3418196210526105},
        {9, 0.6, 0.260955336473910952},
        {9, 0.95, 1.83311293265623661},
        {9, 0.975, 2.262157162798205},
        {9, 0.9995, 4.78091258593121792},
        {9, 0.9999999, 14.0407187409251833},
        {29, 0.6, 0.255683634571256085},
        {29, 0.95, 1.69912702653349728},
        {29, 0.975, 2.04522964213270387},
        {29, 0.9995, 3.65940501946637425},
        {29, 0.9999999, 6.76516019347368018},
        {30, 0.6, 0.255605364951912714},
        {30, 0.95, 1.69726088659395738},
        {30, 0.975, 2.04227245630123789},
        {30, 0.9995, 3.64595863504206281},
        {30, 0.9999999, 6.70139951237931482},
        {127, 0.6, 0.253878485587868785},
        {127, 0.95, 1.65694034354206422},
        {127, 0.975, 1.97881953470285381},
        {127, 0.9995, 3.36878529857437179},
        {127, 0.9999999, 5.5004856626175706},
        {128, 0.6, 0.253874329097993755},
        {128, 0.95, 1.65684522608149278},
        {128, 0.975, 1.97867084983783523},
        {128, 0.9995, 3.36816093625603598},
        {128, 0.9999999, 5.49801868619462675},
        {1000, 0.6, 0.253414515839498707},
        {1000, 0.95, 1.64637881728546428},
        {1000, 0.975, 1.9623390808264081},
        {1000, 0.9995, 3.30028264842394416},
        {1000, 0.9999999, 5.23599846939221944},
        {1999, 0.6, 0.253380823682273299},
        {1999, 0.95, 1.64561624818726223},
        {1999, 0.975, 1.9611514201705616},
        {1999, 0.9995, 3.29540057692740872},
        {1999, 0.9999999, 5.21762144921089443},
        {2000, 0.6, 0.253380806820665332},
        {2000, 0.95, 1.64561586669890715},
        {2000, 0.975, 1.96115082609943765},
        {2000, 0.9995, 3.29539813672977075},
        {2000, 0.9999999, 5.21761227945299129},
        {5000, 0.6, 0.253360583969231639},
        {5000, 0.95, 1.64515843759697105},
        {5000, 0.975, 1.96043855170650754},
        {5000, 0.9995, 3.29247372337088231},
        {5000, 0.9999999, 5.20663413012409052},
        {1000000, 0.6, 0.253347170537841622},
        {1000000, 0.95, 1.64485515072204006},
        {1000000, 0.975, 1.95996635681410666},
        {1000000, 0.9995, 3.29053646124872212},
        {1000000, 0.9999999, 5.19937402091442278},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        const double freedom = cases[i].freedom, t = cases[i].t;
        /* Where p is near 1, 1 - p has lost digits already: as many as a double near 1 does not have. */
        const double lost = 2e-16 / (1.0 - cases[i].p);
        assert_double_near(custval__student_quantile(cases[i].p, freedom), t, (1e-12 + lost) * t);
    }
}

/* tan(pi (p - 1/2)), and (2 p - 1) sqrt(2 / (4 p (1 - p))). */
static void one_and_two_degrees_of_freedom_have_closed_forms(void **state) {
    (void)state;
    for (double p = 0.01; p < 1.0; p += 0.01) {
        const double one = tan(acos(-1.0) * (p - 0.5)), two = (2 * p - 1) * sqrt(2 / (4 * p * (1 - p)));
        assert_double_near(custval__student_quantile(p, 1.0), one, 1e-12 * (1.0 + fabs(one)));
        assert_double_near(custval__student_quantile(p, 2.0), two, 1e-12 * (1.0 + fabs(two)));
    }
}

/* By mpmath 1.3 with 50 digits, of the tail (1 - level) / 2: exactly 2^-54 for the second level, next to 1. */
static void half_widths_hold_next_to_certainty(void **state) {
    (void)state;
    static const struct {
        double freedom, at_95, next_to_1;
    } cases[] = {
        {1, 12.706204736174704646, 5734161139222658.6455},     {2, 4.3026527297494638523, 94906265.62425154498657},
        {5, 2.5705818356363155147, 2796.266806497116131222},   {30, 2.04227245630123831, 16.6221128793956356023},
        {1999, 1.961151420170561976, 8.365247802616745909},    {2000, 1.9611508260994380305, 8.365211089039975474},
        {4400, 1.9605032829126206847, 8.325341188538033258},   {4401, 1.9605031603395260113, 8.325333669557053601},
        {100000, 1.9599877075346096386, 8.293807544774953709},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        const double freedom = cases[i].freedom, near = cases[i].at_95, far = cases[i].next_to_1;
        assert_double_near(custval__student_half_width(0.95, freedom), near, 1e-12 * near);
        assert_double_near(custval__student_half_width(0x1.fffffffffffffp-1, freedom), far, 1e-12 * far);
    }
    assert_double_bits(custval__student_half_width(0.95, 0.0), (double)NAN);
}

static void both_sides_mirror_each_other(void **state) {
    (void)state;
    for (double freedom = 1.0; freedom < 5000.0; freedom *= 3.0) {
        assert_double_bits(custval__student_quantile(0.5, freedom), 0.0);
        assert_double_bits(custval__student_quantile(0.25, freedom), -custval__student_quantile(0.75, freedom));
    }
}

static void many_degrees_of_freedom_are_the_normal_distribution(void **state) {
    (void)state;
    assert_double_near(custval__student_quantile(0.975, 1e15), custval__normal_quantile(0.975), 1e-12);
}

static void the_two_ways_meet(void **state) {
    (void)state;
    const double below = custval__student_quantile(0.99, 1999.0), above = custval__student_quantile(0.99, 2000.0);
    assert_true(above < below && below - above < 2e-6);
}

static void what_is_no_probability_has_no_quantile(void **state) {
    (void)state;
    const double none = (double)NAN;
    const double wrong[] = {0.0, 1.0, -0.5, 1.5, none};
    for (size_t i = 0; i < SUPPORT_COUNT(wrong); i++) {
        assert_double_bits(custval__student_quantile(wrong[i], 5.0), none);
    }
    assert_double_bits(custval__student_quantile(0.9, 0.0), none);
    assert_double_bits(custval__student_quantile(0.9, none), none);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_are_those_of_forty_digits),
        cmocka_unit_test(one_and_two_degrees_of_freedom_have_closed_forms),
        cmocka_unit_test(half_widths_hold_next_to_certainty),
        cmocka_unit_test(both_sides_mirror_each_other),
        cmocka_unit_test(many_degrees_of_freedom_are_the_normal_distribution),
        cmocka_unit_test(the_two_ways_meet),
        cmocka_unit_test(what_is_no_probability_has_no_quantile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
