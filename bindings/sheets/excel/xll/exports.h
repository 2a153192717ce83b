/* What Excel looks for in the add-in. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_XLL_EXPORTS_H
#define CUSTVAL_XLL_EXPORTS_H

#include <windows.h>

#include "excel.h"

#define EXPORT __declspec(dllexport)
#define CELL const excel_cell *

/* In the order of functions.c; Excel passes one pointer per letter of the type text that a function is registered with. */
EXPORT excel_cell *sheet_value(CELL a, CELL b, CELL c);
EXPORT excel_cell *sheet_scores(CELL a, CELL b, CELL c);
EXPORT excel_cell *sheet_explain(CELL a, CELL b, CELL c, CELL d);
EXPORT excel_cell *sheet_system(CELL a);
EXPORT excel_cell *sheet_weights(CELL a);
EXPORT excel_cell *sheet_consistency(CELL a);
EXPORT excel_cell *sheet_group(CELL a, CELL b, CELL c);
EXPORT excel_cell *sheet_clv(CELL a, CELL b, CELL c, CELL d, CELL e, CELL f, CELL g);
EXPORT excel_cell *sheet_why(CELL a, CELL b, CELL c, CELL d, CELL e, CELL f, CELL g, CELL h);

/* When the add-in is opened and closed; what becomes of a result; what the list of add-ins calls it. */
EXPORT int xlAutoOpen(void);
EXPORT int xlAutoClose(void);
EXPORT void xlAutoFree12(excel_cell *result);
EXPORT excel_cell *xlAddInManagerInfo12(CELL action);

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved);

#endif
