#!/usr/bin/env python3
"""Runs random components on wasmtime and on virga, and says where they differ.

    components.py                  400 types with 25 values each way, and as many broken components of each kind
    components.py --types 40       that many
    components.py --seconds 30     as many as that time allows
    components.py --first 7 --types 1

For each type there is a component that gives back what it is given, and one of two components of which one
calls the other, each with a string encoding. Broken ones give or take bytes that make no sense, allocate in
impossible places, or misuse handles: both engines trap, or neither. What differs stays in
.soak/components.
"""
import argparse
import os
import random
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from environment import ROOT, VIRGA, python_with

FAILED = ROOT / ".soak" / "components"
TYPES_PER_SCRIPT = 10
VALUES = 25
# What wasmtime 50 does otherwise than the specification, with what the latter wants.
DEPARTURES = {
    # The suites of the component model: "also, for now, trap on parent-to-child".
    "calls out in body": "!",
    # CanonicalABI "canon lift": an instance may not be left while its post-return function runs.
    "calls out in post-return": "!",
}


class Script:
    """Components with calls, for virga to run in one process, and what is to come of each call."""

    def __init__(self, folder):
        self.folder, self.lines, self.expected, self.files = Path(folder), [], [], []
        self.folder.mkdir(parents=True, exist_ok=True)

    def load(self, name, text):
        """The component on wasmtime; the calls after this are of it."""
        import wasmtime
        from component_oracle import Oracle
        path = self.folder / f"{name}.wasm"
        binary = bytes(wasmtime.wat2wasm(text))
        path.write_bytes(binary)
        path.with_suffix(".wat").write_text(text)
        self.files += [path, path.with_suffix(".wat")]
        self.lines.append(f"file {path}")
        return Oracle(binary)

    def call(self, line, action, name=""):
        """Adds a call; `action` makes it on wasmtime, and gives the text of the result."""
        import wasmtime
        try:
            outcome = "= " + action()
        except wasmtime.WasmtimeError:
            outcome = "!"
        self.lines.append(line)
        self.expected.append((len(self.lines), DEPARTURES.get(name, outcome), name))

    def run(self):
        """What differs: (file, call, expected, got) of each."""
        from component_types import escaped
        script = "\n".join(self.lines) + "\n"
        run = subprocess.run([str(VIRGA), "calls"], input=script, capture_output=True, text=True, timeout=600)
        answers = run.stdout.split("\n")[:-1]
        problems = []
        if run.returncode != 0 or len(answers) != len(self.expected):
            problems.append(f"{self.folder}: {len(answers)} answers of {len(self.expected)}, exit code"
                            f" {run.returncode}: {run.stderr[-500:]}")
        for (line, expected, name), answer in zip(self.expected, answers):
            got = "!" if answer.startswith("!") else escaped(answer)
            if got != expected:
                file = next(text for text in reversed(self.lines[:line]) if text.startswith("file "))
                problems.append(f"{file[5:]} {name}\n  {self.lines[line - 1][:300]}\n  wasmtime: {expected[:300]}"
                                f"\n  virga:    {answer[:300]}")
        return problems

    def remove(self):
        for path in self.files:
            path.unlink()
        self.folder.rmdir()


def type_of(seed):
    """The first types are each primitive one, alone and in what holds others; the rest are random."""
    from component_types import PRIMITIVES, random_type
    forms = [lambda t: t, lambda t: ("list", t), lambda t: ("option", t), lambda t: ("result", t, "string"),
             lambda t: ("tuple", [t, "u8", t]), lambda t: ("variant", [("a", t), ("b", "f32"), ("c", "u64")])]
    if seed < len(forms) * len(PRIMITIVES):
        return forms[seed // len(PRIMITIVES)](PRIMITIVES[seed % len(PRIMITIVES)])
    return random_type(random.Random(seed), 3)


def add_values(script, seed):
    from component_texts import ENCODINGS, echo_component, relayed_component
    from component_types import random_value, wave
    source = random.Random(seed ^ 0x5EED)
    type_ = type_of(seed)
    direct = echo_component(type_, ENCODINGS[seed % 3])
    relayed = relayed_component(type_, ENCODINGS[seed // 3 % 3], ENCODINGS[seed // 9 % 3])
    for kind, text in (("direct", direct), ("relayed", relayed)):
        oracle = script.load(f"{seed}-{kind}", text)
        for _ in range(VALUES):
            value = random_value(source, type_)
            given = wave(type_, value)
            script.call(f"echo({given})", lambda: wave(type_, oracle.echo(type_, value)))


def add_faults(script, seed):
    from component_faults import allocating_component, lending_bytes_component, lifting_component
    from component_oracle import from_oracle
    from component_types import random_value, wave
    source = random.Random(seed ^ 0xFA17)
    for number in range(4):
        for kind, make in (("lifting", lifting_component), ("lending", lending_bytes_component)):
            type_, text = make(source)
            oracle = script.load(f"{seed}-{kind}{number}", text)
            script.call("run()", lambda: wave(type_, from_oracle(type_, oracle.call("run"))))
        type_, text = allocating_component(source)
        oracle = script.load(f"{seed}-allocating{number}", text)
        for _ in range(3):
            value = random_value(source, type_)
            script.call(f"echo({wave(type_, value)})", lambda: wave(type_, oracle.echo(type_, value)))


def add_handles(script):
    from component_faults import handle_cases
    for number, (name, text) in enumerate(handle_cases()):
        oracle = script.load(f"handles-{number}", text)
        script.call("run()", lambda: str(oracle.call("run")), name)


def check(first, count):
    """How many calls were made of the types from seed `first` on, and what differs; -1 stands for handles."""
    script = Script(FAILED / str(first))
    if first < 0:
        add_handles(script)
    for seed in range(first, first + count) if first >= 0 else []:
        add_values(script, seed)
        add_faults(script, seed)
    problems = script.run()
    if not problems:
        script.remove()
    return len(script.expected), problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--types", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    try:
        import wasmtime
    except ImportError:
        python = python_with("wasmtime")
        if not python:
            print("components: skipped, pip could not install wasmtime")
            return
        os.execv(python, [python, *sys.argv])
    end = time.monotonic() + options.seconds if options.seconds else float("inf")
    types = options.types or (sys.maxsize if options.seconds else 400)
    last = options.first + types
    following, types_run, calls, failures, pending = options.first, 0, 0, 0, {}
    with ProcessPoolExecutor(options.jobs) as pool:
        pending[pool.submit(check, -1, 0)] = 0
        while pending or (following < last and time.monotonic() < end):
            while len(pending) <= options.jobs and following < last and time.monotonic() < end:
                count = min(TYPES_PER_SCRIPT, last - following)
                pending[pool.submit(check, following, count)] = count
                following += count
            future = next(iter(pending))
            types_run += pending.pop(future)
            made, problems = future.result()
            calls += made
            failures += len(problems)
            for problem in problems[:10]:
                print(problem, flush=True)
    print(f"components: {calls} calls with {types_run} types on wasmtime and on virga, {failures} differ")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
