// Customer value in Node: see docs/node.md.
// SPDX-License-Identifier: Apache-2.0
import { CustvalError, Owned, Table, call, failure, lib, make, numberOf, options, struct, textOf } from './library.mjs';

export { CustvalError };

const SCORE_WORDS = { levels: 'custval_level', coverage: 'custval_coverage' };
const PREDICT_WORDS = { outputs: 'custval_lifetime_output', timing: 'custval_timing' };

export function version() {
  return lib.custval_version_string();
}

/** Runs a function with an object, and closes that whatever happens. */
function within(owned, body) {
  try {
    return body(owned);
  } finally {
    owned.close();
  }
}

function parsed(parse, document) {
  if (typeof document !== 'string') throw new TypeError('a document is a text');
  const bytes = Buffer.from(`${document}\0`, 'utf8'); // an empty one would have no address
  return make(parse, null, bytes, bytes.length - 1);
}

function checkCount(cells, inputs) {
  if (cells.length !== inputs.length) {
    throw new TypeError(`${inputs.length} cells (${inputs.join(', ')}) are read, not ${cells.length}`);
  }
}

/** An indicator system: made once from its document. It never changes. */
export class System extends Owned {
  #scorer = null;

  static parse(document) {
    return new System(document);
  }

  constructor(document) {
    super(parsed('custval_system_parse', document), 'custval_system_free');
    const inputs = [];
    const texts = [];
    for (let i = 0; i < lib.custval_system_inputs(this.handle); i++) {
      const input = struct('custval_input');
      call('custval_system_input', this.handle, i, input);
      inputs.push(input.column);
      texts.push(input.is_text !== 0);
    }
    /** Columns that the system reads: the order of the cells of a row. */
    this.inputs = Object.freeze(inputs);
    /** By input: whether it is a text. */
    this.texts = Object.freeze(texts);
  }

  /** A scorer with options, for many rows. */
  scorer(given) {
    return new Scorer(this, given);
  }

  /** The perceived value of one row, NaN if it has none. */
  value(...cells) {
    return this.scores(...cells).value;
  }

  /** Value, sides, coverage and status of one row. */
  scores(...cells) {
    this.#scorer ??= this.scorer();
    return this.#scorer.scores(...cells);
  }

  /** Scores every row of columns; each score is a Float64Array, the status an Uint32Array. */
  score(columns, given) {
    return within(this.scorer(given), (scorer) => scorer.score(columns));
  }

  /** Why the value of one row is what it is: steps, of which the contributions of the parts add up to it. */
  explain(...cells) {
    return this.#explained(cells, (explanation) => {
      const columns = Object.entries(explanation.columns());
      return Array.from({ length: explanation.rows }, (_, row) =>
        Object.fromEntries(columns.map(([name, column]) => [name, column[row]])),
      );
    });
  }

  /** The same as a tree for people. */
  why(...cells) {
    return this.#explained(cells, (explanation) => {
      const length = new BigUint64Array(1);
      call('custval_explain_text', explanation.handle, null, 0, length);
      const buffer = Buffer.alloc(Number(length[0]) + 1);
      call('custval_explain_text', explanation.handle, buffer, buffer.length, length);
      return buffer.toString('utf8', 0, Number(length[0]));
    });
  }

  /** What is wrong with one row, in one line; empty if nothing is. */
  reason(...cells) {
    return within(this.#row(cells), (table) => {
      const buffer = Buffer.alloc(2048);
      call('custval_row_reason', this.handle, table.handle, 0, null, buffer, buffer.length);
      return buffer.toString('utf8', 0, buffer.indexOf(0));
    });
  }

  #explained(cells, body) {
    return within(this.#row(cells), (table) =>
      within(new Table(make('custval_explain', this.handle, table.handle, 0, null)), body),
    );
  }

  #row(cells) {
    checkCount(cells, this.inputs);
    return this.table(Object.fromEntries(cells.map((cell, i) => [this.inputs[i], [cell]])));
  }

  /** A table of those columns that the system reads; for this module. */
  table(columns) {
    const read = this.inputs.filter((name) => Object.hasOwn(columns, name));
    return Table.of(
      Object.fromEntries(read.map((name) => [name, columns[name]])),
      this.inputs.filter((_, i) => this.texts[i]),
    );
  }

  close() {
    this.#scorer?.close();
    super.close();
  }
}

/** Scores rows of one system again and again, in memory of its own. */
export class Scorer extends Owned {
  #system;
  #numbers;
  #out;
  #status = new Uint32Array(1);
  #anyText;

  constructor(system, given) {
    if (!(system instanceof System)) throw new TypeError('a scorer is one of a System');
    const made = options('custval_score_options', given, SCORE_WORDS);
    super(make('custval_scorer_new', system.handle, made), 'custval_scorer_free');
    this.#system = system;
    this.#anyText = system.texts.includes(true);
    /** Names of the scores. */
    this.columns = Object.freeze(
      Array.from({ length: lib.custval_scorer_columns(this.handle) }, (_, i) =>
        lib.custval_scorer_column_name(this.handle, i),
      ),
    );
    this.#numbers = new Float64Array(system.inputs.length);
    this.#out = new Float64Array(this.columns.length);
  }

  /** Every score of one row by name, NaN where there is none, and `status`: 0, or bits of custval_row_status. */
  scores(...cells) {
    const { inputs, texts } = this.#system;
    checkCount(cells, inputs);
    const words = [];
    for (let i = 0; i < inputs.length; i++) {
      const text = texts[i] ? textOf(cells[i], `"${inputs[i]}"`) : null;
      const data = text === null ? null : Buffer.from(text, 'utf8');
      this.#numbers[i] = texts[i] ? NaN : numberOf(cells[i], `"${inputs[i]}"`);
      words.push({ data, length: data?.length ?? 0 });
    }
    const scores = { status: this.#run(this.#numbers, this.#anyText ? words : null, this.#out) };
    this.columns.forEach((name, i) => (scores[name] = this.#out[i]));
    return scores;
  }

  /**
   * Scores one row of a system that reads no text, into an array of the caller: the fastest way for one row.
   * Gives 0, or bits of custval_row_status.
   */
  row(numbers, out) {
    const { inputs } = this.#system;
    if (this.#anyText) throw new TypeError(`the system reads texts, too: ${inputs.join(', ')}`);
    if (!(numbers instanceof Float64Array) || !(out instanceof Float64Array)) {
      throw new TypeError('a row and its scores are Float64Arrays');
    }
    checkCount(numbers, inputs);
    if (out.length < this.columns.length) throw new TypeError(`there are ${this.columns.length} scores`);
    return this.#run(numbers, null, out);
  }

  #run(numbers, words, out) {
    const status = lib.custval_scorer_row(this.handle, numbers, words, out, this.#status);
    if (status !== 0) throw failure(status, null);
    return this.#status[0];
  }

  /**
   * Scores every row of columns: arrays, or Float64Arrays, which are not copied. `out` may hold a Float64Array for each
   * score and an Uint32Array `status`; what is not there is made, unless there is `out`.
   */
  score(columns, out) {
    return within(this.#system.table(columns), (table) => {
      const into = out ?? this.#room(table.rows);
      for (const name of Object.keys(into)) {
        const kind = name === 'status' ? Uint32Array : Float64Array;
        const known = name === 'status' || this.columns.includes(name);
        if (!known || !(into[name] instanceof kind) || into[name].length < table.rows) {
          throw new TypeError(`score "${name}": there is none, or no ${kind.name} of ${table.rows} for it`);
        }
      }
      const pointers = this.columns.map((name) => into[name] ?? null);
      call('custval_scorer_table', this.handle, table.handle, pointers, into.status ?? null);
      return into;
    });
  }

  #room(rows) {
    const scores = this.columns.map((name) => [name, new Float64Array(rows)]);
    return { ...Object.fromEntries(scores), status: new Uint32Array(rows) };
  }
}

/** Groups of customers that are managed apart. */
export class Groups extends Owned {
  static parse(document) {
    return new Groups(document);
  }

  constructor(document) {
    super(parsed('custval_groups_parse', document), 'custval_groups_free');
    const count = Number(lib.custval_groups_measures(this.handle));
    /** Columns that the measures read: the order of the cells of a row. */
    this.columns = Object.freeze(
      Array.from({ length: count }, (_, i) => {
        const column = [null];
        lib.custval_groups_measure(this.handle, i, column);
        return column[0];
      }),
    );
  }

  /** The group of each row, its levels, and a status. */
  assign(columns) {
    return within(Table.of(columns), (table) =>
      within(new Table(make('custval_groups_assign', this.handle, table.handle, null)), (made) => made.columns()),
    );
  }

  /** The id of the group of one customer, null if there is none; of groups with cuts, not quantiles. */
  group(...cells) {
    checkCount(cells, this.columns);
    return this.assign(Object.fromEntries(cells.map((cell, i) => [this.columns[i], [cell]]))).group[0];
  }
}

/** A lifetime model with its parameters. */
export class Lifetime extends Owned {
  static parse(document) {
    return new Lifetime(document);
  }

  constructor(document) {
    super(parsed('custval_lifetime_parse', document), 'custval_lifetime_free');
  }

  /** Predicts for each row of x, t_x, T and what the options name. */
  predict(columns, given) {
    const made = options('custval_lifetime_predict_options', given, PREDICT_WORDS);
    return within(Table.of(columns), (table) =>
      within(new Table(make('custval_lifetime_predict', this.handle, table.handle, made)), (forecast) =>
        forecast.columns(),
      ),
    );
  }

  /** The lifetime value of one customer over a horizon, NaN if it does not exist. */
  clv({ x, t_x, T, mean_spend }, given) {
    const row = { x: [x], t_x: [t_x], T: [T], mean_spend: [mean_spend] };
    return this.predict(row, { outputs: 'value', ...given }).value[0];
  }
}

/**
 * Weights from judgements in pairs, by the eigenvector method with Saaty's random index of 1980. Entry (i, j) says how
 * many times i is as important as j; null twice if the pair was not judged. A `cr` below 0.1 is consistent enough.
 */
export function weights(matrix, names = matrix.map((_, i) => String(i + 1))) {
  const count = matrix.length;
  if (names.length !== count) throw new TypeError(`the matrix has ${count} rows for ${names.length} names`);
  matrix.forEach((row, i) => {
    if (row.length !== count) throw new TypeError(`row ${i} of the matrix has ${row.length} cells for ${count} names`);
  });
  const cells = Float64Array.from(matrix.flat(), (cell, k) => numberOf(cell, `of the matrix, cell ${k}`));
  const judgements = struct('custval_judgements', { names: names.map(String), count, matrices: cells });
  const made = new Owned(make('custval_weights_ahp', null, judgements, null), 'custval_weights_free');
  return within(made, () => {
    const cr = new Float64Array(1);
    call('custval_weights_diagnostic', made.handle, 'cr', cr);
    const shares = names.map((name, i) => [name, lib.custval_weights_share(made.handle, i)]);
    return { weights: Object.fromEntries(shares), cr: cr[0] };
  });
}
