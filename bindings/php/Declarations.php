<?php
// Written by bindings/declare.py from the public headers: do not edit.
// SPDX-License-Identifier: Apache-2.0
declare(strict_types=1);

namespace Custval;

/** What the C interface declares, as far as this binding uses it. */
final class Declarations
{
    public const HEADER = <<<'C'
typedef int32_t custval_status;
typedef struct custval_system custval_system;
typedef struct custval_table custval_table;
typedef void * (*custval_allocator)(void *data, void *ptr, size_t old_size, size_t new_size);
typedef int (*custval_runner_init)(void *job, uint32_t threads);
typedef void (*custval_runner_body)(void *job, uint32_t index, uint32_t thread);
typedef int (*custval_runner)(void *data, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin, uint32_t end);
typedef int (*custval_progress)(void *data, uint64_t done, uint64_t total);
typedef struct custval_host {
    size_t struct_size;
    custval_allocator allocator;
    void *allocator_data;
    custval_runner runner;
    void *runner_data;
    custval_progress progress;
    void *progress_data;
} custval_host;
typedef struct custval_score_options {
    size_t struct_size;
    const custval_host *host;
    const char *as_of;
    const char *profile;
    const char *context;
    const char *language;
    uint32_t levels;
    uint32_t coverage;
} custval_score_options;
typedef struct custval_error {
    size_t struct_size;
    int32_t status;
    uint32_t node;
    size_t row;
    char message[480];
} custval_error;
typedef struct custval_groups custval_groups;
typedef struct custval_groups_options {
    size_t struct_size;
    const custval_host *host;
    const char *value;
} custval_groups_options;
typedef struct custval_lifetime custval_lifetime;
typedef struct custval_lifetime_columns {
    size_t struct_size;
    const char *x;
    const char *t_x;
    const char *T;
    const char *mean_spend;
    const char *lost;
    const char *count;
} custval_lifetime_columns;
typedef struct custval_lifetime_predict_options {
    size_t struct_size;
    const custval_host *host;
    const custval_lifetime_columns *columns;
    uint32_t outputs;
    uint32_t timing;
    double horizon;
    const char *horizon_column;
    double cash_period;
    const double *cash_times;
    size_t cash_count;
    double rate;
    double rate_period;
    const double *rates;
    size_t rates_count;
    const custval_lifetime *spend;
    const char *spend_column;
    double margin;
    const char *margin_column;
    double cost;
    const char *cost_column;
    double level;
} custval_lifetime_predict_options;
typedef struct custval_scorer custval_scorer;
typedef struct custval_text {
    const char *data;
    size_t length;
} custval_text;
typedef struct custval_input {
    size_t struct_size;
    const char *column;
    uint32_t roles;
    uint32_t is_text;
} custval_input;
typedef struct custval_column {
    size_t struct_size;
    uint32_t type;
    uint32_t index_type;
    const void *data;
    ptrdiff_t stride;
    const uint8_t *validity;
    size_t offset;
    const void *offsets;
    const struct custval_column *dictionary;
    size_t dictionary_length;
} custval_column;
typedef struct custval_judgements {
    size_t struct_size;
    const char *const *names;
    size_t count;
    const double *matrices;
    size_t members;
    const char *const *member_names;
    const double *member_weights;
    const double *lower;
    const double *upper;
} custval_judgements;
typedef struct custval_ahp_options {
    size_t struct_size;
    uint32_t method;
    uint32_t random_index;
    uint32_t grouping;
    uint32_t reserved;
    double cr_limit;
} custval_ahp_options;
typedef struct custval_weights custval_weights;
custval_status custval_explain(const custval_system *system, const custval_table *table, size_t row, const custval_score_options *options, custval_table **out, custval_error *error);
custval_status custval_explain_text(const custval_table *explanation, char *buffer, size_t capacity, size_t *out_length, custval_error *error);
custval_status custval_groups_assign(const custval_groups *groups, const custval_table *table, const custval_groups_options *options, custval_table **out, custval_error *error);
void custval_groups_free(custval_groups *groups);
const char *custval_groups_measure(const custval_groups *groups, size_t measure, const char **out_column);
size_t custval_groups_measures(const custval_groups *groups);
custval_status custval_groups_parse(const custval_host *host, const char *text, size_t length, custval_groups **out, custval_error *error);
void custval_lifetime_free(custval_lifetime *lifetime);
custval_status custval_lifetime_parse(const custval_host *host, const char *text, size_t length, custval_lifetime **out, custval_error *error);
custval_status custval_lifetime_predict(const custval_lifetime *lifetime, const custval_table *table, const custval_lifetime_predict_options *options, custval_table **out, custval_error *error);
custval_status custval_row_reason(const custval_system *system, const custval_table *table, size_t row, const custval_score_options *options, char *buffer, size_t capacity, custval_error *error);
custval_status custval_score(const custval_system *system, const custval_table *table, const custval_score_options *options, custval_table **out, custval_error *error);
const char *custval_scorer_column_name(const custval_scorer *scorer, uint32_t column);
uint32_t custval_scorer_columns(const custval_scorer *scorer);
void custval_scorer_free(custval_scorer *scorer);
custval_status custval_scorer_new(custval_system *system, const custval_score_options *options, custval_scorer **out, custval_error *error);
custval_status custval_scorer_row(custval_scorer *scorer, const double *numbers, const custval_text *texts, double *out_scores, uint32_t *out_status);
custval_status custval_scorer_table(custval_scorer *scorer, const custval_table *table, double *const *out_scores, uint32_t *out_status, custval_error *error);
const char *custval_status_description(custval_status status);
const char *custval_status_name(custval_status status);
void custval_system_free(custval_system *system);
custval_status custval_system_input(const custval_system *system, uint32_t input, custval_input *out, custval_error *error);
uint32_t custval_system_inputs(const custval_system *system);
custval_status custval_system_parse(const custval_host *host, const char *text, size_t length, custval_system **out, custval_error *error);
custval_status custval_table_add_copy(custval_table *table, const char *name, const custval_column *column, custval_error *error);
custval_status custval_table_add_doubles(custval_table *table, const char *name, const void *values, custval_error *error);
custval_status custval_table_column(const custval_table *table, size_t column, custval_column *out, custval_error *error);
size_t custval_table_columns(const custval_table *table);
void custval_table_free(custval_table *table);
const char *custval_table_name(const custval_table *table, size_t column);
custval_status custval_table_new(const custval_host *host, size_t rows, custval_table **out, custval_error *error);
custval_status custval_table_number(const custval_table *table, size_t column, size_t row, double *out, custval_error *error);
size_t custval_table_rows(const custval_table *table);
custval_status custval_table_text(const custval_table *table, size_t column, size_t row, custval_text *out, custval_error *error);
const char *custval_version_string(void);
custval_status custval_weights_ahp(const custval_host *host, const custval_judgements *judgements, const custval_ahp_options *options, custval_weights **out, custval_error *error);
custval_status custval_weights_diagnostic(const custval_weights *weights, const char *name, double *out, custval_error *error);
void custval_weights_free(custval_weights *weights);
double custval_weights_share(const custval_weights *weights, size_t index);
C;

    /** Members of structs that do not begin as zero. */
    public const INITIAL = [
        'custval_ahp_options' => ['cr_limit' => 0.1],
        'custval_judgements' => ['members' => 1],
        'custval_lifetime_predict_options' => ['cash_period' => 1.0, 'horizon' => 1.0, 'margin' => 1.0, 'rate_period' => 1.0, 'timing' => 1],
    ];

    /** Words of enums. */
    public const WORDS = [
        'custval_coverage' => ['all' => 1, 'none' => 2, 'value' => 0],
        'custval_level' => ['derived' => 32, 'dimension' => 4, 'indicator' => 8, 'item' => 16, 'side' => 2, 'tag' => 64, 'value' => 1],
        'custval_lifetime_output' => ['alive' => 1, 'alive_later' => 4, 'expected' => 8, 'expected_deviation' => 16, 'log_alive' => 2, 'log_likelihood' => 1024, 'none' => 32, 'residual' => 64, 'spend' => 128, 'value' => 256, 'value_deviation' => 512],
        'custval_timing' => ['begin' => 3, 'end' => 1, 'middle' => 2],
        'custval_type' => ['bool' => 11, 'bool8' => 12, 'date32' => 40, 'date64' => 41, 'dictionary' => 30, 'float32' => 9, 'float64' => 10, 'int16' => 2, 'int32' => 3, 'int64' => 4, 'int8' => 1, 'large_utf8' => 21, 'timestamp_ms' => 43, 'timestamp_ns' => 45, 'timestamp_s' => 42, 'timestamp_us' => 44, 'uint16' => 6, 'uint32' => 7, 'uint64' => 8, 'uint8' => 5, 'unsupported' => 0, 'utf8' => 20, 'utf8_view' => 22],
    ];
}
