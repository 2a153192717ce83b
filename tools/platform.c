/* What differs between systems. */
/* SPDX-License-Identifier: Apache-2.0 */
#if !defined(_WIN32)
#  define _XOPEN_SOURCE 700
#endif

#include "platform.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#if defined(_WIN32)
#  include <direct.h>
#  include <io.h>
#  include <process.h>
#  include <windows.h>
#else
#  include <unistd.h>
#endif

#include "tool.h"

static void (*clean_up)(void);

static void end_by_signal(int number) {
    clean_up();
    signal(number, SIG_DFL);
    raise(number);
}

void platform_today(char out[11]) {
    const time_t now = time(NULL);
    const struct tm *const local = localtime(&now);
    if (local == NULL || strftime(out, 11, "%Y-%m-%d", local) == 0) fail("the clock gives no date; use --as-of");
}

#if defined(_WIN32)

void platform_start(void) {
    DWORD mode = 0;
    const HANDLE console = GetStdHandle(STD_ERROR_HANDLE);
    SetConsoleOutputCP(CP_UTF8);
    if (GetConsoleMode(console, &mode)) SetConsoleMode(console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
    platform_set_binary(stdout);
}

int platform_is_terminal(FILE *file) {
    return _isatty(_fileno(file));
}

void platform_set_binary(FILE *file) {
    _setmode(_fileno(file), _O_BINARY);
}

uint64_t platform_file_size(FILE *file) {
    struct _stat64 info;
    if (_fstat64(_fileno(file), &info) != 0 || (info.st_mode & _S_IFREG) == 0) return 0;
    return (uint64_t)info.st_size;
}

int platform_is_same_file(const char *path, FILE *file) {
    BY_HANDLE_FILE_INFORMATION a, b;
    const HANDLE opened = CreateFileA(path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                                      OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    if (opened == INVALID_HANDLE_VALUE) return 0;
    const int known =
        GetFileInformationByHandle(opened, &a) && GetFileInformationByHandle((HANDLE)_get_osfhandle(_fileno(file)), &b);
    CloseHandle(opened);
    return known && a.dwVolumeSerialNumber == b.dwVolumeSerialNumber && a.nFileIndexHigh == b.nFileIndexHigh &&
           a.nFileIndexLow == b.nFileIndexLow;
}

int platform_kind_of(const char *path) {
    struct _stat64 info;
    if (_stat64(path, &info) != 0) return PLATFORM_NOTHING;
    return (info.st_mode & _S_IFREG) != 0 ? PLATFORM_REGULAR : PLATFORM_OTHER;
}

char *platform_real_path(const char *path) {
    return memory_text(path, strlen(path));
}

FILE *platform_create(const char *path, const char *like) {
    (void)like;
    const int file = _open(path, _O_WRONLY | _O_CREAT | _O_EXCL | _O_BINARY, _S_IREAD | _S_IWRITE);
    return file < 0 ? NULL : _fdopen(file, "wb");
}

int platform_replace(const char *from, const char *to) {
    if (MoveFileExA(from, to, MOVEFILE_REPLACE_EXISTING)) return 0;
    errno = EACCES;
    return -1;
}

/* An open file cannot be removed. */
void platform_discard(const char *path, FILE *file) {
    if (file != NULL) fclose(file);
    _unlink(path);
}

unsigned long platform_process(void) {
    return (unsigned long)_getpid();
}

void platform_before_signals(void (*clean)(void)) {
    clean_up = clean;
    signal(SIGINT, end_by_signal);
    signal(SIGTERM, end_by_signal);
}

static const int signals[] = {SIGINT, SIGTERM};

int platform_is_separator(char letter) {
    return letter == '/' || letter == '\\';
}

/* "C:name" depends on a folder as well, but on another one. */
int platform_is_absolute(const char *path) {
    return platform_is_separator(path[0]) || (path[0] != 0 && path[1] == ':');
}

static int make_folder(const char *path) {
    return _mkdir(path);
}

double platform_seconds(void) {
    return (double)GetTickCount64() / 1000.0;
}

#else

/* Standard input that cannot be read and standard output that cannot be written, as if they were still closed. */
void platform_start(void) {
    static const int modes[] = {O_WRONLY, O_RDONLY, O_WRONLY};
    for (int number = 0; number < 3; number++) {
        if (fcntl(number, F_GETFD) == -1 && open("/dev/null", modes[number]) != number) _exit(EXIT_FAILED);
    }
}

int platform_is_terminal(FILE *file) {
    return isatty(fileno(file));
}

void platform_set_binary(FILE *file) {
    (void)file;
}

uint64_t platform_file_size(FILE *file) {
    struct stat info;
    if (fstat(fileno(file), &info) != 0 || !S_ISREG(info.st_mode)) return 0;
    return (uint64_t)info.st_size;
}

int platform_is_same_file(const char *path, FILE *file) {
    struct stat a, b;
    return stat(path, &a) == 0 && fstat(fileno(file), &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

int platform_kind_of(const char *path) {
    struct stat info;
    if (stat(path, &info) != 0) return PLATFORM_NOTHING;
    return S_ISREG(info.st_mode) ? PLATFORM_REGULAR : PLATFORM_OTHER;
}

char *platform_real_path(const char *path) {
    char *const real = realpath(path, NULL);
    return real != NULL ? real : memory_text(path, strlen(path));
}

FILE *platform_create(const char *path, const char *like) {
    struct stat info;
    const int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (file < 0) return NULL;
    /* A file system without permissions is no reason to fail. */
    if (stat(like, &info) == 0 && fchmod(file, info.st_mode & 0777) != 0) errno = 0;
    return fdopen(file, "wb");
}

int platform_replace(const char *from, const char *to) {
    return rename(from, to);
}

void platform_discard(const char *path, FILE *file) {
    (void)file;
    unlink(path);
}

unsigned long platform_process(void) {
    return (unsigned long)getpid();
}

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

/* A signal that the caller has us ignore (nohup, a background job) stays ignored. */
void platform_before_signals(void (*clean)(void)) {
    struct sigaction action = {0}, before;
    clean_up = clean;
    action.sa_handler = end_by_signal;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
            sigaction(signals[i], &action, NULL);
        }
    }
}

int platform_is_separator(char letter) {
    return letter == '/';
}

int platform_is_absolute(const char *path) {
    return path[0] == '/';
}

static int make_folder(const char *path) {
    return mkdir(path, 0777);
}

double platform_seconds(void) {
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#endif

#define SIGNALS (sizeof signals / sizeof signals[0])

/* What each did before it was ignored. NULL is SIG_DFL too, which none of them is once an output is open. */
static void (*ignored[SIGNALS])(int);

void platform_ignore_signals(void) {
    for (size_t i = 0; i < SIGNALS; i++) ignored[i] = signal(signals[i], SIG_IGN);
}

/* One that was ignored before stays so; the others end the program, as there is nothing to clean up. */
void platform_heed_signals(void) {
    for (size_t i = 0; i < SIGNALS; i++) {
        if (ignored[i] != NULL && ignored[i] != SIG_IGN) signal(signals[i], SIG_DFL);
    }
}

int platform_make_folder(const char *path) {
    if (make_folder(path) == 0) return 0;
    return errno == EEXIST && platform_kind_of(path) == PLATFORM_OTHER ? 0 : -1;
}
