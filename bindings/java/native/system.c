/* Systems and what scores with them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bridge.h"
#include "custval_Native.h"

BRIDGE_DOCUMENT(system, custval_system, custval_system_parse, custval_system_free)

JNIEXPORT jobjectArray JNICALL Java_custval_Native_systemInputs(JNIEnv *env, jclass class, jlong handle) {
    (void)class;
    const custval_system *const system = BRIDGE_HANDLE(custval_system, handle);
    const jsize count = (jsize)custval_system_inputs(system);
    const jobjectArray names = bridge_bytes_array(env, count);
    for (jsize i = 0; names != NULL && i < count; i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_input input = CUSTVAL_INPUT_INIT;
        const custval_status status = custval_system_input(system, (uint32_t)i, &input, &error);
        if (status != CUSTVAL_OK) bridge_throw(env, status, &error);
        if (status != CUSTVAL_OK || !bridge_put(env, names, i, bridge_word(env, input.column))) return NULL;
    }
    return names;
}

JNIEXPORT jboolean JNICALL Java_custval_Native_systemInputIsText(JNIEnv *env, jclass class, jlong system, jint index) {
    (void)class;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_input input = CUSTVAL_INPUT_INIT;
    const custval_status status =
        custval_system_input(BRIDGE_HANDLE(custval_system, system), (uint32_t)index, &input, &error);
    if (status != CUSTVAL_OK) bridge_throw(env, status, &error);
    return status == CUSTVAL_OK && input.is_text != 0;
}

JNIEXPORT jlong JNICALL Java_custval_Native_explain(JNIEnv *env, jclass class, jlong system, jlong table, jlong row,
                                                    jobjectArray frame) {
    (void)class;
    bridge_texts texts;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    if (!bridge_options(env, frame, 0, 0, &texts, &options)) return 0;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *explanation = NULL;
    const custval_status status =
        custval_explain(BRIDGE_HANDLE(custval_system, system), BRIDGE_HANDLE(custval_table, table), (size_t)row,
                        &options, &explanation, &error);
    bridge_texts_free(&texts);
    if (status != CUSTVAL_OK) bridge_throw(env, status, &error);
    return BRIDGE_NUMBER(explanation);
}

JNIEXPORT jbyteArray JNICALL Java_custval_Native_explanationText(JNIEnv *env, jclass class, jlong handle) {
    (void)class;
    const custval_table *const explanation = BRIDGE_HANDLE(custval_table, handle);
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t length = 0;
    custval_status status = custval_explain_text(explanation, NULL, 0, &length, &error);
    char *const text = status == CUSTVAL_OK ? malloc(length + 1) : NULL;
    if (text != NULL) status = custval_explain_text(explanation, text, length + 1, &length, &error);
    jbyteArray bytes = NULL;
    if (status != CUSTVAL_OK) {
        bridge_throw(env, status, &error);
    } else if (text == NULL) {
        bridge_throw_memory(env);
    } else {
        bytes = bridge_bytes(env, text, length);
    }
    free(text);
    return bytes;
}

JNIEXPORT jbyteArray JNICALL Java_custval_Native_reason(JNIEnv *env, jclass class, jlong system, jlong table, jlong row,
                                                        jobjectArray frame) {
    (void)class;
    bridge_texts texts;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    if (!bridge_options(env, frame, 0, 0, &texts, &options)) return NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    char reason[2048];
    const custval_status status =
        custval_row_reason(BRIDGE_HANDLE(custval_system, system), BRIDGE_HANDLE(custval_table, table), (size_t)row,
                           &options, reason, sizeof(reason), &error);
    bridge_texts_free(&texts);
    if (status == CUSTVAL_OK) return bridge_word(env, reason);
    bridge_throw(env, status, &error);
    return NULL;
}

/* A scorer with the memory for one row: nothing is allocated per row but room for a text longer than any before. */
typedef struct row_scorer {
    custval_scorer *scorer;
    uint32_t inputs;
    uint32_t columns;
    double *numbers; /* inputs, then columns */
    custval_text *texts;
    char *block;
    size_t block_size;
} row_scorer;

static void scorer_free(row_scorer *scorer) {
    custval_scorer_free(scorer->scorer);
    free(scorer->numbers);
    free(scorer->texts);
    free(scorer->block);
    free(scorer);
}

JNIEXPORT jlong JNICALL Java_custval_Native_scorerNew(JNIEnv *env, jclass class, jlong handle, jobjectArray frame,
                                                      jint levels, jint coverage) {
    (void)class;
    custval_system *const system = BRIDGE_HANDLE(custval_system, handle);
    bridge_texts texts;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    if (!bridge_options(env, frame, levels, coverage, &texts, &options)) return 0;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scorer *scorer = NULL;
    const custval_status status = custval_scorer_new(system, &options, &scorer, &error);
    bridge_texts_free(&texts);
    if (status != CUSTVAL_OK) {
        bridge_throw(env, status, &error);
        return 0;
    }
    row_scorer *const made = calloc(1, sizeof(*made));
    if (made == NULL) {
        custval_scorer_free(scorer);
        bridge_throw_memory(env);
        return 0;
    }
    made->scorer = scorer;
    made->inputs = custval_system_inputs(system);
    made->columns = custval_scorer_columns(scorer);
    made->numbers = calloc((size_t)made->inputs + made->columns + 1, sizeof(*made->numbers));
    made->texts = calloc((size_t)made->inputs + 1, sizeof(*made->texts));
    if (made->numbers != NULL && made->texts != NULL) return BRIDGE_NUMBER(made);
    scorer_free(made);
    bridge_throw_memory(env);
    return 0;
}

JNIEXPORT void JNICALL Java_custval_Native_scorerFree(JNIEnv *env, jclass class, jlong scorer) {
    (void)env, (void)class;
    scorer_free(BRIDGE_HANDLE(row_scorer, scorer));
}

JNIEXPORT jobjectArray JNICALL Java_custval_Native_scorerColumns(JNIEnv *env, jclass class, jlong handle) {
    (void)class;
    const row_scorer *const scorer = BRIDGE_HANDLE(row_scorer, handle);
    const jobjectArray names = bridge_bytes_array(env, (jsize)scorer->columns);
    for (uint32_t i = 0; names != NULL && i < scorer->columns; i++) {
        const char *const name = custval_scorer_column_name(scorer->scorer, i);
        if (!bridge_put(env, names, (jsize)i, bridge_word(env, name))) return NULL;
    }
    return names;
}

/* Makes room for so many bytes of texts; 0 with an exception pending. */
static int reserve(JNIEnv *env, row_scorer *scorer, size_t size) {
    if (size <= scorer->block_size) return 1;
    char *const block = realloc(scorer->block, size);
    if (block == NULL) {
        bridge_throw_memory(env);
        return 0;
    }
    scorer->block = block;
    scorer->block_size = size;
    return 1;
}

/* Copies the texts of a row: first their lengths, so that the block does not move under those already there. */
static int take_texts(JNIEnv *env, row_scorer *scorer, jobjectArray texts) {
    size_t size = 0;
    for (uint32_t i = 0; i < scorer->inputs; i++) {
        const jbyteArray bytes = (*env)->GetObjectArrayElement(env, texts, (jsize)i);
        scorer->texts[i].length = bytes == NULL ? 0 : (size_t)(*env)->GetArrayLength(env, bytes);
        size += scorer->texts[i].length;
        (*env)->DeleteLocalRef(env, bytes);
    }
    if (!reserve(env, scorer, size + 1)) return 0;
    char *place = scorer->block;
    for (uint32_t i = 0; i < scorer->inputs; i++) {
        const jbyteArray bytes = (*env)->GetObjectArrayElement(env, texts, (jsize)i);
        const size_t length = scorer->texts[i].length;
        scorer->texts[i].data = bytes == NULL ? NULL : place;
        if (bytes == NULL) continue;
        (*env)->GetByteArrayRegion(env, bytes, 0, (jsize)length, (jbyte *)place);
        (*env)->DeleteLocalRef(env, bytes);
        place += length;
    }
    return !(*env)->ExceptionCheck(env);
}

JNIEXPORT jint JNICALL Java_custval_Native_scorerRow(JNIEnv *env, jclass class, jlong handle, jdoubleArray numbers,
                                                     jobjectArray texts, jdoubleArray out) {
    (void)class;
    row_scorer *const scorer = BRIDGE_HANDLE(row_scorer, handle);
    (*env)->GetDoubleArrayRegion(env, numbers, 0, (jsize)scorer->inputs, scorer->numbers);
    if (texts != NULL && !take_texts(env, scorer, texts)) return 0;
    double *const scores = scorer->numbers + scorer->inputs;
    uint32_t row_status = 0;
    const custval_status status =
        custval_scorer_row(scorer->scorer, scorer->numbers, texts != NULL ? scorer->texts : NULL, scores, &row_status);
    if (status != CUSTVAL_OK) {
        const custval_error error = CUSTVAL_ERROR_INIT;
        bridge_throw(env, status, &error);
        return 0;
    }
    (*env)->SetDoubleArrayRegion(env, out, 0, (jsize)scorer->columns, scores);
    return (jint)row_status;
}

JNIEXPORT void JNICALL Java_custval_Native_scorerTable(JNIEnv *env, jclass class, jlong handle, jlong table,
                                                       jobjectArray outputs, jobject row_status) {
    (void)class;
    row_scorer *const scorer = BRIDGE_HANDLE(row_scorer, handle);
    double **const columns = calloc((size_t)scorer->columns + 1, sizeof(*columns));
    if (columns == NULL) {
        bridge_throw_memory(env);
        return;
    }
    for (uint32_t i = 0; i < scorer->columns; i++) {
        const jobject buffer = (*env)->GetObjectArrayElement(env, outputs, (jsize)i);
        columns[i] = buffer == NULL ? NULL : (*env)->GetDirectBufferAddress(env, buffer);
        (*env)->DeleteLocalRef(env, buffer);
    }
    uint32_t *const statuses = row_status == NULL ? NULL : (*env)->GetDirectBufferAddress(env, row_status);
    custval_error error = CUSTVAL_ERROR_INIT;
    const custval_status status =
        custval_scorer_table(scorer->scorer, BRIDGE_HANDLE(custval_table, table), columns, statuses, &error);
    free(columns);
    if (status != CUSTVAL_OK) bridge_throw(env, status, &error);
}

JNIEXPORT jlong JNICALL Java_custval_Native_score(JNIEnv *env, jclass class, jlong system, jlong table,
                                                  jobjectArray frame, jint levels, jint coverage) {
    (void)class;
    bridge_texts texts;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    if (!bridge_options(env, frame, levels, coverage, &texts, &options)) return 0;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *scores = NULL;
    const custval_status status = custval_score(BRIDGE_HANDLE(custval_system, system),
                                                BRIDGE_HANDLE(custval_table, table), &options, &scores, &error);
    bridge_texts_free(&texts);
    if (status != CUSTVAL_OK) bridge_throw(env, status, &error);
    return BRIDGE_NUMBER(scores);
}
