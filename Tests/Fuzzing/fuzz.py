#!/usr/bin/env python3
"""Fuzzes the engine with libFuzzer and AddressSanitizer.

    fuzz.py                          each target for ten minutes, one on each core (SOAK_SECONDS changes that)
    fuzz.py --seconds 60 run text    those targets
    fuzz.py --replay FILE run        one input

The inputs that were found worth keeping are in .fuzz/TARGET; one that crashes is in .fuzz/TARGET-crash-…
and belongs, made small (--minimize FILE), into Tests/Fixtures/fuzz/TARGET, where `make test` replays it.
"""
import argparse
import concurrent.futures
import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from environment import FIXTURES, ROOT, VIRGA

HERE = Path(__file__).resolve().parent
SOURCES = ROOT / "Sources"
FOLDER = ROOT / ".fuzz"
TARGETS = ["module", "component", "link", "text", "script", "run", "manifest", "lines"]
C_TARGETS = [SOURCES / name for name in ("CBoostContext", "CLinux", "CTOML")]
SANITIZERS = ["-sanitize=fuzzer,address", "-Xcc", "-fno-math-errno"]
SWIFTC = ["swiftc", "-O", "-wmo", "-g", "-parse-as-library", "-package-name", "virga", "-swift-version", "6",
          "-enable-experimental-feature", "Lifetimes", "-enforce-exclusivity=unchecked", "-I", ".",
          *SANITIZERS]
MAX_BYTES = {"module": 4096, "component": 8192, "link": 8192, "text": 4096, "script": 4096, "run": 4096,
             "manifest": 4096, "lines": 8192}
# What an input may take: a hang or growth is a crash too.
LIMITS = ["-timeout=10", "-rss_limit_mb=2048", "-malloc_limit_mb=1024"]


def build():
    """The fuzzer's program, built anew if a source is newer."""
    folder = FOLDER / "build"
    program = folder / "fuzz"
    names = ("DWARF", "Fiber", "SpinManifest", "Wasm", "ComponentModel", "WAT")
    modules = {name: SOURCES / name for name in names} | {"FuzzTargets": HERE / "Targets"}
    sources = {name: sorted(map(str, path.rglob("*.swift"))) for name, path in modules.items()}
    drivers = sorted(map(str, (HERE / "Driver").glob("*.swift")))
    c_sources = sorted(str(path) for target in C_TARGETS for path in target.glob("*.c*"))
    everything = [*sum(sources.values(), []), *drivers, *c_sources]
    if program.exists() and program.stat().st_mtime > max(Path(path).stat().st_mtime for path in everything):
        return program
    folder.mkdir(parents=True, exist_ok=True)
    start = time.time()
    (folder / "module.modulemap").write_text("".join(
        f'module {target.name} {{ header "{target / "include" / target.name}.h" export * }}\n'
        for target in C_TARGETS))
    objects = [f"{Path(path).parent.name}-{Path(path).stem}.c.o" for path in c_sources]
    for path, object_ in zip(c_sources, objects):
        include = Path(path).parent / "include"
        compiler = ["clang++", "-std=c++17"] if path.endswith(".cpp") else ["clang"]
        run([*compiler, "-O2", "-g", "-fsanitize=address", "-I", include, "-c", path, "-o", object_], folder)
    for name, files in sources.items():
        print(f"fuzz: compiling {name}", flush=True)
        run([*SWIFTC, "-module-name", name, "-emit-module", "-emit-object", "-o", f"{name}.o",
             "-emit-module-path", f"{name}.swiftmodule", *files], folder)
        objects.append(f"{name}.o")
    run([*SWIFTC, "-module-name", "Driver", "-o", "fuzz", *drivers, *objects,
         "-Xlinker", "-l:libboost_context.a", "-lm", "-lstdc++"], folder)
    # A source that changed while this went on is newer.
    os.utime(program, (start, start))
    return program


def run(command, folder):
    """Runs a compiler, and prints what it says only where it fails."""
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if finished.returncode != 0:
        sys.exit(finished.stdout + finished.stderr)


def top_level_forms(text):
    """The parenthesised forms of a script, those with odd strings or comments perhaps cut wrongly."""
    depth, start = 0, 0
    for match in re.finditer(r'"(?:\\.|[^"\\])*"|;;[^\n]*|\(;|;\)|\(|\)', text):
        if match[0] == "(":
            start = match.start() if depth == 0 else start
            depth += 1
        elif match[0] == ")":
            depth -= 1
            if depth == 0:
                yield text[start:match.end()]


def seed(target):
    """Copies what there is to begin with into the target's corpus."""
    corpus = FOLDER / target
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = [*(ROOT / "Tests" / "Fixtures" / "fuzz" / target).glob("*")]
    if target in ("module", "component", "link", "run") and FIXTURES.is_dir():
        seeds += [path for path in FIXTURES.rglob("*.wasm") if path.stat().st_size <= MAX_BYTES[target]]
    for path in seeds:
        shutil.copyfile(path, corpus / f"seed-{path.parent.name}-{path.name}")
    if target == "link":
        # As binaries too, which can be changed in more places and still be read.
        for path in seeds:
            if path.suffix == ".wat" and VIRGA.exists():
                binary = corpus / f"seed-{path.stem}.wasm"
                subprocess.run([VIRGA, "assemble", path, "-o", binary], check=True)
    if target == "manifest":
        for path in (ROOT / "Tests" / "SpinManifestTests" / "Fixtures").glob("*/spin.toml"):
            shutil.copyfile(path, corpus / f"seed-{path.parent.name}")
    if target in ("module", "component", "manifest"):
        return
    scripts = [*(ROOT / "Tests" / "Differential" / "corpus").glob("*.wast"),
               *(FIXTURES.parent / "conformance" / "core").rglob("*.wast"),
               *(FIXTURES.parent / "conformance" / "component-model").rglob("*.wast")]
    for path in scripts:
        forms = top_level_forms(path.read_text(errors="replace"))
        small = [form for form in forms if len(form) <= MAX_BYTES[target]]
        if target != "script":
            kinds = {"text": ("(module", "(component"), "link": ("(component",), "run": ("(module",)}[target]
            small = [form for form in small if form.startswith(kinds) and " quote" not in form[:20]]
        for index, form in enumerate(small[:200]):
            (corpus / f"seed-{path.stem}-{index}").write_text(form)


def environment(target):
    return {**os.environ, "FUZZ_TARGET": target, "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1"}


def fuzz(program, target, seconds, seed_number):
    """Runs the target for so long; whether it found nothing."""
    seed(target)
    dictionary = HERE / "text.dict"
    command = [str(program), str(FOLDER / target), f"-max_total_time={seconds}", f"-max_len={MAX_BYTES[target]}",
               f"-artifact_prefix={FOLDER}/{target}-", f"-seed={seed_number}", "-print_final_stats=1",
               "-verbosity=1", *LIMITS]
    if target in ("text", "script") and dictionary.exists():
        command.append(f"-dict={dictionary}")
    finished = subprocess.run(command, env=environment(target), capture_output=True, text=True, errors="replace")
    stats = dict(re.findall(r"stat::(\w+):\s+(\d+)", finished.stderr))
    print(f"fuzz: {target}: {stats.get('number_of_executed_units', '?')} inputs in {seconds} s, "
          f"seed {seed_number}, peak memory {stats.get('peak_rss_mb', '?')} MB, " + ("nothing found" if finished.returncode == 0 else "FAILED"),
          flush=True)
    if finished.returncode != 0:
        print("\n".join(finished.stderr.splitlines()[-40:]), flush=True)
    return finished.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=int, default=int(os.environ.get("SOAK_SECONDS", 600)))
    parser.add_argument("--seed", type=int, default=random.randrange(1, 1 << 31))
    parser.add_argument("--replay")
    parser.add_argument("--minimize")
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS])
    options = parser.parse_args()
    program = build()
    targets = options.targets or TARGETS
    if options.replay or options.minimize:
        action = [options.replay] if options.replay else ["-minimize_crash=1", "-runs=100000", options.minimize]
        sys.exit(subprocess.run([str(program), *LIMITS, *action], env=environment(targets[0])).returncode)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as cores:
        results = list(cores.map(lambda target: fuzz(program, target, options.seconds, options.seed), targets))
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
