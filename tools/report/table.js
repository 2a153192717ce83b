/* Tables whose columns are sorted by the buttons in their heads. */
const rowsShown = 12; // before "show all"

function compare(a, b) {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  return typeof a === "string" || typeof b === "string" ? String(a).localeCompare(String(b), payload.language, { numeric: true }) : a - b;
}

/** Rows in the order of a column, missing ones last whichever way. */
function sorted(rows, key, descending) {
  const there = rows.filter((row) => row[key] !== null && row[key] !== undefined);
  const missing = rows.filter((row) => !there.includes(row));
  there.sort((a, b) => (descending ? compare(b[key], a[key]) : compare(a[key], b[key])));
  return [...there, ...missing];
}

/** How a column shows its numbers: all with the same digits, money with its unit in the head. */
function shown(column, rows) {
  if (!column.show || column.show === shareText) return column;
  const digits = digitsFor(rows.map((row) => row[column.key]));
  const isMoney = column.show === moneyText;
  const show = column.show === signedText ? signedText : figureText;
  return { ...column, label: isMoney && payload.money ? `${column.label} (${payload.money})` : column.label, show: (number) => show(number, digits) };
}

/**
 * A table of rows. Each column is {key, label, show}: show makes a text of a cell, and its absence a text column. The first
 * column heads the rows.
 */
function dataTable(caption, given, rows) {
  const columns = given.map((column) => shown(column, rows));
  const body = make("tbody");
  const heads = [];
  let order = rows;
  let all = rows.length <= rowsShown + 3;
  const some = make("p", { class: "paper" }, say("table.some", { n: figureText(rowsShown), all: figureText(rows.length) }));
  const more = make("button", { type: "button", class: "more" }, say("table.all", { n: figureText(rows.length) }));

  function cellsOf(row) {
    return columns.map((column, index) => {
      const text = column.show ? column.show(row[column.key]) : row[column.key] ?? "–";
      const kind = column.show ? "number" : "text";
      return index === 0 ? make("th", { scope: "row", class: kind }, String(text)) : make("td", { class: kind }, String(text));
    });
  }

  function fillBody() {
    body.replaceChildren(...(all ? order : order.slice(0, rowsShown)).map((row) => make("tr", {}, cellsOf(row))));
    more.hidden = all;
    some.hidden = all;
  }

  function sortBy(column, head) {
    const descending = head.getAttribute("aria-sort") === "ascending" || (head.getAttribute("aria-sort") === null && Boolean(column.show));
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    order = sorted(rows, column.key, descending);
    fillBody();
  }

  for (const column of columns) {
    const button = make("button", { type: "button" }, column.label);
    const head = make("th", { scope: "col", class: column.show ? "number" : "text" }, button);
    button.addEventListener("click", () => sortBy(column, head));
    heads.push(head);
  }
  more.addEventListener("click", () => {
    all = true;
    fillBody();
  });
  fillBody();
  const table = make("table", {}, make("caption", {}, caption), make("thead", {}, make("tr", {}, heads)), body);
  return make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption }, table, more, some);
}

/** Columns of a table as it was given, those that are there, with names for people. */
function columnsOf(table, shows) {
  return Object.entries(shows)
    .filter(([key]) => has(table, key))
    .map(([key, show]) => ({ key, show, label: name("columns", key) }));
}
