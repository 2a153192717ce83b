/* Scoring a whole file: blocks of rows, several at a time, results in order. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "score_run.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "id_set.h"
#include "progress.h"

/*
 * Every thread does the same: take the next block from the file, parse it, score it, print it into memory, write that.
 * Blocks are numbered as they are taken. Two steps need the blocks before: numbering rows (after parsing), and writing.
 * They are turns: a block has its turn when the one before has had its own. A block is only taken by a thread that
 * carries it through, so the lowest block in work never waits, whatever the number of threads. Where blocks are cut
 * depends on the data alone, and whatever is added up is added up in turn: the result does not know of threads.
 */

enum turn { TURN_NUMBERS, TURN_WRITING, TURNS };

typedef struct shared {
    score_run *run;
    pthread_mutex_t reading;
    uint64_t taken; /* blocks; guarded by `reading` */
    int is_over;    /* the file has ended; guarded by `reading` */
    pthread_mutex_t turns;
    pthread_cond_t next;
    uint64_t done[TURNS]; /* blocks that have had their turn */
    /* Belong to the block whose turn it is. */
    uint64_t rows, lines; /* TURN_NUMBERS: in the blocks before */
    id_set ids;
    uint64_t written_rows, read_bytes; /* TURN_WRITING */
} shared;

/* One block in the hands of a thread; used again for the next one. */
typedef struct job {
    shared *all;
    uint64_t number;
    csv_block block;
    row_set rows;
    uint64_t *hashes; /* [row] of the ids */
    size_t hash_capacity;
    uint64_t first_row, first_line; /* rows and newlines before the block */
    uint64_t bytes;
    summary summary;
    buffer text;
} job;

/* ---- Turns ------------------------------------------------------------------------------------------------------- */

static void begin_turn(job *of, int turn) {
    shared *const all = of->all;
    pthread_mutex_lock(&all->turns);
    while (all->done[turn] != of->number) pthread_cond_wait(&all->next, &all->turns);
    pthread_mutex_unlock(&all->turns);
}

static void end_turn(job *of, int turn) {
    shared *const all = of->all;
    pthread_mutex_lock(&all->turns);
    all->done[turn]++;
    pthread_cond_broadcast(&all->next);
    pthread_mutex_unlock(&all->turns);
}

/* Before a failure all blocks before this one must have been written. */
static void wait_for_writers(job *of) {
    begin_turn(of, TURN_WRITING);
}

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

static int take_block(job *of) {
    shared *const all = of->all;
    csv_reader *const reader = &all->run->data->reader;
    pthread_mutex_lock(&all->reading);
    const int taken = !all->is_over && csv_reader_next(reader, &of->block);
    if (taken) {
        of->number = all->taken++;
    } else {
        all->is_over = 1;
    }
    of->bytes = reader->bytes - reader->rest_length;
    pthread_mutex_unlock(&all->reading);
    return taken;
}

/* A row without any id has none that could occur twice. */
static uint64_t hash_of(const score_run *run, const row_set *of, size_t row) {
    uint64_t hash = 0;
    size_t length = 0;
    for (size_t i = 0; i < run->id_count; i++) {
        const custval_text *const id = &of->texts[run->id_slots[i]][row];
        hash = id_hash(hash, id);
        length += id->length;
    }
    return length == 0 ? 0 : hash;
}

static void parse(job *of) {
    const score_run *const run = of->all->run;
    rows_read(&run->plan, &of->block, &of->rows);
    if (run->id_count == 0) return;
    if (of->hash_capacity < of->rows.count) {
        of->hash_capacity = of->rows.capacity;
        of->hashes = memory_resize(of->hashes, of->hash_capacity, sizeof of->hashes[0]);
    }
    for (size_t i = 0; i < of->rows.count; i++) of->hashes[i] = hash_of(run, &of->rows, i);
}

/* ---- First turn: numbers of rows and lines, and what can be wrong with the data ---------------------------------- */

static _Noreturn void fail_repeated_id(job *of, size_t row) {
    const score_run *const run = of->all->run;
    char text[QUOTED_SIZE];
    buffer ids = {NULL, 0, 0};
    for (size_t i = 0; i < run->id_count; i++) {
        const custval_text *const id = &of->rows.texts[run->id_slots[i]][row];
        buffer_format(&ids, "%s%s", i == 0 ? "" : " + ", quoted(id->data, id->length, text));
    }
    buffer_byte(&ids, 0);
    wait_for_writers(of);
    fail("%s: line %llu: the id %s occurs a second time; name more columns with --id, or accept it with --repeated-ids",
         run->data->name, (unsigned long long)(of->first_line + of->rows.lines[row] + 1), ids.data);
}

static void check_ids(job *of) {
    shared *const all = of->all;
    for (size_t i = 0; i < of->rows.count && all->run->id_count > 0; i++) {
        if (of->hashes[i] != 0 && id_set_add(&all->ids, of->hashes[i])) fail_repeated_id(of, i);
    }
    all->run->ids_were_dropped = id_set_is_full(&all->ids);
}

static void print_head(score_run *run, const frame *first) {
    buffer head = {NULL, 0, 0};
    printer_begin(run->with, first, &head);
    output_write(run->to, head.data, head.length);
    buffer_free(&head);
}

/* The columns of the output over the rows of a block; scores are NULL where only the layout is wanted. */
static frame frame_of(const score_run *run, const row_set *of, uint64_t first_row) {
    frame out = {NULL, 0, of == NULL ? 0 : of->count, first_row};
    for (size_t i = 0; i < run->carried_count; i++) {
        const frame_column *const column = &run->carried[i];
        const int is_text = column->kind == FRAME_TEXT && of != NULL;
        frame_add(&out, column->name, column->kind, is_text ? of->texts[run->carried_slots[i]] : NULL);
    }
    for (size_t i = 0; i < run->score_count; i++) frame_add(&out, run->score_names[i], FRAME_NUMBER, NULL);
    frame_add(&out, "status", FRAME_STATUS, NULL);
    return out;
}

static void number(job *of) {
    shared *const all = of->all;
    score_run *const run = all->run;
    begin_turn(of, TURN_NUMBERS);
    of->first_row = all->rows;
    of->first_line = all->lines;
    if (of->block.problem != CSV_NO_PROBLEM) {
        wait_for_writers(of);
        data_fail_block(run->data, of->block.problem, of->first_line + of->block.problem_line + 1);
    }
    check_ids(of);
    if (of->rows.has_problem) {
        wait_for_writers(of);
        rows_fail(run->data, &of->rows, of->first_line);
    }
    if (of->number == 0 && run->to != NULL) {
        frame first = frame_of(run, &of->rows, 0);
        print_head(run, &first);
        frame_free(&first);
    }
    all->rows += of->rows.count;
    all->lines += of->rows.newlines;
    end_turn(of, TURN_NUMBERS);
}

/* ---- Scoring and printing ---------------------------------------------------------------------------------------- */

static const void *column_data(const custval_table *scores, size_t column) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_column described = CUSTVAL_COLUMN_INIT;
    if (custval_table_column(scores, column, &described, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    return described.data;
}

static void summarise(job *of, const custval_table *scores) {
    const score_run *const run = of->all->run;
    custval_error error = CUSTVAL_ERROR_INIT;
    summary_init(&of->summary, run->form);
    if (custval_row_summary_add(&of->summary.rows, scores, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    for (size_t i = 0; i < SUMMARY_MOMENTS && run->wants_summary; i++) {
        if (run->sides[i] == SIZE_MAX) continue;
        of->summary.scores[i] = moments_of(column_data(scores, run->sides[i]), of->rows.count);
    }
    if (run->wants_summary) histogram_add(&of->summary.values, column_data(scores, run->sides[0]), of->rows.count);
}

static custval_table *score(job *of, custval_table **answers) {
    const score_run *const run = of->all->run;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *scores = NULL;
    *answers = binding_table(&run->system, &run->plan, &of->rows);
    if (custval_score(run->system.system, *answers, &run->options, &scores, &error) != CUSTVAL_OK) {
        wait_for_writers(of);
        fail_error(run->data->name, &error);
    }
    return scores;
}

static void print(job *of, const custval_table *scores) {
    const score_run *const run = of->all->run;
    frame all = frame_of(run, &of->rows, of->first_row);
    frame_column *const columns = all.columns + run->carried_count;
    for (size_t i = 0; i <= run->score_count; i++) columns[i].data = column_data(scores, i);
    of->text.length = 0;
    printer_rows(run->with, &all, &of->text);
    frame_free(&all);
}

/* ---- Second turn: writing ---------------------------------------------------------------------------------------- */

/* First row of the block with one of these bits, or SIZE_MAX. */
static size_t first_with(const custval_row_summary *of, uint32_t bits) {
    size_t first = SIZE_MAX;
    for (size_t bit = 0; bit < CUSTVAL_ROW_BITS; bit++) {
        if ((bits >> bit & 1) != 0 && of->first[bit] < first) first = of->first[bit];
    }
    return first;
}

/* Why the first row of a kind is of it: rows of one kind usually have one cause. */
static void note_reason(job *of, int kind, uint32_t bits, const custval_table *answers) {
    score_run *const run = of->all->run;
    custval_error error = CUSTVAL_ERROR_INIT;
    const size_t first = first_with(&of->summary.rows, bits);
    if (first == SIZE_MAX || run->first_lines[kind] != 0) return;
    run->first_lines[kind] = of->first_line + of->rows.lines[first] + 1;
    if (custval_row_reason(run->system.system, answers, first, &run->options, run->first_reasons[kind],
                           sizeof run->first_reasons[kind], &error) != CUSTVAL_OK) {
        fail_error(run->data->name, &error);
    }
}

static void write(job *of, const custval_table *answers, const custval_table *scores) {
    shared *const all = of->all;
    score_run *const run = all->run;
    begin_turn(of, TURN_WRITING);
    if (run->to != NULL) output_write(run->to, of->text.data, of->text.length);
    summary_merge(&run->summary, &of->summary);
    note_reason(of, SCORE_NO_VALUE, CUSTVAL_ROW_NO_VALUE, answers);
    note_reason(of, SCORE_CHANGED_ANSWERS, SCORE_CHANGES, answers);
    if (run->against != ROWS_NO_SLOT) {
        agreement_add(&run->agreement, column_data(scores, run->sides[0]), of->rows.numbers[run->against],
                      of->rows.count);
    }
    progress_show(of->first_row + of->rows.count, of->bytes);
    end_turn(of, TURN_WRITING);
}

/* ---- How much at once -------------------------------------------------------------------------------------------- */

/* Memory for the rows of one block; all threads together stay well below what the manual promises. */
#define BLOCK_MEMORY ((size_t)2 << 20)
#define LEAST_BLOCK ((size_t)4 << 10)

/* Bytes of a block of blank rows, each a delimiter per column long, that need no more than that. Does not know how many
   threads there are: sums depend on where blocks are cut. */
static size_t block_size_for(const score_run *run) {
    const size_t scores = run->score_count + 1, cells = run->carried_count + scores;
    size_t printed = cells * CUSTVAL__NUMBER_SIZE;
    for (size_t i = 0; i < run->score_count && run->with->format == FORMAT_JSON; i++) {
        printed += strlen(run->score_names[i]) + sizeof "\"\": , ";
    }
    const size_t row =
        run->plan.numbers * sizeof(double) + run->plan.texts * sizeof(custval_text) + scores * sizeof(double) + printed;
    const size_t size = BLOCK_MEMORY / row * run->data->columns;
    return size < LEAST_BLOCK ? LEAST_BLOCK : size > CSV_BLOCK_SIZE ? CSV_BLOCK_SIZE : size;
}

/* ---- Threads ----------------------------------------------------------------------------------------------------- */

static void work(void *data, uint32_t index, uint32_t thread) {
    shared *const all = data;
    job of = {.all = all};
    (void)index;
    (void)thread;
    while (take_block(&of)) {
        if (of.block.problem == CSV_NO_PROBLEM) parse(&of);
        number(&of);
        custval_table *answers = NULL;
        custval_table *const scores = score(&of, &answers);
        summarise(&of, scores);
        if (all->run->to != NULL) print(&of, scores);
        write(&of, answers, scores);
        custval_table_free(scores);
        custval_table_free(answers);
    }
    rows_free(&all->run->plan, &of.rows);
    csv_block_free(&of.block);
    buffer_free(&of.text);
    free(of.hashes);
}

void score_run_all(score_run *run, size_t threads) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_threads *pool = NULL;
    shared all = {.run = run, .lines = run->data->lines};
    const uint32_t wanted = (uint32_t)(threads > SCORE_MOST_THREADS ? SCORE_MOST_THREADS : threads);
    if (custval_threads_new(NULL, wanted, &pool, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    run->data->reader.block_size = block_size_for(run);
    uint32_t workers = custval_threads_count(pool);
    if (workers > SCORE_MOST_THREADS) workers = SCORE_MOST_THREADS;
    if (pthread_mutex_init(&all.reading, NULL) != 0 || pthread_mutex_init(&all.turns, NULL) != 0 ||
        pthread_cond_init(&all.next, NULL) != 0) {
        fail("the system refuses to make a lock");
    }
    if (custval_threads_run(pool, &all, NULL, work, 0, workers) != 0) fail("the threads did not run");
    if (run->to != NULL && all.taken == 0) {
        frame none = frame_of(run, NULL, 0);
        print_head(run, &none);
        frame_free(&none);
    }
    buffer end = {NULL, 0, 0};
    if (run->to != NULL) {
        printer_end(run->with, all.rows, &end);
        output_write(run->to, end.data, end.length);
    }
    buffer_free(&end);
    id_set_free(&all.ids);
    pthread_cond_destroy(&all.next);
    pthread_mutex_destroy(&all.turns);
    pthread_mutex_destroy(&all.reading);
    custval_threads_free(pool);
    progress_clear();
}
