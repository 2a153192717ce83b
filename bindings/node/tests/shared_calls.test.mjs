// The calls that every embedding answers alike: tests/embeddings/calls.py writes them.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { CustvalError, Groups, Lifetime, System, weights } from 'custval';

const number = (cell) => cell ?? NaN;
const list = (column) => [column].flat();
const first = (columns) => Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[0]]));

function exactly(call, found) {
  // Object.is: NaN is NaN, and 0 is not -0.
  for (const [name, exact] of Object.entries(call.exact)) assert.ok(Object.is(found[name], number(exact)), name);
}

function near(call, found) {
  for (const [name, expected] of Object.entries(call.expected)) {
    if (expected === null || !(name in found)) continue;
    const tolerance = call.tolerance * Math.max(1, Math.abs(expected));
    assert.ok(Math.abs(found[name] - expected) <= tolerance, `${name}: ${found[name]} instead of ${expected}`);
  }
}

const kinds = {
  score(call) {
    const system = System.parse(JSON.stringify(call.system));
    assert.deepEqual(system.inputs, call.inputs);
    const scores = system.scores(...call.cells);
    assert.equal(scores.status, call.status);
    exactly(call, scores);
    near(call, scores);
    const columns = Object.fromEntries(call.inputs.map((name, i) => [name, list(call.cells[i])]));
    exactly(call, first(system.score(columns)));
    system.close();
  },
  refuse(call) {
    assert.throws(
      () => System.parse(JSON.stringify(call.system)),
      (error) =>
        error instanceof CustvalError && error.status === call.error && error.message.includes(call.message_part),
    );
  },
  weights(call) {
    const made = weights(call.matrix);
    const shares = call.matrix.map((_, i) => made.weights[String(i + 1)]);
    assert.deepEqual(shares, call.exact.weights);
    assert.ok(Object.is(made.cr, number(call.exact.cr)));
  },
  group(call) {
    const groups = Groups.parse(JSON.stringify(call.groups));
    assert.deepEqual(groups.columns, call.inputs);
    assert.equal(groups.group(...call.cells), call.expected);
  },
  lifetime(call) {
    const [x, t_x, T] = call.cells.map((cell) => [cell]);
    const options = { horizon: call.horizon, outputs: ['alive', 'expected'] };
    const found = first(Lifetime.parse(JSON.stringify(call.lifetime)).predict({ x, t_x, T }, options));
    exactly(call, found);
    near(call, found);
  },
};

const { calls } = JSON.parse(fs.readFileSync(process.env.CUSTVAL_CALLS, 'utf8'));
for (const call of calls) test(`${call.call} ${call.id}`, () => kinds[call.call](call));
