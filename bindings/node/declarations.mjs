// Written by bindings/declare.py from the public headers: do not edit.
// SPDX-License-Identifier: Apache-2.0
export const HANDLES = [
  "custval_system",
  "custval_table",
  "custval_host",
  "custval_groups",
  "custval_lifetime",
  "custval_scorer",
  "custval_weights"
];
export const STRUCTS = {
  "custval_score_options": {
    "struct_size": "size_t",
    "host": "void *",
    "as_of": "str",
    "profile": "str",
    "context": "str",
    "language": "str",
    "levels": "uint32_t",
    "coverage": "uint32_t"
  },
  "custval_error": {
    "struct_size": "size_t",
    "status": "int32_t",
    "node": "uint32_t",
    "row": "size_t",
    "message": "char[480]"
  },
  "custval_groups_options": {
    "struct_size": "size_t",
    "host": "void *",
    "value": "str"
  },
  "custval_lifetime_columns": {
    "struct_size": "size_t",
    "x": "str",
    "t_x": "str",
    "T": "str",
    "mean_spend": "str",
    "lost": "str",
    "count": "str"
  },
  "custval_lifetime_predict_options": {
    "struct_size": "size_t",
    "host": "void *",
    "columns": "void *",
    "outputs": "uint32_t",
    "timing": "uint32_t",
    "horizon": "double",
    "horizon_column": "str",
    "cash_period": "double",
    "cash_times": "void *",
    "cash_count": "size_t",
    "rate": "double",
    "rate_period": "double",
    "rates": "void *",
    "rates_count": "size_t",
    "spend": "void *",
    "spend_column": "str",
    "margin": "double",
    "margin_column": "str",
    "cost": "double",
    "cost_column": "str",
    "level": "double"
  },
  "custval_text": {
    "data": "void *",
    "length": "size_t"
  },
  "custval_input": {
    "struct_size": "size_t",
    "column": "str",
    "roles": "uint32_t",
    "is_text": "uint32_t"
  },
  "custval_column": {
    "struct_size": "size_t",
    "type": "uint32_t",
    "index_type": "uint32_t",
    "data": "void *",
    "stride": "intptr_t",
    "validity": "void *",
    "offset": "size_t",
    "offsets": "void *",
    "dictionary": "void *",
    "dictionary_length": "size_t"
  },
  "custval_judgements": {
    "struct_size": "size_t",
    "names": "const char **",
    "count": "size_t",
    "matrices": "void *",
    "members": "size_t",
    "member_names": "const char **",
    "member_weights": "void *",
    "lower": "void *",
    "upper": "void *"
  },
  "custval_ahp_options": {
    "struct_size": "size_t",
    "method": "uint32_t",
    "random_index": "uint32_t",
    "grouping": "uint32_t",
    "reserved": "uint32_t",
    "cr_limit": "double"
  }
};
export const FUNCTIONS = {
  "custval_explain": "int32_t custval_explain(const custval_system *system, const custval_table *table, size_t row, const custval_score_options *options, _Out_ custval_table **out, _Inout_ custval_error *error)",
  "custval_explain_text": "int32_t custval_explain_text(const custval_table *explanation, void *buffer, size_t capacity, void *out_length, _Inout_ custval_error *error)",
  "custval_groups_assign": "int32_t custval_groups_assign(const custval_groups *groups, const custval_table *table, const custval_groups_options *options, _Out_ custval_table **out, _Inout_ custval_error *error)",
  "custval_groups_free": "void custval_groups_free(custval_groups *groups)",
  "custval_groups_measure": "const char *custval_groups_measure(const custval_groups *groups, size_t measure, _Out_ const char **out_column)",
  "custval_groups_measures": "size_t custval_groups_measures(const custval_groups *groups)",
  "custval_groups_parse": "int32_t custval_groups_parse(const custval_host *host, const char *text, size_t length, _Out_ custval_groups **out, _Inout_ custval_error *error)",
  "custval_lifetime_free": "void custval_lifetime_free(custval_lifetime *lifetime)",
  "custval_lifetime_parse": "int32_t custval_lifetime_parse(const custval_host *host, const char *text, size_t length, _Out_ custval_lifetime **out, _Inout_ custval_error *error)",
  "custval_lifetime_predict": "int32_t custval_lifetime_predict(const custval_lifetime *lifetime, const custval_table *table, const custval_lifetime_predict_options *options, _Out_ custval_table **out, _Inout_ custval_error *error)",
  "custval_row_reason": "int32_t custval_row_reason(const custval_system *system, const custval_table *table, size_t row, const custval_score_options *options, void *buffer, size_t capacity, _Inout_ custval_error *error)",
  "custval_score": "int32_t custval_score(const custval_system *system, const custval_table *table, const custval_score_options *options, _Out_ custval_table **out, _Inout_ custval_error *error)",
  "custval_scorer_column_name": "const char *custval_scorer_column_name(const custval_scorer *scorer, uint32_t column)",
  "custval_scorer_columns": "uint32_t custval_scorer_columns(const custval_scorer *scorer)",
  "custval_scorer_free": "void custval_scorer_free(custval_scorer *scorer)",
  "custval_scorer_new": "int32_t custval_scorer_new(custval_system *system, const custval_score_options *options, _Out_ custval_scorer **out, _Inout_ custval_error *error)",
  "custval_scorer_row": "int32_t custval_scorer_row(custval_scorer *scorer, const double *numbers, const custval_text *texts, void *out_scores, void *out_status)",
  "custval_scorer_table": "int32_t custval_scorer_table(custval_scorer *scorer, const custval_table *table, double *const *out_scores, void *out_status, _Inout_ custval_error *error)",
  "custval_status_description": "const char *custval_status_description(int32_t status)",
  "custval_status_name": "const char *custval_status_name(int32_t status)",
  "custval_system_free": "void custval_system_free(custval_system *system)",
  "custval_system_input": "int32_t custval_system_input(const custval_system *system, uint32_t input, _Inout_ custval_input *out, _Inout_ custval_error *error)",
  "custval_system_inputs": "uint32_t custval_system_inputs(const custval_system *system)",
  "custval_system_parse": "int32_t custval_system_parse(const custval_host *host, const char *text, size_t length, _Out_ custval_system **out, _Inout_ custval_error *error)",
  "custval_table_add_copy": "int32_t custval_table_add_copy(custval_table *table, const char *name, const custval_column *column, _Inout_ custval_error *error)",
  "custval_table_add_doubles": "int32_t custval_table_add_doubles(custval_table *table, const char *name, const double *values, _Inout_ custval_error *error)",
  "custval_table_column": "int32_t custval_table_column(const custval_table *table, size_t column, _Inout_ custval_column *out, _Inout_ custval_error *error)",
  "custval_table_columns": "size_t custval_table_columns(const custval_table *table)",
  "custval_table_free": "void custval_table_free(custval_table *table)",
  "custval_table_name": "const char *custval_table_name(const custval_table *table, size_t column)",
  "custval_table_new": "int32_t custval_table_new(const custval_host *host, size_t rows, _Out_ custval_table **out, _Inout_ custval_error *error)",
  "custval_table_number": "int32_t custval_table_number(const custval_table *table, size_t column, size_t row, void *out, _Inout_ custval_error *error)",
  "custval_table_rows": "size_t custval_table_rows(const custval_table *table)",
  "custval_table_text": "int32_t custval_table_text(const custval_table *table, size_t column, size_t row, _Out_ custval_text *out, _Inout_ custval_error *error)",
  "custval_version_string": "const char *custval_version_string(void)",
  "custval_weights_ahp": "int32_t custval_weights_ahp(const custval_host *host, const custval_judgements *judgements, const custval_ahp_options *options, _Out_ custval_weights **out, _Inout_ custval_error *error)",
  "custval_weights_diagnostic": "int32_t custval_weights_diagnostic(const custval_weights *weights, const char *name, void *out, _Inout_ custval_error *error)",
  "custval_weights_free": "void custval_weights_free(custval_weights *weights)",
  "custval_weights_share": "double custval_weights_share(const custval_weights *weights, size_t index)"
};
export const INITIAL = {
  "custval_lifetime_predict_options": {
    "timing": 1,
    "horizon": 1.0,
    "cash_period": 1.0,
    "rate_period": 1.0,
    "margin": 1.0
  },
  "custval_judgements": {
    "members": 1
  },
  "custval_ahp_options": {
    "cr_limit": 0.1
  }
};
export const WORDS = {
  "custval_level": {
    "value": 1,
    "side": 2,
    "dimension": 4,
    "indicator": 8,
    "item": 16,
    "derived": 32,
    "tag": 64
  },
  "custval_coverage": {
    "value": 0,
    "all": 1,
    "none": 2
  },
  "custval_lifetime_output": {
    "alive": 1,
    "log_alive": 2,
    "alive_later": 4,
    "expected": 8,
    "expected_deviation": 16,
    "none": 32,
    "residual": 64,
    "spend": 128,
    "value": 256,
    "value_deviation": 512,
    "log_likelihood": 1024
  },
  "custval_timing": {
    "end": 1,
    "middle": 2,
    "begin": 3
  },
  "custval_type": {
    "unsupported": 0,
    "int8": 1,
    "int16": 2,
    "int32": 3,
    "int64": 4,
    "uint8": 5,
    "uint16": 6,
    "uint32": 7,
    "uint64": 8,
    "float32": 9,
    "float64": 10,
    "bool": 11,
    "bool8": 12,
    "utf8": 20,
    "large_utf8": 21,
    "utf8_view": 22,
    "dictionary": 30,
    "date32": 40,
    "date64": 41,
    "timestamp_s": 42,
    "timestamp_ms": 43,
    "timestamp_us": 44,
    "timestamp_ns": 45
  }
};
