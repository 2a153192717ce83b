/* custval_panel_weights: respondents weighed to known shares. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../table/grouping.h"
#include "../table/table.h"
#include "panel.h"

#define VARIABLES_MOST 64

typedef struct variable {
    const char *name;
    custval__grouping groups; /* categories of the respondents */
    double *targets;          /* [category] known share; 0: none is known yet */
    custval__sum *present;    /* [category] sum of weights */
} variable;

typedef struct panel {
    custval__arena arena;
    custval_host host;             /* whole */
    custval_panel_options options; /* whole */
    const custval_table *table, *margins;
    size_t rows;
    variable *variables;
    double *weights; /* [row] NaN: left out */
    double total;    /* of weights: as many as there are respondents with one */
    custval_panel_facts facts;
} panel;

/* ---- What is known -------------------------------------------------------------------------------------------------- */

typedef struct margin_columns {
    size_t variable;
    custval__grouping categories;
    double *targets;
} margin_columns;

static int is_text(custval_text text, const char *wanted, size_t length) {
    return text.data != NULL && text.length == length && memcmp(text.data, wanted, length) == 0;
}

static custval_status read_margin_columns(panel *in, margin_columns *out, custval_error *error) {
    size_t category;
    CUSTVAL__TRY(custval_table_find(in->margins, "variable", &out->variable, error));
    CUSTVAL__TRY(custval__table_need_text(in->margins, out->variable, error));
    CUSTVAL__TRY(custval_table_find(in->margins, "category", &category, error));
    CUSTVAL__TRY(custval__grouping_of_ids(&in->arena, in->margins, category, &out->categories, error));
    return custval__panel_numbers(&in->arena, in->margins, "target", &out->targets, error);
}

static custval_status fail_margin(size_t row, custval_status status, custval_text category, const char *message,
                                  custval_error *error) {
    return custval__fail_at(error, status, CUSTVAL_NONE, row, "margins, row %zu: category \"%.*s\" %s", row,
                            (int)(category.length < 80 ? category.length : 80),
                            category.data == NULL ? "" : category.data, message);
}

/* Categories of a variable, by their texts: as many as people tell apart, so they are simply looked through. */
static custval_status take_margin(variable *to, const margin_columns *from, size_t row, custval_error *error) {
    const custval_text category = from->categories.keys[from->categories.of[row]];
    if (!(from->targets[row] > 0.0)) {
        return fail_margin(row, CUSTVAL_ERROR_RANGE, category, "needs a target above 0", error);
    }
    for (uint32_t c = 0; c < to->groups.count; c++) {
        if (!is_text(to->groups.keys[c], category.data == NULL ? "" : category.data, category.length)) continue;
        if (to->targets[c] > 0.0) return fail_margin(row, CUSTVAL_ERROR_DUPLICATE, category, "is there twice", error);
        to->targets[c] = from->targets[row];
        return CUSTVAL_OK;
    }
    return fail_margin(row, CUSTVAL_ERROR_NOT_FOUND, category,
                       "has no respondent: no weights can make up for it; put it together with another", error);
}

static custval_status read_targets(panel *in, variable *to, const margin_columns *from, custval_error *error) {
    custval__sum sum = {0.0, 0.0};
    for (size_t row = 0; row < custval_table_rows(in->margins); row++) {
        custval_text name;
        custval__table_get_text(in->margins, from->variable, row, &name);
        if (is_text(name, to->name, strlen(to->name))) CUSTVAL__TRY(take_margin(to, from, row, error));
    }
    for (uint32_t c = 0; c < to->groups.count; c++) {
        const custval_text key = to->groups.keys[c];
        if (key.data == NULL) continue;
        if (!(to->targets[c] > 0.0)) {
            return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND,
                                 "variable \"%s\": the margins have no target for category \"%.*s\"", to->name,
                                 (int)(key.length < 80 ? key.length : 80), key.data);
        }
        custval__sum_add(&sum, to->targets[c]);
    }
    for (uint32_t c = 0; c < to->groups.count; c++) to->targets[c] /= custval__sum_value(&sum);
    return CUSTVAL_OK;
}

static custval_status check_margins(const panel *in, const margin_columns *from, custval_error *error) {
    for (size_t row = 0; row < custval_table_rows(in->margins); row++) {
        custval_text name;
        size_t v = 0;
        custval__table_get_text(in->margins, from->variable, row, &name);
        while (v < in->options.variables_count &&
               !is_text(name, in->variables[v].name, strlen(in->variables[v].name))) {
            v++;
        }
        if (v < in->options.variables_count) continue;
        return custval__fail_at(error, CUSTVAL_ERROR_NOT_FOUND, CUSTVAL_NONE, row,
                                "margins, row %zu: \"%.*s\" is none of the variables", row,
                                (int)(name.length < 80 ? name.length : 80), name.data == NULL ? "" : name.data);
    }
    return CUSTVAL_OK;
}

static custval_status read_variables(panel *in, custval_error *error) {
    const size_t count = in->options.variables_count;
    margin_columns margins = {.variable = 0};
    in->variables = custval__arena_alloc(&in->arena, count, sizeof *in->variables);
    if (in->variables == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(read_margin_columns(in, &margins, error));
    for (size_t v = 0; v < count; v++) {
        variable *const to = &in->variables[v];
        size_t column;
        to->name = in->options.variables[v];
        if (to->name == NULL) return custval__fail_null(error, "variables");
        for (size_t k = 0; k < v; k++) {
            if (strcmp(in->variables[k].name, to->name) != 0) continue;
            return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "variable \"%s\" is named twice", to->name);
        }
        CUSTVAL__TRY(custval_table_find(in->table, to->name, &column, error));
        CUSTVAL__TRY(custval__grouping_of_ids(&in->arena, in->table, column, &to->groups, error));
        to->targets = custval__arena_alloc(&in->arena, to->groups.count, sizeof *to->targets);
        to->present = custval__arena_alloc(&in->arena, to->groups.count, sizeof *to->present);
        if (to->targets == NULL || to->present == NULL) return custval__fail_memory(error);
        CUSTVAL__TRY(read_targets(in, to, &margins, error));
    }
    return check_margins(in, &margins, error);
}

/* ---- Raking --------------------------------------------------------------------------------------------------------- */

static custval_status read_weights(panel *in, custval_error *error) {
    custval__sum sum = {0.0, 0.0};
    in->rows = custval_table_rows(in->table);
    if (in->options.weight != NULL) {
        CUSTVAL__TRY(custval__panel_numbers(&in->arena, in->table, in->options.weight, &in->weights, error));
    } else {
        in->weights = custval__arena_alloc(&in->arena, in->rows, sizeof *in->weights);
        if (in->weights == NULL) return custval__fail_memory(error);
        for (size_t row = 0; row < in->rows; row++) in->weights[row] = 1.0;
    }
    for (size_t row = 0; row < in->rows; row++) {
        if (in->weights[row] <= 0.0) {
            return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                                    "row %zu: column \"%s\" is %g, but a weight must be above 0", row,
                                    in->options.weight, in->weights[row]);
        }
        for (size_t v = 0; v < in->options.variables_count; v++) {
            const custval__grouping *const groups = &in->variables[v].groups;
            if (groups->keys[groups->of[row]].data == NULL) in->weights[row] = (double)NAN;
        }
        if (isnan(in->weights[row])) continue;
        in->facts.weighted++;
        custval__sum_add(&sum, in->weights[row]);
    }
    in->facts.missing = in->rows - in->facts.weighted;
    if (in->facts.weighted == 0) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "no respondent has all variables and a weight");
    }
    in->total = (double)in->facts.weighted;
    const double factor = in->total / custval__sum_value(&sum);
    for (size_t row = 0; row < in->rows; row++) in->weights[row] *= factor;
    return CUSTVAL_OK;
}

static void add_up(const panel *in, variable *of) {
    memset(of->present, 0, of->groups.count * sizeof *of->present);
    for (size_t row = 0; row < in->rows; row++) {
        if (!isnan(in->weights[row])) custval__sum_add(&of->present[of->groups.of[row]], in->weights[row]);
    }
}

/* Largest gap of a variable between shares that were added up and those that are known; the category where. */
static double gap_of(const panel *in, const variable *of, uint32_t *out_category) {
    double largest = 0.0;
    *out_category = 0;
    for (uint32_t c = 0; c < of->groups.count; c++) {
        const double gap = fabs(custval__sum_value(&of->present[c]) / in->total - of->targets[c]);
        if (of->groups.keys[c].data == NULL || !(gap > largest)) continue;
        largest = gap;
        *out_category = c;
    }
    return largest;
}

static void match(panel *in, variable *to) {
    add_up(in, to);
    for (size_t row = 0; row < in->rows; row++) {
        const uint32_t c = to->groups.of[row];
        if (isnan(in->weights[row])) continue;
        in->weights[row] *= to->targets[c] * in->total / custval__sum_value(&to->present[c]);
    }
}

static custval_status rake(panel *in, custval_error *error) {
    const size_t count = in->options.variables_count;
    size_t worst = 0;
    uint32_t category = 0;
    for (in->facts.rounds = 1; in->facts.rounds <= in->options.rounds; in->facts.rounds++) {
        for (size_t v = 0; v < count; v++) match(in, &in->variables[v]);
        in->facts.gap = 0.0;
        for (size_t v = 0; v < count; v++) {
            uint32_t at;
            add_up(in, &in->variables[v]);
            const double gap = gap_of(in, &in->variables[v], &at);
            if (!(gap > in->facts.gap)) continue;
            in->facts.gap = gap;
            worst = v;
            category = at;
        }
        if (in->facts.gap <= in->options.tolerance) return CUSTVAL_OK;
    }
    const custval_text key = in->variables[worst].groups.keys[category];
    return custval__fail(error, CUSTVAL_ERROR_CONVERGENCE,
                         "after %u rounds the share of \"%.*s\" in \"%s\" is still %g away from the known one: the "
                         "margins contradict the sample; put categories together, or leave a variable out",
                         (unsigned)in->options.rounds, (int)(key.length < 80 ? key.length : 80),
                         key.data == NULL ? "" : key.data, in->variables[worst].name, in->facts.gap);
}

/* Respondents may have lost their place in a category that nobody with all variables is in. */
static custval_status check_categories(panel *in, custval_error *error) {
    for (size_t v = 0; v < in->options.variables_count; v++) {
        variable *const of = &in->variables[v];
        add_up(in, of);
        for (uint32_t c = 0; c < of->groups.count; c++) {
            const custval_text key = of->groups.keys[c];
            if (key.data == NULL || custval__sum_value(&of->present[c]) > 0.0) continue;
            return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND,
                                 "variable \"%s\": no respondent of category \"%.*s\" has all variables and a weight",
                                 of->name, (int)(key.length < 80 ? key.length : 80), key.data);
        }
    }
    return CUSTVAL_OK;
}

/* ---- The call ------------------------------------------------------------------------------------------------------- */

static void describe(panel *in) {
    custval__sum sum = {0.0, 0.0}, squares = {0.0, 0.0};
    in->facts.least = (double)INFINITY;
    for (size_t row = 0; row < in->rows; row++) {
        const double weight = in->weights[row];
        if (isnan(weight)) continue;
        custval__sum_add(&sum, weight);
        custval__sum_add(&squares, weight * weight);
        in->facts.least = fmin(in->facts.least, weight);
        in->facts.most = fmax(in->facts.most, weight);
    }
    const double whole = custval__sum_value(&sum);
    in->facts.effective = whole * whole / custval__sum_value(&squares);
}

static custval_status make(panel *in, custval_table **out, custval_error *error) {
    double *weights;
    CUSTVAL__TRY(read_variables(in, error));
    CUSTVAL__TRY(read_weights(in, error));
    CUSTVAL__TRY(check_categories(in, error));
    CUSTVAL__TRY(rake(in, error));
    describe(in);
    CUSTVAL__TRY(custval__result_new(&in->host, in->rows, out, error));
    CUSTVAL__TRY(custval__result_add_doubles(*out, "weight", &weights, error));
    if (in->rows > 0) memcpy(weights, in->weights, in->rows * sizeof *weights);
    custval__result_finish(*out);
    return CUSTVAL_OK;
}

static custval_status check_options(const custval_panel_options *options, custval_error *error) {
    if (options->variables == NULL) return custval__fail_null(error, "variables");
    if (options->variables_count < 1 || options->variables_count > VARIABLES_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%zu variables, but there must be 1 to %d",
                             options->variables_count, VARIABLES_MOST);
    }
    if (!(options->tolerance > 0.0) || options->rounds == 0) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "tolerance is %g and rounds %u, both must be above 0",
                             options->tolerance, (unsigned)options->rounds);
    }
    if (options->reserved == 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "reserved is %u, it must be 0", (unsigned)options->reserved);
}

custval_status custval_panel_weights(const custval_table *table, const custval_table *margins,
                                     const custval_panel_options *options, custval_panel_facts *facts,
                                     custval_table **out, custval_error *error) {
    panel in = {
        .table = table, .margins = margins, .options = CUSTVAL_PANEL_OPTIONS_INIT, .facts = CUSTVAL_PANEL_FACTS_INIT};
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    if (margins == NULL) return custval__fail_null(error, "margins");
    CUSTVAL__TRY(custval__struct_read(&in.options, sizeof in.options, sizeof in.options, options,
                                      "custval_panel_options", error));
    CUSTVAL__TRY(check_options(&in.options, error));
    CUSTVAL__TRY(custval__host_read(&in.host, in.options.host, error));
    custval__arena_init(&in.arena, &in.host);
    custval_status status = make(&in, out, error);
    custval__arena_free(&in.arena);
    if (status == CUSTVAL_OK && facts != NULL) {
        status =
            custval__struct_write(facts, &in.facts, sizeof in.facts, sizeof in.facts, "custval_panel_facts", error);
    }
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
