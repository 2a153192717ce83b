/* What parsing and writing of links share: the facts of a fit and their keys. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_DOCUMENT_LINK_H
#define CUSTVAL_DOCUMENT_LINK_H

#include <stddef.h>

#include <custval/link.h>

#include "json.h"
#include "layout.h"

#define CUSTVAL__LINK_VERSION 1
#define CUSTVAL__LINK_FACTS 12

typedef struct custval__link_fact {
    const char *key;
    size_t offset;
    int is_count; /* uint64_t; else double */
} custval__link_fact;

extern const custval__link_fact custval__link_facts[CUSTVAL__LINK_FACTS];

double custval__link_fact_get(const custval_link_facts *facts, size_t index);

/* A link that is a value of a document, its own or another. `what` is a custval_link. */
custval_status custval__link_read(const custval_host *whole_host, const custval__json *root, custval_link **out,
                                  custval_error *error);
void custval__link_put(custval__layout *to, const void *what);

#endif
