"""What the tests of all databases share: counting, the shared calls, private servers."""

# SPDX-License-Identifier: Apache-2.0
import contextlib
import json
import math
import os
import pathlib
import pwd
import re
import shutil
import struct
import subprocess
import tempfile
import time

SOURCE = pathlib.Path(__file__).resolve().parents[3]

#: What every database has, as custval_NAME.
FUNCTIONS = [
    "value",
    "scores",
    "explain",
    "reason",
    "group",
    "alive",
    "expected",
    "clv",
    "weights",
    "consistency",
    "summary",
    "summary_merge",
    "summary_statistics",
    "summary_weights",
]


class Skip(Exception):
    """What a test needs is not there."""


class Checks:
    """Prints a line for each check, like TAP, and the sum last."""

    def __init__(self, host):
        self.host = host
        self.passed = self.failed = self.skipped = 0

    def ok(self, good, name, detail=""):
        self.passed += bool(good)
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.passed + self.failed} - {self.host}: {name}", flush=True)
        if not good and detail:
            print("#   " + str(detail)[:2000].replace("\n", "\n#   "), flush=True)
        return good

    def equal(self, got, wanted, name):
        return self.ok(got == wanted, name, f"got {got!r}, wanted {wanted!r}")

    def contains(self, got, part, name):
        return self.ok(part in str(got), name, f"{part!r} is not in {got!r}")

    def skip(self, name, why):
        self.skipped += 1
        print(f"skipped: {self.host}: {name}: {why}", flush=True)

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        return 1 if self.failed else 0


def bits(number):
    return None if number is None else struct.pack("<d", number)


def near(got, wanted, tolerance):
    if got is None or wanted is None or isinstance(wanted, str):
        return got == wanted
    return math.isclose(got, wanted, rel_tol=tolerance, abs_tol=tolerance)


def shared_calls():
    """The calls of tests/embeddings/calls.py; CUSTVAL_LIBRARY names the library that writes them."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "calls.json"
        subprocess.run(["python3", SOURCE / "tests/embeddings/calls.py", path], check=True)
        return json.loads(path.read_text(encoding="utf-8"))["calls"]


def document(value):
    return json.dumps(value, ensure_ascii=False)


class Failed(Exception):
    """What a database answered instead of a value."""


def run_calls(checks, ask):
    """Runs every shared call; ask(function, arguments) gives the value, or raises Failed.

    Functions are named as in SQL; scores, explanations and weights come as what their JSON or array holds.
    """
    wrong, done = [], {"score": 0, "refuse": 0, "weights": 0, "group": 0, "lifetime": 0}
    for call in shared_calls():
        done[call["call"]] += 1
        for problem in RUNNERS[call["call"]](call, ask):
            wrong.append(f"{call['id']}: {problem}")
    for kind, count in done.items():
        checks.ok(count > 0, f"{count} shared calls of the kind {kind}")
    checks.ok(not wrong, "every shared call has the answer of the C library, bit for bit", "\n".join(wrong[:20]))
    run_dated(checks, ask)
    run_worth(checks, ask)


def run_dated(checks, ask):
    """Systems with overrides: the cases of scoring.json that say as of when. The date is the last answer."""
    wrong, count = [], 0
    cases = json.loads((SOURCE / "tests/vectors/scoring.json").read_text(encoding="utf-8"))["cases"]
    for case in cases:
        as_of = case.get("options", {}).get("as_of")
        if as_of is None or "overrides" not in case["system"] or "error" in case:
            continue
        for place, row in enumerate(case["rows"]):
            value = attempt(ask, "custval_value", [document(case["system"]), *row, as_of])
            expected = case["expected"]["value"][place]
            count += 1
            if isinstance(value, Failed) or not near(value, expected, case["tolerance"]):
                wrong.append(f"{case['id']}[{place}]: {value!r}, not {expected!r}")
    checks.ok(count > 10 and not wrong, f"{count} rows of systems with overrides", "\n".join(wrong))
    dated = next(case for case in cases if case["id"] == "override_on_expiry")
    refused = attempt(ask, "custval_value", [document(dated["system"]), *dated["rows"][0], None])
    checks.contains(refused, "the date of the scoring is needed", "no date is an error")
    refused = attempt(ask, "custval_value", [document(dated["system"]), *dated["rows"][0], "31.12.2026"])
    checks.contains(refused, "is not a date", "and so is what is none")


def run_worth(checks, ask):
    """Without a discount a customer is worth the expected purchases at the expected spend, which the gamma-gamma model
    gives in closed form: p (gamma + x m) / (p x + q - 1), Fader, Hardie & Lee (2005)."""
    spend = json.loads(LIFETIME)["spend"]["parameters"]
    p, q, gamma = spend["p"], spend["q"], spend["gamma"]
    wrong = []
    for x, t_x, age, mean in (
        (0, 0, 38.86, 0),
        (2, 30.43, 38.86, 22.35),
        (1, 1.71, 38.86, 11.77),
        (7, 29.43, 38.86, 73.74),
    ):
        for horizon in (1, 39, 52):
            expected = ask("custval_expected", [LIFETIME, x, t_x, age, horizon])
            worth = ask("custval_clv", [LIFETIME, x, t_x, age, mean, horizon])
            by_hand = expected * p * (gamma + x * mean) / (p * x + q - 1)
            later = ask("custval_clv", [LIFETIME, x, t_x, age, mean, horizon, 0.1, 52])
            if not near(worth, by_hand, 1e-9) or not 0 < later < worth:
                wrong.append((x, horizon, worth, by_hand, later))
    checks.ok(not wrong, "lifetime values are purchases times spend, and less with a discount", wrong)


def attempt(ask, *arguments):
    try:
        return ask(*arguments)
    except Failed as failure:
        return failure


def run_score(call, ask):
    system, cells = document(call["system"]), call["cells"]
    value = attempt(ask, "custval_value", [system, *cells])
    scores = attempt(ask, "custval_scores", [system, *cells])
    if isinstance(value, Failed) or isinstance(scores, Failed):
        yield f"{value} {scores}"
        return
    if bits(value) != bits(call["exact"]["value"]):
        yield f"value {value!r}, not {call['exact']['value']!r}"
    for name, exact in call["exact"].items():
        if bits(scores.get(name)) != bits(exact):
            yield f"{name} {scores.get(name)!r}, not {exact!r}"
    for name, expected in call["expected"].items():
        if name in scores and not near(scores[name], expected, call["tolerance"]):
            yield f"{name} {scores[name]!r}, expected {expected!r}"
    if scores["status"] != call["status"]:
        yield f"status {scores['status']}, not {call['status']}"
    explained = attempt(ask, "custval_explain", [system, *cells])
    if isinstance(explained, Failed):
        yield str(explained)
        return
    parts = [row["contribution"] for row in explained if row["is_part"] and row["contribution"] is not None]
    if value is not None and all(row["unit"] == "points" for row in explained):
        total = 0.0
        for part in parts:
            total += part
        if bits(total) != bits(value):
            yield f"contributions add up to {total!r}, not {value!r}"


def run_refuse(call, ask):
    answer = attempt(ask, "custval_value", [document(call["system"]), 1.0])
    if not isinstance(answer, Failed):
        yield f"answered {answer!r}"
    elif call["message_part"] not in str(answer):
        yield f"{call['message_part']!r} is not in {answer}"


def run_weights(call, ask):
    flat = [cell for row in call["matrix"] for cell in row]
    weights = attempt(ask, "custval_weights", flat)
    ratio = attempt(ask, "custval_consistency", flat)
    if isinstance(weights, Failed) or isinstance(ratio, Failed):
        yield f"{weights} {ratio}"
    elif [bits(weight) for weight in weights] != [bits(weight) for weight in call["exact"]["weights"]]:
        yield f"{weights} are not {call['exact']['weights']}"
    elif bits(ratio) != bits(call["exact"]["cr"]):
        yield f"ratio {ratio!r}, not {call['exact']['cr']!r}"


def run_group(call, ask):
    group = attempt(ask, "custval_group", [document(call["groups"]), *call["cells"]])
    if group != call["expected"]:
        yield f"group {group!r}, not {call['expected']!r}"


def run_lifetime(call, ask):
    lifetime, cells = document(call["lifetime"]), call["cells"]
    for name, more in (("alive", []), ("expected", [call["horizon"]])):
        got = attempt(ask, "custval_" + name, [lifetime, *cells, *more])
        if isinstance(got, Failed) or bits(got) != bits(call["exact"][name]):
            yield f"{name} {got!r}, not {call['exact'][name]!r}"
        elif not near(got, call["expected"][name], call["tolerance"]):
            yield f"{name} {got!r}, expected {call['expected'][name]!r}"


RUNNERS = {
    "score": run_score,
    "refuse": run_refuse,
    "weights": run_weights,
    "group": run_group,
    "lifetime": run_lifetime,
}


def quoted(text, escape_backslash=False):
    text = text.replace("'", "''")
    return "'" + (text.replace("\\", "\\\\") if escape_backslash else text) + "'"


def literal(value, number="{!r}", escape_backslash=False):
    """An SQL literal of a cell: a double with all its digits, a text, or NULL."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return quoted(value, escape_backslash)
    return number.format(float(value))


# A customer's answers for tests of our own, and a system whose values can be told by hand.
SYSTEM = document(
    {
        "custval": "system",
        "version": 1,
        "dimensions": [
            {
                "id": "product",
                "side": "benefit",
                "indicators": [
                    {"id": "quality", "weight": 3, "items": [{"column": "quality", "scale": [0, 100]}]},
                    {"id": "range", "weight": 1, "items": [{"column": "range", "scale": [0, 100]}]},
                ],
            },
            {
                "id": "money",
                "side": "sacrifice",
                "indicators": [{"id": "price", "items": [{"column": "price", "scale": [0, 100]}]}],
            },
        ],
    }
)
QUANTILES = document(
    {
        "custval": "groups",
        "version": 1,
        "measures": [{"id": "profit", "quantiles": [0.5]}],
        "groups": [{"id": "high", "when": {"profit": 2}}, {"id": "low"}],
    }
)
LIFETIME = document(
    {
        "custval": "lifetime",
        "version": 1,
        "model": "bgnbd",
        "parameters": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426},
        "spend": {
            "custval": "lifetime",
            "version": 1,
            "model": "gamma-gamma",
            "parameters": {"p": 6.25, "q": 3.74, "gamma": 15.45},
        },
    }
)


def drop_to():
    """Who a server runs as: nobody else, or the user "nobody" if this is root. Gives a prefix of commands."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("runuser"):
        raise Skip("a server does not run as root, and there is no runuser")
    return ["runuser", "-u", "nobody", "--"]


def give_away(folder):
    """Lets the user of the server own a folder with all that is in it."""
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)


class Session:
    """A client program that runs statements one by one: what each printed, or the error that it had."""

    END = "-- end of the answer --"

    def __init__(self, command, is_error):
        self.is_error = is_error
        self.client = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )

    def run(self, statement):
        self.client.stdin.write(f"{statement};\nSELECT '{self.END}';\n")
        self.client.stdin.flush()
        lines = []
        for line in self.client.stdout:
            if line.rstrip("\n") == self.END:
                break
            lines.append(line)
        else:
            raise RuntimeError("the client or the server ended at: " + statement[:2000])
        answer = "".join(lines).rstrip("\n")
        if self.is_error(answer):
            raise Failed(answer)
        return answer

    def close(self):
        self.client.stdin.close()
        self.client.wait()
        self.client.stdout.close()


@contextlib.contextmanager
def running(command, is_ready, log):
    """A server for the time of the block; is_ready() is asked until it says yes."""
    with open(log, "ab") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)
    try:
        deadline = time.monotonic() + 60
        while not is_ready():
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server does not start:\n" + log.read_text(errors="replace")[-2000:])
            time.sleep(0.1)
        yield server
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def guide(section):
    """The SQL of a section of docs/sql.md."""
    text = (SOURCE / "docs/sql.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {section}\n.*?^```sql\n(.*?)^```", text, re.M | re.S)
    return found[1]
