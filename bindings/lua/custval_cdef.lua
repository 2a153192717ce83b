-- Written by bindings/declare.py from the public headers: do not edit.
-- SPDX-License-Identifier: Apache-2.0
local ffi = require "ffi"
ffi.cdef [[
typedef int32_t custval_status;
enum custval_status_code { CUSTVAL_OK = 0, CUSTVAL_ERROR_ARGUMENT = -1, CUSTVAL_ERROR_MEMORY = -2, CUSTVAL_ERROR_RANGE = -3, CUSTVAL_ERROR_WEIGHT = -4, CUSTVAL_ERROR_STRUCTURE = -5, CUSTVAL_ERROR_DUPLICATE = -6, CUSTVAL_ERROR_NOT_FOUND = -7, CUSTVAL_ERROR_TYPE = -8, CUSTVAL_ERROR_NOT_FINITE = -9, CUSTVAL_ERROR_STATE = -10, CUSTVAL_ERROR_STRUCT_SIZE = -11, CUSTVAL_ERROR_STRUCT_NEWER = -12, CUSTVAL_ERROR_CANCELLED = -13, CUSTVAL_ERROR_INTERNAL = -14, CUSTVAL_ERROR_DOCUMENT = -15, CUSTVAL_ERROR_LIMIT = -16, CUSTVAL_ERROR_UNSUPPORTED = -17, CUSTVAL_ERROR_STREAM = -18, CUSTVAL_ERROR_CONVERGENCE = -19 };
typedef struct custval_error { size_t struct_size;
int32_t status;
uint32_t node;
size_t row;
char message[480];
} custval_error;
const char *custval_status_name(custval_status status);
const char *custval_status_description(custval_status status);
typedef void *(*custval_allocator)(void *data, void *ptr, size_t old_size, size_t new_size);
typedef int (*custval_progress)(void *data, uint64_t done, uint64_t total);
typedef int (*custval_runner_init)(void *job, uint32_t threads);
typedef void (*custval_runner_body)(void *job, uint32_t index, uint32_t thread);
typedef int (*custval_runner)(void *data, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin, uint32_t end);
typedef struct custval_host { size_t struct_size;
custval_allocator allocator;
void *allocator_data;
custval_runner runner;
void *runner_data;
custval_progress progress;
void *progress_data;
} custval_host;
typedef struct custval_threads custval_threads;
custval_status custval_threads_new(const custval_host *host, uint32_t count, custval_threads **out, custval_error *error);
void custval_threads_free(custval_threads *threads);
uint32_t custval_threads_count(const custval_threads *threads);
int custval_threads_run(void *threads, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin, uint32_t end);
typedef struct custval_table custval_table;
enum custval_type { CUSTVAL_TYPE_UNSUPPORTED = 0, CUSTVAL_TYPE_INT8 = 1, CUSTVAL_TYPE_INT16 = 2, CUSTVAL_TYPE_INT32 = 3, CUSTVAL_TYPE_INT64 = 4, CUSTVAL_TYPE_UINT8 = 5, CUSTVAL_TYPE_UINT16 = 6, CUSTVAL_TYPE_UINT32 = 7, CUSTVAL_TYPE_UINT64 = 8, CUSTVAL_TYPE_FLOAT32 = 9, CUSTVAL_TYPE_FLOAT64 = 10, CUSTVAL_TYPE_BOOL = 11, CUSTVAL_TYPE_BOOL8 = 12, CUSTVAL_TYPE_UTF8 = 20, CUSTVAL_TYPE_LARGE_UTF8 = 21, CUSTVAL_TYPE_UTF8_VIEW = 22, CUSTVAL_TYPE_DICTIONARY = 30, CUSTVAL_TYPE_DATE32 = 40, CUSTVAL_TYPE_DATE64 = 41, CUSTVAL_TYPE_TIMESTAMP_S = 42, CUSTVAL_TYPE_TIMESTAMP_MS = 43, CUSTVAL_TYPE_TIMESTAMP_US = 44, CUSTVAL_TYPE_TIMESTAMP_NS = 45 };
const char *custval_type_name(uint32_t type);
typedef struct custval_text { const char *data;
size_t length;
} custval_text;
typedef struct custval_column { size_t struct_size;
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
custval_status custval_table_new(const custval_host *host, size_t rows, custval_table **out, custval_error *error);
custval_status custval_table_new_from_rows(const custval_host *host, const char *const *names, size_t columns, const double *values, size_t rows, size_t stride, custval_table **out, custval_error *error);
custval_status custval_table_add(custval_table *table, const char *name, const custval_column *column, custval_error *error);
custval_status custval_table_add_copy(custval_table *table, const char *name, const custval_column *column, custval_error *error);
custval_status custval_table_add_doubles(custval_table *table, const char *name, const double *values, custval_error *error);
custval_status custval_table_add_texts(custval_table *table, const char *name, const custval_text *texts, custval_error *error);
custval_table *custval_table_ref(const custval_table *table);
void custval_table_free(custval_table *table);
size_t custval_table_rows(const custval_table *table);
size_t custval_table_columns(const custval_table *table);
const char *custval_table_name(const custval_table *table, size_t column);
custval_status custval_table_find(const custval_table *table, const char *name, size_t *out_column, custval_error *error);
custval_status custval_table_column(const custval_table *table, size_t column, custval_column *out, custval_error *error);
custval_status custval_table_number(const custval_table *table, size_t column, size_t row, double *out, custval_error *error);
custval_status custval_table_text(const custval_table *table, size_t column, size_t row, custval_text *out, custval_error *error);
struct ArrowSchema { const char *format;
const char *name;
const char *metadata;
int64_t flags;
int64_t n_children;
struct ArrowSchema **children;
struct ArrowSchema *dictionary;
void (*release)(struct ArrowSchema *);
void *private_data;
};
struct ArrowArray { int64_t length;
int64_t null_count;
int64_t offset;
int64_t n_buffers;
int64_t n_children;
const void **buffers;
struct ArrowArray **children;
struct ArrowArray *dictionary;
void (*release)(struct ArrowArray *);
void *private_data;
};
struct ArrowArrayStream { int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
const char *(*get_last_error)(struct ArrowArrayStream *);
void (*release)(struct ArrowArrayStream *);
void *private_data;
};
custval_status custval_table_import_arrow(const custval_host *host, struct ArrowArray *array, struct ArrowSchema *schema, custval_table **out, custval_error *error);
custval_status custval_table_export_arrow(custval_table *table, struct ArrowArray *out_array, struct ArrowSchema *out_schema, custval_error *error);
custval_status custval_table_export_stream(custval_table *table, struct ArrowArrayStream *out, custval_error *error);
typedef struct custval_reader custval_reader;
custval_status custval_reader_new(const custval_host *host, struct ArrowArrayStream *stream, custval_reader **out, custval_error *error);
custval_status custval_reader_next(custval_reader *reader, custval_table **out, custval_error *error);
void custval_reader_free(custval_reader *reader);
enum custval_kind { CUSTVAL_KIND_VALUE = 1, CUSTVAL_KIND_SIDE = 2, CUSTVAL_KIND_DIMENSION = 3, CUSTVAL_KIND_INDICATOR = 4, CUSTVAL_KIND_ITEM = 5, CUSTVAL_KIND_DERIVED = 6 };
enum custval_side { CUSTVAL_SIDE_NONE = 0, CUSTVAL_SIDE_BENEFIT = 1, CUSTVAL_SIDE_SACRIFICE = 2 };
enum custval_form { CUSTVAL_FORM_DIFFERENCE = 1, CUSTVAL_FORM_INDEX = 2, CUSTVAL_FORM_RATIO = 3 };
enum custval_aggregator { CUSTVAL_AGGREGATOR_MEAN = 1, CUSTVAL_AGGREGATOR_GEOMETRIC = 2, CUSTVAL_AGGREGATOR_HARMONIC = 3, CUSTVAL_AGGREGATOR_MINIMUM = 4, CUSTVAL_AGGREGATOR_POWER = 5 };
enum custval_missing { CUSTVAL_MISSING_NESTED = 1, CUSTVAL_MISSING_FLAT = 2, CUSTVAL_MISSING_NEUTRAL = 3, CUSTVAL_MISSING_WORST = 4, CUSTVAL_MISSING_REJECT = 5 };
enum custval_out_of_scale { CUSTVAL_OUT_OF_SCALE_REJECT = 1, CUSTVAL_OUT_OF_SCALE_MISSING = 2, CUSTVAL_OUT_OF_SCALE_CLAMP = 3 };
enum custval_curve_type { CUSTVAL_CURVE_SCALE = 1, CUSTVAL_CURVE_LINEAR = 2, CUSTVAL_CURVE_LOG = 3, CUSTVAL_CURVE_LOGISTIC = 4, CUSTVAL_CURVE_PIECEWISE = 5, CUSTVAL_CURVE_PROSPECT = 6, CUSTVAL_CURVE_TABLE = 7 };
enum custval_tag { CUSTVAL_TAG_NONE = 0, CUSTVAL_TAG_PAY = 1, CUSTVAL_TAG_DO = 2, CUSTVAL_TAG_LEARN = 3 };
enum custval_gate_type { CUSTVAL_GATE_BELOW = 1, CUSTVAL_GATE_ABOVE = 2 };
typedef struct custval_system_spec { size_t struct_size;
const char *id;
const char *note;
const char *profile_column;
const char *context_column;
const char *override_column;
uint32_t form;
uint32_t aggregator;
uint32_t missing;
uint32_t out_of_scale;
double exponent;
double neutral;
double coverage_floor;
} custval_system_spec;
typedef struct custval_node_spec { size_t struct_size;
const char *id;
const char *note;
const char *weight_column;
uint32_t aggregator;
uint32_t tag;
double weight;
double exponent;
double coverage_floor;
double cost;
} custval_node_spec;
typedef struct custval_curve { size_t struct_size;
uint32_t type;
uint32_t count;
const double *x;
const double *y;
const char *const *categories;
double parameters[3];
} custval_curve;
typedef struct custval_item_spec { size_t struct_size;
const char *id;
const char *column;
const char *note;
const double *missing_codes;
size_t missing_code_count;
const custval_curve *curve;
uint32_t reversed;
uint32_t out_of_scale;
uint32_t has_expectation;
uint32_t reserved;
double scale_min;
double scale_max;
double weight;
double expectation;
} custval_item_spec;
typedef struct custval_gate_spec { size_t struct_size;
const char *node;
const char *note;
uint32_t type;
uint32_t reserved;
double threshold;
double cap;
} custval_gate_spec;
typedef struct custval_relief_spec { size_t struct_size;
const char *node;
const char *by;
const char *note;
double share;
} custval_relief_spec;
typedef struct custval_override_spec { size_t struct_size;
const char *node;
const char *key;
const char *author;
const char *reason;
const char *expires;
double score;
} custval_override_spec;
enum custval_origin { CUSTVAL_ORIGIN_WEIGHTS = 1, CUSTVAL_ORIGIN_SCALE = 2 };
typedef struct custval_origin_spec { size_t struct_size;
const char *node;
const char *profile;
const char *method;
const char *source;
const char *date;
const char *note;
const char *const *diagnostic_names;
const double *diagnostic_values;
size_t diagnostic_count;
uint64_t sample;
uint32_t origin;
uint32_t reserved;
} custval_origin_spec;
enum custval_vocabulary { CUSTVAL_WORDS_KIND = 1, CUSTVAL_WORDS_SIDE = 2, CUSTVAL_WORDS_FORM = 3, CUSTVAL_WORDS_AGGREGATOR = 4, CUSTVAL_WORDS_MISSING = 5, CUSTVAL_WORDS_OUT_OF_SCALE = 6, CUSTVAL_WORDS_CURVE = 7, CUSTVAL_WORDS_TAG = 8, CUSTVAL_WORDS_GATE = 9, CUSTVAL_WORDS_ROW_STATUS = 10, CUSTVAL_WORDS_ORIGIN = 11, CUSTVAL_WORDS_RATING = 12, CUSTVAL_WORDS_RANKING = 13, CUSTVAL_WORDS_MIXING = 14, CUSTVAL_WORDS_AHP = 15, CUSTVAL_WORDS_RANDOM_INDEX = 16, CUSTVAL_WORDS_GROUPING = 17, CUSTVAL_WORDS_BWM = 18, CUSTVAL_WORDS_DATA = 19, CUSTVAL_WORDS_FIT = 20, CUSTVAL_WORDS_DRIVERS = 21, CUSTVAL_WORDS_NOISE = 22, CUSTVAL_WORDS_RANK = 23, CUSTVAL_WORDS_NORMALISATION = 24, CUSTVAL_WORDS_TIES = 25, CUSTVAL_WORDS_FUZZY = 26, CUSTVAL_WORDS_MEMBERSHIP = 27, CUSTVAL_WORDS_PERIOD = 28, CUSTVAL_WORDS_REFUNDS = 29, CUSTVAL_WORDS_ZEROS = 30, CUSTVAL_WORDS_BAD_ROWS = 31, CUSTVAL_WORDS_RFM = 32, CUSTVAL_WORDS_MODEL = 33, CUSTVAL_WORDS_CONVERGENCE = 34, CUSTVAL_WORDS_TIMING = 35, CUSTVAL_WORDS_LIFETIME_OUTPUT = 36, CUSTVAL_WORDS_LIFETIME_ROW = 37, CUSTVAL_WORDS_WORTH_PART = 38, CUSTVAL_WORDS_WORTH_ROW = 39, CUSTVAL_WORDS_WALLET_ROW = 40, CUSTVAL_WORDS_EMPTY_STATE = 41, CUSTVAL_WORDS_SWITCHING_ROW = 42, CUSTVAL_WORDS_FIRST_MARGIN = 43, CUSTVAL_WORDS_GAP_MEASURE = 44, CUSTVAL_WORDS_ZONE = 45, CUSTVAL_WORDS_LINK = 46, CUSTVAL_WORDS_FACTOR = 47, CUSTVAL_WORDS_KANO = 48, CUSTVAL_WORDS_QUADRANT = 49, CUSTVAL_WORDS_GROUP_ROW = 50, CUSTVAL_WORDS_GROUP_TEXT = 51, CUSTVAL_WORDS_MATRIX = 52, CUSTVAL_WORDS_TRAIT = 53, CUSTVAL_WORDS_PROPOSER = 54, CUSTVAL_WORDS_PROGRAMME = 55, CUSTVAL_WORDS_REMARK = 56, CUSTVAL_WORDS_NEED_ROW = 57, CUSTVAL_WORDS_SCENARIO = 58, CUSTVAL_WORDS_PHASE = 59, CUSTVAL_WORDS_SCENARIO_ROW = 60, CUSTVAL_WORDS_IMPACT_USE = 61, CUSTVAL_WORDS_IMPACT_ROW = 62 };
const char *custval_word(uint32_t vocabulary, uint32_t value);
custval_status custval_word_value(uint32_t vocabulary, const char *word, uint32_t *out_value, custval_error *error);
typedef struct custval_system custval_system;
custval_system *custval_system_ref(custval_system *system);
void custval_system_free(custval_system *system);
custval_status custval_system_get(const custval_system *system, custval_system_spec *out, custval_error *error);
typedef struct custval_node { size_t struct_size;
const char *id;
uint32_t kind;
uint32_t side;
uint32_t parent;
uint32_t first_child;
uint32_t next_sibling;
uint32_t child_count;
uint32_t must_be_highest;
uint32_t label_count;
double local_weight;
double global_weight;
} custval_node;
uint32_t custval_system_nodes(const custval_system *system);
custval_status custval_system_node(const custval_system *system, uint32_t node, custval_node *out, custval_error *error);
custval_status custval_system_find(const custval_system *system, const char *id, uint32_t *out_node, custval_error *error);
custval_status custval_system_node_spec(const custval_system *system, uint32_t node, custval_node_spec *out, custval_error *error);
custval_status custval_system_item_spec(const custval_system *system, uint32_t node, custval_item_spec *out, custval_error *error);
custval_status custval_system_derived_part(const custval_system *system, uint32_t derived, uint32_t part, uint32_t *out_node, double *out_weight);
const char *custval_system_label(const custval_system *system, uint32_t node, const char *language);
const char *custval_system_label_at(const custval_system *system, uint32_t node, uint32_t label, const char **out_language);
typedef struct custval_frame { size_t struct_size;
const char *id;
const char *note;
uint32_t label_count;
uint32_t reserved;
} custval_frame;
enum custval_frame_kind { CUSTVAL_PROFILES = 1, CUSTVAL_CONTEXTS = 2 };
uint32_t custval_system_frames(const custval_system *system, uint32_t kind);
custval_status custval_system_frame(const custval_system *system, uint32_t kind, uint32_t frame, custval_frame *out, custval_error *error);
const char *custval_system_frame_label_at(const custval_system *system, uint32_t kind, uint32_t frame, uint32_t label, const char **out_language);
int custval_system_frame_weight(const custval_system *system, uint32_t kind, uint32_t frame, uint32_t node, double *out_weight);
int custval_system_expectation(const custval_system *system, uint32_t context, uint32_t node, double *out_expectation);
custval_status custval_system_weights(const custval_system *system, const char *profile, const char *context, double *out_local, double *out_global, custval_error *error);
uint32_t custval_system_gates(const custval_system *system);
custval_status custval_system_gate(const custval_system *system, uint32_t gate, custval_gate_spec *out, custval_error *error);
uint32_t custval_system_reliefs(const custval_system *system);
custval_status custval_system_relief(const custval_system *system, uint32_t relief, custval_relief_spec *out, custval_error *error);
uint32_t custval_system_overrides(const custval_system *system);
custval_status custval_system_override(const custval_system *system, uint32_t override, custval_override_spec *out, custval_error *error);
uint32_t custval_system_origins(const custval_system *system);
custval_status custval_system_origin(const custval_system *system, uint32_t origin, custval_origin_spec *out, custval_error *error);
enum custval_input_role { CUSTVAL_INPUT_ITEM = 1, CUSTVAL_INPUT_WEIGHT = 2, CUSTVAL_INPUT_PROFILE = 4, CUSTVAL_INPUT_CONTEXT = 8, CUSTVAL_INPUT_OVERRIDE = 16 };
typedef struct custval_input { size_t struct_size;
const char *column;
uint32_t roles;
uint32_t is_text;
} custval_input;
uint32_t custval_system_inputs(const custval_system *system);
custval_status custval_system_input(const custval_system *system, uint32_t input, custval_input *out, custval_error *error);
custval_status custval_system_text(const custval_system *system, const char *language, char *buffer, size_t capacity, size_t *out_length, custval_error *error);
custval_status custval_system_check(const custval_system *system, const custval_table *table, custval_table **out, custval_error *error);
typedef struct custval_builder custval_builder;
custval_status custval_builder_new(const custval_host *host, const custval_system_spec *spec, custval_builder **out, custval_error *error);
custval_status custval_builder_new_from(const custval_host *host, const custval_system *system, custval_builder **out, custval_error *error);
void custval_builder_free(custval_builder *builder);
custval_status custval_builder_side(custval_builder *builder, uint32_t side, const custval_node_spec *spec, custval_error *error);
custval_status custval_builder_dimension(custval_builder *builder, uint32_t side, const custval_node_spec *spec, custval_error *error);
custval_status custval_builder_indicator(custval_builder *builder, const char *dimension, const custval_node_spec *spec, custval_error *error);
custval_status custval_builder_item(custval_builder *builder, const char *indicator, const custval_item_spec *spec, custval_error *error);
custval_status custval_builder_derived(custval_builder *builder, const custval_node_spec *spec, custval_error *error);
custval_status custval_builder_derived_part(custval_builder *builder, const char *derived, const char *node, double weight, custval_error *error);
custval_status custval_builder_label(custval_builder *builder, const char *node, const char *language, const char *text, custval_error *error);
custval_status custval_builder_profile(custval_builder *builder, const char *id, const char *note, custval_error *error);
custval_status custval_builder_profile_weight(custval_builder *builder, const char *profile, const char *node, double weight, custval_error *error);
custval_status custval_builder_profile_label(custval_builder *builder, const char *profile, const char *language, const char *text, custval_error *error);
custval_status custval_builder_context(custval_builder *builder, const char *id, const char *note, custval_error *error);
custval_status custval_builder_context_weight(custval_builder *builder, const char *context, const char *node, double weight, custval_error *error);
custval_status custval_builder_context_expectation(custval_builder *builder, const char *context, const char *item, double expectation, custval_error *error);
custval_status custval_builder_context_label(custval_builder *builder, const char *context, const char *language, const char *text, custval_error *error);
custval_status custval_builder_gate(custval_builder *builder, const custval_gate_spec *spec, custval_error *error);
custval_status custval_builder_relief(custval_builder *builder, const custval_relief_spec *spec, custval_error *error);
custval_status custval_builder_override(custval_builder *builder, const custval_override_spec *spec, custval_error *error);
custval_status custval_builder_highest(custval_builder *builder, const char *node, custval_error *error);
custval_status custval_builder_set_weight(custval_builder *builder, const char *profile, const char *node, double weight, custval_error *error);
custval_status custval_builder_set_scale(custval_builder *builder, const char *item, double scale_min, double scale_max, const custval_curve *curve, custval_error *error);
custval_status custval_builder_origin(custval_builder *builder, const custval_origin_spec *spec, custval_error *error);
custval_status custval_builder_build(custval_builder *builder, custval_system **out, custval_error *error);
custval_status custval_system_from_table(const custval_host *host, const custval_table *table, custval_system **out, custval_error *error);
custval_status custval_system_parse(const custval_host *host, const char *text, size_t length, custval_system **out, custval_error *error);
custval_status custval_system_write(const custval_system *system, char *buffer, size_t capacity, size_t *out_length, custval_error *error);
enum custval_row_status { CUSTVAL_ROW_OK = 0, CUSTVAL_ROW_GATED = 1, CUSTVAL_ROW_OVERRIDDEN = 2, CUSTVAL_ROW_CLAMPED = 4, CUSTVAL_ROW_DROPPED = 8, CUSTVAL_ROW_DEFAULT_WEIGHTS = 16, CUSTVAL_ROW_MISSING = 256, CUSTVAL_ROW_OUT_OF_SCALE = 512, CUSTVAL_ROW_NOT_FINITE = 1024, CUSTVAL_ROW_UNKNOWN_CATEGORY = 2048, CUSTVAL_ROW_UNKNOWN_PROFILE = 4096, CUSTVAL_ROW_UNKNOWN_CONTEXT = 8192, CUSTVAL_ROW_BAD_WEIGHT = 16384, CUSTVAL_ROW_UNDEFINED = 32768 };
enum custval_level { CUSTVAL_LEVEL_VALUE = 1, CUSTVAL_LEVEL_SIDE = 2, CUSTVAL_LEVEL_DIMENSION = 4, CUSTVAL_LEVEL_INDICATOR = 8, CUSTVAL_LEVEL_ITEM = 16, CUSTVAL_LEVEL_DERIVED = 32, CUSTVAL_LEVEL_TAG = 64 };
enum custval_coverage { CUSTVAL_COVERAGE_VALUE = 0, CUSTVAL_COVERAGE_ALL = 1, CUSTVAL_COVERAGE_NONE = 2 };
typedef struct custval_score_options { size_t struct_size;
const custval_host *host;
const char *as_of;
const char *profile;
const char *context;
const char *language;
uint32_t levels;
uint32_t coverage;
} custval_score_options;
custval_status custval_score(const custval_system *system, const custval_table *table, const custval_score_options *options, custval_table **out, custval_error *error);
custval_status custval_score_stream(custval_system *system, struct ArrowArrayStream *in, const custval_score_options *options, struct ArrowArrayStream *out, custval_error *error);
typedef struct custval_scorer custval_scorer;
custval_status custval_scorer_new(custval_system *system, const custval_score_options *options, custval_scorer **out, custval_error *error);
void custval_scorer_free(custval_scorer *scorer);
uint32_t custval_scorer_columns(const custval_scorer *scorer);
const char *custval_scorer_column_name(const custval_scorer *scorer, uint32_t column);
custval_status custval_scorer_row(custval_scorer *scorer, const double *numbers, const custval_text *texts, double *out_scores, uint32_t *out_status);
custval_status custval_scorer_table(custval_scorer *scorer, const custval_table *table, double *const *out_scores, uint32_t *out_status, custval_error *error);
typedef struct custval_row_summary { size_t struct_size;
size_t rows;
size_t scored;
size_t marked;
size_t count[16];
size_t first[16];
} custval_row_summary;
custval_status custval_row_summary_add(custval_row_summary *summary, const custval_table *scores, custval_error *error);
custval_status custval_row_reason(const custval_system *system, const custval_table *table, size_t row, const custval_score_options *options, char *buffer, size_t capacity, custval_error *error);
custval_status custval_explain(const custval_system *system, const custval_table *table, size_t row, const custval_score_options *options, custval_table **out, custval_error *error);
custval_status custval_explain_change(const custval_system *system, const custval_table *before, size_t row_before, const custval_table *after, size_t row_after, const custval_score_options *options, custval_table **out, custval_error *error);
custval_status custval_levers(const custval_system *system, const custval_table *table, size_t row, const custval_score_options *options, custval_table **out, custval_error *error);
custval_status custval_flip(const custval_system *system, const custval_table *table, size_t row_a, size_t row_b, const custval_score_options *options, custval_table **out, custval_error *error);
custval_status custval_target(const custval_system *system, const custval_table *table, size_t row, double target, const custval_score_options *options, custval_table **out, custval_error *error);
custval_status custval_explain_text(const custval_table *explanation, char *buffer, size_t capacity, size_t *out_length, custval_error *error);
typedef struct custval_compare_options { size_t struct_size;
const custval_score_options *score;
const char *price_column;
double choice_scale;
double quality_weight;
double price_weight;
} custval_compare_options;
custval_status custval_compare(const custval_system *system, const custval_table *offers, const custval_compare_options *options, custval_table **out, custval_error *error);
custval_status custval_compare_indicators(const custval_system *system, const custval_table *offers, size_t own, const custval_compare_options *options, custval_table **out, custval_error *error);
typedef struct custval_equity_options { size_t struct_size;
const custval_host *host;
const char *segment;
const char *value;
const char *influence;
const char *count;
const char *probability;
const char *prospect_value;
const char *cost;
const char *prospect_count;
const char *period;
double attribution;
double rate;
} custval_equity_options;
custval_status custval_equity(const custval_table *current, const custval_table *prospects, const custval_equity_options *options, custval_table **out, custval_error *error);
enum custval_empty_state { CUSTVAL_EMPTY_REFUSE = 1, CUSTVAL_EMPTY_STAY = 2, CUSTVAL_EMPTY_POOLED = 3 };
typedef struct custval_markov_options { size_t struct_size;
const custval_host *host;
double rate;
uint32_t for_ever;
uint32_t periods;
uint32_t counts;
uint32_t empty;
} custval_markov_options;
custval_status custval_markov_value(uint32_t states, const double *transitions, const double *rewards, const custval_markov_options *options, double *values, custval_error *error);
typedef struct custval_switching_options { size_t struct_size;
const custval_host *host;
const char *const *brands;
size_t brands_count;
const char *last;
const double *matrix;
const char *const *utilities;
double inertia;
const double *margins;
const char *volume;
const char *frequency;
double rate;
double periods;
double population;
} custval_switching_options;
enum custval_switching_row_status { CUSTVAL_SWITCHING_ROW_OK = 0, CUSTVAL_SWITCHING_ROW_MISSING = 1, CUSTVAL_SWITCHING_ROW_RANGE = 2, CUSTVAL_SWITCHING_ROW_UNKNOWN = 3 };
custval_status custval_switching(const custval_table *table, const custval_switching_options *options, custval_table **out_customers, custval_table **out_brands, custval_error *error);
typedef struct custval_response { double ceiling;
double efficiency;
} custval_response;
typedef struct custval_spending { double spend;
double share;
double value;
double allowable;
} custval_spending;
custval_status custval_acquisition_optimum(const custval_response *response, double value, custval_spending *out, custval_error *error);
custval_status custval_retention_optimum(const custval_response *response, double margin, double rate, custval_spending *out, custval_error *error);
enum custval_first_margin { CUSTVAL_FIRST_NOW = 1, CUSTVAL_FIRST_NEXT = 2 };
typedef struct custval_multiple_terms { size_t struct_size;
double retention;
double rate;
double growth;
uint32_t first;
uint32_t periods;
} custval_multiple_terms;
custval_status custval_margin_multiple(const custval_multiple_terms *terms, double *out, custval_error *error);
typedef struct custval_contract_terms { size_t struct_size;
double contribution;
double cost;
double retention;
double rate;
uint32_t periods;
uint32_t first;
uint32_t cost_timing;
uint32_t reserved;
} custval_contract_terms;
custval_status custval_contractual_value(const custval_contract_terms *terms, double *out, custval_error *error);
custval_status custval_present_value(const double *flows, size_t count, double first, double rate, double *out, custval_error *error);
custval_status custval_life_cycle_cost(double price, const double *costs, size_t count, double residual, double rate, double *out, custval_error *error);
typedef struct custval_economic_terms { size_t struct_size;
double reference_cost;
double start_up;
double post_purchase;
double increment;
double price;
} custval_economic_terms;
custval_status custval_economic_value(const custval_economic_terms *terms, double *out, double *out_inducement, custval_error *error);
custval_status custval_programme_return(double gain, double cost, double *out, custval_error *error);
custval_status custval_allowable_spend(double before, double after, double value, double *out, custval_error *error);
custval_status custval_active_probability(double last, double period, double purchases, double *out, custval_error *error);
typedef struct custval_history custval_history;
enum custval_period { CUSTVAL_PERIOD_DAY = 1, CUSTVAL_PERIOD_WEEK = 2, CUSTVAL_PERIOD_MONTH = 3, CUSTVAL_PERIOD_QUARTER = 4, CUSTVAL_PERIOD_YEAR = 5, CUSTVAL_PERIOD_HOUR = 6, CUSTVAL_PERIOD_SECOND = 7, CUSTVAL_PERIOD_NUMBER = 8 };
enum custval_refunds { CUSTVAL_REFUNDS_REJECT = 1, CUSTVAL_REFUNDS_NET = 2, CUSTVAL_REFUNDS_DROP = 3, CUSTVAL_REFUNDS_KEEP = 4 };
enum custval_zeros { CUSTVAL_ZEROS_KEEP = 1, CUSTVAL_ZEROS_DROP = 2, CUSTVAL_ZEROS_REJECT = 3 };
enum custval_bad_rows { CUSTVAL_BAD_ROWS_REJECT = 1, CUSTVAL_BAD_ROWS_DROP = 2 };
typedef struct custval_history_options { size_t struct_size;
const char *customer;
const char *time;
const char *amount;
const char *cost;
const char *quantity;
uint32_t period;
uint32_t refunds;
uint32_t zeros;
uint32_t bad_rows;
double step;
double periods_per_unit;
} custval_history_options;
custval_status custval_history_new(const custval_host *host, const custval_history_options *options, custval_history **out, custval_error *error);
void custval_history_free(custval_history *history);
custval_status custval_history_add(custval_history *history, const custval_table *transactions, custval_error *error);
custval_status custval_history_merge(custval_history *history, const custval_history *other, custval_error *error);
custval_status custval_history_fold(custval_history *history, const char *until, custval_error *error);
custval_status custval_history_write(const custval_history *history, void *buffer, size_t capacity, size_t *out_length, custval_error *error);
custval_status custval_history_read(const custval_host *host, const void *bytes, size_t length, custval_history **out, custval_error *error);
typedef struct custval_history_facts { size_t struct_size;
uint64_t rows;
uint64_t customers;
uint64_t purchases;
uint64_t refunds;
uint64_t zeros;
uint64_t bad;
uint32_t period;
uint32_t text_keys;
double step;
double periods_per_unit;
char first[32];
char last[32];
char folded[32];
} custval_history_facts;
custval_status custval_history_facts_get(const custval_history *history, custval_history_facts *out, custval_error *error);
typedef struct custval_history_view { size_t struct_size;
const custval_host *host;
const char *end;
const char *holdout_end;
} custval_history_view;
custval_status custval_history_table(const custval_history *history, const custval_history_view *view, custval_table **out, custval_error *error);
custval_status custval_history_course(const custval_history *history, const custval_history_view *view, custval_table **out, custval_error *error);
custval_status custval_history_path(const custval_history *history, const char *customer, const custval_history_view *view, custval_table **out, custval_error *error);
enum custval_rfm_rule { CUSTVAL_RFM_QUANTILES = 1, CUSTVAL_RFM_PLUS_ONE = 2, CUSTVAL_RFM_RANKS = 3 };
typedef struct custval_rfm_options { size_t struct_size;
const custval_host *host;
const char *recency;
const char *frequency;
const char *monetary;
uint32_t bins;
uint32_t rule;
const double *recency_cuts;
const double *frequency_cuts;
const double *monetary_cuts;
} custval_rfm_options;
custval_status custval_rfm(const custval_table *table, const custval_rfm_options *options, custval_table **out, custval_table **out_cuts, custval_error *error);
typedef struct custval_groups custval_groups;
enum custval_group_row_status { CUSTVAL_GROUP_ROW_OK = 0, CUSTVAL_GROUP_ROW_MISSING = 1, CUSTVAL_GROUP_ROW_NONE = 2 };
enum custval_group_text { CUSTVAL_GROUP_LABEL = 1, CUSTVAL_GROUP_ADVICE = 2 };
custval_status custval_groups_parse(const custval_host *host, const char *text, size_t length, custval_groups **out, custval_error *error);
custval_status custval_groups_write(const custval_groups *groups, char *buffer, size_t capacity, size_t *out_length, custval_error *error);
custval_groups *custval_groups_ref(const custval_groups *groups);
void custval_groups_free(custval_groups *groups);
size_t custval_groups_count(const custval_groups *groups);
const char *custval_groups_id(const custval_groups *groups, size_t group);
const char *custval_groups_text(const custval_groups *groups, size_t group, uint32_t kind, const char *language);
size_t custval_groups_measures(const custval_groups *groups);
const char *custval_groups_measure(const custval_groups *groups, size_t measure, const char **out_column);
typedef struct custval_groups_options { size_t struct_size;
const custval_host *host;
const char *value;
} custval_groups_options;
custval_status custval_groups_fix(const custval_groups *groups, const custval_table *table, const custval_groups_options *options, custval_groups **out, custval_error *error);
custval_status custval_groups_assign(const custval_groups *groups, const custval_table *table, const custval_groups_options *options, custval_table **out, custval_error *error);
custval_status custval_groups_describe(const custval_groups *groups, const custval_table *table, const custval_groups_options *options, custval_table **out, custval_error *error);
typedef struct custval_cohort_options { size_t struct_size;
const custval_host *host;
const char *end;
uint32_t length;
uint32_t reserved;
} custval_cohort_options;
custval_status custval_cohorts(const custval_history *history, const custval_cohort_options *options, custval_table **out, custval_error *error);
typedef struct custval_lifetime custval_lifetime;
enum custval_model { CUSTVAL_MODEL_BGNBD = 1, CUSTVAL_MODEL_MBGNBD = 2, CUSTVAL_MODEL_PNBD = 3, CUSTVAL_MODEL_BGBB = 4, CUSTVAL_MODEL_NBD = 5, CUSTVAL_MODEL_SBG = 6, CUSTVAL_MODEL_BDW = 7, CUSTVAL_MODEL_GAMMA_GAMMA = 8 };
enum custval_convergence { CUSTVAL_CONVERGENCE_STATED = 1, CUSTVAL_CONVERGENCE_OPTIMUM = 2, CUSTVAL_CONVERGENCE_BOUNDARY = 3, CUSTVAL_CONVERGENCE_FLAT = 4, CUSTVAL_CONVERGENCE_ITERATIONS = 5 };
typedef struct custval_lifetime_columns { size_t struct_size;
const char *x;
const char *t_x;
const char *T;
const char *mean_spend;
const char *lost;
const char *count;
} custval_lifetime_columns;
typedef struct custval_lifetime_fit_options { size_t struct_size;
const custval_host *host;
const custval_lifetime_columns *columns;
uint32_t model;
uint32_t accept;
const char *const *purchase_covariates;
size_t purchase_count;
const char *const *dropout_covariates;
size_t dropout_count;
size_t start_count;
const double *start;
double ridge;
uint32_t max_iterations;
uint32_t reserved;
const char *unit;
const char *from;
const char *to;
} custval_lifetime_fit_options;
custval_status custval_lifetime_fit(const custval_table *table, const custval_lifetime_fit_options *options, custval_lifetime **out, custval_error *error);
custval_status custval_lifetime_new(const custval_host *host, uint32_t model, const double *parameters, size_t count, const char *unit, custval_lifetime **out, custval_error *error);
custval_status custval_lifetime_with_spend(const custval_lifetime *lifetime, const custval_lifetime *spend, custval_lifetime **out, custval_error *error);
const custval_lifetime *custval_lifetime_spend(const custval_lifetime *lifetime);
custval_status custval_lifetime_parse(const custval_host *host, const char *text, size_t length, custval_lifetime **out, custval_error *error);
custval_status custval_lifetime_write(const custval_lifetime *lifetime, char *buffer, size_t capacity, size_t *out_length, custval_error *error);
custval_lifetime *custval_lifetime_ref(const custval_lifetime *lifetime);
void custval_lifetime_free(custval_lifetime *lifetime);
typedef struct custval_lifetime_facts { size_t struct_size;
uint32_t model;
uint32_t convergence;
uint32_t parameters;
uint32_t iterations;
uint64_t distinct;
double customers;
double log_likelihood;
double aic;
double bic;
double gradient;
double condition;
double ridge;
const char *unit;
const char *from;
const char *to;
} custval_lifetime_facts;
custval_status custval_lifetime_facts_get(const custval_lifetime *lifetime, custval_lifetime_facts *out, custval_error *error);
custval_status custval_lifetime_parameters(const custval_lifetime *lifetime, double level, custval_table **out, custval_error *error);
custval_status custval_lifetime_covariance(const custval_lifetime *lifetime, uint32_t logarithms, custval_table **out, custval_error *error);
custval_status custval_lifetime_compare(const custval_lifetime *const *lifetimes, size_t count, custval_table **out, custval_error *error);
enum custval_lifetime_output { CUSTVAL_LIFETIME_ALIVE = 1, CUSTVAL_LIFETIME_LOG_ALIVE = 2, CUSTVAL_LIFETIME_ALIVE_LATER = 4, CUSTVAL_LIFETIME_EXPECTED = 8, CUSTVAL_LIFETIME_EXPECTED_DEVIATION = 16, CUSTVAL_LIFETIME_NONE = 32, CUSTVAL_LIFETIME_RESIDUAL = 64, CUSTVAL_LIFETIME_SPEND = 128, CUSTVAL_LIFETIME_VALUE = 256, CUSTVAL_LIFETIME_VALUE_DEVIATION = 512, CUSTVAL_LIFETIME_LOG_LIKELIHOOD = 1024 };
enum custval_timing { CUSTVAL_TIMING_END = 1, CUSTVAL_TIMING_MIDDLE = 2, CUSTVAL_TIMING_BEGIN = 3 };
enum custval_lifetime_row_status { CUSTVAL_LIFETIME_ROW_OK = 0, CUSTVAL_LIFETIME_ROW_MISSING = 1, CUSTVAL_LIFETIME_ROW_RANGE = 2, CUSTVAL_LIFETIME_ROW_UNDEFINED = 3 };
typedef struct custval_lifetime_predict_options { size_t struct_size;
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
custval_status custval_lifetime_predict(const custval_lifetime *lifetime, const custval_table *table, const custval_lifetime_predict_options *options, custval_table **out, custval_error *error);
typedef struct custval_lifetime_counts_options { size_t struct_size;
const custval_host *host;
const custval_lifetime_columns *columns;
double horizon;
const char *horizon_column;
uint32_t most;
uint32_t quantiles_count;
const double *quantiles;
} custval_lifetime_counts_options;
custval_status custval_lifetime_counts(const custval_lifetime *lifetime, const custval_table *table, const custval_lifetime_counts_options *options, custval_table **out, custval_error *error);
typedef struct custval_lifetime_check_options { size_t struct_size;
const custval_host *host;
const custval_lifetime_columns *columns;
double observed;
uint32_t most;
uint32_t reserved;
} custval_lifetime_check_options;
custval_status custval_lifetime_track(const custval_lifetime *lifetime, const custval_table *customers, const custval_table *course, const custval_lifetime_check_options *options, custval_table **out, custval_error *error);
custval_status custval_lifetime_by_frequency(const custval_lifetime *lifetime, const custval_table *table, const custval_lifetime_check_options *options, custval_table **out, custval_error *error);
custval_status custval_lifetime_survivors(const custval_host *host, const double *survivors, size_t count, custval_table **out, custval_error *error);
custval_status custval_calendar_months(const char *date, uint32_t months, size_t count, double days_per_unit, double *times, custval_error *error);
typedef struct custval_link custval_link;
enum custval_link_kind { CUSTVAL_LINK_LINEAR = 1, CUSTVAL_LINK_LOGISTIC = 2 };
typedef struct custval_link_options { size_t struct_size;
const custval_host *host;
const char *outcome;
const char *const *predictors;
size_t predictor_count;
uint32_t kind;
uint32_t reserved;
double ridge;
} custval_link_options;
typedef struct custval_link_facts { size_t struct_size;
uint32_t kind;
uint32_t is_stated;
uint64_t terms;
uint64_t n;
uint64_t missing;
uint64_t events;
uint64_t iterations;
double r2;
double r2_adjusted;
double deviation;
double log_likelihood;
double null_log_likelihood;
double mcfadden;
double auc;
double ridge;
} custval_link_facts;
custval_status custval_link_fit(const custval_table *table, const custval_link_options *options, custval_link **out, custval_error *error);
custval_status custval_link_parse(const custval_host *host, const char *text, size_t length, custval_link **out, custval_error *error);
custval_status custval_link_write(const custval_link *link, char *buffer, size_t capacity, size_t *out_length, custval_error *error);
custval_link *custval_link_ref(const custval_link *link);
void custval_link_free(custval_link *link);
custval_status custval_link_describe(const custval_link *link, custval_link_facts *out, custval_error *error);
const char *custval_link_column(const custval_link *link, size_t index);
custval_status custval_link_coefficients(const custval_link *link, const custval_host *host, double level, custval_table **out, custval_error *error);
custval_status custval_link_numbers(const custval_link *link, double *out_coefficients, double *out_covariance, custval_error *error);
typedef struct custval_link_predict_options { size_t struct_size;
const custval_host *host;
double level;
} custval_link_predict_options;
custval_status custval_link_predict(const custval_link *link, const custval_table *table, const custval_link_predict_options *options, custval_table **out, custval_error *error);
custval_status custval_link_effects(const custval_link *const *links, size_t count, const custval_host *host, double level, custval_table **out, custval_error *error);
typedef struct custval_disconfirmation_options { size_t struct_size;
const custval_host *host;
const char *outcome;
const char *performance;
const char *expectation;
uint32_t kind;
uint32_t split;
double level;
} custval_disconfirmation_options;
typedef struct custval_loss_aversion { size_t struct_size;
double lambda;
double error;
double low;
double high;
} custval_loss_aversion;
custval_status custval_disconfirmation(const custval_table *table, const custval_disconfirmation_options *options, custval_loss_aversion *lambda, custval_link **out, custval_error *error);
typedef struct custval_impact custval_impact;
enum custval_impact_use { CUSTVAL_IMPACT_RETENTION = 1, CUSTVAL_IMPACT_CHOICE = 2 };
enum custval_impact_row_status { CUSTVAL_IMPACT_ROW_OK = 0, CUSTVAL_IMPACT_ROW_NOT_CHOSEN = 1, CUSTVAL_IMPACT_ROW_NO_VALUE = 2, CUSTVAL_IMPACT_ROW_MISSING = 3, CUSTVAL_IMPACT_ROW_RANGE = 4, CUSTVAL_IMPACT_ROW_ENDLESS = 5 };
custval_status custval_impact_parse(const custval_host *host, const char *text, size_t length, custval_impact **out, custval_error *error);
custval_status custval_impact_write(const custval_impact *impact, char *buffer, size_t capacity, size_t *out_length, custval_error *error);
custval_impact *custval_impact_ref(const custval_impact *impact);
void custval_impact_free(custval_impact *impact);
size_t custval_impact_links(const custval_impact *impact);
const custval_link *custval_impact_link(const custval_impact *impact, size_t index);
const char *custval_impact_column(const custval_impact *impact, const custval_system *system, uint32_t fitting, size_t index);
custval_status custval_impact_fit(const custval_impact *impact, const custval_system *system, const custval_table *table, const custval_score_options *options, custval_impact **out, custval_error *error);
typedef struct custval_impact_options { size_t struct_size;
const custval_score_options *score;
uint32_t levels;
uint32_t draws;
uint64_t seed;
double level;
} custval_impact_options;
typedef struct custval_impact_facts { size_t struct_size;
uint64_t rows;
uint64_t not_chosen;
uint64_t no_value;
uint64_t missing;
uint64_t range;
uint64_t endless;
uint64_t exact_links;
double customers;
double value;
double probability;
double equity;
double equity_error;
double equity_low;
double equity_high;
} custval_impact_facts;
custval_status custval_impact_run(const custval_impact *impact, const custval_system *system, const custval_table *table, const custval_impact_options *options, custval_impact_facts *out_facts, custval_table **out_levers, custval_table **out_customers, custval_error *error);
custval_status custval_impact_assumptions(const custval_impact *impact, const custval_host *host, custval_table **out, custval_error *error);
typedef struct custval_migration custval_migration;
enum custval_matrix { CUSTVAL_MATRIX_COUNTS = 1, CUSTVAL_MATRIX_PROBABILITIES = 2 };
typedef struct custval_migration_options { size_t struct_size;
const custval_host *host;
const char *const *states;
size_t states_count;
const char *absent;
const char *id;
const char *state;
uint32_t empty;
uint32_t reserved;
} custval_migration_options;
custval_status custval_migration_new(const custval_migration_options *options, custval_migration **out, custval_error *error);
custval_status custval_migration_add(custval_migration *migration, const custval_table *table, custval_error *error);
void custval_migration_free(custval_migration *migration);
uint32_t custval_migration_steps(const custval_migration *migration);
uint32_t custval_migration_states(const custval_migration *migration);
const char *custval_migration_state(const custval_migration *migration, uint32_t state);
custval_status custval_migration_matrix(const custval_migration *migration, uint32_t step, uint32_t what, custval_table **out, custval_error *error);
custval_status custval_migration_flows(const custval_migration *migration, uint32_t step, custval_table **out, custval_error *error);
custval_status custval_migration_forecast(const custval_migration *migration, uint32_t steps, const double *newcomers, custval_table **out, custval_error *error);
typedef struct custval_steady_facts { size_t struct_size;
uint32_t closed;
uint32_t absorbing;
uint32_t passing;
uint32_t period;
} custval_steady_facts;
custval_status custval_migration_steady(const custval_migration *migration, custval_steady_facts *facts, custval_table **out, custval_error *error);
custval_status custval_migration_value(const custval_migration *migration, const double *rewards, const custval_markov_options *options, double *values, custval_error *error);
typedef struct custval_migration_fit { size_t struct_size;
double statistic;
double likelihood;
double freedom;
double p;
double least;
} custval_migration_fit;
custval_status custval_migration_test(const custval_migration *migration, const custval_migration *other, custval_migration_fit *out, custval_error *error);
typedef struct custval_trend_options { size_t struct_size;
const custval_host *host;
const char *id;
const char *period;
const char *value;
double half_life;
double as_of;
uint32_t from_latest;
uint32_t averages;
} custval_trend_options;
custval_status custval_trend(const custval_table *table, const custval_trend_options *options, custval_table **out, custval_error *error);
typedef struct custval_panel_options { size_t struct_size;
const custval_host *host;
const char *const *variables;
size_t variables_count;
const char *weight;
double tolerance;
uint32_t rounds;
uint32_t reserved;
} custval_panel_options;
typedef struct custval_panel_facts { size_t struct_size;
uint64_t weighted;
uint64_t missing;
uint32_t rounds;
uint32_t reserved;
double gap;
double effective;
double least;
double most;
} custval_panel_facts;
custval_status custval_panel_weights(const custval_table *table, const custval_table *margins, const custval_panel_options *options, custval_panel_facts *facts, custval_table **out, custval_error *error);
typedef struct custval_wave_options { size_t struct_size;
const custval_host *host;
const char *id;
const char *value;
const char *weight;
} custval_wave_options;
typedef struct custval_wave_facts { size_t struct_size;
uint64_t before_count;
uint64_t after_count;
uint64_t both;
double before;
double after;
double change;
double error;
double low;
double high;
double p;
} custval_wave_facts;
custval_status custval_wave_change(const custval_table *before, const custval_table *after, const custval_wave_options *options, custval_wave_facts *out, custval_error *error);
typedef struct custval_programmes custval_programmes;
enum custval_trait_type { CUSTVAL_TRAIT_NUMBER = 1, CUSTVAL_TRAIT_CATEGORY = 2, CUSTVAL_TRAIT_FLAG = 3 };
enum custval_proposer { CUSTVAL_PROPOSER_NONE = 0, CUSTVAL_PROPOSER_RULE = 1, CUSTVAL_PROPOSER_CASE = 2 };
enum custval_programme_status { CUSTVAL_PROGRAMME_TAKEN = 0, CUSTVAL_PROGRAMME_BEYOND = 1, CUSTVAL_PROGRAMME_LOSS = 2, CUSTVAL_PROGRAMME_GROUP = 3, CUSTVAL_PROGRAMME_CONTACTS = 4, CUSTVAL_PROGRAMME_UNTOLD = 5, CUSTVAL_PROGRAMME_VETOED = 6, CUSTVAL_PROGRAMME_OTHERS = 7 };
enum custval_programmes_remark { CUSTVAL_REMARK_NEVER = 1, CUSTVAL_REMARK_ALWAYS = 2, CUSTVAL_REMARK_RANGE = 3, CUSTVAL_REMARK_UNUSED = 4, CUSTVAL_REMARK_LOSS = 5, CUSTVAL_REMARK_NO_COLUMN = 6, CUSTVAL_REMARK_NOT_KNOWN = 7, CUSTVAL_REMARK_BEYOND = 8 };
enum custval_need_row_status { CUSTVAL_NEED_ROW_OK = 0, CUSTVAL_NEED_ROW_MISSING = 1, CUSTVAL_NEED_ROW_RANGE = 2, CUSTVAL_NEED_ROW_NEVER = 3 };
custval_status custval_programmes_parse(const custval_host *host, const char *text, size_t length, custval_programmes **out, custval_error *error);
custval_status custval_programmes_write(const custval_programmes *base, char *buffer, size_t capacity, size_t *out_length, custval_error *error);
custval_programmes *custval_programmes_ref(const custval_programmes *base);
void custval_programmes_free(custval_programmes *base);
size_t custval_programmes_count(const custval_programmes *base);
size_t custval_programmes_columns(const custval_programmes *base);
const char *custval_programmes_column(const custval_programmes *base, size_t index);
uint32_t custval_programmes_column_type(const custval_programmes *base, size_t index);
const char *custval_programmes_segment(const custval_programmes *base);
typedef struct custval_programmes_options { size_t struct_size;
const custval_host *host;
const char *language;
double least_net;
double budget;
uint32_t top;
uint32_t reasons;
} custval_programmes_options;
custval_status custval_programmes_list(const custval_programmes *base, const custval_programmes_options *options, custval_table **out, custval_error *error);
custval_status custval_programmes_check(const custval_programmes *base, const custval_table *table, const custval_programmes_options *options, custval_table **out, custval_error *error);
custval_status custval_programmes_match(const custval_programmes *base, const custval_table *table, const custval_programmes_options *options, custval_table **out, custval_error *error);
custval_status custval_programmes_explain(const custval_programmes *base, const custval_table *table, size_t row, const custval_programmes_options *options, custval_table **out, custval_error *error);
custval_status custval_programmes_nearest(const custval_programmes *base, const custval_table *table, size_t row, const custval_programmes_options *options, custval_table **out, custval_error *error);
custval_status custval_programmes_update(const custval_programmes *base, const custval_table *outcomes, const custval_programmes_options *options, custval_programmes **out, custval_error *error);
typedef struct custval_need_options { size_t struct_size;
const custval_host *host;
const char *as_of;
const char *stock;
const char *capacity;
const char *since;
const char *const *counts;
const char *const *rates;
size_t kinds;
const char *interval;
double lead;
double within;
} custval_need_options;
custval_status custval_next_need(const custval_table *table, const custval_need_options *options, custval_table **out, custval_error *error);
custval_status custval_smoothed_interval(const double *intervals, size_t count, double smoothing, double *out, custval_error *error);
enum custval_gap_measure { CUSTVAL_GAP_PERFORMANCE = 1, CUSTVAL_GAP_EXPECTATION = 2, CUSTVAL_GAP_DIFFERENCE = 4, CUSTVAL_GAP_PROSPECT = 8, CUSTVAL_GAP_SUM = 16 };
typedef struct custval_gap_options { size_t struct_size;
const custval_score_options *score;
const char *const *indicators;
const double *curves;
size_t indicator_count;
uint32_t measures;
uint32_t reserved;
double alpha;
double beta;
double lambda;
} custval_gap_options;
custval_status custval_gap(const custval_system *system, const custval_table *performance, const custval_table *expectation, const custval_gap_options *options, custval_table **out, custval_error *error);
enum custval_zone { CUSTVAL_ZONE_NONE = 0, CUSTVAL_ZONE_BELOW = 1, CUSTVAL_ZONE_WITHIN = 2, CUSTVAL_ZONE_ABOVE = 3 };
custval_status custval_tolerance(const custval_system *system, const custval_table *performance, const custval_table *adequate, const custval_table *desired, const custval_score_options *options, custval_table **out, custval_error *error);
typedef struct custval_encounters_options { size_t struct_size;
const custval_host *host;
const char *customer;
const char *time;
const char *score;
double updating;
double weight;
double first;
uint32_t has_first;
uint32_t reserved;
} custval_encounters_options;
custval_status custval_encounters(const custval_table *table, const custval_encounters_options *options, custval_table **out, custval_error *error);
enum custval_factor { CUSTVAL_FACTOR_NONE = 0, CUSTVAL_FACTOR_BASIC = 1, CUSTVAL_FACTOR_PERFORMANCE = 2, CUSTVAL_FACTOR_EXCITEMENT = 3, CUSTVAL_FACTOR_INCONSISTENT = 4 };
typedef struct custval_penalty_options { size_t struct_size;
const custval_host *host;
const char *outcome;
const char *const *indicators;
size_t indicator_count;
uint32_t has_limits;
uint32_t reserved;
double low;
double high;
double cut;
} custval_penalty_options;
custval_status custval_penalty_reward(const custval_table *table, const custval_penalty_options *options, custval_table **out, custval_error *error);
typedef struct custval_kano_options { size_t struct_size;
const custval_host *host;
const char *const *functional;
const char *const *dysfunctional;
size_t count;
} custval_kano_options;
custval_status custval_kano(const custval_table *table, const custval_kano_options *options, custval_table **out, custval_error *error);
enum custval_kano_class { CUSTVAL_KANO_MUST_BE = 1, CUSTVAL_KANO_ONE_DIMENSIONAL = 2, CUSTVAL_KANO_ATTRACTIVE = 3, CUSTVAL_KANO_INDIFFERENT = 4, CUSTVAL_KANO_REVERSE = 5, CUSTVAL_KANO_QUESTIONABLE = 6 };
enum custval_quadrant { CUSTVAL_QUADRANT_CONCENTRATE = 1, CUSTVAL_QUADRANT_KEEP = 2, CUSTVAL_QUADRANT_LOW_PRIORITY = 3, CUSTVAL_QUADRANT_OVERKILL = 4 };
typedef struct custval_quadrants_options { size_t struct_size;
const custval_host *host;
const char *importance;
const char *performance;
uint32_t has_importance_cut;
uint32_t has_performance_cut;
double importance_cut;
double performance_cut;
} custval_quadrants_options;
custval_status custval_quadrants(const custval_table *table, const custval_quadrants_options *options, custval_table **out, custval_error *error);
typedef struct custval_nps_options { size_t struct_size;
const custval_host *host;
const char *column;
const char *group;
double scale_min;
double scale_max;
double detractors_to;
double promoters_from;
double level;
} custval_nps_options;
custval_status custval_nps(const custval_table *table, const custval_nps_options *options, custval_table **out, custval_error *error);
typedef struct custval_backtest_options { size_t struct_size;
const custval_host *host;
const char *score;
const char *outcome;
const double *edges;
size_t edge_count;
double level;
} custval_backtest_options;
typedef struct custval_backtest_facts { size_t struct_size;
uint64_t n;
uint64_t missing;
uint64_t events;
double auc;
double auc_error;
double auc_low;
double auc_high;
double brier;
double correlation;
double rank_correlation;
} custval_backtest_facts;
custval_status custval_backtest(const custval_table *table, const custval_backtest_options *options, custval_backtest_facts *facts, custval_table **out, custval_error *error);
typedef struct custval_scenario custval_scenario;
enum custval_scenario_kind { CUSTVAL_SCENARIO_PROMOTION = 1, CUSTVAL_SCENARIO_PRICE = 2, CUSTVAL_SCENARIO_FEATURES = 3, CUSTVAL_SCENARIO_INDICATOR = 4, CUSTVAL_SCENARIO_PROGRAMME = 5, CUSTVAL_SCENARIO_COMPETITION = 6 };
enum custval_scenario_phase { CUSTVAL_PHASE_BEFORE = 1, CUSTVAL_PHASE_DURING = 2, CUSTVAL_PHASE_AFTER = 3 };
enum custval_scenario_row_status { CUSTVAL_SCENARIO_ROW_OK = 0, CUSTVAL_SCENARIO_ROW_NO_VALUE = 1, CUSTVAL_SCENARIO_ROW_MISSING = 2, CUSTVAL_SCENARIO_ROW_RANGE = 3 };
custval_status custval_scenario_parse(const custval_host *host, const char *text, size_t length, custval_scenario **out, custval_error *error);
custval_status custval_scenario_write(const custval_scenario *scenario, char *buffer, size_t capacity, size_t *out_length, custval_error *error);
custval_scenario *custval_scenario_ref(const custval_scenario *scenario);
void custval_scenario_free(custval_scenario *scenario);
uint32_t custval_scenario_kind_of(const custval_scenario *scenario);
size_t custval_scenario_columns(const custval_scenario *scenario);
const char *custval_scenario_column(const custval_scenario *scenario, size_t index);
typedef struct custval_scenario_path_facts { size_t struct_size;
double jump;
double felt_jump;
double gain;
double erosion;
double recovery;
double break_even_length;
double best_before;
double best_after;
double disappointment;
} custval_scenario_path_facts;
custval_status custval_scenario_path(const custval_scenario *scenario, const custval_host *host, custval_scenario_path_facts *out_facts, custval_table **out, custval_error *error);
typedef struct custval_scenario_options { size_t struct_size;
const custval_score_options *score;
const char *group;
const double *cuts;
size_t cut_count;
} custval_scenario_options;
typedef struct custval_scenario_facts { size_t struct_size;
uint64_t customers;
uint64_t skipped;
uint64_t chosen;
uint64_t switching;
uint64_t rose;
uint64_t fell;
double before;
double during_change;
double after_change;
double net;
double without;
double break_even;
double premium;
double bought_anyway;
double units_before;
double units_during;
double units_after;
double profit;
} custval_scenario_facts;
custval_status custval_scenario_run( const custval_scenario *scenario, const custval_system *system, const custval_table *table, const custval_scenario_options *options, custval_scenario_facts *out_facts, custval_table **out_customers, custval_table **out_periods, custval_table **out_groups, custval_error *error);
custval_status custval_scenario_explain(const custval_scenario *scenario, const custval_system *system, const custval_table *table, size_t row, uint32_t period, const custval_scenario_options *options, custval_table **out, custval_error *error);
typedef struct custval_features_terms { size_t struct_size;
double capability;
double saturation;
double usability;
double burden;
double support;
double weight;
} custval_features_terms;
typedef struct custval_features_facts { size_t struct_size;
double capability;
double usability;
double before_use;
double in_use;
double disappointment;
double best_before;
double best_in_use;
} custval_features_facts;
custval_status custval_features(const custval_features_terms *terms, double count, custval_features_facts *out, custval_error *error);
typedef struct custval_price_meter_options { size_t struct_size;
const custval_host *host;
const char *too_cheap;
const char *cheap;
const char *expensive;
const char *too_expensive;
} custval_price_meter_options;
typedef struct custval_price_meter_facts { size_t struct_size;
uint64_t respondents;
uint64_t dropped;
uint64_t missing;
double cheapest;
double indifference;
double optimal;
double dearest;
} custval_price_meter_facts;
custval_status custval_price_meter(const custval_table *table, const custval_price_meter_options *options, custval_price_meter_facts *out_facts, custval_table **out, custval_error *error);
typedef struct custval_weights custval_weights;
typedef struct custval_criterion { const char *column;
uint32_t side;
uint32_t reserved;
double weight;
double low;
double high;
} custval_criterion;
custval_status custval_system_criteria(const custval_system *system, uint32_t kind, const char *profile, custval_criterion *out, size_t capacity, size_t *out_count, custval_error *error);
custval_weights *custval_weights_ref(custval_weights *weights);
void custval_weights_free(custval_weights *weights);
size_t custval_weights_count(const custval_weights *weights);
const char *custval_weights_name(const custval_weights *weights, size_t index);
double custval_weights_share(const custval_weights *weights, size_t index);
const char *custval_weights_method(const custval_weights *weights);
uint64_t custval_weights_sample(const custval_weights *weights);
const custval_table *custval_weights_table(const custval_weights *weights);
const custval_table *custval_weights_diagnostics(const custval_weights *weights);
const custval_table *custval_weights_notes(const custval_weights *weights);
custval_status custval_weights_diagnostic(const custval_weights *weights, const char *name, double *out, custval_error *error);
enum custval_rating { CUSTVAL_RATING_STATED = 1, CUSTVAL_RATING_POINTS = 2, CUSTVAL_RATING_SWING = 3, CUSTVAL_RATING_SMART = 4 };
typedef struct custval_rating_options { size_t struct_size;
const double *range_judged;
const double *range_in_use;
uint32_t rating;
uint32_t reserved;
} custval_rating_options;
custval_status custval_weights_ratings(const custval_host *host, const char *const *names, const double *ratings, size_t count, const custval_rating_options *options, custval_weights **out, custval_error *error);
enum custval_ranking { CUSTVAL_RANKING_CENTROID = 1, CUSTVAL_RANKING_SUM = 2, CUSTVAL_RANKING_RECIPROCAL = 3, CUSTVAL_RANKING_EXPONENT = 4 };
typedef struct custval_ranking_options { size_t struct_size;
uint32_t ranking;
uint32_t reserved;
double exponent;
} custval_ranking_options;
custval_status custval_weights_ranks(const custval_host *host, const char *const *names, const double *ranks, size_t count, const custval_ranking_options *options, custval_weights **out, custval_error *error);
enum custval_mixing { CUSTVAL_MIXING_ARITHMETIC = 1, CUSTVAL_MIXING_MULTIPLICATIVE = 2 };
typedef struct custval_mix_options { size_t struct_size;
uint32_t mixing;
uint32_t reserved;
double share;
} custval_mix_options;
custval_status custval_weights_mix(const custval_host *host, const custval_weights *first, const custval_weights *second, const custval_mix_options *options, custval_weights **out, custval_error *error);
custval_status custval_weights_compare(const custval_host *host, const custval_weights *stated, const custval_weights *derived, custval_table **out, custval_error *error);
typedef struct custval_apply_options { size_t struct_size;
const custval_host *host;
const char *profile;
const char *source;
const char *date;
const char *note;
} custval_apply_options;
custval_status custval_weights_apply(const custval_weights *weights, const custval_system *system, const custval_apply_options *options, custval_system **out, custval_error *error);
typedef struct custval_judgements { size_t struct_size;
const char *const *names;
size_t count;
const double *matrices;
size_t members;
const char *const *member_names;
const double *member_weights;
const double *lower;
const double *upper;
} custval_judgements;
enum custval_ahp_method { CUSTVAL_AHP_EIGENVECTOR = 1, CUSTVAL_AHP_GEOMETRIC = 2, CUSTVAL_AHP_ARITHMETIC = 3 };
enum custval_random_index { CUSTVAL_RANDOM_INDEX_SAATY_1980 = 1, CUSTVAL_RANDOM_INDEX_SAATY_2008 = 2, CUSTVAL_RANDOM_INDEX_SAATY_2005 = 3, CUSTVAL_RANDOM_INDEX_DONEGAN_DODD_1991 = 4, CUSTVAL_RANDOM_INDEX_TUMMALA_LING_1998 = 5, CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_2006 = 6, CUSTVAL_RANDOM_INDEX_AHPSURVEY = 7, CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT = 8 };
enum custval_grouping { CUSTVAL_GROUPING_JUDGEMENTS = 1, CUSTVAL_GROUPING_PRIORITIES_GEOMETRIC = 2, CUSTVAL_GROUPING_PRIORITIES_ARITHMETIC = 3 };
typedef struct custval_ahp_options { size_t struct_size;
uint32_t method;
uint32_t random_index;
uint32_t grouping;
uint32_t reserved;
double cr_limit;
} custval_ahp_options;
custval_status custval_weights_ahp(const custval_host *host, const custval_judgements *judgements, const custval_ahp_options *options, custval_weights **out, custval_error *error);
custval_status custval_ahp_members(const custval_host *host, const custval_judgements *judgements, const custval_ahp_options *options, custval_table **out, custval_error *error);
custval_status custval_ahp_triads(const custval_host *host, const custval_judgements *judgements, const custval_ahp_options *options, custval_table **out, custval_error *error);
double custval_random_index_value(uint32_t table, size_t count);
enum custval_bwm_model { CUSTVAL_BWM_LINEAR = 1, CUSTVAL_BWM_NONLINEAR = 2 };
typedef struct custval_bwm_judgements { size_t struct_size;
const char *const *names;
size_t count;
const double *best_to_others;
const double *others_to_worst;
uint32_t model;
uint32_t reserved;
} custval_bwm_judgements;
custval_status custval_weights_bwm(const custval_host *host, const custval_bwm_judgements *judgements, custval_weights **out, custval_error *error);
enum custval_rank_method { CUSTVAL_RANK_SAW = 1, CUSTVAL_RANK_WPM = 2, CUSTVAL_RANK_WASPAS = 3, CUSTVAL_RANK_TOPSIS = 4, CUSTVAL_RANK_VIKOR = 5 };
enum custval_normalisation { CUSTVAL_NORMALISATION_VECTOR = 1, CUSTVAL_NORMALISATION_MAXIMUM = 2, CUSTVAL_NORMALISATION_RANGE = 3, CUSTVAL_NORMALISATION_SUM = 4, CUSTVAL_NORMALISATION_NONE = 5 };
enum custval_ties { CUSTVAL_TIES_MINIMUM = 1, CUSTVAL_TIES_MAXIMUM = 2, CUSTVAL_TIES_DENSE = 3, CUSTVAL_TIES_MEAN = 4 };
typedef struct custval_rank_options { size_t struct_size;
const custval_host *host;
uint32_t method;
uint32_t normalisation;
uint32_t ties;
uint32_t shares;
double share;
} custval_rank_options;
custval_status custval_rank(const custval_table *table, const custval_criterion *criteria, size_t count, const custval_rank_options *options, custval_table **out, custval_error *error);
custval_status custval_ranks(const custval_host *host, const double *numbers, size_t count, uint32_t ties, double *out_ranks, custval_error *error);
enum custval_fuzzy_operator { CUSTVAL_FUZZY_WEIGHTED = 1, CUSTVAL_FUZZY_MIN_MAX = 2, CUSTVAL_FUZZY_PRODUCT_MAX = 3, CUSTVAL_FUZZY_MIN_BOUNDED = 4 };
enum custval_membership { CUSTVAL_MEMBERSHIP_SHARE = 1, CUSTVAL_MEMBERSHIP_TRIANGULAR = 2 };
typedef struct custval_fuzzy_options { size_t struct_size;
const custval_score_options *score;
const char *const *grades;
const double *grade_scores;
const double *cuts;
size_t grade_count;
uint32_t operation;
uint32_t membership;
} custval_fuzzy_options;
custval_status custval_fuzzy_compose(const double *degrees, const double *weights, size_t count, size_t grades, uint32_t operation, double *out, custval_error *error);
custval_status custval_fuzzy(const custval_system *system, const custval_table *table, const custval_fuzzy_options *options, custval_table **out, custval_error *error);
typedef struct custval_summary custval_summary;
enum custval_summary_part { CUSTVAL_SUMMARY_PAIRS = 1, CUSTVAL_SUMMARY_ENTROPY = 2, CUSTVAL_SUMMARY_QUANTILES = 4, CUSTVAL_SUMMARY_REMOVAL = 8 };
custval_status custval_summary_new(const custval_host *host, const custval_criterion *criteria, size_t count, uint32_t parts, custval_summary **out, custval_error *error);
void custval_summary_free(custval_summary *summary);
custval_status custval_summary_add(custval_summary *summary, const custval_table *table, custval_error *error);
custval_status custval_summary_merge(custval_summary *summary, const custval_summary *other, custval_error *error);
custval_status custval_summary_write(const custval_summary *summary, void *buffer, size_t capacity, size_t *out_length, custval_error *error);
custval_status custval_summary_read(const custval_host *host, const void *bytes, size_t length, custval_summary **out, custval_error *error);
uint64_t custval_summary_rows(const custval_summary *summary);
custval_status custval_summary_table(const custval_summary *summary, custval_table **out, custval_error *error);
custval_status custval_summary_correlations(const custval_summary *summary, custval_table **out, custval_error *error);
custval_status custval_summary_quantile(const custval_summary *summary, size_t column, double share, double *out, custval_error *error);
enum custval_data_method { CUSTVAL_DATA_ENTROPY = 1, CUSTVAL_DATA_CRITIC = 2, CUSTVAL_DATA_DEVIATION = 3, CUSTVAL_DATA_VARIATION = 4, CUSTVAL_DATA_MEREC = 5 };
typedef struct custval_data_options { size_t struct_size;
uint32_t method;
uint32_t declared_ranges;
} custval_data_options;
custval_status custval_weights_data(const custval_summary *summary, const custval_data_options *options, custval_weights **out, custval_error *error);
enum custval_fit_method { CUSTVAL_FIT_RANGE = 1, CUSTVAL_FIT_Z = 2, CUSTVAL_FIT_QUANTILE = 3 };
typedef struct custval_fit_options { size_t struct_size;
const custval_host *host;
const char *source;
const char *date;
const char *note;
uint32_t method;
uint32_t reserved;
} custval_fit_options;
custval_status custval_system_fit(const custval_system *system, const custval_summary *summary, const custval_fit_options *options, custval_system **out, custval_error *error);
enum custval_drivers_method { CUSTVAL_DRIVERS_CORRELATION = 1, CUSTVAL_DRIVERS_REGRESSION = 2, CUSTVAL_DRIVERS_RELATIVE = 3, CUSTVAL_DRIVERS_SHAPLEY = 4 };
typedef struct custval_drivers_options { size_t struct_size;
const custval_table *rows;
uint32_t method;
uint32_t resamples;
uint64_t seed;
double level;
double vif_limit;
} custval_drivers_options;
custval_status custval_weights_drivers(const custval_summary *summary, const char *outcome, const custval_drivers_options *options, custval_weights **out, custval_error *error);
enum custval_noise { CUSTVAL_NOISE_DIRICHLET = 1, CUSTVAL_NOISE_RELATIVE = 2, CUSTVAL_NOISE_ANY = 3 };
typedef struct custval_noise_options { size_t struct_size;
const custval_host *host;
const char *profile;
uint32_t noise;
uint32_t draws;
uint64_t seed;
double concentration;
double spread;
} custval_noise_options;
custval_status custval_draw_system(const custval_system *system, const custval_noise_options *options, custval_table **out, custval_error *error);
custval_status custval_draw_weights(const custval_weights *weights, const custval_noise_options *options, custval_table **out, custval_error *error);
custval_status custval_draw_judgements(const custval_judgements *judgements, const custval_ahp_options *ahp, const custval_noise_options *options, custval_table **out, custval_error *error);
typedef struct custval_uncertainty_options { size_t struct_size;
const custval_score_options *score;
double level;
uint32_t ranks;
uint32_t reserved;
} custval_uncertainty_options;
custval_status custval_uncertainty(const custval_system *system, const custval_table *table, const custval_table *draws, const custval_uncertainty_options *options, custval_table **out, custval_error *error);
custval_status custval_sensitivity(const custval_system *system, const custval_table *table, size_t row, size_t rival, const custval_score_options *score, const custval_noise_options *options, custval_table **out, custval_error *error);
custval_status custval_reversal(const custval_system *system, const custval_table *table, const custval_score_options *options, custval_table **out, custval_error *error);
typedef struct custval_means_options { size_t struct_size;
const custval_host *host;
const char *const *columns;
size_t count;
const char *group;
uint64_t seed;
uint32_t resamples;
uint32_t few;
double level;
double top;
uint32_t has_top;
uint32_t reserved;
} custval_means_options;
custval_status custval_means(const custval_table *table, const custval_means_options *options, custval_table **out, custval_error *error);
typedef struct custval_worth custval_worth;
enum custval_worth_part { CUSTVAL_WORTH_EXISTING = 1, CUSTVAL_WORTH_POTENTIAL = 2, CUSTVAL_WORTH_INFLUENCE = 4, CUSTVAL_WORTH_LEARNING = 8, CUSTVAL_WORTH_WALLET = 16 };
enum custval_worth_row_status { CUSTVAL_WORTH_ROW_OK = 0, CUSTVAL_WORTH_ROW_MISSING = 1, CUSTVAL_WORTH_ROW_RANGE = 2 };
custval_status custval_worth_parse(const custval_host *host, const char *text, size_t length, custval_worth **out, custval_error *error);
custval_status custval_worth_write(const custval_worth *worth, char *buffer, size_t capacity, size_t *out_length, custval_error *error);
custval_worth *custval_worth_ref(const custval_worth *worth);
void custval_worth_free(custval_worth *worth);
uint32_t custval_worth_parts(const custval_worth *worth);
size_t custval_worth_columns(const custval_worth *worth);
const char *custval_worth_column(const custval_worth *worth, size_t index);
typedef struct custval_worth_options { size_t struct_size;
const custval_host *host;
} custval_worth_options;
custval_status custval_worth_value(const custval_worth *worth, const custval_table *table, const custval_worth_options *options, custval_table **out, custval_error *error);
typedef struct custval_returns_options { size_t struct_size;
const custval_host *host;
const char *segment;
} custval_returns_options;
custval_status custval_worth_returns(const custval_worth *worth, const custval_table *table, const custval_returns_options *options, custval_table **out, custval_error *error);
typedef struct custval_concentration_options { size_t struct_size;
const custval_host *host;
const char *column;
uint32_t points;
uint32_t reserved;
} custval_concentration_options;
typedef struct custval_concentration_facts { size_t struct_size;
uint64_t count;
uint64_t missing;
uint64_t negative;
double sum;
double gini;
double gini_signed;
double peak;
double peak_customers;
double top_decile;
} custval_concentration_facts;
custval_status custval_concentration(const custval_table *table, const custval_concentration_options *options, custval_concentration_facts *facts, custval_table **out, custval_error *error);
enum custval_wallet_row_status { CUSTVAL_WALLET_ROW_OK = 0, CUSTVAL_WALLET_ROW_MISSING = 1, CUSTVAL_WALLET_ROW_RANGE = 2, CUSTVAL_WALLET_ROW_UNDEFINED = 3, CUSTVAL_WALLET_ROW_EXCEEDS = 4 };
typedef struct custval_wallet_options { size_t struct_size;
const custval_host *host;
const char *own;
const char *category;
const char *const *brands;
size_t brands_count;
} custval_wallet_options;
custval_status custval_wallet_share(const custval_table *table, const custval_wallet_options *options, custval_table **out, custval_error *error);
custval_status custval_wallet_allocation(const custval_table *table, const custval_wallet_options *options, custval_table **out, custval_error *error);
uint32_t custval_version(void);
const char *custval_version_string(void);
uint32_t custval_abi_version(void);
int custval_has_feature(const char *name);
]]
return {
    AGGREGATOR_GEOMETRIC = 2,
    AGGREGATOR_HARMONIC = 3,
    AGGREGATOR_MEAN = 1,
    AGGREGATOR_MINIMUM = 4,
    AGGREGATOR_POWER = 5,
    AHP_ARITHMETIC = 3,
    AHP_EIGENVECTOR = 1,
    AHP_GEOMETRIC = 2,
    ALL_STEPS = 4294967295,
    BAD_ROWS_DROP = 2,
    BAD_ROWS_REJECT = 1,
    BWM_LINEAR = 1,
    BWM_NONLINEAR = 2,
    CONTEXTS = 2,
    CONVERGENCE_BOUNDARY = 3,
    CONVERGENCE_FLAT = 4,
    CONVERGENCE_ITERATIONS = 5,
    CONVERGENCE_OPTIMUM = 2,
    CONVERGENCE_STATED = 1,
    COVERAGE_ALL = 1,
    COVERAGE_NONE = 2,
    COVERAGE_VALUE = 0,
    CURVE_LINEAR = 2,
    CURVE_LOG = 3,
    CURVE_LOGISTIC = 4,
    CURVE_PIECEWISE = 5,
    CURVE_PROSPECT = 6,
    CURVE_SCALE = 1,
    CURVE_TABLE = 7,
    DATA_CRITIC = 2,
    DATA_DEVIATION = 3,
    DATA_ENTROPY = 1,
    DATA_MEREC = 5,
    DATA_VARIATION = 4,
    DRIVERS_CORRELATION = 1,
    DRIVERS_REGRESSION = 2,
    DRIVERS_RELATIVE = 3,
    DRIVERS_SHAPLEY = 4,
    EMPTY_POOLED = 3,
    EMPTY_REFUSE = 1,
    EMPTY_STAY = 2,
    ERROR_ARGUMENT = -1,
    ERROR_CANCELLED = -13,
    ERROR_CONVERGENCE = -19,
    ERROR_DOCUMENT = -15,
    ERROR_DUPLICATE = -6,
    ERROR_INTERNAL = -14,
    ERROR_LIMIT = -16,
    ERROR_MEMORY = -2,
    ERROR_MESSAGE_SIZE = 480,
    ERROR_NOT_FINITE = -9,
    ERROR_NOT_FOUND = -7,
    ERROR_RANGE = -3,
    ERROR_STATE = -10,
    ERROR_STREAM = -18,
    ERROR_STRUCTURE = -5,
    ERROR_STRUCT_NEWER = -12,
    ERROR_STRUCT_SIZE = -11,
    ERROR_TYPE = -8,
    ERROR_UNSUPPORTED = -17,
    ERROR_WEIGHT = -4,
    FACTOR_BASIC = 1,
    FACTOR_EXCITEMENT = 3,
    FACTOR_INCONSISTENT = 4,
    FACTOR_NONE = 0,
    FACTOR_PERFORMANCE = 2,
    FIRST_NEXT = 2,
    FIRST_NOW = 1,
    FIT_QUANTILE = 3,
    FIT_RANGE = 1,
    FIT_Z = 2,
    FORM_DIFFERENCE = 1,
    FORM_INDEX = 2,
    FORM_RATIO = 3,
    FUZZY_MIN_BOUNDED = 4,
    FUZZY_MIN_MAX = 2,
    FUZZY_PRODUCT_MAX = 3,
    FUZZY_WEIGHTED = 1,
    GAP_DIFFERENCE = 4,
    GAP_EXPECTATION = 2,
    GAP_PERFORMANCE = 1,
    GAP_PROSPECT = 8,
    GAP_SUM = 16,
    GATE_ABOVE = 2,
    GATE_BELOW = 1,
    GROUPING_JUDGEMENTS = 1,
    GROUPING_PRIORITIES_ARITHMETIC = 3,
    GROUPING_PRIORITIES_GEOMETRIC = 2,
    GROUP_ADVICE = 2,
    GROUP_LABEL = 1,
    GROUP_ROW_MISSING = 1,
    GROUP_ROW_NONE = 2,
    GROUP_ROW_OK = 0,
    IMPACT_CHOICE = 2,
    IMPACT_RETENTION = 1,
    IMPACT_ROW_ENDLESS = 5,
    IMPACT_ROW_MISSING = 3,
    IMPACT_ROW_NOT_CHOSEN = 1,
    IMPACT_ROW_NO_VALUE = 2,
    IMPACT_ROW_OK = 0,
    IMPACT_ROW_RANGE = 4,
    INPUT_CONTEXT = 8,
    INPUT_ITEM = 1,
    INPUT_OVERRIDE = 16,
    INPUT_PROFILE = 4,
    INPUT_WEIGHT = 2,
    KANO_ATTRACTIVE = 3,
    KANO_INDIFFERENT = 4,
    KANO_MUST_BE = 1,
    KANO_ONE_DIMENSIONAL = 2,
    KANO_QUESTIONABLE = 6,
    KANO_REVERSE = 5,
    KIND_DERIVED = 6,
    KIND_DIMENSION = 3,
    KIND_INDICATOR = 4,
    KIND_ITEM = 5,
    KIND_SIDE = 2,
    KIND_VALUE = 1,
    LEVEL_DERIVED = 32,
    LEVEL_DIMENSION = 4,
    LEVEL_INDICATOR = 8,
    LEVEL_ITEM = 16,
    LEVEL_SIDE = 2,
    LEVEL_TAG = 64,
    LEVEL_VALUE = 1,
    LIFETIME_ALIVE = 1,
    LIFETIME_ALIVE_LATER = 4,
    LIFETIME_EXPECTED = 8,
    LIFETIME_EXPECTED_DEVIATION = 16,
    LIFETIME_LOG_ALIVE = 2,
    LIFETIME_LOG_LIKELIHOOD = 1024,
    LIFETIME_NONE = 32,
    LIFETIME_RESIDUAL = 64,
    LIFETIME_ROW_MISSING = 1,
    LIFETIME_ROW_OK = 0,
    LIFETIME_ROW_RANGE = 2,
    LIFETIME_ROW_UNDEFINED = 3,
    LIFETIME_SPEND = 128,
    LIFETIME_VALUE = 256,
    LIFETIME_VALUE_DEVIATION = 512,
    LINK_LINEAR = 1,
    LINK_LOGISTIC = 2,
    MATRIX_COUNTS = 1,
    MATRIX_PROBABILITIES = 2,
    MAX_BRANDS = 64,
    MAX_CRITERIA = 4096,
    MAX_CUTS = 1000,
    MAX_DOCUMENT_DEPTH = 32,
    MAX_DOCUMENT_SIZE = 16777216,
    MAX_GROUPS = 1000,
    MAX_ID_LENGTH = 128,
    MAX_IMPACT_DRAWS = 100000,
    MAX_IMPACT_LINKS = 16,
    MAX_JUDGED = 100,
    MAX_LINKS = 32,
    MAX_MEASURES = 16,
    MAX_NODES = 4096,
    MAX_PERIODS = 1200,
    MAX_PREDICTORS = 256,
    MAX_SETS = 1024,
    MAX_SHAPLEY = 15,
    MAX_STATES = 1024,
    MAX_TEXT_LENGTH = 4096,
    MEMBERSHIP_SHARE = 1,
    MEMBERSHIP_TRIANGULAR = 2,
    MISSING_FLAT = 2,
    MISSING_NESTED = 1,
    MISSING_NEUTRAL = 3,
    MISSING_REJECT = 5,
    MISSING_WORST = 4,
    MIXING_ARITHMETIC = 1,
    MIXING_MULTIPLICATIVE = 2,
    MODEL_BDW = 7,
    MODEL_BGBB = 4,
    MODEL_BGNBD = 1,
    MODEL_GAMMA_GAMMA = 8,
    MODEL_MBGNBD = 2,
    MODEL_NBD = 5,
    MODEL_PNBD = 3,
    MODEL_SBG = 6,
    NEED_ROW_MISSING = 1,
    NEED_ROW_NEVER = 3,
    NEED_ROW_OK = 0,
    NEED_ROW_RANGE = 2,
    NOISE_ANY = 3,
    NOISE_DIRICHLET = 1,
    NOISE_RELATIVE = 2,
    NONE = 4294967295,
    NORMALISATION_MAXIMUM = 2,
    NORMALISATION_NONE = 5,
    NORMALISATION_RANGE = 3,
    NORMALISATION_SUM = 4,
    NORMALISATION_VECTOR = 1,
    OK = 0,
    ORIGIN_SCALE = 2,
    ORIGIN_WEIGHTS = 1,
    OUT_OF_SCALE_CLAMP = 3,
    OUT_OF_SCALE_MISSING = 2,
    OUT_OF_SCALE_REJECT = 1,
    PERIOD_DAY = 1,
    PERIOD_HOUR = 6,
    PERIOD_MONTH = 3,
    PERIOD_NUMBER = 8,
    PERIOD_QUARTER = 4,
    PERIOD_SECOND = 7,
    PERIOD_WEEK = 2,
    PERIOD_YEAR = 5,
    PHASE_AFTER = 3,
    PHASE_BEFORE = 1,
    PHASE_DURING = 2,
    PROFILES = 1,
    PROGRAMME_BEYOND = 1,
    PROGRAMME_CONTACTS = 4,
    PROGRAMME_GROUP = 3,
    PROGRAMME_LOSS = 2,
    PROGRAMME_OTHERS = 7,
    PROGRAMME_TAKEN = 0,
    PROGRAMME_UNTOLD = 5,
    PROGRAMME_VETOED = 6,
    PROPOSER_CASE = 2,
    PROPOSER_NONE = 0,
    PROPOSER_RULE = 1,
    QUADRANT_CONCENTRATE = 1,
    QUADRANT_KEEP = 2,
    QUADRANT_LOW_PRIORITY = 3,
    QUADRANT_OVERKILL = 4,
    RANDOM_INDEX_AHPSURVEY = 7,
    RANDOM_INDEX_ALONSO_LAMATA_2006 = 6,
    RANDOM_INDEX_ALONSO_LAMATA_FIT = 8,
    RANDOM_INDEX_DONEGAN_DODD_1991 = 4,
    RANDOM_INDEX_SAATY_1980 = 1,
    RANDOM_INDEX_SAATY_2005 = 3,
    RANDOM_INDEX_SAATY_2008 = 2,
    RANDOM_INDEX_TUMMALA_LING_1998 = 5,
    RANKING_CENTROID = 1,
    RANKING_EXPONENT = 4,
    RANKING_RECIPROCAL = 3,
    RANKING_SUM = 2,
    RANK_SAW = 1,
    RANK_TOPSIS = 4,
    RANK_VIKOR = 5,
    RANK_WASPAS = 3,
    RANK_WPM = 2,
    RATING_POINTS = 2,
    RATING_SMART = 4,
    RATING_STATED = 1,
    RATING_SWING = 3,
    REFUNDS_DROP = 3,
    REFUNDS_KEEP = 4,
    REFUNDS_NET = 2,
    REFUNDS_REJECT = 1,
    REMARK_ALWAYS = 2,
    REMARK_BEYOND = 8,
    REMARK_LOSS = 5,
    REMARK_NEVER = 1,
    REMARK_NOT_KNOWN = 7,
    REMARK_NO_COLUMN = 6,
    REMARK_RANGE = 3,
    REMARK_UNUSED = 4,
    RFM_PLUS_ONE = 2,
    RFM_QUANTILES = 1,
    RFM_RANKS = 3,
    ROW_BAD_WEIGHT = 16384,
    ROW_BITS = 16,
    ROW_CLAMPED = 4,
    ROW_DEFAULT_WEIGHTS = 16,
    ROW_DROPPED = 8,
    ROW_GATED = 1,
    ROW_MISSING = 256,
    ROW_NOT_FINITE = 1024,
    ROW_NO_VALUE = 4294967040,
    ROW_OK = 0,
    ROW_OUT_OF_SCALE = 512,
    ROW_OVERRIDDEN = 2,
    ROW_UNDEFINED = 32768,
    ROW_UNKNOWN_CATEGORY = 2048,
    ROW_UNKNOWN_CONTEXT = 8192,
    ROW_UNKNOWN_PROFILE = 4096,
    SCENARIO_COMPETITION = 6,
    SCENARIO_FEATURES = 3,
    SCENARIO_INDICATOR = 4,
    SCENARIO_PRICE = 2,
    SCENARIO_PROGRAMME = 5,
    SCENARIO_PROMOTION = 1,
    SCENARIO_ROW_MISSING = 2,
    SCENARIO_ROW_NO_VALUE = 1,
    SCENARIO_ROW_OK = 0,
    SCENARIO_ROW_RANGE = 3,
    SIDE_BENEFIT = 1,
    SIDE_NONE = 0,
    SIDE_SACRIFICE = 2,
    SUMMARY_ENTROPY = 2,
    SUMMARY_PAIRS = 1,
    SUMMARY_QUANTILES = 4,
    SUMMARY_REMOVAL = 8,
    SWITCHING_ROW_MISSING = 1,
    SWITCHING_ROW_OK = 0,
    SWITCHING_ROW_RANGE = 2,
    SWITCHING_ROW_UNKNOWN = 3,
    TAG_DO = 2,
    TAG_LEARN = 3,
    TAG_NONE = 0,
    TAG_PAY = 1,
    TIES_DENSE = 3,
    TIES_MAXIMUM = 2,
    TIES_MEAN = 4,
    TIES_MINIMUM = 1,
    TIMING_BEGIN = 3,
    TIMING_END = 1,
    TIMING_MIDDLE = 2,
    TRAIT_CATEGORY = 2,
    TRAIT_FLAG = 3,
    TRAIT_NUMBER = 1,
    TYPE_BOOL = 11,
    TYPE_BOOL8 = 12,
    TYPE_DATE32 = 40,
    TYPE_DATE64 = 41,
    TYPE_DICTIONARY = 30,
    TYPE_FLOAT32 = 9,
    TYPE_FLOAT64 = 10,
    TYPE_INT16 = 2,
    TYPE_INT32 = 3,
    TYPE_INT64 = 4,
    TYPE_INT8 = 1,
    TYPE_LARGE_UTF8 = 21,
    TYPE_TIMESTAMP_MS = 43,
    TYPE_TIMESTAMP_NS = 45,
    TYPE_TIMESTAMP_S = 42,
    TYPE_TIMESTAMP_US = 44,
    TYPE_UINT16 = 6,
    TYPE_UINT32 = 7,
    TYPE_UINT64 = 8,
    TYPE_UINT8 = 5,
    TYPE_UNSUPPORTED = 0,
    TYPE_UTF8 = 20,
    TYPE_UTF8_VIEW = 22,
    WALLET_ROW_EXCEEDS = 4,
    WALLET_ROW_MISSING = 1,
    WALLET_ROW_OK = 0,
    WALLET_ROW_RANGE = 2,
    WALLET_ROW_UNDEFINED = 3,
    WORDS_AGGREGATOR = 4,
    WORDS_AHP = 15,
    WORDS_BAD_ROWS = 31,
    WORDS_BWM = 18,
    WORDS_CONVERGENCE = 34,
    WORDS_CURVE = 7,
    WORDS_DATA = 19,
    WORDS_DRIVERS = 21,
    WORDS_EMPTY_STATE = 41,
    WORDS_FACTOR = 47,
    WORDS_FIRST_MARGIN = 43,
    WORDS_FIT = 20,
    WORDS_FORM = 3,
    WORDS_FUZZY = 26,
    WORDS_GAP_MEASURE = 44,
    WORDS_GATE = 9,
    WORDS_GROUPING = 17,
    WORDS_GROUP_ROW = 50,
    WORDS_GROUP_TEXT = 51,
    WORDS_IMPACT_ROW = 62,
    WORDS_IMPACT_USE = 61,
    WORDS_KANO = 48,
    WORDS_KIND = 1,
    WORDS_LIFETIME_OUTPUT = 36,
    WORDS_LIFETIME_ROW = 37,
    WORDS_LINK = 46,
    WORDS_MATRIX = 52,
    WORDS_MEMBERSHIP = 27,
    WORDS_MISSING = 5,
    WORDS_MIXING = 14,
    WORDS_MODEL = 33,
    WORDS_NEED_ROW = 57,
    WORDS_NOISE = 22,
    WORDS_NORMALISATION = 24,
    WORDS_ORIGIN = 11,
    WORDS_OUT_OF_SCALE = 6,
    WORDS_PERIOD = 28,
    WORDS_PHASE = 59,
    WORDS_PROGRAMME = 55,
    WORDS_PROPOSER = 54,
    WORDS_QUADRANT = 49,
    WORDS_RANDOM_INDEX = 16,
    WORDS_RANK = 23,
    WORDS_RANKING = 13,
    WORDS_RATING = 12,
    WORDS_REFUNDS = 29,
    WORDS_REMARK = 56,
    WORDS_RFM = 32,
    WORDS_ROW_STATUS = 10,
    WORDS_SCENARIO = 58,
    WORDS_SCENARIO_ROW = 60,
    WORDS_SIDE = 2,
    WORDS_SWITCHING_ROW = 42,
    WORDS_TAG = 8,
    WORDS_TIES = 25,
    WORDS_TIMING = 35,
    WORDS_TRAIT = 53,
    WORDS_WALLET_ROW = 40,
    WORDS_WORTH_PART = 38,
    WORDS_WORTH_ROW = 39,
    WORDS_ZEROS = 30,
    WORDS_ZONE = 45,
    WORTH_EXISTING = 1,
    WORTH_INFLUENCE = 4,
    WORTH_LEARNING = 8,
    WORTH_POTENTIAL = 2,
    WORTH_ROW_MISSING = 1,
    WORTH_ROW_OK = 0,
    WORTH_ROW_RANGE = 2,
    WORTH_WALLET = 16,
    ZEROS_DROP = 2,
    ZEROS_KEEP = 1,
    ZEROS_REJECT = 3,
    ZONE_ABOVE = 3,
    ZONE_BELOW = 1,
    ZONE_NONE = 0,
    ZONE_WITHIN = 2,
    STRUCTS = {
        custval_score_options = {members = {["as_of"] = {type = "TEXT"}, ["profile"] = {type = "TEXT"}, ["context"] = {type = "TEXT"}, ["language"] = {type = "TEXT"}, ["levels"] = {type = "BITS", words = {["value"] = 1, ["side"] = 2, ["dimension"] = 4, ["indicator"] = 8, ["item"] = 16, ["derived"] = 32, ["tag"] = 64}}, ["coverage"] = {type = "WORD", words = {["value"] = 0, ["all"] = 1, ["none"] = 2}}}, initial = {}},
        custval_equity_options = {members = {["segment"] = {type = "TEXT"}, ["value"] = {type = "TEXT"}, ["influence"] = {type = "TEXT"}, ["count"] = {type = "TEXT"}, ["probability"] = {type = "TEXT"}, ["prospect_value"] = {type = "TEXT"}, ["cost"] = {type = "TEXT"}, ["prospect_count"] = {type = "TEXT"}, ["period"] = {type = "TEXT"}, ["attribution"] = {type = "DOUBLE"}, ["rate"] = {type = "DOUBLE"}}, initial = {attribution = -1.0}},
        custval_markov_options = {members = {["rate"] = {type = "DOUBLE"}, ["for_ever"] = {type = "INTEGER"}, ["periods"] = {type = "INTEGER"}, ["counts"] = {type = "INTEGER"}, ["empty"] = {type = "WORD", vocabulary = 41}}, initial = {for_ever = 1}},
        custval_multiple_terms = {members = {["retention"] = {type = "DOUBLE"}, ["rate"] = {type = "DOUBLE"}, ["growth"] = {type = "DOUBLE"}, ["first"] = {type = "WORD", vocabulary = 43}, ["periods"] = {type = "INTEGER"}}, initial = {}},
        custval_contract_terms = {members = {["contribution"] = {type = "DOUBLE"}, ["cost"] = {type = "DOUBLE"}, ["retention"] = {type = "DOUBLE"}, ["rate"] = {type = "DOUBLE"}, ["periods"] = {type = "INTEGER"}, ["first"] = {type = "WORD", vocabulary = 43}, ["cost_timing"] = {type = "WORD", vocabulary = 35}}, initial = {}},
        custval_economic_terms = {members = {["reference_cost"] = {type = "DOUBLE"}, ["start_up"] = {type = "DOUBLE"}, ["post_purchase"] = {type = "DOUBLE"}, ["increment"] = {type = "DOUBLE"}, ["price"] = {type = "DOUBLE"}}, initial = {}},
        custval_groups_options = {members = {["value"] = {type = "TEXT"}}, initial = {}},
        custval_cohort_options = {members = {["end"] = {type = "TEXT"}, ["length"] = {type = "INTEGER"}}, initial = {length = 1}},
        custval_history_options = {members = {["customer"] = {type = "TEXT"}, ["time"] = {type = "TEXT"}, ["amount"] = {type = "TEXT"}, ["cost"] = {type = "TEXT"}, ["quantity"] = {type = "TEXT"}, ["period"] = {type = "WORD", vocabulary = 28}, ["refunds"] = {type = "WORD", vocabulary = 29}, ["zeros"] = {type = "WORD", vocabulary = 30}, ["bad_rows"] = {type = "WORD", vocabulary = 31}, ["step"] = {type = "DOUBLE"}, ["periods_per_unit"] = {type = "DOUBLE"}}, initial = {period = 1, refunds = 1, zeros = 1, bad_rows = 1, step = 1.0, periods_per_unit = 1.0}},
        custval_history_view = {members = {["end"] = {type = "TEXT"}, ["holdout_end"] = {type = "TEXT"}}, initial = {}},
        custval_impact_options = {members = {["levels"] = {type = "BITS", words = {["value"] = 1, ["side"] = 2, ["dimension"] = 4, ["indicator"] = 8, ["item"] = 16, ["derived"] = 32, ["tag"] = 64}}, ["draws"] = {type = "INTEGER"}, ["seed"] = {type = "INTEGER", wide = true}, ["level"] = {type = "DOUBLE"}}, initial = {level = 0.95}},
        custval_impact_facts = {members = {["rows"] = {type = "INTEGER", wide = true}, ["not_chosen"] = {type = "INTEGER", wide = true}, ["no_value"] = {type = "INTEGER", wide = true}, ["missing"] = {type = "INTEGER", wide = true}, ["range"] = {type = "INTEGER", wide = true}, ["endless"] = {type = "INTEGER", wide = true}, ["exact_links"] = {type = "INTEGER", wide = true}, ["customers"] = {type = "DOUBLE"}, ["value"] = {type = "DOUBLE"}, ["probability"] = {type = "DOUBLE"}, ["equity"] = {type = "DOUBLE"}, ["equity_error"] = {type = "DOUBLE"}, ["equity_low"] = {type = "DOUBLE"}, ["equity_high"] = {type = "DOUBLE"}}, initial = {}},
        custval_lifetime_columns = {members = {["x"] = {type = "TEXT"}, ["t_x"] = {type = "TEXT"}, ["T"] = {type = "TEXT"}, ["mean_spend"] = {type = "TEXT"}, ["lost"] = {type = "TEXT"}, ["count"] = {type = "TEXT"}}, initial = {}},
        custval_lifetime_fit_options = {members = {["columns"] = {type = "STRUCT", struct = "custval_lifetime_columns"}, ["model"] = {type = "WORD", vocabulary = 33}, ["accept"] = {type = "INTEGER"}, ["purchase_covariates"] = {type = "TEXTS", count = "purchase_count"}, ["dropout_covariates"] = {type = "TEXTS", count = "dropout_count"}, ["start"] = {type = "NUMBERS", count = "start_count"}, ["ridge"] = {type = "DOUBLE"}, ["max_iterations"] = {type = "INTEGER"}, ["unit"] = {type = "TEXT"}, ["from"] = {type = "TEXT"}, ["to"] = {type = "TEXT"}}, initial = {max_iterations = 200}},
        custval_lifetime_predict_options = {members = {["columns"] = {type = "STRUCT", struct = "custval_lifetime_columns"}, ["outputs"] = {type = "BITS", vocabulary = 36}, ["timing"] = {type = "WORD", vocabulary = 35}, ["horizon"] = {type = "DOUBLE"}, ["horizon_column"] = {type = "TEXT"}, ["cash_period"] = {type = "DOUBLE"}, ["cash_times"] = {type = "NUMBERS", count = "cash_count"}, ["rate"] = {type = "DOUBLE"}, ["rate_period"] = {type = "DOUBLE"}, ["rates"] = {type = "NUMBERS", count = "rates_count"}, ["spend_column"] = {type = "TEXT"}, ["margin"] = {type = "DOUBLE"}, ["margin_column"] = {type = "TEXT"}, ["cost"] = {type = "DOUBLE"}, ["cost_column"] = {type = "TEXT"}, ["level"] = {type = "DOUBLE"}}, initial = {timing = 1, horizon = 1.0, cash_period = 1.0, rate_period = 1.0, margin = 1.0}},
        custval_link_options = {members = {["outcome"] = {type = "TEXT"}, ["predictors"] = {type = "TEXTS", count = "predictor_count"}, ["kind"] = {type = "WORD", vocabulary = 46}, ["ridge"] = {type = "DOUBLE"}}, initial = {kind = 1}},
        custval_link_facts = {members = {["kind"] = {type = "WORD", vocabulary = 46}, ["is_stated"] = {type = "INTEGER"}, ["terms"] = {type = "INTEGER", wide = true}, ["n"] = {type = "INTEGER", wide = true}, ["missing"] = {type = "INTEGER", wide = true}, ["events"] = {type = "INTEGER", wide = true}, ["iterations"] = {type = "INTEGER", wide = true}, ["r2"] = {type = "DOUBLE"}, ["r2_adjusted"] = {type = "DOUBLE"}, ["deviation"] = {type = "DOUBLE"}, ["log_likelihood"] = {type = "DOUBLE"}, ["null_log_likelihood"] = {type = "DOUBLE"}, ["mcfadden"] = {type = "DOUBLE"}, ["auc"] = {type = "DOUBLE"}, ["ridge"] = {type = "DOUBLE"}}, initial = {}},
        custval_link_predict_options = {members = {["level"] = {type = "DOUBLE"}}, initial = {level = 0.95}},
        custval_disconfirmation_options = {members = {["outcome"] = {type = "TEXT"}, ["performance"] = {type = "TEXT"}, ["expectation"] = {type = "TEXT"}, ["kind"] = {type = "WORD", vocabulary = 46}, ["split"] = {type = "INTEGER"}, ["level"] = {type = "DOUBLE"}}, initial = {kind = 1, level = 0.95}},
        custval_loss_aversion = {members = {["lambda"] = {type = "DOUBLE"}, ["error"] = {type = "DOUBLE"}, ["low"] = {type = "DOUBLE"}, ["high"] = {type = "DOUBLE"}}, initial = {}},
        custval_migration_options = {members = {["states"] = {type = "TEXTS", count = "states_count"}, ["absent"] = {type = "TEXT"}, ["id"] = {type = "TEXT"}, ["state"] = {type = "TEXT"}, ["empty"] = {type = "WORD", vocabulary = 41}}, initial = {}},
        custval_steady_facts = {members = {["closed"] = {type = "INTEGER"}, ["absorbing"] = {type = "INTEGER"}, ["passing"] = {type = "INTEGER"}, ["period"] = {type = "INTEGER"}}, initial = {}},
        custval_migration_fit = {members = {["statistic"] = {type = "DOUBLE"}, ["likelihood"] = {type = "DOUBLE"}, ["freedom"] = {type = "DOUBLE"}, ["p"] = {type = "DOUBLE"}, ["least"] = {type = "DOUBLE"}}, initial = {}},
        custval_trend_options = {members = {["id"] = {type = "TEXT"}, ["period"] = {type = "TEXT"}, ["value"] = {type = "TEXT"}, ["half_life"] = {type = "DOUBLE"}, ["as_of"] = {type = "DOUBLE"}, ["averages"] = {type = "INTEGER"}}, initial = {half_life = 1.0, from_latest = 1}},
        custval_panel_options = {members = {["variables"] = {type = "TEXTS", count = "variables_count"}, ["weight"] = {type = "TEXT"}, ["tolerance"] = {type = "DOUBLE"}, ["rounds"] = {type = "INTEGER"}}, initial = {tolerance = 1e-10, rounds = 1000}},
        custval_panel_facts = {members = {["weighted"] = {type = "INTEGER", wide = true}, ["missing"] = {type = "INTEGER", wide = true}, ["rounds"] = {type = "INTEGER"}, ["gap"] = {type = "DOUBLE"}, ["effective"] = {type = "DOUBLE"}, ["least"] = {type = "DOUBLE"}, ["most"] = {type = "DOUBLE"}}, initial = {}},
        custval_wave_options = {members = {["id"] = {type = "TEXT"}, ["value"] = {type = "TEXT"}, ["weight"] = {type = "TEXT"}}, initial = {}},
        custval_wave_facts = {members = {["before_count"] = {type = "INTEGER", wide = true}, ["after_count"] = {type = "INTEGER", wide = true}, ["both"] = {type = "INTEGER", wide = true}, ["before"] = {type = "DOUBLE"}, ["after"] = {type = "DOUBLE"}, ["change"] = {type = "DOUBLE"}, ["error"] = {type = "DOUBLE"}, ["low"] = {type = "DOUBLE"}, ["high"] = {type = "DOUBLE"}, ["p"] = {type = "DOUBLE"}}, initial = {}},
        custval_programmes_options = {members = {["language"] = {type = "TEXT"}, ["least_net"] = {type = "DOUBLE"}, ["budget"] = {type = "DOUBLE"}, ["top"] = {type = "INTEGER"}, ["reasons"] = {type = "INTEGER"}}, initial = {top = 3}},
        custval_need_options = {members = {["as_of"] = {type = "TEXT"}, ["stock"] = {type = "TEXT"}, ["capacity"] = {type = "TEXT"}, ["since"] = {type = "TEXT"}, ["counts"] = {type = "TEXTS", count = "kinds"}, ["rates"] = {type = "TEXTS", count = "kinds"}, ["interval"] = {type = "TEXT"}, ["lead"] = {type = "DOUBLE"}, ["within"] = {type = "DOUBLE"}}, initial = {}},
        custval_gap_options = {members = {["indicators"] = {type = "TEXTS", count = "indicator_count"}, ["curves"] = {type = "MATRIX", columns = 3, count = "indicator_count"}, ["measures"] = {type = "BITS", vocabulary = 44}, ["alpha"] = {type = "DOUBLE"}, ["beta"] = {type = "DOUBLE"}, ["lambda"] = {type = "DOUBLE"}}, initial = {alpha = 0.88, beta = 0.88, lambda = 2.25}},
        custval_encounters_options = {members = {["customer"] = {type = "TEXT"}, ["time"] = {type = "TEXT"}, ["score"] = {type = "TEXT"}, ["updating"] = {type = "DOUBLE"}, ["weight"] = {type = "DOUBLE"}, ["first"] = {type = "DOUBLE", given = "has_first"}}, initial = {updating = -1.0, weight = -1.0}},
        custval_penalty_options = {members = {["outcome"] = {type = "TEXT"}, ["indicators"] = {type = "TEXTS", count = "indicator_count"}, ["low"] = {type = "DOUBLE", given = "has_limits"}, ["high"] = {type = "DOUBLE", given = "has_limits"}, ["cut"] = {type = "DOUBLE"}}, initial = {cut = 0.3333333333333333}},
        custval_kano_options = {members = {["functional"] = {type = "TEXTS", count = "count"}, ["dysfunctional"] = {type = "TEXTS", count = "count"}}, initial = {}},
        custval_quadrants_options = {members = {["importance"] = {type = "TEXT"}, ["performance"] = {type = "TEXT"}, ["importance_cut"] = {type = "DOUBLE", given = "has_importance_cut"}, ["performance_cut"] = {type = "DOUBLE", given = "has_performance_cut"}}, initial = {}},
        custval_nps_options = {members = {["column"] = {type = "TEXT"}, ["group"] = {type = "TEXT"}, ["scale_min"] = {type = "DOUBLE"}, ["scale_max"] = {type = "DOUBLE"}, ["detractors_to"] = {type = "DOUBLE"}, ["promoters_from"] = {type = "DOUBLE"}, ["level"] = {type = "DOUBLE"}}, initial = {scale_max = 10.0, detractors_to = 6.0, promoters_from = 9.0, level = 0.95}},
        custval_backtest_options = {members = {["score"] = {type = "TEXT"}, ["outcome"] = {type = "TEXT"}, ["edges"] = {type = "NUMBERS", count = "edge_count"}, ["level"] = {type = "DOUBLE"}}, initial = {level = 0.95}},
        custval_backtest_facts = {members = {["n"] = {type = "INTEGER", wide = true}, ["missing"] = {type = "INTEGER", wide = true}, ["events"] = {type = "INTEGER", wide = true}, ["auc"] = {type = "DOUBLE"}, ["auc_error"] = {type = "DOUBLE"}, ["auc_low"] = {type = "DOUBLE"}, ["auc_high"] = {type = "DOUBLE"}, ["brier"] = {type = "DOUBLE"}, ["correlation"] = {type = "DOUBLE"}, ["rank_correlation"] = {type = "DOUBLE"}}, initial = {}},
        custval_scenario_path_facts = {members = {["jump"] = {type = "DOUBLE"}, ["felt_jump"] = {type = "DOUBLE"}, ["gain"] = {type = "DOUBLE"}, ["erosion"] = {type = "DOUBLE"}, ["recovery"] = {type = "DOUBLE"}, ["break_even_length"] = {type = "DOUBLE"}, ["best_before"] = {type = "DOUBLE"}, ["best_after"] = {type = "DOUBLE"}, ["disappointment"] = {type = "DOUBLE"}}, initial = {}},
        custval_scenario_options = {members = {["group"] = {type = "TEXT"}, ["cuts"] = {type = "NUMBERS", count = "cut_count"}}, initial = {}},
        custval_scenario_facts = {members = {["customers"] = {type = "INTEGER", wide = true}, ["skipped"] = {type = "INTEGER", wide = true}, ["chosen"] = {type = "INTEGER", wide = true}, ["switching"] = {type = "INTEGER", wide = true}, ["rose"] = {type = "INTEGER", wide = true}, ["fell"] = {type = "INTEGER", wide = true}, ["before"] = {type = "DOUBLE"}, ["during_change"] = {type = "DOUBLE"}, ["after_change"] = {type = "DOUBLE"}, ["net"] = {type = "DOUBLE"}, ["without"] = {type = "DOUBLE"}, ["break_even"] = {type = "DOUBLE"}, ["premium"] = {type = "DOUBLE"}, ["bought_anyway"] = {type = "DOUBLE"}, ["units_before"] = {type = "DOUBLE"}, ["units_during"] = {type = "DOUBLE"}, ["units_after"] = {type = "DOUBLE"}, ["profit"] = {type = "DOUBLE"}}, initial = {}},
        custval_features_terms = {members = {["capability"] = {type = "DOUBLE"}, ["saturation"] = {type = "DOUBLE"}, ["usability"] = {type = "DOUBLE"}, ["burden"] = {type = "DOUBLE"}, ["support"] = {type = "DOUBLE"}, ["weight"] = {type = "DOUBLE"}}, initial = {}},
        custval_features_facts = {members = {["capability"] = {type = "DOUBLE"}, ["usability"] = {type = "DOUBLE"}, ["before_use"] = {type = "DOUBLE"}, ["in_use"] = {type = "DOUBLE"}, ["disappointment"] = {type = "DOUBLE"}, ["best_before"] = {type = "DOUBLE"}, ["best_in_use"] = {type = "DOUBLE"}}, initial = {}},
        custval_price_meter_options = {members = {["too_cheap"] = {type = "TEXT"}, ["cheap"] = {type = "TEXT"}, ["expensive"] = {type = "TEXT"}, ["too_expensive"] = {type = "TEXT"}}, initial = {}},
        custval_price_meter_facts = {members = {["respondents"] = {type = "INTEGER", wide = true}, ["dropped"] = {type = "INTEGER", wide = true}, ["missing"] = {type = "INTEGER", wide = true}, ["cheapest"] = {type = "DOUBLE"}, ["indifference"] = {type = "DOUBLE"}, ["optimal"] = {type = "DOUBLE"}, ["dearest"] = {type = "DOUBLE"}}, initial = {}},
    },
}
