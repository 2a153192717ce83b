// Systems, batches, misuse, chance.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { CustvalError, Groups, Lifetime, Scorer, System, weights } from 'custval';
import { LIFETIME, SHOP, SHOP_WITH_GRADES } from './samples.mjs';

const refused = (part, status) => (error) =>
  error instanceof CustvalError && error.message.includes(part) && (status === undefined || error.status === status);
const misused = (part) => (error) => error instanceof TypeError && error.message.includes(part);

test('parts of an explanation give the value', () => {
  const system = System.parse(SHOP);
  const parts = system.explain(8, 6, 3).filter((step) => step.is_part === 1);
  const sum = parts.reduce((total, step) => total + step.contribution, 0);
  assert.equal(sum, system.value(8, 6, 3));
  assert.match(system.why(8, 6, 3), /quality/);
});

test('every way in gives the same bits', () => {
  const system = System.parse(SHOP);
  const rows = [
    [10, 10, 1],
    [4, 7, 10],
    [null, 5, 2],
  ];
  const columns = Object.fromEntries(system.inputs.map((name, i) => [name, rows.map((row) => row[i])]));
  const scores = system.score({ ...columns, other: ['not', 'read', 'here'] });
  const packed = Object.fromEntries(
    Object.entries(columns).map(([name, cells]) => [name, Float64Array.from(cells, (cell) => cell ?? NaN)]),
  );
  const scorer = system.scorer({ levels: 'value', coverage: 'none' });
  assert.deepEqual(scorer.columns, ['value']);
  const out = { value: new Float64Array(3), status: new Uint32Array(3) };
  assert.equal(scorer.score(packed, out), out);
  const one = new Float64Array(1);
  rows.forEach((row, i) => {
    assert.ok(Object.is(scores.value[i], system.value(...row)));
    assert.ok(Object.is(scores.value[i], out.value[i]));
    assert.equal(scorer.row(Float64Array.from(row, (cell) => cell ?? NaN), one), out.status[i]);
    assert.ok(Object.is(scores.value[i], one[0]));
  });
  assert.equal(scores.value[0], 100);
  assert.ok(Math.abs(scores.value[1] + 58 + 1 / 3) < 1e-12);
});

test('a view of a larger buffer is read and written where it is', () => {
  const system = System.parse(SHOP);
  const block = new Float64Array([99, 10, 4, 10, 7, 1, 10, -1, -1, -1]);
  const columns = { q1: block.subarray(1, 3), q2: block.subarray(3, 5), q3: block.subarray(5, 7) };
  system.scorer().score(columns, { value: block.subarray(8, 10) });
  assert.equal(block[7], -1);
  assert.equal(block[8], 100);
  assert.ok(Math.abs(block[9] + 58 + 1 / 3) < 1e-12);
});

test('large batches with garbage collections between', () => {
  const system = System.parse(SHOP);
  const rows = 200000;
  const columns = Object.fromEntries(
    system.inputs.map((name, i) => [name, Float64Array.from({ length: rows }, (_, row) => 1 + ((row * (i + 3)) % 10))]),
  );
  const { value } = system.score(columns);
  for (let row = 0; row < rows; row += 997) {
    assert.equal(value[row], system.value(columns.q1[row], columns.q2[row], columns.q3[row]));
  }
  // Small arrays live within the heap until their address is taken.
  for (let i = 0; i < 20000; i++) {
    const small = { q1: Float64Array.of(10), q2: Float64Array.of(10), q3: Float64Array.of(1) };
    assert.equal(system.score(small).value[0], 100);
  }
});

test('texts, numbers as texts, and what is missing', () => {
  const system = System.parse(SHOP_WITH_GRADES);
  assert.deepEqual(system.inputs, ['q1', 'grade', 'q3']);
  assert.deepEqual(system.texts, [false, true, false]);
  assert.equal(system.value(10, '\u{1F642}', 1), 100);
  assert.equal(system.value('10', 'gut', '1.0'), system.value(10, 'gut', 1));
  assert.equal(system.value(10, 7, 1), system.value(10, '7', 1));
  assert.deepEqual(system.scores(undefined, 'gut', 1), system.scores('', 'gut', 1));
  assert.ok(Number.isNaN(system.value(null, null, null)));
  assert.equal(system.scores(10, 'schlecht', 1).status, 2048);
  assert.match(system.reason(10, 'schlecht', 1), /schlecht/);
  assert.equal(system.reason(10, 'gut', 1), '');
  const batch = system.score({ q1: [10, 10], grade: ['gut', null], q3: [1, 1] });
  assert.deepEqual([...batch.value], [system.value(10, 'gut', 1), system.value(10, null, 1)]);
  assert.equal(system.score({ q1: [], grade: [], q3: [] }).value.length, 0);
});

test('options reach the library', () => {
  const system = System.parse(SHOP);
  assert.deepEqual(system.scorer({ levels: ['value', 'indicator'], coverage: 'none' }).columns, [
    'value',
    'quality',
    'range',
    'price',
  ]);
  assert.throws(() => system.scorer({ profile: 'nobody' }), refused('nobody', 'CUSTVAL_ERROR_NOT_FOUND'));
  for (const wrong of [{ nothing: 1 }, { levels: 'all' }, { profile: 5 }, { host: 1 }, { struct_size: 3 }, { levels: 1 }]) {
    assert.throws(() => system.scorer(wrong), misused('option'));
  }
});

test('misuse throws', () => {
  const system = System.parse(SHOP);
  assert.throws(() => system.value(1, 2), misused('3 cells (q1, q2, q3) are read, not 2'));
  assert.throws(() => system.value(1, 'two', 3), misused('"q2"'));
  assert.throws(() => system.value(1, {}, 3), misused('"q2"'));
  assert.throws(() => system.score({ q1: [1], q2: [1] }), refused('q3'));
  assert.throws(() => system.score({ q1: [1], q2: [1, 2], q3: [1] }), misused('"q2"'));
  assert.throws(() => system.score({ q1: [1], q2: 5, q3: [1] }), misused('"q2"'));
  assert.throws(() => system.score({ q1: [1], q2: [[]], q3: [1] }), misused('row 0'));
  const rows = { q1: [1, 2], q2: [1, 2], q3: [1, 2] };
  const scorer = system.scorer();
  assert.throws(() => scorer.score(rows, { value: new Float64Array(1) }), misused('value'));
  assert.throws(() => scorer.score(rows, { value: [0, 0] }), misused('value'));
  assert.throws(() => scorer.score(rows, { joy: new Float64Array(2) }), misused('joy'));
  assert.throws(() => scorer.row([1, 2, 3], new Float64Array(9)), misused('Float64Array'));
  assert.throws(() => scorer.row(new Float64Array(3), new Float64Array(1)), misused('4 scores'));
  assert.throws(() => System.parse(null), misused('text'));
  assert.throws(() => new Scorer({}), TypeError);
  assert.throws(() => Groups.parse('{}'), refused('', 'CUSTVAL_ERROR_DOCUMENT'));
  assert.throws(() => Lifetime.parse(''), refused('', 'CUSTVAL_ERROR_DOCUMENT'));
  assert.throws(() => weights([[1, 2]]), misused('row 0'));
  assert.throws(() => weights([]), refused(''));
  assert.throws(
    () =>
      weights(
        [
          [1, 2],
          [2, 1],
        ],
        ['a', 'b'],
      ),
    refused('b'),
  );
});

test('what is closed says so', () => {
  const system = System.parse(SHOP);
  const scorer = system.scorer();
  system.value(1, 2, 3);
  system.close();
  system.close();
  assert.throws(() => system.value(1, 2, 3), /closed/);
  assert.throws(() => system.score({ q1: [1], q2: [1], q3: [1] }), /closed/);
  assert.ok(Number.isFinite(scorer.scores(1, 2, 3).value), 'a scorer keeps its system');
  scorer.close();
  assert.throws(() => scorer.scores(1, 2, 3), /Scorer is closed/);
});

test('the lifetime value is what its parts say', () => {
  const lifetime = Lifetime.parse(LIFETIME);
  const row = { x: [2], t_x: [30], T: [38], spend: [20] };
  const options = { horizon: 52, cash_period: 4, rate: 0.1, rate_period: 52, spend_column: 'spend' };
  const worth = lifetime.predict(row, { ...options, outputs: ['expected', 'value'] });
  const most = 20 * worth.expected[0];
  assert.ok(worth.value[0] < most && worth.value[0] > most / 1.1, 'discounted by less than a year');
  assert.throws(() => lifetime.predict(row, { horizon: -1 }), refused(''));
  assert.throws(() => lifetime.clv({ x: 2, t_x: 30, T: 38, mean_spend: 20 }, { horizon: 52 }), refused(''));
});

test('whatever comes, an exception is the worst that happens', () => {
  let state = 1;
  const chance = (below) => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % 65536 % below;
  const cells = [null, undefined, 1, 5.5, -1e308, NaN, Infinity, -Infinity, 2n ** 70n, true, '', 'gut', '\ud800', 'a\0b'];
  cells.push('x'.repeat(5000), [], {}, Symbol('s'), () => 0);
  const system = System.parse(SHOP_WITH_GRADES);
  let scored = 0;
  let wrong = 0;
  for (let i = 0; i < 20000; i++) {
    const row = Array.from({ length: chance(10) ? 3 : chance(6) }, () => cells[chance(cells.length)]);
    try {
      const value = system.value(...row);
      assert.ok(Number.isNaN(value) || Math.abs(value) <= 100);
      scored++;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      wrong++;
    }
  }
  assert.ok(scored > 1000 && wrong > 1000, `${scored} scored, ${wrong} refused`);
  wrong = 0;
  for (let i = 0; i < 6000; i++) {
    let text = i % 2 ? SHOP_WITH_GRADES : LIFETIME;
    for (let k = 1 + chance(3); k > 0; k--) {
      const place = chance(text.length);
      const put = chance(2) ? String.fromCharCode(chance(chance(2) ? 128 : 65536)) : '';
      text = text.slice(0, place) + put + text.slice(place + chance(10));
    }
    try {
      (i % 2 ? System : Lifetime).parse(text).close();
    } catch (error) {
      if (!(error instanceof CustvalError)) throw error;
      assert.ok(error.message.length > 10);
      wrong++;
    }
  }
  assert.ok(wrong > 3000, `${wrong} refused`);
});

test('what is forgotten is freed', async () => {
  const used = [];
  for (let round = 0; round < 6; round++) {
    for (let i = 0; i < 2000; i++) System.parse(SHOP).scores(1, 2, 3);
    global.gc();
    await new Promise((resolve) => setTimeout(resolve, 50));
    used.push(process.memoryUsage().rss);
  }
  assert.ok(used[5] - used[1] < 16 << 20, used.join(', '));
});
