"""The shipped documents are valid by their schemas in docs/, and documents with a wrong key or type are not."""
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


def check(schema_name, good, refused_name, fewest):
    """Gives the number of documents on which schema and library differ."""
    schema = load(SOURCE / "docs" / schema_name)
    validator_class = jsonschema.validators.validator_for(schema)
    validator_class.check_schema(schema)
    validator = validator_class(schema)
    failures = 0

    for path in good:
        for problem in validator.iter_errors(load(path)):
            print(f"{path}: {problem.json_path}: {problem.message}")
            failures += 1

    # What the library refuses as no such document, the schema refuses too. Other refusals need the whole document.
    refused = load(SOURCE / "tests" / "vectors" / "documents" / refused_name)
    shapes = [case for case in refused if case["status"] == "CUSTVAL_ERROR_DOCUMENT"]
    assert len(shapes) > fewest
    for case in shapes:
        if validator.is_valid(case["document"]):
            print(f"the schema allows {json.dumps(case['document'])}: {case['message']}")
            failures += 1

    print(f"{schema_name}: {len(good)} documents valid, {len(shapes)} refused")
    return failures


def main():
    systems = sorted((SOURCE / "tools" / "templates").glob("*.json")) + [
        SOURCE / "examples" / "survey" / "perceived-value.json",
        SOURCE / "examples" / "acsi" / "acsi.json",
        SOURCE / "examples" / "scenario" / "system.json",
        SOURCE / "tests" / "vectors" / "documents" / "everything.json",
    ]
    assert len(systems) >= 15
    worths = sorted((SOURCE / "examples" / "worth").glob("*.json"))
    assert len(worths) >= 2
    failures = check("system.schema.json", systems, "refused.json", 40)
    failures += check("worth.schema.json", worths, "worth_refused.json", 20)
    programmes = [SOURCE / "examples" / "programmes" / "programmes.json"]
    failures += check("programmes.schema.json", programmes, "programmes_refused.json", 20)
    scenarios = sorted((SOURCE / "examples" / "scenario").glob("*.json"))
    scenarios.remove(SOURCE / "examples" / "scenario" / "system.json")
    assert len(scenarios) >= 6
    failures += check("scenario.schema.json", scenarios, "scenario_refused.json", 30)
    groups = sorted((SOURCE / "examples" / "groups").glob("*.json"))
    assert len(groups) >= 4
    failures += check("groups.schema.json", groups, "groups_refused.json", 30)
    return 1 if failures else 0


sys.exit(main())
