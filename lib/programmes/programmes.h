/* Knowledge bases inside the library: traits, conditions as flat trees, cases by programme, rates by segment. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_PROGRAMMES_PROGRAMMES_H
#define CUSTVAL_PROGRAMMES_PROGRAMMES_H

#include <stdatomic.h>
#include <stdint.h>

#include <custval/programmes.h>

#include "../base/memory.h"

#define CUSTVAL__PROGRAMMES_MOST 4096
#define CUSTVAL__TRAITS_MOST 256
#define CUSTVAL__CASES_MOST 65536
#define CUSTVAL__VALUES_MOST 4096
#define CUSTVAL__SIMILAR_VALUES_MOST 128 /* of a category with a table of similarities, whose size is the square */
#define CUSTVAL__SEGMENTS_MOST 256
#define CUSTVAL__TRIES_MOST 9007199254740992.0 /* 2^53 */

#define CUSTVAL__SIMILARITY_LEAST 0.8 /* where the document does not say */
#define CUSTVAL__KNOWN_LEAST 0.5
#define CUSTVAL__SUCCESS_UNSTATED 0.5

/* A text in several languages, in the order of the document; count 0: none. */
typedef struct custval__wording {
    const char **languages, **texts;
    uint32_t count;
} custval__wording;

/* What the document says of two values of a category. */
typedef struct custval__alike {
    uint32_t a, b;
    double similarity;
} custval__alike;

typedef struct custval__trait {
    const char *id, *note;
    custval__wording label;
    uint32_t type; /* a custval_trait_type */
    double weight; /* of similarity */
    int has_range;
    double low, high;
    const char **values;   /* category */
    uint32_t *by_name;     /* category: the values in the order of their bytes */
    uint32_t value_count;  /* category: 1 or more; flag: 2; number: 0 */
    uint32_t first_mask;   /* of its values, in a block */
    custval__alike *alike; /* category */
    uint32_t alike_count;
    double *similarities; /* category with alike: [a * value_count + b]; NULL: 1 or 0 */
} custval__trait;

enum custval__condition_kind {
    CUSTVAL__CONDITION_ALL,
    CUSTVAL__CONDITION_ANY,
    CUSTVAL__CONDITION_NOT,
    CUSTVAL__CONDITION_TEST
};

enum custval__test {
    CUSTVAL__TEST_BELOW,   /* < */
    CUSTVAL__TEST_MOST,    /* <= */
    CUSTVAL__TEST_ABOVE,   /* > */
    CUSTVAL__TEST_LEAST,   /* >= */
    CUSTVAL__TEST_EQUAL,   /* = */
    CUSTVAL__TEST_IN,      /* in, of a category */
    CUSTVAL__TEST_MISSING, /* missing: true */
    CUSTVAL__TEST_THERE    /* missing: false */
};

extern const char *const custval__test_words[]; /* the keys in documents */

/* A node; children stand behind their parent, next to each other. */
typedef struct custval__condition {
    uint32_t kind;
    uint32_t first, count; /* children; relative to the first node of the tree */
    uint32_t trait, test;  /* of a test */
    double number;         /* number trait; flag: 0 or 1 */
    const uint32_t *codes; /* category: values; = has one */
    uint32_t code_count;
} custval__condition;

typedef struct custval__tree {
    const custval__condition *nodes; /* NULL: no condition */
    uint32_t count;
} custval__tree;

typedef struct custval__tries {
    double tried, succeeded;
} custval__tries;

typedef struct custval__programme {
    const char *id, *note;
    custval__wording label, text;
    double cost, value, score;
    double success; /* stated; NaN: not */
    uint32_t times; /* a number trait; CUSTVAL_NONE: 1 */
    double priority;
    const char *group_name; /* NULL: none */
    uint32_t group;         /* equal for the same name; CUSTVAL_NONE: none */
    uint32_t contact_limit; /* CUSTVAL_NONE: none */
    custval__tree when, unless;
    uint32_t first_case, case_count; /* in case_order */
} custval__programme;

/* A number, or the code of a category or flag. */
typedef struct custval__case_trait {
    uint32_t trait, code;
    double number;
} custval__case_trait;

typedef struct custval__case {
    const char *id, *note;
    uint32_t programme;
    int succeeded;
    custval__case_trait *traits;
    uint32_t trait_count;
    double weight; /* sum over its traits, in their order */
} custval__case;

struct custval_programmes {
    atomic_size_t owners;
    custval__arena arena; /* everything below, and the base itself */
    const char *id, *note;
    custval__wording label;
    double money_per_point, similarity_least, known_least;
    int states_similarity, states_known; /* the document has them */
    uint32_t segment, contacted;         /* traits; CUSTVAL_NONE: none */
    custval__trait *traits;
    custval__programme *programmes;
    const char **ids, **trait_ids, **case_ids; /* of the programmes, traits, cases */
    uint32_t *by_id;                           /* programmes in the order of the bytes of their ids */
    custval__case *cases;
    uint32_t trait_count, programme_count, case_count;
    custval__tries *tries; /* [programme * (segment_count + 1) + segment], the last one for all */
    uint32_t segment_count;

    /* Made by custval__programmes_freeze. */
    uint32_t *case_order;         /* cases by programme, each in the order of the document */
    double *rates;                /* [segment * programme_count + programme], segment_count: not known */
    uint32_t *orders;             /* [the same]: programmes by priority and net, as if no effect were times a trait */
    uint32_t mask_count, longest; /* words of all values; nodes of the largest tree */
    uint32_t times_count;         /* programmes whose effect is times a trait: their nets are the row's own */
};

/* An empty base that one owner holds. */
custval_status custval__programmes_new(const custval_host *whole_host, custval_programmes **out, custval_error *error);

/* Makes what follows from the document; counts of tries may have changed before. */
custval_status custval__programmes_freeze(custval_programmes *base, custval_error *error);

/* The same base again, not yet frozen. */
custval_status custval__programmes_copy(const custval_programmes *base, const custval_host *whole_host,
                                        custval_programmes **out, custval_error *error);

/* Index of an id or a value, or CUSTVAL_NONE. */
uint32_t custval__programmes_find(const custval_programmes *base, const char *id, size_t length);
uint32_t custval__trait_value(const custval__trait *trait, const char *text, size_t length);

/* Text in a language; the first one where there is none; NULL if there is no text at all. */
const char *custval__wording_in(const custval__wording *wording, const char *language);

/* Net of a programme: rate (times value + money_per_point score) - cost, in the order of the header. */
static inline double custval__programme_net(const custval_programmes *base, const custval__programme *which,
                                            double rate, double times) {
    return rate * (which->value * times) + base->money_per_point * (rate * which->score) - which->cost;
}

static inline custval__tries *custval__programme_tries(const custval_programmes *base, uint32_t programme,
                                                       uint32_t segment) {
    return &base->tries[(size_t)programme * (base->segment_count + 1) + segment];
}

/* Reads the options; on success `whole->host` is not NULL and points to `host`. */
custval_status custval__programmes_options_read(const custval_programmes_options *options,
                                                custval_programmes_options *whole, custval_host *host,
                                                custval_error *error);

#endif
