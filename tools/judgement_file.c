/* Judgements in pairs as people write them down: a matrix, or a list of pairs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "judgement_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "base/error.h"

#define NOT_SAID ((double)NAN)

/* ---- Names ------------------------------------------------------------------------------------------------------- */

static size_t find(char *const *names, size_t count, const custval_text *name) {
    size_t i = 0;
    while (i < count && (strlen(names[i]) != name->length || memcmp(names[i], name->data, name->length) != 0)) i++;
    return i;
}

static const char *name_at(const void *data, size_t index) {
    const judgement_set *const set = data;
    return index < set->names_of_first ? set->names[index] : NULL;
}

/* Index of a criterion, which only the first file may add; SIZE_MAX and the problem if it cannot be. */
static size_t criterion(judgement_set *to, const custval_text *name, uint64_t line, sheet_problem *problem) {
    char shown[QUOTED_SIZE], near[MESSAGE_SIZE / 2];
    if (name->length == 0) {
        sheet_set_problem(problem, line, "the name of a criterion is blank");
        return SIZE_MAX;
    }
    const size_t found = find(to->names, to->count, name);
    if (found < to->count) return found;
    quoted(name->data, name->length, shown);
    if (to->names_of_first > 0) {
        char *const wanted = memory_text(name->data, name->length);
        sheet_set_problem(problem, line, "the criterion %s is not in the first file%s", shown,
                          args_near(wanted, name_at, to, near, sizeof near));
        free(wanted);
        return SIZE_MAX;
    }
    if (to->count == CUSTVAL_MAX_JUDGED) {
        sheet_set_problem(problem, line, "%s is one criterion too many; judgements have at most %d", shown,
                          CUSTVAL_MAX_JUDGED);
        return SIZE_MAX;
    }
    to->names = memory_resize(to->names, to->count + 1, sizeof to->names[0]);
    to->names[to->count] = memory_text(name->data, name->length);
    return to->count++;
}

static size_t add_member(judgement_set *to, const custval_text *name) {
    const size_t count = to->member_count;
    if ((count & (count - 1)) == 0) { /* full at each power of two */
        const size_t room = count == 0 ? 1 : 2 * count;
        to->members = memory_resize(to->members, room, sizeof to->members[0]);
        to->member_weights = memory_resize(to->member_weights, room, sizeof to->member_weights[0]);
        to->weight_lines = memory_resize(to->weight_lines, room, sizeof to->weight_lines[0]);
        to->files = memory_resize(to->files, room, sizeof to->files[0]);
    }
    to->members[count] = memory_text(name->data, name->length);
    to->member_weights[count] = NOT_SAID;
    to->weight_lines[count] = 0;
    to->files[count] = NULL;
    return to->member_count++;
}

/* ---- Judgements -------------------------------------------------------------------------------------------------- */

static int must_be_positive(double value, const sheet *from, size_t record, size_t column, const char *what,
                            sheet_problem *problem) {
    const custval_text *const cell = sheet_cell(from, record, column);
    char shown[QUOTED_SIZE];
    if (value > 0.0) return 1;
    sheet_set_problem(problem, from->lines[record], "%s: %s is not above 0", what,
                      quoted(cell->data, cell->length, shown));
    return 0;
}

static void add_judgement(judgement_set *to, judgement one) {
    if ((to->length & (to->length - 1)) == 0) { /* full at each power of two */
        to->list = memory_resize(to->list, to->length == 0 ? 1 : 2 * to->length, sizeof to->list[0]);
    }
    to->list[to->length++] = one;
}

/* ---- A matrix ---------------------------------------------------------------------------------------------------- */

static int read_matrix_cell(judgement_set *to, const sheet *from, size_t record, size_t column, judgement one,
                            sheet_problem *problem) {
    char what[2 * QUOTED_SIZE + 32], first[QUOTED_SIZE], second[QUOTED_SIZE];
    if (sheet_cell(from, record, column)->length == 0) return 1;
    quoted(to->names[one.first], strlen(to->names[one.first]), first);
    quoted(to->names[one.second], strlen(to->names[one.second]), second);
    custval__format(what, sizeof what, "row %s, column %s", first, second);
    if (!sheet_number(from, record, column, what, &one.value, problem) ||
        !must_be_positive(one.value, from, record, column, what, problem)) {
        return 0;
    }
    if (one.first == one.second && one.value != 1.0) {
        sheet_set_problem(problem, one.line, "%s: a criterion is once as important as itself, not %g times", what,
                          one.value);
        return 0;
    }
    one.lower = one.upper = one.value;
    add_judgement(to, one);
    return 1;
}

/* The criteria of the header, by column. */
static int read_header(judgement_set *to, const sheet *from, uint32_t *columns, sheet_problem *problem) {
    char shown[QUOTED_SIZE];
    if (from->columns == 1) {
        sheet_set_problem(problem, from->lines[0],
                          "this is neither a matrix of judgements nor a list with the columns first, second and value");
        return 0;
    }
    for (size_t i = 1; i < from->columns; i++) {
        const custval_text *const name = sheet_cell(from, 0, i);
        const size_t index = criterion(to, name, from->lines[0], problem);
        if (index == SIZE_MAX) return 0;
        columns[i] = (uint32_t)index;
        for (size_t k = 1; k < i; k++) {
            if (columns[k] != index) continue;
            sheet_set_problem(problem, from->lines[0], "the criterion %s stands twice in the header",
                              quoted(name->data, name->length, shown));
            return 0;
        }
    }
    return 1;
}

/* Which criterion of the header a row belongs to; SIZE_MAX and the problem if none. */
static size_t row_of(const judgement_set *to, const sheet *from, size_t record, const uint32_t *columns,
                     const uint64_t *seen, sheet_problem *problem) {
    const custval_text *const name = sheet_cell(from, record, 0);
    char shown[QUOTED_SIZE];
    quoted(name->data, name->length, shown);
    for (size_t i = 1; i < from->columns; i++) {
        const char *const column = to->names[columns[i]];
        if (strlen(column) != name->length || memcmp(column, name->data, name->length) != 0) continue;
        if (seen[i] == 0) return i;
        sheet_set_problem(problem, from->lines[record], "the row of %s stands in line %llu already", shown,
                          (unsigned long long)seen[i]);
        return SIZE_MAX;
    }
    sheet_set_problem(problem, from->lines[record],
                      "the row %s is none of the criteria of the header; a list of pairs has the columns first, second "
                      "and value",
                      shown);
    return SIZE_MAX;
}

static int read_rows(judgement_set *to, const sheet *from, uint32_t member, const uint32_t *columns, uint64_t *seen,
                     sheet_problem *problem) {
    for (size_t record = 1; record < from->records; record++) {
        const size_t row = row_of(to, from, record, columns, seen, problem);
        if (row == SIZE_MAX) return 0;
        seen[row] = from->lines[record];
        for (size_t i = 1; i < from->columns; i++) {
            const judgement one = {member, columns[row], columns[i], 0.0, 0.0, 0.0, from->lines[record]};
            if (!read_matrix_cell(to, from, record, i, one, problem)) return 0;
        }
    }
    for (size_t i = 1; i < from->columns; i++) {
        char shown[QUOTED_SIZE];
        const char *const name = to->names[columns[i]];
        if (seen[i] != 0) continue;
        sheet_set_problem(problem, 0, "there is no row for the criterion %s", quoted(name, strlen(name), shown));
        return 0;
    }
    return 1;
}

static int read_matrix(judgement_set *to, const sheet *from, const custval_text *member, sheet_problem *problem) {
    uint32_t *const columns = memory_new(from->columns, sizeof *columns);
    uint64_t *const seen = memory_new(from->columns, sizeof *seen); /* [column] line of the criterion's row */
    const int is_fine = read_header(to, from, columns, problem) &&
                        read_rows(to, from, (uint32_t)add_member(to, member), columns, seen, problem);
    free(columns);
    free(seen);
    return is_fine;
}

/* ---- A list of pairs --------------------------------------------------------------------------------------------- */

enum pair_column { FIRST, SECOND, VALUE, LOWER, UPPER, MEMBER, MEMBER_WEIGHT, PAIR_COLUMNS };

static const char *const pair_names[PAIR_COLUMNS] = {"first", "second", "value",        "lower",
                                                     "upper", "member", "member_weight"};

static int is_pair_list(const sheet *from, size_t columns[PAIR_COLUMNS]) {
    for (size_t i = 0; i < PAIR_COLUMNS; i++) columns[i] = sheet_column(from, pair_names[i]);
    return columns[FIRST] != SIZE_MAX && columns[SECOND] != SIZE_MAX && columns[VALUE] != SIZE_MAX;
}

static int is_blank(const sheet *from, size_t record, size_t column) {
    return column == SIZE_MAX || sheet_cell(from, record, column)->length == 0;
}

/* A number above 0 in one of the columns. */
static int read_positive(const sheet *from, size_t record, const size_t columns[PAIR_COLUMNS], int which, double *out,
                         sheet_problem *problem) {
    char what[32];
    custval__format(what, sizeof what, "column %s", pair_names[which]);
    return sheet_number(from, record, columns[which], what, out, problem) &&
           must_be_positive(*out, from, record, columns[which], what, problem);
}

static int read_member_weight(judgement_set *to, const sheet *from, size_t record, size_t column, size_t member,
                              sheet_problem *problem) {
    char shown[QUOTED_SIZE];
    double weight = 0.0;
    if (is_blank(from, record, column)) return 1;
    if (!sheet_number(from, record, column, "column member_weight", &weight, problem)) return 0;
    const double before = to->member_weights[member];
    if (weight < 0.0) {
        sheet_set_problem(problem, from->lines[record], "column member_weight: %g is negative", weight);
        return 0;
    }
    if (!isnan(before) && before != weight) {
        sheet_set_problem(problem, from->lines[record], "the member %s has the weight %g in line %llu, and %g here",
                          quoted(to->members[member], strlen(to->members[member]), shown), before,
                          (unsigned long long)to->weight_lines[member], weight);
        return 0;
    }
    to->member_weights[member] = weight;
    to->weight_lines[member] = from->lines[record];
    to->has_weights = 1;
    return 1;
}

/* Whose judgement a row is. Members of other files are other people, so that a name must not occur in two. */
static size_t member_of(judgement_set *to, const sheet *from, size_t record, size_t column, size_t others,
                        sheet_problem *problem) {
    char shown[QUOTED_SIZE];
    const custval_text *const name = sheet_cell(from, record, column);
    if (name->length == 0) {
        sheet_set_problem(problem, from->lines[record], "column member: whose judgement is this?");
        return SIZE_MAX;
    }
    const size_t found = find(to->members, to->member_count, name);
    if (found < others) {
        sheet_set_problem(problem, from->lines[record], "the member %s is in an earlier file",
                          quoted(name->data, name->length, shown));
        return SIZE_MAX;
    }
    return found < to->member_count ? found : add_member(to, name);
}

static int read_ends(judgement_set *to, const sheet *from, size_t record, const size_t columns[PAIR_COLUMNS],
                     judgement *one, sheet_problem *problem) {
    const int has_lower = !is_blank(from, record, columns[LOWER]), has_upper = !is_blank(from, record, columns[UPPER]);
    one->lower = one->upper = one->value;
    if (!has_lower && !has_upper) return 1;
    if (!has_lower || !has_upper) {
        sheet_set_problem(problem, one->line, "lower and upper go together: %s is missing",
                          has_lower ? "upper" : "lower");
        return 0;
    }
    if (!read_positive(from, record, columns, LOWER, &one->lower, problem) ||
        !read_positive(from, record, columns, UPPER, &one->upper, problem)) {
        return 0;
    }
    if (one->lower > one->value || one->value > one->upper) {
        sheet_set_problem(problem, one->line, "lower, value and upper must ascend, and are %g, %g, %g", one->lower,
                          one->value, one->upper);
        return 0;
    }
    to->is_fuzzy = 1;
    return 1;
}

static int read_pair(judgement_set *to, const sheet *from, size_t record, const size_t columns[PAIR_COLUMNS],
                     size_t member, sheet_problem *problem) {
    const uint64_t line = from->lines[record];
    char shown[QUOTED_SIZE];
    const size_t first = criterion(to, sheet_cell(from, record, columns[FIRST]), line, problem);
    if (first == SIZE_MAX) return 0;
    const size_t second = criterion(to, sheet_cell(from, record, columns[SECOND]), line, problem);
    if (second == SIZE_MAX) return 0;
    if (first == second) {
        sheet_set_problem(problem, line, "%s is compared with itself",
                          quoted(to->names[first], strlen(to->names[first]), shown));
        return 0;
    }
    if (!read_member_weight(to, from, record, columns[MEMBER_WEIGHT], member, problem)) return 0;
    if (is_blank(from, record, columns[VALUE])) return 1; /* not judged */
    judgement one = {(uint32_t)member, (uint32_t)first, (uint32_t)second, 0.0, 0.0, 0.0, line};
    if (!read_positive(from, record, columns, VALUE, &one.value, problem) ||
        !read_ends(to, from, record, columns, &one, problem)) {
        return 0;
    }
    add_judgement(to, one);
    return 1;
}

/* By member and pair, then line. */
static int compare_pairs(const void *left, const void *right) {
    const judgement *const a = left, *const b = right;
    const uint32_t a_low = a->first < a->second ? a->first : a->second, a_high = a->first ^ a->second ^ a_low;
    const uint32_t b_low = b->first < b->second ? b->first : b->second, b_high = b->first ^ b->second ^ b_low;
    if (a->member != b->member) return a->member < b->member ? -1 : 1;
    if (a_low != b_low) return a_low < b_low ? -1 : 1;
    if (a_high != b_high) return a_high < b_high ? -1 : 1;
    return (a->line > b->line) - (a->line < b->line);
}

static int is_same_pair(const judgement *a, const judgement *b) {
    return a->member == b->member &&
           ((a->first == b->first && a->second == b->second) || (a->first == b->second && a->second == b->first));
}

/* Sorts the judgements from `before` on, in which order does not matter. */
static int find_repeated(judgement_set *of, size_t before, sheet_problem *problem) {
    char first[QUOTED_SIZE], second[QUOTED_SIZE];
    if (of->length > before) qsort(of->list + before, of->length - before, sizeof of->list[0], compare_pairs);
    for (size_t i = before + 1; i < of->length; i++) {
        const judgement *const one = &of->list[i];
        if (!is_same_pair(one - 1, one)) continue;
        sheet_set_problem(problem, one->line, "the pair %s, %s is judged in line %llu already",
                          quoted(of->names[one->first], strlen(of->names[one->first]), first),
                          quoted(of->names[one->second], strlen(of->names[one->second]), second),
                          (unsigned long long)one[-1].line);
        return 0;
    }
    return 1;
}

static int read_pairs(judgement_set *to, const sheet *from, const custval_text *member,
                      const size_t columns[PAIR_COLUMNS], sheet_problem *problem) {
    const size_t others = to->member_count, before = to->length;
    if (!sheet_are_single(from, pair_names, PAIR_COLUMNS, problem)) return 0;
    if ((columns[LOWER] == SIZE_MAX) != (columns[UPPER] == SIZE_MAX)) {
        sheet_set_problem(problem, from->lines[0], "the columns lower and upper go together: there is no %s",
                          columns[LOWER] == SIZE_MAX ? "lower" : "upper");
        return 0;
    }
    if (columns[MEMBER] == SIZE_MAX) add_member(to, member);
    for (size_t record = 1; record < from->records; record++) {
        const size_t whose =
            columns[MEMBER] == SIZE_MAX ? others : member_of(to, from, record, columns[MEMBER], others, problem);
        if (whose == SIZE_MAX || !read_pair(to, from, record, columns, whose, problem)) return 0;
    }
    return find_repeated(to, before, problem);
}

/* ---- A set of files ---------------------------------------------------------------------------------------------- */

int judgement_set_add(judgement_set *to, const sheet *from, const char *member, sheet_problem *problem) {
    const custval_text name = {member, strlen(member)};
    size_t columns[PAIR_COLUMNS];
    if (from->records == 1) {
        sheet_set_problem(problem, from->lines[0], "there is nothing below the header");
        return 0;
    }
    const int is_fine = is_pair_list(from, columns) ? read_pairs(to, from, &name, columns, problem)
                                                    : read_matrix(to, from, &name, problem);
    to->names_of_first = to->count;
    return is_fine;
}

/* Nothing judged but each criterion over itself. */
static double *new_matrices(const judgement_set *of) {
    const size_t n = of->count;
    double *const matrices = memory_new(of->member_count, n * n * sizeof(double));
    for (size_t i = 0; i < of->member_count * n * n; i++) matrices[i] = i / n % n == i % n ? 1.0 : NOT_SAID;
    return matrices;
}

custval_judgements judgement_set_complete(judgement_set *of) {
    custval_judgements out = CUSTVAL_JUDGEMENTS_INIT;
    const size_t n = of->count;
    of->middle = new_matrices(of);
    if (of->is_fuzzy) {
        of->lower = new_matrices(of);
        of->upper = new_matrices(of);
    }
    for (size_t i = 0; i < of->length; i++) {
        const judgement *const one = &of->list[i];
        const size_t cell = (one->member * n + one->first) * n + one->second;
        of->middle[cell] = one->value;
        if (!of->is_fuzzy) continue;
        of->lower[cell] = one->lower;
        of->upper[cell] = one->upper;
    }
    for (size_t i = 0; i < of->member_count && of->has_weights; i++) {
        if (isnan(of->member_weights[i])) of->member_weights[i] = 1.0;
    }
    out.names = (const char *const *)of->names;
    out.count = n;
    out.matrices = of->middle;
    out.members = of->member_count;
    out.member_names = (const char *const *)of->members;
    out.member_weights = of->has_weights ? of->member_weights : NULL;
    out.lower = of->lower;
    out.upper = of->upper;
    return out;
}

void judgement_set_free(judgement_set *of) {
    for (size_t i = 0; i < of->count; i++) free(of->names[i]);
    for (size_t i = 0; i < of->member_count; i++) free(of->members[i]);
    free(of->names);
    free(of->members);
    free(of->member_weights);
    free(of->weight_lines);
    free(of->files);
    free(of->list);
    free(of->middle);
    free(of->lower);
    free(of->upper);
    *of = (judgement_set){0};
}

/* The name of a file without its folder and ending, unless a member is called so already. */
static char *member_name(const judgement_set *of, const char *path) {
    const char *base = path;
    for (const char *at = path; *at != 0; at++) {
        if (*at == '/' || *at == '\\') base = at + 1;
    }
    const char *const dot = strrchr(base, '.');
    const custval_text name = {base, dot == NULL || dot == base ? strlen(base) : (size_t)(dot - base)};
    if (name.length == 0 || find(of->members, of->member_count, &name) < of->member_count) {
        return memory_text(path, strlen(path));
    }
    return memory_text(name.data, name.length);
}

void judgement_set_open(judgement_set *to, const char *const *paths, size_t count, const data_options *options,
                        const char *written, const char *command) {
    size_t known = 0; /* members whose files are */
    for (size_t i = 0; i < count; i++) {
        sheet from;
        sheet_problem problem = {0, ""};
        for (size_t k = 0; k < i; k++) {
            if (strcmp(paths[k], paths[i]) == 0) fail_usage(command, "%s is given twice", input_name(paths[i]));
        }
        sheet_open(&from, paths[i], options, written, command);
        char *const member = member_name(to, paths[i]);
        if (!judgement_set_add(to, &from, member, &problem)) sheet_fail(paths[i], &problem);
        for (; known < to->member_count; known++) to->files[known] = paths[i];
        free(member);
        sheet_free(&from);
    }
}

/* Where the message names the judgement, `"first" over "second"`; NULL if it does not. */
static const char *find_in(const char *message, const judgement_set *of, const judgement *one, buffer *text) {
    if (of->member_count > 1) {
        text->length = 0;
        buffer_text(text, "member \"");
        buffer_put(text, of->members[one->member], strlen(of->members[one->member]) + 1);
        if (strncmp(message, text->data, strlen(text->data)) != 0) return NULL;
    }
    text->length = 0;
    buffer_byte(text, '"');
    buffer_text(text, of->names[one->first]);
    buffer_text(text, "\" over \"");
    buffer_text(text, of->names[one->second]);
    buffer_put(text, "\"", 2);
    return strstr(message, text->data);
}

void judgement_set_fail(const judgement_set *of, const custval_error *error) {
    const judgement *named = NULL;
    const char *first = NULL;
    buffer text = {NULL, 0, 0};
    for (size_t i = 0; i < of->length; i++) {
        const char *const at = find_in(error->message, of, &of->list[i], &text);
        if (at == NULL || (first != NULL && at >= first)) continue;
        first = at;
        named = &of->list[i];
    }
    if (named != NULL) {
        fail("%s: line %llu: %s", input_name(of->files[named->member]), (unsigned long long)named->line,
             error->message);
    }
    fail_error(of->member_count == 1 ? input_name(of->files[0]) : NULL, error);
}
