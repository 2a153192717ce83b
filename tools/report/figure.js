/* Figures: a title, a sentence that says what to see, a drawing as wide as there is room, and its numbers as a table. */
const drawings = [];
const paperWidth = 760; // of a drawing on paper
const measure = document.createElement("canvas").getContext("2d");
const letters = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Malgun Gothic", sans-serif';

function textWidth(text, size = 13) {
  measure.font = `${size}px ${letters}`;
  return measure.measureText(text).width;
}

/** The text, cut where it would be wider. */
function cut(text, width, size = 13) {
  if (textWidth(text, size) <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 1 && textWidth(`${characters.join("")}…`, size) > width) characters.pop();
  return `${characters.join("")}…`;
}

/** From one range to another; the ends of the first may be further apart than a number can say. */
function scale(from, to, low, high) {
  const size = Number.isFinite(to - from) ? 1 : 0.25;
  const width = to * size - from * size || 1;
  return (number) => low + ((number * size - from * size) / width) * (high - low);
}

/** Round numbers, at most about `count`, that lie in the range; only its ends where it is too narrow for numbers of their size. */
function ticks(low, high, count) {
  const rough = high / count - low / count || 1 / count;
  if (rough < Number.MIN_VALUE * 2 ** 60 || rough < Math.max(Math.abs(low), Math.abs(high)) * 1e-10) return low === high ? [low] : [low, high];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((size) => size >= rough * 0.999999);
  const found = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index += 1) found.push(index * step);
  return found.map((tick) => (Math.abs(tick) < step * 1e-9 ? 0 : Number(tick.toPrecision(12))));
}

function range(numbers, ...more) {
  const there = [...numbers, ...more].filter((number) => Number.isFinite(number));
  return [Math.min(...there), Math.max(...there)];
}

function label(text, x, y, more = {}) {
  return draw("text", { x, y, ...more }, text);
}

/** A mark with a text that the pointer shows. */
function titled(mark, text) {
  mark.append(draw("title", {}, text));
  return mark;
}

function redraw(width) {
  for (const drawing of drawings) drawing(width);
}

/**
 * A figure. paint(width) gives {height, marks}; `saying` is the sentence below the title, which also describes the drawing.
 */
function figure(title, saying, paint, table) {
  const [titleId, sayingId] = [newId("title"), newId("saying")];
  const svg = draw("svg", { role: "img", "aria-labelledby": titleId, "aria-describedby": sayingId });
  const frame = make("div", { class: "drawing" }, svg);
  drawings.push((width) => {
    const wide = width ?? Math.max(280, Math.floor(frame.clientWidth) || paperWidth);
    const { height, marks } = paint(wide);
    svg.setAttribute("viewBox", `0 0 ${wide} ${height}`);
    svg.replaceChildren(...marks);
  });
  return make("figure", {},
    make("figcaption", {}, make("h3", { id: titleId }, title), make("p", { id: sayingId }, saying)),
    frame,
    table ? make("details", {}, make("summary", {}, say("table.show"), make("span", { class: "hidden" }, ` – ${title}`)), table) : null);
}
