/* What the parts of the JNI module share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_JAVA_BRIDGE_H
#define CUSTVAL_JAVA_BRIDGE_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <jni.h>

#include <custval/custval.h>

/* Handles cross to Java as numbers. Java enters and leaves each of them (Handle.java), so that none is used after it
 * was freed; here they are trusted. */
#define BRIDGE_HANDLE(type, handle) ((type *)(intptr_t)(handle))
#define BRIDGE_NUMBER(pointer) ((jlong)(intptr_t)(pointer))

/* Throws custval.CustvalException for a failed call. */
void bridge_throw(JNIEnv *env, custval_status status, const custval_error *error);

/* Throws OutOfMemoryError, unless an exception is pending: not every machine throws one when it gives no memory. */
void bridge_throw_memory(JNIEnv *env);

/* UTF-8 as an array of bytes; NULL for NULL or with an exception pending. Java makes strings of them, because those of
 * JNI have an encoding of their own for what is beyond the basic plane. */
jbyteArray bridge_bytes(JNIEnv *env, const char *text, size_t length);
jbyteArray bridge_word(JNIEnv *env, const char *text);

/* A new array of `count` arrays of bytes, all null; NULL with an exception pending. */
jobjectArray bridge_bytes_array(JNIEnv *env, jsize count);

/* Puts a text into such an array; 0 with an exception pending. */
int bridge_put(JNIEnv *env, jobjectArray array, jsize index, jbyteArray text);

/* Copies an array of bytes, with a NUL; NULL for null, or with an exception pending. The caller frees it. */
char *bridge_copy(JNIEnv *env, jbyteArray bytes);

/* Many texts in one block: what an array of arrays of bytes holds. The caller frees `block` and `texts`. */
typedef struct bridge_texts {
    char *block;
    custval_text *texts; /* one per element; data NULL for null; each is followed by a NUL */
    size_t count;
} bridge_texts;

/* 0 with an exception pending, and nothing to free. */
int bridge_texts_of(JNIEnv *env, jobjectArray array, bridge_texts *out);
void bridge_texts_free(bridge_texts *texts);

/* Scoring options whose texts lie in `texts`. */
int bridge_options(JNIEnv *env, jobjectArray frame, jint levels, jint coverage, bridge_texts *texts,
                   custval_score_options *out);

/* The two natives by which Java holds what a document makes: parsing, and taking the owner away again. */
#define BRIDGE_DOCUMENT(name, type, parse, release)                                                           \
  JNIEXPORT jlong JNICALL Java_custval_Native_##name##Parse(JNIEnv *env, jclass class, jbyteArray document) { \
    (void)class;                                                                                              \
    char *const text = bridge_copy(env, document);                                                            \
    if (text == NULL) return 0;                                                                               \
    custval_error error = CUSTVAL_ERROR_INIT;                                                                 \
    type *made = NULL;                                                                                        \
    const size_t length = (size_t)(*env)->GetArrayLength(env, document);                                      \
    const custval_status status = parse(NULL, text, length, &made, &error);                                   \
    free(text);                                                                                               \
    if (status != CUSTVAL_OK) bridge_throw(env, status, &error);                                              \
    return BRIDGE_NUMBER(made);                                                                               \
  }                                                                                                           \
  JNIEXPORT void JNICALL Java_custval_Native_##name##Free(JNIEnv *env, jclass class, jlong handle) {          \
    (void)env, (void)class;                                                                                   \
    release(BRIDGE_HANDLE(type, handle));                                                                     \
  }

#endif
