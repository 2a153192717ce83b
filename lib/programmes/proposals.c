/* What is proposed to a block of customers, and which proposals a customer's plan takes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "proposals.h"

#include <math.h>
#include <string.h>

#include "../base/compiler.h"

static size_t size_of(const custval_programmes *base, uint32_t top) {
    const size_t nearest = base->case_count > 0 ? CUSTVAL__CROWD * sizeof(custval__nearest) : 0;
    /* Bytes that programmes are marked with come last, in whole words. */
    const size_t each = nearest + 2 * sizeof(custval__candidate) + 3 * sizeof(uint64_t) + sizeof(uint64_t);
    const size_t own = base->times_count * CUSTVAL__CROWD * sizeof(custval__candidate);
    return base->programme_count * each + own + (size_t)top * CUSTVAL__CROWD * sizeof(uint32_t);
}

void *custval__proposals_new(const custval_host *host, const custval_programmes *base,
                             const custval_programmes_options *options, custval__crowd *blocks, uint32_t count,
                             custval__proposals **out) {
    const size_t programmes = base->programme_count;
    const uint32_t top = options->top < programmes ? options->top : base->programme_count;
    const size_t size = size_of(base, top);
    custval__proposals *const plans = custval__alloc_zero(host, count, sizeof *plans + size);
    if (plans == NULL) return NULL;
    unsigned char *next = (unsigned char *)(plans + count);
    for (uint32_t i = 0; i < count; i++, next += size) {
        custval__proposals *const plan = &plans[i];
        plan->base = base;
        plan->block = &blocks[i];
        plan->least_net = options->least_net;
        plan->top = top;
        plan->candidates = (custval__candidate *)(void *)next;
        plan->spare = plan->candidates + programmes;
        plan->own = plan->spare + programmes;
        plan->by_rule = (uint64_t *)(void *)(plan->own + base->times_count * CUSTVAL__CROWD);
        plan->by_case = plan->by_rule + programmes;
        plan->group_taken = plan->by_case + programmes;
        plan->nearest = (custval__nearest *)(void *)(plan->group_taken + programmes);
        plan->taken = (uint32_t *)(void *)(plan->nearest + (base->case_count > 0 ? programmes * CUSTVAL__CROWD : 0));
        plan->is_found = (uint8_t *)(plan->taken + (size_t)top * CUSTVAL__CROWD);
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

void custval__proposals_begin(custval__proposals *plan) {
    memset(plan->is_found, 0, plan->base->programme_count);
    memset(plan->group_taken, 0, plan->base->programme_count * sizeof *plan->group_taken);
    memset(plan->taken_count, 0, sizeof plan->taken_count);
    memset(plan->own_count, 0, sizeof plan->own_count);
}

uint64_t custval__proposals_of(custval__proposals *plan, uint32_t p) {
    const custval__programme *const programme = &plan->base->programmes[p];
    if (!plan->is_found[p]) {
        uint64_t open = ready(plan->block, programme);
        if (open != 0 && programme->unless.count > 0) open &= custval__crowd_test(plan->block, &programme->unless).no;
        plan->by_rule[p] = open == 0 ? 0 : open & custval__crowd_test(plan->block, &programme->when).yes;
        plan->by_case[p] = propose_by_case(plan, p, open & ~plan->by_rule[p]);
        plan->is_found[p] = 1;
    }
    return plan->by_rule[p] | plan->by_case[p];
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
        count += (uint32_t)(custval__proposals_of(plan, p) >> row & 1);
    }
    for (uint32_t i = 0; i < count; i++) {
        custval__candidate *const one = &plan->candidates[i];
        one->net =
            custval__programme_net(base, &base->programmes[one->programme], base->rates[segment + one->programme],
                                   custval__proposals_times(plan, one->programme, row));
    }
    if (base->times_count > 0) custval__proposals_sort(plan, count);
    return count;
}

static int is_loss(const custval__proposals *plan, double net) {
    return !isfinite(net) || net < plan->least_net;
}

static int is_contacted_enough(const custval__proposals *plan, const custval__programme *programme, size_t row) {
    if (programme->contact_limit == CUSTVAL_NONE) return 0;
    const double before = plan->block->numbers[(size_t)plan->base->contacted * CUSTVAL__CROWD + row];
    return before + plan->taken_count[row] + 1.0 > programme->contact_limit;
}

static void take(custval__proposals *plan, size_t row, uint32_t p) {
    const uint32_t group = plan->base->programmes[p].group;
    plan->taken[row * plan->top + plan->taken_count[row]++] = p;
    if (group != CUSTVAL_NONE) plan->group_taken[group] |= UINT64_C(1) << row;
}

uint32_t custval__proposals_take(custval__proposals *plan, size_t row, const custval__candidate *candidate) {
    const custval__programme *const programme = &plan->base->programmes[candidate->programme];
    if (is_loss(plan, candidate->net)) return CUSTVAL_PROGRAMME_LOSS;
    if (programme->group != CUSTVAL_NONE && (plan->group_taken[programme->group] >> row & 1) != 0) {
        return CUSTVAL_PROGRAMME_GROUP;
    }
    if (is_contacted_enough(plan, programme, row)) return CUSTVAL_PROGRAMME_CONTACTS;
    if (plan->taken_count[row] == plan->top) return CUSTVAL_PROGRAMME_BEYOND;
    take(plan, row, candidate->programme);
    return CUSTVAL_PROGRAMME_TAKEN;
}

/* ---- Nets of the customer's own ------------------------------------------------------------------------------------- */

/* A heap: its first candidate stands before all others. */
static void push_own(custval__proposals *plan, size_t row, custval__candidate candidate) {
    custval__candidate *const heap = plan->own + row * plan->base->times_count;
    uint32_t at = plan->own_count[row]++;
    for (uint32_t parent; at > 0; at = parent) {
        parent = (at - 1) / 2;
        if (!stands_before(plan, &candidate, &heap[parent])) break;
        heap[at] = heap[parent];
    }
    heap[at] = candidate;
}

static void pop_own(custval__proposals *plan, size_t row) {
    custval__candidate *const heap = plan->own + row * plan->base->times_count;
    const uint32_t count = --plan->own_count[row];
    const custval__candidate last = heap[count];
    uint32_t at = 0;
    for (uint32_t child = 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && stands_before(plan, &heap[child + 1], &heap[child])) child++;
        if (stands_before(plan, &last, &heap[child])) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = last;
}

/* What would be a loss stands in nobody's way. In the order of who has no segment, which is not far from that of any
   customer, so that hardly any candidate moves up its heap. */
static void list_own(custval__proposals *plan) {
    const custval_programmes *const base = plan->base;
    const size_t programmes = base->programme_count;
    const uint32_t *const order = base->orders + base->segment_count * programmes;
    for (size_t i = 0; i < programmes; i++) {
        const uint32_t p = order[i];
        const custval__programme *const programme = &base->programmes[p];
        if (programme->times == CUSTVAL_NONE) continue;
        for (uint64_t bits = custval__proposals_of(plan, p); bits != 0; bits &= bits - 1) {
            const size_t row = CUSTVAL__LOWEST_BIT(bits);
            const double rate = base->rates[custval__proposals_segment(plan, row) * programmes + p];
            const double net = custval__programme_net(base, programme, rate, custval__proposals_times(plan, p, row));
            if (!is_loss(plan, net)) push_own(plan, row, (custval__candidate){net, p});
        }
    }
}

/* Takes those of a customer's own that stand before a candidate (NULL: all), until the plan is full. */
static void take_own(custval__proposals *plan, size_t row, const custval__candidate *next) {
    const custval__candidate *const best = plan->own + row * plan->base->times_count;
    while (plan->own_count[row] > 0 && plan->taken_count[row] < plan->top) {
        if (next != NULL && !stands_before(plan, best, next)) return;
        (void)custval__proposals_take(plan, row, best);
        pop_own(plan, row);
    }
}

/* ---- All customers of a block --------------------------------------------------------------------------------------- */

/* Customers with the same order, programme by programme, until all plans are full: what nobody needs is never found. What
   has another net for each comes in between. */
static void take_in_order(custval__proposals *plan, uint32_t segment, uint64_t open) {
    const custval_programmes *const base = plan->base;
    const size_t start = (size_t)segment * base->programme_count;
    for (uint32_t i = 0; i < base->programme_count && open != 0; i++) {
        const uint32_t p = base->orders[start + i];
        const custval__programme *const programme = &base->programmes[p];
        const custval__candidate candidate = {custval__programme_net(base, programme, base->rates[start + p], 1.0), p};
        if (programme->times != CUSTVAL_NONE || is_loss(plan, candidate.net)) continue;
        uint64_t bits = open;
        if (programme->group != CUSTVAL_NONE) bits &= ~plan->group_taken[programme->group];
        if (bits != 0) bits &= custval__proposals_of(plan, p);
        for (; bits != 0; bits &= bits - 1) {
            const size_t row = CUSTVAL__LOWEST_BIT(bits);
            take_own(plan, row, &candidate);
            (void)custval__proposals_take(plan, row, &candidate);
            if (plan->taken_count[row] == plan->top) open &= ~(UINT64_C(1) << row);
        }
    }
    for (; base->times_count > 0 && open != 0; open &= open - 1) take_own(plan, CUSTVAL__LOWEST_BIT(open), NULL);
}

void custval__proposals_take_all(custval__proposals *plan) {
    const custval_programmes *const base = plan->base;
    uint64_t left = plan->block->all;
    if (plan->top == 0) return;
    if (base->times_count > 0) list_own(plan);
    if (base->segment != CUSTVAL_NONE) {
        const uint64_t *const masks = plan->block->masks + base->traits[base->segment].first_mask;
        for (uint32_t s = 0; s < base->segment_count; s++) take_in_order(plan, s, masks[s]);
        left &= ~plan->block->known[base->segment];
    }
    take_in_order(plan, base->segment_count, left);
}
