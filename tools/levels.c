/* Which scores are to be printed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "levels.h"

#include <string.h>

#include "args.h"
#include "base/error.h"
#include "tool.h"

static const struct {
    const char *name;
    uint32_t bits;
} levels[] = {
    {"value", CUSTVAL_LEVEL_VALUE},
    {"side", CUSTVAL_LEVEL_SIDE},
    {"dimension", CUSTVAL_LEVEL_DIMENSION},
    {"indicator", CUSTVAL_LEVEL_INDICATOR},
    {"item", CUSTVAL_LEVEL_ITEM},
    {"derived", CUSTVAL_LEVEL_DERIVED},
    {"tag", CUSTVAL_LEVEL_TAG},
    {"all", 2 * CUSTVAL_LEVEL_TAG - 1},
};

#define LEVELS (sizeof levels / sizeof levels[0])

static const char *level_at(const void *data, size_t index) {
    (void)data;
    return index < LEVELS ? levels[index].name : NULL;
}

static uint32_t level_of(const char *text, size_t length, const char *command) {
    char word[32], near[MESSAGE_SIZE], shown[QUOTED_SIZE];
    custval__format(word, sizeof word, "%.*s", (int)(length < 30 ? length : 30), text);
    for (size_t i = 0; i < LEVELS; i++) {
        if (strcmp(word, levels[i].name) == 0) return levels[i].bits;
    }
    fail_usage(command, "--levels: there is no level %s%s", quoted(text, length, shown),
               args_near(word, level_at, NULL, near, sizeof near));
}

uint32_t levels_of(const char *list, const char *command) {
    uint32_t bits = 0;
    while (list != NULL) {
        const size_t length = strcspn(list, ",");
        bits |= level_of(list, length, command);
        list = list[length] == 0 ? NULL : list + length + 1;
    }
    return bits == 0 ? CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_SIDE : bits;
}
