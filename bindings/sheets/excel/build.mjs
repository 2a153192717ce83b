// Makes the folder to be served: node build.mjs MODULE_FOLDER OUTPUT ADDRESS
//
// MODULE_FOLDER is build/.../bindings/wasm, ADDRESS where OUTPUT will be served, such as https://example.org/custval.
// SPDX-License-Identifier: Apache-2.0
import {copyFile, mkdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {deflateSync} from "node:zlib";

const MODULE = ["cells.js", "custval.js", "custval.wasm", "memory.js"];
const ADDIN = ["cells.js", "functions.html", "functions.js", "functions.json", "sheet.js"];

const LANGUAGES = ["zh", "ko"];
const here = fileURLToPath(new URL(".", import.meta.url));

// --- Icons: three bars that rise, blue on white

const CRC = Uint32Array.from({length: 256}, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
    return crc;
});

function chunk(name, data) {
    const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
    const crc = ~body.reduce((sum, byte) => CRC[(sum ^ byte) & 255] ^ (sum >>> 8), -1) >>> 0;
    const numbers = Buffer.alloc(8);
    numbers.writeUInt32BE(data.length, 0);
    numbers.writeUInt32BE(crc, 4);
    return Buffer.concat([numbers.subarray(0, 4), body, numbers.subarray(4)]);
}

/** A square PNG of 8-bit RGB (ISO/IEC 15948). */
function icon(size) {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(size, 0);
    header.writeUInt32BE(size, 4);
    header.set([8, 2], 8);
    const isBar = (x, y) => {
        const bar = Math.floor((8 * x) / size), height = [0, 3, 0, 5, 0, 7, 0, 0][bar];
        return y < (7.5 / 8) * size && y >= size - (size * (height + 0.5)) / 8;
    };
    const lines = Array.from({length: size}, (_, y) =>
        [0, ...Array.from({length: size}, (_, x) => (isBar(x, y) ? [0x1f, 0x5f, 0xa8] : [255, 255, 255])).flat()]);
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const pixels = deflateSync(Buffer.from(lines.flat()));
    return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

// --- Help in other languages

/** What every text of the functions is called in a language, by the English text: ours, else that of every spreadsheet. */
async function translator(language) {
    const ours = JSON.parse(await readFile(join(here, "words.json"), "utf8"));
    const shared = JSON.parse(await readFile(join(here, "..", "functions.json"), "utf8"));
    const texts = [...shared.functions, ...Object.values(shared.arguments)].map(({text}) => [text.en, text]);
    const known = new Map([...texts, ...Object.entries(ours)]);
    return (text) => {
        if (known.has(text)) return known.get(text)[language];
        throw new Error(`there is no translation of "${text}"`);
    };
}

async function translated(metadata, language) {
    const say = await translator(language);
    const functions = metadata.functions.map((made) => ({
        ...made,
        description: say(made.description),
        parameters: made.parameters.map((parameter) => ({...parameter, description: say(parameter.description)})),
    }));
    return {...metadata, functions};
}

// --- The folder

const [module, output, address] = process.argv.slice(2);
if (address === undefined || !/^https:\/\/[^\s"<>&]+[^/]$/.test(address)) {
    console.error("usage: node build.mjs MODULE_FOLDER OUTPUT ADDRESS, an https address without a slash at its end");
    process.exit(2);
}
await mkdir(join(output, "custval"), {recursive: true});
for (const name of MODULE) await copyFile(join(module, name), join(output, "custval", name));
for (const name of ADDIN) await copyFile(join(here, name), join(output, name));
for (const size of [32, 80]) await writeFile(join(output, `icon-${size}.png`), icon(size));
const metadata = JSON.parse(await readFile(join(here, "functions.json"), "utf8"));
for (const language of LANGUAGES) {
    await writeFile(join(output, `functions.${language}.json`), JSON.stringify(await translated(metadata, language), null, 4));
}
const {version} = JSON.parse(await readFile(join(module, "package.json"), "utf8"));
const manifest = await readFile(join(here, "manifest.xml"), "utf8");
await writeFile(join(output, "manifest.xml"), manifest.replaceAll("@ADDRESS@", address).replaceAll("@VERSION@", version));
