"""A private MariaDB server with the functions: a folder, a socket, an ordinary user."""

# SPDX-License-Identifier: Apache-2.0
import contextlib
import pathlib
import shutil
import subprocess
import tempfile

from harness import SOURCE, Session, Skip, drop_to, give_away, running


class Server:
    def __init__(self, folder):
        self.folder = folder

    def command(self, *options):
        return [
            "mariadb",
            "--no-defaults",
            f"--socket={self.folder}/socket",
            "-u",
            "root",
            "-N",
            "-B",
            "--raw",
            "--default-character-set=utf8mb4",
            "-D",
            "customers",
            *options,
        ]

    def session(self):
        # The client shows a statement that fails, then the error.
        return Session(self.command("--force", "--unbuffered"), lambda answer: answer.startswith(("-----", "ERROR ")))

    def run(self, script):
        return subprocess.run(self.command(), input=script, capture_output=True, text=True, encoding="utf-8")

    def install(self, name="install.sql"):
        done = self.run((SOURCE / "bindings/sql/mariadb" / name).read_text())
        if done.returncode != 0:
            raise RuntimeError(done.stderr)


@contextlib.contextmanager
def server(build, *settings):
    daemon = shutil.which("mariadbd", path="/usr/sbin:/usr/bin:/usr/local/bin:/usr/local/sbin")
    maker = shutil.which("mariadb-install-db")
    if not daemon or not maker or not shutil.which("mariadb"):
        raise Skip("no mariadbd, mariadb-install-db or mariadb")
    module = build / "bindings/sql/mariadb/custval.so"
    if not module.exists():
        raise Skip("the functions are not built")
    with tempfile.TemporaryDirectory(prefix="custval-my-") as name:
        folder = pathlib.Path(name)
        (folder / "plugins").mkdir()
        shutil.copy(module, folder / "plugins")
        give_away(folder)
        user = drop_to()
        data = folder / "data"
        subprocess.run(
            [
                *user,
                maker,
                "--no-defaults",
                f"--datadir={data}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
            ],
            check=True,
            capture_output=True,
            cwd=folder,
        )
        command = [
            *user,
            daemon,
            "--no-defaults",
            f"--datadir={data}",
            f"--socket={folder}/socket",
            "--skip-networking",
            f"--plugin-dir={folder}/plugins",
            f"--pid-file={folder}/pid",
            "--max-allowed-packet=64M",
            *settings,
        ]
        started = Server(folder)
        ready = [*started.command()[:-2], "-e", "CREATE DATABASE IF NOT EXISTS customers CHARACTER SET utf8mb4"]
        with running(command, lambda: subprocess.run(ready, capture_output=True).returncode == 0, folder / "log"):
            yield started
