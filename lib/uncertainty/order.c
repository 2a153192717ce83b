/* Order: work space, places of quantiles, and choosing the loops that the processor can run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "order.h"

#include <math.h>

#include "../base/instructions.h"

extern const custval__order_kernels custval__order_kernels_portable, custval__order_kernels_avx2,
    custval__order_kernels_avx512;

static const custval__order_kernels *const sets[] = CUSTVAL__KERNEL_TABLES(custval__order_kernels_);

const custval__order_kernels *custval__order_kernels_named(const char *name) {
    const int set = custval__instructions_find(name);
    return set < 0 ? NULL : sets[set];
}

const custval__order_kernels *custval__order_kernels_best(void) {
    return sets[custval__instructions_best()];
}

void *custval__order_align(void *memory) {
    const size_t past = (uintptr_t)memory % CUSTVAL__ORDER_ALIGNMENT;
    return (unsigned char *)memory + (CUSTVAL__ORDER_ALIGNMENT - past) % CUSTVAL__ORDER_ALIGNMENT;
}

double *custval__order_doubles(custval__arena *arena, size_t count) {
    const size_t more = CUSTVAL__ORDER_ALIGNMENT / sizeof(double);
    void *memory = count > SIZE_MAX - more ? NULL : custval__arena_alloc(arena, count + more, sizeof(double));
    return memory == NULL ? NULL : custval__order_align(memory);
}

custval_status custval__order_new(custval__arena *arena, uint32_t most, custval__order *out) {
    const size_t numbers = most, pick_buckets = CUSTVAL__ORDER_PICK_BUCKETS;
    const size_t buckets = 2 * numbers > pick_buckets ? 2 * numbers : pick_buckets;
    out->bucket = custval__arena_alloc(arena, numbers, sizeof *out->bucket);
    out->start = custval__arena_alloc(arena, buckets + 3, sizeof *out->start);
    out->sorted = custval__arena_alloc(arena, numbers + CUSTVAL__ORDER_COMPARED, sizeof *out->sorted);
    out->words = custval__arena_alloc(arena, numbers + 1, sizeof *out->words);
    out->before = custval__arena_alloc(arena, numbers + 2, sizeof *out->before);
    out->next = custval__arena_alloc(arena, numbers, sizeof *out->next);
    out->owner = custval__arena_alloc(arena, numbers, sizeof *out->owner);
    out->last_seen = custval__arena_alloc(arena, numbers + 1, sizeof *out->last_seen);
    out->list = custval__arena_alloc(arena, numbers, sizeof *out->list);
    const int is_whole = out->bucket != NULL && out->start != NULL && out->sorted != NULL && out->words != NULL &&
                         out->before != NULL && out->next != NULL && out->owner != NULL && out->last_seen != NULL &&
                         out->list != NULL;
    return is_whole ? CUSTVAL_OK : CUSTVAL_ERROR_MEMORY;
}

uint32_t custval__order_place(double share, uint32_t count) {
    // A product that rounding puts just above a whole number is that number.
    const double place = ceil(share * (double)count - (double)count * 1e-12);
    return place < 1.0 ? 1 : place > (double)count ? count : (uint32_t)place;
}
