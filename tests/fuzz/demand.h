/* What must hold in a fuzz target, with assertions compiled out as well. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_DEMAND_H
#define CUSTVAL_TESTS_DEMAND_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define DEMAND(condition)                                             \
  do {                                                                \
    if (!(condition)) {                                               \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      abort();                                                        \
    }                                                                 \
  } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
