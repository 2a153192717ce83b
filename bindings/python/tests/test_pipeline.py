"""Pipelines: frames in, frames out, failures with their step, and Ctrl-C."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

import custval as cv
from custval._command import command

ROOT = pathlib.Path(__file__).parents[3]
CYCLE = ROOT / "examples" / "cycle" / "pipeline.json"
TRANSACTIONS = ROOT / "examples" / "cdnow" / "transactions.csv"

pytestmark = pytest.mark.skipif(command() is None, reason="the command custval is not there")

CURVE = {
    "id": "curve",
    "stage": "value",
    "run": ["worth", "curve"],
    "arguments": ["$customers"],
    "options": {"value": "value", "format": "csv"},
    "output": "curve.csv",
}
SUMMARY = {
    "id": "summary",
    "stage": "segment",
    "run": ["summary"],
    "arguments": ["$customers"],
    "options": {"columns": "value", "format": "csv"},
    "output": "summary.csv",
}
DOCUMENT = {
    "custval": "pipeline",
    "version": 1,
    "name": "small",
    "inputs": {"customers": "customers.csv"},
    "steps": [CURVE, SUMMARY],
}
CUSTOMERS = {"customer": ["a", "b", "c"], "value": [60.0, 30.0, 10.0]}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def cells(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def transactions():
    rows = cells(TRANSACTIONS)
    columns = dict(zip(rows[0], zip(*rows[1:])))
    return {"customer": [*map(int, columns["customer"])], "date": [*columns["date"]],
            "amount": [*map(float, columns["amount"])]}  # fmt: skip


def test_frames_give_what_files_give(folder):
    by_file = cv.run(CYCLE, to="one")
    by_frame = cv.run(CYCLE, inputs={"transactions": transactions()}, to="two")
    assert list(by_file) == list(by_frame) == [step["id"] for step in json.loads(CYCLE.read_text("utf-8"))["steps"]]
    for step, path in by_file.items():
        assert path.parent == pathlib.Path("one") and path.read_bytes() == by_frame.path(step).read_bytes()
    assert by_file.goals == by_frame.goals
    assert list(by_file.goals["met"]) == ["yes", "yes", "no"]
    values = by_frame["values"]
    assert values["customer"][:3] == [1, 2, 3]
    assert values["value"] == [float(row[4]) if row[4] else None for row in cells(by_file["values"])[1:]]
    assert isinstance(by_frame["lifetime"], pathlib.Path)


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_results_are_of_the_kind_of_the_input(folder, library):
    pytest.importorskip(library)
    table = cv.Table(CUSTOMERS)
    frame = getattr(table, f"to_{library}")()
    results = cv.run(DOCUMENT, inputs={"customers": frame})
    curve = results["curve"]
    assert type(curve) is type(frame) and len(curve) == 10
    assert cv.Table(curve).columns == cells("small-results/curve.csv")[0]
    assert results.goals is None


def test_every_digit_and_kind_of_cell_is_handed_over(folder):
    values = [0.1 + 0.2, 1e-320, -1.7976931348623157e308, 2.0**53 + 2, None]
    document = {**DOCUMENT, "steps": [{**SUMMARY, "options": {"columns": "value", "format": "csv"}}]}
    results = cv.run(document, inputs={"customers": {"name": ['"x",\n', "007", "客户", "", None], "value": values}})
    row = cv.Table(results["summary"]).to_dict()
    assert (row["count"], row["missing"]) == ([4], [1])
    assert row["low"] == [-1.7976931348623157e308] and row["high"] == [2.0**53 + 2]


def test_keys_that_look_like_numbers_stay_texts(folder):
    step = {
        "id": "share", "stage": "value", "run": ["worth", "wallet"], "arguments": ["$customers"],
        "options": {"own": "value", "category": "value"}, "output": "share.csv",
    }  # fmt: skip
    for keys, expected in ((["007", "8"], ["007", "8"]), ([7, 8], [7, 8]), (["1e5x", "2"], ["1e5x", "2"])):
        customers = {"customer": keys, "value": [1.0, 2.0]}
        results = cv.run({**DOCUMENT, "steps": [step]}, inputs={"customers": customers})
        assert list(results["share"]["customer"]) == expected


def test_keys_of_many_digits_keep_them_all(folder):
    step = {
        "id": "share", "stage": "value", "run": ["worth", "wallet"], "arguments": ["$customers"],
        "options": {"own": "value", "category": "value"}, "output": "share.csv",
    }  # fmt: skip
    for keys in (
        [2**60 + 1, 2**60 + 2, -(2**63), 2**63 - 1],
        ["1152921504606846977", None, "1152921504606846978", "3"],  # no column of whole numbers has blanks
        ["9223372036854775809", "2", "3", "4"],
        ["1" * 5000, "2" * 5000, "3", "4"],
    ):
        customers = {"customer": keys, "value": [1.0, 2.0, 3.0, 4.0]}
        results = cv.run({**DOCUMENT, "steps": [step]}, inputs={"customers": customers})
        assert list(results["share"]["customer"]) == keys
    customers = {"customer": [2**60 + 1, None, 2**60 + 2, 3], "value": [1.0, 2.0, 3.0, 4.0]}
    results = cv.run({**DOCUMENT, "steps": [step]}, inputs={"customers": customers})
    assert results["share"]["customer"] == [str(2**60 + 1), None, str(2**60 + 2), "3"]


def test_progress_counts_steps_and_notes_are_kept(folder):
    seen = []
    results = cv.run(DOCUMENT, inputs={"customers": CUSTOMERS}, progress=lambda *at: seen.append(at))
    assert seen == [(0, 2), (1, 2), (2, 2)]
    assert results.notes and all(note.startswith('step "') for note in results.notes)


def test_a_failure_names_its_step(folder):
    broken = {
        **DOCUMENT,
        "steps": [SUMMARY, {**SUMMARY, "id": "bad", "output": "bad.csv", "options": {"columns": "vlaue"}}],
    }
    with pytest.raises(cv.PipelineError, match=r'\Astep "bad": \S+ has no column "vlaue".*"value"') as failure:
        cv.run(broken, inputs={"customers": CUSTOMERS})
    assert failure.value.step == "bad" and isinstance(failure.value, cv.Error)
    assert os.listdir("small-results") == ["summary.csv"]
    with pytest.raises(cv.PipelineError, match=r"\$\.steps\[0\]: there is no command") as failure:
        cv.run({**DOCUMENT, "steps": [{**CURVE, "run": ["wroth"]}]}, inputs={"customers": CUSTOMERS})
    assert failure.value.step is None
    for name in ("missing.json", "-missing.json"):
        with pytest.raises(cv.PipelineError, match="missing.json"):
            cv.run(name)
    pathlib.Path("text.json").write_text("no document")
    with pytest.raises(cv.PipelineError, match="line 1"):
        cv.run("text.json")
    with pytest.raises(cv.PipelineError, match=r'no input "customer"'):
        cv.run(DOCUMENT, inputs={"customer": CUSTOMERS})
    with pytest.raises(TypeError):
        cv.run(DOCUMENT, inputs={"customers": 3})


def test_inputs_that_are_no_mapping_are_a_type_error(folder):
    with pytest.raises(TypeError):
        cv.run(DOCUMENT, inputs=["customers"])
    assert list(folder.iterdir()) == []


def test_it_goes_on_where_it_is_told(folder):
    cv.run(DOCUMENT, inputs={"customers": CUSTOMERS}, to="results")
    before = os.stat("results/curve.csv").st_mtime_ns
    results = cv.run(DOCUMENT, inputs={"customers": CUSTOMERS}, to="results", start="summary")
    assert os.stat("results/curve.csv").st_mtime_ns == before and len(results) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are opened as POSIX has them")
def test_ctrl_c_ends_the_command_and_leaves_no_half_result(folder):
    os.mkfifo("pipe")
    document = {**DOCUMENT, "inputs": {"customers": "customers.csv", "pipe": "pipe"},
                "steps": [CURVE, {**SUMMARY, "arguments": ["$pipe"]}]}  # fmt: skip
    pathlib.Path("customers.csv").write_text("customer,value\na,60\nb,30\n")
    # Whoever started the tests in the background has them ignore the signal.
    heed = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\nimport custval as cv\n"
    program = f"{heed}try:\n cv.run({document!r})\nexcept KeyboardInterrupt:\n print('interrupted')"
    # The process alone gets the signal, not its group as from a terminal.
    running = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    try:
        while True:
            try:
                writer = os.open("pipe", os.O_WRONLY | os.O_NONBLOCK)  # fails until the step reads
                break
            except OSError:
                assert running.poll() is None
                time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=60)
        assert out == "interrupted\n"
        with pytest.raises(BrokenPipeError):  # nobody reads any more: the command has ended
            os.write(writer, b"x")
        os.close(writer)
    finally:
        running.kill()
        running.wait()
    assert os.listdir("small-results") == ["curve.csv"]


def test_what_progress_raises_ends_the_run(folder):
    def refuse(done, total):
        if done == 1:
            raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        cv.run(DOCUMENT, inputs={"customers": CUSTOMERS}, progress=refuse)
    assert "curve.csv" in os.listdir("small-results")
    assert not list(pathlib.Path("small-results").glob("*.tmp"))


def test_without_the_command_it_says_so(folder, monkeypatch):
    monkeypatch.delenv("CUSTVAL_COMMAND", raising=False)
    monkeypatch.delenv("CUSTVAL_LIBRARY", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("custval._command._installed", lambda name: iter(()))
    monkeypatch.setattr("custval._command._built", lambda name: iter(()))
    with pytest.raises(FileNotFoundError, match="CUSTVAL_COMMAND"):
        cv.run(DOCUMENT)
    monkeypatch.setenv("CUSTVAL_COMMAND", str(folder / "nothing"))
    with pytest.raises(FileNotFoundError, match="nothing"):
        cv.run(DOCUMENT)
