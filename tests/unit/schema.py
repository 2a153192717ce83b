"""The shipped system documents are valid by docs/system.schema.json, and documents with a wrong key or type are not."""
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: the Python package jsonschema is not there")
    sys.exit(77)

SOURCE = pathlib.Path(sys.argv[1])


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def main():
    schema = load(SOURCE / "docs" / "system.schema.json")
    validator_class = jsonschema.validators.validator_for(schema)
    validator_class.check_schema(schema)
    validator = validator_class(schema)
    failures = 0

    good = sorted((SOURCE / "tools" / "templates").glob("*.json")) + [
        SOURCE / "examples" / "survey" / "perceived-value.json",
        SOURCE / "examples" / "acsi" / "acsi.json",
        SOURCE / "tests" / "vectors" / "documents" / "everything.json",
    ]
    assert len(good) >= 15
    for path in good:
        for problem in validator.iter_errors(load(path)):
            print(f"{path}: {problem.json_path}: {problem.message}")
            failures += 1

    # What the library refuses as no system document, the schema refuses too. Other refusals need the whole tree.
    refused = load(SOURCE / "tests" / "vectors" / "documents" / "refused.json")
    shapes = [case for case in refused if case["status"] == "CUSTVAL_ERROR_DOCUMENT"]
    assert len(shapes) > 40
    for case in shapes:
        if validator.is_valid(case["document"]):
            print(f"the schema allows {json.dumps(case['document'])}: {case['message']}")
            failures += 1

    print(f"{len(good)} documents valid, {len(shapes)} refused")
    return 1 if failures else 0


sys.exit(main())
