#!/usr/bin/env python3
"""Runs programs of preview 1 with `virga run` and on wasmtime: the same output, errors and exit status.

What is not there (the fixtures, wasmtime from PyPI) is said, and nothing is compared then.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from environment import FIXTURES, VIRGA, python_with

PROGRAMS = ["c-wasip1/cmd.wasm", "rust/cmd.wasm"]
# Arguments, environment, standard input, and whether the working directory is given.
CASES = [
    ([], {}, b"", False),
    ([], {"NAME": "a name"}, b"one\ntwo\nthree", True),
    (["0", "two words", "\u00e9"], {"NAME": ""}, b"\n" * 1000, True),
    (["7"], {}, b"x" * 100_000, True),
    (["125"], {}, b"", False),
]

HOST = """
import json, sys
from wasmtime import Config, Engine, ExitTrap, Linker, Module, Store, Trap, WasiConfig
program, arguments, environment, folder = json.loads(sys.argv[1])
engine = Engine()
store = Store(engine)
wasi = WasiConfig()
wasi.argv = ["cmd.wasm", *arguments]
wasi.env = list(environment.items())
wasi.inherit_stdin()
wasi.inherit_stdout()
wasi.inherit_stderr()
if folder:
    wasi.preopen_dir(folder, ".")
store.set_wasi(wasi)
linker = Linker(engine)
linker.define_wasi()
try:
    linker.instantiate(store, Module.from_file(engine, program)).exports(store)["_start"](store)
except ExitTrap as exit:
    sys.exit(exit.code)
except Trap as trap:
    sys.exit(134)
"""


def wasmtime(python, program, arguments, environment, given, folder):
    import json
    what = json.dumps([str(program), arguments, environment, folder])
    return subprocess.run([python, "-c", HOST, what], input=given, capture_output=True, timeout=120)


def virga(program, arguments, environment, given, folder):
    options = [f"--env={name}={value}" for name, value in environment.items()]
    if folder:
        options.append(f"--dir={folder}::.")
    return subprocess.run([str(VIRGA), "run", *options, str(program), *arguments], input=given, capture_output=True, timeout=120)


def main():
    if not FIXTURES.is_dir():
        return print("programs beside wasmtime: skipped, the fixtures are not there")
    python = python_with("wasmtime")
    if python is None:
        return print("programs beside wasmtime: skipped, wasmtime cannot be had from PyPI")
    compared, different = 0, 0
    for name in PROGRAMS:
        for arguments, environment, given, has_folder in CASES:
            results = []
            for run in (lambda *rest: wasmtime(python, *rest), virga):
                with tempfile.TemporaryDirectory() as folder:
                    done = run(FIXTURES / name, arguments, environment, given, folder if has_folder else None)
                    left = sorted(os.listdir(folder))
                results.append((done.returncode, done.stdout, done.stderr, left))
            compared += 1
            if results[0] != results[1]:
                different += 1
                print(f"{name} {arguments} {environment}: wasmtime {results[0]}, virga {results[1]}")
    print(f"programs beside wasmtime: {compared} runs, {different} differ")
    sys.exit(1 if different else 0)


main()
