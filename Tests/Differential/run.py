#!/usr/bin/env python3
"""Runs random modules on wasmtime and on virga, and says where they differ.

    run.py                           20,000 modules, from seed 0 on
    run.py --modules 500             that many
    run.py --seconds 30              as many as that time allows
    run.py --first 7 --modules 1     the module with the seed 7
    run.py --write FOLDER            keeps the script and runs nothing; --first 100 --modules 12 made corpus/

A script holds some modules and what wasmtime makes of them; `virga wast` runs it. The scripts that
fail stay in .soak/differential.
"""
import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from environment import ROOT, VIRGA, python_with

FAILED = ROOT / ".soak" / "differential"
MODULES_PER_SCRIPT = 50


def write_script(first, count, folder):
    """A script of `count` modules from seed `first` on; its path."""
    import scripts
    engine = scripts.engine()
    path = Path(folder) / f"random-{first}.wast"
    path.write_text("".join(scripts.script(engine, seed) for seed in range(first, first + count)))
    return path


def check(first, count, folder):
    """None where virga agrees about these modules, else what it says."""
    path = write_script(first, count, folder)
    run = subprocess.run([str(VIRGA), "wast", str(path)], capture_output=True, text=True, timeout=600)
    if run.returncode == 0:
        path.unlink()
        return None
    return f"{path}: exit code {run.returncode}\n" + "\n".join((run.stdout + run.stderr).splitlines()[-20:])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--modules", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write")
    options = parser.parse_args()
    try:
        import wasmtime
    except ImportError:
        python = python_with("wasmtime")
        if not python:
            print("differential: skipped, pip could not install wasmtime")
            return
        os.execv(python, [python, *sys.argv])
    if options.write:
        print(write_script(options.first, options.modules, options.write))
        return
    FAILED.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + options.seconds if options.seconds else float("inf")
    modules = options.modules or (sys.maxsize if options.seconds else 20_000)
    last = options.first + modules
    following, run, failures, pending = options.first, 0, 0, {}
    with ProcessPoolExecutor(options.jobs) as pool:
        while pending or (following < last and time.monotonic() < end):
            while len(pending) <= options.jobs and following < last and time.monotonic() < end:
                count = min(MODULES_PER_SCRIPT, last - following)
                pending[pool.submit(check, following, count, FAILED)] = count
                following += count
            future = next(iter(pending))
            count = pending.pop(future)
            problem = future.result()
            run += count
            if problem:
                failures += 1
                print(problem, flush=True)
    print(f"differential: {run} modules on wasmtime and on virga, {failures} scripts differ")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
