/* Splitting a value: down the tree by Euler's theorem, then the steps. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "contribution.h"

#include <math.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "exact_sum.h"

/* A node's amount is effective x term. The term is the node's score s, or on the sacrifice side of the index 100 - s,
   or the logarithm of one of these. A relieved or overridden node's amount is that of what was put in place; its
   children explain what was computed, effective x term(computed), and the relief or override is a step with the rest. */
enum mode { MODE_SCORE, MODE_REFLECTED, MODE_LOG, MODE_LOG_REFLECTED };

static double term_of(int mode, double score) {
    switch (mode) {
    case MODE_REFLECTED: return 100.0 - score;
    case MODE_LOG: return custval__log(score);
    case MODE_LOG_REFLECTED: return custval__log(100.0 - score);
    default: return score;
    }
}

// What a parent hands to its children.
typedef struct share_out {
    const custval__node *nodes;
    const custval__state *state;
    custval__split *split;
    uint8_t *modes; /* [node] */
    uint32_t first; /* first child */
    uint32_t aggregator;
    double exponent;
    int mode;         /* of the children */
    double effective; /* of the parent's computed term, in the children's mode */
    double amount;    /* effective x computed: what the children explain */
    double computed;  /* the parent's computed term */
} share_out;

static double share_of(const share_out *out, uint32_t child) {
    const double share = out->state->share[child];
    return isnan(share) ? 0.0 : share;
}

static int counts(const share_out *out, uint32_t child) {
    return !isnan(out->state->score[child]);
}

static double child_term(const share_out *out, uint32_t child) {
    return term_of(out->modes[child], out->state->score[child]);
}

static void give(const share_out *out, uint32_t child, double effective, double amount) {
    out->split->lacks_logs |= !isfinite(amount);
    out->split->effective[child] = effective;
    out->split->term[child] = child_term(out, child);
    out->split->amount[child] = amount;
}

// The mean, and the geometric mean in logarithms: effective weights are shares of the parent's.
static void give_linear(const share_out *out) {
    for (uint32_t child = out->first; child != CUSTVAL_NONE; child = out->nodes[child].next_sibling) {
        if (!counts(out, child)) continue;
        const double share = share_of(out, child), effective = out->effective * share;
        // A logarithm of 0 with no weight adds nothing.
        const double term = share > 0.0 ? child_term(out, child) : 0.0;
        const double amount = isfinite(effective)  ? effective * term
                              : out->amount != 0.0 ? out->amount * (share * term / out->computed)
                                                   : 0.0;
        give(out, child, effective, amount);
    }
}

// The child that binds a minimum: the first with weight whose term is the parent's.
static uint32_t binding_child(const share_out *out) {
    uint32_t binding = CUSTVAL_NONE;
    double nearest = (double)INFINITY;
    for (uint32_t child = out->first; child != CUSTVAL_NONE; child = out->nodes[child].next_sibling) {
        if (!counts(out, child) || !(share_of(out, child) > 0.0)) continue;
        const double distance = fabs(child_term(out, child) - out->computed);
        if (distance < nearest) {
            nearest = distance;
            binding = child;
        }
    }
    return binding;
}

static void give_to_one(const share_out *out, uint32_t chosen) {
    for (uint32_t child = out->first; child != CUSTVAL_NONE; child = out->nodes[child].next_sibling) {
        if (!counts(out, child)) continue;
        const int all = child == chosen;
        const double term = child_term(out, child);
        const double effective = term == out->computed ? out->effective : out->amount / term;
        give(out, child, all ? effective : 0.0, all ? out->amount : 0.0);
    }
}

// Euler's s df/ds as a fraction of f, for f > 0 and s >= 0; the fractions of a group add up to 1 but for rounding.
static double euler_fraction(const share_out *out, uint32_t child) {
    const double share = share_of(out, child), relative = child_term(out, child) / out->computed;
    if (!(share > 0.0)) return 0.0;
    switch (out->aggregator) {
    case CUSTVAL_AGGREGATOR_HARMONIC: return share / relative;
    case CUSTVAL_AGGREGATOR_POWER: return share * custval__pow(relative, out->exponent);
    default: return share;
    }
}

static void give_by_euler(const share_out *out) {
    double total = 0.0;
    for (uint32_t child = out->first; child != CUSTVAL_NONE; child = out->nodes[child].next_sibling) {
        if (counts(out, child)) total += euler_fraction(out, child);
    }
    for (uint32_t child = out->first; child != CUSTVAL_NONE; child = out->nodes[child].next_sibling) {
        if (!counts(out, child)) continue;
        const double amount = out->amount * (euler_fraction(out, child) / total), term = child_term(out, child);
        give(out, child, term != 0.0 ? amount / term : 0.0, amount);
    }
}

// 100 - f is not homogeneous in the 100 - s, so that Euler does not split it: it is shared in proportion to share x
// (100 - s), which for the mean is the same.
static void give_reflected(const share_out *out) {
    double total = 0.0, most = 0.0;
    uint32_t largest = CUSTVAL_NONE;
    int above = 0, below = 0;
    for (uint32_t child = out->first; child != CUSTVAL_NONE; child = out->nodes[child].next_sibling) {
        const double part = counts(out, child) ? share_of(out, child) * child_term(out, child) : 0.0;
        total += part;
        above |= part > 0.0;
        below |= part < 0.0;
        if (fabs(part) > most) {
            most = fabs(part);
            largest = child;
        }
    }
    if (above && below) {
        // Scores beyond 100 may cancel in the total, so that fractions of it would mean nothing.
        if (out->aggregator == CUSTVAL_AGGREGATOR_MEAN) {
            give_linear(out);
        } else {
            give_to_one(out, largest);
        }
        return;
    }
    for (uint32_t child = out->first; child != CUSTVAL_NONE; child = out->nodes[child].next_sibling) {
        if (!counts(out, child)) continue;
        // Where nothing is left of any 100, what is left of the parent's is rounding.
        const double share = share_of(out, child);
        const double fraction = total != 0.0 ? share * child_term(out, child) / total : share;
        give(out, child, total != 0.0 ? out->amount / total * share : out->effective * share, out->amount * fraction);
    }
}

static void give_to_children(share_out *out) {
    // An only child stands for its parent, whatever the aggregator.
    const int is_only = out->nodes[out->first].next_sibling == CUSTVAL_NONE;
    if (is_only && counts(out, out->first)) {
        give(out, out->first, out->effective, out->amount);
    } else if (out->mode == MODE_LOG) {
        give_linear(out);
    } else if (out->aggregator == CUSTVAL_AGGREGATOR_MINIMUM) {
        give_to_one(out, binding_child(out));
    } else if (out->mode == MODE_REFLECTED) {
        give_reflected(out);
    } else if (out->aggregator == CUSTVAL_AGGREGATOR_MEAN) {
        give_linear(out);
    } else if (out->computed > 0.0) {
        give_by_euler(out);
    } else {
        give_to_one(out, CUSTVAL_NONE);
    }
}

static void set_modes(const share_out *out, int mode) {
    for (uint32_t child = out->first; child != CUSTVAL_NONE; child = out->nodes[child].next_sibling) {
        out->modes[child] = (uint8_t)mode;
    }
}

/* ---- The tree ---------------------------------------------------------------------------------------------------- */

// The node's score is not what its children made it.
static int is_replaced(const custval__state *state, uint32_t node) {
    return state->override[node] != CUSTVAL_NONE || state->relief[node] != CUSTVAL_NONE;
}

static void split_node(const custval_system *system, const custval__state *state, custval__split *split, uint8_t *modes,
                       uint32_t index) {
    const custval__node *node = &system->nodes[index];
    const int mode = modes[index];
    const double computed = state->computed[index];
    if (isnan(split->amount[index]) || isnan(computed) || node->first_child == CUSTVAL_NONE) return;
    share_out out = {.nodes = system->nodes,
                     .state = state,
                     .split = split,
                     .modes = modes,
                     .first = node->first_child,
                     .aggregator = node->aggregator,
                     .exponent = node->exponent,
                     .mode = mode,
                     .effective = split->effective[index],
                     .amount = split->amount[index]};
    if (is_replaced(state, index) && out.effective != 0.0) {
        out.amount = out.effective * term_of(mode, computed);
        split->lacks_logs |= !isfinite(out.amount);
    }
    const int has_logs_below =
        node->child_count == 1 || (mode == MODE_LOG && node->aggregator == CUSTVAL_AGGREGATOR_GEOMETRIC);
    if ((mode == MODE_LOG || mode == MODE_LOG_REFLECTED) && !has_logs_below) {
        // The logarithm of anything but a geometric mean is shared as its points would be.
        out.mode = mode == MODE_LOG ? MODE_SCORE : MODE_REFLECTED;
        out.computed = term_of(out.mode, computed);
        out.effective = out.amount / out.computed;
    } else {
        out.computed = term_of(out.mode, computed);
    }
    set_modes(&out, out.mode);
    give_to_children(&out);
}

// The form of the value: amounts of the sides.
static void split_value(const custval_system *system, const custval__state *state, custval__split *split,
                        uint8_t *modes) {
    const uint32_t benefit = system->sides[CUSTVAL_SIDE_BENEFIT], sacrifice = system->sides[CUSTVAL_SIDE_SACRIFICE];
    const int mode = split->is_log ? MODE_LOG : MODE_SCORE;
    const double computed = term_of(mode, state->before_gates);
    share_out out = {.nodes = system->nodes,
                     .state = state,
                     .split = split,
                     .modes = modes,
                     .first = system->nodes[0].first_child,
                     .aggregator = system->spec.aggregator,
                     .exponent = system->spec.exponent,
                     .mode = mode,
                     .effective = 1.0,
                     .amount = computed,
                     .computed = computed};
    set_modes(&out, out.mode);
    if (system->spec.form == CUSTVAL_FORM_INDEX) {
        if (sacrifice != CUSTVAL_NONE) modes[sacrifice] = split->is_log ? MODE_LOG_REFLECTED : MODE_REFLECTED;
        give_to_children(&out);
        return;
    }
    if (system->spec.form == CUSTVAL_FORM_RATIO && !split->is_log) {
        // Without logarithms the benefits make up the value, and the sacrifice only scales them.
        give(&out, benefit, 1.0 / state->score[sacrifice], state->before_gates);
        give(&out, sacrifice, 0.0, 0.0);
        return;
    }
    if (benefit != CUSTVAL_NONE) give(&out, benefit, 1.0, child_term(&out, benefit));
    if (sacrifice != CUSTVAL_NONE) give(&out, sacrifice, -1.0, -child_term(&out, sacrifice));
}

static void split_tree(const custval_system *system, const custval__state *state, custval__split *split,
                       uint8_t *modes) {
    for (uint32_t i = 0; i < system->node_count; i++) {
        split->effective[i] = split->term[i] = split->amount[i] = (double)NAN;
    }
    if (!custval__state_has_value(state) || isnan(state->before_gates)) return;
    split_value(system, state, split, modes);
    for (uint32_t i = 1; i < system->first_derived; i++) split_node(system, state, split, modes, i);
}

/* ---- The steps --------------------------------------------------------------------------------------------------- */

static void add_step(custval__split *split, uint32_t kind, uint32_t node, uint32_t index, double score,
                     double effective, double contribution) {
    split->steps[split->step_count++] = (custval__step){kind, node, index, score, effective, contribution};
}

// What a relief or judgement on a node adds to what its children explain.
static double replaced_amount(const custval__state *state, const custval__split *split, const uint8_t *modes,
                              uint32_t node) {
    const double effective = split->effective[node], computed = state->computed[node];
    if (isnan(computed) || effective == 0.0) return split->amount[node];
    return split->amount[node] - effective * term_of(modes[node], computed);
}

// What one unit of the score in place adds.
static double replaced_effective(const custval__split *split, const uint8_t *modes, uint32_t node) {
    if (modes[node] == MODE_SCORE) return split->effective[node];
    return modes[node] == MODE_REFLECTED ? -split->effective[node] : (double)NAN;
}

static double value_change(const custval__split *split, double before, double after) {
    return split->is_log ? custval__log(after) - custval__log(before) : after - before;
}

static void add_steps(const custval_system *system, const custval__state *state, custval__split *split,
                      const uint8_t *modes) {
    split->step_count = 0;
    for (uint32_t i = 1; i < system->first_derived; i++) {
        // A row that is refused as a whole has no scores, and its judgements did not apply.
        if (!is_replaced(state, i) || isnan(state->score[i])) continue;
        const int is_relief = state->relief[i] != CUSTVAL_NONE;
        add_step(split, is_relief ? CUSTVAL__STEP_RELIEF : CUSTVAL__STEP_OVERRIDE, i,
                 is_relief ? state->relief[i] : state->override[i], state->score[i],
                 replaced_effective(split, modes, i), replaced_amount(state, split, modes, i));
    }
    const int has_value = custval__state_has_value(state);
    double value = state->before_gates;
    for (uint32_t i = 0; i < system->gate_count; i++) {
        if (!state->gate_closed[i]) continue;
        const double cap = system->gates[i].cap;
        add_step(split, CUSTVAL__STEP_GATE, system->gates[i].node, i, cap, (double)NAN,
                 has_value ? value_change(split, value, cap) : (double)NAN);
        value = cap;
    }
    if (state->override[0] == CUSTVAL_NONE || !has_value) return;
    const double judged = state->score[0];
    add_step(split, CUSTVAL__STEP_OVERRIDE, 0, state->override[0], judged, (double)NAN,
             isnan(value) ? split->total : value_change(split, value, judged));
}

/* ---- Units ------------------------------------------------------------------------------------------------------- */

int custval__split_wants_log(const custval_system *system) {
    return system->spec.form == CUSTVAL_FORM_RATIO ||
           (system->spec.form == CUSTVAL_FORM_INDEX && system->spec.aggregator == CUSTVAL_AGGREGATOR_GEOMETRIC);
}

// Of the value at every step; those of the nodes are found wanting while they are split.
static int values_have_logarithms(const custval_system *system, const custval__state *state) {
    for (uint32_t i = 0; i < system->gate_count; i++) {
        if (state->gate_closed[i] && !(system->gates[i].cap > 0.0)) return 0;
    }
    return state->score[0] > 0.0 && (state->before_gates > 0.0 || isnan(state->before_gates));
}

static void split_as(const custval_system *system, const custval__state *state, int is_log, custval__split *out,
                     uint8_t *modes) {
    out->is_log = is_log;
    out->lacks_logs = 0;
    out->total = is_log ? custval__log(state->score[0]) : state->score[0];
    split_tree(system, state, out, modes);
    add_steps(system, state, out, modes);
}

custval_status custval__split_new(custval__study *study, const custval__state *state, uint32_t unit,
                                  custval__split *out, custval_error *error) {
    const custval_system *system = study->plan.system;
    const size_t nodes = system->node_count;
    *out = (custval__split){0};
    double *numbers = custval__study_alloc(study, 3 * nodes, sizeof *numbers);
    uint8_t *modes = custval__study_alloc(study, nodes, 1);
    // Each node one relief or override, each gate, and one for rounding.
    out->steps = custval__study_alloc(study, nodes + system->gate_count + 1, sizeof *out->steps);
    if (numbers == NULL || modes == NULL || out->steps == NULL) return custval__fail_memory(error);
    out->effective = numbers;
    out->term = numbers + nodes;
    out->amount = numbers + 2 * nodes;
    split_as(system, state, unit == CUSTVAL__UNIT_LOG && values_have_logarithms(system, state), out, modes);
    if (out->is_log && out->lacks_logs) split_as(system, state, 0, out, modes);
    return CUSTVAL_OK;
}

/* ---- Exact sums -------------------------------------------------------------------------------------------------- */

static size_t collect_parts(const custval_system *system, custval__split *split, double **parts) {
    size_t count = 0;
    for (uint32_t i = 0; i < system->first_derived; i++) {
        if (system->nodes[i].kind == CUSTVAL_KIND_ITEM && !isnan(split->amount[i])) parts[count++] = &split->amount[i];
    }
    for (uint32_t i = 0; i < split->step_count; i++) {
        if (!isnan(split->steps[i].contribution)) parts[count++] = &split->steps[i].contribution;
    }
    return count;
}

// A node's amount becomes the sum of the parts below it and of the reliefs and overrides below and on it, in the order of
// the rows.
static void sum_nodes(const custval_system *system, custval__split *split) {
    const custval__node *nodes = system->nodes;
    for (uint32_t i = 0; i < system->first_derived; i++) {
        if (nodes[i].kind != CUSTVAL_KIND_ITEM && !isnan(split->amount[i])) split->amount[i] = 0.0;
    }
    for (uint32_t i = 0; i < system->first_derived; i++) {
        if (nodes[i].kind != CUSTVAL_KIND_ITEM || isnan(split->amount[i])) continue;
        for (uint32_t up = nodes[i].parent; up != CUSTVAL_NONE; up = nodes[up].parent) {
            split->amount[up] += split->amount[i];
        }
    }
    for (uint32_t s = 0; s < split->step_count; s++) {
        const custval__step *step = &split->steps[s];
        if (!custval__step_is_of_node(step) || isnan(step->contribution)) continue;
        for (uint32_t up = step->node; up != CUSTVAL_NONE; up = nodes[up].parent)
            split->amount[up] += step->contribution;
    }
    split->amount[0] = split->total;
}

custval_status custval__split_finish(custval__study *study, custval__split *split, custval_error *error) {
    const custval_system *system = study->plan.system;
    double **parts = custval__study_alloc(study, (size_t)system->node_count + split->step_count, sizeof *parts);
    if (parts == NULL) return custval__fail_memory(error);
    if (isnan(split->total)) return CUSTVAL_OK;
    const double rest = custval__exact_sum(parts, collect_parts(system, split, parts), split->total);
    if (rest != 0.0) add_step(split, CUSTVAL__STEP_ROUNDING, 0, 0, (double)NAN, (double)NAN, rest);
    sum_nodes(system, split);
    return CUSTVAL_OK;
}
