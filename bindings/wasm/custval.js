// custval for JavaScript: customer value by WebAssembly, in browsers and in Node. custval.d.ts says what everything does.
// SPDX-License-Identifier: Apache-2.0
import {columnsIn, columnsOf, numberOf, rowIn, withTable, wordsOf} from "./cells.js";
import {
    call, callForDouble, callForPair, callWithError, check, CustvalError, heap, made, scratch, textAt, use, wasm, written,
} from "./memory.js";

export {CustvalError};

const WORDS = {rowStatus: 10, ahp: 15, randomIndex: 16, timing: 35, lifetimeOutput: 36, lifetimeRow: 37, groupRow: 50, groupText: 51};
const LEVELS = {value: 1, side: 2, dimension: 4, indicator: 8, item: 16, derived: 32, tag: 64};
const COVERAGE = {value: 0, all: 1, none: 2};

// --- The module

let loading = null;

async function compiled(source) {
    if (source instanceof WebAssembly.Module) return source;
    if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
    const address = new URL(source ?? "custval.wasm", import.meta.url);
    if (address.protocol === "file:") {
        const {readFile} = await import("node:fs/promises");
        return WebAssembly.compile(await readFile(address));
    }
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
    return WebAssembly.compile(await response.arrayBuffer());
}

async function load(source) {
    // Views are made anew where the memory has moved, so that there is nothing to do when it does.
    const imports = {env: {emscripten_notify_memory_growth() {}}};
    use(await WebAssembly.instantiate(await compiled(source), imports));
}

export function init(source) {
    loading ??= load(source).catch((error) => {
        loading = null;
        throw error;
    });
    return loading;
}

export function version() {
    return textAt(wasm.custval_version_string());
}

// --- Handles

// What is never freed by hand is freed some time after nobody can reach it.
const forgotten = new FinalizationRegistry(({pointer, free}) => wasm[free](pointer));

class Handle {
    #held = null; // {pointer, free}

    constructor(pointer, free) {
        this.#held = {pointer, free};
        forgotten.register(this, this.#held, this);
    }

    get pointer() {
        if (this.#held === null) throw new TypeError(`this ${this.constructor.name} has been freed`);
        return this.#held.pointer;
    }

    free() {
        if (this.#held === null) return;
        const {pointer, free} = this.#held;
        this.#held = null;
        forgotten.unregister(this);
        wasm[free](pointer);
    }
}
if (Symbol.dispose) {
    Handle.prototype[Symbol.dispose] = Handle.prototype.free;
}

function parsed(parse, document) {
    if (wasm === null) throw new Error("custval: await init() first");
    const text = typeof document === "string" ? document : JSON.stringify(document);
    return scratch((memory) => call(parse, 0, ...memory.block(String(text))));
}

// --- Options

/** The bits of words, of which an object or a vocabulary of the library says the value. */
function bitsOf(words, valueOf) {
    const list = words === undefined || words === null ? [] : [words].flat();
    return list.reduce((bits, word) => bits | valueOf(word), 0);
}

function levelOf(word) {
    if (word === "all") return bitsOf(Object.keys(LEVELS), levelOf);
    return entryOf(LEVELS, word, "level");
}

function entryOf(entries, word, kind) {
    if (Object.hasOwn(entries, word)) return entries[word];
    throw new TypeError(`"${word}" is no ${kind}; there are ${Object.keys(entries).join(", ")}`);
}

/** The value of a word of the library's; 0, which means the default, for none. */
function wordOf(vocabulary, word) {
    if (word === undefined || word === null) return 0;
    return scratch((memory) => call("custval_word_value", vocabulary, memory.text(word)));
}

function today() {
    const now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

const SCORE_OPTIONS = ["levels", "coverage", "asOf", "profile", "context", "language"];
const PREDICT_OPTIONS = ["outputs", "timing", "horizon", "cashPeriod", "rate", "ratePeriod", "margin", "cost", "level"];
const WEIGHT_OPTIONS = ["names", "method", "randomIndex"];

function checkNames(options, known) {
    const unknown = Object.keys(options).find((name) => !known.includes(name));
    if (unknown !== undefined) throw new TypeError(`"${unknown}" is no option; there are ${known.join(", ")}`);
}

function scoreOptions(memory, options) {
    checkNames(options, SCORE_OPTIONS);
    const {levels, coverage = "value", asOf = today(), profile, context, language} = options;
    const texts = [asOf, profile, context, language].map((text) => memory.text(text));
    const bits = bitsOf(levels, levelOf);
    return memory.keep(wasm.bridge_score_options(bits, entryOf(COVERAGE, coverage, "coverage"), ...texts));
}

function predictOptions(memory, options) {
    checkNames(options, PREDICT_OPTIONS);
    const {horizon = 1, cashPeriod = 1, rate = 0, ratePeriod, margin = 1, cost = 0, level = 0} = options;
    if (rate !== 0 && ratePeriod === undefined) throw new TypeError("a rate needs its ratePeriod: how many units of time it is for");
    const outputs = bitsOf(options.outputs, (word) => wordOf(WORDS.lifetimeOutput, word));
    const timing = options.timing ?? "end";
    const numbers = {horizon, cashPeriod, rate, ratePeriod: ratePeriod ?? 1, margin, cost, level};
    const doubles = Object.entries(numbers).map(([name, number]) => numberOf(number, name));
    return memory.keep(wasm.bridge_predict_options(outputs, wordOf(WORDS.timing, timing), ...doubles));
}

// --- Systems

export class System extends Handle {
    #inputs;
    #scorer = null;

    constructor(document) {
        super(parsed("custval_system_parse", document), "custval_system_free");
        this.#inputs = Array.from({length: wasm.custval_system_inputs(this.pointer)}, (_, place) => {
            const [name, isText] = callForPair("bridge_input", this.pointer, place);
            return {column: textAt(name), isText: isText !== 0};
        });
    }

    static fromTable(columns) {
        const pointer = scratch((memory) => withTable(memory, columns, null, (table) =>
            call("custval_system_from_table", 0, table)));
        try {
            return new System(written("custval_system_write", pointer));
        } finally {
            wasm.custval_system_free(pointer);
        }
    }

    get id() {
        return textAt(wasm.bridge_system_id(this.pointer));
    }

    get inputs() {
        return this.#inputs.map((input) => ({...input}));
    }

    toJSON() {
        return JSON.parse(written("custval_system_write", this.pointer));
    }

    label(node, language = "en") {
        return scratch((memory) => {
            const place = call("custval_system_find", this.pointer, memory.text(node));
            return textAt(wasm.custval_system_label(this.pointer, place, memory.text(language)));
        });
    }

    value(cells, options = {}) {
        return this.score(cells, options).value;
    }

    score(cells, options = {}) {
        return this.#scorerOf(options).score(cells);
    }

    scores(columns, options = {}) {
        return columnsIn(this.#on("custval_score", columns, [], options));
    }

    explain(cells, options = {}) {
        return columnsIn(this.#on("custval_explain", columnsOf(cells, this.#names), [0], options));
    }

    explainText(cells, options = {}) {
        const table = this.#on("custval_explain", columnsOf(cells, this.#names), [0], options);
        try {
            return written("custval_explain_text", table);
        } finally {
            wasm.custval_table_free(table);
        }
    }

    reason(cells, options = {}) {
        const LONGEST = 4096;
        return this.#with(columnsOf(cells, this.#names), options, (memory, table, chosen) => {
            const buffer = memory.bytes(LONGEST);
            callWithError("custval_row_reason", this.pointer, table, 0, chosen, buffer, LONGEST);
            return textAt(buffer);
        });
    }

    free() {
        this.#scorer?.free();
        this.#scorer = null;
        super.free();
    }

    get #names() {
        return this.#inputs.map(({column}) => column);
    }

    #with(columns, options, work) {
        return scratch((memory) => {
            const chosen = scoreOptions(memory, options);
            return withTable(memory, columns, this.#inputs, (table) => work(memory, table, chosen));
        });
    }

    /** The table that a function of (system, table, arguments, options) makes. */
    #on(name, columns, given, options) {
        return this.#with(columns, options, (_, table, chosen) => call(name, this.pointer, table, ...given, chosen));
    }

    /** The scorer of these options: the last one, unless they have changed, or the day. */
    #scorerOf(options) {
        if (this.#scorer?.serves(this.pointer, options)) return this.#scorer;
        this.#scorer?.free();
        this.#scorer = null;
        this.#scorer = new Scorer(this.pointer, this.#inputs, options);
        return this.#scorer;
    }
}

/** Scores rows one after the other without allocating for a number. */
class Scorer extends Handle {
    #options;
    #day; // judgements that replace scores expire
    #inputs;
    #names; // of the scores
    #memory; // numbers, scores, status, texts
    #hasTexts;

    constructor(system, inputs, options) {
        const pointer = scratch((memory) => call("custval_scorer_new", system, scoreOptions(memory, options)));
        super(pointer, "custval_scorer_free");
        this.#options = {...options};
        this.#day = options.asOf === undefined && wasm.custval_system_overrides(system) > 0 ? today() : null;
        this.#inputs = inputs;
        this.#hasTexts = inputs.some(({isText}) => isText);
        this.#names = Array.from({length: wasm.custval_scorer_columns(pointer)}, (_, place) =>
            textAt(wasm.custval_scorer_column_name(pointer, place)));
        this.#memory = new Handle(made(wasm.malloc(16 * inputs.length + 8 * this.#names.length + 8)), "free");
    }

    serves(system, options) {
        if (this.#day !== null && this.#day !== today()) return false;
        const names = Object.keys(options);
        return names.length === Object.keys(this.#options).length &&
            names.every((name) => this.#options[name] === options[name]);
    }

    free() {
        this.#memory?.free();
        super.free();
    }

    score(cells) {
        return this.#hasTexts ? scratch((memory) => this.#row(cells, memory)) : this.#row(cells, null);
    }

    #row(cells, memory) {
        const numbers = this.#memory.pointer, count = this.#inputs.length;
        const scores = numbers + 8 * count, status = scores + 8 * this.#names.length, texts = status + 8;
        const words = this.#write(cells, numbers);
        if (memory !== null) this.#writeTexts(words, texts, memory);
        check(wasm.custval_scorer_row(this.pointer, numbers, memory === null ? 0 : texts, scores, status));
        const {doubles, words: whole} = heap(), row = Object.create(null);
        this.#names.forEach((name, place) => {
            row[name] = doubles[(scores >> 3) + place];
        });
        row.status = whole[status >> 2];
        return row;
    }

    /** Writes the numbers of a row; gives its texts. */
    #write(cells, numbers) {
        const isList = Array.isArray(cells) || ArrayBuffer.isView(cells);
        const {doubles} = heap(), words = [];
        if (typeof cells !== "object" || cells === null || (isList && cells.length !== this.#inputs.length)) {
            columnsOf(cells, this.#inputs.map(({column}) => column)); // says what is wrong
        }
        this.#inputs.forEach(({column, isText}, place) => {
            const cell = isList ? cells[place] : Object.hasOwn(cells, column) ? cells[column] : null;
            doubles[(numbers >> 3) + place] = isText ? NaN : numberOf(cell, column);
            words.push(isText ? wordsOf(cell, column) : null);
        });
        return words;
    }

    #writeTexts(words, texts, memory) {
        const pieces = memory.pieces(words);
        heap().bytes.copyWithin(texts, pieces, pieces + 8 * words.length);
    }
}

export function statusWords(status) {
    const words = [];
    for (let bit = 0; bit < 32; bit++) {
        if ((status >>> bit) & 1) words.push(textAt(wasm.custval_word(WORDS.rowStatus, (1 << bit) >>> 0)));
    }
    return words.filter((word) => word !== null);
}

// --- Weights

export function weights(matrix, options = {}) {
    if (wasm === null) throw new Error("custval: await init() first");
    checkNames(options, WEIGHT_OPTIONS);
    const size = matrix.length;
    const names = options.names ?? Array.from({length: size}, (_, place) => String(place + 1));
    if (names.length !== size || Array.from(matrix).some((row) => row.length !== size)) {
        throw new TypeError(`a square matrix is needed: ${size} rows, ${names.length} names, rows of ${Array.from(matrix, (row) => row.length)}`);
    }
    const method = wordOf(WORDS.ahp, options.method), index = wordOf(WORDS.randomIndex, options.randomIndex);
    return scratch((memory) => {
        const cells = Array.from(matrix, (row, i) => Array.from(row, (cell, j) => numberOf(cell, names[j], i)));
        const found = call("bridge_weights", memory.texts(names), memory.doubles(cells.flat()), size, method, index);
        try {
            return {
                weights: names.map((_, place) => wasm.custval_weights_share(found, place)),
                consistencyRatio: callForDouble("custval_weights_diagnostic", found, memory.text("cr")),
            };
        } finally {
            wasm.custval_weights_free(found);
        }
    });
}

// --- Groups

export class Groups extends Handle {
    constructor(document) {
        super(parsed("custval_groups_parse", document), "custval_groups_free");
    }

    static statusWord(status) {
        return textAt(wasm.custval_word(WORDS.groupRow, status));
    }

    get ids() {
        const {pointer} = this;
        return Array.from({length: wasm.custval_groups_count(pointer)}, (_, place) =>
            textAt(wasm.custval_groups_id(pointer, place)));
    }

    get measures() {
        return Array.from({length: wasm.custval_groups_measures(this.pointer)}, (_, place) => {
            const [, column] = callForPair("custval_groups_measure", this.pointer, place);
            return textAt(column);
        });
    }

    label(group, language = "en") {
        return this.#text(group, "label", language);
    }

    advice(group, language = "en") {
        return this.#text(group, "advice", language);
    }

    group(cells) {
        return this.groups(columnsOf(cells, this.measures)).group[0];
    }

    groups(columns) {
        const inputs = this.measures.map((column) => ({column, isText: false}));
        return scratch((memory) => withTable(memory, columns, inputs, (table) =>
            columnsIn(call("custval_groups_assign", this.pointer, table, 0))));
    }

    #text(group, kind, language) {
        const place = this.ids.indexOf(group);
        if (place < 0) throw new RangeError(`"${group}" is no group; there are ${this.ids.join(", ")}`);
        const which = wordOf(WORDS.groupText, kind);
        return scratch((memory) => textAt(wasm.custval_groups_text(this.pointer, place, which, memory.text(language))));
    }
}

// --- Lifetimes

const LIFETIME_CELLS = ["x", "t_x", "T", "mean_spend"];

export class Lifetime extends Handle {
    constructor(document) {
        super(parsed("custval_lifetime_parse", document), "custval_lifetime_free");
    }

    static statusWord(status) {
        return textAt(wasm.custval_word(WORDS.lifetimeRow, status));
    }

    get hasSpend() {
        return wasm.custval_lifetime_spend(this.pointer) !== 0;
    }

    clv(cells, options = {}) {
        const isList = Array.isArray(cells) || ArrayBuffer.isView(cells);
        const names = isList ? LIFETIME_CELLS.slice(0, Math.max(cells.length, 3)) : Object.keys(cells);
        return rowIn(this.#predict(columnsOf(cells, names), options));
    }

    predict(columns, options = {}) {
        return columnsIn(this.#predict(columns, options));
    }

    #predict(columns, options) {
        return scratch((memory) => {
            const chosen = predictOptions(memory, options);
            return withTable(memory, columns, null, (table) =>
                call("custval_lifetime_predict", this.pointer, table, chosen));
        });
    }
}
