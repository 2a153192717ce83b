// What custval.js does. Results are objects by name without a prototype, in the order of the library.
// SPDX-License-Identifier: Apache-2.0

/** A cell: null, undefined, NaN and "" are missing, and the document's own policy says what that means. */
export type Cell = number | string | boolean | bigint | null | undefined;

/** One row: cells in the order of the inputs, or by name, where what is left out is missing and other names are ignored. */
export type Row = ArrayLike<Cell> | Record<string, Cell>;

/** Columns of one length by name; a Float64Array is taken as it is. */
export type Columns = Record<string, ArrayLike<Cell>>;

/** A result: numbers are NaN, and texts null, where there is none. */
export type Table = Record<string, Float64Array | Uint32Array | (string | null)[]>;

/** A call of the library failed. Wrong types and names of options are TypeErrors. */
export class CustvalError extends Error {
    /** The name of the status, as in status.h: "CUSTVAL_ERROR_WEIGHT". */
    readonly status: string;
    /** Its number, below 0. */
    readonly code: number;
    /** The row concerned, counted from 0, or null. */
    readonly row: number | null;
    /** The node concerned, or null. */
    readonly node: number | null;
}

/**
 * Loads the module, once for all callers; nothing else works before.
 * @param source where custval.wasm is, its bytes, or a compiled module; by default the file beside this one.
 */
export function init(source?: string | URL | BufferSource | WebAssembly.Module): Promise<void>;

/** The version of the library, such as "0.1.0". */
export function version(): string;

/** What is freed by hand at once, or some time after nobody can reach it. */
declare class Handle {
    /** Gives the memory back; using it afterwards is a TypeError. May be called again. */
    free(): void;
}

/** How rows are read and what is reported: the members of custval_score_options. */
export interface ScoreOptions {
    /** "value", "side", "dimension", "indicator", "item", "derived", "tag", "all"; default value and side. */
    levels?: string | string[];
    /** For which scores to say how much was answered: "value" (the default), "all", "none". */
    coverage?: string;
    /** ISO date of the scoring, for judgements that expire; default today. */
    asOf?: string;
    /** Profile of every row, whatever its column says. */
    profile?: string;
    /** Context of every row, whatever its column says. */
    context?: string;
    /** Language of labels in explanations; default "en". */
    language?: string;
}

/** Scores of one row, NaN where there is none. */
export interface Scores {
    value: number;
    benefit: number;
    sacrifice: number;
    coverage: number;
    /** 0, or bits: statusWords() names them. */
    status: number;
    [name: string]: number;
}

/** A weighted three-level indicator system; it does not change. Make one, and keep it. */
export class System extends Handle {
    /** @param document JSON text, or the object that it says. @throws CustvalError naming the place. */
    constructor(document: string | object);
    /** A system from a table with one row per item, as custval_system_from_table() reads it: side, dimension, indicator, ... */
    static fromTable(columns: Columns): System;
    /** The name of the system. */
    readonly id: string;
    /** The columns that it reads, in the order of a row's cells. */
    readonly inputs: {column: string; isText: boolean}[];
    /** The document, so that JSON.stringify() writes it. */
    toJSON(): object;
    /** The label of a node in a language, or the best there is. */
    label(node: string, language?: string): string;
    /** The perceived value of one row; NaN if it cannot be scored. */
    value(row: Row, options?: ScoreOptions): number;
    /** All scores of one row. Fast when called again with equal options. */
    score(row: Row, options?: ScoreOptions): Scores;
    /** Scores of every row: columns value, benefit, sacrifice, coverage, status, and what the options ask for. */
    scores(columns: Columns, options?: ScoreOptions): Table;
    /**
     * Why the value of a row is what it is: node, label, kind, depth, answer, score, coverage, weight, effective,
     * contribution, is_part, unit, note. Contributions of the parts (is_part 1), added in order, are the value exactly.
     */
    explain(row: Row, options?: ScoreOptions): Table;
    /** The same as a text tree. */
    explainText(row: Row, options?: ScoreOptions): string;
    /** What is wrong with a row in words; "" if nothing is. */
    reason(row: Row, options?: ScoreOptions): string;
}

/** The words for the bits of a row's status, such as ["clamped", "out-of-scale"]. */
export function statusWords(status: number): string[];

/**
 * Weights from judgements in pairs (AHP).
 * @param matrix entry [i][j]: how many times i is as important as j; both of a pair are missing if it was not judged.
 * @param options names of the criteria for messages; method "eigenvector" (the default), "geometric", "arithmetic";
 *     randomIndex, a word of custval_random_index.
 * @returns the weights, and the consistency ratio: below 0.1 is consistent enough, NaN where the table has no index.
 */
export function weights(
    matrix: ArrayLike<ArrayLike<Cell>>,
    options?: {names?: string[]; method?: string; randomIndex?: string},
): {weights: number[]; consistencyRatio: number};

/** How customers fall into groups; it does not change. */
export class Groups extends Handle {
    /** @param document a groups document. */
    constructor(document: string | object);
    /** The word for a status of groups(), such as "missing"; null if there is none. */
    static statusWord(status: number): string | null;
    /** The groups in the order of the document. */
    readonly ids: string[];
    /** The columns that the measures read, in the order of a row's cells. */
    readonly measures: string[];
    /** What a group is called in a language, or the best there is. */
    label(group: string, language?: string): string;
    /** What to do with the customers of a group. */
    advice(group: string, language?: string): string;
    /** The group of one customer; null if it is in none. Quantiles need more than one: see groups(). */
    group(row: Row): string | null;
    /** group, the level of each measure, status. */
    groups(columns: Columns): Table;
}

/** What is predicted: the members of custval_lifetime_predict_options. */
export interface PredictOptions {
    /** "alive", "expected", "value", ...: words of custval_lifetime_output; default alive, expected, and spend and value. */
    outputs?: string | string[];
    /** Units of time to look ahead; default 1. */
    horizon?: number;
    /** Units of a cash period; default 1. */
    cashPeriod?: number;
    /** When the money of a cash period counts: "end" (the default), "middle", "begin". */
    timing?: string;
    /** Discount rate, 0.1 for 10 %; it needs its period. */
    rate?: number;
    /** Units of time that the rate is for. */
    ratePeriod?: number;
    /** Share of the spend that is margin; default 1. */
    margin?: number;
    /** Cost per cash period of a customer who is alive; default 0. */
    cost?: number;
    /** Level of intervals, which come as ..._low and ..._high; default none. */
    level?: number;
}

/** A model of how long customers stay and how often they buy, from a lifetime document; it does not change. */
export class Lifetime extends Handle {
    /** @param document a lifetime document. */
    constructor(document: string | object);
    /** The word for a status of clv() and predict(), such as "range"; null if there is none. */
    static statusWord(status: number): string | null;
    /** Whether the document knows what customers spend. */
    readonly hasSpend: boolean;
    /** One customer: cells x, t_x, T and, for money, mean_spend; or by name. Gives alive, expected, ..., status. */
    clv(row: Row, options?: PredictOptions): Record<string, number>;
    /** One row per customer: the outputs, and status. */
    predict(columns: Columns, options?: PredictOptions): Table;
}
