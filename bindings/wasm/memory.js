// The module's memory: how values of JavaScript get into it and out of it, and how failures become exceptions.
// SPDX-License-Identifier: Apache-2.0

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();
const NONE = 0xffffffff; // CUSTVAL_NONE, and SIZE_MAX of 32 bits

/** The exports of the module's instance, once there is one. */
export let wasm = null;
let views = null;
let error = 0; // a custval_error for every call: JavaScript has one thread
let place = 0; // 8 bytes for out-parameters

/** Takes the instance that everything runs in. */
export function use(instance) {
    wasm = instance.exports;
    wasm._initialize();
    error = wasm.bridge_error_new();
    place = wasm.malloc(8);
}

/** Views of the memory, which move when it grows. */
export function heap() {
    const {buffer} = wasm.memory;
    if (views === null || views.bytes.buffer !== buffer) {
        views = {bytes: new Uint8Array(buffer), words: new Uint32Array(buffer), doubles: new Float64Array(buffer)};
    }
    return views;
}

// --- Failures

/** A call of the library failed. */
export class CustvalError extends Error {
    constructor(message, code, row, node) {
        super(message);
        this.name = "CustvalError";
        this.code = code;
        this.status = textAt(wasm.custval_status_name(code));
        this.row = row;
        this.node = node;
    }
}

const index = (number) => (number >>> 0 === NONE ? null : number >>> 0);

/** Throws what a status says unless it is 0. */
export function check(status) {
    if (status === 0) return;
    const message = textAt(wasm.bridge_error_message(error));
    throw new CustvalError(message, status, index(wasm.bridge_error_row(error)), index(wasm.bridge_error_node(error)));
}

function noMemory() {
    const NO_MEMORY = -2;
    return new CustvalError("there is not enough memory in the module", NO_MEMORY, null, null);
}

/** The pointer, which is 0 only if there was no memory. */
export function made(pointer) {
    if (pointer === 0) throw noMemory();
    return pointer;
}

/** Calls a function whose last arguments are an out-parameter of one word and the error; gives that word. */
export function call(name, ...given) {
    check(wasm[name](...given, place, error));
    return heap().words[place >> 2];
}

/** Calls a function whose last arguments are an out-parameter of one double and the error; gives that double. */
export function callForDouble(name, ...given) {
    check(wasm[name](...given, place, error));
    return heap().doubles[place >> 3];
}

/** Calls a function whose last arguments are an out-parameter of two words, a custval_text, and the error. */
export function callForTwo(name, ...given) {
    check(wasm[name](...given, place, error));
    const {words} = heap();
    return [words[place >> 2], words[(place >> 2) + 1]];
}

/** Calls a function whose last argument is the error. */
export function callWithError(name, ...given) {
    check(wasm[name](...given, error));
}

/** Calls a function that gives a pointer, and a word as its last argument: [pointer, word]. */
export function callForPair(name, ...given) {
    const pointer = wasm[name](...given, place);
    return [pointer, heap().words[place >> 2]];
}

// --- Texts

/** The text at a pointer, up to its NUL; null for NULL. */
export function textAt(pointer) {
    if (pointer === 0) return null;
    const {bytes} = heap();
    return DECODER.decode(bytes.subarray(pointer, bytes.indexOf(0, pointer)));
}

/** The text of so many bytes at a pointer. */
export function textOf(pointer, length) {
    return DECODER.decode(heap().bytes.subarray(pointer, pointer + length));
}

/** What a function writes into a buffer of which it says how long it must be: (..., buffer, capacity, length, error). */
export function written(name, ...given) {
    const length = call(name, ...given, 0, 0);
    return scratch((memory) => {
        const buffer = memory.bytes(length + 1);
        call(name, ...given, buffer, length + 1);
        return textOf(buffer, length);
    });
}

// --- What a call borrows

/** Memory for the time of a call. */
class Scratch {
    #blocks = [];

    /** Uninitialised bytes, aligned for anything. */
    bytes(size) {
        const block = made(wasm.malloc(Math.max(size, 1)));
        this.#blocks.push(block);
        return block;
    }

    /** A block of the library's that ends with the call. */
    keep(pointer) {
        this.#blocks.push(made(pointer));
        return pointer;
    }

    /** UTF-8 with its length: [pointer, bytes]. */
    block(text) {
        const encoded = ENCODER.encode(text);
        const pointer = this.bytes(encoded.length + 1);
        heap().bytes.set(encoded, pointer);
        heap().bytes[pointer + encoded.length] = 0;
        return [pointer, encoded.length];
    }

    /** A NUL-terminated text; NULL for null and undefined. */
    text(text) {
        return text === null || text === undefined ? 0 : this.block(String(text))[0];
    }

    /** An array of pointers to texts. */
    texts(list) {
        const pointers = Array.from(list, (text) => this.text(text));
        const array = this.bytes(4 * pointers.length);
        heap().words.set(pointers, array >> 2);
        return array;
    }

    /** An array of doubles. */
    doubles(numbers) {
        const array = this.bytes(8 * numbers.length);
        heap().doubles.set(numbers, array >> 3);
        return array;
    }

    /** An array of custval_text; null is missing. */
    pieces(list) {
        const array = this.bytes(8 * list.length);
        let used = array >> 2;
        for (const text of list) {
            const [pointer, length] = text === null ? [0, 0] : this.block(text);
            heap().words.set([pointer, length], used);
            used += 2;
        }
        return array;
    }

    free() {
        for (const block of this.#blocks) wasm.free(block);
    }
}

/** Calls work(memory), and frees afterwards what it took of that memory. */
export function scratch(work) {
    const memory = new Scratch();
    try {
        return work(memory);
    } finally {
        memory.free();
    }
}
