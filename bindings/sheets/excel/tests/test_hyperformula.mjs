// The functions in a real spreadsheet engine, HyperFormula: formulas that refer to cells, and follow their changes.
// Usage: node test_hyperformula.mjs FOLDER_OF_BUILD_MJS FOLDER_OF_NODE_MODULES
// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import {createRequire} from "node:module";
import {calls, finish, same, test} from "../../../wasm/tests/harness.mjs";

const [folder, modules] = process.argv.slice(2);
const require = createRequire(`${modules}/package.json`);
const {ArraySize, CellError, ErrorType, FunctionArgumentType, FunctionPlugin, HyperFormula, SimpleRangeValue} = require("hyperformula");
const {init} = await import(`file://${folder}/custval/custval.js`);
const {FUNCTIONS, messageOf} = await import(`file://${folder}/sheet.js`);
await init();

/** Every function takes ranges, and fills so many rows and columns as the size of its first results says. */
class Custval extends FunctionPlugin {
    run(ast, state) {
        const name = ast.procedureName.replace("CUSTVAL.", "");
        return this.runFunction(ast.args, state, this.metadata(ast.procedureName), (...ranges) => {
            try {
                const given = ranges.map((range) => range?.data.map((row) => row.map((cell) => (typeof cell === "symbol" ? "" : cell))));
                const rows = FUNCTIONS[name](...given);
                return SimpleRangeValue.onlyValues(rows.map((row) => row.map((cell) => cell ?? new CellError(ErrorType.NA))));
            } catch (error) {
                return new CellError(ErrorType.VALUE, messageOf(error));
            }
        });
    }

    size(ast, state) {
        const rows = {"CUSTVAL.VALUE": 2, "CUSTVAL.WEIGHTS": 1}[ast.procedureName];
        if (rows === undefined) return ArraySize.scalar();
        const range = ast.args[rows === 2 ? 1 : 0];
        return new ArraySize(1, range.end === undefined ? 1 : range.end.row - range.start.row + 1);
    }
}
const PARAMETERS = [{argumentType: FunctionArgumentType.RANGE},
    ...Array(6).fill({argumentType: FunctionArgumentType.RANGE, optionalArg: true})];
Custval.implementedFunctions = Object.fromEntries(Object.keys(FUNCTIONS).map((name) => [`CUSTVAL.${name}`,
    {method: "run", parameters: PARAMETERS, sizeOfResultArrayMethod: "size", enableArrayArithmeticForArguments: true}]));
const NAMES = Object.fromEntries(Object.keys(FUNCTIONS).map((name) => [`CUSTVAL.${name}`, `CUSTVAL.${name}`]));
HyperFormula.registerFunctionPlugin(Custval, {enGB: NAMES});

const workbook = (sheet) => HyperFormula.buildFromArray(sheet, {licenseKey: "gpl-v3", smartRounding: false});
const at = (engine, row, column) => engine.getCellValue({sheet: 0, row, col: column});
const letters = (count) => String.fromCharCode(64 + count);

const SCORED = calls("score").filter(({inputs, cells}) => inputs.length <= 20 && cells.every((cell) => typeof cell === "number"));

await test(`${SCORED.length} shared calls have their value in a cell`, () => {
    for (const {id, system, inputs, cells, exact} of SCORED) {
        const last = letters(inputs.length);
        const engine = workbook([[JSON.stringify(system)], cells, [`=CUSTVAL.VALUE(A1:A1,A2:${last}2)`]]);
        const made = at(engine, 2, 0);
        same(exact.value === null ? (made.type === "NA" ? NaN : made) : made, exact.value, id);
        engine.destroy();
    }
});

await test("a column of values follows its cells", () => {
    const {system, inputs, cells, exact} = calls("score")[0], last = letters(inputs.length);
    const engine = workbook([[JSON.stringify(system)], cells, cells.map((cell) => 11 - cell), [`=CUSTVAL.VALUE(A1:A1,A2:${last}3)`]]);
    same(at(engine, 3, 0), exact.value, "first");
    const before = at(engine, 4, 0);
    engine.setCellContents({sheet: 0, row: 2, col: 0}, [cells]);
    same(at(engine, 4, 0), exact.value, "second");
    assert.notEqual(before, exact.value);
});

await test("weights spill, and what is wrong is an error with its reason", () => {
    const {matrix, exact} = calls("weights").find((call) => call.matrix.length > 3), size = matrix.length;
    const range = `A1:${letters(size)}${size}`;
    const engine = workbook([...matrix, [`=CUSTVAL.WEIGHTS(${range})`]]);
    exact.weights.forEach((weight, place) => same(at(engine, size + place, 0), weight, `weight ${place}`));
    const broken = workbook([["{"], [1], ["=CUSTVAL.VALUE(A1:A1,A2:A2)", '=CUSTVAL.WHY("VALUE",A1:A1,A2:A2)']]);
    assert.equal(at(broken, 2, 0).type, "VALUE");
    assert.match(at(broken, 2, 0).message, /line 1/);
    assert.match(at(broken, 2, 1), /line 1/);
});

await test("ten thousand cells, each with a formula", () => {
    const {system, inputs, cells, exact} = calls("score")[0], last = letters(inputs.length);
    const rows = Array.from({length: 10000}, (_, row) => [...cells, `=CUSTVAL.VALUE($A$1:$A$1,A${row + 2}:${last}${row + 2})`]);
    const engine = workbook([[JSON.stringify(system)], ...rows]);
    for (let row = 1; row <= 10000; row += 997) same(at(engine, row, inputs.length), exact.value, `row ${row}`);
});

finish();
