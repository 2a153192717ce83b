/* Summaries of data: made from a file, saved, read back. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_SAVED_SUMMARY_H
#define CUSTVAL_TOOLS_SAVED_SUMMARY_H

#include <custval/custval.h>

#include "criteria.h"

/* Reads the data to the end. */
custval_summary *summary_of(criteria *from, uint32_t parts, const custval_host *host);
/* The same with what stands in a file; or fails. It must not be `written` (may be NULL). */
custval_summary *summary_load(const char *path, const custval_host *host, const char *written);
/* Writes a summary to a file. */
void summary_save(const custval_summary *summary, const char *path);

#define OPTION_SUMMARY(path) \
  { "--summary", 0, OPTION_TEXT, &(path), "FILE", "read a saved summary instead of data" }

#endif
