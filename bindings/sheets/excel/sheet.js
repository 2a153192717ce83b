// The functions of the add-in, of cells; a document is the text of a cell, a table of items a range. No host is needed.
// SPDX-License-Identifier: Apache-2.0
import {CustvalError, Groups, Lifetime, System, weights} from "./custval/custval.js";
import {cellOf, columnOf, columnsIn, columnsOf, isBlank, matrixOf, namesOf, rowsOf} from "./cells.js";

const KEPT = 64; // more than a workbook uses; the oldest goes first
const HISTORY = ["x", "t_x", "T", "mean_spend"];
const kept = new Map();

/** What was made of a key, made once: systems, groups and lifetimes do not change. */
function cached(kind, key, make) {
    const whole = `${kind.name} ${key}`;
    if (!kept.has(whole)) {
        const made = make();
        if (kept.size >= KEPT) {
            const [oldest, old] = kept.entries().next().value;
            kept.delete(oldest);
            old.free();
        }
        kept.set(whole, made);
    }
    return kept.get(whole);
}

function documentOf(kind, given) {
    const text = cellOf(given);
    if (typeof text === "string" && text.trim() !== "") return cached(kind, text, () => new kind(text));
    throw new TypeError("a document is needed: its text, or its address");
}

/** A system from a range with one item a row, or a document. */
function systemOf(given) {
    const rows = rowsOf(given);
    if (rows.length === 1 && rows[0].length === 1) return documentOf(System, given);
    if (rows.length < 2) throw new TypeError("the table of the system has no row below its names");
    return cached(System, JSON.stringify(rows), () => {
        const columns = Object.entries(columnsOf(rows.slice(1), namesOf([rows[0]])));
        // A column of nothing but a name says nothing, not even whether it holds texts.
        return System.fromTable(Object.fromEntries(columns.filter(([, cells]) => !cells.every(isBlank))));
    });
}

const answersOf = (system, answers, names) => columnsIn(answers, names, system.inputs.map(({column}) => column));

const firstRow = (columns) => Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells[0]]));

function value(system, answers, names) {
    const made = systemOf(system);
    return columnOf(made.scores(answersOf(made, answers, names), {levels: "value", coverage: "none"}).value);
}

function scores(system, table, levels) {
    const made = systemOf(system), rows = rowsOf(table, 2);
    if (rows.length < 2) throw new RangeError("there are no answers below the names");
    const wanted = cellOf(levels) === null ? undefined : String(cellOf(levels)).split(",").map((level) => level.trim());
    return matrixOf(made.scores(answersOf(made, rows.slice(1), [rows[0]]), {levels: wanted}));
}

function explain(system, answers, names, language) {
    const made = systemOf(system), row = firstRow(answersOf(made, answers, names));
    const shown = made.explain(row, {language: cellOf(language) ?? undefined});
    return matrixOf(shown, ["node", "label", "score", "weight", "contribution"]);
}

function system(items) {
    return [[JSON.stringify(systemOf(items))]];
}

function judged(judgements) {
    const rows = rowsOf(judgements);
    if (rows.length === rows[0].length) return weights(rows);
    throw new RangeError(`judgements are a square, not ${rows.length} rows of ${rows[0].length}`);
}

function assigned(groups, measures, names) {
    const made = documentOf(Groups, groups);
    return made.groups(columnsIn(measures, names, [...new Set(made.measures)]));
}

/** The column asked for, and the status. */
function predicted(lifetime, history, horizon, output, names, rate, ratePeriod) {
    const made = documentOf(Lifetime, lifetime), rows = rowsOf(history);
    const all = columnsOf(rows, cellOf(names) === null ? HISTORY.slice(0, rows[0].length) : namesOf(names));
    const columns = Object.fromEntries(HISTORY.filter((name) => Object.hasOwn(all, name)).map((name) => [name, all[name]]));
    if (typeof cellOf(horizon) !== "number") throw new TypeError("the horizon is a number");
    const options = {horizon: cellOf(horizon), rate: cellOf(rate) ?? 0, ratePeriod: cellOf(ratePeriod) ?? undefined};
    const wanted = cellOf(output) ?? (made.hasSpend ? "value" : "expected");
    const table = made.predict(columns, {...options, outputs: wanted});
    return {numbers: table[wanted], statuses: table.status};
}

// --- Why there is nothing

/** "row 3: word" of the first row that has a status, or "". */
function wordOfFirst(statuses, words) {
    const row = statuses.findIndex((status) => status !== 0);
    return row < 0 ? "" : `row ${row}: ${words(statuses[row])}`;
}

const REASONS = {
    VALUE(system, answers, names) {
        const made = systemOf(system), columns = answersOf(made, answers, names);
        const row = made.scores(columns, {levels: "value", coverage: "none"}).value.findIndex(Number.isNaN);
        return row < 0 ? "" : made.reason(Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells[row]])));
    },
    GROUP: (...given) => wordOfFirst(assigned(...given).status, Groups.statusWord),
    CLV: (...given) => wordOfFirst(predicted(...given).statuses, Lifetime.statusWord),
};

/** The message of what a function would refuse; for a value, also why there is none. */
function why(name, ...given) {
    const wanted = String(cellOf(name)).trim().toUpperCase().replace(/^CUSTVAL\./, "");
    if (!Object.hasOwn(FUNCTIONS, wanted) || wanted === "WHY") {
        const known = Object.keys(FUNCTIONS).filter((known) => known !== "WHY").join(", ");
        throw new RangeError(`"${cellOf(name)}" is no function; they are ${known}`);
    }
    try {
        FUNCTIONS[wanted](...given);
        return [[REASONS[wanted]?.(...given) ?? ""]];
    } catch (error) {
        return [[messageOf(error)]];
    }
}

/** What a failure has to say. */
export function messageOf(error) {
    const isRow = error instanceof CustvalError && error.row !== null;
    return isRow ? `${error.message} (rows are counted from 0, below the names)` : error.message;
}

/** Each takes ranges (rows of cells) or cells, and gives rows of cells; null where there is no result. */
export const FUNCTIONS = {
    VALUE: value,
    SCORES: scores,
    EXPLAIN: explain,
    SYSTEM: system,
    WEIGHTS: (judgements) => columnOf(judged(judgements).weights),
    CONSISTENCY: (judgements) => columnOf([judged(judgements).consistencyRatio]),
    GROUP: (...given) => columnOf(assigned(...given).group),
    CLV: (...given) => columnOf(predicted(...given).numbers),
    WHY: why,
};
