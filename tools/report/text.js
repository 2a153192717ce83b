/* Words in the reader's language, numbers as the reader writes them, and elements made of both. */
const payload = JSON.parse(document.getElementById("payload").textContent);
const words = JSON.parse(document.getElementById("words").textContent)[payload.language];
const svgNamespace = "http://www.w3.org/2000/svg";

/** The text of a key such as "map.title", with {names} filled in, a dash for what is missing; undefined if there is none. */
function find(key, values = {}) {
  const text = key.split(".").reduce((within, step) => (within && Object.hasOwn(within, step) ? within[step] : undefined), words);
  return typeof text === "string" ? text.replace(/\{(\w+)\}/g, (mark, name) => (Object.hasOwn(values, name) ? values[name] ?? "–" : mark)) : undefined;
}

function say(key, values) {
  return find(key, values) ?? key;
}

/** What a column, a group's quadrant or another word of the tables is called. */
function name(kind, word) {
  return find(`${kind}.${word}`) ?? String(word).replace(/_/g, " ");
}

const formats = new Map();
function formatted(number, options) {
  const key = JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(payload.language, options));
  return formats.get(key).format(number);
}

/** Whole numbers whole, others to three digits or one after the point; or with so many digits after it. Very large and very
 * small ones with a power of ten, as nobody counts their zeros. */
function figureText(number, digits) {
  if (number === null || number === undefined) return "–";
  if (Math.abs(number) >= 1e15 || (number !== 0 && Math.abs(number) < 1e-6)) return formatted(number, { notation: "scientific", maximumSignificantDigits: 3 });
  if (digits !== undefined) return formatted(number, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const size = Math.abs(number);
  if (Number.isInteger(number) || size >= 1000) return formatted(number, { maximumFractionDigits: 0 });
  if (size >= 10) return formatted(number, { maximumFractionDigits: 1 });
  return formatted(number, { maximumSignificantDigits: 3 });
}

function signedText(number, digits) {
  if (number === null || number === undefined) return "–";
  return (number > 0 ? "+" : "") + figureText(number, digits);
}

function shareText(share) {
  if (share === null || share === undefined) return "–";
  if (Math.abs(share) >= 1e13) return formatted(share, { style: "percent", notation: "scientific", maximumSignificantDigits: 3 });
  return formatted(share, { style: "percent", maximumFractionDigits: Math.abs(share) < 0.1 ? 1 : 0 });
}

function moneyText(number) {
  if (number === null || number === undefined) return "–";
  return payload.money ? `${figureText(number)} ${payload.money}` : figureText(number);
}

/** Digits after the point for a column of numbers: those of its largest one. */
function digitsFor(numbers) {
  const there = numbers.filter((number) => Number.isFinite(number));
  const most = Math.max(...there.map(Math.abs));
  if (there.every(Number.isInteger) || most >= 1000) return 0;
  return most >= 100 ? 1 : most >= 1 ? 2 : 3;
}

/** Sets attributes and appends children; texts become text nodes, so nothing in the data can be markup. */
function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(svgNamespace, tag), attributes, children);
}

let idsGiven = 0;
function newId(stem) {
  idsGiven += 1;
  return `${stem}-${idsGiven}`;
}

/** A table of the payload as rows of objects, or null if it was not given. */
function rowsOf(name, cells = "cells") {
  const table = payload.tables[name];
  if (!table || !table[cells]) return null;
  const count = table[cells].length === 0 ? 0 : table[cells][0].length;
  return Array.from({ length: count }, (unused, row) =>
    Object.fromEntries(table.columns.map((column, index) => [column, table[cells][index][row]])));
}

function has(table, column) {
  return Boolean(payload.tables[table]) && payload.tables[table].columns.includes(column);
}

/** What holds for all rows of a column, or undefined. */
function factsOf(table, column) {
  return payload.tables[table]?.facts?.[column];
}

/** The sum over all rows that have a number. */
function sumOf(facts) {
  return facts.count === 0 ? 0 : facts.mean * facts.count;
}
