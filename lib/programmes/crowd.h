/* A block of customers: their traits, which conditions hold for them, how similar past customers are. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_PROGRAMMES_CROWD_H
#define CUSTVAL_PROGRAMMES_CROWD_H

#include "programmes.h"

/* One bit of a word per customer. */
#define CUSTVAL__CROWD 64

/* Where a condition is true and where it is false; elsewhere it cannot be told. */
typedef struct custval__truth {
    uint64_t yes, no;
} custval__truth;

typedef struct custval__crowd {
    const custval_programmes *base;
    const custval_table *table;
    const size_t *columns; /* of the traits */
    size_t start, count;   /* rows */
    uint64_t all;          /* bits of the rows that there are */
    double *numbers;       /* [trait * BLOCK + row]: NaN where it is not known; of category and flag: unused */
    uint32_t *codes;       /* the same; value_count where it is not known; of number: unused */
    uint64_t *known;       /* [trait] */
    uint64_t *masks;       /* [trait's first_mask + value]: who has it */
    custval__truth *nodes; /* of the condition looked at last */
    double *scratch;       /* BLOCK */
} custval__crowd;

/* Finds the columns of the traits and checks their types. */
custval_status custval__crowd_columns(const custval_programmes *base, const custval_table *table, size_t *columns,
                                      custval_error *error);

/* Memory of so many blocks in one piece, to be freed with custval__free; NULL: none is left. */
void *custval__crowd_new(const custval_host *host, const custval_programmes *base, const custval_table *table,
                         const size_t *columns, uint32_t count, custval__crowd **out);

/* Reads at most BLOCK rows. */
void custval__crowd_read(custval__crowd *block, size_t start, size_t count);

/* No condition holds for everybody. */
custval__truth custval__crowd_test(custval__crowd *block, const custval__tree *tree);

/* The most similar of a programme's cases for one customer. */
typedef struct custval__nearest {
    double similarity, known; /* NaN, NaN: there is none */
    uint32_t index;           /* of the case; CUSTVAL_NONE */
} custval__nearest;

/* Similarity of a case to all customers of a block; NaN where no trait is known of both. known: share of the weight. */
void custval__crowd_similarity(const custval__crowd *block, const custval__case *which, double *similarity,
                               double *known);

/* Similarity of one trait of a case and a customer; NaN where it is not known. */
double custval__crowd_part(const custval__crowd *block, const custval__case_trait *trait, size_t row);

/* The nearest case of a programme for all customers of a block. */
void custval__crowd_nearest(const custval__crowd *block, const custval__programme *programme, custval__nearest *out);

#endif
