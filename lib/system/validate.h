/* Checks of single values that go into a system, with their messages. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SYSTEM_VALIDATE_H
#define CUSTVAL_SYSTEM_VALIDATE_H

#include <stdint.h>

#include <custval/status.h>

/* Whom a message is about; it begins with e.g.  item "q1":  */
typedef struct custval__subject {
    const char *kind, *id;
} custval__subject;

/* 1 for the words that no node of the caller may have as its id. */
int custval__id_is_reserved(const char *id);

/* An id of any kind: required, UTF-8 without control characters, at most CUSTVAL_MAX_ID_LENGTH bytes. `kind` is what it
   is an id of. The id of a node is no reserved word either, and is not like the name of a column of coverages. */
custval_status custval__check_id(const char *kind, const char *id, custval_error *error);
custval_status custval__check_node_id(const char *kind, const char *id, custval_error *error);

/* A text of at most CUSTVAL_MAX_TEXT_LENGTH bytes of UTF-8; `what` names the member. NULL is fine for an optional one,
   a required one is not empty either. */
custval_status custval__check_text(custval__subject about, const char *what, const char *text, custval_error *error);
custval_status custval__check_required(custval__subject about, const char *what, const char *text,
                                       custval_error *error);
/* A label and its language. */
custval_status custval__check_label(custval__subject about, const char *language, const char *text,
                                    custval_error *error);

custval_status custval__check_weight(custval__subject about, double weight, custval_error *error);
custval_status custval__check_finite(custval__subject about, const char *what, double number, custval_error *error);
/* Finite and in [low, high]. */
custval_status custval__check_range(custval__subject about, const char *what, double number, double low, double high,
                                    custval_error *error);
/* A value of a vocabulary. */
custval_status custval__check_word(custval__subject about, const char *what, uint32_t vocabulary, uint32_t value,
                                   custval_error *error);
/* Exponent of a power mean. */
custval_status custval__check_exponent(custval__subject about, double exponent, custval_error *error);
/* 0 or 1. */
custval_status custval__check_flag(custval__subject about, const char *what, uint32_t flag, custval_error *error);
/* A member for later versions. */
custval_status custval__check_unused(custval__subject about, uint32_t reserved, custval_error *error);

#endif
