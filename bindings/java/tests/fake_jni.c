/* Objects are blocks of memory, exceptions are texts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "fake_jni.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wrapped.h"

/* --- Objects ------------------------------------------------------------------------------------------------------- */

typedef enum kind { BYTES, DOUBLES, OBJECTS, BUFFER, CLASS, EXCEPTION } kind;

typedef struct object {
    struct object *next;
    kind kind;
    size_t count;
    void *cells; /* of an array; the memory of a buffer; the message of an exception */
} object;

static object *objects;
static const char *pending;
static int held; /* arrays between GetPrimitiveArrayCritical and its end */

void fake_check(int holds, const char *what, const char *file, int line) {
    if (holds) return;
    fprintf(stderr, "%s:%d: %s does not hold, at call %zu\n", file, line, what, wrapped.fail_at);
    exit(1);
}

static object *object_new(kind of, size_t count, size_t size, const void *cells) {
    object *const made = wrapped_take(sizeof(*made));
    made->next = objects;
    made->kind = of;
    made->count = count;
    made->cells = wrapped_take(count * size + 1);
    if (cells != NULL) memcpy(made->cells, cells, count * size);
    objects = made;
    return made;
}

static object *object_of(jobject given, kind of) {
    object *const found = (object *)(void *)given;
    CHECK(found != NULL);
    CHECK(found->kind == of);
    return found;
}

jbyteArray fake_bytes(const char *text) {
    return text == NULL ? NULL : (jbyteArray)(void *)object_new(BYTES, strlen(text), 1, text);
}

jobjectArray fake_objects(size_t count, const jobject *given) {
    return (jobjectArray)(void *)object_new(OBJECTS, count, sizeof(*given), given);
}

jobjectArray fake_texts(size_t count, const char *const *texts) {
    const jobjectArray made = fake_objects(count, NULL);
    for (size_t i = 0; i < count; i++) {
        ((jobject *)object_of(made, OBJECTS)->cells)[i] = texts == NULL ? NULL : fake_bytes(texts[i]);
    }
    return made;
}

jdoubleArray fake_doubles(size_t count, const double *numbers) {
    return (jdoubleArray)(void *)object_new(DOUBLES, count, sizeof(*numbers), numbers);
}

jobject fake_buffer(void *memory) {
    return (jobject)(void *)object_new(BUFFER, 1, sizeof(memory), &memory);
}

const double *fake_numbers_of(jdoubleArray array) {
    return object_of(array, DOUBLES)->cells;
}

int fake_says(jbyteArray bytes, const char *text) {
    const object *const of = object_of(bytes, BYTES);
    return of->count == strlen(text) && memcmp(of->cells, text, of->count) == 0;
}

jobject fake_element(jobjectArray array, size_t place) {
    const object *const of = object_of(array, OBJECTS);
    CHECK(place < of->count);
    return ((const jobject *)of->cells)[place];
}

const char *fake_catch(void) {
    const char *const caught = pending;
    pending = NULL;
    return caught;
}

void fake_end(void) {
    CHECK(pending == NULL);
    CHECK(held == 0);
    while (objects != NULL) {
        object *const next = objects->next;
        wrapped_give(objects->cells);
        wrapped_give(objects);
        objects = next;
    }
}

/* --- Functions of the environment ------------------------------------------------------------------------------------ */

/* What every function asks for but those for cleaning up. */
static void enter(void) {
    CHECK(pending == NULL);
    CHECK(held == 0);
}

static int fails(void) {
    enter();
    if (!wrapped_fails()) return 0;
    pending = "OutOfMemoryError";
    return 1;
}

static jclass JNICALL find_class(JNIEnv *env, const char *name) {
    (void)env;
    return fails() ? NULL : (jclass)(void *)object_new(CLASS, strlen(name), 1, name);
}

static jmethodID JNICALL get_method(JNIEnv *env, jclass class, const char *name, const char *signature) {
    (void)env;
    object_of(class, CLASS);
    CHECK(strcmp(name, "<init>") == 0 && strcmp(signature, "(I[B[BJ)V") == 0);
    return fails() ? NULL : (jmethodID)(void *)class;
}

/* An exception of the module's own, by its constructor. */
static jobject JNICALL new_object(JNIEnv *env, jclass class, jmethodID make, ...) {
    va_list arguments;
    (void)env;
    CHECK((void *)class == (void *)make);
    va_start(arguments, make);
    (void)va_arg(arguments, jint);
    const object *const name = object_of(va_arg(arguments, jobject), BYTES);
    const object *const message = object_of(va_arg(arguments, jobject), BYTES);
    (void)va_arg(arguments, jlong);
    va_end(arguments);
    CHECK(message->count > 0);
    /* The name with its NUL. */
    return fails() ? NULL : (jobject)(void *)object_new(EXCEPTION, name->count, 1, name->cells);
}

static jint JNICALL throw(JNIEnv * env, jthrowable thrown) {
    (void)env;
    enter();
    pending = object_of(thrown, EXCEPTION)->cells;
    return 0;
}

static jint JNICALL throw_new(JNIEnv *env, jclass class, const char *message) {
    (void)env;
    enter();
    CHECK(message[0] != '\0');
    CHECK(strcmp(object_of(class, CLASS)->cells, "java/lang/OutOfMemoryError") == 0);
    pending = "OutOfMemoryError";
    return 0;
}

static jboolean JNICALL exception_check(JNIEnv *env) {
    (void)env;
    CHECK(held == 0);
    return pending != NULL;
}

static void JNICALL delete_local(JNIEnv *env, jobject of) {
    (void)env, (void)of;
    CHECK(held == 0);
}

static jsize JNICALL length_of(JNIEnv *env, jarray array) {
    (void)env;
    enter();
    return (jsize)((const object *)(const void *)array)->count;
}

static jbyteArray JNICALL new_bytes(JNIEnv *env, jsize length) {
    (void)env;
    CHECK(length >= 0);
    return fails() ? NULL : (jbyteArray)(void *)object_new(BYTES, (size_t)length, 1, NULL);
}

static jdoubleArray JNICALL new_doubles(JNIEnv *env, jsize length) {
    (void)env;
    CHECK(length >= 0);
    return fails() ? NULL : fake_doubles((size_t)length, NULL);
}

static jobjectArray JNICALL new_objects(JNIEnv *env, jsize length, jclass class, jobject initial) {
    (void)env;
    CHECK(length >= 0 && initial == NULL);
    object_of(class, CLASS);
    return fails() ? NULL : fake_objects((size_t)length, NULL);
}

/* The cells of a part of an array, which lies within it. */
static void *part_of(jobject array, kind of, jsize start, jsize length, size_t size) {
    enter();
    const object *const found = object_of(array, of);
    CHECK(start >= 0 && length >= 0 && (size_t)start + (size_t)length <= found->count);
    return (char *)found->cells + (size_t)start * size;
}

static void JNICALL get_bytes(JNIEnv *env, jbyteArray array, jsize start, jsize length, jbyte *out) {
    (void)env;
    memcpy(out, part_of(array, BYTES, start, length, 1), (size_t)length);
}

static void JNICALL set_bytes(JNIEnv *env, jbyteArray array, jsize start, jsize length, const jbyte *given) {
    (void)env;
    memcpy(part_of(array, BYTES, start, length, 1), given, (size_t)length);
}

static void JNICALL get_doubles(JNIEnv *env, jdoubleArray array, jsize start, jsize length, jdouble *out) {
    (void)env;
    memcpy(out, part_of(array, DOUBLES, start, length, sizeof(*out)), (size_t)length * sizeof(*out));
}

static void JNICALL set_doubles(JNIEnv *env, jdoubleArray array, jsize start, jsize length, const jdouble *given) {
    (void)env;
    memcpy(part_of(array, DOUBLES, start, length, sizeof(*given)), given, (size_t)length * sizeof(*given));
}

static jobject JNICALL get_element(JNIEnv *env, jobjectArray array, jsize place) {
    (void)env;
    enter();
    return fake_element(array, (size_t)place);
}

static void JNICALL set_element(JNIEnv *env, jobjectArray array, jsize place, jobject element) {
    (void)env;
    *(jobject *)part_of(array, OBJECTS, place, 1, sizeof(element)) = element;
}

static void *JNICALL buffer_address(JNIEnv *env, jobject buffer) {
    (void)env;
    enter();
    return *(void **)object_of(buffer, BUFFER)->cells;
}

static void *JNICALL get_critical(JNIEnv *env, jarray array, jboolean *is_copy) {
    (void)env;
    CHECK(is_copy == NULL);
    enter();
    if (wrapped_fails()) {
        /* The specification leaves open whether there is an exception. */
        if (wrapped.for_ever) pending = "OutOfMemoryError";
        return NULL;
    }
    held++;
    return ((object *)(void *)array)->cells;
}

static void JNICALL release_critical(JNIEnv *env, jarray array, void *cells, jint mode) {
    (void)env;
    CHECK(held == 1 && cells == ((object *)(void *)array)->cells && mode == JNI_ABORT);
    held--;
}

static const struct JNINativeInterface_ functions = {
    .DeleteLocalRef = delete_local,
    .ExceptionCheck = exception_check,
    .FindClass = find_class,
    .GetArrayLength = length_of,
    .GetByteArrayRegion = get_bytes,
    .GetDirectBufferAddress = buffer_address,
    .GetDoubleArrayRegion = get_doubles,
    .GetMethodID = get_method,
    .GetObjectArrayElement = get_element,
    .GetPrimitiveArrayCritical = get_critical,
    .NewByteArray = new_bytes,
    .NewDoubleArray = new_doubles,
    .NewObject = new_object,
    .NewObjectArray = new_objects,
    .ReleasePrimitiveArrayCritical = release_critical,
    .SetByteArrayRegion = set_bytes,
    .SetDoubleArrayRegion = set_doubles,
    .SetObjectArrayElement = set_element,
    .Throw = throw,
    .ThrowNew = throw_new,
};

JNIEnv fake_env = &functions;
