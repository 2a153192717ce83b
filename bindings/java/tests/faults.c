/* Every allocation of the native part, of the library and of the virtual machine fails in turn, alone and with all that
   come after it: an exception each time, no call that an exception forbids, nothing left. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "custval_Native.h"
#include "documents_used.h"
#include "fake_jni.h"
#include "wrapped.h"

#define N(name) Java_custval_Native_##name
#define E &fake_env, NULL

/* --- Steps: each gives whether everything went, or else one exception is pending; and frees what it made ------------- */

/* Whether the call before failed: Java would stop here. */
static int failed(void) {
    return (*(&fake_env))->ExceptionCheck(&fake_env);
}

static jobjectArray no_frame(void) {
    return fake_texts(4, NULL);
}

/* A table of one customer: an array, an array of texts, and a buffer that the library borrows. */
static jlong customer(void) {
    static const char *const kinds[] = {"good"};
    static double borrowed = 7.0;
    const double quality = 80.0;
    const jlong table = N(tableNew)(E, 1);
    if (!failed()) N(tableAddNumbers)(E, table, fake_bytes("quality"), fake_doubles(1, &quality));
    if (!failed()) N(tableAddTexts)(E, table, fake_bytes("kind"), fake_texts(1, kinds));
    if (!failed()) N(tableAddBuffer)(E, table, fake_bytes("more"), fake_buffer(&borrowed));
    return table;
}

static void check_table(jlong table) {
    CHECK(N(tableRows)(E, table) == 1);
    const jobjectArray names = N(tableNames)(E, table);
    if (failed()) return;
    CHECK(fake_says(fake_element(names, 1), "kind"));
    const jboolean is_text = N(tableIsText)(E, table, fake_bytes("kind"));
    if (failed()) return;
    CHECK(is_text);
    const jobjectArray texts = N(tableTexts)(E, table, fake_bytes("kind"));
    if (failed()) return;
    CHECK(fake_says(fake_element(texts, 0), "good"));
    const jdoubleArray out = fake_doubles(1, NULL);
    N(tableNumbers)(E, table, fake_bytes("more"), out);
    if (!failed()) CHECK(fake_numbers_of(out)[0] == 7.0);
}

static void use_tables(void) {
    const jlong table = customer();
    if (!failed()) check_table(table);
    N(tableFree)(E, table);
}

static void check_inputs(jlong system) {
    const jobjectArray names = N(systemInputs)(E, system);
    if (failed()) return;
    CHECK(fake_says(fake_element(names, 0), "quality"));
    CHECK(fake_says(fake_element(names, 1), "kind"));
    CHECK(!N(systemInputIsText)(E, system, 0));
    CHECK(N(systemInputIsText)(E, system, 1));
}

static void score_table(jlong system, jlong table) {
    const jlong scores = N(score)(E, system, table, no_frame(), 0, 0);
    const jdoubleArray out = fake_doubles(1, NULL);
    if (!failed()) N(tableNumbers)(E, scores, fake_bytes("value"), out);
    if (!failed()) CHECK(fake_numbers_of(out)[0] == 85.0);
    N(tableFree)(E, scores);
}

static void explain_table(jlong system, jlong table) {
    const jlong steps = N(explain)(E, system, table, 0, no_frame());
    if (!failed()) N(explanationText)(E, steps);
    N(tableFree)(E, steps);
    if (failed()) return;
    const jbyteArray reason = N(reason)(E, system, table, 0, no_frame());
    if (!failed()) CHECK(fake_says(reason, ""));
}

static void use_systems(void) {
    const jlong system = N(systemParse)(E, fake_bytes(system_text));
    if (failed()) return;
    check_inputs(system);
    const jlong table = failed() ? 0 : customer();
    if (!failed()) score_table(system, table);
    if (!failed()) explain_table(system, table);
    N(tableFree)(E, table);
    N(systemFree)(E, system);
}

static void score_rows(jlong scorer) {
    static const char *const kinds[] = {NULL, "good"}, *const longer[] = {NULL,
                                                                          "a text that is longer than all before"};
    const double cells[] = {80.0, (double)NAN};
    const jdoubleArray numbers = fake_doubles(2, cells), out = fake_doubles(4, NULL);
    const jint fine = N(scorerRow)(E, scorer, numbers, fake_texts(2, kinds), out);
    if (failed()) return;
    CHECK(fine == 0 && fake_numbers_of(out)[0] == 85.0);
    const jint unknown = N(scorerRow)(E, scorer, numbers, fake_texts(2, longer), out);
    if (!failed()) CHECK(unknown != 0);
}

static void score_into_buffers(jlong scorer, jlong table) {
    double value = 0.0;
    jint status = -1;
    const jobject outputs[] = {fake_buffer(&value), NULL, NULL, NULL};
    N(scorerTable)(E, scorer, table, fake_objects(4, outputs), fake_buffer(&status));
    if (!failed()) CHECK(value == 85.0 && status == 0);
}

static void use_scorers(void) {
    const jlong system = N(systemParse)(E, fake_bytes(system_text));
    const jlong scorer = failed() ? 0 : N(scorerNew)(E, system, no_frame(), 0, 0);
    const jobjectArray columns = failed() ? NULL : N(scorerColumns)(E, scorer);
    if (!failed()) CHECK(fake_says(fake_element(columns, 0), "value"));
    if (!failed()) score_rows(scorer);
    const jlong table = failed() ? 0 : customer();
    if (!failed()) score_into_buffers(scorer, table);
    N(tableFree)(E, table);
    if (scorer != 0) N(scorerFree)(E, scorer);
    N(systemFree)(E, system);
}

static void weigh(void) {
    static const char *const names[] = {"a", "b"};
    static const double matrix[] = {1.0, 3.0, 1.0 / 3.0, 1.0};
    const jdoubleArray weights = N(ahp)(E, fake_texts(2, names), fake_doubles(4, matrix));
    if (failed()) return;
    CHECK(fabs(fake_numbers_of(weights)[0] - 0.75) < 1e-12 && fabs(fake_numbers_of(weights)[2]) < 1e-12);
}

static void assign_groups(void) {
    const double profit = 120.0;
    const jlong groups = N(groupsParse)(E, fake_bytes(groups_text));
    const jobjectArray columns = failed() ? NULL : N(groupsColumns)(E, groups);
    if (!failed()) CHECK(fake_says(fake_element(columns, 0), "profit"));
    const jlong table = failed() ? 0 : N(tableNew)(E, 1);
    if (!failed()) N(tableAddNumbers)(E, table, fake_bytes("profit"), fake_doubles(1, &profit));
    const jlong assigned = failed() ? 0 : N(groupsAssign)(E, groups, table);
    const jobjectArray ids = failed() ? NULL : N(tableTexts)(E, assigned, fake_bytes("group"));
    if (!failed()) CHECK(fake_says(fake_element(ids, 0), "high"));
    N(tableFree)(E, assigned);
    N(tableFree)(E, table);
    N(groupsFree)(E, groups);
}

static void predict(void) {
    static const char *const names[] = {"x", "t_x", "T"};
    static const double cells[] = {2.0, 30.43, 38.86};
    const jlong lifetime = N(lifetimeParse)(E, fake_bytes(lifetime_text));
    const jlong table = failed() ? 0 : N(tableNew)(E, 1);
    for (size_t i = 0; !failed() && i < 3; i++) {
        N(tableAddNumbers)(E, table, fake_bytes(names[i]), fake_doubles(1, &cells[i]));
    }
    const jlong forecast =
        failed() ? 0 : N(lifetimePredict)(E, lifetime, table, 1, 39.0, 1.0, 0.0, 1.0, 1.0, 0.0, fake_bytes("m"));
    const jobjectArray columns = failed() ? NULL : N(tableNames)(E, forecast);
    if (!failed()) CHECK(fake_says(fake_element(columns, 0), "alive"));
    N(tableFree)(E, forecast);
    N(tableFree)(E, table);
    N(lifetimeFree)(E, lifetime);
}

/* What the library refuses is an exception of ours; saying so may fail, too. */
static void refuse(void) {
    CHECK(N(systemParse)(E, fake_bytes("{")) == 0);
    CHECK(failed());
}

/* --- All of them ----------------------------------------------------------------------------------------------------- */

static const struct step {
    const char *name;
    void (*run)(void);
    const char *expected; /* exception of a step that must fail */
} steps[] = {
    {"tables", use_tables, NULL},
    {"systems", use_systems, NULL},
    {"scorers", use_scorers, NULL},
    {"weights", weigh, NULL},
    {"groups", assign_groups, NULL},
    {"lifetimes", predict, NULL},
    {"refusals", refuse, "CUSTVAL_ERROR_DOCUMENT"},
};

/* Whether the n-th call was reached; then there has to be an exception of too little memory. */
static int fails_well(const struct step *of, size_t n, int for_ever) {
    wrapped_begin(n, for_ever);
    of->run();
    const int reached = wrapped.calls >= n;
    CHECK(wrapped_end() == 0);
    const char *const caught = fake_catch();
    if (reached) {
        CHECK(caught != NULL);
        CHECK(strcmp(caught, "OutOfMemoryError") == 0 || strcmp(caught, "CUSTVAL_ERROR_MEMORY") == 0);
    } else {
        CHECK(of->expected == NULL ? caught == NULL : caught != NULL && strcmp(caught, of->expected) == 0);
    }
    fake_end();
    return reached;
}

int main(void) {
    size_t all = 0;
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        for (int for_ever = 0; for_ever < 2; for_ever++) {
            size_t n = 1;
            while (fails_well(&steps[i], n, for_ever)) n++;
            CHECK(n > 3);
            printf("%s: %zu calls failed in turn\n", steps[i].name, n - 1);
            all += n - 1;
        }
    }
    return all > 500 ? 0 : 1;
}
