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
    custval_error *error;
} custval__freezing;

/* Copies a text into the system; NULL stays NULL. 0, or -1 when out of memory. */
int custval__freeze_text(custval__freezing *freezing, const char *text, const char **out);
/* Copies labels. */
int custval__freeze_labels(custval__freezing *freezing, const custval__draft_labels *labels, const custval__label **out,
                           uint32_t *out_count);

/* Profiles and contexts, weight sets, shares of parts. Nodes and parts are there already. */
custval_status custval__freeze_weights(custval__freezing *freezing);

#endif
