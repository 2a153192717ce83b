/* PostgreSQL: summaries as aggregates that run in parallel. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "convert.h"

#include "utils/builtins.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(custval_pg_summary_row);
PG_FUNCTION_INFO_V1(custval_pg_summary_join);
PG_FUNCTION_INFO_V1(custval_pg_summary_combine);
PG_FUNCTION_INFO_V1(custval_pg_summary_serialize);
PG_FUNCTION_INFO_V1(custval_pg_summary_deserialize);
PG_FUNCTION_INFO_V1(custval_pg_summary_final);
PG_FUNCTION_INFO_V1(custval_pg_summary_statistics);
PG_FUNCTION_INFO_V1(custval_pg_summary_weights);

/* State of an aggregate, freed with its memory context. */
typedef struct summary_state {
    sql_gather *gather;
    double *numbers; /* of a row */
    MemoryContextCallback callback;
} summary_state;

static void state_release(void *data) {
    summary_state *const state = data;
    sql_gather_free(state->gather);
    state->gather = NULL;
}

static summary_state *state_new(MemoryContext context) {
    summary_state *const made = MemoryContextAllocZero(context, sizeof(*made));
    made->callback.func = state_release;
    made->callback.arg = made;
    MemoryContextRegisterResetCallback(context, &made->callback);
    return made;
}

static summary_state *state_of(FunctionCallInfo fcinfo, int argument) {
    return PG_ARGISNULL(argument) ? NULL : (summary_state *)PG_GETARG_POINTER(argument);
}

/* Where the state lives; none of these functions can be called outside of an aggregate, whose state is a pointer. */
static MemoryContext context_of(FunctionCallInfo fcinfo) {
    MemoryContext context = NULL;
    if (!AggCheckCallContext(fcinfo, &context)) elog(ERROR, "custval: called outside of an aggregate");
    return context;
}

Datum custval_pg_summary_row(PG_FUNCTION_ARGS) {
    custval_error error = CUSTVAL_ERROR_INIT;
    const MemoryContext context = context_of(fcinfo);
    summary_state *state = state_of(fcinfo, 0);
    call *const here = call_get(fcinfo, NULL);
    if (state == NULL) {
        size_t length = 0;
        const char *const columns = PG_ARGISNULL(1) ? NULL : argument_utf8(PG_GETARG_RAW_VARLENA_P(1), &length);
        state = state_new(context);
        raise_if(sql_gather_new(columns, length, &state->gather, &error), &error);
        state->numbers = MemoryContextAlloc(context, sizeof(*state->numbers) * state->gather->columns);
    }
    call_numbers(fcinfo, here, 2, state->gather->columns, state->numbers);
    raise_if(sql_gather_row(state->gather, state->numbers, &error), &error);
    PG_RETURN_POINTER(state);
}

/* Transition of the aggregate that joins stored summaries; NULL is none. */
Datum custval_pg_summary_join(PG_FUNCTION_ARGS) {
    custval_error error = CUSTVAL_ERROR_INIT;
    const MemoryContext context = context_of(fcinfo);
    summary_state *state = state_of(fcinfo, 0);
    if (!PG_ARGISNULL(1)) {
        const bytea *const bytes = PG_GETARG_BYTEA_PP(1);
        if (state == NULL) state = state_new(context);
        raise_if(sql_gather_merge_bytes(&state->gather, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes), &error), &error);
    }
    if (state == NULL) PG_RETURN_NULL();
    PG_RETURN_POINTER(state);
}

/* What a state gathered passes on as it is: only its pointer has to outlive the other's context. */
Datum custval_pg_summary_combine(PG_FUNCTION_ARGS) {
    custval_error error = CUSTVAL_ERROR_INIT;
    const MemoryContext context = context_of(fcinfo);
    summary_state *state = state_of(fcinfo, 0);
    summary_state *const other = state_of(fcinfo, 1);
    if (other != NULL && state == NULL) {
        state = state_new(context);
        state->gather = other->gather;
        other->gather = NULL;
    } else if (other != NULL) {
        raise_if(sql_gather_merge(state->gather, other->gather, &error), &error);
    }
    if (state == NULL) PG_RETURN_NULL();
    PG_RETURN_POINTER(state);
}

/* The bytes of a state, which lie in a text of the call: an error on the way leaves nothing behind. */
static Datum write_state(FunctionCallInfo fcinfo, const summary_state *state) {
    custval_error error = CUSTVAL_ERROR_INIT;
    call *const here = call_get(fcinfo, NULL);
    raise_if(sql_gather_write(state->gather, &here->text, &error), &error);
    return call_bytes(here);
}

Datum custval_pg_summary_serialize(PG_FUNCTION_ARGS) {
    context_of(fcinfo);
    return write_state(fcinfo, (const summary_state *)PG_GETARG_POINTER(0));
}

Datum custval_pg_summary_deserialize(PG_FUNCTION_ARGS) {
    custval_error error = CUSTVAL_ERROR_INIT;
    context_of(fcinfo);
    const bytea *const bytes = PG_GETARG_BYTEA_PP(0);
    summary_state *const state = state_new(CurrentMemoryContext);
    raise_if(sql_gather_merge_bytes(&state->gather, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes), &error), &error);
    PG_RETURN_POINTER(state);
}

Datum custval_pg_summary_final(PG_FUNCTION_ARGS) {
    context_of(fcinfo);
    const summary_state *const state = state_of(fcinfo, 0);
    if (state == NULL) PG_RETURN_NULL();
    return write_state(fcinfo, state);
}

Datum custval_pg_summary_statistics(PG_FUNCTION_ARGS) {
    custval_error error = CUSTVAL_ERROR_INIT;
    const bytea *const bytes = PG_GETARG_BYTEA_PP(0);
    call *const here = call_get(fcinfo, NULL);
    raise_if(sql_summary_statistics(VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes), &here->text, &error), &error);
    return call_jsonb(here);
}

Datum custval_pg_summary_weights(PG_FUNCTION_ARGS) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *made = NULL;
    size_t length = 0;
    const bytea *const bytes = PG_GETARG_BYTEA_PP(0);
    const char *const method = argument_utf8(PG_GETARG_RAW_VARLENA_P(1), &length);
    call *const here = call_get(fcinfo, NULL);
    custval_status status =
        sql_summary_weights(VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes), method, length, &made, &error);
    if (status == CUSTVAL_OK) status = sql_weights_write(made, 1, &here->text, &error);
    custval_weights_free(made);
    raise_if(status, &error);
    return call_jsonb(here);
}
