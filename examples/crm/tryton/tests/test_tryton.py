#!/usr/bin/env python3
"""The module within Tryton, through its JSON-RPC: test_tryton.py LIBRARY

Needs the packages tryton-server, tryton-modules-sale-opportunity, postgresql; what is missing is named, and counted as
skipped. The last line is "N passed, N failed, N skipped".
"""

# SPDX-License-Identifier: Apache-2.0
import concurrent.futures
import datetime
import decimal
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import traceback

from server import Fault, Missing, Tryton

SOURCE = pathlib.Path(__file__).resolve().parents[4]
TODAY = datetime.date.today()
FIELDS = [
    *("perceived_value", "perceived_benefit", "perceived_sacrifice", "value_problems", "value_group", "alive"),
    *("lifetime_value", "value_date"),
]
SHOP = {
    "custval": "system",
    "version": 1,
    "dimensions": [
        {
            "id": "product",
            "side": "benefit",
            "indicators": [
                {"id": "quality", "label": {"en": "Quality"}, "items": [{"column": "q1", "scale": [1, 10]}]}
            ],
        },
        {
            "id": "money",
            "side": "sacrifice",
            "indicators": [{"id": "price", "items": [{"column": "q2", "scale": [1, 10]}]}],
        },
    ],
}
BANDS = {
    "custval": "groups",
    "version": 1,
    "measures": [{"id": "v", "column": "value", "quantiles": [0.5]}],
    "groups": [{"id": "high", "when": {"v": 2}}, {"id": "low"}],
}
LIFETIME = {
    "custval": "lifetime",
    "version": 1,
    "model": "bgnbd",
    "unit": "week",
    "parameters": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426},
    "spend": {
        "custval": "lifetime",
        "version": 1,
        "model": "gamma-gamma",
        "parameters": {"p": 6.25, "q": 3.74, "gamma": 15.45},
    },
}


class Crm:
    """What the tests do with a server again and again."""

    def __init__(self, server):
        self.call = server.call

    def configure(self, **documents):
        values = {name: None for name in ("system", "groups", "lifetime")}
        values.update({name: json.dumps(document) for name, document in documents.items()})
        self.call("model.customer_value.configuration.write", [1], values)

    def parties(self, rows, date=TODAY):
        """New parties with these answers: {question: number or text}."""
        made = [{"name": f"party {i}", "value_answers": [["create", answers(row, date)]]} for i, row in enumerate(rows)]
        return self.call("model.party.party.create", made)

    def update(self, parties):
        self.call("model.party.party.update_values", parties)

    def update_all(self):
        cron = self.call("model.ir.cron.search", [["method", "=", "party.party|update_all_values"]])
        self.call("model.ir.cron.run_once", cron)

    def read(self, parties):
        found = {row["id"]: row for row in self.call("model.party.party.read", parties, FIELDS)}
        return [found[party] for party in parties]


def answers(row, date):
    return [
        {"question": question, "text" if isinstance(cell, str) else "number": cell, "date": date}
        for question, cell in row.items()
        if cell is not None
    ]


# --- The calls that every embedding answers alike.


def shared_calls(crm, library, count):
    text = subprocess.run(
        [sys.executable, SOURCE / "tests" / "embeddings" / "calls.py"],
        env={**os.environ, "CUSTVAL_LIBRARY": library},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    calls = json.loads(text)["calls"]
    for kind, run in (("score", shared_scores), ("refuse", shared_refusals), ("group", shared_groups)):
        run(crm, [call for call in calls if call["call"] == kind], count)
    # Weights are made before a document, and a party's purchases are opportunities with dates, not x, t_x and T.
    for kind in ("weights", "lifetime"):
        number = sum(call["call"] == kind for call in calls)
        count.skip(f"{number} calls of the kind {kind}", "the module does not ask for that", number)


def by_document(calls, key):
    """Calls of one document together."""
    documents = {}
    for call in calls:
        documents.setdefault(json.dumps(call[key]), []).append(call)
    return documents.values()


def shared_scores(crm, calls, count):
    for some in by_document(calls, "system"):
        if some[0]["system"].get("overrides"):
            # They depend on the date of scoring, which here is today.
            count.skip(f"{len(some)} calls with overrides", "their dates are not today", len(some))
            continue
        crm.configure(system=some[0]["system"])
        parties = crm.parties([dict(zip(call["inputs"], call["cells"])) for call in some])
        crm.update(parties)
        for call, found in zip(some, crm.read(parties)):
            with count.test(f"score {call['id']}"):
                for name in ("value", "benefit", "sacrifice"):
                    if name in call["exact"]:
                        assert found[f"perceived_{name}"] == call["exact"][name], (name, found, call["exact"])
                assert (found["value_problems"] or "") == "" or call["status"] != 0, found


def shared_refusals(crm, calls, count):
    for call in calls:
        with count.test(f"refuse {call['id']}"):
            refused(lambda call=call: crm.configure(system=call["system"]), call["message_part"])


def shared_groups(crm, calls, count):
    for some in by_document(calls, "groups"):
        crm.configure(groups=some[0]["groups"])
        parties = crm.parties([dict(zip(call["inputs"], call["cells"])) for call in some])
        crm.update(parties)
        for call, found in zip(some, crm.read(parties)):
            with count.test(f"group {call['id']}"):
                assert found["value_group"] == call["expected"], found


def refused(action, part):
    try:
        action()
    except Fault as fault:
        assert fault.args[0] == "UserError" and part in fault.args[1], fault
    else:
        raise AssertionError(f"was not refused for {part}")


# --- What a user does.


def version_is_that_of_the_project(_):
    version = re.search(r"version: '(.*)'", (SOURCE / "meson.build").read_text()).group(1)
    here = SOURCE / "examples" / "crm" / "tryton"
    assert f'version="{version}"' in (here / "setup.py").read_text()
    assert f"version={version}\n" in (here / "customer_value" / "tryton.cfg").read_text()


def form_has_page_and_buttons(crm):
    [view] = crm.call("model.ir.ui.view.search", [["module", "=", "party"], ["name", "=", "party_form"]])
    arch = crm.call("model.party.party.fields_view_get", view, "form")["arch"]
    for part in ('name="perceived_value"', 'name="explain_value"', 'name="update_values"', 'name="value_answers"'):
        assert part in arch, part


def latest_answer_counts(crm):
    crm.configure(system=SHOP)
    [party] = crm.parties([{"q1": 1, "q2": 10}], TODAY - datetime.timedelta(days=9))
    later = {"value_answers": [["create", answers({"q1": 10, "q2": 1}, TODAY)]]}
    crm.call("model.party.party.write", [party], later)
    crm.update([party])
    assert crm.read([party])[0]["perceived_value"] == 100


def why_shows_the_parts(crm):
    crm.configure(system=SHOP)
    parties = crm.parties([{"q1": 10, "q2": 1}, {"q1": 5}])
    for party, parts in zip(parties, (("Quality", "100.00"), ("q2",))):
        assert crm.call("model.party.party.explain_value", [party]) is not None, "the button opens the wizard"
        session, start, end = crm.call("wizard.customer_value.why.create")
        context = {"active_id": party, "active_ids": [party], "active_model": "party.party", "language": "en"}
        shown = crm.call("wizard.customer_value.why.execute", session, {}, start, context=context)
        text = shown["view"]["defaults"]["text"]
        assert all(part in text for part in parts), text
        crm.call("wizard.customer_value.why.delete", session)


def action_updates_the_selected(crm):
    crm.configure(system=SHOP)
    parties = crm.parties([{"q1": 10, "q2": 1}, {"q1": 10, "q2": 1}])
    session, start, end = crm.call("wizard.customer_value.update.create")
    context = {"active_id": parties[0], "active_ids": parties[:1], "active_model": "party.party", "language": "en"}
    crm.call("wizard.customer_value.update.execute", session, {}, start, context=context)
    assert [found["perceived_value"] for found in crm.read(parties)] == [100, None]


def groups_are_cut_over_all_and_kept(crm):
    crm.call("model.party.party.write", crm.call("model.party.party.search", []), {"active": False})
    crm.configure(system=SHOP, groups=BANDS)
    parties = crm.parties([{"q1": q1, "q2": 1} for q1 in (2, 4, 6, 8)])
    crm.update_all()
    assert [found["value_group"] for found in crm.read(parties)] == ["low", "low", "high", "high"]
    [late] = crm.parties([{"q1": 3, "q2": 1}])
    crm.update([late])
    assert crm.read([late])[0]["value_group"] == "low", "measured by the cuts of the whole"
    [configuration] = crm.call("model.customer_value.configuration.read", [1], ["fixed_groups"])
    assert '"cuts"' in configuration["fixed_groups"]
    crm.configure(system=SHOP, groups=BANDS)
    [configuration] = crm.call("model.customer_value.configuration.read", [1], ["fixed_groups"])
    assert configuration["fixed_groups"] is None, "a new document has no cuts yet"


def won_opportunities_make_a_lifetime_value(crm):
    company, employee = company_of(crm)
    party, stranger = crm.parties([{}, {}])
    won = {"company": company, "employee": employee, "party": party, "state": "won", "conversion_probability": 1}
    context = {"company": company, "companies": [company]}
    crm.call(
        "model.sale.opportunity.create",
        [
            {**won, "start_date": TODAY - datetime.timedelta(weeks=weeks), "amount": decimal.Decimal(amount)}
            for weeks, amount in ((38, "30"), (20, "20"), (8, "24.50"), (2, "0"))
        ],
        context=context,
    )
    crm.configure(lifetime=LIFETIME)
    crm.update([party, stranger])
    found, nothing = crm.read([party, stranger])
    # x = 2, t_x = 30, T = 38: P(alive) = 1 / (1 + a / (b + x - 1) ((alpha + T) / (alpha + t_x))^(r + x)).
    r, alpha, a, b = 0.243, 4.414, 0.793, 2.426
    alive = 1 / (1 + a / (b + 1) * ((alpha + 38) / (alpha + 30)) ** (r + 2))
    assert abs(found["alive"] - alive) < 1e-9, (found, alive)
    assert 10 < found["lifetime_value"] < 200, found
    assert nothing["alive"] is None and nothing["lifetime_value"] is None, nothing


def company_of(crm):
    """A company of which the user is, and somebody who works there."""
    [currency] = crm.call(
        "model.currency.currency.create", [{"name": "Test", "code": "TST", "symbol": "T", "digits": 2}]
    )
    firm, somebody = crm.call("model.party.party.create", [{"name": "The firm"}, {"name": "Somebody"}])
    [company] = crm.call("model.company.company.create", [{"party": firm, "currency": currency}])
    [employee] = crm.call("model.company.employee.create", [{"party": somebody, "company": company}])
    [user] = crm.call("model.res.user.search", [["login", "=", "admin"]])
    crm.call("model.res.user.write", [user], {"companies": [["add", [company]]], "company": company})
    return company, employee


def broken_data_is_said_not_hidden(crm):
    crm.configure(system=SHOP)
    parties = crm.parties([{"q1": 99, "q2": 1}, {"q1": 5, "q2": 1}])
    crm.update(parties)
    strange, fine = crm.read(parties)
    assert strange["value_problems"] and strange["perceived_value"] is None, strange
    assert fine["perceived_value"] is not None and not fine["value_problems"], "others are not touched by it"
    parties = crm.parties([{"q1": "ten", "q2": 1}, {"q1": 10, "q2": 1}])
    crm.update(parties)
    text, other = crm.read(parties)
    assert 'q1: "ten" is no number' in text["value_problems"] and text["perceived_value"] is None, text
    assert other["perceived_value"] == 100 and not other["value_problems"], other
    refused(lambda: crm.configure(system=[1, 2]), "system")
    refused(lambda: crm.configure(groups={"custval": "groups"}), "groups")
    refused(lambda: crm.configure(lifetime={"custval": "lifetime", "version": 9}), "lifetime")


def sessions_at_once(crm):
    crm.configure(system=SHOP)
    parties = crm.parties([{"q1": 1 + i % 10, "q2": 1 + i % 7} for i in range(40)])
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda party: crm.update([party]), parties))
    for i, found in enumerate(crm.read(parties)):
        expected = (i % 10) / 9 * 100 - (i % 7) / 9 * 100
        assert abs(found["perceived_value"] - expected) < 1e-9, (i, found)


def many_parties_in_one_go(crm):
    crm.configure(system=SHOP, groups=BANDS)
    parties = crm.parties([{"q1": 1 + i % 10, "q2": 1 + i % 7} for i in range(1000)])
    begun = time.monotonic()
    crm.update_all()
    taken = time.monotonic() - begun
    again = time.monotonic()
    crm.update_all()
    print(f"# 1000 parties: {taken:.2f} s, again {time.monotonic() - again:.2f} s")
    found = crm.read(parties)
    assert all(row["value_group"] in ("high", "low") and row["value_date"] == TODAY for row in found)


TESTS = [
    version_is_that_of_the_project,
    form_has_page_and_buttons,
    latest_answer_counts,
    why_shows_the_parts,
    action_updates_the_selected,
    groups_are_cut_over_all_and_kept,
    won_opportunities_make_a_lifetime_value,
    broken_data_is_said_not_hidden,
    sessions_at_once,
    many_parties_in_one_go,
]


class Count:
    """How many passed; `with count.test(name):` is one."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def test(self, name):
        self.name = name
        return self

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is None:
            self.passed += 1
            print(f"ok {self.name}")
        elif isinstance(error, Exception):
            self.failed += 1
            print(f"FAILED: {self.name}")
            traceback.print_exception(kind, error, trace, file=sys.stdout)
        return isinstance(error, Exception)

    def skip(self, what, why, number=1):
        self.skipped += number
        print(f"skipped: {what}: {why}")


def main():
    library = str(pathlib.Path(sys.argv[1]).resolve())
    count = Count()
    with tempfile.TemporaryDirectory() as folder:
        try:
            with Tryton(folder, SOURCE, library) as server:
                crm = Crm(server)
                crm.call("model.customer_value.configuration.create", [{}])
                for test in TESTS:
                    with count.test(test.__name__.replace("_", " ")):
                        test(crm)
                shared_calls(crm, library, count)
        except Missing as missing:
            count.skip("every test within Tryton", missing)
    print(f"{count.passed} passed, {count.failed} failed, {count.skipped} skipped")
    return count.failed != 0


if __name__ == "__main__":
    sys.exit(main())
