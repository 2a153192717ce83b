/* PostgreSQL: what its functions share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_POSTGRESQL_CONVERT_H
#define CUSTVAL_POSTGRESQL_CONVERT_H

#include "postgres.h"

#include "fmgr.h"

#include "shared/shared.h"

#if defined(__GNUC__)
#  pragma GCC visibility push(hidden)
#endif

/*
 * The library's memory is that of malloc(), which an ERROR of the server does not give back. So whatever outlives a
 * call of the library lies in a `call`, which the memory context of the place in the query frees, however the query
 * ends.
 */
typedef struct call {
    sql_site site;
    sql_text text;               /* answer being written */
    struct cell_reader *readers; /* one for each argument */
    bool constant;               /* the document is a constant of the query */
    struct varlena *raw;         /* the document of the latest row, as it was stored */
    MemoryContextCallback callback;
} call;

/* What this place of the query keeps; made on its first row. */
call *call_get(FunctionCallInfo fcinfo, const sql_site *initial);

/* Gets the site ready for the document in argument 0. */
void call_document(FunctionCallInfo fcinfo, call *here);

/* Reads the answers from argument `first` on into numbers and texts: given one by one, as a VARIADIC array, or as one
   record whose columns have the names of the inputs. With a site, its inputs say how many there have to be. */
void call_answers(FunctionCallInfo fcinfo, call *here, int first);

/* The same for `count` numbers that no document describes. */
void call_numbers(FunctionCallInfo fcinfo, call *here, int first, size_t count, double *numbers);

/* Raises what the library said. */
void raise_if(custval_status status, const custval_error *error);

/* What was written, and the text emptied for the next row. */
Datum call_jsonb(call *here);
Datum call_text(call *here, const char *data, size_t length);
Datum call_bytes(call *here);

/* Text of an argument in UTF-8, as the library reads it. */
const char *argument_utf8(struct varlena *argument, size_t *length);

#if defined(__GNUC__)
#  pragma GCC visibility pop
#endif

#endif
