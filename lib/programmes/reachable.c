/* Whether a condition can be true, and false: by its parts, and by pairs of comparisons that must hold together. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "reachable.h"

#include <math.h>

/* What is looked at, so that no document takes long: nodes of a tree, whose pairs are the square; pairs of values. */
#define NODES_MOST 1024
#define VALUE_PAIRS_MOST 4096

/* ---- Pairs ---------------------------------------------------------------------------------------------------------- */

/* The numbers for which a comparison is true: from low to high, without the ends if they are open. */
typedef struct interval {
    double low, high;
    int is_open_low, is_open_high;
} interval;

static interval interval_of(const custval__condition *node) {
    interval out = {-(double)INFINITY, (double)INFINITY, 0, 0};
    if (node->test == CUSTVAL__TEST_EQUAL) out.low = out.high = node->number;
    if (node->test == CUSTVAL__TEST_BELOW || node->test == CUSTVAL__TEST_MOST) out.high = node->number;
    if (node->test == CUSTVAL__TEST_ABOVE || node->test == CUSTVAL__TEST_LEAST) out.low = node->number;
    out.is_open_high = node->test == CUSTVAL__TEST_BELOW;
    out.is_open_low = node->test == CUSTVAL__TEST_ABOVE;
    return out;
}

static int are_apart(const custval__condition *a, const custval__condition *b) {
    const interval one = interval_of(a), other = interval_of(b);
    if (one.low > other.high || other.low > one.high) return 1;
    return (one.low == other.high && (one.is_open_low || other.is_open_high)) ||
           (other.low == one.high && (other.is_open_low || one.is_open_high));
}

/* Perhaps, if there are many. */
static int share_a_value(const custval__condition *a, const custval__condition *b) {
    if ((uint64_t)a->code_count * b->code_count > VALUE_PAIRS_MOST) return 1;
    for (uint32_t i = 0; i < a->code_count; i++) {
        for (uint32_t k = 0; k < b->code_count; k++) {
            if (a->codes[i] == b->codes[k]) return 1;
        }
    }
    return 0;
}

/* Can both comparisons never be true of one customer? */
static int contradict(const custval_programmes *base, const custval__condition *a, const custval__condition *b) {
    if (a->trait != b->trait) return 0;
    if (a->test == CUSTVAL__TEST_MISSING || b->test == CUSTVAL__TEST_MISSING) return a->test != b->test;
    if (a->test == CUSTVAL__TEST_THERE || b->test == CUSTVAL__TEST_THERE) return 0;
    return base->traits[a->trait].type == CUSTVAL_TRAIT_NUMBER ? are_apart(a, b) : !share_a_value(a, b);
}

/* Marks every `all` that demands what contradicts itself. owners: the highest `all` that demands a node, through nothing
   but others; the node itself if none does. */
static void mark_contradictions(const custval_programmes *base, const custval__tree *tree, uint32_t *owners,
                                uint8_t *is_impossible) {
    for (uint32_t i = 0; i < tree->count; i++) owners[i] = i;
    for (uint32_t i = 0; i < tree->count; i++) {
        const custval__condition *const node = &tree->nodes[i];
        for (uint32_t k = 0; node->kind == CUSTVAL__CONDITION_ALL && k < node->count; k++) {
            owners[node->first + k] = owners[i];
        }
    }
    for (uint32_t i = 0; tree->count <= NODES_MOST && i < tree->count; i++) {
        if (tree->nodes[i].kind != CUSTVAL__CONDITION_TEST) continue;
        for (uint32_t k = i + 1; k < tree->count; k++) {
            if (owners[i] != owners[k] || tree->nodes[k].kind != CUSTVAL__CONDITION_TEST) continue;
            if (contradict(base, &tree->nodes[i], &tree->nodes[k])) is_impossible[owners[i]] = 1;
        }
    }
}

/* ---- Parts ---------------------------------------------------------------------------------------------------------- */

enum { TRUE_BIT = 1, FALSE_BIT = 2 };

/* A comparison with all values of a category, which are named once each, is never false, one with none never true. */
static uint8_t reach_of_test(const custval_programmes *base, const custval__condition *node) {
    if (node->test != CUSTVAL__TEST_IN) return TRUE_BIT | FALSE_BIT;
    if (node->code_count == 0) return FALSE_BIT;
    return node->code_count == base->traits[node->trait].value_count ? TRUE_BIT : TRUE_BIT | FALSE_BIT;
}

static uint8_t reach_of(const custval_programmes *base, const custval__condition *node, const uint8_t *reach) {
    if (node->kind == CUSTVAL__CONDITION_TEST) return reach_of_test(base, node);
    uint8_t any = 0, all = TRUE_BIT | FALSE_BIT;
    for (uint32_t i = node->first; i < node->first + node->count; i++) {
        any |= reach[i];
        all &= reach[i];
    }
    if (node->kind == CUSTVAL__CONDITION_ALL) return (uint8_t)((all & TRUE_BIT) | (any & FALSE_BIT));
    if (node->kind == CUSTVAL__CONDITION_ANY) return (uint8_t)((any & TRUE_BIT) | (all & FALSE_BIT));
    return (uint8_t)((any & TRUE_BIT ? FALSE_BIT : 0) | (any & FALSE_BIT ? TRUE_BIT : 0));
}

custval__reach custval__reachable(const custval_programmes *base, const custval__tree *tree, uint8_t *scratch) {
    uint32_t *const owners = (uint32_t *)(void *)scratch;
    uint8_t *const reach = scratch + tree->count * sizeof *owners, *const is_impossible = reach + tree->count;
    for (uint32_t i = 0; i < tree->count; i++) is_impossible[i] = 0;
    mark_contradictions(base, tree, owners, is_impossible);
    for (uint32_t i = tree->count; i > 0; i--) {
        reach[i - 1] = reach_of(base, &tree->nodes[i - 1], reach);
        if (is_impossible[i - 1]) reach[i - 1] &= (uint8_t)~TRUE_BIT;
    }
    return (custval__reach){(reach[0] & TRUE_BIT) != 0, (reach[0] & FALSE_BIT) != 0};
}
