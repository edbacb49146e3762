#!/usr/bin/env python3
"""Calls every function of WASI 0.2 from a guest: wasi.py.

The guest, wasi_guest/, is made here with componentize-py over the interfaces' own WIT. It knows what their documentation
wants, errors too, and says what it got. A function that no chapter calls is a failure, unless it is named below; so is
an answer other than wanted. wasmtime runs the same chapters, as far as it can be told to from Python, and what it answers
otherwise is told, with a reason below or as a failure.

What is not there (the WIT, componentize-py, wasmtime from PyPI) is said, and nothing is run then.
"""
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from environment import ROOT, VIRGA, python_with

WIT = ROOT.parent / "shared" / "conformance" / "wit-wasi" / "0.2.12"
GUEST = Path(__file__).resolve().parent / "wasi_guest"
# wasmtime for Python gives no networks, nor sockets that may do nothing: those chapters it cannot run.
CHAPTERS = ["cli", "clocks", "random", "streams", "files", "read-only", "tcp", "udp", "names", "denied", "http"]
ALONE = ["tcp", "udp", "names", "denied"]
# What no guest can reach here: responses to requests that go out, since none may.
UNREACHED = re.compile(r"wasi_http_types\.(FutureIncomingResponse|IncomingResponse)\.")
# Lines that wasmtime answers in another way, by how they begin, and why ours is as it is.
OTHERWISE = {
    "a time that has been is ready": "it looks only when it is waited for",
    "of several that are ready all are": "likewise",
    "nothing is read": "whether the end is near is not known where nothing was looked for",
    "nor cut": "the descriptor is what is wrong; it gives ftruncate's EINVAL",
    "nor streamed to": "the interface's function may fail, and a stream that can only fail helps nobody",
    "nor appended to": "likewise",
    "nor streamed from": "likewise",
}
# Of a folder that may only be read, the interface says `read-only`; it says `not-permitted`.
READ_ONLY = ("error read-only", "error not-permitted")

HOST = """
import sys
from wasmtime import Config, Engine, Store, WasiConfig, ExitTrap
from wasmtime.component import Component, Linker
program, folder, readable, *arguments = sys.argv[1:]
engine = Engine()
store = Store(engine)
wasi = WasiConfig()
wasi.argv = ["calls.wasm", *arguments]
wasi.env = [("NAME", "a value"), ("OTHER", "")]
wasi.inherit_stdin()
wasi.inherit_stdout()
wasi.inherit_stderr()
if folder:
    wasi.preopen_dir(folder, "/data", readable != "ro")
store.set_wasi(wasi)
store.set_wasi_http()
linker = Linker(engine)
linker.add_wasip2()
linker.add_wasi_http()
component = Component.from_file(engine, program)
instance = linker.instantiate(store, component)
run = instance.get_export_index(store, "wasi:cli/run@0.2.12")
instance.get_func(store, instance.get_export_index(store, "run", run))(store)
"""


def made(python, folder, name, *features):
    """The guest as a component, with functions that are not stable yet."""
    shutil.copytree(GUEST, folder / name)
    shutil.copytree(WIT, folder / name / "wit" / "deps", copy_function=shutil.copyfile)
    component = folder / f"{name}.wasm"
    line = [python, "-c", "import sys; from componentize_py import script; sys.argv[0] = 'componentize-py'; script()",
            "-d", "wit", "-w", "all", *features, "componentize", "app", "-o", str(component)]
    built = subprocess.run(line, cwd=folder / name, capture_output=True, text=True, timeout=300)
    if built.returncode != 0:
        sys.exit(f"the guest cannot be made: {built.stdout}{built.stderr}")
    return component


def data(folder, name):
    """A folder for a chapter, as it is at first."""
    path = folder / name
    path.mkdir()
    if name.startswith("read-only"):
        (path / "folder").mkdir()
        (path / "file").write_text("hello")
    return path


def virga(component, folder, chapter):
    options = ["--env", "NAME=a value", "--env", "OTHER="]
    if chapter in ("streams", "files", "read-only"):
        options += ["--dir", f"{data(folder, chapter)}::/data" + (":ro" if chapter == "read-only" else "")]
    if chapter in ALONE and chapter != "denied":
        options += [f"--allow-net={pattern}" for pattern in ("127.0.0.0/8", "::1", "localhost", "nothing.invalid")]
    return [str(VIRGA), "run", *options, str(component), chapter, "two words", "\u00e9"]


def wasmtime(python, component, folder, chapter):
    path = ""
    if chapter in ("streams", "files", "read-only"):
        path = data(folder, chapter + "-wasmtime")
    readable = "ro" if chapter == "read-only" else ""
    return [python, "-c", HOST, str(component), str(path), readable, chapter, "two words", "\u00e9"]


def lines(line, what):
    told = subprocess.run(line, input=b"given", capture_output=True, timeout=120)
    text = told.stdout.decode(errors="replace").splitlines()
    return text, [] if told.returncode == 0 else [f"{what}: status {told.returncode}, {told.stderr.decode()[-400:]}"]


def served(component, folder):
    """What a handler is told, by `virga serve`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([VIRGA, "serve", "--listen", f"127.0.0.1:{port}", component], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL)
    try:
        server.stdout.readline()
        asked = subprocess.run(["curl", "-sS", "-i", "--max-time", "60", "-d", "body", "-H", "host: calls.test", "-H",
                                "x-name: value", f"http://127.0.0.1:{port}/calls?x=1"], capture_output=True, text=True)
    finally:
        server.terminate()
        server.wait(20)
    text = asked.stdout.replace("\r\n", "\n")
    failures = [] if asked.returncode == 0 else [f"curl: {asked.stderr}"]
    for wanted in ("HTTP/1.1 103 ", "link: </a>", "HTTP/1.1 200 ", "x-made: 1"):
        if wanted not in text:
            failures.append(f"served: no {wanted!r} in the answer: {text[:400]}")
    return text.splitlines(), failures


def exits(component):
    failures = []
    called = []
    for chapter, status in (("exit", 1), ("exit-code", 77)):
        told = subprocess.run([VIRGA, "run", component, chapter], capture_output=True, text=True, timeout=60)
        called += told.stdout.splitlines()
        if told.returncode != status:
            failures.append(f"{chapter}: status {told.returncode}, where {status} was wanted")
    return called, failures


def without_counts(text):
    return [line for line in text if not line.startswith(("CALLED ", "FUNCTION "))]


def differences(chapter, ours, theirs):
    """What wasmtime answers otherwise, with no reason told."""
    ours, theirs = without_counts(ours), [line.removeprefix("WRONG ") for line in without_counts(theirs)]
    told = []
    for mine, other in zip(ours, theirs):
        other = re.sub(r", where .* was wanted$", "", other)
        if mine == other or any(mine.startswith(begin) for begin in OTHERWISE):
            continue
        if mine.replace(*READ_ONLY) != other:
            told.append(f"{chapter}: {mine!r}, but under wasmtime {other!r}")
    if len(ours) != len(theirs):
        told.append(f"{chapter}: {len(ours)} lines, but under wasmtime {len(theirs)}")
    return told


def main():
    python = python_with("componentize-py", "wasmtime")
    if not WIT.is_dir() or python is None:
        return print(f"skipped: {'componentize-py and wasmtime are' if WIT.is_dir() else f'{WIT} is'} not there")
    folder = Path(tempfile.mkdtemp(prefix="virga-wasi-"))
    try:
        component = made(python, folder, "whole", "--features", "informational-outbound-responses")
        # wasmtime has no function that is not stable.
        stable = made(python, folder, "stable")
        said, failures = exits(component)
        compared = 0
        for chapter in CHAPTERS:
            text, wrong = lines(virga(component, folder, chapter), chapter)
            said += text
            failures += wrong
            if chapter not in ALONE:
                theirs, _ = lines(wasmtime(python, stable, folder, chapter), "wasmtime")
                failures += differences(chapter, text, theirs)
                compared += len(without_counts(text))
        text, wrong = served(component, folder)
        said, failures = said + text, failures + wrong
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    failures += [line for line in said if "WRONG" in line]
    functions = {line.split()[1] for line in said if line.startswith("FUNCTION ")}
    called = {line.split()[1] for line in said if line.startswith("CALLED ")}
    failures += [f"nobody calls {name}" for name in sorted(functions - called) if not UNREACHED.match(name)]
    for failure in failures:
        print(f"FAILED {failure}")
    print(f"{len(called)} of {len(functions)} functions called, {len(without_counts(said))} answers, of which {compared} "
          f"compared with wasmtime's; {len(failures)} failures")
    sys.exit(1 if failures or not called else 0)


main()
