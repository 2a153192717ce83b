/* Summaries: making, freeing and merging them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "criteria.h"
#include "object.h"

#define ALL_PARTS \
  (CUSTVAL_SUMMARY_PAIRS | CUSTVAL_SUMMARY_ENTROPY | CUSTVAL_SUMMARY_QUANTILES | CUSTVAL_SUMMARY_REMOVAL)
#define MOST_WITH_PAIRS 1024

/* ---- Checking the columns ---------------------------------------------------------------------------------------- */

static custval_status fail_range(const custval_criterion *criterion, const char *why, custval_error *error) {
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "criterion \"%s\": range %g to %g %s", criterion->column,
                         criterion->low, criterion->high, why);
}

/* The range that a part needs of a column. */
static custval_status check_range(const custval_criterion *criterion, uint32_t parts, custval_error *error) {
    const int removal = (parts & CUSTVAL_SUMMARY_REMOVAL) != 0, entropy = (parts & CUSTVAL_SUMMARY_ENTROPY) != 0;
    if (!custval__criterion_has_range(criterion)) {
        if (removal) {
            return custval__fail(error, CUSTVAL_ERROR_RANGE,
                                 "criterion \"%s\" has no declared range, which removal effects need",
                                 criterion->column);
        }
        if (!entropy || criterion->side != CUSTVAL_SIDE_SACRIFICE) return CUSTVAL_OK;
        return custval__fail(error, CUSTVAL_ERROR_RANGE,
                             "criterion \"%s\" is a sacrifice without a declared range, in which entropy could turn it",
                             criterion->column);
    }
    if (!removal) return CUSTVAL_OK;
    if (!(criterion->low > 0.0)) return fail_range(criterion, "is not above 0, as removal effects need it", error);
    if (isfinite(criterion->high / criterion->low)) return CUSTVAL_OK;
    return fail_range(criterion, "is too wide for removal effects", error);
}

static custval_status check(const custval_criterion *criteria, size_t count, uint32_t parts, custval_error *error) {
    if ((parts & ~(uint32_t)ALL_PARTS) != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "parts %u has bits that are unknown", (unsigned)parts);
    }
    if ((parts & CUSTVAL_SUMMARY_PAIRS) != 0 && count > MOST_WITH_PAIRS) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu criteria with pairs are more than %d", count,
                             MOST_WITH_PAIRS);
    }
    CUSTVAL__TRY(custval__criteria_check(criteria, count, error));
    for (size_t i = 0; i < count; i++) CUSTVAL__TRY(check_range(&criteria[i], parts, error));
    return CUSTVAL_OK;
}

/* ---- Making ------------------------------------------------------------------------------------------------------ */

static custval_status fill(custval_summary *summary, const custval_criterion *criteria, custval_error *error) {
    custval__arena *arena = &summary->arena;
    const size_t count = summary->shape.count;
    custval_criterion *columns = custval__arena_alloc(arena, count, sizeof *columns);
    if (columns == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        columns[i] = criteria[i];
        columns[i].column = custval__arena_text(arena, criteria[i].column, strlen(criteria[i].column));
        columns[i].weight = 1.0;
        if (columns[i].side == CUSTVAL_SIDE_NONE) columns[i].side = CUSTVAL_SIDE_BENEFIT;
        if (columns[i].column == NULL) return custval__fail_memory(error);
    }
    summary->shape.columns = columns;
    summary->sums = custval__sums_new(&arena->host, &summary->shape);
    if (summary->sums == NULL) return custval__fail_memory(error);
    if ((summary->shape.parts & CUSTVAL_SUMMARY_QUANTILES) == 0) return CUSTVAL_OK;
    summary->sketches = custval__arena_alloc(arena, count, sizeof *summary->sketches);
    return summary->sketches == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
}

custval_status custval_summary_new(const custval_host *host, const custval_criterion *criteria, size_t count,
                                   uint32_t parts, custval_summary **out, custval_error *error) {
    custval_host whole;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    CUSTVAL__TRY(check(criteria, count, parts, error));
    custval_summary *summary = custval__alloc_zero(&whole, 1, sizeof *summary);
    if (summary == NULL) return custval__fail_memory(error);
    custval__arena_init(&summary->arena, &whole);
    summary->shape = (custval__shape){count, parts, NULL};
    const custval_status status = fill(summary, criteria, error);
    if (status == CUSTVAL_OK) {
        *out = summary;
    } else {
        custval_summary_free(summary);
    }
    return status;
}

void custval_summary_free(custval_summary *summary) {
    if (summary == NULL) return;
    const custval_host host = summary->arena.host;
    for (size_t i = 0; i < summary->shape.count && summary->sketches != NULL; i++) {
        custval__sketch_free(&host, &summary->sketches[i]);
    }
    custval__free(&host, summary->sums);
    custval__arena_free(&summary->arena);
    custval__free(&host, summary);
}

uint64_t custval_summary_rows(const custval_summary *summary) {
    return summary == NULL ? 0 : summary->sums->rows;
}

/* ---- Merging ----------------------------------------------------------------------------------------------------- */

custval_status custval__summary_take(custval_summary *summary, const custval__sums *sums,
                                     const custval__sketch *const *sketches, size_t sketch_sets, custval_error *error) {
    const size_t count = summary->sketches == NULL ? 0 : summary->shape.count;
    if (sums->rows >= CUSTVAL__MOST_ROWS - summary->sums->rows) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%llu rows and %llu more are too many for a summary",
                             (unsigned long long)summary->sums->rows, (unsigned long long)sums->rows);
    }
    for (size_t set = 0; set < sketch_sets; set++) {
        for (size_t i = 0; i < count; i++) {
            if (custval__sketch_reserve(&summary->arena.host, &summary->sketches[i], &sketches[set][i]) != 0) {
                return custval__fail_memory(error);
            }
        }
    }
    for (size_t set = 0; set < sketch_sets; set++) {
        for (size_t i = 0; i < count; i++) custval__sketch_merge(&summary->sketches[i], &sketches[set][i]);
    }
    custval__sums_merge(&summary->shape, summary->sums, sums);
    return CUSTVAL_OK;
}

static custval_status check_same_column(const custval_criterion *a, const custval_criterion *b, size_t index,
                                        custval_error *error) {
    if (strcmp(a->column, b->column) != 0) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE, "column %zu is \"%s\" in one summary, \"%s\" in the other",
                             index + 1, a->column, b->column);
    }
    if (a->side != b->side) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE, "column \"%s\" is a benefit in one summary only",
                             a->column);
    }
    if (a->low == b->low && a->high == b->high) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STRUCTURE,
                         "column \"%s\" has the range %g to %g in one summary, %g to %g in the other", a->column,
                         a->low, a->high, b->low, b->high);
}

custval_status custval_summary_merge(custval_summary *summary, const custval_summary *other, custval_error *error) {
    if (summary == NULL) return custval__fail_null(error, "summary");
    if (other == NULL) return custval__fail_null(error, "other");
    if (summary == other) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "a summary cannot be merged with itself");
    const custval__shape *a = &summary->shape, *b = &other->shape;
    if (a->count != b->count) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE, "one summary has %zu columns, the other %zu", a->count,
                             b->count);
    }
    if (a->parts != b->parts) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE, "one summary keeps the parts %u, the other %u",
                             (unsigned)a->parts, (unsigned)b->parts);
    }
    for (size_t i = 0; i < a->count; i++) CUSTVAL__TRY(check_same_column(&a->columns[i], &b->columns[i], i, error));
    const custval__sketch *const sketches[] = {other->sketches};
    return custval__summary_take(summary, other->sums, sketches, 1, error);
}
