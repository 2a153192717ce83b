/* Summaries of data: made from a file, saved, read back. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "saved_summary.h"

#include <stdlib.h>
#include <string.h>

#include "file_bytes.h"
#include "progress.h"

/* The library would name no option. */
static void check_turned(const criteria *from, uint32_t parts) {
    char shown[QUOTED_SIZE];
    for (size_t i = 0; i < from->count && (parts & CUSTVAL_SUMMARY_ENTROPY) != 0; i++) {
        const custval_criterion *const one = &from->list[i];
        if (one->side != CUSTVAL_SIDE_SACRIFICE || one->low != one->high) continue;
        fail_usage(from->command, "entropy needs the range of the sacrifice %s: --range COLUMN=LOW:HIGH",
                   quoted(one->column, strlen(one->column), shown));
    }
}

custval_summary *summary_of(criteria *from, uint32_t parts, const custval_host *host) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_summary *summary = NULL;
    custval_host quiet = *host;
    quiet.progress = NULL; /* which is that of the file here */
    check_turned(from, parts);
    progress_start(from->data.size, NULL);
    if (custval_summary_new(&quiet, from->list, from->count, parts, &summary, &error) != CUSTVAL_OK) {
        fail_error(from->data.name, &error);
    }
    while (criteria_next(from)) {
        custval_table *const table = criteria_table(from);
        if (custval_summary_add(summary, table, &error) != CUSTVAL_OK) {
            criteria_fail(from, from->rows_before, &error);
        }
        custval_table_free(table);
    }
    return summary;
}

custval_summary *summary_load(const char *path, const custval_host *host, const char *written) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_summary *summary = NULL;
    buffer bytes = {NULL, 0, 0};
    file_bytes(path, SIZE_MAX, written, &bytes);
    if (custval_summary_read(host, bytes.data, bytes.length, &summary, &error) != CUSTVAL_OK) {
        fail_error(input_name(path), &error);
    }
    buffer_free(&bytes);
    return summary;
}

void summary_save(const custval_summary *summary, const char *path) {
    buffer bytes = {NULL, 0, 0};
    summary_bytes(summary, &bytes);
    command_write(path, &bytes);
    buffer_free(&bytes);
}
