#!/usr/bin/env python3
"""Compares the names that `virga inspect --json` gives for the fixtures' imports and exports with wasmtime's.

    component_names.py            compares
    component_names.py --write    writes them as wasmtime has them to Tests/Fixtures/components/names.txt,
                                  which a unit test holds virga to where there is no wasmtime
"""
import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from environment import FIXTURES, ROOT, VIRGA, python_with

TABLE = ROOT / "Tests" / "Fixtures" / "components" / "names.txt"


def wasmtime_names(path):
    """(where, name) of each import and export, and of what they hold, in order."""
    from wasmtime import Engine, component
    engine = Engine()
    type_ = component.Component(engine, path.read_bytes()).type
    names = []

    def add(where, items):
        for name, item in items:
            names.append((where, name))
            inner = item.ty
            if isinstance(inner, component.ComponentInstanceType):
                add(f"{where} {name}", inner.exports(engine).items())
    add("import", type_.imports(engine).items())
    add("export", type_.exports(engine).items())
    return names


def virga_names(path):
    run = subprocess.run([str(VIRGA), "inspect", "--json", str(path)], capture_output=True, text=True)
    if run.returncode != 0:
        return [("virga", run.stderr.strip())]
    names = []

    def add(where, entries):
        for entry in entries:
            names.append((where, entry["name"]))
            add(f"{where} {entry['name']}", entry["exports"])
    facts = json.loads(run.stdout)
    add("import", facts["imports"])
    add("export", facts["exports"])
    return names


def components():
    """The fixtures that are components."""
    for path in sorted(FIXTURES.rglob("*.wasm")):
        if path.read_bytes()[4:8] == b"\x0d\x00\x01\x00":
            yield path


def main():
    if not FIXTURES.is_dir():
        print(f"component names: skipped, no {FIXTURES}")
        return
    try:
        import wasmtime
    except ImportError:
        python = python_with("wasmtime")
        if not python:
            print("component names: skipped, pip could not install wasmtime")
            return
        os.execv(python, [python, *sys.argv])
    if "--write" in sys.argv:
        lines = []
        for path in components():
            lines.append(str(path.relative_to(FIXTURES)))
            lines += [f"  {where} {name}" for where, name in wasmtime_names(path) if " " not in where]
        TABLE.write_text("\n".join(lines) + "\n")
        return
    count, failures = 0, 0
    for path in components():
        expected, got = wasmtime_names(path), virga_names(path)
        count += len(expected)
        # An instance's types come before its functions on wasmtime, so that only what is there is compared.
        missing, extra = set(expected) - set(got), set(got) - set(expected)
        top = [item for item in expected if " " not in item[0]] == [item for item in got if " " not in item[0]]
        if missing or extra or not top:
            failures += 1
            print(f"{path}: missing {sorted(missing)[:5]}, extra {sorted(extra)[:5]}, same order at the top: {top}")
    print(f"component names: {count} of the fixtures compared with wasmtime's, {failures} files differ")
    sys.exit(1 if failures or not count else 0)


if __name__ == "__main__":
    main()
