// Types of custval.mjs.
// SPDX-License-Identifier: Apache-2.0

/** null, undefined, '' and NaN are missing; numbers may be texts, as databases give them. */
export type Cell = number | string | bigint | boolean | null | undefined;

/** Columns of one length. Float64Arrays are not copied. */
export type Columns = Record<string, Float64Array | ArrayLike<Cell>>;

export type Level = 'value' | 'side' | 'dimension' | 'indicator' | 'item' | 'derived' | 'tag';

/** See custval_score_options. */
export interface ScoreOptions {
  /** ISO date of the scoring; a system with overrides needs it. */
  as_of?: string;
  profile?: string;
  context?: string;
  /** Of labels in explanations. */
  language?: string;
  /** Default: value and sides. */
  levels?: Level | Level[];
  coverage?: 'value' | 'all' | 'none';
}

/** A number for each score by name; `status` is 0, or bits of custval_row_status. */
export type Scores = Record<string, number> & { status: number };

export type ScoreColumns = Record<string, Float64Array> & { status?: Uint32Array };

/** A step of an explanation, see custval_explain(). */
export interface Step {
  node: string;
  label: string;
  kind: 'value' | 'side' | 'dimension' | 'indicator' | 'item' | 'derived' | 'relief' | 'override' | 'gate' | 'rounding';
  depth: number;
  answer: number;
  score: number;
  coverage: number;
  weight: number;
  effective: number;
  contribution: number;
  /** 1 for the steps that add up to the value. */
  is_part: number;
  unit: 'points' | 'log';
  note: string | null;
}

/** What the library refuses: the message names the node, column, row and value concerned. */
export class CustvalError extends Error {
  /** For example "CUSTVAL_ERROR_DOCUMENT". */
  readonly status: string;
  /** Below 0. */
  readonly code: number;
  /** Counted from 0; null if it is none. */
  readonly row: number | null;
}

declare class Owned {
  /** Frees what is held; later calls throw. Without it that happens some time after the object was collected. */
  close(): void;
}

export class System extends Owned {
  static parse(document: string): System;
  constructor(document: string);
  /** Columns that the system reads: the order of the cells of a row. */
  readonly inputs: readonly string[];
  /** By input: whether it is a text. */
  readonly texts: readonly boolean[];
  scorer(options?: ScoreOptions): Scorer;
  value(...cells: Cell[]): number;
  scores(...cells: Cell[]): Scores;
  score(columns: Columns, options?: ScoreOptions): ScoreColumns;
  explain(...cells: Cell[]): Step[];
  why(...cells: Cell[]): string;
  reason(...cells: Cell[]): string;
}

export class Scorer extends Owned {
  constructor(system: System, options?: ScoreOptions);
  readonly columns: readonly string[];
  scores(...cells: Cell[]): Scores;
  row(numbers: Float64Array, out: Float64Array): number;
  score(columns: Columns, out?: ScoreColumns): ScoreColumns;
}

export class Groups extends Owned {
  static parse(document: string): Groups;
  constructor(document: string);
  /** Columns that the measures read: the order of the cells of a row. */
  readonly columns: readonly string[];
  assign(columns: Columns): Record<string, Float64Array | (string | null)[]>;
  group(...cells: Cell[]): string | null;
}

export type LifetimeOutput =
  | 'alive'
  | 'log_alive'
  | 'alive_later'
  | 'expected'
  | 'expected_deviation'
  | 'none'
  | 'residual'
  | 'spend'
  | 'value'
  | 'value_deviation'
  | 'log_likelihood';

/** See custval_lifetime_predict_options. */
export interface PredictOptions {
  outputs?: LifetimeOutput | LifetimeOutput[];
  timing?: 'end' | 'middle' | 'begin';
  horizon?: number;
  horizon_column?: string;
  cash_period?: number;
  rate?: number;
  rate_period?: number;
  spend_column?: string;
  margin?: number;
  margin_column?: string;
  cost?: number;
  cost_column?: string;
  level?: number;
}

export class Lifetime extends Owned {
  static parse(document: string): Lifetime;
  constructor(document: string);
  predict(columns: Columns, options?: PredictOptions): Record<string, Float64Array>;
  clv(customer: { x: Cell; t_x: Cell; T: Cell; mean_spend: Cell }, options?: PredictOptions): number;
}

/** A `cr` below 0.1 is consistent enough; NaN where there is no random index for so many criteria. */
export function weights(matrix: Cell[][], names?: string[]): { weights: Record<string, number>; cr: number };

/** Of the library. */
export function version(): string;
