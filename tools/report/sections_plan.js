/* Sections about what might be done: scenarios, impact, programmes; and the notes. */

/** Runs of periods of one phase, half a period to either side. */
function phases(rows) {
  const bands = [];
  for (const row of rows) {
    const last = bands[bands.length - 1];
    if (last && last.phase === row.phase) last.to = row.period + 0.5;
    else bands.push({ phase: row.phase, from: row.period - 0.5, to: row.period + 0.5 });
  }
  const [first, end] = range(rows.map((row) => row.period));
  return bands.filter((band) => band.phase === "during")
    .map((band) => ({ from: Math.max(first, band.from), to: Math.min(end, band.to), label: name("phases", band.phase) }));
}

function scenario() {
  const rows = (rowsOf("scenario") ?? []).filter((row) => row.period !== null).map((row) => ({ ...row, word: name("phases", row.phase ?? "–") }));
  if (rows.length === 0) return null;
  const bands = phases(rows);
  const line = (key, tone) => ({ label: say(`scenario.${key}`), tone, points: rows.map((row) => ({ x: row.period, y: row[key] })) });
  const mean = (phase, key) => {
    const found = rows.filter((row) => row.phase === phase && Number.isFinite(row[key]));
    return found.length === 0 ? null : found.reduce((sum, row) => sum + row[key], 0) / found.length;
  };
  const saying = ["before", "during", "after"].map((phase) => [phase, mean(phase, "value")]).filter(([, value]) => value !== null)
    .map(([phase, value]) => `${name("phases", phase)} ${figureText(value)}`).join(say("list.comma"));
  const shows = { period: figureText, value: figureText, change: signedText, rival: figureText, choice: shareText, units: figureText, revenue: moneyText, profit: moneyText };
  const columns = columnsOf("scenario", shows);
  columns.splice(1, 0, { key: "word", label: name("columns", "phase") });
  const plots = [["value", has("scenario", "rival") ? ["value", "rival"] : ["value"]], ...["units", "profit"].map((key) => [key, [key]])]
    .filter(([, drawn]) => drawn.some((key) => rows.some((row) => Number.isFinite(row[key]))));
  const period = name("columns", "period");
  return plots.length === 0 ? null : plots.map(([key, drawn], index) => figure(say(`scenario.figure_${key}`), say(`scenario.saying_${key}`, { list: saying }),
    (width) => lines(drawn.map((one, place) => line(one, place === 0 ? "one" : "two")), width, [period, key === "value" ? say("overview.axis") : say(`scenario.${key}`)], { bands, include: key === "value" ? [] : [0], height: index === 0 ? 300 : 240 }),
    index === 0 ? dataTable(say("scenario.title"), columns, rows) : null));
}

function impact() {
  const rows = sorted((rowsOf("impact") ?? []).map((row) => ({ ...row, label: row.label ?? row.node })), has("impact", "return") ? "return" : "gain", true);
  if (rows.length === 0) return null;
  const drawn = rows.map((row) => ({ label: row.label, value: row.gain, low: row.low, high: row.high, text: moneyText(row.gain), tone: row.gain < 0 ? "two" : "one" }));
  const title = say("impact.figure");
  const columns = columnsOf("impact", { gain: moneyText, low: moneyText, high: moneyText, cost: moneyText, net: moneyText, return: shareText });
  columns.unshift({ key: "label", label: name("columns", "indicator") });
  const best = rows[0];
  return [
    make("p", { class: "lead" }, say(has("impact", "return") && Number.isFinite(best.return) ? "impact.lead" : "impact.lead_gain", { name: best.label, gain: moneyText(best.gain), return: shareText(best.return) })),
    figure(title, say("impact.saying"), (width) => bars(drawn, width), null),
    make("div", { class: "block" }, make("h3", {}, say("impact.table")), dataTable(say("impact.table"), columns, rows)),
  ];
}

function programmes() {
  const called = labelsOf("programmes", "programme");
  const label_ = (id) => called.get(id)?.label ?? id;
  const found = [];
  const plan = payload.tables.plan;
  if (plan && plan.rows > 0) {
    const counts = plan.words.map(([id, rows, net]) => ({ label: label_(id), rows, net })).sort((a, b) => b.net - a.net);
    const drawn = counts.slice(0, 15).map((one) => ({ label: one.label, value: one.net, text: `${moneyText(one.net)} (${figureText(one.rows)})`, tone: one.net < 0 ? "two" : "one" }));
    const title = say("programmes.figure");
    found.push(figure(title, say("programmes.saying", { n: figureText(plan.rows), net: moneyText(sumOf(factsOf("plan", "net"))) }), (width) => bars(drawn, width),
      dataTable(title, [{ key: "label", label: name("columns", "programme") }, { key: "rows", label: name("columns", "customers"), show: figureText }, { key: "net", label: name("columns", "net"), show: moneyText }], counts)));
    const best = rowsOf("plan", "best").map((row) => ({ ...row, programme: label_(row.programme) }));
    found.push(make("div", { class: "block" }, make("h3", {}, say("programmes.best")),
      dataTable(say("programmes.best"), columnsOf("plan", { id: undefined, programme: undefined, net: moneyText, cost: moneyText, rate: shareText, expected_effect: figureText }), best)));
  }
  const due = sorted((rowsOf("due") ?? []).filter((row) => row.days !== null), "days", false);
  if (due.length > 0) {
    found.push(make("div", { class: "block" }, make("h3", {}, say("programmes.due")), make("p", {}, say("programmes.due_saying")),
      dataTable(say("programmes.due"), columnsOf("due", { id: undefined, date: undefined, days: figureText, quantity: figureText, remaining: figureText }), due)));
  }
  return found.length > 0 ? found : null;
}

/** What is data and what is assumption, and which tables the page carries how much of. */
function notes() {
  const assumed = rowsOf("assumptions") ?? [];
  const tables = Object.entries(payload.tables).map(([key, table]) => ({ key: name("tables", key), rows: table.rows, carried: table.cells.length === 0 ? 0 : table.cells[0].length }));
  const thinned = tables.some((table) => table.carried < table.rows);
  // What is said of a step is read after its name; figures that no link has are left out.
  const columns = columnsOf("assumptions", { step: undefined, what: undefined, n: figureText, r2: figureText, auc: figureText, note: undefined })
    .filter(({ key, show }) => show === undefined || assumed.some((row) => Number.isFinite(row[key])));
  if (assumed.length > 0) columns.splice(2, 0, { key: "word", label: name("columns", "source") });
  return [
    payload.notes.length > 0 ? make("ul", {}, payload.notes.map((note) => make("li", {}, note))) : null,
    assumed.length > 0
      ? make("div", { class: "block" }, make("h3", {}, say("notes.assumptions")), dataTable(say("notes.assumptions"), columns, assumed.map((row) => ({ ...row, word: name("sources", row.source) }))))
      : null,
    make("ul", {}, ["computed", "association", thinned ? "thinned" : null].filter(Boolean).map((key) => make("li", {}, say(`notes.${key}`)))),
    make("div", { class: "block" }, make("h3", {}, say("notes.tables")), dataTable(say("notes.tables"), [
      { key: "key", label: say("notes.table") }, { key: "rows", label: say("notes.rows"), show: figureText }, { key: "carried", label: say("notes.carried"), show: figureText },
    ], tables)),
    make("p", { class: "facts" }, [payload.by, payload.date].filter(Boolean).join(" · ")),
  ];
}
