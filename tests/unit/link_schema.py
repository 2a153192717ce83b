"""Link documents, shown and fitted, are valid by docs/link.schema.json, and documents that the library refuses are not."""

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


def main():
    schema = json.loads((SOURCE / "docs" / "link.schema.json").read_text(encoding="utf-8"))
    validator_class = jsonschema.validators.validator_for(schema)
    validator_class.check_schema(schema)
    validator = validator_class(schema)
    page = (SOURCE / "docs" / "link-document.md").read_text(encoding="utf-8")
    good = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", page, re.DOTALL)]
    for name in ("linear", "logistic"):
        good.append(json.loads((SOURCE / "tests" / "fuzz" / "corpus" / "link" / f"{name}.json").read_text(encoding="utf-8")))
    assert len(good) == 3
    failures = 0
    for document in good:
        for problem in validator.iter_errors(document):
            print(f"{problem.json_path}: {problem.message}")
            failures += 1
    changes = [
        {"custval": "worth"},
        {"version": 2},
        {"kind": "cubic"},
        {"outcome": ""},
        {"intercept": "1"},
        {"intercepts": 1},
        {"terms": []},
        {"terms": [{"predictor": "a"}]},
        {"terms": [{"predictor": "", "coefficient": 1}]},
        {"terms": [{"predictor": "a", "coefficient": 1, "error": 1}]},
        {"fit": {}},
        {"fit": {"n": 1.5}},
        {"fit": {"n": 3, "rows": 1}},
        {"covariance": [["a"]]},
    ]
    for change in changes:
        if validator.is_valid({**good[0], **change}):
            print(f"the schema allows {json.dumps(change)}")
            failures += 1
    print(f"{len(good)} documents valid, {len(changes)} refused")
    return 1 if failures else 0


sys.exit(main())
