/* The summary of a run as text for people, or as a table of measures. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "frame.h"
#include "summary.h"

#define BAR_WIDTH 40

void summary_counts(const custval_row_summary *rows, uint32_t bits, char *out, size_t capacity) {
    size_t used = custval__format(out, capacity, "%s", "");
    for (size_t bit = 0; bit < CUSTVAL_ROW_BITS && used < capacity; bit++) {
        const uint32_t mask = (uint32_t)1 << bit;
        if ((bits & mask) == 0 || rows->count[bit] == 0) continue;
        used += custval__format(out + used, capacity - used, "%s%zu %s", used > 0 ? ", " : "", rows->count[bit],
                                custval_word(CUSTVAL_WORDS_ROW_STATUS, mask));
    }
}

/* ---- For people -------------------------------------------------------------------------------------------------- */

static void print_rows(const custval_row_summary *rows, buffer *to) {
    char counts[MESSAGE_SIZE];
    buffer_format(to, "%zu row%s, %zu with a value, %zu with a status\n", rows->rows, rows->rows == 1 ? "" : "s",
                  rows->scored, rows->marked);
    summary_counts(rows, UINT32_MAX, counts, sizeof counts);
    if (counts[0] != 0) buffer_format(to, "status: %s\n", counts);
    buffer_byte(to, '\n');
}

static void print_moments(const summary *of, const char *const names[SUMMARY_MOMENTS], buffer *to) {
    double columns[4][SUMMARY_MOMENTS];
    custval_text labels[SUMMARY_MOMENTS];
    frame table = {NULL, 0, 0, 0};
    for (size_t i = 0; i < SUMMARY_MOMENTS; i++) {
        const moments *const scores = &of->scores[i];
        if (names[i] == NULL || scores->count == 0) continue;
        labels[table.rows] = (custval_text){names[i], strlen(names[i])};
        columns[0][table.rows] = scores->mean;
        columns[1][table.rows] = moments_deviation(scores);
        columns[2][table.rows] = scores->least;
        columns[3][table.rows] = scores->most;
        table.rows++;
    }
    frame_add(&table, "", FRAME_TEXT, labels);
    frame_add(&table, "mean", FRAME_NUMBER, columns[0]);
    frame_add(&table, "sd", FRAME_NUMBER, columns[1]);
    frame_add(&table, "least", FRAME_NUMBER, columns[2]);
    frame_add(&table, "most", FRAME_NUMBER, columns[3]);
    if (table.rows > 0) print_frame(&table, FORMAT_TABLE, ',', '.', to);
    frame_free(&table);
}

static void bin_label(const histogram *of, size_t bin, char *out, size_t capacity) {
    const double from = of->low + of->width * ((double)bin - 1.0);
    if (bin == 0) {
        custval__format(out, capacity, "below %g", of->low);
    } else if (bin == HISTOGRAM_BINS + 1) {
        custval__format(out, capacity, "%g and above", from);
    } else {
        custval__format(out, capacity, "%g to %g", from, from + of->width);
    }
}

/* From the first bin with anything in it to the last one. An interval holds its lower end and not its upper one. */
static void print_histogram(const histogram *of, buffer *to) {
    char label[64];
    uint64_t most = 0;
    size_t first = HISTOGRAM_BINS + 2, last = 0;
    for (size_t bin = 0; bin < HISTOGRAM_BINS + 2; bin++) {
        if (of->counts[bin] == 0) continue;
        if (of->counts[bin] > most) most = of->counts[bin];
        if (first > bin) first = bin;
        last = bin;
    }
    if (most == 0) return;
    buffer_format(to, "\nvalue                rows\n");
    for (size_t bin = first; bin <= last; bin++) {
        bin_label(of, bin, label, sizeof label);
        char count[32];
        const size_t digits = custval__format(count, sizeof count, "%llu", (unsigned long long)of->counts[bin]);
        buffer_text(to, label);
        buffer_repeat(to, ' ', 16 > strlen(label) ? 16 - strlen(label) : 0);
        buffer_repeat(to, ' ', digits < 9 ? 9 - digits : 1);
        buffer_text(to, count);
        const size_t bar = (size_t)((double)of->counts[bin] / (double)most * BAR_WIDTH + 0.5);
        buffer_text(to, bar > 0 ? "  " : "");
        buffer_repeat(to, '#', bar);
        buffer_byte(to, '\n');
    }
}

static void print_agreement(const agreement *agrees, const char *stated, buffer *to) {
    const double pearson = agreement_pearson(agrees), spearman = agreement_spearman(agrees);
    buffer_format(to, "\nagreement of the value with %s, over %zu rows with both: ", stated, agrees->count);
    if (isnan(pearson)) {
        buffer_text(to, "none to be had, as one of the two does not vary\n");
        return;
    }
    buffer_format(to, "Pearson %g, Spearman %g\n", round(pearson * 1000.0) / 1000.0, round(spearman * 1000.0) / 1000.0);
}

/* ---- As a table of measures -------------------------------------------------------------------------------------- */

typedef struct measures {
    custval_text *names;
    double *numbers;
    size_t count;
} measures;

static void add(measures *to, const char *name, const char *of, double number) {
    char text[MESSAGE_SIZE];
    const size_t length = custval__format(text, sizeof text, "%s%s%s", name, of[0] != 0 ? "." : "", of);
    to->names = memory_resize(to->names, to->count + 1, sizeof to->names[0]);
    to->numbers = memory_resize(to->numbers, to->count + 1, sizeof to->numbers[0]);
    to->names[to->count] = (custval_text){memory_text(text, length), length};
    to->numbers[to->count++] = number;
}

static void add_scores(measures *to, const summary *of, const char *const names[SUMMARY_MOMENTS]) {
    for (size_t i = 0; i < SUMMARY_MOMENTS; i++) {
        const moments *const scores = &of->scores[i];
        if (names[i] == NULL || scores->count == 0) continue;
        add(to, names[i], "mean", scores->mean);
        add(to, names[i], "sd", moments_deviation(scores));
        add(to, names[i], "least", scores->least);
        add(to, names[i], "most", scores->most);
    }
}

static void print_measures(const summary *of, const char *const names[SUMMARY_MOMENTS], const agreement *agrees,
                           const char *stated, int format, buffer *to) {
    measures all = {NULL, NULL, 0};
    add(&all, "rows", "", (double)of->rows.rows);
    add(&all, "rows", "scored", (double)of->rows.scored);
    for (size_t bit = 0; bit < CUSTVAL_ROW_BITS; bit++) {
        if (of->rows.count[bit] == 0) continue;
        add(&all, "rows", custval_word(CUSTVAL_WORDS_ROW_STATUS, (uint32_t)1 << bit), (double)of->rows.count[bit]);
    }
    add_scores(&all, of, names);
    if (stated != NULL) {
        add(&all, "agreement", "rows", (double)agrees->count);
        add(&all, "agreement", "pearson", agreement_pearson(agrees));
        add(&all, "agreement", "spearman", agreement_spearman(agrees));
    }
    frame table = {NULL, 0, all.count, 0};
    frame_add(&table, "measure", FRAME_TEXT, all.names);
    frame_add(&table, "number", FRAME_NUMBER, all.numbers);
    print_frame(&table, format, ',', '.', to);
    frame_free(&table);
    for (size_t i = 0; i < all.count; i++) free((char *)all.names[i].data);
    free(all.names);
    free(all.numbers);
}

void summary_print(const summary *of, const char *const names[SUMMARY_MOMENTS], const agreement *agrees,
                   const char *stated, int format, buffer *to) {
    if (format != FORMAT_TABLE) {
        print_measures(of, names, agrees, stated, format, to);
        return;
    }
    print_rows(&of->rows, to);
    print_moments(of, names, to);
    print_histogram(&of->values, to);
    if (stated != NULL) print_agreement(agrees, stated, to);
}
