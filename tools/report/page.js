/* The page: head, contents, the sections whose tables were given; and what paper and a new width need. */
const sections = { overview, potential, map, drivers, groups, migration, lifetime, scenario, impact, programmes, customer, notes };

function build() {
  const title = payload.title || say("page.title");
  const found = Object.entries(sections).map(([id, section]) => [id, section()]).filter(([, content]) => content !== null);
  const heading = (id) => make("h2", { id: `${id}-title` }, say(`${id}.title`));
  document.documentElement.lang = payload.language;
  document.title = title;
  document.body.prepend(
    make("a", { class: "skip", href: "#content" }, say("page.skip")),
    make("header", {}, make("div", {}, make("p", { class: "kind" }, say("page.kind")), make("h1", {}, title),
      payload.date ? make("p", { class: "facts" }, make("time", { datetime: payload.date }, dateText())) : null)),
    make("nav", { "aria-label": say("page.contents") }, make("ul", {}, found.map(([id]) => make("li", {}, make("a", { href: `#${id}` }, say(`${id}.title`)))))),
    make("main", { id: "content" }, found.map(([id, content]) =>
      make("section", { id, "aria-labelledby": `${id}-title` }, heading(id), content.filter(Boolean)))),
  );
  redraw();
}

function dateText() {
  const date = new Date(`${payload.date}T12:00:00`);
  return new Intl.DateTimeFormat(payload.language, { dateStyle: "long" }).format(date);
}

let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  opened.forEach((details) => { details.open = true; });
  redraw(paperWidth);
});
window.addEventListener("afterprint", () => {
  opened.forEach((details) => { details.open = false; });
  redraw();
});

build();

let widthDrawn = document.body.clientWidth;
new ResizeObserver(() => {
  if (document.body.clientWidth === widthDrawn) return;
  widthDrawn = document.body.clientWidth;
  redraw();
}).observe(document.body);
