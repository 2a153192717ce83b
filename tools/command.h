/* The commands, and what they have in common. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_COMMAND_H
#define CUSTVAL_TOOLS_COMMAND_H

#include "args.h"
#include "data_file.h"
#include "documents.h"
#include "frame.h"
#include "system_file.h"

/* Each gets its own name as argv[0] and gives the exit code. */
int cmd_check(int argc, char **argv);
int cmd_score(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_compare(int argc, char **argv);
int cmd_templates(int argc, char **argv);
int cmd_weights(int argc, char **argv);
int cmd_summary(int argc, char **argv);
int cmd_fit(int argc, char **argv);
int cmd_uncertainty(int argc, char **argv);
int cmd_rank(int argc, char **argv);
int cmd_fuzzy(int argc, char **argv);
int cmd_history(int argc, char **argv);
int cmd_lifetime(int argc, char **argv);
int cmd_worth(int argc, char **argv);
int cmd_satisfaction(int argc, char **argv);
int cmd_equity(int argc, char **argv);
int cmd_groups(int argc, char **argv);
int cmd_migration(int argc, char **argv);
int cmd_panel(int argc, char **argv);
int cmd_programmes(int argc, char **argv);
int cmd_scenario(int argc, char **argv);
int cmd_impact(int argc, char **argv);
int cmd_run(int argc, char **argv);
int cmd_report(int argc, char **argv);

/* A command's verb, or one of the commands. */
typedef struct command_verb {
    const char *name;
    int (*run)(int argc, char **argv);
} command_verb;

/* Runs the verb that argv[1] names, or prints the help; anything else is wrong usage of `command`, which calls a verb `noun`. */
int command_dispatch(const char *command, const char *noun, const command_verb *verbs, size_t count, const char *help,
                     int argc, char **argv);

/* Runs the command that argv[1] names, as the program does; gives its exit code. */
int command_run(int argc, char **argv);

/* Options that several commands have, for their tables. */
#define OPTION_DELIMITER(data) \
  { "--delimiter", 0, OPTION_TEXT, &(data).delimiter, "D", HELP_DELIMITER }
#define OPTION_DECIMAL(data) \
  { "--decimal", 0, OPTION_TEXT, &(data).decimal, "C", HELP_DECIMAL }
#define OPTION_MISSING(data) \
  { "--missing", 0, OPTION_TEXTS, &(data).missing, "TEXT", HELP_MISSING }
#define OPTIONS_OF_DATA(data) OPTION_DELIMITER(data), OPTION_DECIMAL(data), OPTION_MISSING(data)

#define HELP_DELIMITER \
  "between cells: a character, or auto, comma, semicolon, tab, pipe,\nspace (default: auto, from the header)"
#define HELP_DECIMAL "decimal character, . or , (default: .)"
#define HELP_MISSING \
  "a cell that means no answer, besides blank, NA, N/A, #N/A, NaN,\nnull, None and . in any case; may be repeated"

#define OPTION_PROFILE(choice) \
  { "--profile", 0, OPTION_TEXT, &(choice).profile, "ID", HELP_PROFILE }
#define OPTION_CONTEXT(choice) \
  { "--context", 0, OPTION_TEXT, &(choice).context, "ID", HELP_CONTEXT }
#define OPTION_AS_OF(choice) \
  { "--as-of", 0, OPTION_TEXT, &(choice).as_of, "DATE", HELP_AS_OF }
#define OPTIONS_OF_SCORING(choice) OPTION_PROFILE(choice), OPTION_CONTEXT(choice), OPTION_AS_OF(choice)

#define HELP_PROFILE "use this profile for every row"
#define HELP_CONTEXT "use this context for every row"
#define HELP_AS_OF "YYYY-MM-DD, for judgements that expire (default: today)"

#define OPTION_OF_ID(id) \
  { "--id", 0, OPTION_TEXT, &(id), "COLUMN", HELP_ID }
#define OPTION_OF_LANGUAGE(language) \
  { "--language", 0, OPTION_TEXT, &(language), "CODE", HELP_LANGUAGE }
#define OPTION_OF_CONFIDENCE(level) \
  { "--confidence", 0, OPTION_NUMBER, &(level), "SHARE", "of the intervals (default: 0.95)" }

#define HELP_ID "column of the customer (default: customer, if there is one)"
#define HELP_LANGUAGE "of labels, e.g. zh (default: en)"

#define OPTION_OF_OUTPUT(path) \
  { "--output", 'o', OPTION_TEXT, &(path), "FILE", "write there instead of to standard output" }
#define OPTION_OF_FORMAT(name, help) \
  { "--format", 0, OPTION_TEXT, &(name), "F", help }

/* Both standard input would give each half of it. */
void command_check_inputs(const char *command, const char *system, const char *data);
void command_check_files(const char *command, const char *const *paths, size_t count);

/* Everything at once to standard output or a file. */
void command_write(const char *path, const buffer *text);
/* The same with a table in that format. */
void command_print(const custval_table *table, int format, const char *path);

#endif
