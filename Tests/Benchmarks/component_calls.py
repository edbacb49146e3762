#!/usr/bin/env python3
"""Times calls into components, between them and out of them, on virga and on PyPI's wasmtime: nanoseconds of a call.

Both run calls.wat, whose functions make many calls of a kind; a figure is the least CPU time of some rounds. The
host is Swift for virga and Python for wasmtime, so that calls from and to the host say little of wasmtime itself:
they are marked. What a lifted call costs there is what a call of nothing from component to component costs.
"""
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from environment import ROOT, VIRGA, python_with

TEXT = Path(__file__).with_name("calls.wat")
OURS = VIRGA.with_name("component-pool")
PEER = """
import sys, time, wasmtime
from wasmtime.component import Component, Linker
engine = wasmtime.Engine()
component = Component(engine, bytes(wasmtime.wat2wasm(open(sys.argv[1]).read())))
store = wasmtime.Store(engine)
linker = Linker(engine)
with linker.root() as root, root.add_instance("host") as host:
    host.add_func("empty", lambda store: None)
    host.add_func("take", lambda store, text: None)
    host.add_func("take-bytes", lambda store, content: None)
instance = linker.instantiate(store, component)

def least(call, count):
    times = []
    for _ in range(15):
        start = time.process_time()
        call()
        times.append((time.process_time() - start) / count * 1e9)
    return min(times)

def many(function, *arguments):
    function(store, *arguments)
    getattr(function, "post_return", lambda store: None)(store)

nothing = instance.get_func(store, "nothing")
def calls():
    for _ in range(10000):
        many(nothing)
print(f"call of an empty function by the host: {least(calls, 10000)} ns")
cases = [("of nothing", "empty", 0, 100), ("with a string of 64 B", "take", 64, 100),
         ("with a string of 64 KiB", "take", 65536, 1), ("with a list of 64 B", "take-bytes", 64, 100),
         ("with a list of 64 KiB", "take-bytes", 65536, 1)]
for callee, whose, factor in (("guest", "from component to component", 1000), ("host", "to the host", 50)):
    index = instance.get_export_index(store, callee)
    for name, function, size, count in cases:
        function = instance.get_func(store, instance.get_export_index(store, function, index))
        count *= factor
        print(f"call {whose} {name}: {least(lambda: many(function, count, size), count)} ns")
"""


def figures(command):
    """Nanoseconds by what they are of, in order; none where the command fails."""
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0:
        print(f"skipped: {command[0]}: {run.stderr.strip().splitlines()[-1:]}")
    return {name: float(time) for name, time in re.findall(r"(?m)^(call .*): ([\d.]+) ns$", run.stdout)}


def main():
    if not OURS.exists():
        return print("skipped: calls of components (build component-pool with make)")
    ours = figures([str(OURS), "call", str(TEXT)])
    python = python_with("wasmtime")
    theirs = figures([python, "-c", PEER, str(TEXT)]) if python else {}
    for name, own in ours.items():
        host = ", its host being Python" if "host" in name else ""
        peer = theirs.get(name)
        beside = f"wasmtime {peer:.0f} ns{host}: {own / peer:.2f} of it" if peer else "wasmtime is not there"
        print(f"{name}: {own:.0f} ns, {beside}")


main()
