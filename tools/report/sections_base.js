/* Sections about the base of customers: groups, migration, lifetime. */

function labelsOf(table, key) {
  return new Map((rowsOf(table) ?? []).map((row) => [row[key], row]));
}

function groups() {
  const rows = rowsOf("groups") ?? [];
  const texts = labelsOf("advice", "group");
  if (rows.length === 0 && texts.size === 0) return null;
  const called = (row) => texts.get(row.group)?.label ?? name("states", row.group ?? "–");
  const named = rows.map((row) => ({ ...row, group: called(row), id: row.group }));
  const title = say("groups.figure");
  const single = named.filter((row) => row.id !== "all");
  const largest = sorted(single, "customers", true)[0] ?? named[0];
  const drawn = single.map((row) => ({ label: row.group, value: row.share, text: `${shareText(row.share)} (${figureText(row.customers)})`, tone: "one" }));
  const cards = [...texts.values()].map((text) => {
    const row = rows.find((one) => one.group === text.group);
    const facts = row ? [say("groups.customers", { n: figureText(row.customers), share: shareText(row.share) }),
      row.value_mean !== undefined && row.value_mean !== null ? say("groups.value", { value: moneyText(row.value_mean) }) : null,
      row.allowable !== undefined && row.allowable !== null ? say("groups.allowable", { value: moneyText(row.allowable) }) : null] : [];
    return make("div", { class: "card" }, make("h4", {}, text.label ?? text.group),
      facts.length > 0 ? make("p", { class: "facts" }, facts.filter(Boolean).join(" · ")) : null, make("p", {}, text.advice ?? ""));
  });
  return [
    single.length === 0 ? null : figure(title, say("groups.saying", { name: largest.group, share: shareText(largest.share) }), (width) => bars(drawn, width),
      dataTable(title, columnsOf("groups", { group: undefined, customers: figureText, share: shareText, value_mean: moneyText, value_sum: moneyText, allowable: moneyText, spend: moneyText, return: shareText }), named)),
    cards.length === 0 ? null : make("h3", {}, say("groups.advice")),
    cards.length === 0 ? null : make("div", { class: "cards" }, cards),
  ];
}

/** States from left to right and from top to bottom; the darker, the larger the part of its row. */
function heat(rows) {
  const states = payload.tables.migration.columns.filter((column) => column !== "from");
  const called = (state) => (state === null ? "–" : name("states", state.replace(/^to_/, "")));
  const isShare = rows.every((row) => states.every((state) => row[state] === null || row[state] <= 1));
  const title = say("migration.matrix");
  const body = rows.map((row) => {
    const sum = states.reduce((all, state) => all + (row[state] ?? 0), 0);
    return make("tr", {}, make("th", { scope: "row", class: "text" }, called(row.from)), states.map((state) => {
      const share = sum > 0 && row[state] !== null ? row[state] / sum : 0;
      const stays = state === `to_${row.from}`;
      return make("td", { class: stays ? "number heat stays" : "number heat", style: `--share: ${(share * 100).toFixed(1)}%` },
        isShare ? shareText(row[state]) : figureText(row[state]), isShare ? null : make("small", {}, shareText(share)));
    }));
  });
  const table = make("table", {}, make("caption", {}, title),
    make("thead", {}, make("tr", {}, make("td", { class: "text" }, say("migration.from_to")), states.map((state) => make("th", { scope: "col", class: "number" }, called(state))))),
    make("tbody", {}, body));
  return make("div", { class: "block" }, make("h3", {}, title), make("p", {}, say("migration.saying")),
    make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": title }, table));
}

function flows() {
  const rows = (rowsOf("flows") ?? []).map((row) => ({ ...row, state: name("states", row.state ?? "–"), id: row.state }));
  if (rows.length === 0) return null;
  const title = say("migration.net");
  const drawn = rows.filter((row) => row.id !== "absent").map((row) => ({
    label: row.state, value: row.net, text: signedText(row.net), tone: row.net < 0 ? "two" : "one", strong: row.id === "all",
  }));
  return figure(title, say("migration.net_saying"), (width) => bars(drawn, width),
    dataTable(title, columnsOf("flows", {
      state: undefined, before: figureText, stayed: figureText, upgraded: figureText, downgraded: figureText, lost: figureText,
      upgraded_in: figureText, downgraded_in: figureText, returned: figureText, newcomers: figureText, after: figureText, net: signedText,
    }), rows));
}

function outlook() {
  const rows = rowsOf("outlook") ?? [];
  if (rows.length === 0) return null;
  const states = payload.tables.outlook.columns.filter((column) => column !== "step");
  const title = say("migration.outlook");
  const table = dataTable(title, [{ key: "step", label: name("columns", "step"), show: figureText },
    ...states.map((state) => ({ key: state, label: name("states", state), show: figureText }))], rows);
  return make("div", { class: "block" }, make("h3", {}, title), make("p", {}, say("migration.outlook_saying")), table);
}

function migration() {
  const rows = rowsOf("migration") ?? [];
  const found = [rows.length > 0 ? heat(rows) : null, flows(), outlook()].filter(Boolean);
  return found.length > 0 ? found : null;
}

function curve() {
  const rows = rowsOf("curve") ?? [];
  if (rows.length === 0 || rows.every((row) => row.share === null)) return null;
  const title = say("lifetime.curve");
  const points = [{ x: 0, y: 0 }, ...rows.map((row) => ({ x: row.customers, y: row.share }))];
  const tenth = rows.find((row) => row.customers >= 0.1 - 1e-9) ?? rows[rows.length - 1];
  const series = [{ label: say("lifetime.curve_line"), tone: "one", points }, { label: say("lifetime.curve_even"), tone: "three", points: [{ x: 0, y: 0 }, { x: 1, y: 1 }] }];
  return figure(title, say("lifetime.curve_saying", { customers: shareText(tenth.customers), share: shareText(tenth.share) }),
    (width) => lines(series, width, [say("lifetime.curve_x"), say("lifetime.curve_y")], { showX: shareText, showY: shareText }),
    dataTable(title, columnsOf("curve", { customers: shareText, share: shareText, value: moneyText, cumulative: moneyText })
      .map((column) => (column.key === "customers" ? { ...column, label: say("lifetime.curve_x") } : column)), rows));
}

function tracking() {
  const rows = (rowsOf("tracking") ?? []).filter((row) => row.elapsed !== null);
  if (rows.every((row) => row.actual_total === null && row.expected_total === null)) return null;
  const title = say("lifetime.tracking");
  const line = (key, tone) => ({ label: name("columns", key), tone, points: rows.map((row) => ({ x: row.elapsed, y: row[key] })) });
  const last = rows[rows.length - 1];
  return figure(title, say("lifetime.tracking_saying", { actual: figureText(last.actual_total), expected: figureText(last.expected_total) }),
    (width) => lines([line("actual_total", "one"), line("expected_total", "two")], width, [name("columns", "elapsed"), say("lifetime.purchases")], { bare: true }),
    dataTable(title, columnsOf("tracking", { elapsed: figureText, actual_total: figureText, expected_total: figureText }), rows));
}

function lifetime() {
  const [expected, value] = [factsOf("lifetime", "expected"), factsOf("lifetime", "value")];
  const found = [];
  if (expected && expected.count > 0) {
    const money = value && value.count > 0;
    found.push(tiles([
      { label: say("overview.customers"), text: figureText(payload.tables.lifetime.rows) },
      has("lifetime", "alive") ? { label: say("lifetime.alive"), text: shareText(factsOf("lifetime", "alive").mean) } : null,
      { label: say("lifetime.expected"), text: figureText(sumOf(expected)) },
      money ? { label: say("lifetime.sum"), text: moneyText(sumOf(value)) } : null,
      money ? { label: say("lifetime.mean"), text: moneyText(value.mean) } : null,
    ]));
    const shown = money ? value : expected;
    const key = money ? "value" : "expected";
    found.push(distribution(shown, say(`lifetime.distribution_${key}`), say("lifetime.saying", { mean: figureText(shown.mean), median: figureText(shown.median) }),
      say(`lifetime.axis_${key}`)));
  }
  found.push(curve(), tracking(), bestTable("lifetime", say("lifetime.best"), { id: undefined, value: moneyText, expected: figureText, alive: shareText, spend: moneyText }));
  const there = found.filter(Boolean);
  return there.length > 0 ? there : null;
}
