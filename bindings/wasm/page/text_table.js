// Tables as text: CSV with commas or semicolons, or cells copied from a spreadsheet, which are parted by tabs.
// SPDX-License-Identifier: Apache-2.0

/** What is wrong with a text: a word of the page, with what belongs into it. */
export class TextTableError extends Error {
    constructor(word, values = {}) {
        super(word);
        this.word = word;
        this.values = values;
    }
}

/** The separator that stands most often in the first line. */
function separatorOf(text) {
    const line = text.slice(0, (text + "\n").search(/[\r\n]/)).replace(/"[^"]*"/g, "");
    const count = (mark) => line.split(mark).length;
    return ["\t", ";", ","].reduce((best, mark) => (count(mark) > count(best) ? mark : best), ",");
}

/** The cells of each line that is not blank (RFC 4180). */
function linesOf(text, separator) {
    const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\r\n][^${separator}\r\n]*|))(${separator}|\r\n|\r|\n|$)`, "y");
    const lines = [];
    let line = [];
    while (cell.lastIndex < text.length || line.length > 0) {
        const found = cell.exec(text);
        if (found === null) throw new TextTableError("openQuote");
        line.push(found[1] === undefined ? found[2].trim() : found[1].replaceAll('""', '"'));
        if (found[3] !== separator) {
            if (line.length > 1 || line[0] !== "") lines.push(line);
            line = [];
        }
    }
    return lines;
}

/** Columns by name as texts, "" where a cell is blank, and the number of rows. */
export function parseTable(text) {
    const plain = text.replace(/^\ufeff/, "");
    const [names = [], ...rows] = linesOf(plain, separatorOf(plain));
    names.forEach((name, place) => {
        if (name === "") throw new TextTableError("blankHeading", {column: place + 1});
        if (names.indexOf(name) < place) throw new TextTableError("twiceHeading", {name});
    });
    rows.forEach((cells, row) => {
        if (cells.length !== names.length) {
            throw new TextTableError("raggedRow", {row: row + 1, count: cells.length, expected: names.length});
        }
    });
    return {columns: new Map(names.map((name, place) => [name, rows.map((cells) => cells[place])])), rows: rows.length};
}

/** A text that looks like a formula is opened as one by spreadsheets: it gets an apostrophe, which keeps it a text. */
function quoted(cell) {
    const text = typeof cell === "number" ? (Number.isNaN(cell) ? "" : String(cell)) : (cell ?? "");
    const safe = typeof cell === "string" && /^[=+@\t\r]|^-(?![\d.]+$)/.test(text) ? `'${text}` : text;
    return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Columns as CSV. */
export function formatTable(columns) {
    const lists = [...columns.values()];
    const lines = [[...columns.keys()].map(quoted).join(",")];
    for (let row = 0; row < (lists[0]?.length ?? 0); row++) lines.push(lists.map((cells) => quoted(cells[row])).join(","));
    return lines.join("\r\n") + "\r\n";
}
