// The module beyond the shared calls: options, misuse, memory, broken input. Usage: node test_module.mjs FOLDER_OF_THE_MODULE
// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import {readFile} from "node:fs/promises";
import {calls, finish, near, read, same, seeded, skip, test} from "./harness.mjs";

const folder = process.argv[2];
const library = await import(`file://${folder}/custval.js`);
const {CustvalError, Groups, init, Lifetime, statusWords, System, version, weights} = library;

const DOCUMENT = {
    custval: "system",
    version: 1,
    id: "shop",
    profile_column: "segment",
    profiles: [{id: "new", weights: {quality: 1, range: 1}}],
    dimensions: [
        {
            id: "product",
            label: {en: "Product", zh: "产品"},
            side: "benefit",
            indicators: [
                {id: "quality", weight: 3, items: [{column: "q1", scale: [1, 10]}]},
                {id: "range", weight: 1, items: [{column: "q2", scale: [1, 10]}]},
            ],
        },
        {id: "money", side: "sacrifice", indicators: [{id: "price", items: [{column: "q3", scale: [1, 10]}]}]},
    ],
};
const COLUMNS = {q1: [10, 4, null], q2: [10, 7, 7], q3: [1, 10, 5], segment: [null, "new", ""]};

function refuses(status, part, call) {
    assert.throws(call, (error) => {
        assert.ok(error instanceof CustvalError, error.stack);
        assert.equal(error.status, status);
        assert.ok(error.message.includes(part), error.message);
        return true;
    });
}

function misused(part, call) {
    assert.throws(call, (error) => error instanceof TypeError && (error.message.includes(part) || assert.fail(error.message)));
}

// --- Loading

await test("nothing works before init(), and it says so", () => {
    for (const call of [() => new System(DOCUMENT), () => weights([[1]]), () => new Groups("{}")]) {
        assert.throws(call, /await init\(\) first/);
    }
});

await test("a file that is not there can be tried again", async () => {
    await assert.rejects(init(`file://${folder}/nothing.wasm`), /nothing\.wasm/);
    await assert.rejects(init(new Uint8Array([0, 1, 2])), WebAssembly.CompileError);
    await init(await readFile(`${folder}/custval.wasm`));
    await init();
    assert.equal(version(), JSON.parse(await readFile(`${folder}/package.json`, "utf8")).version);
});

await test("the module wants nothing of its host but to be told when its memory grows", async () => {
    const module = await WebAssembly.compile(await readFile(`${folder}/custval.wasm`));
    assert.deepEqual(WebAssembly.Module.imports(module).map(({name}) => name), ["emscripten_notify_memory_growth"]);
});

// --- Systems

await test("a system shows what it reads, and writes itself", () => {
    const system = new System(JSON.stringify(DOCUMENT));
    assert.equal(system.id, "shop");
    assert.deepEqual(system.inputs.map(({column, isText}) => [column, isText]),
        [["q1", false], ["q2", false], ["q3", false], ["segment", true]]);
    assert.deepEqual(new System(system.toJSON()).toJSON(), system.toJSON());
    assert.equal(system.label("product", "zh"), "产品");
    assert.equal(system.label("product", "ko"), "Product");
    refuses("CUSTVAL_ERROR_NOT_FOUND", "produkt", () => system.label("produkt"));
});

await test("a table with one item a row is a system", () => {
    const table = {
        side: ["benefit", null, "sacrifice"], dimension: ["product", "", "money"], indicator: ["quality", "range", "price"],
        indicator_weight: [3, 1, null], column: ["q1", "q2", "q3"], low: [1, 1, 1], high: [10, 10, 10],
    };
    same(System.fromTable(table).value([4, 7, 10]), new System(DOCUMENT).value([4, 7, 10, null]), "value");
    refuses("CUSTVAL_ERROR_NOT_FOUND", "colum", () => System.fromTable({...table, colum: ["q1", "q2", "q3"]}));
});

await test("columns of every kind give the same scores", () => {
    const system = new System(DOCUMENT);
    const scores = system.scores(COLUMNS);
    same(scores.value[0], 100, "value");
    assert.ok(scores.value instanceof Float64Array && scores.status instanceof Uint32Array);
    const packed = {...COLUMNS, q1: Float64Array.of(10, 4, NaN), q2: Int32Array.of(10, 7, 7), q3: [1n, 10n, 5n]};
    assert.deepEqual(system.scores(packed), scores);
    for (let row = 0; row < 3; row++) {
        const cells = Object.fromEntries(Object.entries(COLUMNS).map(([name, column]) => [name, column[row]]));
        same(system.value(cells), scores.value[row], `row ${row}`);
    }
    assert.deepEqual(Object.keys(scores), ["value", "benefit", "sacrifice", "coverage", "status"]);
    assert.deepEqual([...system.scores({q1: [], q2: [], q3: [], segment: []}).value], []);
});

await test("options are those of the library", () => {
    const system = new System(DOCUMENT);
    const all = system.scores(COLUMNS, {levels: "all", coverage: "none"});
    assert.deepEqual(Object.keys(all).slice(0, 5), ["value", "benefit", "product", "quality", "q1"]);
    const row = system.score([4, 7, 10, null], {profile: "new", levels: ["value", "dimension"]});
    near(row.product, 50, 1e-15, "equal weights");
    near(system.score([4, 7, 10, null]).benefit, 41 + 2 / 3, 1e-15, "weights 3 and 1");
    near(system.score([4, 7, 10, "new"]).benefit, 50, 1e-15, "by its column");
    refuses("CUSTVAL_ERROR_NOT_FOUND", "nobody", () => system.scores(COLUMNS, {profile: "nobody"}));
    misused('"leveles" is no option', () => system.scores(COLUMNS, {leveles: "all"}));
    misused('"node" is no level', () => system.value([1, 2, 3, null], {levels: "node"}));
});

await test("a row without a value has its reason", () => {
    const system = new System({...DOCUMENT, profile_column: undefined, profiles: undefined});
    const {value, status} = system.score([11, 7, 10]);
    assert.ok(Number.isNaN(value));
    assert.deepEqual(statusWords(status), ["out-of-scale"]);
    assert.match(system.reason([11, 7, 10]), /q1.*11/);
    assert.equal(system.reason([1, 7, 10]), "");
    assert.match(system.explainText([1, 7, 10]), /quality/);
    assert.equal(system.explain([1, 7, 10], {language: "zh"}).label[2], "产品");
});

await test("misuse is a TypeError that names column, row and cell", () => {
    const system = new System(DOCUMENT);
    misused('column "q1", row 1: "abc" is no number', () => system.scores({...COLUMNS, q1: [1, "abc", 2]}));
    misused('column "segment", row 0: 1.5 is no text', () => system.scores({...COLUMNS, segment: [1.5, null, null]}));
    misused('column "q2" has 2 rows', () => system.scores({...COLUMNS, q2: [1, 2]}));
    misused('column "q2" is no array', () => system.scores({...COLUMNS, q2: 7}));
    misused("a row has 4 cells (q1, q2, q3, segment), not 3", () => system.value([1, 2, 3]));
    misused("an array or an object", () => system.value(7));
    misused("an array or an object", () => system.explain(null));
    misused('column "q1": "abc" is no number', () => system.value({q1: "abc"}));
    refuses("CUSTVAL_ERROR_NOT_FOUND", "q3", () => system.scores({q1: [1], q2: [1], segment: [null]}));
});

await test("what is freed cannot be used", () => {
    const system = new System(DOCUMENT);
    system.value([1, 2, 3, null]);
    system.free();
    system.free();
    for (const call of [() => system.value([1, 2, 3, null]), () => system.scores(COLUMNS), () => system.id]) {
        misused("this System has been freed", call);
    }
});

// --- Weights, groups, lifetimes

await test("judgements may be missing in pairs, and must be a square", () => {
    const whole = weights([[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]]);
    const partial = weights([[1, 2, null], [0.5, 1, 2], [null, 0.5, 1]], {method: "geometric"});
    whole.weights.forEach((weight, place) => assert.ok(Math.abs(weight - partial.weights[place]) < 1e-12));
    assert.ok(whole.consistencyRatio < 1e-12);
    misused("a square matrix", () => weights([[1, 2], [0.5, 1, 3]]));
    refuses("CUSTVAL_ERROR_RANGE", "quality", () => weights([[1, 2], [3, 1]], {names: ["quality", "price"]}));
    refuses("CUSTVAL_ERROR_NOT_FOUND", "power", () => weights([[1]], {method: "power"}));
});

await test("groups have labels, and quantiles of many customers", () => {
    const groups = new Groups(read("examples/groups/loyalty-profit.json"));
    assert.ok(groups.ids.length > 1 && groups.label(groups.ids[0], "zh").length > 0);
    assert.throws(() => groups.label("nobody"), RangeError);
    const halves = new Groups({
        custval: "groups", version: 1, measures: [{id: "m", column: "profit", quantiles: [0.5]}],
        groups: [{id: "high", when: {m: 2}}, {id: "low", when: {m: 1}}],
    });
    assert.deepEqual(halves.groups({profit: [1, 2, 30, 40, null]}).group, ["low", "low", "high", "high", null]);
    assert.equal(Groups.statusWord(halves.groups({profit: [1, null]}).status[1]), "missing");
    assert.deepEqual(halves.measures, ["profit"]);
    refuses("CUSTVAL_ERROR_DOCUMENT", "line 1", () => new Groups("{"));
});

await test("a value needs a spend, a rate its period", () => {
    const call = calls("lifetime")[0];
    const lifetime = new Lifetime(call.lifetime);
    misused("ratePeriod", () => lifetime.clv(call.cells, {rate: 0.1}));
    refuses("CUSTVAL_ERROR_STATE", "spend", () => lifetime.clv(call.cells, {outputs: "value"}));
    refuses("CUSTVAL_ERROR_RANGE", "horizon", () => lifetime.clv(call.cells, {horizon: -1}));
    const row = {x: 2, t_x: 30, T: 38, customer: "a"};
    assert.deepEqual(Object.keys(lifetime.clv(row, {outputs: ["alive", "none"]})), ["alive", "none", "status"]);
    assert.equal(lifetime.hasSpend, false);
    assert.equal(Lifetime.statusWord(lifetime.clv([2, 40, 38]).status), "range");
    assert.ok(Number.isNaN(lifetime.clv([2, 40, 38]).expected));
});

// --- Much and broken

await test("a document broken anywhere is refused, never more", () => {
    const random = seeded(20260101), document = JSON.stringify(DOCUMENT);
    for (let i = 0; i < 3000; i++) {
        const cut = Math.floor(random() * document.length), end = cut + Math.floor(random() * 8);
        const insert = ['"', "{", "]", "1e999", "\u0000", "\ud800", "null", "名"][Math.floor(random() * 8)];
        try {
            new System(document.slice(0, cut) + insert + document.slice(end)).free();
        } catch (error) {
            assert.ok(error instanceof CustvalError, error.stack);
            assert.ok(error.message.length > 0);
        }
    }
});

await test("cells of any kind give scores or a TypeError", () => {
    const random = seeded(7), system = new System(DOCUMENT);
    const cells = [0, 1, 10, -1, 1e308, -0, Infinity, NaN, null, undefined, "", "new", "7", "x".repeat(1e5), true, 5n, {}, []];
    for (let i = 0; i < 5000; i++) {
        const row = Array.from({length: Math.floor(random() * 6)}, () => cells[Math.floor(random() * cells.length)]);
        for (const call of [() => system.score(row), () => system.reason(row), () => system.explain(row)]) {
            try {
                call();
            } catch (error) {
                assert.ok(error instanceof TypeError || error instanceof CustvalError, error.stack);
            }
        }
    }
});

await test("two hundred thousand rows have the scores of the rows", () => {
    const random = seeded(3), system = new System(DOCUMENT), rows = 200000;
    const column = () => Float64Array.from({length: rows}, () => 1 + Math.floor(random() * 10));
    const columns = {q1: column(), q2: column(), q3: column(), segment: Array(rows).fill("new")};
    const {value} = system.scores(columns);
    for (let row = 0; row < rows; row += 9973) {
        same(value[row], system.value([columns.q1[row], columns.q2[row], columns.q3[row], "new"]), `row ${row}`);
    }
});

await test("memory is given back, also by what fails", async () => {
    const memory = await import(`file://${folder}/memory.js`);
    const work = () => {
        for (let i = 0; i < 300; i++) {
            const system = new System(DOCUMENT);
            system.scores(COLUMNS);
            system.score([1, 2, 3, "new"]);
            system.explain([1, 2, 3, "new"]);
            assert.throws(() => system.scores({q1: [1]}));
            weights([[1, 2], [0.5, 1]]);
            system.free();
        }
    };
    work();
    const before = memory.wasm.memory.buffer.byteLength;
    for (let i = 0; i < 10; i++) work();
    assert.equal(memory.wasm.memory.buffer.byteLength, before);
});

if (globalThis.gc) {
    await test("a system that nobody reaches is freed by the collector", async () => {
        const memory = await import(`file://${folder}/memory.js`);
        const round = async () => {
            for (let i = 0; i < 200; i++) new System(DOCUMENT).value([1, 2, 3, "new"]);
            globalThis.gc();
            await new Promise((resolve) => setTimeout(resolve, 5));
        };
        for (let i = 0; i < 5; i++) await round();
        const before = memory.wasm.memory.buffer.byteLength;
        for (let i = 0; i < 20; i++) await round();
        assert.equal(memory.wasm.memory.buffer.byteLength, before);
    });
} else {
    skip("a system that nobody reaches is freed by the collector", "node runs without --expose-gc");
}

finish();
