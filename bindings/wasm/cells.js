// Cells, rows and tables: from values of JavaScript, and back.
// SPDX-License-Identifier: Apache-2.0
import {call, callForPair, callForTwo, callWithError, heap, textAt, textOf, wasm} from "./memory.js";

const UINT32 = 7, FLOAT64 = 10, UTF8 = 20; // of custval_type: what results hold

const isMissing = (cell) => cell === null || cell === undefined || cell === "";

function refuse(cell, name, row, wanted) {
    const shown = typeof cell === "string" ? JSON.stringify(cell.slice(0, 40)) : String(cell);
    const where = row === null ? `"${name}"` : `"${name}", row ${row}`;
    return new TypeError(`column ${where}: ${shown} is no ${wanted}`);
}

/** A cell as a number, NaN if it is missing. */
export function numberOf(cell, name, row = null) {
    if (typeof cell === "number") return cell;
    if (isMissing(cell)) return NaN;
    if (typeof cell === "boolean" || typeof cell === "bigint") return Number(cell);
    throw refuse(cell, name, row, "number");
}

/** A cell as a text, null if it is missing; a whole number is its digits, as in a column of integers. */
export function wordsOf(cell, name, row = null) {
    if (isMissing(cell) || Number.isNaN(cell)) return null;
    if (typeof cell === "string") return cell;
    if (Number.isSafeInteger(cell) || typeof cell === "bigint") return String(cell);
    throw refuse(cell, name, row, "text");
}

function rowsOf(columns) {
    const names = Object.keys(columns);
    const rows = names.length === 0 ? 0 : columns[names[0]].length;
    for (const name of names) {
        if (typeof columns[name] !== "object" || columns[name] === null || columns[name].length === undefined) {
            throw new TypeError(`column "${name}" is no array`);
        }
        if (columns[name].length !== rows) {
            throw new TypeError(`column "${name}" has ${columns[name].length} rows, column "${names[0]}" has ${rows}`);
        }
    }
    return rows;
}

// A loop, because Float64Array.from() with a function takes ten times as long.
function packed(cells, name) {
    const numbers = new Float64Array(cells.length);
    for (let row = 0; row < cells.length; row++) numbers[row] = numberOf(cells[row], name, row);
    return numbers;
}

function addColumn(memory, table, name, cells, isText) {
    const label = memory.text(name);
    if (isText) {
        const texts = Array.from(cells, (cell, row) => wordsOf(cell, name, row));
        callWithError("custval_table_add_texts", table, label, memory.pieces(texts));
    } else {
        const numbers = cells instanceof Float64Array ? cells : packed(cells, name);
        callWithError("custval_table_add_doubles", table, label, memory.doubles(numbers));
    }
}

/**
 * Calls work(table) with a table of the columns, which are freed afterwards.
 *
 * `inputs` are [{column, isText}]; columns that they do not name are left out, and what is missing is for the library
 * to say. Without inputs every column goes in, as texts where its first cell that is not missing is one.
 */
export function withTable(memory, columns, inputs, work) {
    if (typeof columns !== "object" || columns === null) throw new TypeError("an object of columns is needed");
    const given = inputs ?? Object.keys(columns).map((column) => ({column, isText: looksLikeText(columns[column])}));
    const used = given.filter(({column}) => Object.hasOwn(columns, column));
    const rows = rowsOf(Object.fromEntries(used.map(({column}) => [column, columns[column]])));
    const table = call("custval_table_new", 0, rows);
    try {
        for (const {column, isText} of used) addColumn(memory, table, column, columns[column], isText);
        return work(table);
    } finally {
        wasm.custval_table_free(table);
    }
}

function looksLikeText(cells) {
    const first = ArrayBuffer.isView(cells) || !Array.isArray(cells) ? 0 : cells.find((cell) => !isMissing(cell));
    return typeof first === "string";
}

/** One row as columns. `cells` is an array in the order of `names`, or an object by name, where what is left out is missing. */
export function columnsOf(cells, names) {
    if (typeof cells !== "object" || cells === null) throw new TypeError("a row is an array or an object of cells");
    if (!Array.isArray(cells) && !ArrayBuffer.isView(cells)) {
        return Object.fromEntries(names.map((name) => [name, [Object.hasOwn(cells, name) ? cells[name] : null]]));
    }
    if (cells.length !== names.length) {
        throw new TypeError(`a row has ${names.length} cells (${names.join(", ")}), not ${cells.length}`);
    }
    return Object.fromEntries(names.map((name, place) => [name, [cells[place]]]));
}

function resultColumn(table, place, rows) {
    const [data, type] = callForPair("bridge_column", table, place);
    if (type === FLOAT64) return heap().doubles.slice(data >> 3, (data >> 3) + rows);
    if (type === UINT32) return heap().words.slice(data >> 2, (data >> 2) + rows);
    if (type !== UTF8) throw new Error(`results have no columns of the type ${type}`);
    return Array.from({length: rows}, (_, row) => {
        const [pointer, length] = callForTwo("custval_table_text", table, place, row);
        return pointer === 0 ? null : textOf(pointer, length);
    });
}

/** A result as an object of columns, in their order, which is freed: numbers with NaN, texts with null where there is none. */
export function columnsIn(table) {
    try {
        const columns = Object.create(null);
        const rows = wasm.custval_table_rows(table), count = wasm.custval_table_columns(table);
        for (let place = 0; place < count; place++) {
            columns[textAt(wasm.custval_table_name(table, place))] = resultColumn(table, place, rows);
        }
        return columns;
    } finally {
        wasm.custval_table_free(table);
    }
}

/** The only row of a result by name. */
export function rowIn(table) {
    const row = Object.create(null);
    for (const [name, cells] of Object.entries(columnsIn(table))) row[name] = cells[0];
    return row;
}
