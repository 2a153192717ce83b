/* Freezing: how a builder becomes a system. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SYSTEM_FREEZE_H
#define CUSTVAL_SYSTEM_FREEZE_H

#include "builder.h"

/* The system while it is made: what will be const is still writable here. */
typedef struct custval__freezing {
    custval_builder *builder;
    custval_system *system;
    custval__arena arena;   /* the system itself lives in it */
    custval__names columns; /* column -> input */
    custval__node *nodes;
    custval__item *items;
    custval__part *parts;
    custval__input *inputs;
    int out_of_memory; /* some copy failed and is NULL */
    custval_error *error;
} custval__freezing;

/* CUSTVAL_ERROR_MEMORY if some copy failed so far; every stage ends with this. */
custval_status custval__freeze_status(const custval__freezing *freezing);

/* Zeroed memory of the system. */
void *custval__freeze_alloc(custval__freezing *freezing, size_t count, size_t size);
/* Copies a text into the system; NULL stays NULL. */
const char *custval__freeze_text(custval__freezing *freezing, const char *text);
const custval__label *custval__freeze_labels(custval__freezing *freezing, const custval__draft_labels *labels);

/* Profiles and contexts, weight sets, shares of parts. Nodes and parts are there already. */
custval_status custval__freeze_weights(custval__freezing *freezing);

#endif
