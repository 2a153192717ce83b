/* What parsing and writing of lifetime documents share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_DOCUMENT_LIFETIME_H
#define CUSTVAL_DOCUMENT_LIFETIME_H

#include "shape.h"

/* Version of lifetime documents that this library reads and writes. */
#define CUSTVAL__LIFETIME_VERSION 1

/* The shapes of a lifetime document. */
enum custval__lifetime_shape_index {
    CUSTVAL__LIFETIME_SHAPE_LIFETIME,
    CUSTVAL__LIFETIME_SHAPE_FIT,
    CUSTVAL__LIFETIME_SHAPES
};

extern const custval__shape custval__lifetime_shapes[CUSTVAL__LIFETIME_SHAPES];

#endif
