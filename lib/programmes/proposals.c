/* What is proposed to a block of customers, and which proposals a customer's plan takes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "proposals.h"

#include <math.h>
#include <string.h>

static size_t size_of(const custval_programmes *base) {
    const size_t nearest = base->case_count > 0 ? CUSTVAL__CROWD * sizeof(custval__nearest) : 0;
    const size_t each = nearest + 2 * sizeof(custval__candidate) + 2 * sizeof(uint64_t) + sizeof(uint64_t);
    return base->programme_count * each;
}

void *custval__proposals_new(const custval_host *host, const custval_programmes *base,
                             const custval_programmes_options *options, custval__crowd *blocks, uint32_t count,
                             custval__proposals **out) {
    const size_t programmes = base->programme_count;
    custval__proposals *const plans = custval__alloc_zero(host, count, sizeof *plans + size_of(base));
    if (plans == NULL) return NULL;
    unsigned char *next = (unsigned char *)(plans + count);
    for (uint32_t i = 0; i < count; i++) {
        custval__proposals *const plan = &plans[i];
        plan->base = base;
        plan->block = &blocks[i];
        plan->least_net = options->least_net;
        plan->top = options->top < programmes ? options->top : base->programme_count;
        plan->candidates = (custval__candidate *)(void *)next;
        plan->spare = plan->candidates + programmes;
        plan->by_rule = (uint64_t *)(void *)(plan->spare + programmes);
        plan->by_case = plan->by_rule + programmes;
        plan->nearest = (custval__nearest *)(void *)(plan->by_case + programmes);
        plan->taken = (uint32_t *)(void *)(plan->nearest + (base->case_count > 0 ? programmes * CUSTVAL__CROWD : 0));
        next += size_of(base);
    }
    *out = plans;
    return plans;
}

/* ---- Proposing ------------------------------------------------------------------------------------------------------ */

/* Who can be told all that the programme needs besides its conditions. */
static uint64_t ready(const custval__crowd *block, const custval__programme *programme) {
    uint64_t bits = block->all;
    if (programme->times != CUSTVAL_NONE) bits &= block->known[programme->times];
    if (programme->contact_limit != CUSTVAL_NONE) bits &= block->known[block->base->contacted];
    return bits;
}

static uint64_t propose_by_case(custval__proposals *plan, uint32_t p, uint64_t open) {
    const custval__programme *const programme = &plan->base->programmes[p];
    if (open == 0 || programme->case_count == 0) return 0;
    custval__nearest *const nearest = plan->nearest + (size_t)p * CUSTVAL__CROWD;
    uint64_t bits = 0;
    custval__crowd_nearest(plan->block, programme, nearest);
    for (size_t i = 0; i < CUSTVAL__CROWD; i++) {
        if (nearest[i].index == CUSTVAL_NONE || !(nearest[i].similarity >= plan->base->similarity_least)) continue;
        if (plan->base->cases[nearest[i].index].succeeded) bits |= UINT64_C(1) << i;
    }
    return bits & open;
}

void custval__proposals_propose(custval__proposals *plan) {
    for (uint32_t p = 0; p < plan->base->programme_count; p++) {
        const custval__programme *const programme = &plan->base->programmes[p];
        uint64_t open = ready(plan->block, programme);
        if (open != 0 && programme->unless.count > 0) open &= custval__crowd_test(plan->block, &programme->unless).no;
        plan->by_rule[p] = open == 0 ? 0 : open & custval__crowd_test(plan->block, &programme->when).yes;
        plan->by_case[p] = propose_by_case(plan, p, open & ~plan->by_rule[p]);
    }
}

/* ---- Ranking and taking --------------------------------------------------------------------------------------------- */

uint32_t custval__proposals_segment(const custval__proposals *plan, size_t row) {
    const custval_programmes *const base = plan->base;
    return base->segment == CUSTVAL_NONE ? base->segment_count
                                         : plan->block->codes[(size_t)base->segment * CUSTVAL__CROWD + row];
}

double custval__proposals_times(const custval__proposals *plan, uint32_t programme, size_t row) {
    const uint32_t times = plan->base->programmes[programme].times;
    return times == CUSTVAL_NONE ? 1.0 : plan->block->numbers[(size_t)times * CUSTVAL__CROWD + row];
}

static int stands_before(const custval__proposals *plan, const custval__candidate *a, const custval__candidate *b) {
    const double priority = plan->base->programmes[a->programme].priority;
    const double other = plan->base->programmes[b->programme].priority;
    if (priority != other) return priority > other;
    return a->net != b->net ? a->net > b->net : a->programme < b->programme;
}

/* Merge sort from the bottom. */
void custval__proposals_sort(custval__proposals *plan, uint32_t count) {
    custval__candidate *const all = plan->candidates, *const spare = plan->spare;
    for (uint32_t width = 1; width < count; width *= 2) {
        for (uint32_t start = 0; start < count; start += 2 * width) {
            const uint32_t middle = start + width < count ? start + width : count;
            const uint32_t end = middle + width < count ? middle + width : count;
            uint32_t left = start, right = middle;
            for (uint32_t at = start; at < end; at++) {
                const int takes_right = left == middle || (right < end && stands_before(plan, &all[right], &all[left]));
                spare[at] = takes_right ? all[right++] : all[left++];
            }
        }
        memcpy(all, spare, count * sizeof *all);
    }
}

/* The order of the segment is that of the row, unless its nets are its own. */
uint32_t custval__proposals_rank(custval__proposals *plan, size_t row) {
    const custval_programmes *const base = plan->base;
    const size_t segment = custval__proposals_segment(plan, row) * (size_t)base->programme_count;
    uint32_t count = 0;
    for (uint32_t i = 0; i < base->programme_count; i++) {
        const uint32_t p = base->orders[segment + i];
        plan->candidates[count].programme = p;
        count += (plan->by_rule[p] | plan->by_case[p]) >> row & 1;
    }
    for (uint32_t i = 0; i < count; i++) {
        custval__candidate *const one = &plan->candidates[i];
        one->net =
            custval__programme_net(base, &base->programmes[one->programme], base->rates[segment + one->programme],
                                   custval__proposals_times(plan, one->programme, row));
    }
    if (base->has_times) custval__proposals_sort(plan, count);
    return count;
}

static int is_taken(const custval__proposals *plan, uint32_t group) {
    for (uint32_t i = 0; i < plan->taken_count; i++) {
        if (plan->base->programmes[plan->taken[i]].group == group) return 1;
    }
    return 0;
}

uint32_t custval__proposals_take(custval__proposals *plan, size_t row, const custval__candidate *candidate) {
    const custval__programme *const programme = &plan->base->programmes[candidate->programme];
    if (!isfinite(candidate->net) || candidate->net < plan->least_net) return CUSTVAL_PROGRAMME_LOSS;
    if (programme->group != CUSTVAL_NONE && is_taken(plan, programme->group)) return CUSTVAL_PROGRAMME_GROUP;
    if (programme->contact_limit != CUSTVAL_NONE) {
        const double before = plan->block->numbers[(size_t)plan->base->contacted * CUSTVAL__CROWD + row];
        if (before + plan->taken_count + 1.0 > programme->contact_limit) return CUSTVAL_PROGRAMME_CONTACTS;
    }
    if (plan->taken_count == plan->top) return CUSTVAL_PROGRAMME_BEYOND;
    plan->taken[plan->taken_count++] = candidate->programme;
    return CUSTVAL_PROGRAMME_TAKEN;
}
