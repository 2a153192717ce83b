/* Histories as bytes: the layout. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_HISTORY_BYTES_H
#define CUSTVAL_HISTORY_BYTES_H

#include <stdint.h>

#include "../summary/bytes.h" /* the checksum */

/*
 * Everything is little-endian, nothing is filled up; u4 and u8 are unsigned, i8 is signed, f8 is a double, x16 a
 * custval__fixed, low word first. Numbers that are not known are 0.
 *
 *     u4 magic   u4 version   u8 length of the whole
 *     u4 period   u4 refunds   u4 zeros   u4 bad rows   f8 step   f8 periods per unit
 *     [5 columns] u4 length of the name (0: none)   the name
 *     u8 rows   u8 refunds   u8 zeros   u8 bad rows   i8 first period   i8 last period   i8 folded up to
 *     u4 bits: 1 rows have counted, 2 folded   u4 kind of keys (0: there are none)
 *     [money]     x16 volume
 *     u4 customers
 *     [customer in the order of keys]
 *         i8 key, or u4 length and the text   u4 1 if there are totals   u8 cells
 *         i8 first   i8 last   u8 purchases   u8 rows   i8 longest   x16 squares   x16 first spend   x16 spend
 *             x16 cost   x16 quantity                                                              with totals
 *         [cell in the order of periods] i8 period   u4 rows   [money] x16
 *     u4 folded periods
 *     [period in order]   i8 period   u8 customers   u8 purchases   x16 spend
 *     u8 checksum of all before
 *
 * The numbers are those of object.h and totals.h. A change of any of them is a new version.
 */
#define CUSTVAL__HISTORY_MAGIC UINT32_C(0x48564389) /* 0x89 "CVH" */
#define CUSTVAL__HISTORY_VERSION 1

enum {
    CUSTVAL__HISTORY_HEAD = 48,     /* bytes before the names */
    CUSTVAL__HISTORY_COUNTS = 64,   /* between the names and the volumes */
    CUSTVAL__HISTORY_CUSTOMER = 16, /* of a customer without cells and totals, at least */
    CUSTVAL__HISTORY_TOTALS = 120,
    CUSTVAL__HISTORY_CELL = 12, /* without money */
    CUSTVAL__HISTORY_PERIOD = 40,
    CUSTVAL__HISTORY_HAS_SEEN = 1,
    CUSTVAL__HISTORY_IS_FOLDED = 2
};

#endif
