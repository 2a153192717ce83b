/* Whole files: documents, and what the library saves as bytes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "file_bytes.h"

#include <errno.h>
#include <string.h>

#include "args.h"
#include "data_file.h"
#include "output.h"
#include "platform.h"

#define PIECE ((size_t)65536)

void file_bytes(const char *path, size_t most, const char *written, buffer *to) {
    const int is_standard = strcmp(path, "-") == 0;
    const char *const name = input_name(path);
    if (is_standard) platform_set_binary(stdin);
    FILE *const file = is_standard ? stdin : fopen(path, "rb");
    if (file == NULL) fail("cannot read %s: %s", path, strerror(errno));
    output_refuse(written, file, name);
    for (size_t got = 1; got > 0 && to->length <= most; to->length += got) {
        got = fread(buffer_room(to, PIECE), 1, PIECE, file);
    }
    if (ferror(file)) fail("cannot read %s: %s", name, strerror(errno));
    if (!is_standard) fclose(file);
}

/* What is no document of JSON, and has a delimiter in its first line. */
static int is_table(const char *text) {
    text += strncmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    text += strspn(text, " \t\r\n");
    return strchr("{[", *text) == NULL && strcspn(text, ",;\t|") < strcspn(text, "\n");
}

void document_bytes(const char *path, const char *kind, const char *written, buffer *to) {
    char order[MESSAGE_SIZE];
    file_bytes(path, CUSTVAL_MAX_DOCUMENT_SIZE, written, to);
    *buffer_room(to, 1) = 0;
    if (is_table(to->data)) {
        fail("%s: this is a table (CSV), not a %s document (JSON)%s", input_name(path), kind, args_order(order));
    }
}
