"""Reports: the same payload as the command's, from frames and from results; files, notebooks, and what is refused."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv
import datetime
import html
import json
import math
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import ROOT, SURVEY

import custval as cv

KINDS = json.loads((ROOT / "tools" / "report" / "tables.json").read_text(encoding="utf-8"))
COMMAND = os.environ.get("CUSTVAL_COMMAND")


def payload_of(text):
    return json.loads(re.search(r'id="payload">(.*?)</script>', text, flags=re.DOTALL)[1])


def invented(kind, rows):
    """Columns of every kind that the table may have, with gaps and odd names."""
    texts = set(kind.get("texts", []))
    frame = {"customer": [f"</script>{row} & 名" for row in range(rows)]} if kind.get("id") else {}
    more = ["to_a", "to_b"] if kind.get("rest") else []
    for place, name in enumerate([*kind["needs"], *kind["may"], *more]):
        if name in texts:
            frame[name] = [f"{name}\u2028{row % 7}" for row in range(rows)]
        else:
            # Numbers of all sizes: a skewed column, a symmetric one, one with few different numbers, and gaps.
            shapes = (
                lambda x: 1e3 * math.exp(3 * math.sin(x)),
                lambda x: 40 * math.sin(x * x),
                lambda x: float(int(x) % 5),
            )
            numbers = [shapes[place % 3](row + place) for row in range(rows)]
            frame[name] = [None if row % 11 == 10 else number for row, number in enumerate(numbers)]
    return frame


@pytest.mark.skipif(COMMAND is None, reason="CUSTVAL_COMMAND names no command to compare with")
@pytest.mark.parametrize("rows", [0, 1, 40, 2500])
def test_the_command_makes_the_same_payload_of_the_same_tables(tmp_path, rows):
    frames = {kind["name"]: invented(kind, rows) for kind in KINDS}
    arguments = []
    for name, frame in frames.items():
        with open(tmp_path / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([frame, *zip(*frame.values())])
        arguments += [f"--{name}", f"{name}.csv"]
    title, note = "Ours </title> & theirs", "a <note> @@title@@"
    more = ["--title", title, "--note", note, "--language", "zh", "--date", "2026-02-28", "--money", "元"]
    done = subprocess.run([COMMAND, "report", *more, *arguments], cwd=tmp_path, capture_output=True, check=True)
    theirs = done.stdout.decode()
    made = cv.report(title=title, notes=note, language="zh", date="2026-02-28", money="元", **frames)
    assert payload_of(made.html) == payload_of(theirs) == made.payload

    def around(text):
        return re.sub(r'(id="payload">).*?(</script>)', r"\1\2", text, flags=re.DOTALL).rstrip("\n")

    assert around(made.html) == around(theirs)


def test_results_of_the_package_are_tables_of_a_report():
    with open(SURVEY / "customer_satisfaction_yellow_pages.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    answers = {name: [float(row[name]) for row in rows] for name in rows[0]}
    survey = cv.System.load(SURVEY / "perceived-value.json")
    periods = [{"customer": ["a", "b"], "state": states} for states in (["low", "high"], ["high", "high"])]
    moves = cv.Migration(["low", "high"], periods=periods)
    groups = cv.Groups.load(ROOT / "examples" / "groups" / "loyalty-profit.json")
    base = {"value": [5.0, 50.0, 7.0, 90.0], "alive": [0.1, 0.9, 0.8, 0.2]}
    made = cv.report(
        values=survey.score(answers),
        levers=survey.levers(answers),
        explain=survey.explain(answers, 16),
        groups=groups.describe(base, "value"),
        advice=groups,
        curve=cv.worth.concentration(base, "value"),
        migration=moves,
        programmes=cv.Programmes.load(ROOT / "examples" / "programmes" / "programmes.json"),
        language="ko",
    )
    tables = made.payload["tables"]
    assert tables["values"]["rows"] == len(rows)
    assert tables["advice"]["cells"][1] == [groups.label(group, "ko") for group in groups.ids]
    assert tables["explain"]["cells"][tables["explain"]["columns"].index("contribution")][0] is not None
    assert tables["curve"]["rows"] == 4
    assert tables["migration"]["columns"] == ["from", "to_low", "to_high", "to_absent"]
    assert tables["flows"]["cells"][0][:2] == ["low", "high"]
    assert tables["programmes"]["rows"] > 10


def test_a_file_is_written_whole_and_read_in_a_notebook(tmp_path):
    target = tmp_path / "report.html"
    made = cv.report(target, values={"value": [1.0]}, date=datetime.date(2026, 2, 28))
    assert target.read_text(encoding="utf-8") == made.html == str(made)
    assert list(tmp_path.iterdir()) == [target]
    frame = made._repr_html_()
    assert html.unescape(re.search(r'srcdoc="([^"]*)"', frame)[1]) == made.html
    assert "values" in repr(made)
    target.chmod(0o600)
    made.save(target)
    assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(OSError):
        made.save(tmp_path / "none" / "report.html")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_written_into_and_a_link_followed(tmp_path):
    made = cv.report(values={"value": [1.0]})
    pipe, target, link = tmp_path / "pipe", tmp_path / "report.html", tmp_path / "link.html"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as readers:
        read = readers.submit(pipe.read_text, encoding="utf-8")
        made.save(pipe)
        assert pipe.is_fifo()
        assert read.result() == made.html
    target.write_text("old")
    link.symlink_to(target)
    made.save(link)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == made.html


def test_sums_beyond_every_double_are_missing():
    frame = {"customer": ["a", "b"], "programme": ["p", "p"], "net": [1.7e308, 1.7e308]}
    assert cv.report(plan=frame).payload["tables"]["plan"]["words"] == [["p", 2, None]]


def test_names_that_are_numbers_keep_their_digits():
    made = cv.report(values={"customer": [2**60 + 1, None, 3], "value": [1.0, 2.0, 3.0]})
    assert made.payload["tables"]["values"]["cells"][0] == [str(2**60 + 1), None, "3"]


def test_what_cannot_be_shown_is_refused():
    for kind in KINDS:
        for missing in kind["needs"]:
            frame = {name: ["1"] for name in [*kind["needs"], "other"] if name != missing}
            with pytest.raises(cv.NotFoundError, match=f"{kind['name']} has no column '{missing}'"):
                cv.report(**{kind["name"]: frame})
    with pytest.raises(cv.ColumnTypeError, match="value"):
        cv.report(values={"value": ["high"]})
    with pytest.raises(cv.LimitError, match="programme"):
        cv.report(plan={"programme": [f"p{i}" for i in range(1001)], "net": [1.0] * 1001})
    with pytest.raises(ValueError, match="nothing to show"):
        cv.report(title="nothing")
    with pytest.raises(ValueError, match="fr"):
        cv.report(values={"value": [1.0]}, language="fr")
    with pytest.raises(ValueError):
        cv.report(values={"value": [1.0]}, date="2026-02-30")


def test_every_table_is_an_argument_with_a_line_in_the_docstring():
    for kind in KINDS:
        assert f"        {kind['name']}: " in cv.report.__doc__


def test_all_parts_of_the_page_are_installed():
    installed = (ROOT / "bindings" / "python" / "meson.build").read_text(encoding="utf-8")
    parts = sorted(path.name for path in (ROOT / "tools" / "report").iterdir())
    assert re.findall(r"'custval/page/(\S+)',", installed) == parts
    template = (ROOT / "tools" / "report" / "template.html").read_text(encoding="utf-8")
    assert set(parts) - {"tables.json", "template.html"} == set(re.findall(r"@@([a-z_]+\.[a-z]+)@@", template))
