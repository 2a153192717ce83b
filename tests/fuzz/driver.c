/* Runs a fuzz target on files and on the files in folders, so that its corpus is a plain test under any compiler. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned long inputs;

/* Exact allocation, so that a sanitizer sees a read of one byte too many. */
static int run_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        if (file != NULL) fclose(file);
        return -1;
    }
    const long length = ftell(file);
    rewind(file);
    const size_t size = length > 0 ? (size_t)length : 0;
    uint8_t *data = malloc(size + (size == 0));
    const int complete = data != NULL && fread(data, 1, size, file) == size;
    fclose(file);
    if (complete) {
        LLVMFuzzerTestOneInput(data, size);
        inputs++;
    } else {
        fprintf(stderr, "%s: cannot be read\n", path);
    }
    free(data);
    return complete ? 0 : -1;
}

static int run(const char *path) {
    struct stat info;
    if (stat(path, &info) != 0) {
        perror(path);
        return -1;
    }
    if (!S_ISDIR(info.st_mode)) return run_file(path);

    DIR *folder = opendir(path);
    if (folder == NULL) {
        perror(path);
        return -1;
    }
    int failed = 0;
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char inner[4096];
        if (entry->d_name[0] == '.') continue;
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        failed |= run(inner);
    }
    closedir(folder);
    return failed;
}

int main(int argc, char **argv) {
    int failed = 0;
    for (int i = 1; i < argc; i++) failed |= run(argv[i]);
    printf("%lu inputs\n", inputs);
    return failed != 0 || inputs == 0;
}
