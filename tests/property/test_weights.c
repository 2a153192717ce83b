/* Weights: of any system, profile and context, each group's shares add up to exactly 1. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "random_system.h"

#include <math.h>
#include <stdlib.h>

#define SYSTEMS 2000

static double *doubles(uint32_t count) {
    double *const out = malloc(count * sizeof *out);
    assert_non_null(out);
    return out;
}

/* Id of a profile or context, NULL for number 0. */
static const char *frame_id(const custval_system *system, uint32_t kind, uint32_t number) {
    custval_frame frame = CUSTVAL_FRAME_INIT;
    if (number == 0) return NULL;
    assert_ok(custval_system_frame(system, kind, number - 1, &frame, NULL), NULL);
    return frame.id;
}

static void assert_shares(const custval_system *system, const double *local, const double *global) {
    for (uint32_t parent = 0; parent < custval_system_nodes(system); parent++) {
        custval_node node = CUSTVAL_NODE_INIT;
        assert_ok(custval_system_node(system, parent, &node, NULL), NULL);
        if (node.first_child == CUSTVAL_NONE) continue;
        double total = 0, total_global = 0;
        for (uint32_t child = node.first_child; child != CUSTVAL_NONE; child = node.next_sibling) {
            assert_ok(custval_system_node(system, child, &node, NULL), NULL);
            assert_true(local[child] >= 0 && local[child] <= 1);
            total += local[child];
            total_global += global[child];
        }
        assert_double_bits(total, 1);
        /* Below a side the weights of a level split up what is above them. */
        if (node.kind == CUSTVAL_KIND_INDICATOR || node.kind == CUSTVAL_KIND_ITEM) {
            assert_double_near(total_global, global[parent], 1e-12);
        }
    }
}

static void shares_of_every_group_add_up_to_exactly_one_in_every_weight_set(void **unused) {
    (void)unused;
    support_random random = random_seeded("weights");
    for (int i = 0; i < SYSTEMS; i++) {
        custval_system *const system = random_system(&random, RANDOM_ALL);
        double *const local = doubles(custval_system_nodes(system)), *const global =
                                                                         doubles(custval_system_nodes(system));
        for (uint32_t profile = 0; profile <= custval_system_frames(system, CUSTVAL_PROFILES); profile++) {
            for (uint32_t context = 0; context <= custval_system_frames(system, CUSTVAL_CONTEXTS); context++) {
                assert_ok(custval_system_weights(system, frame_id(system, CUSTVAL_PROFILES, profile),
                                                 frame_id(system, CUSTVAL_CONTEXTS, context), local, global, NULL),
                          NULL);
                assert_shares(system, local, global);
            }
        }
        free(local);
        free(global);
        custval_system_free(system);
    }
}

static void shares_are_in_proportion_to_the_weights(void **unused) {
    (void)unused;
    support_random random = random_seeded("proportion");
    for (int i = 0; i < SYSTEMS; i++) {
        custval_system *const system = random_system(&random, 0);
        double *const local = doubles(custval_system_nodes(system));
        assert_ok(custval_system_weights(system, NULL, NULL, local, NULL, NULL), NULL);
        for (uint32_t node = 0; node < custval_system_nodes(system); node++) {
            custval_node first = CUSTVAL_NODE_INIT;
            assert_ok(custval_system_node(system, node, &first, NULL), NULL);
            if (first.kind != CUSTVAL_KIND_ITEM || first.next_sibling == CUSTVAL_NONE) continue;
            custval_item_spec one = CUSTVAL_ITEM_SPEC_INIT, other = CUSTVAL_ITEM_SPEC_INIT;
            assert_ok(custval_system_item_spec(system, node, &one, NULL), NULL);
            assert_ok(custval_system_item_spec(system, first.next_sibling, &other, NULL), NULL);
            /* Rounding moves a share by a few units in its last place, no more. */
            assert_double_near(local[node] * other.weight, local[first.next_sibling] * one.weight,
                               1e-14 * (one.weight + other.weight));
        }
        free(local);
        custval_system_free(system);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_of_every_group_add_up_to_exactly_one_in_every_weight_set),
        cmocka_unit_test(shares_are_in_proportion_to_the_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
