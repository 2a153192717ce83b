/* Rows whose keys are equal, as groups. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_EQUAL_H
#define CUSTVAL_LIFETIME_EQUAL_H

#include <stddef.h>
#include <stdint.h>

/* Slots that so many rows need: a power of two, at least twice as many. rows <= 2^30. */
size_t custval__equal_slots(size_t rows);

/* Gives each row the number of its group in of[row]: rows are in one if keys[k][row] has the same bits for every k. Groups are numbered
   as their first rows come; first[group] is that row. Returns how many groups there are. `slots`: custval__equal_slots(rows) of them. */
size_t custval__equal_rows(const double *const *keys, size_t key_count, size_t rows, uint32_t *slots, uint32_t *of,
                           uint32_t *first);

#endif
