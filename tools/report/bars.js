/* Bars that lie one below the other: lists, intervals, and falls from sum to sum. */

/** Labels beside the bars if there is room, else above them. Texts of sums are bold, hence wider. */
function barLayout(rows, width) {
  const widest = (key) => Math.max(...rows.map((row) => textWidth(row[key]) * (row.strong ? 1.1 : 1)));
  const labels = Math.min(widest("label") + 12, width * 0.36);
  const beside = width >= 520;
  const numbers = widest("text") + 12;
  return { beside, left: beside ? labels : 2, right: width - 2, numbers, step: beside ? 30 : 46, bar: 16 };
}

function barEnds(row) {
  const from = row.from ?? 0;
  return [from, row.to ?? row.value, row.low ?? from, row.high ?? from];
}

/**
 * Each row is {label, text, value, tone} and may have `from` and `to` (where the bar lies, else from 0 to value), `low` and `high`
 * (an interval) and `strong` (a sum).
 */
function bars(rows, width) {
  const at = barLayout(rows, width);
  const [low, high] = range(rows.flatMap(barEnds), 0);
  const room = low < 0 ? at.numbers : 0;
  const x = scale(low, high, at.left + room, at.right - at.numbers);
  const marks = [];
  rows.forEach((row, index) => {
    const top = index * at.step + 6;
    const middle = at.beside ? top + at.bar / 2 : top + 18 + at.bar / 2;
    const [from, to] = [row.from ?? 0, row.to ?? row.value];
    const [start, end] = [Math.min(x(from), x(to)), Math.max(x(from), x(to))];
    const shown = cut(row.label, at.beside ? at.left - 10 : width - 8);
    marks.push(label(shown, at.beside ? at.left - 8 : 2, at.beside ? middle + 4.5 : top + 11,
      { "text-anchor": at.beside ? "end" : "start", class: row.strong ? "strong" : null }));
    const [over, under] = at.beside ? [top - 6, top + at.step - 6] : [middle - at.bar / 2 - 3, middle + at.bar / 2 + 3];
    marks.push(draw("path", { class: "zero", d: `M${x(0)} ${over}V${under}` }));
    marks.push(titled(draw("rect", { x: start, y: middle - at.bar / 2, width: Math.max(1, end - start), height: at.bar, rx: 2, class: `fill-${row.tone}` }),
      `${row.label}: ${row.text}`));
    let reach = end;
    let back = start;
    if (Number.isFinite(row.low) && Number.isFinite(row.high)) {
      marks.push(draw("path", { class: "whisker", d: `M${x(row.low)} ${middle}H${x(row.high)}M${x(row.low)} ${middle - 5}v10M${x(row.high)} ${middle - 5}v10` }));
      reach = Math.max(reach, x(row.high));
      back = Math.min(back, x(row.low));
    }
    const falls = to < from;
    marks.push(label(row.text, falls ? back - 6 : reach + 6, middle + 4.5, { "text-anchor": falls ? "end" : "start", class: row.strong ? "number strong" : "number" }));
  });
  return { height: rows.length * at.step + 4, marks };
}
