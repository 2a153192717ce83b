/* Reading a document of programmes: what its parts share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_DOCUMENT_PROGRAMMES_LOAD_H
#define CUSTVAL_DOCUMENT_PROGRAMMES_LOAD_H

#include "../programmes/programmes.h"
#include "json.h"
#include "path.h"
#include "shape.h"

typedef struct custval__programmes_load {
    custval__json_document document;
    custval_programmes *base;
    custval_error error; /* the caller's may be NULL; this one is read to put places into messages */
} custval__programmes_load;

custval_status custval__load_fail(custval__programmes_load *load, const custval__json *value, custval_status status,
                                  const char *message);
/* Zeroed memory of the base's arena. */
custval_status custval__load_room(custval__programmes_load *load, size_t count, size_t size, void **out);
/* A text that may be there; an id, which must be, and must not be empty. */
custval_status custval__load_text(custval__programmes_load *load, const custval__json *value, const char **out);
custval_status custval__load_id(custval__programmes_load *load, const custval__json *value, const char **out);
custval_status custval__load_wording(custval__programmes_load *load, const custval__json *value, custval__wording *out);
/* A number from `least` to `most` that may be there. */
custval_status custval__load_number(custval__programmes_load *load, const custval__json *value, double least,
                                    double most, double *out);
/* A trait by its id; a value of a category. */
custval_status custval__load_trait(custval__programmes_load *load, const custval__json *value, const char *id,
                                   uint32_t *out);
custval_status custval__load_value(custval__programmes_load *load, const custval__json *value,
                                   const custval__trait *trait, uint32_t *out);
/* Sorts names of the elements of a list; a name that is there twice is an error at its element. */
custval_status custval__load_sort(custval__programmes_load *load, const custval__json *list, const char *const *names,
                                  uint32_t count, uint32_t **out);

custval_status custval__load_traits(custval__programmes_load *load);
custval_status custval__load_programmes(custval__programmes_load *load);
custval_status custval__load_cases(custval__programmes_load *load);
/* A condition that may be there. */
custval_status custval__load_condition(custval__programmes_load *load, const custval__json *value, custval__tree *out);

#endif
