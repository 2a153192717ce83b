/* Errors and texts between Java and the library. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "bridge.h"

void bridge_throw_memory(JNIEnv *env) {
    if ((*env)->ExceptionCheck(env)) return;
    const jclass class = (*env)->FindClass(env, "java/lang/OutOfMemoryError");
    if (class != NULL) (*env)->ThrowNew(env, class, "custval");
}

void bridge_throw(JNIEnv *env, custval_status status, const custval_error *error) {
    const char *const message = error->message[0] != '\0' ? error->message : custval_status_description(status);
    const jlong row = error->row == (size_t)-1 ? -1 : (jlong)error->row;
    const jclass class = (*env)->FindClass(env, "custval/CustvalException");
    if (class == NULL) return;
    const jmethodID make = (*env)->GetMethodID(env, class, "<init>", "(I[B[BJ)V");
    if (make == NULL) return;
    const jbyteArray name = bridge_word(env, custval_status_name(status));
    if (name == NULL) return;
    const jbyteArray text = bridge_word(env, message);
    if (text == NULL) return;
    const jobject thrown = (*env)->NewObject(env, class, make, (jint)status, name, text, row);
    if (thrown != NULL) (*env)->Throw(env, thrown);
}

jbyteArray bridge_bytes(JNIEnv *env, const char *text, size_t length) {
    if (text == NULL) return NULL;
    const jbyteArray bytes = (*env)->NewByteArray(env, (jsize)length);
    if (bytes != NULL) (*env)->SetByteArrayRegion(env, bytes, 0, (jsize)length, (const jbyte *)text);
    return bytes;
}

jbyteArray bridge_word(JNIEnv *env, const char *text) {
    return text == NULL ? NULL : bridge_bytes(env, text, strlen(text));
}

jobjectArray bridge_bytes_array(JNIEnv *env, jsize count) {
    const jclass class = (*env)->FindClass(env, "[B");
    return class == NULL ? NULL : (*env)->NewObjectArray(env, count, class, NULL);
}

int bridge_put(JNIEnv *env, jobjectArray array, jsize index, jbyteArray text) {
    if (text == NULL) return !(*env)->ExceptionCheck(env);
    (*env)->SetObjectArrayElement(env, array, index, text);
    (*env)->DeleteLocalRef(env, text);
    return !(*env)->ExceptionCheck(env);
}

char *bridge_copy(JNIEnv *env, jbyteArray bytes) {
    if (bytes == NULL) return NULL;
    const jsize length = (*env)->GetArrayLength(env, bytes);
    char *const copy = malloc((size_t)length + 1);
    if (copy == NULL) {
        bridge_throw_memory(env);
        return NULL;
    }
    (*env)->GetByteArrayRegion(env, bytes, 0, length, (jbyte *)copy);
    copy[length] = '\0';
    return copy;
}

/* Bytes that the texts take together, each with a NUL. */
static size_t size_of(JNIEnv *env, jobjectArray array, jsize count) {
    size_t size = 0;
    for (jsize i = 0; i < count; i++) {
        const jbyteArray bytes = (*env)->GetObjectArrayElement(env, array, i);
        if (bytes == NULL) continue;
        size += (size_t)(*env)->GetArrayLength(env, bytes) + 1;
        (*env)->DeleteLocalRef(env, bytes);
    }
    return size;
}

int bridge_texts_of(JNIEnv *env, jobjectArray array, bridge_texts *out) {
    const jsize count = (*env)->GetArrayLength(env, array);
    out->count = (size_t)count;
    out->block = malloc(size_of(env, array, count) + 1);
    out->texts = calloc((size_t)count + 1, sizeof(*out->texts));
    if (out->block == NULL || out->texts == NULL) {
        bridge_texts_free(out);
        bridge_throw_memory(env);
        return 0;
    }
    char *place = out->block;
    for (jsize i = 0; i < count; i++) {
        const jbyteArray bytes = (*env)->GetObjectArrayElement(env, array, i);
        if (bytes == NULL) continue;
        const jsize length = (*env)->GetArrayLength(env, bytes);
        (*env)->GetByteArrayRegion(env, bytes, 0, length, (jbyte *)place);
        (*env)->DeleteLocalRef(env, bytes);
        out->texts[i] = (custval_text){.data = place, .length = (size_t)length};
        place[length] = '\0';
        place += length + 1;
    }
    return 1;
}

void bridge_texts_free(bridge_texts *texts) {
    free(texts->block);
    free(texts->texts);
}

int bridge_options(JNIEnv *env, jobjectArray frame, jint levels, jint coverage, bridge_texts *texts,
                   custval_score_options *out) {
    if (!bridge_texts_of(env, frame, texts)) return 0;
    out->as_of = texts->texts[0].data;
    out->profile = texts->texts[1].data;
    out->context = texts->texts[2].data;
    out->language = texts->texts[3].data;
    out->levels = (uint32_t)levels;
    out->coverage = (uint32_t)coverage;
    return 1;
}
