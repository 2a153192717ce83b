/* Documents in cells, in files and in ranges, each read once. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_XLL_DOCUMENTS_H
#define CUSTVAL_XLL_DOCUMENTS_H

#include "work.h"

/* Makes the lock of what is kept, and frees what is kept: when the add-in comes and goes. */
void documents_begin(void);
void documents_end(void);

/* A system from a range with one item a row, from a document, or from its file; to be freed by the caller. */
custval_status system_of(work *of, const excel_cell *given, custval_system **out);
/* Groups, and a lifetime, from a document or its file; to be freed by the caller. */
custval_status groups_of(work *of, const excel_cell *given, custval_groups **out);
custval_status lifetime_of(work *of, const excel_cell *given, custval_lifetime **out);

#endif
