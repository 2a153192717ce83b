/* Whole files: documents, and what the library saves as bytes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "file_bytes.h"

#include <errno.h>
#include <string.h>

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
