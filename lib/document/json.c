/* Reading JSON (RFC 8259) into a tree. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "json.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include <custval/document.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/text.h"

/* A container whose end has not been read. The tree's links are const for everyone but the reader, which keeps its own
   to what is still growing. */
typedef struct level {
    custval__json *container, *last;
} level;

typedef struct reader {
    custval__json_document *document;
    const char *text, *at, *end; /* the text after its byte order mark */
    level levels[CUSTVAL_MAX_DOCUMENT_DEPTH];
    uint32_t depth;
    custval_error *error;
} reader;

/* ---- Saying what is wrong --------------------------------------------------------------------------------------- */

static size_t line_of(const reader *from, const char *at) {
    size_t line = 1;
    for (const char *byte = from->text; byte < at; byte++) line += *byte == '\n';
    return line;
}

static size_t column_of(const reader *from, const char *at) {
    const char *start = at;
    size_t column = 1;
    while (start > from->text && start[-1] != '\n') start--;
    for (; start < at; start++) column += ((unsigned char)*start & 0xc0) != 0x80;
    return column;
}

static custval_status fail(const reader *from, const char *at, custval_status status, const char *format, ...)
    CUSTVAL__PRINTF(4, 5);

static custval_status fail(const reader *from, const char *at, custval_status status, const char *format, ...) {
    char message[CUSTVAL_ERROR_MESSAGE_SIZE];
    va_list list;
    va_start(list, format);
    custval__format_list(message, sizeof message, format, list);
    va_end(list);
    return custval__fail(from->error, status, "line %zu, column %zu: %s", line_of(from, at), column_of(from, at),
                         message);
}

/* What stands at a place, in words. Returns `out`. */
static const char *found_at(const reader *from, const char *at, char out[64]) {
    uint32_t letter = 0;
    const size_t bytes = custval__utf8_next(at, (size_t)(from->end - at), &letter);
    if (at == from->end) {
        custval__format(out, 64, "the end of the document");
    } else if (bytes == 0) {
        custval__format(out, 64, "a byte that is not UTF-8");
    } else if (letter == '"') {
        custval__format(out, 64, "a text");
    } else if (letter < 0x20 || letter == 0x7f) {
        custval__format(out, 64, "a control character");
    } else {
        custval__format(out, 64, "\"%.*s\"", (int)bytes, at);
    }
    return out;
}

static custval_status expected(const reader *from, const char *what) {
    char found[64];
    const char *hint = "";
    if (from->at < from->end && *from->at == '\'') hint = "; texts stand in double quotes";
    if (from->at < from->end && (*from->at == '/' || *from->at == '#')) hint = "; JSON has no comments: use \"note\"";
    return fail(from, from->at, CUSTVAL_ERROR_DOCUMENT, "expected %s, found %s%s", what,
                found_at(from, from->at, found), hint);
}

/* ---- Texts ------------------------------------------------------------------------------------------------------ */

static int hexadecimal(const char *at, const char *end, uint32_t *out) {
    *out = 0;
    if (end - at < 4) return 0;
    for (int i = 0; i < 4; i++) {
        const char digit = at[i];
        uint32_t value = 0;
        if (digit >= '0' && digit <= '9')
            value = (uint32_t)(digit - '0');
        else if (digit >= 'a' && digit <= 'f')
            value = (uint32_t)(digit - 'a') + 10;
        else if (digit >= 'A' && digit <= 'F')
            value = (uint32_t)(digit - 'A') + 10;
        else
            return 0;
        *out = *out << 4 | value;
    }
    return 1;
}

static size_t put_utf8(char *out, uint32_t letter) {
    if (letter < 0x80) {
        out[0] = (char)letter;
        return 1;
    }
    const size_t bytes = letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4;
    static const uint32_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = bytes; i-- > 1; letter >>= 6) out[i] = (char)(0x80 | (letter & 0x3f));
    out[0] = (char)(lead[bytes] | letter);
    return bytes;
}

/* Reads an escape at its backslash. */
static custval_status read_escape(reader *from, char *out, size_t *length) {
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char *const start = from->at;
    const char kind = from->end - start > 1 ? start[1] : 0;
    const char *const simple = kind == 0 ? NULL : strchr(letters, kind);
    if (simple != NULL) {
        out[(*length)++] = meanings[simple - letters];
        from->at += 2;
        return CUSTVAL_OK;
    }
    uint32_t letter = 0, low = 0;
    if (kind != 'u' || !hexadecimal(start + 2, from->end, &letter)) {
        return fail(from, start, CUSTVAL_ERROR_DOCUMENT,
                    "a backslash must be followed by one of \" \\ / b f n r t or "
                    "by u and four hexadecimal digits");
    }
    from->at += 6;
    if (letter >= 0xd800 && letter <= 0xdfff) {
        const char *const second = from->at;
        const int paired = letter < 0xdc00 && from->end - second >= 6 && second[0] == '\\' && second[1] == 'u' &&
                           hexadecimal(second + 2, from->end, &low) && low >= 0xdc00 && low <= 0xdfff;
        if (!paired) return fail(from, start, CUSTVAL_ERROR_DOCUMENT, "half of a surrogate pair is no character");
        letter = 0x10000 + ((letter - 0xd800) << 10) + (low - 0xdc00);
        from->at += 6;
    }
    if (letter == 0) return fail(from, start, CUSTVAL_ERROR_DOCUMENT, "a text must not contain a NUL character");
    *length += put_utf8(out + *length, letter);
    return CUSTVAL_OK;
}

/* Bytes up to the closing quote: what the text takes at most, since no escape is shorter than what it stands for. */
static custval_status measure_text(const reader *from, size_t *out_length) {
    const char *at = from->at;
    while (at < from->end && *at != '"') {
        uint32_t letter = 0;
        const size_t bytes = custval__utf8_next(at, (size_t)(from->end - at), &letter);
        if (bytes == 0) return fail(from, at, CUSTVAL_ERROR_DOCUMENT, "a byte that is not UTF-8");
        if (letter < 0x20) {
            return fail(from, at, CUSTVAL_ERROR_DOCUMENT, "%s in a text; %s",
                        letter == '\n' ? "the end of a line" : "a control character",
                        letter == '\n' ? "is a closing quote missing?" : "write it as \\u and four digits");
        }
        at += bytes;
        if (letter == '\\' && at < from->end && (*at == '"' || *at == '\\')) at++;
    }
    if (at == from->end) return fail(from, from->at - 1, CUSTVAL_ERROR_DOCUMENT, "this text has no closing quote");
    *out_length = (size_t)(at - from->at);
    return CUSTVAL_OK;
}

/* Reads a text at its opening quote. */
static custval_status read_text(reader *from, const char **out) {
    size_t most = 0, length = 0;
    from->at++;
    CUSTVAL__TRY(measure_text(from, &most));
    char *const text = custval__arena_alloc(&from->document->arena, most + 1, 1);
    if (text == NULL) return custval__fail_memory(from->error);
    while (*from->at != '"') {
        if (*from->at == '\\')
            CUSTVAL__TRY(read_escape(from, text, &length));
        else
            text[length++] = *from->at++;
    }
    from->at++;
    *out = text;
    return CUSTVAL_OK;
}

/* ---- Values ----------------------------------------------------------------------------------------------------- */

static void skip_space(reader *from) {
    while (from->at < from->end && strchr(" \t\r\n", *from->at) != NULL && *from->at != 0) from->at++;
}

static int is_next(const reader *from, char letter) {
    return from->at < from->end && *from->at == letter;
}

static int skip_word(reader *from, const char *word) {
    const size_t length = strlen(word);
    if ((size_t)(from->end - from->at) < length || memcmp(from->at, word, length) != 0) return 0;
    from->at += length;
    return 1;
}

static custval_status read_number(reader *from, custval__json *value) {
    const char *const start = from->at;
    from->at += custval__number_read(start, (size_t)(from->end - start), &value->number);
    if (from->at == start) return expected(from, "a value");
    if (isinf(value->number)) {
        const size_t length = (size_t)(from->at - start);
        return fail(from, start, CUSTVAL_ERROR_DOCUMENT, "%.*s is too large for a number",
                    length > 40 ? 40 : (int)length, start);
    }
    value->type = CUSTVAL__JSON_NUMBER;
    return CUSTVAL_OK;
}

/* Reads what stands at the place; of an array or object only the opening bracket. */
static custval_status read_value(reader *from, custval__json *value) {
    if (is_next(from, '"')) {
        value->type = CUSTVAL__JSON_TEXT;
        return read_text(from, &value->text);
    }
    if (is_next(from, '{') || is_next(from, '[')) {
        if (from->depth == CUSTVAL_MAX_DOCUMENT_DEPTH) {
            return fail(from, from->at, CUSTVAL_ERROR_LIMIT, "more than %d levels of nesting",
                        CUSTVAL_MAX_DOCUMENT_DEPTH);
        }
        value->type = *from->at == '{' ? CUSTVAL__JSON_OBJECT : CUSTVAL__JSON_ARRAY;
        from->levels[from->depth++] = (level){value, NULL};
        from->at++;
        return CUSTVAL_OK;
    }
    value->type = CUSTVAL__JSON_FLAG;
    if (skip_word(from, "false")) return CUSTVAL_OK;
    value->number = 1.0;
    if (skip_word(from, "true")) return CUSTVAL_OK;
    value->type = CUSTVAL__JSON_NULL;
    if (skip_word(from, "null")) return CUSTVAL_OK;
    return read_number(from, value);
}

/* Makes a value at the place and hangs it into the innermost open container. */
static custval_status add_value(reader *from, const char *key, custval__json **out) {
    custval__json *const value = custval__arena_alloc(&from->document->arena, 1, sizeof *value);
    if (value == NULL) return custval__fail_memory(from->error);
    value->at = (uint32_t)(from->at - from->text);
    value->key = key;
    *out = value;
    if (from->depth == 0) return CUSTVAL_OK;
    level *const open = &from->levels[from->depth - 1];
    value->parent = open->container;
    value->index = open->container->count++;
    if (open->last == NULL)
        open->container->first = value;
    else
        open->last->next = value;
    open->last = value;
    return CUSTVAL_OK;
}

static custval_status read_key(reader *from, const char **out) {
    if (!is_next(from, '"')) return expected(from, "a key in double quotes");
    CUSTVAL__TRY(read_text(from, out));
    skip_space(from);
    if (!is_next(from, ':')) return expected(from, "a colon after the key");
    from->at++;
    skip_space(from);
    return CUSTVAL_OK;
}

/* ---- Duplicate keys --------------------------------------------------------------------------------------------- */

/* Sorting finds duplicates in n log n whatever the keys are: a hostile document cannot make it slow, as it could with
   comparisons of all pairs or with a hash. */
typedef struct key_list {
    const custval__json **members, **spare;
} key_list;

static void sort_keys(key_list *list, size_t begin, size_t end) {
    if (end - begin < 2) return;
    const size_t middle = begin + (end - begin) / 2;
    sort_keys(list, begin, middle);
    sort_keys(list, middle, end);
    memcpy(list->spare + begin, list->members + begin, (end - begin) * sizeof list->members[0]);
    size_t left = begin, right = middle;
    for (size_t i = begin; i < end; i++) {
        const int from_left =
            right == end || (left < middle && strcmp(list->spare[left]->key, list->spare[right]->key) <= 0);
        list->members[i] = list->spare[from_left ? left++ : right++];
    }
}

static custval_status refuse_duplicates(const reader *from, const custval__json *object) {
    if (object->count < 2) return CUSTVAL_OK;
    const custval_host *const host = &from->document->arena.host;
    const size_t count = object->count;
    key_list list = {custval__alloc(host, count, 2 * sizeof list.members[0]), NULL};
    if (list.members == NULL) return custval__fail_memory(from->error);
    list.spare = list.members + count;
    size_t filled = 0;
    for (const custval__json *member = object->first; member != NULL; member = member->next) {
        list.members[filled++] = member;
    }
    sort_keys(&list, 0, count);
    const custval__json *again = NULL;
    for (size_t i = 1; i < count; i++) {
        const int same = strcmp(list.members[i - 1]->key, list.members[i]->key) == 0;
        if (same && (again == NULL || list.members[i]->at < again->at)) again = list.members[i];
    }
    custval__free(host, list.members);
    if (again == NULL) return CUSTVAL_OK;
    return fail(from, from->text + again->at, CUSTVAL_ERROR_DOCUMENT, "the key \"%s\" stands twice in the same object",
                again->key);
}

/* ---- The document ----------------------------------------------------------------------------------------------- */

/* After a value: closes what ends here; stops before the next value, or at the end of the root. */
static custval_status close_levels(reader *from) {
    while (from->depth > 0) {
        level *const open = &from->levels[from->depth - 1];
        const int is_object = open->container->type == CUSTVAL__JSON_OBJECT;
        const char bracket = is_object ? '}' : ']';
        skip_space(from);
        if (is_next(from, bracket)) {
            from->at++;
            if (is_object) CUSTVAL__TRY(refuse_duplicates(from, open->container));
            from->depth--;
            continue;
        }
        if (open->last == NULL) return CUSTVAL_OK;
        if (!is_next(from, ',')) return expected(from, is_object ? "a comma or }" : "a comma or ]");
        const char *const comma = from->at++;
        skip_space(from);
        if (is_next(from, bracket)) {
            return fail(from, comma, CUSTVAL_ERROR_DOCUMENT, "a comma must not stand before %c", bracket);
        }
        return CUSTVAL_OK;
    }
    return CUSTVAL_OK;
}

static custval_status read_tree(reader *from) {
    custval__json *value = NULL;
    skip_space(from);
    do {
        const char *key = NULL;
        const int in_object = from->depth > 0 && from->levels[from->depth - 1].container->type == CUSTVAL__JSON_OBJECT;
        if (in_object) CUSTVAL__TRY(read_key(from, &key));
        CUSTVAL__TRY(add_value(from, key, &value));
        if (from->document->root == NULL) from->document->root = value;
        CUSTVAL__TRY(read_value(from, value));
        CUSTVAL__TRY(close_levels(from));
    } while (from->depth > 0);
    skip_space(from);
    return from->at == from->end ? CUSTVAL_OK : expected(from, "nothing more after the document");
}

custval_status custval__json_read(custval__json_document *out, const custval_host *whole_host, const char *text,
                                  size_t length, custval_error *error) {
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    custval__arena_init(&out->arena, whole_host);
    out->root = NULL;
    if (length > CUSTVAL_MAX_DOCUMENT_SIZE) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "the document has %zu bytes; the most is %d", length,
                             CUSTVAL_MAX_DOCUMENT_SIZE);
    }
    reader from = {out, text, text, text + length, {{NULL, NULL}}, 0, error};
    if (skip_word(&from, byte_order_mark)) from.text = from.at;
    return read_tree(&from);
}

void custval__json_free(custval__json_document *document) {
    custval__arena_free(&document->arena);
    document->root = NULL;
}

const custval__json *custval__json_member(const custval__json *object, const char *key) {
    for (const custval__json *member = object->first; member != NULL; member = member->next) {
        if (strcmp(member->key, key) == 0) return member;
    }
    return NULL;
}
