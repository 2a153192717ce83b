/* Sections about what customers perceive: overview, potential, value map, drivers, one customer. */

/** The figures a section begins with: {label, text, more}. */
function tiles(list) {
  return make("dl", { class: "tiles" }, list.filter(Boolean).map((tile) =>
    make("div", {}, make("dt", {}, tile.label), make("dd", {}, tile.text, tile.more ? make("small", {}, tile.more) : null))));
}

function meanTile(table, column, show = figureText) {
  const facts = factsOf(table, column);
  return facts && facts.count > 0 ? { label: say(`overview.${column}`), text: show(facts.mean) } : null;
}

/** The share of customers below a border that is an edge of the bins, or undefined. */
function shareBelow(facts, border) {
  if (!facts.edges || facts.low >= border) return facts.low >= border ? 0 : undefined;
  const index = facts.edges.findIndex((edge) => Math.abs(edge - border) < 1e-9 * (facts.edges[1] - facts.edges[0]));
  return index < 0 ? undefined : (facts.below + facts.counts.slice(0, index).reduce((sum, count) => sum + count, 0)) / facts.count;
}

function distribution(facts, title, saying, axis, border) {
  if (!facts.edges) return null;
  return figure(title, saying, (width) => histogram(facts, width, [axis, name("columns", "customers")], border), histogramTable(facts, title));
}

function overview() {
  const facts = factsOf("values", "value");
  if (!facts || facts.count === 0) return null;
  const losers = shareBelow(facts, 0);
  const saying = say("overview.saying", {
    mean: figureText(facts.mean), median: figureText(facts.median), low: figureText(facts.low), high: figureText(facts.high),
  });
  return [
    tiles([
      { label: say("overview.customers"), text: figureText(payload.tables.values.rows), more: facts.missing > 0 ? say("overview.missing", { n: figureText(facts.missing) }) : null },
      meanTile("values", "value"), meanTile("values", "benefit"), meanTile("values", "sacrifice"),
      meanTile("values", "satisfaction"), meanTile("values", "coverage", shareText),
    ]),
    losers === undefined ? null : make("p", { class: "lead" }, say(losers === 0 ? "overview.none_below" : "overview.below", { share: shareText(losers) })),
    distribution(facts, say("overview.distribution"), saying, say("overview.axis"), 0),
  ];
}

const parts = ["existing", "potential", "influence", "learning"];

function bestTable(table, title, shows) {
  const rows = rowsOf(table, "best");
  return rows && rows.length > 0 ? make("div", { class: "block" }, make("h3", {}, title), dataTable(title, columnsOf(table, shows), rows)) : null;
}

function potential() {
  const total = factsOf("worth", "total");
  if (!total || total.count === 0) return null;
  const found = parts.filter((part) => factsOf("worth", part)?.count > 0);
  const rows = found.map((part) => {
    const sum = sumOf(factsOf("worth", part));
    return { label: say(`potential.${part}`), value: sum, text: moneyText(sum), tone: sum < 0 ? "two" : "one" };
  });
  rows.push({ label: say("potential.total"), value: sumOf(total), text: moneyText(sumOf(total)), tone: "sum", strong: true });
  const existing = factsOf("worth", "existing");
  const losers = existing ? shareBelow(existing, 0) : undefined;
  const title = say("potential.parts");
  return [
    make("p", { class: "lead" }, say("potential.lead", { sum: moneyText(sumOf(total)), n: figureText(total.count), mean: moneyText(total.mean) }),
      losers ? say("list.space") + say("potential.losers", { share: shareText(losers) }) : null),
    figure(title, say("potential.saying"), (width) => bars(rows, width),
      dataTable(title, [{ key: "label", label: say("potential.part") }, { key: "value", label: say("potential.sum"), show: moneyText }], rows)),
    bestTable("worth", say("potential.best"), {
      id: undefined, total: moneyText, existing: moneyText, potential: moneyText, influence: moneyText, learning: moneyText,
    }),
  ];
}

/** Where benefit is sacrifice, as far as it can be seen. */
function breakEven(at, xRange, yRange) {
  const from = Math.max(xRange[0], yRange[0]);
  const to = Math.min(xRange[1], yRange[1]);
  if (from >= to) return [];
  return [
    draw("path", { class: "mean", d: `M${at.x(from)} ${at.y(from)}L${at.x(to)} ${at.y(to)}` }),
    label(say("map.worth"), at.left + 10, at.top + 16, { class: "note halo" }),
    label(say("map.not_worth"), at.right - 4, at.bottom - 8, { class: "note halo", "text-anchor": "end" }),
  ];
}

function map() {
  const rows = has("values", "benefit") && has("values", "sacrifice") ? rowsOf("values") : [];
  const points = rows.filter((row) => row.benefit !== null && row.sacrifice !== null)
    .map((row) => ({ x: row.sacrifice, y: row.benefit, text: `${row.id ?? ""} ${signedText(row.value)}` }));
  const offers = (rowsOf("offers") ?? []).filter((row) => row.benefit !== null && row.sacrifice !== null);
  const ours = offers.map((row) => ({ x: row.sacrifice, y: row.benefit, label: row.id ?? "" }));
  if (points.length + ours.length === 0) return null;
  const [xRange, yRange] = ["x", "y"].map((axis) => range([...points, ...ours].map((point) => point[axis]), 0, 100));
  const title = say("map.title");
  const thinned = payload.tables.values && payload.tables.values.rows > rows.length;
  const saying = [say("map.saying"), points.length > pointsApart ? say("map.cells") : null, thinned ? say("map.thinned", { n: figureText(rows.length) }) : null];
  const shows = { id: undefined, value: signedText, benefit: figureText, sacrifice: figureText };
  return [
    figure(say("map.figure"), saying.filter(Boolean).join(say("list.space")),
      (width) => cloud(points, ours, width, xRange, yRange, [name("columns", "sacrifice"), name("columns", "benefit")], (at) => breakEven(at, xRange, yRange)),
      points.length > 0 ? dataTable(title, columnsOf("values", shows), rows) : null),
    offers.length > 0
      ? make("div", { class: "block" }, make("h3", {}, say("map.offers")), dataTable(say("map.offers"), columnsOf("offers", { ...shows, rank: figureText, choice_share: shareText }), sorted(offers, "value", true)))
      : null,
  ];
}

function levers() {
  const rows = sorted(rowsOf("levers") ?? [], "gain", true);
  if (rows.length === 0) return null;
  const drawn = rows.slice(0, 15).map((row) => ({ label: row.label ?? row.node, value: row.gain, text: signedText(row.gain), tone: row.side === "sacrifice" ? "two" : "one" }));
  const title = say("drivers.levers");
  return figure(title, say("drivers.levers_saying", { first: drawn[0].label, gain: signedText(rows[0].gain) }), (width) => bars(drawn, width),
    dataTable(title, columnsOf("levers", { label: undefined, gain: signedText, score: figureText, room: figureText, potential: signedText, cost: moneyText, gain_per_cost: signedText }), rows));
}

function derived() {
  const called = labelsOf("levers", "node");
  const rows = sorted(rowsOf("drivers") ?? [], "importance", true).map((row) => ({ ...row, label: called.get(row.name)?.label ?? row.name }));
  if (rows.length === 0) return null;
  const title = say("drivers.derived");
  const drawn = rows.slice(0, 15).map((row) => ({ label: row.label, value: row.importance, low: row.low, high: row.high, text: figureText(row.importance), tone: "three" }));
  return figure(title, say("drivers.derived_saying"), (width) => bars(drawn, width),
    dataTable(title, [{ key: "label", label: name("columns", "indicator") }, ...columnsOf("drivers", { importance: figureText, low: figureText, high: figureText, correlation: figureText })], rows));
}

const quadrantOrder = ["concentrate", "keep", "low-priority", "overkill"];

/** Numbered points; the lists beside the drawing say which is which, so no name can cover another. */
function quadrants() {
  const rows = (rowsOf("quadrants") ?? []).filter((row) => row.importance !== null && row.performance !== null);
  if (rows.length === 0) return null;
  const ordered = quadrantOrder.flatMap((quadrant) => sorted(rows.filter((row) => row.quadrant === quadrant), "importance", true));
  ordered.forEach((row, index) => { row.number = index + 1; });
  const [xCut, yCut] = [rows[0].performance_cut, rows[0].importance_cut];
  const pad = ([low, high]) => [low - (high / 8 - low / 8 || 0.125), high + (high / 8 - low / 8 || 0.125)];
  const xRange = pad(range(rows.map((row) => row.performance), xCut));
  const yRange = pad(range(rows.map((row) => row.importance), yCut));
  const paint = (width) => {
    const at = axes(width, xRange, yRange, [name("columns", "performance"), name("columns", "importance")], { height: 360 });
    at.marks.unshift(draw("rect", { x: at.left, y: at.top, width: at.x(xCut) - at.left, height: at.y(yCut) - at.top, class: "band" }));
    at.marks.push(draw("path", { class: "mean", d: `M${at.x(xCut)} ${at.top}V${at.bottom}M${at.left} ${at.y(yCut)}H${at.right}` }));
    const corners = { concentrate: [at.left + 8, at.top + 15, "start"], keep: [at.right - 4, at.top + 15, "end"], "low-priority": [at.left + 8, at.bottom - 8, "start"], overkill: [at.right - 4, at.bottom - 8, "end"] };
    for (const [quadrant, [x, y, anchor]] of Object.entries(corners)) at.marks.push(label(name("quadrant", quadrant), x, y, { class: "note", "text-anchor": anchor }));
    for (const row of ordered) {
      at.marks.push(titled(draw("circle", { cx: at.x(row.performance), cy: at.y(row.importance), r: 11, class: row.quadrant === "concentrate" ? "fill-two" : "fill-one" }), row.id ?? ""));
      at.marks.push(label(String(row.number), at.x(row.performance), at.y(row.importance) + 4, { class: "inside", "text-anchor": "middle" }));
    }
    return { height: at.height, marks: at.marks };
  };
  const title = say("drivers.quadrants");
  const list = quadrantOrder.map((quadrant) => {
    const inside = ordered.filter((row) => row.quadrant === quadrant);
    return inside.length === 0 ? null : make("div", { class: "card" }, make("h4", {}, name("quadrant", quadrant)),
      make("p", {}, say(`drivers.${quadrant}`)), make("ol", { start: inside[0].number }, inside.map((row) => make("li", {}, row.id ?? ""))));
  });
  const first = ordered.filter((row) => row.quadrant === "concentrate").map((row) => row.id).join(say("list.comma"));
  return [
    figure(title, first ? say("drivers.quadrants_saying", { names: first }) : say("drivers.quadrants_none"), paint,
      dataTable(title, columnsOf("quadrants", { id: undefined, importance: figureText, performance: figureText }).concat({ key: "word", label: name("columns", "quadrant") }),
        ordered.map((row) => ({ ...row, word: name("quadrant", row.quadrant) })))),
    make("div", { class: "cards" }, list),
  ];
}

function drivers() {
  const found = [levers(), derived(), quadrants()].flat().filter(Boolean);
  return found.length > 0 ? found : null;
}

/** The parts of one customer's value, from 0 to the value, and the tree they come from. */
function customer() {
  const rows = rowsOf("explain") ?? [];
  const isPart = rows.filter((row) => row.is_part === 1 && row.contribution !== null);
  if (isPart.length === 0) return null;
  let sum = 0;
  const drawn = isPart.map((row) => {
    const from = sum;
    sum += row.contribution;
    return { label: row.label ?? row.node, from, to: sum, text: signedText(row.contribution), tone: row.contribution < 0 ? "two" : "one", part: row.contribution };
  });
  const value = rows[0].contribution ?? sum;
  drawn.push({ label: say("customer.value"), from: 0, to: value, text: figureText(value), tone: "sum", strong: true });
  const ordered = sorted(isPart, "contribution", true);
  const names = (list) => list.map((row) => `${row.label ?? row.node} (${signedText(row.contribution)})`).join(say("list.comma"));
  const good = names(ordered.filter((row) => row.contribution > 0).slice(0, 3));
  const bad = names(ordered.filter((row) => row.contribution < 0).reverse().slice(0, 3));
  const title = say("customer.figure");
  const indent = (row) => "\u2003".repeat(Math.min(Math.max(row.depth ?? 0, 0), 10));
  const tree = rows.map((row) => ({ ...row, label: `${indent(row)}${row.label ?? row.node}` }));
  return [
    make("p", { class: "lead" }, say("customer.lead", { value: figureText(value) })),
    make("ul", {}, good ? make("li", {}, say("customer.for", { names: good })) : null, bad ? make("li", {}, say("customer.against", { names: bad })) : null),
    figure(title, say("customer.saying"), (width) => bars(drawn, width),
      dataTable(title, columnsOf("explain", { label: undefined, score: figureText, weight: shareText, contribution: signedText, note: undefined }), tree)),
  ];
}
