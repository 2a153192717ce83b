/* custval for Lua: formulas of money, the best spending, cash times; each takes one table of named terms. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bridge.h"

/* Gives a number, or the failure. */
static int number_give(bridge_call *call, custval_status status, double number) {
    if (status != CUSTVAL_OK) return call_failed(call, status);
    lua_pushnumber(call->L, number);
    return 1;
}

/* --- Terms with a struct of the library ---------------------------------------------------------------------------- */

/* custval.margin_multiple{retention =, rate =, first =, growth =, periods =} */
static int margin_multiple(lua_State *L) {
    static const char *const needed[] = {"retention", "rate", NULL};
    bridge_call call = call_begin(L);
    custval_multiple_terms terms;
    double out = 0;
    options_need(L, 1, needed);
    options_read(L, 1, NULL, OPTIONS(TARGET(custval_multiple_terms, terms)), NULL);
    const custval_status status = custval_margin_multiple(&terms, &out, &call.error);
    return number_give(&call, status, out);
}

/* custval.contractual_value{contribution =, retention =, rate =, periods =, first =, cost =, cost_timing =} */
static int contractual_value(lua_State *L) {
    static const char *const needed[] = {"contribution", "retention", "rate", "periods", NULL};
    bridge_call call = call_begin(L);
    custval_contract_terms terms;
    double out = 0;
    options_need(L, 1, needed);
    options_read(L, 1, NULL, OPTIONS(TARGET(custval_contract_terms, terms)), NULL);
    const custval_status status = custval_contractual_value(&terms, &out, &call.error);
    return number_give(&call, status, out);
}

/* custval.economic_value{reference_cost =, price =, start_up =, post_purchase =, increment =}: value and inducement */
static int economic_value(lua_State *L) {
    static const char *const needed[] = {"reference_cost", "price", NULL};
    bridge_call call = call_begin(L);
    custval_economic_terms terms;
    double out = 0, inducement = 0;
    options_need(L, 1, needed);
    options_read(L, 1, NULL, OPTIONS(TARGET(custval_economic_terms, terms)), NULL);
    const custval_status status = custval_economic_value(&terms, &out, &inducement, &call.error);
    const int given = number_give(&call, status, out);
    if (status == CUSTVAL_OK) lua_pushnumber(L, inducement);
    return status == CUSTVAL_OK ? 2 : given;
}

/* --- Terms without one --------------------------------------------------------------------------------------------- */

/* The terms of all functions below; each takes some of them. */
typedef struct bridge_terms {
    double first, rate, price, residual, gain, cost, before, after, value, last, period, purchases, margin, ceiling,
        efficiency, days_per_unit;
    const double *flows, *costs;
    size_t count;
    const char *date;
    uint32_t months;
} bridge_terms;

#define TERM(member_name) \
  { MEMBER(bridge_terms, member_name), .type = MEMBER_DOUBLE }
#define TERMS(member_name) \
  { MEMBER(bridge_terms, member_name), .type = MEMBER_NUMBERS, COUNTED(bridge_terms, count) }
#define LAST_TERM \
  { .name = NULL }

static void terms_read(lua_State *L, const bridge_member *members, const char *const *needed, bridge_terms *into) {
    static const bridge_terms initial = {.months = 1};
    const struct_kind kind = {sizeof initial, &initial, members};
    options_need(L, 1, needed);
    options_read(L, 1, NULL, OPTIONS({&kind, into}), NULL);
}

/* custval.present_value{flows =, rate =, first =} */
static int present_value(lua_State *L) {
    static const bridge_member members[] = {TERMS(flows), TERM(rate), TERM(first), LAST_TERM};
    static const char *const needed[] = {"flows", "rate", NULL};
    bridge_call call = call_begin(L);
    bridge_terms terms;
    double out = 0;
    terms_read(L, members, needed, &terms);
    const custval_status status =
        custval_present_value(terms.flows, terms.count, terms.first, terms.rate, &out, &call.error);
    return number_give(&call, status, out);
}

/* custval.life_cycle_cost{price =, costs =, rate =, residual =} */
static int life_cycle_cost(lua_State *L) {
    static const bridge_member members[] = {TERM(price), TERMS(costs), TERM(rate), TERM(residual), LAST_TERM};
    static const char *const needed[] = {"price", "costs", "rate", NULL};
    bridge_call call = call_begin(L);
    bridge_terms terms;
    double out = 0;
    terms_read(L, members, needed, &terms);
    const custval_status status =
        custval_life_cycle_cost(terms.price, terms.costs, terms.count, terms.residual, terms.rate, &out, &call.error);
    return number_give(&call, status, out);
}

/* custval.programme_return{gain =, cost =} */
static int programme_return(lua_State *L) {
    static const bridge_member members[] = {TERM(gain), TERM(cost), LAST_TERM};
    static const char *const needed[] = {"gain", "cost", NULL};
    bridge_call call = call_begin(L);
    bridge_terms terms;
    double out = 0;
    terms_read(L, members, needed, &terms);
    const custval_status status = custval_programme_return(terms.gain, terms.cost, &out, &call.error);
    return number_give(&call, status, out);
}

/* custval.allowable_spend{before =, after =, value =} */
static int allowable_spend(lua_State *L) {
    static const bridge_member members[] = {TERM(before), TERM(after), TERM(value), LAST_TERM};
    static const char *const needed[] = {"before", "after", "value", NULL};
    bridge_call call = call_begin(L);
    bridge_terms terms;
    double out = 0;
    terms_read(L, members, needed, &terms);
    const custval_status status = custval_allowable_spend(terms.before, terms.after, terms.value, &out, &call.error);
    return number_give(&call, status, out);
}

/* custval.active_probability{last =, period =, purchases =} */
static int active_probability(lua_State *L) {
    static const bridge_member members[] = {TERM(last), TERM(period), TERM(purchases), LAST_TERM};
    static const char *const needed[] = {"last", "period", "purchases", NULL};
    bridge_call call = call_begin(L);
    bridge_terms terms;
    double out = 0;
    terms_read(L, members, needed, &terms);
    const custval_status status =
        custval_active_probability(terms.last, terms.period, terms.purchases, &out, &call.error);
    return number_give(&call, status, out);
}

/* custval.calendar_months{date =, count =, days_per_unit =, months =}: cash times */
static int calendar_months(lua_State *L) {
    static const bridge_member members[] = {{MEMBER(bridge_terms, date), .type = MEMBER_TEXT},
                                            {MEMBER(bridge_terms, count), .type = MEMBER_INTEGER},
                                            {MEMBER(bridge_terms, months), .type = MEMBER_INTEGER},
                                            TERM(days_per_unit),
                                            LAST_TERM};
    static const char *const needed[] = {"date", "count", "days_per_unit", NULL};
    bridge_call call = call_begin(L);
    bridge_terms terms;
    terms_read(L, members, needed, &terms);
    double *const times = vector_push(L, terms.count);
    const custval_status status =
        custval_calendar_months(terms.date, terms.months, terms.count, terms.days_per_unit, times, &call.error);
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    vector_to_table(L, 0);
    return 1;
}

/* --- What to spend ------------------------------------------------------------------------------------------------- */

/* Gives {spend =, share =, value =, allowable =}, or the failure. */
static int spending_give(bridge_call *call, custval_status status, const custval_spending *out) {
    static const bridge_member members[] = {{MEMBER(custval_spending, spend), .type = MEMBER_DOUBLE},
                                            {MEMBER(custval_spending, share), .type = MEMBER_DOUBLE},
                                            {MEMBER(custval_spending, value), .type = MEMBER_DOUBLE},
                                            {MEMBER(custval_spending, allowable), .type = MEMBER_DOUBLE},
                                            LAST_TERM};
    static const struct_kind kind = {sizeof *out, NULL, members};
    return call_give_facts(call, status, &kind, out);
}

/* custval.acquisition_optimum{ceiling =, efficiency =, value =} */
static int acquisition_optimum(lua_State *L) {
    static const bridge_member members[] = {TERM(ceiling), TERM(efficiency), TERM(value), LAST_TERM};
    static const char *const needed[] = {"ceiling", "efficiency", "value", NULL};
    bridge_call call = call_begin(L);
    bridge_terms terms;
    custval_spending out;
    terms_read(L, members, needed, &terms);
    const custval_response response = {terms.ceiling, terms.efficiency};
    const custval_status status = custval_acquisition_optimum(&response, terms.value, &out, &call.error);
    return spending_give(&call, status, &out);
}

/* custval.retention_optimum{ceiling =, efficiency =, margin =, rate =} */
static int retention_optimum(lua_State *L) {
    static const bridge_member members[] = {TERM(ceiling), TERM(efficiency), TERM(margin), TERM(rate), LAST_TERM};
    static const char *const needed[] = {"ceiling", "efficiency", "margin", "rate", NULL};
    bridge_call call = call_begin(L);
    bridge_terms terms;
    custval_spending out;
    terms_read(L, members, needed, &terms);
    const custval_response response = {terms.ceiling, terms.efficiency};
    const custval_status status = custval_retention_optimum(&response, terms.margin, terms.rate, &out, &call.error);
    return spending_give(&call, status, &out);
}

void formulas_register(lua_State *L) {
    static const luaL_Reg functions[] = {{"acquisition_optimum", acquisition_optimum},
                                         {"active_probability", active_probability},
                                         {"allowable_spend", allowable_spend},
                                         {"calendar_months", calendar_months},
                                         {"contractual_value", contractual_value},
                                         {"economic_value", economic_value},
                                         {"life_cycle_cost", life_cycle_cost},
                                         {"margin_multiple", margin_multiple},
                                         {"present_value", present_value},
                                         {"programme_return", programme_return},
                                         {"retention_optimum", retention_optimum},
                                         {NULL, NULL}};
    functions_add(L, functions);
}
