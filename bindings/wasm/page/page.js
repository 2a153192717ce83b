// The page: reads a system and rows, scores them, explains a row, gives the scores as a file.
// SPDX-License-Identifier: Apache-2.0
import {init, statusWords, System, version} from "../custval.js";
import {ROWS, SYSTEM} from "./example.js";
import {formatTable, parseTable, TextTableError} from "./text_table.js";
import {WORDS} from "./words.js";

const MOST_SHOWN = 200;
const at = (id) => document.getElementById(id);

let language = "en";
let system = null;
let table = null; // as parseTable() gives it
let scores = null;
let explained = null; // the row, counted from 0

function word(name, values = {}) {
    return WORDS[language][name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

const shownNumber = (number, digits = 2) => (Number.isNaN(number) ? "–" :
    number.toLocaleString(language, {minimumFractionDigits: digits, maximumFractionDigits: digits}));

const shownShare = (share) => (Number.isNaN(share) ? "–" : `${shownNumber(100 * share, 0)} %`);

function say(id, text, bad = false) {
    at(id).textContent = text;
    at(id).classList.toggle("bad", bad);
}

// --- Reading

/** Columns as the system wants them; the library says what is missing. */
function answers() {
    const wanted = new Map(system.inputs.map(({column, isText}) => [column, isText]));
    const columns = {};
    for (const [name, cells] of table.columns) {
        if (wanted.has(name)) columns[name] = wanted.get(name) ? cells : cells.map((cell, row) => numberIn(cell, name, row));
    }
    return columns;
}

function numberIn(cell, name, row) {
    const number = cell.trim() === "" ? NaN : Number(cell.replace(",", "."));
    if (Number.isNaN(number) && cell.trim() !== "") throw new TypeError(`column "${name}", row ${row + 1}: "${cell}"`);
    return number;
}

const rowAt = (columns, row) => Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells[row]]));

function readSystem() {
    system?.free();
    system = null;
    const text = at("system-text").value;
    if (text.trim() === "") {
        say("system-said", "");
    } else {
        try {
            system = new System(text);
            const names = system.inputs.map(({column}) => column);
            say("system-said", word("systemRead", {id: system.id || "custval", count: names.length, columns: names.join(", ")}));
        } catch (error) {
            say("system-said", error.message, true);
        }
    }
    scoreAll();
}

function readRows() {
    table = null;
    const text = at("rows-text").value;
    try {
        if (text.trim() !== "") table = parseTable(text);
        say("rows-said", table === null ? "" : word("rowsRead", {count: table.rows}));
    } catch (error) {
        if (!(error instanceof TextTableError)) throw error;
        say("rows-said", word(error.word, error.values), true);
    }
    scoreAll();
}

// --- Scores

function scoreAll() {
    scores = null;
    explained = null;
    if (system !== null && table !== null) {
        try {
            scores = system.scores(answers());
            say("rows-said", word("rowsRead", {count: table.rows}));
        } catch (error) {
            say("rows-said", error.message, true);
        }
    }
    at("scores-section").hidden = scores === null;
    at("why-section").hidden = true;
    at("download").disabled = scores === null;
    if (scores !== null) showScores();
}

/** Fills a table: headings and rows of cells, which are texts, numbers or elements; the first cell heads its row. */
function fill(element, headings, rows) {
    const line = (cells, made) => {
        const row = document.createElement("tr");
        row.append(...cells.map(made));
        return row;
    };
    const cellOf = (name, content) => {
        const cell = document.createElement(name);
        cell.append(content.element ?? content.text ?? content);
        if (content.kind) cell.className = content.kind;
        return cell;
    };
    const head = document.createElement("thead"), body = document.createElement("tbody");
    const heading = (content) => Object.assign(cellOf("th", content), {scope: "col"});
    head.append(line(headings, heading));
    body.append(...rows.map((cells) => line(cells, (content, place) =>
        (place === 0 ? Object.assign(cellOf("th", content), {scope: "row"}) : cellOf("td", content)))));
    element.replaceChildren(head, body);
}

const right = (text) => ({text, kind: "number"});

function whyButton(row) {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = word("why");
    element.setAttribute("aria-label", word("whyRow", {row: row + 1}));
    element.addEventListener("click", () => {
        explained = row;
        showWhy();
        at("why-section").focus();
    });
    return {element};
}

/** The column that names the customers: the first one that the system does not read. */
function nameColumn() {
    const read = new Set(system.inputs.map(({column}) => column));
    return [...table.columns.keys()].find((name) => !read.has(name));
}

function showScores() {
    const columns = answers(), sides = ["value", "benefit", "sacrifice"].filter((name) => name in scores);
    const names = nameColumn(), count = Math.min(table.rows, MOST_SHOWN);
    const headings = [word("row"), ...sides.map((name) => right(word(name))), right(word("coverage")), "", word("remark")];
    const rows = Array.from({length: count}, (_, row) => {
        const label = names === undefined ? "" : ` ${table.columns.get(names)[row]}`;
        const remark = scores.status[row] === 0 ? "" : system.reason(rowAt(columns, row), {language});
        return [`${row + 1}${label}`, ...sides.map((name) => right(shownNumber(scores[name][row]))),
            right(shownShare(scores.coverage[row])), whyButton(row), {text: remark, kind: "remark"}];
    });
    fill(at("scores"), headings, rows);
    const values = scores.value.filter((value) => !Number.isNaN(value));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    say("scores-said", word("scored", {scored: values.length, rows: table.rows, mean: shownNumber(mean)}) +
        (count < table.rows ? ` ${word("shown", {count})}` : ""));
}

function showWhy() {
    const row = rowAt(answers(), explained), made = system.explain(row, {language});
    const rows = made.node.map((node, place) => {
        // A side without a label of its own is called as in the table of scores.
        const isSide = made.kind[place] === "side" && made.label[place] === node;
        const label = made.note[place] ?? (isSide ? word(node) : made.label[place]);
        return [{text: label, kind: `depth-${Math.min(made.depth[place], 4)}`}, right(shownNumber(made.score[place])),
            right(shownNumber(made.weight[place], 3)), right(shownNumber(made.contribution[place]))];
    });
    fill(at("why"), [word("node"), right(word("score")), right(word("weight")), right(word("contribution"))], rows);
    at("why-title").textContent = word("whyTitle", {row: explained + 1});
    const value = scores.value[explained];
    at("why-said").textContent = Number.isNaN(value) ? word("noValue", {reason: system.reason(row)}) :
        made.unit[0] === "log" ? word("whyFactors", {value: shownNumber(Math.log(value), 4)}) :
        word("whySum", {value: shownNumber(value, 4)});
    at("why-section").hidden = false;
}

function download() {
    const columns = new Map(table.columns);
    for (const [name, cells] of Object.entries(scores)) columns.set(columns.has(name) ? `custval.${name}` : name, cells);
    columns.set("remarks", Array.from(scores.status, (status) => statusWords(status).join(" ")));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", formatTable(columns)], {type: "text/csv"}));
    link.download = "scores.csv";
    link.click();
    URL.revokeObjectURL(link.href);
}

// --- The page itself

function speak(chosen) {
    language = chosen;
    document.documentElement.lang = chosen;
    at("language").value = chosen;
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
    const row = explained;
    readSystem();
    readRows();
    if (row !== null && scores !== null) {
        explained = row;
        showWhy();
    }
}

function opens(input, text, read) {
    at(input).addEventListener("change", async ({target}) => {
        if (target.files.length === 0) return;
        at(text).value = await target.files[0].text();
        read();
    });
    at(text).addEventListener("input", read);
}

await init();
at("version").textContent = version();
opens("system-file", "system-text", readSystem);
opens("rows-file", "rows-text", readRows);
at("language").addEventListener("change", ({target}) => speak(target.value));
at("download").addEventListener("click", download);
at("example").addEventListener("click", () => {
    at("system-text").value = JSON.stringify(SYSTEM, null, 2);
    at("rows-text").value = ROWS;
    readSystem();
    readRows();
});
speak([...navigator.languages.map((tag) => tag.slice(0, 2)), "en"].find((tag) => tag in WORDS));
document.body.dataset.ready = "yes";
