"""The documents of docs/lifetime-document.md are valid by docs/lifetime.schema.json, and refused ones are not."""

# SPDX-License-Identifier: Apache-2.0
import copy
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


def changed(document, **keys):
    out = copy.deepcopy(document)
    for key, value in keys.items():
        if value is None:
            del out[key]
        else:
            out[key] = value
    return out


def main():
    schema = json.loads((SOURCE / "docs" / "lifetime.schema.json").read_text(encoding="utf-8"))
    validator_class = jsonschema.validators.validator_for(schema)
    validator_class.check_schema(schema)
    validator = validator_class(schema)
    page = (SOURCE / "docs" / "lifetime-document.md").read_text(encoding="utf-8")
    good = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", page, re.DOTALL)]
    assert len(good) == 2
    small, whole = good
    failures = 0
    for document in good:
        for problem in validator.iter_errors(document):
            print(f"{problem.json_path}: {problem.message}")
            failures += 1
    refused = [
        [],
        changed(small, custval="system"),
        changed(small, version=2),
        changed(small, model=None),
        changed(small, model="bgnb"),
        changed(small, parameters={"r": 1}),
        changed(small, parameters={"r": 1, "alpha": 0}),
        changed(small, parameters={"r": 1, "alpha": 1, "q": 1}),
        changed(small, dropout={"age": 1}),
        changed(small, units="week"),
        changed(small, covariance=[[1], [0, 1]]),
        changed(whole, fit=None),
        changed(whole, fit=changed(whole["fit"], convergence="flat")),
        changed(whole, fit=changed(whole["fit"], convergence="stated")),
        changed(whole, fit=changed(whole["fit"], customers=-1)),
        changed(whole, fit=changed(whole["fit"], iterations=1.5)),
        changed(whole, fit=changed(whole["fit"], log_likelihood=None)),
    ]
    for document in refused:
        if validator.is_valid(document):
            print(f"the schema allows {json.dumps(document)}")
            failures += 1
    print(f"{len(good)} documents valid, {len(refused)} refused")
    return 1 if failures else 0


sys.exit(main())
