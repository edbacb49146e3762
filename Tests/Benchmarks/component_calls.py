#!/usr/bin/env python3
"""Times calls from one component to another on virga and on PyPI's wasmtime: nanoseconds of a call, in one run.

The same component runs on both: its `run(count, length)` passes a string of that length so many times. The time of
few calls is subtracted from that of many, so that starting does not count.
"""
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from environment import ROOT, python_with

BINARY = os.environ.get("VIRGA", str(ROOT / ".build/release/virga"))
TEXT = """(component
  (component $inner
    (core module $m
      (memory (export "memory") 4)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "f") (param i32 i32)))
    (core instance $i (instantiate $m))
    (func (export "f") (param "s" string)
      (canon lift (core func $i "f") (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))
  (instance $inner (instantiate $inner))
  (component $outer
    (import "f" (func $f (param "s" string)))
    (core module $libc (memory (export "memory") 4))
    (core instance $libc (instantiate $libc))
    (core func $lowered (canon lower (func $f) (memory (core memory $libc "memory"))))
    (core module $m
      (import "h" "f" (func $f (param i32 i32)))
      (func (export "run") (param $count i32) (param $length i32)
        (loop $next
          (call $f (i32.const 64) (local.get $length))
          (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))
    (core instance $i (instantiate $m (with "h" (instance (export "f" (func $lowered))))))
    (func (export "run") (param "count" u32) (param "length" u32) (canon lift (core func $i "run"))))
  (instance $outer (instantiate $outer (with "f" (func $inner "f"))))
  (export "run" (func $outer "run")))
"""
PEER = """
import sys, time, wasmtime
from wasmtime.component import Component, Linker
engine = wasmtime.Engine()
component = Component(engine, bytes(wasmtime.wat2wasm(open(sys.argv[1]).read())))
store = wasmtime.Store(engine)
run = Linker(engine).instantiate(store, component).get_func(store, "run")
for few, many, length in eval(sys.argv[2]):
    times = []
    for count in (few, many):
        start = time.perf_counter()
        run(store, count, length)
        getattr(run, "post_return", lambda store: None)(store)
        times.append(time.perf_counter() - start)
    print((times[1] - times[0]) / (many - few) * 1e9)
"""
SIZES = [(1_000, 1_001_000, 0), (1_000, 1_001_000, 64), (100, 50_100, 65_536)]


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "calls.wat")
        Path(path).write_text(TEXT)
        ours = []
        for few, many, length in SIZES:
            times = []
            for count in (few, many):
                start = time.perf_counter()
                subprocess.run([BINARY, "run", "--invoke", f"run({count}, {length})", path], check=True)
                times.append(time.perf_counter() - start)
            ours.append((times[1] - times[0]) / (many - few) * 1e9)
        python = python_with("wasmtime")
        theirs = []
        if python:
            told = subprocess.run([str(python), "-c", PEER, path, repr(SIZES)], capture_output=True, text=True)
            theirs = [float(line) for line in told.stdout.split()] if told.returncode == 0 else []
        for (_, _, length), own, peer in zip(SIZES, ours, theirs or [None] * len(SIZES)):
            beside = f", wasmtime {peer:.0f} ns: {own / peer:.2f} of it" if peer else ", wasmtime is not there"
            print(f"a call from component to component with a string of {length} B: {own:.0f} ns{beside}")


main()
