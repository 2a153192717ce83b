/* Weights from judgements, groups of customers, lifetime models. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "bridge.h"
#include "custval_Native.h"

/* Writes the shares and, after them, the consistency ratio. */
static custval_status weigh(const custval_judgements *judgements, double *out, custval_error *error) {
    custval_weights *weights = NULL;
    custval_status status = custval_weights_ahp(NULL, judgements, NULL, &weights, error);
    if (status == CUSTVAL_OK) {
        for (size_t i = 0; i < judgements->count; i++) out[i] = custval_weights_share(weights, i);
        status = custval_weights_diagnostic(weights, "cr", &out[judgements->count], error);
    }
    custval_weights_free(weights);
    return status;
}

JNIEXPORT jdoubleArray JNICALL Java_custval_Native_ahp(JNIEnv *env, jclass class, jobjectArray names,
                                                       jdoubleArray matrix) {
    (void)class;
    bridge_texts texts;
    if (!bridge_texts_of(env, names, &texts)) return NULL;
    const size_t count = texts.count;
    const char **const pointers = calloc(count + 1, sizeof(*pointers));
    double *const cells = calloc(count * count + count + 1, sizeof(*cells));
    jdoubleArray answer = NULL;
    if (pointers == NULL || cells == NULL) {
        bridge_throw_memory(env);
    } else {
        double *const out = cells + count * count;
        for (size_t i = 0; i < count; i++) pointers[i] = texts.texts[i].data;
        (*env)->GetDoubleArrayRegion(env, matrix, 0, (jsize)(count * count), cells);
        custval_judgements judgements = CUSTVAL_JUDGEMENTS_INIT;
        judgements.names = pointers;
        judgements.count = count;
        judgements.matrices = cells;
        custval_error error = CUSTVAL_ERROR_INIT;
        const custval_status status = weigh(&judgements, out, &error);
        if (status != CUSTVAL_OK) {
            bridge_throw(env, status, &error);
        } else if ((answer = (*env)->NewDoubleArray(env, (jsize)count + 1)) != NULL) {
            (*env)->SetDoubleArrayRegion(env, answer, 0, (jsize)count + 1, out);
        }
    }
    free(pointers);
    free(cells);
    bridge_texts_free(&texts);
    return answer;
}

BRIDGE_DOCUMENT(groups, custval_groups, custval_groups_parse, custval_groups_free)

JNIEXPORT jobjectArray JNICALL Java_custval_Native_groupsColumns(JNIEnv *env, jclass class, jlong handle) {
    (void)class;
    const custval_groups *const groups = BRIDGE_HANDLE(custval_groups, handle);
    const jsize count = (jsize)custval_groups_measures(groups);
    const jobjectArray names = bridge_bytes_array(env, count);
    for (jsize i = 0; names != NULL && i < count; i++) {
        const char *column = NULL;
        (void)custval_groups_measure(groups, (size_t)i, &column);
        if (!bridge_put(env, names, i, bridge_word(env, column))) return NULL;
    }
    return names;
}

JNIEXPORT jlong JNICALL Java_custval_Native_groupsAssign(JNIEnv *env, jclass class, jlong groups, jlong table) {
    (void)class;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *assigned = NULL;
    const custval_status status = custval_groups_assign(BRIDGE_HANDLE(custval_groups, groups),
                                                        BRIDGE_HANDLE(custval_table, table), NULL, &assigned, &error);
    if (status != CUSTVAL_OK) bridge_throw(env, status, &error);
    return BRIDGE_NUMBER(assigned);
}

BRIDGE_DOCUMENT(lifetime, custval_lifetime, custval_lifetime_parse, custval_lifetime_free)

JNIEXPORT jlong JNICALL Java_custval_Native_lifetimePredict(JNIEnv *env, jclass class, jlong lifetime, jlong table,
                                                            jint outputs, jdouble horizon, jdouble cash_period,
                                                            jdouble rate, jdouble rate_period, jdouble margin,
                                                            jdouble cost, jbyteArray spend_column) {
    (void)class;
    char *const spend = bridge_copy(env, spend_column);
    if (spend == NULL && (*env)->ExceptionCheck(env)) return 0;
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    options.outputs = (uint32_t)outputs;
    options.horizon = horizon;
    options.cash_period = cash_period;
    options.rate = rate;
    options.rate_period = rate_period;
    options.margin = margin;
    options.cost = cost;
    options.spend_column = spend;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *forecast = NULL;
    const custval_status status = custval_lifetime_predict(
        BRIDGE_HANDLE(custval_lifetime, lifetime), BRIDGE_HANDLE(custval_table, table), &options, &forecast, &error);
    free(spend);
    if (status != CUSTVAL_OK) bridge_throw(env, status, &error);
    return BRIDGE_NUMBER(forecast);
}
