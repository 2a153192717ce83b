/* Checks of single values that go into a system. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "validate.h"

#include <math.h>
#include <string.h>

#include <custval/parts.h>
#include <custval/words.h>

#include "../base/error.h"
#include "../base/text.h"

#define MAX_LANGUAGE_LENGTH 35 /* the longest tag that BCP 47 asks everybody to take */

int custval__id_is_reserved(const char *id) {
    static const char *const reserved[] = {"value", "benefit", "sacrifice", "coverage", "status", "pay", "do", "learn"};
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
        if (strcmp(id, reserved[i]) == 0) return 1;
    }
    return 0;
}

/* Of valid UTF-8: U+0000 to U+001F, and U+007F to U+009F. */
static int has_control(const char *text) {
    size_t left = strlen(text);
    while (left > 0) {
        uint32_t character = 0;
        const size_t bytes = custval__utf8_next(text, left, &character);
        if (character < 0x20 || (character >= 0x7f && character < 0xa0)) return 1;
        text += bytes;
        left -= bytes;
    }
    return 0;
}

custval_status custval__check_id(const char *kind, const char *id, custval_error *error) {
    if (id == NULL) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the %s has no id", kind);
    const size_t length = strlen(id);
    if (length == 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the id of the %s is empty", kind);
    if (length > CUSTVAL_MAX_ID_LENGTH) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%s \"%.*s...\": the id has %zu bytes, at most %d are allowed",
                             kind, 40, id, length, CUSTVAL_MAX_ID_LENGTH);
    }
    if (!custval__utf8_valid(id, length)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s \"%s\": the id is not UTF-8", kind, id);
    }
    if (has_control(id)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s \"%s\": the id has a control character", kind, id);
    }
    return CUSTVAL_OK;
}

custval_status custval__check_node_id(const char *kind, const char *id, custval_error *error) {
    static const char coverage[] = ".coverage";
    CUSTVAL__TRY(custval__check_id(kind, id, error));
    if (custval__id_is_reserved(id)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s \"%s\": this id is reserved", kind, id);
    }
    const size_t length = strlen(id), ending = sizeof coverage - 1;
    if (length >= ending && strcmp(id + length - ending, coverage) == 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "%s \"%s\": ids that end in \"%s\" are reserved for columns of scores", kind, id,
                             coverage);
    }
    return CUSTVAL_OK;
}

custval_status custval__check_text(custval__subject about, const char *what, const char *text, custval_error *error) {
    const size_t length = text == NULL ? 0 : strlen(text);
    if (length > CUSTVAL_MAX_TEXT_LENGTH) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%s \"%s\": %s has %zu bytes, at most %d are allowed",
                             about.kind, about.id, what, length, CUSTVAL_MAX_TEXT_LENGTH);
    }
    if (!custval__utf8_valid(text, length)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s \"%s\": %s is not UTF-8", about.kind, about.id, what);
    }
    return CUSTVAL_OK;
}

custval_status custval__check_required(custval__subject about, const char *what, const char *text,
                                       custval_error *error) {
    if (text == NULL || text[0] == 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s \"%s\": %s is missing", about.kind, about.id, what);
    }
    return custval__check_text(about, what, text, error);
}

static int is_language(const char *tag) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const size_t length = strlen(tag);
    return length > 0 && length <= MAX_LANGUAGE_LENGTH && strspn(tag, letters) == length;
}

custval_status custval__check_label(custval__subject about, const char *language, const char *text,
                                    custval_error *error) {
    if (language == NULL) return custval__fail_null(error, "language");
    if (text == NULL) return custval__fail_null(error, "text");
    if (!is_language(language)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "%s \"%s\": \"%.*s\" is no language tag such as en, zh or pt-BR", about.kind, about.id, 80,
                             language);
    }
    CUSTVAL__TRY(custval__check_required(about, "label", text, error));
    if (has_control(text)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s \"%s\": the label has a control character", about.kind,
                             about.id);
    }
    return CUSTVAL_OK;
}

custval_status custval__check_weight(custval__subject about, double weight, custval_error *error) {
    if (weight >= 0 && isfinite(weight)) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_WEIGHT, "%s \"%s\": weight %g is %s", about.kind, about.id, weight,
                         isfinite(weight) ? "negative" : "not finite");
}

custval_status custval__check_finite(custval__subject about, const char *what, double number, custval_error *error) {
    if (isfinite(number)) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "%s \"%s\": %s is %g, not a finite number", about.kind,
                         about.id, what, number);
}

custval_status custval__check_range(custval__subject about, const char *what, double number, double low, double high,
                                    custval_error *error) {
    CUSTVAL__TRY(custval__check_finite(about, what, number, error));
    if (number >= low && number <= high) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s \"%s\": %s %g lies outside %g..%g", about.kind, about.id, what,
                         number, low, high);
}

custval_status custval__check_word(custval__subject about, const char *what, uint32_t vocabulary, uint32_t value,
                                   custval_error *error) {
    if (custval_word(vocabulary, value) != NULL) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s \"%s\": there is no %s %u", about.kind, about.id, what,
                         (unsigned)value);
}

/* Closer to 0 the sum of nearly equal powers keeps too few digits for its root; further away powers of scores on 0..100
   overflow or vanish. */
#define MIN_EXPONENT 0.001
#define MAX_EXPONENT 50.0

custval_status custval__check_exponent(custval__subject about, double exponent, custval_error *error) {
    CUSTVAL__TRY(custval__check_finite(about, "exponent", exponent, error));
    if (exponent == 0) {
        return custval__fail(
            error, CUSTVAL_ERROR_RANGE,
            "%s \"%s\": a power mean needs an exponent other than 0; the geometric mean is its limit at 0", about.kind,
            about.id);
    }
    if (fabs(exponent) >= MIN_EXPONENT && fabs(exponent) <= MAX_EXPONENT) return CUSTVAL_OK;
    return custval__fail(
        error, CUSTVAL_ERROR_RANGE,
        "%s \"%s\": exponent %g lies outside %g..%g in size; the geometric mean is the limit at 0, the "
        "minimum far below",
        about.kind, about.id, exponent, MIN_EXPONENT, MAX_EXPONENT);
}

custval_status custval__check_flag(custval__subject about, const char *what, uint32_t flag, custval_error *error) {
    if (flag <= 1) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s \"%s\": %s is %u, neither 0 nor 1", about.kind, about.id,
                         what, (unsigned)flag);
}

custval_status custval__check_unused(custval__subject about, uint32_t reserved, custval_error *error) {
    if (reserved == 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s \"%s\": reserved is %u, it must be 0", about.kind, about.id,
                         (unsigned)reserved);
}
