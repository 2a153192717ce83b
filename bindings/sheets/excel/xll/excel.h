/* Excel's interface for add-ins in C, of version 12 on: what its documentation says of its values and calls, 64 bits. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_XLL_EXCEL_H
#define CUSTVAL_XLL_EXCEL_H

#include <stdint.h>
#include <wchar.h>

/* What a cell holds; an add-in that made it adds EXCEL_OURS, and gets it back in xlAutoFree12(). */
enum excel_type {
    EXCEL_NUMBER = 0x1,
    EXCEL_TEXT = 0x2,
    EXCEL_TRUTH = 0x4,
    EXCEL_ERROR = 0x10,
    EXCEL_RANGE = 0x40,
    EXCEL_MISSING = 0x80, /* an argument that was not given */
    EXCEL_BLANK = 0x100,
    EXCEL_WHOLE = 0x800,
    EXCEL_KIND = 0xfff,
    EXCEL_OURS = 0x4000
};

enum excel_error { EXCEL_VALUE = 15, EXCEL_NOT_AVAILABLE = 42 };

/* Functions that an add-in may call. */
enum excel_function { EXCEL_FREE = 0x4000, EXCEL_GET_NAME = 0x4009, EXCEL_REGISTER = 149 };

/* Most characters of a text in a cell, and of one that is given to EXCEL_REGISTER. */
enum { EXCEL_LONGEST_TEXT = 32767, EXCEL_LONGEST_HELP = 255 };

typedef struct excel_cell excel_cell;

/* One value. Excel calls it an XLOPER12. */
struct excel_cell {
    union {
        double number;
        wchar_t *text; /* the number of characters, then the characters; no NUL */
        int32_t truth;
        int32_t error; /* an excel_error */
        int32_t whole;
        struct {
            excel_cell *cells; /* row by row */
            int32_t rows, columns;
        } range;
        unsigned char largest[24]; /* references, which functions of type Q never see */
    } is;
    uint32_t type; /* an excel_type */
};
_Static_assert(sizeof(excel_cell) == 32, "the layout that Excel has");

/* The callback that the program exports under the name MdCallBack12: function, count, arguments, result; 0 if it went. */
typedef int(__stdcall *excel_callback)(int function, int count, excel_cell *const *arguments, excel_cell *result);

#endif
