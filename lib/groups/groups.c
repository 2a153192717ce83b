/* Groups: making, sharing and freeing them, and what they are called. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "groups.h"

#include <string.h>

#include "../base/error.h"

custval_status custval__groups_new(const custval_host *whole_host, custval_groups **out, custval_error *error) {
    custval__arena arena;
    custval__arena_init(&arena, whole_host);
    custval_groups *const groups = custval__arena_alloc(&arena, 1, sizeof *groups);
    if (groups == NULL) {
        custval__arena_free(&arena);
        return custval__fail_memory(error);
    }
    groups->arena = arena;
    atomic_init(&groups->owners, 1);
    *out = groups;
    return CUSTVAL_OK;
}

custval_groups *custval_groups_ref(const custval_groups *groups) {
    custval_groups *const owned = (custval_groups *)(uintptr_t)groups;
    if (owned != NULL) atomic_fetch_add_explicit(&owned->owners, 1, memory_order_relaxed);
    return owned;
}

void custval_groups_free(custval_groups *groups) {
    while (groups != NULL && atomic_fetch_sub_explicit(&groups->owners, 1, memory_order_acq_rel) == 1) {
        custval_groups *const base = (custval_groups *)(uintptr_t)groups->base;
        custval__arena arena = groups->arena; /* the groups lie in it */
        custval__arena_free(&arena);
        groups = base;
    }
}

size_t custval_groups_count(const custval_groups *groups) {
    return groups == NULL ? 0 : groups->group_count;
}

const char *custval_groups_id(const custval_groups *groups, size_t group) {
    return group < custval_groups_count(groups) ? groups->groups[group].id : NULL;
}

static const char *in_language(const custval__tongues *texts, const char *language) {
    for (uint32_t i = 0; i < texts->count; i++) {
        if (strcmp(texts->texts[i].language, language) == 0) return texts->texts[i].text;
    }
    return NULL;
}

const char *custval_groups_text(const custval_groups *groups, size_t group, uint32_t kind, const char *language) {
    if (group >= custval_groups_count(groups)) return NULL;
    if (kind != CUSTVAL_GROUP_LABEL && kind != CUSTVAL_GROUP_ADVICE) return NULL;
    const custval__tongues *const texts = &groups->groups[group].texts[kind - 1];
    const char *text = in_language(texts, language == NULL ? "en" : language);
    if (text == NULL) text = in_language(texts, "en");
    if (text == NULL && texts->count > 0) text = texts->texts[0].text;
    if (text != NULL) return text;
    return kind == CUSTVAL_GROUP_LABEL ? groups->groups[group].id : "";
}

size_t custval_groups_measures(const custval_groups *groups) {
    return groups == NULL ? 0 : groups->measure_count;
}

const char *custval_groups_measure(const custval_groups *groups, size_t measure, const char **out_column) {
    const int is_there = measure < custval_groups_measures(groups);
    if (out_column != NULL) *out_column = is_there ? groups->measures[measure].column : NULL;
    return is_there ? groups->measures[measure].id : NULL;
}
