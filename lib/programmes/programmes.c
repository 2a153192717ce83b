/* Knowledge bases: making, freezing and freeing them; looking into one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "programmes.h"

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "sorted.h"

const char *const custval__test_words[] = {"<", "<=", ">", ">=", "=", "in", "missing", "missing"};

custval_status custval__programmes_new(const custval_host *whole_host, custval_programmes **out, custval_error *error) {
    custval__arena arena;
    custval__arena_init(&arena, whole_host);
    custval_programmes *const base = custval__arena_alloc(&arena, 1, sizeof *base);
    if (base == NULL) {
        custval__arena_free(&arena);
        return custval__fail_memory(error);
    }
    base->arena = arena;
    base->segment = base->contacted = CUSTVAL_NONE;
    base->similarity_least = CUSTVAL__SIMILARITY_LEAST;
    base->known_least = CUSTVAL__KNOWN_LEAST;
    atomic_init(&base->owners, 1);
    *out = base;
    return CUSTVAL_OK;
}

custval_programmes *custval_programmes_ref(const custval_programmes *base) {
    custval_programmes *const owned = (custval_programmes *)(uintptr_t)base;
    if (owned != NULL) atomic_fetch_add_explicit(&owned->owners, 1, memory_order_relaxed);
    return owned;
}

void custval_programmes_free(custval_programmes *base) {
    if (base == NULL || atomic_fetch_sub_explicit(&base->owners, 1, memory_order_acq_rel) != 1) return;
    custval__arena arena = base->arena; /* the base lies in it */
    custval__arena_free(&arena);
}

/* ---- Freezing ------------------------------------------------------------------------------------------------------- */

/* Counting sort: stable, so that the first of equal cases stays the first. */
static void order_cases(custval_programmes *base) {
    uint32_t first = 0;
    for (uint32_t i = 0; i < base->case_count; i++) base->programmes[base->cases[i].programme].case_count++;
    for (uint32_t p = 0; p < base->programme_count; p++) {
        base->programmes[p].first_case = first;
        first += base->programmes[p].case_count;
        base->programmes[p].case_count = 0;
    }
    for (uint32_t i = 0; i < base->case_count; i++) {
        custval__programme *const programme = &base->programmes[base->cases[i].programme];
        base->case_order[programme->first_case + programme->case_count++] = i;
    }
}

/* The rule of succession, with the stated rate as two tries before the first. */
static double rate_of(const custval_programmes *base, uint32_t p, uint32_t segment) {
    const double stated = base->programmes[p].success;
    const custval__tries *tries = custval__programme_tries(base, p, segment);
    if (tries->tried == 0.0) tries = custval__programme_tries(base, p, base->segment_count);
    return (tries->succeeded + 2.0 * (isnan(stated) ? CUSTVAL__SUCCESS_UNSTATED : stated)) / (tries->tried + 2.0);
}

static int stands_before(const custval_programmes *base, const double *rates, uint32_t a, uint32_t b) {
    const custval__programme *const one = &base->programmes[a], *const other = &base->programmes[b];
    if (one->priority != other->priority) return one->priority > other->priority;
    const double net = custval__programme_net(base, one, rates[a], 1.0);
    const double other_net = custval__programme_net(base, other, rates[b], 1.0);
    return net != other_net ? net > other_net : a < b;
}

/* Merge sort from the bottom; `spare` has the same room. */
static void order_programmes(const custval_programmes *base, const double *rates, uint32_t *order, uint32_t *spare) {
    const uint32_t count = base->programme_count;
    for (uint32_t i = 0; i < count; i++) order[i] = i;
    for (uint32_t width = 1; width < count; width *= 2) {
        for (uint32_t start = 0; start < count; start += 2 * width) {
            const uint32_t middle = start + width < count ? start + width : count;
            const uint32_t end = middle + width < count ? middle + width : count;
            uint32_t left = start, right = middle;
            for (uint32_t at = start; at < end; at++) {
                const int takes_right =
                    left == middle || (right < end && stands_before(base, rates, order[right], order[left]));
                spare[at] = takes_right ? order[right++] : order[left++];
            }
        }
        memcpy(order, spare, count * sizeof *order);
    }
}

custval_status custval__programmes_freeze(custval_programmes *base, custval_error *error) {
    const size_t programmes = base->programme_count, segments = (size_t)base->segment_count + 1;
    base->case_order = custval__arena_alloc(&base->arena, base->case_count, sizeof *base->case_order);
    base->rates = custval__arena_alloc(&base->arena, segments * programmes, sizeof *base->rates);
    /* One more for sorting. */
    base->orders = custval__arena_alloc(&base->arena, (segments + 1) * programmes, sizeof *base->orders);
    if (base->case_order == NULL || base->rates == NULL || base->orders == NULL) return custval__fail_memory(error);
    order_cases(base);
    for (uint32_t s = 0; s < segments; s++) {
        double *const rates = base->rates + s * programmes;
        for (uint32_t p = 0; p < programmes; p++) rates[p] = rate_of(base, p, s);
        order_programmes(base, rates, base->orders + s * programmes, base->orders + segments * programmes);
    }
    for (uint32_t t = 0; t < base->trait_count; t++) {
        base->traits[t].first_mask = base->mask_count;
        base->mask_count += base->traits[t].value_count;
    }
    for (uint32_t p = 0; p < programmes; p++) {
        const custval__programme *const programme = &base->programmes[p];
        if (programme->when.count > base->longest) base->longest = programme->when.count;
        if (programme->unless.count > base->longest) base->longest = programme->unless.count;
        base->times_count += programme->times != CUSTVAL_NONE;
    }
    return CUSTVAL_OK;
}

/* ---- Looking into one ----------------------------------------------------------------------------------------------- */

uint32_t custval__programmes_find(const custval_programmes *base, const char *id, size_t length) {
    return custval__sorted_find(base->ids, base->by_id, base->programme_count, id, length);
}

uint32_t custval__trait_value(const custval__trait *trait, const char *text, size_t length) {
    return custval__sorted_find(trait->values, trait->by_name, trait->value_count, text, length);
}

const char *custval__wording_in(const custval__wording *wording, const char *language) {
    for (uint32_t i = 0; language != NULL && i < wording->count; i++) {
        if (strcmp(wording->languages[i], language) == 0) return wording->texts[i];
    }
    return wording->count == 0 ? NULL : wording->texts[0];
}

size_t custval_programmes_count(const custval_programmes *base) {
    return base == NULL ? 0 : base->programme_count;
}

size_t custval_programmes_columns(const custval_programmes *base) {
    return base == NULL ? 0 : base->trait_count;
}

const char *custval_programmes_column(const custval_programmes *base, size_t index) {
    return base == NULL || index >= base->trait_count ? NULL : base->traits[index].id;
}

const char *custval_programmes_segment(const custval_programmes *base) {
    return base == NULL || base->segment == CUSTVAL_NONE ? NULL : base->trait_ids[base->segment];
}

uint32_t custval_programmes_column_type(const custval_programmes *base, size_t index) {
    return base == NULL || index >= base->trait_count ? 0 : base->traits[index].type;
}

custval_status custval__programmes_options_read(const custval_programmes_options *options,
                                                custval_programmes_options *whole, custval_host *host,
                                                custval_error *error) {
    *whole = (custval_programmes_options)CUSTVAL_PROGRAMMES_OPTIONS_INIT;
    CUSTVAL__TRY(
        custval__struct_read(whole, sizeof *whole, sizeof *whole, options, "custval_programmes_options", error));
    CUSTVAL__TRY(custval__host_read(host, whole->host, error));
    whole->host = host;
    if (isnan(whole->least_net)) return custval__fail(error, CUSTVAL_ERROR_RANGE, "least_net must be a number");
    if (!(whole->budget >= 0.0)) return custval__fail(error, CUSTVAL_ERROR_RANGE, "budget must be 0 or more");
    if (whole->reasons > 1) return custval__fail(error, CUSTVAL_ERROR_RANGE, "reasons must be 0 or 1");
    return CUSTVAL_OK;
}
