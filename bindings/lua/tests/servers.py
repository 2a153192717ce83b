#!/usr/bin/env python3
"""Starts an example endpoint on loopback, asks it some questions and stops it.

servers.py SOURCE LIBRARY nginx|haproxy MODULE: MODULE is custval.so, built for the Lua of that server. Exit status 77:
the server is not installed.
"""

# SPDX-License-Identifier: Apache-2.0
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

DOCUMENT = """{"custval": "system", "version": 1, "dimensions": [
  {"id": "product", "side": "benefit", "indicators": [
    {"id": "quality", "weight": 2, "items": [{"column": "q1", "scale": [1, 10]}]},
    {"id": "range", "weight": 1, "items": [{"column": "q2", "scale": [1, 10]}]}]},
  {"id": "money", "side": "sacrifice", "indicators": [
    {"id": "price", "items": [{"column": "q3", "scale": [1, 10]}]}]}]}"""
MODULES = "/usr/lib/nginx/modules"
SHARE = "/usr/share/lua/5.1"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def find(name):
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def filled(template, values):
    text = template.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    return text


def command(server, source, folder, port):
    """The command that runs a server in the foreground, with its files in the folder."""
    values = {"PORT": port, "SYSTEM": folder / "system.json", "LUA": folder, "MODULES": MODULES, "LUA_SHARE": SHARE}
    examples = source / "bindings/lua/examples"
    shutil.copy(examples / "endpoint.lua", folder)
    if server == "nginx":
        (folder / "nginx.conf").write_text(filled(examples / "nginx/nginx.conf.in", values), encoding="utf-8")
        return [find("nginx"), "-p", str(folder), "-c", "nginx.conf", "-e", "stderr"]
    shutil.copy(examples / "haproxy/score.lua", folder)
    (folder / "haproxy.cfg").write_text(filled(examples / "haproxy/haproxy.cfg.in", values), encoding="utf-8")
    return [find("haproxy"), "-db", "-f", str(folder / "haproxy.cfg")]


def ask(port, query):
    """(status, answer) of the endpoint."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/score?{query}", timeout=5) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as reply:
        return reply.code, json.load(reply)


def wait_for(process, port):
    for _ in range(100):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    process.kill()
    raise SystemExit(f"the server did not start: {process.communicate()[0].decode(errors='replace')}")


def check(port):
    # 100 x (2/3 x 1 + 1/3 x 4/9) - 0, in fractions 2200/27
    for _ in range(20):
        status, answer = ask(port, "q1=10&q2=5&q3=1")
        assert status == 200 and abs(answer["value"] - 2200 / 27) < 1e-12, answer
        assert answer["status"] == 0 and answer["remarks"] == "", answer
    status, answer = ask(port, "q1=10&q3=1")
    assert status == 200 and "value" in answer and answer["coverage"] < 1, answer
    status, answer = ask(port, "q1=99&q2=5&q3=1")
    assert status == 200 and "value" not in answer and answer["remarks"] == "out-of-scale", answer
    status, answer = ask(port, "q1=many&q2=5&q3=1")
    assert status == 400 and "q1" in answer["error"], answer


def main(source, library, server, module):
    source, library = pathlib.Path(source).resolve(), pathlib.Path(library).resolve()
    if find(server) is None or (server == "nginx" and not pathlib.Path(MODULES, "ngx_http_lua_module.so").exists()):
        print(f"{server} (with Lua) is not installed")
        return 77
    with tempfile.TemporaryDirectory() as name:
        folder, port = pathlib.Path(name), free_port()
        (folder / "system.json").write_text(DOCUMENT, encoding="utf-8")
        shutil.copy(module, folder / "custval.so")
        shutil.copy(library, folder / "libcustval.so.0")
        arguments = command(server, source, folder, port)
        os.chmod(folder, 0o755)
        options = {}
        if os.getuid() == 0:  # no server needs to be root
            options = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            for path in [folder, *folder.iterdir()]:
                shutil.chown(path, "nobody", "nogroup")
        environment = {**os.environ, "LD_LIBRARY_PATH": str(folder)}
        process = subprocess.Popen(
            arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, cwd=folder, **options
        )
        try:
            wait_for(process, port)
            check(port)
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    print(f"{server}: 23 answers as expected")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
