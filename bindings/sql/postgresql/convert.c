/* PostgreSQL: documents, rows and errors between the server and the library. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "convert.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "nodes/nodeFuncs.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/jsonb.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

/* How cells of a type are read. */
typedef struct cell_reader {
    Oid type; /* InvalidOid: not known yet */
    enum {
        READ_FLOAT8 = 1,
        READ_FLOAT4,
        READ_INT2,
        READ_INT4,
        READ_INT8,
        READ_NUMERIC,
        READ_BOOL,
        READ_TEXT,
        READ_LITERAL, /* a quoted constant without a type */
        READ_OTHER    /* by the output function of the type */
    } way;
    FmgrInfo output;
} cell_reader;

/* --- What a place keeps ------------------------------------------------------------------------------------------- */

static void call_release(void *data) {
    call *const here = data;
    sql_site_clear(&here->site);
    sql_text_clear(&here->text);
}

/* A parameter may change from one row to the next even if the planner calls it stable: only a constant never does. */
static bool first_is_constant(const FmgrInfo *info) {
    if (info->fn_expr == NULL || !IsA(info->fn_expr, FuncExpr)) return false;
    const FuncExpr *const function = castNode(FuncExpr, info->fn_expr);
    return function->args != NIL && IsA(linitial(function->args), Const);
}

call *call_get(FunctionCallInfo fcinfo, const sql_site *initial) {
    FmgrInfo *const info = fcinfo->flinfo;
    if (info->fn_extra == NULL) {
        call *const made = MemoryContextAllocZero(info->fn_mcxt, sizeof(*made));
        if (initial != NULL) made->site = *initial;
        made->readers = MemoryContextAllocZero(info->fn_mcxt, sizeof(*made->readers) * (size_t)PG_NARGS());
        made->constant = first_is_constant(info);
        made->callback.func = call_release;
        made->callback.arg = made;
        MemoryContextRegisterResetCallback(info->fn_mcxt, &made->callback);
        info->fn_extra = made;
    }
    return info->fn_extra;
}

/* --- Errors ------------------------------------------------------------------------------------------------------- */

void raise_if(custval_status status, const custval_error *error) {
    int code = ERRCODE_INVALID_PARAMETER_VALUE;
    if (status == CUSTVAL_OK) return;
    if (status == CUSTVAL_ERROR_MEMORY) code = ERRCODE_OUT_OF_MEMORY;
    if (status == CUSTVAL_ERROR_INTERNAL) code = ERRCODE_INTERNAL_ERROR;
    if (status == CUSTVAL_ERROR_TYPE) code = ERRCODE_DATATYPE_MISMATCH;
    const char *const message = pg_any_to_server(error->message, (int)strlen(error->message), PG_UTF8);
    ereport(ERROR, (errcode(code), errmsg("custval: %s", message), errdetail("%s", custval_status_name(status))));
}

/* --- Documents ---------------------------------------------------------------------------------------------------- */

const char *argument_utf8(struct varlena *argument, size_t *length) {
    text *const packed = (text *)pg_detoast_datum_packed(argument);
    const char *const data = VARDATA_ANY(packed);
    char *const converted = pg_server_to_any(data, (int)VARSIZE_ANY_EXHDR(packed), PG_UTF8);
    *length = converted == data ? (size_t)VARSIZE_ANY_EXHDR(packed) : strlen(converted);
    return converted;
}

/* Whether equal bytes as stored mean equal texts, which spares decompressing the document of each row. */
static bool has_own_bytes(const struct varlena *raw) {
    return !VARATT_IS_EXTERNAL(raw) || VARATT_IS_EXTERNAL_ONDISK(raw);
}

static void remember_raw(FunctionCallInfo fcinfo, call *here, const struct varlena *raw) {
    if (here->raw != NULL) pfree(here->raw);
    here->raw = NULL;
    if (!has_own_bytes(raw)) return;
    here->raw = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, VARSIZE_ANY(raw));
    memcpy(here->raw, raw, VARSIZE_ANY(raw));
}

void call_document(FunctionCallInfo fcinfo, call *here) {
    custval_error error = CUSTVAL_ERROR_INIT;
    if (here->constant && here->site.document != NULL) return;
    if (PG_ARGISNULL(0)) raise_if(sql_site_use(&here->site, NULL, 0, &error), &error);
    struct varlena *const raw = PG_GETARG_RAW_VARLENA_P(0);
    if (here->site.document != NULL && here->raw != NULL && has_own_bytes(raw) &&
        VARSIZE_ANY(raw) == VARSIZE_ANY(here->raw) && memcmp(raw, here->raw, VARSIZE_ANY(raw)) == 0) {
        return;
    }
    size_t length = 0;
    const char *const document = argument_utf8(raw, &length);
    raise_if(sql_site_use(&here->site, document, length, &error), &error);
    remember_raw(fcinfo, here, raw);
}

/* --- Answers ------------------------------------------------------------------------------------------------------ */

static void reader_set(cell_reader *reader, Oid type, MemoryContext context) {
    Oid output = InvalidOid;
    bool is_varlena = false;
    reader->type = type;
    switch (getBaseType(type)) {
    case FLOAT8OID: reader->way = READ_FLOAT8; break;
    case FLOAT4OID: reader->way = READ_FLOAT4; break;
    case INT2OID: reader->way = READ_INT2; break;
    case INT4OID: reader->way = READ_INT4; break;
    case INT8OID: reader->way = READ_INT8; break;
    case NUMERICOID: reader->way = READ_NUMERIC; break;
    case BOOLOID: reader->way = READ_BOOL; break;
    case TEXTOID:
    case VARCHAROID: reader->way = READ_TEXT; break;
    case UNKNOWNOID: reader->way = READ_LITERAL; break;
    default:
        reader->way = READ_OTHER;
        getTypeOutputInfo(type, &output, &is_varlena);
        fmgr_info_cxt(output, &reader->output, context);
    }
    /* A number that is read as a text, such as the id of a customer. */
    if (reader->way != READ_TEXT && reader->way != READ_LITERAL && reader->output.fn_oid == InvalidOid) {
        getTypeOutputInfo(type, &output, &is_varlena);
        fmgr_info_cxt(output, &reader->output, context);
    }
}

/* 0 if cells of the type are no numbers. */
static int read_number(const cell_reader *reader, Datum cell, double *out) {
    switch (reader->way) {
    case READ_FLOAT8: *out = DatumGetFloat8(cell); return 1;
    case READ_FLOAT4: *out = (double)DatumGetFloat4(cell); return 1;
    case READ_INT2: *out = DatumGetInt16(cell); return 1;
    case READ_INT4: *out = DatumGetInt32(cell); return 1;
    case READ_INT8: *out = (double)DatumGetInt64(cell); return 1;
    case READ_NUMERIC: *out = DatumGetFloat8(DirectFunctionCall1(numeric_float8, cell)); return 1;
    case READ_BOOL: *out = DatumGetBool(cell) ? 1.0 : 0.0; return 1;
    default: return 0;
    }
}

static custval_text read_text(cell_reader *reader, Datum cell) {
    custval_text out = {NULL, 0};
    if (reader->way == READ_TEXT) {
        out.data = argument_utf8((struct varlena *)DatumGetPointer(cell), &out.length);
        return out;
    }
    char *const shown = reader->way == READ_LITERAL ? DatumGetCString(cell) : OutputFunctionCall(&reader->output, cell);
    out.data = pg_server_to_any(shown, (int)strlen(shown), PG_UTF8);
    out.length = strlen(out.data);
    return out;
}

/* Puts a cell into its place in the site. */
static void put(call *here, size_t input, cell_reader *reader, Datum cell, bool is_null) {
    sql_site *const site = &here->site;
    site->numbers[input] = (double)NAN;
    site->texts[input].data = NULL;
    if (is_null) return;
    if (site->document->inputs[input].is_text) {
        site->texts[input] = read_text(reader, cell);
    } else if (!read_number(reader, cell, site->numbers + input)) {
        custval_error error = CUSTVAL_ERROR_INIT;
        const char *const type = reader->way == READ_LITERAL ? "a text" : format_type_be(reader->type);
        raise_if(sql_site_refuse(site, input, type, &error), &error);
    }
}

static cell_reader *reader_of(FunctionCallInfo fcinfo, call *here, int argument) {
    cell_reader *const reader = here->readers + argument;
    if (reader->type == InvalidOid) {
        const Oid type = get_fn_expr_argtype(fcinfo->flinfo, argument);
        if (type == InvalidOid) elog(ERROR, "custval: the type of argument %d is not known", argument + 1);
        reader_set(reader, type, fcinfo->flinfo->fn_mcxt);
    }
    return reader;
}

/* The elements of the array of a VARIADIC call. */
static int array_cells(FunctionCallInfo fcinfo, call *here, int argument, Datum **cells, bool **nulls,
                       cell_reader **reader) {
    int count = 0;
    int16 length = 0;
    bool by_value = false;
    char alignment = 'i';
    if (PG_ARGISNULL(argument)) return 0;
    ArrayType *const array = PG_GETARG_ARRAYTYPE_P(argument);
    *reader = here->readers + argument;
    if ((*reader)->type != ARR_ELEMTYPE(array)) reader_set(*reader, ARR_ELEMTYPE(array), fcinfo->flinfo->fn_mcxt);
    get_typlenbyvalalign(ARR_ELEMTYPE(array), &length, &by_value, &alignment);
    deconstruct_array(array, ARR_ELEMTYPE(array), length, by_value, alignment, cells, nulls, &count);
    return count;
}

/* A record that is NULL, as an outer join gives it, has no answers. */
static void put_nothing(call *here) {
    for (size_t i = 0; i < here->site.document->input_count; i++) put(here, i, NULL, (Datum)0, true);
}

/* Columns of a record by the names of the inputs; others are not looked at. */
static void put_record(call *here, Datum datum) {
    sql_site *const site = &here->site;
    const HeapTupleHeader record = DatumGetHeapTupleHeader(datum);
    const TupleDesc columns =
        lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(record), HeapTupleHeaderGetTypMod(record));
    HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(record), .t_data = record};
    Datum *const cells = palloc(sizeof(*cells) * (size_t)(columns->natts + 1));
    bool *const nulls = palloc(sizeof(*nulls) * (size_t)(columns->natts + 1));
    heap_deform_tuple(&tuple, columns, cells, nulls);
    for (size_t i = 0; i < site->document->input_count; i++) {
        const char *const wanted = site->document->inputs[i].column;
        int place = 0;
        while (place < columns->natts && (TupleDescAttr(columns, place)->attisdropped ||
                                          strcmp(NameStr(TupleDescAttr(columns, place)->attname), wanted) != 0)) {
            place++;
        }
        if (place == columns->natts) {
            ereport(ERROR, (errcode(ERRCODE_UNDEFINED_COLUMN),
                            errmsg("custval: the record has no column \"%s\", which the document reads", wanted)));
        }
        cell_reader reader = {.type = InvalidOid};
        reader_set(&reader, TupleDescAttr(columns, place)->atttypid, CurrentMemoryContext);
        put(here, i, &reader, cells[place], nulls[place]);
    }
    ReleaseTupleDesc(columns);
}

void call_answers(FunctionCallInfo fcinfo, call *here, int first) {
    custval_error error = CUSTVAL_ERROR_INIT;
    const int given = PG_NARGS() - first;
    if (get_fn_expr_variadic(fcinfo->flinfo)) {
        Datum *cells = NULL;
        bool *nulls = NULL;
        cell_reader *reader = NULL;
        const int count = array_cells(fcinfo, here, first, &cells, &nulls, &reader);
        raise_if(sql_site_expect(&here->site, (size_t)count, &error), &error);
        for (int i = 0; i < count; i++) put(here, (size_t)i, reader, cells[i], nulls[i]);
        return;
    }
    if (given == 1 && type_is_rowtype(reader_of(fcinfo, here, first)->type)) {
        if (PG_ARGISNULL(first)) {
            put_nothing(here);
        } else {
            put_record(here, PG_GETARG_DATUM(first));
        }
        return;
    }
    raise_if(sql_site_expect(&here->site, (size_t)given, &error), &error);
    for (int i = 0; i < given; i++) {
        const bool is_null = PG_ARGISNULL(first + i);
        put(here, (size_t)i, reader_of(fcinfo, here, first + i), fcinfo->args[first + i].value, is_null);
    }
}

static void take_number(size_t place, const cell_reader *reader, Datum cell, bool is_null, double *out) {
    *out = (double)NAN;
    if (is_null || read_number(reader, cell, out)) return;
    ereport(ERROR, (errcode(ERRCODE_DATATYPE_MISMATCH), errmsg("custval: column %zu: a number is needed, not %s",
                                                               place + 1, format_type_be(reader->type))));
}

void call_numbers(FunctionCallInfo fcinfo, call *here, int first, size_t count, double *numbers) {
    Datum *cells = NULL;
    bool *nulls = NULL;
    cell_reader *reader = NULL;
    size_t given = (size_t)(PG_NARGS() - first);
    const bool is_array = get_fn_expr_variadic(fcinfo->flinfo);
    if (is_array) given = (size_t)array_cells(fcinfo, here, first, &cells, &nulls, &reader);
    if (given != count) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("custval: %zu numbers are given for %zu columns", given, count)));
    }
    for (size_t i = 0; i < count; i++) {
        if (is_array) {
            take_number(i, reader, cells[i], nulls[i], numbers + i);
        } else {
            const NullableDatum *const cell = fcinfo->args + first + (int)i;
            take_number(i, reader_of(fcinfo, here, first + (int)i), cell->value, cell->isnull, numbers + i);
        }
    }
}

/* --- Answers of the library --------------------------------------------------------------------------------------- */

Datum call_jsonb(call *here) {
    char *const json = pg_any_to_server(here->text.data, (int)here->text.length, PG_UTF8);
    here->text.length = 0;
    return DirectFunctionCall1(jsonb_in, CStringGetDatum(json));
}

Datum call_text(call *here, const char *data, size_t length) {
    char *const converted = pg_any_to_server(data, (int)length, PG_UTF8);
    here->text.length = 0;
    return PointerGetDatum(converted == data ? cstring_to_text_with_len(data, (int)length)
                                             : cstring_to_text(converted));
}

Datum call_bytes(call *here) {
    bytea *const out = palloc(VARHDRSZ + here->text.length);
    SET_VARSIZE(out, VARHDRSZ + here->text.length);
    memcpy(VARDATA(out), here->text.data, here->text.length);
    here->text.length = 0;
    return PointerGetDatum(out);
}
