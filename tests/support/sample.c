/* One system with a bit of everything, and six customers who answered it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"

#include <math.h>
#include <string.h>

const char sample_document[] =
    "{\"custval\": \"system\", \"version\": 1, \"id\": \"sample\", \"note\": \"for tests\",\n"
    " \"label\": {\"en\": \"Perceived value\", \"zh\": \"\xe6\x84\x9f\xe7\x9f\xa5\xe4\xbb\xb7\xe5\x80\xbc\"},\n"
    " \"profile_column\": \"kind\", \"context_column\": \"place\", \"override_column\": \"customer\",\n"
    " \"missing\": {\"coverage_floor\": 0.25},\n"
    " \"benefit\": {\"label\": \"What you get\"},\n"
    " \"dimensions\": [\n"
    "  {\"id\": \"product\", \"side\": \"benefit\", \"weight\": 60, \"label\": {\"en\": \"Product\"}, "
    "\"indicators\": [\n"
    "   {\"id\": \"reliability\", \"weight\": 3, \"cost\": 2, \"note\": \"does it work\", \"items\": [\n"
    "    {\"column\": \"rel1\", \"scale\": [1, 10], \"missing_codes\": [98, 99], \"label\": \"Never fails\"},\n"
    "    {\"column\": \"rel2\", \"scale\": [1, 10], \"weight\": 0.5}]},\n"
    "   {\"id\": \"range\", \"cost\": 5, \"items\": [\n"
    "    {\"column\": \"range1\", \"scale\": [1, 7], \"expectation\": 4, \"curve\": {\"type\": \"prospect\"}}]}]},\n"
    "  {\"id\": \"service\", \"side\": \"benefit\", \"weight\": 40, \"indicators\": [\n"
    "   {\"id\": \"staff\", \"weight_column\": \"w_staff\", "
    "\"items\": [{\"column\": \"staff1\", \"scale\": [1, 10]}]},\n"
    "   {\"id\": \"speed\", \"weight_column\": \"w_speed\", "
    "\"items\": [{\"column\": \"speed1\", \"scale\": [1, 10]}]}]},\n"
    "  {\"id\": \"money\", \"side\": \"sacrifice\", \"weight\": 2, \"indicators\": [\n"
    "   {\"id\": \"price\", \"tag\": \"pay\", \"cost\": 1, "
    "\"items\": [{\"column\": \"price1\", \"scale\": [0, 500]}]}]},\n"
    "  {\"id\": \"effort\", \"side\": \"sacrifice\", \"indicators\": [\n"
    "   {\"id\": \"waiting\", \"tag\": \"do\", "
    "\"items\": [{\"column\": \"wait1\", \"scale\": [1, 5], \"reversed\": true}]},\n"
    "   {\"id\": \"manual\", \"tag\": \"learn\", \"items\": [\n"
    "    {\"column\": \"class\", \"curve\": {\"type\": \"table\", \"scores\": {\"easy\": 0, \"hard\": 80}}}]}]}],\n"
    " \"derived\": [{\"id\": \"image\", \"from\": {\"product\": 2, \"service\": 1}}],\n"
    " \"profiles\": [\n"
    "  {\"id\": \"price\", \"label\": \"Price-sensitive\", "
    "\"note\": \"from interviews\", \"weights\": {\"money\": 9}},\n"
    "  {\"id\": \"quality\", \"weights\": {\"product\": 90, \"reliability\": 5}}],\n"
    " \"contexts\": [{\"id\": \"airport\", \"label\": {\"en\": \"At the airport\"}, \"weights\": {\"effort\": 5},\n"
    "  \"expectations\": {\"range1\": 3}}],\n"
    " \"gates\": [{\"node\": \"product\", \"below\": 40, \"cap\": 5, \"note\": \"the product is the pass\"},\n"
    "  {\"node\": \"sacrifice\", \"above\": 95, \"cap\": 0}],\n"
    " \"overrides\": [{\"node\": \"service\", \"key\": \"7\", \"score\": 10, "
    "\"author\": \"A. Meyer\", \"reason\": \"complaint\",\n"
    "  \"expires\": \"2026-12-31\"}],\n"
    " \"highest_weight\": [\"product\"]}\n";

custval_system *sample_system(void) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    assert_ok(custval_system_parse(NULL, sample_document, strlen(sample_document), &system, &error), &error);
    return system;
}

custval_score_options sample_options(void) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = SAMPLE_AS_OF;
    return options;
}

static void add_numbers(custval_table *table, const char *name, const double *numbers) {
    custval_column column = CUSTVAL_COLUMN_INIT;
    column.type = CUSTVAL_TYPE_FLOAT64;
    column.data = numbers;
    assert_ok(custval_table_add_copy(table, name, &column, NULL), NULL);
}

static void add_texts(custval_table *table, const char *name, const char *const *words) {
    custval_text texts[SAMPLE_ROWS] = {{NULL, 0}};
    for (size_t i = 0; i < SAMPLE_ROWS; i++) {
        if (words[i] != NULL) texts[i] = (custval_text){words[i], strlen(words[i])};
    }
    assert_ok(custval_table_add_texts(table, name, texts, NULL), NULL);
}

custval_table *sample_table(void) {
    static const struct {
        const char *name;
        double numbers[SAMPLE_ROWS];
    } numbers[] = {
        {"rel1", {8, 9, 7, 98, 11, 6}},
        {"rel2", {7, 9, 6, 5, 5, 6}},
        {"range1", {5, 6, 4, (double)NAN, 4, 5}},
        {"staff1", {8, 7, 6, 5, 4, 3}},
        {"speed1", {3, 4, 5, 6, 7, 8}},
        {"w_staff", {1, 2, 3, (double)NAN, 5, 6}},
        {"w_speed", {6, 5, 4, 3, 2, 1}},
        {"price1", {100, 250, 80, 300, 90, 120}},
        {"wait1", {4, 3, 5, 2, 1, 4}},
    };
    static const struct {
        const char *name;
        const char *words[SAMPLE_ROWS];
    } texts[] = {
        {"class", {"easy", "hard", "easy", NULL, "easy", "hard"}},
        {"kind", {NULL, "price", NULL, NULL, "quality", NULL}},
        {"place", {NULL, NULL, "airport", NULL, NULL, NULL}},
        {"customer", {"1", "2", "3", "4", "5", "7"}},
    };
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, SAMPLE_ROWS, &table, NULL), NULL);
    for (size_t i = 0; i < SUPPORT_COUNT(numbers); i++) add_numbers(table, numbers[i].name, numbers[i].numbers);
    for (size_t i = 0; i < SUPPORT_COUNT(texts); i++) add_texts(table, texts[i].name, texts[i].words);
    return table;
}
