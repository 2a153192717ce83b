/* Systems, groups and lifetimes do not change: what was read is kept by its text, for every thread of Excel's. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "documents.h"

#include <stdlib.h>
#include <string.h>

#include <windows.h>

enum { KEPT = 64 }; /* more than a workbook uses; the oldest goes first */

/* How a kind of document is read, owned and freed. */
typedef struct kind {
    custval_status (*parse)(const char *text, size_t length, void **out, custval_error *error);
    void *(*ref)(void *made);
    void (*free)(void *made);
} kind;

typedef struct entry {
    const kind *kind;
    unsigned char *key;
    size_t length;
    void *made;
} entry;

static CRITICAL_SECTION lock; /* guards the two below */
static entry kept[KEPT];
static size_t next_entry;

/* --- What is kept --------------------------------------------------------------------------------------------------- */

void documents_begin(void) {
    InitializeCriticalSection(&lock);
}

static void drop(entry *of) {
    if (of->kind != NULL) of->kind->free(of->made);
    free(of->key);
    *of = (entry){0};
}

void documents_end(void) {
    for (size_t i = 0; i < KEPT; i++) drop(&kept[i]);
    DeleteCriticalSection(&lock);
}

static void *find(const kind *of, const unsigned char *key, size_t length) {
    void *found = NULL;
    EnterCriticalSection(&lock);
    for (size_t i = 0; i < KEPT && found == NULL; i++) {
        const int is_it = kept[i].kind == of && kept[i].length == length && memcmp(kept[i].key, key, length) == 0;
        if (is_it) found = of->ref(kept[i].made);
    }
    LeaveCriticalSection(&lock);
    return found;
}

/* Without memory for the key nothing is kept, which costs time only. */
static void keep(const kind *of, const unsigned char *key, size_t length, void *made) {
    unsigned char *const copy = malloc(length + 1);
    if (copy == NULL) return;
    memcpy(copy, key, length);
    EnterCriticalSection(&lock);
    drop(&kept[next_entry]);
    kept[next_entry] = (entry){of, copy, length, of->ref(made)};
    next_entry = (next_entry + 1) % KEPT;
    LeaveCriticalSection(&lock);
}

/* --- Kinds ------------------------------------------------------------------------------------------------------------ */

static custval_status parse_system(const char *text, size_t length, void **out, custval_error *error) {
    custval_system *made = NULL;
    const custval_status status = custval_system_parse(NULL, text, length, &made, error);
    *out = made;
    return status;
}

static void *ref_system(void *made) {
    return custval_system_ref(made);
}

static void free_system(void *made) {
    custval_system_free(made);
}

static custval_status parse_groups(const char *text, size_t length, void **out, custval_error *error) {
    custval_groups *made = NULL;
    const custval_status status = custval_groups_parse(NULL, text, length, &made, error);
    *out = made;
    return status;
}

static void *ref_groups(void *made) {
    return custval_groups_ref(made);
}

static void free_groups(void *made) {
    custval_groups_free(made);
}

static custval_status parse_lifetime(const char *text, size_t length, void **out, custval_error *error) {
    custval_lifetime *made = NULL;
    const custval_status status = custval_lifetime_parse(NULL, text, length, &made, error);
    *out = made;
    return status;
}

static void *ref_lifetime(void *made) {
    return custval_lifetime_ref(made);
}

static void free_lifetime(void *made) {
    custval_lifetime_free(made);
}

static const kind systems = {parse_system, ref_system, free_system};
static const kind groups = {parse_groups, ref_groups, free_groups};
static const kind lifetimes = {parse_lifetime, ref_lifetime, free_lifetime};

/* --- Texts and files -------------------------------------------------------------------------------------------------- */

/* Whether a path begins as those of other computers and of devices do: with two slashes of any kind, or with \??\. */
static int is_elsewhere(const wchar_t *path, size_t length) {
    return length > 1 && wcschr(L"\\/", path[0]) != NULL && wcschr(L"\\/?", path[1]) != NULL;
}

/* The bytes of a file. Only of this computer: a workbook that is opened must not reach out to the network. */
static custval_status read_file(work *of, const excel_cell *cell, const char *shown, char **out, size_t *out_length) {
    const wchar_t *const text = cell->is.text;
    wchar_t path[MAX_PATH];
    if (text[0] >= MAX_PATH || is_elsewhere(text + 1, text[0])) {
        return work_refuse(of, CUSTVAL_ERROR_ARGUMENT, "%.200s: no document, and no path of a file on this computer",
                           shown);
    }
    memcpy(path, text + 1, text[0] * sizeof *path);
    path[text[0]] = 0;
    const HANDLE file =
        CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        return work_refuse(of, CUSTVAL_ERROR_NOT_FOUND, "%.200s: no document, and no file that can be opened", shown);
    }
    LARGE_INTEGER size;
    DWORD length = 0;
    custval_status status = CUSTVAL_OK;
    if (!GetFileSizeEx(file, &size) || size.QuadPart > CUSTVAL_MAX_DOCUMENT_SIZE) {
        status = work_refuse(of, CUSTVAL_ERROR_LIMIT, "%.200s: larger than a document may be", shown);
    } else {
        *out = work_take(of, (size_t)size.QuadPart + 1, 1);
        if (*out == NULL) {
            status = CUSTVAL_ERROR_MEMORY;
        } else if (!ReadFile(file, *out, (DWORD)size.QuadPart, &length, NULL)) {
            status = work_refuse(of, CUSTVAL_ERROR_NOT_FOUND, "%.200s: cannot be read", shown);
        }
    }
    CloseHandle(file);
    *out_length = length;
    return status;
}

static custval_status document_of(work *of, const kind *wanted, const excel_cell *cell, void **out) {
    *out = NULL;
    if ((cell->type & EXCEL_KIND) != EXCEL_TEXT || cell->is.text[0] == 0) {
        return work_refuse(of, CUSTVAL_ERROR_ARGUMENT, "a document is needed: its text, or the path of its file");
    }
    char *text = utf8_of(of, cell->is.text + 1, cell->is.text[0]);
    if (text == NULL) return CUSTVAL_ERROR_MEMORY;
    size_t length = strlen(text);
    if (text[strspn(text, " \t\r\n")] != '{') {
        const custval_status status = read_file(of, cell, text, &text, &length);
        if (status != CUSTVAL_OK) return status;
    }
    *out = find(wanted, (unsigned char *)text, length);
    if (*out != NULL) return CUSTVAL_OK;
    const custval_status status = wanted->parse(text, length, out, &of->error);
    if (status == CUSTVAL_OK) keep(wanted, (unsigned char *)text, length, *out);
    return status;
}

/* --- What functions ask for ------------------------------------------------------------------------------------------ */

/* The contents of cells as bytes: equal ranges have equal ones. */
static unsigned char *key_of(work *of, area items, size_t *out_length) {
    size_t length = 0;
    for (size_t pass = 0;; pass++) {
        unsigned char *const key = pass == 0 ? NULL : work_take(of, length, 1);
        if (pass > 0 && key == NULL) return NULL;
        length = 0;
        for (size_t i = 0; i < items.rows * items.columns; i++) {
            const excel_cell *const cell = &items.cells[i];
            const int is_text = cell->type == EXCEL_TEXT;
            const void *const bytes = is_text ? (const void *)cell->is.text : (const void *)&cell->is.number;
            const size_t size = is_text ? (cell->is.text[0] + 1U) * sizeof(wchar_t) : sizeof(double);
            if (pass > 0) {
                memcpy(key + length, &cell->type, sizeof cell->type);
                memcpy(key + length + sizeof cell->type, bytes, size);
            }
            length += sizeof cell->type + size;
        }
        *out_length = length;
        if (pass > 0) return key;
    }
}

static custval_status read_items(work *of, area items, custval_system **out) {
    names have = {NULL, 0};
    custval_table *table = NULL;
    custval_status status = names_of(of, (area){items.cells, 1, items.columns, items.width}, &have);
    if (status == CUSTVAL_OK) status = table_of_all(of, rows_below(items, 1), have, &table);
    if (status == CUSTVAL_OK) status = custval_system_from_table(NULL, table, out, &of->error);
    custval_table_free(table);
    return status;
}

static custval_status system_of_items(work *of, area items, custval_system **out) {
    if (items.rows < 2) {
        return work_refuse(of, CUSTVAL_ERROR_ARGUMENT, "the table of the system has no row below its names");
    }
    size_t length = 0;
    const unsigned char *const key = key_of(of, items, &length);
    if (key == NULL) return CUSTVAL_ERROR_MEMORY;
    *out = find(&systems, key, length);
    if (*out != NULL) return CUSTVAL_OK;
    const custval_status status = read_items(of, items, out);
    if (status == CUSTVAL_OK) keep(&systems, key, length, *out);
    return status;
}

custval_status system_of(work *of, const excel_cell *given, custval_system **out) {
    *out = NULL;
    const area items = area_of(given, 1);
    if (items.rows != 1 || items.columns != 1) return system_of_items(of, items, out);
    void *made = NULL;
    const custval_status status = document_of(of, &systems, items.cells, &made);
    *out = made;
    return status;
}

custval_status groups_of(work *of, const excel_cell *given, custval_groups **out) {
    void *made = NULL;
    const custval_status status = document_of(of, &groups, area_of(given, 1).cells, &made);
    *out = made;
    return status;
}

custval_status lifetime_of(work *of, const excel_cell *given, custval_lifetime **out) {
    void *made = NULL;
    const custval_status status = document_of(of, &lifetimes, area_of(given, 1).cells, &made);
    *out = made;
    return status;
}
