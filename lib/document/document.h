/* What parsing and writing of documents share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_DOCUMENT_DOCUMENT_H
#define CUSTVAL_DOCUMENT_DOCUMENT_H

/* Version of system documents that this library reads and writes. */
#define CUSTVAL__SYSTEM_VERSION 1

/* Version of worth documents that this library reads and writes; the words of their presets. */
#define CUSTVAL__WORTH_VERSION 1
#define CUSTVAL__WORD_FOUR "four"
#define CUSTVAL__WORD_THREE "three"

/* Version of groups documents that this library reads and writes. */
#define CUSTVAL__GROUPS_VERSION 1
/* Version of documents of programmes that this library reads and writes. */
#define CUSTVAL__PROGRAMMES_VERSION 1
/* Version of scenario documents that this library reads and writes. */
#define CUSTVAL__SCENARIO_VERSION 1

/* Version of impact documents that this library reads and writes; the words of what a cost is per. */
#define CUSTVAL__IMPACT_VERSION 1
#define CUSTVAL__WORD_ALL "all"
#define CUSTVAL__WORD_CUSTOMER "customer"

/* Parameters of a prospect curve that does not give its own: Tversky & Kahneman (1992). */
#define CUSTVAL__PROSPECT_ALPHA 0.88
#define CUSTVAL__PROSPECT_BETA 0.88
#define CUSTVAL__PROSPECT_LAMBDA 2.25

#endif
