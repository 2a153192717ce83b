// A few words for tests in Node and in the browser. The last line printed is "N passed, N failed, N skipped".
// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";

const counts = {passed: 0, failed: 0, skipped: 0};

/** Runs one test; its name is a sentence. */
export async function test(name, body) {
    try {
        await body();
        counts.passed++;
        console.log(`ok ${counts.passed + counts.failed} - ${name}`);
    } catch (error) {
        counts.failed++;
        console.log(`not ok ${counts.passed + counts.failed} - ${name}\n${error.stack}`);
    }
}

export function skip(name, why) {
    counts.skipped++;
    console.log(`skipped: ${name}: ${why}`);
}

/** Prints the counts, and ends the process. */
export function finish() {
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
    process.exit(counts.failed === 0 ? 0 : 1);
}

/** The same double to the last bit; null expects NaN. */
export function same(actual, expected, what) {
    assert.ok(Object.is(actual, expected ?? NaN), `${what} is ${actual}, expected ${expected}`);
}

/** Within a tolerance; null expects NaN. */
export function near(actual, expected, tolerance, what) {
    const size = Math.max(1, Math.abs(expected));
    assert.ok(
        expected === null ? Number.isNaN(actual) : Math.abs(actual - expected) <= tolerance * size,
        `${what} is ${actual}, expected ${expected} within ${tolerance}`,
    );
}

const source = new URL(`file://${process.env.CUSTVAL_SOURCE}/`);

/** A file of the source tree. */
export function read(path) {
    return readFileSync(new URL(path, source), "utf8");
}

/** The calls that every embedding must answer alike, of one kind. */
export function calls(kind) {
    return JSON.parse(readFileSync(process.env.CUSTVAL_CALLS, "utf8")).calls.filter(({call}) => call === kind);
}

/** A generator of numbers in [0, 1) that gives the same ones again for the same seed. */
export function seeded(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}
