/* Stands in for Excel: loads the add-in, takes its registrations, calls its functions. xll-host ADDIN CALLS.json FOLDER */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>

#include <jansson.h>

#include "excel.h"

/* --- What it registered -------------------------------------------------------------------------------------------------- */

enum { MOST = 16, WIDEST = 8 };

typedef excel_cell *(*procedure)(const excel_cell *, const excel_cell *, const excel_cell *, const excel_cell *,
                                 const excel_cell *, const excel_cell *, const excel_cell *, const excel_cell *);

static struct registered {
    char name[64], procedure[64], type[64], help[256];
    procedure call;
} registered[MOST];
static size_t registered_count;
static HMODULE addin;
static void (*free_result)(excel_cell *);
static unsigned frees; /* calls of EXCEL_FREE */

/* The characters of a text, none of anything else. */
static void ascii_of(const excel_cell *cell, char *out, size_t capacity) {
    const size_t length = (cell->type & EXCEL_KIND) == EXCEL_TEXT ? cell->is.text[0] : 0;
    size_t i = 0;
    for (; i < length && i + 1 < capacity; i++) out[i] = (char)cell->is.text[i + 1];
    out[i] = 0;
}

static excel_cell text_cell(const wchar_t *text, size_t length) {
    wchar_t *const made = calloc(length + 1, sizeof *made);
    excel_cell out = {{0}, EXCEL_TEXT};
    if (made == NULL || length > EXCEL_LONGEST_TEXT) abort();
    made[0] = (wchar_t)length;
    memcpy(made + 1, text, length * sizeof *made);
    out.is.text = made;
    return out;
}

__declspec(dllexport) int __stdcall MdCallBack12(int function, int count, excel_cell *const *given, excel_cell *result);

int __stdcall MdCallBack12(int function, int count, excel_cell *const *given, excel_cell *result) {
    if (function == EXCEL_GET_NAME) {
        *result = text_cell(L"C:\\custval.xll", 14);
        return 0;
    }
    if (function == EXCEL_FREE) {
        frees++;
        free(given[0]->is.text);
        return 0;
    }
    if (function != EXCEL_REGISTER || count < 10 || registered_count == MOST) return 2;
    struct registered *const to = &registered[registered_count++];
    ascii_of(given[1], to->procedure, sizeof to->procedure);
    ascii_of(given[2], to->type, sizeof to->type);
    ascii_of(given[3], to->name, sizeof to->name);
    ascii_of(given[9], to->help, sizeof to->help);
    const FARPROC found = GetProcAddress(addin, to->procedure);
    memcpy(&to->call, &found, sizeof to->call);
    result->type = EXCEL_NUMBER;
    result->is.number = (double)registered_count;
    return 0;
}

/* --- Calling ---------------------------------------------------------------------------------------------------------------- */

static const excel_cell missing = {{0}, EXCEL_MISSING};

static excel_cell *call(const char *name, const excel_cell *a, const excel_cell *b, const excel_cell *c,
                        const excel_cell *d) {
    for (size_t i = 0; i < registered_count; i++) {
        if (strcmp(registered[i].name, name) == 0) {
            return registered[i].call(a, b, c, d, &missing, &missing, &missing, &missing);
        }
    }
    printf("Bail out! no function %s\n", name);
    exit(1);
}

/* A cell of a result; an error if there is no such cell, or the result is one. */
static const excel_cell *at(const excel_cell *result, size_t place) {
    static const excel_cell none = {{0}, EXCEL_BLANK};
    if ((result->type & EXCEL_KIND) != EXCEL_RANGE) return result;
    const size_t count = (size_t)result->is.range.rows * (size_t)result->is.range.columns;
    return place < count ? &result->is.range.cells[place] : &none;
}

static void give_back(excel_cell *result) {
    if (result->type & EXCEL_OURS) free_result(result);
}

static wchar_t *wide_of(const char *text, size_t *out_length) {
    const int length = MultiByteToWideChar(CP_UTF8, 0, text, (int)strlen(text), NULL, 0);
    wchar_t *const made = calloc((size_t)length + 1, sizeof *made);
    if (made == NULL) abort();
    MultiByteToWideChar(CP_UTF8, 0, text, (int)strlen(text), made, length);
    *out_length = (size_t)length;
    return made;
}

static excel_cell cell_of(const json_t *value) {
    excel_cell out = {{0}, EXCEL_BLANK};
    if (json_is_number(value)) {
        out.type = EXCEL_NUMBER;
        out.is.number = json_number_value(value);
    } else if (json_is_boolean(value)) {
        out.type = EXCEL_TRUTH;
        out.is.truth = json_is_true(value);
    } else if (json_is_string(value)) {
        size_t length = 0;
        wchar_t *const wide = wide_of(json_string_value(value), &length);
        out = text_cell(wide, length);
        free(wide);
    }
    return out;
}

static excel_cell document_cell(const json_t *document) {
    char *const text = json_dumps(document, JSON_COMPACT | JSON_REAL_PRECISION(17));
    json_t *const string = json_string(text);
    const excel_cell out = cell_of(string);
    json_decref(string);
    free(text);
    return out;
}

/* Rows of cells: of an array of arrays, or one row of an array. */
static excel_cell range_of(const json_t *rows) {
    const int is_matrix = json_is_array(json_array_get(rows, 0));
    const size_t height = is_matrix ? json_array_size(rows) : 1;
    const size_t width = json_array_size(is_matrix ? json_array_get(rows, 0) : rows);
    excel_cell out = {{0}, EXCEL_RANGE};
    out.is.range.cells = calloc(height * width + 1, sizeof(excel_cell));
    out.is.range.rows = (int32_t)height;
    out.is.range.columns = (int32_t)width;
    for (size_t i = 0; i < height * width; i++) {
        const json_t *const row = is_matrix ? json_array_get(rows, i / width) : rows;
        out.is.range.cells[i] = cell_of(json_array_get(row, i % width));
    }
    return out;
}

static void cell_free(excel_cell of) {
    if (of.type == EXCEL_TEXT) free(of.is.text);
    if (of.type != EXCEL_RANGE) return;
    for (size_t i = 0; i < (size_t)of.is.range.rows * (size_t)of.is.range.columns; i++) cell_free(of.is.range.cells[i]);
    free(of.is.range.cells);
}

/* --- Comparing --------------------------------------------------------------------------------------------------------------- */

static unsigned passed, failed;
static char complaint[400];

static void complain(const char *what, const char *found, const char *expected) {
    if (complaint[0] == 0) snprintf(complaint, sizeof complaint, "%s is %s, expected %s", what, found, expected);
}

static void report(const char *kind, const char *name) {
    if (complaint[0] == 0) {
        passed++;
        printf("ok %u - %s %s\n", passed + failed, kind, name);
    } else {
        failed++;
        printf("not ok %u - %s %s: %s\n", passed + failed, kind, name, complaint);
    }
    complaint[0] = 0;
}

/* The same bits; null expects #N/A. */
static void same(const excel_cell *cell, const json_t *expected, const char *what) {
    char found[64], wanted[64];
    const uint32_t kind = cell->type & EXCEL_KIND;
    const double number = json_number_value(expected);
    if (json_is_null(expected)) {
        if (kind == EXCEL_ERROR && cell->is.error == EXCEL_NOT_AVAILABLE) return;
    } else if (kind == EXCEL_NUMBER && memcmp(&cell->is.number, &number, sizeof number) == 0) {
        return;
    }
    snprintf(found, sizeof found, "%.17g of type %u", cell->is.number, kind);
    snprintf(wanted, sizeof wanted, json_is_null(expected) ? "#N/A" : "%.17g", number);
    complain(what, found, wanted);
}

static void is_value_error(const excel_cell *cell, const char *what) {
    if ((cell->type & EXCEL_KIND) != EXCEL_ERROR || cell->is.error != EXCEL_VALUE) complain(what, "none", "#VALUE!");
}

static void text_has(const excel_cell *cell, const char *part, const char *what) {
    char text[2048];
    ascii_of(cell, text, sizeof text);
    if (strstr(text, part) == NULL || (part[0] == 0 && text[0] != 0)) complain(what, text, part);
}

/* --- The shared calls ---------------------------------------------------------------------------------------------------------- */

static void check_score(const json_t *of) {
    excel_cell system = document_cell(json_object_get(of, "system")), names = range_of(json_object_get(of, "inputs"));
    excel_cell cells = range_of(json_object_get(of, "cells")), all = names;
    const json_t *const exact = json_object_get(of, "exact");
    excel_cell *made = call("CUSTVAL.VALUE", &system, &cells, &missing, &missing);
    same(at(made, 0), json_object_get(exact, "value"), "value");
    give_back(made);
    made = call("CUSTVAL.VALUE", &system, &cells, &names, &missing);
    same(at(made, 0), json_object_get(exact, "value"), "value by name");
    give_back(made);
    /* Names above cells, as one range. */
    const size_t width = (size_t)names.is.range.columns;
    excel_cell *const both = calloc(2 * width, sizeof *both);
    memcpy(both, names.is.range.cells, width * sizeof *both);
    memcpy(both + width, cells.is.range.cells, width * sizeof *both);
    all.is.range.cells = both;
    all.is.range.rows = 2;
    made = call("CUSTVAL.SCORES", &system, &all, &missing, &missing);
    const size_t columns = (size_t)(made->type & EXCEL_RANGE ? made->is.range.columns : 0);
    for (size_t i = 0; i < columns; i++) {
        char name[64];
        ascii_of(at(made, i), name, sizeof name);
        const json_t *const expected =
            strcmp(name, "status") == 0 ? json_object_get(of, "status") : json_object_get(exact, name);
        same(at(made, columns + i), expected, name);
    }
    if (columns < 4) complain("SCORES", "too few columns", "value, a side, coverage, status");
    give_back(made);
    free(both);
    made = call("CUSTVAL.EXPLAIN", &system, &cells, &missing, &missing);
    text_has(at(made, 0), "node", "the first name");
    give_back(made);
    cell_free(system);
    cell_free(names);
    cell_free(cells);
}

static void check_refuse(const json_t *of) {
    excel_cell system = document_cell(json_object_get(of, "system")), one = {{0}, EXCEL_NUMBER};
    excel_cell function = text_cell(L"value", 5);
    excel_cell *made = call("CUSTVAL.VALUE", &system, &one, &missing, &missing);
    is_value_error(at(made, 0), "VALUE");
    give_back(made);
    made = call("CUSTVAL.WHY", &function, &system, &one, &missing);
    text_has(at(made, 0), json_string_value(json_object_get(of, "message_part")), "WHY");
    give_back(made);
    cell_free(system);
    cell_free(function);
}

static void check_weights(const json_t *of) {
    excel_cell matrix = range_of(json_object_get(of, "matrix"));
    const json_t *const exact = json_object_get(of, "exact"), *const weights = json_object_get(exact, "weights");
    excel_cell *made = call("CUSTVAL.WEIGHTS", &matrix, &missing, &missing, &missing);
    for (size_t i = 0; i < json_array_size(weights); i++) same(at(made, i), json_array_get(weights, i), "a weight");
    give_back(made);
    made = call("CUSTVAL.CONSISTENCY", &matrix, &missing, &missing, &missing);
    same(at(made, 0), json_object_get(exact, "cr"), "the consistency ratio");
    give_back(made);
    cell_free(matrix);
}

static void check_group(const json_t *of) {
    excel_cell groups = document_cell(json_object_get(of, "groups")), cells = range_of(json_object_get(of, "cells"));
    excel_cell *const made = call("CUSTVAL.GROUP", &groups, &cells, &missing, &missing);
    text_has(at(made, 0), json_string_value(json_object_get(of, "expected")), "the group");
    give_back(made);
    cell_free(groups);
    cell_free(cells);
}

static void check_lifetime(const json_t *of) {
    static const char *const outputs[] = {"alive", "expected"};
    excel_cell lifetime = document_cell(json_object_get(of, "lifetime")),
               cells = range_of(json_object_get(of, "cells"));
    excel_cell horizon = cell_of(json_object_get(of, "horizon"));
    for (size_t i = 0; i < 2; i++) {
        json_t *const word = json_string(outputs[i]);
        excel_cell output = cell_of(word);
        excel_cell *const made = call("CUSTVAL.CLV", &lifetime, &cells, &horizon, &output);
        same(at(made, 0), json_object_get(json_object_get(of, "exact"), outputs[i]), outputs[i]);
        give_back(made);
        cell_free(output);
        json_decref(word);
    }
    cell_free(lifetime);
    cell_free(cells);
}

static const struct check {
    const char *kind;
    void (*run)(const json_t *of);
} checks[] = {
    {"score", check_score}, {"refuse", check_refuse},     {"weights", check_weights},
    {"group", check_group}, {"lifetime", check_lifetime},
};

static void run_calls(const json_t *calls) {
    for (size_t i = 0; i < json_array_size(calls); i++) {
        const json_t *const of = json_array_get(calls, i);
        const char *const kind = json_string_value(json_object_get(of, "call"));
        for (size_t k = 0; k < sizeof checks / sizeof *checks; k++) {
            if (strcmp(kind, checks[k].kind) != 0) continue;
            checks[k].run(of);
            report(kind, json_string_value(json_object_get(of, "id")));
        }
    }
}

/* --- Threads, files, whatever ---------------------------------------------------------------------------------------------------- */

static const json_t *first_score;

static DWORD WINAPI many_calls(void *data) {
    (void)data;
    for (int i = 0; i < 300; i++) check_score(first_score);
    return 0;
}

/* Excel calls from as many threads as there are processors. */
static void run_threads(void) {
    HANDLE threads[8];
    for (size_t i = 0; i < 8; i++) threads[i] = CreateThread(NULL, 0, many_calls, NULL, 0, NULL);
    WaitForMultipleObjects(8, threads, TRUE, INFINITE);
    for (size_t i = 0; i < 8; i++) CloseHandle(threads[i]);
    report("threads", "eight at once give the same bits");
}

static void run_files(const char *folder, const json_t *of) {
    static const wchar_t *const elsewhere[] = {L"\\\\server\\share\\a.json", L"//server/share/a.json",
                                               L"\\/server/share/a.json", L"/\\server\\share\\a.json",
                                               L"\\??\\UNC\\server\\share\\a.json"};
    char path[MAX_PATH];
    snprintf(path, sizeof path, "%s\\system.json", folder);
    if (json_dump_file(json_object_get(of, "system"), path, JSON_REAL_PRECISION(17)) != 0)
        complain(path, "not written", "a file");
    json_t *const name = json_string(path);
    excel_cell system = cell_of(name), cells = range_of(json_object_get(of, "cells"));
    excel_cell *made = call("CUSTVAL.VALUE", &system, &cells, &missing, &missing);
    same(at(made, 0), json_object_get(json_object_get(of, "exact"), "value"), "value");
    give_back(made);
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
        excel_cell about = text_cell(L"value", 5), remote = text_cell(elsewhere[i], wcslen(elsewhere[i]));
        made = call("CUSTVAL.VALUE", &remote, &cells, &missing, &missing);
        is_value_error(at(made, 0), "a file of another computer");
        give_back(made);
        made = call("CUSTVAL.WHY", &about, &remote, &cells, &missing);
        text_has(at(made, 0), "no path of a file on this computer", "the reason");
        give_back(made);
        cell_free(about);
        cell_free(remote);
    }
    report("files", "a path is read, if it is one of this computer");
    json_decref(name);
    cell_free(system);
    cell_free(cells);
}

/* A system with one item a row, and blank rows below. */
static void run_items(void) {
    json_t *const items = json_loads(
        "[[\"side\",\"dimension\",\"indicator\",\"column\",\"low\",\"high\",\"item_note\"],"
        "[\"benefit\",\"product\",\"quality\",\"q1\",1,10,null],[\"sacrifice\",\"money\",\"price\",\"q2\",1,10,null],"
        "[null,null,null,null,null,null,null]]",
        0, NULL);
    json_t *const rows = json_loads("[[10,1],[1,10],[4,7],[null,null]]", 0, NULL);
    json_t *const expected = json_loads("[100.0,-100.0]", 0, NULL);
    excel_cell system = range_of(items), cells = range_of(rows);
    for (int round = 0; round < 2; round++) {
        excel_cell *const made = call("CUSTVAL.VALUE", &system, &cells, &missing, &missing);
        for (size_t i = 0; i < 2; i++) same(at(made, i), json_array_get(expected, i), "value");
        if (made->is.range.rows != 3) complain("rows", "not 3", "3: blank ones are cut");
        give_back(made);
    }
    excel_cell *const text = call("CUSTVAL.SYSTEM", &system, &missing, &missing, &missing);
    text_has(at(text, 0), "\"quality\"", "the document");
    give_back(text);
    report("items", "a range with one item a row is a system");
    cell_free(system);
    cell_free(cells);
    json_decref(items);
    json_decref(rows);
    json_decref(expected);
}

/* Any argument gives a range or an error cell. */
static void run_nonsense(void) {
    static const char *const given[] = {"null",
                                        "1",
                                        "-1e308",
                                        "true",
                                        "\"\"",
                                        "\"{\"",
                                        "\"x\"",
                                        "[[1,2],[3,4]]",
                                        "[[\"a\",\"b\"]]",
                                        "[[null]]",
                                        "[1,\"x\",null]"};
    enum { KINDS = sizeof given / sizeof *given };
    excel_cell cells[KINDS + 1];
    uint32_t state = 20260101;
    for (size_t i = 0; i < KINDS; i++) {
        json_t *const value = json_loads(given[i], JSON_DECODE_ANY, NULL);
        cells[i] = json_is_array(value) ? range_of(value) : cell_of(value);
        json_decref(value);
    }
    cells[KINDS] = document_cell(json_object_get(first_score, "system"));
    for (int i = 0; i < 20000; i++) {
        const excel_cell *picked[WIDEST];
        for (size_t k = 0; k < WIDEST; k++) {
            state = state * 1664525U + 1013904223U;
            picked[k] = (state >> 16) % 5 == 0 ? &missing : &cells[(state >> 8) % (KINDS + 1)];
        }
        const struct registered *const to = &registered[(state >> 20) % registered_count];
        excel_cell *const made =
            to->call(picked[0], picked[1], picked[2], picked[3], picked[4], picked[5], picked[6], picked[7]);
        if (made == NULL || ((made->type & EXCEL_KIND) != EXCEL_RANGE && (made->type & EXCEL_KIND) != EXCEL_ERROR)) {
            complain(to->name, "neither", "a range or an error");
        } else {
            give_back(made);
        }
    }
    report("nonsense", "any argument gives a range or an error");
    for (size_t i = 0; i <= KINDS; i++) cell_free(cells[i]);
}

static int load(const char *path) {
    int (*open)(void) = NULL;
    addin = LoadLibraryA(path);
    if (addin == NULL) return -1;
    const FARPROC opening = GetProcAddress(addin, "xlAutoOpen"), freeing = GetProcAddress(addin, "xlAutoFree12");
    memcpy(&open, &opening, sizeof open);
    memcpy(&free_result, &freeing, sizeof free_result);
    registered_count = 0;
    return open != NULL && free_result != NULL && open() == 1 ? 0 : -1;
}

static void check_registered(void) {
    if (registered_count != 9) complain("the number of functions", "another", "9");
    for (size_t i = 0; i < registered_count; i++) {
        const struct registered *const of = &registered[i];
        if (of->call == NULL || strncmp(of->name, "CUSTVAL.", 8) != 0 || of->type[0] != 'Q')
            complain(of->name, of->type, "Q...");
        if (of->type[strlen(of->type) - 1] != '$' || of->help[0] == 0)
            complain(of->name, of->help, "help, and any thread");
    }
    if (frees == 0) complain("the name that Excel made", "kept", "given back");
    if (GetProcAddress(addin, "custval_score") != NULL) complain("custval_score", "exported", "hidden");
    report("registered", "nine functions, for any thread, and nothing of the library");
}

int main(int count, char **arguments) {
    json_t *const document = count == 4 ? json_load_file(arguments[2], 0, NULL) : NULL;
    const json_t *const calls = json_object_get(document, "calls");
    if (!json_is_array(calls) || load(arguments[1]) != 0) {
        printf("usage: xll-host ADDIN CALLS.json FOLDER\n");
        return 2;
    }
    first_score = json_array_get(calls, 0);
    check_registered();
    run_calls(calls);
    run_items();
    run_files(arguments[3], first_score);
    run_threads();
    run_nonsense();
    FreeLibrary(addin);
    if (load(arguments[1]) != 0) complain("loading again", "refused", "possible");
    check_score(first_score);
    report("loading", "goes again after unloading");
    json_decref(document);
    printf("%u passed, %u failed, 0 skipped\n", passed, failed);
    return failed == 0 ? 0 : 1;
}
