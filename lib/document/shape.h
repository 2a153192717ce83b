/* Which keys the objects of a document have, and what their values are. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_DOCUMENT_SHAPE_H
#define CUSTVAL_DOCUMENT_SHAPE_H

#include <stdint.h>

#include "json.h"

typedef struct custval__member {
    const char *key;
    uint32_t types;      /* allowed custval__json_type bits */
    uint32_t children;   /* allowed types of an array's elements or of the values of an object with free keys; 0: any */
    uint32_t vocabulary; /* the custval_vocabulary of a text that is a word; 0: any text */
    uint32_t required;   /* 0 or 1 */
} custval__member;

typedef struct custval__shape {
    const char *name;               /* of the definition in docs/system.schema.json */
    const char *words;              /* "a dimension" */
    const custval__member *members; /* ends with a NULL key */
} custval__shape;

/* The shapes of a system document. */
enum custval__shape_index {
    CUSTVAL__SHAPE_SYSTEM,
    CUSTVAL__SHAPE_MISSING,
    CUSTVAL__SHAPE_SIDE,
    CUSTVAL__SHAPE_DIMENSION,
    CUSTVAL__SHAPE_INDICATOR,
    CUSTVAL__SHAPE_ITEM,
    CUSTVAL__SHAPE_CURVE, /* of any type: only its type is known yet */
    CUSTVAL__SHAPE_CURVE_SCALE,
    CUSTVAL__SHAPE_CURVE_LINEAR,
    CUSTVAL__SHAPE_CURVE_LOG,
    CUSTVAL__SHAPE_CURVE_LOGISTIC,
    CUSTVAL__SHAPE_CURVE_PIECEWISE,
    CUSTVAL__SHAPE_CURVE_PROSPECT,
    CUSTVAL__SHAPE_CURVE_TABLE,
    CUSTVAL__SHAPE_DERIVED,
    CUSTVAL__SHAPE_PROFILE,
    CUSTVAL__SHAPE_CONTEXT,
    CUSTVAL__SHAPE_GATE,
    CUSTVAL__SHAPE_RELIEF,
    CUSTVAL__SHAPE_OVERRIDE,
    CUSTVAL__SHAPE_ORIGIN,
    CUSTVAL__SHAPES
};

extern const custval__shape custval__shapes[CUSTVAL__SHAPES];

/* Is it a document of that kind and of the version that we read? Asked first, so that another document is not taken for
   one with strange keys; a version of another type is left to the check of the shape. */
custval_status custval__shape_check_head(const custval__json *root, const char *kind, int version,
                                         custval_error *error);

/* Checks one object: no unknown key (the nearest known one is named), values of the right types and words, nothing
   required missing. Objects inside have shapes of their own. CUSTVAL_ERROR_DOCUMENT, with the path. */
custval_status custval__shape_check(const custval__json *object, const custval__shape *shape, custval_error *error);

#endif
