/* Columns of texts for result tables. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_PROGRAMMES_TABLES_H
#define CUSTVAL_PROGRAMMES_TABLES_H

#include "programmes.h"

/* Adds a column of names by their indices; CUSTVAL_NONE is missing. Each name is stored once. */
custval_status custval__add_names(custval_table *table, const custval_host *host, const char *column,
                                  const char *const *names, uint32_t count, const uint32_t *indices,
                                  custval_error *error);

/* Texts one after the other, to become a column; starts zeroed. */
typedef struct custval__text_list {
    char *bytes;
    size_t length, capacity; /* bytes */
    size_t *ends;            /* of each text; missing where it is marked so */
    size_t count, room;
    int is_short; /* memory was short; all later calls do nothing */
} custval__text_list;

/* Appends to the last text that is begun; a NULL is nothing. */
void custval__text_put(custval__text_list *list, const custval_host *host, const char *bytes, size_t length);
void custval__text_word(custval__text_list *list, const custval_host *host, const char *text);
void custval__text_number(custval__text_list *list, const custval_host *host, double number);

/* Ends a text; an empty one is missing. */
void custval__text_end(custval__text_list *list, const custval_host *host);

/* Bytes of the text that is begun. */
size_t custval__text_begun(const custval__text_list *list);

custval_status custval__add_text_list(custval_table *table, const custval_host *host, const char *column,
                                      const custval__text_list *list, custval_error *error);
void custval__text_free(custval__text_list *list, const custval_host *host);

#endif
