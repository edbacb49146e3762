#!/usr/bin/env python3
"""Times the kernels on Virga and on its peers, and what else the engine is to be good at.

    make bench                     every kernel, five rounds
    bench.py --rounds 9 fib sieve  those kernels only

A figure is the least of all rounds' CPU seconds, with the start-up (the same program with the
argument 1) subtracted. The engines take turns within a round, so that a noisy minute meets all.
"""
import argparse
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from environment import FIXTURES, ROOT, VIRGA, python_with

KERNELS = {"fib": 32, "sha256": 40, "matmul": 300, "mandelbrot": 400, "jsonsort": 60000, "sieve": 20000000,
           "interp": 3000000}


class Run:
    """What a program printed and took."""

    def __init__(self, command):
        with tempfile.TemporaryFile() as output:
            process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            self.output = output.read().decode(errors="replace")
        self.is_good = process.returncode == 0
        self.seconds = usage.ru_utime + usage.ru_stime

    @property
    def number(self):
        """The first number of the last line, as 64 bits."""
        lines = [line for line in self.output.splitlines() if line.strip()]
        found = re.findall(r"-?\d+", re.sub(r"i64", "", lines[-1])) if lines else []
        return int(found[0]) % (1 << 64) if found else None


def peak_bytes(command):
    """The most memory that a program takes: asked of a small process, whose own it is measured with."""
    ask = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
           "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    return int(subprocess.run([sys.executable, "-c", ask, *command], capture_output=True, text=True).stdout) * 1024


class Program:
    """An engine that is a program of its own: `command(file, argument)` runs a kernel."""

    def __init__(self, name, command):
        self.name, self.command = name, command

    def measure(self, kernel, argument):
        start = Run(self.command(kernel, 1))
        run = Run(self.command(kernel, argument))
        return (run.seconds, start.seconds, run.number) if run.is_good and start.is_good else None


class InProcess:
    """An engine that is a Python package: the time is that of the call alone."""

    def __init__(self, name, python):
        self.name, self.python = name, python

    def measure(self, kernel, argument):
        peers = str(Path(__file__).with_name("peers.py"))
        run = Run([self.python, peers, self.name, str(kernel), str(argument)])
        if not run.is_good:
            return None
        result, seconds = run.output.split()
        return float(seconds), 0.0, int(result) % (1 << 64)


def engines(kernels, scratch):
    """The engines that are here, Virga first; of those that are not, a line says so."""
    found = [Program("virga", lambda kernel, n: [str(VIRGA), "run", "--invoke", f"run({n})", str(kernel)])]
    if wasmkit := shutil.which("wasmkit"):
        found.append(Program("wasmkit", lambda kernel, n: [wasmkit, "run", str(kernel), "run", f"i32:{n}"]))
    else:
        print("skipped: wasmkit (it comes with the Swift toolchain)")
    for name, package in (("wasm3", "pywasm3"), ("wasmtime", "wasmtime")):
        if python := python_with(package):
            found.append(InProcess(name, python))
        else:
            print(f"skipped: {name} (pip could not install {package})")
    if native := native_kernels(kernels, scratch):
        found.append(Program("native", lambda kernel, n: [native[kernel.name.split(".")[0]], str(n)]))
    else:
        print("skipped: native (there is no clang)")
    return found


def native_kernels(kernels, scratch):
    """The programs that clang makes of the kernels' sources, by name."""
    clang = shutil.which("clang")
    if not clang:
        return None
    built = {}
    for name in kernels:
        out = Path(scratch) / name
        source = FIXTURES / "bench" / f"{name}.c"
        subprocess.run([clang, "-O2", "-w", "-o", out, source, FIXTURES / "bench" / "main.c"], check=True)
        built[name] = str(out)
    return built


def rows(kernels):
    """(name, module, argument): each kernel plain and with vector instructions."""
    for name, argument in kernels.items():
        for suffix in ("", ".simd"):
            yield name + suffix, FIXTURES / "bench" / f"{name}{suffix}.wasm", argument


def least(measurements):
    """The least time less the least start-up; None where the engine did not run it."""
    good = [measurement for measurement in measurements if measurement]
    if not good:
        return None
    return max(min(m[0] for m in good) - min(m[1] for m in good), 1e-6)


def kernel_table(kernels, rounds):
    with tempfile.TemporaryDirectory() as scratch:
        present = engines(kernels, scratch)
        taken = {}
        for _ in range(rounds):
            for row, module, argument in rows(kernels):
                for engine in present:
                    if taken.get((row, engine.name)) != [None]:
                        measurement = engine.measure(module, argument)
                        taken.setdefault((row, engine.name), []).append(measurement)
    names = [engine.name for engine in present]
    print("| kernel | argument | " + " | ".join(f"{name} s" for name in names)
          + " | virga/wasmkit | virga/native |")
    print("| --- " * (len(names) + 4) + "|")
    ratios = []
    for row, _, argument in rows(kernels):
        results = {m[2] for name in names for m in taken[row, name] if m}
        if len(results) > 1:
            sys.exit(f"{row}({argument}): the engines disagree: {results}")
        times = {name: least(taken[row, name]) for name in names}
        cells = [f"{times[name]:.4f}" if times[name] else "-" for name in names]

        def ratio(peer):
            both = times["virga"] and times.get(peer)
            return times["virga"] / times[peer] if both else None
        if ratio("wasmkit") and not row.endswith(".simd"):
            ratios.append(ratio("wasmkit"))
        cells += [f"{ratio(peer):.2f}" if ratio(peer) else "-" for peer in ("wasmkit", "native")]
        print(f"| {row} | {argument} | " + " | ".join(cells) + " |")
    if ratios:
        mean = math.exp(sum(math.log(ratio) for ratio in ratios) / len(ratios))
        print(f"\nvirga/wasmkit over {len(ratios)} plain kernels: geometric mean {mean:.3f}, "
              f"greatest {max(ratios):.2f}")


def interruption_cost(kernels, rounds):
    """What looking at the clock at safepoints costs: runs with a deadline against runs without."""
    def command(*options):
        return lambda kernel, n: [str(VIRGA), "run", *options, "--invoke", f"run({n})", str(kernel)]
    plain, timed = Program("plain", command()), Program("timed", command("--timeout", "1000"))
    ratios = []
    for name, argument in kernels.items():
        module = FIXTURES / "bench" / f"{name}.wasm"
        pairs = [(plain.measure(module, argument), timed.measure(module, argument)) for _ in range(rounds)]
        ratios.append(least([pair[1] for pair in pairs]) / least([pair[0] for pair in pairs]))
    mean = math.exp(sum(math.log(ratio) for ratio in ratios) / len(ratios))
    print(f"with a deadline / without over {len(ratios)} kernels: geometric mean {mean:.3f}, "
          f"greatest {max(ratios):.2f}")


def core_modules(data):
    """The core modules in a component's bytes, those of nested components too."""
    def number(at):
        value = shift = 0
        while True:
            value |= (data[at] & 0x7F) << shift
            shift += 7
            at += 1
            if data[at - 1] < 0x80:
                return value, at

    def within(at, end):
        while at < end:
            section = data[at]
            size, at = number(at + 1)
            if section == 1:
                yield data[at:at + size]
            elif section == 4:
                yield from within(at + 8, at + size)
            at += size
    return within(8, len(data))


def load_speed(rounds):
    component = FIXTURES / "python-http" / "python-http.wasm"
    if not component.exists():
        print("skipped: loading CPython (no fixtures/python-http)")
        return
    # The one with the most code: local.get 0 is nowhere as frequent.
    module = max(core_modules(component.read_bytes()), key=lambda data: data.count(b"\x20\x00"))
    with tempfile.NamedTemporaryFile(suffix=".wasm") as file:
        file.write(module)
        file.flush()
        speed = Run([str(VIRGA), "validate", "--repeat", str(max(rounds, 5)), file.name]).output
        peak = peak_bytes([str(VIRGA), "validate", file.name])
        speed = re.findall(r"(\d+) MB/s", speed)
        print(f"CPython's core module, {len(module) / 1e6:.1f} MB: decode and validate "
              f"{speed[0] if speed else '?'} MB/s, peak memory {peak / len(module):.1f} times the file")


def program(name, *arguments):
    """Runs one of the programs beside this, which prints its figures."""
    path = ROOT / ".build" / "release" / name
    print(Run([str(path), *arguments]).output.strip() if path.exists() else f"skipped: {name} (build with make)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("kernels", nargs="*", choices=[[], *KERNELS])
    options = parser.parse_args()
    if not VIRGA.exists():
        sys.exit("bench: there is no .build/release/virga; run `make build`")
    kernels = {name: KERNELS[name] for name in options.kernels or KERNELS}
    if (FIXTURES / "bench").is_dir():
        kernel_table(kernels, options.rounds)
        interruption_cost(kernels, options.rounds)
    else:
        print("skipped: the kernels (no ../shared/fixtures/bench)")
    if not options.kernels:
        load_speed(options.rounds)
        program("host-calls")
        program("fiber-switches")
        program("instance-reset")
        if FIXTURES.is_dir():
            program("component-pool", "load", str(FIXTURES))


if __name__ == "__main__":
    main()
