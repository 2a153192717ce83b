/* One public header and nothing else; twice, to see that its guard works. */
/* SPDX-License-Identifier: Apache-2.0 */
#include HEADER
#include HEADER

int main(void) {
    return 0;
}
