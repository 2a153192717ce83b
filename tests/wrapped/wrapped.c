/* The functions that -Wl,--wrap puts in the place of malloc() and its like. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "wrapped.h"

#include <stdlib.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);

struct wrapped wrapped;

void wrapped_begin(size_t fail_at, int for_ever) {
    wrapped = (struct wrapped){.on = 1, .fail_at = fail_at, .for_ever = for_ever};
}

long wrapped_end(void) {
    wrapped.on = 0;
    return wrapped.live;
}

int wrapped_fails(void) {
    if (!wrapped.on) return 0;
    wrapped.calls++;
    if (wrapped.fail_at == 0) return 0;
    return wrapped.for_ever ? wrapped.calls >= wrapped.fail_at : wrapped.calls == wrapped.fail_at;
}

void *wrapped_take(size_t size) {
    return __real_calloc(1, size);
}

void wrapped_give(void *block) {
    __real_free(block);
}

void *__wrap_malloc(size_t size) {
    if (wrapped_fails()) return NULL;
    if (wrapped.on) wrapped.live++;
    return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
    if (wrapped_fails()) return NULL;
    if (wrapped.on) wrapped.live++;
    return __real_calloc(count, size);
}

void *__wrap_realloc(void *block, size_t size) {
    if (wrapped_fails()) return NULL;
    if (wrapped.on && block == NULL) wrapped.live++;
    return __real_realloc(block, size);
}

void __wrap_free(void *block) {
    if (wrapped.on && block != NULL) wrapped.live--;
    __real_free(block);
}
