/* Documents of the library, read from files and written as text. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_DOCUMENTS_H
#define CUSTVAL_TOOLS_DOCUMENTS_H

#include <custval/custval.h>

#include "tool.h"

/* Each reads a document ("-": standard input) or fails. If `written` (may be NULL) names the same file, fails too. */
custval_groups *groups_load(const char *path, const char *written);
custval_impact *impact_load(const char *path, const char *written);
custval_lifetime *lifetime_load(const char *path, const char *written);
custval_link *link_load(const char *path, const char *written);
custval_programmes *programmes_load(const char *path, const char *written);
custval_scenario *scenario_load(const char *path, const char *written);
custval_system *system_load(const char *path, const char *written);
custval_worth *worth_load(const char *path, const char *written);

/* Each adds what is to be written in a file. */
void groups_text(const custval_groups *groups, buffer *to);
void history_bytes(const custval_history *history, buffer *to);
void impact_text(const custval_impact *impact, buffer *to);
void lifetime_text(const custval_lifetime *lifetime, buffer *to);
void link_text(const custval_link *link, buffer *to);
void programmes_text(const custval_programmes *programmes, buffer *to);
void summary_bytes(const custval_summary *summary, buffer *to);
void system_text(const custval_system *system, buffer *to);

#endif
