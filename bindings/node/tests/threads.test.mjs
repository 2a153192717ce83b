// Each worker thread has its own objects; columns may be memory that all of them share.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { System } from 'custval';
import { SHOP } from './samples.mjs';

const WORKERS = 4;
const ROWS = 40000;

/** The rows of one worker, of columns and scores that lie one after another in one block. */
function part(block, worker) {
  const from = (column) => 8 * (column * ROWS + (worker * ROWS) / WORKERS);
  const view = (column) => new Float64Array(block, from(column), ROWS / WORKERS);
  return { columns: { q1: view(0), q2: view(1), q3: view(2) }, value: view(3) };
}

if (!isMainThread) {
  const { columns, value } = part(workerData.block, workerData.worker);
  const system = System.parse(SHOP);
  for (let i = 0; i < 20; i++) system.scorer({ levels: 'value' }).score(columns, { value });
  system.close();
  parentPort.postMessage('done');
} else {
  test('workers score parts of shared memory', async () => {
    const block = new SharedArrayBuffer(8 * 4 * ROWS);
    new Float64Array(block).forEach((_, i, all) => (all[i] = 1 + ((i * 7919) % 10)));
    await Promise.all(
      Array.from(
        { length: WORKERS },
        (_, worker) =>
          new Promise((resolve, reject) => {
            const one = new Worker(new URL(import.meta.url), { workerData: { block, worker } });
            one.on('message', resolve);
            one.on('error', reject);
          }),
      ),
    );
    const system = System.parse(SHOP);
    const [q1, q2, q3, value] = [0, 1, 2, 3].map((column) => new Float64Array(block, 8 * column * ROWS, ROWS));
    const alone = system.score({ q1, q2, q3 }).value;
    assert.deepEqual(value, alone);
  });
}
