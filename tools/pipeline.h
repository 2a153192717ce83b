/* Pipelines: commands in a row, each with the results of those before it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_PIPELINE_H
#define CUSTVAL_TOOLS_PIPELINE_H

#include "args.h"
#include "document/json.h"
#include "document/shape.h"
#include "tool.h"

#define PIPELINE_VERSION 1

typedef struct pipeline_input {
    const char *id, *path;
    const custval__json *at; /* where the document has it */
} pipeline_input;

typedef struct pipeline_step {
    const char *id;
    const char *file, *output; /* the name of its result, and its path */
    char **words;              /* the command line */
    int count;
    size_t used_until; /* number of the last step that reads the result; more for a goal; 0: nobody does */
    const custval__json *at;
} pipeline_step;

/* Everything in it lives in the arena of its document. */
typedef struct pipeline {
    const char *path; /* of the document */
    custval__json_document document;
    const char *folder; /* of the results */
    pipeline_input *inputs;
    pipeline_step *steps;
    size_t input_count, step_count;
} pipeline;

/* Reads a document ("-": standard input), which must not be `written` (may be NULL), and checks its shape. */
void pipeline_load(pipeline *out, const char *path, const char *written);
void pipeline_free(pipeline *of);

/* How whoever runs a pipeline wants it. */
typedef struct pipeline_choice {
    text_list inputs;    /* NAME=FILE */
    const char *to;      /* folder of the results; NULL: that named after the pipeline, beside the document */
    const char *written; /* what else is written; may be NULL */
} pipeline_choice;

/* Settles which files are meant and makes the command lines. Fails, with the place in the document, at a name that is not
   there, and where what is written would take the place of what is read. */
void pipeline_bind(pipeline *of, const pipeline_choice *choice, const char *command);

/* Fails because of a value of the document. */
_Noreturn void pipeline_fail(const pipeline *of, const custval__json *at, const char *format, ...)
    CUSTVAL__PRINTF(3, 4);

/* The step of that id, or NULL. */
pipeline_step *pipeline_step_find(const pipeline *of, const char *id);

/* Memory of the pipeline. */
void *pipeline_memory(pipeline *of, size_t count, size_t size);

/* Fails if a table of goals, `written` (may be NULL), would take the place of a result that is there. */
void pipeline_keep_results(const pipeline *of, const char *written);

/* Compares the cells that goals name with what they should be, and writes a table of them. */
void pipeline_write_goals(pipeline *of, int format, const char *path);

/* Shapes of the objects of the document, in the order of docs/pipeline-document.md. */
enum pipeline_shape { PIPELINE_SHAPE_PIPELINE, PIPELINE_SHAPE_STEP, PIPELINE_SHAPE_GOAL, PIPELINE_SHAPES };
extern const custval__shape pipeline_shapes[PIPELINE_SHAPES];

#endif
