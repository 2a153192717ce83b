/* Binds what glibc gave a new version to its oldest one, so that wheels run on older systems than they are built on. What
 * has another name there is in old_glibc.c. */
/* SPDX-License-Identifier: Apache-2.0 */

/* In glibc 2.34 these moved from libpthread to libc with a new version, but are what they were. Included before
 * everything else, so this file includes nothing. On an older system the process must have libpthread, as Python has.
 * fcntl64 is of 2.28; with the commands that are used here it is fcntl. */
#if defined(__x86_64__)
__asm__(".symver fcntl64, fcntl@GLIBC_2.2.5");
__asm__(".symver pthread_create, pthread_create@GLIBC_2.2.5");
__asm__(".symver pthread_join, pthread_join@GLIBC_2.2.5");
__asm__(".symver pthread_sigmask, pthread_sigmask@GLIBC_2.2.5");
#elif defined(__aarch64__)
__asm__(".symver fcntl64, fcntl@GLIBC_2.17");
__asm__(".symver pthread_create, pthread_create@GLIBC_2.17");
__asm__(".symver pthread_join, pthread_join@GLIBC_2.17");
__asm__(".symver pthread_sigmask, pthread_sigmask@GLIBC_2.17");
#endif
