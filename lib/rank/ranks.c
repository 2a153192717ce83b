/* custval_ranks: numbers in order, with a rule for ties; scores that differ by rounding alone are ties, too. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "rank.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"

typedef struct place {
    double number, rounding;
    size_t index;
} place;

// Of equal numbers the one that rounding may have moved furthest, so that the order of the rows decides nothing.
static int is_before(place a, place b) {
    return a.number == b.number ? a.rounding >= b.rounding : a.number > b.number;
}

// Merge sort, the highest number first: n log n whatever the numbers are, and no memory but the host's. `spare` has room
// for as many.
static void sort_places(place *places, place *spare, size_t count) {
    if (count < 2) return;
    const size_t middle = count / 2;
    sort_places(places, spare, middle);
    sort_places(places + middle, spare, count - middle);
    memcpy(spare, places, middle * sizeof *places);
    size_t left = 0, right = middle;
    for (size_t i = 0; left < middle; i++) {
        const int from_left = right == count || is_before(spare[left], places[right]);
        places[i] = from_left ? spare[left++] : places[right++];
    }
}

// Rank of the numbers at [first, end), which are ties; `distinct` counts such runs, this one included.
static double rank_of(uint32_t ties, size_t first, size_t end, size_t distinct) {
    switch (ties) {
    case CUSTVAL_TIES_MAXIMUM: return (double)end;
    case CUSTVAL_TIES_DENSE: return (double)distinct;
    case CUSTVAL_TIES_MEAN: return 0.5 * (double)(end - first - 1) + (double)first + 1.0;
    default: return (double)first + 1.0;
    }
}

static int is_tie(place better, place next) {
    return better.number == next.number || better.number - next.number <= fmax(better.rounding, next.rounding);
}

static void give_ranks(const place *places, size_t count, uint32_t ties, double *out_ranks) {
    size_t distinct = 0;
    for (size_t first = 0, end; first < count; first = end) {
        size_t widest = first; /* the first of those that are exactly as large as the last one */
        for (end = first + 1; end < count && is_tie(places[widest], places[end]); end++) {
            if (places[end].number != places[widest].number) widest = end;
        }
        const double rank = rank_of(ties, first, end, ++distinct);
        for (size_t i = first; i < end; i++) out_ranks[places[i].index] = rank;
    }
}

custval_status custval__ranks(const custval_host *whole_host, const double *numbers, const double *rounding,
                              size_t count, uint32_t ties, double *out_ranks, custval_error *error) {
    place *places = count > SIZE_MAX / 2 ? NULL : custval__alloc(whole_host, count + count / 2, sizeof *places);
    if (places == NULL) return custval__fail_memory(error);
    size_t filled = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(numbers[i])) places[filled++] = (place){numbers[i], rounding == NULL ? 0.0 : rounding[i], i};
    }
    sort_places(places, places + filled, filled);
    for (size_t i = 0; i < count; i++) out_ranks[i] = (double)NAN;
    give_ranks(places, filled, ties, out_ranks);
    custval__free(whole_host, places);
    return CUSTVAL_OK;
}

custval_status custval_ranks(const custval_host *host, const double *numbers, size_t count, uint32_t ties,
                             double *out_ranks, custval_error *error) {
    if (numbers == NULL && count > 0) return custval__fail_null(error, "numbers");
    if (out_ranks == NULL && count > 0) return custval__fail_null(error, "out_ranks");
    if (ties > CUSTVAL_TIES_MEAN) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there is no rule of ties %u", (unsigned)ties);
    }
    custval_host whole;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    return custval__ranks(&whole, numbers, NULL, count, ties, out_ranks, error);
}
