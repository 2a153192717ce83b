/* Words as the texts of tables. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SATISFACTION_WORDS_H
#define CUSTVAL_SATISFACTION_WORDS_H

#include <string.h>

#include <custval/words.h>

/* The word of a value that its vocabulary has; static. */
static inline custval_text custval__word_text(uint32_t vocabulary, uint32_t value) {
    const char *const word = custval_word(vocabulary, value);
    return (custval_text){word, strlen(word)};
}

#endif
