/* Arrow C Stream Interface: reading a stream as tables, and giving a table as a stream. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <errno.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"

/* ---- Reading ---- */

struct custval_reader {
    custval_host host; /* whole */
    struct ArrowArrayStream stream;
    struct ArrowSchema schema; /* shared by the tables while they are made; they keep nothing of it */
    int ended;
};

/* Fails with the producer's own text, made one line of UTF-8. */
static custval_status fail_stream(struct ArrowArrayStream *stream, int code, custval_error *error) {
    enum { TEXT_MOST = 400 };
    char line[TEXT_MOST + 1];
    const char *text = stream->get_last_error == NULL ? NULL : stream->get_last_error(stream);
    if (text == NULL || text[0] == '\0') {
        return custval__fail(error, CUSTVAL_ERROR_STREAM, "the Arrow stream failed with code %d and no message", code);
    }
    const size_t whole = strlen(text), length = whole > TEXT_MOST ? custval__utf8_cut(text, TEXT_MOST) : whole;
    const int utf8 = custval__utf8_valid(text, length);
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        line[i] = byte < 0x20 || byte == 0x7f ? ' ' : byte >= 0x80 && !utf8 ? '?' : text[i];
    }
    line[length] = '\0';
    return custval__fail(error, CUSTVAL_ERROR_STREAM, "the Arrow stream failed: %s", line);
}

static custval_status read_schema(struct ArrowArrayStream *stream, struct ArrowSchema *schema, custval_error *error) {
    *schema = (struct ArrowSchema){0};
    const int code = stream->get_schema(stream, schema);
    if (code != 0) {
        schema->release = NULL; /* the producer must not have filled it in */
        return fail_stream(stream, code, error);
    }
    return custval__import_check_schema(schema, error);
}

custval_status custval_reader_new(const custval_host *host, struct ArrowArrayStream *stream, custval_reader **out,
                                  custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (stream == NULL) return custval__fail_null(error, "stream");
    if (stream->release == NULL || stream->get_schema == NULL || stream->get_next == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the Arrow stream is released, or lacks a callback");
    }
    custval_host whole;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    custval_reader *reader = custval__alloc_zero(&whole, 1, sizeof *reader);
    if (reader == NULL) return custval__fail_memory(error);
    reader->host = whole;
    const custval_status status = read_schema(stream, &reader->schema, error);
    if (status != CUSTVAL_OK) {
        custval_reader_free(reader); /* has the schema, but not the stream yet */
        return status;
    }
    reader->stream = *stream;
    stream->release = NULL;
    *out = reader;
    return CUSTVAL_OK;
}

custval_status custval_reader_next(custval_reader *reader, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (reader == NULL) return custval__fail_null(error, "reader");
    if (reader->ended) return CUSTVAL_OK;
    struct ArrowArray array = {0};
    const int code = reader->stream.get_next(&reader->stream, &array);
    if (code != 0) return fail_stream(&reader->stream, code, error);
    if (array.release == NULL) {
        reader->ended = 1;
        return CUSTVAL_OK;
    }
    const custval_status status = custval__import_array(&reader->host, &array, &reader->schema, out, error);
    if (status != CUSTVAL_OK) array.release(&array);
    return status;
}

void custval_reader_free(custval_reader *reader) {
    if (reader == NULL) return;
    const custval_host host = reader->host;
    if (reader->schema.release != NULL) reader->schema.release(&reader->schema);
    if (reader->stream.release != NULL) reader->stream.release(&reader->stream);
    custval__free(&host, reader);
}

/* ---- Giving ---- */

typedef struct stream_node {
    custval_table *table; /* kept alive */
    int given;            /* the one array is out */
    custval_error error;  /* of the last call that failed */
} stream_node;

static int stream_code(custval_status status) {
    return status == CUSTVAL_OK ? 0 : status == CUSTVAL_ERROR_MEMORY ? ENOMEM : EINVAL;
}

static int stream_get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    stream_node *node = stream->private_data;
    return stream_code(custval__export_schema(node->table, out, &node->error));
}

static int stream_get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    stream_node *node = stream->private_data;
    out->release = NULL;
    if (node->given) return 0;
    const int code = stream_code(custval__export_array(node->table, out, &node->error));
    node->given = code == 0;
    return code;
}

static const char *stream_get_last_error(struct ArrowArrayStream *stream) {
    const stream_node *node = stream->private_data;
    return node->error.status == CUSTVAL_OK ? NULL : node->error.message;
}

static void stream_release(struct ArrowArrayStream *stream) {
    stream_node *node = stream->private_data;
    custval_table *table = node->table;
    const custval_host host = table->host;
    custval__free(&host, node);
    custval_table_free(table);
    stream->release = NULL;
}

custval_status custval_table_export_stream(custval_table *table, struct ArrowArrayStream *out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = (struct ArrowArrayStream){0};
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(custval__export_check(table, error));
    stream_node *node = custval__alloc_zero(&table->host, 1, sizeof *node);
    if (node == NULL) return custval__fail_memory(error);
    node->table = custval_table_ref(table);
    node->error = (custval_error)CUSTVAL_ERROR_INIT;
    out->get_schema = stream_get_schema;
    out->get_next = stream_get_next;
    out->get_last_error = stream_get_last_error;
    out->release = stream_release;
    out->private_data = node;
    return CUSTVAL_OK;
}
