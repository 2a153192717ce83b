/* Text: UTF-8, similar names, dates. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

#include <string.h>

#include "error.h"

/* ---- UTF-8 ------------------------------------------------------------------------------------------------------- */

/* Bytes that a lead byte announces; 0 for a byte that leads nothing. */
static size_t announced(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead <= 0xdf) return 2;
    if (lead >= 0xe0 && lead <= 0xef) return 3;
    return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

static int is_continuation(char byte) {
    return ((unsigned char)byte & 0xc0) == 0x80;
}

size_t custval__utf8_next(const char *text, size_t length, uint32_t *out_character) {
    /* Least character of each length: a smaller one in as many bytes is malformed. Index is the length. */
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (length == 0) return 0;
    const unsigned char lead = (unsigned char)text[0];
    const size_t bytes = announced(lead);
    if (bytes == 0 || bytes > length) return 0;
    uint32_t character = bytes == 1 ? lead : lead & (0xffU >> (bytes + 1));
    for (size_t i = 1; i < bytes; i++) {
        if (!is_continuation(text[i])) return 0;
        character = character << 6 | ((unsigned char)text[i] & 0x3fU);
    }
    const int surrogate = character >= 0xd800 && character <= 0xdfff;
    if (character < least[bytes] || character > 0x10ffff || surrogate) return 0;
    *out_character = character;
    return bytes;
}

/* How many bytes from the start on are ASCII, in whole words. */
static size_t ascii_words(const char *text, size_t length) {
    size_t at = 0;
    for (; length - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, text + at, sizeof word);
        if ((word & UINT64_C(0x8080808080808080)) != 0) break;
    }
    return at;
}

int custval__utf8_valid(const char *text, size_t length) {
    for (size_t at = ascii_words(text, length); at < length;) {
        if ((unsigned char)text[at] < 0x80) {
            at++;
            continue;
        }
        uint32_t character = 0;
        const size_t bytes = custval__utf8_next(text + at, length - at, &character);
        if (bytes == 0) return 0;
        at += bytes;
    }
    return 1;
}

size_t custval__utf8_cut(const char *text, size_t length) {
    size_t start = length;
    while (start > 0 && length - start < 3 && is_continuation(text[start - 1])) start--;
    if (start == 0) return length;
    const size_t bytes = announced((unsigned char)text[start - 1]);
    return bytes > length - (start - 1) ? start - 1 : length;
}

/* ---- Similar names ----------------------------------------------------------------------------------------------- */

#define MOST_CHARACTERS 64 /* of a name; the rest does not count */
#define MOST_NAMES 8

typedef struct folded {
    uint32_t character[MOST_CHARACTERS];
    size_t count;
} folded;

static folded fold(const char *text) {
    folded out = {{0}, 0};
    for (size_t left = strlen(text); left > 0 && out.count < MOST_CHARACTERS;) {
        uint32_t character = 0xfffd;
        size_t bytes = custval__utf8_next(text, left, &character);
        if (bytes == 0) bytes = 1;
        if (character >= 'A' && character <= 'Z') character += 'a' - 'A';
        out.character[out.count++] = character;
        text += bytes;
        left -= bytes;
    }
    return out;
}

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Fewest insertions, deletions and replacements that turn one into the other. row[j] is the distance between the
   characters of `a` read so far and the first j of `b`. */
static size_t edit_distance(const folded *a, const folded *b) {
    size_t row[MOST_CHARACTERS + 1];
    for (size_t j = 0; j <= b->count; j++) row[j] = j;
    for (size_t i = 0; i < a->count; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b->count; j++) {
            const size_t replaced = diagonal + (a->character[i] != b->character[j]);
            diagonal = row[j + 1];
            row[j + 1] = smaller(replaced, smaller(row[j], diagonal) + 1);
        }
    }
    return row[b->count];
}

static int contains(const folded *whole, const folded *part) {
    for (size_t i = 0; i + part->count <= whole->count; i++) {
        if (memcmp(whole->character + i, part->character, part->count * sizeof part->character[0]) == 0) return 1;
    }
    return 0;
}

#define FAR SIZE_MAX

/* Distance of a name that is worth suggesting, or FAR. */
static size_t nearness(const folded *wanted, const folded *name) {
    const size_t longer = wanted->count > name->count ? wanted->count : name->count;
    const size_t shorter = smaller(wanted->count, name->count);
    const size_t limit = longer / 3 > 1 ? longer / 3 : 1;
    const size_t distance = edit_distance(wanted, name);
    if (distance <= limit && distance < longer) return distance;
    /* One or two letters are contained in too much to mean anything. */
    const int contained = shorter >= 3 && (contains(wanted, name) || contains(name, wanted));
    return contained ? limit : FAR;
}

void custval__nearest_names(const char *wanted, const char *(*next)(const void *data, size_t index), const void *data,
                            size_t most, char *out, size_t capacity) {
    const char *names[MOST_NAMES] = {NULL};
    size_t distances[MOST_NAMES] = {0}, found = 0;
    const folded target = fold(wanted);
    most = smaller(most, MOST_NAMES);
    for (size_t index = 0;; index++) {
        const char *const name = next(data, index);
        if (name == NULL) break;
        const folded candidate = fold(name);
        const size_t distance = nearness(&target, &candidate);
        if (distance == FAR) continue;
        size_t place = found;
        while (place > 0 && distances[place - 1] > distance) place--;
        if (place >= most) continue;
        if (found < most) found++;
        for (size_t i = found - 1; i > place; i--) {
            names[i] = names[i - 1];
            distances[i] = distances[i - 1];
        }
        names[place] = name;
        distances[place] = distance;
    }
    size_t used = custval__format(out, capacity, "%s", "");
    for (size_t i = 0; i < found && used < capacity; i++) {
        const char *const between = i == 0 ? "" : i + 1 < found ? ", " : " or ";
        used += custval__format(out + used, capacity - used, "%s\"%s\"", between, names[i]);
    }
}

/* ---- Dates ------------------------------------------------------------------------------------------------------- */

/* Reads `count` digits; -1 if one is none. */
static int32_t digits_of(const char *text, int count) {
    int32_t value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static int is_leap(int32_t year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int custval__date_days(const char *text, size_t length, int32_t *out_days) {
    static const int32_t days_before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    *out_days = 0;
    if (length != 10 || text[4] != '-' || text[7] != '-') return -1;
    const int32_t year = digits_of(text, 4), month = digits_of(text + 5, 2), day = digits_of(text + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1) return -1;
    const int leap = is_leap(year);
    const int32_t days_of_month = days_before[month] - days_before[month - 1] + (month == 2 && leap);
    if (day > days_of_month) return -1;
    const int32_t past = year - 1; /* whole years since 0001-01-01 */
    const int32_t days = past * 365 + past / 4 - past / 100 + past / 400 + days_before[month - 1] + (month > 2 && leap);
    *out_days = days + day - 1 - 719162; /* 719162 days lie between 0001-01-01 and 1970-01-01 */
    return 0;
}
