/* Instruction sets: found by name, the best one among those that the processor runs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include "base/instructions.h"

static void sets_are_found_by_name(void **state) {
    (void)state;
    assert_int_equal(custval__instructions_find("portable"), CUSTVAL__PORTABLE);
    assert_int_equal(custval__instructions_find("mmx"), -1);
    assert_int_equal(custval__instructions_find(NULL), -1);
}

static void the_best_set_is_the_last_that_runs(void **state) {
    (void)state;
    static const char *const names[CUSTVAL__INSTRUCTION_SETS] = {"portable", "avx2", "avx512"};
    int last = -1;
    for (int set = 0; set < CUSTVAL__INSTRUCTION_SETS; set++) {
        const int found = custval__instructions_find(names[set]);
        assert_true(found == set || found == -1);
        if (found != -1) last = found;
    }
    assert_int_equal(custval__instructions_best(), last);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_are_found_by_name),
        cmocka_unit_test(the_best_set_is_the_last_that_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
