/* Traits of a block of customers as numbers, codes and bits; conditions over bits. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "crowd.h"

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"

/* ---- Columns and memory --------------------------------------------------------------------------------------------- */

custval_status custval__crowd_columns(const custval_programmes *base, const custval_table *table, size_t *columns,
                                      custval_error *error) {
    for (uint32_t t = 0; t < base->trait_count; t++) {
        CUSTVAL__TRY(custval_table_find(table, base->traits[t].id, &columns[t], error));
        CUSTVAL__TRY(base->traits[t].type == CUSTVAL_TRAIT_CATEGORY
                         ? custval__table_need_text(table, columns[t], error)
                         : custval__table_need_number(table, columns[t], error));
    }
    return CUSTVAL_OK;
}

/* Bytes of one block: at most 256 traits and 2^20 values of them, nodes of a document. */
static size_t size_of(const custval_programmes *base) {
    return base->trait_count * CUSTVAL__CROWD * sizeof(double) + CUSTVAL__CROWD * sizeof(double) +
           base->trait_count * sizeof(uint64_t) + base->mask_count * sizeof(uint64_t) +
           base->longest * sizeof(custval__truth) + base->trait_count * CUSTVAL__CROWD * sizeof(uint32_t);
}

void *custval__crowd_new(const custval_host *host, const custval_programmes *base, const custval_table *table,
                         const size_t *columns, uint32_t count, custval__crowd **out) {
    const size_t size = size_of(base) + sizeof(custval__crowd), traits = base->trait_count;
    custval__crowd *const blocks = custval__alloc_zero(host, count, size);
    if (blocks == NULL) return NULL;
    unsigned char *next = (unsigned char *)(blocks + count);
    for (uint32_t i = 0; i < count; i++) {
        custval__crowd *const block = &blocks[i];
        *block = (custval__crowd){.base = base, .table = table, .columns = columns};
        block->numbers = (double *)(void *)next;
        block->scratch = block->numbers + traits * CUSTVAL__CROWD;
        block->known = (uint64_t *)(void *)(block->scratch + CUSTVAL__CROWD);
        block->masks = block->known + traits;
        block->nodes = (custval__truth *)(void *)(block->masks + base->mask_count);
        block->codes = (uint32_t *)(void *)(block->nodes + base->longest);
        next += size_of(base);
    }
    *out = blocks;
    return blocks;
}

/* ---- Reading -------------------------------------------------------------------------------------------------------- */

/* Bits of 64 bytes that are 0 or 1. The product moves the eight bits of a word next to each other, without carries. */
static uint64_t bits_of(const uint8_t *hits) {
    uint64_t bits = 0;
    for (size_t k = 0; k < CUSTVAL__CROWD; k += 8) {
        uint64_t word = 0;
        for (size_t i = 0; i < 8; i++) word |= (uint64_t)hits[k + i] << (8 * i);
        bits |= (word * UINT64_C(0x0102040810204080) >> 56) << k;
    }
    return bits;
}

static void read_numbers(custval__crowd *block, uint32_t t) {
    double *const to = block->numbers + (size_t)t * CUSTVAL__CROWD;
    const double *const from =
        custval__table_doubles(block->table, block->columns[t], block->start, block->count, block->scratch);
    uint8_t hits[CUSTVAL__CROWD];
    for (size_t i = 0; i < block->count; i++) to[i] = fabs(from[i]) <= 1.7976931348623157e308 ? from[i] : (double)NAN;
    for (size_t i = block->count; i < CUSTVAL__CROWD; i++) to[i] = (double)NAN;
    for (size_t i = 0; i < CUSTVAL__CROWD; i++) hits[i] = to[i] == to[i];
    block->known[t] = bits_of(hits);
}

static uint32_t code_of(const custval__crowd *block, uint32_t t, size_t row) {
    const custval__trait *const trait = &block->base->traits[t];
    custval_text text;
    if (!custval__table_get_text(block->table, block->columns[t], row, &text)) return trait->value_count;
    const uint32_t value = custval__trait_value(trait, text.data, text.length);
    return value == CUSTVAL_NONE ? trait->value_count : value;
}

static void read_codes(custval__crowd *block, uint32_t t) {
    const custval__trait *const trait = &block->base->traits[t];
    uint32_t *const to = block->codes + (size_t)t * CUSTVAL__CROWD;
    if (trait->type == CUSTVAL_TRAIT_FLAG) {
        const double *const from =
            custval__table_doubles(block->table, block->columns[t], block->start, block->count, block->scratch);
        for (size_t i = 0; i < block->count; i++) to[i] = from[i] == 0.0 ? 0 : from[i] == 1.0 ? 1 : 2;
    } else {
        for (size_t i = 0; i < block->count; i++) to[i] = code_of(block, t, block->start + i);
    }
    uint64_t *const masks = block->masks + trait->first_mask;
    memset(masks, 0, trait->value_count * sizeof *masks);
    block->known[t] = 0;
    for (size_t i = 0; i < block->count; i++) {
        if (to[i] == trait->value_count) continue;
        masks[to[i]] |= UINT64_C(1) << i;
        block->known[t] |= UINT64_C(1) << i;
    }
    for (size_t i = block->count; i < CUSTVAL__CROWD; i++) to[i] = trait->value_count;
}

void custval__crowd_read(custval__crowd *block, size_t start, size_t count) {
    block->start = start;
    block->count = count;
    block->all = count == CUSTVAL__CROWD ? UINT64_MAX : (UINT64_C(1) << count) - 1;
    for (uint32_t t = 0; t < block->base->trait_count; t++) {
        if (block->base->traits[t].type == CUSTVAL_TRAIT_NUMBER) {
            read_numbers(block, t);
        } else {
            read_codes(block, t);
        }
    }
}

/* ---- Conditions ----------------------------------------------------------------------------------------------------- */

/* A NaN compares false with everything. */
static uint64_t compare(const double *numbers, uint32_t test, double with) {
    uint8_t hits[CUSTVAL__CROWD];
    switch (test) {
    case CUSTVAL__TEST_BELOW:
        for (size_t i = 0; i < CUSTVAL__CROWD; i++) hits[i] = numbers[i] < with;
        break;
    case CUSTVAL__TEST_MOST:
        for (size_t i = 0; i < CUSTVAL__CROWD; i++) hits[i] = numbers[i] <= with;
        break;
    case CUSTVAL__TEST_ABOVE:
        for (size_t i = 0; i < CUSTVAL__CROWD; i++) hits[i] = numbers[i] > with;
        break;
    case CUSTVAL__TEST_LEAST:
        for (size_t i = 0; i < CUSTVAL__CROWD; i++) hits[i] = numbers[i] >= with;
        break;
    default:
        for (size_t i = 0; i < CUSTVAL__CROWD; i++) hits[i] = numbers[i] == with;
        break;
    }
    return bits_of(hits);
}

static custval__truth test_one(const custval__crowd *block, const custval__condition *node) {
    const custval__trait *const trait = &block->base->traits[node->trait];
    const uint64_t known = block->known[node->trait];
    uint64_t yes = 0;
    if (node->test == CUSTVAL__TEST_MISSING) return (custval__truth){block->all & ~known, known};
    if (node->test == CUSTVAL__TEST_THERE) return (custval__truth){known, block->all & ~known};
    if (trait->type == CUSTVAL_TRAIT_NUMBER) {
        yes = compare(block->numbers + (size_t)node->trait * CUSTVAL__CROWD, node->test, node->number);
    } else {
        const uint64_t *const masks = block->masks + trait->first_mask;
        for (uint32_t i = 0; i < node->code_count; i++) yes |= masks[node->codes[i]];
    }
    return (custval__truth){yes, known & ~yes};
}

static custval__truth combine(const custval__crowd *block, const custval__condition *node) {
    const custval__truth *const children = block->nodes + node->first;
    if (node->kind == CUSTVAL__CONDITION_NOT) return (custval__truth){children->no, children->yes};
    const int is_all = node->kind == CUSTVAL__CONDITION_ALL;
    custval__truth truth = is_all ? (custval__truth){block->all, 0} : (custval__truth){0, block->all};
    for (uint32_t i = 0; i < node->count; i++) {
        truth.yes = is_all ? truth.yes & children[i].yes : truth.yes | children[i].yes;
        truth.no = is_all ? truth.no | children[i].no : truth.no & children[i].no;
    }
    return truth;
}

/* Children stand behind their parent, so that from the end every node finds them done. */
custval__truth custval__crowd_test(custval__crowd *block, const custval__tree *tree) {
    if (tree->count == 0) return (custval__truth){block->all, 0};
    for (uint32_t i = tree->count; i > 0; i--) {
        const custval__condition *const node = &tree->nodes[i - 1];
        block->nodes[i - 1] = node->kind == CUSTVAL__CONDITION_TEST ? test_one(block, node) : combine(block, node);
    }
    return block->nodes[0];
}
