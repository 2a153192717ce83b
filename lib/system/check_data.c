/* custval_system_check with data: directions, answers outside their scales, and items that tell nothing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../table/table.h"
#include "check.h"

#define BLOCK 256 /* rows whose scores are held at a time */

/* A correlation that is weaker, within two standard errors of 0, or of fewer rows says nothing about the direction. */
#define DOUBTFUL_CORRELATION (-0.1)
#define ENOUGH_ROWS 30

/* ---- Correlation ------------------------------------------------------------------------------------------------- */

/* Moments of pairs, one pair at a time (Welford): a sum of squares would lose its digits beside a large mean. */
typedef struct moments {
    size_t count;
    double mean_x, mean_y, xx, yy, xy;
} moments;

static void moments_add(moments *to, double x, double y) {
    const double count = (double)++to->count;
    const double dx = x - to->mean_x, dy = y - to->mean_y;
    to->mean_x += dx / count;
    to->mean_y += dy / count;
    to->xx += dx * (x - to->mean_x);
    to->yy += dy * (y - to->mean_y);
    to->xy += dx * (y - to->mean_y);
}

/* Pearson's r; 0 where one of the two does not vary. */
static double correlation(const moments *of) {
    const double spread = sqrt(of->xx) * sqrt(of->yy);
    return spread > 0 ? of->xy / spread : 0;
}

/* ---- Scores of items --------------------------------------------------------------------------------------------- */

typedef struct item_study {
    size_t column;           /* of the table */
    size_t answers, outside; /* outside: of the scale, codes apart */
    double stray;            /* the first that is outside */
    double least, most;      /* scores */
    moments with_rest;       /* of its indicator */
} item_study;

typedef struct study {
    const custval_system *system;
    const custval_table *table;
    item_study *items;   /* [item] */
    moments *indicators; /* [node] with the rest of its side */
    double *scores;      /* [item][BLOCK]; NaN: no answer */
    double *means;       /* [node]: mean of an indicator's answered items in one row */
} study;

static int is_code(const custval__item *item, double answer) {
    for (uint32_t i = 0; i < item->code_count; i++) {
        if (answer == item->codes[i]) return 1;
    }
    return 0;
}

/* Score of a number, NaN if it is no valid answer, whatever the policies make of that. */
static double score_of(const custval__item *item, double answer) {
    double score = (double)NAN;
    if (is_code(item, answer) || !(answer >= item->low && answer <= item->high)) return score;
    switch (item->curve.type) {
    case CUSTVAL_CURVE_SCALE:
        return fmin((item->reversed ? item->high - answer : answer - item->low) * item->slope, 100);
    case CUSTVAL_CURVE_TABLE: custval__item_category_number(item, answer, &score); break;
    default: score = custval__item_curve(item, answer, 0); break;
    }
    return isfinite(score) ? score : (double)NAN;
}

static void count_stray(const custval__item *item, double answer, item_study *seen) {
    const int has_scale = item->high < DBL_MAX;
    if (!has_scale || isnan(answer) || (answer >= item->low && answer <= item->high) || is_code(item, answer)) return;
    if (seen->outside++ == 0) seen->stray = answer;
}

static void score_block(study *in, uint32_t index, size_t start, size_t count) {
    const custval__item *const item = &in->system->items[index];
    const size_t column = in->items[index].column;
    double *const scores = in->scores + (size_t)index * BLOCK;
    if (item->category_texts == NULL) {
        const double *const answers = custval__table_doubles(in->table, column, start, count, scores);
        for (size_t i = 0; i < count; i++) {
            count_stray(item, answers[i], &in->items[index]);
            scores[i] = score_of(item, answers[i]);
        }
        return;
    }
    for (size_t i = 0; i < count; i++) {
        custval_text text;
        scores[i] = (double)NAN;
        if (custval__table_get_text(in->table, column, start + i, &text)) {
            custval__item_category_text(item, text, &scores[i]);
        }
    }
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* Mean of what others say: the total without one's own, NaN if there is nothing else. */
static double rest_mean(double total, double own, size_t count) {
    return count > 1 ? (total - own) / (double)(count - 1) : (double)NAN;
}

static void study_item(item_study *item, double score, double rest) {
    if (isnan(score)) return;
    if (item->answers == 0) item->least = item->most = score;
    item->least = fmin(item->least, score);
    item->most = fmax(item->most, score);
    item->answers++;
    if (!isnan(rest)) moments_add(&item->with_rest, score, rest);
}

/* Compares the items of an indicator in one row of the block; returns their mean. */
static double study_indicator(study *in, uint32_t indicator, size_t row) {
    const custval__node *const nodes = in->system->nodes;
    double total = 0;
    size_t count = 0;
    for (uint32_t i = nodes[indicator].first_child; i != CUSTVAL_NONE; i = nodes[i].next_sibling) {
        const double score = in->scores[(size_t)nodes[i].item * BLOCK + row];
        if (isnan(score)) continue;
        total += score;
        count++;
    }
    for (uint32_t i = nodes[indicator].first_child; i != CUSTVAL_NONE; i = nodes[i].next_sibling) {
        const double score = in->scores[(size_t)nodes[i].item * BLOCK + row];
        study_item(&in->items[nodes[i].item], score, rest_mean(total, score, count));
    }
    return count > 0 ? total / (double)count : (double)NAN;
}

/* Compares the indicators of a side in one row. Everything below a side stands right behind it. */
static void study_side(study *in, uint32_t side, size_t row) {
    const custval_system *const system = in->system;
    const uint32_t next = system->nodes[side].next_sibling;
    const uint32_t end = next == CUSTVAL_NONE ? system->first_derived : next;
    double total = 0;
    size_t count = 0;
    for (uint32_t i = side; i < end; i++) {
        if (system->nodes[i].kind != CUSTVAL_KIND_INDICATOR) continue;
        in->means[i] = study_indicator(in, i, row);
        if (isnan(in->means[i])) continue;
        total += in->means[i];
        count++;
    }
    for (uint32_t i = side; i < end && count > 1; i++) {
        if (system->nodes[i].kind != CUSTVAL_KIND_INDICATOR || isnan(in->means[i])) continue;
        moments_add(&in->indicators[i], in->means[i], rest_mean(total, in->means[i], count));
    }
}

static void study_table(study *in) {
    const size_t rows = custval_table_rows(in->table);
    for (size_t start = 0; start < rows; start += BLOCK) {
        const size_t count = rows - start < BLOCK ? rows - start : BLOCK;
        for (uint32_t i = 0; i < in->system->item_count; i++) score_block(in, i, start, count);
        for (size_t row = 0; row < count; row++) {
            for (uint32_t i = in->system->nodes[0].first_child; i != CUSTVAL_NONE;
                 i = in->system->nodes[i].next_sibling) {
                study_side(in, i, row);
            }
        }
    }
}

/* ---- Warnings ---------------------------------------------------------------------------------------------------- */

static custval_status warn_direction(const moments *pairs, const custval__node *node, const char *whole,
                                     custval__warnings *warnings) {
    const double r = correlation(pairs);
    const int is_clear = r < DOUBTFUL_CORRELATION && r * sqrt((double)pairs->count) < -2;
    if (!is_clear || pairs->count < ENOUGH_ROWS) return CUSTVAL_OK;
    const unsigned hundredths = (unsigned)floor(0.5 - 100 * r);
    return custval__warn(warnings, "direction", node->id,
                         "%s \"%s\": correlates -%u.%u%u with the rest of \"%s\" (n = %zu); is its direction right, or "
                         "reversed twice?",
                         custval_word(CUSTVAL_WORDS_KIND, node->kind), node->id, hundredths / 100, hundredths / 10 % 10,
                         hundredths % 10, whole, pairs->count);
}

static custval_status warn_stray(const custval__item *item, const item_study *seen, const custval__node *node,
                                 custval__warnings *warnings) {
    if (seen->outside == 0) return CUSTVAL_OK;
    return custval__warn(
        warnings, "out-of-scale", node->id,
        "item \"%s\": %zu answer%s outside %g..%g, the first is %g; if that means no answer, name it in "
        "missing_codes",
        node->id, seen->outside, seen->outside == 1 ? " lies" : "s lie", item->low, item->high, seen->stray);
}

static custval_status warn_item(const study *in, uint32_t node, custval__warnings *warnings) {
    const custval__node *const found = &in->system->nodes[node];
    const item_study *const item = &in->items[found->item];
    CUSTVAL__TRY(warn_stray(&in->system->items[found->item], item, found, warnings));
    if (item->answers == 0) {
        if (custval_table_rows(in->table) == 0) return CUSTVAL_OK;
        return custval__warn(warnings, "no-answers", found->id, "item \"%s\": not one valid answer in %zu rows",
                             found->id, custval_table_rows(in->table));
    }
    if (item->answers > 1 && item->least >= item->most) {
        return custval__warn(warnings, "constant", found->id, "item \"%s\": all %zu answers give the score %g",
                             found->id, item->answers, item->least);
    }
    return warn_direction(&item->with_rest, found, in->system->nodes[found->parent].id, warnings);
}

static custval_status warn_all(const study *in, custval__warnings *warnings) {
    const custval__node *const nodes = in->system->nodes;
    for (uint32_t i = 0; i < in->system->first_derived; i++) {
        if (nodes[i].kind == CUSTVAL_KIND_ITEM) CUSTVAL__TRY(warn_item(in, i, warnings));
        if (nodes[i].kind != CUSTVAL_KIND_INDICATOR) continue;
        CUSTVAL__TRY(warn_direction(&in->indicators[i], &nodes[i], nodes[nodes[nodes[i].parent].parent].id, warnings));
    }
    return CUSTVAL_OK;
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

static custval_status find_columns(study *in, custval_error *error) {
    for (uint32_t i = 0; i < in->system->item_count; i++) {
        const custval__item *const item = &in->system->items[i];
        size_t *const column = &in->items[i].column;
        CUSTVAL__TRY(custval_table_find(in->table, item->column, column, error));
        CUSTVAL__TRY(item->category_texts == NULL ? custval__table_need_number(in->table, *column, error)
                                                  : custval__table_need_text(in->table, *column, error));
    }
    return CUSTVAL_OK;
}

custval_status custval__check_data(const custval_system *system, const custval_table *table,
                                   custval__warnings *warnings) {
    const custval_host *const host = warnings->host;
    study in = {.system = system, .table = table};
    in.items = custval__alloc_zero(host, system->item_count, sizeof in.items[0]);
    in.indicators = custval__alloc_zero(host, system->node_count, sizeof in.indicators[0]);
    in.scores = custval__alloc(host, system->item_count, BLOCK * sizeof in.scores[0]);
    in.means = custval__alloc(host, system->node_count, sizeof in.means[0]);
    custval_status status = CUSTVAL_OK;
    if (in.items == NULL || in.indicators == NULL || in.scores == NULL || in.means == NULL) {
        status = custval__fail_memory(warnings->error);
    } else {
        status = find_columns(&in, warnings->error);
    }
    if (status == CUSTVAL_OK) {
        study_table(&in);
        status = warn_all(&in, warnings);
    }
    custval__free(host, in.items);
    custval__free(host, in.indicators);
    custval__free(host, in.scores);
    custval__free(host, in.means);
    return status;
}
