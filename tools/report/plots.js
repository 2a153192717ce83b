/* Plots with two axes: histograms, points, and lines over time. */
const plotHeight = 300;

/** The frame of a plot: scales, and marks for axes, grid and their names. */
function axes(width, xRange, yRange, names, more = {}) {
  const height = more.height ?? plotHeight;
  const yTicks = ticks(yRange[0], yRange[1], 5);
  const show = more.showY ?? figureText;
  const left = Math.max(...yTicks.map((tick) => textWidth(show(tick), 12))) + 12;
  const showX = more.showX ?? figureText;
  const xTicks = ticks(xRange[0], xRange[1], Math.max(4, Math.floor(width / 110)));
  const [top, right, bottom] = [34, width - Math.max(8, textWidth(showX(xTicks[xTicks.length - 1]), 12) / 2 + 2), height - 42];
  const x = scale(xRange[0], xRange[1], left + 4, right);
  const y = scale(yRange[0], yRange[1], bottom, top);
  const marks = [label(names[1], 0, 12, { class: "axis" }), label(names[0], right, height - 6, { class: "axis", "text-anchor": "end" })];
  for (const tick of yTicks) {
    marks.push(draw("path", { class: tick === 0 ? "zero" : "grid", d: `M${left} ${y(tick)}H${right}` }));
    marks.push(label(show(tick), left - 6, y(tick) + 4, { class: "tick", "text-anchor": "end" }));
  }
  for (const tick of xTicks) {
    marks.push(draw("path", { class: "grid", d: `M${x(tick)} ${bottom}v5` }));
    marks.push(label(showX(tick), x(tick), bottom + 18, { class: "tick", "text-anchor": "middle" }));
  }
  return { x, y, left, top, right, bottom, height, marks };
}

/** Counts by bin, as facts hold them; bars below `border` have another tone. */
function histogram(facts, width, names, border) {
  const { edges, counts, below, above } = facts;
  const step = edges[1] - edges[0];
  const tall = [...(below ? [below] : []), ...counts, ...(above ? [above] : [])];
  const at = axes(width, [edges[0] - (below ? step : 0), edges[edges.length - 1] + (above ? step : 0)], [0, Math.max(...tall)], names);
  const bar = (from, count, text, beyond) => titled(draw("rect", {
    x: at.x(from) + 1, width: Math.max(1, at.x(from + step) - at.x(from) - 2), y: at.y(count), height: at.bottom - at.y(count),
    class: `${border !== undefined && from + step <= border + step * 1e-9 ? "fill-two" : "fill-one"}${beyond ? " beyond" : ""}`,
  }), `${text}: ${figureText(count)}`);
  counts.forEach((count, index) => {
    at.marks.push(bar(edges[index], count, say("plots.bin", { from: figureText(edges[index]), to: figureText(edges[index + 1]) })));
  });
  if (below) at.marks.push(bar(edges[0] - step, below, say("plots.below", { x: figureText(edges[0]) }), true));
  if (above) at.marks.push(bar(edges[edges.length - 1], above, say("plots.above", { x: figureText(edges[edges.length - 1]) }), true));
  const mean = Math.min(Math.max(at.x(facts.mean), at.left), at.right); /* a few far away may take it out of what is drawn */
  at.marks.push(draw("path", { class: "mean", d: `M${mean} ${at.top}V${at.bottom}` }));
  const isRight = mean > (at.left + at.right) / 2;
  at.marks.push(label(say("plots.mean", { x: figureText(facts.mean) }), mean + (isRight ? -4 : 4), at.top - 6,
    { class: "note", "text-anchor": isRight ? "end" : "start" }));
  return { height: at.height, marks: at.marks };
}

function histogramTable(facts, title) {
  const { edges, counts, below, above } = facts;
  const rows = counts.map((count, index) => ({ bin: say("plots.bin", { from: figureText(edges[index]), to: figureText(edges[index + 1]) }), count }));
  if (below) rows.unshift({ bin: say("plots.below", { x: figureText(edges[0]) }), count: below });
  if (above) rows.push({ bin: say("plots.above", { x: figureText(edges[edges.length - 1]) }), count: above });
  return dataTable(title, [{ key: "bin", label: say("plots.range") }, { key: "count", label: name("columns", "customers"), show: figureText }], rows);
}

/** How many points lie in each of `across` x `across` cells. */
function cellsOf(points, xRange, yRange, across) {
  const cells = new Map();
  const place = (number, [low, high]) => Math.min(across - 1, Math.floor(scale(low, high, 0, across)(number)));
  for (const point of points) {
    const key = place(point.x, xRange) * across + place(point.y, yRange);
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }
  return cells;
}

/** Names beside points, to the side on which they cover no other name and no other point; not written if there is none. */
function namesBeside(at, points) {
  const taken = points.map((point) => ({ left: at.x(point.x) - 6, right: at.x(point.x) + 6, y: at.y(point.y) }));
  const marks = [];
  for (const point of points) {
    const [x, y, width] = [at.x(point.x), at.y(point.y), textWidth(point.label) * 1.1];
    const places = [[x + 10, y], [x - 10 - width, y], [x - width / 2, y - 17], [x - width / 2, y + 17]];
    const free = places.find(([left, middle]) => left >= at.left && left + width <= at.right + 8
      && !taken.some((box) => Math.abs(box.y - middle) < 13 && box.left < left + width && left < box.right));
    if (!free) continue;
    taken.push({ left: free[0], right: free[0] + width, y: free[1] });
    marks.push(label(point.label, free[0], free[1] + 4.5, { class: "halo strong" }));
  }
  return marks;
}

const pointsApart = 400; // more are shown as cells

/** Points {x, y, text}, or how many there are in cells; `ours` are named marks above them. */
function cloud(points, ours, width, xRange, yRange, names, extra) {
  const at = axes(width, xRange, yRange, names, { height: Math.min(460, Math.max(320, width * 0.6)) });
  if (points.length > pointsApart) {
    const across = width < 520 ? 16 : 24;
    const cells = cellsOf(points, xRange, yRange, across);
    const most = Math.max(...cells.values());
    const [wide, tall] = [(at.right - at.left - 4) / across, (at.bottom - at.top) / across];
    for (const [key, count] of cells) {
      const [column, row] = [Math.floor(key / across), key % across];
      at.marks.push(titled(draw("rect", {
        x: at.left + 4 + column * wide, y: at.bottom - (row + 1) * tall, width: wide - 1, height: tall - 1,
        class: "fill-one", "fill-opacity": (0.12 + 0.88 * Math.sqrt(count / most)).toFixed(3),
      }), say("plots.customers", { n: figureText(count) })));
    }
  } else {
    for (const point of points) at.marks.push(titled(draw("circle", { cx: at.x(point.x), cy: at.y(point.y), r: 4, class: "point" }), point.text));
  }
  at.marks.push(...extra(at));
  for (const one of ours) at.marks.push(titled(draw("circle", { cx: at.x(one.x), cy: at.y(one.y), r: 6, class: "named" }), one.label));
  at.marks.push(...namesBeside(at, ours));
  return { height: at.height, marks: at.marks };
}

const dashes = ["", "7 4", "2 4"];

/** Series {label, tone, points: [{x, y}]} over the same x; `bands` {from, to, label} shade parts. */
function lines(series, width, names, more = {}) {
  const points = series.flatMap((one) => one.points).filter((point) => Number.isFinite(point.y));
  const yRange = range(points.map((point) => point.y), ...(more.include ?? []));
  if (yRange[0] === yRange[1]) yRange[1] += 1;
  const at = axes(width, range(points.map((point) => point.x)), yRange, names, more);
  for (const band of more.bands ?? []) {
    const [from, to] = [at.x(band.from), at.x(band.to)];
    at.marks.unshift(draw("rect", { x: from, y: at.top, width: Math.max(0, to - from), height: at.bottom - at.top, class: "band" }));
    at.marks.push(label(band.label, from + 2, at.top - 6, { class: "note" }));
  }
  let legend = at.left;
  series.forEach((one, index) => {
    const path = one.points.filter((point) => Number.isFinite(point.y)).map((point, place) => `${place ? "L" : "M"}${at.x(point.x).toFixed(1)} ${at.y(point.y).toFixed(1)}`).join("");
    at.marks.push(draw("path", { class: `line-${one.tone}`, d: path, "stroke-dasharray": dashes[index] }));
    if (one.points.length <= 40 && !more.bare) {
      for (const point of one.points) {
        if (!Number.isFinite(point.y)) continue;
        at.marks.push(titled(draw("circle", { cx: at.x(point.x), cy: at.y(point.y), r: 3, class: `fill-${one.tone}` }), `${one.label}: ${(more.showY ?? figureText)(point.y)}`));
      }
    }
    if (series.length === 1) return;
    at.marks.push(draw("path", { class: `line-${one.tone}`, d: `M${legend} ${at.height + 8}h24`, "stroke-dasharray": dashes[index] }));
    at.marks.push(label(one.label, legend + 30, at.height + 12, { class: "tick" }));
    legend += 30 + textWidth(one.label, 12) + 18;
  });
  return { height: at.height + (series.length > 1 ? 20 : 0), marks: at.marks };
}
