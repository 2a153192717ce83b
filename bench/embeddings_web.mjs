// What embeddings_web.py measures in Node: embeddings_web.mjs MODULE_FOLDER SYSTEM.json ROWS -> seconds by name, as JSON.
// SPDX-License-Identifier: Apache-2.0
import {readFileSync} from "node:fs";

const [folder, path, size] = process.argv.slice(2), rows = Number(size);
const {init, System} = await import(`file://${folder}/custval.js`);
const REPEATS = 7, ROW_CALLS = Math.min(rows, 200000);
await init();
const system = new System(readFileSync(path, "utf8"));
const names = system.inputs.map(({column}) => column);
let state = 1;
const answer = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 1 + (state >>> 16) % 10;
};
const columns = Object.fromEntries(names.map((name) => [name, Float64Array.from({length: rows}, answer)]));
const lists = Object.fromEntries(names.map((name) => [name, Array.from(columns[name])])), cells = Float64Array.from(names, answer);

/** The plain expression: what somebody would write who has only this system, and checks every answer. */
const {dimensions} = system.toJSON();
const shares = (nodes) => {
    const total = nodes.reduce((sum, {weight = 1}) => sum + weight, 0);
    return nodes.map(({weight = 1}) => weight / total);
};
const items = ["benefit", "sacrifice"].flatMap((side) => {
    const own = dimensions.filter((dimension) => dimension.side === side), weights = shares(own);
    return own.flatMap(({indicators}, place) => {
        const local = shares(indicators);
        return indicators.map((indicator, inner) => ({
            column: columns[indicator.items[0].column],
            scale: indicator.items[0].scale,
            weight: (side === "benefit" ? 1 : -1) * weights[place] * local[inner],
        }));
    });
});

function plain() {
    const out = new Float64Array(rows);
    for (const {column, scale: [low, high], weight} of items) {
        for (let row = 0; row < rows; row++) {
            const given = column[row];
            out[row] += given >= low && given <= high ? weight * 100 * (given - low) / (high - low) : NaN;
        }
    }
    return out;
}

function median(work) {
    const times = Array.from({length: REPEATS}, () => {
        const start = performance.now();
        work();
        return (performance.now() - start) / 1000;
    });
    return times.sort((a, b) => a - b)[REPEATS >> 1];
}

const options = {levels: "value", coverage: "none"};
const ours = system.scores(columns, options).value, theirs = plain();
for (let row = 0; row < rows; row += 997) {
    if (!(Math.abs(ours[row] - theirs[row]) < 1e-9)) throw new Error(`row ${row}: ${ours[row]}, plainly ${theirs[row]}`);
}
console.log(JSON.stringify({
    columns: median(() => system.scores(columns, options)),
    arrays: median(() => system.scores(lists, options)),
    plain: median(plain),
    rows: median(() => {
        for (let i = 0; i < ROW_CALLS; i++) system.value(cells, options);
    }) * (rows / ROW_CALLS),
}));
