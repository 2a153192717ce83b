"""A Tryton of its own: PostgreSQL in a temporary folder, the module installed beside, JSON-RPC on the loopback."""

# SPDX-License-Identifier: Apache-2.0
import base64
import datetime
import decimal
import glob
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

PYTHON = "/usr/bin/python3"  # that for which the system has Tryton
HERE = pathlib.Path(__file__).resolve().parents[1]


class Missing(Exception):
    """What is needed is not on this machine."""


class Fault(Exception):
    """What the server answers instead of a result: the class of the error, and its message."""


def programs():
    """The folder of PostgreSQL's programs."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]))
    if not found or not os.path.exists(f"{found[-1]}/initdb"):
        raise Missing("PostgreSQL is not installed")
    if not shutil.which("trytond") or not shutil.which("trytond-admin"):
        raise Missing("tryton-server is not installed")
    if subprocess.run([PYTHON, "-c", "import trytond.modules.sale_opportunity"], capture_output=True).returncode:
        raise Missing("tryton-modules-sale-opportunity is not installed")
    return found[-1]


def unprivileged(command):
    """PostgreSQL refuses to run as root."""
    return (
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        if os.geteuid() == 0
        else command
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout}{done.stderr}")


class Tryton:
    """`with Tryton(folder, source, library) as server: server.call("model.party.party.search", [])`"""

    def __init__(self, folder, source, library):
        self.folder, self.source, self.library = pathlib.Path(folder), source, library
        self.bin = programs()
        self.processes = []
        self.authorization = None

    def __enter__(self):
        try:
            self._start_database()
            self._install()
            self._start_server()
            user, session = self.call("common.db.login", "admin", {"password": "admin"}, context=False)
            text = f"admin:{user}:{session}".encode()
            self.authorization = "Session " + base64.b64encode(text).decode()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            process.wait(30)

    def _spawn(self, command, name, **more):
        log = open(self.folder / f"{name}.log", "w")
        self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **more))

    def _start_database(self):
        data = self.folder / "data"
        data.mkdir()
        if os.geteuid() == 0:
            shutil.chown(data, "postgres", "postgres")
            self.folder.chmod(0o711)
        initdb = [
            f"{self.bin}/initdb",
            "-D",
            data,
            "-U",
            "tryton",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]
        run(unprivileged([str(part) for part in initdb]), cwd=self.folder)
        options = ["-k", str(data), "-c", "listen_addresses=", "-c", "fsync=off"]
        # SIGTERM would wait for the server's connections to end.
        self._spawn(unprivileged([f"{self.bin}/postgres", "-D", str(data), *options]), "postgresql")
        ready = [f"{self.bin}/pg_isready", "-q", "-h", str(data)]
        self._wait("PostgreSQL", lambda: subprocess.run(ready).returncode == 0)
        run([f"{self.bin}/createdb", "-h", str(data), "-U", "tryton", "crm"])
        self.port = free_port()
        (self.folder / "trytond.conf").write_text(
            f"[database]\nuri = postgresql://tryton@/?host={data}\n[web]\nlisten = 127.0.0.1:{self.port}\n"
            "[session]\nauthentications = password\n"
        )

    def _install(self):
        """The module by its own setup.py, the package of the library from where it is."""
        copy = self.folder / "source"
        shutil.copytree(HERE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        library = self.folder / "python"
        command = [PYTHON, "setup.py", "-q", "install", f"--install-lib={library}", "--install-scripts=scripts"]
        more = ["--single-version-externally-managed", "--record=files", "--install-data=data"]
        run([*command, *more], cwd=copy)
        self.environment = {
            **os.environ,
            "PYTHONPATH": f"{library}:{self.source / 'bindings' / 'python'}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONWARNINGS": "ignore",
            "CUSTVAL_LIBRARY": self.library,
            "TRYTONPASSFILE": str(self.folder / "password"),
        }
        (self.folder / "password").write_text("admin")
        self.admin("-u", "customer_value", "--activate-dependencies", "--email", "admin@example.com", "-p")

    def admin(self, *options):
        run(
            [shutil.which("trytond-admin"), "-c", self.folder / "trytond.conf", "-d", "crm", *options],
            env=self.environment,
        )

    def _start_server(self):
        self._spawn([shutil.which("trytond"), "-c", "trytond.conf", "-d", "crm"], "trytond", env=self.environment)
        self._wait("trytond", self._answers)

    def _answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1):
                return True
        except OSError:
            return False

    def _wait(self, what, ready):
        for _ in range(600):
            if self.processes[-1].poll() is not None:
                break
            if ready():
                return
            time.sleep(0.1)
        raise RuntimeError(f"{what} does not answer: {self.log()}")

    def log(self):
        return "".join(path.read_text()[-2000:] for path in self.folder.glob("*.log"))

    def call(self, method, *arguments, context=True):
        """The result of a method; Fault if the server refuses."""
        parameters = (
            [*arguments, {"language": "en"}] if context is True else [*arguments, context] if context else arguments
        )
        body = json.dumps({"id": 0, "method": method, "params": parameters}, default=encoded).encode()
        headers = {"Content-Type": "application/json"}
        if self.authorization is not None:
            headers["Authorization"] = self.authorization
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/crm/", body, headers)
        with urllib.request.urlopen(request, timeout=300) as answer:
            found = json.load(answer, object_hook=decoded)
        if "error" in found:
            raise Fault(*map(str, found["error"][:2]))
        return found["result"]


def encoded(value):
    if isinstance(value, datetime.date):
        return {"__class__": "date", "year": value.year, "month": value.month, "day": value.day}
    return {"__class__": "Decimal", "decimal": str(value)}


def decoded(value):
    if value.get("__class__") == "date":
        return datetime.date(value["year"], value["month"], value["day"])
    if value.get("__class__") == "Decimal":
        return decimal.Decimal(value["decimal"])
    return value


if __name__ == "__main__":
    sys.exit("this is a module of test_tryton.py")
