/* Scenarios inside the library: numbers in objects whose keys, ranges and defaults stand in one table, and effects. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SCENARIO_SCENARIO_H
#define CUSTVAL_SCENARIO_SCENARIO_H

#include <stdatomic.h>
#include <stdint.h>

#include <custval/scenario.h>

#include "../base/memory.h"

#define CUSTVAL__SCENARIO_EFFECTS_MOST 256 /* of one scenario */
#define CUSTVAL__SCENARIO_RULES_MOST 11    /* numbers of one object */

#define CUSTVAL__SCENARIO_MOST 1e15 /* any number in size, so that products of a few stay in a double */

/* Where a number may lie. */
enum custval__scenario_range {
    CUSTVAL__SCENARIO_ANY,
    CUSTVAL__SCENARIO_NOT_NEGATIVE,
    CUSTVAL__SCENARIO_ABOVE_ZERO, /* 1e-15 at least */
    CUSTVAL__SCENARIO_EXPONENT,   /* above 0, at most 10 */
    CUSTVAL__SCENARIO_SHARE,      /* 0..1 */
    CUSTVAL__SCENARIO_UPLIFT,     /* -1 or more */
    CUSTVAL__SCENARIO_WEIGHT,     /* above 0.5, at most 1 */
    CUSTVAL__SCENARIO_POINTS,     /* 0..100 */
    CUSTVAL__SCENARIO_PERIODS     /* whole, 1..CUSTVAL_MAX_PERIODS */
};

/* A number of an object: its key in documents, range, and what it is if it is not there. */
typedef struct custval__scenario_rule {
    const char *key;
    uint32_t range, required, may_be_column;
    double otherwise;
} custval__scenario_rule;

/* Objects of a document; a parent comes before its children. The root's numbers stand in the document itself. */
enum custval__scenario_object_index {
    CUSTVAL__SCENARIO_ROOT,
    CUSTVAL__SCENARIO_SALES,
    CUSTVAL__SCENARIO_PRICES,
    CUSTVAL__SCENARIO_REFERENCE,
    CUSTVAL__SCENARIO_FEATURE,
    CUSTVAL__SCENARIO_NEW_INDICATOR,
    CUSTVAL__SCENARIO_PROGRAM,
    CUSTVAL__SCENARIO_RIVALS,
    CUSTVAL__SCENARIO_OBJECTS
};

/* Places of the numbers in their object. */
enum { CUSTVAL__ALL_PERIODS };
enum {
    CUSTVAL__SALES_MU,
    CUSTVAL__SALES_VOLUME,
    CUSTVAL__SALES_RIVAL,
    CUSTVAL__SALES_RIVAL_GROWTH,
    CUSTVAL__SALES_CATCH_UP,
    CUSTVAL__SALES_SWITCHING_COST,
    CUSTVAL__SALES_UPLIFT,
    CUSTVAL__SALES_ACQUISITION,
    CUSTVAL__SALES_KEPT,
    CUSTVAL__SALES_PRICE,
    CUSTVAL__SALES_COST
};
enum { CUSTVAL__PRICE_LIST, CUSTVAL__PRICE_PAID, CUSTVAL__PRICE_SECOND_UNIT, CUSTVAL__PRICE_LENGTH };
enum {
    CUSTVAL__REFERENCE_START,
    CUSTVAL__REFERENCE_THETA,
    CUSTVAL__REFERENCE_POINTS,
    CUSTVAL__REFERENCE_ALPHA,
    CUSTVAL__REFERENCE_BETA,
    CUSTVAL__REFERENCE_LAMBDA
};
enum {
    CUSTVAL__FEATURES_CAPABILITY,
    CUSTVAL__FEATURES_SATURATION,
    CUSTVAL__FEATURES_USABILITY,
    CUSTVAL__FEATURES_BURDEN,
    CUSTVAL__FEATURES_SUPPORT,
    CUSTVAL__FEATURES_NEW_SUPPORT,
    CUSTVAL__FEATURES_WEIGHT,
    CUSTVAL__FEATURES_FROM,
    CUSTVAL__FEATURES_TO,
    CUSTVAL__FEATURES_LENGTH
};
enum { CUSTVAL__INDICATOR_WEIGHT, CUSTVAL__INDICATOR_SCORE };
enum { CUSTVAL__PROGRAMME_LENGTH, CUSTVAL__PROGRAMME_DECAY, CUSTVAL__PROGRAMME_COST };

typedef struct custval__scenario_object {
    const char *key, *words; /* of its member in the parent; "the sales" */
    uint32_t parent;
    const custval__scenario_rule *rules;
    uint32_t rule_count;
} custval__scenario_object;

extern const custval__scenario_object custval__scenario_objects[CUSTVAL__SCENARIO_OBJECTS];

/* A number, or a column of the scenario; if not given, the rule's default. */
typedef struct custval__scenario_number {
    uint32_t is_given, column; /* column CUSTVAL_NONE: a number */
    double number;
} custval__scenario_number;

/* Lists of effects, each in one object: its key, and the keys of its factor and points (NULL: it has none). */
enum custval__scenario_list_index {
    CUSTVAL__SCENARIO_MONEY,
    CUSTVAL__SCENARIO_QUALITY,
    CUSTVAL__SCENARIO_NODES,
    CUSTVAL__SCENARIO_DONE,   /* by a programme */
    CUSTVAL__SCENARIO_LOSSES, /* by competition */
    CUSTVAL__SCENARIO_LISTS
};
typedef struct custval__scenario_list {
    uint32_t object;
    const char *key, *factor, *points;
} custval__scenario_list;
extern const custval__scenario_list custval__scenario_lists[CUSTVAL__SCENARIO_LISTS];

/* What a strength g does to the items below a node: score (1 + g factor) + g points. */
typedef struct custval__scenario_effect {
    uint32_t list, has_factor, has_points;
    const char *node;
    double factor, points;
} custval__scenario_effect;

/* One period of the plan. */
typedef struct custval__scenario_period {
    uint32_t phase;                             /* a custval_scenario_phase */
    double strength, price;                     /* price: of the sales where the plan has none */
    double reference, felt, transaction, extra; /* extra: points of value; the others NaN without a reference */
} custval__scenario_period;

struct custval_scenario {
    atomic_size_t owners;
    custval__arena arena; /* everything below, and the scenario itself */
    uint32_t kind, periods, length;
    const char *notes[CUSTVAL__SCENARIO_OBJECTS]; /* each may be NULL */
    uint32_t has[CUSTVAL__SCENARIO_OBJECTS];
    custval__scenario_number numbers[CUSTVAL__SCENARIO_OBJECTS][CUSTVAL__SCENARIO_RULES_MOST];
    double *path; /* stated prices, or NULL */
    uint32_t path_count, effect_count;
    custval__scenario_effect *effects;           /* by list */
    const char *where, *dimension, *id, *column; /* a programme's and a new indicator's texts, or NULL */
    double scale_min, scale_max;                 /* of the column */
    const char **columns;                        /* each once */
    uint32_t column_count;
    custval__scenario_period *course; /* [period] from 0 */
};

/* An empty scenario that one owner holds. */
custval_status custval__scenario_new(const custval_host *whole_host, custval_scenario **out, custval_error *error);

/* Adds a column, once. The text is copied. */
custval_status custval__scenario_add_column(custval_scenario *scenario, const char *name, uint32_t *out_column,
                                            custval_error *error);

/* Works out the course of a scenario whose numbers are all there and checked. */
custval_status custval__scenario_settle(custval_scenario *scenario, custval_error *error);

int custval__scenario_in_range(uint32_t range, double x);
const char *custval__scenario_range_words(uint32_t range); /* "must be ..." */
double custval__scenario_number_of(const custval_scenario *scenario, uint32_t object, uint32_t number);

/* Adds the columns of custval_scenario_path() to a result of one row per period. */
custval_status custval__scenario_add_path(const custval_scenario *scenario, const custval_host *host,
                                          custval_table *table, custval_error *error);

/* Terms of the features of a scenario, before (0) or with (1) the plan; gives their number. */
double custval__scenario_features(const custval_scenario *scenario, int with, custval_features_terms *out);

#endif
