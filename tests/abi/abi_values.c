/* The facts of the binary interface: asserted when this is compiled, printed as JSON for the bindings when it is run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <custval/custval.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* Offsets hold on 64-bit machines; elsewhere the members keep their order and the printed numbers are the truth. */
#define ELSEWHERE (sizeof(void *) != 8)

#define FACT(constant, value) static_assert(ELSEWHERE || (long long)(constant) == value, #constant);
#define MEMBER(type, member, offset, size)                                                                \
    static_assert(ELSEWHERE || offsetof(type, member) == offset, #type "." #member " moved");             \
    static_assert(ELSEWHERE || sizeof(((type *)0)->member) == size, #type "." #member " changed its type");
#define SIZE(type, last, size)                                                                            \
    static_assert(ELSEWHERE || sizeof(type) == size, #type " changed its size");                          \
    static_assert(ELSEWHERE || sizeof(type) == offsetof(type, last) + sizeof(((type *)0)->last), #type " ends in padding");
#include "facts.inc"
#undef FACT
#undef MEMBER
#undef SIZE

static const struct {
    const char *name;
    long long value;
} constants[] = {
#define FACT(constant, value) {#constant, (long long)(constant)},
#define MEMBER(type, member, offset, size)
#define SIZE(type, last, size)
#include "facts.inc"
#undef FACT
#undef MEMBER
#undef SIZE
};

static const struct {
    const char *type;
    const char *member;
    size_t offset;
    size_t size;
} members[] = {
#define FACT(constant, value)
#define MEMBER(type, member, offset, size) {#type, #member, offsetof(type, member), sizeof(((type *)0)->member)},
#define SIZE(type, last, size)
#include "facts.inc"
#undef MEMBER
#undef SIZE
};

static const struct {
    const char *type;
    size_t size;
} sizes[] = {
#define MEMBER(type, member, offset, size)
#define SIZE(type, last, size) {#type, sizeof(type)},
#include "facts.inc"
};

static const char *bare_name(const char *type) {
    return strncmp(type, "struct ", 7) == 0 ? type + 7 : type;
}

int main(void) {
    printf("{\n\"abi\": %d,\n\"pointer\": %zu,\n\"constants\": {", CUSTVAL_ABI_VERSION, sizeof(void *));
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++)
        printf("%s\n  \"%s\": %lld", i == 0 ? "" : ",", constants[i].name, constants[i].value);
    printf("\n},\n\"members\": {");
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        printf("%s\n  \"%s.%s\": {\"offset\": %zu, \"size\": %zu}", i == 0 ? "" : ",", bare_name(members[i].type),
               members[i].member, members[i].offset, members[i].size);
    printf("\n},\n\"sizes\": {");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        printf("%s\n  \"%s\": %zu", i == 0 ? "" : ",", bare_name(sizes[i].type), sizes[i].size);
    printf("\n}\n}\n");
    return 0;
}
