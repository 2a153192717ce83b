// Cells as Excel gives them and takes them: rows of numbers, texts, truth values, and "" or null for a blank one.
// SPDX-License-Identifier: Apache-2.0

export const isBlank = (cell) => cell === null || cell === undefined || cell === "";

/** The cell of an argument that is one; its first where it is a range. */
export const cellOf = (given) => (Array.isArray(given) ? cellOf(given[0]) : isBlank(given) ? null : given);

/** The rows of a range without the blank ones at its end, as whole columns have a million; but so many at least. */
export function rowsOf(range, least = 1) {
    if (!Array.isArray(range)) return [[range]];
    let end = range.length;
    while (end > least && range[end - 1].every(isBlank)) end--;
    return range.slice(0, end);
}

/** Names of columns from a row, or from a column, of cells. */
export function namesOf(range) {
    const rows = rowsOf(range), names = rows.flat().map((cell) => (isBlank(cell) ? "" : String(cell)));
    if (rows.length > 1 && rows[0].length > 1) {
        throw new RangeError(`names are one row, not ${rows.length} rows of ${rows[0].length} cells`);
    }
    while (names.at(-1) === "") names.pop();
    if (names.length === 0) throw new RangeError("the names are blank");
    const twice = names.find((name, place) => name !== "" && names.indexOf(name) < place);
    if (twice !== undefined) throw new RangeError(`the name "${twice}" stands there twice`);
    return names;
}

/** The columns that have a name, by name. */
export function columnsOf(rows, names) {
    const width = rows[0]?.length ?? names.length;
    if (names.length > width) {
        throw new RangeError(`there are ${names.length} columns (${names.join(", ")}), but the cells are ${width} wide`);
    }
    const named = names.map((name, place) => [name, place]).filter(([name]) => name !== "");
    return Object.fromEntries(named.map(([name, place]) => [name, rows.map((row) => row[place])]));
}

/** The columns that are wanted: from rows in their order, or with the names that they have. */
export function columnsIn(range, names, wanted) {
    const rows = rowsOf(range);
    if (cellOf(names) === null) {
        if (rows[0].length === wanted.length) return columnsOf(rows, wanted);
        throw new RangeError(
            `${wanted.length} cells are needed (${wanted.join(", ")}), not ${rows[0].length}; or give the names`);
    }
    const columns = columnsOf(rows, namesOf(names));
    const missing = wanted.find((name) => !Object.hasOwn(columns, name));
    if (missing === undefined) return columns;
    throw new RangeError(`there is no column "${missing}" among the names ${Object.keys(columns).join(", ")}`);
}

/** Results below each other, null where there is none. */
export const columnOf = (results) => Array.from(results, (result) => [shown(result)]);

/** A table of results as rows below their names. */
export function matrixOf(columns, names = Object.keys(columns)) {
    const rows = Array.from(columns[names[0]], (_, row) => names.map((name) => shown(columns[name][row])));
    return [names, ...rows];
}

const shown = (result) => (Number.isNaN(result) ? null : result);
