#!/usr/bin/env python3
"""Compares what `virga run --invoke` prints of the fixtures' functions with what wasmtime gives."""
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from environment import FIXTURES, VIRGA, python_with

TEXTS = ["", "abc", "grüße €", "𝄞", "a\tb\n\"\\", "x" * 1000]
FUNCTIONS = [("wat/encoder.wasm", ["neon:crypto/encoder", "encode"], "encode"),
             ("wat/composed.wasm", ["run"], "run")]


def wave(text):
    """The text as a string of WAVE."""
    return '"' + "".join({'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n"}.get(c, c) for c in text) + '"'


def wasmtime_function(path, names):
    """Calls the function that `names` lead to on an instance of its own."""
    import wasmtime
    from wasmtime import component
    engine = wasmtime.Engine()
    component_ = component.Component(engine, path.read_bytes())

    def call(text):
        store = wasmtime.Store(engine)
        linker = component.Linker(engine)
        linker.define_unknown_imports_as_traps(component_)
        instance = linker.instantiate(store, component_)
        index = None
        for name in names:
            index = instance.get_export_index(store, name, index)
        return instance.get_func(store, index)(store, text)
    return call


def main():
    try:
        import wasmtime  # noqa: F401
    except ImportError:
        python = python_with("wasmtime")
        if not python:
            return print("invocations: skipped, pip could not install wasmtime")
        os.execv(python, [python, *sys.argv])
    if not FIXTURES.is_dir():
        return print("invocations: skipped, ../shared/fixtures is not there")
    differing = 0
    for file, names, target in FUNCTIONS:
        call = wasmtime_function(FIXTURES / file, names)
        for text in TEXTS:
            command = [str(VIRGA), "run", "--invoke", f"{target}({wave(text)})", str(FIXTURES / file)]
            run = subprocess.run(command, capture_output=True, text=True)
            expected = wave(call(text)) + "\n"
            if run.stdout != expected:
                differing += 1
                print(f"{file} {target}({wave(text)})\n  wasmtime: {expected}  virga:    {run.stdout}{run.stderr}")
    print(f"invocations: {len(FUNCTIONS) * len(TEXTS)} on wasmtime and on virga, {differing} differ")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
