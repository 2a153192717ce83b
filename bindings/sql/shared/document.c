/* Documents that were read, by their text: the latest ones of the process, for every connection and thread. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "shared.h"

/*
 * A query begins by looking its document up here, so that a thousand queries for one row each read it once. Databases
 * call from many threads, and none of them gives a plug-in a place of its own that all threads see: hence the one
 * static object of the bindings. Each document in it has the cache as one of its owners. Texts are compared whole:
 * the hash only spares most comparisons.
 */
#define MOST_KEPT 32
#define MOST_KEPT_BYTES ((size_t)4 << 20)

static struct {
    pthread_mutex_t lock;
    sql_document *kept[MOST_KEPT]; /* the latest used first */
    size_t count, bytes;
} cache = {.lock = PTHREAD_MUTEX_INITIALIZER};

static uint64_t hash_of(const char *text, size_t length) {
    uint64_t hash = 0xcbf29ce484222325U; /* FNV-1a, Fowler, Noll & Vo */
    for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)text[i]) * 0x100000001b3U;
    return hash;
}

static void document_destroy(sql_document *document) {
    custval_system_free(document->system);
    custval_groups_free(document->groups);
    custval_lifetime_free(document->lifetime);
    free(document->inputs);
    free(document->text);
    free(document);
}

/* With the lock held. Gives the document if nobody owns it any more. */
static sql_document *disown(sql_document *document) {
    return --document->owners == 0 ? document : NULL;
}

void sql_document_free(sql_document *document) {
    if (document == NULL) return;
    pthread_mutex_lock(&cache.lock);
    sql_document *const left = disown(document);
    pthread_mutex_unlock(&cache.lock);
    if (left != NULL) document_destroy(left);
}

/* With the lock held. */
static sql_document *cache_find(sql_kind kind, uint64_t hash, const char *text, size_t length) {
    for (size_t i = 0; i < cache.count; i++) {
        sql_document *const found = cache.kept[i];
        if (found->hash != hash || found->kind != kind || found->length != length) continue;
        if (memcmp(found->text, text, length) != 0) continue;
        memmove(cache.kept + 1, cache.kept, i * sizeof(cache.kept[0]));
        cache.kept[0] = found;
        found->owners++;
        return found;
    }
    return NULL;
}

/* With the lock held: drops the document that was not used for the longest time, and gives it if nobody owns it. */
static sql_document *cache_drop(void) {
    sql_document *const last = cache.kept[--cache.count];
    cache.bytes -= last->length;
    return disown(last);
}

/* A text that alone would push out all others is not kept. */
static void cache_keep(sql_document *document) {
    if (document->length > MOST_KEPT_BYTES / 4) return;
    pthread_mutex_lock(&cache.lock);
    while (cache.count == MOST_KEPT || cache.bytes + document->length > MOST_KEPT_BYTES) {
        sql_document *const left = cache_drop();
        if (left != NULL) document_destroy(left);
    }
    memmove(cache.kept + 1, cache.kept, cache.count * sizeof(cache.kept[0]));
    cache.kept[0] = document;
    cache.count++;
    cache.bytes += document->length;
    document->owners++;
    pthread_mutex_unlock(&cache.lock);
}

#if defined(__GNUC__)
/* A database that unloads the plug-in gets its memory back. */
__attribute__((destructor)) static void cache_empty(void) {
    while (cache.count > 0) {
        sql_document *const left = cache_drop();
        if (left != NULL) document_destroy(left);
    }
}
#endif

static custval_status inputs_alloc(sql_document *document, size_t count, custval_error *error) {
    document->inputs = calloc(count > 0 ? count : 1, sizeof(*document->inputs));
    return document->inputs == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
}

static custval_status read_system(sql_document *document, custval_error *error) {
    custval_status status = custval_system_parse(NULL, document->text, document->length, &document->system, error);
    const uint32_t count = custval_system_inputs(document->system);
    if (status == CUSTVAL_OK) status = inputs_alloc(document, (size_t)count + 1, error);
    for (uint32_t i = 0; status == CUSTVAL_OK && i < count; i++) {
        custval_input input = CUSTVAL_INPUT_INIT;
        status = custval_system_input(document->system, i, &input, error);
        document->inputs[document->input_count++] = (sql_input){input.column, input.is_text != 0};
        document->has_texts |= input.is_text != 0;
    }
    /* Overrides expire, which needs the date of the scoring. A call has no options: it comes as one more answer. */
    document->is_dated = custval_system_overrides(document->system) > 0;
    if (status == CUSTVAL_OK && document->is_dated) document->inputs[document->input_count++] = (sql_input){"as_of", 1};
    return status;
}

/* Quantiles are those of all customers: a customer alone would be measured by itself. A document is free of them if
   fixing it by any customer changes nothing. */
static custval_status refuse_quantiles(const sql_document *document, custval_error *error) {
    custval_table *customer = NULL;
    custval_groups *fixed = NULL;
    sql_text before = {0}, after = {0};
    const double zero = 0.0;
    custval_status status = custval_table_new(NULL, 1, &customer, error);
    for (size_t i = 0; status == CUSTVAL_OK && i < document->input_count; i++) {
        status = custval_table_add_doubles(customer, document->inputs[i].column, &zero, error);
    }
    if (status == CUSTVAL_OK) status = custval_groups_fix(document->groups, customer, NULL, &fixed, error);
    const custval_groups *const both[] = {document->groups, fixed};
    sql_text *const texts[] = {&before, &after};
    for (size_t i = 0; status == CUSTVAL_OK && i < 2; i++) {
        size_t length = 0;
        status = custval_groups_write(both[i], NULL, 0, &length, error);
        char *const room = status == CUSTVAL_OK ? sql_text_room(texts[i], length) : NULL;
        if (room != NULL) status = custval_groups_write(both[i], room, length + 1, &texts[i]->length, error);
        if (status == CUSTVAL_OK) status = sql_text_status(texts[i], error);
    }
    if (status == CUSTVAL_OK &&
        (before.length != after.length || memcmp(before.data, after.data, before.length) != 0)) {
        status = custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED,
                               "groups with quantiles need all customers at once: turn them into cuts first "
                               "(custval groups fix)");
    }
    sql_text_clear(&before);
    sql_text_clear(&after);
    custval_groups_free(fixed);
    custval_table_free(customer);
    return status;
}

/* One input for each column, even if several measures read it. */
static custval_status read_groups(sql_document *document, custval_error *error) {
    custval_status status = custval_groups_parse(NULL, document->text, document->length, &document->groups, error);
    const size_t count = custval_groups_measures(document->groups);
    if (status == CUSTVAL_OK) status = inputs_alloc(document, count, error);
    for (size_t i = 0; status == CUSTVAL_OK && i < count; i++) {
        const char *column = NULL;
        custval_groups_measure(document->groups, i, &column);
        size_t known = 0;
        while (known < document->input_count && strcmp(document->inputs[known].column, column) != 0) known++;
        if (known == document->input_count) document->inputs[document->input_count++] = (sql_input){column, 0};
    }
    return status == CUSTVAL_OK ? refuse_quantiles(document, error) : status;
}

static custval_status read_lifetime(sql_document *document, custval_error *error) {
    static const char *const columns[SQL_LIFETIME_INPUTS] = {"x", "t_x", "T", "mean_spend", "horizon"};
    custval_status status = custval_lifetime_parse(NULL, document->text, document->length, &document->lifetime, error);
    if (status == CUSTVAL_OK) status = inputs_alloc(document, SQL_LIFETIME_INPUTS, error);
    if (status != CUSTVAL_OK) return status;
    for (size_t i = 0; i < SQL_LIFETIME_INPUTS; i++) document->inputs[i].column = columns[i];
    document->input_count = SQL_LIFETIME_INPUTS;
    return CUSTVAL_OK;
}

static custval_status document_read(sql_kind kind, uint64_t hash, const char *text, size_t length, sql_document **out,
                                    custval_error *error) {
    sql_document *const made = calloc(1, sizeof(*made));
    if (made == NULL) return custval__fail_memory(error);
    made->owners = 1;
    made->kind = kind;
    made->hash = hash;
    made->length = length;
    made->text = malloc(length + 1);
    custval_status status = made->text == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
    if (status == CUSTVAL_OK) {
        memcpy(made->text, text, length);
        made->text[length] = '\0';
        status = kind == SQL_SYSTEM   ? read_system(made, error)
                 : kind == SQL_GROUPS ? read_groups(made, error)
                                      : read_lifetime(made, error);
    }
    if (status == CUSTVAL_OK) {
        *out = made;
    } else {
        document_destroy(made);
    }
    return status;
}

custval_status sql_document_get(sql_kind kind, const char *text, size_t length, sql_document **out,
                                custval_error *error) {
    *out = NULL;
    if (length > CUSTVAL_MAX_DOCUMENT_SIZE) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "the document has %zu bytes, more than %d", length,
                             CUSTVAL_MAX_DOCUMENT_SIZE);
    }
    const uint64_t hash = hash_of(text, length);
    pthread_mutex_lock(&cache.lock);
    *out = cache_find(kind, hash, text, length);
    pthread_mutex_unlock(&cache.lock);
    if (*out != NULL) return CUSTVAL_OK;
    /* Two threads may read the same text at once: both documents are right, and one is used up first. */
    const custval_status status = document_read(kind, hash, text, length, out, error);
    if (status == CUSTVAL_OK) cache_keep(*out);
    return status;
}

sql_kind sql_kind_of(const char *name, size_t length) {
    static const struct {
        const char *name;
        sql_kind kind;
    } kinds[] = {{"system", SQL_SYSTEM}, {"groups", SQL_GROUPS}, {"lifetime", SQL_LIFETIME}};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strlen(kinds[i].name) == length && memcmp(kinds[i].name, name, length) == 0) return kinds[i].kind;
    }
    return (sql_kind)0;
}
