/* What becomes of a set of weights: it is printed, and may go into a system. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_WEIGHTS_OUT_H
#define CUSTVAL_TOOLS_WEIGHTS_OUT_H

#include <custval/custval.h>

#include "command.h"

/* Options of every command that makes weights. */
typedef struct weights_choice {
    const char *format, *output;
    const char *system; /* to be applied to; NULL: none */
    const char *profile, *source, *date, *note;
} weights_choice;

/* What an applied set records. */
#define OPTIONS_OF_ORIGIN(choice)                                                                          \
  {"--source", 0, OPTION_TEXT, &(choice).source, "TEXT", HELP_SOURCE},                                     \
      {"--date", 0, OPTION_TEXT, &(choice).date, "DATE", "to be recorded, YYYY-MM-DD (default: today)"}, { \
    "--note", 0, OPTION_TEXT, &(choice).note, "TEXT", "to be recorded"                                     \
  }
#define OPTION_OF_APPLIED_PROFILE(choice) \
  { "--profile", 0, OPTION_TEXT, &(choice).profile, "ID", HELP_APPLIED_PROFILE }
#define OPTIONS_OF_WEIGHTS(choice)                                                                            \
  OPTION_OF_FORMAT((choice).format, "csv, json or table (default: table)"),                                   \
      {"--output", 'o', OPTION_TEXT, &(choice).output, "FILE", HELP_WEIGHTS_OUTPUT},                          \
      {"--apply", 0, OPTION_TEXT, &(choice).system, "SYSTEM", HELP_APPLY}, OPTION_OF_APPLIED_PROFILE(choice), \
      OPTIONS_OF_ORIGIN(choice)

#define HELP_WEIGHTS_OUTPUT "write the weights there, or with --apply the new system"
#define HELP_APPLY                                                        \
  "give these weights to the nodes of this system; the new one goes to\n" \
  "--output, the weights to standard output"
#define HELP_APPLIED_PROFILE "as weights of this profile, which is added if there is none"
#define HELP_SOURCE "who or what the weights come from, to be recorded\n(default: the name of the file)"

/* Fails as usage if the choice cannot be; `input` (may be NULL) is "-" if standard input is read. */
void weights_check(const weights_choice *choice, const char *command, const char *input);
/* Prints the weights, applies them if asked to, and frees them; `files` are where they come from. The last act of a
   command. */
void weights_finish(custval_weights *weights, const weights_choice *choice, const char *command,
                    const char *const *files, size_t file_count);
/* Only makes and writes the new system, to standard output if no other is chosen. */
void weights_apply(const custval_weights *weights, const weights_choice *choice, const char *const *files,
                   size_t file_count);

/* Name of files for an origin, without folders: "a.csv", "a.csv and 2 more". */
const char *source_of(const char *const *files, size_t count, char *out, size_t capacity);

#endif
