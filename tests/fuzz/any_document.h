/* Fuzz targets of documents: any bytes are refused with one line, or make what writes itself back and can be used. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_ANY_DOCUMENT_H
#define CUSTVAL_TESTS_ANY_DOCUMENT_H

#include <string.h>

#include <custval/custval.h>

#include "demand.h"

/* A call that must not fail, or its message says why. */
static inline void must_be_fine(custval_status status, const custval_error *error) {
    if (status == CUSTVAL_OK) return;
    fprintf(stderr, "%s\n", error->message);
    abort();
}

/* Defines the target of a kind of document; use_it() gets what was read. Writing, reading and writing again gives the same
   bytes. */
#define FUZZ_DOCUMENT(kind, use_it)                                                                          \
  static char *kind##_written(const custval_##kind *from, size_t *length) {                                  \
    size_t again;                                                                                            \
    DEMAND(custval_##kind##_write(from, NULL, 0, length, NULL) == CUSTVAL_OK);                               \
    char *const text = malloc(*length + 1);                                                                  \
    DEMAND(text != NULL);                                                                                    \
    DEMAND(custval_##kind##_write(from, text, *length + 1, &again, NULL) == CUSTVAL_OK && again == *length); \
    return text;                                                                                             \
  }                                                                                                          \
                                                                                                             \
  static void kind##_round_trip(const custval_##kind *from) {                                                \
    custval_error error = CUSTVAL_ERROR_INIT;                                                                \
    custval_##kind *second = NULL;                                                                           \
    size_t length, length_again;                                                                             \
    char *const text = kind##_written(from, &length);                                                        \
    if (length <= CUSTVAL_MAX_DOCUMENT_SIZE) {                                                               \
      must_be_fine(custval_##kind##_parse(NULL, text, length, &second, &error), &error);                     \
      char *const text_again = kind##_written(second, &length_again);                                        \
      DEMAND(length == length_again && memcmp(text, text_again, length) == 0);                               \
      free(text_again);                                                                                      \
    }                                                                                                        \
    custval_##kind##_free(second);                                                                           \
    free(text);                                                                                              \
  }                                                                                                          \
                                                                                                             \
  int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {                                             \
    custval_error error = CUSTVAL_ERROR_INIT;                                                                \
    custval_##kind *made = NULL;                                                                             \
    const custval_status status = custval_##kind##_parse(NULL, (const char *)data, size, &made, &error);     \
    DEMAND((status == CUSTVAL_OK) == (made != NULL));                                                        \
    if (made == NULL) {                                                                                      \
      DEMAND(error.status == status && error.message[0] != '\0' && strchr(error.message, '\n') == NULL);     \
      return 0;                                                                                              \
    }                                                                                                        \
    kind##_round_trip(made);                                                                                 \
    use_it(made);                                                                                            \
    custval_##kind##_free(made);                                                                             \
    return 0;                                                                                                \
  }

#endif
