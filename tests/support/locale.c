/* Preloaded by the locale test setup: puts any program into the locale of the environment, as a host may do. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((constructor)) static void use_locale_of_environment(void) {
    if (setlocale(LC_ALL, "") == NULL || localeconv()->decimal_point[0] != ',') {
        fputs("the locale of the environment has no decimal comma\n", stderr);
        exit(99);
    }
}
