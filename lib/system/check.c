/* custval_system_check: what is allowed but probably not meant. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../table/table.h"

/* Relative difference of weights that rounding explains. */
#define WEIGHT_TOLERANCE 1e-9

custval_status custval__warn(custval__warnings *warnings, const char *code, const char *node, const char *format, ...) {
    char message[CUSTVAL_ERROR_MESSAGE_SIZE];
    va_list list;
    va_start(list, format);
    custval__format_list(message, sizeof message, format, list);
    va_end(list);
    void *grown = warnings->list;
    const char *const kept = custval__arena_text(&warnings->arena, message, strlen(message));
    if (kept == NULL ||
        custval__grow(warnings->host, &grown, &warnings->capacity, warnings->count, sizeof warnings->list[0]) != 0) {
        return custval__fail_memory(warnings->error);
    }
    warnings->list = grown;
    warnings->list[warnings->count++] = (custval__warning){code, node, kept};
    return CUSTVAL_OK;
}

static const char *kind_of(const custval__node *node) {
    return custval_word(CUSTVAL_WORDS_KIND, node->kind);
}

/* The weights of the sides count in the index form only. */
static int weight_counts(const custval_system *system, const custval__node *node) {
    return node->kind != CUSTVAL_KIND_SIDE || system->spec.form == CUSTVAL_FORM_INDEX;
}

/* ---- Items ------------------------------------------------------------------------------------------------------- */

/* `first` holds an entry per input: the item that reads it first, or CUSTVAL_NONE. */
static custval_status check_columns(const custval_system *system, uint32_t *first, custval__warnings *warnings) {
    for (uint32_t i = 0; i < system->input_count; i++) first[i] = CUSTVAL_NONE;
    for (uint32_t i = 0; i < system->item_count; i++) {
        const custval__item *const item = &system->items[i];
        if (first[item->input] == CUSTVAL_NONE) {
            first[item->input] = item->node;
            continue;
        }
        const char *const id = system->nodes[item->node].id;
        CUSTVAL__TRY(custval__warn(warnings, "column-twice", id,
                                   "item \"%s\": item \"%s\" reads the column \"%.*s\" too", id,
                                   system->nodes[first[item->input]].id, 128, item->column));
    }
    return CUSTVAL_OK;
}

static custval_status check_scales(const custval_system *system, custval__warnings *warnings) {
    for (uint32_t i = 0; i < system->item_count; i++) {
        const custval__item *const item = &system->items[i];
        if (item->scale_min < item->scale_max || item->curve.type == CUSTVAL_CURVE_TABLE) continue;
        const char *const id = system->nodes[item->node].id;
        CUSTVAL__TRY(custval__warn(warnings, "no-scale", id,
                                   "item \"%s\": no scale is declared, so no answer is ever out of scale", id));
    }
    return CUSTVAL_OK;
}

/* ---- Weights ----------------------------------------------------------------------------------------------------- */

/* The sibling whose share is greatest in a set. */
static uint32_t heaviest_sibling(const custval_system *system, const double *local, uint32_t node) {
    uint32_t heaviest = node;
    for (uint32_t i = system->nodes[system->nodes[node].parent].first_child; i != CUSTVAL_NONE;
         i = system->nodes[i].next_sibling) {
        if (local[i] > local[heaviest]) heaviest = i;
    }
    return heaviest;
}

static custval_status check_highest(const custval_system *system, uint32_t node, custval__warnings *warnings) {
    const custval__node *const found = &system->nodes[node];
    if (!found->must_be_highest) return CUSTVAL_OK;
    for (uint32_t set = 0; set < system->set_count; set++) {
        const double *const local = custval__system_set(system, set);
        const uint32_t heaviest = heaviest_sibling(system, local, node);
        if (local[heaviest] <= local[node] * (1 + WEIGHT_TOLERANCE)) continue;
        const uint32_t contexts = system->context_count + 1, profile = set / contexts, context = set % contexts;
        return custval__warn(warnings, "not-highest", found->id,
                             "%s \"%s\": must have the highest weight, but \"%s\" weighs more%s%s%s%s%s%s",
                             kind_of(found), found->id, system->nodes[heaviest].id,
                             profile == 0 ? "" : " in profile \"", profile == 0 ? "" : system->profiles[profile - 1].id,
                             profile == 0 ? "" : "\"", context == 0 ? "" : " in context \"",
                             context == 0 ? "" : system->contexts[context - 1].id, context == 0 ? "" : "\"");
    }
    return CUSTVAL_OK;
}

static custval_status check_zero(const custval_system *system, uint32_t node, custval__warnings *warnings) {
    const custval__node *const found = &system->nodes[node];
    if (!weight_counts(system, found)) return CUSTVAL_OK;
    for (uint32_t set = 0; set < system->set_count; set++) {
        if (custval__system_set(system, set)[node] > 0) return CUSTVAL_OK;
    }
    return custval__warn(warnings, "zero-weight", found->id, "%s \"%s\": the weight is 0, so it never counts",
                         kind_of(found), found->id);
}

/* A group of declared weights as it is walked over. */
typedef struct group {
    custval__sum total;
    double first;
    size_t count;
    int unequal;
} group;

static void group_add(group *to, double weight) {
    if (to->count == 0) to->first = weight;
    to->unequal |= weight < to->first || weight > to->first;
    custval__sum_add(&to->total, weight);
    to->count++;
}

static int is_near(double total, double wanted) {
    return fabs(total - wanted) <= wanted * WEIGHT_TOLERANCE;
}

/* Without the last digits, which come from adding decimals in binary. */
static double rounded(double total) {
    return total > 0.001 && total < 1e9 ? floor(total * 1e6 + 0.5) / 1e6 : total;
}

/* Equal weights are a statement of their own, whatever they add up to. */
static custval_status group_check(const group *of, const custval__node *parent, custval__warnings *warnings) {
    const double total = custval__sum_value(&of->total);
    if (!of->unequal || is_near(total, 1) || is_near(total, 100)) return CUSTVAL_OK;
    return custval__warn(warnings, "weights-normalised", parent->id,
                         "%s \"%s\": its weights add up to %g, neither 1 nor 100, and were normalised", kind_of(parent),
                         parent->id, rounded(total));
}

static custval_status check_total(const custval_system *system, uint32_t node, custval__warnings *warnings) {
    const custval__node *const parent = &system->nodes[node];
    group of = {{0, 0}, 0, 0, 0};
    if (parent->kind == CUSTVAL_KIND_DERIVED) {
        for (uint32_t i = 0; i < parent->child_count; i++) group_add(&of, system->parts[parent->first_part + i].weight);
    } else {
        for (uint32_t i = parent->first_child; i != CUSTVAL_NONE; i = system->nodes[i].next_sibling) {
            if (weight_counts(system, &system->nodes[i])) group_add(&of, system->nodes[i].weight);
        }
    }
    return group_check(&of, parent, warnings);
}

/* ---- Derived nodes ----------------------------------------------------------------------------------------------- */

static int is_part(const custval_system *system, const custval__node *derived, uint32_t node) {
    for (uint32_t i = 0; i < derived->child_count; i++) {
        if (system->parts[derived->first_part + i].node == node) return 1;
    }
    return 0;
}

static custval_status check_derived(const custval_system *system, uint32_t node, custval__warnings *warnings) {
    const custval__node *const derived = &system->nodes[node];
    const custval__part *const parts = system->parts + derived->first_part;
    if (derived->child_count == 1) {
        return custval__warn(warnings, "double-counting", derived->id,
                             "derived \"%s\": only repeats \"%s\", its one part, which the value counts already",
                             derived->id, system->nodes[parts[0].node].id);
    }
    for (uint32_t i = 0; i < derived->child_count; i++) {
        for (uint32_t above = system->nodes[parts[i].node].parent; above != CUSTVAL_NONE;
             above = system->nodes[above].parent) {
            if (!is_part(system, derived, above)) continue;
            CUSTVAL__TRY(custval__warn(warnings, "double-counting", derived->id,
                                       "derived \"%s\": counts \"%s\" twice, once by itself and once within \"%s\"",
                                       derived->id, system->nodes[parts[i].node].id, system->nodes[above].id));
        }
    }
    return CUSTVAL_OK;
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

static custval_status collect(const custval_system *system, const custval_table *table, custval__warnings *warnings) {
    uint32_t *const first = custval__alloc(warnings->host, system->input_count, sizeof *first);
    if (first == NULL) return custval__fail_memory(warnings->error);
    const custval_status status = check_columns(system, first, warnings);
    custval__free(warnings->host, first);
    CUSTVAL__TRY(status);
    CUSTVAL__TRY(check_scales(system, warnings));
    for (uint32_t node = 0; node < system->node_count; node++) {
        CUSTVAL__TRY(check_total(system, node, warnings));
        if (node >= system->first_derived) {
            CUSTVAL__TRY(check_derived(system, node, warnings));
        } else {
            CUSTVAL__TRY(check_zero(system, node, warnings));
            CUSTVAL__TRY(check_highest(system, node, warnings));
        }
    }
    return table == NULL ? CUSTVAL_OK : custval__check_data(system, table, warnings);
}

static custval_status add_texts(custval_table *to, const char *name, const custval__warnings *warnings, size_t member,
                                custval_text *texts) {
    for (size_t i = 0; i < warnings->count; i++) {
        const custval__warning *const warning = &warnings->list[i];
        const char *const members[] = {warning->code, warning->node, warning->message};
        texts[i] = (custval_text){members[member], strlen(members[member])};
    }
    return custval__result_add_texts(to, name, texts, warnings->error);
}

static custval_status make_table(const custval__warnings *warnings, custval_table **out) {
    static const char *const names[] = {"code", "node", "message"};
    custval_text *const texts = custval__alloc(warnings->host, warnings->count, sizeof *texts);
    if (texts == NULL) return custval__fail_memory(warnings->error);
    custval_status status = custval__result_new(warnings->host, warnings->count, out, warnings->error);
    for (size_t i = 0; i < 3 && status == CUSTVAL_OK; i++) status = add_texts(*out, names[i], warnings, i, texts);
    custval__free(warnings->host, texts);
    if (status == CUSTVAL_OK) return status;
    custval_table_free(*out);
    *out = NULL;
    return status;
}

custval_status custval_system_check(const custval_system *system, const custval_table *table, custval_table **out,
                                    custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (system == NULL) return custval__fail_null(error, "system");
    custval__warnings warnings = {.host = &system->arena.host, .error = error};
    custval__arena_init(&warnings.arena, warnings.host);
    custval_status status = collect(system, table, &warnings);
    if (status == CUSTVAL_OK) status = make_table(&warnings, out);
    custval__arena_free(&warnings.arena);
    custval__free(warnings.host, warnings.list);
    return status;
}
