/* Documents of the library, read from files and written as text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "documents.h"

#include "data_file.h"
#include "file_bytes.h"

/* The same for every kind: only the types differ. */
#define LOAD(kind)                                                                             \
  custval_##kind *kind##_load(const char *path, const char *written) {                         \
    custval_error error = CUSTVAL_ERROR_INIT;                                                  \
    custval_##kind *loaded = NULL;                                                             \
    buffer text = {NULL, 0, 0};                                                                \
    document_bytes(path, #kind, written, &text);                                               \
    if (custval_##kind##_parse(NULL, text.data, text.length, &loaded, &error) != CUSTVAL_OK) { \
      fail_error(input_name(path), &error);                                                    \
    }                                                                                          \
    buffer_free(&text);                                                                        \
    return loaded;                                                                             \
  }

LOAD(groups)
LOAD(impact)
LOAD(lifetime)
LOAD(link)
LOAD(programmes)
LOAD(scenario)
LOAD(system)
LOAD(worth)

/* The length first. One byte more is for the NUL that ends a text. */
#define WRITE(kind, name)                                                                             \
  void name(const custval_##kind *from, buffer *to) {                                                 \
    custval_error error = CUSTVAL_ERROR_INIT;                                                         \
    size_t length = 0;                                                                                \
    custval_status status = custval_##kind##_write(from, NULL, 0, &length, &error);                   \
    char *const at = buffer_room(to, length + 1);                                                     \
    if (status == CUSTVAL_OK) status = custval_##kind##_write(from, at, length + 1, &length, &error); \
    if (status != CUSTVAL_OK) fail_error(NULL, &error);                                               \
    to->length += length;                                                                             \
  }

WRITE(groups, groups_text)
WRITE(history, history_bytes)
WRITE(impact, impact_text)
WRITE(lifetime, lifetime_text)
WRITE(link, link_text)
WRITE(programmes, programmes_text)
WRITE(summary, summary_bytes)
WRITE(system, system_text)
