#!/usr/bin/env python3
"""Measures the whole path of `virga up` (router, pool, guest, log) against `virga serve`, each with one loop on
one core and the load on another, in turns: requests a second, and CPU (utime + stime) of a request.

What is not there (wrk, the fixture) is left out, and said. Settings: ROUNDS (5), SECONDS_EACH (3).
"""
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
from environment import FIXTURES, ROOT

ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS = int(os.environ.get("SECONDS_EACH", "3"))
BINARY = os.environ.get("VIRGA", str(ROOT / ".build/release/virga"))
CORES = sorted(os.sched_getaffinity(0))
TICKS = os.sysconf("SC_CLK_TCK")
FOLDER = tempfile.mkdtemp(prefix="virga-bench-up-")
# Beside the one that is asked, so that there is something to be routed.
ROUTES = 20


class Server:
    """A server that has printed its address."""

    def __init__(self, *arguments):
        command = ["taskset", "-c", str(CORES[0]), BINARY, *arguments, "--listen", "127.0.0.1:0", "--loops", "1",
                   "--access-log", os.path.join(FOLDER, "access")]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = re.search(r"http://[\d.:]+", self.process.stdout.readline())[0]

    def cpu(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def asked(self):
        """Requests a second, and CPU microseconds of one."""
        before = self.cpu()
        text = subprocess.run(["taskset", "-c", str(CORES[-1]), "wrk", "-t1", "-c64", f"-d{SECONDS}s",
                               f"{self.address}/hello"], capture_output=True, text=True).stdout
        assert "Non-2xx" not in text, text
        count = int(re.search(r"(\d+) requests in", text)[1])
        return (float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
                (self.cpu() - before) / max(count, 1) * 1e6)

    def end(self):
        self.process.terminate()
        self.process.wait(10)


def main():
    guest = FIXTURES / "c-http" / "c-http.wasm"
    if not shutil.which("wrk") or not guest.exists():
        return print("up: left out, since wrk or the fixture is not there")
    manifest = ["spin_manifest_version = 2", "[application]", 'name = "bench"', "[component.c]",
                f'source = "{guest}"']
    for route in ["/hello", *(f"/other/{number}/..." for number in range(ROUTES))]:
        manifest += ["[[trigger.http]]", f'route = "{route}"', 'component = "c"']
    (Path(FOLDER) / "spin.toml").write_text("\n".join(manifest) + "\n")
    serve, up = Server("serve", str(guest)), Server("up", "-f", FOLDER)
    try:
        rows = [(serve.asked(), up.asked()) for _ in range(ROUNDS)]
    finally:
        serve.end()
        up.end()
    rate = statistics.median(ours[0] / alone[0] for alone, ours in rows)
    cpu = [statistics.median(row[place][1] for row in rows) for place in (0, 1)]
    print(f"up: c-http /hello: {rate:.2f} of serve's requests a second (0.9); CPU of a request {cpu[1]:.1f} us, "
          f"serve's {cpu[0]:.1f} us ({cpu[0] / max(cpu[1], 0.001):.2f})")


try:
    main()
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
