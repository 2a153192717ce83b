/* Threads and progress that the command lends the library. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "workers.h"

#include "progress.h"
#include "tool.h"

static int show(void *data, uint64_t done, uint64_t total) {
    (void)data;
    progress_show_share(done, total);
    return 0;
}

void workers_start(workers *of) {
    custval_error error = CUSTVAL_ERROR_INIT;
    of->host = (custval_host)CUSTVAL_HOST_INIT;
    if (custval_threads_new(NULL, 0, &of->threads, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    of->host.runner = custval_threads_run;
    of->host.runner_data = of->threads;
    of->host.progress = show;
    progress_start(0, NULL);
}

void workers_stop(workers *of) {
    custval_threads_free(of->threads);
    progress_clear();
}
