// The shared calls: every answer of the C library, to the last bit. Usage: node test_calls.mjs FOLDER_OF_THE_MODULE
// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import {calls, finish, near, same, test} from "./harness.mjs";

const {CustvalError, Groups, init, Lifetime, System, weights} = await import(`file://${process.argv[2]}/custval.js`);
await init();

function answers(made, call) {
    for (const [name, expected] of Object.entries(call.exact)) same(made[name], expected, name);
    for (const [name, expected] of Object.entries(call.expected)) near(made[name], expected, call.tolerance, name);
}

for (const call of calls("score")) {
    await test(`score ${call.id}`, () => {
        const system = new System(call.system);
        assert.deepEqual(system.inputs.map(({column}) => column), call.inputs);
        const byName = Object.fromEntries(call.inputs.map((name, place) => [name, call.cells[place]]));
        const columns = Object.fromEntries(call.inputs.map((name, place) => [name, Array(3).fill(call.cells[place])]));
        for (const made of [system.score(call.cells), system.score(byName)]) {
            answers(made, call);
            assert.equal(made.status, call.status);
        }
        const table = system.scores(columns);
        for (let row = 0; row < 3; row++) {
            answers(Object.fromEntries(Object.entries(table).map(([name, cells]) => [name, cells[row]])), call);
        }
        assert.equal(system.reason(call.cells) === "", call.status === 0);
        const {contribution, is_part: isPart, unit} = system.explain(call.cells);
        const value = contribution.reduce((sum, part, place) => sum + (isPart[place] === 1 ? part : 0), 0);
        if (call.exact.value !== null && unit[0] === "points") same(value + 0, call.exact.value + 0, "the sum of the parts");
        system.free();
    });
}

for (const call of calls("refuse")) {
    await test(`refuse ${call.id}`, () => {
        assert.throws(() => new System(call.system), (error) => {
            assert.ok(error instanceof CustvalError && error instanceof Error);
            assert.equal(error.status, call.error);
            assert.ok(error.message.includes(call.message_part), error.message);
            return true;
        });
    });
}

for (const call of calls("weights")) {
    await test(`weights ${call.id}`, () => {
        const made = weights(call.matrix);
        call.exact.weights.forEach((weight, place) => same(made.weights[place], weight, `weight ${place}`));
        same(made.consistencyRatio, call.exact.cr, "the consistency ratio");
        call.expected?.forEach((weight, place) => near(made.weights[place], weight, call.tolerance, `weight ${place}`));
    });
}

for (const call of calls("group")) {
    await test(`group ${call.id}`, () => assert.equal(new Groups(call.groups).group(call.cells), call.expected));
}

for (const call of calls("lifetime")) {
    await test(`lifetime ${call.id}`, () => answers(new Lifetime(call.lifetime).clv(call.cells, {horizon: call.horizon}), call));
}

finish();
