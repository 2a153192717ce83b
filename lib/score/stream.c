/* Scoring an Arrow stream lazily. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include <custval/arrow.h>

#include "../base/error.h"
#include "scorer.h"

typedef struct score_stream {
    custval_host host; /* frees this struct after the scorer is gone */
    custval_scorer *scorer;
    custval_reader *reader;
    custval_table *empty; /* result without rows: the type of the stream */
    custval_error error;  /* of the last failure */
} score_stream;

static int errno_of(custval_status status) {
    switch (status) {
    case CUSTVAL_OK: return 0;
    case CUSTVAL_ERROR_MEMORY: return ENOMEM;
    case CUSTVAL_ERROR_CANCELLED: return ECANCELED;
    case CUSTVAL_ERROR_STREAM: return EIO;
    default: return EINVAL;
    }
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    score_stream *self = stream->private_data;
    struct ArrowArray array = {.release = NULL};
    const custval_status status = custval_table_export_arrow(self->empty, &array, out, &self->error);
    if (array.release != NULL) array.release(&array);
    return errno_of(status);
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    score_stream *self = stream->private_data;
    custval_table *answers = NULL, *scores = NULL;
    struct ArrowSchema schema = {.release = NULL};
    out->release = NULL;
    custval_status status = custval_reader_next(self->reader, &answers, &self->error);
    if (status != CUSTVAL_OK || answers == NULL) return errno_of(status);
    status = custval__scorer_result(self->scorer, answers, &scores, &self->error);
    custval_table_free(answers);
    if (status == CUSTVAL_OK) status = custval_table_export_arrow(scores, out, &schema, &self->error);
    if (schema.release != NULL) schema.release(&schema);
    custval_table_free(scores);
    return errno_of(status);
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
    const score_stream *self = stream->private_data;
    return self->error.status == CUSTVAL_OK ? NULL : self->error.message;
}

static void release(struct ArrowArrayStream *stream) {
    score_stream *self = stream->private_data;
    const custval_host host = self->host;
    custval_table_free(self->empty);
    custval_reader_free(self->reader);
    custval_scorer_free(self->scorer);
    custval__free(&host, self);
    stream->release = NULL;
}

// The type of the scores, from scoring the columns' names alone: no row has to be read for it.
static custval_status make_empty(score_stream *self, custval_error *error) {
    CUSTVAL__TRY(custval__result_new(&self->host, 0, &self->empty, error));
    for (uint32_t i = 0; i < self->scorer->column_count; i++) {
        double *unused;
        CUSTVAL__TRY(custval__result_add_doubles(self->empty, self->scorer->columns[i].name, &unused, error));
    }
    uint32_t *unused;
    return custval__result_add_uint32(self->empty, "status", &unused, error);
}

custval_status custval_score_stream(custval_system *system, struct ArrowArrayStream *in,
                                    const custval_score_options *options, struct ArrowArrayStream *out,
                                    custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    out->release = NULL;
    custval_scorer *scorer = NULL;
    CUSTVAL__TRY(custval_scorer_new(system, options, &scorer, error));
    const custval_host host = scorer->plan.host;
    score_stream *self = custval__alloc_zero(&host, 1, sizeof *self);
    if (self == NULL) {
        custval_scorer_free(scorer);
        return custval__fail_memory(error);
    }
    *self = (score_stream){.host = host, .scorer = scorer, .error = CUSTVAL_ERROR_INIT};
    custval_status status = make_empty(self, error);
    if (status == CUSTVAL_OK) status = custval_reader_new(&host, in, &self->reader, error);
    *out = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release, self};
    if (status != CUSTVAL_OK) release(out);
    return status;
}
