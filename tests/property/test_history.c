/* Random transactions: the order of rows, cuts, merges, folds and bytes change no bit; later dates only move dates. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "histories.h"

enum { MOST = 3000, DAYS = 400, TEXT = 16 };

static char customers[MOST][TEXT], dates[MOST][TEXT];
static purchase rows[MOST];

static custval_history_options options_of(uint32_t round) {
    custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
    options.refunds = CUSTVAL_REFUNDS_NET + round % 3;
    options.zeros = CUSTVAL_ZEROS_KEEP + round % 2;
    options.bad_rows = CUSTVAL_BAD_ROWS_DROP;
    options.period = CUSTVAL_PERIOD_DAY + round % 3;
    options.periods_per_unit = round % 4 == 0 ? 30.4375 : 7.0;
    return options;
}

/* Text of a day from 2000-01-01 on, in months of 28 days. */
static void write_date(char out[TEXT], unsigned day) {
    snprintf(out, TEXT, "%04u-%02u-%02u", 2000 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
}

/* Few customers buy much, most little; amounts of all sizes; refunds, zeros, rows that cannot be read. */
static void draw(support_random *random, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const uint32_t kind = random_below(random, 40);
        snprintf(customers[i], TEXT, "k%u", (unsigned)random_below(random, random_below(random, 200) + 1));
        write_date(dates[i], random_below(random, DAYS));
        rows[i] = (purchase){customers[i], dates[i],
                             random_between(random, 0.0, 1.0) * exp(random_between(random, -20.0, 20.0))};
        if (kind < 5) rows[i].amount = -rows[i].amount;
        if (kind == 5) rows[i].amount = 0.0;
        if (kind == 6) rows[i].customer = NULL;
        if (kind == 7) rows[i].date = "never";
        if (kind == 8) rows[i].amount = (double)NAN;
    }
}

static void shuffle(support_random *random, size_t count) {
    for (size_t i = count; i > 1; i--) {
        const size_t other = random_below(random, (uint32_t)i);
        const purchase held = rows[i - 1];
        rows[i - 1] = rows[other];
        rows[other] = held;
    }
}

static custval_history *fed(const custval_history_options *options, size_t from, size_t to) {
    custval_history *history = empty_history(NULL, options);
    feed_history(history, rows + from, to - from);
    return history;
}

static void assert_same_views(const custval_history *a, const custval_history *b, const char *end,
                              const char *holdout) {
    custval_table *x = history_table(a, end, holdout), *y = history_table(b, end, holdout);
    assert_same_table(x, y);
    custval_table_free(x);
    custval_table_free(y);
    x = history_course(a, end, holdout);
    y = history_course(b, end, holdout);
    assert_same_table(x, y);
    custval_table_free(x);
    custval_table_free(y);
}

static void order_does_not_matter(void **state) {
    (void)state;
    support_random random = random_seeded("order of transactions");
    for (uint32_t round = 0; round < 12; round++) {
        const custval_history_options options = options_of(round);
        draw(&random, MOST);
        custval_history *expected = fed(&options, 0, MOST);
        shuffle(&random, MOST);
        custval_history *shuffled = fed(&options, 0, MOST);
        assert_same_history(expected, shuffled);
        assert_same_views(expected, shuffled, "2000-09-01", "2001-02-01");
        custval_history_free(expected);
        custval_history_free(shuffled);
    }
}

/* Pieces are fed or merged one into another, in any shape of tree; some of them are looked at, or pass through bytes. */
static void cuts_do_not_matter(void **state) {
    (void)state;
    enum { PIECES = 9 };
    support_random random = random_seeded("cuts of transactions");
    for (uint32_t round = 0; round < 12; round++) {
        const custval_history_options options = options_of(round);
        custval_history *pieces[PIECES];
        size_t count = PIECES, at = 0;
        draw(&random, MOST);
        custval_history *expected = fed(&options, 0, MOST);
        for (size_t i = 0; i < PIECES; i++) {
            const size_t end = i + 1 == PIECES ? MOST : at + random_below(&random, (uint32_t)(MOST - at) / 3 + 1);
            pieces[i] = fed(&options, at, end);
            at = end;
        }
        while (count > 1) {
            const size_t into = random_below(&random, (uint32_t)count - 1);
            if (random_below(&random, 2) == 0) custval_table_free(history_table(pieces[into], NULL, NULL));
            assert_ok(custval_history_merge(pieces[into], pieces[count - 1], NULL), NULL);
            custval_history_free(pieces[--count]);
            if (random_below(&random, 2) == 0) {
                size_t length;
                unsigned char *bytes = history_bytes(pieces[into], &length);
                custval_history_free(pieces[into]);
                assert_ok(custval_history_read(NULL, bytes, length, &pieces[into], NULL), NULL);
                free(bytes);
            }
        }
        assert_same_history(expected, pieces[0]);
        custval_history_free(expected);
        custval_history_free(pieces[0]);
    }
}

static int compare_dates(const void *a, const void *b) {
    const purchase *x = a, *y = b;
    return strcmp(x->date, y->date);
}

/* A stream in order of time, folded again and again, against the whole; two of them merged as well. */
static void folds_do_not_matter(void **state) {
    (void)state;
    support_random random = random_seeded("folds of transactions");
    for (uint32_t round = 0; round < 12; round++) {
        custval_history_options options = options_of(round);
        draw(&random, MOST);
        for (size_t i = 0; i < MOST; i++) rows[i].date = dates[i]; /* a row without a date has no place in time */
        qsort(rows, MOST, sizeof *rows, compare_dates);
        custval_history *expected = fed(&options, 0, MOST), *folded = empty_history(NULL, &options);
        custval_history *again = NULL;
        const unsigned steps = 5;
        size_t at = 0;
        for (unsigned step = 1; step < steps; step++) {
            char until[TEXT];
            write_date(until, step * 84 - 1);
            char fed_until[TEXT]; /* a period is fed whole before it is folded */
            size_t end = at;
            write_date(fed_until, step * 84 + 20);
            while (end < MOST && strcmp(rows[end].date, fed_until) <= 0) end++;
            feed_history(folded, rows + at, end - at);
            at = end;
            assert_ok(custval_history_fold(folded, until, NULL), NULL);
        }
        feed_history(folded, rows + at, MOST - at);
        assert_same_views(expected, folded, NULL, NULL);
        assert_same_views(expected, folded, "2001-01-20", "2001-06-30");
        size_t length;
        unsigned char *bytes = history_bytes(folded, &length);
        assert_ok(custval_history_read(NULL, bytes, length, &again, NULL), NULL);
        assert_same_history(folded, again);
        assert_same_views(expected, again, "2001-01-20", NULL);
        free(bytes);
        custval_history_free(again);
        custval_history_free(folded);
        custval_history_free(expected);
    }
}

/* Customers apart: each half is folded by itself, then both are merged. */
static void folded_halves_merge(void **state) {
    (void)state;
    support_random random = random_seeded("folded halves");
    for (uint32_t round = 0; round < 12; round++) {
        const custval_history_options options = options_of(round);
        static purchase all[MOST];
        size_t cut = 0, rest = MOST;
        draw(&random, MOST);
        memcpy(all, rows, sizeof all);
        for (size_t i = 0; i < MOST; i++) {
            const int is_first = all[i].customer == NULL || all[i].customer[strlen(all[i].customer) - 1] % 2 == 0;
            rows[is_first ? cut++ : --rest] = all[i];
        }
        custval_history *whole = fed(&options, 0, MOST), *first = fed(&options, 0, cut),
                        *other = fed(&options, cut, MOST);
        assert_ok(custval_history_fold(whole, "2000-07-31", NULL), NULL);
        assert_ok(custval_history_fold(first, "2000-07-31", NULL), NULL);
        assert_ok(custval_history_fold(other, "2000-07-31", NULL), NULL);
        assert_ok(custval_history_merge(other, first, NULL), NULL);
        assert_same_history(whole, other);
        assert_same_views(whole, other, NULL, NULL);
        custval_history_free(whole);
        custval_history_free(first);
        custval_history_free(other);
    }
}

/* 400 years later weekdays, leap years and months are the same: every number stays, to the bit. */
static void a_shift_moves_dates_only(void **state) {
    (void)state;
    support_random random = random_seeded("shifted transactions");
    for (uint32_t round = 0; round < 12; round++) {
        const custval_history_options options = options_of(round);
        draw(&random, MOST);
        custval_history *now = fed(&options, 0, MOST);
        for (size_t i = 0; i < MOST; i++) dates[i][1] = '4';
        custval_history *later = fed(&options, 0, MOST);
        custval_table *a = history_table(now, "2000-10-10", "2001-03-01"),
                      *b = history_table(later, "2400-10-10", "2401-03-01");
        assert_int_equal(custval_table_rows(a), custval_table_rows(b));
        for (size_t c = 0; c < custval_table_columns(a); c++) {
            const char *name = custval_table_name(a, c);
            if (strcmp(name, "customer") == 0 || strcmp(name, "first") == 0 || strcmp(name, "last") == 0) continue;
            for (size_t row = 0; row < custval_table_rows(a); row++) {
                assert_double_bits(table_cell(a, name, row), table_cell(b, name, row));
            }
        }
        custval_table_free(a);
        custval_table_free(b);
        custval_history_free(now);
        custval_history_free(later);
    }
}

/* What the course counts is what the table counts; spend at the end and in the holdout is all spend. */
static void sums_agree(void **state) {
    (void)state;
    support_random random = random_seeded("sums of a course");
    for (uint32_t round = 0; round < 12; round++) {
        const custval_history_options options = options_of(round);
        double customers_of = 0.0, purchases_of = 0.0, purchases = 0.0;
        draw(&random, MOST);
        custval_history *history = fed(&options, 0, MOST);
        custval_table *table = history_table(history, "2000-11-30", NULL),
                      *course = history_course(history, "2000-11-30", NULL);
        for (size_t i = 0; i < custval_table_rows(course); i++) {
            customers_of += table_cell(course, "customers", i);
            purchases_of += table_cell(course, "purchases", i);
        }
        for (size_t i = 0; i < custval_table_rows(table); i++) purchases += table_cell(table, "x", i) + 1.0;
        assert_double_near(customers_of, (double)custval_table_rows(table), 0.0);
        assert_double_near(purchases_of, purchases, 0.0);
        custval_table_free(table);
        custval_table_free(course);
        custval_history_free(history);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_does_not_matter),    cmocka_unit_test(cuts_do_not_matter),
        cmocka_unit_test(folds_do_not_matter),      cmocka_unit_test(folded_halves_merge),
        cmocka_unit_test(a_shift_moves_dates_only), cmocka_unit_test(sums_agree),
    };
    return cmocka_run_group_tests_name("histories of random transactions", tests, NULL, NULL);
}
