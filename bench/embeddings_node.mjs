// Scores a million rows in Node: node embeddings_node.mjs SYSTEM ROWS, where the package custval is. Prints JSON lines.
// SPDX-License-Identifier: Apache-2.0
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const REPEATS = 7;
const WEIGHTS = [0.25, 0.2, 0.25, 0.15, 0.15, -0.4, -0.25, -0.15, -0.2];
const require = createRequire(pathToFileURL(`${process.cwd()}/`));
const { System } = await import(pathToFileURL(require.resolve('custval')));

function report(what, task) {
  task();
  const took = Array.from({ length: REPEATS }, () => {
    const begun = performance.now();
    task();
    return (performance.now() - begun) / 1000;
  }).sort((a, b) => a - b);
  console.log(JSON.stringify({ what, seconds: took[REPEATS >> 1] }));
}

const rows = Number(process.argv[3]);
const system = System.parse(fs.readFileSync(process.argv[2], 'utf8'));
const names = system.inputs;
const cell = (c, r) => 1 + ((r * (2 * c + 7) + Math.floor(r / 11)) % 10);
const lent = Object.fromEntries(names.map((name, c) => [name, Float64Array.from({ length: rows }, (_, r) => cell(c, r))]));
const arrays = Object.fromEntries(names.map((name) => [name, Array.from(lent[name])]));
const scorer = system.scorer({ levels: 'value', coverage: 'none' });
const out = { value: new Float64Array(rows), status: new Uint32Array(rows) };
report('columns lent', () => scorer.score(lent, out));
report('columns of arrays', () => scorer.score(arrays, out));
const columns = names.map((name) => lent[name]);
const row = new Float64Array(names.length);
const one = new Float64Array(1);
report('rows one by one', () => {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < row.length; c++) row[c] = columns[c][r];
    scorer.row(row, one);
  }
});
const plain = new Float64Array(rows);
report('plain expression', () => {
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let c = 0; c < row.length; c++) sum += ((WEIGHTS[c] * (columns[c][r] - 1)) / 9) * 100;
    plain[r] = sum;
  }
});
