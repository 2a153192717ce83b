// The examples of the guide do what their comments say. Usage: node test_docs.mjs FOLDER_OF_THE_MODULE
// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import {finish, read, test} from "./harness.mjs";

const folder = process.argv[2], guide = read("docs/web.md");

const blocks = [...guide.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, text]) => text);
await test("the guide has examples", () => assert.ok(blocks.length >= 2));
for (const [place, text] of blocks.entries()) {
    await test(`example ${place + 1} of the guide`, async () => {
        const said = [], expected = [...text.matchAll(/\/\/> (.*)$/gm)].map(([, words]) => words);
        const body = text.replace(/^import (\{.*\}) from "custval";$/m, `const $1 = await import("file://${folder}/custval.js");`);
        const run = Object.getPrototypeOf(async () => {}).constructor;
        await new run("console", body)({log: (...words) => said.push(words.map(String).join(" "))});
        assert.deepEqual(said, expected);
    });
}

await test("the guide names every export", async () => {
    const library = await import(`file://${folder}/custval.js`), types = read("bindings/wasm/custval.d.ts");
    for (const name of Object.keys(library)) {
        assert.ok(guide.includes(name), `${name} is not in the guide`);
        assert.match(types, new RegExp(`export (declare )?(class|function) ${name}\\b`));
    }
});

finish();
