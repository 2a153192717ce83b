// The add-in with a stand-in for Excel's CustomFunctions: shared calls, results, refusals, what Excel reads.
// Usage: node test_addin.mjs FOLDER_OF_BUILD_MJS FOLDER_OF_NODE_MODULES
// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {existsSync, readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {calls, finish, near, read, same, seeded, skip, test} from "../../../wasm/tests/harness.mjs";

const [folder, modules] = process.argv.slice(2);
const functions = {};

/** What Excel gives an add-in, as its documentation says. */
class CustomFunctionsError extends Error {
    constructor(code, message) {
        super(message ?? "");
        this.code = code;
    }
}
globalThis.CustomFunctions = {
    Error: CustomFunctionsError,
    ErrorCode: {invalidValue: "#VALUE!", notAvailable: "#N/A"},
    associate: (name, made) => {
        functions[name] = made;
    },
};
const fetched = [];
globalThis.fetch = async (address, options) => {
    fetched.push([address, options]);
    if (address.endsWith("missing.json")) return new Response("", {status: 404, statusText: "Not Found"});
    if (address.endsWith("broken.json")) return new Response("{");
    return new Response(read("examples/survey/perceived-value.json"));
};
await import(`file://${folder}/functions.js`);

const one = (rows) => (rows[0][0] instanceof CustomFunctionsError && rows[0][0].code === "#N/A" ? NaN : rows[0][0]);
const cell = (document) => [[JSON.stringify(document)]];
const blanks = (cells) => [cells.map((given) => given ?? "")];

async function refuses(part, promise) {
    await assert.rejects(promise, (error) => {
        assert.ok(error instanceof CustomFunctionsError, error.stack);
        assert.equal(error.code, "#VALUE!");
        assert.ok(error.message.includes(part), error.message);
        return true;
    });
}

// --- The shared calls

for (const call of calls("score")) {
    await test(`score ${call.id}`, async () => {
        const {value, benefit, sacrifice, coverage} = call.exact;
        same(one(await functions.VALUE(cell(call.system), blanks(call.cells))), value, "value");
        const reversed = [...call.inputs].reverse(), cells = [...call.cells].reverse();
        same(one(await functions.VALUE(cell(call.system), blanks(cells), [reversed])), value, "by name");
        near(one(await functions.VALUE(cell(call.system), blanks(call.cells))), call.expected.value, call.tolerance, "value");
        const [names, row] = await functions.SCORES(cell(call.system), [call.inputs, blanks(call.cells)[0]], "");
        const scores = {value, benefit, sacrifice, coverage, status: call.status};
        names.forEach((name, place) => same(one([[row[place]]]), scores[name], name));
        const reason = one(await functions.WHY("VALUE", [cell(call.system), blanks(call.cells)]));
        assert.equal(reason === "", value !== null);
        const explained = await functions.EXPLAIN(cell(call.system), blanks(call.cells));
        assert.deepEqual(explained[0], ["node", "label", "score", "weight", "contribution"]);
        assert.ok(explained.every((line) => line.length === 5));
    });
}

for (const call of calls("refuse")) {
    await test(`refuse ${call.id}`, async () => {
        await refuses(call.message_part, functions.VALUE(cell(call.system), [[1]]));
        const why = one(await functions.WHY("CUSTVAL.VALUE", [cell(call.system), [[1]]]));
        assert.ok(why.includes(call.message_part), why);
    });
}

for (const call of calls("weights")) {
    await test(`weights ${call.id}`, async () => {
        const weights = await functions.WEIGHTS(call.matrix);
        call.exact.weights.forEach((weight, place) => same(weights[place][0], weight, `weight ${place}`));
        same(one(await functions.CONSISTENCY(call.matrix)), call.exact.cr, "the consistency ratio");
    });
}

for (const call of calls("group")) {
    await test(`group ${call.id}`, async () => {
        assert.equal(one(await functions.GROUP(cell(call.groups), [call.cells])), call.expected);
    });
}

for (const call of calls("lifetime")) {
    await test(`lifetime ${call.id}`, async () => {
        for (const output of ["alive", "expected"]) {
            const made = one(await functions.CLV(cell(call.lifetime), [call.cells], call.horizon, output));
            same(made, call.exact[output], output);
        }
        same(one(await functions.CLV(cell(call.lifetime), [call.cells], call.horizon)), call.exact.expected, "by default");
    });
}

// --- Ranges, addresses, refusals

const SURVEY = [[read("examples/survey/perceived-value.json")]];

function csv(path) {
    const lines = read(path).trim().split(/\r?\n/).map((line) => line.replaceAll("\"", "").split(","));
    return lines.map((line) => line.map((text) => (text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text))));
}

await test("a system is a range with one item a row, or its document", async () => {
    const items = csv("examples/survey/perceived-value.csv"), answers = csv("examples/survey/customer_satisfaction_yellow_pages.csv");
    const blank = items[0].map(() => "");
    const table = answers.slice(0, 100);
    const byRange = await functions.SCORES([...items, blank, blank], [...table, ...Array(5).fill(table[0].map(() => ""))]);
    assert.deepEqual(byRange, await functions.SCORES(SURVEY, table));
    assert.equal(byRange.length, 100);
    const document = await functions.SYSTEM(items);
    assert.deepEqual(await functions.SCORES(document, table, "value,indicator"), await functions.SCORES(items, table, " value , indicator"));
});

await test("a document may be at an address, which is asked once and without cookies", async () => {
    const answers = csv("examples/survey/customer_satisfaction_yellow_pages.csv").slice(0, 5), address = "https://example.org/s.json";
    assert.deepEqual(await functions.SCORES([[address]], answers), await functions.SCORES(SURVEY, answers));
    await functions.SCORES([[` ${address} `]], answers);
    assert.deepEqual(fetched, [[address, {credentials: "omit"}]]);
    await refuses("404", functions.SCORES([["https://example.org/missing.json"]], answers));
    await refuses("line 1", functions.SCORES([["https://example.org/broken.json"]], answers));
    for (const address of ["http://example.org/s.json", "file:///s.json", "ftp://x/s.json"]) {
        await refuses("", functions.SCORES([[address]], answers));
    }
    assert.equal(fetched.length, 3);
});

await test("bad arguments are #VALUE! with a message", async () => {
    const {system, inputs, cells} = calls("score")[0], document = cell(system), row = blanks(cells);
    await refuses("a document is needed", functions.VALUE([[""]], row));
    await refuses("a document is needed", functions.VALUE([[7]], row));
    await refuses("7 cells are needed (q1", functions.VALUE(document, [[1, 2]]));
    await refuses('there is no column "q2"', functions.VALUE(document, row, [["q1", "x", "q3", "q4", "q5", "q6", "q7"]]));
    await refuses('"q1" stands there twice', functions.VALUE(document, row, [["q1", "q1"]]));
    await refuses('column "q1", row 0: "much" is no number', functions.VALUE(document, [["much", ...cells.slice(1)]]));
    await refuses("there are no answers", functions.SCORES(document, [inputs]));
    await refuses('"nodes" is no level', functions.SCORES(document, [inputs, cells], "nodes"));
    await refuses("a square", functions.WEIGHTS([[1, 2]]));
    await refuses("row below its names", functions.VALUE([["side", "dimension"]], row));
    await refuses("row 0", functions.VALUE([["side", "dimension"], ["benefit", "x"]], row));
    await refuses("is no function", functions.WHY("SUM", []));
    await refuses("is no function", functions.WHY("WHY", []));
    await refuses("the horizon is a number", functions.CLV(cell(calls("lifetime")[0].lifetime), [[1, 2, 3]], ""));
    assert.match(one(await functions.WHY("CLV", [cell(calls("lifetime")[0].lifetime), [[1, 50, 3]], [[10]]])), /row 0: range/);
    assert.match(one(await functions.WHY("GROUP", [cell(calls("group")[0].groups), [["", ""]]])), /row 0: missing/);
});

await test("arguments of any kind give rows or a #VALUE!", async () => {
    const random = seeded(11), document = cell(calls("score")[0].system), names = Object.keys(functions);
    const kinds = [undefined, null, "", 0, -1, 1e308, Infinity, true, "x", "{", "=1", {a: 1}, [[]], [[""]], [[1, 2], [3, 4]],
        [["a"], ["b"]], document, [["https://example.org/missing.json"]], [["x".repeat(1e5)]]];
    for (let i = 0; i < 3000; i++) {
        const name = names[Math.floor(random() * names.length)];
        const pick = () => kinds[Math.floor(random() * kinds.length)];
        const given = name === "WHY" ? [pick(), [pick(), pick(), pick()]] : Array.from({length: 5}, pick);
        try {
            const rows = await functions[name](...given);
            assert.ok(Array.isArray(rows) && rows.every(Array.isArray), name);
        } catch (error) {
            assert.ok(error instanceof CustomFunctionsError && error.code === "#VALUE!", error.stack);
        }
    }
});

await test("a system that has been pushed out of the cache is made again", async () => {
    const call = calls("score")[0];
    for (let round = 0; round < 2; round++) {
        for (let i = 0; i < 100; i++) {
            same(one(await functions.VALUE(cell({...call.system, id: `s${i}`}), blanks(call.cells))), call.exact.value, `system ${i}`);
        }
    }
});

// --- What Excel reads

const METADATA = JSON.parse(readFileSync(`${folder}/functions.json`, "utf8")).functions;

await test("every function of functions.json is there, and the other way round", () => {
    assert.deepEqual(METADATA.map(({id}) => id).sort(), Object.keys(functions).sort());
});

await test("functions and arguments are those of the other spreadsheets", () => {
    const shared = JSON.parse(read("bindings/sheets/functions.json")).functions;
    assert.deepEqual(METADATA.map(({id}) => id), shared.map(({name}) => name));
    METADATA.forEach(({description, parameters}, place) => {
        assert.equal(description, shared[place].text.en);
        assert.equal(parameters.length, shared[place].arguments.length);
    });
});

await test("help is in Chinese and Korean too", () => {
    for (const [language, letters] of [["zh", /[\u4e00-\u9fff]/], ["ko", /[\uac00-\ud7a3]/]]) {
        const translated = JSON.parse(readFileSync(`${folder}/functions.${language}.json`, "utf8")).functions;
        translated.forEach((made, place) => {
            const texts = [made.description, ...made.parameters.map(({description}) => description)];
            for (const text of texts) assert.match(text, letters);
            assert.deepEqual(made.parameters.map(({name}) => name), METADATA[place].parameters.map(({name}) => name));
        });
    }
});

if (modules !== undefined) {
    const require = createRequire(`${modules}/package.json`);
    await test("functions.json is what custom-functions-metadata makes of functions.js", () => {
        const command = require.resolve("custom-functions-metadata/cli.js"), made = `${folder}/made.json`;
        const {status, stderr} = spawnSync("node", [command, "generate", `${folder}/functions.js`, made], {encoding: "utf8"});
        assert.equal(status, 0, stderr);
        assert.equal(readFileSync(made, "utf8"), read("bindings/sheets/excel/functions.json"));
    });
    await test("office-addin-manifest reads the manifest", async () => {
        const {OfficeAddinManifest} = require("office-addin-manifest");
        const manifest = await OfficeAddinManifest.readManifestFile(`${folder}/manifest.xml`);
        const {version} = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
        assert.deepEqual([manifest.displayName, manifest.version, manifest.hosts], ["custval", `${version}.0`, ["Workbook"]]);
        for (const [address] of readFileSync(`${folder}/manifest.xml`, "utf8").matchAll(/https:\/\/example\.org\/custval\/[^"]*/g)) {
            assert.ok(existsSync(address.replace("https://example.org/custval", folder)), address);
        }
    });
} else {
    skip("functions.json and manifest.xml by Microsoft's tools", "they are not installed");
}
skip("the manifest by Microsoft's validation service", "it would have to be sent there");
skip("the add-in in Excel", "there is none here");

finish();
