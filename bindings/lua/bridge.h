/* custval for Lua: what the files of the module share. One source for Lua 5.1 to 5.4 and LuaJIT. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LUA_BRIDGE_H
#define CUSTVAL_LUA_BRIDGE_H

#include <stddef.h>
#include <stdint.h>

#include <lauxlib.h>
#include <lua.h>

#include <custval/custval.h>

#if LUA_VERSION_NUM < 502
#  define lua_rawlen lua_objlen
#  define lua_getuservalue lua_getfenv
#  define lua_setuservalue lua_setfenv
#endif

#if defined(__GNUC__)
#  pragma GCC visibility push(hidden)
#endif

/* Three rules hold everywhere in this module:
   - Any call of Lua may raise, and then nothing after it runs. What must be freed lies in a handle on the stack before
     it is made; scratch memory is userdata.
   - What the library reports as a status is returned as nil, message, code [, row]; what only a programmer can get
     wrong (types, names of options, closed objects) raises.
   - Rows are counted from 1 in Lua; messages of the library count from 0. */

/* --- Handles (handle.c) ------------------------------------------------------------------------------------------- */

/* A kind of userdata that owns an object of the library. */
typedef struct handle_kind {
    const char *name;              /* of the metatable, e.g. "custval.system 1" */
    const char *noun;              /* in messages, e.g. "system" */
    void (*destroy)(void *object); /* takes one owner away */
    int keeps;                     /* has a table as its uservalue, with what must live as long */
    int kilobytes;                 /* of the library's memory that such an object holds, about */
    int is_lent;                   /* other objects use it without owning it: only the collector closes it */
} handle_kind;

extern const handle_kind handle_system, handle_scorer, handle_table, handle_weights, handle_summary, handle_builder,
    handle_threads, handle_file, handle_history, handle_lifetime, handle_worth, handle_link, handle_groups,
    handle_migration, handle_scenario, handle_programmes, handle_impact;

/* Makes what a handle needs to live: its metatable, with these methods. */
void handle_register(lua_State *L, const handle_kind *kind, const luaL_Reg *methods, const luaL_Reg *events);

/* Adds methods to a kind that is registered. */
void methods_add(lua_State *L, const handle_kind *kind, const luaL_Reg *methods);

/* Pushes an empty handle. *result is to be set to the object, at once and without a call of Lua in between. */
void **handle_push(lua_State *L, const handle_kind *kind);

/* The object of an argument; raises if it is none of that kind, or closed. */
void *handle_check(lua_State *L, int index, const handle_kind *kind);

/* The object, or NULL if the value is none of that kind; raises if it is closed. */
void *handle_test(lua_State *L, int index, const handle_kind *kind);

/* Lets the handle on top of the stack keep the threads of the options at an index. */
void threads_keep(lua_State *L, int options);

/* Frees the object of a handle now. */
void handle_close(lua_State *L, int index);

/* Says whether a function of Lua runs while the library is at work: nothing can be closed then. Gives what was said
   before. Raises nothing, once it was called. */
int busy_set(lua_State *L, int busy);

/* Raises if a function of Lua runs while the library is at work: nothing can be changed or closed then. */
void idle_check(lua_State *L, const char *what);

/* Whether the value is a userdata with that metatable. */
void *userdata_test(lua_State *L, int index, const char *name);

/* Adds functions to the table on top of the stack. */
void functions_add(lua_State *L, const luaL_Reg *functions);

/* Lets the table on top of the stack be called; the function gets that table before its arguments. */
void callable_make(lua_State *L, lua_CFunction function);

/* --- Calls, options and structs (options.c) ----------------------------------------------------------------------- */

/* What a call of the library needs from, and gives to, Lua. */
typedef struct bridge_call {
    lua_State *L;
    custval_error error;
    custval_host host; /* threads and progress, if the options name them */
    int is_lent;       /* the host is used */
    int progress;      /* index of the table that holds the progress function, or 0 */
    int raised;        /* the progress function raised; its error lies on top of the stack */
    int packed;        /* result columns: 1 vectors, 0 tables, -1 as the input */
    int packed_input;  /* a column of the input was packed */
} bridge_call;

bridge_call call_begin(lua_State *L);

/* The host of a call, or NULL if nothing is lent. */
const custval_host *call_host(const bridge_call *call);

/* Gives nil, message, code and the row, if there is one. */
int call_failed(bridge_call *call, custval_status status);

/* Pushes the table of the handle at an index as a table of columns, and closes it. */
void table_give(bridge_call *call, int handle, const custval_table *table);

/* Puts a table into the handle on top of the stack, and gives it as a table of columns, or the failure. */
int call_give(bridge_call *call, custval_status status, void **made, custval_table *out);

/* Gives the tables of the two handles on top of the stack, or the failure. */
int call_give_two(bridge_call *call, custval_status status, void **first, void **second);

/* Gives the handle on top of the stack, or the failure. */
int call_give_handle(bridge_call *call, custval_status status);

typedef struct struct_kind struct_kind;

/* Gives a struct as a table, or the failure. */
int call_give_facts(bridge_call *call, custval_status status, const struct_kind *kind, const void *facts);

/* The same beside a table as call_give() gives it. */
int call_give_with_facts(bridge_call *call, custval_status status, void **made, custval_table *out,
                         const struct_kind *kind, const void *facts);

/* Gives a table of the tables in the handles from index `first` on, by name (ending with NULL), without those that are
   NULL, and of a struct as `facts`; or the failure. */
int call_give_tables(bridge_call *call, custval_status status, int first, custval_table *const *tables,
                     const char *const *names, const struct_kind *kind, const void *facts);

typedef enum member_type {
    MEMBER_END,
    MEMBER_TEXT,
    MEMBER_DOUBLE,
    MEMBER_DOUBLES, /* a fixed number of them in the struct */
    MEMBER_CHARS,   /* a text in the struct, which Lua can only see */
    MEMBER_INTEGER, /* uint32_t, uint64_t, size_t; true and false are 1 and 0 */
    MEMBER_WORD,    /* uint32_t: a word of a vocabulary */
    MEMBER_BITS,    /* uint32_t: one or several words, whose bits are added */
    MEMBER_TEXTS,   /* pointer to texts */
    MEMBER_NUMBERS, /* pointer to doubles */
    MEMBER_MATRIX,  /* pointer to doubles: as many rows as are counted */
    MEMBER_STRUCT,  /* pointer to another described struct */
    MEMBER_HOST
} member_type;

typedef struct bridge_word {
    const char *text;
    int value;
} bridge_word;

/* A member that Lua can set or see. */
typedef struct bridge_member {
    const char *name;
    size_t offset, size;
    member_type type;
    uint32_t vocabulary;      /* words: of custval_word(), or 0 */
    const bridge_word *words; /* words: where there is no vocabulary */
    const struct_kind *kind;  /* struct */
    size_t length;            /* doubles, chars: how many; matrix: columns, 0: as many as rows */
    size_t count, count_size; /* texts, numbers, matrix: offset and size of the member that counts them; size 0: none */
    size_t fewer;             /* how many less than that there are */
    size_t has, has_size;     /* offset and size of the member that says that this one is given; size 0: none */
} bridge_member;

#define MEMBER(struct_name, member_name) \
  .name = #member_name, .offset = offsetof(struct_name, member_name), .size = sizeof(((struct_name *)0)->member_name)
#define COUNTED(struct_name, name) .count = offsetof(struct_name, name), .count_size = sizeof(((struct_name *)0)->name)
#define HAS(struct_name, name) .has = offsetof(struct_name, name), .has_size = sizeof(((struct_name *)0)->name)

struct struct_kind {
    size_t size;
    const void *initial;
    const bridge_member *members;
};

extern const bridge_word words_of_custval_level[], words_of_custval_coverage[], words_of_custval_summary_part[],
    words_of_custval_status_code[];
extern const struct_kind kind_of_custval_system_spec, kind_of_custval_node_spec, kind_of_custval_curve,
    kind_of_custval_item_spec, kind_of_custval_gate_spec, kind_of_custval_relief_spec, kind_of_custval_override_spec,
    kind_of_custval_origin_spec, kind_of_custval_node, kind_of_custval_frame, kind_of_custval_input,
    kind_of_custval_score_options, kind_of_custval_compare_options, kind_of_custval_drivers_options,
    kind_of_custval_ahp_options, kind_of_custval_bwm_judgements, kind_of_custval_rank_options,
    kind_of_custval_fuzzy_options, kind_of_custval_data_options, kind_of_custval_fit_options,
    kind_of_custval_noise_options, kind_of_custval_uncertainty_options, kind_of_custval_means_options,
    kind_of_custval_rating_options, kind_of_custval_ranking_options, kind_of_custval_mix_options,
    kind_of_custval_apply_options, kind_of_custval_history_options, kind_of_custval_history_view,
    kind_of_custval_history_facts, kind_of_custval_rfm_options, kind_of_custval_lifetime_fit_options,
    kind_of_custval_lifetime_facts, kind_of_custval_lifetime_predict_options, kind_of_custval_lifetime_counts_options,
    kind_of_custval_lifetime_check_options, kind_of_custval_worth_options, kind_of_custval_returns_options,
    kind_of_custval_concentration_options, kind_of_custval_concentration_facts, kind_of_custval_wallet_options,
    kind_of_custval_equity_options, kind_of_custval_markov_options, kind_of_custval_switching_options,
    kind_of_custval_multiple_terms, kind_of_custval_contract_terms, kind_of_custval_economic_terms,
    kind_of_custval_gap_options, kind_of_custval_encounters_options, kind_of_custval_penalty_options,
    kind_of_custval_kano_options, kind_of_custval_quadrants_options, kind_of_custval_nps_options,
    kind_of_custval_backtest_options, kind_of_custval_backtest_facts, kind_of_custval_link_options,
    kind_of_custval_link_facts, kind_of_custval_link_predict_options, kind_of_custval_disconfirmation_options,
    kind_of_custval_loss_aversion, kind_of_custval_groups_options, kind_of_custval_cohort_options,
    kind_of_custval_migration_options, kind_of_custval_steady_facts, kind_of_custval_migration_fit,
    kind_of_custval_trend_options, kind_of_custval_panel_options, kind_of_custval_panel_facts,
    kind_of_custval_wave_options, kind_of_custval_wave_facts, kind_of_custval_scenario_path_facts,
    kind_of_custval_scenario_options, kind_of_custval_scenario_facts, kind_of_custval_features_terms,
    kind_of_custval_features_facts, kind_of_custval_price_meter_options, kind_of_custval_price_meter_facts,
    kind_of_custval_programmes_options, kind_of_custval_need_options, kind_of_custval_impact_options,
    kind_of_custval_impact_facts;

/* A struct that options go into. */
typedef struct bridge_target {
    const struct_kind *kind;
    void *into;
} bridge_target;

#define OPTIONS(...)        \
  (const bridge_target[]) { \
    __VA_ARGS__, {          \
      NULL, NULL            \
    }                       \
  }
#define TARGET(struct_name, into) \
  { &kind_of_##struct_name, &(into) }

/* Fills structs from a table of options, or with their initial values for nil; pushes one value that keeps scratch
   memory alive. A key is a member of one or several of the structs, `threads`, `progress` or `packed`, or one of `own`
   (NULL, or ending with NULL), which the caller reads. `call` NULL: only members and `own` are keys. */
void options_read(lua_State *L, int index, bridge_call *call, const bridge_target *targets, const char *const *own);

/* Raises unless all of these keys (ending with NULL) have a value in the table of options. */
void options_need(lua_State *L, int index, const char *const *keys);

/* Whether an option has a value. */
int option_given(lua_State *L, int options, const char *key);

/* Whether an option is false, which leaves out what is there otherwise. */
int option_is_false(lua_State *L, int options, const char *key);

/* Raises if an option is an array or a vector of another length. */
void length_check(lua_State *L, int options, const char *key, size_t count);

/* Pushes a struct as a table; what is NULL or not given is left out. */
void struct_push(lua_State *L, const struct_kind *kind, const void *from);

/* --- Arguments (values.c) ----------------------------------------------------------------------------------------- */

/* Value of a word; raises if there is no such word. */
uint32_t word_check(lua_State *L, const char *what, int index, uint32_t vocabulary, const bridge_word *words);

/* Bits of one word, of an array of words, or of "all". */
uint32_t bits_check(lua_State *L, const char *what, int index, uint32_t vocabulary, const bridge_word *words);

/* Pushes the words of bits. */
void bits_push(lua_State *L, uint32_t bits, uint32_t vocabulary, const bridge_word *words);

/* A text for the library, whose texts end at their first NUL: one within a string would cut it off in silence. */
const char *text_check(lua_State *L, int index, const char *what);

/* Array of texts or numbers at an index; pushes what keeps it alive. `what` names it in messages. */
const char **texts_read(lua_State *L, int index, const char *what, size_t *count);
double *numbers_read(lua_State *L, int index, const char *what, size_t *count);

/* The same for an array of rows of one length, row by row. */
double *rows_read(lua_State *L, int index, const char *what, size_t *rows, size_t *columns);

/* Whether a value stands for "no answer": nil, false, or the null of JSON libraries (a light userdata of NULL). */
int is_missing(lua_State *L, int index);

/* An argument that is a row, counted from 0. */
size_t row_check(lua_State *L, int index);
size_t row_optional(lua_State *L, int index, size_t otherwise);

/* --- Columns (columns.c) ------------------------------------------------------------------------------------------ */

/* A column that a call reads. */
typedef struct bridge_wanted {
    const char *name;
    int is_id; /* whole numbers in it are read as their decimal text */
} bridge_wanted;

/* Every column there is: in the order that the array part says, or else of the alphabet. Pushes one value. */
bridge_wanted *columns_all(lua_State *L, int index, size_t *count);

/* Reads a table of columns; pushes the handle of the table made. With `wanted`, only those columns are read. */
custval_status columns_read(bridge_call *call, int index, const bridge_wanted *wanted, size_t count,
                            custval_table **out);

/* The same for all columns, of which the one of that name (NULL: none) holds ids. */
custval_status columns_with_id(bridge_call *call, int index, const char *id, custval_table **out);

/* Adds a column to those that are wanted, unless it is there already; no name adds nothing. */
void wanted_add(bridge_wanted *columns, size_t *count, const char *name, int is_id);

/* Name of the i-th column or the like of an object. */
typedef const char *(*name_getter)(const void *object, size_t i);

/* Reads the columns that an object names, and one of ids that may be NULL. If these are none any columns are read: they
   say how many rows there are. */
custval_status columns_named(bridge_call *call, int index, name_getter name, const void *object, size_t count,
                             const char *id, custval_table **out);

/* Reads the columns of a system, and `count` more. */
custval_status columns_of_system(bridge_call *call, int index, const custval_system *system, const bridge_wanted *more,
                                 size_t count, custval_table **out);

/* Pushes a table of columns: names in order as its array part, and each column by its name. */
void columns_push(lua_State *L, const custval_table *table, int packed);

/* Pushes the names of an object as an array. */
void names_push(lua_State *L, name_getter name, const void *object, size_t count);

/* Turns rows that the library counts from 0 into those of Lua, in a column of the table of columns on top of the
   stack. */
void rows_from_one(lua_State *L, const char *column);

/* Pushes the decimal text of the whole number at an index: ids are often numbers. */
void id_push(lua_State *L, const char *column, int index);

/* Pushes a new vector, and gives its numbers. */
double *vector_push(lua_State *L, size_t count);

/* The numbers of a vector, or NULL if the value is none. */
double *vector_test(lua_State *L, int index, size_t *count);

/* Replaces the vector on top of the stack by a plain array; integers where `whole`. */
void vector_to_table(lua_State *L, int whole);

/* Gives a string with the bytes of an object. */
typedef custval_status (*bytes_writer)(const void *object, void *buffer, size_t capacity, size_t *out_length,
                                       custval_error *error);
int bytes_give(bridge_call *call, bytes_writer write, const void *object);

/* Gives what a function makes of a file's text, or the failure. */
typedef int (*document_reader)(lua_State *L, const char *text, size_t length);
int file_give(lua_State *L, const char *path, document_reader read);

/* --- Documents (document.c) --------------------------------------------------------------------------------------- */

/* Pushes a text that a function of the library writes; the function gives the text's length. */
typedef custval_status (*text_writer)(const void *object, const char *language, char *buffer, size_t capacity,
                                      size_t *out_length, custval_error *error);
int text_give(bridge_call *call, text_writer write, const void *object, const char *language);

/* Gives whether two objects have the same document. */
int text_equal(bridge_call *call, text_writer write, const void *first, const void *second);

/* A kind of objects that are read from documents, and written as such. */
typedef struct document_kind {
    const handle_kind *handle;
    custval_status (*parse)(const char *text, size_t length, void **out, custval_error *error);
    text_writer write;
} document_kind;

/* Makes what such objects need to live, with these methods besides to_json() and ==; and in the table on top of the
   stack, under that name, what reads one of a text when it is called, and holds `load`, which reads a file, and further
   functions, which may be NULL. */
void document_register(lua_State *L, const document_kind *kind, const char *name, const luaL_Reg *methods,
                       const luaL_Reg *functions);

/* --- Parts of the module ------------------------------------------------------------------------------------------ */

/* Criteria with the sacrifices and ranges of the options at an index; weights may be NULL. Pushes what keeps them
   alive. */
custval_criterion *criteria_push(lua_State *L, const char *const *names, const double *weights, size_t count,
                                 int options);

/* The nodes of a system at the level, and with the weights of the profile, that the table of options at an index
   names. */
custval_status criteria_of_system(bridge_call *call, const custval_system *system, int options, custval_criterion **out,
                                  size_t *count);

/* Names with numbers: {quality = 60, price = 40} in the order of the alphabet, {{"quality", 60}, {"price", 40}} in
   order, or {"quality", "price"} with the numbers 1, 2, ... Pushes two values that keep them alive. */
void named_numbers(lua_State *L, int index, const char *what, const char ***names, double **numbers, size_t *count);

/* Names of the columns of numbers, with room for one more; pushes what keeps them alive beside the table. */
const char **numeric_names_push(lua_State *L, const custval_table *table, size_t *count);

/* Judgements from {names =, matrix = | matrices = | pairs =, ...}; pushes what keeps them alive. */
extern const char *const judgement_keys[];
void judgements_read(lua_State *L, int index, custval_judgements *into);

/* The summary at `data`, or one made of the columns there with the table of options at an index. `outcome`, if given,
   is one of its columns. Pushes what keeps it alive. */
extern const char *const summary_keys[];
custval_status summary_of(bridge_call *call, int data, int options, const char *outcome, uint32_t parts,
                          custval_summary **out);

/* What a call about rows of a table reads: a system and columns, further arguments, and options. */
typedef struct bridge_question {
    bridge_call call;
    const custval_system *system;
    custval_table *table, *out;
    void **made;
    int table_at; /* index of the table's handle */
    custval_score_options score;
    custval_status status;
} bridge_question;

/* Begins a question: reads the system and the options at an index into `targets`. */
void question_read(lua_State *L, bridge_question *question, int options, const bridge_target *targets);

/* Reads the columns, and one more than the system's if `more` is given; then the call can be made if the
   status is 0. */
void question_columns(lua_State *L, bridge_question *question, const char *more);

/* Gives the table of the answer, or the failure. */
int question_answer(bridge_question *question);

#define SCORED(question) TARGET(custval_score_options, (question).score)

custval_system *system_check(lua_State *L);

void system_register(lua_State *L);
void score_register(lua_State *L);
void builder_register(lua_State *L);
void weights_register(lua_State *L);
void summary_register(lua_State *L);
void uncertainty_register(lua_State *L);
void columns_register(lua_State *L);
void history_register(lua_State *L);
void lifetime_register(lua_State *L);
void worth_register(lua_State *L);
void equity_register(lua_State *L);
void formulas_register(lua_State *L);
void satisfaction_register(lua_State *L);
void link_register(lua_State *L);
void groups_register(lua_State *L);
void migration_register(lua_State *L);
void panel_register(lua_State *L);
void scenario_register(lua_State *L);
void programmes_register(lua_State *L);
void impact_register(lua_State *L);

#if defined(__GNUC__)
#  pragma GCC visibility pop
#endif

#endif
