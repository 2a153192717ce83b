/* What the four databases need alike: documents by their text, rows by position, answers as text. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SQL_SHARED_H
#define CUSTVAL_SQL_SHARED_H

#include <stddef.h>
#include <stdint.h>

#include <custval/custval.h>

/*
 * The files of a database only convert: they hand over a document as text, put the cells of a row into the numbers and
 * texts of a site, and take back a number, a text or a status with its message. Nothing here knows a database, and
 * nothing of a database is freed or kept here. Memory is that of malloc(), and may fail everywhere.
 */

#if defined(__GNUC__)
#  pragma GCC visibility push(hidden)
#endif

/* --- Documents (document.c) --------------------------------------------------------------------------------------- */

typedef enum sql_kind { SQL_SYSTEM = 1, SQL_GROUPS = 2, SQL_LIFETIME = 3 } sql_kind;

/* A column that a document reads. */
typedef struct sql_input {
    const char *column; /* owned by the object of the document */
    int is_text;
} sql_input;

/* A document that was read: immutable, counted, shared by all threads whose text is the same. */
typedef struct sql_document {
    size_t owners; /* guarded by the lock of document.c */
    sql_kind kind;
    uint64_t hash;
    char *text;
    size_t length;
    custval_system *system; /* one of the three, by the kind */
    custval_groups *groups;
    custval_lifetime *lifetime;
    sql_input *inputs; /* in the order in which answers are given */
    size_t input_count;
    int has_texts;
    int is_dated; /* a system with overrides: the last input is the date of the scoring, no column of it */
} sql_document;

/* Gives the document of a text, which is read only if it is not among the latest ones of the process. */
custval_status sql_document_get(sql_kind kind, const char *text, size_t length, sql_document **out,
                                custval_error *error);
void sql_document_free(sql_document *document); /* NULL is fine */

/* Kind of a name: "system", "groups" or "lifetime"; 0 for any other. */
sql_kind sql_kind_of(const char *name, size_t length);

/* --- Text (text.c) ------------------------------------------------------------------------------------------------ */

/* Bytes that grow. Start with zeros; a growth that fails is remembered, and nothing is added from then on. */
typedef struct sql_text {
    char *data; /* NULL or ends with a NUL that is not counted */
    size_t length, capacity;
    int failed;
} sql_text;

void sql_text_add(sql_text *text, const char *data, size_t length);
/* A JSON string, or null for NULL. */
void sql_text_add_quoted(sql_text *text, const char *data, size_t length);
/* The shortest decimal that reads back as the same double; null for what JSON has no number for. */
void sql_text_add_number(sql_text *text, double number);
/* Room for so many bytes more, which the caller then writes and counts; NULL on failure. */
char *sql_text_room(sql_text *text, size_t length);
/* #CUSTVAL_OK unless memory ran out. */
custval_status sql_text_status(const sql_text *text, custval_error *error);
void sql_text_clear(sql_text *text);

/* A table as a JSON array with an object for each row. */
custval_status sql_text_add_table(sql_text *text, const custval_table *table, custval_error *error);

/* --- One row after the other (site.c) ----------------------------------------------------------------------------- */

/*
 * One place of a query: what it keeps from row to row. As long as the document stays the same, a row costs no look-up
 * and a value no memory. A site belongs to one thread at a time. Start with {.kind = ..., .levels = ..., .coverage =
 * ...}.
 */
typedef struct sql_site {
    sql_kind kind;
    uint32_t levels;         /* systems: bits of ::custval_level */
    uint32_t coverage;       /* systems: a ::custval_coverage */
    sql_document *document;  /* of the latest row; NULL before the first */
    custval_scorer *scorer;  /* systems */
    custval_table *customer; /* groups, lifetimes: a table of one row, over `numbers` */
    double *numbers;     /* one for each input, to be set before each row: NaN is missing, and where a text is read */
    custval_text *texts; /* one for each input, to be set before each row if the document has texts */
    double *scores;
    sql_text group; /* id of the latest row's group */
    char as_of[11]; /* date that the scorer is for; empty: none */
} sql_site;

#define SQL_SITE_VALUE \
  { .kind = SQL_SYSTEM, .levels = CUSTVAL_LEVEL_VALUE, .coverage = CUSTVAL_COVERAGE_NONE }
#define SQL_SITE_SCORES                                                                                \
  {                                                                                                    \
    .kind = SQL_SYSTEM, .levels = CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_SIDE | CUSTVAL_LEVEL_DIMENSION | \
                                  CUSTVAL_LEVEL_INDICATOR | CUSTVAL_LEVEL_DERIVED                      \
  }

/* Inputs of a lifetime, whatever its model reads of them. The horizon is 1 until it is set. */
enum {
    SQL_LIFETIME_X,
    SQL_LIFETIME_T_X,
    SQL_LIFETIME_T,
    SQL_LIFETIME_MEAN_SPEND,
    SQL_LIFETIME_HORIZON,
    SQL_LIFETIME_INPUTS
};

/* Gets ready for a row of the document with that text; `text` NULL is refused. After a failure the site is empty. */
custval_status sql_site_use(sql_site *site, const char *text, size_t length, custval_error *error);
/* Refuses a number of answers that is not that of the inputs, and says which they are. */
custval_status sql_site_expect(const sql_site *site, size_t answers, custval_error *error);
/* Says that an answer has a type that its input does not have; `type` as the database calls it. */
custval_status sql_site_refuse(const sql_site *site, size_t input, const char *type, custval_error *error);
void sql_site_clear(sql_site *site);
/* The same where no document says what is needed: a wrong number of arguments, an argument that is no number. */
custval_status sql_fail_count(custval_error *error, size_t given, size_t least, size_t most);
custval_status sql_fail_number(custval_error *error, size_t argument);

/* The value of the row, NaN if it has none. */
custval_status sql_site_value(sql_site *site, double *out, custval_error *error);
/* A JSON object: each score by its name, and `status`. */
custval_status sql_site_scores(sql_site *site, sql_text *out, custval_error *error);
/* The explanation of the row as custval_explain() gives it. */
custval_status sql_site_explain(sql_site *site, custval_table **out, custval_error *error);
/* Why the row has a status; empty if it has none. */
custval_status sql_site_reason(sql_site *site, sql_text *out, custval_error *error);
/* The id of the row's group, until the next row; `data` NULL if it is in none. */
custval_status sql_site_group(sql_site *site, custval_text *out, custval_error *error);

/* How money counts in a prediction. */
typedef struct sql_terms {
    double rate, rate_period;
} sql_terms;
#define SQL_TERMS \
  { 0.0, 1.0 }

/* Where a number after the document goes: x, t_x, T, for the value mean_spend, then the horizon, the rate, its period. */
double *sql_site_place(sql_site *site, sql_terms *terms, uint32_t output, size_t argument);

/* One prediction for the row, a ::custval_lifetime_output; NaN if there is none. A missing term is a missing answer. */
custval_status sql_site_predict(sql_site *site, uint32_t output, const sql_terms *terms, double *out,
                                custval_error *error);
/* The same for a table with the columns of the inputs; the first column of the result is the prediction. */
custval_status sql_document_predict(const sql_document *document, const custval_table *table, uint32_t output,
                                    const sql_terms *terms, custval_table **out, custval_error *error);

/* --- Weights and summaries (summary.c) ---------------------------------------------------------------------------- */

/* Weights of a square matrix of judgements, row by row; NaN: not judged. Criteria are called "1", "2", ... */
custval_status sql_weights_ahp(const double *matrix, size_t entries, custval_weights **out, custval_error *error);
/* The consistency ratio, NaN if there is none. */
custval_status sql_weights_consistency(const custval_weights *weights, double *out, custval_error *error);
/* A JSON object: each weight by its name; or an array without names. */
custval_status sql_weights_write(const custval_weights *weights, int with_names, sql_text *out, custval_error *error);

/* A summary that is fed row by row. */
typedef struct sql_gather {
    custval_summary *summary; /* NULL before the first row or summary */
    char **names;
    size_t columns;
    size_t rows;   /* that wait in `cells` */
    double *cells; /* column by column */
} sql_gather;

/* Makes one for columns such as "q1=1:10, -price": with their ranges, and a minus where less is better. A summary keeps
   pairs, and entropies unless a sacrifice has no range. */
custval_status sql_gather_new(const char *columns, size_t length, sql_gather **out, custval_error *error);
void sql_gather_free(sql_gather *gather); /* NULL is fine */
/* Adds a row: one number for each column, NaN is missing. */
custval_status sql_gather_row(sql_gather *gather, const double *numbers, custval_error *error);
/* Adds what another one has gathered; both are flushed. */
custval_status sql_gather_merge(sql_gather *gather, sql_gather *other, custval_error *error);
/* Adds a written summary; *gather may be NULL, and is then made. */
custval_status sql_gather_merge_bytes(sql_gather **gather, const void *bytes, size_t length, custval_error *error);
/* The bytes of custval_summary_write(). */
custval_status sql_gather_write(sql_gather *gather, sql_text *out, custval_error *error);

/* Statistics of a written summary, as custval_summary_table() gives them, in JSON. */
custval_status sql_summary_statistics(const void *bytes, size_t length, sql_text *out, custval_error *error);
/* Weights from a written summary by "critic", "entropy", "deviation" or "variation". */
custval_status sql_summary_weights(const void *bytes, size_t length, const char *method, size_t method_length,
                                   custval_weights **out, custval_error *error);

#if defined(__GNUC__)
#  pragma GCC visibility pop
#endif

#endif
