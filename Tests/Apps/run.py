#!/usr/bin/env python3
"""Serves each app of this folder with the built program, and holds its answers against what its `requests` says.

    run.py VIRGA [NAME ...]

An app is a folder with a `spin.toml` and a file `requests`; the samples of `spin-manifests` are apps too. `guests/NAME.wat`, and those of `WASIHTTPTests`, are there as `NAME.wasm`. Lines of `requests`:

    up: --variable a=b      more options          environment: NAME=VALUE     a variable of the program's environment
    fails: TEXT             the app is refused, and the standard error has the text
    logs: TEXT              the standard error has the text in the end

    GET /path [HTTP/2]      a request             > name: value     a field of it
    >= TEXT                 a line of its body    ># N              a body of N bytes
    < 200                   the status            < name: value     a field of the response
    <! name                 a field it has not    <= TEXT           a line of its body, which has no others
    <~ REGEX                found in its body     <# N              the length of its body
    ----                    ends a request; so does the next one
"""
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = Path(tempfile.mkdtemp(prefix="virga-apps-"))
SAMPLES = HERE.parent.parent / "spin-manifests"
METHOD = re.compile(r"^([A-Z]+) (\S+)( HTTP/2)?$")


class Wrong(Exception):
    """What an app did, and not what it should have."""


class Request:
    def __init__(self, line, method, target, version):
        self.line, self.method, self.target, self.version = line, method, target, version
        self.fields, self.body, self.size = [], None, None
        self.status, self.wanted, self.absent = None, [], []
        self.text, self.patterns, self.length = None, [], None

    def read(self, mark, rest):
        if mark == ">":
            self.fields.append(rest)
        elif mark == ">=":
            self.body = rest if self.body is None else f"{self.body}\n{rest}"
        elif mark == ">#":
            self.size = int(rest)
        elif mark == "<" and self.status is None:
            self.status = int(rest)
        elif mark == "<":
            name, _, value = rest.partition(":")
            self.wanted.append((name.strip().lower(), value.strip()))
        elif mark == "<!":
            self.absent.append(rest.lower())
        elif mark == "<=":
            self.text = rest if self.text is None else f"{self.text}\n{rest}"
        elif mark == "<~":
            self.patterns.append(rest)
        elif mark == "<#":
            self.length = int(rest)
        else:
            raise Wrong(f"line {self.line}: `{mark}` is no mark")


class App:
    """An app's folder, and what is expected of it."""

    def __init__(self, name):
        self.name = name
        self.folder = HERE / name if (HERE / name).exists() else SAMPLES / name
        self.options, self.environment, self.fails, self.logs, self.requests = [], {}, [], [], []
        for number, line in enumerate((self.folder / "requests").read_text().splitlines(), 1):
            self.read(number, line)
        if not self.requests and not self.fails:
            raise Wrong(f"{name}: nothing is expected of the app")
        for request in self.requests:
            if request.status is None:
                raise Wrong(f"{name}: line {request.line}: no status is expected")

    def read(self, number, line):
        key, _, rest = line.partition(" ")
        if not line or line.startswith("#") or line == "----":
            return
        if found := METHOD.match(line):
            self.requests.append(Request(number, found[1], found[2], found[3]))
        elif key == "up:":
            self.options += shlex.split(rest)
        elif key == "environment:":
            variable, _, value = rest.partition("=")
            self.environment[variable] = value
        elif key == "fails:":
            self.fails.append(rest)
        elif key == "logs:":
            self.logs.append(rest)
        elif self.requests:
            self.requests[-1].read(key, rest)
        else:
            raise Wrong(f"{self.name}: line {number} is neither an option nor a request")

    def place(self):
        """The folder to serve: a copy, with the guests that the manifest names beside it."""
        folder = FOLDER / self.name
        shutil.copytree(self.folder, folder)
        manifest = (folder / "spin.toml").read_text()
        for guest in (FOLDER / "guests").iterdir():
            if guest.name in manifest:
                shutil.copy(guest, folder)
        return folder


def ask(request, port):
    """The response: status, fields, body."""
    fields, body = FOLDER / "fields", FOLDER / "body"
    command = ["curl", "-sS", "--path-as-is", "--max-time", "20", "-D", fields, "-o", body, "-H", "expect:"]
    command += ["-I"] if request.method == "HEAD" else ["-X", request.method]
    if request.version:
        command.append("--http2-prior-knowledge")
    for field in request.fields:
        command += ["-H", field]
    sent = b"x" * request.size if request.size is not None else (request.body or "").encode()
    if sent:
        command += ["--data-binary", "@-"]
        if not any(field.lower().startswith("content-type") for field in request.fields):
            command += ["-H", "content-type:"]
    body.write_bytes(b"")
    done = subprocess.run([*command, f"http://127.0.0.1:{port}{request.target}"], input=sent, capture_output=True)
    if done.returncode not in (0, 18, 92):
        raise Wrong(f"curl ends with {done.returncode}: {done.stderr.decode().strip()}")
    heads = [head for head in fields.read_bytes().decode("latin-1").split("\r\n\r\n") if head]
    lines = heads[-1].split("\r\n")
    pairs = [line.partition(":") for line in lines[1:]]
    content = b"" if request.method == "HEAD" else body.read_bytes()  # curl puts the head there too
    return int(lines[0].split()[1]), [(n.lower(), v.strip()) for n, _, v in pairs], content


def check(request, port):
    status, fields, body = ask(request, port)
    if status != request.status:
        raise Wrong(f"the status is {status}, not {request.status}; the body {body[:200]!r}")
    for name, value in request.wanted:
        found = [v for n, v in fields if n == name]
        if found != [value]:
            raise Wrong(f"the field {name} is {found}, not {value!r}")
    for name in request.absent:
        if any(n == name for n, _ in fields):
            raise Wrong(f"there is a field {name}")
    text = body.decode("utf-8", "replace")
    if request.text is not None and text.removesuffix("\n") != request.text:
        raise Wrong(f"the body is {text[:300]!r}, not {request.text!r}")
    for pattern in request.patterns:
        if not re.search(pattern, text, re.M):
            raise Wrong(f"`{pattern}` is not found in the body {text[:300]!r}")
    if request.length is not None and len(body) != request.length:
        raise Wrong(f"the body has {len(body)} bytes, not {request.length}")


def refused(program, app, folder):
    command = [program, "up", "-f", folder, "--listen", "127.0.0.1:0", *app.options]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, env={**os.environ, **app.environment})
    except subprocess.TimeoutExpired:
        raise Wrong("the app is served, and should be refused")
    if done.returncode != 1:
        raise Wrong(f"the program ends with {done.returncode}, not 1: {done.stderr}")
    for text in app.fails:
        if text not in done.stderr:
            raise Wrong(f"`{text}` is not told:\n{done.stderr}")


def served(program, app, folder):
    log = FOLDER / f"{app.name}.log"
    command = [program, "up", "-f", folder, "--listen", "127.0.0.1:0", "--loops", "1", *app.options]
    with open(log, "wb") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env={**os.environ, **app.environment})
        try:
            first = process.stdout.readline().decode()
            found = re.search(r"127\.0\.0\.1:(\d+)", first)
            if not found:
                process.wait(5)
                raise Wrong(f"the app is not served: {first}{log.read_text()}")
            for request in app.requests:
                try:
                    check(request, int(found[1]))
                except Wrong as wrong:
                    raise Wrong(f"requests:{request.line}: {request.method} {request.target}: {wrong}") from None
            for text in app.logs:
                until = time.monotonic() + 5
                while text not in log.read_text() and time.monotonic() < until:
                    time.sleep(0.05)
                if text not in log.read_text():
                    raise Wrong(f"`{text}` is not logged:\n{log.read_text()}")
            if process.poll() is not None:
                raise Wrong(f"the program has ended: {log.read_text()}")
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()


def main():
    program = os.path.abspath(sys.argv[1])
    (FOLDER / "guests").mkdir()
    for guest in [*(HERE / "guests").glob("*.wat"), *(HERE.parent / "WASIHTTPTests" / "Guests").glob("*.wat")]:
        subprocess.run([program, "assemble", guest, "-o", FOLDER / "guests" / f"{guest.stem}.wasm"], check=True)
    names = sys.argv[2:] or sorted(path.parent.name for apps in (HERE, SAMPLES) for path in apps.glob("*/requests"))
    failed = 0
    for name in names:
        try:
            app = App(name)
            (refused if app.fails else served)(program, app, app.place())
        except Wrong as wrong:
            failed += 1
            print(f"{name}: {wrong}")
    shutil.rmtree(FOLDER, ignore_errors=True)
    print(f"{len(names) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
