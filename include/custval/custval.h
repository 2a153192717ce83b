/* custval: what an offer is worth to a customer, and why. Includes every header of the library. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_CUSTVAL_H
#define CUSTVAL_CUSTVAL_H

/**
 * @file custval.h
 * @brief Includes the whole interface.
 *
 * Read in this order:
 *
 * 1. status.h    how a call fails
 * 2. host.h      memory, threads and progress, lent by the host
 * 3. table.h     the bulk data type; arrow.h: the same through the Arrow C interfaces
 * 4. system.h    indicator systems; parts.h: what they are made of; made by builder.h, or from JSON by document.h;
 *                words.h: the words for values
 * 5. score.h     scores of a table, a stream, a row
 * 6. explain.h   why, what changed, what to improve; compare.h: which offer wins, and because of what
 * 7. weights.h   where weights come from: stated and ranked there, judgements.h by pairs, summary.h from data,
 *                drivers.h from an outcome
 * 8. uncertainty.h  how far scores, ranks and means can be relied on; rank.h: other roll-ups to compare with
 * 9. history.h   from transactions to what each customer bought when; lifetime.h: who is still a customer, what they
 *                will buy, what that is worth
 * 10. worth.h    what each customer is worth to the firm; equity.h: what all are; formulas.h: formulas of money
 * 11. satisfaction.h  expectations, satisfaction, what drives it; link.h: from a score to an outcome
 * 12. groups.h   profit and loyalty, segments, bands; migration.h: who moves between them; panel.h: who answered
 * 13. scenario.h what if: promotions, prices, features; programmes.h: which service fits whom
 * 14. impact.h   what a point of an indicator is worth in money, and what it returns
 *
 * Everything bulk is a table, every system is an immutable handle, every verb maps (system, table) to a table.
 */

#include "arrow.h"
#include "builder.h"
#include "compare.h"
#include "document.h"
#include "drivers.h"
#include "equity.h"
#include "explain.h"
#include "formulas.h"
#include "groups.h"
#include "history.h"
#include "host.h"
#include "impact.h"
#include "judgements.h"
#include "lifetime.h"
#include "link.h"
#include "macros.h"
#include "migration.h"
#include "panel.h"
#include "parts.h"
#include "programmes.h"
#include "rank.h"
#include "satisfaction.h"
#include "scenario.h"
#include "score.h"
#include "status.h"
#include "summary.h"
#include "system.h"
#include "table.h"
#include "uncertainty.h"
#include "weights.h"
#include "words.h"
#include "worth.h"
#include <custval/version.h>

#endif
