/* Worths inside the library: quantities in lists of entries, by kinds whose keys, ranges and defaults stand in one table. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_WORTH_WORTH_H
#define CUSTVAL_WORTH_WORTH_H

#include <stdatomic.h>
#include <stdint.h>

#include <custval/worth.h>

#include "../base/memory.h"

/* Where a quantity may lie. All are finite. */
enum custval__worth_range {
    CUSTVAL__WORTH_ANY,
    CUSTVAL__WORTH_NOT_NEGATIVE,
    CUSTVAL__WORTH_ABOVE_ZERO,
    CUSTVAL__WORTH_SHARE,    /* 0..1 */
    CUSTVAL__WORTH_RATE,     /* above -1 */
    CUSTVAL__WORTH_ZERO_ONE, /* 0 or 1 */
    CUSTVAL__WORTH_PERIODS,  /* whole, 1..CUSTVAL__WORTH_PERIODS_MOST */
    CUSTVAL__WORTH_DEPTH     /* whole, 0..CUSTVAL__WORTH_PERIODS_MOST */
};

#define CUSTVAL__WORTH_PERIODS_MOST 1200 /* a hundred years of months */
#define CUSTVAL__WORTH_ENTRIES_MOST 256  /* of one list */
#define CUSTVAL__WORTH_RULES_MOST 9      /* quantities of one entry */

/* A quantity of a kind of entry: its key in documents, range, and what it is if it is not there. */
typedef struct custval__worth_rule {
    const char *key;
    uint32_t range, required;
    double otherwise;
} custval__worth_rule;

/* Kinds of entries; a parent comes before its children. The root's quantities stand in the document itself. */
enum custval__worth_kind_index {
    CUSTVAL__WORTH_ROOT,
    CUSTVAL__WORTH_EXISTING,
    CUSTVAL__WORTH_POTENTIAL,
    CUSTVAL__WORTH_TRIGGERS,
    CUSTVAL__WORTH_CROSS,
    CUSTVAL__WORTH_INFLUENCE,
    CUSTVAL__WORTH_REFERRALS,
    CUSTVAL__WORTH_HELPED,
    CUSTVAL__WORTH_COMPLAINTS,
    CUSTVAL__WORTH_CHAIN,
    CUSTVAL__WORTH_REFERENCE,
    CUSTVAL__WORTH_LEARNING,
    CUSTVAL__WORTH_GAINS, /* a bare quantity each, no object */
    CUSTVAL__WORTH_WALLET,
    CUSTVAL__WORTH_KINDS
};

typedef struct custval__worth_kind {
    const char *key, *words; /* of its member in the parent; "a referral" */
    uint32_t parent, is_list;
    const custval__worth_rule *rules;
    uint32_t rule_count;
} custval__worth_kind;

extern const custval__worth_kind custval__worth_kinds[CUSTVAL__WORTH_KINDS];

/* Places of the quantities in an entry of their kind. */
enum { CUSTVAL__RATE, CUSTVAL__RATE_PERIOD, CUSTVAL__CREDITED };
enum {
    CUSTVAL__EXISTING_VALUE,
    CUSTVAL__REVENUE,
    CUSTVAL__MARGIN,
    CUSTVAL__COST_OF_GOODS,
    CUSTVAL__SERVICE_COST,
    CUSTVAL__ATTRACT,
    CUSTVAL__ACQUIRE,
    CUSTVAL__DEVELOP,
    CUSTVAL__KEEP
};
enum { CUSTVAL__POTENTIAL_VALUE, CUSTVAL__TRUST, CUSTVAL__PERIODS, CUSTVAL__FIRST_PERIOD, CUSTVAL__RETENTION };
enum { CUSTVAL__TRIGGER_PROBABILITY, CUSTVAL__TRIGGER_VOLUME, CUSTVAL__TRIGGER_MARGIN };
enum { CUSTVAL__CROSS_PROBABILITY, CUSTVAL__CROSS_MARGIN };
enum {
    CUSTVAL__INFLUENCE_VALUE,
    CUSTVAL__ATTRIBUTION,
    CUSTVAL__SATISFACTION,
    CUSTVAL__RECOMMENDS_FROM,
    CUSTVAL__COMPLAINS_BELOW
};
enum {
    CUSTVAL__REFERRAL_PERIOD,
    CUSTVAL__REFERRAL_COUNT,
    CUSTVAL__REFERRAL_MARGIN,
    CUSTVAL__REFERRAL_REWARD,
    CUSTVAL__REFERRAL_MARKETING_COST,
    CUSTVAL__REFERRAL_SAVING
};
enum { CUSTVAL__HELPED_PERIOD, CUSTVAL__HELPED_COUNT, CUSTVAL__HELPED_SAVING };
enum { CUSTVAL__COMPLAINT_PERIOD, CUSTVAL__COMPLAINT_COUNT, CUSTVAL__COMPLAINT_MARGIN };
enum { CUSTVAL__CHAIN_K, CUSTVAL__CHAIN_DECAY, CUSTVAL__CHAIN_DEPTH };
enum { CUSTVAL__REFERENCE_UPLIFT, CUSTVAL__REFERENCE_EXPOSED, CUSTVAL__REFERENCE_MARGIN };
enum { CUSTVAL__LEARNING_VALUE, CUSTVAL__LOSS, CUSTVAL__SCORE, CUSTVAL__MONEY_PER_POINT };
enum { CUSTVAL__WALLET_SPENDING, CUSTVAL__WALLET_MARGIN, CUSTVAL__WALLET_PERIODS };

/* A number, or a column of the worth; if not given, the rule's default as a number. */
typedef struct custval__quantity {
    uint32_t is_given, column; /* column CUSTVAL_NONE: a number */
    double number;
} custval__quantity;

typedef struct custval__worth_entry {
    const char *note; /* may be NULL */
    custval__quantity quantities[CUSTVAL__WORTH_RULES_MOST];
} custval__worth_entry;

typedef struct custval__worth_list {
    custval__worth_entry *entries;
    uint32_t count; /* 0: the document does not have it; the root always is there */
} custval__worth_list;

enum custval__worth_preset { CUSTVAL__WORTH_FOUR = 1, CUSTVAL__WORTH_THREE };

/* A range that a column's cells must keep. */
typedef struct custval__worth_check {
    uint32_t column, range;
} custval__worth_check;

struct custval_worth {
    atomic_size_t owners;
    custval__arena arena; /* everything below, and the worth itself */
    uint32_t preset;      /* a custval__worth_preset; 0: not said, which is four */
    const char *period;   /* name of a period, or NULL */
    custval__worth_list lists[CUSTVAL__WORTH_KINDS];
    const char **columns;
    uint32_t column_count, check_count;
    custval__worth_check *checks;
};

/* An empty worth that one owner holds, with room for so many columns. */
custval_status custval__worth_new(const custval_host *whole_host, size_t columns_most, custval_worth **out,
                                  custval_error *error);

/* Adds a column, once, and that its cells keep a range. The text is copied. */
custval_status custval__worth_add_column(custval_worth *worth, const char *name, uint32_t range, uint32_t *out_column,
                                         custval_error *error);

int custval__worth_in_range(uint32_t range, double x);
const char *custval__worth_range_words(uint32_t range); /* "must be ..." */

/* Does the worth have this list, or this quantity in a list of one? */
int custval__worth_has(const custval_worth *worth, uint32_t kind);
int custval__worth_is_given(const custval_worth *worth, uint32_t kind, uint32_t quantity);

/* Sum of link^d, d from 0 to the depth, or without end, where link = k decay < 1. */
double custval__worth_chain(double link, double depth, int is_endless);

#endif
