/* What parsing and writing of links share: the facts of a fit and their keys. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_DOCUMENT_LINK_H
#define CUSTVAL_DOCUMENT_LINK_H

#include <stddef.h>

#include <custval/link.h>

#define CUSTVAL__LINK_VERSION 1
#define CUSTVAL__LINK_FACTS 12

typedef struct custval__link_fact {
    const char *key;
    size_t offset;
    int is_count; /* uint64_t; else double */
} custval__link_fact;

extern const custval__link_fact custval__link_facts[CUSTVAL__LINK_FACTS];

double custval__link_fact_get(const custval_link_facts *facts, size_t index);

#endif
