"""A private PostgreSQL server with the extension: a folder, a socket, an ordinary user."""

# SPDX-License-Identifier: Apache-2.0
import contextlib
import pathlib
import re
import shutil
import subprocess
import tempfile

from harness import Failed, Session, Skip, drop_to, give_away, running


def config(what):
    if not shutil.which("pg_config"):
        raise Skip("no pg_config")
    return pathlib.Path(subprocess.run(["pg_config", what], check=True, capture_output=True, text=True).stdout.strip())


class Server:
    def __init__(self, folder, stage, version):
        self.folder, self.stage, self.version = folder, stage, version

    def command(self, *options):
        return [
            "psql",
            "-X",
            "-q",
            "-A",
            "-t",
            "-h",
            str(self.folder),
            "-U",
            "custval",
            "-d",
            "postgres",
            "-P",
            "null=NULL",
            *options,
        ]

    def psql(self, sql, *options):
        """What psql prints for a script, one value a line."""
        done = subprocess.run(
            self.command("-v", "ON_ERROR_STOP=1", *options), input=sql, capture_output=True, text=True, encoding="utf-8"
        )
        if done.returncode != 0:
            raise Failed(done.stderr.strip())
        return done.stdout.rstrip("\n")

    def session(self):
        return Session(self.command(), lambda answer: answer.startswith("ERROR:"))

    def extension_files(self):
        return self.stage / config("--sharedir").relative_to("/") / "extension"


def stage_files(build, folder):
    """What `meson install` would put into the system, below a folder that the server looks into first."""
    version = re.search(r"^  version: '(.*)',", (pathlib.Path(__file__).parents[3] / "meson.build").read_text(), re.M)
    made = build / "bindings/sql/postgresql"
    if not (made / "custval.so").exists():
        raise Skip("the extension is not built: no pg_config, or no headers of the server")
    stage = folder / "stage"
    libraries = stage / config("--pkglibdir").relative_to("/")
    extensions = stage / config("--sharedir").relative_to("/") / "extension"
    libraries.mkdir(parents=True)
    extensions.mkdir(parents=True)
    shutil.copy(made / "custval.so", libraries)
    shutil.copy(made / "custval.control", extensions)
    shutil.copy(made / f"custval--{version[1]}.sql", extensions)
    return stage, version[1]


@contextlib.contextmanager
def server(build, *settings):
    programs = config("--bindir")
    for name in ("initdb", "postgres"):
        if not (programs / name).exists():
            raise Skip(f"no {name} in {programs}")
    if not shutil.which("psql"):
        raise Skip("no psql")
    with tempfile.TemporaryDirectory(prefix="custval-pg-") as name:
        folder = pathlib.Path(name)
        stage, version = stage_files(build, folder)
        give_away(folder)
        user = drop_to()
        log = folder / "log"
        subprocess.run(
            [
                *user,
                programs / "initdb",
                "-D",
                folder / "data",
                "-A",
                "trust",
                "-U",
                "custval",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
            ],
            check=True,
            capture_output=True,
            cwd=folder,
        )
        command = [
            *user,
            programs / "postgres",
            "-D",
            folder / "data",
            "-c",
            "listen_addresses=",
            "-c",
            f"unix_socket_directories={folder}",
            "-c",
            f"extension_destdir={stage}",
            "-c",
            "fsync=off",
            *(part for setting in settings for part in ("-c", setting)),
        ]
        ready = [programs / "pg_isready", "-q", "-h", folder]
        if (
            "unrecognized configuration parameter"
            in subprocess.run([*command, "-C", "extension_destdir"], capture_output=True, text=True, cwd=folder).stderr
        ):
            raise Skip("this server looks for extensions in its own folder only (no setting extension_destdir)")
        with running(command, lambda: subprocess.run(ready).returncode == 0, log):
            yield Server(folder, stage, version)
