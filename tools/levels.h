/* Which scores are to be printed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_LEVELS_H
#define CUSTVAL_TOOLS_LEVELS_H

#include <stdint.h>

#define HELP_LEVELS \
  "scores to print, of value, side, dimension, indicator, item, derived,\ntag, all (default: value,side)"

/* Bits of custval_level from words with commas between them; NULL gives the default. Fails as usage of the command. */
uint32_t levels_of(const char *list, const char *command);

#endif
