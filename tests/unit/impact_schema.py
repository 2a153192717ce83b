"""Impact documents, shown, shipped and fitted, are valid by docs/impact.schema.json; what the library refuses is not."""

# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import re
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: the Python package jsonschema is not there")
    sys.exit(77)

SOURCE = pathlib.Path(sys.argv[1])
CORPUS = SOURCE / "tests" / "fuzz" / "corpus" / "impact"


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def main():
    schema = load(SOURCE / "docs" / "impact.schema.json")
    validator_class = jsonschema.validators.validator_for(schema)
    validator_class.check_schema(schema)
    validator = validator_class(schema)
    link = load(SOURCE / "docs" / "link.schema.json")
    inside = schema["$defs"]["link"]
    failures = sum(inside[key] != link[key] for key in ("properties", "required"))
    page = (SOURCE / "docs" / "impact-document.md").read_text(encoding="utf-8")
    good = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", page, re.DOTALL)]
    good += [load(CORPUS / f"{name}.json") for name in ("stated", "fitted", "everything", "choice", "huge", "result")]
    good += [case["impact"] for case in load(SOURCE / "tests" / "vectors" / "impact.json")["cases"]]
    good += [load(path) for path in sorted((SOURCE / "examples" / "impact").glob("*.json"))]
    assert len(good) > 17
    for document in good:
        for problem in validator.iter_errors(document):
            print(f"{problem.json_path}: {problem.message}")
            failures += 1
    money, links = good[0]["money"], good[0]["links"]
    changes = [
        {"custval": "link"},
        {"version": 2},
        {"links": []},
        {"links": [{}]},
        {"links": [{"fit": {"kind": "logistic", "outcome": "y"}}]},
        {"links": [{"fit": {"kind": "cubic", "outcome": "y", "predictors": ["a"]}}]},
        {"links": [{"fit": {"kind": "logistic", "outcome": "", "predictors": ["a"]}}]},
        {"links": [{"fit": {"kind": "logistic", "outcome": "y", "predictors": ["a", "a"]}}]},
        {"links": [{"custval": "link", "version": 1, "kind": "logistic", "outcome": "y"}]},
        {"links": 17 * links[:1]},
        {"use": "staying"},
        {"money": {**money, "rate": -1}},
        {"money": {**money, "first": "later"}},
        {"money": {**money, "periods": 1.5}},
        {"money": {**money, "margin": ""}},
        {"money": {"margin": 1, "rate": 0.1}},
        {"points": 0},
        {"where": ""},
        {"costs": [{"node": "a"}]},
        {"costs": [{"node": "a", "cost": 0}]},
        {"costs": [{"node": "a", "cost": 1, "per": "year"}]},
        {"moneys": money},
    ]
    for change in changes:
        if validator.is_valid({**good[0], **change}):
            print(f"the schema allows {json.dumps(change)}")
            failures += 1
    print(f"{len(good)} documents valid, {len(changes)} refused")
    return 1 if failures else 0


sys.exit(main())
