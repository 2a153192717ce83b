/* A virtual machine of as many functions as the module calls, each of which may fail. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_JAVA_FAKE_JNI_H
#define CUSTVAL_JAVA_FAKE_JNI_H

#include <stddef.h>

#include <jni.h>

/* Ends the program if something does not hold. */
#define CHECK(holds) fake_check((holds) != 0, #holds, __FILE__, __LINE__)
void fake_check(int holds, const char *what, const char *file, int line);

/* The environment. Every function that can fail does when wrapped_fails() says so, with an OutOfMemoryError pending, and
 * while an exception is pending, or an array is held, the module may call nothing else. */
extern JNIEnv fake_env;

/* Takes back an exception that is pending; NULL if there is none. */
const char *fake_catch(void);

/* Frees every object; nothing may be held, and nothing pending. */
void fake_end(void);

/* Objects, which do not fail. */
jbyteArray fake_bytes(const char *text);
jobjectArray fake_texts(size_t count, const char *const *texts);
jobjectArray fake_objects(size_t count, const jobject *objects);
jdoubleArray fake_doubles(size_t count, const double *numbers);
jobject fake_buffer(void *memory);

/* What an object holds: cells of doubles or bytes, or the element of an array. */
const double *fake_numbers_of(jdoubleArray array);
int fake_says(jbyteArray bytes, const char *text);
jobject fake_element(jobjectArray array, size_t place);

#endif
