/* What Excel calls: registering the functions, calling them, giving results back. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <windows.h>

#include "documents.h"
#include "exports.h"
#include "functions.h"
#include "work.h"

/* --- Calls from formulas ------------------------------------------------------------------------------------------------ */

static excel_cell no_memory = {{.error = EXCEL_VALUE}, EXCEL_ERROR};

/* An error cell that Excel gives back, or a constant one. */
static excel_cell *refusal(void) {
    excel_cell *const made = result_new(1, 1);
    if (made == NULL) return &no_memory;
    made->is.range.cells[0].type = EXCEL_ERROR;
    made->is.range.cells[0].is.error = EXCEL_VALUE;
    return made;
}

static excel_cell *run(size_t place, const excel_cell *const *given) {
    work of;
    excel_cell *result = NULL;
    work_begin(&of);
    const custval_status status = functions[place].body(&of, given, &result);
    work_end(&of);
    return status == CUSTVAL_OK ? result : refusal();
}

excel_cell *sheet_value(CELL a, CELL b, CELL c) {
    return run(0, (CELL[]){a, b, c});
}

excel_cell *sheet_scores(CELL a, CELL b, CELL c) {
    return run(1, (CELL[]){a, b, c});
}

excel_cell *sheet_explain(CELL a, CELL b, CELL c, CELL d) {
    return run(2, (CELL[]){a, b, c, d});
}

excel_cell *sheet_system(CELL a) {
    return run(3, (CELL[]){a});
}

excel_cell *sheet_weights(CELL a) {
    return run(4, (CELL[]){a});
}

excel_cell *sheet_consistency(CELL a) {
    return run(5, (CELL[]){a});
}

excel_cell *sheet_group(CELL a, CELL b, CELL c) {
    return run(6, (CELL[]){a, b, c});
}

excel_cell *sheet_clv(CELL a, CELL b, CELL c, CELL d, CELL e, CELL f, CELL g) {
    return run(7, (CELL[]){a, b, c, d, e, f, g});
}

excel_cell *sheet_why(CELL a, CELL b, CELL c, CELL d, CELL e, CELL f, CELL g, CELL h) {
    return run(8, (CELL[]){a, b, c, d, e, f, g, h});
}

/* --- Registering --------------------------------------------------------------------------------------------------------- */

typedef struct help_text {
    wchar_t room[EXCEL_LONGEST_HELP + 1];
} help_text;

/* A cell of an ASCII text that lives in `room`. Some versions of Excel cut the last characters of the last text: blanks. */
static excel_cell text_cell(help_text *room, const char *text, const char *after) {
    size_t length = 0;
    for (; *text != 0 && length < EXCEL_LONGEST_HELP; text++) room->room[++length] = (wchar_t)*text;
    for (; *after != 0 && length < EXCEL_LONGEST_HELP; after++) room->room[++length] = (wchar_t)*after;
    room->room[0] = (wchar_t)length;
    excel_cell out = {{0}, EXCEL_TEXT};
    out.is.text = room->room;
    return out;
}

enum { REGISTER_ARGUMENTS = 10 };

static int register_one(excel_callback excel, const excel_cell *module, const function *of) {
    help_text room[6];
    char type[MOST_ARGUMENTS + 3] = "Q", called[64] = "CUSTVAL.";
    excel_cell missing = {{0}, EXCEL_MISSING}, kind = {{0}, EXCEL_NUMBER}, id = {{0}, EXCEL_BLANK};
    for (size_t i = 0; i < of->count; i++) type[i + 1] = 'Q';
    type[of->count + 1] = '$'; /* any thread may call it */
    strncat(called, of->name, sizeof called - strlen(called) - 1);
    kind.is.number = 1.0; /* a function for formulas */
    excel_cell procedure = text_cell(&room[0], of->procedure, ""), types = text_cell(&room[1], type, "");
    excel_cell name = text_cell(&room[2], called, ""), arguments = text_cell(&room[3], of->arguments, "");
    excel_cell category = text_cell(&room[4], "custval", ""), help = text_cell(&room[5], of->help, "  ");
    excel_cell whole_module = *module;
    excel_cell *const given[REGISTER_ARGUMENTS] = {&whole_module, &procedure, &types,   &name,    &arguments,
                                                   &kind,         &category,  &missing, &missing, &help};
    return excel(EXCEL_REGISTER, REGISTER_ARGUMENTS, given, &id) == 0 && (id.type & EXCEL_KIND) == EXCEL_NUMBER;
}

int xlAutoOpen(void) {
    excel_callback excel = NULL;
    const FARPROC found = GetProcAddress(GetModuleHandleW(NULL), "MdCallBack12");
    excel_cell module = {{0}, EXCEL_BLANK};
    memcpy(&excel, &found, sizeof excel);
    if (excel == NULL || excel(EXCEL_GET_NAME, 0, NULL, &module) != 0) return 0;
    int done = 1;
    for (size_t i = 0; i < functions_count; i++) done &= register_one(excel, &module, &functions[i]);
    excel_cell *const given[] = {&module};
    excel(EXCEL_FREE, 1, given, NULL);
    return done;
}

int xlAutoClose(void) {
    return 1;
}

void xlAutoFree12(excel_cell *result) {
    result_free(result);
}

/* The name in the list of add-ins. */
excel_cell *xlAddInManagerInfo12(CELL action) {
    const int asks_for_name = (action->type == EXCEL_NUMBER && action->is.number == 1.0) ||
                              (action->type == EXCEL_WHOLE && action->is.whole == 1);
    excel_cell *const made = asks_for_name ? result_new(1, 1) : NULL;
    if (made != NULL && put_text(made, 0, "custval: customer value", 23) == 0) return made;
    result_free(made);
    return refusal();
}

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved) {
    (void)instance;
    if (reason == DLL_PROCESS_ATTACH) documents_begin();
    /* At the end of the process its memory ends with it. */
    if (reason == DLL_PROCESS_DETACH && reserved == NULL) documents_end();
    return TRUE;
}
