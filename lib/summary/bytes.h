/* Summaries as bytes: the layout, and how numbers stand in it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SUMMARY_BYTES_H
#define CUSTVAL_SUMMARY_BYTES_H

#include <stddef.h>
#include <stdint.h>

/*
 * Everything is little-endian, nothing is filled up; u4 and u8 are unsigned, f8 is a double.
 *
 *     u4 magic   u4 version   u8 length of the whole   u4 parts   u4 columns   u8 rows   u8 complete rows
 *     [column]   u4 length of the name   u4 side   f8 low   f8 high   the name
 *     [column]   u8 count   f8 low   f8 high   f8 mean   f8 rest   f8 squares
 *     [column]   f8 theil                                                                          with entropy
 *     [column]   f8 low   f8 high   f8 mean   f8 rest   f8 squares                                 with pairs
 *     [pair]     f8 sum of products                                                                with pairs
 *     [column]   f8 removal                                                                        with removal effects
 *     [column]   u4 cells, [cell] u4 key   u8 count   f8 low   f8 high                             with quantiles
 *     u8 checksum of all before
 *
 * The numbers are those of sums.h and sketch.h. A change of any of them is a new version.
 */
#define CUSTVAL__SUMMARY_MAGIC UINT32_C(0x53564389) /* 0x89 "CVS" */
#define CUSTVAL__SUMMARY_VERSION 1

enum {
    CUSTVAL__SUMMARY_HEAD = 40,   /* bytes before the columns */
    CUSTVAL__SUMMARY_COLUMN = 24, /* of a column without its name */
    CUSTVAL__SUMMARY_CELL = 28
};

/* FNV-1a with 64 bits: no two texts that differ in one byte have the same. */
uint64_t custval__checksum(const unsigned char *bytes, size_t length);

#endif
