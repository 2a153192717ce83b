/* Tables: columns of Java in, columns of results out. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "bridge.h"
#include "custval_Native.h"

JNIEXPORT jlong JNICALL Java_custval_Native_tableNew(JNIEnv *env, jclass class, jlong rows) {
    (void)class;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    const custval_status status = custval_table_new(NULL, (size_t)rows, &table, &error);
    if (status != CUSTVAL_OK) bridge_throw(env, status, &error);
    return BRIDGE_NUMBER(table);
}

JNIEXPORT void JNICALL Java_custval_Native_tableFree(JNIEnv *env, jclass class, jlong table) {
    (void)env, (void)class;
    custval_table_free(BRIDGE_HANDLE(custval_table, table));
}

/* The array stays where it is while its cells are copied: nothing in between may call Java. */
JNIEXPORT void JNICALL Java_custval_Native_tableAddNumbers(JNIEnv *env, jclass class, jlong table, jbyteArray name,
                                                           jdoubleArray values) {
    (void)class;
    char *const text = bridge_copy(env, name);
    if (text == NULL) return;
    double *const cells = (*env)->GetPrimitiveArrayCritical(env, values, NULL);
    if (cells == NULL) {
        free(text);
        bridge_throw_memory(env);
        return;
    }
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_column column = CUSTVAL_COLUMN_INIT;
    column.type = CUSTVAL_TYPE_FLOAT64;
    column.data = cells;
    const custval_status status = custval_table_add_copy(BRIDGE_HANDLE(custval_table, table), text, &column, &error);
    (*env)->ReleasePrimitiveArrayCritical(env, values, cells, JNI_ABORT);
    free(text);
    if (status != CUSTVAL_OK) bridge_throw(env, status, &error);
}

/* Borrows the memory of a direct buffer, which Java keeps alive as long as the table. */
JNIEXPORT void JNICALL Java_custval_Native_tableAddBuffer(JNIEnv *env, jclass class, jlong table, jbyteArray name,
                                                          jobject buffer) {
    (void)class;
    char *const text = bridge_copy(env, name);
    if (text == NULL) return;
    custval_error error = CUSTVAL_ERROR_INIT;
    const double *const cells = (*env)->GetDirectBufferAddress(env, buffer);
    const custval_status status = custval_table_add_doubles(BRIDGE_HANDLE(custval_table, table), text, cells, &error);
    free(text);
    if (status != CUSTVAL_OK) bridge_throw(env, status, &error);
}

JNIEXPORT void JNICALL Java_custval_Native_tableAddTexts(JNIEnv *env, jclass class, jlong table, jbyteArray name,
                                                         jobjectArray values) {
    (void)class;
    bridge_texts texts;
    if (!bridge_texts_of(env, values, &texts)) return;
    char *const text = bridge_copy(env, name);
    if (text != NULL) {
        custval_error error = CUSTVAL_ERROR_INIT;
        const custval_status status =
            custval_table_add_texts(BRIDGE_HANDLE(custval_table, table), text, texts.texts, &error);
        if (status != CUSTVAL_OK) bridge_throw(env, status, &error);
    }
    free(text);
    bridge_texts_free(&texts);
}

JNIEXPORT jlong JNICALL Java_custval_Native_tableRows(JNIEnv *env, jclass class, jlong table) {
    (void)env, (void)class;
    return (jlong)custval_table_rows(BRIDGE_HANDLE(custval_table, table));
}

JNIEXPORT jobjectArray JNICALL Java_custval_Native_tableNames(JNIEnv *env, jclass class, jlong handle) {
    (void)class;
    const custval_table *const table = BRIDGE_HANDLE(custval_table, handle);
    const jsize count = (jsize)custval_table_columns(table);
    const jobjectArray names = bridge_bytes_array(env, count);
    for (jsize i = 0; names != NULL && i < count; i++) {
        if (!bridge_put(env, names, i, bridge_word(env, custval_table_name(table, (size_t)i)))) return NULL;
    }
    return names;
}

/* Finds a column and describes it; 0 with an exception pending. */
static int find(JNIEnv *env, const custval_table *table, jbyteArray name, size_t *index, custval_column *column) {
    char *const text = bridge_copy(env, name);
    if (text == NULL) return 0;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_status status = custval_table_find(table, text, index, &error);
    if (status == CUSTVAL_OK) status = custval_table_column(table, *index, column, &error);
    free(text);
    if (status != CUSTVAL_OK) bridge_throw(env, status, &error);
    return status == CUSTVAL_OK;
}

JNIEXPORT jboolean JNICALL Java_custval_Native_tableIsText(JNIEnv *env, jclass class, jlong table, jbyteArray name) {
    (void)class;
    size_t index = 0;
    custval_column column = CUSTVAL_COLUMN_INIT;
    if (!find(env, BRIDGE_HANDLE(custval_table, table), name, &index, &column)) return JNI_FALSE;
    return column.type >= CUSTVAL_TYPE_UTF8 && column.type <= CUSTVAL_TYPE_DICTIONARY;
}

/* Packed doubles in one stroke, everything else cell by cell. */
JNIEXPORT void JNICALL Java_custval_Native_tableNumbers(JNIEnv *env, jclass class, jlong handle, jbyteArray name,
                                                        jdoubleArray out) {
    (void)class;
    const custval_table *const table = BRIDGE_HANDLE(custval_table, handle);
    size_t index = 0;
    custval_column column = CUSTVAL_COLUMN_INIT;
    if (!find(env, table, name, &index, &column)) return;
    const size_t rows = custval_table_rows(table);
    if (column.type == CUSTVAL_TYPE_FLOAT64 && column.validity == NULL && column.stride == 0 && rows > 0) {
        (*env)->SetDoubleArrayRegion(env, out, 0, (jsize)rows, (const double *)column.data + column.offset);
        return;
    }
    for (size_t row = 0; row < rows; row++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        double number;
        const custval_status status = custval_table_number(table, index, row, &number, &error);
        if (status != CUSTVAL_OK) {
            bridge_throw(env, status, &error);
            return;
        }
        (*env)->SetDoubleArrayRegion(env, out, (jsize)row, 1, &number);
    }
}

JNIEXPORT jobjectArray JNICALL Java_custval_Native_tableTexts(JNIEnv *env, jclass class, jlong handle,
                                                              jbyteArray name) {
    (void)class;
    const custval_table *const table = BRIDGE_HANDLE(custval_table, handle);
    size_t index = 0;
    custval_column column = CUSTVAL_COLUMN_INIT;
    if (!find(env, table, name, &index, &column)) return NULL;
    const size_t rows = custval_table_rows(table);
    const jobjectArray texts = bridge_bytes_array(env, (jsize)rows);
    for (size_t row = 0; texts != NULL && row < rows; row++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_text text;
        const custval_status status = custval_table_text(table, index, row, &text, &error);
        if (status != CUSTVAL_OK) bridge_throw(env, status, &error);
        if (status != CUSTVAL_OK || !bridge_put(env, texts, (jsize)row, bridge_bytes(env, text.data, text.length))) {
            return NULL;
        }
    }
    return texts;
}
