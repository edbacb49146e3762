#!/usr/bin/env python3
"""Measures `virga serve`: the server on one core, the load on another, ratios in one run.

- A small function against nginx's `return 200`: requests a second, and CPU (utime + stime) of a request.
- What the front alone takes (`bench-server`), so that the rest is what the guest, its instance and its calls take.
- Where the time of that small function's requests goes, from samples of the server's thread.
- A Python function: requests a second and latency, beside wasmtime under a host in Python.
- One HTTP/2 connection with 20 streams of a computing guest: two loops against one.
- 200 MB through an echo: bytes, and how far the process grows.

What is not there (nginx, wrk, h2load, the fixtures) is left out, and said. Settings: ROUNDS (3), SECONDS_EACH (3).
"""
import hashlib
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from environment import FIXTURES, ROOT, python_with

ROUNDS = int(os.environ.get("ROUNDS", "3"))
SECONDS = int(os.environ.get("SECONDS_EACH", "3"))
BINARY = os.environ.get("VIRGA", str(ROOT / ".build/release/virga"))
CORES = sorted(os.sched_getaffinity(0))
TICKS = os.sysconf("SC_CLK_TCK")
FOLDER = tempfile.mkdtemp(prefix="virga-bench-serve-")


def tell(*words):
    print(*words, flush=True)


def free_port():
    import socket
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return made.getsockname()[1]


class Running:
    """A server; `{port}` in its command is its port."""

    def __init__(self, *command, cores=CORES[:1]):
        self.port = free_port()
        words = [word.format(port=self.port) for word in command]
        cores = ",".join(str(core) for core in cores)
        self.process = subprocess.Popen(["taskset", "-c", cores, *words], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        import socket
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"{words} does not listen")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def processes(self):
        parent = str(self.process.pid)
        children = subprocess.run(["pgrep", "-P", parent], capture_output=True, text=True).stdout.split()
        return [parent, *children]

    def cpu(self):
        ticks = 0
        for process in self.processes():
            fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS

    def resident(self):
        return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())[1]) * 1024


def serve(component, *more, cores=CORES[:1], loops=1):
    return Running(BINARY, "serve", "--listen", "127.0.0.1:{port}", "--loops", str(loops), *more, str(component),
                   cores=cores)


def wrk(server, path, connections=64):
    """Requests a second, CPU microseconds of one, p50 and p99 in milliseconds."""
    before = server.cpu()
    text = subprocess.run(["taskset", "-c", str(CORES[-1]), "wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--latency",
                           f"http://127.0.0.1:{server.port}{path}"], capture_output=True, text=True).stdout
    count = int(re.search(r"(\d+) requests in", text)[1])
    cpu = (server.cpu() - before) / max(count, 1) * 1e6

    def latency(part):
        number, unit = re.search(rf"{part}%\s+([\d.]+)(us|ms|s)\b", text).groups()
        return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), cpu, latency(50), latency(99)


def nginx():
    conf = os.path.join(FOLDER, "nginx.conf")
    port = free_port()
    with open(conf, "w") as file:
        file.write(f"""worker_processes 1; daemon off; pid {FOLDER}/nginx.pid; error_log {FOLDER}/nginx.err;
            events {{ worker_connections 4096; }}
            http {{ access_log off; keepalive_requests 1000000000; default_type text/plain;
              server {{ listen 127.0.0.1:{port}; location / {{ return 200 "hello\\n"; }} }} }}""")
    server = Running.__new__(Running)
    server.port = port
    server.process = subprocess.Popen(["taskset", "-c", str(CORES[0]), "nginx", "-p", FOLDER, "-c", conf],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    return server


def small():
    guest = FIXTURES / "c-http" / "c-http.wasm"
    if not guest.exists():
        guest = ROOT / "spin-manifests" / "hello" / "hello.wasm"
    if not shutil.which("wrk") or not shutil.which("nginx"):
        return tell("serve: left out against nginx, since wrk or nginx is not there")
    with nginx() as peer, serve(guest) as server, Running(
            BINARY, "bench-server", "--loops", "1", "--listen", "127.0.0.1:{port}") as front:
        rows = []
        for _ in range(ROUNDS):
            rows.append((wrk(peer, "/"), wrk(server, "/hello"), wrk(front, "/")))
        median = lambda numbers: statistics.median(numbers)
        rate = median(ours[0] / theirs[0] for theirs, ours, _ in rows)
        cpu = median(theirs[1] / ours[1] for theirs, ours, _ in rows)
        tell(f"serve: {guest.name} /hello: {rate:.2f} of nginx's requests a second, {cpu:.2f} by CPU (0.4)")
        tell(f"serve: CPU of a request: nginx {median(row[0][1] for row in rows):.1f} us, front alone "
             f"{median(row[2][1] for row in rows):.1f} us, whole {median(row[1][1] for row in rows):.1f} us")
        where(server, median(row[1][1] for row in rows))


# What a function's time counts as: the first row whose pattern is in the name of its object or its symbol.
PLACES = [
    ("kernel: sockets, epoll, clocks", r"^\[kernel|^\[vdso"),
    ("reference counts", r"libswiftCore\S* .*(etain|elease|RefCount|isUnique|beginAccess)"),
    ("allocation, copying and the rest of the runtime", r"^libswiftCore|^libc\.|^libstdc|^libm\."),
    ("parse, connection, loop, write", r"\$s(4HTTP|10HTTPServer|7Reactor)|virga_epoll"),
    ("the guest's own code", r"\$s4Wasm9interpret"),
    ("pool and reset", r"Pool|Restored|HotPages|WrittenPages|StoreImage|Lease"),
    ("calls, in and out: engine, Canonical ABI, WASI", r"\$s(4Wasm|14ComponentModel|4WASI|8WASIHTTP|5Fiber)|jump_fcontext"),
]


def where(server, cpu):
    """Samples the server's thread by its processor clock, and adds up by what is running then: the symbol at the top,
    so that what a phase has the runtime or the kernel do is in their rows."""
    if not shutil.which("perf"):
        return tell("serve: where the time goes: left out, since perf is not there")
    data = os.path.join(FOLDER, "perf.data")
    load = subprocess.Popen(["taskset", "-c", str(CORES[-1]), "wrk", "-t1", "-c64", f"-d{SECONDS + 1}s",
                             f"http://127.0.0.1:{server.port}/hello"], stdout=subprocess.DEVNULL)
    done = subprocess.run(["perf", "record", "-q", "-e", "cpu-clock", "-F", "4999", "-p", str(server.process.pid), "-o", data,
                           "--", "sleep", str(SECONDS)], capture_output=True)
    load.wait()
    if done.returncode != 0:
        return tell("serve: where the time goes: left out, since perf may not sample here")
    report = subprocess.run(["perf", "report", "-i", data, "--no-children", "--stdio", "-n", "-F", "sample,dso,symbol"],
                            capture_output=True, text=True).stdout
    samples = dict.fromkeys([place for place, _ in PLACES] + ["elsewhere"], 0)
    for line in report.splitlines():
        found = re.match(r"\s+(\d+)\s+(\S+)\s+(.*)", line)
        if found and not line.startswith("#"):
            name = f"{found[2]} {found[3]}"
            place = next((place for place, pattern in PLACES if re.search(pattern, name)), "elsewhere")
            samples[place] += int(found[1])
    total = sum(samples.values())
    tell(f"serve: where the {cpu:.1f} us of a request go, of {total} samples, by what was running:")
    for place, count in sorted(samples.items(), key=lambda item: -item[1]):
        tell(f"serve:   {cpu * count / max(total, 1):5.1f} us  {100 * count / max(total, 1):4.0f} %  {place}")


def reference(guest):
    """Median and p99 of wasmtime under a host in Python; nothing where that is not there."""
    host, python = FIXTURES / "tools" / "minihost.py", python_with("wasmtime")
    if not host.exists() or not python:
        return tell("serve: wasmtime left out, since its Python or minihost.py is not there")
    script = Path(__file__).resolve().parent / "reference_latency.py"
    text = subprocess.run(["taskset", "-c", str(CORES[0]), python, str(script), str(host.parent), str(guest), "/hello", "200"],
                          capture_output=True, text=True, check=True).stdout
    p50, p99 = text.split()[-2:]
    tell(f"serve: python-http /hello, wasmtime in a Python host, one after the other, no socket: p50 {float(p50):.2f} ms, "
         f"p99 {float(p99):.2f} ms")


def python():
    guest = FIXTURES / "python-http" / "python-http.wasm"
    if not guest.exists() or not shutil.which("wrk"):
        return tell("serve: Python left out, since the fixture or wrk is not there")
    with serve(guest) as server:
        rate, cpu, p50, p99 = wrk(server, "/hello", 8)
        tell(f"serve: python-http /hello: {rate:.0f} requests a second, {cpu:.0f} us of CPU each, 8 connections: "
             f"p50 {p50:.1f} ms, p99 {p99:.1f} ms")
        one = wrk(server, "/hello", 1)
        tell(f"serve: python-http /hello, 1 connection: p50 {one[2]:.2f} ms, p99 {one[3]:.2f} ms")
    reference(guest)


def streams():
    guest = FIXTURES / "c-http" / "c-http.wasm"
    if not guest.exists() or not shutil.which("h2load") or len(CORES) < 2:
        return tell("serve: two loops left out, since the fixture, h2load or a second core is not there")

    def rate(loops):
        with serve(guest, loops=loops, cores=CORES) as server:
            text = subprocess.run(["h2load", "-n", "400", "-c1", "-m20", f"http://127.0.0.1:{server.port}/cpu?n=1000000"],
                                  capture_output=True, text=True).stdout
            return float(re.search(r"([\d.]+) req/s", text)[1])
    ratios = [rate(2) / rate(1) for _ in range(ROUNDS)]
    tell(f"serve: one HTTP/2 connection, 20 streams of /cpu: two loops do {statistics.median(ratios):.2f} times what one "
         f"does (1.6)")


def echo():
    size = 200_000_000
    path = os.path.join(FOLDER, "body")
    with open(path, "wb") as file:
        for _ in range(20):
            file.write(os.urandom(size // 20))
    wanted = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    for name in ("c-http/c-http.wasm", "rust/rust-http.wasm", "python-http/python-http.wasm"):
        guest = FIXTURES / name
        if not guest.exists():
            tell(f"serve: echo through {name} left out: it is not there")
            continue
        with serve(guest, "--timeout", "600", "--max-request-body", "1000000000") as server:
            subprocess.run(["curl", "-sS", "-d", "x", f"http://127.0.0.1:{server.port}/echo"], capture_output=True)
            idle, peak = server.resident(), 0
            start = time.monotonic()
            load = subprocess.Popen(["curl", "-sS", "-T", path, "-X", "POST", "-o", path + ".back",
                                     f"http://127.0.0.1:{server.port}/echo"], stderr=subprocess.DEVNULL)
            while load.poll() is None:
                peak = max(peak, server.resident())
                time.sleep(0.05)
            took = time.monotonic() - start
            same = hashlib.sha256(Path(path + ".back").read_bytes()).hexdigest() == wanted
            tell(f"serve: echo of 200 MB through {guest.name}: {'equal' if same else 'DIFFERENT'}, {took:.1f} s, the "
                 f"process grows by {(peak - idle) / (1 << 20):.1f} MiB (16)")


for part in (small, python, streams, echo):
    part()
shutil.rmtree(FOLDER, ignore_errors=True)
