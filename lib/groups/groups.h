/* Groups inside the library: measures that cut columns into levels, and groups that take levels. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_GROUPS_GROUPS_H
#define CUSTVAL_GROUPS_GROUPS_H

#include <stdatomic.h>
#include <stdint.h>

#include <custval/groups.h>

#include "../base/memory.h"

/* A text in one language. */
typedef struct custval__tongue {
    const char *language, *text;
} custval__tongue;

typedef struct custval__tongues {
    uint32_t count;
    custval__tongue *texts;
} custval__tongues;

#define CUSTVAL__GROUP_TEXTS 2 /* by custval_group_text - 1 */

/* A column and where it is cut: k numbers that do not descend make the levels 1 to k + 1. */
typedef struct custval__measure {
    const char *id, *column, *note; /* note may be NULL */
    uint32_t count;                 /* of cuts */
    uint32_t is_turned;             /* level 1 is that of the largest numbers */
    uint32_t are_quantiles;         /* the cuts are still shares of the customers, in (0, 1) */
    double *cuts;
} custval__measure;

/* Levels that a group takes of a measure; highest 0: it does not ask. */
typedef struct custval__wish {
    uint32_t lowest, highest;
} custval__wish;

typedef struct custval__group {
    const char *id, *note; /* note may be NULL */
    custval__tongues texts[CUSTVAL__GROUP_TEXTS];
    custval__wish *wishes; /* [measure] */
    double gain, spend;    /* NaN: not said */
} custval__group;

struct custval_groups {
    atomic_size_t owners;
    custval__arena arena;       /* everything below, and the groups themselves */
    const custval_groups *base; /* of fixed groups: owns all but the measures; else NULL */
    const char *note;           /* may be NULL */
    uint32_t measure_count, group_count;
    custval__measure *measures;
    custval__group *groups;
    uint32_t *
        chosen; /* of fixed groups: group by the levels of the measures, the first one's next to each other; NULL: no room */
};

/* Groups without measures and groups that one owner holds. */
custval_status custval__groups_new(const custval_host *whole_host, custval_groups **out, custval_error *error);

/* The column of each measure in a table, and of another name (may be NULL) after them: numbers. */
custval_status custval__groups_columns(const custval_groups *groups, const custval_table *table, const char *other,
                                       size_t columns[CUSTVAL_MAX_MEASURES + 1], custval_error *error);

/* Cuts for the quantiles. */
custval_status custval__groups_fix(const custval_groups *groups, const custval_host *whole_host,
                                   const custval_table *table, const size_t *columns, custval_groups **out,
                                   custval_error *error);

/* Turns the quantiles of a measure into cuts. */
custval_status custval__groups_cut(custval__measure *measure, const custval_host *host, const custval_table *table,
                                   size_t column, custval_error *error);

/* What stands for the group of a row that is in none. */
#define CUSTVAL__IN_NONE UINT32_MAX          /* no group takes its levels */
#define CUSTVAL__IN_UNKNOWN (UINT32_MAX - 1) /* a missing number leaves it open */

/* Group of each row of a table, by cuts. Levels go to levels[measure][row], NaN for none, unless levels is NULL. */
void custval__groups_place(const custval_groups *fixed, const custval_table *table, const size_t *columns, uint32_t *of,
                           double *const *levels);

#define CUSTVAL__GROUPS_ROWS 256 /* read at a time */

#endif
