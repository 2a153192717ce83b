#!/usr/bin/env python3
"""The class within php-fpm, preloaded as an administrator does it: fpm.py PHP PHP_FPM LIBRARY SOURCE.

A server of its own, on a socket in a temporary folder; requests are FastCGI. Ends with a traceback if it goes wrong.
"""

# SPDX-License-Identifier: Apache-2.0
import concurrent.futures
import getpass
import json
import os
import pathlib
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse

CONFIGURATION = """[global]
error_log = {work}/log
daemonize = no
[www]
listen = {work}/socket
pm = static
pm.max_children = 3
catch_workers_output = yes
{user}
"""


def record(kind, content):
    return struct.pack(">BBHHBB", 1, kind, 1, len(content), 0, 0) + content


def request(path, script, query, document):
    """Status and body of one request."""
    variables = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_FILENAME": str(script),
        "QUERY_STRING": urllib.parse.urlencode(query),
        "SYSTEM_DOCUMENT": str(document),
    }
    pairs = b"".join(
        struct.pack(">II", len(name) | 1 << 31, len(value.encode()) | 1 << 31) + name.encode() + value.encode()
        for name, value in variables.items()
    )
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(30)
        connection.connect(str(path))
        begin = record(1, struct.pack(">HB5x", 1, 0))
        connection.sendall(begin + record(4, pairs) + record(4, b"") + record(5, b""))
        data = b"".join(iter(lambda: connection.recv(65536), b""))
    out = b""
    while data:
        _, kind, _, length, padding, _ = struct.unpack(">BBHHBB", data[:8])
        if kind == 6:
            out += data[8 : 8 + length]
        data = data[8 + length + padding :]
    head, _, body = out.partition(b"\r\n\r\n")
    return (422 if b"422" in head else 200), json.loads(body)


def start(php, program, library, here, work):
    owner = getpass.getuser()
    header = subprocess.run([php, here.parent / "header.php", library], check=True, capture_output=True, text=True)
    (work / "custval.h").write_text(header.stdout)
    user = f"user = {owner}" if os.geteuid() == 0 else ""
    (work / "fpm.conf").write_text(CONFIGURATION.format(work=work, user=user))
    settings = {
        "opcache.enable": "1",
        "opcache.preload": here.parent / "Custval.php",
        "opcache.preload_user": owner,
        "ffi.enable": "preload",
        "ffi.preload": work / "custval.h",
    }
    options = [option for name, value in settings.items() for option in ("-d", f"{name}={value}")]
    root = ["-R"] if os.geteuid() == 0 else []
    server = subprocess.Popen(
        [program, "-F", *root, "-y", str(work / "fpm.conf"), *options],
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for(work / "socket", server)
    return server


def wait_for(path, server):
    for _ in range(300):
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(str(path))
                return
        except OSError:
            if server.poll() is not None:
                raise SystemExit(f"php-fpm ended: {server.stderr.read()}") from None
            time.sleep(0.1)
    raise SystemExit("php-fpm does not answer")


def check(work, here, source):
    path, script, document = work / "socket", here / "endpoint.php", source / "bench" / "system.json"
    names = "BRAND FUNC RELIA VARIETY SERVICE MONEY TIME PHYS PSYCH".split()
    row = dict(zip(names, [8, 7, 6, 5, 4, 3, 2, 1, 9]))
    status, answer = request(path, script, row, document)
    assert status == 200 and answer["ffi"] == "closed", answer
    # By hand: benefit 58 1/3, sacrifice 29 4/9.
    assert abs(answer["value"] - (58 + 1 / 3 - 29 - 4 / 9)) < 1e-12 and answer["status"] == 0, answer
    missing = request(path, script, {**row, "TIME": ""}, document)[1]
    assert missing["status"] == 0 and missing["coverage"] < 1, missing
    status, answer = request(path, script, {**row, "TIME": "soon"}, document)
    assert status == 422 and "TIME" in answer["error"], answer
    broken = work / "broken.json"
    broken.write_text('{"custval": "system"}')
    status, answer = request(path, script, row, broken)
    assert status == 422 and "version" in answer["error"], answer
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: request(path, script, row, document), range(400)))
    assert all(one == answers[0] for one in answers), "requests differ"
    return answers[0]


def main():
    php, program, library, source = [*sys.argv[1:4], pathlib.Path(sys.argv[4]).resolve()]
    here = source / "bindings" / "php" / "tests"
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        server = start(php, program, library, here, work)
        try:
            before = check(work, here, source)
            server.send_signal(signal.SIGUSR2)  # reload: everything is preloaded anew
            time.sleep(1)
            wait_for(work / "socket", server)
            assert check(work, here, source) == before
        finally:
            server.terminate()
            server.wait(30)
            log = (work / "log").read_text()
        assert "SIGSEGV" not in log and "SIGABRT" not in log, log


if __name__ == "__main__":
    main()
