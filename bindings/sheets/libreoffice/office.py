"""A LibreOffice without a screen, driven through a pipe: with a profile of its own, and stopped at the end."""

# SPDX-License-Identifier: Apache-2.0
import contextlib
import os
import pathlib
import subprocess
import threading
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException


def properties(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def cell_name(column, row):
    """A1 of (0, 0)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


class Office:
    """An office that is killed if it is not stopped in time: a call to one that hangs would wait for ever."""

    MOST_SECONDS = 600

    def __init__(self, folder, own_profile=True):
        self.folder = pathlib.Path(folder).resolve()
        self.profile = [f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"] if own_profile else []
        self._process = None
        self._guard = None
        self.desktop = None
        self.context = None

    def extension(self, *arguments):
        """unopkg, which wants no office to be running."""
        command = ["unopkg", arguments[0], *self.profile, *arguments[1:]]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=120, stdin=subprocess.DEVNULL
        )

    def start(self):
        pipe = f"custval{os.getpid()}"
        command = ["soffice", "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", *self.profile]
        with open(self.folder / "office.log", "ab") as log:
            self._process = subprocess.Popen(
                [*command, f"--accept=pipe,name={pipe};urp;"], stdout=log, stderr=log, start_new_session=True
            )
        self._guard = threading.Timer(self.MOST_SECONDS, self._process.kill)
        self._guard.daemon = True
        self._guard.start()
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(600):
            try:
                self.context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except NoConnectException:
                if self._process.poll() is not None:
                    raise RuntimeError(f"soffice ended with {self._process.returncode}") from None
                time.sleep(0.1)
        else:
            raise RuntimeError("soffice does not answer")
        self.desktop = self.service("com.sun.star.frame.Desktop")
        return self

    def service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def stop(self):
        if self._process is None:
            return
        with contextlib.suppress(DisposedException):
            self.desktop.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(30)
        self._guard.cancel()
        self._process = None

    def is_alive(self):
        return self._process.poll() is None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def new(self):
        return self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True))

    def open(self, path):
        return self.desktop.loadComponentFromURL(
            pathlib.Path(path).resolve().as_uri(), "_blank", 0, properties(Hidden=True)
        )

    def save(self, document, path, filter_name):
        document.storeToURL(pathlib.Path(path).resolve().as_uri(), properties(FilterName=filter_name))
