/* The commands, and what they have in common. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_COMMAND_H
#define CUSTVAL_TOOLS_COMMAND_H

#include "args.h"
#include "data_file.h"
#include "frame.h"
#include "system_file.h"

/* Each gets its own name as argv[0] and gives the exit code. */
int cmd_check(int argc, char **argv);
int cmd_score(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_compare(int argc, char **argv);
int cmd_templates(int argc, char **argv);

/* Options that several commands have, for their tables. */
#define OPTIONS_OF_DATA(data)                                                                                            \
  {"--delimiter",                                                                                                        \
   0,                                                                                                                    \
   OPTION_TEXT,                                                                                                          \
   &(data).delimiter,                                                                                                    \
   "D",                                                                                                                  \
   "between cells: a character, or auto, comma, semicolon, tab, pipe,\nspace (default: auto, from the header)"},         \
      {"--decimal", 0, OPTION_TEXT, &(data).decimal, "C", "decimal character, . or , (default: .)"}, {                   \
    "--missing", 0, OPTION_TEXTS, &(data).missing, "TEXT",                                                               \
        "a cell that means no answer, besides blank, NA, N/A, #N/A, NaN,\nnull, None and . in any case; may be repeated" \
  }

#define OPTIONS_OF_SCORING(choice)                                                                                \
  {"--profile", 0, OPTION_TEXT, &(choice).profile, "ID", "score every row with this profile"},                    \
      {"--context", 0, OPTION_TEXT, &(choice).context, "ID", "score every row in this context"}, {                \
    "--as-of", 0, OPTION_TEXT, &(choice).as_of, "DATE", "YYYY-MM-DD, for judgements that expire (default: today)" \
  }

#define OPTION_OF_OUTPUT(path) \
  { "--output", 'o', OPTION_TEXT, &(path), "FILE", "write there instead of to standard output" }
#define OPTION_OF_FORMAT(name, help) \
  { "--format", 0, OPTION_TEXT, &(name), "F", help }

/* Both standard input would give each half of it. */
void command_check_inputs(const char *command, const char *system, const char *data);

/* Everything at once to standard output or a file. */
void command_write(const char *path, const buffer *text);

#endif
