/* Documents from worths. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "../base/error.h"
#include "../worth/worth.h"
#include "document.h"
#include "layout.h"

/* An entry of a worth. */
typedef struct subject {
    const custval_worth *worth;
    uint32_t kind, index;
} subject;

static void put_quantity(custval__layout *to, const custval_worth *worth, const custval__quantity *quantity) {
    if (quantity->column == CUSTVAL_NONE) {
        custval__put_number(to, quantity->number);
    } else {
        custval__put_text(to, worth->columns[quantity->column]);
    }
}

static void put_member(custval__layout *to, const custval_worth *worth, uint32_t kind);

static void put_members(custval__layout *to, const subject *what) {
    const custval__worth_kind *const kind = &custval__worth_kinds[what->kind];
    const custval__worth_entry *const entry = &what->worth->lists[what->kind].entries[what->index];
    custval__put_member_text(to, "note", entry->note);
    for (uint32_t i = 0; i < kind->rule_count; i++) {
        if (!entry->quantities[i].is_given) continue;
        custval__put_key(to, kind->rules[i].key);
        put_quantity(to, what->worth, &entry->quantities[i]);
    }
    for (uint32_t child = what->kind + 1; child < CUSTVAL__WORTH_KINDS; child++) {
        if (custval__worth_kinds[child].parent == what->kind) put_member(to, what->worth, child);
    }
}

static void put_entry(custval__layout *to, const void *what) {
    const subject *const which = what;
    if (which->kind == CUSTVAL__WORTH_GAINS) {
        put_quantity(to, which->worth, which->worth->lists[which->kind].entries[which->index].quantities);
        return;
    }
    custval__put_open(to, '{');
    put_members(to, which);
    custval__put_close(to, '}');
}

static void put_list(custval__layout *to, const void *what) {
    const subject *const which = what;
    custval__put_open(to, '[');
    for (uint32_t i = 0; i < which->worth->lists[which->kind].count; i++) {
        const subject one = {which->worth, which->kind, i};
        custval__put_fitting(to, put_entry, &one);
    }
    custval__put_close(to, ']');
}

static void put_member(custval__layout *to, const custval_worth *worth, uint32_t kind) {
    const subject what = {worth, kind, 0};
    if (!custval__worth_has(worth, kind)) return;
    custval__put_member(to, custval__worth_kinds[kind].key, custval__worth_kinds[kind].is_list ? put_list : put_entry,
                        &what);
}

static void put_worth(custval__layout *to, const custval_worth *worth) {
    const subject root = {worth, CUSTVAL__WORTH_ROOT, 0};
    custval__put_open(to, '{');
    custval__put_member_text(to, "custval", "worth");
    custval__put_key(to, "version");
    custval__put_number(to, CUSTVAL__WORTH_VERSION);
    if (worth->preset != 0) {
        custval__put_member_text(to, "preset",
                                 worth->preset == CUSTVAL__WORTH_THREE ? CUSTVAL__WORD_THREE : CUSTVAL__WORD_FOUR);
    }
    custval__put_member_text(to, "period", worth->period);
    put_members(to, &root);
    custval__put_close(to, '}');
    custval__put_end(to);
}

custval_status custval_worth_write(const custval_worth *worth, char *buffer, size_t capacity, size_t *out_length,
                                   custval_error *error) {
    if (out_length == NULL) return custval__fail_null(error, "out_length");
    *out_length = 0;
    if (buffer == NULL && capacity > 0) return custval__fail_null(error, "buffer");
    if (capacity > 0) buffer[0] = 0;
    if (worth == NULL) return custval__fail_null(error, "worth");
    custval__layout layout = {.out = buffer, .capacity = capacity};
    put_worth(&layout, worth);
    *out_length = layout.length;
    return CUSTVAL_OK;
}
