/* Memory that fails: the linker leads every allocation of a program and of what is linked into it through here. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_WRAPPED_H
#define CUSTVAL_WRAPPED_H

#include <stddef.h>

/* Counts while it is on, for one thread. */
extern struct wrapped {
    int on;
    size_t calls;   /* that may fail, so far */
    size_t fail_at; /* which call fails; 0: none does */
    int for_ever;   /* whether all after it fail, too */
    long live;      /* blocks that are not freed */
} wrapped;

/* Starts to count anew; calls fail as said. */
void wrapped_begin(size_t fail_at, int for_ever);
/* Stops to count; gives the number of blocks that are left. */
long wrapped_end(void);

/* Counts a call of something else than malloc() that may fail as well; whether it has to. */
int wrapped_fails(void);

/* Memory of the test itself, which is not counted. */
void *wrapped_take(size_t size);
void wrapped_give(void *block);

#endif
