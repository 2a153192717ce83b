// The add-in's functions as Excel knows them: custom-functions-metadata makes functions.json of these comments.
// SPDX-License-Identifier: Apache-2.0
import {init} from "./custval/custval.js";
import {cellOf} from "./cells.js";
import {FUNCTIONS, messageOf} from "./sheet.js";

const fetched = new Map();

/** The text at an address, fetched once; without cookies, so that a workbook cannot ask for more than anybody. */
function textAt(address) {
    if (!fetched.has(address)) {
        const failed = (error) => {
            fetched.delete(address);
            throw error;
        };
        fetched.set(address, fetch(address, {credentials: "omit"}).then((response) => {
            if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
            return response.text();
        }).catch(failed));
    }
    return fetched.get(address);
}

/** An argument with its document in place of the document's address. */
async function opened(given) {
    const cell = cellOf(given);
    const isAddress = typeof cell === "string" && /^https:\/\//i.test(cell.trim());
    return isAddress ? [[await textAt(cell.trim())]] : given;
}

/** A result with #N/A where there is none. */
function shown(rows) {
    const none = () => new CustomFunctions.Error(CustomFunctions.ErrorCode.notAvailable);
    return rows.map((row) => row.map((cell) => cell ?? none()));
}

async function run(name, documents, given) {
    try {
        await init();
        const opening = given.map((argument, place) => (documents.includes(place) ? opened(argument) : argument));
        return shown(FUNCTIONS[name](...(await Promise.all(opening))));
    } catch (error) {
        throw new CustomFunctions.Error(CustomFunctions.ErrorCode.invalidValue, messageOf(error));
    }
}

/**
 * Perceived value of each customer: one row of answers gives a number, several rows a column.
 * @customfunction VALUE
 * @param {any[][]} system The indicator system: a range with one item a row, a document, or its https address.
 * @param {any[][]} answers Answers, one customer a row, in the order of the system's columns or as the names say.
 * @param {any[][]} [names] Names of the columns, a row as wide as the cells; not needed if the cells are in order.
 * @returns {Promise<any[][]>} The values.
 */
export async function value(system, answers, names) {
    return run("VALUE", [0], [system, answers, names]);
}

/**
 * Table of all scores of each customer, below their names; status 0 means that there is nothing to say.
 * @customfunction SCORES
 * @param {any[][]} system The indicator system: a range with one item a row, a document, or its https address.
 * @param {any[][]} table Answers with the names of their columns in the first row; whole columns will do.
 * @param {string} [levels] What to show: value, side, dimension, indicator, item, derived, tag or all, parted by commas; default value,side.
 * @returns {Promise<any[][]>} The scores.
 */
export async function scores(system, table, levels) {
    return run("SCORES", [0], [system, table, levels]);
}

/**
 * Why a customer's value is what it is: a table of every node with its score, weight and contribution.
 * @customfunction EXPLAIN
 * @param {any[][]} system The indicator system: a range with one item a row, a document, or its https address.
 * @param {any[][]} answers Answers, one customer a row, in the order of the system's columns or as the names say.
 * @param {any[][]} [names] Names of the columns, a row as wide as the cells; not needed if the cells are in order.
 * @param {string} [language] Language of the labels, such as en, zh or ko; default en.
 * @returns {Promise<any[][]>} The explanation.
 */
export async function explain(system, answers, names, language) {
    return run("EXPLAIN", [0], [system, answers, names, language]);
}

/**
 * Document (JSON) of the indicator system that a table describes, one item a row.
 * @customfunction SYSTEM
 * @param {any[][]} items Table with one item a row; its first row names the columns: side, dimension, indicator, column, low, high and others.
 * @returns {Promise<any[][]>} The document.
 */
export async function system(items) {
    return run("SYSTEM", [0], [items]);
}

/**
 * Column of weights from a square of pairwise judgements (AHP, eigenvector).
 * @customfunction WEIGHTS
 * @param {any[][]} judgements Square of judgements: how much more the row counts than the column; blank: not judged.
 * @returns {Promise<any[][]>} The weights.
 */
export async function weights(judgements) {
    return run("WEIGHTS", [], [judgements]);
}

/**
 * Consistency ratio of a square of pairwise judgements; below 0.1 is consistent enough.
 * @customfunction CONSISTENCY
 * @param {any[][]} judgements Square of judgements: how much more the row counts than the column; blank: not judged.
 * @returns {Promise<any[][]>} The ratio.
 */
export async function consistency(judgements) {
    return run("CONSISTENCY", [], [judgements]);
}

/**
 * Group of each customer by a groups document: one row of measures gives an id, several rows a column.
 * @customfunction GROUP
 * @param {any[][]} groups The groups document, or its https address.
 * @param {any[][]} measures Numbers, one customer a row, in the order of the document's measures or as the names say.
 * @param {any[][]} [names] Names of the columns, a row as wide as the cells; not needed if the cells are in order.
 * @returns {Promise<any[][]>} The groups.
 */
export async function group(groups, measures, names) {
    return run("GROUP", [0], [groups, measures, names]);
}

/**
 * What each customer will do by a lifetime document: expected purchases, chance to be alive, or value.
 * @customfunction CLV
 * @param {any[][]} lifetime The lifetime document, or its https address.
 * @param {any[][]} history One customer a row: repeat purchases x, time of the last one t_x, time observed T, and mean_spend for values.
 * @param {number} horizon How many units of time to look ahead.
 * @param {string} [output] alive, expected or value; default value if the document knows the spend, else expected.
 * @param {any[][]} [names] Names of the columns, a row as wide as the cells; not needed if the cells are in order.
 * @param {number} [rate] Discount rate of a value, 0.1 for 10 %; default 0.
 * @param {number} [rate_period] What the rate is for, in units of time.
 * @returns {Promise<any[][]>} The predictions.
 */
export async function clv(lifetime, history, horizon, output, names, rate, rate_period) {
    return run("CLV", [0], [lifetime, history, horizon, output, names, rate, rate_period]);
}

/**
 * Why a function of custval gives an error or no number, as text; empty if it gives one.
 * @customfunction WHY
 * @param {string} name Name of the function, such as VALUE.
 * @param {any[][][]} given An argument of that function, in its place.
 * @returns {Promise<any[][]>} The reason.
 */
export async function why(name, given) {
    return run("WHY", [1], [name, ...given]);
}

const ASSOCIATED = {VALUE: value, SCORES: scores, EXPLAIN: explain, SYSTEM: system, WEIGHTS: weights,
    CONSISTENCY: consistency, GROUP: group, CLV: clv, WHY: why};
for (const [name, made] of Object.entries(ASSOCIATED)) CustomFunctions.associate(name, made);
