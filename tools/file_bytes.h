/* Whole files: documents, and what the library saves as bytes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_FILE_BYTES_H
#define CUSTVAL_TOOLS_FILE_BYTES_H

#include "tool.h"

/* Reads a file, "-" for standard input, up to a few bytes more than `most`, so that the library sees when it is too large; or
   fails. It must not be `written` (may be NULL). */
void file_bytes(const char *path, size_t most, const char *written, buffer *to);
/* The same with a document of that kind; also fails if a table was given in its place. */
void document_bytes(const char *path, const char *kind, const char *written, buffer *to);

#endif
