"""Whether the package knows the interface of the library: all functions, values, structs and failures."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
import inspect
import pickle
import re
import struct
import subprocess
import sys

import pytest
from conftest import DOCUMENT, ROOT, ROWS

import custval as cv
from custval import _declarations as d
from custval import _errors, _library, plot

PACKAGE = ROOT / "bindings" / "python" / "custval"

#: Functions that the package does not call, and why. Whoever adds a function to C binds it or says here why not.
UNUSED = {
    "custval_status_description": "the classes of exceptions have docstrings",
    "custval_table_add_texts": "custval_table_add() with offsets is the same, and faster to prepare",
    "custval_scorer_table": "System.score() gives columns that share the library's memory already",
    "custval_system_derived_part": "System.to_dict() has it",
    "custval_system_expectation": "System.to_dict() has it",
    "custval_system_frame_label_at": "System.to_dict() has it",
    "custval_system_frame_weight": "System.to_dict() has it",
    "custval_system_gate": "System.to_dict() has it",
    "custval_system_gates": "System.to_dict() has it",
    "custval_system_relief": "System.to_dict() has it",
    "custval_system_reliefs": "System.to_dict() has it",
    "custval_system_item_spec": "System.to_dict() has it",
    "custval_system_label_at": "System.to_dict() has it",
    "custval_system_node_spec": "System.to_dict() has it",
    "custval_system_origin": "System.to_dict() has it",
    "custval_system_origins": "System.to_dict() has it",
    "custval_system_override": "System.to_dict() has it",
    "custval_impact_link": "Impact.links has it",
    "custval_impact_links": "Impact.links has it",
    "custval_impact_ref": "Python counts who holds an impact",
    "custval_link_ref": "Python counts who holds a link",
    "custval_programmes_ref": "Python counts who holds a knowledge base",
    "custval_scenario_ref": "Python counts who holds a scenario",
    "custval_groups_ref": "Python counts who holds groups",
    "custval_system_ref": "Python counts who holds a system",
    "custval_weights_ref": "Python counts who holds weights",
    "custval_table_add_doubles": "custval_table_add() with a type is the same",
    "custval_table_new_from_rows": "a column of a two-dimensional array is a column with a stride",
    "custval_worth_ref": "Python counts who holds a worth",
    "custval_version": "custval_version_string() is what people read",
}


def used_functions() -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py") if path.name != "_declarations.py"]
    return set(re.findall(r"\bcustval_\w+", "\n".join(sources))) & d.FUNCTIONS.keys()


def test_declarations_are_what_the_headers_say():
    command = [sys.executable, ROOT / "bindings" / "declare.py", "--check", ROOT / "include" / "custval"]
    done = subprocess.run([*command, PACKAGE / "_declarations.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_function_is_used_or_has_a_reason():
    used = used_functions()
    assert used.isdisjoint(UNUSED), sorted(used & UNUSED.keys())
    assert d.FUNCTIONS.keys() - used - UNUSED.keys() == set()
    assert UNUSED.keys() <= d.FUNCTIONS.keys()


def test_every_declared_function_is_in_the_library_and_the_reverse():
    exported = set(re.findall(r"^\s+(custval_\w+);", (ROOT / "lib" / "custval.map").read_text(), flags=re.MULTILINE))
    assert exported == d.FUNCTIONS.keys()
    for name, (result, arguments) in d.FUNCTIONS.items():
        function = getattr(_library.lib, name)
        assert function.restype == result and function.argtypes == arguments


def facts(kind: str) -> list[list[str]]:
    text = (ROOT / "tests" / "abi" / "facts.inc").read_text(encoding="utf-8")
    return [line.split(", ") for line in re.findall(rf"^{kind}\((.*)\)$", text, flags=re.MULTILINE)]


def test_values_are_those_of_c():
    found = facts("FACT")
    assert len(found) > 100
    for name, value in found:
        assert getattr(d, name) == int(value.rstrip("uUlL"), 0), name


@pytest.mark.skipif(struct.calcsize("P") != 8, reason="offsets are those of 64-bit machines")
def test_structs_are_laid_out_as_in_c():
    found = facts("MEMBER")
    assert len(found) > 100
    for name, member, offset, size in found:
        field = getattr(getattr(d, name.removeprefix("struct ")), member)
        assert (field.offset, field.size) == (int(offset), int(size)), f"{name}.{member}"
    for name, _member, size in facts("SIZE"):
        assert ctypes.sizeof(getattr(d, name.removeprefix("struct "))) == int(size), name


def test_every_initialiser_is_known():
    headers = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "include" / "custval").glob("*.h"))
    macros = re.findall(r"^#define (CUSTVAL_\w+_INIT)[\s\\]+\{\s*sizeof", headers, flags=re.MULTILINE)
    assert sorted(macros) == sorted(f"{name.upper()}_INIT" for name in d.INITIAL)
    assert d.INITIAL["custval_impact_options"] == {"level": 0.95}


STATUSES = {name: value for name, value in vars(d).items() if name.startswith("CUSTVAL_ERROR_") and value < 0}


@pytest.mark.parametrize("name", STATUSES)
def test_every_status_has_a_class(name):
    status = STATUSES[name]
    kind = _errors.BY_STATUS[status]
    assert kind.status == status and issubclass(kind, cv.Error) and getattr(cv, kind.__name__) is kind
    builtin = kind.__mro__[2]
    assert builtin.__module__ == "builtins" and builtin is not Exception
    assert _library.lib.custval_status_description(status)
    error = _library.struct("custval_error", status=status, row=7, node=3)
    error.message = "what – is wrong".encode()
    raised = _library.raised(error)
    assert type(raised) is kind and (raised.row, raised.node, str(raised)) == (7, 3, "what – is wrong")
    assert raised.name == name
    again = pickle.loads(pickle.dumps(raised))
    assert type(again) is kind and (again.row, again.node, str(again)) == (7, 3, "what – is wrong")


def test_unknown_statuses_are_errors_too():
    raised = _library.raised(_library.struct("custval_error", status=-999))
    assert type(raised) is cv.Error and raised.row is None and raised.node is None


def test_all_statuses_are_walked():
    assert set(STATUSES.values()) == _errors.BY_STATUS.keys() and len(STATUSES) == 19


def test_every_vocabulary_word_has_a_value():
    vocabularies = {value for name, value in vars(d).items() if name.startswith("CUSTVAL_WORDS_")}
    for vocabulary in vocabularies:
        words = [
            _library.lib.custval_word(vocabulary, value) for value in [*range(64), *(1 << bit for bit in range(6, 32))]
        ]
        for word in filter(None, words):
            assert _library.lib.custval_word(vocabulary, _library.word_value(vocabulary, word.decode())) == word
    with pytest.raises(cv.NotFoundError):
        _library.word_value(d.CUSTVAL_WORDS_FORM, "no such word")


def test_options_that_do_not_exist_or_do_not_fit_are_refused():
    with pytest.raises(TypeError, match="no option 'wieght'"):
        _library.struct("custval_node_spec", wieght=3)
    with pytest.raises(ValueError, match="out of range"):
        _library.struct("custval_noise_options", draws=-1)
    with pytest.raises(ValueError, match="out of range"):
        _library.struct("custval_noise_options", draws=1 << 32)
    with pytest.raises(TypeError, match="wrong type"):
        _library.struct("custval_noise_options", draws="many")
    with pytest.raises(TypeError, match="wrong type"):
        _library.struct("custval_noise_options", spread="much")


LINK = {"custval": "link", "version": 1, "kind": "logistic", "outcome": "stays", "intercept": 0,
        "terms": [{"predictor": "value", "coefficient": 0.1}]}  # fmt: skip
IMPACT = cv.Impact({"custval": "impact", "version": 1, "links": [LINK], "use": "retention",
                    "money": {"margin": 1, "rate": 0.1, "first": "next"}})  # fmt: skip
SCENARIO = cv.Scenario({"custval": "scenario", "version": 1, "kind": "competition", "periods": 2,
                        "sales": {"mu": 0.1, "rival": 10}})  # fmt: skip
PROGRAMMES = cv.Programmes.load(ROOT / "examples" / "programmes" / "programmes.json")


@pytest.mark.parametrize(
    "refused",
    [
        lambda: IMPACT.fit(None, {}),
        lambda: IMPACT.run(None, {}),
        lambda: SCENARIO.run(None, {}),
        lambda: SCENARIO.explain({"q": [1.0]}, {}, 0, 1),
        lambda: PROGRAMMES.explain({}, None),
        lambda: PROGRAMMES.nearest({}, 0.5),
        lambda: cv.Groups(None),
        lambda: cv.Programmes([1]),
        lambda: cv.Scenario(object()),
        lambda: cv.Impact(b"{}"),
        lambda: cv.programmes.smoothed_interval([1.0], "much"),
        lambda: cv.programmes.smoothed_interval(3.0),
        lambda: cv.satisfaction.effects([], "much"),
        lambda: cv.satisfaction.kano({"a": [1.0]}, [("a", "b")]),
        lambda: cv.report(values={"value": [1.0]}, date=20261127),
    ],
)
def test_what_is_of_another_kind_is_a_type_error(refused):
    with pytest.raises(TypeError):
        refused()


def test_numbers_that_ctypes_would_cut_off_are_no_index():
    moved = cv.Migration(["low"], periods=[{"customer": [1], "state": ["low"]}] * 2)
    for refused in (
        lambda: moved.matrix((1 << 32) - 1),  # what C has for all steps
        lambda: moved.flows(1 << 32),
        lambda: moved.forecast((1 << 32) + 1),
        lambda: SCENARIO.explain(cv.System(DOCUMENT), ROWS, 0, (1 << 32) + 1),
        lambda: cv.lifetime.months("2026-11-27", 2, every=(1 << 32) + 1),
        lambda: SCENARIO.explain(cv.System(DOCUMENT), ROWS, 1 << 64, 1),
    ):
        with pytest.raises(IndexError):
            refused()


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("int x;", "is not libcustval"),
        ("unsigned custval_abi_version(void) { return 7; }", "has interface 7, but this package needs 0"),
        (
            "unsigned custval_abi_version(void) { return 0; }"
            'const char *custval_version_string(void) { return "0.0.9"; }',
            r"\(version 0.0.9\) lacks custval_\w+: it is older",
        ),
    ],
)
def test_other_libraries_are_refused_with_their_path(tmp_path, monkeypatch, source, message):
    library = tmp_path / "other.so"
    (tmp_path / "other.c").write_text(source)
    try:
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, tmp_path / "other.c"], check=True)
    except FileNotFoundError:
        pytest.skip("no C compiler")
    monkeypatch.setenv("CUSTVAL_LIBRARY", str(library))
    done = subprocess.run([sys.executable, "-c", "import custval"], capture_output=True, text=True, check=False)
    assert done.returncode != 0 and "ImportError" in done.stderr
    assert re.search(message, done.stderr) and str(library) in done.stderr


def test_a_missing_library_is_named(monkeypatch):
    monkeypatch.setenv("CUSTVAL_LIBRARY", "/nowhere/libcustval.so")
    done = subprocess.run([sys.executable, "-c", "import custval"], capture_output=True, text=True, check=False)
    assert "ImportError" in done.stderr and "/nowhere/libcustval.so" in done.stderr and "CUSTVAL_LIBRARY" in done.stderr


def public_objects() -> dict[str, object]:
    """What people may use, by its name: all of the package and of its modules, and the members of their classes."""
    found: dict[str, object] = {}
    first = (cv, cv.weights, cv.uncertainty, cv.ranking, cv.history, cv.lifetime, cv.worth, cv.equity, plot)
    more = (cv.groups, cv.impact, cv.migration, cv.panel, cv.programmes, cv.satisfaction, cv.scenario)
    for module in (*first, *more):
        for name in module.__all__:
            made = getattr(module, name)
            if inspect.ismodule(made):
                found[made.__name__] = made
            elif inspect.isroutine(made) or inspect.isclass(made):
                found[f"{made.__module__}.{made.__qualname__}"] = made
                for kind in reversed(made.__mro__) if inspect.isclass(made) else ():
                    if kind.__module__.startswith("custval"):
                        members = {name: member for name, member in vars(kind).items() if not name.startswith("_")}
                        found.update(
                            {f"{kind.__module__}.{kind.__qualname__}.{name}": it for name, it in members.items()}
                        )
    return {
        name: made.__func__ if isinstance(made, (classmethod, staticmethod)) else made
        for name, made in found.items()
        if isinstance(made, (classmethod, staticmethod, property)) or inspect.ismodule(made) or callable(made)
    }


PUBLIC = public_objects()


def parameters(made: object) -> set[str]:
    """The names of what a function, or the making of an object, takes."""
    if inspect.isclass(made):
        made = made.__dict__.get("__init__")  # an exception, say, is made as its builtin is
    if not inspect.isroutine(made):
        return set()
    return inspect.signature(made).parameters.keys() - {"self", "cls"}


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_object_and_parameter_is_documented(name):
    made = PUBLIC[name]
    words = vars(made).get("__doc__") if inspect.isclass(made) else made.__doc__
    assert words and words.strip(), "there is no docstring"
    if inspect.isclass(made) and "__init__" in vars(made):
        words += vars(made)["__init__"].__doc__ or ""
    lacking = {
        parameter
        for parameter in parameters(made)
        if not re.search(rf"^ +\**{parameter}: \S|`{parameter}`", words, flags=re.MULTILINE)
    }
    assert not lacking, f"the docstring says nothing of {', '.join(sorted(lacking))}"


def test_objects_that_must_be_documented_are_found():
    wanted = {
        "custval.system.System",
        "custval._document.Document.load",
        "custval.system.System.close",
        "custval.history.History.customers",
        "custval.history.Rfm",
        "custval.lifetime.Lifetime.predict",
        "custval.lifetime.Facts",
        "custval.worth.Concentration",
        "custval.equity.markov_value",
        "custval.migration.Migration",
        "custval.panel.trend",
        "custval.satisfaction.nps",
        "custval.scenario.Effect",
        "custval.impact.Impact.run",
        "custval.system.Node",
        "custval._handle.Handle.close",
        "custval.builder.Builder.build",
        "custval.Error",
        "custval.Error.name",
        "custval.weights",
        "custval.weights.ahp",
        "custval.weights.Weights.table",
        "custval.uncertainty.means",
        "custval.ranking.fuzzy",
        "custval.plot.tree",
    }
    assert wanted <= PUBLIC.keys()
    assert not any(re.search(r"judgements_of|ahp_options|criteria_of", name) for name in PUBLIC)
