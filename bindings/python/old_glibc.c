/* What a program calls by other names in an old glibc; the linker's --wrap sends the calls here. */
/* SPDX-License-Identifier: Apache-2.0 */

/* Before 2.33, stat and fstat were inline and called these with the version of the structure. */
#if defined(__x86_64__)
#  define STAT_VERSION 1
__asm__(".symver __xstat64, __xstat64@GLIBC_2.2.5");
__asm__(".symver __fxstat64, __fxstat64@GLIBC_2.2.5");
__asm__(".symver old_start, __libc_start_main@GLIBC_2.2.5");
#else
#  define STAT_VERSION 0
__asm__(".symver __xstat64, __xstat64@GLIBC_2.17");
__asm__(".symver __fxstat64, __fxstat64@GLIBC_2.17");
__asm__(".symver old_start, __libc_start_main@GLIBC_2.17");
#endif

int __xstat64(int version, const char *path, void *out);
int __fxstat64(int version, int file, void *out);
int __wrap_stat64(const char *path, void *out);
int __wrap_fstat64(int file, void *out);

int __wrap_stat64(const char *path, void *out) {
    return __xstat64(STAT_VERSION, path, out);
}

int __wrap_fstat64(int file, void *out) {
    return __fxstat64(STAT_VERSION, file, out);
}

/* What calls main(). Its arguments did not change; where a program is linked with a newer glibc, two of them are NULL and
   are left alone by every version. */
typedef int main_function(int argc, char **argv, char **environment);
typedef void plain_function(void);
int old_start(main_function *start, int argc, char **argv, main_function *prepare, plain_function *finish,
              plain_function *finish_linker, void *stack_end);
int __wrap___libc_start_main(main_function *start, int argc, char **argv, main_function *prepare,
                             plain_function *finish, plain_function *finish_linker, void *stack_end);

int __wrap___libc_start_main(main_function *start, int argc, char **argv, main_function *prepare,
                             plain_function *finish, plain_function *finish_linker, void *stack_end) {
    return old_start(start, argc, argv, prepare, finish, finish_linker, stack_end);
}
