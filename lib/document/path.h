/* Where a value stands in its document, for messages. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_DOCUMENT_PATH_H
#define CUSTVAL_DOCUMENT_PATH_H

#include "../base/compiler.h"
#include "json.h"

#define CUSTVAL__PATH_SIZE 256

/* Writes the path of a value, e.g. $.dimensions[0].weights["a b"]; cut if it is absurdly long. Returns `out`. */
const char *custval__json_path(const custval__json *value, char out[CUSTVAL__PATH_SIZE]);

/* Fails because of a value: "<path>: <message>". The error is the reader's own: never NULL, always whole. */
custval_status custval__json_fail(const custval__json *value, custval_status status, custval_error *error,
                                  const char *format, ...) CUSTVAL__PRINTF(4, 5);

/* Puts the value's place around the message of a call that failed because of it; returns the status, which becomes the
   error's. Running out of memory is no value's fault and stays as it is. */
custval_status custval__json_place(const custval__json *value, custval_status status, custval_error *error);

#endif
