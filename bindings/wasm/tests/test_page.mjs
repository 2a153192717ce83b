// The page, in a browser: reading, scoring, explaining, downloading, languages, narrow and wide.
// Usage: node test_page.mjs FOLDER_OF_THE_MODULE [FOLDER_FOR_PICTURES]
// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import {writeFile} from "node:fs/promises";
import {Browser, chromium, serve} from "./browser.mjs";
import {finish, read, same, skip, test} from "./harness.mjs";

const [folder, pictures] = process.argv.slice(2);
const {formatTable, parseTable} = await import(`file://${folder}/page/text_table.js`);
const {WORDS} = await import(`file://${folder}/page/words.js`);
const {ROWS, SYSTEM} = await import(`file://${folder}/page/example.js`);
const {init, System} = await import(`file://${folder}/custval.js`);
await init();

// --- Its parts

await test("text tables of every kind are read", () => {
    const columns = (text) => Object.fromEntries(parseTable(text).columns);
    const expected = {a: ["1", ""], "b c": ["x,y", 'say "no"']};
    assert.deepEqual(columns('a,b c\n1,"x,y"\n,"say ""no"""\n'), expected);
    assert.deepEqual(columns('\ufeffa;b c\r\n1;x,y\r\n\r\n;"say ""no"""'), expected);
    assert.deepEqual(columns('a\tb c\r1\t"x,y"\r\t"say ""no"""'), expected);
    assert.deepEqual(columns("a\n1\n"), {a: ["1"]});
    assert.equal(parseTable("").rows, 0);
    assert.equal(parseTable('a,b\n"1\n2",3').columns.get("a")[0], "1\n2");
});

await test("what is wrong with a text table is said", () => {
    const word = (text) => assert.throws(() => parseTable(text), (error) => error.word in WORDS.en);
    for (const text of ["a,,b\n1,2,3", "a,a\n1,2", 'a,b\n"1,2', "a,b\n1", 'a,b\n"1"x,2']) word(text);
});

await test("tables are written so that a spreadsheet runs nothing of them", () => {
    const columns = new Map([["a", ["=1+1", "-5", "@x", 'say "no"', "-x"]], ["n", Float64Array.of(-0.5, NaN, 1e21, 3, 4)]]);
    assert.equal(formatTable(columns), 'a,n\r\n\'=1+1,-0.5\r\n-5,\r\n\'@x,1e+21\r\n"say ""no""",3\r\n\'-x,4\r\n');
});

await test("every language has every word", () => {
    const names = Object.keys(WORDS.en), places = (text) => text.match(/\{\w+\}/g)?.sort() ?? [];
    for (const [language, words] of Object.entries(WORDS)) {
        assert.deepEqual(Object.keys(words), names, language);
        for (const name of names) assert.deepEqual(places(words[name]), places(WORDS.en[name]), `${language} ${name}`);
    }
    for (const name of read("bindings/wasm/page/index.html").matchAll(/data-word="(\w+)"/g)) assert.ok(name[1] in WORDS.en);
});

// --- In a browser

const READY = 'document.body.dataset.ready === "yes"';
const TEXT = (id) => `document.getElementById("${id}").innerText`;

async function inBrowser(browser, address) {
    const type = (id, text) => browser.ask(`{
        const area = document.getElementById("${id}");
        area.value = ${JSON.stringify(text)};
        area.dispatchEvent(new Event("input"));
    }`);
    const clean = async (name, body) => test(name, async () => {
        browser.complaints.length = 0;
        await body();
        assert.deepEqual(browser.complaints, []);
    });

    for (const width of [390, 1440]) {
        await clean(`the example is scored and explained at ${width} pixels`, async () => {
            await browser.open(`${address}/page/index.html`, width, READY);
            await browser.ask('document.getElementById("example").click()');
            const cells = await browser.ask(`[...document.querySelectorAll("#scores tbody tr")].map((row) =>
                [...row.cells].map((cell) => cell.innerText))`);
            assert.equal(cells.length, 5);
            const expected = new System(SYSTEM).value({taste: 9, choice: 8, staff: 7, price: 4, waiting: 3});
            assert.equal(cells[0][1], expected.toFixed(2));
            assert.match(cells[4][6], /staff.*11/);
            await browser.ask('document.querySelectorAll("#scores button")[2].click()');
            assert.match(await browser.ask(TEXT("why")), /Taste/);
            assert.equal(await browser.ask('document.activeElement.id'), "why-section");
            const tooWide = await browser.ask("document.documentElement.scrollWidth > document.documentElement.clientWidth");
            assert.equal(tooWide, false, "the page is wider than the window");
            if (pictures) await writeFile(`${pictures}/page-${width}.png`, await browser.photograph());
        });
    }

    await clean("other languages", async () => {
        for (const [language, words] of Object.entries(WORDS)) {
            await browser.ask(`{
                const choice = document.getElementById("language");
                choice.value = "${language}";
                choice.dispatchEvent(new Event("change"));
            }`);
            assert.equal(await browser.ask("document.documentElement.lang"), language);
            assert.equal(await browser.ask(TEXT("scores-title")), words.scores);
            assert.ok((await browser.ask(TEXT("why"))).includes(SYSTEM.dimensions[0].label[language]));
            if (pictures) await writeFile(`${pictures}/page-${language}.png`, await browser.photograph());
        }
        await browser.ask('{ const c = document.getElementById("language"); c.value = "en"; c.dispatchEvent(new Event("change")); }');
    });

    await clean("what is wrong is said beside it, and no old scores stay", async () => {
        const broken = {...SYSTEM, dimensions: [{...SYSTEM.dimensions[0], weight: -1}]};
        await type("system-text", JSON.stringify(broken));
        assert.match(await browser.ask(TEXT("system-said")), /weight -1 is negative/);
        assert.equal(await browser.ask('document.getElementById("scores-section").hidden'), true);
        await type("system-text", JSON.stringify(SYSTEM));
        for (const [text, said] of [["taste\nmuch", /taste.*row 1.*much/], ["taste,staff\n1", /row 1 has 1 cells, not 2/],
            ["taste\n1", /choice/], ["taste,taste\n1,2", /two columns/]]) {
            await type("rows-text", text);
            assert.match(await browser.ask(TEXT("rows-said")), said);
        }
        await type("rows-text", ROWS.replaceAll(",", "\t"));
        assert.equal(await browser.ask('document.getElementById("scores-section").hidden'), false);
        await type("rows-text", '<img src=x onerror="alert(1)">,taste,choice,staff,price,waiting\n<b>x</b>,1,2,3,4,5');
        assert.equal(await browser.ask('document.querySelectorAll("#scores img, #scores b").length'), 0);
    });

    await clean("a downloaded file holds the scores to the last bit", async () => {
        await type("rows-text", ROWS);
        const text = await browser.ask(`new Promise((resolve) => {
            const made = URL.createObjectURL;
            URL.createObjectURL = (blob) => { blob.text().then(resolve); URL.createObjectURL = made; return "#"; };
            HTMLAnchorElement.prototype.click = () => {};
            document.getElementById("download").click();
        })`);
        const {columns} = parseTable(text);
        const system = new System(SYSTEM), given = parseTable(ROWS).columns;
        assert.deepEqual([...columns.keys()], [...given.keys(), "value", "benefit", "sacrifice", "coverage", "status", "remarks"]);
        const cells = system.inputs.map(({column}) => given.get(column));
        for (let row = 0; row < 5; row++) {
            const value = system.value(cells.map((column) => (column[row] === "" ? null : Number(column[row]))));
            same(columns.get("value")[row] === "" ? NaN : Number(columns.get("value")[row]), value, `row ${row}`);
        }
        assert.equal(columns.get("remarks")[4], "out-of-scale");
    });

    await clean("everything can be reached and has a name", async () => {
        const unnamed = await browser.ask(`[...document.querySelectorAll("input, select, textarea, button, table, [role=region]")]
            .filter((element) => element.offsetParent !== null && !(element.labels?.length || element.innerText ||
                element.getAttribute("aria-labelledby"))).map((element) => element.outerHTML)`);
        assert.deepEqual(unnamed, []);
        const {nodes} = await browser.send("Accessibility.getFullAXTree");
        const role = (name) => nodes.filter((node) => node.role?.value === name && !node.ignored);
        assert.ok(role("button").every((node) => node.name?.value));
        assert.equal(role("columnheader").length > 5, true);
        assert.equal(role("rowheader").length, 5);
    });

    await clean("twenty thousand rows of the survey's size", async () => {
        const lines = Array.from({length: 20000}, (_, row) => `c${row},${1 + (row % 10)},5,6,${1 + (row % 7)},3`);
        await type("rows-text", ["customer,taste,choice,staff,price,waiting", ...lines].join("\n"));
        assert.equal(await browser.ask('document.querySelectorAll("#scores tbody tr").length'), 200);
        assert.match(await browser.ask(TEXT("scores-said")), /20000 of 20000/);
    });
}

const command = chromium();
if (command === undefined) {
    skip("the page in a browser", "there is no Chromium");
} else {
    const server = await serve(folder), browser = await Browser.start(command);
    try {
        await inBrowser(browser, server.address);
    } finally {
        await browser.close();
        server.close();
    }
}

finish();
