/* Documents from groups of customers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "../base/error.h"
#include "../groups/groups.h"
#include "document.h"
#include "layout.h"

/* A group or a measure. */
typedef struct subject {
    const custval_groups *groups;
    uint32_t index;
} subject;

static void put_cuts(custval__layout *to, const void *what) {
    const custval__measure *const measure = what;
    custval__put_open(to, '[');
    for (uint32_t i = 0; i < measure->count; i++) custval__put_number(to, measure->cuts[i]);
    custval__put_close(to, ']');
}

static void put_measure(custval__layout *to, const void *what) {
    const subject *const which = what;
    const custval__measure *const measure = &which->groups->measures[which->index];
    custval__put_open(to, '{');
    custval__put_member_text(to, "id", measure->id);
    custval__put_member_text(to, "column", strcmp(measure->id, measure->column) == 0 ? NULL : measure->column);
    custval__put_member_text(to, "note", measure->note);
    if (measure->is_turned) {
        custval__put_key(to, "less_is_better");
        custval__put_flag(to, 1);
    }
    custval__put_member(to, measure->are_quantiles ? "quantiles" : "cuts", put_cuts, measure);
    custval__put_close(to, '}');
}

static void put_wish(custval__layout *to, const void *what) {
    const custval__wish *const wish = what;
    custval__put_open(to, '[');
    custval__put_number(to, (double)wish->lowest);
    custval__put_number(to, (double)wish->highest);
    custval__put_close(to, ']');
}

static void put_when(custval__layout *to, const void *what) {
    const subject *const which = what;
    const custval__wish *const wishes = which->groups->groups[which->index].wishes;
    custval__put_open(to, '{');
    for (uint32_t m = 0; m < which->groups->measure_count; m++) {
        if (wishes[m].highest == 0) continue;
        custval__put_key(to, which->groups->measures[m].id);
        if (wishes[m].lowest == wishes[m].highest) {
            custval__put_number(to, (double)wishes[m].lowest);
        } else {
            custval__put_fitting(to, put_wish, &wishes[m]);
        }
    }
    custval__put_close(to, '}');
}

static void put_languages(custval__layout *to, const void *what) {
    const custval__tongues *const texts = what;
    custval__put_open(to, '{');
    for (uint32_t i = 0; i < texts->count; i++)
        custval__put_member_text(to, texts->texts[i].language, texts->texts[i].text);
    custval__put_close(to, '}');
}

static void put_texts(custval__layout *to, const char *key, const custval__tongues *texts) {
    if (texts->count == 0) return;
    if (texts->count == 1 && strcmp(texts->texts[0].language, "en") == 0) {
        custval__put_member_text(to, key, texts->texts[0].text);
        return;
    }
    custval__put_member(to, key, put_languages, texts);
}

static int asks(const custval_groups *groups, const custval__group *group) {
    for (uint32_t m = 0; m < groups->measure_count; m++) {
        if (group->wishes[m].highest != 0) return 1;
    }
    return 0;
}

static void put_group(custval__layout *to, const void *what) {
    const subject *const which = what;
    const custval__group *const group = &which->groups->groups[which->index];
    custval__put_open(to, '{');
    custval__put_member_text(to, "id", group->id);
    custval__put_member_text(to, "note", group->note);
    if (asks(which->groups, group)) {
        custval__put_member(to, "when", put_when, which);
    }
    put_texts(to, "label", &group->texts[CUSTVAL_GROUP_LABEL - 1]);
    put_texts(to, "advice", &group->texts[CUSTVAL_GROUP_ADVICE - 1]);
    custval__put_member_number(to, "gain", group->gain);
    custval__put_member_number(to, "spend", group->spend);
    custval__put_close(to, '}');
}

static void put_list(custval__layout *to, const char *key, const custval_groups *groups, uint32_t count,
                     void (*put)(custval__layout *to, const void *what)) {
    custval__put_key(to, key);
    custval__put_open(to, '[');
    for (uint32_t i = 0; i < count; i++) {
        const subject one = {groups, i};
        custval__put_fitting(to, put, &one);
    }
    custval__put_close(to, ']');
}

custval_status custval_groups_write(const custval_groups *groups, char *buffer, size_t capacity, size_t *out_length,
                                    custval_error *error) {
    if (out_length == NULL) return custval__fail_null(error, "out_length");
    *out_length = 0;
    if (buffer == NULL && capacity > 0) return custval__fail_null(error, "buffer");
    if (capacity > 0) buffer[0] = 0;
    if (groups == NULL) return custval__fail_null(error, "groups");
    custval__layout layout = {.out = buffer, .capacity = capacity};
    custval__put_open(&layout, '{');
    custval__put_member_text(&layout, "custval", "groups");
    custval__put_member_number(&layout, "version", CUSTVAL__GROUPS_VERSION);
    custval__put_member_text(&layout, "note", groups->note);
    put_list(&layout, "measures", groups, groups->measure_count, put_measure);
    put_list(&layout, "groups", groups, groups->group_count, put_group);
    custval__put_close(&layout, '}');
    custval__put_end(&layout);
    *out_length = layout.length;
    return CUSTVAL_OK;
}
