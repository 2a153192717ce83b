// The library through koffi: calls, errors, objects that are freed, tables. Nothing of this is for users.
// SPDX-License-Identifier: Apache-2.0
import koffi from 'koffi';
import { FUNCTIONS, HANDLES, INITIAL, STRUCTS, WORDS } from './declarations.mjs';

const SIZE_MAX = 2n ** 64n - 1n;
const NAMES = { win32: 'custval-0.dll', darwin: 'libcustval.0.dylib' };

/** What the library refuses: the message names the node, column, row and value concerned. */
export class CustvalError extends Error {
  constructor(message, status, code, row) {
    super(message);
    this.name = 'CustvalError';
    this.status = status;
    this.code = code;
    this.row = row;
  }
}

/** A text within a struct is an array of known length. */
function memberType(type) {
  const array = /^char\[(\d+)\]$/.exec(type);
  return array ? koffi.array('char', Number(array[1]), 'String') : type;
}

function open() {
  const library = koffi.load(process.env.CUSTVAL_LIBRARY || NAMES[process.platform] || 'libcustval.so.0');
  for (const name of HANDLES) koffi.opaque(name);
  const types = {};
  for (const [name, members] of Object.entries(STRUCTS)) {
    const kinds = Object.entries(members).map(([member, type]) => [member, memberType(type)]);
    types[name] = koffi.struct(name, Object.fromEntries(kinds));
  }
  const functions = {};
  for (const [name, prototype] of Object.entries(FUNCTIONS)) functions[name] = library.func(prototype);
  return { functions, types };
}

const { functions, types } = open();

export const lib = functions;

/** A struct with its size and its first values. */
export function struct(type, members = {}) {
  const made = {};
  for (const [name, kind] of Object.entries(STRUCTS[type])) {
    made[name] = kind === 'str' || kind.includes('*') ? null : kind.startsWith('char[') ? '' : 0;
  }
  return { ...made, struct_size: koffi.sizeof(types[type]), ...INITIAL[type], ...members };
}

/** Calls what may fail; the error is its last argument. */
export function call(name, ...given) {
  const error = struct('custval_error');
  const status = functions[name](...given, error);
  if (status !== 0) throw failure(status, error);
}

export function failure(status, error) {
  const row = error === null || BigInt(error.row) === SIZE_MAX ? null : Number(error.row);
  const message = error?.message || functions.custval_status_description(status);
  return new CustvalError(message, functions.custval_status_name(status), status, row);
}

/** A call that makes an object. */
export function make(name, ...given) {
  const out = [null];
  call(name, ...given, out);
  return out[0];
}

/** Options of a call: members by name, words being bits of the enum that `words` gives for a member. */
export function options(type, given = {}, words = {}) {
  for (const [name, value] of Object.entries(given)) {
    const kind = STRUCTS[type][name];
    const suits = words[name] !== undefined || typeof value === (kind === 'str' ? 'string' : 'number');
    if (kind === undefined || name === 'struct_size' || kind.includes('*') || (value !== undefined && !suits)) {
      throw new TypeError(`option "${name}" does not exist, or not with such a value`);
    }
  }
  const members = Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, words[name] === undefined ? value : bits(name, words[name], [value].flat())]);
  return struct(type, Object.fromEntries(members));
}

function bits(name, vocabulary, list) {
  return list.reduce((sum, word) => {
    if (!Object.hasOwn(WORDS[vocabulary], word)) throw new TypeError(`option "${name}" cannot be "${word}"`);
    return sum | WORDS[vocabulary][word];
  }, 0);
}

const forgotten = new FinalizationRegistry(({ free, handle }) => functions[free](handle));

/** An object of the library: freed once, by close() or when it is collected. */
export class Owned {
  #handle;
  #free;

  constructor(handle, free) {
    this.#handle = handle;
    this.#free = free;
    forgotten.register(this, { free, handle }, this);
  }

  get handle() {
    if (this.#handle === null) throw new Error(`the ${this.constructor.name} is closed`);
    return this.#handle;
  }

  close() {
    if (this.#handle === null) return;
    forgotten.unregister(this);
    functions[this.#free](this.#handle);
    this.#handle = null;
  }
}

if (Symbol.dispose) Owned.prototype[Symbol.dispose] = Owned.prototype.close;

/** A number as people and databases write it: null, undefined and '' are missing. */
export function numberOf(cell, where) {
  if (typeof cell === 'number') return cell;
  if (cell === null || cell === undefined || cell === '') return NaN;
  if (typeof cell === 'boolean' || typeof cell === 'bigint') return Number(cell);
  if (typeof cell === 'string' && cell.trim() !== '' && !Number.isNaN(Number(cell))) return Number(cell);
  throw new TypeError(`column ${where}: ${typeof cell} where a number is needed`);
}

/** A text; whole numbers are read as their digits. Null for a missing one. */
export function textOf(cell, where) {
  if (cell === null || cell === undefined || cell === '' || Number.isNaN(cell)) return null;
  if (typeof cell === 'string' || Number.isInteger(cell) || typeof cell === 'bigint') return String(cell);
  throw new TypeError(`column ${where}: ${typeof cell} where a text is needed`);
}

/** Columns of one length, for calls within one function: what it borrows must not be changed before it is closed. */
export class Table extends Owned {
  #borrowed = [];

  /** `texts`: names of those columns that hold texts. */
  static of(columns, texts = []) {
    const entries = Object.entries(columns);
    const rows = entries.length === 0 ? 0 : lengthOf(...entries[0]);
    const table = new Table(make('custval_table_new', null, rows), rows);
    try {
      for (const [name, column] of entries) {
        if (lengthOf(name, column) !== rows) {
          throw new TypeError(`column "${name}" has ${column.length} cells, not ${rows} as those before it`);
        }
        if (texts.includes(name)) table.#addTexts(name, column);
        else table.#addNumbers(name, column);
      }
    } catch (error) {
      table.close();
      throw error;
    }
    return table;
  }

  constructor(handle, rows = Number(lib.custval_table_rows(handle))) {
    super(handle, 'custval_table_free');
    this.rows = rows;
  }

  #addNumbers(name, column) {
    const numbers = column instanceof Float64Array ? column : numbersOf(name, column);
    // Small arrays live within the heap, where they move, until their buffer is asked for.
    this.#borrowed.push(numbers.buffer);
    call('custval_table_add_doubles', this.handle, name, numbers);
  }

  /** An empty text is a missing one. */
  #addTexts(name, column) {
    const texts = Array.from(column, (cell, row) => Buffer.from(textOf(cell, `"${name}", row ${row}`) ?? '', 'utf8'));
    const offsets = new Int32Array(texts.length + 1);
    texts.forEach((text, row) => (offsets[row + 1] = offsets[row] + text.length));
    const data = Buffer.concat([...texts, Buffer.alloc(1)]);
    const described = struct('custval_column', { type: WORDS.custval_type.utf8, data, offsets });
    call('custval_table_add_copy', this.handle, name, described);
  }

  /** Every column by name: Float64Array, or an array of texts and nulls. */
  columns() {
    const columns = {};
    for (let i = 0; i < Number(lib.custval_table_columns(this.handle)); i++) {
      columns[lib.custval_table_name(this.handle, i)] = this.#column(i);
    }
    return columns;
  }

  #column(index) {
    const column = struct('custval_column');
    call('custval_table_column', this.handle, index, column);
    const { utf8, dictionary, float64 } = WORDS.custval_type;
    if (column.type >= utf8 && column.type <= dictionary) return this.#texts(index);
    const numbers = new Float64Array(this.rows);
    if (column.type === float64 && this.rows > 0) {
      numbers.set(new Float64Array(koffi.view(column.data, 8 * this.rows)));
      return numbers;
    }
    const out = new Float64Array(1);
    for (let row = 0; row < this.rows; row++) {
      call('custval_table_number', this.handle, index, row, out);
      numbers[row] = out[0];
    }
    return numbers;
  }

  #texts(index) {
    return Array.from({ length: this.rows }, (_, row) => {
      const text = {};
      call('custval_table_text', this.handle, index, row, text);
      if (text.data === null) return null;
      const length = Number(text.length);
      return length === 0 ? '' : Buffer.from(koffi.view(text.data, length)).toString('utf8');
    });
  }
}

function numbersOf(name, column) {
  const numbers = new Float64Array(column.length);
  for (let row = 0; row < numbers.length; row++) {
    const cell = column[row];
    numbers[row] = typeof cell === 'number' ? cell : numberOf(cell, `"${name}", row ${row}`);
  }
  return numbers;
}

function lengthOf(name, column) {
  if (column === null || typeof column !== 'object' || !Number.isInteger(column.length)) {
    throw new TypeError(`column "${name}" is no array`);
  }
  return column.length;
}
