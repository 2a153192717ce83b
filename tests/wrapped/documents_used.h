/* Documents that the tests of memory that fails read: a system with a number and a text, groups, a lifetime model. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_DOCUMENTS_USED_H
#define CUSTVAL_DOCUMENTS_USED_H

static const char system_text[] =
    "{\"custval\": \"system\", \"version\": 1, \"dimensions\": [{\"id\": \"product\", \"side\": \"benefit\","
    "\"indicators\": [{\"id\": \"quality\", \"items\": [{\"column\": \"quality\", \"scale\": [0, 100]}]},"
    "{\"id\": \"kind\", \"items\": [{\"column\": \"kind\","
    "\"curve\": {\"type\": \"table\", \"scores\": {\"good\": 90, \"bad\": 10}}}]}]}]}";
static const char groups_text[] =
    "{\"custval\": \"groups\", \"version\": 1, \"measures\": [{\"id\": \"profit\", \"cuts\": [100]}],"
    "\"groups\": [{\"id\": \"high\", \"when\": {\"profit\": 2}}, {\"id\": \"low\"}]}";
static const char lifetime_text[] = "{\"custval\": \"lifetime\", \"version\": 1, \"model\": \"bgnbd\","
                                    "\"parameters\": {\"r\": 0.243, \"alpha\": 4.414, \"a\": 0.793, \"b\": 2.426}}";

#endif
